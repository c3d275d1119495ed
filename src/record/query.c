#include "record/query.h"

#include "base/utf8.h"
#include "record/tokenizer.h"

const char *const sk_query_filter_keys[] = {
    "kind", "date", "place", "claimant", "exhibit", "entity", "restriction", "furniture", NULL};

#define KNOWN_FILTERS "kind:, date:, place:, claimant:, exhibit:, entity:, restriction:, furniture:"

typedef struct parser {
    sk_ctx *cx;
    sk_str text;
    size_t at;
    size_t depth; /* parentheses and NOTs we are inside of */
    size_t parens;
    sk_query_leaf *leaves;
    size_t n_leaves, cap_leaves;
    sk_query_filter *filters;
    size_t n_filters, cap_filters;
} parser;

/* Reading characters. */

/* The character at byte at, moving *ret_next behind it; 0 at the end. */
static uint32_t char_at(const parser *p, size_t at, size_t *ret_next)
{
    *ret_next = at;
    return at < p->text.n ? sk_utf8_next(p->text, ret_next) : 0;
}

/* For messages: people count characters, from 1. */
static size_t place(const parser *p, size_t at)
{
    return sk_utf8_count((sk_str){p->text.p, at}) + 1;
}

static bool is_curly(uint32_t c)
{
    return c >= 0x201C && c <= 0x201F;
}

static bool is_quote(uint32_t c)
{
    return c == '"' || c == 0xFF02 || is_curly(c);
}

/* Curly quotes close one another; inside straight ones they are part of the words. */
static bool closes(uint32_t open, uint32_t c)
{
    return is_curly(open) ? is_curly(c) : c == open;
}

static bool is_open(uint32_t c)
{
    return c == '(' || c == 0xFF08;
}

static bool is_close(uint32_t c)
{
    return c == ')' || c == 0xFF09;
}

static bool is_digit_byte(const parser *p, size_t at)
{
    return at < p->text.n && p->text.p[at] >= '0' && p->text.p[at] <= '9';
}

/* Blanks part words; the narrow and unbreakable ones not inside a number such as 30 023. */
static bool is_blank(const parser *p, size_t at, uint32_t c, size_t next)
{
    if (c == 0x00A0 || c == 0x2009 || c == 0x202F)
        return !(at > 0 && is_digit_byte(p, at - 1) && is_digit_byte(p, next));
    return c == ' ' || c == '\t' || c == '\n' || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x205F || c == 0x1680;
}

static void skip_blanks(parser *p)
{
    size_t next;
    uint32_t c;
    while ((c = char_at(p, p->at, &next)) && is_blank(p, p->at, c, next))
        p->at = next;
}

/* Where the unquoted word that starts at byte at ends. */
static size_t word_end(const parser *p, size_t at)
{
    size_t next;
    uint32_t c;
    while ((c = char_at(p, at, &next)) && !is_blank(p, at, c, next) && !is_quote(c) &&
           !is_open(c) && !is_close(c))
        at = next;
    return at;
}

static sk_str piece(const parser *p, size_t from, size_t to)
{
    return sk_str_sub(p->text, from, to - from);
}

/* True when an operator stands here as a word of its own. */
static bool is_operator(const parser *p, const char *name)
{
    return sk_str_is(piece(p, p->at, word_end(p, p->at)), name);
}

/* Leaves. */

static sk_rc count_term(const parser *p)
{
    if (p->n_leaves + p->n_filters >= SK_LIM_QUERY_TERMS)
        return sk_fail(p->cx, SK_E_LIMIT,
                       "query: more than %d words and filters; search for fewer, or put words that "
                       "stand together in quotes",
                       SK_LIM_QUERY_TERMS);
    return SK_OK;
}

typedef struct token_list {
    sk_arena *arena;
    sk_str *v;
    size_t n, cap;
    sk_token_kind last_kind;
} token_list;

