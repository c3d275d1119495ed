/* Records of the UN's consolidated list as cells, past the confined program: a line "PLACE" begins a
 * row, a line "NAME=TEXT" is a cell of it ("\" followed by "n" in it: a line break). */
#include "list_fuzz.h"

#include "exchange/lists/read_un.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_CELLS = 200 };

static sk_str unescaped(sk_arena *a, sk_str s)
{
    char *out = sk_str_c(a, s);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n')
            out[n++] = '\n', i++;
        else
            out[n++] = s.p[i];
    return (sk_str){out, n};
}

static sk_rc read_cells(sk_ctx *cx, const sk_source *src, sk_import *im)
{
    sk_str names[MOST_CELLS], cells[MOST_CELLS], rest = src->mapping, line, text;
    sk_cells_row row = {.names = names, .cells = cells, .place = SK_S("CONSOLIDATED_LIST")};
    bool is_record;
    while (rest.n && sk_str_cut(&rest, '\n', &line)) {
        size_t at = sk_str_find(line, SK_S("="));
        if (at != SIZE_MAX && at && row.n < MOST_CELLS) {
            text = unescaped(&cx->arena, sk_str_sub(line, at + 1, line.n));
            names[row.n] = sk_str_sub(line, 0, at);
            cells[row.n++] = text;
        } else if (at == SIZE_MAX) {
            if (row.n)
                SK_TRY(sk_un_row(cx, src, im, &row, &is_record));
            row.n = 0;
            row.row++;
            row.place = line;
        }
    }
    return row.n ? sk_un_row(cx, src, im, &row, &is_record) : SK_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const sk_reader reader = {.name = "un-consolidated", .version = 1, .read = read_cells};
    sk_ctx cx;
    sk_str text;
    sk_ctx_init(&cx);
    if (sk_utf8_enter(&cx, (sk_str){(const char *)data, size}, "input", &text) == SK_OK) {
        sk_source_file file = {.name = SK_S("list.xml"), .fd = -1};
        sk_source src = {.files = &file, .n_files = 1, .mapping = text};
        (void)sk_reader_un_consolidated.sniff(file.name, text);
        list_fuzz(&reader, &src);
    }
    sk_ctx_done(&cx);
    return 0;
}
