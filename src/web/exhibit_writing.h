/* What the text of an exhibit and its margin share while they are written; for exhibit_text.c and
 * exhibit_margin.c alone. */
#ifndef SK_WEB_EXHIBIT_WRITING_H
#define SK_WEB_EXHIBIT_WRITING_H

#include "record/search.h"
#include "web/exhibit_text.h"

/* A claim's span in the text, after it was looked for again. */
typedef struct sk_claim_span {
    const sk_claim_row *row;
    size_t start, end;
} sk_claim_span;

/* A span that looks other than its neighbours: what it is for, as a class of the style sheet. */
typedef struct sk_text_mark {
    size_t start, end;
    sk_str class;
} sk_text_mark;

typedef struct sk_writing {
    sk_request *rq;
    const sk_text_view *t;
    sk_claim_span *spans; /* in order of their start */
    size_t n_spans;
    sk_text_mark *marks; /* in order of their start */
    size_t n_marks;
    bool has_anchor; /* the id "at" was given out */
    sk_ranges hits;  /* of the block in hand      */
    int original;    /* file of the preserved bytes; -1: not shown */
} sk_writing;

/* Beside the block: claims that begin in it, what the machine proposes there, sentences of which it
 * proposes nothing, and the bytes that it was read from. */
void sk_put_margin(sk_writing *w, const sk_text_block *b);

#endif
