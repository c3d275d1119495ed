/* Two spellings of one East Asian name meet; those of two names do not. */
#include "latent_test.h"

static const char *const KIM[] = {
    "김정은",      "金正恩",       "Kim Jong Un",      "KIM, Jong-un",
    "Jong Un Kim", "Kim Chŏng-ŭn", "Kim Cho'ng-u'n",   "Gim Jeong-eun",
    "Ким Чен Ын",  "Ким Чон Ын",   "キム・ジョンウン", "كيم جونغ أون",
};
static const char *const OTHER_KIM[] = {
    "김정남", "金正男",       "Kim Jong Nam",     "김정일",      "金正日",      "Kim Jong Il",
    "김정철", "金正哲",       "Kim Jong Chol",    "김용운",      "Kim Yong Un", "Ким Чен Ир",
    "김영남", "Kim Yong-nam", "キム・ジョンナム", "Kim Il Sung", "Kim Yo Jong", "Ким Ён Нам",
};

static void one_korean_name_meets_itself_in_every_spelling(void **state)
{
    for (size_t i = 0; i < SK_COUNT(KIM); i++) {
        for (size_t j = i + 1; j < SK_COUNT(KIM); j++) {
            sk_latent_result r = compared(KIM[i], KIM[j], SK_LATENT_KO);
            if (!r.applicable || r.mean > 0.95f)
                print_message("%s / %s: %.2f\n", KIM[i], KIM[j], (double)r.mean);
            assert_true(r.applicable);
            assert_true(r.mean <= 0.95f);
        }
    }
}

static void another_korean_name_costs_a_whole_syllable(void **state)
{
    for (size_t i = 0; i < SK_COUNT(KIM); i++) {
        for (size_t j = 0; j < SK_COUNT(OTHER_KIM); j++) {
            sk_latent_result r = compared(KIM[i], OTHER_KIM[j], SK_LATENT_KO);
            if (!r.applicable)
                continue; /* one script: the next tests */
            if (r.mean < 1.2f || r.worst < 2.2f)
                print_message("%s / %s: %.2f %.2f\n", KIM[i], OTHER_KIM[j], (double)r.mean,
                              (double)r.worst);
            assert_true(r.mean >= 1.2f && r.worst >= 2.2f);
        }
    }
}

static void names_of_one_script_are_compared_by_character(void **state)
{
    sk_latent_same s;

    sk_latent_same_script(section("김정은"), section("김정남"), &s);
    assert_true(s.applicable && s.equal == 2 && s.different == 1);
    sk_latent_same_script(section("이영호"), section("리영호"), &s);
    assert_true(s.equal == 2 && s.variant == 1);
    sk_latent_same_script(section("김정은"), section("김종은"), &s);
    assert_true(s.near == 1);
    sk_latent_same_script(section("習近平"), section("习近平"), &s);
    assert_true(s.script == SK_SCRIPT_HANI && s.variant == 1 && s.equal == 2);
    sk_latent_same_script(section("金正男"), section("金正恩"), &s);
    assert_true(s.equal == 2 && s.different == 1);
    sk_latent_same_script(section("おおたき あやの"), section("オオタキアヤノ"), &s);
    assert_true(s.applicable && s.different == 0);
    sk_latent_same_script(section("김정은"), section("金正恩"), &s);
    assert_false(s.applicable);
}

typedef struct pair {
    const char *a, *b;
    sk_latent_lang lang;
    float most;
} pair;

static void a_character_no_table_has_is_no_silent_kana(void **state)
{
    const uint16_t native[2] = {(uint16_t)sk_tab_find_han(0x7530), SK_NO_HAN}; /* 田 and another */
    const uint8_t tana[16] = {20, 1, 14, 1};
    sk_align_ja_in in = {.native = native, .n_native = 2, .letters = tana, .bound = 0x2000};
    sk_align_out out;

    in.n_letters = 2;
    sk_align_ja(&in, &out);
    assert_int_equal(out.cost, SK_ALIGN_NONE); /* "ta" leaves it no letters */
    in.n_letters = 4;
    sk_align_ja(&in, &out);
    assert_true(out.cost > 0 && out.cost < SK_ALIGN_NONE); /* "na" may be its reading */
}

