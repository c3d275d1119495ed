/* What becomes of a table's columns in a drafted mapping: between the look and the text. */
#ifndef SK_EXCHANGE_MAPPING_PLAN_H
#define SK_EXCHANGE_MAPPING_PLAN_H

#include "exchange/mapping/mapping_look.h"

typedef struct sk_plan_column {
    bool in_main, in_second; /* a property of the one or of the other entity */
    const char *why_not;     /* NULL: mapped, or used for something else     */
} sk_plan_column;

typedef struct sk_plan {
    sk_ctx *cx;
    const sk_source *src;
    const sk_survey *look;
    sk_plan_column *columns;
    const sk_type *main, *second; /* second: what happened to the first; may be NULL */
    size_t id;                    /* column; SK_MAPPING_NONE                         */
    sk_str list;
} sk_plan;

void sk_mapping__plan(sk_ctx *cx, const sk_source *src, const sk_survey *look, sk_plan *ret_plan);

/* The column that serves a role; SK_MAPPING_NONE when none does. */
size_t sk_plan_find_role(const sk_survey *look, sk_heading_role role);

/* What a column of no known heading seems to hold, for a comment. */
const char *sk_plan_kind_of(const sk_survey_column *c);

#endif
