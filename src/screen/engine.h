/* The archive's lists as a matching service: what a face serves under /match, /search, /entities.
 *
 *     sk_engine *e;
 *     SK_TRY(sk_engine_open(cx, view, &e));
 *     rc = sk_engine_choose(cx, e, SK_S("default"), SK_S(""));       dataset, as-of
 *     if (!rc)
 *         rc = sk_engine_match(cx, e, body, &options, out);          JSON text into out
 *     sk_engine_close(e);
 *
 * A dataset is "default" (the newest copy of every list, and the archive's own people), the name of
 * one list, or "archive". Requests and responses have the shape of yente 5, so that its clients and
 * OpenRefine can read them; the scores are ours. What a client asks and nobody here knows is told in
 * the response under "warnings".
 *
 * Invariants: everything goes through the view: what it hides is not matched, counted, searched,
 * named as a dataset, nor found by its id, and its absence reads like that of what never was.
 * Threads: an engine belongs to one thread, and lives no longer than its view and cx's arena.
 * Cost: opening is mapping a file when the index is up to date, else as sk_screen_archive_open.
 * Tested in tests/unit/screen/t_engine.c. */
#ifndef SK_SCREEN_ENGINE_H
#define SK_SCREEN_ENGINE_H

#include "base/buf.h"
#include "record/view.h"
#include "screen/screen.h"
#include "screen/yente.h"

typedef struct sk_engine sk_engine;

/* Errors: of sk_screen_archive_open. Caller closes. */
SK_MUST_USE sk_rc sk_engine_open(sk_ctx *cx, sk_view *v, sk_engine **ret_engine);
void sk_engine_close(sk_engine *e); /* NULL is fine */

/* Which copies are asked; "default", now, until it is called.
 * dataset   "default" (or empty), a list's name, several with "," between them, or "archive"
 * as_of     EDTF or a date in words; empty: now
 * Errors: SK_E_NOTFOUND there is no such dataset (that the view shows), or no copy so old;
 * SK_E_FORMAT the date is none. */
SK_MUST_USE sk_rc sk_engine_choose(sk_ctx *cx, sk_engine *e, sk_str dataset, sk_str as_of);

/* What was chosen, for a screener of the caller's own (screen.h, batch.h). */
const sk_sight *sk_engine_sight(const sk_engine *e);

/* POST /match/{dataset}: see yente.h. options may be NULL; .rarity is the engine's own.
 * out   gets the response; of no use when an error is returned
 * Errors: SK_E_FORMAT, SK_E_LIMIT of the request. */
SK_MUST_USE sk_rc sk_engine_match(sk_ctx *cx, sk_engine *e, sk_str body,
                                  const sk_yente_options *options, sk_buf *out);

/* GET /search/{dataset}?q=...: {"limit", "offset", "total": {"value", "relation"}, "facets",
 * "results": [{"id", "caption", "schema", "properties", "datasets", ..., "score"}]}. Names are found
 * under any spelling; q may also be a number or an id of an entity. */
typedef struct sk_engine_search_query {
    sk_str q;      /* not empty                                     */
    sk_str schema; /* only this type or a narrower one; may be empty */
    const sk_str *countries;
    size_t n_countries;   /* codes; entities that have one of these */
    size_t limit, offset; /* 0..SK_LIM_YENTE_RESULTS; together      */
} sk_engine_search_query;

SK_MUST_USE sk_rc sk_engine_search(sk_ctx *cx, sk_engine *e, const sk_engine_search_query *query,
                                   sk_buf *out);

/* GET /entities/{id}: everything the view shows of it, from the record: {"id", "caption", "schema",
 * "properties": {...}, "datasets", "referents", "target"}; of no dataset in particular.
 * Errors: SK_E_NOTFOUND. */
SK_MUST_USE sk_rc sk_engine_entity(sk_ctx *cx, sk_engine *e, sk_str id, sk_buf *out);

/* GET /algorithms, GET /catalog. */
SK_MUST_USE sk_rc sk_engine_algorithms(sk_ctx *cx, sk_buf *out);
SK_MUST_USE sk_rc sk_engine_catalog(sk_ctx *cx, sk_engine *e, sk_buf *out);

/* OpenRefine's Reconciliation API 0.2: the service's manifest, and an answer to a batch.
 * base      address of the service, "http://127.0.0.1:7777/reconcile"
 * page      of an entity, "http://127.0.0.1:7777/entity/{{id}}"; may be empty
 * Only a number makes a candidate a "match" that needs no person; a name never does.
 * queries   the text of the parameter "queries": {"q0": {"query", "type", "limit", "properties":
 *           [{"pid", "v"}]}}
 * Errors: SK_E_FORMAT, SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_engine_manifest(sk_ctx *cx, sk_str base, sk_str page, sk_buf *out);
SK_MUST_USE sk_rc sk_engine_reconcile(sk_ctx *cx, sk_engine *e, sk_str queries, sk_buf *out);

#endif
