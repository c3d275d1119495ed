/* HTML: text, structure, furniture, what a page says of itself, and where text stands in it. */
#include "helper.h"

static const char page[] =
    "<!DOCTYPE html>\n<html lang=\"ko-KR\"><head><meta charset=utf-8>\n"
    "<title>Denied &amp; reported - Invented Times</title>\n"
    "<meta property=\"og:title\" content=\"Denied &amp; reported\">\n"
    "<meta property=\"article:published_time\" content=\"2023-10-09T12:34:56+09:00\">\n"
    "<script>var x = '<p>not text</p>';</script><style>p { color: red }</style></head>\n"
    "<body class=\"has-sidebar sidebar\"><nav><a href=\"/\">Home</a> <a "
    "href=\"/world\">World</a></nav>\n"
    "<header><h1>Denied &amp; reported</h1></header>\n"
    "<main><p>First  paragraph with\n   <b>bold</b> text &mdash; and an "
    "<i>entity</i>&nbsp;here.</p>\n"
    "<p>Second.<br>Third line.</p>\n"
    "<table><tr><th>name</th><th>age</th></tr><tr><td>Kim</td><td></td><td>52</td></tr></table>\n"
    "<ul><li>one<li>two</ul><time datetime=\"2023-10-08\">yesterday</time>\n"
    "<a href=\"https://example.org/a?b=1&amp;c=2\">link</a> <a href=\"/world\">again</a>\n"
    "<a href=\"javascript:alert(1)\">no link</a></main>\n"
    "<div class=\"share-buttons\">Share it</div><form><label>Comment</label></form>\n"
    "<footer>All rights</footer></body></html>";

static void text_is_parted_into_blocks_of_its_kind(void **state)
{
    sk_document d = read_text(page, "a.html");
    assert_int_equal(d.outcome, SK_OUTCOME_OK);
    assert_block(&d, 0, SK_BLOCK_FURNITURE, "Home World");
    assert_block(&d, 1, SK_BLOCK_HEADING, "Denied & reported");
    assert_block(&d, 2, SK_BLOCK_TEXT,
                 "First paragraph with bold text \xE2\x80\x94 and an entity\xC2\xA0here.");
    assert_block(&d, 3, SK_BLOCK_TEXT, "Second.");
    assert_block(&d, 4, SK_BLOCK_TEXT, "Third line.");
    assert_block(&d, 5, SK_BLOCK_ROW, "name\tage");
    assert_block(&d, 6, SK_BLOCK_ROW, "Kim\t\t52");
    assert_str(d.blocks[6].place, "table 1, row 2");
    assert_block(&d, 7, SK_BLOCK_TEXT, "one");
    assert_block(&d, 8, SK_BLOCK_TEXT, "two");
    assert_false(has_text(&d, "not text"));
    assert_false(has_text(&d, "color"));
    assert_int_equal(d.blocks[find_block(&d, "Share it")].kind, SK_BLOCK_FURNITURE);
    assert_int_equal(d.blocks[find_block(&d, "Comment")].kind, SK_BLOCK_FURNITURE);
    assert_int_equal(d.blocks[find_block(&d, "All rights")].kind, SK_BLOCK_FURNITURE);
}

static void a_page_says_its_title_language_dates_and_links(void **state)
{
    sk_document d = read_text(page, "a.html");
    assert_str(d.title, "Denied & reported");
    assert_str(d.lang, "ko"); /* as the page says, whatever its text is in */
    assert_int_equal(d.n_dates, 2);
    assert_str(d.dates[0].edtf, "2023-10-09T12:34:56+09:00");
    assert_str(d.dates[0].where, "meta article:published_time");
    assert_str(d.dates[1].edtf, "2023-10-08");
    assert_int_equal(d.n_links, 3);
    assert_str(d.links[0], "/");
    assert_str(d.links[2], "https://example.org/a?b=1&c=2");
}

static void each_block_stands_for_its_stretch_of_the_page(void **state)
{
    sk_document d = read_text(page, "a.html");
    sk_str bytes = sk_str_of(page);
    assert_str(original(bytes, &d, 1), "Denied &amp; reported");
    assert_str(original(bytes, &d, 2), "First  paragraph with\n   <b>bold</b> text &mdash; and an "
                                       "<i>entity</i>&nbsp;here.");
    assert_str(original(bytes, &d, 4), "Third line.");
    assert_str(original(bytes, &d, 6), "Kim</td><td></td><td>52");
}

/* Without entities, what remains of the range less its tags is the block's text. */
static void ranges_hold_over_many_pages_and_charsets(void **state)
{
    static const char *const charsets[] = {"utf-8", "euc-kr", "shift_jis"};
    static const char *const words[] = {"\xEC\x88\x98\xEC\x9A\xA9\xEC\x86\x8C",
                                        "\xBC\xF6\xBF\xEB\xBC\xD2", "\x8E\xFB\x97\x65\x8F\x8A"};
    for (size_t c = 0; c < SK_COUNT(charsets); c++) {
        sk_buf b;
        sk_buf_init(&b, SK_MIB(4));
        sk_buf_addf(&b, "<html><meta charset=%s><body>", charsets[c]);
        for (int i = 0; i < 3000; i++)
            sk_buf_addf(&b, "<p>%s <b>no</b>%s %d</p>\r\n", words[c], i % 7 ? "" : " <i>x</i>", i);
        sk_document d = read_bytes(sk_buf_str(&b), "a.html");
        assert_str(d.charset, charsets[c]);
        assert_int_equal(d.n_blocks, 3000);
        for (size_t i = 0; i < d.n_blocks; i++) {
            sk_str want =
                sk_fmt(&cx.arena, "%s <b>no</b>%s %zu", words[c], i % 7 ? "" : " <i>x</i>", i);
            assert_true(sk_str_eq(original(sk_buf_str(&b), &d, i), want));
        }
        sk_buf_done(&b);
    }
}

