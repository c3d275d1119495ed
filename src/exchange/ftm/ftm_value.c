#include "exchange/ftm/ftm_value.h"

#include "exchange/ftm/ftm_own.h"

/* ---- forms ---- */

bool sk_ftm_date_of(sk_ctx *cx, sk_str edtf, sk_str *ret_prefix)
{
    sk_edtf e;
    if (sk_edtf_is_plain(edtf)) {
        *ret_prefix = edtf;
        return edtf.p[0] == '1' || edtf.p[0] == '2';
    }
    if (sk_edtf_parse(cx, edtf, &e)) {
        sk_forgive(cx);
        return false;
    }
    if (e.kind == SK_EDTF_UNKNOWN || e.uncertain)
        return false;
    sk_days days = e.approximate ? sk_edtf_loose_days(&e) : sk_edtf_days(&e);
    if (days.earliest == INT64_MIN || days.latest == INT64_MAX)
        return false;
    int64_t y1, y2;
    unsigned m1, m2, d1, d2;
    sk_day_to_date(days.earliest, &y1, &m1, &d1);
    sk_day_to_date(days.latest, &y2, &m2, &d2);
    if (y1 != y2 || y1 < 1000 || y1 > 2999)
        return false;
    sk_arena *a = &cx->arena;
    if (m1 != m2)
        *ret_prefix = sk_fmt(a, "%lld", (long long)y1);
    else if (d1 != d2)
        *ret_prefix = sk_fmt(a, "%lld-%02u", (long long)y1, m1);
    else
        *ret_prefix = sk_fmt(a, "%lld-%02u-%02u", (long long)y1, m1, d1);
    return true;
}

static bool is_digits(sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

static bool is_sha1(sk_str s)
{
    unsigned char digest[20];
    return s.n == 40 && sk_unhex(s, digest, sizeof digest);
}

/* "imo:8126082" to "8126082"; a value without a scheme stays. */
static sk_str without_scheme(sk_str s)
{
    size_t colon = sk_str_find(s, SK_S(":"));
    if (colon == SIZE_MAX || colon == 0)
        return s;
    for (size_t i = 0; i < colon; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
              s.p[i] == '-'))
            return s;
    return sk_str_trim(sk_str_sub(s, colon + 1, s.n));
}

/* Ships: digits times 7 to 2, last digit of the sum. Companies: times 8 6 4 2 9 7, modulo 11. */
bool sk_ftm_imo_of(sk_arena *a, sk_str text, sk_str *ret_imo)
{
    static const int ship[] = {7, 6, 5, 4, 3, 2}, company[] = {8, 6, 4, 2, 9, 7};
    sk_str s = without_scheme(sk_str_trim(text));
    if (sk_str_eq_nocase(sk_str_sub(s, 0, 3), SK_S("IMO")))
        s = sk_str_trim(sk_str_sub(s, 3, s.n));
    if (s.n != 7 || !is_digits(s))
        return false;
    int of_ship = 0, of_company = 0, last = s.p[6] - '0';
    for (int i = 0; i < 6; i++) {
        of_ship += (s.p[i] - '0') * ship[i];
        of_company += (s.p[i] - '0') * company[i];
    }
    if (of_ship % 10 != last && (11 - of_company % 11) % 10 != last)
        return false;
    *ret_imo = sk_fmt(a, "IMO%.*s", SK_P(s));
    return true;
}

static bool wikidata_of(sk_str text, sk_str *ret_id)
{
    sk_str s = without_scheme(text);
    *ret_id = s;
    return s.n >= 2 && s.n <= 16 && s.p[0] == 'Q' && is_digits(sk_str_sub(s, 1, s.n));
}

/* "+82 2-723-1672" to "+8227231672": international form only, for nobody may guess the country. */
static bool phone_of(sk_arena *a, sk_str text, sk_str *ret_phone)
{
    char digits[17];
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == ' ' || c == '-' || c == '(' || c == ')' || c == '.')
            continue;
        if (n == sizeof digits || (n == 0 ? c != '+' : c < '0' || c > '9'))
            return false;
        digits[n++] = c;
    }
    *ret_phone = sk_str_copy(a, (sk_str){digits, n});
    return n >= 7 && n <= 16;
}

static bool is_email(sk_str s)
{
    size_t at = sk_str_find(s, SK_S("@"));
    if (at == SIZE_MAX || at == 0 || sk_str_find(s, SK_S(" ")) != SIZE_MAX)
        return false;
    sk_str host = sk_str_sub(s, at + 1, s.n);
    return sk_str_find(host, SK_S(".")) != SIZE_MAX && sk_str_find(host, SK_S("@")) == SIZE_MAX;
}

static bool is_number(sk_str s)
{
    sk_decimal d;
    sk_str digits = sk_str_starts(s, SK_S("-")) ? sk_str_sub(s, 1, s.n) : s;
    size_t point = sk_str_find(digits, SK_S("."));
    if (sk_decimal_parse(s, &d))
        return sk_str_find(s, SK_S(",")) == SIZE_MAX;
    return point != SIZE_MAX && is_digits(sk_str_sub(digits, 0, point)) &&
           is_digits(sk_str_sub(digits, point + 1, digits.n));
}

