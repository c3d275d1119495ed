#include "base/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_BYTES = 256 << 10 };

struct sk_lines {
    int fd;
    char *name;
    size_t most;
    char *bytes; /* at hand: bytes[at..end) */
    size_t at, end, cap;
    uint64_t offset; /* of bytes[0] in the file */
    uint64_t row;
    bool is_all_read;
};

/* Bring more bytes; what is at hand stays in front. */
static sk_rc fill(sk_ctx *cx, sk_lines *l)
{
    memmove(l->bytes, l->bytes + l->at, l->end - l->at);
    l->offset += l->at;
    l->end -= l->at;
    l->at = 0;
    if (l->end == l->cap) {
        l->cap *= 2;
        l->bytes = sk_xrealloc(l->bytes, l->cap);
    }
    ssize_t got;
    do
        got = read(l->fd, l->bytes + l->end, l->cap - l->end);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return sk_fail_errno(cx, "%s: cannot read on behind row %llu", l->name,
                             (unsigned long long)l->row);
    l->is_all_read = got == 0;
    l->end += (size_t)got;
    return SK_OK;
}

static bool has_head(const sk_lines *l, const char *head, size_t n)
{
    return l->end - l->at >= n && memcmp(l->bytes + l->at, head, n) == 0;
}

static sk_rc start(sk_ctx *cx, sk_lines *l)
{
    while (l->end < 3 && !l->is_all_read)
        SK_TRY(fill(cx, l));
    if (has_head(l, "\xFF\xFE", 2) || has_head(l, "\xFE\xFF", 2))
        return sk_fail(cx, SK_E_FORMAT, "%s: the file is UTF-16; save it as UTF-8", l->name);
    if (has_head(l, "\xEF\xBB\xBF", 3))
        l->at = 3;
    return SK_OK;
}

sk_rc sk_lines_open(sk_ctx *cx, int fd, const char *name, size_t most_bytes, sk_lines **ret_lines)
{
    sk_lines *l = sk_xmalloc(sizeof *l);
    *l = (sk_lines){.fd = fd, .most = most_bytes, .cap = FIRST_BYTES};
    size_t n = strlen(name);
    l->name = memcpy(sk_xmalloc(n + 1), name, n + 1);
    l->bytes = sk_xmalloc(l->cap);
    sk_rc rc = start(cx, l);
    if (rc)
        sk_lines_close(l);
    else
        *ret_lines = l;
    return rc;
}

/* The end of the line at hand: where its LF stands, or the end of the file. */
static sk_rc find_end(sk_ctx *cx, sk_lines *l, size_t *ret_length)
{
    for (size_t looked = 0;;) {
        size_t have = l->end - l->at;
        const char *lf =
            have > looked ? memchr(l->bytes + l->at + looked, '\n', have - looked) : NULL;
        size_t length = lf ? (size_t)(lf - (l->bytes + l->at)) : have;
        if (length > l->most)
            return sk_fail(cx, SK_E_LIMIT, "%s: row %llu is longer than %zu bytes", l->name,
                           (unsigned long long)l->row + 1, l->most);
        if (lf || l->is_all_read) {
            *ret_length = length;
            return SK_OK;
        }
        looked = have;
        SK_TRY(fill(cx, l));
    }
}

sk_rc sk_lines_next(sk_ctx *cx, sk_lines *l, sk_line_of *ret_line)
{
    size_t n;
    SK_TRY(find_end(cx, l, &n));
    uint64_t from = l->offset + l->at;
    if (l->at == l->end) {
        *ret_line = (sk_line_of){.row = l->row, .from = from, .to = from};
        return SK_OK;
    }
    char *p = l->bytes + l->at;
    l->at += n + (l->at + n < l->end); /* the LF too */
    n -= n && p[n - 1] == '\r';
    *ret_line = (sk_line_of){p, n, ++l->row, from, from + n};
    return SK_OK;
}

void sk_lines_close(sk_lines *l)
{
    if (!l)
        return;
    free(l->bytes);
    free(l->name);
    free(l);
}
