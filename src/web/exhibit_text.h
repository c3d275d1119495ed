/* The text of an exhibit on its page: words searched for, words that a link points to, words that
 * claims rest on, words of suggestions; and beside each block what rests on it.
 *
 *     guards beat the workers¹ at camp 15        1  act 7: act = beating, says Witness A
 *            ----- hit
 *            ================= claim 1
 *
 * Spans overlap as they like: a block's text is cut at every edge, and each piece says what it is of.
 * The first piece of the words linked to has the id "at", so that a plain link lands on it.
 *
 * Each paragraph carries the byte of the text at which it begins (data-start), and a character that is
 * not shown as it is carries its bytes (data-bytes): so a script can tell which bytes a person selected
 * (ui/review.js), whatever the script of the text.
 *
 * Invariants: text stands once and in order. Cost: blocks of the page times spans of the exhibit.
 * Threads: as the request. Tested by tests/web/walk.py and browser.mjs. */
#ifndef SK_WEB_EXHIBIT_TEXT_H
#define SK_WEB_EXHIBIT_TEXT_H

#include "record/query.h"
#include "web/suggestion_parts.h"

typedef struct sk_text_view {
    const sk_exhibit *exhibit;
    const sk_text_block *blocks;
    size_t n_blocks;
    const sk_claim_row *claims;
    size_t n_claims;
    const sk_suggestion *suggestions; /* in order of the text: marks, and notes in the margin */
    size_t n_suggestions;
    const sk_silence *silences; /* likewise */
    size_t n_silences;
    const sk_suggestion *focus;   /* whose passage and slots are marked one by one; NULL: none */
    const sk_review_place *place; /* where deciding in the margin leads back to; NULL: no forms */
    const sk_query *query;        /* words to mark; NULL: none         */
    bool has_at;                  /* a link points into the text       */
    bool without_margin;
    bool with_original;      /* show the preserved bytes of each block, where they are known */
    size_t at_start, at_end; /* bytes                             */
    size_t first, n;         /* blocks of this page               */
} sk_text_view;

void sk_put_text(sk_request *rq, const sk_text_view *t);

/* The blocks that hold the bytes from start to end, and so many before and behind: into t->first, n. */
void sk_text_around(sk_text_view *t, size_t start, size_t end, size_t beside);

/* The text between two bytes, blocks apart by LF; false when it is not of the text, or cuts a
 * character. In the request's arena. */
bool sk_text_cut(sk_request *rq, const sk_text_view *t, size_t start, size_t end, sk_str *ret_text);

/* The class by which a slot is marked in the text and beside its name: "m-by". */
sk_str sk_slot_class(sk_str prop);

#endif
