/* What the FollowTheMoney exports write comes back as the same claims, in both forms; what was read
 * from FollowTheMoney goes out and comes back the same. */
#include "../base/shared_data.h"
#include "../record/fixture.h"

#include "exchange/ftm/export_ftm.h"
#include "exchange/import.h"
#include "exchange/readers.h"

#include <sys/mman.h>

/* ---- claims as text: everything but where they were taken from ---- */

typedef struct claim_set {
    sk_arena arena;
    sk_str *lines;
    size_t n, cap;
} claim_set;

static int by_text(const void *p, const void *q)
{
    return sk_str_cmp(*(const sk_str *)p, *(const sk_str *)q);
}

static void add_claim(sk_ctx *cx, claim_set *set, const sk_claim *claim)
{
    sk_claim c = *claim;
    const sk_line *lines;
    size_t n;
    c.is_coded = c.has_supersedes = false;
    c.n_restrict = 0;
    assert_int_equal(sk_claim_to_lines(cx, &c, &lines, &n), SK_OK);
    sk_str text = SK_S("");
    for (size_t i = 0; i < n; i++)
        text = sk_fmt(&cx->arena, "%.*s%.*s=%.*s\n", SK_P(text), SK_P(lines[i].key),
                      SK_P(lines[i].value));
    SK_GROW(&set->arena, set->lines, set->n, set->cap);
    set->lines[set->n++] = sk_str_copy(&set->arena, text);
}

static void settle(claim_set *set)
{
    size_t n = 0;
    qsort(set->lines, set->n, sizeof *set->lines, by_text);
    for (size_t i = 0; i < set->n; i++)
        if (n == 0 || !sk_str_eq(set->lines[n - 1], set->lines[i]))
            set->lines[n++] = set->lines[i];
    set->n = n;
}

static void assert_same(const claim_set *a, const claim_set *b, const char *form)
{
    for (size_t i = 0, k = 0; i < a->n || k < b->n;) {
        int order = i == a->n ? 1 : k == b->n ? -1 : sk_str_cmp(a->lines[i], b->lines[k]);
        if (order < 0)
            fail_msg("%s: lost:\n%.*s", form, SK_P(a->lines[i]));
        if (order > 0)
            fail_msg("%s: new:\n%.*s", form, SK_P(b->lines[k]));
        i++, k++;
    }
    assert_true(a->n > 0);
}

/* ---- out of the record, and in again ---- */

static sk_rc collect_row(sk_ctx *cx, const sk_claim_row *row, void *arg)
{
    add_claim(cx, arg, &row->claim);
    return SK_OK;
}

static claim_set of_record(fixture *f)
{
    claim_set set = {0};
    OK(f, sk_claims_each(&f->cx, f->view, SK_CLAIMS_CURRENT, collect_row, &set));
    settle(&set);
    return set;
}

typedef struct taking {
    claim_set set;
    fixture *log; /* also log them there; may be NULL */
    size_t left;
} taking;

static sk_rc take_claim(sk_ctx *cx, const sk_claim *c, const sk_import_place *at, sk_str column,
                        void *arg)
{
    taking *t = arg;
    (void)at, (void)column;
    add_claim(cx, &t->set, c);
    if (t->log)
        fixture_log(t->log, *c);
    return SK_OK;
}

static void see_finding(const sk_import_finding *f, const sk_import_place *at, void *arg)
{
    taking *t = arg;
    if (f->kind != SK_IMPORT_LEFT)
        return;
    t->left++;
    print_message("left at %.*s, %.*s \"%.*s\": %.*s\n", SK_P(at->place), SK_P(f->column),
                  SK_P(f->value), SK_P(f->message));
}

static void take(fixture *f, const sk_reader *reader, const char *name, int fd, taking *t)
{
    sk_source_file file = {.name = sk_str_of(name), .hash = sk_sha256(sk_str_of(name)), .fd = fd};
    sk_source source = {.files = &file, .n_files = 1};
    sk_import_sink sink = {.claim = take_claim, .finding = see_finding, .arg = t};
    OK(f, sk_import_run(&f->cx, reader, &source, &sink, NULL));
}

static void take_bytes(fixture *f, const sk_reader *reader, const char *name, const sk_buf *b,
                       taking *t)
{
    int fd = memfd_create(name, MFD_CLOEXEC);
    assert_true(fd >= 0 && write(fd, b->p, b->n) == (ssize_t)b->n);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    take(f, reader, name, fd, t);
    close(fd);
}

