/* See archive/log.h. */
#include "archive/log.h"

#include "base/buf.h"

enum { TILE_LEVEL = 8, TILE_LEAVES = 1 << TILE_LEVEL, READ_LEAVES = 4096 };

sk_rc sk_log_open(sk_ctx *cx, const sk_fs *fs, sk_str root, sk_str device, int flags, sk_arena *a,
                  sk_log *ret_log)
{
    sk_log log = {.fs = fs, .root = root, .device = device};
    log.path = sk_fmt(a, "%.*s/logs/%.*s/leaves", SK_P(root), SK_P(device)).p;
    SK_TRY(sk_fs_open(cx, fs, log.path, flags, 0644, &log.leaves));
    sk_rc rc = sk_log_look(cx, &log, NULL);
    if (rc)
        fs->close(log.leaves);
    else
        *ret_log = log;
    return rc;
}

void sk_log_close(sk_log *log)
{
    if (log->leaves)
        log->fs->close(log->leaves);
    free(log->tiles);
    *log = (sk_log){.fs = log->fs};
}

sk_rc sk_log_look(sk_ctx *cx, sk_log *log, uint64_t *ret_extra_bytes)
{
    uint64_t size;
    int err = log->fs->size(log->leaves, &size);
    if (err)
        return sk_fs_fail(cx, err, "cannot measure", log->path);
    if (size / 32 > SK_LIM_LEAVES)
        return sk_fail(cx, SK_E_LIMIT, "\"%s\" has more than %u leaves", log->path, SK_LIM_LEAVES);
    log->n = size / 32;
    if (ret_extra_bytes)
        *ret_extra_bytes = size % 32;
    return SK_OK;
}

sk_rc sk_log_read(sk_ctx *cx, sk_log *log, uint64_t from, size_t n, sk_hash *ret_ids)
{
    return sk_fs_read_exact(cx, log->fs, log->leaves, log->path, ret_ids, n * sizeof *ret_ids,
                            from * sizeof *ret_ids);
}

sk_rc sk_log_write(sk_ctx *cx, sk_log *log, uint64_t at, const sk_hash *ids, size_t n)
{
    size_t bytes = n * sizeof *ids;
    int err = log->fs->write_at(log->leaves, ids, bytes, at * sizeof *ids);
    if (!err)
        err = log->fs->sync(log->leaves);
    if (err)
        return sk_fs_fail(cx, err, "cannot write", log->path);
    sk_hash *back = sk_xmalloc(bytes);
    sk_rc rc = sk_log_read(cx, log, at, n, back);
    if (!rc && n && memcmp(back, ids, bytes) != 0)
        rc = sk_fail(cx, SK_E_INTEGRITY, "\"%s\" reads back differently from what was written",
                     log->path);
    free(back);
    return rc;
}

/* ---- the tree ---- */

static sk_hash leaf_hash(const sk_hash *id)
{
    return sk_merkle_leaf((sk_str){(const char *)id->b, sizeof id->b});
}

/* Root of the perfect subtree of 2^level leaves at index, level at most TILE_LEVEL, from the file. */
static sk_rc hash_leaves(sk_ctx *cx, sk_log *log, unsigned level, uint64_t index, sk_hash *ret_hash)
{
    sk_hash h[TILE_LEAVES];
    size_t n = (size_t)1 << level;
    SK_TRY(sk_log_read(cx, log, index << level, n, h));
    for (size_t i = 0; i < n; i++)
        h[i] = leaf_hash(&h[i]);
    for (; n > 1; n /= 2)
        for (size_t i = 0; i < n / 2; i++)
            h[i] = sk_merkle_node(&h[2 * i], &h[2 * i + 1]);
    *ret_hash = h[0];
    return SK_OK;
}

/* Fill the cache of tile roots up to and with tile number upto. */
static sk_rc need_tile(sk_ctx *cx, sk_log *log, uint64_t upto)
{
    if (upto < log->n_tiles)
        return SK_OK;
    log->tiles = sk_xrealloc(log->tiles, (size_t)(upto + 1) * sizeof *log->tiles);
    while (log->n_tiles <= upto) {
        SK_TRY(hash_leaves(cx, log, TILE_LEVEL, log->n_tiles, &log->tiles[log->n_tiles]));
        log->n_tiles++;
    }
    return SK_OK;
}

