/* Reading FollowTheMoney: what files of theirs hold becomes claims, and nothing vanishes. */
#include "../base/shared_data.h"
#include "reader_test.h"

#include "exchange/ftm/ftm_map.h"

#include <fcntl.h>

/* A file of tests/data/ftm. */
static sk_str sample(sk_ctx *cx, const char *name)
{
    sk_str path = sk_fmt(&cx->arena, "%s/tests/data/ftm/%s", SK_SOURCE_ROOT, name);
    FILE *f = fopen(path.p, "rb");
    assert_non_null(f);
    char *p = sk_alloc(&cx->arena, 1 << 20);
    size_t n = fread(p, 1, 1 << 20, f);
    fclose(f);
    assert_true(n > 0);
    return (sk_str){p, n};
}

static void read_sample(said *s, const sk_reader *reader, const char *name, const sk_source *source)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    run_reader(s, reader, name, sample(&cx, name), source);
    sk_ctx_done(&cx);
    assert_ok(s);
}

static void hear_text(said *s, const sk_reader *reader, const char *text)
{
    run_reader(s, reader, "list.ftm.json", sk_str_of(text), NULL);
}

/* ---- entities ---- */

static void entities_become_claims_of_their_datasets(void **state)
{
    said s;
    read_sample(&s, &sk_reader_ftm_entities, "entities.ftm.json", NULL);
    assert_says(&s, "ex-1 Person:name = 김예시 {as-of 2024-03-02} by list_a, list_b at row 1");
    assert_says(&s, "ex-1 Person:birthDate = 1970-05 {as-of 2024-03-02} by list_a, list_b");
    assert_says(&s, "ex-1 Person:nationality = kp ");
    assert_says(&s, "ex-1 Person:topics = poi ");
    assert_says(&s, "ex-1 Person:addressEntity = ex-addr-1 ");
    assert_says(&s, "ex-1 Person:notes = first line");
    assert_true(has_line(&s.claims, "second line {as-of")); /* CR LF became LF */
    assert_says(&s, "ex-2 Company:imoCompanyNumber = imo-company:5571322 <IMO5571322> by list_a");
    assert_says(&s, "ex-3 Directorship:director = ex-1 by list_a at row 3");
    assert_says(&s, "ex-3 Directorship:summary = from the register ");
    assert_says(&s, "ex-4 Vessel:imoNumber = imo:8126082 <IMO8126082> ");
    assert_says(&s, "ex-9 Sanction:entity = ex-1 by entities at row 10"); /* no dataset: the file */
    assert_int_equal(s.sum.rows, 11);
    assert_finds(&s, "remark [referents] a-77, b-12: merged there from 2 other ids");
    assert_finds(&s, "skipped : blank (row 5)");
    assert_finds(&s, "skipped : no schema");
    forget(&s);
}

static void amounts_are_money_and_numbers_keep_how_they_were_written(void **state)
{
    said s;
    read_sample(&s, &sk_reader_ftm_entities, "entities.ftm.json", NULL);
    assert_says(&s, "ex-2 Company:amountEur = exact low 1200000.5 high 1200000.5 unit EUR "
                    "<1200000.50> by");
    assert_says(&s, "ex-4 Vessel:grossRegisteredTonnage = exact low 3500 high 3500 <3,500> by");
    assert_says(&s, "ex-10 Payment:amountUsd = exact low 100 high 100 unit USD <100.00> by");
    /* what is no plain number is kept in words */
    assert_says(&s, "ex-4 Vessel:notes = Vessel:deadweightTonnage = about 5000 by");
    assert_says(&s, "ex-10 Payment:notes = Payment:amount = 12.123456789 by");
    forget(&s);
}

