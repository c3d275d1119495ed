/* Who and what an entity is tied to, and by which claims: the network around one entity.
 *
 *   north-korea ──abduction──► Yokota Megumi        an act: from who did it to whom it was done
 *   panel member ─membership─► Panel of Experts     an interest: between the parties it names
 *   Subblic ─────operator────► a company            a claim whose value is an entity
 *
 * Acts and interests (ownership, membership, family, involvement ...) are ties, not points: a picture
 * with a box for each of them says less. An act of which only one side is named is a point, for
 * nothing else stands at its other end. Every tie leads to the claim it rests on, and says whether it
 * is asserted, denied or both; nothing is inferred from two ties in a row.
 *
 * Hops: 1 gives the ties of the entity itself; 2 those of its neighbours too. Order and content
 * follow from the claims alone, so the same view gives the same network.
 *
 * Tested by tests/unit/count/t_network.c. */
#ifndef SK_COUNT_NETWORK_H
#define SK_COUNT_NETWORK_H

#include "record/read.h"

typedef enum sk_tie_kind {
    SK_TIE_CLAIM,   /* a claim whose value is an entity */
    SK_TIE_ACT,     /* an act, from perpetrator to victim; or from a party to the act itself */
    SK_TIE_INTEREST /* between parties of an interest    */
} sk_tie_kind;

const char *sk_tie_kind_name(sk_tie_kind k); /* stable: "claim", "act", "interest" */

typedef struct sk_net_node {
    sk_entity entity;
    unsigned hops; /* from the one asked for: 0, 1, 2 */
    size_t n_ties;
} sk_net_node;

typedef struct sk_tie {
    size_t from, to; /* indexes of nodes; never equal                                */
    sk_tie_kind kind;
    sk_claim_row row; /* the claim that names the party at `to`; a link for pages    */
    sk_str term; /* of an act: its term, empty when none is said; else the type of the interest */
    sk_str via;  /* key of the act or interest; empty for SK_TIE_CLAIM          */
    size_t n_for, n_against, n_other; /* claims: assert; deny or doubt; predict, retract */
} sk_tie;

typedef struct sk_network {
    const sk_net_node *nodes; /* the one asked for first, then by hops, then as found */
    size_t n_nodes;
    const sk_tie *ties;
    size_t n_ties;
    bool is_cut; /* a limit was reached: there is more */
} sk_network;

typedef struct sk_network_opts {
    unsigned hops;     /* 1 or 2                                             */
    size_t most_nodes; /* 0: SK_LIM_NETWORK_NODES                            */
    size_t most_reads; /* acts, interests, neighbours looked at; 0: SK_LIM_NETWORK_READS */
} sk_network_opts;

/* Cost: a few reads of claims for each act, interest and (with 2 hops) neighbour.
 * Errors: SK_E_LIMIT hops or sizes beyond the limits; those of reading. */
SK_MUST_USE sk_rc sk_network_build(sk_ctx *cx, sk_view *v, const sk_entity *e,
                                   const sk_network_opts *opts, sk_network *ret_network);

#endif
