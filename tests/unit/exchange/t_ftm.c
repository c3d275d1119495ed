/* FollowTheMoney exports: their ids, their order, and nothing in the plain part that nobody asserts. */
#include "../record/fixture.h"

#include "base/csv.h"
#include "exchange/ftm/export_ftm.h"

#include <jansson.h>

typedef struct table {
    sk_csv_row rows[128];
    sk_str cells[128][64];
    size_t n; /* heading included */
} table;

typedef struct exported {
    sk_buf plain, rest, json;
    table plain_table, rest_table;
    sk_ftm_summary sum;
} exported;

static void read_table(fixture *f, const sk_buf *b, table *t)
{
    sk_csv *r;
    sk_csv_row row;
    OK(f, sk_csv_open_mem(&f->cx, sk_buf_str(b), "statements", ',', &r));
    for (;;) {
        OK(f, sk_csv_next(&f->cx, r, &row));
        if (!row.n)
            break;
        assert_true(t->n < SK_COUNT(t->rows) && row.n <= 64);
        for (size_t i = 0; i < row.n; i++)
            t->cells[t->n][i] = sk_str_copy(&f->cx.arena, row.cells[i]);
        t->rows[t->n++] = row;
        assert_int_equal(row.n, t->rows[0].n);
    }
    sk_csv_close(r);
}

static exported *export_all(fixture *f)
{
    exported *e = sk_new(&f->cx.arena, exported);
    sk_ftm_options options = {.dataset = SK_S("test_set")};
    sk_ftm_summary sum;
    sk_buf_init(&e->plain, SK_MIB(4));
    sk_buf_init(&e->rest, SK_MIB(4));
    sk_buf_init(&e->json, SK_MIB(4));
    sk_sink plain = {sk_sink_to_buf, &e->plain}, rest = {sk_sink_to_buf, &e->rest},
            json = {sk_sink_to_buf, &e->json};
    OK(f, sk_export_ftm_statements(&f->cx, f->view, &options, &plain, &rest, &e->sum));
    OK(f, sk_export_ftm_entities(&f->cx, f->view, &options, &json, &sum));
    assert_memory_equal(&sum, &e->sum, sizeof sum);
    read_table(f, &e->plain, &e->plain_table);
    read_table(f, &e->rest, &e->rest_table);
    return e;
}

static void free_export(exported *e)
{
    sk_buf_done(&e->plain);
    sk_buf_done(&e->rest);
    sk_buf_done(&e->json);
}

static sk_str cell(const table *t, size_t row, const char *column)
{
    for (size_t i = 0; i < t->rows[0].n; i++)
        if (sk_str_is(t->cells[0][i], column))
            return t->cells[row][i];
    fail_msg("no column %s", column);
    return SK_NONE;
}

/* The row of an entity's property, 0 when there is none. */
static size_t find_row(const table *t, const char *entity, const char *prop)
{
    for (size_t i = 1; i < t->n; i++)
        if (sk_str_is(cell(t, i, "entity_id"), entity) && sk_str_is(cell(t, i, "prop"), prop))
            return i;
    return 0;
}

#define CELL(t, row, column, text)                                                            \
    do {                                                                                      \
        if (!sk_str_is(cell(t, row, column), text))                                           \
            fail_msg("%s is \"%.*s\", not \"%s\"", column, SK_P(cell(t, row, column)), text); \
    } while (0)

/* The JSON line of an entity; NULL when there is none. */
static json_t *entity(const exported *e, const char *id)
{
    sk_str rest = sk_buf_str(&e->json), line;
    while (sk_str_cut(&rest, '\n', &line)) {
        if (!line.n)
            continue;
        json_t *j = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(j);
        if (strcmp(json_string_value(json_object_get(j, "id")), id) == 0)
            return j;
        json_decref(j);
    }
    return NULL;
}

