/* See memory.h. */
#include "memory.h"

#include <openssl/crypto.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* What a child counts; shared with its parent. Blobs are hashed by a second thread, hence atomic. */
typedef struct counter {
    atomic_bool is_on, was_reached;
    atomic_uint calls;
    unsigned fail_at;
    bool is_lasting;
    memory_kind kind;
} counter;

static counter *the_counter;

void *memory_share(size_t n)
{
    void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(p != MAP_FAILED);
    return p;
}

bool memory_fails(memory_kind kind)
{
    counter *c = the_counter;
    if (!c || !atomic_load(&c->is_on) || c->kind != kind)
        return false;
    unsigned call = atomic_fetch_add(&c->calls, 1) + 1;
    bool fails = c->fail_at && (call == c->fail_at || (c->is_lasting && call > c->fail_at));
    if (fails)
        atomic_store(&c->was_reached, true);
    return fails;
}

void memory_relent(void)
{
    atomic_store(&the_counter->is_on, false);
}

/* ---- our own allocations ---- */

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);

void *__wrap_malloc(size_t n)
{
    return memory_fails(MEMORY_OURS) ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return memory_fails(MEMORY_OURS) ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
    return memory_fails(MEMORY_OURS) ? NULL : __real_realloc(p, n);
}

/* ---- OpenSSL's ---- */

static void *openssl_malloc(size_t n, const char *file, int line)
{
    return memory_fails(MEMORY_OPENSSL) ? NULL : __real_malloc(n);
}

static void *openssl_realloc(void *p, size_t n, const char *file, int line)
{
    return memory_fails(MEMORY_OPENSSL) ? NULL : __real_realloc(p, n);
}

static void openssl_free(void *p, const char *file, int line)
{
    free(p);
}

void memory_hook_openssl(void)
{
    if (CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc, openssl_free) != 1) {
        fprintf(stderr, "OpenSSL has allocated already\n");
        abort();
    }
}

/* ---- the child ---- */

static void run_child(void (*fn)(void *), void *arg, int said)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    static const int deadly[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    for (size_t i = 0; i < SK_COUNT(deadly); i++) /* cmocka's handlers would run its own exit */
        signal(deadly[i], SIG_DFL);
    dup2(said, STDERR_FILENO);
    atomic_store(&the_counter->is_on, true);
    fn(arg);
    memory_relent();
    _exit(0);
}

void memory_run(memory_kind kind, unsigned n, bool is_lasting, void (*fn)(void *), void *arg,
                outcome *ret)
{
    if (!the_counter)
        the_counter = memory_share(sizeof *the_counter);
    atomic_store(&the_counter->calls, 0);
    atomic_store(&the_counter->was_reached, false);
    the_counter->kind = kind;
    the_counter->fail_at = n;
    the_counter->is_lasting = is_lasting;
    int said = memfd_create("stderr", 0), status;
    assert_true(said >= 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_child(fn, arg, said);
    assert_int_equal(waitpid(child, &status, 0), child);
    memory_relent();
    *ret = (outcome){.was_reached = atomic_load(&the_counter->was_reached),
                     .calls = atomic_load(&the_counter->calls)};
    ssize_t got = pread(said, ret->said, sizeof ret->said - 1, 0);
    close(said);
    ret->said[got > 0 ? got : 0] = '\0';
    ret->is_aborted = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
    if (ret->is_aborted && strstr(ret->said, "sillok: out of memory"))
        return;
    if (!WIFEXITED(status) || WEXITSTATUS(status))
        fail_msg("allocation %u failed, and the child ended with %s %d: %s", n,
                 WIFSIGNALED(status) ? "signal" : "status",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), ret->said);
}
