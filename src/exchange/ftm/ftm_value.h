/* One claim as FollowTheMoney may hold it: a plain value, or nothing plain at all.
 *
 * Plain is what a reader who knows nothing of us may believe: asserted, present, borne rightly, of a
 * property that their schema has, in the form that the property's type demands, and no more precise
 * than what was claimed. Everything else is rest.
 * Tested by tests/unit/exchange/t_ftm_value.c. */
#ifndef SK_EXCHANGE_FTM_VALUE_H
#define SK_EXCHANGE_FTM_VALUE_H

#include "exchange/ftm/ftm_map.h"
#include "record/claim.h"

typedef struct sk_ftm_value {
    bool is_plain;
    const sk_ftm_prop *prop; /* of the plain value                                             */
    sk_str value;            /* plain: "2023-10", "kp", "IMO8126082", a key                    */
    sk_str lang;             /* three letters, for names and texts; else empty                 */
    bool says_all;           /* the plain value loses nothing: property and value are the same */
    sk_str rest_prop;        /* "sillok:count", "sillok:denied:victim", "sillok:absent:date"; empty
                                when the plain value says all                                  */
    sk_str rest_value;       /* what we hold: EDTF, "more than 500 people", "unknown", a key   */
} sk_ftm_value;

/* The schema at the other end of a link, NULL when the view shows no such entity. */
typedef const sk_ftm_schema *sk_ftm_schema_of(sk_str key, void *arg);

/* type is the entity's: its most specific one, NULL when the model does not have it. schema_of may be
 * NULL: then every link is taken to point to an entity of a fitting schema.
 * Ownership: in cx's arena. */
sk_ftm_value sk_ftm_value_of(sk_ctx *cx, const sk_ftm_map *m, const sk_type *type,
                             const sk_claim *claim, sk_ftm_schema_of *schema_of, void *arg);

/* The longest of year, month, day that holds every day that the date may fall on; approximate dates
 * are widened as a search widens them. False for uncertain and unknown dates, for intervals across
 * years and for years that they do not write (before 1000, after 2999). */
bool sk_ftm_date_of(sk_ctx *cx, sk_str edtf, sk_str *ret_prefix);

/* "IMO" and seven digits from "imo:8126082", "IMO 8126082", "8126082" when the check digit is that
 * of a ship or of a company; false otherwise. */
bool sk_ftm_imo_of(sk_arena *a, sk_str text, sk_str *ret_imo);

#endif
