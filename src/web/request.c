#include "web/request.h"

#include "base/clock.h"
#include "base/edtf.h"
#include "record/write.h"
#include "web/access_log.h"
#include "web/download.h"
#include "web/page.h"

/* ---- what was asked ---- */

sk_str sk_rq_get(const sk_request *rq, const char *name)
{
    sk_str value = rq->match.route ? sk_route_value(&rq->match, name) : SK_NONE;
    if (value.p)
        return value;
    const sk_form_part *part = sk_form_part_get(&rq->parts, name);
    if (part && !part->filename.p)
        return part->bytes;
    value = sk_param_get(&rq->form, name);
    return value.p ? value : sk_param_get(&rq->query, name);
}

sk_rc sk_rq_number(sk_request *rq, const char *name, uint64_t fallback, uint64_t most,
                   uint64_t *ret_value)
{
    sk_str text = sk_rq_get(rq, name);
    uint64_t value = fallback;
    if (text.n && !sk_str_to_u64(text, &value))
        return sk_fail(&rq->cx, SK_E_FORMAT, "%s \"%.*s\" is no whole number", name, SK_P(text));
    if (value > most)
        return sk_fail(&rq->cx, SK_E_LIMIT, "%s goes up to %llu", name, (unsigned long long)most);
    *ret_value = value;
    return SK_OK;
}

sk_rc sk_rq_date(sk_request *rq, const char *name, sk_str *ret_edtf)
{
    sk_str text = sk_str_trim(sk_rq_get(rq, name));
    sk_edtf date;
    *ret_edtf = SK_S("");
    if (!text.n)
        return SK_OK;
    if (sk_edtf_from_words(&rq->cx, text, &date))
        return sk_while(&rq->cx, "%s", name);
    *ret_edtf = date.text;
    return SK_OK;
}

bool sk_rq_may(const sk_request *rq, sk_role role)
{
    return role == SK_ROLE_NONE || (rq->session && (rq->session->roles & 1u << role));
}

bool sk_rq_is_owner(const sk_request *rq)
{
    return sk_view_sees_all(rq->view);
}

void sk_rq_log_id(sk_request *rq, sk_str id)
{
    if (rq->n_log_ids < SK_LIM_HTTP_IDS)
        rq->log_ids[rq->n_log_ids] = id;
    rq->n_log_ids++;
}

void sk_rq_log_hash(sk_request *rq, const sk_hash *hash)
{
    sk_rq_log_id(rq, sk_hash_hex(&rq->cx.arena, hash));
}

/* ---- answers ---- */

void sk_rq_header(sk_request *rq, const char *name, sk_str value)
{
    sk_http_header_add(rq->out, name, value);
}

sk_rc sk_rq_text(sk_request *rq, const char *media, sk_str text)
{
    sk_rq_header(rq, "Content-Type", sk_str_of(media));
    rq->out->body = text;
    return SK_OK;
}

sk_rc sk_rq_redirect(sk_request *rq, sk_str where)
{
    rq->out->status = 303;
    sk_rq_header(rq, "Location", where);
    rq->out->body = SK_S("");
    return SK_OK;
}

sk_json *sk_rq_json(sk_request *rq)
{
    sk_buf_reset(&rq->body);
    sk_json_init(&rq->json, &rq->body, SK_JSON_PRETTY);
    return &rq->json;
}

sk_rc sk_rq_json_end(sk_request *rq)
{
    sk_json_done(&rq->json);
    if (rq->body.overflow)
        return sk_fail(&rq->cx, SK_E_LIMIT, "the answer is too large; ask for less at a time");
    return sk_rq_text(rq, "application/json; charset=utf-8", sk_buf_str(&rq->body));
}

/* ---- writing ---- */

static sk_rc view_again(sk_request *rq)
{
    sk_view_close(rq->view);
    rq->view = NULL;
    SK_TRY(sk_index_catch_up(&rq->cx, rq->web->index));
    return sk_gate_open(&rq->cx, &rq->view);
}

sk_rc sk_rq_write_begin(sk_request *rq, sk_write *ret_write)
{
    sk_ctx *cx = &rq->cx;
    sk_write w = {.was_archive = cx->archive, .was_index = cx->index};
    sk_str path = sk_archive_get_path(cx->archive);
    SK_TRY(sk_archive_open(cx, sk_fs_posix(), path, SK_ARCHIVE_WRITE, &w.archive));
    if (sk_index_open(cx, w.archive, &w.index)) {
        sk_archive_close(w.archive);
        return cx->rc;
    }
    cx->archive = w.archive;
    cx->index = w.index;
    *ret_write = w;
    return SK_OK;
}

sk_rc sk_rq_write_end(sk_request *rq, sk_write *w, sk_rc rc)
{
    sk_ctx *cx = &rq->cx;
    if (!rc)
        rc = sk_record_commit(cx);
    cx->archive = w->was_archive;
    cx->index = w->was_index;
    sk_index_close(w->index);
    sk_archive_close(w->archive);
    return rc ? rc : view_again(rq);
}

