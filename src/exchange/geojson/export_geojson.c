#include "exchange/geojson/export_geojson.h"

#include "base/json.h"
#include "exchange/geojson/geojson_pairs.h"

#include <stdlib.h>

typedef struct place {
    sk_entity entity;
    sk_geo_pairs pairs;
} place;

typedef struct geojson {
    sk_ctx *cx;
    sk_view *view;
    const sk_sink *sink;
    bool is_exact;
    sk_arena a; /* what outlives one entity */
    sk_buf out;
    place *places; /* by key */
    place **by_cluster;
    size_t n_places;
    sk_geojson_summary sum;
} geojson;

/* One entity while its features are written; in cx's arena, which goes back after it. */
typedef struct subject {
    sk_entity entity;
    const sk_claim_row *rows; /* of its cluster */
    size_t n;
} subject;

/* ---- gathering ---- */

/* The types that have a property of their own by that name: what has a latitude is a place. */
static sk_rc list_having(geojson *g, const char *prop, sk_entity **ret_list, size_t *ret_n)
{
    const sk_model *m = sk_model_get();
    sk_entity *all = NULL;
    size_t n_all = 0, cap = 0;
    for (size_t i = 0; i < m->n_types; i++)
        for (size_t k = 0; k < m->types[i].n_props; k++) {
            sk_entity *list;
            size_t n;
            if (!sk_str_is(m->types[i].props[k].name, prop))
                continue;
            SK_TRY(sk_entities_list(g->cx, g->view, m->types[i].name, SK_NONE, 0, &list, &n));
            for (size_t j = 0; j < n; j++) {
                SK_GROW(&g->cx->arena, all, n_all, cap);
                all[n_all++] = list[j];
            }
        }
    *ret_list = all;
    *ret_n = n_all;
    return SK_OK;
}

static int by_key(const void *p, const void *q)
{
    return sk_str_cmp(((const sk_entity *)p)->key, ((const sk_entity *)q)->key);
}

static int places_by_cluster(const void *p, const void *q)
{
    const place *a = *(place *const *)p, *b = *(place *const *)q;
    if (a->entity.cluster != b->entity.cluster)
        return a->entity.cluster < b->entity.cluster ? -1 : 1;
    return sk_str_cmp(a->entity.key, b->entity.key);
}

static sk_rc gather_pairs(geojson *g, place *pl)
{
    sk_ctx *cx = g->cx;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_claim_row *rows;
    size_t n;
    SK_TRY(sk_claims_about(cx, g->view, &pl->entity, SK_CLAIMS_CURRENT, &rows, &n));
    pl->pairs = sk_geo__pairs(cx, g->view, &g->a, pl->entity.key, rows, n);
    g->sum.coordinates_unused += pl->pairs.n_unused;
    g->sum.places += pl->pairs.n > 0;
    g->sum.places_without += pl->pairs.n == 0;
    sk_arena_back_to(&cx->arena, mark);
    return SK_OK;
}

static sk_rc gather_places(geojson *g, const sk_entity *list, size_t n)
{
    g->places = sk_new_array(&g->a, place, n);
    g->by_cluster = sk_new_array(&g->a, place *, n);
    g->n_places = n;
    for (size_t i = 0; i < n; i++) {
        g->places[i].entity = list[i];
        g->by_cluster[i] = &g->places[i];
        SK_TRY(gather_pairs(g, &g->places[i]));
    }
    if (n)
        qsort(g->by_cluster, n, sizeof(place *), places_by_cluster);
    return SK_OK;
}

static const place *find_place(const geojson *g, sk_str key)
{
    place wanted = {.entity.key = key};
    return g->n_places ? bsearch(&wanted, g->places, g->n_places, sizeof wanted, by_key) : NULL;
}

