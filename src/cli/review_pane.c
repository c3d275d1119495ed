#include "cli/review_pane.h"

#include "base/utf8.h"
#include "base/linebreak.h"

enum {
    PART_BYTES = 4096, /* a block is cut near here */
    GUTTER = 2,
    LEAST_WIDTH = 8
};

struct sk_pane_part {
    sk_str text;
    size_t start; /* of its first byte, in the exhibit's text */
    sk_block_kind kind;
};

struct sk_pane_line {
    size_t part, start, end; /* bytes of the exhibit's text */
};

/* ---- parts ---- */

/* Where a long text is cut: behind the last blank in its second half, else between characters. */
static size_t cut_at(sk_str text)
{
    if (text.n <= PART_BYTES)
        return text.n;
    for (size_t i = PART_BYTES; i > PART_BYTES / 2; i--)
        if (text.p[i - 1] == ' ' || text.p[i - 1] == '\n')
            return i;
    size_t at = 0;
    while (at < PART_BYTES)
        at = sk_utf8_grapheme_end(text, at);
    return at;
}

void sk_pane_init(sk_pane *p, const sk_text_block *blocks, size_t n_blocks)
{
    *p = (sk_pane){.columns = 80, .rows = 24};
    sk_pane_part *parts = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < n_blocks; i++)
        for (size_t at = 0; at < blocks[i].text.n;) {
            sk_str rest = sk_str_sub(blocks[i].text, at, blocks[i].text.n);
            size_t bytes = cut_at(rest);
            SK_GROW(&p->arena, parts, n, cap);
            parts[n++] =
                (sk_pane_part){sk_str_sub(rest, 0, bytes), blocks[i].start + at, blocks[i].kind};
            at += bytes;
        }
    p->parts = parts;
    p->n_parts = n;
    p->top = n ? parts[0].start : 0;
}

void sk_pane_done(sk_pane *p)
{
    sk_arena_done(&p->arena);
    sk_arena_done(&p->layout);
}

void sk_pane_fit(sk_pane *p, size_t columns, size_t rows, const sk_term *look)
{
    p->columns = columns;
    p->rows = rows;
    p->colour = look->colour;
    p->utf8 = look->utf8;
}