static void each_language_knows_its_orthographies(void **state)
{
    static const pair SAME[] = {
        {"習近平", "Xi Jinping", SK_LATENT_ZH, 0.05f},
        {"鄧小平", "Teng Hsiao-p'ing", SK_LATENT_ZH, 0.2f},
        {"鄧小平", "Дэн Сяопин", SK_LATENT_ZH, 0.2f},
        {"鄧小平", "덩샤오핑", SK_LATENT_ZH, 0.2f},
        {"鄧小平", "등소평", SK_LATENT_KO, 0.2f},
        {"蔡英文", "Tsai Ing-wen", SK_LATENT_ZH, 0.6f},
        {"周恩来", "ジョウ・エンライ", SK_LATENT_ZH, 0.3f},
        {"Zhou Enlai", "Чжоу Эньлай", SK_LATENT_ZH, 0.2f},
        {"Zhou Enlai", "저우언라이", SK_LATENT_ZH, 0.2f},
        {"Zhou Enlai", "Chou En-lai", SK_LATENT_ZH, 0.4f},
        {"李家超", "John Lee Ka-chiu", SK_LATENT_YUE, 0.5f},
        {"林鄭月娥", "Lam Cheng Yuet-ngor", SK_LATENT_YUE, 0.3f},
        {"岸田文雄", "Fumio Kishida", SK_LATENT_JA, 0.1f},
        {"岸田文雄", "きしだふみお", SK_LATENT_JA, 0.1f},
        {"岸田文雄", "Фумио Кисида", SK_LATENT_JA, 0.1f},
        {"岸田文雄", "기시다 후미오", SK_LATENT_JA, 0.1f},
        {"安倍晋三", "Abe Shinzō", SK_LATENT_JA, 0.3f},
        {"大友みなみ", "Ōtomo Minami", SK_LATENT_JA, 0.5f},
        {"麻生太郎", "Taro Aso", SK_LATENT_JA, 0.8f},
        {"橋本龍太郎", "Hasimoto Ryutaro", SK_LATENT_JA, 0.4f},
        {"佐々木希", "Sasaki Nozomi", SK_LATENT_JA, 0.6f},
        {"Мори Ёсиро", "森喜朗", SK_LATENT_JA, 1.0f},
        {"리설주", "Ri Sol Ju", SK_LATENT_KO, 0.3f},
        {"이설주", "Ri Sol Ju", SK_LATENT_KO, 0.5f},
        {"朴槿惠", "Park Geun-hye", SK_LATENT_KO, 0.2f},
        {"박근혜", "باك غن هي", SK_LATENT_KO, 0.8f},
        {"최룡해", "Цой Рён Хэ", SK_LATENT_KO, 0.5f},
        {"장성택", "チャン・ソンテク", SK_LATENT_KO, 0.2f},
    };

    for (size_t i = 0; i < SK_COUNT(SAME); i++) {
        sk_latent_result r = compared(SAME[i].a, SAME[i].b, SAME[i].lang);
        if (!r.applicable || r.mean > SAME[i].most)
            print_message("%s / %s: %.2f\n", SAME[i].a, SAME[i].b, (double)r.mean);
        assert_true(r.applicable && r.mean <= SAME[i].most);
    }
}

static void the_order_of_the_words_is_told(void **state)
{
    assert_true(compared("岸田文雄", "Fumio Kishida", SK_LATENT_JA).order_changed);
    assert_false(compared("岸田文雄", "Kishida Fumio", SK_LATENT_JA).order_changed);
    assert_true(compared("김정은", "Jong Un Kim", SK_LATENT_KO).order_changed);
    assert_false(compared("김정은", "KIM, Jong Un", SK_LATENT_KO).order_changed);
    assert_int_equal(compared("李家超", "John Lee Ka-chiu", SK_LATENT_YUE).skipped, 1);
}

