/* Out of memory in the middle of the record's work: claims, index, search. Each allocation of ours,
 * which aborts, and each of SQLite's, which comes back as an error, fails in turn. Afterwards nothing
 * acknowledged is lost, and the index is what a rebuild makes of the log. */
#include "memory.h"
#include "quick.h"
#include "script.h"

#include <sqlite3.h>

#ifdef SK_SLOW
enum { OUR_STRIDE = 29, SQLITE_ALL = 0, SQLITE_STRIDE = 997, LASTING_STRIDE = 4999 };
#else
enum { OUR_STRIDE = 5, SQLITE_ALL = 100, SQLITE_STRIDE = 199, LASTING_STRIDE = 1999 };
#endif

/* ---- SQLite's allocator, with a hook ---- */

static sqlite3_mem_methods sqlites;

static void *sqlite_malloc(int n)
{
    return memory_fails(MEMORY_SQLITE) ? NULL : sqlites.xMalloc(n);
}

static void *sqlite_realloc(void *p, int n)
{
    return memory_fails(MEMORY_SQLITE) ? NULL : sqlites.xRealloc(p, n);
}

static void memory_hook_sqlite(void)
{
    sqlite3_mem_methods hooked;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlites))
        abort();
    hooked = sqlites;
    hooked.xMalloc = sqlite_malloc;
    hooked.xRealloc = sqlite_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &hooked) ||
        sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0)) /* so that small ones are counted too */
        abort();
}

/* ---- one run ---- */

typedef struct job {
    told *t;
    char root[600];
} job;

static told whole; /* of a session without faults */

static void run_script(void *arg)
{
    const job *j = arg;
    sk_fs fs = quick_fs();
    script_run(&fs, j->root, j->t);
}

/* A reading step that succeeded said what it says without faults. */
static void compare_answers(const told *t, const char *when)
{
    for (size_t i = 0; i < SCRIPT_STEPS; i++)
        if (t->answers[i] && t->answers[i] != whole.answers[i])
            fail_msg("%s: step %zu gave another answer", when, i);
}

static outcome try_one(told *t, memory_kind kind, unsigned n, bool is_lasting, const char *what)
{
    char *folder = make_quick_folder(), when[128];
    outcome o;
    sk_ctx cx;
    sk_fs fs = quick_fs();
    job j = {.t = t};
    sk_ctx_init(&cx);
    snprintf(j.root, sizeof j.root, "%s/archive", folder);
    memset(t, 0, sizeof *t);
    t->heals = !is_lasting;
    memory_run(kind, n, is_lasting, run_script, &j, &o);
    snprintf(when, sizeof when, "%s allocation %u failed%s", what, n, is_lasting ? " and on" : "");
    if (!o.was_reached && (!t->is_whole || t->failures))
        fail_msg("%s, not reached: %s", when, t->message);
    const char *trouble = script_trouble(&cx, &fs, j.root, t);
    if (trouble)
        fail_msg("%s: %s", when, trouble);
    if (n)
        compare_answers(t, when);
    sk_ctx_done(&cx);
    remove_all(folder);
    free(folder);
    return o;
}

static void try_many(memory_kind kind, unsigned all, unsigned stride, bool is_lasting,
                     const char *what)
{
    told *t = memory_share(sizeof *t);
    unsigned runs = 0, aborted = 0, failed = 0, calls = 0;
    stride = scaled_stride(stride);
    for (unsigned n = 1; !calls; n += n <= all ? 1 : stride) {
        outcome o = try_one(t, kind, n, is_lasting, what);
        runs++;
        aborted += o.is_aborted;
        failed += !o.is_aborted && t->failures;
        calls = o.was_reached ? 0 : o.calls;
    }
    printf(
        "%s allocations%s: %u in a session; the first %u and then one in %u: %u runs, %u aborted, "
        "%u came back as an error, nothing lost\n",
        what, is_lasting ? " (all from one on)" : "", calls, all, stride, runs, aborted, failed);
    assert_true(aborted + failed > 0);
}

static void a_session_without_faults_is_whole(void **state)
{
    told *t = memory_share(sizeof *t);
    try_one(t, MEMORY_OURS, 0, false, "no");
    whole = *t;
    for (size_t i = 0; i < 19; i++)
        assert_true(whole.answers[i]);
}

static void our_nth_allocation_failing_loses_nothing_acknowledged(void **state)
{
    try_many(MEMORY_OURS, 0, OUR_STRIDE, false, "our");
}

static void sqlites_nth_allocation_failing_is_an_error_and_heals(void **state)
{
    try_many(MEMORY_SQLITE, SQLITE_ALL, SQLITE_STRIDE, false, "SQLite's");
}

static void sqlite_staying_without_memory_is_an_error_and_loses_nothing(void **state)
{
    try_many(MEMORY_SQLITE, 0, LASTING_STRIDE, true, "SQLite's");
}

int main(void)
{
    memory_hook_openssl();
    memory_hook_sqlite();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_without_faults_is_whole),
        cmocka_unit_test(our_nth_allocation_failing_loses_nothing_acknowledged),
        cmocka_unit_test(sqlites_nth_allocation_failing_is_an_error_and_heals),
        cmocka_unit_test(sqlite_staying_without_memory_is_an_error_and_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
