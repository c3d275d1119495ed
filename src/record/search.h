/* Search: words in any script over the texts of exhibits and the names and texts that claims give.
 *
 * The unit shown is a block of text or a claim; AND and NOT are decided by the whole document (an
 * exhibit, or a claim), so that words in different paragraphs are found together. Furniture is left
 * out unless the query says furniture:yes. Filters narrow to documents; a query of filters alone
 * lists them:
 *
 *   kind:exhibit, kind:claim     exhibit:HASH or file name       entity:KEY or name
 *   claimant:WORDS               date:EDTF (when it happened)    place:WORDS
 *   restriction:LABEL            furniture:yes
 *
 * Order: for words joined by OR, up to SK_SEARCH_RANKED matches by bm25; for AND, NOT and filters up
 * to SK_SEARCH_DOCUMENTS matches, blocks that hold most of the words first. Beyond that the newest
 * come first, and the count is a floor.
 * Method and promise: docs/methods/search.md. Tested by tests/unit/record/t_search_index.c. */
#ifndef SK_RECORD_SEARCH_H
#define SK_RECORD_SEARCH_H

#include "record/highlight.h"
#include "record/query.h"
#include "record/read.h"

#define SK_SEARCH_RANKED    1000 /* words joined by OR: so many are counted and ranked         */
#define SK_SEARCH_DOCUMENTS 200  /* AND, NOT, filters: so many are looked for before it stops  */

typedef struct sk_hit {
    bool is_claim;
    sk_exhibit exhibit;  /* where the block stands (not for claims)          */
    sk_text_block block; /* text empty for an exhibit without any            */
    sk_claim_row claim;  /* for claims                                       */
    sk_str entity_caption;
    sk_str text;      /* of the block, or the claim's value for people    */
    sk_ranges ranges; /* what matched in it                               */
} sk_hit;

typedef struct sk_search_result {
    sk_hit *hits;
    size_t n;
    uint64_t total;      /* blocks and claims that match                        */
    bool total_is_floor; /* there are more                                      */
} sk_search_result;

/* Run a parsed query. limit and offset count hits.
 * Cost: some milliseconds at 100,000 blocks and 1,000,000 claims, also for words that are in nearly
 * every document (make bench; figures in docs/methods/search.md).
 * Errors: SK_E_FORMAT a filter's value; SK_E_NOTFOUND a filter names nothing. */
SK_MUST_USE sk_rc sk_search(sk_ctx *cx, sk_view *v, const sk_query *query, uint64_t offset,
                            uint64_t limit, sk_search_result *ret_result);

#endif
