/* Reviewing: the queue of suggestions, and what a person decides of them.
 *
 *     sk_review *rv;
 *     SK_TRY(sk_review_open(cx, view, &rv));
 *     sk_review_filter f = {.exhibit = &x.hash};
 *     rc = sk_review_next(cx, rv, &f, NULL, &s);             first that waits; SK_E_NOTFOUND: none
 *     SK_TRY(sk_review_confirm(cx, rv, &s, NULL, 0, &d));    appended, not yet committed
 *     SK_TRY(sk_record_commit(cx));                          now it is on disk and in the index
 *     rc = sk_review_next(cx, rv, &f, &s.id, &s);            the one behind it
 *
 * Deciding appends signed entries, as record/write.h does: cx->archive is open for writing, any number
 * of decisions, then one sk_record_commit. The person who decides is cx->user (nobody: the owner).
 *
 *   confirm   `claim` entries with the suggestion's id, rule, lexicon, and whether it was edited
 *   reject    one `reject` entry; no reason is asked
 *   undo      `retract` entries for those of a decision; the suggestion waits again
 *   skip      nothing is written: ask for the next one behind it
 *
 * All reading is through the view: what it hides is neither queued nor counted, and takes no part in
 * the rates of rules. An sk_review holds the rates as they were when it was opened; decisions made
 * meanwhile show in states and counts after the commit, in rates when it is opened again.
 * Ownership: in cx's arena; nothing to close; not valid after its view was closed. After a commit open
 * view and review anew when restrictions may have changed.
 * Threads: as the view. Tested by tests/unit/record/t_review.c. */
#ifndef SK_RECORD_REVIEW_H
#define SK_RECORD_REVIEW_H

#include "record/read.h"
#include "record/suggestion.h"

typedef struct sk_review sk_review;

SK_MUST_USE sk_rc sk_review_open(sk_ctx *cx, sk_view *v, sk_review **ret_review);

/* ---- the queue ---- */

/* Which suggestions. Zeroed: every kind that waits and is not hidden, of all exhibits. */
typedef struct sk_review_filter {
    const sk_hash *exhibit; /* NULL: all                                                     */
    unsigned kinds;         /* bits 1u << sk_suggest_kind; 0: every kind                     */
    unsigned tier_most;     /* weakest tier wanted; 0: 3. 4 shows the hidden ones too        */
    sk_str rule;            /* made by this rule only; empty: any                            */
    sk_str origin;          /* "rule", "model:<name>"; "model" for every model; empty: any   */
    bool decided;           /* those decided, too: for marks in a text, and for looking back */
} sk_review_filter;

/* The suggestion behind `after` in the order of exhibits and texts; NULL: the first. `after` need not
 * fit the filter, nor wait any more.
 * Errors: SK_E_NOTFOUND, not recorded: there is none; recorded: no suggestion `after`. */
SK_MUST_USE sk_rc sk_review_next(sk_ctx *cx, sk_review *rv, const sk_review_filter *filter,
                                 const sk_hash *after, sk_suggestion *ret_suggestion);

/* The one in front of it; NULL: the last. */
SK_MUST_USE sk_rc sk_review_previous(sk_ctx *cx, sk_review *rv, const sk_review_filter *filter,
                                     const sk_hash *before, sk_suggestion *ret_suggestion);

/* By id, whatever its state and tier. Errors: SK_E_NOTFOUND. */
SK_MUST_USE sk_rc sk_review_get(sk_ctx *cx, sk_review *rv, const sk_hash *id,
                                sk_suggestion *ret_suggestion);

/* The same by the first 6 to 64 digits of an id. Errors: SK_E_NOTFOUND, SK_E_AMBIGUOUS, SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_review_find(sk_ctx *cx, sk_review *rv, sk_str id_prefix,
                                 sk_suggestion *ret_suggestion);

/* All that fit, in order: for one exhibit's marks. limit 0: none. Cost: some 100 us each. */
SK_MUST_USE sk_rc sk_review_list(sk_ctx *cx, sk_review *rv, const sk_review_filter *filter,
                                 uint64_t limit, sk_suggestion **ret_list, size_t *ret_n);

