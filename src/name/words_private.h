/* Between words.c, org.c, vessel.c, place.c and the comparers: what a section holds.
 *
 *     head | words | families u16 | letters u8 | padding to 8
 *
 * Threads: pure functions. */
#ifndef SK_NAME_WORDS_PRIVATE_H
#define SK_NAME_WORDS_PRIVATE_H

#include "name/wordbook.h"
#include "name/words.h"

#include <math.h>

enum {
    WORD_INITIAL = 1 << 0,
    WORD_PARTICLE = 1 << 1, /* al, bin, de: nearly nothing               */
    WORD_FATHER = 1 << 2,   /* abu: begins a kunya                       */
    WORD_PATRONYMIC = 1 << 3,
    WORD_SUFFIX = 1 << 4,
    WORD_HONORIFIC = 1 << 5,
    WORD_LEGAL = 1 << 6,     /* a whole legal form; number: its class     */
    WORD_GENERIC = 1 << 7,   /* group, company                            */
    WORD_SECTOR = 1 << 8,    /* bank, trading                             */
    WORD_PLACE = 1 << 9,     /* Korea, national                           */
    WORD_STOP = 1 << 10,     /* the, of                                   */
    WORD_NUMBER = 1 << 11,   /* number: its value                         */
    WORD_CAPITALS = 1 << 12, /* may be an acronym                         */
    WORD_BRACKETED = 1 << 13,
    WORD_COMMA = 1 << 14, /* a comma stood in front                    */
    WORD_SHIP = 1 << 15,  /* M/V, 호; places: the administrative word  */
    /* What hardly counts in the name of a person. */
    WORD_LIGHT = WORD_PARTICLE | WORD_SUFFIX | WORD_HONORIFIC | WORD_LEGAL | WORD_STOP | WORD_SHIP,
};

/* A family of nicknames.txt in 16 bits: number, kind, and whether this is the full form. */
#define FAMILY_SAME   0u
#define FAMILY_SHORT  1u
#define FAMILY_COUSIN 2u
#define FAMILY(number, kind, full) \
    ((uint16_t)((unsigned)(number) << 3 | (unsigned)(kind) << 1 | (unsigned)(full)))

#define WORD_IDF_UNIT     256.0f /* idf is kept in 1/256 nat               */
#define WORD_NUMBER_LARGE 65535u /* this number or a larger one: see the hash */

typedef struct sk_word {
    uint32_t hash; /* of script and letters; equal words have equal ones */
    uint32_t mask; /* which letters occur in the sound line, by code modulo 32 */
    uint16_t flags, idf, concept, number;
    uint8_t letter_at_lo, letter_at_hi; /* first letter; the sound line follows the letters */
    uint8_t n, n_sound;
    uint8_t family_at, n_family;
    uint8_t script, token; /* token: number of the form's token it begins with */
} sk_word;

struct sk_words {
    uint32_t size_bytes;
    uint8_t kind; /* sk_name_kind, never ANY */
    uint8_t n_word, is_cut;
    uint8_t has_comma : 1;
    uint8_t korean_surname : 1; /* a person's, in Latin letters */
    uint8_t legal[4];           /* classes of legal forms, 0: none */
    uint8_t place;              /* sk_place_class                  */
    uint8_t n_family;
    uint16_t n_letter;
};

static inline const sk_word *words_of(const sk_words *w)
{
    return (const sk_word *)(const void *)(w + 1);
}

static inline const uint16_t *families_of(const sk_words *w)
{
    return (const uint16_t *)(const void *)(words_of(w) + w->n_word);
}

static inline const uint8_t *word_letters(const sk_words *w, const sk_word *word)
{
    return (const uint8_t *)(families_of(w) + w->n_family) +
           (word->letter_at_lo | (unsigned)word->letter_at_hi << 8);
}

static inline const uint8_t *word_sound(const sk_words *w, const sk_word *word)
{
    return word_letters(w, word) + word->n;
}

/* ---- taking a form apart (words_draft.c) ---- */

