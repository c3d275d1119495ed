/* Finding candidates: posting lists, signatures, scan; see candidates.h. */
#include "screen/candidates.h"

#include "name/edit.h"
#include "screen/index_private.h"

#include <math.h>
#include <stdlib.h>

enum {
    SCAN_LEAST = 3072, /* rows aligned for one line, and ... */
    SCAN_SHARE = 128,  /* ... one more for so many in all    */
    SAMPLE = 16,       /* of so many rows one is looked at to set the bound */
    NEAR = 120,        /* a bound no sensible signature passes */
};

/* Something that was hit, in an open-addressed table; cleared by the next generation. */
typedef struct hit {
    uint64_t id; /* segment << 32 | name or entity */
    uint32_t generation;
    float weight;
    uint8_t scan;
    bool by_id;
} hit;

typedef struct hits {
    hit *v;
    size_t cap, n; /* cap: a power of two */
    uint32_t generation;
    uint32_t *order; /* places in v, as they came */
} hits;

typedef struct near {
    uint64_t id;
    uint16_t cost;
} near;

struct sk_searcher {
    const sk_sight *sight;
    sk_scan_path path;
    hits names, docs;
    uint8_t *distance; /* of all rows of the largest segment */
    uint32_t *picked;
    size_t most_rows, n_rows; /* of a segment; of all */
    near *nearest;
    size_t n_nearest;
    sk_scan_costs costs[SK_SCRIPT_COUNT][SK_SCRIPT_COUNT];
    bool has_costs[SK_SCRIPT_COUNT][SK_SCRIPT_COUNT];
    sk_candidate *list;
    size_t cap_list;
};

/* ---- tables of hits ---- */

static void hits_init(hits *h, size_t cap)
{
    *h = (hits){.v = sk_xmalloc(cap * sizeof *h->v),
                .order = sk_xmalloc(cap * sizeof *h->order),
                .cap = cap,
                .generation = 1};
    memset(h->v, 0, cap * sizeof *h->v);
}

static void hits_done(hits *h)
{
    free(h->v);
    free(h->order);
}

static void hits_clear(hits *h)
{
    h->n = 0;
    h->generation++;
}

static hit *hits_get(hits *h, uint64_t id);

static void hits_grow(hits *h)
{
    hits bigger;
    hits_init(&bigger, h->cap * 2);
    for (size_t i = 0; i < h->n; i++) {
        const hit *old = &h->v[h->order[i]];
        hit *new = hits_get(&bigger, old->id);
        new->weight = old->weight;
        new->scan = old->scan;
        new->by_id = old->by_id;
    }
    hits_done(h);
    *h = bigger;
}

static hit *hits_get(hits *h, uint64_t id)
{
    if (h->n * 2 >= h->cap)
        hits_grow(h);
    uint64_t mixed = id * 0x9E3779B97F4A7C15u;
    for (size_t i = mixed >> 32;; i++) {
        hit *x = &h->v[i & (h->cap - 1)];
        if (x->generation == h->generation && x->id != id)
            continue;
        if (x->generation != h->generation) {
            *x = (hit){.id = id, .generation = h->generation, .scan = 255};
            h->order[h->n++] = (uint32_t)(i & (h->cap - 1));
        }
        return x;
    }
}

/* ---- life ---- */

sk_searcher *sk_searcher_new(const sk_sight *s)
{
    sk_searcher *f = sk_xmalloc(sizeof *f);
    memset(f, 0, sizeof *f);
    f->sight = s;
    f->path = sk_scan_best_path();
    hits_init(&f->names, 4096);
    hits_init(&f->docs, 1024);
    for (size_t i = 0; i < s->ix->n_segments; i++) {
        size_t n = s->ix->segments[i].n[PART_ROW];
        f->most_rows = n > f->most_rows ? n : f->most_rows;
        f->n_rows += n;
    }
    f->distance = sk_xmalloc(f->n_rows + 1);
    f->picked = sk_xmalloc((f->most_rows + 1) * sizeof *f->picked);
    f->nearest = sk_xmalloc(SK_CANDIDATES_SCAN * sizeof *f->nearest);
    return f;
}

void sk_searcher_free(sk_searcher *f)
{
    if (!f)
        return;
    hits_done(&f->names);
    hits_done(&f->docs);
    free(f->distance);
    free(f->picked);
    free(f->nearest);
    free(f->list);
    free(f);
}

void sk_searcher_set_path(sk_searcher *f, sk_scan_path path)
{
    sk_assert(sk_scan_has_path(path));
    f->path = path;
}

/* ---- keys ---- */

