/* CSV: rows lie in the file in order; a stream and memory give the same; written again, read again. */
#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Both readers must agree on every row and on the error; safe: no cell may start a formula. */
static void compare(sk_csv *a, sk_csv *b, sk_csv_writer *w, size_t size, bool safe)
{
    sk_ctx x, y;
    sk_csv_row p, q;
    uint64_t last = 0;
    sk_ctx_init(&x);
    sk_ctx_init(&y);
    for (;;) {
        sk_rc rc = sk_csv_next(&x, a, &p);
        sk_assert(rc == sk_csv_next(&y, b, &q));
        if (rc) {
            sk_assert(strcmp(x.message, y.message) == 0);
            break;
        }
        sk_assert(p.n == q.n && p.from == q.from && p.to == q.to && p.row == q.row);
        sk_assert(p.from >= last && p.to >= p.from && p.to <= size);
        last = p.to;
        if (!p.n)
            break;
        for (size_t i = 0; i < p.n; i++) {
            sk_assert(sk_str_eq(p.cells[i], q.cells[i]) && p.cells[i].p[p.cells[i].n] == '\0');
            sk_assert(!safe || !p.cells[i].n || !strchr("=@\t\r\n", p.cells[i].p[0]));
            sk_csv_cell(w, p.cells[i]);
        }
        sk_csv_end_row(w);
    }
    sk_ctx_done(&x);
    sk_ctx_done(&y);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char seps[] = {'\0', ',', ';', '\t'};
    if (size < 2)
        return 0;
    sk_ctx cx;
    sk_csv *a = NULL, *b = NULL;
    sk_buf out, again;
    sk_csv_writer w, w2;
    char sep = seps[data[0] & 3];
    bool spreadsheet = data[0] & 4;
    sk_str text = {(const char *)data + 1, size - 1};
    sk_ctx_init(&cx);
    sk_buf_init(&out, SK_MIB(64));
    sk_buf_init(&again, SK_MIB(64));
    sk_csv_writer_init(&w, &out, ',', spreadsheet);
    sk_csv_writer_init(&w2, &again, ',', false);
    FILE *f = fmemopen((void *)(uintptr_t)text.p, text.n, "rb");
    sk_assert(f);
    sk_rc rc = sk_csv_open_mem(&cx, text, "t", sep, &a);
    sk_forgive(&cx);
    sk_assert(rc == sk_csv_open_file(&cx, f, "t", sep, &b));
    sk_forgive(&cx);
    if (!rc) {
        compare(a, b, &w, text.n, false);
        sk_csv_close(a);
        sk_csv_close(b);
        sk_assert(sk_csv_open_mem(&cx, sk_buf_str(&out), "t", ',', &a) == SK_OK);
        sk_assert(sk_csv_open_mem(&cx, sk_buf_str(&out), "t", ',', &b) == SK_OK);
        compare(a, b, &w2, out.n, spreadsheet);
        sk_assert(spreadsheet || sk_str_eq(sk_buf_str(&out), sk_buf_str(&again)));
        sk_csv_close(a);
        sk_csv_close(b);
    }
    fclose(f);
    sk_buf_done(&out);
    sk_buf_done(&again);
    sk_ctx_done(&cx);
    return 0;
}
