/* Entities into the parts of a segment; sorting and writing them is in builder_end.c. */
#include "screen/builder_private.h"

#include <stdlib.h>
#include <unistd.h>

/* ---- kinds ---- */

bool sk_screen_kind_of(sk_str prop, sk_value_type type, sk_screen_kind *ret_kind)
{
    static const struct {
        const char *prop;
        sk_screen_kind kind;
    } BY_NAME[] = {
        {"name", SK_SCREEN_NAME},
        {"alias", SK_SCREEN_NAME},
        {"previousName", SK_SCREEN_NAME},
        {"weakAlias", SK_SCREEN_WEAK_NAME},
        {"birthDate", SK_SCREEN_BIRTH},
        {"deathDate", SK_SCREEN_DEATH},
        {"nationality", SK_SCREEN_NATIONALITY},
        {"citizenship", SK_SCREEN_NATIONALITY},
        {"flag", SK_SCREEN_FLAG},
        {"pastFlags", SK_SCREEN_FLAG},
        {"country", SK_SCREEN_COUNTRY},
        {"mainCountry", SK_SCREEN_COUNTRY},
        {"jurisdiction", SK_SCREEN_COUNTRY},
        {"gender", SK_SCREEN_GENDER},
    };
    for (size_t i = 0; i < SK_COUNT(BY_NAME); i++)
        if (sk_str_is(prop, BY_NAME[i].prop)) {
            *ret_kind = BY_NAME[i].kind;
            return true;
        }
    if (type != SK_VALUE_IDENTIFIER || sk_str_is(prop, "programId"))
        return false;
    *ret_kind = SK_SCREEN_ID;
    return true;
}

sk_name_kind sk_screen_name_kind(const sk_model *m, sk_str type)
{
    const sk_type *t = sk_model_find_type(m, type);
    if (!t)
        return SK_NAME_ANY;
    if (sk_type_is_a(t, SK_S("Person")))
        return SK_NAME_PERSON;
    if (sk_type_is_a(t, SK_S("Vessel")))
        return SK_NAME_VESSEL;
    if (sk_type_is_a(t, SK_S("Organization")) || sk_type_is_a(t, SK_S("Company")))
        return SK_NAME_ORGANIZATION;
    return sk_type_is_a(t, SK_S("Place")) ? SK_NAME_PLACE : SK_NAME_ANY;
}

/* ---- life ---- */

sk_rc sk_screen_builder_new(sk_ctx *cx, int fd, uint64_t at, sk_screen_builder **ret_builder)
{
    sk_assert(at % SCREEN_PAGE == 0);
    sk_screen_builder *b = sk_xmalloc(sizeof *b);
    *b = (sk_screen_builder){.fd = fd, .at = at, .model = sk_model_get()};
    for (int p = 0; p < PARTS; p++)
        sk_buf_init(&b->part[p], SK_LIM_SCREEN_PART);
    sk_buf_init(&b->rows, SK_LIM_SCREEN_PART);
    sk_buf_init(&b->words, SK_LIM_SCREEN_PART);
    sk_buf_init(&b->keys, SK_LIM_SCREEN_PART);
    b->prep_written = sizeof(segment_head);
    (void)cx;
    *ret_builder = b;
    return SK_OK;
}

void sk_screen_builder_free(sk_screen_builder *b)
{
    if (!b)
        return;
    for (int p = 0; p < PARTS; p++)
        sk_buf_done(&b->part[p]);
    sk_buf_done(&b->rows);
    sk_buf_done(&b->words);
    sk_buf_done(&b->keys);
    sk_arena_done(&b->arena);
    sk_arena_done(&b->scratch);
    free(b);
}

/* ---- texts ---- */

static text_place put_text(sk_screen_builder *b, sk_str s)
{
    sk_buf *t = &b->part[PART_TEXT];
    text_place place = {(uint32_t)t->n, (uint32_t)s.n};
    sk_buf_add(t, s);
    sk_buf_addc(t, 0);
    return place;
}

