/* A screening index: entities of lists and of the archive, mapped from one file.
 *
 *     sk_screen_index *ix;
 *     SK_TRY(sk_screen_index_map(cx, fd, &ix));
 *     sk_sight *sight;
 *     SK_TRY(sk_sight_open(cx, ix, shows, arg, &sight));        what this user may see
 *     SK_TRY(sk_sight_choose(cx, sight, lists, n, as_of));      against which copies
 *     ... candidates.h, screen.h ...
 *     sk_screen_index_close(ix);
 *
 * What a sight does not see is not there: not compared, not counted, not timed by what it says.
 *
 * The file is a cache and may be anything: it is refused when it is torn, of another build or of
 * another machine, and every place in it is checked before it is followed. It is no proof against
 * forgery, as little as the tables beside it.
 *
 * Invariants: a mapped index does not change. Memory: the pages that are touched.
 * Threads: read-only once opened. Tested in tests/unit/screen/t_index.c, tests/fuzz/f_screen_index.c. */
#ifndef SK_SCREEN_INDEX_H
#define SK_SCREEN_INDEX_H

#include "match/match.h"
#include "screen/builder.h"

typedef struct sk_screen_index sk_screen_index;

/* Map the file. fd may be closed afterwards.
 * Errors: SK_E_INTEGRITY it is no index of this build, or damaged (not worth a message: make it
 * again); SK_E_IO. Caller closes. */
SK_MUST_USE sk_rc sk_screen_index_map(sk_ctx *cx, int fd, sk_screen_index **ret_index);
void sk_screen_index_close(sk_screen_index *ix); /* NULL is fine */

/* What the caller wrote down as the state of things it was made from: 32 bytes. */
const uint8_t *sk_screen_index_stamp(const sk_screen_index *ix);

/* Entities that count; segments. */
size_t sk_screen_index_count(const sk_screen_index *ix);
size_t sk_screen_index_segments(const sk_screen_index *ix);
size_t sk_screen_index_size(const sk_screen_index *ix, size_t number); /* entities, dead ones too */

/* ---- making files ---- */

/* A nameless file in folder (or the folder for temporary files when empty) for a builder that begins
 * at SK_SCREEN_BEGIN. Errors: SK_E_IO. */
#define SK_SCREEN_BEGIN 8192
SK_MUST_USE sk_rc sk_screen_file_new(sk_ctx *cx, sk_str folder, int *ret_fd);

/* Write the first slot of a file of one segment. */
SK_MUST_USE sk_rc sk_screen_file_seal(sk_ctx *cx, int fd, uint64_t segment_bytes,
                                      const uint8_t stamp[32]);

/* Give it its name: synced, then in one step instead of what was there. */
SK_MUST_USE sk_rc sk_screen_file_publish(sk_ctx *cx, int fd, sk_str folder, sk_str name);

/* Add a segment that a builder wrote to from (at SK_SCREEN_BEGIN) to the index file fd, or, with
 * segment_bytes 0, only a new stamp. Readers see the file as it was before or after.
 * Errors: SK_E_LIMIT when it has SK_SCREEN_SEGMENTS of them; SK_E_INTEGRITY. */
SK_MUST_USE sk_rc sk_screen_file_add(sk_ctx *cx, int fd, int from, uint64_t segment_bytes,
                                     const uint8_t stamp[32]);

/* ---- entities ---- */

/* An entity of an index: a number of its segment and one in it. */
typedef struct sk_screen_ref {
    uint32_t segment, doc;
} sk_screen_ref;

/* By key; false: there is none that counts. */
bool sk_screen_index_find(const sk_screen_index *ix, sk_str key, sk_screen_ref *ret_ref);

sk_str sk_screen_index_key(const sk_screen_index *ix, sk_screen_ref ref);
void sk_screen_index_digest(const sk_screen_index *ix, sk_screen_ref ref, uint8_t ret_digest[16]);

/* The prepared name of an entity's value with that text, to be used again; NULL: none, or its bytes
 * are damaged. */
const sk_name *sk_screen_index_prepared(const sk_screen_index *ix, sk_screen_ref ref, sk_str text,
                                        sk_name_kind kind);

/* Calls fn for every entity that counts, segment by segment. */
typedef sk_rc sk_screen_ref_fn(sk_ctx *cx, sk_screen_ref ref, void *arg);
SK_MUST_USE sk_rc sk_screen_index_each(sk_ctx *cx, const sk_screen_index *ix, sk_screen_ref_fn *fn,
                                       void *arg);

/* ---- who sees what ---- */

typedef struct sk_sight sk_sight;

/* One copy of a list that the sight may see. */
typedef struct sk_sight_copy {
    sk_screen_copy copy; /* list empty: the archive itself */
    bool chosen;
} sk_sight_copy;

/* shows  may a row with these labels (joined by LF, not empty) be seen?  NULL: nothing restricted is
 * Nothing is chosen yet. Owner: cx's arena. */
SK_MUST_USE sk_rc sk_sight_open(sk_ctx *cx, const sk_screen_index *ix,
                                sk_rc (*shows)(sk_ctx *cx, void *arg, sk_str labels,
                                               bool *ret_shows),
                                void *arg, sk_sight **ret_sight);

const sk_screen_index *sk_sight_index(const sk_sight *s);

/* By list, then as-of. */
const sk_sight_copy *sk_sight_copies(const sk_sight *s, size_t *ret_n);

/* The name under which the archive's own people are asked for and shown. */
#define SK_SCREEN_OWN "archive"

/* The name of a copy's list, as people and programs ask for it. */
static inline sk_str sk_sight_list_of(const sk_sight_copy *c)
{
    return c->copy.list.n ? c->copy.list : SK_S(SK_SCREEN_OWN);
}

/* Of each list named (all, and the archive's own people, when n is 0) the newest copy; with as_of
 * (EDTF) the newest that is not later, and copies without a date are passed over.
 * Errors: SK_E_NOTFOUND no such list, or no copy so old; SK_E_FORMAT. */
SK_MUST_USE sk_rc sk_sight_choose(sk_ctx *cx, sk_sight *s, const sk_str *lists, size_t n,
                                  sk_str as_of);

/* That copy and no other, by number in sk_sight_copies. */
void sk_sight_choose_one(sk_sight *s, size_t copy);

/* Entities of which it sees a name. Cost: a pass over the names at the first call. */
size_t sk_sight_count(const sk_sight *s);

/* How rare words are among the unrestricted names of the index, for the comparers. */
sk_rarity sk_sight_rarity(const sk_sight *s);

/* The values of an entity that a sight sees, as the comparer wants them. Rows of the match entity
 * are numbers of values: sk_screen_value_at(ix, ref, row - 1).
 * Owner: cx's arena. Returns false when it sees no name. */
bool sk_sight_entity(sk_ctx *cx, const sk_sight *s, sk_screen_ref ref, sk_match_entity *ret_entity);

sk_match_gender sk_screen_gender(sk_str text);

/* One value as it was put in; scope as in its segment. */
sk_screen_value sk_screen_value_at(const sk_screen_index *ix, sk_screen_ref ref, size_t i);

/* The chosen copy of a list that says the value. */
const sk_sight_copy *sk_sight_copy_of(const sk_sight *s, sk_screen_ref ref, size_t value);

/* What to call it: the first name the sight sees, and the most specific type of its names. */
sk_str sk_sight_caption(const sk_sight *s, sk_screen_ref ref);
sk_str sk_sight_type(const sk_sight *s, sk_screen_ref ref);

#endif
