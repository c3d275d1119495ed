/* A table screened row by row: every row of it is accounted for, whatever it holds. */
#include "screen/batch.h"

#include <math.h>

/* ---- one row ---- */

/* Words of the row made ready; an error that is the row's own is told and does not stop the others. */
static sk_rc read_words(sk_ctx *cx, sk_batch *b, const sk_asked_row *row, sk_screened *s)
{
    sk_screen_query *q = sk_new(&cx->arena, sk_screen_query);
    sk_rc rc = sk_screen_query_read(cx, &row->words, true, q);
    if (!rc) {
        s->query = q;
        b->sums.warned += row->n_warnings || q->n_warnings;
        return SK_OK;
    }
    if (rc != SK_E_FORMAT && rc != SK_E_LIMIT)
        return rc;
    s->error = sk_fmt(&cx->arena, "%s", cx->message);
    sk_forgive(cx);
    b->sums.errors++;
    return SK_OK;
}

sk_rc sk_batch_read(sk_ctx *cx, sk_batch *b, const sk_asked_row *row, sk_screened *ret_screened)
{
    sk_screened s = {.row = row->row,
                     .id = row->id,
                     .words = &row->words,
                     .error = row->error,
                     .warnings = row->warnings,
                     .n_warnings = row->n_warnings};
    b->sums.rows++;
    if (row->is_blank) {
        b->sums.blank++;
        s.error = SK_S("the row is blank");
    } else if (row->error.n) {
        b->sums.errors++;
    } else {
        SK_TRY(read_words(cx, b, row, &s));
    }
    *ret_screened = s;
    return SK_OK;
}

static sk_rc ask(sk_ctx *cx, sk_screener *sc, sk_screened *s)
{
    s->n_alerts = 0;
    SK_TRY(sk_screener_run_all(cx, sc, s->query, &s->hits, &s->n_hits));
    for (size_t i = 0; i < s->n_hits; i++)
        s->n_alerts += s->hits[i].alert;
    return SK_OK;
}

sk_rc sk_batch_ask(sk_ctx *cx, sk_batch *b, sk_screened *s)
{
    SK_TRY(ask(cx, b->now, s));
    if (b->limit && s->n_hits > b->limit)
        s->n_hits = b->limit;
    b->sums.with_alerts += s->n_alerts > 0;
    b->sums.alerts += s->n_alerts;
    return SK_OK;
}

sk_rc sk_batch_take(sk_ctx *cx, sk_batch *b, const sk_asked_row *row, sk_screened *ret_screened)
{
    sk_screened s;
    SK_TRY(sk_batch_read(cx, b, row, &s));
    if (s.query)
        SK_TRY(sk_batch_ask(cx, b, &s));
    *ret_screened = s;
    return SK_OK;
}

/* ---- what changed between two copies ---- */

const char *sk_change_kind_name(sk_change_kind kind)
{
    static const char *const NAME[] = {"appeared", "vanished", "changed"};
    return (unsigned)kind < SK_COUNT(NAME) ? NAME[kind] : "none";
}

static const sk_screen_hit *find_alert(const sk_screened *s, const sk_screen_hit *h)
{
    for (size_t i = 0; i < s->n_hits; i++)
        if (s->hits[i].alert && sk_str_eq(s->hits[i].key, h->key) &&
            sk_str_eq(s->hits[i].list->copy.list, h->list->copy.list))
            return &s->hits[i];
    return NULL;
}

static bool differs(const sk_screen_hit *a, const sk_screen_hit *b)
{
    return fabs(a->score - b->score) >= 0.005 || !sk_str_eq(a->name, b->name);
}

static void add_change(sk_change *list, size_t *n, sk_change_kind kind, const sk_screener *sc,
                       const sk_screened *s, const sk_screen_hit *h)
{
    list[*n] = (sk_change){kind, sc, *s};
    list[*n].one.hits = h;
    list[*n].one.n_hits = list[*n].one.n_alerts = 1;
    ++*n;
}

static void compare(sk_batch *b, const sk_screened *before, const sk_screened *after,
                    sk_change *list, size_t *n)
{
    for (size_t i = 0; i < after->n_hits; i++) {
        const sk_screen_hit *h = &after->hits[i], *old = find_alert(before, h);
        if (!h->alert || (old && !differs(old, h)))
            continue;
        add_change(list, n, old ? SK_CHANGE_CHANGED : SK_CHANGE_APPEARED, b->now, after, h);
        *(old ? &b->sums.changed : &b->sums.appeared) += 1;
    }
    for (size_t i = 0; i < before->n_hits; i++) {
        const sk_screen_hit *h = &before->hits[i];
        if (!h->alert || find_alert(after, h))
            continue;
        add_change(list, n, SK_CHANGE_VANISHED, b->before, before, h);
        b->sums.vanished++;
    }
}

sk_rc sk_batch_compare(sk_ctx *cx, sk_batch *b, const sk_asked_row *row, sk_screened *ret_screened,
                       const sk_change **ret_changes, size_t *ret_n)
{
    sk_screened s, before;
    sk_change *list = NULL;
    size_t n = 0;
    sk_assert(b->before != NULL);
    SK_TRY(sk_batch_read(cx, b, row, &s));
    if (s.query) {
        before = s;
        SK_TRY(ask(cx, b->now, &s));
        SK_TRY(ask(cx, b->before, &before));
        list = sk_new_array(&cx->arena, sk_change, before.n_hits + s.n_hits);
        compare(b, &before, &s, list, &n);
        b->sums.with_alerts += s.n_alerts > 0;
        b->sums.alerts += s.n_alerts;
    }
    *ret_screened = s;
    *ret_changes = list;
    *ret_n = n;
    return SK_OK;
}
