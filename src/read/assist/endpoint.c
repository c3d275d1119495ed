#include "read/assist/endpoint.h"

#include "base/buf.h"
#include "base/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the address ---- */

static bool is_plain(sk_str s, const char *also)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!word && (!c || !strchr(also, c)))
            return false;
    }
    return true;
}

static bool is_port(sk_str s, unsigned *ret_port)
{
    uint64_t n;
    if (!sk_str_to_u64(s, &n) || n < 1 || n > 65535)
        return false;
    *ret_port = (unsigned)n;
    return true;
}

/* "host", "host:port", "[v6]", "[v6]:port" */
static bool cut_authority(sk_str s, sk_endpoint *e)
{
    e->port = e->is_tls ? 443 : 80;
    bool bracketed = sk_str_starts(s, SK_S("["));
    size_t end = sk_str_find(s, bracketed ? SK_S("]") : SK_S(":"));
    if (bracketed && end == SIZE_MAX)
        return false;
    e->host = bracketed ? sk_str_sub(s, 1, end - 1) : sk_str_sub(s, 0, end);
    sk_str rest = end == SIZE_MAX ? SK_NONE : sk_str_sub(s, end + bracketed, s.n);
    if (!e->host.n || !is_plain(e->host, bracketed ? ":." : ".-"))
        return false;
    return !rest.n || (rest.p[0] == ':' && is_port(sk_str_sub(rest, 1, rest.n), &e->port));
}

sk_rc sk_endpoint_parse(sk_ctx *cx, sk_str typed, sk_endpoint *ret_endpoint)
{
    sk_endpoint e = {0};
    sk_str rest;
    e.is_tls = sk_str_starts(typed, SK_S("https://"));
    if (!e.is_tls && !sk_str_starts(typed, SK_S("http://")))
        return sk_fail(cx, SK_E_FORMAT,
                       "model address \"%.*s\" must begin with http:// or https://, as in "
                       "http://127.0.0.1:8080",
                       SK_P(typed));
    rest = sk_str_sub(typed, e.is_tls ? 8 : 7, typed.n);
    size_t slash = sk_str_find(rest, SK_S("/"));
    sk_str path = slash == SIZE_MAX ? SK_NONE : sk_str_sub(rest, slash, rest.n);
    if (!cut_authority(sk_str_sub(rest, 0, slash), &e) || !is_plain(path, "/-._~"))
        return sk_fail(cx, SK_E_FORMAT,
                       "model address \"%.*s\" is not scheme://host:port/path; a user, a query and "
                       "other signs are not taken",
                       SK_P(typed));
    while (sk_str_ends(path, SK_S("/")))
        path.n--;
    bool is_v6 = sk_str_find(e.host, SK_S(":")) != SIZE_MAX;
    e.url =
        sk_fmt(&cx->arena, "%s://%s%.*s%s:%u%.*s", e.is_tls ? "https" : "http", is_v6 ? "[" : "",
               SK_P(e.host), is_v6 ? "]" : "", e.port, SK_P(path.n ? path : SK_S("/v1")));
    e.host = sk_str_copy(&cx->arena, e.host);
    *ret_endpoint = e;
    return SK_OK;
}

/* ---- how far it is ---- */

static sk_reach reach_v4(uint32_t a)
{
    if (a >> 24 == 127)
        return SK_REACH_HERE;
    bool is_private = a >> 24 == 10 || a >> 20 == 0xac1 || a >> 16 == 0xc0a8 || a >> 16 == 0xa9fe;
    return is_private ? SK_REACH_PRIVATE : SK_REACH_PUBLIC;
}

static sk_reach reach_v6(const struct in6_addr *a)
{
    if (IN6_IS_ADDR_LOOPBACK(a))
        return SK_REACH_HERE;
    if (IN6_IS_ADDR_V4MAPPED(a))
        return reach_v4((uint32_t)a->s6_addr[12] << 24 | (uint32_t)a->s6_addr[13] << 16 |
                        (uint32_t)a->s6_addr[14] << 8 | a->s6_addr[15]);
    bool is_private = (a->s6_addr[0] & 0xfe) == 0xfc || IN6_IS_ADDR_LINKLOCAL(a);
    return is_private ? SK_REACH_PRIVATE : SK_REACH_PUBLIC;
}

