/* A record goes out as a claim file and comes back as the same claims. */
#include "../record/fixture.h"

#include "base/csv.h"
#include "exchange/claims/claims_view.h"
#include "exchange/claims/export_csv.h"

static sk_buf export_of(fixture *f, sk_view *v, bool is_exact)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(64));
    sk_sink sink = {sk_sink_to_buf, &b};
    sk_export_csv_options options = {.is_exact = is_exact};
    sk_export_csv_summary summary;
    OK(f, sk_export_csv(&f->cx, v, &options, &sink, &summary));
    return b;
}

static sk_rc log_draft(sk_ctx *cx, sk_claim *c, const sk_claims_place *place, void *arg)
{
    sk_hash id;
    return sk_record_claim(cx, c, NULL, NULL, &id);
}

static sk_claims_source source_of(fixture *f, sk_claims_view *asked, sk_str bytes)
{
    *asked = (sk_claims_view){.view = f->view};
    return (sk_claims_source){.fd = -1,
                              .bytes = bytes,
                              .name = SK_S("claims.csv"),
                              .exhibit = sk_sha256(bytes),
                              .resolver = sk_claims_file_resolve_view(asked)};
}

static void import(fixture *f, sk_str bytes)
{
    sk_claims_view asked;
    sk_claims_source source = source_of(f, &asked, bytes);
    sk_claims_report report;
    OK(f, sk_claims_file_check(&f->cx, &source, &report));
    for (size_t i = 0; i < report.n_faults_kept; i++)
        print_message("%s\n", sk_claims_fault_text(&f->cx.arena, &report.faults[i]).p);
    assert_int_equal(report.n_faults, 0);
    OK(f, sk_claims_file_each(&f->cx, &source, log_draft, NULL, NULL));
    sk_claims_view_done(&asked);
    fixture_commit(f);
}

/* An export without its x- columns and in bytewise order of rows: what must be equal. */
static sk_str essence(fixture *f, sk_str csv)
{
    sk_csv *r;
    sk_csv_row row;
    sk_str lines[256], heading[64];
    size_t n = 0, columns = 0;
    OK(f, sk_csv_open_mem(&f->cx, csv, "export", ',', &r));
    for (;;) {
        OK(f, sk_csv_next(&f->cx, r, &row));
        if (!row.n)
            break;
        if (columns == 0) {
            columns = row.n;
            for (size_t i = 0; i < columns; i++)
                heading[i] = sk_str_copy(&f->cx.arena, row.cells[i]);
            continue;
        }
        assert_int_equal(row.n, columns);
        sk_str line = SK_S("");
        for (size_t i = 0; i < columns; i++)
            if (!sk_str_starts(heading[i], SK_S("x-")))
                line = sk_fmt(&f->cx.arena, "%.*s%.*s=[%.*s] ", SK_P(line), SK_P(heading[i]),
                              SK_P(row.cells[i]));
        size_t at = n++;
        assert_true(n < SK_COUNT(lines));
        for (; at && sk_str_cmp(line, lines[at - 1]) < 0; at--)
            lines[at] = lines[at - 1];
        lines[at] = line;
    }
    sk_csv_close(r);
    sk_str all = SK_S("");
    for (size_t i = 0; i < n; i++)
        all = sk_fmt(&f->cx.arena, "%.*s%.*s\n", SK_P(all), SK_P(lines[i]));
    return all;
}

static const char article[] = "China returned more than 500 people on Monday.\n"
                              "They were refugees, \"not defectors\", he said.\n"
                              "He said it again: they were refugees.\n";

static sk_passage span_of(const sk_hash *exhibit, const char *quote)
{
    size_t at = sk_str_find(sk_str_of(article), sk_str_of(quote));
    assert_true(at != SIZE_MAX);
    return (sk_passage){.exhibit = *exhibit,
                        .has_span = true,
                        .start = at,
                        .end = at + strlen(quote),
                        .quote = sk_str_of(quote)};
}

