#include "record/screening.h"

#include "base/rng.h"

typedef struct lines {
    sk_line *v;
    size_t n, cap, bytes;
} lines;

static void add(sk_ctx *cx, lines *l, const char *key, sk_str value)
{
    SK_GROW(&cx->arena, l->v, l->n, l->cap);
    l->v[l->n++] = (sk_line){sk_str_of(key), value};
    l->bytes += value.n + 16;
}

/* What stands in an entry for a query: SHA-256 of the salt's bytes, LF, the words. */
static sk_hash hash_of(const unsigned char salt[16], sk_str words)
{
    sk_sha256_state *st = sk_sha256_new();
    sk_sha256_add(st, (sk_str){(const char *)salt, 16});
    sk_sha256_add(st, SK_S("\n"));
    sk_sha256_add(st, words);
    return sk_sha256_end(st);
}

static sk_str or_dash(sk_str s)
{
    return s.n ? s : SK_S("-");
}

static void add_frame(sk_ctx *cx, lines *l, const sk_screening_draft *d,
                      const unsigned char salt[16])
{
    sk_arena *a = &cx->arena;
    for (size_t i = 0; i < d->n_copies; i++)
        add(cx, l, "against",
            sk_fmt(a, "%.*s %.*s %.*s", SK_P(or_dash(d->copies[i].list)),
                   SK_P(or_dash(d->copies[i].asof)), SK_P(or_dash(d->copies[i].import))));
    add(cx, l, "salt", sk_hex(a, salt, 16));
    add(cx, l, "engine", sk_fmt(a, "sillok/%s %.*s", SK_VERSION, SK_P(d->engine)));
    add(cx, l, "threshold", sk_fmt(a, "%.4g", d->threshold));
    add(cx, l, "prior", sk_fmt(a, "%.4g", d->prior));
    add(cx, l, "purpose", cx->purpose.n ? cx->purpose : SK_S("work"));
    if (cx->user.n)
        add(cx, l, "user", cx->user);
}

static sk_rc add_query(sk_ctx *cx, lines *l, const sk_screening_draft *d,
                       const sk_screened_query *q, const unsigned char salt[16])
{
    sk_hash hash = hash_of(salt, q->words);
    add(cx, l, "query",
        sk_fmt(&cx->arena, "%08llu %.*s %llu", (unsigned long long)q->row,
               SK_P(sk_hash_hex(&cx->arena, &hash)), (unsigned long long)q->alerts));
    if (!d->in_words)
        return SK_OK;
    if (q->words.n > SK_LIM_VALUE_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "row %llu has %zu bytes, more than can be logged in words",
                       (unsigned long long)q->row, q->words.n);
    add(cx, l, "words",
        sk_fmt(&cx->arena, "%08llu %.*s", (unsigned long long)q->row, SK_P(q->words)));
    return SK_OK;
}

sk_rc sk_record_screening(sk_ctx *cx, const sk_screening_draft *draft)
{
    for (size_t i = 0; i < draft->n_queries;) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        unsigned char salt[16];
        lines l = {0};
        sk_rng_bytes(salt, sizeof salt);
        add_frame(cx, &l, draft, salt);
        for (size_t n = 0;
             n < SK_LIM_SCREEN_LOGGED && i < draft->n_queries && l.bytes < SK_LIM_NOTE_BYTES / 2;
             n++, i++)
            SK_TRY(add_query(cx, &l, draft, &draft->queries[i], salt));
        SK_TRY(sk_archive_append(cx, cx->archive, SK_S("screen"), l.v, l.n, NULL, NULL));
        sk_arena_back_to(&cx->arena, mark);
    }
    return SK_OK;
}
