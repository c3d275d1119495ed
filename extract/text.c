#include "source.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "base/paragraph.h"
#include "furniture.h"

enum {
    TITLE_BYTES = 300, /* the longest first line that may be a title */
};

static void note_charset(sk_build *b, const sk_charset_found *f, sk_decoded *d)
{
    b->doc.charset = sk_str_of(f->name);
    b->doc.charset_how = f->how;
    if (f->is_ambiguous)
        sk_build_note(b, SK_OUTCOME_PARTIAL,
                      "the charset is not certain: %s and %s fit about equally well, read as %s; "
                      "name the charset to be sure",
                      f->name, sk_charset_name(f->rival), f->name);
    if (f->is_strange)
        sk_build_note(
            b, SK_OUTCOME_PARTIAL,
            "read as %s, which fits best, and hardly looks like text of it: perhaps it is "
            "in a charset that cannot be told by content; name the charset to be sure",
            f->name);
    if (d->n_bad)
        sk_build_note(b, SK_OUTCOME_PARTIAL,
                      "%zu places are not %s and were replaced, the first at byte %llu", d->n_bad,
                      f->name, (unsigned long long)d->first_bad);
    if (d->n_controls)
        sk_build_note(b, SK_OUTCOME_PARTIAL, "%zu control characters were replaced by blanks",
                      d->n_controls);
}

bool sk_source_decode(sk_build *b, const sk_source *src, sk_str declared, size_t ceiling,
                      sk_decoded *ret_decoded)
{
    if (src->charset.n && !sk_charset_find(src->charset))
        sk_build_note(b, SK_OUTCOME_PARTIAL, "the charset \"%.*s\" is not known and was found out",
                      SK_P(src->charset));
    sk_charset_found f = sk_charset_find_out(b->cx, src->bytes, src->charset, declared);
    if (f.is_binary) {
        sk_build_note(b, SK_OUTCOME_NONE, "this is no text and no format that can be read");
        b->doc.media = SK_S("application/octet-stream");
        return false;
    }
    *ret_decoded = sk_decode(b->cx, src->bytes, f.charset, ceiling);
    note_charset(b, &f, ret_decoded);
    if (src->is_cut || ret_decoded->is_cut)
        sk_build_note(b, SK_OUTCOME_PARTIAL, "only the first %zu MiB were read",
                      (ret_decoded->is_cut ? ceiling : SK_LIM_EXTRACT_BYTES) >> 20);
    return true;
}

/* The next line of text from *at, without its end; CRLF, LF and CR end lines. */
static bool next_line(sk_str text, size_t *at, sk_str *ret_line)
{
    if (*at >= text.n)
        return false;
    const char *from = text.p + *at, *end = text.p + text.n;
    const char *lf = memchr(from, '\n', (size_t)(end - from));
    const char *stop = lf ? lf : end;
    const char *cr = memchr(from, '\r', (size_t)(stop - from));
    if (cr) {
        *at += (size_t)(cr - from) + (cr + 1 == lf ? 2 : 1);
        stop = cr;
    } else {
        *at += (size_t)(stop - from) + (lf ? 1 : 0);
    }
    *ret_line = sk_str_range(from, stop);
    return true;
}

typedef struct text_state {
    sk_build *b;
    sk_decoded *d;
    size_t start, end; /* of the paragraph, in b->text */
    uint64_t from, to; /* of it, in the exhibit        */
    bool is_open;
} text_state;

static void close_paragraph(text_state *t)
{
    if (t->is_open)
        sk_build_mark(t->b, SK_BLOCK_TEXT, t->start, t->end, t->from, t->to);
    t->is_open = false;
}

/* Append one line as it stands (in NFC) and an LF; what is between blanks belongs to the block.
 * Where the text was borrowed whole, only the block is kept. */
static void put_line(text_state *t, sk_str line)
{
    sk_build *b = t->b;
    sk_arena_mark mark = sk_arena_here(&b->cx->arena);
    size_t at_line = (size_t)(line.p - t->d->text.p);
    sk_str nfc = b->is_borrowed ? line : sk_nfc(&b->cx->arena, line);
    sk_str core = sk_str_trim(nfc), raw = sk_str_trim(line);
    size_t at = (b->is_borrowed ? at_line : b->text.n) + (size_t)(core.p - nfc.p);
    if (core.n) {
        size_t at_raw = (size_t)(raw.p - t->d->text.p);
        if (!t->is_open) {
            t->start = at;
            t->from = sk_decoded_orig(t->d, at_raw);
        }
        t->end = at + core.n;
        t->to = sk_decoded_orig(t->d, at_raw + raw.n);
        t->is_open = true;
    }
    if (b->is_borrowed)
        return;
    sk_build_verbatim(b, nfc);
    sk_build_verbatim(b, SK_S("\n"));
    sk_arena_back_to(&b->cx->arena, mark);
}

