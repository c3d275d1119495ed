/* See archive/note.h. */
#include "archive/note.h"

#include "archive/sign.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"

static const char version[] = "sillok/1 ";
static const char *const fixed_keys[] = {"archive", "nonce", "at", "by"};

/* Bytes of the empty line and signature line that follow the text of an entry by this name:
 * LF, dash and space, name, space, base64 of 4 + 64 bytes, LF. */
static size_t tail_bytes(sk_str by)
{
    return 1 + sizeof SK_SIG_DASH - 1 + by.n + 1 + 92 + 1;
}

/* Keys and kinds: [a-z0-9-]{1,32}. */
static bool is_word(sk_str s)
{
    if (s.n == 0 || s.n > 32)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return true;
}

static bool is_hex32(sk_str s)
{
    unsigned char b[16];
    return sk_unhex(s, b, sizeof b);
}

static bool is_fixed_key(sk_str key)
{
    for (size_t i = 0; i < SK_COUNT(fixed_keys); i++)
        if (sk_str_is(key, fixed_keys[i]))
            return true;
    return false;
}

/* The four fixed values have their form. Messages begin with "entry: ". */
static sk_rc check_fixed(sk_ctx *cx, const sk_entry *e)
{
    if (!is_word(e->kind))
        return sk_fail(cx, SK_E_FORMAT, "entry: kind \"%.*s\" is not 1 to 32 of a-z 0-9 -",
                       SK_P(e->kind));
    if (!is_hex32(e->archive))
        return sk_fail(cx, SK_E_FORMAT, "entry: archive \"%.*s\" is not 32 hex digits",
                       SK_P(e->archive));
    if (!is_hex32(e->nonce))
        return sk_fail(cx, SK_E_FORMAT, "entry: nonce \"%.*s\" is not 32 hex digits",
                       SK_P(e->nonce));
    if (!sk_clock_is_time(e->at))
        return sk_fail(cx, SK_E_FORMAT,
                       "entry: at \"%.*s\" is not a time like 2026-11-24T08:46:07Z", SK_P(e->at));
    if (!sk_key_name_is_ours(e->by))
        return sk_fail(cx, SK_E_FORMAT,
                       "entry: by \"%.*s\" is not a key name like 4f1c0a9e/author/7f3a2b10",
                       SK_P(e->by));
    return SK_OK;
}

/* A value as people meant it: well-formed, composed, no control characters but LF and tab. */
static sk_rc check_value(sk_ctx *cx, sk_str key, sk_str value)
{
    char what[64];
    snprintf(what, sizeof what, "entry: value of \"%.*s\"", SK_P(key));
    sk_str composed;
    SK_TRY(sk_utf8_enter(cx, value, what, &composed));
    if (!sk_str_eq(value, composed))
        return sk_fail(cx, SK_E_FORMAT, "%s is not in Unicode NFC", what);
    return SK_OK;
}

/* ---- reading ---- */

/* Undo \n, \t and \\; borrowed when there is nothing to undo. */
static bool unescape(sk_arena *a, sk_str raw, sk_str *ret_value)
{
    const char *first = raw.n ? memchr(raw.p, '\\', raw.n) : NULL;
    if (!first) {
        *ret_value = raw;
        return true;
    }
    char *out = sk_alloc(a, raw.n), *w = out;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '\\') {
            char next = ++i < raw.n ? raw.p[i] : '\0';
            if (next != 'n' && next != 't' && next != '\\')
                return false;
            c = next == 'n' ? '\n' : next == 't' ? '\t' : '\\';
        }
        *w++ = c;
    }
    *ret_value = sk_str_range(out, w);
    return true;
}

