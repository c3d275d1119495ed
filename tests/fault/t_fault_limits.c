/* A ceiling that is met is an error and nothing else: each look at a ceiling, and each append to a
 * buffer, fails in turn. It must come back as SK_E_LIMIT with a message, or have changed nothing
 * that anybody is told; what was acknowledged is there, and nothing besides. */
#include "ceilings.h"
#include "quick.h"
#include "script.h"
#include "session.h"
#include "simfs.h"

#include "base/table.h"

#ifdef SK_SLOW
enum { STRIDE = 7, SCRIPT_STRIDE = 71, SCRIPT_ALL = 0 };
#else
enum { STRIDE = 1, SCRIPT_STRIDE = 37, SCRIPT_ALL = 200 };
#endif

static const char *const kinds[] = {"looks at a ceiling", "appends to a buffer"};

/* ---- the archive ---- */

static const char root[] = "/archive";

/* One session on the simulated disk; true when the n-th was reached. */
static bool limit_session(ceiling_kind kind, unsigned n, acks *a, unsigned *ret_count)
{
    char when[128];
    bool was_met;
    simfs *s = sim_new();
    ceiling_arm(kind, n);
    session(sim_fs(s), root, a);
    *ret_count = ceiling_disarm(&was_met);
    snprintf(when, sizeof when, "%u of the %s met (%s)", n, kinds[kind], ceiling_name());
    if (!a->failures && !is_complete(a))
        fail_msg("%s: something is missing, and nobody said so", when);
    if (a->unnamed || (a->failures && (!was_met || a->rc != SK_E_LIMIT)))
        fail_msg("%s: failed with %s: \"%s\"", when, sk_rc_get_info(a->rc)->name, a->message);
    uint64_t known = 2 + a->n_entries;
    bool has_begun = a->init;
    compare(sim_fs(s), root, a, when);
    if (has_begun && a->n_met != known)
        fail_msg("%s: %llu entries known, %llu there", when, (unsigned long long)known,
                 (unsigned long long)a->n_met);
    sim_free(s);
    return was_met;
}

static void limit_sessions(ceiling_kind kind)
{
    unsigned runs = 0, refused = 0, count = 0;
    bool was_met = true;
    for (unsigned n = 1; was_met; n += STRIDE, runs++) {
        acks a;
        was_met = limit_session(kind, n, &a, &count);
        refused += a.failures > 0;
    }
    printf("archive: %u %s in a session, %u runs, %u refused, nothing lost\n", count, kinds[kind],
           runs, refused);
    assert_true(refused > 0);
}

static void a_ceiling_met_anywhere_in_the_archive_is_refused(void **state)
{
    limit_sessions(CEILING_CHECKS);
}

static void a_buffer_overflowing_anywhere_in_the_archive_is_refused(void **state)
{
    limit_sessions(CEILING_BUFFERS);
}

/* ---- the record ---- */

static told whole; /* of a script without faults */

static bool limit_script(ceiling_kind kind, unsigned n, told *t, unsigned *ret_count)
{
    char *folder = make_quick_folder(), path[600], when[128];
    bool was_met;
    sk_ctx cx;
    sk_fs fs = quick_fs();
    sk_ctx_init(&cx);
    snprintf(path, sizeof path, "%s/archive", folder);
    *t = (told){.heals = true};
    ceiling_arm(kind, n);
    script_run(&fs, path, t);
    *ret_count = ceiling_disarm(&was_met);
    snprintf(when, sizeof when, "%u of the %s met (%s)", n, kinds[kind], ceiling_name());
    if (strcmp(ceiling_name(), "SK_LIM_GROUP_BYTES") == 0)
        t->wrong[0] = '\0'; /* looked at when the archive opens, and holds until it is closed */
    bool is_place = strcmp(ceiling_name(), "SK_LIM_SEGMENTS") == 0; /* of a row: a damaged index */
    if (t->failures && t->limits == 0 && !(is_place && t->rc == SK_E_INTEGRITY))
        fail_msg("%s: failed with %s: \"%s\"", when, sk_rc_get_info(t->rc)->name, t->message);
    for (size_t i = 0; n && i < SCRIPT_STEPS; i++)
        if (t->answers[i] && t->answers[i] != whole.answers[i])
            fail_msg("%s: step %zu gave another answer", when, i);
    const char *trouble = script_trouble(&cx, &fs, path, t);
    if (trouble)
        fail_msg("%s: %s", when, trouble);
    sk_ctx_done(&cx);
    remove_all(folder);
    free(folder);
    return was_met;
}

