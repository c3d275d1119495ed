#include "sandbox.h"

#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SK_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SK_SANITIZED 1
#endif
#endif

static struct sock_fprog worker_filter, text_filter, pdftotext_filter; /* len 0: not there */

/* What reading, computing and ending takes. */
static const int common[] = {
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(readv),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(futex),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(restart_syscall),
#ifdef SK_SANITIZED
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sched_yield),
    SCMP_SYS(prctl),
    SCMP_SYS(rt_sigaction),
#endif
};

/* Harmless questions that libraries ask and can do without: they get "not permitted". */
static const int refused[] = {
    SCMP_SYS(access),   SCMP_SYS(faccessat), SCMP_SYS(stat),   SCMP_SYS(lstat),
    SCMP_SYS(readlink), SCMP_SYS(ioctl),     SCMP_SYS(getcwd), SCMP_SYS(fcntl),
    SCMP_SYS(uname),    SCMP_SYS(prlimit64), SCMP_SYS(tgkill), SCMP_SYS(rt_sigaction),
};

/* What starting another program and loading its libraries takes besides. */
static const int loading[] = {
    SCMP_SYS(access),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(mmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(prlimit64),
    SCMP_SYS(getdents64),
    SCMP_SYS(readlink),
    SCMP_SYS(getcwd),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(uname),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(fadvise64),
    SCMP_SYS(sched_yield),
    SCMP_SYS(statx),
    SCMP_SYS(pipe2),
    SCMP_SYS(readahead),
};

static bool add(scmp_filter_ctx c, uint32_t action, const int *calls, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (calls[i] >= 0 && seccomp_rule_add(c, action, calls[i], 0) < 0)
            return false;
    return true;
}

/* Opening for reading: no flag among these. Anything else stays with the filter's default. */
static bool add_open_for_reading(scmp_filter_ctx c, uint32_t action)
{
    scmp_datum_t writing =
        O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY);
    return seccomp_rule_add(c, action, SCMP_SYS(openat), 1,
                            SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0)) == 0 &&
           seccomp_rule_add(c, action, SCMP_SYS(open), 1,
                            SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0)) == 0;
}

/* A filter as the kernel wants it, out of libseccomp by way of a file in memory. */
static bool export(scmp_filter_ctx c, struct sock_fprog *ret_filter)
{
    int fd = memfd_create("filter", MFD_CLOEXEC);
    if (fd < 0)
        return false;
    off_t size = seccomp_export_bpf(c, fd) == 0 ? lseek(fd, 0, SEEK_END) : -1;
    bool ok = size > 0 && (size_t)size % sizeof(struct sock_filter) == 0 &&
              (size_t)size / sizeof(struct sock_filter) <= BPF_MAXINSNS;
    if (ok) {
        ret_filter->filter = sk_xmalloc((size_t)size);
        ok = pread(fd, ret_filter->filter, (size_t)size, 0) == size;
        ret_filter->len = ok ? (unsigned short)((size_t)size / sizeof(struct sock_filter)) : 0;
    }
    close(fd);
    return ok;
}

/* The worker: what is not listed kills it, so that the attempt is seen. */
static bool make_worker(bool may_receive, struct sock_fprog *ret_filter)
{
    scmp_filter_ctx c = seccomp_init(SCMP_ACT_KILL_PROCESS);
    bool ok = c && add(c, SCMP_ACT_ALLOW, common, SK_COUNT(common)) &&
              seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
              seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                               SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
              seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                               SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH)) == 0 &&
              add_open_for_reading(c, SCMP_ACT_ERRNO(EACCES));
    for (size_t i = 0; ok && i < SK_COUNT(refused); i++) {
#ifdef SK_SANITIZED
        if (refused[i] == SCMP_SYS(rt_sigaction))
            continue;
#endif
        if (refused[i] >= 0)
            ok = seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), refused[i], 0) == 0;
    }
    if (may_receive)
        ok = ok && seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(recvmsg), 0) == 0;
    ok = ok && export(c, ret_filter);
    if (c)
        seccomp_release(c);
    return ok;
}

/* pdftotext: what is not listed fails with EPERM; it may start once, by the address of its path. */
static bool make_pdftotext(const char *path)
{
    scmp_filter_ctx c = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool ok = c && add(c, SCMP_ACT_ALLOW, common, SK_COUNT(common));
    for (size_t i = 0; ok && i < SK_COUNT(loading); i++)
        if (loading[i] >= 0)
            ok = seccomp_rule_add(c, SCMP_ACT_ALLOW, loading[i], 0) >= 0;
    ok = ok && add_open_for_reading(c, SCMP_ACT_ALLOW) &&
         seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(execve), 1,
                          SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)(uintptr_t)path)) == 0 &&
         export(c, &pdftotext_filter);
    if (c)
        seccomp_release(c);
    return ok;
}

bool sk_sandbox_prepare(void)
{
    return make_worker(false, &worker_filter) && make_worker(true, &text_filter);
}

bool sk_sandbox_prepare_pdftotext(const char *path)
{
    return pdftotext_filter.len || make_pdftotext(path);
}

static void limit(int what, rlim_t soft, rlim_t hard)
{
    struct rlimit r = {soft, hard};
    setrlimit((__rlimit_resource_t)what, &r);
}

void sk_sandbox_limit(unsigned seconds)
{
#ifndef SK_SANITIZED /* the shadow memory of a sanitizer is terabytes of address space */
    limit(RLIMIT_AS, SK_LIM_EXTRACT_MEMORY, SK_LIM_EXTRACT_MEMORY);
#endif
    limit(RLIMIT_CPU, seconds, seconds + 1);
    limit(RLIMIT_FSIZE, 0, 0);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_NPROC, 0, 0);
}

static bool load(const struct sock_fprog *filter)
{
#ifdef SK_EXTRACT_MISBEHAVE /* the tests' own build: as on a kernel without seccomp */
    if (getenv("SILLOK_TEST_NO_SANDBOX"))
        return false;
#endif
    return filter->len && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, filter) == 0;
}

bool sk_sandbox_worker(void)
{
    return load(&worker_filter);
}

bool sk_sandbox_text_worker(void)
{
    return load(&text_filter);
}

/* Landlock where the kernel has it: reading below these folders, and nothing else in any. A kernel
 * without it leaves the system call filter, which already forbids writing. */
static void lock_files(const char *program)
{
    const char *const readable[] = {"/usr",       "/lib", "/lib64", "/etc/ld.so.cache",
                                    "/etc/fonts", program};
    const uint64_t reading =
        LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    struct landlock_ruleset_attr rules = {.handled_access_fs = (1u << 13) - 1}; /* ABI 1: all 13 */
    int set = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (set < 0)
        return;
    for (size_t i = 0; i < SK_COUNT(readable); i++) {
        int fd = open(readable[i], O_PATH | O_CLOEXEC);
        struct landlock_path_beneath_attr rule = {.allowed_access = reading, .parent_fd = fd};
        if (fd < 0)
            continue;
        if (readable[i] == program || strcmp(readable[i], "/etc/ld.so.cache") == 0)
            rule.allowed_access &= ~(uint64_t)LANDLOCK_ACCESS_FS_READ_DIR; /* files */
        syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
        close(fd);
    }
    syscall(SYS_landlock_restrict_self, set, 0);
    close(set);
}

bool sk_sandbox_pdftotext(const char *program)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    lock_files(program);
    return load(&pdftotext_filter);
}
