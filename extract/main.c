/* sillok-extract: reads hostile files for sillok, each in a child that can do nothing else.
 *
 * The keeper (this process) reads no exhibit. It loads libraries and filters once, then for each
 * request forks a worker, which locks itself in, reads the one exhibit and is gone; a fork is a
 * fraction of the cost of a start. A worker that finds it needs more than it has (converters of old
 * charsets, pdftotext) says so by its exit status, and the keeper forks again with that. Only plain
 * text in UTF-8 goes to a worker that is kept, since there may be ten thousand such files.
 * The protocol: docs/formats/extract.md. */
#include "base/buf.h"
#include "charset.h"
#include "extract.h"
#include "confine/wire.h"
#include "sandbox.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    MISSES = 2, /* so many files in a row that need converters, and the worker for text rests */
    REST = 50,  /* for so many files                                                          */
};

static const char pdftotext_path[] = SK_PDFTOTEXT;

typedef struct ending {
    char how;            /* SK_WIRE_WELL, SK_WIRE_SIGNAL, SK_WIRE_EXIT */
    unsigned char which; /* signal or status                           */
} ending;

static bool is_status(ending e, unsigned char status)
{
    return e.how == SK_WIRE_EXIT && e.which == status;
}

/* Wait for a child, or for the parent to go away: then everything ends, children by PDEATHSIG. */
static void wait_while_parent_lives(int fd)
{
    struct pollfd p[2] = {{.fd = fd, .events = POLLIN}, {.fd = SK_WIRE_CONTROL_FD, .events = 0}};
    while (poll(p, 2, -1) < 0 && errno == EINTR) {
    }
    if (p[1].revents)
        _exit(0);
}

static ending wait_for(pid_t pid)
{
    int status, fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd >= 0) {
        wait_while_parent_lives(fd);
        close(fd);
    }
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

static ending run_worker(const sk_request *req)
{
    int fds[] = {req->exhibit, req->out};
    pid_t pid = fork_with(fds, 2);
    if (pid == 0)
        sk_worker_run(req);
    return pid < 0 ? (ending){SK_WIRE_EXIT, SK_WORKER_FAULT} : wait_for(pid);
}

/* The worker that is kept for plain text in UTF-8, of which there may be many small files. */
typedef struct text_worker {
    pid_t pid; /* 0: none */
    int socket;
    bool is_unsandboxed;
    unsigned rest; /* so many requests go by before it is asked again */
    unsigned n_misses;
} text_worker;

static ending drop_text_worker(text_worker *t)
{
    close(t->socket);
    ending e = wait_for(t->pid);
    t->pid = 0;
    return e;
}

static bool start_text_worker(text_worker *t, bool may_run_unsandboxed)
{
    int pair[2];
    if (t->pid && t->is_unsandboxed && !may_run_unsandboxed)
        drop_text_worker(t);
    if (t->pid)
        return true;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
        return false;
    t->pid = fork_with(&pair[1], 1);
    if (t->pid == 0)
        sk_worker_serve_text(may_run_unsandboxed);
    close(pair[1]);
    t->socket = pair[0];
    t->is_unsandboxed = may_run_unsandboxed;
    if (t->pid < 0) {
        t->pid = 0;
        close(t->socket);
    }
    return t->pid > 0;
}

/* Ask the worker for plain text. SK_WORKER_NOT_TEXT and the like: nothing was read, ask another. */
static ending run_text(text_worker *t, const sk_request *req)
{
    ending not_text = {SK_WIRE_EXIT, SK_WORKER_NOT_TEXT};
    unsigned char status;
    if (t->rest) {
        t->rest--;
        return not_text;
    }
    if (!start_text_worker(t, req->may_run_unsandboxed))
        return not_text;
    if (!sk_request_send(t->socket, req)) {
        drop_text_worker(t); /* it ended before it saw this request */
        return not_text;
    }
    wait_while_parent_lives(t->socket);
    if (read(t->socket, &status, 1) != 1) {
        ending e = drop_text_worker(t);
        bool misses = e.how == SK_WIRE_EXIT && e.which == SK_WORKER_NEEDS_CHARSETS;
        t->n_misses = misses ? t->n_misses + 1 : 0;
        t->rest = t->n_misses > MISSES ? REST : 0; /* a batch in an old charset */
        return e.how == SK_WIRE_WELL ? not_text : e;
    }
    t->n_misses = 0;
    if (status == SK_WORKER_RETIRES) {
        drop_text_worker(t);
        status = SK_WORKER_DONE;
    }
    return (ending){status ? SK_WIRE_EXIT : SK_WIRE_WELL, status};
}

