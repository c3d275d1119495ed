/* Screening for programs: one JSON object a row. */
#include "screen/batch.h"

#include "base/json.h"

#include <math.h>

/* What says nothing of the row: cells that were passed over, then words that were not understood. */
static void put_warnings(sk_json *j, const sk_screened *s)
{
    size_t n = s->query ? s->query->n_warnings : 0;
    if (!n && !s->n_warnings)
        return;
    sk_json_key(j, SK_S("warnings"));
    sk_json_array(j);
    for (size_t i = 0; i < s->n_warnings; i++)
        sk_json_str(j, s->warnings[i]);
    for (size_t i = 0; i < n; i++)
        sk_json_str(j, s->query->warnings[i]);
    sk_json_end(j);
}

static void put_list(sk_json *j, const char *key, const sk_str *v, size_t n)
{
    if (!n)
        return;
    sk_json_key(j, sk_str_of(key));
    sk_json_array(j);
    for (size_t i = 0; i < n; i++)
        sk_json_str(j, v[i]);
    sk_json_end(j);
}

static void put_query(sk_json *j, const sk_asked *w)
{
    sk_json_key(j, SK_S("query"));
    sk_json_object(j);
    if (w->n_names)
        sk_json_put_str(j, "name", w->names[0]);
    if (w->n_names > 1)
        put_list(j, "other_names", w->names + 1, w->n_names - 1);
    put_list(j, "born", w->births, w->n_births);
    put_list(j, "country", w->countries, w->n_countries);
    put_list(j, "id", w->ids, w->n_ids);
    sk_json_put_given(j, "gender", w->gender);
    sk_json_put_given(j, "type", w->type);
    sk_json_end(j);
}

static void put_reasons(sk_ctx *cx, sk_json *j, const sk_screener *sc, const sk_screened *s,
                        const sk_screen_hit *h)
{
    const sk_screen_reason_part *v;
    size_t n = sk_screen_reasons(cx, sc, s->query, h, &v);
    sk_json_key(j, SK_S("explanation"));
    sk_json_array(j);
    for (size_t i = 0; i < n; i++) {
        sk_json_object(j);
        sk_json_put_str(j, "feature", sk_str_of(v[i].feature));
        sk_json_put_str(j, "finding", sk_str_of(v[i].finding));
        sk_json_put_str(j, "detail", v[i].detail);
        sk_json_put_given(j, "query", v[i].query);
        sk_json_put_given(j, "candidate", v[i].entry);
        sk_json_key(j, SK_S("nats"));
        sk_json_real(j, round(v[i].nats * 100) / 100);
        sk_json_put_given(j, "source", v[i].source);
        sk_json_end(j);
    }
    sk_json_end(j);
}

static void put_hit(sk_ctx *cx, sk_json *j, const sk_screener *sc, const sk_screened *s,
                    const sk_screen_hit *h)
{
    sk_json_object(j);
    sk_json_put_str(j, "list", sk_sight_list_of(h->list));
    sk_json_put_given(j, "as_of", h->list->copy.asof);
    sk_json_put_str(j, "id", h->key);
    sk_json_put_str(j, "type", h->type);
    sk_json_put_str(j, "name", h->name);
    sk_json_put_str(j, "caption", h->caption);
    sk_json_key(j, SK_S("score"));
    sk_json_real(j, round(h->score * 10000) / 10000);
    sk_json_key(j, SK_S("odds"));
    sk_json_real(j, h->odds);
    sk_json_put_bool(j, "alert", h->alert);
    if (h->is_cut)
        sk_json_put_bool(j, "cut", true);
    put_reasons(cx, j, sc, s, h);
    sk_json_end(j);
}

void sk_screened_put_json(sk_ctx *cx, const sk_screener *sc, const sk_screened *s, sk_buf *out)
{
    sk_json j;
    sk_json_init(&j, out, SK_JSON_COMPACT);
    sk_json_object(&j);
    if (s->row)
        sk_json_put_uint(&j, "row", s->row);
    sk_json_put_given(&j, "id", s->id);
    put_query(&j, s->words);
    sk_json_put_given(&j, "error", s->error);
    put_warnings(&j, s);
    sk_json_put_uint(&j, "alerts", s->n_alerts);
    sk_json_key(&j, SK_S("results"));
    sk_json_array(&j);
    for (size_t i = 0; i < s->n_hits; i++)
        put_hit(cx, &j, sc, s, &s->hits[i]);
    sk_json_end(&j);
    sk_json_end(&j);
    sk_json_done(&j);
    sk_buf_addc(out, '\n');
}

/* The row's object with the one result it is about, and what happened to it. */
void sk_change_put_json(sk_ctx *cx, const sk_change *c, sk_buf *out)
{
    sk_buf line;
    sk_buf_init(&line, SK_LIM_OUTPUT_BYTES);
    sk_screened_put_json(cx, c->screener, &c->one, &line);
    sk_buf_addf(out, "{\"change\":\"%s\",", sk_change_kind_name(c->kind));
    sk_buf_add(out, sk_str_sub(sk_buf_str(&line), 1, line.n));
    sk_buf_done(&line);
}

sk_str sk_screen_against(sk_ctx *cx, const sk_sight *sight, size_t entries)
{
    size_t n;
    sk_str all = SK_S("");
    const sk_sight_copy *v = sk_sight_copies(sight, &n);
    for (size_t i = 0; i < n; i++)
        if (v[i].chosen)
            all = sk_fmt(&cx->arena, "%.*s%s%.*s%s%.*s", SK_P(all), all.n ? ", " : "",
                         SK_P(sk_sight_list_of(&v[i])), v[i].copy.asof.n ? " as of " : "",
                         SK_P(v[i].copy.asof));
    return sk_fmt(&cx->arena, "%.*s (%zu entries)", SK_P(all.n ? all : SK_S("no list")), entries);
}
