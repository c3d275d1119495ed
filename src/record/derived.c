/* Claims that a reader derived from an imported file: their rows, their text, and taking them out.
 *
 * The text is the lines that a claim's entry would have (claim.c), in two parts: the frame, which
 * most claims of an import share (who says it, as of when) and which is stored once as a word, and
 * the body. In the body "~0" stands for the hash of the import's first file.
 *
 *     frame   claimant 01 United Nations Security Council\nposition asserts\nproperty Person:name\n
 *     body    entity un-KPi.001\npassage 01 ~0 place INDIVIDUAL 12\nvalue YUN HO-JIN\n */
#include "record/import.h"

#include "record/index_private.h"

#include "base/buf.h"

#include <stdlib.h>

static const char *const frame_keys[] = {"property", "position", "claimant",  "carrier",
                                         "said",     "asof",     "reference", "lang"};

/* When and where a claim stands, not what it says: left out of its core. */
static const char *const place_keys[] = {"said",  "asof",     "reference", "passage", "place",
                                         "quote", "coded-in", "restrict",  "carrier", "claimant"};

static bool is_among(sk_str key, const char *const *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sk_str_is(key, keys[i]))
            return true;
    return false;
}

static void add_escaped(sk_buf *b, sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\n')
            sk_buf_add(b, SK_S("\\n"));
        else if (s.p[i] == '\\')
            sk_buf_add(b, SK_S("\\\\"));
        else
            sk_buf_addc(b, s.p[i]);
}

static void add_line(sk_buf *b, sk_str key, sk_str value)
{
    sk_buf_add(b, key);
    sk_buf_addc(b, ' ');
    add_escaped(b, value);
    sk_buf_addc(b, '\n');
}

static uint64_t first_eight(const sk_hash *h)
{
    uint64_t v = 0;
    for (int i = 0; i < 8; i++)
        v = v << 8 | h->b[i];
    return v;
}

static sk_rc core_of(sk_ctx *cx, const sk_line *lines, size_t n, uint64_t *ret_core)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_NOTE_BYTES);
    for (size_t i = 0; i < n; i++)
        if (!is_among(lines[i].key, place_keys, SK_COUNT(place_keys)))
            add_line(&b, lines[i].key, lines[i].value);
    sk_hash h = sk_sha256(sk_buf_str(&b));
    bool overflow = b.overflow;
    sk_buf_done(&b);
    if (overflow)
        return sk_fail(cx, SK_E_LIMIT, "a claim of more than %zu bytes", SK_LIM_NOTE_BYTES);
    *ret_core = first_eight(&h);
    return SK_OK;
}

sk_rc sk_claim_core(sk_ctx *cx, const sk_claim *claim, uint64_t *ret_core)
{
    const sk_line *lines;
    size_t n;
    SK_TRY(sk_claim_to_lines(cx, claim, &lines, &n));
    return core_of(cx, lines, n, ret_core);
}

/* ---- writing ---- */

/* "01 <64 hex digits> place row 3" with the hash of a file of the import written as ~0, ~1 ... */
static sk_str shorten(sk_ctx *cx, const sk_import_draft *what, sk_str passage)
{
    sk_hash h;
    if (passage.n < 67 || !sk_hash_parse(sk_str_sub(passage, 3, 64), &h))
        return passage;
    for (size_t i = 0; i < what->n_files; i++)
        if (sk_hash_eq(&h, &what->files[i].hash))
            return sk_fmt(&cx->arena, "%.3s~%zu%.*s", passage.p, i,
                          SK_P(sk_str_sub(passage, 67, passage.n)));
    return passage;
}

typedef struct derived_text {
    sk_str frame, body; /* in the arena */
    sk_hash id;
    uint64_t core;
} derived_text;

