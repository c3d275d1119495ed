/* COMMAND: show
 * Show an exhibit, entity, claim or entry, with its history.
 *
 * USAGE: sillok show THING [--text] [--timeline] [--history] [--raw]
 *
 * THING is the first six or more digits of a hash, a file name, or an entity's key or name, in any
 * spelling or script that fits nobody else; consonants alone (ㄱㅈㅇ) are initials of a name. An
 * exhibit shows its custody record, what is read in it and the claims that rest on it; an entity
 * what is said about it; a claim every field and its passage in the text; another entry its note.
 * Before what is said of a ship stands the timeline of its numbers, names and flags, with those of
 * the hulls that are linked to it or said to bear one of its numbers.
 *
 * OPTIONS
 *   --text      the exhibit's text, furniture marked, claims counted in the margin
 *   --timeline  of a ship: the timeline alone
 *   --history   retracted and superseded claims too
 *   --raw       the signed note of a claim or entry, exactly as stored
 *   --limit N   at most N claims of an exhibit in the text for people (default 50)
 */
#include "cli/app.h"
#include "cli/by_name.h"
#include "cli/print.h"
#include "cli/profile.h"
#include "cli/timeline.h"

static void field(sk_app *app, const char *name, sk_str value)
{
    if (!value.n)
        return;
    sk_app_printf(app, "  %-13s ", name);
    sk_app_line(app, value);
}

/* ---- exhibit ---- */

static void print_capture(sk_app *app, const sk_capture *c)
{
    sk_app_printf(app, "  captured by entry %.*s\n", SK_P(sk_short(&app->cx, &c->entry)));
    const struct {
        const char *name;
        sk_str value;
    } fields[] = {{"  name", c->name},      {"  url", c->url},       {"  captured", c->captured},
                  {"  by", c->captured_by}, {"  rights", c->rights}, {"  method", c->method},
                  {"  logged", c->at},      {"  signed by", c->by}};
    for (size_t i = 0; i < SK_COUNT(fields); i++)
        field(app, fields[i].name, fields[i].value);
}

static sk_rc print_stated(sk_app *app, const sk_exhibit *x)
{
    sk_stated *list;
    size_t n, links = 0;
    SK_TRY(sk_exhibit_stated(&app->cx, app->view, x, &list, &n));
    for (size_t i = 0; i < n; i++) {
        if (sk_str_is(list[i].what, "link")) {
            links++;
            continue;
        }
        field(app, "states",
              sk_fmt(&app->cx.arena, "%.*s (\"%.*s\", %.*s)", SK_P(list[i].edtf),
                     SK_P(list[i].words), SK_P(list[i].what)));
    }
    if (links)
        field(app, "links", sk_fmt(&app->cx.arena, "%zu", links));
    return SK_OK;
}

static sk_rc print_claims_on(sk_app *app, const sk_exhibit *x)
{
    static const sk_column columns[] = {
        {.key = "at", .title = "At"},
        {.key = "claim", .title = "Claim", .least = 12},
        {.key = "about", .title = "About", .most = 40},
        {.key = "property", .title = "Property"},
        {.key = "value", .title = "Value", .most = 50},
        {.key = "position", .title = "Position"},
        {.key = "says", .title = "Says whom", .most = 40},
    };
    sk_claim_row *rows;
    size_t n;
    uint64_t limit;
    SK_TRY(sk_arg_number(&app->cx, &app->args, "limit", 50, &limit));
    SK_TRY(sk_claims_on(&app->cx, app->view, x, &rows, &n));
    if (n == 0 && !app->only_tables)
        return SK_OK;
    size_t all = n;
    if (!app->only_tables && n > limit)
        n = limit;
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = &rows[i].claim;
        const sk_passage *p = &c->passages[0];
        sk_table_cell(t,
                      p->has_span ? sk_fmt(&app->cx.arena, "%zu-%zu", p->start, p->end) : p->place);
        sk_table_cell(t, sk_hash_hex(&app->cx.arena, &c->id));
        sk_table_shown(t, sk_short(&app->cx, &c->id));
        sk_table_cell(t, c->entity);
        sk_table_shown(t, sk_entity_caption(&app->cx, app->view, c->entity));
        sk_table_cell(t, sk_print_property(c));
        sk_table_cell(t, sk_print_value(app, c));
        sk_table_cell(t, sk_print_position(c));
        sk_table_cell(t, sk_print_says(app, c));
    }
    if (!app->only_tables)
        sk_app_printf(app, "\nclaims that rest on it\n");
    sk_app_sheet(app, t, "claims");
    if (n < all)
        sk_app_printf(app, "%zu of %zu claims; more with --limit, all with --csv or --json\n", n,
                      all);
    return SK_OK;
}

