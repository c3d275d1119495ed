/* The charset of an XML file. */
#ifndef SK_EXTRACT_XML_CHARSET_H
#define SK_EXTRACT_XML_CHARSET_H

#include "source.h"

/* It is told by the caller, a mark, zeros as in UTF-16, or the declaration; else it is UTF-8.
 * ret_how  how it was told, for the reader of the import
 * Errors: SK_E_FORMAT for a name that is not known. Source: XML 1.0, appendix F. */
SK_MUST_USE sk_rc sk_xml_charset(sk_ctx *cx, const sk_source *src, const sk_charset **ret_charset,
                                 sk_str *ret_how);

#endif
