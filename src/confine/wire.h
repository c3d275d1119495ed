/* What the parent and sillok-extract say to each other: numbers and letters of the pipe protocol.
 *
 * Normative text: docs/formats/extract.md. Both sides include this file and nothing else of each
 * other. Numbers are little-endian. */
#ifndef SK_CONFINE_WIRE_H
#define SK_CONFINE_WIRE_H

#include "base/limits.h"

#define SK_WIRE_MAGIC "sillok-extract/1\n"

/* Reply, worker to parent: the magic, then records <tag u8><length u32><payload>, in this order. */
enum {
    SK_WIRE_OUTCOME = 'O',     /* one byte: sk_outcome                        once  */
    SK_WIRE_NOTE = 'N',        /* UTF-8; so are the next seven                once  */
    SK_WIRE_READER = 'R',      /*                                             once  */
    SK_WIRE_MEDIA = 'M',       /*                                             once  */
    SK_WIRE_CHARSET = 'C',     /*                                             once  */
    SK_WIRE_CHARSET_HOW = 'H', /*                                             once  */
    SK_WIRE_TITLE = 'T',       /*                                             once  */
    SK_WIRE_LANG = 'L',        /*                                             once  */
    SK_WIRE_DATE = 'D',        /* edtf NUL words NUL where                    any   */
    SK_WIRE_LINK = 'K',        /* UTF-8                                       any   */
    SK_WIRE_TEXT = 'X',        /* the document's text                         once  */
    SK_WIRE_BLOCKS = 'B',      /* a run of blocks, see below                  any   */
    SK_WIRE_END = 'E',         /* u64 number of blocks; then the pipe closes  once  */
};

/* A block: u64 start, u64 end, u64 orig_start, u64 orig_end, u32 page, u8 kind, u16 bytes of place,
 * place. A record of blocks holds whole ones. */
enum { SK_WIRE_BLOCK_BYTES = 4 * 8 + 4 + 1 + 2 };

/* Reply to a request for rows, streamed while the worker reads: this magic, then records as above.
 * Charset and how come first, the end, a note before it, or a failure comes last. */
#define SK_WIRE_ROWS_MAGIC "sillok-rows/1\n"

enum {
    SK_WIRE_ROWS_CHARSET = 'C', /* UTF-8, may be empty                       once, first  */
    SK_WIRE_ROWS_HOW = 'H',     /* UTF-8, may be empty                       once, second */
    SK_WIRE_SHEET = 'S',        /* name of the sheet of the rows that follow any          */
    SK_WIRE_ROW = 'R',          /* a row, see below                          any          */
    SK_WIRE_FAILURE = 'F',      /* one byte SK_WIRE_FAILS_*, then why        instead of N, E */
    SK_WIRE_ROWS_NOTE = 'N',    /* UTF-8, may be empty                       once         */
    SK_WIRE_ROWS_END = 'E',     /* u64 number of rows; then the pipe closes  once, last   */
};

/* A row: u64 row, u64 from, u64 to, u8 SK_WIRE_BY_*, u16 bytes of place, place, NUL, u32 number
 * of cells; then the cells, each  u32 column from 0 | u16 bytes of name, name, NUL;  u32 bytes, text,
 * NUL. */
enum { SK_WIRE_ROW_BYTES = 3 * 8 + 1 + 2 + 4 };
enum { SK_WIRE_BY_COLUMN = 0, SK_WIRE_BY_NAME = 1 };

/* The longest record of a row. */
#define SK_WIRE_ROW_MOST \
    (SK_LIM_ROW_BYTES + SK_LIM_ROW_CELLS * 16 + SK_LIM_EXTRACT_PLACE_BYTES + SK_WIRE_ROW_BYTES)

/* What kind of failure, as in base/ctx.h. */
enum { SK_WIRE_FAILS_FORMAT = 'f', SK_WIRE_FAILS_LIMIT = 'l', SK_WIRE_FAILS_UNSUPPORTED = 'u' };

/* Request, parent to keeper: one packet of at most this many bytes on a SOCK_SEQPACKET socket, with
 * two descriptors (the exhibit, the pipe for the reply). Lines "key value\n":
 *   ms N   charset NAME   name FILE-NAME   unsandboxed yes
 * for rows besides:
 *   rows yes   sep CODE   sheet NAME   records NAMES */
enum { SK_WIRE_REQUEST_BYTES = 2048, SK_WIRE_CONTROL_FD = 3 };

/* Answer, keeper to parent, once the worker is gone: one packet of two bytes, how and which.
 * The reply counts only when it ended well. */
enum {
    SK_WIRE_WELL = 'W',      /* it said all it had to say                      */
    SK_WIRE_SIGNAL = 'S',    /* killed by signal number "which"                */
    SK_WIRE_EXIT = 'X',      /* it ended itself with status "which"            */
    SK_WIRE_NO_SANDBOX = 'N' /* the sandbox could not be set up; nothing read  */
};

#endif
