/* The progress bar, its JSON lines, and random bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <jansson.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/progress.h"
#include "base/rng.h"
#include "base/utf8.h"

static const sk_term terminal = {.is_terminal = true, .width = 78, .utf8 = true};
static const sk_term file = {0};

/* A pipe that takes what the bar writes. */
typedef struct screen {
    int in, out;
    char text[65536];
    size_t n;
} screen;

static void open_screen(screen *s)
{
    int fds[2];
    assert_int_equal(pipe(fds), 0);
    *s = (screen){.in = fds[0], .out = fds[1]};
    assert_int_equal(fcntl(s->in, F_SETFL, O_NONBLOCK), 0);
}

static const char *seen(screen *s)
{
    ssize_t got = read(s->in, s->text, sizeof s->text - 1);
    s->n = got > 0 ? (size_t)got : 0;
    s->text[s->n] = '\0';
    return s->text;
}

static void close_screen(screen *s)
{
    close(s->in);
    close(s->out);
}

static void wait_ms(int64_t ms)
{
    for (int64_t until = sk_clock_ms() + ms; sk_clock_ms() < until;)
        usleep(2000);
}

static void without_a_bar_every_call_is_a_no_op(void **state)
{
    sk_progress_begin(NULL, "hashing", 10, SK_PROGRESS_BYTES);
    sk_progress_label(NULL, SK_S("x"));
    sk_progress_add(NULL, 5);
    sk_progress_hide(NULL);
    sk_progress_end(NULL);
}

static void nothing_is_drawn_where_there_is_no_terminal(void **state)
{
    screen s;
    sk_progress p;
    open_screen(&s);
    sk_progress_init(&p, s.out, SK_PROGRESS_BAR, &file);
    sk_progress_begin(&p, "hashing", 1000, SK_PROGRESS_BYTES);
    wait_ms(120);
    sk_progress_add(&p, 500);
    sk_progress_end(&p);
    assert_string_equal(seen(&s), "");
    close_screen(&s);
}

static void a_quick_task_draws_nothing(void **state)
{
    screen s;
    sk_progress p;
    open_screen(&s);
    sk_progress_init(&p, s.out, SK_PROGRESS_BAR, &terminal);
    sk_progress_begin(&p, "hashing", 1000, SK_PROGRESS_BYTES);
    sk_progress_add(&p, 1000);
    sk_progress_end(&p);
    assert_string_equal(seen(&s), "");
    close_screen(&s);
}

static void the_bar_shows_part_and_total_and_is_removed(void **state)
{
    screen s;
    sk_progress p;
    open_screen(&s);
    sk_progress_init(&p, s.out, SK_PROGRESS_BAR, &terminal);
    sk_progress_begin(&p, "hashing", 2000000000, SK_PROGRESS_BYTES);
    sk_progress_label(&p, SK_S("보고서\x1b[31m.pdf"));
    wait_ms(110);
    sk_progress_add(&p, 920000000);
    const char *bar = seen(&s);
    assert_non_null(strstr(bar, "\rhashing  [=========>          ]  46 %  920 MB/2.00 GB"));
    assert_non_null(strstr(bar, "보고서\\x1b[31m.pdf")); /* made harmless */
    wait_ms(600);
    sk_progress_add(&p, 80000000);
    bar = seen(&s);
    assert_non_null(strstr(bar, "1.00 GB/2.00 GB"));
    assert_non_null(strstr(bar, "/s"));
    assert_non_null(strstr(bar, " left"));
    sk_progress_hide(&p);
    assert_string_equal(seen(&s), "\r\x1b[K");
    sk_progress_hide(&p);
    assert_string_equal(seen(&s), ""); /* gone already */
    sk_progress_end(&p);
    assert_string_equal(seen(&s), "");
    close_screen(&s);
}

static void the_bar_fits_its_line(void **state)
{
    for (size_t width = 1; width < 120; width += 7) {
        screen s;
        sk_progress p;
        sk_term t = {.is_terminal = true, .width = width};
        open_screen(&s);
        sk_progress_init(&p, s.out, SK_PROGRESS_BAR, &t);
        sk_progress_begin(&p, "읽는 중", 10, SK_PROGRESS_ITEMS);
        sk_progress_label(&p, SK_S("아주 긴 파일 이름 아주 긴 파일 이름 아주 긴 파일 이름.pdf"));
        p.next_ms = 0;
        sk_progress_add(&p, 3);
        sk_str line = sk_str_of(seen(&s));
        assert_true(line.n >= 4 && line.p[0] == '\r');
        line = sk_str_sub(line, 1, line.n - 4);
        assert_true(sk_utf8_width(line) <= (width > 1 ? width - 1 : 1));
        assert_true(sk_utf8_find_bad(line) == SIZE_MAX);
        sk_progress_end(&p);
        close_screen(&s);
    }
}

