/* Places and events on a map: pairs of claimed coordinates, and what is not shown. */
#include "../record/fixture.h"

#include "exchange/geojson/export_geojson.h"
#include "exchange/geojson/geojson_pairs.h"
#include "exchange/import.h"
#include "exchange/readers.h"

#include <jansson.h>

static sk_geojson_summary sum;

static sk_str export_text(fixture *f, bool is_exact)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(16));
    sk_sink sink = {sk_sink_to_buf, &b};
    sk_geojson_options options = {.is_exact = is_exact};
    OK(f, sk_export_geojson(&f->cx, f->view, &options, &sink, &sum));
    sk_str text = sk_str_copy(&f->cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return text;
}

static json_t *features_of(fixture *f, bool is_exact)
{
    json_error_t error;
    sk_str text = export_text(f, is_exact);
    json_t *j = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!j)
        fail_msg("%s in %s", error.text, text.p);
    assert_string_equal(json_string_value(json_object_get(j, "type")), "FeatureCollection");
    json_t *features = json_incref(json_object_get(j, "features"));
    json_decref(j);
    assert_int_equal(json_array_size(features), sum.features);
    return features;
}

static const char *property(json_t *features, size_t i, const char *name)
{
    json_t *p = json_object_get(json_array_get(features, i), "properties");
    json_t *v = json_object_get(p, name);
    return v ? json_string_value(v) : "(absent)";
}

static double coordinate(json_t *features, size_t i, size_t axis)
{
    json_t *g = json_object_get(json_array_get(features, i), "geometry");
    assert_string_equal(json_string_value(json_object_get(g, "type")), "Point");
    return json_number_value(json_array_get(json_object_get(g, "coordinates"), axis));
}

static void put_at(fixture *f, const char *key, const char *lat, const char *lon, const char *who)
{
    say(f, key, "Place:latitude", lat, who);
    say(f, key, "Place:longitude", lon, who);
}

static void longitude_comes_first_and_claims_stand_beside(void **state)
{
    fixture f;
    fixture_init(&f);
    sk_hash name = say(&f, "camp-15", "Place:name", "요덕", "survivors");
    put_at(&f, "camp-15", "39.678912", "126.851234", "survivors");
    say(&f, "arrest-1", "Event:name", "an arrest", "survivors");
    say(&f, "arrest-1", "Event:date", "1999-05~", "survivors");
    say(&f, "arrest-1", "Event:date", "1999-06", "an analyst");
    say(&f, "arrest-1", "Event:place", "camp-15", "survivors");
    fixture_commit(&f);
    json_t *v = features_of(&f, true);
    assert_int_equal(json_array_size(v), 2); /* arrest-1 stands before camp-15 */
    for (size_t i = 0; i < 2; i++) {
        assert_true(coordinate(v, i, 0) == 126.851234);
        assert_true(coordinate(v, i, 1) == 39.678912);
        assert_string_equal(property(v, i, "says"), "survivors");
    }
    assert_string_equal(property(v, 0, "key"), "arrest-1");
    assert_string_equal(property(v, 0, "type"), "Event");
    assert_string_equal(property(v, 0, "date"), "1999-05~; 1999-06");
    assert_string_equal(property(v, 0, "place"), "camp-15");
    assert_string_equal(property(v, 0, "placeName"), "요덕");
    assert_string_equal(property(v, 1, "name"), "요덕");
    json_t *claims = json_object_get(json_object_get(json_array_get(v, 1), "properties"), "claims");
    assert_int_equal(json_array_size(claims), 3);
    json_t *first = json_array_get(claims, 0);
    assert_string_equal(json_string_value(json_object_get(first, "id")),
                        sk_hash_hex(&f.cx.arena, &name).p);
    assert_string_equal(json_string_value(json_object_get(first, "property")), "Place:name");
    assert_int_equal(sum.places, 1);
    assert_int_equal(sum.events, 1);
    assert_int_equal(sum.rounded, 0);
    json_decref(v);
    fixture_done(&f);
}

static void coordinates_are_coarse_unless_asked(void **state)
{
    fixture f;
    fixture_init(&f);
    put_at(&f, "a", "39.678912", "-126.996", "x");
    put_at(&f, "b", "+39.6", "007.25", "x");
    fixture_commit(&f);
    sk_str text = export_text(&f, false);
    assert_true(sk_str_find(text, SK_S("[-127,39.68]")) != SIZE_MAX);
    assert_true(sk_str_find(text, SK_S("[7.25,39.6]")) != SIZE_MAX);
    assert_true(sk_str_find(text, SK_S("\"decimals\":2")) != SIZE_MAX);
    assert_true(sk_str_find(text, SK_S("678912")) == SIZE_MAX); /* nor in the claims */
    assert_true(sk_str_find(text, SK_S("126.996")) == SIZE_MAX);
    assert_true(sk_str_find(text, SK_S("+39.6")) != SIZE_MAX);
    assert_int_equal(sum.rounded, 1);
    fixture_done(&f);
}

