/* Hulls, names and numbers over time, each with who says it. */
#include "../record/fixture.h"

#include "count/timeline.h"

static void step(fixture *f, const char *hull, const char *prop, const char *value,
                 const char *valid, bool falsely)
{
    sk_claim c = draft(f, hull, prop, value, "Panel of Experts");
    c.valid = sk_str_of(valid);
    c.used_falsely = falsely;
    fixture_log(f, c);
}

/* The two hulls of A23, as published. */
static void plant(fixture *f)
{
    step(f, "hull-a", "Vessel:name", "Subblic", "[..2018]", false);
    step(f, "hull-a", "Vessel:imoNumber", "8126082", "[..2018]", false);
    step(f, "hull-a", "Vessel:alias", "Hai Zhou 168", "2019/..", true);
    step(f, "hull-a", "Vessel:imoNumber", "8514045", "2019/..", true);
    step(f, "hull-b", "Vessel:previousName", "Smooth Sea 28", "", false);
    step(f, "hull-b", "Vessel:name", "HAI ZHOU 168", "../2019", false);
    step(f, "hull-b", "Vessel:imoNumber", "IMO 8514045", "../2019", false);
    step(f, "hull-b", "Vessel:alias", "Smooth Sea 22", "", false);
    step(f, "hull-b", "Vessel:imoNumber", "9870991", "", true);
    step(f, "far-away", "Vessel:imoNumber", "9074729", "", false);
    fixture_commit(f);
}

static sk_timeline build(fixture *f, const char *key)
{
    sk_entity e;
    sk_timeline t;
    OK(f, sk_entity_find(&f->cx, f->view, sk_str_of(key), &e));
    OK(f, sk_timeline_build(&f->cx, f->view, &e, &t));
    return t;
}

static void a23_two_hulls_three_numbers_one_stolen_name(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_timeline t = build(&f, "Subblic");
    assert_int_equal(t.n_hulls, 2);
    assert_int_equal(t.n_numbers, 3);
    assert_int_equal(t.n_names, 4);
    assert_int_equal(t.n_taken_names, 1);
    assert_int_equal(t.n_taken_numbers, 1);
    assert_int_equal(t.n_false_numbers, 1);
    assert_true(sk_str_is(t.hulls[0].entity.key, "hull-a"));
    assert_true(sk_str_is(t.hulls[1].entity.key, "hull-b"));
    assert_int_equal(t.hulls[1].why, SK_HULL_NUMBER);
    assert_true(sk_str_is(t.hulls[1].by, "imo:8514045"));
    assert_int_equal(t.n_steps, 9);
    /* in order of time: what was before 2019 stands before what came then */
    assert_true(sk_str_is(t.steps[0].row.claim.value, "imo:8126082"));
    assert_true(sk_str_is(t.steps[1].row.claim.value, "Subblic"));
    assert_true(sk_str_is(t.steps[2].row.claim.value, "imo:8514045") && t.steps[2].is_taken);
    assert_true(sk_str_is(t.steps[3].row.claim.value, "Hai Zhou 168") && t.steps[3].is_taken);
    /* dated steps of the other hull first, then those that nobody dated */
    assert_true(sk_str_is(t.steps[4].when, "../2019") && !t.steps[4].is_taken);
    assert_int_equal(t.steps[8].when.n, 0);
    fixture_done(&f);
}

static void it_is_the_same_from_the_other_end(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_timeline t = build(&f, "@hull-b");
    assert_int_equal(t.n_hulls, 2);
    assert_true(sk_str_is(t.hulls[0].entity.key, "hull-b"));
    assert_int_equal(t.n_taken_names, 1);
    assert_int_equal(t.n_numbers, 3);
    fixture_done(&f);
}

