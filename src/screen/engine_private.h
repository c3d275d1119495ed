/* Between the files of the engine. */
#ifndef SK_SCREEN_ENGINE_PRIVATE_H
#define SK_SCREEN_ENGINE_PRIVATE_H

#include "screen/engine.h"
#include "screen/index_private.h"
#include "screen/yente_private.h"

struct sk_engine {
    sk_view *view;
    sk_screen_index *ix;
    sk_sight *sight;
    sk_searcher *searcher; /* of what is chosen; NULL until it is asked */
    sk_rarity rarity;
};

/* Made when it is asked for the first time. */
sk_searcher *engine_searcher(sk_engine *e);

/* What is told of an entity of the index: caption, schema, properties (given to the caller), lists. */
void engine_complete(sk_ctx *cx, void *engine, sk_yente_candidate *c);

static inline uint64_t engine_tag(sk_screen_ref ref)
{
    return (uint64_t)ref.segment << 32 | ref.doc;
}

static inline sk_screen_ref engine_ref(uint64_t tag)
{
    return (sk_screen_ref){(uint32_t)(tag >> 32), (uint32_t)tag};
}

#endif
