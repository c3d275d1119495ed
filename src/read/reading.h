/* What reading finds in a text: mentions, who says what, numbers, dates, and acts with their slots.
 *
 *     const sk_lexicon *lex;
 *     sk_reading *r;
 *     SK_TRY(sk_lexicon_builtin(cx, &lex));
 *     SK_TRY(sk_reading_from_text(cx, lex, text, NULL, &r));
 *     for (size_t i = 0; i < r->n_events; i++) ...
 *
 * Everything found is a suggestion: it names the rule that made it and the span of every slot, and
 * waits for a person. Reading is a cascade of passes over the text, in this order:
 *
 *   blocks, furniture left out -> language -> tokens -> phrases of the lexicon -> sentences
 *   -> word classes -> groups of words -> names -> dates, quantities -> who says it -> acts -> tier
 *
 * No model, no network, no clock: the same text and lexicon give the same reading.
 *
 * Never: a risk, a plan, a call or a denied act with a modality of one that happened; an actor whom
 * the text does not name. A pronoun fills a slot only as is_pronoun, for a person to decide.
 *
 * Invariants: spans lie inside the text, on character borders, and outside furniture; lists are in
 * the order of the text; indexes point into the lists of the same reading, NONE (-1) for absent.
 * Threads: a reading is read-only once made. Tested in tests/unit/read/t_reading.c. */
#ifndef SK_READ_READING_H
#define SK_READ_READING_H

#include "base/buf.h"
#include "base/quantity.h"
#include "read/lexicon.h"
#include "record/document.h"

enum { SK_READ_NONE = -1 };

typedef struct sk_span {
    uint32_t from, to; /* bytes of the text, half open */
} sk_span;

/* What a suggestion says of its act. */
typedef enum sk_modality {
    SK_ASSERTED, /* the text itself says so                     */
    SK_REPORTED, /* somebody in it says so                      */
    SK_ALLEGED,  /* somebody claims it, or is accused of it     */
    SK_POSSIBLE, /* could, may, would, if                       */
    SK_RISK,
    SK_THREAT,
    SK_CALL,    /* somebody asks for it                         */
    SK_PLANNED, /* will, plans to, tried to                     */
    SK_NEGATED, /* did not happen, or somebody denies it        */
    SK_MODALITIES
} sk_modality;

typedef enum sk_manner {
    SK_MANNER_DIRECT,
    SK_MANNER_CONTINUED, /* the second half of a split quotation   */
    SK_MANNER_INDIRECT,
    SK_MANNER_MIXED, /* indirect, with quoted words            */
    SK_MANNER_ACCORDING,
    SK_MANNER_HEADLINE, /* "Experts: ..."                         */
    SK_MANNER_DENIAL,
    SK_MANNER_ACCUSATION,
    SK_MANNER_AUTHOR, /* the text speaks itself                  */
    SK_MANNERS
} sk_manner;

/* Tiers: 1 names and dates sure enough to be confirmed together; 2 sound rules; 3 weaker ones;
 * 4 hidden unless asked for. */
typedef struct sk_rule {
    const char *name;
    unsigned tier;
} sk_rule;

typedef struct sk_mention {
    sk_span span;
    int32_t entity;
    sk_level level;
    const sk_rule *rule;
} sk_mention;

typedef struct sk_found_entity {
    sk_str type; /* "state", "person", "ngo", "victim_group" ...                    */
    sk_str name; /* of a list, or the longest mention                               */
    sk_str key;  /* ISO 3166 alpha-3 or our key of the list; empty for others       */
    uint64_t attrs;
    uint32_t n_mentions;
    bool is_plural;
} sk_found_entity;

typedef struct sk_found_date {
    sk_span span;
    sk_str value;          /* EDTF; empty where the text gives none (relative to an event)  */
    const char *precision; /* "day", "month", "year", "duration", "event-relative" ...       */
    bool is_statement;     /* stands beside a word of speech: dates what is said             */
    const sk_rule *rule;
} sk_found_date;

typedef struct sk_found_quantity {
    sk_span span, hedge, unit;
    sk_qualifier qualifier;
    bool has_number, has_low, has_high, is_open_above, is_possible;
    sk_decimal number, low, high;
    const char *word; /* "many", "most" ... for those without a number                  */
    int32_t of;       /* entity counted                                                 */
    const sk_rule *rule;
} sk_found_quantity;

