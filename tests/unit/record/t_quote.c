/* Quotes are found where people would see them: judged by walking over text and quote side by side,
 * without folding either. */
#include "fixture.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "record/quote.h"

static uint32_t seed = 2016;

static unsigned below(unsigned n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static const char *const bits[] = {"a", "b",  " ",      "  ",     "\n", "“", "”",  "\"",
                                   "’", "'",  "–",      "-",      "수", "é", "\t", "\u00A0",
                                   "a", "수", "\u3000", "\u2018", "b",  "a"};

static sk_str draw(sk_arena *a, unsigned n)
{
    sk_buf b;
    sk_buf_init(&b, SK_KIB(16));
    while (n--)
        sk_buf_add(&b, sk_str_of(bits[below(SK_COUNT(bits))]));
    sk_str s = sk_str_copy(a, sk_buf_str(&b));
    sk_buf_done(&b);
    return s;
}

static uint32_t as_typed(uint32_t c)
{
    if (c == 0x201C || c == 0x201D)
        return '"';
    if (c == 0x2018 || c == 0x2019)
        return '\'';
    if (c == '\n' || c == '\t' || c == 0xA0 || c == 0x3000)
        return ' ';
    return c == 0x2013 ? '-' : c;
}

static uint32_t next(sk_str s, size_t *at)
{
    return *at < s.n ? as_typed(sk_utf8_next(s, at)) : 0;
}

/* Where a match that begins at byte at ends, or SIZE_MAX. */
static size_t match(sk_str text, size_t at, sk_str quote)
{
    for (size_t i = 0; i < quote.n;) {
        uint32_t c = next(quote, &i), t = next(text, &at);
        if (c != t)
            return SIZE_MAX;
        for (size_t ahead = i; c == ' ' && next(quote, &ahead) == ' ';)
            i = ahead;
        for (size_t ahead = at; c == ' ' && next(text, &ahead) == ' ';)
            at = ahead;
    }
    return at;
}

static sk_str without_blanks_around(sk_str s)
{
    size_t start = s.n, end = 0;
    for (size_t at = 0, from = 0; at < s.n; from = at)
        if (next(s, &at) != ' ') {
            start = start < from ? start : from;
            end = at;
        }
    return end ? sk_str_sub(s, start, end - start) : SK_NONE;
}

static size_t judge(sk_str text, sk_str quote, size_t *ret_start, size_t *ret_end)
{
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        size_t end = match(text, at, quote);
        if (end != SIZE_MAX && n++ == 0) {
            *ret_start = at;
            *ret_end = end;
        }
        sk_utf8_next(text, &at);
    }
    return n;
}

static void check(fixture *f, const sk_quote_text *t, sk_str text, sk_str quote, size_t *times)
{
    size_t start = 0, end = 0, expected_start = 0, expected_end = 0;
    size_t n = judge(text, quote, &expected_start, &expected_end);
    sk_rc rc = sk_quote_text_find(&f->cx, t, quote, &start, &end);
    sk_rc expected = quote.n == 0 ? SK_E_FORMAT
                     : n == 0     ? SK_E_NOTFOUND
                     : n > 1      ? SK_E_AMBIGUOUS
                                  : SK_OK;
    if (rc != expected || (rc == SK_OK && (start != expected_start || end != expected_end)))
        fail_msg("\"%.*s\" in \"%.*s\": %d at %zu-%zu, by looking %zu times, at %zu-%zu",
                 SK_P(quote), SK_P(text), rc, start, end, n, expected_start, expected_end);
    sk_forgive(&f->cx);
    times[n > 1 ? 2 : n]++;
}

static void quotes_are_found_where_looking_finds_them(void **state)
{
    fixture f;
    fixture_init(&f);
    size_t times[3] = {0};
    for (unsigned i = 0; i < 40; i++) {
        sk_exhibit x;
        sk_quote_text t;
        /* lines of the fixture's exhibits are blocks with one line end between them */
        sk_str body = draw(&f.cx.arena, 150), text = sk_fmt(&f.cx.arena, "%u%.*s.", i, SK_P(body));
        sk_hash hash = fixture_exhibit(&f, "x.txt", text.p);
        OK(&f, sk_exhibit_get(&f.cx, f.view, &hash, &x));
        OK(&f, sk_quote_text_open(&f.cx, f.view, &x, &t));
        for (int k = 0; k < 100; k++) {
            size_t from = below((unsigned)text.n), n = 1 + below(24);
            while (from < text.n && (text.p[from] & 0xC0) == 0x80)
                from++;
            sk_str quote = sk_str_sub(text, from, n);
            while (quote.n && sk_utf8_find_bad(quote) != SIZE_MAX)
                quote.n--;
            sk_str other = draw(&f.cx.arena, 1 + below(4));
            check(&f, &t, text, without_blanks_around(k % 3 ? quote : other), times);
        }
        sk_quote_text_done(&t);
    }
    for (int i = 0; i < 3; i++)
        assert_true(times[i] > 200); /* never, once, often: each was judged */
    fixture_done(&f);
}

static void an_exhibit_without_text_holds_no_quote(void **state)
{
    fixture f;
    fixture_init(&f);
    sk_exhibit x;
    size_t start = 7, end = 7;
    sk_hash hash = fixture_exhibit(&f, "x.txt", "");
    OK(&f, sk_exhibit_get(&f.cx, f.view, &hash, &x));
    FAILS(&f, SK_E_NOTFOUND, sk_quote_find(&f.cx, f.view, &x, SK_S("a"), &start, &end));
    FAILS(&f, SK_E_FORMAT, sk_quote_find(&f.cx, f.view, &x, SK_S(" \n"), &start, &end));
    assert_int_equal(start + end, 14);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_are_found_where_looking_finds_them),
        cmocka_unit_test(an_exhibit_without_text_holds_no_quote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
