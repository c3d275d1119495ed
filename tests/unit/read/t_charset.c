/* Charsets: each is found by content, decoded exactly, mapped back, and doubt is said aloud. */
#include "helper.h"

#include "charset.h"

#include <iconv.h>

/* One matter in four languages; places and people in it are of the public record. */
static const char korean[] = "북한은 1970년대와 1980년대에 적어도 17명의 일본인을 "
                             "납치했다.\n수용소에서 강제노동을 시켰다.\n";
static const char korean_wide[] = /* 똠, 뷁, 펲 are in CP949 and not in EUC-KR */
    "똠방각하라는 말은 북한에서 쓰지 않는다.\n뷁 펲 같은 글자는 완성형에 없다.\n";
static const char chinese[] = "朝鲜在上世纪七十年代和八十年代绑架了至少十七名日本公民。\n"
                              "中国强制遣返朝鲜难民。\n";
static const char traditional[] = "朝鮮在上世紀七十年代和八十年代綁架了至少十七名日本公民。\n"
                                  "中國強制遣返朝鮮難民。\n";
static const char japanese[] = "北朝鮮は1970年代と1980年代に少なくとも17人の日本人を拉致した。\n"
                               "中国は脱北者を強制送還している。\n";
static const char russian[] = "Северная Корея похитила по меньшей мере 17 граждан Японии.\n"
                              "Китай принудительно возвращает беженцев, которые были там.\n";
static const char french[] = "La Corée du Nord a enlevé au moins 17 citoyens japonais.\n"
                             "Les réfugiés sont renvoyés de force, même les blessés.\n";
static const char english[] = "The “refugees” were returned — against their will — in October.\n"
                              "It’s not known how many.\n";

static sk_str to_charset(const char *text, const char *charset)
{
    iconv_t it = iconv_open(charset, "UTF-8");
    assert_true(it != (iconv_t)-1);
    size_t left = strlen(text), room = left * 4 + 16, cap = room;
    char *in = sk_str_c(&cx.arena, sk_str_of(text)), *out = sk_alloc(&cx.arena, room), *p = out;
    assert_true(iconv(it, &in, &left, &p, &room) != (size_t)-1);
    assert_true(iconv(it, NULL, NULL, &p, &room) != (size_t)-1);
    iconv_close(it);
    return (sk_str){out, cap - room};
}

static const struct {
    const char *text, *to, *found;
} cases[] = {
    {korean, "UTF-8", "utf-8"},          {korean, "UTF-16LE", "utf-16le"},
    {korean, "UTF-16BE", "utf-16be"},    {korean, "UHC", "euc-kr"},
    {korean, "EUC-KR", "euc-kr"},        {korean_wide, "UHC", "cp949"},
    {chinese, "GB18030", "gb18030"},     {chinese, "GBK", "gb18030"},
    {chinese, "UTF-16LE", "utf-16le"},   {traditional, "BIG5", "big5"},
    {japanese, "CP932", "shift_jis"},    {japanese, "EUC-JP", "euc-jp"},
    {japanese, "UTF-16BE", "utf-16be"},  {japanese, "ISO-2022-JP", "iso-2022-jp"},
    {russian, "CP1251", "windows-1251"}, {russian, "KOI8-R", "koi8-r"},
    {russian, "UTF-16LE", "utf-16le"},   {french, "CP1252", "windows-1252"},
    {french, "UTF-16BE", "utf-16be"},    {english, "CP1252", "windows-1252"},
    {english, "UTF-8", "utf-8"},
};

static void every_charset_is_found_by_content_and_read_exactly(void **state)
{
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_str bytes = to_charset(cases[i].text, cases[i].to);
        sk_document d = read_bytes(bytes, "a.txt");
        if (!sk_str_is(d.charset, cases[i].found))
            fail_msg("%s of \"%.20s\" was found to be %.*s (%.*s)", cases[i].to, cases[i].text,
                     SK_P(d.charset), SK_P(d.charset_how));
        assert_str(d.text, cases[i].text);
        assert_int_equal(d.outcome, SK_OUTCOME_OK);
        assert_int_equal(d.note.n, 0);
        assert_true(d.charset_how.n > 0);
    }
}

static void each_block_stands_for_exactly_its_bytes(void **state)
{
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_str bytes = to_charset(cases[i].text, cases[i].to);
        sk_document d = read_bytes(bytes, "a.txt");
        if (sk_str_is(d.charset, "iso-2022-jp")) { /* has shift states: no exact bytes */
            assert_int_equal(d.blocks[0].orig_end, 0);
            continue;
        }
        for (size_t k = 0; k < d.n_blocks; k++) {
            sk_str want = to_charset(sk_str_c(&cx.arena, block_text(&d, k)), cases[i].to);
            assert_true(sk_str_eq(original(bytes, &d, k), want));
        }
    }
}