/* UTF-8 in NFC with LF line ends is the document's text already, but for a last LF that may be
 * missing. True when the text was borrowed so. */
static bool borrow(sk_build *b, sk_decoded *d)
{
    sk_str s = d->text;
    if (!d->is_identity || !s.n || s.n >= SK_LIM_TEXT_BYTES || memchr(s.p, '\r', s.n) ||
        !sk_nfc_check(s))
        return false;
    if (s.p[s.n - 1] != '\n') {
        char *copy = sk_alloc(&b->cx->arena, s.n + 1);
        memcpy(copy, s.p, s.n);
        copy[s.n] = '\n';
        d->text = (sk_str){copy, s.n}; /* lines are sought where the borrowed text is */
        s = (sk_str){copy, s.n + 1};
    }
    sk_build_borrow(b, s);
    return true;
}

static void put_lines(sk_build *b, sk_decoded *d)
{
    text_state t = {.b = b, .d = d};
    sk_wrap wrap = sk_paragraph_wrap(d->text);
    size_t at = 0;
    sk_str line, next;
    bool more = next_line(d->text, &at, &line);
    while (more) {
        if (!b->is_borrowed &&
            b->text.n + 3 * line.n + 2 > SK_LIM_TEXT_BYTES) { /* NFC may lengthen, at most 3 fold */
            sk_build_note(b, SK_OUTCOME_PARTIAL, "only the first %zu MiB of text were kept",
                          SK_LIM_TEXT_BYTES >> 20);
            break;
        }
        put_line(&t, line);
        more = next_line(d->text, &at, &next);
        if (!more || !sk_paragraph_goes_on(wrap, line, next))
            close_paragraph(&t);
        if (sk_build_is_full(b)) {
            if (b->is_borrowed) /* what comes behind has no blocks: it is not part of it */
                b->text.n = (size_t)(line.p + line.n + 1 - d->text.p);
            break;
        }
        line = next;
    }
    close_paragraph(&t);
}

/* The first line of content is the title when it is short, no sentence, and a longer paragraph or a
 * sentence follows; a list of names has no title. */
static void find_title(sk_build *b)
{
    size_t i = 0;
    while (i < b->n_blocks && b->blocks[i].kind == SK_BLOCK_FURNITURE)
        i++;
    if (i + 1 >= b->n_blocks)
        return;
    sk_str text = sk_buf_str(&b->text);
    sk_block *k = &b->blocks[i];
    sk_str line = sk_str_sub(text, k->start, k->end - k->start);
    char last = line.n ? line.p[line.n - 1] : '.';
    bool asks = last == '?' || last == '!' || sk_str_ends(line, SK_S("\xEF\xBC\x9F"));
    if (line.n > TITLE_BYTES || last == ',' || last == ';' || last == ':' ||
        (sk_ends_sentence(line) && !asks) || sk_str_find(line, SK_S("\n")) != SIZE_MAX)
        return;
    for (size_t j = i + 1; j < b->n_blocks && j <= i + 3; j++) {
        sk_str next = sk_str_sub(text, b->blocks[j].start, b->blocks[j].end - b->blocks[j].start);
        if (next.n > line.n && (next.n > 120 || sk_ends_sentence(next))) {
            k->kind = SK_BLOCK_HEADING;
            b->doc.title = line;
            return;
        }
    }
}

void sk_read_text(sk_build *b, const sk_source *src)
{
    sk_decoded d;
    b->doc.reader = SK_S("text/1");
    b->doc.media = SK_S("text/plain");
    if (!sk_source_decode(b, src, src->declared, SK_LIM_TEXT_BYTES, &d))
        return;
    if (!borrow(b, &d) && d.text.n < SK_LIM_TEXT_BYTES)
        sk_buf_room(&b->text, d.text.n + 1); /* all at once: it will hardly grow */
    put_lines(b, &d);
    sk_furniture_mark(b);
    find_title(b);
}
