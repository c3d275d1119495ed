/* The text of a mapping, and a table read by it: a line "%%" parts the two. A mapping is drafted for
 * the table as well; what is drafted can be read, and runs. */
#include "table_fuzz.h"

#include "exchange/mapping/mapping.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void draft(sk_str table)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_source_file file = {.name = SK_S("x.csv"), .fd = list_memfd(table)};
    sk_source src = {.files = &file, .n_files = 1};
    sk_str text;
    if (!sk_mapping_draft(&cx, &src, &text)) {
        sk_mapping *m;
        sk_assert(sk_mapping_parse(&cx, text, &m) == SK_OK);
        (void)table_fuzz(&sk_reader_table, "x.csv", text, table);
    }
    close(file.fd);
    sk_ctx_done(&cx);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_str bytes = {(const char *)data, size}, table = SK_S("A,B\n1,2\n"), mapping = bytes;
    size_t at = sk_str_find(bytes, SK_S("\n%%\n"));
    if (at != SIZE_MAX) {
        mapping = sk_str_sub(bytes, 0, at + 1);
        table = sk_str_sub(bytes, at + 4, size);
    }
    sk_ctx cx;
    sk_mapping *m;
    sk_ctx_init(&cx);
    sk_rc rc = sk_mapping_parse(&cx, mapping, &m);
    sk_assert(!rc || cx.message[0]);
    sk_ctx_done(&cx);
    if (!rc)
        (void)table_fuzz(&sk_reader_table, "x.csv", mapping, table);
    if (at != SIZE_MAX && list_is_plain(table))
        draft(table);
    return 0;
}
