/* A snippet with its matches marked, for every page that shows one. */
#ifndef SK_WEB_PAGE_SEARCH_H
#define SK_WEB_PAGE_SEARCH_H

#include "record/search.h"
#include "web/html.h"

void sk_put_marked(sk_html *h, const sk_snippet *sn);

#endif
