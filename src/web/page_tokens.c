/* Tokens of programs: the section of the settings, making one, ending one. */
#include "web/page_tokens.h"

#include "web/page.h"

enum { DAYS = 90 };

/* In the order of the form; what each is for. */
static const struct {
    sk_scope scope;
    const char *key;
} scopes[] = {
    {SK_SCOPE_MATCH, "tokens.scope_match"},
    {SK_SCOPE_RECONCILE, "tokens.scope_reconcile"},
    {SK_SCOPE_READ, "tokens.scope_read"},
    {SK_SCOPE_EXPORT, "tokens.scope_export"},
};

static sk_str scopes_words(sk_request *rq, unsigned bits)
{
    sk_str s = SK_NONE;
    for (size_t i = 0; i < SK_COUNT(scopes); i++)
        if (bits & SK_SCOPE_BIT(scopes[i].scope))
            s = sk_fmt(&rq->cx.arena, "%.*s%s%.*s", SK_P(s), s.n ? "; " : "",
                       SK_P(sk_say(rq, scopes[i].key)));
    return s;
}

static void put_row(sk_request *rq, const sk_token *t)
{
    sk_html *h = &rq->html;
    SK_PUT(h,
           "<tr><td data-title=\"{tokens.what_for}\" dir=\"auto\">$<br><code>$</code></td>"
           "<td data-title=\"{tokens.user}\">$</td><td data-title=\"{tokens.scopes}\">$</td>"
           "<td data-title=\"{tokens.until}\">$",
           t->what_for, sk_str_of(t->id), t->user.n ? t->user : sk_say(rq, "made.owner"),
           scopes_words(rq, t->scopes), sk_time_text(rq, sk_str_of(t->until)));
    if (sk_token_is_over(t))
        SK_PUT(h, " <strong class=\"no\">{tokens.over}</strong>");
    SK_PUT(h, "</td><td><form method=\"post\" action=\"/settings/tokens/$/end\">",
           sk_str_of(t->id));
    sk_put_token(rq);
    SK_PUT(h, "<button>{tokens.end}</button></form></td></tr>");
}

static void put_form(sk_request *rq)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<form class=\"card\" method=\"post\" action=\"/settings/tokens\">"
              "<h3>{tokens.make_title}</h3>");
    sk_put_token(rq);
    SK_PUT(h,
           "<div class=\"fields\"><label>{tokens.what_for}<input name=\"what_for\" required "
           "maxlength=\"200\" dir=\"auto\"></label><label>{tokens.days}<input name=\"days\" "
           "type=\"number\" min=\"1\" max=\"366\" value=\"$\" required></label>"
           "<label>{tokens.user}<select name=\"as\"><option value=\"\">$</option>"
           "<option value=\"guest\">{tokens.as_guest}</option></select></label></div>"
           "<fieldset><legend>{tokens.scopes}</legend>",
           sk_fmt(&rq->cx.arena, "%d", DAYS),
           rq->cx.user.n ? rq->cx.user : sk_say(rq, "made.owner"));
    for (size_t i = 0; i < SK_COUNT(scopes); i++) {
        sk_str name = sk_str_of(sk_scope_name(scopes[i].scope));
        SK_PUT(h,
               "<label class=\"check\"><input type=\"checkbox\" name=\"$\" value=\"1\"> $</label>",
               name, sk_say(rq, scopes[i].key));
    }
    SK_PUT(h, "</fieldset><p><button class=\"main\">{tokens.make}</button></p></form>");
}

void sk_put_tokens(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_tokens *all = &rq->web->tokens;
    if (!sk_rq_may(rq, SK_ROLE_ADMIN))
        return;
    SK_PUT(h, "<section><h2 id=\"tokens\">{tokens.title}</h2><p>{tokens.lead}</p>");
    if (sk_tokens_refresh(&rq->cx, all)) {
        SK_PUT(h, "<p class=\"problem\" dir=\"auto\">$</p>", sk_str_of(rq->cx.message));
        sk_forgive(&rq->cx);
    }
    if (!all->path.n)
        SK_PUT(h, "<p class=\"quiet\">{tokens.memory}</p>");
    if (all->n) {
        SK_PUT(h, "<div class=\"scroll\"><table><caption>{tokens.title}</caption><thead><tr>"
                  "<th scope=\"col\">{tokens.what_for}</th><th scope=\"col\">{tokens.user}</th>"
                  "<th scope=\"col\">{tokens.scopes}</th><th scope=\"col\">{tokens.until}</th>"
                  "<th scope=\"col\">{tokens.end}</th></tr></thead><tbody>");
        for (size_t i = 0; i < all->n; i++)
            put_row(rq, &all->v[i]);
        SK_PUT(h, "</tbody></table></div>");
    } else {
        SK_PUT(h, "<p>{tokens.none}</p>");
    }
    put_form(rq);
    SK_PUT(h, "</section>");
}

