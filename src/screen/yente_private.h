/* Between yente.c and yente_entity.c. */
#ifndef SK_SCREEN_YENTE_PRIVATE_H
#define SK_SCREEN_YENTE_PRIVATE_H

#include "screen/yente.h"

/* Things worth telling about a request, gathered in an arena. */
typedef struct yente_warnings {
    sk_str *list;
    size_t n, cap;
} yente_warnings;

void yente_warn(sk_ctx *cx, yente_warnings *w, const char *fmt, ...) SK_PRINTF(3, 4);

/* A text of JSON, borrowed from it. */
sk_str yente_text(const json_t *string);

#endif
