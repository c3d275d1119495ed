/* Segment files: entry bodies in frames, one behind the other.
 *
 *   offset 0  FF 'S' 'I' 'L' 'L' 'O' 'K' 0A   magic; FF occurs in no UTF-8 text, so in no plain body
 *          8  kind                            0 plain, 1 age-encrypted (reserved), 2 erased
 *          9  00 00 00
 *         12  body length, big-endian
 *         16  entry id, 32 bytes              SHA-256 of the plain entry, whatever the kind
 *         48  first 8 bytes of SHA-256 over bytes 0..47
 *         56  body
 *
 * Every bit of a frame is checked by something: the head by its own hash, a plain body by the id,
 * an erased body by being zeros. A scan that meets anything else looks for the next good head, so
 * damage to one frame costs that frame alone.
 *
 * Frames and files only; which ids have a leaf is archive/log.h's business.
 * Fuzzed by tests/fuzz/f_segment.c. Source: docs/formats/archive.md section 5. */
#ifndef SK_ARCHIVE_SEGMENT_H
#define SK_ARCHIVE_SEGMENT_H

#include "archive/fs.h"
#include "base/buf.h"
#include "base/sha256.h"

#define SK_FRAME_HEAD_BYTES 56

typedef enum sk_frame_kind {
    SK_FRAME_PLAIN = 0,
    SK_FRAME_AGE = 1,
    SK_FRAME_ERASED = 2
} sk_frame_kind;

typedef struct sk_frame {
    sk_frame_kind kind;
    uint32_t body_bytes;
    sk_hash id;
} sk_frame;

void sk_frame_put_head(const sk_frame *frame, unsigned char ret_head[SK_FRAME_HEAD_BYTES]);

/* True when data begins with a good head (the body may be cut off). */
bool sk_frame_parse_head(sk_str data, sk_frame *ret_frame);

/* First place at or after from where a good head begins, or SIZE_MAX. Cost: O(n). */
size_t sk_frame_find(sk_str data, size_t from);

/* The body is what its kind and id say it must be: plain hashes to id, age opens with the hash of
 * its rest, erased is zeros. */
bool sk_frame_body_is_good(const sk_frame *frame, sk_str body);

/* "entries/00000001.seg" and back; 0 when name (without folder) is no segment's. */
sk_str sk_segment_name(sk_arena *a, uint32_t segment);
uint32_t sk_segment_number(sk_str name);

/* ---- reading a segment from some frame on ---- */

/* What a scan found at [offset, end): a frame with a good head and its whole body, or bytes that
 * are no frame. */
typedef struct sk_scan_item {
    bool is_frame;
    sk_frame frame;
    sk_str body; /* borrowed until the next batch */
    uint64_t offset, end;
} sk_scan_item;

typedef struct sk_scan {
    const sk_fs *fs;
    sk_file *file;
    const char *path;
    uint64_t size_bytes; /* of the file when the scan began */
    uint64_t offset;     /* of what comes next */
    uint64_t bad_from;   /* where damage began that still goes on; UINT64_MAX: none */
    char *window;
    sk_scan_item *items;
    size_t cap;
    sk_arena arena;
} sk_scan;

/* Begin at offset. The file is borrowed; path is for messages. */
SK_MUST_USE sk_rc sk_scan_begin(sk_ctx *cx, sk_scan *scan, const sk_fs *fs, sk_file *file,
                                const char *path, uint64_t offset);

/* The next items, in order; none (ret_n 0) at the end. Bodies are not hashed yet.
 * Memory: a window of 4 MiB, whatever the segment's size. */
SK_MUST_USE sk_rc sk_scan_next(sk_ctx *cx, sk_scan *scan, const sk_scan_item **ret_items,
                               size_t *ret_n);

void sk_scan_done(sk_scan *scan);

#endif
