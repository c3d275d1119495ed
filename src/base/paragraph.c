#include "base/paragraph.h"

#include "base/utf8.h"

enum {
    MOST_COLUMNS = 100, /* lines up to this wide may be wrapped paragraphs                   */
    LEAST_COLUMNS = 40, /* narrower ones are lists and verse                                  */
    SLACK_COLUMNS = 12, /* how much narrower than the widest a wrapped line may be            */
    LINES_THAT_SHOW = 8 /* fewer lines show it only where they break in the midst of a sentence */
};

static size_t width_of(sk_str line, bool in_chars)
{
    if (line.n > 4 * MOST_COLUMNS)
        return line.n;
    return in_chars ? sk_utf8_count(line) : sk_utf8_width(line);
}

static sk_str first_word(sk_str line)
{
    line = sk_str_trim(line);
    size_t n = 0;
    while (n < line.n && line.p[n] != ' ' && line.p[n] != '\t')
        n++;
    return (sk_str){line.p, n};
}

static bool is_full(sk_str line, sk_str next, size_t column, bool in_chars)
{
    return width_of(line, in_chars) + 1 + width_of(first_word(next), in_chars) > column;
}

/* Does a sentence go on from line to next: no stop at the end, and no large letter at the beginning? */
static bool breaks_sentence(sk_str line, sk_str next)
{
    line = sk_str_trim(line);
    next = sk_str_trim(next);
    size_t at = 0;
    char last = line.n ? line.p[line.n - 1] : 0;
    if (!last || !next.n || strchr(".!?:;", last) || sk_str_ends(line, SK_S("\xE3\x80\x82")))
        return false;
    uint32_t c = sk_utf8_next(next, &at);
    while (c >= '0' && c <= '9' && at < next.n && next.p[at] >= '0' && next.p[at] <= '9')
        at++;
    if (c >= '0' && c <= '9') /* not "1. The first point" */
        return at < next.n && next.p[at] != '.' && next.p[at] != ')';
    return (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44F) || c >= 0x1100;
}

typedef struct lines {
    size_t n, widest, inner, near, full, broken;
} lines;

static bool look_for_widest(sk_str text, bool in_chars, lines *ret_lines)
{
    sk_str line;
    for (; sk_str_cut(&text, '\n', &line); ret_lines->n++) {
        size_t width = width_of(line, in_chars);
        if (width > MOST_COLUMNS)
            return false;
        if (width > ret_lines->widest)
            ret_lines->widest = width;
    }
    return ret_lines->widest >= LEAST_COLUMNS;
}

/* The column, 0 when the text is not wrapped; *ret_full is the share of the lines, in thousandths, whose
 * successor did not fit. */
static size_t column_of(sk_str text, bool in_chars, size_t *ret_full)
{
    lines l = {0};
    *ret_full = 0;
    sk_str line, next;
    if (!look_for_widest(text, in_chars, &l))
        return 0;
    bool more = sk_str_cut(&text, '\n', &line);
    for (; more && (more = sk_str_cut(&text, '\n', &next)); line = next) {
        if (!sk_str_trim(line).n || !sk_str_trim(next).n)
            continue;
        bool full = is_full(line, next, l.widest, in_chars);
        l.inner++;
        l.near += width_of(line, in_chars) + SLACK_COLUMNS >= l.widest;
        l.full += full;
        l.broken += full && breaks_sentence(line, next);
    }
    bool shows = l.n >= LINES_THAT_SHOW && l.inner && l.near * 3 >= l.inner * 2;
    bool breaks =
        l.broken && (l.full == l.inner || (l.full * 4 >= l.inner * 3 && l.broken * 2 >= l.full));
    if (!l.inner || (!shows && !breaks))
        return 0;
    *ret_full = l.full * 1000 / l.inner;
    return l.widest;
}

sk_wrap sk_paragraph_wrap(sk_str text)
{
    size_t full, full_chars, column = column_of(text, false, &full),
                             chars = column_of(text, true, &full_chars);
    if (chars && (!column || full_chars > full))
        return (sk_wrap){chars, true};
    return (sk_wrap){column, false};
}

bool sk_paragraph_goes_on(sk_wrap w, sk_str line, sk_str next)
{
    if (!w.column || !sk_str_trim(line).n || !sk_str_trim(next).n || next.p[0] == ' ' ||
        next.p[0] == '\t')
        return false;
    return is_full(line, next, w.column, w.in_chars);
}
