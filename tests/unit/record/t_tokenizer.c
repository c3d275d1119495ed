/* What search cuts text into: the rules of docs/methods/search.md, one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "record/charfold.h"
#include "record/tokenizer.h"

#include <sqlite3.h>

/* Tokens as one line: blanks between positions, = before further forms at the same one. */
static bool write_token(void *arg, const sk_token *t)
{
    sk_buf *b = arg;
    if (t->colocated)
        sk_buf_addc(b, '=');
    else if (b->n)
        sk_buf_addc(b, ' ');
    sk_buf_add(b, t->folded);
    return true;
}

static void cuts_in(sk_tokenize_mode mode, const char *text, const char *expected)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    sk_buf_addc(&b, ' ');
    sk_buf_reset(&b);
    assert_true(sk_tokenize(sk_str_of(text), mode, write_token, &b));
    sk_buf_add(&b, SK_S(""));
    assert_string_equal(b.n ? b.p : "", expected);
    sk_buf_done(&b);
}

static void cuts(const char *text, const char *expected)
{
    cuts_in(SK_TOKENIZE_TEXT, text, expected);
}

static void query_cuts(const char *text, const char *expected)
{
    cuts_in(SK_TOKENIZE_QUERY, text, expected);
}

static void spaced_scripts_become_words(void **state)
{
    cuts("The guards BEAT him, twice.", "the guards beat him twice");
    cuts("КНДР репатриировала", "кндр репатриировала");
    cuts("Ünïcode Ąžuolas Straße", "unicode azuolas strasse");
    cuts("Ελλάδα ΟΔΟΣ", "ελλαδα οδοσ");
    cuts("शरणार्थी शिविर", "शरणार्थी शिविर"); /* vowel signs stay where they are letters */
    cuts("שָׁלוֹם", "שלום");
    cuts("KPe.068 a_b x-y", "kpe 068 a b x y");
    cuts("", "");
    cuts(" .,;'\"-", "");
}

static void unspaced_scripts_become_overlapping_pairs(void **state)
{
    cuts("수용소에서", "수용 용소 소에 에서 서");
    cuts("수", "수");
    cuts("新疆の収容所", "新疆 疆の の収 収容 容所 所");
    cuts("ไทย", "ไท ทย ย");
    cuts("ລາວ", "ລາ າວ ວ");
    cuts("ខ្មែរ", "ខ្ ្ម មែ ែរ រ");
    cuts("မြန်", "မြ ြန န် ်");
    cuts("강제 북송", "강제 제 북송 송");
    cuts("ㄱㅈㅇ", "ㄱㅈ ㅈㅇ ㅇ"); /* initial consonants are characters like others */
    cuts("ラーメン人々", "ラー ーメ メン ン人 人々 々");
}

static void a_query_ends_in_a_pair_so_that_it_matches_inside(void **state)
{
    query_cuts("수용소", "수용 용소");
    query_cuts("수", "수");
    query_cuts("수용소 에서", "수용 용소 소 에서"); /* the first run has to end in the text too */
    query_cuts("수용소 camp", "수용 용소 소 camp");
    query_cuts("camp 수용소", "camp 수용 용소");
    query_cuts("regime's 30,023 الأحمد", "regimes 30023 الاحمد"); /* one form only */
}

static void a_change_of_script_ends_a_piece(void **state)
{
    cuts("제15호관리소", "제 15 호관 관리 리소 소");
    cuts("DPRK의", "dprk 의");
    cuts("U.N.의 결의", "u n 의 결의 의");
    cuts("3명", "3 명");
    cuts("COVID-19로", "covid 19 로");
}

static void width_and_compatibility_forms_fold(void **state)
{
    cuts("ＫＩＭ　１２３", "kim 123");
    cuts("ﬁle ĳ Ⅳ", "file ij iv");
    cuts("ｶﾞｲﾄﾞ", "ガイ イド ド"); /* a half-width voicing mark joins its kana */
    cuts("ﾊﾟﾝ", "パン ン");
    cuts("⽔害", "水害 害"); /* a Han radical, as some PDF files write the character */
    cuts("ﻛﺘﺎﺏ", "كتاب=تاب");
}

