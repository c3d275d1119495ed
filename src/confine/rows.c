/* Rows from the worker's pipe: a strict reader of the stream of docs/formats/extract.md.
 *
 * Nothing is believed: sizes, order of records, counts, UTF-8, NFC, names of columns and ranges are
 * checked, as in reply.c. How the worker ended counts as much as what it sent: the last row is the
 * last only when the stream is complete and the worker ended well. */
#include "confine/rows.h"

#include "base/buf.h"
#include "base/clock.h"
#include "confine/keeper.h"
#include "confine/reply.h"
#include "confine/row_cutter.h"
#include "confine/rows_stream.h"
#include "confine/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CHUNK_BYTES = 256 << 10, /* read from the pipe at a time          */
    HEAD_BYTES = 5,          /* tag and length of a record            */
    MOST_MS = 86400000,      /* of a request                          */
    HINT_BYTES = 255,        /* of the file's name                    */
    CHARSET_BYTES = 100,
    SHEET_BYTES = 255,
    RECORDS_BYTES = 1000,
    END_MS = 10000, /* for the keeper to say how its worker ended */
    LAST_MS = 500,  /* the same, when it does not matter          */
};

struct sk_rows {
    sk_extractor *x;
    bool is_own;
    int fd, in; /* our own opening of the file; the pipe */
    uint64_t size;
    int64_t limit_ms;
    char *name;
    sk_buf buf; /* bytes from the pipe: unread ones from at on */
    size_t at;
    bool is_at_eof, is_done;
    sk_buf charset, sheet, note;
    sk_row_cutter cutter;
    uint64_t n_rows; /* told so far */
    sk_rc failed;
    char *why;
};

/* ---- failing: once and for all ---- */

SK_PRINTF(4, 5)
static sk_rc fail(sk_ctx *cx, sk_rows *r, sk_rc rc, const char *fmt, ...)
{
    char text[SK_LIM_MESSAGE_BYTES];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (!r->failed) {
        r->failed = rc;
        size_t n = strlen(r->name) + strlen(text) + 5;
        r->why = sk_xmalloc(n);
        snprintf(r->why, n, "%s: %s", r->name, text);
    }
    return sk_fail(cx, r->failed, "%s", r->why);
}

static sk_rc refuse(sk_ctx *cx, sk_rows *r, const char *what)
{
    return fail(cx, r, SK_E_IO, "what the extractor sends is not sound: %s", what);
}

/* The pipe has ended too early, or the worker is silent: say how it ended, if that is known. */
static sk_rc fail_torn(sk_ctx *cx, sk_rows *r)
{
    char how = 0;
    unsigned char which = 0;
    if (!r->x)
        return refuse(cx, r, "the stream of rows is cut off");
    if (sk_keeper_wait(cx, r->x->control, sk_clock_ms() + END_MS) != SK_READY ||
        !sk_keeper_answer(r->x, &how, &which))
        return fail(cx, r, SK_E_IO, "the extractor ended unexpectedly after %llu rows",
                    (unsigned long long)r->n_rows);
    r->x->is_busy = false;
    if (how == SK_WIRE_NO_SANDBOX) {
        r->failed = sk_keeper_no_sandbox(cx);
        r->why = sk_xmalloc(strlen(cx->message) + 1);
        memcpy(r->why, cx->message, strlen(cx->message) + 1);
        return r->failed;
    }
    if (how == SK_WIRE_WELL)
        return refuse(cx, r, "the stream of rows is cut off");
    sk_str end = sk_keeper_describe(cx, how, which);
    return fail(cx, r, SK_E_IO, "%.*s, after %llu rows", SK_P(end), (unsigned long long)r->n_rows);
}

/* ---- bytes ---- */

/* Have n unread bytes in the buffer, or know that the pipe ends before. A worker may take its time
 * only while we wait for it: a reader that leaves rows unread costs it nothing. */
static sk_rc fill(sk_ctx *cx, sk_rows *r, size_t n)
{
    if (r->buf.n - r->at >= n || r->is_at_eof)
        return SK_OK;
    if (r->at) {
        memmove(r->buf.p, r->buf.p + r->at, r->buf.n - r->at);
        r->buf.n -= r->at;
        r->at = 0;
    }
    while (r->buf.n < n && !r->is_at_eof) {
        char *room = sk_buf_room(&r->buf, CHUNK_BYTES);
        sk_assert(room); /* n is checked against the ceilings of records */
        sk_waited w = sk_keeper_wait(cx, r->in, sk_clock_ms() + r->limit_ms);
        if (w == SK_STOPPED)
            return fail(cx, r, SK_E_CANCELLED, "reading was cancelled");
        if (w == SK_TIMED_OUT)
            return fail(cx, r, SK_E_IO,
                        "the extractor said nothing for %lld s after %llu rows and was stopped",
                        (long long)(r->limit_ms + 999) / 1000, (unsigned long long)r->n_rows);
        ssize_t got = read(r->in, room, CHUNK_BYTES);
        if (got < 0 && errno != EINTR && errno != EAGAIN)
            return fail(cx, r, SK_E_IO, "reading from the extractor failed");
        r->is_at_eof = got == 0;
        if (got > 0)
            sk_buf_grew(&r->buf, (size_t)got);
    }
    return SK_OK;
}