static void the_regime_asks_for_a_korean_surname(void **state)
{
    static const char *const KOREAN[] = {"김정은",     "金正恩",      "Kim Jong Un",     "남궁민",
                                         "Ким Чен Ын", "Jong Un Kim", "キム・ジョンウン"};
    static const char *const NONE[] = {"Vladimir Putin", "블라디미르 푸틴", "習近平",
                                       "Angela Merkel",  "محمد علي",        ""};

    for (size_t i = 0; i < SK_COUNT(KOREAN); i++)
        assert_true(sk_latent_can_be_korean(section(KOREAN[i])));
    for (size_t i = 0; i < SK_COUNT(NONE); i++)
        if (sk_latent_can_be_korean(section(NONE[i])))
            fail_msg("%s", NONE[i]);
}

static void comparing_is_symmetric(void **state)
{
    static const char *const MORE[] = {"Deng Xiaoping", "鄧小平",         "덩샤오핑",
                                       "Дэн Сяопин",    "岸田文雄",       "Fumio Kishida",
                                       "きしだふみお",  "기시다 후미오",  "John Lee Ka-chiu",
                                       "李家超",        "Vladimir Putin", "ブッシュ"};
    const char *all[SK_COUNT(KIM) + SK_COUNT(MORE)];
    size_t n = 0;

    for (size_t i = 0; i < SK_COUNT(KIM); i++)
        all[n++] = KIM[i];
    for (size_t i = 0; i < SK_COUNT(MORE); i++)
        all[n++] = MORE[i];
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            sk_latent_result x[SK_LATENT_LANGS], y[SK_LATENT_LANGS];
            sk_latent_compare(section(all[i]), section(all[j]), x);
            sk_latent_compare(section(all[j]), section(all[i]), y);
            for (unsigned l = 0; l < SK_LATENT_LANGS; l++) {
                assert_int_equal(x[l].applicable, y[l].applicable);
                assert_true(x[l].mean == y[l].mean && x[l].worst == y[l].worst);
                assert_int_equal(x[l].units, y[l].units);
                assert_int_equal(x[l].side_a, y[l].side_b);
                assert_int_equal(x[l].order_changed, y[l].order_changed);
            }
        }
    }
}

static void spellings_of_one_name_share_a_key(void **state)
{
    static const pair SHARED[] = {
        {"김정은", "Kim Jong Un", 0, 0},
        {"金正恩", "Ким Чен Ын", 0, 0},
        {"이영호", "리영호", 0, 0},
        {"鄧小平", "Teng Hsiao-p'ing", 0, 0},
        {"鄧小平", "덩샤오핑", 0, 0},
        {"习近平", "習近平", 0, 0},
        {"岸田文雄", "Fumio Kishida", 0, 0},
        {"岸田文雄", "きしだふみお", 0, 0},
        {"기시다 후미오", "Fumio Kishida", 0, 0},
        {"Лам Кэрри", "Лам Кэрри", 0, 0},
        {"林鄭月娥", "Lam Cheng Yuet Ngor", 0, 0},
    };

    for (size_t i = 0; i < SK_COUNT(SHARED); i++) {
        uint64_t a[32], b[32];
        unsigned n = sk_latent_keys(section(SHARED[i].a), a, 32);
        unsigned m = sk_latent_keys(section(SHARED[i].b), b, 32), met = 0;
        for (unsigned x = 0; x < n; x++)
            for (unsigned y = 0; y < m; y++)
                met += a[x] == b[y];
        if (n && !met)
            print_message("%s / %s\n", SHARED[i].a, SHARED[i].b);
        assert_true(met > 0 || n == 0);
    }
    uint64_t few[3];
    assert_in_range(sk_latent_keys(section("金正恩"), few, 3), 3, 3);
}

