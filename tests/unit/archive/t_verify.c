/* Tampering: any flipped bit of any file that is truth is found, and the file is named. */
#include "archive_test.h"

#include "archive/archive_priv.h"

typedef struct fixture {
    char *folder, path[600];
    sk_ctx cx;
    char device[9];
    sk_hash blob;
} fixture;

static void fill(fixture *x)
{
    sk_archive *ar;
    assert_ok(&x->cx,
              sk_archive_open(&x->cx, sk_fs_posix(), sk_str_of(x->path), SK_ARCHIVE_WRITE, &ar));
    sk_archive_limit_segments(ar, 2500);
    memcpy(x->device, sk_archive_get_device(ar).p, 8);
    for (int i = 0; i < 12; i++) {
        sk_line line = {SK_S("text"), SK_S("a statement")};
        assert_ok(&x->cx, sk_archive_append(&x->cx, ar, SK_S("note"), &line, 1, NULL, NULL));
    }
    sk_blob_info info;
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("bytes of an exhibit"), &info));
    x->blob = info.hash;
    sk_line line = {SK_S("blob"),
                    sk_fmt(&x->cx.arena, "%.*s 19", SK_P(sk_hash_hex(&x->cx.arena, &info.hash)))};
    assert_ok(&x->cx, sk_archive_append(&x->cx, ar, SK_S("capture"), &line, 1, NULL, NULL));
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_close(ar);
}

static int set_up(void **state)
{
    fixture *x = calloc(1, sizeof *x);
    x->folder = make_folder();
    snprintf(x->path, sizeof x->path, "%s/archive", x->folder);
    sk_ctx_init(&x->cx);
    assert_ok(&x->cx, sk_archive_init(&x->cx, sk_fs_posix(), sk_str_of(x->path), SK_S("T")));
    fill(x);
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    fixture *x = *state;
    sk_ctx_done(&x->cx);
    remove_all(x->folder);
    free(x->folder);
    free(x);
    return 0;
}

static char *path_of(fixture *x, const char *inside)
{
    static char path[1200];
    snprintf(path, sizeof path, "%s/%s", x->path, inside);
    chmod(path, 0600);
    return path;
}

static size_t size_of(fixture *x, const char *inside)
{
    struct stat st;
    assert_int_equal(stat(path_of(x, inside), &st), 0);
    return (size_t)st.st_size;
}

static void flip(fixture *x, const char *inside, size_t bit)
{
    unsigned char c;
    int fd = open(path_of(x, inside), O_RDWR);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &c, 1, (off_t)(bit / 8)), 1);
    c = (unsigned char)(c ^ 1 << bit % 8);
    assert_int_equal(pwrite(fd, &c, 1, (off_t)(bit / 8)), 1);
    close(fd);
}

/* Flip bits of one file, each alone; each must be found as damage that names the file. Sanitized
 * builds, being slow, flip every 17th. */
static void flip_all(fixture *x, const char *inside, size_t step)
{
    static findings f;
#ifdef SK_SLOW
    step *= 17;
#endif
    size_t bits = size_of(x, inside) * 8, n = 0;
    for (size_t bit = 0; bit < bits; bit += step, n++) {
        sk_arena_mark mark = sk_arena_here(&x->cx.arena);
        flip(x, inside, bit);
        verify_path(&x->cx, sk_fs_posix(), x->path, &f);
        bool is_named = false;
        for (const char *p = f.text; (p = strstr(p, inside)); p++)
            is_named |= p > f.text && p[-1] == ' ';
        if (!f.damage || !is_named)
            fail_msg("%s: bit %zu: %s", inside, bit, f.n ? f.text : "nothing found");
        flip(x, inside, bit);
        sk_arena_back_to(&x->cx.arena, mark);
    }
    printf("%s: %zu of %zu bits flipped, all found\n", inside, n, bits);
    verify_path(&x->cx, sk_fs_posix(), x->path, &f);
    assert_int_equal(f.damage, 0);
}

static void any_flipped_bit_is_found_and_its_file_named(void **state)
{
    fixture *x = *state;
    char log[64], blob[100];
    flip_all(x, "SILLOK", 1);
    flip_all(x, "keys/known", 1);
    flip_all(x, "keys/device.secret", 1);
    flip_all(x, "keys/author.secret", 1);
    snprintf(log, sizeof log, "logs/%s/checkpoint", x->device);
    flip_all(x, log, 1);
    snprintf(log, sizeof log, "logs/%s/leaves", x->device);
    flip_all(x, log, 1);
    flip_all(x, "entries/00000001.seg", 5);
    flip_all(x, "entries/00000002.seg", 11);
    snprintf(blob, sizeof blob, "blobs/%02x/%s", x->blob.b[0],
             sk_hash_hex(&x->cx.arena, &x->blob).p);
    flip_all(x, blob, 1);
}

