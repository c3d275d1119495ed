/* Making, opening and closing an archive. See archive/archive.h. */
#include "archive/archive_priv.h"

#include "base/rng.h"

#include <errno.h>

static const char sillok_head[] = "sillok-archive/";
static const char *const folders[] = {"keys",      "logs",       "entries", "blobs",
                                      "blobs/tmp", "quarantine", "derived"};

const char *sk_archive_path(sk_arena *a, const sk_archive *ar, const char *inside)
{
    return sk_path(a, ar->path, inside);
}

static sk_archive *new_archive(const sk_fs *fs, sk_str path, sk_archive_mode mode)
{
    sk_archive *ar = sk_xmalloc(sizeof *ar);
    *ar = (sk_archive){.fs = fs, .mode = mode, .segment_limit = SK_LIM_SEGMENT_BYTES};
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    ar->path = sk_str_copy(&ar->arena, path);
    sk_buf_init(&ar->pending, SK_LIM_GROUP_BYTES);
    return ar;
}

/* Free memory and descriptors; writes nothing. */
static void free_archive(sk_archive *ar)
{
    for (size_t i = 0; i < ar->n_logs; i++)
        sk_log_close(ar->logs[i]);
    for (size_t i = 0; i < ar->n_segments; i++)
        if (ar->segments[i])
            ar->fs->close(ar->segments[i]);
    if (ar->lock)
        ar->fs->close(ar->lock);
    sk_leafmap_done(&ar->map);
    sk_buf_done(&ar->pending);
    free(ar->segments);
    free(ar->runs);
    free(ar->pending_ids);
    sk_blobs_free(ar);
    sk_seckey_wipe(&ar->device_key);
    sk_seckey_wipe(&ar->author_key);
    sk_arena_done(&ar->arena);
    free(ar);
}

void sk_archive_abandon(sk_archive *ar)
{
    if (ar)
        free_archive(ar);
}

void sk_archive_limit_segments(sk_archive *ar, uint64_t bytes)
{
    ar->segment_limit = bytes;
}

/* ---- SILLOK ---- */

static sk_str sillok_text(sk_arena *a, sk_str id)
{
    return sk_fmt(a, "%s1\narchive %.*s\n", sillok_head, SK_P(id));
}

sk_rc sk_sillok_parse(sk_ctx *cx, sk_str bytes, sk_str *ret_id)
{
    sk_str rest = bytes, line, id;
    unsigned char raw[16];
    if (!sk_str_cut(&rest, '\n', &line) || !sk_str_starts(line, sk_str_of(sillok_head)))
        return sk_fail(cx, SK_E_FORMAT, "SILLOK: line 1 \"%.*s\" is not \"%s1\"", SK_P(line),
                       sillok_head);
    if (!sk_str_is(line, "sillok-archive/1"))
        return sk_fail(cx, SK_E_UNSUPPORTED,
                       "SILLOK: format \"%.*s\" is not known to this version; use a newer sillok",
                       SK_P(line));
    if (!sk_str_cut(&rest, '\n', &line) || !sk_str_starts(line, SK_S("archive ")) || !rest.p ||
        rest.n || !sk_unhex(id = sk_str_sub(line, 8, line.n), raw, sizeof raw))
        return sk_fail(cx, SK_E_FORMAT,
                       "SILLOK: line 2 is not \"archive\" and 32 hex digits, the last line");
    *ret_id = id;
    return SK_OK;
}

static sk_rc read_sillok(sk_ctx *cx, sk_archive *ar)
{
    sk_str bytes, id;
    const char *path = sk_archive_path(&cx->arena, ar, "SILLOK");
    sk_rc rc = sk_fs_read_file(cx, ar->fs, path, SK_KIB(4), &bytes);
    if (rc == SK_E_NOTFOUND) {
        sk_fs_stat st;
        sk_forgive(cx);
        bool is_half =
            ar->fs->stat(ar->fs->self, sk_archive_path(&cx->arena, ar, "SILLOK.init"), &st) == 0;
        return sk_fail(cx, SK_E_NOTFOUND,
                       is_half ? "the archive at \"%.*s\" was never finished; run sillok init again"
                               : "there is no archive at \"%.*s\"; make one with sillok init",
                       SK_P(ar->path));
    }
    if (rc || (rc = sk_sillok_parse(cx, bytes, &id)))
        return rc == SK_E_IO ? rc : sk_while(cx, "\"%.*s\"", SK_P(ar->path));
    ar->id = sk_str_copy(&ar->arena, id);
    return SK_OK;
}

