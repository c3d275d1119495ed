/* Suggestions in the index: ids that stay, order, what reading anew replaces, what a view hides. */
#include "suggest_fixture.h"

#include "record/suggest_private.h"

static void the_id_is_of_what_is_claimed_and_not_of_how_it_was_found(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion a = suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active"), b = a;
    b.rule = SK_S("act:better");
    b.tier = 1;
    b.lexicon = SK_S("lists-2");
    b.origin = SK_S("model:m");
    sk_suggestion_identify(&f.cx, &b);
    assert_true(sk_hash_eq(&a.id, &b.id));
    b.position = SK_CLAIM_DENIES;
    sk_suggestion_identify(&f.cx, &b);
    assert_false(sk_hash_eq(&a.id, &b.id));
    sk_suggestion c = suggest_act(&f, &x, story, "beat", "Hwang Sun", "act:active");
    assert_false(sk_hash_eq(&a.id, &c.id));
    sk_party *who = sk_new(&f.cx.arena, sk_party);
    *who = (sk_party){.name = SK_S("unnamed: neighbours")};
    c = a;
    c.chain = who;
    sk_suggestion_identify(&f.cx, &c);
    assert_false(sk_hash_eq(&a.id, &c.id)); /* says whom is a part of what is claimed */
    fixture_done(&f);
}

static void what_is_stored_comes_back_whole(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion s = suggest(&f, &x, story, "Camp 9", SK_SUGGEST_QUANTITY, 3, "quantity:number");
    sk_proposal p = {.type = SK_S("Population"), .prop = SK_S("count"), .kind = SK_VALUE_QUANTITY};
    p.quantity = (sk_quantity){.qualifier = SK_Q_MORE_THAN,
                               .has_low = true,
                               .is_strict = true,
                               .is_approximate = true,
                               .low = {-15, 1},
                               .unit = SK_S("명:5,")};
    p.measure = SK_S("held");
    p.words = SK_S("line\nbreak \t 12:34,");
    sk_party chain[2] = {{.name = SK_S("unnamed")}, {.is_exhibit = true}};
    s.subject =
        (sk_party){.type = SK_S("Population"), .name = SK_S("the people"), .start = 3, .end = 9};
    s.proposals = &p;
    s.n_proposals = 1;
    s.chain = chain;
    s.n_chain = 2;
    s.cue = 4;
    s.cue_end = 8;
    s.said = SK_S("2023-05");
    s.has_same_as = true;
    s.same_as.b[31] = 7;
    sk_suggestion_identify(&f.cx, &s);
    put_all(&f, &x, &s, 1);
    sk_suggestion r = get(&f, &s.id);
    assert_int_equal(r.kind, SK_SUGGEST_QUANTITY);
    assert_int_equal(r.tier, 3);
    assert_true(sk_str_is(r.lexicon, "lists-1") && sk_str_is(r.said, "2023-05"));
    const sk_quantity *q = &r.proposals[0].quantity;
    assert_int_equal(q->qualifier, SK_Q_MORE_THAN);
    assert_int_equal(q->low.mantissa, -15);
    assert_int_equal(q->low.decimals, 1);
    assert_true(q->has_low && !q->has_high && q->is_strict && q->is_approximate);
    assert_true(sk_str_is(q->unit, "명:5,"));
    assert_true(sk_str_eq(r.proposals[0].words, p.words) &&
                sk_str_is(r.proposals[0].measure, "held"));
    assert_int_equal(r.cue_end, 8);
    assert_false(r.has_same_as); /* there is no such suggestion */
    sk_buf b;
    sk_buf_init(&b, SK_LIM_SUGGEST_BYTES);
    sk_suggestion__pack(&b, &s);
    OK(&f, sk_suggestion__unpack(&f.cx, sk_buf_str(&b), &r));
    assert_true(r.has_same_as && r.same_as.b[31] == 7);
    sk_buf_done(&b);
    r = get(&f, &s.id);
    assert_true(sk_str_is(r.text, "Later they took her to Camp 9."));
    assert_int_equal(r.n_chain, 2);
    assert_true(sk_str_is(r.chain[1].name, "story.txt"));
    fixture_done(&f);
}

