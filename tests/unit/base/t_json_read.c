/* The JSON reader accepts what RFC 8259 allows and nothing else, as jansson does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/json.h"
#include "base/json_read.h"

#include <jansson.h>
#include <stdio.h>

static sk_rc read_text(sk_ctx *cx, sk_str text, sk_json_doc *doc)
{
    char *copy = sk_alloc_copy(&cx->arena, text.p, text.n); /* it is changed in place */
    return sk_json_read(cx, copy, text.n, doc);
}

static void values_stand_in_order_with_their_spans(void **state)
{
    static const struct {
        sk_json_kind kind;
        uint32_t span;
        const char *text;
    } expected[] = {
        {SK_JSON_IS_OBJECT, 11, ""}, {SK_JSON_IS_STRING, 1, "id"},     {SK_JSON_IS_STRING, 1, "a"},
        {SK_JSON_IS_STRING, 1, "b"}, {SK_JSON_IS_ARRAY, 7, ""},        {SK_JSON_IS_STRING, 1, "x"},
        {SK_JSON_IS_TRUE, 1, ""},    {SK_JSON_IS_NUMBER, 1, "-1.5e3"}, {SK_JSON_IS_NULL, 1, ""},
        {SK_JSON_IS_OBJECT, 1, ""},  {SK_JSON_IS_FALSE, 1, ""},
    };
    sk_ctx cx;
    sk_json_doc doc;
    sk_ctx_init(&cx);
    sk_json_doc_init(&doc);
    sk_str text = SK_S(" { \"id\" : \"a\",\"b\":[\"x\", true,-1.5e3 ,null,{},false] } \r\n");
    assert_int_equal(read_text(&cx, text, &doc), SK_OK);
    assert_int_equal(doc.n, SK_COUNT(expected));
    for (size_t i = 0; i < doc.n; i++) {
        assert_int_equal(doc.values[i].kind, expected[i].kind);
        assert_int_equal(doc.values[i].span, expected[i].span);
        assert_true(sk_str_is(doc.values[i].text, expected[i].text));
    }
    size_t items = 0, members = 0;
    SK_JSON_EACH(item, &doc.values[4])
    items++;
    SK_JSON_EACH_MEMBER(key, doc.values)
    members++;
    assert_int_equal(items, 6);
    assert_int_equal(members, 2);
    assert_true(sk_str_is(sk_json_find_str(doc.values, "id"), "a"));
    assert_null(sk_json_find(doc.values, SK_S("x")));
    assert_null(sk_json_find(&doc.values[4], SK_S("x")));
    sk_json_doc_done(&doc);
    sk_ctx_done(&cx);
}

static void escapes_are_resolved(void **state)
{
    sk_ctx cx;
    sk_json_doc doc;
    sk_ctx_init(&cx);
    sk_json_doc_init(&doc);
    sk_str text = SK_S(
        "[\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\",\"\\u0041\\u00e9\\uac00\\ud83d\\uDE00\",\"\\u0000\"]");
    assert_int_equal(read_text(&cx, text, &doc), SK_OK);
    assert_true(sk_str_is(doc.values[1].text, "a\"\\/\b\f\n\r\tz"));
    assert_true(sk_str_is(doc.values[2].text, "Aé가😀"));
    assert_int_equal(doc.values[3].text.n, 1);
    assert_int_equal(doc.values[3].text.p[0], 0);
    sk_json_doc_done(&doc);
    sk_ctx_done(&cx);
}

