/* A canonical dump: every row that matters, in an order and a form free of row numbers, so that two
 * indexes of the same entries can be compared by one hash whatever order the entries came in. */
#include "record/index_private.h"

#include "base/buf.h"

/* What the log holds and how the files came in: an import that is undone leaves its mark here. */
static const char *const log_queries[] = {
    "SELECT 'entry', hex(e.hash), k.text, e.at, b.text FROM entry e JOIN word k ON k.id = e.kind"
    " JOIN word b ON b.id = e.by WHERE e.segment > 0 ORDER BY e.hash",

    "SELECT 'exhibit', hex(x.sha256), x.size, r.labels, x.outcome, x.note, x.reader, x.media,"
    " x.charset, x.title, x.lang FROM exhibit x JOIN rset r ON r.id = x.rset ORDER BY x.sha256",

    "SELECT 'capture', hex(e.hash), hex(x.sha256), c.name, c.media, c.url, c.captured, "
    "c.captured_by,"
    " c.rights, c.method FROM capture c JOIN entry e ON e.id = c.id"
    " JOIN exhibit x ON x.id = c.exhibit ORDER BY e.hash",

    "SELECT 'stated', hex(x.sha256), s.what, s.ord, s.edtf, s.words FROM stated s"
    " JOIN exhibit x ON x.id = s.exhibit ORDER BY x.sha256, s.what, s.ord",

    "SELECT 'import', hex(e.hash), hex(i.same), i.list, i.asof, i.wanted, i.state, i.note"
    " FROM import i JOIN entry e ON e.id = i.id ORDER BY e.hash",
};

/* What is said, and may be asked. */
static const char *const meaning_queries[] = {
    "SELECT 'text', hex(x.sha256), u.start, u.\"end\", u.kind, u.page, u.orig_start, u.orig_end,"
    " u.place, u.text, r.labels FROM unit u JOIN exhibit x ON x.id = u.owner"
    " JOIN rset r ON r.id = u.rset WHERE u.kind < 4 ORDER BY x.sha256, u.start, u.\"end\"",

    "SELECT 'words', hex(e.hash), u.text, r.labels FROM unit u JOIN entry e ON e.id = u.owner"
    " JOIN rset r ON r.id = u.rset WHERE u.kind = 4 ORDER BY e.hash",

    "SELECT 'entity', e.key, e.type, k.key, r.labels FROM entity e JOIN entity k ON k.id = "
    "e.cluster"
    " JOIN rset r ON r.id = e.rset ORDER BY e.key",

    "SELECT 'claim', hex(n.hash), e.key, t.text, p.text, c.value, g.key, c.lo, c.hi, c.position,"
    " h.text, r.labels, c.state, c.valid_lo, c.valid_hi FROM claim c JOIN entry n ON n.id = c.id"
    " JOIN entity e ON e.id = c.entity JOIN word t ON t.id = c.type JOIN word p ON p.id = c.prop"
    " LEFT JOIN entity g ON g.id = c.target JOIN chain h ON h.id = c.chain"
    " JOIN rset r ON r.id = c.rset ORDER BY n.hash",

    "SELECT 'passage', hex(n.hash), p.ord, hex(x.sha256), p.start, p.\"end\", p.place FROM passage "
    "p"
    " JOIN entry n ON n.id = p.claim JOIN exhibit x ON x.id = p.exhibit ORDER BY n.hash, p.ord",

    "SELECT 'coding', hex(n.hash), hex(x.sha256), c.place FROM coding c JOIN entry n ON n.id = "
    "c.claim"
    " JOIN exhibit x ON x.id = c.exhibit ORDER BY n.hash",

    "SELECT 'restriction', r.kind, CASE typeof(r.target) WHEN 'blob' THEN hex(r.target) ELSE"
    " r.target END, r.label, hex(n.hash) FROM restriction r JOIN entry n ON n.id = r.id"
    " ORDER BY r.kind, r.target, r.label, n.hash",

    "SELECT 'permit', p.user, p.label, p.purpose, hex(n.hash) FROM permit p JOIN entry n"
    " ON n.id = p.id ORDER BY p.user, p.label, p.purpose, n.hash",

    "SELECT 'suggestion', hex(s.hash), hex(x.sha256), s.kind, s.tier, w.text, m.text, s.position,"
    " s.start, s.\"end\", s.passage, s.passage_end, s.state, r.labels, s.body FROM suggestion s"
    " JOIN exhibit x ON x.id = s.exhibit JOIN word w ON w.id = s.rule JOIN word o ON o.id = "
    "s.origin"
    " JOIN word m ON m.id = s.modality JOIN rset r ON r.id = s.rset WHERE o.text = 'rule'"
    " ORDER BY s.hash",

    "SELECT 'silence', hex(x.sha256), s.start, s.\"end\", r.labels FROM silence s"
    " JOIN exhibit x ON x.id = s.exhibit JOIN rset r ON r.id = s.rset ORDER BY x.sha256, s.start",

    "SELECT 'decision', hex(n.hash), hex(d.suggestion), d.verdict, w.text, d.reviewer,"
    " hex(x.sha256), d.start, d.\"end\", d.taken, r.labels FROM decision d JOIN entry n"
    " ON n.id = d.entry JOIN word w ON w.id = d.rule LEFT JOIN exhibit x ON x.id = d.exhibit"
    " JOIN rset r ON r.id = d.rset ORDER BY n.hash, d.suggestion, d.start",

    "SELECT 'judgement', hex(n.hash), a.key, b.key, j.verdict, j.reason, j.state FROM judgement j"
    " JOIN entry n ON n.id = j.id JOIN entity a ON a.id = j.a JOIN entity b ON b.id = j.b"
    " ORDER BY n.hash",
};

