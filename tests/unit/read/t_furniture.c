/* Page furniture: what is marked, and above all what is not. */
#include "helper.h"

static sk_block_kind kind_of_line(const char *line)
{
    /* between prose, so that the line stands as it would on a page */
    sk_str page = sk_fmt(&cx.arena,
                         "A report on the camps\n\nIt was said that people were held there for "
                         "years, and nobody was told of it.\n\n%s\n",
                         line);
    sk_document d = read_bytes(page, "a.txt");
    return d.blocks[2].kind;
}

static void lines_of_forms_and_buttons_are_furniture_in_many_languages(void **state)
{
    static const char *const lines[] = {
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
        "Back to top button",
        "» Share on Facebook",
        "Home | News | About us | Contact",
        "Home > World > Politics",
        "Copyright © 2023 The Invented Times. All rights reserved.",
        "We use cookies to improve this site.",
        "댓글 쓰기",
        "댓글 (3)",
        "[관련기사]",
        "저작권자 ⓒ 지어낸신문, 무단 전재 및 재배포 금지",
        "맨 위로",
        "コメントを残す",
        "メールアドレスが公開されることはありません。 * が付いている欄は必須項目です",
        "ページトップへ",
        "發表評論",
        "您的电子邮箱地址不会被公开。 必填项已用*标注",
        "返回顶部",
        "分享到：",
        "Оставить комментарий",
    };
    for (size_t i = 0; i < SK_COUNT(lines); i++)
        if (kind_of_line(lines[i]) != SK_BLOCK_FURNITURE)
            fail_msg("not marked: %s", lines[i]);
}

static void sentences_that_mention_such_words_are_content(void **state)
{
    static const char *const lines[] = {
        "The witness asked the commission to leave a reply on record.",
        "They were told to share this with nobody.",
        "Related articles of the Convention were cited by the court.",
        "Home was never mentioned again by the detainees.",
        "News of the executions reached the village in June.",
        "The photo shows a camp: the fence can be seen on the left.",
        "Credit where it is due: the guards let her go, she said to the commission in Geneva.",
        "Advertising for labour abroad began in 2012.",
        "The Home Office | Foreign Office split was noted.",
        "관련 기사가 삭제되었다고 증언자는 말했다.",
        "사진 속의 남자는 그의 형이라고 했다.",
        "홈페이지에 실린 글은 지워졌다.",
        "相关文章被删除了。",
        "写真には収容所が写っていた。",
        "Kim said: “Photo by photo, they erased us.”",
        "YouTube and LinkedIn accounts were used by IT workers",
        "JavaScript, TypeScript and GitHub were named in the indictment",
        "DeepState OpenSource reports of MacArthur",
    };
    for (size_t i = 0; i < SK_COUNT(lines); i++)
        if (kind_of_line(lines[i]) == SK_BLOCK_FURNITURE)
            fail_msg("wrongly marked: %s", lines[i]);
}

static void a_credit_is_parted_from_its_caption(void **state)
{
    static const char *const captions[][3] = {
        {"A fence near the river. PHOTO CREDIT: INVENTED AGENCY", "A fence near the river.",
         "PHOTO CREDIT: INVENTED AGENCY"},
        {"A fence near the river. (Photo: Jane Invented)", "A fence near the river.",
         "(Photo: Jane Invented)"},
        {"강가의 철조망이다. (사진=지어낸통신)", "강가의 철조망이다.", "(사진=지어낸통신)"},
        {"川沿いの柵が見える。 写真：架空通信", "川沿いの柵が見える。", "写真：架空通信"},
        {"河边的围栏。 图片来源：虚构社", "河边的围栏。", "图片来源：虚构社"},
    };
    for (size_t i = 0; i < SK_COUNT(captions); i++) {
        sk_str bytes =
            sk_fmt(&cx.arena, "Some text before, which is a sentence.\n%s\n", captions[i][0]);
        sk_document d = read_bytes(bytes, "a.txt");
        assert_int_equal(d.n_blocks, 3);
        assert_block(&d, 1, SK_BLOCK_TEXT, captions[i][1]);
        assert_block(&d, 2, SK_BLOCK_FURNITURE, captions[i][2]);
        assert_str(original(bytes, &d, 2), captions[i][2]);
    }
}

