#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define SK_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SK_ASAN 1
#endif
#endif
#ifdef SK_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20, ALIGN = 16, RED_ZONE = 16 };

struct sk_arena_chunk {
    sk_arena_chunk *older;
    size_t size, used;
    _Alignas(ALIGN) unsigned char bytes[];
};

void sk_assert_failed(const char *expr, const char *file, int line)
{
    fprintf(stderr, "sillok: internal error: %s (%s:%d)\n", expr, file, line);
    abort();
}

void sk_out_of_memory(size_t n)
{
    if (n)
        fprintf(stderr, "sillok: out of memory (%zu bytes)\n", n);
    else
        fprintf(stderr, "sillok: out of memory\n");
    abort();
}

void *sk_xmalloc(size_t n)
{
    void *p = malloc(n ? n : 1);
    if (!p)
        sk_out_of_memory(n);
    return p;
}

void *sk_xrealloc(void *p, size_t n)
{
    void *q = realloc(p, n ? n : 1);
    if (!q)
        sk_out_of_memory(n);
    return q;
}

static void add_chunk(sk_arena *a, size_t least)
{
    size_t size = a->newest ? a->newest->size * 2 : FIRST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    if (size < least)
        size = least;
    sk_arena_chunk *c = sk_xmalloc(sizeof *c + size);
    c->older = a->newest;
    c->size = size;
    c->used = 0;
    POISON(c->bytes, size);
    a->newest = c;
}

void *sk_alloc(sk_arena *a, size_t n)
{
    sk_assert(n < SIZE_MAX / 2);
    size_t room = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
#ifdef SK_ASAN
    room += RED_ZONE; /* stays poisoned, so that running past the end is seen */
#endif
    if (room == 0)
        room = ALIGN;
    if (!a->newest || a->newest->size - a->newest->used < room)
        add_chunk(a, room);
    sk_arena_chunk *c = a->newest;
    unsigned char *p = c->bytes + c->used;
    c->used += room;
    a->used_bytes += n;
    UNPOISON(p, n);
    memset(p, 0, n);
    return p;
}

void *sk_alloc_array(sk_arena *a, size_t count, size_t size)
{
    size_t n;
    sk_assert(!__builtin_mul_overflow(count, size, &n));
    return sk_alloc(a, n);
}

char *sk_alloc_copy(sk_arena *a, const void *p, size_t n)
{
    char *q = sk_alloc(a, n + 1);
    if (n)
        memcpy(q, p, n);
    return q;
}

sk_arena_mark sk_arena_here(const sk_arena *a)
{
    return (sk_arena_mark){a->newest, a->newest ? a->newest->used : 0, a->used_bytes};
}

void sk_arena_back_to(sk_arena *a, sk_arena_mark mark)
{
    while (a->newest != mark.chunk) {
        sk_arena_chunk *c = a->newest;
        a->newest = c->older;
        UNPOISON(c->bytes, c->size);
        free(c);
    }
    if (a->newest) {
        a->newest->used = mark.used_in_chunk;
        POISON(a->newest->bytes + a->newest->used, a->newest->size - a->newest->used);
    }
    a->used_bytes = mark.used_bytes;
}

void sk_arena_done(sk_arena *a)
{
    sk_arena_back_to(a, (sk_arena_mark){0});
}