static void a_damaged_body_is_an_error_and_no_suggestion(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion s = suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active"), r = {0};
    sk_buf b;
    sk_buf_init(&b, SK_LIM_SUGGEST_BYTES);
    sk_suggestion__pack(&b, &s);
    OK(&f, sk_suggestion__unpack(&f.cx, sk_buf_str(&b), &r));
    for (size_t n = 0; n < b.n; n++) /* cut anywhere */
        FAILS(&f, SK_E_INTEGRITY,
              sk_suggestion__unpack(&f.cx, sk_str_sub(sk_buf_str(&b), 0, n), &r));
    static const char *const bad[] = {
        "", ":", "99999999999999999999:", "3:ab", "0:0:0,0,0,9999,", "5:abcde5:abcde1,2,3,65,"};
    for (size_t i = 0; i < SK_COUNT(bad); i++)
        FAILS(&f, SK_E_INTEGRITY, sk_suggestion__unpack(&f.cx, sk_str_of(bad[i]), &r));
    sk_buf_done(&b);
    fixture_done(&f);
}

static void the_queue_goes_by_exhibit_and_place_both_ways(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story),
            y = fixture_exhibit(&f, "two.txt", "Min Jae-seo\n");
    sk_suggestion in_x[3] = {suggest_name(&f, &x, story, "Min Jae-seo", 1, "name:listed"),
                             suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active"),
                             suggest_name(&f, &x, story, "Hwang Sun-ok", 4, "name:weak")};
    sk_suggestion in_y = suggest_name(&f, &y, "Min Jae-seo\n", "Min Jae-seo", 2, "name:person");
    put_all(&f, &x, in_x, 3);
    put_all(&f, &y, &in_y, 1);
    const sk_hash *order[] = {&in_x[1].id, &in_x[0].id, &in_y.id};
    sk_review *rv = open_review(&f);
    sk_review_filter all = {0};
    sk_suggestion s;
    const sk_hash *at = NULL;
    for (size_t i = 0; i < 3; i++) {
        OK(&f, sk_review_next(&f.cx, rv, &all, at, &s));
        assert_true(sk_hash_eq(&s.id, order[i]));
        at = order[i];
    }
    assert_int_equal(sk_review_next(&f.cx, rv, &all, at, &s), SK_E_NOTFOUND);
    assert_int_equal(f.cx.rc, SK_OK); /* the end is no error */
    at = NULL;
    for (size_t i = 3; i-- > 0;) {
        OK(&f, sk_review_previous(&f.cx, rv, &all, at, &s));
        assert_true(sk_hash_eq(&s.id, order[i]));
        at = order[i];
    }
    sk_review_filter hidden = {.exhibit = &x, .tier_most = 4, .kinds = 1u << SK_SUGGEST_NAME};
    sk_suggestion *list;
    size_t n;
    OK(&f, sk_review_list(&f.cx, rv, &hidden, 0, &list, &n));
    assert_int_equal(n, 2);
    assert_true(list[0].is_hidden && !list[1].is_hidden);
    sk_review_filter by_rule = {.rule = SK_S("name:person")};
    OK(&f, sk_review_list(&f.cx, rv, &by_rule, 0, &list, &n));
    assert_int_equal(n, 1);
    sk_review_counts c;
    OK(&f, sk_review_count(&f.cx, rv, NULL, &c));
    assert_int_equal(c.all, 3);
    assert_int_equal(c.hidden, 1);
    assert_int_equal(c.waits[SK_SUGGEST_NAME], 2);
    OK(&f, sk_review_count(&f.cx, rv, &y, &c));
    assert_int_equal(c.all, 1);
    sk_hash nobody = {{1}};
    FAILS(&f, SK_E_NOTFOUND, sk_review_next(&f.cx, rv, &all, &nobody, &s));
    fixture_done(&f);
}

