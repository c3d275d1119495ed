/* Measures tables going out: rows a second as CSV, CSV in CP949 and a workbook, and the memory of
 * the workbook beside the table itself. Yardstick: the plain CSV of the same run, and processor
 * seconds, since machines are shared.
 *
 *     b_tables [ROWS]     default 100,000 rows of 9 cells, half of them Korean text */
#include "measure.h"

#include "exchange/write/write_csv.h"
#include "exchange/write/write_xlsx.h"

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
        sk_table_cellf(t, "%016zx%016zx%016zx%016zx", i * 7919, i * 104729, i * 1299709, i);
        sk_table_cell_int(t, (int64_t)i);
        sk_table_cell(t, i % 2 ? SK_S("") : SK_S("=1+1 is no formula & <neither> is this"));
    }
    return t;
}

static double csv_seconds(const sk_table *t, const char *charset, size_t *ret_bytes)
{
    sk_buf b;
    sk_write_csv_options o = {0};
    sk_buf_init(&b, SK_LIM_OUTPUT_BYTES);
    check(sk_encoder_open(&cx, sk_str_of(charset), &o.encoder), "tables");
    double from = cpu_seconds();
    check(sk_write_csv(&cx, t, &o, &b, NULL), "tables");
    double s = cpu_seconds() - from;
    *ret_bytes = b.n;
    sk_encoder_close(o.encoder);
    sk_buf_done(&b);
    return s;
}

/* ret_rows_s  of it, for turning rows into XML; the rest is deflating and reading back */
static double xlsx_seconds(const sk_table *t, size_t *ret_bytes, double *ret_rows_s)
{
    char folder[] = "/tmp/sillok-bench-XXXXXX";
    sk_workbook *w;
    struct stat st;
    if (!mkdtemp(folder))
        exit(1);
    sk_str dir = sk_fmt(&cx.arena, "%s/", folder), path = sk_fmt(&cx.arena, "%s/t.xlsx", folder);
    double from = cpu_seconds();
    check(sk_workbook_open(&cx, path, dir, &w), "tables");
    check(sk_workbook_table(&cx, w, t, SK_S("claims"), false), "tables");
    *ret_rows_s = cpu_seconds() - from;
    check(sk_workbook_close(&cx, w, NULL), "tables");
    double s = cpu_seconds() - from;
    if (stat(path.p, &st) == 0)
        *ret_bytes = (size_t)st.st_size;
    unlink(path.p);
    rmdir(folder);
    return s;
}

static void tell(const char *what, size_t rows, double s, size_t bytes, double yard)
{
    printf("%-34s %6.2f s CPU, %8.0f rows/s, %6.1f MB; plain CSV takes %.2f of it\n", what, s,
           (double)rows / s, (double)bytes / 1e6, yard / s);
}

int main(int argc, char **argv)
{
    uint64_t rows = 100000;
    if (argc > 1 && !sk_str_to_u64(sk_str_of(argv[1]), &rows))
        return 2;
    sk_ctx_init(&cx);
    sk_table *t = make_table(rows);
    size_t bytes = 0;
    double rows_s, table_mb = resident_mb(), xlsx = xlsx_seconds(t, &bytes, &rows_s);
    double with_xlsx = resident_mb();
    size_t xlsx_bytes = bytes;
    double yard = csv_seconds(t, "utf-8", &bytes);
    tell("CSV, UTF-8", rows, yard, bytes, yard);
    double cp949 = csv_seconds(t, "cp949", &bytes);
    tell("CSV, CP949", rows, cp949, bytes, yard);
    tell("workbook, written and read back", rows, xlsx, xlsx_bytes, yard);
    printf("  of it %.2f s for rows as XML, the rest to deflate it and to read it back\n", rows_s);
    printf("memory: the table %.0f MB, and %.1f MB more while the workbook was written\n", table_mb,
           with_xlsx - table_mb);
    sk_ctx_done(&cx);
    return 0;
}
