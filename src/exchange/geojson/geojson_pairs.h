/* Claimed coordinates of entities, in pairs: what a map is drawn from. Inside exchange/.
 *
 *   claims about "camp-15"                        pairs
 *   Place:latitude  39.68   survivors   row 3 ┐
 *   Place:longitude 126.85  survivors   row 3 ┴─ 39.68, 126.85, says "survivors"
 *   Place:latitude  39.70   an analyst  row 9 ┐
 *   Place:longitude 126.8   an analyst  row 9 ┴─ 39.70, 126.8, says "an analyst"
 *
 * Two claims pair when the same claimants and carrier assert both, of the same time, on the same
 * exhibit and place in it; several of one origin pair in their order. */
#ifndef SK_EXCHANGE_GEOJSON_PAIRS_H
#define SK_EXCHANGE_GEOJSON_PAIRS_H

#include "record/read.h"

/* What a feature tells of a claim that it rests on; kept when the claims are gone. */
typedef struct sk_geo_claim {
    sk_str id, entity, property, value, words, says;
    sk_position position;
} sk_geo_claim;

typedef struct sk_geo_pair {
    sk_str latitude, longitude; /* decimal degrees in JSON's form, as claimed */
    sk_geo_claim of_latitude, of_longitude;
} sk_geo_pair;

typedef struct sk_geo_pairs {
    const sk_geo_pair *v;
    size_t n;
    uint64_t n_unused; /* claims of coordinates that are in no pair */
} sk_geo_pairs;

/* In a. */
sk_geo_claim sk_geo__claim(sk_ctx *cx, sk_view *view, sk_arena *a, const sk_claim *c);

/* The pairs of the entity of that key, by the ids of their claims; rows may hold claims of others.
 * In a. */
sk_geo_pairs sk_geo__pairs(sk_ctx *cx, sk_view *view, sk_arena *a, sk_str key,
                           const sk_claim_row *rows, size_t n);

/* Decimal degrees ("+037.50" as "37.50") within -most..most; false for anything else. */
bool sk_geo__degrees(sk_arena *a, sk_str text, int most, sk_str *ret_degrees);

/* Degrees with at most so many decimals; true when some were cut. */
bool sk_geo__round(sk_arena *a, sk_str degrees, int decimals, sk_str *ret_degrees);

#endif
