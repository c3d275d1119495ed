/* Reading pairs and dealing out entities. */
#include "pairs.h"

#include "generate.h"
#include "name/name_private.h"

#include <stdio.h>
#include <stdlib.h>

static sk_str file_of(sk_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "%s: cannot be opened; give the table of pairs\n", path);
        exit(1);
    }
    fseek(f, 0, SEEK_END);
    size_t n = (size_t)ftell(f);
    rewind(f);
    char *p = sk_alloc(a, n + 1);
    if (fread(p, 1, n, f) != n) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    fclose(f);
    return (sk_str){p, n};
}

/* Origins whose licence lets them shape weights: CC0, public domain, CC BY, facts. */
static bool is_permitted(sk_str origin)
{
    static const char *const NO[] = {"GPL", "CC BY-SA", "UN list", "UN consolidated", "no licence"};
    static const char *const YES[] = {"CC0", "public domain", "CC BY 3.0", "facts", "UN-1718"};
    bool yes = false;

    for (size_t i = 0; i < sizeof(NO) / sizeof(NO[0]); i++)
        if (sk_str_find(origin, sk_str_of(NO[i])) != SIZE_MAX)
            return false;
    for (size_t i = 0; i < sizeof(YES) / sizeof(YES[0]); i++)
        yes = yes || sk_str_find(origin, sk_str_of(YES[i])) != SIZE_MAX;
    return yes;
}

void pairs_read(sk_arena *a, const char *path, pairs *ret_pairs)
{
    sk_str text = file_of(a, path), line, cell[6];
    size_t number = 0;

    while (sk_str_cut(&text, '\n', &line)) {
        if (++number == 1 || line.n == 0)
            continue;
        for (size_t i = 0; i < 6; i++) {
            if (!sk_str_cut(&line, '\t', &cell[i])) {
                fprintf(stderr, "%s:%zu: fewer than 6 columns\n", path, number);
                exit(1);
            }
        }
        SK_GROW(a, ret_pairs->at, ret_pairs->n, ret_pairs->cap);
        ret_pairs->at[ret_pairs->n++] = (pair){
            .a = cell[0],
            .lang_a = cell[1],
            .b = cell[2],
            .lang_b = cell[3],
            .label = sk_str_is(cell[4], "1"),
            .origin = cell[5],
            .weight = 1,
            .may_train = is_permitted(cell[5]),
            .is_alias = sk_str_find(cell[5], SK_S("unfiltered")) != SIZE_MAX,
        };
    }
}

/* ---- entities ---- */

/* Names in a hash table; each leads to another of its entity, the first to itself. */
typedef struct entities {
    sk_str *name;
    uint32_t *leader;
    const sk_name **prepared;
    size_t size;
} entities;

static uint64_t hash_of(sk_str s)
{
    uint64_t h = 0xCBF29CE484222325ull;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (uint8_t)s.p[i]) * 0x100000001B3ull;
    return h ^ h >> 29;
}

static uint32_t find_name(entities *e, sk_str name)
{
    size_t i = hash_of(name) % e->size;
    while (e->name[i].p && !sk_str_eq(e->name[i], name))
        i = (i + 1) % e->size;
    if (!e->name[i].p) {
        e->name[i] = name;
        e->leader[i] = (uint32_t)i;
    }
    return (uint32_t)i;
}

static uint32_t leader_of(const entities *e, uint32_t i)
{
    while (e->leader[i] != i)
        i = e->leader[i];
    return i;
}

/* The bytewise smallest name leads, so that folds do not hang on the order of rows. */
static void join(entities *e, uint32_t i, uint32_t j)
{
    i = leader_of(e, i);
    j = leader_of(e, j);
    if (sk_str_cmp(e->name[i], e->name[j]) > 0)
        e->leader[i] = j;
    else
        e->leader[j] = i;
}

static const sk_name *prepared(sk_arena *a, entities *e, sk_str name)
{
    uint32_t i = find_name(e, name);
    if (!e->prepared[i])
        e->prepared[i] = sk_name_prepare(a, name, SK_NAME_ANY);
    return e->prepared[i];
}

/* The order in which compare looks at two names. */
static void put_in_order(pair *r)
{
    if (!sk_name_stands_second(r->name_a, r->name_b))
        return;
    const sk_name *n = r->name_a;
    r->name_a = r->name_b;
    r->name_b = n;
}

