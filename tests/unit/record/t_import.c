/* Imports in the record: derived claims come, are found, are compared, and go without a trace. */
#include "fixture.h"

#include "record/import.h"
#include "record/search.h"

/* Put three claims of two records, as a reader would. suffix changes the second record's name. */
static void derive(fixture *f, const sk_import_info *import, const char *suffix)
{
    static const struct {
        const char *record, *property, *value, *row;
    } rows[] = {{"l-1", "Person:name", "Hong Invented", "row 2"},
                {"l-1", "Person:birthDate", "1960~", "row 2"},
                {"l-2", "Vessel:name", "Invented Star", "row 3"}};
    OK(f, sk_index_begin(&f->cx, f->cx.index));
    for (size_t i = 0; i < SK_COUNT(rows); i++) {
        sk_str value =
            i == 2 ? sk_fmt(&f->cx.arena, "%s%s", rows[i].value, suffix) : sk_str_of(rows[i].value);
        sk_claim c = draft(f, rows[i].record, rows[i].property, value.p, "a list");
        sk_passage p = {.exhibit = import->what.files[0].hash, .place = sk_str_of(rows[i].row)};
        c.asof = import->what.asof;
        c.passages = &p;
        c.n_passages = 1;
        OK(f, sk_claim_check(&f->cx, &c, NULL, NULL));
        OK(f, sk_index_put_derived(&f->cx, f->cx.index, import, sk_str_of(rows[i].record), &c));
    }
    OK(f, sk_index_import_done(&f->cx, f->cx.index, import, SK_OK, SK_NONE));
    OK(f, sk_index_end(&f->cx, f->cx.index));
    fixture_view_as(f, "", "work");
}

static sk_hash enter(fixture *f, const char *text, const char *asof)
{
    sk_capture_draft c = {.name = SK_S("list.csv"), .method = SK_S("import")};
    sk_hash id, import;
    OK(f, sk_blob_write_bytes(&f->cx, f->cx.archive, sk_str_of(text), &c.blob));
    OK(f, sk_record_capture(&f->cx, &c, &id));
    sk_import_file file = {c.blob.hash, SK_S("list.csv")};
    sk_import_draft d = {.format = SK_S("table"),
                         .version = 1,
                         .files = &file,
                         .n_files = 1,
                         .list = SK_S("l"),
                         .asof = sk_str_of(asof),
                         .rows = 2,
                         .claims = 3};
    OK(f, sk_record_import(&f->cx, &d, &import));
    fixture_commit(f);
    return import;
}

static sk_import_info pending(fixture *f)
{
    sk_import_info info;
    OK(f, sk_index_next_import(&f->cx, f->cx.index, 0, &info));
    return info;
}

static sk_hash meaning(fixture *f)
{
    sk_hash h;
    OK(f, sk_index_meaning_hash(&f->cx, f->cx.index, &h));
    return h;
}

static sk_hash dump_hash(fixture *f)
{
    sk_hash h;
    OK(f, sk_index_dump_hash(&f->cx, f->cx.index, &h));
    return h;
}

static void an_import_s_claims_are_found_like_others(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    enter(&f, "one", "2018");
    sk_import_info info = pending(&f);
    derive(&f, &info, "");
    sk_entity e;
    OK(&f, sk_entity_find(&f.cx, f.view, SK_S("Hong Invented"), &e));
    assert_true(sk_str_is(e.key, "l-1"));
    sk_claim_row *rows;
    size_t n;
    OK(&f, sk_claims_about(&f.cx, f.view, &e, SK_CLAIMS_CURRENT, &rows, &n));
    assert_int_equal(n, 2);
    assert_true(rows[0].is_derived);
    assert_true(sk_str_is(rows[0].claim.value, "1960~"));
    assert_true(sk_str_is(rows[0].claim.asof, "2018"));
    assert_true(sk_str_is(rows[0].claim.chain[0], "a list"));
    assert_true(sk_str_is(rows[0].claim.passages[0].place, "row 2"));
    assert_true(sk_hash_eq(&rows[0].claim.passages[0].exhibit, &info.what.files[0].hash));
    sk_claim_row found;
    sk_str hex = sk_hash_hex(&f.cx.arena, &rows[0].claim.id);
    OK(&f, sk_claim_find(&f.cx, f.view, sk_str_sub(hex, 0, 12), &found));
    fixture_done(&f);
}

