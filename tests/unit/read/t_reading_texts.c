/* Reading whole texts: dates of several parts, wrapped lines, long lists, and what holds of every text
 * in tests/data/reading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/paragraph.h"
#include "read/reading.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

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

static sk_reading *read_str(sk_str text)
{
    sk_reading *r;
    assert_int_equal(sk_reading_from_text(&cx, lex, text, NULL, &r), SK_OK);
    return r;
}

static sk_reading *read_it(const char *text)
{
    return read_str(sk_str_of(text));
}

static sk_str words(const sk_reading *r, sk_span s)
{
    return sk_str_sub(r->text, s.from, s.to - s.from);
}

/* The text has exactly one date: these words, this value. */
static void assert_date(const char *text, const char *span, const char *value)
{
    sk_reading *r = read_it(text);
    if (r->n_dates != 1 || !sk_str_is(words(r, r->dates[0].span), span) ||
        !sk_str_is(r->dates[0].value, value))
        fail_msg("\"%s\": %zu dates, the first \"%.*s\" = %.*s", text, r->n_dates,
                 SK_P(r->n_dates ? words(r, r->dates[0].span) : SK_NONE),
                 SK_P(r->n_dates ? r->dates[0].value : SK_NONE));
}

static void two_days_of_one_month_are_one_stretch(void **state)
{
    assert_date("They were held from 9 to 12 May 2022.", "from 9 to 12 May 2022",
                "2022-05-09/2022-05-12");
    assert_date("He was seen between the 3rd and the 5th of June 1998.",
                "between the 3rd and the 5th of June 1998", "1998-06-03/1998-06-05");
    assert_date("The camp was searched November 19 to 20, 2017.", "November 19 to 20, 2017",
                "2017-11-19/2017-11-20");
}

static void a_year_may_be_spoken_as_witnesses_do(void **state)
{
    assert_date("I was taken in nineteen seventy-eight.", "nineteen seventy-eight", "1978");
    assert_date("We fled in March two thousand and six.", "March two thousand and six", "2006-03");
    assert_int_equal(read_it("They burned two thousand homes.")->n_dates, 0);
}

static void units_of_one_length_are_one_duration(void **state)
{
    assert_date("He was kept for two years, and 40 people died.", "two years", "P2Y");
    assert_date("She was jailed for two years and three months.", "two years and three months",
                "P2Y3M");
}

static void a_month_in_a_date_is_no_may(void **state)
{
    sk_reading *r = read_it("Soldiers shelled a market on 9 May 2022, killing 12 villagers.");
    for (size_t i = 0; i < r->n_events; i++)
        assert_int_equal(r->events[i].modality, SK_ASSERTED);
    assert_true(r->n_events >= 2);
}

static const sk_found_event *event_of(const sk_reading *r, const char *act)
{
    for (size_t i = 0; i < r->n_events; i++)
        if (!strcmp(r->events[i].act, act))
            return &r->events[i];
    fail_msg("no %s in \"%.*s\"", act, SK_P(r->text));
    return NULL;
}

static void a_range_keeps_the_people_it_counts(void **state)
{
    static const char *const texts[] = {"Rebels killed 10 to 20 villagers.",
                                        "Rebels killed between 10 and 20 villagers.",
                                        "Rebels killed 3 or 4 villagers."};
    for (size_t i = 0; i < SK_COUNT(texts); i++) {
        sk_reading *r = read_it(texts[i]);
        const sk_found_event *e = event_of(r, "life.killing");
        assert_int_equal(e->n_target, 1);
        assert_true(sk_str_ends(words(r, e->target[0].span), SK_S("villagers")));
        assert_true(e->quantity >= 0 && r->quantities[e->quantity].has_low &&
                    r->quantities[e->quantity].has_high);
    }
}

static void a_list_of_twenty_victims_names_them_all(void **state)
{
    sk_buf b;
    sk_buf_init(&b, 4096);
    sk_buf_add(&b, SK_S("Soldiers killed "));
    for (int i = 0; i < 20; i++)
        sk_buf_addf(&b, "%sPeter N%cmar", !i ? "" : i < 19 ? ", " : " and ", 'a' + i);
    sk_buf_add(&b, SK_S(" in May 2019."));
    sk_reading *r = read_str(sk_buf_str(&b));
    assert_int_equal(r->n_events, 1);
    assert_int_equal(r->events[0].n_target, 20);
    assert_int_equal(r->events[0].n_actor, 1);
    sk_buf_done(&b);
}

