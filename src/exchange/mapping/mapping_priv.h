/* What the parts of the mapping module share; for nobody else. */
#ifndef SK_EXCHANGE_MAPPING_PRIV_H
#define SK_EXCHANGE_MAPPING_PRIV_H

#include "exchange/mapping/mapping.h"

/* One word of a line. A quoted word is never a keyword. */
typedef struct mapping_word {
    sk_str text;
    bool is_quoted;
} mapping_word;

enum { MAPPING_WORDS = 256, MAPPING_WORD_BYTES = 1024 /* of a list of values */ };

typedef enum mapping_block { IN_NOTHING, IN_ENTITY, IN_VALUES } mapping_block;

typedef struct mapping_parser {
    sk_ctx *cx;
    sk_mapping *m;
    size_t line;
    mapping_word words[MAPPING_WORDS]; /* of the line in hand */
    size_t n, at;                      /* at: the next one    */
    mapping_block block;
    size_t values; /* the list being written, of IN_VALUES */
    bool has_head; /* "sillok-mapping 1" was there */
} mapping_parser;

/* Cut a line into words; a "#" behind a blank, or at the start, begins a comment.
 * Errors: SK_E_FORMAT (a quote that is not closed), SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_mapping__split(mapping_parser *ps, sk_str line);

/* Fail at the line in hand: `mapping line 12: ...`. */
#define odd(ps, ...) odd_at((ps)->cx, (ps)->line, __VA_ARGS__)
#define odd_at(cx, line, ...) \
    (sk_fail__((cx), SK_E_FORMAT, __VA_ARGS__), sk_while((cx), "mapping line %zu", (size_t)(line)))

/* The next word is this keyword: step over it. */
bool sk_mapping__take(mapping_parser *ps, const char *keyword);
bool sk_mapping__is_next(const mapping_parser *ps, const char *keyword);
bool sk_mapping__has_more(const mapping_parser *ps);

/* The next word whatever it is; what  names it when it is missing. */
SK_MUST_USE sk_rc sk_mapping__word(mapping_parser *ps, const char *what, sk_str *ret_word);

/* The next word as a column; the same name gives the same number. */
SK_MUST_USE sk_rc sk_mapping__column(mapping_parser *ps, size_t *ret_column);
SK_MUST_USE sk_rc sk_mapping__column_of(mapping_parser *ps, sk_str name, size_t *ret_column);

/* The next word as a template; "{}" is the column own, an error when that is SK_MAPPING_NONE. */
SK_MUST_USE sk_rc sk_mapping__template(mapping_parser *ps, size_t own,
                                       sk_mapping_template *ret_template);

/* All words that are left. */
SK_MUST_USE sk_rc sk_mapping__rest(mapping_parser *ps, const char *what, const sk_str **ret_words,
                                   size_t *ret_n);

/* Text or `column "C" [default TEXT]`. */
SK_MUST_USE sk_rc sk_mapping__setting(mapping_parser *ps, const char *what,
                                      sk_mapping_setting *ret_setting);

/* "a > b" at its signs. */
SK_MUST_USE sk_rc sk_mapping__chain(sk_ctx *cx, sk_str text, const sk_str **ret_chain,
                                    size_t *ret_n);

/* A target of a list of values: text, or "(unknown)" and its like. */
void sk_mapping__target(sk_str word, sk_mapping_value *ret_value);

/* Add a word to a list; v says what it means. Errors: it is there already, or too long. */
SK_MUST_USE sk_rc sk_mapping__add_value(mapping_parser *ps, sk_mapping_values *list, sk_str word,
                                        sk_mapping_value v);

/* Find or begin the list of this name. */
SK_MUST_USE sk_rc sk_mapping__values_of(mapping_parser *ps, sk_str name, size_t *ret_values);

/* The indented lines of an entity, and those of a list of values. */
SK_MUST_USE sk_rc sk_mapping__entity_line(mapping_parser *ps);
SK_MUST_USE sk_rc sk_mapping__values_line(mapping_parser *ps);

/* After the last line: everything that is named exists, in the mapping and in the model. */
SK_MUST_USE sk_rc sk_mapping__check(sk_ctx *cx, sk_mapping *m);

/* ---- the text of cells; mapping_value.c ---- */

/* Folded, with blanks inside made one: what comparison uses. */
sk_str sk_mapping__fold(sk_arena *a, sk_str s);

/* Does the cell's text stand for no value? Bracketed words always do, others as declared. */
bool sk_mapping__absent(sk_arena *a, const sk_mapping *m, sk_str cell, sk_absent *ret_absent);

/* NULL when the list has no such value. */
const sk_mapping_value *sk_mapping__find_value(sk_arena *a, const sk_mapping_values *values,
                                               sk_str cell);

/* A cell as part of a key: blanks and control characters become "-"; in the arena. */
sk_str sk_mapping__key_part(sk_arena *a, sk_str cell);

/* A key made fit: at most SK_LIM_KEY_BYTES, the end of a longer one replaced by a hash of it all. */
sk_str sk_mapping__key_fit(sk_arena *a, sk_str key);

#endif
