/* FollowTheMoney entities: one JSON object a line. */
#include "base/json.h"
#include "exchange/ftm/export_ftm.h"
#include "exchange/ftm/ftm_own.h"
#include "exchange/ftm/ftm_walk.h"

#include <stdlib.h>

typedef struct pair {
    sk_str prop, value;
} pair;

typedef struct entities {
    const sk_sink *sink;
    sk_buf out;
} entities;

static int by_prop(const void *p, const void *q)
{
    const pair *a = p, *b = q;
    int order = sk_str_cmp(a->prop, b->prop);
    return order ? order : sk_str_cmp(a->value, b->value);
}

/* Every claim in their terms, in ours, or in both where theirs say less. */
static pair *pairs_of(ftm_walk *w, const ftm_member *m, const ftm_item *items, size_t n,
                      size_t *ret_n)
{
    pair *pairs = sk_new_array(&w->cx->arena, pair, 2 * n + 1);
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const sk_ftm_value *v = &items[i].value;
        if (v->is_plain)
            pairs[k++] = (pair){v->prop->theirs, v->value};
        if (!v->is_plain || !v->says_all)
            pairs[k++] = (pair){v->rest_prop, v->rest_value};
    }
    if (m->entity.type.n && !sk_str_eq(m->entity.type, m->schema->name))
        pairs[k++] = (pair){SK_S("sillok:type"), m->entity.type};
    qsort(pairs, k, sizeof *pairs, by_prop);
    *ret_n = k;
    return pairs;
}

static void write_properties(sk_json *j, const pair *pairs, size_t n)
{
    sk_json_key(j, SK_S("properties"));
    sk_json_object(j);
    for (size_t i = 0; i < n; i++) {
        bool is_new = i == 0 || !sk_str_eq(pairs[i].prop, pairs[i - 1].prop);
        if (is_new) {
            sk_json_key(j, pairs[i].prop);
            sk_json_array(j);
        }
        if (is_new || !sk_str_eq(pairs[i].value, pairs[i - 1].value))
            sk_json_str(j, pairs[i].value);
        if (i + 1 == n || !sk_str_eq(pairs[i].prop, pairs[i + 1].prop))
            sk_json_end(j);
    }
    sk_json_end(j);
}

/* Every claim whole, for readers who know us; theirs pass over the key. */
static void write_claims(const ftm_walk *w, sk_json *j, const ftm_item *items, size_t n)
{
    sk_json_key(j, SK_S("sillok"));
    sk_json_array(j);
    for (size_t i = 0; i < n; i++) {
        const sk_claim *c = items[i].claim;
        sk_str cells[SK_FTM_OWNS];
        sk_ftm_own_write(&w->cx->arena, c, cells);
        sk_json_object(j);
        sk_json_put_str(j, "prop", sk_ftm_own_prop(&w->cx->arena, c));
        sk_json_put_str(j, "value", sk_ftm_own_value(&w->cx->arena, c));
        for (unsigned k = 0; k < SK_FTM_OWNS; k++)
            if (cells[k].n) {
                sk_json_key(j, sk_ftm_own_name((sk_ftm_own)k));
                sk_json_str(j, cells[k]);
            }
        sk_json_end(j);
    }
    sk_json_end(j);
}

/* What nobody asserts is no Event or Person to their readers: it stands as a Note. */
static sk_rc write_entity(ftm_walk *w, const ftm_member *m, const ftm_item *items, size_t n,
                          void *arg)
{
    entities *en = arg;
    ftm_member shown = *m;
    if (!sk_ftm__is_asserted(items, n))
        shown.schema = sk_ftm_find_type(w->map, SK_S("Thing"))->schema;
    size_t n_pairs;
    const pair *pairs = pairs_of(w, &shown, items, n, &n_pairs);
    sk_str first, last;
    sk_ftm__seen_range(items, n, &first, &last);
    sk_json j;
    sk_json_init(&j, &en->out, SK_JSON_COMPACT);
    sk_json_object(&j);
    sk_json_put_str(&j, "id", m->entity.key);
    sk_json_put_str(&j, "caption", m->entity.caption);
    sk_json_put_str(&j, "schema", shown.schema->name);
    write_properties(&j, pairs, n_pairs);
    sk_json_key(&j, SK_S("referents"));
    sk_json_array(&j);
    for (size_t i = 0; i < m->n_others; i++)
        sk_json_str(&j, m->others[i]);
    sk_json_end(&j);
    sk_json_key(&j, SK_S("datasets"));
    sk_json_array(&j);
    sk_json_str(&j, w->dataset);
    sk_json_end(&j);
    sk_json_put_str(&j, "first_seen", first);
    sk_json_put_str(&j, "last_seen", last);
    if (!w->theirs_alone)
        write_claims(w, &j, items, n);
    sk_json_end(&j);
    sk_json_done(&j);
    sk_buf_addc(&en->out, '\n');
    return sk_sink_flush(w->cx, en->sink, &en->out, false);
}

sk_rc sk_export_ftm_entities(sk_ctx *cx, sk_view *v, const sk_ftm_options *options,
                             const sk_sink *sink, sk_ftm_summary *ret_summary)
{
    ftm_walk w;
    entities en = {.sink = sink};
    SK_TRY(sk_ftm__gather(cx, v, options, &w));
    sk_buf_init(&en.out, SK_LIM_OUTPUT_BYTES);
    sk_rc rc = sk_ftm__each(&w, write_entity, &en);
    if (!rc)
        rc = sk_sink_flush(cx, sink, &en.out, true);
    sk_buf_done(&en.out);
    if (!rc && ret_summary)
        *ret_summary = w.sum;
    return rc;
}
