/* Private to the passes of reading: the state they share, block by block and sentence by sentence. */
#ifndef SK_READ_READING_PRIVATE_H
#define SK_READ_READING_PRIVATE_H

#include "base/strmap.h"
#include "read/reading.h"

/* Phrases of different kinds may lie over one another; within a layer they do not overlap. */
typedef enum sk_layer {
    SK_LAYER_NAME,
    SK_LAYER_ROLE,
    SK_LAYER_ACT,
    SK_LAYER_CUE,
    SK_LAYER_MARK,
    SK_LAYER_QUALIFY,
    SK_LAYER_TIME,
    SK_LAYER_WORD,
    SK_LAYERS
} sk_layer;

typedef struct sk_match {
    uint32_t first, n; /* tokens of the block                                     */
    const sk_lex_sense *senses;
    uint32_t n_senses;
    uint8_t layer;
} sk_match;

/* The class a word has where it stands. */
typedef enum sk_tag {
    SK_TAG_OTHER,
    SK_TAG_DET,
    SK_TAG_PRON,
    SK_TAG_POSSPRON,
    SK_TAG_POSS,
    SK_TAG_PREP,
    SK_TAG_TO,
    SK_TAG_CONJ,
    SK_TAG_SUB,
    SK_TAG_WH,
    SK_TAG_AUX, /* be, have, do */
    SK_TAG_MODAL,
    SK_TAG_NEG,
    SK_TAG_ADV,
    SK_TAG_ADJ,
    SK_TAG_NOUN,
    SK_TAG_NAME,
    SK_TAG_NUM,
    SK_TAG_VB,
    SK_TAG_VBS,
    SK_TAG_VBD,
    SK_TAG_VBN,
    SK_TAG_VBG,
    SK_TAG_SIGN
} sk_tag;

typedef struct sk_item { /* a token with what is known of it */
    sk_token t;
    uint32_t pos;         /* classes it can have, SK_POS_ bits */
    int32_t m[SK_LAYERS]; /* match that covers it, or NONE      */
    uint8_t tag;          /* sk_tag                             */
    bool in_time;
} sk_item;

typedef enum sk_chunk_kind {
    SK_CHUNK_NP,
    SK_CHUNK_VG,
    SK_CHUNK_PREP,
    SK_CHUNK_CONJ,
    SK_CHUNK_COMMA,
    SK_CHUNK_DASH,
    SK_CHUNK_COLON,
    SK_CHUNK_SEMICOLON,
    SK_CHUNK_OPEN,  /* quotation opens  */
    SK_CHUNK_CLOSE, /* quotation closes */
    SK_CHUNK_LEFT,  /* bracket */
    SK_CHUNK_RIGHT,
    SK_CHUNK_SUB,
    SK_CHUNK_WH,
    SK_CHUNK_ADV,
    SK_CHUNK_ADJ,
    SK_CHUNK_OTHER
} sk_chunk_kind;

typedef struct sk_chunk {
    uint8_t kind;
    uint32_t first, end, head; /* tokens of the block, half open                      */
    /* of a noun group */
    uint64_t attrs, head_attrs;
    int32_t entity;
    int32_t poss; /* token of the last possessive sign inside, or NONE    */
    bool is_pronoun, is_plural, is_time;
    /* of a verb group */
    bool is_passive, is_finite, is_infinitive, is_ing, is_participle, is_negated, has_modal, is_be;
    int32_t subject, object; /* chunks; NONE                                         */
    int32_t list;            /* of a pronoun: the last group of the list it stands for */
    bool used;               /* part of a statement of who says it                   */
} sk_chunk;

typedef struct sk_sentence_range {
    uint32_t first, end; /* tokens of the block */
} sk_sentence_range;

/* The speaker of a quotation that goes on, over the sentences of a block. */
typedef struct sk_speaker {
    int32_t attribution;
    bool in_quote;
} sk_speaker;

typedef struct sk_reader {
    sk_ctx *cx;
    sk_arena *a;      /* results */
    sk_arena scratch; /* of one block */
    sk_arena *slots;  /* the same: room for acts that are being read */
    const sk_lexicon *lex;
    sk_str text;
    sk_read_options options;
    sk_reading *r;
    size_t cap_furniture, cap_sentences, cap_entities, cap_mentions, cap_dates, cap_quantities,
        cap_attributions, cap_events, cap_traps, cap_relations;
    /* block */
    sk_item *items;
    size_t n_items, cap_items;
    sk_match *matches;
    size_t n_matches, cap_matches;
    sk_read_lang lang;
    bool is_heading;
    size_t block_end;
    /* sentence */
    sk_sentence_range range;
    sk_chunk *chunks;
    size_t n_chunks;
    sk_read_sentence *sentence;
    size_t first_date, first_quantity, first_attribution, first_event, first_mention;
    sk_speaker speaker;
    bool opened_in_quote; /* the sentence begins inside a quotation          */
    int32_t going_on;     /* attribution of the sentence before that goes on */
    int32_t last_group, last_person, last_he, last_she, narrator,
        last_org;      /* entities, for pronouns */
    int32_t author;    /* the attribution of the text itself */
    int32_t regime;    /* the government last spoken of */
    int32_t *by_entry; /* entity of each listed name; NONE where the text has not named it */
    struct sk_person *persons;
    size_t n_persons, cap_persons; /* one a family name; as many as there are entities     */
    sk_strmap families;            /* to persons, + 1 */
    sk_strmap names;               /* people and unlisted names by their text: to entity + 1 */
    struct sk_nominal *nominals;
    size_t n_nominals, cap_nominals;
    /* what the sentence before said, for "that" and elided objects */
    int32_t last_meeting;
} sk_reader;

