/* The screening index of an archive: what a guest cannot find, what is made again and what is not,
 * files that are stale, torn or of another build. Persons are invented. */
#include "../record/fixture.h"

#include "screen/archive.h"
#include "screen/screen.h"

#include <fcntl.h>

static void person(fixture *f, const char *key, const char *name)
{
    say(f, key, "Person:name", name, "an invented witness");
}

static sk_screen_index *bring_up(fixture *f, sk_screen_update *ret_update)
{
    sk_screen_index *ix;
    OK(f, sk_screen_archive_open(&f->cx, ret_update, &ix));
    return ix;
}

/* Is anybody of that key among the hits for a name, as the fixture's view sees it? */
static bool finds(fixture *f, const sk_screen_index *ix, const char *name, const char *key)
{
    sk_screen_options options = SK_SCREEN_OPTIONS;
    sk_str text = sk_str_of(name);
    sk_asked words = {.names = &text, .n_names = 1};
    const sk_screen_hit *hits;
    sk_screen_query q;
    sk_sight *s;
    size_t n;
    bool found = false;
    OK(f, sk_sight_of_view(&f->cx, ix, f->view, &s));
    OK(f, sk_sight_choose(&f->cx, s, NULL, 0, SK_S("")));
    OK(f, sk_screen_query_read(&f->cx, &words, false, &q));
    options.cutoff = 0.01;
    sk_screener *sc = sk_screener_new(s, &options);
    OK(f, sk_screener_run_all(&f->cx, sc, &q, &hits, &n));
    sk_screener_free(sc);
    for (size_t i = 0; i < n; i++)
        found = found || sk_str_is(hits[i].key, key);
    return found;
}

static size_t counts(fixture *f, const sk_screen_index *ix)
{
    sk_sight *s;
    OK(f, sk_sight_of_view(&f->cx, ix, f->view, &s));
    OK(f, sk_sight_choose(&f->cx, s, NULL, 0, SK_S("")));
    return sk_sight_count(s);
}

static void index_path(const fixture *f, char path[128])
{
    snprintf(path, 128, "%s/derived/screen.index", f->dir);
}

static void who_is_restricted_is_no_candidate_for_a_guest(void **state)
{
    fixture f;
    sk_hash id;
    fixture_init(&f);
    person(&f, "open", "Jonathan Openperson");
    person(&f, "canary", "Canaryname Hiddenperson");
    OK(&f, sk_record_restrict(&f.cx, SK_S("entity canary"), SK_S("witness"), SK_S("at risk"), &id));
    fixture_commit(&f);
    sk_screen_index *ix = bring_up(&f, NULL);
    assert_true(finds(&f, ix, "Canaryname Hiddenperson", "canary"));
    assert_int_equal(counts(&f, ix), 2);
    fixture_view_as(&f, "guest", "work");
    assert_false(finds(&f, ix, "Canaryname Hiddenperson", "canary"));
    assert_false(finds(&f, ix, "Jonathan Openperson", "canary"));
    assert_true(finds(&f, ix, "Jonathan Openperson", "open"));
    assert_int_equal(counts(&f, ix), 1);
    sk_screen_index_close(ix);
    fixture_done(&f);
}

static void a_name_from_a_hidden_exhibit_is_no_candidate_for_a_guest(void **state)
{
    fixture f;
    sk_hash id;
    fixture_init(&f);
    sk_hash exhibit = fixture_exhibit(&f, "letter.txt", "Canaryname Hiddenperson was there\n");
    sk_claim c =
        draft(&f, "named", "Person:name", "Canaryname Hiddenperson", "an invented witness");
    sk_passage p = {.exhibit = exhibit, .place = SK_S("row 1")};
    c.passages = &p;
    c.n_passages = 1;
    fixture_log(&f, c);
    person(&f, "named", "Plainname Openperson");
    sk_str target = sk_fmt(&f.cx.arena, "exhibit %.*s", SK_P(sk_hash_hex(&f.cx.arena, &exhibit)));
    OK(&f, sk_record_restrict(&f.cx, target, SK_S("witness"), SK_S("at risk"), &id));
    fixture_commit(&f);
    sk_screen_index *ix = bring_up(&f, NULL);
    assert_true(finds(&f, ix, "Canaryname Hiddenperson", "named"));
    fixture_view_as(&f, "guest", "work");
    assert_false(finds(&f, ix, "Canaryname Hiddenperson", "named"));
    assert_true(finds(&f, ix, "Plainname Openperson", "named"));
    sk_screen_index_close(ix);
    fixture_done(&f);
}