/* ---- making one ---- */

static sk_rc read_draft(sk_request *rq, sk_token_draft *ret_draft)
{
    sk_token_draft d = {.user = rq->cx.user, .what_for = sk_str_trim(sk_rq_get(rq, "what_for"))};
    sk_str as = sk_rq_get(rq, "as");
    SK_TRY(sk_rq_number(rq, "days", DAYS, SK_TOKEN_DAYS, &d.days));
    for (size_t i = 0; i < SK_COUNT(scopes); i++)
        if (sk_rq_get(rq, sk_scope_name(scopes[i].scope)).n)
            d.scopes |= SK_SCOPE_BIT(scopes[i].scope);
    if (sk_str_is(as, "guest"))
        d.user = as;
    else if (as.n) /* what an account may see is for `sillok permit` to say, not for another one */
        return sk_fail(&rq->cx, SK_E_DENIED,
                       "a token made here sees what you see, or what a guest does");
    *ret_draft = d;
    return SK_OK;
}

/* ROUTE: POST /settings/tokens
 * Make a token for a program; the answer shows it, once.
 *
 * ROLE: admin
 * PARAMETERS
 *   what_for    in words
 *   days        how long it lasts, 1 to 366
 *   as          empty: it sees what you see; guest: what nobody restricted
 *   match       1: may ask /match, /search and /entities
 *   reconcile   1: may reconcile, also with the token in the address
 *   read        1: may read the answers of the pages, as JSON
 *   export      1: may take away tables as CSV
 */
sk_rc sk_page_token_post(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_token_draft d;
    const sk_token *t;
    char *text = sk_alloc(&rq->cx.arena, SK_TOKEN_CHARS + 1);
    SK_TRY(read_draft(rq, &d));
    SK_TRY(sk_token_add(&rq->cx, &rq->web->tokens, &d, text, &t));
    sk_rq_log_id(rq, sk_str_copy(&rq->cx.arena, sk_str_of(t->id)));
    sk_page_begin(rq, sk_say(rq, "tokens.made_title"));
    SK_PUT(h,
           "<h1>{tokens.made_title}</h1><p class=\"problem\">{tokens.once}</p>"
           "<p><code class=\"hash\" id=\"made-token\">$</code></p><dl class=\"facts\">"
           "<dt>{tokens.what_for}</dt><dd dir=\"auto\">$</dd><dt>{tokens.scopes}</dt><dd>$</dd>"
           "<dt>{tokens.until}</dt><dd>$</dd><dt>{tokens.header}</dt>"
           "<dd><code>$</code></dd>",
           sk_str_of(text), t->what_for, scopes_words(rq, t->scopes),
           sk_time_text(rq, sk_str_of(t->until)),
           sk_fmt(&rq->cx.arena, "Authorization: Bearer %s", text));
    if (t->scopes & SK_SCOPE_BIT(SK_SCOPE_RECONCILE))
        SK_PUT(h,
               "<dt>{tokens.openrefine}</dt>"
               "<dd><code>$</code></dd>",
               sk_fmt(&rq->cx.arena, "http://%.*s/key/%s/reconcile/default",
                      SK_P(rq->web->pages_host), text));
    SK_PUT(h, "</dl><p><a href=\"/settings#tokens\">{settings.title}</a></p>");
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok serve --tokens FILE --add-token")});
}

/* ROUTE: POST /settings/tokens/{id}/end
 * End a token: from now on it lets nobody in.
 *
 * ROLE: admin
 * PARAMETERS
 *   id   of the token
 */
sk_rc sk_page_token_end(sk_request *rq)
{
    SK_TRY(sk_token_end(&rq->cx, &rq->web->tokens, sk_rq_get(rq, "id")));
    return sk_rq_redirect(rq, SK_S("/settings#tokens"));
}
