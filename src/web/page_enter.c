/* The ways in and out: the address that was printed, accounts, and leaving. */
#include "base/clock.h"
#include "web/page.h"

enum { ALL_ROLES = (1u << SK_ROLES) - 1 };

/* The page that follows is opened by a page of ours: a browser that came by a link from elsewhere
 * would not send a strict cookie along a redirect. */
static sk_rc let_in(sk_request *rq, sk_str user, unsigned roles)
{
    char token[SK_TOKEN_CHARS + 1];
    rq->session = sk_session_open(&rq->web->sessions, user, roles, sk_clock_ms(), token);
    rq->cx.user = sk_str_of(rq->session->user);
    sk_rq_header(rq, "Set-Cookie",
                 sk_fmt(&rq->cx.arena, "%.*s=%s; Path=/; HttpOnly; SameSite=Strict",
                        SK_P(rq->web->cookie_name), token));
    sk_rq_header(rq, "Refresh", SK_S("0; url=/"));
    sk_page_begin(rq, sk_say(rq, "enter.title"));
    SK_PUT(&rq->html, "<h1>{enter.title}</h1><p>{enter.text}</p><p><a class=\"button\" href=\"/\">"
                      "{enter.go}</a></p>");
    return sk_page_end(rq, NULL);
}

/* ROUTE: GET /enter
 * Let in whoever opens the address that was printed; it works once.
 *
 * ROLE: none
 * PARAMETERS
 *   token   as printed
 */
sk_rc sk_page_enter(sk_request *rq)
{
    sk_web *web = rq->web;
    if (rq->session)
        return sk_rq_redirect(rq, SK_S("/"));
    sk_str token = sk_rq_get(rq, "token");
    if (sk_str_is(rq->in->method, "HEAD")) /* a link checker's look uses nothing up */
        return sk_rq_text(rq, "text/plain; charset=utf-8", SK_S(""));
    if (!web->entry_token[0] || !sk_token_eq(token, sk_str_of(web->entry_token))) {
        rq->out->status = 401;
        return sk_fail(&rq->cx, SK_E_DENIED,
                       "this address has been used, or is not the one that was printed; stop the "
                       "server and start it again for a new one");
    }
    web->entry_token[0] = '\0';
    return let_in(rq, web->user, ALL_ROLES);
}

/* ROUTE: GET /login
 * The form for name and password, where an archive has accounts.
 *
 * ROLE: none
 */
sk_rc sk_page_login(sk_request *rq)
{
    sk_html *h = &rq->html;
    if (!rq->web->accounts.is_shared)
        return sk_fail(&rq->cx, SK_E_NOTFOUND, "there is no page at this address");
    sk_page_begin(rq, sk_say(rq, "login.title"));
    SK_PUT(h, "<h1>{login.title}</h1><form class=\"card\" method=\"post\" action=\"/login\">"
              "<label>{login.name}<input name=\"name\" autocomplete=\"username\" required></label>"
              "<label>{login.password}<input name=\"password\" type=\"password\" "
              "autocomplete=\"current-password\" required></label>"
              "<button class=\"main\">{login.go}</button></form>");
    return sk_page_end(rq, NULL);
}

/* ROUTE: POST /login
 * Check name and password and begin a session.
 *
 * ROLE: none
 * PARAMETERS
 *   name       of the account
 *   password   of the account
 */
sk_rc sk_page_login_post(sk_request *rq)
{
    sk_web *web = rq->web;
    if (!web->accounts.is_shared)
        return sk_fail(&rq->cx, SK_E_NOTFOUND, "there is no page at this address");
    if (!sk_bucket_take(&web->logins, 10, 0.2, sk_clock_ms())) {
        rq->out->status = 429;
        return sk_fail(&rq->cx, SK_E_LIMIT, "too many tries to log in; wait a little");
    }
    const sk_account *a =
        sk_account_check(&rq->cx, &web->accounts, sk_rq_get(rq, "name"), sk_rq_get(rq, "password"));
    if (!a) {
        rq->out->status = 401;
        return sk_fail(&rq->cx, SK_E_DENIED, "name or password is wrong");
    }
    if (rq->session) /* never go on in a session that somebody else may know */
        sk_session_close(&web->sessions, rq->session);
    return let_in(rq, a->name, a->roles);
}

/* ROUTE: POST /leave
 * End the session.
 *
 * ROLE: read
 */
sk_rc sk_page_leave(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_view_close(rq->view);
    rq->view = NULL;
    sk_session_close(&rq->web->sessions, rq->session);
    rq->session = NULL;
    sk_rq_header(rq, "Set-Cookie",
                 sk_fmt(&rq->cx.arena, "%.*s=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict",
                        SK_P(rq->web->cookie_name)));
    sk_page_begin(rq, sk_say(rq, "leave.title"));
    SK_PUT(h, "<h1>{leave.title}</h1><p>{leave.text}</p>");
    return sk_page_end(rq, NULL);
}

/* ROUTE: GET /healthz
 * Says that the server answers.
 *
 * ROLE: none
 * FORMATS: html json
 */
sk_rc sk_page_health(sk_request *rq)
{
    sk_json *j = sk_rq_json(rq);
    sk_json_object(j);
    sk_json_put_str(j, "status", SK_S("ok"));
    sk_json_end(j);
    return sk_rq_json_end(rq);
}
