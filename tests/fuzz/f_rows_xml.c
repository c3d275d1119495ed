/* A list in XML; a first line "#records NAMES" names its records. */
#include "rows_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_str bytes = {(const char *)data, size};
    sk_rows_wish wish = {.records = fuzz_option(&bytes, SK_S("#records "))};
    if (bytes.n && bytes.p[0] == '<')
        fuzz_rows(bytes, "a.xml", SK_NONE, &wish);
    return 0;
}
