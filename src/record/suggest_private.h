/* What the files of suggestions and reviewing share, and nobody else sees. */
#ifndef SK_RECORD_SUGGEST_PRIVATE_H
#define SK_RECORD_SUGGEST_PRIVATE_H

#include "base/buf.h"
#include "record/review.h"
#include "record/view_private.h"

/* The stored form of what has no column: subject, proposals, claimants and the rest. Texts are
 * "<bytes>:<text>", numbers "<digits>,": nothing needs escaping, and equal things pack equally. */
void sk_suggestion__pack(sk_buf *b, const sk_suggestion *s);

/* Fill the fields that sk_suggestion__pack wrote. Strings point into body.
 * Errors: SK_E_INTEGRITY: the index is damaged. */
SK_MUST_USE sk_rc sk_suggestion__unpack(sk_ctx *cx, sk_str body, sk_suggestion *s);

/* Bring suggestion.state up to date with the decisions that came or were taken back. */
SK_MUST_USE sk_rc sk_index__settle_decisions(sk_ctx *cx, sk_index *ix);

struct sk_review {
    sk_view *view;
    sk_rule_stats *stats;
    size_t n_stats;
};

/* In SQL, of a suggestion s: is it in the hidden tier, by its own or by its rule's rate? The table is
 * filled by sk_review_open. */
#define HIDDEN                                                                             \
    "(s.tier > 3 OR EXISTS (SELECT 1 FROM temp.hidden_rule h WHERE h.view = ?1 AND h.rule" \
    " = s.rule))"

/* Whom a party stands for, as this view has it: key, is_new, bearers (review_party.c). */
SK_MUST_USE sk_rc sk_party__resolve(sk_ctx *cx, sk_view *v, const sk_hash *exhibit, sk_party *p);

/* The party that people mean by what they typed: "@key", or a name of type. */
SK_MUST_USE sk_rc sk_party__typed(sk_ctx *cx, sk_view *v, const sk_hash *exhibit, sk_str type,
                                  sk_str typed, sk_party *ret_party);

/* Claims in the making: one decision's worth (review_draft.c). */
typedef struct sk_draft {
    sk_claim common;   /* what all its claims share                              */
    sk_party subject;  /* what they are about                                    */
    sk_claim *claims;  /* in the order of the proposals                          */
    sk_party *targets; /* of each claim: whom its link names; type empty if none */
    size_t n, cap;
    bool is_edited;
} sk_draft;

/* The claims of a suggestion, with edits. Errors as sk_review_confirm. */
SK_MUST_USE sk_rc sk_draft__from_suggestion(sk_ctx *cx, sk_view *v, const sk_suggestion *s,
                                            const sk_edit *edits, size_t n_edits,
                                            sk_draft *ret_draft);

/* One claim of type:prop with a value as typed. */
SK_MUST_USE sk_rc sk_draft__add_typed(sk_ctx *cx, sk_view *v, const sk_hash *exhibit, sk_draft *d,
                                      sk_str type, sk_str prop, sk_str value);

/* A chain as typed: "two girls > Human Rights Watch". */
SK_MUST_USE sk_rc sk_draft__chain(sk_ctx *cx, sk_str typed, sk_claim *c);

#endif
