/* What is said about one entity, grouped by property, contradictions together. */
#ifndef SK_CLI_PROFILE_H
#define SK_CLI_PROFILE_H

#include "cli/app.h"

SK_MUST_USE sk_rc sk_profile_print(sk_app *app, const sk_entity *e, sk_claim_flags flags);

#endif
