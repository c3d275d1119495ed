/* Inside the writing of packages: what goes in, and the texts around it (package_text.c). */
#ifndef SK_PUBLISH_PACKAGE_PRIV_H
#define SK_PUBLISH_PACKAGE_PRIV_H

#include "archive/fs.h"
#include "publish/package.h"

typedef struct package_file {
    sk_str path; /* below the package: "data/keys.txt" */
    sk_hash hash;
} package_file;

typedef struct package {
    sk_ctx *cx;
    sk_view *view;
    const sk_exhibit *exhibit;
    const sk_fs *fs;
    sk_str dir;          /* where it is being written */
    package_file *files; /* payload, in the order of writing */
    size_t n_files, cap_files;
    const sk_entry_row *entries; /* captures, claims and keys */
    size_t n_entries, cap_entries;
    sk_str blob_path;
    sk_package_summary sum;
} package;

/* verify.sh as it stands in src/publish. */
extern const char sk_package__verify[], sk_package__verify_end[];

sk_str sk_package__bag_info(const package *pk);
sk_str sk_package__readme(const package *pk, sk_str vkeys);

/* Lines "<hash>  <path>" sorted by path. */
sk_str sk_package__manifest(sk_arena *a, package_file *files, size_t n);

/* "html" from a file name, "bin" when it has no ending of 1 to 8 letters or digits. */
sk_str sk_package__extension(sk_arena *a, sk_str name);

#endif
