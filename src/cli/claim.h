/* The ways in which `sillok claim` takes claims, each in its own file. */
#ifndef SK_CLI_CLAIM_H
#define SK_CLI_CLAIM_H

#include "cli/app.h"
#include "record/claim.h"

/* Ask for the fields one by one on the terminal, show what was understood, enter on yes. */
SK_MUST_USE sk_rc sk_claim_by_questions(sk_app *app);

/* Check a table of claims, then enter all of it or nothing. */
SK_MUST_USE sk_rc sk_claim_from_file(sk_app *app, sk_str path);

/* Log one draft and commit, or only check it on --dry-run. */
SK_MUST_USE sk_rc sk_claim_enter(sk_app *app, sk_claim *draft);

/* Make the draft rest on an exhibit: the whole, a place, or quoted words. */
SK_MUST_USE sk_rc sk_claim_rest_on(sk_app *app, sk_str exhibit, sk_str quote, sk_str place,
                                   sk_claim *draft);

/* "Event:date" into type and property. */
SK_MUST_USE sk_rc sk_claim_split_property(sk_ctx *cx, sk_str property, sk_claim *draft);

#endif
