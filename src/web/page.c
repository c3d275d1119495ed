#include "web/page.h"

#include "web/assets.h"

sk_str sk_say(const sk_request *rq, const char *key)
{
    return sk_message(rq->html.lang, sk_str_of(key));
}

static sk_str put_arg(sk_request *rq, sk_str text, sk_str arg)
{
    size_t at = sk_str_find(text, SK_S("$1"));
    if (at == SIZE_MAX)
        return text;
    return sk_fmt(&rq->cx.arena, "%.*s%.*s%.*s", SK_P(sk_str_sub(text, 0, at)), SK_P(arg),
                  SK_P(sk_str_sub(text, at + 2, text.n)));
}

sk_str sk_say1(sk_request *rq, const char *key, sk_str arg)
{
    return put_arg(rq, sk_say(rq, key), arg);
}

sk_str sk_say_n(sk_request *rq, const char *key, uint64_t n)
{
    return put_arg(rq, sk_message_n(rq->html.lang, sk_str_of(key), n), sk_number_text(rq, n));
}

/* ---- the frame ---- */

/* What the head of every page leads to. Routes in pages of their own, in this order. */
static const struct {
    const char *href, *key;
} places[] = {
    {"/search", "nav.search"},     {"/ask", "nav.ask"},         {"/exhibits", "nav.exhibits"},
    {"/entities", "nav.entities"}, {"/review", "nav.review"},   {"/judge", "nav.judge"},
    {"/screen", "nav.screen"},     {"/imports", "nav.imports"}, {"/log", "nav.log"},
    {"/settings", "nav.settings"}, {"/help", "nav.help"},
};

static bool is_here(const sk_request *rq, sk_str href)
{
    return sk_str_eq(sk_str_sub(rq->path, 0, href.n), href) &&
           (rq->path.n == href.n || rq->path.p[href.n] == '/');
}

static void put_navigation(sk_request *rq)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "<nav aria-label=\"{nav.label}\"><ul>");
    for (size_t i = 0; i < SK_COUNT(places); i++) {
        sk_str href = sk_str_of(places[i].href);
        if (is_here(rq, href))
            SK_PUT(h, "<li><a href=\"$\" aria-current=\"page\">$</a></li>", href,
                   sk_say(rq, places[i].key));
        else
            SK_PUT(h, "<li><a href=\"$\">$</a></li>", href, sk_say(rq, places[i].key));
    }
    SK_PUT(h, "</ul></nav>");
}

static void put_head(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_str q = sk_str_starts(rq->path, SK_S("/search")) ? sk_rq_get(rq, "q") : SK_NONE;
    SK_PUT(h, "<header class=\"top\"><a class=\"brand\" href=\"/\"><span aria-hidden=\"true\" "
              "lang=\"ko\">실록</span> sillok</a>");
    if (rq->session) {
        SK_PUT(h,
               "<form class=\"find\" role=\"search\" aria-label=\"{nav.find}\" action=\"/search\">"
               "<input type=\"search\" "
               "name=\"q\" value=\"$\" placeholder=\"{nav.find}\" aria-label=\"{nav.find}\" "
               "dir=\"auto\"><button>{nav.go}</button></form>",
               q);
        put_navigation(rq);
    }
    SK_PUT(h, "</header>");
}

void sk_page_begin(sk_request *rq, sk_str title)
{
    sk_html *h = &rq->html;
    sk_str lang = sk_str_of(sk_lang_code(h->lang));
    SK_PUT(h,
           "<!DOCTYPE html>\n<html lang=\"$\"><head><meta charset=\"utf-8\">"
           "<title>$ · sillok</title>"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<meta name=\"color-scheme\" content=\"light dark\">"
           "<link rel=\"stylesheet\" href=\"$\"><link rel=\"icon\" href=\"$\">"
           "<script type=\"module\" src=\"$\"></script></head><body>"
           "<a class=\"skip\" href=\"#main\">{page.skip}</a>",
           lang, title, sk_asset_href("sillok.css"), sk_asset_href("icon.svg"),
           sk_asset_href("sillok.js"));
    put_head(rq);
    SK_PUT(h, "<main id=\"main\" tabindex=\"-1\">");
}