static bool add_token(void *arg, const sk_token *t)
{
    token_list *list = arg;
    SK_GROW(list->arena, list->v, list->n, list->cap);
    list->v[list->n++] = sk_str_copy(list->arena, t->folded);
    list->last_kind = t->kind;
    return true;
}

/* Make a leaf of words; *ret_node stays NULL when there is nothing in them that could be found. */
static sk_rc make_leaf(parser *p, sk_str words, size_t at, bool star,
                       const sk_query_node **ret_node)
{
    token_list list = {.arena = &p->cx->arena};
    sk_tokenize(words, SK_TOKENIZE_QUERY, add_token, &list);
    if (list.n == 0)
        return SK_OK;
    SK_TRY(count_term(p));
    SK_GROW(&p->cx->arena, p->leaves, p->n_leaves, p->cap_leaves);
    p->leaves[p->n_leaves] = (sk_query_leaf){
        .words = words,
        .at = at,
        .tokens = list.v,
        .n_tokens = list.n,
        .last_is_prefix =
            list.last_kind == SK_TOKEN_LAST || (star && list.last_kind == SK_TOKEN_WORD),
        .last_is_run = list.last_kind != SK_TOKEN_WORD,
    };
    sk_query_node *node = sk_new(&p->cx->arena, sk_query_node);
    *node = (sk_query_node){.kind = SK_QUERY_LEAF, .leaf = p->n_leaves++};
    *ret_node = node;
    return SK_OK;
}

/* From the opening quote at p->at to behind the closing one; ret_words without the quotes. */
static sk_rc read_quoted(parser *p, sk_str *ret_words)
{
    size_t open_at = p->at, from, next;
    uint32_t open = char_at(p, open_at, &from), c;
    size_t at = from;
    while ((c = char_at(p, at, &next)) && !closes(open, c))
        at = next;
    if (!c)
        return sk_fail(
            p->cx, SK_E_FORMAT,
            "query: the quote opened at character %zu is not closed; add a \" or remove it",
            place(p, open_at));
    p->at = next;
    *ret_words = piece(p, from, at);
    return SK_OK;
}

static sk_rc read_phrase(parser *p, const sk_query_node **ret_node)
{
    size_t from = p->at;
    sk_str words;
    SK_TRY(read_quoted(p, &words));
    bool star = p->at < p->text.n && p->text.p[p->at] == '*';
    p->at += star;
    const sk_query_node *node = NULL;
    SK_TRY(make_leaf(p, words, from, star, &node));
    if (!node)
        return sk_fail(p->cx, SK_E_FORMAT,
                       "query: the quotes at character %zu hold no letter or digit to search for",
                       place(p, from));
    *ret_node = node;
    return SK_OK;
}

/* An unquoted word. Punctuation alone is passed over like a blank: *ret_node stays as it was. */
static sk_rc read_word(parser *p, const sk_query_node **ret_node)
{
    size_t from = p->at, to = word_end(p, from);
    sk_str word = piece(p, from, to);
    const char *star = word.n ? memchr(word.p, '*', word.n) : NULL;
    if (star && star != word.p + word.n - 1)
        return sk_fail(p->cx, SK_E_FORMAT,
                       "query: the * at character %zu stands inside a word; it may only end one, "
                       "as in prison*",
                       place(p, from + (size_t)(star - word.p)));
    p->at = to;
    if (star)
        word.n--;
    const sk_query_node *node = NULL;
    SK_TRY(make_leaf(p, word, from, star != NULL, &node));
    if (star && !node)
        return sk_fail(p->cx, SK_E_FORMAT,
                       "query: the * at character %zu has no word before it; write prison*",
                       place(p, to - 1));
    if (node)
        *ret_node = node;
    return SK_OK;
}

/* Filters. */

