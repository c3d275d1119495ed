/* The query language: what a person may type, and what each mistake is answered with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/buf.h"
#include "record/query.h"

static void write_node(sk_buf *b, sk_ctx *cx, const sk_query *q, const sk_query_node *n)
{
    if (n->kind == SK_QUERY_LEAF) {
        sk_buf_add(b, sk_query_leaf_fts5(cx, &q->leaves[n->leaf]));
        return;
    }
    static const char *const names[] = {"and", "or", "not"};
    sk_buf_addf(b, "(%s ", names[n->kind]);
    write_node(b, cx, q, n->left);
    if (n->right) {
        sk_buf_addc(b, ' ');
        write_node(b, cx, q, n->right);
    }
    sk_buf_addc(b, ')');
}

/* The tree as one line of Lisp, with [key=value] for each filter behind it. */
static void means(const char *text, const char *expected)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    const sk_query *q = NULL;
    if (sk_query_parse(&cx, sk_str_of(text), &q))
        fail_msg("\"%s\": %s", text, cx.message);
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    if (q->root)
        write_node(&b, &cx, q, q->root);
    for (size_t i = 0; i < q->n_filters; i++)
        sk_buf_addf(&b, "[%.*s=%.*s]", SK_P(q->filters[i].key), SK_P(q->filters[i].value));
    assert_string_equal(b.p, expected);
    sk_buf_done(&b);
    sk_ctx_done(&cx);
}

static void is_refused_as(sk_rc rc, const char *text, const char *message)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    const sk_query *q = NULL;
    assert_int_equal(sk_query_parse(&cx, sk_str_of(text), &q), rc);
    assert_null(q);
    if (!strstr(cx.message, message))
        fail_msg("\"%s\" is answered \"%s\", not \"%s\"", text, cx.message, message);
    sk_ctx_done(&cx);
}

static void is_refused(const char *text, const char *message)
{
    is_refused_as(SK_E_FORMAT, text, message);
}

static void words_are_joined_by_and(void **state)
{
    means("guard", "\"guard\"");
    means("guard beat", "(and \"guard\" \"beat\")");
    means("guard AND beat", "(and \"guard\" \"beat\")");
    means("a b c", "(and (and \"a\" \"b\") \"c\")");
    means("  Guard\t\n", "\"guard\"");
    means("수용소\u3000구타", "(and \"수용\" + \"용소\" \"구타\")");
}

static void a_piece_of_a_run_is_a_phrase_of_pairs(void **state)
{
    means("수용소", "\"수용\" + \"용소\"");
    means("영호", "\"영호\"");
    means("수", "\"수\" *");
    means("수*", "\"수\" *");
    means("수용*", "\"수용\"");
    means("제15호", "\"제\" + \"15\" + \"호\" *");
    means("DPRK의", "\"dprk\" + \"의\" *");
}

static void a_word_with_signs_inside_is_a_phrase(void **state)
{
    means("Jong-un", "\"jong\" + \"un\"");
    means("U.N.", "\"u\" + \"n\"");
    means("KPe.068", "\"kpe\" + \"068\"");
    means("https://example.org/a", "\"https\" + \"example\" + \"org\" + \"a\"");
    means("12:30", "\"12\" + \"30\"");
    means("종류:문서", "\"종류\" + \"류\" + \"문서\"");
}

static void quotes_make_phrases(void **state)
{
    means("\"guards beat\" him", "(and \"guards\" + \"beat\" \"him\")");
    means("“guards beat”", "\"guards\" + \"beat\"");
    means("\"the “so-called” camp\"", "\"the\" + \"so\" + \"called\" + \"camp\"");
    means("\"AND\"", "\"and\"");
    means("\"kind:x\"", "\"kind\" + \"x\"");
    means("a\"b c\"d", "(and (and \"a\" \"b\" + \"c\") \"d\")");
    means("\"수용소 에서\"", "\"수용\" + \"용소\" + \"소\" + \"에서\"");
}

static void a_star_makes_the_last_word_a_beginning(void **state)
{
    means("prison*", "\"prison\" *");
    means("\"the pris\"*", "\"the\" + \"pris\" *");
    means("KPe.06*", "\"kpe\" + \"06\" *");
    is_refused("pri*son", "* at character 4 stands inside a word");
    is_refused("*son", "* at character 1");
    is_refused("foo *", "* at character 5 has no word before it");
    is_refused("foo**", "* at character 4");
}

static void operators_are_upper_case_words(void **state)
{
    means("a OR b", "(or \"a\" \"b\")");
    means("a b OR c", "(or (and \"a\" \"b\") \"c\")");
    means("a OR b OR c", "(or (or \"a\" \"b\") \"c\")");
    means("(a OR b) c", "(and (or \"a\" \"b\") \"c\")");
    means("a NOT b", "(and \"a\" (not \"b\"))");
    means("a AND NOT b", "(and \"a\" (not \"b\"))");
    means("a -b", "(and \"a\" (not \"b\"))");
    means("a -(b c)", "(and \"a\" (not (and \"b\" \"c\")))");
    means("-\"b c\" a", "(and (not \"b\" + \"c\") \"a\")");
    means("NOT NOT a", "(not (not \"a\"))");
    means("-a", "(not \"a\")");
    means("salt and pepper or not",
          "(and (and (and (and \"salt\" \"and\") \"pepper\") \"or\") \"not\")");
    means("ANDY ORE NOTE", "(and (and \"andy\" \"ore\") \"note\")");
    means("NOT(a)", "(not \"a\")");
    means("-㈜", "(not \"주\" *)");
}

