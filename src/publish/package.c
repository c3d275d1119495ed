#include "publish/package_priv.h"

#include "record/import.h"

#include <errno.h>
#include <unistd.h>

enum { COPY_BYTES = 1 << 18 };

/* ---- files ---- */

static void remember(package *pk, sk_str path, const sk_hash *hash, uint64_t bytes)
{
    SK_GROW(&pk->cx->arena, pk->files, pk->n_files, pk->cap_files);
    pk->files[pk->n_files++] = (package_file){sk_str_copy(&pk->cx->arena, path), *hash};
    pk->sum.payload_files++;
    pk->sum.payload_bytes += bytes;
}

static sk_rc write_file(package *pk, sk_str path, sk_str bytes, unsigned mode)
{
    return sk_fs_replace(pk->cx, pk->fs, pk->dir, sk_str_c(&pk->cx->arena, path), mode, bytes,
                         false); /* synced all together at the end */
}

static sk_rc write_payload(package *pk, sk_str path, sk_str bytes)
{
    sk_hash hash = sk_sha256(bytes);
    SK_TRY(write_file(pk, path, bytes, 0644));
    remember(pk, path, &hash, bytes.n);
    return SK_OK;
}

/* ---- the exhibit's bytes ---- */

static sk_rc read_some(sk_ctx *cx, int fd, char *buf, size_t *ret_n)
{
    ssize_t got;
    do
        got = read(fd, buf, COPY_BYTES);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return sk_fail_errno(cx, "cannot read the exhibit");
    *ret_n = (size_t)got;
    return SK_OK;
}

/* Copy and hash in one reading: what is handed out is what was checked. */
static sk_rc copy_bytes(package *pk, int fd, sk_file *to, const char *path, sk_hash *ret_hash,
                        uint64_t *ret_bytes)
{
    char *buf = sk_alloc(&pk->cx->arena, COPY_BYTES);
    sk_sha256_state *st = sk_sha256_new();
    uint64_t offset = 0;
    size_t n = 0;
    sk_rc rc;
    while ((rc = read_some(pk->cx, fd, buf, &n)) == SK_OK && n) {
        int err = pk->fs->write_at(to, buf, n, offset);
        if (err) {
            rc = sk_fs_fail(pk->cx, err, "cannot write", path);
            break;
        }
        sk_sha256_add(st, (sk_str){buf, n});
        offset += n;
    }
    *ret_hash = sk_sha256_end(st);
    *ret_bytes = offset;
    return rc;
}

static sk_rc put_blob(package *pk)
{
    sk_ctx *cx = pk->cx;
    const sk_exhibit *x = pk->exhibit;
    sk_str hex = sk_hash_hex(&cx->arena, &x->hash);
    pk->blob_path = sk_fmt(&cx->arena, "data/blobs/%.*s.%.*s", SK_P(hex),
                           SK_P(sk_package__extension(&cx->arena, x->name)));
    const char *path = sk_path(&cx->arena, pk->dir, pk->blob_path.p);
    int fd;
    uint64_t size, copied;
    sk_hash hash;
    sk_file *to;
    SK_TRY(sk_blob_open(cx, cx->archive, &x->hash, &fd, &size));
    sk_rc rc =
        sk_fs_open(cx, pk->fs, path, SK_FS_WRITE | SK_FS_CREATE | SK_FS_EXCLUSIVE, 0644, &to);
    if (!rc) {
        rc = copy_bytes(pk, fd, to, path, &hash, &copied);
        pk->fs->close(to);
    }
    close(fd);
    if (rc)
        return rc;
    if (!sk_hash_eq(&hash, &x->hash))
        return sk_fail(cx, SK_E_INTEGRITY,
                       "exhibit %.12s: the bytes in the archive are not those that were captured; "
                       "run sillok verify",
                       hex.p);
    remember(pk, pk->blob_path, &hash, copied);
    return SK_OK;
}

/* ---- entries and proofs ---- */

static sk_rc put_entry(package *pk, const sk_entry_row *row)
{
    sk_ctx *cx = pk->cx;
    sk_str hex = sk_hash_hex(&cx->arena, &row->id), proof;
    sk_entry entry;
    SK_TRY(sk_entry_load(cx, pk->view, row, &entry));
    if (sk_archive_prove(cx, cx->archive, &row->place, &proof))
        return sk_while(cx, "entry %.12s", hex.p);
    SK_TRY(write_payload(pk, sk_fmt(&cx->arena, "data/entries/%.*s.note", SK_P(hex)), entry.bytes));
    return write_payload(pk, sk_fmt(&cx->arena, "data/proofs/%.*s.tlog-proof", SK_P(hex)), proof);
}

