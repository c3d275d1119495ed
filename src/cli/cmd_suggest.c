/* COMMAND: suggest
 * Ask a model on this computer what the rules may have missed.
 *
 * USAGE: sillok suggest --model NAME --at ADDRESS [OPTIONS] EXHIBIT ...
 *
 * The rules of reading make their suggestions by themselves when an exhibit is added. This command asks a
 * language model as well: one that runs here, or on your own network, behind an address of the kind
 * that llama.cpp's server and others have. Nothing is asked unless you type its address, each time.
 *
 * What leaves: the sentences of the exhibits you name, and the names known in them, to that address
 * alone, as it is printed. An address on the public network is refused without --to-public-network. An
 * exhibit that not everybody may see goes to this computer only.
 *
 * What comes back is checked against the text. An item whose quoted words do not stand in its sentence
 * is dropped and counted. Who says it, what a date means and how firmly an act is held are decided by the
 * rules. What is left waits in "sillok review", marked with the name of the model, and is never
 * confirmed together with others. Asking again replaces what the same model said of the exhibit before;
 * "sillok reindex" forgets it. A key for the server is taken from SILLOK_MODEL_KEY.
 *
 * OPTIONS
 *   --model NAME          the name that the server knows the model by
 *   --at ADDRESS          where it answers: http://127.0.0.1:8080
 *   --to-public-network   the words may leave for an address on the public network
 *
 * EXAMPLES
 *   sillok suggest --model local-model --at http://127.0.0.1:8080 interview-en.txt
 */
#include "cli/app.h"
#include "read/assist/assist.h"

#include <stdlib.h>

static const char *reach_name(sk_reach r)
{
    return r == SK_REACH_HERE      ? "this computer"
           : r == SK_REACH_PRIVATE ? "your own network"
                                   : "THE PUBLIC NETWORK";
}

/* May everybody see it, in all its text? */
static sk_rc check_open(sk_app *app, const sk_exhibit *x)
{
    sk_ctx *cx = &app->cx;
    sk_str user = cx->user;
    sk_view *guest;
    sk_exhibit seen;
    bool is_whole = false;
    cx->user = SK_S("guest");
    sk_rc rc = sk_gate_open(cx, &guest);
    cx->user = user;
    if (rc)
        return rc;
    if (sk_exhibit_get(cx, guest, &x->hash, &seen))
        sk_forgive(cx);
    else
        rc = sk_exhibit_is_whole(cx, guest, &seen, &is_whole);
    sk_view_close(guest);
    if (!rc && !is_whole)
        return sk_fail(cx, SK_E_DENIED,
                       "\"%.*s\" is restricted: it goes to a model on this computer only",
                       SK_P(x->name));
    return rc;
}

/* The text as this person may see it: blocks at their places, LF between them. */
static sk_rc read_exhibit(sk_app *app, const sk_lexicon *lex, const sk_exhibit *x,
                          sk_reading **ret_reading)
{
    sk_ctx *cx = &app->cx;
    sk_text_block *seen;
    size_t n;
    SK_TRY(sk_exhibit_text(cx, app->view, x, &seen, &n));
    size_t bytes = n ? seen[n - 1].end : 0;
    char *text = sk_new_array(&cx->arena, char, bytes + 1);
    memset(text, '\n', bytes);
    sk_block *blocks = sk_new_array(&cx->arena, sk_block, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (seen[i].text.n)
            memcpy(text + seen[i].start, seen[i].text.p, seen[i].text.n);
        blocks[i] = (sk_block){.kind = seen[i].kind, .start = seen[i].start, .end = seen[i].end};
        if (seen[i].kind == SK_BLOCK_ROW)
            blocks[i].kind = SK_BLOCK_FURNITURE;
    }
    sk_read_options options = {.blocks = blocks, .n_blocks = n, .lang = x->lang};
    return sk_reading_from_text(cx, lex, (sk_str){text, bytes}, &options, ret_reading);
}

