/* The model: which types of entity there are and what may be claimed of them, and the tree of acts.
 *
 * Read from model/schema.txt and model/acts.txt, which are embedded in the program; code has no
 * type names beyond those that `sillok ask` is about (SK_TYPE_ below). A property that the model
 * does not know may still stand in an old or foreign entry: it is kept, shown and treated as text.
 *
 * Read-only after sk_model_get; shared by all threads. */
#ifndef SK_RECORD_MODEL_H
#define SK_RECORD_MODEL_H

#include "base/ctx.h"
#include "base/strmap.h"

typedef enum sk_value_type {
    SK_VALUE_TEXT,
    SK_VALUE_NAME,
    SK_VALUE_DATE,       /* EDTF                                                 */
    SK_VALUE_QUANTITY,   /* bounds, qualifier, unit                              */
    SK_VALUE_COUNTRY,    /* ISO 3166 alpha-2 or alpha-3 code, or a name as text  */
    SK_VALUE_IDENTIFIER, /* scheme:value                                         */
    SK_VALUE_TERM,       /* an id of a vocabulary                                */
    SK_VALUE_MONEY,      /* quantity with a currency as its unit                 */
    SK_VALUE_URL,
    SK_VALUE_ENTITY, /* key of another entity                                */
    SK_VALUE_TYPES
} sk_value_type;

typedef struct sk_prop {
    sk_str name;
    sk_value_type type;
    sk_str target; /* type name that an entity property points to */
    sk_str label, label_ko;
} sk_prop;

typedef struct sk_type {
    sk_str name;
    sk_str label, label_ko;
    const struct sk_type *const *parents;
    size_t n_parents;
    const sk_prop *props; /* its own; sk_type_find_prop looks at the parents too */
    size_t n_props;
    sk_strmap all_props; /* by name: its own, then those of its parents, nearest first */
    unsigned depth;      /* 0 for a root; deeper is more specific */
} sk_type;

typedef struct sk_act_term {
    sk_str id, label, label_ko;
    sk_str definition, definition_ko; /* one line each                                      */
    sk_str huridocs; /* code of the nearest term of theirs, twelve digits; empty: none given */
} sk_act_term;

typedef struct sk_model {
    const sk_type *types;
    size_t n_types;
    const sk_act_term *acts;
    size_t n_acts;
    sk_strmap types_by_name, acts_by_id;
} sk_model;

/* The embedded model, parsed at first use. Never fails: a test parses it on every build. */
const sk_model *sk_model_get(void);

/* Parse model text (schema and acts) into the arena; for tests and the fuzz target.
 * Errors: SK_E_FORMAT with the line, SK_E_LIMIT. Tested in tests/unit/record/t_model.c. */
SK_MUST_USE sk_rc sk_model_parse(sk_ctx *cx, sk_str schema, sk_str acts, sk_model *ret_model);

/* By name; NULL when the model has none. Cost: one look into a table. */
const sk_type *sk_model_find_type(const sk_model *m, sk_str name);
const sk_prop *sk_type_find_prop(const sk_type *t, sk_str name);
const sk_act_term *sk_model_find_act(const sk_model *m, sk_str id);

/* True when t is ancestor or one of its descendants. */
bool sk_type_is_a(const sk_type *t, sk_str ancestor);

const char *sk_value_type_name(sk_value_type t);

#endif
