/* Finding and reading test vectors: our own in tests/data/archive, others' beside the repository. */
#ifndef VECTORS_H
#define VECTORS_H

#include "archive_test.h"

#include <glob.h>

/* The lines of tests/data/archive/<name>, cut at blanks into at most 8 words; the last word takes
 * the rest. Calls fn for each and returns how many. */
typedef void line_fn(sk_ctx *cx, sk_str *words, size_t n, void *arg);

static inline size_t each_line(sk_ctx *cx, const char *name, line_fn *fn, void *arg)
{
    const char *data = getenv("SK_TEST_DATA");
    char path[1024];
    snprintf(path, sizeof path, "%s/archive/%s", data ? data : SK_SOURCE_ROOT "/tests/data", name);
    sk_str text, line;
    assert_ok(cx, sk_fs_read_file(cx, sk_fs_posix(), path, SK_MIB(8), &text));
    size_t count = 0;
    while (sk_str_cut(&text, '\n', &line)) {
        sk_str words[8];
        size_t n = 0;
        while (n < 7 && sk_str_cut(&line, ' ', &words[n]))
            n++;
        if (line.p)
            words[n++] = line;
        if (n < 6)
            continue;
        fn(cx, words, n, arg);
        count++;
    }
    return count;
}

/* Files of the shared vectors that match a pattern; n 0 when they are not there. */
static inline void shared_files(const char *pattern, glob_t *ret)
{
    const char *named = getenv("SILLOK_SHARED");
    const char *const roots[] = {named ? named : SK_SOURCE_ROOT "/../shared", "/data", ""};
    for (int i = 1; i <= 2; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s%s/vectors/%s", roots[0], roots[i], pattern);
        if (glob(path, 0, NULL, ret) == 0)
            return;
    }
    ret->gl_pathc = 0;
}

#endif