/* The byte of the colon when a filter key stands here ("kind:"), else 0. Addresses are words. */
static size_t filter_colon(const parser *p)
{
    size_t at = p->at;
    while (at < p->text.n && (((p->text.p[at] | 0x20) >= 'a' && (p->text.p[at] | 0x20) <= 'z') ||
                              p->text.p[at] == '_'))
        at++;
    if (at == p->at || at >= p->text.n || p->text.p[at] != ':')
        return 0;
    return sk_str_starts(piece(p, at, p->text.n), SK_S("://")) ? 0 : at;
}

static sk_rc find_key(const parser *p, sk_str written, sk_str *ret_key)
{
    for (size_t i = 0; sk_query_filter_keys[i]; i++)
        if (sk_str_eq_nocase(written, sk_str_of(sk_query_filter_keys[i]))) {
            *ret_key = sk_str_of(sk_query_filter_keys[i]);
            return SK_OK;
        }
    return sk_fail(p->cx, SK_E_FORMAT,
                   "query: unknown filter \"%.*s:\" at character %zu; known are " KNOWN_FILTERS
                   "; to search for these words, put them in quotes",
                   SK_P(written), place(p, p->at));
}

static sk_rc read_filter(parser *p, size_t colon)
{
    size_t from = p->at;
    sk_str key = SK_NONE, value = SK_NONE;
    SK_TRY(find_key(p, piece(p, from, colon), &key));
    p->at = colon + 1;
    size_t next;
    uint32_t c = char_at(p, p->at, &next);
    if (is_quote(c)) {
        SK_TRY(read_quoted(p, &value));
    } else {
        size_t at = p->at;
        while ((c = char_at(p, at, &next)) && !is_blank(p, at, c, next) &&
               !(is_close(c) && p->parens > 0))
            at = next;
        value = piece(p, p->at, at);
        p->at = at;
    }
    value = sk_str_trim(value);
    if (value.n == 0)
        return sk_fail(
            p->cx, SK_E_FORMAT,
            "query: the filter %.*s: at character %zu has no value; write it right behind "
            "the colon, in quotes if it has blanks",
            SK_P(key), place(p, from));
    SK_TRY(count_term(p));
    SK_GROW(&p->cx->arena, p->filters, p->n_filters, p->cap_filters);
    p->filters[p->n_filters++] = (sk_query_filter){key, value, from};
    return SK_OK;
}

/* Filters narrow the whole query: refuse those that were read since n_before inside an OR or NOT. */
static sk_rc refuse_filters(const parser *p, size_t n_before, const char *inside)
{
    if (p->n_filters == n_before)
        return SK_OK;
    const sk_query_filter *f = &p->filters[n_before];
    return sk_fail(
        p->cx, SK_E_FORMAT,
        "query: the filter %.*s: at character %zu stands inside %s, but a filter narrows "
        "the whole query; move it out",
        SK_P(f->key), place(p, f->at), inside);
}

/* The tree. Each reader says by *ret_found whether it read an operand; the operand's node stays
 * NULL when it was a filter. */

static sk_rc read_or(parser *p, const sk_query_node **ret_node, bool *ret_found);

static const sk_query_node *combine(parser *p, sk_query_kind kind, const sk_query_node *left,
                                    const sk_query_node *right)
{
    if (!left || (!right && kind != SK_QUERY_NOT))
        return left ? left : right;
    sk_query_node *node = sk_new(&p->cx->arena, sk_query_node);
    *node = (sk_query_node){.kind = kind, .left = left, .right = right};
    return node;
}

static sk_rc enter(parser *p)
{
    if (p->depth++ >= SK_LIM_QUERY_DEPTH)
        return sk_fail(
            p->cx, SK_E_LIMIT,
            "query: more than %d parentheses and NOTs within one another at character %zu",
            SK_LIM_QUERY_DEPTH, place(p, p->at));
    return SK_OK;
}

