/* Deciding on suggestions: confirm, edit, reject, take back; rates of rules; claims of one's own. */
#include "suggest_fixture.h"

static void confirming_writes_claims_that_name_suggestion_rule_and_lists(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion s = suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active");
    put_all(&f, &x, &s, 1);
    sk_decision d = confirm(&f, &s, NULL, 0);
    assert_int_equal(d.n_entries, 3); /* act, victim, name of the victim; no candidate */
    sk_claim act = claim_at(&f, &d, 0), victim = claim_at(&f, &d, 1), name = claim_at(&f, &d, 2);
    assert_true(sk_str_is(act.prop, "act") && sk_str_is(act.value, "body.beating"));
    assert_true(sk_str_is(act.words, "beat"));
    assert_true(sk_str_is(victim.prop, "victim") && sk_str_eq(victim.entity, act.entity));
    assert_true(sk_str_is(name.type, "Person") && sk_str_is(name.value, "Hwang Sun-ok"));
    assert_true(sk_str_eq(name.entity, victim.value));
    assert_true(act.has_suggestion && sk_hash_eq(&act.suggestion, &s.id) && !act.is_edited);
    assert_true(sk_str_is(act.rule, "act:active") && sk_str_is(act.lexicon, "lists-1"));
    assert_true(sk_str_is(act.chain[0], "story.txt") && act.n_chain == 1);
    assert_true(act.n_passages == 1 && act.passages[0].has_span);
    assert_true(sk_str_is(act.passages[0].quote, "Guards beat Hwang Sun-ok in May 2023."));
    assert_int_equal(get(&f, &s.id).state, SK_SUGGEST_CONFIRMED);
    FAILS(&f, SK_E_CONFLICT, sk_review_confirm(&f.cx, open_review(&f), &s, NULL, 0, &d));
    FAILS(&f, SK_E_CONFLICT, sk_review_reject(&f.cx, open_review(&f), &s, 1, SK_NONE, &d));
    /* the victim is known now, so another suggestion of the same name means the same person */
    sk_suggestion other = suggest_name(&f, &x, story, "Hwang Sun-ok", 1, "name:listed");
    put_set(&f, &x, "rule", "v2", set_of((sk_suggestion[]){s, other}, 2));
    assert_int_equal(get(&f, &s.id).state, SK_SUGGEST_CONFIRMED);
    other = get(&f, &other.id);
    assert_false(other.subject.is_new);
    assert_true(sk_str_eq(other.subject.key, victim.value));
    fixture_done(&f);
}

