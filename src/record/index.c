/* Opening, making and catching up. What an entry means to the rows is in apply.c; what several
 * entries mean together is in settle.c and cluster.c. */
#include "record/index_private.h"
#include "record/tokenizer.h"

#include "embed_stamp.h" /* built again when the embedded files change */

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Grows when the meaning of rows changes though the schema does not. */
enum { ROWS_VERSION = 1 };

#define EMBED_SQL(symbol, file)                                              \
    __asm__(".section .rodata\n" #symbol ":\n"                               \
            ".incbin \"" SK_RECORD_DIR "/" file "\"\n.byte 0\n.previous\n"); \
    extern const char symbol[]
EMBED_SQL(sk_schema_sql, "schema.sql");
EMBED_SQL(sk_schema_late_sql, "schema_late.sql");

/* An index of another schema, meaning or tokenizer is made again. */
static int64_t index_version(sk_arena *a)
{
    sk_str all = sk_fmt(a, "%s%s%d %d", sk_schema_sql, sk_schema_late_sql, ROWS_VERSION,
                        SK_TOKENIZER_VERSION);
    sk_hash h = sk_sha256(all);
    int64_t v = 0;
    for (int i = 0; i < 6; i++)
        v = v * 256 + h.b[i];
    return v;
}

static sk_str index_path(sk_ctx *cx, const sk_archive *ar, const char *name)
{
    return sk_fmt(&cx->arena, "%.*s/derived/%s", SK_P(sk_archive_get_path(ar)), name);
}

sk_rc sk_meta_get(sk_ctx *cx, sk_index *ix, const char *key, int64_t *ret_value)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT value FROM meta WHERE key = ?", &q));
    sk_bind_str(q, 1, sk_str_of(key));
    sk_rc rc = sk_step(cx, q);
    if (rc == SK_OK) {
        *ret_value = sk_col_i64(q, 0);
        sqlite3_reset(q);
    }
    return rc;
}

sk_rc sk_meta_set(sk_ctx *cx, sk_index *ix, const char *key, int64_t value)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "INSERT OR REPLACE INTO meta VALUES(?, ?)", &q));
    sk_bind_str(q, 1, sk_str_of(key));
    sk_bind_i64(q, 2, value);
    return sk_run(cx, q);
}

/* Open the database file and give it our tokenizer; no tables are touched yet. */
static sk_rc open_file(sk_ctx *cx, sk_archive *ar, sk_str path, sk_index **ret_index)
{
    sk_index *ix = sk_xmalloc(sizeof *ix);
    *ix = (sk_index){.archive = ar, .model = sk_model_get()};
    sk_rc rc = sk_db_open(cx, path, true, &ix->db);
    if (rc == SK_OK)
        rc = sk_tokenizer_register(cx, ix->db.handle);
    if (rc == SK_OK)
        rc = sk_db_exec(cx, &ix->db,
                        "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
                        "PRAGMA secure_delete=ON; PRAGMA mmap_size=0;");
    if (rc) {
        sk_index_close(ix);
        return rc;
    }
    *ret_index = ix;
    return SK_OK;
}

void sk_index_close(sk_index *ix)
{
    if (!ix)
        return;
    sk_index__forget(ix);
    sk_db_close(&ix->db);
    sk_arena_done(&ix->arena);
    free(ix);
}

bool sk_index_was_rebuilt(const sk_index *ix)
{
    return ix->was_rebuilt;
}

/* Apply what the log has beyond (segment, offset) of meta; inside a transaction. */
static sk_rc apply_new(sk_ctx *cx, sk_index *ix)
{
    int64_t segment = 1, offset = 0;
    SK_TRY(sk_meta_get(cx, ix, "segment", &segment));
    SK_TRY(sk_meta_get(cx, ix, "offset", &offset));
    uint32_t next_segment = (uint32_t)segment;
    uint64_t next_offset = (uint64_t)offset, before = ix->applied;
    SK_TRY(sk_archive_each(cx, ix->archive, (uint32_t)segment, (uint64_t)offset, sk_index__apply,
                           ix, &next_segment, &next_offset));
    if (ix->applied == before)
        return SK_OK;
    SK_TRY(sk_meta_set(cx, ix, "segment", next_segment));
    return sk_meta_set(cx, ix, "offset", (int64_t)next_offset);
}

