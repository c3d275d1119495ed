/* FollowTheMoney entities, whatever the bytes. */
#include "list_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_str bytes = {(const char *)data, size};
    sk_source_file file = {.name = SK_S("list.ftm.json"), .fd = list_memfd(bytes)};
    sk_source src = {.files = &file, .n_files = 1, .options = {.prefix = SK_S("x-")}};
    (void)sk_reader_ftm_entities.sniff(file.name, bytes);
    list_fuzz(&sk_reader_ftm_entities, &src);
    close(file.fd);
    return 0;
}