static void put_made(sk_request *rq, const sk_made *made)
{
    sk_html *h = &rq->html;
    if (made->cap.n)
        SK_PUT(h, "<p class=\"cap\">$</p>", made->cap);
    SK_PUT(h, "<details class=\"made\"><summary>{made.title}</summary><dl>");
    if (made->command.n)
        SK_PUT(h, "<dt>{made.command}</dt><dd><code dir=\"ltr\">$</code></dd>", made->command);
    if (made->method)
        SK_PUT(h, "<dt>{made.method}</dt><dd><a href=\"/help/$\">$</a></dd>",
               sk_str_of(made->method), sk_str_of(made->method));
    unsigned formats = rq->match.route ? rq->match.route->formats : 0;
    if (!sk_rq_may(rq, SK_ROLE_EXPORT))
        formats &= ~(unsigned)SK_FORMATS_CSV;
    if (formats & (SK_FORMATS_JSON | SK_FORMATS_CSV)) {
        SK_PUT(h, "<dt>{made.formats}</dt><dd>");
        if (formats & SK_FORMATS_JSON)
            SK_PUT(h, "<a href=\"$\">JSON</a> ", sk_href_form(rq, ".json"));
        if (formats & SK_FORMATS_CSV)
            SK_PUT(h, "<a href=\"$\">CSV</a>", sk_href_form(rq, ".csv"));
        SK_PUT(h, "</dd>");
    }
    if (sk_rq_is_owner(rq)) {
        SK_PUT(h, "<dt>{made.state}</dt><dd>");
        SK_SAY(h, "made.entries", sk_number_text(rq, sk_archive_count(rq->web->archive)));
        SK_PUT(h, "</dd>");
    }
    SK_PUT(h, "<dt>{made.view}</dt><dd>");
    SK_SAY(h, "made.seen_as", rq->cx.user.n ? rq->cx.user : sk_say(rq, "made.owner"),
           rq->cx.purpose);
    SK_PUT(h, "</dd></dl></details>");
}

static void put_foot(sk_request *rq)
{
    sk_html *h = &rq->html;
    SK_PUT(h, "</main><footer class=\"foot\">");
    for (sk_ui_lang i = 0; i < SK_UI_LANGS; i++) {
        sk_str code = sk_str_of(sk_lang_code(i)), own_name = sk_str_of(sk_lang_name(i));
        if (i != h->lang)
            SK_PUT(h, "<a href=\"$\" hreflang=\"$\" lang=\"$\">$</a> ",
                   sk_href_with(rq, "lang", code), code, code, own_name);
    }
    if (rq->session) {
        SK_PUT(h, " <form class=\"leave\" method=\"post\" action=\"/leave\">");
        sk_put_token(rq);
        SK_PUT(h, "<button class=\"quiet\">{nav.leave}</button></form>");
    }
    SK_PUT(h, "<p class=\"quiet\">{page.foot}</p></footer></body></html>\n");
}

static sk_rc finish(sk_request *rq)
{
    put_foot(rq);
    if (rq->body.overflow)
        return sk_fail(&rq->cx, SK_E_LIMIT, "the page is too large; ask for less at a time");
    return sk_rq_text(rq, "text/html; charset=utf-8", sk_buf_str(&rq->body));
}

sk_rc sk_page_end(sk_request *rq, const sk_made *made)
{
    if (made && rq->session)
        put_made(rq, made);
    return finish(rq);
}

/* ---- errors ---- */

static void error_json(sk_request *rq, sk_rc rc)
{
    sk_json *j = sk_rq_json(rq);
    sk_json_object(j);
    sk_json_put_str(j, "error", sk_str_of(sk_rc_get_info(rc)->name));
    sk_json_put_str(j, "message", sk_str_of(rq->cx.message));
    if (rq->match.route && (rq->match.route->formats & SK_FORMATS_BARE))
        sk_json_put_str(j, "detail", sk_str_of(rq->cx.message)); /* where their clients look */
    sk_json_end(j);
    sk_json_done(j);
    rq->out->body = sk_buf_str(&rq->body);
    sk_rq_header(rq, "Content-Type", SK_S("application/json; charset=utf-8"));
}

/* "Not found", in the language of the page; the sentence below it is the program's own. */
static sk_str error_title(const sk_request *rq, sk_rc rc)
{
    static const char *const keys[SK_RC_COUNT] = {
        [SK_E_NOTFOUND] = "error.not_found",
        [SK_E_AMBIGUOUS] = "error.ambiguous",
        [SK_E_DENIED] = "error.denied",
        [SK_E_CONFLICT] = "error.conflict",
        [SK_E_FORMAT] = "error.format",
        [SK_E_LIMIT] = "error.limit",
        [SK_E_IO] = "error.io",
        [SK_E_INTEGRITY] = "error.integrity",
        [SK_E_CANCELLED] = "error.cancelled",
        [SK_E_UNSUPPORTED] = "error.unsupported",
    };
    if (rq->out->status == 401)
        return sk_say(rq, "error.login");
    return sk_say(rq, keys[rc] ? keys[rc] : "error.io");
}

void sk_page_error(sk_request *rq, sk_rc rc)
{
    sk_html *h = &rq->html;
    if (rq->wants_json || rq->in->port != sk_http_port(rq->web->pages)) {
        error_json(rq, rc);
        return;
    }
    sk_page_begin(rq, error_title(rq, rc));
    SK_PUT(h, "<h1>$</h1><p class=\"problem\" role=\"alert\" dir=\"auto\">$</p>",
           error_title(rq, rc), sk_str_of(rq->cx.message));
    if (rq->out->status == 401 && rq->web->accounts.is_shared)
        SK_PUT(h, "<p><a href=\"/login\">{login.title}</a></p>");
    else if (rq->out->status == 401)
        SK_PUT(h, "<p>{error.open_url}</p>");
    put_foot(rq);
    sk_rq_header(rq, "Content-Type", SK_S("text/html; charset=utf-8"));
    rq->out->body = sk_buf_str(&rq->body);
}
