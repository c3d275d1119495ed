/* COMMAND: search
 * Find words in exhibits and claims, in any script.
 *
 * USAGE: sillok search [OPTIONS] QUERY ...
 *
 * Words must all occur; "a phrase", word*, OR, NOT and parentheses work. In Korean, Chinese,
 * Japanese, Thai, Lao, Khmer and Burmese any part of a word is found; elsewhere whole words, or
 * beginnings with *. Filters narrow the search:
 *
 *   kind:exhibit, kind:claim   exhibit:NAME   entity:NAME   claimant:WORDS   date:2023-10
 *   place:WORDS   restriction:LABEL   furniture:yes (menus and forms too)
 *
 * Words alone are also taken for a name: people, bodies and ships whose name they may be, in any
 * spelling or script, are listed first with the reason. Consonants alone (ㄱㅈㅇ) are the initials of
 * a Korean name.
 *
 * OPTIONS
 *   --limit N    at most N hits (default 20)
 *   --offset N   pass over the first N
 *
 * EXAMPLES
 *   sillok search 수용소
 *   sillok search 김정욱
 *   sillok search '"forced labour" OR 강제노동' kind:exhibit
 *   sillok search 'coal NOT copper' date:2017
 */
#include "cli/app.h"
#include "cli/by_name.h"
#include "cli/print.h"
#include "record/search.h"

/* Words of the command line back to one query: operands with blanks are phrases, unless they carry
 * operators or quotes of their own. */
static sk_str join_query(sk_app *app)
{
    sk_str s = SK_NONE;
    for (size_t i = 0; i < app->args.n_operands; i++)
        s = sk_fmt(&app->cx.arena, "%.*s%s%.*s", SK_P(s), i ? " " : "",
                   SK_P(app->args.operands[i]));
    return s;
}

/* ---- bearers of a name ---- */

typedef struct bearers {
    sk_bearer_found *v;
    size_t n;
} bearers;

/* Words alone, not a query with operators, filters or beginnings of words. */
static bool may_be_name(sk_str query)
{
    static const char *const not_in[] = {"\"", "(", ")", "*", ":", " OR ", " NOT ", " AND ", " -"};
    for (size_t i = 0; i < SK_COUNT(not_in); i++)
        if (sk_str_find(query, sk_str_of(not_in[i])) != SIZE_MAX)
            return false;
    return query.n && query.n <= SK_LIM_NAME_BYTES && query.p[0] != '-';
}

/* Names are an addition: where they cannot be looked up, the words still are. */
static bearers find_bearers(sk_app *app, sk_str query, uint64_t offset)
{
    bearers b = {0};
    if (offset || !may_be_name(query))
        return b;
    if (sk_by_name(app, query, 5, &b.v, &b.n)) {
        sk_app_remark(app, "names were not looked up: %s", app->cx.message);
        sk_forgive(&app->cx);
        b.n = 0;
    }
    return b;
}

static void print_bearers(sk_app *app, const bearers *b)
{
    for (size_t i = 0; i < b->n; i++) {
        sk_app_clean(app, sk_app_bold(app, b->v[i].caption));
        sk_app_printf(app, "  %.*s  @", SK_P(b->v[i].type));
        sk_app_line(app, b->v[i].key);
        sk_app_printf(app, "    ");
        sk_app_line(app, b->v[i].reason);
    }
    if (b->n)
        sk_app_printf(app, "\n");
}

static void put_bearers(sk_json *j, const bearers *b)
{
    sk_json_key(j, SK_S("names"));
    sk_json_array(j);
    for (size_t i = 0; i < b->n; i++) {
        sk_json_object(j);
        sk_json_put_str(j, "entity", b->v[i].key);
        sk_json_put_str(j, "type", b->v[i].type);
        sk_json_put_str(j, "name", b->v[i].caption);
        sk_json_key(j, SK_S("score"));
        sk_json_real(j, b->v[i].score);
        sk_json_put_str(j, "reason", b->v[i].reason);
        sk_json_end(j);
    }
    sk_json_end(j);
}

/* ---- hits ---- */

static void mark(sk_app *app, const sk_snippet *sn)
{
    const char *open = app->out.colour ? "\x1b[1;33m" : "[",
               *shut = app->out.colour ? "\x1b[0m" : "]";
    size_t at = 0;
    for (size_t i = 0; i < sn->n; i++) {
        sk_app_clean(app, sk_str_sub(sn->text, at, sn->v[i].start - at));
        sk_app_printf(app, "%s", open);
        sk_app_clean(app, sk_str_sub(sn->text, sn->v[i].start, sn->v[i].end - sn->v[i].start));
        sk_app_printf(app, "%s", shut);
        at = sn->v[i].end;
    }
    sk_app_clean(app, sk_str_sub(sn->text, at, sn->text.n));
}