static void undoing_leaves_the_record_as_it_was(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    say(&f, "l-2", "Thing:name", "known before", "somebody");
    say(&f, "other", "Person:name", "Other", "somebody");
    fixture_commit(&f);
    sk_hash before = meaning(&f);
    sk_hash import = enter(&f, "one", "2018"), id;
    sk_import_info info = pending(&f);
    derive(&f, &info, "");
    sk_hash with = meaning(&f);
    assert_false(sk_hash_eq(&before, &with));
    OK(&f, sk_record_retract(&f.cx, &import, SK_S("test"), &id));
    fixture_commit(&f);
    sk_hash after = meaning(&f);
    assert_true(sk_hash_eq(&before, &after));
    sk_entity e;
    FAILS(&f, SK_E_NOTFOUND, sk_entity_find(&f.cx, f.view, SK_S("Hong Invented"), &e));
    sk_hash grown = dump_hash(&f);
    OK(&f, sk_index_rebuild(&f.cx, f.cx.archive));
    fixture_reopen(&f);
    sk_hash rebuilt = dump_hash(&f);
    assert_true(sk_hash_eq(&grown, &rebuilt));
    fixture_done(&f);
}

static void judgements_about_imported_entities_outlive_the_import(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    say(&f, "other", "Person:name", "Other", "somebody");
    fixture_commit(&f);
    sk_hash import = enter(&f, "one", "2018"), id;
    sk_import_info info = pending(&f);
    derive(&f, &info, "");
    OK(&f, sk_record_judge(&f.cx, SK_S("l-1"), SK_S("other"), SK_S("same"), SK_S("r"), &id));
    fixture_commit(&f);
    sk_hash joined = meaning(&f);
    OK(&f, sk_record_retract(&f.cx, &import, SK_S("test"), &id));
    fixture_commit(&f);
    sk_judgement *list;
    size_t n;
    OK(&f, sk_judgements_list(&f.cx, f.view, NULL, &list, &n));
    assert_int_equal(n, 1);
    enter(&f, "one", "2018"); /* the same file again: same claims, same ids, same cluster */
    info = pending(&f);
    derive(&f, &info, "");
    sk_hash again = meaning(&f);
    /* the claims' ids are the same, and the judgement joins them as before */
    assert_true(sk_hash_eq(&joined, &again));
    fixture_done(&f);
}

static void an_import_that_repeats_another_makes_no_claims(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    enter(&f, "one", "2018");
    sk_import_info info = pending(&f);
    derive(&f, &info, "");
    enter(&f, "one", "2018");
    assert_int_equal(sk_index_count_pending_imports(&f.cx, f.cx.index), 0);
    sk_import_info *list;
    size_t n;
    OK(&f, sk_imports_list(&f.cx, f.view, SK_S("l"), &list, &n));
    assert_int_equal(n, 2);
    assert_int_equal(list[0].state + list[1].state, SK_IMPORT_READ + SK_IMPORT_DUPLICATE);
    fixture_done(&f);
}

/* Undoing one of two equal imports makes the other count. */
static void undoing_the_first_of_two_equals_wants_the_second(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    sk_hash first = enter(&f, "one", "2018"), id;
    sk_import_info info = pending(&f);
    if (!sk_hash_eq(&info.id, &first))
        first = info.id;
    derive(&f, &info, "");
    enter(&f, "one", "2018");
    OK(&f, sk_imports_find(&f.cx, f.view, SK_S("l"), &info));
    OK(&f, sk_record_retract(&f.cx, &info.id, SK_S("test"), &id));
    fixture_commit(&f);
    assert_int_equal(sk_index_count_pending_imports(&f.cx, f.cx.index), 1);
    fixture_done(&f);
}

typedef struct seen {
    size_t n;
    char record[16], before[64], after[64];
} seen;

static sk_rc see(sk_ctx *cx, const sk_import_change *ch, void *arg)
{
    seen *s = arg;
    (void)cx;
    s->n++;
    snprintf(s->record, sizeof s->record, "%.*s", SK_P(ch->record));
    assert_int_equal(ch->n_before, 1);
    assert_int_equal(ch->n_after, 1);
    snprintf(s->before, sizeof s->before, "%.*s", SK_P(ch->before[0].value));
    snprintf(s->after, sizeof s->after, "%.*s", SK_P(ch->after[0].value));
    return SK_OK;
}

