#include "web/http.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/* One connection, from accept to close: the time by which its next request must be whole. */
typedef struct connection {
    struct connection *next, **link;
    int fd;
    int64_t deadline_ms; /* 0: an answer is being sent */
} connection;

struct sk_http {
    const sk_http_app *app;
    struct MHD_Daemon *daemon;
    uint16_t port;
    int epoll_fd;
    connection *connections;
    uint64_t bodies_bytes; /* of all requests whose body is coming or is being answered */
};

/* One request, from its first line until its answer is sent. */
typedef struct exchange {
    sk_http *http;
    sk_http_in in;
    char target[SK_LIM_HTTP_TARGET_BYTES + 1];
    bool is_begun, is_refused;
    uint64_t body_bytes; /* what its head said, as counted in the door's bodies_bytes */
    sk_buf body;
    sk_http_out out;
    void *state;
    bool has_state;
} exchange;

void sk_http_header_add(sk_http_out *out, const char *name, sk_str value)
{
    sk_assert(out->n_headers < SK_HTTP_HEADERS);
    out->headers[out->n_headers++] = (sk_http_header){sk_str_of(name), value};
}

/* ---- connections ---- */

static void watch_connection(void *arg, struct MHD_Connection *c, void **slot,
                             enum MHD_ConnectionNotificationCode code)
{
    sk_http *h = arg;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
        connection *k = sk_xmalloc(sizeof *k);
        *k = (connection){.next = h->connections,
                          .link = &h->connections,
                          .fd = info ? info->connect_fd : -1,
                          .deadline_ms = sk_clock_ms() + SK_LIM_HTTP_WAIT_SECONDS * 1000};
        if (k->next)
            k->next->link = &k->next;
        h->connections = k;
        *slot = k;
        return;
    }
    connection *k = *slot;
    if (!k)
        return;
    *k->link = k->next;
    if (k->next)
        k->next->link = k->link;
    free(k);
    *slot = NULL;
}

static void set_deadline(struct MHD_Connection *c, int seconds)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    connection *k = info ? info->socket_context : NULL;
    if (k)
        k->deadline_ms = seconds ? sk_clock_ms() + seconds * 1000 : 0;
}

/* A drip of one byte at a time never trips the library's own timeout. */
static void close_slow(sk_http *h, int64_t now_ms)
{
    for (connection *k = h->connections; k; k = k->next)
        if (k->deadline_ms && now_ms > k->deadline_ms && k->fd >= 0) {
            shutdown(k->fd, SHUT_RDWR);
            k->deadline_ms = 0;
        }
}

/* ---- a request comes in ---- */

/* Called with the target before the library decodes and cuts it. */
static void *begin_exchange(void *arg, const char *target, struct MHD_Connection *c)
{
    (void)c;
    exchange *x = sk_xmalloc(sizeof *x);
    memset(x, 0, sizeof *x);
    x->http = arg;
    x->out.fd = -1;
    size_t n = strlen(target);
    x->is_refused = n > SK_LIM_HTTP_TARGET_BYTES;
    if (!x->is_refused)
        memcpy(x->target, target, n + 1);
    x->in.target = (sk_str){x->target, x->is_refused ? 0 : n};
    sk_buf_init(&x->body, SK_LIM_HTTP_FORM_BYTES);
    return x;
}

static sk_str header(struct MHD_Connection *c, const char *name)
{
    return sk_str_of(MHD_lookup_connection_value(c, MHD_HEADER_KIND, name));
}

