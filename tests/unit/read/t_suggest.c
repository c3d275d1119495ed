/* From a text to suggestions, to claims that count: reading, storing, deciding, all together. */
#include "../record/fixture.h"

#include "count/acts.h"
#include "count/ledger.h"
#include "read/suggest.h"
#include "record/review.h"

/* Invented, like every text here. */
static const char report[] =
    "Border report\n"
    "China forcibly returned 80 North Korean escapees on 29 August 2023, Human Rights Watch said.\n"
    "China could forcibly return hundreds of refugees, Human Rights Watch said.\n"
    "North Korean agents did not abduct the fishermen, officials said.\n"
    "Officials plan to execute the prisoners.\n"
    "Human Rights Watch urged that the prisoners be released.\n"
    "Guards beat Hwang Sun-ok in the camp. They tortured her.\n";

static sk_hash plant(fixture *f, const char *text)
{
    sk_hash x = fixture_exhibit(f, "report.txt", text);
    OK(f, sk_suggest_pending(&f->cx, NULL));
    fixture_view_as(f, "", "work");
    return x;
}

static sk_review *open_review(fixture *f)
{
    sk_review *rv;
    OK(f, sk_review_open(&f->cx, f->view, &rv));
    return rv;
}

static size_t list(fixture *f, sk_review_filter filter, sk_suggestion **ret_list)
{
    size_t n;
    filter.tier_most = 4;
    OK(f, sk_review_list(&f->cx, open_review(f), &filter, 0, ret_list, &n));
    return n;
}

/* The one suggestion of an act whose trigger is these words. */
static sk_suggestion act_at(fixture *f, const char *text, const char *trigger)
{
    sk_suggestion *all, found = {0};
    size_t n = list(f, (sk_review_filter){.kinds = 1u << SK_SUGGEST_ACT, .decided = true}, &all);
    for (size_t i = 0; i < n; i++)
        if (sk_str_is(sk_str_sub(sk_str_of(text), all[i].start, all[i].end - all[i].start),
                      trigger))
            found = all[i];
    if (!found.n_proposals)
        fail_msg("no act at \"%s\" among %zu", trigger, n);
    return found;
}

static const sk_proposal *slot(const sk_suggestion *s, const char *prop)
{
    for (size_t i = 0; i < s->n_proposals; i++)
        if (sk_str_is(s->proposals[i].prop, prop))
            return &s->proposals[i];
    return NULL;
}

static void confirm(fixture *f, const sk_suggestion *s)
{
    sk_decision d;
    OK(f, sk_review_confirm(&f->cx, open_review(f), s, NULL, 0, &d));
    fixture_commit(f);
}

static void a_sentence_becomes_an_act_with_its_slots_and_who_says_it(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    plant(&f, report);
    sk_suggestion s = act_at(&f, report, "forcibly returned");
    assert_int_equal(s.position, SK_CLAIM_ASSERTS);
    assert_true(sk_str_is(s.proposals[0].value, "movement.forced-return"));
    const sk_proposal *who = slot(&s, "perpetrator"), *date = slot(&s, "date"),
                      *count = slot(&s, "count");
    assert_non_null(who);
    assert_true(sk_str_is(who->party.name, "China") && sk_str_is(who->party.type, "State"));
    assert_true(who->party.is_new);
    assert_non_null(slot(&s, "victim"));
    assert_non_null(date);
    assert_true(sk_str_is(date->value, "2023-08-29"));
    assert_non_null(count);
    assert_int_equal(count->quantity.low.mantissa, 80);
    assert_int_equal(s.n_chain, 2);
    assert_true(sk_str_is(s.chain[0].name, "Human Rights Watch"));
    assert_true(s.chain[1].is_exhibit && sk_str_is(s.chain[1].name, "report.txt"));
    /* spans are where the text says it */
    assert_memory_equal(report + who->start, "China", 5);
    assert_memory_equal(report + date->start, "29 August 2023", 14);
    fixture_done(&f);
}

