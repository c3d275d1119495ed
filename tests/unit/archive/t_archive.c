/* The life of an archive: made, written, read, proven; its limits; erasure. */
#include "archive_fixture.h"

#include "archive/checkpoint.h"

static void a_new_archive_is_sound_and_introduces_its_keys(void **state)
{
    fixture *x = *state;
    assert_sound(x);
    sk_archive *ar = open_it(x, SK_ARCHIVE_READ);
    assert_int_equal(sk_archive_count(ar), 2);
    assert_int_equal(sk_archive_get_id(ar).n, 32);
    assert_int_equal(sk_archive_get_device(ar).n, 8);
    assert_true(sk_key_name_is_ours(sk_archive_get_author(ar)));
    sk_str vkeys;
    assert_ok(&x->cx, sk_archive_read_vkeys(&x->cx, ar, &vkeys));
    assert_true(sk_str_find(vkeys, sk_archive_get_author(ar)) != SIZE_MAX);
    sk_archive_close(ar);
}

static void init_refuses_a_folder_in_use(void **state)
{
    fixture *x = *state;
    assert_fails(&x->cx, SK_E_CONFLICT, "is an archive already",
                 sk_archive_init(&x->cx, x->fs, sk_str_of(x->path), SK_NONE));
    assert_fails(&x->cx, SK_E_CONFLICT, "is not empty",
                 sk_archive_init(&x->cx, x->fs, sk_str_of(x->folder), SK_NONE));
    assert_fails(&x->cx, SK_E_NOTFOUND, "cannot make directory",
                 sk_archive_init(&x->cx, x->fs, SK_S("/nowhere/at/all"), SK_NONE));
}

static void init_goes_on_where_an_earlier_one_broke_off(void **state)
{
    fixture *x = *state;
    char from[700], to[700];
    snprintf(from, sizeof from, "%s/SILLOK", x->path);
    snprintf(to, sizeof to, "%s/SILLOK.init", x->path);
    assert_int_equal(rename(from, to), 0);
    sk_archive *ar;
    assert_fails(&x->cx, SK_E_NOTFOUND, "never finished",
                 sk_archive_open(&x->cx, x->fs, sk_str_of(x->path), SK_ARCHIVE_READ, &ar));
    assert_ok(&x->cx, sk_archive_init(&x->cx, x->fs, sk_str_of(x->path), SK_NONE));
    assert_sound(x);
}

static void secret_keys_are_private(void **state)
{
    fixture *x = *state;
    static const char *const names[] = {"keys/device.secret", "keys/author.secret"};
    for (size_t i = 0; i < SK_COUNT(names); i++) {
        char path[700];
        struct stat st;
        snprintf(path, sizeof path, "%s/%s", x->path, names[i]);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
    }
}

static void what_was_committed_can_be_read_back(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_entry_place place[10];
    sk_hash id[10];
    for (int i = 0; i < 10; i++)
        id[i] = append_note(x, ar, i, &place[i]);
    assert_int_equal(sk_archive_count(ar), 2); /* nothing counts before the commit */
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    assert_int_equal(sk_archive_count(ar), 12);
    sk_archive *reader = open_it(x, SK_ARCHIVE_READ);
    for (int i = 0; i < 10; i++) {
        sk_entry e;
        char want[64];
        snprintf(want, sizeof want, "number %d\nof many", i);
        assert_ok(&x->cx, sk_archive_read(&x->cx, reader, &place[i], &id[i], &e));
        assert_true(sk_str_is(sk_entry_get(&e, "text"), want));
        assert_true(sk_str_eq(e.archive, sk_archive_get_id(ar)));
        assert_int_equal(place[i].leaf, 2 + i);
    }
    sk_entry e;
    assert_fails(&x->cx, SK_E_INTEGRITY, "another entry begins",
                 sk_archive_read(&x->cx, reader, &place[0], &id[1], &e));
    place[0].offset++;
    assert_fails(&x->cx, SK_E_INTEGRITY, "no entry begins",
                 sk_archive_read(&x->cx, reader, &place[0], &id[0], &e));
    sk_archive_close(reader);
    sk_archive_close(ar);
    assert_sound(x);
}

