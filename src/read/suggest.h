/* Suggestions of exhibits: reads the texts of the index with the lexicon and stores what it proposes.
 *
 * Called after texts came into the index (`add`, `reindex`, opening an archive whose suggestions are
 * of an older lexicon). What a reading becomes is told in docs/methods/review.md:
 *
 *   act        an Act with act, perpetrator, victim, location, date, count, cargo; who says it, in a chain
 *   name       a name of a person, body, state or place that the text introduces; once an exhibit
 *   quantity   a figure of the people it counts
 *   statement  what a named source calls for
 *
 * A modality other than happened becomes the position predicts or denies, never asserts; a call becomes
 * a statement of who calls. An actor whom the text does not name stays open; a pronoun's is a candidate.
 * Threads: as the index. Tested by tests/unit/read/t_suggest.c. */
#ifndef SK_READ_SUGGEST_H
#define SK_READ_SUGGEST_H

#include "read/reading.h"
#include "record/suggestion.h"

/* What a reading of an exhibit's text proposes. Everything in cx's arena.
 * exhibit   its hash: part of every id
 * Cost: linear in the reading. */
void sk_suggest_from_reading(sk_ctx *cx, const sk_reading *r, const sk_hash *exhibit,
                             sk_suggestion_set *ret_set);

/* What came of it, for who tells people. */
typedef struct sk_suggest_report {
    uint64_t exhibits, suggestions, silences;
    uint64_t cut; /* exhibits of which only SK_LIM_SUGGEST_TEXT_BYTES or nothing was read */
} sk_suggest_report;

/* Read every exhibit whose text was not yet read by this lexicon, in transactions of many.
 * ret_report   may be NULL
 * Cost: by the suggestions more than by the bytes: `sillok add` of 3.9 MB of news with 54,000 of them
 * took 7.5 s of processor time, reading alone 0.5 s a MB of it (docs/methods/reading.md).
 * Errors: those of the index; SK_E_CANCELLED. A text that cannot be read is noted with its exhibit. */
SK_MUST_USE sk_rc sk_suggest_pending(sk_ctx *cx, sk_suggest_report *ret_report);

#endif
