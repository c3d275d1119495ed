/* Between the two pages of screening: what is asked (page_screen.c) and what came of it
 * (page_screened.c). Threads: as the request. Tested by tests/web/screen.py. */
#ifndef SK_WEB_PAGE_SCREEN_H
#define SK_WEB_PAGE_SCREEN_H

#include "web/request.h"

/* The name of a list for people: its own, or that of the people of the archive itself. */
sk_str sk_screen_list_text(const sk_request *rq, const sk_sight_copy *c);

#endif
