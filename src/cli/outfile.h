/* A file that a command writes because the user named it: whole under its name, or not there.
 *
 *     sk_outfile f;
 *     SK_TRY(sk_outfile_open(cx, name, app->force, &f));
 *     sk_sink sink = sk_outfile_sink(&f);
 *     return sk_outfile_close(&f, write_to(&sink));
 *
 * Bytes go into a file that has no name yet, in the same folder, which is synced and named at the end:
 * a failed or killed export leaves nothing behind. (Where a file system has no files without names,
 * as on many memory sticks, it is a hidden one, and only a kill leaves it.) A file that is there
 * already is kept unless it may be replaced. "-" is standard output; a device or pipe is written as
 * it is. Files are for their owner alone (0600). */
#ifndef SK_CLI_OUTFILE_H
#define SK_CLI_OUTFILE_H

#include "exchange/sink.h"

typedef struct sk_outfile {
    sk_ctx *cx;
    int fd;
    sk_str name;
    sk_str folder; /* where it will be                                                  */
    sk_str path;   /* by which a library may open it until the end; empty: bytes go
                      straight to their end                                            */
    bool is_nameless, may_replace;
} sk_outfile;

/* may_replace  a file of that name, at the end; mostly app->force
 * Errors: SK_E_CONFLICT it is there and may not be replaced; SK_E_IO. */
SK_MUST_USE sk_rc sk_outfile_open(sk_ctx *cx, sk_str name, bool may_replace, sk_outfile *f);

/* For a writer that takes pieces, until the close. */
sk_sink sk_outfile_sink(sk_outfile *f);

/* With rc SK_OK: sync and give it its name. Else remove it. Returns the first error, rc first. */
SK_MUST_USE sk_rc sk_outfile_close(sk_outfile *f, sk_rc rc);

#endif
