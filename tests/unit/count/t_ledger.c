/* "How many, says whom?": the acceptance examples A1, A8, A14, A17 and A18, and the rules behind. */
#include "../record/fixture.h"

#include "count/ledger.h"

static void figure(fixture *f, const char *entity, const char *words, const char *claimant,
                   const char *valid, const char *measure)
{
    sk_claim c = draft(f, entity, "Thing:count", "", claimant);
    c.words = sk_str_of(words);
    c.valid = sk_str_of(valid);
    c.measure = sk_str_of(measure);
    fixture_log(f, c);
}

static void event(fixture *f, const char *key, const char *date, const char *whole)
{
    say(f, key, "Event:date", date, "desk");
    say(f, key, "Event:partOf", whole, "desk");
}

static sk_ledger ledger_of(fixture *f, const char *name, const char *period)
{
    sk_entity e;
    sk_ledger l;
    fixture_commit(f);
    OK(f, sk_entity_find(&f->cx, f->view, sk_str_of(name), &e));
    OK(f, sk_ledger_build(&f->cx, f->view, &e, sk_str_of(period), SK_NONE, &l));
    return l;
}

static sk_use use_of(const sk_ledger *l, const char *words)
{
    for (size_t i = 0; i < l->n_figures; i++)
        if (sk_str_is(l->figures[i].row.claim.words, words))
            return l->figures[i].use;
    fail_msg("no figure \"%s\"", words);
    return SK_USES;
}

static void expect_range(const sk_quantity *q, int64_t low, int64_t high, bool open)
{
    assert_true(q->has_low && sk_decimal_cmp(q->low, sk_decimal_of(low)) == 0);
    assert_true(q->has_high && sk_decimal_cmp(q->high, sk_decimal_of(high)) == 0);
    assert_int_equal(!sk_quantity_bounds(q).has_high, open);
}

static void a1_forced_returns(fixture *f)
{
    say(f, "returns", "Population:name", "forced returns from China", "desk");
    say(f, "returns", "Population:measure", "returned", "desk");
    event(f, "r-aug", "2023-08-29", "returns");
    event(f, "r-sep", "2023-09-18", "returns");
    event(f, "r-oct", "2023-10-09", "returns");
    event(f, "r-2021", "2021-07", "returns");
    event(f, "r-2024", "2024-04-26", "returns");
    figure(f, "r-aug", "80", "Human Rights Watch", "", "");
    figure(f, "r-sep", "40", "Human Rights Watch", "", "");
    figure(f, "r-oct", "more than 500", "J.M. Missionary Union", "", "");
    figure(f, "r-oct", "more than 600", "Justice for North Korea", "", "");
    figure(f, "r-oct", "as many as 600", "TJWG", "", "");
    figure(f, "r-2021", "about 50", "Human Rights Watch", "", "");
    figure(f, "r-2024", "approximately 60", "Human Rights Watch", "", "");
    figure(f, "returns", "more than 670", "Human Rights Watch", "2020-01/2024-04", "");
    figure(f, "returns", "more than 2,000", "unnamed: estimate", "2023-10", "held");
    sk_claim denial =
        draft(f, "r-oct", "Event:summary", "there are no so-called defectors in China",
              "PRC Foreign Ministry spokesperson");
    denial.position = SK_CLAIM_DENIES;
    denial.said = SK_S("2023-10-12");
    fixture_log(f, denial);
}

static void a1_three_dated_events_make_620_to_720_open_above(void **state)
{
    fixture f;
    fixture_init(&f);
    a1_forced_returns(&f);
    sk_ledger l = ledger_of(&f, "forced returns from China", "2023");
    assert_true(l.has_sum);
    assert_int_equal(l.n_summed, 3);
    expect_range(&l.sum, 620, 720, true);
    assert_int_equal(l.n_denials, 1);
    assert_int_equal(use_of(&l, "more than 670"), SK_USE_BEYOND);
    assert_int_equal(use_of(&l, "more than 2,000"), SK_USE_MEASURE);
    assert_int_equal(use_of(&l, "about 50"), SK_USE_OUTSIDE);
    assert_int_equal(use_of(&l, "approximately 60"), SK_USE_OUTSIDE);
    assert_int_equal(use_of(&l, "80"), SK_USE_PART);
    fixture_done(&f);
}

static void rival_figures_of_one_event_are_never_added(void **state)
{
    fixture f;
    fixture_init(&f);
    a1_forced_returns(&f);
    sk_ledger l = ledger_of(&f, "r-oct", "");
    assert_false(l.has_sum);
    assert_int_equal(l.n_figures, 3);
    for (size_t i = 0; i < l.n_figures; i++)
        assert_int_equal(l.figures[i].use, SK_USE_WHOLE);
    fixture_done(&f);
}

