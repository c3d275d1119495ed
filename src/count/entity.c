#include "count/count_private.h"

sk_rc sk_count__find(sk_ctx *cx, sk_view *v, sk_str key, sk_entity *ret_e, bool *ret_found)
{
    sk_rc before = cx->rc;
    sk_rc rc = sk_entity_find(cx, v, sk_fmt(&cx->arena, "@%.*s", SK_P(key)), ret_e);
    *ret_found = rc == SK_OK;
    if (rc != SK_E_NOTFOUND)
        return rc;
    if (!before)
        sk_forgive(cx);
    return SK_OK;
}

bool sk_count__is_a(const sk_entity *e, const char *ancestor)
{
    const sk_type *t = sk_model_find_type(sk_model_get(), e->type);
    return t && sk_type_is_a(t, sk_str_of(ancestor));
}
