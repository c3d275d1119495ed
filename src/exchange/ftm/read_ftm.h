/* What both readers of FollowTheMoney share: their ids as keys, their values as drafts of claims, and
 * our own claims read back from what our exports wrote. Inside exchange/.
 *
 *   read_ftm_entities.c     one JSON object a line, or one nested in another
 *   read_ftm_statements.c   one statement a row: CSV, pack, JSON lines
 *   read_ftm.c              this
 *
 * Memory: names that were remarked upon once (a ceiling bounds them); everything else lives in the
 * scratch memory of the row in hand. */
#ifndef SK_EXCHANGE_READ_FTM_H
#define SK_EXCHANGE_READ_FTM_H

#include "exchange/ftm/ftm_map.h"
#include "exchange/ftm/ftm_own.h"
#include "exchange/reader.h"

typedef struct ftm_reading {
    sk_import *im;
    sk_ctx *rcx; /* scratch of the row in hand */
    const sk_source *source;
    const sk_ftm_map *map;
    uint64_t row; /* in hand */
    sk_arena keep;
    sk_strmap told; /* what was remarked upon; in keep */
} ftm_reading;

/* Who says what is read now. All may be empty. */
typedef struct ftm_said {
    const sk_str *chain;
    size_t n_chain;
    sk_str asof, reference, lang;
    sk_str original; /* of the value in hand, before their cleaning */
} ftm_said;

/* Go to the beginning of the file, and tell the import who claims what names no dataset: the list's
 * name, else the file's. Errors: SK_E_IO. */
SK_MUST_USE sk_rc sk_ftm__begin(sk_ctx *cx, ftm_reading *rd, const sk_source *source,
                                sk_import *im);
void sk_ftm__end(ftm_reading *rd);

/* Announce a row. The key is made from their id; an empty id gives none. */
void sk_ftm__row(ftm_reading *rd, uint64_t row, uint64_t from, uint64_t to, sk_str id,
                 const sk_str *cells, size_t n_cells);

/* Their id as a key of ours: prefix, blanks made hyphens, cut to length with a hash behind it. In
 * the scratch memory, or the id itself. */
sk_str sk_ftm__key(ftm_reading *rd, sk_str id);

/* True the first time that a text of that kind is met; later, and past the ceiling, false. */
bool sk_ftm__is_new(ftm_reading *rd, const char *kind, sk_str text);

/* What a dataset's name and a last_seen say: claimant (unless the user named one: then reference) and
 * as-of (unless the user named one). names are joined by ", ". */
void sk_ftm__said_by(ftm_reading *rd, const sk_str *names, size_t n, sk_str last_seen,
                     ftm_said *ret_said);

/* The type that a schema becomes; Thing, with a remark, for one that nobody knows. */
const sk_ftm_type *sk_ftm__type_of(ftm_reading *rd, sk_str schema);

/* The schema's name as a note, when the type says less than it: "schema = Call". Once an entity. */
SK_MUST_USE sk_rc sk_ftm__take_schema(ftm_reading *rd, const ftm_said *said,
                                      const sk_ftm_type *type, sk_str schema, sk_str entity);

/* Take one value of one property of theirs. A property that the model does not have, and a value that
 * ours cannot hold, become a note: "Schema:property = value".
 * in   of the property at the type; NULL: none */
SK_MUST_USE sk_rc sk_ftm__take(ftm_reading *rd, const ftm_said *said, const sk_ftm_type *type,
                               sk_str schema, sk_str entity, sk_str prop, const sk_ftm_in_prop *in,
                               sk_str value);

/* A claim of ours from its cells (ftm_own.h). When the cells name no type it is that of type.
 * False, and reported as left, when the cells do not make sense. */
bool sk_ftm__own_draft(ftm_reading *rd, const ftm_said *said, const sk_ftm_type *type,
                       sk_str entity, sk_str prop, sk_str value, const sk_str *cells,
                       sk_claim *ret_draft);

#endif
