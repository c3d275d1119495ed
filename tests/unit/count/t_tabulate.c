/* How many acts, by what: tables that say what they count. */
#include "../record/fixture.h"

#include "count/tabulate.h"

static void act(fixture *f, const char *key, const char *term, const char *date, const char *where,
                const char *who)
{
    say(f, key, "Act:act", term, who);
    if (date)
        say(f, key, "Act:date", date, who);
    if (where)
        say(f, key, "Act:location", where, who);
}

static void plant(fixture *f)
{
    say(f, "nk", "State:name", "North Korea", "desk");
    act(f, "a1", "liberty.abduction", "1977-09-19", "Noto, Japan", "Japan");
    act(f, "a1", "liberty.abduction", "1977-09-19", NULL, "a newspaper");
    say(f, "a1", "Act:perpetrator", "@nk", "Japan");
    act(f, "a2", "liberty.abduction", "1978-06~", "Japan", "Japan");
    act(f, "a3", "liberty.detention", "1978/1979", "Unit 12, North Korea", "a witness");
    act(f, "a4", "life.execution", NULL, NULL, "a witness");
    sk_claim c = draft(f, "a2", "Act:act", "liberty.abduction", "North Korea");
    c.position = SK_CLAIM_DENIES;
    fixture_log(f, c);
    c = draft(f, "a5", "Act:act", "life.execution", "an observer");
    c.position = SK_CLAIM_PREDICTS;
    fixture_log(f, c);
    fixture_commit(f);
}

static sk_tab count(fixture *f, sk_per per)
{
    sk_tab tab;
    OK(f, sk_tabulate(&f->cx, f->view, &(sk_act_filter){0}, per, &tab));
    return tab;
}

static const sk_tab_row *row(const sk_tab *t, const char *key)
{
    for (size_t i = 0; i < t->n_rows; i++)
        if (sk_str_is(t->rows[i].key, key))
            return &t->rows[i];
    return NULL;
}

static void an_act_counts_once_however_many_tell_of_it(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_tab t = count(&f, SK_PER_ACT);
    assert_int_equal(t.n_acts, 4);
    const sk_tab_row *r = row(&t, "liberty.abduction");
    assert_int_equal(r->n_acts, 2);
    assert_int_equal(r->n_accounts, 3);
    assert_int_equal(r->n_origins, 2); /* Japan speaks of both */
    assert_true(r == t.rows);          /* most acts first */
    assert_int_equal(row(&(sk_tab){.rows = t.rows, .n_rows = 3}, "life.execution")->n_acts, 1);
    t = count(&f, SK_PER_KIND);
    assert_int_equal(row(&t, "liberty")->n_acts, 3);
    fixture_done(&f);
}

static void what_is_denied_is_told_and_what_is_only_predicted_is_not_counted(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_tab t = count(&f, SK_PER_ACT);
    assert_int_equal(row(&t, "liberty.abduction")->n_disputed, 1);
    assert_int_equal(t.n_only_against, 1);
    assert_int_equal(t.n_accounts, 7);
    fixture_done(&f);
}

static void years_are_in_order_and_a_date_over_two_years_is_a_row_of_its_own(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_tab t = count(&f, SK_PER_YEAR);
    assert_int_equal(t.n_rows, 4);
    assert_true(sk_str_is(t.rows[0].key, "1977") && sk_str_is(t.rows[1].key, "1978"));
    assert_true(sk_str_is(t.rows[2].key, "1978/1979"));
    assert_int_equal(t.rows[3].key.n, 0); /* nobody states a date: last, and counted */
    assert_int_equal(t.rows[3].n_acts, 1);
    fixture_done(&f);
}

static void claimants_who_differ_put_the_act_in_both_rows_and_it_is_said(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    say(&f, "a1", "Act:date", "1976", "a third");
    fixture_commit(&f);
    sk_tab t = count(&f, SK_PER_YEAR);
    assert_int_equal(row(&t, "1976")->n_acts, 1);
    assert_int_equal(row(&t, "1977")->n_acts, 1);
    assert_int_equal(t.n_acts, 4); /* the total counts it once */
    assert_int_equal(t.n_several, 1);
    fixture_done(&f);
}

