/* The questions of `sillok ask`, each in its own file. */
#ifndef SK_CLI_ASK_H
#define SK_CLI_ASK_H

#include "cli/app.h"

SK_MUST_USE sk_rc sk_ask_who(sk_app *app);
SK_MUST_USE sk_rc sk_ask_table(sk_app *app);
SK_MUST_USE sk_rc sk_ask_how_many(sk_app *app);
SK_MUST_USE sk_rc sk_ask_number(sk_app *app);

/* name   an event or a ship; empty: --goods and --on say what is asked */
SK_MUST_USE sk_rc sk_ask_rules(sk_app *app, sk_str name);

/* --when as EDTF; empty when not given. */
SK_MUST_USE sk_rc sk_ask_period(sk_app *app, sk_str *ret_edtf);

#endif
