#include "phrases.h"

#include "base/utf8.h"

static uint32_t pair_at(const char *p)
{
    return (uint32_t)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}

static uint32_t bucket_of(uint32_t pair)
{
    return pair * 40503u >> 4 & (SK_PHRASE_BUCKETS - 1);
}

/* Lower case for the scripts of our tables, and ASCII for full-width forms. Never a longer
 * encoding than the original's. */
static uint32_t fold(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if (c >= 0xFF01 && c <= 0xFF5E)
        return fold(c - 0xFEE0);
    if (c == 0xA0 || c == 0x3000 || c == 0x202F || (c >= 0x2000 && c <= 0x200A))
        return ' ';
    if (c == 0x2018 || c == 0x2019)
        return '\'';
    if (c == 0x201C || c == 0x201D)
        return '"';
    return c;
}

size_t sk_phrases_fold(sk_str s, char *out, uint32_t *map)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t from = at, len = 1;
        unsigned char byte = (unsigned char)s.p[at];
        uint32_t c = byte < 0x80 ? fold(byte) : fold(sk_utf8_next(s, &at));
        at += byte < 0x80;
        if (c == '\t' || c == '\n')
            c = ' ';
        if (c == ' ' && (n == 0 || out[n - 1] == ' '))
            continue;
        if (c < 0x80)
            out[n] = (char)c;
        else
            len = sk_utf8_put(c, out + n);
        for (size_t i = 0; map && i < len; i++)
            map[n + i] = (uint32_t)from;
        n += len;
    }
    if (n && out[n - 1] == ' ')
        n--;
    if (map)
        map[n] = (uint32_t)s.n;
    return n;
}

static void add(sk_phrases *set, sk_arena *a, unsigned kind, sk_str phrase)
{
    char *folded = sk_alloc(a, phrase.n + 1);
    SK_GROW(a, set->items, set->n, set->cap);
    set->items[set->n++] = (sk_phrase){kind, {folded, sk_phrases_fold(phrase, folded, NULL)}};
}

/* By bucket, then by pair, longer ones first. */
static int by_bucket(const void *x, const void *y)
{
    const sk_phrase *a = x, *b = y;
    uint32_t p = pair_at(a->text.p), q = pair_at(b->text.p);
    if (bucket_of(p) != bucket_of(q))
        return bucket_of(p) < bucket_of(q) ? -1 : 1;
    if (p != q)
        return p < q ? -1 : 1;
    if (a->text.n != b->text.n)
        return a->text.n > b->text.n ? -1 : 1;
    int d = sk_str_cmp(a->text, b->text);
    return d ? d : (a->kind > b->kind) - (a->kind < b->kind);
}

void sk_phrases_read(sk_phrases *set, sk_arena *a, sk_str table, const char *const *kinds,
                     size_t n_kinds)
{
    sk_str line, piece;
    while (sk_str_cut(&table, '\n', &line)) {
        if (!line.n || line.p[0] == '#')
            continue;
        sk_assert(sk_str_cut(&line, '|', &piece));
        unsigned kind = 0;
        while (kind < n_kinds && !sk_str_is(sk_str_trim(piece), kinds[kind]))
            kind++;
        sk_assert(kind < n_kinds);
        while (sk_str_cut(&line, '|', &piece)) {
            sk_assert(sk_str_trim(piece).n);
            add(set, a, kind, sk_str_trim(piece));
        }
    }
    qsort(set->items, set->n, sizeof *set->items, by_bucket);
    set->first = sk_new_array(a, uint32_t, SK_PHRASE_BUCKETS);
    memset(set->first, 0xFF, SK_PHRASE_BUCKETS * sizeof *set->first);
    set->present = sk_new_array(a, unsigned char, 0x10000 / 8);
    for (size_t i = set->n; i-- > 0;) {
        uint32_t pair = pair_at(set->items[i].text.p);
        set->first[bucket_of(pair)] = (uint32_t)i;
        set->present[pair >> 3] |= (unsigned char)(1u << (pair & 7));
    }
}

/* The first item of that pair, or n. */
static size_t first_of(const sk_phrases *set, uint32_t pair)
{
    size_t i = set->first[bucket_of(pair)];
    while (i < set->n && pair_at(set->items[i].text.p) < pair &&
           bucket_of(pair_at(set->items[i].text.p)) == bucket_of(pair))
        i++;
    return i < set->n ? i : set->n;
}

static bool is_ascii_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool sk_phrases_find(const sk_phrases *set, sk_str line, sk_phrase_fn *fn, void *arg)
{
    for (size_t at = 0; at + 1 < line.n; at++) {
        if (at && is_ascii_word(line.p[at]) && is_ascii_word(line.p[at - 1]))
            continue;
        uint32_t pair = pair_at(line.p + at);
        if (!(set->present[pair >> 3] >> (pair & 7) & 1))
            continue;
        sk_str rest = sk_str_sub(line, at, line.n);
        for (size_t i = first_of(set, pair); i < set->n && pair_at(set->items[i].text.p) == pair;
             i++)
            if (sk_str_starts(rest, set->items[i].text) && fn(&set->items[i], at, arg))
                return true;
    }
    return false;
}

uint64_t sk_phrases_kinds(const sk_phrases *set, sk_str s)
{
    uint64_t kinds = 0;
    if (s.n < 2)
        return 0;
    uint32_t pair = pair_at(s.p);
    for (size_t i = first_of(set, pair); i < set->n; i++) {
        const sk_phrase *p = &set->items[i];
        if (p->text.n < s.n || pair_at(p->text.p) != pair) /* longer ones stand first */
            break;
        if (sk_str_eq(p->text, s))
            kinds |= (uint64_t)1 << p->kind;
    }
    return kinds;
}

bool sk_phrases_has(const sk_phrases *set, unsigned kind, sk_str s)
{
    return sk_phrases_kinds(set, s) >> kind & 1;
}
