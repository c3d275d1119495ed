/* A claim in words for people, and as JSON for programs: who says it, what, and what it rests on.
 *
 * Both faces, the terminal and the browser, say it with these functions, so that a claim reads the
 * same in either. This room makes text; it knows neither terminal nor page, escapes nothing, and
 * looks at nothing but what the view shows: where a name is hidden, the key or the words stand.
 *
 * Ownership: everything is in cx's arena. Errors stay recorded in cx, as with captions
 * (record/read.h): who builds an answer looks at cx->rc at its end.
 * Threads: as the context. Tested by tests/cli/t_demo.sh and tests/web/walk.py. */
#ifndef SK_TELL_TELL_H
#define SK_TELL_TELL_H

#include "base/json.h"
#include "base/lang.h"
#include "record/read.h"

/* "two girls, as told by Human Rights Watch" from a chain, origin first. */
sk_str sk_tell_chain(sk_ctx *cx, sk_view *v, const sk_str *chain, size_t n, sk_lang lang);

/* The chain and carrier of a claim: "TJWG (via Newsweek)". */
sk_str sk_tell_says(sk_ctx *cx, sk_view *v, const sk_claim *c, sk_lang lang);

/* The file name of an exhibit, or the start of its hash. */
sk_str sk_tell_exhibit(sk_ctx *cx, sk_view *v, const sk_hash *hash);

/* Where a claim stands: "article.txt 12-80", "returns.csv row 3", its reference, or "". */
sk_str sk_tell_passage(sk_ctx *cx, sk_view *v, const sk_claim *c);

/* A claim's value: links as "caption (@key)", dates and numbers as their source wrote them, terms
 * and countries by their label. */
sk_str sk_tell_value(sk_ctx *cx, sk_view *v, const sk_claim *c, sk_lang lang);

/* The label of the claim's property in the model, else its name. */
sk_str sk_tell_property(const sk_claim *c, sk_lang lang);

/* "1a2b3c4d5e6f": the start of a hash, as people quote it. */
sk_str sk_tell_short(sk_ctx *cx, const sk_hash *hash);

/* A claim as a JSON object with every field. */
void sk_tell_claim_json(sk_ctx *cx, sk_json *j, const sk_claim_row *row);

#endif
