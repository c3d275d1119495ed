/* Reading: frames of acts, who says it, what is never offered as a thing that happened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "read/reading.h"

#include <stdlib.h>
#include <time.h>

static sk_ctx cx;
static const sk_lexicon *lex;

static int set_up(void **state)
{
    sk_ctx_init(&cx);
    return (int)sk_lexicon_builtin(&cx, &lex);
}

static int tear_down(void **state)
{
    sk_ctx_done(&cx);
    return 0;
}

static sk_reading *read_it(const char *text)
{
    sk_reading *r;
    assert_int_equal(sk_reading_from_text(&cx, lex, sk_str_of(text), NULL, &r), SK_OK);
    return r;
}

static sk_str words(const sk_reading *r, sk_span s)
{
    return sk_str_sub(r->text, s.from, s.to - s.from);
}

/* The first event of that act; fails when the text gave none. */
static const sk_found_event *event_of(const sk_reading *r, const char *act)
{
    for (size_t i = 0; i < r->n_events; i++)
        if (!strcmp(r->events[i].act, act))
            return &r->events[i];
    fail_msg("no %s in \"%.*s\"", act, SK_P(r->text));
    return NULL;
}

static void assert_slots(const sk_reading *r, const sk_slot *slots, uint8_t n, const char *wanted)
{
    sk_str s = SK_NONE;
    for (uint8_t i = 0; i < n; i++)
        s = sk_fmt(&cx.arena, "%.*s%s%.*s", SK_P(s), i ? "; " : "", SK_P(words(r, slots[i].span)));
    if (!sk_str_is(s, wanted))
        fail_msg("slots are \"%.*s\", not \"%s\"", SK_P(s), wanted);
}

static void assert_event(const char *text, const char *act, const char *actor, const char *target,
                         sk_modality m)
{
    const sk_reading *r = read_it(text);
    const sk_found_event *e = event_of(r, act);
    assert_slots(r, e->actor, e->n_actor, actor);
    assert_slots(r, e->target, e->n_target, target);
    if (e->modality != m)
        fail_msg("\"%s\" is held as %s", text, sk_modality_name(e->modality));
}

/* ---- frames ---- */

static void a_verb_has_its_subject_as_actor_and_its_object_as_target(void **state)
{
    assert_event("North Korea kidnapped Japanese citizens.", "liberty.abduction", "North Korea",
                 "Japanese citizens", SK_ASSERTED);
    assert_event("The PRC and Russia tortured prisoners.", "body.torture", "The PRC; Russia",
                 "prisoners", SK_ASSERTED);
}

static void a_passive_turns_them_round_and_leaves_the_actor_empty(void **state)
{
    assert_event("The women were tortured by guards.", "body.torture", "guards", "The women",
                 SK_ASSERTED);
    assert_event("The women were tortured in 2014.", "body.torture", "", "The women", SK_ASSERTED);
}

static void a_noun_takes_of_and_by(void **state)
{
    assert_event("The execution of 12 prisoners by guards was filmed.", "life.execution", "guards",
                 "12 prisoners", SK_ASSERTED);
    assert_event("Protesters condemn China's forced repatriation of refugees.",
                 "movement.forced-return", "China", "refugees", SK_ASSERTED);
}

static void a_participle_goes_with_its_noun(void **state)
{
    assert_event("Beijing returned refugees detained in China.", "liberty.detention", "",
                 "refugees", SK_ASSERTED);
}

static void who_makes_others_do_it_does_it(void **state)
{
    assert_event("North Korea requires the workers to remit earnings.", "labour.denial-of-wages",
                 "North Korea", "the workers", SK_ASSERTED);
}

static void an_insert_does_not_hide_the_subject(void **state)
{
    assert_event("The army, which has denied abuses, killed civilians.", "life.killing", "The army",
                 "civilians", SK_ASSERTED);
}

/* ---- never ---- */

