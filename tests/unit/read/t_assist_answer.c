/* What a model answers is believed in nothing: form, quotations, words, and how firmly an act is held. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "read/assist/doubts.h"
#include "read/assist/window.h"

#include <stdio.h>

static sk_ctx cx;
static const sk_lexicon *lex;
static const char text[] =
    "The soldiers  took the “two brothers” from Hamhung and beat them on 3 May 1998.\n"
    "The ministry denied that guards killed 12 prisoners.\n"
    "Police may torture the detainees.\n"
    "그들은 세 사람을 때렸다.\n";
static sk_reading *r;
static sk_window w;

static int set_up(void **state)
{
    uint64_t too_long = 0;
    size_t at = 0;
    sk_ctx_init(&cx);
    assert_int_equal(sk_lexicon_builtin(&cx, &lex), SK_OK);
    assert_int_equal(sk_reading_from_text(&cx, lex, sk_str_of(text), NULL, &r), SK_OK);
    assert_true(sk_window_next(r, &at, &w, &too_long));
    assert_int_equal(w.n_sentences, 4);
    return 0;
}

static int tear_down(void **state)
{
    sk_ctx_done(&cx);
    return 0;
}

static sk_answer answer(const char *content)
{
    sk_answer a;
    sk_answer_read(&cx, lex, r, &w, sk_str_of(content), &a);
    assert_int_equal(cx.rc, SK_OK);
    return a;
}

/* One item with all its fields. */
static sk_answer item(int sentence, const char *quote, const char *act, const char *modality,
                      const char *trigger, const char *actor, const char *target, const char *date,
                      const char *count)
{
    sk_str s = sk_fmt(&cx.arena,
                      "{\"items\":[{\"sentence\":%d,\"quote\":\"%s\",\"act\":\"%s\",\"modality\":"
                      "\"%s\",\"trigger\":\"%s\",\"actor\":\"%s\",\"target\":\"%s\",\"place\":\"\","
                      "\"date\":\"%s\",\"count\":\"%s\"}]}",
                      sentence, quote, act, modality, trigger, actor, target, date, count);
    return answer(sk_str_c(&cx.arena, s));
}

static void assert_words(sk_span s, const char *wanted)
{
    sk_str got = sk_str_sub(r->text, s.from, s.to - s.from);
    if (!sk_str_is(got, wanted))
        fail_msg("\"%.*s\", not \"%s\"", SK_P(got), wanted);
}

static void an_item_becomes_an_act_with_the_bytes_of_the_text(void **state)
{
    sk_answer a = item(
        1, "The soldiers took the \\\"two brothers\\\" from Hamhung and beat them on 3 May 1998",
        "body.beating", "asserted", "beat", "The soldiers", "\\\"two brothers\\\"", "3 May 1998",
        "two");
    assert_int_equal(a.n_events, 1);
    const sk_found_event *e = &a.events[0];
    assert_string_equal(e->act, "body.beating");
    assert_words(e->trigger, "beat");
    assert_words(e->actor[0].span, "The soldiers");
    assert_words(e->target[0].span, "“two brothers”");
    assert_int_equal(e->modality, SK_ASSERTED);
    assert_true(e->date >= 0);
    assert_true(sk_str_is(r->dates[e->date].value, "1998-05-03"));
    assert_int_equal(e->tier, 3);
}

static void an_invented_quotation_is_dropped(void **state)
{
    sk_answer a = item(1, "The soldiers shot the two brothers", "life.killing", "asserted", "shot",
                       "The soldiers", "", "", "");
    assert_int_equal(a.n_events, 0);
    assert_int_equal(a.drops[SK_DROP_QUOTE], 1);
    /* nor may it stand in another sentence than the one named */
    a = item(2, "Police may torture the detainees", "body.torture", "possible", "torture", "Police",
             "the detainees", "", "");
    assert_int_equal(a.drops[SK_DROP_QUOTE], 1);
}

static void words_outside_the_quotation_are_dropped(void **state)
{
    sk_answer a =
        item(1, "beat them", "body.beating", "asserted", "beat", "The soldiers", "them", "", "");
    assert_int_equal(a.drops[SK_DROP_OUTSIDE], 1);
    a = item(1, "beat them on 3 May 1998", "body.beating", "asserted", "beat", "", "them",
             "4 May 1998", "");
    assert_int_equal(a.drops[SK_DROP_OUTSIDE], 1);
    a = item(2, "guards killed 12 prisoners", "life.killing", "negated", "killed", "guards",
             "prisoners", "", "120");
    assert_int_equal(a.drops[SK_DROP_OUTSIDE], 1);
    /* a piece of a number or a word is not the word */
    a = item(2, "guards killed 12 prisoners", "life.killing", "negated", "kill", "guards", "", "",
             "");
    assert_int_equal(a.drops[SK_DROP_OUTSIDE], 1);
    a = item(2, "guards killed 12 prisoners", "life.killing", "negated", "killed", "", "", "", "2");
    assert_int_equal(a.drops[SK_DROP_OUTSIDE], 1);
}

