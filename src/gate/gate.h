/* The gate: one place decides what anyone may see. Every face opens its view here.
 *
 * Who acts and what for stand in the context (cx->user, cx->purpose):
 *
 *   the owner (no user named) at work       sees everything: the bytes are on their disk
 *   the owner for another purpose           what is unrestricted, and labels permitted to
 *                                           "owner" for that purpose
 *   a named user                            what is unrestricted, and labels permitted to them
 *                                           for that purpose
 *
 * Purposes are words; "work", "export" and "publish" are in use. A permit is a signed entry
 * (`sillok permit`), a restriction too (`sillok restrict`). Restrictions gate what sillok shows;
 * they do not encrypt: whoever can read the archive's files can read its bytes.
 * Tested by tests/unit/record/t_gate.c, which walks every read function with canaries. */
#ifndef SK_GATE_GATE_H
#define SK_GATE_GATE_H

#include "record/view.h"

/* Open the view that cx->user and cx->purpose may have of cx->index.
 * Ownership: close with sk_view_close before the index.  Errors: SK_E_FORMAT bad user or purpose. */
SK_MUST_USE sk_rc sk_gate_open(sk_ctx *cx, sk_view **ret_view);

#endif