static sk_rc parse_line(sk_ctx *cx, sk_str raw, size_t line_no, sk_line *ret_line)
{
    sk_str rest = raw, key, value;
    if (!sk_str_cut(&rest, ' ', &key) || !rest.p || !is_word(key))
        return sk_fail(cx, SK_E_FORMAT, "entry: line %zu \"%.*s\" is not \"key value\"", line_no,
                       SK_P(raw));
    if (is_fixed_key(key))
        return sk_fail(cx, SK_E_FORMAT, "entry: line %zu: key \"%.*s\" may stand only once, on top",
                       line_no, SK_P(key));
    if (!unescape(&cx->arena, rest, &value))
        return sk_fail(cx, SK_E_FORMAT, "entry: line %zu: a backslash that is not \\n, \\t or \\\\",
                       line_no);
    SK_TRY(check_value(cx, key, value));
    *ret_line = (sk_line){key, value};
    return SK_OK;
}

/* The lines behind the fixed ones: strictly ascending, so sorted and without repetition. */
static sk_rc parse_lines(sk_ctx *cx, sk_str rest, sk_entry *e)
{
    size_t n = 0;
    for (size_t i = 0; i < rest.n; i++)
        n += rest.p[i] == '\n';
    sk_line *lines = sk_new_array(&cx->arena, sk_line, n);
    sk_str before = SK_NONE, raw;
    for (size_t i = 0; i < n; i++) {
        sk_str_cut(&rest, '\n', &raw);
        if (raw.n > SK_LIM_NOTE_LINE_BYTES)
            return sk_fail(cx, SK_E_LIMIT, "entry: line %zu has %zu bytes, more than %zu", i + 6,
                           raw.n, SK_LIM_NOTE_LINE_BYTES);
        if (before.p && sk_str_cmp(before, raw) >= 0)
            return sk_fail(cx, SK_E_FORMAT, "entry: line %zu \"%.*s\" is out of order or repeated",
                           i + 6, SK_P(raw));
        SK_TRY(parse_line(cx, raw, i + 6, &lines[i]));
        before = raw;
    }
    e->lines = lines;
    e->n_lines = n;
    return SK_OK;
}

static sk_rc parse_head(sk_ctx *cx, sk_str *rest, sk_entry *e)
{
    sk_str line;
    if (!sk_str_cut(rest, '\n', &line) || !sk_str_starts(line, SK_S("sillok/")))
        return sk_fail(cx, SK_E_FORMAT, "entry: line 1 \"%.*s\" does not begin \"%s\"", SK_P(line),
                       version);
    if (!sk_str_starts(line, sk_str_of(version)))
        return sk_fail(cx, SK_E_UNSUPPORTED,
                       "entry: line 1 \"%.*s\" is of another version; use a newer sillok",
                       SK_P(line));
    e->kind = sk_str_sub(line, sizeof version - 1, line.n);
    sk_str *const values[] = {&e->archive, &e->nonce, &e->at, &e->by};
    for (size_t i = 0; i < SK_COUNT(fixed_keys); i++) {
        sk_str key;
        if (!sk_str_cut(rest, '\n', &line) || !sk_str_cut(&line, ' ', &key) ||
            !sk_str_is(key, fixed_keys[i]) || !line.p)
            return sk_fail(cx, SK_E_FORMAT, "entry: line %zu is not \"%s ...\"", i + 2,
                           fixed_keys[i]);
        *values[i] = line;
    }
    return check_fixed(cx, e);
}

sk_rc sk_entry_parse(sk_ctx *cx, sk_str bytes, sk_entry *ret_entry)
{
    if (bytes.n > SK_LIM_NOTE_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "entry: %zu bytes, more than the %zu it may have", bytes.n,
                       SK_LIM_NOTE_BYTES);
    sk_entry e = {.bytes = bytes};
    sk_signed note;
    SK_TRY(sk_signed_parse(cx, bytes, "entry", &note));
    e.text = note.text;
    sk_str rest = note.text;
    SK_TRY(parse_head(cx, &rest, &e));
    SK_TRY(parse_lines(cx, rest, &e));
    const sk_sig *s = &note.sigs[0];
    if (note.n_sigs != 1 || s->bytes.n != SK_SIG_BYTES)
        return sk_fail(cx, SK_E_FORMAT, "entry: not exactly one Ed25519 signature line");
    if (!sk_str_eq(s->name, e.by))
        return sk_fail(cx, SK_E_FORMAT, "entry: by \"%.*s\" but signed by \"%.*s\"", SK_P(e.by),
                       SK_P(s->name));
    e.sig_name = s->name;
    memcpy(e.sig_id, s->key_id, sizeof e.sig_id);
    memcpy(e.sig, s->bytes.p, sizeof e.sig);
    e.id = sk_sha256(bytes);
    *ret_entry = e;
    return SK_OK;
}

