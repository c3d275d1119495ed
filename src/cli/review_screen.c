/* What is on the screen: a title, the text with its marks, a panel, and one line of keys or news.
 *
 *     article.html    12 await here, 41 in all    3 decided now
 *     > ... the text ...
 *     ----------------------------------------------------------
 *     killing                     act:active, tier 2, 82 % of 34 kept
 *       did      killing (life.killing)
 *       who      soldiers              new: group, words for people
 *     c confirm  e edit  r reject ...
 *
 * Signs are ASCII and the last column stays free: terminals set for East Asian text draw some of the
 * others two columns wide. */
#include "cli/review.h"

#include "base/utf8.h"

enum { LABEL = 11, LEAST_TEXT = 3, TITLE_AND_KEYS = 3, PAGE_MOST = 4000 };

static bool colour(const sk_reviewing *r)
{
    return r->app->out.colour;
}

/* Columns that may be written: all but the last. */
static size_t width(const sk_reviewing *r)
{
    return r->columns > 1 ? r->columns - 1 : 1;
}

/* ---- the panel ---- */

size_t sk_screen_panel_rows(const sk_reviewing *r)
{
    size_t rows = r->rows > TITLE_AND_KEYS + LEAST_TEXT ? r->rows - TITLE_AND_KEYS - LEAST_TEXT : 1;
    return rows;
}

void sk_panel_begin(sk_reviewing *r)
{
    sk_tty_size(r->tty, &r->columns, &r->rows);
    sk_buf_reset(&r->panel);
}

void sk_panel_line(sk_reviewing *r, const char *sgr, sk_str text)
{
    bool on = colour(r) && sgr[0];
    if (on)
        sk_buf_addf(&r->panel, "\x1b[%sm", sgr);
    sk_put_fitted(&r->panel, text, width(r));
    sk_buf_add(&r->panel, on ? SK_S("\x1b[0m\n") : SK_S("\n"));
}

static void put_blanks(sk_buf *b, size_t n)
{
    for (; n; n--)
        sk_buf_addc(b, ' ');
}

void sk_panel_row(sk_reviewing *r, sk_str label, sk_mark_role role, sk_str text, sk_str remark,
                  bool is_chosen)
{
    sk_buf *b = &r->panel;
    size_t all = width(r), used;
    bool on = colour(r) && sk_mark_colour(role)[0];
    sk_buf_add(b, is_chosen ? SK_S("> ") : SK_S("  "));
    if (on)
        sk_buf_addf(b, "\x1b[%sm", sk_mark_colour(role));
    used = sk_put_fitted(b, label, LABEL);
    if (on)
        sk_buf_add(b, SK_S("\x1b[0m"));
    put_blanks(b, LABEL - used + 1);
    size_t room = all > LABEL + 3 ? all - LABEL - 3 : 0;
    if (text.n) {
        used = sk_put_fitted(b, text, room);
    } else {
        used = sk_put_fitted(b, SK_S("-"), room);
    }
    if (remark.n && used + 4 < room) {
        sk_buf_add(b, colour(r) ? SK_S("   \x1b[2m") : SK_S("   ("));
        sk_put_fitted(b, remark, room - used - 4);
        sk_buf_add(b, colour(r) ? SK_S("\x1b[0m") : SK_S(")"));
    }
    sk_buf_addc(b, '\n');
}

static void panel_of_suggestion(sk_reviewing *r)
{
    sk_app *app = r->app;
    sk_arena *a = &app->cx.arena;
    const sk_suggestion *s = &r->s;
    sk_row *rows;
    size_t n;
    sk_str state = s->state == SK_SUGGEST_WAITS
                       ? s->is_hidden ? SK_S(" [hidden]") : SK_S("")
                       : sk_fmt(a, " [%s]", sk_suggest_state_name(s->state));
    sk_str rule = sk_str_is(s->origin, "rule")
                      ? sk_fmt(a, "%.*s", SK_P(s->rule))
                      : sk_fmt(a, "%.*s, %.*s", SK_P(s->origin), SK_P(s->rule));
    sk_panel_line(r, "1",
                  sk_fmt(a, "%.*s%.*s   tier %u, rule %.*s, %.*s", SK_P(sk_review_title(app, s)),
                         SK_P(state), s->tier, SK_P(rule),
                         SK_P(sk_review_rate(app, r->rv, s->rule))));
    sk_review_rows(app, s, false, &rows, &n);
    for (size_t i = 0; i < n; i++)
        sk_panel_row(r, rows[i].label, rows[i].role, rows[i].shown, rows[i].remark, false);
    sk_panel_row(r, SK_S("as"), SK_MARK_SENTENCE, sk_review_modality(app, s),
                 s->has_same_as ? SK_S("told before in this text: linked, not merged") : SK_NONE,
                 false);
}

