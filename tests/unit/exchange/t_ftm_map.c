/* model/ftm.map maps every type of ours, and says nothing of FollowTheMoney's model that is untrue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../base/shared_data.h"
#include "exchange/ftm/ftm_map.h"

#include <jansson.h>

static void every_type_of_the_model_has_a_schema(void **state)
{
    const sk_model *m = sk_model_get();
    for (size_t i = 0; i < m->n_types; i++)
        if (!sk_ftm_find_type(sk_ftm_map_get(), m->types[i].name))
            fail_msg("model/ftm.map has no line for type %.*s", SK_P(m->types[i].name));
}

static void every_line_of_the_map_is_about_a_property_that_we_have(void **state)
{
    const sk_ftm_map *map = sk_ftm_map_get();
    for (size_t i = 0; i < map->n_types; i++) {
        const sk_type *t = sk_model_find_type(sk_model_get(), map->types[i].ours);
        if (!t)
            fail_msg("the model has no type %.*s", SK_P(map->types[i].ours));
        for (size_t k = 0; k < map->types[i].n_props; k++) {
            const sk_ftm_prop *p = &map->types[i].props[k];
            const sk_prop *ours = sk_type_find_prop(t, p->ours);
            if (!ours)
                fail_msg("%.*s has no property %.*s", SK_P(t->name), SK_P(p->ours));
            assert_true(!p->theirs.n ||
                        (p->kind == SK_FTM_ENTITY) == (ours->type == SK_VALUE_ENTITY));
        }
    }
}

static json_t *load_model(void)
{
    FILE *f = shared_data("ftm/defaultModel-4.5.2.json");
    if (!f)
        skip();
    json_error_t error;
    json_t *model = json_loadf(f, 0, &error);
    fclose(f);
    assert_non_null(model);
    return model;
}

/* The property of a schema, its own or inherited. */
static json_t *find_property(json_t *schemata, const char *schema, const char *prop)
{
    json_t *s = json_object_get(schemata, schema), *parent;
    json_t *p = json_object_get(json_object_get(s, "properties"), prop);
    size_t i;
    json_array_foreach(json_object_get(s, "extends"), i, parent) if (!p) p =
        find_property(schemata, json_string_value(parent), prop);
    return p;
}

static bool is_a(json_t *schemata, const char *schema, const char *ancestor)
{
    json_t *parent;
    size_t i;
    if (strcmp(schema, ancestor) == 0)
        return true;
    json_array_foreach(json_object_get(json_object_get(schemata, schema), "extends"), i,
                       parent) if (is_a(schemata, json_string_value(parent), ancestor)) return true;
    return false;
}

static void check_property(json_t *schemata, sk_arena *a, const sk_type *t, const sk_prop *ours,
                           size_t *checked)
{
    const sk_ftm_map *map = sk_ftm_map_get();
    const sk_ftm_prop *p = sk_ftm_find_prop(map, t, ours->name);
    if (!p || !p->theirs.n)
        return;
    const char *schema = sk_str_c(a, sk_ftm_find_type(map, t->name)->schema->name);
    json_t *theirs = find_property(schemata, schema, sk_str_c(a, p->theirs));
    if (!theirs)
        fail_msg("%.*s:%.*s: their %s has no property %.*s", SK_P(t->name), SK_P(ours->name),
                 schema, SK_P(p->theirs));
    const char *type = json_string_value(json_object_get(theirs, "type"));
    if (strcmp(type, sk_ftm_kind_name(p->kind)))
        fail_msg("%s:%.*s is of type %s, not %s", schema, SK_P(p->theirs), type,
                 sk_ftm_kind_name(p->kind));
    if (json_is_true(json_object_get(theirs, "stub")))
        fail_msg("%s:%.*s is a stub", schema, SK_P(p->theirs));
    if (p->range) {
        const char *range = json_string_value(json_object_get(theirs, "range"));
        if (!is_a(schemata, sk_str_c(a, p->range->name), range))
            fail_msg("%s:%.*s has range %s", schema, SK_P(p->theirs), range);
    }
    ++*checked;
}

static void check_all(json_t *schemata, sk_arena *a, const sk_type *t, const sk_type *at,
                      size_t *checked)
{
    for (size_t i = 0; i < at->n_props; i++)
        check_property(schemata, a, t, &at->props[i], checked);
    for (size_t i = 0; i < at->n_parents; i++)
        check_all(schemata, a, t, at->parents[i], checked);
}

