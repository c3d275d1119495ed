/* What the questions about acts have in common: their filters as fields, as a filter, as a command.
 *
 * Threads: as the request. Tested by tests/web/walk.py and browser.mjs. */
#ifndef SK_WEB_ASK_FORM_H
#define SK_WEB_ASK_FORM_H

#include "count/acts.h"
#include "web/request.h"

enum { SK_ASK_FILTERS = 5 };
extern const char *const sk_ask_filters[SK_ASK_FILTERS]; /* act, by, to, place, when */

/* A field of a form with what the address says for it; key is its label. */
void sk_put_field(sk_request *rq, const char *name, const char *key, bool is_required);
/* The five filters. */
void sk_put_ask_filters(sk_request *rq);

/* What the address asks for. Errors: SK_E_FORMAT "when" is no date. */
SK_MUST_USE sk_rc sk_ask_filter(sk_request *rq, sk_act_filter *ret_filter);

/* "sillok ask who --act liberty": the command with the filters that are given. */
sk_str sk_ask_command(sk_request *rq, sk_str command);

#endif
