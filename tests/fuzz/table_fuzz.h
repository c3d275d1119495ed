/* Shared by the targets of readers of tables with a built-in layout. */
#ifndef SK_TESTS_TABLE_FUZZ_H
#define SK_TESTS_TABLE_FUZZ_H

#include "list_fuzz.h"

/* mapping  empty: none */
static inline int table_fuzz(const sk_reader *reader, const char *name, sk_str mapping,
                             sk_str bytes)
{
    static const sk_str who[] = {{"X", 1}};
    if (!list_is_plain(bytes))
        return 0;
    sk_source_file file = {.name = sk_str_of(name), .fd = list_memfd(bytes)};
    sk_source src = {.files = &file,
                     .n_files = 1,
                     .mapping = mapping,
                     .options = {.claimant = who, .n_claimant = 1}};
    (void)reader->sniff(file.name, bytes);
    list_fuzz(reader, &src);
    close(file.fd);
    return 0;
}

#endif
