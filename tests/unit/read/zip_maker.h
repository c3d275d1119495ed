/* Makes zips in memory for the tests of office formats, by libarchive. */
#ifndef SK_TEST_READ_ZIP_MAKER_H
#define SK_TEST_READ_ZIP_MAKER_H

#include "helper.h"

#include <archive.h>
#include <archive_entry.h>

typedef struct zip_part {
    const char *name;
    sk_str bytes;
} zip_part;

/* repeat: how often each part's bytes are written in a row, for bombs; 1 for once. */
static inline sk_str make_zip(const zip_part *parts, size_t n, size_t repeat)
{
    size_t used = 0, cap = SK_MIB(16);
    char *out = sk_alloc(&cx.arena, cap);
    struct archive *a = archive_write_new();
    assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(a, out, cap, &used), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        struct archive_entry *e = archive_entry_new();
        archive_entry_set_pathname(e, parts[i].name);
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_entry_set_size(e, (la_int64_t)(parts[i].bytes.n * repeat));
        assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
        for (size_t k = 0; k < repeat; k++)
            assert_int_equal(archive_write_data(a, parts[i].bytes.p, parts[i].bytes.n),
                             (la_ssize_t)parts[i].bytes.n);
        archive_entry_free(e);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return (sk_str){out, used};
}

#define ZIP(...) \
    make_zip((const zip_part[]){__VA_ARGS__}, SK_COUNT(((const zip_part[]){__VA_ARGS__})), 1)

#endif