static sk_rc print_text(sk_app *app, const sk_exhibit *x)
{
    sk_text_block *blocks;
    sk_claim_row *rows;
    size_t n, n_rows;
    SK_TRY(sk_exhibit_text(&app->cx, app->view, x, &blocks, &n));
    SK_TRY(sk_claims_on(&app->cx, app->view, x, &rows, &n_rows));
    for (size_t i = 0; i < n; i++) {
        size_t claims = 0;
        for (size_t k = 0; k < n_rows; k++)
            for (size_t m = 0; m < rows[k].claim.n_passages; m++) {
                const sk_passage *p = &rows[k].claim.passages[m];
                claims += p->has_span && sk_hash_eq(&p->exhibit, &x->hash) &&
                          p->start < blocks[i].end && p->end > blocks[i].start;
            }
        bool furniture = blocks[i].kind == SK_BLOCK_FURNITURE;
        sk_app_printf(app, "%7zu %-4s ", blocks[i].start,
                      claims      ? sk_fmt(&app->cx.arena, "[%zu]", claims).p
                      : furniture ? "~"
                                  : "");
        sk_app_printf(app, "%s", furniture && app->out.colour ? "\x1b[2m" : "");
        sk_app_clean(app, blocks[i].text);
        sk_app_printf(app, "%s\n", furniture && app->out.colour ? "\x1b[0m" : "");
    }
    sk_app_printf(app, "(byte of the text; [n] claims rest on the line; ~ page furniture)\n");
    return SK_OK;
}

static sk_rc exhibit_json(sk_app *app, const sk_exhibit *x)
{
    sk_json j;
    sk_claim_row *rows;
    sk_text_block *blocks;
    size_t n, n_blocks;
    SK_TRY(sk_claims_on(&app->cx, app->view, x, &rows, &n));
    SK_TRY(sk_exhibit_text(&app->cx, app->view, x, &blocks, &n_blocks));
    sk_json_init(&j, &app->text, SK_JSON_PRETTY);
    sk_json_object(&j);
    sk_json_put_str(&j, "exhibit", sk_hash_hex(&app->cx.arena, &x->hash));
    sk_json_put_uint(&j, "bytes", x->size_bytes);
    sk_json_put_given(&j, "media", x->media);
    sk_json_put_given(&j, "title", x->title);
    sk_json_put_given(&j, "lang", x->lang);
    sk_json_put_given(&j, "charset", x->charset);
    sk_json_put_str(&j, "read", x->is_read ? sk_str_of(sk_outcome_name(x->outcome)) : SK_S("no"));
    sk_json_put_given(&j, "note", x->note);
    sk_json_key(&j, SK_S("blocks"));
    sk_json_array(&j);
    for (size_t i = 0; i < n_blocks; i++) {
        sk_json_object(&j);
        sk_json_put_str(&j, "kind", sk_str_of(sk_block_kind_name(blocks[i].kind)));
        sk_json_put_uint(&j, "start", blocks[i].start);
        sk_json_put_uint(&j, "end", blocks[i].end);
        if (blocks[i].page)
            sk_json_put_uint(&j, "page", blocks[i].page);
        sk_json_put_given(&j, "place", blocks[i].place);
        sk_json_put_str(&j, "text", blocks[i].text);
        sk_json_end(&j);
    }
    sk_json_end(&j);
    sk_json_key(&j, SK_S("claims"));
    sk_json_array(&j);
    for (size_t i = 0; i < n; i++)
        sk_print_claim_json(app, &j, &rows[i]);
    sk_json_end(&j);
    sk_json_end(&j);
    sk_json_done(&j);
    return SK_OK;
}

