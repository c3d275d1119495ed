/* Any bytes as yente's match request: read, answered against one candidate, written. */
#include "screen/yente.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static sk_rc give_itself(sk_ctx *cx, void *arg, const sk_yente_query *query,
                         const sk_yente_candidate **ret_list, size_t *ret_n)
{
    sk_yente_candidate *c = sk_new(&cx->arena, sk_yente_candidate);

    *c = (sk_yente_candidate){.entity = &query->entity,
                              .id = query->key,
                              .caption = query->schema,
                              .schema = query->schema};
    *ret_list = c;
    *ret_n = 1;
    return SK_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_yente_options o = SK_YENTE_OPTIONS;
    sk_ctx cx;
    sk_buf out;

    sk_ctx_init(&cx);
    sk_buf_init(&out, SK_MIB(64));
    o.cutoff = 0;
    sk_rc rc = sk_yente_match(&cx, (sk_str){(const char *)data, size}, &o, give_itself, NULL, &out);
    if (rc == SK_OK) {
        json_t *j = json_loadb(out.p, out.n, 0, NULL);
        sk_assert(json_is_object(json_object_get(j, "responses")));
        json_decref(j);
    }
    sk_buf_done(&out);
    sk_ctx_done(&cx);
    return 0;
}