sk_rc sk_log_subtree(sk_ctx *cx, void *arg, unsigned level, uint64_t index, sk_hash *ret_hash)
{
    sk_log *log = arg;
    if (level < TILE_LEVEL)
        return hash_leaves(cx, log, level, index, ret_hash);
    uint64_t n = (uint64_t)1 << (level - TILE_LEVEL), first = index * n;
    SK_TRY(need_tile(cx, log, first + n - 1));
    sk_frontier f = {.size = 0};
    for (uint64_t i = 0; i < n; i++)
        sk_frontier_add(&f, &log->tiles[first + i]);
    *ret_hash = sk_frontier_root(&f);
    return SK_OK;
}

sk_rc sk_log_extend(sk_ctx *cx, sk_log *log, sk_frontier *f, uint64_t to)
{
    sk_hash *ids = sk_xmalloc(READ_LEAVES * sizeof *ids);
    sk_rc rc = SK_OK;
    while (!rc && f->size < to) {
        size_t n = to - f->size < READ_LEAVES ? (size_t)(to - f->size) : READ_LEAVES;
        rc = sk_log_read(cx, log, f->size, n, ids);
        for (size_t i = 0; !rc && i < n; i++) {
            sk_hash h = leaf_hash(&ids[i]);
            sk_frontier_add(f, &h);
        }
    }
    free(ids);
    return rc;
}

/* ---- checkpoint and state ---- */

sk_rc sk_log_read_checkpoint(sk_ctx *cx, const sk_log *log, sk_checkpoint *ret_cp)
{
    const char *path =
        sk_fmt(&cx->arena, "%.*s/logs/%.*s/checkpoint", SK_P(log->root), SK_P(log->device)).p;
    sk_str bytes;
    SK_TRY(sk_fs_read_file(cx, log->fs, path, SK_LIM_CHECKPOINT_BYTES, &bytes));
    if (sk_checkpoint_parse(cx, bytes, ret_cp))
        return sk_while(cx, "\"%s\"", path);
    return SK_OK;
}

sk_rc sk_log_write_checkpoint(sk_ctx *cx, const sk_log *log, const sk_seckey *device,
                              const sk_frontier *f)
{
    sk_hash root = sk_frontier_root(f);
    sk_str text = sk_checkpoint_build(&cx->arena, device, f->size, &root);
    sk_str dir = sk_fmt(&cx->arena, "%.*s/logs/%.*s", SK_P(log->root), SK_P(log->device));
    return sk_fs_replace(cx, log->fs, dir, "checkpoint", 0644, text, true);
}

static const char state_head[] = "sillok-frontier/1";

void sk_log_save_state(const sk_log *log, const sk_frontier *f)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_buf b;
    sk_buf_init(&b, SK_KIB(8));
    sk_buf_addf(&b, "%s\nsize %llu\n", state_head, (unsigned long long)f->size);
    for (unsigned k = 0; k < 64; k++)
        if (f->size >> k & 1)
            sk_buf_addf(&b, "%.*s\n", SK_P(sk_hash_hex(&cx.arena, &f->node[k])));
    const char *name = sk_fmt(&cx.arena, "log-%.*s.state", SK_P(log->device)).p;
    sk_rc rc = sk_fs_replace(&cx, log->fs, sk_fmt(&cx.arena, "%.*s/derived", SK_P(log->root)), name,
                             0644, sk_buf_str(&b), false);
    (void)rc; /* a cache */
    sk_buf_done(&b);
    sk_ctx_done(&cx);
}

/* The frontier the state file tells of; one of size 0 when it is not there or not whole. Whether
 * it is true the caller finds out. */
static sk_frontier load_state(const sk_log *log)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_frontier f = {.size = 0}, none = {.size = 0};
    const char *path =
        sk_fmt(&cx.arena, "%.*s/derived/log-%.*s.state", SK_P(log->root), SK_P(log->device)).p;
    sk_str text, line = SK_NONE;
    bool is_good = sk_fs_read_file(&cx, log->fs, path, SK_KIB(8), &text) == SK_OK &&
                   sk_str_cut(&text, '\n', &line) && sk_str_is(line, state_head) &&
                   sk_str_cut(&text, '\n', &line) && sk_str_starts(line, SK_S("size ")) &&
                   sk_str_to_u64(sk_str_sub(line, 5, line.n), &f.size);
    for (unsigned k = 0; is_good && k < 64; k++)
        if (f.size >> k & 1)
            is_good = sk_str_cut(&text, '\n', &line) && sk_hash_parse(line, &f.node[k]);
    sk_ctx_done(&cx);
    return is_good ? f : none;
}

