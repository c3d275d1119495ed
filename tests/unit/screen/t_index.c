/* The screening index: what goes in comes out, to those who may see it; segments add up; what is torn
 * or foreign is refused. */
#include "lists.h"

#include "screen/index.h"
#include "screen/segment_private.h"

#include <stdio.h>
#include <sys/stat.h>

static const entry PEOPLE[] = {
    {"p-01", "Kim Invented-il", "김발명", "1950", "kp", "PS100200", "", 2},
    {"p-02", "Hassan Invented al-Tahiri", NULL, "1961-02-03", "iq", NULL, "", 0},
    {"p-03", "Olga Invented Petrovna", "Ольга Выдуманная", NULL, "ru", NULL, "", 1},
    {"p-04", "Secret Canaryname", "Hidden Canaryalias", "1970", NULL, "CANARY777", "witness", 1},
    {"p-05", "Tanaka Invented", NULL, NULL, NULL, NULL, "", 3},
    {"p-06", "Open Person", NULL, NULL, NULL, NULL, "", 1},
};

static void every_name_finds_its_entity_first(void **state)
{
    sk_ctx *cx = *state;
    sk_screen_index *ix = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    sk_sight *s;
    size_t n_copies;
    OK(cx, sk_sight_open(cx, ix, shows_all, NULL, &s));
    (void)sk_sight_copies(s, &n_copies);
    assert_int_equal(n_copies, 3);
    for (size_t i = 0; i < SK_COUNT(PEOPLE); i++) {
        const char *names[] = {PEOPLE[i].name, PEOPLE[i].alias};
        for (size_t k = 0; k < 2 && names[k]; k++) {
            const sk_screen_hit *hits;
            OK(cx, sk_sight_choose(cx, s, NULL, 0, PEOPLE[i].copy ? SK_S("") : SK_S("2018")));
            assert_true(ask(cx, s, names[k], NULL, &hits) > 0);
            assert_true(sk_str_is(hits[0].key, PEOPLE[i].key));
            assert_true(sk_str_is(hits[0].name, names[k]));
            assert_true(hits[0].alert);
        }
    }
    sk_screen_index_close(ix);
}

static void the_newest_copy_counts_unless_another_day_is_asked_for(void **state)
{
    sk_ctx *cx = *state;
    const sk_screen_hit *hits;
    sk_screen_index *ix = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    sk_sight *now = see(cx, ix, true, ""), *then = see(cx, ix, true, "2019-05");
    size_t n = ask(cx, now, "Hassan Invented al-Tahiri", NULL, &hits);
    assert_false(is_among(hits, n, "p-02"));
    n = ask(cx, then, "Hassan Invented al-Tahiri", NULL, &hits);
    assert_true(is_among(hits, n, "p-02"));
    n = ask(cx, then, "Olga Invented Petrovna", NULL, &hits);
    assert_false(is_among(hits, n, "p-03"));
    assert_int_equal(sk_sight_count(now), 5);
    assert_int_equal(sk_sight_count(then), 3); /* two of that copy, and the archive's own */
    sk_screen_index_close(ix);
}

static void a_list_or_a_day_that_is_not_there_is_said(void **state)
{
    sk_ctx *cx = *state;
    sk_screen_index *ix = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    sk_sight *s = see(cx, ix, true, "");
    sk_str other = SK_S("no-such-list"), un = SK_S("un");
    assert_int_equal(sk_sight_choose(cx, s, &other, 1, SK_S("")), SK_E_NOTFOUND);
    assert_non_null(strstr(cx->message, "no-such-list"));
    sk_forgive(cx);
    assert_int_equal(sk_sight_choose(cx, s, &un, 1, SK_S("2001")), SK_E_NOTFOUND);
    assert_non_null(strstr(cx->message, "2001"));
    sk_forgive(cx);
    sk_screen_index_close(ix);
}

