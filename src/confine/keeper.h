/* The keeper: the process that forks a worker for each request. What extractor.c (documents) and
 * rows.c (rows) share; private to confine/.
 *
 *     SK_TRY(sk_keeper_ask(cx, x, fd, request, &pipe_fd));
 *     ... read from pipe_fd until it ends ...
 *     sk_keeper_wait(cx, x->control, ms), sk_keeper_answer(x, &how, &which)
 *
 * Invariants: one request at a time; is_busy while one is under way. */
#ifndef SK_CONFINE_KEEPER_H
#define SK_CONFINE_KEEPER_H

#include "confine/extractor.h"

#include <sys/types.h>

struct sk_extractor {
    char *program;
    pid_t pid; /* of the keeper, 0: not running */
    int control;
    bool is_busy; /* rows are being read from it: it cannot serve another now */
};

/* Start it, unless it runs. */
SK_MUST_USE sk_rc sk_keeper_start(sk_ctx *cx, sk_extractor *x);

/* Close the control socket: an idle keeper then ends by itself. kill_now: it may be busy, end it
 * and its worker now. */
void sk_keeper_stop(sk_extractor *x, bool kill_now);

/* Send a request and get the pipe that its reply comes by; a keeper that died while idle is started
 * anew. Caller closes the pipe. Errors: SK_E_IO. */
SK_MUST_USE sk_rc sk_keeper_ask(sk_ctx *cx, sk_extractor *x, int fd, sk_str request, int *ret_pipe);

/* A line "key value" for a request: value without line ends, cut to most bytes from its end; empty
 * for an empty value. */
sk_str sk_keeper_line(sk_arena *a, const char *key, sk_str value, size_t most);

typedef enum sk_waited { SK_READY, SK_TIMED_OUT, SK_STOPPED } sk_waited;

/* Wait until fd can be read, the clock shows deadline_ms, or the context is cancelled. */
sk_waited sk_keeper_wait(sk_ctx *cx, int fd, int64_t deadline_ms);

/* The answer of the keeper, once the control socket can be read; false when it is gone. */
bool sk_keeper_answer(sk_extractor *x, char *ret_how, unsigned char *ret_which);

/* How a worker ended, in words, for an answer that is not SK_WIRE_WELL. */
sk_str sk_keeper_describe(sk_ctx *cx, char how, unsigned char which);

/* The error for an answer SK_WIRE_NO_SANDBOX. */
SK_MUST_USE sk_rc sk_keeper_no_sandbox(sk_ctx *cx);

#endif
