/* Nothing acknowledged is lost: every call of a session fails in turn, the power goes at every step
 * and the disk forgets, tears and reorders what was not synced, the disk fills up, the process is
 * killed. After each the archive is opened, verified and compared with what was acknowledged. */
#include "quick.h"
#include "session.h"
#include "simfs.h"

#include "archive/archive_priv.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

static const char root[] = "/archive";

static unsigned calls_of_a_session(sim_counts *ret_counts)
{
    simfs *s = sim_new();
    acks a;
    session(sim_fs(s), root, &a);
    assert_true(is_complete(&a));
    unsigned n = sim_calls(s);
    *ret_counts = sim_count(s);
    compare(sim_fs(s), root, &a, "a session without faults");
    sim_free(s);
    return n;
}

/* Step between the calls that are tried: sanitized builds, being slow, try every seventh. */
#ifdef SK_SLOW
enum { STRIDE = 7 };
#else
enum { STRIDE = 1 };
#endif

/* ---- tests ---- */

static void the_session_makes_every_kind_of_call(void **state)
{
    sim_counts c;
    unsigned n = calls_of_a_session(&c);
    printf("session: %u changing calls (%u create, %u write, %u truncate, %u sync, %u rename, "
           "%u mkdir, %u unlink, %u sync_dir)\n",
           n, c.create, c.write, c.truncate, c.sync, c.rename, c.mkdir, c.unlink, c.sync_dir);
    assert_true(c.create && c.write && c.truncate && c.sync && c.rename && c.mkdir && c.sync_dir);
}

/* Every call fails, once and for good, with each of two reasons; then the power goes as well. */
static void any_failing_call_loses_nothing_acknowledged(void **state)
{
    sim_counts c;
    unsigned n = calls_of_a_session(&c), runs = 0;
    static const int errs[] = {EIO, ENOSPC};
    for (unsigned call = 1; call <= n; call += STRIDE)
        for (unsigned how = 0; how < 4; how++) {
            char when[128];
            simfs *s = sim_new();
            acks a;
            sim_fail_at(s, call, errs[how / 2], how % 2);
            session(sim_fs(s), root, &a);
            sim_fail_at(s, 0, 0, false);
            snprintf(when, sizeof when, "call %u of %u failed (%s%s)", call, n,
                     errs[how / 2] == EIO ? "EIO" : "ENOSPC", how % 2 ? ", lasting" : "");
            compare(sim_fs(s), root, &a, when);
            snprintf(when, sizeof when, "call %u of %u failed, then a crash", call, n);
            sim_crash(s, call % 5);
            compare(sim_fs(s), root, &a, when);
            sim_free(s);
            runs++;
        }
    printf("failing calls: %u runs, nothing lost\n", runs);
}

static void a_crash_at_any_step_loses_nothing_acknowledged(void **state)
{
    sim_counts c;
    unsigned n = calls_of_a_session(&c), runs = 0;
    uint64_t seeds = 6 * scale();
    for (unsigned call = 1; call <= n; call += STRIDE)
        for (uint64_t seed = 0; seed < seeds; seed++) {
            char when[128];
            simfs *s = sim_new();
            acks a;
            sim_die_after(s, call);
            session(sim_fs(s), root, &a);
            sim_crash(s, seed);
            snprintf(when, sizeof when, "power lost after call %u of %u, seed %llu", call, n,
                     (unsigned long long)seed);
            compare(sim_fs(s), root, &a, when);
            sim_crash(s, seed ^ 1); /* and again, in what recovery had just done */
            compare(sim_fs(s), root, &a, when);
            sim_free(s);
            runs++;
        }
    printf("crashes: %u runs, nothing lost\n", runs);
}

/* A crash in the middle of the recovery from a crash. */
static void a_crash_while_recovering_loses_nothing_acknowledged(void **state)
{
    sim_counts c;
    unsigned n = calls_of_a_session(&c), runs = 0;
    for (unsigned call = 1; call <= n; call += scale() > 1 ? 1 : 5 * STRIDE)
        for (unsigned more = 1; more <= 20; more++) {
            char when[128];
            simfs *s = sim_new();
            acks a;
            sk_ctx cx;
            sk_archive *ar;
            sk_ctx_init(&cx);
            sim_die_after(s, call);
            session(sim_fs(s), root, &a);
            sim_crash(s, call * 31 + 2);
            sim_die_after(s, sim_calls(s) + more);
            if (sk_archive_open(&cx, sim_fs(s), sk_str_of(root), SK_ARCHIVE_WRITE, &ar) == SK_OK)
                sk_archive_close(ar);
            sim_crash(s, call * 17 + more);
            snprintf(when, sizeof when, "power lost after call %u, and %u later", call, more);
            compare(sim_fs(s), root, &a, when);
            sk_ctx_done(&cx);
            sim_free(s);
            runs++;
        }
    printf("crashes while recovering: %u runs, nothing lost\n", runs);
}

