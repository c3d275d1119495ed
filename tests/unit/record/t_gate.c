/* Restricted things are absent, not blank: canary words walked through every read function. */
#include "fixture.h"

#include "record/bearers.h"
#include "record/search.h"

/* Everything a view lets out, as one text. */
typedef struct haul {
    char p[1 << 20];
    size_t n;
} haul;

static void take(haul *h, sk_str s)
{
    assert_true(h->n + s.n + 2 < sizeof h->p); /* a haul cut short would hide a leak */
    memcpy(h->p + h->n, s.p ? s.p : "", s.n);
    h->n += s.n;
    h->p[h->n++] = '\n';
    h->p[h->n] = 0;
}

static void take_claim(haul *h, const sk_claim *c)
{
    take(h, c->entity);
    take(h, c->value);
    take(h, c->words);
    for (size_t i = 0; i < c->n_chain; i++)
        take(h, c->chain[i]);
    for (size_t i = 0; i < c->n_passages; i++)
        take(h, c->passages[i].quote);
}

static sk_rc each(sk_ctx *cx, const sk_claim_row *row, void *arg)
{
    (void)cx;
    take_claim(arg, &row->claim);
    return SK_OK;
}

static void search_all(fixture *f, haul *h, const char *words)
{
    const sk_query *q;
    sk_search_result r;
    OK(f, sk_query_parse(&f->cx, sk_str_of(words), &q));
    if (sk_search(&f->cx, f->view, q, 0, 50, &r)) {
        take(h, sk_str_of(f->cx.message));
        sk_forgive(&f->cx);
        return;
    }
    for (size_t i = 0; i < r.n; i++) {
        take(h, r.hits[i].text);
        take(h, r.hits[i].entity_caption);
        take(h, r.hits[i].exhibit.name);
    }
    char total[32];
    snprintf(total, sizeof total, "total %zu", (size_t)r.total);
    take(h, sk_str_of(total));
}

static void look_up(fixture *f, haul *h, const char *name)
{
    sk_entity e;
    sk_exhibit x;
    sk_claim_row *rows;
    sk_entity *list;
    size_t n;
    if (sk_entity_find(&f->cx, f->view, sk_str_of(name), &e) == SK_OK) {
        take(h, e.caption);
        take(h, e.key);
        OK(f, sk_claims_about(&f->cx, f->view, &e, SK_CLAIMS_HISTORY, &rows, &n));
        for (size_t i = 0; i < n; i++)
            take_claim(h, &rows[i].claim);
        OK(f, sk_claims_linking(&f->cx, f->view, &e, SK_NONE, &rows, &n));
        for (size_t i = 0; i < n; i++)
            take_claim(h, &rows[i].claim);
        OK(f, sk_entity_members(&f->cx, f->view, &e, &list, &n));
        for (size_t i = 0; i < n; i++)
            take(h, list[i].caption);
    }
    sk_forgive(&f->cx);
    if (sk_exhibit_find(&f->cx, f->view, sk_str_of(name), &x) == SK_OK) {
        sk_text_block *blocks;
        take(h, x.name);
        OK(f, sk_exhibit_text(&f->cx, f->view, &x, &blocks, &n));
        for (size_t i = 0; i < n; i++)
            take(h, blocks[i].text);
    }
    sk_forgive(&f->cx);
    OK(f, sk_claims_bearing(&f->cx, f->view, SK_S("CANARY-99"), SK_CLAIMS_HISTORY, &rows, &n));
    for (size_t i = 0; i < n; i++)
        take_claim(h, &rows[i].claim);
    sk_str caption = sk_entity_caption(&f->cx, f->view, SK_S("secret-key"));
    if (!sk_str_is(caption, "secret-key")) /* asked for by key, the key itself is no news */
        take(h, caption);
}