/* The last part that begins at or before byte. */
static size_t part_of(const sk_pane *p, size_t byte)
{
    size_t low = 0, high = p->n_parts;
    while (low + 1 < high) {
        size_t mid = low + (high - low) / 2;
        if (p->parts[mid].start <= byte)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static size_t part_end(const sk_pane_part *part)
{
    return part->start + part->text.n;
}

/* ---- characters as they are shown ---- */

/* The character at text[at, end), safe to print. A tab is two blanks. */
static void put_character(sk_buf *out, sk_str text, size_t at, size_t end)
{
    if (text.p[at] == '\t')
        sk_buf_add(out, SK_S("  "));
    else if (text.p[at] != '\n')
        sk_term_clean(out, sk_str_sub(text, at, end - at), false);
}

static size_t character_width(sk_buf *scratch, sk_str text, size_t at, size_t end)
{
    unsigned char c = (unsigned char)text.p[at];
    if (end - at == 1 && c >= 0x20 && c < 0x7F)
        return 1;
    sk_buf_reset(scratch);
    put_character(scratch, text, at, end);
    return sk_utf8_width(sk_buf_str(scratch));
}

/* Without colours a mark is a pair of brackets; these are how many open and close at a character.
 * Marks of the sentence alone have none: the gutter shows it. */
static size_t brackets_at(const sk_pane *p, size_t start, size_t end, bool is_opening)
{
    size_t n = 0;
    for (size_t i = 0; !p->colour && i < p->n_marks; i++) {
        const sk_mark *m = &p->marks[i];
        if (m->role == SK_MARK_SENTENCE || m->start >= m->end)
            continue;
        if (is_opening)
            n += m->start >= start && m->start < end;
        else
            n += m->end > start && m->end <= end;
    }
    return n;
}

/* ---- laying out ---- */

/* One line from text[at]: where it ends, and where the next one begins (behind the blanks).
 * p is NULL for a text without marks; base is where text begins in the exhibit's. */
static size_t take_line(const sk_pane *p, sk_str text, size_t base, size_t at, size_t width,
                        size_t *ret_next)
{
    size_t used = 0, fits = at, next_if_fits = at, bracket = p && p->utf8 ? 1 : 2;
    uint32_t before = 0;
    sk_buf scratch;
    sk_buf_init(&scratch, SK_KIB(16));
    size_t i = at, end = text.n;
    while (i < text.n) {
        size_t after = sk_utf8_grapheme_end(text, i), peek = i;
        uint32_t c = sk_utf8_next(text, &peek);
        if (i > at && sk_linebreak_may(before == '\t' ? ' ' : before, c == '\t' ? ' ' : c))
            fits = i;
        if (c == '\n') {
            end = i;
            next_if_fits = after;
            break;
        }
        size_t w = character_width(&scratch, text, i, after);
        if (p)
            w += bracket * (brackets_at(p, base + i, base + after, true) +
                            brackets_at(p, base + i, base + after, false));
        if (used + w > width && i > at && c != ' ') {
            end = fits > at ? fits : i; /* a word wider than the line is cut between characters */
            next_if_fits = end;
            break;
        }
        used += w;
        before = c;
        i = after;
        end = i;
        next_if_fits = i;
    }
    sk_buf_done(&scratch);
    *ret_next = next_if_fits > at ? next_if_fits : end;
    return end;
}

static size_t text_width(const sk_pane *p)
{
    return p->columns > GUTTER + LEAST_WIDTH ? p->columns - GUTTER - 1 : LEAST_WIDTH;
}

/* The lines of one part, in the layout arena; at least one. */
static sk_pane_line *lay_out(sk_pane *p, size_t i, size_t *ret_n)
{
    const sk_pane_part *part = &p->parts[i];
    sk_pane_line *lines = NULL;
    size_t n = 0, cap = 0, next;
    for (size_t at = 0; at < part->text.n; at = next) {
        size_t end = take_line(p, part->text, part->start, at, text_width(p), &next);
        SK_GROW(&p->layout, lines, n, cap);
        lines[n++] = (sk_pane_line){i, part->start + at, part->start + end};
        sk_assert(next > at);
    }
    *ret_n = n;
    return lines;
}

static size_t line_of(const sk_pane_line *lines, size_t n, size_t byte)
{
    size_t k = 0;
    while (k + 1 < n && lines[k + 1].start <= byte)
        k++;
    return k;
}

/* The line that is so many lines below that of byte (above when negative), stopping at the ends. */
static sk_pane_line line_beside(sk_pane *p, size_t byte, long by)
{
    size_t i = part_of(p, byte), n;
    sk_pane_line *lines = lay_out(p, i, &n);
    size_t k = line_of(lines, n, byte);
    for (; by > 0; by--) {
        if (k + 1 < n) {
            k++;
        } else if (i + 1 < p->n_parts) {
            lines = lay_out(p, ++i, &n);
            k = 0;
        }
    }
    for (; by < 0; by++) {
        if (k > 0) {
            k--;
        } else if (i > 0) {
            lines = lay_out(p, --i, &n);
            k = n - 1;
        }
    }
    return lines[k];
}

static void forget_layout(sk_pane *p)
{
    sk_arena_done(&p->layout);
}

void sk_pane_scroll(sk_pane *p, long lines)
{
    if (!p->n_parts)
        return;
    p->top = line_beside(p, p->top, lines).start;
    size_t last = part_end(&p->parts[p->n_parts - 1]) - 1;
    size_t lowest = line_beside(p, last, -(long)(p->rows > 1 ? p->rows - 1 : 0)).start;
    if (p->top > lowest)
        p->top = lowest; /* the window ends with the text */
    forget_layout(p);
}

void sk_pane_centre(sk_pane *p, size_t byte)
{
    if (!p->n_parts)
        return;
    p->top = line_beside(p, byte, -(long)(p->rows / 3)).start;
    sk_pane_scroll(p, 0);
}

void sk_pane_reveal(sk_pane *p, size_t byte)
{
    if (!p->n_parts || !p->rows)
        return;
    size_t line = line_beside(p, byte, 0).start;
    size_t first_top = line_beside(p, byte, -(long)(p->rows - 1)).start;
    if (line < p->top)
        p->top = line;
    else if (first_top > p->top)
        p->top = first_top;
    forget_layout(p);
}

/* ---- drawing ---- */

const char *sk_mark_colour(sk_mark_role role)
{
    static const char *const colours[SK_MARK_ROLES] = {
        [SK_MARK_SENTENCE] = "",  [SK_MARK_CUE] = "4",      [SK_MARK_SAYS] = "4;34",
        [SK_MARK_WHO] = "1;31",   [SK_MARK_WHOM] = "1;35",  [SK_MARK_WHEN] = "1;32",
        [SK_MARK_WHERE] = "1;36", [SK_MARK_COUNT] = "1;34", [SK_MARK_ACT] = "1;30;43",
        [SK_MARK_OTHER] = "1",    [SK_MARK_CHOSEN] = "7",
    };
    return colours[role];
}

/* The role drawn on top at a byte. */
static sk_mark_role role_at(const sk_pane *p, size_t byte)
{
    sk_mark_role role = SK_MARK_SENTENCE;
    for (size_t i = 0; i < p->n_marks; i++)
        if (p->marks[i].start <= byte && byte < p->marks[i].end && p->marks[i].role > role)
            role = p->marks[i].role;
    return role;
}

static void put_brackets(const sk_pane *p, sk_buf *out, size_t n, bool is_opening)
{
    for (; n; n--)
        sk_buf_add(out, is_opening ? (p->utf8 ? SK_S("\xE2\x9F\xA6") : SK_S("[["))
                                   : (p->utf8 ? SK_S("\xE2\x9F\xA7") : SK_S("]]")));
}

static char sign_of(const sk_pane *p, const sk_pane_line *line)
{
    for (size_t i = 0; i < p->n_gutters; i++)
        if (p->gutters[i].start < line->end && p->gutters[i].end > line->start)
            return p->gutters[i].sign;
    return p->parts[line->part].kind == SK_BLOCK_FURNITURE ? '~' : ' ';
}

static void put_line(const sk_pane *p, const sk_pane_line *line, sk_buf *out)
{
    const sk_pane_part *part = &p->parts[line->part];
    size_t at = line->start - part->start, end = line->end - part->start;
    const char *on = "", *now = part->kind == SK_BLOCK_FURNITURE ? "2" : "";
    sk_buf_addf(out, "%c ", sign_of(p, line));
    while (end > at && (part->text.p[end - 1] == ' ' || part->text.p[end - 1] == '\n'))
        end--;
    for (size_t after; at < end; at = after) {
        after = sk_utf8_grapheme_end(part->text, at);
        size_t byte = part->start + at, behind = part->start + after;
        if (p->colour) {
            const char *wanted = sk_mark_colour(role_at(p, byte));
            wanted = wanted[0] ? wanted : now;
            if (strcmp(wanted, on) != 0)
                sk_buf_addf(out, "\x1b[0%s%sm", wanted[0] ? ";" : "", wanted);
            on = wanted;
        }
        put_brackets(p, out, brackets_at(p, byte, behind, true), true);
        put_character(out, part->text, at, after);
        put_brackets(p, out, brackets_at(p, byte, behind, false), false);
    }
    sk_buf_add(out, on[0] ? SK_S("\x1b[0m\n") : SK_S("\n"));
}

void sk_pane_put(sk_pane *p, sk_buf *out)
{
    size_t row = 0, n = 0, k = 0;
    size_t i = p->n_parts ? part_of(p, p->top) : 0;
    sk_pane_line *lines = NULL;
    for (; row < p->rows && i < p->n_parts; i++, row += n - k, k = 0) {
        lines = lay_out(p, i, &n);
        if (!row)
            k = line_of(lines, n, p->top);
        for (size_t m = k; m < n && row + m - k < p->rows; m++)
            put_line(p, &lines[m], out);
    }
    for (; row < p->rows; row++)
        sk_buf_addc(out, '\n');
    forget_layout(p);
}

/* ---- words ---- */

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == 0x3000 || c == 0xA0;
}

/* The end of the word that begins at text[at]: up to a blank; between wide characters that are not
 * Korean each stands alone. */
static size_t word_end(sk_str text, size_t at)
{
    uint32_t before = 0;
    size_t from = at;
    while (at < text.n) {
        size_t after = sk_utf8_grapheme_end(text, at), peek = at;
        uint32_t c = sk_utf8_next(text, &peek);
        if (is_blank(c) || (at > from && sk_linebreak_may(before, c)))
            break;
        before = c;
        at = after;
    }
    return at;
}

/* Words of one part, one a call; false at its end. */
static bool next_word(sk_str text, size_t *at, size_t *ret_start, size_t *ret_end)
{
    while (*at < text.n) {
        size_t peek = *at;
        if (!is_blank(sk_utf8_next(text, &peek)))
            break;
        *at = peek;
    }
    if (*at >= text.n)
        return false;
    *ret_start = *at;
    *ret_end = *at = word_end(text, *at);
    return true;
}

bool sk_pane_word(const sk_pane *p, size_t byte, size_t *ret_start, size_t *ret_end)
{
    for (size_t i = p->n_parts ? part_of(p, byte) : 0; i < p->n_parts; i++) {
        size_t at = 0, start, end;
        while (next_word(p->parts[i].text, &at, &start, &end))
            if (p->parts[i].start + end > byte) {
                *ret_start = p->parts[i].start + start;
                *ret_end = p->parts[i].start + end;
                return true;
            }
    }
    return false;
}

bool sk_pane_word_before(const sk_pane *p, size_t byte, size_t *ret_start, size_t *ret_end)
{
    for (size_t i = p->n_parts ? part_of(p, byte) + 1 : 0; i-- > 0;) {
        size_t at = 0, start, end;
        bool found = false;
        while (next_word(p->parts[i].text, &at, &start, &end) && p->parts[i].start + end <= byte) {
            *ret_start = p->parts[i].start + start;
            *ret_end = p->parts[i].start + end;
            found = true;
        }
        if (found)
            return true;
    }
    return false;
}

/* Columns from the start of its line to byte. */
static size_t column_of(const sk_pane *p, const sk_pane_line *line, size_t byte)
{
    const sk_pane_part *part = &p->parts[line->part];
    sk_buf scratch;
    size_t columns = 0, end;
    sk_buf_init(&scratch, SK_KIB(16));
    for (size_t at = line->start - part->start; part->start + at < byte && at < part->text.n;
         at = end) {
        end = sk_utf8_grapheme_end(part->text, at);
        columns += character_width(&scratch, part->text, at, end);
    }
    sk_buf_done(&scratch);
    return columns;
}

bool sk_pane_word_beside(sk_pane *p, size_t byte, long lines, size_t *ret_start, size_t *ret_end)
{
    if (!p->n_parts)
        return false;
    sk_pane_line from = line_beside(p, byte, 0), to = line_beside(p, byte, lines);
    size_t wanted = column_of(p, &from, byte), start, end;
    bool found = false;
    for (size_t at = to.start; at < to.end && sk_pane_word(p, at, &start, &end); at = end) {
        if (found && (start >= to.end || column_of(p, &to, start) > wanted))
            break;
        *ret_start = start;
        *ret_end = end;
        found = true;
    }
    forget_layout(p);
    return found;
}

size_t sk_pane_character(const sk_pane *p, size_t byte, bool back)
{
    if (!p->n_parts)
        return SIZE_MAX;
    size_t i = part_of(p, back && byte ? byte - 1 : byte);
    const sk_pane_part *part = &p->parts[i];
    if (byte < part->start || byte > part_end(part))
        return SIZE_MAX;
    size_t at = byte - part->start;
    if (back)
        return at ? part->start + sk_utf8_grapheme_start(part->text, at) : SIZE_MAX;
    return at < part->text.n ? part->start + sk_utf8_grapheme_end(part->text, at) : SIZE_MAX;
}

size_t sk_pane_find(const sk_pane *p, sk_str words, size_t byte)
{
    for (size_t i = p->n_parts && words.n ? part_of(p, byte) : p->n_parts; i < p->n_parts; i++) {
        sk_str text = p->parts[i].text;
        size_t at = byte > p->parts[i].start ? byte - p->parts[i].start : 0;
        for (; at + words.n <= text.n; at++)
            if (sk_str_eq_nocase(sk_str_sub(text, at, words.n), words))
                return p->parts[i].start + at;
    }
    return SIZE_MAX;
}

sk_str sk_pane_text(const sk_pane *p, sk_arena *a, size_t start, size_t end)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_TEXT_BYTES);
    for (size_t i = p->n_parts ? part_of(p, start) : 0; i < p->n_parts && p->parts[i].start < end;
         i++) {
        const sk_pane_part *part = &p->parts[i];
        size_t from = start > part->start ? start - part->start : 0;
        size_t to = end < part_end(part) ? end - part->start : part->text.n;
        if (from >= to)
            continue;
        if (b.n && part->start != part_end(part - 1))
            sk_buf_addc(&b, ' ');
        sk_buf_add(&b, sk_str_sub(part->text, from, to - from));
    }
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] == '\n' || b.p[i] == '\t')
            b.p[i] = ' ';
    sk_str text = sk_str_copy(a, sk_buf_str(&b));
    sk_buf_done(&b);
    return text;
}