static void a_full_disk_loses_nothing_acknowledged(void **state)
{
    unsigned runs = 0;
    for (uint64_t limit = 0; limit < 24000; limit += (limit < 4000 ? 37u : 211u) * STRIDE) {
        char when[64];
        simfs *s = sim_new();
        acks a;
        sim_limit(s, limit + 1);
        session(sim_fs(s), root, &a);
        sim_limit(s, 0);
        snprintf(when, sizeof when, "disk of %llu bytes", (unsigned long long)limit + 1);
        compare(sim_fs(s), root, &a, when);
        sim_free(s);
        runs++;
    }
    printf("full disks: %u runs, nothing lost\n", runs);
}

/* A failed sync must not be believed healed: what was not written again is not durable. */
static void an_archive_refuses_to_write_after_a_failed_sync(void **state)
{
    simfs *s = sim_new();
    sk_ctx cx;
    sk_ctx_init(&cx);
    const sk_fs *fs = sim_fs(s);
    sk_archive *ar;
    acks a = {.init = true};
    assert_ok(&cx, sk_archive_init(&cx, fs, sk_str_of(root), SK_NONE));
    assert_ok(&cx, sk_archive_open(&cx, fs, sk_str_of(root), SK_ARCHIVE_WRITE, &ar));
    assert_ok(&cx, one_group(&cx, ar, &a, 2, 0, false));
    sim_fail_at(s, sim_calls(s) + 2, EIO, false); /* write, then sync */
    assert_fails(&cx, SK_E_IO, "cannot write", one_group(&cx, ar, &a, 2, 0, false));
    assert_fails(&cx, SK_E_IO, "close and open the archive again",
                 one_group(&cx, ar, &a, 2, 0, false));
    assert_fails(&cx, SK_E_IO, "close and open the archive again", sk_archive_checkpoint(&cx, ar));
    sk_archive_close(ar);
    compare(sim_fs(s), root, &a, "after a failed sync");
    sim_crash(s, 0);
    compare(sim_fs(s), root, &a, "after a failed sync and a crash");
    sk_ctx_done(&cx);
    sim_free(s);
}

static void the_simulated_disk_forgets_what_was_not_synced(void **state)
{
    simfs *s = sim_new();
    const sk_fs *fs = sim_fs(s);
    sk_file *f;
    assert_int_equal(fs->open(s, "/a", SK_FS_WRITE | SK_FS_CREATE, 0600, &f), 0);
    assert_int_equal(fs->sync_dir(s, "/"), 0);
    assert_int_equal(fs->write_at(f, "old", 3, 0), 0);
    assert_int_equal(fs->sync(f), 0);
    assert_int_equal(fs->write_at(f, "new", 3, 0), 0);
    assert_int_equal(fs->rename(s, "/a", "/b"), 0);
    fs->close(f);
    assert_true(sk_str_is(sim_read(s, "/b"), "new"));
    sim_crash(s, 0);
    assert_true(sk_str_is(sim_read(s, "/a"), "old"));
    assert_null(sim_read(s, "/b").p);
    /* without the syncs the archive's own promise would not hold: the harness can tell */
    bool was_torn = false;
    for (uint64_t seed = 2; seed < 200 && !was_torn; seed++) {
        char bytes[2000];
        memset(bytes, 'x', sizeof bytes);
        assert_int_equal(fs->open(s, "/a", SK_FS_WRITE, 0, &f), 0);
        assert_int_equal(fs->write_at(f, bytes, sizeof bytes, 0), 0);
        fs->close(f);
        sim_crash(s, seed);
        sk_str now = sim_read(s, "/a");
        was_torn = now.n > 512 && memchr(now.p, 0, now.n) != NULL;
    }
    assert_true(was_torn);
    sim_free(s);
}

/* ---- would the tests notice? ---- */

static int sync_nothing(sk_file *f)
{
    return 0;
}

static int sync_no_names(void *self, const char *path)
{
    return 0;
}