static void punctuation_alone_is_like_a_blank(void **state)
{
    means("a – b", "(and \"a\" \"b\")");
    means("a - b", "(and \"a\" \"b\")");
    means("a -– b", "(and \"a\" \"b\")");
    means("a, b.", "(and \"a\" \"b\")");
    means("no-break\u00A0space 30\u00A0023", "(and (and \"no\" + \"break\" \"space\") \"30023\")");
}

static void filters_are_handed_on(void **state)
{
    means("kind:exhibit", "[kind=exhibit]");
    means("guard date:1978-06~ place:\"North Hamgyong\" beat",
          "(and \"guard\" \"beat\")[date=1978-06~][place=North Hamgyong]");
    means("Kind:exhibit", "[kind=exhibit]");
    means("(kind:claim guard)", "\"guard\"[kind=claim]");
    means("kind:claim AND guard", "\"guard\"[kind=claim]");
    means("date:2017/2019 claimant:UN entity:김영호 restriction:none furniture:yes exhibit:ab12",
          "[date=2017/2019][claimant=UN][entity=김영호][restriction=none][furniture=yes]"
          "[exhibit=ab12]");
    means("place:Rason(Rajin)", "[place=Rason(Rajin)]");
}

static void a_filter_that_cannot_be_meant_is_an_error(void **state)
{
    is_refused("guard author:kim", "unknown filter \"author:\" at character 7; known are kind:, "
                                   "date:, place:, claimant:, exhibit:, entity:, restriction:, "
                                   "furniture:");
    is_refused("kind: exhibit", "filter kind: at character 1 has no value");
    is_refused("kind:\"\"", "has no value");
    is_refused("kind:\"open", "quote opened at character 6 is not closed");
    is_refused("guard OR kind:claim", "filter kind: at character 10 stands inside OR");
    is_refused("kind:claim OR guard", "stands inside OR");
    is_refused("(guard kind:claim) OR beat", "stands inside OR");
    is_refused("NOT kind:claim", "stands inside NOT");
    is_refused("-kind:claim", "stands inside the minus");
}

static void what_is_unbalanced_is_shown_by_its_character(void **state)
{
    is_refused("경비병 \"구타", "quote opened at character 5 is not closed");
    is_refused("a (b OR c", "parenthesis opened at character 3 is not closed");
    is_refused("수용소) b", ") at character 4 closes nothing");
    is_refused("a ()", "parentheses at character 3 hold nothing");
    is_refused("（a", "parenthesis opened at character 1");
}

static void an_operator_needs_something_to_work_on(void **state)
{
    is_refused("OR a", "OR at character 1 has nothing on its left");
    is_refused("AND a", "AND at character 1 has nothing on its left");
    is_refused("a OR", "OR at character 3 has nothing on its right");
    is_refused("a AND", "AND at character 3 has nothing on its right");
    is_refused("a AND AND b", "AND at character 3 has nothing on its right");
    is_refused("a OR OR b", "OR at character 3 has nothing on its right");
    is_refused("a NOT", "NOT at character 3 has nothing on its right");
    is_refused("(NOT)", "NOT at character 2 has nothing on its right");
    is_refused("a OR –", "OR at character 3 has nothing on its right");
}

static void there_must_be_something_to_search_for(void **state)
{
    is_refused("", "holds no letter or digit");
    is_refused(" ... ", "holds no letter or digit");
    is_refused("a \"!?\"", "quotes at character 3 hold no letter or digit");
    is_refused("a\x01", "control character");
    is_refused("a\xff", "not UTF-8");
}

static void repeat(sk_buf *b, const char *what, size_t times)
{
    sk_buf_init(b, SK_KIB(64));
    while (times--)
        sk_buf_add(b, sk_str_of(what));
}

static void what_is_too_large_is_refused_with_the_ceiling(void **state)
{
    sk_buf b;
    repeat(&b, "x", SK_LIM_QUERY_BYTES + 1);
    is_refused_as(SK_E_LIMIT, b.p, "4097 bytes long; at most 4096");
    sk_buf_done(&b);
    repeat(&b, "x ", SK_LIM_QUERY_TERMS + 1);
    is_refused_as(SK_E_LIMIT, b.p, "more than 64 words and filters");
    sk_buf_done(&b);
    repeat(&b, "(", SK_LIM_QUERY_DEPTH + 1);
    is_refused_as(SK_E_LIMIT, b.p, "more than 32 parentheses and NOTs");
    sk_buf_done(&b);
    repeat(&b, "NOT ", SK_LIM_QUERY_DEPTH + 1);
    is_refused_as(SK_E_LIMIT, b.p, "more than 32 parentheses and NOTs");
    sk_buf_done(&b);
}

