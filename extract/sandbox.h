/* What the children of sillok-extract may do: almost nothing.
 *
 *   worker      reads one exhibit and writes one pipe. Memory, processor time, and these two open
 *               files; no new file, process, thread, socket, signal, nor executable memory.
 *   pdftotext   another program, so it must load its libraries: it may open files for reading below
 *               /usr, /lib and /etc/fonts where the kernel has Landlock (anywhere without), and
 *               nothing for writing; no process, thread, socket, signal.
 *
 * The filters are made once (libseccomp) and loaded by one system call in
 * each child. Numbers and reasons: docs/decisions/0200-one-keeper-one-worker-a-file.md. */
#ifndef SK_EXTRACT_SANDBOX_H
#define SK_EXTRACT_SANDBOX_H

#include "base/str.h"

/* Make the filters of the workers. Returns false when the kernel or libseccomp cannot. */
bool sk_sandbox_prepare(void);

/* Make the filter of pdftotext, once; path is the one that it lets be executed, by its address. */
bool sk_sandbox_prepare_pdftotext(const char *path);

/* Limits of memory, processor time, file size (0), core (0); both children. */
void sk_sandbox_limit(unsigned seconds);

/* Close the doors of this process for good. False: they could not be closed. */
bool sk_sandbox_worker(void);
bool sk_sandbox_text_worker(void); /* it may also receive requests from its socket */
bool sk_sandbox_pdftotext(const char *program);

#endif
