#include "exchange/sink.h"

sk_rc sk_sink_flush(sk_ctx *cx, const sk_sink *sink, sk_buf *b, bool all)
{
    if (b->overflow)
        return sk_fail(cx, SK_E_LIMIT, "a line of the export is longer than %zu bytes", b->ceiling);
    if (!all && b->n < SK_SINK_PIECE)
        return SK_OK;
    sk_rc rc = b->n ? sink->write(sink->arg, sk_buf_str(b)) : SK_OK;
    sk_buf_reset(b);
    return rc ? sk_fail(cx, rc, "the export could not be written") : SK_OK;
}

sk_rc sk_sink_to_buf(void *buf, sk_str bytes)
{
    sk_buf *b = buf;
    sk_buf_add(b, bytes);
    return b->overflow ? SK_E_LIMIT : SK_OK;
}