static void add_entry(package *pk, sk_entry_row **rows, const sk_entry_row *row)
{
    SK_GROW(&pk->cx->arena, *rows, pk->n_entries, pk->cap_entries);
    (*rows)[pk->n_entries++] = *row;
}

static sk_rc find_entry(package *pk, const sk_hash *id, sk_entry_row *ret_row)
{
    return sk_entry_find(pk->cx, pk->view, sk_hash_hex(&pk->cx->arena, id), ret_row);
}

/* The imports that read the exhibit. */
static sk_rc add_imports(package *pk, sk_entry_row **rows)
{
    sk_ctx *cx = pk->cx;
    sk_import_info *imports;
    sk_entry_row row;
    size_t n;
    SK_TRY(sk_imports_list(cx, pk->view, SK_S(""), &imports, &n));
    for (size_t i = 0; i < n; i++) {
        bool reads = false;
        for (size_t k = 0; k < imports[i].what.n_files; k++)
            reads |= sk_hash_eq(&imports[i].what.files[k].hash, &pk->exhibit->hash);
        if (!reads || imports[i].state == SK_IMPORT_UNDONE)
            continue;
        SK_TRY(find_entry(pk, &imports[i].id, &row));
        add_entry(pk, rows, &row);
    }
    return SK_OK;
}

/* The captures of the exhibit, the claims that rest on it, and the keys: as the view shows them. */
static sk_rc choose_entries(package *pk)
{
    sk_ctx *cx = pk->cx;
    sk_entry_row *rows = NULL, *keys, row;
    sk_claim_row *claims;
    size_t n_claims, n_keys;
    for (size_t i = 0; i < pk->exhibit->n_captures; i++) {
        SK_TRY(find_entry(pk, &pk->exhibit->captures[i].entry, &row));
        add_entry(pk, &rows, &row);
    }
    pk->sum.captures = pk->n_entries;
    SK_TRY(sk_claims_on(cx, pk->view, pk->exhibit, &claims, &n_claims));
    for (size_t i = 0; i < n_claims; i++) {
        if (claims[i].is_derived)
            continue; /* it has no entry: its import's entry stands for it */
        SK_TRY(find_entry(pk, &claims[i].claim.id, &row));
        add_entry(pk, &rows, &row);
        pk->sum.claims++;
    }
    SK_TRY(add_imports(pk, &rows));
    SK_TRY(sk_entries_list(cx, pk->view, SK_S("key"), 0, &keys, &n_keys));
    for (size_t i = 0; i < n_keys; i++)
        add_entry(pk, &rows, &keys[i]);
    pk->sum.keys = n_keys;
    pk->entries = rows;
    return SK_OK;
}

static sk_rc put_entries(package *pk)
{
    for (size_t i = 0; i < pk->n_entries; i++)
        SK_TRY(put_entry(pk, &pk->entries[i]));
    return SK_OK;
}

/* ---- around the payload ---- */