/* A restricted person is the same as one who was never there: hits, counts, odds, rarity. */
static void what_is_hidden_changes_nothing(void **state)
{
    sk_ctx *cx = *state;
    entry without[SK_COUNT(PEOPLE)];
    size_t n_without = 0;
    for (size_t i = 0; i < SK_COUNT(PEOPLE); i++)
        if (!PEOPLE[i].labels[0])
            without[n_without++] = PEOPLE[i];
    sk_screen_index *all = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    sk_screen_index *less = make_index(cx, without, n_without);
    sk_sight *guest = see(cx, all, false, ""), *nobody = see(cx, less, false, "");
    static const char *const ASKED[] = {"Secret Canaryname", "Hidden Canaryalias",
                                        "Open Person",       "Kim Invented-il",
                                        "Canaryname",        "Person Invented"};
    for (size_t i = 0; i < SK_COUNT(ASKED); i++) {
        const sk_screen_hit *a, *b;
        size_t n = ask(cx, guest, ASKED[i], NULL, &a), m = ask(cx, nobody, ASKED[i], NULL, &b);
        assert_int_equal(n, m);
        for (size_t k = 0; k < n; k++) {
            assert_true(sk_str_eq(a[k].key, b[k].key));
            assert_true(a[k].score == b[k].score && a[k].odds == b[k].odds);
            assert_true(sk_str_find(a[k].name, SK_S("Canary")) == SIZE_MAX);
        }
    }
    assert_int_equal(sk_sight_count(guest), sk_sight_count(nobody));
    sk_screen_index_close(all);
    sk_screen_index_close(less);
}

static void a_number_leads_to_its_bearer_unless_hidden(void **state)
{
    sk_ctx *cx = *state;
    sk_screen_index *ix = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    sk_searcher *owner = sk_searcher_new(see(cx, ix, true, ""));
    sk_searcher *guest = sk_searcher_new(see(cx, ix, false, ""));
    const sk_candidate *list;
    sk_str id = SK_S("ps 100-200"), canary = SK_S("canary-777");
    assert_int_equal(sk_searcher_find(owner, NULL, 0, &id, 1, &list), 1);
    assert_true(list[0].by_id);
    assert_true(sk_str_is(sk_screen_index_key(ix, list[0].ref), "p-01"));
    assert_int_equal(sk_searcher_find(owner, NULL, 0, &canary, 1, &list), 1);
    assert_int_equal(sk_searcher_find(guest, NULL, 0, &canary, 1, &list), 0);
    sk_searcher_free(owner);
    sk_searcher_free(guest);
    sk_screen_index_close(ix);
}

static void candidates_are_the_same_on_every_path(void **state)
{
    sk_ctx *cx = *state;
    sk_screen_index *ix = make_index(cx, PEOPLE, SK_COUNT(PEOPLE));
    sk_searcher *f = sk_searcher_new(see(cx, ix, true, ""));
    const sk_name *name = sk_name_prepare(&cx->arena, SK_S("Gim Invented-il"), SK_NAME_PERSON);
    const sk_candidate *list;
    size_t n = sk_searcher_find(f, &name, 1, NULL, 0, &list), m;
    sk_candidate first[16];
    assert_true(n && n <= 16);
    memcpy(first, list, n * sizeof *first);
    for (int p = 0; p < SK_SCAN_PATHS; p++) {
        if (!sk_scan_has_path((sk_scan_path)p))
            continue;
        sk_searcher_set_path(f, (sk_scan_path)p);
        m = sk_searcher_find(f, &name, 1, NULL, 0, &list);
        assert_int_equal(m, n);
        for (size_t i = 0; i < n; i++)
            assert_true(list[i].ref.doc == first[i].ref.doc && list[i].scan == first[i].scan &&
                        list[i].keys == first[i].keys);
    }
    sk_searcher_free(f);
    sk_screen_index_close(ix);
}

/* ---- segments ---- */

