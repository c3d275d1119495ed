/* Search: words in any script, narrowed by filters that all stand in the address. */
#include "web/page_search.h"

#include "base/clock.h"
#include "tell/tell.h"
#include "web/grid.h"
#include "web/page.h"

enum { LIMIT = 20, MOST = 200, SNIPPET_COLUMNS = 180, FACET_MS = 200, FACET_VALUES = 8 };

/* Filters that have a field of their own on the page; each is a filter of the query language. */
static const struct {
    const char *name, *key;
} filters[] = {
    {"kind", "search.kind"},         {"exhibit", "search.exhibit"}, {"entity", "search.entity"},
    {"claimant", "search.claimant"}, {"date", "search.date"},       {"place", "search.place"},
};

typedef struct searching {
    sk_request *rq;
    sk_str words, full; /* what was typed; with the filters behind it */
    const sk_query *query;
    uint64_t offset, limit;
    sk_search_result found;
} searching;

/* A filter's value is quoted; the language has no quote within quotes. */
static sk_str filter_text(sk_request *rq, const char *name, sk_str value)
{
    char *plain = sk_str_c(&rq->cx.arena, value);
    for (char *p = plain; *p; p++)
        if (*p == '"')
            *p = ' ';
    return sk_fmt(&rq->cx.arena, " %s:\"%s\"", name, plain);
}

static sk_str full_query(sk_request *rq, sk_str words)
{
    sk_str s = words;
    for (size_t i = 0; i < SK_COUNT(filters); i++) {
        sk_str value = sk_str_trim(sk_rq_get(rq, filters[i].name));
        if (value.n)
            s = sk_fmt(&rq->cx.arena, "%.*s%.*s", SK_P(s),
                       SK_P(filter_text(rq, filters[i].name, value)));
    }
    return sk_str_trim(s);
}

/* ---- one hit ---- */

void sk_put_marked(sk_html *h, const sk_snippet *sn)
{
    size_t at = 0;
    for (size_t i = 0; i < sn->n; i++) {
        sk_html_text(h, sk_str_sub(sn->text, at, sn->v[i].start - at));
        SK_PUT(h, "<mark>$</mark>",
               sk_str_sub(sn->text, sn->v[i].start, sn->v[i].end - sn->v[i].start));
        at = sn->v[i].end;
    }
    sk_html_text(h, sk_str_sub(sn->text, at, sn->text.n));
}

/* Into the text of the exhibit, at the first words that matched. */
static sk_str hit_href(const searching *s, const sk_hit *hit)
{
    sk_request *rq = s->rq;
    size_t start = hit->block.start, end = hit->block.end;
    if (hit->ranges.n) {
        end = start + hit->ranges.v[0].end;
        start += hit->ranges.v[0].start;
    }
    sk_str href = sk_href_exhibit(rq, &hit->exhibit.hash);
    if (!hit->block.text.n)
        return href;
    return sk_fmt(&rq->cx.arena, "%.*s?q=%.*s&at=%zu-%zu#at", SK_P(href),
                  SK_P(sk_percent_encode(&rq->cx.arena, s->words)), start, end);
}

static void put_exhibit_hit(const searching *s, const sk_hit *hit)
{
    sk_html *h = &s->rq->html;
    const sk_exhibit *x = &hit->exhibit;
    SK_PUT(h, "<h2 dir=\"auto\"><a href=\"$\">$</a></h2><p class=\"meta\">{search.is_exhibit}",
           hit_href(s, hit), x->title.n ? x->title : x->name);
    if (x->title.n && x->name.n)
        SK_PUT(h, " · <bdi>$</bdi>", x->name);
    if (hit->block.page)
        SK_PUT(h, " · {search.page} $", sk_fmt(&s->rq->cx.arena, "%u", hit->block.page));
    if (hit->block.place.n)
        SK_PUT(h, " · <bdi>$</bdi>", hit->block.place);
    SK_PUT(h, "</p>");
}

