/* Claim files: tables of claims that people write, read into drafts.
 *
 *   entity,type,act,victim,date,claimant                              one row, one or more claims
 *   act-01,Act,movement.forced-return,@escapees,(unknown),@the-article
 *
 *   {"entity":"act-01","type":"Act","victim":["@a","@b"],"claimant":"TJWG"}      or JSON lines
 *
 * Two passes over the same bytes, by the same code. sk_claims_file_check reads everything, checks
 * every claim with sk_claim_check on a copy, and collects all faults; it logs nothing and needs no
 * open archive but for the resolver. When its report shows no fault, sk_claims_file_each hands out
 * the drafts one by one for logging. A file that changed in between is caught: each draft is
 * checked again.
 *
 * This module parses; it neither logs nor looks into exhibits. How `exhibit` and `quote` become a
 * passage is asked of a resolver; claims_view.h has the one that asks a view.
 * Memory: one row, and the faults up to SK_LIM_CLAIM_FAULTS. Threads: as its context.
 * Normative: docs/formats/claims.md. Tests: tests/unit/exchange/t_claims_file.c,
 * tests/fuzz/f_claims_csv.c, tests/fuzz/f_claims_json.c. */
#ifndef SK_EXCHANGE_CLAIMS_FILE_H
#define SK_EXCHANGE_CLAIMS_FILE_H

#include "record/claim.h"

/* Where something stands in the file. Rows are counted as a spreadsheet counts them: the heading is
 * row 1 and blank rows count. In JSON lines row and line are the same. */
typedef struct sk_claims_place {
    uint64_t row, line;
    uint64_t from, to; /* bytes of the file: [from, to)                              */
    sk_str column;     /* that gave the value: "victim", "value"; "low" for a figure */
} sk_claims_place;

/* What a row says that it rests on; empty fields were not given. */
typedef struct sk_claims_rest {
    sk_str exhibit; /* a file name or a hash; never empty when the resolver is asked */
    sk_str quote;
    bool has_span; /* column span: bytes of the exhibit's text, taken as they are   */
} sk_claims_rest;

/* Maps what a row says to things of the archive. Both functions may be NULL: exhibits must then be
 * given as 64 hex digits without a quote, and ids in full. */
typedef struct sk_claims_resolver {
    /* Set ret_passage's exhibit, and its span when there is a quote and no span. Errors become
     * faults of the column that *ret_column names: "exhibit" beforehand, or "quote". */
    sk_rc (*passage)(sk_ctx *cx, const sk_claims_rest *rest, sk_passage *ret_passage,
                     const char **ret_column, void *arg);
    /* The claim whose id begins with prefix. Errors become faults of column supersedes. */
    sk_rc (*claim)(sk_ctx *cx, sk_str prefix, sk_hash *ret_id, void *arg);
    void *arg;
} sk_claims_resolver;

/* The file and what it needs. Borrowed for the call.
 * fd        read from its beginning (it must be able to go back: a file, not a pipe); or -1
 * bytes     the file in memory, when fd is -1
 * name      for messages and for the ending: .jsonl, .ndjson, .json are JSON lines
 * exhibit   hash of the file itself: claims that name no exhibit rest on it, place "row N" */
typedef struct sk_claims_source {
    int fd;
    sk_str bytes;
    sk_str name;
    sk_hash exhibit;
    sk_claims_resolver resolver;
} sk_claims_source;

typedef struct sk_claims_fault {
    sk_claims_place place; /* column empty: the whole row; row 0: the whole file       */
    sk_str value;          /* of the cell, cut to some 200 bytes; may be empty          */
    sk_str message;        /* what is wrong and what to do, without place and value     */
} sk_claims_fault;

typedef struct sk_claims_report {
    uint64_t rows;                   /* with something in them, without the heading */
    uint64_t claims;                 /* that they make                              */
    uint64_t n_faults, n_warnings;   /* all of them                            */
    const sk_claims_fault *faults;   /* the first SK_LIM_CLAIM_FAULTS, in order */
    const sk_claims_fault *warnings; /* likewise                               */
    size_t n_faults_kept, n_warnings_kept;
} sk_claims_report;

/* Read and check the whole file. Faults are no error: SK_OK, and ret_report->n_faults.
 * Ownership: the report lives in cx's arena; scratch memory does not touch it.
 * Cost: about 10 us a claim, and what the resolver costs. Moves cx->progress by bytes.
 * Errors: SK_E_IO, SK_E_CANCELLED. */
SK_MUST_USE sk_rc sk_claims_file_check(sk_ctx *cx, const sk_claims_source *source,
                                       sk_claims_report *ret_report);

/* One draft, as sk_record_claim takes it. Draft and place live until the call returns; what fn
 * allocates in cx's arena is its own. Non-zero stops and becomes the result. */
typedef sk_rc sk_claims_fn(sk_ctx *cx, sk_claim *draft, const sk_claims_place *place, void *arg);

/* Hand out every claim in the order of the file: rows downwards, the claim of `property` first,
 * then columns from left to right. ret_report (may be NULL) as above, without faults.
 * Errors: SK_E_FORMAT at the first fault; SK_E_IO, SK_E_CANCELLED; what fn returns. */
SK_MUST_USE sk_rc sk_claims_file_each(sk_ctx *cx, const sk_claims_source *source, sk_claims_fn *fn,
                                      void *arg, sk_claims_report *ret_report);

/* `row 3, column victim: "x y": key has a blank; write a hyphen instead`, in the arena. */
sk_str sk_claims_fault_text(sk_arena *a, const sk_claims_fault *fault);

#endif
