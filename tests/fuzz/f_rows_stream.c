/* What a taken-over worker may send instead of rows. */
#include "confine/rows_stream.h"

#include "base/nfc.h"
#include "base/utf8.h"

#include <sys/mman.h>
#include <unistd.h>

static void check(sk_str s)
{
    sk_assert(sk_utf8_find_bad(s) == SIZE_MAX && sk_nfc_check(s) && s.p[s.n] == '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_rows *r = NULL;
    sk_row row = {.n = 1};
    int fd = memfd_create("rows", MFD_CLOEXEC);
    sk_ctx_init(&cx);
    sk_assert(write(fd, data, size) == (ssize_t)size && lseek(fd, 0, SEEK_SET) == 0);
    sk_rc rc = sk_rows_open_stream(&cx, fd, size, &r);
    while (!rc && row.n) {
        rc = sk_rows_next(&cx, r, &row);
        if (rc)
            break;
        sk_assert(row.from <= row.to && row.to <= size && row.n <= SK_LIM_ROW_CELLS);
        for (size_t i = 0; i < row.n; i++) {
            check(row.cells[i]);
            check(row.names[i]);
            sk_assert(row.names[i].n > 0);
        }
    }
    sk_rows_close(r);
    sk_ctx_done(&cx);
    close(fd);
    return 0;
}
