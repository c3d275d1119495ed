/* Plain text: charsets, lines, furniture, title, language. */
#include "extract_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader(data, size, sk_read_text);
    return 0;
}