static sk_rc show_exhibit(sk_app *app, const sk_exhibit *x)
{
    if (app->json)
        return exhibit_json(app, x);
    if (sk_flag(&app->args, "text"))
        return print_text(app, x);
    if (app->only_tables)
        return print_claims_on(app, x);
    sk_arena *a = &app->cx.arena;
    sk_app_printf(app, "exhibit ");
    sk_app_line(app, sk_app_bold(app, sk_hash_hex(a, &x->hash)));
    field(app, "title", x->title);
    field(app, "bytes", sk_fmt(a, "%llu", (unsigned long long)x->size_bytes));
    field(app, "kind", x->media);
    field(app, "read as text",
          x->is_read ? sk_str_of(sk_outcome_name(x->outcome)) : SK_S("not yet"));
    field(app, "note", x->note);
    field(app, "language", x->lang);
    field(app, "charset", x->charset);
    field(app, "reader", x->reader);
    SK_TRY(print_stated(app, x));
    for (size_t i = 0; i < x->n_captures; i++)
        print_capture(app, &x->captures[i]);
    return print_claims_on(app, x);
}

/* ---- claim and entry ---- */

static sk_rc show_entry(sk_app *app, const sk_entry_row *row)
{
    sk_entry e;
    SK_TRY(sk_entry_load(&app->cx, app->view, row, &e));
    if (app->json) {
        sk_json j;
        sk_json_init(&j, &app->text, SK_JSON_PRETTY);
        sk_json_object(&j);
        sk_json_put_str(&j, "id", sk_hash_hex(&app->cx.arena, &e.id));
        sk_json_put_str(&j, "kind", e.kind);
        sk_json_put_str(&j, "at", e.at);
        sk_json_put_str(&j, "by", e.by);
        sk_json_put_uint(&j, "leaf", row->place.leaf);
        sk_json_put_str(&j, "note", e.bytes);
        sk_json_end(&j);
        sk_json_done(&j);
        return SK_OK;
    }
    if (sk_flag(&app->args, "raw")) {
        sk_buf_add(&app->text, e.bytes);
        return SK_OK;
    }
    sk_app_printf(app, "entry %.*s, leaf %llu of device %.*s\n",
                  SK_P(sk_hash_hex(&app->cx.arena, &e.id)), (unsigned long long)row->place.leaf,
                  SK_P(row->place.device));
    sk_app_line(app, e.text);
    return SK_OK;
}

static sk_rc show_claim(sk_app *app, const sk_claim_row *row)
{
    const sk_claim *c = &row->claim;
    if (app->json) {
        sk_json j;
        sk_json_init(&j, &app->text, SK_JSON_PRETTY);
        sk_print_claim_json(app, &j, row);
        sk_json_done(&j);
        return SK_OK;
    }
    sk_app_printf(app, "claim ");
    sk_app_line(app, sk_app_bold(app, sk_hash_hex(&app->cx.arena, &c->id)));
    if (row->retracted || row->superseded)
        field(app, "state", row->retracted ? SK_S("retracted") : SK_S("superseded"));
    field(app, "about",
          sk_fmt(&app->cx.arena, "%.*s (@%.*s)",
                 SK_P(sk_entity_caption(&app->cx, app->view, c->entity)), SK_P(c->entity)));
    field(app, "property",
          sk_fmt(&app->cx.arena, "%.*s (%.*s:%.*s)", SK_P(sk_print_property(c)), SK_P(c->type),
                 SK_P(c->prop)));
    field(app, "value", sk_print_value(app, c));
    field(app, "words", c->words);
    field(app, "measure", c->measure);
    field(app, "position", sk_str_of(sk_position_name(c->position)));
    field(app, "says", sk_print_says(app, c));
    field(app, "said", c->said);
    field(app, "as of", c->asof);
    field(app, "valid", c->valid);
    field(app, "reference", c->reference);
    field(app, "note", c->note);
    if (c->is_coded)
        field(app, "coded in",
              sk_fmt(&app->cx.arena, "%.*s %.*s", SK_P(sk_print_exhibit(app, &c->coded_in)),
                     SK_P(c->coded_place)));
    field(app, "entered", sk_fmt(&app->cx.arena, "%.*s by %.*s", SK_P(c->at), SK_P(c->by)));
    if (c->used_falsely)
        field(app, "used falsely", SK_S("yes"));
    return sk_print_passages(app, c);
}

