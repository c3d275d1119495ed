/* The lexicon: lists into a block, words and phrases out of it, and blocks that are damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "read/lexicon_private.h"
#include "record/model.h"

static sk_ctx cx;

static int set_up(void **state)
{
    sk_ctx_init(&cx);
    return 0;
}

static int tear_down(void **state)
{
    sk_ctx_done(&cx);
    return 0;
}

/* The id of the first entry of the phrase, or NULL. */
static const char *entry_of(const sk_lexicon *lex, const char *phrase)
{
    uint32_t node = 0;
    size_t at = 0, n;
    sk_token t;
    sk_str s = sk_str_of(phrase);
    while (sk_token_next(s, &at, &t)) {
        char folded[SK_TOKEN_FOLD_BYTES];
        size_t bytes = sk_token_fold(s, &t, folded);
        uint32_t word = sk_lexicon_word(lex, (sk_str){folded, bytes});
        if (!word || !(node = sk_lexicon_step(lex, node, word)))
            return NULL;
    }
    const sk_lex_sense *sense = sk_lexicon_senses(lex, node, &n);
    return n ? sk_lexicon_string(lex, sk_lexicon_entry(lex, sense[0].entry)->id) : NULL;
}

static void listed_phrases_are_found_in_all_their_forms(void **state)
{
    const sk_lexicon *lex;
    assert_int_equal(sk_lexicon_builtin(&cx, &lex), SK_OK);
    assert_string_equal(entry_of(lex, "North Korea"), "PRK");
    assert_string_equal(entry_of(lex, "People’s Republic of China"), "CHN");
    assert_string_equal(entry_of(lex, "kidnapped"), "liberty.abduction");
    assert_string_equal(entry_of(lex, "kidnapping"), "liberty.abduction");
    assert_string_equal(entry_of(lex, "강제북송"), "movement.forced-return");
    assert_null(entry_of(lex, "zebra crossing"));
}

static void words_know_their_classes(void **state)
{
    const sk_lexicon *lex;
    assert_int_equal(sk_lexicon_builtin(&cx, &lex), SK_OK);
    assert_true(sk_lexicon_pos(lex, sk_lexicon_word(lex, SK_S("held"))) & SK_POS_VBN);
    assert_true(sk_lexicon_pos(lex, sk_lexicon_word(lex, SK_S("of"))) & SK_POS_PREP);
    assert_int_equal(sk_lexicon_pos(lex, 0), 0);
}

static void every_act_of_the_lists_is_a_term_of_the_model(void **state)
{
    const sk_lexicon *lex;
    assert_int_equal(sk_lexicon_builtin(&cx, &lex), SK_OK);
    const sk_model *model = sk_model_get();
    for (size_t i = 0; i < sk_lexicon_count(lex); i++) {
        const sk_lex_entry *e = sk_lexicon_entry(lex, (uint32_t)i);
        if (e->kind != SK_LEX_ACT)
            continue;
        sk_str id = sk_str_of(sk_lexicon_string(lex, e->id));
        bool known = false;
        for (size_t k = 0; k < model->n_acts && !known; k++)
            known = sk_str_eq(model->acts[k].id, id);
        if (!known)
            fail_msg("\"%.*s\" is no term of model/acts.txt", SK_P(id));
    }
}

static void an_archive_adds_words_of_its_own(void **state)
{
    const sk_lexicon *plain, *more;
    assert_int_equal(sk_lexicon_builtin(&cx, &plain), SK_OK);
    assert_null(entry_of(plain, "Arnor"));
    assert_int_equal(sk_lexicon_with(&cx, SK_S("state | ARN | state | Arnor; d:Arnorian\n"), &more),
                     SK_OK);
    assert_string_equal(entry_of(more, "Arnorians"), "ARN");
    assert_string_equal(entry_of(more, "North Korea"), "PRK");
    assert_false(sk_str_eq(sk_lexicon_version(plain), sk_lexicon_version(more)));
}

static void the_same_lists_give_the_same_bytes(void **state)
{
    sk_lex_source source = {
        "test", SK_S("act | life.killing | - | v:kill; n:murder\nstate | AAA | - | ^Aland\n")};
    sk_buf a, b;
    sk_buf_init(&a, SK_LIM_LEXICON_BYTES);
    sk_buf_init(&b, SK_LIM_LEXICON_BYTES);
    assert_int_equal(sk_lexicon_compile(&cx, &source, 1, &a), SK_OK);
    assert_int_equal(sk_lexicon_compile(&cx, &source, 1, &b), SK_OK);
    assert_true(sk_str_eq(sk_buf_str(&a), sk_buf_str(&b)));
    sk_buf_done(&a);
    sk_buf_done(&b);
}

static void a_bad_line_is_named(void **state)
{
    static const char *const bad[] = {"act | x\n", "nonsense | x | - | y\n",
                                      "act | x | flying | v:kill\n", "word | x | sidewise | kill\n",
                                      "act | x | nothing=this | v:kill\n"};
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        const sk_lexicon *lex;
        assert_int_equal(sk_lexicon_with(&cx, sk_str_of(bad[i]), &lex), SK_E_FORMAT);
        assert_true(strstr(cx.message, "line 1") != NULL);
        sk_forgive(&cx);
    }
}

static void a_damaged_block_is_refused(void **state)
{
    sk_lex_source source = {"test", SK_S("act | life.killing | - | v:kill; n:murder\n")};
    sk_buf out;
    const sk_lexicon *lex;
    sk_buf_init(&out, SK_LIM_LEXICON_BYTES);
    assert_int_equal(sk_lexicon_compile(&cx, &source, 1, &out), SK_OK);
    char *block = sk_alloc(&cx.arena, out.n);
    memcpy(block, out.p, out.n);
    assert_int_equal(sk_lexicon_open(&cx, (sk_str){block, out.n}, &lex), SK_OK);
    assert_int_equal(sk_lexicon_open(&cx, (sk_str){block, out.n - 1}, &lex), SK_E_FORMAT);
    sk_forgive(&cx);
    assert_int_equal(sk_lexicon_open(&cx, (sk_str){block, 7}, &lex), SK_E_FORMAT);
    sk_forgive(&cx);
    sk_lex_header *h = (sk_lex_header *)(void *)block;
    h->n_edges += 1000000;
    assert_int_equal(sk_lexicon_open(&cx, (sk_str){block, out.n}, &lex), SK_E_FORMAT);
    sk_forgive(&cx);
    h->n_edges -= 1000000;
    ((sk_lex_sense *)(void *)(block + h->senses_at))->entry = 99999;
    assert_int_equal(sk_lexicon_open(&cx, (sk_str){block, out.n}, &lex), SK_E_FORMAT);
    sk_forgive(&cx);
    sk_buf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(listed_phrases_are_found_in_all_their_forms, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(words_know_their_classes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_act_of_the_lists_is_a_term_of_the_model, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_archive_adds_words_of_its_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_lists_give_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bad_line_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_block_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
