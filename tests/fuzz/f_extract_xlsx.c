/* The parts of an XLSX. */
#include "extract_fuzz_zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                                        "xl/styles.xml", "xl/sharedStrings.xml",
                                        "xl/worksheets/sheet1.xml"};
    fuzz_parts(data, size, names, SK_COUNT(names), NULL);
    return 0;
}