static void tell(sk_app *app, const sk_assist *a, const sk_exhibit *x, const sk_assist_report *r)
{
    static const sk_column columns[] = {
        {.key = "exhibit", .title = "Exhibit"},
        {.key = "model", .title = "Model"},
        {.key = "questions", .title = "Questions", .align = SK_ALIGN_RIGHT},
        {.key = "unanswered", .title = "Unanswered", .align = SK_ALIGN_RIGHT},
        {.key = "items", .title = "Items", .align = SK_ALIGN_RIGHT},
        {.key = "await", .title = "Await review", .align = SK_ALIGN_RIGHT},
        {.key = "agreed", .title = "Known from rules", .align = SK_ALIGN_RIGHT},
        {.key = "dropped", .title = "Dropped", .align = SK_ALIGN_RIGHT},
    };
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    uint64_t dropped = r->drops[SK_DROP_FORM] + r->drops[SK_DROP_QUOTE] + r->drops[SK_DROP_OUTSIDE];
    sk_table_cell(t, x->name);
    sk_table_cell(t, a->model);
    sk_table_cell_int(t, (int64_t)r->windows);
    sk_table_cell_int(t, (int64_t)r->silent);
    sk_table_cell_int(t, (int64_t)r->items);
    sk_table_cell_int(t, (int64_t)r->kept);
    sk_table_cell_int(t, (int64_t)r->agreed);
    sk_table_cell_int(t, (int64_t)dropped);
    sk_app_table(app, t);
    for (unsigned d = 0; d < SK_DROPS; d++)
        if (r->drops[d])
            sk_app_remark(app, "dropped, %s: %llu", sk_drop_name((sk_drop)d),
                          (unsigned long long)r->drops[d]);
    if (r->too_long)
        sk_app_remark(app, "too long to be asked about: %llu sentences",
                      (unsigned long long)r->too_long);
    if (r->silent)
        sk_app_remark(app, "without an answer: %llu questions, the last: %.*s",
                      (unsigned long long)r->silent, SK_P(r->last_silence));
}

static sk_rc ask_about(sk_app *app, const sk_assist *a, const sk_lexicon *lex, sk_str name)
{
    sk_ctx *cx = &app->cx;
    sk_exhibit x;
    sk_reading *reading;
    sk_suggestion_set set;
    sk_assist_report report = {0};
    SK_TRY(sk_exhibit_find(cx, app->view, name, &x));
    if (a->to.reach != SK_REACH_HERE)
        SK_TRY(check_open(app, &x));
    SK_TRY(read_exhibit(app, lex, &x, &reading));
    sk_app_remark(app, "sending the words of %.*s to %.*s (%s)", SK_P(x.name), SK_P(a->to.url),
                  reach_name(a->to.reach));
    sk_rc rc = sk_assist_read(cx, a, lex, reading, &x.hash, &set, &report);
    if (rc)
        return sk_while(cx, "\"%.*s\"", SK_P(x.name));
    SK_TRY(sk_index_begin(cx, cx->index));
    SK_TRY(sk_suggest_put(cx, cx->index, &x.hash, a->origin, a->version, &set));
    SK_TRY(sk_index_end(cx, cx->index));
    tell(app, a, &x, &report);
    return SK_OK;
}

sk_rc cmd_suggest(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    const sk_lexicon *lex;
    sk_assist *a;
    sk_assist_options options = {.address = sk_arg(&app->args, "at"),
                                 .model = sk_arg(&app->args, "model"),
                                 .key = sk_str_of(getenv("SILLOK_MODEL_KEY")),
                                 .is_confirmed = sk_flag(&app->args, "to-public-network")};
    SK_TRY(sk_need_operands(cx, &app->args, 1, SIZE_MAX));
    if (!options.address.n || !options.model.n)
        return sk_fail(
            cx, SK_E_FORMAT,
            "say which model and where it answers: --model NAME --at http://127.0.0.1:8080");
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ)); /* others may write while the model thinks */
    SK_TRY(sk_lexicon_builtin(cx, &lex));
    SK_TRY(sk_assist_open(cx, &options, &a));
    if (!a->is_constrained)
        sk_app_remark(app, "%.*s does not hold the model to a form: more may be dropped",
                      SK_P(a->to.url));
    for (size_t i = 0; i < app->args.n_operands; i++)
        SK_TRY(ask_about(app, a, lex, app->args.operands[i]));
    return SK_OK;
}
