/* What a spelling stands for in Korean, Mandarin, Cantonese and Japanese, and whether two spellings
 * can stand for the same.
 *
 * A name of these languages is a short run of units: Korean, Mandarin and Cantonese syllables,
 * Japanese readings of characters. Its own script gives the units directly or as a small lattice
 * (Han characters with several readings); any other spelling is laid against them by one alignment
 * over tables "unit -> letters, cost", or was decoded to its likeliest unit runs beforehand, so
 * that two foreign spellings (Kim Jong Un, Ким Чен Ын) meet in units.
 *
 * What is kept of a name is one *section*: flat bytes without pointers, a multiple of 8 long, to be
 * stored at a multiple of 8. Costs are nats, 0 for the expected spelling.
 *
 * Invariants: comparing is symmetric (the sides of the result swap); sections of the same form are
 * the same bytes. Threads: pure functions over constant tables. */
#ifndef SK_NAME_LATENT_H
#define SK_NAME_LATENT_H

#include "base/buf.h"
#include "name/name.h"

typedef enum sk_latent_lang {
    SK_LATENT_KO,
    SK_LATENT_ZH,
    SK_LATENT_YUE,
    SK_LATENT_JA,
    SK_LATENT_LANGS
} sk_latent_lang;

/* How a side came to its units. */
typedef enum sk_latent_side {
    SK_SIDE_NONE,    /* it cannot be a name of this language                   */
    SK_SIDE_NATIVE,  /* Hangul, Han or (Japanese) kana: written in units       */
    SK_SIDE_FOREIGN, /* spelled: letters aligned to the other side's units     */
    SK_SIDE_DECODED, /* spelled, and met the other side in its decoded units   */
} sk_latent_side;

typedef struct sk_latent_result {
    bool applicable;        /* both sides can be written in this language; else the rest is 0 */
    bool order_changed;     /* one side had the surname last                                  */
    uint8_t side_a, side_b; /* sk_latent_side                                                */
    uint8_t units;          /* syllables or characters compared                               */
    uint8_t skipped;        /* whole words of a side that nothing met: "John" Lee Ka-chiu     */
    uint8_t rivals;         /* unit runs within 1 nat of the best of the decoded side: 1 = sure */
    /* Cost per unit, cost of the worst unit: nats, ceiling SK_LATENT_MAX. */
    float mean, worst;
} sk_latent_result;

#define SK_LATENT_MAX 8.0f /* "does not fit at all" */

typedef struct sk_latent sk_latent; /* a section */

/* Append the section of a form to out (a multiple of 8 bytes; never nothing).
 * Cost: below 1 us for names that are none of the four languages, some tens for decoding. */
void sk_latent_prepare(const sk_form *f, sk_buf *out);

size_t sk_latent_size_bytes(const sk_latent *s);

/* Too many letters or characters: what is kept is no whole name. */
bool sk_latent_is_cut(const sk_latent *s);

/* Compare two sections in every language. Cost: no allocation; typically under 2 us. */
void sk_latent_compare(const sk_latent *a, const sk_latent *b,
                       sk_latent_result ret_result[SK_LATENT_LANGS]);

/* Both sides in the same East Asian script, character by character: no learned model is asked. */
typedef struct sk_latent_same {
    bool applicable;   /* both wholly Han, or both wholly Hangul, or both wholly kana          */
    uint8_t script;    /* SK_SCRIPT_HANI, _HANG or _KANA                                       */
    uint8_t units;     /* characters of the longer side                                        */
    uint8_t equal;     /* the same character                                                   */
    uint8_t variant;   /* Han variants; Hangul under the initial-sound rule; folded kana       */
    uint8_t near;      /* Hangul one letter (jamo) apart: a typing slip at best                */
    uint8_t different; /* the rest, missing characters among them                              */
} sk_latent_same;
void sk_latent_same_script(const sk_latent *a, const sk_latent *b, sk_latent_same *ret_same);

/* The same for people: one step a character, or one for all where folded kana agree.
 * fa, fb   the forms the sections were made of
 * Owner: the arena. Returns the number of steps, 0 when it is not applicable. */
size_t sk_latent_explain_same(sk_arena *arena, const sk_form *fa, const sk_form *fb,
                              const sk_latent *a, const sk_latent *b,
                              const sk_name_step **ret_steps);

/* A single character that the given names of two spellings can both stand for: Yutaka and Hiroshi
 * are both 裕. */
typedef struct sk_shared_kanji {
    uint32_t kanji;           /* the one most often read both ways          */
    unsigned n;               /* how many are read both ways                */
    uint8_t given_a, given_b; /* which word of each side is the given name  */
} sk_shared_kanji;

/* Two names in Latin letters or kana, of two words each, that agree in one word and differ in the
 * other, which are two readings of one character. False for all others, whose look costs next to
 * nothing; the search itself goes through all characters, about 0.1 ms. */
bool sk_latent_shares_kanji(const sk_latent *a, const sk_latent *b, sk_shared_kanji *ret_shared);

/* A Chinese name in Han characters beside two words in Latin letters, of which one is its surname
 * and the other no Chinese: 賴清德, William Lai. */
bool sk_latent_shares_surname(const sk_latent *a, const sk_latent *b);

/* Can the name be a Korean personal name (2 to 4 syllables, the first or the moved one a surname)?
 * The regime of the combiner: both sides can. */
bool sk_latent_can_be_korean(const sk_latent *s);

/* Keys of the units: K k P Y R J H of the index. room   at most this many; returns how many. */
unsigned sk_latent_keys(const sk_latent *s, uint64_t *keys, unsigned room);

/* The alignment of two names in one language, unit by unit; costs add up to mean * units.
 * fa, fb   the forms the sections were made of
 * Owner: the arena. Returns the number of steps, 0 when the language does not apply. */
size_t sk_latent_explain(sk_arena *arena, const sk_form *fa, const sk_form *fb, const sk_latent *a,
                         const sk_latent *b, sk_latent_lang lang, const sk_name_step **ret_steps);

/* One line on why a language lost: Mandarin "jin zheng en": 5.9 nats a unit. Owner: the arena. */
sk_str sk_latent_losing(sk_arena *arena, const sk_latent *a, const sk_latent *b,
                        sk_latent_lang lang);

/* What the name can stand for, cheapest first within each language (name.h). Owner: the arena. */
size_t sk_latent_decode(sk_arena *arena, const sk_latent *s, const sk_name_reading **ret_readings);

/* The first Mandarin reading of a Han character, for romanised lines: "zheng"; NULL when
 * unknown. */
const char *sk_han_pinyin(uint32_t han);

/* The smallest member of the character's variant class; the character itself if it has none. */
uint32_t sk_han_class(uint32_t han);

/* Changes whenever sections of another build cannot be compared with this one's. */
uint64_t sk_latent_tables_id(void);

#endif