/* A word before it is stored: letters and what is known of it. */
typedef struct draft_word {
    uint8_t letter[SK_WORD_LETTERS];
    uint8_t n, script;
    bool is_cut; /* it has more letters */
    uint16_t flags, concept, number;
    uint8_t token, n_token; /* tokens of the form it was made of */
    uint8_t before;         /* sk_break                          */
    uint16_t at, n_cp;      /* code points of the form           */
    float idf;              /* 0: as the letters say             */
} draft_word;

typedef struct draft {
    const sk_form *f;
    draft_word word[SK_FORM_TOKENS * 2];
    unsigned n;
    uint8_t legal[4];
    unsigned n_legal;
    uint8_t place;
    bool is_cut;
} draft;

/* Every token a word. */
void draft_read(const sk_form *f, draft *d);
void draft_remove(draft *d, unsigned at, unsigned n);
void draft_join(draft *d, unsigned at, unsigned n);

/* Cut word at behind n of its code points; false when there is no room. */
bool draft_split(draft *d, unsigned at, unsigned n_cp);

/* The key of words at .. at + n - 1 written together. */
uint64_t draft_key(const draft *d, unsigned at, unsigned n);

/* The longest run of words from at that stands in the book under kind; 0 when none does. */
unsigned draft_longest(const draft *d, unsigned at, sk_wordbook_kind kind,
                       const sk_wordbook_entry **ret_entry);

/* Each kind's own reading of the words. */
void draft_person(draft *d);
void draft_org(draft *d);
void draft_vessel(draft *d);
void draft_place(draft *d);

/* Digits, number words and Roman numerals become numbers. */
void draft_numbers(draft *d);

/* The word is this one, given in a..z. */
bool draft_word_is(const draft_word *w, const char *latin);

/* How rare the word is by the book, nats. */
float draft_idf(const draft_word *w);

/* The words that are no proper name taken out of the form. */
bool draft_rest(const draft *d, sk_form *ret_rest);

/* ---- comparing ---- */

/* One pair of words, or a word that met nothing (a or b is -1). */
typedef enum word_how {
    HOW_LEFT,
    HOW_EQUAL,
    HOW_SAME_NAME, /* spellings of one name                      */
    HOW_SPELLED,
    HOW_SHORT,  /* short form                                 */
    HOW_COUSIN, /* the name in another language               */
    HOW_INITIAL,
    HOW_JOINED,  /* written together on one side               */
    HOW_CONCEPT, /* translation, or another form of the word   */
    HOW_ABBREVIATED,
    HOW_ACRONYM,
    HOW_DIFFERENT, /* in the same place, and they contradict     */
    HOW_NUMBER,    /* numbers that differ                        */
    HOW_REST       /* proper names across scripts                */
} word_how;

typedef struct word_pair {
    int8_t a, b;
    uint8_t how;
    uint8_t n_a, n_b; /* words of each side, 1 or more for joined ones */
    float gain;       /* nats of what the words have in common    */
    float cost;       /* nats against: edits, contradictions      */
} word_pair;

typedef struct word_pairing {
    word_pair pair[2 * SK_WORDS_MAX + 4];
    unsigned n;
} word_pairing;

/* Compare persons (words_compare.c), bodies, ships and places (org_compare.c). pairing may be
 * NULL. */
void words_compare_person(const sk_words *a, const sk_words *b, const sk_rarity *rarity,
                          sk_words_result *ret, word_pairing *pairing);
void words_compare_body(const sk_words *a, const sk_words *b, const sk_rarity *rarity,
                        const sk_rest_asker *rest, sk_words_result *ret, word_pairing *pairing);

/* A word's rarity in nats: the list's own if there is one. */
float word_rarity(const sk_words *w, const sk_word *word, const sk_rarity *rarity);

/* What two single words are worth to each other, and how they met; HOW_LEFT when not at all. */
word_how word_meet(const sk_words *a, const sk_word *x, float idf_x, const sk_words *b,
                   const sk_word *y, float idf_y, float *ret_gain, float *ret_cost);

/* The same for Korean names in Latin letters: another letter is another syllable, so only slips of
 * the hand meet. */
word_how word_meet_korean(const sk_words *a, const sk_word *x, float idf_x, const sk_words *b,
                          const sk_word *y, float idf_y, float *ret_gain, float *ret_cost);

#endif
