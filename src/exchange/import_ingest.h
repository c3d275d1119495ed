/* Imports into the index: running the readers that the log's import entries name.
 *
 * The log says which file, which reader, which options; the claims are made again whenever an index
 * is made. Whoever opens an archive calls this after the texts were read (read/ingest.h). An import
 * that cannot be read (its file is damaged, its format unknown to this version) is noted in the
 * index with the reason and does not stop the others.
 *
 * Threads: as its context. Tested by tests/unit/exchange/t_import_ingest.c, tests/cli/t_import.sh. */
#ifndef SK_EXCHANGE_IMPORT_INGEST_H
#define SK_EXCHANGE_IMPORT_INGEST_H

#include "exchange/import.h"
#include "record/import.h"

/* Read every import that is wanted and not read; uses cx->archive, cx->index, cx->progress.
 * Each is one transaction: all its claims or none.
 * Errors: SK_E_IO, SK_E_CANCELLED; SK_E_NOTFOUND and SK_E_UNSUPPORTED when the confined program is
 * needed and cannot run: those imports stay pending. */
SK_MUST_USE sk_rc sk_imports_pending(sk_ctx *cx);

/* Open the files of an import from the archive as a source. close_source when done. */
SK_MUST_USE sk_rc sk_import_open(sk_ctx *cx, const sk_import_draft *what, sk_source *ret_source);
void sk_import_close(sk_source *source);

#endif
