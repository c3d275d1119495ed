/* Running a reader of lists over files and looking into what it said: claims, rows, findings. */
#ifndef SK_TEST_LIST_TEST_H
#define SK_TEST_LIST_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/buf.h"
#include "exchange/import.h"
#include "exchange/readers.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A claim without what is the same for all. */
typedef struct list_claim {
    sk_str entity, type, prop, value, words, note, valid, column;
    sk_str claimant, asof;
    sk_quantity quantity;
    sk_absent absent;
    bool used_falsely;
    size_t file, n_passages;
    uint64_t row;
} list_claim;

typedef struct list_finding {
    sk_import_finding_kind kind;
    sk_str column, value, message;
    size_t file;
    uint64_t row;
} list_finding;

typedef struct list_run {
    sk_ctx cx;
    sk_rc rc;
    list_claim *claims;
    list_finding *findings;
    size_t n_claims, cap_claims, n_findings, cap_findings;
    uint64_t rows[8], keyed_rows; /* announced, by file; with a key */
    sk_import_summary sum;
} list_run;

static inline sk_rc list_note_row(sk_ctx *cx, const sk_import_place *at, sk_str key, void *arg)
{
    list_run *r = arg;
    (void)cx;
    r->rows[at->file]++;
    r->keyed_rows += key.n > 0;
    return SK_OK;
}

static inline sk_rc list_note_claim(sk_ctx *cx, const sk_claim *c, const sk_import_place *at,
                                    sk_str column, void *arg)
{
    list_run *r = arg;
    sk_arena *a = &r->cx.arena;
    (void)cx;
    SK_GROW(a, r->claims, r->n_claims, r->cap_claims);
    r->claims[r->n_claims++] = (list_claim){
        .entity = sk_str_copy(a, c->entity),
        .type = sk_str_copy(a, c->type),
        .prop = sk_str_copy(a, c->prop),
        .value = sk_str_copy(a, c->value),
        .words = sk_str_copy(a, c->words),
        .note = sk_str_copy(a, c->note),
        .valid = sk_str_copy(a, c->valid),
        .column = sk_str_copy(a, column),
        .claimant = sk_str_copy(a, c->chain[0]),
        .asof = sk_str_copy(a, c->asof),
        .quantity = c->quantity,
        .absent = c->absent,
        .used_falsely = c->used_falsely,
        .file = at->file,
        .row = at->row,
        .n_passages = c->n_passages,
    };
    return SK_OK;
}

static inline void list_note_finding(const sk_import_finding *f, const sk_import_place *at,
                                     void *arg)
{
    list_run *r = arg;
    sk_arena *a = &r->cx.arena;
    SK_GROW(a, r->findings, r->n_findings, r->cap_findings);
    r->findings[r->n_findings++] = (list_finding){
        .kind = f->kind,
        .column = sk_str_copy(a, f->column),
        .value = sk_str_copy(a, f->value),
        .message = sk_str_copy(a, f->message),
        .file = at->file,
        .row = at->row,
    };
}

static inline list_run *run_source(const sk_reader *reader, const sk_source *src)
{
    list_run *r = calloc(1, sizeof *r);
    sk_ctx_init(&r->cx);
    sk_import_sink sink = {
        .row = list_note_row, .claim = list_note_claim, .finding = list_note_finding, .arg = r};
    r->rc = sk_import_run(&r->cx, reader, src, &sink, &r->sum);
    return r;
}

static inline void end_run(list_run *r)
{
    sk_ctx_done(&r->cx);
    free(r);
}

/* paths  of n files */
static inline list_run *run_files(const sk_reader *reader, const char *const *paths, size_t n)
{
    sk_source_file files[8] = {0};
    sk_source src = {.files = files, .n_files = n};
    for (size_t i = 0; i < n; i++) {
        const char *slash = strrchr(paths[i], '/');
        files[i].name = sk_str_of(slash ? slash + 1 : paths[i]);
        files[i].fd = open(paths[i], O_RDONLY | O_CLOEXEC);
        files[i].hash.b[0] = (unsigned char)i;
        if (files[i].fd < 0)
            fail_msg("cannot open %s", paths[i]);
    }
    list_run *r = run_source(reader, &src);
    for (size_t i = 0; i < n; i++)
        close(files[i].fd);
    return r;
}

/* texts  of n files, named as given */
static inline list_run *run_texts(const sk_reader *reader, const char *const *names,
                                  const sk_str *texts, size_t n)
{
    sk_source_file files[8] = {0};
    sk_source src = {.files = files, .n_files = n};
    for (size_t i = 0; i < n; i++) {
        files[i].name = sk_str_of(names[i]);
        files[i].fd = memfd_create("list", MFD_CLOEXEC);
        assert_true(files[i].fd >= 0);
        assert_int_equal(write(files[i].fd, texts[i].p, texts[i].n), (ssize_t)texts[i].n);
    }
    list_run *r = run_source(reader, &src);
    for (size_t i = 0; i < n; i++)
        close(files[i].fd);
    return r;
}

static inline sk_str file_text(sk_arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    sk_buf b;
    sk_buf_init(&b, SK_MIB(16));
    char *room;
    for (size_t n = 1; n && (room = sk_buf_room(&b, 65536));) {
        n = fread(room, 1, 65536, f);
        sk_buf_grew(&b, n);
    }
    fclose(f);
    sk_str text = sk_str_copy(a, sk_buf_str(&b));
    sk_buf_done(&b);
    return text;
}

#define SAMPLE(name) SK_SOURCE_ROOT "/tests/data/lists/" name