static void rival_coordinates_are_two_points(void **state)
{
    fixture f;
    fixture_init(&f);
    put_at(&f, "p", "39.6", "126.8", "one");
    put_at(&f, "p", "39.7", "126.9", "two");
    fixture_commit(&f);
    json_t *v = features_of(&f, false);
    assert_int_equal(json_array_size(v), 2);
    for (size_t i = 0; i < 2; i++) {
        bool is_one = strcmp(property(v, i, "says"), "one") == 0;
        assert_true(coordinate(v, i, 1) == (is_one ? 39.6 : 39.7));
        assert_true(coordinate(v, i, 0) == (is_one ? 126.8 : 126.9));
    }
    json_decref(v);
    fixture_done(&f);
}

static void what_makes_no_point_is_counted(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "no-coordinates", "Place:name", "somewhere", "x");
    say(&f, "half", "Place:latitude", "39", "x");
    say(&f, "two-voices", "Place:latitude", "39", "x");
    say(&f, "two-voices", "Place:longitude", "126", "y");
    put_at(&f, "no-degrees", "39 N", "126 E", "x");
    put_at(&f, "off-the-globe", "91", "126", "x");
    sk_claim c = draft(&f, "denied", "Place:latitude", "39", "x");
    c.position = SK_CLAIM_DENIES;
    fixture_log(&f, c);
    say(&f, "denied", "Place:longitude", "126", "x");
    put_at(&f, "good", "39", "126", "x");
    say(&f, "event-a", "Event:name", "an event nobody placed", "x");
    say(&f, "event-b", "Event:place", "half", "x");
    c = draft(&f, "event-c", "Event:place", "good", "x");
    c.position = SK_CLAIM_DOUBTS;
    fixture_log(&f, c);
    fixture_commit(&f);
    json_t *v = features_of(&f, false);
    assert_int_equal(json_array_size(v), 1);
    assert_string_equal(property(v, 0, "key"), "good");
    assert_int_equal(sum.places, 1);
    assert_int_equal(sum.places_without, 6);
    assert_int_equal(sum.events_without, 3);
    assert_int_equal(sum.coordinates_unused, 9);
    json_decref(v);
    fixture_done(&f);
}

static void places_judged_the_same_lend_each_other_their_spot(void **state)
{
    fixture f;
    sk_hash id;
    fixture_init(&f);
    put_at(&f, "camp-15", "39.6", "126.8", "x");
    say(&f, "yodok", "Place:name", "Yodok", "y");
    say(&f, "act-1", "Act:place", "yodok", "y");
    OK(&f, sk_record_judge(&f.cx, SK_S("camp-15"), SK_S("yodok"), SK_S("same"), SK_S("test"), &id));
    fixture_commit(&f);
    json_t *v = features_of(&f, false);
    assert_int_equal(json_array_size(v), 2);
    assert_string_equal(property(v, 0, "key"), "act-1");
    assert_string_equal(property(v, 0, "name"), "(absent)"); /* nobody named it */
    assert_string_equal(property(v, 0, "place"), "camp-15");
    json_t *same = json_object_get(json_object_get(json_array_get(v, 1), "properties"), "sameAs");
    assert_string_equal(json_string_value(json_array_get(same, 0)), "yodok");
    json_decref(v);
    fixture_done(&f);
}

static void what_the_view_hides_makes_no_point_and_no_count(void **state)
{
    fixture f;
    sk_hash id;
    fixture_init(&f);
    put_at(&f, "open", "39", "126", "x");
    fixture_commit(&f);
    fixture_view_as(&f, "desk-2", "export");
    sk_str before = export_text(&f, false);
    put_at(&f, "canary", "41.5", "129.5", "x");
    say(&f, "event-canary", "Event:place", "canary", "x");
    say(&f, "hidden-name", "Place:name", "canary", "x");
    static const char *const hidden[] = {"entity canary", "entity event-canary",
                                         "entity hidden-name"};
    for (size_t i = 0; i < SK_COUNT(hidden); i++)
        OK(&f, sk_record_restrict(&f.cx, sk_str_of(hidden[i]), SK_S("identity"), SK_S("x"), &id));
    fixture_commit(&f);
    fixture_view_as(&f, "desk-2", "export");
    assert_true(sk_str_eq(before, export_text(&f, false)));
    assert_int_equal(sum.places_without + sum.events_without + sum.coordinates_unused, 0);
    fixture_done(&f);
}