static void what_is_no_json_is_refused_with_its_byte(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "byte 0: the text ends where a value should stand"},
        {"{", "byte 1: the text ends where a key in quotes"},
        {"{\"a\"", "byte 4: the text ends where a colon"},
        {"{\"a\":1,}", "byte 7: \"}\" where a key in quotes"},
        {"{a:1}", "byte 1: \"a\" where a key in quotes"},
        {"[1 2]", "byte 3: \"2\" where a comma or \"]\""},
        {"[1,]", "byte 3: \"]\" where a value"},
        {"[1]]", "byte 3: \"]\" where the end of the text"},
        {"nul", "byte 0: \"n\" where a value"},
        {"truex", "byte 4: \"x\" where the end of the text"},
        {"01", "byte 0: a number has digits"},
        {"-", "byte 0: a number has digits"},
        {"1.", "byte 2: the text ends where a digit"},
        {"1e+", "byte 3: the text ends where a digit"},
        {"+1", "byte 0: \"+\" where a value"},
        {"'a'", "byte 0: \"'\" where a value"},
        {"\"a", "byte 2: the text ends where the closing quote"},
        {"\"a\nb\"", "byte 2: 0x0a where the closing quote"},
        {"\"\\x\"", "byte 1: no such escape"},
        {"\"\\u12g4\"", "byte 3: \"\\u\" needs four"},
        {"\"\\ud800\"", "byte 3: half a surrogate pair"},
        {"\"\\ud800\\u0041\"", "byte 3: half a surrogate pair"},
        {"\"\\udc00\"", "byte 3: half a surrogate pair; the first"},
        {"\"abc\xFFz\"", "byte 4: not UTF-8"},
        {"\"\xED\xA0\x80\"", "byte 1: not UTF-8"},
        {"\xEF\xBB\xBF{}", "byte 0: 0xef where a value"},
        {"// x\n1", "byte 0: \"/\" where a value"},
        {"NaN", "byte 0: \"N\" where a value"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_ctx cx;
        sk_json_doc doc;
        sk_ctx_init(&cx);
        sk_json_doc_init(&doc);
        assert_int_equal(read_text(&cx, sk_str_of(cases[i].text), &doc), SK_E_FORMAT);
        if (!strstr(cx.message, cases[i].says))
            fail_msg("%s: %s", cases[i].text, cx.message);
        sk_json_doc_done(&doc);
        sk_ctx_done(&cx);
    }
}

static void lists_too_deep_or_too_many_reach_a_ceiling(void **state)
{
    sk_ctx cx;
    sk_json_doc doc;
    sk_ctx_init(&cx);
    sk_json_doc_init(&doc);
    char deep[2 * SK_LIM_JSON_DEPTH + 2];
    memset(deep, '[', sizeof deep);
    memset(deep + SK_LIM_JSON_DEPTH, ']', SK_LIM_JSON_DEPTH);
    assert_int_equal(read_text(&cx, (sk_str){deep, 2 * SK_LIM_JSON_DEPTH}, &doc), SK_OK);
    memset(deep, '[', sizeof deep);
    assert_int_equal(read_text(&cx, (sk_str){deep, sizeof deep}, &doc), SK_E_LIMIT);
    sk_forgive(&cx);
    size_t n = 2 * (size_t)SK_LIM_JSON_VALUES + 2;
    char *many = sk_alloc(&cx.arena, n);
    memset(many, ',', n);
    for (size_t i = 1; i < n; i += 2)
        many[i] = '1';
    many[0] = '[';
    many[n - 1] = ']';
    assert_int_equal(sk_json_read(&cx, many, n, &doc), SK_E_LIMIT);
    assert_true(strstr(cx.message, "values in one JSON text") != NULL);
    sk_json_doc_done(&doc);
    sk_ctx_done(&cx);
}

/* ---- against jansson ---- */

static unsigned long long seed = 88172645463325252ULL;

static unsigned rnd(unsigned below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed % below);
}

static void write_random(sk_json *j, unsigned depth)
{
    static const char *const texts[] = {"",          "a",          "가나다",
                                        "line\nend", "\"quoted\"", "\\",
                                        "é",         "😀 smile",    "a longer text of plain letters",
                                        "\x01"};
    switch (depth ? rnd(8) : 6 + rnd(2)) {
    case 0:
        sk_json_null(j);
        break;
    case 1:
        sk_json_bool(j, rnd(2));
        break;
    case 2:
        sk_json_int(j, (int64_t)rnd(100000) - 50000);
        break;
    case 3:
        sk_json_real(j, (double)rnd(100000) / 7);
        break;
    case 4:
    case 5:
        sk_json_str(j, sk_str_of(texts[rnd(SK_COUNT(texts))]));
        break;
    case 6:
        sk_json_array(j);
        for (unsigned i = rnd(4); i && depth < 6; i--)
            write_random(j, depth + 1);
        sk_json_end(j);
        break;
    default:
        sk_json_object(j);
        for (unsigned i = rnd(4); i && depth < 6; i--) {
            char key[16];
            snprintf(key, sizeof key, "k%u-%s", i, rnd(2) ? "키" : "x");
            sk_json_key(j, sk_str_of(key));
            write_random(j, depth + 1);
        }
        sk_json_end(j);
    }
}

