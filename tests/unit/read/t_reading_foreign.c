/* Korean, Chinese, Japanese and Russian: names, dates, counts, words of speech, acts; and what is never
 * offered as a thing that happened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "read/reading.h"

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

typedef struct wanted {
    const char *text;
    const char *act, *actor, *target, *says, *date;
    sk_modality modality;
} wanted;

static sk_str first_slot(const sk_reading *r, const sk_slot *slots, uint8_t n)
{
    return n ? sk_str_sub(r->text, slots[0].span.from, slots[0].span.to - slots[0].span.from)
             : SK_NONE;
}

static void assert_str(const char *text, const char *what, sk_str got, const char *want)
{
    if (!sk_str_is(got, want))
        fail_msg("%s: %s is \"%.*s\", not \"%s\"", text, what, SK_P(got), want);
}

static void check(const wanted *w)
{
    sk_reading *r;
    const sk_found_event *e = NULL;
    assert_int_equal(sk_reading_from_text(&cx, lex, sk_str_of(w->text), NULL, &r), SK_OK);
    for (size_t i = 0; i < r->n_events && !e; i++)
        if (!strcmp(r->events[i].act, w->act))
            e = &r->events[i];
    if (!e)
        fail_msg("%s: no %s", w->text, w->act);
    assert_str(w->text, "actor", first_slot(r, e->actor, e->n_actor), w->actor);
    assert_str(w->text, "target", first_slot(r, e->target, e->n_target), w->target);
    const sk_attribution *a = &r->attributions[e->attribution];
    assert_str(w->text, "source",
               sk_str_sub(r->text, a->source_span.from, a->source_span.to - a->source_span.from),
               w->says);
    assert_str(w->text, "date", r->n_dates ? r->dates[0].value : SK_NONE, w->date);
    if (e->modality != w->modality)
        fail_msg("%s: held as %s", w->text, sk_modality_name(e->modality));
}

static void korean_particles_tell_who_and_whom(void **state)
{
    static const wanted cases[] = {
        {"보위부는 2014년 5월 탈북 여성 최소 17명을 강제북송했다고 휴먼라이츠워치가 밝혔다.",
         "movement.forced-return", "보위부", "탈북 여성", "휴먼라이츠워치", "2014-05", SK_REPORTED},
        {"목격자들에 따르면 공안은 2019년에 탈북민을 체포했다.", "liberty.arrest", "공안", "탈북민",
         "목격자", "2019", SK_REPORTED},
        {"수감자들은 간수에게 구타당했다.", "body.beating", "간수", "수감자", "", "", SK_ASSERTED},
        {"북한은 고문을 부인했다.", "body.torture", "", "", "북한", "", SK_NEGATED},
        {"유엔은 강제송환을 중단하라고 촉구했다.", "movement.forced-return", "", "", "", "",
         SK_CALL},
        {"저는 고문을 당하지 않았습니다.", "body.torture", "", "", "", "", SK_NEGATED},
        {"송환되면 고문당할 위험이 있다.", "body.torture", "", "", "", "", SK_RISK},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++)
        check(&cases[i]);
}

static void chinese_goes_by_order_and_signs(void **state)
{
    static const wanted cases[] = {
        {"人权观察表示，当局2023年10月强制遣返了至少500名脱北者。", "movement.forced-return",
         "当局", "脱北者", "人权观察", "2023-10", SK_REPORTED},
        {"朝鲜否认绑架公民。", "liberty.abduction", "朝鲜", "公民", "朝鲜", "", SK_NEGATED},
        {"他可能面临酷刑。", "body.torture", "", "", "", "", SK_RISK},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++)
        check(&cases[i]);
}

static void japanese_particles_tell_who_and_whom(void **state)
{
    static const wanted cases[] = {
        {"国連によると、中国は2023年10月に約500人の脱北者を強制送還した。",
         "movement.forced-return", "中国", "脱北者", "国連", "2023-10", SK_REPORTED},
        {"横田めぐみさんは1977年11月15日に北朝鮮に拉致された。", "liberty.abduction", "北朝鮮",
         "横田めぐみ", "", "1977-11-15", SK_ASSERTED},
        {"被害者は拷問されていない。", "body.torture", "", "被害者", "", "", SK_NEGATED},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++)
        check(&cases[i]);
}

static void russian_goes_by_order_and_passive_forms(void **state)
{
    static const wanted cases[] = {
        {"Солдаты убили жителей в марте 2022 года, сообщила «Международная амнистия».",
         "life.killing", "Солдаты", "жителей", "Международная амнистия", "2022-03", SK_REPORTED},
        {"По данным ООН, рабочие были задержаны полицией в 2014 году.", "liberty.arrest",
         "полицией", "рабочие", "ООН", "2014", SK_REPORTED},
        {"Власти не пытали заключенных.", "body.torture", "Власти", "заключенных", "", "",
         SK_NEGATED},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++)
        check(&cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(korean_particles_tell_who_and_whom, set_up, tear_down),
        cmocka_unit_test_setup_teardown(chinese_goes_by_order_and_signs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(japanese_particles_tell_who_and_whom, set_up, tear_down),
        cmocka_unit_test_setup_teardown(russian_goes_by_order_and_passive_forms, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
