/* The reader of GeoJSON points: each feature is a place, or an event at a place when it has a date.
 *
 * With a mapping, the names of its columns are those of the properties ("seen.by" for one inside
 * another), "id", and "geometry.latitude", "geometry.longitude", "geometry.height", "geometry.type".
 * Without one, properties are known by their names (model/headings.txt); others become notes.
 * Keys are the feature's id where it has one, else a hash of all it says.
 *
 * Memory: one feature, the names of properties seen, 16 bytes for each hashed key. Normative:
 * docs/formats/import-tables.md. Tested in tests/unit/exchange/t_read_geojson.c. */
#include "exchange/geojson/geojson_cells.h"
#include "exchange/geojson/geojson_scan.h"
#include "exchange/mapping/mapping_headings.h"
#include "exchange/mapping/mapping_keys.h"
#include "exchange/mapping/mapping_priv.h"
#include "exchange/mapping/mapping_put.h"
#include "exchange/readers.h"

enum { KEY_DIGITS = 20, NAMES_KEPT = 256 };

typedef struct known_cell {
    bool is_known;
    sk_heading heading;
} known_cell;

typedef struct known_name {
    sk_str name;
    known_cell means;
} known_name;

typedef struct geojson {
    sk_ctx *cx;
    const sk_source *src;
    sk_import *im;
    sk_str head;
    sk_ctx tx; /* of the feature in hand: the sink may keep things in cx's arena */
    sk_keyset seen;
    known_name names[NAMES_KEPT];
    size_t n_names;
    /* by a mapping */
    const sk_mapping *m;
    sk_mapping_run *run;
    sk_str *folded; /* of the mapping's columns */
    sk_str *cells;
    bool *is_met; /* some feature had the column */
    sk_keyset told;
    size_t n_told;
} geojson;

static sk_import_place place_of(const sk_geo_feature *f, sk_arena *a)
{
    return (sk_import_place){.row = f->number,
                             .from = f->from,
                             .to = f->to,
                             .place = sk_fmt(a, "feature %llu", (unsigned long long)f->number)};
}

/* ---- by a mapping ---- */

static sk_rc open_mapping(geojson *g)
{
    sk_mapping *m;
    SK_TRY(sk_mapping_parse(g->cx, g->src->mapping, &m));
    SK_TRY(sk_mapping_run_open(g->cx, m, g->src, g->im, &g->run));
    sk_arena *a = &g->cx->arena;
    size_t *where = sk_new_array(a, size_t, m->n_columns + 1);
    g->folded = sk_new_array(a, sk_str, m->n_columns + 1);
    g->cells = sk_new_array(a, sk_str, m->n_columns + 1);
    g->is_met = sk_new_array(a, bool, m->n_columns + 1);
    for (size_t i = 0; i < m->n_columns; i++) {
        where[i] = i;
        g->folded[i] = sk_mapping__fold(a, m->columns[i].name);
    }
    sk_mapping_run_bind(g->run, where);
    g->m = m;
    return SK_OK;
}

static size_t find_column(geojson *g, sk_str name)
{
    for (size_t i = 0; i < g->m->n_columns; i++)
        if (sk_str_eq(g->m->columns[i].name, name))
            return i;
    sk_str folded = sk_mapping__fold(&g->tx.arena, name);
    for (size_t i = 0; i < g->m->n_columns; i++)
        if (sk_str_eq(g->folded[i], folded))
            return i;
    return SIZE_MAX;
}

/* A property that the mapping does not name is told once. */
static void tell(geojson *g, sk_str name)
{
    if (g->n_told == SK_LIM_CSV_COLUMNS || sk_keyset_add(&g->told, name))
        return;
    g->n_told++;
    sk_import_left(g->im, name, SK_NONE,
                   "the mapping does not name this property; map it, or add: ignore %.*s",
                   SK_P(sk_mapping_quoted(&sk_import_scratch(g->im)->arena, name)));
}

static sk_rc map_feature(geojson *g, const sk_geo_feature *f, const sk_geo_cells *cells)
{
    sk_arena *a = &g->tx.arena;
    sk_import_place at = place_of(f, a);
    size_t *columns = sk_new_array(a, size_t, cells->n + 1);
    for (size_t i = 0; i < g->m->n_columns; i++)
        g->cells[i] = SK_NONE;
    for (size_t i = 0; i < cells->n; i++) {
        columns[i] = find_column(g, cells->v[i].name);
        if (columns[i] == SIZE_MAX)
            continue;
        g->is_met[columns[i]] = true;
        if (!g->cells[columns[i]].n)
            g->cells[columns[i]] = cells->v[i].text;
    }
    at.cells = g->cells;
    at.n_cells = g->m->n_columns;
    SK_TRY(sk_mapping_run_row(g->run, &at));
    for (size_t i = 0; i < cells->n; i++)
        if (columns[i] == SIZE_MAX && cells->v[i].text.n)
            tell(g, cells->v[i].name);
    if (cells->odd.n)
        sk_import_left(g->im, SK_S("geometry"), SK_NONE, "%.*s", SK_P(cells->odd));
    return SK_OK;
}

