/* The query language of `sillok search`: from what a person typed to a tree the index evaluates.
 *
 *     수용소 (구타 OR 고문) -소문 "Ch'ongjin city" guard* kind:exhibit date:2017
 *
 *               AND                    leaves   수용소 구타 고문 소문 "Ch'ongjin city" guard*
 *            /       \                 filters  kind = exhibit, date = 2017
 *          AND       guard*
 *         ...
 *
 * The grammar, with its promise to the reader, stands in docs/methods/search.md:
 *
 *     query  = and { "OR" and }            and  = unary { [ "AND" ] unary }
 *     unary  = ( "NOT" | "-" ) unary | "(" query ")" | leaf | filter
 *     leaf   = word [ "*" ] | '"' words '"' [ "*" ]
 *     filter = key ":" value               only where it narrows the whole query
 *
 * This module knows no document, no table and no meaning of a filter's value: the index evaluates
 * leaves to sets of documents and combines them by the tree.
 *
 * Invariants: a parsed query has a root or at least one filter; every leaf has at least one token;
 * an FTS5 expression holds quoted tokens, `+` and `*` only. A parsed query is read-only.
 * Threads: pure functions over their arguments and cx's arena. */
#ifndef SK_RECORD_QUERY_H
#define SK_RECORD_QUERY_H

#include "base/ctx.h"

typedef enum sk_query_kind {
    SK_QUERY_AND,
    SK_QUERY_OR,
    SK_QUERY_NOT, /* everything but left; right is NULL */
    SK_QUERY_LEAF,
} sk_query_kind;

typedef struct sk_query_node {
    sk_query_kind kind;
    const struct sk_query_node *left, *right;
    size_t leaf; /* SK_QUERY_LEAF: index into the query's leaves */
} sk_query_node;

typedef struct sk_query_leaf {
    sk_str words;         /* as typed, without quotes and star                                   */
    size_t at;            /* byte in the query's text where it starts                            */
    const sk_str *tokens; /* folded, at following positions                              */
    size_t n_tokens;
    bool last_is_prefix; /* the last token may be the beginning of one                   */
    bool last_is_run;    /* the last token belongs to a run: show its first character    */
    bool negated;        /* under an odd number of NOTs: never highlighted               */
} sk_query_leaf;

typedef struct sk_query_filter {
    sk_str key, value; /* the value as typed, without quotes */
    size_t at;         /* byte in the query's text           */
} sk_query_filter;

typedef struct sk_query {
    sk_str text;               /* the query in NFC                            */
    const sk_query_node *root; /* NULL when the query has filters only        */
    const sk_query_leaf *leaves;
    size_t n_leaves;
    const sk_query_filter *filters; /* all of them narrow: the index ANDs them */
    size_t n_filters;
} sk_query;

/* Parse what a person typed.
 * text       any bytes; it is checked and composed here
 * Errors: SK_E_FORMAT for unbalanced quotes or parentheses, an operator without operand, an unknown
 * filter, a misplaced star, nothing to search for - each with the character (from 1) where it is;
 * SK_E_LIMIT past SK_LIM_QUERY_BYTES, SK_LIM_QUERY_TERMS or SK_LIM_QUERY_DEPTH.
 * Cost: linear. Tested in t_query.c and fuzzed. */
SK_MUST_USE sk_rc sk_query_parse(sk_ctx *cx, sk_str text, const sk_query **ret_query);

/* The leaf as an FTS5 match expression for a table that uses the tokenizer of tokenizer.h,
 * e.g. `"수용" + "용소"` or `"guard" *`. Safe for any leaf: to be bound, never pasted, all the same. */
sk_str sk_query_leaf_fts5(sk_ctx *cx, const sk_query_leaf *leaf);

/* Evaluate the tree for one document: hits[i] says whether leaf i is in it. True without a root. */
bool sk_query_eval(const sk_query *q, const bool *hits);

/* The known filter keys, NULL at the end. */
extern const char *const sk_query_filter_keys[];

/* Evaluate by reading: does text satisfy the words of the query (filters aside), by the documented
 * promise? Uses neither the tokenizer nor FTS5: it normalises the whole text and compares, so that
 * it can judge them. It is the slow and plain answer for tests and for exhaustive search.
 * Cost: time and memory linear in the text for each leaf; a long word is not cut here. */
bool sk_query_matches_text(sk_ctx *cx, const sk_query *q, sk_str text);
bool sk_query_leaf_matches_text(sk_ctx *cx, const sk_query *q, size_t leaf, sk_str text);

#endif