/* ---- logs and keys ---- */

static bool is_tag(sk_str s)
{
    unsigned char b[4];
    return sk_unhex(s, b, sizeof b);
}

static sk_rc open_logs(sk_ctx *cx, sk_archive *ar)
{
    sk_str *names;
    size_t n;
    SK_TRY(sk_fs_names(cx, ar->fs, sk_archive_path(&cx->arena, ar, "logs"), SK_LIM_DEVICES, &names,
                       &n));
    ar->logs = sk_new_array(&ar->arena, sk_log *, n);
    for (size_t i = 0; i < n; i++) {
        if (!is_tag(names[i]))
            continue; /* foreign; sk_verify names it */
        sk_log *log = sk_new(&ar->arena, sk_log);
        bool is_own = sk_str_eq(names[i], ar->device);
        int flags = is_own && ar->mode == SK_ARCHIVE_WRITE ? SK_FS_WRITE : SK_FS_READ;
        sk_rc rc = sk_log_open(cx, ar->fs, ar->path, sk_str_copy(&ar->arena, names[i]), flags,
                               &ar->arena, log);
        if (rc && ar->mode == SK_ARCHIVE_INSPECT) {
            sk_forgive(cx); /* sk_verify names it */
            continue;
        }
        if (rc)
            return rc;
        ar->logs[ar->n_logs++] = log;
        if (is_own || (ar->device.n == 0 && !ar->own))
            ar->own = log;
    }
    if (ar->own)
        ar->device = ar->own->device;
    return SK_OK;
}

static sk_str tag_of(sk_str name)
{
    return sk_str_sub(name, name.n - 8, 8);
}

/* Who writes here. A writer needs both secret keys; for a reader their names are enough, and an
 * archive handed on without them is readable all the same. */
static sk_rc read_keys(sk_ctx *cx, sk_archive *ar)
{
    sk_seckey dev, author;
    bool must = ar->mode == SK_ARCHIVE_WRITE;
    sk_rc rc = sk_secret_read(cx, ar->fs, ar->path, "device", &dev);
    if (rc && must)
        return rc;
    if (!rc) {
        dev.pub.name = sk_str_copy(&ar->arena, dev.pub.name);
        ar->device = tag_of(dev.pub.name);
        if (must)
            ar->device_key = dev;
        sk_seckey_wipe(&dev);
    }
    sk_forgive(cx);
    rc = sk_secret_read(cx, ar->fs, ar->path, "author", &author);
    if (rc && must)
        return rc;
    if (!rc) {
        author.pub.name = sk_str_copy(&ar->arena, author.pub.name);
        ar->author = author.pub.name;
        if (must)
            ar->author_key = author;
        sk_seckey_wipe(&author);
    }
    sk_forgive(cx);
    return SK_OK;
}

/* ---- open and close ---- */

static sk_rc take_lock(sk_ctx *cx, sk_archive *ar, const char *name, int flags)
{
    const char *path = sk_archive_path(&cx->arena, ar, name);
    int err = ar->fs->open(ar->fs->self, path, flags, 0644, &ar->lock);
    if (err == ENOENT && flags == SK_FS_READ)
        return SK_OK; /* read_sillok says that it is missing */
    if (err)
        return sk_fs_fail(cx, err, "cannot open", path);
    err = ar->fs->lock(ar->lock);
    if (err == EWOULDBLOCK)
        return sk_fail(cx, SK_E_CONFLICT,
                       "another sillok is writing to \"%.*s\"; wait until it is done",
                       SK_P(ar->path));
    return err ? sk_fs_fail(cx, err, "cannot lock", path) : SK_OK;
}

/* The directory above path, in the arena. */
static const char *parent_of(sk_arena *a, sk_str path)
{
    size_t cut = path.n;
    while (cut && path.p[cut - 1] != '/')
        cut--;
    return cut > 1 ? sk_str_c(a, sk_str_sub(path, 0, cut - 1)) : cut ? "/" : ".";
}

