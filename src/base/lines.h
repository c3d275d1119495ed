/* Lines of a file, one after another, in memory that does not grow with the file.
 *
 *     sk_lines *l;
 *     SK_TRY(sk_lines_open(cx, fd, "list.jsonl", SK_LIM_JSON_LINE_BYTES, &l));
 *     for (;;) {
 *         sk_line_of line;
 *         if ((rc = sk_lines_next(cx, l, &line)) || !line.p)
 *             break;
 *         ... line.p may be changed in place ...
 *     }
 *     sk_lines_close(l);
 *
 * Lines end in LF or CRLF; the last one needs no end. A UTF-8 byte order mark at the start is passed
 * over; UTF-16 is named as such. Bytes are not looked at otherwise.
 * Memory: one read buffer, which grows to the longest line met (at most the ceiling).
 * Threads: a reader belongs to one thread. Tested in tests/unit/base/t_small_tools.c. */
#ifndef SK_BASE_LINES_H
#define SK_BASE_LINES_H

#include "base/ctx.h"

typedef struct sk_lines sk_lines;

/* One line; the n bytes at p are the caller's to change until the next call. p is NULL behind the
 * last one, then row is the number of the last and from is the length of the file. */
typedef struct sk_line_of {
    char *p;
    size_t n;
    uint64_t row;      /* from 1                                                  */
    uint64_t from, to; /* bytes of the file: [from, to), without the line's end   */
} sk_line_of;

/* fd is read from where it stands (borrowed). name is for messages; copied.
 * Errors: SK_E_IO, SK_E_FORMAT (UTF-16). Caller closes. */
SK_MUST_USE sk_rc sk_lines_open(sk_ctx *cx, int fd, const char *name, size_t most_bytes,
                                sk_lines **ret_lines);

/* Errors: SK_E_LIMIT (a line longer than the ceiling), SK_E_IO; with name and row. */
SK_MUST_USE sk_rc sk_lines_next(sk_ctx *cx, sk_lines *l, sk_line_of *ret_line);

void sk_lines_close(sk_lines *l); /* NULL is fine */

#endif
