/* Plain text and tables: exact bytes, blocks, titles; languages and stated dates. */
#include "helper.h"

#include "dates.h"
#include "language.h"

static void clean_utf8_text_is_the_file_byte_for_byte(void **state)
{
    static const char text[] = "  A title, with blanks around  \n\n\nFirst line. \tMore.\n"
                               "두 번째 줄입니다.\n\n\n";
    sk_document d = read_text(text, "a.txt");
    assert_str(d.text, text);
    assert_int_equal(d.outcome, SK_OUTCOME_OK);
    for (size_t i = 0; i < d.n_blocks; i++) {
        assert_int_equal(d.blocks[i].start, d.blocks[i].orig_start);
        assert_int_equal(d.blocks[i].end, d.blocks[i].orig_end);
    }
    d = read_text("no line end", "a.txt");
    assert_str(d.text, "no line end\n");
    d = read_bytes(SK_S("\xEF\xBB\xBFmark first\n"), "a.txt");
    assert_str(d.text, "mark first\n");
}

static void line_ends_of_other_systems_become_lf_and_keep_their_place(void **state)
{
    sk_str bytes = SK_S("one\r\ntwo\rthree\n\r\nfour");
    sk_document d = read_bytes(bytes, "a.txt");
    assert_str(d.text, "one\ntwo\nthree\n\nfour\n");
    assert_int_equal(d.n_blocks, 4);
    for (size_t i = 0; i < d.n_blocks; i++)
        assert_true(sk_str_eq(original(bytes, &d, i), block_text(&d, i)));
}

static void text_that_is_not_nfc_is_composed_and_keeps_its_range(void **state)
{
    sk_str bytes = SK_S("caf\x65\xCC\x81 \xE1\x84\x80\xE1\x85\xA1\nnext\n");
    sk_document d = read_bytes(bytes, "a.txt");
    assert_str(d.text, "caf\xC3\xA9 \xEA\xB0\x80\nnext\n");
    assert_int_equal(d.blocks[0].orig_end, 13);
    assert_int_equal(d.blocks[1].orig_start, 14);
}

static void wrapped_lines_are_one_paragraph_and_short_lines_are_not(void **state)
{
    static const char wrapped[] =
        "The commission heard that people were held without any process of law and\n"
        "were made to work in the mines of the district for many years before they\n"
        "could leave. It found that the state had known of this from the start and\n"
        "had done nothing to end it.\n"
        "\n"
        "A second paragraph follows here and it is just as long as the one before,\n"
        "so that it must be wrapped at the same column as all the others in the\n"
        "file.\n";
    sk_document d = read_text(wrapped, "a.txt");
    assert_str(d.text, wrapped);
    assert_int_equal(d.n_blocks, 2);
    d = read_text("Kim\nLee\nPark\nChoi\nJung\nKang\nCho\nYoon\nJang\nLim\n", "names.txt");
    assert_int_equal(d.n_blocks, 10);
    assert_int_equal(d.title.n, 0);
}

static void the_first_short_line_above_prose_is_the_title(void **state)
{
    sk_document d = read_text("A report on the camps\n\nIt was said that people were held there. "
                              "Nobody knows how many of them there were.\n",
                              "a.txt");
    assert_str(d.title, "A report on the camps");
    assert_block(&d, 0, SK_BLOCK_HEADING, "A report on the camps");
    d = read_text("He said so.\n\nIt was said that people were held there for many years.\n",
                  "a.txt");
    assert_int_equal(d.title.n, 0);
}

static void an_empty_file_and_one_of_blanks_say_so(void **state)
{
    sk_document d = read_text("", "a.txt");
    assert_int_equal(d.outcome, SK_OUTCOME_NONE);
    assert_str(d.note, "the file is empty");
    d = read_text(" \n \t \n", "a.txt");
    assert_int_equal(d.outcome, SK_OUTCOME_NONE);
    assert_str(d.note, "there is no text in it");
}

static void text_beyond_the_ceiling_is_cut_and_said_to_be(void **state)
{
    size_t n = SK_LIM_TEXT_BYTES + 1000;
    char *big = sk_alloc(&cx.arena, n);
    for (size_t i = 0; i < n; i++)
        big[i] = i % 80 == 79 ? '\n' : 'x';
    sk_document d = read_bytes((sk_str){big, n}, "a.txt");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "only the first 64 MiB"));
    assert_true(d.text.n <= SK_LIM_TEXT_BYTES && d.text.n > SK_LIM_TEXT_BYTES - 1000);
}

