/* Reading the record: entries, exhibits, entities, claims. Every function takes a view.
 *
 * Names resolve as people type them: an entity by key or by name, hashes by a prefix of at least
 * six hex digits. A name that fits several things is SK_E_AMBIGUOUS and the message lists them; one
 * that fits nothing the view shows is SK_E_NOTFOUND, in the same words whether it is hidden or not
 * there at all.
 *
 * Claims are read from their signed entries, not from the index, which only finds them; those of
 * an import, which stand for rows of a signed file, are read from the index.
 * Ownership: everything returned lives in cx's arena. */
#ifndef SK_RECORD_READ_H
#define SK_RECORD_READ_H

#include "record/claim.h"
#include "record/view.h"

/* ---- entries ---- */

typedef struct sk_entry_row {
    sk_hash id;
    sk_str kind, at, by;
    sk_entry_place place;
} sk_entry_row;

/* Newest first (by log position); kind may be empty for all. Entries about hidden things are absent.
 * limit   0: no limit */
SK_MUST_USE sk_rc sk_entries_list(sk_ctx *cx, sk_view *v, sk_str kind, uint64_t limit,
                                  sk_entry_row **ret_rows, size_t *ret_n);
SK_MUST_USE sk_rc sk_entry_find(sk_ctx *cx, sk_view *v, sk_str hash_prefix, sk_entry_row *ret_row);
SK_MUST_USE sk_rc sk_entry_load(sk_ctx *cx, sk_view *v, const sk_entry_row *row,
                                sk_entry *ret_entry);

/* ---- exhibits ---- */

typedef struct sk_capture {
    sk_hash entry;
    sk_str name, url, captured, captured_by, rights, method, at, by;
} sk_capture;

typedef struct sk_exhibit {
    int64_t row; /* of the index; meaningless elsewhere */
    sk_hash hash;
    uint64_t size_bytes;
    bool is_read; /* the extractor has looked at it */
    sk_outcome outcome;
    sk_str note, reader, media, charset, title, lang;
    sk_str name; /* of its first capture           */
    const sk_capture *captures;
    size_t n_captures;
} sk_exhibit;

/* By hash prefix or by the file name it was captured under. */
SK_MUST_USE sk_rc sk_exhibit_find(sk_ctx *cx, sk_view *v, sk_str name, sk_exhibit *ret_exhibit);
SK_MUST_USE sk_rc sk_exhibit_get(sk_ctx *cx, sk_view *v, const sk_hash *hash,
                                 sk_exhibit *ret_exhibit);
SK_MUST_USE sk_rc sk_exhibits_list(sk_ctx *cx, sk_view *v, sk_exhibit **ret_list, size_t *ret_n);

typedef struct sk_text_block {
    sk_block_kind kind;
    size_t start, end; /* bytes into the exhibit's text */
    uint32_t page;
    uint64_t orig_start, orig_end;
    sk_str place, text;
} sk_text_block;

/* The text of an exhibit, block by block in order. */
SK_MUST_USE sk_rc sk_exhibit_text(sk_ctx *cx, sk_view *v, const sk_exhibit *x,
                                  sk_text_block **ret_blocks, size_t *ret_n);

/* False when some of its text is hidden from the view: its bytes must then not be handed out. */
SK_MUST_USE sk_rc sk_exhibit_is_whole(sk_ctx *cx, sk_view *v, const sk_exhibit *x, bool *ret_whole);

typedef struct sk_stated {
    sk_str what, edtf, words;
} sk_stated;
SK_MUST_USE sk_rc sk_exhibit_stated(sk_ctx *cx, sk_view *v, const sk_exhibit *x,
                                    sk_stated **ret_list, size_t *ret_n);

/* Find quoted words in an exhibit's text; blanks and line ends count as one blank, typographic
 * quotes as plain ones. Errors: SK_E_NOTFOUND, SK_E_AMBIGUOUS (several places, listed). */
SK_MUST_USE sk_rc sk_quote_find(sk_ctx *cx, sk_view *v, const sk_exhibit *x, sk_str quote,
                                size_t *ret_start, size_t *ret_end);

/* ---- entities ---- */

typedef struct sk_entity {
    int64_t row, cluster; /* of the index; meaningless elsewhere       */
    sk_str key;
    sk_str type;    /* most specific type among visible claims   */
    sk_str caption; /* a visible name, or the key                */
} sk_entity;

