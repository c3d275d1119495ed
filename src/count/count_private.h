/* What several questions of count/ ask of one entity. */
#ifndef SK_COUNT_PRIVATE_H
#define SK_COUNT_PRIVATE_H

#include "record/read.h"

/* The entity of a key that a claim names. Not found is no error: the claim may be visible where what
 * it points to is not.
 * key           without "@"
 * ret_e         untouched unless *ret_found
 * An error recorded before it stays.  Errors: those of reading. */
SK_MUST_USE sk_rc sk_count__find(sk_ctx *cx, sk_view *v, sk_str key, sk_entity *ret_e,
                                 bool *ret_found);

/* Is its type that one, or below it? False for types that the model does not know. */
bool sk_count__is_a(const sk_entity *e, const char *ancestor);

#endif
