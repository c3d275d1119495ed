/* See script.h. */
#include "script.h"

#include "archive/checkpoint.h"
#include "gate/gate.h"
#include "record/search.h"
#include "record/write.h"

typedef struct script {
    sk_ctx cx;
    const sk_fs *fs;
    const char *root;
    told *t;
    sk_view *view;
    sk_hash ids[SCRIPT_ENTRIES], first,
        exhibit; /* of the group being written; of the first claim */
    size_t n_ids;
    uint64_t n_before; /* entries in the log before the commit                          */
    size_t n_steps;
    sk_str said; /* by the step being taken                                             */
} script;

typedef sk_rc step_fn(script *s);

/* ---- steps ---- */

static void wrong(script *s, const char *step, const char *what)
{
    if (!s->t->wrong[0])
        snprintf(s->t->wrong, sizeof s->t->wrong, "%s: %s (%.700s)", step, what, s->cx.message);
}

static uint64_t hash_of(sk_str s) /* FNV-1a: allocates nothing */
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
    return h ? h : 1;
}

static void tell(script *s, const char *step, sk_rc rc)
{
    told *t = s->t;
    if (!s->cx.message[0] || s->cx.rc != rc)
        wrong(s, step, "failed without recording its error");
    if (t->failures++ == 0) {
        t->rc = rc;
        memcpy(t->message, s->cx.message, sizeof t->message);
    }
    t->limits += rc == SK_E_LIMIT;
    sk_forgive(&s->cx);
}

/* Take a step, twice if need be. False: it failed, and the script must stop. */
static bool step(script *s, const char *name, step_fn *fn)
{
    size_t no = s->n_steps++;
    sk_assert(no < SCRIPT_STEPS);
    for (int tries = 0; tries < 2; tries++) {
        s->said = SK_S("");
        sk_rc rc = fn(s);
        sk_view_close(s->view);
        s->view = NULL;
        if (!rc && s->cx.rc)
            wrong(s, name, "succeeded, leaving an error behind");
        if (!rc) {
            s->t->answers[no] = hash_of(s->said);
            return true;
        }
        if (tries && s->t->heals && !strstr(s->cx.message, "close and open the archive again"))
            wrong(s, name, "failed twice");
        tell(s, name, rc);
    }
    return false;
}

static void say(script *s, sk_str what)
{
    s->said = sk_fmt(&s->cx.arena, "%.*s\n%.*s", SK_P(s->said), SK_P(what));
}

/* ---- opening and closing ---- */

static sk_rc make(script *s)
{
    sk_archive *ar; /* done already, when the step is taken again after a later failure */
    sk_rc rc = sk_archive_open(&s->cx, s->fs, sk_str_of(s->root), SK_ARCHIVE_READ, &ar);
    if (!rc) {
        sk_archive_close(ar);
        return SK_OK;
    }
    sk_forgive(&s->cx);
    return sk_archive_init(&s->cx, s->fs, sk_str_of(s->root), SK_S("Tester"));
}

static void close_all(script *s)
{
    sk_index_close(s->cx.index);
    sk_archive_close(s->cx.archive);
    s->cx.index = NULL;
    s->cx.archive = NULL;
}

static sk_rc open_all(script *s)
{
    sk_ctx *cx = &s->cx;
    close_all(s);
    SK_TRY(sk_archive_open(cx, s->fs, sk_str_of(s->root), SK_ARCHIVE_WRITE, &cx->archive));
    return sk_index_open(cx, cx->archive, &cx->index);
}

/* ---- writing ---- */

static sk_rc claim(script *s, const char *entity, const char *property, const char *value)
{
    sk_str type = SK_NONE, prop = sk_str_of(property), by = SK_S("A. Witness, invented");
    sk_str_cut(&prop, ':', &type);
    sk_claim c = {.entity = sk_str_of(entity),
                  .type = type,
                  .prop = prop,
                  .value = sk_str_of(value),
                  .chain = &by,
                  .n_chain = 1};
    SK_TRY(sk_record_claim(&s->cx, &c, NULL, NULL, &s->ids[s->n_ids]));
    s->n_ids++;
    return SK_OK;
}

static void begin_group(script *s)
{
    sk_archive_drop(s->cx.archive);
    s->n_ids = 0;
    s->n_before = sk_archive_count(s->cx.archive);
}