sk_reach sk_endpoint_reach_of(sk_str address)
{
    char text[INET6_ADDRSTRLEN + 1];
    struct in_addr v4;
    struct in6_addr v6;
    if (address.n >= sizeof text)
        return SK_REACH_UNKNOWN;
    memcpy(text, address.p ? address.p : "", address.n);
    text[address.n] = 0;
    if (inet_pton(AF_INET, text, &v4) == 1)
        return reach_v4(ntohl(v4.s_addr));
    return inet_pton(AF_INET6, text, &v6) == 1 ? reach_v6(&v6) : SK_REACH_UNKNOWN;
}

/* The farthest of them counts: whoever answers for the name may choose among them. */
static void take_addresses(sk_ctx *cx, const struct addrinfo *list, sk_endpoint *e)
{
    e->reach = SK_REACH_UNKNOWN;
    e->address = SK_NONE;
    for (const struct addrinfo *i = list; i; i = i->ai_next) {
        char text[NI_MAXHOST];
        if (getnameinfo(i->ai_addr, i->ai_addrlen, text, sizeof text, NULL, 0, NI_NUMERICHOST))
            continue;
        sk_reach reach = sk_endpoint_reach_of(sk_str_of(text));
        if (!e->address.n)
            e->address = sk_str_copy(&cx->arena, sk_str_of(text));
        if (reach == SK_REACH_UNKNOWN) /* an address with a zone is of this link */
            reach = strchr(text, '%') ? SK_REACH_PRIVATE : SK_REACH_PUBLIC;
        if (reach > e->reach)
            e->reach = reach;
    }
}

sk_rc sk_endpoint_find(sk_ctx *cx, bool is_confirmed, sk_endpoint *endpoint)
{
    struct addrinfo want = {.ai_socktype = SOCK_STREAM}, *list = NULL;
    int failed = getaddrinfo(sk_str_c(&cx->arena, endpoint->host), NULL, &want, &list);
    if (failed)
        return sk_fail(cx, SK_E_NOTFOUND, "no computer called \"%.*s\" is found: %s",
                       SK_P(endpoint->host), gai_strerror(failed));
    take_addresses(cx, list, endpoint);
    freeaddrinfo(list);
    if (!endpoint->address.n)
        return sk_fail(cx, SK_E_NOTFOUND, "\"%.*s\" has no address", SK_P(endpoint->host));
    if (endpoint->reach == SK_REACH_PUBLIC && !is_confirmed)
        return sk_fail(cx, SK_E_DENIED,
                       "%.*s is at %.*s, on the public network: the words of your documents would "
                       "leave your hands; confirm with --to-public-network, or run a model here",
                       SK_P(endpoint->url), SK_P(endpoint->address));
    if (endpoint->reach == SK_REACH_PUBLIC && !endpoint->is_tls)
        return sk_fail(cx, SK_E_DENIED, "%.*s is on the public network: only https goes there",
                       SK_P(endpoint->url));
    return SK_OK;
}

/* ---- one request ---- */

/* What curl is told, on its standard input: nothing of it shows in a list of processes. */
static sk_str settings_of(sk_ctx *cx, const sk_endpoint *e, const char *path)
{
    bool is_v6 = sk_str_find(e->address, SK_S(":")) != SIZE_MAX;
    sk_str key = e->key.n
                     ? sk_fmt(&cx->arena, "header = \"Authorization: Bearer %.*s\"\n", SK_P(e->key))
                     : SK_NONE;
    return sk_fmt(&cx->arena,
                  "url = \"%.*s%s\"\nconnect-to = \"::%s%.*s%s:%u\"\nproto = \"=%s\"\n"
                  "noproxy = \"*\"\nmax-redirs = 0\ngloboff\nhttp1.1\nsilent\nshow-error\n"
                  "connect-timeout = 10\nmax-time = %d\nmax-filesize = %llu\n"
                  "header = \"Content-Type: application/json\"\nheader = \"Expect:\"\n%.*s"
                  "data-binary = \"@/dev/fd/3\"\nwrite-out = \"%%{stderr}\\n%%{http_code}\"\n",
                  SK_P(e->url), path, is_v6 ? "[" : "", SK_P(e->address), is_v6 ? "]" : "", e->port,
                  e->is_tls ? "https" : "http", SK_LIM_MODEL_SECONDS,
                  (unsigned long long)SK_LIM_MODEL_REPLY, SK_P(key));
}

