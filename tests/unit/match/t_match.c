/* What two entities owe to their names, dates, countries and numbers. Persons are invented, or
 * office-holders with invented particulars. */
#include "match/match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static sk_ctx cx;

/* One side under construction. */
typedef struct side {
    sk_match_entity e;
    sk_match_name name[8];
    sk_match_date birth[8], death[8];
    sk_match_country country[8];
    sk_match_place place[8];
    sk_match_id id[8];
    sk_match_position position[8];
} side;

static side *new_side(const char *name, sk_name_kind kind)
{
    side *s = sk_new(&cx.arena, side);

    s->e = (sk_match_entity){.kind = kind,
                             .names = s->name,
                             .births = s->birth,
                             .deaths = s->death,
                             .countries = s->country,
                             .places = s->place,
                             .ids = s->id,
                             .positions = s->position};
    if (name)
        s->name[s->e.n_names++] =
            (sk_match_name){.name = sk_name_prepare(&cx.arena, sk_str_of(name), kind), .row = 11};
    return s;
}

static side *person(const char *name)
{
    return new_side(name, SK_NAME_PERSON);
}

static void alias(side *s, const char *name, bool is_weak)
{
    s->name[s->e.n_names++] = (sk_match_name){
        .name = sk_name_prepare(&cx.arena, sk_str_of(name), s->e.kind), .is_weak = is_weak};
}

static void born(side *s, const char *edtf)
{
    assert_int_equal(sk_match_date_read(&cx, sk_str_of(edtf), 21, &s->birth[s->e.n_births++]),
                     SK_OK);
}

static void country(side *s, const char *code, sk_match_tie tie)
{
    sk_match_country *c = &s->country[s->e.n_countries++];
    *c = (sk_match_country){.tie = (uint8_t)tie};
    memcpy(c->code, code, strlen(code));
}

static void number(side *s, const char *scheme, const char *value, bool falsely)
{
    s->id[s->e.n_ids++] = (sk_match_id){sk_str_of(scheme), sk_str_of(value), falsely, 31};
}

static const sk_match_evidence *part_of(const sk_match_result *r, sk_match_feature f)
{
    for (unsigned i = 0; i < r->n_parts; i++)
        if (r->part[i].feature == f)
            return &r->part[i];
    return NULL;
}

static double score(const side *a, const side *b)
{
    sk_match_result r, back;

    sk_match_entity_compare(&a->e, &b->e, NULL, &r);
    sk_match_entity_compare(&b->e, &a->e, NULL, &back);
    assert_true(r.score == back.score && r.evidence == back.evidence);
    assert_int_equal(r.n_parts, back.n_parts);
    for (unsigned i = 0; i < r.n_parts; i++) {
        const sk_match_evidence *x = &r.part[i], *y = &back.part[i];
        assert_true(x->feature == y->feature && x->finding == y->finding && x->nats == y->nats &&
                    x->score == y->score);
        assert_true(x->a == y->b && x->b == y->a && x->row_a == y->row_b && x->row_b == y->row_a);
    }
    assert_true(r.score >= 0 && r.score < 1);
    return r.score;
}

static void equal_names_are_graded_by_rarity_and_never_certain(void **state)
{
    double common = score(person("Mohammed Ali"), person("Mohammed Ali"));
    double rare =
        score(person("Quistgard Tammsaare Ollivander"), person("Quistgard Tammsaare Ollivander"));

    assert_true(common >= 0.7 && rare > common + 0.03 && rare < 0.98);
}

static void a_shared_birth_day_corroborates(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Arno Quistgard");
    double name = score(a, b);

    born(a, "1963-02-01");
    assert_true(score(a, b) == name); /* an omission is worth nothing */
    born(b, "1963-02-01");
    assert_true(score(a, b) > name);
}

