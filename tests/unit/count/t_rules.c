/* Which rules held on a day, and why the others did not. */
#include "../record/fixture.h"

#include "count/rules.h"

static void rule(fixture *f, const char *key, const char *instrument, const char *effect,
                 const char *goods, const char *hs, const char *start)
{
    say(f, key, "Rule:instrument", instrument, "Council");
    if (*effect)
        say(f, key, "Rule:effect", effect, "Council");
    if (*goods)
        say(f, key, "Rule:goods", goods, "Council");
    if (*hs)
        say(f, key, "Rule:hsCode", hs, "Council");
    if (*start)
        say(f, key, "Rule:startDate", start, "Council");
    say(f, key, "Rule:fromCountry", "North Korea", "Council");
}

/* Coal as in A2: a cap, then a ban that replaces it, and a national stop between them. */
static void plant(fixture *f)
{
    rule(f, "cap", "2321", "cap", "coal", "2701", "2017-01-01");
    say(f, "cap", "Rule:limit", "7,500,000 t a year", "Council");
    say(f, "cap", "Rule:goods", "석탄", "desk");
    rule(f, "ban", "2371", "full ban", "coal", "2701", "2017-08-05");
    say(f, "ban", "Rule:replaces", "@cap", "desk");
    say(f, "ban", "Rule:exception", "foreign coal through Rajin", "Council");
    rule(f, "stop", "notice 75", "temporary stop", "coal", "2701", "2016-12-11");
    say(f, "stop", "Rule:endDate", "2016-12-31", "Ministry");
    say(f, "stop", "Rule:country", "China", "Ministry");
    rule(f, "ore", "2371", "full ban", "iron ore", "2601", "2017-08-05");
    rule(f, "cloth", "2375", "full ban", "textiles", "50-63", "2017-09-11");
    fixture_commit(f);
}

static sk_rule_answer ask_full(fixture *f, sk_rule_question q)
{
    sk_rule_answer a;
    OK(f, sk_rules_find(&f->cx, f->view, &q, &a));
    return a;
}

static sk_rule_answer ask(fixture *f, const char *goods, const char *on)
{
    return ask_full(f, (sk_rule_question){.goods = sk_str_of(goods), .on = sk_str_of(on)});
}

static const sk_rule *find(const sk_rule_answer *a, const char *key)
{
    for (size_t i = 0; i < a->n_rules; i++)
        if (sk_str_is(a->rules[i].entity.key, key))
            return &a->rules[i];
    fail_msg("%s is not in the answer", key);
    return NULL;
}

static void stands(const sk_rule_answer *a, const char *key, sk_rule_status status,
                   const char *reason)
{
    const sk_rule *r = find(a, key);
    if (r->status != status || sk_str_find(r->reason, sk_str_of(reason)) == SIZE_MAX)
        fail_msg("%s: %s, \"%.*s\"", key, sk_rule_status_name(r->status), SK_P(r->reason));
}

static bool has_remark(const sk_rule *r, const char *part)
{
    for (size_t i = 0; i < r->n_remarks; i++)
        if (sk_str_find(r->remarks[i], sk_str_of(part)) != SIZE_MAX)
            return true;
    return false;
}

static void a2_a_cap_in_june_and_a_full_ban_in_august(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_rule_answer june = ask(&f, "coal", "2017-06-03");
    assert_int_equal(june.n_in_force, 1);
    assert_int_equal(june.n_rules, 3);
    assert_int_equal(june.n_other, 2);
    assert_true(sk_str_is(june.rules[0].entity.key, "cap"));
    assert_true(sk_str_is(june.rules[0].effect, "cap"));
    assert_true(sk_str_is(june.rules[0].instrument, "2321"));
    assert_true(has_remark(&june.rules[0], "7,500,000"));
    stands(&june, "ban", SK_RULE_NOT_YET, "since 2017-08-05");
    stands(&june, "stop", SK_RULE_ENDED, "until 2016-12-31");
    assert_true(has_remark(find(&june, "stop"), "a rule of China"));

    sk_rule_answer august = ask(&f, "coal", "2017-08-27");
    assert_int_equal(august.n_in_force, 1);
    stands(&august, "ban", SK_RULE_IN_FORCE, "since 2017-08-05");
    assert_true(has_remark(find(&august, "ban"), "exception: foreign coal"));
    stands(&august, "cap", SK_RULE_REPLACED, "2371 since 2017-08-05");
    fixture_done(&f);
}

