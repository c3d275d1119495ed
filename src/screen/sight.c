/* Who sees what: restriction labels and chosen copies, resolved to one answer a scope. */
#include "base/edtf.h"
#include "screen/index_private.h"

#include <math.h>
#include <stdlib.h>

/* ---- opening ---- */

static sk_screen_copy copy_at(const segment *g, uint32_t i)
{
    const copy_row *c = row_at(g, PART_COPY, i);
    if (!c)
        return (sk_screen_copy){0};
    return (sk_screen_copy){text_at(g, c->list), text_at(g, c->asof), text_at(g, c->id),
                            text_at(g, c->at)};
}

static int compare_copies(const void *a, const void *b)
{
    const sk_screen_copy *x = &((const sk_sight_copy *)a)->copy,
                         *y = &((const sk_sight_copy *)b)->copy;
    int c = sk_str_cmp(x->list, y->list);
    if (!c)
        c = sk_str_cmp(x->asof, y->asof);
    if (!c)
        c = sk_str_cmp(x->at, y->at);
    return c ? c : sk_str_cmp(x->id, y->id);
}

static bool same_copy(const sk_screen_copy *x, const sk_screen_copy *y)
{
    return sk_str_eq(x->list, y->list) && sk_str_eq(x->id, y->id) && sk_str_eq(x->asof, y->asof);
}

/* Copies of scopes that may be seen: a list that is wholly hidden is not there. */
static void take_copies(sk_sight *s, const segment *g, const struct chosen_segment *c, size_t *cap)
{
    for (uint32_t i = 0; i < g->n[PART_SCOPE]; i++) {
        const scope_row *scope = row_at(g, PART_SCOPE, i);
        for (uint32_t k = 0; c->shown[i] && k < scope->n_copies; k++) {
            const uint32_t *number = row_at(g, PART_SCOPE_COPY, (uint64_t)scope->copy + k);
            if (!number || *number >= g->n[PART_COPY])
                continue;
            sk_sight_copy copy = {.copy = copy_at(g, *number)};
            size_t at = 0;
            while (at < s->n_copies && !same_copy(&s->copies[at].copy, &copy.copy))
                at++;
            if (at < s->n_copies)
                continue;
            SK_GROW(s->arena, s->copies, s->n_copies, *cap);
            s->copies[s->n_copies++] = copy;
        }
    }
}

static void number_copies(sk_sight *s)
{
    for (size_t i = 0; i < s->ix->n_segments; i++) {
        const segment *g = &s->ix->segments[i];
        for (uint32_t k = 0; k < g->n[PART_COPY]; k++) {
            sk_screen_copy copy = copy_at(g, k);
            uint32_t number = 0;
            while (number < s->n_copies && !same_copy(&s->copies[number].copy, &copy))
                number++;
            s->segment[i].copy[k] = number; /* n_copies: not to be seen */
        }
    }
}

sk_rc sk_sight_open(sk_ctx *cx, const sk_screen_index *ix,
                    sk_rc (*shows)(sk_ctx *, void *, sk_str, bool *), void *arg,
                    sk_sight **ret_sight)
{
    sk_sight *s = sk_new(&cx->arena, sk_sight);
    size_t cap = 0;
    s->ix = ix;
    s->arena = &cx->arena;
    for (size_t i = 0; i < ix->n_segments; i++) {
        const segment *g = &ix->segments[i];
        struct chosen_segment *c = &s->segment[i];
        c->copy = sk_new_array(&cx->arena, uint32_t, g->n[PART_COPY]);
        c->shown = sk_new_array(&cx->arena, uint8_t, g->n[PART_SCOPE]);
        c->scope = sk_new_array(&cx->arena, int32_t, g->n[PART_SCOPE]);
        for (uint32_t k = 0; k < g->n[PART_SCOPE]; k++) {
            sk_str labels = text_at(g, ((const scope_row *)row_at(g, PART_SCOPE, k))->labels);
            bool shown = !labels.n;
            if (labels.n && shows)
                SK_TRY(shows(cx, arg, labels, &shown));
            c->shown[k] = shown;
            c->scope[k] = -1;
        }
        take_copies(s, g, c, &cap);
    }
    if (s->n_copies)
        qsort(s->copies, s->n_copies, sizeof *s->copies, compare_copies);
    number_copies(s);
    *ret_sight = s;
    return SK_OK;
}