static void what_the_model_lacks_becomes_notes_and_is_told_once(void **state)
{
    said s;
    read_sample(&s, &sk_reader_ftm_entities, "entities.ftm.json", NULL);
    assert_says(&s, "ex-5 Post:body = ex-2 by list_b at row 6"); /* their Position is our Post */
    assert_finds(&s, "remark [id] ex 5: made to fit as a key");
    assert_says(&s, "ex-6 Interval:notes = schema = Call by list_b");
    assert_says(&s, "ex-6 Interval:notes = Call:caller = ex-1 by list_b");
    assert_says(&s, "ex-6 Interval:date = 2020-02-03 by list_b");
    assert_says(&s, "ex-7 Thing:name = Example by list_b");
    assert_says(&s, "ex-7 Thing:notes = schema = Comet by list_b");
    assert_says(&s, "ex-7 Thing:notes = Comet:orbit = long by list_b");
    assert_finds(&s, "remark [schema] Comet: the model has no such type");
    assert_finds(&s, "left [colour] red: no key of an entity");
    assert_finds(&s, "left [listingDate] 2015-13-40: ");
    forget(&s);
    hear_text(
        &s, &sk_reader_ftm_entities,
        "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"hue\":[\"1\",\"2\"]},\"x\":1}\n"
        "{\"id\":\"b\",\"schema\":\"Person\",\"properties\":{\"hue\":[\"3\"]},\"x\":2}\n");
    assert_ok(&s);
    assert_int_equal(s.sum.claims, 3);
    assert_int_equal(s.sum.remarks, 1);
    assert_int_equal(s.sum.values_left, 1);
    forget(&s);
}

static void nested_entities_are_read_from_both_sides_of_a_link(void **state)
{
    said s;
    read_sample(&s, &sk_reader_ftm_entities, "nested.json", NULL);
    assert_says(&s, "n-2 Directorship:director = n-1 by list_a"); /* from the far side */
    assert_says(&s, "n-2 Directorship:organization = n-3 by list_a");
    assert_says(&s, "n-3 Company:name = Nested Works 0 by list_c");
    assert_says(&s, "n-1 Person:addressEntity = n-4 by list_a");
    assert_says(&s, "n-4 Address:city = Exampleton by list_a");
    assert_says(&s, "n-5 Sanction:entity = n-1 by list_a");
    assert_int_equal(s.sum.repeated, 1); /* that one stood on both sides */
    assert_int_equal(s.sum.rows, 1);
    forget(&s);
}

static void nesting_too_deep_is_reported_and_not_followed(void **state)
{
    sk_ctx cx;
    said s;
    sk_ctx_init(&cx);
    sk_str text = SK_S("[]");
    for (int i = 0; i < 12; i++)
        text = sk_fmt(&cx.arena,
                      "[{\"id\":\"e%d\",\"schema\":\"Person\",\"properties\":{\"parent\":%.*s}}]",
                      i, SK_P(text));
    text = sk_str_sub(text, 1, text.n - 2);
    run_reader(&s, &sk_reader_ftm_entities, "deep.json", text, NULL);
    assert_ok(&s);
    assert_finds(&s, "left [properties] e2: entities nested too deep");
    assert_says(&s, "e3 Person:parent = e2 by"); /* the link itself is kept */
    forget(&s);
    sk_ctx_done(&cx);
}

static void the_user_may_name_claimant_prefix_and_date(void **state)
{
    said s;
    sk_str claimant = SK_S("Example Desk");
    sk_source source = {.options = {.claimant = &claimant,
                                    .n_claimant = 1,
                                    .prefix = SK_S("ftm-"),
                                    .asof = SK_S("2024-06")}};
    read_sample(&s, &sk_reader_ftm_entities, "entities.ftm.json", &source);
    assert_says(&s, "ftm-ex-3 Directorship:director = ftm-ex-1 {as-of 2024-06} {reference dataset "
                    "list_a} by Example Desk at row 3");
    assert_says(&s, "ftm-ex-5 Post:body = ftm-ex-2 ");
    forget(&s);
}

static void keys_fit_whatever_the_ids_are(void **state)
{
    sk_ctx cx;
    said s;
    sk_ctx_init(&cx);
    char id[600];
    memset(id, 'x', sizeof id);
    memcpy(id + 181, "가", 3); /* the cut would fall inside it */
    sk_str text =
        sk_fmt(&cx.arena,
               "{\"id\":\"%.300s\",\"schema\":\"Person\",\"properties\":{\"name\":[\"a\"]}}\n"
               "{\"id\":\"@a\\tb c\",\"schema\":\"Person\",\"properties\":{\"name\":[\"b\"]}}\n",
               id);
    run_reader(&s, &sk_reader_ftm_entities, "ids.json", text, NULL);
    assert_ok(&s);
    assert_int_equal(s.sum.claims, 2);
    assert_int_equal(s.sum.values_left, 0);
    assert_says(&s, "-a-b-c Person:name = b");
    assert_true(sk_str_find(sk_buf_str(&s.claims), SK_S("xxx-")) != SIZE_MAX);
    forget(&s);
    sk_ctx_done(&cx);
}