static void signs_beside_a_word_leave_the_word_findable(void **state)
{
    cuts("prison²", "prison 2");
    cuts("Brand™ x①", "brand tm x 1");
    cuts("㈜한국", "주 한국 국");
    cuts("5㎏", "5 kg");
    cuts("½", "1 2");
}

static void apostrophes_join_and_the_parts_are_found_too(void **state)
{
    cuts("Ch'ongjin", "chongjin=ch=ongjin");
    cuts("Cho'ng-uk", "chong=cho=ng uk");
    cuts("regime's People’s", "regimes=regime peoples=people");
    cuts("Qurʾān", "quran=qur=an");
    cuts("'quoted' prisoners' ''x''", "quoted prisoners x");
    cuts("rock'n'roll", "rocknroll=rock=roll");
    cuts("class of'98", "class of 98"); /* between letters only */
    cuts("п'ять", "пять=ять");
}

static void numbers_are_found_with_and_without_separators(void **state)
{
    cuts("30,023", "30023=30=023");
    cuts("1,234,567명", "1234567=234=567 명");
    cuts("30\u00A0023 30\u202F023 30'023", "30023=30=023 30023=30=023 30023=30=023");
    cuts("30 023", "30 023"); /* an ordinary blank parts words */
    cuts("2017,2018", "2017 2018");
    cuts("1,2,3", "1 2 3");
    cuts("1234,567", "1234 567");
    cuts("12,3456", "12 3456");
    cuts("a1,234", "a1 234");
    cuts("101,102,103", "101102103=101=102=103"); /* a list without blanks loses none of them */
    cuts("3.14 2017.8.29", "3 14 2017 8 29");
    cuts("٣٠٬٠٢٣ ๒๕๖๐ ၂၀၂၃ ２０２３", "30023=30=023 2560 2023 2023");
}

static void arabic_is_found_without_its_article(void **state)
{
    cuts("أحمد", "احمد");
    cuts("الأحمد", "الاحمد=احمد");
    cuts("والأحمد", "والاحمد=الاحمد=احمد");
    cuts("بالسجن", "بالسجن=السجن=سجن");
    cuts("للسجن", "للسجن=سجن");
    cuts("ولأحمد", "ولاحمد=لاحمد=احمد");
    cuts("مُحَمَّد مـحـمـد", "محمد محمد");
    cuts("مدرسة مصطفى", "مدرسه مصطفي");
    cuts("بيت ولد", "بيت ولد"); /* too short to lose a letter */
}

static void middle_dots_join_runs_and_part_words(void **state)
{
    cuts("인권·자유", "인권 권ㆍ ㆍ자 자유 유");
    cuts("ジョン・スミス", "ジョ ョン ンㆍ ㆍス スミ ミス ス");
    cuts("·인권·", "인권 권");
    cuts("one·two", "one two");
}

static void invisible_characters_change_nothing(void **state)
{
    cuts("pri\u00ADson ภา\u200Bษา", "prison ภา าษ ษา า");
    cuts("م\u200Cن", "من");
    cuts("葛\U000E0100城", "葛城 城");
}

static void bytes_that_are_not_utf8_separate(void **state)
{
    cuts("ab\xff"
         "cd\xea\xb9 ef",
         "ab cd ef");
    cuts("\xf0\x9f", "");
    cuts("\xed\xa0\x80수", "수");
}

typedef struct spans {
    sk_token t[64];
    size_t n;
} spans;

static bool keep_token(void *arg, const sk_token *t)
{
    spans *s = arg;
    assert_true(s->n < SK_COUNT(s->t));
    s->t[s->n++] = *t;
    return true;
}

