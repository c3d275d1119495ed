#include "record/identifier.h"

#include "base/utf8.h"
#include "record/identifier_private.h"

typedef sk_str compact; /* see identifier_private.h */

/* heads: what sources write before such a number, in compact form, longest first. */
static const struct {
    sk_scheme_info info;
    sk_id_look_fn *look; /* NULL: opaque */
    const char *heads[6];
} schemes[SK_SCHEMES] = {
    [SK_SCHEME_IMO] = {{"imo", "IMO ship number", "imoNumber"},
                       sk_id__look_imo,
                       {"imoshipnumber", "imonumber", "imono", "imonr", "imo"}},
    [SK_SCHEME_IMO_COMPANY] = {{"imo-company", "IMO company number", "imoCompanyNumber"},
                               sk_id__look_imo_company,
                               {"imocompanynumber", "imocompany", "imonumber", "imono", "imo"}},
    [SK_SCHEME_MMSI] = {{"mmsi", "MMSI", "mmsi"},
                        sk_id__look_mmsi,
                        {"mmsinumber", "mmsino", "mmsi"}},
    [SK_SCHEME_BIC] = {{"bic", "SWIFT/BIC", "swiftBic"},
                       sk_id__look_bic,
                       {"swiftcode", "swiftbic", "swift", "biccode", "bic"}},
    [SK_SCHEME_LEI] = {{"lei", "LEI", "leiCode"}, sk_id__look_lei, {"leicode", "lei"}},
    [SK_SCHEME_WIKIDATA] = {{"wikidata", "Wikidata id", "wikidataId"},
                            sk_id__look_wikidata,
                            {"wikidata"}},
    [SK_SCHEME_PASSPORT] = {{"passport", "passport number", "passportNumber"}, NULL, {NULL}},
    [SK_SCHEME_ID] = {{"id", "national or other id number", "idNumber"}, NULL, {NULL}},
};

static const struct {
    const char *name, *words;
} verdicts[SK_VERDICTS] = {
    [SK_ID_VALID] = {"valid", "check digit valid"},
    [SK_ID_FORM_FITS] = {"form-fits", "form fits"},
    [SK_ID_CHECK_WRONG] = {"check-digit-wrong", "check digit wrong"},
    [SK_ID_OPAQUE] = {"opaque", "cannot be checked"},
    [SK_ID_FORM_WRONG] = {"form-wrong", "form wrong"},
};

const sk_scheme_info *sk_scheme_get(sk_scheme scheme)
{
    sk_assert((unsigned)scheme < SK_SCHEMES);
    return &schemes[scheme].info;
}

bool sk_scheme_find(sk_str name, sk_scheme *ret_scheme)
{
    for (int i = 0; i < SK_SCHEMES; i++)
        if (sk_str_is(name, schemes[i].info.name)) {
            *ret_scheme = (sk_scheme)i;
            return true;
        }
    return false;
}

bool sk_scheme_of_prop(sk_str prop, sk_scheme *ret_scheme)
{
    for (int i = 0; i < SK_SCHEMES; i++)
        if (sk_str_is(prop, schemes[i].info.prop)) {
            *ret_scheme = (sk_scheme)i;
            return true;
        }
    return false;
}

const char *sk_verdict_name(sk_verdict v)
{
    sk_assert((unsigned)v < SK_VERDICTS);
    return verdicts[v].name;
}

const char *sk_verdict_words(sk_verdict v)
{
    sk_assert((unsigned)v < SK_VERDICTS);
    return verdicts[v].words;
}

/* ---- from text to numbers ---- */

static compact compact_of(sk_arena *a, sk_str text)
{
    sk_str folded = sk_utf8_fold(a, text); /* full-width digits become plain ones */
    char *out = sk_alloc(a, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++) {
        char c = folded.p[i];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c & 0x80))
            out[n++] = c;
    }
    return (sk_str){out, n};
}

/* "imo-company:5571322": the scheme that a text names for itself, and what is behind it. */
static bool takes_scheme(sk_str *text, sk_scheme *ret_scheme)
{
    size_t colon = sk_str_find(*text, SK_S(":"));
    if (colon == SIZE_MAX || !sk_scheme_find(sk_str_sub(*text, 0, colon), ret_scheme))
        return false;
    *text = sk_str_trim(sk_str_sub(*text, colon + 1, text->n));
    return true;
}

