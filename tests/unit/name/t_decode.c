/* From spellings back to what they stand for. */
#include "latent_test.h"

/* Rank of a reading among those of its language, -1 when it is not there. */
static int rank_of(const char *raw, sk_hypothesis language, const char *reading)
{
    const sk_name_reading *r;
    size_t n = sk_latent_decode(&test_arena, section(raw), &r);
    int rank = 0;

    for (size_t i = 0; i < n; i++) {
        if (r[i].language != language)
            continue;
        if (sk_str_is(r[i].text, reading))
            return rank;
        rank++;
    }
    return -1;
}

static bool is_among(const char *raw, sk_hypothesis language, const char *reading, int most)
{
    int rank = rank_of(raw, language, reading);

    if (rank < 0 || rank >= most)
        print_message("%s: %s is number %d\n", raw, reading, rank);
    return rank >= 0 && rank < most;
}

static void every_romanisation_of_a_korean_name_decodes_to_it(void **state)
{
    static const char *const SPELLED[] = {
        "Kim Jong Un",    "KIM, Jong-un",  "Jong-un KIM", "Kim Jung-eun", "Kim Chŏng-ŭn",
        "Kim Cho'ng-u'n", "Gim Jeong-eun", "Ким Чен Ын",  "Ким Чон Ын",   "キム・ジョンウン",
    };

    for (size_t i = 0; i < SK_COUNT(SPELLED); i++)
        assert_true(is_among(SPELLED[i], SK_HYP_KO, "김정은", 4));
    assert_true(is_among("Ri Sol Ju", SK_HYP_KO, "리설주", 4));
    assert_true(is_among("Pak Pong Ju", SK_HYP_KO, "박봉주", 2));
    assert_true(is_among("Kim Ch'aek", SK_HYP_KO, "김책", 2));
}

static void marks_leave_less_to_guess(void **state)
{
    assert_true(is_among("Kim Cho'ng-uk", SK_HYP_KO, "김정욱", 1));
    assert_true(rank_of("Kim Cho'ng-uk", SK_HYP_KO, "김종욱") != 0);
    assert_true(is_among("Kim Chong-uk", SK_HYP_KO, "김종욱", 4));
    assert_true(is_among("Kim Chong-uk", SK_HYP_KO, "김정욱", 4));
}

static void a_spelling_without_marks_shows_the_set_it_can_stand_for(void **state)
{
    const sk_name_reading *r;
    size_t n = sk_latent_decode(&test_arena, section("Kim Yong Chol"), &r), ko = 0;

    for (size_t i = 0; i < n; i++)
        ko += r[i].language == SK_HYP_KO;
    assert_in_range(ko, 4, SK_LAT_KO);
    assert_true(is_among("Kim Yong Chol", SK_HYP_KO, "김영철", 2));
    assert_true(is_among("Kim Yong Chol", SK_HYP_KO, "김용철", 4));
}

static void mandarin_and_cantonese_decode_from_their_systems(void **state)
{
    assert_true(is_among("Deng Xiaoping", SK_HYP_ZH, "deng xiao ping", 1));
    assert_true(is_among("Teng Hsiao-p'ing", SK_HYP_ZH, "deng xiao ping", 1));
    assert_true(is_among("Дэн Сяопин", SK_HYP_ZH, "deng xiao ping", 2));
    assert_true(is_among("덩샤오핑", SK_HYP_ZH, "deng xiao ping", 3));
    assert_true(is_among("Xi Jinping", SK_HYP_ZH, "xi jin ping", 1));
    assert_true(is_among("Lü Xiulian", SK_HYP_ZH, "lü xiu lian", 1));
    assert_true(is_among("Leung Chun-ying", SK_HYP_YUE, "loeng zeon jing", 4));
}

static void japanese_is_read_in_folded_romaji(void **state)
{
    assert_true(is_among("岸田文雄", SK_HYP_JA, "kishidafumio", 1));
    assert_true(is_among("きしだふみお", SK_HYP_JA, "kishidafumio", 1));
    assert_true(is_among("Фумио Кисида", SK_HYP_JA, "fumiokishida", 1));
    assert_int_equal(rank_of("Vladimir Putin", SK_HYP_JA, "x"), -1);
}