static void reading_anew_replaces_and_a_model_never_overwrites_a_rule(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion old = suggest_name(&f, &x, story, "Min Jae-seo", 1, "name:listed");
    put_all(&f, &x, &old, 1);
    sk_suggestion more[2] = {old, suggest_name(&f, &x, story, "Hwang Sun-ok", 3, "model")};
    for (int i = 0; i < 2; i++)
        more[i].origin = SK_S("model:m");
    put_set(&f, &x, "model:m", "", set_of(more, 2));
    assert_true(sk_str_is(get(&f, &old.id).origin, "rule"));
    assert_true(sk_str_is(get(&f, &more[1].id).origin, "model:m"));
    sk_suggestion fresh = suggest_name(&f, &x, story, "Hwang Sun-ok", 1, "name:listed");
    put_set(&f, &x, "rule", "v2",
            set_of(&fresh, 1)); /* the same that the model proposed: now a rule's */
    assert_true(sk_str_is(get(&f, &fresh.id).origin, "rule"));
    sk_suggestion s;
    FAILS(&f, SK_E_NOTFOUND, sk_review_get(&f.cx, open_review(&f), &old.id, &s));
    sk_unread_text t;
    assert_int_equal(sk_suggest_next_unread(&f.cx, f.cx.index, 0, SK_S("v2"), &t), SK_E_NOTFOUND);
    OK(&f, sk_suggest_next_unread(&f.cx, f.cx.index, 0, SK_S("v3"), &t));
    assert_true(sk_str_is(sk_str_sub(t.text, 0, 6), "Guards") && t.n_blocks >= 3);
    fixture_done(&f);
}

static void an_oversized_suggestion_is_refused_whole(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story), none = {{9}};
    sk_suggestion s = suggest_name(&f, &x, story, "Min Jae-seo", 1, "name:listed");
    sk_proposal p = s.proposals[0];
    char *big = sk_alloc(&f.cx.arena, SK_LIM_SUGGEST_BYTES + 1);
    memset(big, 'a', SK_LIM_SUGGEST_BYTES + 1);
    p.value = (sk_str){big, SK_LIM_SUGGEST_BYTES + 1};
    s.proposals = &p;
    sk_suggestion_set set = set_of(&s, 1);
    OK(&f, sk_index_begin(&f.cx, f.cx.index));
    FAILS(&f, SK_E_LIMIT, sk_suggest_put(&f.cx, f.cx.index, &x, SK_S("rule"), SK_S("v"), &set));
    s.n_proposals = 0;
    FAILS(&f, SK_E_LIMIT, sk_suggest_put(&f.cx, f.cx.index, &x, SK_S("rule"), SK_S("v"), &set));
    FAILS(&f, SK_E_NOTFOUND,
          sk_suggest_put(&f.cx, f.cx.index, &none, SK_S("rule"), SK_S("v"), &set));
    sk_index_undo(f.cx.index);
    fixture_done(&f);
}

/* Everything that reviewing tells a user, as counts. */
static size_t told(fixture *f, const char *user, const sk_hash *x)
{
    fixture_view_as(f, user, "work");
    sk_review *rv = open_review(f);
    sk_review_filter all = {.tier_most = 4, .decided = true};
    sk_suggestion *list;
    sk_review_exhibit *exhibits;
    sk_review_counts c;
    sk_silence *silences;
    const sk_rule_stats *stats;
    sk_entry_row *rows;
    size_t n, n_exhibits, n_silences = 0, n_stats, n_rows, sum = 0;
    OK(f, sk_review_list(&f->cx, rv, &all, 0, &list, &n));
    OK(f, sk_review_exhibits(&f->cx, rv, &exhibits, &n_exhibits));
    OK(f, sk_review_count(&f->cx, rv, NULL, &c));
    sk_exhibit exhibit;
    if (sk_exhibit_get(&f->cx, f->view, x, &exhibit) == SK_OK)
        OK(f, sk_review_silences(&f->cx, rv, &exhibit, &silences, &n_silences));
    sk_forgive(&f->cx);
    sk_review_stats(rv, &stats, &n_stats);
    for (size_t i = 0; i < n_stats; i++)
        sum += stats[i].offered + stats[i].decided;
    OK(f, sk_entries_list(&f->cx, f->view, SK_S("reject"), 0, &rows, &n_rows));
    sk_decision d;
    sk_suggestion s;
    bool undoes = sk_review_undo(&f->cx, rv, NULL, &d) == SK_OK;
    sk_forgive(&f->cx);
    sk_archive_drop(f->cx.archive);
    for (size_t i = 0; i < n; i++)
        OK(f, sk_review_get(&f->cx, rv, &list[i].id, &s));
    fixture_view_as(f, "", "work");
    return n + n_exhibits + c.all + c.hidden + c.decided + c.silences + n_silences + sum + n_rows +
           undoes;
}