/* Erased entries may be passed over; a lost one must be told. */
static void an_entry_whose_segment_is_gone_is_not_taken_for_erased(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_entry_place place;
    sk_hash id = append_note(x, ar, 1, &place);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_close(ar);
    assert_int_equal(unlink(sk_fmt(&x->cx.arena, "%s/entries/00000001.seg", x->path).p), 0);
    sk_entry e;
    ar = open_it(x, SK_ARCHIVE_READ);
    assert_fails(&x->cx, SK_E_INTEGRITY, "00000001.seg is not there",
                 sk_archive_read(&x->cx, ar, &place, &id, &e));
    place.segment = 0;
    assert_fails(&x->cx, SK_E_INTEGRITY, "no segment 0",
                 sk_archive_read(&x->cx, ar, &place, &id, &e));
    sk_archive_close(ar);
}

static void dropped_entries_leave_no_trace(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    append_note(x, ar, 1, NULL);
    sk_archive_drop(ar);
    append_many(x, ar, 1);
    append_note(x, ar, 2, NULL);
    sk_archive_close(ar); /* drops what was not committed */
    ar = open_it(x, SK_ARCHIVE_READ);
    assert_int_equal(sk_archive_count(ar), 3);
    sk_archive_close(ar);
    assert_sound(x);
}

static void a_reader_cannot_write_and_two_writers_cannot_meet(void **state)
{
    fixture *x = *state;
    sk_archive *reader = open_it(x, SK_ARCHIVE_READ), *writer = open_it(x, SK_ARCHIVE_WRITE), *two;
    assert_fails(&x->cx, SK_E_DENIED, "for reading only",
                 sk_archive_append(&x->cx, reader, SK_S("note"), NULL, 0, NULL, NULL));
    assert_fails(&x->cx, SK_E_CONFLICT, "another sillok is writing",
                 sk_archive_open(&x->cx, x->fs, sk_str_of(x->path), SK_ARCHIVE_WRITE, &two));
    append_many(x, writer, 3); /* readers never wait, and see it when they look again */
    assert_int_equal(sk_archive_count(reader), 5);
    sk_archive_close(writer);
    writer = open_it(x, SK_ARCHIVE_WRITE);
    sk_archive_close(writer);
    sk_archive_close(reader);
}

static void an_archive_that_is_not_there_says_so(void **state)
{
    fixture *x = *state;
    sk_archive *ar;
    assert_fails(&x->cx, SK_E_NOTFOUND, "there is no archive at",
                 sk_archive_open(&x->cx, x->fs, sk_str_of(x->folder), SK_ARCHIVE_READ, &ar));
}

typedef struct seen {
    int n;
    uint64_t next_leaf;
    int stop_at;
} seen;

static sk_rc see(sk_ctx *cx, const sk_entry *e, const sk_entry_place *place, void *arg)
{
    seen *s = arg;
    assert_int_equal(place->leaf, s->next_leaf++);
    assert_true(e->kind.n > 0);
    if (++s->n == s->stop_at)
        return sk_fail(cx, SK_E_CANCELLED, "enough");
    return SK_OK;
}

static void a_walk_goes_on_where_the_last_one_ended(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE), *reader = open_it(x, SK_ARCHIVE_READ);
    sk_archive_limit_segments(ar, 4000); /* so that several segments are walked */
    uint32_t segment = 1;
    uint64_t offset = 0;
    seen s = {0};
    for (int round = 0; round < 30; round++) {
        append_many(x, ar, round % 4);
        assert_ok(&x->cx,
                  sk_archive_each(&x->cx, reader, segment, offset, see, &s, &segment, &offset));
        assert_int_equal(s.n, sk_archive_count(ar));
    }
    assert_true(segment > 3);
    s = (seen){.stop_at = 5};
    assert_fails(&x->cx, SK_E_CANCELLED, "enough",
                 sk_archive_each(&x->cx, reader, 1, 0, see, &s, NULL, NULL));
    sk_archive_close(ar);
    s = (seen){0};
    ar = open_it(x, SK_ARCHIVE_WRITE); /* reopening in a later segment finds the tail */
    append_many(x, ar, 2);
    assert_ok(&x->cx, sk_archive_each(&x->cx, ar, 1, 0, see, &s, NULL, NULL));
    assert_int_equal(s.n, sk_archive_count(ar));
    sk_archive_close(ar);
    sk_archive_close(reader);
    assert_sound(x);
}