static void names_of_other_languages_do_not_decode(void **state)
{
    static const char *const OTHER[] = {
        "Vladimir Putin", "Владимир Путин", "Angela Merkel", "محمد علي", "", "x", "Иванов"};

    for (size_t i = 0; i < SK_COUNT(OTHER); i++) {
        const sk_latent *s = section(OTHER[i]);
        assert_int_equal(s->n_decoded[SK_LATENT_KO], 0);
        assert_int_equal(s->n_decoded[SK_LATENT_ZH], 0);
        assert_int_equal(s->n_decoded[SK_LATENT_YUE], 0);
    }
}

static unsigned plain(unsigned s)
{
    uint16_t other[2];

    return (s / 588 == 5 || s / 588 == 2) && sk_initial_sound(s, other) && other[0] / 588 != 5
               ? other[0]
               : s;
}

/* Is the Hangul name one of the first `most` decodings, initial sounds apart? */
static bool decodes_to(const sk_latent *spelled, const sk_latent *hangul, unsigned most)
{
    const sk_decoded *d = sk_lat_decoded(spelled, SK_LATENT_KO);

    for (unsigned i = 0; i < spelled->n_decoded[SK_LATENT_KO] && i < most; i++) {
        unsigned n = 0;
        bool same = true;
        for (uint64_t u = d[i].units; u && same; u >>= 16, n++)
            same = n < hangul->n_native &&
                   plain((unsigned)(u & 0xFFFF) - 1) == plain(sk_lat_native(hangul)[n]);
        if (same && n == hangul->n_native)
            return true;
    }
    return false;
}

/* Listed DPRK officials with the Hangul of the ROK press, in the shared pairs. */
static void listed_officials_are_found_within_four_readings(void **state)
{
    const char *shared = getenv("SILLOK_SHARED");
    char path[1024], line[4096];
    unsigned n = 0, first_four = 0, all = 0;

    snprintf(path, sizeof(path), "%s/data/names/dev.tsv",
             shared ? shared : SK_SOURCE_ROOT "/../shared");
    FILE *f = fopen(path, "r");
    if (!f) {
        print_message("SKIP: %s is not there; set SILLOK_SHARED\n", path);
        skip();
    }
    while (fgets(line, sizeof(line), f)) {
        char *cell[6] = {line};
        for (unsigned i = 1; i < 6 && cell[i - 1]; i++) {
            cell[i] = strchr(cell[i - 1], '\t');
            if (cell[i])
                *cell[i]++ = '\0';
        }
        if (!cell[5] || strncmp(cell[5], "UN-1718", 7) != 0 || strcmp(cell[4], "1") != 0)
            continue;
        bool first = strcmp(cell[1], "ko/Hang") == 0;
        if (strcmp(cell[first ? 3 : 1], "ko/Latn") != 0 || strcmp(cell[first ? 1 : 3], "ko/Hang"))
            continue;
        const sk_latent *h = section(cell[first ? 0 : 2]), *l = section(cell[first ? 2 : 0]);
        n++;
        first_four += decodes_to(l, h, 4);
        all += decodes_to(l, h, 16);
    }
    fclose(f);
    print_message("%u officials: %u within 4 readings, %u within 16\n", n, first_four, all);
    assert_true(n >= 40);
    assert_true(first_four * 10 >= n * 9);
    assert_true(all * 100 >= n * 96);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_romanisation_of_a_korean_name_decodes_to_it),
        cmocka_unit_test(marks_leave_less_to_guess),
        cmocka_unit_test(a_spelling_without_marks_shows_the_set_it_can_stand_for),
        cmocka_unit_test(mandarin_and_cantonese_decode_from_their_systems),
        cmocka_unit_test(japanese_is_read_in_folded_romaji),
        cmocka_unit_test(names_of_other_languages_do_not_decode),
        cmocka_unit_test(listed_officials_are_found_within_four_readings),
    };

    int rc = cmocka_run_group_tests(tests, NULL, NULL);
    sk_arena_done(&test_arena);
    return rc;
}
