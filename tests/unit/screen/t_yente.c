/* yente's request and response, with candidates from a list of two. Persons are invented. */
#include "screen/yente.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

static sk_ctx cx;
static sk_buf out;
static sk_yente_candidate list[2];
static sk_match_entity entity[2];
static json_t *properties[2];

static sk_rc give_list(sk_ctx *c, void *arg, const sk_yente_query *query,
                       const sk_yente_candidate **ret_list, size_t *ret_n)
{
    *ret_list = list;
    *ret_n = 2;
    return SK_OK;
}

static sk_rc give_failure(sk_ctx *c, void *arg, const sk_yente_query *query,
                          const sk_yente_candidate **ret_list, size_t *ret_n)
{
    return sk_fail(c, SK_E_IO, "the index is gone");
}

static sk_rc ask(const char *body, const sk_yente_options *o)
{
    sk_forgive(&cx);
    sk_buf_reset(&out);
    return sk_yente_match(&cx, sk_str_of(body), o, give_list, NULL, &out);
}

static json_t *answer(const char *body, const sk_yente_options *o)
{
    json_error_t error;

    assert_int_equal(ask(body, o), SK_OK);
    json_t *j = json_loadb(out.p, out.n, 0, &error);
    assert_non_null(j);
    return j;
}

#define ARNO                                                                              \
    "{\"queries\": {\"q1\": {\"schema\": \"Person\", \"properties\": {\"name\": [\"Arno " \
    "Quistgard\"]%s}}}%s}"

static const char *arno(const char *more, const char *top)
{
    static char body[2048];
    snprintf(body, sizeof(body), ARNO, more, top);
    return body;
}

static json_t *first_result(json_t *j)
{
    json_t *results =
        json_object_get(json_object_get(json_object_get(j, "responses"), "q1"), "results");
    assert_true(json_array_size(results) > 0);
    return json_array_get(results, 0);
}

static double number(json_t *o, const char *key)
{
    json_t *v = json_object_get(o, key);
    assert_true(json_is_number(v));
    return json_number_value(v);
}

static void the_response_has_the_shape_clients_read(void **state)
{
    json_t *j = answer(arno(", \"birthDate\": [\"1963-02-01\"]", ""), NULL);
    json_t *one = json_object_get(json_object_get(j, "responses"), "q1");
    json_t *r = first_result(j);

    assert_int_equal(number(j, "limit"), 5);
    assert_int_equal(number(one, "status"), 200);
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(one, "total"), "relation")), "eq");
    assert_int_equal(number(json_object_get(one, "total"), "value"), 1);
    assert_string_equal(json_string_value(json_object_get(json_object_get(one, "query"), "schema")),
                        "Person");
    assert_string_equal(json_string_value(json_object_get(r, "id")), "e-1");
    assert_string_equal(json_string_value(json_object_get(r, "caption")), "Arno Quistgard");
    assert_true(json_is_true(json_object_get(r, "match")));
    assert_true(number(r, "score") >= 0.7 && number(r, "score") < 1);
    assert_true(json_is_array(json_object_get(json_object_get(r, "properties"), "name")));
    json_t *name = json_object_get(json_object_get(r, "explanations"), "name");
    assert_true(number(name, "score") > 0.5);
    assert_string_equal(json_string_value(json_object_get(name, "query")), "Arno Quistgard");
    assert_true(json_is_string(json_object_get(name, "detail")));
    assert_non_null(json_object_get(json_object_get(r, "explanations"), "birth"));
    json_decref(j);
}

static void limits_thresholds_and_cutoffs_are_kept(void **state)
{
    sk_yente_options o = SK_YENTE_OPTIONS;
    json_t *j;

    o.cutoff = 0;
    o.limit = 1;
    j = answer(arno("", ""), &o);
    json_t *one = json_object_get(json_object_get(j, "responses"), "q1");
    assert_int_equal(json_array_size(json_object_get(one, "results")), 1);
    assert_int_equal(number(json_object_get(one, "total"), "value"), 2);
    json_decref(j);
    o.threshold = 0.999;
    j = answer(arno("", ""), &o);
    assert_true(json_is_false(json_object_get(first_result(j), "match")));
    json_decref(j);
    o.limit = 501;
    assert_int_equal(ask(arno("", ""), &o), SK_E_FORMAT);
    o.limit = 0;
    assert_int_equal(ask(arno("", ""), &o), SK_E_FORMAT);
    o = SK_YENTE_OPTIONS;
    o.threshold = 1.5;
    assert_int_equal(ask(arno("", ""), &o), SK_E_FORMAT);
}

static void weights_switch_features_off(void **state)
{
    json_t *j = answer(arno(", \"birthDate\": [\"1950\"]", ""), NULL);
    json_t *one = json_object_get(json_object_get(j, "responses"), "q1");
    assert_int_equal(number(json_object_get(one, "total"), "value"), 0);
    json_decref(j);
    j = answer(arno(", \"birthDate\": [\"1950\"]", ", \"weights\": {\"birth\": 0}"), NULL);
    assert_true(number(first_result(j), "score") >= 0.7);
    json_decref(j);
    assert_int_equal(ask(arno("", ", \"weights\": {\"birth\": -1}"), NULL), SK_E_FORMAT);
    assert_int_equal(ask(arno("", ", \"weights\": {\"birth\": \"x\"}"), NULL), SK_E_FORMAT);
}

