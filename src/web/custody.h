/* The custody record of an exhibit, as a section of its page.
 *
 * Threads: as the request. Tested by tests/web/walk.py and browser.mjs. */
#ifndef SK_WEB_CUSTODY_H
#define SK_WEB_CUSTODY_H

#include "web/request.h"

/* How far its text was read, in words. */
sk_str sk_outcome_text(const sk_request *rq, const sk_exhibit *x);

/* Hash, size and reading; every capture with its entry and place in the log; a form to check the bytes. */
SK_MUST_USE sk_rc sk_put_custody(sk_request *rq, const sk_exhibit *x);

#endif