static void positions_in_long_text_come_back_in_any_order(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    for (int i = 0; i < 500; i++)
        sk_buf_addf(&b, "%d %s", i, korean);
    static const char *const to[] = {"UHC", "UTF-16LE", "GB18030", "UTF-8"};
    static const char *const named[] = {"cp949", "utf-16le", "gb18030", "utf-8"};
    for (size_t i = 0; i < SK_COUNT(to); i++) {
        sk_str bytes = to_charset(b.p, to[i]);
        sk_decoded d = sk_decode(&cx, bytes, sk_charset_find(sk_str_of(named[i])), SK_MIB(4));
        assert_true(sk_str_eq(d.text, sk_buf_str(&b)));
        for (size_t k = 0; k < 200; k++) {
            size_t at = (k * 7919) % d.text.n;
            while (((unsigned char)d.text.p[at] & 0xC0) == 0x80)
                at--;
            sk_str head = to_charset(sk_str_c(&cx.arena, sk_str_sub(d.text, 0, at)), to[i]);
            assert_int_equal(sk_decoded_orig(&d, at), head.n);
        }
    }
    sk_buf_done(&b);
}

static void a_byte_order_mark_is_certain_and_no_part_of_the_text(void **state)
{
    sk_document d = read_bytes(SK_S("\xEF\xBB\xBFtext\n"), "a.txt");
    assert_str(d.text, "text\n");
    assert_str(d.charset_how, "byte order mark: certain");
    assert_int_equal(d.blocks[0].orig_start, 3);
    d = read_bytes(SK_S("\xFF\xFEt\0e\0\n\0"), "a.txt");
    assert_str(d.charset, "utf-16le");
    assert_str(d.text, "te\n");
    d = read_bytes(SK_S("\xFE\xFF\0t\0e\0\n"), "a.txt");
    assert_str(d.charset, "utf-16be");
    assert_int_equal(d.blocks[0].orig_start, 2);
}

static void short_text_that_fits_two_charsets_is_said_to_be_doubtful(void **state)
{
    static const struct {
        const char *text, *to;
    } doubtful[] = {{"한\n", "UHC"}, {"Да\n", "CP1251"}, {"café\n", "CP1252"}};
    for (size_t i = 0; i < SK_COUNT(doubtful); i++) {
        sk_document d = read_bytes(to_charset(doubtful[i].text, doubtful[i].to), "a.txt");
        assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
        assert_true(note_says(&d, "the charset is not certain"));
        assert_true(note_says(&d, "name the charset"));
    }
}

static void a_charset_named_by_the_caller_ends_the_doubt(void **state)
{
    sk_document d = read_as(to_charset("한\n", "UHC"), "a.txt", "EUC-KR");
    assert_int_equal(d.outcome, SK_OUTCOME_OK);
    assert_str(d.text, "한\n");
    assert_str(d.charset_how, "named by the caller (EUC-KR)");
    d = read_as(to_charset("Да\n", "CP1251"), "a.txt", "windows-1251");
    assert_str(d.text, "Да\n");
    d = read_as(SK_S("abc\n"), "a.txt", "klingon-1");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "\"klingon-1\" is not known"));
}

static void text_of_a_charset_that_cannot_be_told_is_not_passed_off_as_sure(void **state)
{
    sk_document d = read_bytes(
        to_charset("Żądamy wolności dla więźniów, których uwięziono bez wyroku.\n", "CP1250"),
        "a.txt");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    d = read_as(to_charset("Żądamy wolności\n", "CP1250"), "a.txt", "windows-1250");
    assert_str(d.text, "Żądamy wolności\n");
    assert_int_equal(d.outcome, SK_OUTCOME_OK);
}

static void bad_bytes_are_counted_and_placed_not_dropped(void **state)
{
    sk_str bytes = sk_fmt(&cx.arena, "%s%s\xFF\xC3(%s", korean, korean, korean);
    sk_document d = read_bytes(bytes, "a.txt");
    assert_str(d.charset, "utf-8");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "2 places are not utf-8"));
    assert_true(has_text(&d, "\xEF\xBF\xBD\xEF\xBF\xBD("));
    sk_str at = sk_fmt(&cx.arena, "the first at byte %zu", 2 * strlen(korean));
    assert_true(note_says(&d, at.p));
    d = read_as(SK_S("abc\x81 def\n"), "a.txt", "cp1252");
    assert_str(d.text, "abc\xEF\xBF\xBD def\n");
}

static void control_characters_become_blanks_and_are_reported(void **state)
{
    sk_document d = read_bytes(SK_S("one\0two\x1B[0m\n"), "a.txt");
    assert_str(d.text, "one two [0m\n");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "2 control characters"));
    assert_int_equal(d.blocks[0].orig_end, 11);
}

static void bytes_that_are_no_text_are_not_read_as_text(void **state)
{
    char bytes[4096];
    uint32_t x = 12345;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)((x = x * 1664525u + 1013904223u) >> 24);
    sk_document d = read_bytes((sk_str){bytes, sizeof bytes}, "a.bin");
    assert_int_equal(d.outcome, SK_OUTCOME_NONE);
    assert_int_equal(d.text.n, 0);
}