static sk_rc open_archive(sk_ctx *cx, sk_archive *ar)
{
    if (ar->mode == SK_ARCHIVE_WRITE)
        SK_TRY(take_lock(cx, ar, "SILLOK", SK_FS_READ));
    sk_rc rc = read_sillok(cx, ar);
    if (rc && (ar->mode != SK_ARCHIVE_INSPECT || rc == SK_E_NOTFOUND))
        return rc;
    sk_forgive(cx);
    SK_TRY(read_keys(cx, ar));
    SK_TRY(open_logs(cx, ar));
    if (ar->mode != SK_ARCHIVE_WRITE)
        return SK_OK;
    if (!ar->own)
        return sk_fail(cx, SK_E_INTEGRITY,
                       "\"%.*s/logs/%.*s/leaves\" is not there; put back a copy", SK_P(ar->path),
                       SK_P(ar->device));
    if (ar->own->n <= 2) { /* nothing was written yet: init may have broken off before its syncs */
        SK_TRY(sk_fs_sync_dir(cx, ar->fs, sk_str_c(&cx->arena, ar->path)));
        SK_TRY(sk_fs_sync_dir(cx, ar->fs, parent_of(&cx->arena, ar->path)));
    }
    sk_blobs_clear_temps(cx, ar);
    return sk_archive_recover(cx, ar);
}

sk_rc sk_archive_open(sk_ctx *cx, const sk_fs *fs, sk_str path, sk_archive_mode mode,
                      sk_archive **ret_archive)
{
    sk_archive *ar = new_archive(fs, path, mode);
    sk_rc rc = open_archive(cx, ar);
    if (rc)
        free_archive(ar);
    else
        *ret_archive = ar;
    return rc;
}

void sk_archive_close(sk_archive *ar)
{
    if (!ar)
        return;
    if (ar->mode == SK_ARCHIVE_WRITE) {
        sk_archive_drop(ar);
        sk_blobs_drop(ar);
    }
    if (ar->mode == SK_ARCHIVE_WRITE && !ar->is_broken) {
        sk_ctx cx;
        sk_ctx_init(&cx);
        if (ar->frontier.size > ar->checkpoint_size &&
            sk_archive_checkpoint(&cx, ar)) { /* the next open finds the tail and signs it */
        }
        sk_ctx_done(&cx);
    }
    free_archive(ar);
}

sk_str sk_archive_get_id(const sk_archive *ar)
{
    return ar->id;
}

sk_str sk_archive_get_path(const sk_archive *ar)
{
    return ar->path;
}

sk_str sk_archive_get_device(const sk_archive *ar)
{
    return ar->device;
}

sk_str sk_archive_get_author(const sk_archive *ar)
{
    return ar->author;
}

const sk_recovery *sk_archive_get_recovery(const sk_archive *ar)
{
    return &ar->recovery;
}

uint64_t sk_archive_count(const sk_archive *ar)
{
    uint64_t n = 0;
    sk_ctx cx;
    sk_ctx_init(&cx);
    for (size_t i = 0; i < ar->n_logs; i++) {
        /* the writer's own count is of acknowledged leaves; the others look at the file */
        bool is_counting = ar->mode == SK_ARCHIVE_WRITE && ar->logs[i] == ar->own;
        if (!is_counting && sk_log_look(&cx, ar->logs[i], NULL))
            sk_forgive(&cx); /* the last count stands */
        n += ar->logs[i]->n;
    }
    sk_ctx_done(&cx);
    return n;
}

sk_rc sk_archive_segment(sk_ctx *cx, sk_archive *ar, uint32_t segment, bool may_make,
                         sk_file **ret_file)
{
    sk_assert(segment >= 1 && segment <= SK_LIM_SEGMENTS);
    if (segment > ar->cap_segments) {
        size_t cap = segment + 8;
        ar->segments = sk_xrealloc(ar->segments, cap * sizeof(*ar->segments));
        memset(ar->segments + ar->cap_segments, 0,
               (cap - ar->cap_segments) * sizeof(*ar->segments));
        ar->cap_segments = ar->n_segments = cap;
    }
    if (!ar->segments[segment - 1]) {
        const char *path = sk_archive_path(&cx->arena, ar, sk_segment_name(&cx->arena, segment).p);
        int flags = ar->mode == SK_ARCHIVE_WRITE ? SK_FS_WRITE : SK_FS_READ;
        SK_TRY(sk_fs_open(cx, ar->fs, path, may_make ? flags | SK_FS_CREATE : flags, 0644,
                          &ar->segments[segment - 1]));
    }
    *ret_file = ar->segments[segment - 1];
    return SK_OK;
}

sk_rc sk_archive_last_segment(sk_ctx *cx, sk_archive *ar, uint32_t *ret_segment)
{
    sk_str *names;
    size_t n;
    SK_TRY(sk_fs_names(cx, ar->fs, sk_archive_path(&cx->arena, ar, "entries"), SK_LIM_NAMES, &names,
                       &n));
    uint32_t last = 0;
    for (size_t i = 0; i < n; i++)
        if (sk_segment_number(names[i]) > last)
            last = sk_segment_number(names[i]);
    *ret_segment = last;
    return SK_OK;
}

