/* Home: what the archive holds, how it stands, what changed last. */
#include "archive/last_verify.h"
#include "record/import.h"
#include "record/review.h"
#include "tell/tell.h"
#include "web/grid.h"
#include "web/page.h"

enum { NEWEST = 12 };

static void put_count(sk_request *rq, const char *key, const char *href, uint64_t n)
{
    SK_PUT(&rq->html, "<li><a href=\"$\"><b>$</b> <span>$</span></a></li>", sk_str_of(href),
           sk_number_text(rq, n), sk_message_n(rq->html.lang, sk_str_of(key), n));
}

/* Things that wait for somebody. Nothing is said where nothing waits. */
typedef struct waiting {
    uint64_t suggestions, unsure;      /* through the view                 */
    uint64_t unread, pending, missing; /* of the whole archive: the owner's */
} waiting;

static sk_rc find_waiting(sk_request *rq, const sk_counts *c, waiting *ret_waiting)
{
    waiting w = {.unread = 0};
    sk_review *review;
    sk_review_counts counts;
    SK_TRY(sk_review_open(&rq->cx, rq->view, &review));
    SK_TRY(sk_review_count(&rq->cx, review, NULL, &counts));
    w.suggestions = counts.all;
    w.unsure = c->unsure;
    if (sk_rq_is_owner(rq)) {
        w.unread = sk_index_count_unread(&rq->cx, rq->cx.index);
        w.pending = sk_index_count_pending_imports(&rq->cx, rq->cx.index);
        w.missing = sk_archive_get_recovery(rq->web->archive)->bodies_missing;
    }
    *ret_waiting = w;
    return SK_OK;
}

/* href NULL: nothing to be done on a page about it */
static void put_wait(sk_request *rq, uint64_t n, const char *key, const char *href, bool is_bad)
{
    sk_html *h = &rq->html;
    if (!n)
        return;
    SK_PUT(h, "<li class=\"$\">", is_bad ? SK_S("no") : SK_S(""));
    if (href)
        SK_PUT(h, "<a href=\"$\">$</a>", sk_str_of(href), sk_say_n(rq, key, n));
    else
        sk_html_text(h, sk_say_n(rq, key, n));
    SK_PUT(h, "</li>");
}

static void put_waiting(sk_request *rq, const waiting *w)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<section aria-labelledby=\"waits\"><h2 id=\"waits\">{home.waits}</h2><ul>");
    put_wait(rq, w->missing, "home.missing", "/verify", true);
    put_wait(rq, w->suggestions, "home.suggestions", "/review", false);
    put_wait(rq, w->unsure, "home.unsure", "/judge", false);
    put_wait(rq, w->unread, "home.unread", NULL, false);
    put_wait(rq, w->pending, "home.pending", NULL, false);
    if (!w->unread && !w->pending && !w->missing && !w->suggestions && !w->unsure)
        SK_PUT(h, "<li class=\"quiet\">{home.nothing}</li>");
    SK_PUT(h, "</ul></section>");
}

static sk_str kind_text(const sk_request *rq, sk_str kind)
{
    char key[64];
    snprintf(key, sizeof key, "kind.%.*s", SK_P(sk_str_sub(kind, 0, 40)));
    sk_str text = sk_say(rq, key);
    return sk_str_is(text, key) ? kind : text;
}

/* What a claim is about; other entries say it on their own page. */
static sk_str entry_about(sk_request *rq, const sk_entry_row *row)
{
    sk_claim_row claim;
    sk_str id = sk_hash_hex(&rq->cx.arena, &row->id);
    if (!sk_str_is(row->kind, "claim"))
        return sk_tell_short(&rq->cx, &row->id);
    if (sk_claim_find(&rq->cx, rq->view, id, &claim)) {
        sk_forgive(&rq->cx);
        return sk_tell_short(&rq->cx, &row->id);
    }
    return sk_fmt(&rq->cx.arena, "%.*s: %.*s",
                  SK_P(sk_entity_caption(&rq->cx, rq->view, claim.claim.entity)),
                  SK_P(sk_tell_property(&claim.claim, rq->lang)));
}

static void put_newest(sk_request *rq, const sk_entry_row *rows, size_t n)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<section aria-labelledby=\"newest\"><h2 id=\"newest\">{home.newest}</h2>"
              "<ol class=\"plain\">");
    for (size_t i = 0; i < n; i++)
        SK_PUT(h,
               "<li dir=\"auto\"><a href=\"$\">$</a> <span>$</span> <span class=\"quiet\"><time "
               "datetime=\"$\">$</time></span></li>",
               sk_href_entry(rq, &rows[i].id), kind_text(rq, rows[i].kind),
               entry_about(rq, &rows[i]), rows[i].at, sk_time_text(rq, rows[i].at));
    SK_PUT(h, "</ol><p><a href=\"/log\">{home.all_entries}</a></p></section>");
}

/* Whether the whole archive was found intact is for those who may look at all of it. */
static bool may_know_last_verify(const sk_request *rq)
{
    return sk_rq_is_owner(rq) || sk_rq_may(rq, SK_ROLE_ADMIN);
}

