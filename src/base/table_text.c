/* A table as text for people: widths, wrapping, cards. */
#include "base/table_private.h"
#include "base/utf8.h"
#include "base/linebreak.h"

enum { GAP = 2, WORD_LEAST = 12, NUMBER_LEAST = 24, CARD_LEAST = 20 };

sk_look sk_look_for(const sk_term *term)
{
    return (sk_look){.width = term->width,
                     .rules = term->utf8 ? SK_RULES_LIGHT : SK_RULES_ASCII,
                     .colour = term->colour};
}

/* --- breaking cells into lines ---------------------------------------------------------------- */

/* The pieces of one line of text that are never broken, one a call; blanks belong to the piece
 * before them. ret_width leaves the blanks at its end out, ret_full counts them. */
static bool next_piece(sk_str *rest, sk_str *ret_piece, size_t *ret_width, size_t *ret_full)
{
    if (rest->n == 0)
        return false;
    size_t at = 0, width = 0, full = 0;
    uint32_t before = 0;
    while (at < rest->n) {
        size_t next = at;
        uint32_t c = sk_utf8_next(*rest, &next);
        if (at && sk_linebreak_may(before, c))
            break;
        full += (size_t)sk_utf8_width_of(c);
        if (c != ' ')
            width = full;
        if (c != ' ' || !at)
            before = c;
        if (c == ' ')
            before = ' ';
        at = next;
    }
    *ret_piece = sk_str_sub(*rest, 0, at);
    *rest = sk_str_sub(*rest, at, rest->n);
    *ret_width = width;
    *ret_full = full;
    return true;
}

/* Cut the head of a piece that is too wide even alone; at least one character goes. */
static sk_str cut_piece(sk_str piece, size_t width)
{
    sk_str head = sk_utf8_fit(piece, width);
    if (head.n == 0) {
        size_t at = 0;
        sk_utf8_next(piece, &at);
        while (at < piece.n) { /* with its marks */
            size_t next = at;
            if (sk_utf8_width_of(sk_utf8_next(piece, &next)))
                break;
            at = next;
        }
        head = sk_str_sub(piece, 0, at);
    }
    return head;
}

/* Take the next printed line, at most width columns (0: no limit), from a cell's text. */
static sk_str take_line(sk_str *rest, size_t width)
{
    size_t lf = sk_str_find(*rest, SK_S("\n")), used = 0, taken = 0, w, full;
    sk_str line = lf == SIZE_MAX ? *rest : sk_str_sub(*rest, 0, lf);
    sk_str pieces = line, piece;
    while (width && next_piece(&pieces, &piece, &w, &full)) {
        if (used + w > width) {
            if (!taken)
                taken = cut_piece(piece, width).n;
            sk_str head = sk_str_sub(line, 0, taken);
            *rest = sk_str_sub(*rest, taken, rest->n);
            while (head.n && head.p[head.n - 1] == ' ')
                head.n--;
            return head;
        }
        used += full;
        taken += piece.n;
    }
    size_t skip = line.n + (lf != SIZE_MAX);
    *rest = sk_str_sub(*rest, skip, rest->n);
    return line;
}

/* --- text -------------------------------------------------------------------------------------- */

/* One rendering: cleaned texts and the widths chosen. */
typedef struct page {
    sk_arena a;
    const sk_table *t;
    const sk_look *look;
    sk_buf *out;
    sk_str *titles; /* cleaned; one a column          */
    sk_str *texts;  /* cleaned; n_columns for each row */
    size_t width[SK_LIM_TABLE_COLUMNS], least[SK_LIM_TABLE_COLUMNS];
    size_t blanks; /* owed to the current line: printed only before more text */
} page;

