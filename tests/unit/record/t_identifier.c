/* What check digits say of a number, and what they cannot say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../base/shared_data.h"
#include "base/csv.h"
#include "record/identifier.h"

static sk_arena arena;

static sk_id_verdict look(sk_scheme scheme, const char *text)
{
    return sk_identifier_check(&arena, scheme, sk_str_of(text));
}

static void is(sk_scheme scheme, const char *text, sk_verdict verdict, const char *canonical)
{
    sk_id_verdict v = look(scheme, text);
    if (v.verdict != verdict || !sk_str_is(v.canonical, canonical))
        fail_msg("%s \"%s\": %s, \"%.*s\" (%.*s)", sk_scheme_get(scheme)->name, text,
                 sk_verdict_name(v.verdict), SK_P(v.canonical), SK_P(v.reason));
    assert_true(v.reason.n > 0);
}

static bool says(sk_str text, const char *part)
{
    return sk_str_find(text, sk_str_of(part)) != SIZE_MAX;
}

static void a_ships_number_is_checked_by_its_last_digit(void **state)
{
    is(SK_SCHEME_IMO, "8126082", SK_ID_VALID, "imo:8126082");
    is(SK_SCHEME_IMO, "9074729", SK_ID_VALID, "imo:9074729"); /* the example of IMO itself */
    is(SK_SCHEME_IMO, "8126083", SK_ID_CHECK_WRONG, "imo:8126083");
    assert_true(says(look(SK_SCHEME_IMO, "8126083").reason, "would be 2"));
    is(SK_SCHEME_IMO, "812608", SK_ID_FORM_WRONG, "");
    is(SK_SCHEME_IMO, "81260820", SK_ID_FORM_WRONG, "");
    is(SK_SCHEME_IMO, "", SK_ID_FORM_WRONG, "");
    is(SK_SCHEME_IMO, "0000000", SK_ID_FORM_WRONG, ""); /* a placeholder, though its sum fits */
}

static void sources_write_numbers_in_many_ways(void **state)
{
    static const char *const ways[] = {
        "IMO 8126082",  "IMO8126082",      "imo:8126082", "IMO: 8126082",
        " 8126082 ",    "IMO No. 8126082", "812 6082",    "IMO number 8126082",
        "IMO #8126082", "８１２６０８２",  "IMO-8126082", "ＩＭＯ　８１２６０８２"};
    for (size_t i = 0; i < SK_COUNT(ways); i++) {
        is(SK_SCHEME_IMO, ways[i], SK_ID_VALID, "imo:8126082");
        assert_true(sk_str_is(sk_identifier_compact(&arena, sk_str_of(ways[i])), "8126082"));
    }
    assert_true(sk_str_is(sk_identifier_compact(&arena, SK_S("PS 836-110034")), "ps836110034"));
    assert_true(sk_str_is(sk_identifier_compact(&arena, SK_S("imo-company:5571322")), "5571322"));
    assert_true(sk_str_is(sk_identifier_compact(&arena, SK_S("Immobilien 7")), "immobilien7"));
}

/* A3: printed as "IMO number" on a list, it is a company's. */
static void a3_a_companys_number_is_no_ships(void **state)
{
    is(SK_SCHEME_IMO_COMPANY, "5571322", SK_ID_VALID, "imo-company:5571322");
    is(SK_SCHEME_IMO, "5571322", SK_ID_CHECK_WRONG, "imo:5571322");
    assert_true(says(look(SK_SCHEME_IMO, "5571322").reason, "fits the rule for companies"));
    sk_id_verdict all[SK_SCHEMES];
    size_t n = sk_identifier_verdicts(&arena, SK_S("5571322"), all);
    assert_int_equal(n, SK_SCHEMES);
    assert_int_equal(all[0].scheme, SK_SCHEME_IMO_COMPANY);
    assert_int_equal(all[1].scheme, SK_SCHEME_IMO);
    assert_int_equal(sk_identifier_verdicts(&arena, SK_S("imo:5571322"), all), 1);
    assert_int_equal(all[0].verdict, SK_ID_CHECK_WRONG);
}

/* A4: the digits of a number obtained by fraud are in order; who bears it is another question. */
static void a4_a_number_obtained_by_fraud_has_valid_digits(void **state)
{
    is(SK_SCHEME_IMO, "8528864", SK_ID_VALID, "imo:8528864");
    is(SK_SCHEME_IMO, "9870991", SK_ID_VALID, "imo:9870991");
}

