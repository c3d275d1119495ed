/* Who bears a number, says whom: claims whose value is an identifier, found by the number itself.
 *
 * A claim is found by any way of writing the number (record/identifier.h), whatever its property:
 * the same digits may be a ship's number in one claim and a company's in another. Claims that the
 * view hides are absent; denied, doubted and falsely used ones are there and say so.
 * Ownership: in cx's arena. Tested by tests/unit/record/t_bearers.c. */
#ifndef SK_RECORD_BEARERS_H
#define SK_RECORD_BEARERS_H

#include "record/read.h"

/* By entity, property, then id of the claim.
 * number   as a person types it; at most SK_LIM_QUERY_BYTES
 * Cost: a few look-ups in the full-text index and one read a claim.
 * Errors: SK_E_FORMAT nothing in it that a number could be, SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_claims_bearing(sk_ctx *cx, sk_view *v, sk_str number, sk_claim_flags flags,
                                    sk_claim_row **ret_rows, size_t *ret_n);

#endif