static void a_list_of_twelve_acts_gives_twelve_and_no_more(void **state)
{
    sk_reading *r =
        read_it("The guards beat, tortured, raped, killed, detained, starved, arrested, "
                "deported, enslaved, trafficked, abducted and executed prisoners.");
    assert_int_equal(r->n_events, 12);
    for (size_t i = 0; i < r->n_events; i++) {
        assert_int_equal(r->events[i].n_actor, 1);
        assert_int_equal(r->events[i].n_target, 1); /* the object of the last is that of all */
    }
    r = read_it("The report lists killings, torture, rape, enslavement and persecution.");
    assert_int_equal(r->n_events, 5);
    for (size_t i = 0; i < r->n_events; i++)
        assert_int_equal(r->events[i].n_actor, 0);
}

static void an_act_with_a_hyphen_has_no_actor_in_its_victim(void **state)
{
    sk_reading *r = read_it("The applicant had not been ill-treated.");
    const sk_found_event *e = event_of(r, "body.ill-treatment");
    assert_int_equal(e->n_actor, 0);
    assert_int_equal(e->n_target, 1);
    assert_int_equal(e->modality, SK_NEGATED);
}

static void the_two_thousandth_person_is_remembered_like_the_first(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    for (int i = 0; i < 2500; i++)
        sk_buf_addf(&b, "Peter B%c%c%c arrived.\n", 'a' + i / 676, 'a' + i / 26 % 26, 'a' + i % 26);
    sk_buf_add(&b, SK_S("Mary Zyxwv arrived.\nSoldiers killed Zyxwv.\n"));
    sk_reading *r = read_str(sk_buf_str(&b));
    const sk_found_event *e = event_of(r, "life.killing");
    assert_int_equal(e->n_target, 1);
    assert_string_equal(sk_str_c(&cx.arena, r->entities[e->target[0].entity].name), "Mary Zyxwv");
    sk_buf_done(&b);
}

/* --- wrapped lines ------------------------------------------------------------------------------- */

/* The text with each paragraph wrapped at so many bytes (characters for Latin script). */
static sk_str wrapped(sk_str text, size_t columns)
{
    char *p = sk_alloc_copy(&cx.arena, text.p, text.n);
    size_t line = 0, blank = SIZE_MAX;
    for (size_t i = 0, width = 0; i < text.n; i++) {
        width += ((unsigned char)p[i] & 0xC0) != 0x80;
        if (p[i] == '\n') {
            width = 0;
            blank = SIZE_MAX;
            line = i + 1;
        }
        if (p[i] == ' ')
            blank = i;
        if (width > columns && blank != SIZE_MAX && blank > line) {
            p[blank] = '\n';
            line = blank + 1;
            width = 0;
            for (size_t k = line; k <= i; k++)
                width += ((unsigned char)p[k] & 0xC0) != 0x80;
            blank = SIZE_MAX;
        }
    }
    return (sk_str){p, text.n};
}

static sk_str printed(const sk_reading *r)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(4));
    sk_reading_write(&cx, r, SK_NONE, 4, &b);
    sk_str s = sk_str_copy(&cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return s;
}

/* Without the hash of the text, and with line ends inside quoted words as blanks. */
static sk_str comparable(sk_str lines)
{
    char *p = sk_alloc(&cx.arena, lines.n + 1);
    size_t n = 0, lf = sk_str_find(lines, SK_S("\n"));
    for (size_t i = lf + 1; i < lines.n; i++) {
        bool escaped = lines.p[i] == '\\' && i + 1 < lines.n && lines.p[i + 1] == 'n';
        p[n++] = escaped ? ' ' : lines.p[i];
        i += escaped;
    }
    return (sk_str){p, n};
}

static sk_str file_text(const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *p = sk_alloc(&cx.arena, 65536);
    size_t n = fread(p, 1, 65535, f);
    fclose(f);
    return (sk_str){p, n};
}

typedef void with_text(const char *name, sk_str text);

static void for_each_text(with_text *fn)
{
    struct dirent **names;
    int n = scandir(SK_SOURCE_ROOT "/tests/data/reading", &names, NULL, alphasort), seen = 0;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        sk_str name = sk_str_of(names[i]->d_name);
        if (sk_str_ends(name, SK_S(".txt"))) {
            char path[4096];
            snprintf(path, sizeof path, SK_SOURCE_ROOT "/tests/data/reading/%s", names[i]->d_name);
            fn(names[i]->d_name, file_text(path));
            seen++;
        }
        free(names[i]);
    }
    free(names);
    assert_true(seen >= 8);
}

