/* Pictures of networks: nothing covers anything, and the same network looks the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "web/graph_layout.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 300 };

/* n boxes, a third of them two hops away. */
static void fill(sk_box *boxes, size_t n)
{
    memset(boxes, 0, n * sizeof *boxes);
    size_t near = n - n / 3;
    for (size_t i = 0; i < n; i++) {
        boxes[i].width = 60 + (double)(i * 37 % 110);
        boxes[i].height = 34;
        boxes[i].hops = i == 0 ? 0 : i < near ? 1 : 2;
        boxes[i].parent = i < near ? 0 : 1 + i % (near - 1);
    }
}

static void no_box_covers_another_for_any_number_of_them(void **state)
{
    static sk_box boxes[MOST];
    static const size_t sizes[] = {1, 2, 3, 5, 9, 20, 33, 60, 120, MOST};
    sk_arena a = SK_ARENA_INIT;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        size_t n = sizes[k];
        double width, height;
        fill(boxes, n);
        sk_graph_place(&a, boxes, n, &width, &height);
        for (size_t i = 0; i < n; i++) {
            assert_true(boxes[i].x - boxes[i].width / 2 >= 0);
            assert_true(boxes[i].x + boxes[i].width / 2 <= width);
            assert_true(boxes[i].y - boxes[i].height / 2 >= 0);
            assert_true(boxes[i].y + boxes[i].height / 2 <= height);
            for (size_t j = 0; j < i; j++)
                if (sk_boxes_touch(&boxes[i], &boxes[j], 8))
                    fail_msg("of %zu boxes, %zu and %zu touch", n, j, i);
        }
    }
    sk_arena_done(&a);
}

static void the_same_boxes_get_the_same_places(void **state)
{
    static sk_box one[MOST], two[MOST];
    sk_arena a = SK_ARENA_INIT;
    double width[2], height[2];
    fill(one, 90);
    fill(two, 90);
    sk_graph_place(&a, one, 90, &width[0], &height[0]);
    sk_graph_place(&a, two, 90, &width[1], &height[1]);
    assert_memory_equal(one, two, 90 * sizeof *one);
    assert_true(width[0] == width[1] && height[0] == height[1]);
    sk_arena_done(&a);
}

static void few_boxes_are_spread_round_the_middle(void **state)
{
    sk_box boxes[5];
    sk_arena a = SK_ARENA_INIT;
    double width, height;
    fill(boxes, 5);
    for (size_t i = 1; i < 5; i++)
        boxes[i].hops = 1, boxes[i].parent = 0;
    sk_graph_place(&a, boxes, 5, &width, &height);
    bool is_left = false, is_right = false, is_below = false;
    for (size_t i = 1; i < 5; i++) {
        is_left |= boxes[i].x < boxes[0].x - 20;
        is_right |= boxes[i].x > boxes[0].x + 20;
        is_below |= boxes[i].y > boxes[0].y + 20;
    }
    assert_true(is_left && is_right && is_below);
    sk_arena_done(&a);
}

static void those_two_hops_away_are_further_out(void **state)
{
    static sk_box boxes[30];
    sk_arena a = SK_ARENA_INIT;
    double width, height;
    fill(boxes, 30);
    sk_graph_place(&a, boxes, 30, &width, &height);
    for (size_t i = 20; i < 30; i++) {
        double x = (boxes[i].x - boxes[0].x) / 190, y = (boxes[i].y - boxes[0].y) / 84;
        assert_true(x * x + y * y > 1.2);
    }
    sk_arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_box_covers_another_for_any_number_of_them),
        cmocka_unit_test(the_same_boxes_get_the_same_places),
        cmocka_unit_test(few_boxes_are_spread_round_the_middle),
        cmocka_unit_test(those_two_hops_away_are_further_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