static void tokens_know_their_bytes_and_positions(void **state)
{
    spans s = {0};
    sk_tokenize(SK_S("The reg'mes 수용소"), SK_TOKENIZE_TEXT, keep_token, &s);
    static const struct {
        size_t start, end, first_end;
        uint32_t position;
        sk_token_kind kind;
    } want[] = {
        {0, 3, 3, 0, SK_TOKEN_WORD},    {4, 11, 11, 1, SK_TOKEN_WORD},
        {4, 7, 7, 1, SK_TOKEN_WORD},    {8, 11, 11, 1, SK_TOKEN_WORD},
        {12, 18, 15, 2, SK_TOKEN_PAIR}, {15, 21, 18, 3, SK_TOKEN_PAIR},
        {18, 21, 21, 4, SK_TOKEN_LAST},
    };
    assert_int_equal(s.n, SK_COUNT(want));
    for (size_t i = 0; i < s.n; i++) {
        assert_int_equal(s.t[i].start, want[i].start);
        assert_int_equal(s.t[i].end, want[i].end);
        assert_int_equal(s.t[i].first_end, want[i].first_end);
        assert_int_equal(s.t[i].position, want[i].position);
        assert_int_equal(s.t[i].kind, want[i].kind);
        assert_int_equal(s.t[i].colocated, i == 2 || i == 3);
    }
}

static void dropped_marks_belong_to_their_letter_when_shown(void **state)
{
    spans s = {0};
    sk_tokenize(SK_S("xɛ\u0301 y"), SK_TOKENIZE_TEXT, keep_token, &s);
    assert_int_equal(s.n, 2);
    assert_int_equal(s.t[0].end, 5);
}

static void a_long_word_is_cut_and_nothing_of_it_is_lost(void **state)
{
    char text[1000];
    memset(text, 'x', sizeof text);
    spans s = {0};
    sk_tokenize((sk_str){text, sizeof text}, SK_TOKENIZE_TEXT, keep_token, &s);
    assert_int_equal(s.n, 4);
    size_t total = 0;
    for (size_t i = 0; i < s.n; i++) {
        assert_true(s.t[i].folded.n <= SK_TOKEN_BYTES);
        assert_int_equal(s.t[i].start, total);
        assert_int_equal(s.t[i].position, i);
        total = s.t[i].end;
    }
    assert_int_equal(total, sizeof text);
}

static bool stop_at_second(void *arg, const sk_token *t)
{
    return ++*(int *)arg < 2;
}

static void the_receiver_can_stop(void **state)
{
    int seen = 0;
    assert_false(sk_tokenize(SK_S("a'bc d 가나다 e"), SK_TOKENIZE_TEXT, stop_at_second, &seen));
    assert_int_equal(seen, 2);
}

static bool join_tokens(void *arg, const sk_token *t)
{
    sk_buf *b = arg;
    sk_buf_add(b, t->folded);
    sk_buf_addc(b, '|');
    return true;
}

/* FTS5 cuts the quoted tokens of a query again: each must come back as itself. */
static bool check_again(void *arg, const sk_token *t)
{
    sk_buf b;
    sk_buf_init(&b, 4096);
    sk_tokenize(t->folded, SK_TOKENIZE_QUERY, join_tokens, &b);
    if (b.n != t->folded.n + 1 || memcmp(b.p, t->folded.p, t->folded.n) != 0)
        fail_msg("U+%04X: token \"%.*s\" becomes \"%.*s\"", *(unsigned *)arg, SK_P(t->folded),
                 SK_P(sk_buf_str(&b)));
    sk_buf_done(&b);
    return true;
}

static void every_character_of_unicode_folds_to_what_stays(void **state)
{
    for (uint32_t c = 1; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        char text[32];
        /* alone, and where joiners join: between letters, in a run, in a number */
        static const char *const around[][2] = {{"", ""}, {"a", "b"}, {"가", "나"}, {"1", "234"}};
        for (size_t i = 0; i < SK_COUNT(around); i++) {
            size_t n = strlen(around[i][0]), n_behind = strlen(around[i][1]);
            memcpy(text, around[i][0], n);
            n += sk_utf8_put(c, text + n);
            memcpy(text + n, around[i][1], n_behind);
            sk_str s = {text, n + n_behind};
            sk_tokenize(s, SK_TOKENIZE_TEXT, check_again, &c);
            sk_tokenize(s, SK_TOKENIZE_QUERY, check_again, &c);
        }
    }
}

static void the_fast_path_agrees_with_the_tables(void **state)
{
    for (uint32_t c = 0x80; c < 0x110000; c++) {
        if (!sk_char_is_plain_run(c))
            continue;
        size_t at = 0;
        sk_folded f;
        sk_fold_char(c, SK_NONE, &at, &f);
        if (f.n != 1 || f.c[0] != c || f.class_of_it != SK_CLASS_RUN || f.is_apart)
            fail_msg("U+%04X is not a plain run character", c);
    }
}

