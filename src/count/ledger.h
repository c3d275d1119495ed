/* The ledger: "how many, says whom?" for a population or event and a period.
 *
 *   forced returns from China, 2023
 *     29 August 2023       80                 Human Rights Watch         part of the sum
 *     18 September 2023    40                 Human Rights Watch         part of the sum
 *     9 October 2023       more than 500      J.M. Missionary Union      part of the sum
 *                          up to 600          TJWG                       part of the sum
 *     sum over 3 declared parts: 620 to 720, open above
 *     left out   2,000 held: counts another thing    670 for 2020 to 2024: reaches beyond 2023
 *     denied     PRC Foreign Ministry: there are no so-called defectors
 *
 * Figures stand side by side as they were said; none is chosen, none is averaged. A sum is formed
 * only over declared parts of one whole, and says which. Method: docs/methods/ledger.md.
 * Tested by tests/unit/count/t_ledger.c on acceptance examples A1, A8, A14, A17, A18. */
#ifndef SK_COUNT_LEDGER_H
#define SK_COUNT_LEDGER_H

#include "record/read.h"

/* What became of a figure, and why. */
typedef enum sk_use {
    SK_USE_PART,     /* goes into the sum, through its part                    */
    SK_USE_WHOLE,    /* about the whole itself, in the period: stands beside   */
    SK_USE_ONLY,     /* of a part, but no sum is formed                        */
    SK_USE_OUTSIDE,  /* of another period                                      */
    SK_USE_BEYOND,   /* reaches beyond the period                              */
    SK_USE_UNDATED,  /* a period was asked and the figure has none             */
    SK_USE_MEASURE,  /* counts another thing (a stock, a status)               */
    SK_USE_CHANGE,   /* a change over time, or a share: not a count            */
    SK_USE_POSITION, /* predicted or doubted, not asserted                     */
    SK_USE_ABSENT,   /* no number was given                                    */
    SK_USE_NESTED,   /* of a part of a part that is summed itself              */
    SK_USES
} sk_use;

const char *sk_use_name(sk_use use);  /* stable: "part", "outside"   */
const char *sk_use_words(sk_use use); /* "lies outside the period"   */

typedef struct sk_figure {
    sk_claim_row row;
    size_t part;   /* index into the ledger's parts     */
    sk_str period; /* EDTF it speaks of; may be empty   */
    sk_use use;
} sk_figure;

/* The population or event asked about (part 0), and everything declared to be part of it. */
typedef struct sk_part {
    sk_entity entity;
    size_t whole; /* index of what it is part of; 0 for part 0      */
    bool is_event;
    sk_str measure;    /* what it counts, empty if not declared          */
    sk_str definition; /* its definition as claimed, empty if none       */
    sk_str date;       /* EDTF of an event, empty otherwise              */
    size_t n_used;     /* figures that go into the sum                   */
    size_t n_origins;  /* independent origins among them                 */
    sk_quantity range; /* from its used figures, when n_used > 0         */
} sk_part;

typedef struct sk_ledger {
    sk_str period; /* EDTF asked for; empty: all time  */
    const sk_part *parts;
    size_t n_parts;
    const sk_figure *figures; /* by part, then as-of, then claimant */
    size_t n_figures;
    const sk_claim_row *denials; /* of the whole or of parts in the period */
    size_t n_denials;
    bool has_sum;
    size_t n_summed; /* parts in the sum                  */
    sk_quantity sum;
    sk_str no_sum_why; /* in words, when there is none      */
} sk_ledger;

/* Build the ledger of one population or event.
 * period   EDTF; empty: all time
 * measure  what to count; empty: the whole's own measure
 * Ownership: in cx's arena.  Errors: SK_E_FORMAT period; SK_E_LIMIT parts deeper than 16. */
SK_MUST_USE sk_rc sk_ledger_build(sk_ctx *cx, sk_view *v, const sk_entity *whole, sk_str period,
                                  sk_str measure, sk_ledger *ret_ledger);

/* What a question names: one entity by key or name, else every population and event so named.
 * name   as asked; empty is refused
 * Ownership: in cx's arena.  Errors: SK_E_NOTFOUND; SK_E_FORMAT empty. */
SK_MUST_USE sk_rc sk_ledger_wholes(sk_ctx *cx, sk_view *v, sk_str name, sk_entity **ret_wholes,
                                   size_t *ret_n);

#endif
