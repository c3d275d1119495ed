/* A GeoJSON feature as cells with names, as a row of a table has them.
 *
 *   {"type": "Feature", "id": 7, "geometry": {"type": "Point", "coordinates": [127.5, 39]},
 *    "properties": {"name": "Camp", "seen": {"by": ["a", "b"]}}}
 *
 *   id 7   geometry.type Point   geometry.longitude 127.5   geometry.latitude 39
 *   name Camp   seen.by a|b
 *
 * Numbers are written with as many digits as they need; true and false as words; null is empty.
 * Threads: pure. Tested in tests/unit/exchange/t_read_geojson.c. */
#ifndef SK_EXCHANGE_GEOJSON_CELLS_H
#define SK_EXCHANGE_GEOJSON_CELLS_H

#include "base/ctx.h"

#include <jansson.h>

typedef struct sk_geo_cell {
    sk_str name, text;
} sk_geo_cell;

typedef struct sk_geo_cells {
    sk_geo_cell *v;
    size_t n, cap;
    sk_str odd; /* why the geometry gives no coordinates; empty: it does, or there is none */
} sk_geo_cells;

/* In cx's arena. Errors: SK_E_FORMAT (no Feature), SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_geo_cells_of(sk_ctx *cx, json_t *feature, sk_geo_cells *ret_cells);

#endif
