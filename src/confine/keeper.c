#include "confine/keeper.h"

#include "base/clock.h"
#include "confine/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    TICK_MS = 100, /* how often cancelling is asked about while waiting */
    PATH_BYTES = 4096,
    PIPE_BYTES = 1 << 20, /* held by it: fewer turns for large replies        */
};

/* The program in that folder, if it is there. */
static bool is_in(sk_ctx *cx, sk_str folder, sk_str *ret_path)
{
    sk_str path = sk_fmt(&cx->arena, "%.*s/sillok-extract", SK_P(folder));
    if (!folder.n || access(path.p, X_OK) != 0)
        return false;
    *ret_path = path;
    return true;
}

/* The program named by the environment, beside our own executable, or installed. */
static sk_rc find_program(sk_ctx *cx, sk_str *ret_path)
{
    char own[PATH_BYTES];
    const char *named = getenv("SILLOK_EXTRACT");
    if (named && *named) {
        if (access(named, X_OK) != 0)
            return sk_fail(cx, SK_E_NOTFOUND,
                           "SILLOK_EXTRACT names \"%s\", which is no program; unset or correct it",
                           named);
        *ret_path = sk_str_copy(&cx->arena, sk_str_of(named));
        return SK_OK;
    }
    ssize_t n = readlink("/proc/self/exe", own, sizeof own);
    const char *slash = n > 0 ? memrchr(own, '/', (size_t)n) : NULL;
    sk_str beside = slash ? sk_str_range(own, slash) : SK_NONE;
    if (is_in(cx, beside, ret_path) || is_in(cx, SK_S(SK_LIBEXEC_DIR), ret_path))
        return SK_OK;
    return sk_fail(cx, SK_E_NOTFOUND,
                   "the program sillok-extract was found neither in \"%.*s\" nor in \"%s\"; "
                   "install it, or set SILLOK_EXTRACT to its path",
                   SK_P(beside), SK_LIBEXEC_DIR);
}

static sk_rc spawn(sk_ctx *cx, sk_extractor *x)
{
    extern char **environ;
    char name[] = "sillok-extract", serve[] = "--serve", *argv[] = {name, serve, NULL};
    int pair[2], rc;
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t all, none;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
        return sk_fail_errno(cx, "making a socket for the extractor");
    posix_spawn_file_actions_init(&files);
    for (int fd = 0; fd <= 2; fd++)
        posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&files, pair[1], SK_WIRE_CONTROL_FD);
    posix_spawnattr_init(&attr);
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attr, &all);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setpgroup(&attr, 0); /* a group of its own, to be killed as one */
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK |
                                        POSIX_SPAWN_SETPGROUP);
    rc = posix_spawn(&x->pid, x->program, &files, &attr, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attr);
    close(pair[1]);
    if (rc) {
        close(pair[0]);
        x->pid = 0;
        errno = rc;
        return sk_fail_errno(cx, "starting \"%s\"", x->program);
    }
    x->control = pair[0];
    return SK_OK;
}

sk_rc sk_keeper_start(sk_ctx *cx, sk_extractor *x)
{
    return x->pid ? SK_OK : spawn(cx, x);
}

