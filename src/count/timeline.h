/* A ship's identities over time: hulls, names, numbers, flags, each with its dates and who says it.
 *
 *   hull-a  Subblic
 *     .. 2018   number imo:8126082, name Subblic          registered
 *     2019 ..   number imo:8514045, name Hai Zhou 168     used falsely: they belong to hull-b
 *   hull-b  Hai Zhou 168
 *     .. 2019   number imo:8514045, name Hai Zhou 168
 *               number imo:9870991, name Smooth Sea 22    the number used falsely
 *
 * A hull here is an entity of type Vessel, or several that a judgement joined. Beside the one asked
 * for stand those that are linked to it by `identityOf` in either direction, and those said to bear
 * one of its ship numbers, and so on from them: that two hulls bear one number is what such a
 * timeline is looked at for. Nothing is merged, and no order is invented: a step without a date
 * stands last and says so.
 *
 * Method: docs/methods/identifiers.md. Tested by tests/unit/count/t_timeline.c on A23. */
#ifndef SK_COUNT_TIMELINE_H
#define SK_COUNT_TIMELINE_H

#include "record/read.h"

typedef enum sk_step_kind {
    SK_STEP_NUMBER, /* IMO number, MMSI, call sign, registration */
    SK_STEP_NAME,
    SK_STEP_FLAG,
    SK_STEP_PARTY, /* owner, operator                           */
    SK_STEP_BUILT,
    SK_STEP_KINDS
} sk_step_kind;

const char *sk_step_kind_name(sk_step_kind k); /* stable: "number" */

typedef struct sk_step {
    size_t hull; /* index into the timeline's hulls              */
    sk_step_kind kind;
    sk_claim_row row;
    sk_str when;        /* EDTF while it holds; else as of, else said; may be empty  */
    bool is_dated_only; /* when is as-of or said: it was so then, not since or until */
    bool is_taken;      /* used falsely here, and another hull bears it by right     */
    sk_str check;       /* what the check digits say of a number, when they are wrong */
} sk_step;

typedef enum sk_hull_why {
    SK_HULL_ASKED,
    SK_HULL_LINKED, /* by identityOf        */
    SK_HULL_NUMBER  /* bears the same number */
} sk_hull_why;

typedef struct sk_hull {
    sk_entity entity;
    sk_hull_why why;
    sk_str by;     /* the number, or the key that the link stands at                */
    size_t beside; /* index of the hull through which it was found; its own for 0   */
} sk_hull;

typedef struct sk_timeline {
    const sk_hull *hulls; /* the one asked for first */
    size_t n_hulls;
    const sk_step *steps; /* by hull, then date, then kind; undated last */
    size_t n_steps;
    size_t n_numbers, n_names, n_flags;    /* different ones, over all hulls           */
    size_t n_taken_names, n_taken_numbers; /* used falsely by one hull, another's by right */
    size_t n_false_numbers; /* used falsely, and no hull here bears them by right          */
    bool is_cut;            /* more than SK_LIM_TIMELINE_HULLS hulls hang together       */
} sk_timeline;

/* Errors: SK_E_UNSUPPORTED when e is no Vessel. Cost: one read a claim about each hull and one
 * look-up a number. */
SK_MUST_USE sk_rc sk_timeline_build(sk_ctx *cx, sk_view *v, const sk_entity *e,
                                    sk_timeline *ret_timeline);

#endif
