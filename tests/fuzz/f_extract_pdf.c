/* What pdftotext may write; the first byte says how it ended. */
#include "extract_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_document d;
    if (!size)
        return 0;
    sk_ctx_init(&cx);
    sk_source src = {.bytes = {(const char *)data + 1, size - 1}, .fd = -1};
    sk_str said = sk_str_sub(src.bytes, 0, 40);
    sk_extract_pdf_document(&cx, &src, sk_clock_ms() + FUZZ_MS, said, data[0] & 1, &d);
    check_document(&d, UINT64_MAX);
    sk_ctx_done(&cx);
    return 0;
}
