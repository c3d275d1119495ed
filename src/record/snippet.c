/* The second half of highlight.h: the window of a text that is worth a line of the screen. */
#include "base/utf8.h"
#include "record/highlight.h"
#include "record/tokenizer.h"

#define ELLIPSIS         "\u2026"
#define ELLIPSIS_COLUMNS ((size_t)1)

static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x00A0 || c == 0x3000 || c == 0x2028 ||
           c == 0x2029;
}

/* Walks forward over text and counts columns as they will be shown, blanks collapsed. */
typedef struct walker {
    sk_str text;
    size_t at, columns;
    bool was_blank;
} walker;

static uint32_t walk(walker *w)
{
    uint32_t c = sk_utf8_next(w->text, &w->at);
    bool blank = is_blank(c);
    w->columns += blank ? !w->was_blank : (size_t)sk_utf8_width_of(c);
    w->was_blank = blank;
    return c;
}

static size_t previous(sk_str text, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)text.p[at] & 0xC0) == 0x80);
    return at;
}

static bool is_hangul(uint32_t c)
{
    return c >= 0xAC00 && c <= 0xD7A3;
}

/* True when the text may be cut before byte at: not inside a word, not before a mark; inside a
 * stretch of Hangul, which has blanks of its own, only when asked to. */
static bool may_cut(sk_str text, size_t at, bool in_hangul)
{
    if (at == 0 || at >= text.n)
        return true;
    size_t from = previous(text, at), next = at;
    uint32_t before = sk_utf8_next(text, &from), behind = sk_utf8_next(text, &next);
    sk_char_kind kind = sk_char_kind_of(behind);
    if (kind == SK_CHAR_IGNORED || (kind != SK_CHAR_SEPARATOR && sk_utf8_width_of(behind) == 0))
        return false;
    if (is_hangul(before) && is_hangul(behind))
        return in_hangul;
    return kind != SK_CHAR_WORD || sk_char_kind_of(before) != SK_CHAR_WORD;
}

/* The nearest byte from at towards the matches' edge where the text may be cut. */
static size_t cut_towards(sk_str text, size_t at, size_t edge)
{
    size_t cut = edge;
    for (int in_hangul = 0; in_hangul <= 1 && cut == edge; in_hangul++) {
        cut = at;
        while (cut != edge && !may_cut(text, cut, in_hangul))
            if (cut < edge)
                sk_utf8_next(text, &cut);
            else
                cut = previous(text, cut);
    }
    return cut;
}

/* The matches first..last that fit in the columns and show most. */
typedef struct choice {
    size_t first, last, leaves, matches;
} choice;

/* Slide over the ranges with two ends; columns[2i] and [2i+1] are where range i starts and ends. */
static choice choose(sk_ranges r, const size_t *columns, size_t budget)
{
    size_t in_window[SK_LIM_QUERY_TERMS] = {0}, leaves = 0, first = 0;
    choice best = {0};
    for (size_t last = 0; last < r.n; last++) {
        leaves += in_window[r.v[last].leaf]++ == 0;
        while (first < last && columns[2 * last + 1] - columns[2 * first] > budget)
            leaves -= --in_window[r.v[first++].leaf] == 0;
        size_t matches = last - first + 1;
        if (leaves > best.leaves || (leaves == best.leaves && matches > best.matches))
            best = (choice){first, last, leaves, matches};
    }
    return best;
}

static choice choose_matches(sk_ctx *cx, sk_str text, sk_ranges r, size_t budget)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    size_t *columns = sk_new_array(&cx->arena, size_t, 2 * r.n);
    walker w = {.text = text, .at = r.v[0].start};
    for (size_t i = 0; i < r.n; i++) {
        while (w.at < r.v[i].start)
            walk(&w);
        columns[2 * i] = w.columns;
        while (w.at < r.v[i].end)
            walk(&w);
        columns[2 * i + 1] = w.columns;
    }
    choice best = choose(r, columns, budget);
    sk_arena_back_to(&cx->arena, mark);
    return best;
}

/* The byte up to which text can be shown from byte from in so many columns; *ret_used of them. */
static size_t extend_right(sk_str text, size_t from, size_t columns, size_t *ret_used)
{
    walker w = {.text = text, .at = from};
    size_t end = from;
    *ret_used = 0;
    while (w.at < text.n) {
        walk(&w);
        if (w.columns > columns)
            break;
        end = w.at;
        *ret_used = w.columns;
    }
    return end;
}

static size_t extend_left(sk_str text, size_t from, size_t columns)
{
    size_t used = 0;
    bool was_blank = false;
    while (from > 0) {
        size_t at = previous(text, from), next = at;
        uint32_t c = sk_utf8_next(text, &next);
        used += is_blank(c) ? !was_blank : (size_t)sk_utf8_width_of(c);
        was_blank = is_blank(c);
        if (used > columns)
            break;
        from = at;
    }
    return from;
}