/* What the reader of GeoJSON makes of it: "Place:latitude=39.678912\n" for each claim. */
static sk_rc note_claim(sk_ctx *cx, const sk_claim *c, const sk_import_place *at, sk_str column,
                        void *arg)
{
    sk_buf_addf(arg, "%.*s:%.*s=%.*s\n", SK_P(c->type), SK_P(c->prop), SK_P(c->value));
    return SK_OK;
}

static void the_reader_of_geojson_reads_it_back(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "camp-15", "Place:name", "요덕", "survivors");
    put_at(&f, "camp-15", "39.678912", "126.851234", "survivors");
    say(&f, "arrest-1", "Event:name", "an arrest", "survivors");
    say(&f, "arrest-1", "Event:date", "1999-05~", "survivors");
    say(&f, "arrest-1", "Event:place", "camp-15", "survivors");
    fixture_commit(&f);
    sk_str text = export_text(&f, true), who = SK_S("a map"), read;
    FILE *file = tmpfile();
    assert_int_equal(fwrite(text.p, 1, text.n, file), text.n);
    rewind(file);
    sk_source_file in = {.name = SK_S("map.geojson"), .fd = fileno(file)};
    sk_source src = {.files = &in, .n_files = 1, .options = {.claimant = &who, .n_claimant = 1}};
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    sk_import_sink sink = {.claim = note_claim, .arg = &b};
    OK(&f, sk_import_run(&f.cx, &sk_reader_geojson, &src, &sink, NULL));
    read = sk_buf_str(&b);
    static const char *const wanted[] = {"Place:latitude=39.678912\n",
                                         "Place:longitude=126.851234\n", "Place:name=요덕\n",
                                         ":name=an arrest\n", ":date=1999-05~\n"};
    for (size_t i = 0; i < SK_COUNT(wanted); i++)
        if (sk_str_find(read, sk_str_of(wanted[i])) == SIZE_MAX)
            fail_msg("no %s in\n%.*s", wanted[i], SK_P(read));
    sk_buf_done(&b);
    fclose(file);
    fixture_done(&f);
}

static void degrees_are_decimal_and_on_the_globe(void **state)
{
    sk_arena a = SK_ARENA_INIT;
    static const struct {
        const char *text, *degrees;
    } cases[] = {
        {"39.6", "39.6"}, {" +39.60 ", "39.60"}, {"-0", "-0"},     {"007", "7"},
        {"90", "90"},     {"-90.0", "-90.0"},    {"90.01", NULL},  {"", NULL},
        {"-", NULL},      {".5", NULL},          {"5.", NULL},     {"1e1", NULL},
        {"39,6", NULL},   {"39.6 N", NULL},      {"39°36'", NULL}, {"nan", NULL},
        {"0x10", NULL},   {"39.6.1", NULL},      {"--1", NULL},    {"1234567890123456789012", NULL},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_str d;
        bool ok = sk_geo__degrees(&a, sk_str_of(cases[i].text), 90, &d);
        if (ok != (cases[i].degrees != NULL) || (ok && !sk_str_is(d, cases[i].degrees)))
            fail_msg("\"%s\"", cases[i].text);
    }
    static const struct {
        const char *degrees, *rounded;
        bool cut;
    } rounds[] = {{"39.678", "39.68", true}, {"39.6", "39.6", false},   {"39", "39", false},
                  {"-0.001", "0", true},     {"9.999", "10", true},     {"1.500", "1.5", true},
                  {"39.60", "39.60", false}, {"-126.996", "-127", true}};
    for (size_t i = 0; i < SK_COUNT(rounds); i++) {
        sk_str d;
        bool cut = sk_geo__round(&a, sk_str_of(rounds[i].degrees), 2, &d);
        if (cut != rounds[i].cut || !sk_str_is(d, rounds[i].rounded))
            fail_msg("\"%s\": \"%.*s\"", rounds[i].degrees, SK_P(d));
    }
    sk_arena_done(&a);
}

static void an_archive_without_places_gives_an_empty_collection(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "p", "Person:name", "Kim", "x");
    fixture_commit(&f);
    assert_true(
        sk_str_is(export_text(&f, false), "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n"));
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(longitude_comes_first_and_claims_stand_beside),
        cmocka_unit_test(coordinates_are_coarse_unless_asked),
        cmocka_unit_test(rival_coordinates_are_two_points),
        cmocka_unit_test(what_makes_no_point_is_counted),
        cmocka_unit_test(places_judged_the_same_lend_each_other_their_spot),
        cmocka_unit_test(what_the_view_hides_makes_no_point_and_no_count),
        cmocka_unit_test(the_reader_of_geojson_reads_it_back),
        cmocka_unit_test(degrees_are_decimal_and_on_the_globe),
        cmocka_unit_test(an_archive_without_places_gives_an_empty_collection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
