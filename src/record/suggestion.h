/* Suggestions: what the machine proposes to claim of an exhibit, waiting for a person.
 *
 *   exhibit      article.html, bytes 1204-1391 of its text (the sentence)
 *   kind         act: movement.forced-return          rule act:active, tier 2, lexicon 5f0e...
 *   modality     reported                             position asserts
 *   says whom    two girls > Human Rights Watch       carrier: the exhibit itself
 *   subject      a new act                            act-3f9a2b7c11d0
 *   proposals    Act:act          movement.forced-return    bytes 1240-1254
 *                Act:perpetrator  China (state)             bytes 1204-1209
 *                Act:victim       North Korean escapees     bytes 1255-1276
 *                Act:date         2023-10-09                bytes 1301-1310
 *
 * Suggestions are derived: read/suggest.h makes them of the texts, the index keeps them, a rebuild
 * makes them again to the same ids. They are never signed, counted, exported or published. A person
 * decides (record/review.h); decisions are signed entries and name the suggestion by its id.
 *
 * The id is a hash over the exhibit, the spans and what is claimed, and not over rule, tier or
 * lexicon: what a later lexicon proposes again is the same suggestion, and stays decided.
 * A suggestion is stored with names; which entity of the record bears a name is looked up through
 * the view of whoever reads it, so that nothing hidden shows and the order of entries is no matter.
 *
 * Invariants: spans are bytes of the exhibit's text as extracted, half open, the coordinates of
 * sk_passage; a suggestion whose modality is not one of what happened (risk, threat, possible,
 * planned, negated) never has the position asserts on an act.
 * Restriction: a suggestion bears the labels of its exhibit and of every block that it touches.
 * Threads: as the index. Tested by tests/unit/record/t_suggestion.c. */
#ifndef SK_RECORD_SUGGESTION_H
#define SK_RECORD_SUGGESTION_H

#include "record/claim.h"
#include "record/index.h"

typedef enum sk_suggest_kind {
    SK_SUGGEST_ACT,       /* who did what to whom: an Act with its slots                  */
    SK_SUGGEST_NAME,      /* a name: Person:name and the like                             */
    SK_SUGGEST_QUANTITY,  /* a figure: Population:count                                   */
    SK_SUGGEST_STATEMENT, /* what somebody calls for: Thing:statement                     */
    SK_SUGGEST_KINDS
} sk_suggest_kind;

const char *sk_suggest_kind_name(sk_suggest_kind k); /* "act" "name" "quantity" "statement" */
bool sk_suggest_kind_find(sk_str name, sk_suggest_kind *ret_kind);

/* What became of it. */
typedef enum sk_suggest_state {
    SK_SUGGEST_WAITS,
    SK_SUGGEST_CONFIRMED, /* claims stand that carry its id      */
    SK_SUGGEST_EDITED,    /* likewise, changed before they stood */
    SK_SUGGEST_REJECTED,
    SK_SUGGEST_STATES
} sk_suggest_state;

const char *sk_suggest_state_name(sk_suggest_state s); /* "waits" "confirmed" "edited" "rejected" */

/* Somebody or something that a text names: the subject, the value of a link, a claimant. */
typedef struct sk_party {
    sk_str type;       /* of the model: "Person"; empty for a claimant without a name          */
    sk_str name;       /* "North Korea", "two girls"; a claimant's: "unnamed: analysts"        */
    bool is_name;      /* a proper name; false: words for people ("the workers"), which mean
                          the same people within their exhibit only                            */
    bool is_exhibit;   /* the exhibit itself speaks: name is its title or file name            */
    size_t start, end; /* where the text names it; equal: nowhere                              */
    size_t known, known_end; /* of a draft: where the text gives the name, if that is elsewhere:
                                who may not see that block must not see the suggestion either  */
    /* Filled when read through a view; empty in a draft. */
    sk_str key;  /* of the entity that bears exactly this name; else the key a new one gets    */
    bool is_new; /* no entity of the record has the key: confirming names it                   */
    const sk_str *bearers; /* keys of entities that bear the name, when they are several: then
                              is_new, and a person picks                                       */
    size_t n_bearers;
} sk_party;

