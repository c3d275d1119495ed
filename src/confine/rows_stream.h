/* Rows out of a stream that was recorded: for fuzz targets, which send what a taken-over worker
 * might, and for checking that what a reader sends is what the parent takes. */
#ifndef SK_CONFINE_ROWS_STREAM_H
#define SK_CONFINE_ROWS_STREAM_H

#include "confine/rows.h"

/* fd          holds the stream from its position on; borrowed
 * file_bytes  size of the file that the rows are of
 * As sk_rows_open otherwise. */
SK_MUST_USE sk_rc sk_rows_open_stream(sk_ctx *cx, int fd, uint64_t file_bytes, sk_rows **ret_rows);

#endif