static void short_lines_under_related_articles_go_with_it_and_prose_does_not(void **state)
{
    sk_document d =
        read_text("A report on the camps\n\nIt was said that people were held there for "
                  "years, and nobody was told of it.\n\nRelated Articles\n\nUN votes on "
                  "a resolution\n\nMinister travels to Geneva\n\nThe commission will "
                  "meet again in spring.\n",
                  "a.txt");
    assert_int_equal(d.blocks[2].kind, SK_BLOCK_FURNITURE);
    assert_int_equal(d.blocks[3].kind, SK_BLOCK_FURNITURE);
    assert_int_equal(d.blocks[4].kind, SK_BLOCK_FURNITURE);
    assert_int_equal(d.blocks[5].kind, SK_BLOCK_TEXT);
}

static void tags_run_together_above_a_headline_are_furniture(void **state)
{
    sk_document d =
        read_text("WorldAsia PacificHuman RightsLabour\n\nMinister denies the report\n\n"
                  "The minister said on Monday that the report was wrong.\n",
                  "a.txt");
    assert_block(&d, 0, SK_BLOCK_FURNITURE, "WorldAsia PacificHuman RightsLabour");
    assert_block(&d, 1, SK_BLOCK_HEADING, "Minister denies the report");
    assert_str(d.title, "Minister denies the report");
    d = read_text("NorthKorea SouthKorea talks\n\nThe talks began on Monday, it was said.\n",
                  "a.txt");
    assert_int_equal(d.blocks[0].kind, SK_BLOCK_HEADING); /* it is the headline itself */
}

/* Where the annotation says furniture is, in bytes of the file. */
static void the_shared_article_has_its_furniture_marked_and_nothing_else(void **state)
{
    static const size_t furniture[][2] = {{0, 66}, {3807, 3836}, {3838, 3961}};
    sk_str bytes = shared_file("article/article.txt");
    sk_str gold = bytes.n ? shared_file("article/gold.jsonl") : SK_NONE;
    if (!gold.n)
        skip();
    sk_str first;
    sk_str_cut(&gold, '\n', &first);
    for (size_t i = 0; i < SK_COUNT(furniture); i++) { /* the numbers above are the annotation's */
        sk_str span = sk_fmt(&cx.arena, "{\"b\": [%zu, %zu]", furniture[i][0], furniture[i][1]);
        assert_true(sk_str_find(first, span) != SIZE_MAX);
    }
    assert_true(sk_str_find(first, SK_S("\"headline\": {\"b\": [68, 135]")) != SIZE_MAX);
    sk_document d = read_bytes(bytes, "article.txt");
    assert_true(sk_str_eq(sk_str_sub(d.text, 0, bytes.n), bytes));
    for (size_t i = 0; i < d.n_blocks; i++) {
        const sk_block *k = &d.blocks[i];
        bool inside = false, outside = true;
        for (size_t f = 0; f < SK_COUNT(furniture); f++) {
            inside |= k->start >= furniture[f][0] && k->end <= furniture[f][1];
            outside &= k->end <= furniture[f][0] || k->start >= furniture[f][1];
        }
        assert_true(inside != (k->kind != SK_BLOCK_FURNITURE));
        assert_true(outside == (k->kind != SK_BLOCK_FURNITURE));
    }
    assert_int_equal(d.blocks[1].start, 68);
    assert_int_equal(d.blocks[1].end, 135);
    assert_int_equal(d.blocks[1].kind, SK_BLOCK_HEADING);
    assert_true(sk_str_eq(d.title, block_text(&d, 1)));
    assert_str(d.lang, "en");
}

/* Reports and news of other origins hold no such lines: nothing of them may be marked. */
static void prose_of_the_shared_news_set_is_not_marked(void **state)
{
    static const char *const files[] = {
        "facts/count_claims.csv",     "facts/seed_article_map.csv",           "facts/workflows.csv",
        "facts/source_conflicts.csv", "facts/forced_repatriation_claims.csv",
    };
    for (size_t i = 0; i < SK_COUNT(files); i++) {
        sk_str bytes = shared_file(files[i]);
        if (!bytes.n)
            skip();
        sk_document d = read_bytes(bytes, "lines.txt");
        for (size_t k = 0; k < d.n_blocks; k++)
            if (d.blocks[k].kind == SK_BLOCK_FURNITURE)
                fail_msg("%s: marked: %.*s", files[i], SK_P(block_text(&d, k)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_of_forms_and_buttons_are_furniture_in_many_languages),
        TEST(sentences_that_mention_such_words_are_content),
        TEST(a_credit_is_parted_from_its_caption),
        TEST(short_lines_under_related_articles_go_with_it_and_prose_does_not),
        TEST(tags_run_together_above_a_headline_are_furniture),
        TEST(the_shared_article_has_its_furniture_marked_and_nothing_else),
        TEST(prose_of_the_shared_news_set_is_not_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