static void an_edited_confirmation_says_so_and_keeps_the_edits(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    say(&f, "hwang", "Person:name", "Hwang Sun-ok the elder", "desk");
    fixture_commit(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion s = suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active");
    put_all(&f, &x, &s, 1);
    sk_edit edits[] = {
        {.what = SK_EDIT_VALUE, .i = 0, .value = SK_S("body.torture")},
        {.what = SK_EDIT_VALUE, .i = 1, .value = SK_S("@hwang")},
        {.what = SK_EDIT_TAKE, .i = 2},
        {.what = SK_EDIT_ADD, .prop = SK_S("date"), .value = SK_S("May 2023")},
        {.what = SK_EDIT_ADD, .prop = SK_S("count"), .value = SK_S("at least 2 people")},
        {.what = SK_EDIT_CLAIMANT, .value = SK_S("two girls > Min Jae-seo")},
        {.what = SK_EDIT_SAID, .value = SK_S("June 2023")},
        {.what = SK_EDIT_POSITION, .value = SK_S("doubts")},
        {.what = SK_EDIT_NOTE, .value = SK_S("seen twice")},
    };
    sk_decision d = confirm(&f, &s, edits, SK_COUNT(edits));
    assert_int_equal(d.n_entries, 6); /* five slots and the name of the guards */
    sk_claim c = claim_at(&f, &d, 0);
    assert_true(sk_str_is(c.value, "body.torture") && c.is_edited && c.position == SK_CLAIM_DOUBTS);
    assert_int_equal(c.n_chain, 2);
    assert_true(sk_str_is(c.chain[0], "two girls") && sk_str_is(c.chain[1], "Min Jae-seo"));
    assert_true(sk_str_is(c.carrier, "story.txt")); /* it is still the document that relays them */
    assert_true(sk_str_is(c.said, "2023-06") && sk_str_is(c.note, "seen twice"));
    assert_true(sk_str_is(claim_at(&f, &d, 1).value, "hwang"));
    assert_true(sk_str_is(claim_at(&f, &d, 2).prop, "perpetrator"));
    c = claim_at(&f, &d, 3);
    assert_true(sk_str_is(c.value, "2023-05") && sk_str_is(c.words, "May 2023"));
    c = claim_at(&f, &d, 4);
    assert_int_equal(c.quantity.qualifier, SK_Q_AT_LEAST);
    c = claim_at(&f, &d, 5);
    assert_true(sk_str_is(c.value, "Guards") && c.position == SK_CLAIM_ASSERTS);
    assert_int_equal(get(&f, &s.id).state, SK_SUGGEST_EDITED);
    fixture_done(&f);
}

/* Who edits the claimant gets it as a chain ends in claim files, with the document or without it. */
static void an_edited_claimant_leaves_the_document_in_its_place(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    const struct {
        const char *typed, *first, *carrier;
        size_t n;
    } cases[] = {
        {"Min Jae-seo > story.txt", "Min Jae-seo", "story.txt", 1},
        {"unnamed: two girls", "unnamed: two girls", "story.txt", 1},
        {"story.txt", "story.txt", "", 1},
        {"Kim \\> Co \\> Sons > Min Jae-seo", "Kim > Co > Sons", "story.txt", 2},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_suggestion s = suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active");
        put_all(&f, &x, &s, 1);
        sk_edit e = {.what = SK_EDIT_CLAIMANT, .value = sk_str_of(cases[i].typed)};
        sk_decision d = confirm(&f, &s, &e, 1);
        sk_claim c = claim_at(&f, &d, 0);
        assert_int_equal(c.n_chain, cases[i].n);
        assert_true(sk_str_is(c.chain[0], cases[i].first));
        assert_true(sk_str_is(c.carrier, cases[i].carrier));
        OK(&f, sk_review_undo(&f.cx, open_review(&f), &s.id, &d));
        fixture_commit(&f);
    }
    fixture_done(&f);
}

static void an_edit_that_cannot_be_is_named_and_nothing_is_logged(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion s = suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active");
    put_all(&f, &x, &s, 1);
    uint64_t before = sk_archive_count(f.cx.archive);
    const struct {
        sk_edit edit;
        sk_rc rc;
        const char *names;
    } bad[] = {
        {{.what = SK_EDIT_VALUE, .i = 9, .value = SK_S("x")}, SK_E_FORMAT, "proposal 10"},
        {{.what = SK_EDIT_DROP, .i = 0}, SK_E_FORMAT, "reject"},
        {{.what = SK_EDIT_VALUE, .i = 1}, SK_E_FORMAT, "victim"},
        {{.what = SK_EDIT_VALUE, .i = 0, .value = SK_S("body.tickling")},
         SK_E_FORMAT,
         "body.tickling"},
        {{.what = SK_EDIT_VALUE, .i = 1, .value = SK_S("@nobody-at-all")},
         SK_E_NOTFOUND,
         "nobody-at-all"},
        {{.what = SK_EDIT_ADD, .prop = SK_S("flavour"), .value = SK_S("x")},
         SK_E_FORMAT,
         "flavour"},
        {{.what = SK_EDIT_ADD, .prop = SK_S("date"), .value = SK_S("sometime")},
         SK_E_FORMAT,
         "sometime"},
        {{.what = SK_EDIT_ADD, .prop = SK_S("victim"), .value = SK_S("  ")}, SK_E_FORMAT, "victim"},
        {{.what = SK_EDIT_CLAIMANT, .value = SK_S("a >  > b")}, SK_E_FORMAT, "claimant 2"},
        {{.what = SK_EDIT_CLAIMANT, .value = SK_S("")}, SK_E_FORMAT, "claimant 1"},
        {{.what = SK_EDIT_POSITION, .value = SK_S("believes")}, SK_E_FORMAT, "believes"},
        {{.what = SK_EDIT_SAID, .value = SK_S("once")}, SK_E_FORMAT, "once"},
        {{.what = (sk_edit_what)77}, SK_E_FORMAT, "edit 1"},
    };
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        sk_decision d = {0};
        assert_int_equal(sk_review_confirm(&f.cx, open_review(&f), &s, &bad[i].edit, 1, &d),
                         bad[i].rc);
        if (!strstr(f.cx.message, bad[i].names))
            fail_msg("\"%s\" does not name %s", f.cx.message, bad[i].names);
        sk_forgive(&f.cx);
        assert_int_equal(d.n_entries, 0);
    }
    OK(&f, sk_record_commit(&f.cx));
    assert_int_equal(sk_archive_count(f.cx.archive), before);
    assert_int_equal(get(&f, &s.id).state, SK_SUGGEST_WAITS);
    fixture_done(&f);
}

