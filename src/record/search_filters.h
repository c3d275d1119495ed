/* The filters of a search query, each to the set of documents it leaves. Private to record/. */
#ifndef SK_RECORD_SEARCH_FILTERS_H
#define SK_RECORD_SEARCH_FILTERS_H

#include "record/docset.h"
#include "record/query.h"
#include "record/view.h"

/* Errors: SK_E_FORMAT or SK_E_NOTFOUND, naming the filter. */
SK_MUST_USE sk_rc sk_search_filter(sk_ctx *cx, sk_view *v, const sk_query_filter *f,
                                   sk_docset *ret_set);

#endif
