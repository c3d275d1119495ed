/* What the files of the index share: mapped segments and sights. */
#ifndef SK_SCREEN_INDEX_PRIVATE_H
#define SK_SCREEN_INDEX_PRIVATE_H

#include "screen/builder_private.h"
#include "screen/index.h"

typedef struct segment {
    const char *base;
    uint64_t bytes, n_open_names;
    const void *part[PARTS];
    uint32_t n[PARTS];   /* items; of PREP and TEXT see n_bytes */
    uint64_t n_bytes[2]; /* of PREP and TEXT                    */
    uint8_t *dead;       /* one bit an entity                   */
} segment;

struct sk_screen_index {
    const char *map;
    size_t map_bytes;
    sk_arena arena;
    uint8_t stamp[32];
    segment segments[SCREEN_SEGMENTS];
    size_t n_segments;
    uint64_t n_open_names; /* of entities that count              */
    struct hash_row *less; /* words of those that do not, sorted: */
    size_t n_less, n_docs; /* to be taken off the counts          */
};

/* Row i of a part, or NULL when there is none. */
static inline const void *row_at(const segment *g, part p, uint64_t i)
{
    return i < g->n[p] ? (const char *)g->part[p] + i * part_item_bytes(p) : NULL;
}

static inline const doc_row *doc_at(const segment *g, uint64_t i)
{
    return row_at(g, PART_DOC, i);
}

static inline const value_row *value_at(const segment *g, uint64_t i)
{
    return row_at(g, PART_VALUE, i);
}

static inline const name_row *name_at(const segment *g, uint64_t i)
{
    return row_at(g, PART_NAME, i);
}

static inline bool is_dead(const segment *g, uint32_t doc)
{
    return g->dead[doc / 8] >> (doc % 8) & 1;
}

/* The bytes of a text; empty when its place is outside. */
static inline sk_str text_at(const segment *g, text_place t)
{
    if (t.at >= g->n_bytes[1] || t.n >= g->n_bytes[1] - t.at)
        return SK_S("");
    return (sk_str){(const char *)g->part[PART_TEXT] + t.at, t.n};
}

/* A prepared name whose bytes are whole; NULL otherwise. */
const sk_name *sk_screen__name(const segment *g, const name_row *row);

/* The newest good slot of a file's first two pages; bytes: of the whole file. */
bool sk_screen__read_slot(const char *map, size_t bytes, slot *ret_slot, int *ret_which);

/* The first place in a sorted part of hash_row that is not below hash. */
size_t sk_screen__lower(const hash_row *rows, size_t n, uint64_t hash);

struct sk_sight {
    const sk_screen_index *ix;
    sk_arena *arena;
    sk_sight_copy *copies;
    struct chosen_segment {
        uint32_t *copy; /* of the segment's copies: number in copies */
        uint8_t *shown; /* of its scopes: labels may be seen         */
        int32_t *scope; /* of its scopes: the chosen copy, -1: none  */
    } segment[SCREEN_SEGMENTS];
    size_t n_copies;
    size_t count;
    bool is_counted;
};

static inline bool scope_is_seen(const sk_sight *s, uint32_t segment_number, uint32_t scope)
{
    return scope < s->ix->segments[segment_number].n[PART_SCOPE] &&
           s->segment[segment_number].scope[scope] >= 0;
}

#endif