/* The first value of a property; "" when it is not there. */
static const char *first(const json_t *j, const char *prop)
{
    const json_t *values = json_object_get(json_object_get(j, "properties"), prop);
    const char *text = json_string_value(json_array_get(values, 0));
    return text ? text : "";
}

static sk_claim kim(fixture *f, const char *property, const char *value, const char *lang)
{
    sk_claim c = draft(f, "p-1", property, value, "desk");
    c.lang = sk_str_of(lang);
    return c;
}

/* Expected ids are SHA-1 sums made with another program over dataset.entity.prop.value. */
static void statement_ids_and_checksum_are_theirs(void **state)
{
    fixture f;
    fixture_init(&f);
    fixture_log(&f, kim(&f, "Person:name", "김정욱", "ko"));
    fixture_log(&f, kim(&f, "Person:birthDate", "1963", "ko"));
    fixture_log(&f, kim(&f, "Person:nationality", "KR", ""));
    fixture_commit(&f);
    exported *e = export_all(&f);
    const table *t = &e->plain_table;
    assert_int_equal(t->n, 5);
    assert_int_equal(e->rest_table.n, 1);
    CELL(t, 1, "prop", "id");
    CELL(t, 1, "prop_type", "id");
    CELL(t, 1, "value", "468bda50fb4b2580e03a1d11834ef259307eab11");
    CELL(t, find_row(t, "p-1", "name"), "id", "596b4b1e7a7dfcf292c08a5885a54f3d760c3a6f");
    CELL(t, find_row(t, "p-1", "name"), "lang", "kor");
    CELL(t, find_row(t, "p-1", "birthDate"), "id", "24f0815da162d93968fcd93bc778464a38d0dd4a");
    CELL(t, find_row(t, "p-1", "birthDate"), "lang", "");
    size_t nation = find_row(t, "p-1", "nationality");
    CELL(t, nation, "id", "5f4660891304e0dc667d40368ff93dcf4b87a55e");
    CELL(t, nation, "value", "kr");
    CELL(t, nation, "original_value", "");
    CELL(t, nation, "words", "KR");
    CELL(t, nation, "prop_type", "country");
    CELL(t, nation, "schema", "Person");
    CELL(t, nation, "external", "f");
    CELL(t, nation, "property", "Person:nationality");
    assert_int_equal(cell(t, nation, "first_seen").n, 19);
    free_export(e);
    fixture_done(&f);
}

static void a_denial_a_prediction_and_a_doubt_are_nowhere_in_the_plain_part(void **state)
{
    static const char *const marks[] = {"denied", "predicted", "doubted", "retracted"};
    fixture f;
    fixture_init(&f);
    say(&f, "e-1", "Event:name", "the return of October 2023", "HRW");
    for (int p = SK_CLAIM_DENIES; p < SK_POSITIONS; p++) {
        sk_claim c = draft(&f, "e-1", "Event:summary", "CANARY", "spokesperson");
        c.position = (sk_position)p;
        fixture_log(&f, c);
    }
    sk_claim c = draft(&f, "v-1", "Vessel:imoNumber", "imo:8126082", "UN panel");
    c.used_falsely = true;
    fixture_log(&f, c);
    c = draft(&f, "e-1", "Event:count", "more than 500 people", "spokesperson");
    c.position = SK_CLAIM_DENIES;
    fixture_log(&f, c);
    fixture_commit(&f);
    exported *e = export_all(&f);
    assert_true(sk_str_find(sk_buf_str(&e->plain), SK_S("CANARY")) == SIZE_MAX);
    assert_true(sk_str_find(sk_buf_str(&e->plain), SK_S("8126082")) == SIZE_MAX);
    assert_true(sk_str_find(sk_buf_str(&e->plain), SK_S("more than 500")) == SIZE_MAX);
    for (size_t i = 0; i < SK_COUNT(marks); i++) {
        char prop[64];
        snprintf(prop, sizeof prop, "sillok:%s:summary", marks[i]);
        size_t row = find_row(&e->rest_table, "e-1", prop);
        assert_true(row);
        CELL(&e->rest_table, row, "external", "t");
        CELL(&e->rest_table, row, "value", "CANARY");
    }
    size_t row = find_row(&e->rest_table, "e-1", "sillok:denied:count");
    CELL(&e->rest_table, row, "id", "a2c55792e5f23aca662a945187c4f6d72e1cb45b");
    json_t *j = entity(e, "e-1");
    json_t *props = json_object_get(j, "properties"), *values;
    const char *key;
    json_object_foreach(props, key, values) if (strncmp(key, "sillok:", 7))
        assert_string_equal(key, "name");
    assert_string_equal(first(j, "sillok:doubted:summary"), "CANARY");
    json_decref(j);
    free_export(e);
    fixture_done(&f);
}