/* Passes, in order. Each reads what the ones before left in the reader. */
void sk_pass_tokens(sk_reader *x, size_t from, size_t to);
void sk_pass_match(sk_reader *x);
sk_read_lang sk_pass_language(const sk_reader *x, size_t from, size_t to);
/* The next sentence at or behind token *at. */
bool sk_pass_sentence(sk_reader *x, uint32_t *at, sk_sentence_range *ret_range);
void sk_pass_words(sk_reader *x);
void sk_pass_times(sk_reader *x);
void sk_pass_quantities(sk_reader *x);
void sk_pass_chunks(sk_reader *x);
void sk_pass_names(sk_reader *x);
void sk_pass_clauses(sk_reader *x);
void sk_pass_attribution(sk_reader *x);
void sk_pass_acts(sk_reader *x);
void sk_pass_foreign(sk_reader *x); /* all of a sentence in the other languages */

/* Shared by passes. */
static inline const sk_item *sk_item_at(const sk_reader *x, int64_t i)
{
    static const sk_item none = {.m = {-1, -1, -1, -1, -1, -1, -1, -1}, .tag = SK_TAG_SIGN};
    return i >= (int64_t)x->range.first && i < (int64_t)x->range.end ? &x->items[i] : &none;
}

static inline sk_str sk_item_text(const sk_reader *x, const sk_item *i)
{
    return sk_token_text(x->text, &i->t);
}

static inline sk_span sk_span_of(const sk_reader *x, uint32_t first, uint32_t end)
{
    return (sk_span){x->items[first].t.from, x->items[end - 1].t.to};
}

static inline sk_str sk_span_text(const sk_reader *x, sk_span s)
{
    return sk_str_sub(x->text, s.from, s.to - s.from);
}

static inline bool sk_span_overlaps(sk_span a, sk_span b)
{
    return a.from < b.to && b.from < a.to;
}

/* The match of a layer that covers token i, or NULL. */
static inline const sk_match *sk_match_at(const sk_reader *x, sk_layer layer, int64_t i)
{
    const sk_item *item = sk_item_at(x, i);
    return item->m[layer] >= 0 ? &x->matches[item->m[layer]] : NULL;
}

static inline const sk_lex_entry *sk_match_entry(const sk_reader *x, const sk_match *m)
{
    return sk_lexicon_entry(x->lex, m->senses[0].entry);
}

static inline const char *sk_entry_id(const sk_reader *x, const sk_lex_entry *e)
{
    return sk_lexicon_string(x->lex, e->id);
}

/* Does the mark id ("risk") stand in one of the senses of the match? */
bool sk_match_is(const sk_reader *x, const sk_match *m, const char *id);

/* Is token i this word (folded ASCII)? */
bool sk_item_is(const sk_reader *x, int64_t i, const char *word);

/* Entities (entities.c). */
int32_t sk_entity_new(sk_reader *x, const char *type, sk_str name, sk_str key, uint64_t attrs);
void sk_mention_add(sk_reader *x, sk_span span, int32_t entity, sk_level level,
                    const sk_rule *rule);

/* A name the lists do not have (names_unlisted.c): people, organisations by their last word. */
void sk_names_unlisted(sk_reader *x);
/* Groups named by a noun: "North Korean escapees", "the regime" (nominals.c). */
void sk_names_nominal(sk_reader *x);
/* The entity of a listed name. */
int32_t sk_entity_listed(sk_reader *x, uint32_t entry);
/* "I", "me", "we" once it is known who speaks: the speaker, or the one who tells the text. */
void sk_names_first_person(sk_reader *x);
/* The government of a state, or the one last spoken of for NONE. */
int32_t sk_entity_regime(sk_reader *x, int32_t state);
/* The noun group that token i lies in; NONE. */
int32_t sk_chunk_of(const sk_reader *x, uint32_t i);

void sk_trap_add(sk_reader *x, const char *what, const char *right, sk_span span);
void sk_relation_add(sk_reader *x, const char *type, int32_t subject, int32_t object, sk_span span);

/* The date or quantity of this sentence that lies at a span; NONE. */
int32_t sk_date_within(const sk_reader *x, sk_span span);

/* Rules (rules.c). */
typedef enum sk_rule_id {
#define X(id, name, tier) SK_RULE_##id,
#include "read/rules.inc"
#undef X
    SK_N_RULES
} sk_rule_id;
const sk_rule *sk_rule_get(sk_rule_id id);

#endif