/* The first of the cluster's places in by_cluster. */
static size_t first_of_cluster(const geojson *g, int64_t cluster)
{
    size_t low = 0, high = g->n_places;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (g->by_cluster[middle]->entity.cluster < cluster)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- one feature ---- */

static void put_claim(sk_json *j, const sk_geo_claim *c, bool hide_value)
{
    sk_json_object(j);
    sk_json_put_str(j, "id", c->id);
    sk_json_put_str(j, "entity", c->entity);
    sk_json_put_str(j, "property", c->property);
    if (!hide_value) {
        sk_json_put_str(j, "value", c->value);
        sk_json_put_given(j, "words", c->words);
    }
    sk_json_put_str(j, "position", sk_str_of(sk_position_name(c->position)));
    sk_json_put_str(j, "says", c->says);
    sk_json_end(j);
}

static bool is_own(const subject *s, const sk_claim *c, const char *prop)
{
    return sk_str_eq(c->entity, s->entity.key) && (!prop || sk_str_is(c->prop, prop));
}

/* Names and dates of the entity, and where an event was. */
static bool is_told(const subject *s, const sk_claim *c)
{
    return is_own(s, c, NULL) &&
           (sk_str_is(c->prop, "name") || sk_str_is(c->prop, "place") || c->kind == SK_VALUE_DATE);
}

/* Add value to a list parted by "; " unless it is there. */
static sk_str add_once(sk_arena *a, sk_str list, sk_str value)
{
    sk_str padded = sk_fmt(a, "; %.*s;", SK_P(list));
    if (sk_str_find(padded, sk_fmt(a, "; %.*s;", SK_P(value))) != SIZE_MAX)
        return list;
    return sk_fmt(a, "%.*s%s%.*s", SK_P(list), list.n ? "; " : "", SK_P(value));
}

/* "date": "2023-10-09; 2023-10-10" for each property that holds dates: what is asserted, once each.
 * Rows stand property by property. */
static void put_dates(geojson *g, sk_json *j, const subject *s)
{
    sk_arena *a = &g->cx->arena;
    sk_str list = SK_NONE;
    for (size_t i = 0; i < s->n; i++) {
        const sk_claim *c = &s->rows[i].claim;
        if (c->kind == SK_VALUE_DATE && is_own(s, c, NULL) && c->absent == SK_PRESENT &&
            c->position == SK_CLAIM_ASSERTS)
            list = add_once(a, list, c->value);
        if (i + 1 < s->n && sk_str_eq(s->rows[i + 1].claim.prop, c->prop))
            continue;
        sk_json_put_given(j, sk_str_c(a, c->prop), list);
        list = SK_NONE;
    }
}

static sk_rc put_same_as(geojson *g, sk_json *j, const sk_entity *e)
{
    sk_entity *members;
    size_t n;
    SK_TRY(sk_entity_members(g->cx, g->view, e, &members, &n));
    if (n < 2)
        return SK_OK;
    sk_json_key(j, SK_S("sameAs"));
    sk_json_array(j);
    for (size_t i = 0; i < n; i++)
        if (!sk_str_eq(members[i].key, e->key))
            sk_json_str(j, members[i].key);
    sk_json_end(j);
    return SK_OK;
}

static void put_point(geojson *g, sk_json *j, const sk_geo_pair *pair, bool *ret_cut)
{
    sk_str lat = pair->latitude, lon = pair->longitude;
    bool cut = false;
    if (!g->is_exact) {
        cut = sk_geo__round(&g->cx->arena, lat, SK_GEOJSON_DECIMALS, &lat);
        cut |= sk_geo__round(&g->cx->arena, lon, SK_GEOJSON_DECIMALS, &lon);
    }
    sk_json_key(j, SK_S("geometry"));
    sk_json_object(j);
    sk_json_put_str(j, "type", SK_S("Point"));
    sk_json_key(j, SK_S("coordinates"));
    sk_json_array(j);
    sk_json_number(j, lon);
    sk_json_number(j, lat);
    sk_json_end(j);
    sk_json_end(j);
    *ret_cut = cut;
}

/* A caption that is only the key is no name. */
static void put_name(sk_json *j, const char *member, const sk_entity *e)
{
    if (!sk_str_eq(e->caption, e->key))
        sk_json_put_str(j, member, e->caption);
}

/* where  the place of an event; NULL when the subject is the place */
static sk_rc put_properties(geojson *g, sk_json *j, const subject *s, const place *where,
                            const sk_geo_pair *pair, bool cut)
{
    sk_json_key(j, SK_S("properties"));
    sk_json_object(j);
    sk_json_put_str(j, "key", s->entity.key);
    sk_json_put_str(j, "type", s->entity.type);
    put_name(j, "name", &s->entity);
    put_dates(g, j, s);
    if (where) {
        sk_json_put_str(j, "place", where->entity.key);
        put_name(j, "placeName", &where->entity);
    }
    sk_json_put_str(j, "says", pair->of_latitude.says);
    if (cut)
        sk_json_put_int(j, "decimals", SK_GEOJSON_DECIMALS);
    SK_TRY(put_same_as(g, j, &s->entity));
    sk_json_key(j, SK_S("claims"));
    sk_json_array(j);
    for (size_t i = 0; i < s->n; i++)
        if (is_told(s, &s->rows[i].claim)) {
            sk_geo_claim c = sk_geo__claim(g->cx, g->view, &g->cx->arena, &s->rows[i].claim);
            put_claim(j, &c, false);
        }
    put_claim(j, &pair->of_latitude, cut);
    put_claim(j, &pair->of_longitude, cut);
    sk_json_end(j);
    sk_json_end(j);
    return SK_OK;
}

static sk_rc write_feature(geojson *g, const subject *s, const place *where,
                           const sk_geo_pair *pair)
{
    sk_json j;
    bool cut;
    sk_buf_add(&g->out, g->sum.features++ ? SK_S(",\n") : SK_S("\n"));
    sk_json_init(&j, &g->out, SK_JSON_COMPACT);
    sk_json_object(&j);
    sk_json_put_str(&j, "type", SK_S("Feature"));
    sk_json_put_str(&j, "id", s->entity.key);
    put_point(g, &j, pair, &cut);
    SK_TRY(put_properties(g, &j, s, where, pair, cut));
    sk_json_end(&j);
    sk_json_done(&j);
    g->sum.rounded += cut;
    return sk_sink_flush(g->cx, g->sink, &g->out, false);
}

/* ---- one entity ---- */

/* A pair and whose it is. */
typedef struct spot {
    const place *where;
    const sk_geo_pair *pair;
} spot;

static int spots_by_ids(const void *p, const void *q)
{
    const sk_geo_pair *a = ((const spot *)p)->pair, *b = ((const spot *)q)->pair;
    int order = sk_str_cmp(a->of_latitude.id, b->of_latitude.id);
    return order ? order : sk_str_cmp(a->of_longitude.id, b->of_longitude.id);
}

/* The spots of the places that an event is claimed to have happened at, and of those judged the
 * same; each once, however many claim it. */
static spot *spots_of(geojson *g, const subject *s, size_t *ret_n)
{
    sk_arena *a = &g->cx->arena;
    spot *spots = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < s->n; i++) {
        const sk_claim *c = &s->rows[i].claim;
        const place *at = find_place(g, c->value);
        if (!is_own(s, c, "place") || c->position != SK_CLAIM_ASSERTS || c->absent != SK_PRESENT ||
            !at)
            continue;
        int64_t cluster = at->entity.cluster;
        for (size_t k = first_of_cluster(g, cluster);
             k < g->n_places && g->by_cluster[k]->entity.cluster == cluster; k++)
            for (size_t m = 0; m < g->by_cluster[k]->pairs.n; m++) {
                SK_GROW(a, spots, n, cap);
                spots[n++] = (spot){g->by_cluster[k], &g->by_cluster[k]->pairs.v[m]};
            }
    }
    size_t kept = 0;
    if (n)
        qsort(spots, n, sizeof *spots, spots_by_ids);
    for (size_t i = 0; i < n; i++)
        if (!i || spots[i].pair != spots[i - 1].pair)
            spots[kept++] = spots[i];
    *ret_n = kept;
    return spots;
}

