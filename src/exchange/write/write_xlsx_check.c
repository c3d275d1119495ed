/* Reading a workbook of ours back: a zip whose sheets are inflated and counted.
 *
 * Not a reader of workbooks from elsewhere: those are read confined (extract/). This one reads what
 * the program itself wrote a moment ago, and refuses whatever it would not have written. */
#include "base/limits.h"
#include "base/str.h"
#include "exchange/write/write_xlsx_private.h"

#include <stdio.h>
#include <zlib.h>

enum { PIECE = 65536, END_BYTES = 22, CENTRAL_BYTES = 46, LOCAL_BYTES = 30, NAME_BYTES = 15 };

typedef struct part {
    char name[64];
    unsigned method;
    uint32_t crc, packed, unpacked, at; /* at: its local header */
} part;

typedef struct checking {
    sk_ctx *cx;
    const char *path;
    FILE *f;
    /* the sheet in hand */
    char tag[NAME_BYTES + 1]; /* of the newest element, "/row" when it closes */
    size_t n_tag;
    bool in_tag;
    sk_workbook_count found;
    uint32_t crc;
    uint64_t bytes;
} checking;

static sk_rc broken(checking *c, const char *what)
{
    return sk_fail(c->cx, SK_E_INTEGRITY,
                   "\"%s\" was not written whole (%s); is the disk full? nothing was kept", c->path,
                   what);
}

static sk_rc read_at(checking *c, uint64_t at, void *to, size_t n)
{
    if (fseeko(c->f, (off_t)at, SEEK_SET) || fread(to, 1, n, c->f) != n)
        return ferror(c->f) ? sk_fail_errno(c->cx, "\"%s\"", c->path) : broken(c, "it ends early");
    return SK_OK;
}

static uint32_t le16(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t le32(const unsigned char *p)
{
    return le16(p) | le16(p + 2) << 16;
}

/* ---- counting elements ---- */

static void end_tag(checking *c)
{
    c->tag[c->n_tag] = '\0';
    c->in_tag = false;
    c->found.rows += strcmp(c->tag, "row") == 0;
    c->found.cells += strcmp(c->tag, "c") == 0;
}

/* A left angle bracket in text is written as an entity, so that each one opens a tag. */
static void count_tags(checking *c, const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '<') {
            c->in_tag = true;
            c->n_tag = 0;
        } else if (c->in_tag && (p[i] == ' ' || p[i] == '>' || c->n_tag == NAME_BYTES)) {
            end_tag(c);
        } else if (c->in_tag) {
            c->tag[c->n_tag++] = (char)p[i];
        }
    }
    c->crc = (uint32_t)crc32(c->crc, p, (uInt)n);
    c->bytes += n;
}

/* ---- one sheet ---- */

static sk_rc inflate_part(checking *c, const part *pt)
{
    unsigned char in[PIECE], out[PIECE];
    z_stream z = {0};
    uint32_t left = pt->packed;
    int state = Z_OK;
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
        sk_out_of_memory(0);
    while (state == Z_OK && left) {
        size_t n = left < PIECE ? left : PIECE;
        if (fread(in, 1, n, c->f) != n)
            break;
        left -= (uint32_t)n;
        z.next_in = in;
        z.avail_in = (uInt)n;
        do {
            z.next_out = out;
            z.avail_out = PIECE;
            state = inflate(&z, Z_NO_FLUSH);
            if (state == Z_OK || state == Z_STREAM_END)
                count_tags(c, out, PIECE - z.avail_out);
        } while (state == Z_OK && (z.avail_in || z.avail_out == 0));
        if (state == Z_BUF_ERROR) /* wants more input */
            state = Z_OK;
    }
    inflateEnd(&z);
    return state == Z_STREAM_END && left == 0 ? SK_OK : broken(c, "a sheet does not unpack");
}