static void panel_of_hand(sk_reviewing *r)
{
    sk_panel_begin(r);
    if (r->has_suggestion) {
        panel_of_suggestion(r);
    } else if (r->is_silent) {
        sk_panel_line(r, "1",
                      SK_S("Nothing is proposed of this sentence, though it has a word for "
                           "an act."));
        sk_panel_line(r, "",
                      SK_S("a adds a claim from it; s goes on; Tab shows the next such "
                           "sentence."));
    } else {
        sk_panel_line(r, "1", SK_S("Nothing awaits any more."));
        sk_panel_line(r, "",
                      sk_fmt(&r->app->cx.arena,
                             "p looks back, u takes the last decision back, Tab shows sentences of "
                             "which nothing is proposed (%llu), q ends.",
                             (unsigned long long)r->all.silences));
    }
}

/* ---- the frame ---- */

static void put_title(sk_reviewing *r)
{
    sk_arena *a = &r->app->cx.arena;
    sk_str name = !r->has_exhibit ? SK_S("sillok review")
                  : r->x.name.n   ? r->x.name
                                  : sk_short(&r->app->cx, &r->x.hash);
    sk_str counts = sk_fmt(a, "   %llu await here, %llu in all", (unsigned long long)r->here.all,
                           (unsigned long long)r->all.all);
    if (r->n_decided)
        counts = sk_fmt(a, "%.*s   %zu decided now", SK_P(counts), r->n_decided);
    size_t all = width(r), used;
    size_t room = all > counts.n + 10 ? all - counts.n : all;
    sk_buf_add(&r->frame, colour(r) ? SK_S("\x1b[7m") : SK_S(""));
    used = sk_put_fitted(&r->frame, name, room);
    if (room < all)
        used += sk_put_fitted(&r->frame, counts, all - used);
    put_blanks(&r->frame, all - used);
    sk_buf_add(&r->frame, colour(r) ? SK_S("\x1b[0m\n") : SK_S("\n"));
}

static void put_rule(sk_reviewing *r)
{
    for (size_t i = 0; i < width(r); i++)
        sk_buf_addc(&r->frame, '-');
    sk_buf_addc(&r->frame, '\n');
}

