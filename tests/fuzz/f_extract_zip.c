/* Zips as they come; and through the sniffing of formats, whatever else. */
#include "extract_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_document(data, size, "");
    fuzz_reader(data, size, sk_read_zip);
    return 0;
}
