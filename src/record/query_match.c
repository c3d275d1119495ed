/* The promise of docs/methods/search.md, evaluated by reading: the judge of tokenizer and index.
 *
 * It shares no code with the tokenizer. The whole text is folded by base/utf8.h, turned into an
 * array of characters, parted into words and runs, and a leaf's words, parted the same way, are
 * compared with every place. Slow and plain on purpose. */
#include "record/query.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "record/tokenizer.h" /* SK_TOKEN_PARTS only */

#include <utf8proc.h>

/* Stand-ins from the private plane while the text is folded as a whole. */
#define STAND_DOT        0xF0001u
#define STAND_APOSTROPHE 0xF0002u
#define STAND_THOUSANDS  0xF0003u
#define STAND_JAMO       0xF3131u /* + (c - 0x3131): NFKC must not compose Hangul letters */
#define STAND_ARAEA      (STAND_JAMO + (0x318Du - 0x3131u))

static const uint32_t dots[] = {0x00B7, 0x2022, 0x2027, 0x30FB, 0xFF65};
static const uint32_t apostrophes[] = {0x27,   0x60,   0xB4,   0x2B9,  0x2BA, 0x2BB,
                                       0x2BC,  0x2BD,  0x2BE,  0x2BF,  0x5F3, 0x5F4,
                                       0x2018, 0x2019, 0x201B, 0x2032, 0xFF07};
static const uint32_t thousands[] = {0x2C, 0xA0, 0x66C, 0x2009, 0x202F, 0xFF0C};

static bool is_in(uint32_t c, const uint32_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == c)
            return true;
    return false;
}

/* The letters of most text, which nothing below treats specially: not worth a look at the lists. */
static bool is_ordinary(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c >= 0x0400 && c <= 0x04FF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xAC00 && c <= 0xD7A3);
}

/* Superscripts, circled letters and their like are words of their own. */
static bool stands_alone(uint32_t c)
{
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)c);
    int d = p->decomp_type;
    return d == UTF8PROC_DECOMP_TYPE_CIRCLE || d == UTF8PROC_DECOMP_TYPE_SUPER ||
           d == UTF8PROC_DECOMP_TYPE_SUB || d == UTF8PROC_DECOMP_TYPE_SQUARE ||
           d == UTF8PROC_DECOMP_TYPE_FRACTION || p->category == UTF8PROC_CATEGORY_NO;
}

static uint32_t stand_in(uint32_t c)
{
    if (is_ordinary(c))
        return c;
    if (c == 0xFFFD)
        return ' ';
    if (c >= 0x3131 && c <= 0x318E)
        return STAND_JAMO + (c - 0x3131);
    if (is_in(c, dots, SK_COUNT(dots)))
        return STAND_DOT;
    if (is_in(c, apostrophes, SK_COUNT(apostrophes)))
        return STAND_APOSTROPHE;
    if (is_in(c, thousands, SK_COUNT(thousands)))
        return STAND_THOUSANDS;
    return c;
}

/* The text folded: NFKC, case, marks, with stand-ins where neighbours decide. */
static sk_str fold(sk_arena *a, sk_str text)
{
    sk_buf b;
    sk_buf_init(&b, text.n * 8 + 16);
    for (size_t at = 0; at < text.n;) {
        uint32_t c = sk_utf8_next(text, &at);
        if (c == 0x0640) /* tatweel only stretches */
            continue;
        char bytes[4];
        bool alone = !is_ordinary(c) && stands_alone(c);
        sk_buf_add(&b, alone ? SK_S(" ") : SK_NONE);
        sk_buf_add(&b, (sk_str){bytes, sk_utf8_put(stand_in(c), bytes)});
        sk_buf_add(&b, alone ? SK_S(" ") : SK_NONE);
    }
    sk_str folded = b.n ? sk_utf8_fold(a, sk_buf_str(&b)) : SK_NONE;
    sk_buf_done(&b);
    return folded;
}

/* Digits of every script, by where each script has its zero. */
static uint32_t plain_digit(uint32_t c)
{
    static const uint32_t zeros[] = {
        0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6,
        0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090,
        0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
        0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0,
    };
    for (size_t i = 0; i < SK_COUNT(zeros); i++)
        if (c >= zeros[i] && c < zeros[i] + 10)
            return '0' + (c - zeros[i]);
    return c;
}

static uint32_t plain_letter(uint32_t c)
{
    static const uint32_t pairs[][2] = {
        {0x0671, 0x0627}, {0x0629, 0x0647}, {0x0649, 0x064A}, {0x06CC, 0x064A}, {0x06A9, 0x0643}};
    if (is_ordinary(c))
        return c;
    for (size_t i = 0; i < SK_COUNT(pairs); i++)
        if (pairs[i][0] == c)
            return pairs[i][1];
    return plain_digit(c);
}

