/* A claim of one's own, from words that were selected in a text; and taking it back. */
#include "record/write.h"
#include "tell/tell.h"
#include "web/exhibit_text.h"
#include "web/page.h"
#include "web/review_edit.h"
#include "web/review_write.h"

enum { MORE = 4, TAKEN = 16 };

typedef struct selected {
    sk_exhibit x;
    sk_text_block *blocks;
    size_t n_blocks, start, end;
    sk_str text;
} selected;

/* "120-180": bytes of the text, which they neither leave nor cut a character of. */
static sk_rc read_span(sk_request *rq, selected *s)
{
    sk_str at = sk_rq_get(rq, "at"), from, rest = at;
    uint64_t start, end;
    sk_text_view t = {.blocks = s->blocks, .n_blocks = s->n_blocks};
    if (!sk_str_cut(&rest, '-', &from) || !sk_str_to_u64(from, &start) ||
        !sk_str_to_u64(rest, &end) || end <= start || end > SK_LIM_TEXT_BYTES)
        return sk_fail(&rq->cx, SK_E_FORMAT, "at \"%.*s\" is not two bytes, as 120-180", SK_P(at));
    s->start = (size_t)start;
    s->end = (size_t)end;
    if (!sk_text_cut(rq, &t, s->start, s->end, &s->text))
        return sk_fail(
            &rq->cx, SK_E_FORMAT,
            "bytes %zu-%zu are not words of this text: they leave it, or cut a character", s->start,
            s->end);
    return SK_OK;
}

/* The exhibit, and the words: by their bytes, or quoted. */
static sk_rc load(sk_request *rq, selected *s)
{
    sk_ctx *cx = &rq->cx;
    sk_str words = sk_str_trim(sk_rq_get(rq, "words"));
    SK_TRY(sk_exhibit_find(cx, rq->view, sk_rq_get(rq, "hash"), &s->x));
    SK_TRY(sk_exhibit_text(cx, rq->view, &s->x, &s->blocks, &s->n_blocks));
    if (sk_rq_get(rq, "at").n || !words.n)
        return read_span(rq, s);
    sk_text_view t = {.blocks = s->blocks, .n_blocks = s->n_blocks};
    SK_TRY(sk_quote_find(cx, rq->view, &s->x, words, &s->start, &s->end));
    return sk_text_cut(rq, &t, s->start, s->end, &s->text)
               ? SK_OK
               : sk_fail(cx, SK_E_FORMAT, "the words \"%.*s\" are not in this text", SK_P(words));
}

/* ---- the form ---- */

static void put_common(sk_request *rq, const selected *s)
{
    sk_html *h = &rq->html;
    sk_put_token(rq);
    SK_PUT(h, "<input type=\"hidden\" name=\"at\" value=\"$\">",
           sk_fmt(&rq->cx.arena, "%zu-%zu", s->start, s->end));
}

static void put_end(sk_request *rq)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<label>{claim.says} <span class=\"quiet\">{add.says_hint}</span><input "
              "name=\"claimant\" dir=\"auto\"></label>");
    sk_put_position_field(rq, SK_CLAIM_ASSERTS, true);
    SK_PUT(h, "<label>{claim.said}<input name=\"said\"></label><label>{claim.note}<input "
              "name=\"note\" dir=\"auto\"></label></div><p><button class=\"main\">{add.enter}"
              "</button></p></form>");
}

static void put_act_form(sk_request *rq, const selected *s)
{
    sk_html *h = &rq->html;
    SK_PUT(h,
           "<form class=\"card\" method=\"post\" action=\"$/claim\"><h2>{add.act}</h2>"
           "<input type=\"hidden\" name=\"type\" value=\"Act\">",
           sk_href_exhibit(rq, &s->x.hash));
    put_common(rq, s);
    SK_PUT(h, "<div class=\"fields\"><label>{add.what}<input name=\"act\" list=\"act-terms\" "
              "required autofocus autocomplete=\"off\"></label><label>{add.by}<input name=\"by\" "
              "dir=\"auto\"></label><label>{add.to}<input name=\"to\" dir=\"auto\"></label>"
              "<label>{add.where}<input name=\"where\" dir=\"auto\"></label><label>{add.when}"
              "<input name=\"when\"></label><label>{add.count}<input name=\"count\" "
              "dir=\"auto\"></label>");
    put_end(rq);
}

