/* Pieces that pages share: addresses, words for people, who says it. */
#include "base/edtf.h"
#include "record/country.h"
#include "tell/tell.h"
#include "web/assets.h"
#include "web/page.h"

/* ---- addresses ---- */

enum { HASH_DIGITS = 16 };

static sk_str href_hash(sk_request *rq, const char *folder, const sk_hash *hash)
{
    return sk_fmt(&rq->cx.arena, "/%s/%.*s", folder,
                  SK_P(sk_str_sub(sk_hash_hex(&rq->cx.arena, hash), 0, HASH_DIGITS)));
}

/* A key that ends like one of our forms has its dot encoded, so that it is not taken for one. */
sk_str sk_href_entity(sk_request *rq, sk_str key)
{
    sk_arena *a = &rq->cx.arena;
    sk_str path = sk_percent_encode(a, key);
    size_t dot = path.n;
    if (sk_str_ends(path, SK_S(".json")))
        dot = path.n - 5;
    else if (sk_str_ends(path, SK_S(".csv")))
        dot = path.n - 4;
    if (dot < path.n)
        path = sk_fmt(a, "%.*s%%2E%.*s", SK_P(sk_str_sub(path, 0, dot)),
                      SK_P(sk_str_sub(path, dot + 1, path.n)));
    return sk_fmt(a, "/entity/%.*s", SK_P(path));
}

sk_str sk_href_exhibit(sk_request *rq, const sk_hash *hash)
{
    return href_hash(rq, "exhibit", hash);
}

sk_str sk_href_claim(sk_request *rq, const sk_hash *id)
{
    return href_hash(rq, "claim", id);
}

sk_str sk_href_entry(sk_request *rq, const sk_hash *id)
{
    return href_hash(rq, "log", id);
}

sk_str sk_href_span(sk_request *rq, const sk_hash *exhibit, size_t start, size_t end)
{
    return sk_fmt(&rq->cx.arena, "%.*s?at=%zu-%zu#at", SK_P(sk_href_exhibit(rq, exhibit)), start,
                  end);
}

sk_str sk_href_passage(sk_request *rq, const sk_claim *c)
{
    if (!c->n_passages)
        return sk_href_claim(rq, &c->id);
    const sk_passage *p = &c->passages[0];
    if (p->has_span)
        return sk_href_span(rq, &p->exhibit, p->start, p->end);
    return sk_href_claim(rq, &c->id);
}

sk_str sk_href_with(sk_request *rq, const char *name, sk_str value)
{
    sk_arena *a = &rq->cx.arena;
    sk_str s = rq->path.n ? rq->path : SK_S("/");
    char sep = '?';
    for (size_t i = 0; i < rq->query.n; i++) {
        const sk_param *p = &rq->query.v[i];
        bool is_lang = sk_str_is(p->name, "lang"), is_secret = sk_str_is(p->name, "token");
        if (sk_str_is(p->name, name) || is_lang || is_secret)
            continue;
        s = sk_fmt(a, "%.*s%c%.*s=%.*s", SK_P(s), sep, SK_P(sk_percent_encode(a, p->name)),
                   SK_P(sk_percent_encode(a, p->value)));
        sep = '&';
    }
    if (!value.p)
        return s;
    return sk_fmt(a, "%.*s%c%s=%.*s", SK_P(s), sep, name, SK_P(sk_percent_encode(a, value)));
}

sk_str sk_href_form(sk_request *rq, const char *ending)
{
    sk_str here = sk_href_with(rq, "offset", sk_rq_get(rq, "offset"));
    sk_str path = here, rest = here;
    sk_str_cut(&rest, '?', &path);
    if (sk_str_is(path, "/"))
        path = SK_S("/home");
    return sk_fmt(&rq->cx.arena, "%.*s%s%s%.*s", SK_P(path), ending, rest.p ? "?" : "", SK_P(rest));
}

/* ---- words for people ---- */

sk_str sk_number_text(sk_request *rq, uint64_t n)
{
    return sk_decimal_text(&rq->cx.arena, sk_decimal_of((int64_t)n), true);
}

sk_str sk_bytes_text(sk_request *rq, uint64_t n)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    double value = (double)n;
    size_t unit = 0;
    if (n < 1000)
        return sk_fmt(&rq->cx.arena, "%llu B", (unsigned long long)n);
    for (value /= 1000; value >= 1000 && unit + 1 < SK_COUNT(units); unit++)
        value /= 1000;
    return sk_fmt(&rq->cx.arena, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
}

/* "2023年10月9日": what most dates are; others are told in English until the language is complete. */
static sk_str plain_date_ja(sk_request *rq, const sk_edtf_point *p)
{
    sk_arena *a = &rq->cx.arena;
    sk_str s = sk_fmt(a, "%lld年", (long long)p->year);
    if (p->month)
        s = sk_fmt(a, "%.*s%u月", SK_P(s), p->month);
    return p->day ? sk_fmt(a, "%.*s%u日", SK_P(s), p->day) : s;
}

sk_str sk_date_text(sk_request *rq, sk_str edtf)
{
    sk_edtf date;
    if (!edtf.n)
        return SK_S("");
    if (sk_edtf_parse(&rq->cx, edtf, &date)) {
        sk_forgive(&rq->cx);
        return edtf;
    }
    if (rq->html.lang == SK_UI_JA && sk_edtf_is_plain(edtf))
        return plain_date_ja(rq, &date.parts[0].from);
    return sk_edtf_format(&rq->cx.arena, &date, rq->lang);
}

