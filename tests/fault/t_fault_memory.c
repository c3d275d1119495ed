/* Out of memory loses nothing acknowledged: every allocation of a session fails in turn, in a child
 * process that shares what it was told is safe; afterwards the archive is opened, verified and
 * compared. Our own code aborts when it runs out; OpenSSL's failures must come out the same way and
 * never as a wrong hash. */
#include "memory.h"
#include "quick.h"
#include "session.h"

/* Our own allocations are all tried; OpenSSL's, which are many and alike, every fifth in a session
 * and every 7th of those of its start. Sanitized builds, being slow, try fewer. */
#ifdef SK_SLOW
enum { STRIDE = 11, OPENSSL_STRIDE = 53, START_STRIDE = 67 };
#else
enum { STRIDE = 1, OPENSSL_STRIDE = 5, START_STRIDE = 7 };
#endif

typedef struct job {
    acks *a;
    char root[600];
} job;

static void run_session(void *arg)
{
    const job *j = arg;
    sk_fs fs = quick_fs();
    session(&fs, j->root, j->a);
}

/* One session with one failing allocation, and what is there afterwards. */
static outcome try_one(job *j, memory_kind kind, unsigned n, const char *what, unsigned *unknown)
{
    char *folder = make_quick_folder(), when[128];
    outcome o;
    acks *a = j->a;
    sk_fs fs = quick_fs();
    snprintf(j->root, sizeof j->root, "%s/archive", folder);
    memset(a, 0, sizeof *a);
    memory_run(kind, n, false, run_session, j, &o);
    snprintf(when, sizeof when, "%s allocation %u failed", what, n);
    uint64_t known = (a->init ? 2 : 0) + a->n_entries, tried = a->n_tried;
    bool has_begun = a->init;
    if (!o.was_reached && !is_complete(a))
        fail_msg("%s: a whole session of %u calls was not complete: %s", when, o.calls, a->message);
    compare(&fs, j->root, a, when);
    /* the group that was being written is there as a whole or not at all */
    if (has_begun && a->n_met != known && a->n_met != known + tried)
        fail_msg("%s: %llu entries known, %llu in work, %llu there", when,
                 (unsigned long long)known, (unsigned long long)tried,
                 (unsigned long long)a->n_met);
    *unknown += has_begun && a->n_met != known;
    remove_all(folder);
    free(folder);
    return o;
}

static void try_all(memory_kind kind, unsigned stride, const char *what)
{
    job j = {.a = memory_share(sizeof *j.a)};
    unsigned runs = 0, aborted = 0, calls = 0, unknown = 0;
    stride = scaled_stride(stride);
    for (unsigned n = 1; !calls; n += stride) {
        outcome o = try_one(&j, kind, n, what, &unknown);
        runs++;
        aborted += o.is_aborted;
        calls = o.was_reached ? 0 : o.calls;
    }
    printf("%s allocations: %u in a session, one in %u: %u runs, %u aborted, %u left a whole group "
           "that was not acknowledged yet, nothing lost\n",
           what, calls, stride, runs, aborted, unknown);
    assert_true(aborted > 0);
}

/* ---- tests ---- */

static void hash_something(void *arg)
{
    sk_hash *h = arg;
    *h = sk_sha256(SK_S("abc"));
    sk_sha256_state *st = sk_sha256_new();
    sk_sha256_add(st, SK_S("ab"));
    sk_sha256_add(st, SK_S("c"));
    h[1] = sk_sha256_end(st);
}

/* Before anything else in this process has hashed, so that OpenSSL's own start is among what fails. */
static void openssl_without_memory_never_gives_a_wrong_hash(void **state)
{
    sk_hash *h = memory_share(2 * sizeof *h), right;
    unsigned runs = 0, aborted = 0, calls = 0, stride = scaled_stride(START_STRIDE);
    assert_true(sk_hash_parse(SK_S("ba7816bf8f01cfea414140de5dae2223"
                                   "b00361a396177a9cb410ff61f20015ad"),
                              &right));
    for (unsigned n = 1; !calls; n += stride, runs++) {
        outcome o;
        memset(h, 0, 2 * sizeof *h);
        memory_run(MEMORY_OPENSSL, n, false, hash_something, h, &o);
        aborted += o.is_aborted;
        if (!o.is_aborted && !(sk_hash_eq(&h[0], &right) && sk_hash_eq(&h[1], &right)))
            fail_msg("OpenSSL allocation %u failed, and a hash is wrong", n);
        calls = o.was_reached ? 0 : o.calls;
    }
    printf(
        "OpenSSL's allocations: %u from its start to two hashes, one in %u: %u runs, %u aborted, "
        "no hash was wrong\n",
        calls, stride, runs, aborted);
    assert_true(aborted > 0);
}

static void our_nth_allocation_failing_loses_nothing_acknowledged(void **state)
{
    try_all(MEMORY_OURS, STRIDE, "our");
}

static void every_openssl_allocation_failing_loses_nothing_acknowledged(void **state)
{
    try_all(MEMORY_OPENSSL, OPENSSL_STRIDE, "OpenSSL's");
}

int main(void)
{
    memory_hook_openssl();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(openssl_without_memory_never_gives_a_wrong_hash),
        cmocka_unit_test(our_nth_allocation_failing_loses_nothing_acknowledged),
        cmocka_unit_test(every_openssl_allocation_failing_loses_nothing_acknowledged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