static void one_origin_told_twice_is_one_origin(void **state)
{
    fixture f;
    fixture_init(&f);
    a1_forced_returns(&f);
    sk_claim c = draft(&f, "r-aug", "Thing:count", "", "Human Rights Watch");
    c.words = SK_S("80 people");
    c.carrier = SK_S("another paper");
    fixture_log(&f, c);
    sk_ledger l = ledger_of(&f, "returns", "2023");
    for (size_t i = 0; i < l.n_parts; i++)
        if (sk_str_is(l.parts[i].entity.key, "r-aug")) {
            assert_int_equal(l.parts[i].n_used, 2);
            assert_int_equal(l.parts[i].n_origins, 1);
        } else if (sk_str_is(l.parts[i].entity.key, "r-oct")) {
            assert_int_equal(l.parts[i].n_origins, 3);
        }
    expect_range(&l.sum, 620, 720, true);
    fixture_done(&f);
}

static void retracting_a_figure_takes_it_out_and_undoing_brings_nothing_else(void **state)
{
    fixture f;
    fixture_init(&f);
    a1_forced_returns(&f);
    sk_ledger l = ledger_of(&f, "returns", "2023");
    sk_hash id;
    for (size_t i = 0; i < l.n_figures; i++)
        if (sk_str_is(l.figures[i].row.claim.words, "40"))
            OK(&f, sk_record_retract(&f.cx, &l.figures[i].row.claim.id, SK_S("withdrawn"), &id));
    l = ledger_of(&f, "returns", "2023");
    assert_int_equal(l.n_summed, 2);
    expect_range(&l.sum, 580, 680, true);
    fixture_done(&f);
}

static void a8_two_populations_stand_side_by_side_with_their_definitions(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "from-japan", "Population:name", "people abducted from Japan", "desk");
    say(&f, "from-japan", "Population:definition", "anyone, two of Korean nationality", "police");
    say(&f, "japanese", "Population:name", "Japanese nationals abducted", "desk");
    say(&f, "japanese", "Population:definition", "officially identified nationals", "ministry");
    say(&f, "japanese", "Population:partOf", "from-japan", "desk");
    figure(&f, "from-japan", "19", "Japanese police", "", "");
    figure(&f, "japanese", "17", "Ministry of Foreign Affairs of Japan", "", "");
    sk_ledger l = ledger_of(&f, "from-japan", "");
    assert_int_equal(l.n_figures, 2);
    assert_false(l.has_sum); /* 17 of the 19 are the same people */
    assert_int_equal(use_of(&l, "19"), SK_USE_WHOLE);
    assert_int_equal(use_of(&l, "17"), SK_USE_ONLY);
    assert_true(l.parts[0].definition.n && l.parts[1].definition.n);
    fixture_done(&f);
}

static void a14_votes_are_parts_of_one_whole_and_make_fifteen(void **state)
{
    static const struct {
        const char *key;
        int votes[3];
    } meetings[] = {{"v-2014", {11, 2, 2}}, {"v-2015", {9, 4, 2}}, {"v-2024", {12, 2, 1}}};
    fixture f;
    fixture_init(&f);
    for (size_t i = 0; i < SK_COUNT(meetings); i++) {
        for (int k = 0; k < 3; k++) {
            char key[32], words[8];
            snprintf(key, sizeof key, "%s-%d", meetings[i].key, k);
            snprintf(words, sizeof words, "%d", meetings[i].votes[k]);
            say(&f, key, "Population:partOf", meetings[i].key, "desk");
            figure(&f, key, words, "UN", "", "");
        }
        sk_ledger l = ledger_of(&f, meetings[i].key, "");
        assert_true(l.has_sum);
        expect_range(&l.sum, 15, 15, false);
        assert_int_equal(l.sum.qualifier, SK_Q_EXACT);
    }
    sk_claim c = draft(&f, "v-2023", "Population:count", "", "UN");
    c.absent = SK_NOT_APPLICABLE; /* the meeting of 17 August 2023 had no vote */
    fixture_log(&f, c);
    sk_ledger l = ledger_of(&f, "v-2023", "");
    assert_false(l.has_sum);
    assert_int_equal(l.figures[0].use, SK_USE_ABSENT);
    fixture_done(&f);
}

