#include "web/graph_layout.h"

#include <math.h>
#include <stdlib.h>

enum { STEPS = 720, EDGE = 12 };

static const double gap = 9, first_x = 190, first_y = 84, ring_x = 132, ring_y = 52;

bool sk_boxes_touch(const sk_box *a, const sk_box *b, double least)
{
    return fabs(a->x - b->x) < (a->width + b->width) / 2 + least &&
           fabs(a->y - b->y) < (a->height + b->height) / 2 + least;
}

typedef struct laying {
    sk_box *boxes;
    size_t *order; /* of the boxes of one distance */
    size_t n_laid; /* boxes whose place is fixed: those nearer to the middle */
} laying;

static bool is_free(const laying *l, size_t n_tried, const sk_box *box, double slack)
{
    for (size_t i = 0; i < l->n_laid; i++)
        if (sk_boxes_touch(&l->boxes[i], box, gap))
            return false;
    for (size_t i = 0; i < n_tried; i++)
        if (sk_boxes_touch(&l->boxes[l->order[i]], box, gap * slack))
            return false;
    return true;
}

/* Try the boxes of one distance, one after another round the rings from `ring` on, each at the next
 * free place. Returns the ring of the last one. */
static unsigned try_rings(laying *l, size_t n, unsigned ring, double slack)
{
    int step = 0;
    for (size_t i = 0; i < n; i++) {
        sk_box *box = &l->boxes[l->order[i]];
        for (;; step++) {
            if (step == STEPS) {
                step = 0;
                ring++;
            }
            /* from the top, clockwise; every other ring begins half a turn of a box later */
            double turn = (step + (ring % 2 ? 0 : 7)) * 2 * M_PI / STEPS - M_PI / 2;
            box->x = cos(turn) * (first_x + ring * ring_x);
            box->y = sin(turn) * (first_y + ring * ring_y);
            if (is_free(l, i, box, slack))
                break;
        }
    }
    return ring;
}

static double angle_of(const sk_box *b)
{
    double turn = atan2(b->x / first_x, -b->y / first_y);
    return turn < 0 ? turn + 2 * M_PI : turn;
}

typedef struct ranked {
    double angle;
    size_t index;
} ranked;

static int by_angle(const void *p, const void *q)
{
    const ranked *a = p, *b = q;
    if (a->angle != b->angle)
        return a->angle < b->angle ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* The boxes from..to in the order of what they hang on, so that lines cross little. */
static void set_order(sk_arena *a, laying *l, size_t from, size_t to)
{
    ranked *list = sk_new_array(a, ranked, to - from);
    l->order = sk_new_array(a, size_t, to - from);
    for (size_t i = from; i < to; i++) {
        const sk_box *b = &l->boxes[i];
        list[i - from] = (ranked){b->parent ? angle_of(&l->boxes[b->parent]) : 0, i};
    }
    qsort(list, to - from, sizeof *list, by_angle);
    for (size_t i = 0; i < to - from; i++)
        l->order[i] = list[i].index;
}

/* With the most room between boxes that still needs no ring more than the least. */
static unsigned place_distance(laying *l, size_t n, unsigned ring)
{
    static const double slacks[] = {24, 17, 12, 9, 7, 5.5, 4.4, 3.5, 2.8, 2.2, 1.7, 1.35};
    unsigned least = try_rings(l, n, ring, 1);
    for (size_t i = 0; i < sizeof slacks / sizeof *slacks; i++)
        if (try_rings(l, n, ring, slacks[i]) <= least)
            return least;
    return try_rings(l, n, ring, 1);
}

/* Move everything so that the picture begins at 0, 0. */
static void frame(sk_box *boxes, size_t n, double *ret_width, double *ret_height)
{
    double left = 0, right = 0, top = 0, bottom = 0;
    for (size_t i = 0; i < n; i++) {
        left = fmin(left, boxes[i].x - boxes[i].width / 2);
        right = fmax(right, boxes[i].x + boxes[i].width / 2);
        top = fmin(top, boxes[i].y - boxes[i].height / 2);
        bottom = fmax(bottom, boxes[i].y + boxes[i].height / 2);
    }
    for (size_t i = 0; i < n; i++) {
        boxes[i].x += EDGE - left;
        boxes[i].y += EDGE - top;
    }
    *ret_width = right - left + 2 * EDGE;
    *ret_height = bottom - top + 2 * EDGE;
}

void sk_graph_place(sk_arena *a, sk_box *boxes, size_t n, double *ret_width, double *ret_height)
{
    laying l = {.boxes = boxes, .n_laid = n ? 1 : 0};
    unsigned ring = 0;
    for (size_t i = 0; i < n; i++)
        boxes[i].x = boxes[i].y = 0;
    while (l.n_laid < n) {
        size_t from = l.n_laid, to = from;
        while (to < n && boxes[to].hops == boxes[from].hops)
            to++;
        set_order(a, &l, from, to);
        ring = place_distance(&l, to - from, ring) + 1;
        l.n_laid = to;
    }
    frame(boxes, n, ret_width, ret_height);
}
