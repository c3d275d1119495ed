#include "web/judge_why.h"

#include "screen/archive.h"
#include "screen/screen.h"
#include "web/page.h"

enum { LIKELY = 8 };

/* Its index, and in it all that this user sees of lists and of the archive's own people. */
static sk_rc open_sight(sk_request *rq, sk_screen_index **ret_index, sk_sight **ret_sight)
{
    sk_screen_index *ix;
    SK_TRY(sk_screen_archive_open(&rq->cx, NULL, &ix));
    sk_rc rc = sk_sight_of_view(&rq->cx, ix, rq->view, ret_sight);
    if (!rc)
        rc = sk_sight_choose(&rq->cx, *ret_sight, NULL, 0, SK_S(""));
    if (rc) {
        sk_screen_index_close(ix);
        return rc;
    }
    *ret_index = ix;
    return SK_OK;
}

static bool find_entity(sk_request *rq, const sk_screen_index *ix, const sk_sight *sight,
                        sk_str key, sk_match_entity *ret_entity)
{
    sk_screen_ref ref;
    return sk_screen_index_find(ix, key, &ref) && sk_sight_entity(&rq->cx, sight, ref, ret_entity);
}

static sk_str finding_class(const sk_match_evidence *e)
{
    return e->finding == SK_FINDING_AGREES        ? SK_S("yes")
           : e->finding == SK_FINDING_CONTRADICTS ? SK_S("no")
                                                  : SK_S("");
}

static void put_parts(sk_request *rq, const sk_match_entity *a, const sk_match_entity *b,
                      const sk_match_result *r)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<div class=\"scroll\"><table><caption>{judge.why}</caption><thead><tr>"
              "<th scope=\"col\">{judge.a}</th><th scope=\"col\">{judge.b}</th>"
              "<th scope=\"col\">{judge.finding}</th>"
              "<th scope=\"col\" class=\"number\">{judge.nats}</th></tr></thead><tbody>");
    for (unsigned i = 0; i < r->n_parts; i++) {
        sk_str of_a = SK_S(""), of_b = SK_S("");
        sk_str detail = sk_match_detail(&rq->cx.arena, a, b, r, &r->part[i], &of_a, &of_b);
        SK_PUT(h,
               "<tr><td data-title=\"{judge.a}\" dir=\"auto\">$</td><td data-title=\"{judge.b}\" "
               "dir=\"auto\">$</td><td data-title=\"{judge.finding}\" class=\"$\" dir=\"auto\" "
               "lang=\"en\">$</td><td data-title=\"{judge.nats}\" class=\"number\">$</td></tr>",
               of_a, of_b, finding_class(&r->part[i]), detail,
               sk_fmt(&rq->cx.arena, "%+.1f", (double)r->part[i].nats));
    }
    SK_PUT(h, "</tbody></table></div>");
}

sk_rc sk_put_comparison(sk_request *rq, sk_str key_a, sk_str key_b)
{
    sk_html *h = &rq->html;
    sk_screen_index *ix;
    sk_sight *sight;
    sk_match_entity a, b;
    sk_match_result r;
    SK_TRY(open_sight(rq, &ix, &sight));
    SK_PUT(h, "<details class=\"card why\" open><summary><b>{judge.why}</b></summary>");
    if (find_entity(rq, ix, sight, key_a, &a) && find_entity(rq, ix, sight, key_b, &b)) {
        sk_rarity rarity = sk_sight_rarity(sight);
        sk_match_options options = SK_MATCH_OPTIONS;
        options.rarity = &rarity;
        sk_match_entity_compare(&a, &b, &options, &r);
        SK_PUT(h, "<p>");
        SK_SAY(h, "judge.score", sk_fmt(&rq->cx.arena, "%.2f", r.score));
        SK_PUT(h, " <span class=\"quiet\">{judge.score_means}</span></p>");
        put_parts(rq, &a, &b, &r);
    } else {
        SK_PUT(h, "<p>{judge.no_names}</p>");
    }
    SK_PUT(h, "</details>");
    sk_screen_index_close(ix);
    return SK_OK;
}

/* ---- who else it may be ---- */

static sk_rc search(sk_request *rq, const sk_sight *sight, const sk_entity *e,
                    const sk_screen_hit **ret_hits, size_t *ret_n)
{
    sk_ctx *cx = &rq->cx;
    sk_screen_options options = SK_SCREEN_OPTIONS;
    sk_screen_query query;
    sk_str names[1] = {e->caption};
    sk_asked words = {.names = names, .n_names = 1};
    options.limit = LIKELY + 1;
    SK_TRY(sk_screen_query_read(cx, &words, true, &query));
    sk_screener *sc = sk_screener_new(sight, &options);
    sk_rc rc = sk_screener_run(cx, sc, &query, ret_hits, ret_n);
    sk_screener_free(sc);
    return rc;
}

sk_rc sk_put_likely(sk_request *rq, const sk_entity *e)
{
    sk_html *h = &rq->html;
    sk_screen_index *ix;
    sk_sight *sight;
    const sk_screen_hit *hits;
    size_t n, shown = 0;
    SK_TRY(open_sight(rq, &ix, &sight));
    sk_rc rc = search(rq, sight, e, &hits, &n);
    for (size_t i = 0; !rc && i < n && shown < LIKELY; i++) {
        if (sk_str_eq(hits[i].key, e->key))
            continue;
        if (shown++ == 0)
            SK_PUT(h, "<section aria-labelledby=\"likely\"><h2 id=\"likely\">{judge.likely}</h2>"
                      "<ul class=\"plain\" data-keys>");
        SK_PUT(h,
               "<li dir=\"auto\"><a href=\"/judge?a=$&amp;b=$\">$</a> <span "
               "class=\"quiet\">$ · <code>@$</code> · $</span></li>",
               sk_percent_encode(&rq->cx.arena, e->key),
               sk_percent_encode(&rq->cx.arena, hits[i].key), hits[i].name,
               sk_type_text(rq, hits[i].type), hits[i].key,
               sk_fmt(&rq->cx.arena, "%.2f", hits[i].score));
    }
    if (shown)
        SK_PUT(h, "</ul></section>");
    sk_screen_index_close(ix);
    return rc;
}
