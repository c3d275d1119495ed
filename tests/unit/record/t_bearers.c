/* Who bears a number, by whatever way it is written. */
#include "fixture.h"

#include "record/bearers.h"

static size_t bearers(fixture *f, const char *number, sk_claim_row **rows)
{
    size_t n;
    OK(f, sk_claims_bearing(&f->cx, f->view, sk_str_of(number), SK_CLAIMS_CURRENT, rows, &n));
    return n;
}

static void a_number_is_found_however_it_is_written(void **state)
{
    fixture f;
    sk_claim_row *r;
    fixture_init(&f);
    say(&f, "hull-a", "Vessel:imoNumber", "IMO 8126082", "Panel of Experts");
    say(&f, "man", "Person:passportNumber", "PS 836-110034", "desk");
    say(&f, "house", "Organization:leiCode", "506700ge1g29325qx363", "desk");
    fixture_commit(&f);
    static const char *const ways[] = {"8126082", "imo 8126082", "IMO8126082", "imo:8126082",
                                       "812 6082"};
    for (size_t i = 0; i < SK_COUNT(ways); i++) {
        assert_int_equal(bearers(&f, ways[i], &r), 1);
        assert_true(sk_str_is(r[0].claim.entity, "hull-a"));
        assert_true(sk_str_is(r[0].claim.words, "IMO 8126082"));
    }
    assert_int_equal(bearers(&f, "PS 836-110034", &r), 1);
    assert_int_equal(bearers(&f, "506700GE1G29325QX363", &r), 1);
    assert_int_equal(bearers(&f, "126082", &r), 0); /* a part of a number is another number */
    assert_int_equal(bearers(&f, "imo", &r), 0);
    size_t n;
    FAILS(&f, SK_E_FORMAT,
          sk_claims_bearing(&f.cx, f.view, SK_S(" -- "), SK_CLAIMS_CURRENT, &r, &n));
    fixture_done(&f);
}

static void one_number_of_two_schemes_is_found_once_for_each(void **state)
{
    fixture f;
    sk_claim_row *r;
    fixture_init(&f);
    say(&f, "omm", "Company:imoCompanyNumber", "1790183", "UN Security Council");
    say(&f, "ship", "Vessel:imoNumber", "1790183", "a list");
    sk_claim c = draft(&f, "ship", "Vessel:imoNumber", "1790183", "the owner");
    c.position = SK_CLAIM_DENIES;
    fixture_log(&f, c);
    c = draft(&f, "thief", "Vessel:imoNumber", "1790183", "a port");
    c.used_falsely = true;
    fixture_log(&f, c);
    say(&f, "ship", "Vessel:name", "1790183", "desk"); /* a name is no number */
    fixture_commit(&f);
    assert_int_equal(bearers(&f, "1790183", &r), 4);
    assert_true(sk_str_is(r[0].claim.entity, "omm"));
    assert_true(sk_str_is(r[1].claim.entity, "ship") && sk_str_is(r[2].claim.entity, "ship"));
    assert_true(r[3].claim.used_falsely);
    fixture_done(&f);
}

static void hidden_and_retracted_claims_bear_nothing(void **state)
{
    fixture f;
    sk_claim_row *r;
    size_t n;
    fixture_init(&f);
    sk_claim c = draft(&f, "man", "Person:passportNumber", "PS836110034", "desk");
    static const sk_str labels[] = {{"identity", 8}};
    c.restrict_labels = labels;
    c.n_restrict = 1;
    fixture_log(&f, c);
    sk_hash id = say(&f, "other", "Person:passportNumber", "PS836110034", "desk");
    fixture_commit(&f);
    assert_int_equal(bearers(&f, "PS836110034", &r), 2);
    fixture_view_as(&f, "guest", "work");
    assert_int_equal(bearers(&f, "PS836110034", &r), 1);
    assert_true(sk_str_is(r[0].claim.entity, "other"));
    fixture_view_as(&f, "", "work");
    sk_hash entry;
    OK(&f, sk_record_retract(&f.cx, &id, SK_S("mistyped"), &entry));
    fixture_commit(&f);
    assert_int_equal(bearers(&f, "PS836110034", &r), 1);
    assert_true(sk_str_is(r[0].claim.entity, "man"));
    OK(&f, sk_claims_bearing(&f.cx, f.view, SK_S("PS836110034"), SK_CLAIMS_HISTORY, &r, &n));
    assert_int_equal(n, 2);
    assert_true(r[1].retracted);
    fixture_done(&f);
}

static void a_warning_never_keeps_a_claim_out(void **state)
{
    fixture f;
    sk_claim_row *r;
    fixture_init(&f);
    say(&f, "kpe-056", "Vessel:imoNumber", "5571322", "a list that mixes them up");
    say(&f, "kpe-056", "Vessel:flag", "Korea", "a list that is vague");
    say(&f, "kpe-056", "Vessel:flag", "DPRK", "a list");
    fixture_commit(&f);
    assert_int_equal(bearers(&f, "5571322", &r), 1);
    assert_true(sk_str_is(r[0].claim.value, "imo:5571322"));
    sk_entity e;
    size_t n;
    OK(&f, sk_entity_find(&f.cx, f.view, SK_S("@kpe-056"), &e));
    OK(&f, sk_claims_about(&f.cx, f.view, &e, SK_CLAIMS_CURRENT, &r, &n));
    assert_int_equal(n, 3);
    size_t codes = 0;
    for (size_t i = 0; i < n; i++)
        codes += sk_str_is(r[i].claim.value, "kp") && sk_str_is(r[i].claim.words, "DPRK");
    assert_int_equal(codes, 1);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_found_however_it_is_written),
        cmocka_unit_test(one_number_of_two_schemes_is_found_once_for_each),
        cmocka_unit_test(hidden_and_retracted_claims_bear_nothing),
        cmocka_unit_test(a_warning_never_keeps_a_claim_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
