/* Reading what a worker sent: a strict parser of the reply of docs/formats/extract.md.
 *
 * The worker parsed a hostile file and may be under its control, so nothing is believed: the order
 * and sizes of records, UTF-8, NFC, control characters, EDTF, the order and bounds of blocks are all
 * checked. Tested in tests/unit/read/t_reply.c and by tests/fuzz/f_extract_reply.c. */
#ifndef SK_CONFINE_REPLY_H
#define SK_CONFINE_REPLY_H

#include "record/document.h"

/* Read a whole reply into a document.
 * reply          the bytes from the worker, at most SK_LIM_EXTRACT_REPLY; the document borrows them
 * exhibit_bytes  the size of the exhibit, beyond which no block may point
 * Errors: SK_E_FORMAT and SK_E_LIMIT with what is wrong. Cost: linear. */
SK_MUST_USE sk_rc sk_reply_read(sk_ctx *cx, sk_str reply, uint64_t exhibit_bytes,
                                sk_document **ret_doc);

/* Is this what text from a worker must be: valid UTF-8, in NFC, without control characters? is_text:
 * tabs and LFs are allowed. Also asked by rows.c of every cell. Cost: linear. */
bool sk_reply_is_clean(sk_str s, bool is_text);

#endif
