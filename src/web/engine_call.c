#include "web/engine_call.h"

#include <stdlib.h>

sk_rc sk_engine_run(sk_request *rq, sk_str dataset, sk_str as_of, sk_engine_fn *fn)
{
    sk_ctx *cx = &rq->cx;
    sk_engine *e;
    SK_TRY(sk_engine_open(cx, rq->view, &e));
    sk_buf_reset(&rq->body);
    sk_rc rc = sk_engine_choose(cx, e, dataset, as_of);
    if (!rc)
        rc = fn(rq, e, &rq->body);
    sk_engine_close(e);
    if (rc)
        return rc;
    if (rq->body.overflow)
        return sk_fail(cx, SK_E_LIMIT, "the answer is too large; ask for less at a time");
    return SK_OK;
}

sk_rc sk_engine_call(sk_request *rq, sk_str dataset, sk_str as_of, sk_engine_fn *fn)
{
    SK_TRY(sk_engine_run(rq, dataset, as_of, fn));
    return sk_rq_text(rq, "application/json; charset=utf-8", sk_buf_str(&rq->body));
}

size_t sk_query_values(sk_request *rq, const char *name, const sk_str **ret_values)
{
    const sk_params *q = &rq->query;
    sk_str *v = sk_new_array(&rq->cx.arena, sk_str, q->n);
    size_t n = 0;
    for (size_t i = 0; i < q->n; i++)
        if (sk_str_is(q->v[i].name, name))
            v[n++] = q->v[i].value;
    *ret_values = v;
    return n;
}

sk_rc sk_query_real(sk_request *rq, const char *name, double fallback, double least, double most,
                    double *ret_value)
{
    sk_str text = sk_rq_get(rq, name);
    double value = fallback;
    if (text.n) {
        char *end;
        value = strtod(sk_str_c(&rq->cx.arena, text), &end);
        if (*end || !(value >= least && value <= most))
            return sk_fail(&rq->cx, SK_E_FORMAT, "%s \"%.*s\" is no number from %g to %g", name,
                           SK_P(text), least, most);
    }
    *ret_value = value;
    return SK_OK;
}

sk_str sk_base_address(sk_request *rq)
{
    sk_arena *a = &rq->cx.arena;
    sk_str base = sk_fmt(a, "http://%.*s", SK_P(rq->web->pages_host));
    return rq->key.n ? sk_fmt(a, "%.*s/key/%.*s", SK_P(base), SK_P(rq->key)) : base;
}

/* ---- JSON ---- */

json_t *sk_text_json(sk_str s)
{
    json_t *j = json_stringn(s.p ? s.p : "", s.n);
    return j ? j : json_string("");
}

sk_str sk_json_text(const json_t *j)
{
    return json_is_string(j) ? (sk_str){json_string_value(j), json_string_length(j)} : SK_S("");
}

int sk_json_to_buf(const char *bytes, size_t n, void *arg)
{
    sk_buf_add(arg, (sk_str){bytes, n});
    return ((sk_buf *)arg)->overflow ? -1 : 0;
}

/* Takes root over. */
sk_rc sk_json_give(sk_request *rq, json_t *root, sk_buf *out)
{
    sk_buf_reset(out);
    int failed =
        json_dump_callback(root, sk_json_to_buf, out, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(root);
    return failed ? sk_fail(&rq->cx, SK_E_LIMIT, "the answer is too large; ask for less at a time")
                  : SK_OK;
}

sk_rc sk_json_answer(sk_request *rq, json_t *root)
{
    SK_TRY(sk_json_give(rq, root, &rq->body));
    return sk_rq_text(rq, "application/json; charset=utf-8", sk_buf_str(&rq->body));
}

/* What the engine says of an entity. Caller gives it back. */
sk_rc sk_entity_json(sk_request *rq, sk_engine *e, sk_str id, json_t **ret_entity)
{
    sk_buf text;
    sk_buf_init(&text, SK_LIM_PAGE_BYTES);
    sk_rc rc = sk_engine_entity(&rq->cx, e, id, &text);
    if (!rc)
        *ret_entity = json_loadb(text.p, text.n, 0, NULL);
    sk_buf_done(&text);
    if (!rc && !*ret_entity)
        return sk_fail(&rq->cx, SK_E_LIMIT, "what is said of \"%.*s\" is too much for one answer",
                       SK_P(id));
    return rc;
}

sk_str sk_property_label(const sk_request *rq, sk_str name)
{
    const sk_model *m = sk_model_get();
    for (size_t i = 0; i < m->n_types; i++) {
        const sk_prop *p = sk_type_find_prop(&m->types[i], name);
        if (p)
            return rq->lang == SK_LANG_KO ? p->label_ko : p->label;
    }
    return name;
}