static haul *haul_everything(fixture *f)
{
    haul *h = calloc(1, sizeof *h);
    sk_exhibit *exhibits;
    sk_entity *entities;
    sk_judgement *judgements;
    sk_entry_row *entries;
    sk_entry entry;
    size_t n;
    assert_non_null(h);
    OK(f, sk_claims_each(&f->cx, f->view, SK_CLAIMS_HISTORY, each, h));
    OK(f, sk_exhibits_list(&f->cx, f->view, &exhibits, &n));
    for (size_t i = 0; i < n; i++)
        take(h, exhibits[i].name);
    OK(f, sk_entities_list(&f->cx, f->view, SK_NONE, SK_NONE, 0, &entities, &n));
    for (size_t i = 0; i < n; i++) {
        take(h, entities[i].key);
        take(h, entities[i].caption);
    }
    OK(f, sk_judgements_list(&f->cx, f->view, NULL, &judgements, &n));
    for (size_t i = 0; i < n; i++) {
        take(h, judgements[i].a);
        take(h, judgements[i].b);
        take(h, judgements[i].reason);
    }
    OK(f, sk_entries_list(&f->cx, f->view, SK_NONE, 0, &entries, &n));
    for (size_t i = 0; i < n; i++) {
        OK(f, sk_entry_load(&f->cx, f->view, &entries[i], &entry));
        take(h, entry.text);
    }
    static const char *const names[] = {"open-person", "secret-twin", "secret-witness",
                                        "secret.txt",  "open.txt",    "table.csv",
                                        "Canaryname"};
    for (size_t i = 0; i < SK_COUNT(names); i++)
        look_up(f, h, names[i]);
    static const char *const queries[] = {"canary*",      "testimony NOT nothing", "kind:exhibit",
                                          "kind:claim",   "claimant:witness",      "date:1999",
                                          "place:canary", "exhibit:open.txt",      "NOT nothing"};
    for (size_t i = 0; i < SK_COUNT(queries); i++)
        search_all(f, h, queries[i]);
    return h;
}

/* One archive with canaries behind every sort of restriction, and open neighbours of each. */
static void plant(fixture *f)
{
    sk_hash open =
        fixture_exhibit(f, "open.txt", "testimony in the open\nby a canaryspan of words");
    sk_hash table = fixture_exhibit(f, "table.csv", "an open row\na canaryrow");
    sk_hash secret = fixture_exhibit(f, "secret.txt", "testimony canarytext");
    sk_hash id;
    say(f, "open-person", "Person:name", "Open Name", "desk");
    say(f, "secret-key", "Person:name", "Canaryname", "desk");
    say(f, "secret-key", "Person:passportNumber", "canary99", "desk");
    say(f, "secret-twin", "Person:name", "Canarytwin", "desk");
    say(f, "open-person", "Thing:partOf", "secret-key", "desk");
    say(f, "open-person", "Person:birthPlace", "Placeville", "@secret-witness");
    say(f, "secret-witness", "Person:name", "Canarywitness", "desk");
    sk_claim c = draft(f, "open-person", "Thing:summary", "canaryclaim", "desk");
    sk_passage p = {.exhibit = secret, .place = SK_S("row 1"), .quote = SK_S("canaryquote")};
    c.passages = &p;
    c.n_passages = 1;
    fixture_log(f, c);
    c = draft(f, "open-person", "Person:position", "canarylabelled", "desk");
    sk_str label = SK_S("identity");
    c.restrict_labels = &label;
    c.n_restrict = 1;
    sk_passage span = {
        .exhibit = open, .has_span = true, .start = 27, .end = 37, .quote = SK_S("canaryspan")};
    c.passages = &span;
    c.n_passages = 1;
    c.is_coded = true; /* the claim is restricted: so are the words it rests on, and its row */
    c.coded_in = table;
    c.coded_place = SK_S("row 2");
    fixture_log(f, c);
    say(f, "open-person", "Person:birthDate", "1 May 1999", "desk");
    OK(f, sk_record_judge(&f->cx, SK_S("secret-key"), SK_S("secret-twin"), SK_S("same"),
                          SK_S("canaryreason"), &id));
    /* nothing restricts this entity itself: it is hidden because its only claim is */
    c = draft(f, "labelled-key", "Person:name", "Canarysolo", "desk");
    c.restrict_labels = &label;
    c.n_restrict = 1;
    fixture_log(f, c);
    OK(f, sk_record_judge(&f->cx, SK_S("labelled-key"), SK_S("open-person"), SK_S("different"),
                          SK_S("canaryverdict"), &id));
    OK(f, sk_record_restrict(&f->cx, SK_S("entity secret-key"), SK_S("identity"), SK_S("x"), &id));
    OK(f,
       sk_record_restrict(&f->cx, SK_S("entity secret-witness"), SK_S("identity"), SK_S("x"), &id));
    sk_str target = sk_fmt(&f->cx.arena, "exhibit %.*s", SK_P(sk_hash_hex(&f->cx.arena, &secret)));
    OK(f, sk_record_restrict(&f->cx, target, SK_S("sealed"), SK_S("x"), &id));
    OK(f, sk_record_permit(&f->cx, SK_S("anna"), SK_S("identity"), SK_S("work"), SK_S("x"), &id));
    fixture_commit(f);
}

static void expect_hidden(fixture *f, const char *canary, bool hidden)
{
    haul *h = haul_everything(f);
    bool leaked = strcasestr(h->p, canary) != NULL;
    if (leaked == hidden)
        fail_msg("%s is %s for user \"%.*s\", purpose %.*s", canary, leaked ? "visible" : "hidden",
                 SK_P(f->cx.user), SK_P(f->cx.purpose));
    assert_non_null(strstr(h->p, "Open Name"));
    assert_non_null(strstr(h->p, "in the open"));
    assert_non_null(strstr(h->p, "an open row"));
    free(h);
}

