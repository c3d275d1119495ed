/* Blobs: stored once, read back, replaced when damaged, missed when gone. */
#include "archive_fixture.h"

static void blobs_are_stored_once_and_named_by_their_hash(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_blob_info a, b;
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("abc"), &a));
    assert_true(a.is_new && a.size_bytes == 3);
    assert_true(sk_str_is(sk_hash_hex(&x->cx.arena, &a.hash),
                          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    int fd;
    uint64_t size;
    char got[4];
    assert_ok(&x->cx, sk_blob_open(&x->cx, ar, &a.hash, &fd, &size)); /* before the commit too */
    assert_true(size == 3 && read(fd, got, 4) == 3 && memcmp(got, "abc", 3) == 0);
    close(fd);
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("abc"), &b));
    assert_false(b.is_new);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("abc"), &b));
    assert_false(b.is_new);
    assert_int_equal(access(sk_blob_path(&x->cx, ar, &a.hash).p, R_OK), 0);
    sk_hash other = sk_sha256(SK_S("other"));
    assert_fails(&x->cx, SK_E_NOTFOUND, "cannot open",
                 sk_blob_open(&x->cx, ar, &other, &fd, &size));
    sk_archive_close(ar);
    static findings f;
    assert_int_equal(verify_path(&x->cx, x->fs, x->path, &f).blobs, 1);
    assert_non_null(strstr(f.text, "n blob-unclaimed"));
}

static void blobs_of_every_length_come_back(void **state)
{
    fixture *x = *state;
    static const size_t sizes[] = {
        0, 1, 4095, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (8 << 20), (9 << 20) + 77};
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    for (size_t i = 0; i < SK_COUNT(sizes); i++) {
        char *bytes = malloc(sizes[i] + 1), path[700];
        for (size_t k = 0; k < sizes[i]; k++)
            bytes[k] = (char)(k * 7 + k / 251 + i);
        snprintf(path, sizeof path, "%s/source", x->folder);
        FILE *file = fopen(path, "w");
        fwrite(bytes, 1, sizes[i], file);
        fclose(file);
        sk_blob_info a, b;
        int fd = open(path, O_RDONLY);
        assert_ok(&x->cx, sk_blob_write(&x->cx, ar, fd, &a));
        close(fd);
        sk_hash want = sk_sha256((sk_str){bytes, sizes[i]});
        assert_true(a.is_new && a.size_bytes == sizes[i] && sk_hash_eq(&want, &a.hash));
        assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, (sk_str){bytes, sizes[i]}, &b));
        assert_false(b.is_new);
        free(bytes);
    }
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_close(ar);
    static findings f;
    sk_verify_report r = verify_path(&x->cx, x->fs, x->path, &f);
    assert_true(r.damage == 0 && r.blobs == SK_COUNT(sizes));
}

static void many_small_blobs_are_committed_in_groups(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    for (int i = 0; i < 5000; i++) { /* more than one group holds */
        char text[32];
        sk_blob_info info;
        snprintf(text, sizeof text, "blob %d", i / 2);
        assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, sk_str_of(text), &info));
        assert_int_equal(info.is_new, i % 2 == 0);
    }
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_close(ar);
    static findings f;
    sk_verify_report r = verify_path(&x->cx, x->fs, x->path, &f);
    assert_true(r.damage == 0 && r.blobs == 2500);
}

static void a_damaged_blob_is_replaced_by_fresh_bytes(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_blob_info info;
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("evidence"), &info));
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    const char *path = sk_blob_path(&x->cx, ar, &info.hash).p;
    chmod(path, 0644);
    FILE *f = fopen(path, "r+");
    fputc('X', f);
    fclose(f);
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("evidence"), &info));
    assert_true(info.is_new);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_close(ar);
    static findings found;
    assert_int_equal(verify_path(&x->cx, x->fs, x->path, &found).damage, 0);
    assert_non_null(strstr(found.text, "n in-quarantine"));
}

static void a_claimed_blob_that_is_gone_is_missed(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_blob_info info;
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("evidence"), &info));
    sk_str hex = sk_hash_hex(&x->cx.arena, &info.hash);
    sk_line line = {SK_S("blob"), sk_fmt(&x->cx.arena, "%.*s 8", SK_P(hex))};
    assert_ok(&x->cx, sk_archive_append(&x->cx, ar, SK_S("capture"), &line, 1, NULL, NULL));
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    const char *path = sk_blob_path(&x->cx, ar, &info.hash).p;
    sk_archive_close(ar);
    assert_sound(x);
    unlink(path);
    static findings f;
    assert_int_equal(verify_path(&x->cx, x->fs, x->path, &f).damage, 1);
    assert_non_null(strstr(f.text, "d blob-missing"));
}

static void leftovers_of_a_broken_addition_are_cleared(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_blob_info info;
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("never committed"), &info));
    sk_archive_abandon(ar);
    static findings f;
    assert_int_equal(verify_path(&x->cx, x->fs, x->path, &f).damage, 0);
    assert_non_null(strstr(f.text, "n blob-unfinished blobs/tmp/0"));
    ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_archive_close(ar);
    assert_sound(x);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(blobs_are_stored_once_and_named_by_their_hash),
        T(blobs_of_every_length_come_back),
        T(many_small_blobs_are_committed_in_groups),
        T(a_damaged_blob_is_replaced_by_fresh_bytes),
        T(a_claimed_blob_that_is_gone_is_missed),
        T(leftovers_of_a_broken_addition_are_cleared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
