#include "base/json.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>

void sk_json_init(sk_json *j, sk_buf *out, sk_json_style style)
{
    *j = (sk_json){.out = out, .style = style};
}

void sk_json_done(sk_json *j)
{
    sk_assert(j->is_complete && j->depth == 0);
    if (j->style == SK_JSON_PRETTY)
        sk_buf_addc(j->out, '\n');
}

static void new_line(sk_json *j)
{
    if (j->style == SK_JSON_PRETTY)
        sk_buf_addf(j->out, "\n%*s", (int)j->depth * 2, "");
}

/* The comma and the line before the next key or array item. */
static void next_item(sk_json *j)
{
    if (j->level[j->depth - 1].has_items)
        sk_buf_addc(j->out, ',');
    j->level[j->depth - 1].has_items = true;
    new_line(j);
}

/* What stands before any value; checks that a value may stand here. */
static void before_value(sk_json *j)
{
    sk_assert(!j->is_complete);
    if (j->after_key)
        j->after_key = false;
    else if (j->depth) {
        sk_assert(!j->level[j->depth - 1].is_object);
        next_item(j);
    }
    if (j->depth == 0)
        j->is_complete = true;
}

static void begin(sk_json *j, bool is_object)
{
    before_value(j);
    j->is_complete = false;
    sk_assert(j->depth < SK_JSON_DEPTH);
    j->level[j->depth].is_object = is_object;
    j->level[j->depth].has_items = false;
    j->depth++;
    sk_buf_addc(j->out, is_object ? '{' : '[');
}

void sk_json_object(sk_json *j)
{
    begin(j, true);
}

void sk_json_array(sk_json *j)
{
    begin(j, false);
}

void sk_json_end(sk_json *j)
{
    sk_assert(j->depth && !j->after_key);
    j->depth--;
    if (j->level[j->depth].has_items)
        new_line(j);
    sk_buf_addc(j->out, j->level[j->depth].is_object ? '}' : ']');
    j->is_complete = j->depth == 0;
}

static void escape(sk_buf *out, uint32_t c)
{
    static const char shorts[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *at = c && c < 0x80 ? strchr(shorts, (int)c) : NULL;
    if (at) {
        sk_buf_addc(out, '\\');
        sk_buf_addc(out, letters[at - shorts]);
    } else {
        sk_buf_addf(out, "\\u%04x", c);
    }
}

static void put_string(sk_buf *out, sk_str s)
{
    size_t plain = 0;
    sk_buf_addc(out, '"');
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = sk_utf8_next(s, &at);
        bool is_bad = c == 0xFFFD && at - from == 1;
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F && c != 0x2028 && c != 0x2029 &&
            !is_bad)
            continue;
        sk_buf_add(out, sk_str_sub(s, plain, from - plain));
        if (is_bad)
            sk_buf_add(out, SK_S("\xEF\xBF\xBD"));
        else
            escape(out, c);
        plain = at;
    }
    sk_buf_add(out, sk_str_sub(s, plain, s.n - plain));
    sk_buf_addc(out, '"');
}

void sk_json_key(sk_json *j, sk_str key)
{
    sk_assert(j->depth && j->level[j->depth - 1].is_object && !j->after_key);
    next_item(j);
    put_string(j->out, key);
    sk_buf_add(j->out, j->style == SK_JSON_PRETTY ? SK_S(": ") : SK_S(":"));
    j->after_key = true;
}

void sk_json_str(sk_json *j, sk_str value)
{
    before_value(j);
    put_string(j->out, value);
}

void sk_json_int(sk_json *j, int64_t value)
{
    before_value(j);
    sk_buf_addf(j->out, "%lld", (long long)value);
}

void sk_json_uint(sk_json *j, uint64_t value)
{
    before_value(j);
    sk_buf_addf(j->out, "%llu", (unsigned long long)value);
}

void sk_json_real(sk_json *j, double value)
{
    char digits[40];
    if (!isfinite(value)) {
        sk_json_null(j);
        return;
    }
    before_value(j);
    snprintf(digits, sizeof digits, "%.15g", value);
    for (char *p = digits; *p; p++)
        if (*p == ',') /* a locale with a decimal comma */
            *p = '.';
    sk_buf_add(j->out, sk_str_of(digits));
    if (!strpbrk(digits, ".e"))
        sk_buf_add(j->out, SK_S(".0"));
}

void sk_json_bool(sk_json *j, bool value)
{
    before_value(j);
    sk_buf_add(j->out, value ? SK_S("true") : SK_S("false"));
}

void sk_json_null(sk_json *j)
{
    before_value(j);
    sk_buf_add(j->out, SK_S("null"));
}

static size_t digits_from(sk_str s, size_t at)
{
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
        at++;
    return at;
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)? */
static bool is_plain_number(sk_str s)
{
    size_t at = s.n && s.p[0] == '-', end = digits_from(s, at);
    if (end == at || (s.p[at] == '0' && end - at > 1))
        return false;
    if (end == s.n)
        return true;
    return s.p[end] == '.' && end + 1 < s.n && digits_from(s, end + 1) == s.n;
}

void sk_json_number(sk_json *j, sk_str digits)
{
    sk_assert(is_plain_number(digits));
    before_value(j);
    sk_buf_add(j->out, digits);
}

void sk_json_put_str(sk_json *j, const char *key, sk_str value)
{
    sk_json_key(j, sk_str_of(key));
    sk_json_str(j, value);
}

void sk_json_put_given(sk_json *j, const char *key, sk_str value)
{
    if (value.n)
        sk_json_put_str(j, key, value);
}

void sk_json_put_int(sk_json *j, const char *key, int64_t value)
{
    sk_json_key(j, sk_str_of(key));
    sk_json_int(j, value);
}

void sk_json_put_uint(sk_json *j, const char *key, uint64_t value)
{
    sk_json_key(j, sk_str_of(key));
    sk_json_uint(j, value);
}

void sk_json_put_bool(sk_json *j, const char *key, bool value)
{
    sk_json_key(j, sk_str_of(key));
    sk_json_bool(j, value);
}

void sk_json_put_null(sk_json *j, const char *key)
{
    sk_json_key(j, sk_str_of(key));
    sk_json_null(j);
}
