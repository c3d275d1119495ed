/* A sink: where an export writes its bytes, piece by piece.
 *
 *   sk_sink out = {write_to_file, &file};
 *   SK_TRY(sk_export_csv(cx, view, NULL, &out, &summary));
 *
 * Exports build a few tens of kilobytes, hand them over and go on, so that their memory does not
 * grow with the record. Pieces end anywhere, also inside a line.
 * Threads: as whoever writes. */
#ifndef SK_EXCHANGE_SINK_H
#define SK_EXCHANGE_SINK_H

#include "base/buf.h"
#include "base/ctx.h"

/* write  takes all of bytes or fails; what it returns becomes the result of the export. It may
 *        record its own error with sk_fail when its arg holds the context; else one is recorded
 *        for it. */
typedef struct sk_sink {
    sk_rc (*write)(void *arg, sk_str bytes);
    void *arg;
} sk_sink;

/* Hand over b's bytes once there are SK_SINK_PIECE of them (with all: any number), and empty it.
 * Errors: what the sink returns; SK_E_LIMIT when b overflowed. */
#define SK_SINK_PIECE SK_KIB(64)
SK_MUST_USE sk_rc sk_sink_flush(sk_ctx *cx, const sk_sink *sink, sk_buf *b, bool all);

/* A sink that adds to an sk_buf (arg), for tests and for small answers held in memory. */
sk_rc sk_sink_to_buf(void *buf, sk_str bytes);

#endif