/* ---- checks before a handler runs ---- */

/* A page elsewhere whose name was made to point here still sends its own name as Host. */
static sk_rc check_host(sk_request *rq)
{
    if (!sk_str_eq_nocase(rq->in->host, rq->web->pages_host)) {
        rq->out->status = 421;
        return sk_fail(&rq->cx, SK_E_DENIED, "this server is not \"%.*s\"", SK_P(rq->in->host));
    }
    return SK_OK;
}

static sk_rc check_origin(sk_request *rq)
{
    sk_str origin = rq->in->origin, head = SK_S("http://");
    if (!sk_str_starts(origin, head) ||
        !sk_str_eq_nocase(sk_str_sub(origin, head.n, origin.n), rq->web->pages_host))
        return sk_fail(&rq->cx, SK_E_DENIED, "the request comes from another page than ours");
    return SK_OK;
}

static sk_rc read_form(sk_request *rq)
{
    sk_ctx *cx = &rq->cx;
    if (sk_is_multipart(rq->in->content_type))
        return sk_multipart_parse(cx, rq->in->content_type, rq->in->body, &rq->parts);
    return sk_params_parse(cx, rq->in->body, &rq->form);
}

static sk_rc check_form(sk_request *rq)
{
    SK_TRY(read_form(rq));
    if (!rq->session)
        return SK_OK; /* logging in: there is no token yet */
    if (!sk_bucket_take(&rq->session->writes, 60, 1, sk_clock_ms()))
        return sk_fail(&rq->cx, SK_E_LIMIT, "too many changes in a short time; wait a minute");
    if (!sk_token_eq(sk_rq_get(rq, "token"), sk_str_of(rq->session->form_token)))
        return sk_fail(&rq->cx, SK_E_DENIED, "the form is out of date; load the page again");
    return SK_OK;
}

static void find_session(sk_request *rq)
{
    sk_web *web = rq->web;
    sk_str token = sk_cookie_get(rq->in->cookie, web->cookie_name);
    rq->session = sk_session_find(&web->sessions, token, sk_clock_ms());
    if (rq->session)
        rq->cx.user = sk_str_of(rq->session->user);
}

sk_rc sk_rq_take_turn(sk_request *rq)
{
    if (rq->session && !sk_bucket_take(&rq->session->requests, 400, 100, sk_clock_ms())) {
        rq->out->status = 429;
        return sk_fail(&rq->cx, SK_E_LIMIT, "too many requests in a short time; wait a second");
    }
    return SK_OK;
}

static sk_rc check_role(sk_request *rq)
{
    sk_role role = rq->match.route->role;
    if (sk_rq_may(rq, role) && rq->format == SK_FORMAT_CSV)
        role = SK_ROLE_EXPORT; /* a table that is taken away */
    if (sk_rq_may(rq, role))
        return SK_OK;
    if (!rq->session) {
        rq->out->status = 401;
        return sk_fail(&rq->cx, SK_E_DENIED, "nobody is logged in");
    }
    return sk_fail(&rq->cx, SK_E_DENIED, "this needs the role \"%s\"", sk_role_name(role));
}

static void choose_lang(sk_request *rq)
{
    sk_str asked = sk_param_get(&rq->query, "lang");
    rq->sets_lang = asked.n && sk_lang_find(asked, &rq->lang);
    if (!rq->sets_lang && !sk_lang_find(sk_cookie_get(rq->in->cookie, SK_S("lang")), &rq->lang))
        rq->lang = sk_lang_choose(rq->in->accept_language);
    rq->html = (sk_html){.out = &rq->body, .lang = rq->lang};
}

static sk_rc find_route(sk_request *rq)
{
    SK_TRY(sk_route_match(&rq->cx, rq->in->method, rq->path, &rq->match));
    rq->format = rq->match.format;
    if (rq->match.route)
        return SK_OK;
    if (!rq->match.is_other_method)
        return sk_fail(&rq->cx, SK_E_NOTFOUND, "there is no page at this address");
    rq->out->status = 405;
    sk_rq_header(rq, "Allow", sk_str_is(rq->in->method, "POST") ? SK_S("GET, HEAD") : SK_S("POST"));
    return sk_fail(&rq->cx, SK_E_FORMAT, "this address does not take %.*s", SK_P(rq->in->method));
}

sk_rc sk_rq_open_view(sk_request *rq)
{
    uint64_t now = sk_archive_count(rq->web->archive);
    if (now != rq->web->entries_seen) {
        SK_TRY(sk_index_catch_up(&rq->cx, rq->web->index));
        rq->web->entries_seen = now;
    }
    return sk_gate_open(&rq->cx, &rq->view);
}