/* One claim of every kind that a file must be able to say. */
static void log_all_kinds(fixture *f)
{
    sk_hash x = fixture_exhibit(f, "article.txt", article);
    sk_hash y = fixture_exhibit(f, "list.csv", "name\nKim\n");
    sk_passage one = span_of(&x, "more than 500 people");
    sk_claim c = draft(f, "ret-1", "Event:count", "", "a > b");
    sk_str chain[] = {SK_S("two girls"), SK_S("@hrw"), SK_S("unnamed: analysts")};
    c.words = SK_S("more than 500 people");
    c.chain = chain;
    c.n_chain = 3;
    c.measure = SK_S("returned");
    c.carrier = SK_S("@rfa");
    c.said = SK_S("2023-10");
    c.asof = SK_S("2023-10-12");
    c.valid = SK_S("2023-10-09");
    c.passages = &one;
    c.n_passages = 1;
    c.lang = SK_S("en");
    c.note = SK_S("=SUM(A1) is no formula, \"quoted\",\nsecond line");
    sk_str labels[] = {SK_S("identity"), SK_S("source")};
    c.restrict_labels = labels;
    c.n_restrict = 2;
    sk_hash old = fixture_log(f, c);

    sk_passage two[3] = {
        span_of(&x, "\"not defectors\""), {.exhibit = y, .place = SK_S("row 2")}, {.exhibit = x}};
    two[0].place = SK_S("line 2");
    c = draft(f, "ret-1", "Event:summary", "(unknown)", "x > y"); /* text that looks like a mark */
    c.passages = two;
    c.n_passages = 3;
    c.position = SK_CLAIM_DENIES;
    fixture_log(f, c);
    c = draft(f, "ret-1", "Event:count", "", "TJWG");
    c.has_supersedes = true;
    c.supersedes = old;
    c.quantity = (sk_quantity){.qualifier = SK_Q_COULD_EXCEED,
                               .has_low = true,
                               .has_high = true,
                               .low = sk_decimal_of(17),
                               .high = {1005, 1},
                               .unit = SK_S("people"),
                               .is_open_above = true,
                               .is_approximate = true};
    fixture_log(f, c);
    /* rests on two places, one of which has words that stand twice: the span tells which */
    sk_passage twice = {
        .exhibit = x, .has_span = true, .start = 108, .end = 116, .quote = SK_S("refugees")};
    c = draft(f, "ret-1", "Event:date", "around June 1978", "desk");
    c.passages = &twice;
    c.n_passages = 1;
    fixture_log(f, c);
    c = draft(f, "p-1", "Person:birthDate", "", "desk");
    c.absent = SK_WITHHELD;
    fixture_log(f, c);
    c = draft(f, "v-1", "Vessel:imoNumber", "imo:8126082", "UN panel");
    c.used_falsely = true;
    c.reference = SK_S("S/2019/171, para. 12");
    fixture_log(f, c);
    say(f, "act-1", "Act:victim", "@p-1", "desk");
    say(f, "act-1", "Act:act", "movement.forced-return", "desk");
    say(f, "p-1", "Person:name", " 김정욱 | 'quoted' ", "'@desk");
    say(f, "p-1", "Person:notes", "-", "+desk");
    say(f, "p-1", "Person:notes", "'=1+1", "x \\> y");
    say(f, "p-1", "Person:notes", "a \\| b", "@desk");
    fixture_commit(f);
}

static void a_record_comes_back_as_the_same_claims(void **state)
{
    fixture f, g;
    fixture_init(&f);
    log_all_kinds(&f);
    for (int exact = 0; exact < 2; exact++) {
        sk_buf first = export_of(&f, f.view, exact);
        fixture_init(&g);
        fixture_exhibit(&g, "article.txt", article);
        fixture_exhibit(&g, "list.csv", "name\nKim\n");
        import(&g, sk_buf_str(&first));
        sk_buf second = export_of(&g, g.view, exact);
        sk_str a = essence(&f, sk_buf_str(&first)), b = essence(&f, sk_buf_str(&second));
        if (!sk_str_eq(a, b))
            fail_msg("\n%.*s\n---\n%.*s", SK_P(a), SK_P(b));
        sk_counts n;
        OK(&g, sk_counts_get(&g.cx, g.view, &n));
        assert_int_equal(n.claims, 11); /* twelve, of which one is superseded */
        sk_buf_done(&first);
        sk_buf_done(&second);
        fixture_done(&g);
    }
    fixture_done(&f);
}