static void put_type_options(sk_request *rq)
{
    static const char *const first[] = {"Person",     "Organization", "PublicBody", "Place",
                                        "Population", "Event",        "Vessel"};
    for (size_t i = 0; i < SK_COUNT(first); i++)
        SK_PUT(&rq->html, "<option value=\"$\">$</option>", sk_str_of(first[i]),
               sk_type_text(rq, sk_str_of(first[i])));
}

static void put_other_form(sk_request *rq, const selected *s)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<form class=\"card\" method=\"post\" action=\"$/claim\"><h2>{add.other}</h2>",
           sk_href_exhibit(rq, &s->x.hash));
    put_common(rq, s);
    SK_PUT(h, "<div class=\"fields\"><label>{add.type}<select name=\"type\">");
    put_type_options(rq);
    SK_PUT(h,
           "</select></label><label>{add.subject}<input name=\"subject\" value=\"$\" required "
           "dir=\"auto\"></label>",
           s->text.n <= 80 ? s->text : SK_S(""));
    for (size_t i = 0; i < MORE / 2; i++) {
        sk_str number = sk_fmt(&rq->cx.arena, "%zu", i);
        SK_PUT(h,
               "<label>{review.property}<input name=\"p$\" list=\"props\" value=\"$\" "
               "autocomplete=\"off\"></label><label>{review.value}<input name=\"a$\" "
               "dir=\"auto\" value=\"$\"></label>",
               number, i ? SK_S("") : SK_S("name"), number,
               !i && s->text.n <= 80 ? s->text : SK_S(""));
    }
    put_end(rq);
}

/* ROUTE: GET /exhibit/{hash}/claim
 * A form for a claim that rests on words of an exhibit.
 *
 * ROLE: enter
 * PARAMETERS
 *   hash    first six or more digits of its SHA-256, or its file name
 *   at      bytes of the text, as 120-180
 *   words   the words themselves, where their bytes are not known
 */
sk_rc sk_page_add_claim(sk_request *rq)
{
    sk_html *h = &rq->html;
    selected s = {.start = 0};
    SK_TRY(load(rq, &s));
    sk_page_begin(rq, sk_say(rq, "add.title"));
    SK_PUT(h,
           "<h1>{add.title}</h1><p class=\"meta\" dir=\"auto\"><a href=\"$\">$</a> · $</p>"
           "<blockquote dir=\"auto\" class=\"selected\"><p>$</p></blockquote><p>{add.hint}</p>",
           sk_href_span(rq, &s.x.hash, s.start, s.end), s.x.title.n ? s.x.title : s.x.name,
           sk_say1(rq, "add.bytes", sk_fmt(&rq->cx.arena, "%zu–%zu", s.start, s.end)), s.text);
    put_act_form(rq, &s);
    put_other_form(rq, &s);
    sk_put_act_terms(rq);
    sk_put_type_props(rq, SK_S("Person"));
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok claim")});
}

/* ---- entering ---- */

/* A field left empty is not claimed. Errors: SK_E_FORMAT a value of which nobody says what it is. */
static sk_rc add_field(sk_request *rq, sk_edit *fields, size_t *n, sk_str prop, const char *name)
{
    sk_str value = sk_str_trim(sk_rq_get(rq, name));
    if (!value.n)
        return SK_OK;
    if (!prop.n)
        return sk_fail(&rq->cx, SK_E_FORMAT, "value \"%.*s\" has no property", SK_P(value));
    fields[(*n)++] = (sk_edit){.what = SK_EDIT_ADD, .prop = prop, .value = value};
    return SK_OK;
}

