/* Texts and entities of ours as yente writes them. */
#include "screen/yente_private.h"

json_t *yente_text_json(sk_str s)
{
    json_t *j = json_stringn(s.p ? s.p : "", s.n);
    return j ? j : json_string("");
}

json_t *yente_texts_json(const sk_str *list, size_t n)
{
    json_t *array = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(array, yente_text_json(list[i]));
    return array;
}

void yente_put_given(json_t *object, const char *key, sk_str value)
{
    if (value.n)
        json_object_set_new(object, key, yente_text_json(value));
}

json_t *yente_entity_json(const sk_yente_candidate *c, bool takes_properties)
{
    json_t *r = json_object(), *properties;

    properties = !c->properties     ? json_object()
                 : takes_properties ? (json_t *)(uintptr_t)c->properties
                                    : json_deep_copy(c->properties);
    json_object_set_new(r, "id", yente_text_json(c->id));
    json_object_set_new(r, "caption", yente_text_json(c->caption));
    json_object_set_new(r, "schema", yente_text_json(c->schema));
    json_object_set_new(r, "properties", properties);
    json_object_set_new(r, "datasets", yente_texts_json(c->datasets, c->n_datasets));
    json_object_set_new(r, "referents", yente_texts_json(c->referents, c->n_referents));
    json_object_set_new(r, "target", json_boolean(c->is_target));
    yente_put_given(r, "first_seen", c->first_seen);
    yente_put_given(r, "last_seen", c->last_seen);
    yente_put_given(r, "last_change", c->last_change);
    return r;
}

static int to_buf(const char *bytes, size_t n, void *arg)
{
    sk_buf_add(arg, (sk_str){bytes, n});
    return ((sk_buf *)arg)->overflow ? -1 : 0;
}

sk_rc yente_give(sk_ctx *cx, json_t *root, sk_buf *out)
{
    int bad = json_dump_callback(root, to_buf, out, JSON_COMPACT | JSON_REAL_PRECISION(6));

    json_decref(root);
    return bad ? sk_fail(cx, SK_E_LIMIT, "the response is larger than %zu bytes", out->ceiling)
               : SK_OK;
}
