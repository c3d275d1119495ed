/* Verification in its order; SILLOK, keys, logs and checkpoints. See archive/verify.h. */
#include "archive/verify_priv.h"

#include "base/clock.h"
#include "base/progress.h"

#include <pthread.h>
#include <stdarg.h>
#include <unistd.h>

/* ---- findings ---- */

static void report(sk_verifier *v, bool is_damage, const char *what, const char *path,
                   sk_str detail)
{
    sk_finding f = {is_damage, sk_str_of(what), sk_str_of(path), detail};
    v->report.damage += is_damage;
    v->report.notices += !is_damage;
    if (v->fn)
        v->fn(v->caller, &f, v->arg);
}

/* Print into p (SK_LIM_MESSAGE_BYTES); what does not fit is cut. */
SK_PRINTF(2, 0) static sk_str print(char *p, const char *fmt, va_list ap)
{
    int n = vsnprintf(p, SK_LIM_MESSAGE_BYTES, fmt, ap);
    size_t len = n < 0 ? 0 : (size_t)n;
    return (sk_str){p, len < SK_LIM_MESSAGE_BYTES ? len : SK_LIM_MESSAGE_BYTES - 1};
}

void sk_verify_find(sk_verifier *v, bool is_damage, const char *what, const char *path,
                    const char *fmt, ...)
{
    char room[SK_LIM_MESSAGE_BYTES];
    va_list ap;
    va_start(ap, fmt);
    report(v, is_damage, what, path, print(room, fmt, ap));
    va_end(ap);
}

void sk_verify_find_kept(sk_verifier *v, bool is_damage, const char *what, const char *path,
                         const char *fmt, ...)
{
    char room[SK_LIM_MESSAGE_BYTES];
    va_list ap;
    va_start(ap, fmt);
    sk_str detail = print(room, fmt, ap);
    va_end(ap);
    report(v, is_damage, what, path, detail);
    sk_buf_addf(&v->state.findings, "finding %c %s %s %.*s\n", is_damage ? 'd' : 'n', what, path,
                SK_P(detail));
}

/* ---- lists of references ---- */

void sk_refs_add(sk_refs *refs, const sk_hash *hash, const sk_hash *entry)
{
    if (refs->n == refs->cap) {
        refs->cap = refs->cap ? 2 * refs->cap : 64;
        refs->items = sk_xrealloc(refs->items, refs->cap * sizeof *refs->items);
    }
    refs->items[refs->n++] = (sk_ref){*hash, *entry};
}

static int by_hash(const void *a, const void *b)
{
    return memcmp(((const sk_ref *)a)->hash.b, ((const sk_ref *)b)->hash.b, 32);
}

void sk_refs_sort(sk_refs *refs)
{
    if (refs->n)
        qsort(refs->items, refs->n, sizeof *refs->items, by_hash);
}

