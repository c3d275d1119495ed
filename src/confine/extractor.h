/* From an exhibit to a document, by way of the sandboxed program sillok-extract.
 *
 *     sk_extractor *x;
 *     SK_TRY(sk_extractor_open(cx, &x));                 one for many files
 *     sk_extract_opts opts = {.extractor = x};
 *     for (...)
 *         if ((rc = sk_extract(cx, fd, SK_S("page.html"), &opts, &doc))) ...
 *     sk_extractor_close(x);
 *
 *   this process            sillok-extract           worker: one exhibit, then gone
 *   sk_extract  --request-->  keeper      --fork-->   seccomp, rlimits, no files
 *        ^      <--how it ended--                         |
 *        `------------------- reply (confine/reply.h) <------'
 *
 * This is not a parser: no byte of an exhibit is looked at here. Whatever an exhibit does to its
 * worker (crash, bomb, endless loop) is the outcome of that one document; see the decision record
 * 0200. What comes back is checked as if a stranger had sent it.
 *
 * Invariants: after any call the extractor is usable again; a killed keeper is started anew.
 * Threads: an extractor and its calls belong to one thread. */
#ifndef SK_CONFINE_EXTRACTOR_H
#define SK_CONFINE_EXTRACTOR_H

#include "record/document.h"

typedef struct sk_extractor sk_extractor;

typedef struct sk_extract_opts {
    sk_str charset;           /* read text as this charset ("cp949"); empty: detect it          */
    bool may_run_unsandboxed; /* go on where the kernel cannot sandbox; false: refuse           */
    int64_t time_limit_ms;    /* wall clock for this exhibit; 0: SK_LIM_EXTRACT_SECONDS         */
    sk_extractor *extractor;  /* a running one, borrowed; NULL: start one for this call         */
} sk_extract_opts;

/* Find the extractor program and start it.
 * The program is sought beside the running executable, then in the installed libexec folder, then
 * at $SILLOK_EXTRACT. Cost: one spawn, some milliseconds. Caller closes.
 * Errors: SK_E_NOTFOUND (lists where it looked), SK_E_IO. */
SK_MUST_USE sk_rc sk_extractor_open(sk_ctx *cx, sk_extractor **ret_extractor);
void sk_extractor_close(sk_extractor *x); /* NULL is fine */

/* Read the exhibit open at fd into a document.
 * fd         a regular file, open for reading; its position is neither used nor kept
 * name_hint  the file's name; only its ending is used, and only where content cannot tell
 *            (a .csv is text like any other); may be empty
 * opts       NULL: all defaults
 * The document lives in cx's arena. A file that cannot be read gives SK_OK and a document whose
 * outcome and note say why.
 * Errors: SK_E_NOTFOUND and SK_E_IO when the program cannot be started, SK_E_UNSUPPORTED when the
 * sandbox cannot be set up and opts does not allow to go on without, SK_E_CANCELLED.
 * Cost: one fork, under a millisecond beside the reading itself; measured in decision 0200.
 * Tested in tests/unit/read/t_extractor.c. */
SK_MUST_USE sk_rc sk_extract(sk_ctx *cx, int fd, sk_str name_hint, const sk_extract_opts *opts,
                             sk_document **ret_doc);

#endif
