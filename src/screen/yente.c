/* yente's match request read and answered. */
#include "screen/yente.h"

#include "screen/yente_private.h"

#include <math.h>
#include <stdlib.h>

/* ---- the request ---- */

/* Names of weights: ours, and those of yente's algorithms that mean the same feature. */
static const struct weight_name {
    const char *name;
    sk_match_feature feature;
    bool is_ours;
} WEIGHT[] = {
    {"name", SK_FEATURE_NAME, true},
    {"identifier", SK_FEATURE_IDENTIFIER, true},
    {"birth", SK_FEATURE_BIRTH, true},
    {"death", SK_FEATURE_DEATH, true},
    {"gender", SK_FEATURE_GENDER, true},
    {"country", SK_FEATURE_COUNTRY, true},
    {"birthplace", SK_FEATURE_BIRTHPLACE, true},
    {"place", SK_FEATURE_PLACE, true},
    {"position", SK_FEATURE_POSITION, true},
    {"name_match", SK_FEATURE_NAME, false},
    {"country_mismatch", SK_FEATURE_COUNTRY, false},
    {"dob_year_disjoint", SK_FEATURE_BIRTH, false},
    {"dob_day_disjoint", SK_FEATURE_BIRTH, false},
    {"gender_mismatch", SK_FEATURE_GENDER, false},
    {"identifier_match", SK_FEATURE_IDENTIFIER, false},
    {"address_entity_match", SK_FEATURE_PLACE, false},
    {"address_prop_match", SK_FEATURE_PLACE, false},
};

static sk_rc take_weight(sk_ctx *cx, const char *key, const json_t *value, yente_warnings *w,
                         sk_match_options *match)
{
    if (!json_is_number(value))
        return sk_fail(cx, SK_E_FORMAT, "weight \"%s\" must be a number", key);
    double v = json_number_value(value);
    for (size_t i = 0; i < sizeof(WEIGHT) / sizeof(WEIGHT[0]); i++) {
        if (strcmp(WEIGHT[i].name, key) != 0)
            continue;
        if (WEIGHT[i].is_ours) {
            if (!(v >= 0 && v <= 10))
                return sk_fail(cx, SK_E_FORMAT, "weight \"%s\" is %g; it must be 0 to 10", key, v);
            match->weight[WEIGHT[i].feature] = (float)v;
        } else if (v == 0) {
            match->weight[WEIGHT[i].feature] = 0;
        } else {
            yente_warn(cx, w, "weight \"%s\" belongs to another algorithm; only 0 is taken from it",
                       key);
        }
        return SK_OK;
    }
    yente_warn(cx, w, "weight \"%s\" is not known", key);
    return SK_OK;
}

static sk_rc take_weights(sk_ctx *cx, const json_t *weights, yente_warnings *w,
                          sk_match_options *match)
{
    if (!weights || json_is_null(weights))
        return SK_OK;
    if (!json_is_object(weights))
        return sk_fail(cx, SK_E_FORMAT, "\"weights\" must be an object of numbers");
    void *iter = json_object_iter((json_t *)(uintptr_t)weights);
    for (; iter; iter = json_object_iter_next((json_t *)(uintptr_t)weights, iter))
        SK_TRY(take_weight(cx, json_object_iter_key(iter), json_object_iter_value(iter), w, match));
    return SK_OK;
}

static sk_rc read_query(sk_ctx *cx, const char *key, const json_t *raw, sk_yente_query *ret)
{
    const json_t *schema = json_object_get(raw, "schema");
    const json_t *properties = json_object_get(raw, "properties");

    if (!json_is_object(raw) || !json_is_string(schema))
        return sk_fail(cx, SK_E_FORMAT, "query \"%s\" must be an object with a \"schema\"", key);
    if (!json_is_object(properties))
        return sk_fail(cx, SK_E_FORMAT, "query \"%s\" must have an object \"properties\"", key);
    sk_yente_query q = {.key = sk_str_of(key), .schema = yente_text(schema), .raw = raw};
    sk_rc rc = sk_yente_entity(cx, q.schema, properties, 0, &q.entity, &q.warnings, &q.n_warnings);
    if (rc)
        return sk_while(cx, "query \"%s\"", key);
    *ret = q;
    return SK_OK;
}