static sk_rc write_claims(script *s)
{
    begin_group(s);
    SK_TRY(claim(s, "person-1", "Person:name", "Tanaka Minoru"));
    SK_TRY(claim(s, "person-2", "Person:name", "김정욱"));
    SK_TRY(claim(s, "act-1", "Act:act", "liberty.abduction"));
    SK_TRY(claim(s, "act-1", "Act:victim", "person-1"));
    SK_TRY(claim(s, "act-1", "Act:date", "around June 1978"));
    s->first = s->ids[0];
    return claim(s, "act-1", "Act:count", "more than 500");
}

#define LINE_1 "제15호 수용소에서 구타" /* beaten in camp 15 */
#define LINE_2 "Tanaka Minoru was seen  there, it is said, in the summer of 1978"
static const char text[] = LINE_1 "\n" LINE_2 "\n";

static sk_rc write_exhibit(script *s)
{
    begin_group(s);
    sk_capture_draft c = {.name = SK_S("statement.txt"), .method = SK_S("file")};
    SK_TRY(sk_blob_write_bytes(&s->cx, s->cx.archive, sk_str_of(text), &c.blob));
    s->exhibit = c.blob.hash;
    SK_TRY(sk_record_capture(&s->cx, &c, &s->ids[s->n_ids++]));
    return claim(s, "person-3", "Person:name", "Tanaka M.");
}

static sk_rc write_decisions(script *s)
{
    sk_ctx *cx = &s->cx;
    sk_str why = SK_S("the same date and place");
    begin_group(s);
    SK_TRY(claim(s, "person-4", "Person:name", "Tanaka Minor"));
    SK_TRY(sk_record_judge(cx, SK_S("person-1"), SK_S("person-3"), SK_S("same"), why,
                           &s->ids[s->n_ids++]));
    SK_TRY(sk_record_restrict(cx, SK_S("entity person-2"), SK_S("family-only"), why,
                              &s->ids[s->n_ids++]));
    SK_TRY(sk_record_permit(cx, SK_S("sister"), SK_S("family-only"), SK_S("work"), why,
                            &s->ids[s->n_ids++]));
    return sk_record_retract(cx, &s->ids[0], SK_S("a slip of the pen"), &s->ids[s->n_ids++]);
}

/* Taken again when only the index failed: the entries are in the log, and are caught up with. */
static sk_rc commit(script *s)
{
    sk_ctx *cx = &s->cx;
    if (sk_archive_count(cx->archive) == s->n_before)
        SK_TRY(sk_record_commit(cx));
    else
        SK_TRY(sk_index_catch_up(cx, cx->index));
    told *t = s->t;
    memcpy(t->entries + t->n_entries, s->ids, s->n_ids * sizeof *s->ids);
    t->n_entries += s->n_ids;
    s->n_ids = 0;
    return SK_OK;
}

static sk_rc put_text(sk_ctx *cx, sk_index *ix, const sk_hash *exhibit)
{
    static const size_t cut = sizeof LINE_1 - 1;
    const sk_block blocks[] = {{.end = cut, .place = SK_S("row 1")},
                               {.start = cut + 1, .end = sizeof text - 2, .place = SK_S("row 2")}};
    sk_document doc = {
        .reader = SK_S("test/1"), .text = sk_str_of(text), .blocks = blocks, .n_blocks = 2};
    SK_TRY(sk_index_begin(cx, ix));
    if (sk_index_put_document(cx, ix, exhibit, &doc)) {
        sk_index_undo(ix);
        return cx->rc;
    }
    return sk_index_end(cx, ix);
}

static sk_rc read_text(script *s)
{
    return put_text(&s->cx, s->cx.index, &s->exhibit);
}

/* ---- reading ---- */

static sk_rc look(script *s)
{
    return sk_gate_open(&s->cx, &s->view);
}

static sk_rc search(script *s, const char *words)
{
    const sk_query *q;
    sk_search_result r;
    SK_TRY(sk_query_parse(&s->cx, sk_str_of(words), &q));
    SK_TRY(sk_search(&s->cx, s->view, q, 0, 20, &r));
    say(s, sk_fmt(&s->cx.arena, "%s: %zu of %llu", words, r.n, (unsigned long long)r.total));
    for (size_t i = 0; i < r.n; i++) {
        const sk_hit *h = &r.hits[i];
        say(s, h->text);
        say(s, h->is_claim ? h->entity_caption : h->exhibit.name);
        sk_snippet cut = sk_snippet_of(&s->cx, h->text, h->ranges, 24);
        say(s, cut.text);
        say(s, sk_fmt(&s->cx.arena, "%zu marked, %zu shown", h->ranges.n, cut.n));
    }
    return SK_OK;
}

