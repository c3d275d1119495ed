/* A file in any charset as a stream of UTF-8, with a way back from lines to bytes.
 *
 *     sk_char_stream *s = sk_char_stream_open(cx, src, charset);
 *     FILE *f = sk_char_stream_file(s);          or sk_char_stream_read(s, out, n)
 *     ... sk_char_stream_orig(s, from, to, &a, &b) ...
 *     sk_char_stream_close(s);
 *
 * As charset.h decodes, but without holding the file: what is kept is one buffer of bytes, one of
 * text, and where the lines not asked about yet begin. NUL stays NUL; a place that is not of the
 * charset becomes U+FFFD and is remembered. Threads: one. */
#ifndef SK_EXTRACT_CHAR_STREAM_H
#define SK_EXTRACT_CHAR_STREAM_H

#include "source.h"

#include <stdio.h>

typedef struct sk_char_stream sk_char_stream;

/* Reads src->fd from its beginning (by pread), or src->bytes where there is none. Converters that
 * the charset needs must be loaded, as for sk_decode. A byte order mark is left out. */
sk_char_stream *sk_char_stream_open(sk_ctx *cx, const sk_source *src, const sk_charset *cs);
void sk_char_stream_close(sk_char_stream *s); /* NULL is fine */

/* Up to n bytes of text; 0 at the end, -1 when the file cannot be read. May split a character. */
ssize_t sk_char_stream_read(sk_char_stream *s, char *out, size_t n);

/* The same as a stream of stdio, to be closed by the caller before s. */
FILE *sk_char_stream_file(sk_char_stream *s);

/* The bytes of the file for text [from, to), where from begins a line and to stands before a line
 * end or at the end of the text; asked in order. False when it is not known. */
bool sk_char_stream_orig(sk_char_stream *s, uint64_t from, uint64_t to, uint64_t *ret_from,
                         uint64_t *ret_to);

/* Places that were not of the charset so far: how many; where the first is, in the text and in the
 * file. */
uint64_t sk_char_stream_bad(const sk_char_stream *s, uint64_t *ret_text, uint64_t *ret_byte);

#endif
