#include "charset_private.h"

#include "base/utf8.h"
#include "build.h"

#include <errno.h>

enum {
    STEP_BYTES = 4096,   /* of text or bytes between two known places */
    WORST_GROWTH = 4,    /* bytes of UTF-8 that a byte may become      */
    MOST_CHAR_BYTES = 4, /* of a character in any of the charsets      */
};

/* A place where text and bytes are known to agree. */
typedef struct sk_decoded_step {
    size_t at_text, at_bytes;
} sk_decoded_step;

static void put_step(sk_ctx *cx, sk_decoded *d, size_t at_text, size_t at_bytes)
{
    if (d->n_steps && at_text - d->steps[d->n_steps - 1].at_text < STEP_BYTES)
        return;
    SK_GROW(&cx->arena, d->steps, d->n_steps, d->cap_steps);
    d->steps[d->n_steps++] = (sk_decoded_step){at_text, at_bytes};
}

static void count_bad(sk_decoded *d, size_t at)
{
    if (!d->n_bad++)
        d->first_bad = at;
}

static bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

/* Bytes of s that are clean UTF-8, from its start. */
static size_t clean_run(sk_str s)
{
    size_t at = 0;
    while (at < s.n) {
        unsigned char c = (unsigned char)s.p[at];
        if (c < 0x80) {
            if (is_control(c))
                return at;
            at++;
            continue;
        }
        size_t n = sk_utf8_valid_bytes(s.p + at, s.n - at);
        if (!n)
            return at;
        at += n;
    }
    return at;
}

/* A form feed or vertical tab ends a line; the rest of the controls are blanks. Same length, so
 * that positions stay. */
static char replacement(sk_decoded *d, unsigned char c)
{
    if (c == 0x0C || c == 0x0B)
        return '\n';
    d->n_controls++;
    return ' ';
}

static void decode_utf8(sk_ctx *cx, sk_decoded *d, size_t ceiling)
{
    sk_str in = sk_str_sub(d->bytes, d->skip, ceiling);
    d->is_cut = in.n < d->bytes.n - d->skip;
    while (d->is_cut && in.n && ((unsigned char)in.p[in.n] & 0xC0) == 0x80)
        in.n--;
    d->is_identity = clean_run(in) == in.n;
    d->text = in;
    if (d->is_identity)
        return;
    sk_buf out;
    sk_buf_init(&out, SK_LIM_EXTRACT_BYTES * 3 + 4);
    for (size_t at = 0; at < in.n;) {
        size_t run = clean_run(sk_str_sub(in, at, in.n));
        put_step(cx, d, out.n, at + d->skip);
        sk_buf_add(&out, sk_str_sub(in, at, run));
        at += run;
        if (at >= in.n)
            break;
        unsigned char c = (unsigned char)in.p[at];
        if (is_control(c)) {
            sk_buf_addc(&out, replacement(d, c));
        } else {
            count_bad(d, at + d->skip);
            sk_buf_add(&out, SK_S("\xEF\xBF\xBD"));
        }
        at++;
    }
    d->text = sk_str_copy(&cx->arena, sk_buf_str(&out));
    sk_buf_done(&out);
}

/* One UTF-16 character; lone surrogates and half units give U+FFFD. Returns bytes taken. */
static size_t next_utf16(const sk_decoded *d, size_t at, uint32_t *ret_c, bool *ret_bad)
{
    const unsigned char *p = (const unsigned char *)d->bytes.p + at;
    size_t left = d->bytes.n - at;
    bool little = d->charset->id == SK_CS_UTF16LE;
    *ret_bad = true;
    *ret_c = 0xFFFD;
    if (left < 2)
        return left;
    uint32_t u = little ? (uint32_t)p[1] << 8 | p[0] : (uint32_t)p[0] << 8 | p[1];
    if (u < 0xD800 || u > 0xDFFF) {
        *ret_c = u;
        *ret_bad = false;
        return 2;
    }
    if (u > 0xDBFF || left < 4)
        return 2;
    uint32_t v = little ? (uint32_t)p[3] << 8 | p[2] : (uint32_t)p[2] << 8 | p[3];
    if (v < 0xDC00 || v > 0xDFFF)
        return 2;
    *ret_c = 0x10000 + ((u - 0xD800) << 10) + (v - 0xDC00);
    *ret_bad = false;
    return 4;
}