/* Sentences of an exhibit with an act word and no suggestion, in order. A sentence in which a claim
 * was entered since is not among them. */
SK_MUST_USE sk_rc sk_review_silences(sk_ctx *cx, sk_review *rv, const sk_exhibit *x,
                                     sk_silence **ret_list, size_t *ret_n);

/* A claimant as a chain writes it: "@key", a name, "unnamed: two girls". In the arena. */
sk_str sk_party_claimant(sk_ctx *cx, const sk_party *p);

/* ---- what awaits ---- */

typedef struct sk_review_counts {
    uint64_t waits[SK_SUGGEST_KINDS]; /* not hidden; by sk_suggest_kind              */
    uint64_t all;                     /* their sum                                   */
    uint64_t hidden;                  /* wait too, in the hidden tier                */
    uint64_t decided;                 /* confirmed, edited, rejected                 */
    uint64_t silences;                /* sentences with an act word, nothing proposed */
} sk_review_counts;

/* Of one exhibit, or of all (exhibit NULL). Cost: milliseconds, by an index. */
SK_MUST_USE sk_rc sk_review_count(sk_ctx *cx, sk_review *rv, const sk_hash *exhibit,
                                  sk_review_counts *ret_counts);

/* Exhibits with suggestions or silences, those with the most that awaits first. */
typedef struct sk_review_exhibit {
    sk_hash exhibit;
    sk_str name, title;
    sk_str note; /* what of it was not read, and why; empty: all was */
    sk_review_counts counts;
} sk_review_exhibit;
SK_MUST_USE sk_rc sk_review_exhibits(sk_ctx *cx, sk_review *rv, sk_review_exhibit **ret_list,
                                     size_t *ret_n);

/* ---- deciding ---- */

/* A change before confirming. Values are written as people type them in claim files: dates as EDTF or
 * words, "@key" or a name for a link (an entity that bears it, else a new one), "at least 17". */
typedef enum sk_edit_what {
    SK_EDIT_VALUE,    /* proposals[i] gets another value, not an empty one: DROP it instead     */
    SK_EDIT_DROP,     /* proposals[i] is not claimed                                           */
    SK_EDIT_TAKE,     /* proposals[i], a candidate, is claimed; value may be empty: as it is   */
    SK_EDIT_ADD,      /* one more claim of the subject: prop, value                            */
    SK_EDIT_SUBJECT,  /* what is claimed of is value: "@key", or a name                        */
    SK_EDIT_CLAIMANT, /* who says it: a chain as in claim files, "two girls > Human Rights Watch";
                         the exhibit stays its carrier                                         */
    SK_EDIT_POSITION, /* "denies" ...; never asserts or doubts for what did not happen         */
    SK_EDIT_SAID,     /* when it was said                                                      */
    SK_EDIT_NOTE,     /* a remark on each claim                                                */
    SK_EDITS
} sk_edit_what;

typedef struct sk_edit {
    sk_edit_what what;
    size_t i;    /* proposal, where one is meant */
    sk_str prop; /* SK_EDIT_ADD: "victim"        */
    sk_str value;
} sk_edit;

typedef struct sk_decision {
    sk_hash suggestion;
    const sk_hash *entries; /* claims that it became, in the order of the proposals and names of new
                               entities behind them; the one `reject` entry; what retracts them */
    size_t n_entries;
} sk_decision;

/* Confirm, as it is (n_edits 0) or edited: one claim for each proposal that is no candidate, and a name
 * for each new entity. SK_EDIT_NOTE alone is no editing.
 * Errors: SK_E_CONFLICT decided already; SK_E_FORMAT an edit, named with its value; SK_E_DENIED the
 * position would make what did not happen happen: enter a claim of your own instead. */