static void an_added_segment_replaces_and_removes(void **state)
{
    sk_ctx *cx = *state;
    static const entry CHANGED[] = {
        {"p-01", "Kim Renamed-il", NULL, "1950", "kp", NULL, "", 1},
        {"p-07", "Newly Added", NULL, NULL, NULL, NULL, "", 1},
    };
    uint64_t bytes, more;
    int fd = make_file(cx, PEOPLE, SK_COUNT(PEOPLE), &bytes), from;
    sk_screen_builder *b;
    OK(cx, sk_screen_file_new(cx, SK_S(""), &from));
    OK(cx, sk_screen_builder_new(cx, from, SK_SCREEN_BEGIN, &b));
    sk_screen_builder_gone(b, SK_S("p-01"));
    sk_screen_builder_gone(b, SK_S("p-03"));
    for (size_t i = 0; i < SK_COUNT(CHANGED); i++)
        add_entry(cx, b, &CHANGED[i]);
    OK(cx, sk_screen_builder_end(cx, b, &more));
    sk_screen_builder_free(b);
    uint8_t stamp[32] = {9};
    OK(cx, sk_screen_file_add(cx, fd, from, more, stamp));
    sk_screen_index *ix;
    OK(cx, sk_screen_index_map(cx, fd, &ix));
    assert_int_equal(sk_screen_index_segments(ix), 2);
    assert_int_equal(sk_screen_index_stamp(ix)[0], 9);
    assert_int_equal(sk_screen_index_count(ix), SK_COUNT(PEOPLE) - 2 + 2);
    sk_sight *s = see(cx, ix, true, "");
    const sk_screen_hit *hits;
    size_t n = ask(cx, s, "Olga Invented Petrovna", NULL, &hits);
    assert_false(is_among(hits, n, "p-03"));
    n = ask(cx, s, "Kim Renamed-il", NULL, &hits);
    assert_true(n && sk_str_is(hits[0].key, "p-01"));
    n = ask(cx, s, "김발명", NULL, &hits);
    for (size_t i = 0; i < n; i++)
        assert_false(sk_str_is(hits[i].name, "김발명"));
    n = ask(cx, s, "Newly Added", NULL, &hits);
    assert_true(n && sk_str_is(hits[0].key, "p-07"));
    sk_screen_index_close(ix);
    close(fd);
    close(from);
}

/* ---- damage ---- */

static void a_torn_or_foreign_file_is_refused(void **state)
{
    sk_ctx *cx = *state;
    uint64_t bytes;
    int fd = make_file(cx, PEOPLE, SK_COUNT(PEOPLE), &bytes);
    sk_screen_index *ix;
    char byte;
    for (off_t at = 0; at < 64; at += 7) { /* any bit of the slot */
        assert_int_equal(pread(fd, &byte, 1, at), 1);
        char bad = (char)(byte ^ 4);
        assert_int_equal(pwrite(fd, &bad, 1, at), 1);
        assert_int_equal(sk_screen_index_map(cx, fd, &ix), SK_E_INTEGRITY);
        sk_forgive(cx);
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    }
    assert_int_equal(pread(fd, &byte, 1, SK_SCREEN_BEGIN + 40), 1);
    byte ^= 1; /* the head of the segment */
    assert_int_equal(pwrite(fd, &byte, 1, SK_SCREEN_BEGIN + 40), 1);
    assert_int_equal(sk_screen_index_map(cx, fd, &ix), SK_E_INTEGRITY);
    sk_forgive(cx);
    assert_int_equal(ftruncate(fd, SK_SCREEN_BEGIN + 100), 0);
    assert_int_equal(sk_screen_index_map(cx, fd, &ix), SK_E_INTEGRITY);
    sk_forgive(cx);
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(sk_screen_index_map(cx, fd, &ix), SK_E_INTEGRITY);
    sk_forgive(cx);
    close(fd);
}

/* A segment whose head does not say how large its items are may have been laid out otherwise. */
static void a_segment_of_another_layout_is_refused(void **state)
{
    sk_ctx *cx = *state;
    uint64_t bytes;
    int fd = make_file(cx, PEOPLE, SK_COUNT(PEOPLE), &bytes);
    segment_head head;
    sk_screen_index *ix;
    assert_int_equal(pread(fd, &head, sizeof head, SK_SCREEN_BEGIN), sizeof head);
    head.sum = sum_of(&head, offsetof(segment_head, sum));
    assert_int_equal(pwrite(fd, &head, sizeof head, SK_SCREEN_BEGIN), sizeof head);
    assert_int_equal(sk_screen_index_map(cx, fd, &ix), SK_E_INTEGRITY);
    sk_forgive(cx);
    close(fd);
}

