/* The children that sillok-extract forks. Each function runs in the child and never returns; the
 * exit status says what the keeper does next. */
#ifndef SK_EXTRACT_WORKER_H
#define SK_EXTRACT_WORKER_H

#include "request.h"

/* Exit status of a worker, and answer of the worker for plain text. Of all but DONE and FAULT it is
 * true that nothing was written to the reply. */
enum {
    SK_WORKER_DONE = 0,
    SK_WORKER_FAULT = 70,          /* the reply could not be written                         */
    SK_WORKER_NEEDS_CHARSETS = 75, /* not UTF-8: fork again with the converters loaded       */
    SK_WORKER_NO_SANDBOX = 76,
    SK_WORKER_NEEDS_PDFTOTEXT = 77,
    SK_WORKER_NO_PROGRAM = 78, /* pdftotext is not there                                 */
    SK_WORKER_NOT_TEXT = 79,   /* the worker for plain text hands it back                */
    SK_WORKER_RETIRES = 80,    /* done, and enough: fork another for the next            */
};

/* Read the exhibit at fd 0 and write the reply to fd 1. */
SK_NORETURN void sk_worker_run(const sk_request *req);

/* Serve requests from the socket at fd 0 for as long as they are plain text or tables in UTF-8,
 * answering each with one byte; anything else is handed back unread. */
SK_NORETURN void sk_worker_serve_text(bool may_run_unsandboxed);

/* As sk_worker_run for a PDF: fd 0 is the output of pdftotext, fd 2 what it said, fd 3 how it ended
 * (the two bytes that the keeper writes: 'X' and exit status, or 'S' and signal). */
SK_NORETURN void sk_worker_run_pdf(const sk_request *req);

/* Become pdftotext: the PDF at fd 0, text to fd 1, messages to fd 2. */
SK_NORETURN void sk_worker_become_pdftotext(const sk_request *req, const char *path);

#endif