static void what_did_not_happen_is_never_offered_as_if_it_had(void **state)
{
    static const struct {
        const char *text;
        sk_modality m;
    } cases[] = {
        {"Soldiers did not kill civilians.", SK_NEGATED},
        {"No civilians were killed by soldiers.", SK_NEGATED},
        {"There is no evidence that soldiers killed civilians.", SK_NEGATED},
        {"The ministry denied that soldiers had killed civilians.", SK_NEGATED},
        {"The owner denied that anybody had been killed.", SK_NEGATED},
        {"Soldiers refused to kill civilians.", SK_NEGATED},
        {"The women are at risk of being killed.", SK_RISK},
        {"His family fears he was killed.", SK_RISK},
        {"The guards threatened to kill prisoners.", SK_THREAT},
        {"The U.N. urged soldiers to kill nobody.", SK_CALL},
        {"Kill those men!", SK_CALL},
        {"Soldiers plan to kill civilians.", SK_PLANNED},
        {"Soldiers will kill civilians.", SK_PLANNED},
        {"Soldiers could have killed civilians.", SK_POSSIBLE},
        {"If soldiers killed civilians, it is a crime.", SK_POSSIBLE},
        {"Did soldiers kill civilians?", SK_POSSIBLE},
        {"It is unclear whether soldiers killed civilians.", SK_POSSIBLE},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        const sk_reading *r = read_it(cases[i].text);
        const sk_found_event *e = event_of(r, "life.killing");
        bool happened =
            e->modality == SK_ASSERTED || e->modality == SK_REPORTED || e->modality == SK_ALLEGED;
        if (happened)
            fail_msg("\"%s\" is held as %s", cases[i].text, sk_modality_name(e->modality));
        if (e->modality != cases[i].m)
            fail_msg("\"%s\": %s, and not %s", cases[i].text, sk_modality_name(e->modality),
                     sk_modality_name(cases[i].m));
    }
}

static void each_way_of_not_saying_that_it_happened_is_kept(void **state)
{
    static const struct {
        int number;
        const char *text, *act;
        sk_modality m;
    } cases[] = {
        {1, "The envoy warned against torturing prisoners.", "body.torture", SK_CALL},
        {2, "The U.N. cautioned against killing civilians.", "life.killing", SK_CALL},
        {3, "The envoy advised against torturing prisoners.", "body.torture", SK_CALL},
        {4, "The ministry rebutted claims that police tortured prisoners.", "body.torture",
         SK_NEGATED},
        {5, "The court acquitted soldiers of killing civilians.", "life.killing", SK_NEGATED},
        {6, "Police arrested no one.", "liberty.arrest", SK_NEGATED},
        {7, "Soldiers killed no civilians.", "life.killing", SK_NEGATED},
        {8, "Soldiers killed none of the villagers.", "life.killing", SK_NEGATED},
        {9, "Soldiers killed neither women nor children.", "life.killing", SK_NEGATED},
        {10, "Police never arrested, tortured or killed anyone.", "liberty.arrest", SK_NEGATED},
        {11, "Police never arrested, tortured or killed anyone.", "body.torture", SK_NEGATED},
        {12, "Police never arrested, tortured or killed anyone.", "life.killing", SK_NEGATED},
        {13, "Nor did the soldiers kill civilians.", "life.killing", SK_NEGATED},
        {14, "Torture is prohibited.", "body.torture", SK_NEGATED},
        {15, "The rumour that soldiers killed civilians proved false.", "life.killing", SK_NEGATED},
        {16, "The claim that soldiers killed civilians is untrue.", "life.killing", SK_NEGATED},
        {17, "Reports that soldiers killed civilians are unfounded.", "life.killing", SK_NEGATED},
        {18, "Deporting refugees would violate the law.", "movement.deportation", SK_POSSIBLE},
        {19, "Killing civilians is a crime.", "life.killing", SK_POSSIBLE},
        {20, "Soldiers almost killed civilians.", "life.killing", SK_NEGATED},
        {21, "Soldiers rarely killed civilians.", "life.killing", SK_POSSIBLE},
        {22, "Soldiers are unlikely to kill civilians.", "life.killing", SK_POSSIBLE},
        {23, "The soldiers have yet to kill civilians.", "life.killing", SK_NEGATED},
        {24, "It is false that soldiers killed civilians.", "life.killing", SK_NEGATED},
        {25, "It is wrong to say that soldiers killed civilians.", "life.killing", SK_NEGATED},
        {26, "The soldiers are capable of killing civilians.", "life.killing", SK_POSSIBLE},
        {27, "Soldiers are able to kill civilians.", "life.killing", SK_POSSIBLE},
        {28, "Soldiers have the power to kill civilians.", "life.killing", SK_POSSIBLE},
        {29, "Soldiers dream of killing civilians.", "life.killing", SK_POSSIBLE},
        {30, "The law allows soldiers to kill civilians.", "life.killing", SK_POSSIBLE},
        {31, "Almost 40 women were killed.", "life.killing", SK_ASSERTED},
        {32, "Soldiers killed no fewer than 20 women.", "life.killing", SK_ASSERTED},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        const sk_found_event *e = event_of(read_it(cases[i].text), cases[i].act);
        if (e->modality != cases[i].m)
            fail_msg("%d, \"%s\": %s, and not %s", cases[i].number, cases[i].text,
                     sk_modality_name(e->modality), sk_modality_name(cases[i].m));
    }
}