static void what_nobody_asserts_is_no_event_to_their_readers(void **state)
{
    fixture f;
    fixture_init(&f);
    sk_claim c = draft(&f, "e-2", "Event:name", "mass return feared", "analysts");
    c.position = SK_CLAIM_PREDICTS;
    fixture_log(&f, c);
    fixture_commit(&f);
    exported *e = export_all(&f);
    assert_int_equal(e->plain_table.n, 1);
    assert_int_equal(e->rest_table.n, 2);
    json_t *j = entity(e, "e-2");
    assert_string_equal(json_string_value(json_object_get(j, "schema")), "Note");
    assert_string_equal(first(j, "sillok:type"), "Event");
    assert_string_equal(first(j, "sillok:predicted:name"), "mass return feared");
    assert_string_equal(first(j, "name"), "");
    json_decref(j);
    free_export(e);
    fixture_done(&f);
}

static void roles_and_vague_dates_stand_beside_what_theirs_can_say(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "p-1", "Person:name", "Kume Yutaka", "police");
    say(&f, "act-1", "Act:victim", "@p-1", "police");
    say(&f, "act-1", "Act:date", "around June 1978", "police");
    say(&f, "act-1", "Act:act", "liberty.abduction", "police");
    fixture_commit(&f);
    exported *e = export_all(&f);
    const table *t = &e->plain_table;
    size_t row = find_row(t, "act-1", "involved");
    CELL(t, row, "value", "p-1");
    CELL(t, row, "schema", "Event");
    CELL(t, row, "property", "Act:victim");
    CELL(t, row, "position", "asserts");
    CELL(t, row, "claimant", "police");
    row = find_row(t, "act-1", "date");
    CELL(t, row, "value", "1978");
    CELL(t, row, "edtf", "1978-06~");
    CELL(t, row, "original_value", "1978-06~");
    CELL(t, row, "words", "around June 1978");
    json_t *j = entity(e, "act-1");
    assert_string_equal(first(j, "involved"), "p-1");
    assert_string_equal(first(j, "sillok:victim"), "p-1");
    assert_string_equal(first(j, "date"), "1978");
    assert_string_equal(first(j, "sillok:date"), "1978-06~");
    assert_string_equal(first(j, "sillok:type"), "Act");
    json_decref(j);
    j = entity(e, "p-1");
    assert_string_equal(first(j, "sillok:name"), ""); /* nothing is said twice that says the same */
    assert_string_equal(json_string_value(json_object_get(j, "caption")), "Kume Yutaka");
    json_decref(j);
    free_export(e);
    fixture_done(&f);
}

