/* Settings, help and the pages of methods, which are those of docs/methods, embedded. */
#include "web/method.h"
#include "web/page.h"
#include "web/page_tokens.h"

#include "methods_stamp.h" /* built again when an embedded file changes */

#define SK_METHOD(symbol, file)                                      \
    __asm__(".section .rodata\n.balign 16\n" #symbol ":\n"           \
            ".incbin \"" SK_DOCS_DIR "/methods/" file "\"\n" #symbol \
            "_end:\n.byte 0\n.previous\n");                          \
    extern const char symbol[], symbol##_end[]
SK_METHOD(sk_method_counting, "counting.md");
SK_METHOD(sk_method_identifiers, "identifiers.md");
SK_METHOD(sk_method_ledger, "ledger.md");
SK_METHOD(sk_method_rules, "rules.md");
SK_METHOD(sk_method_screening, "screening.md");
SK_METHOD(sk_method_search, "search.md");

static const struct {
    const char *name, *title, *text, *end;
} methods[] = {
    {"search", "help.search", sk_method_search, sk_method_search_end},
    {"ledger", "help.ledger", sk_method_ledger, sk_method_ledger_end},
    {"counting", "help.counting", sk_method_counting, sk_method_counting_end},
    {"rules", "help.rules", sk_method_rules, sk_method_rules_end},
    {"screening", "help.screening", sk_method_screening, sk_method_screening_end},
    {"identifiers", "help.identifiers", sk_method_identifiers, sk_method_identifiers_end},
};

/* ROUTE: GET /settings
 * Language, who is logged in, what they may do.
 *
 * ROLE: read
 */
sk_rc sk_page_settings(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_page_begin(rq, sk_say(rq, "settings.title"));
    SK_PUT(h, "<h1>{settings.title}</h1><section><h2>{settings.language}</h2>"
              "<form class=\"fields\" action=\"/settings\"><label>{settings.language}"
              "<select name=\"lang\">");
    for (sk_ui_lang i = 0; i < SK_UI_LANGS; i++) {
        sk_str code = sk_str_of(sk_lang_code(i)), name = sk_str_of(sk_lang_name(i));
        if (h->lang == i)
            SK_PUT(h, "<option value=\"$\" lang=\"$\" selected>$</option>", code, code, name);
        else
            SK_PUT(h, "<option value=\"$\" lang=\"$\">$</option>", code, code, name);
    }
    SK_PUT(h,
           "</select></label><button class=\"main\">{settings.save}</button></form></section>"
           "<section><h2>{settings.you}</h2><dl class=\"facts\"><dt>{settings.user}</dt>"
           "<dd>$</dd><dt>{settings.purpose}</dt><dd>$</dd><dt>{settings.roles}</dt><dd>$</dd>"
           "<dt>{settings.session}</dt><dd><code>$</code></dd></dl></section>"
           "<section><h2>{settings.archive}</h2><dl class=\"facts\"><dt>{settings.id}</dt>"
           "<dd><code class=\"hash\">$</code></dd><dt>{settings.path}</dt><dd>$</dd></dl>"
           "</section>",
           rq->cx.user.n ? rq->cx.user : sk_say(rq, "made.owner"), rq->cx.purpose,
           sk_roles_text(&rq->cx.arena, rq->session->roles), sk_str_of(rq->session->handle),
           sk_archive_get_id(rq->web->archive),
           sk_rq_may(rq, SK_ROLE_ADMIN) ? sk_archive_get_path(rq->web->archive) : SK_S("—"));
    sk_put_tokens(rq);
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok help")});
}

/* ROUTE: GET /help
 * How to work with these pages, the keys, the methods.
 *
 * ROLE: read
 */
sk_rc sk_page_help(sk_request *rq)
{
    static const struct {
        const char *key, *text;
    } keys[] = {{"/", "help.key_search"},      {"j", "help.key_next"},
                {"k", "help.key_before"},      {"Enter", "help.key_open"},
                {"[", "help.key_page_before"}, {"]", "help.key_page_after"},
                {"m n u", "help.key_judge"},   {"c r e s u", "help.key_review"},
                {"a", "help.key_add"},         {"?", "help.key_help"}};
    sk_html *h = &rq->html;
    sk_page_begin(rq, sk_say(rq, "help.title"));
    SK_PUT(h, "<h1>{help.title}</h1><p class=\"lead\">{help.lead}</p><h2>{help.words_title}</h2>"
              "<dl class=\"facts\"><dt>{help.claim}</dt><dd>{help.claim_text}</dd>"
              "<dt>{help.exhibit}</dt><dd>{help.exhibit_text}</dd>"
              "<dt>{help.entity}</dt><dd>{help.entity_text}</dd>"
              "<dt>{help.judgement}</dt><dd>{help.judgement_text}</dd></dl>"
              "<h2>{help.keys}</h2><dl class=\"keys\">");
    for (size_t i = 0; i < SK_COUNT(keys); i++)
        SK_PUT(h, "<dt><kbd>$</kbd></dt><dd>$</dd>", sk_str_of(keys[i].key),
               sk_say(rq, keys[i].text));
    SK_PUT(h, "</dl><h2>{help.methods}</h2><ul>");
    for (size_t i = 0; i < SK_COUNT(methods); i++)
        SK_PUT(h, "<li><a href=\"/help/$\">$</a></li>", sk_str_of(methods[i].name),
               sk_say(rq, methods[i].title));
    SK_PUT(h, "</ul><h2>{help.programs}</h2><p>{help.programs_text} "
              "<a href=\"/api/1/openapi.json\"><code>/api/1/openapi.json</code></a></p>"
              "<p><a href=\"/licences\">{licences.title}</a></p>");
    return sk_page_end(rq, &(sk_made){.command = SK_S("sillok help")});
}

/* ROUTE: GET /help/{name}
 * A method, documented: how search finds, how the ledger counts.
 *
 * ROLE: read
 * PARAMETERS
 *   name   search, ledger, counting, rules, screening or identifiers
 */
sk_rc sk_page_method(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_str name = sk_rq_get(rq, "name");
    for (size_t i = 0; i < SK_COUNT(methods); i++) {
        if (!sk_str_is(name, methods[i].name))
            continue;
        sk_page_begin(rq, sk_say(rq, methods[i].title));
        SK_PUT(h, "<p class=\"meta\"><a href=\"/help\">{help.title}</a></p>"
                  "<div class=\"method\" lang=\"en\">");
        sk_put_method(h, sk_str_range(methods[i].text, methods[i].end));
        SK_PUT(h, "</div>");
        return sk_page_end(rq, NULL);
    }
    return sk_fail(&rq->cx, SK_E_NOTFOUND, "no method is called \"%.*s\"", SK_P(name));
}
