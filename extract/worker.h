/* The children that sillok-extract forks for one exhibit. Each function runs in the child and never
 * returns; the exit status says what the keeper does next. */
#ifndef SK_EXTRACT_WORKER_H
#define SK_EXTRACT_WORKER_H

#include "base/str.h"

enum {
    SK_WORKER_DONE = 0,
    SK_WORKER_FAULT = 70,          /* the reply could not be written                         */
    SK_WORKER_NEEDS_CHARSETS = 75, /* not UTF-8: fork again with the converters loaded       */
    SK_WORKER_NO_SANDBOX = 76,
    SK_WORKER_NEEDS_PDFTOTEXT = 77,
    SK_WORKER_NO_PROGRAM = 78, /* pdftotext is not there */
};

typedef struct sk_request {
    int64_t limit_ms;
    bool may_run_unsandboxed;
    sk_str charset, name;
} sk_request;

/* Read the exhibit at fd 0 and write the reply to fd 1. */
SK_NORETURN void sk_worker_run(const sk_request *req);

/* The same for a PDF: fd 0 is the output of pdftotext, fd 2 what it said, fd 3 how it ended (the
 * two bytes that the keeper writes: 'X' and exit status, or 'S' and signal). */
SK_NORETURN void sk_worker_run_pdf(const sk_request *req);

/* Become pdftotext: the PDF at fd 0, text to fd 1, messages to fd 2. */
SK_NORETURN void sk_worker_become_pdftotext(const sk_request *req, const char *path);

#endif
