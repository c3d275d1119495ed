#include "cli/review_line.h"

#include "base/utf8.h"
#include "cli/review_pane.h"

void sk_typed_init(sk_typed *line, sk_str text)
{
    *line = (sk_typed){.cursor = 0};
    sk_buf_init(&line->text, SK_LIM_VALUE_BYTES);
    sk_buf_add(&line->text, text);
    line->cursor = line->text.n;
}

void sk_typed_done(sk_typed *line)
{
    sk_buf_done(&line->text);
}

/* Put what in place of the bytes from..to; past the ceiling nothing happens. */
static void replace(sk_typed *line, size_t from, size_t to, sk_str what)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_VALUE_BYTES);
    sk_str all = sk_buf_str(&line->text);
    sk_buf_add(&b, sk_str_sub(all, 0, from));
    sk_buf_add(&b, what);
    sk_buf_add(&b, sk_str_sub(all, to, all.n));
    if (b.overflow) {
        sk_buf_done(&b);
        return;
    }
    sk_buf_done(&line->text);
    line->text = b;
    line->cursor = from + what.n;
}

static size_t character_before(const sk_typed *line)
{
    return line->cursor ? sk_utf8_grapheme_start(sk_typed_text(line), line->cursor) : 0;
}

static size_t character_behind(const sk_typed *line)
{
    return line->cursor < line->text.n ? sk_utf8_grapheme_end(sk_typed_text(line), line->cursor)
                                       : line->cursor;
}

static size_t word_before(const sk_typed *line)
{
    size_t at = line->cursor;
    while (at && line->text.p[at - 1] == ' ')
        at--;
    while (at && line->text.p[at - 1] != ' ')
        at--;
    return at;
}

static bool control(sk_typed *line, uint32_t c)
{
    if (c == 'a')
        line->cursor = 0;
    else if (c == 'e')
        line->cursor = line->text.n;
    else if (c == 'u')
        replace(line, 0, line->cursor, SK_S(""));
    else if (c == 'k')
        replace(line, line->cursor, line->text.n, SK_S(""));
    else if (c == 'w')
        replace(line, word_before(line), line->cursor, SK_S(""));
    else
        return false;
    return true;
}

bool sk_typed_key(sk_typed *line, sk_key key)
{
    char bytes[4];
    switch (key.kind) {
    case SK_KEY_CHAR:
        replace(line, line->cursor, line->cursor, (sk_str){bytes, sk_utf8_put(key.c, bytes)});
        return true;
    case SK_KEY_ENTER:
    case SK_KEY_TAB:
        if (key.is_pasted)
            replace(line, line->cursor, line->cursor, SK_S(" "));
        return key.is_pasted;
    case SK_KEY_BACKSPACE:
        replace(line, character_before(line), line->cursor, SK_S(""));
        return true;
    case SK_KEY_DELETE: {
        size_t at = line->cursor;
        replace(line, at, character_behind(line), SK_S(""));
        line->cursor = at;
        return true;
    }
    case SK_KEY_LEFT:
        line->cursor = character_before(line);
        return true;
    case SK_KEY_RIGHT:
        line->cursor = character_behind(line);
        return true;
    case SK_KEY_HOME:
        line->cursor = 0;
        return true;
    case SK_KEY_FINISH:
        line->cursor = line->text.n;
        return true;
    case SK_KEY_CONTROL:
        return control(line, key.c);
    default:
        return false;
    }
}

/* Columns of a piece as it is shown. */
static size_t shown_width(sk_str piece)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_VALUE_BYTES * 8);
    sk_term_clean(&b, piece, false);
    size_t w = sk_utf8_width(sk_buf_str(&b));
    sk_buf_done(&b);
    return w;
}

void sk_typed_put(sk_typed *line, sk_buf *out, size_t width, size_t *ret_column)
{
    sk_str all = sk_typed_text(line);
    if (line->left > line->cursor)
        line->left = line->cursor;
    /* one column stays free, for the cursor behind the last character */
    size_t from = line->cursor, used = 1;
    while (from > line->left) {
        size_t before = sk_utf8_grapheme_start(all, from);
        used += shown_width(sk_str_sub(all, before, from - before));
        if (used > width)
            break;
        from = before;
    }
    line->left = from;
    *ret_column = shown_width(sk_str_sub(all, line->left, line->cursor - line->left));
    sk_put_fitted(out, sk_str_sub(all, line->left, all.n), width ? width - 1 : 0);
}
