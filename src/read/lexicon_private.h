/* Private to lexicon*.c and mklexicon: the block, byte by byte, and its making. */
#ifndef SK_READ_LEXICON_PRIVATE_H
#define SK_READ_LEXICON_PRIVATE_H

#include "base/buf.h"
#include "read/lexicon.h"

#define SK_LEX_MAGIC "sk-lexi1"

/* All counts and places are of the block, little endian as the machines we run on are. */
typedef struct sk_lex_header {
    char magic[8];
    uint64_t bytes;
    uint32_t n_words, n_slots, n_entries, n_nodes, n_edges, n_senses;
    uint32_t strings_bytes, words_at, slots_at, entries_at, nodes_at, edges_at, senses_at,
        strings_at;
    char version[24];
} sk_lex_header;

typedef struct sk_lex_word {
    uint32_t string; /* offset of the folded word, ended by NUL */
    uint32_t n, pos;
} sk_lex_word;

typedef struct sk_lex_node {
    uint32_t edges, senses; /* the first of each */
    uint16_t n_edges, n_senses;
} sk_lex_node;

typedef struct sk_lex_edge {
    uint32_t word, node;
} sk_lex_edge;

static inline uint32_t sk_lex_hash(sk_str s)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h ^ h >> 15;
}

/* One list: its name for messages, and its text. */
typedef struct sk_lex_source {
    const char *name;
    sk_str text;
} sk_lex_source;

/* Compile lists into a block appended to out.
 * Errors: SK_E_FORMAT with list and line; SK_E_LIMIT (SK_LIM_LEXICON_BYTES). */
SK_MUST_USE sk_rc sk_lexicon_compile(sk_ctx *cx, const sk_lex_source *sources, size_t n,
                                     sk_buf *out);

/* A word in one of the forms that English makes of it. */
typedef struct sk_inflected {
    sk_str text;
    sk_form form;
} sk_inflected;

enum { SK_MOST_INFLECTED = 8 };

/* A phrase of a verb in its parts: an adverb in -ly in front with its blank ("forcibly "), the word
 * that changes ("send"), and what goes with every form (" back"). */
typedef struct sk_verb_parts {
    sk_str lead, verb, rest;
} sk_verb_parts;
sk_verb_parts sk_verb_split(sk_str phrase);

/* Does spelling leave open whether the verb doubles its last letter (acquit, visit)? Then the lists
 * must give its past form. */
bool sk_verb_may_double(sk_str verb);

/* Forms of the verb whose verb is written "kill", "hold/held/held" or, with the -ing form,
 * "stop/stopped/stopped/stopping"; the words in front of it and behind it go with every form.
 * irregular, if not empty, is such a line for the verb ("hold/held/held"). Returns how many. */
size_t sk_inflect_verb(sk_arena *a, sk_str phrase, sk_str irregular,
                       sk_inflected ret_forms[SK_MOST_INFLECTED]);

/* Singular and plural; "man/men" gives the plural itself, the last word changes. */
size_t sk_inflect_noun(sk_arena *a, sk_str phrase, sk_inflected ret_forms[SK_MOST_INFLECTED]);

#endif