/* The same session over a disk whose syncs do nothing must be caught losing things. */
static unsigned losses_over(simfs *s_for_size, bool drops_sync, bool drops_names)
{
    unsigned losses = 0, n = sim_calls(s_for_size);
    for (unsigned call = 20; call <= n; call += 7) {
        simfs *s = sim_new();
        sk_fs lying = *sim_fs(s);
        sk_ctx cx;
        acks a;
        sk_ctx_init(&cx);
        lying.sync = drops_sync ? sync_nothing : lying.sync;
        lying.sync_dir = drops_names ? sync_no_names : lying.sync_dir;
        sim_die_after(s, call);
        session(&lying, root, &a);
        sim_crash(s, call);
        losses += a.init && find_trouble(&cx, sim_fs(s), root, &a) != NULL;
        sk_ctx_done(&cx);
        sim_free(s);
    }
    return losses;
}

static void a_disk_that_lies_about_syncs_is_caught(void **state)
{
    simfs *s = sim_new();
    acks a;
    session(sim_fs(s), root, &a);
    unsigned bytes = losses_over(s, true, false), names = losses_over(s, false, true);
    printf("lying disks: %u sessions lost something without file syncs, %u without folder syncs\n",
           bytes, names);
    assert_true(bytes > 3 && names > 3);
    sim_free(s);
}

/* ---- kill -9 ---- */

/* Append groups until killed; tell the parent of each acknowledged entry. */
static void write_until_killed(const char *path, int to_parent)
{
    sk_ctx cx;
    sk_archive *ar;
    sk_ctx_init(&cx);
    if (sk_archive_open(&cx, sk_fs_posix(), sk_str_of(path), SK_ARCHIVE_WRITE, &ar))
        _exit(2);
    for (;;) {
        sk_hash ids[3];
        sk_line line = {SK_S("text"), SK_S("said while somebody reached for the plug")};
        for (size_t i = 0; i < 3; i++)
            if (sk_archive_append(&cx, ar, SK_S("note"), &line, 1, &ids[i], NULL))
                _exit(3);
        if (sk_archive_commit(&cx, ar))
            _exit(4);
        if (write(to_parent, ids, sizeof ids) != sizeof ids)
            _exit(5);
    }
}

static void a_kill_at_any_moment_loses_nothing_acknowledged(void **state)
{
    char *folder = make_folder(), path[600];
    static sk_hash ids[60000];
    size_t n = 0;
    sk_ctx cx;
    sk_ctx_init(&cx);
    snprintf(path, sizeof path, "%s/archive", folder);
    assert_ok(&cx, sk_archive_init(&cx, sk_fs_posix(), sk_str_of(path), SK_NONE));
    for (unsigned round = 0; round < 200; round++) {
        int fds[2];
        assert_int_equal(pipe(fds), 0);
        pid_t child = fork();
        if (child == 0)
            write_until_killed(path, fds[1]);
        close(fds[1]);
        ssize_t got;
        if (round % 2) /* every other time it has come so far as to write */
            n += (got = read(fds[0], &ids[n], 3 * sizeof *ids)) > 0 ? 3 : 0;
        usleep(500 + round * 977 % 20000);
        kill(child, SIGKILL);
        while (n + 3 < SK_COUNT(ids) && (got = read(fds[0], &ids[n], 3 * sizeof *ids)) > 0)
            n += (size_t)got / sizeof *ids;
        close(fds[0]);
        int status;
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status));
    }
    sk_archive *ar;
    assert_ok(&cx, sk_archive_open(&cx, sk_fs_posix(), sk_str_of(path), SK_ARCHIVE_WRITE, &ar));
    assert_ok(&cx, sk_archive_need_map(&cx, ar));
    for (size_t i = 0; i < n; i++)
        assert_true(sk_leafmap_find(&ar->map, &ids[i]) != UINT64_MAX);
    sk_archive_close(ar);
    static findings f;
    if (verify_path(&cx, sk_fs_posix(), path, &f).damage)
        fail_msg("%s", f.text);
    printf("kill -9: 200 times, %zu acknowledged entries, nothing lost\n", n);
    sk_ctx_done(&cx);
    remove_all(folder);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_simulated_disk_forgets_what_was_not_synced),
        cmocka_unit_test(the_session_makes_every_kind_of_call),
        cmocka_unit_test(an_archive_refuses_to_write_after_a_failed_sync),
        cmocka_unit_test(any_failing_call_loses_nothing_acknowledged),
        cmocka_unit_test(a_crash_at_any_step_loses_nothing_acknowledged),
        cmocka_unit_test(a_crash_while_recovering_loses_nothing_acknowledged),
        cmocka_unit_test(a_full_disk_loses_nothing_acknowledged),
        cmocka_unit_test(a_disk_that_lies_about_syncs_is_caught),
        cmocka_unit_test(a_kill_at_any_moment_loses_nothing_acknowledged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
