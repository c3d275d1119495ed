/* The pages of docs/methods on a page: headings, paragraphs, lists, tables, code.
 *
 * Our own files in the little of Markdown that they use; what is not known stays text. Everything is
 * escaped like any other text.
 *
 * Threads: pure. Tested by tests/unit/web/t_html.c. */
#ifndef SK_WEB_METHOD_H
#define SK_WEB_METHOD_H

#include "web/html.h"

void sk_put_method(sk_html *h, sk_str markdown);

#endif