static void same_when_wrapped(const char *name, sk_str text)
{
    sk_str flat = comparable(printed(read_str(text)));
    for (size_t columns = 60; columns <= 80; columns += 4) {
        sk_str other = wrapped(text, columns);
        if (!sk_str_eq(flat, comparable(printed(read_str(other)))))
            fail_msg("%s reads differently wrapped at %zu", name, columns);
    }
}

static void wrapping_a_text_changes_nothing(void **state)
{
    for_each_text(same_when_wrapped);
}

static void lists_and_headings_are_not_joined(void **state)
{
    sk_str list = SK_S("Kim Yong-su, born 1978, Chongjin, teacher\nPak Min-ho, born 1961, Sinuiju\n"
                       "Ri Sol-ju, born 1990, Hamhung, nurse at a clinic\n");
    assert_int_equal(sk_paragraph_wrap(list).column, 0);
    assert_int_equal(sk_paragraph_wrap(SK_S("Soldiers killed 12 villagers in the market today\n"
                                            "Police arrested the mayor of the town\n"))
                         .column,
                     0);
}

/* --- what holds of every text -------------------------------------------------------------------- */

static void assert_span(const sk_reading *r, sk_span s)
{
    assert_true(s.from < s.to && s.to <= r->text.n);
    assert_true(((unsigned char)r->text.p[s.from] & 0xC0) != 0x80);
}

/* An actor is somebody whom the sentence names, or a pronoun or earlier words that are marked as such. */
static void assert_actor(const sk_reading *r, const sk_found_event *e, const sk_slot *slot)
{
    assert_span(r, slot->span);
    assert_true(slot->entity >= 0);
    bool mentioned = slot->is_pronoun;
    for (size_t i = 0; i < r->n_mentions && !mentioned; i++)
        mentioned = r->mentions[i].entity == slot->entity &&
                    r->mentions[i].span.from < slot->span.to &&
                    slot->span.from < r->mentions[i].span.to;
    if (!mentioned)
        fail_msg("\"%.*s\" does what \"%.*s\" says, and the text does not name it",
                 SK_P(words(r, slot->span)), SK_P(words(r, e->trigger)));
}

static void keeps_the_rules(const char *name, sk_str text)
{
    sk_reading *r = read_str(text);
    for (size_t i = 0; i < r->n_events; i++) {
        const sk_found_event *e = &r->events[i];
        assert_span(r, e->trigger);
        for (uint8_t a = 0; a < e->n_actor; a++)
            assert_actor(r, e, &e->actor[a]);
        for (uint8_t a = 0; a < e->n_target; a++)
            assert_span(r, e->target[a].span);
    }
    assert_true(r->n_events > 0);
}

static void no_text_gives_an_actor_whom_it_does_not_name(void **state)
{
    for_each_text(keeps_the_rules);
}

/* Every sentence that asserts becomes one that does not, by what is put in front of it. */
static void assert_never_happened(const char *before, sk_str sentence)
{
    sk_str text = sk_fmt(&cx.arena, "%s%.*s", before, SK_P(sentence));
    sk_reading *r = read_str(text);
    for (size_t i = 0; i < r->n_events; i++)
        if (r->events[i].modality <= SK_ALLEGED)
            fail_msg("\"%.*s\" offers %s as one that happened", SK_P(text), r->events[i].act);
}

static void what_is_denied_or_feared_never_happened(void **state)
{
    static const char *const sentences[] = {
        "soldiers killed 10 to 20 villagers.", "guards beat, tortured and raped prisoners.",
        "the applicant was ill-treated.", "women were denied medical care.",
        "police arrested the mayor on 9 May."};
    static const char *const before[] = {"It is not true that ", "Officials denied that ",
                                         "Nobody knows whether ", "Villagers fear that "};
    for (size_t i = 0; i < SK_COUNT(sentences); i++)
        for (size_t k = 0; k < SK_COUNT(before); k++)
            assert_never_happened(before[k], sk_str_of(sentences[i]));
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(two_days_of_one_month_are_one_stretch),
        T(a_year_may_be_spoken_as_witnesses_do),
        T(units_of_one_length_are_one_duration),
        T(a_month_in_a_date_is_no_may),
        T(a_range_keeps_the_people_it_counts),
        T(a_list_of_twenty_victims_names_them_all),
        T(a_list_of_twelve_acts_gives_twelve_and_no_more),
        T(an_act_with_a_hyphen_has_no_actor_in_its_victim),
        T(the_two_thousandth_person_is_remembered_like_the_first),
        T(wrapping_a_text_changes_nothing),
        T(lists_and_headings_are_not_joined),
        T(no_text_gives_an_actor_whom_it_does_not_name),
        T(what_is_denied_or_feared_never_happened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
