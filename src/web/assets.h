/* The files that a browser fetches besides pages: style sheet, script, icon. They stand in ui/, are
 * embedded in the program (tools/mkassets), and are the same for everybody.
 *
 * An address carries the tag of its content, so that browsers may keep it for ever and see a new
 * version at once.
 *
 * Threads: read-only. */
#ifndef SK_WEB_ASSETS_H
#define SK_WEB_ASSETS_H

#include "base/str.h"

typedef struct sk_asset {
    const char *name, *media, *etag, *href;
    const char *plain, *plain_end, *packed, *packed_end; /* packed: gzip */
} sk_asset;

extern const sk_asset sk_assets[];
extern const size_t sk_n_assets;

/* "/assets/sillok.css?v=..."; the file must be there (asserted). */
sk_str sk_asset_href(const char *name);

#endif
