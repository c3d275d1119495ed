/* A search on its way, shared by the files of search. Private to record/. */
#ifndef SK_RECORD_SEARCH_PRIVATE_H
#define SK_RECORD_SEARCH_PRIVATE_H

#include "record/docset.h"
#include "record/search.h"
#include "record/view_private.h"

/* One thing to show: a unit (block or claim with words), or a document without one. */
typedef struct sk_found {
    int64_t unit;    /* 0: none, then doc says what           */
    int64_t doc;     /* as in docset.h                        */
    unsigned leaves; /* how many leaves of the query it holds */
} sk_found;

typedef struct sk_searching {
    sk_ctx *cx;
    sk_view *v;
    const sk_query *query;
    bool with_furniture;
    bool has_docs; /* filters: only these documents */
    sk_docset docs;
    sk_found *found; /* at most SK_SEARCH_RANKED + 1 are looked for, or offset + limit */
    size_t n_found, most;
} sk_searching;

/* Queries with AND, NOT or filters: goes through documents, newest first, until enough is found. */
SK_MUST_USE sk_rc sk_search_documents(sk_searching *s);

/* Filters alone: the documents of the set themselves. */
SK_MUST_USE sk_rc sk_search_filtered(sk_searching *s);

void sk_search_add(sk_searching *s, sk_found f);

#endif