/* The evidence of two birth dates. */
static sk_match_evidence birth_of(const char *x, const char *y)
{
    side *a = person("Arno Quistgard"), *b = person("Arno Quistgard");
    sk_match_result r;

    born(a, x);
    born(b, y);
    score(a, b);
    sk_match_entity_compare(&a->e, &b->e, NULL, &r);
    assert_non_null(part_of(&r, SK_FEATURE_BIRTH));
    return *part_of(&r, SK_FEATURE_BIRTH);
}

static void stretches_of_time_are_no_exact_days(void **state)
{
    static const char *const VAGUE[] = {"1960-01-01/1969-12-31",   "../1970-01-01", "[1960,1970]",
                                        "1960-03-01/..",           "1965-05-05/..", "196X",
                                        "[1965-05-05,1965-05-06]", "{1965,1965-05}"};

    for (size_t i = 0; i < SK_COUNT(VAGUE); i++) {
        const char *day = strcmp(VAGUE[i], "[1960,1970]") ? "1965-05-05" : "1960-05-05";
        sk_match_evidence e = birth_of(VAGUE[i], day);
        assert_int_equal(e.finding, SK_FINDING_COMPATIBLE);
        assert_true(e.nats > 0 && e.nats < 1);
    }
    assert_true(birth_of("1965-05-05", "1965-05-05").nats > birth_of("1965-05", "1965-05-05").nats);
    assert_true(birth_of("1965-05", "1965-05-05").nats > birth_of("1965", "1965-05-05").nats);
    assert_true(birth_of("1965", "1965-05-05").nats > birth_of("196X", "1965-05-05").nats);
    assert_int_equal(birth_of("1964", "1964-12-31").finding, SK_FINDING_AGREES); /* a leap year */
    assert_int_equal(birth_of("../1950-01-01", "1965").finding, SK_FINDING_CONTRADICTS);
}

static void a_birth_date_counts_against_only_when_all_conflict(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Arno Quistgard");
    double name = score(a, b);

    born(a, "1963");
    born(b, "1970");
    assert_true(score(a, b) < name && score(a, b) < 0.7);
    born(b, "1963-02-01");
    assert_true(score(a, b) > name);
}

static void vague_and_swapped_dates_do_not_contradict(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Arno Quistgard"),
         *c = person("Arno Quistgard");
    double name = score(a, person("Arno Quistgard"));

    born(a, "1963-08-03");
    born(b, "1963-03-08");
    born(c, "1964~");
    assert_true(score(a, b) >= name);
    assert_true(score(a, c) >= name);
}

static void other_birthdays_make_strangers_no_kin(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Bruno Tammsaare");
    born(a, "1963-02-01");
    born(b, "1963-02-01");
    country(a, "se", SK_TIE_NATIONALITY);
    country(b, "se", SK_TIE_NATIONALITY);
    assert_true(score(a, b) < 0.5);
}

static void countries_and_gender_speak_for_and_against(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Arno Quistgard"),
         *c = person("Arno Quistgard");
    double name = score(a, b);

    country(a, "kp", SK_TIE_NATIONALITY);
    country(b, "kp", SK_TIE_NATIONALITY);
    country(c, "se", SK_TIE_NATIONALITY);
    assert_true(score(a, b) > name && score(a, c) < name);
    country(c, "kp", SK_TIE_NATIONALITY);
    assert_true(score(a, c) > name);
    side *m = person("Arno Quistgard"), *f = person("Arno Quistgard");
    m->e.gender = SK_GENDER_MALE;
    assert_true(score(m, f) == name);
    f->e.gender = SK_GENDER_FEMALE;
    assert_true(score(m, f) < name);
    f->e.gender = SK_GENDER_OTHER;
    assert_true(score(m, f) == name);
}

static void an_equal_number_decides_unless_borne_falsely(void **state)
{
    side *a = new_side("Old Name", SK_NAME_VESSEL), *b = new_side("Quite Another", SK_NAME_VESSEL);

    assert_true(score(a, b) < 0.3);
    number(a, "imo", "9074729", false);
    number(b, "IMO", "9074729", false);
    assert_true(score(a, b) > 0.9);
    b->id[0].used_falsely = true;
    assert_true(score(a, b) < 0.5);
}

