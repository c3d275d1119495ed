/* Who else's work is in the program or beside it, and under which licence. */
#include "web/assets.h"
#include "web/grid.h"
#include "web/page.h"

/* What the program links to or calls, as the system's packages bring it; their texts are in
 * /usr/share/doc. What is embedded in the program itself is told by the build (tools/mkassets). */
static const struct {
    const char *name, *licence;
    bool is_program;
} of_the_system[] = {
    {"SQLite", "public domain", false},
    {"OpenSSL libcrypto", "Apache-2.0", false},
    {"libsodium", "ISC", false},
    {"utf8proc", "MIT", false},
    {"jansson", "MIT", false},
    {"libxml2", "MIT", false},
    {"libarchive", "BSD-2-Clause", false},
    {"libxlsxwriter", "BSD-2-Clause", false},
    {"libmicrohttpd", "LGPL-2.1-or-later", false},
    {"libseccomp", "LGPL-2.1-only", false},
    {"zlib", "Zlib", false},
    {"uthash", "BSD-1-Clause", false},
    {"pdftotext (poppler)", "GPL-2.0-or-later", true},
    {"curl", "curl", true},
    {"Unicode Character Database, CLDR", "Unicode-3.0", false},
    {"iso-codes", "LGPL-2.1-or-later", false},
    {"MeCab IPADIC", "NAIST-2003", false},
    {"OpenCC", "Apache-2.0", false},
};

static const sk_grid_column columns[] = {{"name", "licences.name", false},
                                         {"version", "licences.version", false},
                                         {"licence", "licences.licence", false},
                                         {"how", "licences.how", false}};

static sk_grid *all_of_them(sk_request *rq)
{
    sk_grid *g = sk_grid_new(rq, columns, SK_COUNT(columns));
    for (size_t i = 0; i < sk_n_packages; i++) {
        sk_grid_cell(g, sk_str_of(sk_packages[i].name));
        sk_grid_cell(g, sk_str_of(sk_packages[i].version));
        sk_grid_cell(g, sk_str_of(sk_packages[i].licence));
        sk_grid_cell(g, SK_S("embedded"));
        sk_grid_shown(g, sk_say(rq, "licences.embedded"));
    }
    for (size_t i = 0; i < SK_COUNT(of_the_system); i++) {
        sk_grid_cell(g, sk_str_of(of_the_system[i].name));
        sk_grid_cell(g, SK_NONE);
        sk_grid_cell(g, sk_str_of(of_the_system[i].licence));
        sk_grid_cell(g, of_the_system[i].is_program ? SK_S("called") : SK_S("linked"));
        sk_grid_shown(
            g, sk_say(rq, of_the_system[i].is_program ? "licences.called" : "licences.linked"));
    }
    return g;
}

static void put_texts(sk_request *rq)
{
    sk_html *h = &rq->html;
    for (size_t i = 0; i < sk_n_packages; i++)
        if (sk_packages[i].text[0])
            SK_PUT(
                h,
                "<details><summary>$ $</summary><pre lang=\"en\" tabindex=\"0\">$</pre></details>",
                sk_str_of(sk_packages[i].name), sk_str_of(sk_packages[i].licence),
                sk_str_of(sk_packages[i].text));
}

/* ROUTE: GET /licences
 * The work of others in this program, and its licences.
 *
 * ROLE: read
 * FORMATS: html json csv
 */
sk_rc sk_page_licences(sk_request *rq)
{
    sk_html *h = &rq->html;
    sk_grid *g = all_of_them(rq);
    if (rq->format != SK_FORMAT_HTML)
        return sk_grid_answer(rq, g);
    sk_page_begin(rq, sk_say(rq, "licences.title"));
    SK_PUT(h, "<p class=\"meta\"><a href=\"/help\">{help.title}</a></p><h1>{licences.title}</h1>"
              "<p>{licences.ours}</p>");
    if (!sk_n_packages)
        SK_PUT(h, "<p>{licences.none}</p>");
    sk_grid_put(rq, g, sk_say(rq, "licences.title"));
    put_texts(rq);
    return sk_page_end(rq, &(sk_made){.command = SK_NONE});
}