static void prepare_pair(sk_arena *a, entities *e, pair *r)
{
    r->name_a = prepared(a, e, r->a);
    r->name_b = prepared(a, e, r->b);
    put_in_order(r);
}

void pairs_prepare(sk_arena *a, pairs *p, unsigned n_fold)
{
    entities e = {.size = 4 * p->n + 16};
    size_t dealt = p->n;

    e.name = sk_new_array(a, sk_str, e.size);
    e.leader = sk_new_array(a, uint32_t, e.size);
    e.prepared = sk_new_array(a, const sk_name *, e.size);
    for (size_t i = 0; i < p->n; i++) {
        uint32_t x = find_name(&e, p->at[i].a), y = find_name(&e, p->at[i].b);
        if (p->at[i].label)
            join(&e, x, y);
    }
    for (size_t i = 0; i < p->n; i++) {
        pair *r = &p->at[i];
        r->fold_a = (uint8_t)(hash_of(e.name[leader_of(&e, find_name(&e, r->a))]) % n_fold);
        r->fold_b = (uint8_t)(hash_of(e.name[leader_of(&e, find_name(&e, r->b))]) % n_fold);
        prepare_pair(a, &e, r);
        if (r->is_korean)
            r->may_train = sk_latent_can_be_korean(sk_name_latent(r->name_a)) &&
                           sk_latent_can_be_korean(sk_name_latent(r->name_b));
    }
    pairs_lengthen(a, p, n_fold);
    for (size_t i = dealt; i < p->n; i++) {
        p->at[i].name_a = sk_name_prepare(a, p->at[i].a, SK_NAME_ANY);
        p->at[i].name_b = sk_name_prepare(a, p->at[i].b, SK_NAME_ANY);
        put_in_order(&p->at[i]);
    }
}

/* ---- slices ---- */

static const char *script_of(sk_str lang)
{
    static const char *const HAN[] = {"Hans", "Hant", "Jpan", "Hani"};
    sk_str piece;
    static char other[8];

    sk_str_cut(&lang, '/', &piece);
    for (size_t i = 0; i < 4; i++)
        if (sk_str_is(lang, HAN[i]))
            return "Hani";
    snprintf(other, sizeof(other), "%.*s", SK_P(lang));
    return other;
}

sk_str pair_slice(sk_arena *a, const pair *p)
{
    sk_str lang_a, lang_b, rest = p->lang_a;
    bool is_alias = p->is_alias;
    sk_str who = SK_S("names");

    sk_str_cut(&rest, '/', &lang_a);
    rest = p->lang_b;
    sk_str_cut(&rest, '/', &lang_b);
    if (is_alias && sk_str_find(p->origin, SK_S("entity")) != SIZE_MAX)
        return SK_S("a.k.a. OFAC entities");
    if (is_alias && sk_str_find(p->origin, SK_S("vessel")) != SIZE_MAX)
        return SK_S("a.k.a. OFAC vessels");
    if (is_alias)
        return sk_str_find(p->origin, SK_S("OFAC")) != SIZE_MAX ? SK_S("a.k.a. OFAC persons")
                                                                : SK_S("a.k.a. UN persons");
    if (sk_str_find(p->origin, SK_S("libgweather")) != SIZE_MAX ||
        sk_str_find(p->origin, SK_S("iso-codes")) != SIZE_MAX)
        who = SK_S("places");
    else if (sk_str_find(p->origin, SK_S("COLING")) != SIZE_MAX)
        who = SK_S("tokens");
    else if (sk_str_find(p->origin, SK_S("UN consolidated list 2026")) != SIZE_MAX)
        who = SK_S("UN persons");
    else if (sk_str_eq(lang_a, lang_b) || sk_str_is(lang_b, "xx"))
        who = lang_a;
    else
        who = lang_b;
    char one[8];
    snprintf(one, sizeof(one), "%s", script_of(p->lang_a));
    const char *two = script_of(p->lang_b);
    bool in_order = strcmp(one, two) <= 0;
    return sk_fmt(a, "%.*s %s-%s", SK_P(who), in_order ? one : two, in_order ? two : one);
}