static sk_rc read_fields(sk_request *rq, sk_edit *fields, size_t *n)
{
    static const char *const slots[][2] = {{"act", "act"},   {"perpetrator", "by"},
                                           {"victim", "to"}, {"location", "where"},
                                           {"date", "when"}, {"count", "count"}};
    if (sk_str_is(sk_rq_get(rq, "type"), "Act"))
        for (size_t i = 0; i < SK_COUNT(slots); i++)
            SK_TRY(add_field(rq, fields, n, sk_str_of(slots[i][0]), slots[i][1]));
    for (size_t i = 0; i < MORE; i++) {
        char prop[8], value[8];
        snprintf(prop, sizeof prop, "p%zu", i);
        snprintf(value, sizeof value, "a%zu", i);
        SK_TRY(add_field(rq, fields, n, sk_str_trim(sk_rq_get(rq, prop)), value));
    }
    return SK_OK;
}

static sk_rc add(sk_request *rq, sk_review *rv, selected *s, sk_decision *ret_decision)
{
    sk_edit fields[6 + MORE];
    sk_str said;
    SK_TRY(load(rq, s));
    SK_TRY(sk_rq_date(rq, "said", &said));
    sk_selection sel = {.exhibit = &s->x.hash,
                        .start = s->start,
                        .end = s->end,
                        .type = sk_rq_get(rq, "type"),
                        .subject = sk_str_trim(sk_rq_get(rq, "subject")),
                        .fields = fields,
                        .claimant = sk_str_trim(sk_rq_get(rq, "claimant")),
                        .position = sk_rq_get(rq, "position"),
                        .said = said,
                        .note = sk_str_trim(sk_rq_get(rq, "note"))};
    SK_TRY(read_fields(rq, fields, &sel.n_fields));
    return sk_review_add(&rq->cx, rv, &sel, ret_decision);
}

/* ROUTE: POST /exhibit/{hash}/claim
 * Enter a claim that rests on words of an exhibit.
 *
 * ROLE: enter
 * PARAMETERS
 *   hash       first six or more digits of its SHA-256
 *   at         bytes of the text, as 120-180
 *   words      the words themselves, where their bytes are not known
 *   type       of what is claimed of: Act, Person ...
 *   subject    "@key" or a name; of an act it may be empty
 *   act        a term of the acts
 *   by         who did it
 *   to         to whom
 *   where      the place
 *   when       the date
 *   count      how many
 *   p0         a property; p1, p2 and p3 others
 *   a0         its value
 *   claimant   who says it, origin first; empty: the exhibit
 *   position   asserts, denies, predicts, doubts or retracts
 *   said       when it was said
 *   note       a remark
 */
sk_rc sk_page_add_claim_post(sk_request *rq)
{
    sk_review_write w;
    selected s = {.start = 0};
    sk_decision d = {.n_entries = 0};
    SK_TRY(sk_review_write_begin(rq, &w));
    sk_rc rc = add(rq, w.review, &s, &d);
    SK_TRY(sk_review_write_end(rq, &w, rc));
    sk_str added = SK_S("");
    sk_rq_log_hash(rq, &s.x.hash);
    for (size_t i = 0; i < d.n_entries && i < TAKEN; i++) {
        sk_rq_log_hash(rq, &d.entries[i]);
        added = sk_fmt(&rq->cx.arena, "%.*s%s%.16s", SK_P(added), i ? "-" : "",
                       sk_hash_hex(&rq->cx.arena, &d.entries[i]).p);
    }
    return sk_rq_redirect(rq, sk_fmt(&rq->cx.arena, "%.*s?at=%zu-%zu&added=%.*s#at",
                                     SK_P(sk_href_exhibit(rq, &s.x.hash)), s.start, s.end,
                                     SK_P(added)));
}

/* ---- taking it back ---- */