static sk_rc search_all(script *s)
{
    static const char *const queries[] = {
        "tanaka", "수용소",           "tanaka minoru -summer", "\"seen there\" OR abducted",
        "김정욱", "kind:claim tanaka"};
    SK_TRY(look(s));
    for (size_t i = 0; i < SK_COUNT(queries); i++)
        SK_TRY(search(s, queries[i]));
    return SK_OK;
}

/* Somebody who may not see person-2, and somebody who may. */
static sk_rc search_as_others(script *s)
{
    static const char *const users[] = {"stranger", "sister"};
    sk_rc rc = SK_OK;
    for (size_t i = 0; !rc && i < SK_COUNT(users); i++) {
        s->cx.user = sk_str_of(users[i]);
        rc = look(s);
        if (!rc)
            rc = search(s, "김정욱");
        sk_view_close(s->view);
        s->view = NULL;
    }
    s->cx.user = SK_NONE;
    return rc;
}

static sk_rc look_up(script *s)
{
    sk_ctx *cx = &s->cx;
    sk_entity e, *list;
    sk_claim_row *rows;
    size_t n;
    SK_TRY(look(s));
    SK_TRY(sk_entity_find(cx, s->view, SK_S("Tanaka Minoru"), &e));
    say(s, e.caption);
    SK_TRY(sk_claims_about(cx, s->view, &e, SK_CLAIMS_HISTORY, &rows, &n));
    for (size_t i = 0; i < n; i++)
        say(s, sk_claim_value_text(&cx->arena, &rows[i].claim));
    SK_TRY(sk_claims_linking(cx, s->view, &e, SK_S("victim"), &rows, &n));
    say(s, sk_fmt(&cx->arena, "%zu acts", n));
    SK_TRY(sk_entities_list(cx, s->view, SK_S("Person"), SK_S("tanaka"), 0, &list, &n));
    for (size_t i = 0; i < n; i++)
        say(s, list[i].caption);
    return SK_OK;
}

static sk_rc list_all(script *s)
{
    sk_ctx *cx = &s->cx;
    sk_exhibit *list;
    sk_text_block *blocks;
    sk_entry_row *rows;
    size_t n, n_blocks;
    sk_counts c;
    SK_TRY(look(s));
    SK_TRY(sk_entries_list(cx, s->view, SK_NONE, 0, &rows, &n));
    for (size_t i = 0; i < n; i++)
        say(s, rows[i].kind);
    SK_TRY(sk_exhibits_list(cx, s->view, &list, &n));
    for (size_t i = 0; i < n; i++) {
        say(s, list[i].name);
        SK_TRY(sk_exhibit_text(cx, s->view, &list[i], &blocks, &n_blocks));
        for (size_t k = 0; k < n_blocks; k++)
            say(s, blocks[k].text);
    }
    SK_TRY(sk_counts_get(cx, s->view, &c));
    say(s, sk_fmt(&cx->arena, "%llu entries, %llu claims, %llu entities",
                  (unsigned long long)c.entries, (unsigned long long)c.claims,
                  (unsigned long long)c.entities));
    return SK_OK;
}

static void count_line(sk_str line, void *arg)
{
    size_t *sum = arg;
    *sum += 1000003 + line.n; /* lines hold ids, which differ from run to run */
}

static sk_rc dump(script *s)
{
    size_t sum = 0;
    SK_TRY(sk_index_dump(&s->cx, s->cx.index, count_line, &sum));
    say(s, sk_fmt(&s->cx.arena, "%zu", sum));
    return SK_OK;
}

/* What strangers check with: it must be whole, or not be handed out. */
static sk_rc prove(script *s)
{
    sk_ctx *cx = &s->cx;
    sk_entry_row row;
    sk_str proof, more, keys;
    sk_tlog_proof p;
    SK_TRY(look(s));
    SK_TRY(sk_entry_find(cx, s->view, sk_hash_hex(&cx->arena, &s->first), &row));
    SK_TRY(sk_archive_prove(cx, cx->archive, &row.place, &proof));
    SK_TRY(sk_log_consistency(cx, cx->archive, 2, &more));
    SK_TRY(sk_archive_read_vkeys(cx, cx->archive, &keys));
    SK_TRY(sk_tlog_proof_parse(cx, proof, &p));
    say(s, sk_fmt(&cx->arena, "%llu %zu %llu %zu %zu", (unsigned long long)p.index, p.path.n,
                  (unsigned long long)p.checkpoint.size, more.n, keys.n));
    return SK_OK;
}

/* ---- the script ---- */