/* The blocks of the unspaced scripts; punctuation inside them is told by its category. */
static bool is_unspaced_script(uint32_t c)
{
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
           (c >= 0x1100 && c <= 0x11FF) || (c >= 0x1780 && c <= 0x17FF) ||
           (c >= 0x2E80 && c <= 0xA4CF && !(c >= 0x4DC0 && c <= 0x4DFF) && c < 0xA000) ||
           (c >= 0xA960 && c <= 0xA97F) || (c >= 0xA9E0 && c <= 0xA9FF) ||
           (c >= 0xAA60 && c <= 0xAA7F) || (c >= 0xAC00 && c <= 0xD7FF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x1AFF0 && c <= 0x1B16F) ||
           (c >= 0x20000 && c <= 0x3FFFF) || (c >= STAND_JAMO && c <= STAND_JAMO + 0x5D);
}

typedef enum kind { SEPARATOR, LETTER, DIGIT, RUN } kind;

static kind kind_of(uint32_t c)
{
    if (c >= '0' && c <= '9')
        return DIGIT;
    if (c >= 0x104C && c <= 0x104F) /* Burmese signs that are words */
        return RUN;
    if (c >= STAND_JAMO && c <= STAND_JAMO + 0x5D)
        return RUN;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    bool is_wordlike = (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO) ||
                       (c >= 0x2E80 && c <= 0x2FD5);
    if (!is_wordlike)
        return SEPARATOR;
    return is_unspaced_script(c) ? RUN : LETTER;
}

/* A word or a run: characters [from, to) of the array. A word's parts begin at these indices. */
typedef struct piece {
    bool is_run;
    size_t from, to;
    size_t parts[SK_TOKEN_PARTS], n_parts;
} piece;

typedef struct reading {
    uint32_t *c; /* without joiners, so that a word's characters stand together */
    piece *pieces;
    size_t n_pieces;
} reading;

/* Parting: `in` is the folded text as characters, the reading's c receives what pieces hold. */
typedef struct parting {
    sk_arena *arena;
    const uint32_t *in;
    size_t n_in;
    reading *out;
    size_t n_out, cap_pieces;
    bool is_open; /* the last piece may grow */
} parting;

static piece *open_piece(const parting *p)
{
    return p->is_open ? &p->out->pieces[p->out->n_pieces - 1] : NULL;
}

static void add_char(parting *p, uint32_t c, bool is_run)
{
    piece *at = open_piece(p);
    if (!at || at->is_run != is_run) {
        SK_GROW(p->arena, p->out->pieces, p->out->n_pieces, p->cap_pieces);
        at = &p->out->pieces[p->out->n_pieces++];
        *at = (piece){.is_run = is_run, .from = p->n_out, .parts = {p->n_out}, .n_parts = 1};
        p->is_open = true;
    }
    p->out->c[p->n_out++] = c;
    at->to = p->n_out;
}

static kind kind_at(const parting *p, size_t i)
{
    return i < p->n_in ? kind_of(p->in[i]) : SEPARATOR;
}

/* "30,023" so far: digits only, the first group of at most three, the others of three. */
static bool is_number_so_far(const parting *p, const piece *word)
{
    for (size_t i = word->from; i < word->to; i++)
        if (kind_of(p->out->c[i]) != DIGIT)
            return false;
    size_t group = word->to - word->parts[word->n_parts - 1];
    return word->n_parts == 1 ? group <= 3 : group == 3;
}

static bool joins(const parting *p, const piece *word, size_t i)
{
    if (!word || word->is_run || word->n_parts == SK_TOKEN_PARTS)
        return false;
    if (p->in[i] == STAND_APOSTROPHE && kind_of(p->out->c[word->to - 1]) == LETTER)
        return kind_at(p, i + 1) == LETTER;
    return is_number_so_far(p, word) && kind_at(p, i + 1) == DIGIT && kind_at(p, i + 2) == DIGIT &&
           kind_at(p, i + 3) == DIGIT && kind_at(p, i + 4) != DIGIT;
}

static void part_char(parting *p, size_t i)
{
    piece *at = open_piece(p);
    if (p->in[i] == STAND_DOT && at && at->is_run && kind_at(p, i + 1) == RUN) {
        add_char(p, STAND_ARAEA, true);
    } else if (p->in[i] == STAND_APOSTROPHE || p->in[i] == STAND_THOUSANDS) {
        if (joins(p, at, i))
            at->parts[at->n_parts++] = p->n_out;
        else
            p->is_open = false;
    } else {
        kind k = kind_of(p->in[i]);
        if (k == SEPARATOR)
            p->is_open = false;
        else
            add_char(p, p->in[i], k == RUN);
    }
}

static reading read_text(sk_arena *a, sk_str text)
{
    sk_str folded = fold(a, text);
    size_t count = folded.n ? sk_utf8_count(folded) : 0, n = 0;
    uint32_t *in = sk_new_array(a, uint32_t, count + 1);
    for (size_t at = 0; at < folded.n;)
        in[n++] = plain_letter(sk_utf8_next(folded, &at));
    reading r = {.c = sk_new_array(a, uint32_t, count + 1)};
    parting p = {.arena = a, .in = in, .n_in = n, .out = &r};
    for (size_t i = 0; i < n; i++)
        part_char(&p, i);
    return r;
}

/* Comparing. The query's piece is a, the text's b. */

