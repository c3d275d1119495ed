/* GeoJSON points become places and events; a file cut short or of another kind never passes. */
#include "reader_test.h"

static void features_are_places_or_events_at_places(void **state)
{
    said s;
    read_data(&s, &sk_reader_geojson, "tables/places.geojson", NULL);
    assert_ok(&s);
    assert_int_equal(s.sum.rows, 5);
    assert_says(&s, "geojson-camp-1 Place:name = Invented camp by Somebody at feature 1");
    assert_says(&s, "geojson-camp-1 Place:name = 가상 수용소 {lang ko}");
    assert_says(&s, "geojson-camp-1 Place:latitude = 39.68 by");
    assert_says(&s, "geojson-camp-1 Place:longitude = 126.85 by");
    assert_says(&s, "geojson-camp-1 Place:notes = geometry.height: 12");
    assert_says(&s, "geojson-camp-1 Place:notes = guards: 40");
    assert_says(&s, "geojson-camp-1 Place:notes = open: true");
    assert_says(&s, "geojson-camp-1 Place:notes = seen.by: a|b");
    sk_str claims = sk_buf_str(&s.claims);
    assert_true(sk_str_find(claims, SK_S(" Event:date = 2001-05-01 by")) != SIZE_MAX);
    assert_true(sk_str_find(claims, SK_S("-place Place:latitude = 40.1 by")) != SIZE_MAX);
    assert_true(sk_str_find(claims, SK_S(" Place:name = An area by")) != SIZE_MAX);
    assert_finds(&s,
                 "left [geometry] : only points are read; the outline was not taken (feature 3)");
    assert_finds(&s,
                 "left [geometry] : the coordinates are no degrees; GeoJSON has longitude first");
    assert_finds(&s, "left [name] \"sites\": it is said of the file as a whole");
    forget(&s);
}

static void a_mapping_names_properties_as_columns(void **state)
{
    said s;
    read_data(&s, &sk_reader_geojson, "tables/places.geojson",
              "sillok-mapping 1\nentity camp Facility\n key \"c-{name}\"\n name name\n"
              " latitude geometry.latitude\n longitude geometry.longitude\n"
              " notes seen.by split \"|\"\nignore geometry.type geometry.height absent-one\n");
    assert_ok(&s);
    assert_says(&s, "c-Invented-camp Facility:latitude = 39.68");
    assert_says(&s, "c-Invented-camp Facility:notes = a by");
    assert_finds(&s, "left [guards] : the mapping does not name this property");
    assert_finds(&s, "left [title] : the mapping does not name this property");
    assert_finds(&s, "remark [absent-one] : line 8 of the mapping names it, and no feature has it");
    forget(&s);
}

static void features_may_stand_alone_or_in_a_row(void **state)
{
    said s;
    read_text(&s, &sk_reader_geojson, "x.geojson",
              SK_S("\xEF\xBB\xBF{\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},"
                   "\"properties\":{\"name\":\"A\"},\"id\":7,\"type\":\"Feature\"}"));
    assert_ok(&s);
    assert_says(&s, "geojson-7 Place:latitude = 2 by");
    forget(&s);
    read_text(&s, &sk_reader_geojson, "x.geojsonl",
              SK_S("\x1e{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{\"name\":\"A\"}}\n"
                   "\x1e{\"type\":\"Feature\",\"id\":\"b\",\"properties\":{\"name\":\"B\"}}\n"));
    assert_ok(&s);
    assert_int_equal(s.sum.rows, 2);
    assert_says(&s, "geojson-b Place:name = B");
    forget(&s);
    read_text(&s, &sk_reader_geojson, "x.geojson",
              SK_S("{\"type\":\"FeatureCollection\",\"features\":[]}"));
    assert_ok(&s);
    assert_int_equal(s.sum.rows, 0);
    forget(&s);
}

static void a_file_cut_at_any_byte_fails(void **state)
{
    sk_arena a = SK_ARENA_INIT;
    sk_str whole = sk_str_trim(data_file(&a, "tables/places.geojson"));
    for (size_t n = 0; n < whole.n; n++) {
        said s;
        read_text(&s, &sk_reader_geojson, "x.geojson", sk_str_sub(whole, 0, n));
        if (!s.rc)
            fail_msg("cut at byte %zu", n);
        forget(&s);
    }
    sk_arena_done(&a);
}

