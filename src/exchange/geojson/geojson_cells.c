#include "exchange/geojson/geojson_cells.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEPTH_MOST = 8 };

static sk_str text_of(json_t *json)
{
    return (sk_str){json_string_value(json), json_string_length(json)};
}

/* The fewest digits that read back as the same number (what 15 digits say, %g trims); never with an
 * exponent where it can be. */
static sk_str number_text(sk_arena *a, json_t *json)
{
    if (json_is_integer(json))
        return sk_fmt(a, "%" JSON_INTEGER_FORMAT, json_integer_value(json));
    double x = json_real_value(json);
    for (int digits = 15; digits <= 17; digits++) {
        sk_str text = sk_fmt(a, "%.*g", digits, x);
        if (strtod(text.p, NULL) != x)
            continue;
        if (!memchr(text.p, 'e', text.n) || fabs(x) >= 1e15 || fabs(x) < 1e-9)
            return text;
        for (int decimals = 0; decimals < 25; decimals++) {
            sk_str plain = sk_fmt(a, "%.*f", decimals, x);
            if (strtod(plain.p, NULL) == x)
                return plain;
        }
    }
    return sk_fmt(a, "%.17g", x);
}

/* One value as text; objects and lists inside lists as JSON. */
static sk_str scalar_text(sk_arena *a, json_t *json)
{
    if (json_is_string(json))
        return text_of(json);
    if (json_is_number(json))
        return number_text(a, json);
    if (json_is_boolean(json))
        return json_is_true(json) ? SK_S("true") : SK_S("false");
    if (json_is_null(json))
        return SK_NONE;
    char *dump = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
    sk_str text = dump ? sk_str_copy(a, sk_str_of(dump)) : SK_NONE;
    free(dump);
    return text;
}

static sk_str list_text(sk_arena *a, json_t *list)
{
    sk_buf b;
    size_t i;
    json_t *item;
    sk_buf_init(&b, SK_LIM_GEOJSON_FEATURE * 2);
    json_array_foreach(list, i, item)
    {
        if (i)
            sk_buf_addc(&b, '|');
        sk_buf_add(&b, scalar_text(a, item));
    }
    sk_str text = sk_str_copy(a, sk_buf_str(&b));
    sk_buf_done(&b);
    return text;
}

static sk_rc add(sk_ctx *cx, sk_geo_cells *cells, sk_str name, sk_str text)
{
    if (cells->n == SK_LIM_CSV_COLUMNS)
        return sk_fail(cx, SK_E_LIMIT, "a feature has more than %d properties", SK_LIM_CSV_COLUMNS);
    SK_TRY(sk_utf8_enter(cx, text, "a property", &text));
    SK_GROW(&cx->arena, cells->v, cells->n, cells->cap);
    cells->v[cells->n++] = (sk_geo_cell){name, text};
    return SK_OK;
}

/* Control characters that no claim may have become blanks, as in the cells of tables. */
static sk_str without_controls(sk_arena *a, sk_str s)
{
    size_t i = 0;
    while (i < s.n && ((unsigned char)s.p[i] >= ' ' || s.p[i] == '\t' || s.p[i] == '\n') &&
           s.p[i] != 0x7F)
        i++;
    if (i == s.n)
        return s;
    char *out = sk_alloc_copy(a, s.p, s.n);
    for (; i < s.n; i++)
        if (((unsigned char)out[i] < ' ' && out[i] != '\t' && out[i] != '\n') || out[i] == 0x7F)
            out[i] = ' ';
    return (sk_str){out, s.n};
}

static sk_rc add_members(sk_ctx *cx, sk_geo_cells *cells, sk_str prefix, json_t *object,
                         unsigned depth)
{
    const char *key;
    json_t *value;
    sk_arena *a = &cx->arena;
    json_object_foreach(object, key, value)
    {
        sk_str name = without_controls(a, sk_str_of(key));
        SK_TRY(sk_utf8_enter(cx, name, "the name of a property", &name));
        if (prefix.n)
            name = sk_fmt(a, "%.*s.%.*s", SK_P(prefix), SK_P(name));
        if (json_is_object(value) && depth < DEPTH_MOST)
            SK_TRY(add_members(cx, cells, name, value, depth + 1));
        else
            SK_TRY(add(cx, cells, name,
                       without_controls(a, json_is_array(value) ? list_text(a, value)
                                                                : scalar_text(a, value))));
    }
    return SK_OK;
}

/* Longitude first, as the standard has it; a third number is the height. */
static sk_rc add_point(sk_ctx *cx, sk_geo_cells *cells, json_t *coordinates)
{
    json_t *lon = json_array_get(coordinates, 0), *lat = json_array_get(coordinates, 1);
    if (json_array_size(coordinates) < 2 || !json_is_number(lon) || !json_is_number(lat)) {
        cells->odd = SK_S("the point has no two numbers");
        return SK_OK;
    }
    if (fabs(json_number_value(lat)) > 90 || fabs(json_number_value(lon)) > 180) {
        cells->odd = SK_S("the coordinates are no degrees; GeoJSON has longitude first, in WGS 84");
        return SK_OK;
    }
    SK_TRY(add(cx, cells, SK_S("geometry.longitude"), number_text(&cx->arena, lon)));
    SK_TRY(add(cx, cells, SK_S("geometry.latitude"), number_text(&cx->arena, lat)));
    json_t *height = json_array_get(coordinates, 2);
    return json_is_number(height)
               ? add(cx, cells, SK_S("geometry.height"), number_text(&cx->arena, height))
               : SK_OK;
}

static sk_rc add_geometry(sk_ctx *cx, sk_geo_cells *cells, json_t *geometry)
{
    if (!geometry || json_is_null(geometry))
        return SK_OK;
    json_t *type = json_object_get(geometry, "type");
    json_t *coordinates = json_object_get(geometry, "coordinates");
    if (!json_is_string(type)) {
        cells->odd = SK_S("the geometry has no type");
        return SK_OK;
    }
    sk_str name = text_of(type);
    SK_TRY(add(cx, cells, SK_S("geometry.type"), without_controls(&cx->arena, name)));
    if (sk_str_is(name, "Point"))
        return add_point(cx, cells, coordinates);
    if (sk_str_is(name, "MultiPoint") && json_array_size(coordinates) == 1)
        return add_point(cx, cells, json_array_get(coordinates, 0));
    cells->odd = SK_S("only points are read; the outline was not taken");
    return SK_OK;
}

sk_rc sk_geo_cells_of(sk_ctx *cx, json_t *feature, sk_geo_cells *ret_cells)
{
    sk_geo_cells cells = {0};
    const char *type = json_string_value(json_object_get(feature, "type"));
    json_t *id = json_object_get(feature, "id"),
           *properties = json_object_get(feature, "properties");
    if (!type || strcmp(type, "Feature") != 0)
        return sk_fail(cx, SK_E_FORMAT, "no Feature: its type is \"%s\"", type ? type : "");
    if (id)
        SK_TRY(
            add(cx, &cells, SK_S("id"), without_controls(&cx->arena, scalar_text(&cx->arena, id))));
    SK_TRY(add_geometry(cx, &cells, json_object_get(feature, "geometry")));
    if (json_is_object(properties))
        SK_TRY(add_members(cx, &cells, SK_NONE, properties, 0));
    *ret_cells = cells;
    return SK_OK;
}
