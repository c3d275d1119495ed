/* Two names word by word: of persons within one script, of bodies, ships and places.
 *
 * Words pair off in whatever order costs least: equal, spelled alike, an initial, a short form
 * (Bob and Robert), one transliteration of the same name (Mohammed and Mohamad), split or joined.
 * A word that meets nothing costs little, two words in the same place that differ cost much, and
 * rare words count more than common ones. Honorifics do not count, particles (al, bin, von) count
 * little, a patronymic that contradicts costs more than one left out.
 *
 * For persons it is for the alphabets (Latin, Cyrillic, Greek, Arabic, Hebrew and so on). Han,
 * Hangul and kana are compared too, letter by letter; latent.h knows more about those.
 *
 * Bodies (org.c): legal forms fall into classes and count little, generic words count less than
 * rare ones, abbreviations are looked through, an acronym meets its words, numbers must agree.
 * Ships (vessel.c): M/V, 호, 号, 丸 are left out, numbers must be equal. Places (place.c): the
 * administrative word is kept apart. Across scripts these names are translated, not transcribed: a
 * small lexicon (은행, 银行, банк, bank) carries the common words, and what is left, the proper name,
 * goes to the machinery of persons' names: prepare sk_words_rest for transcription instead of the
 * whole form, and answer sk_rest_asker.
 *
 * One section serves every kind: which comparer is used follows from the kinds of both sides
 * (sk_words_kind: what ANY turned out to be).
 *
 * What is kept of a name is one *section*: flat bytes without pointers, a multiple of 8 long, to be
 * stored at a multiple of 8.
 *
 * Invariants: comparing is symmetric (a and b of the result swap); more words that contradict never
 * raise the evidence. Threads: pure functions over constant tables.
 * Tested in tests/unit/name/t_words.c. */
#ifndef SK_NAME_WORDS_H
#define SK_NAME_WORDS_H

#include "base/buf.h"
#include "name/name.h"

#define SK_WORDS_MAX 24 /* words compared of one name; the rest counts as cut */

typedef struct sk_words sk_words; /* a section */

typedef struct sk_words_result {
    bool applicable;     /* both have words of one script; else the rest is 0              */
    bool equal;          /* the same words in the same order, after folding                */
    bool order_changed;  /* the words that met stand in another order (a comma explains)   */
    bool numbers_differ; /* bodies, ships: "No. 2" and "No. 3"                         */
    bool patronymics_differ;
    bool given_differs;       /* what the two persons are called by met nothing and contradicts */
    uint8_t words_a, words_b; /* that count: no honorifics, particles, legal forms        */
    uint8_t n_equal, n_spelled, n_initial, n_nick, n_joined; /* how words of a met b's    */
    uint8_t n_different;        /* pairs in the same place that contradict                  */
    uint8_t n_left_a, n_left_b; /* words that met nothing and contradict nothing          */
    float weight_a, weight_b;   /* rarity (nats) of all words of each side                */
    float met_a, met_b;         /* the part of it that met something                      */
    float worst;                /* the dearest spelling among the words that met, 0..1    */
    float evidence; /* nats that both write one name, at even odds before looking: fitted on alias
                       pairs of public lists; to be used as it is, or as a feature beside others */
} sk_words_result;

/* Set HONORIFIC, PARTICLE and SUFFIX on the tokens of a form. Called by sk_form_read. */
void sk_words_mark(sk_form *f);

/* Append the section of a form to out (a multiple of 8 bytes; never nothing).
 * Cost: about 1 us. */
void sk_words_prepare(const sk_form *f, sk_name_kind kind, sk_buf *out);

size_t sk_words_size_bytes(const sk_words *w);

/* Words beyond SK_WORDS_MAX, or letters beyond the 40th of a word, were left out. */
bool sk_words_is_cut(const sk_words *w);

/* The kind the name is compared as: kind as asked for, for ANY what it looks like. */
sk_name_kind sk_words_kind(const sk_words *w);

/* A person's name in Latin letters with a common Korean surname in front or behind: then syllables
 * tell people apart that look alike as words. Stricter than sk_latent_can_be_korean. */
bool sk_words_has_korean_surname(const sk_words *w);

/* The proper name in the name of a body, ship or place: what no lexicon translates (대성 of
 * 대성은행, Daesong of Korea Daesong Bank), as a form of its own, to be prepared for transcription.
 * ret_rest->raw is that of f. False when nothing is left or nothing was taken off (always for
 * persons); then ret_rest is untouched and the whole form is the rest. */
bool sk_words_rest(const sk_form *f, sk_name_kind kind, sk_form *ret_rest);

/* Asked at most once a comparison, for bodies, ships and places whose scripts differ: the evidence
 * in nats that the two rests write one name. */
typedef struct sk_rest_asker {
    double (*evidence)(const void *arg);
    const void *arg;
} sk_rest_asker;

/* Keys of the translatable words of a body's name: two bodies whose names were translated share some.
 * keys   at most room; returns how many, 0 for persons. */
unsigned sk_words_concept_keys(const sk_words *w, uint64_t *keys, unsigned room);

/* Compare two sections. rarity and rest may be NULL. For persons of different scripts the result is
 * not applicable. Cost: no allocation; 0.1 to 2 us. */
void sk_words_compare(const sk_words *a, const sk_words *b, const sk_rarity *rarity,
                      const sk_rest_asker *rest, sk_words_result *ret_result);

/* The pairs of words, one step each; costs in nats.
 * fa, fb   the forms the sections were made of
 * Owner: the arena. Returns the number of steps, 0 when words do not apply. */
size_t sk_words_explain(sk_arena *arena, const sk_form *fa, const sk_form *fb, const sk_words *a,
                        const sk_words *b, const sk_rarity *rarity, const sk_name_step **ret_steps);

/* How rare a folded word is without a list of one's own: natural log of (names / names with it),
 * from counts of a public list and a short table of common names; 0 for n = 0.
 * See model/name/common-words.txt. */
double sk_word_idf(const uint32_t *cp, unsigned n);

/* Nats of information in a name: the rarities of its words that count, added up; 0 to about 40. A
 * match of two names tells no more than the commoner of them holds. Cost: below 0.1 us. */
float sk_words_information(const sk_words *w, const sk_rarity *rarity);

/* Changes whenever sections of another build cannot be compared with this one's. */
uint64_t sk_words_tables_id(void);

#endif