static size_t most_of(char tag)
{
    switch (tag) {
    case SK_WIRE_ROW:
        return SK_WIRE_ROW_MOST;
    case SK_WIRE_ROWS_NOTE:
    case SK_WIRE_FAILURE:
        return SK_LIM_MESSAGE_BYTES;
    case SK_WIRE_ROWS_CHARSET:
    case SK_WIRE_ROWS_HOW:
    case SK_WIRE_SHEET:
        return SK_LIM_EXTRACT_PLACE_BYTES;
    case SK_WIRE_ROWS_END:
        return 8;
    default:
        return 0;
    }
}

/* The next record, valid until the next call. */
static sk_rc take(sk_ctx *cx, sk_rows *r, char *ret_tag, sk_str *ret_payload)
{
    SK_TRY(fill(cx, r, HEAD_BYTES));
    if (r->buf.n - r->at < HEAD_BYTES)
        return fail_torn(cx, r);
    char tag = r->buf.p[r->at];
    size_t n = (size_t)sk_row_number(r->buf.p + r->at + 1, 4);
    if (n > most_of(tag))
        return refuse(cx, r, most_of(tag) ? "a record is too long" : "an unknown record");
    SK_TRY(fill(cx, r, HEAD_BYTES + n));
    if (r->buf.n - r->at < HEAD_BYTES + n)
        return fail_torn(cx, r);
    *ret_tag = tag;
    *ret_payload = (sk_str){r->buf.p + r->at + HEAD_BYTES, n};
    r->at += HEAD_BYTES + n;
    return SK_OK;
}

static sk_rc keep_line(sk_ctx *cx, sk_rows *r, sk_buf *to, sk_str line)
{
    if (!sk_reply_is_clean(line, false))
        return refuse(cx, r, "a line is not clean text");
    sk_buf_reset(to);
    sk_buf_add(to, line);
    return SK_OK;
}

static sk_rc take_failure(sk_ctx *cx, sk_rows *r, sk_str s)
{
    if (!s.n || !sk_reply_is_clean(sk_str_sub(s, 1, s.n), false))
        return refuse(cx, r, "a failure that says nothing");
    char how;
    unsigned char which;
    if (r->x && sk_keeper_wait(cx, r->x->control, sk_clock_ms() + LAST_MS) == SK_READY &&
        sk_keeper_answer(r->x, &how, &which))
        r->x->is_busy = false; /* it has ended by itself: the keeper serves on */
    sk_rc rc = s.p[0] == SK_WIRE_FAILS_LIMIT         ? SK_E_LIMIT
               : s.p[0] == SK_WIRE_FAILS_UNSUPPORTED ? SK_E_UNSUPPORTED
                                                     : SK_E_FORMAT;
    return fail(cx, r, rc, "%.*s", SK_P(sk_str_sub(s, 1, s.n)));
}

static sk_rc take_row(sk_ctx *cx, sk_rows *r, sk_str payload, sk_row *ret_row)
{
    const char *fault = sk_row_cut(&r->cutter, payload, r->size, ret_row);
    if (fault)
        return refuse(cx, r, fault);
    r->n_rows++;
    ret_row->sheet = sk_buf_str(&r->sheet);
    return SK_OK;
}

/* The stream says that it is complete: it must be, and the worker must have ended well. */
static sk_rc take_end(sk_ctx *cx, sk_rows *r, sk_str s)
{
    char how;
    unsigned char which;
    if (s.n != 8 || sk_row_number(s.p, 8) != r->n_rows)
        return refuse(cx, r, "the number of rows");
    SK_TRY(fill(cx, r, 1));
    if (r->buf.n > r->at)
        return refuse(cx, r, "there is more behind the end");
    r->is_done = !r->x;
    if (r->is_done)
        return SK_OK;
    if (sk_keeper_wait(cx, r->x->control, sk_clock_ms() + END_MS) != SK_READY ||
        !sk_keeper_answer(r->x, &how, &which))
        return fail(cx, r, SK_E_IO, "the extractor ended unexpectedly");
    r->x->is_busy = false;
    if (how != SK_WIRE_WELL) {
        sk_str end = sk_keeper_describe(cx, how, which);
        return fail(cx, r, SK_E_IO, "%.*s", SK_P(end));
    }
    r->is_done = true;
    return SK_OK;
}

