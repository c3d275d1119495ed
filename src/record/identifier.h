/* Numbers that identify: what form they must have, what their check digits say.
 *
 *     sk_id_verdict v = sk_identifier_check(&cx->arena, SK_SCHEME_IMO, SK_S("IMO 8126082"));
 *     v.verdict SK_ID_VALID    v.canonical "imo:8126082"    v.reason "the last digit fits"
 *
 *   scheme        form                                    check
 *   imo           7 digits                                1-6 times 7..2, last digit of the sum
 *   imo-company   7 digits                                1-6 times 8 6 4 2 9 7, modulo 11
 *   mmsi          9 digits, three of them a country's     none
 *   bic           4 letters, country, 2 signs, 0 or 3     none
 *   lei           18 signs and 2 digits                   modulo 97
 *   wikidata      Q and digits                            none
 *   passport      not known: as written                   none that is public
 *   id            not known: as written                     none that is public
 *
 * A verdict is about digits and never about who bears them: a number may be valid and used falsely
 * (sk_claim.used_falsely says so, and who says it), and one with a wrong check digit may be how the
 * source printed it. So nothing here refuses; the caller warns. About one ship number in fourteen
 * also fits the rule for companies: what a number is can then be told by its context alone.
 *
 * Pure functions over text. Method and sources: docs/methods/identifiers.md.
 * Tested by tests/unit/record/t_identifier.c. */
#ifndef SK_RECORD_IDENTIFIER_H
#define SK_RECORD_IDENTIFIER_H

#include "base/ctx.h"

typedef enum sk_scheme {
    SK_SCHEME_IMO,
    SK_SCHEME_IMO_COMPANY,
    SK_SCHEME_MMSI,
    SK_SCHEME_BIC,
    SK_SCHEME_LEI,
    SK_SCHEME_WIKIDATA,
    SK_SCHEME_PASSPORT,
    SK_SCHEME_ID,
    SK_SCHEMES
} sk_scheme;

typedef struct sk_scheme_info {
    const char *name;  /* stable: "imo-company"         */
    const char *title; /* for people: "IMO company number" */
    const char *prop;  /* property that holds it: "imoCompanyNumber" */
} sk_scheme_info;

const sk_scheme_info *sk_scheme_get(sk_scheme scheme);
bool sk_scheme_find(sk_str name, sk_scheme *ret_scheme);
bool sk_scheme_of_prop(sk_str prop, sk_scheme *ret_scheme);

typedef enum sk_verdict {
    SK_ID_VALID,       /* form and check digits fit                     */
    SK_ID_FORM_FITS,   /* the form fits; the scheme has no check digits */
    SK_ID_CHECK_WRONG, /* the form fits, the check digits do not        */
    SK_ID_OPAQUE,      /* no form is known; kept as written             */
    SK_ID_FORM_WRONG,
    SK_VERDICTS
} sk_verdict;

const char *sk_verdict_name(sk_verdict v);  /* stable: "check-digit-wrong" */
const char *sk_verdict_words(sk_verdict v); /* "check digit wrong"         */

typedef struct sk_id_verdict {
    sk_scheme scheme;
    sk_verdict verdict;
    sk_str canonical; /* "imo:8126082"; the text as it came when opaque; empty: form wrong      */
    sk_str reason;    /* what was looked at and found, in words                                 */
    sk_str country;   /* code of the country that the number names (mmsi, bic); may be empty    */
} sk_id_verdict;

/* Look at text as a number of one scheme. Blanks, dots and hyphens inside, full-width digits, and
 * the scheme's name in front ("IMO No. 8126082", "imo:8126082") do not matter.
 * text   at most SK_LIM_VALUE_BYTES
 * Cost: linear in text.  Source: docs/methods/identifiers.md. */
sk_id_verdict sk_identifier_check(sk_arena *a, sk_scheme scheme, sk_str text);

/* What the text could be: the verdicts of all schemes, those that fit first. When text names its
 * scheme ("lei:...") only that one.  ret_verdicts has room for SK_SCHEMES.
 * Returns how many. */
size_t sk_identifier_verdicts(sk_arena *a, sk_str text, sk_id_verdict *ret_verdicts);

/* Two ways to write one number: "IMO 8126082" and "imo:8126082", "PS 836-110034" and "PS836110034".
 * Signs other than letters and digits do not count, nor does the name of a scheme in front. */
sk_str sk_identifier_compact(sk_arena *a, sk_str text);

/* Make the value of an identifier property canonical where its scheme has a form, and keep the
 * source's wording in words where that differs.  Returns a warning in a, or an empty string. */
sk_str sk_identifier_enter(sk_arena *a, sk_str prop, sk_str *value, sk_str *words);

#endif