static void no_cell_of_an_export_starts_a_formula(void **state)
{
    fixture f;
    fixture_init(&f);
    log_all_kinds(&f);
    sk_buf b = export_of(&f, f.view, false);
    sk_csv *r;
    sk_csv_row row;
    OK(&f, sk_csv_open_mem(&f.cx, sk_buf_str(&b), "export", ',', &r));
    for (;;) {
        OK(&f, sk_csv_next(&f.cx, r, &row));
        if (!row.n)
            break;
        for (size_t i = 0; i < row.n; i++)
            assert_null(row.cells[i].n ? strchr("=+-@\t\r\n", row.cells[i].p[0]) : NULL);
    }
    sk_csv_close(r);
    sk_buf_done(&b);
    fixture_done(&f);
}

static void what_the_view_hides_is_not_exported(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "p-1", "Person:name", "CANARY-OPEN", "desk");
    sk_claim c = draft(&f, "p-2", "Person:name", "CANARY-HIDDEN", "desk");
    sk_str label = SK_S("identity");
    c.restrict_labels = &label;
    c.n_restrict = 1;
    fixture_log(&f, c);
    fixture_commit(&f);
    sk_buf all = export_of(&f, f.view, false);
    assert_true(sk_str_find(sk_buf_str(&all), SK_S("CANARY-HIDDEN")) != SIZE_MAX);
    fixture_view_as(&f, "guest", "export");
    sk_buf some = export_of(&f, f.view, false);
    assert_true(sk_str_find(sk_buf_str(&some), SK_S("CANARY-OPEN")) != SIZE_MAX);
    assert_true(sk_str_find(sk_buf_str(&some), SK_S("CANARY-HIDDEN")) == SIZE_MAX);
    assert_true(sk_str_find(sk_buf_str(&some), SK_S("p-2")) == SIZE_MAX);
    sk_buf_done(&all);
    sk_buf_done(&some);
    fixture_done(&f);
}

static void quotes_and_exhibits_resolve_through_the_view(void **state)
{
    fixture f;
    fixture_init(&f);
    fixture_exhibit(&f, "article.txt", article);
    import(&f, SK_S("entity,type,claimant,exhibit,quote,count\n"
                    "e,Event,desk,article.txt,\"more  than 500\npeople\",more than 500 people\n"));
    fixture_done(&f);
}

static void what_does_not_resolve_is_a_fault_of_its_cell(void **state)
{
    static const struct {
        const char *row, *fault;
    } cases[] = {
        {"e,Event,desk,other.txt,,,x", "row 2, column exhibit: no exhibit \"other.txt\""},
        {"e,Event,desk,article.txt,no such words,,x",
         "row 2, column quote: the quote \"no such words\" does not stand in exhibit"},
        {"e,Event,desk,article.txt,refugees,,x",
         "row 2, column quote: the quote \"refugees\" stands at bytes"},
        {"e,Event,desk,,,abcdef,x", "row 2, column supersedes: no claim begins with \"abcdef\""},
    };
    fixture f;
    fixture_init(&f);
    fixture_exhibit(&f, "article.txt", article);
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_claims_view asked;
        sk_claims_source source = source_of(
            &f, &asked,
            sk_fmt(&f.cx.arena, "entity,type,claimant,exhibit,quote,supersedes,name\n%s\n",
                   cases[i].row));
        sk_claims_report report;
        OK(&f, sk_claims_file_check(&f.cx, &source, &report));
        assert_int_equal(report.n_faults, 1);
        sk_str text = sk_claims_fault_text(&f.cx.arena, &report.faults[0]);
        if (!sk_str_starts(text, sk_str_of(cases[i].fault)))
            fail_msg("%s", text.p);
        sk_claims_view_done(&asked);
    }
    fixture_done(&f);
}

