/* The context: what one command or one request carries through every call, and how calls fail.
 *
 * Functions above base/ take `sk_ctx *cx` first. It holds the arena that owns all results, the
 * error, who is acting and for what purpose, the open archive and index, and the progress bar.
 * There is no other global state.
 *
 * How to fail:   return sk_fail(cx, SK_E_FORMAT, "row %zu: date \"%s\" is not EDTF; write ...", ...);
 * How to pass on: if ((rc = sk_something(cx, ...))) return rc;         or  SK_TRY(sk_something(cx, ...));
 * The first error stays: callers may add one frame of place with sk_while, nobody overwrites.
 * Messages: lower case, no full stop, what failed, the value in quotes, what to do next.
 *
 * Ownership: arguments are borrowed; ret_ values live in cx's arena unless a header says otherwise.
 * Threads: a context belongs to one thread. */
#ifndef SK_BASE_CTX_H
#define SK_BASE_CTX_H

#include "base/arena.h"
#include "base/limits.h"
#include "base/str.h"

/* The expected ways to fail. sk_rc_table in ctx.c maps each to one exit code, HTTP status and
 * stable API string; docs and tests read that table. */
typedef enum sk_rc {
    SK_OK = 0,
    SK_E_NOTFOUND,    /* nothing by that name                          */
    SK_E_AMBIGUOUS,   /* several things by that name                   */
    SK_E_DENIED,      /* this user, for this purpose, may not          */
    SK_E_CONFLICT,    /* somebody else is writing, or it exists        */
    SK_E_FORMAT,      /* the input does not have the form it must have */
    SK_E_LIMIT,       /* a ceiling of base/limits.h, or SQLite's memory */
    SK_E_IO,          /* the system could not read or write            */
    SK_E_INTEGRITY,   /* stored bytes are not what was signed          */
    SK_E_CANCELLED,   /* stopped on request or by a deadline           */
    SK_E_UNSUPPORTED, /* known, but this build or version cannot       */
    SK_RC_COUNT
} sk_rc;

typedef struct sk_rc_info {
    const char *name; /* stable, for programs: "not-found" */
    int exit_code;
    int http_status;
} sk_rc_info;

const sk_rc_info *sk_rc_get_info(sk_rc rc);

typedef struct sk_ctx {
    sk_arena arena;
    sk_rc rc;                           /* of the first error, SK_OK if none         */
    char message[SK_LIM_MESSAGE_BYTES]; /* of the first error                        */
    sk_str user;                        /* who is acting; see gate/                  */
    sk_str purpose;                     /* what for: "work" unless said              */
    struct sk_archive *archive;         /* open archive, borrowed; NULL if none      */
    struct sk_index *index;             /* open index, borrowed; NULL if none        */
    struct sk_progress *progress;       /* NULL: silent                              */
    bool (*cancelled)(void *);          /* asked between units of work; may be NULL  */
    void *cancelled_arg;
} sk_ctx;

void sk_ctx_init(sk_ctx *cx);
void sk_ctx_done(sk_ctx *cx);

/* Record the error unless one is recorded already; the value is rc, so that `return sk_fail(...)` is
 * seen to fail by whoever reads it, compilers included. */
#define sk_fail(cx, rc, ...) (sk_fail__((cx), (rc), __VA_ARGS__), (sk_rc)(rc))
void sk_fail__(sk_ctx *cx, sk_rc rc, const char *fmt, ...) SK_PRINTF(3, 4);

/* The same for a failed system call: adds what errno says. */
SK_MUST_USE sk_rc sk_fail_errno(sk_ctx *cx, const char *fmt, ...) SK_PRINTF(2, 3);

/* Put a place in front of the recorded message ("importing 'x.csv': ..."); returns its rc. */
sk_rc sk_while(sk_ctx *cx, const char *fmt, ...) SK_PRINTF(2, 3);

/* Forget the recorded error: for callers that report it and go on with the next item. */
void sk_forgive(sk_ctx *cx);

#define SK_TRY(call)               \
    do {                           \
        sk_rc sk_try_rc_ = (call); \
        if (sk_try_rc_)            \
            return sk_try_rc_;     \
    } while (0)

#endif
