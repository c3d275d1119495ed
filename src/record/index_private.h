/* What the files of record/ share about the index, and nobody else sees. */
#ifndef SK_RECORD_INDEX_PRIVATE_H
#define SK_RECORD_INDEX_PRIVATE_H

#include "record/claim.h"
#include "record/index.h"
#include "record/model.h"
#include "record/sql.h"

struct sk_intern; /* text -> row number, for the small tables of repeated texts */
struct sk_entity_slot;

struct sk_index {
    sk_db db;
    sk_archive *archive; /* borrowed */
    const sk_model *model;
    sk_arena arena;                   /* lives as long as the index */
    struct sk_intern *words, *chains; /* uthash maps, see intern.c */
    struct sk_entity_slot *entities;  /* a small cache of entity rows, see apply.c */
    bool was_rebuilt;
    bool texts_changed; /* documents were put since the transaction began           */
    bool claims_came;   /* derived claims were put or taken out likewise            */
    int64_t next_view;
    uint64_t applied; /* entries applied since the index was opened */
};

/* State bits of claims and judgements. */
enum { SK_STATE_RETRACTED = 1, SK_STATE_SUPERSEDED = 2, SK_STATE_BLOCKED = 4 };

/* Kind of a unit beyond sk_block_kind. */
enum { SK_UNIT_CLAIM = 4 };

/* The row of a text in word (made if absent), and of a claimant chain with its members. */
SK_MUST_USE sk_rc sk_index__word(sk_ctx *cx, sk_index *ix, sk_str text, int64_t *ret_id);
SK_MUST_USE sk_rc sk_index__chain(sk_ctx *cx, sk_index *ix, const sk_str *members, size_t n,
                                  int64_t *ret_id);

/* The row of an entity by key (made if absent), with type as one of the types it was claimed. */
SK_MUST_USE sk_rc sk_index__entity(sk_ctx *cx, sk_index *ix, sk_str key, sk_str type,
                                   int64_t *ret_id);

/* True when type a says more than type b: deeper in the model, then earlier in the alphabet. A total
 * order, so that the outcome does not depend on which claim came first. */
bool sk_index__says_more(const sk_model *m, sk_str a, sk_str b);

/* The row of an exhibit by hash (made if absent: claims may name what was never captured). */
SK_MUST_USE sk_rc sk_index__exhibit(sk_ctx *cx, sk_index *ix, const sk_hash *sha256,
                                    int64_t *ret_id);

/* The row after the last unit. */
SK_MUST_USE sk_rc sk_index__next_unit(sk_ctx *cx, sk_index *ix, int64_t *ret_row);

/* Drop the caches of row numbers: after a rollback, and before trusting another process's rows. */
void sk_index__forget(sk_index *ix);

/* Apply one entry: an sk_entry_fn whose arg is the index. */
sk_rc sk_index__apply(sk_ctx *cx, const sk_entry *entry, const sk_entry_place *place, void *arg);

/* The rows of a claim whose entry row is there: claim, passages, words. */
SK_MUST_USE sk_rc sk_index__put_claim(sk_ctx *cx, sk_index *ix, int64_t row, const sk_claim *c);

/* ---- imports: import.c, derived.c ---- */

struct sk_import_draft;

/* The rows of an import's entry; one that cannot be understood makes none. */
SK_MUST_USE sk_rc sk_index__put_import(sk_ctx *cx, sk_index *ix, int64_t row, const sk_entry *e);

/* Read an import back from its entry. Errors: SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_import__from_entry(sk_ctx *cx, const sk_entry *e,
                                        struct sk_import_draft *ret_draft);

/* Which imports count; takes the claims of those that do not out of the index. */
SK_MUST_USE sk_rc sk_index__settle_imports(sk_ctx *cx, sk_index *ix);

/* Take the claims of an import out, with everything that only they brought in. */
SK_MUST_USE sk_rc sk_index__take_out(sk_ctx *cx, sk_index *ix, int64_t import);

/* Lines of a derived claim from its row; at and by as its import's. */
SK_MUST_USE sk_rc sk_index__derived_claim(sk_ctx *cx, sk_index *ix, int64_t row,
                                          sk_claim *ret_claim);

/* Bring everything that depends on several entries up to date: retractions, clusters, restrictions. */
SK_MUST_USE sk_rc sk_index__settle(sk_ctx *cx, sk_index *ix);
SK_MUST_USE sk_rc sk_index__settle_labels(sk_ctx *cx, sk_index *ix); /* after texts came in */
SK_MUST_USE sk_rc sk_index__cluster(sk_ctx *cx, sk_index *ix);

SK_MUST_USE sk_rc sk_meta_get(sk_ctx *cx, sk_index *ix, const char *key, int64_t *ret_value);
SK_MUST_USE sk_rc sk_meta_set(sk_ctx *cx, sk_index *ix, const char *key, int64_t value);

#endif
