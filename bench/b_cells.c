/* Measures tables coming in: rows and MB a second of CSV read in this process, and of CSV in CP949,
 * XML and XLSX by way of the confined program. Yardstick: base/csv.h alone over the same UTF-8 file.
 * Processor seconds are those of both sides together, since machines are shared.
 *
 *     b_cells [ROWS]     default 200,000 rows of 9 cells, half of them Korean text */
#include "measure.h"

#include "base/clock.h"
#include "base/csv.h"
#include "exchange/cells.h"
#include "exchange/write/write_csv.h"
#include "exchange/write/write_xlsx.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const sk_column columns[] = {
    {.key = "property", .title = "Property"},  {.key = "value", .title = "Value"},
    {.key = "position", .title = "Position"},  {.key = "says", .title = "Says whom"},
    {.key = "when", .title = "Valid or said"}, {.key = "passage", .title = "Rests on"},
    {.key = "claim", .title = "Claim"},        {.key = "leaf", .title = "Leaf"},
    {.key = "note", .title = "Note"},
};

static sk_table *make_table(size_t rows)
{
    sk_table *t = sk_table_new(&cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < rows; i++) {
        sk_table_cell(t, SK_S("birthPlace"));
        sk_table_cellf(t, "함경북도 무산군 %zu호 수용소에서 본 사람", i);
        sk_table_cell(t, SK_S("asserts"));
        sk_table_cellf(t, "북한인권단체 %zu (via Radio)", i % 97);
        sk_table_cellf(t, "19%02zu-0%zu~", i % 100, i % 9 + 1);
        sk_table_cellf(t, "interviews.csv row %zu", i);
        sk_table_cellf(t, "%016zx%016zx", i * 7919, i * 104729);
        sk_table_cell_int(t, (int64_t)i);
        sk_table_cell(t, SK_S("some, with a comma"));
    }
    return t;
}

static int file_of(sk_str bytes)
{
    int fd = memfd_create("b_cells", MFD_CLOEXEC);
    while (fd >= 0 && bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n <= 0)
            exit(1);
        bytes = sk_str_sub(bytes, (size_t)n, bytes.n);
    }
    return fd;
}

static int csv_file(const sk_table *t, const char *charset)
{
    sk_buf b;
    sk_write_csv_options o = {0};
    sk_buf_init(&b, SK_LIM_OUTPUT_BYTES);
    check(sk_encoder_open(&cx, sk_str_of(charset), &o.encoder), "cells");
    check(sk_write_csv(&cx, t, &o, &b, NULL), "cells");
    sk_encoder_close(o.encoder);
    int fd = file_of(sk_buf_str(&b));
    sk_buf_done(&b);
    return fd;
}

static int xml_file(size_t rows)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_OUTPUT_BYTES);
    sk_buf_add(&b, SK_S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<LIST>\n"));
    for (size_t i = 0; i < rows; i++)
        sk_buf_addf(
            &b,
            "<PERSON><DATAID>%zu</DATAID><NAME>함경북도 무산군 %zu호</NAME><ALIAS><QUALITY>Good"
            "</QUALITY><NAME>another &amp; name</NAME></ALIAS><ALIAS><QUALITY/><NAME>third"
            "</NAME></ALIAS><COMMENTS>interviews.csv row %zu, 북한인권단체</COMMENTS></PERSON>\n",
            i, i, i);
    sk_buf_add(&b, SK_S("</LIST>\n"));
    int fd = file_of(sk_buf_str(&b));
    sk_buf_done(&b);
    return fd;
}

static int xlsx_file(const sk_table *t)
{
    char folder[] = "/tmp/sillok-bench-XXXXXX";
    sk_workbook *w;
    if (!mkdtemp(folder))
        exit(1);
    sk_str dir = sk_fmt(&cx.arena, "%s/", folder), path = sk_fmt(&cx.arena, "%s/t.xlsx", folder);
    check(sk_workbook_open(&cx, path, dir, &w), "cells");
    check(sk_workbook_table(&cx, w, t, SK_S("claims"), false), "cells");
    check(sk_workbook_close(&cx, w, NULL), "cells");
    int fd = open(path.p, O_RDONLY | O_CLOEXEC);
    unlink(path.p);
    rmdir(folder);
    return fd;
}

static void tell(const char *what, int fd, uint64_t rows, uint64_t cells, double wall, double cpu)
{
    struct stat st;
    double mb = fstat(fd, &st) == 0 ? (double)st.st_size / 1e6 : 0;
    printf(
        "%-26s %6.1f MB: %5.2f s CPU, %5.1f MB/s, %7.0f rows/s, %8.0f cells/s; %5.2f s elapsed\n",
        what, mb, cpu, mb / cpu, (double)rows / cpu, (double)cells / cpu, wall);
}

static void read_cells(const char *what, const char *name, int fd)
{
    sk_source_file file = {.name = sk_str_of(name), .fd = fd};
    sk_cells_row row = {.n = 1};
    sk_cells *c;
    uint64_t rows = 0, cells = 0;
    int64_t start = sk_clock_ms();
    double from = cpu_seconds_of_all();
    check(sk_cells_open(&cx, &file, NULL, &c), "cells");
    for (; row.n; rows++, cells += row.n)
        check(sk_cells_next(&cx, c, &row), "cells");
    sk_cells_close(c);
    tell(what, fd, rows - 1, cells, (double)(sk_clock_ms() - start) / 1e3,
         cpu_seconds_of_all() - from);
}

static void read_csv(const char *what, int fd)
{
    sk_csv *csv;
    sk_csv_row row = {.n = 1};
    uint64_t rows = 0, cells = 0;
    int64_t start = sk_clock_ms();
    double from = cpu_seconds_of_all();
    lseek(fd, 0, SEEK_SET);
    check(sk_csv_open_fd(&cx, fd, "table", 0, &csv), "cells");
    for (; row.n; rows++, cells += row.n)
        check(sk_csv_next(&cx, csv, &row), "cells");
    sk_csv_close(csv);
    tell(what, fd, rows - 1, cells, (double)(sk_clock_ms() - start) / 1e3,
         cpu_seconds_of_all() - from);
}

/* The program is built in bin/, beside bench/. */
static void name_program(void)
{
    char own[4096];
    ssize_t n = readlink("/proc/self/exe", own, sizeof own);
    const char *slash = n > 0 ? memrchr(own, '/', (size_t)n) : NULL;
    if (slash)
        setenv("SILLOK_EXTRACT",
               sk_fmt(&cx.arena, "%.*s/../bin/sillok-extract", (int)(slash - own), own).p, 0);
}

int main(int argc, char **argv)
{
    uint64_t rows = 200000;
    if (argc > 1 && !sk_str_to_u64(sk_str_of(argv[1]), &rows))
        return 2;
    sk_ctx_init(&cx);
    name_program();
    sk_table *t = make_table(rows);
    int utf8 = csv_file(t, "utf-8");
    read_csv("CSV, base/csv.h alone", utf8);
    read_cells("CSV, UTF-8, in process", "t.csv", utf8);
    read_cells("CSV, CP949, confined", "t.csv", csv_file(t, "cp949"));
    read_cells("XML, confined", "t.xml", xml_file(rows));
    read_cells("XLSX, confined", "t.xlsx", xlsx_file(t));
    sk_ctx_done(&cx);
    return 0;
}