static void the_first_and_the_last_day_count(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_rule_answer a = ask(&f, "coal", "2017-08-05");
    stands(&a, "ban", SK_RULE_IN_FORCE, "");
    a = ask(&f, "coal", "2017-08-04");
    stands(&a, "ban", SK_RULE_NOT_YET, "");
    stands(&a, "cap", SK_RULE_IN_FORCE, "");
    a = ask(&f, "coal", "2016-12-31");
    stands(&a, "stop", SK_RULE_IN_FORCE, "");
    a = ask(&f, "coal", "2017-01-01");
    stands(&a, "stop", SK_RULE_ENDED, "");
    fixture_done(&f);
}

static void a_vague_day_depends(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_rule_answer a = ask(&f, "coal", "2017-08");
    stands(&a, "ban", SK_RULE_DEPENDS, "may begin before it");
    stands(&a, "cap", SK_RULE_DEPENDS, "2371 replaces it since 2017-08-05");
    assert_int_equal(a.n_in_force, 0);
    a = ask(&f, "coal", "2017-08-07~"); /* about that day: three days either side */
    stands(&a, "ban", SK_RULE_DEPENDS, "");
    a = ask(&f, "coal", "2017-09~");
    stands(&a, "ban", SK_RULE_IN_FORCE, "");
    a = ask(&f, "coal", "2016-12");
    stands(&a, "stop", SK_RULE_DEPENDS, "");
    a = ask(&f, "coal", "");
    stands(&a, "ban", SK_RULE_DEPENDS, "no day is known");
    a = ask(&f, "coal", "?");
    stands(&a, "ban", SK_RULE_DEPENDS, "no day is known");
    fixture_done(&f);
}

static void a_rule_whose_own_date_is_vague_or_disputed_depends(void **state)
{
    fixture f;
    fixture_init(&f);
    rule(&f, "vague", "old rule", "cap", "coal", "", "2016-03");
    rule(&f, "disputed", "new rule", "ban", "coal", "", "2017-08-05");
    say(&f, "disputed", "Rule:startDate", "2017-08-15", "another reader");
    rule(&f, "undated", "lost rule", "ban", "coal", "", "");
    rule(&f, "adopted", "short rule", "ban", "coal", "", "");
    say(&f, "adopted", "Rule:date", "2015-01-01", "Council");
    fixture_commit(&f);
    sk_rule_answer a = ask(&f, "coal", "2016-03-10");
    stands(&a, "vague", SK_RULE_DEPENDS, "its start is not stated to the day");
    stands(&a, "undated", SK_RULE_UNDATED, "nobody says");
    stands(&a, "adopted", SK_RULE_IN_FORCE, "");
    assert_true(has_remark(find(&a, "adopted"), "day of adoption"));
    a = ask(&f, "coal", "2016-04-01");
    stands(&a, "vague", SK_RULE_IN_FORCE, "");
    a = ask(&f, "coal", "2017-08-10");
    stands(&a, "disputed", SK_RULE_DEPENDS, "2017-08-05 or 2017-08-15");
    a = ask(&f, "coal", "2017-08-20");
    stands(&a, "disputed", SK_RULE_IN_FORCE, "");
    fixture_done(&f);
}

static void iron_is_not_iron_ore(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_rule_answer a = ask(&f, "iron", "2018-01-01");
    stands(&a, "ore", SK_RULE_DEPENDS, "\"iron ore\"");
    a = ask(&f, "Iron Ore", "2018-01-01");
    stands(&a, "ore", SK_RULE_IN_FORCE, "");
    a = ask(&f, "석탄", "2017-06-03");
    stands(&a, "cap", SK_RULE_IN_FORCE, "");
    a = ask(&f, "textile", "2018-01-01"); /* singular and plural are one */
    stands(&a, "cloth", SK_RULE_IN_FORCE, "");
    assert_int_equal(ask(&f, "charcoal", "2018-01-01").n_rules, 0); /* not a whole word */
    assert_int_equal(ask(&f, "seafood", "2018-01-01").n_rules, 0);
    assert_int_equal(ask(&f, "seafood", "2018-01-01").n_other, 5);
    fixture_done(&f);
}