static sk_rc write_text(sk_ctx *cx, const sk_import_info *import, const sk_claim *c,
                        derived_text *ret_text)
{
    const sk_line *lines;
    size_t n;
    sk_buf frame, body, all;
    SK_TRY(sk_claim_to_lines(cx, c, &lines, &n));
    SK_TRY(core_of(cx, lines, n, &ret_text->core));
    sk_buf_init(&frame, SK_LIM_NOTE_BYTES);
    sk_buf_init(&body, SK_LIM_NOTE_BYTES);
    sk_buf_init(&all, SK_LIM_NOTE_BYTES);
    sk_buf_addf(&all, "sillok-derived/1 %.*s\n", SK_P(import->what.format));
    if (import->what.has_mapping)
        add_line(&all, SK_S("mapping"), sk_hash_hex(&cx->arena, &import->what.mapping));
    for (size_t i = 0; i < n; i++) {
        bool is_framed = is_among(lines[i].key, frame_keys, SK_COUNT(frame_keys));
        bool is_passage = sk_str_is(lines[i].key, "passage");
        add_line(&all, lines[i].key, lines[i].value);
        add_line(is_framed ? &frame : &body, lines[i].key,
                 is_passage ? shorten(cx, &import->what, lines[i].value) : lines[i].value);
    }
    ret_text->id = sk_sha256(sk_buf_str(&all));
    ret_text->frame = sk_str_copy(&cx->arena, sk_buf_str(&frame));
    ret_text->body = sk_str_copy(&cx->arena, sk_buf_str(&body));
    bool overflow = frame.overflow || body.overflow || all.overflow;
    sk_buf_done(&frame);
    sk_buf_done(&body);
    sk_buf_done(&all);
    return overflow ? sk_fail(cx, SK_E_LIMIT, "a claim of more than %zu bytes", SK_LIM_NOTE_BYTES)
                    : SK_OK;
}

/* The entry row that gives the claim its id, time and author; segment 0 says that it is derived. */
static sk_rc put_entry_row(sk_ctx *cx, sk_index *ix, const sk_import_info *import,
                           const sk_hash *id, int64_t *ret_row)
{
    int64_t kind, by;
    SK_TRY(sk_index__word(cx, ix, SK_S("derived"), &kind));
    SK_TRY(sk_index__word(cx, ix, import->by, &by));
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "INSERT INTO entry(hash, kind, at, by, device, segment, offset, leaf)"
                  " SELECT ?, ?, ?, ?, device, 0, 0, leaf FROM entry WHERE id = ?",
                  &q));
    sk_bind_hash(q, 1, id);
    sk_bind_i64(q, 2, kind);
    sk_bind_str(q, 3, import->at);
    sk_bind_i64(q, 4, by);
    sk_bind_i64(q, 5, import->row);
    SK_TRY(sk_run(cx, q));
    *ret_row = sqlite3_last_insert_rowid(ix->db.handle);
    return SK_OK;
}

static sk_rc put_labels(sk_ctx *cx, sk_index *ix, int64_t row, const sk_hash *id, const sk_claim *c)
{
    for (size_t i = 0; i < c->n_restrict; i++) {
        sk_stmt *q;
        SK_TRY(sk_sql(cx, &ix->db,
                      "INSERT OR IGNORE INTO restriction(id, kind, target, label)"
                      " VALUES(?,'claim',?,?)",
                      &q));
        sk_bind_i64(q, 1, row);
        sk_bind_hash(q, 2, id);
        sk_bind_str(q, 3, c->restrict_labels[i]);
        SK_TRY(sk_run(cx, q));
    }
    return SK_OK;
}

static sk_rc put_derived(sk_ctx *cx, sk_index *ix, const sk_import_info *import, sk_str record,
                         const sk_claim *c)
{
    derived_text text;
    int64_t row, frame, record_row;
    SK_TRY(write_text(cx, import, c, &text));
    SK_TRY(put_entry_row(cx, ix, import, &text.id, &row));
    SK_TRY(sk_index__put_claim(cx, ix, row, c));
    SK_TRY(put_labels(cx, ix, row, &text.id, c));
    SK_TRY(sk_index__word(cx, ix, text.frame, &frame));
    SK_TRY(sk_index__entity(cx, ix, record.n ? record : c->entity, SK_NONE, &record_row));
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "INSERT INTO derived(id, import, record, core, frame, body) VALUES(?,?,?,?,?,?)",
                  &q));
    sk_bind_i64(q, 1, row);
    sk_bind_i64(q, 2, import->row);
    sk_bind_i64(q, 3, record_row);
    sk_bind_i64(q, 4, (int64_t)text.core);
    sk_bind_i64(q, 5, frame);
    sk_bind_str(q, 6, text.body);
    return sk_run(cx, q);
}

sk_rc sk_index_put_derived(sk_ctx *cx, sk_index *ix, const sk_import_info *import, sk_str record,
                           const sk_claim *claim)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_rc rc = put_derived(cx, ix, import, record, claim);
    sk_arena_back_to(&cx->arena, mark);
    ix->claims_came = true;
    return rc;
}

/* Made again by schema_late.sql when the transaction ends. entity_type is raised row by row. */
static const char drop_sql[] =
    "DROP INDEX IF EXISTS entry_hash; DROP INDEX IF EXISTS claim_entity;"
    "DROP INDEX IF EXISTS claim_target; DROP INDEX IF EXISTS claim_chain;"
    "DROP INDEX IF EXISTS passage_exhibit; DROP INDEX IF EXISTS unit_owner;"
    "DROP INDEX IF EXISTS entity_type; DROP INDEX IF EXISTS entity_cluster;"
    "DROP INDEX IF EXISTS derived_import;";