static bool first_visit(script *s)
{
    return step(s, "open", open_all) && step(s, "write claims", write_claims) &&
           step(s, "commit claims", commit) && step(s, "search", search_all) &&
           step(s, "write exhibit", write_exhibit) && step(s, "commit exhibit", commit) &&
           step(s, "read its text", read_text) && step(s, "search", search_all) &&
           step(s, "look up", look_up);
}

static bool second_visit(script *s)
{
    return step(s, "open again", open_all) && step(s, "prove", prove) &&
           step(s, "write decisions", write_decisions) && step(s, "commit decisions", commit) &&
           step(s, "search", search_all) && step(s, "search as others", search_as_others) &&
           step(s, "look up", look_up) && step(s, "list", list_all) && step(s, "dump", dump);
}

void script_run(const sk_fs *fs, const char *root, told *t)
{
    script s = {.fs = fs, .root = root, .t = t};
    sk_ctx_init(&s.cx);
    t->is_made = step(&s, "make", make);
    bool goes_on = t->is_made && first_visit(&s);
    close_all(&s);
    t->is_whole = goes_on && second_visit(&s);
    close_all(&s);
    sk_ctx_done(&s.cx);
}

/* ---- afterwards ---- */

static sk_rc compare_index(script *s, const char **ret_what)
{
    sk_ctx *cx = &s->cx;
    sk_hash grown, fresh;
    int64_t row;
    sk_str name;
    for (int i = 0; i < 2; i++) {
        sk_hash exhibit;
        sk_rc rc = sk_index_next_unread(cx, cx->index, 0, &row, &exhibit, &name);
        if (!rc)
            rc = put_text(cx, cx->index, &exhibit);
        else if (rc == SK_E_NOTFOUND)
            rc = SK_OK;
        SK_TRY(rc);
        SK_TRY(sk_index_check(cx, cx->index));
        SK_TRY(sk_index_dump_hash(cx, cx->index, i ? &fresh : &grown));
        if (i)
            break;
        sk_index_close(cx->index);
        cx->index = NULL;
        SK_TRY(sk_index_rebuild(cx, cx->archive));
        SK_TRY(sk_index_open(cx, cx->archive, &cx->index));
    }
    if (!sk_hash_eq(&grown, &fresh))
        *ret_what = "the index is not what a rebuild makes of the same entries";
    return SK_OK;
}

static sk_rc compare_entries(script *s, const char **ret_what)
{
    sk_ctx *cx = &s->cx;
    const told *t = s->t;
    SK_TRY(look(s));
    for (size_t i = 0; i < t->n_entries; i++) {
        sk_entry_row row;
        sk_entry e;
        sk_str hex = sk_hash_hex(&cx->arena, &t->entries[i]);
        if (sk_entry_find(cx, s->view, hex, &row))
            return sk_while(cx, "acknowledged entry %zu is not in the index", i);
        if (sk_entry_load(cx, s->view, &row, &e))
            return sk_while(cx, "acknowledged entry %zu cannot be read", i);
    }
    if (t->is_whole && sk_archive_count(cx->archive) != 2 + t->n_entries)
        *ret_what = "the log holds entries that nobody wrote";
    return SK_OK;
}

static sk_rc compare_all(script *s, const char **ret_what)
{
    sk_ctx *cx = &s->cx;
    SK_TRY(compare_entries(s, ret_what));
    sk_view_close(s->view);
    s->view = NULL;
    SK_TRY(compare_index(s, ret_what));
    begin_group(s);
    SK_TRY(claim(s, "person-9", "Person:name", "Late Arrival"));
    SK_TRY(sk_record_commit(cx));
    SK_TRY(look(s));
    sk_entity e;
    return sk_entity_find(cx, s->view, SK_S("Late Arrival"), &e);
}

const char *script_trouble(sk_ctx *cx, const sk_fs *fs, const char *root, told *t)
{
    static findings f;
    script s = {.fs = fs, .root = root, .t = t};
    const char *what = t->wrong[0] ? t->wrong : NULL;
    sk_ctx_init(&s.cx);
    sk_rc rc = t->is_made ? SK_OK : make(&s);
    if (!rc)
        rc = open_all(&s);
    if (!rc)
        rc = compare_all(&s, &what);
    sk_view_close(s.view);
    close_all(&s);
    if (!rc && verify_path(&s.cx, fs, root, &f).damage)
        what = f.text;
    if (rc)
        what = s.cx.message;
    what = what ? sk_str_c(&cx->arena, sk_str_of(what)) : NULL;
    sk_ctx_done(&s.cx);
    return what;
}