/* By "@key", key, or exactly by name (folded). */
SK_MUST_USE sk_rc sk_entity_find(sk_ctx *cx, sk_view *v, sk_str name, sk_entity *ret_entity);

/* All that bear exactly this name (folded), by key; of those judged to be one, the first. None is no
 * error. */
SK_MUST_USE sk_rc sk_entities_named(sk_ctx *cx, sk_view *v, sk_str name, sk_entity **ret_list,
                                    size_t *ret_n);

/* Those of a type (or a narrower one) one of whose visible names contains the words, by caption.
 * type and words may be empty. limit 0: none. */
SK_MUST_USE sk_rc sk_entities_list(sk_ctx *cx, sk_view *v, sk_str type, sk_str words,
                                   uint64_t limit, sk_entity **ret_list, size_t *ret_n);

/* All members of the entity's cluster that the view shows, itself included, by key. */
SK_MUST_USE sk_rc sk_entity_members(sk_ctx *cx, sk_view *v, const sk_entity *e,
                                    sk_entity **ret_list, size_t *ret_n);

/* What to print for a key or a chain member: a name the view shows, else the text itself.
 * Errors stay recorded in cx: who builds an answer of captions looks at cx->rc at its end. */
sk_str sk_entity_caption(sk_ctx *cx, sk_view *v, sk_str key);
sk_str sk_claimant_text(sk_ctx *cx, sk_view *v, sk_str chain_member);

/* ---- claims ---- */

typedef struct sk_claim_row {
    sk_claim claim;
    int64_t row, entity; /* of the index */
    bool retracted, superseded;
    bool is_derived; /* by an import (record/import.h): it has no entry of its own */
} sk_claim_row;

typedef enum sk_claim_flags {
    SK_CLAIMS_CURRENT = 0, /* neither retracted nor superseded */
    SK_CLAIMS_HISTORY = 1  /* all                              */
} sk_claim_flags;

SK_MUST_USE sk_rc sk_claim_find(sk_ctx *cx, sk_view *v, sk_str hash_prefix, sk_claim_row *ret_row);

/* All claims about the members of e's cluster, by property, then entry time. */
SK_MUST_USE sk_rc sk_claims_about(sk_ctx *cx, sk_view *v, const sk_entity *e, sk_claim_flags flags,
                                  sk_claim_row **ret_rows, size_t *ret_n);

/* All claims with that property whose value links to e's cluster ("what points here"). prop may be
 * empty for any. */
SK_MUST_USE sk_rc sk_claims_linking(sk_ctx *cx, sk_view *v, const sk_entity *e, sk_str prop,
                                    sk_claim_row **ret_rows, size_t *ret_n);

/* All claims that rest on an exhibit, by place in its text. */
SK_MUST_USE sk_rc sk_claims_on(sk_ctx *cx, sk_view *v, const sk_exhibit *x, sk_claim_row **ret_rows,
                               size_t *ret_n);

/* Every current claim the view shows, in log order, one at a time with constant memory. */
typedef sk_rc sk_claim_fn(sk_ctx *cx, const sk_claim_row *row, void *arg);
SK_MUST_USE sk_rc sk_claims_each(sk_ctx *cx, sk_view *v, sk_claim_flags flags, sk_claim_fn *fn,
                                 void *arg);

/* ---- judgements ---- */

typedef struct sk_judgement {
    sk_hash id;
    sk_str a, b; /* keys */
    sk_str verdict, reason, at, by;
    bool undone, blocked;
} sk_judgement;

/* Judgements that touch e's cluster; all of the archive when e is NULL. By time. */
SK_MUST_USE sk_rc sk_judgements_list(sk_ctx *cx, sk_view *v, const sk_entity *e,
                                     sk_judgement **ret_list, size_t *ret_n);

typedef struct sk_counts {
    uint64_t entries, exhibits, claims, entities, judgements;
    uint64_t unsure;        /* judgements that leave a pair open */
    uint64_t exhibit_bytes; /* as preserved */
} sk_counts;
SK_MUST_USE sk_rc sk_counts_get(sk_ctx *cx, sk_view *v, sk_counts *ret_counts);

#endif
