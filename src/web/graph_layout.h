/* Where the boxes of a network go: rings around the one in the middle, so that no box covers another.
 *
 *              [ a ]   [ b ]
 *        [ h ]                [ c ]        first ring: what is tied to the middle
 *        [ g ]    ( ego )     [ d ]        further rings: what did not fit, then those two hops away,
 *              [ f ]   [ e ]               in the order of the boxes that they hang on
 *
 * Nothing is drawn by chance: the same boxes in the same order get the same places, on every machine.
 * Boxes are spread as evenly as the least number of rings allows.
 *
 * Not here: what is in the boxes, and lines (graph.h).
 * Threads: pure. Tested by tests/unit/web/t_graph.c. */
#ifndef SK_WEB_GRAPH_LAYOUT_H
#define SK_WEB_GRAPH_LAYOUT_H

#include "base/arena.h"

typedef struct sk_box {
    double width, height; /* given                                                */
    unsigned hops;        /* given: 0 for the first alone                         */
    size_t parent;        /* given: index of the box it hangs on; less than its own */
    double x, y;          /* made: of its middle; the picture begins at 0, 0      */
} sk_box;

/* Place n boxes; box 0 is the middle. Boxes come by hops, fewer first.
 * Cost: about n * n * 1,000 comparisons of two boxes at worst; 300 boxes take some 20 ms. */
void sk_graph_place(sk_arena *a, sk_box *boxes, size_t n, double *ret_width, double *ret_height);

/* True when the two cover each other, or are nearer than gap. */
bool sk_boxes_touch(const sk_box *a, const sk_box *b, double gap);

#endif
