/* Invented entities in an index file, for the tests of screen/. */
#ifndef SK_TESTS_SCREEN_LISTS_H
#define SK_TESTS_SCREEN_LISTS_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "screen/screen.h"

#include <stdlib.h>
#include <unistd.h>

#define OK(cx, call)                       \
    do {                                   \
        sk_rc rc_ = (call);                \
        if (rc_)                           \
            fail_msg("%s", (cx)->message); \
    } while (0)

typedef struct entry {
    const char *key, *name, *alias, *born, *country, *id;
    const char *labels; /* "" open */
    int copy;           /* 0: old, 1: new, 2: both, 3: the archive itself */
} entry;

static const uint8_t no_stamp[32];

static void add_value(sk_screen_value *v, size_t *n, sk_screen_kind kind, const char *prop,
                      const char *text, uint32_t scope)
{
    if (text)
        v[(*n)++] = (sk_screen_value){.kind = kind,
                                      .prop = sk_str_of(prop),
                                      .type = SK_S("Person"),
                                      .text = sk_str_of(text),
                                      .place = SK_S("row 7"),
                                      .scope = scope};
}

static inline void add_entry(sk_ctx *cx, sk_screen_builder *b, const entry *e)
{
    static const sk_screen_copy COPIES[] = {
        {SK_S("un"), SK_S("2018"), SK_S("aa"), SK_S("2026-01-01T00:00:00Z")},
        {SK_S("un"), SK_S("2026"), SK_S("bb"), SK_S("2026-01-02T00:00:00Z")},
        {SK_S(""), SK_S(""), SK_S(""), SK_S("")},
    };
    uint32_t copies[2], scope;
    size_t n = 0, n_values = 0;
    sk_screen_value v[8];
    uint8_t digest[16] = {0};
    if (e->copy == 0 || e->copy == 2)
        copies[n++] = sk_screen_builder_copy(b, &COPIES[0]);
    if (e->copy == 1 || e->copy == 2)
        copies[n++] = sk_screen_builder_copy(b, &COPIES[1]);
    if (e->copy == 3)
        copies[n++] = sk_screen_builder_copy(b, &COPIES[2]);
    OK(cx, sk_screen_builder_scope(cx, b, sk_str_of(e->labels), copies, n, &scope));
    add_value(v, &n_values, SK_SCREEN_NAME, "name", e->name, scope);
    add_value(v, &n_values, SK_SCREEN_NAME, "alias", e->alias, scope);
    add_value(v, &n_values, SK_SCREEN_BIRTH, "birthDate", e->born, scope);
    add_value(v, &n_values, SK_SCREEN_NATIONALITY, "nationality", e->country, scope);
    add_value(v, &n_values, SK_SCREEN_ID, "passportNumber", e->id, scope);
    sk_screen_entity entity = {sk_str_of(e->key), v, n_values};
    OK(cx, sk_screen_builder_add(cx, b, &entity, digest));
}

/* A file of one segment; the caller closes it. */
static inline int make_file(sk_ctx *cx, const entry *v, size_t n, uint64_t *ret_bytes)
{
    sk_screen_builder *b;
    int fd;
    OK(cx, sk_screen_file_new(cx, SK_S(""), &fd));
    OK(cx, sk_screen_builder_new(cx, fd, SK_SCREEN_BEGIN, &b));
    for (size_t i = 0; i < n; i++)
        add_entry(cx, b, &v[i]);
    OK(cx, sk_screen_builder_end(cx, b, ret_bytes));
    sk_screen_builder_free(b);
    OK(cx, sk_screen_file_seal(cx, fd, *ret_bytes, no_stamp));
    return fd;
}

static inline sk_screen_index *make_index(sk_ctx *cx, const entry *v, size_t n)
{
    sk_screen_index *ix;
    uint64_t bytes;
    int fd = make_file(cx, v, n, &bytes);
    OK(cx, sk_screen_index_map(cx, fd, &ix));
    close(fd);
    return ix;
}

/* Everything there is, or what somebody without permits sees. */
static inline sk_rc shows_all(sk_ctx *cx, void *arg, sk_str labels, bool *ret_shows)
{
    (void)cx;
    (void)arg;
    (void)labels;
    *ret_shows = true;
    return SK_OK;
}

static inline sk_sight *see(sk_ctx *cx, const sk_screen_index *ix, bool all, const char *as_of)
{
    sk_sight *s;
    OK(cx, sk_sight_open(cx, ix, all ? shows_all : NULL, NULL, &s));
    OK(cx, sk_sight_choose(cx, s, NULL, 0, sk_str_of(as_of)));
    return s;
}

/* The hits of one name; born may be NULL. */
static inline size_t ask(sk_ctx *cx, const sk_sight *s, const char *name, const char *born,
                         const sk_screen_hit **ret_hits)
{
    sk_screen_options options = SK_SCREEN_OPTIONS;
    options.cutoff = 0.05;
    options.limit = 50;
    sk_screener *sc = sk_screener_new(s, &options);
    sk_str names[] = {sk_str_of(name)}, births[] = {sk_str_of(born)};
    sk_asked words = {.names = names, .n_names = 1, .births = births, .n_births = born != NULL};
    sk_screen_query q;
    size_t n;
    OK(cx, sk_screen_query_read(cx, &words, false, &q));
    OK(cx, sk_screener_run(cx, sc, &q, ret_hits, &n));
    sk_screener_free(sc);
    return n;
}

static inline bool is_among(const sk_screen_hit *hits, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (sk_str_is(hits[i].key, key))
            return true;
    return false;
}

#endif
