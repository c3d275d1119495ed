#include "mime.h"

#include "base/nfc.h"
#include "build.h"

enum { MOST_FIELDS = 2000, MOST_PIECES = 64 };

static bool is_name_char(char c)
{
    return c > ' ' && c < 0x7F && c != ':';
}

/* One line with its end; at moves behind it. */
static sk_str take_line(sk_str s, size_t *at)
{
    const char *from = s.p + *at;
    const char *lf = memchr(from, '\n', s.n - *at);
    size_t n = lf ? (size_t)(lf - from) + 1 : s.n - *at;
    *at += n;
    return (sk_str){from, n};
}

void sk_fields_read(sk_ctx *cx, sk_str mail, sk_fields *ret_fields)
{
    sk_fields f = {0};
    size_t at = 0;
    while (at < mail.n) {
        size_t line_at = at, n = 0;
        sk_str line = take_line(mail, &at);
        f.body = line_at;
        if (!sk_str_trim(line).n) {
            f.body = at;
            break;
        }
        if (f.n && (line.p[0] == ' ' || line.p[0] == '\t')) {
            sk_str *raw = &f.items[f.n - 1].raw;
            raw->n = (size_t)(line.p + line.n - raw->p);
            continue;
        }
        while (n < line.n && is_name_char(line.p[n]))
            n++;
        if (n == 0 || n >= line.n || line.p[n] != ':' || f.n >= MOST_FIELDS)
            break;
        SK_GROW(&cx->arena, f.items, f.n, f.cap);
        f.items[f.n++] = (sk_field){{line.p, n}, sk_str_sub(line, n + 1, line.n)};
        f.body = at;
    }
    *ret_fields = f;
}

sk_str sk_fields_get(const sk_fields *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (sk_str_eq_nocase(f->items[i].name, sk_str_of(name)))
            return f->items[i].raw;
    return SK_NONE;
}

static int digit_of_hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int digit_of_64(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static sk_str undo_base64(sk_ctx *cx, sk_str s)
{
    char *out = sk_alloc(&cx->arena, s.n / 4 * 3 + 4);
    size_t n = 0;
    unsigned bits = 0, have = 0;
    for (size_t i = 0; i < s.n; i++) {
        int d = digit_of_64(s.p[i]);
        if (s.p[i] == '=')
            have = bits = 0; /* the end of one run; another may follow */
        if (d < 0)
            continue;
        bits = bits << 6 | (unsigned)d;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[n++] = (char)(bits >> have & 0xFF);
        }
    }
    return (sk_str){out, n};
}

/* Quoted-printable, or the Q encoding of words, where "_" is a blank. */
static sk_str undo_quoted(sk_ctx *cx, sk_str s, bool is_word)
{
    char *out = sk_alloc(&cx->arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '=' && i + 2 < s.n && digit_of_hex(s.p[i + 1]) >= 0 &&
            digit_of_hex(s.p[i + 2]) >= 0) {
            out[n++] = (char)(digit_of_hex(s.p[i + 1]) << 4 | digit_of_hex(s.p[i + 2]));
            i += 2;
        } else if (c == '=' && !is_word) { /* a soft line end: blanks, then the end of the line */
            size_t k = i + 1;
            while (k < s.n && (s.p[k] == ' ' || s.p[k] == '\t' || s.p[k] == '\r'))
                k++;
            if (k < s.n && s.p[k] != '\n')
                out[n++] = c;
            else
                i = k;
        } else {
            out[n++] = c == '_' && is_word ? ' ' : c;
        }
    }
    return (sk_str){out, n};
}

sk_str sk_mime_decode(sk_ctx *cx, sk_str body, sk_str encoding)
{
    encoding = sk_str_trim(encoding);
    if (sk_str_eq_nocase(encoding, SK_S("base64")))
        return undo_base64(cx, body);
    if (sk_str_eq_nocase(encoding, SK_S("quoted-printable")))
        return undo_quoted(cx, body, false);
    return body;
}

