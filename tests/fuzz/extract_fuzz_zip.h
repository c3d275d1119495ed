/* For fuzz targets of office formats: the input becomes parts of a zip, so that the fuzzer changes
 * XML and not the checksums around it. Parts are parted by a line of "%%" in the input. */
#ifndef SK_FUZZ_EXTRACT_ZIP_H
#define SK_FUZZ_EXTRACT_ZIP_H

#include "extract_fuzz.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

static inline void add_part(struct archive *a, const char *name, sk_str bytes)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_size(e, (la_int64_t)bytes.n);
    archive_write_header(a, e);
    archive_write_data(a, bytes.p, bytes.n);
    archive_entry_free(e);
}

/* Part i of the input gets names[i]; the last name gets what remains. Caller frees. */
static inline char *fuzz_zip(const uint8_t *data, size_t size, const char *const *names, size_t n,
                             const char *media, size_t *ret_used)
{
    size_t cap = size + 4096 + n * 512, used = 0;
    char *zip = malloc(cap);
    sk_str rest = {(const char *)data, size};
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    archive_write_set_options(a, "zip:compression=store");
    archive_write_open_memory(a, zip, cap, &used);
    if (media)
        add_part(a, "mimetype", sk_str_of(media));
    for (size_t i = 0; i < n; i++) {
        size_t border = i + 1 < n ? sk_str_find(rest, SK_S("\n%%\n")) : SIZE_MAX;
        add_part(a, names[i], sk_str_sub(rest, 0, border));
        rest = border == SIZE_MAX ? SK_NONE : sk_str_sub(rest, border + 4, rest.n);
    }
    archive_write_close(a);
    archive_write_free(a);
    *ret_used = used;
    return zip;
}

static inline void fuzz_parts(const uint8_t *data, size_t size, const char *const *names, size_t n,
                              const char *media)
{
    size_t used;
    char *zip = fuzz_zip(data, size, names, n, media, &used);
    fuzz_document((const uint8_t *)zip, used, "");
    free(zip);
}

#endif
