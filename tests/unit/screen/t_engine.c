/* The engine that faces serve: matches, searches, entities and OpenRefine's batches over an archive,
 * each as much as the view shows. Persons are invented. */
#include "../record/fixture.h"

#include "screen/engine.h"

static fixture f;
static sk_engine *engine;
static sk_buf out;

static int begin(void **state)
{
    sk_hash id;
    fixture_init(&f);
    sk_buf_init(&out, SK_LIM_OUTPUT_BYTES);
    say(&f, "p-1", "Person:name", "Karim Inventedzai", "an invented witness");
    say(&f, "p-1", "Person:alias", "Карим Выдуманзай", "an invented witness");
    say(&f, "p-1", "Person:birthDate", "1963-02-01", "an invented witness");
    say(&f, "p-1", "Person:nationality", "kp", "an invented witness");
    say(&f, "p-1", "Person:passportNumber", "AB1234567", "an invented witness");
    say(&f, "b-1", "Company:name", "Inventedzai Trading Company", "an invented witness");
    say(&f, "canary", "Person:name", "Canaryname Hiddenperson", "an invented witness");
    OK(&f, sk_record_restrict(&f.cx, SK_S("entity canary"), SK_S("witness"), SK_S("at risk"), &id));
    fixture_commit(&f);
    OK(&f, sk_engine_open(&f.cx, f.view, &engine));
    return 0;
}

static int end(void **state)
{
    sk_engine_close(engine);
    sk_buf_done(&out);
    fixture_done(&f);
    return 0;
}

static void see_as(const char *user)
{
    sk_engine_close(engine);
    fixture_view_as(&f, user, "work");
    OK(&f, sk_engine_open(&f.cx, f.view, &engine));
}

static json_t *told(void)
{
    json_error_t error;
    json_t *j = json_loadb(out.p, out.n, 0, &error);
    assert_non_null(j);
    return j;
}

static json_t *match(const char *body, const sk_yente_options *o)
{
    sk_buf_reset(&out);
    OK(&f, sk_engine_match(&f.cx, engine, sk_str_of(body), o, &out));
    return told();
}

static json_t *results_of(json_t *j, const char *key)
{
    return json_object_get(json_object_get(json_object_get(j, "responses"), key), "results");
}