static int file_of(sk_str bytes)
{
    int fd = memfd_create("request", MFD_CLOEXEC);
    for (size_t at = 0; fd >= 0 && at < bytes.n;) {
        ssize_t n = write(fd, bytes.p + at, bytes.n - at);
        if (n <= 0) {
            close(fd);
            return -1;
        }
        at += (size_t)n;
    }
    if (fd >= 0 && lseek(fd, 0, SEEK_SET)) {
        close(fd);
        return -1;
    }
    return fd;
}

typedef struct request {
    int settings, body, out[2], err[2]; /* read ends first */
    pid_t pid;
    sk_buf reply, note;
} request;

static void end_request(request *r)
{
    int *all[] = {&r->settings, &r->body, &r->out[0], &r->out[1], &r->err[0], &r->err[1]};
    for (size_t i = 0; i < SK_COUNT(all); i++)
        if (*all[i] >= 0)
            close(*all[i]);
    if (r->pid > 0) {
        kill(r->pid, SIGKILL); /* it is waited for, so the number is still its own */
        while (waitpid(r->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    sk_buf_done(&r->reply);
    sk_buf_done(&r->note);
}

static sk_rc start(sk_ctx *cx, request *r, const sk_endpoint *e, const char *path, sk_str body)
{
    char name[] = "curl", no_file[] = "-q", from[] = "-K", here[] = "-", locale[] = "LC_ALL=C",
         paths[] = "PATH=/usr/local/bin:/usr/bin:/bin";
    char *const argv[] = {name, no_file, from, here, NULL}, *const env[] = {paths, locale, NULL};
    r->settings = file_of(settings_of(cx, e, path));
    r->body = file_of(body);
    if (r->settings < 0 || r->body < 0 || pipe2(r->out, O_CLOEXEC) || pipe2(r->err, O_CLOEXEC))
        return sk_fail_errno(cx, "a request to the model");
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    /* above the numbers that are given out, so that none is overwritten before it is copied */
    int settings = fcntl(r->settings, F_DUPFD_CLOEXEC, 10),
        out = fcntl(r->out[1], F_DUPFD_CLOEXEC, 10), err = fcntl(r->err[1], F_DUPFD_CLOEXEC, 10),
        data = fcntl(r->body, F_DUPFD_CLOEXEC, 10);
    posix_spawn_file_actions_adddup2(&files, settings, 0);
    posix_spawn_file_actions_adddup2(&files, out, 1);
    posix_spawn_file_actions_adddup2(&files, err, 2);
    posix_spawn_file_actions_adddup2(&files, data, 3);
    int failed = posix_spawnp(&r->pid, name, &files, NULL, argv, env);
    posix_spawn_file_actions_destroy(&files);
    int copies[] = {settings, out, err, data, r->out[1], r->err[1]};
    for (size_t i = 0; i < SK_COUNT(copies); i++)
        if (copies[i] >= 0)
            close(copies[i]);
    r->out[1] = r->err[1] = -1;
    if (!failed)
        return SK_OK;
    r->pid = 0;
    return sk_fail(cx, SK_E_UNSUPPORTED,
                   "a model is asked through \"curl\", which does not start: %s", strerror(failed));
}

/* Take what can be read; false at the end of the pipe. */
static bool take(int fd, sk_buf *into)
{
    char *room = sk_buf_room(into, 16384);
    if (!room)
        return false;
    ssize_t n = read(fd, room, 16384);
    if (n > 0)
        sk_buf_grew(into, (size_t)n);
    return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

static sk_rc collect(sk_ctx *cx, request *r)
{
    int64_t deadline = sk_clock_ms() + 1000 * (int64_t)(SK_LIM_MODEL_SECONDS + 15);
    bool open[2] = {true, true};
    while (open[0] || open[1]) {
        struct pollfd p[2] = {{open[0] ? r->out[0] : -1, POLLIN, 0},
                              {open[1] ? r->err[0] : -1, POLLIN, 0}};
        int n = poll(p, 2, 200);
        if (cx->cancelled && cx->cancelled(cx->cancelled_arg))
            return sk_fail(cx, SK_E_CANCELLED, "asking the model was stopped");
        if (sk_clock_ms() > deadline)
            return sk_fail(cx, SK_E_IO, "the model gave no answer in %d s", SK_LIM_MODEL_SECONDS);
        if (n > 0 && p[0].revents)
            open[0] = take(r->out[0], &r->reply);
        if (n > 0 && p[1].revents)
            open[1] = take(r->err[0], &r->note);
        if (r->reply.overflow)
            return sk_fail(cx, SK_E_LIMIT, "the model's reply has more than %llu bytes",
                           (unsigned long long)SK_LIM_MODEL_REPLY);
    }
    return SK_OK;
}

/* Words of a stranger for a message: one line, printable, short. */
static sk_str beginning_of(sk_ctx *cx, sk_str s)
{
    sk_str cut = sk_str_sub(sk_str_trim(s), 0, 160);
    char *line = sk_str_c(&cx->arena, cut);
    for (size_t i = 0; i < cut.n; i++)
        if ((unsigned char)line[i] < 0x20 || (unsigned char)line[i] >= 0x7f)
            line[i] = ' ';
    return (sk_str){line, cut.n};
}

static sk_rc judge(sk_ctx *cx, const sk_endpoint *e, const request *r, sk_str *ret_reply)
{
    sk_str note = sk_str_trim(sk_buf_str(&r->note));
    sk_str code = note.n >= 3 ? sk_str_sub(note, note.n - 3, 3) : SK_NONE;
    if (sk_str_is(code, "200") && note.n == 3) {
        *ret_reply = sk_str_copy(&cx->arena, sk_buf_str(&r->reply));
        return SK_OK;
    }
    if (!code.n || sk_str_is(code, "000") || sk_str_is(code, "200"))
        return sk_fail(cx, SK_E_IO, "%.*s gives no answer: %.*s", SK_P(e->url),
                       SK_P(beginning_of(cx, sk_str_sub(note, 0, note.n - code.n))));
    if (code.p[0] == '3')
        return sk_fail(cx, SK_E_IO, "%.*s sends elsewhere (status %.*s), which is not followed",
                       SK_P(e->url), SK_P(code));
    return sk_fail(cx, SK_E_IO, "%.*s answers with status %.*s: %.*s", SK_P(e->url), SK_P(code),
                   SK_P(beginning_of(cx, sk_buf_str(&r->reply))));
}

sk_rc sk_endpoint_post(sk_ctx *cx, const sk_endpoint *endpoint, const char *path, sk_str body,
                       sk_str *ret_reply)
{
    request r = {.settings = -1, .body = -1, .out = {-1, -1}, .err = {-1, -1}};
    if (!is_plain(endpoint->key, "-._~+/="))
        return sk_fail(cx, SK_E_FORMAT, "the key for the model holds signs that keys do not have");
    sk_buf_init(&r.reply, SK_LIM_MODEL_REPLY);
    sk_buf_init(&r.note, SK_KIB(64));
    sk_rc rc = start(cx, &r, endpoint, path, body);
    if (!rc)
        rc = collect(cx, &r);
    if (!rc)
        rc = judge(cx, endpoint, &r, ret_reply);
    end_request(&r);
    return rc;
}
