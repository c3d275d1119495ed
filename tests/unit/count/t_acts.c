/* "Who did what to whom, says whom?" */
#include "../record/fixture.h"

#include "count/acts.h"

static void plant(fixture *f)
{
    say(f, "north-korea", "State:name", "North Korea", "desk");
    say(f, "tanaka", "Person:name", "Tanaka Minoru", "desk");
    say(f, "act-1", "Act:act", "liberty.abduction", "Japan");
    say(f, "act-1", "Act:perpetrator", "@north-korea", "Japan");
    say(f, "act-1", "Act:victim", "tanaka", "Japan");
    say(f, "act-1", "Act:date", "around June 1978", "Japan");
    sk_claim c = draft(f, "act-1", "Act:act", "liberty.abduction", "North Korea");
    c.position = SK_CLAIM_DENIES;
    fixture_log(f, c);
    say(f, "act-2", "Act:act", "movement.forced-return", "unnamed: analysts");
    say(f, "act-2", "Act:date", "1978-07-07", "unnamed: analysts");
    c = draft(f, "act-3", "Act:act", "life.execution", "Human Rights Watch");
    c.position = SK_CLAIM_PREDICTS;
    fixture_log(f, c);
    fixture_commit(f);
}

static size_t find(fixture *f, sk_act_filter filter, sk_act_row **rows)
{
    size_t n;
    OK(f, sk_acts_find(&f->cx, f->view, &filter, rows, &n));
    return n;
}

static void each_claimants_account_is_its_own_row(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_act_row *r;
    size_t n = find(&f, (sk_act_filter){0}, &r);
    assert_int_equal(n, 4);
    /* A20: "around June 1978" sorts before 7 July 1978 and prints as written */
    assert_true(sk_str_is(r[0].act.key, "act-1") && sk_str_is(r[0].when, "around June 1978"));
    assert_true(sk_str_is(r[0].who, "North Korea") && sk_str_is(r[0].whom, "Tanaka Minoru"));
    assert_true(sk_str_is(r[1].act.key, "act-2"));
    assert_int_equal(r[1].who.n, 0); /* no actor that the text does not name */
    assert_int_equal(r[1].whom.n, 0);
    fixture_done(&f);
}

static void a20_around_june_1978_is_found_by_june_1978(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_act_row *r;
    assert_int_equal(find(&f, (sk_act_filter){.when = SK_S("1978-06")}, &r), 2);
    assert_true(sk_str_is(r[0].act.key, "act-1") && sk_str_is(r[1].act.key, "act-1"));
    assert_int_equal(r[1].position, SK_CLAIM_DENIES); /* a denial stands beside what it denies */
    assert_int_equal(find(&f, (sk_act_filter){.when = SK_S("1977")}, &r), 0);
    fixture_done(&f);
}

static void filters_go_by_entity_term_and_its_narrower_terms(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_act_row *r;
    assert_int_equal(find(&f, (sk_act_filter){.act = SK_S("liberty")}, &r), 2);
    assert_int_equal(find(&f, (sk_act_filter){.perpetrator = SK_S("North Korea")}, &r), 2);
    assert_int_equal(find(&f, (sk_act_filter){.victim = SK_S("tanaka")}, &r), 2);
    assert_int_equal(find(&f, (sk_act_filter){.act = SK_S("life"), .victim = SK_S("tanaka")}, &r),
                     0);
    size_t n;
    FAILS(&f, SK_E_FORMAT,
          sk_acts_find(&f.cx, f.view, &(sk_act_filter){.act = SK_S("mischief")}, &r, &n));
    fixture_done(&f);
}

static void a_denial_and_a_risk_keep_their_position(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_act_row *r;
    size_t n = find(&f, (sk_act_filter){0}, &r), denials = 0, risks = 0;
    for (size_t i = 0; i < n; i++) {
        denials += r[i].position == SK_CLAIM_DENIES;
        risks += r[i].position == SK_CLAIM_PREDICTS;
    }
    assert_int_equal(denials, 1);
    assert_int_equal(risks, 1);
    fixture_done(&f);
}

static void involvements_count_like_the_acts_own_parties(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    say(&f, "guard", "Person:name", "a guard", "desk");
    say(&f, "inv", "Involvement:act", "act-2", "unnamed: analysts");
    say(&f, "inv", "Involvement:party", "guard", "unnamed: analysts");
    say(&f, "inv", "Involvement:role", "perpetrator", "unnamed: analysts");
    fixture_commit(&f);
    sk_act_row *r;
    assert_int_equal(find(&f, (sk_act_filter){.perpetrator = SK_S("guard")}, &r), 1);
    assert_true(sk_str_is(r[0].who, "a guard"));
    fixture_done(&f);
}

static void involve(fixture *f, const char *key, const char *party, const char *role)
{
    say(f, key, "Involvement:act", "act-2", "unnamed: analysts");
    say(f, key, "Involvement:party", party, "unnamed: analysts");
    if (role)
        say(f, key, "Involvement:role", role, "unnamed: analysts");
}

static void a_witness_or_a_party_without_a_role_is_never_shown_as_perpetrator(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    say(&f, "neighbour", "Person:name", "a neighbour", "desk");
    say(&f, "driver", "Person:name", "a driver", "desk");
    say(&f, "guard", "Person:name", "a guard", "desk");
    say(&f, "child", "Person:name", "a child", "desk");
    involve(&f, "inv-1", "neighbour", "witness");
    involve(&f, "inv-2", "driver", NULL);
    involve(&f, "inv-3", "guard", "perpetrator");
    involve(&f, "inv-4", "child", "victim");
    fixture_commit(&f);
    sk_act_row *r;
    assert_int_equal(find(&f, (sk_act_filter){.perpetrator = SK_S("neighbour")}, &r), 0);
    assert_int_equal(find(&f, (sk_act_filter){.victim = SK_S("neighbour")}, &r), 0);
    assert_int_equal(find(&f, (sk_act_filter){.perpetrator = SK_S("driver")}, &r), 0);
    assert_int_equal(find(&f, (sk_act_filter){.victim = SK_S("child")}, &r), 1);
    assert_true(sk_str_is(r[0].who, "a guard")); /* and nobody beside */
    assert_true(sk_str_is(r[0].whom, "a child"));
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_claimants_account_is_its_own_row),
        cmocka_unit_test(a20_around_june_1978_is_found_by_june_1978),
        cmocka_unit_test(filters_go_by_entity_term_and_its_narrower_terms),
        cmocka_unit_test(a_denial_and_a_risk_keep_their_position),
        cmocka_unit_test(involvements_count_like_the_acts_own_parties),
        cmocka_unit_test(a_witness_or_a_party_without_a_role_is_never_shown_as_perpetrator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
