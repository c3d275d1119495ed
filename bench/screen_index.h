/* An index of screening in memory, of entities that a bench makes: begin, add, end, close the file.
 *
 * Owner: the bench closes the descriptor that bench_index_end gives. Errors end the program. */
#ifndef SK_BENCH_SCREEN_INDEX_H
#define SK_BENCH_SCREEN_INDEX_H

#include "measure.h"

#include "screen/screen.h"

typedef struct bench_index {
    sk_screen_builder *builder;
    uint32_t scope; /* of every value: one list that everybody may see */
    int fd;
} bench_index;

static const uint8_t bench_no_digest[32];

static inline bench_index bench_index_begin(sk_str list)
{
    bench_index x;
    sk_screen_copy copy = {.list = list, .asof = SK_S("2026")};

    check(sk_screen_file_new(&cx, SK_S(""), &x.fd), "file");
    check(sk_screen_builder_new(&cx, x.fd, SK_SCREEN_BEGIN, &x.builder), "builder");
    uint32_t number = sk_screen_builder_copy(x.builder, &copy);
    check(sk_screen_builder_scope(&cx, x.builder, SK_S(""), &number, 1, &x.scope), "scope");
    return x;
}

/* The number is the entity's key; values of it need no scope: it is set here. */
static inline void bench_index_add(bench_index *x, size_t number, sk_screen_value *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        values[i].scope = x->scope;
    sk_screen_entity e = {sk_fmt(&cx.arena, "e-%08zu", number), values, n};
    check(sk_screen_builder_add(&cx, x->builder, &e, bench_no_digest), "entity");
}

/* Returns the descriptor of the index, ready to be mapped; ret_bytes may be NULL. */
static inline int bench_index_end(bench_index *x, uint64_t *ret_bytes)
{
    uint64_t bytes;

    check(sk_screen_builder_end(&cx, x->builder, &bytes), "end");
    sk_screen_builder_free(x->builder);
    check(sk_screen_file_seal(&cx, x->fd, bytes, bench_no_digest), "seal");
    if (ret_bytes)
        *ret_bytes = bytes;
    return x->fd;
}

#endif