static void a_number_for_life_contradicts(void **state)
{
    side *a = new_side("Hwa Song 2", SK_NAME_VESSEL), *b = new_side("Hwa Song 2", SK_NAME_VESSEL);
    double name = score(a, b);

    number(a, "imo", "9074729", false);
    number(b, "imo", "8126082", false);
    assert_true(score(a, b) < name && score(a, b) < 0.7);
    side *p = person("Arno Quistgard"), *q = person("Arno Quistgard");
    name = score(p, q);
    number(p, "passport", "A1", false);
    number(q, "passport", "B2", false);
    assert_true(score(p, q) == name); /* people have several passports */
}

static void weak_aliases_count_less(void **state)
{
    side *a = person("Arno Quistgard"), *strong = person("Somebody Else"),
         *weak = person("Somebody Else");

    alias(strong, "Arno Quistgard", false);
    alias(weak, "Arno Quistgard", true);
    assert_true(score(a, weak) < score(a, strong) && score(a, weak) >= 0.7);
}

static void kinds_that_cannot_be_one_score_nothing(void **state)
{
    side *a = person("Victory"), *b = new_side("Victory", SK_NAME_VESSEL);
    assert_true(score(a, b) == 0);
    number(a, "", "X1", false);
    number(b, "", "X1", false);
    assert_true(score(a, b) > 0.5);
}

static void places_and_positions_corroborate(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Arno Quistgard");
    double name = score(a, b);
    const sk_name *city = sk_name_prepare(&cx.arena, SK_S("Pyongyang"), SK_NAME_PLACE);
    const sk_name *body =
        sk_name_prepare(&cx.arena, SK_S("Ministry of Tests"), SK_NAME_ORGANIZATION);

    a->place[a->e.n_places++] = (sk_match_place){.name = city, .is_birth = true};
    b->place[b->e.n_places++] = (sk_match_place){.name = city, .is_birth = false};
    assert_true(score(a, b) == name); /* where one was born, where the other lives */
    b->place[b->e.n_places++] = (sk_match_place){.name = city, .is_birth = true};
    double place = score(a, b);
    assert_true(place > name);
    a->position[a->e.n_positions++] =
        (sk_match_position){.name = body, .when = {.earliest = 0, .latest = 100}};
    b->position[b->e.n_positions++] =
        (sk_match_position){.name = body, .when = {.earliest = 200, .latest = 300}};
    assert_true(score(a, b) == place);
    b->position[0].when.earliest = 50;
    assert_true(score(a, b) > place);
}

static void the_evidence_names_values_and_rows(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Arno Quistgard");
    sk_match_result r;
    sk_str x, y;

    born(a, "1963");
    born(b, "1950");
    born(b, "1963-02-01");
    sk_match_entity_compare(&a->e, &b->e, NULL, &r);
    const sk_match_evidence *birth = part_of(&r, SK_FEATURE_BIRTH);
    assert_non_null(birth);
    assert_int_equal(birth->b, 1);
    assert_int_equal(birth->finding, SK_FINDING_AGREES);
    assert_int_equal(birth->row_a, 21);
    sk_str detail = sk_match_detail(&cx.arena, &a->e, &b->e, &r, birth, &x, &y);
    assert_true(sk_str_is(x, "1963") && sk_str_is(y, "1963-02-01"));
    assert_true(sk_str_find(detail, SK_S("agree")) != SIZE_MAX);
    assert_int_equal(part_of(&r, SK_FEATURE_NAME)->row_a, 11);
    assert_null(part_of(&r, SK_FEATURE_DEATH));
}

