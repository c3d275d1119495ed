#include "record/docset.h"

#include <stdlib.h>

void sk_docset_add(sk_arena *a, sk_docset *s, int64_t id)
{
    if (s->n && s->ids[s->n - 1] == id)
        return; /* rows of one document tend to come together */
    SK_GROW(a, s->ids, s->n, s->cap);
    s->ids[s->n++] = id;
}

static int by_value(const void *p, const void *q)
{
    int64_t a = *(const int64_t *)p, b = *(const int64_t *)q;
    return (a > b) - (a < b);
}

void sk_docset_close(sk_docset *s)
{
    if (s->n == 0)
        return;
    qsort(s->ids, s->n, sizeof *s->ids, by_value);
    size_t kept = 1;
    for (size_t i = 1; i < s->n; i++)
        if (s->ids[i] != s->ids[i - 1])
            s->ids[kept++] = s->ids[i];
    s->n = kept;
}

bool sk_docset_has(const sk_docset *s, int64_t id)
{
    bool listed = s->n && bsearch(&id, s->ids, s->n, sizeof *s->ids, by_value);
    return listed != s->all_but;
}

/* Merge two sorted lists, keeping what is in x only, y only or both as asked. */
static sk_docset merge(sk_arena *a, sk_docset x, sk_docset y, bool only_x, bool only_y, bool both)
{
    sk_docset r = {.ids = sk_new_array(a, int64_t, x.n + y.n)};
    size_t i = 0, k = 0;
    while (i < x.n || k < y.n) {
        if (k == y.n || (i < x.n && x.ids[i] < y.ids[k])) {
            if (only_x)
                r.ids[r.n++] = x.ids[i];
            i++;
        } else if (i == x.n || y.ids[k] < x.ids[i]) {
            if (only_y)
                r.ids[r.n++] = y.ids[k];
            k++;
        } else {
            if (both)
                r.ids[r.n++] = x.ids[i];
            i++, k++;
        }
    }
    return r;
}

/* With complements: x & y, x & ~y = x minus y, ~x & ~y = ~(x | y). */
sk_docset sk_docset_and(sk_arena *a, sk_docset x, sk_docset y)
{
    sk_docset r;
    if (!x.all_but && !y.all_but)
        return merge(a, x, y, false, false, true);
    if (!x.all_but)
        return merge(a, x, y, true, false, false);
    if (!y.all_but)
        return merge(a, x, y, false, true, false);
    r = merge(a, x, y, true, true, true);
    r.all_but = true;
    return r;
}

sk_docset sk_docset_or(sk_arena *a, sk_docset x, sk_docset y)
{
    return sk_docset_not(sk_docset_and(a, sk_docset_not(x), sk_docset_not(y)));
}

sk_docset sk_docset_not(sk_docset x)
{
    x.all_but = !x.all_but;
    return x;
}