static void tell_unmet(geojson *g)
{
    for (size_t i = 0; g->m && i < g->m->n_columns; i++)
        if (!g->is_met[i])
            sk_import_remark(g->im, g->m->columns[i].name, SK_NONE,
                             "line %zu of the mapping names it, and no feature has it",
                             g->m->columns[i].line);
}

/* ---- by the names of properties ---- */

/* What a name means; features have the same names again and again. */
static known_cell know(geojson *g, sk_str name)
{
    for (size_t i = 0; i < g->n_names; i++)
        if (sk_str_eq(g->names[i].name, name))
            return g->names[i].means;
    known_cell k = {0};
    k.is_known = sk_heading_find(&g->tx.arena, name, &k.heading);
    if (g->n_names < NAMES_KEPT)
        g->names[g->n_names++] = (known_name){sk_str_copy(&g->cx->arena, name), k};
    return k;
}

static sk_str key_of(geojson *g, const sk_geo_cells *cells, const known_cell *known,
                     bool *ret_is_hashed)
{
    sk_arena *a = &g->tx.arena;
    sk_str id = SK_NONE;
    for (size_t i = 0; i < cells->n && !id.n; i++)
        if (sk_str_is(cells->v[i].name, "id") ||
            (known[i].is_known && known[i].heading.role == SK_HEADING_ID))
            id = sk_mapping__key_part(a, cells->v[i].text);
    *ret_is_hashed = !id.n;
    if (id.n)
        return sk_mapping__key_fit(a, sk_fmt(a, "%.*s%.*s", SK_P(g->head), SK_P(id)));
    sk_sha256_state *st = sk_sha256_new();
    for (size_t i = 0; i < cells->n; i++) {
        sk_sha256_add(st, cells->v[i].name);
        sk_sha256_add(st, SK_S("\x1f"));
        sk_sha256_add(st, cells->v[i].text);
        sk_sha256_add(st, SK_S("\x1e"));
    }
    sk_hash h = sk_sha256_end(st);
    return sk_fmt(a, "%.*s%.*s", SK_P(g->head), KEY_DIGITS, sk_hash_hex(a, &h).p);
}

/* A feature with a date is something that happened; the most special type that its names speak of. */
static const sk_type *type_of(const sk_geo_cells *cells, const known_cell *known)
{
    const sk_type *best = sk_model_find_type(sk_model_get(), SK_S("Place"));
    bool is_event = false;
    for (size_t i = 0; i < cells->n; i++) {
        const sk_type *t = known[i].is_known ? known[i].heading.type : NULL;
        if (!t || !cells->v[i].text.n || !sk_type_is_a(t, SK_S("Event")))
            continue;
        best = !is_event || t->depth > best->depth ? t : best;
        is_event = true;
    }
    return best;
}

static bool is_coordinate(sk_str name)
{
    return sk_str_is(name, "geometry.latitude") || sk_str_is(name, "geometry.longitude");
}

static sk_rc put_cell(const sk_put *thing, const sk_put *place, const sk_geo_cell *cell,
                      const known_cell *known)
{
    sk_put p = is_coordinate(cell->name) ? *place : *thing;
    p.column = cell->name;
    if (sk_str_is(cell->name, "id") || sk_str_is(cell->name, "geometry.type"))
        return SK_OK;
    if (is_coordinate(cell->name))
        return sk_put_value(
            &p, sk_str_is(cell->name, "geometry.latitude") ? "latitude" : "longitude", cell->text);
    const sk_prop *prop = known->is_known && known->heading.prop
                              ? sk_type_find_prop(p.type, known->heading.prop->name)
                              : NULL;
    p.lang = known->is_known ? known->heading.lang : SK_NONE;
    if (!prop || prop->type != known->heading.prop->type)
        return sk_put_note(&p, cell->name, cell->text);
    return sk_put_value(&p, sk_str_c(&sk_import_scratch(p.im)->arena, prop->name), cell->text);
}