const sk_sight_copy *sk_sight_copies(const sk_sight *s, size_t *ret_n)
{
    *ret_n = s->n_copies;
    return s->copies;
}

const sk_screen_index *sk_sight_index(const sk_sight *s)
{
    return s->ix;
}

/* ---- choosing ---- */

/* What was chosen of the copies decides which scopes are seen, and as which copy a value is shown. */
static void resolve(sk_sight *s)
{
    s->is_counted = false;
    for (size_t i = 0; i < s->ix->n_segments; i++) {
        const segment *g = &s->ix->segments[i];
        for (uint32_t k = 0; k < g->n[PART_SCOPE]; k++) {
            const scope_row *scope = row_at(g, PART_SCOPE, k);
            int32_t *chosen = &s->segment[i].scope[k];
            *chosen = -1;
            for (uint32_t c = 0; s->segment[i].shown[k] && c < scope->n_copies; c++) {
                const uint32_t *number = row_at(g, PART_SCOPE_COPY, (uint64_t)scope->copy + c);
                if (!number || *number >= g->n[PART_COPY])
                    continue;
                uint32_t copy = s->segment[i].copy[*number];
                if (copy < s->n_copies && s->copies[copy].chosen &&
                    (*chosen < 0 || s->copies[*chosen].copy.list.n == 0))
                    *chosen = (int32_t)copy; /* a list is named before the archive itself */
            }
        }
    }
}

static sk_rc last_day(sk_ctx *cx, sk_str edtf, int64_t *ret_day)
{
    sk_edtf when;
    *ret_day = INT64_MIN;
    if (!edtf.n)
        return SK_OK;
    SK_TRY(sk_edtf_parse(cx, edtf, &when));
    *ret_day = when.latest;
    return SK_OK;
}

/* The newest copy of a list that is not later than the day; SIZE_MAX when there is none. Of two of
 * one day the one logged last. */
static sk_rc newest(sk_ctx *cx, const sk_sight *s, sk_str list, int64_t day, size_t *ret_copy)
{
    int64_t best = INT64_MIN;
    *ret_copy = SIZE_MAX;
    for (size_t i = 0; i < s->n_copies; i++) {
        const sk_screen_copy *c = &s->copies[i].copy;
        int64_t as_of;
        if (!sk_str_eq(c->list, list))
            continue;
        SK_TRY(last_day(cx, c->asof, &as_of));
        if ((c->list.n && day != INT64_MAX && (as_of == INT64_MIN || as_of > day)) ||
            (*ret_copy != SIZE_MAX && as_of < best))
            continue;
        if (*ret_copy != SIZE_MAX && as_of == best &&
            sk_str_cmp(s->copies[*ret_copy].copy.at, c->at) > 0)
            continue;
        best = as_of;
        *ret_copy = i;
    }
    return SK_OK;
}

static bool has_list(const sk_sight *s, sk_str list)
{
    for (size_t i = 0; i < s->n_copies; i++)
        if (sk_str_eq(s->copies[i].copy.list, list))
            return true;
    return false;
}

static sk_rc choose_list(sk_ctx *cx, sk_sight *s, sk_str list, int64_t day, sk_str as_of)
{
    size_t copy;
    sk_str name = sk_str_is(list, SK_SCREEN_OWN) && !has_list(s, list) ? SK_S("") : list;
    SK_TRY(newest(cx, s, name, day, &copy));
    if (copy != SIZE_MAX) {
        s->copies[copy].chosen = true;
        return SK_OK;
    }
    if (has_list(s, name))
        return sk_fail(cx, SK_E_NOTFOUND, "of list \"%.*s\" there is no copy as of %.*s or before",
                       SK_P(list), SK_P(as_of));
    return name.n ? sk_fail(cx, SK_E_NOTFOUND,
                            "there is no list \"%.*s\"; see: sillok import --list", SK_P(list))
                  : SK_OK; /* an archive without people of its own */
}