/* Whatever byte of a segment's parts is wrong, reading is safe and no damaged name is compared. */
static void damage_inside_is_read_safely(void **state)
{
    sk_ctx *cx = *state;
    uint64_t bytes;
    int fd = make_file(cx, PEOPLE, SK_COUNT(PEOPLE), &bytes);
    struct stat st;
    assert_int_equal(fstat(fd, &st), 0);
    for (off_t at = SK_SCREEN_BEGIN + 512; at < st.st_size; at += 41) {
        char byte, bad;
        sk_screen_index *ix;
        assert_int_equal(pread(fd, &byte, 1, at), 1);
        bad = (char)~byte;
        assert_int_equal(pwrite(fd, &bad, 1, at), 1);
        OK(cx, sk_screen_index_map(cx, fd, &ix));
        sk_sight *s = see(cx, ix, true, "");
        const sk_screen_hit *hits;
        (void)ask(cx, s, "Kim Invented-il", "1950", &hits);
        sk_screen_index_close(ix);
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    }
    close(fd);
}

static void the_same_entities_give_the_same_bytes(void **state)
{
    sk_ctx *cx = *state;
    uint64_t bytes, again;
    int a = make_file(cx, PEOPLE, SK_COUNT(PEOPLE), &bytes);
    int b = make_file(cx, PEOPLE, SK_COUNT(PEOPLE), &again);
    assert_int_equal(bytes, again);
    char *x = malloc(bytes), *y = malloc(bytes);
    assert_int_equal(pread(a, x, bytes, SK_SCREEN_BEGIN), (ssize_t)bytes);
    assert_int_equal(pread(b, y, bytes, SK_SCREEN_BEGIN), (ssize_t)bytes);
    assert_memory_equal(x, y, bytes);
    free(x);
    free(y);
    close(a);
    close(b);
}

static int begin(void **state)
{
    static sk_ctx cx;
    sk_ctx_init(&cx);
    *state = &cx;
    return 0;
}

static int end(void **state)
{
    sk_ctx_done(*state);
    return 0;
}

/* The last parts of a file may be empty: it must reach to its end all the same, wherever that falls. */
static void a_file_of_any_length_can_be_opened(void **state)
{
    enum { MANY = 24, LONG = 40 };
    sk_ctx *cx = *state;
    char keys[MANY][8], name[LONG + 1];
    entry v[MANY];
    for (size_t n = 1; n <= MANY; n++)
        for (size_t length = 1; length <= LONG; length++) {
            memset(name, 'a', length);
            name[length] = 0;
            snprintf(keys[n - 1], sizeof keys[0], "p-%02zu", n);
            v[n - 1] = (entry){keys[n - 1], name, NULL, NULL, NULL, NULL, "", 3};
            sk_screen_index_close(make_index(cx, v, n)); /* fails where it cannot be mapped */
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_name_finds_its_entity_first, begin, end),
        cmocka_unit_test_setup_teardown(the_newest_copy_counts_unless_another_day_is_asked_for,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_list_or_a_day_that_is_not_there_is_said, begin, end),
        cmocka_unit_test_setup_teardown(what_is_hidden_changes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_number_leads_to_its_bearer_unless_hidden, begin, end),
        cmocka_unit_test_setup_teardown(candidates_are_the_same_on_every_path, begin, end),
        cmocka_unit_test_setup_teardown(an_added_segment_replaces_and_removes, begin, end),
        cmocka_unit_test_setup_teardown(a_torn_or_foreign_file_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_segment_of_another_layout_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(damage_inside_is_read_safely, begin, end),
        cmocka_unit_test_setup_teardown(the_same_entities_give_the_same_bytes, begin, end),
        cmocka_unit_test_setup_teardown(a_file_of_any_length_can_be_opened, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
