/* When the archive was last verified: a line for people, and no proof. */
#include "../record/fixture.h"

#include "archive/last_verify.h"

static void write_line(fixture *f, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/derived/last-verify", f->dir);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

static void the_outcome_of_a_run_is_kept_and_read_back(void **state)
{
    fixture f;
    sk_last_verify last;
    fixture_init(&f);
    assert_false(sk_last_verify_get(&f.cx, f.cx.archive, &last)); /* never verified */
    sk_verify_report r = {.entries = 7, .damage = 2};
    sk_last_verify_keep(&f.cx, f.cx.archive, &(sk_verify_opts){.skip_blobs = true}, &r);
    assert_true(sk_last_verify_get(&f.cx, f.cx.archive, &last));
    assert_true(!last.has_blobs && last.entries == 7 && last.damage == 2);
    assert_true(last.at.n == 20 && last.at.p[10] == 'T');
    sk_last_verify_keep(&f.cx, f.cx.archive, &(sk_verify_opts){.skip_blobs = false}, &r);
    assert_true(sk_last_verify_get(&f.cx, f.cx.archive, &last) && last.has_blobs);
    fixture_done(&f);
}

static void a_line_that_is_not_understood_is_none(void **state)
{
    static const char *const lines[] = {"",
                                        "2026-11-24T08:46:07Z",
                                        "2026-11-24T08:46:07Z half 4 0\n",
                                        "2026-13-24T08:46:07Z whole 4 0\n",
                                        "2026-11-24T08:46:07Z whole 4 0",
                                        "2026-11-24T08:46:07Z whole many 0\n"};
    fixture f;
    sk_last_verify last;
    fixture_init(&f);
    for (size_t i = 0; i < SK_COUNT(lines); i++) {
        write_line(&f, lines[i]);
        assert_false(sk_last_verify_get(&f.cx, f.cx.archive, &last));
    }
    write_line(&f, "2026-11-24T08:46:07Z whole 4 0\n");
    assert_true(sk_last_verify_get(&f.cx, f.cx.archive, &last));
    assert_int_equal(f.cx.rc, SK_OK);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_outcome_of_a_run_is_kept_and_read_back),
        cmocka_unit_test(a_line_that_is_not_understood_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