static sk_str clean(page *p, sk_str s, bool keep_lines)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_OUTPUT_BYTES);
    for (sk_str rest = s, piece; sk_str_cut(&rest, '\t', &piece);) { /* a tab is a blank here */
        sk_term_clean(&b, piece, keep_lines);
        if (rest.p)
            sk_buf_addc(&b, ' ');
    }
    sk_str r = sk_str_copy(&p->a, sk_buf_str(&b));
    p->out->overflow |= b.overflow; /* a cell cut short is a page cut short */
    sk_buf_done(&b);
    return r;
}

/* Widen column i for this text: its longest line, and its longest piece as what it should keep. */
static void measure(page *p, size_t i, sk_str text)
{
    const sk_column *c = &p->t->columns[i];
    size_t most_least = c->align == SK_ALIGN_RIGHT ? NUMBER_LEAST : WORD_LEAST;
    while (text.n) {
        sk_str line = take_line(&text, 0), piece;
        size_t width = sk_utf8_width(line), w, full;
        if (width > p->width[i])
            p->width[i] = width;
        while (!c->least && next_piece(&line, &piece, &w, &full)) {
            if (w > most_least)
                w = most_least;
            if (w > p->least[i])
                p->least[i] = w;
        }
    }
}

static void prepare(page *p)
{
    const sk_table *t = p->t;
    p->titles = sk_new_array(&p->a, sk_str, t->n_columns);
    p->texts = sk_new_array(&p->a, sk_str, t->n_rows * t->n_columns);
    for (size_t i = 0; i < t->n_columns; i++) {
        p->least[i] = t->columns[i].least;
        p->titles[i] = clean(p, sk_str_of(t->columns[i].title), false);
        measure(p, i, p->titles[i]);
    }
    for (size_t r = 0; r < t->n_rows; r++)
        for (size_t i = 0; t->rows[r].slots && i < t->n_columns; i++) {
            const sk_table_slot *s = &t->rows[r].slots[i];
            sk_str *text = &p->texts[r * t->n_columns + i];
            *text = clean(p, s->shown.p ? s->shown : s->cell.text, true);
            measure(p, i, *text);
        }
    for (size_t i = 0; i < t->n_columns; i++) {
        size_t most = t->columns[i].most;
        if (most && p->width[i] > most)
            p->width[i] = most;
        if (p->width[i] < t->columns[i].least)
            p->width[i] = t->columns[i].least;
        if (p->least[i] > p->width[i])
            p->least[i] = p->width[i];
    }
}

/* Narrow the widest columns, one step a time, until the row fits. False when it cannot. */
static bool fit(page *p)
{
    size_t n = p->t->n_columns, limit = p->look->width, total = GAP * (n - 1);
    if (!limit)
        return true;
    for (size_t i = 0; i < n; i++) {
        if (p->width[i] > limit)
            p->width[i] = p->least[i] > limit ? p->least[i] : limit;
        total += p->width[i];
    }
    while (total > limit) {
        size_t widest = SIZE_MAX;
        for (size_t i = 0; i < n; i++)
            if (p->width[i] > p->least[i] && (widest == SIZE_MAX || p->width[i] > p->width[widest]))
                widest = i;
        if (widest == SIZE_MAX)
            return false;
        p->width[widest]--;
        total--;
    }
    return true;
}

static void put_blanks(page *p)
{
    sk_buf_addf(p->out, "%*s", (int)p->blanks, "");
    p->blanks = 0;
}

static void put_styled(page *p, sk_str s, sk_style style)
{
    static const char *const codes[SK_STYLES] = {"", "1", "2", "31", "33", "32"};
    if (!s.n)
        return;
    put_blanks(p);
    bool styled = p->look->colour && style != SK_STYLE_PLAIN;
    if (styled)
        sk_buf_addf(p->out, "\x1b[%sm", codes[style]);
    sk_buf_add(p->out, s);
    if (styled)
        sk_buf_add(p->out, SK_S("\x1b[0m"));
}

static void end_line(page *p)
{
    p->blanks = 0;
    sk_buf_addc(p->out, '\n');
}

