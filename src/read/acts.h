/* Private to the passes that read acts. */
#ifndef SK_READ_ACTS_H
#define SK_READ_ACTS_H

#include "read/clauses.h"

/* What the text says of the act whose trigger is at token trigger of group k. */
sk_modality sk_act_modality(const sk_reader *x, int32_t k, uint32_t trigger, int32_t attribution);

/* The statement whose content holds the span: the narrowest one; the author's when none does. */
int32_t sk_attribution_of(const sk_reader *x, sk_span span);

/* Fill slots from the list of noun groups around k. side: left for subjects, right for objects. */
typedef enum sk_side { SK_SIDE_LEFT, SK_SIDE_RIGHT } sk_side;
void sk_slots_fill(const sk_reader *x, int32_t k, sk_side side, sk_slot slots[SK_MOST_SLOTS],
                   uint8_t *ret_n);
void sk_slot_add(sk_slot slots[SK_MOST_SLOTS], uint8_t *n, int32_t entity, sk_span span,
                 bool is_pronoun);

/* The possessor inside a noun group before token end: the group's own words for it. NONE: no entity. */
bool sk_possessor(const sk_reader *x, const sk_chunk *c, sk_slot *ret_slot);

/* Append an event; gives it date, place, quantity, statement and tier. */
void sk_event_add(sk_reader *x, sk_found_event e, int32_t k, uint32_t trigger);

/* The same for a clause of tokens first .. end whose modality is known. */
void sk_event_add_foreign(sk_reader *x, sk_found_event e, sk_modality modality, uint32_t first,
                          uint32_t end);

#endif