/* "24 November 2026, 08:46": of a time that a device wrote; the seconds stand in JSON. */
sk_str sk_time_text(sk_request *rq, sk_str time)
{
    if (time.n < 16 || time.p[10] != 'T')
        return sk_date_text(rq, time);
    return sk_fmt(&rq->cx.arena, rq->html.lang == SK_LANG_EN ? "%.*s, %.*s" : "%.*s %.*s",
                  SK_P(sk_date_text(rq, sk_str_sub(time, 0, 10))), SK_P(sk_str_sub(time, 11, 5)));
}

sk_str sk_position_text(const sk_request *rq, sk_position p)
{
    static const char *const keys[SK_POSITIONS] = {
        [SK_CLAIM_DENIES] = "position.denies",
        [SK_CLAIM_PREDICTS] = "position.predicts",
        [SK_CLAIM_DOUBTS] = "position.doubts",
        [SK_CLAIM_RETRACTS] = "position.retracts",
    };
    return keys[p] ? sk_say(rq, keys[p]) : SK_S("");
}

sk_str sk_type_text(const sk_request *rq, sk_str type)
{
    const sk_type *t = sk_model_find_type(sk_model_get(), type);
    if (!t)
        return type;
    return rq->lang == SK_LANG_KO && t->label_ko.n ? t->label_ko : t->label;
}

sk_str sk_act_text(const sk_request *rq, sk_str term)
{
    const sk_act_term *t = sk_model_find_act(sk_model_get(), term);
    if (!t)
        return term;
    return rq->lang == SK_LANG_KO && t->label_ko.n ? t->label_ko : t->label;
}

/* ---- pieces ---- */

static void put_claimant(sk_request *rq, sk_str member)
{
    sk_str text = sk_claimant_text(&rq->cx, rq->view, member);
    if (member.n > 1 && member.p[0] == '@')
        SK_PUT(&rq->html, "<a href=\"$\" dir=\"auto\">$</a>",
               sk_href_entity(rq, sk_str_sub(member, 1, member.n)), text);
    else
        SK_PUT(&rq->html, "<bdi>$</bdi>", text);
}

void sk_put_says(sk_request *rq, const sk_claim *c)
{
    for (size_t i = 0; i < c->n_chain; i++) {
        if (i)
            SK_PUT(&rq->html, " <span class=\"quiet\">{says.told_by}</span> ");
        put_claimant(rq, c->chain[i]);
    }
    if (c->carrier.n) {
        SK_PUT(&rq->html, " <span class=\"quiet\">{says.via}</span> ");
        put_claimant(rq, c->carrier);
    }
}

void sk_put_fact(sk_request *rq, const char *key, sk_str value)
{
    if (value.n)
        SK_PUT(&rq->html, "<dt>$</dt><dd dir=\"auto\">$</dd>", sk_say(rq, key), value);
}

void sk_put_option(sk_request *rq, sk_str value, sk_str text, bool is_chosen)
{
    if (is_chosen)
        SK_PUT(&rq->html, "<option value=\"$\" selected>$</option>", value, text);
    else
        SK_PUT(&rq->html, "<option value=\"$\">$</option>", value, text);
}

void sk_put_token(sk_request *rq)
{
    if (rq->session)
        SK_PUT(&rq->html, "<input type=\"hidden\" name=\"token\" value=\"$\">",
               sk_str_of(rq->session->form_token));
}

void sk_page_script(sk_request *rq, const char *name, bool is_module)
{
    if (is_module)
        SK_PUT(&rq->html, "<script type=\"module\" src=\"$\"></script>", sk_asset_href(name));
    else
        SK_PUT(&rq->html, "<script defer src=\"$\"></script>", sk_asset_href(name));
}

void sk_put_pager(sk_request *rq, uint64_t offset, uint64_t limit, uint64_t shown, bool has_more)
{
    sk_html *h = &rq->html;
    sk_arena *a = &rq->cx.arena;
    if (!offset && !has_more)
        return;
    SK_PUT(h, "<nav class=\"pager\" aria-label=\"{pager.label}\">");
    if (offset) {
        uint64_t before = offset > limit ? offset - limit : 0;
        SK_PUT(h, "<a rel=\"prev\" href=\"$\">{pager.before}</a> ",
               sk_href_with(rq, "offset",
                            before ? sk_fmt(a, "%llu", (unsigned long long)before) : SK_NONE));
    }
    SK_PUT(h, "<span>");
    SK_SAY(h, "pager.range", sk_number_text(rq, offset + 1), sk_number_text(rq, offset + shown));
    SK_PUT(h, "</span>");
    if (has_more)
        SK_PUT(h, " <a rel=\"next\" href=\"$\">{pager.after}</a>",
               sk_href_with(rq, "offset", sk_fmt(a, "%llu", (unsigned long long)(offset + limit))));
    SK_PUT(h, "</nav>");
}

sk_str sk_shell_word(sk_request *rq, sk_str word)
{
    sk_str s = SK_S("'"), piece, rest = word;
    bool plain = word.n > 0;
    for (size_t i = 0; i < word.n; i++) {
        unsigned char c = (unsigned char)word.p[i];
        plain &= c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                 (c >= '0' && c <= '9') || (c && strchr("-_./:@,+=", c));
    }
    if (plain)
        return word;
    for (bool first = true; rest.p && sk_str_cut(&rest, '\'', &piece); first = false)
        s = sk_fmt(&rq->cx.arena, "%.*s%s%.*s", SK_P(s), first ? "" : "'\\''", SK_P(piece));
    return sk_fmt(&rq->cx.arena, "%.*s'", SK_P(s));
}