/* The same for a writer: it may refuse to open, but never loses or hides anything. */
static void a_flipped_bit_never_makes_a_writer_drop_an_entry(void **state)
{
    fixture *x = *state;
    static findings f;
    char log[64];
    snprintf(log, sizeof log, "logs/%s/leaves", x->device);
    const char *const files[] = {"entries/00000001.seg", "entries/00000002.seg", log};
    for (size_t i = 0; i < SK_COUNT(files); i++) {
        size_t bits = size_of(x, files[i]) * 8;
        for (size_t bit = 3; bit < bits; bit += bits / 40) {
            sk_archive *ar;
            flip(x, files[i], bit);
            sk_rc rc =
                sk_archive_open(&x->cx, sk_fs_posix(), sk_str_of(x->path), SK_ARCHIVE_WRITE, &ar);
            if (!rc) {
                assert_int_equal(sk_archive_count(ar), 15);
                assert_int_equal(sk_archive_get_recovery(ar)->bodies_quarantined, 0);
                assert_int_equal(sk_archive_get_recovery(ar)->frames_cut, 0);
                sk_archive_close(ar);
            } else {
                assert_true(rc == SK_E_INTEGRITY);
            }
            sk_forgive(&x->cx);
            flip(x, files[i], bit);
        }
    }
    verify_path(&x->cx, sk_fs_posix(), x->path, &f);
    if (f.damage)
        fail_msg("%s", f.text);
}

static void whole_files_that_vanish_are_missed(void **state)
{
    fixture *x = *state;
    static findings f;
    char log[64], cp[64];
    snprintf(log, sizeof log, "logs/%s/leaves", x->device);
    snprintf(cp, sizeof cp, "logs/%s/checkpoint", x->device);
    const char *const files[] = {"SILLOK.x", "keys/known",           log,
                                 cp,         "entries/00000001.seg", "entries/00000002.seg"};
    for (size_t i = 1; i < SK_COUNT(files); i++) {
        char from[1200], to[1200];
        snprintf(from, sizeof from, "%s", path_of(x, files[i]));
        snprintf(to, sizeof to, "%s/moved", x->folder);
        assert_int_equal(rename(from, to), 0);
        verify_path(&x->cx, sk_fs_posix(), x->path, &f);
        if (!f.damage)
            fail_msg("%s vanished and nobody noticed: %s", files[i], f.text);
        assert_int_equal(rename(to, from), 0);
    }
    sk_archive *ar;
    assert_int_equal(rename(path_of(x, "SILLOK"), "/tmp/sillok-test-moved-aside"), 0);
    assert_fails(
        &x->cx, SK_E_NOTFOUND, "there is no archive",
        sk_archive_open(&x->cx, sk_fs_posix(), sk_str_of(x->path), SK_ARCHIVE_INSPECT, &ar));
    assert_int_equal(rename("/tmp/sillok-test-moved-aside", path_of(x, "SILLOK")), 0);
}

static void an_entry_by_an_unknown_key_is_found(void **state)
{
    fixture *x = *state;
    static findings f;
    sk_archive *ar;
    assert_ok(&x->cx,
              sk_archive_open(&x->cx, sk_fs_posix(), sk_str_of(x->path), SK_ARCHIVE_WRITE, &ar));
    sk_seckey stranger;
    assert_ok(&x->cx, sk_key_new(&x->cx, sk_str_sub(ar->id, 0, 8), "author", &stranger));
    sk_seckey own = ar->author_key;
    sk_str own_name = ar->author;
    ar->author_key = stranger;
    ar->author = stranger.pub.name;
    assert_ok(&x->cx, sk_archive_append(&x->cx, ar, SK_S("note"), NULL, 0, NULL, NULL));
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    ar->author_key = own;
    ar->author = own_name;
    sk_archive_close(ar);
    verify_path(&x->cx, sk_fs_posix(), x->path, &f);
    assert_int_equal(f.damage, 1);
    assert_non_null(strstr(f.text, "d signature-bad entries/"));
}

static void what_does_not_belong_is_named(void **state)
{
    fixture *x = *state;
    static findings f;
    static const char *const strangers[] = {"readme.txt",    "keys/x",  "logs/y",
                                            "entries/z.seg", "blobs/q", "blobs/ab.txt"};
    for (size_t i = 0; i < SK_COUNT(strangers); i++)
        fclose(fopen(path_of(x, strangers[i]), "w"));
    verify_path(&x->cx, sk_fs_posix(), x->path, &f);
    assert_int_equal(f.damage, 0);
    for (size_t i = 0; i < SK_COUNT(strangers); i++)
        if (!strstr(f.text, strangers[i]))
            fail_msg("%s: %s", strangers[i], f.text);
}

static void an_exposed_secret_is_noticed(void **state)
{
    fixture *x = *state;
    static findings f;
    chmod(path_of(x, "keys/author.secret"), 0644);
    verify_path(&x->cx, sk_fs_posix(), x->path, &f);
    assert_int_equal(f.damage, 0);
    assert_non_null(strstr(f.text, "n secret-exposed keys/author.secret"));
}

