/* Rules in force: which rules about some goods held on a day, and why the others did not.
 *
 *   coal, 27 August 2017
 *     in force       2371  full ban, since 2017-08-05        exception: foreign coal by Rajin
 *     replaced       2321  cap from 2017-01-01: by 2371
 *     ended          China notice 75/2016: until 2016-12-31
 *
 * The answer is a list of rules with the reasoning, each rule with who says so; it is never a
 * verdict on a ship or a person: whether a cargo fell under an exception, or was counted under a
 * cap, is for people to find. Rules are entities of type Rule in the archive: the answer knows no
 * rule that nobody entered, and says so.
 *
 * Dates are EDTF. Where the day asked for, or a rule's own dates, leave it open whether the rule
 * held, the status is "depends" with the reason; approximate dates reach as far as in searching
 * (base/edtf.h). Method: docs/methods/rules.md. Tested by tests/unit/count/t_rules.c. */
#ifndef SK_COUNT_RULES_H
#define SK_COUNT_RULES_H

#include "record/read.h"

/* Where a rule stands on the day asked for. The order is that of the answer. */
typedef enum sk_rule_status {
    SK_RULE_IN_FORCE,
    SK_RULE_DEPENDS,  /* on a date, a wording or a direction that is open: reason says which */
    SK_RULE_REPLACED, /* by another rule that held on that day                                */
    SK_RULE_ENDED,
    SK_RULE_NOT_YET,
    SK_RULE_DIRECTION, /* it is about trade the other way                                      */
    SK_RULE_UNDATED,   /* nobody says since when                                               */
    SK_RULE_STATUSES
} sk_rule_status;

const char *sk_rule_status_name(sk_rule_status s);  /* stable: "in-force" */
const char *sk_rule_status_words(sk_rule_status s); /* "in force"         */

typedef struct sk_rule_question {
    sk_str goods;    /* words: "coal"; or an HS code: "2701", "2701.12"; required        */
    sk_str on;       /* EDTF; empty: no day is known, and then all depends on it         */
    sk_str from, to; /* codes of the countries that goods leave and reach; may be empty  */
} sk_rule_question;

typedef struct sk_rule {
    sk_entity entity;
    sk_rule_status status;
    sk_str reason;         /* one sentence: why this status                              */
    const sk_str *remarks; /* what else is to be known: limit, exception, transition ... */
    size_t n_remarks;
    sk_str instrument, paragraph; /* "S/RES/2371 (2017)", "8"                                   */
    sk_str effect;                /* "full ban", "cap"; may be empty                            */
    sk_str goods;                 /* as the rule words them, several apart by ", "              */
    sk_str hs;                    /* its HS codes, apart by ", "                                */
    sk_str start, end;            /* EDTF; several claims differ: apart by " or "               */
    sk_str from, to;              /* country codes                                              */
    int64_t first_day;            /* for sorting; INT64_MAX when unknown                        */
    const sk_claim_row *claims;   /* what is said of it                                         */
    size_t n_claims;
} sk_rule;

typedef struct sk_rule_answer {
    sk_rule_question question;
    const sk_rule *rules; /* those about the goods: by status, then first day, then key */
    size_t n_rules;
    size_t n_other;  /* rules in the archive that are about other goods                    */
    size_t n_unlike; /* those that cannot be compared: words there, a code here, or reverse */
    size_t n_in_force, n_depends;
} sk_rule_answer;

/* Errors: SK_E_FORMAT no goods, or a date or country that is none. Cost: one read for each claim
 * about a rule. */
SK_MUST_USE sk_rc sk_rules_find(sk_ctx *cx, sk_view *v, const sk_rule_question *question,
                                sk_rule_answer *ret_answer);

/* One cargo of an event: what to ask about it. */
typedef struct sk_rule_case {
    sk_entity event;
    sk_rule_question question;
    sk_str day_words;  /* the date as written; rival ones apart by " or "   */
    int64_t first_day; /* for sorting; INT64_MAX when no day is known       */
    const sk_claim_row *cargo;
} sk_rule_case;

/* The cargoes of an event, or of every event that names e as its ship, by date. An event without a
 * cargo gives none; one without a date has an empty question.on. */
SK_MUST_USE sk_rc sk_rule_cases(sk_ctx *cx, sk_view *v, const sk_entity *e,
                                sk_rule_case **ret_cases, size_t *ret_n);

/* A question in the words of whoever asks; empty fields were not given. */
typedef struct sk_rule_asked {
    sk_str of;       /* key or name of an event or ship, whose cargoes are asked about        */
    sk_str goods;    /* words or an HS code; needed without of, and else instead of the cargo */
    sk_str on;       /* a day in EDTF or words; today when empty; not together with of        */
    sk_str from, to; /* countries, by name or code                                            */
} sk_rule_asked;

/* The cases that are asked about: the cargoes of what is named, else the one that goods and day make.
 * Ownership: in cx's arena.  Errors: SK_E_FORMAT which of the words is not understood, or is missing;
 * SK_E_NOTFOUND no such event or ship, or nothing is said of a cargo; SK_E_AMBIGUOUS. */
SK_MUST_USE sk_rc sk_rule_ask(sk_ctx *cx, sk_view *v, const sk_rule_asked *asked,
                              sk_rule_case **ret_cases, size_t *ret_n);

#endif
