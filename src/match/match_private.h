/* Between the files of match/. */
#ifndef SK_MATCH_PRIVATE_H
#define SK_MATCH_PRIVATE_H

#include "match/match.h"

/* How two single dates fit. */
typedef struct date_fit {
    float nats, score;
    uint8_t finding; /* sk_match_finding */
} date_fit;

date_fit match_dates(const sk_match_date *a, const sk_match_date *b);

/* Do two stretches of time share a day? */
bool match_dates_overlap(const sk_match_date *a, const sk_match_date *b);

/* An order of entities by what they say, so that ties between values fall alike whichever side
 * comes first: below 0, 0 (they say the same in the same order) or above 0. */
int match_order(const sk_match_entity *a, const sk_match_entity *b);

/* How many values of a list are looked at. */
static inline unsigned few(unsigned n)
{
    return n < SK_MATCH_VALUES ? n : SK_MATCH_VALUES;
}

/* The best pair of values of one feature, or what contradicts most; best holds SK_FINDING_NONE
 * before. Names have their own way (match.c). */
typedef void (*match_comparer)(const sk_match_entity *a, const sk_match_entity *b,
                               const sk_match_options *o, sk_match_evidence *best);
extern const match_comparer match_comparers[SK_FEATURE_COUNT];

#endif