static void put_last_verify(sk_request *rq, const sk_counts *c)
{
    sk_html *h = &rq->html;
    sk_last_verify last;
    if (!may_know_last_verify(rq))
        return;
    if (!sk_last_verify_get(&rq->cx, rq->web->archive, &last)) {
        SK_PUT(h, "<p class=\"doubt\">{home.never_verified}</p>");
        return;
    }
    SK_PUT(h, "<p class=\"$\"><strong>$</strong> ", last.damage ? SK_S("no") : SK_S("yes"),
           sk_say(rq, last.damage ? "verify.damaged" : "verify.intact"));
    if (last.has_blobs)
        SK_SAY(h, "home.verified_whole", sk_time_text(rq, last.at));
    else
        SK_SAY(h, "home.verified_log", sk_time_text(rq, last.at));
    SK_PUT(h, "</p>");
    if (sk_rq_is_owner(rq) && c->entries > last.entries) {
        SK_PUT(h, "<p class=\"quiet\">");
        SK_SAY_N(h, c->entries - last.entries, "home.since_verify",
                 sk_number_text(rq, c->entries - last.entries));
        SK_PUT(h, "</p>");
    }
}

static void last_verify_json(sk_request *rq, sk_json *j)
{
    sk_last_verify last;
    if (!may_know_last_verify(rq) || !sk_last_verify_get(&rq->cx, rq->web->archive, &last))
        return;
    sk_json_key(j, SK_S("last_verify"));
    sk_json_object(j);
    sk_json_put_str(j, "at", last.at);
    sk_json_put_bool(j, "with_files", last.has_blobs);
    sk_json_put_uint(j, "damage", last.damage);
    sk_json_end(j);
}

static sk_rc home_json(sk_request *rq, const sk_counts *c, const waiting *w)
{
    sk_json *j = sk_rq_json(rq);
    sk_json_object(j);
    sk_json_put_str(j, "archive", sk_archive_get_id(rq->web->archive));
    sk_json_put_uint(j, "entries", c->entries);
    sk_json_put_uint(j, "exhibits", c->exhibits);
    sk_json_put_uint(j, "exhibit_bytes", c->exhibit_bytes);
    sk_json_put_uint(j, "claims", c->claims);
    sk_json_put_uint(j, "entities", c->entities);
    sk_json_put_uint(j, "judgements", c->judgements);
    sk_json_put_uint(j, "suggestions_waiting", w->suggestions);
    sk_json_put_uint(j, "judgements_unsure", w->unsure);
    last_verify_json(rq, j);
    sk_json_end(j);
    return sk_rq_json_end(rq);
}

static sk_rc home(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_counts c;
    sk_entry_row *rows;
    size_t n;
    waiting w;
    SK_TRY(sk_counts_get(&rq->cx, rq->view, &c));
    SK_TRY(find_waiting(rq, &c, &w));
    if (rq->format == SK_FORMAT_JSON)
        return home_json(rq, &c, &w);
    SK_TRY(sk_entries_list(&rq->cx, rq->view, SK_S(""), NEWEST, &rows, &n));
    sk_page_begin(rq, sk_say(rq, "home.title"));
    SK_PUT(h, "<h1>{home.heading}</h1><p class=\"lead\">{home.lead}</p>"
              "<form class=\"big find\" role=\"search\" aria-label=\"{home.search}\" "
              "action=\"/search\">"
              "<label for=\"home-q\">{home.search}</label>"
              "<input id=\"home-q\" type=\"search\" name=\"q\" dir=\"auto\">"
              "<button class=\"main\">{nav.go}</button></form><ul class=\"counts\">");
    put_count(rq, "count.exhibits", "/exhibits", c.exhibits);
    put_count(rq, "count.claims", "/log?kind=claim", c.claims);
    put_count(rq, "count.entities", "/entities", c.entities);
    put_count(rq, "count.judgements", "/judge", c.judgements);
    put_count(rq, "count.entries", "/log", c.entries);
    SK_PUT(h, "</ul><p class=\"quiet\">");
    SK_SAY(h, "home.size", sk_bytes_text(rq, c.exhibit_bytes));
    SK_PUT(h, "</p><div class=\"two\">");
    put_waiting(rq, &w);
    put_newest(rq, rows, n);
    SK_PUT(h, "</div><section aria-labelledby=\"whole\"><h2 id=\"whole\">{home.integrity}</h2>"
              "<p>{home.integrity_text}</p>");
    put_last_verify(rq, &c);
    SK_PUT(h, "<p class=\"actions\"><a class=\"button\" href=\"/verify\">{home.verify}</a> "
              "<a href=\"/log\">{home.proofs}</a></p></section>");
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok log --limit 12")});
}

/* ROUTE: GET /
 * What the archive holds, what waits, what changed last.
 *
 * ROLE: read
 */
sk_rc sk_page_home(sk_request *rq)
{
    return home(rq);
}

/* ROUTE: GET /home
 * Counts of what the archive holds, as far as the user may see it.
 *
 * ROLE: read
 * FORMATS: html json
 */
sk_rc sk_page_home_again(sk_request *rq)
{
    return home(rq);
}
