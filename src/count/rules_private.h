/* Between rules.c (where rules stand), rules_read.c (what is claimed of one) and rules_goods.c
 * (does it speak of the goods, and of trade that way?). */
#ifndef SK_COUNT_RULES_PRIVATE_H
#define SK_COUNT_RULES_PRIVATE_H

#include "base/edtf.h"
#include "count/rules.h"

typedef enum sk_fit {
    SK_FIT_NO,
    SK_FIT_UNLIKE, /* one has words only, the other codes only: they cannot be compared */
    SK_FIT_OPEN,
    SK_FIT_YES
} sk_fit;

/* What a rule says of its goods: their names and HS codes, as claimed. */
typedef struct sk_rule_goods {
    sk_str words[SK_LIM_RULES_GOODS], hs[SK_LIM_RULES_GOODS];
    size_t n_words, n_hs;
} sk_rule_goods;

/* ret_reason is set for SK_FIT_OPEN. */
sk_fit sk_rules__fit_goods(sk_arena *a, const sk_rule_goods *goods, sk_str asked,
                           sk_str *ret_reason);

/* False when the rule is about trade the other way; then ret_reason says which.
 * from, to   of the rule: codes, apart by blanks; may be empty */
bool sk_rules__fit_direction(sk_arena *a, sk_str from, sk_str to, const sk_rule_question *q,
                             sk_str *ret_reason);

/* Several claims of one date: how early and how late it may be, and the texts for people. */
typedef struct sk_rule_span {
    bool is_known;
    sk_days days;
    sk_str text; /* EDTF; different ones apart by " or " */
} sk_rule_span;

/* That a rule replaces another: which one (its cluster), and who says so. */
typedef struct sk_rule_replaced {
    int64_t cluster;
    sk_str says;
} sk_rule_replaced;

typedef struct sk_work_rule {
    sk_rule out;
    sk_rule_goods goods;
    sk_rule_span start, adopted, end, transition;
    sk_rule_status time; /* by dates alone */
    sk_fit fit;
    sk_rule_replaced *replaces;
    size_t n_replaces, cap_replaces;
    sk_str *remarks;
    size_t cap_remarks;
} sk_work_rule;

typedef struct sk_rule_finding {
    sk_ctx *cx;
    sk_view *v;
    const sk_rule_question *q;
    bool has_on;
    sk_days on;
    sk_work_rule *rules;
    size_t n;
} sk_rule_finding;

void sk_rules__add_remark(sk_rule_finding *f, sk_work_rule *r, sk_str remark);

/* All that is said of e, with its dates, goods and remarks; status and reason are not set. */
SK_MUST_USE sk_rc sk_rules__read(sk_rule_finding *f, const sk_entity *e, sk_work_rule *ret_rule);

#endif