static void a_new_name_is_named_once_and_asserted_though_the_act_is_denied(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion s = suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active");
    sk_proposal p[4];
    memcpy(p, s.proposals, 3 * sizeof *p);
    p[3] = p[1]; /* victim twice over, by two words of the text */
    p[3].prop = SK_S("involved");
    s.proposals = p;
    s.n_proposals = 4;
    s.position = SK_CLAIM_DENIES;
    s.modality = SK_S("negated");
    sk_suggestion_identify(&f.cx, &s);
    put_all(&f, &x, &s, 1);
    sk_decision d = confirm(&f, &s, NULL, 0);
    assert_int_equal(d.n_entries, 4);
    assert_int_equal(claim_at(&f, &d, 0).position, SK_CLAIM_DENIES);
    sk_claim name = claim_at(&f, &d, 3);
    assert_true(sk_str_is(name.prop, "name") && name.position == SK_CLAIM_ASSERTS);
    fixture_done(&f);
}

static void rejecting_asks_no_reason_and_undoing_makes_it_wait_again(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story),
            y = fixture_exhibit(&f, "two.txt", "Min Jae-seo\n");
    sk_suggestion s[2] = {suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active"),
                          suggest_name(&f, &x, story, "Min Jae-seo", 1, "name:listed")};
    sk_suggestion other = suggest_name(&f, &y, "Min Jae-seo\n", "Min Jae-seo", 1, "name:listed");
    put_all(&f, &x, s, 2);
    put_all(&f, &y, &other, 1);
    sk_decision d;
    FAILS(&f, SK_E_FORMAT,
          sk_review_reject(&f.cx, open_review(&f), (sk_suggestion[]){s[0], other}, 2, SK_NONE, &d));
    FAILS(&f, SK_E_LIMIT, sk_review_reject(&f.cx, open_review(&f), s, 0, SK_NONE, &d));
    d = reject(&f, s, 2);
    assert_int_equal(d.n_entries, 1);
    assert_int_equal(get(&f, &s[0].id).state, SK_SUGGEST_REJECTED);
    assert_int_equal(get(&f, &s[1].id).state, SK_SUGGEST_REJECTED);
    sk_review_counts c;
    OK(&f, sk_review_count(&f.cx, open_review(&f), &x, &c));
    assert_int_equal(c.all, 0);
    assert_int_equal(c.decided, 2);
    OK(&f,
       sk_review_undo(&f.cx, open_review(&f), &s[1].id, &d)); /* rejected together, back together */
    fixture_commit(&f);
    assert_int_equal(get(&f, &s[0].id).state, SK_SUGGEST_WAITS);
    assert_int_equal(get(&f, &s[1].id).state, SK_SUGGEST_WAITS);
    d = confirm(&f, &s[0], NULL, 0);
    sk_hash claim = d.entries[0];
    OK(&f, sk_review_undo(&f.cx, open_review(&f), NULL, &d)); /* the last one */
    assert_int_equal(d.n_entries, 3);
    fixture_commit(&f);
    assert_int_equal(get(&f, &s[0].id).state, SK_SUGGEST_WAITS);
    sk_claim_row row;
    OK(&f, sk_claim_find(&f.cx, f.view, sk_hash_hex(&f.cx.arena, &claim), &row));
    assert_true(row.retracted);
    FAILS(&f, SK_E_NOTFOUND, sk_review_undo(&f.cx, open_review(&f), NULL, &d));
    FAILS(&f, SK_E_NOTFOUND, sk_review_undo(&f.cx, open_review(&f), &s[0].id, &d));
    confirm(&f, &s[0], NULL, 0); /* and it can be confirmed again */
    assert_int_equal(get(&f, &s[0].id).state, SK_SUGGEST_CONFIRMED);
    fixture_done(&f);
}

