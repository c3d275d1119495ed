/* What the readers of official lists share: saying things of one entry of a list.
 *
 *     sk_list_entry e = {.im = im, .rcx = sk_import_scratch(im), .type = "Organization"};
 *     e.key = sk_list_key(e.rcx, prefix, "un-", SK_S("KPe.068"));             un-KPe.068
 *     SK_TRY(sk_list_text(&e, SK_S("FIRST_NAME"), "name", SK_S("MYOHYANG\n  SHIPPING CO")));
 *     SK_TRY(sk_list_country(&e, SK_S("COUNTRY"), "country", SK_S("DPRK")));  kp, words "DPRK"
 *
 * Values are put on one line; where that changes more than the ends, the words keep the line breaks.
 * Empty values are passed over. Not a reader: it knows no layout.
 * Threads: as the import. Tested through the readers. */
#ifndef SK_EXCHANGE_LIST_CLAIMS_H
#define SK_EXCHANGE_LIST_CLAIMS_H

#include "exchange/reader.h"

typedef struct sk_list_entry {
    sk_import *im;
    sk_ctx *rcx;      /* scratch of the row in hand                                       */
    sk_str key;       /* of the person, body or ship                                      */
    const char *type; /* its type in the model                                            */
    sk_str sanction;  /* key of its entity of type Sanction                               */
    const sk_passage *passages; /* of all claims; NULL: the row in hand                   */
    size_t n_passages;
} sk_list_entry;

/* A value with what the source says about it. */
typedef struct sk_list_value {
    sk_str value;
    sk_str words; /* as the source wrote it; empty: what is lost when value is put on one line */
    sk_str note;  /* the source's own remark on the value                                   */
    sk_str valid; /* EDTF: while it holds                                                   */
    bool used_falsely;
    bool is_text;    /* a text: its paragraphs stay, the layout of its lines goes            */
    bool is_unknown; /* the source says that nobody knows; value is put into words          */
} sk_list_value;

/* head and id as a key: blanks become "-", prefix stands in front. In rcx's arena. */
sk_str sk_list_key(sk_ctx *rcx, sk_str prefix, const char *head, sk_str id);

/* One claim of the entry. Errors: as sk_import_claim. */
SK_MUST_USE sk_rc sk_list_say(const sk_list_entry *e, sk_str column, const char *prop,
                              const sk_list_value *v);

/* The same of another entity that hangs on the entry: its Sanction, its owner. */
SK_MUST_USE sk_rc sk_list_say_of(const sk_list_entry *e, sk_str column, sk_str entity,
                                 const char *type, const char *prop, const sk_list_value *v);

/* Shorthands. */
SK_MUST_USE sk_rc sk_list_text(const sk_list_entry *e, sk_str column, const char *prop,
                               sk_str value);
SK_MUST_USE sk_rc sk_list_sanction(const sk_list_entry *e, sk_str column, const char *prop,
                                   sk_str value);

/* A country by name: its code, the name in words. "Bahrain (citizenship revoked)" gives the code and
 * a note; "Sudan/South Sudan" two claims; "na", "None Identified" say that it is unknown. A name that
 * nobody knows is kept as text, with a remark.
 * v   value is the name; note and valid are kept; the rest is not looked at */
SK_MUST_USE sk_rc sk_list_country(const sk_list_entry *e, sk_str column, const char *prop,
                                  const sk_list_value *v);

/* A number announced as one of the International Maritime Organization. What it is follows from who
 * bears it: a ship's entry gets imoNumber, a body's imoCompanyNumber when the rule for companies
 * fits. A body with a number that fits ships alone gets none, for the text speaks of a ship: there is
 * a remark then. A number of another length becomes registrationNumber.
 * words   as the source wrote it */
SK_MUST_USE sk_rc sk_list_imo(const sk_list_entry *e, sk_str column, sk_str number, sk_str words);

/* The parts that are not empty, with sep between them; in a. */
sk_str sk_list_join(sk_arena *a, const sk_str *parts, size_t n, const char *sep);

/* The columns of a row that no one has asked for and that are not empty are told as left.
 * is_used   by column, n of them */
void sk_list_tell_unused(sk_import *im, const sk_str *names, const sk_str *cells,
                         const bool *is_used, size_t n, const char *why);

/* A quantity with one exact number ("318,000"); one that is no number is told as left. */
SK_MUST_USE sk_rc sk_list_number(const sk_list_entry *e, sk_str column, const char *prop,
                                 sk_str value, const char *unit);

#endif