static void limit_scripts(ceiling_kind kind)
{
    unsigned runs = 0, refused = 0, count = 0, stride = scaled_stride(SCRIPT_STRIDE);
    bool was_met = true;
    for (unsigned n = 1; was_met; n += n <= SCRIPT_ALL ? 1 : stride, runs++) {
        told t;
        was_met = limit_script(kind, n, &t, &count);
        refused += t.failures > 0;
    }
    printf("record: %u %s in a session; the first %u and then one in %u: %u runs, %u refused, "
           "nothing lost\n",
           count, kinds[kind], SCRIPT_ALL, stride, runs, refused);
    assert_true(refused > 0);
}

static void a_script_without_faults_is_whole(void **state)
{
    unsigned count;
    told t;
    assert_false(limit_script(CEILING_CHECKS, 0, &t, &count));
    assert_true(t.is_whole && !t.failures);
    whole = t;
}

static void a_ceiling_met_anywhere_in_the_record_is_refused(void **state)
{
    limit_scripts(CEILING_CHECKS);
}

static void a_buffer_overflowing_anywhere_in_the_record_is_refused(void **state)
{
    limit_scripts(CEILING_BUFFERS);
}

/* ---- what is printed ---- */

typedef enum rendering { AS_TEXT, AS_CARDS, AS_CSV, AS_JSON, RENDERINGS } rendering;

static void render(rendering as, sk_buf *out)
{
    static const sk_column columns[] = {{.key = "date", .title = "Date"},
                                        {.key = "says", .title = "Says whom", .most = 20}};
    sk_arena a = SK_ARENA_INIT;
    sk_table *t = sk_table_new(&a, columns, SK_COUNT(columns));
    sk_look look = {.width = as == AS_CARDS ? 10 : 60};
    sk_table_group(t, SK_S("1978"));
    sk_table_cell(t, SK_S("1978-06~"));
    sk_table_cell(t, SK_S("a witness,\tinvented,\nof some length"));
    sk_table_cell_none(t);
    sk_table_cell(t, SK_S("nobody \"else\""));
    if (as == AS_CSV)
        sk_table_csv(t, true, out);
    else if (as == AS_JSON)
        sk_table_json(t, SK_JSON_PRETTY, out);
    else
        sk_table_text(t, &look, out);
    sk_arena_done(&a);
}

static void a_table_is_printed_whole_or_its_buffer_says_so(void **state)
{
    unsigned runs = 0;
    for (rendering as = 0; as < RENDERINGS; as++) {
        sk_buf right, out;
        sk_buf_init(&right, SK_KIB(64));
        render(as, &right);
        bool was_met = true;
        for (unsigned n = 1; was_met; n++, runs++) {
            sk_buf_init(&out, SK_KIB(64));
            ceiling_arm(CEILING_BUFFERS, n);
            render(as, &out);
            ceiling_disarm(&was_met);
            if (!out.overflow && !sk_str_eq(sk_buf_str(&out), sk_buf_str(&right)))
                fail_msg("rendering %d, append %u: cut short in silence:\n%.*s", as, n,
                         SK_P(sk_buf_str(&out)));
            sk_buf_done(&out);
        }
        sk_buf_done(&right);
    }
    printf("tables: %u renderings, whole or marked as cut\n", runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ceiling_met_anywhere_in_the_archive_is_refused),
        cmocka_unit_test(a_buffer_overflowing_anywhere_in_the_archive_is_refused),
        cmocka_unit_test(a_script_without_faults_is_whole),
        cmocka_unit_test(a_ceiling_met_anywhere_in_the_record_is_refused),
        cmocka_unit_test(a_buffer_overflowing_anywhere_in_the_record_is_refused),
        cmocka_unit_test(a_table_is_printed_whole_or_its_buffer_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
