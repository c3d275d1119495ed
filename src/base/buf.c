#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* The fault tests build this file again with a ceiling that is met on request
 * (tests/fault/ceilings.h). */
#ifndef SK_BUF_FAULT
#define SK_BUF_FAULT() false
#endif

void sk_buf_init(sk_buf *b, size_t ceiling_bytes)
{
    *b = (sk_buf){.ceiling = ceiling_bytes};
}

void sk_buf_done(sk_buf *b)
{
    free(b->p);
    *b = (sk_buf){.ceiling = b->ceiling};
}

void sk_buf_reset(sk_buf *b)
{
    b->n = 0;
    b->overflow = false;
}

char *sk_buf_room(sk_buf *b, size_t n)
{
    if (b->overflow || n > b->ceiling || b->n > b->ceiling - n || SK_BUF_FAULT()) {
        b->overflow = true;
        return NULL;
    }
    if (b->n + n + 1 > b->cap) {
        size_t cap = b->cap ? b->cap : 256;
        while (cap < b->n + n + 1)
            cap *= 2;
        b->p = sk_xrealloc(b->p, cap);
        b->cap = cap;
    }
    return b->p + b->n;
}

void sk_buf_grew(sk_buf *b, size_t n)
{
    sk_assert(b->n + n < b->cap);
    b->n += n;
    b->p[b->n] = '\0';
}

void sk_buf_add(sk_buf *b, sk_str s)
{
    char *to = sk_buf_room(b, s.n);
    if (!to)
        return;
    if (s.n)
        memcpy(to, s.p, s.n);
    sk_buf_grew(b, s.n);
}

void sk_buf_addc(sk_buf *b, char c)
{
    sk_buf_add(b, (sk_str){&c, 1});
}

void sk_buf_addf(sk_buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    sk_assert(n >= 0);
    char *to = sk_buf_room(b, (size_t)n);
    if (to) {
        vsnprintf(to, (size_t)n + 1, fmt, again);
        sk_buf_grew(b, (size_t)n);
    }
    va_end(again);
}