static bool warns(json_t *warnings, const char *part)
{
    for (size_t i = 0; i < json_array_size(warnings); i++)
        if (strstr(json_string_value(json_array_get(warnings, i)), part))
            return true;
    return false;
}

static void what_is_not_understood_is_told(void **state)
{
    json_t *j = answer(arno(", \"shoeSize\": [\"44\"], \"birthDate\": [\"1974-01-32\"], "
                            "\"nationality\": [\"Atlantis\"], \"gender\": \"m\"",
                            ", \"weights\": {\"moon\": 1}"),
                       NULL);
    json_t *one = json_object_get(json_object_get(j, "responses"), "q1");
    json_t *w = json_object_get(one, "warnings");
    assert_true(warns(w, "shoeSize") && warns(w, "1974-01-32") && warns(w, "Atlantis"));
    assert_true(warns(json_object_get(j, "warnings"), "moon"));
    json_decref(j);
}

static void names_in_parts_are_put_together(void **state)
{
    json_t *j = answer("{\"queries\": {\"q1\": {\"schema\": \"Person\", \"properties\": "
                       "{\"firstName\": [\"Arno\"], \"lastName\": [\"Quistgard\"]}}}}",
                       NULL);
    assert_true(number(first_result(j), "score") >= 0.7);
    json_decref(j);
}

static void faults_name_the_query(void **state)
{
    assert_int_equal(ask("", NULL), SK_E_FORMAT);
    assert_int_equal(ask("[]", NULL), SK_E_FORMAT);
    assert_int_equal(ask("{\"queries\": 5}", NULL), SK_E_FORMAT);
    assert_int_equal(ask("{\"queries\": {\"q7\": {\"schema\": \"Person\"}}}", NULL), SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "q7"));
    assert_int_equal(
        ask("{\"queries\": {\"q7\": {\"schema\": \"Toaster\", \"properties\": {}}}}", NULL),
        SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "Toaster"));
    assert_int_equal(ask(arno(", \"alias\": 5", ""), NULL), SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "alias"));
    assert_int_equal(ask(arno(", \"alias\": [5]", ""), NULL), SK_E_FORMAT);
}

static void there_are_ceilings(void **state)
{
    sk_buf body;

    sk_buf_init(&body, SK_MIB(16));
    sk_buf_add(&body, SK_S("{\"queries\": {"));
    for (int i = 0; i <= SK_LIM_YENTE_QUERIES; i++)
        sk_buf_addf(&body, "%s\"q%d\": {\"schema\": \"Person\", \"properties\": {}}", i ? "," : "",
                    i);
    sk_buf_add(&body, SK_S("}}"));
    assert_int_equal(ask(body.p, NULL), SK_E_LIMIT);
    sk_buf_reset(&body);
    sk_buf_add(
        &body,
        SK_S("{\"queries\": {\"q\": {\"schema\": \"Person\", \"properties\": {\"name\": [\"a\""));
    for (int i = 0; i <= SK_LIM_YENTE_VALUES; i++)
        sk_buf_add(&body, SK_S(", \"a\""));
    sk_buf_add(&body, SK_S("]}}}}"));
    assert_int_equal(ask(body.p, NULL), SK_E_LIMIT);
    sk_buf_done(&body);
}

static void a_failing_source_fails_the_request(void **state)
{
    sk_forgive(&cx);
    sk_buf_reset(&out);
    assert_int_equal(sk_yente_match(&cx, sk_str_of(arno("", "")), NULL, give_failure, NULL, &out),
                     SK_E_IO);
    sk_forgive(&cx);
}

static int set_up(void **state)
{
    static const char *const TEXT[2] = {"{\"name\": [\"Arno Quistgard\"], \"birthDate\": "
                                        "[\"1963-02-01\"], \"nationality\": [\"se\"]}",
                                        "{\"name\": [\"Bruno Tammsaare\"]}"};
    const sk_str *warnings;
    size_t n;

    sk_ctx_init(&cx);
    sk_buf_init(&out, SK_MIB(8));
    for (int i = 0; i < 2; i++) {
        properties[i] = json_loads(TEXT[i], 0, NULL);
        assert_int_equal(
            sk_yente_entity(&cx, SK_S("Person"), properties[i], 7, &entity[i], &warnings, &n),
            SK_OK);
        assert_int_equal(n, 0);
        list[i] = (sk_yente_candidate){
            .entity = &entity[i], .schema = SK_S("Person"), .properties = properties[i]};
    }
    list[0].id = SK_S("e-1"), list[0].caption = SK_S("Arno Quistgard");
    list[1].id = SK_S("e-2"), list[1].caption = SK_S("Bruno Tammsaare");
    return 0;
}

static int tear_down(void **state)
{
    json_decref(properties[0]);
    json_decref(properties[1]);
    sk_buf_done(&out);
    sk_ctx_done(&cx);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_response_has_the_shape_clients_read),
        cmocka_unit_test(limits_thresholds_and_cutoffs_are_kept),
        cmocka_unit_test(weights_switch_features_off),
        cmocka_unit_test(what_is_not_understood_is_told),
        cmocka_unit_test(names_in_parts_are_put_together),
        cmocka_unit_test(faults_name_the_query),
        cmocka_unit_test(there_are_ceilings),
        cmocka_unit_test(a_failing_source_fails_the_request),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
