/* Imports: one signed entry stands for the thousands of claims that a reader finds in a file.
 *
 *   entry "import"        files 01 <sha256> sdn.csv, format ofac-sdn/1, list ofac-sdn, asof 2021-...
 *        |  exchange/ runs the reader, once for each index
 *        v
 *   derived claims        rows of the index only; each rests on a row of the file
 *
 * A derived claim has no entry of its own: its id is the SHA-256 of its lines and of what names the
 * import (files, format, mapping), so that importing the same file again gives the same ids, and a
 * judgement or a retraction that names one still does. Retracting the import's entry takes all of
 * them out of the index; what others said of the same entities stays.
 *
 * Which imports count is settled from the set of entries: one that was retracted does not, nor one
 * that repeats an earlier one (same files, format, mapping, options). Of one list there may be many
 * copies; the claims of each are dated by its as-of and stay.
 *
 * Normative: docs/formats/archive.md, kind "import". Tested by tests/unit/record/t_import.c. */
#ifndef SK_RECORD_IMPORT_H
#define SK_RECORD_IMPORT_H

#include "record/claim.h"
#include "record/view.h"

typedef struct sk_import_file {
    sk_hash hash;
    sk_str name;
} sk_import_file;

/* What an import's entry says. Options may be empty. */
typedef struct sk_import_draft {
    sk_str format;    /* name of the reader: "un-consolidated"   */
    uint64_t version; /* of the reader that made the report      */
    const sk_import_file *files;
    size_t n_files;
    bool has_mapping;
    sk_hash mapping; /* the mapping's text is a blob too        */
    sk_str list, asof;
    const sk_str *claimant;
    size_t n_claimant;
    sk_str carrier, lang, reference, prefix, charset, sheet, sep;
    uint64_t rows, claims, left; /* as the reader counted them     */
} sk_import_draft;

/* Log it; uses cx->archive like the functions of record/write.h.
 * Errors: SK_E_FORMAT (no file, a list's name that is no key, an as-of that is no date). */
SK_MUST_USE sk_rc sk_record_import(sk_ctx *cx, const sk_import_draft *draft, sk_hash *ret_id);

typedef enum sk_import_state {
    SK_IMPORT_PENDING,  /* not read yet                         */
    SK_IMPORT_READ,     /* its claims are in the index          */
    SK_IMPORT_FAILED,   /* could not be read; note says why     */
    SK_IMPORT_UNDONE,   /* its entry was retracted              */
    SK_IMPORT_DUPLICATE /* an earlier import says the same      */
} sk_import_state;

const char *sk_import_state_name(sk_import_state state); /* "read", "undone" ... */

typedef struct sk_import_info {
    int64_t row; /* of the index; meaningless elsewhere */
    sk_hash id;  /* of the entry                        */
    sk_str at, by;
    sk_import_state state;
    sk_str note;     /* why it failed                       */
    uint64_t claims; /* that stand in the index             */
    sk_import_draft what;
} sk_import_info;

/* Those of a list (all when empty), by as-of, then time of entry. Imports one of whose files is
 * hidden from the view are absent. In cx's arena. */
SK_MUST_USE sk_rc sk_imports_list(sk_ctx *cx, sk_view *v, sk_str list, sk_import_info **ret_list,
                                  size_t *ret_n);

/* By a prefix of its id (six digits or more), by a file's name, or by its list's name (then the
 * newest copy). Errors: SK_E_NOTFOUND, SK_E_AMBIGUOUS. */
SK_MUST_USE sk_rc sk_imports_find(sk_ctx *cx, sk_view *v, sk_str name, sk_import_info *ret_import);

/* The one of a list that a copy with that as-of is compared with: the newest that is read and not
 * later. Errors: SK_E_NOTFOUND (not recorded). */
SK_MUST_USE sk_rc sk_imports_before(sk_ctx *cx, sk_view *v, sk_str list, sk_str asof,
                                    sk_import_info *ret_import);

/* One that is live and says the same as the draft: same files, format, mapping, options.
 * Errors: SK_E_NOTFOUND (not recorded). */
SK_MUST_USE sk_rc sk_imports_same(sk_ctx *cx, sk_view *v, const sk_import_draft *draft,
                                  sk_import_info *ret_import);

/* ---- deriving; for exchange/import_ingest.c ---- */

/* The next import that is wanted and not read; SK_E_NOTFOUND (not recorded) when there is none.
 * after   the row returned before, 0 at first */
SK_MUST_USE sk_rc sk_index_next_import(sk_ctx *cx, sk_index *ix, int64_t after,
                                       sk_import_info *ret_import);
uint64_t sk_index_count_pending_imports(sk_ctx *cx, sk_index *ix);

/* Put one claim of it, between sk_index_begin and sk_index_end (record/index.h).
 * record   key of the record of the source that made it: its own stable id, for comparing copies
 * Cost: about 20 us. */
SK_MUST_USE sk_rc sk_index_put_derived(sk_ctx *cx, sk_index *ix, const sk_import_info *import,
                                       sk_str record, const sk_claim *claim);

/* All of it was put, or it failed and note says why. */
SK_MUST_USE sk_rc sk_index_import_done(sk_ctx *cx, sk_index *ix, const sk_import_info *import,
                                       sk_rc how, sk_str note);

/* Many claims will be put: indexes that are cheaper to make once are dropped until the end. */
SK_MUST_USE sk_rc sk_index_expect(sk_ctx *cx, sk_index *ix, uint64_t claims);

/* ---- comparing ---- */

/* What a claim says, apart from when and where it stands: equal cores are the same statement. */
SK_MUST_USE sk_rc sk_claim_core(sk_ctx *cx, const sk_claim *claim, uint64_t *ret_core);

/* Cores of what an import says of one record, in rising order; none when it does not have it. */
SK_MUST_USE sk_rc sk_import_cores(sk_ctx *cx, sk_view *v, const sk_import_info *import,
                                  sk_str record, uint64_t **ret_cores, size_t *ret_n);

/* How many records it has claims of, as far as the view shows them. */
SK_MUST_USE sk_rc sk_import_count_records(sk_ctx *cx, sk_view *v, const sk_import_info *import,
                                          uint64_t *ret_records);

/* One record that differs between two imports. The claims are those that only one side makes. */
typedef struct sk_import_change {
    sk_str record;
    bool is_added, is_removed;      /* else changed */
    const sk_claim *before, *after; /* n_before claims of a, n_after of b */
    size_t n_before, n_after;
} sk_import_change;

typedef struct sk_import_diff_counts {
    uint64_t added, removed, changed, unchanged; /* records */
} sk_import_diff_counts;

typedef sk_rc sk_import_change_fn(sk_ctx *cx, const sk_import_change *change, void *arg);

/* Compare import a with the later b, record by record in the order of their keys; fn for each that
 * differs. Memory: one record. Cost: one pass over the claims of both. */
SK_MUST_USE sk_rc sk_import_diff(sk_ctx *cx, sk_view *v, const sk_import_info *a,
                                 const sk_import_info *b, sk_import_change_fn *fn, void *arg,
                                 sk_import_diff_counts *ret_counts);

#endif
