/* The embedded map: tables both ways, made once, and the lookups. Parsing is in ftm_map.c. */
#include "exchange/ftm/ftm_map.h"

#include "ftm_stamp.h" /* built again when ftm.map changes */

#include <pthread.h>

__asm__(".section .rodata\n"
        "sk_ftm_map_txt:\n"
        ".incbin \"" SK_MODEL_DIR "/ftm.map\"\n"
        "sk_ftm_map_txt_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const char sk_ftm_map_txt[], sk_ftm_map_txt_end[];

/* ---- what follows from the map and our model ---- */

static void put_out(sk_arena *a, const sk_ftm_map *m, sk_strmap *out, const sk_type *type)
{
    const sk_ftm_type *t = sk_ftm_find_type(m, type->name);
    for (size_t i = 0; t && i < t->n_props; i++)
        sk_strmap_put(out, a, t->props[i].ours, &t->props[i]);
    for (size_t i = 0; i < type->n_parents; i++)
        put_out(a, m, out, type->parents[i]);
}

/* In two rounds, so that a property of the same name goes before one that only says the like. */
static void put_in(sk_arena *a, const sk_ftm_map *m, sk_ftm_type *to, const sk_type *top,
                   const sk_type *at, bool alike)
{
    const sk_ftm_type *t = sk_ftm_find_type(m, at->name);
    for (size_t i = 0; t && i < t->n_props; i++) {
        const sk_ftm_prop *p = &t->props[i];
        if (!p->theirs.n || sk_str_eq(p->ours, p->theirs) != alike ||
            sk_strmap_get(&to->out, p->ours) != p)
            continue;
        sk_ftm_in_prop *in = sk_new(a, sk_ftm_in_prop);
        *in = (sk_ftm_in_prop){p, sk_type_find_prop(top, p->ours)};
        sk_assert(in->ours);
        sk_strmap_put(&to->in, a, p->theirs, in);
    }
    for (size_t i = 0; i < at->n_parents; i++)
        put_in(a, m, to, top, at->parents[i], alike);
}

static const sk_ftm_type *type_of_schema(const sk_ftm_map *m, const sk_ftm_schema *s)
{
    const sk_ftm_type *t = sk_ftm_find_type(m, s->name);
    if (t)
        return t;
    for (size_t i = 0; i < m->n_types; i++)
        if (m->types[i].schema == s)
            return &m->types[i];
    for (size_t i = 0; i < s->n_parents; i++)
        if ((t = type_of_schema(m, s->parents[i])))
            return t;
    return NULL;
}

static void index_map(sk_arena *a, sk_ftm_map *m)
{
    for (size_t i = 0; i < m->n_types; i++) {
        sk_ftm_type *t = &m->types[i];
        const sk_type *ours = sk_model_find_type(sk_model_get(), t->ours);
        sk_assert(ours);
        put_out(a, m, &t->out, ours);
        put_in(a, m, t, ours, ours, true);
        put_in(a, m, t, ours, ours, false);
    }
    for (size_t i = 0; i < m->n_schemas; i++) {
        const sk_ftm_type *t = type_of_schema(m, &m->schemas[i]);
        if (t)
            sk_strmap_put(&m->in_types, a, m->schemas[i].name, t);
    }
}

static sk_ftm_map the_map;
static sk_ctx the_map_ctx; /* owns the map for the life of the program */

static void parse_embedded(void)
{
    sk_ctx_init(&the_map_ctx);
    sk_rc rc =
        sk_ftm_map_parse(&the_map_ctx, sk_str_range(sk_ftm_map_txt, sk_ftm_map_txt_end), &the_map);
    sk_assert(rc == SK_OK);
    index_map(&the_map_ctx.arena, &the_map);
}

const sk_ftm_map *sk_ftm_map_get(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, parse_embedded);
    return &the_map;
}

/* ---- looking up ---- */

const sk_ftm_type *sk_ftm_find_type(const sk_ftm_map *m, sk_str ours)
{
    return sk_strmap_get(&m->types_by_name, ours);
}

const sk_ftm_prop *sk_ftm_find_prop(const sk_ftm_map *m, const sk_type *type, sk_str ours)
{
    const sk_ftm_type *t = sk_ftm_find_type(m, type->name);
    return t ? sk_strmap_get(&t->out, ours) : NULL;
}

const sk_ftm_type *sk_ftm_in_type(const sk_ftm_map *m, sk_str schema, bool *ret_is_whole)
{
    const sk_ftm_type *t = sk_strmap_get(&m->in_types, schema);
    if (t && ret_is_whole)
        *ret_is_whole = sk_str_eq(t->schema->name, schema);
    return t;
}

const sk_ftm_in_prop *sk_ftm_in_find(const sk_ftm_type *t, sk_str theirs)
{
    return sk_strmap_get(&t->in, theirs);
}

bool sk_ftm_is_a(const sk_ftm_schema *s, const sk_ftm_schema *ancestor)
{
    if (s == ancestor)
        return true;
    for (size_t i = 0; i < s->n_parents; i++)
        if (sk_ftm_is_a(s->parents[i], ancestor))
            return true;
    return false;
}

/* A code in small letters in a buffer of the caller; what is longer is no code. */
static const sk_ftm_code *find_code(const sk_ftm_codes *codes, sk_str code)
{
    char small[32];
    if (!code.n || code.n > sizeof small)
        return NULL;
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        small[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    return sk_strmap_get(&codes->by_code, (sk_str){small, code.n});
}

sk_str sk_ftm_find_code(const sk_ftm_codes *codes, sk_str code)
{
    const sk_ftm_code *found = find_code(codes, code);
    return found ? found->theirs : SK_NONE;
}

sk_str sk_ftm_other_code(const sk_ftm_codes *codes, sk_str theirs)
{
    const sk_ftm_code *found = find_code(codes, theirs);
    return found && found->other.n && sk_str_eq(found->theirs, theirs) ? found->other : theirs;
}