static void codes_contain_one_another(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_rule_answer a = ask(&f, "2701.12", "2018-01-01");
    stands(&a, "ban", SK_RULE_IN_FORCE, "");
    assert_int_equal(a.n_rules, 3);
    a = ask(&f, "27", "2018-01-01"); /* wider than the rule */
    stands(&a, "ban", SK_RULE_DEPENDS, "HS 2701, a part of 27");
    a = ask(&f, "6203", "2018-01-01"); /* 50-63 */
    stands(&a, "cloth", SK_RULE_IN_FORCE, "");
    assert_int_equal(ask(&f, "64", "2018-01-01").n_rules, 0);
    fixture_done(&f);
}

static void a_rule_in_words_only_cannot_be_held_against_a_code(void **state)
{
    fixture f;
    fixture_init(&f);
    rule(&f, "fish", "2371", "full ban", "seafood", "", "2017-08-05");
    rule(&f, "code", "a tariff", "ban", "", "0301", "2017-08-05");
    fixture_commit(&f);
    sk_rule_answer a = ask(&f, "0301", "2018-01-01");
    assert_int_equal(a.n_rules, 1);
    assert_int_equal(a.n_unlike, 1);
    stands(&a, "code", SK_RULE_IN_FORCE, "");
    a = ask(&f, "seafood", "2018-01-01");
    assert_int_equal(a.n_rules, 1);
    assert_int_equal(a.n_unlike, 1);
    stands(&a, "fish", SK_RULE_IN_FORCE, "");
    fixture_done(&f);
}

static void trade_the_other_way_is_told_apart(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    say(&f, "in", "Rule:instrument", "2397", "Council");
    say(&f, "in", "Rule:goods", "coal", "Council");
    say(&f, "in", "Rule:startDate", "2017-12-22", "Council");
    say(&f, "in", "Rule:toCountry", "DPRK", "Council");
    fixture_commit(&f);
    sk_rule_question q = {.goods = SK_S("coal"), .on = SK_S("2018-01-01"), .from = SK_S("kp")};
    sk_rule_answer a = ask_full(&f, q);
    stands(&a, "ban", SK_RULE_IN_FORCE, "");
    stands(&a, "in", SK_RULE_DIRECTION, "to North Korea");
    q = (sk_rule_question){.goods = SK_S("coal"), .on = SK_S("2018-01-01"), .to = SK_S("kp")};
    a = ask_full(&f, q);
    stands(&a, "ban", SK_RULE_DIRECTION, "from North Korea");
    stands(&a, "in", SK_RULE_IN_FORCE, "");
    q.from = SK_S("cn");
    a = ask_full(&f, q);
    stands(&a, "in", SK_RULE_IN_FORCE, "");
    stands(&a, "ban", SK_RULE_DIRECTION, "");
    a = ask(&f, "coal", "2018-01-01"); /* nobody said which way: both */
    assert_int_equal(a.n_in_force, 2);
    fixture_done(&f);
}

static void a_run_off_is_told_beside_the_rule(void **state)
{
    fixture f;
    fixture_init(&f);
    rule(&f, "cn", "notice 40", "full ban", "coal", "", "2017-08-15");
    say(&f, "cn", "Rule:transition", "2017-09-04", "Ministry");
    say(&f, "cn", "Rule:carriesOut", "ban", "Ministry");
    fixture_commit(&f);
    sk_rule_answer a = ask(&f, "coal", "2017-08-27");
    stands(&a, "cn", SK_RULE_IN_FORCE, "");
    assert_true(
        has_remark(find(&a, "cn"), "run-off until 2017-09-04; the day asked for lies in it"));
    assert_true(has_remark(find(&a, "cn"), "carries out ban"));
    a = ask(&f, "coal", "2017-10");
    assert_true(has_remark(find(&a, "cn"), "the day asked for is later"));
    a = ask(&f, "coal", "2017-09");
    assert_true(has_remark(find(&a, "cn"), "may lie in it"));
    fixture_done(&f);
}

static void only_what_is_asserted_and_visible_counts(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_claim c = draft(&f, "ban", "Rule:startDate", "2020-01-01", "a trader");
    c.position = SK_CLAIM_DENIES;
    fixture_log(&f, c);
    static const sk_str labels[] = {{"secret", 6}};
    c = draft(&f, "draft", "Rule:goods", "coal", "a diplomat");
    c.restrict_labels = labels;
    c.n_restrict = 1;
    fixture_log(&f, c);
    fixture_commit(&f);
    sk_rule_answer a = ask(&f, "coal", "2017-08-27");
    stands(&a, "ban", SK_RULE_IN_FORCE, "since 2017-08-05");
    assert_true(has_remark(find(&a, "ban"), "a trader denies"));
    assert_int_equal(a.n_rules, 4);
    fixture_view_as(&f, "guest", "work");
    assert_int_equal(ask(&f, "coal", "2017-08-27").n_rules, 3);
    fixture_done(&f);
}

