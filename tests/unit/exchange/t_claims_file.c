/* Claim files: what each column does, and what is said of each fault. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/buf.h"
#include "exchange/claims/claims_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct reading {
    sk_ctx cx;
    sk_claims_source source;
    sk_claims_report report;
    sk_claim claims[64]; /* deep enough copies of the drafts handed out */
    char columns[64][32];
    uint64_t rows[64];
    size_t n;
} reading;

static sk_str keep(reading *r, sk_str s)
{
    return sk_str_copy(&r->cx.arena, s);
}

static sk_rc collect(sk_ctx *cx, sk_claim *c, const sk_claims_place *place, void *arg)
{
    reading *r = arg;
    assert_true(r->n < SK_COUNT(r->claims));
    sk_claim *k = &r->claims[r->n];
    snprintf(r->columns[r->n], sizeof r->columns[0], "%.*s", SK_P(place->column));
    r->rows[r->n++] = place->row;
    *k = *c;
    sk_str *const texts[] = {&k->entity,  &k->type,      &k->prop, &k->value,        &k->words,
                             &k->measure, &k->carrier,   &k->said, &k->asof,         &k->valid,
                             &k->lang,    &k->reference, &k->note, &k->quantity.unit};
    for (size_t i = 0; i < SK_COUNT(texts); i++)
        *texts[i] = keep(r, *texts[i]);
    sk_str *chain = sk_new_array(&r->cx.arena, sk_str, c->n_chain);
    for (size_t i = 0; i < c->n_chain; i++)
        chain[i] = keep(r, c->chain[i]);
    k->chain = chain;
    sk_str *labels = sk_new_array(&r->cx.arena, sk_str, c->n_restrict);
    for (size_t i = 0; i < c->n_restrict; i++)
        labels[i] = keep(r, c->restrict_labels[i]);
    k->restrict_labels = labels;
    sk_passage *passages = sk_new_array(&r->cx.arena, sk_passage, c->n_passages);
    for (size_t i = 0; i < c->n_passages; i++) {
        passages[i] = c->passages[i];
        passages[i].quote = keep(r, passages[i].quote);
        passages[i].place = keep(r, passages[i].place);
    }
    k->passages = passages;
    return SK_OK;
}

static void open_text(reading *r, const char *name, const char *text)
{
    memset(r, 0, sizeof *r);
    sk_ctx_init(&r->cx);
    r->source = (sk_claims_source){.fd = -1, .bytes = sk_str_of(text), .name = sk_str_of(name)};
    memset(r->source.exhibit.b, 0x77, 32);
}

static void close_it(reading *r)
{
    sk_ctx_done(&r->cx);
}

static void check(reading *r)
{
    if (sk_claims_file_check(&r->cx, &r->source, &r->report))
        fail_msg("%s", r->cx.message);
}

/* Both passes over a file that must be good. */
static void read_good(reading *r, const char *name, const char *text)
{
    open_text(r, name, text);
    check(r);
    if (r->report.n_faults)
        fail_msg("%s", sk_claims_fault_text(&r->cx.arena, &r->report.faults[0]).p);
    sk_claims_report again;
    if (sk_claims_file_each(&r->cx, &r->source, collect, r, &again))
        fail_msg("%s", r->cx.message);
    assert_int_equal(again.claims, r->report.claims);
    assert_int_equal(again.rows, r->report.rows);
    assert_int_equal(r->n, r->report.claims);
}

/* The whole text of the only fault. */
static void has_fault(const char *name, const char *text, const char *expected)
{
    reading r;
    open_text(&r, name, text);
    check(&r);
    if (r.report.n_faults != 1)
        for (size_t i = 0; i < r.report.n_faults_kept; i++)
            print_message("%s\n", sk_claims_fault_text(&r.cx.arena, &r.report.faults[i]).p);
    assert_int_equal(r.report.n_faults, 1);
    sk_str got = sk_claims_fault_text(&r.cx.arena, &r.report.faults[0]);
    if (sk_str_find(got, sk_str_of(expected)) != 0)
        fail_msg("\n  %s\ndoes not begin with\n  %s", got.p, expected);
    assert_int_equal(sk_claims_file_each(&r.cx, &r.source, collect, &r, NULL), SK_E_FORMAT);
    assert_int_equal(r.n, 0);
    assert_true(sk_str_find(sk_str_of(r.cx.message), sk_str_sub(got, 0, 60)) != SIZE_MAX);
    close_it(&r);
}

