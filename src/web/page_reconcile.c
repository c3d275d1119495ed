/* OpenRefine: its Reconciliation API, version 0.2. The manifest, batches of queries, more columns for
 * what was matched; page_suggest.c has what it asks while a person types.
 *
 * It runs on this computer beside us and can send no header of ours; its address holds a token
 * (request.h). Its pages may read the answers, so no cookie of ours counts here (CROSS). Normative:
 * docs/formats/api.md. */
#include "web/engine_call.h"

#include <jansson.h>

enum { PREVIEW_WIDTH = 430, PREVIEW_HEIGHT = 320 };

/* ---- the manifest ---- */

static json_t *service(sk_str base, const char *path)
{
    json_t *one = json_object();
    json_object_set_new(one, "service_url", sk_text_json(base));
    json_object_set_new(one, "service_path", json_string(path));
    return one;
}

static sk_str service_base(sk_request *rq)
{
    sk_arena *a = &rq->cx.arena;
    return sk_fmt(a, "%.*s/reconcile/%.*s", SK_P(sk_base_address(rq)),
                  SK_P(sk_percent_encode(a, sk_rq_get(rq, "dataset"))));
}

/* The engine's part, and what this face serves besides. */
static sk_rc manifest(sk_request *rq, sk_engine *e, sk_buf *out)
{
    sk_str base = service_base(rq);
    sk_str page = sk_fmt(&rq->cx.arena, "http://%.*s/entity/{{id}}", SK_P(rq->web->pages_host));
    (void)e; /* opened to know that the dataset is there */
    SK_TRY(sk_engine_manifest(&rq->cx, base, page, out));
    json_t *root = json_loadb(out->p, out->n, 0, NULL), *suggest = json_object();
    json_object_set_new(suggest, "entity", service(base, "/suggest/entity"));
    json_object_set_new(suggest, "type", service(base, "/suggest/type"));
    json_object_set_new(suggest, "property", service(base, "/suggest/property"));
    json_object_set_new(root, "suggest", suggest);
    json_t *preview = json_object(), *extend = json_object();
    json_object_set_new(preview, "url",
                        sk_text_json(sk_fmt(&rq->cx.arena, "%.*s/preview?id={{id}}", SK_P(base))));
    json_object_set_new(preview, "width", json_integer(PREVIEW_WIDTH));
    json_object_set_new(preview, "height", json_integer(PREVIEW_HEIGHT));
    json_object_set_new(root, "preview", preview);
    json_object_set_new(extend, "propose_properties", service(base, "/extend/property"));
    json_object_set_new(extend, "property_settings",
                        json_pack("[{s:s, s:s, s:s, s:i, s:s}]", "name", "limit", "label", "Limit",
                                  "type", "number", "default", 0, "help_text",
                                  "Values of one cell at most; 0 for all"));
    json_object_set_new(root, "extend", extend);
    json_object_set_new(root, "batchSize", json_integer(10));
    return sk_json_give(rq, root, out);
}

/* ---- queries, and more columns ---- */

/* A parameter of the form, or the member of that name of a JSON body as text; empty when absent. */
static sk_rc take(sk_request *rq, const char *name, sk_str *ret_text)
{
    json_error_t error;
    *ret_text = sk_rq_get(rq, name);
    if (!sk_rq_is_json(rq) || ret_text->n)
        return SK_OK;
    sk_str body = rq->in->body;
    json_t *root = json_loadb(body.p ? body.p : "", body.n, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(root)) {
        json_decref(root);
        return sk_fail(&rq->cx, SK_E_FORMAT, "the body is no JSON object: line %d: %s", error.line,
                       error.text);
    }
    const json_t *member = json_object_get(root, name);
    sk_buf text;
    sk_buf_init(&text, SK_LIM_YENTE_BYTES);
    if (member &&
        json_dump_callback(member, sk_json_to_buf, &text, JSON_COMPACT | JSON_ENCODE_ANY) == 0)
        *ret_text = sk_str_copy(&rq->cx.arena, sk_buf_str(&text));
    sk_buf_done(&text);
    json_decref(root);
    return SK_OK;
}

static sk_rc queries(sk_request *rq, sk_engine *e, sk_buf *out)
{
    sk_str text;
    SK_TRY(take(rq, "queries", &text));
    return sk_engine_reconcile(&rq->cx, e, text, out);
}

/* {"str": "..."}: up to limit values of a property, all when it is 0. */
static json_t *cell(const json_t *entity, const char *property, size_t limit)
{
    const json_t *values = json_object_get(json_object_get(entity, "properties"), property);
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(values) && (!limit || i < limit); i++) {
        json_t *one = json_object();
        json_object_set(one, "str", json_array_get(values, i));
        json_array_append_new(list, one);
    }
    return list;
}

static const char *property_id(const json_t *property)
{
    return json_string_value(json_object_get(property, "id"));
}

static json_t *meta_of(sk_request *rq, const json_t *properties)
{
    json_t *meta = json_array();
    for (size_t i = 0; i < json_array_size(properties); i++) {
        sk_str id = sk_str_of(property_id(json_array_get(properties, i)));
        json_t *one = json_object();
        json_object_set_new(one, "id", sk_text_json(id));
        json_object_set_new(one, "name", sk_text_json(sk_property_label(rq, id)));
        json_array_append_new(meta, one);
    }
    return meta;
}

