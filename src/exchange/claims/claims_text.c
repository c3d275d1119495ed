#include "exchange/claims/claims_text.h"

#include "base/buf.h"

/* At a blank: the length of " \...\X" when a blank follows it, else 0; *ret_slashes counts. */
static size_t separator_at(sk_str s, size_t i, char sep, size_t *ret_slashes)
{
    if (s.p[i] != ' ')
        return 0;
    size_t j = i + 1;
    while (j < s.n && s.p[j] == '\\')
        j++;
    if (j + 1 >= s.n || s.p[j] != sep || s.p[j + 1] != ' ')
        return 0;
    *ret_slashes = j - i - 1;
    return j + 1 - i;
}

/* Blanks at both ends, so that a separator at an end looks like any other. */
static sk_str padded(sk_arena *a, sk_str s)
{
    char *p = sk_alloc(a, s.n + 2);
    p[0] = ' ';
    if (s.n)
        memcpy(p + 1, s.p, s.n);
    p[s.n + 1] = ' ';
    return (sk_str){p, s.n + 2};
}

/* Every piece stands between two blanks of its own: those of the padding or of a separator. */
static sk_str between_blanks(const char *from, const char *to)
{
    return to - from < 2 ? (sk_str){from, 0} : sk_str_range(from + 1, to - 1);
}

static sk_str *split(sk_arena *a, sk_str cell, char sep, size_t *ret_n)
{
    sk_str s = padded(a, cell), *items = NULL;
    char *out = sk_alloc(a, s.n);
    size_t n = 0, cap = 0, from = 0, w = 0, slashes;
    for (size_t i = 0; i < s.n;) {
        size_t len = separator_at(s, i, sep, &slashes);
        out[w++] = s.p[i];
        if (len && slashes == 0) {
            SK_GROW(a, items, n, cap);
            items[n++] = between_blanks(out + from, out + w);
            from = w;
        } else if (len) {
            memcpy(out + w, s.p + i + 2, len - 2); /* one backslash less */
            w += len - 2;
        }
        i += len ? len : 1;
    }
    SK_GROW(a, items, n, cap);
    items[n++] = between_blanks(out + from, out + w);
    *ret_n = n;
    return items;
}

void sk_list_split_exact(sk_arena *a, sk_str cell, char sep, const sk_str **ret_items,
                         size_t *ret_n)
{
    *ret_items = split(a, cell, sep, ret_n);
}

void sk_list_split(sk_arena *a, sk_str cell, char sep, const sk_str **ret_items, size_t *ret_n)
{
    sk_str *items = split(a, cell, sep, ret_n);
    for (size_t i = 0; i < *ret_n; i++)
        items[i] = sk_str_trim(items[i]);
    *ret_items = items;
}

sk_str sk_list_escape(sk_arena *a, sk_str value, char sep)
{
    if (!value.n || !memchr(value.p, sep, value.n))
        return value;
    sk_str s = padded(a, value);
    char *out = sk_alloc(a, 2 * s.n);
    size_t w = 0, slashes;
    for (size_t i = 0; i < s.n;) {
        size_t len = separator_at(s, i, sep, &slashes);
        out[w++] = s.p[i];
        if (len) {
            out[w++] = '\\';
            memcpy(out + w, s.p + i + 1, len - 1);
            w += len - 1;
        }
        i += len ? len : 1;
    }
    return (sk_str){out + 1, w - 2};
}

sk_str sk_chain_format(sk_arena *a, const sk_str *members, size_t n)
{
    sk_str text = SK_S("");
    for (size_t i = 0; i < n; i++) {
        sk_str member = sk_list_escape(a, members[i], '>');
        text = i ? sk_fmt(a, "%.*s > %.*s", SK_P(text), SK_P(member)) : member;
    }
    return text;
}

/* The same first characters as in base/csv.c; t_claims_text.c holds the two together. */
static bool has_formula_head(sk_str s)
{
    static const sk_str heads[] = {
        SK_S("="),  SK_S("+"),  SK_S("-"),  SK_S("@"),  SK_S("\t"), SK_S("\r"),
        SK_S("\n"), SK_S("＝"), SK_S("＋"), SK_S("－"), SK_S("＠"),
    };
    for (size_t i = 0; i < SK_COUNT(heads); i++)
        if (sk_str_starts(s, heads[i]))
            return true;
    return false;
}

static bool looks_guarded(sk_str cell)
{
    size_t n = 0;
    while (n < cell.n && cell.p[n] == '\'')
        n++;
    return n && has_formula_head(sk_str_sub(cell, n, cell.n));
}

sk_str sk_guard_off(sk_str cell)
{
    return looks_guarded(cell) ? sk_str_sub(cell, 1, cell.n) : cell;
}

sk_str sk_guard_more(sk_arena *a, sk_str cell)
{
    return looks_guarded(cell) ? sk_fmt(a, "'%.*s", SK_P(cell)) : cell;
}

/* ---- near names ---- */

enum { NEAR_BYTES = 48 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c == '_' || c == ' ' ? '-' : c;
}

/* Letters to insert, drop, change or swap with the next; SIZE_MAX for long names. */
static size_t distance(sk_str a, sk_str b)
{
    size_t row[3][NEAR_BYTES + 1];
    if (a.n > NEAR_BYTES || b.n > NEAR_BYTES)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.n; j++)
        row[0][j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            char x = lower(a.p[i - 1]), y = lower(b.p[j - 1]);
            size_t best = before[j - 1] + (x != y);
            best = before[j] + 1 < best ? before[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && x == lower(b.p[j - 2]) && y == lower(a.p[i - 2]) &&
                earlier[j - 2] + 1 < best)
                best = earlier[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[a.n % 3][b.n];
}

void sk_near_init(sk_near *near, sk_str wanted)
{
    *near = (sk_near){.wanted = wanted};
}

void sk_near_offer(sk_near *near, sk_str name)
{
    size_t d = distance(near->wanted, name), most = near->wanted.n < 5 ? 1 : near->wanted.n / 3;
    if (d > most)
        return;
    for (size_t i = 0; i < near->n; i++)
        if (sk_str_eq(near->names[i], name))
            return;
    size_t at = near->n < SK_COUNT(near->names) ? near->n++ : near->n;
    while (at && near->distance[at - 1] > d) {
        if (at < SK_COUNT(near->names)) {
            near->names[at] = near->names[at - 1];
            near->distance[at] = near->distance[at - 1];
        }
        at--;
    }
    if (at < SK_COUNT(near->names)) {
        near->names[at] = name;
        near->distance[at] = d;
    }
}

sk_str sk_near_text(sk_arena *a, const sk_near *near, const char *otherwise)
{
    if (near->n == 0)
        return sk_fmt(a, "; %s", otherwise);
    sk_str text = SK_S("; do you mean ");
    for (size_t i = 0; i < near->n; i++)
        text = sk_fmt(a, "%.*s%s\"%.*s\"", SK_P(text), i ? " or " : "", SK_P(near->names[i]));
    return sk_fmt(a, "%.*s?", SK_P(text));
}