static void a_number_that_fits_both_rules_says_so_in_both_verdicts(void **state)
{
    sk_id_verdict ship = look(SK_SCHEME_IMO, "1790183");
    sk_id_verdict company = look(SK_SCHEME_IMO_COMPANY, "1790183");
    assert_int_equal(ship.verdict, SK_ID_VALID);
    assert_int_equal(company.verdict, SK_ID_VALID);
    assert_true(says(ship.reason, "rule for companies too") && says(ship.reason, "context"));
    assert_true(says(company.reason, "rule for ships too"));
}

static void a_radio_number_names_the_country_of_its_flag(void **state)
{
    is(SK_SCHEME_MMSI, "445123000", SK_ID_FORM_FITS, "mmsi:445123000");
    assert_true(sk_str_is(look(SK_SCHEME_MMSI, "445123000").country, "kp"));
    assert_true(says(look(SK_SCHEME_MMSI, "445123000").reason, "North Korea"));
    assert_true(sk_str_is(look(SK_SCHEME_MMSI, "MMSI: 412 345 678").country, "cn"));
    assert_true(sk_str_is(look(SK_SCHEME_MMSI, "004401234").country, "kr"));
    assert_true(says(look(SK_SCHEME_MMSI, "004401234").reason, "coast station"));
    assert_true(says(look(SK_SCHEME_MMSI, "970123456").reason, "transmitter"));
    is(SK_SCHEME_MMSI, "217123456", SK_ID_FORM_WRONG, ""); /* 217 is no country's */
    is(SK_SCHEME_MMSI, "123456789", SK_ID_FORM_WRONG, "");
    is(SK_SCHEME_MMSI, "44512300", SK_ID_FORM_WRONG, "");
}

static void a_banks_code_has_a_form_and_a_country(void **state)
{
    is(SK_SCHEME_BIC, "DEUTDEFF", SK_ID_FORM_FITS, "bic:DEUTDEFF");
    is(SK_SCHEME_BIC, "SWIFT: FTBDKPPY", SK_ID_FORM_FITS, "bic:FTBDKPPY");
    is(SK_SCHEME_BIC, "deutdeff500", SK_ID_FORM_FITS, "bic:DEUTDEFF500");
    assert_true(sk_str_is(look(SK_SCHEME_BIC, "FTBDKPPY").country, "kp"));
    is(SK_SCHEME_BIC, "DEUTDEF", SK_ID_FORM_WRONG, "");
    is(SK_SCHEME_BIC, "DEUTQQFF", SK_ID_FORM_WRONG, "");
    is(SK_SCHEME_BIC, "DEUTDDFF", SK_ID_FORM_WRONG, ""); /* East Germany has no banks now */
    is(SK_SCHEME_BIC, "BICBDEFF", SK_ID_FORM_FITS, "bic:BICBDEFF"); /* the head is part of it */
}

static void an_lei_is_checked_modulo_97(void **state)
{
    /* published by the foundation that runs the system, of itself */
    is(SK_SCHEME_LEI, "506700GE1G29325QX363", SK_ID_VALID, "lei:506700GE1G29325QX363");
    is(SK_SCHEME_LEI, "lei:506700ge1g29325qx363", SK_ID_VALID, "lei:506700GE1G29325QX363");
    is(SK_SCHEME_LEI, "506700GE1G29325QX364", SK_ID_CHECK_WRONG, "lei:506700GE1G29325QX364");
    is(SK_SCHEME_LEI, "506700GE1G29325QX36", SK_ID_FORM_WRONG, "");
    is(SK_SCHEME_LEI, "506700GE1G29325QX3X3", SK_ID_FORM_WRONG, "");
}

static void numbers_without_a_public_rule_stay_as_written(void **state)
{
    is(SK_SCHEME_PASSPORT, " PS 836-110034", SK_ID_OPAQUE, "PS 836-110034");
    is(SK_SCHEME_ID, "KPe.056", SK_ID_OPAQUE, "KPe.056");
    is(SK_SCHEME_WIKIDATA, "q423", SK_ID_FORM_FITS, "wikidata:Q423");
    is(SK_SCHEME_WIKIDATA, "423", SK_ID_FORM_WRONG, "");
}

