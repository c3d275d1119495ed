/* What clients of yente ask: /match, /search, /entities, /algorithms, /catalog. Their shapes, our
 * scores (screen/engine.h); what of a request would change the answer and is not known here is
 * refused by its name, never passed over. Normative: docs/formats/api.md. */
#include "web/engine_call.h"

static sk_rc refuse_all(sk_request *rq, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sk_rq_get(rq, names[i]).n)
            return sk_fail(&rq->cx, SK_E_FORMAT,
                           "\"%s\" is not known here and would change the answer; leave it out",
                           names[i]);
    return SK_OK;
}

/* The dataset of the path; within "default", the lists that the query names. */
static sk_rc dataset_of(sk_request *rq, const char *narrower, sk_str *ret_dataset)
{
    const sk_str *v;
    size_t n = sk_query_values(rq, narrower, &v);
    sk_str dataset = sk_rq_get(rq, "dataset"), all = SK_NONE;
    if (n && !sk_str_is(dataset, "default"))
        return sk_fail(&rq->cx, SK_E_FORMAT, "\"%s\" goes with the dataset \"default\"", narrower);
    for (size_t i = 0; i < n; i++)
        all = sk_fmt(&rq->cx.arena, "%.*s%s%.*s", SK_P(all), i ? "," : "", SK_P(v[i]));
    *ret_dataset = n ? all : dataset;
    return SK_OK;
}

/* ---- match ---- */

static sk_rc check_algorithm(sk_request *rq)
{
    sk_str name = sk_rq_get(rq, "algorithm");
    if (!name.n || sk_str_is(name, "best") || sk_str_is(name, "default") ||
        sk_str_is(name, "sillok"))
        return SK_OK;
    return sk_fail(&rq->cx, SK_E_FORMAT,
                   "there is no algorithm \"%.*s\" here; leave it out, or see /algorithms",
                   SK_P(name));
}

static sk_rc match(sk_request *rq, sk_engine *e, sk_buf *out)
{
    sk_yente_options o = SK_YENTE_OPTIONS;
    uint64_t limit;
    SK_TRY(sk_rq_number(rq, "limit", o.limit, SK_LIM_YENTE_RESULTS, &limit));
    o.limit = (unsigned)limit;
    SK_TRY(sk_query_real(rq, "threshold", o.threshold, 0, 1, &o.threshold));
    SK_TRY(sk_query_real(rq, "cutoff", o.cutoff, 0, 1, &o.cutoff));
    if (o.cutoff > o.threshold)
        o.cutoff = o.threshold;
    return sk_engine_match(&rq->cx, e, rq->in->body, &o, out);
}

/* ROUTE: POST /match/{dataset}
 * Compare people, bodies and ships with the lists, as yente's clients do: queries in, results with
 * score and explanation out.
 *
 * ROLE: read
 * FORMATS: bare
 * BODY: json
 * SCOPE: match
 * PARAMETERS
 *   dataset           default (all), or a list of /catalog
 *   limit             results of one query, at most 500 (5)
 *   threshold         from this score on a result is a match (0.70)
 *   cutoff            results below it are left out (0.5)
 *   algorithm         best, or sillok
 *   include_dataset   within default: this list only; several times for several
 *   as_of             the newest copies that are not later
 */
sk_rc sk_page_match(sk_request *rq)
{
    static const char *const unknown[] = {"exclude_dataset", "exclude_schema", "topics",
                                          "changed_since", "exclude_entity_ids"};
    sk_str dataset;
    if (!sk_rq_is_json(rq))
        return sk_fail(&rq->cx, SK_E_FORMAT,
                       "the body must be JSON and say so: Content-Type: application/json");
    SK_TRY(refuse_all(rq, unknown, SK_COUNT(unknown)));
    SK_TRY(check_algorithm(rq));
    SK_TRY(dataset_of(rq, "include_dataset", &dataset));
    return sk_engine_call(rq, dataset, sk_rq_get(rq, "as_of"), match);
}

/* ---- search ---- */

static sk_rc search(sk_request *rq, sk_engine *e, sk_buf *out)
{
    sk_engine_search_query q = {.q = sk_str_trim(sk_rq_get(rq, "q")),
                                .schema = sk_rq_get(rq, "schema")};
    uint64_t limit, offset;
    if (!q.q.n)
        return sk_fail(&rq->cx, SK_E_FORMAT, "\"q\" must say which name or number is searched");
    SK_TRY(sk_rq_number(rq, "limit", 10, SK_LIM_YENTE_RESULTS, &limit));
    SK_TRY(sk_rq_number(rq, "offset", 0, SK_LIM_YENTE_OFFSET, &offset));
    q.limit = limit;
    q.offset = offset;
    q.n_countries = sk_query_values(rq, "countries", &q.countries);
    return sk_engine_search(&rq->cx, e, &q, out);
}

/* ROUTE: GET /search/{dataset}
 * Entities by name or number, however spelled, in the shape of yente's search.
 *
 * ROLE: read
 * FORMATS: bare
 * SCOPE: match
 * PARAMETERS
 *   dataset     default (all), or a list of /catalog
 *   q           name or number
 *   schema      only this type or a narrower one
 *   countries   a country's code; several times for several
 *   datasets    within default: this list only; several times for several
 *   limit       at most 500 (10)
 *   offset      results to pass over
 *   as_of       the newest copies that are not later
 */
sk_rc sk_page_search_entities(sk_request *rq)
{
    static const char *const unknown[] = {"topics",          "filter",        "sort",
                                          "changed_since",   "target",        "include_dataset",
                                          "exclude_dataset", "exclude_schema"};
    sk_str dataset;
    SK_TRY(refuse_all(rq, unknown, SK_COUNT(unknown)));
    SK_TRY(dataset_of(rq, "datasets", &dataset));
    return sk_engine_call(rq, dataset, sk_rq_get(rq, "as_of"), search);
}

/* ---- entities ---- */

static sk_rc entity(sk_request *rq, sk_engine *e, sk_buf *out)
{
    return sk_engine_entity(&rq->cx, e, sk_rq_get(rq, "id"), out);
}

/* ROUTE: GET /entities/{id}
 * One entity with all that the record says of it and of those judged to be the same.
 *
 * ROLE: read
 * FORMATS: bare
 * SCOPE: match reconcile
 * PARAMETERS
 *   id   of the entity, as results name it
 */
sk_rc sk_page_entity_object(sk_request *rq)
{
    return sk_engine_call(rq, SK_S(""), SK_S(""), entity);
}

/* ---- about the service ---- */

static sk_rc catalog(sk_request *rq, sk_engine *e, sk_buf *out)
{
    return sk_engine_catalog(&rq->cx, e, out);
}

/* ROUTE: GET /catalog
 * The lists that can be asked, and as of when they are.
 *
 * ROLE: read
 * FORMATS: bare
 * SCOPE: any
 */
sk_rc sk_page_catalog(sk_request *rq)
{
    return sk_engine_call(rq, SK_S(""), SK_S(""), catalog);
}

/* ROUTE: GET /algorithms
 * How results are scored: the features, and what each looks at.
 *
 * ROLE: read
 * FORMATS: bare
 * SCOPE: any
 */
sk_rc sk_page_algorithms(sk_request *rq)
{
    sk_buf_reset(&rq->body);
    SK_TRY(sk_engine_algorithms(&rq->cx, &rq->body));
    return sk_rq_text(rq, "application/json; charset=utf-8", sk_buf_str(&rq->body));
}