static void weights_switch_features_off(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Arno Quistgard");
    sk_match_options o = SK_MATCH_OPTIONS;
    sk_match_result r, plain;
    double name = score(a, b);

    born(a, "1950");
    born(b, "1970");
    o.weight[SK_FEATURE_BIRTH] = 0;
    sk_match_entity_compare(&a->e, &b->e, &o, &r);
    assert_true(fabs(r.score - name) < 1e-9);
    o = SK_MATCH_OPTIONS;
    o.floor = 0.99;
    sk_match_entity_compare(&a->e, &b->e, &o, &plain);
    assert_true(plain.score == 0 && plain.n_parts == 0);
}

static void names_that_are_not_asked_leave_the_rest_its_worth(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Bruno Tammsaare");
    sk_match_options o = SK_MATCH_OPTIONS;
    sk_match_result r;

    o.weight[SK_FEATURE_NAME] = 0;
    o.floor = 0.3;
    sk_match_entity_compare(&a->e, &b->e, &o, &r);
    assert_true(fabs(r.score - 0.5) < 1e-9 && r.n_parts == 0);
    born(a, "1963-02-01");
    born(b, "1963-02-01");
    sk_match_entity_compare(&a->e, &b->e, &o, &r);
    assert_true(r.score > 0.9 && r.n_parts == 1);
}

static void an_equal_number_of_less_weight_does_not_decide(void **state)
{
    side *a = new_side("Old Name", SK_NAME_VESSEL), *b = new_side("Quite Another", SK_NAME_VESSEL);
    sk_match_options o = SK_MATCH_OPTIONS;
    sk_match_result whole, tenth;

    number(a, "imo", "9074729", false);
    number(b, "imo", "9074729", false);
    sk_match_entity_compare(&a->e, &b->e, &o, &whole);
    o.weight[SK_FEATURE_IDENTIFIER] = 0.1f;
    sk_match_entity_compare(&a->e, &b->e, &o, &tenth);
    assert_true(whole.score > 0.95 && tenth.score < 0.5);
}

static void names_without_letters_agree_on_nothing(void **state)
{
    static const char *const EMPTY[] = {"", "!!", "-"};
    sk_match_result r;

    for (unsigned i = 0; i < 3; i++) {
        for (unsigned k = 0; k < 3; k++) {
            side *a = person(EMPTY[i]), *b = person(EMPTY[k]);
            assert_true(score(a, b) < 0.1);
            sk_match_entity_compare(&a->e, &b->e, NULL, &r);
            assert_null(part_of(&r, SK_FEATURE_NAME));
        }
    }
    assert_true(score(person("12"), person("12")) > 0.5); /* Bureau 39 is known by its number */
}

static void ties_fall_alike_whichever_side_comes_first(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Quistgard, Arno");
    sk_match_result r;

    alias(a, "ARNO QUISTGARD", false);
    alias(b, "Arno Quistgard", false);
    country(a, "kp", SK_TIE_COUNTRY);
    country(a, "kr", SK_TIE_COUNTRY);
    country(b, "kr", SK_TIE_COUNTRY);
    country(b, "kp", SK_TIE_COUNTRY);
    born(a, "1963");
    born(a, "1964");
    born(b, "1964-05-01");
    born(b, "1963-05-01");
    for (unsigned i = 0; i < 2; i++) {
        a->country[i].row = 100 + i;
        b->country[i].row = 200 + i;
    }
    score(a, b); /* compares the parts of both directions */
    sk_match_entity_compare(&a->e, &b->e, NULL, &r);
    const sk_match_evidence *c = part_of(&r, SK_FEATURE_COUNTRY);
    assert_true(c->a != c->b && c->row_a == 100u + c->a && c->row_b == 200u + c->b);
}

static void values_past_the_ceiling_are_told(void **state)
{
    side *a = person("Arno Quistgard"), *b = person("Arno Quistgard");
    static sk_match_country many[SK_MATCH_VALUES + 1];
    sk_match_result r;

    a->e.countries = many;
    a->e.n_countries = SK_MATCH_VALUES;
    sk_match_entity_compare(&a->e, &b->e, NULL, &r);
    assert_false(r.is_cut);
    a->e.n_countries++;
    sk_match_entity_compare(&a->e, &b->e, NULL, &r);
    assert_true(r.is_cut);
    sk_match_entity_compare(&b->e, &a->e, NULL, &r);
    assert_true(r.is_cut);
}

