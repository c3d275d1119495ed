#include "char_stream.h"

#include "base/utf8.h"
#include "charset_private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    IN_BYTES = 64 << 10,
    WORST_GROWTH = 4,     /* bytes of UTF-8 that a byte may become                       */
    MOST_LINES = 1 << 20, /* lines remembered; more in one row, and its range is unknown */
};

typedef struct line {
    uint64_t at_text, at_byte;
} line;

struct sk_char_stream {
    const sk_charset *cs;
    iconv_t converter;
    int fd;     /* -1: memory      */
    sk_str mem; /* not read yet    */
    char *in;
    size_t in_at, in_n; /* bytes at hand: in[in_at..in_n)   */
    uint64_t at_byte;   /* of in[in_at] in the file         */
    bool is_at_end, has_failed;
    sk_buf out;
    size_t out_at;    /* text not given out yet: from here on   */
    uint64_t at_text; /* of the end of out in the text          */
    line *lines;      /* where lines begin: [first, n)          */
    size_t first, n, cap;
    bool has_lost_lines;
    uint64_t n_bad, bad_text, bad_byte;
};

static void put_line(sk_char_stream *s)
{
    if (s->cs->has_states || s->has_lost_lines)
        return;
    if (s->n == s->cap && s->first > s->n / 2) { /* forget what was asked about */
        memmove(s->lines, s->lines + s->first, (s->n - s->first) * sizeof *s->lines);
        s->n -= s->first;
        s->first = 0;
    }
    if (s->n - s->first >= MOST_LINES) {
        s->has_lost_lines = true;
        return;
    }
    if (s->n == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 1024;
        s->lines = sk_xrealloc(s->lines, s->cap * sizeof *s->lines);
    }
    s->lines[s->n++] = (line){s->at_text, s->at_byte};
}

/* Bring more bytes; what is at hand stays in front. */
static void fill(sk_char_stream *s)
{
    size_t left = s->in_n - s->in_at;
    memmove(s->in, s->in + s->in_at, left);
    s->in_at = 0;
    s->in_n = left;
    if (left == IN_BYTES)
        return;
    if (s->fd < 0) {
        sk_str piece = sk_str_sub(s->mem, 0, IN_BYTES - left);
        if (piece.n)
            memcpy(s->in + left, piece.p, piece.n);
        s->mem = sk_str_sub(s->mem, piece.n, s->mem.n);
        s->in_n += piece.n;
        s->is_at_end = !piece.n;
        return;
    }
    ssize_t n;
    do
        n = pread(s->fd, s->in + left, IN_BYTES - left, (off_t)(s->at_byte + left));
    while (n < 0 && errno == EINTR);
    s->has_failed |= n < 0;
    s->is_at_end = n <= 0;
    s->in_n += n > 0 ? (size_t)n : 0;
}

sk_char_stream *sk_char_stream_open(sk_ctx *cx, const sk_source *src, const sk_charset *cs)
{
    sk_char_stream *s = sk_xmalloc(sizeof *s);
    *s = (sk_char_stream){.cs = cs, .fd = src->fd, .mem = src->bytes};
    s->in = sk_xmalloc(IN_BYTES);
    if (cs->iconv_name)
        s->converter = sk_charset_converter(cs);
    sk_buf_init(&s->out, 2 * WORST_GROWTH * IN_BYTES + 64);
    fill(s);
    sk_str head = {s->in, s->in_n};
    size_t mark = cs->id == SK_CS_UTF8 && sk_str_starts(head, SK_S("\xEF\xBB\xBF"))  ? 3
                  : cs->id == SK_CS_UTF16LE && sk_str_starts(head, SK_S("\xFF\xFE")) ? 2
                  : cs->id == SK_CS_UTF16BE && sk_str_starts(head, SK_S("\xFE\xFF")) ? 2
                                                                                     : 0;
    s->in_at = mark;
    s->at_byte = mark;
    put_line(s);
    return s;
}

void sk_char_stream_close(sk_char_stream *s)
{
    if (!s)
        return;
    sk_buf_done(&s->out);
    free(s->lines);
    free(s->in);
    free(s);
}

static void put_bad(sk_char_stream *s)
{
    if (!s->n_bad++) {
        s->bad_text = s->at_text;
        s->bad_byte = s->at_byte;
    }
    sk_buf_add(&s->out, SK_S("\xEF\xBF\xBD"));
    s->at_text += 3;
}

static void took(sk_char_stream *s, size_t bytes)
{
    s->in_at += bytes;
    s->at_byte += bytes;
}

/* Bytes up to and with the next line end, or all at hand. No charset here has LF or CR as a part of
 * another character. */
static sk_str next_piece(const sk_char_stream *s, bool *ret_ends)
{
    sk_str all = {s->in + s->in_at, s->in_n - s->in_at};
    size_t n = 0;
    while (n < all.n && all.p[n] != '\n' && all.p[n] != '\r')
        n++;
    *ret_ends = n < all.n;
    return sk_str_sub(all, 0, n + *ret_ends);
}

/* One line, or what there is of it. False: nothing more can be made of what is at hand. */
static bool decode_line(sk_char_stream *s)
{
    bool ends, is_stuck = false;
    sk_str piece = next_piece(s, &ends);
    while (piece.n && !is_stuck) {
        char *room = sk_buf_room(&s->out, piece.n * WORST_GROWTH + 8);
        char *p = (char *)(uintptr_t)piece.p, *q = room;
        size_t left = piece.n, free_bytes = piece.n * WORST_GROWTH + 8;
        sk_assert(room);
        int why = iconv(s->converter, &p, &left, &q, &free_bytes) == (size_t)-1 ? errno : 0;
        sk_buf_grew(&s->out, (size_t)(q - room));
        s->at_text += (uint64_t)(q - room);
        took(s, piece.n - left);
        piece = sk_str_sub(piece, piece.n - left, left);
        is_stuck = why == EINVAL && !ends && !s->is_at_end; /* the rest of it comes later */
        if (why && !is_stuck) {
            put_bad(s);
            took(s, 1);
            piece = sk_str_sub(piece, 1, piece.n);
            iconv(s->converter, NULL, NULL, NULL, NULL);
        }
    }
    if (ends)
        put_line(s);
    return !is_stuck;
}

