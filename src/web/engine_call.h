/* What the routes in the shapes of other programs have in common: a matching engine over what the
 * request's view shows, opened for one call, and its JSON as the answer.
 *
 * Threads: as the request. Tested by tests/web/ecosystem.py. */
#ifndef SK_WEB_ENGINE_CALL_H
#define SK_WEB_ENGINE_CALL_H

#include "screen/engine.h"
#include "web/request.h"

#include <jansson.h>

/* Writes the answer to out, which is the body of the request. */
typedef sk_rc sk_engine_fn(sk_request *rq, sk_engine *e, sk_buf *out);

/* Open an engine over a dataset ("default", lists with commas between them) as of a day (may be
 * empty), call fn, close it. Errors: those of the engine and of fn; SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_engine_run(sk_request *rq, sk_str dataset, sk_str as_of, sk_engine_fn *fn);

/* The same, and what fn wrote is the answer, as JSON. */
SK_MUST_USE sk_rc sk_engine_call(sk_request *rq, sk_str dataset, sk_str as_of, sk_engine_fn *fn);

/* All values of a name in the query of the address, in order. Returns how many. */
size_t sk_query_values(sk_request *rq, const char *name, const sk_str **ret_values);

/* A number from least to most, or fallback when absent. Errors: SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_query_real(sk_request *rq, const char *name, double fallback, double least,
                                double most, double *ret_value);

/* "http://127.0.0.1:40123", with the token behind it when the request's address held one: what
 * addresses that clients are told begin with. */
sk_str sk_base_address(sk_request *rq);

/* ---- JSON by jansson, which the engine's answers are changed with ---- */

json_t *sk_text_json(sk_str s);
sk_str sk_json_text(const json_t *j); /* empty for what is no text */

/* For json_dump_callback: into an sk_buf. */
int sk_json_to_buf(const char *bytes, size_t n, void *buf);

/* Write root to out, or as the answer. Takes root over. Errors: SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_json_give(sk_request *rq, json_t *root, sk_buf *out);
SK_MUST_USE sk_rc sk_json_answer(sk_request *rq, json_t *root);

/* What the engine says of an entity. The caller gives it back. Errors: SK_E_NOTFOUND, SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_entity_json(sk_request *rq, sk_engine *e, sk_str id, json_t **ret_entity);

/* What a property is called in the language of the request; its name when the model has none. */
sk_str sk_property_label(const sk_request *rq, sk_str name);

#endif
