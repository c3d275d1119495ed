/* The scripted session of the fault tests, and the comparison with what it was told is safe.
 *
 * A session makes an archive and visits it three times: entries, blobs small and large, several
 * groups, a close in order and a plain stop. Whatever fails on the way, compare() then opens the
 * archive again and looks for every acknowledged entry and blob, appends once more and verifies.
 *
 * acks is plain memory, so that a child process can fill one that its parent shares. */
#ifndef SESSION_H
#define SESSION_H

#include "../unit/archive/archive_test.h"

enum { MOST = 64 };

/* What a session was told is safe. */
typedef struct acks {
    bool init;
    sk_hash entries[MOST];
    size_t n_entries;
    sk_hash blobs[MOST];
    size_t n_blobs;
    size_t n_tried;             /* entries of the group being written just now, 0 between groups */
    unsigned failures, unnamed; /* calls that failed; those that left no message                 */
    sk_rc rc;                   /* of the first of them, and what it said                        */
    char message[SK_LIM_MESSAGE_BYTES];
    uint64_t n_met; /* entries met by compare(), before it adds its own              */
} acks;

/* Note that a call failed, and forget the error. */
void tell_failure(sk_ctx *cx, acks *a);

/* Append n entries and write n_blobs blobs with their captures, in one group. */
sk_rc one_group(sk_ctx *cx, sk_archive *ar, acks *a, int n, int n_blobs, bool is_big);

/* The whole session at root, as far as it goes; begins by clearing *a. */
void session(const sk_fs *fs, const char *root, acks *a);

/* True when a says that every step of the session succeeded. */
bool is_complete(const acks *a);

/* What is wrong with the archive, or NULL: it opens, holds all that was acknowledged, takes one
 * more entry and is sound. */
const char *find_trouble(sk_ctx *cx, const sk_fs *fs, const char *root, acks *a);

/* The test fails, saying when and why, if there is trouble. */
void compare(const sk_fs *fs, const char *root, acks *a, const char *when);

#endif