/* Path of a public file beside the repository, in buf; false after saying SKIP. */
static inline bool shared_path(char buf[4096], const char *name)
{
    const char *named = getenv("SILLOK_SHARED");
    const char *roots[] = {named ? named : SK_SOURCE_ROOT "/../shared/data", named ? named : ""};
    static const char *const between[] = {"", "/data"};
    for (int i = 0; i < 2; i++) {
        snprintf(buf, 4096, "%s%s/%s", roots[i], between[i], name);
        if (roots[i][0] && access(buf, R_OK) == 0)
            return true;
    }
    printf("SKIP: %s is not there (set SILLOK_SHARED)\n", name);
    return false;
}

/* The number that a shell command prints about "$FILE". */
static inline long number_from(const char *command, const char *path)
{
    long n = -1;
    setenv("FILE", path, 1);
    FILE *p = popen(command, "r");
    assert_non_null(p);
    if (fscanf(p, "%ld", &n) != 1)
        n = -1;
    if (pclose(p) != 0 || n < 0)
        fail_msg("this did not print a number for %s: %s", path, command);
    return n;
}

static inline bool has_tool(const char *name)
{
    char line[256];
    snprintf(line, sizeof line, "command -v %s >/dev/null 2>&1", name);
    if (system(line) == 0)
        return true;
    printf("SKIP: %s is not installed\n", name);
    return false;
}

/* ---- looking for claims ---- */

/* The first claim of entity and property, with the value unless that is NULL. */
static inline const list_claim *find_claim(const list_run *r, const char *entity, const char *prop,
                                           const char *value)
{
    for (size_t i = 0; i < r->n_claims; i++) {
        const list_claim *c = &r->claims[i];
        if (sk_str_is(c->entity, entity) && sk_str_is(c->prop, prop) &&
            (!value || sk_str_is(c->value, value)))
            return c;
    }
    return NULL;
}

static inline void tell_entity(const list_run *r, const char *entity)
{
    for (size_t i = 0; i < r->n_claims; i++)
        if (sk_str_is(r->claims[i].entity, entity))
            print_error("  %.*s = %.*s\n", SK_P(r->claims[i].prop), SK_P(r->claims[i].value));
}

static inline const list_claim *need_claim(const list_run *r, const char *entity, const char *prop,
                                           const char *value)
{
    const list_claim *c = find_claim(r, entity, prop, value);
    if (!c) {
        tell_entity(r, entity);
        fail_msg("no claim %s %s %s", entity, prop, value ? value : "");
    }
    return c;
}

#define assert_claim(r, entity, prop, value) ((void)need_claim((r), (entity), (prop), (value)))
#define assert_no_claim(r, entity, prop, value) \
    assert_null(find_claim((r), (entity), (prop), (value)))
#define assert_text(got, want)                                      \
    do {                                                            \
        sk_str got_ = (got);                                        \
        if (!sk_str_is(got_, (want)))                               \
            fail_msg("\"%.*s\" is not \"%s\"", SK_P(got_), (want)); \
    } while (0)

static inline const list_finding *find_finding(const list_run *r, sk_import_finding_kind kind,
                                               const char *value, const char *message)
{
    for (size_t i = 0; i < r->n_findings; i++) {
        const list_finding *f = &r->findings[i];
        if (f->kind == kind && (!value || sk_str_is(f->value, value)) &&
            sk_str_find(f->message, sk_str_of(message)) != SIZE_MAX)
            return f;
    }
    return NULL;
}

static inline const list_finding *need_finding(const list_run *r, sk_import_finding_kind kind,
                                               const char *value, const char *message)
{
    const list_finding *f = find_finding(r, kind, value, message);
    for (size_t i = 0; !f && i < r->n_findings; i++)
        print_error("  [%.*s] %.*s: %.*s\n", SK_P(r->findings[i].column),
                    SK_P(r->findings[i].value), SK_P(r->findings[i].message));
    if (!f)
        fail_msg("no finding \"%s\"", message);
    return f;
}

static inline void assert_ran(const list_run *r)
{
    if (r->rc)
        fail_msg("%s", r->cx.message);
}

/* How many claims of a property (all types where type is NULL). */
static inline long count_claims(const list_run *r, const char *type, const char *prop)
{
    long n = 0;
    for (size_t i = 0; i < r->n_claims; i++)
        n += (!type || sk_str_is(r->claims[i].type, type)) && sk_str_is(r->claims[i].prop, prop);
    return n;
}

/* ---- comparing runs ---- */

static inline int compare_claims(const void *a, const void *b)
{
    const list_claim *x = a, *y = b;
    const sk_str of_x[] = {x->entity, x->prop, x->value, x->words, x->note, x->valid, x->type};
    const sk_str of_y[] = {y->entity, y->prop, y->value, y->words, y->note, y->valid, y->type};
    for (size_t i = 0; i < SK_COUNT(of_x); i++) {
        int c = sk_str_cmp(of_x[i], of_y[i]);
        if (c)
            return c;
    }
    return sk_decimal_cmp(x->quantity.low, y->quantity.low);
}

static inline void sort_claims(list_run *r)
{
    if (r->n_claims)
        qsort(r->claims, r->n_claims, sizeof *r->claims, compare_claims);
}

/* The same claims, rows aside. */
static inline void assert_same_claims(list_run *a, list_run *b)
{
    assert_int_equal(a->n_claims, b->n_claims);
    sort_claims(a);
    sort_claims(b);
    for (size_t i = 0; i < a->n_claims; i++)
        if (compare_claims(&a->claims[i], &b->claims[i]))
            fail_msg("%.*s %.*s %.*s / %.*s %.*s %.*s", SK_P(a->claims[i].entity),
                     SK_P(a->claims[i].prop), SK_P(a->claims[i].value), SK_P(b->claims[i].entity),
                     SK_P(b->claims[i].prop), SK_P(b->claims[i].value));
}

#endif