#define IS(s, text) assert_true(sk_str_is((s), (text)))

/* ---- the wide form ---- */

static void each_property_column_is_a_claim_of_its_own(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity,type,act,perpetrator,victim,date,claimant\n"
              "act-01,Act,movement.forced-return,@china,@a | @b,(unknown),@the-article\n");
    assert_int_equal(r.report.rows, 1);
    assert_int_equal(r.n, 5);
    IS(r.claims[0].prop, "act");
    IS(r.claims[0].value, "movement.forced-return");
    IS(r.claims[1].value, "@china");
    assert_int_equal(r.claims[1].kind, SK_VALUE_ENTITY);
    IS(r.claims[2].prop, "victim");
    IS(r.claims[2].value, "@a");
    IS(r.claims[3].prop, "victim");
    IS(r.claims[3].value, "@b");
    IS(r.claims[4].prop, "date");
    assert_int_equal(r.claims[4].absent, SK_UNKNOWN);
    assert_int_equal(r.claims[4].value.n, 0);
    IS(r.claims[4].chain[0], "@the-article");
    assert_string_equal(r.columns[3], "victim");
    close_it(&r);
}

static void the_four_absents_are_four(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity,type,claimant,name,birthDate,gender,religion\n"
              "p,Person,desk,(Unknown),(not asked),(withheld),(not-applicable)\n");
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(r.claims[i].absent, SK_UNKNOWN + i);
    close_it(&r);
}

/* `position` is a column of the row and a property of Person; `Person:position` is the latter. */
static void a_property_that_is_named_like_a_column_is_written_with_its_type(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity,type,claimant,position,Person:position,Event:place\n"
              "p,Person,desk,doubts,guard,\n"
              "e,Act,desk,,,camp-15\n");
    assert_int_equal(r.n, 2);
    IS(r.claims[0].prop, "position");
    IS(r.claims[0].value, "guard");
    assert_int_equal(r.claims[0].position, SK_CLAIM_DOUBTS);
    IS(r.claims[1].prop, "place");
    IS(r.claims[1].type, "Act");
    close_it(&r);
}

/* docs/formats/claims.md lists them; a new property that is named like a column belongs there. */
static void five_properties_are_named_like_columns(void **state)
{
    static const char *const listed[] = {"entity", "type", "position", "place", "measure"};
    const sk_model *m = sk_model_get();
    size_t found[SK_COUNT(listed)] = {0};
    for (size_t i = 0; i < m->n_types; i++)
        for (size_t k = 0; k < m->types[i].n_props; k++)
            for (int c = 0; c < COL_FIXED; c++) {
                if (!sk_str_is(m->types[i].props[k].name, sk_claims__col_name((claims_col)c)))
                    continue;
                size_t at = 0;
                while (at < SK_COUNT(listed) &&
                       strcmp(listed[at], sk_claims__col_name((claims_col)c)))
                    at++;
                if (at == SK_COUNT(listed))
                    fail_msg("property %.*s is named like a column",
                             SK_P(m->types[i].props[k].name));
                found[at]++;
            }
    for (size_t i = 0; i < SK_COUNT(listed); i++)
        assert_true(found[i] > 0);
}

/* ---- the long form ---- */

static void a_row_with_bounds_and_no_property_is_a_figure(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity,type,claimant,low,high,qualifier,unit,measure,words\n"
              "e1,Event,TJWG,500,,more-than,people,returned,more than 500\n"
              "e2,Event,HRW,,,,,,at least 17 people\n"
              "e3,Event,MOU,30023,11490,change,,,\n");
    assert_int_equal(r.n, 3);
    IS(r.claims[0].prop, "count");
    assert_int_equal(r.claims[0].quantity.low.mantissa, 500);
    assert_false(r.claims[0].quantity.has_high);
    assert_int_equal(r.claims[0].quantity.qualifier, SK_Q_MORE_THAN);
    IS(r.claims[0].quantity.unit, "people");
    IS(r.claims[0].measure, "returned");
    assert_string_equal(r.columns[0], "low");
    IS(r.claims[1].words, "at least 17 people");
    assert_string_equal(r.columns[1], "words");
    assert_int_equal(r.claims[2].quantity.qualifier, SK_Q_CHANGE);
    close_it(&r);
}

