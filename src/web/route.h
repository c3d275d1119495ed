/* Routes: which function answers which address, for whom, and in which forms.
 *
 * The table is made from the comments above those functions (tools/mkroutes); everything that
 * serves, checks roles, describes the interface to programs or walks all routes in a test reads it.
 *
 *     GET /entity/{key}        matches  /entity/kim-jung-wook, and with a form behind it
 *                                       /entity/kim-jung-wook.json; and as
 *                                       /api/1/entity/kim-jung-wook it is JSON too
 *
 * Threads: read-only. Tested by tests/unit/web/t_session.c. */
#ifndef SK_WEB_ROUTE_H
#define SK_WEB_ROUTE_H

#include "web/params.h"

typedef struct sk_request sk_request;

/* What a person may do here. Roles gate the interface; restrictions gate the data (gate/). */
typedef enum sk_role {
    SK_ROLE_NONE,   /* a route that needs no one to be let in: the way in, style sheets */
    SK_ROLE_READ,   /* look, search, ask                                                */
    SK_ROLE_ENTER,  /* import, and take back imports                                    */
    SK_ROLE_JUDGE,  /* same, different, unsure                                          */
    SK_ROLE_EXPORT, /* take away: tables as CSV, originals of exhibits                     */
    SK_ROLE_ADMIN,
    SK_ROLES
} sk_role;

const char *sk_role_name(sk_role role); /* "read" */
bool sk_role_find(sk_str name, sk_role *ret_role);

typedef enum sk_format { SK_FORMAT_HTML, SK_FORMAT_JSON, SK_FORMAT_CSV } sk_format;

/* Bare: JSON at the address itself, as clients of other programs ask for it. */
enum { SK_FORMATS_HTML = 1, SK_FORMATS_JSON = 2, SK_FORMATS_CSV = 4, SK_FORMATS_BARE = 8 };

enum { SK_BODY_FORM = 1, SK_BODY_JSON = 2 }; /* of a POST */

typedef struct sk_route_param {
    const char *name, *text;
} sk_route_param;

typedef struct sk_route {
    const char *method, *pattern;
    sk_role role;
    unsigned formats;
    unsigned scopes; /* bits of tokens.h: of which programs may ask; 0: people alone */
    unsigned bodies;
    bool takes_upload;
    bool is_cross; /* pages of other origins may read the answer; cookies do not count */
    const char *summary;
    const sk_route_param *params;
    size_t n_params;
    sk_rc (*run)(sk_request *rq);
} sk_route;

extern const sk_route sk_routes[];
extern const size_t sk_n_routes;

/* What an address asked for. */
typedef struct sk_match {
    const sk_route *route; /* NULL: no such address, or not with that method */
    bool is_other_method;  /* there is such an address, for another method   */
    sk_format format;
    sk_address path;
} sk_match;

/* Find the route of an undecoded path. HEAD counts as GET.
 * Errors: SK_E_FORMAT, SK_E_LIMIT of the path itself. */
SK_MUST_USE sk_rc sk_route_match(sk_ctx *cx, sk_str method, sk_str path, sk_match *ret_match);

/* The part of the path that stands for {name}; SK_NONE when the pattern has none. */
sk_str sk_route_value(const sk_match *m, const char *name);

#endif
