/* Lines of a mapping as words, and the small things that words make up. */
#include "exchange/mapping/mapping_priv.h"

#include "base/utf8.h"

enum { PIECES = 64 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A word in quotes, at its opening quote; "" inside stands for one. */
static sk_rc quoted_word(mapping_parser *ps, sk_str line, size_t *at, sk_str *ret_word)
{
    sk_arena *a = &ps->cx->arena;
    char *out = sk_alloc(a, line.n);
    size_t n = 0, i = *at + 1;
    for (;; i++) {
        if (i >= line.n)
            return odd(ps, "the quote before \"%.*s\" is not closed",
                       SK_P(sk_utf8_fit(sk_str_sub(line, *at + 1, line.n), 40)));
        if (line.p[i] == '"' && (i + 1 >= line.n || line.p[i + 1] != '"'))
            break;
        if (line.p[i] == '"')
            i++;
        out[n++] = line.p[i];
    }
    *at = i + 1;
    if (*at < line.n && !is_blank(line.p[*at]))
        return odd(ps, "behind the closing quote of \"%.*s\" there is no blank",
                   SK_P(((sk_str){out, n})));
    *ret_word = (sk_str){out, n};
    return SK_OK;
}

sk_rc sk_mapping__split(mapping_parser *ps, sk_str line)
{
    ps->n = ps->at = 0;
    size_t i = 0;
    for (;;) {
        while (i < line.n && is_blank(line.p[i]))
            i++;
        if (i >= line.n || line.p[i] == '#')
            return SK_OK;
        if (ps->n == MAPPING_WORDS)
            return sk_fail(ps->cx, SK_E_LIMIT, "mapping line %zu: more than %d words", ps->line,
                           MAPPING_WORDS);
        mapping_word *w = &ps->words[ps->n];
        w->is_quoted = line.p[i] == '"';
        if (w->is_quoted) {
            SK_TRY(quoted_word(ps, line, &i, &w->text));
        } else {
            size_t from = i;
            while (i < line.n && !is_blank(line.p[i]))
                i++;
            w->text = sk_str_sub(line, from, i - from);
        }
        ps->n++;
    }
}

bool sk_mapping__has_more(const mapping_parser *ps)
{
    return ps->at < ps->n;
}

bool sk_mapping__is_next(const mapping_parser *ps, const char *keyword)
{
    return ps->at < ps->n && !ps->words[ps->at].is_quoted &&
           sk_str_is(ps->words[ps->at].text, keyword);
}

bool sk_mapping__take(mapping_parser *ps, const char *keyword)
{
    bool is_it = sk_mapping__is_next(ps, keyword);
    ps->at += is_it;
    return is_it;
}

sk_rc sk_mapping__word(mapping_parser *ps, const char *what, sk_str *ret_word)
{
    if (ps->at == ps->n)
        return odd(ps, "%s is missing at the end of the line", what);
    *ret_word = ps->words[ps->at++].text;
    return SK_OK;
}

sk_rc sk_mapping__rest(mapping_parser *ps, const char *what, const sk_str **ret_words,
                       size_t *ret_n)
{
    size_t n = ps->n - ps->at;
    if (!n)
        return odd(ps, "%s is missing at the end of the line", what);
    sk_str *words = sk_new_array(&ps->cx->arena, sk_str, n);
    for (size_t i = 0; i < n; i++)
        words[i] = ps->words[ps->at++].text;
    *ret_words = words;
    *ret_n = n;
    return SK_OK;
}

/* ---- columns and templates ---- */

sk_rc sk_mapping__column_of(mapping_parser *ps, sk_str name, size_t *ret_column)
{
    sk_mapping *m = ps->m;
    name = sk_str_trim(name);
    if (!name.n)
        return odd(ps, "a column has no name; a column without a heading is written [B]");
    for (size_t i = 0; i < m->n_columns; i++)
        if (sk_str_eq(m->columns[i].name, name)) {
            *ret_column = i;
            return SK_OK;
        }
    if (m->n_columns == SK_LIM_CSV_COLUMNS)
        return sk_fail(ps->cx, SK_E_LIMIT, "mapping line %zu: more than %d columns", ps->line,
                       SK_LIM_CSV_COLUMNS);
    SK_GROW(&ps->cx->arena, m->columns, m->n_columns, m->cap_columns);
    m->columns[m->n_columns] = (sk_mapping_column){.name = name, .line = ps->line};
    *ret_column = m->n_columns++;
    return SK_OK;
}

sk_rc sk_mapping__column(mapping_parser *ps, size_t *ret_column)
{
    sk_str name = SK_NONE;
    SK_TRY(sk_mapping__word(ps, "the column", &name));
    SK_TRY(sk_mapping__column_of(ps, name, ret_column));
    ps->m->columns[*ret_column].is_used = true;
    return SK_OK;
}

sk_rc sk_mapping__template(mapping_parser *ps, size_t own, sk_mapping_template *ret_template)
{
    sk_str text = SK_NONE;
    SK_TRY(sk_mapping__word(ps, "a text such as \"person-{ID}\"", &text));
    sk_mapping_piece *pieces = sk_new_array(&ps->cx->arena, sk_mapping_piece, PIECES);
    size_t n = 0;
    for (sk_str rest = text; rest.n;) {
        if (n + 2 > PIECES)
            return sk_fail(ps->cx, SK_E_LIMIT, "mapping line %zu: more than %d parts in \"%.*s\"",
                           ps->line, PIECES, SK_P(text));
        size_t open = sk_str_find(rest, SK_S("{"));
        sk_str literal = sk_str_sub(rest, 0, open);
        if (literal.n)
            pieces[n++] = (sk_mapping_piece){literal, SK_MAPPING_NONE};
        if (open == SIZE_MAX)
            break;
        rest = sk_str_sub(rest, open + 1, rest.n);
        size_t close = sk_str_find(rest, SK_S("}"));
        if (close == SIZE_MAX)
            return odd(ps, "in \"%.*s\" a { is not closed by }", SK_P(text));
        sk_str name = sk_str_sub(rest, 0, close);
        size_t column = own;
        if (name.n)
            SK_TRY(sk_mapping__column_of(ps, name, &column));
        if (column == SK_MAPPING_NONE)
            return odd(ps, "in \"%.*s\" a {} names no column", SK_P(text));
        ps->m->columns[column].is_used = true;
        pieces[n++] = (sk_mapping_piece){SK_NONE, column};
        rest = sk_str_sub(rest, close + 1, rest.n);
    }
    *ret_template = (sk_mapping_template){pieces, n};
    return SK_OK;
}

/* ---- settings ---- */

sk_rc sk_mapping__setting(mapping_parser *ps, const char *what, sk_mapping_setting *ret_setting)
{
    sk_mapping_setting s = {.column = SK_MAPPING_NONE};
    if (sk_mapping__take(ps, "column")) {
        SK_TRY(sk_mapping__column(ps, &s.column));
        if (sk_mapping__take(ps, "default"))
            SK_TRY(sk_mapping__word(ps, "the text where the cell is empty", &s.deflt));
    } else {
        SK_TRY(sk_mapping__word(ps, what, &s.text));
    }
    *ret_setting = s;
    return SK_OK;
}

sk_rc sk_mapping__chain(sk_ctx *cx, sk_str text, const sk_str **ret_chain, size_t *ret_n)
{
    sk_str *chain = sk_new_array(&cx->arena, sk_str, SK_LIM_CHAIN);
    size_t n = 0;
    for (sk_str rest = text;;) {
        size_t at = sk_str_find(rest, SK_S(" > "));
        sk_str name = sk_str_trim(sk_str_sub(rest, 0, at));
        if (!name.n || n == SK_LIM_CHAIN)
            return sk_fail(cx, SK_E_FORMAT,
                           "claimant \"%.*s\" has an empty name or more than %d; write \"origin > "
                           "who relays\"",
                           SK_P(text), SK_LIM_CHAIN);
        chain[n++] = name;
        if (at == SIZE_MAX)
            break;
        rest = sk_str_sub(rest, at + 3, rest.n);
    }
    *ret_chain = chain;
    *ret_n = n;
    return SK_OK;
}

void sk_mapping__target(sk_str word, sk_mapping_value *ret_value)
{
    sk_absent absent = SK_PRESENT;
    bool in_brackets = word.n > 2 && word.p[0] == '(' && word.p[word.n - 1] == ')';
    if (in_brackets && sk_absent_parse(sk_str_sub(word, 1, word.n - 2), &absent))
        word = SK_NONE;
    ret_value->target = word;
    ret_value->absent = absent;
}

sk_str sk_mapping_quoted(sk_arena *a, sk_str s)
{
    size_t quotes = 0;
    for (size_t i = 0; i < s.n; i++)
        quotes += s.p[i] == '"';
    char *out = sk_alloc(a, s.n + quotes + 3);
    size_t n = 0;
    out[n++] = '"';
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            out[n++] = '"';
        out[n++] = s.p[i] == '\n' ? ' ' : s.p[i]; /* a heading on two lines is one name */
    }
    out[n++] = '"';
    return (sk_str){out, n};
}