static void put_claim_hit(const searching *s, const sk_hit *hit)
{
    sk_request *rq = s->rq;
    sk_html *h = &rq->html;
    const sk_claim *c = &hit->claim.claim;
    SK_PUT(h,
           "<h2 dir=\"auto\"><a href=\"$\">$</a></h2><p class=\"meta\"><a href=\"$\">"
           "{search.is_claim}</a> · $ · ",
           sk_href_entity(rq, c->entity), hit->entity_caption, sk_href_claim(rq, &c->id),
           sk_tell_property(c, rq->lang));
    sk_put_says(rq, c);
    sk_str position = sk_position_text(rq, c->position);
    if (position.n)
        SK_PUT(h, " · <strong class=\"$\">$</strong>",
               c->position == SK_CLAIM_DENIES ? SK_S("no") : SK_S("doubt"), position);
    SK_PUT(h, "</p>");
}

static void put_hit(const searching *s, const sk_hit *hit)
{
    sk_html *h = &s->rq->html;
    sk_snippet sn = sk_snippet_of(&s->rq->cx, hit->text, hit->ranges, SNIPPET_COLUMNS);
    SK_PUT(h, "<li>");
    if (hit->is_claim)
        put_claim_hit(s, hit);
    else
        put_exhibit_hit(s, hit);
    SK_PUT(h, "<p class=\"snippet\" dir=\"auto\">");
    sk_put_marked(h, &sn);
    SK_PUT(h, "</p></li>");
}

/* ---- facets ---- */

typedef struct facet {
    sk_str value, shown;
    uint64_t n;
} facet;

typedef struct facets {
    facet v[FACET_VALUES];
    size_t n;
} facets;

static void count_value(facets *f, sk_str value, sk_str shown)
{
    for (size_t i = 0; i < f->n; i++)
        if (sk_str_eq(f->v[i].value, value)) {
            f->v[i].n++;
            return;
        }
    if (f->n < FACET_VALUES)
        f->v[f->n++] = (facet){value, shown, 1};
}

static void put_facet(sk_request *rq, const char *name, const char *title, const facets *f)
{
    sk_html *h = &rq->html;
    if (f->n < 2 && !sk_rq_get(rq, name).n)
        return;
    SK_PUT(h, "<section><h2>$</h2><ul>", sk_say(rq, title));
    for (size_t i = 0; i < f->n; i++) {
        bool is_on = sk_str_eq(sk_rq_get(rq, name), f->v[i].value);
        SK_PUT(h, "<li dir=\"auto\"><a href=\"$\">$</a> <span class=\"quiet\">$</span></li>",
               sk_href_with(rq, name, is_on ? SK_NONE : f->v[i].value),
               is_on ? sk_fmt(&rq->cx.arena, "✓ %.*s", SK_P(f->v[i].shown)) : f->v[i].shown,
               sk_number_text(rq, f->v[i].n));
    }
    SK_PUT(h, "</ul></section>");
}

/* What the first matches are of. Counted over so many and in so much time, and the page says so. */
static void put_facets(const searching *s)
{
    sk_request *rq = s->rq;
    sk_html *h = &rq->html;
    facets kinds = {.n = 0}, exhibits = {.n = 0}, entities = {.n = 0};
    sk_search_result r;
    int64_t until_ms = sk_clock_ms() + FACET_MS;
    if (sk_search(&rq->cx, rq->view, s->query, 0, MOST, &r)) {
        sk_forgive(&rq->cx);
        return;
    }
    size_t looked = 0;
    for (; looked < r.n && sk_clock_ms() < until_ms; looked++) {
        const sk_hit *hit = &r.hits[looked];
        count_value(&kinds, hit->is_claim ? SK_S("claim") : SK_S("exhibit"),
                    sk_say(rq, hit->is_claim ? "search.is_claim" : "search.is_exhibit"));
        if (hit->is_claim)
            count_value(&entities, hit->claim.claim.entity, hit->entity_caption);
        else
            count_value(&exhibits,
                        sk_str_sub(sk_hash_hex(&rq->cx.arena, &hit->exhibit.hash), 0, 16),
                        hit->exhibit.name);
    }
    SK_PUT(h, "<aside class=\"facets\" aria-label=\"{search.facets}\">");
    put_facet(rq, "kind", "search.kind", &kinds);
    put_facet(rq, "exhibit", "search.exhibit", &exhibits);
    put_facet(rq, "entity", "search.entity", &entities);
    if (looked < r.total || r.total_is_floor) {
        SK_PUT(h, "<p class=\"quiet\">");
        SK_SAY(h, "search.facet_cap", sk_number_text(rq, looked));
        SK_PUT(h, "</p>");
    }
    SK_PUT(h, "</aside>");
}