static void what_was_read_when_time_ran_out_is_kept_and_said_to_be_partial(void **state)
{
    sk_buf b;
    sk_document d;
    sk_buf_init(&b, SK_MIB(4));
    for (int i = 0; i < 10000; i++)
        sk_buf_addf(&b, "line %d of a text that takes longer than it may\n", i);
    sk_source src = {.bytes = sk_buf_str(&b), .fd = -1};
    sk_extract_document(&cx, &src, sk_clock_ms() - 1, &d);
    assert_sound(&d);
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "time limit"));
    assert_true(d.n_blocks > 0 && d.n_blocks < 10000);
    sk_buf_done(&b);
}

static void rows_of_a_table_are_blocks_with_their_number(void **state)
{
    sk_str bytes = SK_S("name,age,place\nKim Invented,52,\"Pyongyang, north\"\n,,only third\n"
                        "\n\"a \"\"quote\"\" and\na line\",1,2\n");
    sk_document d = read_bytes(bytes, "list.csv");
    assert_str(d.media, "text/csv");
    assert_int_equal(d.n_blocks, 4);
    assert_block(&d, 0, SK_BLOCK_ROW, "name\tage\tplace");
    assert_block(&d, 1, SK_BLOCK_ROW, "Kim Invented\t52\tPyongyang, north");
    assert_block(&d, 2, SK_BLOCK_ROW, "\t\tonly third");
    assert_block(&d, 3, SK_BLOCK_ROW, "a \"quote\" and a line\t1\t2");
    assert_str(d.blocks[1].place, "row 2");
    assert_str(d.blocks[3].place, "row 5");
    assert_str(original(bytes, &d, 1), "Kim Invented,52,\"Pyongyang, north\"");
    d = read_text("a\tb\n1\t2\n", "list.tsv");
    assert_str(d.media, "text/tab-separated-values");
    assert_block(&d, 1, SK_BLOCK_ROW, "1\t2");
}

static void a_fault_in_a_table_is_named_and_the_rest_still_read(void **state)
{
    sk_document d = read_text("a,b\n1,2\n\"never closed,3\nlast line\n", "list.csv");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "rows up to a fault"));
    assert_true(note_says(&d, "row 3"));
    assert_true(has_text(&d, "last line"));
}

static void a_table_in_an_old_charset_keeps_its_ranges(void **state)
{
    sk_str bytes = SK_S("\xC0\xCC\xB8\xA7,\xB3\xAA\xC0\xCC\n\xB1\xE8\xBF\xB5\xC8\xA3,52\n");
    sk_document d = read_as(bytes, "list.csv", "euc-kr");
    assert_block(&d, 1, SK_BLOCK_ROW, "김영호\t52");
    assert_int_equal(d.blocks[1].orig_start, 10);
    assert_int_equal(d.blocks[1].orig_end, 19);
}

static void languages_are_told_by_script_and_by_short_words(void **state)
{
    static const char *const samples[][2] = {
        {"ko", "북한 주민들은 수용소에서 강제노동을 했다."},
        {"ko", "金正恩 국무위원장은 平壤에서 열린 회의에 참석했다."},
        {"ja", "北朝鮮は日本人を拉致した。"},
        {"zh", "中国强制遣返朝鲜难民。"},
        {"th", "ประชาชนถูกควบคุมตัว"},
        {"en", "The people were held in the camp and it was said that they had to work."},
        {"fr", "Les réfugiés ont été renvoyés dans leur pays et ils sont en prison."},
        {"de", "Die Menschen wurden in das Lager gebracht und mussten dort arbeiten, weil sie."},
        {"es",
         "Los refugiados fueron devueltos a su país y no se sabe dónde están ahora los niños."},
        {"ru", "Они были там, но никто не знает, что с ними было после этого и где они сейчас."},
        {"uk", "Вони були там, але ніхто не знає, що з ними було після цього і де вони зараз."},
        {"vi", "Những người này đã bị bắt và không ai biết họ đang ở đâu trong nước."},
        {"ar", "قال الشهود إن الناس كانوا في السجن من قبل وقد تم نقلهم إلى مكان آخر"},
        {"", "Pyongyang"},
        {"", "1234 5678"},
    };
    for (size_t i = 0; i < SK_COUNT(samples); i++)
        if (!sk_str_is(sk_language_of(sk_str_of(samples[i][1])), samples[i][0]))
            fail_msg("\"%s\" is %s, not \"%.*s\"", samples[i][1], samples[i][0],
                     SK_P(sk_language_of(sk_str_of(samples[i][1]))));
    assert_str(sk_language_tag(&cx.arena, SK_S("ko-KR")), "ko");
    assert_str(sk_language_tag(&cx.arena, SK_S("EN_us")), "en");
    assert_str(sk_language_tag(&cx.arena, SK_S("und")), "");
    assert_str(sk_language_tag(&cx.arena, SK_S("klingon")), "");
}