static size_t lower_key(const uint64_t *keys, size_t n, uint64_t key)
{
    size_t lo = 0;
    while (n) {
        size_t half = n / 2;
        if (keys[lo + half] < key) {
            lo += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return lo;
}

/* The entity of a name that the sight sees; false: none, or it does not. */
static bool seen_doc(const sk_sight *s, uint32_t segment_number, uint32_t name, uint32_t *ret_doc)
{
    const segment *g = &s->ix->segments[segment_number];
    const bearer_row *row = row_at(g, PART_BEARER, name);
    if (!row || row->doc >= g->n[PART_DOC] || !scope_is_seen(s, segment_number, row->scope) ||
        is_dead(g, row->doc))
        return false;
    *ret_doc = row->doc;
    return true;
}

static void find_key(sk_searcher *f, uint32_t segment_number, uint64_t key)
{
    const segment *g = &f->sight->ix->segments[segment_number];
    const uint64_t *keys = g->part[PART_KEY];
    const uint32_t *names = g->part[PART_KEY_NAME];
    size_t n = g->n[PART_KEY], from = lower_key(keys, n, key), end = from;
    uint32_t doc, found = 0;
    while (end < n && keys[end] == key)
        found += seen_doc(f->sight, segment_number, names[end++], &doc);
    if (!found)
        return;
    float worth = logf(((float)g->n_open_names + 2) / ((float)found + 1));
    for (size_t i = from; i < end; i++)
        if (seen_doc(f->sight, segment_number, names[i], &doc))
            hits_get(&f->names, (uint64_t)segment_number << 32 | names[i])->weight += worth;
}

static int by_weight(const void *a, const void *b)
{
    const hit *x = *(const hit *const *)a, *y = *(const hit *const *)b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static hit *doc_hit(sk_searcher *f, uint64_t name_id)
{
    uint32_t doc = 0;
    if (!seen_doc(f->sight, (uint32_t)(name_id >> 32), (uint32_t)name_id, &doc))
        return NULL;
    return hits_get(&f->docs, (name_id >> 32 << 32) | doc);
}

static void find_by_keys(sk_searcher *f, const sk_name *name)
{
    uint64_t keys[SCREEN_KEYS], words[SK_FORM_TOKENS];
    unsigned n_words, n = sk_screen__keys(name, keys, words, &n_words);
    hits_clear(&f->names);
    for (uint32_t s = 0; s < f->sight->ix->n_segments; s++)
        for (unsigned i = 0; i < n; i++)
            find_key(f, s, keys[i]);
    const hit **best = sk_xmalloc((f->names.n + 1) * sizeof *best);
    for (size_t i = 0; i < f->names.n; i++)
        best[i] = &f->names.v[f->names.order[i]];
    qsort(best, f->names.n, sizeof *best, by_weight);
    for (size_t i = 0; i < f->names.n && i < SK_CANDIDATES_KEYS; i++) {
        hit *doc = doc_hit(f, best[i]->id);
        if (doc && doc->weight < best[i]->weight)
            doc->weight = best[i]->weight;
    }
    free(best);
}

/* ---- scan ---- */

/* A heap with the worst on top: the SK_CANDIDATES_SCAN nearest so far. */
static bool is_worse(const near *a, const near *b)
{
    return a->cost != b->cost ? a->cost > b->cost : a->id > b->id;
}

static void keep_near(sk_searcher *f, near x)
{
    near *v = f->nearest;
    size_t i;
    if (f->n_nearest < SK_CANDIDATES_SCAN) {
        for (i = f->n_nearest++; i && is_worse(&x, &v[(i - 1) / 2]); i = (i - 1) / 2)
            v[i] = v[(i - 1) / 2];
        v[i] = x;
        return;
    }
    for (i = 0;;) {
        size_t child = 2 * i + 1;
        if (child + 1 < SK_CANDIDATES_SCAN && is_worse(&v[child + 1], &v[child]))
            child++;
        if (child >= SK_CANDIDATES_SCAN || !is_worse(&v[child], &x))
            break;
        v[i] = v[child];
        i = child;
    }
    v[i] = x;
}

static const sk_scan_costs *costs_for(sk_searcher *f, uint8_t query, uint8_t candidate)
{
    if (query >= SK_SCRIPT_COUNT || candidate >= SK_SCRIPT_COUNT)
        query = candidate = SK_SCRIPT_OTHER;
    sk_scan_costs *c = &f->costs[query][candidate];
    if (!f->has_costs[query][candidate]) {
        sk_scan_weights w;
        sk_edit_scan_matrix((sk_script)query, (sk_script)candidate, w);
        sk_scan_costs_set(c, (const int8_t(*)[SK_SCAN_LETTERS])w);
        f->has_costs[query][candidate] = true;
    }
    return c;
}

typedef struct line {
    uint8_t letter[SK_SCAN_ROW];
    unsigned n;
    uint8_t script;
} line;

static unsigned row_length(const uint8_t *row)
{
    const uint8_t *end = memchr(row, 0, SK_SCAN_ROW);
    return end ? (unsigned)(end - row) : SK_SCAN_ROW;
}

/* Up to 32 rows of a group, turned into columns once for all lines of the query. */
typedef struct block {
    const uint32_t *rows;
    unsigned n, columns;
    unsigned length[SK_SCAN_LANES];
    _Alignas(32) uint8_t letters[SK_SCAN_ROW * SK_SCAN_LANES];
} block;

static void fill_block(block *b, const segment *g, const uint32_t *rows, unsigned n)
{
    const uint8_t *letters = g->part[PART_ROW], *at[SK_SCAN_LANES];
    b->rows = rows;
    b->n = n;
    b->columns = 0;
    for (unsigned i = 0; i < n; i++) {
        at[i] = letters + (size_t)rows[i] * SK_SCAN_ROW;
        b->length[i] = row_length(at[i]);
        b->columns = b->length[i] > b->columns ? b->length[i] : b->columns;
    }
    sk_scan_transpose(at, n, b->columns, b->letters);
}

static void align_block(sk_searcher *f, uint32_t segment_number, const line *q, uint8_t script,
                        const block *b)
{
    const uint32_t *names = f->sight->ix->segments[segment_number].part[PART_ROW_NAME];
    uint8_t cost[SK_SCAN_LANES];
    sk_scan_block(f->path, costs_for(f, q->script, script), q->letter, q->n, b->letters, b->columns,
                  cost);
    for (unsigned i = 0; i < b->n; i++) {
        unsigned scaled = cost[i] * 128u / (q->n + b->length[i] + 1);
        near x = {.id = (uint64_t)segment_number << 32 | names[b->rows[i]],
                  .cost = (uint16_t)(cost[i] == 255 ? 0xffff : scaled)};
        uint32_t doc;
        if ((f->n_nearest < SK_CANDIDATES_SCAN || is_worse(&f->nearest[0], &x)) &&
            seen_doc(f->sight, segment_number, names[b->rows[i]], &doc))
            keep_near(f, x);
    }
}

static bool group_at(const segment *g, uint32_t i, group_row *ret_group)
{
    const group_row *row = row_at(g, PART_GROUP, i);
    if (!row || row->row > g->n[PART_ROW] || row->n > g->n[PART_ROW] - row->row)
        return false;
    *ret_group = *row;
    return true;
}

/* Distances of every row that the sight sees, and the bound below which about enough of them lie. */
static unsigned measure(sk_searcher *f, const sk_scan_sign *sign)
{
    size_t counts[256] = {0}, base = 0, seen = 0;
    for (uint32_t s = 0; s < f->sight->ix->n_segments; s++) {
        const segment *g = &f->sight->ix->segments[s];
        for (uint32_t i = 0; i < g->n[PART_GROUP]; i++) {
            group_row group;
            if (!group_at(g, i, &group) || !scope_is_seen(f->sight, s, group.scope))
                continue;
            uint8_t *d = f->distance + base + group.row;
            const sk_scan_sign *many = (const sk_scan_sign *)g->part[PART_SIGN] + group.row;
            sk_scan_distances(f->path, sign, many, group.n, d);
            for (uint32_t k = 0; k<group.n; k += group.n> 64 * SAMPLE ? SAMPLE : 1)
                counts[d[k]] += group.n > 64 * SAMPLE ? SAMPLE : 1;
            seen += group.n;
        }
        base += g->n[PART_ROW];
    }
    size_t wanted = SCAN_LEAST + seen / SCAN_SHARE, below = 0;
    unsigned bound = 0;
    while (bound < NEAR && (below += counts[bound]) < wanted)
        bound++;
    return bound;
}

static void scan_group(sk_searcher *f, uint32_t segment_number, const group_row *group,
                       const uint8_t *distance, unsigned bound, const line *q, unsigned n_lines)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < group->n; i++) {
        f->picked[n] = group->row + i;
        n += distance[group->row + i] <= bound;
    }
    for (uint32_t i = 0; i < n; i += SK_SCAN_LANES) {
        block b;
        fill_block(&b, &f->sight->ix->segments[segment_number], f->picked + i,
                   n - i < SK_SCAN_LANES ? n - i : SK_SCAN_LANES);
        for (unsigned l = 0; l < n_lines; l++)
            align_block(f, segment_number, &q[l], group->script, &b);
    }
}

/* The other order of the tokens: the last one first. */
static bool turn_line(const sk_roman *in, sk_roman *out)
{
    unsigned blank = in->n;
    for (unsigned i = 0; i < in->n; i++)
        if (!in->letter[i])
            blank = i;
    if (blank == in->n)
        return false;
    *out = (sk_roman){.n = in->n, .script = in->script};
    unsigned tail = in->n - blank - 1u;
    memcpy(out->letter, in->letter + blank + 1, tail);
    memcpy(out->letter + tail + 1, in->letter, blank);
    return true;
}

static unsigned query_lines(const sk_name *name, line q[3])
{
    sk_roman roman[3];
    unsigned n = sk_name_roman(name, roman), kept = 0;
    if (n == 1 && turn_line(&roman[0], &roman[1]))
        n = 2;
    for (unsigned i = 0; i < n; i++) {
        q[kept].n = sk_scan_row(&roman[i], q[kept].letter);
        q[kept].script = roman[i].script;
        kept += q[kept].n >= 2;
    }
    return kept;
}

static void find_by_scan(sk_searcher *f, const sk_name *name)
{
    line q[3];
    unsigned n = query_lines(name, q);
    if (!n)
        return;
    sk_scan_sign sign = sk_scan_sign_of(q[0].letter, q[0].n);
    unsigned bound = measure(f, &sign);
    size_t base = 0;
    f->n_nearest = 0;
    for (uint32_t s = 0; s < f->sight->ix->n_segments; s++) {
        const segment *g = &f->sight->ix->segments[s];
        for (uint32_t i = 0; i < g->n[PART_GROUP]; i++) {
            group_row group;
            if (group_at(g, i, &group) && scope_is_seen(f->sight, s, group.scope))
                scan_group(f, s, &group, f->distance + base, bound, q, n);
        }
        base += g->n[PART_ROW];
    }
    for (size_t i = 0; i < f->n_nearest; i++) {
        hit *doc = doc_hit(f, f->nearest[i].id);
        uint16_t cost = f->nearest[i].cost < 254 ? f->nearest[i].cost : 254;
        if (doc && doc->scan > cost)
            doc->scan = (uint8_t)cost;
    }
}

/* ---- numbers ---- */

static void find_by_id(sk_searcher *f, sk_str id)
{
    uint64_t hash = sk_screen__id_hash(id);
    for (uint32_t s = 0; hash && s < f->sight->ix->n_segments; s++) {
        const segment *g = &f->sight->ix->segments[s];
        const hash_row *rows = g->part[PART_ID];
        for (size_t i = sk_screen__lower(rows, g->n[PART_ID], hash);
             i < g->n[PART_ID] && rows[i].hash == hash; i++) {
            const value_row *v = value_at(g, rows[i].n);
            if (v && v->doc < g->n[PART_DOC] && !is_dead(g, v->doc) &&
                scope_is_seen(f->sight, s, v->scope))
                hits_get(&f->docs, (uint64_t)s << 32 | v->doc)->by_id = true;
        }
    }
}

/* ---- all ---- */

static int by_ref(const void *a, const void *b)
{
    const sk_candidate *x = a, *y = b;
    if (x->ref.segment != y->ref.segment)
        return x->ref.segment < y->ref.segment ? -1 : 1;
    return (x->ref.doc > y->ref.doc) - (x->ref.doc < y->ref.doc);
}

size_t sk_searcher_find(sk_searcher *f, const sk_name *const *names, size_t n_names,
                        const sk_str *ids, size_t n_ids, const sk_candidate **ret_list)
{
    hits_clear(&f->docs);
    for (size_t i = 0; i < n_names; i++) {
        find_by_keys(f, names[i]);
        find_by_scan(f, names[i]);
    }
    for (size_t i = 0; i < n_ids; i++)
        find_by_id(f, ids[i]);
    if (f->docs.n > f->cap_list) {
        f->cap_list = f->docs.n * 2;
        f->list = sk_xrealloc(f->list, f->cap_list * sizeof *f->list);
    }
    for (size_t i = 0; i < f->docs.n; i++) {
        const hit *h = &f->docs.v[f->docs.order[i]];
        f->list[i] = (sk_candidate){.ref = {(uint32_t)(h->id >> 32), (uint32_t)h->id},
                                    .keys = h->weight,
                                    .scan = h->scan,
                                    .by_id = h->by_id};
    }
    if (f->docs.n)
        qsort(f->list, f->docs.n, sizeof *f->list, by_ref);
    *ret_list = f->list;
    return f->docs.n;
}