/* One claim that confirming would write: subject, property, value. */
typedef struct sk_proposal {
    sk_str type, prop;    /* "Act", "perpetrator"                                           */
    sk_value_type kind;   /* by the model                                                   */
    sk_str value;         /* canonical text: term, EDTF, name; empty for links, quantities  */
    sk_party party;       /* of a link                                                      */
    sk_quantity quantity; /* of a quantity                                                  */
    sk_str measure;       /* what a figure counts; may be empty                             */
    sk_str words;         /* as the text has it; empty when value says it already           */
    size_t start, end;    /* bytes of the text; equal: no span of its own                   */
    bool is_candidate;    /* a pronoun and what it may stand for: written only when taken   */
} sk_proposal;

typedef struct sk_suggestion {
    sk_hash id, exhibit;
    sk_suggest_kind kind;
    unsigned tier;        /* 1 sure .. 3 weak, 4 hidden; a model's never below 2             */
    sk_str rule;          /* "act:active"                                                    */
    sk_str lexicon;       /* version of the lists; of a model: hash of its prompt            */
    sk_str origin;        /* "rule" or "model:<name>"                                        */
    sk_str modality;      /* "reported", "risk" ...: the words of read/reading.h             */
    sk_position position; /* of every claim it becomes                                       */
    size_t start, end;    /* what was found: act word, name, number                          */
    size_t passage, passage_end; /* the sentence: what the claims rest on                         */
    sk_party subject; /* what is claimed of; a new Act for acts                          */
    const sk_proposal *proposals; /* at least one; the first says what it is                      */
    size_t n_proposals;
    const sk_party *chain; /* who says it, origin first; at least one                             */
    size_t n_chain;
    size_t cue, cue_end; /* "said", "according to"; equal: none                                   */
    sk_str said;         /* EDTF: when it was said; may be empty                                  */
    bool has_same_as;
    sk_hash same_as; /* an earlier suggestion of the same act: linked, not merged                 */
    sk_str lang;     /* of the sentence: "en"                                                     */
    /* Filled when read through a view; zero in a draft. */
    sk_suggest_state state;
    bool is_hidden; /* by tier, or because people reject most of what its rule proposes           */
    sk_str text;    /* the words of the passage; start - passage is where the act word is in them */
} sk_suggestion;

/* The id: SHA-256 over exhibit, kind, position, spans, subject, proposals and claimants. */
void sk_suggestion_identify(sk_ctx *cx, sk_suggestion *s);

/* A sentence with an act word of which nothing is proposed: silence is shown. */
typedef struct sk_silence {
    size_t start, end;
} sk_silence;

/* What reading made of one exhibit. */
typedef struct sk_suggestion_set {
    const sk_suggestion *suggestions; /* in the order of the text; ids set */
    size_t n_suggestions;
    const sk_silence *silences;
    size_t n_silences;
    sk_str note; /* what was not read, and why; empty: everything was */
} sk_suggestion_set;

/* ---- making: for read/suggest.h ---- */

/* An exhibit whose text has not been read by this version; SK_E_NOTFOUND (not recorded) when none.
 * Left out are files without text, and tables that became claims (captured by claims or import alone).
 * after     the row number returned before, 0 at first
 * version   of what reads: the lexicon and the form of suggestions */
typedef struct sk_unread_text {
    int64_t row;
    sk_hash exhibit;
    sk_str name, lang;
    sk_str text;            /* blocks at their positions, LF between them */
    const sk_block *blocks; /* rows of tables are told as furniture: they are imported, not read */
    size_t n_blocks;
    sk_str written; /* EDTF day it states it was published or sent; empty if none or not a day */
} sk_unread_text;
SK_MUST_USE sk_rc sk_suggest_next_unread(sk_ctx *cx, sk_index *ix, int64_t after, sk_str version,
                                         sk_unread_text *ret_text);
SK_MUST_USE sk_rc sk_suggest_count_unread(sk_ctx *cx, sk_index *ix, sk_str version,
                                          uint64_t *ret_n);

/* Put an exhibit's suggestions in place of those of the same origin that were there. Call between
 * sk_index_begin and sk_index_end. Decisions keep their hold: state is settled by id.
 * origin   "rule", or "model:<name>": replaces only suggestions of that origin
 * version  stored when origin is "rule"; see sk_suggest_next_unread
 * Cost: some 20 us a suggestion.  Errors: SK_E_NOTFOUND no such exhibit; SK_E_LIMIT a suggestion
 * of more than SK_LIM_SUGGEST_PROPOSALS proposals or SK_LIM_SUGGEST_BYTES. */
SK_MUST_USE sk_rc sk_suggest_put(sk_ctx *cx, sk_index *ix, const sk_hash *exhibit, sk_str origin,
                                 sk_str version, const sk_suggestion_set *set);

#endif