static void long_and_wide_mix_in_one_row(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity,type,claimant,name,date,property,value\n"
              "e1,Event,HRW,the return,2023-10-09,summary,a text | with a bar\n");
    assert_int_equal(r.n, 3);
    IS(r.claims[0].prop, "summary");
    IS(r.claims[0].value, "a text | with a bar");
    IS(r.claims[1].prop, "name");
    IS(r.claims[2].prop, "date");
    close_it(&r);
}

static void a_date_may_stand_in_words_alone(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity,type,claimant,property,value,words\n"
              "p,Person,desk,birthDate,,around June 1978\n"
              "p,Person,desk,birthDate,1978-06~,um den Juni 1978\n");
    IS(r.claims[0].value, "around June 1978");
    IS(r.claims[1].value, "1978-06~");
    IS(r.claims[1].words, "um den Juni 1978");
    close_it(&r);
}

static void text_is_kept_to_the_blank_and_the_word_present_takes_it_literally(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity,type,claimant,property,value,absent\n"
              "p,Person,desk,summary,\" (unknown) \",\n"
              "p,Person,desk,summary,(unknown),present\n"
              "p,Person,desk,summary,(unknown),\n"
              "p,Person,desk,name,,withheld\n");
    IS(r.claims[0].value, " (unknown) ");
    IS(r.claims[1].value, "(unknown)");
    assert_int_equal(r.claims[1].absent, SK_PRESENT);
    assert_int_equal(r.claims[2].absent, SK_UNKNOWN);
    assert_int_equal(r.claims[3].absent, SK_WITHHELD);
    close_it(&r);
}

/* ---- the row ---- */

static void what_holds_for_the_row_holds_for_each_of_its_claims(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity;type;claimant;carrier;position;said;asof;valid;reference;lang;restrict;"
              "used-falsely;note;name;country\n"
              "s;Vessel;two girls > Human Rights Watch;@rfa;denies;October 2023;2023-11;2016/2017;"
              "rfa.org;ko;identity  source;yes;a remark;Subblic;kp\n");
    assert_int_equal(r.n, 2);
    for (size_t i = 0; i < 2; i++) {
        const sk_claim *c = &r.claims[i];
        assert_int_equal(c->n_chain, 2);
        IS(c->chain[0], "two girls");
        IS(c->chain[1], "Human Rights Watch");
        IS(c->carrier, "@rfa");
        assert_int_equal(c->position, SK_CLAIM_DENIES);
        IS(c->said, "2023-10");
        IS(c->asof, "2023-11");
        IS(c->valid, "2016/2017");
        IS(c->reference, "rfa.org");
        IS(c->lang, "ko");
        assert_int_equal(c->n_restrict, 2);
        IS(c->restrict_labels[1], "source");
        assert_true(c->used_falsely);
        IS(c->note, "a remark");
    }
    close_it(&r);
}

static void a_claim_without_exhibit_rests_on_its_row(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity,type,claimant,quote,name\n"
              "p,Person,\"a\nb\",\"said\nso\",Kim\n"
              ",,,,\n"
              "q,Person,desk,,Lee\n");
    assert_int_equal(r.claims[0].n_passages, 1);
    assert_true(sk_hash_eq(&r.claims[0].passages[0].exhibit, &r.source.exhibit));
    IS(r.claims[0].passages[0].place, "row 2");
    IS(r.claims[0].passages[0].quote, "said\nso");
    IS(r.claims[1].passages[0].place, "row 4"); /* as a spreadsheet counts */
    assert_int_equal(r.rows[1], 4);
    close_it(&r);
}

#define HEX  "abababababababababababababababababababababababababababababababab"
#define HEX2 "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"