static void decode_utf16(sk_ctx *cx, sk_decoded *d, size_t ceiling)
{
    sk_buf out;
    sk_buf_init(&out, ceiling);
    for (size_t at = d->skip; at < d->bytes.n;) {
        uint32_t c;
        bool bad;
        char utf8[4];
        put_step(cx, d, out.n, at);
        size_t n = next_utf16(d, at, &c, &bad);
        if (bad)
            count_bad(d, at);
        if (c < 0x80 && is_control((unsigned char)c))
            c = (uint32_t)replacement(d, (unsigned char)c);
        sk_buf_add(&out, (sk_str){utf8, sk_utf8_put(c, utf8)});
        if (out.overflow)
            break;
        at += n;
    }
    d->is_cut = out.overflow;
    d->text = sk_str_copy(&cx->arena, sk_buf_str(&out));
    sk_buf_done(&out);
}

/* Convert up to cap bytes of text; stops at a character's border. Returns bytes of input taken. */
static size_t convert(iconv_t it, sk_str in, char *out, size_t cap, size_t *ret_out, int *ret_errno)
{
    char *p = (char *)(uintptr_t)in.p, *q = out; /* iconv does not write to its input */
    size_t left = in.n, room = cap;
    *ret_errno = iconv(it, &p, &left, &q, &room) == (size_t)-1 ? errno : 0;
    *ret_out = cap - room;
    return in.n - left;
}

/* Input goes to iconv in pieces with room for all that may come of them: a converter that runs out
 * of room starts over, which is slow. */
static void decode_iconv(sk_ctx *cx, sk_decoded *d, size_t ceiling)
{
    iconv_t it = sk_charset_converter(d->charset);
    sk_buf out;
    sk_buf_init(&out, ceiling);
    size_t at = d->skip;
    while (at < d->bytes.n) {
        size_t got = 0;
        int why = 0;
        sk_str piece = sk_str_sub(d->bytes, at, STEP_BYTES / 2);
        char *room = sk_buf_room(&out, piece.n * WORST_GROWTH + 8);
        if (!room)
            break;
        put_step(cx, d, out.n, at);
        size_t used = convert(it, piece, room, piece.n * WORST_GROWTH + 8, &got, &why);
        for (size_t i = 0; i < got; i++)
            if (is_control((unsigned char)room[i]))
                room[i] = replacement(d, (unsigned char)room[i]);
        sk_buf_grew(&out, got);
        at += used;
        bool is_split = why == EINVAL && at + (piece.n - used) < d->bytes.n && used;
        if ((why == EILSEQ || why == EINVAL) && !is_split) {
            count_bad(d, at++);
            sk_buf_add(&out, SK_S("\xEF\xBF\xBD"));
            iconv(it, NULL, NULL, NULL, NULL);
        }
    }
    d->is_cut = out.overflow;
    d->text = sk_str_copy(&cx->arena, sk_buf_str(&out));
    sk_buf_done(&out);
}

static size_t mark_bytes(sk_str bytes, const sk_charset *cs)
{
    if (cs->id == SK_CS_UTF8 && sk_str_starts(bytes, SK_S("\xEF\xBB\xBF")))
        return 3;
    if (cs->id == SK_CS_UTF16LE && sk_str_starts(bytes, SK_S("\xFF\xFE")))
        return 2;
    return cs->id == SK_CS_UTF16BE && sk_str_starts(bytes, SK_S("\xFE\xFF")) ? 2 : 0;
}

