#include "cli/print.h"

#include "exchange/source_row.h"
#include "tell/tell.h"

sk_str sk_print_chain(sk_app *app, const sk_str *chain, size_t n)
{
    return sk_tell_chain(&app->cx, app->view, chain, n, SK_LANG_EN);
}

sk_str sk_print_says(sk_app *app, const sk_claim *c)
{
    return sk_tell_says(&app->cx, app->view, c, SK_LANG_EN);
}

sk_str sk_print_exhibit(sk_app *app, const sk_hash *hash)
{
    return sk_tell_exhibit(&app->cx, app->view, hash);
}

sk_str sk_print_passage(sk_app *app, const sk_claim *c)
{
    return sk_tell_passage(&app->cx, app->view, c);
}

sk_str sk_print_value(sk_app *app, const sk_claim *c)
{
    return sk_tell_value(&app->cx, app->view, c, SK_LANG_EN);
}

sk_str sk_print_position(const sk_claim *c)
{
    return c->position == SK_CLAIM_ASSERTS ? SK_S("") : sk_str_of(sk_position_name(c->position));
}

sk_str sk_print_property(const sk_claim *c)
{
    return sk_tell_property(c, SK_LANG_EN);
}

void sk_print_claim_json(sk_app *app, sk_json *j, const sk_claim_row *row)
{
    sk_tell_claim_json(&app->cx, j, row);
}

/* ---- passages in their text ---- */

/* Widen a span inside one block to at most so many bytes around it, at blanks. */
static sk_str context(sk_str text, size_t *start, size_t *end, size_t around)
{
    size_t from = *start > around ? *start - around : 0;
    size_t to = text.n - *end > around ? *end + around : text.n;
    while (from > 0 && from < *start && text.p[from - 1] != ' ' && text.p[from - 1] != '\n')
        from++;
    while (to < text.n && to > *end && text.p[to] != ' ' && text.p[to] != '\n')
        to--;
    while (from < *start && ((unsigned char)text.p[from] & 0xC0) == 0x80)
        from++;
    while (to > *end && to < text.n && ((unsigned char)text.p[to] & 0xC0) == 0x80)
        to--;
    *start -= from;
    *end -= from;
    return sk_str_sub(text, from, to - from);
}

/* Cells of a table row are apart by tabs; people get two blanks, however many cells are empty. */
static void print_text(sk_app *app, sk_str text)
{
    sk_str cell;
    bool first = true;
    while (sk_str_cut(&text, '\t', &cell)) {
        if (!first && cell.n)
            sk_app_printf(app, "  ");
        sk_app_clean(app, cell);
        first = false;
    }
}

/* One block with the part of the span that lies in it between marks. */
static void print_block(sk_app *app, const sk_text_block *b, size_t start, size_t end)
{
    size_t s = start > b->start ? start - b->start : 0;
    size_t e = end < b->end ? end - b->start : b->text.n;
    sk_str around = context(b->text, &s, &e, 120);
    const char *open = app->out.colour ? "\x1b[7m" : "\xE2\x9F\xA6",
               *shut = app->out.colour ? "\x1b[0m" : "\xE2\x9F\xA7";
    sk_app_printf(app, "    ");
    print_text(app, sk_str_sub(around, 0, s));
    sk_app_printf(app, "%s", open);
    print_text(app, sk_str_sub(around, s, e - s));
    sk_app_printf(app, "%s", shut);
    print_text(app, sk_str_sub(around, e, around.n));
    sk_app_printf(app, "\n");
}

static sk_rc print_span(sk_app *app, const sk_exhibit *x, const sk_passage *p)
{
    sk_text_block *blocks;
    size_t n, start = p->start, end = p->end, again_start, again_end;
    SK_TRY(sk_exhibit_text(&app->cx, app->view, x, &blocks, &n));
    /* texts may shift when the extractor learns; the quoted words find their place again */
    if (p->quote.n &&
        sk_quote_find(&app->cx, app->view, x, p->quote, &again_start, &again_end) == SK_OK) {
        start = again_start;
        end = again_end;
    }
    sk_forgive(&app->cx);
    bool found = false;
    for (size_t i = 0; i < n; i++)
        if (blocks[i].start < end && blocks[i].end > start) {
            print_block(app, &blocks[i], start, end);
            found = true;
        }
    if (!found) {
        sk_app_printf(app, "    (the span lies outside the text; the words were: ");
        sk_app_clean(app, p->quote);
        sk_app_printf(app, ")\n");
    }
    return SK_OK;
}

/* The file of an import has no blocks of text: its row is read again. Only an exhibit that the view
 * shows whole is, for a row may hold what a claim beside this one hides. */
static sk_rc print_source_row(sk_app *app, const sk_exhibit *x, const sk_passage *p)
{
    sk_ctx *cx = &app->cx;
    sk_str text, line;
    bool is_whole;
    SK_TRY(sk_exhibit_is_whole(cx, app->view, x, &is_whole));
    if (!is_whole)
        return SK_OK;
    if (sk_source_row(cx, &x->hash, x->name, p->place, &text)) {
        sk_app_printf(app, "    (");
        sk_app_clean(app, sk_str_of(cx->message));
        sk_app_printf(app, ")\n");
        sk_forgive(cx);
        return SK_OK;
    }
    while (sk_str_cut(&text, '\n', &line)) {
        sk_app_printf(app, "    ");
        sk_app_line(app, line);
    }
    return SK_OK;
}

static sk_rc print_place(sk_app *app, const sk_exhibit *x, const sk_passage *p)
{
    sk_text_block *blocks;
    size_t n;
    SK_TRY(sk_exhibit_text(&app->cx, app->view, x, &blocks, &n));
    for (size_t i = 0; i < n; i++)
        if (sk_str_eq(blocks[i].place, p->place))
            print_block(app, &blocks[i], blocks[i].start, blocks[i].end);
    return n ? SK_OK : print_source_row(app, x, p);
}

sk_rc sk_print_passages(sk_app *app, const sk_claim *c)
{
    for (size_t i = 0; i < c->n_passages; i++) {
        const sk_passage *p = &c->passages[i];
        sk_exhibit x;
        sk_app_printf(app, "  rests on ");
        sk_app_clean(app, sk_print_exhibit(app, &p->exhibit));
        sk_app_printf(app, " (exhibit %.*s)", SK_P(sk_short(&app->cx, &p->exhibit)));
        if (p->has_span)
            sk_app_printf(app, ", bytes %zu to %zu of its text", p->start, p->end);
        if (p->place.n) {
            sk_app_printf(app, ", ");
            sk_app_clean(app, p->place);
        }
        sk_app_printf(app, "\n");
        if (sk_exhibit_get(&app->cx, app->view, &p->exhibit, &x)) {
            sk_forgive(&app->cx);
            sk_app_printf(app, "    (this exhibit is not in the archive)\n");
            continue;
        }
        if (p->has_span)
            SK_TRY(print_span(app, &x, p));
        else if (p->place.n)
            SK_TRY(print_place(app, &x, p));
    }
    return SK_OK;
}