/* ---- init ---- */

/* Remove path and all below it, as far as it is files and directories. */
static sk_rc remove_tree(sk_ctx *cx, const sk_fs *fs, const char *path)
{
    sk_fs_stat st;
    int err = fs->stat(fs->self, path, &st);
    if (err == ENOENT)
        return SK_OK;
    if (!err && st.type == SK_FS_DIR) {
        sk_str *names;
        size_t n;
        SK_TRY(sk_fs_names(cx, fs, path, SK_LIM_NAMES, &names, &n));
        for (size_t i = 0; i < n; i++)
            SK_TRY(remove_tree(cx, fs, sk_path(&cx->arena, sk_str_of(path), names[i].p)));
        err = fs->rmdir(fs->self, path);
    } else if (!err) {
        err = fs->unlink(fs->self, path);
    }
    return err ? sk_fs_fail(cx, err, "cannot remove", path) : SK_OK;
}

/* The directory is empty, or holds what an init that broke off left: SILLOK.init says so. */
static sk_rc check_place(sk_ctx *cx, sk_archive *ar)
{
    sk_str *names;
    size_t n;
    SK_TRY(sk_fs_names(cx, ar->fs, sk_str_c(&cx->arena, ar->path), SK_LIM_NAMES, &names, &n));
    bool is_archive = false, is_half = false;
    for (size_t i = 0; i < n; i++) {
        is_archive |= sk_str_is(names[i], "SILLOK");
        is_half |= sk_str_is(names[i], "SILLOK.init");
    }
    if (is_archive)
        return sk_fail(cx, SK_E_CONFLICT, "\"%.*s\" is an archive already", SK_P(ar->path));
    if (n && !is_half)
        return sk_fail(cx, SK_E_CONFLICT,
                       "\"%.*s\" is not empty (\"%.*s\" is there); choose a new folder",
                       SK_P(ar->path), SK_P(names[0]));
    return SK_OK;
}

/* Make the folder itself, claim it with SILLOK.init, and clear what an earlier try left. */
static sk_rc claim_place(sk_ctx *cx, sk_archive *ar)
{
    const sk_fs *fs = ar->fs;
    const char *root = sk_str_c(&cx->arena, ar->path);
    int err = fs->mkdir(fs->self, root, 0700);
    if (err && err != EEXIST)
        return sk_fs_fail(cx, err, "cannot make directory", root);
    SK_TRY(check_place(cx, ar));
    SK_TRY(take_lock(cx, ar, "SILLOK.init", SK_FS_WRITE | SK_FS_CREATE));
    SK_TRY(check_place(cx, ar)); /* somebody may have finished while we took the lock */
    SK_TRY(sk_fs_sync_dir(cx, fs, root));
    for (size_t i = 0; i < SK_COUNT(folders); i++)
        SK_TRY(remove_tree(cx, fs, sk_archive_path(&cx->arena, ar, folders[i])));
    return SK_OK;
}

static sk_rc make_keys(sk_ctx *cx, sk_archive *ar)
{
    unsigned char id[16];
    sk_rng_bytes(id, sizeof id);
    ar->id = sk_hex(&ar->arena, id, sizeof id);
    sk_str prefix = sk_str_sub(ar->id, 0, 8);
    SK_TRY(sk_key_new(cx, prefix, "device", &ar->device_key));
    SK_TRY(sk_key_new(cx, prefix, "author", &ar->author_key));
    ar->device_key.pub.name = sk_str_copy(&ar->arena, ar->device_key.pub.name);
    ar->author_key.pub.name = sk_str_copy(&ar->arena, ar->author_key.pub.name);
    ar->device = tag_of(ar->device_key.pub.name);
    ar->author = ar->author_key.pub.name;
    return SK_OK;
}

static sk_rc write_keys(sk_ctx *cx, sk_archive *ar)
{
    sk_keyring ring = {0};
    SK_TRY(sk_secret_write(cx, ar->fs, ar->path, "device", &ar->device_key));
    SK_TRY(sk_secret_write(cx, ar->fs, ar->path, "author", &ar->author_key));
    SK_TRY(sk_keyring_add(cx, &cx->arena, &ring, &ar->device_key.pub));
    SK_TRY(sk_keyring_add(cx, &cx->arena, &ring, &ar->author_key.pub));
    return sk_known_write(cx, ar->fs, ar->path, &ring);
}

