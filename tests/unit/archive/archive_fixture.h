/* A fresh archive for each test, with the few things tests do to one. */
#ifndef ARCHIVE_FIXTURE_H
#define ARCHIVE_FIXTURE_H

#include "archive_test.h"

#include "archive/archive_priv.h"

typedef struct fixture {
    char *folder, path[600];
    sk_ctx cx;
    const sk_fs *fs;
} fixture;

static inline int set_up(void **state)
{
    fixture *x = calloc(1, sizeof *x);
    x->folder = make_folder();
    snprintf(x->path, sizeof x->path, "%s/archive", x->folder);
    sk_ctx_init(&x->cx);
    x->fs = sk_fs_posix();
    if (sk_archive_init(&x->cx, x->fs, sk_str_of(x->path), SK_S("Test Author")))
        return -1;
    *state = x;
    return 0;
}

static inline int tear_down(void **state)
{
    fixture *x = *state;
    sk_ctx_done(&x->cx);
    remove_all(x->folder);
    free(x->folder);
    free(x);
    return 0;
}

static inline sk_archive *open_it(fixture *x, sk_archive_mode mode)
{
    sk_archive *ar;
    assert_ok(&x->cx, sk_archive_open(&x->cx, x->fs, sk_str_of(x->path), mode, &ar));
    return ar;
}

static inline sk_hash append_note(fixture *x, sk_archive *ar, int i, sk_entry_place *place)
{
    char text[64];
    snprintf(text, sizeof text, "number %d\nof many", i);
    sk_line line = {SK_S("text"), sk_str_of(text)};
    sk_hash id;
    assert_ok(&x->cx, sk_archive_append(&x->cx, ar, SK_S("note"), &line, 1, &id, place));
    return id;
}

static inline void append_many(fixture *x, sk_archive *ar, int n)
{
    for (int i = 0; i < n; i++)
        append_note(x, ar, i, NULL);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
}

static inline void assert_sound(fixture *x)
{
    static findings f;
    sk_verify_report r = verify_path(&x->cx, x->fs, x->path, &f);
    if (r.damage || r.notices)
        fail_msg("%s", f.text);
}

#endif
