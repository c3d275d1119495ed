/* What the tests of rows share: opening bytes through the confined program and looking at rows. */
#ifndef SK_TEST_READ_ROWS_HELPER_H
#define SK_TEST_READ_ROWS_HELPER_H

#include "helper.h"

#include "confine/rows.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static inline int fd_of(sk_str bytes)
{
    int fd = memfd_create("rows", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p ? bytes.p : "", bytes.n), bytes.n);
    return fd;
}

static inline sk_rc try_open(sk_str bytes, const char *name, const sk_rows_opts *opts,
                             sk_rows **ret_rows)
{
    int fd = fd_of(bytes);
    sk_rc rc = sk_rows_open(&cx, fd, sk_str_of(name), opts, ret_rows);
    close(fd); /* they have an opening of their own */
    return rc;
}

static inline sk_rows *open_bytes(sk_str bytes, const char *name, const sk_rows_opts *opts)
{
    sk_rows *r = NULL;
    if (try_open(bytes, name, opts, &r))
        fail_msg("%s: %s", name, cx.message);
    return r;
}

static inline void next_row(sk_rows *r, sk_row *ret_row)
{
    if (sk_rows_next(&cx, r, ret_row))
        fail_msg("%s", cx.message);
    assert_true(ret_row->n > 0);
    for (size_t i = 0; i < ret_row->n; i++)
        assert_true(ret_row->cells[i].p[ret_row->cells[i].n] == '\0');
}

static inline void assert_end(sk_rows *r)
{
    sk_row row;
    for (int i = 0; i < 2; i++) { /* and it stays so */
        if (sk_rows_next(&cx, r, &row))
            fail_msg("%s", cx.message);
        assert_int_equal(row.n, 0);
    }
}

/* All cells of a row as "NAME=text|NAME=text". */
static inline void assert_cells(const sk_row *row, const char *want)
{
    sk_str got = SK_NONE;
    for (size_t i = 0; i < row->n; i++)
        got = sk_fmt(&cx.arena, "%.*s%s%.*s=%.*s", SK_P(got), i ? "|" : "", SK_P(row->names[i]),
                     SK_P(row->cells[i]));
    assert_str(got, want);
}

/* Read on until it fails; ret_rows: how many rows came before. */
static inline sk_rc read_until_error(sk_rows *r, uint64_t *ret_rows)
{
    sk_row row;
    sk_rc rc;
    for (*ret_rows = 0; !(rc = sk_rows_next(&cx, r, &row)) && row.n; ++*ret_rows) {
    }
    return rc;
}

/* The bytes cannot be read as rows: at the opening or later; the message says why. */
static inline void assert_refused(sk_str bytes, const char *name, const sk_rows_opts *opts,
                                  sk_rc want, const char *says)
{
    sk_rows *r = NULL;
    uint64_t n;
    sk_rc rc = try_open(bytes, name, opts, &r);
    if (!rc)
        rc = read_until_error(r, &n);
    if (rc != want || !strstr(cx.message, says))
        fail_msg("%s: not %d with \"%s\" but %d: %s", name, want, says, rc, cx.message);
    sk_forgive(&cx);
    if (r) { /* the same error again */
        assert_int_equal(read_until_error(r, &n), want);
        assert_non_null(strstr(cx.message, says));
        sk_forgive(&cx);
    }
    sk_rows_close(r);
}

#endif