static bool decode_line_utf8(sk_char_stream *s)
{
    bool ends;
    sk_str piece = next_piece(s, &ends);
    while (piece.n) {
        size_t good = sk_utf8_find_bad(piece);
        sk_str run = sk_str_sub(piece, 0, good);
        sk_buf_add(&s->out, run);
        s->at_text += run.n;
        took(s, run.n);
        piece = sk_str_sub(piece, run.n, piece.n);
        if (!piece.n)
            break;
        if (piece.n < 4 && !ends && !s->is_at_end)
            return false;
        put_bad(s);
        took(s, 1);
        piece = sk_str_sub(piece, 1, piece.n);
    }
    if (ends)
        put_line(s);
    return true;
}

static bool decode_char_utf16(sk_char_stream *s)
{
    const unsigned char *p = (const unsigned char *)s->in + s->in_at;
    size_t left = s->in_n - s->in_at, n = 2, lo = s->cs->id == SK_CS_UTF16LE ? 0 : 1;
    char utf8[4];
    if (left < 4 && !s->is_at_end)
        return false;
    uint32_t c = left < 2 ? 0xD800 : (uint32_t)p[1 - lo] << 8 | p[lo];
    if (c >= 0xD800 && c <= 0xDBFF && left >= 4) {
        uint32_t d = (uint32_t)p[3 - lo] << 8 | p[2 + lo];
        if (d >= 0xDC00 && d <= 0xDFFF) {
            c = 0x10000 + ((c - 0xD800) << 10) + (d - 0xDC00);
            n = 4;
        }
    }
    if (c >= 0xD800 && c <= 0xDFFF) {
        put_bad(s);
        took(s, left < 2 ? left : 2);
        return true;
    }
    size_t bytes = sk_utf8_put(c, utf8);
    sk_buf_add(&s->out, (sk_str){utf8, bytes});
    s->at_text += bytes;
    took(s, n);
    if (c == '\n' || c == '\r')
        put_line(s);
    return true;
}

/* Some converters hold a character back that a mark may follow. */
static void let_go(sk_char_stream *s)
{
    size_t room = 16;
    char *out = s->converter ? sk_buf_room(&s->out, room) : NULL, *q = out;
    if (!out)
        return;
    iconv(s->converter, NULL, NULL, &q, &room);
    s->converter = NULL;
    sk_buf_grew(&s->out, (size_t)(q - out));
    s->at_text += (uint64_t)(q - out);
}

/* Decode what is at hand, bringing more bytes when needed. */
static void decode(sk_char_stream *s)
{
    bool (*step)(sk_char_stream *) = s->cs->id == SK_CS_UTF8 ? decode_line_utf8
                                     : s->cs->iconv_name     ? decode_line
                                                             : decode_char_utf16;
    sk_buf_reset(&s->out);
    s->out_at = 0;
    while (!s->out.n && !s->has_failed) {
        if (!s->is_at_end)
            fill(s);
        while (s->in_at < s->in_n && step(s)) {
        }
        if (!s->is_at_end)
            continue;
        let_go(s);
        return;
    }
}

ssize_t sk_char_stream_read(sk_char_stream *s, char *out, size_t n)
{
    if (s->out_at == s->out.n)
        decode(s);
    sk_str piece = sk_str_sub(sk_buf_str(&s->out), s->out_at, n);
    if (piece.n)
        memcpy(out, piece.p, piece.n);
    s->out_at += piece.n;
    return s->has_failed ? -1 : (ssize_t)piece.n;
}

static ssize_t read_cookie(void *cookie, char *out, size_t n)
{
    return sk_char_stream_read(cookie, out, n);
}

FILE *sk_char_stream_file(sk_char_stream *s)
{
    FILE *f = fopencookie(s, "r", (cookie_io_functions_t){.read = read_cookie});
    if (!f)
        sk_out_of_memory(0);
    setvbuf(f, NULL, _IOFBF, IN_BYTES); /* unbuffered, stdio would ask for single bytes */
    return f;
}

bool sk_char_stream_orig(sk_char_stream *s, uint64_t from, uint64_t to, uint64_t *ret_from,
                         uint64_t *ret_to)
{
    uint64_t unit = s->cs->id == SK_CS_UTF16LE || s->cs->id == SK_CS_UTF16BE ? 2 : 1;
    while (s->first < s->n && s->lines[s->first].at_text < from)
        s->first++;
    if (s->first == s->n || s->lines[s->first].at_text != from)
        return false;
    size_t i = s->first;
    uint64_t start = s->lines[i].at_byte;
    while (i < s->n && s->lines[i].at_text <= to)
        i++;
    bool is_last = i == s->n;
    if (is_last && (s->has_lost_lines || !s->is_at_end || s->at_text != to))
        return false;
    *ret_from = start;
    *ret_to = is_last ? s->at_byte : s->lines[i].at_byte - (s->lines[i].at_text - to) * unit;
    return true;
}

uint64_t sk_char_stream_bad(const sk_char_stream *s, uint64_t *ret_text, uint64_t *ret_byte)
{
    *ret_text = s->bad_text;
    *ret_byte = s->bad_byte;
    return s->n_bad;
}