static void passages_and_chains_come_along(void **state)
{
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "a.txt", "two girls told us\n");
    sk_str chain[] = {SK_S("two girls"), SK_S("@hrw")};
    sk_passage p[] = {
        {.exhibit = x, .has_span = true, .start = 0, .end = 9, .quote = SK_S("two | girls")},
        {.exhibit = x, .place = SK_S("row 3")}};
    sk_claim c = draft(&f, "p-1", "Person:name", "Kim", "x");
    c.chain = chain;
    c.n_chain = 2;
    c.passages = p;
    c.n_passages = 2;
    c.carrier = SK_S("RFA");
    c.asof = SK_S("2023-10");
    sk_hash id = fixture_log(&f, c);
    fixture_commit(&f);
    exported *e = export_all(&f);
    const table *t = &e->plain_table;
    size_t row = find_row(t, "p-1", "name");
    sk_str hex = sk_hash_hex(&f.cx.arena, &x);
    CELL(t, row, "claimant", "two girls > @hrw");
    CELL(t, row, "carrier", "RFA");
    CELL(t, row, "asof", "2023-10");
    CELL(t, row, "exhibit", sk_fmt(&f.cx.arena, "%s | %s", hex.p, hex.p).p);
    CELL(t, row, "passage", "span 0-9 | row 3");
    CELL(t, row, "quote", "two \\| girls | ");
    CELL(t, row, "claim", sk_hash_hex(&f.cx.arena, &id).p);
    free_export(e);
    fixture_done(&f);
}

static void members_of_a_cluster_share_the_least_key_and_refer_to_each_other(void **state)
{
    fixture f;
    sk_hash id;
    fixture_init(&f);
    say(&f, "p-9", "Person:name", "김정욱", "desk");
    say(&f, "p-2", "LegalEntity:name", "Kim Jong-wook", "desk");
    say(&f, "p-5", "Person:name", "Kim Jeong-wook", "desk");
    OK(&f, sk_record_judge(&f.cx, SK_S("p-9"), SK_S("p-2"), SK_S("same"), SK_S("x"), &id));
    OK(&f, sk_record_judge(&f.cx, SK_S("p-9"), SK_S("p-5"), SK_S("same"), SK_S("x"), &id));
    fixture_commit(&f);
    exported *e = export_all(&f);
    const table *t = &e->plain_table;
    assert_int_equal(t->n, 7);
    static const char *const order[] = {"p-2", "p-2", "p-5", "p-5", "p-9", "p-9"};
    for (size_t i = 0; i < 6; i++) {
        CELL(t, i + 1, "canonical_id", "p-2");
        CELL(t, i + 1, "entity_id", order[i]);
    }
    assert_int_equal(e->sum.clusters_apart, 0);
    json_t *j = entity(e, "p-5");
    json_t *others = json_object_get(j, "referents");
    assert_int_equal(json_array_size(others), 2);
    assert_string_equal(json_string_value(json_array_get(others, 0)), "p-2");
    assert_string_equal(json_string_value(json_array_get(others, 1)), "p-9");
    json_decref(j);
    free_export(e);
    fixture_done(&f);
}

/* Their reader stops at a cluster of a person and an event; so none is given to it. */
static void a_cluster_that_they_could_not_merge_stays_apart(void **state)
{
    fixture f;
    sk_hash id;
    fixture_init(&f);
    say(&f, "a", "Person:name", "Kim", "desk");
    say(&f, "b", "Event:name", "Kim", "desk");
    OK(&f, sk_record_judge(&f.cx, SK_S("a"), SK_S("b"), SK_S("same"), SK_S("mistake"), &id));
    fixture_commit(&f);
    exported *e = export_all(&f);
    assert_int_equal(e->sum.clusters_apart, 1);
    CELL(&e->plain_table, find_row(&e->plain_table, "b", "name"), "canonical_id", "b");
    free_export(e);
    fixture_done(&f);
}

