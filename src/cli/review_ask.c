/* Asking: for one line, for words of the text, for one of a list. */
#include "cli/review.h"

#include "base/utf8.h"

bool sk_ask_gives_up(sk_reviewing *r, sk_key k)
{
    if (k.kind == SK_KEY_END)
        r->is_over = true;
    return r->is_over || k.kind == SK_KEY_ESCAPE || (k.kind == SK_KEY_CONTROL && k.c == 'c');
}

bool sk_ask_line(sk_reviewing *r, sk_str question, sk_str given, const char *keys, sk_str *ret_text)
{
    sk_typed line;
    bool is_given = false;
    sk_typed_init(&line, given);
    for (;;) {
        size_t column, label = sk_utf8_width(question) + 1;
        sk_panel_begin(r);
        sk_put_fitted(&r->panel, question, r->columns > 2 ? r->columns - 2 : 1);
        sk_buf_addc(&r->panel, ' ');
        sk_typed_put(&line, &r->panel, r->columns > label + 2 ? r->columns - label - 1 : 1,
                     &column);
        sk_buf_addc(&r->panel, '\n');
        sk_screen_draw_panel(r, 0, 0, label + column, keys);
        sk_key k = sk_tty_key(r->tty);
        r->message[0] = 0;
        if (sk_ask_gives_up(r, k))
            break;
        if (sk_typed_key(&line, k))
            continue;
        if (k.kind == SK_KEY_ENTER) {
            *ret_text = sk_str_copy(&r->app->cx.arena, sk_str_trim(sk_typed_text(&line)));
            is_given = true;
            break;
        }
    }
    sk_typed_done(&line);
    return is_given;
}

/* ---- words of the text ---- */

/* A span that grows and moves by words: the anchor's word stays in it while it grows. */
typedef struct chosen {
    sk_reviewing *r;
    size_t start, end;         /* the span                             */
    size_t fixed_start, fixed; /* the word it grows from               */
    bool is_growing, is_ahead; /* which end moves                      */
} chosen;

static void set_word(chosen *c, size_t start, size_t end)
{
    c->start = c->fixed_start = start;
    c->end = c->fixed = end;
}

/* Grow from the fixed word to this one. */
static void grow_to(chosen *c, size_t start, size_t end)
{
    c->is_ahead = start >= c->fixed_start;
    c->start = c->is_ahead ? c->fixed_start : start;
    c->end = c->is_ahead ? (end > c->fixed ? end : c->fixed) : c->fixed;
}

/* The moving end's word one word or some lines away. */
static void move(chosen *c, bool back, long lines, bool grows)
{
    size_t start, end, from = c->is_ahead || !grows ? c->end - (c->end > c->start) : c->start;
    bool found;
    if (!grows && back)
        from = c->start;
    if (lines)
        found = sk_pane_word_beside(&c->r->pane, from, lines, &start, &end);
    else if (back)
        found = sk_pane_word(&c->r->pane, from, &start, &end) &&
                sk_pane_word_before(&c->r->pane, start, &start, &end);
    else
        found = sk_pane_word(&c->r->pane, from, &start, &end) &&
                sk_pane_word(&c->r->pane, end, &start, &end);
    if (!found)
        return;
    if (grows)
        grow_to(c, start, end);
    else
        set_word(c, start, end);
}

/* One character more or less at the end: a particle of Korean is left off so. */
static void trim(chosen *c, bool less)
{
    size_t end = sk_pane_character(&c->r->pane, c->end, less);
    if (end != SIZE_MAX && end > c->start)
        c->end = c->fixed = end;
}

static void trim_start(chosen *c, bool less)
{
    size_t start = sk_pane_character(&c->r->pane, c->start, !less);
    if (start != SIZE_MAX && start < c->end)
        c->start = c->fixed_start = start;
}

