/* Which of two entities is looked at first.
 *
 * Values that fit equally well are told apart by nothing but their place; whoever is put in front
 * would decide. So the entities are put in one order, by all that they say, before they are
 * compared. It costs a few comparisons as a rule: the first names differ. */
#include "match/match_private.h"

#define ORDER(x, y) ((x) < (y) ? -1 : (x) > (y))

static int name_order(const sk_name *a, const sk_name *b)
{
    if (!a || !b)
        return ORDER(a != NULL, b != NULL);
    int order = sk_str_cmp(sk_name_raw(a), sk_name_raw(b));
    return order ? order : ORDER(sk_name_kind_of(a), sk_name_kind_of(b));
}

static int names_order(const sk_match_name *a, const sk_match_name *b)
{
    int order = name_order(a->name, b->name);

    if (!order)
        order = ORDER(a->is_weak, b->is_weak);
    return order ? order : ORDER(a->row, b->row);
}

static int date_order(const sk_match_date *a, const sk_match_date *b)
{
    int order = ORDER(a->earliest, b->earliest);

    if (!order)
        order = ORDER(a->latest, b->latest);
    if (!order)
        order = ORDER(a->precision, b->precision);
    if (!order)
        order = ORDER(2 * a->is_loose + a->is_range, 2 * b->is_loose + b->is_range);
    return order ? order : ORDER(a->row, b->row);
}

static int country_order(const sk_match_country *a, const sk_match_country *b)
{
    int order = memcmp(a->code, b->code, sizeof(a->code));

    if (!order)
        order = ORDER(a->tie, b->tie);
    return order ? order : ORDER(a->row, b->row);
}

static int place_order(const sk_match_place *a, const sk_match_place *b)
{
    int order = sk_str_cmp(a->id, b->id);

    if (!order)
        order = name_order(a->name, b->name);
    if (!order)
        order = ORDER(a->is_birth, b->is_birth);
    return order ? order : ORDER(a->row, b->row);
}

static int id_order(const sk_match_id *a, const sk_match_id *b)
{
    int order = sk_str_cmp(a->value, b->value);

    if (!order)
        order = sk_str_cmp(a->scheme, b->scheme);
    if (!order)
        order = ORDER(a->used_falsely, b->used_falsely);
    return order ? order : ORDER(a->row, b->row);
}

static int position_order(const sk_match_position *a, const sk_match_position *b)
{
    int order = name_order(a->name, b->name);

    if (!order)
        order = date_order(&a->when, &b->when);
    return order ? order : ORDER(a->row, b->row);
}

/* Two lists of one kind of value: by length, then value by value. */
#define LIST_ORDER(order, list, of)                            \
    do {                                                       \
        if (!(order))                                          \
            (order) = ORDER(a->n_##list, b->n_##list);         \
        for (unsigned i = 0; !(order) && i < a->n_##list; i++) \
            (order) = of(&a->list[i], &b->list[i]);            \
    } while (0)

int match_order(const sk_match_entity *a, const sk_match_entity *b)
{
    int order = 0;

    LIST_ORDER(order, names, names_order);
    LIST_ORDER(order, births, date_order);
    LIST_ORDER(order, deaths, date_order);
    LIST_ORDER(order, countries, country_order);
    LIST_ORDER(order, places, place_order);
    LIST_ORDER(order, ids, id_order);
    LIST_ORDER(order, positions, position_order);
    if (!order)
        order = ORDER(a->gender_row, b->gender_row);
    return order ? order : ORDER(a->kind, b->kind);
}
