/* Home: what the archive holds, how it stands, what changed last. */
#include "record/import.h"
#include "tell/tell.h"
#include "web/grid.h"
#include "web/page.h"

enum { NEWEST = 12 };

static void put_count(sk_request *rq, const char *key, const char *href, uint64_t n)
{
    SK_PUT(&rq->html, "<li><a href=\"$\"><b>$</b> <span>$</span></a></li>", sk_str_of(href),
           sk_number_text(rq, n), sk_message_n(rq->lang, sk_str_of(key), n));
}

/* Things that wait for somebody. Nothing is said where nothing waits. */
static void put_waiting(sk_request *rq)
{
    sk_html *h = &rq->html;
    uint64_t unread = sk_index_count_unread(&rq->cx, rq->cx.index);
    uint64_t pending = sk_index_count_pending_imports(&rq->cx, rq->cx.index);
    const sk_recovery *r = sk_archive_get_recovery(rq->web->archive);
    SK_PUT(h, "<section aria-labelledby=\"waits\"><h2 id=\"waits\">{home.waits}</h2><ul>");
    if (r->bodies_missing) {
        SK_PUT(h, "<li class=\"no\">");
        SK_SAY_N(h, r->bodies_missing, "home.missing", sk_number_text(rq, r->bodies_missing));
        SK_PUT(h, "</li>");
    }
    if (unread) {
        SK_PUT(h, "<li>");
        SK_SAY_N(h, unread, "home.unread", sk_number_text(rq, unread));
        SK_PUT(h, "</li>");
    }
    if (pending) {
        SK_PUT(h, "<li>");
        SK_SAY_N(h, pending, "home.pending", sk_number_text(rq, pending));
        SK_PUT(h, "</li>");
    }
    if (!unread && !pending && !r->bodies_missing)
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

static sk_rc home_json(sk_request *rq, const sk_counts *c)
{
    sk_json *j = sk_rq_json(rq);
    sk_json_object(j);
    sk_json_put_str(j, "archive", sk_archive_get_id(rq->web->archive));
    sk_json_put_uint(j, "entries", c->entries);
    sk_json_put_uint(j, "exhibits", c->exhibits);
    sk_json_put_uint(j, "claims", c->claims);
    sk_json_put_uint(j, "entities", c->entities);
    sk_json_put_uint(j, "judgements", c->judgements);
    sk_json_end(j);
    return sk_rq_json_end(rq);
}

static sk_rc home(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_counts c;
    sk_entry_row *rows;
    size_t n;
    SK_TRY(sk_counts_get(&rq->cx, rq->view, &c));
    if (rq->format == SK_FORMAT_JSON)
        return home_json(rq, &c);
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
    SK_PUT(h, "</ul><div class=\"two\">");
    if (sk_rq_is_owner(rq))
        put_waiting(rq);
    put_newest(rq, rows, n);
    SK_PUT(h, "</div><section aria-labelledby=\"whole\"><h2 id=\"whole\">{home.integrity}</h2>"
              "<p>{home.integrity_text}</p><p><a class=\"button\" href=\"/verify\">"
              "{home.verify}</a> <a href=\"/log\">{home.proofs}</a></p></section>");
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
