/* The parts of an XLSX, read as rows. */
#include "extract_fuzz_zip.h"
#include "rows_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                                        "xl/styles.xml", "xl/sharedStrings.xml",
                                        "xl/worksheets/sheet1.xml"};
    sk_str rest = {(const char *)data, size};
    sk_rows_wish wish = {.sheet = fuzz_option(&rest, SK_S("#sheet "))};
    size_t used;
    char *zip = fuzz_zip((const uint8_t *)rest.p, rest.n, names, SK_COUNT(names), NULL, &used);
    fuzz_rows((sk_str){zip, used}, "a.xlsx", SK_NONE, &wish);
    free(zip);
    return 0;
}