/* The record out in both forms and back in; each time its claims. */
static void round_trip(fixture *f)
{
    claim_set before = of_record(f);
    sk_buf plain, rest, json;
    sk_ftm_options options = {.dataset = SK_S("round")};
    sk_buf_init(&plain, SK_MIB(64));
    sk_buf_init(&rest, SK_MIB(64));
    sk_buf_init(&json, SK_MIB(64));
    sk_sink plain_sink = {sk_sink_to_buf, &plain}, rest_sink = {sk_sink_to_buf, &rest},
            json_sink = {sk_sink_to_buf, &json};
    OK(f, sk_export_ftm_statements(&f->cx, f->view, &options, &plain_sink, &rest_sink, NULL));
    OK(f, sk_export_ftm_entities(&f->cx, f->view, &options, &json_sink, NULL));
    taking t = {0}, e = {0};
    take_bytes(f, &sk_reader_ftm_statements, "statements.csv", &plain, &t);
    take_bytes(f, &sk_reader_ftm_statements, "rest.csv", &rest, &t);
    take_bytes(f, &sk_reader_ftm_entities, "entities.ftm.json", &json, &e);
    settle(&t.set);
    settle(&e.set);
    assert_same(&before, &t.set, "statements");
    assert_same(&before, &e.set, "entities");
    assert_int_equal(t.left + e.left, 0);
    sk_arena_done(&before.arena);
    sk_arena_done(&t.set.arena);
    sk_arena_done(&e.set.arena);
    sk_buf_done(&plain);
    sk_buf_done(&rest);
    sk_buf_done(&json);
}

/* ---- claims of every kind, at random ---- */

static unsigned long long seed;

static unsigned rnd(unsigned below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed % below);
}

#define ONE_OF(list) sk_str_of((list)[rnd(SK_COUNT(list))])

static const char *const texts[] = {"김정욱",    "Kim Jong-wook",
                                    "a | b",     "a \\| b | ",
                                    "x > y",     "| ",
                                    "\\",        "\"quoted\"",
                                    "a,b",       "two\nlines",
                                    "=SUM(A1)",  " blank at both ends ",
                                    "tab\there", "sillok:name",
                                    "(unknown)", "unknown",
                                    "-",         "@p-1",
                                    "Мария",     "😀",
                                    "span 1-2",  ", span",
                                    "{\"a\":1}", "e\xCC\x81"};
static const char *const dates[] = {"1978-06~",
                                    "1978",
                                    "2023-10-09",
                                    "197X",
                                    "1984?",
                                    "?",
                                    "2023-10-09/2023-10-12",
                                    "../1999",
                                    "[1977,1978]",
                                    "2024-06-12T10:00:00+09:00",
                                    "1978-21",
                                    "0999"};
static const char *const keys[] = {"p-1", "p-2", "org:1", "키-1", "act/7", "ev-3", "x.y"};
static const char *const countries[] = {"kp", "KR", "Soviet Union", "Korea", "zz", "gb-sct"};
static const char *const identifiers[] = {"imo:8126082", "passport:M 1", "Q18228", "8126082",
                                          "scheme:a:b",  "abc",          "12 34"};
static const char *const acts[] = {"liberty.abduction", "movement.forced-return",
                                   "liberty.detention"};
static const char *const langs[] = {"", "", "ko", "en", "kor", "xx-old"};
static const char *const whos[] = {"desk", "@hrw", "unnamed: analysts", "two > girls", "a | b"};

static sk_decimal number(void)
{
    return (sk_decimal){(int64_t)rnd(100000) - 100 * (int64_t)rnd(2), 0};
}

static sk_quantity quantity(void)
{
    static const char *const units[] = {"people", "", "EUR", "tonnes of coal"};
    sk_quantity q = {.qualifier = SK_Q_EXACT, .has_low = true, .has_high = true};
    q.low = q.high = number();
    q.unit = ONE_OF(units);
    switch (rnd(6)) {
    case 0:
        q.qualifier = SK_Q_AT_LEAST;
        q.has_high = false;
        break;
    case 1:
        q.qualifier = SK_Q_BETWEEN;
        q.high.mantissa += 1 + rnd(50);
        q.is_approximate = rnd(2);
        break;
    case 2:
        q.qualifier = SK_Q_UP_TO;
        q.has_low = false;
        q.is_open_above = rnd(2);
        break;
    case 3:
        q.low.decimals = q.high.decimals = 2;
        q.low.mantissa = q.high.mantissa = 12345;
        break;
    default:
        break;
    }
    return q;
}