static void passages_are_numbered_from_the_second(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity,type,claimant,exhibit,place,span,quote,exhibit-2,place-2,name\n"
              "p,Person,desk," HEX ",page 3,10-14,Kim," HEX2 ",row 9,Kim\n"
              "q,Person,desk,(none),,,,,,Lee\n");
    assert_int_equal(r.claims[0].n_passages, 2);
    const sk_passage *p = r.claims[0].passages;
    assert_int_equal(p[0].exhibit.b[0], 0xab);
    assert_true(p[0].has_span && p[0].start == 10 && p[0].end == 14);
    IS(p[0].place, "page 3");
    IS(p[0].quote, "Kim");
    assert_int_equal(p[1].exhibit.b[31], 0xcd);
    IS(p[1].place, "row 9");
    assert_int_equal(r.claims[1].n_passages, 0);
    close_it(&r);
}

/* ---- a resolver ---- */

static sk_rc fake_passage(sk_ctx *cx, const sk_claims_rest *rest, sk_passage *p,
                          const char **column, void *arg)
{
    ++*(int *)arg;
    if (!sk_str_is(rest->exhibit, "article.txt"))
        return sk_fail(cx, SK_E_NOTFOUND, "no exhibit \"%.*s\"", SK_P(rest->exhibit));
    *column = "quote";
    if (!sk_str_is(rest->quote, "the words"))
        return sk_fail(cx, SK_E_NOTFOUND, "the quote does not stand there");
    memset(p->exhibit.b, 0x11, 32);
    p->has_span = true;
    p->start = 5;
    p->end = 14;
    return SK_OK;
}

static void the_resolver_is_asked_once_a_row_and_its_errors_name_the_column(void **state)
{
    int asked = 0;
    reading r;
    open_text(&r, "x.csv",
              "entity,type,claimant,exhibit,quote,name,country\n"
              "p,Person,desk,article.txt,the words,Kim,kp\n"
              "p,Person,desk,other.txt,the words,Kim,kp\n"
              "p,Person,desk,article.txt,other words,Kim,kp\n");
    r.source.resolver = (sk_claims_resolver){.passage = fake_passage, .arg = &asked};
    check(&r);
    assert_int_equal(asked, 3);
    assert_int_equal(r.report.n_faults, 2);
    assert_string_equal(sk_claims_fault_text(&r.cx.arena, &r.report.faults[0]).p,
                        "row 3, column exhibit: no exhibit \"other.txt\"");
    assert_string_equal(sk_claims_fault_text(&r.cx.arena, &r.report.faults[1]).p,
                        "row 4, column quote: \"other words\": the quote does not stand there");
    close_it(&r);
}

/* ---- JSON lines ---- */

static void json_lines_say_the_same_as_csv(void **state)
{
    reading r;
    read_good(&r, "x",
              "{\"entity\":\"act-01\",\"type\":\"Act\",\"alias\":[\"a\",\"b | c\"],"
              "\"claimant\":[\"two > girls\",\"HRW\"],\"date\":null,\"restrict\":[\"identity\"],"
              "\"used-falsely\":false,\"name\":\"x | y\",\"x-remark\":{\"any\":[1]}}\n"
              "\n"
              "{\"entity\":\"e\",\"type\":\"Event\",\"claimant\":\"a > b\",\"low\":17,"
              "\"high\":19.5}\r\n");
    assert_int_equal(r.n, 5);
    IS(r.claims[0].value, "a");
    IS(r.claims[1].value, "b | c");
    assert_int_equal(r.claims[0].n_chain, 2);
    IS(r.claims[0].chain[0], "two > girls");
    IS(r.claims[2].value, "x");
    IS(r.claims[3].value, "y");
    IS(r.claims[0].passages[0].place, "row 1");
    assert_int_equal(r.claims[4].n_chain, 2);
    IS(r.claims[4].passages[0].place, "row 3");
    assert_int_equal(r.claims[4].quantity.high.mantissa, 195);
    close_it(&r);
}