/* True when the log has grown past what the index has applied: the cheap question at every start. */
static sk_rc is_behind(sk_ctx *cx, sk_index *ix, bool *ret_behind)
{
    int64_t entries;
    SK_TRY(sk_meta_get(cx, ix, "entries", &entries));
    *ret_behind = (uint64_t)entries != sk_archive_count(ix->archive);
    return SK_OK;
}

static sk_rc catch_up_in_transaction(sk_ctx *cx, sk_index *ix)
{
    bool behind; /* another process may have been faster */
    SK_TRY(is_behind(cx, ix, &behind));
    if (!behind)
        return SK_OK;
    sk_index__forget(ix);
    uint64_t before = ix->applied;
    int64_t entries;
    SK_TRY(sk_meta_get(cx, ix, "entries", &entries));
    SK_TRY(apply_new(cx, ix));
    SK_TRY(sk_db_exec(cx, &ix->db, sk_schema_late_sql));
    SK_TRY(sk_index__settle(cx, ix));
    return sk_meta_set(cx, ix, "entries", entries + (int64_t)(ix->applied - before));
}

sk_rc sk_index_catch_up(sk_ctx *cx, sk_index *ix)
{
    bool behind;
    SK_TRY(is_behind(cx, ix, &behind));
    if (!behind)
        return SK_OK;
    SK_TRY(sk_index_begin(cx, ix));
    sk_rc rc = catch_up_in_transaction(cx, ix);
    if (rc) {
        sk_index_undo(ix);
        return rc;
    }
    return sk_index_end(cx, ix);
}

sk_rc sk_index_begin(sk_ctx *cx, sk_index *ix)
{
    if (!sqlite3_get_autocommit(ix->db.handle))
        sk_index_undo(ix); /* an earlier undo may have lacked the memory to do it */
    return sk_db_exec(cx, &ix->db, "BEGIN IMMEDIATE");
}

static sk_rc end(sk_ctx *cx, sk_index *ix)
{
    if (ix->claims_came)
        SK_TRY(sk_db_exec(cx, &ix->db, sk_schema_late_sql));
    if (ix->claims_came)
        SK_TRY(sk_index__settle(cx, ix));
    else if (ix->texts_changed)
        SK_TRY(sk_index__settle_labels(cx, ix));
    ix->texts_changed = ix->claims_came = false;
    return sk_db_exec(cx, &ix->db, "COMMIT");
}

sk_rc sk_index_end(sk_ctx *cx, sk_index *ix)
{
    sk_rc rc = end(cx, ix);
    if (rc)
        sk_index_undo(ix); /* a commit that failed may have left its transaction open */
    return rc;
}

void sk_index_undo(sk_index *ix)
{
    sk_index__forget(ix);
    ix->texts_changed = ix->claims_came = false;
    if (!sqlite3_get_autocommit(ix->db.handle)) /* some failures have rolled back already */
        sqlite3_exec(ix->db.handle, "ROLLBACK", NULL, NULL, NULL);
}

/* Make the tables in an empty file and load the whole log, without journal or sync: a file that is
 * not complete is never renamed into place. */