static void each_frame_finds_its_own_people(void **state)
{
    static const struct {
        int number;
        const char *text, *act, *actor, *target;
    } cases[] = {
        {41, "Women were raped near a village burned by soldiers.", "body.sexual-violence", "",
         "Women"},
        {42, "Women were raped and killed by soldiers.", "body.sexual-violence", "soldiers",
         "Women"},
        {43, "China had forcibly returned more than 500 people.", "movement.forced-return", "China",
         "more than 500 people"},
        {44, "China forcibly returned escapees.", "movement.forced-return", "China", "escapees"},
        {45, "Police arbitrarily detained men.", "liberty.detention", "Police", "men"},
        {46, "China sent back 40 refugees.", "movement.forced-return", "China", "40 refugees"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++)
        assert_event(cases[i].text, cases[i].act, cases[i].actor, cases[i].target, SK_ASSERTED);
    const sk_reading *r = read_it("The envoy warned against torturing prisoners.");
    assert_int_equal(event_of(r, "body.torture")->n_actor, 0);
    r = read_it("China had forcibly returned more than 500 people.");
    assert_int_equal(event_of(r, "movement.forced-return")->quantity, 0);
}

static void a_range_is_one_quantity_with_both_bounds(void **state)
{
    static const char *const texts[] = {"Soldiers killed between 10 and 20 villagers.",
                                        "Soldiers killed 10 to 20 villagers.",
                                        "Soldiers killed 10-20 villagers."};
    for (size_t i = 0; i < SK_COUNT(texts); i++) {
        const sk_reading *r = read_it(texts[i]);
        assert_int_equal(r->n_quantities, 1);
        assert_int_equal(r->quantities[0].qualifier, SK_Q_BETWEEN);
        assert_int_equal(r->quantities[0].low.mantissa, 10);
        assert_int_equal(r->quantities[0].high.mantissa, 20);
    }
    const sk_reading *r = read_it("There were 12.345.678 people.");
    assert_int_equal(r->quantities[0].number.mantissa, 12345678);
    assert_int_equal(r->quantities[0].number.decimals, 0);
}

static void a_given_name_may_go_on_in_small_letters_behind_a_hyphen(void **state)
{
    const sk_reading *r = read_it("Kim Min-ho said that soldiers killed civilians.");
    assert_true(sk_str_is(words(r, r->mentions[0].span), "Kim Min-ho"));
}

static void not_only_does_not_deny(void **state)
{
    assert_event("Soldiers not only killed civilians.", "life.killing", "Soldiers", "civilians",
                 SK_ASSERTED);
}

/* ---- who says it ---- */

static const sk_attribution *says(const sk_reading *r, size_t n)
{
    assert_true(r->n_attributions > n);
    return &r->attributions[n];
}

static void the_source_stands_in_front_behind_or_turned_round(void **state)
{
    static const struct {
        const char *text, *source, *content;
        sk_manner manner;
    } cases[] = {
        {"Witnesses said that soldiers killed civilians.", "Witnesses", "soldiers killed civilians",
         SK_MANNER_INDIRECT},
        {"Soldiers killed civilians, witnesses said.", "witnesses", "Soldiers killed civilians",
         SK_MANNER_INDIRECT},
        {"Soldiers killed civilians, reported Human Rights Watch.", "Human Rights Watch",
         "Soldiers killed civilians", SK_MANNER_INDIRECT},
        {"According to researchers, soldiers killed civilians.", "researchers",
         "soldiers killed civilians", SK_MANNER_ACCORDING},
        {"“Soldiers killed civilians,” Victor Cha said.", "Victor Cha", "Soldiers killed civilians",
         SK_MANNER_DIRECT},
        {"China denies torturing prisoners.", "China", "torturing prisoners", SK_MANNER_DENIAL},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        const sk_reading *r = read_it(cases[i].text);
        const sk_attribution *a = says(r, 1);
        if (!sk_str_is(words(r, a->source_span), cases[i].source) ||
            !sk_str_is(words(r, a->content), cases[i].content) || a->manner != cases[i].manner)
            fail_msg("\"%s\": [%.*s] [%.*s] %s", cases[i].text, SK_P(words(r, a->source_span)),
                     SK_P(words(r, a->content)), sk_manner_name(a->manner));
    }
}

static void a_split_quotation_keeps_its_speaker(void **state)
{
    const sk_reading *r = read_it("“They were trafficked,” Victor Cha said. “They were beaten.”");
    assert_int_equal(says(r, 2)->manner, SK_MANNER_CONTINUED);
    assert_int_equal(says(r, 2)->source, says(r, 1)->source);
}

static void the_date_of_a_statement_is_not_that_of_the_act(void **state)
{
    const sk_reading *r = read_it("Officials said in 2014 that soldiers had killed civilians.");
    assert_int_equal(event_of(r, "life.killing")->date, SK_READ_NONE);
    assert_true(r->dates[0].is_statement);
    assert_int_equal(says(r, 1)->date, 0);
}

static void a_report_inside_a_report_is_a_chain(void **state)
{
    const sk_reading *r = read_it("Human Rights Watch reported that girls said guards beat them.");
    const sk_found_event *e = event_of(r, "body.beating");
    const sk_attribution *inner = &r->attributions[e->attribution];
    assert_true(sk_str_is(words(r, inner->source_span), "girls"));
    assert_true(inner->via > 0);
    assert_true(sk_str_is(words(r, r->attributions[inner->via].source_span), "Human Rights Watch"));
}

/* ---- names ---- */

static void two_people_of_one_family_name_are_not_taken_for_one(void **state)
{
    const sk_reading *r = read_it("Kim Jong Un met Ilhyeok Kim. Kim left.");
    for (size_t i = 0; i < r->n_mentions; i++)
        assert_true(r->mentions[i].level != SK_LEVEL_SHORT);
    assert_true(r->n_traps >= 1);
}

static void an_acronym_stands_for_the_name_that_brought_it_in(void **state)
{
    const sk_reading *r = read_it("The Open Doors Foundation (ODF) spoke. The ODF left.");
    int32_t entity = r->mentions[0].entity;
    size_t same = 0;
    for (size_t i = 0; i < r->n_mentions; i++)
        same += r->mentions[i].entity == entity;
    assert_int_equal(same, 3);
}

/* ---- all of it ---- */

static void check_reading(const sk_reading *r)
{
    for (size_t i = 0; i < r->n_mentions; i++)
        assert_true(r->mentions[i].span.from < r->mentions[i].span.to &&
                    r->mentions[i].span.to <= r->text.n);
    for (size_t i = 0; i < r->n_events; i++) {
        const sk_found_event *e = &r->events[i];
        assert_true(e->trigger.from < e->trigger.to && e->trigger.to <= r->text.n);
        assert_true(e->attribution >= 0 && (size_t)e->attribution < r->n_attributions);
        assert_true(e->date < (int32_t)r->n_dates && e->quantity < (int32_t)r->n_quantities);
    }
    for (size_t i = 1; i < r->n_attributions; i++)
        assert_true(r->attributions[i].content.to <= r->text.n);
}

static void write_out(sk_str text, sk_buf *out)
{
    sk_reading *r;
    assert_int_equal(sk_reading_from_text(&cx, lex, text, NULL, &r), SK_OK);
    check_reading(r);
    sk_reading_write(&cx, r, SK_S("x"), 4, out);
}

static void the_same_text_gives_the_same_bytes(void **state)
{
    sk_str text = SK_S("Soldiers killed 12 civilians in March 2014, witnesses said. They fled.\n"
                       "북한은 일본인을 납치했다고 유엔이 밝혔다.\n中国强制遣返了脱北者。");
    sk_buf a, b;
    sk_buf_init(&a, SK_MIB(1));
    sk_buf_init(&b, SK_MIB(1));
    write_out(text, &a);
    write_out(text, &b);
    assert_true(a.n > 100 && sk_str_eq(sk_buf_str(&a), sk_buf_str(&b)));
    sk_buf_done(&a);
    sk_buf_done(&b);
}

static void read_hostile(const char *what, sk_str text)
{
    struct timespec before, after;
    sk_reading *r;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
    assert_int_equal(sk_reading_from_text(&cx, lex, text, NULL, &r), SK_OK);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
    double s =
        (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) / 1e9;
    print_message("%s: %.2f s\n", what, s);
    check_reading(r);
#ifndef SK_SANITIZED
    assert_true(s < 20); /* a guard against squares, not a measure: see bench/b_read */
#endif
}

static sk_str repeat(const char *piece, size_t bytes)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(64));
    while (b.n < bytes)
        sk_buf_add(&b, sk_str_of(piece));
    sk_str s = sk_str_copy(&cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return s;
}

