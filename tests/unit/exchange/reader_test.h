/* What a reader says of bytes in memory, as lines of text that tests can look for:
 *
 *   person-1 Person:name = Kim Yong-ho {lang ko} by Association at row 2
 *   person-1 Person:birthDate = 1978-06~ <around June 1978> by Association at row 2
 *   left [DOB] 03/01/2022: date "03/01/2022" may be ... (row 2)
 */
#ifndef SK_TEST_READER_H
#define SK_TEST_READER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/buf.h"
#include "exchange/import.h"
#include "exchange/readers.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct said {
    sk_ctx cx;
    sk_rc rc;
    sk_buf claims, findings, rows; /* lines */
    sk_import_summary sum;
} said;

static inline void add_quantity(sk_buf *b, sk_arena *a, const sk_quantity *q)
{
    sk_buf_add(b, sk_qualifier_name(q->qualifier));
    if (q->has_low)
        sk_buf_addf(b, " low %.*s", SK_P(sk_decimal_text(a, q->low, false)));
    if (q->has_high)
        sk_buf_addf(b, " high %.*s", SK_P(sk_decimal_text(a, q->high, false)));
    if (q->unit.n)
        sk_buf_addf(b, " unit %.*s", SK_P(q->unit));
}

static inline void add_given(sk_buf *b, const char *what, sk_str text)
{
    if (text.n)
        sk_buf_addf(b, " {%s %.*s}", what, SK_P(text));
}

static inline sk_rc note_claim(sk_ctx *cx, const sk_claim *c, const sk_import_place *at,
                               sk_str column, void *arg)
{
    said *s = arg;
    sk_buf *b = &s->claims;
    (void)column;
    sk_buf_addf(b, "%.*s %.*s:%.*s = ", SK_P(c->entity), SK_P(c->type), SK_P(c->prop));
    if (c->absent)
        sk_buf_addf(b, "(%.*s)", SK_P(sk_absent_name(c->absent)));
    else if (c->kind == SK_VALUE_QUANTITY || c->kind == SK_VALUE_MONEY)
        add_quantity(b, &cx->arena, &c->quantity);
    else
        sk_buf_add(b, c->value);
    if (c->words.n)
        sk_buf_addf(b, " <%.*s>", SK_P(c->words));
    if (c->position != SK_CLAIM_ASSERTS)
        add_given(b, "position", sk_str_of(sk_position_name(c->position)));
    add_given(b, "lang", c->lang);
    add_given(b, "as-of", c->asof);
    add_given(b, "valid", c->valid);
    add_given(b, "said", c->said);
    add_given(b, "carrier", c->carrier);
    add_given(b, "reference", c->reference);
    add_given(b, "measure", c->measure);
    add_given(b, "quote", c->passages[0].quote);
    if (c->used_falsely)
        sk_buf_add(b, SK_S(" {falsely}"));
    for (size_t i = 0; i < c->n_restrict; i++)
        add_given(b, "restrict", c->restrict_labels[i]);
    for (size_t i = 0; i < c->n_chain; i++)
        sk_buf_addf(b, "%s%.*s", i ? " > " : " by ", SK_P(c->chain[i]));
    assert_true(sk_str_eq(c->passages[0].place, at->place));
    sk_buf_addf(b, " at %.*s\n", SK_P(at->place));
    return SK_OK;
}

static inline void note_finding(const sk_import_finding *f, const sk_import_place *at, void *arg)
{
    static const char *const kinds[] = {"left", "remark", "skipped"};
    said *s = arg;
    sk_buf_addf(&s->findings, "%s", kinds[f->kind]);
    if (f->column.n)
        sk_buf_addf(&s->findings, " [%.*s]", SK_P(f->column));
    sk_buf_addf(&s->findings, " %.*s: %.*s (%.*s)\n", SK_P(f->value), SK_P(f->message),
                SK_P(at->place));
}

static inline sk_rc note_row(sk_ctx *cx, const sk_import_place *at, sk_str key, void *arg)
{
    said *s = arg;
    (void)cx;
    sk_buf_addf(&s->rows, "%llu %.*s\n", (unsigned long long)at->row, SK_P(key));
    return SK_OK;
}

static inline int memory_file(sk_str bytes)
{
    int fd = memfd_create("test", MFD_CLOEXEC);
    assert_true(fd >= 0);
    for (size_t at = 0; at < bytes.n;) {
        ssize_t n = write(fd, bytes.p + at, bytes.n - at);
        assert_true(n > 0);
        at += (size_t)n;
    }
    return fd;
}