static void what_is_denied_or_may_be_never_becomes_what_happened(void **state)
{
    sk_answer a = item(2, "guards killed 12 prisoners", "life.killing", "asserted", "killed",
                       "guards", "prisoners", "", "12");
    assert_int_equal(a.n_events, 1);
    assert_int_equal(a.events[0].modality, SK_NEGATED);
    a = item(3, "Police may torture the detainees", "body.torture", "asserted", "torture", "Police",
             "the detainees", "", "");
    assert_int_equal(a.n_events, 1);
    assert_int_equal(a.events[0].modality, SK_POSSIBLE);
    a = item(3, "Police may torture the detainees", "body.torture", "risk", "torture", "Police", "",
             "", "");
    assert_int_equal(a.events[0].modality, SK_RISK);
}

/* No word of doubt stands here, yet the rules see that it tells of no killing. */
static void what_the_rules_hold_for_unreal_stays_unreal(void **state)
{
    sk_reading *of_rules;
    sk_window window;
    uint64_t too_long = 0;
    size_t at = 0;
    sk_answer a;
    assert_int_equal(
        sk_reading_from_text(&cx, lex, SK_S("Killing civilians is a crime.\n"), NULL, &of_rules),
        SK_OK);
    assert_true(sk_window_next(of_rules, &at, &window, &too_long));
    assert_true(of_rules->n_events == 1 && of_rules->events[0].modality == SK_POSSIBLE);
    assert_false(sk_sentence_has_doubt(&cx, lex, of_rules, 0));
    sk_answer_read(&cx, lex, of_rules, &window,
                   SK_S("{\"items\":[{\"sentence\":1,\"quote\":\"Killing civilians\",\"act\":"
                        "\"body.torture\",\"modality\":\"asserted\",\"trigger\":\"Killing\","
                        "\"actor\":\"\",\"target\":\"civilians\",\"place\":\"\",\"date\":\"\","
                        "\"count\":\"\"}]}"),
                   &a);
    assert_int_equal(a.n_events, 1);
    assert_int_equal(a.events[0].modality, SK_POSSIBLE);
}

static void a_pronoun_is_only_a_candidate(void **state)
{
    sk_answer a =
        item(1, "beat them on 3 May 1998", "body.beating", "asserted", "beat", "", "them", "", "");
    assert_int_equal(a.n_events, 1);
    assert_true(a.events[0].target[0].is_pronoun);
}

static void a_listed_name_may_stand_for_words(void **state)
{
    size_t k = 0;
    while (k < w.n_entities && !sk_str_is(r->entities[w.entity[k]].name, "Hamhung"))
        k++;
    char id[8];
    assert_true(w.n_entities > 0);
    snprintf(id, sizeof id, "E%zu", k < w.n_entities ? k + 1 : 1);
    sk_answer a = item(1, "beat them", "body.beating", "asserted", "beat", id, "them", "", "");
    assert_int_equal(a.n_events, 1);
    assert_int_equal(a.events[0].actor[0].entity, w.entity[k < w.n_entities ? k : 0]);
    a = item(1, "beat them", "body.beating", "asserted", "beat", "E33", "them", "", "");
    assert_int_equal(a.drops[SK_DROP_OUTSIDE], 1);
}

static void other_forms_are_dropped_item_by_item(void **state)
{
    static const char good[] =
        "{\"sentence\":4,\"quote\":\"그들은 세 사람을 때렸다\",\"act\":\"body.beating\","
        "\"modality\":\"asserted\",\"trigger\":\"때렸다\"";
    static const char *const bad[] = {
        ",\"note\":\"I also think so\"}", /* an unknown key           */
        ",\"actor\":17}",                 /* of another kind          */
        ",\"trigger\":\"때렸다\"}",       /* twice                    */
        ",\"actor\":[\"그들은\"]}",
    };
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        sk_str s = sk_fmt(&cx.arena, "{\"items\":[%s%s,%s}]}", good, bad[i], good);
        sk_answer a = answer(sk_str_c(&cx.arena, s));
        assert_int_equal(a.n_events, 1);
        assert_int_equal(a.drops[SK_DROP_FORM], 1);
        assert_words(a.events[0].trigger, "때렸다");
    }
    sk_answer a = item(9, "x", "body.beating", "asserted", "x", "", "", "", "");
    assert_int_equal(a.drops[SK_DROP_FORM], 1);
    a = item(1, "beat them", "crime.of.the.century", "asserted", "beat", "", "", "", "");
    assert_int_equal(a.drops[SK_DROP_FORM], 1);
    a = item(1, "beat them", "body.beating", "certain", "beat", "", "", "", "");
    assert_int_equal(a.drops[SK_DROP_FORM], 1);
}

