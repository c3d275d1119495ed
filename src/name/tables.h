/* The constant tables of the latent models: what tools/mknames makes of model/name and Unihan.
 *
 * Letters of every script share one alphabet of bytes, so that a chunk of up to eight letters is
 * one uint64_t (first letter in the lowest byte) and is compared with one masked load. Costs are in
 * 1/16 nat. Everything is constant data: looked up by index or binary search, no start-up work.
 *
 * Invariants: sk_tab_* arrays are sorted where they say so; checked by tests/unit/name/t_tables.c.
 * Threads: read only. */
#ifndef SK_NAME_TABLES_H
#define SK_NAME_TABLES_H

#include "base/compiler.h"

/* The alphabet. Latin letters are 1..26 in order. */
enum {
    SK_L_OBREVE = 27, /* ŏ */
    SK_L_UBREVE = 28,
    SK_L_UUML = 29,
    SK_L_APOSTROPHE = 30, /* aspirated                          */
    SK_L_LONG = 31,       /* the length mark of kana            */
    SK_L_CYRL = 32,       /* а..я, then ё                       */
    SK_L_YO = 64,
    SK_L_ONSET = 65, /* 19 initials of Hangul              */
    SK_L_VOWEL = 84, /* 21 vowels                          */
    SK_L_CODA = 105, /* ㄱㄴㄷㄹㅁㅂㅇ as finals            */
    SK_L_ARAB = 112, /* U+0621 ..                          */
    SK_L_COUNT = 160,
};

/* Orthographies: one emission table each. */
typedef enum sk_orth {
    SK_KO_LATN,
    SK_KO_LATN_MARKED, /* the spelling has ŏ or ŭ            */
    SK_KO_LATN_RR,     /* the spelling has eo or eu          */
    SK_KO_CYRL,
    SK_KO_KANA,
    SK_KO_ARAB,
    SK_ZH_LATN,
    SK_ZH_CYRL,
    SK_ZH_HANG,
    SK_ZH_KANA,
    SK_ZH_ARAB,
    SK_YUE_LATN,
    SK_ORTHS
} sk_orth;

/* Decoding dictionaries. */
typedef enum sk_book {
    SK_BOOK_KO_LATN, /* all three Latin variants */
    SK_BOOK_KO_CYRL,
    SK_BOOK_KO_KANA,
    SK_BOOK_KO_ARAB,
    SK_BOOK_ZH_LATN,
    SK_BOOK_ZH_CYRL,
    SK_BOOK_ZH_HANG,
    SK_BOOK_ZH_KANA,
    SK_BOOK_ZH_ARAB,
    SK_BOOK_YUE_LATN,
    SK_BOOKS
} sk_book;

#define SK_TAB_UNITS 96

/* One way to write a unit. */
typedef struct sk_chunk {
    uint64_t letters;
    uint16_t cost;
    uint8_t n;
    uint8_t how; /* convention: sk_tab_how */
} sk_chunk;

typedef struct sk_chunks {
    uint16_t first, n; /* in sk_tab_chunk, cheapest first */
} sk_chunks;

/* A surname spelled as a whole; sorted by syllable within an orthography. */
typedef struct sk_surname_spelling {
    uint16_t syllable;
    sk_chunks chunks;
} sk_surname_spelling;

/* What a spelled syllable can be. */
typedef struct sk_book_entry {
    uint16_t syllable;
    uint8_t cost[3];        /* of the Latin variants; others use [0]                 */
    uint8_t given, surname; /* prior, 255 = none                                     */
    uint8_t first_only;     /* a spelling of the surname as a whole                  */
} sk_book_entry;

/* A Mandarin or Cantonese syllable: unit numbers, priors. */
typedef struct sk_syllable {
    char text[8];
    uint8_t initial, final;
    uint8_t given, surname; /* 255 = none */
} sk_syllable;

typedef struct sk_ko_syllable {
    uint16_t syllable; /* code point - U+AC00; sorted */
    uint8_t given, surname;
} sk_ko_syllable;

/* A Japanese reading in folded letters (shi = qi, chi = ci, tsu = xu), and as Hangul writes it. */
typedef struct sk_ja_reading {
    uint64_t letters, devoiced;
    uint8_t n;
} sk_ja_reading;

typedef struct sk_reading {
    uint16_t id; /* Hangul - U+AC00; index of sk_tab_zh_syllable, _yue_syllable, _ja_reading */
    uint16_t cost;
} sk_reading;

extern const sk_chunk sk_tab_chunk[];
extern const sk_chunks sk_tab_unit[SK_ORTHS][SK_TAB_UNITS];
extern const sk_surname_spelling sk_tab_surname_spelling[];
extern const uint16_t sk_tab_surname_spelling_at[SK_ORTHS + 1];

extern const uint64_t sk_tab_book_key[]; /* sorted within a book */
extern const uint32_t sk_tab_book_entry_at[];
extern const sk_book_entry sk_tab_book_entry[];
extern const uint32_t sk_tab_book_at[SK_BOOKS + 1];

extern const sk_syllable sk_tab_zh_syllable[], sk_tab_yue_syllable[];
extern const unsigned sk_tab_zh_syllables, sk_tab_yue_syllables;
extern const sk_ja_reading sk_tab_ja_reading[];
extern const sk_ko_syllable sk_tab_ko_syllable[];
extern const unsigned sk_tab_ko_syllables;
extern const uint32_t sk_tab_ko_double[]; /* surnames of two syllables, first << 16 | second */
extern const unsigned sk_tab_ko_doubles;

extern const uint32_t sk_tab_han[]; /* code points, sorted; all else is by index in it */
extern const unsigned sk_tab_hans;
extern const uint16_t sk_tab_han_class[]; /* index of the smallest variant */
extern const uint32_t sk_tab_han_ko_at[], sk_tab_han_zh_at[], sk_tab_han_yue_at[],
    sk_tab_han_ja_at[];
extern const sk_reading sk_tab_han_reading[];
extern const uint32_t sk_tab_han_reading_base[4];
extern const uint64_t sk_tab_id;

/* Units of Korean: 19 initials, 21 vowels, 11 finals (0 first). */
enum { SK_KO_UNIT_VOWEL = 19, SK_KO_UNIT_CODA = 40, SK_KO_UNITS = 51 };
/* Units of Mandarin and Cantonese: initials, the first of them empty, then finals. */
enum { SK_ZH_UNIT_FINAL = 22, SK_YUE_UNIT_FINAL = 20 };

/* Index of a Han character in sk_tab_han, or SK_NO_HAN. Cost: a binary search. */
#define SK_NO_HAN 0xffff
unsigned sk_tab_find_han(uint32_t cp);

/* Readings of a Han character. lang   0 ko, 1 zh, 2 yue, 3 ja */
const sk_reading *sk_tab_readings(unsigned lang, unsigned han, unsigned *ret_n);

/* The whole-syllable spellings of a surname in an orthography, or n = 0. */
sk_chunks sk_tab_surname(sk_orth orth, unsigned syllable);

/* What is known of a Korean syllable in names; NULL when it stands in none. */
const sk_ko_syllable *sk_tab_find_ko_syllable(unsigned syllable);

/* The entries of a spelled syllable; returns how many. */
unsigned sk_tab_book_find(sk_book book, uint64_t letters, const sk_book_entry **ret_entry);

/* Short and long name of a convention: "rr", "Revised Romanization". */
const char *sk_tab_how(unsigned how);

/* The letter's code point, for explanations; folded. */
uint32_t sk_tab_letter_cp(unsigned letter);

#endif
