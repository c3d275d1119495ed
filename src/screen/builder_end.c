/* The end of a segment: keys sorted into posting lists, scan lines into groups, words counted. */
#include "screen/builder_private.h"

#include <stdlib.h>

/* ---- sorting ---- */

/* Sort n items of size bytes by the 64-bit number they begin with; stable: equal ones keep the order
 * in which names came. Bytes that are the same everywhere cost nothing. */
static void sort_by_number(void *items, size_t n, size_t size)
{
    char *from = items, *to = sk_xmalloc(n * size + 1), *buffer = to;
    size_t(*at)[256] = sk_xmalloc(8 * sizeof *at);
    memset(at, 0, 8 * sizeof *at);
    for (size_t i = 0; i < n; i++) {
        uint64_t key;
        memcpy(&key, from + i * size, 8);
        for (int d = 0; d < 8; d++)
            at[d][key >> (8 * d) & 255]++;
    }
    for (int d = 0; d < 8; d++) {
        size_t place = 0, most = 0;
        for (int v = 0; v < 256; v++) {
            size_t here = at[d][v];
            most = here > most ? here : most;
            at[d][v] = place;
            place += here;
        }
        if (most == n)
            continue;
        for (size_t i = 0; i < n; i++) {
            uint64_t key;
            memcpy(&key, from + i * size, 8);
            memcpy(to + at[d][key >> (8 * d) & 255]++ * size, from + i * size, size);
        }
        char *t = from;
        from = to;
        to = t;
    }
    if (from != items)
        memcpy(items, from, n * size);
    free(buffer);
    free(at);
}

/* ---- keys ---- */

/* Names of one key stand together by scope. A run of more than SCREEN_STOP of one scope says too
 * little and is left out; whether it is depends on that scope alone. */
static int by_key(const void *a, const void *b)
{
    const key_line *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->scope != y->scope)
        return x->scope < y->scope ? -1 : 1;
    return (x->name > y->name) - (x->name < y->name);
}

static void put_keys(sk_screen_builder *b)
{
    key_line *v = (key_line *)(void *)b->keys.p;
    size_t n = b->keys.n / sizeof *v;
    sort_by_number(v, n, sizeof *v);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && v[end].key == v[i].key; end++)
            ;
        if (end - i > 1)
            qsort(v + i, end - i, sizeof *v, by_key);
        for (size_t k = i, run; k < end; k = run) {
            for (run = k + 1; run < end && v[run].scope == v[k].scope; run++)
                ;
            for (; run - k <= SCREEN_STOP && k < run; k++) {
                if (k > i && v[k].name == v[k - 1].name)
                    continue;
                sk_buf_add(&b->part[PART_KEY], (sk_str){(const char *)&v[k].key, 8});
                sk_buf_add(&b->part[PART_KEY_NAME], (sk_str){(const char *)&v[k].name, 4});
            }
        }
    }
}

/* ---- words and identifiers ---- */

static void put_words(sk_screen_builder *b)
{
    uint64_t *v = (uint64_t *)(void *)b->words.p;
    size_t n = b->words.n / sizeof *v;
    sort_by_number(v, n, sizeof *v);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && v[end] == v[i]; end++)
            ;
        hash_row row = {.hash = v[i], .n = (uint32_t)(end - i)};
        sk_buf_add(&b->part[PART_WORD], (sk_str){(const char *)&row, sizeof row});
    }
}

/* ---- lines of the scan ---- */

/* By scope, script and length: a group is a scope and a script; near lengths stand together. */
static int by_group(const void *a, const void *b)
{
    const scan_line *x = *(const scan_line *const *)a, *y = *(const scan_line *const *)b;
    if (x->scope != y->scope)
        return x->scope < y->scope ? -1 : 1;
    if (x->script != y->script)
        return x->script < y->script ? -1 : 1;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return (x->name > y->name) - (x->name < y->name);
}

static void put_lines(sk_screen_builder *b)
{
    const scan_line *v = (const scan_line *)(const void *)b->rows.p;
    size_t n = b->rows.n / sizeof *v;
    const scan_line **order = sk_xmalloc((n + 1) * sizeof *order);
    group_row group = {0};
    for (size_t i = 0; i < n; i++)
        order[i] = &v[i];
    qsort(order, n, sizeof *order, by_group);
    for (size_t i = 0; i < n; i++) {
        const scan_line *l = order[i];
        if (group.n && (group.scope != l->scope || group.script != l->script)) {
            sk_buf_add(&b->part[PART_GROUP], (sk_str){(const char *)&group, sizeof group});
            group.n = 0;
        }
        if (!group.n)
            group = (group_row){.row = (uint32_t)i, .scope = l->scope, .script = l->script};
        group.n++;
        sk_buf_add(&b->part[PART_ROW], (sk_str){(const char *)l->letter, SK_SCAN_ROW});
        sk_buf_add(&b->part[PART_SIGN], (sk_str){(const char *)&l->sign, sizeof l->sign});
        sk_buf_add(&b->part[PART_ROW_NAME], (sk_str){(const char *)&l->name, 4});
    }
    if (group.n)
        sk_buf_add(&b->part[PART_GROUP], (sk_str){(const char *)&group, sizeof group});
    free(order);
}

/* ---- writing ---- */

static sk_rc write_parts(sk_ctx *cx, sk_screen_builder *b, segment_head *head)
{
    uint64_t at = b->prep_written,
             end = at; /* end: of what is written; an empty part writes nothing */
    head->part[PART_PREP] = (part_place){sizeof *head, at - sizeof *head};
    for (int p = PART_PREP + 1; p < PARTS; p++) {
        const sk_buf *buf = &b->part[p];
        at = (at + 63) / 64 * 64;
        head->part[p] = (part_place){at, buf->n / part_item_bytes((part)p)};
        SK_TRY(sk_screen_builder__write(cx, b, buf->p, buf->n, at));
        at += buf->n;
        if (buf->n)
            end = at;
    }
    head->bytes = (at + SCREEN_PAGE - 1) / SCREEN_PAGE * SCREEN_PAGE;
    char zero = 0; /* the file reaches to the end of the segment */
    return end < head->bytes ? sk_screen_builder__write(cx, b, &zero, 1, head->bytes - 1) : SK_OK;
}

sk_rc sk_screen_builder_end(sk_ctx *cx, sk_screen_builder *b, uint64_t *ret_bytes)
{
    segment_head head = {.magic = SEGMENT_MAGIC,
                         .version = SCREEN_VERSION,
                         .endian = SCREEN_ENDIAN,
                         .tables = sk_name_tables_id(),
                         .words = b->n_open_names};
    put_keys(b);
    put_words(b);
    put_lines(b);
    if (b->part[PART_ID].n)
        sort_by_number(b->part[PART_ID].p, b->part[PART_ID].n / sizeof(hash_row), sizeof(hash_row));
    SK_TRY(sk_screen_builder__flush(cx, b));
    SK_TRY(write_parts(cx, b, &head));
    head.sum = sum_of_head(&head);
    SK_TRY(sk_screen_builder__write(cx, b, &head, sizeof head, 0));
    *ret_bytes = head.bytes;
    return SK_OK;
}