static void nothing_restricted_shows_in_any_answer(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    static const char *const canaries[] = {
        "canaryname",   "canarytwin",     "canarywitness", "canaryclaim", "canaryquote",
        "canarytext",   "canarylabelled", "canaryreason",  "canaryspan",  "canaryrow",
        "secret-key",   "secret.txt",     "placeville",    "canary99",    "canarysolo",
        "labelled-key", "canaryverdict"};
    for (size_t i = 0; i < SK_COUNT(canaries); i++) {
        fixture_view_as(&f, "", "work"); /* the canary is really there: the owner sees it */
        expect_hidden(&f, canaries[i], false);
        fixture_view_as(&f, "guest", "work");
        expect_hidden(&f, canaries[i], true);
        fixture_view_as(&f, "", "export"); /* the owner's own exports leave it out */
        expect_hidden(&f, canaries[i], true);
    }
    fixture_done(&f);
}

static void a_permit_opens_its_label_and_no_other(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    fixture_view_as(&f, "anna", "work");
    expect_hidden(&f, "canaryname", false);
    expect_hidden(&f, "canarylabelled", false);
    expect_hidden(&f, "canaryverdict", false);
    expect_hidden(&f, "canarytext", true);
    expect_hidden(&f, "canaryclaim", true);
    fixture_view_as(&f, "anna", "export");
    expect_hidden(&f, "canaryname", true);
    fixture_done(&f);
}

static void a_lifted_restriction_opens_again(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    sk_entry_row *rows;
    size_t n;
    sk_hash id;
    OK(&f, sk_entries_list(&f.cx, f.view, SK_S("restrict"), 0, &rows, &n));
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++)
        OK(&f, sk_record_retract(&f.cx, &rows[i].id, SK_S("lifted"), &id));
    fixture_commit(&f);
    fixture_view_as(&f, "guest", "work");
    expect_hidden(&f, "canaryname", false);
    expect_hidden(&f, "canarytext", false);
    expect_hidden(&f, "canarylabelled", true); /* its label stands on the claim itself */
    fixture_done(&f);
}

static void a_judgement_on_a_hidden_entity_changes_no_count(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    static const char *const hidden[] = {"labelled-key", "secret-key"};
    for (size_t i = 0; i < SK_COUNT(hidden); i++) {
        sk_counts before, after, owner;
        sk_hash id;
        fixture_view_as(&f, "", "work");
        OK(&f, sk_counts_get(&f.cx, f.view, &owner));
        fixture_view_as(&f, "guest", "work");
        OK(&f, sk_counts_get(&f.cx, f.view, &before));
        assert_int_equal(before.judgements, 0);
        fixture_view_as(&f, "", "work");
        OK(&f, sk_record_judge(&f.cx, sk_str_of(hidden[i]), SK_S("open-person"), SK_S("unsure"),
                               SK_S("one more"), &id));
        fixture_commit(&f);
        OK(&f, sk_counts_get(&f.cx, f.view, &after));
        assert_int_equal(after.judgements, owner.judgements + 1);
        assert_int_equal(after.unsure, owner.unsure + 1);
        assert_int_equal(after.entries, owner.entries + 1);
        fixture_view_as(&f, "guest", "work");
        OK(&f, sk_counts_get(&f.cx, f.view, &after));
        assert_int_equal(after.judgements, before.judgements);
        assert_int_equal(after.unsure, 0);
        assert_int_equal(after.entries, before.entries);
    }
    fixture_done(&f);
}

static void hidden_and_absent_names_give_the_same_words(void **state)
{
    fixture f;
    fixture_init(&f);
    plant(&f);
    fixture_view_as(&f, "guest", "work");
    sk_entity e;
    char hidden[sizeof f.cx.message];
    assert_int_equal(sk_entity_find(&f.cx, f.view, SK_S("secret-key"), &e), SK_E_NOTFOUND);
    memcpy(hidden, f.cx.message, sizeof hidden);
    sk_forgive(&f.cx);
    assert_int_equal(sk_entity_find(&f.cx, f.view, SK_S("absent-key"), &e), SK_E_NOTFOUND);
    for (char *p = hidden; (p = strstr(p, "secret-key"));)
        memcpy(p, "absent-key", 10);
    assert_string_equal(hidden, f.cx.message);
    sk_forgive(&f.cx);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_restricted_shows_in_any_answer),
        cmocka_unit_test(a_permit_opens_its_label_and_no_other),
        cmocka_unit_test(a_lifted_restriction_opens_again),
        cmocka_unit_test(a_judgement_on_a_hidden_entity_changes_no_count),
        cmocka_unit_test(hidden_and_absent_names_give_the_same_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
