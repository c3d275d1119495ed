/* One entity of the record gathered, its equal statements joined, and built when it changed. */
#include "screen/archive_private.h"

#include "base/progress.h"
#include "base/sha256.h"

#include <stdlib.h>

static int by_statement(const void *a, const void *b)
{
    const gathered *x = a, *y = b;
    int c = sk_str_cmp(x->value.prop, y->value.prop);
    if (!c)
        c = sk_str_cmp(x->value.text, y->value.text);
    if (!c)
        c = sk_str_cmp(x->labels, y->labels);
    if (!c)
        c = sk_str_cmp(x->value.type, y->value.type);
    if (!c)
        c = (int)x->value.used_falsely - (int)y->value.used_falsely;
    if (!c)
        c = (x->import > y->import) - (x->import < y->import);
    return c ? c : sk_str_cmp(x->value.place, y->value.place);
}

static bool same_statement(const gathered *x, const gathered *y)
{
    return sk_str_eq(x->value.prop, y->value.prop) && sk_str_eq(x->value.text, y->value.text) &&
           sk_str_eq(x->labels, y->labels) && sk_str_eq(x->value.type, y->value.type) &&
           x->value.used_falsely == y->value.used_falsely;
}

static const sk_import_info *import_of(const updating *u, int64_t row)
{
    for (size_t i = 0; i < u->n_imports; i++)
        if (u->imports[i].row == row)
            return &u->imports[i];
    return NULL;
}

static void hash_part(sk_sha256_state *st, sk_str s)
{
    uint64_t n = s.n;
    sk_sha256_add(st, (sk_str){(const char *)&n, sizeof n});
    sk_sha256_add(st, s);
}

/* What the entity was made from, whichever numbers rows have. */
static void digest_of(const updating *u, uint8_t ret_digest[16])
{
    sk_sha256_state *st = sk_sha256_new();
    for (size_t i = 0; i < u->n; i++) {
        const gathered *g = &u->v[i];
        const sk_import_info *import = import_of(u, g->import);
        hash_part(st, g->value.prop);
        hash_part(st, g->value.type);
        hash_part(st, g->value.text);
        hash_part(st, g->value.place);
        hash_part(st, g->labels);
        hash_part(st, g->value.used_falsely ? SK_S("falsely") : SK_S(""));
        hash_part(st, import ? (sk_str){(const char *)import->id.b, 32} : SK_S(""));
    }
    sk_hash h = sk_sha256_end(st);
    memcpy(ret_digest, h.b, 16);
}

static uint32_t copy_number(updating *u, int64_t row)
{
    const sk_import_info *i = import_of(u, row);
    sk_screen_copy copy = {0};
    if (i)
        copy = (sk_screen_copy){i->what.list.n ? i->what.list : i->what.format, i->what.asof,
                                sk_hash_hex(&u->arena, &i->id), i->at};
    return sk_screen_builder_copy(u->builder, &copy);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Equal statements of several copies are one value in the scope of all of them. */
static sk_rc take_value(sk_ctx *cx, updating *u, size_t from, size_t to, const sk_screen_ref *ref,
                        sk_screen_value *ret_value)
{
    uint32_t *copies = sk_new_array(&u->arena, uint32_t, to - from);
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        copies[n++] = copy_number(u, u->v[i].import);
    qsort(copies, n, sizeof *copies, by_number);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!kept || copies[kept - 1] != copies[i])
            copies[kept++] = copies[i];
    *ret_value = u->v[to - 1].value; /* the place in the newest of them */
    SK_TRY(sk_screen_builder_scope(cx, u->builder, u->v[from].labels, copies, kept,
                                   &ret_value->scope));
    bool is_name = ret_value->kind == SK_SCREEN_NAME || ret_value->kind == SK_SCREEN_WEAK_NAME;
    if (is_name && ref)
        ret_value->prepared = sk_screen_index_prepared(
            u->old, *ref, ret_value->text, sk_screen_name_kind(sk_model_get(), ret_value->type));
    return SK_OK;
}

static sk_rc build(sk_ctx *cx, updating *u, const sk_screen_ref *ref, const uint8_t digest[16])
{
    sk_screen_value *values = sk_new_array(&u->arena, sk_screen_value, u->n);
    sk_screen_entity e = {.key = u->key, .values = values};
    for (size_t i = 0, end; i < u->n; i = end) {
        for (end = i + 1; end < u->n && same_statement(&u->v[i], &u->v[end]); end++)
            ;
        SK_TRY(take_value(cx, u, i, end, ref, &values[e.n_values++]));
    }
    return sk_screen_builder_add(cx, u->builder, &e, digest);
}

static bool has_name(const updating *u)
{
    for (size_t i = 0; i < u->n; i++)
        if (u->v[i].value.kind <= SK_SCREEN_WEAK_NAME)
            return true;
    return false;
}

sk_rc screen_gather_end(sk_ctx *cx, updating *u)
{
    uint8_t digest[16], before[16];
    sk_screen_ref ref;
    sk_rc rc = SK_OK;
    if (u->n && has_name(u)) {
        bool known = u->old && sk_screen_index_find(u->old, u->key, &ref);
        qsort(u->v, u->n, sizeof *u->v, by_statement);
        digest_of(u, digest);
        if (known) {
            sk_screen_index_digest(u->old, ref, before);
            u->met[ref.segment][ref.doc / 8] |= (uint8_t)(1u << ref.doc % 8);
        }
        bool is_same = known && memcmp(digest, before, sizeof digest) == 0;
        u->seen++;
        u->changed += !is_same;
        if (known && !is_same && !u->is_whole)
            sk_screen_builder_gone(u->builder, u->key);
        if (!is_same || u->is_whole)
            rc = build(cx, u, known ? &ref : NULL, digest);
        sk_progress_add(cx->progress, 1);
    }
    sk_arena_done(&u->arena);
    u->v = NULL;
    u->n = u->cap = 0;
    return rc;
}

sk_rc screen_gather_take(sk_ctx *cx, const sk_feature *f, void *arg)
{
    updating *u = arg;
    if (!sk_str_eq(f->entity, u->key)) {
        SK_TRY(screen_gather_end(cx, u));
        u->key = sk_str_copy(&u->arena, f->entity);
    }
    gathered g = {.labels = sk_str_copy(&u->arena, f->labels), .import = f->import};
    g.value = (sk_screen_value){.prop = sk_str_copy(&u->arena, f->prop),
                                .type = sk_str_copy(&u->arena, f->type),
                                .text = sk_str_copy(&u->arena, f->value),
                                .place = sk_str_copy(&u->arena, f->place),
                                .used_falsely = f->used_falsely};
    const sk_type *t = sk_model_find_type(sk_model_get(), f->type);
    const sk_prop *p = t ? sk_type_find_prop(t, f->prop) : NULL;
    if (!sk_screen_kind_of(f->prop, p ? p->type : SK_VALUE_TEXT, &g.value.kind))
        return SK_OK;
    SK_GROW(&u->arena, u->v, u->n, u->cap);
    u->v[u->n++] = g;
    return SK_OK;
}
