/* What OpenRefine asks while a person works: entities, types and properties as they are typed, a preview
 * of one, and what may become a column. See page_reconcile.c. */
#include "web/assets.h"
#include "web/engine_call.h"
#include "web/page.h"

#include <jansson.h>

enum { SUGGESTIONS = 10, PREVIEW_VALUES = 3 };

/* ---- suggestions while typing ---- */

static json_t *suggestion(sk_request *rq)
{
    json_t *root = json_object();
    json_object_set_new(root, "code", json_string("/api/status/ok"));
    json_object_set_new(root, "status", json_string("200 OK"));
    json_object_set_new(root, "prefix", sk_text_json(sk_rq_get(rq, "prefix")));
    json_object_set_new(root, "result", json_array());
    return root;
}

static json_t *type_json(sk_request *rq, sk_str name)
{
    json_t *one = json_object();
    json_object_set_new(one, "id", sk_text_json(name));
    json_object_set_new(one, "name", sk_text_json(sk_type_text(rq, name)));
    return one;
}

static json_t *suggested_entity(sk_request *rq, const json_t *found)
{
    json_t *one = json_object(), *types = json_array();
    sk_str type = sk_json_text(json_object_get(found, "schema"));
    json_array_append_new(types, type_json(rq, type));
    json_object_set(one, "id", json_object_get(found, "id"));
    json_object_set(one, "name", json_object_get(found, "caption"));
    json_object_set_new(one, "description", sk_text_json(sk_type_text(rq, type)));
    json_object_set_new(one, "type", types);
    json_object_set(one, "notable", types);
    return one;
}

static sk_rc suggest_entities(sk_request *rq, sk_engine *e, sk_buf *out)
{
    sk_engine_search_query q = {.q = sk_str_trim(sk_rq_get(rq, "prefix"))};
    json_t *root, *found;
    sk_buf text;
    uint64_t limit;
    SK_TRY(sk_rq_number(rq, "limit", SUGGESTIONS, SK_LIM_YENTE_RESULTS, &limit));
    q.limit = limit;
    if (!q.q.n)
        return sk_json_give(rq, suggestion(rq), out);
    sk_buf_init(&text, SK_LIM_PAGE_BYTES);
    sk_rc rc = sk_engine_search(&rq->cx, e, &q, &text);
    if (!rc) {
        root = suggestion(rq);
        found = json_loadb(text.p, text.n, 0, NULL);
        const json_t *results = json_object_get(found, "results");
        for (size_t i = 0; i < json_array_size(results); i++)
            json_array_append_new(json_object_get(root, "result"),
                                  suggested_entity(rq, json_array_get(results, i)));
        json_decref(found);
        rc = sk_json_give(rq, root, out);
    }
    sk_buf_done(&text);
    return rc;
}

/* ROUTE: GET /reconcile/{dataset}/suggest/entity
 * Entities whose names look like what is being typed.
 *
 * ROLE: read
 * FORMATS: bare
 * SCOPE: reconcile
 * CROSS: yes
 * PARAMETERS
 *   dataset   default (all), or a list of /catalog
 *   prefix    what is typed so far
 *   limit     at most 500 (10)
 */
sk_rc sk_page_suggest_entity(sk_request *rq)
{
    return sk_engine_call(rq, sk_rq_get(rq, "dataset"), SK_S(""), suggest_entities);
}

/* True when a word of the label, or the name, begins like that, in capitals or not. */
static bool begins(sk_str text, sk_str prefix)
{
    sk_str word;
    if (sk_str_eq_nocase(sk_str_sub(text, 0, prefix.n), prefix))
        return true;
    while (text.n && sk_str_cut(&text, ' ', &word))
        if (text.n && sk_str_eq_nocase(sk_str_sub(text, 0, prefix.n), prefix))
            return true;
    return false;
}