static sk_str value_of(const sk_prop *p)
{
    switch (p->type) {
    case SK_VALUE_DATE:
        return ONE_OF(dates);
    case SK_VALUE_COUNTRY:
        return ONE_OF(countries);
    case SK_VALUE_IDENTIFIER:
        return ONE_OF(identifiers);
    case SK_VALUE_ENTITY:
        return ONE_OF(keys);
    case SK_VALUE_TERM:
        return sk_str_is(p->name, "act") ? ONE_OF(acts) : ONE_OF(texts);
    default:
        return ONE_OF(texts);
    }
}

/* A property of the type, its own or a parent's. */
static const sk_prop *some_prop(const sk_type *t)
{
    if (t->n_parents && (t->n_props == 0 || rnd(3) == 0))
        return some_prop(t->parents[rnd((unsigned)t->n_parents)]);
    return t->n_props ? &t->props[rnd((unsigned)t->n_props)] : NULL;
}

static void put_source(sk_arena *a, sk_claim *c)
{
    sk_str *chain = sk_new_array(a, sk_str, 3);
    sk_passage *p = sk_new_array(a, sk_passage, 3);
    c->n_chain = 1 + rnd(3);
    c->n_passages = 1 + rnd(3);
    for (size_t i = 0; i < 3; i++) {
        chain[i] = ONE_OF(whos);
        p[i].exhibit = sk_sha256(ONE_OF(keys));
        p[i].has_span = rnd(2);
        p[i].start = p[i].has_span ? rnd(100) : 0;
        p[i].end = p[i].has_span ? p[i].start + rnd(50) : 0;
        p[i].place = rnd(2) ? ONE_OF(texts) : SK_NONE;
        p[i].quote = rnd(2) ? ONE_OF(texts) : SK_NONE;
    }
    c->chain = chain;
    c->passages = p;
}

static void log_random(fixture *f)
{
    const sk_model *m = sk_model_get();
    const sk_type *t = &m->types[rnd((unsigned)m->n_types)];
    const sk_prop *p = some_prop(t);
    if (!p)
        return;
    sk_claim c = {.entity = ONE_OF(keys), .type = t->name, .prop = p->name};
    put_source(&f->cx.arena, &c);
    if (rnd(10) == 0)
        c.absent = (sk_absent)(1 + rnd(SK_ABSENTS - 1));
    else if (p->type == SK_VALUE_QUANTITY || p->type == SK_VALUE_MONEY)
        c.quantity = quantity();
    else
        c.value = value_of(p);
    if (rnd(4) == 0)
        c.position = (sk_position)rnd(SK_POSITIONS);
    c.used_falsely = rnd(20) == 0;
    c.lang = ONE_OF(langs);
    if (rnd(3) == 0 && c.absent == SK_PRESENT)
        c.words = ONE_OF(texts);
    c.carrier = rnd(3) ? SK_NONE : ONE_OF(whos);
    c.said = rnd(3) ? SK_NONE : ONE_OF(dates);
    c.asof = rnd(3) ? SK_NONE : ONE_OF(dates);
    c.valid = rnd(3) ? SK_NONE : ONE_OF(dates);
    c.reference = rnd(4) ? SK_NONE : ONE_OF(texts);
    c.note = rnd(4) ? SK_NONE : ONE_OF(texts);
    c.measure = rnd(5) ? SK_NONE : ONE_OF(texts);
    fixture_log(f, c);
}

static void random_claims_come_back_the_same_in_both_forms(void **state)
{
    for (unsigned round = 0; round < 6; round++) {
        fixture f;
        fixture_init(&f);
        seed = 88172645463325252ULL + round;
        for (int i = 0; i < 400; i++)
            log_random(&f);
        fixture_commit(&f);
        round_trip(&f);
        fixture_done(&f);
    }
}

/* ---- what was theirs ---- */

static void there_and_back(const char *name, const sk_reader *reader)
{
    FILE *file = shared_data(name);
    if (!file)
        skip();
    fixture f;
    fixture_init(&f);
    taking t = {.log = &f};
    take(&f, reader, name, fileno(file), &t);
    fclose(file);
    assert_int_equal(t.left, 0);
    sk_arena_done(&t.set.arena);
    fixture_commit(&f);
    round_trip(&f);
    fixture_done(&f);
}

static void entities_of_theirs_go_out_and_come_back(void **state)
{
    there_and_back("ftm/yente_zala.ftm.json", &sk_reader_ftm_entities);
}

static void payments_of_theirs_go_out_and_come_back(void **state)
{
    there_and_back("ftm/donations.ijson", &sk_reader_ftm_entities);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_claims_come_back_the_same_in_both_forms),
        cmocka_unit_test(entities_of_theirs_go_out_and_come_back),
        cmocka_unit_test(payments_of_theirs_go_out_and_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
