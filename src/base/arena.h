/* An arena: memory with one lifetime.
 *
 * A command or request owns one arena; everything it allocates is freed together when it ends, and
 * nothing is ever freed singly. Long-lived objects own a private arena. Running out of memory
 * aborts; therefore sizes that input can drive have a ceiling in base/limits.h.
 *
 *     sk_arena a = SK_ARENA_INIT;
 *     char *p = sk_alloc(&a, 100);
 *     sk_arena_done(&a);
 *
 * Invariant: chunks form a list, newest first; a zeroed sk_arena is valid and empty.
 * Threads: an arena belongs to one thread. */
#ifndef SK_BASE_ARENA_H
#define SK_BASE_ARENA_H

#include "base/compiler.h"

typedef struct sk_arena_chunk sk_arena_chunk;

typedef struct sk_arena {
    sk_arena_chunk *newest;
    size_t used_bytes; /* handed out since init or reset */
} sk_arena;

#define SK_ARENA_INIT ((sk_arena){0})

/* A place in an arena to go back to: for loops that need scratch space each round. */
typedef struct sk_arena_mark {
    sk_arena_chunk *chunk;
    size_t used_in_chunk, used_bytes;
} sk_arena_mark;

/* Return n zeroed bytes aligned for any type; n = 0 gives a valid pointer. */
void *sk_alloc(sk_arena *a, size_t n);

/* Return room for count elements of size bytes, zeroed; aborts on overflow. */
void *sk_alloc_array(sk_arena *a, size_t count, size_t size);

/* Copy n bytes into the arena and add a NUL behind them. */
char *sk_alloc_copy(sk_arena *a, const void *p, size_t n);

#define sk_new(a, type)              ((type *)sk_alloc((a), sizeof(type)))
#define sk_new_array(a, type, count) ((type *)sk_alloc_array((a), (count), sizeof(type)))

sk_arena_mark sk_arena_here(const sk_arena *a);

/* Free everything allocated since the mark was taken. */
void sk_arena_back_to(sk_arena *a, sk_arena_mark mark);

/* Free everything; the arena is empty and usable again. */
void sk_arena_done(sk_arena *a);

/* malloc and realloc that abort instead of returning NULL, for the few owners outside arenas. */
void *sk_xmalloc(size_t n);
void *sk_xrealloc(void *p, size_t n);

/* Say that memory ran out and abort: for callers of libraries that report it in their own way.
 * n   bytes that were asked for, 0 when unknown */
SK_NORETURN void sk_out_of_memory(size_t n);

/* Grow an arena array so that index n fits: doubles *cap and moves *items when full.
 * Cost: amortised O(1); the old copy stays in the arena until the arena goes. */
#define SK_GROW(a, items, n, cap)                                               \
    do {                                                                        \
        if ((n) == (cap)) {                                                     \
            size_t sk_new_cap_ = (cap) ? (cap)*2 : 8;                           \
            void *sk_new_ = sk_alloc_array((a), sk_new_cap_, sizeof(*(items))); \
            if (n)                                                              \
                memcpy(sk_new_, (items), (n) * sizeof(*(items)));               \
            (items) = sk_new_;                                                  \
            (cap) = sk_new_cap_;                                                \
        }                                                                       \
    } while (0)

#endif
