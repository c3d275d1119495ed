/* What the parent and sillok-extract say to each other: numbers and letters of the pipe protocol.
 *
 * Normative text: docs/formats/extract.md. Both sides include this file and nothing else of each
 * other. Numbers are little-endian. */
#ifndef SK_CONFINE_WIRE_H
#define SK_CONFINE_WIRE_H

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

/* Request, parent to keeper: one packet of at most this many bytes on a SOCK_SEQPACKET socket, with
 * two descriptors (the exhibit, the pipe for the reply). Lines "key value\n":
 *   ms N   charset NAME   name FILE-NAME   unsandboxed yes */
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
