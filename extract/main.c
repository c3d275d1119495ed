/* sillok-extract: reads hostile files for sillok, each in a child that can do nothing else.
 *
 * The keeper (this process) reads no exhibit. It loads libraries and filters once, then for each
 * request forks a worker, which locks itself in, reads the one exhibit and is gone; a fork is a
 * fraction of the cost of a start. A worker that finds it needs more than it has (converters of old
 * charsets, pdftotext) says so by its exit status, and the keeper forks again with that.
 * The protocol: docs/formats/extract.md. */
#include "base/buf.h"
#include "charset.h"
#include "extract.h"
#include "read/wire.h"
#include "sandbox.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char pdftotext_path[] = SK_PDFTOTEXT;

typedef struct ending {
    char how;            /* SK_WIRE_WELL, SK_WIRE_SIGNAL, SK_WIRE_EXIT */
    unsigned char which; /* signal or status                           */
} ending;

static ending wait_for(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return (ending){SK_WIRE_EXIT, SK_WORKER_FAULT};
    if (WIFSIGNALED(status))
        return (ending){SK_WIRE_SIGNAL, (unsigned char)WTERMSIG(status)};
    unsigned char code = (unsigned char)WEXITSTATUS(status);
    return (ending){code ? SK_WIRE_EXIT : SK_WIRE_WELL, code};
}

/* Fork a child that dies with us, has exactly the given files as 0, 1, 2 ... and /dev/null as 2
 * where none is given. Returns 0 in the child, its pid here, -1 on failure. */
static pid_t fork_with(const int *fds, int n)
{
    pid_t keeper = getpid(), pid = fork();
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != keeper)
        _exit(SK_WORKER_FAULT);
    int high[4];
    for (int i = 0; i < n; i++) /* out of the way first, so that none is overwritten */
        if ((high[i] = fcntl(fds[i], F_DUPFD, 16)) < 0)
            _exit(SK_WORKER_FAULT);
    for (int i = 0; i < n; i++)
        if (dup2(high[i], i) < 0)
            _exit(SK_WORKER_FAULT);
    close_range(n > 3 ? (unsigned)n : 3, ~0u, 0);
    return 0;
}

static ending run_worker(const sk_request *req, int exhibit, int out)
{
    int fds[] = {exhibit, out};
    pid_t pid = fork_with(fds, 2);
    if (pid == 0)
        sk_worker_run(req);
    return pid < 0 ? (ending){SK_WIRE_EXIT, SK_WORKER_FAULT} : wait_for(pid);
}

