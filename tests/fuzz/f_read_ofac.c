/* The Treasury's list: up to four CSV files in one input, with a line "%%" between two. */
#include "list_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_str rest = {(const char *)data, size};
    sk_source_file files[4] = {0};
    size_t n = 0;
    while (n < 4) {
        size_t at = sk_str_find(rest, SK_S("\n%%\n"));
        sk_str part = sk_str_sub(rest, 0, at == SIZE_MAX ? rest.n : at + 1);
        if (!list_is_plain(part))
            break;
        files[n].name = SK_S("list.csv");
        files[n++].fd = list_memfd(part);
        if (at == SIZE_MAX)
            break;
        rest = sk_str_sub(rest, at + 4, rest.n);
    }
    sk_source src = {.files = files, .n_files = n};
    if (n) {
        (void)sk_reader_ofac_sdn.sniff(files[0].name, (sk_str){(const char *)data, size});
        list_fuzz(&sk_reader_ofac_sdn, &src);
    }
    for (size_t i = 0; i < n; i++)
        close(files[i].fd);
    return 0;
}