/* The same tree; returns where it ends in the list. */
static const sk_json_value *compare(const sk_json_value *v, const json_t *j)
{
    const char *key;
    json_t *item;
    size_t i;
    switch (json_typeof(j)) {
    case JSON_STRING:
        assert_int_equal(v->kind, SK_JSON_IS_STRING);
        assert_int_equal(v->text.n, json_string_length(j));
        assert_memory_equal(v->text.p, json_string_value(j), v->text.n);
        break;
    case JSON_ARRAY:
        assert_int_equal(v->kind, SK_JSON_IS_ARRAY);
        v++;
        json_array_foreach(j, i, item) v = compare(v, item);
        return v;
    case JSON_OBJECT:
        assert_int_equal(v->kind, SK_JSON_IS_OBJECT);
        v++;
        json_object_foreach((json_t *)(uintptr_t)j, key, item)
        {
            assert_true(sk_str_is(v->text, key));
            v = compare(v + 1, item);
        }
        return v;
    case JSON_INTEGER:
    case JSON_REAL:
        assert_int_equal(v->kind, SK_JSON_IS_NUMBER);
        assert_true(strtod(v->text.p, NULL) == json_number_value(j));
        break;
    default:
        assert_int_equal(v->kind, json_is_true(j)    ? SK_JSON_IS_TRUE
                                  : json_is_false(j) ? SK_JSON_IS_FALSE
                                                     : SK_JSON_IS_NULL);
    }
    return v + 1;
}

/* Our list of a text and jansson's tree of it: both, or neither. */
static bool both_read(sk_ctx *cx, sk_str text, sk_json_doc *doc)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    json_error_t error;
    json_t *j = json_loadb(text.p, text.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    sk_rc rc = read_text(cx, text, doc);
    bool too_large =
        !j && json_error_code(&error) == json_error_numeric_overflow; /* for a double */
    if (!too_large && (j == NULL) != (rc != SK_OK))
        fail_msg("jansson %s it, we %s: %.*s (%s)", j ? "reads" : "refuses", rc ? "refuse" : "read",
                 SK_P(text), rc ? cx->message : "");
    if (j)
        assert_ptr_equal(compare(doc->values, j), doc->values + doc->n);
    bool read = j != NULL;
    json_decref(j);
    sk_forgive(cx);
    sk_arena_back_to(&cx->arena, mark);
    return read;
}

static void random_texts_whole_and_damaged_are_read_as_jansson_reads_them(void **state)
{
    static const char damage[] = "{}[]\",:\\ 0eu\x01\xC3\xED\x80-.tn";
    sk_ctx cx;
    sk_json_doc doc;
    sk_buf b;
    size_t whole = 0, damaged = 0;
    sk_ctx_init(&cx);
    sk_json_doc_init(&doc);
    sk_buf_init(&b, SK_MIB(1));
    for (int round = 0; round < 4000; round++) {
        sk_json j;
        sk_buf_reset(&b);
        sk_json_init(&j, &b, rnd(2) ? SK_JSON_PRETTY : SK_JSON_COMPACT);
        write_random(&j, 0);
        sk_json_done(&j);
        whole += both_read(&cx, sk_buf_str(&b), &doc);
        for (int k = 0; k < 5; k++) {
            size_t at = rnd((unsigned)b.n);
            char was = b.p[at];
            b.p[at] = damage[rnd(sizeof damage - 1)];
            damaged += both_read(&cx, sk_buf_str(&b), &doc);
            both_read(&cx, (sk_str){b.p, at}, &doc); /* cut short */
            b.p[at] = was;
        }
    }
    assert_int_equal(whole, 4000);
    assert_true(damaged > 1000 && damaged < 15000);
    sk_buf_done(&b);
    sk_json_doc_done(&doc);
    sk_ctx_done(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_stand_in_order_with_their_spans),
        cmocka_unit_test(escapes_are_resolved),
        cmocka_unit_test(what_is_no_json_is_refused_with_its_byte),
        cmocka_unit_test(lists_too_deep_or_too_many_reach_a_ceiling),
        cmocka_unit_test(random_texts_whole_and_damaged_are_read_as_jansson_reads_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