/* The rule that matters most, over every suggestion of an act of a text full of what did not happen. */
static void what_did_not_happen_is_never_asserted(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    plant(&f, report);
    sk_suggestion *all;
    size_t n = list(&f, (sk_review_filter){.kinds = 1u << SK_SUGGEST_ACT}, &all), unreal = 0;
    for (size_t i = 0; i < n; i++) {
        bool real = sk_str_is(all[i].modality, "asserted") ||
                    sk_str_is(all[i].modality, "reported") || sk_str_is(all[i].modality, "alleged");
        assert_int_equal(real, all[i].position == SK_CLAIM_ASSERTS);
        unreal += !real;
    }
    assert_true(unreal >= 3);
    sk_suggestion denied = act_at(&f, report, "abduct"), planned = act_at(&f, report, "execute");
    assert_int_equal(denied.position, SK_CLAIM_DENIES);
    assert_int_equal(planned.position, SK_CLAIM_PREDICTS);
    /* nor by an edit */
    sk_edit e = {.what = SK_EDIT_POSITION, .value = SK_S("asserts")};
    sk_decision d;
    FAILS(&f, SK_E_DENIED, sk_review_confirm(&f.cx, open_review(&f), &planned, &e, 1, &d));
    confirm(&f, &planned);
    confirm(&f, &denied);
    sk_act_row *rows;
    OK(&f, sk_acts_find(&f.cx, f.view, &(sk_act_filter){0}, &rows, &n));
    assert_int_equal(n, 2);
    for (size_t i = 0; i < n; i++)
        assert_int_not_equal(rows[i].position, SK_CLAIM_ASSERTS);
    fixture_done(&f);
}

static void a_call_is_what_somebody_says_and_no_act(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    plant(&f, report);
    sk_suggestion *all;
    size_t n = list(&f, (sk_review_filter){.kinds = 1u << SK_SUGGEST_STATEMENT}, &all);
    assert_true(n >= 1);
    assert_true(sk_str_is(all[0].subject.name, "Human Rights Watch"));
    assert_true(sk_str_is(all[0].proposals[0].prop, "statement"));
    assert_true(sk_str_is(all[0].modality, "call"));
    n = list(&f, (sk_review_filter){.kinds = 1u << SK_SUGGEST_ACT}, &all);
    for (size_t i = 0; i < n; i++)
        assert_false(sk_str_is(all[i].modality, "call"));
    fixture_done(&f);
}

static void a_pronoun_is_a_candidate_that_confirming_leaves_open(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    plant(&f, report);
    sk_suggestion s = act_at(&f, report, "tortured");
    for (size_t i = 0; i < s.n_proposals; i++)
        if (s.proposals[i].kind == SK_VALUE_ENTITY)
            assert_true(s.proposals[i].is_candidate);
    sk_decision d;
    OK(&f, sk_review_confirm(&f.cx, open_review(&f), &s, NULL, 0, &d));
    fixture_commit(&f);
    for (size_t i = 0; i < d.n_entries; i++) {
        sk_claim_row row;
        OK(&f, sk_claim_find(&f.cx, f.view, sk_hash_hex(&f.cx.arena, &d.entries[i]), &row));
        assert_false(sk_str_is(row.claim.prop, "victim"));
        assert_false(sk_str_is(row.claim.prop, "perpetrator"));
    }
    fixture_done(&f);
}

static void a_confirmed_act_is_asked_for_and_counted_like_one_entered_by_hand(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    plant(&f, report);
    sk_suggestion s = act_at(&f, report, "forcibly returned");
    confirm(&f, &s);
    sk_act_row *rows;
    size_t n;
    sk_act_filter filter = {
        .act = SK_S("movement"), .perpetrator = SK_S("China"), .when = SK_S("2023")};
    OK(&f, sk_acts_find(&f.cx, f.view, &filter, &rows, &n));
    assert_int_equal(n, 1);
    assert_true(sk_str_is(rows[0].who, "China"));
    assert_true(sk_str_is(rows[0].chain[0], "Human Rights Watch"));
    assert_true(sk_str_is(rows[0].carrier, "report.txt"));
    assert_non_null(rows[0].passage);
    assert_true(rows[0].passage->has_span);
    sk_ledger ledger;
    OK(&f, sk_ledger_build(&f.cx, f.view, &rows[0].act, SK_S("2023"), SK_NONE, &ledger));
    assert_int_equal(ledger.n_figures, 1);
    assert_int_equal(ledger.figures[0].row.claim.quantity.low.mantissa, 80);
    assert_true(sk_str_is(ledger.figures[0].row.claim.quantity.unit, "people"));
    fixture_done(&f);
}