/* Bytes in the named charset, or in whichever they are, as clean UTF-8. */
static sk_str to_text(sk_ctx *cx, sk_str bytes, sk_str charset)
{
    sk_charset_found f = sk_charset_find_out(cx, bytes, SK_NONE, charset);
    sk_decoded d = sk_decode(cx, bytes, f.charset, SK_MIB(1));
    return d.text;
}

/* An encoded word at s: "=?charset?B?text?=". Gives its bytes, and moves *s behind it. */
static bool take_word(sk_ctx *cx, sk_str *s, sk_str *ret_charset, sk_str *ret_bytes)
{
    if (!sk_str_starts(*s, SK_S("=?")))
        return false;
    sk_str rest = sk_str_sub(*s, 2, s->n), charset, how;
    if (!sk_str_cut(&rest, '?', &charset) || !sk_str_cut(&rest, '?', &how) || !rest.p ||
        how.n != 1 || !charset.n || charset.n > 40)
        return false;
    size_t end = sk_str_find(rest, SK_S("?="));
    char kind = (char)(how.p[0] | 32);
    if (end == SIZE_MAX || (kind != 'b' && kind != 'q'))
        return false;
    sk_str text = sk_str_sub(rest, 0, end);
    const char *star = memchr(charset.p, '*', charset.n); /* RFC 2231: a language behind it */
    *ret_charset = star ? sk_str_range(charset.p, star) : charset;
    *ret_bytes = kind == 'b' ? undo_base64(cx, text) : undo_quoted(cx, text, true);
    *s = sk_str_sub(rest, end + 2, rest.n);
    return true;
}

/* Words in a row of one charset are joined before decoding: some mailers split characters. */
static void put_words(sk_ctx *cx, sk_str *s, sk_buf *out)
{
    sk_buf bytes;
    sk_str charset = SK_NONE, next, piece;
    sk_buf_init(&bytes, SK_MIB(1));
    while (take_word(cx, s, &next, &piece)) {
        if (bytes.n && !sk_str_eq_nocase(charset, next)) {
            sk_build_clean(out, to_text(cx, sk_buf_str(&bytes), charset));
            sk_buf_reset(&bytes);
        }
        charset = next;
        sk_buf_add(&bytes, piece);
        sk_str blank = sk_str_trim(*s);
        if (sk_str_starts(blank, SK_S("=?")))
            *s = blank;
    }
    sk_build_clean(out, to_text(cx, sk_buf_str(&bytes), charset));
    sk_buf_done(&bytes);
}

