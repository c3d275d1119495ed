/* The record as FollowTheMoney: statements (CSV) and entities (JSON lines).
 *
 * FollowTheMoney says which dataset holds a value. It cannot say who claims it, deny, predict or
 * doubt, bound a number or blur a date, and its readers take every value for asserted. So exports
 * are split: the plain part holds what its readers understand and may believe; the rest (denials,
 * predictions, doubts, retractions, identifiers borne falsely, missing values, figures, roles,
 * vague dates) stands in a second file of statements, and in entities under property names that
 * begin with "sillok:", which its readers skip.
 *
 * model/ftm.map says which of our types and properties become which of theirs.
 * Normative: docs/formats/ftm.md. Tests: tests/unit/exchange/t_ftm.c, t_ftm_map.c. */
#ifndef SK_EXCHANGE_EXPORT_FTM_H
#define SK_EXCHANGE_EXPORT_FTM_H

#include "exchange/sink.h"
#include "record/view.h"

typedef struct sk_ftm_options {
    sk_str dataset;    /* name of the dataset: [a-z0-9_]{1,64}; empty: "sillok_" and 8 digits of the
                          archive's id */
    bool theirs_alone; /* no columns and no key of ours: smaller by half, and who says what stays
                          here */
} sk_ftm_options;

typedef struct sk_ftm_summary {
    uint64_t entities, claims;
    uint64_t plain, rest;    /* claims in the plain part; in the rest alone                 */
    uint64_t clusters_apart; /* clusters whose members FollowTheMoney could not merge: each of
                                 them keeps its own id as canonical_id                       */
} sk_ftm_summary;

/* Statements: plain for everybody; rest (may be NULL: counted only) for readers who know us.
 * Both are sorted by canonical id, entity, then as claimed; one row a claim.
 * options and ret_summary may be NULL.
 * Memory: a line for each entity, and the claims of one cluster.
 * Errors: SK_E_FORMAT bad dataset name; those of the sinks and of the record. */
SK_MUST_USE sk_rc sk_export_ftm_statements(sk_ctx *cx, sk_view *v, const sk_ftm_options *options,
                                           const sk_sink *plain, const sk_sink *rest,
                                           sk_ftm_summary *ret_summary);

/* Entities: one JSON object a line, sorted by canonical id and key; members of a cluster stand
 * apart, each with the others as referents. Memory and errors as above. */
SK_MUST_USE sk_rc sk_export_ftm_entities(sk_ctx *cx, sk_view *v, const sk_ftm_options *options,
                                         const sk_sink *sink, sk_ftm_summary *ret_summary);

#endif
