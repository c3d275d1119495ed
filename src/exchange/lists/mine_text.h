/* Numbers, names and events that stand in the free text of a list, as values of their own.
 *
 *     sk_mined *found;
 *     size_t n;
 *     SK_TRY(sk_mine_text(cx, comments, &found, &n));
 *     found[0]   kind SK_MINED_IMO   value "5571322"   words "IMO number: 5571322"
 *
 * A list has columns for the usual and a text for the rest; what a screening needs often stands in
 * the text alone. Only wordings that say a thing outright are taken: a word that announces it
 * ("SWIFT:", "Gender:", "IMO number") or a sentence that begins with it ("Reportedly deceased in
 * 2001."). A death told of somebody else ("associate of X (deceased)") is passed over. What is not
 * found is not lost: the caller keeps the whole text as a note.
 *
 * Pure functions over text, English wordings. Threads: as the context.
 * Tested in tests/unit/exchange/t_mine_text.c and by tests/fuzz/f_mine_text.c. */
#ifndef SK_EXCHANGE_MINE_TEXT_H
#define SK_EXCHANGE_MINE_TEXT_H

#include "base/edtf.h"

typedef enum sk_mined_kind {
    SK_MINED_IMO,          /* seven digits announced by "IMO"; of ship or company     */
    SK_MINED_REGISTRATION, /* a body's number in a register                           */
    SK_MINED_BIC,          /* a bank's code, announced by "SWIFT" or "BIC"            */
    SK_MINED_SEX,          /* "male", "female"                                        */
    SK_MINED_DEATH,        /* value: EDTF of the day, empty when none is named        */
    SK_MINED_FATHER,       /* the name                                                */
    SK_MINED_MOTHER,
    SK_MINED_FORMER_NAME, /* "(formerly known as X)" behind the first words           */
    SK_MINED_KINDS
} sk_mined_kind;

typedef struct sk_mined {
    sk_mined_kind kind;
    sk_str value; /* canonical                                            */
    sk_str words; /* the words of the text that say it, on one line       */
    size_t at;    /* byte of the text where they begin                    */
} sk_mined;

/* Everything found, in the order of the text. At most SK_LIM_MINED.
 * text        valid UTF-8, at most SK_LIM_VALUE_BYTES
 * Ownership: ret_found in cx's arena. Cost: linear in the text times the number of wordings.
 * Errors: SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_mine_text(sk_ctx *cx, sk_str text, sk_mined **ret_found, size_t *ret_n);

/* All runs of blanks and line breaks become one blank, none at the ends. No copy when there is
 * nothing to change. In a. */
sk_str sk_mine_one_line(sk_arena *a, sk_str text);

/* The same for a text of several paragraphs: an empty line between two becomes one line break, other
 * line breaks and the indenting that XML lays over a text become blanks. In a. */
sk_str sk_mine_paragraphs(sk_arena *a, sk_str text);

/* The number in a wording of a document: "CAR diplomatic passport no. D00000898" gives "D00000898",
 * "Jordan 654781" gives "654781", "OR 1961825" stays whole (a series stands before the number).
 * Empty when no number stands there, or digits stand on both sides of a word. */
sk_str sk_mine_number(sk_str text);

/* Does the remark say that a name or document is borne without right: "from false passport",
 * "fraudulently obtained". */
bool sk_mine_says_false(sk_str remark);

/* A date that stands behind one of the words ("expires", "expired", "valid until"), as EDTF in cx's
 * arena; empty when none does. */
sk_str sk_mine_date_after(sk_ctx *cx, sk_str text, const char *const *words, size_t n_words);

#endif