/* Another tool kept our line, but not the key "sillok", and added a name. */
static void our_marks_among_the_properties_are_understood(void **state)
{
    said s;
    hear_text(&s, &sk_reader_ftm_entities,
              "{\"id\":\"act-1\",\"schema\":\"Event\",\"properties\":{\"date\":[\"1978\"],"
              "\"involved\":[\"p-1\",\"p-2\"],\"name\":[\"added\"],\"sillok:date\":[\"1978-06~\"],"
              "\"sillok:denied:summary\":[\"no\"],\"sillok:victim\":[\"p-1\"],"
              "\"sillok:absent:fate\":[\"unknown\"],\"sillok:absent:event\":[\"not-asked\"],"
              "\"sillok:count\":[\"more than 500 people\"],\"sillok:type\":[\"Act\"]},"
              "\"datasets\":[\"d\"]}\n");
    assert_ok(&s);
    assert_says(&s, "act-1 Act:date = 1978-06~ by d");
    assert_says(&s, "act-1 Act:summary = no {position denies} by d");
    assert_says(&s, "act-1 Act:victim = p-1 by d");
    assert_says(&s, "act-1 Act:event = (not-asked) by d");
    assert_says(&s, "act-1 Act:count = more-than low 500 unit people <more than 500 people> by d");
    assert_says(&s, "act-1 Act:involved = p-2 by d"); /* nothing explains it: it was added */
    assert_says(&s, "act-1 Act:name = added by d");
    assert_false(has_line(&s.claims, "act-1 Act:date = 1978 ")); /* 1978-06~ explains it */
    assert_false(has_line(&s.claims, "act-1 Act:involved = p-1"));
    assert_finds(&s, "left [sillok:absent:fate] : Act has no property"); /* acts have no fate */
    assert_int_equal(s.sum.claims, 7);
    forget(&s);
}

static void a_broken_line_ends_the_reading_with_its_row_and_byte(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{}}\n{\"id\":\"b\",",
         "row 2: byte 10"},
        {"{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{}} x\n", "row 1: byte 45"},
        {"[1]\n", "row 1: not an object"},
        {"\n\n\"id\"\n", "row 3: not an object"},
        {"\xFF\xFE{\0", "UTF-16"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        said s;
        hear_text(&s, &sk_reader_ftm_entities, cases[i].text);
        assert_fails(&s, SK_E_FORMAT, cases[i].says);
        forget(&s);
    }
}

static void odd_values_are_reported_and_the_rest_is_read(void **state)
{
    said s;
    hear_text(
        &s, &sk_reader_ftm_entities,
        "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"x\\u0000y\",null,true,12,"
        "[\"z\"],{\"id\":\"b\"},\"\"],\"alias\":\"one\"}}\n");
    assert_ok(&s);
    assert_says(&s, "a Person:name = true by");
    assert_says(&s, "a Person:name = 12 by");
    assert_says(&s, "a Person:name = b by"); /* of the nested one the id is left */
    assert_says(&s, "a Person:alias = one by");
    assert_finds(&s, "left [name] x");
    assert_finds(&s, "left [name] : a list within a list");
    assert_finds(&s, "left [properties] b: a nested entity needs its id and schema");
    assert_int_equal(s.sum.claims, 4);
    forget(&s);
}

/* ---- statements ---- */

static void statements_in_each_form_say_the_same(void **state)
{
    static const char *const files[] = {"statements.csv", "statements-13.csv", "pack.csv",
                                        "pack-legacy.csv", "statements.jsonl"};
    for (size_t i = 0; i < SK_COUNT(files); i++) {
        said s;
        read_sample(&s, &sk_reader_ftm_statements, files[i], NULL);
        assert_says(&s, "ex-1 Person:name = 김예시 {lang ko} {as-of 2024-03-02} by list_a at");
        if (i < 4)
            assert_says(&s,
                        "ex-1 Person:birthDate = 1970-05 <05/1970> {as-of 2024-03-02} by list_a");
        forget(&s);
    }
}

static void a_statement_keeps_dataset_language_and_what_was_before_cleaning(void **state)
{
    said s;
    read_sample(&s, &sk_reader_ftm_statements, "statements.csv", NULL);
    assert_says(&s, "ex-1 LegalEntity:country = kp <DPRK> by list_b at row 5");
    assert_says(&s, "ex-3 Directorship:director = ex-1 {as-of 2024-03-02} by list_a at row 6");
    assert_says(&s, "ex-3 Directorship:role = general director {as-of 2024-03-02} by list_a");
    assert_finds(&s, "skipped : the heading (row 1)");
    assert_finds(&s, "skipped : a checksum");
    assert_finds(&s, "remark [canonical_id] NK-x: merged there with others");
    assert_finds(&s, "left [alias] Kim Suggested: external");
    assert_int_equal(s.sum.remarks, 1); /* of two statements of ex-3 the first tells it */
    assert_int_equal(s.sum.rows, 8);
    assert_int_equal(s.sum.claims, 5);
    forget(&s);
}

