#include "base/json_read.h"

#include "base/utf8.h"

#include <stdlib.h>

typedef struct reader {
    sk_ctx *cx;
    char *begin, *at, *end;
    sk_json_doc *doc;
    unsigned depth;
} reader;

void sk_json_doc_init(sk_json_doc *doc)
{
    *doc = (sk_json_doc){0};
}

void sk_json_doc_done(sk_json_doc *doc)
{
    free(doc->values);
    *doc = (sk_json_doc){0};
}

/* ---- faults ---- */

static sk_rc odd_at(reader *r, const char *at, const char *what)
{
    return sk_fail(r->cx, SK_E_FORMAT, "byte %zu: %s", (size_t)(at - r->begin), what);
}

/* What stands here instead of what belongs here. */
static sk_rc unexpected(reader *r, const char *wanted)
{
    if (r->at == r->end)
        return sk_fail(r->cx, SK_E_FORMAT, "byte %zu: the text ends where %s should stand",
                       (size_t)(r->at - r->begin), wanted);
    unsigned char c = (unsigned char)*r->at;
    if (c < 0x20 || c >= 0x7F)
        return sk_fail(r->cx, SK_E_FORMAT, "byte %zu: 0x%02x where %s should stand",
                       (size_t)(r->at - r->begin), c, wanted);
    return sk_fail(r->cx, SK_E_FORMAT, "byte %zu: \"%c\" where %s should stand",
                   (size_t)(r->at - r->begin), c, wanted);
}

/* ---- the list ---- */

static sk_rc add(reader *r, sk_json_kind kind, size_t *ret_index)
{
    sk_json_doc *d = r->doc;
    if (d->n == d->cap) {
        if (d->n >= SK_LIM_JSON_VALUES)
            return sk_fail(r->cx, SK_E_LIMIT, "byte %zu: more than %d values in one JSON text",
                           (size_t)(r->at - r->begin), SK_LIM_JSON_VALUES);
        d->cap = d->cap ? d->cap * 2 : 256;
        d->values = sk_xrealloc(d->values, d->cap * sizeof *d->values);
    }
    d->values[d->n] = (sk_json_value){.kind = kind, .span = 1};
    *ret_index = d->n++;
    return SK_OK;
}