static void what_the_map_says_of_their_model_is_true(void **state)
{
    json_t *model = load_model(), *schemata = json_object_get(model, "schemata");
    const sk_ftm_map *map = sk_ftm_map_get();
    const sk_model *ours = sk_model_get();
    sk_arena a = SK_ARENA_INIT;
    size_t checked = 0;
    for (size_t i = 0; i < map->n_schemas; i++) {
        const char *name = sk_str_c(&a, map->schemas[i].name);
        if (!json_object_get(schemata, name))
            fail_msg("they have no schema %s", name);
        for (size_t k = 0; k < map->schemas[i].n_parents; k++)
            assert_true(is_a(schemata, name, sk_str_c(&a, map->schemas[i].parents[k]->name)));
    }
    for (size_t i = 0; i < map->n_types; i++) {
        const char *name = sk_str_c(&a, map->types[i].schema->name);
        assert_false(json_is_true(json_object_get(json_object_get(schemata, name), "abstract")));
    }
    for (size_t i = 0; i < ours->n_types; i++)
        check_all(schemata, &a, &ours->types[i], &ours->types[i], &checked);
    assert_true(checked > 300);
    sk_arena_done(&a);
    json_decref(model);
}

static void check_codes(json_t *types, const char *type, const sk_ftm_codes *codes, bool all)
{
    json_t *values = json_object_get(json_object_get(types, type), "values");
    sk_arena a = SK_ARENA_INIT;
    for (size_t i = 0; i < codes->n; i++)
        if (!json_object_get(values, sk_str_c(&a, codes->items[i].theirs)))
            fail_msg("%s %.*s is none of theirs", type, SK_P(codes->items[i].theirs));
    if (all)
        assert_int_equal(codes->n, json_object_size(values));
    sk_arena_done(&a);
}

static void codes_are_theirs(void **state)
{
    json_t *model = load_model(), *types = json_object_get(model, "types");
    const sk_ftm_map *map = sk_ftm_map_get();
    check_codes(types, "country", &map->countries, true);
    check_codes(types, "language", &map->languages, true);
    check_codes(types, "topic", &map->topics, true);
    json_decref(model);
}

static void codes_are_found_in_either_form_and_any_case(void **state)
{
    const sk_ftm_map *m = sk_ftm_map_get();
    assert_true(sk_str_is(sk_ftm_find_code(&m->countries, SK_S("KP")), "kp"));
    assert_true(sk_str_is(sk_ftm_find_code(&m->countries, SK_S("PRK")), "kp"));
    assert_true(sk_str_is(sk_ftm_find_code(&m->languages, SK_S("ko")), "kor"));
    assert_true(sk_str_is(sk_ftm_find_code(&m->languages, SK_S("kor")), "kor"));
    assert_int_equal(sk_ftm_find_code(&m->countries, SK_S("North Korea")).n, 0);
    assert_int_equal(sk_ftm_find_code(&m->countries, SK_S("")).n, 0);
    assert_int_equal(m->countries.n, 281);
}

static void a_schema_becomes_the_type_of_its_name_or_of_its_nearest_parent(void **state)
{
    static const struct {
        const char *schema, *type;
        bool is_whole;
    } cases[] = {
        {"Person", "Person", true},   {"Position", "Post", true},  {"Note", "Note", true},
        {"Address", "Address", true}, {"Event", "Event", true},    {"Payment", "Payment", true},
        {"Email", "Document", false}, {"Call", "Interval", false}, {"License", "Asset", false},
    };
    const sk_ftm_map *m = sk_ftm_map_get();
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        bool is_whole = !cases[i].is_whole;
        const sk_ftm_type *t = sk_ftm_in_type(m, sk_str_of(cases[i].schema), &is_whole);
        assert_non_null(t);
        assert_true(sk_str_is(t->ours, cases[i].type));
        assert_int_equal(is_whole, cases[i].is_whole);
    }
    assert_null(sk_ftm_in_type(m, SK_S("Comet"), NULL));
    assert_null(sk_ftm_in_type(m, SK_S("Similar"), NULL)); /* it has no parent of ours */
}

