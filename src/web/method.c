#include "web/method.h"

typedef enum place { IN_NOTHING, IN_PARAGRAPH, IN_LIST, IN_TABLE, IN_CODE } place;

typedef struct writing {
    sk_html *h;
    place in;
    size_t rows; /* of the table */
} writing;

/* `code` and **bold** inside a line. */
static void put_inline(sk_html *h, sk_str s)
{
    while (s.n) {
        size_t code = sk_str_find(s, SK_S("`")), bold = sk_str_find(s, SK_S("**"));
        size_t at = code < bold ? code : bold, width = code < bold ? 1 : 2;
        if (at == SIZE_MAX)
            break;
        sk_str rest = sk_str_sub(s, at + width, s.n);
        size_t end = sk_str_find(rest, code < bold ? SK_S("`") : SK_S("**"));
        if (end == SIZE_MAX)
            break;
        sk_html_text(h, sk_str_sub(s, 0, at));
        if (code < bold)
            SK_PUT(h, "<code>$</code>", sk_str_sub(rest, 0, end));
        else
            SK_PUT(h, "<strong>$</strong>", sk_str_sub(rest, 0, end));
        s = sk_str_sub(rest, end + width, rest.n);
    }
    sk_html_text(h, s);
}

static void leave(writing *w)
{
    switch (w->in) {
    case IN_PARAGRAPH:
        SK_PUT(w->h, "</p>");
        break;
    case IN_LIST:
        SK_PUT(w->h, "</li></ul>");
        break;
    case IN_TABLE:
        SK_PUT(w->h, "</tbody></table></div>");
        break;
    case IN_CODE:
        SK_PUT(w->h, "</pre>");
        break;
    case IN_NOTHING:
        break;
    }
    w->in = IN_NOTHING;
}

static void enter(writing *w, place to)
{
    if (w->in == to)
        return;
    leave(w);
    w->in = to;
    w->rows = 0;
    if (to == IN_PARAGRAPH)
        SK_PUT(w->h, "<p>");
    else if (to == IN_LIST)
        SK_PUT(w->h, "<ul><li>");
    else if (to == IN_CODE)
        SK_PUT(w->h, "<pre tabindex=\"0\">");
}

static void put_table_row(writing *w, sk_str line)
{
    enter(w, IN_TABLE);
    if (sk_str_starts(line, SK_S("|---")) || sk_str_starts(line, SK_S("| ---")))
        return;
    bool is_head = w->rows++ == 0;
    if (is_head)
        SK_PUT(w->h, "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
    else
        SK_PUT(w->h, "<tr>");
    sk_str cell, rest = sk_str_sub(line, 1, line.n - (sk_str_ends(line, SK_S("|")) ? 2 : 1));
    while (rest.p && sk_str_cut(&rest, '|', &cell)) {
        if (is_head)
            SK_PUT(w->h, "<th scope=\"col\">");
        else
            SK_PUT(w->h, "<td>");
        put_inline(w->h, sk_str_trim(cell));
        if (is_head)
            SK_PUT(w->h, "</th>");
        else
            SK_PUT(w->h, "</td>");
    }
    if (is_head)
        SK_PUT(w->h, "</tr></thead><tbody>");
    else
        SK_PUT(w->h, "</tr>");
}

static void put_heading(writing *w, sk_str line)
{
    size_t level = 0;
    while (level < line.n && line.p[level] == '#')
        level++;
    leave(w);
    sk_str text = sk_str_trim(sk_str_sub(line, level, line.n));
    if (level == 1)
        SK_PUT(w->h, "<h1>$</h1>", text);
    else if (level == 2)
        SK_PUT(w->h, "<h2>$</h2>", text);
    else
        SK_PUT(w->h, "<h3>$</h3>", text);
}

static void put_line(writing *w, sk_str line)
{
    sk_str text = sk_str_trim(line);
    if (sk_str_starts(text, SK_S("```"))) {
        if (w->in == IN_CODE)
            leave(w);
        else
            enter(w, IN_CODE);
    } else if (w->in == IN_CODE) {
        SK_PUT(w->h, "$\n", line);
    } else if (!text.n) {
        leave(w);
    } else if (text.p[0] == '#') {
        put_heading(w, text);
    } else if (text.p[0] == '|') {
        put_table_row(w, text);
    } else if (sk_str_starts(text, SK_S("- "))) {
        if (w->in == IN_LIST)
            SK_PUT(w->h, "</li><li>");
        else
            enter(w, IN_LIST);
        put_inline(w->h, sk_str_sub(text, 2, text.n));
        SK_PUT(w->h, "\n");
    } else {
        if (w->in != IN_LIST)
            enter(w, IN_PARAGRAPH);
        put_inline(w->h, text);
        SK_PUT(w->h, "\n");
    }
}

void sk_put_method(sk_html *h, sk_str markdown)
{
    writing w = {.h = h};
    sk_str line;
    while (markdown.n && sk_str_cut(&markdown, '\n', &line))
        put_line(&w, line);
    leave(&w);
}