static void who_may_not_see_an_exhibit_learns_nothing_of_its_suggestions(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story), id;
    sk_suggestion list[3] = {suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active"),
                             suggest_name(&f, &x, story, "Min Jae-seo", 1, "name:listed"),
                             suggest_name(&f, &x, story, "Hwang Sun-ok", 4, "name:weak")};
    sk_silence silence = {38, 68};
    put_set(&f, &x, "rule", "v1",
            (sk_suggestion_set){.suggestions = list,
                                .n_suggestions = 3,
                                .silences = &silence,
                                .n_silences = 1,
                                .note = SK_S("cut")});
    reject(&f, &list[1], 1);
    assert_true(told(&f, "guest", &x) > 5);
    OK(&f, sk_record_restrict(
               &f.cx, sk_fmt(&f.cx.arena, "exhibit %.*s", SK_P(sk_hash_hex(&f.cx.arena, &x))),
               SK_S("identity"), SK_S("test"), &id));
    fixture_commit(&f);
    assert_int_equal(told(&f, "guest", &x), 0);
    assert_true(told(&f, "", &x) > 5);
    fixture_view_as(&f, "guest", "work");
    sk_suggestion s;
    sk_decision d;
    size_t n;
    sk_review *rv = open_review(&f);
    FAILS(&f, SK_E_NOTFOUND, sk_review_get(&f.cx, rv, &list[0].id, &s));
    FAILS(&f, SK_E_NOTFOUND, sk_review_confirm(&f.cx, rv, &list[0], NULL, 0, &d));
    FAILS(&f, SK_E_NOTFOUND, sk_review_reject(&f.cx, rv, &list[0], 1, SK_NONE, &d));
    FAILS(&f, SK_E_NOTFOUND, sk_review_undo(&f.cx, rv, &list[1].id, &d));
    FAILS(&f, SK_E_NOTFOUND, sk_review_count(&f.cx, rv, &x, &(sk_review_counts){0}));
    OK(&f, sk_review_accept_all(&f.cx, rv, &x, &n));
    assert_int_equal(n, 0);
    sk_edit field = {.prop = SK_S("act"), .value = SK_S("body.beating")};
    sk_selection sel = {
        .exhibit = &x, .start = 0, .end = 6, .type = SK_S("Act"), .fields = &field, .n_fields = 1};
    FAILS(&f, SK_E_NOTFOUND, sk_review_add(&f.cx, rv, &sel, &d));
    fixture_view_as(&f, "", "work");
    fixture_done(&f);
}

static void restrict_first_paragraph(fixture *f, const sk_hash *x)
{
    sk_claim c = draft(f, "hwang", "Person:name", "Hwang Sun-ok", "witness");
    sk_passage passage = {.exhibit = *x, .has_span = true, .start = 12, .end = 24};
    sk_str label = SK_S("identity");
    c.passages = &passage;
    c.n_passages = 1;
    c.restrict_labels = &label;
    c.n_restrict = 1;
    fixture_log(f, c);
    fixture_commit(f);
}

/* The name of a witness stands in a restricted paragraph: what is said of "her" elsewhere, with the
 * name filled in, must be hidden with it. */
static void a_suggestion_bears_the_labels_of_every_block_it_draws_on(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion list[2] = {suggest_act(&f, &x, story, "took", "her", "act:active"),
                             suggest_name(&f, &x, story, "Min Jae-seo", 1, "name:listed")};
    sk_proposal *p = sk_new_array(&f.cx.arena, sk_proposal, 3);
    memcpy(p, list[0].proposals, 3 * sizeof *p);
    p[1].party.name = SK_S("Hwang Sun-ok");
    p[1].party.known = 12; /* in the first paragraph */
    p[1].party.known_end = 24;
    list[0].proposals = p;
    sk_suggestion_identify(&f.cx, &list[0]);
    put_all(&f, &x, list, 2);
    restrict_first_paragraph(&f, &x);
    fixture_view_as(&f, "guest", "work");
    sk_suggestion s;
    FAILS(&f, SK_E_NOTFOUND, sk_review_get(&f.cx, open_review(&f), &list[0].id, &s));
    OK(&f, sk_review_get(&f.cx, open_review(&f), &list[1].id, &s));
    sk_review_counts n;
    OK(&f, sk_review_count(&f.cx, open_review(&f), &x, &n));
    assert_int_equal(n.all, 1);
    fixture_view_as(&f, "", "work");
    fixture_done(&f);
}