static double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Invented names, all different: a writer that looks at all mentions for each of them takes minutes. */
static void a_text_of_many_names_is_written_as_fast_as_it_is_read(void **state)
{
    enum { NAMES = 40000, SYLLABLES = 6 };
    static const char *const syllables[] = {"ka", "lo", "mi", "ne", "ra", "su", "ti", "vo"};
    sk_buf text, out;
    sk_buf_init(&text, SK_MIB(8));
    sk_buf_init(&out, SK_MIB(256));
    for (unsigned i = 0; i < NAMES; i++) {
        sk_buf_add(&text, SK_S("Mr. B"));
        for (unsigned k = 0; k < SYLLABLES; k++)
            sk_buf_add(&text, sk_str_of(syllables[i >> 3 * k & 7]));
        sk_buf_add(&text, SK_S(" was arrested.\n"));
    }
    sk_reading *r;
    double start = processor_seconds();
    assert_int_equal(sk_reading_from_text(&cx, lex, sk_buf_str(&text), NULL, &r), SK_OK);
    double read = processor_seconds();
    sk_reading_write(&cx, r, SK_NONE, 4, &out);
    double written = processor_seconds();
    assert_true(r->n_entities >= NAMES);
    if (written - read > 4 * (read - start))
        fail_msg("read in %.2f s, written in %.2f s", read - start, written - read);
    sk_buf_done(&text);
    sk_buf_done(&out);
}

