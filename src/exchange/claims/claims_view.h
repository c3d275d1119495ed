/* The resolver of claim files that asks a view: exhibits by name or hash, quotes by their words,
 * claims by the beginning of their id. What the view hides is not found, in the same words as what
 * is not there. Tested by tests/unit/exchange/t_round_trip.c.
 *
 *     sk_claims_view asked = {.view = v};
 *     source.resolver = sk_claims_file_resolve_view(&asked);
 *     ... sk_claims_file_read(...) ...
 *     sk_claims_view_done(&asked); */
#ifndef SK_EXCHANGE_CLAIMS_VIEW_H
#define SK_EXCHANGE_CLAIMS_VIEW_H

#include "exchange/claims/claims_file.h"
#include "record/quote.h"

enum { SK_CLAIMS_VIEW_TEXTS = 8 };

/* The view, borrowed, and the texts that quotes were last looked for in. A text is some megabytes at
 * most as a rule, but may be as large as SK_LIM_TEXT_BYTES. */
typedef struct sk_claims_view {
    sk_view *view;
    sk_quote_text texts[SK_CLAIMS_VIEW_TEXTS];
    size_t n_read; /* texts read so far; the next takes the place of the oldest */
} sk_claims_view;

/* Borrows asked, for as long as the resolver is used.
 * Cost: the first quote of an exhibit costs one reading of its text (about 1 ms for 100 kB), further
 * ones a hundredth of that while it is among the last ones read. */
sk_claims_resolver sk_claims_file_resolve_view(sk_claims_view *asked);

/* Free the texts. Also after an error. */
void sk_claims_view_done(sk_claims_view *asked);

#endif
