/* Shared by the targets of list readers: a sink that holds what every reader promises. */
#ifndef SK_TESTS_LIST_FUZZ_H
#define SK_TESTS_LIST_FUZZ_H

#include "base/utf8.h"
#include "exchange/import.h"
#include "exchange/readers.h"

#include <sys/mman.h>
#include <unistd.h>

typedef struct list_seen {
    uint64_t rows, claims, ended;
    uint64_t hash; /* of all that was said, in order */
} list_seen;

static inline void list_mix(list_seen *seen, sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        seen->hash = (seen->hash ^ (unsigned char)s.p[i]) * 0x100000001b3u;
}

static inline sk_rc list_row(sk_ctx *cx, const sk_import_place *at, sk_str key, void *arg)
{
    list_seen *seen = arg;
    (void)cx;
    sk_assert(seen->ended == seen->rows && at->from <= at->to && key.n <= SK_LIM_KEY_BYTES);
    seen->rows++;
    return SK_OK;
}

static inline sk_rc list_claim(sk_ctx *cx, const sk_claim *claim, const sk_import_place *at,
                               sk_str column, void *arg)
{
    list_seen *seen = arg;
    sk_claim copy = *claim;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    const sk_line *lines;
    size_t n_lines;
    (void)at;
    /* what is handed out passes the door that it is handed to, and is not changed by it */
    sk_assert(sk_claim_check(cx, &copy, NULL, NULL) == SK_OK);
    sk_assert(sk_str_eq(copy.value, claim->value) && column.n);
    sk_assert(claim->value.n || claim->absent || claim->quantity.has_low ||
              claim->quantity.has_high);
    sk_assert(sk_claim_to_lines(cx, &copy, &lines, &n_lines) == SK_OK);
    sk_arena_back_to(&cx->arena, mark);
    list_mix(seen, claim->entity);
    list_mix(seen, claim->prop);
    list_mix(seen, claim->value);
    list_mix(seen, claim->words);
    seen->claims++;
    return SK_OK;
}

static inline sk_rc list_row_end(sk_ctx *cx, const sk_import_place *at, sk_str key, void *arg)
{
    list_seen *seen = arg;
    (void)cx, (void)at, (void)key;
    seen->ended++;
    return SK_OK;
}

static inline list_seen list_run(const sk_reader *reader, const sk_source *src)
{
    sk_ctx cx;
    list_seen seen = {.hash = 0xcbf29ce484222325u};
    sk_import_summary sum;
    sk_import_sink sink = {list_row, list_claim, NULL, list_row_end, &seen};
    sk_ctx_init(&cx);
    sk_rc rc = sk_import_run(&cx, reader, src, &sink, &sum);
    sk_assert(rc ||
              (seen.ended == seen.rows && sum.rows == seen.rows && sum.claims == seen.claims));
    sk_assert(!rc || cx.message[0]);
    sk_ctx_done(&cx);
    return seen;
}

/* Twice, for a reader says the same of the same bytes. */
static inline void list_fuzz(const sk_reader *reader, const sk_source *src)
{
    list_seen a = list_run(reader, src), b = list_run(reader, src);
    sk_assert(a.rows == b.rows && a.claims == b.claims && a.hash == b.hash);
}

static inline int list_memfd(sk_str bytes)
{
    int fd = memfd_create("list", MFD_CLOEXEC);
    sk_assert(fd >= 0 && write(fd, bytes.p ? bytes.p : "", bytes.n) == (ssize_t)bytes.n);
    return fd;
}

/* Can the bytes be read without the confined program? It is not there when fuzzing. */
static inline bool list_is_plain(sk_str bytes)
{
    static const char *const heads[] = {"PK",       "%PDF-",    "{\\rtf",
                                        "\xD0\xCF", "\xFF\xFE", "\xFE\xFF"};
    sk_str s = sk_str_trim(
        sk_str_starts(bytes, SK_S("\xEF\xBB\xBF")) ? sk_str_sub(bytes, 3, bytes.n) : bytes);
    for (size_t i = 0; i < SK_COUNT(heads); i++)
        if (sk_str_starts(bytes, sk_str_of(heads[i])))
            return false;
    return bytes.n && !sk_str_starts(s, SK_S("<")) && !memchr(bytes.p, 0, bytes.n) &&
           !memchr(bytes.p, 0x1B, bytes.n) && sk_utf8_find_bad(bytes) == SIZE_MAX;
}

#endif