static void statements_that_are_none_are_refused_with_their_row(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"a,b,c\n1,2,3\n", "row 1: no heading of statements"},
        {"entity_id,prop,schema,value\nx,name,Person\n", "row 2 (line 2): 3 cells under 4 columns"},
        {"entity_id,prop,schema,value,dataset\nx,name,Person,a", "4 cells under 5 columns"},
        {"entity_id,prop,schema,value\nx,name,Person,a,b\n", "row 2 (line 2): 5 cells under 4"},
        {"entity_id,prop,schema,value\nx,name,Person,\"a\n", "the quote is never closed"},
        {"{\"entity_id\":\"x\",\"prop\":\"name\"", "row 1: byte 30"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        said s;
        hear_text(&s, &sk_reader_ftm_statements, cases[i].text);
        assert_fails(&s, SK_E_FORMAT, cases[i].says);
        forget(&s);
    }
}

/* No half import: whatever is cut off, either the reading fails or every whole row is there. */
static void a_file_cut_at_any_byte_fails_or_gives_whole_rows(void **state)
{
    static const struct {
        const sk_reader *reader;
        const char *file;
    } cases[] = {{&sk_reader_ftm_statements, "statements.csv"},
                 {&sk_reader_ftm_statements, "pack.csv"},
                 {&sk_reader_ftm_statements, "statements.jsonl"},
                 {&sk_reader_ftm_entities, "entities.ftm.json"}};
    sk_ctx cx;
    sk_ctx_init(&cx);
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        said whole;
        sk_str bytes = sample(&cx, cases[i].file);
        run_reader(&whole, cases[i].reader, cases[i].file, bytes, NULL);
        for (size_t n = 1; n < bytes.n; n++) {
            said s;
            run_reader(&s, cases[i].reader, cases[i].file, sk_str_sub(bytes, 0, n), NULL);
            bool at_line_end = bytes.p[n - 1] == '\n' || bytes.p[n] == '\n';
            bool told = has_line(&s.findings, "remark : the last row has no line end") ||
                        has_line(&s.findings, "remark  the last row");
            if (s.rc == SK_OK && !at_line_end && !told && s.cx.rc == SK_OK)
                fail_msg("%s cut at byte %zu is taken", cases[i].file, n);
            assert_true(s.rc == SK_OK || s.rc == SK_E_FORMAT);
            /* what was said before the cut is the head of what the whole file says */
            assert_true(s.rc || told ||
                        sk_str_starts(sk_buf_str(&whole.claims), sk_buf_str(&s.claims)));
            forget(&s);
        }
        forget(&whole);
    }
    sk_ctx_done(&cx);
}

static void each_layout_is_known_by_its_first_bytes(void **state)
{
    static const struct {
        const char *file;
        bool is_entities;
    } cases[] = {
        {"entities.ftm.json", true}, {"nested.json", true},      {"statements.csv", false},
        {"pack.csv", false},         {"pack-legacy.csv", false}, {"statements.jsonl", false},
    };
    sk_ctx cx;
    sk_ctx_init(&cx);
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_str head = sample(&cx, cases[i].file), name = sk_str_of(cases[i].file);
        int e = sk_reader_ftm_entities.sniff(name, head);
        int s = sk_reader_ftm_statements.sniff(name, head);
        assert_true(cases[i].is_entities ? e >= 80 && s == 0 : s >= 80 && e == 0);
    }
    sk_str other = SK_S("{\"entity\": \"a\", \"type\": \"Person\", \"name\": \"x\"}\n");
    assert_int_equal(sk_reader_ftm_entities.sniff(SK_S("claims.jsonl"), other), 0);
    assert_int_equal(sk_reader_ftm_statements.sniff(SK_S("claims.jsonl"), other), 0);
    sk_ctx_done(&cx);
}

/* ---- files of others, counted by another program ---- */

typedef struct counts {
    sk_arena arena;
    sk_buf lines; /* "Person name\n" for each claim */
} counts;