/* Columns are separated by a tab; NULL is \N, and tab, LF and \ are escaped, so that no two rows
 * give the same line. */
static void add_column(sk_buf *line, sk_stmt *q, int i)
{
    if (sk_col_is_null(q, i)) {
        sk_buf_add(line, SK_S("\\N"));
        return;
    }
    sk_str s = sk_col_peek(q, i);
    for (size_t k = 0; k < s.n; k++) {
        char c = s.p[k];
        if (c == '\\' || c == '\t' || c == '\n') {
            sk_buf_addc(line, '\\');
            c = c == '\t' ? 't' : c == '\n' ? 'n' : '\\';
        }
        sk_buf_addc(line, c);
    }
}

static sk_rc dump_query(sk_ctx *cx, sk_index *ix, const char *sql, sk_buf *line,
                        void (*fn)(sk_str, void *), void *arg)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, sql, &q));
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        sk_buf_reset(line);
        for (int i = 0; i < sqlite3_column_count(q); i++) {
            if (i)
                sk_buf_addc(line, '\t');
            add_column(line, q, i);
        }
        sk_buf_addc(line, '\n');
        if (line->overflow) {
            sqlite3_reset(q);
            return sk_fail(cx, SK_E_LIMIT, "a row of the index is longer than %zu bytes",
                           line->ceiling);
        }
        fn(sk_buf_str(line), arg);
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc dump_all(sk_ctx *cx, sk_index *ix, const char *const *queries, size_t n,
                      void (*line)(sk_str, void *), void *arg)
{
    sk_buf buf;
    sk_buf_init(&buf, SK_LIM_TEXT_BYTES * 3);
    sk_rc rc = SK_OK;
    for (size_t i = 0; rc == SK_OK && i < n; i++)
        rc = dump_query(cx, ix, queries[i], &buf, line, arg);
    sk_buf_done(&buf);
    return rc;
}

sk_rc sk_index_dump(sk_ctx *cx, sk_index *ix, void (*line)(sk_str, void *), void *arg)
{
    SK_TRY(dump_all(cx, ix, log_queries, SK_COUNT(log_queries), line, arg));
    return dump_all(cx, ix, meaning_queries, SK_COUNT(meaning_queries), line, arg);
}

static void hash_line(sk_str line, void *arg)
{
    sk_sha256_add(arg, line);
}

sk_rc sk_index_dump_hash(sk_ctx *cx, sk_index *ix, sk_hash *ret_hash)
{
    sk_sha256_state *st = sk_sha256_new();
    sk_rc rc = sk_index_dump(cx, ix, hash_line, st);
    sk_hash h = sk_sha256_end(st);
    if (rc == SK_OK)
        *ret_hash = h;
    return rc;
}

sk_rc sk_index_meaning_hash(sk_ctx *cx, sk_index *ix, sk_hash *ret_hash)
{
    sk_sha256_state *st = sk_sha256_new();
    sk_rc rc = dump_all(cx, ix, meaning_queries, SK_COUNT(meaning_queries), hash_line, st);
    sk_hash h = sk_sha256_end(st);
    if (rc == SK_OK)
        *ret_hash = h;
    return rc;
}