static void a_newer_copy_is_a_difference_by_the_list_s_own_keys(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    enter(&f, "one", "2018");
    sk_import_info a = pending(&f), b, prior;
    derive(&f, &a, "");
    enter(&f, "two", "2026");
    OK(&f, sk_imports_before(&f.cx, f.view, SK_S("l"), SK_S("2026"), &prior));
    assert_true(sk_hash_eq(&prior.id, &a.id));
    b = pending(&f);
    derive(&f, &b, " II");
    seen s = {0};
    sk_import_diff_counts n;
    OK(&f, sk_import_diff(&f.cx, f.view, &a, &b, see, &s, &n));
    assert_int_equal(n.changed, 1);
    assert_int_equal(n.unchanged, 1);
    assert_int_equal(n.added + n.removed, 0);
    assert_string_equal(s.record, "l-2");
    assert_string_equal(s.before, "Invented Star");
    assert_string_equal(s.after, "Invented Star II");
    fixture_done(&f);
}

static void a_restricted_import_is_absent_for_who_may_not_see_it(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    enter(&f, "one", "2018");
    sk_import_info info = pending(&f);
    derive(&f, &info, "");
    sk_hash id;
    OK(&f, sk_record_restrict(&f.cx,
                              sk_fmt(&f.cx.arena, "exhibit %.*s",
                                     SK_P(sk_hash_hex(&f.cx.arena, &info.what.files[0].hash))),
                              SK_S("names"), SK_S("r"), &id));
    fixture_commit(&f);
    fixture_view_as(&f, "guest", "work");
    sk_entity e;
    FAILS(&f, SK_E_NOTFOUND, sk_entity_find(&f.cx, f.view, SK_S("l-1"), &e));
    sk_import_info *list;
    size_t n;
    OK(&f, sk_imports_list(&f.cx, f.view, SK_S(""), &list, &n));
    assert_int_equal(n, 0);
    sk_import_diff_counts counts;
    OK(&f, sk_import_diff(&f.cx, f.view, &info, &info, NULL, NULL, &counts));
    assert_int_equal(counts.unchanged + counts.changed, 0);
    fixture_done(&f);
}

static void a_derived_claim_can_be_retracted_alone(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    enter(&f, "one", "2018");
    sk_import_info info = pending(&f);
    derive(&f, &info, "");
    sk_entity e;
    sk_claim_row *rows;
    size_t n;
    sk_hash id;
    OK(&f, sk_entity_find(&f.cx, f.view, SK_S("l-1"), &e));
    OK(&f, sk_claims_about(&f.cx, f.view, &e, SK_CLAIMS_CURRENT, &rows, &n));
    OK(&f, sk_record_retract(&f.cx, &rows[0].claim.id, SK_S("typing error in the list"), &id));
    fixture_commit(&f);
    OK(&f, sk_claims_about(&f.cx, f.view, &e, SK_CLAIMS_CURRENT, &rows, &n));
    assert_int_equal(n, 1);
    /* and the retraction still holds when the index is made again */
    OK(&f, sk_index_rebuild(&f.cx, f.cx.archive));
    fixture_reopen(&f);
    info = pending(&f);
    derive(&f, &info, "");
    OK(&f, sk_entity_find(&f.cx, f.view, SK_S("l-1"), &e));
    OK(&f, sk_claims_about(&f.cx, f.view, &e, SK_CLAIMS_CURRENT, &rows, &n));
    assert_int_equal(n, 1);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_import_s_claims_are_found_like_others),
        cmocka_unit_test(undoing_leaves_the_record_as_it_was),
        cmocka_unit_test(judgements_about_imported_entities_outlive_the_import),
        cmocka_unit_test(an_import_that_repeats_another_makes_no_claims),
        cmocka_unit_test(undoing_the_first_of_two_equals_wants_the_second),
        cmocka_unit_test(a_newer_copy_is_a_difference_by_the_list_s_own_keys),
        cmocka_unit_test(a_restricted_import_is_absent_for_who_may_not_see_it),
        cmocka_unit_test(a_derived_claim_can_be_retracted_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