/* Few different ones, kept once: properties, types, labels, names of lists. */
static text_place intern(sk_screen_builder *b, sk_str s)
{
    const text_place *known = sk_strmap_get(&b->interned, s);
    if (known)
        return *known;
    text_place *place = sk_new(&b->arena, text_place);
    *place = put_text(b, s);
    sk_strmap_put(&b->interned, &b->arena, sk_str_copy(&b->arena, s), place);
    return *place;
}

static void put(sk_screen_builder *b, part p, const void *row)
{
    sk_buf_add(&b->part[p], (sk_str){row, part_item_bytes(p)});
}

static uint32_t count(const sk_screen_builder *b, part p)
{
    return (uint32_t)(b->part[p].n / part_item_bytes(p));
}

/* ---- copies and scopes ---- */

/* Numbers of equal texts: rows are few and found by a text made of all they hold. */
static bool number_of(sk_screen_builder *b, sk_str what, uint32_t next, uint32_t *ret_number)
{
    const uint32_t *known = sk_strmap_get(&b->numbers, what);
    if (known) {
        *ret_number = *known;
        return true;
    }
    uint32_t *number = sk_new(&b->arena, uint32_t);
    *number = *ret_number = next;
    sk_strmap_put(&b->numbers, &b->arena, sk_str_copy(&b->arena, what), number);
    return false;
}

uint32_t sk_screen_builder_copy(sk_screen_builder *b, const sk_screen_copy *copy)
{
    uint32_t number;
    sk_str what = sk_fmt(&b->arena, "copy\n%.*s\n%.*s\n%.*s", SK_P(copy->list), SK_P(copy->asof),
                         SK_P(copy->id));
    if (!number_of(b, what, count(b, PART_COPY), &number)) {
        copy_row row = {intern(b, copy->list), intern(b, copy->asof), intern(b, copy->id),
                        intern(b, copy->at)};
        put(b, PART_COPY, &row);
    }
    return number;
}

sk_rc sk_screen_builder_scope(sk_ctx *cx, sk_screen_builder *b, sk_str labels,
                              const uint32_t *copies, size_t n, uint32_t *ret_scope)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_str what = sk_fmt(&cx->arena, "scope\n%.*s\n%.*s", SK_P(sk_hex(&cx->arena, copies, 4 * n)),
                         SK_P(labels));
    bool known = number_of(b, what, count(b, PART_SCOPE), ret_scope);
    sk_arena_back_to(&cx->arena, mark);
    if (known)
        return SK_OK;
    if (*ret_scope >= SK_LIM_SCREEN_SCOPES)
        return sk_fail(cx, SK_E_LIMIT,
                       "more than %d combinations of list copies and restrictions; screen against "
                       "fewer lists",
                       SK_LIM_SCREEN_SCOPES);
    scope_row row = {intern(b, labels), count(b, PART_SCOPE_COPY), (uint32_t)n};
    for (size_t i = 0; i < n; i++)
        put(b, PART_SCOPE_COPY, &copies[i]);
    put(b, PART_SCOPE, &row);
    return SK_OK;
}

/* ---- names ---- */

static sk_rc write_all(sk_ctx *cx, int fd, const char *p, size_t n, uint64_t at)
{
    while (n) {
        ssize_t k = pwrite(fd, p, n, (off_t)at);
        if (k <= 0)
            return sk_fail_errno(cx, "writing the screening index");
        p += k;
        at += (uint64_t)k;
        n -= (size_t)k;
    }
    return SK_OK;
}

sk_rc sk_screen_builder__flush(sk_ctx *cx, sk_screen_builder *b)
{
    sk_buf *prep = &b->part[PART_PREP];
    SK_TRY(write_all(cx, b->fd, prep->p, prep->n, b->at + b->prep_written));
    b->prep_written += prep->n;
    sk_buf_reset(prep);
    return SK_OK;
}

sk_rc sk_screen_builder__write(sk_ctx *cx, sk_screen_builder *b, const void *p, size_t n,
                               uint64_t at)
{
    return write_all(cx, b->fd, p, n, b->at + at);
}

