/* The parts of a DOCX. */
#include "extract_fuzz_zip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"word/styles.xml", "word/footnotes.xml",
                                        "docProps/core.xml", "word/_rels/document.xml.rels",
                                        "word/document.xml"};
    fuzz_parts(data, size, names, SK_COUNT(names), NULL);
    return 0;
}
