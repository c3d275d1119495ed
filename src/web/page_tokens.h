/* Tokens of programs on the page of settings: for who has the role "admin".
 *
 * Threads: as the request. Tested by tests/web/ecosystem.py. */
#ifndef SK_WEB_PAGE_TOKENS_H
#define SK_WEB_PAGE_TOKENS_H

#include "web/request.h"

/* The section: what there is, and the form for another. Nothing without the role. */
void sk_put_tokens(sk_request *rq);

#endif