sk_rc sk_rows_next(sk_ctx *cx, sk_rows *r, sk_row *ret_row)
{
    char tag;
    sk_str s;
    if (r->failed)
        return sk_fail(cx, r->failed, "%s", r->why);
    while (!r->is_done) {
        SK_TRY(take(cx, r, &tag, &s));
        switch (tag) {
        case SK_WIRE_ROW:
            return take_row(cx, r, s, ret_row);
        case SK_WIRE_SHEET:
            r->cutter.last_row = 0;
            SK_TRY(keep_line(cx, r, &r->sheet, s));
            break;
        case SK_WIRE_ROWS_NOTE:
            SK_TRY(keep_line(cx, r, &r->note, s));
            break;
        case SK_WIRE_FAILURE:
            return take_failure(cx, r, s);
        case SK_WIRE_ROWS_END:
            SK_TRY(take_end(cx, r, s));
            break;
        default:
            return refuse(cx, r, "a record where it may not be");
        }
    }
    *ret_row = (sk_row){.sheet = sk_buf_str(&r->sheet)};
    return SK_OK;
}

/* ---- opening ---- */

/* Magic, charset and how it was found; or why there are no rows. */
static sk_rc take_start(sk_ctx *cx, sk_rows *r)
{
    sk_str magic = SK_S(SK_WIRE_ROWS_MAGIC), s;
    char tag;
    SK_TRY(fill(cx, r, magic.n));
    if (r->buf.n < magic.n)
        return fail_torn(cx, r);
    if (!sk_str_eq(sk_str_sub(sk_buf_str(&r->buf), 0, magic.n), magic))
        return refuse(cx, r,
                      "it does not begin as it must; are sillok and sillok-extract of one "
                      "installation?");
    r->at = magic.n;
    SK_TRY(take(cx, r, &tag, &s));
    if (tag == SK_WIRE_FAILURE)
        return take_failure(cx, r, s);
    if (tag != SK_WIRE_ROWS_CHARSET)
        return refuse(cx, r, "no charset where it must be");
    SK_TRY(keep_line(cx, r, &r->charset, s));
    SK_TRY(take(cx, r, &tag, &s));
    if (tag != SK_WIRE_ROWS_HOW || !sk_reply_is_clean(s, false))
        return refuse(cx, r, "not how the charset was found");
    if (s.n)
        sk_buf_addf(&r->charset, " (%.*s)", SK_P(s));
    return SK_OK;
}

/* An opening of our own: positions of the caller's do not move under it, nor the other way. */
static sk_rc open_file(sk_ctx *cx, sk_rows *r, int fd)
{
    char path[40];
    struct stat st;
    if (fstat(fd, &st) || !S_ISREG(st.st_mode))
        return sk_fail(cx, SK_E_UNSUPPORTED,
                       "\"%s\" is no regular file; save what comes from it and give that", r->name);
    r->size = (uint64_t)st.st_size;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    r->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (r->fd < 0)
        r->fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    return r->fd < 0 ? sk_fail_errno(cx, "cannot read \"%s\"", r->name) : SK_OK;
}

static sk_rc check_opts(sk_ctx *cx, const sk_rows_opts *o)
{
    static const size_t most[] = {CHARSET_BYTES, SHEET_BYTES, RECORDS_BYTES};
    static const char *const what[] = {"charset", "sheet", "list of record elements"};
    const sk_str values[] = {o->charset, o->sheet, o->records};
    for (size_t i = 0; i < SK_COUNT(values); i++) {
        if (values[i].n > most[i])
            return sk_fail(cx, SK_E_LIMIT, "the name of the %s has %zu bytes, at most %zu", what[i],
                           values[i].n, most[i]);
        if (values[i].n && memchr(values[i].p, '\n', values[i].n))
            return sk_fail(cx, SK_E_FORMAT, "the name of the %s has a line end in it", what[i]);
    }
    if (o->sep == '"' || o->sep == '\n' || o->sep == '\r' || (o->sep & 0x80))
        return sk_fail(cx, SK_E_FORMAT,
                       "byte 0x%02x cannot part cells; name one of , ; | or the tab",
                       (unsigned char)o->sep);
    return SK_OK;
}