static sk_rc write_event(geojson *g, const subject *s)
{
    size_t n;
    spot *spots = spots_of(g, s, &n);
    g->sum.events += n > 0;
    g->sum.events_without += n == 0;
    for (size_t i = 0; i < n; i++)
        SK_TRY(write_feature(g, s, spots[i].where, spots[i].pair));
    return SK_OK;
}

static sk_rc write_place(geojson *g, const subject *s, const place *pl)
{
    for (size_t i = 0; i < pl->pairs.n; i++)
        SK_TRY(write_feature(g, s, NULL, &pl->pairs.v[i]));
    return SK_OK;
}

/* By property, value and id: an order that no device's clock or index has a part in. */
static int by_claim(const void *p, const void *q)
{
    const sk_claim *a = &((const sk_claim_row *)p)->claim, *b = &((const sk_claim_row *)q)->claim;
    int order = sk_str_cmp(a->prop, b->prop);
    if (!order)
        order = sk_str_cmp(a->value, b->value);
    return order ? order : memcmp(&a->id, &b->id, sizeof a->id);
}

static sk_rc write_entity(geojson *g, const sk_entity *e)
{
    sk_ctx *cx = g->cx;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    subject s = {.entity = *e};
    sk_claim_row *rows;
    const place *pl = find_place(g, e->key);
    SK_TRY(sk_claims_about(cx, g->view, e, SK_CLAIMS_CURRENT, &rows, &s.n));
    if (s.n)
        qsort(rows, s.n, sizeof *rows, by_claim);
    s.rows = rows;
    SK_TRY(pl ? write_place(g, &s, pl) : write_event(g, &s));
    sk_arena_back_to(&cx->arena, mark);
    return SK_OK;
}

