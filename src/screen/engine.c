/* The engine: opened, told what to ask, and asked as yente's clients ask. */
#include "screen/engine_private.h"

#include "base/edtf.h"
#include "record/read.h"
#include "screen/archive.h"

#define FLOOR 0.3 /* names that score less are not compared further, as in screen.c */

/* ---- life ---- */

sk_rc sk_engine_open(sk_ctx *cx, sk_view *v, sk_engine **ret_engine)
{
    sk_engine *e = sk_new(&cx->arena, sk_engine);
    e->view = v;
    SK_TRY(sk_screen_archive_open(cx, NULL, &e->ix));
    sk_rc rc = sk_sight_of_view(cx, e->ix, v, &e->sight);
    if (!rc)
        rc = sk_engine_choose(cx, e, SK_S(""), SK_S(""));
    if (rc)
        sk_engine_close(e);
    else
        *ret_engine = e;
    return rc;
}

void sk_engine_close(sk_engine *e)
{
    if (!e)
        return;
    sk_searcher_free(e->searcher);
    sk_screen_index_close(e->ix);
    e->searcher = NULL;
    e->ix = NULL;
}

const sk_sight *sk_engine_sight(const sk_engine *e)
{
    return e->sight;
}

static sk_rc choose_lists(sk_ctx *cx, sk_engine *e, sk_str dataset, sk_str as_of)
{
    sk_str rest = dataset, one, *lists = NULL;
    size_t n = 0, cap = 0;
    while (sk_str_cut(&rest, ',', &one)) {
        one = sk_str_trim(one);
        if (!one.n || sk_str_is(one, "default"))
            return sk_sight_choose(cx, e->sight, NULL, 0, as_of);
        SK_GROW(&cx->arena, lists, n, cap);
        lists[n++] = one;
    }
    return sk_sight_choose(cx, e->sight, lists, n, as_of);
}

sk_rc sk_engine_choose(sk_ctx *cx, sk_engine *e, sk_str dataset, sk_str as_of)
{
    sk_str day = sk_str_trim(as_of);
    if (day.n) {
        sk_edtf when;
        if (sk_edtf_from_words(cx, day, &when))
            return sk_while(cx, "as of");
        day = when.text;
    }
    sk_searcher_free(e->searcher);
    e->searcher = NULL;
    SK_TRY(choose_lists(cx, e, dataset, day));
    e->rarity = sk_sight_rarity(e->sight);
    return SK_OK;
}

sk_searcher *engine_searcher(sk_engine *e)
{
    if (!e->searcher)
        e->searcher = sk_searcher_new(e->sight);
    return e->searcher;
}

/* ---- an entity told ---- */

static bool has_text(const json_t *array, sk_str text)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (sk_str_eq(yente_text(json_array_get(array, i)), text))
            return true;
    return false;
}

/* {"alias": ["..."]}: each value once. */
static void put_property(json_t *properties, sk_str prop, sk_str text)
{
    json_t *array = json_object_getn(properties, prop.p, prop.n);
    if (!array) {
        array = json_array();
        json_object_setn_new(properties, prop.p, prop.n, array);
    }
    if (!has_text(array, text))
        json_array_append_new(array, yente_text_json(text));
}

static void put_dataset(sk_str *list, size_t *n, sk_str name)
{
    for (size_t i = 0; i < *n; i++)
        if (sk_str_eq(list[i], name))
            return;
    list[(*n)++] = name;
}

void engine_complete(sk_ctx *cx, void *engine, sk_yente_candidate *c)
{
    const sk_engine *e = engine;
    sk_screen_ref ref = engine_ref(c->tag);
    const doc_row *d = doc_at(&e->ix->segments[ref.segment], ref.doc);
    sk_str *datasets = sk_new_array(&cx->arena, sk_str, e->sight->n_copies);
    json_t *properties = json_object();
    for (uint32_t i = 0; i < d->n_values; i++) {
        const sk_sight_copy *copy = sk_sight_copy_of(e->sight, ref, i);
        sk_screen_value v = sk_screen_value_at(e->ix, ref, i);
        if (!copy || !v.prop.n)
            continue;
        put_property(properties, v.prop, v.text);
        put_dataset(datasets, &c->n_datasets, sk_sight_list_of(copy));
    }
    c->id = sk_screen_index_key(e->ix, ref);
    c->caption = sk_sight_caption(e->sight, ref);
    c->schema = sk_sight_type(e->sight, ref);
    c->properties = properties;
    c->datasets = datasets;
    c->is_target = true;
}

/* ---- match ---- */

