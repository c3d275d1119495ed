/* A query (first line) against a text (the rest): whatever parses, FTS5 accepts; what FTS5 finds is
 * what the highlighter shows; what is shown lies in the text and fits the columns. */
#include "base/utf8.h"
#include "record/highlight.h"
#include "record/query.h"
#include "record/tokenizer.h"

#include <sqlite3.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static sqlite3 *open_table(sk_ctx *cx)
{
    static sqlite3 *db;
    if (!db) {
        sk_assert(sqlite3_open(":memory:", &db) == SQLITE_OK);
        sk_assert(sk_tokenizer_register(cx, db) == SK_OK);
        sk_assert(sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5(body, tokenize = 'sillok')",
                               NULL, NULL, NULL) == SQLITE_OK);
    }
    return db;
}

static void set_text(sqlite3 *db, sk_str text)
{
    sqlite3_stmt *q;
    sk_assert(sqlite3_prepare_v2(db, "REPLACE INTO t(rowid, body) VALUES(1, ?)", -1, &q, NULL) ==
              SQLITE_OK);
    sqlite3_bind_text(q, 1, text.p ? text.p : "", (int)text.n, SQLITE_STATIC);
    sk_assert(sqlite3_step(q) == SQLITE_DONE);
    sqlite3_finalize(q);
}

static bool index_finds(sqlite3 *db, sk_str expression)
{
    sqlite3_stmt *q;
    sk_assert(sqlite3_prepare_v2(db, "SELECT 1 FROM t WHERE t MATCH ?", -1, &q, NULL) == SQLITE_OK);
    sqlite3_bind_text(q, 1, expression.p, (int)expression.n, SQLITE_STATIC);
    int rc = sqlite3_step(q);
    sk_assert(rc == SQLITE_ROW || rc == SQLITE_DONE);
    sqlite3_finalize(q);
    return rc == SQLITE_ROW;
}

static void check_ranges(sk_str text, const sk_range *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sk_assert(v[i].start < v[i].end && v[i].end <= text.n);
        sk_assert(i == 0 || v[i - 1].end <= v[i].start);
    }
}

static void check(sk_ctx *cx, const sk_query *q, sk_str text)
{
    sqlite3 *db = open_table(cx);
    set_text(db, text);
    bool any = false;
    for (size_t i = 0; i < q->n_leaves; i++) {
        bool found = index_finds(db, sk_query_leaf_fts5(cx, &q->leaves[i]));
        any = any || (found && !q->leaves[i].negated);
    }
    sk_query_matches_text(cx, q, text);
    sk_ranges r = sk_highlight(cx, q, text);
    sk_assert(any == (r.n > 0));
    check_ranges(text, r.v, r.n);
    sk_snippet s = sk_snippet_of(cx, text, r, 8 + text.n % 90);
    check_ranges(s.text, s.v, s.n);
    sk_assert(sk_utf8_width(s.text) <= 8 + text.n % 90);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_str rest = {(const char *)data, size}, line, text = SK_NONE;
    const sk_query *q;
    if (size && sk_str_cut(&rest, '\n', &line) && sk_query_parse(&cx, line, &q) == SK_OK &&
        sk_utf8_enter(&cx, rest.p ? rest : SK_S(""), "text", &text) == SK_OK)
        check(&cx, q, text);
    sk_ctx_done(&cx);
    return 0;
}