/* What stands behind a scheme's own head, or s when it has none. */
static compact behind_head(compact s, sk_scheme scheme)
{
    for (size_t i = 0; i < SK_COUNT(schemes[scheme].heads) && schemes[scheme].heads[i]; i++) {
        sk_str head = sk_str_of(schemes[scheme].heads[i]);
        if (s.n > head.n && sk_str_starts(s, head))
            return sk_str_sub(s, head.n, s.n);
    }
    return s;
}

static sk_id_verdict check_compact(sk_arena *a, sk_scheme scheme, compact s)
{
    sk_id_verdict v = {.scheme = scheme, .verdict = SK_ID_FORM_WRONG};
    schemes[scheme].look(a, s, &v);
    compact rest = behind_head(s, scheme); /* a bank's code may begin with "BIC": looked at first */
    if (v.verdict == SK_ID_FORM_WRONG && rest.n < s.n)
        schemes[scheme].look(a, rest, &v);
    return v;
}

sk_id_verdict sk_identifier_check(sk_arena *a, sk_scheme scheme, sk_str text)
{
    sk_assert((unsigned)scheme < SK_SCHEMES);
    sk_scheme named = scheme;
    sk_str number = sk_str_trim(text);
    if (takes_scheme(&number, &named) && named != scheme)
        return (sk_id_verdict){
            .scheme = scheme,
            .verdict = SK_ID_FORM_WRONG,
            .reason = sk_fmt(a, "it says that it is of scheme %s", schemes[named].info.name)};
    if (!schemes[scheme].look)
        return (sk_id_verdict){.scheme = scheme,
                               .verdict = SK_ID_OPAQUE,
                               .canonical = sk_str_trim(text),
                               .reason = SK_S("no rule for such numbers is public")};
    return check_compact(a, scheme, compact_of(a, number));
}

size_t sk_identifier_verdicts(sk_arena *a, sk_str text, sk_id_verdict *ret_verdicts)
{
    sk_scheme named;
    sk_str number = sk_str_trim(text);
    if (takes_scheme(&number, &named)) {
        ret_verdicts[0] = sk_identifier_check(a, named, text);
        return 1;
    }
    size_t n = 0;
    sk_id_verdict all[SK_SCHEMES];
    for (int i = 0; i < SK_SCHEMES; i++)
        all[i] = sk_identifier_check(a, (sk_scheme)i, text);
    for (int v = 0; v < SK_VERDICTS; v++)
        for (int i = 0; i < SK_SCHEMES; i++)
            if (all[i].verdict == (sk_verdict)v)
                ret_verdicts[n++] = all[i];
    return n;
}

sk_str sk_identifier_compact(sk_arena *a, sk_str text)
{
    sk_scheme named;
    sk_str number = sk_str_trim(text);
    bool has_scheme = takes_scheme(&number, &named);
    compact s = compact_of(a, number);
    if (has_scheme)
        return s;
    for (int i = 0; i < SK_SCHEMES; i++) {
        compact rest = behind_head(s, (sk_scheme)i);
        sk_id_verdict v = {.scheme = (sk_scheme)i, .verdict = SK_ID_FORM_WRONG};
        if (rest.n < s.n && schemes[i].look)
            schemes[i].look(a, rest, &v);
        if (v.verdict != SK_ID_FORM_WRONG)
            return rest;
    }
    return s;
}

sk_str sk_identifier_enter(sk_arena *a, sk_str prop, sk_str *value, sk_str *words)
{
    sk_scheme scheme, named;
    if (!sk_scheme_of_prop(prop, &scheme))
        return SK_NONE;
    sk_str number = sk_str_trim(*value);
    bool is_other = takes_scheme(&number, &named) && named != scheme;
    sk_id_verdict v = sk_identifier_check(a, is_other ? named : scheme, *value);
    sk_str said = *value;
    if (v.verdict != SK_ID_OPAQUE && v.canonical.n && !sk_str_eq(said, v.canonical)) {
        if (!words->n)
            *words = said;
        *value = v.canonical;
    }
    if (is_other)
        return sk_fmt(a, "\"%.*s\" says that it is %s, and stands as %s", SK_P(said),
                      schemes[named].info.title, schemes[scheme].info.title);
    if (v.verdict != SK_ID_CHECK_WRONG && v.verdict != SK_ID_FORM_WRONG)
        return SK_NONE;
    return sk_fmt(a, "%s \"%.*s\": %.*s; it is kept as written", schemes[scheme].info.title,
                  SK_P(said), SK_P(v.reason));
}