static sk_rc count_claim(sk_ctx *cx, const sk_claim *c, const sk_import_place *at, sk_str column,
                         void *arg)
{
    counts *n = arg;
    (void)cx, (void)at;
    assert_false(sk_str_is(c->prop, "notes") && !sk_str_is(column, "notes")); /* all have a home */
    sk_buf_addf(&n->lines, "%.*s %.*s\n", SK_P(c->type), SK_P(column));
    return SK_OK;
}

/* Values by schema and property, as python3 counts them; ours sorted and counted likewise. */
static void compare_counts(const char *path, const counts *ours)
{
    static const char program[] =
        "import json, sys, collections\n"
        "theirs = collections.Counter()\n"
        "for line in open(sys.argv[1], encoding='utf-8'):\n"
        "    e = json.loads(line)\n"
        "    for prop, values in e['properties'].items():\n"
        "        theirs[e['schema'] + ' ' + prop] += len(values)\n"
        "ours = collections.Counter(sys.stdin.read().splitlines())\n"
        "for key in sorted(set(theirs) | set(ours)):\n"
        "    if theirs[key] != ours[key]:\n"
        "        sys.exit('%s: %d there, %d here' % (key, theirs[key], ours[key]))\n"
        "sys.exit(0 if sum(ours.values()) > 1000 else 'too few')\n";
    char command[8192];
    snprintf(command, sizeof command, "python3 -c \"%s\" '%s'", program, path);
    FILE *p = popen(command, "w");
    assert_non_null(p);
    assert_int_equal(fwrite(ours->lines.p, 1, ours->lines.n, p), ours->lines.n);
    assert_int_equal(pclose(p), 0);
}

static void count_file(const char *name, uint64_t rows)
{
    FILE *f = shared_data(name);
    if (!f)
        skip();
    if (system("python3 -c pass") != 0) {
        printf("SKIP: python3 is not there to count\n");
        fclose(f);
        skip();
    }
    counts n = {0};
    sk_ctx cx;
    sk_import_summary sum;
    sk_ctx_init(&cx);
    sk_buf_init(&n.lines, SK_MIB(16));
    sk_source_file file = {.name = sk_str_of(name), .fd = fileno(f)};
    sk_source source = {.files = &file, .n_files = 1};
    sk_import_sink sink = {.claim = count_claim, .arg = &n};
    assert_int_equal(sk_import_run(&cx, &sk_reader_ftm_entities, &source, &sink, &sum), SK_OK);
    assert_int_equal(sum.rows, rows);
    assert_int_equal(sum.values_left + sum.repeated + sum.rows_skipped, 0);
    char path[64], real[4096];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(f));
    ssize_t len = readlink(path, real, sizeof real - 1);
    assert_true(len > 0);
    real[len] = '\0';
    compare_counts(real, &n);
    fclose(f);
    sk_buf_done(&n.lines);
    sk_ctx_done(&cx);
}

static void every_value_of_sanctions_data_is_a_claim(void **state)
{
    count_file("ftm/yente_zala.ftm.json", 91);
}

static void every_value_of_payment_data_is_a_claim(void **state)
{
    count_file("ftm/donations.ijson", 474);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entities_become_claims_of_their_datasets),
        cmocka_unit_test(amounts_are_money_and_numbers_keep_how_they_were_written),
        cmocka_unit_test(what_the_model_lacks_becomes_notes_and_is_told_once),
        cmocka_unit_test(nested_entities_are_read_from_both_sides_of_a_link),
        cmocka_unit_test(nesting_too_deep_is_reported_and_not_followed),
        cmocka_unit_test(the_user_may_name_claimant_prefix_and_date),
        cmocka_unit_test(keys_fit_whatever_the_ids_are),
        cmocka_unit_test(our_marks_among_the_properties_are_understood),
        cmocka_unit_test(a_broken_line_ends_the_reading_with_its_row_and_byte),
        cmocka_unit_test(odd_values_are_reported_and_the_rest_is_read),
        cmocka_unit_test(statements_in_each_form_say_the_same),
        cmocka_unit_test(a_statement_keeps_dataset_language_and_what_was_before_cleaning),
        cmocka_unit_test(statements_that_are_none_are_refused_with_their_row),
        cmocka_unit_test(a_file_cut_at_any_byte_fails_or_gives_whole_rows),
        cmocka_unit_test(each_layout_is_known_by_its_first_bytes),
        cmocka_unit_test(every_value_of_sanctions_data_is_a_claim),
        cmocka_unit_test(every_value_of_payment_data_is_a_claim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