sk_decoded sk_decode(sk_ctx *cx, sk_str bytes, const sk_charset *cs, size_t ceiling)
{
    sk_decoded d = {.bytes = bytes, .charset = cs, .has_map = !cs->has_states};
    d.skip = d.last_bytes = mark_bytes(bytes, cs);
    if (cs->id == SK_CS_UTF8)
        decode_utf8(cx, &d, ceiling);
    else if (cs->id == SK_CS_UTF16LE || cs->id == SK_CS_UTF16BE)
        decode_utf16(cx, &d, ceiling);
    else
        decode_iconv(cx, &d, ceiling);
    return d;
}

static const sk_decoded_step *step_before(const sk_decoded *d, size_t at)
{
    size_t lo = 0, hi = d->n_steps;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (d->steps[mid].at_text <= at)
            lo = mid;
        else
            hi = mid;
    }
    return d->n_steps ? &d->steps[lo] : NULL;
}

/* Walk from a step: U+FFFD stands for one byte that was bad, unless it was in the bytes itself. */
static sk_decoded_step walk_utf8(const sk_decoded *d, sk_decoded_step s, size_t at)
{
    while (s.at_text < at && s.at_bytes < d->bytes.n) {
        sk_str rest = sk_str_sub(d->bytes, s.at_bytes, d->bytes.n);
        size_t n = 0;
        bool bad = sk_utf8_next(rest, &n) == 0xFFFD && n == 1;
        s.at_text += bad ? 3 : n;
        s.at_bytes += n;
    }
    return s;
}

static sk_decoded_step walk_utf16(const sk_decoded *d, sk_decoded_step s, size_t at)
{
    while (s.at_text < at && s.at_bytes < d->bytes.n) {
        uint32_t c;
        bool bad;
        char utf8[4];
        s.at_bytes += next_utf16(d, s.at_bytes, &c, &bad);
        s.at_text += sk_utf8_put(c, utf8);
    }
    return s;
}

/* The character at that byte: its bytes, and the bytes of text that came of it. By the structure of
 * the charset first; converters also know characters beside the structure. */
static size_t one_char(iconv_t it, const sk_decoded *d, size_t at, size_t *ret_text)
{
    sk_str rest = sk_str_sub(d->bytes, at, d->bytes.n);
    size_t likely = sk_charset_char_bytes(d->charset->id, (const unsigned char *)rest.p, rest.n);
    for (size_t try = 0; try <= MOST_CHAR_BYTES; try++) {
        char out[16];
        size_t n = try ?
        try : likely, got
            = 0;
        int why = 0;
        if (n > rest.n)
            continue;
        size_t used = convert(it, sk_str_sub(rest, 0, n), out, sizeof out, &got, &why);
        if (!why && used == n) {
            *ret_text = got;
            return n;
        }
        iconv(it, NULL, NULL, NULL, NULL);
    }
    *ret_text = 3; /* a bad byte, which became U+FFFD */
    return 1;
}

static sk_decoded_step walk_iconv(const sk_decoded *d, sk_decoded_step s, size_t at)
{
    iconv_t it = sk_charset_converter(d->charset);
    while (s.at_text < at && s.at_bytes < d->bytes.n) {
        size_t text = 1;
        bool ascii = (unsigned char)d->bytes.p[s.at_bytes] < 0x80;
        s.at_bytes += ascii ? 1 : one_char(it, d, s.at_bytes, &text);
        s.at_text += text;
    }
    return s;
}

/* Most questions come in order: the last answer is a step, too. */
uint64_t sk_decoded_orig(sk_decoded *d, size_t at)
{
    if (!d->has_map)
        return SK_NO_ORIG;
    if (d->is_identity)
        return at + d->skip;
    const sk_decoded_step *before = step_before(d, at);
    sk_decoded_step s = before ? *before : (sk_decoded_step){0, d->skip};
    if (d->last_text <= at && d->last_text >= s.at_text)
        s = (sk_decoded_step){d->last_text, d->last_bytes};
    if (d->charset->id == SK_CS_UTF8)
        s = walk_utf8(d, s, at);
    else if (!d->charset->iconv_name)
        s = walk_utf16(d, s, at);
    else
        s = walk_iconv(d, s, at);
    d->last_text = s.at_text;
    d->last_bytes = s.at_bytes;
    return s.at_bytes;
}
