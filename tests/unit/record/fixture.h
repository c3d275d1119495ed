/* An archive in a temporary folder, open with its index, for tests of what stands above archive/. */
#ifndef SK_TESTS_FIXTURE_H
#define SK_TESTS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "archive/fs.h"
#include "gate/gate.h"
#include "record/read.h"
#include "record/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct fixture {
    sk_ctx cx;
    char dir[64];
    sk_view *view;
} fixture;

/* Stop the test with the recorded message when a call fails. */
#define OK(f, call)                                     \
    do {                                                \
        if ((call) != SK_OK)                            \
            fail_msg("%s: %s", #call, (f)->cx.message); \
    } while (0)

#define FAILS(f, expected, call)              \
    do {                                      \
        assert_int_equal((call), (expected)); \
        sk_forgive(&(f)->cx);                 \
    } while (0)

static inline void fixture_reopen(fixture *f)
{
    sk_view_close(f->view);
    sk_index_close(f->cx.index);
    sk_archive_close(f->cx.archive);
    f->view = NULL;
    f->cx.index = NULL;
    f->cx.archive = NULL;
    OK(f,
       sk_archive_open(&f->cx, sk_fs_posix(), sk_str_of(f->dir), SK_ARCHIVE_WRITE, &f->cx.archive));
    OK(f, sk_index_open(&f->cx, f->cx.archive, &f->cx.index));
    OK(f, sk_gate_open(&f->cx, &f->view));
}

static inline void fixture_init(fixture *f)
{
    memset(f, 0, sizeof *f);
    sk_ctx_init(&f->cx);
    snprintf(f->dir, sizeof f->dir, "/tmp/sillok-test-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    OK(f, sk_archive_init(&f->cx, sk_fs_posix(), sk_str_of(f->dir), SK_S("tester")));
    fixture_reopen(f);
}

static inline void fixture_done(fixture *f)
{
    sk_view_close(f->view);
    sk_index_close(f->cx.index);
    sk_archive_close(f->cx.archive);
    sk_ctx_done(&f->cx);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", f->dir);
    assert_int_equal(system(command), 0);
}

/* Look at the record as another user, or for another purpose. */
static inline void fixture_view_as(fixture *f, const char *user, const char *purpose)
{
    sk_view_close(f->view);
    f->cx.user = sk_str_of(user);
    f->cx.purpose = sk_str_of(purpose);
    OK(f, sk_gate_open(&f->cx, &f->view));
}

static inline void fixture_commit(fixture *f)
{
    OK(f, sk_record_commit(&f->cx));
    fixture_view_as(f, "", "work");
}

/* A claim of the ordinary kind; fields beyond these are set on the result before fixture_log. */
static inline sk_claim draft(fixture *f, const char *entity, const char *property,
                             const char *value, const char *claimant)
{
    sk_str type = SK_NONE, prop = sk_str_of(property);
    assert_true(sk_str_cut(&prop, ':', &type));
    sk_str *chain = sk_new(&f->cx.arena, sk_str);
    *chain = sk_str_of(claimant);
    return (sk_claim){.entity = sk_str_of(entity),
                      .type = type,
                      .prop = prop,
                      .value = sk_str_of(value),
                      .chain = chain,
                      .n_chain = 1};
}

static inline sk_hash fixture_log(fixture *f, sk_claim c)
{
    sk_hash id;
    OK(f, sk_record_claim(&f->cx, &c, NULL, NULL, &id));
    return id;
}

static inline sk_hash say(fixture *f, const char *entity, const char *property, const char *value,
                          const char *claimant)
{
    return fixture_log(f, draft(f, entity, property, value, claimant));
}

/* Bytes as an exhibit with a text of lines ("row 1", "row 2" ...), as the extractor would give it. */
static inline sk_hash fixture_exhibit(fixture *f, const char *name, const char *text)
{
    sk_capture_draft c = {.name = sk_str_of(name), .method = SK_S("file")};
    sk_hash id;
    OK(f, sk_blob_write_bytes(&f->cx, f->cx.archive, sk_str_of(text), &c.blob));
    OK(f, sk_record_capture(&f->cx, &c, &id));
    OK(f, sk_record_commit(&f->cx));
    sk_document doc = {.outcome = SK_OUTCOME_OK, .reader = SK_S("test/1"), .text = sk_str_of(text)};
    sk_block *blocks = NULL;
    size_t cap = 0, at = 0;
    sk_str rest = doc.text, line;
    while (sk_str_cut(&rest, '\n', &line)) {
        SK_GROW(&f->cx.arena, blocks, doc.n_blocks, cap);
        blocks[doc.n_blocks++] =
            (sk_block){.start = at, .end = at + line.n, .orig_start = at, .orig_end = at + line.n};
        blocks[doc.n_blocks - 1].place = sk_fmt(&f->cx.arena, "row %zu", doc.n_blocks);
        at += line.n + 1;
    }
    doc.blocks = blocks;
    OK(f, sk_index_begin(&f->cx, f->cx.index));
    OK(f, sk_index_put_document(&f->cx, f->cx.index, &c.blob.hash, &doc));
    OK(f, sk_index_end(&f->cx, f->cx.index));
    fixture_view_as(f, "", "work");
    return c.blob.hash;
}

#endif
