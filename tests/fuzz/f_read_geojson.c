/* GeoJSON, whatever the bytes; without a mapping and with one. */
#include "table_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const sk_str who[] = {{"X", 1}};
    sk_str bytes = {(const char *)data, size};
    sk_source_file file = {.name = SK_S("x.geojson"), .fd = list_memfd(bytes)};
    sk_source src = {.files = &file, .n_files = 1, .options = {.claimant = who, .n_claimant = 1}};
    (void)sk_reader_geojson.sniff(file.name, bytes);
    list_fuzz(&sk_reader_geojson, &src);
    src.mapping = SK_S("sillok-mapping 1\nentity p Place\n key hash name\n name name\n"
                       " latitude geometry.latitude\n longitude geometry.longitude\n");
    list_fuzz(&sk_reader_geojson, &src);
    close(file.fd);
    return 0;
}