/* True when the key was one of choosing. */
static bool choose_key(chosen *c, sk_key k)
{
    long page = c->r->pane.rows > 2 ? (long)c->r->pane.rows - 2 : 1;
    switch (k.kind) {
    case SK_KEY_LEFT:
    case SK_KEY_SHIFT_LEFT:
        move(c, true, 0, c->is_growing || k.kind == SK_KEY_SHIFT_LEFT);
        return true;
    case SK_KEY_RIGHT:
    case SK_KEY_SHIFT_RIGHT:
        move(c, false, 0, c->is_growing || k.kind == SK_KEY_SHIFT_RIGHT);
        return true;
    case SK_KEY_UP:
        move(c, true, -1, c->is_growing);
        return true;
    case SK_KEY_DOWN:
        move(c, false, 1, c->is_growing);
        return true;
    case SK_KEY_PAGE_UP:
        move(c, true, -page, c->is_growing);
        return true;
    case SK_KEY_PAGE_DOWN:
        move(c, false, page, c->is_growing);
        return true;
    case SK_KEY_CHAR:
        if (k.c == ' ')
            c->is_growing = !c->is_growing;
        else if (k.c == ',' || k.c == '.')
            trim(c, k.c == ',');
        else if (k.c == '<' || k.c == '>')
            trim_start(c, k.c == '>');
        return true;
    default:
        return false;
    }
}

static void draw_choice(chosen *c, sk_str question)
{
    sk_reviewing *r = c->r;
    sk_arena *a = &r->app->cx.arena;
    sk_mark mark = {c->start, c->end, SK_MARK_CHOSEN};
    sk_str words = sk_pane_text(&r->pane, a, c->start, c->end);
    r->pane.marks = &mark;
    r->pane.n_marks = 1;
    sk_panel_begin(r);
    sk_panel_line(r, "1", question);
    sk_panel_row(r, c->is_growing ? SK_S("growing") : SK_S("chosen"), SK_MARK_SENTENCE, words,
                 SK_NONE, false);
    sk_panel_line(
        r, "2",
        SK_S("arrows move   Space, Shift grow   , . a character off, on the end   < > start"));
    sk_pane_reveal(&r->pane, c->is_ahead ? c->end - 1 : c->start);
    sk_screen_draw_panel(r, 0, SIZE_MAX, 0, "Enter takes the words; Esc gives up");
}

bool sk_ask_words(sk_reviewing *r, sk_str question, size_t *start, size_t *end)
{
    chosen c = {.r = r, .is_ahead = true};
    size_t from, to;
    if (*start < *end) {
        set_word(&c, *start, *end);
    } else {
        if (!sk_pane_word(&r->pane, *start, &from, &to) &&
            !sk_pane_word_before(&r->pane, *start, &from, &to)) {
            sk_session_say(r, "there are no words to choose from");
            return false;
        }
        set_word(&c, from, to);
    }
    bool is_given = false;
    while (!is_given) {
        sk_arena_mark here = sk_arena_here(&r->app->cx.arena);
        draw_choice(&c, question);
        sk_arena_back_to(&r->app->cx.arena, here);
        sk_key k = sk_tty_key(r->tty);
        r->message[0] = 0;
        if (sk_ask_gives_up(r, k))
            break;
        if (k.is_pasted || choose_key(&c, k))
            continue;
        is_given = k.kind == SK_KEY_ENTER;
    }
    r->pane.marks = r->marks;
    r->pane.n_marks = r->n_marks;
    if (is_given) {
        *start = c.start;
        *end = c.end;
    }
    return is_given;
}

/* ---- one of a list ---- */

typedef struct picking {
    sk_reviewing *r;
    sk_str question;
    sk_typed line;
    sk_choice *list; /* in the arena, made anew when the line changes */
    size_t n, at, top;
    bool may_type;
} picking;

static size_t list_rows(const picking *p)
{
    size_t most = sk_screen_panel_rows(p->r);
    return most > 2 ? most - 1 : 1;
}

