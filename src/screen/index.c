/* Mapping an index file, and finding entities in it. */
#include "screen/index_private.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* ---- opening ---- */

static bool head_is_good(const segment_head *h, uint64_t bytes)
{
    return memcmp(h->magic, SEGMENT_MAGIC, 8) == 0 && h->version == SCREEN_VERSION &&
           h->endian == SCREEN_ENDIAN && h->tables == sk_name_tables_id() && h->bytes <= bytes &&
           h->sum == sum_of_head(h);
}

static bool open_segment(sk_screen_index *ix, uint64_t at, segment *g)
{
    segment_head head;
    if (at % SCREEN_PAGE || at > ix->map_bytes || ix->map_bytes - at < sizeof head)
        return false;
    memcpy(&head, ix->map + at, sizeof head);
    if (!head_is_good(&head, ix->map_bytes - at))
        return false;
    g->base = ix->map + at;
    g->bytes = head.bytes;
    g->n_open_names = head.words;
    for (int p = 0; p < PARTS; p++) {
        const part_place *place = &head.part[p];
        size_t item = part_item_bytes((part)p);
        if (place->at % 64 % 16 || place->at > head.bytes ||
            place->n > (head.bytes - place->at) / item || (p > PART_TEXT && place->n > UINT32_MAX))
            return false;
        g->part[p] = g->base + place->at;
        g->n[p] = (uint32_t)place->n;
        if (p <= PART_TEXT)
            g->n_bytes[p] = place->n;
    }
    g->dead = sk_new_array(&ix->arena, uint8_t, g->n[PART_DOC] / 8 + 1);
    return g->n[PART_NAME] == g->n[PART_BEARER] && g->n[PART_KEY] == g->n[PART_KEY_NAME] &&
           g->n[PART_ROW] == g->n[PART_SIGN] && g->n[PART_ROW] == g->n[PART_ROW_NAME];
}

static bool slot_is_good(const slot *s, uint64_t bytes)
{
    return memcmp(s->magic, SLOT_MAGIC, 8) == 0 && s->version == SCREEN_VERSION &&
           s->endian == SCREEN_ENDIAN && s->tables == sk_name_tables_id() && s->bytes <= bytes &&
           s->n_segments <= SCREEN_SEGMENTS && s->sum == sum_of(s, offsetof(slot, sum));
}

/* Whole, but of another version, kind of machine, or other tables of names. */
static bool is_of_another_build(const char *map)
{
    for (int i = 0; i < 2; i++) {
        slot s;
        memcpy(&s, map + i * SCREEN_PAGE, sizeof s);
        if (memcmp(s.magic, SLOT_MAGIC, 8) == 0 && s.sum == sum_of(&s, offsetof(slot, sum)) &&
            (s.version != SCREEN_VERSION || s.endian != SCREEN_ENDIAN ||
             s.tables != sk_name_tables_id()))
            return true;
    }
    return false;
}

bool sk_screen__read_slot(const char *map, size_t bytes, slot *ret_slot, int *ret_which)
{
    bool found = false;
    for (int i = 0; i < 2; i++) {
        slot s;
        if (bytes < SK_SCREEN_BEGIN)
            return false;
        memcpy(&s, map + i * SCREEN_PAGE, sizeof s);
        if (!slot_is_good(&s, bytes) || (found && s.generation <= ret_slot->generation))
            continue;
        *ret_slot = s;
        *ret_which = i;
        found = true;
    }
    return found;
}

