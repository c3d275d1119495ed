/* The parts of an ODT. */
#include "extract_fuzz_zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"meta.xml", "content.xml"};
    fuzz_parts(data, size, names, SK_COUNT(names), "application/vnd.oasis.opendocument.text");
    return 0;
}
