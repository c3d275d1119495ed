/* The resolver of claim files that asks a view: exhibits by name or hash, quotes by their words,
 * claims by the beginning of their id. What the view hides is not found, in the same words as what
 * is not there. Tested by tests/unit/exchange/t_round_trip.c. */
#ifndef SK_EXCHANGE_CLAIMS_VIEW_H
#define SK_EXCHANGE_CLAIMS_VIEW_H

#include "exchange/claims_file.h"
#include "record/view.h"

/* Borrows v.
 * Cost: a quote costs one reading of its exhibit's text (about 1 ms for 100 kB). */
sk_claims_resolver sk_claims_file_resolve_view(sk_view *v);

#endif
