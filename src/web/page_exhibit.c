/* One exhibit: its text, what rests on it, what the machine proposes of it, its custody record. */
#include "tell/tell.h"
#include "web/custody.h"
#include "web/download.h"
#include "web/exhibit_text.h"
#include "web/grid.h"
#include "web/page.h"

enum { CLAIMS = 100, SUGGESTIONS = 2000 };

typedef struct showing {
    sk_exhibit x;
    bool is_whole;
    sk_text_block *blocks;
    sk_claim_row *claims;
    size_t n_blocks, n_claims;
    sk_review *review;
    sk_review_place place;
    sk_review_counts counts;
    sk_text_view text;
} showing;

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

/* What the machine proposes of it and nobody has decided; the one asked for by "s" is in focus. */
static sk_rc load_suggestions(sk_request *rq, showing *s)
{
    sk_ctx *cx = &rq->cx;
    sk_review_filter f = {.exhibit = &s->x.hash};
    sk_suggestion *list;
    sk_silence *silences;
    sk_str id = sk_rq_get(rq, "s");
    SK_TRY(sk_review_open(cx, rq->view, &s->review));
    SK_TRY(sk_review_count(cx, s->review, f.exhibit, &s->counts));
    SK_TRY(sk_review_list(cx, s->review, &f, SUGGESTIONS, &list, &s->text.n_suggestions));
    SK_TRY(sk_review_silences(cx, s->review, &s->x, &silences, &s->text.n_silences));
    s->place = (sk_review_place){.is_exhibit = true,
                                 .exhibit = sk_str_sub(sk_hash_hex(&cx->arena, &s->x.hash), 0, 16)};
    s->text.place = &s->place;
    s->text.suggestions = list;
    s->text.silences = silences;
    for (size_t i = 0; id.n && i < s->text.n_suggestions; i++)
        if (sk_str_starts(sk_hash_hex(&cx->arena, &list[i].id), id))
            s->text.focus = &list[i];
    return SK_OK;
}

/* The block with which the page begins: that of the words linked to, else as asked. */
static sk_rc choose_blocks(sk_request *rq, showing *s)
{
    sk_text_view *t = &s->text;
    uint64_t first;
    size_t wanted = t->focus ? t->focus->start : t->at_start;
    SK_TRY(sk_rq_number(rq, "offset", 0, SK_LIM_BLOCKS, &first));
    if ((t->has_at || t->focus) && !sk_rq_get(rq, "offset").n)
        for (size_t i = 0; i < s->n_blocks; i++)
            if (s->blocks[i].end > wanted) {
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

/* Whether the preserved bytes may be handed out, whole or in pieces. */
static bool may_take(const sk_request *rq, const showing *s)
{
    return s->is_whole && sk_rq_may(rq, SK_ROLE_EXPORT);
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
    SK_TRY(load_suggestions(rq, s));
    s->text.with_original = sk_rq_get(rq, "original").n && may_take(rq, s);
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
    sk_json_put_uint(j, "suggestions_waiting", s->counts.all);
    sk_json_put_uint(j, "claims_in_all", s->n_claims);
    sk_json_key(j, SK_S("claims"));
    sk_json_array(j);
    for (size_t i = 0; i < s->n_claims && i < SK_LIM_PAGE_ROWS; i++)
        sk_tell_claim_json(&rq->cx, j, &s->claims[i]);
    sk_json_end(j);
    sk_json_end(j);
    return sk_rq_json_end(rq);
}

/* A switch: the bytes that each block was read from, beside it. */
static void put_beside(sk_request *rq, const showing *s)
{
    bool has_places = false;
    for (size_t i = 0; i < s->n_blocks; i++)
        has_places |= s->blocks[i].orig_end > s->blocks[i].orig_start;
    if (!has_places || !may_take(rq, s))
        return;
    bool is_on = s->text.with_original;
    SK_PUT(&rq->html, "<a href=\"$\">$</a> ",
           sk_href_with(rq, "original", is_on ? SK_NONE : SK_S("1")),
           sk_say(rq, is_on ? "exhibit.without_original" : "exhibit.beside_original"));
}

/* What waits, and where to begin; how to add a claim without a script. */
static void put_waiting(sk_request *rq, const showing *s)
{
    sk_html *h = &rq->html;
    if (s->counts.all || s->counts.silences) {
        SK_PUT(h, "<p class=\"status\"><a href=\"/review?exhibit=$\">", s->place.exhibit);
        SK_SAY_N(h, s->counts.all, "review.waits", sk_number_text(rq, s->counts.all));
        SK_PUT(h, "</a>");
        if (s->counts.silences) {
            SK_PUT(h, " <span class=\"quiet\">· ");
            SK_SAY_N(h, s->counts.silences, "review.silences",
                     sk_number_text(rq, s->counts.silences));
            SK_PUT(h, "</span>");
        }
        if (s->text.n_suggestions && sk_rq_may(rq, SK_ROLE_JUDGE))
            SK_PUT(h, " <span class=\"quiet\">{review.keys}</span>");
        SK_PUT(h, "</p>");
    }
    if (s->n_blocks && sk_rq_may(rq, SK_ROLE_ENTER))
        SK_PUT(h,
               "<details class=\"add-claim\"><summary>{add.title}</summary><form class=\"fields\" "
               "action=\"$/claim\"><label>{add.words}<input name=\"words\" required "
               "dir=\"auto\"></label><button>{add.go}</button></form></details>",
               sk_href_exhibit(rq, &s->x.hash));
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
    if (s->is_whole)
        put_beside(rq, s);
    else
        SK_PUT(h, "<span class=\"quiet\">{exhibit.not_whole}</span> ");
    SK_PUT(h, "<a href=\"#custody\">{exhibit.custody}</a></p>");
    put_waiting(rq, s);
}

static sk_rc exhibit_page(sk_request *rq, const showing *s)
{
    sk_html *h = &rq->html;
    sk_str name = s->x.title.n ? s->x.title : s->x.name;
    sk_page_begin(rq, name.n ? name : sk_say(rq, "exhibit.is"));
    put_head(rq, s);
    SK_TRY(sk_put_decided(rq, s->review, &s->place));
    sk_put_added(rq, &s->x);
    if (s->text.n) {
        SK_PUT(h, "<div data-exhibit=\"$\" data-add=\"$\">", sk_href_exhibit(rq, &s->x.hash),
               sk_rq_may(rq, SK_ROLE_ENTER) ? sk_say(rq, "review.add") : SK_S(""));
        sk_put_text(rq, &s->text);
        SK_PUT(h, "</div>");
    } else
        SK_PUT(h, "<p class=\"problem\">{exhibit.no_text}</p>");
    sk_put_pager(rq, s->text.first, SK_LIM_PAGE_BLOCKS, s->text.n,
                 s->text.first + s->text.n < s->n_blocks);
    sk_grid *g = claims_grid(rq, s, 0, CLAIMS, true);
    if (sk_grid_rows(g)) {
        SK_PUT(h, "<section><h2>{exhibit.placed}</h2>");
        sk_grid_put(rq, g, sk_say(rq, "exhibit.placed"));
        SK_PUT(h, "</section>");
    }
    SK_TRY(sk_put_custody(rq, &s->x));
    sk_page_script(rq, "review.js", true);
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
 *   s        the suggestion in focus: first digits of its id
 *   original   1: the bytes that each block was read from stand beside it
 *   done     the suggestion just decided
 *   added    claims just entered
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
