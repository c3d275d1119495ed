/* Claim files in CSV: both passes agree, whatever the bytes; drafts handed out pass sk_claim_check. */
#include "claims_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_claims("claims.csv", (sk_str){(const char *)data, size});
    return 0;
}
