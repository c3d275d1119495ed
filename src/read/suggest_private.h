/* What the files that turn a reading into suggestions share, and nobody else sees. */
#ifndef SK_READ_SUGGEST_PRIVATE_H
#define SK_READ_SUGGEST_PRIVATE_H

#include "read/suggest.h"

typedef struct sk_suggester {
    sk_ctx *cx;
    const sk_reading *r;
    const sk_hash *exhibit;
    sk_suggestion *list;
    size_t n, cap;
    int32_t *named_by;  /* of each entity: the mention that gives its name; NONE          */
    int32_t *told_by;   /* of each entity without one: the mention that has its words      */
    bool *is_proper;    /* of each entity: it has a name, not only words for it           */
    sk_hash *event_ids; /* of each event: the suggestion that it became                   */
    bool *has_event;    /* of each event: it became one                                   */
    bool *is_counted;   /* of each quantity: it stands in an act                          */
    bool *is_covered;   /* of each sentence: an act or statement of it is proposed        */
    bool *is_unreal;    /* of each sentence: it speaks of what did not happen             */
    size_t n_oversize;  /* suggestions left out for their size or that of a part          */
} sk_suggester;

/* One suggestion in the making: proposals grow in the arena. */
typedef struct sk_making {
    sk_suggestion s;
    sk_proposal *proposals;
    size_t n, cap;
    bool is_oversize;
} sk_making;

/* Parties and claimants (suggest_parties.c). */
void sk_suggest__entities(sk_suggester *x);
const char *sk_suggest__type(const sk_found_entity *e);
sk_party sk_suggest__party(const sk_suggester *x, int32_t entity, sk_span span);
void sk_suggest__chain(const sk_suggester *x, int32_t attribution, sk_making *m);

/* The words of a span; a part of more than SK_LIM_SUGGEST_PART_BYTES marks the making. */
sk_str sk_suggest__words(const sk_suggester *x, sk_span span, sk_making *m);

/* The sentence that a span begins in; NONE. */
int32_t sk_suggest__sentence(const sk_suggester *x, uint32_t at);

/* Begin a suggestion whose mark is at span, and add a finished one to the list. */
sk_making sk_suggest__begin(const sk_suggester *x, sk_suggest_kind kind, const sk_rule *rule,
                            unsigned tier, sk_span span);
sk_proposal *sk_suggest__propose(const sk_suggester *x, sk_making *m, const char *type,
                                 const char *prop, sk_value_type kind, sk_span span);
bool sk_suggest__end(sk_suggester *x, sk_making *m);

/* The quantity as a figure; false when it is none that a record can hold. */
bool sk_suggest__figure(const sk_suggester *x, const sk_found_quantity *found, sk_making *m,
                        sk_quantity *ret_quantity);

/* Acts and calls (suggest_acts.c). */
void sk_suggest__acts(sk_suggester *x);

#endif