static sk_rc read_queries(sk_ctx *cx, const json_t *queries, sk_yente_request *r)
{
    size_t n = json_object_size(queries);

    if (!json_is_object(queries))
        return sk_fail(cx, SK_E_FORMAT,
                       "the request must have an object \"queries\" of key and query");
    if (n > SK_LIM_YENTE_QUERIES)
        return sk_fail(cx, SK_E_LIMIT, "the request has %zu queries; at most %d are answered", n,
                       SK_LIM_YENTE_QUERIES);
    r->queries = sk_new_array(&cx->arena, sk_yente_query, n);
    void *iter = json_object_iter((json_t *)(uintptr_t)queries);
    for (; iter; iter = json_object_iter_next((json_t *)(uintptr_t)queries, iter)) {
        SK_TRY(read_query(cx, json_object_iter_key(iter), json_object_iter_value(iter),
                          &r->queries[r->n]));
        r->n++;
    }
    return SK_OK;
}

static sk_rc read_root(sk_ctx *cx, const json_t *root, const sk_rarity *rarity,
                       sk_yente_request *ret)
{
    sk_yente_request r = {.match = SK_MATCH_OPTIONS};
    yente_warnings w = {.n = 0};

    r.match.rarity = rarity;
    if (!json_is_object(root))
        return sk_fail(cx, SK_E_FORMAT, "the request must be a JSON object");
    SK_TRY(take_weights(cx, json_object_get(root, "weights"), &w, &r.match));
    const json_t *config = json_object_get(root, "config");
    if (json_is_object(config) && json_object_size(config))
        yente_warn(cx, &w, "\"config\" belongs to another algorithm and was passed over");
    SK_TRY(read_queries(cx, json_object_get(root, "queries"), &r));
    r.warnings = w.list;
    r.n_warnings = w.n;
    *ret = r;
    return SK_OK;
}

sk_rc sk_yente_read(sk_ctx *cx, sk_str body, const sk_rarity *rarity, sk_yente_request *ret_request,
                    json_t **ret_root)
{
    json_error_t error;

    if (body.n > SK_LIM_YENTE_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "the request has %zu bytes; at most %zu are read", body.n,
                       (size_t)SK_LIM_YENTE_BYTES);
    json_t *root = json_loadb(body.p ? body.p : "", body.n, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        return sk_fail(cx, SK_E_FORMAT, "the request is no JSON: line %d: %s", error.line,
                       error.text);
    sk_rc rc = read_root(cx, root, rarity, ret_request);
    if (rc) {
        json_decref(root);
        return rc;
    }
    *ret_root = root;
    return SK_OK;
}

/* ---- answers ---- */

typedef struct scored {
    const sk_yente_candidate *candidate;
    sk_match_result match;
} scored;

static int by_score(const void *a, const void *b)
{
    const scored *x = a, *y = b;

    if (x->match.score != y->match.score)
        return x->match.score > y->match.score ? -1 : 1;
    return sk_str_cmp(x->candidate->id, y->candidate->id);
}

static double rounded(double v)
{
    return round(v * 10000) / 10000;
}

static json_t *explanations(sk_ctx *cx, const sk_yente_query *q, const scored *s)
{
    json_t *all = json_object();

    for (unsigned i = 0; i < s->match.n_parts; i++) {
        const sk_match_evidence *part = &s->match.part[i];
        sk_str a, b,
            detail = sk_match_detail(&cx->arena, &q->entity, s->candidate->entity, &s->match, part,
                                     &a, &b);
        json_t *one = json_object();
        json_object_set_new(one, "score", json_real(rounded((double)part->score)));
        json_object_set_new(one, "detail", yente_text_json(detail));
        json_object_set_new(one, "query", yente_text_json(a));
        json_object_set_new(one, "candidate", yente_text_json(b));
        json_object_set_new(all, sk_match_feature_name((sk_match_feature)part->feature), one);
    }
    return all;
}

static json_t *result_json(sk_ctx *cx, const sk_yente_query *q, const scored *s,
                           const sk_yente_options *o, void *arg)
{
    sk_yente_candidate told = *s->candidate, *c = &told;
    json_t *r;

    if (!c->properties && o->complete)
        o->complete(cx, arg, c);
    r = yente_entity_json(c, c->properties && c->properties != s->candidate->properties);

    json_object_set_new(r, "score", json_real(rounded(s->match.score)));
    json_object_set_new(r, "match", json_boolean(s->match.score >= o->threshold));
    if (s->match.is_cut)
        json_object_set_new(r, "cut", json_true());
    json_object_set_new(r, "explanations", explanations(cx, q, s));
    return r;
}

static size_t score_all(const sk_yente_query *q, const sk_match_options *m,
                        const sk_yente_candidate *list, size_t n, double cutoff, scored *out)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        out[kept].candidate = &list[i];
        sk_match_entity_compare(&q->entity, list[i].entity, m, &out[kept].match);
        kept += out[kept].match.score >= cutoff && out[kept].match.score > 0;
    }
    if (kept)
        qsort(out, kept, sizeof(*out), by_score);
    return kept;
}