static bool same(const reading *q, size_t from, const reading *t, size_t at, size_t n)
{
    return memcmp(q->c + from, t->c + at, n * sizeof(uint32_t)) == 0;
}

/* The query's word is the text's characters [from, to), or begins them. */
static bool is_form(const reading *q, const piece *a, const reading *t, size_t from, size_t to,
                    bool prefix)
{
    size_t n = a->to - a->from;
    return (prefix ? n <= to - from : n == to - from) && same(q, a->from, t, from, n);
}

static bool is_arabic(const reading *t, const piece *b)
{
    for (size_t i = b->from; i < b->to; i++)
        if (t->c[i] < 0x0600 || t->c[i] > 0x06FF)
            return false;
    return true;
}

static bool starts(const reading *t, size_t from, size_t to, uint32_t c)
{
    return from < to && t->c[from] == c;
}

/* An Arabic word without what is written onto its front: wa- fa-, then bi- ka- li-, then al-. */
static bool is_arabic_form(const reading *q, const piece *a, const reading *t, const piece *b,
                           bool prefix)
{
    size_t from = b->from, to = b->to;
    if (!is_arabic(t, b))
        return false;
    if ((starts(t, from, to, 0x0648) || starts(t, from, to, 0x0641)) && to - from >= 4)
        if (is_form(q, a, t, ++from, to, prefix))
            return true;
    bool is_lil = starts(t, from, to, 0x0644) && starts(t, from + 1, to, 0x0644);
    if (is_lil && to - from >= 4)
        return is_form(q, a, t, from + 2, to, prefix);
    if ((starts(t, from, to, 0x0628) || starts(t, from, to, 0x0643) ||
         starts(t, from, to, 0x0644)) &&
        to - from >= 4)
        if (is_form(q, a, t, ++from, to, prefix))
            return true;
    return starts(t, from, to, 0x0627) && starts(t, from + 1, to, 0x0644) && to - from >= 4 &&
           is_form(q, a, t, from + 2, to, prefix);
}

static bool word_matches(const reading *q, const piece *a, const reading *t, const piece *b,
                         bool prefix)
{
    if (is_form(q, a, t, b->from, b->to, prefix))
        return true;
    for (size_t i = 0; i < b->n_parts && b->n_parts > 1; i++) {
        size_t to = i + 1 < b->n_parts ? b->parts[i + 1] : b->to;
        if (to - b->parts[i] >= 2 && is_form(q, a, t, b->parts[i], to, prefix))
            return true;
    }
    return is_arabic_form(q, a, t, b, prefix);
}

/* A run of the query: alone it may stand anywhere in a run of the text; as the first of several
 * pieces it must end one, as the last begin one, in the middle be one. */
static bool run_matches(const reading *q, const piece *a, const reading *t, const piece *b,
                        bool is_first, bool is_last)
{
    size_t n = a->to - a->from, n_text = b->to - b->from;
    if (n > n_text || (!is_first && !is_last && n != n_text))
        return false;
    if (!is_first)
        return same(q, a->from, t, b->from, n);
    if (!is_last)
        return same(q, a->from, t, b->to - n, n);
    for (size_t at = b->from; at + n <= b->to; at++)
        if (same(q, a->from, t, at, n))
            return true;
    return false;
}

static bool matches_at(const reading *q, const reading *t, size_t at, bool prefix)
{
    for (size_t i = 0; i < q->n_pieces; i++) {
        const piece *a = &q->pieces[i], *b = &t->pieces[at + i];
        bool is_last = i + 1 == q->n_pieces;
        if (a->is_run != b->is_run)
            return false;
        if (a->is_run ? !run_matches(q, a, t, b, i == 0, is_last)
                      : !word_matches(q, a, t, b, prefix && is_last))
            return false;
    }
    return true;
}

static bool leaf_matches(sk_arena *arena, const sk_query_leaf *leaf, const reading *t)
{
    sk_arena_mark mark = sk_arena_here(arena);
    reading q = read_text(arena, leaf->words);
    bool found = false;
    for (size_t at = 0; !found && q.n_pieces && at + q.n_pieces <= t->n_pieces; at++)
        found = matches_at(&q, t, at, leaf->last_is_prefix);
    sk_arena_back_to(arena, mark);
    return found;
}

bool sk_query_leaf_matches_text(sk_ctx *cx, const sk_query *q, size_t leaf, sk_str text)
{
    sk_assert(leaf < q->n_leaves);
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    reading t = read_text(&cx->arena, text);
    bool found = leaf_matches(&cx->arena, &q->leaves[leaf], &t);
    sk_arena_back_to(&cx->arena, mark);
    return found;
}

bool sk_query_matches_text(sk_ctx *cx, const sk_query *q, sk_str text)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    reading t = read_text(&cx->arena, text);
    bool hits[SK_LIM_QUERY_TERMS];
    for (size_t i = 0; i < q->n_leaves; i++)
        hits[i] = leaf_matches(&cx->arena, &q->leaves[i], &t);
    bool found = sk_query_eval(q, hits);
    sk_arena_back_to(&cx->arena, mark);
    return found;
}