static void hostile_texts_end(void **state)
{
    read_hostile("one long line", repeat("Soldiers killed civilians, witnesses said. ", SK_MIB(1)));
    read_hostile("no stop at all", repeat("and he said that ", SK_MIB(1)));
    read_hostile("nested quotes", repeat("“", 300000));
    read_hostile("commas", repeat("a, ", 300000));
    read_hostile("no text", repeat("\xFF\xFE\x80", 300000));
    read_hostile("mixed scripts", repeat("북한 \xE2\x80\xAE拉致 Москва ", 300000));
    read_hostile("digits", repeat("1.2,3", 300000));
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_verb_has_its_subject_as_actor_and_its_object_as_target),
        T(a_passive_turns_them_round_and_leaves_the_actor_empty),
        T(a_noun_takes_of_and_by),
        T(a_participle_goes_with_its_noun),
        T(who_makes_others_do_it_does_it),
        T(an_insert_does_not_hide_the_subject),
        T(what_did_not_happen_is_never_offered_as_if_it_had),
        T(each_way_of_not_saying_that_it_happened_is_kept),
        T(each_frame_finds_its_own_people),
        T(a_range_is_one_quantity_with_both_bounds),
        T(a_given_name_may_go_on_in_small_letters_behind_a_hyphen),
        T(not_only_does_not_deny),
        T(the_source_stands_in_front_behind_or_turned_round),
        T(a_split_quotation_keeps_its_speaker),
        T(the_date_of_a_statement_is_not_that_of_the_act),
        T(a_report_inside_a_report_is_a_chain),
        T(two_people_of_one_family_name_are_not_taken_for_one),
        T(an_acronym_stands_for_the_name_that_brought_it_in),
        T(the_same_text_gives_the_same_bytes),
        T(a_text_of_many_names_is_written_as_fast_as_it_is_read),
        T(hostile_texts_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
