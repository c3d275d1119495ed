/* What the engine says of itself: algorithms, datasets, and the manifest for OpenRefine. */
#include "screen/engine_private.h"

#define ALGORITHM "sillok"

/* ---- algorithms ---- */

static const struct {
    sk_match_feature feature;
    const char *description;
} FEATURES[] = {
    {SK_FEATURE_NAME, "The pair of names that fits best, across scripts and spellings"},
    {SK_FEATURE_IDENTIFIER, "The same number of the same scheme"},
    {SK_FEATURE_BIRTH, "Dates of birth, as exact as they are"},
    {SK_FEATURE_DEATH, "Dates of death"},
    {SK_FEATURE_GENDER, "Gender"},
    {SK_FEATURE_COUNTRY, "Nationalities, countries and flags"},
    {SK_FEATURE_BIRTHPLACE, "Places of birth"},
    {SK_FEATURE_PLACE, "Addresses and other places"},
    {SK_FEATURE_POSITION, "Posts held at the same time"},
};

sk_rc sk_engine_algorithms(sk_ctx *cx, sk_buf *out)
{
    json_t *root = json_object(), *list = json_array(), *one = json_object(),
           *features = json_object();
    for (size_t i = 0; i < SK_COUNT(FEATURES); i++)
        json_object_set_new(features, sk_match_feature_name(FEATURES[i].feature),
                            json_pack("{s:s, s:f, s:n}", "description", FEATURES[i].description,
                                      "coefficient", 1.0, "url"));
    json_object_set_new(one, "name", json_string(ALGORITHM));
    json_object_set_new(one, "description",
                        json_string("Names, dates, countries and numbers compared feature by "
                                    "feature; a contradiction counts against, an omission does "
                                    "not"));
    json_object_set_new(one, "features", features);
    json_array_append_new(list, one);
    json_object_set_new(root, "algorithms", list);
    json_object_set_new(root, "default", json_string(ALGORITHM));
    json_object_set_new(root, "best", json_string(ALGORITHM));
    return yente_give(cx, root, out);
}

/* ---- datasets ---- */

static json_t *dataset(sk_str name, sk_str title, sk_str version)
{
    json_t *one = json_object();
    json_object_set_new(one, "name", yente_text_json(name));
    json_object_set_new(one, "title", yente_text_json(title));
    yente_put_given(one, "version", version);
    yente_put_given(one, "last_export", version);
    json_object_set_new(one, "children", json_array());
    json_object_set_new(one, "load", json_true());
    return one;
}

/* The newest copy of each list that the view shows: copies stand by list, then as-of. */
sk_rc sk_engine_catalog(sk_ctx *cx, sk_engine *e, sk_buf *out)
{
    size_t n;
    const sk_sight_copy *v = sk_sight_copies(e->sight, &n);
    json_t *root = json_object(), *datasets = json_array(), *children = json_array();
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && sk_str_eq(v[i + 1].copy.list, v[i].copy.list))
            continue;
        sk_str name = sk_sight_list_of(&v[i]);
        sk_str title = v[i].copy.list.n ? name : SK_S("People of the archive itself");
        json_array_append_new(children, yente_text_json(name));
        json_array_append_new(datasets, dataset(name, title, v[i].copy.asof));
    }
    json_t *all = dataset(SK_S("default"), SK_S("Every list, and the archive itself"), SK_S(""));
    json_object_set_new(root, "current", json_deep_copy(children));
    json_object_set_new(all, "children", children);
    json_array_insert_new(datasets, 0, all);
    json_object_set_new(root, "datasets", datasets);
    json_object_set_new(root, "outdated", json_array());
    json_object_set_new(root, "index_stale", json_false());
    return yente_give(cx, root, out);
}

/* ---- OpenRefine ---- */

sk_rc sk_engine_manifest(sk_ctx *cx, sk_str base, sk_str page, sk_buf *out)
{
    static const char *const TYPES[] = {"Person", "Organization", "Company",
                                        "Vessel", "LegalEntity",  "Thing"};
    json_t *root = json_object(), *types = json_array();
    for (size_t i = 0; i < SK_COUNT(TYPES); i++)
        json_array_append_new(types, json_pack("{s:s, s:s}", "id", TYPES[i], "name", TYPES[i]));
    json_object_set_new(root, "versions", json_pack("[s, s]", "0.1", "0.2"));
    json_object_set_new(root, "name", json_string("sillok"));
    json_object_set_new(root, "identifierSpace", yente_text_json(base));
    json_object_set_new(root, "schemaSpace",
                        yente_text_json(sk_fmt(&cx->arena, "%.*s#schema", SK_P(base))));
    json_object_set_new(root, "defaultTypes", types);
    if (page.n) {
        json_t *view = json_object();
        json_object_set_new(view, "url", yente_text_json(page));
        json_object_set_new(root, "view", view);
    }
    return yente_give(cx, root, out);
}