static void a_broken_json_line_is_one_fault_and_the_next_is_read(void **state)
{
    reading r;
    open_text(
        &r, "x.jsonl",
        "{\"entity\":\"e\",\n"
        "{\"entity\":\"e\",\"entity\":\"f\"}\n"
        "[1]\n"
        "{\"entity\":\"e\",\"type\":\"Event\",\"claimant\":\"c\",\"nmae\":\"x\"}\n"
        "{\"entity\":\"e\",\"type\":\"Event\",\"claimant\":\"c\",\"name\":{}}\n"
        "{\"entity\":\"e\",\"type\":\"Event\",\"claimant\":\"c\",\"name\":\"ok\"}\n"
        "{\"entity\":\"e\",\"type\":\"Event\",\"claimant\":\"c\",\"low\":0.12345678901234567}");
    check(&r);
    static const char *const expected[] = {
        "row 1: not a JSON object on one line",
        "row 2: not a JSON object on one line: duplicate object key",
        "row 3: a JSON array",
        "row 4, column nmae: neither a column of claim files nor a property; do you mean \"name\"",
        "row 5, column name: an object cannot be a value",
        "row 7, column low: \"0.123456789012346\": the number has too many digits",
    };
    assert_int_equal(r.report.n_faults, SK_COUNT(expected));
    for (size_t i = 0; i < SK_COUNT(expected); i++) {
        sk_str text = sk_claims_fault_text(&r.cx.arena, &r.report.faults[i]);
        if (!sk_str_starts(text, sk_str_of(expected[i])))
            fail_msg("fault %zu: %s", i, text.p);
    }
    assert_int_equal(r.report.claims, 1);
    close_it(&r);
}

/* ---- faults ---- */

#define HEAD "entity,type,claimant,property,value,words,absent,low,high,qualifier,unit\n"

