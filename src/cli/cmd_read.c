/* COMMAND: read
 * Propose what a text says: who did what to whom, when, where, how many, says whom.
 *
 * USAGE: sillok read [OPTIONS] FILE|- ...
 *
 * Reads each file in the confined process that add uses, and prints what the rules of reading find in
 * its text: names, statements with their source, dates, counts, and acts with their slots. Everything
 * is a suggestion that names its rule and its place in the text; nothing is stored, no archive is
 * needed, and no network is used.
 *
 * A suggestion says how the text holds it: asserted, reported, alleged, possible, risk, threat, call,
 * planned or negated. An actor whom the text does not name stays empty.
 *
 * With --json every find is one line of JSON: its kind, its spans in bytes (b) and in characters (c)
 * of the text, its rule and tier. The same text gives the same lines.
 *
 * OPTIONS
 *   --lang CODE      the language of the text: en, ko, zh, ja or ru (default: by its script)
 *   --written DATE   when it was written, for words such as "yesterday"
 *   --words FILE     a list of words of your own, in the form of model/lexicon
 *   --hidden         suggestions of the lowest tier too
 *
 * EXAMPLES
 *   sillok read statement.pdf
 *   sillok read --json page.txt > page.jsonl
 */
#include "base/edtf.h"
#include "cli/app.h"
#include "confine/extractor.h"
#include "read/reading.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HIDDEN_TIER = 4 };