static void every_entry_can_be_proven(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_entry_place place[600];
    sk_hash id[600];
    for (int i = 0; i < 600; i++)
        id[i] = append_note(x, ar, i, &place[i]);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_str text;
    assert_fails(&x->cx, SK_E_NOTFOUND, "covers 2 entries",
                 sk_archive_prove(&x->cx, ar, &place[0], &text));
    assert_ok(&x->cx, sk_archive_checkpoint(&x->cx, ar));
    const sk_pubkey *device = &ar->device_key.pub;
    for (int i = 0; i < 600; i++) {
        sk_tlog_proof p;
        assert_ok(&x->cx, sk_archive_prove(&x->cx, ar, &place[i], &text));
        assert_ok(&x->cx, sk_tlog_proof_parse(&x->cx, text, &p));
        assert_ok(&x->cx, sk_tlog_proof_check(&x->cx, &p, &id[i], device));
        assert_fails(&x->cx, SK_E_INTEGRITY, "does not stand at index",
                     sk_tlog_proof_check(&x->cx, &p, &id[(i + 1) % 600], device));
    }
    for (uint64_t old = 0; old <= 602; old++)
        assert_ok(&x->cx, sk_log_consistency(&x->cx, ar, old, &text));
    assert_true(sk_str_starts(text, SK_S("old 602\n\n")));
    assert_fails(&x->cx, SK_E_NOTFOUND, "fewer than 603",
                 sk_log_consistency(&x->cx, ar, 603, &text));
    sk_archive_close(ar);
}

/* ---- limits and erasure ---- */

static void a_group_has_a_ceiling(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    char *big = malloc(60000);
    memset(big, 'x', 60000);
    sk_line lines[16];
    char keys[16][8];
    for (size_t i = 0; i < 16; i++) {
        snprintf(keys[i], sizeof keys[i], "k%zu", i);
        lines[i] = (sk_line){sk_str_of(keys[i]), {big, 60000}};
    }
    sk_rc rc = SK_OK;
    size_t n = 0;
    while (!rc && n < 400) {
        rc = sk_archive_append(&x->cx, ar, SK_S("note"), lines, 16, NULL, NULL);
        n += !rc;
    }
    assert_true(n > 200);
    assert_fails(&x->cx, SK_E_LIMIT, "commit first", rc);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_close(ar);
    free(big);
    assert_sound(x);
}

static void an_erased_entry_keeps_its_mark(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_entry_place place;
    sk_hash id = append_note(x, ar, 0, &place);
    append_many(x, ar, 1);
    sk_file *f;
    assert_ok(&x->cx, sk_archive_segment(&x->cx, ar, 1, false, &f));
    unsigned char head[SK_FRAME_HEAD_BYTES];
    sk_frame frame;
    size_t got;
    assert_int_equal(x->fs->read_at(f, head, sizeof head, place.offset, &got), 0);
    assert_true(sk_frame_parse_head((sk_str){(char *)head, got}, &frame));
    frame.kind = SK_FRAME_ERASED;
    sk_frame_put_head(&frame, head);
    char *zeros = calloc(1, frame.body_bytes);
    assert_int_equal(x->fs->write_at(f, head, sizeof head, place.offset), 0);
    static findings found;
    verify_path(&x->cx, x->fs, x->path, &found);
    assert_non_null(strstr(found.text, "d erasure-unfinished"));
    assert_non_null(strstr(found.text, "d erased-without-order"));
    assert_int_equal(
        x->fs->write_at(f, zeros, frame.body_bytes, place.offset + SK_FRAME_HEAD_BYTES), 0);
    free(zeros);
    sk_line line = {SK_S("entry"), sk_hash_hex(&x->cx.arena, &id)};
    assert_ok(&x->cx, sk_archive_append(&x->cx, ar, SK_S("expunge"), &line, 1, NULL, NULL));
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_entry e;
    assert_fails(&x->cx, SK_E_NOTFOUND, "only its mark is left",
                 sk_archive_read(&x->cx, ar, &place, &id, &e));
    assert_ok(&x->cx, sk_archive_checkpoint(&x->cx, ar));
    sk_str proof;
    assert_ok(&x->cx, sk_archive_prove(&x->cx, ar, &place, &proof)); /* its place is still proven */
    sk_archive_close(ar);
    assert_sound(x);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_new_archive_is_sound_and_introduces_its_keys),
        T(init_refuses_a_folder_in_use),
        T(init_goes_on_where_an_earlier_one_broke_off),
        T(secret_keys_are_private),
        T(what_was_committed_can_be_read_back),
        T(an_entry_whose_segment_is_gone_is_not_taken_for_erased),
        T(dropped_entries_leave_no_trace),
        T(a_reader_cannot_write_and_two_writers_cannot_meet),
        T(an_archive_that_is_not_there_says_so),
        T(a_walk_goes_on_where_the_last_one_ended),
        T(every_entry_can_be_proven),
        T(a_group_has_a_ceiling),
        T(an_erased_entry_keeps_its_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
