/* The record into the screening index: an entity gathered from its values. */
#ifndef SK_SCREEN_ARCHIVE_PRIVATE_H
#define SK_SCREEN_ARCHIVE_PRIVATE_H

#include "record/feature.h"
#include "screen/archive.h"
#include "screen/segment_private.h"

/* One entity being gathered: its values with labels and copies in words. */
typedef struct gathered {
    sk_screen_value value;
    sk_str labels;
    int64_t import;
} gathered;

typedef struct updating {
    const sk_screen_index *old; /* NULL: none */
    sk_screen_builder *builder;
    bool is_whole; /* every entity goes in, not only those that changed */
    const sk_import_info *imports;
    size_t n_imports;
    sk_arena arena; /* of the entity in hand */
    sk_str key;
    gathered *v;
    size_t n, cap, seen, changed;
    uint8_t **met; /* entities of old that are there still: one bit each */
} updating;

/* One value, by key of its entity; what came before it of another entity is built. arg: updating */
sk_rc screen_gather_take(sk_ctx *cx, const sk_feature *f, void *arg);

/* The entity in hand is complete: built, if it changed or everything is. */
sk_rc screen_gather_end(sk_ctx *cx, updating *u);

#endif