static void what_is_no_list_is_one_drop(void **state)
{
    static const char *const not_lists[] = {"I cannot help with that.",
                                            "{\"items\":[{\"sentence\":1,\"quote\":\"beat",
                                            "[]",
                                            "{\"items\":{}}",
                                            "{\"items\":[],\"tool\":\"rm\"}",
                                            "null",
                                            ""};
    for (size_t i = 0; i < SK_COUNT(not_lists); i++) {
        sk_answer a = answer(not_lists[i]);
        assert_int_equal(a.n_events, 0);
        assert_int_equal(a.drops[SK_DROP_FORM], 1);
    }
    sk_answer a = answer("{\"items\":[]}");
    assert_int_equal(a.drops[SK_DROP_FORM], 0);
}

static void more_than_eight_items_are_dropped(void **state)
{
    static const char one[] = "{\"sentence\":1,\"quote\":\"beat them\",\"act\":\"body.beating\","
                              "\"modality\":\"asserted\",\"trigger\":\"beat\"}";
    sk_str s = SK_S("{\"items\":[");
    for (int i = 0; i < 11; i++)
        s = sk_fmt(&cx.arena, "%.*s%s%s", SK_P(s), i ? "," : "", one);
    s = sk_fmt(&cx.arena, "%.*s]}", SK_P(s));
    sk_answer a = answer(sk_str_c(&cx.arena, s));
    assert_int_equal(a.n_events, 8);
    assert_int_equal(a.items, 11);
    assert_int_equal(a.drops[SK_DROP_FORM], 3);
}

static void a_reply_is_the_content_of_its_first_choice(void **state)
{
    static const char *const bad[] = {
        "",
        "{}",
        "hello",
        "{\"choices\":[]}",
        "{\"choices\":[{\"message\":{\"content\":null}}]}",
        "{\"choices\":[{\"message\":{\"content\":\"{\"},\"finish_reason\":\"length\"}]}"};
    sk_str content;
    assert_int_equal(
        sk_answer_content(&cx,
                          SK_S("{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                               "\"content\":\"{\\\"items\\\":[]}\"},\"finish_reason\":\"stop\"}]}"),
                          &content),
        SK_OK);
    assert_true(sk_str_is(content, "{\"items\":[]}"));
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        assert_int_equal(sk_answer_content(&cx, sk_str_of(bad[i]), &content), SK_E_FORMAT);
        sk_forgive(&cx);
    }
}

static void doubt_is_seen_in_every_language(void **state)
{
    static const struct {
        const char *sentence;
        bool doubt;
    } all[] = {{"Guards killed 12 prisoners.", false},      {"Guards did not kill anybody.", true},
               {"Guards could kill prisoners.", true},      {"Did guards kill prisoners?", true},
               {"Guards plan to kill prisoners.", true},    {"경비병이 수감자를 죽였다.", false},
               {"Охранники могут убить заключённых.", true}};
    for (size_t i = 0; i < SK_COUNT(all); i++) {
        sk_reading *one;
        assert_int_equal(sk_reading_from_text(&cx, lex, sk_str_of(all[i].sentence), NULL, &one),
                         SK_OK);
        if (sk_sentence_has_doubt(&cx, lex, one, 0) != all[i].doubt)
            fail_msg("\"%s\"", all[i].sentence);
    }
}

static void a_long_sentence_is_passed_over_and_told(void **state)
{
    sk_buf b;
    sk_reading *one;
    sk_window win;
    uint64_t too_long = 0;
    size_t at = 0;
    sk_buf_init(&b, SK_KIB(64));
    for (int i = 0; i < 390; i++)
        sk_buf_add(&b, SK_S("extraordinarily "));
    sk_buf_add(&b, SK_S("long.\nShort one.\n"));
    assert_int_equal(sk_reading_from_text(&cx, lex, sk_buf_str(&b), NULL, &one), SK_OK);
    assert_true(sk_window_next(one, &at, &win, &too_long));
    assert_int_equal(too_long, 1);
    assert_int_equal(win.n_sentences, 1);
    assert_false(sk_window_next(one, &at, &win, &too_long));
    sk_buf_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_becomes_an_act_with_the_bytes_of_the_text),
        cmocka_unit_test(an_invented_quotation_is_dropped),
        cmocka_unit_test(words_outside_the_quotation_are_dropped),
        cmocka_unit_test(what_is_denied_or_may_be_never_becomes_what_happened),
        cmocka_unit_test(what_the_rules_hold_for_unreal_stays_unreal),
        cmocka_unit_test(a_pronoun_is_only_a_candidate),
        cmocka_unit_test(a_listed_name_may_stand_for_words),
        cmocka_unit_test(other_forms_are_dropped_item_by_item),
        cmocka_unit_test(what_is_no_list_is_one_drop),
        cmocka_unit_test(more_than_eight_items_are_dropped),
        cmocka_unit_test(a_reply_is_the_content_of_its_first_choice),
        cmocka_unit_test(doubt_is_seen_in_every_language),
        cmocka_unit_test(a_long_sentence_is_passed_over_and_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