static size_t count_lines(sk_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

/* Lines first..first+n of the panel. */
static void put_panel(sk_reviewing *r, size_t first, size_t n)
{
    sk_str rest = sk_buf_str(&r->panel), line;
    for (size_t i = 0; i < first + n && sk_str_cut(&rest, '\n', &line); i++)
        if (i >= first) {
            sk_buf_add(&r->frame, line);
            sk_buf_addc(&r->frame, '\n');
        }
}

/* The last line: what there is to tell, else the keys. */
static void put_foot(sk_reviewing *r, const char *keys)
{
    bool has_news = r->message[0] != 0;
    if (colour(r))
        sk_buf_add(&r->frame, has_news ? SK_S("\x1b[1;33m") : SK_S("\x1b[2m"));
    sk_put_fitted(&r->frame, sk_str_of(has_news ? r->message : keys), width(r));
    if (colour(r))
        sk_buf_add(&r->frame, SK_S("\x1b[0m"));
}

void sk_screen_draw_panel(sk_reviewing *r, size_t keep, size_t cursor_row, size_t cursor_column,
                          const char *keys)
{
    size_t all = count_lines(sk_buf_str(&r->panel)), most = sk_screen_panel_rows(r);
    size_t shown = all < most ? all : most, first = 0;
    if (keep >= shown)
        first = keep - shown + 1;
    size_t text = r->rows > shown + TITLE_AND_KEYS ? r->rows - shown - TITLE_AND_KEYS : 0;
    sk_buf_reset(&r->frame);
    put_title(r);
    size_t was = r->pane.columns * 100000 + r->pane.rows;
    sk_pane_fit(&r->pane, width(r), text, &r->app->out);
    if (was != r->pane.columns * 100000 + r->pane.rows && text) {
        if (r->has_suggestion)
            sk_pane_reveal(&r->pane, r->s.end ? r->s.end - 1 : 0);
        else if (r->is_silent)
            sk_pane_reveal(&r->pane, r->silence.start);
    }
    sk_pane_put(&r->pane, &r->frame);
    put_rule(r);
    put_panel(r, first, shown);
    put_foot(r, keys);
    size_t row = SIZE_MAX;
    if (cursor_row != SIZE_MAX && cursor_row >= first)
        row = 1 + text + 1 + cursor_row - first;
    sk_tty_show(r->tty, sk_buf_str(&r->frame), row, cursor_column);
}

void sk_screen_draw(sk_reviewing *r)
{
    sk_arena_mark here = sk_arena_here(&r->app->cx.arena);
    panel_of_hand(r);
    sk_screen_draw_panel(r, 0, SIZE_MAX, 0,
                         "c confirm  e edit  r reject  s skip  u undo  a add  ? help  q quit");
    sk_arena_back_to(&r->app->cx.arena, here);
}

/* ---- a page of text ---- */

/* Cut a text into lines of the screen, at most PAGE_MOST. */
static size_t cut_lines(sk_str text, size_t columns, sk_str *lines)
{
    size_t n = 0;
    while (text.n && n < PAGE_MOST) {
        size_t bytes = sk_line_bytes(text, columns);
        lines[n++] = sk_str_trim(sk_str_sub(text, 0, bytes)).n || text.p[0] != '\n'
                         ? sk_str_sub(text, 0, bytes)
                         : SK_S("");
        text = sk_str_sub(text, bytes, text.n);
    }
    return n;
}

static void draw_page(sk_reviewing *r, sk_str title, const sk_str *lines, size_t n, size_t top,
                      size_t rows, const char *keys)
{
    sk_buf_reset(&r->frame);
    sk_buf_add(&r->frame, colour(r) ? SK_S("\x1b[1m") : SK_S(""));
    sk_put_fitted(&r->frame, title, width(r));
    sk_buf_add(&r->frame, colour(r) ? SK_S("\x1b[0m\n\n") : SK_S("\n\n"));
    for (size_t i = 0; i < rows; i++) {
        if (top + i < n) {
            sk_str line = lines[top + i];
            while (line.n && line.p[line.n - 1] == '\n')
                line.n--;
            sk_put_fitted(&r->frame, line, width(r));
        }
        sk_buf_addc(&r->frame, '\n');
    }
    put_foot(r, keys);
    sk_tty_show(r->tty, sk_buf_str(&r->frame), SIZE_MAX, 0);
}

sk_key sk_screen_page(sk_reviewing *r, sk_str title, sk_str text, const char *keys)
{
    sk_arena_mark here = sk_arena_here(&r->app->cx.arena);
    sk_str *lines = sk_new_array(&r->app->cx.arena, sk_str, PAGE_MOST);
    size_t top = 0;
    sk_key k;
    r->message[0] = 0;
    for (;;) {
        sk_tty_size(r->tty, &r->columns, &r->rows);
        size_t rows = r->rows > 3 ? r->rows - 3 : 1, n = cut_lines(text, width(r), lines);
        size_t last = n > rows ? n - rows : 0;
        top = top < last ? top : last;
        draw_page(r, title, lines, n, top, rows, keys);
        k = sk_tty_key(r->tty);
        if (k.kind == SK_KEY_DOWN)
            top++;
        else if (k.kind == SK_KEY_UP)
            top -= top > 0;
        else if (k.kind == SK_KEY_PAGE_DOWN)
            top += rows;
        else if (k.kind == SK_KEY_PAGE_UP)
            top -= top < rows ? top : rows;
        else if (k.kind != SK_KEY_REDRAW && k.kind != SK_KEY_OTHER && !k.is_pasted)
            break;
    }
    sk_arena_back_to(&r->app->cx.arena, here);
    return k;
}