sk_str sk_entry_get(const sk_entry *e, const char *key)
{
    size_t at = 0;
    sk_str value;
    return sk_entry_next(e, key, &at, &value) ? value : SK_NONE;
}

bool sk_entry_next(const sk_entry *e, const char *key, size_t *at, sk_str *ret_value)
{
    for (size_t i = *at; i < e->n_lines; i++)
        if (sk_str_is(e->lines[i].key, key)) {
            *at = i + 1;
            *ret_value = e->lines[i].value;
            return true;
        }
    *at = e->n_lines;
    return false;
}

/* ---- writing ---- */

static sk_str escape_line(sk_arena *a, const sk_line *line)
{
    char *out = sk_alloc(a, line->key.n + 1 + 2 * line->value.n), *w = out;
    memcpy(w, line->key.p, line->key.n);
    w += line->key.n;
    *w++ = ' ';
    for (size_t i = 0; i < line->value.n; i++) {
        char c = line->value.p[i];
        if (c == '\n' || c == '\t' || c == '\\') {
            *w++ = '\\';
            c = c == '\n' ? 'n' : c == '\t' ? 't' : '\\';
        }
        *w++ = c;
    }
    return sk_str_range(out, w);
}

static int by_bytes(const void *a, const void *b)
{
    return sk_str_cmp(*(const sk_str *)a, *(const sk_str *)b);
}

static sk_rc build_line(sk_ctx *cx, const sk_line *line, sk_str *ret_raw)
{
    if (!is_word(line->key) || is_fixed_key(line->key))
        return sk_fail(cx, SK_E_FORMAT,
                       "entry: key \"%.*s\" is not 1 to 32 of a-z 0-9 -, or is one of the four "
                       "fixed keys",
                       SK_P(line->key));
    SK_TRY(check_value(cx, line->key, line->value));
    sk_str raw = escape_line(&cx->arena, line);
    if (raw.n > SK_LIM_NOTE_LINE_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "entry: line \"%.*s\" would have %zu bytes, more than %zu",
                       SK_P(line->key), raw.n, SK_LIM_NOTE_LINE_BYTES);
    *ret_raw = raw;
    return SK_OK;
}

sk_rc sk_entry_build(sk_ctx *cx, sk_str kind, sk_str archive, sk_str nonce, sk_str at, sk_str by,
                     const sk_line *lines, size_t n_lines, sk_str *ret_text)
{
    sk_entry e = {.kind = kind, .archive = archive, .nonce = nonce, .at = at, .by = by};
    SK_TRY(check_fixed(cx, &e));
    sk_str *raw = sk_new_array(&cx->arena, sk_str, n_lines);
    for (size_t i = 0; i < n_lines; i++)
        SK_TRY(build_line(cx, &lines[i], &raw[i]));
    if (n_lines)
        qsort(raw, n_lines, sizeof *raw, by_bytes);
    sk_buf b;
    sk_buf_init(&b, SK_LIM_NOTE_BYTES - tail_bytes(by));
    sk_buf_addf(&b, "%s%.*s\narchive %.*s\nnonce %.*s\nat %.*s\nby %.*s\n", version, SK_P(kind),
                SK_P(archive), SK_P(nonce), SK_P(at), SK_P(by));
    for (size_t i = 0; i < n_lines; i++) {
        if (i && sk_str_eq(raw[i - 1], raw[i]))
            continue;
        sk_buf_add(&b, raw[i]);
        sk_buf_addc(&b, '\n');
    }
    bool is_too_long = b.overflow;
    if (!is_too_long)
        *ret_text = sk_str_copy(&cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return is_too_long ? sk_fail(cx, SK_E_LIMIT, "entry: longer than %zu bytes; say it in several",
                                 SK_LIM_NOTE_BYTES)
                       : SK_OK;
}
