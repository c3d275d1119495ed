/* Exports of Bayanat, whatever the bytes. */
#include "table_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return table_fuzz(&sk_reader_bayanat, "actors.csv", SK_NONE,
                      (sk_str){(const char *)data, size});
}