static void taking_back_one_claim_of_several_leaves_the_decision(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story), id;
    sk_suggestion s = suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active");
    put_all(&f, &x, &s, 1);
    sk_decision d = confirm(&f, &s, NULL, 0);
    OK(&f, sk_record_retract(&f.cx, &d.entries[1], SK_S("not she"), &id));
    fixture_commit(&f);
    assert_int_equal(get(&f, &s.id).state, SK_SUGGEST_CONFIRMED);
    OK(&f, sk_record_retract(&f.cx, &d.entries[0], SK_S("nor that"), &id));
    OK(&f, sk_record_retract(&f.cx, &d.entries[2], SK_S("nor the name"), &id));
    fixture_commit(&f);
    assert_int_equal(get(&f, &s.id).state, SK_SUGGEST_WAITS);
    fixture_done(&f);
}

static void undo_takes_back_the_last_decision_of_the_same_person(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion s[2] = {suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active"),
                          suggest_name(&f, &x, story, "Min Jae-seo", 1, "name:listed")};
    sk_decision d;
    put_all(&f, &x, s, 2);
    fixture_view_as(&f, "anna", "work");
    OK(&f, sk_review_confirm(&f.cx, open_review(&f), &s[1], NULL, 0, &d));
    fixture_commit(&f);
    assert_true(sk_str_is(claim_at(&f, &d, 0).reviewer, "anna"));
    reject(&f, &s[0], 1); /* by the owner, later */
    fixture_view_as(&f, "anna", "work");
    OK(&f, sk_review_undo(&f.cx, open_review(&f), NULL, &d));
    assert_true(sk_hash_eq(&d.suggestion, &s[1].id));
    fixture_commit(&f);
    assert_int_equal(get(&f, &s[0].id).state, SK_SUGGEST_REJECTED);
    assert_int_equal(get(&f, &s[1].id).state, SK_SUGGEST_WAITS);
    fixture_done(&f);
}

static void only_sure_names_of_rules_are_accepted_together(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_suggestion s[4] = {suggest_name(&f, &x, story, "Min Jae-seo", 1, "name:listed"),
                          suggest_name(&f, &x, story, "Hwang Sun-ok", 2, "name:person"),
                          suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active"),
                          suggest_name(&f, &x, story, "Camp 9", 1, "model")};
    s[2].tier = 1; /* even so: an act is never taken in bulk */
    put_set(&f, &x, "rule", "v1", set_of(s, 3));
    s[3].origin = SK_S("model:m");
    put_set(&f, &x, "model:m", "", set_of(&s[3], 1));
    size_t n;
    OK(&f, sk_review_accept_all(&f.cx, open_review(&f), &x, &n));
    fixture_commit(&f);
    assert_int_equal(n, 1);
    assert_int_equal(get(&f, &s[0].id).state, SK_SUGGEST_CONFIRMED);
    for (int i = 1; i < 4; i++)
        assert_int_equal(get(&f, &s[i].id).state, SK_SUGGEST_WAITS);
    fixture_done(&f);
}

/* 30 names by one rule; people turn down n of the first 20. */
static void decide_twenty(fixture *f, size_t n_rejected, sk_suggestion *ret_waiting)
{
    char text[30 * 8 + 1] = "";
    for (int i = 0; i < 30; i++)
        snprintf(text + i * 8, 9, "Name %02d\n", i);
    char *kept = sk_alloc_copy(&f->cx.arena, text, strlen(text));
    sk_hash x = fixture_exhibit(f, "names.txt", kept);
    sk_suggestion s[30];
    for (int i = 0; i < 30; i++)
        s[i] = suggest_name(f, &x, kept, sk_fmt(&f->cx.arena, "Name %02d", i).p, 2, "name:guess");
    put_all(f, &x, s, 30);
    sk_decision d;
    for (size_t i = 0; i < 20; i++)
        if (i < n_rejected)
            OK(f, sk_review_reject(&f->cx, open_review(f), &s[i], 1, SK_NONE, &d));
        else
            OK(f, sk_review_confirm(&f->cx, open_review(f), &s[i], NULL, 0, &d));
    fixture_commit(f);
    *ret_waiting = s[25];
}

