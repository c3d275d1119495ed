/* What is said to have happened with somebody, in order of time. */
#include "../record/fixture.h"

#include "count/chronology.h"

static void plant(fixture *f)
{
    say(f, "tanaka", "Person:name", "Tanaka Minoru", "desk");
    say(f, "tanaka", "Person:birthDate", "1949", "a register");
    say(f, "act-1", "Act:act", "liberty.abduction", "Japan");
    say(f, "act-1", "Act:victim", "@tanaka", "Japan");
    say(f, "act-1", "Act:date", "1978-06~", "Japan");
    say(f, "act-1", "Act:date", "1978-07-07", "a newspaper");
    sk_claim c = draft(f, "tanaka", "Person:position", "a cook", "Japan");
    c.valid = SK_S("1970/1977");
    fixture_log(f, c);
    fixture_commit(f);
}

static sk_chronology build(fixture *f, const char *key)
{
    sk_entity e;
    sk_chronology ch;
    OK(f, sk_entity_find(&f->cx, f->view, sk_str_of(key), &e));
    OK(f, sk_chronology_build(&f->cx, f->view, &e, &ch));
    return ch;
}

static void dates_of_a_person_and_of_acts_stand_in_one_order(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_chronology ch = build(&f, "tanaka");
    assert_int_equal(ch.n, 4);
    assert_true(sk_str_is(ch.moments[0].row.claim.prop, "birthDate"));
    assert_true(ch.moments[1].is_span && sk_str_is(ch.moments[1].date.text, "1970/1977"));
    /* rival dates of one act are two items, each with who says it */
    assert_true(ch.moments[2].has_via && sk_str_is(ch.moments[2].via.key, "act-1"));
    assert_true(sk_str_is(ch.moments[2].role, "victim"));
    assert_true(sk_str_is(ch.moments[2].term, "liberty.abduction"));
    assert_true(sk_str_is(ch.moments[2].row.claim.chain[0], "Japan"));
    assert_true(sk_str_is(ch.moments[3].row.claim.chain[0], "a newspaper"));
    fixture_done(&f);
}

static void an_event_has_the_dates_of_its_acts(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    say(&f, "ev", "Event:name", "A raid (invented)", "desk");
    say(&f, "ev", "Event:startDate", "1978-07", "desk");
    say(&f, "act-1", "Act:event", "@ev", "Japan");
    fixture_commit(&f);
    sk_chronology ch = build(&f, "ev");
    assert_int_equal(ch.n, 3);
    assert_true(sk_str_is(ch.moments[0].role, "event"));
    assert_false(ch.moments[1].has_via && ch.moments[2].has_via);
    fixture_done(&f);
}

static void an_involvement_leads_to_the_date_of_its_act(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    say(&f, "guard", "Person:name", "A guard (invented)", "desk");
    say(&f, "inv", "Involvement:act", "@act-1", "a witness");
    say(&f, "inv", "Involvement:party", "@guard", "a witness");
    say(&f, "inv", "Involvement:role", "perpetrator", "a witness");
    fixture_commit(&f);
    sk_chronology ch = build(&f, "guard");
    assert_int_equal(ch.n, 2);
    assert_true(sk_str_is(ch.moments[0].role, "perpetrator"));
    fixture_done(&f);
}

static void an_act_without_a_date_is_told_and_dates_of_the_record_are_not(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    say(&f, "act-2", "Act:victim", "@tanaka", "a witness");
    say(&f, "tanaka", "Person:modifiedAt", "2020-01-01", "a list");
    fixture_commit(&f);
    sk_chronology ch = build(&f, "tanaka");
    assert_int_equal(ch.n, 4);
    assert_int_equal(ch.n_undated, 1);
    fixture_done(&f);
}

static void a_hidden_act_leaves_no_trace(void **state)
{
    fixture f;
    sk_hash id;
    fixture_init(&f);
    plant(&f);
    OK(&f, sk_record_restrict(&f.cx, SK_S("entity act-1"), SK_S("sealed"), SK_S("x"), &id));
    fixture_commit(&f);
    fixture_view_as(&f, "guest", "work");
    sk_chronology ch = build(&f, "tanaka");
    assert_int_equal(ch.n, 2);
    assert_int_equal(ch.n_undated, 0);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_of_a_person_and_of_acts_stand_in_one_order),
        cmocka_unit_test(an_event_has_the_dates_of_its_acts),
        cmocka_unit_test(an_involvement_leads_to_the_date_of_its_act),
        cmocka_unit_test(an_act_without_a_date_is_told_and_dates_of_the_record_are_not),
        cmocka_unit_test(a_hidden_act_leaves_no_trace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
