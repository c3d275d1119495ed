/* Reading a table by a mapping that is parsed already: for readers that make one themselves. */
#ifndef SK_EXCHANGE_MAPPING_READ_H
#define SK_EXCHANGE_MAPPING_READ_H

#include "exchange/mapping/mapping.h"
#include "exchange/mapping/mapping_sheet.h"

/* src's own mapping is not looked at. Errors: as a reader. */
SK_MUST_USE sk_rc sk_mapping_read(sk_ctx *cx, const sk_source *src, const sk_mapping *m,
                                  sk_import *im);

#endif