static void a_rule_that_people_turn_down_goes_to_the_hidden_tier(void **state)
{
    (void)state;
    for (size_t n_rejected = 6; n_rejected <= 7; n_rejected++) {
        fixture f;
        fixture_init(&f);
        sk_suggestion waiting;
        decide_twenty(&f, n_rejected, &waiting);
        sk_review *rv = open_review(&f);
        const sk_rule_stats *stats;
        size_t n;
        sk_review_stats(rv, &stats, &n);
        assert_int_equal(n, 1);
        assert_true(sk_str_is(stats[0].rule, "name:guess"));
        assert_int_equal(stats[0].offered, 30);
        assert_int_equal(stats[0].decided, 20);
        assert_int_equal(stats[0].rejected, n_rejected);
        assert_true(stats[0].low < stats[0].rate && stats[0].rate < stats[0].high);
        bool hidden = n_rejected == 7; /* .65; six of twenty are .70, and stay */
        assert_int_equal(stats[0].is_hidden, hidden);
        sk_review_counts c;
        OK(&f, sk_review_count(&f.cx, rv, NULL, &c));
        assert_int_equal(c.all, hidden ? 0 : 10);
        assert_int_equal(c.hidden, hidden ? 10 : 0);
        assert_int_equal(get(&f, &waiting.id).is_hidden, hidden);
        sk_review_filter all = {0}, with_hidden = {.tier_most = 4};
        sk_suggestion s;
        assert_int_equal(sk_review_next(&f.cx, rv, &all, NULL, &s), hidden ? SK_E_NOTFOUND : SK_OK);
        OK(&f, sk_review_next(&f.cx, rv, &with_hidden, NULL, &s));
        fixture_done(&f);
    }
}

static void rates_outlive_the_suggestions_they_are_of(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_suggestion waiting;
    decide_twenty(&f, 7, &waiting);
    put_set(&f, &waiting.exhibit, "rule", "v2",
            (sk_suggestion_set){0}); /* a lexicon without the rule */
    const sk_rule_stats *stats;
    size_t n;
    sk_review_stats(open_review(&f), &stats, &n);
    assert_int_equal(n, 1);
    assert_int_equal(stats[0].offered, 20);
    assert_int_equal(stats[0].confirmed, 13);
    assert_int_equal(stats[0].rejected, 7);
    fixture_done(&f);
}

/* Wilson (1927) as tabulated for 95 %: 0 of 10, 5 of 10, 81 of 263 (Newcombe 1998, table I). */
static void the_interval_is_wilsons(void **state)
{
    (void)state;
    double low, high;
    sk_wilson(81, 263, &low, &high);
    assert_true(low > 0.25525 && low < 0.25535 && high > 0.36615 && high < 0.36625);
    sk_wilson(15, 148, &low, &high);
    assert_true(low > 0.06235 && low < 0.06245 && high > 0.16045 && high < 0.16055);
    sk_wilson(0, 20, &low, &high);
    assert_true(low == 0 && high > 0.16105 && high < 0.16115);
    sk_wilson(0, 0, &low, &high);
    assert_true(low == 0 && high == 1);
    sk_wilson(7, 7, &low, &high);
    assert_true(high == 1 && low > 0.6 && low < 0.7);
}