sk_rc sk_index_expect(sk_ctx *cx, sk_index *ix, uint64_t claims)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT coalesce(max(id), 0) FROM entry", &q));
    SK_TRY(sk_step(cx, q));
    uint64_t there = (uint64_t)sk_col_i64(q, 0);
    sqlite3_reset(q);
    if (claims < 20000 || claims < there / 4)
        return SK_OK; /* making them again would cost more than keeping them */
    ix->claims_came = true;
    return sk_db_exec(cx, &ix->db, drop_sql);
}

/* ---- reading ---- */

static sk_str unescape(sk_arena *a, sk_str s)
{
    if (sk_str_find(s, SK_S("\\")) == SIZE_MAX)
        return s;
    char *p = sk_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool is_escape = s.p[i] == '\\' && i + 1 < s.n;
        i += is_escape;
        p[n++] = is_escape && s.p[i] == 'n' ? '\n' : s.p[i];
    }
    return (sk_str){p, n};
}

/* The files of the import by their "~0", "~1"; asked for only where a body names one. */
static sk_rc lengthen(sk_ctx *cx, sk_index *ix, int64_t import, sk_str *passage)
{
    if (passage->n < 5 || passage->p[3] != '~')
        return SK_OK;
    sk_str rest = sk_str_sub(*passage, 4, passage->n), number;
    uint64_t ord;
    sk_hash h;
    if (!sk_str_cut(&rest, ' ', &number) || !sk_str_to_u64(number, &ord))
        return SK_OK;
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "SELECT x.sha256 FROM import_file f JOIN exhibit x ON x.id = f.exhibit"
                  " WHERE f.import = ? AND f.ord = ?",
                  &q));
    sk_bind_i64(q, 1, import);
    sk_bind_i64(q, 2, (int64_t)ord);
    SK_TRY(sk_step(cx, q));
    sk_assert(sk_col_hash(q, 0, &h));
    sqlite3_reset(q);
    *passage = sk_fmt(&cx->arena, "%.3s%.*s %.*s", passage->p, SK_P(sk_hash_hex(&cx->arena, &h)),
                      SK_P(rest));
    return SK_OK;
}

static sk_rc parse_lines(sk_ctx *cx, sk_index *ix, int64_t import, sk_str text, sk_line *lines,
                         size_t *n)
{
    sk_str line, key;
    while (sk_str_cut(&text, '\n', &line)) {
        if (!sk_str_cut(&line, ' ', &key))
            continue;
        sk_line *l = &lines[(*n)++];
        *l = (sk_line){key, unescape(&cx->arena, line)};
        if (sk_str_is(key, "passage"))
            SK_TRY(lengthen(cx, ix, import, &l->value));
    }
    return SK_OK;
}

static size_t count_lines(sk_str s)
{
    size_t n = 1;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

sk_rc sk_index__derived_claim(sk_ctx *cx, sk_index *ix, int64_t row, sk_claim *ret_claim)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db,
                  "SELECT d.import, f.text, d.body, e.at, b.text FROM derived d"
                  " JOIN word f ON f.id = d.frame JOIN entry e ON e.id = d.id"
                  " JOIN word b ON b.id = e.by WHERE d.id = ?",
                  &q));
    sk_bind_i64(q, 1, row);
    SK_TRY(sk_step(cx, q));
    int64_t import = sk_col_i64(q, 0);
    sk_str frame = sk_col_str(cx, q, 1), body = sk_col_str(cx, q, 2);
    sk_entry e = {.at = sk_col_str(cx, q, 3), .by = sk_col_str(cx, q, 4)};
    sqlite3_reset(q);
    sk_line *lines = sk_new_array(&cx->arena, sk_line, count_lines(frame) + count_lines(body));
    SK_TRY(parse_lines(cx, ix, import, frame, lines, &e.n_lines));
    SK_TRY(parse_lines(cx, ix, import, body, lines, &e.n_lines));
    e.lines = lines;
    return sk_claim_from_entry(cx, &e, ret_claim);
}

/* ---- taking out ---- */

/* Full-text rows of an external-content table are deleted by saying again what they held; what was
 * deleted stays readable in the file until the index is optimized. */
static const char words_out_sql[] =
    "INSERT INTO fts(fts, rowid, text) SELECT 'delete', u.id, u.text FROM temp.gone g"
    "  JOIN unit u ON u.owner = g.id AND u.kind = 4;"
    "DELETE FROM unit WHERE kind = 4 AND owner IN (SELECT id FROM temp.gone);"
    "INSERT INTO fts(fts) VALUES('optimize');";