static void every_fault_names_row_column_and_value(void **state)
{
    static const struct {
        const char *text, *fault;
    } cases[] = {
        {"entity,type,claimant,nmae\np,Person,desk,Kim\n",
         "row 1, column nmae: neither a column of claim files nor a property; do you mean "
         "\"name\""},
        {"entity,type,claimant,name,name\np,Person,desk,Kim,Lee\n",
         "row 1, column name: this column stands twice"},
        {"entity,type,name\np,Person,Kim\n",
         "row 1, column claimant: the heading has no such column"},
        {"entity,type,claimant,name\n,Person,desk,Kim\n", "row 2, column entity: no key"},
        {"entity,type,claimant,name\nthe man,Person,desk,Kim\n",
         "row 2, column entity: entity: key \"the man\" has a blank"},
        {"entity,type,claimant,name\np,Persn,desk,Kim\n",
         "row 2, column type: \"Persn\": no type of the model; do you mean \"Person\"?"},
        {"entity,type,claimant,name\np,Person,,Kim\n",
         "row 2, column claimant: no claimant; write who says it, or \"unnamed: analysts\""},
        {"entity,type,claimant,name\np,Person,a >  > b,Kim\n",
         "row 2, column claimant: \"a >  > b\": claimant 2 of the chain is empty"},
        {"entity,type,claimant,name\np,Person,@two girls,Kim\n",
         "row 2, column claimant: \"@two girls\": claimant: key \"two girls\" has a blank"},
        {"entity,type,claimant,carrier,name\np,Person,desk,@,Kim\n",
         "row 2, column carrier: \"@\": carrier: a key has 1 to 200 bytes"},
        {"entity,type,claimant,position,name\np,Person,desk,reports,Kim\n",
         "row 2, column position: \"reports\": a position is asserts, denies"},
        {"entity,type,claimant,said,name\np,Person,desk,lately,Kim\n", "row 2, column said: "},
        {"entity,type,claimant,restrict,name\np,Person,desk,Identity!,Kim\n",
         "row 2, column restrict: restriction label \"Identity!\" must be"},
        {"entity,type,claimant,used-falsely,name\np,Person,desk,maybe,Kim\n",
         "row 2, column used-falsely: \"maybe\": write yes, no or nothing"},
        {"entity,type,claimant,supersedes,name\np,Person,desk,abc,Kim\n",
         "row 2, column supersedes: \"abc\": an id has 64 digits"},
        {"entity,type,claimant,supersedes,name,country\np,Person,desk," HEX ",Kim,kp\n",
         "row 2, column supersedes: \"" HEX "\": the row makes 2 claims"},
        {"entity,type,claimant,exhibit,name\np,Person,desk,article.txt,Kim\n",
         "row 2, column exhibit: \"article.txt\": without an archive"},
        {"entity,type,claimant,place,name\np,Person,desk,page 3,Kim\n",
         "row 2, column exhibit: a further passage, a place or a span needs the exhibit"},
        {"entity,type,claimant,exhibit,span,name\np,Person,desk," HEX ",9-3,Kim\n",
         "row 2, column span: \"9-3\": a span is written as two bytes"},
        {"entity,type,claimant,victim\np,Person,desk,@a\n",
         "row 2, column victim: Person has no such property"},
        {"entity,type,claimant,Act:victim\np,Person,desk,@a\n",
         "row 2, column Act:victim: Person has no such property"},
        {"entity,type,claimant,name\np,Person,desk,Kim | \n",
         "row 2, column name: \"Kim | \": value 2 of 2 is empty"},
        {"entity,type,claimant,act\nx,Act,desk,movement.forced-retrun\n",
         "row 2, column act: act \"movement.forced-retrun\" is not a term"},
        {"entity,type,claimant,name\np,Person,desk,\n", "row 2: the row makes no claim"},
        {"entity,type,claimant,name\np,Person,desk,Kim,Lee\n",
         "row 2: \"Lee\": the row has 5 cells and the heading 4"},
        {"entity,type,claimant,,name\np,Person,desk,x,Kim\n",
         "row 2: \"x\": cell 4 has no name in the heading"},
        {"entity,type,claimant,name\np,Person,desk,K\xffm\n", "row 2, column name: text"},
        {"", "the file is empty"},
        {" \n \n", "the file is empty"},
        {"[{}]", "a JSON array; write one object a line"},
        {"entity,type,claimant,name\np,Person,desk,\"Kim\n",
         "x.csv: row 2 (line 2), column 4: the quote is never closed"},
        {HEAD "e,Event,c,cuont,,,,5,,,\n",
         "row 2, column property: Event has no property \"cuont\"; do you mean \"count\"?"},
        {HEAD "e,Event,c,,x,,,,,,\n", "row 2, column value: \"x\": this needs property"},
        {HEAD "e,Event,c,,,,,,,,people\n",
         "row 2, column unit: \"people\": only a figure has this, and the row has none"},
        {HEAD "e,Event,c,name,x,,,5,,,\n",
         "row 2, column low: \"5\": only a figure has this, and name is a name"},
        {HEAD "e,Event,c,,,,,some,,,\n", "row 2, column low: \"some\": a bound is a plain number"},
        {HEAD "e,Event,c,,,,,600,500,,\n",
         "row 2, column low: the low value \"600\" is above the high value \"500\""},
        {HEAD "e,Event,c,,,,,5,,atleast,\n",
         "row 2, column qualifier: \"atleast\": no qualifier; do you mean \"at-least\"?"},
        {HEAD "e,Event,c,count,17,at least 17,,,,,\n",
         "row 2, column value: \"17\": a figure has its number in low and high"},
        {HEAD "e,Event,c,count,,at least 17,,,,about,\n",
         "row 2, column low: a qualifier or bounds need low or high"},
        {HEAD "e,Event,c,count,,,unknown,5,,,\n",
         "row 2, column low: \"5\": a figure that is absent has no number"},
        {HEAD "e,Event,c,name,x,,unknown,,,,\n",
         "row 2, column absent: \"unknown\": value and absent exclude each other"},
        {HEAD "e,Event,c,name,,,perhaps,,,,\n",
         "row 2, column absent: \"perhaps\": write unknown, not-asked"},
        {HEAD "e,Event,c,name,,,,,,,\n", "row 2, column value: no value; write one, or absent"},
        {HEAD "i,Involvement,c,,,17 people,,,,,\n",
         "row 2, column words: Involvement has no property"},
        {"entity,type,claimant,count,low\ne,Event,c,17,17\n",
         "row 2, column count: \"17\": low, high or words give this row's count already"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++)
        has_fault("x.csv", cases[i].text, cases[i].fault);
}

static void all_faults_of_a_file_are_listed_not_the_first_alone(void **state)
{
    reading r;
    open_text(&r, "x.csv",
              "entity,type,claimant,position,birthDate,name\n"
              "p q,Person,,maybe,Juneish,Kim\n"
              "p,Person,desk,asserts,1978-13,Kim\n");
    check(&r);
    static const char *const columns[] = {"entity", "claimant", "position", "birthDate",
                                          "birthDate"};
    assert_int_equal(r.report.n_faults, SK_COUNT(columns));
    for (size_t i = 0; i < SK_COUNT(columns); i++)
        IS(r.report.faults[i].place.column, columns[i]);
    assert_int_equal(r.report.faults[4].place.row, 3);
    assert_int_equal(r.report.faults[4].place.line, 3);
    assert_int_equal(r.report.claims, 4);
    close_it(&r);
}

static void beyond_the_ceiling_faults_are_counted(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(4));
    sk_buf_add(&b, SK_S("entity,type,claimant,birthDate\n"));
    for (int i = 0; i < SK_LIM_CLAIM_FAULTS + 17; i++)
        sk_buf_addf(&b, "p%d,Person,desk,Juneish\n", i);
    reading r;
    open_text(&r, "x.csv", b.p);
    check(&r);
    assert_int_equal(r.report.n_faults, SK_LIM_CLAIM_FAULTS + 17);
    assert_int_equal(r.report.n_faults_kept, SK_LIM_CLAIM_FAULTS);
    close_it(&r);
    sk_buf_done(&b);
}

