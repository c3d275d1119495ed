#include "base/ctx.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

static const sk_rc_info sk_rc_table[SK_RC_COUNT] = {
    [SK_OK] = {"ok", 0, 200},
    [SK_E_NOTFOUND] = {"not-found", 3, 404},
    [SK_E_AMBIGUOUS] = {"ambiguous", 4, 409},
    [SK_E_DENIED] = {"denied", 5, 403},
    [SK_E_CONFLICT] = {"conflict", 6, 409},
    [SK_E_FORMAT] = {"format", 7, 400},
    [SK_E_LIMIT] = {"limit", 8, 413},
    [SK_E_IO] = {"io", 9, 500},
    [SK_E_INTEGRITY] = {"integrity", 10, 500},
    [SK_E_CANCELLED] = {"cancelled", 11, 503},
    [SK_E_UNSUPPORTED] = {"unsupported", 12, 501},
};

const sk_rc_info *sk_rc_get_info(sk_rc rc)
{
    sk_assert((unsigned)rc < SK_RC_COUNT);
    return &sk_rc_table[rc];
}

void sk_ctx_init(sk_ctx *cx)
{
    *cx = (sk_ctx){.purpose = SK_S("work")};
}

void sk_ctx_done(sk_ctx *cx)
{
    sk_arena_done(&cx->arena);
}

/* Write the message, cut at a character boundary if it is too long for its place. */
SK_PRINTF(2, 0) static void set_message(sk_ctx *cx, const char *fmt, va_list ap)
{
    int n = vsnprintf(cx->message, sizeof cx->message, fmt, ap);
    if (n >= (int)sizeof cx->message) {
        size_t end = sizeof cx->message - 4;
        while (end && ((unsigned char)cx->message[end] & 0xC0) == 0x80)
            end--;
        memcpy(cx->message + end, "...", 4);
    }
}

void sk_fail__(sk_ctx *cx, sk_rc rc, const char *fmt, ...)
{
    sk_assert(rc != SK_OK);
    if (cx->rc)
        return;
    va_list ap;
    va_start(ap, fmt);
    set_message(cx, fmt, ap);
    va_end(ap);
    cx->rc = rc;
}

sk_rc sk_fail_errno(sk_ctx *cx, const char *fmt, ...)
{
    int why = errno;
    if (cx->rc)
        return SK_E_IO;
    va_list ap;
    va_start(ap, fmt);
    set_message(cx, fmt, ap);
    va_end(ap);
    size_t n = strlen(cx->message);
    snprintf(cx->message + n, sizeof cx->message - n, ": %s", strerror(why));
    cx->rc = why == ENOENT ? SK_E_NOTFOUND : SK_E_IO;
    return cx->rc;
}

sk_rc sk_while(sk_ctx *cx, const char *fmt, ...)
{
    char rest[sizeof cx->message];
    memcpy(rest, cx->message, sizeof rest);
    va_list ap;
    va_start(ap, fmt);
    set_message(cx, fmt, ap);
    va_end(ap);
    size_t n = strlen(cx->message);
    snprintf(cx->message + n, sizeof cx->message - n, ": %.*s",
             (int)(sizeof cx->message - n > 3 ? sizeof cx->message - n - 3 : 0), rest);
    return cx->rc;
}

void sk_forgive(sk_ctx *cx)
{
    cx->rc = SK_OK;
    cx->message[0] = '\0';
}
