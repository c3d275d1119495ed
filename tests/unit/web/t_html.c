/* Pages: nothing from outside becomes markup; methods; messages in each language. */
#include "web/html.h"
#include "web/method.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static sk_buf buf;
static sk_html h = {.out = &buf};

static void expect(const char *want)
{
    assert_true(sk_str_is(sk_buf_str(&buf), want));
    sk_buf_reset(&buf);
}

static void every_sign_of_markup_is_escaped_in_text_and_in_attributes(void **state)
{
    (void)state;
    SK_PUT(&h, "<a href=\"$\">$</a>", SK_S("\"><script>"), SK_S("<b>&'\"</b>"));
    expect("<a href=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;&quot;&lt;/b&gt;</a>");
}

static void signs_of_a_template_in_an_argument_are_text(void **state)
{
    (void)state;
    SK_PUT(&h, "<p>$</p>", SK_S("{nav.go} $ $1"));
    expect("<p>{nav.go} $ $1</p>");
}

static void an_argument_may_be_empty_or_nothing(void **state)
{
    (void)state;
    SK_PUT(&h, "<p>$$</p>", SK_NONE, SK_S(""));
    expect("<p></p>");
}

static void what_could_hide_or_turn_text_round_is_shown(void **state)
{
    (void)state;
    sk_html_text(&h, SK_S("a\x01"
                          "b\x7F \xE2\x80\xAE x \xEF\xBB\xBF \xC2\x85"));
    expect("a\\x01b\\x7f &lt;U+202E&gt; x &lt;U+FEFF&gt; &lt;U+0085&gt;");
}

static void bytes_that_are_no_utf8_become_the_replacement_character(void **state)
{
    (void)state;
    sk_html_text(&h, SK_S("a\xFFz\xE2\x80"));
    expect("a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void only_http_becomes_a_link(void **state)
{
    (void)state;
    sk_html_link(&h, SK_S("javascript:alert(1)"));
    expect("javascript:alert(1)");
    sk_html_link(&h, SK_S("data:text/html,x"));
    expect("data:text/html,x");
    sk_html_link(&h, SK_S("https://example.org/?a=1&b=\""));
    expect("<a href=\"https://example.org/?a=1&amp;b=&quot;\" rel=\"noreferrer noopener "
           "external\">https://example.org/?a=1&amp;b=&quot;</a>");
}

static void a_message_takes_arguments_in_its_own_order_and_escapes_them(void **state)
{
    (void)state;
    h.lang = SK_LANG_EN;
    SK_SAY(&h, "pager.range", SK_S("<1>"), SK_S("20"));
    expect("&lt;1&gt; to 20");
    h.lang = SK_LANG_KO;
    SK_SAY(&h, "pager.range", SK_S("1"), SK_S("20"));
    expect("1–20");
    h.lang = SK_LANG_EN;
}

static void a_count_has_the_forms_of_its_language(void **state)
{
    (void)state;
    SK_SAY_N(&h, 1, "search.hits", SK_S("1"));
    expect("1 match");
    SK_SAY_N(&h, 0, "search.hits", SK_S("0"));
    expect("0 matches");
    h.lang = SK_LANG_KO;
    SK_SAY_N(&h, 1, "search.hits", SK_S("1"));
    expect("1건");
    h.lang = SK_LANG_EN;
}

static void both_catalogues_have_the_same_keys(void **state)
{
    (void)state;
    const sk_catalogue *en = sk_messages_load(SK_LANG_EN), *ko = sk_messages_load(SK_LANG_KO);
    size_t plurals = 0;
    for (size_t i = 0; i < en->by_key.cap; i++) {
        sk_str key = en->by_key.slots[i].key;
        if (!en->by_key.slots[i].value)
            continue;
        bool is_one = sk_str_ends(key, SK_S(".one")); /* Korean has no such form */
        plurals += is_one;
        if (!is_one && !sk_strmap_get(&ko->by_key, key))
            fail_msg("Korean lacks %.*s", SK_P(key));
    }
    assert_int_equal(en->n, ko->n + plurals);
    assert_true(en->n > 300);
}

static void a_catalogue_that_is_none_is_refused_with_its_line(void **state)
{
    (void)state;
    sk_ctx cx;
    sk_catalogue c;
    sk_ctx_init(&cx);
    assert_int_equal(sk_catalogue_parse(&cx, SK_S("# x\na = b\nwrong\n"), &c), SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "line 3"));
    sk_forgive(&cx);
    assert_int_equal(sk_catalogue_parse(&cx, SK_S("a = b\na = c\n"), &c), SK_E_FORMAT);
    assert_non_null(strstr(cx.message, "twice"));
    sk_ctx_done(&cx);
}

static void the_first_language_of_the_browser_that_we_speak_is_taken(void **state)
{
    (void)state;
    assert_int_equal(sk_lang_choose(SK_S("ja, ko-KR;q=0.8, en;q=0.5")), SK_UI_JA);
    assert_int_equal(sk_lang_choose(SK_S("zh, ko-KR;q=0.8, en;q=0.5")), SK_LANG_KO);
    /* what Japanese lacks is said in English, and values are told so */
    assert_true(sk_str_is(sk_message(SK_UI_JA, SK_S("nav.search")), "検索"));
    assert_int_equal(sk_lang_of(SK_UI_JA), SK_LANG_EN);
    assert_int_equal(sk_lang_of(SK_LANG_KO), SK_LANG_KO);
    assert_int_equal(sk_lang_choose(SK_S("fr")), SK_LANG_EN);
    assert_int_equal(sk_lang_choose(SK_NONE), SK_LANG_EN);
}

static void a_method_is_headings_paragraphs_lists_tables_and_code(void **state)
{
    (void)state;
    sk_put_method(&h, SK_S("# A\n\ntext `c<d`\nmore **b**\n\n- one\n  goes on\n- two\n\n"
                           "| x | y |\n|---|---|\n| 1 | 2 |\n\n```\n<code>\n```\n"));
    expect("<h1>A</h1><p>text <code>c&lt;d</code>\nmore <strong>b</strong>\n</p>"
           "<ul><li>one\ngoes on\n</li><li>two\n</li></ul>"
           "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">x</th>"
           "<th scope=\"col\">y</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>"
           "</table></div><pre tabindex=\"0\">&lt;code&gt;\n</pre>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sign_of_markup_is_escaped_in_text_and_in_attributes),
        cmocka_unit_test(signs_of_a_template_in_an_argument_are_text),
        cmocka_unit_test(an_argument_may_be_empty_or_nothing),
        cmocka_unit_test(what_could_hide_or_turn_text_round_is_shown),
        cmocka_unit_test(bytes_that_are_no_utf8_become_the_replacement_character),
        cmocka_unit_test(only_http_becomes_a_link),
        cmocka_unit_test(a_message_takes_arguments_in_its_own_order_and_escapes_them),
        cmocka_unit_test(a_count_has_the_forms_of_its_language),
        cmocka_unit_test(both_catalogues_have_the_same_keys),
        cmocka_unit_test(a_catalogue_that_is_none_is_refused_with_its_line),
        cmocka_unit_test(the_first_language_of_the_browser_that_we_speak_is_taken),
        cmocka_unit_test(a_method_is_headings_paragraphs_lists_tables_and_code),
    };
    sk_buf_init(&buf, SK_KIB(64));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    sk_buf_done(&buf);
    return failed;
}
