/* What the tests of archive/ share: a folder that goes away, and archives made in it. */
#ifndef ARCHIVE_TEST_H
#define ARCHIVE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archive.h"
#include "archive/verify.h"

/* cmocka's assert_int_equal, showing why the call failed. */
#define assert_ok(cx, call)                                               \
    do {                                                                  \
        sk_rc rc_ = (call);                                               \
        if (rc_)                                                          \
            fail_msg("%s: %s", sk_rc_get_info(rc_)->name, (cx)->message); \
    } while (0)

/* The call fails with rc, and its message holds part; the error is forgotten. */
#define assert_fails(cx, want, part, call)                                    \
    do {                                                                      \
        sk_rc rc_ = (call);                                                   \
        if (rc_ != (want) || !strstr((cx)->message, (part)))                  \
            fail_msg("%s (wanted %s, \"%s\"): %s", sk_rc_get_info(rc_)->name, \
                     sk_rc_get_info(want)->name, (part), (cx)->message);      \
        sk_forgive(cx);                                                       \
    } while (0)

static inline int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    return remove(path);
}

static inline void remove_all(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* A new empty folder; remove_all takes it away. */
static inline char *make_folder(void)
{
    const char *tmp = getenv("TMPDIR");
    char path[512];
    snprintf(path, sizeof path, "%s/sillok-test-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(path));
    return strdup(path);
}

/* ---- findings ---- */

typedef struct findings {
    char text[1 << 16]; /* "d blob-altered blobs/ab/...: detail\n" each, as far as it fits */
    size_t n, damage;
} findings;

static inline void note_finding(sk_ctx *cx, const sk_finding *f, void *arg)
{
    findings *all = arg;
    size_t left = sizeof all->text - all->n;
    int n = snprintf(all->text + all->n, left, "%c %.*s %.*s: %.*s\n", f->is_damage ? 'd' : 'n',
                     SK_P(f->what), SK_P(f->path), SK_P(f->detail));
    if (n > 0 && (size_t)n < left)
        all->n += (size_t)n;
    all->damage += f->is_damage;
}

/* Verify the archive at path, whatever its state; findings are gathered in f. */
static inline sk_verify_report verify_path(sk_ctx *cx, const sk_fs *fs, const char *path,
                                           findings *f)
{
    sk_archive *ar;
    sk_verify_report r;
    *f = (findings){.n = 0};
    assert_ok(cx, sk_archive_open(cx, fs, sk_str_of(path), SK_ARCHIVE_INSPECT, &ar));
    assert_ok(cx, sk_verify(cx, ar, NULL, note_finding, f, &r));
    sk_archive_close(ar);
    return r;
}

#endif
