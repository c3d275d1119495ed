/* What headings and cells of tables say in six languages: model/headings.txt, embedded.
 *
 *   "생년월일"         Person birthDate
 *   "Name (Korean)"    Thing name, lang ko
 *   "#geo+lat"         Place latitude
 *   "남", of gender    male
 *
 * For drafting mappings and for layouts without types of their own; it only looks words up.
 * Read-only after first use; shared by all threads. Tested in tests/unit/exchange/t_mapping_draft.c. */
#ifndef SK_EXCHANGE_MAPPING_HEADINGS_H
#define SK_EXCHANGE_MAPPING_HEADINGS_H

#include "base/absent.h"
#include "record/model.h"

/* Columns that are no property. */
typedef enum sk_heading_role {
    SK_HEADING_PROPERTY,
    SK_HEADING_ID,
    SK_HEADING_SERIAL, /* a running number: no id */
    SK_HEADING_CLAIMANT,
    SK_HEADING_ASOF,
    SK_HEADING_REFERENCE,
    SK_HEADING_RESTRICT,
    SK_HEADING_KEEPING, /* of the keeper's work: when entered, by whom */
    SK_HEADING_ROLES
} sk_heading_role;

typedef struct sk_heading {
    sk_heading_role role;
    const sk_type *type; /* of SK_HEADING_PROPERTY */
    const sk_prop *prop;
    sk_str lang; /* "ko"; may be empty */
} sk_heading;

/* By words, letter case, blanks and signs alike; a part in brackets or a code at the end may name
 * the language. a  for scratch. Cost: a look through about a thousand words. */
bool sk_heading_find(sk_arena *a, sk_str heading, sk_heading *ret_heading);

/* By HXL hashtag: the entry with the most attributes that the tag has, all of them. */
bool sk_heading_of_tag(sk_str tag, sk_heading *ret_heading);

/* The target of a cell's word in a list: "gender", "남" is "male". */
bool sk_heading_value(sk_arena *a, const char *list, sk_str cell, sk_str *ret_target);

/* Is there such a list? Lists are named as the property they are for. */
bool sk_heading_has_values(sk_str list);

bool sk_heading_absent(sk_arena *a, sk_str cell, sk_absent *ret_absent);

/* The type that a sheet's, template's or kind's name stands for; NULL when it is not known. */
const sk_type *sk_heading_type(sk_arena *a, sk_str name);

/* Parse such a text into the arena; for the test. Errors: SK_E_FORMAT with the line. */
SK_MUST_USE sk_rc sk_headings_check(sk_ctx *cx, sk_str text);

#endif