static sk_rc fill(sk_ctx *cx, sk_index *ix)
{
    SK_TRY(sk_db_exec(cx, &ix->db, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN"));
    SK_TRY(sk_db_exec(cx, &ix->db, sk_schema_sql));
    SK_TRY(sk_meta_set(cx, ix, "segment", 1));
    SK_TRY(sk_meta_set(cx, ix, "offset", 0));
    SK_TRY(sk_meta_set(cx, ix, "entries", 0));
    SK_TRY(apply_new(cx, ix));
    SK_TRY(sk_db_exec(cx, &ix->db, sk_schema_late_sql));
    SK_TRY(sk_index__settle(cx, ix));
    SK_TRY(sk_meta_set(cx, ix, "entries", (int64_t)ix->applied));
    SK_TRY(sk_meta_set(cx, ix, "version", index_version(&cx->arena)));
    return sk_db_exec(cx, &ix->db, "COMMIT; PRAGMA journal_mode=WAL");
}

sk_rc sk_index_rebuild(sk_ctx *cx, sk_archive *ar)
{
    sk_str dir = sk_fmt(&cx->arena, "%.*s/derived", SK_P(sk_archive_get_path(ar)));
    mkdir(dir.p, 0700);
    sk_str fresh = index_path(cx, ar, "index.new"), path = index_path(cx, ar, "index.db");
    unlink(fresh.p);
    sk_index *ix;
    SK_TRY(open_file(cx, ar, fresh, &ix));
    sk_rc rc = fill(cx, ix);
    sk_index_close(ix);
    if (rc)
        return rc;
    static const char *const beside[] = {"index.db-wal", "index.db-shm", "index.db-journal"};
    for (size_t i = 0; i < SK_COUNT(beside); i++)
        unlink(index_path(cx, ar, beside[i]).p);
    if (rename(fresh.p, path.p))
        return sk_fail_errno(cx, "index '%s'", path.p);
    return SK_OK;
}

/* Open the index file as it is; SK_E_INTEGRITY when it is damaged, outdated or not there. */
static sk_rc open_existing(sk_ctx *cx, sk_archive *ar, sk_index **ret_index)
{
    sk_str path = index_path(cx, ar, "index.db");
    if (access(path.p, F_OK))
        return sk_fail(cx, SK_E_INTEGRITY, "there is no index yet");
    sk_index *ix;
    SK_TRY(open_file(cx, ar, path, &ix));
    int64_t version = 0, entries = 0;
    sk_rc rc = sk_meta_get(cx, ix, "version", &version);
    if (rc == SK_OK)
        rc = sk_meta_get(cx, ix, "entries", &entries);
    if (rc == SK_OK &&
        (version != index_version(&cx->arena) || (uint64_t)entries > sk_archive_count(ar)))
        rc = sk_fail(cx, SK_E_INTEGRITY, "the index is of another version or another archive");
    if (rc == SK_E_NOTFOUND)
        rc = sk_fail(cx, SK_E_INTEGRITY, "the index has no version");
    if (rc == SK_OK)
        rc = sk_index_catch_up(cx, ix);
    if (rc) {
        sk_index_close(ix);
        return rc;
    }
    *ret_index = ix;
    return SK_OK;
}

sk_rc sk_index_open(sk_ctx *cx, sk_archive *ar, sk_index **ret_index)
{
    sk_rc rc = open_existing(cx, ar, ret_index);
    if (rc != SK_E_INTEGRITY && rc != SK_E_IO)
        return rc;
    sk_forgive(cx); /* damage of a cache is repaired, not reported */
    SK_TRY(sk_index_rebuild(cx, ar));
    SK_TRY(open_existing(cx, ar, ret_index));
    (*ret_index)->was_rebuilt = true;
    return SK_OK;
}

sk_rc sk_index_check(sk_ctx *cx, sk_index *ix)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "PRAGMA integrity_check(1)", &q));
    sk_rc rc = sk_step(cx, q);
    if (rc == SK_OK && !sk_str_is(sk_col_peek(q, 0), "ok"))
        rc = sk_fail(cx, SK_E_INTEGRITY, "the index is damaged: %.*s; run: sillok reindex",
                     SK_P(sk_col_peek(q, 0)));
    sqlite3_reset(q);
    return rc;
}