void sk_keeper_stop(sk_extractor *x, bool kill_now)
{
    x->is_busy = false;
    if (!x->pid)
        return;
    if (kill_now)
        kill(-x->pid, SIGKILL);
    close(x->control);
    while (waitpid(x->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    x->pid = 0;
}

sk_rc sk_extractor_open(sk_ctx *cx, sk_extractor **ret_extractor)
{
    sk_extractor *x = sk_xmalloc(sizeof *x);
    *x = (sk_extractor){0};
    sk_str path;
    sk_rc rc = find_program(cx, &path);
    if (!rc) {
        x->program = sk_xmalloc(path.n + 1);
        memcpy(x->program, path.p, path.n + 1);
        rc = spawn(cx, x);
    }
    if (rc) {
        free(x->program);
        free(x);
        return rc;
    }
    *ret_extractor = x;
    return SK_OK;
}

void sk_extractor_close(sk_extractor *x)
{
    if (!x)
        return;
    sk_keeper_stop(x, x->is_busy);
    free(x->program);
    free(x);
}

sk_str sk_keeper_line(sk_arena *a, const char *key, sk_str value, size_t most)
{
    if (!value.n)
        return SK_NONE;
    if (value.n > most)
        value = sk_str_sub(value, value.n - most, most);
    char *p = sk_str_c(a, value);
    for (size_t i = 0; i < value.n; i++)
        if (p[i] == '\n' || p[i] == '\0')
            p[i] = ' ';
    return sk_fmt(a, "%s %s\n", key, p);
}

/* Send the request with the exhibit and the pipe for the reply. False: the keeper is gone. */
static bool send_request(sk_ctx *cx, sk_extractor *x, int fd, int out, sk_str text)
{
    union {
        char bytes[CMSG_SPACE(2 * sizeof(int))];
        struct cmsghdr align;
    } control;
    int fds[2] = {fd, out};
    sk_assert(text.n <= SK_WIRE_REQUEST_BYTES);
    struct iovec iov = {sk_str_c(&cx->arena, text), text.n};
    struct msghdr msg = {
        .msg_iov = &iov,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = CMSG_SPACE(sizeof fds),
    };
    memset(&control, 0, sizeof control);
    struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fds);
    memcpy(CMSG_DATA(c), fds, sizeof fds);
    ssize_t n;
    while ((n = sendmsg(x->control, &msg, MSG_NOSIGNAL)) < 0 && errno == EINTR) {
    }
    return n == (ssize_t)text.n;
}

sk_rc sk_keeper_ask(sk_ctx *cx, sk_extractor *x, int fd, sk_str request, int *ret_pipe)
{
    int p[2];
    SK_TRY(sk_keeper_start(cx, x));
    if (pipe2(p, O_CLOEXEC))
        return sk_fail_errno(cx, "making a pipe for the extractor");
    fcntl(p[1], F_SETPIPE_SZ, PIPE_BYTES); /* a wish */
    sk_rc rc = SK_OK;
    if (!send_request(cx, x, fd, p[1], request)) { /* it died while idle: start another, once */
        sk_keeper_stop(x, true);
        rc = spawn(cx, x);
        if (!rc && !send_request(cx, x, fd, p[1], request))
            rc = sk_fail(cx, SK_E_IO, "the extractor \"%s\" ends as soon as it is asked",
                         x->program);
    }
    close(p[1]);
    if (rc)
        close(p[0]);
    else
        *ret_pipe = p[0];
    return rc;
}

sk_waited sk_keeper_wait(sk_ctx *cx, int fd, int64_t deadline_ms)
{
    for (;;) {
        int64_t left = deadline_ms - sk_clock_ms();
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (cx->cancelled && cx->cancelled(cx->cancelled_arg))
            return SK_STOPPED;
        if (left <= 0)
            return SK_TIMED_OUT;
        if (poll(&p, 1, left < TICK_MS ? (int)left : TICK_MS) > 0)
            return SK_READY;
    }
}

bool sk_keeper_answer(sk_extractor *x, char *ret_how, unsigned char *ret_which)
{
    char packet[2];
    if (recv(x->control, packet, sizeof packet, 0) != sizeof packet)
        return false;
    *ret_how = packet[0];
    *ret_which = (unsigned char)packet[1];
    return true;
}

sk_str sk_keeper_describe(sk_ctx *cx, char how, unsigned char which)
{
    if (how != SK_WIRE_SIGNAL)
        return sk_fmt(&cx->arena, "the extractor ended with status %u", which);
    switch (which) {
    case SIGSYS:
        return SK_S("the extractor tried what its sandbox forbids and was stopped");
    case SIGXCPU:
    case SIGKILL:
        return SK_S("the extractor used up its processor time and was stopped");
    default:
        return sk_fmt(&cx->arena, "the extractor crashed on it or ran out of memory (signal %u)",
                      which);
    }
}

sk_rc sk_keeper_no_sandbox(sk_ctx *cx)
{
    return sk_fail(cx, SK_E_UNSUPPORTED,
                   "the sandbox for reading files cannot be set up here (seccomp); "
                   "use a kernel that has it, or allow reading unsandboxed");
}
