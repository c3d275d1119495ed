/* The content of an ODS, read as rows. */
#include "extract_fuzz_zip.h"
#include "rows_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"content.xml"};
    sk_str rest = {(const char *)data, size};
    sk_rows_wish wish = {.sheet = fuzz_option(&rest, SK_S("#sheet "))};
    size_t used;
    char *zip = fuzz_zip((const uint8_t *)rest.p, rest.n, names, 1,
                         "application/vnd.oasis.opendocument.spreadsheet", &used);
    fuzz_rows((sk_str){zip, used}, "a.ods", SK_NONE, &wish);
    free(zip);
    return 0;
}