/* The most bytes that their model allows for a type. */
static size_t most_bytes(sk_ftm_kind kind)
{
    switch (kind) {
    case SK_FTM_NAME:
        return 384;
    case SK_FTM_TEXT:
        return 65000;
    case SK_FTM_STRING:
        return 1024;
    case SK_FTM_URL:
        return 4096;
    case SK_FTM_IDENTIFIER:
    case SK_FTM_PHONE:
        return 64;
    case SK_FTM_ENTITY:
        return 200;
    default:
        return 250;
    }
}

static bool convert(sk_ctx *cx, const sk_ftm_map *m, const sk_ftm_prop *p, sk_str value,
                    sk_str *ret_value)
{
    *ret_value = value;
    switch (p->kind) {
    case SK_FTM_DATE:
        return sk_ftm_date_of(cx, value, ret_value);
    case SK_FTM_COUNTRY:
        *ret_value = sk_ftm_find_code(&m->countries, sk_str_trim(value));
        return ret_value->n > 0;
    case SK_FTM_LANGUAGE:
        *ret_value = sk_ftm_find_code(&m->languages, sk_str_trim(value));
        return ret_value->n > 0;
    case SK_FTM_TOPIC:
        *ret_value = sk_ftm_find_code(&m->topics, value);
        return ret_value->n > 0;
    case SK_FTM_GENDER:
        return sk_str_is(value, "male") || sk_str_is(value, "female") || sk_str_is(value, "other");
    case SK_FTM_IDENTIFIER:
        *ret_value = without_scheme(value);
        return ret_value->n > 0;
    case SK_FTM_IMO:
        return sk_ftm_imo_of(&cx->arena, value, ret_value);
    case SK_FTM_WIKIDATA:
        return wikidata_of(value, ret_value);
    case SK_FTM_PHONE:
        return phone_of(&cx->arena, value, ret_value);
    case SK_FTM_EMAIL:
        return is_email(value);
    case SK_FTM_URL:
        return sk_str_starts(value, SK_S("http://")) || sk_str_starts(value, SK_S("https://"));
    case SK_FTM_NUMBER:
        return is_number(value);
    case SK_FTM_MIMETYPE:
        return sk_str_find(value, SK_S("/")) != SIZE_MAX;
    case SK_FTM_CHECKSUM:
        return is_sha1(value);
    default:
        return true;
    }
}

/* ---- plain or rest ---- */

static bool has_language(sk_ftm_kind kind)
{
    return kind == SK_FTM_NAME || kind == SK_FTM_TEXT || kind == SK_FTM_STRING ||
           kind == SK_FTM_ADDRESS;
}

/* An exact number in the unit that their property has, and nothing said beside it. */
static bool number_of(sk_arena *a, const sk_ftm_prop *p, const sk_claim *c, sk_str *ret_number)
{
    const sk_quantity *q = &c->quantity;
    if (p->kind != SK_FTM_NUMBER || q->qualifier != SK_Q_EXACT || q->is_approximate ||
        q->is_open_above || q->is_strict || !sk_str_eq(q->unit, p->unit) || c->measure.n)
        return false;
    *ret_number = sk_decimal_text(a, q->low, false);
    return true;
}

static bool plain_of(sk_ctx *cx, const sk_ftm_map *m, const sk_ftm_prop *p, const sk_claim *c,
                     sk_str *ret_value)
{
    if (c->kind == SK_VALUE_QUANTITY || c->kind == SK_VALUE_MONEY)
        return number_of(&cx->arena, p, c, ret_value);
    return c->value.n && convert(cx, m, p, c->value, ret_value) &&
           ret_value->n <= most_bytes(p->kind);
}

/* The property that may hold the claim for their readers; NULL when none may. */
static const sk_ftm_prop *prop_of(const sk_ftm_map *m, const sk_type *type, const sk_claim *c,
                                  sk_ftm_schema_of *schema_of, void *arg)
{
    const sk_ftm_prop *p = type ? sk_ftm_find_prop(m, type, c->prop) : NULL;
    if (!p || !p->theirs.n || c->position != SK_CLAIM_ASSERTS || c->absent != SK_PRESENT ||
        c->used_falsely || (p->kind == SK_FTM_ENTITY) != (c->kind == SK_VALUE_ENTITY))
        return NULL;
    if (p->kind != SK_FTM_ENTITY || !schema_of)
        return p;
    const sk_ftm_schema *there = schema_of(c->value, arg);
    return there && sk_ftm_is_a(there, p->range) ? p : NULL;
}

sk_ftm_value sk_ftm_value_of(sk_ctx *cx, const sk_ftm_map *m, const sk_type *type,
                             const sk_claim *c, sk_ftm_schema_of *schema_of, void *arg)
{
    sk_ftm_value v = {0};
    const sk_ftm_prop *p = prop_of(m, type, c, schema_of, arg);
    if (!p || !plain_of(cx, m, p, c, &v.value)) {
        return (sk_ftm_value){.rest_prop = sk_ftm_own_prop(&cx->arena, c),
                              .rest_value = sk_ftm_own_value(&cx->arena, c)};
    }
    v.is_plain = true;
    v.prop = p;
    v.says_all =
        sk_str_eq(p->theirs, c->prop) &&
        (c->kind == SK_VALUE_QUANTITY || c->kind == SK_VALUE_MONEY || sk_str_eq(v.value, c->value));
    if (!v.says_all) {
        v.rest_prop = sk_ftm_own_prop(&cx->arena, c);
        v.rest_value = sk_ftm_own_value(&cx->arena, c);
    }
    if (has_language(p->kind))
        v.lang = sk_ftm_find_code(&m->languages, c->lang);
    return v;
}
