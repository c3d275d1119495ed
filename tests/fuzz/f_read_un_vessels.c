/* The UN list of ships as CSV, whatever the bytes. */
#include "list_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_str bytes = {(const char *)data, size};
    if (!list_is_plain(bytes))
        return 0;
    sk_source_file file = {.name = SK_S("vessels.csv"), .fd = list_memfd(bytes)};
    sk_source src = {.files = &file, .n_files = 1};
    (void)sk_reader_un_vessels.sniff(file.name, bytes);
    list_fuzz(&sk_reader_un_vessels, &src);
    close(file.fd);
    return 0;
}