SK_MUST_USE sk_rc sk_review_confirm(sk_ctx *cx, sk_review *rv, const sk_suggestion *s,
                                    const sk_edit *edits, size_t n_edits,
                                    sk_decision *ret_decision);

/* Reject some suggestions of one exhibit. reason: may be empty; people are not made to give one.
 * Errors: SK_E_CONFLICT one is decided already; SK_E_FORMAT of several exhibits; SK_E_LIMIT more
 * than SK_LIM_REJECTED. */
SK_MUST_USE sk_rc sk_review_reject(sk_ctx *cx, sk_review *rv, const sk_suggestion *list, size_t n,
                                   sk_str reason, sk_decision *ret_decision);

/* The suggestion of the last decision of cx->user that stands and that the view shows, of those still
 * proposed: who reviews goes on behind it. Errors: SK_E_NOTFOUND, not recorded: there is none. */
SK_MUST_USE sk_rc sk_review_last(sk_ctx *cx, sk_review *rv, sk_hash *ret_id);

/* Take back a decision.
 * id       the suggestion, proposed still or no longer; NULL: the last decision of cx->user that stands
 *          and that the view shows
 * Errors: SK_E_NOTFOUND there is none. */
SK_MUST_USE sk_rc sk_review_undo(sk_ctx *cx, sk_review *rv, const sk_hash *id,
                                 sk_decision *ret_decision);

/* Which suggestions of an exhibit are sure enough to be confirmed together: names of tier 1 that rules
 * made. Dates stand inside their acts; acts, people they accuse and figures are never taken so. */
sk_review_filter sk_review_sure(const sk_hash *exhibit);

/* Confirm all of them that wait, in one exhibit.
 * exhibit   required
 * ret_n     how many suggestions were confirmed */
SK_MUST_USE sk_rc sk_review_accept_all(sk_ctx *cx, sk_review *rv, const sk_hash *exhibit,
                                       size_t *ret_n);

/* ---- a claim of one's own, from a selection ---- */

/* What a person enters of a span of the text: acts and others alike, as quick as confirming.
 *   type      of the subject: "Act", "Person", "Population" ...
 *   subject   "@key" or a name; empty: a new act, keyed by the span
 *   fields    prop and value, as typed: {"act", "life.killing"}, {"victim", "@workers"} ...
 *   claimant  a chain; empty: the exhibit
 *   position  empty: asserts */
typedef struct sk_selection {
    const sk_hash *exhibit;
    size_t start, end;
    sk_str type, subject;
    const sk_edit *fields; /* prop and value are read, nothing else */
    size_t n_fields;
    sk_str claimant, position, said, note;
} sk_selection;

/* Errors: SK_E_FORMAT a field, named with its value, or a span outside the text. */
SK_MUST_USE sk_rc sk_review_add(sk_ctx *cx, sk_review *rv, const sk_selection *sel,
                                sk_decision *ret_decision);

/* ---- how rules fare ---- */

typedef struct sk_rule_stats {
    sk_str rule;
    unsigned tier;    /* the best it gave; 0: nothing of it is in the index now  */
    uint64_t offered; /* suggestions of it, waiting or decided                   */
    uint64_t confirmed, edited, rejected;
    uint64_t decided; /* their sum; skipping is no decision                      */
    double rate;      /* (confirmed + edited) / decided; 0 when none is          */
    double low, high; /* Wilson interval of the rate, 95 %; 0 and 1 when none is */
    bool is_hidden;   /* decided >= SK_REVIEW_ENOUGH and rate < SK_REVIEW_FLOOR  */
} sk_rule_stats;

enum { SK_REVIEW_ENOUGH = 20 };
#define SK_REVIEW_FLOOR 0.70

/* By rule name, as at opening. Borrowed from the review. */
void sk_review_stats(const sk_review *rv, const sk_rule_stats **ret_list, size_t *ret_n);

/* Wilson's score interval for k of n at 95 %. */
void sk_wilson(uint64_t k, uint64_t n, double *ret_low, double *ret_high);

#endif