static sk_rc check_sheet(checking *c, const part *pt, const sk_workbook_count *wanted)
{
    unsigned char local[LOCAL_BYTES] = {0};
    SK_TRY(read_at(c, pt->at, local, sizeof local));
    if (le32(local) != 0x04034b50 || pt->method != 8)
        return broken(c, "its zip is odd");
    uint64_t data = (uint64_t)pt->at + LOCAL_BYTES + le16(local + 26) + le16(local + 28);
    if (fseeko(c->f, (off_t)data, SEEK_SET))
        return sk_fail_errno(c->cx, "\"%s\"", c->path);
    c->found = (sk_workbook_count){0};
    c->crc = 0;
    c->bytes = 0;
    c->in_tag = false;
    SK_TRY(inflate_part(c, pt));
    if (c->crc != pt->crc || c->bytes != pt->unpacked || strcmp(c->tag, "/worksheet") != 0)
        return broken(c, "a sheet is cut short");
    if (c->found.rows != wanted->rows || c->found.cells != wanted->cells)
        return broken(
            c, sk_fmt(&c->cx->arena, "%s has %llu rows of %llu and %llu cells of %llu", pt->name,
                      (unsigned long long)c->found.rows, (unsigned long long)wanted->rows,
                      (unsigned long long)c->found.cells, (unsigned long long)wanted->cells)
                   .p);
    return SK_OK;
}

/* ---- the zip ---- */

/* The central directory's entry at *at; moves *at to the next. */
static sk_rc read_entry(checking *c, uint64_t *at, part *ret_part)
{
    unsigned char e[CENTRAL_BYTES] = {0};
    SK_TRY(read_at(c, *at, e, sizeof e));
    size_t n = le16(e + 28);
    if (le32(e) != 0x02014b50 || n >= sizeof ret_part->name)
        return broken(c, "its directory is odd");
    *ret_part = (part){.method = le16(e + 10),
                       .crc = le32(e + 16),
                       .packed = le32(e + 20),
                       .unpacked = le32(e + 24),
                       .at = le32(e + 42)};
    SK_TRY(read_at(c, *at + CENTRAL_BYTES, ret_part->name, n));
    *at += CENTRAL_BYTES + n + le16(e + 30) + le16(e + 32);
    return SK_OK;
}

/* Which sheet the part is, from 0; SIZE_MAX when it is none. Parts are named in order of adding. */
static size_t sheet_of(const part *pt)
{
    sk_str name = sk_str_of(pt->name), head = SK_S("xl/worksheets/sheet"), tail = SK_S(".xml");
    uint64_t n;
    if (!sk_str_starts(name, head) || !sk_str_ends(name, tail) ||
        !sk_str_to_u64(sk_str_sub(name, head.n, name.n - head.n - tail.n), &n) || n == 0)
        return SIZE_MAX;
    return (size_t)(n - 1);
}

static sk_rc check_zip(checking *c, const sk_workbook_count *sheets, size_t n_sheets)
{
    unsigned char end[END_BYTES] = {0};
    size_t n_found = 0;
    if (fseeko(c->f, 0, SEEK_END))
        return sk_fail_errno(c->cx, "\"%s\"", c->path);
    off_t size = ftello(c->f);
    if (size < END_BYTES)
        return broken(c, "it is empty");
    SK_TRY(read_at(c, (uint64_t)size - END_BYTES, end, sizeof end));
    if (le32(end) != 0x06054b50)
        return broken(c, "it has no directory");
    uint64_t at = le32(end + 16);
    for (uint32_t i = 0; i < le16(end + 10); i++) {
        part pt;
        SK_TRY(read_entry(c, &at, &pt));
        size_t k = sheet_of(&pt);
        if (k == SIZE_MAX)
            continue;
        if (k >= n_sheets)
            return broken(c, "it has a sheet too many");
        SK_TRY(check_sheet(c, &pt, &sheets[k]));
        n_found++;
    }
    return n_found == n_sheets ? SK_OK : broken(c, "a sheet is missing");
}

sk_rc sk_workbook__check(sk_ctx *cx, const char *path, const sk_workbook_count *sheets,
                         size_t n_sheets)
{
    checking c = {.cx = cx, .path = path, .f = fopen(path, "rbe")};
    if (!c.f)
        return sk_fail_errno(cx, "\"%s\"", path);
    sk_rc rc = check_zip(&c, sheets, n_sheets);
    fclose(c.f);
    return rc;
}
