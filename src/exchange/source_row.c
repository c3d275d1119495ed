#include "exchange/source_row.h"

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Record elements of the XML lists that readers know (read_un.c). */
static const char xml_records[] = "INDIVIDUAL ENTITY";

/* "row 12" to 12; 0 when it is of another form. */
static uint64_t row_number(sk_str place)
{
    uint64_t n;
    return sk_str_starts(place, SK_S("row ")) && sk_str_to_u64(sk_str_sub(place, 4, place.n), &n)
               ? n
               : 0;
}

static bool is_json(int fd)
{
    char head[64];
    ssize_t n = pread(fd, head, sizeof head, 0);
    for (ssize_t i = 0; i < n; i++)
        if (!strchr(" \t\r\n\xEF\xBB\xBF", head[i]))
            return head[i] == '{' || head[i] == '[';
    return false;
}

static sk_rc no_row(sk_ctx *cx, sk_str name, sk_str place)
{
    return sk_fail(cx, SK_E_NOTFOUND, "\"%.*s\" has no %.*s", SK_P(name), SK_P(place));
}

static sk_rc json_line(sk_ctx *cx, int fd, sk_str name, sk_str place, sk_str *ret_text)
{
    uint64_t wanted = row_number(place), row = 0;
    FILE *f = fdopen(dup(fd), "r");
    if (!f || fseek(f, 0, SEEK_SET))
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(name));
    char *line = NULL;
    size_t cap = 0;
    ssize_t n = 0;
    while (row < wanted && (n = getline(&line, &cap, f)) >= 0)
        row++;
    sk_rc rc = SK_OK;
    if (!wanted || row < wanted)
        rc = no_row(cx, name, place);
    else
        *ret_text = sk_str_copy(&cx->arena, sk_str_trim((sk_str){line, (size_t)n}));
    free(line);
    fclose(f);
    return rc;
}

static sk_str cells_text(sk_ctx *cx, const sk_cells_row *row)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_CSV_ROW_BYTES * 2);
    for (size_t i = 0; i < row->n; i++)
        if (row->cells[i].n)
            sk_buf_addf(&b, "%.*s: %.*s\n", SK_P(row->names[i]), SK_P(row->cells[i]));
    sk_str text = sk_str_copy(&cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return text;
}

static sk_rc table_row(sk_ctx *cx, const sk_source_file *file, sk_str place, sk_str *ret_text)
{
    sk_cells *c;
    sk_cells_opts opts = {.records = sk_str_of(xml_records)};
    SK_TRY(sk_cells_open(cx, file, &opts, &c));
    sk_rc rc;
    for (;;) {
        sk_cells_row row;
        rc = sk_cells_next(cx, c, &row);
        if (!rc && !row.n)
            rc = no_row(cx, file->name, place);
        if (rc)
            break;
        if (sk_str_eq(row.place, place)) {
            *ret_text = cells_text(cx, &row);
            break;
        }
    }
    sk_cells_close(c);
    return rc;
}

sk_rc sk_source_row(sk_ctx *cx, const sk_hash *exhibit, sk_str name, sk_str place, sk_str *ret_text)
{
    sk_source_file file = {.name = name, .hash = *exhibit};
    uint64_t size;
    SK_TRY(sk_blob_open(cx, cx->archive, exhibit, &file.fd, &size));
    sk_rc rc = is_json(file.fd) ? json_line(cx, file.fd, name, place, ret_text)
                                : table_row(cx, &file, place, ret_text);
    close(file.fd);
    return rc;
}
