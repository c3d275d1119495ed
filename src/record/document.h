/* A document: what the extractor made of one exhibit. Plain text with a map back to the original.
 *
 *   text    Title\nFirst paragraph ...\nSecond ...\nRelated Articles\n
 *   blocks  [-----][-------------------][---------][----------------]
 *            heading text                text       furniture
 *
 * Invariants: text is valid UTF-8 in NFC; blocks are in order, do not overlap, and each is followed
 * by a LF that belongs to no block (by blanks where one line was split into two blocks: a caption
 * and its credit); a block may hold LFs where its paragraph is wrapped; between blocks stand only
 * blanks, tabs and LFs; positions are bytes into text. The same bytes and extractor version give
 * the same document. Read-only data: everything borrowed from one arena.
 * Plain text that is UTF-8 in NFC with LF line ends keeps its bytes (less the byte order mark, plus
 * a last LF where it has none), so that positions are those of the file. */
#ifndef SK_RECORD_DOCUMENT_H
#define SK_RECORD_DOCUMENT_H

#include "base/ctx.h"

typedef enum sk_block_kind {
    SK_BLOCK_TEXT,      /* a paragraph or line of content             */
    SK_BLOCK_HEADING,   /* title or heading                           */
    SK_BLOCK_ROW,       /* one row of a table, cells separated by tab */
    SK_BLOCK_FURNITURE, /* menus, credits, forms: kept, marked, searched only on request */
    SK_BLOCK_KINDS
} sk_block_kind;

typedef struct sk_block {
    size_t start, end; /* bytes into the document's text                         */
    sk_block_kind kind;
    uint32_t page;                 /* page of a PDF, slide, sheet number; from 1; 0 if none  */
    uint64_t orig_start, orig_end; /* bytes into the exhibit itself; both 0 if not known     */
    sk_str place;                  /* "Sheet1!A7", "row 12", "header From"; empty if none    */
} sk_block;

typedef enum sk_outcome {
    SK_OUTCOME_OK,      /* read to the end                                          */
    SK_OUTCOME_PARTIAL, /* text up to a limit or a fault; note says which           */
    SK_OUTCOME_NONE,    /* nothing to read as text (an image); note says so         */
    SK_OUTCOME_FAILED,  /* the extractor crashed, timed out or refused; note says   */
    SK_OUTCOMES
} sk_outcome;

/* A date the document states about itself (publication, message date), as EDTF and as written. */
typedef struct sk_stated_date {
    sk_str edtf;  /* empty where the words are not understood as one date */
    sk_str words; /* as written                                           */
    sk_str where; /* "meta article:published_time", "header Date"         */
} sk_stated_date;

typedef struct sk_document {
    sk_outcome outcome;
    sk_str note;        /* why it is not OK; empty otherwise                                */
    sk_str reader;      /* name and version of what read it: "html/1"                       */
    sk_str media;       /* media type by content, e.g. "text/html"                          */
    sk_str charset;     /* "utf-8", "cp949" ...; empty where it does not apply              */
    sk_str charset_how; /* how it was found, how sure: "byte order mark: certain"         */
    sk_str title;       /* empty if none                                                    */
    sk_str lang;        /* BCP 47 primary language: "ko"; empty if not known                */
    sk_str text;
    const sk_block *blocks;
    size_t n_blocks;
    const sk_stated_date *dates;
    size_t n_dates;
    const sk_str *links; /* absolute or relative URLs, in order, each once */
    size_t n_links;
} sk_document;

const char *sk_block_kind_name(sk_block_kind kind); /* "text", "heading", "row", "furniture" */
const char *sk_outcome_name(sk_outcome outcome);    /* "ok", "partial", "none", "failed"     */

#endif