static void what_is_no_geojson_is_refused_with_the_byte(void **state)
{
    static const struct {
        const char *text;
        sk_rc rc;
        const char *part;
    } bad[] = {
        {"", SK_E_FORMAT, "cut short"},
        {"[1]", SK_E_FORMAT, "an object ({) should begin here"},
        {"{\"type\":\"Point\",\"coordinates\":[1,2]}", SK_E_FORMAT, "neither a Feature nor"},
        {"{\"type\":\"FeatureCollection\"}", SK_E_FORMAT, "neither a Feature nor"},
        {"{\"type\":\"FeatureCollection\",\"features\":{}}", SK_E_FORMAT, "is no list"},
        {"{\"type\":\"FeatureCollection\",\"features\":[1]}", SK_E_FORMAT,
         "a feature is no object"},
        {"{\"type\":\"FeatureCollection\",\"features\":[{}]}", SK_E_FORMAT, "no Feature: its type"},
        {"{\"features\":[],\"features\":[],\"type\":\"FeatureCollection\"}", SK_E_FORMAT,
         "\"features\" stands twice"},
        {"{\"type\":\"Feature\",\"type\":\"Feature\"}", SK_E_FORMAT, "a member stands twice"},
        {"{\"type\":\"FeatureCollection\",\"features\":[{\"a\":1,\"a\":2}]}", SK_E_FORMAT,
         "duplicate"},
        {"{\"type\":\"FeatureCollection\",\"features\":[{\"a\":01}]}", SK_E_FORMAT, "byte"},
        {"{\"type\":\"FeatureCollection\",\"features\":[] \"a\":1}", SK_E_FORMAT, "a comma or }"},
        {"{\"type\":\"FeatureCollection\",\"features\":[]} x", SK_E_FORMAT, "an object ({)"},
        {"{\"type\":\"FeatureCollection\",\"crs\":{\"properties\":{\"name\":\"EPSG:5179\"}},"
         "\"features\":[{\"type\":\"Feature\"}]}",
         SK_E_UNSUPPORTED, "convert them to WGS 84"},
    };
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        said s;
        read_text(&s, &sk_reader_geojson, "x.geojson", sk_str_of(bad[i].text));
        assert_fails(&s, bad[i].rc, bad[i].part);
        forget(&s);
    }
}

static void a_feature_has_a_ceiling_and_the_file_has_none(void **state)
{
    said s;
    sk_arena a = SK_ARENA_INIT;
    size_t n = SK_LIM_GEOJSON_FEATURE + 100;
    char *text = sk_alloc(&a, n + 200);
    int head = snprintf(text, 200, "{\"type\":\"FeatureCollection\",\"features\":[{\"name\":\"");
    memset(text + head, 'x', n);
    memcpy(text + head + n, "\"}]}", 5);
    read_text(&s, &sk_reader_geojson, "x.geojson", sk_str_of(text));
    assert_fails(&s, SK_E_LIMIT, "too large");
    forget(&s);
    sk_arena_done(&a);
}

static void numbers_keep_their_value_and_no_more_digits_than_they_need(void **state)
{
    said s;
    read_text(&s, &sk_reader_geojson, "x.geojson",
              SK_S("{\"type\":\"Feature\",\"id\":1,\"properties\":{\"a\":0.1,\"b\":1e3,"
                   "\"c\":37.566535,\"d\":0.000012,\"e\":1e300,\"f\":-5}}"));
    assert_ok(&s);
    assert_says(&s, "geojson-1 Place:notes = a: 0.1 by");
    assert_says(&s, "geojson-1 Place:notes = b: 1000 by");
    assert_says(&s, "geojson-1 Place:notes = c: 37.566535 by");
    assert_says(&s, "geojson-1 Place:notes = d: 0.000012 by");
    assert_says(&s, "geojson-1 Place:notes = e: 1e+300 by");
    assert_says(&s, "geojson-1 Place:notes = f: -5 by");
    forget(&s);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(features_are_places_or_events_at_places),
    cmocka_unit_test(a_mapping_names_properties_as_columns),
    cmocka_unit_test(features_may_stand_alone_or_in_a_row),
    cmocka_unit_test(a_file_cut_at_any_byte_fails),
    cmocka_unit_test(what_is_no_geojson_is_refused_with_the_byte),
    cmocka_unit_test(a_feature_has_a_ceiling_and_the_file_has_none),
    cmocka_unit_test(numbers_keep_their_value_and_no_more_digits_than_they_need),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
