#include "confine/extractor.h"

#include "base/buf.h"
#include "base/clock.h"
#include "confine/reply.h"
#include "confine/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    TICK_MS = 100, /* how often cancelling is asked about while waiting */
    PATH_BYTES = 4096,
    CHUNK_BYTES = 256 << 10, /* read from the pipe at a time                          */
    PIPE_BYTES = 1 << 20,    /* held by it: fewer turns for large replies             */
    NAME_BYTES = 255,        /* of the name hint, from its end: only that counts  */
};

struct sk_extractor {
    char *program;
    pid_t pid; /* of the keeper, 0: not running */
    int control;
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

/* Close the control socket: an idle keeper then ends by itself. kill: it may be busy, end it now. */
static void stop(sk_extractor *x, bool kill_now)
{
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
    stop(x, false);
    free(x->program);
    free(x);
}

/* Without line ends, which would begin another line of the request. */
static sk_str one_line(sk_arena *a, sk_str s)
{
    char *p = sk_str_c(a, s);
    for (size_t i = 0; i < s.n; i++)
        if (p[i] == '\n' || p[i] == '\0')
            p[i] = ' ';
    return (sk_str){p, s.n};
}

/* Send the request with the exhibit and the pipe for the reply. False: the keeper is gone. */
static bool send_request(sk_ctx *cx, sk_extractor *x, int fd, int out, sk_str name,
                         const sk_extract_opts *opts, int64_t limit_ms)
{
    union {
        char bytes[CMSG_SPACE(2 * sizeof(int))];
        struct cmsghdr align;
    } control;
    int fds[2] = {fd, out};
    sk_arena *a = &cx->arena;
    if (name.n > NAME_BYTES)
        name = sk_str_sub(name, name.n - NAME_BYTES, NAME_BYTES);
    sk_str text = sk_fmt(a, "ms %lld\n", (long long)limit_ms);
    if (opts->charset.n)
        text = sk_fmt(a, "%.*scharset %.*s\n", SK_P(text),
                      SK_P(one_line(a, sk_str_sub(opts->charset, 0, 100))));
    if (name.n)
        text = sk_fmt(a, "%.*sname %.*s\n", SK_P(text), SK_P(one_line(a, name)));
    if (opts->may_run_unsandboxed)
        text = sk_fmt(a, "%.*sunsandboxed yes\n", SK_P(text));
    sk_assert(text.n <= SK_WIRE_REQUEST_BYTES);
    struct iovec iov = {sk_str_c(a, text), text.n};
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

typedef enum waited { READY, TIMED_OUT, CANCELLED } waited;

static waited wait_for(sk_ctx *cx, int fd, int64_t deadline_ms)
{
    for (;;) {
        int64_t left = deadline_ms - sk_clock_ms();
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (cx->cancelled && cx->cancelled(cx->cancelled_arg))
            return CANCELLED;
        if (left <= 0)
            return TIMED_OUT;
        if (poll(&p, 1, left < TICK_MS ? (int)left : TICK_MS) > 0)
            return READY;
    }
}

/* What came back, before anybody looks into it. */
typedef struct result {
    sk_buf reply;
    waited waited;
    bool is_too_long;
    char how, which; /* as the keeper says; 0 when it is gone */
} result;

static void read_result(sk_ctx *cx, sk_extractor *x, int in, int64_t deadline_ms, result *r)
{
    for (;;) {
        char *room = sk_buf_room(&r->reply, CHUNK_BYTES);
        r->is_too_long = !room;
        if (!room || (r->waited = wait_for(cx, in, deadline_ms)) != READY)
            return;
        ssize_t n = read(in, room, CHUNK_BYTES);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n <= 0)
            break;
        sk_buf_grew(&r->reply, (size_t)n);
    }
    char packet[2];
    if ((r->waited = wait_for(cx, x->control, deadline_ms)) != READY)
        return;
    if (recv(x->control, packet, sizeof packet, 0) == sizeof packet) {
        r->how = packet[0];
        r->which = packet[1];
    }
}

static sk_document *failed(sk_ctx *cx, sk_str note)
{
    sk_document *d = sk_new(&cx->arena, sk_document);
    d->outcome = SK_OUTCOME_FAILED;
    d->note = note;
    d->reader = SK_S("none/1");
    return d;
}

static sk_str describe_signal(sk_ctx *cx, int signal)
{
    switch (signal) {
    case SIGSYS:
        return SK_S("the extractor tried what its sandbox forbids and was stopped");
    case SIGXCPU:
    case SIGKILL:
        return SK_S("the extractor used up its processor time and was stopped");
    default:
        return sk_fmt(&cx->arena, "the extractor crashed on it or ran out of memory (signal %d)",
                      signal);
    }
}

/* Of what is no regular file nobody knows the size; ranges are then not checked against it. */
static uint64_t size_of(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : UINT64_MAX;
}

/* Turn what happened into a document; only what says nothing about the exhibit is an error. */
static sk_rc judge(sk_ctx *cx, sk_extractor *x, const result *r, int fd, int64_t limit_ms,
                   sk_document **ret_doc)
{
    sk_document *doc = NULL;
    bool is_busy = r->waited != READY || r->is_too_long || !r->how;
    if (is_busy)
        stop(x, true);
    if (r->waited == CANCELLED)
        return sk_fail(cx, SK_E_CANCELLED, "reading the file was cancelled");
    if (r->how == SK_WIRE_NO_SANDBOX)
        return sk_fail(cx, SK_E_UNSUPPORTED,
                       "the sandbox for reading files cannot be set up here (seccomp); "
                       "use a kernel that has it, or allow reading unsandboxed");
    if (r->waited == TIMED_OUT)
        doc = failed(cx, sk_fmt(&cx->arena, "reading took longer than %lld s and was stopped",
                                (long long)(limit_ms + 999) / 1000));
    else if (r->is_too_long)
        doc = failed(cx, SK_S("the extractor sent more than it may and was stopped"));
    else if (!r->how)
        doc = failed(cx, SK_S("the extractor ended unexpectedly"));
    else if (r->how == SK_WIRE_SIGNAL)
        doc = failed(cx, describe_signal(cx, r->which));
    else if (r->how != SK_WIRE_WELL)
        doc = failed(
            cx, sk_fmt(&cx->arena, "the extractor ended with status %d", (unsigned char)r->which));
    else if (sk_reply_read(cx, sk_str_copy(&cx->arena, sk_buf_str(&r->reply)), size_of(fd), &doc)) {
        doc = failed(cx, sk_fmt(&cx->arena, "%s", cx->message));
        sk_forgive(cx);
    }
    *ret_doc = doc;
    return SK_OK;
}

static sk_rc run(sk_ctx *cx, sk_extractor *x, int fd, sk_str name, const sk_extract_opts *opts,
                 sk_document **ret_doc)
{
    int64_t limit_ms =
        opts->time_limit_ms > 0 ? opts->time_limit_ms : SK_LIM_EXTRACT_SECONDS * 1000;
    int p[2];
    result r = {0};
    if (!x->pid)
        SK_TRY(spawn(cx, x));
    if (pipe2(p, O_CLOEXEC))
        return sk_fail_errno(cx, "making a pipe for the extractor");
    fcntl(p[1], F_SETPIPE_SZ, PIPE_BYTES); /* a wish */
    int64_t deadline_ms = sk_clock_ms() + limit_ms;
    bool sent = send_request(cx, x, fd, p[1], name, opts, limit_ms);
    if (!sent) { /* the keeper died while idle: start another, once */
        stop(x, true);
        sk_rc rc = spawn(cx, x);
        if (rc) {
            close(p[0]);
            close(p[1]);
            return rc;
        }
        sent = send_request(cx, x, fd, p[1], name, opts, limit_ms);
    }
    close(p[1]);
    sk_buf_init(&r.reply, SK_LIM_EXTRACT_REPLY);
    if (sent)
        read_result(cx, x, p[0], deadline_ms, &r);
    sk_rc rc = judge(cx, x, &r, fd, limit_ms, ret_doc);
    sk_buf_done(&r.reply);
    close(p[0]);
    return rc;
}

sk_rc sk_extract(sk_ctx *cx, int fd, sk_str name_hint, const sk_extract_opts *opts,
                 sk_document **ret_doc)
{
    static const sk_extract_opts defaults = {0};
    sk_extractor *own = NULL, *x;
    if (!opts)
        opts = &defaults;
    if (!opts->extractor)
        SK_TRY(sk_extractor_open(cx, &own));
    x = own ? own : opts->extractor;
    sk_rc rc = run(cx, x, fd, name_hint, opts, ret_doc);
    sk_extractor_close(own);
    return rc;
}