/* ---- finding out what was meant ---- */

static sk_rc show_hash(sk_app *app, sk_str name, bool *ret_shown)
{
    sk_ctx *cx = &app->cx;
    sk_claim_row claim;
    sk_entry_row entry;
    sk_exhibit x;
    *ret_shown = true;
    if (!sk_flag(&app->args, "raw") && sk_claim_find(cx, app->view, name, &claim) == SK_OK)
        return show_claim(app, &claim);
    sk_forgive(cx);
    if (sk_entry_find(cx, app->view, name, &entry) == SK_OK)
        return show_entry(app, &entry);
    sk_forgive(cx);
    if (sk_exhibit_find(cx, app->view, name, &x) == SK_OK)
        return show_exhibit(app, &x);
    sk_forgive(cx);
    *ret_shown = false;
    return SK_OK;
}

static bool looks_like_hash(sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n >= 6 && s.n <= 64;
}

static sk_rc timeline_json(sk_app *app, const sk_entity *e)
{
    sk_json j;
    sk_json_init(&j, &app->text, SK_JSON_PRETTY);
    sk_json_object(&j);
    SK_TRY(sk_timeline_json(app, &j, e));
    sk_json_end(&j);
    sk_json_done(&j);
    return SK_OK;
}

/* A ship's timeline stands before its profile; a CSV file has room for one of them. */
static sk_rc show_entity(sk_app *app, const sk_entity *e)
{
    bool alone = sk_flag(&app->args, "timeline");
    if (alone && app->json)
        return timeline_json(app, e);
    if (alone || (sk_has_timeline(e) && !app->json && !app->csv))
        SK_TRY(sk_timeline_print(app, e));
    if (alone)
        return SK_OK;
    if (sk_has_timeline(e) && !app->only_tables && !app->json)
        sk_app_printf(app, "\n");
    return sk_profile_print(app, e,
                            sk_flag(&app->args, "history") ? SK_CLAIMS_HISTORY : SK_CLAIMS_CURRENT);
}

sk_rc cmd_show(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    SK_TRY(sk_need_operands(cx, &app->args, 1, 1));
    sk_str name = app->args.operands[0];
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    bool shown = false;
    if (looks_like_hash(name))
        SK_TRY(show_hash(app, name, &shown));
    if (shown)
        return SK_OK;
    sk_exhibit x;
    if (sk_exhibit_find(cx, app->view, name, &x) == SK_OK)
        return show_exhibit(app, &x);
    if (cx->rc == SK_E_AMBIGUOUS)
        return cx->rc;
    sk_forgive(cx);
    sk_entity e;
    sk_rc rc = sk_by_name_entity(app, name, &e);
    if (rc == SK_E_NOTFOUND) {
        sk_forgive(cx);
        return sk_fail(cx, SK_E_NOTFOUND, "nothing is called \"%.*s\"; try: sillok search \"%.*s\"",
                       SK_P(name), SK_P(name));
    }
    SK_TRY(rc);
    return show_entity(app, &e);
}
