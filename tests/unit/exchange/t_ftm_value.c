/* What of a claim FollowTheMoney's readers may see as plain, in which form, and what not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "exchange/ftm/ftm_own.h"
#include "exchange/ftm/ftm_value.h"

static void dates_keep_no_precision_that_was_not_claimed(void **state)
{
    static const struct {
        const char *edtf, *prefix; /* NULL: no plain date */
    } cases[] = {
        {"2023-10-09", "2023-10-09"},
        {"2023-10", "2023-10"},
        {"1978", "1978"},
        {"2024-06-12T10:00:00+09:00", "2024-06-12"},
        {"2004-XX", "2004"},
        {"2004-02-XX", "2004-02"},
        {"1978-21", "1978"},        /* spring: March to May         */
        {"1978-06-15~", "1978-06"}, /* a few days around            */
        {"1978-06-01~", "1978"},    /* may have been in May         */
        {"1978-06~", "1978"},       /* around June: May, June, July */
        {"1978~", NULL},            /* perhaps another year         */
        {"1984?", NULL},            /* perhaps not at all           */
        {"1984-06%", NULL},
        {"197X", NULL},
        {"1953/1978", NULL},
        {"2023-10-09/2023-10-12", "2023-10"},
        {"2023-01/2023-03", "2023"},
        {"[1977,1978]", NULL},
        {"[2023-10-09,2023-10-12]", "2023-10"},
        {"{2007,2010}", NULL},
        {"[..1983]", NULL},
        {"2024/..", NULL},
        {"?", NULL},
        {"0988", NULL},
        {"Y-17000", NULL},
        {"not a date", NULL},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_ctx cx;
        sk_ctx_init(&cx);
        sk_str got = SK_NONE;
        bool plain = sk_ftm_date_of(&cx, sk_str_of(cases[i].edtf), &got);
        if (plain != (cases[i].prefix != NULL) || (plain && !sk_str_is(got, cases[i].prefix)))
            fail_msg("%s gave \"%.*s\"", cases[i].edtf, SK_P(got));
        assert_int_equal(cx.rc, SK_OK);
        sk_ctx_done(&cx);
    }
}

/* Public numbers: a ship's, the company KPe.056's, and one with a wrong digit. */
static void imo_numbers_have_a_good_check_digit(void **state)
{
    static const struct {
        const char *text, *imo;
    } cases[] = {
        {"imo:8126082", "IMO8126082"},
        {"8126082", "IMO8126082"},
        {"IMO 8126082", "IMO8126082"},
        {"5571322", "IMO5571322"},
        {"8126083", NULL},
        {"812608", NULL},
        {"81260820", NULL},
        {"abc", NULL},
        {"", NULL},
        {"imo:", NULL},
    };
    sk_arena a = SK_ARENA_INIT;
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_str got = SK_NONE;
        bool good = sk_ftm_imo_of(&a, sk_str_of(cases[i].text), &got);
        if (good != (cases[i].imo != NULL) || (good && !sk_str_is(got, cases[i].imo)))
            fail_msg("%s gave \"%.*s\"", cases[i].text, SK_P(got));
    }
    sk_arena_done(&a);
}

/* A world of three: a person, a population and a place. */
static const sk_ftm_schema *schema_of(sk_str key, void *arg)
{
    const char *type = sk_str_is(key, "person")       ? "Person"
                       : sk_str_is(key, "population") ? "Population"
                       : sk_str_is(key, "camp")       ? "Facility"
                                                      : NULL;
    const sk_ftm_type *t = type ? sk_ftm_find_type(sk_ftm_map_get(), sk_str_of(type)) : NULL;
    return t ? t->schema : NULL;
}

