/* The custody record of an exhibit: what it is, how it came in, where that stands in the log; and its
 * bytes checked. */
#include "base/clock.h"
#include "tell/tell.h"
#include "web/custody.h"
#include "web/page.h"

#include <unistd.h>

/* ---- the record ---- */

sk_str sk_outcome_text(const sk_request *rq, const sk_exhibit *x)
{
    char key[64];
    if (!x->is_read)
        return sk_say(rq, "exhibit.not_read");
    snprintf(key, sizeof key, "outcome.%s", sk_outcome_name(x->outcome));
    return sk_say(rq, key);
}

/* Which leaf of which device's log the entry is: what a proof is asked for by. */
static void put_log_position(sk_request *rq, const sk_hash *entry)
{
    sk_entry_row row;
    if (sk_entry_find(&rq->cx, rq->view, sk_hash_hex(&rq->cx.arena, entry), &row)) {
        sk_forgive(&rq->cx);
        return;
    }
    SK_PUT(&rq->html, " · ");
    SK_SAY(&rq->html, "capture.leaf", sk_number_text(rq, row.place.leaf),
           sk_str_sub(row.place.device, 0, 12));
    SK_PUT(&rq->html, " · <a href=\"$/proof\">{log.proof}</a>", sk_href_entry(rq, entry));
}

static void put_capture(sk_request *rq, const sk_capture *c)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<li><dl class=\"facts\">");
    sk_put_fact(rq, "capture.name", c->name);
    if (c->url.n) {
        SK_PUT(h, "<dt>{capture.url}</dt><dd>");
        sk_html_link(h, c->url);
        SK_PUT(h, "</dd>");
    }
    sk_put_fact(rq, "capture.captured", sk_date_text(rq, c->captured));
    sk_put_fact(rq, "capture.by", c->captured_by);
    sk_put_fact(rq, "capture.method", c->method);
    sk_put_fact(rq, "capture.rights", c->rights);
    sk_put_fact(rq, "capture.logged", sk_time_text(rq, c->at));
    sk_put_fact(rq, "capture.signed", c->by);
    SK_PUT(h, "<dt>{capture.entry}</dt><dd><a href=\"$\"><code>$</code></a>",
           sk_href_entry(rq, &c->entry), sk_tell_short(&rq->cx, &c->entry));
    put_log_position(rq, &c->entry);
    SK_PUT(h, "</dd></dl></li>");
}

static sk_rc put_stated(sk_request *rq, const sk_exhibit *x)
{
    sk_stated *list;
    size_t n;
    SK_TRY(sk_exhibit_stated(&rq->cx, rq->view, x, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (!sk_str_is(list[i].what, "link"))
            sk_put_fact(rq, "exhibit.states",
                        sk_fmt(&rq->cx.arena, "%.*s (“%.*s”, %.*s)",
                               SK_P(sk_date_text(rq, list[i].edtf)), SK_P(list[i].words),
                               SK_P(list[i].what)));
    return SK_OK;
}

sk_rc sk_put_custody(sk_request *rq, const sk_exhibit *x)
{
    sk_html *h = &rq->html;
    SK_PUT(h,
           "<section aria-labelledby=\"custody\" class=\"custody\"><h2 id=\"custody\">"
           "{exhibit.custody}</h2><dl class=\"facts\"><dt>SHA-256</dt><dd><code "
           "class=\"hash\">$</code></dd>",
           sk_hash_hex(&rq->cx.arena, &x->hash));
    sk_put_fact(rq, "exhibit.size",
                sk_fmt(&rq->cx.arena, "%.*s B", SK_P(sk_number_text(rq, x->size_bytes))));
    sk_put_fact(rq, "exhibit.media", x->media);
    sk_put_fact(rq, "exhibit.read", sk_outcome_text(rq, x));
    sk_put_fact(rq, "exhibit.note", x->note);
    sk_put_fact(rq, "exhibit.lang", x->lang);
    sk_put_fact(rq, "exhibit.charset", x->charset);
    sk_put_fact(rq, "exhibit.reader", x->reader);
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