static void close_all(int *fds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

/* pdftotext -- text, said --> worker -- reply --> parent; its end comes to the worker from us. */
static ending run_pdf(const sk_request *req)
{
    enum { TEXT_R, TEXT_W, SAID_R, SAID_W, END_R, END_W, PIPES };
    int p[PIPES] = {-1, -1, -1, -1, -1, -1};
    ending broken = {SK_WIRE_EXIT, SK_WORKER_FAULT};
    sk_sandbox_prepare_pdftotext(pdftotext_path); /* if not, the child finds out and refuses */
    if (lseek(req->exhibit, 0, SEEK_SET) != 0 || pipe2(p + TEXT_R, O_CLOEXEC) ||
        pipe2(p + SAID_R, O_CLOEXEC | O_NONBLOCK) || pipe2(p + END_R, O_CLOEXEC)) {
        close_all(p, PIPES);
        return broken;
    }
    int program_fds[] = {req->exhibit, p[TEXT_W], p[SAID_W]};
    pid_t program = fork_with(program_fds, 3);
    if (program == 0)
        sk_worker_become_pdftotext(req, pdftotext_path);
    int worker_fds[] = {p[TEXT_R], req->out, p[SAID_R], p[END_R]};
    pid_t worker = program > 0 ? fork_with(worker_fds, 4) : -1;
    if (worker == 0)
        sk_worker_run_pdf(req);
    close(p[TEXT_R]);
    close(p[TEXT_W]);
    p[TEXT_R] = p[TEXT_W] = -1;
    ending e = program > 0 ? wait_for(program) : broken;
    char end[2] = {e.how == SK_WIRE_SIGNAL ? 'S' : 'X', (char)e.which};
    bool no_sandbox = is_status(e, SK_WORKER_NO_SANDBOX);
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

static ending run(text_worker *t, const sk_request *req)
{
    ending e = req->wants_rows ? (ending){SK_WIRE_EXIT, SK_WORKER_NOT_TEXT} : run_text(t, req);
    if (is_status(e, SK_WORKER_NOT_TEXT))
        e = run_worker(req);
    if (is_status(e, SK_WORKER_NEEDS_CHARSETS)) {
        sk_charset_preload();
        e = run_worker(req);
    }
    return is_status(e, SK_WORKER_NEEDS_PDFTOTEXT) ? run_pdf(req) : e;
}

static bool answer(ending e)
{
    char how = is_status(e, SK_WORKER_NO_SANDBOX) ? SK_WIRE_NO_SANDBOX : e.how;
    char packet[2] = {how, (char)e.which};
    return send(SK_WIRE_CONTROL_FD, packet, sizeof packet, MSG_NOSIGNAL) == sizeof packet;
}

static int serve(void)
{
    sk_request req;
    text_worker text = {0};
    signal(SIGPIPE, SIG_IGN);
    close_range(SK_WIRE_CONTROL_FD + 1, ~0u, 0);
    fcntl(SK_WIRE_CONTROL_FD, F_SETFD, FD_CLOEXEC);
    sk_extract_warm_up();
    sk_sandbox_prepare(); /* if not, each worker finds out and refuses */
    while (sk_request_receive(SK_WIRE_CONTROL_FD, &req)) {
        ending e = run(&text, &req);
        sk_request_close(&req);
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