/* The line end goes, the blank behind it stays. */
static sk_str unfold(sk_ctx *cx, sk_str s)
{
    char *out = sk_alloc(&cx->arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\n' && s.p[i] != '\r')
            out[n++] = s.p[i] == '\t' ? ' ' : s.p[i];
    return (sk_str){out, n};
}

sk_str sk_field_text(sk_ctx *cx, sk_str raw)
{
    sk_buf out;
    sk_buf_init(&out, SK_MIB(4));
    raw = unfold(cx, sk_str_trim(sk_str_sub(raw, 0, SK_MIB(1))));
    while (raw.n) {
        size_t at = sk_str_find(raw, SK_S("=?"));
        sk_str plain = sk_str_sub(raw, 0, at == SIZE_MAX ? raw.n : at);
        sk_build_clean(&out, to_text(cx, plain, SK_NONE));
        raw = sk_str_sub(raw, plain.n, raw.n);
        size_t before = raw.n;
        if (raw.n)
            put_words(cx, &raw, &out);
        if (raw.n && raw.n == before) { /* only looked like a word */
            sk_buf_addc(&out, raw.p[0]);
            raw = sk_str_sub(raw, 1, raw.n);
        }
    }
    sk_str text = sk_str_copy(&cx->arena, sk_str_trim(sk_buf_str(&out)));
    sk_buf_done(&out);
    return sk_nfc(&cx->arena, text);
}

sk_str sk_field_value(sk_ctx *cx, sk_str raw)
{
    const char *semicolon = raw.n ? memchr(raw.p, ';', raw.n) : NULL;
    sk_str v = sk_str_trim(semicolon ? sk_str_range(raw.p, semicolon) : raw);
    char *out = sk_str_c(&cx->arena, sk_str_sub(v, 0, 100));
    for (char *p = out; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
    return sk_str_of(out);
}

/* The next "name=value" of a field's parameters; quotes and their escapes are undone. */
static bool take_parameter(sk_ctx *cx, sk_str *s, sk_str *ret_name, sk_str *ret_value)
{
    const char *equals = s->n ? memchr(s->p, '=', s->n) : NULL;
    if (!equals)
        return false;
    sk_str before = sk_str_range(s->p, equals);
    const char *last = before.n ? memrchr(before.p, ';', before.n) : NULL; /* "x; name=" */
    *ret_name = sk_str_trim(last ? sk_str_range(last + 1, equals) : before);
    sk_str rest = sk_str_trim(sk_str_range(equals + 1, s->p + s->n));
    char *out = sk_alloc(&cx->arena, rest.n + 1);
    size_t n = 0, at = 0;
    bool quoted = rest.n && rest.p[0] == '"';
    for (at = quoted; at < rest.n; at++) {
        if (quoted ? rest.p[at] == '"' : rest.p[at] == ';')
            break;
        if (quoted && rest.p[at] == '\\' && at + 1 < rest.n)
            at++;
        out[n++] = rest.p[at];
    }
    *ret_value = quoted ? (sk_str){out, n} : sk_str_trim((sk_str){out, n});
    rest = sk_str_sub(rest, at, rest.n);
    const char *semicolon = rest.n ? memchr(rest.p, ';', rest.n) : NULL;
    *s = semicolon ? sk_str_range(semicolon + 1, rest.p + rest.n) : SK_NONE;
    return true;
}

static sk_str undo_percent(sk_ctx *cx, sk_str s)
{
    char *out = sk_alloc(&cx->arena, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '%' && i + 2 < s.n && digit_of_hex(s.p[i + 1]) >= 0 &&
            digit_of_hex(s.p[i + 2]) >= 0) {
            out[n++] = (char)(digit_of_hex(s.p[i + 1]) << 4 | digit_of_hex(s.p[i + 2]));
            i += 2;
        } else {
            out[n++] = s.p[i];
        }
    }
    return (sk_str){out, n};
}

/* RFC 2231: "name*=utf-8'ko'%EA%B0%80", and the pieces "name*0", "name*1*" in their order. */
sk_str sk_field_parameter(sk_ctx *cx, sk_str raw, const char *name)
{
    const char *semicolon = raw.n ? memchr(raw.p, ';', raw.n) : NULL;
    sk_str rest = semicolon ? sk_str_range(semicolon + 1, raw.p + raw.n) : SK_NONE, key, value;
    sk_str wanted = sk_str_of(name), plain = SK_NONE, charset = SK_NONE;
    sk_buf bytes;
    bool encoded = false;
    sk_buf_init(&bytes, SK_KIB(64));
    for (int i = 0; i < MOST_PIECES && take_parameter(cx, &rest, &key, &value); i++) {
        sk_str tail = sk_str_sub(key, wanted.n, key.n);
        if (!sk_str_eq_nocase(sk_str_sub(key, 0, wanted.n), wanted))
            continue;
        if (!tail.n) {
            plain = value;
            continue;
        }
        if (tail.p[0] != '*')
            continue;
        bool percent = sk_str_ends(tail, SK_S("*"));
        sk_str head;
        if (percent && !bytes.n && sk_str_cut(&value, '\'', &head) && value.p) {
            charset = head;
            sk_str_cut(&value, '\'', &head); /* the language */
            value = value.p ? value : head;
        }
        encoded = true;
        sk_buf_add(&bytes, percent ? undo_percent(cx, value) : value);
    }
    sk_str text = encoded ? to_text(cx, sk_str_copy(&cx->arena, sk_buf_str(&bytes)), charset)
                          : sk_field_text(cx, plain);
    sk_buf_done(&bytes);
    return text;
}