static sk_rc answer(sk_ctx *cx, const sk_yente_query *q, const sk_yente_request *r,
                    const sk_yente_options *o, sk_yente_source source, void *arg, json_t **ret)
{
    const sk_yente_candidate *list = NULL;
    size_t n = 0;

    SK_TRY(source(cx, arg, q, &list, &n));
    scored *out = sk_new_array(&cx->arena, scored, n);
    sk_match_options m = r->match;
    m.floor = o->floor;
    size_t kept = score_all(q, &m, list, n, o->cutoff, out);
    json_t *j = json_object(), *total = json_object(), *results = json_array();
    for (size_t i = 0; i < kept && i < o->limit; i++)
        json_array_append_new(results, result_json(cx, q, &out[i], o, arg));
    json_object_set_new(total, "value", json_integer((json_int_t)kept));
    json_object_set_new(total, "relation", json_string("eq"));
    json_object_set_new(j, "status", json_integer(200));
    json_object_set_new(j, "results", results);
    json_object_set_new(j, "total", total);
    json_object_set_new(j, "query", json_deep_copy(q->raw));
    if (q->n_warnings)
        json_object_set_new(j, "warnings", yente_texts_json(q->warnings, q->n_warnings));
    *ret = j;
    return SK_OK;
}

static sk_rc check_options(sk_ctx *cx, const sk_yente_options *o)
{
    if (o->limit < 1 || o->limit > SK_LIM_YENTE_RESULTS)
        return sk_fail(cx, SK_E_FORMAT, "limit is %u; it must be 1 to %d", o->limit,
                       SK_LIM_YENTE_RESULTS);
    if (!(o->threshold >= 0 && o->threshold <= 1))
        return sk_fail(cx, SK_E_FORMAT, "threshold is %g; it must be 0 to 1", o->threshold);
    if (!(o->cutoff >= 0 && o->cutoff <= 1))
        return sk_fail(cx, SK_E_FORMAT, "cutoff is %g; it must be 0 to 1", o->cutoff);
    return SK_OK;
}

static sk_rc answer_all(sk_ctx *cx, const sk_yente_request *r, const sk_yente_options *o,
                        sk_yente_source source, void *arg, json_t *root)
{
    json_t *responses = json_object();

    json_object_set_new(root, "responses", responses);
    for (size_t i = 0; i < r->n; i++) {
        json_t *one;
        SK_TRY(answer(cx, &r->queries[i], r, o, source, arg, &one));
        json_object_setn_new(responses, r->queries[i].key.p, r->queries[i].key.n, one);
    }
    json_object_set_new(root, "limit", json_integer(o->limit));
    if (r->n_warnings)
        json_object_set_new(root, "warnings", yente_texts_json(r->warnings, r->n_warnings));
    return SK_OK;
}

sk_rc sk_yente_match(sk_ctx *cx, sk_str body, const sk_yente_options *options,
                     sk_yente_source source, void *arg, sk_buf *out)
{
    sk_yente_options o = options ? *options : SK_YENTE_OPTIONS;
    sk_yente_request r;
    json_t *request;

    SK_TRY(check_options(cx, &o));
    SK_TRY(sk_yente_read(cx, body, o.rarity, &r, &request));
    json_t *root = json_object();
    sk_rc rc = answer_all(cx, &r, &o, source, arg, root);
    json_decref(request);
    if (!rc)
        return yente_give(cx, root, out);
    json_decref(root);
    return rc;
}