/* ---- lines of other texts ---- */

size_t sk_line_bytes(sk_str text, size_t width)
{
    size_t next;
    if (!text.n)
        return 0;
    take_line(NULL, text, 0, 0, width ? width : 1, &next);
    return next;
}

size_t sk_put_fitted(sk_buf *out, sk_str text, size_t width)
{
    sk_buf line, scratch;
    sk_buf_init(&line, SK_KIB(64));
    sk_buf_init(&scratch, SK_KIB(16));
    size_t used = 0, at = 0, kept = 0, kept_width = 0;
    while (at < text.n && !line.overflow) {
        size_t end = sk_utf8_grapheme_end(text, at);
        size_t w = text.p[at] == '\n' ? 1 : character_width(&scratch, text, at, end);
        if (used + w > width)
            break;
        if (used + 2 <= width) { /* room for ".." behind what stands before this character */
            kept = line.n;
            kept_width = used;
        }
        if (text.p[at] == '\n')
            sk_buf_addc(&line, ' ');
        else
            put_character(&line, text, at, end);
        used += w;
        at = end;
    }
    if (at < text.n && width >= 2) {
        sk_buf_add(out, sk_str_sub(sk_buf_str(&line), 0, kept));
        sk_buf_add(out, SK_S(".."));
        used = kept_width + 2;
    } else {
        sk_buf_add(out, sk_buf_str(&line));
    }
    sk_buf_done(&line);
    sk_buf_done(&scratch);
    return used;
}
