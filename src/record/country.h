/* Countries and territories, past and present: codes, names as sources write them, ship numbers.
 *
 *     const sk_country *c = sk_country_find(SK_S("Korea (Democratic People's Republic of)"));
 *     c->code "kp"   c->alpha3 "PRK"   c->name "North Korea"   c->name_ko "북한"
 *
 * Read from model/countries.txt, which is embedded in the program. The code is FollowTheMoney's
 * where it has one ("kp", "suhh" for the Soviet Union), else ISO 3166 alpha-2 in small letters, or
 * ISO 3166-3 alpha-4 for what is no more. States that ended stay states of their
 * own: nothing turns "East Germany" into Germany.
 *
 * This is not a list of who is recognised: it says which code a name gets, so that two sources can
 * be compared, and the source's own words stay beside it.
 *
 * Read-only after first use; shared by all threads. Tested by tests/unit/record/t_country.c, which
 * holds the codes against Debian's iso-codes and FollowTheMoney's model where they are at hand. */
#ifndef SK_RECORD_COUNTRY_H
#define SK_RECORD_COUNTRY_H

#include "base/ctx.h"
#include "base/lang.h"

typedef struct sk_country {
    sk_str code;           /* "kp", "suhh", "dd"                                      */
    sk_str alpha2, alpha3; /* ISO 3166-1, or 3166-3 for what is no more; may be empty */
    sk_str existed;        /* EDTF of a state that is no more: "1949/1990"; else empty */
    sk_str name, name_ko;
    sk_str others; /* further names, apart by ";"                             */
    sk_str mids;   /* maritime identification digits, apart by blanks         */
} sk_country;

typedef struct sk_countries {
    const sk_country *list;
    size_t n;
} sk_countries;

const sk_countries *sk_countries_get(void);

/* By any code ("KP", "prk", "SUN", "suhh") or name in the list, in whatever case, with or without
 * "the", dots, accents, or turned round ("Korea, Democratic People's Republic of").
 * NULL when it is none, or could be several: "Korea", "CS", "Congo" without more. A code that a new
 * state took over (SK, GE, BQ) means the new one. "No" and "In" are words, "NO" and "in" codes.
 * Cost: two folds and two binary searches. */
const sk_country *sk_country_find(sk_str text);

/* By code alone. */
const sk_country *sk_country_of_code(sk_str code);

/* Which administration the three digits at the head of a ship's radio number belong to; NULL when
 * they are not assigned. Source: ITU, table of maritime identification digits. */
const sk_country *sk_country_of_mid(sk_str three_digits);

/* "North Korea", "북한"; the text itself when it is no code. */
sk_str sk_country_name(sk_str code, sk_lang lang);

/* Make a claim's value canonical: a code that sk_country_find knows, the source's wording in words
 * where that differs.  Returns a warning, in a, when it is no country we know; else an empty string
 * and then *value is a code. */
sk_str sk_country_enter(sk_arena *a, sk_str *value, sk_str *words);

/* Parse such a table, for tests. Errors: SK_E_FORMAT with the line. */
SK_MUST_USE sk_rc sk_countries_parse(sk_ctx *cx, sk_str text, sk_countries *ret_countries);

#endif