sk_rc sk_sight_choose(sk_ctx *cx, sk_sight *s, const sk_str *lists, size_t n, sk_str as_of)
{
    int64_t day = INT64_MAX;
    if (as_of.n)
        SK_TRY(last_day(cx, as_of, &day));
    for (size_t i = 0; i < s->n_copies; i++)
        s->copies[i].chosen = false;
    for (size_t i = 0; i < n; i++)
        SK_TRY(choose_list(cx, s, lists[i], day, as_of));
    for (size_t i = 0; !n && i < s->n_copies; i++) {
        size_t copy;
        SK_TRY(newest(cx, s, s->copies[i].copy.list, day, &copy));
        if (copy != SIZE_MAX)
            s->copies[copy].chosen = true;
    }
    resolve(s);
    return SK_OK;
}

void sk_sight_choose_one(sk_sight *s, size_t copy)
{
    for (size_t i = 0; i < s->n_copies; i++)
        s->copies[i].chosen = i == copy;
    resolve(s);
}

/* ---- seeing ---- */

size_t sk_sight_count(const sk_sight *s)
{
    sk_sight *mine;
    memcpy(&mine, &s, sizeof mine); /* the count is kept beside what it counts */
    if (mine->is_counted)
        return mine->count;
    mine->count = 0;
    for (uint32_t i = 0; i < s->ix->n_segments; i++) {
        const segment *g = &s->ix->segments[i];
        for (uint32_t doc = 0; doc < g->n[PART_DOC]; doc++) {
            const doc_row *d = doc_at(g, doc);
            bool seen = false;
            for (uint32_t k = 0; !seen && k < d->n_names && !is_dead(g, doc); k++) {
                const name_row *name = name_at(g, (uint64_t)d->name + k);
                const value_row *v = name ? value_at(g, name->value) : NULL;
                seen = v && scope_is_seen(s, i, v->scope);
            }
            mine->count += seen;
        }
    }
    mine->is_counted = true;
    return mine->count;
}

static double word_idf(const void *arg, const uint32_t *cp, unsigned n)
{
    const sk_screen_index *ix = arg;
    uint64_t hash = sk_screen__word_hash(cp, n), with = 0;
    for (size_t i = 0; i < ix->n_segments; i++) {
        const segment *g = &ix->segments[i];
        const hash_row *rows = g->part[PART_WORD];
        size_t at = sk_screen__lower(rows, g->n[PART_WORD], hash);
        if (at < g->n[PART_WORD] && rows[at].hash == hash)
            with += rows[at].n;
    }
    for (size_t at = sk_screen__lower(ix->less, ix->n_less, hash);
         at < ix->n_less && ix->less[at].hash == hash; at++)
        with -= with > 0;
    return log(((double)ix->n_open_names + 1) / ((double)with + 1));
}

sk_rarity sk_sight_rarity(const sk_sight *s)
{
    return (sk_rarity){word_idf, s->ix};
}

const sk_sight_copy *sk_sight_copy_of(const sk_sight *s, sk_screen_ref ref, size_t value)
{
    const segment *g = &s->ix->segments[ref.segment];
    const value_row *v = value_at(g, (uint64_t)doc_at(g, ref.doc)->value + value);
    return v && scope_is_seen(s, ref.segment, v->scope)
               ? &s->copies[s->segment[ref.segment].scope[v->scope]]
               : NULL;
}

sk_str sk_sight_caption(const sk_sight *s, sk_screen_ref ref)
{
    const segment *g = &s->ix->segments[ref.segment];
    const doc_row *d = doc_at(g, ref.doc);
    for (uint32_t i = 0; i < d->n_names; i++) { /* "name" stands before "alias" */
        const name_row *name = name_at(g, (uint64_t)d->name + i);
        const value_row *v = name ? value_at(g, name->value) : NULL;
        if (v && scope_is_seen(s, ref.segment, v->scope))
            return text_at(g, v->text);
    }
    return text_at(g, d->key);
}

sk_str sk_sight_type(const sk_sight *s, sk_screen_ref ref)
{
    const segment *g = &s->ix->segments[ref.segment];
    const doc_row *d = doc_at(g, ref.doc);
    const sk_type *best = NULL;
    for (uint32_t i = 0; i < d->n_names; i++) {
        const name_row *name = name_at(g, (uint64_t)d->name + i);
        const value_row *v = name ? value_at(g, name->value) : NULL;
        const sk_type *t = v && scope_is_seen(s, ref.segment, v->scope)
                               ? sk_model_find_type(sk_model_get(), text_at(g, v->type))
                               : NULL;
        if (t && (!best || t->depth > best->depth))
            best = t;
    }
    return best ? best->name : SK_S("Thing");
}