static void every_claim_is_in_one_part_and_hidden_ones_in_none(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "p-1", "Person:name", "Kim", "desk");
    say(&f, "p-1", "Person:age", "about 50", "desk");
    say(&f, "act-1", "Act:victim", "@nobody", "desk");
    sk_str label = SK_S("identity");
    sk_claim c = draft(&f, "p-2", "Person:name", "CANARY-HIDDEN", "desk");
    c.restrict_labels = &label;
    c.n_restrict = 1;
    fixture_log(&f, c);
    fixture_commit(&f);
    exported *e = export_all(&f);
    assert_int_equal(e->sum.claims, 4);
    assert_int_equal(e->sum.plain + e->sum.rest, 4);
    assert_int_equal(e->sum.rest, e->rest_table.n - 1);
    assert_int_equal(e->sum.entities, 3);
    free_export(e);
    fixture_view_as(&f, "guest", "export");
    e = export_all(&f);
    assert_int_equal(e->sum.claims, 3);
    assert_true(sk_str_find(sk_buf_str(&e->plain), SK_S("CANARY")) == SIZE_MAX);
    assert_true(sk_str_find(sk_buf_str(&e->rest), SK_S("CANARY")) == SIZE_MAX);
    assert_true(sk_str_find(sk_buf_str(&e->json), SK_S("CANARY")) == SIZE_MAX);
    assert_true(sk_str_find(sk_buf_str(&e->json), SK_S("p-2")) == SIZE_MAX);
    free_export(e);
    fixture_done(&f);
}

static void the_same_record_gives_the_same_bytes_in_whatever_order_it_came(void **state)
{
    static const char *const names[] = {"c", "a", "b", "d"};
    sk_str bytes[2];
    fixture f[2];
    exported *e[2];
    for (int k = 0; k < 2; k++) {
        fixture_init(&f[k]);
        for (size_t i = 0; i < 4; i++)
            say(&f[k], names[k ? 3 - i : i], "Person:name", names[k ? 3 - i : i], "desk");
        fixture_commit(&f[k]);
        e[k] = export_all(&f[k]);
        bytes[k] = SK_S("");
        for (size_t i = 0; i < e[k]->plain_table.n; i++)
            bytes[k] = sk_fmt(&f[k].cx.arena, "%.*s%.*s ", SK_P(bytes[k]),
                              SK_P(e[k]->plain_table.cells[i][1]));
    }
    assert_string_equal(bytes[0].p, bytes[1].p);
    assert_string_equal(bytes[0].p, "entity_id a a b b c c d d ");
    for (int k = 0; k < 2; k++) {
        free_export(e[k]);
        fixture_done(&f[k]);
    }
}

static void a_dataset_has_a_name_that_their_tools_take(void **state)
{
    fixture f;
    fixture_init(&f);
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    sk_sink sink = {sk_sink_to_buf, &b};
    sk_ftm_options options = {.dataset = SK_S("My Data")};
    assert_int_equal(sk_export_ftm_entities(&f.cx, f.view, &options, &sink, NULL), SK_E_FORMAT);
    assert_string_equal(f.cx.message, "dataset \"My Data\" must be 1 to 64 of a-z, 0-9 and \"_\"");
    sk_forgive(&f.cx);
    say(&f, "p", "Person:name", "Kim", "desk");
    fixture_commit(&f);
    OK(&f, sk_export_ftm_entities(&f.cx, f.view, NULL, &sink, NULL));
    assert_true(sk_str_find(sk_buf_str(&b), SK_S("\"datasets\":[\"sillok_")) != SIZE_MAX);
    sk_buf_done(&b);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statement_ids_and_checksum_are_theirs),
        cmocka_unit_test(a_denial_a_prediction_and_a_doubt_are_nowhere_in_the_plain_part),
        cmocka_unit_test(what_nobody_asserts_is_no_event_to_their_readers),
        cmocka_unit_test(roles_and_vague_dates_stand_beside_what_theirs_can_say),
        cmocka_unit_test(passages_and_chains_come_along),
        cmocka_unit_test(members_of_a_cluster_share_the_least_key_and_refer_to_each_other),
        cmocka_unit_test(a_cluster_that_they_could_not_merge_stays_apart),
        cmocka_unit_test(every_claim_is_in_one_part_and_hidden_ones_in_none),
        cmocka_unit_test(the_same_record_gives_the_same_bytes_in_whatever_order_it_came),
        cmocka_unit_test(a_dataset_has_a_name_that_their_tools_take),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