static int find_doc(const segment *g, sk_str key, uint32_t *ret_doc)
{
    uint32_t lo = 0, hi = g->n[PART_DOC];
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        int c = sk_str_cmp(text_at(g, doc_at(g, mid)->key), key);
        if (!c) {
            *ret_doc = mid;
            return true;
        }
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

static void take_off_words(sk_screen_index *ix, const segment *g, const doc_row *d, size_t *cap)
{
    for (uint32_t i = 0; i < d->n_names; i++) {
        const name_row *row = name_at(g, (uint64_t)d->name + i);
        const value_row *v = row ? value_at(g, row->value) : NULL;
        const scope_row *scope = v ? row_at(g, PART_SCOPE, v->scope) : NULL;
        const sk_name *name = row ? sk_screen__name(g, row) : NULL;
        if (!scope || scope->labels.n || !name)
            continue;
        uint64_t keys[SCREEN_KEYS], words[SK_FORM_TOKENS];
        unsigned n_words;
        sk_screen__keys(name, keys, words, &n_words);
        ix->n_open_names -= ix->n_open_names > 0;
        for (unsigned k = 0; k < n_words; k++) {
            SK_GROW(&ix->arena, ix->less, ix->n_less, *cap);
            ix->less[ix->n_less++] = (hash_row){.hash = words[k], .n = 1};
        }
    }
}

static int by_hash(const void *a, const void *b)
{
    const hash_row *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* An entity that a later segment says is gone, or has again, does not count in the earlier ones. */
static void mark_dead(sk_screen_index *ix)
{
    size_t cap = 0;
    for (size_t later = 1; later < ix->n_segments; later++) {
        const segment *l = &ix->segments[later];
        for (uint32_t i = 0; i < l->n[PART_GONE]; i++) {
            sk_str key = text_at(l, *(const text_place *)row_at(l, PART_GONE, i));
            for (size_t e = 0; e < later; e++) {
                segment *g = &ix->segments[e];
                uint32_t doc;
                if (!find_doc(g, key, &doc) || is_dead(g, doc))
                    continue;
                g->dead[doc / 8] |= (uint8_t)(1u << doc % 8);
                ix->n_docs--;
                take_off_words(ix, g, doc_at(g, doc), &cap);
            }
        }
    }
    if (ix->n_less)
        qsort(ix->less, ix->n_less, sizeof *ix->less, by_hash);
}

static bool open_segments(sk_screen_index *ix)
{
    slot s;
    int which;
    if (!sk_screen__read_slot(ix->map, ix->map_bytes, &s, &which))
        return false;
    memcpy(ix->stamp, s.stamp, sizeof ix->stamp);
    for (uint32_t i = 0; i < s.n_segments; i++) {
        segment *g = &ix->segments[i];
        if (!open_segment(ix, s.at[i], g))
            return false;
        ix->n_segments++;
        ix->n_docs += g->n[PART_DOC];
        ix->n_open_names += g->n_open_names;
    }
    mark_dead(ix);
    return true;
}

sk_rc sk_screen_index_map(sk_ctx *cx, int fd, sk_screen_index **ret_index)
{
    struct stat st;
    if (fstat(fd, &st))
        return sk_fail_errno(cx, "the screening index");
    if (st.st_size < SK_SCREEN_BEGIN)
        return sk_fail(cx, SK_E_INTEGRITY, "the screening index is cut short");
    void *map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED)
        return sk_fail_errno(cx, "mapping the screening index");
    sk_screen_index *ix = sk_xmalloc(sizeof *ix);
    *ix = (sk_screen_index){.map = map, .map_bytes = (size_t)st.st_size};
    if (open_segments(ix)) {
        *ret_index = ix;
        return SK_OK;
    }
    bool is_other = is_of_another_build(ix->map);
    sk_screen_index_close(ix);
    return sk_fail(cx, SK_E_INTEGRITY,
                   is_other ? "the screening index is of another build of this program"
                            : "the screening index is damaged");
}

void sk_screen_index_close(sk_screen_index *ix)
{
    if (!ix)
        return;
    void *map;
    memcpy(&map, &ix->map, sizeof map);
    munmap(map, ix->map_bytes);
    sk_arena_done(&ix->arena);
    free(ix);
}

/* ---- asking ---- */

const uint8_t *sk_screen_index_stamp(const sk_screen_index *ix)
{
    return ix->stamp;
}

size_t sk_screen_index_count(const sk_screen_index *ix)
{
    return ix->n_docs;
}

size_t sk_screen_index_segments(const sk_screen_index *ix)
{
    return ix->n_segments;
}

size_t sk_screen_index_size(const sk_screen_index *ix, size_t number)
{
    return ix->segments[number].n[PART_DOC];
}

bool sk_screen_index_find(const sk_screen_index *ix, sk_str key, sk_screen_ref *ret_ref)
{
    for (size_t i = ix->n_segments; i-- > 0;) {
        uint32_t doc;
        if (!find_doc(&ix->segments[i], key, &doc) || is_dead(&ix->segments[i], doc))
            continue;
        *ret_ref = (sk_screen_ref){(uint32_t)i, doc};
        return true;
    }
    return false;
}

sk_str sk_screen_index_key(const sk_screen_index *ix, sk_screen_ref ref)
{
    const segment *g = &ix->segments[ref.segment];
    return text_at(g, doc_at(g, ref.doc)->key);
}

void sk_screen_index_digest(const sk_screen_index *ix, sk_screen_ref ref, uint8_t ret_digest[16])
{
    memcpy(ret_digest, doc_at(&ix->segments[ref.segment], ref.doc)->digest, 16);
}

const sk_name *sk_screen__name(const segment *g, const name_row *row)
{
    if (row->at % 16 || row->at > g->n_bytes[0] || row->n > g->n_bytes[0] - row->at || row->n < 16)
        return NULL;
    const char *p = (const char *)g->part[PART_PREP] + row->at;
    if (sum_of(p, row->n) != row->sum)
        return NULL;
    const sk_name *name = (const sk_name *)(const void *)p;
    return sk_name_size_bytes(name) == row->n ? name : NULL;
}

const sk_name *sk_screen_index_prepared(const sk_screen_index *ix, sk_screen_ref ref, sk_str text,
                                        sk_name_kind kind)
{
    const segment *g = &ix->segments[ref.segment];
    const doc_row *d = doc_at(g, ref.doc);
    for (uint32_t i = 0; i < d->n_names; i++) {
        const name_row *row = name_at(g, (uint64_t)d->name + i);
        const value_row *v = row ? value_at(g, row->value) : NULL;
        if (!v || !sk_str_eq(text_at(g, v->text), text))
            continue;
        const sk_name *name = sk_screen__name(g, row);
        if (name && sk_name_kind_of(name) == kind)
            return name;
    }
    return NULL;
}

sk_rc sk_screen_index_each(sk_ctx *cx, const sk_screen_index *ix, sk_screen_ref_fn *fn, void *arg)
{
    for (size_t i = 0; i < ix->n_segments; i++)
        for (uint32_t doc = 0; doc < ix->segments[i].n[PART_DOC]; doc++)
            if (!is_dead(&ix->segments[i], doc))
                SK_TRY(fn(cx, (sk_screen_ref){(uint32_t)i, doc}, arg));
    return SK_OK;
}

size_t sk_screen__lower(const hash_row *rows, size_t n, uint64_t hash)
{
    size_t lo = 0;
    while (n) {
        size_t half = n / 2;
        if (rows[lo + half].hash < hash) {
            lo += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return lo;
}

sk_screen_value sk_screen_value_at(const sk_screen_index *ix, sk_screen_ref ref, size_t i)
{
    const segment *g = &ix->segments[ref.segment];
    const doc_row *d = doc_at(g, ref.doc);
    const value_row *v = i < d->n_values ? value_at(g, (uint64_t)d->value + i) : NULL;
    if (!v)
        return (sk_screen_value){.kind = SK_SCREEN_KINDS};
    return (sk_screen_value){
        .kind = v->kind < SK_SCREEN_KINDS ? (sk_screen_kind)v->kind : SK_SCREEN_KINDS,
        .prop = text_at(g, v->prop),
        .type = text_at(g, v->type),
        .text = text_at(g, v->text),
        .place = text_at(g, v->place),
        .used_falsely = v->flags & VALUE_USED_FALSELY,
        .scope = v->scope,
    };
}