static sk_rc read_whole(sk_ctx *cx, sk_str path, size_t most, sk_str *ret_text)
{
    sk_buf b;
    int fd = open(sk_str_c(&cx->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
    sk_buf_init(&b, most);
    ssize_t n;
    char *room;
    while ((room = sk_buf_room(&b, 65536)) && (n = read(fd, room, 65536)) > 0)
        sk_buf_grew(&b, (size_t)n);
    close(fd);
    sk_rc rc = SK_OK;
    if (b.overflow)
        rc = sk_fail(cx, SK_E_LIMIT, "\"%.*s\" has more than %zu bytes", SK_P(path), most);
    *ret_text = sk_str_copy(&cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return rc;
}

/* Standard input as a file that the extractor can read. */
static sk_rc take_stdin(sk_ctx *cx, int *ret_fd)
{
    char part[65536];
    int fd = memfd_create("stdin", MFD_CLOEXEC);
    if (fd < 0)
        return sk_fail_errno(cx, "standard input");
    for (ssize_t n; (n = read(STDIN_FILENO, part, sizeof part)) > 0;) {
        if (write(fd, part, (size_t)n) == n)
            continue;
        close(fd);
        return sk_fail_errno(cx, "standard input");
    }
    *ret_fd = fd;
    return SK_OK;
}

static sk_rc open_document(sk_app *app, sk_extractor *x, sk_str path, sk_document **ret_doc)
{
    sk_ctx *cx = &app->cx;
    bool is_stdin = sk_str_is(path, "-");
    int fd;
    if (is_stdin)
        SK_TRY(take_stdin(cx, &fd));
    else if ((fd = open(sk_str_c(&cx->arena, path), O_RDONLY | O_CLOEXEC)) < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
    sk_extract_opts opts = {.extractor = x};
    sk_rc rc = sk_extract(cx, fd, is_stdin ? SK_S("stdin.txt") : path, &opts, ret_doc);
    close(fd);
    if (rc)
        return sk_while(cx, "\"%.*s\"", SK_P(path));
    sk_outcome o = (*ret_doc)->outcome;
    if (o == SK_OUTCOME_NONE || o == SK_OUTCOME_FAILED)
        return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" cannot be read as text: %.*s", SK_P(path),
                       SK_P((*ret_doc)->note));
    return SK_OK;
}

static sk_str names_of(sk_app *app, const sk_reading *r, const sk_slot *slots, uint8_t n)
{
    sk_str s = SK_NONE;
    for (uint8_t i = 0; i < n; i++) {
        sk_str words =
            sk_str_sub(r->text, slots[i].span.from, slots[i].span.to - slots[i].span.from);
        s = sk_fmt(&app->cx.arena, "%.*s%s%.*s%s", SK_P(s), i ? "; " : "", SK_P(words),
                   slots[i].is_pronoun ? "?" : "");
    }
    return s;
}

/* "girls, by Human Rights Watch": from the innermost source outwards. */
static sk_str chain_of(sk_app *app, const sk_reading *r, int32_t attribution)
{
    sk_str s = SK_NONE;
    for (int32_t i = attribution, depth = 0; i > 0 && depth < 8;
         i = r->attributions[i].via, depth++) {
        const sk_attribution *a = &r->attributions[i];
        sk_str who = a->source >= 0 ? r->entities[a->source].name
                                    : sk_str_sub(r->text, a->source_span.from,
                                                 a->source_span.to - a->source_span.from);
        s = sk_fmt(&app->cx.arena, "%.*s%s%.*s", SK_P(s), s.n ? ", by " : "", SK_P(who));
    }
    return s.n ? s : SK_S("the text");
}

static void print_table(sk_app *app, const sk_reading *r)
{
    static const sk_column columns[] = {
        {.key = "act", .title = "Act"},        {.key = "modality", .title = "Held as"},
        {.key = "actor", .title = "Who"},      {.key = "trigger", .title = "Words"},
        {.key = "target", .title = "To whom"}, {.key = "place", .title = "Where"},
        {.key = "date", .title = "When"},      {.key = "quantity", .title = "How many"},
        {.key = "says", .title = "Says"},      {.key = "tier", .title = "Tier"},
        {.key = "rule", .title = "Rule"},
    };
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < r->n_events; i++) {
        const sk_found_event *e = &r->events[i];
        if (e->tier >= HIDDEN_TIER && !sk_flag(&app->args, "hidden"))
            continue;
        sk_table_cell(t, sk_str_of(e->act));
        sk_table_cell(t, sk_str_of(sk_modality_name(e->modality)));
        sk_table_cell(t, names_of(app, r, e->actor, e->n_actor));
        sk_table_cell(t, sk_str_sub(r->text, e->trigger.from, e->trigger.to - e->trigger.from));
        sk_table_cell(t, names_of(app, r, e->n_goods ? e->goods : e->target,
                                  e->n_goods ? e->n_goods : e->n_target));
        sk_table_cell(t, names_of(app, r, e->place, e->n_place));
        sk_span d = e->date >= 0 ? r->dates[e->date].span : (sk_span){0, 0};
        sk_span q = e->quantity >= 0 ? r->quantities[e->quantity].span : (sk_span){0, 0};
        sk_table_cell(t, sk_str_sub(r->text, d.from, d.to - d.from));
        sk_table_cell(t, sk_str_sub(r->text, q.from, q.to - q.from));
        sk_table_cell(t, chain_of(app, r, e->attribution));
        sk_table_cell_int(t, e->tier);
        sk_table_cell(t, sk_str_of(e->rule->name));
    }
    sk_app_table(app, t);
}

static sk_rc read_file(sk_app *app, const sk_lexicon *lex, sk_extractor *x, sk_str path)
{
    sk_document *doc;
    sk_reading *r;
    SK_TRY(open_document(app, x, path, &doc));
    sk_read_options options = {
        .blocks = doc->blocks, .n_blocks = doc->n_blocks, .lang = sk_arg(&app->args, "lang")};
    if (sk_arg(&app->args, "written").n) {
        sk_edtf when;
        if (sk_edtf_from_words(&app->cx, sk_arg(&app->args, "written"), &when))
            return sk_while(&app->cx, "--written");
        options.written = when.text;
    }
    SK_TRY(sk_reading_from_text(&app->cx, lex, doc->text, &options, &r));
    if (app->json)
        sk_reading_write(&app->cx, r, path,
                         sk_flag(&app->args, "hidden") ? HIDDEN_TIER : HIDDEN_TIER - 1, &app->text);
    else
        print_table(app, r);
    return SK_OK;
}

static sk_rc check_lang(sk_app *app)
{
    sk_str lang = sk_arg(&app->args, "lang");
    for (unsigned l = 0; l < SK_READ_ANY; l++)
        if (!lang.n || sk_str_is(lang, sk_read_lang_name((sk_read_lang)l)))
            return SK_OK;
    return sk_fail(&app->cx, SK_E_FORMAT, "--lang \"%.*s\" is not read; en, ko, zh, ja and ru are",
                   SK_P(lang));
}

sk_rc cmd_read(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    const sk_lexicon *lex;
    sk_extractor *x;
    sk_str words = sk_arg(&app->args, "words");
    SK_TRY(sk_need_operands(cx, &app->args, 1, SIZE_MAX));
    SK_TRY(check_lang(app));
    if (words.n) {
        sk_str text;
        SK_TRY(read_whole(cx, words, SK_LIM_LEXICON_BYTES, &text));
        SK_TRY(sk_lexicon_with(cx, text, &lex));
    } else {
        SK_TRY(sk_lexicon_builtin(cx, &lex));
    }
    SK_TRY(sk_extractor_open(cx, &x));
    sk_rc rc = SK_OK;
    for (size_t i = 0; i < app->args.n_operands && !rc; i++)
        rc = read_file(app, lex, x, app->args.operands[i]);
    sk_extractor_close(x);
    return rc;
}