static void draw_list(picking *p)
{
    sk_reviewing *r = p->r;
    size_t rows = list_rows(p), column, label = sk_utf8_width(p->question) + 1;
    if (p->at < p->top)
        p->top = p->at;
    if (p->at >= p->top + rows)
        p->top = p->at - rows + 1;
    sk_panel_begin(r);
    sk_put_fitted(&r->panel, p->question, r->columns > 2 ? r->columns - 2 : 1);
    sk_buf_addc(&r->panel, ' ');
    sk_typed_put(&p->line, &r->panel, r->columns > label + 2 ? r->columns - label - 1 : 1, &column);
    sk_buf_addc(&r->panel, '\n');
    for (size_t i = p->top; i < p->n && i < p->top + rows; i++)
        sk_panel_line(r, i == p->at ? "7" : "",
                      sk_fmt(&r->app->cx.arena, "%s%.*s%s%.*s", i == p->at ? "> " : "  ",
                             SK_P(p->list[i].label), p->list[i].detail.n ? "   " : "",
                             SK_P(p->list[i].detail)));
    if (!p->n)
        sk_panel_line(r, "2", SK_S("  nothing of the kind"));
    sk_screen_draw_panel(r, 0, 0, label + column,
                         "type to narrow    Up Down choose    Enter takes it    Esc gives up");
}

/* The list for what stands in the line; what was typed stands first where it may be the answer. */
static sk_rc fill(picking *p, sk_choices_fn *list, void *arg)
{
    sk_arena *a = &p->r->app->cx.arena;
    sk_str typed = sk_str_copy(a, sk_str_trim(sk_typed_text(&p->line)));
    sk_choice *found;
    size_t n, own = p->may_type && typed.n;
    SK_TRY(list(p->r, typed, &found, &n, arg));
    p->list = sk_new_array(a, sk_choice, n + own);
    if (own)
        p->list[0] = (sk_choice){typed, SK_S("as typed"), typed};
    memcpy(p->list + own, found, n * sizeof *found);
    p->n = n + own;
    p->at = p->top = 0;
    return SK_OK;
}

/* True when the key was one of choosing or typing; *ret_changed when the list must be made anew. */
static bool pick_key(picking *p, sk_key k, bool *ret_changed)
{
    size_t rows = list_rows(p);
    *ret_changed = false;
    if (k.kind == SK_KEY_UP || k.kind == SK_KEY_BACK_TAB) {
        p->at -= p->at > 0;
    } else if (k.kind == SK_KEY_DOWN || k.kind == SK_KEY_TAB) {
        p->at += p->at + 1 < p->n;
    } else if (k.kind == SK_KEY_PAGE_DOWN) {
        p->at = p->at + rows < p->n ? p->at + rows : p->n ? p->n - 1 : 0;
    } else if (k.kind == SK_KEY_PAGE_UP) {
        p->at = p->at > rows ? p->at - rows : 0;
    } else {
        size_t was = p->line.text.n, cursor = p->line.cursor;
        bool known = sk_typed_key(&p->line, k);
        *ret_changed = known && (was != p->line.text.n || cursor == p->line.cursor);
        return known;
    }
    return true;
}

bool sk_ask_choice(sk_reviewing *r, sk_str question, sk_str given, sk_choices_fn *list, void *arg,
                   bool may_type, sk_str *ret_value)
{
    picking p = {.r = r, .question = question, .may_type = may_type};
    bool is_given = false, is_changed = true;
    sk_typed_init(&p.line, given);
    sk_arena_mark here = sk_arena_here(&r->app->cx.arena);
    for (;;) {
        if (is_changed) {
            sk_arena_back_to(&r->app->cx.arena, here);
            if (fill(&p, list, arg)) {
                r->is_over = !sk_session_tell(r);
                break;
            }
        }
        draw_list(&p);
        sk_key k = sk_tty_key(r->tty);
        r->message[0] = 0;
        if (sk_ask_gives_up(r, k))
            break;
        if (pick_key(&p, k, &is_changed))
            continue;
        if (k.kind == SK_KEY_ENTER && p.n) {
            *ret_value = p.list[p.at].value; /* stays: the arena is not gone back to */
            is_given = true;
            break;
        }
    }
    sk_typed_done(&p.line);
    return is_given;
}