static void read_head(exchange *x, struct MHD_Connection *c, const char *method)
{
    sk_http_in *in = &x->in;
    in->method = sk_str_of(method);
    in->port = x->http->port;
    in->host = header(c, MHD_HTTP_HEADER_HOST);
    in->origin = header(c, MHD_HTTP_HEADER_ORIGIN);
    in->cookie = header(c, MHD_HTTP_HEADER_COOKIE);
    in->authorization = header(c, MHD_HTTP_HEADER_AUTHORIZATION);
    in->content_type = header(c, MHD_HTTP_HEADER_CONTENT_TYPE);
    in->accept_language = header(c, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    in->accept_encoding = header(c, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    in->if_none_match = header(c, MHD_HTTP_HEADER_IF_NONE_MATCH);
}

static enum MHD_Result refuse(struct MHD_Connection *c, unsigned status, const char *text)
{
    struct MHD_Response *r = MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text,
                                                             MHD_RESPMEM_PERSISTENT);
    if (!r)
        return MHD_NO;
    MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, "text/plain; charset=utf-8");
    MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(r, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result done = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return done;
}

/* ---- an answer goes out ---- */

static struct MHD_Response *make_response(exchange *x)
{
    sk_http_out *out = &x->out;
    if (out->fd >= 0) { /* the library closes it */
        struct MHD_Response *r = MHD_create_response_from_fd64(out->fd_bytes, out->fd);
        if (!r)
            close(out->fd);
        out->fd = -1;
        return r;
    }
    return MHD_create_response_from_buffer(out->body.n, (void *)(uintptr_t)out->body.p,
                                           MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result answer(exchange *x, struct MHD_Connection *c)
{
    sk_http_out *out = &x->out;
    x->in.body = sk_buf_str(&x->body);
    x->http->app->answer(x->http->app->arg, &x->in, out, &x->state);
    x->has_state = true;
    struct MHD_Response *r = make_response(x);
    if (!r)
        return MHD_NO;
    char value[4096];
    for (size_t i = 0; i < out->n_headers; i++) {
        /* values of ours are short; one that is not is left out whole, never cut */
        const sk_http_header *h = &out->headers[i];
        if ((size_t)snprintf(value, sizeof value, "%.*s", SK_P(h->value)) < sizeof value)
            MHD_add_response_header(r, h->name.p, value);
    }
    enum MHD_Result done = MHD_queue_response(c, out->status, r);
    MHD_destroy_response(r);
    return done;
}

static enum MHD_Result refuse_body(exchange *x, struct MHD_Connection *c, unsigned status,
                                   const char *text)
{
    x->is_refused = true;
    return refuse(c, status, text);
}

/* The head of the request is there. */
static enum MHD_Result begin(exchange *x, struct MHD_Connection *c, const char *method)
{
    x->is_begun = true;
    if (x->is_refused)
        return refuse(c, MHD_HTTP_URI_TOO_LONG, "the address is too long\n");
    read_head(x, c, method);
    sk_str said = header(c, MHD_HTTP_HEADER_CONTENT_LENGTH);
    uint64_t bytes = 0;
    if (header(c, MHD_HTTP_HEADER_TRANSFER_ENCODING).n)
        return refuse_body(x, c, MHD_HTTP_LENGTH_REQUIRED, "the body does not say its length\n");
    if (!x->http->app->takes_body(x->http->app->arg, &x->in, &x->body.ceiling)) {
        x->is_refused = true;
        set_deadline(c, 0);
        return answer(x, c);
    }
    if (said.n && (!sk_str_to_u64(said, &bytes) || bytes > x->body.ceiling))
        return refuse_body(x, c, MHD_HTTP_CONTENT_TOO_LARGE, "the body is too large\n");
    if (bytes > SK_LIM_HTTP_BODIES_BYTES - x->http->bodies_bytes)
        return refuse_body(x, c, MHD_HTTP_SERVICE_UNAVAILABLE,
                           "others are sending files at this moment; try again in a minute\n");
    x->body_bytes = bytes;
    x->http->bodies_bytes += bytes;
    set_deadline(c, SK_LIM_HTTP_BODY_SECONDS);
    return MHD_YES;
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *c, const char *path,
                              const char *method, const char *version, const char *data,
                              size_t *n_data, void **slot)
{
    exchange *x = *slot;
    (void)arg, (void)path, (void)version;
    if (!x)
        return MHD_NO;
    if (!x->is_begun)
        return begin(x, c, method);
    if (x->is_refused) { /* its answer is on the way; what still comes is passed over */
        *n_data = 0;
        return MHD_YES;
    }
    if (*n_data == 0) {
        set_deadline(c, 0);
        return answer(x, c);
    }
    sk_buf_add(&x->body, (sk_str){data, *n_data});
    *n_data = 0;
    return x->body.overflow ? MHD_NO : MHD_YES;
}

static void end_exchange(void *arg, struct MHD_Connection *c, void **slot,
                         enum MHD_RequestTerminationCode how)
{
    exchange *x = *slot;
    (void)arg, (void)how;
    if (!x)
        return;
    set_deadline(c, SK_LIM_HTTP_WAIT_SECONDS);
    x->http->bodies_bytes -= x->body_bytes;
    if (x->has_state)
        x->http->app->done(x->http->app->arg, x->state);
    if (x->out.fd >= 0)
        close(x->out.fd);
    sk_buf_done(&x->body);
    free(x);
    *slot = NULL;
}

/* ---- the door ---- */

static void say_nothing(void *arg, const char *format, va_list ap)
{
    (void)arg, (void)format,
        (void)ap; /* what peers do wrong is no news to the person at the desk */
}

typedef union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} address;

static sk_rc parse_address(sk_ctx *cx, sk_str text, uint16_t port, address *ret_address)
{
    address a = {0};
    const char *s = sk_str_c(&cx->arena, text);
    if (inet_pton(AF_INET, s, &a.v4.sin_addr) == 1) {
        a.v4.sin_family = AF_INET;
        a.v4.sin_port = htons(port);
    } else if (inet_pton(AF_INET6, s, &a.v6.sin6_addr) == 1) {
        a.v6.sin6_family = AF_INET6;
        a.v6.sin6_port = htons(port);
    } else {
        return sk_fail(cx, SK_E_FORMAT,
                       "\"%s\" is no address to listen on; write a number such as 127.0.0.1", s);
    }
    *ret_address = a;
    return SK_OK;
}

static struct MHD_Daemon *start(sk_http *h, const address *a)
{
    unsigned flags = MHD_USE_EPOLL | MHD_USE_ERROR_LOG;
    if (a->any.sa_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    return MHD_start_daemon(
        flags, 0, NULL, NULL, handle, h, MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL,
        MHD_OPTION_SOCK_ADDR, &a->any, MHD_OPTION_URI_LOG_CALLBACK, begin_exchange, h,
        MHD_OPTION_NOTIFY_COMPLETED, end_exchange, h, MHD_OPTION_NOTIFY_CONNECTION,
        watch_connection, h, MHD_OPTION_CONNECTION_LIMIT, (unsigned)SK_LIM_HTTP_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SK_LIM_HTTP_WAIT_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)SK_LIM_HTTP_HEADER_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

sk_rc sk_http_open(sk_ctx *cx, const sk_http_app *app, sk_str where, uint16_t port,
                   sk_http **ret_http)
{
    address a;
    SK_TRY(parse_address(cx, where, port, &a));
    sk_http *h = sk_xmalloc(sizeof *h);
    *h = (sk_http){.app = app};
    h->daemon = start(h, &a);
    if (!h->daemon) {
        free(h);
        return sk_fail(cx, SK_E_CONFLICT, "cannot listen on %.*s port %u; is it in use?",
                       SK_P(where), (unsigned)port);
    }
    h->port = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    h->epoll_fd = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    *ret_http = h;
    return SK_OK;
}

void sk_http_close(sk_http *h)
{
    if (!h)
        return;
    MHD_stop_daemon(h->daemon);
    free(h);
}

uint16_t sk_http_port(const sk_http *h)
{
    return h->port;
}

/* Milliseconds until one of the doors wants to run again; at most a second, to look at the clock. */
static int wait_ms(sk_http *const *doors, size_t n)
{
    MHD_UNSIGNED_LONG_LONG least = 1000, ms;
    for (size_t i = 0; i < n; i++)
        if (MHD_get_timeout(doors[i]->daemon, &ms) == MHD_YES && ms < least)
            least = ms;
    return (int)least;
}

sk_rc sk_http_serve(sk_ctx *cx, sk_http *const *doors, size_t n, const volatile sig_atomic_t *stop)
{
    struct pollfd *fds = sk_new_array(&cx->arena, struct pollfd, n);
    int64_t swept_ms = sk_clock_ms();
    for (size_t i = 0; i < n; i++)
        fds[i] = (struct pollfd){.fd = doors[i]->epoll_fd, .events = POLLIN};
    while (!*stop) {
        if (poll(fds, n, wait_ms(doors, n)) < 0 && errno != EINTR)
            return sk_fail_errno(cx, "waiting for requests");
        for (size_t i = 0; i < n; i++)
            MHD_run(doors[i]->daemon);
        int64_t now_ms = sk_clock_ms();
        if (now_ms - swept_ms < 1000)
            continue;
        swept_ms = now_ms;
        for (size_t i = 0; i < n; i++)
            close_slow(doors[i], now_ms);
    }
    return SK_OK;
}