/* That something else tells of the same act is told only to who may see the other place. */
static void a_link_to_a_hidden_suggestion_does_not_show(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion list[2] = {suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active"),
                             suggest_act(&f, &x, story, "took", "her", "act:active")};
    list[1].has_same_as = true;
    list[1].same_as = list[0].id;
    put_all(&f, &x, list, 2);
    sk_suggestion s = get(&f, &list[1].id);
    assert_true(s.has_same_as && sk_hash_eq(&s.same_as, &list[0].id));
    restrict_first_paragraph(&f, &x);
    fixture_view_as(&f, "guest", "work");
    FAILS(&f, SK_E_NOTFOUND, sk_review_get(&f.cx, open_review(&f), &list[0].id, &s));
    s = get(&f, &list[1].id);
    assert_false(s.has_same_as);
    fixture_view_as(&f, "", "work");
    fixture_done(&f);
}

/* Columns are derived data on a disk as much as bodies are. */
static void a_damaged_row_is_an_error_and_no_crash(void **state)
{
    (void)state;
    static const char *const damage[] = {
        "kind = 5",        "kind = -1",
        "position = 9",    "state = 4",
        "state = -1",      "tier = 0",
        "start = -5",      "\"end\" = 0",
        "passage_end = 3", "passage_end = 1 << 40",
        "hash = x'00'",    "tier = 1 << 33",
    };
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion s = suggest_act(&f, &x, story, "took", "her", "act:active"), *list;
    sk_review_filter all = {.decided = true, .tier_most = 4};
    size_t n;
    for (size_t i = 0; i < SK_COUNT(damage); i++) {
        OK(&f, sk_index_begin(&f.cx, f.cx.index));
        OK(&f, sk_db_exec(&f.cx, &f.cx.index->db, "DELETE FROM suggestion"));
        OK(&f, sk_index_end(&f.cx, f.cx.index));
        put_all(&f, &x, &s, 1);
        OK(&f, sk_review_list(&f.cx, open_review(&f), &all, 0, &list, &n));
        assert_int_equal(n, 1);
        sk_str sql = sk_fmt(&f.cx.arena, "UPDATE suggestion SET %s", damage[i]);
        OK(&f, sk_index_begin(&f.cx, f.cx.index));
        OK(&f, sk_db_exec(&f.cx, &f.cx.index->db, sk_str_c(&f.cx.arena, sql)));
        OK(&f, sk_index_end(&f.cx, f.cx.index));
        sk_rc rc = sk_review_list(&f.cx, open_review(&f), &all, 0, &list, &n);
        if (rc != SK_E_INTEGRITY && !(rc == SK_OK && n == 0)) /* a kind that no filter wants */
            fail_msg("%s: %d, %zu", damage[i], rc, n);
        sk_forgive(&f.cx);
        sk_review_counts counts;
        rc = sk_review_count(&f.cx, open_review(&f), NULL, &counts);
        assert_true(rc == SK_OK || rc == SK_E_INTEGRITY);
        sk_forgive(&f.cx);
    }
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_id_is_of_what_is_claimed_and_not_of_how_it_was_found),
        cmocka_unit_test(what_is_stored_comes_back_whole),
        cmocka_unit_test(a_damaged_body_is_an_error_and_no_suggestion),
        cmocka_unit_test(the_queue_goes_by_exhibit_and_place_both_ways),
        cmocka_unit_test(reading_anew_replaces_and_a_model_never_overwrites_a_rule),
        cmocka_unit_test(an_oversized_suggestion_is_refused_whole),
        cmocka_unit_test(who_may_not_see_an_exhibit_learns_nothing_of_its_suggestions),
        cmocka_unit_test(a_suggestion_bears_the_labels_of_every_block_it_draws_on),
        cmocka_unit_test(a_link_to_a_hidden_suggestion_does_not_show),
        cmocka_unit_test(a_damaged_row_is_an_error_and_no_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