static sk_claim claim(sk_ctx *cx, const char *property, const char *value)
{
    sk_str prop = sk_str_of(property), type = SK_NONE;
    assert_true(sk_str_cut(&prop, ':', &type));
    sk_str *chain = sk_new(&cx->arena, sk_str);
    *chain = SK_S("desk");
    sk_claim c = {.entity = SK_S("x"),
                  .type = type,
                  .prop = prop,
                  .value = sk_str_of(value),
                  .chain = chain,
                  .n_chain = 1};
    if (sk_claim_check(cx, &c, NULL, NULL))
        fail_msg("%s", cx->message);
    return c;
}

static sk_ftm_value value_of(sk_ctx *cx, const sk_claim *c)
{
    return sk_ftm_value_of(cx, sk_ftm_map_get(), sk_model_find_type(sk_model_get(), c->type), c,
                           schema_of, NULL);
}

static void each_property_type_has_its_form(void **state)
{
    static const struct {
        const char *property, *value, *plain; /* NULL: rest */
    } cases[] = {
        {"Person:name", "김정욱", "name=김정욱"},
        {"Person:birthDate", "1963", "birthDate=1963"},
        {"Person:birthDate", "around 1963", NULL},
        {"Person:nationality", "PRK", "nationality=kp"},
        {"Person:nationality", "North Korea", "nationality=kp"},
        {"Person:nationality", "Korea", NULL},
        {"Person:gender", "female", "gender=female"},
        {"Person:gender", "unclear", NULL},
        {"Person:passportNumber", "passport:M1234567", "passportNumber=M1234567"},
        {"Person:passportNumber", "M1234567", "passportNumber=M1234567"},
        {"Person:phone", "+82 2-723-1672", "phone=+8227231672"},
        {"Person:phone", "02-723-1672", NULL},
        {"Person:email", "desk@example.org", "email=desk@example.org"},
        {"Person:email", "desk at example", NULL},
        {"Person:website", "https://example.org", "website=https://example.org"},
        {"Person:website", "example.org", NULL},
        {"Person:topics", "role.pep", "topics=role.pep"},
        {"Person:topics", "our.own", NULL},
        {"Person:wikidataId", "wikidata:Q18228", "wikidataId=Q18228"},
        {"Person:wikidataId", "18228", NULL},
        {"Person:age", "about 50", NULL},
        {"Person:fate", "returned", NULL},
        {"Person:statement", "I saw it", NULL},
        {"Vessel:imoNumber", "imo:8126082", "imoNumber=IMO8126082"},
        {"Vessel:imoNumber", "imo:8126083", NULL},
        {"Vessel:flag", "tg", "flag=tg"},
        {"Company:imoCompanyNumber", "5571322", "imoNumber=IMO5571322"},
        {"Place:latitude", "41.98", "latitude=41.98"},
        {"Place:latitude", "41,98 N", NULL},
        {"Document:language", "ko", "language=kor"},
        {"Document:contentHash", "sha256:abc", NULL},
        {"Act:victim", "@person", "involved=person"},
        {"Act:perpetrator", "@person", "involved=person"},
        {"Act:victim", "@population", NULL}, /* their events involve no group of people */
        {"Act:victim", "@nobody-knows", NULL},
        {"Act:place", "@camp", "addressEntity=camp"},
        {"Act:act", "movement.forced-return", NULL},
        {"Act:count", "more than 500 people", NULL},
        {"Involvement:party", "@population", "subject=population"},
        {"Involvement:degree", "ordered", "role=ordered"},
        {"Sanction:reason", "text", "reason=text"},
        {"Sanction:name", "text", NULL}, /* theirs has no name */
        {"Rule:startDate", "2017-08", NULL},
        {"Rule:summary", "no coal", "summary=no coal"},
        {"Occupancy:role", "head", NULL},
        {"Post:body", "@camp", NULL},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_ctx cx;
        sk_ctx_init(&cx);
        sk_claim c = claim(&cx, cases[i].property, cases[i].value);
        sk_ftm_value v = value_of(&cx, &c);
        sk_str got = v.is_plain
                         ? sk_fmt(&cx.arena, "%.*s=%.*s", SK_P(v.prop->theirs), SK_P(v.value))
                         : SK_S("(rest)");
        if (!sk_str_is(got, cases[i].plain ? cases[i].plain : "(rest)"))
            fail_msg("%s \"%s\" gave %.*s", cases[i].property, cases[i].value, SK_P(got));
        sk_ctx_done(&cx);
    }
}