static const char *text(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

#define KARIM                                                                                     \
    "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Karim Inventedzai\"]" \
    "%s}}}}"

static const char *karim(const char *more)
{
    static char body[1024];
    snprintf(body, sizeof body, KARIM, more);
    return body;
}

static void a_match_has_everything_yentes_clients_read(void **state)
{
    json_t *j = match(karim(",\"birthDate\":[\"1963\"]"), NULL);
    json_t *r = json_array_get(results_of(j, "q"), 0);
    assert_string_equal(text(r, "id"), "p-1");
    assert_string_equal(text(r, "caption"), "Karim Inventedzai");
    assert_string_equal(text(r, "schema"), "Person");
    json_t *properties = json_object_get(r, "properties");
    assert_string_equal(
        json_string_value(json_array_get(json_object_get(properties, "birthDate"), 0)),
        "1963-02-01");
    assert_int_equal(json_array_size(json_object_get(properties, "alias")), 1);
    assert_string_equal(json_string_value(json_array_get(json_object_get(r, "datasets"), 0)),
                        "archive");
    assert_true(json_is_true(json_object_get(r, "match")));
    assert_non_null(json_object_get(json_object_get(r, "explanations"), "birth"));
    json_decref(j);
}

static void a_name_is_found_in_another_script(void **state)
{
    json_t *j =
        match("{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Карим "
              "Инвентедзай\"]}}}}",
              NULL);
    assert_string_equal(text(json_array_get(results_of(j, "q"), 0), "id"), "p-1");
    json_decref(j);
}

static double score(json_t *j)
{
    return json_number_value(json_object_get(json_array_get(results_of(j, "q"), 0), "score"));
}

static void a_passport_agrees_by_its_own_scheme_and_a_weight_takes_it_away(void **state)
{
    json_t *with = match(karim(",\"passportNumber\":[\"AB 1234567\"]"), NULL);
    json_t *name = match(karim(""), NULL);
    assert_true(score(with) >= 0.95 && score(name) < 0.95);
    json_t *id = json_object_get(
        json_object_get(json_array_get(results_of(with, "q"), 0), "explanations"), "identifier");
    assert_true(json_number_value(json_object_get(id, "score")) == 1);
    json_t *less =
        match("{\"weights\":{\"identifier\":0},\"queries\":{\"q\":{\"schema\":\"Person\","
              "\"properties\":{\"name\":[\"Karim Inventedzai\"],\"passportNumber\":["
              "\"AB1234567\"]}}}}",
              NULL);
    assert_true(score(less) == score(name));
    json_decref(with);
    json_decref(name);
    json_decref(less);
}

static void threshold_and_limit_are_kept(void **state)
{
    sk_yente_options o = SK_YENTE_OPTIONS;
    o.threshold = 0.999;
    o.limit = 1;
    json_t *j = match(karim(""), &o);
    assert_int_equal(json_array_size(results_of(j, "q")), 1);
    assert_true(json_is_false(json_object_get(json_array_get(results_of(j, "q"), 0), "match")));
    json_decref(j);
}

static void what_a_guest_may_not_see_is_nowhere(void **state)
{
    static const char body[] =
        "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":["
        "\"Canaryname Hiddenperson\"]}}}}";
    sk_engine_search_query s = {.q = SK_S("Canaryname Hiddenperson"), .limit = 10};
    json_t *j = match(body, NULL);
    assert_int_equal(json_array_size(results_of(j, "q")), 1);
    json_decref(j);
    see_as("guest");
    j = match(body, NULL);
    assert_int_equal(json_array_size(results_of(j, "q")), 0);
    json_decref(j);
    sk_buf_reset(&out);
    OK(&f, sk_engine_search(&f.cx, engine, &s, &out));
    assert_null(strstr(out.p, "canary"));
    s.q = SK_S("canary");
    sk_buf_reset(&out);
    OK(&f, sk_engine_search(&f.cx, engine, &s, &out));
    assert_null(strstr(out.p, "Hiddenperson"));
    FAILS(&f, SK_E_NOTFOUND, sk_engine_entity(&f.cx, engine, SK_S("canary"), &out));
    see_as("");
}

static void datasets_are_lists_and_the_archive(void **state)
{
    OK(&f, sk_engine_choose(&f.cx, engine, SK_S("archive"), SK_S("")));
    json_t *j = match(karim(""), NULL);
    assert_int_equal(json_array_size(results_of(j, "q")), 1);
    json_decref(j);
    FAILS(&f, SK_E_NOTFOUND, sk_engine_choose(&f.cx, engine, SK_S("no-such-list"), SK_S("")));
    FAILS(&f, SK_E_FORMAT, sk_engine_choose(&f.cx, engine, SK_S(""), SK_S("no day at all")));
    OK(&f, sk_engine_choose(&f.cx, engine, SK_S("default"), SK_S("")));
    sk_buf_reset(&out);
    OK(&f, sk_engine_catalog(&f.cx, engine, &out));
    j = told();
    json_t *datasets = json_object_get(j, "datasets");
    assert_string_equal(text(json_array_get(datasets, 0), "name"), "default");
    assert_string_equal(text(json_array_get(datasets, 1), "name"), "archive");
    json_decref(j);
}

static json_t *search(sk_engine_search_query s)
{
    sk_buf_reset(&out);
    OK(&f, sk_engine_search(&f.cx, engine, &s, &out));
    return told();
}

static void a_search_finds_names_numbers_and_ids(void **state)
{
    static const char *const WORDS[] = {"karim inventedzai", "AB1234567", "p-1", "Inventedzai"};
    for (size_t i = 0; i < SK_COUNT(WORDS); i++) {
        json_t *j = search((sk_engine_search_query){.q = sk_str_of(WORDS[i]), .limit = 10});
        json_t *list = json_object_get(j, "results");
        bool found = false;
        for (size_t k = 0; k < json_array_size(list); k++)
            found = found || strcmp(text(json_array_get(list, k), "id"), "p-1") == 0;
        if (!found)
            fail_msg("\"%s\" does not find p-1", WORDS[i]);
        json_decref(j);
    }
}

static void a_search_keeps_to_schema_country_limit_and_offset(void **state)
{
    sk_str kp = SK_S("kp"), ru = SK_S("ru");
    json_t *j = search(
        (sk_engine_search_query){.q = SK_S("Inventedzai"), .schema = SK_S("Company"), .limit = 10});
    assert_string_equal(text(json_array_get(json_object_get(j, "results"), 0), "id"), "b-1");
    assert_int_equal(json_array_size(json_object_get(j, "results")), 1);
    json_decref(j);
    j = search((sk_engine_search_query){
        .q = SK_S("Karim"), .countries = &kp, .n_countries = 1, .limit = 10});
    assert_int_equal(json_array_size(json_object_get(j, "results")), 1);
    json_decref(j);
    j = search((sk_engine_search_query){
        .q = SK_S("Karim"), .countries = &ru, .n_countries = 1, .limit = 10});
    assert_int_equal(json_array_size(json_object_get(j, "results")), 0);
    json_decref(j);
    j = search((sk_engine_search_query){.q = SK_S("Karim Inventedzai"), .limit = 10, .offset = 1});
    json_t *first = json_array_get(json_object_get(j, "results"), 0);
    assert_true(!first || strcmp(text(first, "id"), "p-1") != 0);
    json_decref(j);
    sk_engine_search_query bad = {.q = SK_S(" "), .limit = 10};
    FAILS(&f, SK_E_FORMAT, sk_engine_search(&f.cx, engine, &bad, &out));
    bad = (sk_engine_search_query){.q = SK_S("x"), .schema = SK_S("Dragon"), .limit = 10};
    FAILS(&f, SK_E_FORMAT, sk_engine_search(&f.cx, engine, &bad, &out));
    bad = (sk_engine_search_query){.q = SK_S("x"), .limit = 501};
    FAILS(&f, SK_E_FORMAT, sk_engine_search(&f.cx, engine, &bad, &out));
}

static void an_entity_is_all_that_is_asserted_of_it(void **state)
{
    sk_buf_reset(&out);
    OK(&f, sk_engine_entity(&f.cx, engine, SK_S("p-1"), &out));
    json_t *j = told();
    assert_string_equal(text(j, "id"), "p-1");
    assert_string_equal(text(j, "schema"), "Person");
    json_t *properties = json_object_get(j, "properties");
    assert_int_equal(json_array_size(json_object_get(properties, "passportNumber")), 1);
    assert_string_equal(json_string_value(json_array_get(json_object_get(j, "datasets"), 0)),
                        "archive");
    json_decref(j);
    FAILS(&f, SK_E_NOTFOUND, sk_engine_entity(&f.cx, engine, SK_S("nobody"), &out));
    FAILS(&f, SK_E_NOTFOUND, sk_engine_entity(&f.cx, engine, SK_S(""), &out));
    FAILS(&f, SK_E_NOTFOUND, sk_engine_entity(&f.cx, engine, SK_S("Karim Inventedzai"), &out));
}

static json_t *reconcile(const char *queries)
{
    sk_buf_reset(&out);
    OK(&f, sk_engine_reconcile(&f.cx, engine, sk_str_of(queries), &out));
    return told();
}

/* A cell is never filled in by a name alone. */
static void openrefine_gets_candidates_and_only_a_number_decides(void **state)
{
    json_t *j =
        reconcile("{\"q0\":{\"query\":\"Karim Inventedzai\",\"type\":\"Person\",\"limit\":3},"
                  "\"q1\":{\"query\":\"Karim Inventedzai\",\"type\":\"Person\",\"properties\":"
                  "[{\"pid\":\"passportNumber\",\"v\":\"AB1234567\"},{\"pid\":\"birthDate\","
                  "\"v\":{\"id\":\"x\",\"name\":\"1963\"}}]}}");
    json_t *a = json_array_get(json_object_get(json_object_get(j, "q0"), "result"), 0);
    json_t *b = json_array_get(json_object_get(json_object_get(j, "q1"), "result"), 0);
    assert_string_equal(text(a, "id"), "p-1");
    assert_string_equal(text(a, "name"), "Karim Inventedzai");
    assert_string_equal(text(json_array_get(json_object_get(a, "type"), 0), "id"), "Person");
    assert_true(json_is_false(json_object_get(a, "match")));
    assert_true(json_is_true(json_object_get(b, "match")));
    assert_true(json_number_value(json_object_get(a, "score")) > 70);
    json_decref(j);
    FAILS(&f, SK_E_FORMAT, sk_engine_reconcile(&f.cx, engine, SK_S("[]"), &out));
    FAILS(&f, SK_E_FORMAT, sk_engine_reconcile(&f.cx, engine, SK_S("{\"q0\":{}}"), &out));
    FAILS(&f, SK_E_FORMAT, sk_engine_reconcile(&f.cx, engine, SK_S("{"), &out));
}

static double refined_score(const char *v)
{
    json_t *j = reconcile(
        sk_str_c(&f.cx.arena, sk_fmt(&f.cx.arena,
                                     "{\"q\":{\"query\":\"Karim Inventedzai\",\"type\":\"Person\","
                                     "\"properties\":[{\"pid\":\"birthDate\",\"v\":%s}]}}",
                                     v)));
    const json_t *best = json_array_get(json_object_get(json_object_get(j, "q"), "result"), 0);
    double score = json_number_value(json_object_get(best, "score"));
    json_decref(j);
    return score;
}

static void openrefine_may_give_numbers_as_numbers(void **state)
{
    double score = refined_score("\"1963\"");
    assert_true(score > refined_score("null"));
    assert_float_equal(refined_score("1963"), score, 0.001);
    assert_float_equal(refined_score("1963.0"), score, 0.001);
}

static void what_it_is_is_said(void **state)
{
    sk_buf_reset(&out);
    OK(&f, sk_engine_algorithms(&f.cx, &out));
    json_t *j = told();
    assert_string_equal(text(j, "default"), "sillok");
    json_decref(j);
    sk_buf_reset(&out);
    OK(&f, sk_engine_manifest(&f.cx, SK_S("http://127.0.0.1:1/reconcile"),
                              SK_S("http://127.0.0.1:1/entity/{{id}}"), &out));
    j = told();
    assert_string_equal(text(j, "identifierSpace"), "http://127.0.0.1:1/reconcile");
    assert_string_equal(text(json_object_get(j, "view"), "url"),
                        "http://127.0.0.1:1/entity/{{id}}");
    json_decref(j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_match_has_everything_yentes_clients_read),
        cmocka_unit_test(a_name_is_found_in_another_script),
        cmocka_unit_test(a_passport_agrees_by_its_own_scheme_and_a_weight_takes_it_away),
        cmocka_unit_test(threshold_and_limit_are_kept),
        cmocka_unit_test(what_a_guest_may_not_see_is_nowhere),
        cmocka_unit_test(datasets_are_lists_and_the_archive),
        cmocka_unit_test(a_search_finds_names_numbers_and_ids),
        cmocka_unit_test(a_search_keeps_to_schema_country_limit_and_offset),
        cmocka_unit_test(an_entity_is_all_that_is_asserted_of_it),
        cmocka_unit_test(openrefine_gets_candidates_and_only_a_number_decides),
        cmocka_unit_test(openrefine_may_give_numbers_as_numbers),
        cmocka_unit_test(what_it_is_is_said),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