static void the_explanation_adds_up_and_quotes_what_was_written(void **state)
{
    static const char *const PAIR[][2] = {
        {"김정은", "KIM Jong-Un"}, {"金正恩", "Ким Чен Ын"},  {"Kim Jong Un", "Ким Чен Ын"},
        {"김정은", "金正恩"},      {"Jong Un Kim", "김정은"}, {"李家超", "John Lee Ka-chiu"},
    };

    for (size_t i = 0; i < SK_COUNT(PAIR); i++) {
        static sk_form fa, fb;
        const sk_name_step *s;
        sk_latent_lang lang = i == 5 ? SK_LATENT_YUE : SK_LATENT_KO;
        const sk_latent *a = section(PAIR[i][0]), *b = section(PAIR[i][1]);
        sk_latent_result r = compared(PAIR[i][0], PAIR[i][1], lang);
        sk_form_read(sk_str_of(PAIR[i][0]), &fa);
        sk_form_read(sk_str_of(PAIR[i][1]), &fb);
        size_t n = sk_latent_explain(&test_arena, &fa, &fb, a, b, lang, &s);
        double sum = 0;
        assert_true(n >= r.units);
        for (size_t k = 0; k < n; k++) {
            sum += s[k].cost;
            assert_true(!s[k].a.n || sk_str_find(fa.raw, s[k].a) != SIZE_MAX);
            assert_true(!s[k].b.n || sk_str_find(fb.raw, s[k].b) != SIZE_MAX);
            assert_true(s[k].how.n > 0);
        }
        if (sum < (double)r.mean * r.units - 0.26 || sum > (double)r.mean * r.units + 0.26)
            print_message("%s / %s: %.2f told, %.2f counted\n", PAIR[i][0], PAIR[i][1], sum,
                          (double)r.mean * r.units);
        assert_true(sum >= (double)r.mean * r.units - 0.26);
        assert_true(sum <= (double)r.mean * r.units + 0.26);
    }
}

static void the_losing_language_says_why(void **state)
{
    sk_str s =
        sk_latent_losing(&test_arena, section("金正恩"), section("Kim Jong Un"), SK_LATENT_ZH);

    assert_true(sk_str_starts(s, SK_S("Mandarin \"jin zheng en\": ")));
    s = sk_latent_losing(&test_arena, section("Vladimir"), section("Viktor"), SK_LATENT_ZH);
    assert_int_equal(s.n, 0);
}

static size_t below(uint32_t *seed, size_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % n;
}

/* Any bytes, any length: bounded work, sections that compare. */
static void any_bytes_make_a_section(void **state)
{
    static char raw[4000];
    uint32_t seed = 7;

    for (unsigned round = 0; round < 2000; round++) {
        size_t n = below(&seed, round % 100 ? 60 : sizeof(raw));
        for (size_t i = 0; i < n; i++) {
            static const char *const PIECE[] = {"kim", "ŏ",  "'", " ", "-",    ",",  "金", "은",
                                                "ン",  "ッ", "ч", "س", "\xFF", "々", "ー", "."};
            const char *p = PIECE[below(&seed, SK_COUNT(PIECE))];
            if (i + strlen(p) < n) {
                memcpy(raw + i, p, strlen(p));
                i += strlen(p) - 1;
            } else {
                raw[i] = 'a';
            }
        }
        raw[n ? n - 1 : 0] = '\0';
        const sk_latent *s = section(raw);
        sk_latent_result r[SK_LATENT_LANGS];
        sk_latent_compare(s, section("김정은"), r);
        sk_latent_compare(s, section("Kim Jong Un"), r);
        sk_latent_compare(s, section("岸田文雄"), r);
        uint64_t keys[32];
        assert_in_range(sk_latent_keys(s, keys, 32), 0, 32);
        assert_in_range(sk_latent_size_bytes(s), sizeof(sk_latent), 1024);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_korean_name_meets_itself_in_every_spelling),
        cmocka_unit_test(another_korean_name_costs_a_whole_syllable),
        cmocka_unit_test(names_of_one_script_are_compared_by_character),
        cmocka_unit_test(a_character_no_table_has_is_no_silent_kana),
        cmocka_unit_test(each_language_knows_its_orthographies),
        cmocka_unit_test(the_order_of_the_words_is_told),
        cmocka_unit_test(the_regime_asks_for_a_korean_surname),
        cmocka_unit_test(comparing_is_symmetric),
        cmocka_unit_test(spellings_of_one_name_share_a_key),
        cmocka_unit_test(the_explanation_adds_up_and_quotes_what_was_written),
        cmocka_unit_test(the_losing_language_says_why),
        cmocka_unit_test(any_bytes_make_a_section),
    };

    int rc = cmocka_run_group_tests(tests, NULL, NULL);
    sk_arena_done(&test_arena);
    return rc;
}