static void places_are_countries_and_spots_only_where_nothing_is_hidden(void **state)
{
    fixture f;
    sk_hash id;
    sk_tab t;
    fixture_init(&f);
    plant(&f);
    say(&f, "camp", "Place:name", "A camp (invented)", "desk");
    say(&f, "camp", "Place:partOf", "@nk", "desk");
    say(&f, "a4", "Act:place", "@camp", "a witness");
    fixture_commit(&f);
    t = count(&f, SK_PER_PLACE);
    assert_int_equal(row(&t, "jp")->n_acts, 2);
    assert_int_equal(row(&t, "kp")->n_acts, 2); /* the camp through what it is part of */
    t = count(&f, SK_PER_SPOT);
    assert_non_null(row(&t, "A camp (invented)"));
    OK(&f, sk_record_restrict(&f.cx, SK_S("entity a4"), SK_S("sealed"), SK_S("x"), &id));
    fixture_commit(&f);
    fixture_view_as(&f, "guest", "work");
    FAILS(&f, SK_E_DENIED, sk_tabulate(&f.cx, f.view, &(sk_act_filter){0}, SK_PER_SPOT, &t));
    t = count(&f, SK_PER_PLACE);
    assert_int_equal(row(&t, "kp")->n_acts, 1);
    assert_int_equal(t.n_acts, 3);
    fixture_done(&f);
}

static void parties_that_were_judged_one_are_one_row(void **state)
{
    fixture f;
    sk_hash id;
    fixture_init(&f);
    plant(&f);
    say(&f, "dprk", "State:name", "DPRK", "desk");
    say(&f, "a2", "Act:perpetrator", "@dprk", "Japan");
    fixture_commit(&f);
    sk_tab t = count(&f, SK_PER_PERPETRATOR);
    assert_int_equal(row(&t, "nk")->n_acts, 1);
    OK(&f, sk_record_judge(&f.cx, SK_S("nk"), SK_S("dprk"), SK_S("same"), SK_S("two names"), &id));
    fixture_commit(&f);
    t = count(&f, SK_PER_PERPETRATOR);
    assert_int_equal(row(&t, "nk")->n_acts, 2);
    assert_null(row(&t, "dprk"));
    fixture_done(&f);
}

static void an_account_that_names_many_victims_has_a_row_for_each(void **state)
{
    enum { VICTIMS = 40 };
    fixture f;
    char key[16], value[17];
    fixture_init(&f);
    say(&f, "a1", "Act:act", "liberty.detention", "a witness");
    for (int i = 0; i < VICTIMS; i++) {
        snprintf(key, sizeof key, "victim-%d", i);
        snprintf(value, sizeof value, "@%s", key);
        say(&f, key, "Person:name", key, "a witness");
        say(&f, "a1", "Act:victim", value, "a witness");
    }
    fixture_commit(&f);
    sk_tab t = count(&f, SK_PER_VICTIM);
    assert_int_equal(t.n_rows, VICTIMS);
    assert_int_equal(t.n_acts, 1);
    assert_int_equal(t.n_several, 1);
    fixture_done(&f);
}

static void names_of_what_is_counted_by_are_stable(void **state)
{
    sk_per per;
    assert_true(sk_per_find(SK_S("year"), &per) && per == SK_PER_YEAR);
    assert_false(sk_per_find(SK_S("colour"), &per));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_act_counts_once_however_many_tell_of_it),
        cmocka_unit_test(what_is_denied_is_told_and_what_is_only_predicted_is_not_counted),
        cmocka_unit_test(years_are_in_order_and_a_date_over_two_years_is_a_row_of_its_own),
        cmocka_unit_test(claimants_who_differ_put_the_act_in_both_rows_and_it_is_said),
        cmocka_unit_test(places_are_countries_and_spots_only_where_nothing_is_hidden),
        cmocka_unit_test(parties_that_were_judged_one_are_one_row),
        cmocka_unit_test(an_account_that_names_many_victims_has_a_row_for_each),
        cmocka_unit_test(names_of_what_is_counted_by_are_stable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
