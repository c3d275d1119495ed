/* The screening index of an archive: derived/screen.index, brought up to date when it is opened.
 *
 * What entities are compared by comes from the record (record/feature.h), every copy of every list
 * and what is said in the archive itself, with the labels and copies each value stands under. When
 * nothing changed since, opening is mapping a file. When something did, the entities that changed are
 * added as a segment; when many did, or segments are many, a new file takes the old one's place.
 * Names that were prepared before are used again.
 *
 * The file holds restricted names, as the index beside it does; what a user sees of it is decided by
 * their view (sk_sight_of_view). Where derived/ cannot be written a nameless temporary file serves.
 *
 * Threads: as its context; several processes may do this at once. Tested in
 * tests/unit/screen/t_archive.c and tests/cli/t_screen.sh. */
#ifndef SK_SCREEN_ARCHIVE_H
#define SK_SCREEN_ARCHIVE_H

#include "record/view.h"
#include "screen/index.h"

/* How the index came to be as it is. */
typedef struct sk_screen_update {
    bool was_current; /* nothing had changed                          */
    bool was_made;    /* a new file                                   */
    sk_str refused;   /* why a file that was there was not used; mostly empty */
    size_t entities, changed, gone;
} sk_screen_update;

/* Open it for cx->archive and cx->index, up to date. ret_update may be NULL.
 * Cost: milliseconds when nothing changed; else a pass over the values of the record, and the
 * preparing of new names (some ten thousand a second). Moves cx->progress.
 * Errors: SK_E_IO, SK_E_LIMIT. Caller closes. */
SK_MUST_USE sk_rc sk_screen_archive_open(sk_ctx *cx, sk_screen_update *ret_update,
                                         sk_screen_index **ret_index);

/* Throw it away; the next opening makes it anew. Errors: SK_E_IO; that there is none is no error. */
SK_MUST_USE sk_rc sk_screen_archive_remove(sk_ctx *cx, sk_archive *ar);

/* What a view shows of it; nothing chosen yet. Owner: cx's arena. */
SK_MUST_USE sk_rc sk_sight_of_view(sk_ctx *cx, const sk_screen_index *ix, sk_view *v,
                                   sk_sight **ret_sight);

#endif
