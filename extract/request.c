#include "request.h"

#include "base/limits.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

typedef union control {
    char bytes[CMSG_SPACE(2 * sizeof(int))];
    struct cmsghdr align;
} control;

/* The sender is our own program, so a line we do not know is a fault of ours: refused. */
static bool read_lines(sk_request *req)
{
    sk_str text = {req->text, req->n}, line, key;
    uint64_t ms, code;
    req->limit_ms = SK_LIM_EXTRACT_SECONDS * 1000;
    while (sk_str_cut(&text, '\n', &line)) {
        if (!line.n)
            continue;
        if (!sk_str_cut(&line, ' ', &key) || !line.p)
            return false;
        if (sk_str_is(key, "ms") && sk_str_to_u64(line, &ms) && ms <= 86400000)
            req->limit_ms = (int64_t)ms;
        else if (sk_str_is(key, "charset"))
            req->charset = line;
        else if (sk_str_is(key, "name"))
            req->name = line;
        else if (sk_str_is(key, "unsandboxed") && sk_str_is(line, "yes"))
            req->may_run_unsandboxed = true;
        else if (sk_str_is(key, "rows") && sk_str_is(line, "yes"))
            req->wants_rows = true;
        else if (sk_str_is(key, "sep") && sk_str_to_u64(line, &code) && code < 0x80)
            req->sep = (char)code;
        else if (sk_str_is(key, "sheet"))
            req->sheet = line;
        else if (sk_str_is(key, "records"))
            req->records = line;
        else
            return false;
    }
    return true;
}

bool sk_request_receive(int socket, sk_request *ret_req)
{
    sk_request *r = ret_req;
    *r = (sk_request){.exhibit = -1, .out = -1};
    control c;
    struct iovec iov = {r->text, sizeof r->text};
    struct msghdr msg = {
        .msg_iov = &iov,
        .msg_iovlen = 1,
        .msg_control = &c,
        .msg_controllen = sizeof c,
    };
    ssize_t n;
    while ((n = recvmsg(socket, &msg, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR) {
    }
    struct cmsghdr *h = n > 0 ? CMSG_FIRSTHDR(&msg) : NULL;
    if (!h || h->cmsg_type != SCM_RIGHTS || h->cmsg_len != CMSG_LEN(2 * sizeof(int)) ||
        msg.msg_flags & MSG_TRUNC)
        return false;
    int fds[2];
    memcpy(fds, CMSG_DATA(h), sizeof fds);
    r->exhibit = fds[0];
    r->out = fds[1];
    r->n = (size_t)n;
    if (read_lines(r))
        return true;
    sk_request_close(r);
    return false;
}

bool sk_request_send(int socket, const sk_request *req)
{
    control c;
    int fds[2] = {req->exhibit, req->out};
    struct iovec iov = {(char *)(uintptr_t)req->text, req->n};
    struct msghdr msg = {
        .msg_iov = &iov,
        .msg_iovlen = 1,
        .msg_control = &c,
        .msg_controllen = sizeof c,
    };
    memset(&c, 0, sizeof c);
    struct cmsghdr *h = CMSG_FIRSTHDR(&msg);
    h->cmsg_level = SOL_SOCKET;
    h->cmsg_type = SCM_RIGHTS;
    h->cmsg_len = CMSG_LEN(sizeof fds);
    memcpy(CMSG_DATA(h), fds, sizeof fds);
    ssize_t n;
    while ((n = sendmsg(socket, &msg, MSG_NOSIGNAL)) < 0 && errno == EINTR) {
    }
    return n == (ssize_t)req->n;
}

void sk_request_close(sk_request *req)
{
    close(req->exhibit);
    close(req->out);
    req->exhibit = req->out = -1;
}
