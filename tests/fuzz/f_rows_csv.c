/* A table in any charset; a first line "#charset NAME" names one. */
#include "rows_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_rows_wish wish = {0};
    sk_str bytes = {(const char *)data, size};
    sk_str charset = fuzz_option(&bytes, SK_S("#charset "));
    fuzz_rows(bytes, "a.csv", charset, &wish);
    return 0;
}