/* ---- the page ---- */

static void put_form(sk_request *rq, sk_str words)
{
    sk_html *h = &rq->html;
    bool has_filter = false;
    for (size_t i = 0; i < SK_COUNT(filters); i++)
        has_filter |= sk_rq_get(rq, filters[i].name).n > 0;
    SK_PUT(h,
           "<form class=\"find big\" role=\"search\" aria-label=\"{search.title}\" "
           "action=\"/search\"><label for=\"q\">{search.words}</label>"
           "<input id=\"q\" type=\"search\" name=\"q\" value=\"$\" dir=\"auto\">"
           "<button class=\"main\">{nav.go}</button>",
           words);
    if (has_filter)
        SK_PUT(h, "<details class=\"filters\" open>");
    else
        SK_PUT(h, "<details class=\"filters\">");
    SK_PUT(h, "<summary>{search.filters}</summary><div class=\"fields\">");
    for (size_t i = 0; i < SK_COUNT(filters); i++)
        SK_PUT(h, "<label>$<input name=\"$\" value=\"$\" dir=\"auto\"></label>",
               sk_say(rq, filters[i].key), sk_str_of(filters[i].name),
               sk_rq_get(rq, filters[i].name));
    SK_PUT(h, "</div></details></form>");
}

static void put_results(const searching *s)
{
    sk_request *rq = s->rq;
    sk_html *h = &rq->html;
    const sk_search_result *r = &s->found;
    SK_PUT(h, "<p class=\"status\" role=\"status\">");
    if (r->total_is_floor)
        SK_SAY(h, "search.more_than", sk_number_text(rq, r->total));
    else
        SK_SAY_N(h, r->total, "search.hits", sk_number_text(rq, r->total));
    SK_PUT(h, "</p><div class=\"with-aside\"><ol class=\"hits\" data-keys>");
    for (size_t i = 0; i < r->n; i++)
        put_hit(s, &r->hits[i]);
    SK_PUT(h, "</ol>");
    if (r->total > 1)
        put_facets(s);
    SK_PUT(h, "</div>");
    sk_put_pager(rq, s->offset, s->limit, r->n, r->n == s->limit);
    if (!r->total)
        SK_PUT(h, "<p>{search.none}</p>");
}

static void search_json(const searching *s)
{
    sk_ctx *cx = &s->rq->cx;
    sk_json *j = sk_rq_json(s->rq);
    sk_json_object(j);
    sk_json_put_str(j, "query", s->full);
    sk_json_put_uint(j, "total", s->found.total);
    sk_json_put_bool(j, "total_is_floor", s->found.total_is_floor);
    sk_json_key(j, SK_S("hits"));
    sk_json_array(j);
    for (size_t i = 0; i < s->found.n; i++) {
        const sk_hit *hit = &s->found.hits[i];
        sk_snippet sn = sk_snippet_of(cx, hit->text, hit->ranges, SNIPPET_COLUMNS);
        sk_json_object(j);
        sk_json_put_str(j, "kind", hit->is_claim ? SK_S("claim") : SK_S("exhibit"));
        if (hit->is_claim) {
            sk_json_key(j, SK_S("claim"));
            sk_tell_claim_json(cx, j, &hit->claim);
        } else {
            sk_json_put_str(j, "exhibit", sk_hash_hex(&cx->arena, &hit->exhibit.hash));
            sk_json_put_given(j, "name", hit->exhibit.name);
            sk_json_put_given(j, "title", hit->exhibit.title);
            sk_json_put_uint(j, "start", hit->block.start);
            sk_json_put_uint(j, "end", hit->block.end);
        }
        sk_json_put_str(j, "snippet", sn.text);
        sk_json_end(j);
    }
    sk_json_end(j);
    sk_json_end(j);
}

