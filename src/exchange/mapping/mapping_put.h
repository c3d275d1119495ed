/* What the readers of built-in layouts share: saying things of an entity whose properties are looked
 * up by name, in the form that the model wants.
 *
 *     sk_put p = {.im = im, .key = key, .type = type, .column = SK_S("DOB")};
 *     SK_TRY(sk_put_value(&p, "birthDate", SK_S("3/1/1970")));     left: which is the day?
 *     SK_TRY(sk_put_note(&p, SK_S("Shoe size"), SK_S("42")));      notes = "Shoe size: 42"
 *
 * Empty values are passed over. Threads: as the import. Tested through the readers. */
#ifndef SK_EXCHANGE_MAPPING_PUT_H
#define SK_EXCHANGE_MAPPING_PUT_H

#include "exchange/mapping/mapping_date.h"
#include "exchange/reader.h"

typedef struct sk_put {
    sk_import *im;
    sk_str key;
    const sk_type *type;
    sk_str column;
    sk_str lang;          /* of names and texts; may be empty */
    sk_str words;         /* as the source wrote it, where more than the value stands there */
    const sk_str *labels; /* restriction; n_labels may be 0 */
    size_t n_labels;
} sk_put;

/* Dates are read as tables write them, numbers as exact, sexes by their words in six languages, links
 * are keys. A value that is not of the property's form is reported as left.
 * prop  a property of the type; when it has none the value becomes a note under the column's name */
SK_MUST_USE sk_rc sk_put_value(const sk_put *p, const char *prop, sk_str value);

/* A value that no property holds: notes "LABEL: VALUE". */
SK_MUST_USE sk_rc sk_put_note(const sk_put *p, sk_str label, sk_str value);

/* head and id as a key, made fit; empty when id is. In a, or in the row's scratch arena. */
sk_str sk_put_key_in(sk_arena *a, sk_str head, sk_str id);
sk_str sk_put_key(sk_import *im, sk_str head, sk_str id);

/* The keys' head of this import: what the user gave as prefix, else the list's name and "-", else
 * other and "-". */
sk_str sk_put_head(sk_arena *a, const sk_import_options *o, const char *other);

/* Fails when nobody says who says it: for readers whose files do not. */
SK_MUST_USE sk_rc sk_put_check_claimant(sk_ctx *cx, const sk_import_options *o);

#endif
