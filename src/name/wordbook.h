/* The committed word tables of model/name/ as one constant hash table, made at build time.
 *
 * A word, or a run of words with the blanks left out, is looked up by its key (letters.h) and kind.
 * A key can stand several times: one word belongs to several families of short forms.
 *
 * Threads: constant data. Source: the tables named in src/name/meson.build; tools/mkwords.c. */
#ifndef SK_NAME_WORDBOOK_H
#define SK_NAME_WORDBOOK_H

#include "name/letters.h"

/* Kept in step with the names in tools/mkwords.c. */
typedef enum sk_wordbook_kind {
    SK_BOOK_NONE,
    SK_BOOK_COUNT,        /* value: names that hold the word, of SK_WORDBOOK_NAMES       */
    SK_BOOK_FAMILY_COUNT, /* the same for all spellings of the word's family together */
    SK_BOOK_SAME,         /* value: a family of spellings of one name (Mohammed)        */
    SK_BOOK_SHORT,        /* value: a family of short forms; extra 1: its full form     */
    SK_BOOK_COUSIN,       /* value: a family across languages (John, Juan, Ivan)        */
    SK_BOOK_HONORIFIC,    /* Mr, Sheikh, 씨                                             */
    SK_BOOK_PARTICLE,     /* al, bin, von; extra: sk_particle                           */
    SK_BOOK_SUFFIX,       /* jr, filho                                                  */
    SK_BOOK_LEGAL,        /* value: sk_legal                                            */
    SK_BOOK_ORG,          /* value: concept; extra: sk_org_word                         */
    SK_BOOK_PLACE,        /* value: sk_place_class                                      */
    SK_BOOK_PLACE_END,    /* the same, only as an ending                                */
    SK_BOOK_VESSEL,       /* M/V, 호; extra 1: only as an ending                        */
    SK_BOOK_NUMBER,       /* value: the number that the word says                       */
} sk_wordbook_kind;

typedef enum sk_particle {
    SK_PARTICLE_ARTICLE = 1, /* al, el, ul                 */
    SK_PARTICLE_SON,         /* bin, ibn, ben, ould, bint  */
    SK_PARTICLE_FATHER,      /* abu, umm: begins a kunya   */
    SK_PARTICLE_SERVANT,     /* abd                        */
    SK_PARTICLE_OF,          /* de, von, van               */
} sk_particle;

/* What a translatable word of a body's name weighs. */
typedef enum sk_org_word {
    SK_ORG_GENERIC = 1, /* company, group, general: says nearly nothing     */
    SK_ORG_SECTOR,      /* bank, trading, oil: says what it does            */
    SK_ORG_PLACE,       /* Korea, China, national: says where               */
    SK_ORG_STOP,        /* the, and, of                                     */
} sk_org_word;

/* Classes of legal forms; heads of model/name/legal-forms.txt, in whatever order they stand
 * there. */
typedef enum sk_legal {
    SK_LEGAL_LIMITED = 1,
    SK_LEGAL_LLC,
    SK_LEGAL_JSC,
    SK_LEGAL_INC,
    SK_LEGAL_COMPANY,
    SK_LEGAL_PARTNERSHIP,
    SK_LEGAL_FOUNDATION,
    SK_LEGAL_ASSOCIATION,
    SK_LEGAL_STATE,
    SK_LEGAL_NONCOMMERCIAL,
    SK_LEGAL_BANK,
} sk_legal;

typedef struct sk_wordbook_entry {
    uint64_t key;
    uint16_t kind, value, extra, words; /* words: how many words the table's form has */
} sk_wordbook_entry;

#define SK_WORDBOOK_NAMES 20886 /* names counted in model/name/common-words.txt */

extern const sk_wordbook_entry SK_WORDBOOK[];
extern const uint32_t SK_WORDBOOK_SIZE; /* a power of two; an entry of kind NONE is free */
extern const uint64_t SK_WORDBOOK_ID;   /* changes with any table */

/* Entries of that key and kind: *at is 0 at first and is moved on; NULL when there is no other. */
const sk_wordbook_entry *sk_wordbook_next(uint64_t key, sk_wordbook_kind kind, uint32_t *at);

static inline const sk_wordbook_entry *sk_wordbook_find(uint64_t key, sk_wordbook_kind kind)
{
    uint32_t at = 0;
    return sk_wordbook_next(key, kind, &at);
}

#endif