static void only_what_is_asserted_is_plain(void **state)
{
    static const char *const marks[SK_POSITIONS] = {"sillok:name", "sillok:denied:name",
                                                    "sillok:predicted:name", "sillok:doubted:name",
                                                    "sillok:retracted:name"};
    sk_ctx cx;
    sk_ctx_init(&cx);
    for (int p = 0; p < SK_POSITIONS; p++) {
        sk_claim c = claim(&cx, "Person:name", "Kim");
        c.position = (sk_position)p;
        sk_ftm_value v = value_of(&cx, &c);
        assert_int_equal(v.is_plain, p == SK_CLAIM_ASSERTS);
        assert_string_equal(sk_ftm_own_prop(&cx.arena, &c).p, marks[p]);
        if (p == SK_CLAIM_ASSERTS) { /* the plain value says all: no rest */
            assert_int_equal(v.rest_prop.n, 0);
            continue;
        }
        assert_string_equal(v.rest_prop.p, marks[p]);
        assert_true(sk_str_is(v.rest_value, "Kim"));
    }
    sk_ctx_done(&cx);
}

static void a_number_borne_falsely_and_a_missing_value_are_not_plain(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_claim c = claim(&cx, "Vessel:imoNumber", "imo:8126082");
    c.used_falsely = true;
    c.position = SK_CLAIM_DENIES;
    sk_ftm_value v = value_of(&cx, &c);
    assert_false(v.is_plain);
    assert_string_equal(v.rest_prop.p, "sillok:denied:used-falsely:imoNumber");
    c = claim(&cx, "Vessel:imoNumber", "imo:8126082");
    c.used_falsely = true;
    v = value_of(&cx, &c);
    assert_false(v.is_plain);
    c = claim(&cx, "Vessel:flag", "kp");
    c.value = SK_NONE;
    c.absent = SK_NOT_ASKED;
    v = value_of(&cx, &c);
    assert_false(v.is_plain);
    assert_string_equal(v.rest_prop.p, "sillok:absent:flag");
    assert_true(sk_str_is(v.rest_value, "not-asked"));
    sk_ctx_done(&cx);
}

static void figures_are_text_with_their_bounds(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_claim c = claim(&cx, "Event:count", "more than 500 people");
    sk_ftm_value v = value_of(&cx, &c);
    assert_string_equal(v.rest_prop.p, "sillok:count");
    assert_true(sk_str_is(v.rest_value, "more than 500 people"));
    sk_ctx_done(&cx);
}

static void languages_are_kept_for_words_alone(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_claim c = claim(&cx, "Person:name", "김정욱");
    c.lang = SK_S("ko");
    assert_true(sk_str_is(value_of(&cx, &c).lang, "kor"));
    c = claim(&cx, "Person:birthDate", "1963");
    c.lang = SK_S("ko");
    assert_int_equal(value_of(&cx, &c).lang.n, 0);
    c = claim(&cx, "Person:name", "x");
    c.lang = SK_S("tlh");
    assert_int_equal(value_of(&cx, &c).lang.n, 0);
    sk_ctx_done(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_keep_no_precision_that_was_not_claimed),
        cmocka_unit_test(imo_numbers_have_a_good_check_digit),
        cmocka_unit_test(each_property_type_has_its_form),
        cmocka_unit_test(only_what_is_asserted_is_plain),
        cmocka_unit_test(a_number_borne_falsely_and_a_missing_value_are_not_plain),
        cmocka_unit_test(figures_are_text_with_their_bounds),
        cmocka_unit_test(languages_are_kept_for_words_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