static void what_goes_out_comes_in_as_that_property_or_as_one_of_its_name(void **state)
{
    const sk_ftm_map *m = sk_ftm_map_get();
    size_t same = 0;
    for (size_t i = 0; i < m->n_types; i++)
        for (size_t k = 0; k < m->types[i].n_props; k++) {
            const sk_ftm_prop *p = &m->types[i].props[k];
            const sk_ftm_in_prop *in = p->theirs.n ? sk_ftm_in_find(&m->types[i], p->theirs) : NULL;
            if (!p->theirs.n)
                continue;
            if (!in || !sk_str_eq(in->map->theirs, p->theirs))
                fail_msg("%.*s:%.*s does not come in", SK_P(m->types[i].ours), SK_P(p->ours));
            assert_true(in->map == p || sk_str_eq(in->map->ours, p->theirs));
            same += in->map == p;
        }
    assert_true(same > 250);
    /* a flat list of who was involved never becomes a list of perpetrators */
    const sk_ftm_type *act = sk_ftm_find_type(m, SK_S("Act"));
    assert_true(sk_str_is(sk_ftm_in_find(act, SK_S("involved"))->map->ours, "involved"));
}

static void names_of_far_sides_are_theirs(void **state)
{
    json_t *model = load_model(), *schema, *prop;
    const sk_ftm_codes *reverse = &sk_ftm_map_get()->reverse;
    const char *schema_name, *name;
    for (size_t i = 0; i < reverse->n; i++) {
        bool found = false;
        json_object_foreach(json_object_get(model, "schemata"), schema_name, schema)
            json_object_foreach(json_object_get(schema, "properties"), name, prop)
        {
            const char *other =
                json_string_value(json_object_get(json_object_get(prop, "reverse"), "name"));
            if (!other)
                other = json_string_value(json_object_get(prop, "reverse"));
            found |= sk_str_is(reverse->items[i].theirs, name) &&
                     json_is_true(json_object_get(prop, "stub")) && other &&
                     sk_str_is(reverse->items[i].other, other);
        }
        if (!found)
            fail_msg("they have no far side %.*s", SK_P(reverse->items[i].theirs));
    }
    assert_true(reverse->n > 40);
    json_decref(model);
}

static void a_broken_map_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"schema A : B\n", "line 1: the parent is not above it"},
        {"schema A\nschema A\n", "line 2: the schema stands twice"},
        {"schema A :\n", "line 1: expected: schema"},
        {"type T -> A\n", "line 1: the schema is not above it"},
        {"schema A\ntype T A\n", "line 2: expected: type"},
        {"schema A\ntype T -> A\n  name name nmae\n", "line 3: expected: PROPERTY"},
        {"schema A\ntype T -> A\n  link link entity\n", "line 3: expected: PROPERTY"},
        {"schema A\ntype T -> A\n  link link entity B\n", "line 3: the range is no schema"},
        {"schema A\ntype T -> A\n  = nmae x\n", "line 3: expected: = KIND"},
        {"schema A\ntype T -> A\n  = name\n", "line 3: expected: = KIND"},
        {"schema A\ntype T -> A\n  = entity B x\n", "line 3: the range is no schema"},
        {"schema A\n  name name name\n", "line 2: a property before any type"},
        {"nonsense\n", "line 1: expected schema"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_ctx cx;
        sk_ftm_map m;
        sk_ctx_init(&cx);
        assert_int_equal(sk_ftm_map_parse(&cx, sk_str_of(cases[i].text), &m), SK_E_FORMAT);
        if (!strstr(cx.message, cases[i].says))
            fail_msg("%s", cx.message);
        sk_ctx_done(&cx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_of_the_model_has_a_schema),
        cmocka_unit_test(every_line_of_the_map_is_about_a_property_that_we_have),
        cmocka_unit_test(what_the_map_says_of_their_model_is_true),
        cmocka_unit_test(codes_are_theirs),
        cmocka_unit_test(codes_are_found_in_either_form_and_any_case),
        cmocka_unit_test(a_schema_becomes_the_type_of_its_name_or_of_its_nearest_parent),
        cmocka_unit_test(what_goes_out_comes_in_as_that_property_or_as_one_of_its_name),
        cmocka_unit_test(names_of_far_sides_are_theirs),
        cmocka_unit_test(a_broken_map_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