typedef struct sk_attribution {
    sk_span cue, content, source_span;
    int32_t source; /* entity; NONE where the text names none                      */
    sk_manner manner;
    bool is_pronoun, is_inverted;
    int32_t date; /* of the statement                                            */
    int32_t via;  /* the attribution inside which this one stands: the chain     */
    const sk_rule *rule;
} sk_attribution;

typedef struct sk_slot {
    int32_t entity; /* NONE for words that are no entity */
    sk_span span;
    bool is_pronoun;
} sk_slot;

enum { SK_MOST_SLOTS = SK_LIM_READ_SLOTS };

typedef struct sk_found_event {
    const char *act;  /* a term of model/acts.txt               */
    const char *kind; /* "event", "diplomatic", "trade"         */
    sk_span trigger, sentence;
    sk_slot *actor, *target, *place, *goods; /* at most SK_MOST_SLOTS each */
    uint8_t n_actor, n_target, n_place, n_goods;
    int32_t date, quantity, attribution;
    sk_modality modality;
    bool is_ongoing;
    int32_t same_as; /* an earlier suggestion of the same act on the same people */
    const sk_rule *rule;
    unsigned tier; /* of its weakest part */
} sk_found_event;

typedef struct sk_found_trap {
    const char *what, *right;
    sk_span span;
} sk_found_trap;

typedef struct sk_found_relation {
    const char *type; /* "alias", "affiliation", "leads", "former_office" */
    int32_t subject, object;
    sk_span span;
} sk_found_relation;

typedef struct sk_read_sentence {
    sk_span span;
    uint8_t lang; /* sk_read_lang */
    bool has_act_word, has_event;
} sk_read_sentence;

typedef struct sk_reading {
    sk_str text, lexicon_version;
    sk_read_lang lang; /* of most of the text */
    sk_span *furniture;
    sk_read_sentence *sentences;
    sk_found_entity *entities;
    sk_mention *mentions;
    sk_found_date *dates;
    sk_found_quantity *quantities;
    sk_attribution *attributions;
    sk_found_event *events;
    sk_found_trap *traps;
    sk_found_relation *relations;
    size_t n_furniture, n_sentences, n_entities, n_mentions, n_dates, n_quantities, n_attributions,
        n_events, n_traps, n_relations;
} sk_reading;

typedef struct sk_read_options {
    const sk_block *blocks; /* of the document; NULL: every line is a block of text       */
    size_t n_blocks;
    sk_str lang;    /* "en", "ko" ...: read every block so; empty: by script      */
    sk_str written; /* EDTF day for "yesterday", "last year"; empty: not resolved */
} sk_read_options;

/* Read a text.
 * text      any bytes, at most SK_LIM_TEXT_BYTES; what is not UTF-8 is passed over
 * options   NULL: all defaults
 * Ownership: everything in cx's arena; spans index text, which must live as long.
 * Cost: linear in the text; a sentence of more than SK_LIM_SENTENCE_TOKENS is cut.
 * Errors: SK_E_LIMIT (text; any list at SK_LIM_READ_EVENTS, entities at SK_LIM_READ_ENTITIES),
 * SK_E_CANCELLED. */
SK_MUST_USE sk_rc sk_reading_from_text(sk_ctx *cx, const sk_lexicon *lex, sk_str text,
                                       const sk_read_options *options, sk_reading **ret_reading);

/* Who says what stands at the span: the narrowest statement around it; the author's, the first, when
 * none is; SK_READ_NONE of a reading without any. Cost: a look at every statement. */
int32_t sk_reading_attribution(const sk_reading *r, sk_span span);

/* Give an event that is being made room for most slots of each kind, from a. */
void sk_event_room(sk_arena *a, sk_found_event *e, size_t most);

const char *sk_modality_name(sk_modality m); /* "asserted" */
const char *sk_manner_name(sk_manner m);     /* "according-to" */
const char *sk_level_name(sk_level l);       /* "demonym" */
const char *sk_read_lang_name(sk_read_lang l);

/* Append the reading to out as JSON Lines: one object a line, in kinds and fields that people also
 * annotate texts in.
 * file    the name to show; may be empty
 * tiers   acts up to this tier */
void sk_reading_write(sk_ctx *cx, const sk_reading *r, sk_str file, unsigned tiers, sk_buf *out);

#endif
