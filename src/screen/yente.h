/* yente's POST /match, without the web: a request becomes entities, answers become its response.
 *
 *     request   {"queries": {key: {"schema", "properties", "id"?}}, "weights"?: {feature: number},
 *                "config"?: {...}}, and limit, threshold, cutoff as the query string had them
 *     response  {"responses": {key: {"status": 200, "query", "total": {"value", "relation"},
 *                "results": [{"id", "caption", "schema", "properties", "datasets", "referents",
 *                "target", "first_seen", "last_seen", "last_change", "score", "match",
 *                "explanations": {feature: {"score", "detail", "query", "candidate"}}}]}},
 *                "limit"}
 *
 * Where candidates come from is the caller's: a callback is asked for each query. The scores are
 * ours, not logic-v2's; the shape is yente 5's, so that its clients can read it. What the request
 * asks and we do not know (a feature's weight, a property) is told in the response under
 * "warnings", never dropped in silence.
 *
 * Invariants: answers stand in the order of the queries; results by falling score, then by id.
 * Threads: one request belongs to one thread. Tested in tests/unit/screen/t_yente.c,
 * tests/fuzz/f_yente.c. Source: yente 5 documentation of its match endpoint. */
#ifndef SK_SCREEN_YENTE_H
#define SK_SCREEN_YENTE_H

#include "base/buf.h"
#include "match/match.h"

#include <jansson.h>

#define SK_YENTE_THRESHOLD 0.70
#define SK_YENTE_LIMIT     5

typedef struct sk_yente_candidate sk_yente_candidate;

typedef struct sk_yente_options {
    unsigned limit;   /* results of one query: 1 .. SK_LIM_YENTE_RESULTS           */
    double threshold; /* "match": true from here                                    */
    double cutoff;    /* results below it are left out                              */
    double floor;     /* of sk_match_options                                        */
    const sk_rarity *rarity;
    /* Asked for each result that has no properties of its own: fills in what is told and not compared
     * (properties, which the response takes over; captions; datasets). May be NULL. */
    void (*complete)(sk_ctx *cx, void *arg, sk_yente_candidate *c);
} sk_yente_options;

#define SK_YENTE_OPTIONS \
    ((sk_yente_options){.limit = SK_YENTE_LIMIT, .threshold = SK_YENTE_THRESHOLD, .cutoff = 0.5})

/* One query, ready to be compared. */
typedef struct sk_yente_query {
    sk_str key;    /* the caller's                                    */
    sk_str schema; /* "Person"                                        */
    sk_match_entity entity;
    const json_t *raw; /* the query as it came, borrowed from the request */
    const sk_str *warnings;
    size_t n_warnings;
} sk_yente_query;

typedef struct sk_yente_request {
    sk_yente_query *queries;
    size_t n;
    sk_match_options match; /* weights of the request */
    sk_str *warnings;       /* about the request as a whole */
    size_t n_warnings;
} sk_yente_request;

/* One candidate, as the caller holds it. Everything is borrowed until the answer is written. */
struct sk_yente_candidate {
    const sk_match_entity *entity;
    sk_str id, caption, schema;
    const json_t *properties; /* object of arrays; NULL: an empty one        */
    const sk_str *datasets, *referents;
    size_t n_datasets, n_referents;
    bool is_target;
    sk_str first_seen, last_seen, last_change; /* may be empty */
    uint64_t tag;                              /* the caller's         */
};

/* Candidates for a query: set *ret_list and *ret_n (in cx's arena). Called once a query. */
typedef sk_rc (*sk_yente_source)(sk_ctx *cx, void *arg, const sk_yente_query *query,
                                 const sk_yente_candidate **ret_list, size_t *ret_n);

/* Read a request. body   JSON text
 * Owner: cx's arena; query->raw until sk_yente_request_done.
 * Errors: SK_E_FORMAT that names the query and the property; SK_E_LIMIT above
 * SK_LIM_YENTE_QUERIES, _VALUES or _BYTES. */
SK_MUST_USE sk_rc sk_yente_read(sk_ctx *cx, sk_str body, const sk_rarity *rarity,
                                sk_yente_request *ret_request, json_t **ret_root);

/* Answer all queries of a body: read, ask, compare, write.
 * out   gets the response as JSON text
 * Errors: of sk_yente_read, of the source, SK_E_FORMAT for options out of range. */
SK_MUST_USE sk_rc sk_yente_match(sk_ctx *cx, sk_str body, const sk_yente_options *options,
                                 sk_yente_source source, void *arg, sk_buf *out);

/* An entity in yente's and FollowTheMoney's form as the comparer wants it: schema and properties.
 * properties   object of arrays of strings (a lone string is taken as an array of one)
 * row          carried as the source row of every value
 * Owner: cx's arena. Unknown or unusable values are told in *ret_warnings.
 * Errors: SK_E_FORMAT, SK_E_LIMIT as above. */
SK_MUST_USE sk_rc sk_yente_entity(sk_ctx *cx, sk_str schema, const json_t *properties,
                                  sk_match_row row, sk_match_entity *ret_entity,
                                  const sk_str **ret_warnings, size_t *ret_n_warnings);

#endif