void sk_put_added(sk_request *rq, const sk_exhibit *x)
{
    sk_html *h = &rq->html;
    sk_str added = sk_rq_get(rq, "added"), rest = added, id;
    sk_claim_row row;
    size_t n = 0;
    while (rest.p && n < TAKEN && sk_str_cut(&rest, '-', &id)) {
        if (sk_claim_find(&rq->cx, rq->view, id, &row) || row.retracted) {
            sk_forgive(&rq->cx); /* an address kept from before */
            continue;
        }
        if (n++ == 0)
            SK_PUT(h, "<div class=\"done\" role=\"status\"><p><strong>{add.entered}</strong>");
        SK_PUT(h, " <a href=\"$\">$ <bdi>$</bdi></a>", sk_href_claim(rq, &row.claim.id),
               sk_tell_property(&row.claim, rq->lang),
               sk_tell_value(&rq->cx, rq->view, &row.claim, rq->lang));
    }
    if (!n)
        return;
    SK_PUT(h, "</p>");
    if (sk_rq_may(rq, SK_ROLE_ENTER)) {
        SK_PUT(h, "<form method=\"post\" action=\"$/unclaim\">", sk_href_exhibit(rq, &x->hash));
        sk_put_token(rq);
        SK_PUT(h,
               "<input type=\"hidden\" name=\"claims\" value=\"$\"><button data-does=\"u\"><kbd "
               "aria-hidden=\"true\">u</kbd> {review.undo}</button></form>",
               added);
    }
    SK_PUT(h, "</div>");
}

static bool rests_on(const sk_claim *c, const sk_exhibit *x)
{
    for (size_t i = 0; i < c->n_passages; i++)
        if (sk_hash_eq(&c->passages[i].exhibit, &x->hash))
            return true;
    return false;
}

/* Only what oneself entered from this text: other people's claims are not taken back so. */
static sk_rc unclaim(sk_request *rq, const sk_exhibit *x)
{
    sk_ctx *cx = &rq->cx;
    sk_str rest = sk_rq_get(rq, "claims"), id;
    if (!rest.n)
        return sk_fail(cx, SK_E_FORMAT, "no claim is named");
    for (size_t n = 0; rest.p && sk_str_cut(&rest, '-', &id); n++) {
        sk_claim_row row;
        sk_hash entry;
        if (n == TAKEN)
            return sk_fail(cx, SK_E_LIMIT, "more than %d claims at once", TAKEN);
        SK_TRY(sk_claim_find(cx, rq->view, id, &row));
        const sk_claim *c = &row.claim;
        if (c->has_suggestion || !rests_on(c, x) || !sk_str_eq(c->reviewer, cx->user))
            return sk_fail(cx, SK_E_DENIED, "claim \"%.*s\" is not one that you entered here",
                           SK_P(sk_tell_short(cx, &c->id)));
        if (row.retracted)
            return sk_fail(cx, SK_E_CONFLICT, "claim \"%.*s\" was taken back already",
                           SK_P(sk_tell_short(cx, &c->id)));
        SK_TRY(sk_record_retract(cx, &c->id, SK_S("undone in review"), &entry));
        sk_rq_log_hash(rq, &entry);
    }
    return SK_OK;
}

/* ROUTE: POST /exhibit/{hash}/unclaim
 * Take back claims that one has just entered from an exhibit.
 *
 * ROLE: enter
 * PARAMETERS
 *   hash     first six or more digits of its SHA-256
 *   claims   first six or more digits of their ids, with "-" between
 */
sk_rc sk_page_unclaim(sk_request *rq)
{
    sk_review_write w;
    sk_exhibit x;
    SK_TRY(sk_review_write_begin(rq, &w));
    sk_rc rc = sk_exhibit_find(&rq->cx, rq->view, sk_rq_get(rq, "hash"), &x);
    if (!rc)
        rc = unclaim(rq, &x);
    SK_TRY(sk_review_write_end(rq, &w, rc));
    return sk_rq_redirect(rq, sk_href_exhibit(rq, &x.hash));
}
