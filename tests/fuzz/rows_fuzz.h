/* What the fuzz targets of rows share: the child's reader writes its stream into a file in memory,
 * the parent's side reads it back. Whatever the input, the parent must find the stream sound: it
 * gets rows and an end, or the reader's own failure. */
#ifndef SK_FUZZ_ROWS_H
#define SK_FUZZ_ROWS_H

#include "confine/rows_stream.h"
#include "rows.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* An option in the first line of the input, "#key value", which is then taken off. */
static inline sk_str fuzz_option(sk_str *input, sk_str key)
{
    sk_str rest = *input, line;
    if (!sk_str_starts(rest, key) || !sk_str_cut(&rest, '\n', &line) || !rest.p)
        return SK_NONE;
    *input = rest;
    return sk_str_sub(line, key.n, line.n);
}

static inline void fuzz_rows(sk_str bytes, const char *name, sk_str charset,
                             const sk_rows_wish *wish)
{
    sk_ctx child, parent;
    sk_rows *r = NULL;
    sk_row row = {.n = 1};
    int fd = memfd_create("rows", MFD_CLOEXEC);
    sk_source src = {.bytes = bytes, .fd = -1, .name = sk_str_of(name), .charset = charset};
    sk_ctx_init(&child);
    sk_ctx_init(&parent);
    sk_assert(sk_rows_send(&child, &src, wish, fd) && lseek(fd, 0, SEEK_SET) == 0);
    sk_rc rc = sk_rows_open_stream(&parent, fd, bytes.n, &r);
    while (!rc && row.n)
        rc = sk_rows_next(&parent, r, &row);
    sk_assert(rc == child.rc || (child.rc == SK_E_IO && rc == SK_E_FORMAT));
    sk_rows_close(r);
    sk_ctx_done(&child);
    sk_ctx_done(&parent);
    close(fd);
}

#endif
