/* Exhibits: the list; one with its text, what rests on it and its custody record; its bytes checked. */
#include "base/clock.h"
#include "tell/tell.h"
#include "web/download.h"
#include "web/exhibit_text.h"
#include "web/grid.h"
#include "web/page.h"

#include <unistd.h>

enum { CLAIMS = 100 };

/* ---- the list ---- */

/* How far its text was read, in words. */
static sk_str outcome_text(const sk_request *rq, const sk_exhibit *x)
{
    char key[64];
    if (!x->is_read)
        return sk_say(rq, "exhibit.not_read");
    snprintf(key, sizeof key, "outcome.%s", sk_outcome_name(x->outcome));
    return sk_say(rq, key);
}

static void add_exhibit(sk_request *rq, sk_grid *g, const sk_exhibit *x)
{
    sk_arena *a = &rq->cx.arena;
    sk_grid_cell(g, x->name);
    sk_grid_link(g, sk_href_exhibit(rq, &x->hash));
    sk_grid_cell(g, x->title);
    sk_grid_cell(g, x->media);
    sk_grid_cell(g, x->is_read ? sk_str_of(sk_outcome_name(x->outcome)) : SK_S("no"));
    sk_grid_shown(g, outcome_text(rq, x));
    sk_grid_int(g, (int64_t)x->size_bytes);
    sk_grid_shown(g, sk_bytes_text(rq, x->size_bytes));
    sk_grid_cell(g, x->n_captures ? x->captures[0].at : SK_S(""));
    sk_grid_shown(g, x->n_captures ? sk_time_text(rq, x->captures[0].at) : SK_S(""));
    sk_grid_cell(g, sk_hash_hex(a, &x->hash));
    sk_grid_shown(g, sk_tell_short(&rq->cx, &x->hash));
}

/* ROUTE: GET /exhibits
 * The exhibits that the user may see.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   offset   pass over so many
 */
sk_rc sk_page_exhibits(sk_request *rq)
{
    static const sk_grid_column columns[] = {
        {"name", "col.file", false},   {"title", "col.title", false},
        {"media", "col.media", false}, {"read", "col.read", false},
        {"bytes", "col.bytes", true},  {"logged", "col.logged", false},
        {"exhibit", "col.hash", false}};
    sk_exhibit *list;
    size_t n;
    uint64_t offset, limit = rq->format == SK_FORMAT_HTML ? SK_LIM_PAGE_ROWS : UINT64_MAX;
    SK_TRY(sk_rq_number(rq, "offset", 0, INT32_MAX, &offset));
    SK_TRY(sk_exhibits_list(&rq->cx, rq->view, &list, &n));
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    size_t i = (size_t)offset;
    for (; i < n && i - offset < limit; i++)
        add_exhibit(rq, g, &list[i]);
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, g);
    sk_page_begin(rq, sk_say(rq, "exhibits.title"));
    SK_PUT(&rq->html, "<h1>{exhibits.title}</h1>");
    if (n)
        sk_grid_put(rq, g, sk_say(rq, "exhibits.caption"));
    else
        SK_PUT(&rq->html, "<p>{exhibits.none}</p>");
    sk_put_pager(rq, offset, limit, i - (i < offset ? i : (size_t)offset), i < n);
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok search kind:exhibit")});
}

/* ---- one exhibit ---- */

typedef struct showing {
    sk_exhibit x;
    bool is_whole;
    sk_text_block *blocks;
    sk_claim_row *claims;
    size_t n_blocks, n_claims;
    sk_text_view text;
} showing;

static void put_fact(sk_request *rq, const char *key, sk_str value)
{
    if (value.n)
        SK_PUT(&rq->html, "<dt>$</dt><dd dir=\"auto\">$</dd>", sk_say(rq, key), value);
}