/* More exhibits in turn than texts are kept; each has the quoted words at another place. */
static void quotes_of_many_exhibits_in_turn_are_each_found_in_their_own(void **state)
{
    enum { EXHIBITS = SK_CLAIMS_VIEW_TEXTS + 3, ROUNDS = 3 };
    fixture f;
    fixture_init(&f);
    sk_claims_view asked = {0};
    size_t starts[EXHIBITS];
    for (size_t i = 0; i < EXHIBITS; i++) {
        sk_str name = sk_fmt(&f.cx.arena, "x-%zu.txt", i), text = SK_S("");
        for (size_t k = 0; k < i; k++)
            text = sk_fmt(&f.cx.arena, "%.*sline %zu\n", SK_P(text), k);
        starts[i] = text.n;
        fixture_exhibit(&f, name.p, sk_fmt(&f.cx.arena, "%.*sthe words", SK_P(text)).p);
    }
    asked.view = f.view;
    sk_claims_resolver r = sk_claims_file_resolve_view(&asked);
    for (size_t i = 0; i < EXHIBITS * ROUNDS; i++) {
        size_t which = i % EXHIBITS * 7 % EXHIBITS;
        sk_claims_rest rest = {.exhibit = sk_fmt(&f.cx.arena, "x-%zu.txt", which),
                               .quote = SK_S("the  words")};
        sk_passage found = {0};
        const char *column = "exhibit";
        OK(&f, r.passage(&f.cx, &rest, &found, &column, r.arg));
        assert_true(found.has_span);
        assert_int_equal(found.start, starts[which]);
        assert_int_equal(found.end, starts[which] + 9);
    }
    assert_true(asked.n_read > EXHIBITS); /* some were read again */
    sk_claims_view_done(&asked);
    fixture_done(&f);
}

static void a_claim_is_superseded_by_the_beginning_of_its_id(void **state)
{
    fixture f;
    fixture_init(&f);
    sk_hash id = say(&f, "p", "Person:name", "Kim", "desk");
    fixture_commit(&f);
    import(&f,
           sk_fmt(&f.cx.arena, "entity,type,claimant,name,supersedes\np,Person,desk,Lee,%.10s\n",
                  sk_hash_hex(&f.cx.arena, &id).p));
    sk_claim_row row;
    OK(&f, sk_claim_find(&f.cx, f.view, sk_hash_hex(&f.cx.arena, &id), &row));
    assert_true(row.superseded);
    fixture_done(&f);
}

static sk_rc full_disk(void *arg, sk_str bytes)
{
    return SK_E_IO;
}

static void a_sink_that_fails_ends_the_export_with_a_message(void **state)
{
    fixture f;
    fixture_init(&f);
    say(&f, "p", "Person:name", "Kim", "desk");
    fixture_commit(&f);
    sk_sink sink = {full_disk, NULL};
    assert_int_equal(sk_export_csv(&f.cx, f.view, NULL, &sink, NULL), SK_E_IO);
    assert_string_equal(f.cx.message, "the export could not be written");
    sk_forgive(&f.cx);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_comes_back_as_the_same_claims),
        cmocka_unit_test(no_cell_of_an_export_starts_a_formula),
        cmocka_unit_test(what_the_view_hides_is_not_exported),
        cmocka_unit_test(quotes_and_exhibits_resolve_through_the_view),
        cmocka_unit_test(what_does_not_resolve_is_a_fault_of_its_cell),
        cmocka_unit_test(quotes_of_many_exhibits_in_turn_are_each_found_in_their_own),
        cmocka_unit_test(a_claim_is_superseded_by_the_beginning_of_its_id),
        cmocka_unit_test(a_sink_that_fails_ends_the_export_with_a_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