static void questions_that_make_no_sense_are_refused(void **state)
{
    fixture f;
    sk_rule_answer a;
    fixture_init(&f);
    plant(&f);
    sk_rule_question q = {.goods = SK_S(" ")};
    FAILS(&f, SK_E_FORMAT, sk_rules_find(&f.cx, f.view, &q, &a));
    q = (sk_rule_question){.goods = SK_S("coal"), .on = SK_S("last week")};
    FAILS(&f, SK_E_FORMAT, sk_rules_find(&f.cx, f.view, &q, &a));
    q = (sk_rule_question){.goods = SK_S("coal"), .from = SK_S("Atlantis")};
    FAILS(&f, SK_E_FORMAT, sk_rules_find(&f.cx, f.view, &q, &a));
    fixture_done(&f);
}

static void an_event_and_a_ship_ask_for_their_cargoes(void **state)
{
    fixture f;
    sk_entity e;
    sk_rule_case *cases;
    size_t n;
    fixture_init(&f);
    plant(&f);
    say(&f, "ship", "Vessel:name", "HAO FAN 2", "UN");
    say(&f, "late", "Event:vessel", "ship", "UN");
    say(&f, "late", "Event:cargo", "coal", "UN");
    say(&f, "late", "Event:date", "27 August 2017", "UN");
    say(&f, "early", "Event:vessel", "ship", "UN");
    say(&f, "early", "Event:cargo", "coal", "UN");
    say(&f, "early", "Event:date", "3 June 2017", "UN");
    say(&f, "early", "Event:date", "4 June 2017", "a newspaper");
    say(&f, "empty", "Event:vessel", "ship", "UN");
    say(&f, "sometime", "Event:vessel", "ship", "UN");
    say(&f, "sometime", "Event:cargo", "fuel", "UN");
    fixture_commit(&f);
    OK(&f, sk_entity_find(&f.cx, f.view, SK_S("HAO FAN 2"), &e));
    OK(&f, sk_rule_cases(&f.cx, f.view, &e, &cases, &n));
    assert_int_equal(n, 3);
    assert_true(sk_str_is(cases[0].event.key, "early"));
    assert_true(sk_str_is(cases[0].question.on, "[2017-06-03,2017-06-04]"));
    assert_true(sk_str_is(cases[0].day_words, "3 June 2017 or 4 June 2017"));
    assert_true(sk_str_is(cases[1].event.key, "late"));
    assert_true(sk_str_is(cases[2].event.key, "sometime") && cases[2].question.on.n == 0);
    sk_rule_answer a;
    OK(&f, sk_rules_find(&f.cx, f.view, &cases[0].question, &a));
    stands(&a, "cap", SK_RULE_IN_FORCE, ""); /* on either day */
    OK(&f, sk_entity_find(&f.cx, f.view, SK_S("@late"), &e));
    OK(&f, sk_rule_cases(&f.cx, f.view, &e, &cases, &n));
    assert_int_equal(n, 1);
    assert_true(sk_str_is(cases[0].question.goods, "coal"));
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a2_a_cap_in_june_and_a_full_ban_in_august),
        cmocka_unit_test(the_first_and_the_last_day_count),
        cmocka_unit_test(a_vague_day_depends),
        cmocka_unit_test(a_rule_whose_own_date_is_vague_or_disputed_depends),
        cmocka_unit_test(iron_is_not_iron_ore),
        cmocka_unit_test(codes_contain_one_another),
        cmocka_unit_test(a_rule_in_words_only_cannot_be_held_against_a_code),
        cmocka_unit_test(trade_the_other_way_is_told_apart),
        cmocka_unit_test(a_run_off_is_told_beside_the_rule),
        cmocka_unit_test(only_what_is_asserted_and_visible_counts),
        cmocka_unit_test(questions_that_make_no_sense_are_refused),
        cmocka_unit_test(an_event_and_a_ship_ask_for_their_cargoes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