static void close_all(int *fds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

/* pdftotext -- text, said --> worker -- reply --> parent; its end comes to the worker from us. */
static ending run_pdf(const sk_request *req, int exhibit, int out)
{
    enum { TEXT_R, TEXT_W, SAID_R, SAID_W, END_R, END_W, PIPES };
    int p[PIPES] = {-1, -1, -1, -1, -1, -1};
    ending broken = {SK_WIRE_EXIT, SK_WORKER_FAULT};
    if (lseek(exhibit, 0, SEEK_SET) != 0 || pipe2(p + TEXT_R, O_CLOEXEC) ||
        pipe2(p + SAID_R, O_CLOEXEC | O_NONBLOCK) || pipe2(p + END_R, O_CLOEXEC)) {
        close_all(p, PIPES);
        return broken;
    }
    int program_fds[] = {exhibit, p[TEXT_W], p[SAID_W]};
    pid_t program = fork_with(program_fds, 3);
    if (program == 0)
        sk_worker_become_pdftotext(req, pdftotext_path);
    int worker_fds[] = {p[TEXT_R], out, p[SAID_R], p[END_R]};
    pid_t worker = program > 0 ? fork_with(worker_fds, 4) : -1;
    if (worker == 0)
        sk_worker_run_pdf(req);
    close(p[TEXT_R]);
    close(p[TEXT_W]);
    p[TEXT_R] = p[TEXT_W] = -1;
    ending e = program > 0 ? wait_for(program) : broken;
    char end[2] = {e.how == SK_WIRE_SIGNAL ? 'S' : 'X', (char)e.which};
    bool no_sandbox = e.how == SK_WIRE_EXIT && e.which == SK_WORKER_NO_SANDBOX;
    if (worker > 0 && write(p[END_W], end, sizeof end) == sizeof end) {
        close(p[END_W]);
        p[END_W] = -1;
        e = wait_for(worker);
    } else {
        e = broken;
    }
    close_all(p, PIPES);
    return no_sandbox ? (ending){SK_WIRE_EXIT, SK_WORKER_NO_SANDBOX} : e;
}

static ending run(const sk_request *req, int exhibit, int out)
{
    ending e = run_worker(req, exhibit, out);
    if (e.how == SK_WIRE_EXIT && e.which == SK_WORKER_NEEDS_CHARSETS) {
        sk_charset_preload();
        e = run_worker(req, exhibit, out);
    }
    if (e.how == SK_WIRE_EXIT && e.which == SK_WORKER_NEEDS_PDFTOTEXT)
        e = run_pdf(req, exhibit, out);
    return e;
}

/* "key value" lines; from our own parent, so a form we do not know is our own fault. */
static bool read_request(sk_str text, sk_request *ret_req)
{
    sk_request req = {.limit_ms = SK_LIM_EXTRACT_SECONDS * 1000};
    sk_str line, key;
    uint64_t ms;
    while (sk_str_cut(&text, '\n', &line)) {
        if (!line.n)
            continue;
        if (!sk_str_cut(&line, ' ', &key) || !line.p)
            return false;
        if (sk_str_is(key, "ms") && sk_str_to_u64(line, &ms) && ms <= 86400000)
            req.limit_ms = (int64_t)ms;
        else if (sk_str_is(key, "charset"))
            req.charset = line;
        else if (sk_str_is(key, "name"))
            req.name = line;
        else if (sk_str_is(key, "unsandboxed") && sk_str_is(line, "yes"))
            req.may_run_unsandboxed = true;
        else
            return false;
    }
    *ret_req = req;
    return true;
}

/* One packet and its two descriptors; false when the parent is gone. */
static bool receive(char *text, size_t cap, size_t *ret_n, int fds[2])
{
    union {
        char bytes[CMSG_SPACE(2 * sizeof(int))];
        struct cmsghdr align;
    } control;
    struct iovec iov = {text, cap};
    struct msghdr msg = {
        .msg_iov = &iov,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    ssize_t n;
    while ((n = recvmsg(SK_WIRE_CONTROL_FD, &msg, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {
    }
    struct cmsghdr *c = n > 0 ? CMSG_FIRSTHDR(&msg) : NULL;
    if (!c || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(2 * sizeof(int)) ||
        msg.msg_flags & MSG_TRUNC)
        return false;
    memcpy(fds, CMSG_DATA(c), 2 * sizeof(int));
    *ret_n = (size_t)n;
    return true;
}

static bool answer(ending e)
{
    bool no_sandbox = e.how == SK_WIRE_EXIT && e.which == SK_WORKER_NO_SANDBOX;
    char packet[2] = {no_sandbox ? SK_WIRE_NO_SANDBOX : e.how, (char)e.which};
    return send(SK_WIRE_CONTROL_FD, packet, sizeof packet, MSG_NOSIGNAL) == sizeof packet;
}

static int serve(void)
{
    char text[SK_WIRE_REQUEST_BYTES];
    size_t n;
    int fds[2];
    signal(SIGPIPE, SIG_IGN);
    close_range(SK_WIRE_CONTROL_FD + 1, ~0u, 0);
    fcntl(SK_WIRE_CONTROL_FD, F_SETFD, FD_CLOEXEC);
    sk_extract_warm_up();
    sk_sandbox_prepare(pdftotext_path); /* if not, each worker finds out and refuses */
    while (receive(text, sizeof text, &n, fds)) {
        sk_request req;
        ending e = {SK_WIRE_EXIT, SK_WORKER_FAULT};
        if (read_request((sk_str){text, n}, &req))
            e = run(&req, fds[0], fds[1]);
        close(fds[0]);
        close(fds[1]);
        if (!answer(e))
            break;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--serve") == 0)
        return serve();
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("sillok-extract " SK_VERSION);
        return 0;
    }
    fputs("sillok-extract is run by sillok to read files in a sandbox; see sillok(1)\n"
          "usage: sillok-extract --serve | --version\n",
          stderr);
    return 2;
}