static void entering_a_number_keeps_the_words_and_never_refuses(void **state)
{
    sk_str value = SK_S("IMO 8126082"), words = SK_NONE;
    assert_int_equal(sk_identifier_enter(&arena, SK_S("imoNumber"), &value, &words).n, 0);
    assert_true(sk_str_is(value, "imo:8126082") && sk_str_is(words, "IMO 8126082"));
    /* once more changes nothing */
    assert_int_equal(sk_identifier_enter(&arena, SK_S("imoNumber"), &value, &words).n, 0);
    assert_true(sk_str_is(value, "imo:8126082") && sk_str_is(words, "IMO 8126082"));

    value = SK_S("5571322");
    words = SK_NONE;
    sk_str warning = sk_identifier_enter(&arena, SK_S("imoNumber"), &value, &words);
    assert_true(says(warning, "5571322") && says(warning, "companies"));
    assert_true(sk_str_is(value, "imo:5571322") && sk_str_is(words, "5571322"));

    value = SK_S("unknown to us");
    words = SK_NONE;
    warning = sk_identifier_enter(&arena, SK_S("mmsi"), &value, &words);
    assert_true(says(warning, "9 digits"));
    assert_true(sk_str_is(value, "unknown to us") && words.n == 0);

    value = SK_S("imo-company:5571322");
    words = SK_NONE;
    warning = sk_identifier_enter(&arena, SK_S("imoNumber"), &value, &words);
    assert_true(says(warning, "IMO company number") && sk_str_is(value, "imo-company:5571322"));

    value = SK_S("PS 836-110034");
    assert_int_equal(sk_identifier_enter(&arena, SK_S("passportNumber"), &value, &words).n, 0);
    assert_int_equal(sk_identifier_enter(&arena, SK_S("callSign"), &value, &words).n, 0);
    assert_true(sk_str_is(value, "PS 836-110034"));
}

/* ---- the rules against published numbers ---- */

typedef struct counts {
    size_t rows, good;
} counts;

/* The verdicts on one column of a table; skips the test when the table is not there. */
static counts count_verdicts(const char *name, const char *column, sk_scheme scheme)
{
    FILE *f = shared_data(name);
    if (!f)
        skip();
    sk_ctx cx;
    sk_csv *csv;
    sk_csv_row row;
    counts c = {0};
    size_t at = 0;
    sk_ctx_init(&cx);
    assert_int_equal(sk_csv_open_file(&cx, f, name, ',', &csv), SK_OK);
    assert_int_equal(sk_csv_next(&cx, csv, &row), SK_OK);
    while (at < row.n && !sk_str_is(row.cells[at], column))
        at++;
    for (;;) {
        assert_int_equal(sk_csv_next(&cx, csv, &row), SK_OK);
        if (!row.n)
            break;
        assert_true(at < row.n);
        c.rows++;
        c.good += sk_identifier_check(&arena, scheme, row.cells[at]).verdict == SK_ID_VALID;
    }
    sk_csv_close(csv);
    sk_ctx_done(&cx);
    fclose(f);
    return c;
}

static void the_company_rule_fits_the_sixteen_numbers_of_the_un_list(void **state)
{
    counts c =
        count_verdicts("facts/imo_company_number_checks.csv", "number", SK_SCHEME_IMO_COMPANY);
    assert_int_equal(c.rows, 16);
    assert_int_equal(c.good, 16);
}

static void the_ship_rule_fits_the_numbers_of_the_ofac_list(void **state)
{
    counts c = count_verdicts("facts/ofac_dprk_vessels.csv", "imo", SK_SCHEME_IMO);
    assert_int_equal(c.rows, 106);
    assert_int_equal(c.good, 106);
    counts both = count_verdicts("facts/ofac_dprk_vessels.csv", "imo", SK_SCHEME_IMO_COMPANY);
    assert_true(both.good > 0 && both.good < 30); /* some fit the company rule as well */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ships_number_is_checked_by_its_last_digit),
        cmocka_unit_test(sources_write_numbers_in_many_ways),
        cmocka_unit_test(a3_a_companys_number_is_no_ships),
        cmocka_unit_test(a4_a_number_obtained_by_fraud_has_valid_digits),
        cmocka_unit_test(a_number_that_fits_both_rules_says_so_in_both_verdicts),
        cmocka_unit_test(a_radio_number_names_the_country_of_its_flag),
        cmocka_unit_test(a_banks_code_has_a_form_and_a_country),
        cmocka_unit_test(an_lei_is_checked_modulo_97),
        cmocka_unit_test(numbers_without_a_public_rule_stay_as_written),
        cmocka_unit_test(entering_a_number_keeps_the_words_and_never_refuses),
        cmocka_unit_test(the_company_rule_fits_the_sixteen_numbers_of_the_un_list),
        cmocka_unit_test(the_ship_rule_fits_the_numbers_of_the_ofac_list),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sk_arena_done(&arena);
    return failed;
}