static void a_slot_stands_for_the_entity_that_bears_exactly_its_name(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    say(&f, "china", "State:name", "China", "desk");
    say(&f, "hwang", "Person:name", "Hwang Sun-ok", "desk");
    say(&f, "hwang-2", "Person:name", "Hwang Sun-ok", "desk");
    fixture_commit(&f);
    plant(&f, report);
    sk_suggestion s = act_at(&f, report, "forcibly returned"), beaten = act_at(&f, report, "beat");
    assert_true(sk_str_is(slot(&s, "perpetrator")->party.key, "china"));
    assert_false(slot(&s, "perpetrator")->party.is_new);
    const sk_proposal *victim = slot(&beaten, "victim");
    assert_non_null(victim);
    assert_true(victim->party.is_new); /* two bear the name: a person picks */
    assert_int_equal(victim->party.n_bearers, 2);
    fixture_done(&f);
}

static void words_for_people_mean_other_people_in_another_exhibit(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    plant(&f, report);
    sk_suggestion s = act_at(&f, report, "forcibly returned");
    confirm(&f, &s);
    static const char again[] = "China forcibly returned North Korean escapees in May 2024.\n";
    plant(&f, again);
    sk_suggestion *all;
    size_t n = list(&f, (sk_review_filter){.kinds = 1u << SK_SUGGEST_ACT}, &all), seen = 0;
    for (size_t i = 0; i < n; i++)
        if (!sk_hash_eq(&all[i].exhibit, &s.exhibit)) {
            const sk_proposal *victim = slot(&all[i], "victim");
            assert_non_null(victim);
            assert_false(sk_str_eq(victim->party.key, slot(&s, "victim")->party.key));
            assert_true(victim->party.is_new);
            assert_false(slot(&all[i], "perpetrator")->party.is_new); /* a name is a name */
            seen++;
        }
    assert_int_equal(seen, 1);
    fixture_done(&f);
}

static void
a_sentence_with_an_act_word_and_nothing_proposed_is_told_until_a_claim_rests_on_it(void **state)
{
    (void)state;
    static const char text[] = "The torture chamber museum opened.\n"
                               "China forcibly returned North Korean escapees in May 2024.\n";
    fixture f;
    fixture_init(&f);
    sk_hash h = plant(&f, text);
    sk_exhibit x;
    sk_silence *silences;
    size_t n, after;
    OK(&f, sk_exhibit_get(&f.cx, f.view, &h, &x));
    sk_review *rv = open_review(&f);
    OK(&f, sk_review_silences(&f.cx, rv, &x, &silences, &n));
    sk_review_counts counts;
    OK(&f, sk_review_count(&f.cx, rv, &h, &counts));
    assert_int_equal(counts.silences, n);
    for (size_t i = 0; i < n; i++)
        assert_true(silences[i].end <= strlen(text) && silences[i].start < silences[i].end);
    assert_true(n >= 1);
    const sk_edit fields[] = {{.prop = SK_S("act"), .value = SK_S("body.torture")}};
    sk_selection sel = {.exhibit = &h,
                        .start = silences[0].start,
                        .end = silences[0].end,
                        .type = SK_S("Act"),
                        .fields = fields,
                        .n_fields = 1};
    sk_decision d;
    OK(&f, sk_review_add(&f.cx, rv, &sel, &d));
    assert_int_equal(d.n_entries, 1);
    fixture_commit(&f);
    OK(&f, sk_review_silences(&f.cx, open_review(&f), &x, &silences, &after));
    assert_int_equal(after, n - 1);
    fixture_done(&f);
}