static sk_rc search_csv(const searching *s)
{
    static const sk_grid_column columns[] = {{"kind", "search.kind", false},
                                             {"id", "col.id", false},
                                             {"name", "col.name", false},
                                             {"start", "col.start", true},
                                             {"snippet", "col.text", false}};
    sk_ctx *cx = &s->rq->cx;
    sk_grid *g = sk_grid_new(s->rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < s->found.n; i++) {
        const sk_hit *hit = &s->found.hits[i];
        sk_grid_cell(g, hit->is_claim ? SK_S("claim") : SK_S("exhibit"));
        sk_grid_cell(
            g, sk_hash_hex(&cx->arena, hit->is_claim ? &hit->claim.claim.id : &hit->exhibit.hash));
        sk_grid_cell(g, hit->is_claim ? hit->entity_caption : hit->exhibit.name);
        sk_grid_int(g, (int64_t)hit->block.start);
        sk_grid_cell(g, sk_snippet_of(cx, hit->text, hit->ranges, SNIPPET_COLUMNS).text);
    }
    return sk_grid_answer(s->rq, g);
}

static sk_rc search_page(const searching *s)
{
    sk_request *rq = s->rq;
    sk_page_begin(rq,
                  s->full.n ? sk_say1(rq, "search.title_of", s->full) : sk_say(rq, "search.title"));
    SK_PUT(&rq->html, "<h1>{search.title}</h1>");
    put_form(rq, s->words);
    if (s->query)
        put_results(s);
    else
        SK_PUT(&rq->html, "<p>{search.help} <a href=\"/help/search\">{search.help_link}</a></p>");
    sk_str command = sk_fmt(&rq->cx.arena, "sillok search %.*s", SK_P(sk_shell_word(rq, s->full)));
    return sk_page_end(rq, &(sk_made){.command = command, .method = "search"});
}

/* ROUTE: GET /search
 * Words in any script, in exhibits and claims, with the places where they stand.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   q          words, phrases, OR, NOT, filters: the query language of docs/methods/search.md
 *   kind       exhibit or claim
 *   exhibit    file name or start of a hash
 *   entity     key or name
 *   claimant   words of who says it
 *   date       when it happened, EDTF or words
 *   place      words of the place
 *   offset     pass over so many hits
 *   limit      at most so many, up to 200
 */
sk_rc sk_page_search(sk_request *rq)
{
    searching s = {.rq = rq, .words = sk_str_trim(sk_rq_get(rq, "q"))};
    s.full = full_query(rq, s.words);
    SK_TRY(sk_rq_number(rq, "limit", LIMIT, MOST, &s.limit));
    SK_TRY(sk_rq_number(rq, "offset", 0, 1000000, &s.offset));
    if (s.full.n) {
        SK_TRY(sk_query_parse(&rq->cx, s.full, &s.query));
        SK_TRY(sk_search(&rq->cx, rq->view, s.query, s.offset, s.limit, &s.found));
    }
    if (rq->format == SK_FORMAT_HTML)
        return search_page(&s);
    if (rq->format == SK_FORMAT_CSV)
        return search_csv(&s);
    search_json(&s);
    return sk_rq_json_end(rq);
}