static const sk_name **names_of(sk_ctx *cx, const sk_match_entity *q)
{
    const sk_name **names = sk_new_array(&cx->arena, const sk_name *, q->n_names);
    for (size_t i = 0; i < q->n_names; i++)
        names[i] = q->names[i].name;
    return names;
}

static sk_str *ids_of(sk_ctx *cx, const sk_match_entity *q)
{
    sk_str *ids = sk_new_array(&cx->arena, sk_str, q->n_ids);
    for (size_t i = 0; i < q->n_ids; i++)
        ids[i] = q->ids[i].value;
    return ids;
}

/* Entities of the index near a query's names and numbers. */
static sk_rc find(sk_ctx *cx, void *engine, const sk_yente_query *q,
                  const sk_yente_candidate **ret_list, size_t *ret_n)
{
    sk_engine *e = engine;
    const sk_candidate *found;
    size_t kept = 0;
    size_t n = sk_searcher_find(engine_searcher(e), names_of(cx, &q->entity), q->entity.n_names,
                                ids_of(cx, &q->entity), q->entity.n_ids, &found);
    sk_yente_candidate *list = sk_new_array(&cx->arena, sk_yente_candidate, n);
    for (size_t i = 0; i < n; i++) {
        sk_match_entity *entity = sk_new(&cx->arena, sk_match_entity);
        if (!sk_sight_entity(cx, e->sight, found[i].ref, entity))
            continue;
        list[kept++] = (sk_yente_candidate){.entity = entity,
                                            .id = sk_screen_index_key(e->ix, found[i].ref),
                                            .tag = engine_tag(found[i].ref)};
    }
    *ret_list = list;
    *ret_n = kept;
    return cx->rc;
}

sk_rc sk_engine_match(sk_ctx *cx, sk_engine *e, sk_str body, const sk_yente_options *options,
                      sk_buf *out)
{
    sk_yente_options o = options ? *options : SK_YENTE_OPTIONS;
    o.rarity = &e->rarity;
    o.complete = engine_complete;
    o.floor = o.cutoff < FLOOR ? o.cutoff : FLOOR;
    return sk_yente_match(cx, body, &o, find, e, out);
}

/* ---- one entity ---- */

static sk_str *referents(sk_ctx *cx, sk_view *v, const sk_entity *entity, size_t *ret_n)
{
    sk_entity *members;
    size_t n, kept = 0;
    *ret_n = 0;
    if (sk_entity_members(cx, v, entity, &members, &n))
        return NULL;
    sk_str *keys = sk_new_array(&cx->arena, sk_str, n);
    for (size_t i = 0; i < n; i++)
        if (!sk_str_eq(members[i].key, entity->key))
            keys[kept++] = members[i].key;
    *ret_n = kept;
    return keys;
}

/* What is asserted of it and of those that were judged the same. */
static sk_rc claimed(sk_ctx *cx, sk_view *v, const sk_entity *entity, json_t *properties)
{
    sk_claim_row *rows;
    size_t n;
    SK_TRY(sk_claims_about(cx, v, entity, SK_CLAIMS_CURRENT, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = &rows[i].claim;
        if (c->position != SK_CLAIM_ASSERTS || c->absent != SK_PRESENT)
            continue;
        sk_str text = c->value.n ? c->value : sk_claim_value_text(&cx->arena, c);
        if (text.n)
            put_property(properties, c->prop, text);
    }
    return SK_OK;
}

sk_rc sk_engine_entity(sk_ctx *cx, sk_engine *e, sk_str id, sk_buf *out)
{
    sk_entity entity;
    sk_screen_ref ref;
    sk_yente_candidate c = {0};
    sk_rc rc = id.n ? sk_entity_find(cx, e->view, sk_fmt(&cx->arena, "@%.*s", SK_P(id)), &entity)
                    : sk_fail(cx, SK_E_NOTFOUND, "an entity has an id");
    SK_TRY(rc);
    if (sk_screen_index_find(e->ix, entity.key, &ref)) {
        c.tag = engine_tag(ref);
        engine_complete(cx, e, &c);
        json_decref((json_t *)(uintptr_t)c.properties);
    }
    json_t *properties = json_object();
    rc = claimed(cx, e->view, &entity, properties);
    if (rc) {
        json_decref(properties);
        return rc;
    }
    c.id = entity.key;
    c.caption = entity.caption;
    c.schema = entity.type;
    c.properties = properties;
    c.is_target = c.n_datasets > 0;
    c.referents = referents(cx, e->view, &entity, &c.n_referents);
    if (cx->rc) {
        json_decref(properties);
        return cx->rc;
    }
    return yente_give(cx, yente_entity_json(&c, true), out);
}