static void it_draws_ten_times_a_second_at_most(void **state)
{
    screen s;
    sk_progress p;
    size_t drawn = 0;
    open_screen(&s);
    sk_progress_init(&p, s.out, SK_PROGRESS_BAR, &terminal);
    sk_progress_begin(&p, "hashing", 0, SK_PROGRESS_ITEMS);
    for (int64_t until = sk_clock_ms() + 350; sk_clock_ms() < until;)
        sk_progress_add(&p, 1);
    for (const char *c = seen(&s); *c; c++)
        drawn += *c == '\r';
    assert_true(drawn >= 1 && drawn <= 4);
    sk_progress_end(&p);
    close_screen(&s);
}

static void a_watching_program_gets_json_lines(void **state)
{
    screen s;
    sk_progress p;
    open_screen(&s);
    sk_progress_init(&p, s.out, SK_PROGRESS_JSON, &file);
    sk_progress_begin(&p, "hashing", 10, SK_PROGRESS_BYTES);
    sk_progress_label(&p, SK_S("a \"b\""));
    wait_ms(110);
    sk_progress_add(&p, 4);
    sk_progress_add(&p, 6);
    sk_progress_end(&p);
    sk_str rest = sk_str_of(seen(&s)), line;
    assert_true(sk_str_cut(&rest, '\n', &line));
    assert_true(sk_str_is(line, "{\"progress\":\"hashing\",\"label\":\"a \\\"b\\\"\",\"done\":4,"
                                "\"total\":10,\"unit\":\"bytes\"}"));
    assert_true(sk_str_cut(&rest, '\n', &line));
    json_t *v = json_loadb(line.p, line.n, 0, NULL);
    assert_int_equal(json_integer_value(json_object_get(v, "done")), 10);
    assert_true(json_is_true(json_object_get(v, "end")));
    json_decref(v);
    close_screen(&s);
}

static void *add_many(void *p)
{
    for (int i = 0; i < 20000; i++)
        sk_progress_add(p, 1);
    return NULL;
}

static void threads_may_add_at_once(void **state)
{
    screen s;
    sk_progress p;
    pthread_t threads[4];
    open_screen(&s);
    sk_progress_init(&p, s.out, SK_PROGRESS_BAR, &terminal);
    sk_progress_begin(&p, "hashing", 80000, SK_PROGRESS_ITEMS);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, add_many, &p), 0);
    for (int i = 0; i < 20; i++)
        sk_progress_label(&p, SK_S("file"));
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(p.done, 80000);
    sk_progress_end(&p);
    close_screen(&s);
}

static void random_bytes_differ_and_a_pinned_seed_repeats(void **state)
{
    unsigned char a[100] = {0}, b[100] = {0}, c[100] = {0};
    sk_rng_bytes(a, sizeof a);
    sk_rng_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    sk_rng_pin(SK_S("golden"));
    sk_rng_bytes(a, sizeof a);
    sk_rng_bytes(c, sizeof c);
    assert_memory_not_equal(a, c, sizeof a);
    sk_rng_pin(SK_S("golden"));
    sk_rng_bytes(b, sizeof b);
    assert_memory_equal(a, b, sizeof a);
    sk_rng_pin(SK_NONE);
    sk_rng_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_bar_every_call_is_a_no_op),
        cmocka_unit_test(nothing_is_drawn_where_there_is_no_terminal),
        cmocka_unit_test(a_quick_task_draws_nothing),
        cmocka_unit_test(the_bar_shows_part_and_total_and_is_removed),
        cmocka_unit_test(the_bar_fits_its_line),
        cmocka_unit_test(it_draws_ten_times_a_second_at_most),
        cmocka_unit_test(a_watching_program_gets_json_lines),
        cmocka_unit_test(threads_may_add_at_once),
        cmocka_unit_test(random_bytes_differ_and_a_pinned_seed_repeats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