/* Words for people, told in a hidden paragraph and taken up by a pronoun in another. */
static void words_of_a_hidden_block_do_not_show_behind_a_pronoun(void **state)
{
    (void)state;
    static const char text[] = "The fishermen were beaten.\nThey were tortured in May 2023.\n";
    fixture f;
    fixture_init(&f);
    sk_hash h = plant(&f, text);
    sk_suggestion s = act_at(&f, text, "tortured"), *all;
    const sk_proposal *victim = slot(&s, "victim");
    assert_true(victim && victim->is_candidate);
    assert_true(sk_str_find(victim->party.name, SK_S("fishermen")) != SIZE_MAX);
    sk_claim c = draft(&f, "beating", "Act:act", "body.beating", "witness");
    sk_passage passage = {.exhibit = h, .has_span = true, .start = 0, .end = 26};
    sk_str label = SK_S("identity");
    c.passages = &passage;
    c.n_passages = 1;
    c.restrict_labels = &label;
    c.n_restrict = 1;
    fixture_log(&f, c);
    fixture_commit(&f);
    fixture_view_as(&f, "guest", "work");
    size_t n = list(&f, (sk_review_filter){.decided = true}, &all);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < all[i].n_proposals; k++)
            if (sk_str_find(all[i].proposals[k].party.name, SK_S("fishermen")) != SIZE_MAX)
                fail_msg("a guest reads \"%.*s\"", SK_P(all[i].proposals[k].party.name));
    fixture_view_as(&f, "", "work");
    fixture_done(&f);
}

static void gather(sk_str line, void *arg)
{
    sk_buf_add(arg, line);
}

/* All rows of the index, without the entries of the log. */
static sk_str dump(fixture *f)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(16));
    OK(f, sk_index_dump(&f->cx, f->cx.index, gather, &b));
    sk_str s = sk_str_copy(&f->cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return s;
}

static void read_again(fixture *f, const sk_hash *h, const char *text)
{
    sk_block blocks[32];
    sk_document doc = {.outcome = SK_OUTCOME_OK, .reader = SK_S("test/1"), .text = sk_str_of(text)};
    size_t at = 0;
    sk_str rest = doc.text, line;
    while (sk_str_cut(&rest, '\n', &line)) {
        blocks[doc.n_blocks] =
            (sk_block){.start = at, .end = at + line.n, .orig_start = at, .orig_end = at + line.n};
        doc.n_blocks++;
        blocks[doc.n_blocks - 1].place = sk_fmt(&f->cx.arena, "row %zu", doc.n_blocks);
        at += line.n + 1;
    }
    doc.blocks = blocks;
    OK(f, sk_index_begin(&f->cx, f->cx.index));
    OK(f, sk_index_put_document(&f->cx, f->cx.index, h, &doc));
    OK(f, sk_index_end(&f->cx, f->cx.index));
    OK(f, sk_suggest_pending(&f->cx, NULL));
}

static void a_rebuilt_index_has_the_same_suggestions_and_decisions(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash h = plant(&f, report);
    sk_suggestion s = act_at(&f, report, "forcibly returned"), t = act_at(&f, report, "execute"),
                  u = act_at(&f, report, "beat");
    sk_decision d;
    sk_edit note = {.what = SK_EDIT_SAID, .value = SK_S("2023-09-01")};
    OK(&f, sk_review_confirm(&f.cx, open_review(&f), &s, NULL, 0, &d));
    OK(&f, sk_review_confirm(&f.cx, open_review(&f), &u, &note, 1, &d));
    OK(&f, sk_review_reject(&f.cx, open_review(&f), &t, 1, SK_NONE, &d));
    fixture_commit(&f);
    sk_str grown = dump(&f);
    for (int i = 0; i < 2; i++) {
        OK(&f, sk_index_rebuild(&f.cx, f.cx.archive));
        fixture_reopen(&f);
        read_again(&f, &h, report);
        sk_str rebuilt = dump(&f);
        assert_int_equal(rebuilt.n, grown.n);
        assert_memory_equal(rebuilt.p, grown.p, grown.n);
    }
    fixture_view_as(&f, "", "work");
    s = act_at(&f, report, "forcibly returned");
    assert_int_equal(s.state, SK_SUGGEST_CONFIRMED);
    u = act_at(&f, report, "beat");
    assert_int_equal(u.state, SK_SUGGEST_EDITED);
    t = act_at(&f, report, "execute");
    assert_int_equal(t.state, SK_SUGGEST_REJECTED);
    fixture_done(&f);
}

