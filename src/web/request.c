#include "web/request.h"

#include "base/clock.h"
#include "base/edtf.h"
#include "record/write.h"
#include "web/access_log.h"
#include "web/download.h"
#include "web/page.h"
#include "web/tokens.h"

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

bool sk_rq_is_json(const sk_request *rq)
{
    sk_str rest = rq->in->content_type, media;
    return sk_str_cut(&rest, ';', &media) &&
           sk_str_eq_nocase(sk_str_trim(media), SK_S("application/json"));
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

static bool is_our_origin(const sk_request *rq)
{
    sk_str origin = rq->in->origin, head = SK_S("http://");
    return sk_str_starts(origin, head) &&
           sk_str_eq_nocase(sk_str_sub(origin, head.n, origin.n), rq->web->pages_host);
}

/* A program's token is no cookie: no browser adds it to what another page sends. */
static sk_rc check_origin(sk_request *rq)
{
    bool is_answered_by_role = !rq->session && rq->match.route->scopes;
    if (!sk_str_is(rq->in->method, "POST") || rq->is_program || is_answered_by_role ||
        is_our_origin(rq))
        return SK_OK;
    return sk_fail(&rq->cx, SK_E_DENIED, "the request comes from another page than ours");
}

static sk_rc read_form(sk_request *rq)
{
    sk_ctx *cx = &rq->cx;
    if (sk_rq_is_json(rq) && (rq->match.route->bodies & SK_BODY_JSON))
        return SK_OK;
    if (sk_is_multipart(rq->in->content_type))
        return sk_multipart_parse(cx, rq->in->content_type, rq->in->body, &rq->parts);
    return sk_params_parse(cx, rq->in->body, &rq->form);
}

static sk_rc check_form(sk_request *rq)
{
    SK_TRY(read_form(rq));
    if (!rq->session || rq->is_program)
        return SK_OK; /* logging in: there is no token yet; or there is no cookie to be misused */
    if (!sk_bucket_take(&rq->session->writes, 300, 5, sk_clock_ms()))
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

/* Where one person is served, whatever stands in the file of tokens: theirs, and those of the guest,
 * who sees what nobody restricted. */
static bool is_served(const sk_web *web, const sk_token *t)
{
    return web->accounts.is_shared || !web->user.n || sk_str_eq(t->user, web->user) ||
           sk_str_is(t->user, "guest");
}

/* A token that somebody sends decides alone: a wrong one is not made good by a cookie. */
static sk_rc find_program(sk_request *rq, sk_str text)
{
    sk_web *web = rq->web;
    SK_TRY(sk_tokens_refresh(&rq->cx, &web->tokens));
    const sk_token *t = sk_token_find(&web->tokens, text);
    if (!t || !is_served(web, t) ||
        (rq->key.n && !(t->scopes & SK_SCOPE_BIT(SK_SCOPE_RECONCILE)))) {
        rq->out->status = 401;
        return sk_fail(&rq->cx, SK_E_DENIED, "the token is not known here, or its time is over");
    }
    rq->session = t->session;
    rq->cx.user = t->user;
    rq->is_program = true;
    return SK_OK;
}

static sk_rc find_caller(sk_request *rq)
{
    const sk_http_in *in = rq->in;
    if (in->authorization.n)
        return find_program(rq, sk_authorization_token(in->authorization));
    if (rq->key.n)
        return find_program(rq, rq->key);
    /* what pages of other origins may read is never told by a cookie of ours */
    if (!rq->match.route->is_cross || !in->origin.n || is_our_origin(rq))
        find_session(rq);
    return SK_OK;
}

/* OpenRefine sends no header of ours: the address it is given holds the token, and the addresses
 * that the manifest names do. Of such an address what is behind the token is the path. */
static void take_key(sk_request *rq)
{
    sk_str head = SK_S("/key/"), rest = sk_str_sub(rq->path, head.n, rq->path.n), key;
    if (!sk_str_starts(rq->path, head) || !sk_str_cut(&rest, '/', &key) || !sk_token_is_form(key) ||
        !sk_str_starts(rest, SK_S("reconcile/")))
        return;
    rq->key = key;
    rq->path = sk_str_range(rest.p - 1, rest.p + rest.n);
}

sk_rc sk_rq_take_turn(sk_request *rq)
{
    if (rq->session && !sk_bucket_take(&rq->session->requests, 400, 100, sk_clock_ms())) {
        rq->out->status = 429;
        return sk_fail(&rq->cx, SK_E_LIMIT, "too many requests in a short time; wait a second");
    }
    return SK_OK;
}

/* Which tokens the route takes: for a table as CSV those that may export. */
static sk_rc check_scope(sk_request *rq)
{
    const sk_route *r = rq->match.route;
    unsigned takes = r->scopes;
    if (takes && rq->format == SK_FORMAT_CSV)
        takes = SK_SCOPE_BIT(SK_SCOPE_EXPORT);
    else if (rq->format == SK_FORMAT_HTML && !(r->scopes & SK_SCOPE_BIT(SK_SCOPE_RECONCILE)))
        takes = 0;
    if (r->role == SK_ROLE_NONE || (rq->session->scopes & takes))
        return SK_OK;
    if (!takes)
        return sk_fail(&rq->cx, SK_E_DENIED,
                       "this is for people; a program asks for what /api/1/openapi.json describes");
    return sk_fail(&rq->cx, SK_E_DENIED, "this needs a token with the scope \"%.*s\"",
                   SK_P(sk_scopes_text(&rq->cx.arena, takes)));
}

static sk_rc check_role(sk_request *rq)
{
    sk_role role = rq->match.route->role;
    if (rq->is_program)
        return check_scope(rq);
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
    sk_ui_lang lang;
    rq->sets_lang = asked.n && sk_lang_find(asked, &lang);
    if (!rq->sets_lang && !sk_lang_find(sk_cookie_get(rq->in->cookie, SK_S("lang")), &lang))
        lang = sk_lang_choose(rq->in->accept_language);
    rq->lang = sk_lang_of(lang);
    rq->html = (sk_html){.out = &rq->body, .lang = lang};
}

static sk_rc find_route(sk_request *rq)
{
    SK_TRY(sk_route_match(&rq->cx, rq->in->method, rq->path, &rq->match));
    rq->format = rq->match.format;
    if (rq->match.route) {
        rq->wants_json |= (rq->match.route->formats & SK_FORMATS_BARE) != 0;
        return SK_OK;
    }
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
    take_key(rq);
    rq->wants_json = sk_str_ends(rq->path, SK_S(".json")) ||
                     sk_str_starts(rq->path, SK_S("/api/")) || rq->in->authorization.n || rq->key.n;
    SK_TRY(check_host(rq));
    SK_TRY(sk_params_parse(&rq->cx, rq->query_text, &rq->query));
    choose_lang(rq);
    SK_TRY(find_route(rq));
    SK_TRY(find_caller(rq));
    SK_TRY(check_origin(rq));
    return check_role(rq);
}

static bool is_cross(sk_request *rq)
{
    static const char *const methods[] = {"GET", "POST"};
    for (size_t i = 0; i < SK_COUNT(methods); i++) {
        if (sk_route_match(&rq->cx, sk_str_of(methods[i]), rq->path, &rq->match))
            sk_forgive(&rq->cx);
        else if (rq->match.route && rq->match.route->is_cross)
            return true;
    }
    return false;
}

/* A browser asks before a page of another origin may send what is no plain form. Only of routes that
 * such pages may read is it told yes. */
static bool is_preflight(sk_request *rq)
{
    if (!sk_str_is(rq->in->method, "OPTIONS") ||
        !sk_str_eq_nocase(rq->in->host, rq->web->pages_host))
        return false;
    sk_target_cut(rq->in->target, &rq->path, &rq->query_text);
    take_key(rq);
    if (!is_cross(rq))
        return false;
    rq->out->status = 204;
    rq->out->body = SK_S("");
    sk_rq_header(rq, "Access-Control-Allow-Methods", SK_S("GET, POST"));
    sk_rq_header(rq, "Access-Control-Allow-Headers", SK_S("Content-Type"));
    sk_rq_header(rq, "Access-Control-Max-Age", SK_S("600"));
    return true;
}

static sk_rc run(sk_request *rq)
{
    if (is_preflight(rq))
        return SK_OK;
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

/* Who may show the answer within their own page, and who may read it. */
static void add_ancestors(sk_request *rq)
{
    if (rq->is_framed) { /* OpenRefine on this computer; it runs nothing, sends nothing */
        sk_rq_header(rq, "Content-Security-Policy",
                     SK_S("default-src 'none'; style-src 'self'; base-uri 'none'; form-action "
                          "'none'; sandbox allow-popups; frame-ancestors http://127.0.0.1:* "
                          "http://localhost:*"));
    } else {
        sk_rq_header(rq, "Content-Security-Policy",
                     SK_S("default-src 'none'; script-src 'self'; style-src 'self'; img-src "
                          "'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
                          "frame-ancestors 'none'"));
        sk_rq_header(rq, "X-Frame-Options", SK_S("DENY"));
    }
    if (rq->match.route && rq->match.route->is_cross)
        sk_rq_header(rq, "Access-Control-Allow-Origin", SK_S("*"));
    if (rq->out->status == 401 && rq->wants_json)
        sk_rq_header(rq, "WWW-Authenticate", SK_S("Bearer"));
}

static void add_headers(sk_request *rq)
{
    static const char *const fixed[][2] = {
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    };
    for (size_t i = 0; i < SK_COUNT(fixed); i++)
        sk_rq_header(rq, fixed[i][0], sk_str_of(fixed[i][1]));
    add_ancestors(rq);
    bool has_cache = false;
    for (size_t i = 0; i < rq->out->n_headers; i++)
        has_cache |= sk_str_is(rq->out->headers[i].name, "Cache-Control");
    if (!has_cache)
        sk_rq_header(rq, "Cache-Control", SK_S("no-store"));
    if (rq->sets_lang)
        sk_rq_header(rq, "Set-Cookie",
                     sk_fmt(&rq->cx.arena, "lang=%s; Path=/; Max-Age=31536000; SameSite=Strict",
                            sk_lang_code(rq->html.lang)));
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
        *ret_limit = !rq->session                             ? SK_LIM_HTTP_LOGIN_BYTES
                     : rq->match.route->takes_upload          ? SK_LIM_HTTP_UPLOAD_BYTES
                     : rq->match.route->bodies & SK_BODY_JSON ? SK_LIM_YENTE_BYTES
                                                              : SK_LIM_HTTP_FORM_BYTES;
    request_free(web, rq);
    return is_taken;
}

const sk_http_app sk_web_app = {NULL, takes_body, answer, request_free};