/* source  its file is filled in; NULL: nothing but the file */
static inline void run_reader(said *s, const sk_reader *reader, const char *name, sk_str bytes,
                              const sk_source *source)
{
    *s = (said){0};
    sk_ctx_init(&s->cx);
    sk_buf_init(&s->claims, SK_MIB(64));
    sk_buf_init(&s->findings, SK_MIB(64));
    sk_buf_init(&s->rows, SK_MIB(64));
    sk_source_file file = {
        .name = sk_str_of(name), .hash = sk_sha256(bytes), .fd = memory_file(bytes)};
    sk_source src = source ? *source : (sk_source){0};
    src.files = &file;
    src.n_files = 1;
    sk_import_sink sink = {.row = note_row, .claim = note_claim, .finding = note_finding, .arg = s};
    s->rc = sk_import_run(&s->cx, reader, &src, &sink, &s->sum);
    close(file.fd);
}

static inline void run_table(said *s, const char *csv, const char *mapping)
{
    sk_source src = {.mapping = sk_str_of(mapping)};
    run_reader(s, &sk_reader_table, "list.csv", sk_str_of(csv), &src);
}

/* A file of tests/data, read by a reader that the user told who says it. */
static inline sk_str data_file(sk_arena *a, const char *path)
{
    FILE *f = fopen(sk_fmt(a, "%s/tests/data/%s", SK_SOURCE_ROOT, path).p, "rb");
    assert_non_null(f);
    char *bytes = sk_alloc(a, SK_MIB(1));
    size_t n = fread(bytes, 1, SK_MIB(1), f);
    fclose(f);
    return (sk_str){bytes, n};
}

static const sk_str somebody[] = {{"Somebody", 8}};

static inline void read_data(said *s, const sk_reader *reader, const char *path,
                             const char *mapping)
{
    sk_arena a = SK_ARENA_INIT;
    sk_source src = {.mapping = sk_str_of(mapping),
                     .options = {.claimant = somebody, .n_claimant = 1}};
    run_reader(s, reader, path, data_file(&a, path), &src);
    sk_arena_done(&a);
}

static inline void read_text(said *s, const sk_reader *reader, const char *name, sk_str text)
{
    sk_source src = {.options = {.claimant = somebody, .n_claimant = 1}};
    run_reader(s, reader, name, text, &src);
}

static inline void forget(said *s)
{
    sk_buf_done(&s->claims);
    sk_buf_done(&s->findings);
    sk_buf_done(&s->rows);
    sk_ctx_done(&s->cx);
}

static inline size_t count_lines(const sk_buf *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++)
        n += b->p[i] == '\n';
    return n;
}

/* Is there a line that begins so? */
static inline bool has_line(const sk_buf *b, const char *head)
{
    sk_str rest = sk_buf_str(b), line;
    while (rest.n && sk_str_cut(&rest, '\n', &line))
        if (sk_str_starts(line, sk_str_of(head)))
            return true;
    return false;
}

#define assert_ok(s)                                 \
    do {                                             \
        if ((s)->rc)                                 \
            fail_msg("failed: %s", (s)->cx.message); \
    } while (0)

#define assert_says(s, line)                                                            \
    do {                                                                                \
        if (!has_line(&(s)->claims, line))                                              \
            fail_msg("no claim \"%s\" among\n%.*s\nfindings\n%.*s", line,               \
                     SK_P(sk_buf_str(&(s)->claims)), SK_P(sk_buf_str(&(s)->findings))); \
    } while (0)

#define assert_finds(s, line)                                                           \
    do {                                                                                \
        if (!has_line(&(s)->findings, line))                                            \
            fail_msg("no finding \"%s\" among\n%.*s\nclaims\n%.*s", line,               \
                     SK_P(sk_buf_str(&(s)->findings)), SK_P(sk_buf_str(&(s)->claims))); \
    } while (0)

#define assert_fails(s, code, part)                                               \
    do {                                                                          \
        assert_int_equal((s)->rc, code);                                          \
        if (sk_str_find(sk_str_of((s)->cx.message), sk_str_of(part)) == SIZE_MAX) \
            fail_msg("\"%s\" is not in \"%s\"", part, (s)->cx.message);           \
    } while (0)

#endif
