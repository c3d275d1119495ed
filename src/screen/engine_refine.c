/* OpenRefine's batches: turned into match requests, and the answers into its shape. */
#include "screen/engine_private.h"

#include <math.h>

#define REFINE_LIMIT 5
#define REFINE_MOST  100

/* ---- the query ---- */

static json_t *value_text(const json_t *v)
{
    if (json_is_object(v)) { /* a cell that was reconciled itself */
        const json_t *name = json_object_get(v, "name");
        v = name ? name : json_object_get(v, "id");
    }
    char text[32];
    if (json_is_integer(v)) {
        snprintf(text, sizeof text, "%lld", (long long)json_integer_value(v));
        return json_string(text);
    }
    if (json_is_real(v)) { /* 1963.0, as spreadsheets give whole numbers */
        snprintf(text, sizeof text, "%.15g", json_real_value(v));
        return json_string(text);
    }
    return json_is_string(v) ? json_deep_copy(v) : NULL;
}

static void put_value(json_t *properties, const char *pid, const json_t *v)
{
    json_t *array = json_object_get(properties, pid);
    if (!array) {
        array = json_array();
        json_object_set_new(properties, pid, array);
    }
    for (size_t i = 0; json_is_array(v) && i < json_array_size(v); i++) {
        json_t *text = value_text(json_array_get(v, i));
        if (text)
            json_array_append_new(array, text);
    }
    json_t *text = json_is_array(v) ? NULL : value_text(v);
    if (text)
        json_array_append_new(array, text);
}

/* {"query", "type", "properties": [{"pid", "v"}]} as schema and properties. */
static json_t *as_match(const json_t *q)
{
    const json_t *type = json_object_get(q, "type"), *list = json_object_get(q, "properties");
    json_t *properties = json_object(), *one = json_object();
    if (json_is_array(type))
        type = json_array_get(type, 0);
    if (json_is_object(type))
        type = json_object_get(type, "id");
    put_value(properties, "name", json_object_get(q, "query"));
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *p = json_array_get(list, i);
        const char *pid = json_string_value(json_object_get(p, "pid"));
        if (pid)
            put_value(properties, pid, json_object_get(p, "v"));
    }
    json_object_set_new(one, "schema",
                        json_is_string(type) ? json_deep_copy(type) : json_string("Thing"));
    json_object_set_new(one, "properties", properties);
    return one;
}

static size_t limit_of(const json_t *q)
{
    const json_t *limit = json_object_get(q, "limit");
    json_int_t n = json_is_integer(limit) ? json_integer_value(limit) : REFINE_LIMIT;
    return n < 1 ? 1 : n > REFINE_MOST ? REFINE_MOST : (size_t)n;
}

static sk_rc as_request(sk_ctx *cx, const json_t *batch, json_t **ret_request)
{
    json_t *queries = json_object();
    void *at = json_object_iter((json_t *)(uintptr_t)batch);
    for (; at; at = json_object_iter_next((json_t *)(uintptr_t)batch, at)) {
        const json_t *q = json_object_iter_value(at);
        if (!json_is_object(q) || !json_is_string(json_object_get(q, "query"))) {
            json_decref(queries);
            return sk_fail(cx, SK_E_FORMAT, "query \"%s\" must be an object with a \"query\"",
                           json_object_iter_key(at));
        }
        json_object_set_new(queries, json_object_iter_key(at), as_match(q));
    }
    *ret_request = json_object();
    json_object_set_new(*ret_request, "queries", queries);
    return SK_OK;
}

/* ---- the answer ---- */

/* A candidate is taken without asking a person only when a number says so: a name never does. */
static bool decides(const json_t *result)
{
    const json_t *id = json_object_get(json_object_get(result, "explanations"), "identifier");
    return json_is_true(json_object_get(result, "match")) &&
           json_number_value(json_object_get(id, "score")) >= 0.9;
}

static json_t *as_candidate(const json_t *result)
{
    const json_t *schema = json_object_get(result, "schema"),
                 *explained = json_object_get(result, "explanations");
    json_t *one = json_object(), *features = json_array();
    double score = json_number_value(json_object_get(result, "score"));
    json_object_set(one, "id", json_object_get(result, "id"));
    json_object_set(one, "name", json_object_get(result, "caption"));
    json_object_set_new(one, "type", json_pack("[{s:O, s:O}]", "id", schema, "name", schema));
    json_object_set_new(one, "score", json_real(round(score * 10000) / 100));
    json_object_set_new(one, "match", json_boolean(decides(result)));
    void *at = json_object_iter((json_t *)(uintptr_t)explained);
    for (; at; at = json_object_iter_next((json_t *)(uintptr_t)explained, at))
        json_array_append_new(features,
                              json_pack("{s:s, s:O}", "id", json_object_iter_key(at), "value",
                                        json_object_get(json_object_iter_value(at), "score")));
    json_object_set_new(one, "features", features);
    return one;
}

static json_t *as_answer(const json_t *batch, const json_t *responses)
{
    json_t *root = json_object();
    void *at = json_object_iter((json_t *)(uintptr_t)batch);
    for (; at; at = json_object_iter_next((json_t *)(uintptr_t)batch, at)) {
        const char *key = json_object_iter_key(at);
        const json_t *results = json_object_get(json_object_get(responses, key), "results");
        json_t *list = json_array(), *one = json_object();
        size_t most = limit_of(json_object_iter_value(at));
        for (size_t i = 0; i < json_array_size(results) && i < most; i++)
            json_array_append_new(list, as_candidate(json_array_get(results, i)));
        json_object_set_new(one, "result", list);
        json_object_set_new(root, key, one);
    }
    return root;
}

static sk_rc ask(sk_ctx *cx, sk_engine *e, const json_t *batch, sk_buf *out)
{
    sk_yente_options o = SK_YENTE_OPTIONS;
    sk_buf answer;
    json_t *request;
    o.limit = REFINE_MOST;
    o.cutoff = 0.3;
    SK_TRY(as_request(cx, batch, &request));
    char *body = json_dumps(request, JSON_COMPACT);
    json_decref(request);
    sk_buf_init(&answer, SK_LIM_OUTPUT_BYTES);
    sk_rc rc = sk_engine_match(cx, e, sk_str_of(body), &o, &answer);
    free(body);
    if (!rc) {
        json_t *told = json_loadb(answer.p, answer.n, 0, NULL);
        rc = yente_give(cx, as_answer(batch, json_object_get(told, "responses")), out);
        json_decref(told);
    }
    sk_buf_done(&answer);
    return rc;
}

sk_rc sk_engine_reconcile(sk_ctx *cx, sk_engine *e, sk_str queries, sk_buf *out)
{
    json_error_t error;
    if (queries.n > SK_LIM_YENTE_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "the queries have %zu bytes; at most %zu are read",
                       queries.n, (size_t)SK_LIM_YENTE_BYTES);
    json_t *batch =
        json_loadb(queries.p ? queries.p : "", queries.n, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(batch)) {
        json_decref(batch);
        return sk_fail(cx, SK_E_FORMAT, "the queries are no JSON object of key and query");
    }
    sk_rc rc = ask(cx, e, batch, out);
    json_decref(batch);
    return rc;
}