static void a_selection_becomes_claims_by_the_same_door(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    const sk_edit fields[] = {{.prop = SK_S("act"), .value = SK_S("liberty.detention")},
                              {.prop = SK_S("victim"), .value = SK_S("Hwang Sun-ok")}};
    sk_selection sel = {.exhibit = &x,
                        .start = 38,
                        .end = 68,
                        .type = SK_S("Act"),
                        .fields = fields,
                        .n_fields = 2,
                        .claimant = SK_S("Min Jae-seo")};
    sk_decision d;
    OK(&f, sk_review_add(&f.cx, open_review(&f), &sel, &d));
    fixture_commit(&f);
    assert_int_equal(d.n_entries, 3);
    sk_claim c = claim_at(&f, &d, 0);
    assert_true(sk_str_is(c.passages[0].quote, "Later they took her to Camp 9."));
    assert_true(sk_str_is(c.chain[0], "Min Jae-seo") && sk_str_is(c.carrier, "story.txt"));
    assert_false(c.has_suggestion);
    const struct {
        sk_selection sel;
        const char *names;
    } bad[] = {
        {{.exhibit = &x,
          .start = 9,
          .end = 9,
          .type = SK_S("Act"),
          .fields = fields,
          .n_fields = 2},
         "9-9"},
        {{.exhibit = &x,
          .start = 9,
          .end = 9999,
          .type = SK_S("Act"),
          .fields = fields,
          .n_fields = 2},
         "9999"},
        {{.exhibit = &x,
          .start = 0,
          .end = 6,
          .type = SK_S("Deed"),
          .fields = fields,
          .n_fields = 2},
         "Deed"},
        {{.exhibit = &x,
          .start = 0,
          .end = 6,
          .type = SK_S("Person"),
          .fields = fields,
          .n_fields = 1},
         "whom"},
        {{.exhibit = &x, .start = 0, .end = 6, .type = SK_S("Act")}, "nothing"},
        {{.exhibit = &x,
          .start = 0,
          .end = 6,
          .type = SK_S("Act"),
          .fields = fields,
          .n_fields = 2,
          .position = SK_S("hopes")},
         "hopes"},
    };
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        assert_int_equal(sk_review_add(&f.cx, open_review(&f), &bad[i].sel, &d), SK_E_FORMAT);
        if (!strstr(f.cx.message, bad[i].names))
            fail_msg("\"%s\" does not name %s", f.cx.message, bad[i].names);
        sk_forgive(&f.cx);
    }
    fixture_done(&f);
}

/* A later reading, or a rebuild without its model, may not make a suggestion that was decided. */
static void a_decision_on_what_is_no_longer_proposed_can_be_taken_back(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story), last;
    sk_suggestion list[2] = {suggest_act(&f, &x, story, "beat", "Hwang Sun-ok", "act:active"),
                             suggest_name(&f, &x, story, "Min Jae-seo", 1, "name:listed")};
    put_all(&f, &x, list, 2);
    confirm(&f, &list[1], NULL, 0);
    sk_decision d = confirm(&f, &list[0], NULL, 0);
    put_all(&f, &x, &list[1], 1);
    OK(&f, sk_review_last(&f.cx, open_review(&f), &last));
    assert_true(sk_hash_eq(&last, &list[1].id)); /* behind this one there is a place to go on */
    OK(&f, sk_review_undo(&f.cx, open_review(&f), NULL, &d));
    assert_true(sk_hash_eq(&d.suggestion, &list[0].id));
    fixture_commit(&f);
    put_all(&f, &x, list, 2);
    assert_int_equal(get(&f, &list[0].id).state, SK_SUGGEST_WAITS);
    put_set(&f, &x, "rule", "v2", set_of(NULL, 0));
    assert_int_equal(sk_review_last(&f.cx, open_review(&f), &last), SK_E_NOTFOUND);
    assert_int_equal(f.cx.rc, SK_OK);
    OK(&f, sk_review_undo(&f.cx, open_review(&f), &list[1].id, &d));
    fixture_done(&f);
}

