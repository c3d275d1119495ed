/* Opens a public data file that stands beside the repository, for tests that use it when present.
 *
 * Looked for in $SILLOK_SHARED (the folder itself or its data/), else ../shared/data of the source
 * root. NULL when it is not there; the test then calls skip(). */
#ifndef SK_TESTS_SHARED_DATA_H
#define SK_TESTS_SHARED_DATA_H

#include <stdio.h>
#include <stdlib.h>

static inline FILE *shared_data(const char *name)
{
    const char *named = getenv("SILLOK_SHARED");
    const char *roots[] = {named ? named : SK_SOURCE_ROOT "/../shared/data", named ? named : ""};
    static const char *const between[] = {"", "/data"};
    for (int i = 0; i < 2; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s%s/%s", roots[i], between[i], name);
        FILE *f = fopen(path, "rb");
        if (f)
            return f;
    }
    printf("SKIP: %s is not there (set SILLOK_SHARED)\n", name);
    return NULL;
}

#endif
