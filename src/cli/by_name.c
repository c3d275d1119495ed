#include "cli/by_name.h"

#include "cli/print.h"
#include "name/initials.h"
#include "screen/archive.h"
#include "screen/screen.h"

#include <stdlib.h>

#define LEAST 0.70 /* a score from which spellings may well be of one name */

typedef struct search_by {
    sk_app *app;
    sk_screen_index *ix;
    sk_sight *sight;
    const uint8_t *onset; /* of initials */
    unsigned n_onset;
    sk_bearer_found *found;
    size_t n, cap, limit;
} search_by;

/* ---- by initials ---- */

static sk_rc try_initials(sk_ctx *cx, sk_screen_ref ref, void *arg)
{
    search_by *s = arg;
    sk_match_entity e;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    bool fits = false;

    if (sk_sight_entity(cx, s->sight, ref, &e))
        for (size_t i = 0; !fits && i < e.n_names; i++)
            fits = sk_initials_fit(sk_name_raw(e.names[i].name), s->onset, s->n_onset);
    sk_arena_back_to(&cx->arena, mark);
    if (!fits)
        return SK_OK;
    SK_GROW(&cx->arena, s->found, s->n, s->cap);
    s->found[s->n++] = (sk_bearer_found){
        .key = sk_screen_index_key(s->ix, ref),
        .type = sk_sight_type(s->sight, ref),
        .caption = sk_sight_caption(s->sight, ref),
        .reason = SK_S("first consonants"),
    };
    return SK_OK;
}

static int by_key(const void *a, const void *b)
{
    return sk_str_cmp(((const sk_bearer_found *)a)->key, ((const sk_bearer_found *)b)->key);
}

/* All that fit, in the order of their keys, then cut: the order must not depend on which segment of the
 * index an entity happens to stand in. */
static sk_rc by_initials(search_by *s)
{
    SK_TRY(sk_screen_index_each(&s->app->cx, s->ix, try_initials, s));
    if (s->n)
        qsort(s->found, s->n, sizeof *s->found, by_key);
    s->n = s->n < s->limit ? s->n : s->limit;
    return SK_OK;
}

/* ---- by spelling ---- */

static sk_rc by_spelling(search_by *s, sk_str name)
{
    sk_ctx *cx = &s->app->cx;
    sk_screen_options o = SK_SCREEN_OPTIONS;
    sk_asked words = {.names = &name, .n_names = 1};
    sk_screen_query query;
    const sk_screen_hit *hits;
    size_t n;

    o.cutoff = o.threshold = LEAST;
    o.limit = s->limit;
    SK_TRY(sk_screen_query_read(cx, &words, true, &query));
    sk_screener *sc = sk_screener_new(s->sight, &o);
    sk_rc rc = sk_screener_run(cx, sc, &query, &hits, &n);
    if (!rc)
        s->found = sk_new_array(&cx->arena, sk_bearer_found, n);
    for (size_t i = 0; !rc && i < n; i++)
        s->found[s->n++] = (sk_bearer_found){
            .key = hits[i].key,
            .type = hits[i].type,
            .caption = hits[i].caption,
            .reason = sk_screen_reason(cx, sc, &query, &hits[i]),
            .score = hits[i].score,
        };
    sk_screener_free(sc);
    return rc;
}

/* The index goes; what was found stays. */
static void keep(search_by *s)
{
    sk_arena *a = &s->app->cx.arena;

    for (size_t i = 0; i < s->n; i++) {
        sk_bearer_found *f = &s->found[i];
        f->key = sk_str_copy(a, f->key);
        f->type = sk_str_copy(a, f->type);
        f->caption = sk_str_copy(a, f->caption);
        f->reason = sk_str_copy(a, f->reason);
    }
}

static sk_rc find(search_by *s, sk_str name)
{
    sk_ctx *cx = &s->app->cx;
    uint8_t onset[SK_INITIALS_MAX];

    SK_TRY(sk_sight_of_view(cx, s->ix, s->app->view, &s->sight));
    SK_TRY(sk_sight_choose(cx, s->sight, NULL, 0, SK_NONE));
    if (!sk_initials_read(name, onset, &s->n_onset))
        return by_spelling(s, name);
    s->onset = onset;
    return by_initials(s);
}

sk_rc sk_by_name(sk_app *app, sk_str name, size_t limit, sk_bearer_found **ret_found, size_t *ret_n)
{
    search_by s = {.app = app, .limit = limit};

    SK_TRY(sk_screen_archive_open(&app->cx, NULL, &s.ix));
    sk_rc rc = find(&s, name);
    if (!rc)
        keep(&s);
    sk_screen_index_close(s.ix);
    if (rc)
        return rc;
    *ret_found = s.found;
    *ret_n = s.n;
    return SK_OK;
}

/* ---- one entity ---- */

static bool is_member(const sk_entity *members, size_t n, sk_str key)
{
    for (size_t i = 0; i < n; i++)
        if (sk_str_eq(members[i].key, key))
            return true;
    return false;
}

static sk_rc say_all(sk_app *app, sk_str name, const sk_bearer_found *found, size_t n)
{
    sk_arena *a = &app->cx.arena;
    sk_str all = SK_NONE;

    for (size_t i = 0; i < n; i++)
        all = sk_fmt(a, "%.*s%s@%.*s (%.*s)", SK_P(all), i ? ", " : "", SK_P(found[i].key),
                     SK_P(found[i].caption));
    return sk_fail(&app->cx, SK_E_AMBIGUOUS,
                   "nothing is called \"%.*s\"; it may be a spelling of %.*s", SK_P(name),
                   SK_P(all));
}

sk_rc sk_by_name_entity(sk_app *app, sk_str name, sk_entity *ret_entity)
{
    sk_ctx *cx = &app->cx;
    sk_bearer_found *found;
    sk_entity *members, e;
    size_t n, n_members;

    sk_rc rc = sk_entity_find(cx, app->view, name, ret_entity);
    if (rc != SK_E_NOTFOUND)
        return rc;
    sk_forgive(cx);
    rc = sk_by_name(app, name, 10, &found, &n);
    if (rc == SK_E_CANCELLED)
        return rc;
    if (rc) { /* an addition: that nothing is called so is known without it */
        sk_app_remark(app, "other spellings were not looked up: %s", cx->message);
        sk_forgive(cx);
        n = 0;
    }
    if (!n)
        return sk_entity_find(cx, app->view, name, ret_entity); /* fails in its own words */
    SK_TRY(sk_entity_find(cx, app->view, found[0].key, &e));
    SK_TRY(sk_entity_members(cx, app->view, &e, &members, &n_members));
    for (size_t i = 1; i < n; i++)
        if (!is_member(members, n_members, found[i].key))
            return say_all(app, name, found, n);
    sk_app_remark(app, "\"%.*s\" found as %.*s: %.*s", SK_P(name), SK_P(e.caption),
                  SK_P(found[0].reason));
    *ret_entity = e;
    return SK_OK;
}