static void put_aligned(page *p, size_t i, sk_str s, sk_style style)
{
    size_t used = sk_utf8_width(s), free = used < p->width[i] ? p->width[i] - used : 0, left = 0;
    if (p->t->columns[i].align == SK_ALIGN_RIGHT)
        left = free;
    else if (p->t->columns[i].align == SK_ALIGN_CENTRE)
        left = free / 2;
    p->blanks += left;
    put_styled(p, s, style);
    p->blanks += free - left + GAP + (s.n ? 0 : used);
}

/* A row of cells, over as many lines as the longest of them takes. slots NULL: the titles. */
static void put_row(page *p, const sk_str *texts, const sk_table_slot *slots)
{
    size_t n = p->t->n_columns;
    sk_str rest[SK_LIM_TABLE_COLUMNS];
    memcpy(rest, texts, n * sizeof *rest);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < n; i++) {
            sk_str line = take_line(&rest[i], p->width[i]);
            put_aligned(p, i, line, slots ? slots[i].style : SK_STYLE_BOLD);
            more = more || rest[i].n;
        }
        end_line(p);
    }
}

static void put_rule(page *p)
{
    for (size_t i = 0; i < p->t->n_columns; i++) {
        if (i)
            sk_buf_addf(p->out, "%*s", GAP, "");
        for (size_t k = 0; k < p->width[i]; k++)
            sk_buf_add(p->out, p->look->rules == SK_RULES_LIGHT ? SK_S("─") : SK_S("-"));
    }
    sk_buf_addc(p->out, '\n');
}

static void put_heading(page *p, sk_str heading, bool is_first)
{
    if (!is_first)
        sk_buf_addc(p->out, '\n');
    sk_str rest = clean(p, heading, false);
    while (rest.n) {
        put_styled(p, take_line(&rest, p->look->width), SK_STYLE_BOLD);
        end_line(p);
    }
}

static void put_columns(page *p)
{
    const sk_table *t = p->t;
    put_row(p, p->titles, NULL);
    if (p->look->rules != SK_RULES_NONE)
        put_rule(p);
    for (size_t r = 0; r < t->n_rows; r++)
        if (t->rows[r].slots)
            put_row(p, p->texts + r * t->n_columns, t->rows[r].slots);
        else
            put_heading(p, t->rows[r].heading, r == 0);
}

/* A row as lines of "title  value", for when the columns do not fit side by side. */
static void put_card(page *p, size_t r)
{
    const sk_table *t = p->t;
    size_t titles = 0;
    for (size_t i = 0; i < t->n_columns; i++)
        if (sk_utf8_width(p->titles[i]) > titles)
            titles = sk_utf8_width(p->titles[i]);
    size_t room =
        p->look->width > titles + GAP + CARD_LEAST ? p->look->width - titles - GAP : CARD_LEAST;
    for (size_t i = 0; i < t->n_columns; i++) {
        sk_str rest = p->texts[r * t->n_columns + i];
        if (!rest.n)
            continue;
        put_styled(p, p->titles[i], SK_STYLE_BOLD);
        p->blanks = titles - sk_utf8_width(p->titles[i]) + GAP;
        while (rest.n) {
            put_styled(p, take_line(&rest, room), t->rows[r].slots[i].style);
            end_line(p);
            p->blanks = titles + GAP;
        }
        p->blanks = 0;
    }
}

static void put_cards(page *p)
{
    for (size_t r = 0; r < p->t->n_rows; r++) {
        if (!p->t->rows[r].slots) {
            put_heading(p, p->t->rows[r].heading, r == 0);
            continue;
        }
        if (r)
            sk_buf_addc(p->out, '\n');
        put_card(p, r);
    }
}

void sk_table_text(const sk_table *t, const sk_look *look, sk_buf *out)
{
    sk_assert(t->n_filled == 0);
    page p = {.a = SK_ARENA_INIT, .t = t, .look = look, .out = out};
    prepare(&p);
    if (fit(&p))
        put_columns(&p);
    else
        put_cards(&p);
    sk_arena_done(&p.a);
}
