/* Screening: who in the lists may be the person asked for, in order, with the reason.
 *
 *     sk_screener *sc = sk_screener_new(sight, &options);
 *     SK_TRY(sk_screener_run(cx, sc, &query, &hits, &n));
 *     sk_screener_free(sc);
 *
 * Candidates (candidates.h) are compared by match/ and ordered by score, then evidence, then list and
 * key, so that equal questions have equal answers. Beside the score stand the odds that the entry is
 * the one asked for: the evidence, and what was believed before looking. That is stated, not learned:
 * of `prior` of those asked for (one in a hundred unless said otherwise) some entry is the right one,
 * and each entry is as likely as any other:
 *
 *     odds = exp(evidence) * prior / number of entries screened against
 *
 * where a name alone is worth at most SK_SCREEN_NAME_NATS: however rare, it has more bearers than are
 * written down.
 *
 * An alert is a hit whose score reaches the threshold. It is a question to a person, never a verdict.
 *
 * Invariants: a query sees what its sight sees. Threads: a screener belongs to one thread.
 * Method: docs/methods/screening.md. Tested in tests/unit/screen/t_rank.c. */
#ifndef SK_SCREEN_SCREEN_H
#define SK_SCREEN_SCREEN_H

#include "match/asked.h"
#include "screen/candidates.h"

#define SK_SCREEN_THRESHOLD 0.70 /* from which a hit is an alert  */
#define SK_SCREEN_PRIOR     0.01 /* of those asked for are listed */
#define SK_SCREEN_NAME_NATS 12   /* a name is worth no more to the odds: one bearer in 160,000 */
#define SK_SCREEN_LIMIT     5    /* hits of one query             */
#define SK_SCREEN_BY_NUMBER 0.90 /* of its bearer, when a number alone was asked for */
#define SK_SCREEN_CUTOFF    0.30 /* below it a hit is not told    */

typedef struct sk_screen_options {
    double threshold; /* hits from here on are alerts                    */
    double cutoff;    /* hits below are left out                         */
    double prior;     /* 0..1                                            */
    size_t limit;     /* at most SK_LIM_SCREEN_RESULTS                   */
    sk_str type;      /* only entities of this type or a narrower one; may be empty */
} sk_screen_options;

#define SK_SCREEN_OPTIONS                                  \
    ((sk_screen_options){.threshold = SK_SCREEN_THRESHOLD, \
                         .cutoff = SK_SCREEN_CUTOFF,       \
                         .prior = SK_SCREEN_PRIOR,         \
                         .limit = SK_SCREEN_LIMIT})

/* Who is asked for in words (match/asked.h), ready to be compared. */
typedef struct sk_screen_query {
    sk_match_entity entity;
    const sk_name *const *names;
    size_t n_names;
    const sk_str *ids;
    size_t n_ids;
    const sk_str *warnings; /* values that were not understood and say nothing now */
    size_t n_warnings;
    sk_str canonical; /* all of it as one text, for the log */
} sk_screen_query;

/* Dates in words ("12 June 1963", "around 1963") and names of countries are understood.
 * is_row  of a table: a date, country, gender or number that is not understood is a warning and says
 *         nothing; so do more than SK_MATCH_VALUES of a kind
 * Owner: cx's arena. Errors: SK_E_FORMAT no name and no number; unless is_row a value that is not
 * understood, with what to write; SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_screen_query_read(sk_ctx *cx, const sk_asked *words, bool is_row,
                                       sk_screen_query *ret_query);

typedef struct sk_screen_hit {
    sk_screen_ref ref;
    const sk_sight_copy *list; /* of the value that matched best            */
    sk_str key, type;
    sk_str name;    /* the entry's name that matched                   */
    sk_str caption; /* what it is called first; may be the same        */
    double score, odds;
    bool alert;  /* the score reaches the threshold              */
    bool is_cut; /* either side has more names, dates, countries or numbers, or a longer name, than
                    are compared                             */
    sk_match_entity entity;
    sk_match_result result;
} sk_screen_hit;

typedef struct sk_screener sk_screener;

sk_screener *sk_screener_new(const sk_sight *sight, const sk_screen_options *options);
void sk_screener_free(sk_screener *sc); /* NULL is fine */

/* Screen one query. Owner: cx's arena; names and texts are the index's.
 * Cost: a candidate query and some hundred comparisons. Errors: none but those of cx. */
SK_MUST_USE sk_rc sk_screener_run(sk_ctx *cx, sk_screener *sc, const sk_screen_query *query,
                                  const sk_screen_hit **ret_hits, size_t *ret_n);

/* The same without the limit: all hits from the cutoff on, to be counted before they are cut. */
SK_MUST_USE sk_rc sk_screener_run_all(sk_ctx *cx, sk_screener *sc, const sk_screen_query *query,
                                      const sk_screen_hit **ret_hits, size_t *ret_n);

/* How many entities are screened against. */
size_t sk_screener_count(const sk_screener *sc);

/* The reason in one line: `"Kim Jong-wook" and "김정욱" are one Korean name; born 1963 and
 * 1963-02-01`. Owner: cx's arena. */
sk_str sk_screen_reason(sk_ctx *cx, const sk_screener *sc, const sk_screen_query *query,
                        const sk_screen_hit *hit);

/* One feature of the reason. source: where the list says it, "INDIVIDUAL 12"; may be empty. */
typedef struct sk_screen_reason_part {
    const char *feature, *finding;
    sk_str detail, query, entry, source;
    double nats;
} sk_screen_reason_part;

size_t sk_screen_reasons(sk_ctx *cx, const sk_screener *sc, const sk_screen_query *query,
                         const sk_screen_hit *hit, const sk_screen_reason_part **ret_parts);

/* "1 : 340", "12 : 1". Owner: the arena. */
sk_str sk_screen_odds_text(sk_arena *a, double odds);

#endif