static void nothing_typed_reaches_fts5_but_quoted_tokens(void **state)
{
    means("x' OR 1=1 --", "(or \"x\" \"1\" + \"1\")");
    means("NEAR(a b) {body}: ^c a+b", "(and (and (and (and \"near\" (and \"a\" \"b\")) \"body\") "
                                      "\"c\") \"a\" + \"b\")");
    means("\"a\\\" b", "(and \"a\" \"b\")");
}

static void leaves_keep_the_words_and_know_their_place(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    const sk_query *q;
    assert_int_equal(sk_query_parse(&cx, SK_S("구타 -\"The Guard\"* NOT (a -b)"), &q), SK_OK);
    assert_int_equal(q->n_leaves, 4);
    assert_true(sk_str_is(q->leaves[0].words, "구타"));
    assert_true(sk_str_is(q->leaves[1].words, "The Guard"));
    assert_int_equal(q->leaves[1].at, 8);
    assert_true(q->leaves[1].last_is_prefix && !q->leaves[1].last_is_run);
    assert_true(q->leaves[0].last_is_run && !q->leaves[0].last_is_prefix);
    static const bool negated[] = {false, true, true, false};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(q->leaves[i].negated, negated[i]);
    sk_ctx_done(&cx);
}

static void a_tree_is_evaluated_over_sets(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    const sk_query *q;
    assert_int_equal(sk_query_parse(&cx, SK_S("a (b OR c) -d"), &q), SK_OK);
    for (unsigned m = 0; m < 16; m++) {
        bool hits[] = {m & 1, m & 2, m & 4, m & 8};
        assert_int_equal(sk_query_eval(q, hits), hits[0] && (hits[1] || hits[2]) && !hits[3]);
    }
    assert_int_equal(sk_query_parse(&cx, SK_S("kind:claim"), &q), SK_OK);
    assert_true(sk_query_eval(q, NULL)); /* filters only: the words ask for nothing */
    sk_ctx_done(&cx);
}

static bool reading_finds(const char *query, const char *text)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    const sk_query *q;
    assert_int_equal(sk_query_parse(&cx, sk_str_of(query), &q), SK_OK);
    bool found = sk_query_matches_text(&cx, q, sk_str_of(text));
    sk_ctx_done(&cx);
    return found;
}

/* The oracle itself, on cases a person can check: t_search.c trusts it. */
static void reading_keeps_the_promise(void **state)
{
    assert_true(reading_finds("수용소", "그 수용소에서"));
    assert_true(reading_finds("용소에", "그 수용소에서"));
    assert_false(reading_finds("소수", "그 수용소에서"));
    assert_false(reading_finds("그수", "그 수용소에서"));
    assert_true(reading_finds("\"그 수용\"", "그 수용소에서"));
    assert_false(reading_finds("\"용소 에서\"", "그 수용소에서"));
    assert_true(reading_finds("CAMP", "a camp."));
    assert_false(reading_finds("camp", "a campaign"));
    assert_true(reading_finds("camp*", "a campaign"));
    assert_false(reading_finds("\"a camp\"", "a big camp"));
    assert_true(reading_finds("camp -guard", "a camp"));
    assert_false(reading_finds("camp -guard", "a camp guard"));
    assert_true(reading_finds("guard OR camp", "a camp"));
    assert_true(reading_finds("regimes", "the regime's"));
    assert_true(reading_finds("regime", "the regime's"));
    assert_false(reading_finds("reg", "the regime's"));
    assert_true(reading_finds("30023", "30,023명"));
    assert_false(reading_finds("30023", "30,0234"));
    assert_true(reading_finds("احمد", "وللأحمد والأحمد"));
    assert_false(reading_finds("حمد", "الأحمد"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_joined_by_and),
        cmocka_unit_test(a_piece_of_a_run_is_a_phrase_of_pairs),
        cmocka_unit_test(a_word_with_signs_inside_is_a_phrase),
        cmocka_unit_test(quotes_make_phrases),
        cmocka_unit_test(a_star_makes_the_last_word_a_beginning),
        cmocka_unit_test(operators_are_upper_case_words),
        cmocka_unit_test(punctuation_alone_is_like_a_blank),
        cmocka_unit_test(filters_are_handed_on),
        cmocka_unit_test(a_filter_that_cannot_be_meant_is_an_error),
        cmocka_unit_test(what_is_unbalanced_is_shown_by_its_character),
        cmocka_unit_test(an_operator_needs_something_to_work_on),
        cmocka_unit_test(there_must_be_something_to_search_for),
        cmocka_unit_test(what_is_too_large_is_refused_with_the_ceiling),
        cmocka_unit_test(nothing_typed_reaches_fts5_but_quoted_tokens),
        cmocka_unit_test(leaves_keep_the_words_and_know_their_place),
        cmocka_unit_test(a_tree_is_evaluated_over_sets),
        cmocka_unit_test(reading_keeps_the_promise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
