/* A ship's timeline on the page: for `sillok show`, and inside the JSON of a profile. */
#ifndef SK_CLI_TIMELINE_H
#define SK_CLI_TIMELINE_H

#include "cli/app.h"

/* True for an entity that has a timeline: a ship. */
bool sk_has_timeline(const sk_entity *e);

/* Print it, as text or as the table "timeline". */
SK_MUST_USE sk_rc sk_timeline_print(sk_app *app, const sk_entity *e);

/* Write it as the value of an object's member "timeline". */
SK_MUST_USE sk_rc sk_timeline_json(sk_app *app, sk_json *j, const sk_entity *e);

#endif
