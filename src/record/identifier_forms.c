/* The forms of the schemes and their check digits: one function a scheme, on compact text. */
#include "record/country.h"
#include "record/identifier_private.h"

typedef sk_str compact;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool are_digits(compact s, size_t n)
{
    if (s.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return true;
}

static sk_str upper(sk_arena *a, compact s)
{
    char *copy = sk_alloc_copy(a, s.p, s.n);
    for (size_t i = 0; i < s.n; i++)
        if (is_letter(copy[i]))
            copy[i] = (char)(copy[i] - 'a' + 'A');
    return (sk_str){copy, s.n};
}

static void set_wrong(sk_id_verdict *v, sk_str reason)
{
    v->verdict = SK_ID_FORM_WRONG;
    v->reason = reason;
}

static void set_fits(sk_arena *a, sk_id_verdict *v, sk_verdict verdict, sk_str number,
                     sk_str reason)
{
    v->verdict = verdict;
    v->canonical = sk_fmt(a, "%s:%.*s", sk_scheme_get(v->scheme)->name, SK_P(number));
    v->reason = reason;
}

/* ---- IMO, ships: resolution A.1117(30); companies: MSC.160(78) and 16 published numbers ---- */

static int ship_digit(compact s)
{
    int sum = 0;
    for (int i = 0; i < 6; i++)
        sum += (s.p[i] - '0') * (7 - i);
    return sum % 10;
}

static int company_digit(compact s)
{
    static const int weights[] = {8, 6, 4, 2, 9, 7};
    int sum = 0;
    for (int i = 0; i < 6; i++)
        sum += (s.p[i] - '0') * weights[i];
    return (11 - sum % 11) % 10;
}

static void look_seven(sk_arena *a, compact s, int own, int other, const char *other_name,
                       sk_id_verdict *v)
{
    if (!are_digits(s, 7) || sk_str_is(s, "0000000")) {
        set_wrong(v, SK_S("it is not 7 digits"));
        return;
    }
    int last = s.p[6] - '0';
    if (last != own)
        set_fits(a, v, SK_ID_CHECK_WRONG, s,
                 sk_fmt(a, "the last digit would be %d%s%s", own,
                        last == other ? "; it fits the rule for " : "",
                        last == other ? other_name : ""));
    else if (last == other)
        set_fits(a, v, SK_ID_VALID, s,
                 sk_fmt(a,
                        "the last digit fits; it fits the rule for %s too, so only the context "
                        "tells which it is",
                        other_name));
    else
        set_fits(a, v, SK_ID_VALID, s, SK_S("the last digit fits"));
}

void sk_id__look_imo(sk_arena *a, compact s, sk_id_verdict *v)
{
    bool seven = are_digits(s, 7);
    look_seven(a, s, seven ? ship_digit(s) : 0, seven ? company_digit(s) : 0, "companies", v);
}

void sk_id__look_imo_company(sk_arena *a, compact s, sk_id_verdict *v)
{
    bool seven = are_digits(s, 7);
    look_seven(a, s, seven ? company_digit(s) : 0, seven ? ship_digit(s) : 0, "ships", v);
}

/* ---- MMSI: ITU-R M.585 ---- */

/* Where the country's three digits stand, and what kind of station it is. */
static const struct {
    const char *head;
    size_t mid; /* 0: none */
    const char *what;
} stations[] = {
    {"111", 3, "a search and rescue aircraft"},
    {"970", 0, "a search and rescue transmitter"},
    {"972", 0, "a man-overboard device"},
    {"974", 0, "an emergency beacon"},
    {"98", 2, "a craft of a mother ship"},
    {"99", 2, "an aid to navigation"},
    {"00", 2, "a coast station"},
    {"0", 1, "a group of ships"},
    {"8", 1, "a hand-held radio"},
};

void sk_id__look_mmsi(sk_arena *a, compact s, sk_id_verdict *v)
{
    if (!are_digits(s, 9)) {
        set_wrong(v, SK_S("it is not 9 digits"));
        return;
    }
    const char *what = "a ship";
    size_t at = 0;
    bool has_mid = s.p[0] >= '2' && s.p[0] <= '7', is_known = has_mid;
    for (size_t i = 0; !is_known && i < SK_COUNT(stations); i++)
        if (sk_str_starts(s, sk_str_of(stations[i].head))) {
            what = stations[i].what;
            at = stations[i].mid;
            has_mid = at > 0;
            is_known = true;
        }
    sk_str digits = sk_str_sub(s, at, 3);
    const sk_country *c = has_mid ? sk_country_of_mid(digits) : NULL;
    if (!is_known)
        set_wrong(v, sk_fmt(a, "no station begins with %.*s", SK_P(digits)));
    else if (has_mid && !c)
        set_wrong(v, sk_fmt(a, "%.*s is no country's", SK_P(digits)));
    else if (c)
        set_fits(a, v, SK_ID_FORM_FITS, s,
                 sk_fmt(a, "%s; %.*s is %.*s", what, SK_P(digits), SK_P(c->name)));
    else
        set_fits(a, v, SK_ID_FORM_FITS, s, sk_str_of(what));
    if (c)
        v->country = c->code;
}

/* ---- SWIFT/BIC: ISO 9362 ---- */

void sk_id__look_bic(sk_arena *a, compact s, sk_id_verdict *v)
{
    bool fits = s.n == 8 || s.n == 11;
    for (size_t i = 0; fits && i < s.n; i++)
        fits = is_letter(s.p[i]) || (i >= 6 && is_digit(s.p[i]));
    if (!fits) {
        set_wrong(v, SK_S("it is not 4 letters, a country, 2 signs, and a branch of 0 or 3"));
        return;
    }
    sk_str big = upper(a, s), two = sk_str_sub(big, 4, 2);
    const sk_country *c = sk_country_find(two);
    if (!c || c->existed.n || !sk_str_eq(c->alpha2, two)) {
        set_wrong(v, sk_fmt(a, "%.*s is no country's code", SK_P(two)));
        return;
    }
    set_fits(a, v, SK_ID_FORM_FITS, big,
             sk_fmt(a, "a bank of %.*s%s", SK_P(c->name), s.p[7] == '0' ? "; a test code" : ""));
    v->country = c->code;
}

/* ---- LEI: ISO 17442, check by ISO/IEC 7064 MOD 97-10 ---- */

void sk_id__look_lei(sk_arena *a, compact s, sk_id_verdict *v)
{
    bool fits = s.n == 20;
    unsigned rest = 0;
    for (size_t i = 0; fits && i < s.n; i++) {
        fits = is_digit(s.p[i]) || (i < 18 && is_letter(s.p[i]));
        unsigned digit =
            is_digit(s.p[i]) ? (unsigned)(s.p[i] - '0') : (unsigned)(s.p[i] - 'a' + 10);
        rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97;
    }
    if (!fits)
        set_wrong(v, SK_S("it is not 18 letters or digits and 2 digits"));
    else if (rest != 1)
        set_fits(a, v, SK_ID_CHECK_WRONG, upper(a, s), SK_S("the last two digits do not fit"));
    else
        set_fits(a, v, SK_ID_VALID, upper(a, s), SK_S("the last two digits fit"));
}

void sk_id__look_wikidata(sk_arena *a, compact s, sk_id_verdict *v)
{
    if (s.n < 2 || s.n > 13 || s.p[0] != 'q' || !are_digits(sk_str_sub(s, 1, s.n), s.n - 1))
        set_wrong(v, SK_S("it is not Q and digits"));
    else
        set_fits(a, v, SK_ID_FORM_FITS, upper(a, s), SK_S("Q and digits"));
}