static sk_rc take_feature(geojson *g, const sk_geo_feature *f, const sk_geo_cells *cells)
{
    sk_arena *a = &g->tx.arena;
    bool is_hashed;
    known_cell *known = sk_new_array(a, known_cell, cells->n + 1);
    for (size_t i = 0; i < cells->n; i++)
        known[i] = know(g, cells->v[i].name);
    sk_str key = key_of(g, cells, known, &is_hashed);
    sk_import_place at = place_of(f, a);
    sk_import_row(g->im, &at, key);
    if (is_hashed && sk_keyset_add(&g->seen, key))
        sk_import_remark(g->im, SK_NONE, SK_NONE, "an earlier feature says exactly the same");
    sk_put thing = {.im = g->im, .key = key, .type = type_of(cells, known)}, place = thing;
    place.type = sk_model_find_type(sk_model_get(), SK_S("Place"));
    bool has_point = false;
    for (size_t i = 0; i < cells->n; i++)
        has_point |= is_coordinate(cells->v[i].name);
    if (thing.type != place.type && has_point) {
        place.key = sk_mapping__key_fit(a, sk_fmt(a, "%.*s-place", SK_P(key)));
        thing.column = SK_S("geometry");
        SK_TRY(sk_put_value(&thing, "place", place.key));
    }
    for (size_t i = 0; i < cells->n; i++)
        SK_TRY(put_cell(&thing, &place, &cells->v[i], &known[i]));
    if (cells->odd.n)
        sk_import_left(g->im, SK_S("geometry"), SK_NONE, "%.*s", SK_P(cells->odd));
    return SK_OK;
}

/* ---- the file ---- */

/* Another system of coordinates would put every place elsewhere. */
static sk_rc check_crs(sk_ctx *cx, json_t *members)
{
    json_t *crs = json_object_get(members, "crs");
    const char *name =
        json_string_value(json_object_get(json_object_get(crs, "properties"), "name"));
    if (!crs || json_is_null(crs))
        return SK_OK;
    if (name && (strstr(name, "CRS84") || strstr(name, "4326")))
        return SK_OK;
    return sk_fail(cx, SK_E_UNSUPPORTED,
                   "the coordinates are in \"%s\"; convert them to WGS 84 degrees first",
                   name ? name : "a system that is not named");
}

static sk_rc read_features(geojson *g, sk_geo_scan *scan)
{
    (void)sk_alloc(&g->tx.arena, 1); /* the first chunk stays */
    sk_arena_mark start = sk_arena_here(&g->tx.arena);
    for (;;) {
        sk_geo_feature f;
        sk_geo_cells cells;
        SK_TRY(sk_geo_scan_next(g->cx, scan, &f));
        SK_TRY(check_crs(g->cx, sk_geo_scan_members(scan)));
        if (!f.json)
            break;
        sk_rc rc = sk_geo_cells_of(&g->tx, f.json, &cells);
        if (rc)
            return sk_fail(g->cx, rc, "feature %llu: %s", (unsigned long long)f.number,
                           g->tx.message);
        SK_TRY(g->m ? map_feature(g, &f, &cells) : take_feature(g, &f, &cells));
        sk_arena_back_to(&g->tx.arena, start);
    }
    tell_unmet(g);
    const char *name;
    json_t *value;
    json_object_foreach(sk_geo_scan_members(scan), name, value)
    {
        if (strcmp(name, "crs") == 0)
            continue;
        char *dump = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
        sk_import_left(g->im, sk_str_of(name), sk_str_of(dump ? dump : ""),
                       "it is said of the file as a whole; no feature has it");
        free(dump);
    }
    return SK_OK;
}

static sk_rc read_geojson(sk_ctx *cx, const sk_source *src, sk_import *im)
{
    geojson g = {.cx = cx, .src = src, .im = im};
    sk_geo_scan *scan = NULL;
    sk_ctx_init(&g.tx);
    sk_rc rc = src->mapping.n ? open_mapping(&g) : sk_put_check_claimant(cx, &src->options);
    g.head = sk_put_head(&cx->arena, &src->options, "geojson");
    if (!rc)
        rc = sk_geo_scan_open(cx, src->files[0].fd, src->files[0].name, &scan);
    if (!rc)
        rc = read_features(&g, scan);
    sk_geo_scan_close(scan);
    sk_mapping_run_close(g.run);
    sk_keyset_done(&g.seen);
    sk_keyset_done(&g.told);
    sk_ctx_done(&g.tx);
    return rc;
}

static int sniff(sk_str name, sk_str head)
{
    sk_str s = sk_str_trim(head);
    bool is_object = s.n && (s.p[0] == '{' || s.p[0] == 0x1E || s.p[0] == (char)0xEF);
    bool says_so = sk_str_find(s, SK_S("\"FeatureCollection\"")) != SIZE_MAX ||
                   sk_str_find(s, SK_S("\"Feature\"")) != SIZE_MAX;
    if (is_object && says_so)
        return 95;
    return is_object && sk_str_ends(name, SK_S(".geojson")) ? 60 : 0;
}

const sk_reader sk_reader_geojson = {
    .name = "geojson",
    .version = 1,
    .title = "GeoJSON points, places and events",
    .files = "places.geojson",
    .takes_mapping = true,
    .sniff = sniff,
    .read = read_geojson,
};
