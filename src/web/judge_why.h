/* Two entities compared as the machine compares them, feature by feature: why it proposes them, or
 * does not. Threads: as the request. Tested by tests/web/walk.py. */
#ifndef SK_WEB_JUDGE_WHY_H
#define SK_WEB_JUDGE_WHY_H

#include "web/request.h"

/* A table of what agrees and what contradicts, of what the view shows of a and b; a sentence when one
 * of them has no name to compare by.
 * Errors: those of the screening index (screen/archive.h). */
SK_MUST_USE sk_rc sk_put_comparison(sk_request *rq, sk_str key_a, sk_str key_b);

/* Links to those who are most like the entity, to be compared with it; nothing when there are none. */
SK_MUST_USE sk_rc sk_put_likely(sk_request *rq, const sk_entity *e);

#endif
