/* What a writer finds after a crash, and what it does about it. */
#include "archive_fixture.h"

static void append_bytes(fixture *x, const char *inside, const void *p, size_t n)
{
    char path[700];
    snprintf(path, sizeof path, "%s/%s", x->path, inside);
    int fd = open(path, O_WRONLY | O_APPEND);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, p, n), n);
    close(fd);
}

static char *leaves_path(fixture *x)
{
    sk_archive *ar = open_it(x, SK_ARCHIVE_READ);
    sk_str s = sk_fmt(&x->cx.arena, "logs/%.*s/leaves", SK_P(sk_archive_get_device(ar)));
    sk_archive_close(ar);
    return sk_str_c(&x->cx.arena, s);
}

static void an_unfinished_leaf_is_cut(void **state)
{
    fixture *x = *state;
    append_bytes(x, leaves_path(x), "0123456789", 10);
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_get_recovery(ar)->leaves_cut, 10);
    append_many(x, ar, 2);
    sk_archive_close(ar);
    assert_sound(x);
}

static void a_torn_frame_goes_to_quarantine(void **state)
{
    fixture *x = *state;
    append_bytes(x, "entries/00000001.seg", "\xffSILLOK\n torn", 13);
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_get_recovery(ar)->frames_cut, 1);
    assert_int_equal(sk_archive_get_recovery(ar)->bodies_quarantined, 0);
    append_many(x, ar, 2);
    sk_archive_close(ar);
    static findings f;
    sk_verify_report r = verify_path(&x->cx, x->fs, x->path, &f);
    assert_int_equal(r.damage, 0);
    assert_non_null(strstr(f.text, "n in-quarantine quarantine/00000001-"));
}

/* Three entries are appended, then the log forgets the last two, as if the crash came between. */
static void a_body_without_a_leaf_goes_to_quarantine(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    append_many(x, ar, 3);
    sk_archive_abandon(ar);
    char path[700];
    snprintf(path, sizeof path, "%s/%s", x->path, leaves_path(x));
    assert_int_equal(truncate(path, 3 * 32), 0);
    ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_get_recovery(ar)->bodies_quarantined, 2);
    assert_int_equal(sk_archive_count(ar), 3);
    sk_archive_close(ar);
    static findings f;
    assert_int_equal(verify_path(&x->cx, x->fs, x->path, &f).damage, 0);
}

static void a_torn_leaf_is_written_again_from_its_body(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    append_many(x, ar, 4);
    sk_archive_abandon(ar);
    char path[700], zeros[40] = {0};
    snprintf(path, sizeof path, "%s/%s", x->path, leaves_path(x));
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, zeros, 40, 3 * 32), 40); /* leaf 3 whole, leaf 4 in part */
    close(fd);
    ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_get_recovery(ar)->leaves_mended, 2);
    assert_int_equal(sk_archive_get_recovery(ar)->bodies_missing, 0);
    sk_archive_close(ar);
    assert_sound(x);
}

static void a_leaf_whose_body_is_gone_is_reported_and_kept(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_entry_place place;
    append_note(x, ar, 0, NULL);
    append_note(x, ar, 1, &place);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_abandon(ar);
    char path[700];
    snprintf(path, sizeof path, "%s/entries/00000001.seg", x->path);
    assert_int_equal(truncate(path, (off_t)place.offset + 7), 0);
    ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_get_recovery(ar)->bodies_missing, 1);
    assert_int_equal(sk_archive_count(ar), 4);
    append_many(x, ar, 2); /* life goes on, in a new segment */
    sk_archive_close(ar);
    static findings f;
    verify_path(&x->cx, x->fs, x->path, &f);
    assert_non_null(strstr(f.text, "d leaf-without-body"));
    assert_non_null(strstr(f.text, "leaf 3 (byte 96)"));
    assert_non_null(strstr(f.text, "d frame-damaged entries/00000001.seg"));
}

static void a_log_shorter_than_its_signed_head_is_not_written_to(void **state)
{
    fixture *x = *state;
    char path[700];
    snprintf(path, sizeof path, "%s/%s", x->path, leaves_path(x));
    assert_int_equal(truncate(path, 32), 0);
    sk_archive *ar;
    assert_fails(&x->cx, SK_E_INTEGRITY, "has 1 leaves but 2 were signed",
                 sk_archive_open(&x->cx, x->fs, sk_str_of(x->path), SK_ARCHIVE_WRITE, &ar));
}

static void a_tail_after_a_kill_is_found_and_signed(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    append_many(x, ar, 5);
    sk_archive_abandon(ar);
    ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_count(ar), 7);
    sk_str note;
    assert_ok(&x->cx, sk_archive_read_checkpoint(&x->cx, ar, &note));
    assert_true(sk_str_find(note, SK_S("\n7\n")) != SIZE_MAX);
    sk_archive_close(ar);
    assert_sound(x);
}

static void derived_files_can_be_lost_or_spoilt(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    append_many(x, ar, 300);
    sk_archive_close(ar);
    char path[700];
    snprintf(path, sizeof path, "%s/derived/log-%.*s.state", x->path, 8, leaves_path(x) + 5);
    for (int round = 0; round < 60; round++) {
        FILE *f = fopen(path, "r+");
        assert_non_null(f);
        if (round == 0)
            assert_int_equal(ftruncate(fileno(f), 40), 0);
        fseek(f, round * 7, SEEK_SET);
        fputs(round % 2 ? "0" : "size 5\n", f);
        fclose(f);
        ar = open_it(x, SK_ARCHIVE_WRITE);
        assert_int_equal(sk_archive_count(ar), 302 + round);
        append_many(x, ar, 1);
        sk_archive_close(ar);
    }
    unlink(path);
    ar = open_it(x, SK_ARCHIVE_WRITE);
    append_many(x, ar, 1);
    sk_archive_close(ar);
    assert_sound(x);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(an_unfinished_leaf_is_cut),
        T(a_torn_frame_goes_to_quarantine),
        T(a_body_without_a_leaf_goes_to_quarantine),
        T(a_torn_leaf_is_written_again_from_its_body),
        T(a_leaf_whose_body_is_gone_is_reported_and_kept),
        T(a_log_shorter_than_its_signed_head_is_not_written_to),
        T(a_tail_after_a_kill_is_found_and_signed),
        T(derived_files_can_be_lost_or_spoilt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