static void identities_are_followed_by_their_link_in_both_directions(void **state)
{
    fixture f;
    fixture_init(&f);
    step(&f, "paper-ship", "Vessel:name", "Shun Fa", "2019", false);
    step(&f, "paper-ship", "Vessel:imoNumber", "8528864", "2019", true);
    step(&f, "paper-ship", "Vessel:identityOf", "hull-c", "", false);
    step(&f, "hull-c", "Vessel:name", "Kingsway", "2018", false);
    step(&f, "hull-c", "Vessel:flag", "Togo", "2018", false);
    sk_claim c = draft(&f, "other", "Vessel:identityOf", "@hull-c", "nobody");
    c.position = SK_CLAIM_DENIES; /* a link that is denied is not followed */
    fixture_log(&f, c);
    fixture_commit(&f);
    static const char *const ends[] = {"@paper-ship", "@hull-c"};
    for (size_t i = 0; i < 2; i++) {
        sk_timeline t = build(&f, ends[i]);
        assert_int_equal(t.n_hulls, 2);
        assert_int_equal(t.hulls[1].why, SK_HULL_LINKED);
        assert_int_equal(t.n_flags, 1);
        assert_int_equal(t.n_false_numbers, 1); /* false, and nobody here bears it by right */
        assert_int_equal(t.n_taken_numbers, 0);
    }
    fixture_done(&f);
}

static void denied_numbers_lead_nowhere_and_are_not_counted(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_claim c = draft(&f, "far-away", "Vessel:imoNumber", "8126082", "its owner");
    c.position = SK_CLAIM_DENIES;
    fixture_log(&f, c);
    fixture_commit(&f);
    sk_timeline t = build(&f, "@far-away");
    assert_int_equal(t.n_hulls, 1);
    assert_int_equal(t.n_numbers, 1);
    assert_int_equal(t.n_steps, 2); /* the denial is shown */
    fixture_done(&f);
}

static void hulls_that_were_judged_one_are_one(void **state)
{
    fixture f;
    sk_hash id;
    fixture_init(&f);
    plant(&f);
    OK(&f, sk_record_judge(&f.cx, SK_S("hull-a"), SK_S("hull-b"), SK_S("same"),
                           SK_S("for the test"), &id));
    fixture_commit(&f);
    sk_timeline t = build(&f, "@hull-a");
    assert_int_equal(t.n_hulls, 1);
    assert_int_equal(t.n_steps, 9);
    assert_int_equal(t.n_taken_names, 0); /* nobody else's name any more */
    fixture_done(&f);
}

static void a_wrong_check_digit_is_told_and_a_person_has_no_hull(void **state)
{
    fixture f;
    sk_entity e;
    sk_timeline t;
    fixture_init(&f);
    step(&f, "ship", "Vessel:imoNumber", "8126083", "", false);
    say(&f, "man", "Person:name", "Kim", "desk");
    fixture_commit(&f);
    t = build(&f, "@ship");
    assert_true(t.steps[0].check.n > 0);
    OK(&f, sk_entity_find(&f.cx, f.view, SK_S("@man"), &e));
    FAILS(&f, SK_E_UNSUPPORTED, sk_timeline_build(&f.cx, f.view, &e, &t));
    fixture_done(&f);
}

static void what_the_view_hides_leads_to_no_hull(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    static const sk_str labels[] = {{"sources", 7}};
    sk_claim c = draft(&f, "hidden", "Vessel:imoNumber", "9074729", "an informant");
    c.restrict_labels = labels;
    c.n_restrict = 1;
    fixture_log(&f, c);
    fixture_commit(&f);
    assert_int_equal(build(&f, "@far-away").n_hulls, 2);
    fixture_view_as(&f, "guest", "work");
    assert_int_equal(build(&f, "@far-away").n_hulls, 1);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a23_two_hulls_three_numbers_one_stolen_name),
        cmocka_unit_test(it_is_the_same_from_the_other_end),
        cmocka_unit_test(identities_are_followed_by_their_link_in_both_directions),
        cmocka_unit_test(denied_numbers_lead_nowhere_and_are_not_counted),
        cmocka_unit_test(hulls_that_were_judged_one_are_one),
        cmocka_unit_test(a_wrong_check_digit_is_told_and_a_person_has_no_hull),
        cmocka_unit_test(what_the_view_hides_leads_to_no_hull),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
