/* How many acts, by kind, place, year, perpetrator or victim: a table that says what it counts.
 *
 *   acts by year                acts   also denied   accounts   who says it
 *   1977                           3             3          4             2
 *   1978                           9             9         11             3
 *   not stated                     1             0          1             1
 *   13 acts; 1 act is told with several years and stands in each of them
 *
 * The unit is an act: acts that a judgement joined are one, and however many claimants tell of it, it
 * counts once. An act counts in a row when somebody asserts that value of it; one that is only
 * predicted, doubted or denied counts nowhere and is told beside. Where claimants differ, or one names
 * several, the act stands in each of those rows, so rows may add up to more than the total; how many
 * such acts there are is said. Nothing is estimated and nothing is added that nobody reported: it is
 * a count of what the record holds, never of what happened.
 *
 * Places are coarse: the country that a claim names or that a place entity lies in. The place as it
 * was written (SK_PER_SPOT) is for a view from which nothing is hidden.
 *
 * Method: docs/methods/counting.md. Tested by tests/unit/count/t_tabulate.c. */
#ifndef SK_COUNT_TABULATE_H
#define SK_COUNT_TABULATE_H

#include "count/acts.h"

typedef enum sk_per {
    SK_PER_ACT,         /* the term as claimed                                       */
    SK_PER_KIND,        /* its broadest term: "liberty"                              */
    SK_PER_PLACE,       /* country code                                              */
    SK_PER_SPOT,        /* place as written                                          */
    SK_PER_YEAR,        /* "1978"; "1977/1979" where a date reaches over years       */
    SK_PER_PERPETRATOR, /* key of an entity; its cluster counts as one               */
    SK_PER_VICTIM,
    SK_PERS
} sk_per;

const char *sk_per_name(sk_per per); /* stable: "year" */
bool sk_per_find(sk_str name, sk_per *ret_per);

typedef struct sk_tab_row {
    sk_str key; /* term, country code, years, entity key; empty: nobody states it */
    size_t n_acts;
    size_t n_disputed; /* of them, those that somebody denies or doubts         */
    size_t n_accounts; /* accounts that assert this value                       */
    size_t n_origins;  /* different first claimants among them                  */
} sk_tab_row;

typedef struct sk_tab {
    sk_per per;
    const sk_tab_row *rows; /* years in order; else most acts first, then key; "not stated" last */
    size_t n_rows;
    size_t n_acts;         /* different acts that are counted in some row        */
    size_t n_several;      /* of them, those that stand in more than one row     */
    size_t n_accounts;     /* that fit the filter, asserting or not              */
    size_t n_only_against; /* acts that are only denied, doubted or predicted    */
} sk_tab;

/* Errors: those of sk_acts_find; SK_E_DENIED for SK_PER_SPOT when something is hidden from the view;
 * SK_E_LIMIT more than SK_LIM_TABLE_ACTS accounts. */
SK_MUST_USE sk_rc sk_tabulate(sk_ctx *cx, sk_view *v, const sk_act_filter *filter, sk_per per,
                              sk_tab *ret_tab);

#endif