static sk_rc read_group(parser *p, const sk_query_node **ret_node)
{
    size_t open_at = p->at, next;
    char_at(p, p->at, &p->at);
    SK_TRY(enter(p));
    p->parens++;
    bool found = false;
    const sk_query_node *node = NULL;
    SK_TRY(read_or(p, &node, &found));
    if (!is_close(char_at(p, p->at, &next)))
        return sk_fail(p->cx, SK_E_FORMAT,
                       "query: the parenthesis opened at character %zu is not closed; add a ) or "
                       "put the words in quotes",
                       place(p, open_at));
    if (!found)
        return sk_fail(p->cx, SK_E_FORMAT,
                       "query: the parentheses at character %zu hold nothing to search for",
                       place(p, open_at));
    p->at = next;
    p->depth--;
    p->parens--;
    *ret_node = node;
    return SK_OK;
}

static sk_rc nothing_beside(const parser *p, const char *operator, size_t at, const char *side)
{
    return sk_fail(
        p->cx, SK_E_FORMAT,
        "query: %s at character %zu has nothing on its %s; to search for the word, write "
        "it in lower case or in quotes",
        operator, place(p, at), side);
}

static sk_rc read_unary(parser *p, const sk_query_node **ret_node, bool *ret_found);

/* NOT, or a minus directly before what it excludes. */
static sk_rc read_not(parser *p, size_t length, const char *name, const sk_query_node **ret_node)
{
    size_t at = p->at, n_filters = p->n_filters;
    p->at += length;
    SK_TRY(enter(p));
    bool found = false;
    const sk_query_node *node = NULL;
    SK_TRY(read_unary(p, &node, &found));
    if (!found)
        return nothing_beside(p, name, at, "right");
    SK_TRY(refuse_filters(p, n_filters, name));
    p->depth--;
    *ret_node = combine(p, SK_QUERY_NOT, node, NULL);
    return SK_OK;
}

static bool stop_at_token(SK_UNUSED void *arg, SK_UNUSED const sk_token *t)
{
    return false;
}

/* True when the minus here excludes something; one before punctuation or a blank is punctuation. */
static bool is_minus(const parser *p)
{
    size_t next;
    if (p->text.p[p->at] != '-')
        return false;
    uint32_t c = char_at(p, p->at + 1, &next);
    return is_quote(c) || is_open(c) ||
           !sk_tokenize(piece(p, p->at + 1, word_end(p, p->at + 1)), SK_TOKENIZE_QUERY,
                        stop_at_token, NULL);
}

static sk_rc read_unary(parser *p, const sk_query_node **ret_node, bool *ret_found)
{
    size_t next, colon;
    uint32_t c;
    for (;;) {
        skip_blanks(p);
        c = char_at(p, p->at, &next);
        if (!c || is_close(c) || is_operator(p, "AND") || is_operator(p, "OR"))
            return SK_OK;
        *ret_found = true;
        if (is_open(c))
            return read_group(p, ret_node);
        if (is_quote(c))
            return read_phrase(p, ret_node);
        if (is_operator(p, "NOT"))
            return read_not(p, 3, "NOT", ret_node);
        if (is_minus(p))
            return read_not(p, 1, "the minus", ret_node);
        if ((colon = filter_colon(p)))
            return read_filter(p, colon);
        size_t n_leaves = p->n_leaves;
        SK_TRY(read_word(p, ret_node));
        if (p->n_leaves > n_leaves)
            return SK_OK;
        *ret_found = false; /* punctuation: look further */
    }
}

static sk_rc read_and(parser *p, const sk_query_node **ret_node, bool *ret_found)
{
    for (;;) {
        skip_blanks(p);
        size_t operator_at = SIZE_MAX;
        if (is_operator(p, "AND")) {
            if (!*ret_found)
                return nothing_beside(p, "AND", p->at, "left");
            operator_at = p->at;
            p->at += 3;
        }
        bool found = false;
        const sk_query_node *node = NULL;
        SK_TRY(read_unary(p, &node, &found));
        if (!found && operator_at != SIZE_MAX)
            return nothing_beside(p, "AND", operator_at, "right");
        if (!found && !is_operator(p, "AND"))
            return SK_OK;
        *ret_found = *ret_found || found;
        *ret_node = combine(p, SK_QUERY_AND, *ret_node, node);
    }
}

