/* Mail: fields, encodings, parts, attachments. All people and places in it are invented. */
#include "helper.h"

#include "mime.h"

static void fields_are_blocks_and_the_subject_is_the_title(void **state)
{
    static const char mail[] =
        "Received: from a.example\r\n by b.example\r\n"
        "From: =?utf-8?B?6rmA7KeA7Ja0?= <kim@example.org>\r\n"
        "To: =?ISO-8859-1?Q?J=F6rg_Invented?= <j@example.org>,\r\n\tother@example.org\r\n"
        "Subject: =?utf-8?Q?A_list_?= =?utf-8?Q?of_names?=\r\n"
        "Date: Mon, 9 Oct 2023 12:34:56 +0900\r\n"
        "\r\n"
        "Dear all,\r\n\r\nThe list is attached.\r\n";
    sk_document d = read_text(mail, "m.eml");
    assert_str(d.media, "message/rfc822");
    assert_int_equal(d.outcome, SK_OUTCOME_OK);
    assert_str(d.title, "A list of names");
    assert_block(&d, 0, SK_BLOCK_TEXT, "김지어 <kim@example.org>");
    assert_str(d.blocks[0].place, "header From");
    assert_str(original(sk_str_of(mail), &d, 0), "=?utf-8?B?6rmA7KeA7Ja0?= <kim@example.org>");
    assert_block(&d, 1, SK_BLOCK_TEXT, "Jörg Invented <j@example.org>, other@example.org");
    assert_int_equal(d.n_dates, 1);
    assert_str(d.dates[0].edtf, "2023-10-09T12:34:56+09:00");
    assert_str(d.dates[0].where, "header Date");
    assert_str(d.blocks[find_block(&d, "The list is attached.")].place, "part 1");
    assert_false(has_text(&d, "a.example")); /* the way it took is no text of it */
}

static void of_alternatives_the_plain_text_counts(void **state)
{
    static const char mail[] =
        "From: a@example.org\nSubject: x\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=\"out er\"\n\npreamble\n"
        "--out er\nContent-Type: multipart/alternative; boundary=in\n\n"
        "--in\nContent-Type: text/plain; charset=euc-kr\nContent-Transfer-Encoding: base64\n\n"
        "vPa/67zSv6G8rSCwrcGmILPrtb/AuyDH37TZLg==\n"
        "--in\nContent-Type: text/html\n\n<p>the same as HTML</p>\n--in--\n"
        "--out er\nContent-Type: application/pdf; name*=utf-8''%EB%AA%85%EB%8B%A8.pdf\n"
        "Content-Disposition: attachment;\n filename*0*=utf-8''%EB%AA%85; filename*1*=%EB%8B%A8;\n"
        " filename*2=.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n"
        "--out er--\nepilogue\n";
    sk_document d = read_text(mail, "m.eml");
    assert_int_equal(d.outcome, SK_OUTCOME_OK);
    assert_true(has_text(&d, "수용소에서"));
    assert_false(has_text(&d, "the same as HTML"));
    assert_false(has_text(&d, "preamble"));
    assert_str(d.charset, "euc-kr");
    assert_str(d.charset_how, "as the document says (euc-kr): it decodes so");
    size_t i = find_block(&d, "명단.pdf");
    assert_block(&d, i, SK_BLOCK_ROW, "명단.pdf\tapplication/pdf");
    assert_str(d.blocks[i].place, "attachment 1");
}

static void html_is_read_where_there_is_no_plain_text(void **state)
{
    sk_document d = read_text("From: a@example.org\nTo: b@example.org\nSubject: x\nContent-Type: "
                              "text/html; charset=utf-8\n"
                              "Content-Transfer-Encoding: quoted-printable\n\n"
                              "<h1>Heading</h1><p>Caf=C3=A9 and a soft =\nline end. <a "
                              "href=3D\"https://example.org/\">l</a>"
                              "</p>\n",
                              "m");
    assert_int_equal(d.blocks[find_block(&d, "Heading")].kind, SK_BLOCK_HEADING);
    assert_true(has_text(&d, "Café and a soft line end."));
    assert_int_equal(d.n_links, 1);
}

static void a_forwarded_message_is_read_with_its_fields(void **state)
{
    sk_document d = read_text("From: a@example.org\nTo: b@example.org\nSubject: outer\n"
                              "Content-Type: message/rfc822\n\n"
                              "From: c@example.org\nSubject: inner\n\nInner text.\n",
                              "m.eml");
    assert_str(d.title, "outer");
    assert_str(d.blocks[find_block(&d, "inner")].place, "message 2, header Subject");
    assert_true(has_text(&d, "Inner text."));
}

static void endless_nesting_ends_in_an_outcome(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(4));
    sk_buf_add(&b, SK_S("From: a@example.org\nSubject: x\nDate: x\n"));
    for (int i = 0; i < 1000; i++)
        sk_buf_addf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    sk_buf_add(&b, SK_S("\nunreached\n"));
    sk_document d = read_bytes(sk_buf_str(&b), "m.eml");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "within one another"));
    sk_buf_done(&b);
}

static void text_that_only_looks_like_mail_is_text(void **state)
{
    sk_document d = read_text("Note: this is no mail.\nIt has one colon.\n", "a.txt");
    assert_str(d.media, "text/plain");
    d = read_text("Subject: x\n\nbody\n", "a.txt");
    assert_str(d.media, "text/plain");
    d = read_text("Subject: x\n\nbody\n", "a.eml");
    assert_str(d.media, "message/rfc822");
}

static void broken_words_and_parameters_are_kept_as_they_stand(void **state)
{
    static const char *const words[][2] = {
        {"=?utf-8?Q?open", "=?utf-8?Q?open"},
        {"a =?utf-8?X?z?= b", "a =?utf-8?X?z?= b"},
        {"=?utf-8?B?6rmA?= =?utf-8?B?7KeA?=", "김지"},
        {"=?utf-8?B?6rm?= =?utf-8?B?gA==?=", "김"}, /* a character split over two words */
        {"a =?utf-8?Q?b?= c", "a b c"},
        {"=?ks_c_5601-1987?B?x9GxuQ==?=", "한국"},
    };
    for (size_t i = 0; i < SK_COUNT(words); i++)
        assert_str(sk_field_text(&cx, sk_str_of(words[i][0])), words[i][1]);
    sk_str raw = SK_S(" text/plain; charset=\"a\\\"b\"; x; format=flowed");
    assert_str(sk_field_value(&cx, raw), "text/plain");
    assert_str(sk_field_parameter(&cx, raw, "charset"), "a\"b");
    assert_str(sk_field_parameter(&cx, raw, "format"), "flowed");
    assert_str(sk_field_parameter(&cx, raw, "none"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(fields_are_blocks_and_the_subject_is_the_title),
        TEST(of_alternatives_the_plain_text_counts),
        TEST(html_is_read_where_there_is_no_plain_text),
        TEST(a_forwarded_message_is_read_with_its_fields),
        TEST(endless_nesting_ends_in_an_outcome),
        TEST(text_that_only_looks_like_mail_is_text),
        TEST(broken_words_and_parameters_are_kept_as_they_stand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
