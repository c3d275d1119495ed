#include "record/sql.h"

#include <stdlib.h>

struct sk_stmt_slot {
    const char *literal;
    sk_stmt *stmt;
};

/* What SQLite says, in our words: damage of the file is an integrity error, the rest is I/O. Want of
 * memory is neither: it passes, and must not make anybody throw the index away. */
static sk_rc db_fail(sk_ctx *cx, sqlite3 *handle, int code)
{
    const char *why = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return sk_fail(cx, SK_E_INTEGRITY, "the index is damaged (%s); run: sillok reindex", why);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return sk_fail(cx, SK_E_CONFLICT, "the index is in use by another sillok; try again");
    case SQLITE_INTERRUPT:
        return sk_fail(cx, SK_E_CANCELLED, "stopped");
    case SQLITE_NOMEM:
        return sk_fail(cx, SK_E_LIMIT,
                       "not enough memory for the index; close other programs and try again");
    case SQLITE_TOOBIG:
        return sk_fail(cx, SK_E_LIMIT, "a row of the index is too large");
    case SQLITE_FULL:
        return sk_fail(cx, SK_E_IO, "no room left on the disk for the index");
    default:
        return sk_fail(cx, SK_E_IO, "index: %s", why);
    }
}

sk_rc sk_db_open(sk_ctx *cx, sk_str path, bool write, sk_db *ret_db)
{
    sk_db db = {0};
    int flags = (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
                SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(sk_str_c(&cx->arena, path), &db.handle, flags, NULL);
    if (code) {
        sk_rc rc = db_fail(cx, db.handle, code);
        sqlite3_close(db.handle);
        return rc;
    }
    sqlite3_busy_timeout(db.handle, 10000);
    *ret_db = db;
    return SK_OK;
}

void sk_db_close(sk_db *db)
{
    for (size_t i = 0; i < db->cap_slots; i++)
        sqlite3_finalize(db->slots[i].stmt);
    free(db->slots);
    sqlite3_close(db->handle);
    *db = (sk_db){0};
}

sk_rc sk_db_exec(sk_ctx *cx, sk_db *db, const char *sql)
{
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return code ? db_fail(cx, db->handle, code) : SK_OK;
}

static struct sk_stmt_slot *find_slot(struct sk_stmt_slot *slots, size_t cap, const char *literal)
{
    size_t i = ((uintptr_t)literal >> 3) * 0x9E3779B97F4A7C15u & (cap - 1);
    while (slots[i].literal && slots[i].literal != literal)
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static void grow_slots(sk_db *db)
{
    size_t cap = db->cap_slots ? db->cap_slots * 2 : 128;
    struct sk_stmt_slot *slots = sk_xmalloc(cap * sizeof *slots);
    memset(slots, 0, cap * sizeof *slots);
    for (size_t i = 0; i < db->cap_slots; i++)
        if (db->slots[i].literal)
            *find_slot(slots, cap, db->slots[i].literal) = db->slots[i];
    free(db->slots);
    db->slots = slots;
    db->cap_slots = cap;
}

sk_rc sk_sql(sk_ctx *cx, sk_db *db, const char *literal, sk_stmt **ret_stmt)
{
    if (db->n_slots * 2 >= db->cap_slots)
        grow_slots(db);
    struct sk_stmt_slot *slot = find_slot(db->slots, db->cap_slots, literal);
    if (!slot->literal) {
        int code = sqlite3_prepare_v3(db->handle, literal, -1, SQLITE_PREPARE_PERSISTENT,
                                      &slot->stmt, NULL);
        if (code)
            return db_fail(cx, db->handle, code);
        slot->literal = literal;
        db->n_slots++;
    }
    sqlite3_reset(slot->stmt);
    sqlite3_clear_bindings(slot->stmt);
    *ret_stmt = slot->stmt;
    return SK_OK;
}

sk_rc sk_sql_new(sk_ctx *cx, sk_db *db, const char *literal, sk_stmt **ret_stmt)
{
    int code = sqlite3_prepare_v2(db->handle, literal, -1, ret_stmt, NULL);
    return code ? db_fail(cx, db->handle, code) : SK_OK;
}

void sk_sql_free(sk_stmt *q)
{
    sqlite3_finalize(q);
}

void sk_bind_i64(sk_stmt *q, int i, int64_t v)
{
    sk_assert(sqlite3_bind_int64(q, i, v) == SQLITE_OK);
}

void sk_bind_str(sk_stmt *q, int i, sk_str s)
{
    sk_assert(sqlite3_bind_text64(q, i, s.p ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8) ==
              SQLITE_OK);
}

void sk_bind_opt(sk_stmt *q, int i, sk_str s)
{
    if (s.n)
        sk_bind_str(q, i, s);
    else
        sk_bind_null(q, i);
}

void sk_bind_hash(sk_stmt *q, int i, const sk_hash *h)
{
    sk_assert(sqlite3_bind_blob(q, i, h->b, sizeof h->b, SQLITE_STATIC) == SQLITE_OK);
}

void sk_bind_null(sk_stmt *q, int i)
{
    sk_assert(sqlite3_bind_null(q, i) == SQLITE_OK);
}

sk_rc sk_step(sk_ctx *cx, sk_stmt *q)
{
    int code = sqlite3_step(q);
    if (code == SQLITE_ROW)
        return SK_OK;
    if (code == SQLITE_DONE) {
        sqlite3_reset(q);
        return SK_E_NOTFOUND;
    }
    sk_rc rc = db_fail(cx, sqlite3_db_handle(q), code);
    sqlite3_reset(q);
    return rc;
}

sk_rc sk_run(sk_ctx *cx, sk_stmt *q)
{
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK)
        ;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

int64_t sk_col_i64(sk_stmt *q, int i)
{
    return sqlite3_column_int64(q, i);
}

bool sk_col_is_null(sk_stmt *q, int i)
{
    return sqlite3_column_type(q, i) == SQLITE_NULL;
}

sk_str sk_col_peek(sk_stmt *q, int i)
{
    const char *p = (const char *)sqlite3_column_text(q, i);
    if (!p && sqlite3_errcode(sqlite3_db_handle(q)) == SQLITE_NOMEM)
        sk_out_of_memory(0); /* a number could not be made text: not the same as having none */
    return (sk_str){p, (size_t)sqlite3_column_bytes(q, i)};
}

sk_str sk_col_str(sk_ctx *cx, sk_stmt *q, int i)
{
    return sk_str_copy(&cx->arena, sk_col_peek(q, i));
}

bool sk_col_hash(sk_stmt *q, int i, sk_hash *ret)
{
    const void *p = sqlite3_column_blob(q, i);
    if (!p || sqlite3_column_bytes(q, i) != (int)sizeof ret->b)
        return false;
    memcpy(ret->b, p, sizeof ret->b);
    return true;
}
