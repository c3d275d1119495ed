/* One import from beginning to end, for whichever face was handed the files: recognise them, find the
 * copy to compare with, account for every row, enter it.
 *
 *     sk_import_job job = {.files = files, .n_files = n, .draft = {...}, .capture = {...}};
 *     SK_TRY(sk_import_job_plan(cx, view, &job));
 *     if (job.has_same) ...                                     imported already, in the same way
 *     SK_TRY(sk_import_job_account(cx, view, &job, NULL, &report));        a dry run ends here
 *     SK_TRY(sk_import_job_enter(cx, &job, &report, &id));      logs and commits; then read it:
 *     SK_TRY(sk_imports_pending(cx));                                      import_ingest.h
 *
 * Descriptors are the caller's and must be able to go back to their beginning.
 * Threads: as its context. Tested by tests/cli/t_import.sh and tests/web/walk.py. */
#ifndef SK_EXCHANGE_IMPORT_JOB_H
#define SK_EXCHANGE_IMPORT_JOB_H

#include "exchange/import_report.h"
#include "record/write.h"

/* SHA-256 of the file's bytes into f->hash; its position is not moved. Errors: SK_E_IO, with its name. */
SK_MUST_USE sk_rc sk_source_file_hash(sk_ctx *cx, sk_source_file *f);

/* The reader that recognises one of n files most surely; that file is put first: in a set it is the
 * main one. NULL: none does. Cost: the first 64 KiB of each. */
const sk_reader *sk_source_files_recognise(sk_ctx *cx, sk_source_file *files, size_t n);

typedef struct sk_import_job {
    /* what the caller fills in */
    sk_source_file *files; /* name and fd; hashes are made here; the main one is put first */
    size_t n_files;
    sk_str format;            /* name of a reader; empty: recognise                        */
    bool has_mapping;         /* how the columns of a table become claims                  */
    sk_source_file mapping;   /* name and fd                                               */
    sk_import_draft draft;    /* list, asof, claimant, carrier ...: what the user says     */
    sk_capture_draft capture; /* url, captured, restrictions: of all files                 */
    /* what the plan finds */
    const sk_reader *reader;
    sk_source source;
    bool has_same, has_prior;
    sk_import_info same, prior; /* imported so before; the copy to compare with */
} sk_import_job;

/* Hash the files, choose the reader, ask the file what it says of itself.
 * Errors: SK_E_FORMAT of no format that is recognised; SK_E_LIMIT; SK_E_IO; those of the reader. */
SK_MUST_USE sk_rc sk_import_job_plan(sk_ctx *cx, sk_view *v, sk_import_job *job);

/* Account for every row. csv (may be NULL) gets the account as CSV. */
SK_MUST_USE sk_rc sk_import_job_account(sk_ctx *cx, sk_view *v, const sk_import_job *job,
                                        const sk_sink *csv, sk_import_report *ret_report);

/* Preserve the files, log the import, commit. cx->archive must be open for writing.
 * Errors: SK_E_CONFLICT a file changed meanwhile. */
SK_MUST_USE sk_rc sk_import_job_enter(sk_ctx *cx, sk_import_job *job,
                                      const sk_import_report *report, sk_hash *ret_id);

#endif