static void a_wrong_weekday_is_a_warning_once_a_row(void **state)
{
    reading r;
    read_good(&r, "x.csv",
              "entity,type,claimant,said,date,name\n"
              "m,Event,desk,\"Tuesday, 12 June 2024\",\"Tuesday, 12 June 2024\",meeting\n");
    assert_int_equal(r.report.n_warnings, 2); /* said, and date */
    IS(r.report.warnings[0].place.column, "said");
    IS(r.report.warnings[1].place.column, "date");
    assert_true(sk_str_find(r.report.warnings[0].message, SK_S("Wednesday")) != SIZE_MAX);
    close_it(&r);
}

/* ---- where bytes come from ---- */

static void a_file_reads_like_memory_and_twice(void **state)
{
    static const char *const texts[] = {
        "\xEF\xBB\xBF"
        "entity\ttype\tclaimant\tname\np\tPerson\tdesk\tKim\r\nq\tPerson\tdesk\tLee",
        "\xEF\xBB\xBF{\"entity\":\"p\",\"type\":\"Person\",\"claimant\":\"d\",\"name\":\"Kim\"}\n"
        "{\"entity\":\"q\",\"type\":\"Person\",\"claimant\":\"d\",\"name\":\"Lee\"}",
    };
    for (size_t i = 0; i < SK_COUNT(texts); i++) {
        char path[] = "/tmp/sillok-claims-XXXXXX";
        int fd = mkstemp(path);
        assert_true(fd >= 0);
        unlink(path);
        assert_int_equal(write(fd, texts[i], strlen(texts[i])), strlen(texts[i]));
        reading r;
        open_text(&r, "claims", "");
        r.source.fd = fd;
        check(&r);
        assert_int_equal(r.report.n_faults, 0);
        assert_int_equal(sk_claims_file_each(&r.cx, &r.source, collect, &r, NULL), SK_OK);
        assert_int_equal(r.n, 2);
        IS(r.claims[1].value, "Lee");
        assert_int_equal(r.rows[1], i == 0 ? 3 : 2);
        close_it(&r);
        close(fd);
    }
}

static void a_pipe_is_refused_with_what_to_do(void **state)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    reading r;
    open_text(&r, "claims", "");
    r.source.fd = ends[0];
    assert_int_equal(sk_claims_file_check(&r.cx, &r.source, &r.report), SK_E_IO);
    assert_true(strstr(r.cx.message, "save it as a file"));
    close_it(&r);
    close(ends[0]);
    close(ends[1]);
}