static void the_charset_of_a_page_is_that_of_its_bytes(void **state)
{
    sk_document d = read_text("<html><head><meta charset=\"euc-kr\"></head><body><p>"
                              "북한 주민들은 강제노동을 했다.</p></body></html>",
                              "a.html");
    assert_str(d.charset, "utf-8");
    assert_true(has_text(&d, "북한 주민들은"));
    assert_true(sk_str_find(d.charset_how, SK_S("the document says euc-kr")) != SIZE_MAX);
    d = read_bytes(SK_S("<html><meta http-equiv=content-type content='text/html; charset=euc-kr'>"
                        "<p>\xC7\xD1</p></html>"),
                   "a.html");
    assert_str(d.charset, "euc-kr");
    assert_block(&d, 0, SK_BLOCK_TEXT, "한");
    assert_int_equal(d.outcome, SK_OUTCOME_OK); /* short, but declared: no doubt */
    d = read_bytes(SK_S("<html><p>\xC7\xD1</p></html>"), "a.html");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
}

static void pages_in_utf16_are_pages(void **state)
{
    char wide[2000];
    size_t n = 2;
    memcpy(wide, "\xFF\xFE", 2);
    for (const char *p = "<html><body><p>wide text</p></body></html>"; *p; p++, n += 2) {
        wide[n] = *p;
        wide[n + 1] = '\0';
    }
    sk_document d = read_bytes((sk_str){wide, n}, "a");
    assert_str(d.media, "text/html");
    assert_block(&d, 0, SK_BLOCK_TEXT, "wide text");
    assert_int_equal(d.blocks[0].orig_start, 2 + 2 * 15);
    assert_int_equal(d.blocks[0].orig_end, 2 + 2 * 24);
}

static void a_form_around_the_whole_page_does_not_hide_it(void **state)
{
    sk_document d =
        read_text("<html><body><form id=\"aspnetForm\" class=\"menu\"><p>The report says "
                  "that people were held for years.</p><p>More of it.</p></form>"
                  "</body></html>",
                  "a.html");
    assert_int_equal(d.blocks[0].kind, SK_BLOCK_TEXT);
    assert_int_equal(d.blocks[1].kind, SK_BLOCK_TEXT);
}

static void furniture_lines_are_marked_in_pages_too(void **state)
{
    sk_document d = read_text("<p>The report says that people were held for years.</p>"
                              "<p>A fence. VIDEO CREDIT: INVENTED</p><h3>Leave a Reply</h3>"
                              "<p>Your email address will not be published.</p><p>맨 위로</p>",
                              "a.html");
    assert_block(&d, 1, SK_BLOCK_TEXT, "A fence.");
    assert_block(&d, 2, SK_BLOCK_FURNITURE, "VIDEO CREDIT: INVENTED");
    assert_int_equal(d.blocks[3].kind, SK_BLOCK_FURNITURE);
    assert_int_equal(d.blocks[4].kind, SK_BLOCK_FURNITURE);
    assert_int_equal(d.blocks[5].kind, SK_BLOCK_FURNITURE);
}

static void tables_used_for_layout_are_read_as_paragraphs(void **state)
{
    sk_document d = read_text("<table><tr><td><h2>Heading</h2><p>One.</p><p>Two.</p><p>Three.</p>"
                              "</td><td>side</td></tr></table>",
                              "a.html");
    assert_block(&d, 0, SK_BLOCK_HEADING, "Heading");
    assert_int_equal(d.blocks[find_block(&d, "One.")].kind, SK_BLOCK_TEXT);
    assert_true(find_block(&d, "One.") != find_block(&d, "Three."));
}

static void broken_and_hostile_pages_end_in_an_outcome(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(16));
    sk_buf_add(&b, SK_S("<html><p>before</p>"));
    for (int i = 0; i < 200000; i++)
        sk_buf_add(&b, SK_S("<div>"));
    sk_buf_add(&b, SK_S("deep"));
    sk_document d = read_bytes(sk_buf_str(&b), "a.html");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "more than 10000 deep"));
    assert_true(has_text(&d, "before"));
    sk_buf_done(&b);
    d = read_text("<html><p>unclosed <b>bold <p>next &#0; &#xD800; &bogus; <a href=", "a.html");
    assert_true(has_text(&d, "unclosed bold"));
    assert_true(has_text(&d, "next"));
    read_text("<", "a.html");
    read_text("<html", "a.html");
    read_text("<!doctype html><!--", "a.html");
    read_text("<html><title>only a title</title>", "a.html");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_is_parted_into_blocks_of_its_kind),
        TEST(a_page_says_its_title_language_dates_and_links),
        TEST(each_block_stands_for_its_stretch_of_the_page),
        TEST(ranges_hold_over_many_pages_and_charsets),
        TEST(the_charset_of_a_page_is_that_of_its_bytes),
        TEST(pages_in_utf16_are_pages),
        TEST(a_form_around_the_whole_page_does_not_hide_it),
        TEST(furniture_lines_are_marked_in_pages_too),
        TEST(tables_used_for_layout_are_read_as_paragraphs),
        TEST(broken_and_hostile_pages_end_in_an_outcome),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