static sk_str make_request(sk_arena *a, const sk_rows *r, const sk_rows_opts *o)
{
    sk_str charset = sk_keeper_line(a, "charset", o->charset, CHARSET_BYTES);
    sk_str name = sk_keeper_line(a, "name", sk_str_of(r->name), HINT_BYTES);
    sk_str sheet = sk_keeper_line(a, "sheet", o->sheet, SHEET_BYTES);
    sk_str records = sk_keeper_line(a, "records", o->records, RECORDS_BYTES);
    sk_str sep = o->sep ? sk_fmt(a, "sep %d\n", o->sep) : SK_NONE;
    return sk_fmt(a, "ms %lld\nrows yes\n%.*s%.*s%.*s%.*s%.*s%s", (long long)r->limit_ms,
                  SK_P(charset), SK_P(name), SK_P(sheet), SK_P(records), SK_P(sep),
                  o->may_run_unsandboxed ? "unsandboxed yes\n" : "");
}

static sk_rc start(sk_ctx *cx, sk_rows *r, int fd, const sk_rows_opts *o)
{
    SK_TRY(check_opts(cx, o));
    SK_TRY(open_file(cx, r, fd));
    uint64_t seconds = SK_LIM_ROWS_SECONDS + (r->size >> 20) * SK_LIM_ROWS_MIB_SECONDS;
    r->limit_ms = o->time_limit_ms > 0       ? o->time_limit_ms
                  : seconds * 1000 > MOST_MS ? MOST_MS
                                             : (int64_t)seconds * 1000;
    r->is_own = !o->extractor || o->extractor->is_busy;
    if (r->is_own)
        SK_TRY(sk_extractor_open(cx, &r->x));
    else
        r->x = o->extractor;
    SK_TRY(sk_keeper_ask(cx, r->x, r->fd, make_request(&cx->arena, r, o), &r->in));
    r->x->is_busy = true;
    return take_start(cx, r);
}

static sk_rows *make(sk_str name)
{
    sk_rows *r = sk_xmalloc(sizeof *r);
    *r = (sk_rows){.fd = -1, .in = -1};
    if (!name.n)
        name = SK_S("the file");
    r->name = sk_xmalloc(name.n + 1);
    memcpy(r->name, name.p, name.n);
    r->name[name.n] = '\0';
    sk_buf_init(&r->buf, SK_WIRE_ROW_MOST + HEAD_BYTES + 2 * CHUNK_BYTES);
    sk_buf_init(&r->charset, 2 * SK_LIM_EXTRACT_PLACE_BYTES + 8);
    sk_buf_init(&r->sheet, SK_LIM_EXTRACT_PLACE_BYTES);
    sk_buf_init(&r->note, SK_LIM_MESSAGE_BYTES);
    return r;
}

static sk_rc hand_over(sk_rc rc, sk_rows *r, sk_rows **ret_rows)
{
    if (rc)
        sk_rows_close(r);
    else
        *ret_rows = r;
    return rc;
}

sk_rc sk_rows_open(sk_ctx *cx, int fd, sk_str name_hint, const sk_rows_opts *opts,
                   sk_rows **ret_rows)
{
    static const sk_rows_opts defaults = {0};
    sk_rows *r = make(name_hint);
    return hand_over(start(cx, r, fd, opts ? opts : &defaults), r, ret_rows);
}

sk_rc sk_rows_open_stream(sk_ctx *cx, int fd, uint64_t file_bytes, sk_rows **ret_rows)
{
    sk_rows *r = make(SK_S("stream"));
    r->size = file_bytes;
    r->limit_ms = SK_LIM_ROWS_SECONDS * 1000;
    r->in = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    sk_rc rc = r->in < 0 ? sk_fail_errno(cx, "cannot read the stream") : take_start(cx, r);
    return hand_over(rc, r, ret_rows);
}

sk_str sk_rows_charset(const sk_rows *r)
{
    return sk_buf_str(&r->charset);
}

sk_str sk_rows_note(const sk_rows *r)
{
    return sk_buf_str(&r->note);
}

void sk_rows_close(sk_rows *r)
{
    if (!r)
        return;
    if (r->x && r->x->is_busy && r->in >= 0)
        sk_keeper_stop(r->x, true); /* with the worker that still reads */
    if (r->is_own)
        sk_extractor_close(r->x);
    if (r->in >= 0)
        close(r->in);
    if (r->fd >= 0)
        close(r->fd);
    sk_row_cutter_done(&r->cutter);
    sk_buf_done(&r->buf);
    sk_buf_done(&r->charset);
    sk_buf_done(&r->sheet);
    sk_buf_done(&r->note);
    free(r->why);
    free(r->name);
    free(r);
}