static void a_copy_without_secrets_is_sound(void **state)
{
    fixture *x = *state;
    static findings f;
    unlink(path_of(x, "keys/author.secret"));
    unlink(path_of(x, "keys/device.secret"));
    sk_verify_report r = verify_path(&x->cx, sk_fs_posix(), x->path, &f);
    assert_int_equal(r.damage, 0);
    assert_int_equal(r.signatures, 15);
    sk_archive *ar;
    assert_fails(&x->cx, SK_E_NOTFOUND, "device.secret",
                 sk_archive_open(&x->cx, sk_fs_posix(), sk_str_of(x->path), SK_ARCHIVE_WRITE, &ar));
    assert_ok(&x->cx,
              sk_archive_open(&x->cx, sk_fs_posix(), sk_str_of(x->path), SK_ARCHIVE_READ, &ar));
    assert_int_equal(sk_archive_count(ar), 15);
    sk_archive_close(ar);
}

/* ---- resuming ---- */

static bool count_down(void *arg)
{
    int *left = arg;
    return (*left)-- <= 0;
}

/* A run stopped at any point and resumed finds what a run without a stop finds. */
static void a_resumed_run_finds_the_same(void **state)
{
    fixture *x = *state;
    static findings f, whole;
    char blob[100];
    snprintf(blob, sizeof blob, "blobs/%02x/%s", x->blob.b[0],
             sk_hash_hex(&x->cx.arena, &x->blob).p);
    flip(x, blob, 9);
    flip(x, "entries/00000001.seg", 5000);
    verify_path(&x->cx, sk_fs_posix(), x->path, &whole);
    assert_true(whole.damage >= 2);
    sk_archive *ar;
    assert_ok(&x->cx,
              sk_archive_open(&x->cx, sk_fs_posix(), sk_str_of(x->path), SK_ARCHIVE_READ, &ar));
    int stops = 0;
    for (int budget = 0; budget < 40; budget++) {
        sk_verify_report r = {0};
        int left = budget;
        x->cx.cancelled = count_down;
        x->cx.cancelled_arg = &left;
        sk_verify_opts opts = {.threads = 2};
        f = (findings){.n = 0};
        sk_rc rc = sk_verify(&x->cx, ar, &opts, note_finding, &f, &r);
        x->cx.cancelled = NULL;
        if (rc) {
            assert_int_equal(rc, SK_E_CANCELLED);
            sk_forgive(&x->cx);
            stops++;
            opts.resume = true;
            f = (findings){.n = 0};
            assert_ok(&x->cx, sk_verify(&x->cx, ar, &opts, note_finding, &f, &r));
        }
        assert_int_equal(f.damage, whole.damage);
        assert_int_equal(r.blobs, 1);
        assert_int_equal(r.blob_bytes, 19);
        assert_true(r.entries >= 14 && r.signatures >= 13);
    }
    assert_true(stops >= 3);
    sk_archive_close(ar);
}

/* Nobody without the device's key can make a run skip anything. */
static void a_planted_state_is_not_believed(void **state)
{
    fixture *x = *state;
    static findings f;
    sk_ctx *cx = &x->cx;
    char blob[100];
    snprintf(blob, sizeof blob, "blobs/%02x/%s", x->blob.b[0], sk_hash_hex(&cx->arena, &x->blob).p);
    flip(x, blob, 9);
    sk_archive *ar;
    assert_ok(cx, sk_archive_open(cx, sk_fs_posix(), sk_str_of(x->path), SK_ARCHIVE_READ, &ar));
    for (int round = 0; round < 2; round++) {
        sk_seckey key;
        if (round == 0)
            assert_ok(cx, sk_key_new(cx, SK_S("00000000"), "device", &key));
        else
            assert_ok(cx, sk_secret_read(cx, sk_fs_posix(), sk_str_of(x->path), "device", &key));
        const char *when = round == 0 ? "2026-11-24T08:46:07Z" : "2020-01-01T00:00:00Z";
        setenv("SILLOK_NOW", "2026-11-24T09:00:00Z", 1);
        sk_str text = sk_fmt(&cx->arena,
                             "sillok-verify/1\narchive %.*s\nat %s\nsegment 9 9\n"
                             "blob %064d 1 19\n",
                             SK_P(ar->id), when, 0);
        char *all_f = sk_str_c(&cx->arena, text);
        memset(strstr(all_f, "blob ") + 5, 'f', 64);
        text = sk_str_of(all_f);
        sk_str line = sk_sig_line(&cx->arena, &key, text);
        FILE *file = fopen(path_of(x, "derived/verify-state"), "w");
        fprintf(file, "%s\n%.*s", all_f, SK_P(line));
        fclose(file);
        sk_verify_opts opts = {.resume = true};
        sk_verify_report r;
        f = (findings){.n = 0};
        assert_ok(cx, sk_verify(cx, ar, &opts, note_finding, &f, &r));
        assert_int_equal(r.damage, 1);
        unsetenv("SILLOK_NOW");
    }
    sk_archive_close(ar);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(any_flipped_bit_is_found_and_its_file_named),
        T(a_flipped_bit_never_makes_a_writer_drop_an_entry),
        T(whole_files_that_vanish_are_missed),
        T(an_entry_by_an_unknown_key_is_found),
        T(what_does_not_belong_is_named),
        T(an_exposed_secret_is_noticed),
        T(a_copy_without_secrets_is_sound),
        T(a_resumed_run_finds_the_same),
        T(a_planted_state_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