static sk_rc fail_third(sk_ctx *cx, sk_claim *c, const sk_claims_place *place, void *arg)
{
    size_t *n = arg;
    return ++*n == 3 ? sk_fail(cx, SK_E_IO, "disk full") : SK_OK;
}

static void what_the_receiver_returns_ends_the_reading(void **state)
{
    size_t n = 0;
    reading r;
    open_text(&r, "x.csv", "entity,type,claimant,name\np,Person,d,a | b | c | d\n");
    assert_int_equal(sk_claims_file_each(&r.cx, &r.source, fail_third, &n, NULL), SK_E_IO);
    assert_int_equal(n, 3);
    assert_string_equal(r.cx.message, "disk full");
    close_it(&r);
}

static bool always(void *arg)
{
    return true;
}

static void a_reading_can_be_stopped(void **state)
{
    static const char *const heads[] = {"entity,type,claimant,name\n", ""};
    static const char *const rows[] = {
        "p,Person,d,Kim\n",
        "{\"entity\":\"p\",\"type\":\"Person\",\"claimant\":\"d\",\"name\":\"Kim\"}\n"};
    for (int k = 0; k < 2; k++) {
        sk_buf b;
        sk_buf_init(&b, SK_MIB(1));
        sk_buf_add(&b, sk_str_of(heads[k]));
        for (int i = 0; i < 1000; i++)
            sk_buf_add(&b, sk_str_of(rows[k]));
        reading r;
        open_text(&r, "x", b.p);
        r.cx.cancelled = always;
        assert_int_equal(sk_claims_file_check(&r.cx, &r.source, &r.report), SK_E_CANCELLED);
        assert_string_equal(r.cx.message, "stopped at row 256");
        close_it(&r);
        sk_buf_done(&b);
    }
}

static void scratch_memory_does_not_grow_with_the_file(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(64));
    sk_buf_add(&b, SK_S("entity,type,claimant,name,date\n"));
    for (int i = 0; i < 20000; i++)
        sk_buf_addf(&b, "p%d,Event,desk > other,Kim %d,2023-10-%02d\n", i, i, i % 28 + 1);
    reading r;
    open_text(&r, "x.csv", b.p);
    size_t before = r.cx.arena.used_bytes;
    check(&r);
    assert_int_equal(r.report.claims, 40000);
    assert_true(r.cx.arena.used_bytes - before < 1000);
    close_it(&r);
    sk_buf_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_property_column_is_a_claim_of_its_own),
        cmocka_unit_test(the_four_absents_are_four),
        cmocka_unit_test(a_property_that_is_named_like_a_column_is_written_with_its_type),
        cmocka_unit_test(five_properties_are_named_like_columns),
        cmocka_unit_test(a_row_with_bounds_and_no_property_is_a_figure),
        cmocka_unit_test(long_and_wide_mix_in_one_row),
        cmocka_unit_test(a_date_may_stand_in_words_alone),
        cmocka_unit_test(text_is_kept_to_the_blank_and_the_word_present_takes_it_literally),
        cmocka_unit_test(what_holds_for_the_row_holds_for_each_of_its_claims),
        cmocka_unit_test(a_claim_without_exhibit_rests_on_its_row),
        cmocka_unit_test(passages_are_numbered_from_the_second),
        cmocka_unit_test(the_resolver_is_asked_once_a_row_and_its_errors_name_the_column),
        cmocka_unit_test(json_lines_say_the_same_as_csv),
        cmocka_unit_test(a_broken_json_line_is_one_fault_and_the_next_is_read),
        cmocka_unit_test(every_fault_names_row_column_and_value),
        cmocka_unit_test(all_faults_of_a_file_are_listed_not_the_first_alone),
        cmocka_unit_test(beyond_the_ceiling_faults_are_counted),
        cmocka_unit_test(a_wrong_weekday_is_a_warning_once_a_row),
        cmocka_unit_test(a_file_reads_like_memory_and_twice),
        cmocka_unit_test(a_pipe_is_refused_with_what_to_do),
        cmocka_unit_test(what_the_receiver_returns_ends_the_reading),
        cmocka_unit_test(a_reading_can_be_stopped),
        cmocka_unit_test(scratch_memory_does_not_grow_with_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