static void names_of_charsets_are_known_as_pages_and_mail_write_them(void **state)
{
    static const char *const names[][2] = {
        {"KS_C_5601-1987", "cp949"},    {"euc-kr", "cp949"},
        {"x-sjis", "shift_jis"},        {"GB2312", "gb18030"},
        {"ISO-8859-1", "windows-1252"}, {"UTF8", "utf-8"},
        {"Windows-31J", "shift_jis"},   {"latin1", "windows-1252"},
        {"cp1251", "windows-1251"},
    };
    for (size_t i = 0; i < SK_COUNT(names); i++) {
        const sk_charset *cs = sk_charset_find(sk_str_of(names[i][0]));
        assert_non_null(cs);
        assert_string_equal(sk_charset_name(cs), names[i][1]);
    }
    assert_null(sk_charset_find(SK_S("utf-8 utf8")));
    assert_null(sk_charset_find(SK_NONE));
}

/* The next "Input" of a file of the recognizer sets; JSON, one a line, plain strings. */
static bool next_input(sk_str *rest, sk_str *ret_input)
{
    size_t at = sk_str_find(*rest, SK_S("\"Input\": \""));
    if (at == SIZE_MAX)
        return false;
    *rest = sk_str_sub(*rest, at + 10, rest->n);
    const char *end = memchr(rest->p, '"', rest->n);
    assert_non_null(end);
    *ret_input = sk_str_range(rest->p, end);
    return true;
}

static bool convert(sk_str text, const char *to, sk_str *ret_bytes)
{
    iconv_t it = iconv_open(to, "UTF-8");
    size_t left = text.n, room = text.n * 4 + 16, cap = room;
    char *in = sk_str_c(&cx.arena, text), *out = sk_alloc(&cx.arena, room), *p = out;
    bool ok = iconv(it, &in, &left, &p, &room) != (size_t)-1;
    iconv_close(it);
    *ret_bytes = (sk_str){out, cap - room};
    return ok;
}

/* Real sentences, most of them of 10 to 40 characters: none may be read wrongly in silence. */
static void no_sentence_of_the_shared_sets_is_misread_in_silence(void **state)
{
    static const struct {
        const char *path, *to;
    } sets[] = {
        {"text/recognizers/DateTime/Korean/DateExtractor.json", "UHC"},
        {"text/recognizers/DateTime/Chinese/DateExtractor.json", "GB18030"},
        {"text/recognizers/DateTime/Japanese/DateExtractor.json", "CP932"},
        {"text/recognizers/DateTime/Japanese/DateExtractor.json", "EUC-JP"},
        {"text/recognizers/NumberWithUnit/Korean/CurrencyModel.json", "UHC"},
        {"text/recognizers/NumberWithUnit/Chinese/CurrencyModel.json", "GB18030"},
        {"text/recognizers/NumberWithUnit/Japanese/CurrencyModel.json", "CP932"},
    };
    size_t n = 0, n_doubtful = 0, n_doubtful_right = 0, n_wrong = 0;
    for (size_t i = 0; i < SK_COUNT(sets); i++) {
        sk_str rest = shared_file(sets[i].path), text, bytes;
        while (rest.n && next_input(&rest, &text)) {
            bool is_ascii = sk_utf8_count(text) == text.n;
            if (is_ascii || !convert(text, sets[i].to, &bytes))
                continue;
            sk_document d = read_bytes(bytes, "a.txt");
            sk_str back; /* some signs have a twin in the charset: compare there */
            bool right = convert(sk_str_trim(d.text), sets[i].to, &back) &&
                         sk_str_eq(back, sk_str_trim(bytes));
            bool doubtful = d.outcome == SK_OUTCOME_PARTIAL;
            n++;
            n_doubtful += doubtful;
            n_doubtful_right += doubtful && right;
            n_wrong += !right && !doubtful;
            if (!right && !doubtful)
                print_message("%s as %.*s (%.*s): %.*s\n", sets[i].to, SK_P(d.charset),
                              SK_P(d.charset_how), SK_P(text));
        }
    }
    print_message("%zu sentences, %zu doubtful (%zu of them right), %zu misread in silence\n", n,
                  n_doubtful, n_doubtful_right, n_wrong);
    assert_int_equal(n_wrong, 0);
    assert_true(n_doubtful * 20 <= n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_charset_is_found_by_content_and_read_exactly),
        TEST(each_block_stands_for_exactly_its_bytes),
        TEST(positions_in_long_text_come_back_in_any_order),
        TEST(a_byte_order_mark_is_certain_and_no_part_of_the_text),
        TEST(short_text_that_fits_two_charsets_is_said_to_be_doubtful),
        TEST(a_charset_named_by_the_caller_ends_the_doubt),
        TEST(text_of_a_charset_that_cannot_be_told_is_not_passed_off_as_sure),
        TEST(bad_bytes_are_counted_and_placed_not_dropped),
        TEST(control_characters_become_blanks_and_are_reported),
        TEST(bytes_that_are_no_text_are_not_read_as_text),
        TEST(names_of_charsets_are_known_as_pages_and_mail_write_them),
        TEST(no_sentence_of_the_shared_sets_is_misread_in_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
