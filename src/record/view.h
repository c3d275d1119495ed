/* A view: the record as one user may see it for one purpose.
 *
 * Every read function of this room takes a view and nothing else, so that nothing above can show,
 * count, sum, match or hint at what the view hides: a hidden row is absent, not blank. Views are
 * opened by gate/ alone (tools/check-layers enforces it), which decides what they may hold.
 *
 * A view is a snapshot of the restrictions when it was opened; open one per command or request.
 * Threads: as its index. */
#ifndef SK_RECORD_VIEW_H
#define SK_RECORD_VIEW_H

#include "record/index.h"

typedef struct sk_view sk_view;

/* What a view may see beyond unrestricted rows. */
typedef struct sk_rights {
    bool sees_all;        /* every label: the archive's owner at work */
    const sk_str *labels; /* else these labels                        */
    size_t n_labels;
} sk_rights;

/* For gate/ only. The view lives in cx's arena and must be closed before the index. */
SK_MUST_USE sk_rc sk_view__open(sk_ctx *cx, sk_index *ix, const sk_rights *rights,
                                sk_view **ret_view);
void sk_view_close(sk_view *v);

/* True when nothing is hidden from this view: what no view filters (findings of damage, the size of
 * the log) may be told to nobody else. False for NULL, a request without a view. */
bool sk_view_sees_all(const sk_view *v);

/* Between these two every read sees one state of the index, and SQLite locks once instead of for
 * each query: for walks over the whole record (an export of a million statements takes a third of
 * the time). Nothing may be written to the index meanwhile. Errors: SK_E_IO. */
SK_MUST_USE sk_rc sk_view_hold(sk_ctx *cx, sk_view *v);
void sk_view_let_go(sk_view *v);

/* Labels that a user holds for a purpose, by the permits in force. For gate/ only.
 * Ownership: in cx's arena. */
SK_MUST_USE sk_rc sk_permits__find(sk_ctx *cx, sk_index *ix, sk_str user, sk_str purpose,
                                   const sk_str **ret_labels, size_t *ret_n);

#endif
