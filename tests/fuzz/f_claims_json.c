/* Claim files in JSON lines: both passes agree, whatever the bytes. */
#include "claims_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_claims("claims.jsonl", (sk_str){(const char *)data, size});
    return 0;
}