/* FTS5 */

static sqlite3 *open_table(void)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    sk_ctx cx;
    sk_ctx_init(&cx);
    assert_int_equal(sk_tokenizer_register(&cx, db), SK_OK);
    sk_ctx_done(&cx);
    assert_int_equal(
        sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5(body, tokenize = 'sillok')", 0, 0, 0),
        SQLITE_OK);
    return db;
}

static void insert(sqlite3 *db, const char *body)
{
    sqlite3_stmt *q;
    sqlite3_prepare_v2(db, "INSERT INTO t(body) VALUES(?)", -1, &q, NULL);
    sqlite3_bind_text(q, 1, body, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(q), SQLITE_DONE);
    sqlite3_finalize(q);
}

static int count(sqlite3 *db, const char *match)
{
    sqlite3_stmt *q;
    sqlite3_prepare_v2(db, "SELECT count(*) FROM t WHERE t MATCH ?", -1, &q, NULL);
    sqlite3_bind_text(q, 1, match, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    int n = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    return n;
}

static void fts5_finds_what_its_own_tokenizers_miss(void **state)
{
    sqlite3 *db = open_table();
    insert(db, "보위부 요원들이 김영호를 수용소에서 체포하였다");
    assert_int_equal(count(db, "\"수용소\""), 1);
    assert_int_equal(count(db, "\"보위\""), 1);
    assert_int_equal(count(db, "\"영호\""), 1);
    assert_int_equal(count(db, "\"체포\""), 1);
    assert_int_equal(count(db, "\"수\" *"), 1);
    assert_int_equal(count(db, "\"용수\""), 0);
    assert_int_equal(count(db, "\"요원들이 김영호\""), 1);
    assert_int_equal(count(db, "\"요원들 김영호\""), 0);
    sqlite3_close(db);
}

static void fts5_refuses_options_that_do_not_exist(void **state)
{
    sqlite3 *db = open_table();
    assert_int_not_equal(
        sqlite3_exec(db, "CREATE VIRTUAL TABLE u USING fts5(x, tokenize = 'sillok stem')", 0, 0, 0),
        SQLITE_OK);
    sqlite3_close(db);
}

static void fts5_deletes_what_it_indexed(void **state)
{
    sqlite3 *db = open_table();
    insert(db, "regime's 30,023 والأحمد 수용소에서");
    assert_int_equal(sqlite3_exec(db, "DELETE FROM t", 0, 0, 0), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "INSERT INTO t(t) VALUES('integrity-check')", 0, 0, 0),
                     SQLITE_OK);
    assert_int_equal(count(db, "\"수용\""), 0);
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spaced_scripts_become_words),
        cmocka_unit_test(unspaced_scripts_become_overlapping_pairs),
        cmocka_unit_test(a_query_ends_in_a_pair_so_that_it_matches_inside),
        cmocka_unit_test(a_change_of_script_ends_a_piece),
        cmocka_unit_test(width_and_compatibility_forms_fold),
        cmocka_unit_test(signs_beside_a_word_leave_the_word_findable),
        cmocka_unit_test(apostrophes_join_and_the_parts_are_found_too),
        cmocka_unit_test(numbers_are_found_with_and_without_separators),
        cmocka_unit_test(arabic_is_found_without_its_article),
        cmocka_unit_test(middle_dots_join_runs_and_part_words),
        cmocka_unit_test(invisible_characters_change_nothing),
        cmocka_unit_test(bytes_that_are_not_utf8_separate),
        cmocka_unit_test(tokens_know_their_bytes_and_positions),
        cmocka_unit_test(dropped_marks_belong_to_their_letter_when_shown),
        cmocka_unit_test(a_long_word_is_cut_and_nothing_of_it_is_lost),
        cmocka_unit_test(the_receiver_can_stop),
        cmocka_unit_test(every_character_of_unicode_folds_to_what_stays),
        cmocka_unit_test(the_fast_path_agrees_with_the_tables),
        cmocka_unit_test(fts5_finds_what_its_own_tokenizers_miss),
        cmocka_unit_test(fts5_refuses_options_that_do_not_exist),
        cmocka_unit_test(fts5_deletes_what_it_indexed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
