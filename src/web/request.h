/* One request: what was asked, by whom, and the answer being made. Handlers get this and nothing else.
 *
 *     sk_rc sk_page_things(sk_request *rq)
 *     {
 *         sk_str words = sk_rq_get(rq, "q");              decoded, checked UTF-8; p is NULL if absent
 *         SK_TRY(sk_things(&rq->cx, rq->view, words, &list, &n));
 *         if (rq->format == SK_FORMAT_JSON) ...
 *         sk_page_begin(rq, title);                       page.h
 *         SK_PUT(&rq->html, ...);
 *         return sk_page_end(rq, &made);
 *     }
 *
 * rq->cx is a context of its own whose arena is the memory of the request; archive and index in it
 * are the server's, user and purpose those of the session. rq->view is what that user may see: no
 * handler opens another, and none reads but through it. An error that a handler returns becomes a
 * page, or a JSON object, with the status of base/ctx.h.
 *
 * What has been checked before a handler runs: Host; for POST also Origin and the form's token; the
 * role of the route, and "export" for a table as CSV; that every text is UTF-8. All of it but the
 * token is checked before the body of a POST is read. A program that comes with a token of its own
 * (tokens.h) sends no cookie, and so needs neither Origin nor the form's token; instead the route
 * must be one that its scopes name. A body that is JSON is in rq->in->body, not parsed.
 *
 * Threads: one. Tested by tests/web/walk.py. */
#ifndef SK_WEB_REQUEST_H
#define SK_WEB_REQUEST_H

#include "base/json.h"
#include "gate/gate.h"
#include "record/read.h"
#include "routes.h" /* made by tools/mkroutes: one prototype a route */
#include "web/html.h"
#include "web/multipart.h"
#include "web/web.h"

struct sk_request {
    sk_ctx cx;
    sk_web *web;
    const sk_http_in *in;
    sk_http_out *out;
    sk_match match;
    sk_format format;
    bool wants_json; /* also of an address that is none: how errors are told */
    sk_str path, query_text;
    sk_str key; /* a token that stood in the address, "/key/TOKEN/reconcile/..."; empty: none */
    bool is_program; /* let in by a token, not by a cookie */
    bool is_framed;  /* may be shown within a page of another program on this computer */
    sk_params query, form;
    sk_form_parts parts; /* of a form that carries files */
    sk_session *session;
    sk_view *view;
    sk_lang lang;   /* that values are told in; html.lang is that of the page */
    bool sets_lang; /* the address asked for a language: remember it */
    sk_str log_ids[SK_LIM_HTTP_IDS];
    size_t n_log_ids;
    sk_buf body;
    sk_html html;
    sk_json json;
};

/* A value by name: of the path, else of the form, else of the query. */
sk_str sk_rq_get(const sk_request *rq, const char *name);

/* The same as a whole number up to most, or fallback when absent. Errors: SK_E_FORMAT, SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_rq_number(sk_request *rq, const char *name, uint64_t fallback, uint64_t most,
                               uint64_t *ret_value);

/* A date or period in words or EDTF; empty when absent. Errors: SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_rq_date(sk_request *rq, const char *name, sk_str *ret_edtf);

/* True when the session has the role: whether to offer a button. */
bool sk_rq_may(const sk_request *rq, sk_role role);

/* True when the body of the request says that it is JSON. */
bool sk_rq_is_json(const sk_request *rq);

/* True when nothing is hidden from the request's view: counts and findings that no view filters are
 * told to nobody else. */
bool sk_rq_is_owner(const sk_request *rq);

/* Name what the request is about in the access log, beside the variables of its route: the hash of
 * an exhibit or entry, or a key, which is written as a hash (access_log.h). Borrowed until the
 * request is answered; those beyond SK_LIM_HTTP_IDS are counted. */
void sk_rq_log_id(sk_request *rq, sk_str id);
void sk_rq_log_hash(sk_request *rq, const sk_hash *hash);

/* What both doors do before they look at the archive: take one of the session's requests, and open
 * the view after reading what other programs wrote meanwhile. Errors: SK_E_LIMIT with status 429. */
SK_MUST_USE sk_rc sk_rq_take_turn(sk_request *rq);
SK_MUST_USE sk_rc sk_rq_open_view(sk_request *rq);

/* Answers. */
void sk_rq_header(sk_request *rq, const char *name, sk_str value);
SK_MUST_USE sk_rc sk_rq_text(sk_request *rq, const char *media, sk_str text);
SK_MUST_USE sk_rc sk_rq_redirect(sk_request *rq, sk_str where); /* 303 to an address of ours */

/* JSON: begin, write to rq->json, end. */
sk_json *sk_rq_json(sk_request *rq);
SK_MUST_USE sk_rc sk_rq_json_end(sk_request *rq);

/* Writing the record: the archive is opened for writing for this one operation, so that the command
 * line can be used beside the browser.
 *
 *     SK_TRY(sk_rq_write_begin(rq, &w));
 *     sk_rc rc = sk_record_judge(&rq->cx, ...);
 *     SK_TRY(sk_rq_write_end(rq, &w, rc));         commits when rc is SK_OK; the view is new then
 *
 * Errors: SK_E_CONFLICT somebody else is writing. */
typedef struct sk_write {
    struct sk_archive *archive, *was_archive;
    struct sk_index *index, *was_index;
} sk_write;
SK_MUST_USE sk_rc sk_rq_write_begin(sk_request *rq, sk_write *ret_write);
SK_MUST_USE sk_rc sk_rq_write_end(sk_request *rq, sk_write *w, sk_rc rc);

/* The application of both doors (http.h); arg is the sk_web. */
extern const sk_http_app sk_web_app;

#endif