static void put_row(sk_screen_builder *b, const sk_roman *line, uint16_t scope, uint32_t name)
{
    scan_line row = {.scope = scope, .script = line->script, .name = name};
    unsigned n = sk_scan_row(line, row.letter);
    if (n < 2)
        return;
    row.n = (uint8_t)n;
    row.sign = sk_scan_sign_of(row.letter, n);
    sk_buf_add(&b->rows, (sk_str){(const char *)&row, sizeof row});
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

unsigned sk_screen__keys(const sk_name *name, uint64_t keys[SCREEN_KEYS], uint64_t *words,
                         unsigned *ret_words)
{
    sk_form form;
    unsigned n = sk_name_keys(name, keys), n_words = 0;
    sk_form_read(sk_name_raw(name), &form);
    for (unsigned i = 0; i < form.n_token; i++) {
        const sk_form_token *t = &form.token[i];
        if (t->flags & (SK_TOKEN_HONORIFIC | SK_TOKEN_PARTICLE) || t->n < 2)
            continue;
        words[n_words++] = sk_screen__word_hash(form.cp + t->at, t->n);
    }
    qsort(words, n_words, sizeof *words, by_hash);
    unsigned kept = 0;
    for (unsigned i = 0; i < n_words; i++)
        if (!kept || words[kept - 1] != words[i])
            words[kept++] = words[i];
    for (unsigned i = 0; i < kept; i++)
        keys[n++] = words[i];
    *ret_words = kept;
    return n;
}

/* Keys, words and scan line of a prepared name. Words of restricted names are not counted: how rare a
 * word is would tell of them. */
static void index_name(sk_screen_builder *b, const sk_name *name, uint16_t scope, uint32_t number)
{
    uint64_t keys[SCREEN_KEYS], words[SK_FORM_TOKENS];
    unsigned n_words, n = sk_screen__keys(name, keys, words, &n_words);
    for (unsigned i = 0; i < n; i++) {
        key_line line = {keys[i], number, scope};
        sk_buf_add(&b->keys, (sk_str){(const char *)&line, sizeof line});
    }
    const scope_row *s = (const scope_row *)(const void *)b->part[PART_SCOPE].p + scope;
    if (!s->labels.n) {
        sk_buf_add(&b->words, (sk_str){(const char *)words, n_words * sizeof *words});
        b->n_open_names++;
    }
    sk_roman line[2];
    if (sk_name_roman(name, line))
        put_row(b, &line[0], scope, number);
}

static sk_rc put_name(sk_ctx *cx, sk_screen_builder *b, const sk_screen_value *v, uint32_t value,
                      uint32_t doc)
{
    static const char zeros[16] = {0};
    const sk_name *name = v->prepared;
    if (!name)
        name = sk_name_prepare(&b->scratch, v->text, sk_screen_name_kind(b->model, v->type));
    sk_buf *prep = &b->part[PART_PREP];
    size_t n = sk_name_size_bytes(name);
    name_row row = {.at = b->prep_written + prep->n - sizeof(segment_head),
                    .sum = sum_of(name, n),
                    .n = (uint32_t)n,
                    .value = value};
    sk_buf_add(prep, (sk_str){(const char *)name, n});
    sk_buf_add(prep, (sk_str){zeros, (16 - n % 16) % 16});
    index_name(b, name, (uint16_t)v->scope, count(b, PART_NAME));
    put(b, PART_NAME, &row);
    bearer_row bearer = {.doc = doc, .scope = (uint16_t)v->scope};
    put(b, PART_BEARER, &bearer);
    return prep->n > SK_MIB(4) ? sk_screen_builder__flush(cx, b) : SK_OK;
}

/* ---- entities ---- */

static int compare_values(const void *a, const void *b)
{
    const sk_screen_value *x = a, *y = b;
    int c = (int)x->kind - (int)y->kind;
    if (!c)
        c = (int)!sk_str_is(x->prop, "name") - (int)!sk_str_is(y->prop, "name");
    if (!c)
        c = sk_str_cmp(x->prop, y->prop);
    if (!c)
        c = sk_str_cmp(x->text, y->text);
    if (!c)
        c = (int)x->scope - (int)y->scope;
    if (!c)
        c = (int)x->used_falsely - (int)y->used_falsely;
    return c ? c : sk_str_cmp(x->place, y->place);
}

static bool same_value(const sk_screen_value *x, const sk_screen_value *y)
{
    return x->kind == y->kind && x->scope == y->scope && x->used_falsely == y->used_falsely &&
           sk_str_eq(x->text, y->text);
}

/* At most the first `most` bytes of the compact form; returns how many. */
static size_t compact(sk_str id, char *to, size_t most)
{
    size_t n = 0;
    const char *colon = id.n ? memchr(id.p, ':', id.n) : NULL;
    if (colon)
        id = sk_str_sub(id, (size_t)(colon - id.p) + 1, id.n);
    for (size_t i = 0; i < id.n && n < most; i++) {
        char c = id.p[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80)
            to[n++] = c;
    }
    return n;
}

sk_str sk_screen_compact_id(sk_arena *a, sk_str id)
{
    char *to = sk_alloc(a, id.n + 1);
    return (sk_str){to, compact(id, to, id.n)};
}

uint64_t sk_screen__id_hash(sk_str id)
{
    char to[64];
    size_t n = compact(id, to, sizeof to);
    return n < SK_SCREEN_ID_LEAST ? 0 : sk_str_hash((sk_str){to, n});
}

static void put_value(sk_screen_builder *b, const sk_screen_value *v, uint32_t doc)
{
    value_row row = {
        .text = put_text(b, v->text),
        .place = intern(b, v->place),
        .prop = intern(b, v->prop),
        .type = intern(b, v->type),
        .doc = doc,
        .scope = (uint16_t)v->scope,
        .kind = (uint8_t)v->kind,
        .flags = v->used_falsely ? VALUE_USED_FALSELY : 0,
    };
    hash_row id = {.hash = v->kind == SK_SCREEN_ID ? sk_screen__id_hash(v->text) : 0,
                   .n = count(b, PART_VALUE)};
    if (id.hash)
        put(b, PART_ID, &id);
    put(b, PART_VALUE, &row);
}

static sk_rc check_room(sk_ctx *cx, const sk_screen_builder *b)
{
    for (int p = 0; p < PARTS; p++)
        if (b->part[p].overflow || b->part[PART_TEXT].n > UINT32_MAX)
            return sk_fail(cx, SK_E_LIMIT,
                           "the screening index would have a part of more than %zu "
                           "bytes; screen against fewer lists",
                           SK_LIM_SCREEN_PART);
    if (b->rows.overflow || b->keys.overflow || b->words.overflow)
        return sk_fail(cx, SK_E_LIMIT, "too many names for one screening index");
    return SK_OK;
}

sk_rc sk_screen_builder_add(sk_ctx *cx, sk_screen_builder *b, const sk_screen_entity *e,
                            const uint8_t digest[16])
{
    sk_assert(e->key.n && e->key.n <= SK_LIM_KEY_BYTES);
    sk_assert(!b->n_last || sk_str_cmp((sk_str){b->last, b->n_last}, e->key) < 0);
    sk_arena_mark mark = sk_arena_here(&b->scratch);
    sk_screen_value *v = sk_new_array(&b->scratch, sk_screen_value, e->n_values);
    if (e->n_values)
        memcpy(v, e->values, e->n_values * sizeof *v);
    qsort(v, e->n_values, sizeof *v, compare_values);
    doc_row doc = {
        .key = put_text(b, e->key), .value = count(b, PART_VALUE), .name = count(b, PART_NAME)};
    memcpy(doc.digest, digest, sizeof doc.digest);
    uint32_t number = count(b, PART_DOC);
    for (size_t i = 0; i < e->n_values; i++) {
        if (i && same_value(&v[i - 1], &v[i]))
            continue;
        if (v[i].kind == SK_SCREEN_NAME || v[i].kind == SK_SCREEN_WEAK_NAME)
            SK_TRY(put_name(cx, b, &v[i], count(b, PART_VALUE), number));
        put_value(b, &v[i], number);
    }
    doc.n_values = count(b, PART_VALUE) - doc.value;
    doc.n_names = count(b, PART_NAME) - doc.name;
    put(b, PART_DOC, &doc);
    b->n_last = e->key.n;
    memcpy(b->last, e->key.p, e->key.n);
    sk_arena_back_to(&b->scratch, mark);
    return check_room(cx, b);
}

void sk_screen_builder_gone(sk_screen_builder *b, sk_str key)
{
    text_place place = put_text(b, key);
    put(b, PART_GONE, &place);
}
