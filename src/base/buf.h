/* The one growable byte buffer; born with a ceiling.
 *
 *     sk_buf b;
 *     sk_buf_init(&b, SK_LIM_NOTE_BYTES);
 *     sk_buf_add(&b, SK_S("sillok/1 "));
 *     sk_buf_addf(&b, "%zu\n", n);
 *     if (b.overflow) ...                 one check at the end of a chain
 *     sk_buf_done(&b);
 *
 * Invariants: b.p has a NUL behind its n bytes once anything was added; when an append would pass
 * the ceiling the buffer sets overflow, keeps what it had and ignores all further appends. */
#ifndef SK_BASE_BUF_H
#define SK_BASE_BUF_H

#include "base/limits.h"
#include "base/str.h"

typedef struct sk_buf {
    char *p;
    size_t n, cap, ceiling;
    bool overflow;
} sk_buf;

void sk_buf_init(sk_buf *b, size_t ceiling_bytes);
void sk_buf_done(sk_buf *b);

/* Empty it, keep the memory. */
void sk_buf_reset(sk_buf *b);

void sk_buf_add(sk_buf *b, sk_str s);
void sk_buf_addc(sk_buf *b, char c);
void sk_buf_addf(sk_buf *b, const char *fmt, ...) SK_PRINTF(2, 3);

/* Room for n more bytes at the end, or NULL past the ceiling; then sk_buf_grew says how many came. */
char *sk_buf_room(sk_buf *b, size_t n);
void sk_buf_grew(sk_buf *b, size_t n);

static inline sk_str sk_buf_str(const sk_buf *b)
{
    return (sk_str){b->p, b->n};
}

#endif