static void blanks(reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

/* ---- strings ---- */

#define EACH(byte) (0x0101010101010101ull * (byte))

/* The high bit of every byte of v that is 0; exact for the lowest such byte, which is all we need. */
static uint64_t zeros(uint64_t v)
{
    return (v - EACH(0x01)) & ~v & EACH(0x80);
}

/* Move to the next quote, backslash or control character, eight bytes at a step.
 * high   gathers the bits of what was passed: bit 7 is set when a byte is not ASCII */
static void pass_plain(reader *r, uint64_t *high)
{
    char *p = r->at;
    while (r->end - p >= 8) {
        uint64_t v;
        memcpy(&v, p, 8);
        uint64_t stop =
            zeros(v ^ EACH('"')) | zeros(v ^ EACH('\\')) | ((v - EACH(0x20)) & ~v & EACH(0x80));
        if (stop)
            break;
        *high |= v;
        p += 8;
    }
    while (p < r->end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20)
        *high |= EACH((unsigned char)*p++);
    r->at = p;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits behind "\u", which at is behind. */
static bool take_hex(reader *r, uint32_t *ret_unit)
{
    uint32_t unit = 0;
    if (r->end - r->at < 4)
        return false;
    for (int i = 0; i < 4; i++) {
        int d = hex_digit(r->at[i]);
        if (d < 0)
            return false;
        unit = unit << 4 | (uint32_t)d;
    }
    r->at += 4;
    *ret_unit = unit;
    return true;
}

/* Behind "\u": one or two units of UTF-16 to UTF-8 at *to, which never passes what was read. */
static sk_rc take_unicode(reader *r, char **to)
{
    const char *from = r->at;
    uint32_t c, low;
    if (!take_hex(r, &c))
        return odd_at(r, from, "\"\\u\" needs four hexadecimal digits");
    if (c >= 0xD800 && c < 0xDC00) {
        if (r->end - r->at < 6 || r->at[0] != '\\' || r->at[1] != 'u')
            return odd_at(r, from, "half a surrogate pair; the other half is missing");
        r->at += 2;
        if (!take_hex(r, &low) || low < 0xDC00 || low > 0xDFFF)
            return odd_at(r, from, "half a surrogate pair; the other half is missing");
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    } else if (c >= 0xDC00 && c < 0xE000) {
        return odd_at(r, from, "half a surrogate pair; the first half is missing");
    }
    *to += sk_utf8_put(c, *to);
    return SK_OK;
}

static sk_rc take_escape(reader *r, char **to)
{
    static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    const char *from = r->at++;
    if (r->at == r->end)
        return unexpected(r, "the rest of an escape");
    char c = *r->at++;
    if (c == 'u')
        return take_unicode(r, to);
    const char *found = c ? strchr(letters, c) : NULL;
    if (!found)
        return odd_at(r, from,
                      "no such escape; \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u are the ones");
    *(*to)++ = means[found - letters];
    return SK_OK;
}

/* Behind the opening quote, up to behind the closing one. */
static sk_rc read_string(reader *r, sk_str *ret_text)
{
    char *from = r->at, *to = from;
    uint64_t high = 0;
    for (;;) {
        char *run = r->at;
        pass_plain(r, &high);
        size_t n = (size_t)(r->at - run);
        if (to != run && n)
            memmove(to, run, n);
        to += n;
        if (r->at == r->end || (unsigned char)*r->at < 0x20)
            return unexpected(r, "the closing quote of a string (line feeds are written \\n)");
        if (*r->at == '"')
            break;
        SK_TRY(take_escape(r, &to));
    }
    r->at++;
    *ret_text = (sk_str){from, (size_t)(to - from)};
    if (high & EACH(0x80)) {
        size_t bad = sk_utf8_find_bad(*ret_text);
        if (bad != SIZE_MAX)
            return odd_at(r, from + bad, "not UTF-8; save the file as UTF-8 and try again");
    }
    return SK_OK;
}

/* ---- numbers and words ---- */

static size_t pass_digits(reader *r)
{
    char *from = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
        r->at++;
    return (size_t)(r->at - from);
}

static sk_rc read_number(reader *r, sk_str *ret_digits)
{
    char *from = r->at;
    r->at += *r->at == '-';
    bool is_zero = r->at < r->end && *r->at == '0';
    size_t n = pass_digits(r);
    if (n == 0 || (is_zero && n > 1))
        return odd_at(r, from, "a number has digits, and no zero in front of others");
    if (r->at < r->end && *r->at == '.') {
        r->at++;
        if (!pass_digits(r))
            return unexpected(r, "a digit");
    }
    if (r->at < r->end && (*r->at == 'e' || *r->at == 'E')) {
        r->at++;
        r->at += r->at < r->end && (*r->at == '+' || *r->at == '-');
        if (!pass_digits(r))
            return unexpected(r, "a digit");
    }
    *ret_digits = sk_str_range(from, r->at);
    return SK_OK;
}

static sk_rc read_word(reader *r, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(r->end - r->at) < n || memcmp(r->at, word, n) != 0)
        return unexpected(r, "a value");
    r->at += n;
    return SK_OK;
}

/* ---- values ---- */

static sk_rc read_value(reader *r);

static sk_rc read_array(reader *r)
{
    blanks(r);
    if (r->at < r->end && *r->at == ']') {
        r->at++;
        return SK_OK;
    }
    for (;;) {
        SK_TRY(read_value(r));
        blanks(r);
        if (r->at == r->end || (*r->at != ',' && *r->at != ']'))
            return unexpected(r, "a comma or \"]\"");
        if (*r->at++ == ']')
            return SK_OK;
    }
}

static sk_rc read_object(reader *r)
{
    blanks(r);
    if (r->at < r->end && *r->at == '}') {
        r->at++;
        return SK_OK;
    }
    for (;;) {
        size_t key;
        blanks(r);
        if (r->at == r->end || *r->at != '"')
            return unexpected(r, "a key in quotes");
        r->at++;
        SK_TRY(add(r, SK_JSON_IS_STRING, &key));
        sk_str text;
        SK_TRY(read_string(r, &text));
        r->doc->values[key].text = text;
        blanks(r);
        if (r->at == r->end || *r->at != ':')
            return unexpected(r, "a colon");
        r->at++;
        SK_TRY(read_value(r));
        blanks(r);
        if (r->at == r->end || (*r->at != ',' && *r->at != '}'))
            return unexpected(r, "a comma or \"}\"");
        if (*r->at++ == '}')
            return SK_OK;
    }
}

static sk_rc read_inside(reader *r, sk_json_kind kind)
{
    if (++r->depth > SK_LIM_JSON_DEPTH)
        return sk_fail(r->cx, SK_E_LIMIT, "byte %zu: more than %d lists within one another",
                       (size_t)(r->at - r->begin), SK_LIM_JSON_DEPTH);
    r->at++;
    SK_TRY(kind == SK_JSON_IS_ARRAY ? read_array(r) : read_object(r));
    r->depth--;
    return SK_OK;
}

static sk_json_kind kind_at(const reader *r)
{
    switch (*r->at) {
    case '"':
        return SK_JSON_IS_STRING;
    case '{':
        return SK_JSON_IS_OBJECT;
    case '[':
        return SK_JSON_IS_ARRAY;
    case 't':
        return SK_JSON_IS_TRUE;
    case 'f':
        return SK_JSON_IS_FALSE;
    case 'n':
        return SK_JSON_IS_NULL;
    default:
        return SK_JSON_IS_NUMBER;
    }
}

static sk_rc read_value(reader *r)
{
    static const char *const words[] = {
        [SK_JSON_IS_NULL] = "null", [SK_JSON_IS_FALSE] = "false", [SK_JSON_IS_TRUE] = "true"};
    size_t index;
    sk_str text = SK_NONE;
    blanks(r);
    if (r->at == r->end)
        return unexpected(r, "a value");
    sk_json_kind kind = kind_at(r);
    SK_TRY(add(r, kind, &index));
    switch (kind) {
    case SK_JSON_IS_STRING:
        r->at++;
        SK_TRY(read_string(r, &text));
        break;
    case SK_JSON_IS_NUMBER:
        if (*r->at != '-' && (*r->at < '0' || *r->at > '9'))
            return unexpected(r, "a value");
        SK_TRY(read_number(r, &text));
        break;
    case SK_JSON_IS_ARRAY:
    case SK_JSON_IS_OBJECT:
        SK_TRY(read_inside(r, kind));
        break;
    default:
        SK_TRY(read_word(r, words[kind]));
    }
    sk_json_value *v = &r->doc->values[index];
    v->text = text;
    v->span = (uint32_t)(r->doc->n - index);
    return SK_OK;
}

sk_rc sk_json_read(sk_ctx *cx, char *text, size_t n, sk_json_doc *doc)
{
    reader r = {.cx = cx, .begin = text, .at = text, .end = text + n, .doc = doc};
    doc->n = 0;
    SK_TRY(read_value(&r));
    blanks(&r);
    return r.at == r.end ? SK_OK : unexpected(&r, "the end of the text");
}

const sk_json_value *sk_json_find(const sk_json_value *v, sk_str name)
{
    if (!v || v->kind != SK_JSON_IS_OBJECT)
        return NULL;
    SK_JSON_EACH_MEMBER(key, v)
    if (sk_str_eq(key->text, name))
        return key + 1;
    return NULL;
}

sk_str sk_json_find_str(const sk_json_value *v, const char *name)
{
    const sk_json_value *found = sk_json_find(v, sk_str_of(name));
    return found && found->kind == SK_JSON_IS_STRING ? found->text : SK_NONE;
}