/* The row of one entity; an empty one when the view shows none by that id. */
static sk_rc extend_row(sk_request *rq, sk_engine *e, sk_str id, const json_t *properties,
                        json_t *rows)
{
    json_t *entity = NULL, *row = json_object();
    json_object_setn_new(rows, id.p, id.n, row);
    sk_rc rc = sk_entity_json(rq, e, id, &entity);
    if (rc == SK_E_NOTFOUND) {
        sk_forgive(&rq->cx);
        return SK_OK;
    }
    for (size_t i = 0; !rc && i < json_array_size(properties); i++) {
        const json_t *p = json_array_get(properties, i);
        const json_t *limit = json_object_get(json_object_get(p, "settings"), "limit");
        json_int_t most = json_is_integer(limit) ? json_integer_value(limit) : 0;
        json_object_set_new(row, property_id(p),
                            cell(entity, property_id(p), most > 0 ? (size_t)most : 0));
    }
    json_decref(entity);
    return rc;
}

static sk_rc check_extend(sk_request *rq, const json_t *q)
{
    const json_t *ids = json_object_get(q, "ids"), *properties = json_object_get(q, "properties");
    if (!json_is_array(ids) || !json_is_array(properties))
        return sk_fail(&rq->cx, SK_E_FORMAT,
                       "\"extend\" must be an object with arrays \"ids\" and \"properties\"");
    if (json_array_size(ids) > SK_LIM_YENTE_QUERIES ||
        json_array_size(properties) > SK_LIM_YENTE_QUERIES)
        return sk_fail(&rq->cx, SK_E_LIMIT, "at most %d ids and %d properties are answered at once",
                       SK_LIM_YENTE_QUERIES, SK_LIM_YENTE_QUERIES);
    for (size_t i = 0; i < json_array_size(ids); i++)
        if (!json_is_string(json_array_get(ids, i)))
            return sk_fail(&rq->cx, SK_E_FORMAT, "id %zu of \"extend\" is no text", i + 1);
    for (size_t i = 0; i < json_array_size(properties); i++)
        if (!property_id(json_array_get(properties, i)))
            return sk_fail(&rq->cx, SK_E_FORMAT, "property %zu of \"extend\" has no \"id\"", i + 1);
    return SK_OK;
}

static sk_rc extend_all(sk_request *rq, sk_engine *e, const json_t *q, sk_buf *out)
{
    SK_TRY(check_extend(rq, q));
    const json_t *ids = json_object_get(q, "ids"), *properties = json_object_get(q, "properties");
    json_t *root = json_object(), *rows = json_object();
    json_object_set_new(root, "meta", meta_of(rq, properties));
    json_object_set_new(root, "rows", rows);
    sk_rc rc = SK_OK;
    for (size_t i = 0; !rc && i < json_array_size(ids); i++)
        rc = extend_row(rq, e, sk_json_text(json_array_get(ids, i)), properties, rows);
    if (!rc)
        return sk_json_give(rq, root, out);
    json_decref(root);
    return rc;
}

static sk_rc extend(sk_request *rq, sk_engine *e, sk_buf *out)
{
    sk_str text;
    SK_TRY(take(rq, "extend", &text));
    json_t *q = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    sk_rc rc = extend_all(rq, e, q, out);
    json_decref(q);
    return rc;
}

/* Which of the three is asked for. */
static sk_rc reconcile(sk_request *rq, bool has_manifest)
{
    sk_str dataset = sk_rq_get(rq, "dataset"), text;
    SK_TRY(take(rq, "extend", &text));
    if (text.n)
        return sk_engine_call(rq, dataset, SK_S(""), extend);
    SK_TRY(take(rq, "queries", &text));
    if (text.n)
        return sk_engine_call(rq, dataset, SK_S(""), queries);
    if (has_manifest)
        return sk_engine_call(rq, dataset, SK_S(""), manifest);
    return sk_fail(&rq->cx, SK_E_FORMAT, "the request has neither \"queries\" nor \"extend\"");
}

/* ROUTE: GET /reconcile/{dataset}
 * OpenRefine's reconciliation service: its manifest; or answers, when queries stand in the address.
 *
 * ROLE: read
 * FORMATS: bare
 * SCOPE: reconcile
 * CROSS: yes
 * PARAMETERS
 *   dataset   default (all), or a list of /catalog
 *   queries   a batch, as JSON
 *   extend    ids and properties, as JSON
 */
sk_rc sk_page_reconcile(sk_request *rq)
{
    return reconcile(rq, true);
}

/* ROUTE: POST /reconcile/{dataset}
 * Answer a batch of OpenRefine: who each may be, or more columns for who was chosen.
 *
 * ROLE: read
 * FORMATS: bare
 * BODY: form json
 * SCOPE: reconcile
 * CROSS: yes
 * PARAMETERS
 *   dataset   default (all), or a list of /catalog
 *   queries   a batch: {"q0": {"query", "type", "limit", "properties": [{"pid", "v"}]}}
 *   extend    {"ids": [...], "properties": [{"id", "settings"}]}
 */
sk_rc sk_page_reconcile_post(sk_request *rq)
{
    return reconcile(rq, false);
}
