/* A file that a command writes because the user named it: whole under its name, or not there.
 *
 *     sk_outfile f;
 *     SK_TRY(sk_outfile_open(cx, name, app->force, &f));
 *     sk_sink sink = sk_outfile_sink(&f);
 *     return sk_outfile_close(&f, write_to(&sink));
 *
 * Bytes go into a file without the name, beside it, which is synced and renamed at the end; a failed
 * export leaves nothing. A file that is there already is kept unless --force is given. "-" is
 * standard output; a device or pipe is written as it is. Files are for their owner alone (0600). */
#ifndef SK_CLI_OUTFILE_H
#define SK_CLI_OUTFILE_H

#include "exchange/sink.h"

typedef struct sk_outfile {
    sk_ctx *cx;
    int fd;
    sk_str name, temp; /* temp: where bytes go until the end; empty: straight to fd */
    bool may_replace;
} sk_outfile;

/* may_replace  a file of that name, at the end; mostly app->force
 * Errors: SK_E_CONFLICT it is there and may not be replaced; SK_E_IO. */
SK_MUST_USE sk_rc sk_outfile_open(sk_ctx *cx, sk_str name, bool may_replace, sk_outfile *f);

/* For a writer that takes pieces, until the close. */
sk_sink sk_outfile_sink(sk_outfile *f);

/* With rc SK_OK: sync and give it its name. Else remove it. Returns the first error, rc first. */
SK_MUST_USE sk_rc sk_outfile_close(sk_outfile *f, sk_rc rc);

#endif
