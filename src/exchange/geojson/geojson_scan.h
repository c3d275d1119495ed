/* The features of a GeoJSON file, one after another, whatever the size of the file.
 *
 *     sk_geo_scan *s;
 *     SK_TRY(sk_geo_scan_open(cx, fd, name, &s));
 *     for (;;) {
 *         sk_geo_feature f;
 *         if ((rc = sk_geo_scan_next(cx, s, &f)) || !f.json)
 *             break;
 *     }
 *     sk_geo_scan_close(s);
 *
 * A FeatureCollection, a single Feature, or Features one after another (GeoJSON text sequences and
 * lines). Nothing but the bytes of one feature, or one member of the collection, is in memory; each
 * is at most SK_LIM_GEOJSON_FEATURE. The file is JSON throughout, or there is an error: one cut short
 * anywhere never ends in silence.
 * Source: RFC 7946, RFC 8142. Threads: as its context. Tested in tests/unit/exchange/
 * t_read_geojson.c and by tests/fuzz/f_read_geojson.c. */
#ifndef SK_EXCHANGE_GEOJSON_SCAN_H
#define SK_EXCHANGE_GEOJSON_SCAN_H

#include "base/ctx.h"

#include <jansson.h>

typedef struct sk_geo_scan sk_geo_scan;

typedef struct sk_geo_feature {
    json_t *json;      /* an object; NULL: no more. Valid until the next call */
    uint64_t number;   /* from 1                                              */
    uint64_t from, to; /* bytes of the file                                  */
} sk_geo_feature;

/* fd  borrowed; read from its beginning without moving its position */
SK_MUST_USE sk_rc sk_geo_scan_open(sk_ctx *cx, int fd, sk_str name, sk_geo_scan **ret_scan);
void sk_geo_scan_close(sk_geo_scan *s); /* NULL is fine */

/* Errors: SK_E_FORMAT, SK_E_LIMIT, SK_E_IO: `places.geojson: byte 120: ...`. After one the same. */
SK_MUST_USE sk_rc sk_geo_scan_next(sk_ctx *cx, sk_geo_scan *s, sk_geo_feature *ret_feature);

/* Members of the collections beside their features, so far: "name", "crs". Borrowed. */
json_t *sk_geo_scan_members(const sk_geo_scan *s);

#endif
