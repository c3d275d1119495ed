/* The files that a browser fetches besides pages: style sheet, script, icon. They stand in ui/, are
 * embedded in the program (tools/mkassets), and are the same for everybody. What the map and the large
 * network need comes from packages that ui/package-lock.json names; without them those pages have their
 * tables alone.
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

/* A third-party package of which files are embedded; licence: its short name; text: in full. */
typedef struct sk_package {
    const char *name, *version, *licence, *text;
} sk_package;

extern const sk_package sk_packages[];
extern const size_t sk_n_packages;

/* "/assets/sillok.css?v=..."; the file must be there (asserted). */
sk_str sk_asset_href(const char *name);

/* False for a file of a third-party package that was not installed when this was built. */
bool sk_asset_is_there(const char *name);

#endif