static void a_text_above_the_ceiling_is_read_up_to_it_and_says_so(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    static const char line[] = "China forcibly returned North Korean escapees in May 2024.\n";
    size_t n_lines = SK_LIM_SUGGEST_TEXT_BYTES / (sizeof line - 1) + 3;
    char *text = sk_xmalloc(n_lines * (sizeof line - 1) + 1);
    for (size_t i = 0; i < n_lines * (sizeof line - 1); i++) /* nothing to find but in the first */
        text[i] = i < sizeof line - 1                        ? line[i]
                  : i % (sizeof line - 1) == sizeof line - 2 ? '\n'
                                                             : '-';
    text[n_lines * (sizeof line - 1)] = 0;
    sk_hash h = fixture_exhibit(&f, "long.txt", text);
    sk_suggest_report r = {0};
    OK(&f, sk_suggest_pending(&f.cx, &r));
    fixture_view_as(&f, "", "work");
    assert_int_equal(r.cut, 1);
    assert_int_equal(r.exhibits, 1);
    assert_true(r.suggestions >= 1);
    sk_review_exhibit *list;
    size_t n;
    OK(&f, sk_review_exhibits(&f.cx, open_review(&f), &list, &n));
    assert_int_equal(n, 1);
    assert_true(sk_hash_eq(&list[0].exhibit, &h));
    assert_true(sk_str_find(list[0].note, SK_S("only the first")) != SIZE_MAX);
    OK(&f, sk_suggest_pending(&f.cx, &r)); /* and it is not read again and again */
    assert_int_equal(r.exhibits, 0);
    free(text);
    fixture_done(&f);
}

/* 70 victims in one sentence: more claims than one suggestion becomes. */
static void an_act_of_too_many_claims_is_told_and_its_sentence_stays_a_silence(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_buf b;
    sk_buf_init(&b, SK_KIB(8));
    sk_buf_add(&b, SK_S("Soldiers killed "));
    for (int i = 0; i < 70; i++)
        sk_buf_addf(&b, "%sPeter N%cm%cr",
                    !i       ? ""
                    : i < 69 ? ", "
                             : " and ",
                    'a' + i % 26, 'a' + i / 26);
    sk_buf_add(&b, SK_S(" in May 2019.\n"));
    char *text = sk_str_c(&f.cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    plant(&f, text);
    sk_suggestion *all;
    sk_review_exhibit *exhibits;
    size_t n;
    assert_int_equal(list(&f, (sk_review_filter){.kinds = 1u << SK_SUGGEST_ACT}, &all), 0);
    OK(&f, sk_review_exhibits(&f.cx, open_review(&f), &exhibits, &n));
    assert_int_equal(n, 1);
    assert_int_equal(exhibits[0].counts.silences, 1);
    assert_true(sk_str_starts(exhibits[0].note, SK_S("1 suggestions of more than 64 claims")));
    fixture_done(&f);
}

static void tables_that_became_claims_are_not_proposed_again(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_capture_draft c = {.name = SK_S("claims.csv"), .method = SK_S("claims")};
    sk_hash id;
    OK(&f, sk_blob_write_bytes(&f.cx, f.cx.archive, sk_str_of(report), &c.blob));
    OK(&f, sk_record_capture(&f.cx, &c, &id));
    OK(&f, sk_record_commit(&f.cx));
    read_again(&f, &c.blob.hash, report);
    fixture_view_as(&f, "", "work");
    sk_review_counts counts;
    OK(&f, sk_review_count(&f.cx, open_review(&f), NULL, &counts));
    assert_int_equal(counts.all + counts.hidden + counts.silences, 0);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_becomes_an_act_with_its_slots_and_who_says_it),
        cmocka_unit_test(what_did_not_happen_is_never_asserted),
        cmocka_unit_test(a_call_is_what_somebody_says_and_no_act),
        cmocka_unit_test(a_pronoun_is_a_candidate_that_confirming_leaves_open),
        cmocka_unit_test(words_of_a_hidden_block_do_not_show_behind_a_pronoun),
        cmocka_unit_test(a_confirmed_act_is_asked_for_and_counted_like_one_entered_by_hand),
        cmocka_unit_test(a_slot_stands_for_the_entity_that_bears_exactly_its_name),
        cmocka_unit_test(words_for_people_mean_other_people_in_another_exhibit),
        cmocka_unit_test(
            a_sentence_with_an_act_word_and_nothing_proposed_is_told_until_a_claim_rests_on_it),
        cmocka_unit_test(a_rebuilt_index_has_the_same_suggestions_and_decisions),
        cmocka_unit_test(a_text_above_the_ceiling_is_read_up_to_it_and_says_so),
        cmocka_unit_test(an_act_of_too_many_claims_is_told_and_its_sentence_stays_a_silence),
        cmocka_unit_test(tables_that_became_claims_are_not_proposed_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
