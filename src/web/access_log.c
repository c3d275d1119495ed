#include "web/access_log.h"

#include "base/clock.h"

enum { ID_DIGITS = 16 };

static bool is_hash(sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n >= 12;
}

static void put_id(FILE *log, sk_str id, size_t n)
{
    char hex[2 * sizeof(sk_hash) + 1];
    sk_hash hash = sk_sha256(id);
    for (size_t k = 0; k < sizeof hash.b; k++)
        snprintf(hex + 2 * k, 3, "%02x", hash.b[k]);
    fprintf(log, "%s%.*s", n ? "," : "", ID_DIGITS, is_hash(id) ? id.p : hex);
}

/* What stood for the variables of the route, and what the handler named besides; "-" when there is
 * neither. */
static void put_ids(FILE *log, const sk_request *rq)
{
    const sk_route *r = rq->match.route;
    size_t n = 0;
    for (size_t i = 0; r && i < r->n_params; i++) {
        sk_str value = sk_route_value(&rq->match, r->params[i].name);
        if (value.p)
            put_id(log, value, n++);
    }
    for (size_t i = 0; i < rq->n_log_ids && i < SK_LIM_HTTP_IDS; i++)
        put_id(log, rq->log_ids[i], n++);
    if (rq->n_log_ids > SK_LIM_HTTP_IDS)
        fprintf(log, ",+%zu", rq->n_log_ids - SK_LIM_HTTP_IDS);
    if (!n)
        fputc('-', log);
}

void sk_access_log_add(const sk_request *rq, int64_t took_ms)
{
    FILE *log = rq->web->access_log;
    char now[SK_TIME_BYTES];
    if (!log)
        return;
    sk_clock_now(now);
    const sk_session *s = rq->session;
    fprintf(log, "%s %s %s %.*s %s ", now, s ? s->handle : "-",
            s && s->user[0] ? s->user
            : s             ? "owner"
                            : "-",
            SK_P(sk_str_sub(rq->in->method, 0, 8)),
            rq->match.route                                ? rq->match.route->pattern
            : rq->in->port != sk_http_port(rq->web->pages) ? "(original)"
                                                           : "-");
    put_ids(log, rq);
    fprintf(log, " %u %lld ms\n", rq->out->status, (long long)took_ms);
    fflush(log);
}