static sk_rc read_or(parser *p, const sk_query_node **ret_node, bool *ret_found)
{
    size_t n_filters = p->n_filters;
    bool is_or = false;
    for (;;) {
        bool found = false;
        size_t operator_at = p->at;
        if (is_or)
            p->at += 2;
        const sk_query_node *node = NULL;
        SK_TRY(read_and(p, &node, &found));
        if (is_or && !found)
            return nothing_beside(p, "OR", operator_at, "right");
        *ret_found = *ret_found || found;
        *ret_node = combine(p, SK_QUERY_OR, *ret_node, node);
        if (!is_operator(p, "OR"))
            break;
        if (!found)
            return nothing_beside(p, "OR", p->at, "left");
        is_or = true;
    }
    return is_or ? refuse_filters(p, n_filters, "OR") : SK_OK;
}

static void mark_negated(sk_query_leaf *leaves, const sk_query_node *node, bool negated)
{
    if (!node)
        return;
    if (node->kind == SK_QUERY_LEAF)
        leaves[node->leaf].negated = negated;
    mark_negated(leaves, node->left, negated != (node->kind == SK_QUERY_NOT));
    mark_negated(leaves, node->right, negated);
}

static sk_rc parse_all(parser *p, const sk_query **ret_query)
{
    const sk_query_node *root = NULL;
    bool found = false;
    SK_TRY(read_or(p, &root, &found));
    if (p->at < p->text.n)
        return sk_fail(
            p->cx, SK_E_FORMAT,
            "query: the ) at character %zu closes nothing; remove it or put the words in "
            "quotes",
            place(p, p->at));
    if (!found)
        return sk_fail(p->cx, SK_E_FORMAT, "query: \"%.*s\" holds no letter or digit to search for",
                       SK_P(p->text));
    mark_negated(p->leaves, root, false);
    sk_query *q = sk_new(&p->cx->arena, sk_query);
    *q = (sk_query){p->text, root, p->leaves, p->n_leaves, p->filters, p->n_filters};
    *ret_query = q;
    return SK_OK;
}

sk_rc sk_query_parse(sk_ctx *cx, sk_str text, const sk_query **ret_query)
{
    if (text.n > SK_LIM_QUERY_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "query: %zu bytes long; at most %zu are allowed", text.n,
                       SK_LIM_QUERY_BYTES);
    parser p = {.cx = cx};
    SK_TRY(sk_utf8_enter(cx, text, "query", &p.text));
    return parse_all(&p, ret_query);
}

sk_str sk_query_leaf_fts5(sk_ctx *cx, const sk_query_leaf *leaf)
{
    size_t n = sizeof " *";
    for (size_t i = 0; i < leaf->n_tokens; i++)
        n += leaf->tokens[i].n + sizeof " + \"\"";
    char *to = sk_alloc(&cx->arena, n);
    size_t at = 0;
    for (size_t i = 0; i < leaf->n_tokens; i++) {
        sk_str t = leaf->tokens[i];
        sk_assert(t.n && !memchr(t.p, '"', t.n));
        at += (size_t)snprintf(to + at, n - at, "%s\"%.*s\"", i ? " + " : "", SK_P(t));
    }
    if (leaf->last_is_prefix)
        at += (size_t)snprintf(to + at, n - at, " *");
    return (sk_str){to, at};
}

static bool eval(const sk_query_node *node, const bool *hits)
{
    switch (node->kind) {
    case SK_QUERY_AND:
        return eval(node->left, hits) && eval(node->right, hits);
    case SK_QUERY_OR:
        return eval(node->left, hits) || eval(node->right, hits);
    case SK_QUERY_NOT:
        return !eval(node->left, hits);
    default:
        return hits[node->leaf];
    }
}

bool sk_query_eval(const sk_query *q, const bool *hits)
{
    return !q->root || eval(q->root, hits);
}