/* All that the head of a request can tell: whether to go on, or to read its body. */
static sk_rc check_head(sk_request *rq)
{
    sk_target_cut(rq->in->target, &rq->path, &rq->query_text);
    rq->wants_json = sk_str_ends(rq->path, SK_S(".json")) || sk_str_starts(rq->path, SK_S("/api/"));
    SK_TRY(check_host(rq));
    SK_TRY(sk_params_parse(&rq->cx, rq->query_text, &rq->query));
    choose_lang(rq);
    find_session(rq);
    if (sk_str_is(rq->in->method, "POST"))
        SK_TRY(check_origin(rq));
    SK_TRY(find_route(rq));
    return check_role(rq);
}

static sk_rc run(sk_request *rq)
{
    SK_TRY(check_head(rq));
    SK_TRY(sk_rq_take_turn(rq));
    if (sk_str_is(rq->in->method, "POST"))
        SK_TRY(check_form(rq));
    if (rq->match.route->role != SK_ROLE_NONE)
        SK_TRY(sk_rq_open_view(rq));
    SK_TRY(rq->match.route->run(rq));
    return rq->cx.rc; /* recorded where nothing could return it: a caption */
}

/* ---- the answer ---- */

static void add_headers(sk_request *rq)
{
    static const char *const fixed[][2] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src "
         "'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    };
    for (size_t i = 0; i < SK_COUNT(fixed); i++)
        sk_rq_header(rq, fixed[i][0], sk_str_of(fixed[i][1]));
    bool has_cache = false;
    for (size_t i = 0; i < rq->out->n_headers; i++)
        has_cache |= sk_str_is(rq->out->headers[i].name, "Cache-Control");
    if (!has_cache)
        sk_rq_header(rq, "Cache-Control", SK_S("no-store"));
    if (rq->sets_lang)
        sk_rq_header(rq, "Set-Cookie",
                     sk_fmt(&rq->cx.arena, "lang=%s; Path=/; Max-Age=31536000; SameSite=Strict",
                            sk_lang_code(rq->lang)));
}

static void forget_answer(sk_request *rq)
{
    rq->out->n_headers = rq->out->status == 405 ? 1 : 0; /* Allow stays */
    sk_buf_reset(&rq->body);
}

static sk_request *request_new(sk_web *web, const sk_http_in *in, sk_http_out *out)
{
    sk_request *rq = sk_xmalloc(sizeof *rq);
    memset(rq, 0, sizeof *rq);
    rq->web = web;
    rq->in = in;
    rq->out = out;
    sk_ctx_init(&rq->cx);
    rq->cx.archive = web->archive;
    rq->cx.index = web->index;
    rq->cx.purpose = web->purpose;
    sk_buf_init(&rq->body, SK_LIM_PAGE_BYTES);
    rq->html = (sk_html){.out = &rq->body};
    return rq;
}

static void request_free(void *arg, void *state)
{
    sk_request *rq = state;
    (void)arg;
    sk_view_close(rq->view);
    sk_buf_done(&rq->body);
    sk_ctx_done(&rq->cx);
    free(rq);
}

static void answer(void *arg, const sk_http_in *in, sk_http_out *out, void **ret_state)
{
    sk_web *web = arg;
    sk_request *rq = request_new(web, in, out);
    int64_t began_ms = sk_clock_ms();
    *ret_state = rq;
    sk_rc rc = in->port == sk_http_port(web->pages) ? run(rq) : sk_download_run(rq);
    if (rc) {
        forget_answer(rq);
        if (!out->status)
            out->status = (unsigned)sk_rc_get_info(rc)->http_status;
        sk_page_error(rq, rc);
    }
    if (!out->status)
        out->status = 200;
    if (in->port == sk_http_port(web->pages))
        add_headers(rq);
    else
        sk_download_headers(rq);
    sk_view_close(
        rq->view); /* the arena may have to last until the last byte is sent, a view not */
    rq->view = NULL;
    sk_access_log_add(rq, sk_clock_ms() - began_ms);
}

/* Only a person who may bring files can send a large body; whom run would turn away for the head of
 * the request alone is turned away before its body comes. */
static bool takes_body(void *arg, const sk_http_in *in, size_t *ret_limit)
{
    sk_web *web = arg;
    sk_http_out none = {.fd = -1};
    *ret_limit = 0;
    if (in->port != sk_http_port(web->pages) || !sk_str_is(in->method, "POST"))
        return true;
    sk_request *rq = request_new(web, in, &none);
    bool is_taken = check_head(rq) == SK_OK;
    if (is_taken)
        *ret_limit = !rq->session                    ? SK_LIM_HTTP_LOGIN_BYTES
                     : rq->match.route->takes_upload ? SK_LIM_HTTP_UPLOAD_BYTES
                                                     : SK_LIM_HTTP_FORM_BYTES;
    request_free(web, rq);
    return is_taken;
}

const sk_http_app sk_web_app = {NULL, takes_body, answer, request_free};