static void only_what_changed_is_made_again(void **state)
{
    fixture f;
    sk_screen_update u;
    char key[16], name[48];
    fixture_init(&f);
    for (int i = 0; i < 100; i++) {
        snprintf(key, sizeof key, "p-%03d", i);
        snprintf(name, sizeof name, "Invented Person%c%c", 'a' + i / 26, 'a' + i % 26);
        person(&f, key, name);
    }
    fixture_commit(&f);
    sk_screen_index_close(bring_up(&f, &u));
    assert_true(u.was_made && u.entities == 100 && u.changed == 100 && !u.refused.n);
    sk_screen_index_close(bring_up(&f, &u));
    assert_true(u.was_current && !u.was_made);

    sk_hash taken = say(&f, "p-101", "Person:name", "Newcomer Inventedson", "an invented witness");
    say(&f, "p-000", "Person:alias", "Secondname Inventedson", "an invented witness");
    fixture_commit(&f);
    sk_screen_index *ix = bring_up(&f, &u);
    assert_true(!u.was_current && !u.was_made);
    assert_int_equal(u.changed, 2);
    assert_int_equal(sk_screen_index_segments(ix), 2);
    assert_true(finds(&f, ix, "Newcomer Inventedson", "p-101"));
    assert_true(finds(&f, ix, "Secondname Inventedson", "p-000"));
    assert_int_equal(counts(&f, ix), 101);
    sk_screen_index_close(ix);

    sk_hash id;
    OK(&f, sk_record_retract(&f.cx, &taken, SK_S("an error"), &id));
    fixture_commit(&f);
    ix = bring_up(&f, &u);
    assert_true(!u.was_made && u.gone == 1);
    assert_false(finds(&f, ix, "Newcomer Inventedson", "p-101"));
    assert_int_equal(counts(&f, ix), 100);
    sk_screen_index_close(ix);
    fixture_done(&f);
}

/* The same answers from an index that grew and from one made anew. */
static void a_grown_index_answers_as_one_made_anew(void **state)
{
    fixture f;
    sk_screen_update u;
    fixture_init(&f);
    person(&f, "p-1", "Karim Inventedzai");
    for (char c = 'a'; c < 'z'; c++) {
        char key[8] = {'q', c, 0}, name[32];
        snprintf(name, sizeof name, "Filler Name%c", c);
        person(&f, key, name);
    }
    fixture_commit(&f);
    sk_screen_index_close(bring_up(&f, NULL));
    person(&f, "p-2", "Karim Inventedzay");
    fixture_commit(&f);
    sk_screen_index *grown = bring_up(&f, &u);
    assert_false(u.was_made);
    OK(&f, sk_screen_archive_remove(&f.cx, f.cx.archive));
    sk_screen_index *anew = bring_up(&f, &u);
    assert_true(u.was_made);
    const sk_screen_index *both[] = {grown, anew};
    for (int i = 0; i < 2; i++) {
        assert_true(finds(&f, both[i], "Karim Inventedzai", "p-1"));
        assert_true(finds(&f, both[i], "Karim Inventedzai", "p-2"));
        assert_int_equal(counts(&f, both[i]), 27);
    }
    sk_screen_index_close(grown);
    sk_screen_index_close(anew);
    fixture_done(&f);
}

/* Write bytes over a place of the index file. */
static void overwrite(const fixture *f, long at, const char *bytes, size_t n)
{
    char path[128];
    index_path(f, path);
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, n, at), n);
    close(fd);
}

static void a_damaged_file_is_told_and_made_anew(void **state)
{
    static const char rubbish[64] = "rubbish where a head should be";
    fixture f;
    sk_screen_update u;
    char path[128];
    fixture_init(&f);
    person(&f, "p-1", "Karim Inventedzai");
    fixture_commit(&f);
    sk_screen_index_close(bring_up(&f, NULL));

    overwrite(&f, SK_SCREEN_BEGIN, rubbish, sizeof rubbish); /* the head of the segment */
    sk_screen_index *ix = bring_up(&f, &u);
    assert_true(u.was_made);
    assert_string_equal(u.refused.p, "the screening index is damaged");
    assert_true(finds(&f, ix, "Karim Inventedzai", "p-1"));
    sk_screen_index_close(ix);
    sk_screen_index_close(bring_up(&f, &u));
    assert_true(u.was_current && !u.refused.n);

    index_path(&f, path);
    assert_int_equal(truncate(path, 100), 0);
    ix = bring_up(&f, &u);
    assert_true(u.was_made);
    assert_string_equal(u.refused.p, "the screening index is cut short");
    assert_true(finds(&f, ix, "Karim Inventedzai", "p-1"));
    sk_screen_index_close(ix);
    fixture_done(&f);
}

/* An index that names another state of the record is not answered from. */
static void a_stale_index_is_brought_up_to_date_before_it_answers(void **state)
{
    fixture f;
    sk_screen_update u;
    char path[128], kept[160], command[512];
    fixture_init(&f);
    person(&f, "p-1", "Karim Inventedzai");
    fixture_commit(&f);
    sk_screen_index_close(bring_up(&f, NULL));
    index_path(&f, path);
    snprintf(kept, sizeof kept, "%s.kept", path);
    snprintf(command, sizeof command, "cp %s %s", path, kept);
    assert_int_equal(system(command), 0);
    person(&f, "p-2", "Olga Vydumannaya");
    fixture_commit(&f);
    sk_screen_index_close(bring_up(&f, &u));
    assert_int_equal(rename(kept, path), 0); /* as if a copy of before were restored */
    sk_screen_index *ix = bring_up(&f, &u);
    assert_false(u.was_current);
    assert_true(finds(&f, ix, "Olga Vydumannaya", "p-2"));
    sk_screen_index_close(ix);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_restricted_is_no_candidate_for_a_guest),
        cmocka_unit_test(a_name_from_a_hidden_exhibit_is_no_candidate_for_a_guest),
        cmocka_unit_test(only_what_changed_is_made_again),
        cmocka_unit_test(a_grown_index_answers_as_one_made_anew),
        cmocka_unit_test(a_damaged_file_is_told_and_made_anew),
        cmocka_unit_test(a_stale_index_is_brought_up_to_date_before_it_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