/* From the first paragraph over a hidden one into the third: the words would be torn. */
static void a_selection_does_not_reach_over_what_the_view_hides(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story);
    sk_claim c = draft(&f, "camp-9", "Place:name", "Camp 9", "witness");
    sk_passage passage = {.exhibit = x, .has_span = true, .start = 61, .end = 67};
    sk_str label = SK_S("identity");
    c.passages = &passage;
    c.n_passages = 1;
    c.restrict_labels = &label;
    c.n_restrict = 1;
    fixture_log(&f, c);
    fixture_commit(&f);
    const sk_edit field = {.prop = SK_S("act"), .value = SK_S("liberty.detention")};
    sk_selection sel = {.exhibit = &x,
                        .start = 0,
                        .end = strlen(story) - 1,
                        .type = SK_S("Act"),
                        .fields = &field,
                        .n_fields = 1};
    sk_decision d;
    fixture_view_as(&f, "guest", "work");
    FAILS(&f, SK_E_FORMAT, sk_review_add(&f.cx, open_review(&f), &sel, &d));
    fixture_view_as(&f, "", "work");
    OK(&f, sk_review_add(&f.cx, open_review(&f), &sel, &d));
    fixture_commit(&f);
    assert_true(
        sk_str_eq(claim_at(&f, &d, 0).passages[0].quote, (sk_str){story, strlen(story) - 1}));
    fixture_done(&f);
}

/* An entry of the kind from elsewhere: what cannot be understood is kept, and decides nothing. */
static void a_rejection_that_cannot_be_understood_decides_nothing(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash x = fixture_exhibit(&f, "story.txt", story), id;
    sk_suggestion s = suggest_name(&f, &x, story, "Min Jae-seo", 1, "name:listed");
    put_all(&f, &x, &s, 1);
    sk_str hex = sk_hash_hex(&f.cx.arena, &s.id), exhibit = sk_hash_hex(&f.cx.arena, &x);
    const char *const endings[] = {"",       " 5",     " 5-",
                                   " 9-2 r", " a-b r", " 0-99999999999999999999 r"};
    for (size_t i = 0; i < SK_COUNT(endings); i++) {
        sk_line lines[] = {
            {SK_S("exhibit"), exhibit},
            {SK_S("suggestion"), sk_fmt(&f.cx.arena, "%.*s%s", SK_P(hex), endings[i])}};
        OK(&f, sk_archive_append(&f.cx, f.cx.archive, SK_S("reject"), lines, 2, &id, NULL));
    }
    sk_line no_exhibit[] = {{SK_S("suggestion"), sk_fmt(&f.cx.arena, "%.*s 0-5 r", SK_P(hex))}};
    OK(&f, sk_archive_append(&f.cx, f.cx.archive, SK_S("reject"), no_exhibit, 1, &id, NULL));
    fixture_commit(&f);
    assert_int_equal(get(&f, &s.id).state, SK_SUGGEST_WAITS);
    sk_line good[] = {{SK_S("exhibit"), exhibit},
                      {SK_S("suggestion"), sk_fmt(&f.cx.arena, "%.*s 0-5 a rule", SK_P(hex))}};
    OK(&f, sk_archive_append(&f.cx, f.cx.archive, SK_S("reject"), good, 2, &id, NULL));
    fixture_commit(&f);
    assert_int_equal(get(&f, &s.id).state, SK_SUGGEST_REJECTED);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(confirming_writes_claims_that_name_suggestion_rule_and_lists),
        cmocka_unit_test(an_edited_confirmation_says_so_and_keeps_the_edits),
        cmocka_unit_test(an_edited_claimant_leaves_the_document_in_its_place),
        cmocka_unit_test(an_edit_that_cannot_be_is_named_and_nothing_is_logged),
        cmocka_unit_test(a_new_name_is_named_once_and_asserted_though_the_act_is_denied),
        cmocka_unit_test(rejecting_asks_no_reason_and_undoing_makes_it_wait_again),
        cmocka_unit_test(taking_back_one_claim_of_several_leaves_the_decision),
        cmocka_unit_test(undo_takes_back_the_last_decision_of_the_same_person),
        cmocka_unit_test(only_sure_names_of_rules_are_accepted_together),
        cmocka_unit_test(a_rule_that_people_turn_down_goes_to_the_hidden_tier),
        cmocka_unit_test(rates_outlive_the_suggestions_they_are_of),
        cmocka_unit_test(the_interval_is_wilsons),
        cmocka_unit_test(a_selection_becomes_claims_by_the_same_door),
        cmocka_unit_test(a_decision_on_what_is_no_longer_proposed_can_be_taken_back),
        cmocka_unit_test(a_selection_does_not_reach_over_what_the_view_hides),
        cmocka_unit_test(a_rejection_that_cannot_be_understood_decides_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
