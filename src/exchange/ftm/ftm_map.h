/* Our types and properties as FollowTheMoney's: model/ftm.map, embedded in the program.
 *
 * Read-only after sk_ftm_map_get; shared by all threads. Tested by tests/unit/exchange/t_ftm_map.c,
 * which holds the map against FollowTheMoney's own model where that is present. */
#ifndef SK_EXCHANGE_FTM_MAP_H
#define SK_EXCHANGE_FTM_MAP_H

#include "record/model.h"

typedef enum sk_ftm_kind {
    SK_FTM_NAME,
    SK_FTM_TEXT,
    SK_FTM_STRING,
    SK_FTM_ADDRESS,
    SK_FTM_COUNTRY,
    SK_FTM_DATE,
    SK_FTM_IDENTIFIER,
    SK_FTM_IMO,      /* an identifier whose check digit must be right */
    SK_FTM_WIKIDATA, /* an identifier: Q and digits                   */
    SK_FTM_PHONE,
    SK_FTM_EMAIL,
    SK_FTM_URL,
    SK_FTM_ENTITY,
    SK_FTM_GENDER,
    SK_FTM_TOPIC,
    SK_FTM_LANGUAGE,
    SK_FTM_NUMBER,
    SK_FTM_MIMETYPE,
    SK_FTM_CHECKSUM,
    SK_FTM_KINDS
} sk_ftm_kind;

typedef struct sk_ftm_schema {
    sk_str name;
    const struct sk_ftm_schema *parents[4];
    size_t n_parents;
} sk_ftm_schema;

typedef struct sk_ftm_prop {
    sk_str ours, theirs; /* theirs is empty for "- PROPERTY"             */
    sk_ftm_kind kind;
    const sk_ftm_schema *range; /* of SK_FTM_ENTITY: what the other end is */
    sk_str unit;                /* of SK_FTM_NUMBER: "EUR"; may be empty   */
} sk_ftm_prop;

typedef struct sk_ftm_type {
    sk_str ours;
    const sk_ftm_schema *schema;
    const sk_ftm_prop *props;
    size_t n_props;
    sk_strmap out; /* our name to sk_ftm_prop, those of the parents too; of the embedded map */
    sk_strmap in;  /* their name to sk_ftm_in_prop, likewise                                 */
} sk_ftm_type;

/* A property on its way in: theirs, and what it becomes. */
typedef struct sk_ftm_in_prop {
    const sk_ftm_prop *map;
    const sk_prop *ours;
} sk_ftm_in_prop;

/* A code of theirs, and the other form that we may have; other is empty when there is none. */
typedef struct sk_ftm_code {
    sk_str theirs, other;
} sk_ftm_code;

typedef struct sk_ftm_codes {
    sk_ftm_code *items;
    size_t n, cap;
    sk_strmap by_code; /* either form, small letters */
} sk_ftm_codes;

typedef struct sk_ftm_map {
    sk_ftm_schema *schemas;
    size_t n_schemas, cap_schemas;
    sk_ftm_type *types;
    size_t n_types, cap_types;
    sk_strmap schemas_by_name, types_by_name;
    sk_strmap in_types; /* their schema to sk_ftm_type; of the embedded map */
    sk_ftm_codes countries, languages, topics;
    sk_ftm_codes reverse; /* theirs: "directorshipDirector", other: "director" */
} sk_ftm_map;

/* The embedded map, parsed at first use. Never fails: a test parses it on every build. */
const sk_ftm_map *sk_ftm_map_get(void);

/* Parse a map's text into cx's arena. Errors: SK_E_FORMAT with the line. */
SK_MUST_USE sk_rc sk_ftm_map_parse(sk_ctx *cx, sk_str text, sk_ftm_map *ret_map);

const sk_ftm_type *sk_ftm_find_type(const sk_ftm_map *m, sk_str ours);

/* What a schema of theirs becomes: the type of its name, else the first that is mapped to it, else
 * that of its nearest ancestor. NULL when their model has no such schema, or it has no such ancestor.
 * ret_is_whole   false when it was an ancestor's; may be NULL */
const sk_ftm_type *sk_ftm_in_type(const sk_ftm_map *m, sk_str schema, bool *ret_is_whole);

/* What a property of theirs becomes at a type of ours: the property of its own name, else the one
 * that is mapped to it first, at the type or the nearest parent. NULL when there is none. */
const sk_ftm_in_prop *sk_ftm_in_find(const sk_ftm_type *t, sk_str theirs);

/* The property as its type, or the nearest parent that has it, maps it; NULL when none does. */
const sk_ftm_prop *sk_ftm_find_prop(const sk_ftm_map *m, const sk_type *type, sk_str ours);

/* True when s is of or below ancestor. */
bool sk_ftm_is_a(const sk_ftm_schema *s, const sk_ftm_schema *ancestor);

/* Their code for a code in either form, in any letter case; empty when it is none. */
sk_str sk_ftm_find_code(const sk_ftm_codes *codes, sk_str code);

/* The other form of a code of theirs ("ko" for "kor"); the code itself when there is none. */
sk_str sk_ftm_other_code(const sk_ftm_codes *codes, sk_str theirs);

/* Their name of a property's type: "identifier" for SK_FTM_IMO. */
const char *sk_ftm_kind_name(sk_ftm_kind kind);

#endif