static void print_hit(sk_app *app, const sk_hit *h)
{
    sk_ctx *cx = &app->cx;
    size_t width = app->out.width > 24 ? app->out.width - 4 : 96;
    if (h->is_claim) {
        const sk_claim *c = &h->claim.claim;
        sk_app_printf(app, "claim %.*s  ", SK_P(sk_short(cx, &c->id)));
        sk_app_clean(app, h->entity_caption);
        sk_app_printf(app, ", %.*s  - ", SK_P(sk_print_property(c)));
        sk_app_line(app, sk_print_says(app, c));
    } else {
        sk_app_printf(app, "exhibit %.*s  ", SK_P(sk_short(cx, &h->exhibit.hash)));
        sk_app_clean(app, h->exhibit.name);
        if (h->exhibit.title.n) {
            sk_app_printf(app, "  \"");
            sk_app_clean(app, h->exhibit.title);
            sk_app_printf(app, "\"");
        }
        if (h->block.place.n) {
            sk_app_printf(app, ", ");
            sk_app_clean(app, h->block.place);
        }
        sk_app_printf(app, ", byte %zu\n", h->block.start);
    }
    sk_snippet sn = sk_snippet_of(cx, h->text, h->ranges, width);
    sk_app_printf(app, "    ");
    mark(app, &sn);
    sk_app_printf(app, "\n");
}

static void put_hit(sk_app *app, sk_json *j, const sk_hit *h)
{
    sk_snippet sn = sk_snippet_of(&app->cx, h->text, h->ranges, 160);
    sk_json_object(j);
    sk_json_put_str(j, "kind", h->is_claim ? SK_S("claim") : SK_S("exhibit"));
    if (h->is_claim) {
        sk_json_key(j, SK_S("claim"));
        sk_print_claim_json(app, j, &h->claim);
    } else {
        sk_json_put_str(j, "exhibit", sk_hash_hex(&app->cx.arena, &h->exhibit.hash));
        sk_json_put_given(j, "name", h->exhibit.name);
        sk_json_put_given(j, "title", h->exhibit.title);
        sk_json_put_given(j, "place", h->block.place);
        sk_json_put_uint(j, "start", h->block.start);
        sk_json_put_uint(j, "end", h->block.end);
        sk_json_key(j, SK_S("matches")); /* bytes of the exhibit's text */
        sk_json_array(j);
        for (size_t i = 0; i < h->ranges.n; i++) {
            sk_json_array(j);
            sk_json_uint(j, h->block.start + h->ranges.v[i].start);
            sk_json_uint(j, h->block.start + h->ranges.v[i].end);
            sk_json_end(j);
        }
        sk_json_end(j);
    }
    sk_json_put_str(j, "snippet", sn.text);
    sk_json_end(j);
}

static void print_table(sk_app *app, const bearers *b, const sk_search_result *r)
{
    static const sk_column columns[] = {
        {.key = "kind", .title = "Kind"},    {.key = "id", .title = "Id"},
        {.key = "name", .title = "Name"},    {.key = "start", .title = "Start"},
        {.key = "snippet", .title = "Text"},
    };
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < b->n; i++) {
        sk_table_cell(t, SK_S("entity"));
        sk_table_cell(t, b->v[i].key);
        sk_table_cell(t, b->v[i].caption);
        sk_table_cell_none(t);
        sk_table_cell(t, b->v[i].reason);
    }
    for (size_t i = 0; i < r->n; i++) {
        const sk_hit *h = &r->hits[i];
        sk_snippet sn = sk_snippet_of(&app->cx, h->text, h->ranges, 160);
        sk_table_cell(t, h->is_claim ? SK_S("claim") : SK_S("exhibit"));
        sk_table_cell(
            t, sk_hash_hex(&app->cx.arena, h->is_claim ? &h->claim.claim.id : &h->exhibit.hash));
        sk_table_cell(t, h->is_claim ? h->entity_caption : h->exhibit.name);
        sk_table_cell_int(t, (int64_t)h->block.start);
        sk_table_cell(t, sn.text);
    }
    sk_app_table(app, t);
}

static void print_json(sk_app *app, const bearers *b, const sk_search_result *r)
{
    sk_json j;
    sk_json_init(&j, &app->text, SK_JSON_PRETTY);
    sk_json_object(&j);
    sk_json_put_uint(&j, "total", r->total);
    sk_json_put_bool(&j, "total_is_floor", r->total_is_floor);
    put_bearers(&j, b);
    sk_json_key(&j, SK_S("hits"));
    sk_json_array(&j);
    for (size_t i = 0; i < r->n; i++)
        put_hit(app, &j, &r->hits[i]);
    sk_json_end(&j);
    sk_json_end(&j);
    sk_json_done(&j);
}

sk_rc cmd_search(sk_app *app)
{
    sk_ctx *cx = &app->cx;
    uint64_t limit, offset;
    SK_TRY(sk_need_operands(cx, &app->args, 1, SIZE_MAX));
    SK_TRY(sk_arg_number(cx, &app->args, "limit", 20, &limit));
    SK_TRY(sk_arg_number(cx, &app->args, "offset", 0, &offset));
    if (limit > 10000 || offset > 10000000)
        return sk_fail(cx, SK_E_LIMIT, "--limit goes up to 10,000 and --offset up to 10,000,000");
    const sk_query *query;
    sk_str words = join_query(app);
    SK_TRY(sk_query_parse(cx, words, &query));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    sk_search_result r;
    SK_TRY(sk_search(cx, app->view, query, offset, limit, &r));
    bearers b = find_bearers(app, words, offset);
    if (app->json) {
        print_json(app, &b, &r);
    } else if (app->only_tables) {
        print_table(app, &b, &r);
    } else {
        print_bearers(app, &b);
        for (size_t i = 0; i < r.n; i++)
            print_hit(app, &r.hits[i]);
        sk_app_printf(app, "%s%llu match%s%s\n", r.total_is_floor ? "more than " : "",
                      (unsigned long long)r.total, r.total == 1 ? "" : "es",
                      r.total_is_floor ? "; newest first" : "");
    }
    return SK_OK;
}
