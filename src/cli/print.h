/* Pieces of output that several commands share: who says, where it stands, a passage in its text. */
#ifndef SK_CLI_PRINT_H
#define SK_CLI_PRINT_H

#include "cli/app.h"

/* "two girls, as told by Human Rights Watch" from a chain, origin first. */
sk_str sk_print_chain(sk_app *app, const sk_str *chain, size_t n);

/* The chain and carrier of a claim in one cell: "TJWG (via Newsweek)". */
sk_str sk_print_says(sk_app *app, const sk_claim *c);

/* Where a claim stands: "article.txt 12-80", "returns.csv row 3", its reference, or "". */
sk_str sk_print_passage(sk_app *app, const sk_claim *c);

/* The file name of an exhibit, or the start of its hash. */
sk_str sk_print_exhibit(sk_app *app, const sk_hash *hash);

/* A claim's value for people, links as captions. */
sk_str sk_print_value(sk_app *app, const sk_claim *c);

/* "asserts" is the ordinary case and stays empty; others are named. */
sk_str sk_print_position(const sk_claim *c);

/* "Event:count" as "count of event" in the model's words: the property's label. */
sk_str sk_print_property(const sk_claim *c);

/* Print the passages of a claim, each in a few lines of its text with the words marked. */
SK_MUST_USE sk_rc sk_print_passages(sk_app *app, const sk_claim *c);

/* A claim as a JSON object with every field. */
void sk_print_claim_json(sk_app *app, sk_json *j, const sk_claim_row *row);

#endif
