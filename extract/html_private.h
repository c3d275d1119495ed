/* What html.c (text and blocks) and html_meta.c (what a page says about itself) share. */
#ifndef SK_EXTRACT_HTML_PRIVATE_H
#define SK_EXTRACT_HTML_PRIVATE_H

#include "source.h"

/* An element's attributes as libxml2 hands them: name, value, name, value, NULL. Empty if absent. */
sk_str sk_html_attribute(const unsigned char **attributes, const char *name);
bool sk_html_has_attribute(const unsigned char **attributes, const char *name);

/* The charset a page or XML file names in its first 4 KiB; empty if none. */
sk_str sk_html_declared_charset(sk_str bytes);

/* Dates, title and language from a meta tag. */
void sk_html_meta(sk_build *b, const unsigned char **attributes);

/* True when role, class, id, hidden or style say that the element is furniture.
 * ret_soft is set when only a class or id says so, which large parts of a page may carry. */
bool sk_html_is_furniture(sk_str name, const unsigned char **attributes, bool *ret_soft);

#endif