/* Types that may be of somebody or something with a name in a list: those that bear names and ids. */
static bool is_asked_for(const sk_type *t)
{
    return sk_type_is_a(t, SK_S("LegalEntity")) || sk_type_is_a(t, SK_S("Vessel")) ||
           sk_str_is(t->name, "Thing");
}

/* ROUTE: GET /reconcile/{dataset}/suggest/type
 * Types of the model whose names begin like what is being typed.
 *
 * ROLE: read
 * FORMATS: bare
 * SCOPE: reconcile
 * CROSS: yes
 * PARAMETERS
 *   dataset   default (all), or a list of /catalog
 *   prefix    what is typed so far
 */
sk_rc sk_page_suggest_type(sk_request *rq)
{
    const sk_model *m = sk_model_get();
    sk_str prefix = sk_str_trim(sk_rq_get(rq, "prefix"));
    json_t *root = suggestion(rq);
    for (size_t i = 0; prefix.n && i < m->n_types; i++) {
        const sk_type *t = &m->types[i];
        if (is_asked_for(t) &&
            (begins(t->name, prefix) || begins(t->label, prefix) || begins(t->label_ko, prefix)))
            json_array_append_new(json_object_get(root, "result"), type_json(rq, t->name));
    }
    return sk_json_answer(rq, root);
}

static json_t *property_json(sk_request *rq, const sk_prop *p)
{
    json_t *one = json_object();
    json_object_set_new(one, "id", sk_text_json(p->name));
    json_object_set_new(one, "name", sk_text_json(rq->lang == SK_LANG_KO ? p->label_ko : p->label));
    return one;
}

static bool has_id(const json_t *list, sk_str id)
{
    for (size_t i = 0; i < json_array_size(list); i++)
        if (sk_str_eq(sk_json_text(json_object_get(json_array_get(list, i), "id")), id))
            return true;
    return false;
}

/* Properties of a type and of those above it; of all types when there is none. Each name once. */
static void put_properties(sk_request *rq, const sk_type *of, sk_str prefix, size_t most,
                           json_t *list)
{
    const sk_model *m = sk_model_get();
    for (size_t i = 0; i < m->n_types; i++) {
        const sk_type *t = &m->types[i];
        if (of ? !sk_type_is_a(of, t->name) : !is_asked_for(t))
            continue;
        for (size_t k = 0; k < t->n_props && json_array_size(list) < most; k++) {
            const sk_prop *p = &t->props[k];
            if (p->type != SK_VALUE_ENTITY && !has_id(list, p->name) &&
                (!prefix.n || begins(p->name, prefix) || begins(p->label, prefix) ||
                 begins(p->label_ko, prefix)))
                json_array_append_new(list, property_json(rq, p));
        }
    }
}

/* ROUTE: GET /reconcile/{dataset}/suggest/property
 * Properties of the model whose names begin like what is being typed.
 *
 * ROLE: read
 * FORMATS: bare
 * SCOPE: reconcile
 * CROSS: yes
 * PARAMETERS
 *   dataset   default (all), or a list of /catalog
 *   prefix    what is typed so far
 */
sk_rc sk_page_suggest_property(sk_request *rq)
{
    sk_str prefix = sk_str_trim(sk_rq_get(rq, "prefix"));
    json_t *root = suggestion(rq);
    if (prefix.n)
        put_properties(rq, NULL, prefix, SUGGESTIONS, json_object_get(root, "result"));
    return sk_json_answer(rq, root);
}

/* ROUTE: GET /reconcile/{dataset}/extend/property
 * Properties that can become columns for entities of a type.
 *
 * ROLE: read
 * FORMATS: bare
 * SCOPE: reconcile
 * CROSS: yes
 * PARAMETERS
 *   dataset   default (all), or a list of /catalog
 *   type      of the entities: Person, Organization, Vessel
 *   limit     at most that many (500)
 */