static sk_rc make_folders(sk_ctx *cx, sk_archive *ar)
{
    for (size_t i = 0; i < SK_COUNT(folders); i++) {
        unsigned mode = strcmp(folders[i], "keys") == 0 ? 0700 : 0755;
        SK_TRY(sk_fs_make_dir(cx, ar->fs, sk_archive_path(&cx->arena, ar, folders[i]), mode));
    }
    const char *log = sk_fmt(&cx->arena, "%.*s/logs/%.*s", SK_P(ar->path), SK_P(ar->device)).p;
    SK_TRY(sk_fs_make_dir(cx, ar->fs, log, 0755));
    sk_log *own = ar->own = sk_new(&ar->arena, sk_log);
    SK_TRY(
        sk_log_open(cx, ar->fs, ar->path, ar->device, SK_FS_WRITE | SK_FS_CREATE, &ar->arena, own));
    ar->logs = sk_new_array(&ar->arena, sk_log *, 1);
    ar->logs[0] = own;
    ar->n_logs = 1;
    SK_TRY(sk_fs_sync_dir(cx, ar->fs, log));
    SK_TRY(sk_fs_sync_dir(cx, ar->fs, sk_archive_path(&cx->arena, ar, "logs")));
    SK_TRY(sk_fs_sync_dir(cx, ar->fs, sk_archive_path(&cx->arena, ar, "blobs")));
    return sk_fs_sync_dir(cx, ar->fs, sk_str_c(&cx->arena, ar->path));
}

/* The two `key` entries: the author's, which signs itself, and the device's. */
static sk_rc introduce_keys(sk_ctx *cx, sk_archive *ar, sk_str label)
{
    sk_line lines[3] = {{SK_S("role"), SK_S("author")},
                        {SK_S("vkey"), sk_vkey_print(&cx->arena, &ar->author_key.pub)},
                        {SK_S("label"), label}};
    SK_TRY(sk_archive_append(cx, ar, SK_S("key"), lines, label.n ? 3 : 2, NULL, NULL));
    lines[0].value = SK_S("device");
    lines[1].value = sk_vkey_print(&cx->arena, &ar->device_key.pub);
    return sk_archive_append(cx, ar, SK_S("key"), lines, 2, NULL, NULL);
}

/* Write the locked SILLOK.init and give it its name; the lock stays on the same file. */
static sk_rc finish_init(sk_ctx *cx, sk_archive *ar)
{
    const sk_fs *fs = ar->fs;
    const char *from = sk_archive_path(&cx->arena, ar, "SILLOK.init");
    const char *to = sk_archive_path(&cx->arena, ar, "SILLOK");
    sk_str text = sillok_text(&cx->arena, ar->id);
    int err = fs->truncate(ar->lock, 0);
    if (!err)
        err = fs->write_at(ar->lock, text.p, text.n, 0);
    if (!err)
        err = fs->sync(ar->lock);
    if (err)
        return sk_fs_fail(cx, err, "cannot write", from);
    if ((err = fs->rename(fs->self, from, to)))
        return sk_fs_fail(cx, err, "cannot rename to", to);
    SK_TRY(sk_fs_sync_dir(cx, fs, sk_str_c(&cx->arena, ar->path)));
    return sk_fs_sync_dir(cx, fs, parent_of(&cx->arena, ar->path));
}

/* Everything is made and durable before SILLOK gets its name, which is what makes it an archive. */
static sk_rc init_archive(sk_ctx *cx, sk_archive *ar, sk_str label)
{
    SK_TRY(claim_place(cx, ar));
    SK_TRY(make_keys(cx, ar));
    SK_TRY(make_folders(cx, ar));
    SK_TRY(write_keys(cx, ar));
    ar->tail_segment = 1;
    SK_TRY(introduce_keys(cx, ar, label));
    SK_TRY(sk_archive_commit(cx, ar));
    SK_TRY(sk_archive_checkpoint(cx, ar));
    return finish_init(cx, ar);
}

sk_rc sk_archive_init(sk_ctx *cx, const sk_fs *fs, sk_str path, sk_str author_label)
{
    if (path.n == 0)
        return sk_fail(cx, SK_E_FORMAT, "the archive's path is empty; name a new folder");
    sk_archive *ar = new_archive(fs, path, SK_ARCHIVE_WRITE);
    sk_rc rc = init_archive(cx, ar, author_label);
    free_archive(ar);
    return rc;
}
