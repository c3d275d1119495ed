/* Judgements in a list, each with a form to undo it. */
#ifndef SK_WEB_JUDGEMENTS_H
#define SK_WEB_JUDGEMENTS_H

#include "web/request.h"

void sk_put_judgements(sk_request *rq, const sk_judgement *list, size_t n);

#endif
