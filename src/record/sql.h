/* A little room over SQLite: prepared once, bound by type, errors as sk_rc. Only record/ uses it.
 *
 *     sk_stmt *q;
 *     SK_TRY(sk_sql(ix, cx, "SELECT id FROM entity WHERE key = ?", &q));
 *     sk_bind_str(q, 1, key);
 *     while ((rc = sk_step(cx, q)) == SK_OK) ... sk_col_i64(q, 0) ...
 *     if (rc != SK_E_NOTFOUND) return rc;                 NOTFOUND: no more rows
 *
 * Statements are cached by the address of their literal text and reset by the next sk_sql with it;
 * text is always a literal, values are always bound: there is no way to build SQL from input. */
#ifndef SK_RECORD_SQL_H
#define SK_RECORD_SQL_H

#include "base/ctx.h"
#include "base/sha256.h"

#include <sqlite3.h>

typedef sqlite3_stmt sk_stmt;

typedef struct sk_db {
    sqlite3 *handle;
    struct sk_stmt_slot *slots; /* open-addressed by the literal's address */
    size_t n_slots, cap_slots;
} sk_db;

SK_MUST_USE sk_rc sk_db_open(sk_ctx *cx, sk_str path, bool write, sk_db *ret_db);
void sk_db_close(sk_db *db);

/* Run statements that return nothing; for schema and transactions. */
SK_MUST_USE sk_rc sk_db_exec(sk_ctx *cx, sk_db *db, const char *sql);

/* The prepared statement of a literal, reset and without bindings. Borrowed. */
SK_MUST_USE sk_rc sk_sql(sk_ctx *cx, sk_db *db, const char *literal, sk_stmt **ret_stmt);

/* A statement of one's own, for literals that several are open of at a time. To be freed. */
SK_MUST_USE sk_rc sk_sql_new(sk_ctx *cx, sk_db *db, const char *literal, sk_stmt **ret_stmt);
void sk_sql_free(sk_stmt *q); /* NULL is fine */

void sk_bind_i64(sk_stmt *q, int i, int64_t v);
void sk_bind_str(sk_stmt *q, int i, sk_str s); /* borrowed until the next step or reset */
void sk_bind_opt(sk_stmt *q, int i, sk_str s); /* NULL when empty */
void sk_bind_hash(sk_stmt *q, int i, const sk_hash *h);
void sk_bind_null(sk_stmt *q, int i);

/* Next row: SK_OK a row, SK_E_NOTFOUND no more (no error recorded), others are failures. */
SK_MUST_USE sk_rc sk_step(sk_ctx *cx, sk_stmt *q);

/* Run a statement to its end, ignoring rows. */
SK_MUST_USE sk_rc sk_run(sk_ctx *cx, sk_stmt *q);

int64_t sk_col_i64(sk_stmt *q, int i);
bool sk_col_is_null(sk_stmt *q, int i);
sk_str sk_col_str(sk_ctx *cx, sk_stmt *q, int i);  /* copied into the arena            */
sk_str sk_col_peek(sk_stmt *q, int i);             /* borrowed until the next step     */
bool sk_col_hash(sk_stmt *q, int i, sk_hash *ret); /* false when not 32 bytes          */

#endif