/* ---- all of them ---- */

static sk_rc write_all(geojson *g)
{
    sk_entity *places, *events, *all;
    size_t n_places, n_events, n;
    SK_TRY(list_having(g, "latitude", &places, &n_places));
    if (n_places)
        qsort(places, n_places, sizeof *places, by_key);
    SK_TRY(gather_places(g, places, n_places));
    SK_TRY(list_having(g, "place", &events, &n_events));
    all = sk_new_array(&g->a, sk_entity, n_places + n_events);
    n = n_places;
    if (n_places)
        memcpy(all, places, n_places * sizeof *places);
    for (size_t i = 0; i < n_events; i++)
        if (!find_place(g, events[i].key)) /* claimed to be both: it is a place here */
            all[n++] = events[i];
    if (n)
        qsort(all, n, sizeof *all, by_key);
    sk_buf_add(&g->out, SK_S("{\"type\":\"FeatureCollection\",\"features\":["));
    for (size_t i = 0; i < n; i++)
        SK_TRY(write_entity(g, &all[i]));
    sk_buf_add(&g->out, SK_S("\n]}\n"));
    return sk_sink_flush(g->cx, g->sink, &g->out, true);
}

sk_rc sk_export_geojson(sk_ctx *cx, sk_view *v, const sk_geojson_options *options,
                        const sk_sink *sink, sk_geojson_summary *ret_summary)
{
    geojson g = {.cx = cx,
                 .view = v,
                 .sink = sink,
                 .is_exact = options && options->is_exact,
                 .a = SK_ARENA_INIT};
    sk_buf_init(&g.out, SK_LIM_OUTPUT_BYTES);
    sk_rc rc = write_all(&g);
    sk_buf_done(&g.out);
    sk_arena_done(&g.a);
    if (!rc && ret_summary)
        *ret_summary = g.sum;
    return rc;
}