/* Tag files in this order; the tag manifest lists all but itself. */
static sk_rc put_tags(package *pk, sk_str vkeys)
{
    sk_arena *a = &pk->cx->arena;
    struct {
        sk_str path, bytes;
        unsigned mode;
    } tags[] = {
        {SK_S("bagit.txt"), SK_S("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), 0644},
        {SK_S("bag-info.txt"), sk_package__bag_info(pk), 0644},
        {SK_S("manifest-sha256.txt"), sk_package__manifest(a, pk->files, pk->n_files), 0644},
        {SK_S("README.txt"), sk_package__readme(pk, vkeys), 0644},
        {SK_S("verify.sh"), sk_str_range(sk_package__verify, sk_package__verify_end), 0755},
    };
    package_file listed[SK_COUNT(tags)];
    for (size_t i = 0; i < SK_COUNT(tags); i++) {
        SK_TRY(write_file(pk, tags[i].path, tags[i].bytes, tags[i].mode));
        listed[i] = (package_file){tags[i].path, sk_sha256(tags[i].bytes)};
    }
    return write_file(pk, SK_S("tagmanifest-sha256.txt"),
                      sk_package__manifest(a, listed, SK_COUNT(listed)), 0644);
}

static const char *const folders[] = {"data", "data/blobs", "data/entries", "data/proofs"};

static sk_rc fill(package *pk)
{
    sk_ctx *cx = pk->cx;
    sk_str vkeys;
    for (size_t i = 0; i < SK_COUNT(folders); i++)
        SK_TRY(sk_fs_make_dir(cx, pk->fs, sk_path(&cx->arena, pk->dir, folders[i]), 0755));
    SK_TRY(choose_entries(pk));
    SK_TRY(put_blob(pk));
    SK_TRY(put_entries(pk));
    SK_TRY(sk_archive_read_vkeys(cx, cx->archive, &vkeys));
    SK_TRY(write_payload(pk, SK_S("data/keys.txt"), vkeys));
    SK_TRY(put_tags(pk, vkeys));
    int err = pk->fs->sync_all(pk->fs->self, sk_str_c(&cx->arena, pk->dir));
    return err ? sk_fs_fail(cx, err, "cannot sync", pk->dir.p) : SK_OK;
}

/* ---- where it appears ---- */

/* Nothing at path, or an empty directory, which rename replaces. */
static sk_rc check_free(sk_ctx *cx, const sk_fs *fs, const char *path)
{
    sk_fs_stat st;
    sk_str *names;
    size_t n = 0;
    int err = fs->stat(fs->self, path, &st);
    if (err == ENOENT)
        return SK_OK;
    if (err)
        return sk_fs_fail(cx, err, "cannot look at", path);
    if (st.type == SK_FS_DIR)
        SK_TRY(sk_fs_names(cx, fs, path, 100, &names, &n));
    if (st.type != SK_FS_DIR || n)
        return sk_fail(cx, SK_E_CONFLICT, "there is something at \"%s\" already; name a new folder",
                       path);
    return SK_OK;
}

/* Take back what a failed writing left: our own files and folders, nothing else. */
static void remove_part(package *pk)
{
    static const char *const tags[] = {"bagit.txt",  "bag-info.txt", "manifest-sha256.txt",
                                       "README.txt", "verify.sh",    "tagmanifest-sha256.txt"};
    sk_arena *a = &pk->cx->arena;
    const sk_fs *fs = pk->fs;
    for (size_t i = 0; i < pk->n_files; i++)
        (void)fs->unlink(fs->self, sk_path(a, pk->dir, sk_str_c(a, pk->files[i].path)));
    if (pk->blob_path.n)
        (void)fs->unlink(fs->self, sk_path(a, pk->dir, pk->blob_path.p));
    for (size_t i = 0; i < SK_COUNT(tags); i++)
        (void)fs->unlink(fs->self, sk_path(a, pk->dir, tags[i]));
    for (size_t i = SK_COUNT(folders); i--;)
        (void)fs->rmdir(fs->self, sk_path(a, pk->dir, folders[i]));
    (void)fs->rmdir(fs->self, sk_str_c(a, pk->dir));
}

static sk_rc put_in_place(package *pk, sk_str dir)
{
    sk_ctx *cx = pk->cx;
    const char *to = sk_str_c(&cx->arena, dir);
    int err = pk->fs->rename(pk->fs->self, sk_str_c(&cx->arena, pk->dir), to);
    if (err)
        return sk_fs_fail(cx, err, "cannot put the package at", to);
    size_t cut = dir.n;
    while (cut && dir.p[cut - 1] != '/')
        cut--;
    const char *above =
        cut > 1 ? sk_str_c(&cx->arena, sk_str_sub(dir, 0, cut - 1)) : (cut ? "/" : ".");
    return sk_fs_sync_dir(cx, pk->fs, above);
}

sk_rc sk_package_write(sk_ctx *cx, sk_view *v, const sk_exhibit *x, sk_str dir,
                       sk_package_summary *ret_summary)
{
    package pk = {.cx = cx, .view = v, .exhibit = x, .fs = sk_fs_posix()};
    bool is_whole;
    SK_TRY(sk_exhibit_is_whole(cx, v, x, &is_whole));
    if (!is_whole) /* its bytes would carry what the view hides */
        return sk_fail(cx, SK_E_DENIED, "\"%.*s\" may not leave as a whole for this purpose",
                       SK_P(x->name));
    while (dir.n > 1 && dir.p[dir.n - 1] == '/')
        dir.n--;
    SK_TRY(check_free(cx, pk.fs, sk_str_c(&cx->arena, dir)));
    pk.dir = sk_fmt(&cx->arena, "%.*s.part-%ld", SK_P(dir), (long)getpid());
    int err = pk.fs->mkdir(pk.fs->self, pk.dir.p, 0755);
    if (err)
        return sk_fs_fail(cx, err, "cannot make directory", pk.dir.p);
    sk_rc rc = fill(&pk);
    if (!rc)
        rc = put_in_place(&pk, dir);
    if (rc)
        remove_part(&pk);
    else if (ret_summary)
        *ret_summary = pk.sum;
    return rc;
}