sk_rc sk_log_frontier_at(sk_ctx *cx, sk_log *log, uint64_t size, const sk_hash *root,
                         sk_frontier *ret_frontier)
{
    sk_frontier f = load_state(log);
    if (f.size > size)
        f = (sk_frontier){.size = 0};
    for (;;) {
        bool is_from_leaves = f.size == 0;
        SK_TRY(sk_log_extend(cx, log, &f, size));
        sk_hash got = sk_frontier_root(&f);
        if (sk_hash_eq(&got, root))
            break;
        if (is_from_leaves)
            return sk_fail(
                cx, SK_E_INTEGRITY,
                "\"%s\": the first %llu leaves do not have the root that was signed; run "
                "sillok verify and put back a copy of the file",
                log->path, (unsigned long long)size);
        f = (sk_frontier){.size = 0}; /* the state file was wrong: leave it */
    }
    *ret_frontier = f;
    return SK_OK;
}

/* ---- leafmap ---- */

static uint64_t slot_of(const sk_leafmap *map, const sk_hash *id)
{
    uint64_t h; /* ids are hashes already */
    memcpy(&h, id->b, sizeof h);
    return h & map->mask;
}

static void insert(sk_leafmap *map, uint32_t at)
{
    for (uint64_t s = slot_of(map, &map->ids[at]);; s = (s + 1) & map->mask) {
        if (!map->slots[s]) {
            map->slots[s] = at + 1;
            return;
        }
        if (sk_hash_eq(&map->ids[map->slots[s] - 1], &map->ids[at]))
            return;
    }
}

sk_rc sk_leafmap_build(sk_ctx *cx, sk_log *const *logs, size_t n_logs, sk_leafmap *ret_map)
{
    sk_leafmap map = {.n_logs = n_logs};
    map.starts = sk_xmalloc((n_logs + 1) * sizeof *map.starts);
    for (size_t i = 0; i < n_logs; i++) {
        map.starts[i] = map.n;
        map.n += logs[i]->n;
    }
    map.starts[n_logs] = map.n;
    sk_rc rc = map.n > SK_LIM_LEAVES
                   ? sk_fail(cx, SK_E_LIMIT, "more than %u entries in all logs", SK_LIM_LEAVES)
                   : SK_OK;
    if (!rc)
        map.ids = sk_xmalloc((size_t)map.n * sizeof *map.ids);
    for (size_t i = 0; !rc && i < n_logs; i++)
        rc = sk_log_read(cx, logs[i], 0, (size_t)logs[i]->n, map.ids + map.starts[i]);
    if (rc) {
        sk_leafmap_done(&map);
        return rc;
    }
    uint64_t slots = 16;
    while (slots < map.n * 2)
        slots *= 2;
    map.mask = slots - 1;
    map.slots = sk_xmalloc((size_t)slots * sizeof *map.slots);
    memset(map.slots, 0, (size_t)slots * sizeof *map.slots);
    for (uint64_t i = 0; i < map.n; i++)
        insert(&map, (uint32_t)i);
    *ret_map = map;
    return SK_OK;
}

void sk_leafmap_done(sk_leafmap *map)
{
    free(map->ids);
    free(map->slots);
    free(map->starts);
    *map = (sk_leafmap){.n = 0};
}

uint64_t sk_leafmap_find(const sk_leafmap *map, const sk_hash *id)
{
    if (!map->slots)
        return UINT64_MAX;
    for (uint64_t s = slot_of(map, id); map->slots[s]; s = (s + 1) & map->mask)
        if (sk_hash_eq(&map->ids[map->slots[s] - 1], id))
            return map->slots[s] - 1;
    return UINT64_MAX;
}

void sk_leafmap_place(const sk_leafmap *map, uint64_t at, size_t *ret_log, uint64_t *ret_leaf)
{
    size_t i = 0;
    while (i + 1 < map->n_logs && at >= map->starts[i + 1])
        i++;
    *ret_log = i;
    *ret_leaf = at - map->starts[i];
}
