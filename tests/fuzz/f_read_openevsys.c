/* Search results of OpenEvSys, whatever the bytes. */
#include "table_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return table_fuzz(&sk_reader_openevsys, "results.xls", SK_NONE,
                      (sk_str){(const char *)data, size});
}
