/* Places and events with coordinates, as GeoJSON (RFC 7946): one FeatureCollection of points.
 *
 * A feature is one claimed pair of coordinates: rival pairs are features beside each other, each
 * with who says it and the ids of the claims that it rests on. Nothing that the view hides is
 * written or counted. Coordinates are rounded unless the options say otherwise, because an exact
 * spot can betray a witness.
 * Normative: docs/formats/geojson.md. Test: tests/unit/exchange/t_geojson.c. */
#ifndef SK_EXCHANGE_EXPORT_GEOJSON_H
#define SK_EXCHANGE_EXPORT_GEOJSON_H

#include "exchange/sink.h"
#include "record/view.h"

/* Decimals of a degree that are kept unless is_exact: about one kilometre. */
enum { SK_GEOJSON_DECIMALS = 2 };

typedef struct sk_geojson_options {
    bool is_exact; /* coordinates as claimed */
} sk_geojson_options;

typedef struct sk_geojson_summary {
    uint64_t features;
    uint64_t rounded;            /* features whose coordinates were cut                  */
    uint64_t places, events;     /* entities with at least one feature                   */
    uint64_t places_without;     /* places and facilities that have no pair              */
    uint64_t events_without;     /* events whose place has none, or that have no place   */
    uint64_t coordinates_unused; /* claims of latitude or longitude: not asserted, without
                                     partner, or no decimal degrees                       */
} sk_geojson_summary;

/* options and ret_summary may be NULL.
 * Memory: a line for each place and event, and the claims of one of them.
 * Errors: those of the sink and of the record. */
SK_MUST_USE sk_rc sk_export_geojson(sk_ctx *cx, sk_view *v, const sk_geojson_options *options,
                                    const sk_sink *sink, sk_geojson_summary *ret_summary);

#endif