static void a17_wording_is_kept_with_its_bound(void **state)
{
    static const struct {
        const char *words, *shown;
    } cases[] = {{"at least 17", "at least 17"},
                 {"could exceed 100", "could exceed 100"},
                 {"up to 500", "up to 500"},
                 {"in the thousands", "in the thousands (1,000 or more)"}};
    fixture f;
    fixture_init(&f);
    for (size_t i = 0; i < SK_COUNT(cases); i++)
        figure(&f, "p", cases[i].words, "somebody", "", "");
    sk_ledger l = ledger_of(&f, "p", "");
    assert_int_equal(l.n_figures, SK_COUNT(cases));
    for (size_t i = 0; i < l.n_figures; i++) {
        const sk_claim *c = &l.figures[i].row.claim;
        sk_str shown = sk_claim_value_text(&f.cx.arena, c);
        bool found = false;
        for (size_t k = 0; k < SK_COUNT(cases); k++)
            found |= sk_str_is(c->words, cases[k].words) && sk_str_is(shown, cases[k].shown);
        if (!found)
            fail_msg("\"%.*s\" shows as \"%.*s\"", SK_P(c->words), SK_P(shown));
    }
    fixture_done(&f);
}

static void a18_changes_shares_and_predictions_are_never_added(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "a", "Population:partOf", "w", "desk");
    say(&f, "b", "Population:partOf", "w", "desk");
    figure(&f, "a", "fell from 30,023 to 11,490", "Russia", "", "");
    figure(&f, "a", "10", "x", "", "");
    figure(&f, "b", "more than half", "China", "", "");
    figure(&f, "b", "5", "x", "", "");
    sk_claim c = draft(&f, "b", "Population:count", "", "x");
    c.words = SK_S("400,000");
    c.position = SK_CLAIM_PREDICTS;
    fixture_log(&f, c);
    sk_ledger l = ledger_of(&f, "w", "");
    assert_true(l.has_sum);
    expect_range(&l.sum, 15, 15, false);
    assert_int_equal(use_of(&l, "fell from 30,023 to 11,490"), SK_USE_CHANGE);
    assert_int_equal(use_of(&l, "more than half"), SK_USE_CHANGE);
    assert_int_equal(use_of(&l, "400,000"), SK_USE_POSITION);
    fixture_done(&f);
}

static void parts_of_parts_are_not_counted_twice_and_circles_end(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "north", "Population:partOf", "all", "desk");
    say(&f, "south", "Population:partOf", "all", "desk");
    say(&f, "town", "Population:partOf", "north", "desk");
    say(&f, "village", "Population:partOf", "north", "desk");
    say(&f, "all", "Population:partOf", "town", "desk"); /* a circle */
    figure(&f, "north", "100", "x", "", "");
    figure(&f, "south", "7", "x", "", "");
    figure(&f, "town", "30", "x", "", "");
    figure(&f, "village", "20", "x", "", "");
    sk_ledger l = ledger_of(&f, "all", "");
    expect_range(&l.sum, 57, 57, false);
    assert_int_equal(use_of(&l, "100"), SK_USE_NESTED);
    fixture_done(&f);
}

static void units_that_differ_are_not_added(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "a", "Population:partOf", "w", "desk");
    say(&f, "b", "Population:partOf", "w", "desk");
    figure(&f, "a", "10 tonnes", "x", "", "");
    figure(&f, "b", "5 people", "x", "", "");
    sk_ledger l = ledger_of(&f, "w", "");
    assert_false(l.has_sum);
    assert_true(l.no_sum_why.n > 0);
    fixture_done(&f);
}

static void what_a_view_hides_is_not_in_the_sum(void **state)
{
    fixture f;
    fixture_init(&f);
    a1_forced_returns(&f);
    fixture_commit(&f);
    sk_hash id;
    OK(&f, sk_record_restrict(&f.cx, SK_S("entity r-oct"), SK_S("sealed"), SK_S("x"), &id));
    fixture_commit(&f);
    fixture_view_as(&f, "guest", "work");
    sk_entity e;
    sk_ledger l;
    OK(&f, sk_entity_find(&f.cx, f.view, SK_S("returns"), &e));
    OK(&f, sk_ledger_build(&f.cx, f.view, &e, SK_S("2023"), SK_NONE, &l));
    expect_range(&l.sum, 120, 120, false);
    assert_int_equal(l.n_denials, 0);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a1_three_dated_events_make_620_to_720_open_above),
        cmocka_unit_test(rival_figures_of_one_event_are_never_added),
        cmocka_unit_test(one_origin_told_twice_is_one_origin),
        cmocka_unit_test(retracting_a_figure_takes_it_out_and_undoing_brings_nothing_else),
        cmocka_unit_test(a8_two_populations_stand_side_by_side_with_their_definitions),
        cmocka_unit_test(a14_votes_are_parts_of_one_whole_and_make_fifteen),
        cmocka_unit_test(a17_wording_is_kept_with_its_bound),
        cmocka_unit_test(a18_changes_shares_and_predictions_are_never_added),
        cmocka_unit_test(parts_of_parts_are_not_counted_twice_and_circles_end),
        cmocka_unit_test(units_that_differ_are_not_added),
        cmocka_unit_test(what_a_view_hides_is_not_in_the_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
