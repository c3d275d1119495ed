/* A claim: claimant asserts (denies, predicts, doubts, retracts) that an entity has a property with
 * a value, resting on passages. The heart of the record.
 *
 *   entity    return-2023-10-09          what it is about
 *   property  Event:count                of which type, which property
 *   value     low 500, qualifier more-than, unit people; words "more than 500"
 *   position  asserts
 *   claimant  01 J.M. Missionary Union official        the chain, origin first
 *   carrier   Radio Free Asia                          who relayed it to us
 *   passage   01 <sha256> row 2                        what it rests on
 *
 * One signed entry of kind "claim" holds one claim; the entry's id is the claim's id. This module
 * checks drafts and turns claims into entry lines and back; the index stores and finds them.
 * Normative: docs/formats/archive.md, kind "claim". Tested by tests/unit/record/t_claim.c. */
#ifndef SK_RECORD_CLAIM_H
#define SK_RECORD_CLAIM_H

#include "archive/note.h"
#include "base/absent.h"
#include "base/edtf.h"
#include "base/quantity.h"
#include "record/model.h"

typedef enum sk_position {
    SK_CLAIM_ASSERTS,
    SK_CLAIM_DENIES,
    SK_CLAIM_PREDICTS, /* a risk, a plan, an expectation: never counted as happened */
    SK_CLAIM_DOUBTS,
    SK_CLAIM_RETRACTS, /* the claimant takes an earlier statement back */
    SK_POSITIONS
} sk_position;

const char *sk_position_name(sk_position p); /* "asserts" */
bool sk_position_find(sk_str name, sk_position *ret_position);

/* What a claim rests on: a span of an exhibit's text, or a place in it, or the whole. */
typedef struct sk_passage {
    sk_hash exhibit;
    bool has_span;
    size_t start, end; /* bytes into the exhibit's text as extracted, half-open */
    sk_str place;      /* "row 12", "page 3", "Sheet1!B2", "00:12:03"; may be empty */
    sk_str quote;      /* the words themselves; they find the span again if texts shift */
} sk_passage;

typedef struct sk_claim {
    sk_hash id;           /* of the entry; zero in a draft                            */
    sk_str entity;        /* key                                                      */
    sk_str type, prop;    /* "Event", "count"                                         */
    sk_value_type kind;   /* by the model; text when it does not know the property    */
    sk_absent absent;     /* SK_PRESENT: there is a value                             */
    sk_str value;         /* canonical text; an entity's key for links; "" for quantities */
    sk_str words;         /* as the source wrote it; empty when value says it already */
    sk_quantity quantity; /* for SK_VALUE_QUANTITY and SK_VALUE_MONEY                 */
    sk_str measure;       /* what a figure counts: "returned", "held"; may be empty   */
    sk_position position;
    const sk_str *chain; /* claimants, origin first: a name, "@key", "unnamed: analysts";
                              at least one, but in a draft                             */
    size_t n_chain;
    sk_str carrier;    /* the same forms; may be empty                             */
    sk_str said;       /* EDTF: when it was said; may be empty                     */
    sk_str asof;       /* EDTF: the state of things it speaks of; may be empty     */
    sk_str valid;      /* EDTF: while it holds (names, posts) or the period counted */
    bool used_falsely; /* an identifier or name borne without right                */
    sk_str lang;       /* of value and quote; may be empty                         */
    sk_str reference;  /* where the source can be found, when it is not an exhibit */
    sk_str note;       /* the coder's remark                                       */
    const sk_passage *passages;
    size_t n_passages;
    bool is_coded; /* entered from a table: which file, which row             */
    sk_hash coded_in;
    sk_str coded_place; /* "row 12" */
    bool has_supersedes;
    sk_hash supersedes;
    bool has_suggestion; /* a person confirmed what a machine proposed: which suggestion, by   */
    sk_hash suggestion;  /* which rule and lists, changed before, and who, see record/review.h */
    sk_str rule, lexicon, reviewer;
    bool is_edited;
    const sk_str *restrict_labels;
    size_t n_restrict;
    sk_str at, by; /* entered when, by whom: from the entry                    */
} sk_claim;

/* Check a draft and make it canonical, in place: types and properties known, dates EDTF (words are
 * understood and kept), quantities parsed from words where bounds were not given, keys and labels
 * well formed, a claimant named ("unnamed" where the source names none).
 * warn, warn_arg  called for what is odd but allowed (a weekday that does not fit); may be NULL
 * Errors: SK_E_FORMAT, SK_E_LIMIT; the message names the field and the value. */
typedef void sk_warn_fn(sk_ctx *cx, sk_str message, void *arg);
SK_MUST_USE sk_rc sk_claim_check(sk_ctx *cx, sk_claim *claim, sk_warn_fn *warn, void *warn_arg);

/* The lines of the claim's entry, in the arena. */
SK_MUST_USE sk_rc sk_claim_to_lines(sk_ctx *cx, const sk_claim *claim, const sk_line **ret_lines,
                                    size_t *ret_n);

/* Read a claim back from its entry. Lenient where sk_claim_check is strict: what an older or
 * foreign program signed is kept as text rather than refused.
 * Errors: SK_E_FORMAT when entity, property or position is missing. */
SK_MUST_USE sk_rc sk_claim_from_entry(sk_ctx *cx, const sk_entry *entry, sk_claim *ret_claim);

/* The value as people read it: words as written where there are any, else the formatted value. */
sk_str sk_claim_value_text(sk_arena *a, const sk_claim *claim);

/* Check an entity key: 1..SK_LIM_KEY_BYTES bytes, no blanks or control characters, no leading "@". */
SK_MUST_USE sk_rc sk_key_check(sk_ctx *cx, sk_str key, const char *what);

/* Check a restriction label: [a-z0-9-]{1,64}. */
SK_MUST_USE sk_rc sk_label_check(sk_ctx *cx, sk_str label);

#endif
