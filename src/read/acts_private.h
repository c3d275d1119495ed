/* Private to acts*.c: what the frames of acts share. */
#ifndef SK_READ_ACTS_PRIVATE_H
#define SK_READ_ACTS_PRIVATE_H

#include "read/acts.h"

/* A phrase that names an act, and the sense that is being tried. */
typedef struct sk_candidate {
    const sk_match *match;
    const sk_lex_sense *sense;
    const sk_lex_entry *entry;
    int32_t chunk; /* of the trigger's first word */
} sk_candidate;

/* An event of the candidate's act with its trigger; a weak word lowers the rule. */
sk_found_event sk_act_event(const sk_reader *x, const sk_candidate *c, sk_rule_id rule);

/* Everything that roles and names of the sentence are, but for those inside the match. */
uint64_t sk_act_company(const sk_reader *x, const sk_match *but);

/* The group behind "by" that belongs to group k; NONE. */
int32_t sk_act_agent(const sk_reader *x, int32_t k);

/* Whom "their", "his", "her", "my" at token i may mean; NONE for other words. */
int32_t sk_act_owner(const sk_reader *x, int64_t i);

/* Fill the slots from group k and its list: only those who can act are actors; a thing that is done to
 * stands for those whom it belongs to. */
void sk_act_fill_actor(const sk_reader *x, sk_found_event *e, int32_t k, sk_side side);
void sk_act_fill_target(const sk_reader *x, sk_found_event *e, int32_t k, sk_side side);

/* The frames of nouns and of participles in front of nouns (acts_nominal.c): true when the act was
 * read, from the candidate in group k. */
bool sk_act_read_noun(sk_reader *x, const sk_candidate *c, int32_t k);
bool sk_act_read_persons(sk_reader *x, const sk_candidate *c, int32_t k);
bool sk_act_read_compound(sk_reader *x, const sk_candidate *c, int32_t k);

#endif
