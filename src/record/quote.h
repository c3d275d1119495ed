/* An exhibit's text made ready for finding many quotes in it.
 *
 *     sk_quote_text t = {0};
 *     SK_TRY(sk_quote_text_open(cx, v, &x, &t));
 *     rc = sk_quote_text_find(cx, &t, quote, &start, &end);     as often as wanted
 *     sk_quote_text_done(&t);
 *
 * For a single quote there is sk_quote_find (read.h), which does just this.
 *
 * People copy quotes by hand and from screens: runs of blanks and line ends differ, quotation marks
 * get straightened. Text and quote are folded to one plain form; what stands in the text between two
 * places where folding made it shorter is shifted as a whole, so only those places are remembered.
 *
 * Invariant: holds what the view let out when it was opened. Owns its memory; a zeroed one is empty.
 * Threads: none of its own; reading it is safe. */
#ifndef SK_RECORD_QUOTE_H
#define SK_RECORD_QUOTE_H

#include "record/read.h"

typedef struct sk_quote_text {
    sk_arena arena;
    sk_hash exhibit;
    char *folded;
    size_t n;
    struct sk_quote_shift *shifts;
    size_t n_shifts, cap_shifts;
} sk_quote_text;

/* Read and fold the text of an exhibit.
 * Cost: about 1 ms for 100 kB, of which half is reading; keeps little more than the text's size.
 * Errors: those of sk_exhibit_text; then there is nothing to free. */
SK_MUST_USE sk_rc sk_quote_text_open(sk_ctx *cx, sk_view *v, const sk_exhibit *x,
                                     sk_quote_text *ret_text);
void sk_quote_text_done(sk_quote_text *t);

/* The same for text that is at hand; nobody is asked whether it may be seen. Cost: linear. */
void sk_quote_text_of(sk_str text, sk_quote_text *ret_text);

/* The places of a quote, one after another, wherever they begin.
 * at   where to look from; 0 at first, moved on by each call
 * Returns false when there is no further one, or the quote is empty. */
bool sk_quote_text_next(sk_ctx *cx, const sk_quote_text *t, sk_str quote, size_t *at,
                        size_t *ret_start, size_t *ret_end);

/* The bytes of the text that the quote stands at.
 * Cost: about 0.01 ms for 100 kB.
 * Errors: SK_E_NOTFOUND; SK_E_AMBIGUOUS several places, two are named; SK_E_FORMAT it is empty.
 * Tested by tests/unit/record/t_quote.c. */
SK_MUST_USE sk_rc sk_quote_text_find(sk_ctx *cx, const sk_quote_text *t, sk_str quote,
                                     size_t *ret_start, size_t *ret_end);

#endif
