/* Building a document: what every reader of a format writes into.
 *
 *     b->kind = SK_BLOCK_HEADING;                    what the open block will be
 *     sk_build_add(b, piece, from, to);              any number of pieces
 *     sk_build_end(b);                               trims, normalises, appends, adds the LF
 *
 * This is not a parser and knows no format. Readers do not fail with an sk_rc: whatever an exhibit
 * holds is an outcome of its document, told with sk_build_note; they stop when sk_build_is_full.
 *
 * Invariants of what it makes: those of record/document.h. Text given to it may be any bytes:
 * malformed UTF-8 becomes U+FFFD and control characters become blanks, here and nowhere else.
 * Threads: one builder, one thread. Everything lives in cx's arena but for two buffers that
 * sk_build_finish frees. */
#ifndef SK_EXTRACT_BUILD_H
#define SK_EXTRACT_BUILD_H

#include "base/buf.h"
#include "record/document.h"

#define SK_NO_ORIG UINT64_MAX /* "not known" for a position in the exhibit */

typedef struct sk_build {
    sk_ctx *cx;
    int64_t deadline_ms; /* by sk_clock_ms; readers stop with PARTIAL before they are killed */
    sk_document doc;     /* media, reader, charset, title, lang: set by the reader           */
    sk_buf text;
    sk_block *blocks;
    size_t n_blocks, cap_blocks;
    sk_stated_date *dates;
    size_t n_dates, cap_dates;
    sk_str *links;
    size_t n_links, cap_links;
    uint32_t *link_slots; /* hash table of link numbers + 1 */
    sk_buf note;

    sk_buf open;         /* text of the block being built */
    sk_block_kind kind;  /* of the block being built; back to TEXT after each */
    uint64_t from, to;   /* its range in the exhibit; SK_NO_ORIG where not known */
    bool has_lost_range; /* a piece of it came from an unknown place */
    uint32_t page;       /* of blocks from now on */
    sk_str place;        /* of the block being built; back to empty after each */

    bool is_full, is_borrowed;
    bool met_limit; /* it is not whole for a ceiling, not for a fault of the file */
    unsigned ticks;
} sk_build;

void sk_build_init(sk_build *b, sk_ctx *cx, int64_t deadline_ms);

/* Append text to the open block; from and to are its bytes in the exhibit, or SK_NO_ORIG both.
 * A block whose pieces are not all known has no range. */
void sk_build_add(sk_build *b, sk_str text, uint64_t from, uint64_t to);

/* One blank, unless the open block is empty or ends in a blank; it says nothing of the range. */
void sk_build_blank(sk_build *b);

/* A tab between two cells of a row, even where the cells are empty. */
void sk_build_tab(sk_build *b);

/* Close the open block; an empty one leaves nothing. */
void sk_build_end(sk_build *b);

/* A whole block in one call. place must live as long as the document. */
void sk_build_block(sk_build *b, sk_block_kind kind, sk_str text, sk_str place);

/* For text that keeps its exact shape: append NFC text as it stands, then say where the blocks are.
 * start and end are bytes of b->text; from and to as above. */
void sk_build_verbatim(sk_build *b, sk_str nfc_text);
void sk_build_mark(sk_build *b, sk_block_kind kind, size_t start, size_t end, uint64_t from,
                   uint64_t to);

/* Make text that is all of the document's text already (NFC, clean, ending in LF) its text, without
 * a copy; it must live as long as the document. Nothing may be added afterwards but marks. */
void sk_build_borrow(sk_build *b, sk_str text);

/* True when a ceiling or the deadline is reached; the note then says which. Cheap: ask often. */
bool sk_build_is_full(sk_build *b);

/* Say that the document is not whole: the worse outcome stays, the notes are joined by "; ". */
void sk_build_note(sk_build *b, sk_outcome outcome, const char *fmt, ...) SK_PRINTF(3, 4);

/* The same as SK_OUTCOME_PARTIAL, for a ceiling. */
void sk_build_limit(sk_build *b, const char *fmt, ...) SK_PRINTF(2, 3);

/* A date the document states about itself; words that are no date are kept without EDTF. */
void sk_build_date(sk_build *b, sk_str words, const char *where);

/* A link; repeated ones and those with blanks or control characters inside are passed over. */
void sk_build_link(sk_build *b, sk_str url);

/* One line of clean text in the arena: valid, NFC, blanks run together, at most max bytes. */
sk_str sk_build_line(sk_build *b, sk_str text, size_t max);

/* Append text to out as valid UTF-8 without control characters (tab and LF stay).
 * Returns how many malformed bytes and control characters there were. */
size_t sk_build_clean(sk_buf *out, sk_str text);

/* Close everything and hand over the document; the builder is empty afterwards. */
void sk_build_finish(sk_build *b, sk_document *ret_doc);

#endif