sk_rc sk_page_extend_property(sk_request *rq)
{
    sk_str name = sk_rq_get(rq, "type");
    const sk_type *t = name.n ? sk_model_find_type(sk_model_get(), name) : NULL;
    uint64_t limit;
    SK_TRY(sk_rq_number(rq, "limit", SK_LIM_YENTE_RESULTS, SK_LIM_YENTE_RESULTS, &limit));
    if (name.n && !t)
        return sk_fail(&rq->cx, SK_E_FORMAT, "there is no type \"%.*s\"", SK_P(name));
    json_t *root = json_object(), *list = json_array();
    json_object_set_new(root, "type", sk_text_json(t ? t->name : SK_S("Thing")));
    json_object_set_new(root, "properties", list);
    json_object_set_new(root, "limit", json_integer((json_int_t)limit));
    put_properties(rq, t, SK_S(""), limit, list);
    return sk_json_answer(rq, root);
}

/* ---- the preview ---- */

static void put_fact(sk_request *rq, const char *property, const json_t *values)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<dt>$</dt>", sk_property_label(rq, sk_str_of(property)));
    for (size_t i = 0; i < json_array_size(values) && i < PREVIEW_VALUES; i++)
        SK_PUT(h, "<dd dir=\"auto\">$</dd>", sk_json_text(json_array_get(values, i)));
    if (json_array_size(values) > PREVIEW_VALUES)
        SK_PUT(h, "<dd>$</dd>",
               sk_say_n(rq, "reconcile.more", json_array_size(values) - PREVIEW_VALUES));
}

static void put_preview(sk_request *rq, const json_t *entity)
{
    static const char *const shown[] = {"name",       "alias",       "birthDate",
                                        "birthPlace", "nationality", "country",
                                        "position",   "imoNumber",   "idNumber"};
    sk_html *h = &rq->html;
    const json_t *properties = json_object_get(entity, "properties");
    sk_str caption = sk_json_text(json_object_get(entity, "caption"));
    sk_str key = sk_json_text(json_object_get(entity, "id"));
    SK_PUT(h,
           "<!DOCTYPE html>\n<html lang=\"$\"><head><meta charset=\"utf-8\"><title>$</title>"
           "<meta name=\"color-scheme\" content=\"light dark\">"
           "<link rel=\"stylesheet\" href=\"$\"></head><body><main class=\"preview\">"
           "<h1 dir=\"auto\"><a href=\"$\" target=\"_blank\" rel=\"noopener noreferrer\">$</a>"
           "</h1><p class=\"meta\">$</p><dl class=\"facts\">",
           sk_str_of(sk_lang_code(h->lang)), caption, sk_asset_href("sillok.css"),
           sk_href_entity(rq, key), caption,
           sk_type_text(rq, sk_json_text(json_object_get(entity, "schema"))));
    for (size_t i = 0; i < SK_COUNT(shown); i++)
        if (json_array_size(json_object_get(properties, shown[i])))
            put_fact(rq, shown[i], json_object_get(properties, shown[i]));
    SK_PUT(h, "</dl><p class=\"quiet\">{reconcile.claims}</p></main></body></html>\n");
}

static sk_rc preview(sk_request *rq, sk_engine *e, sk_buf *out)
{
    json_t *entity = NULL;
    (void)out; /* rq->html writes there */
    SK_TRY(sk_entity_json(rq, e, sk_rq_get(rq, "id"), &entity));
    put_preview(rq, entity);
    json_decref(entity);
    return SK_OK;
}

/* ROUTE: GET /reconcile/{dataset}/preview
 * A small page about one entity, shown within OpenRefine.
 *
 * ROLE: read
 * SCOPE: reconcile
 * PARAMETERS
 *   dataset   default (all), or a list of /catalog
 *   id        of the entity
 */
sk_rc sk_page_preview(sk_request *rq)
{
    SK_TRY(sk_engine_run(rq, sk_rq_get(rq, "dataset"), SK_S(""), preview));
    rq->is_framed = true;
    return sk_rq_text(rq, "text/html; charset=utf-8", sk_buf_str(&rq->body));
}