static const char rows_out_sql[] =
    "CREATE TEMP TABLE touched AS SELECT DISTINCT entity AS id FROM claim"
    "  WHERE id IN (SELECT id FROM temp.gone);"
    "DELETE FROM passage WHERE claim IN (SELECT id FROM temp.gone);"
    "DELETE FROM restriction WHERE id IN (SELECT id FROM temp.gone);"
    "DELETE FROM supersession WHERE claim IN (SELECT id FROM temp.gone);"
    "DELETE FROM claim WHERE id IN (SELECT id FROM temp.gone);"
    "DELETE FROM derived WHERE id IN (SELECT id FROM temp.gone);"
    "DELETE FROM entry WHERE id IN (SELECT id FROM temp.gone);";

/* What only they brought in: claimant chains, then entities that nothing names any more. */
static const char orphans_out_sql[] =
    "DELETE FROM chain WHERE id NOT IN (SELECT chain FROM claim);"
    "DELETE FROM chain_member WHERE chain NOT IN (SELECT id FROM chain);"
    "DELETE FROM entity WHERE id NOT IN (SELECT entity FROM claim)"
    "  AND id NOT IN (SELECT target FROM claim WHERE target IS NOT NULL)"
    "  AND id NOT IN (SELECT entity FROM chain_member WHERE entity IS NOT NULL)"
    "  AND id NOT IN (SELECT a FROM judgement) AND id NOT IN (SELECT b FROM judgement)"
    "  AND id NOT IN (SELECT record FROM derived);";

/* An entity that had claims of a narrower type may have lost it. */
static sk_rc retype(sk_ctx *cx, sk_index *ix, int64_t entity)
{
    sk_stmt *q;
    sk_str best = SK_S("");
    SK_TRY(sk_sql(cx, &ix->db,
                  "SELECT DISTINCT t.text FROM claim c JOIN word t ON t.id = c.type"
                  " WHERE c.entity = ?",
                  &q));
    sk_bind_i64(q, 1, entity);
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK)
        if (sk_index__says_more(ix->model, sk_col_peek(q, 0), best))
            best = sk_col_str(cx, q, 0);
    if (rc != SK_E_NOTFOUND)
        return rc;
    SK_TRY(sk_sql(cx, &ix->db, "UPDATE entity SET type = ?1 WHERE id = ?2 AND type <> ?1", &q));
    sk_bind_str(q, 1, best);
    sk_bind_i64(q, 2, entity);
    return sk_run(cx, q);
}

static sk_rc retype_touched(sk_ctx *cx, sk_index *ix)
{
    sk_stmt *q;
    int64_t *ids = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc =
        sk_sql_new(cx, &ix->db, "SELECT t.id FROM temp.touched t JOIN entity e ON e.id = t.id", &q);
    if (rc)
        return rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, ids, n, cap);
        ids[n++] = sk_col_i64(q, 0);
    }
    sk_sql_free(q);
    if (rc != SK_E_NOTFOUND)
        return rc;
    for (size_t i = 0; i < n; i++) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        SK_TRY(retype(cx, ix, ids[i]));
        sk_arena_back_to(&cx->arena, mark);
    }
    return SK_OK;
}

sk_rc sk_index__take_out(sk_ctx *cx, sk_index *ix, int64_t import)
{
    sk_stmt *q;
    SK_TRY(sk_db_exec(cx, &ix->db,
                      "DROP TABLE IF EXISTS temp.touched; DROP TABLE IF EXISTS temp.gone;"
                      "CREATE TEMP TABLE gone(id INTEGER PRIMARY KEY)"));
    SK_TRY(sk_sql_new(cx, &ix->db, "INSERT INTO temp.gone SELECT id FROM derived WHERE import = ?",
                      &q));
    sk_bind_i64(q, 1, import);
    sk_rc rc = sk_run(cx, q);
    sk_sql_free(q);
    SK_TRY(rc);
    SK_TRY(sk_db_exec(cx, &ix->db, words_out_sql));
    SK_TRY(sk_db_exec(cx, &ix->db, rows_out_sql));
    SK_TRY(sk_db_exec(cx, &ix->db, orphans_out_sql));
    SK_TRY(retype_touched(cx, ix));
    sk_index__forget(ix); /* the caches may name rows that are gone */
    SK_TRY(sk_sql(cx, &ix->db, "UPDATE import SET state = 0, note = NULL WHERE id = ?", &q));
    sk_bind_i64(q, 1, import);
    return sk_run(cx, q);
}