static void dates_of_headers_and_tags_become_edtf_without_invention(void **state)
{
    static const char *const dates[][2] = {
        {"2023-10-09", "2023-10-09"},
        {"2023-10-09T12:34:56+09:00", "2023-10-09T12:34:56+09:00"},
        {"2023-10-09T12:34:56.789Z", "2023-10-09T12:34:56Z"},
        {"2023-10-09 12:34:56 +0900", "2023-10-09T12:34:56+09:00"},
        {"2023-10-09T12:00:00+09", "2023-10-09T12:00:00+09:00"},
        {"2023.10.09 12:34", "2023-10-09T12:34"},
        {"2023/10/9", "2023-10-09"},
        {"2023.10.09.", "2023-10-09"},
        {"Mon, 9 Oct 2023 12:34:56 +0900", "2023-10-09T12:34:56+09:00"},
        {"Mon, 09 Oct 2023 12:34:56 GMT", "2023-10-09T12:34:56Z"},
        {"9 Oct 2023 03:04 -0500 (EST)", "2023-10-09T03:04-05:00"},
        {"October 9, 2023", "2023-10-09"},
        {"2023년 10월 9일", "2023-10-09"},
        {"2023-10", "2023-10"},
        {"2023", "2023"},
        {"10/09/2023", ""}, /* day or month first? nobody knows */
        {"2023-02-30", ""},
        {"2023-10-09T25:00:00Z", ""},
        {"yesterday", ""},
        {"", ""},
    };
    for (size_t i = 0; i < SK_COUNT(dates); i++)
        assert_str(sk_date_from_words(&cx, sk_str_of(dates[i][0])), dates[i][1]);
    assert_int_equal(cx.rc, SK_OK);
}

static void files_of_other_kinds_are_named_and_not_read(void **state)
{
    static const struct {
        sk_str bytes;
        const char *media, *says;
    } others[] = {
        {SK_S("\xFF\xD8\xFF\xE0\0\x10JFIF"), "image/jpeg", "a JPEG picture"},
        {SK_S("\x89PNG\r\n\x1A\n\0\0"), "image/png", "a PNG picture"},
        {SK_S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), "application/x-ole-storage", "HWP"},
        {SK_S("\0\0\0\x18"
              "ftypmp42\0\0\0\0"),
         "video/mp4", "recording"},
        {SK_S("\x1F\x8B\x08\0\0\0"), "application/gzip", "unpack it"},
    };
    for (size_t i = 0; i < SK_COUNT(others); i++) {
        sk_document d = read_bytes(others[i].bytes, "x");
        assert_int_equal(d.outcome, SK_OUTCOME_NONE);
        assert_str(d.media, others[i].media);
        assert_true(note_says(&d, others[i].says));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(clean_utf8_text_is_the_file_byte_for_byte),
        TEST(line_ends_of_other_systems_become_lf_and_keep_their_place),
        TEST(text_that_is_not_nfc_is_composed_and_keeps_its_range),
        TEST(wrapped_lines_are_one_paragraph_and_short_lines_are_not),
        TEST(the_first_short_line_above_prose_is_the_title),
        TEST(an_empty_file_and_one_of_blanks_say_so),
        TEST(text_beyond_the_ceiling_is_cut_and_said_to_be),
        TEST(what_was_read_when_time_ran_out_is_kept_and_said_to_be_partial),
        TEST(rows_of_a_table_are_blocks_with_their_number),
        TEST(a_fault_in_a_table_is_named_and_the_rest_still_read),
        TEST(a_table_in_an_old_charset_keeps_its_ranges),
        TEST(languages_are_told_by_script_and_by_short_words),
        TEST(dates_of_headers_and_tags_become_edtf_without_invention),
        TEST(files_of_other_kinds_are_named_and_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