static unsigned below(uint64_t *state, unsigned n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % n;
}

/* Whatever the two sides say, one more contradiction never raises the score. */
static void contradictions_never_help(void **state)
{
    static const char *const NAME[] = {"Arno Quistgard", "Arno Kvistgaard", "Kim Jong Un", "김정은",
                                       "Arno Tammsaare"};
    static const char *const BIRTH[] = {"1963", "1963-02-01", "1964~", "1950-05-05", "197X"};
    static const char *const COUNTRY[] = {"kp", "kr", "se"};
    uint64_t rng = 7;

    for (unsigned round = 0; round < 400; round++) {
        sk_arena_mark mark = sk_arena_here(&cx.arena);
        side *a = person(NAME[below(&rng, 5)]), *b = person(NAME[below(&rng, 5)]);
        for (unsigned k = below(&rng, 3); k > 0; k--)
            born(a, BIRTH[below(&rng, 5)]);
        for (unsigned k = below(&rng, 3); k > 0; k--)
            born(b, BIRTH[below(&rng, 5)]);
        if (below(&rng, 2))
            country(a, COUNTRY[below(&rng, 3)], SK_TIE_NATIONALITY);
        if (below(&rng, 2))
            country(b, COUNTRY[below(&rng, 3)], SK_TIE_COUNTRY);
        double before = score(a, b);
        switch (below(&rng, 3)) {
        case 0:
            born(b, "1801-01-01");
            break;
        case 1:
            country(b, "va", SK_TIE_NATIONALITY);
            break;
        default:
            number(a, "lei", "A", false);
            number(b, "lei", "B", false);
            break;
        }
        assert_true(score(a, b) <= before + 1e-12);
        sk_arena_back_to(&cx.arena, mark);
    }
}

static void odds_turn_evidence_into_probability(void **state)
{
    assert_true(fabs(sk_match_posterior(0, 1) - 0.5) < 1e-9);
    assert_true(fabs(sk_match_posterior(log(1000), 1000) - 0.5) < 1e-9);
    assert_true(sk_match_posterior(20, 1000) > 0.999);
}

static int set_up(void **state)
{
    sk_ctx_init(&cx);
    return 0;
}

static int tear_down(void **state)
{
    sk_ctx_done(&cx);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_names_are_graded_by_rarity_and_never_certain),
        cmocka_unit_test(a_shared_birth_day_corroborates),
        cmocka_unit_test(stretches_of_time_are_no_exact_days),
        cmocka_unit_test(a_birth_date_counts_against_only_when_all_conflict),
        cmocka_unit_test(vague_and_swapped_dates_do_not_contradict),
        cmocka_unit_test(other_birthdays_make_strangers_no_kin),
        cmocka_unit_test(countries_and_gender_speak_for_and_against),
        cmocka_unit_test(an_equal_number_decides_unless_borne_falsely),
        cmocka_unit_test(a_number_for_life_contradicts),
        cmocka_unit_test(weak_aliases_count_less),
        cmocka_unit_test(kinds_that_cannot_be_one_score_nothing),
        cmocka_unit_test(places_and_positions_corroborate),
        cmocka_unit_test(the_evidence_names_values_and_rows),
        cmocka_unit_test(weights_switch_features_off),
        cmocka_unit_test(names_that_are_not_asked_leave_the_rest_its_worth),
        cmocka_unit_test(an_equal_number_of_less_weight_does_not_decide),
        cmocka_unit_test(names_without_letters_agree_on_nothing),
        cmocka_unit_test(ties_fall_alike_whichever_side_comes_first),
        cmocka_unit_test(values_past_the_ceiling_are_told),
        cmocka_unit_test(contradictions_never_help),
        cmocka_unit_test(odds_turn_evidence_into_probability),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