static void put_capture(sk_request *rq, const sk_capture *c)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<li><dl class=\"facts\">");
    put_fact(rq, "capture.name", c->name);
    if (c->url.n) {
        SK_PUT(h, "<dt>{capture.url}</dt><dd>");
        sk_html_link(h, c->url);
        SK_PUT(h, "</dd>");
    }
    put_fact(rq, "capture.captured", sk_date_text(rq, c->captured));
    put_fact(rq, "capture.by", c->captured_by);
    put_fact(rq, "capture.method", c->method);
    put_fact(rq, "capture.rights", c->rights);
    put_fact(rq, "capture.logged", sk_time_text(rq, c->at));
    put_fact(rq, "capture.signed", c->by);
    SK_PUT(h, "<dt>{capture.entry}</dt><dd><a href=\"$\"><code>$</code></a></dd></dl></li>",
           sk_href_entry(rq, &c->entry), sk_tell_short(&rq->cx, &c->entry));
}

static sk_rc put_stated(sk_request *rq, const sk_exhibit *x)
{
    sk_stated *list;
    size_t n;
    SK_TRY(sk_exhibit_stated(&rq->cx, rq->view, x, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (!sk_str_is(list[i].what, "link"))
            put_fact(rq, "exhibit.states",
                     sk_fmt(&rq->cx.arena, "%.*s (“%.*s”, %.*s)",
                            SK_P(sk_date_text(rq, list[i].edtf)), SK_P(list[i].words),
                            SK_P(list[i].what)));
    return SK_OK;
}

static sk_rc put_custody(sk_request *rq, const showing *s)
{
    sk_html *h = &rq->html;
    const sk_exhibit *x = &s->x;
    SK_PUT(h,
           "<section aria-labelledby=\"custody\" class=\"custody\"><h2 id=\"custody\">"
           "{exhibit.custody}</h2><dl class=\"facts\"><dt>SHA-256</dt><dd><code "
           "class=\"hash\">$</code></dd>",
           sk_hash_hex(&rq->cx.arena, &x->hash));
    put_fact(rq, "exhibit.size",
             sk_fmt(&rq->cx.arena, "%.*s B", SK_P(sk_number_text(rq, x->size_bytes))));
    put_fact(rq, "exhibit.media", x->media);
    put_fact(rq, "exhibit.read", outcome_text(rq, x));
    put_fact(rq, "exhibit.note", x->note);
    put_fact(rq, "exhibit.lang", x->lang);
    put_fact(rq, "exhibit.charset", x->charset);
    put_fact(rq, "exhibit.reader", x->reader);
    SK_TRY(put_stated(rq, x));
    SK_PUT(h, "</dl><h3>{exhibit.captures}</h3><ol class=\"captures\">");
    for (size_t i = 0; i < x->n_captures; i++)
        put_capture(rq, &x->captures[i]);
    SK_PUT(h, "</ol><form method=\"post\" action=\"$/verify\">", sk_href_exhibit(rq, &x->hash));
    sk_put_token(rq);
    SK_PUT(h, "<button>{exhibit.verify}</button> <span class=\"quiet\">{exhibit.verify_what}</span>"
              "</form></section>");
    return SK_OK;
}

static void add_claim(sk_request *rq, sk_grid *g, const sk_claim_row *row)
{
    const sk_claim *c = &row->claim;
    const sk_passage *p = &c->passages[0];
    sk_ctx *cx = &rq->cx;
    sk_grid_cell(g, p->has_span ? sk_fmt(&cx->arena, "%zu-%zu", p->start, p->end) : p->place);
    sk_grid_link(g, sk_href_passage(rq, c));
    sk_grid_cell(g, c->entity);
    sk_grid_shown(g, sk_entity_caption(cx, rq->view, c->entity));
    sk_grid_link(g, sk_href_entity(rq, c->entity));
    sk_grid_cell(g, c->prop);
    sk_grid_shown(g, sk_tell_property(c, rq->lang));
    sk_grid_cell(g, sk_tell_value(cx, rq->view, c, rq->lang));
    sk_grid_cell(g, sk_str_of(sk_position_name(c->position)));
    sk_grid_shown(g, sk_position_text(rq, c->position));
    sk_grid_style(g, c->position == SK_CLAIM_DENIES ? SK_STYLE_RED : SK_STYLE_YELLOW);
    sk_grid_cell(g, sk_tell_says(cx, rq->view, c, rq->lang));
    sk_grid_cell(g, sk_hash_hex(&cx->arena, &c->id));
    sk_grid_shown(g, sk_tell_short(cx, &c->id));
    sk_grid_link(g, sk_href_claim(rq, &c->id));
}

static sk_grid *claims_grid(sk_request *rq, const showing *s, size_t from, size_t most,
                            bool without_span)
{
    static const sk_grid_column columns[] = {{"at", "col.at", false},
                                             {"about", "col.about", false},
                                             {"property", "col.property", false},
                                             {"value", "col.value", false},
                                             {"position", "col.position", false},
                                             {"says", "col.says", false},
                                             {"claim", "col.claim", false}};
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = from; i < s->n_claims && sk_grid_rows(g) < most; i++)
        if (!without_span || !s->claims[i].claim.passages[0].has_span)
            add_claim(rq, g, &s->claims[i]);
    return g;
}

/* The block with which the page begins: that of the words linked to, else as asked. */
static sk_rc choose_blocks(sk_request *rq, showing *s)
{
    sk_text_view *t = &s->text;
    uint64_t first;
    SK_TRY(sk_rq_number(rq, "offset", 0, SK_LIM_BLOCKS, &first));
    if (t->has_at && !sk_rq_get(rq, "offset").n)
        for (size_t i = 0; i < s->n_blocks; i++)
            if (s->blocks[i].end > t->at_start) {
                first = i / SK_LIM_PAGE_BLOCKS * SK_LIM_PAGE_BLOCKS;
                break;
            }
    t->first = first < s->n_blocks ? (size_t)first : s->n_blocks;
    t->n =
        s->n_blocks - t->first < SK_LIM_PAGE_BLOCKS ? s->n_blocks - t->first : SK_LIM_PAGE_BLOCKS;
    return SK_OK;
}

/* "at=120-180": bytes of the text. */
static sk_rc read_at(sk_request *rq, sk_text_view *t)
{
    sk_str at = sk_rq_get(rq, "at"), from, rest = at;
    uint64_t start, end;
    if (!at.n)
        return SK_OK;
    if (!sk_str_cut(&rest, '-', &from) || !sk_str_to_u64(from, &start) ||
        !sk_str_to_u64(rest, &end) || end <= start || end > SK_LIM_TEXT_BYTES)
        return sk_fail(&rq->cx, SK_E_FORMAT, "at \"%.*s\" is not two bytes, as 120-180", SK_P(at));
    t->has_at = true;
    t->at_start = (size_t)start;
    t->at_end = (size_t)end;
    return SK_OK;
}

static sk_rc load(sk_request *rq, showing *s)
{
    sk_ctx *cx = &rq->cx;
    sk_str q = sk_str_trim(sk_rq_get(rq, "q"));
    SK_TRY(sk_exhibit_find(cx, rq->view, sk_rq_get(rq, "hash"), &s->x));
    SK_TRY(sk_exhibit_is_whole(cx, rq->view, &s->x, &s->is_whole));
    SK_TRY(sk_exhibit_text(cx, rq->view, &s->x, &s->blocks, &s->n_blocks));
    SK_TRY(sk_claims_on(cx, rq->view, &s->x, &s->claims, &s->n_claims));
    s->text = (sk_text_view){.exhibit = &s->x,
                             .blocks = s->blocks,
                             .n_blocks = s->n_blocks,
                             .claims = s->claims,
                             .n_claims = s->n_claims};
    if (q.n)
        SK_TRY(sk_query_parse(cx, q, &s->text.query));
    SK_TRY(read_at(rq, &s->text));
    return choose_blocks(rq, s);
}

static sk_rc exhibit_json(sk_request *rq, const showing *s)
{
    sk_arena *a = &rq->cx.arena;
    sk_json *j = sk_rq_json(rq);
    sk_json_object(j);
    sk_json_put_str(j, "exhibit", sk_hash_hex(a, &s->x.hash));
    sk_json_put_uint(j, "bytes", s->x.size_bytes);
    sk_json_put_given(j, "media", s->x.media);
    sk_json_put_given(j, "title", s->x.title);
    sk_json_put_given(j, "lang", s->x.lang);
    sk_json_put_str(j, "read",
                    s->x.is_read ? sk_str_of(sk_outcome_name(s->x.outcome)) : SK_S("no"));
    sk_json_put_given(j, "note", s->x.note);
    sk_json_put_uint(j, "blocks_in_all", s->n_blocks);
    sk_json_key(j, SK_S("blocks"));
    sk_json_array(j);
    for (size_t i = s->text.first; i < s->text.first + s->text.n; i++) {
        const sk_text_block *b = &s->blocks[i];
        sk_json_object(j);
        sk_json_put_str(j, "kind", sk_str_of(sk_block_kind_name(b->kind)));
        sk_json_put_uint(j, "start", b->start);
        sk_json_put_uint(j, "end", b->end);
        if (b->page)
            sk_json_put_uint(j, "page", b->page);
        sk_json_put_given(j, "place", b->place);
        sk_json_put_str(j, "text", b->text);
        sk_json_end(j);
    }
    sk_json_end(j);
    sk_json_put_uint(j, "claims_in_all", s->n_claims);
    sk_json_key(j, SK_S("claims"));
    sk_json_array(j);
    for (size_t i = 0; i < s->n_claims && i < SK_LIM_PAGE_ROWS; i++)
        sk_tell_claim_json(&rq->cx, j, &s->claims[i]);
    sk_json_end(j);
    sk_json_end(j);
    return sk_rq_json_end(rq);
}

static void put_head(sk_request *rq, const showing *s)
{
    sk_html *h = &rq->html;
    const sk_exhibit *x = &s->x;
    SK_PUT(h, "<h1 dir=\"auto\">$</h1><p class=\"meta\">{exhibit.is}",
           x->title.n  ? x->title
           : x->name.n ? x->name
                       : sk_tell_short(&rq->cx, &x->hash));
    if (x->title.n && x->name.n)
        SK_PUT(h, " · <bdi>$</bdi>", x->name);
    SK_PUT(h, " · $ · ", sk_bytes_text(rq, x->size_bytes));
    SK_SAY_N(h, s->n_claims, "exhibit.claims", sk_number_text(rq, s->n_claims));
    SK_PUT(h, "</p><p class=\"actions\">");
    if (s->is_whole && !sk_rq_may(rq, SK_ROLE_EXPORT))
        SK_PUT(h, "<span class=\"quiet\">{exhibit.not_you}</span> ");
    else if (s->is_whole)
        SK_PUT(h, "<a class=\"button\" href=\"$\">{exhibit.original}</a> ",
               sk_download_href(rq, x));
    else
        SK_PUT(h, "<span class=\"quiet\">{exhibit.not_whole}</span> ");
    SK_PUT(h, "<a href=\"#custody\">{exhibit.custody}</a></p>");
}

static sk_rc exhibit_page(sk_request *rq, const showing *s)
{
    sk_html *h = &rq->html;
    sk_str name = s->x.title.n ? s->x.title : s->x.name;
    sk_page_begin(rq, name.n ? name : sk_say(rq, "exhibit.is"));
    put_head(rq, s);
    if (s->text.n)
        sk_put_text(rq, &s->text);
    else
        SK_PUT(h, "<p class=\"problem\">{exhibit.no_text}</p>");
    sk_put_pager(rq, s->text.first, SK_LIM_PAGE_BLOCKS, s->text.n,
                 s->text.first + s->text.n < s->n_blocks);
    sk_grid *g = claims_grid(rq, s, 0, CLAIMS, true);
    if (sk_grid_rows(g)) {
        SK_PUT(h, "<section><h2>{exhibit.placed}</h2>");
        sk_grid_put(rq, g, sk_say(rq, "exhibit.placed"));
        SK_PUT(h, "</section>");
    }
    SK_TRY(put_custody(rq, s));
    sk_str cap = SK_NONE;
    if (sk_grid_rows(g) == CLAIMS)
        cap = sk_say1(rq, "cap.claims", sk_number_text(rq, CLAIMS));
    return sk_page_end(rq, &(sk_made){.command = sk_fmt(&rq->cx.arena, "sillok show %.*s --text",
                                                        SK_P(sk_tell_short(&rq->cx, &s->x.hash))),
                                      .cap = cap});
}

/* ROUTE: GET /exhibit/{hash}
 * One exhibit: its text, claims beside the words they rest on, and its custody record.
 *
 * ROLE: read
 * FORMATS: html json csv
 * PARAMETERS
 *   hash     first six or more digits of its SHA-256, or its file name
 *   q        words to mark
 *   at       bytes of the text to show and mark, as 120-180
 *   offset   block of the text to begin with
 */
sk_rc sk_page_exhibit(sk_request *rq)
{
    showing s = {.n_blocks = 0};
    SK_TRY(load(rq, &s));
    if (rq->format == SK_FORMAT_JSON)
        return exhibit_json(rq, &s);
    if (rq->format == SK_FORMAT_CSV)
        return sk_grid_answer(rq, claims_grid(rq, &s, 0, SIZE_MAX, false));
    return exhibit_page(rq, &s);
}

/* ---- its bytes, checked ---- */

static sk_rc hash_blob(sk_request *rq, const sk_exhibit *x, sk_hash *ret_hash)
{
    static char piece[SK_KIB(256)]; /* one thread serves */
    int fd;
    uint64_t bytes;
    ssize_t n = 0;
    SK_TRY(sk_blob_open(&rq->cx, rq->cx.archive, &x->hash, &fd, &bytes));
    sk_sha256_state *st = sk_sha256_new();
    int64_t until_ms = sk_clock_ms() + SK_LIM_HTTP_VERIFY_MS;
    bool is_over = false;
    while (!is_over && (n = read(fd, piece, sizeof piece)) > 0) {
        sk_sha256_add(st, (sk_str){piece, (size_t)n});
        is_over = sk_clock_ms() > until_ms;
    }
    sk_hash hash = sk_sha256_end(st);
    close(fd);
    if (is_over)
        return sk_fail(&rq->cx, SK_E_LIMIT,
                       "this exhibit takes longer than a minute to verify; run: sillok verify");
    *ret_hash = hash;
    return n < 0 ? sk_fail_errno(&rq->cx, "reading the exhibit") : SK_OK;
}

/* ROUTE: POST /exhibit/{hash}/verify
 * Read the preserved bytes again and compare them with their hash.
 *
 * ROLE: read
 * PARAMETERS
 *   hash   first six or more digits of its SHA-256
 */
sk_rc sk_page_exhibit_verify(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_exhibit x;
    sk_hash now;
    SK_TRY(sk_exhibit_find(&rq->cx, rq->view, sk_rq_get(rq, "hash"), &x));
    SK_TRY(hash_blob(rq, &x, &now));
    bool is_same = sk_hash_eq(&now, &x.hash);
    sk_page_begin(rq, sk_say(rq, "verify.exhibit"));
    SK_PUT(h,
           "<h1>{verify.exhibit}</h1><p class=\"$\" role=\"status\"><strong>$</strong></p>"
           "<dl class=\"facts\"><dt>{verify.logged}</dt><dd><code class=\"hash\">$</code></dd>"
           "<dt>{verify.now}</dt><dd><code class=\"hash\">$</code></dd></dl>"
           "<p>{verify.what_it_shows}</p><p><a href=\"$\">{verify.back}</a></p>",
           is_same ? SK_S("verdict yes") : SK_S("verdict no"),
           sk_say(rq, is_same ? "verify.same" : "verify.altered"),
           sk_hash_hex(&rq->cx.arena, &x.hash), sk_hash_hex(&rq->cx.arena, &now),
           sk_href_exhibit(rq, &x.hash));
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok verify")});
}