const sk_ref *sk_refs_find(const sk_refs *refs, const sk_hash *hash)
{
    size_t lo = 0, hi = refs->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (memcmp(refs->items[mid].hash.b, hash->b, 32) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < refs->n && sk_hash_eq(&refs->items[lo].hash, hash) ? &refs->items[lo] : NULL;
}

/* ---- threads ---- */

typedef struct crew {
    sk_item_fn *fn;
    void *arg;
    size_t n;
    atomic_size_t next;
    atomic_uint next_worker;
} crew;

static void *work(void *arg)
{
    crew *c = arg;
    unsigned worker = atomic_fetch_add(&c->next_worker, 1);
    for (size_t i; (i = atomic_fetch_add(&c->next, 1)) < c->n;)
        c->fn(c->arg, i, worker);
    return NULL;
}

void sk_verify_parallel(const sk_verifier *v, size_t n, size_t grain, sk_item_fn *fn, void *arg)
{
    crew c = {.fn = fn, .arg = arg, .n = n};
    pthread_t threads[64];
    unsigned started = 0;
    while (started + 1 < v->threads && (started + 1) * grain < n && started < SK_COUNT(threads) &&
           pthread_create(&threads[started], NULL, work, &c) == 0)
        started++;
    work(&c);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

sk_rc sk_verify_go_on(sk_verifier *v)
{
    if (!v->cx->cancelled || !v->cx->cancelled(v->cx->cancelled_arg))
        return SK_OK;
    sk_verify_state_save(v, true);
    return sk_fail(v->cx, SK_E_CANCELLED, "verification was stopped; it can be resumed");
}

/* ---- SILLOK and keys ---- */

/* Read a file for checking; a failure is a finding, not an error. */
static bool read_or_find(sk_verifier *v, const char *inside, size_t ceiling, sk_str *ret_bytes)
{
    sk_rc rc = sk_fs_read_file(v->cx, v->ar->fs, sk_archive_path(&v->cx->arena, v->ar, inside),
                               ceiling, ret_bytes);
    if (!rc)
        return true;
    bool is_missing = rc == SK_E_NOTFOUND;
    sk_verify_find(v, true, is_missing ? "file-missing" : "file-unreadable", inside, "%s",
                   v->cx->message);
    sk_forgive(v->cx);
    return false;
}

static void check_sillok(sk_verifier *v)
{
    sk_str bytes;
    v->id = SK_NONE;
    if (!read_or_find(v, "SILLOK", SK_KIB(4), &bytes))
        return;
    if (sk_sillok_parse(v->cx, bytes, &v->id)) {
        sk_verify_find(v, true, "sillok-altered", "SILLOK", "%s", v->cx->message);
        sk_forgive(v->cx);
    }
}

static void check_known(sk_verifier *v)
{
    sk_str text, line, before = SK_NONE;
    if (!read_or_find(v, "keys/known", SK_LIM_KEYS_BYTES, &text))
        return;
    if (text.n && text.p[text.n - 1] != '\n')
        sk_verify_find(v, true, "key-altered", "keys/known", "the last line has no line feed");
    for (size_t no = 1; text.n && sk_str_cut(&text, '\n', &line); no++) {
        sk_pubkey key;
        sk_rc rc = sk_own_vkey_parse(v->cx, line, &key);
        if (!rc)
            rc = sk_keyring_add(v->cx, &v->keep, &v->known, &key);
        if (!rc && before.p && sk_str_cmp(before, line) >= 0)
            rc = sk_fail(v->cx, SK_E_FORMAT, "out of order");
        if (rc)
            sk_verify_find(v, true, "key-altered", "keys/known", "line %zu: %s", no,
                           v->cx->message);
        sk_forgive(v->cx);
        before = line;
    }
}

static void check_secret(sk_verifier *v, const char *role)
{
    sk_ctx *cx = v->cx;
    const char *inside = sk_fmt(&cx->arena, "keys/%s.secret", role).p;
    const char *path = sk_archive_path(&cx->arena, v->ar, inside);
    sk_fs_stat st;
    sk_seckey key;
    if (v->ar->fs->stat(v->ar->fs->self, path, &st) != 0) {
        sk_verify_find(v, false, "secret-missing", inside,
                       "this copy cannot be written to, which is right for one handed on");
        return;
    }
    if (st.mode & 077)
        sk_verify_find(v, false, "secret-exposed", inside,
                       "mode %03o lets others on this machine read it; chmod 600", st.mode & 0777);
    sk_rc rc = sk_secret_read(cx, v->ar->fs, v->ar->path, role, &key);
    if (rc == SK_E_IO)
        sk_verify_find(v, false, "secret-unreadable", inside, "%s", cx->message);
    else if (rc)
        sk_verify_find(v, true, "key-altered", inside, "%s", cx->message);
    else if (!sk_keyring_find(&v->known, key.pub.name))
        sk_verify_find(v, true, "key-missing", "keys/known", "the key \"%.*s\" of %s is not listed",
                       SK_P(key.pub.name), inside);
    if (!rc)
        sk_seckey_wipe(&key);
    sk_forgive(cx);
}

/* The two lists of public keys say the same. */
static void compare_keys(sk_verifier *v)
{
    for (size_t i = 0; i < v->known.n; i++)
        if (!sk_keyring_find(&v->logged, v->known.items[i].name))
            sk_verify_find(v, true, "key-not-logged", "keys/known",
                           "no key entry of the log introduces \"%.*s\"",
                           SK_P(v->known.items[i].name));
    for (size_t i = 0; i < v->logged.n; i++)
        if (!sk_keyring_find(&v->known, v->logged.items[i].name))
            sk_verify_find(v, true, "key-missing", "keys/known",
                           "the key \"%.*s\", introduced in the log, is not listed",
                           SK_P(v->logged.items[i].name));
}

/* ---- logs ---- */

static const char *log_path(sk_verifier *v, sk_str device, const char *file)
{
    return sk_fmt(&v->cx->arena, "logs/%.*s/%s", SK_P(device), file).p;
}

/* Checkpoints are read before leaves are counted, and leaves before segments are read, so that a
 * writer at work beside us is not taken for damage. */
static sk_rc read_logs(sk_verifier *v)
{
    sk_archive *ar = v->ar;
    v->checkpoints = sk_new_array(&v->cx->arena, sk_str, ar->n_logs);
    for (size_t i = 0; i < ar->n_logs; i++)
        if (!read_or_find(v, log_path(v, ar->logs[i]->device, "checkpoint"),
                          SK_LIM_CHECKPOINT_BYTES, &v->checkpoints[i]))
            v->checkpoints[i] = SK_NONE;
    for (size_t i = 0; i < ar->n_logs; i++) {
        uint64_t extra;
        SK_TRY(sk_log_look(v->cx, ar->logs[i], &extra));
        if (extra)
            sk_verify_find(v, false, "leaf-unfinished", log_path(v, ar->logs[i]->device, "leaves"),
                           "%llu bytes behind the last whole leaf, never acknowledged",
                           (unsigned long long)extra);
    }
    sk_leafmap_done(&ar->map);
    SK_TRY(sk_leafmap_build(v->cx, ar->logs, ar->n_logs, &ar->map));
    v->report.leaves = ar->map.n;
    return SK_OK;
}

static bool has_log(const sk_archive *ar, sk_str device)
{
    for (size_t i = 0; i < ar->n_logs; i++)
        if (sk_str_eq(ar->logs[i]->device, device))
            return true;
    return false;
}

/* Every device key has its log. */
static void check_logs_exist(sk_verifier *v, const sk_keyring *ring)
{
    for (size_t i = 0; i < ring->n; i++) {
        sk_str rest = ring->items[i].name, prefix, role;
        if (sk_str_cut(&rest, '/', &prefix) && sk_str_cut(&rest, '/', &role) &&
            sk_str_is(role, "device") && !has_log(v->ar, rest))
            sk_verify_find(v, true, "log-missing", log_path(v, rest, "leaves"),
                           "the key \"%.*s\" is known but its log is not there",
                           SK_P(ring->items[i].name));
    }
}

static void check_root(sk_verifier *v, size_t log, const sk_checkpoint *cp)
{
    const sk_leafmap *map = &v->ar->map;
    sk_frontier f = {.size = 0};
    for (uint64_t i = 0; i < cp->size; i++) {
        const sk_hash *id = &map->ids[map->starts[log] + i];
        sk_hash leaf = sk_merkle_leaf((sk_str){(const char *)id->b, sizeof id->b});
        sk_frontier_add(&f, &leaf);
    }
    sk_hash root = sk_frontier_root(&f);
    if (!sk_hash_eq(&root, &cp->root))
        sk_verify_find(v, true, "root-differs", log_path(v, v->ar->logs[log]->device, "leaves"),
                       "root of the first %llu leaves is %.*s, signed was %.*s",
                       (unsigned long long)cp->size, SK_P(sk_hash_hex(&v->cx->arena, &root)),
                       SK_P(sk_hash_hex(&v->cx->arena, &cp->root)));
}

static void check_checkpoint(sk_verifier *v, size_t log)
{
    sk_ctx *cx = v->cx;
    const sk_log *l = v->ar->logs[log];
    const char *path = log_path(v, l->device, "checkpoint");
    sk_checkpoint cp;
    if (!v->checkpoints[log].p)
        return; /* found missing before */
    sk_rc rc = sk_checkpoint_parse(cx, v->checkpoints[log], &cp);
    const sk_pubkey *key = rc ? NULL : sk_keyring_find(&v->keys, cp.origin);
    if (!rc && (!key || !sk_str_ends(key->name, l->device)))
        rc = sk_fail(cx, SK_E_INTEGRITY, "origin \"%.*s\" is no known key of this log",
                     SK_P(cp.origin));
    if (!rc)
        rc = sk_checkpoint_check(cx, &cp, key);
    if (rc) {
        sk_verify_find(v, true, "checkpoint-altered", path, "%s", cx->message);
        sk_forgive(cx);
        return;
    }
    for (size_t i = 0; i < cp.note.n_sigs; i++)
        if (!sk_str_eq(cp.note.sigs[i].name, key->name))
            sk_verify_find(v, false, "cosignature-unchecked", path,
                           "by \"%.*s\", whose key is not "
                           "among ours",
                           SK_P(cp.note.sigs[i].name));
    if (cp.size > l->n)
        sk_verify_find(v, true, "leaves-missing", log_path(v, l->device, "leaves"),
                       "%llu leaves were signed, %llu are there", (unsigned long long)cp.size,
                       (unsigned long long)l->n);
    else
        check_root(v, log, &cp);
}

/* ---- things that do not belong ---- */

/* Name everything in a folder that is not in the list (which ends in NULL). */
static void check_foreign(sk_verifier *v, const char *inside, const char *const *expected)
{
    sk_str *names;
    size_t n;
    const char *dir = *inside ? sk_archive_path(&v->cx->arena, v->ar, inside)
                              : sk_str_c(&v->cx->arena, v->ar->path);
    if (sk_fs_names(v->cx, v->ar->fs, dir, SK_LIM_NAMES, &names, &n)) {
        sk_verify_find(v, true, "folder-unreadable", inside, "%s", v->cx->message);
        sk_forgive(v->cx);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        bool is_expected = false;
        for (const char *const *e = expected; *e && !is_expected; e++)
            is_expected = sk_str_is(names[i], *e);
        if (!is_expected)
            sk_verify_find(
                v, false, "foreign-file",
                sk_fmt(&v->cx->arena, "%s%s%.*s", inside, *inside ? "/" : "", SK_P(names[i])).p,
                "is no part of an archive");
    }
}

static void check_foreigners(sk_verifier *v)
{
    static const char *const root[] = {"SILLOK", "keys",       "logs",    "entries",
                                       "blobs",  "quarantine", "derived", NULL};
    static const char *const keys[] = {"device.secret", "author.secret", "known", NULL};
    static const char *const log[] = {"leaves", "checkpoint", NULL};
    check_foreign(v, "", root);
    check_foreign(v, "keys", keys);
    const char **tags = sk_new_array(&v->cx->arena, const char *, v->ar->n_logs + 1);
    for (size_t i = 0; i < v->ar->n_logs; i++) {
        tags[i] = sk_str_c(&v->cx->arena, v->ar->logs[i]->device);
        check_foreign(v, sk_fmt(&v->cx->arena, "logs/%s", tags[i]).p, log);
    }
    check_foreign(v, "logs", tags);
}

static void tell_quarantine(sk_verifier *v)
{
    sk_str *names;
    size_t n;
    const char *dir = sk_archive_path(&v->cx->arena, v->ar, "quarantine");
    if (sk_fs_names(v->cx, v->ar->fs, dir, SK_LIM_NAMES, &names, &n)) {
        sk_forgive(v->cx);
        return;
    }
    for (size_t i = 0; i < n; i++)
        sk_verify_find(v, false, "in-quarantine",
                       sk_fmt(&v->cx->arena, "quarantine/%.*s", SK_P(names[i])).p,
                       "was set aside by a recovery; look at it and keep or remove it");
}

/* ---- the order ---- */

static sk_rc run(sk_verifier *v)
{
    if (v->opts.resume)
        sk_verify_state_load(v);
    check_sillok(v);
    check_known(v);
    check_secret(v, "device");
    check_secret(v, "author");
    for (size_t i = 0; i < v->known.n; i++)
        SK_TRY(sk_keyring_add(v->cx, &v->keep, &v->keys, &v->known.items[i]));
    SK_TRY(read_logs(v));
    SK_TRY(sk_verify_entries(v));
    compare_keys(v);
    check_logs_exist(v, &v->keys);
    for (size_t i = 0; i < v->ar->n_logs; i++)
        check_checkpoint(v, i);
    if (v->ar->n_logs == 0 && v->keys.n == 0)
        sk_verify_find(v, true, "log-missing", "logs", "the archive has no log at all");
    SK_TRY(sk_verify_blobs(v));
    check_foreigners(v);
    tell_quarantine(v);
    sk_verify_state_remove(v);
    return SK_OK;
}

sk_rc sk_verify(sk_ctx *cx, sk_archive *ar, const sk_verify_opts *opts, sk_finding_fn *fn,
                void *arg, sk_verify_report *ret_report)
{
    sk_ctx own;
    sk_ctx_init(&own);
    own.progress = cx->progress;
    own.cancelled = cx->cancelled;
    own.cancelled_arg = cx->cancelled_arg;
    sk_verifier v = {
        .caller = cx, .cx = &own, .ar = ar, .fn = fn, .arg = arg, .saved_ms = sk_clock_ms()};
    v.opts = opts ? *opts : (sk_verify_opts){.threads = 0};
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    v.threads = v.opts.threads ? v.opts.threads : cpus > 0 ? (unsigned)cpus : 1;
    if (v.threads > 64)
        v.threads = 64;
    sk_buf_init(&v.state.findings, SK_MIB(1));
    sk_rc rc = run(&v);
    sk_progress_end(cx->progress);
    sk_buf_done(&v.state.findings);
    free(v.erased.items);
    free(v.expunged.items);
    free(v.blobs.items);
    free(v.seen);
    sk_arena_done(&v.keep);
    if (rc)
        rc = sk_fail(cx, rc, "%s", own.message);
    else
        *ret_report = v.report;
    sk_ctx_done(&own);
    return rc;
}