typedef struct window {
    size_t from, to;
} window;

/* Give the columns that the matches leave over to what stands around them: a third before them,
 * the rest behind, and what the end of the text does not use before them again. */
static window surround(sk_str text, window matches, size_t budget)
{
    size_t used, used_right;
    size_t end = extend_right(text, matches.from, budget, &used);
    if (end < matches.to) /* a single match longer than the window: its beginning */
        return (window){matches.from, end};
    size_t all = 0;
    extend_right(sk_str_sub(text, 0, matches.to), matches.from, budget, &all);
    size_t left_over = budget - all;
    extend_right(text, matches.to, left_over - left_over / 3, &used_right);
    size_t from = extend_left(text, matches.from, left_over - used_right);
    from = cut_towards(text, from, matches.from);
    size_t columns_left = 0;
    extend_right(sk_str_sub(text, 0, matches.to), from, SIZE_MAX, &columns_left);
    size_t to = extend_right(text, matches.to,
                             budget - (columns_left < budget ? columns_left : budget), &used_right);
    return (window){from, cut_towards(text, to, matches.to)};
}

static bool has_ink(sk_str s)
{
    for (size_t at = 0; at < s.n;)
        if (!is_blank(sk_utf8_next(s, &at)))
            return true;
    return false;
}

/* What closes a sentence or clause that is not shown itself. */
static bool is_closing(uint32_t c)
{
    return c < 0x80 && c > 0 && strchr(",.;:!?)]", (int)c);
}

static window trim(sk_str text, window w)
{
    size_t next;
    uint32_t c;
    bool is_cut = w.from > 0;
    while (w.from < w.to &&
           (next = w.from, c = sk_utf8_next(text, &next), is_blank(c) || (is_cut && is_closing(c))))
        w.from = next;
    while (w.to > w.from && (next = previous(text, w.to), is_blank(sk_utf8_next(text, &next))))
        w.to = previous(text, w.to);
    return w;
}

/* A line being put together where there is room for it. */
typedef struct line {
    char *p;
    size_t n;
} line;

static void add(line *to, sk_str s)
{
    memcpy(to->p + to->n, s.p, s.n);
    to->n += s.n;
}

/* Copy the window with blanks collapsed, moving the ranges along. */
static sk_snippet build(sk_ctx *cx, sk_str text, sk_ranges r, window w, choice chosen)
{
    sk_str before = sk_str_sub(text, 0, w.from), after = sk_str_sub(text, w.to, text.n - w.to);
    line to = {.p = sk_alloc(&cx->arena, w.to - w.from + 2 * sizeof ELLIPSIS)}; /* never longer */
    if (has_ink(before))
        add(&to, SK_S(ELLIPSIS));
    size_t i = chosen.first;
    while (i > 0 && r.v[i - 1].end > w.from)
        i--;
    size_t n = 0, cap = 0;
    sk_range *v = NULL;
    bool inside = false;
    walker walk_on = {.text = text, .at = w.from};
    while (walk_on.at <= w.to) {
        size_t at = walk_on.at;
        if (inside && (at >= r.v[i].end || at == w.to)) {
            v[n - 1].end = to.n;
            inside = false;
            i++;
        }
        if (at == w.to)
            break;
        if (!inside && i < r.n && at >= r.v[i].start) {
            SK_GROW(&cx->arena, v, n, cap);
            v[n++] = (sk_range){.start = to.n, .leaf = r.v[i].leaf};
            inside = true;
        }
        bool was_blank = walk_on.was_blank;
        if (!is_blank(walk(&walk_on)))
            add(&to, sk_str_sub(text, at, walk_on.at - at));
        else if (!was_blank)
            add(&to, SK_S(" "));
    }
    if (has_ink(after))
        add(&to, SK_S(ELLIPSIS));
    return (sk_snippet){{to.p, to.n}, v, n};
}

sk_snippet sk_snippet_of(sk_ctx *cx, sk_str text, sk_ranges ranges, size_t max_columns)
{
    sk_assert(max_columns >= 8);
    size_t budget = max_columns - 2 * ELLIPSIS_COLUMNS;
    choice chosen = {0};
    window matches = trim(text, (window){0, text.n});
    matches.to = matches.from;
    if (ranges.n) {
        chosen = choose_matches(cx, text, ranges, budget);
        matches = (window){ranges.v[chosen.first].start, ranges.v[chosen.last].end};
    }
    window w = trim(text, surround(text, matches, budget));
    return build(cx, text, ranges, w, chosen);
}
