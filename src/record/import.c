/* Import entries: writing, reading back, their rows, and which of them count. */
#include "record/import.h"

#include "record/feature.h"
#include "record/index_private.h"
#include "record/view_private.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>

static const char *const state_names[] = {
    [SK_IMPORT_PENDING] = "pending",
    [SK_IMPORT_READ] = "read",
    [SK_IMPORT_FAILED] = "failed",
    [SK_IMPORT_UNDONE] = "undone",
    [SK_IMPORT_DUPLICATE] = "repeats an earlier import",
};

const char *sk_import_state_name(sk_import_state state)
{
    sk_assert((unsigned)state < SK_COUNT(state_names));
    return state_names[state];
}

/* ---- the entry ---- */

typedef struct lines {
    sk_arena *arena;
    sk_line *v;
    size_t n, cap;
} lines;

static void add(lines *l, const char *key, sk_str value)
{
    if (!value.n)
        return;
    SK_GROW(l->arena, l->v, l->n, l->cap);
    l->v[l->n++] = (sk_line){sk_str_of(key), value};
}

static void add_number(lines *l, const char *key, uint64_t n)
{
    add(l, key, sk_fmt(l->arena, "%llu", (unsigned long long)n));
}

/* The single-valued options, in the order of the entry's documentation. */
typedef struct option {
    const char *key;
    size_t at; /* of the sk_str in sk_import_draft */
} option;

static const option options[] = {
    {"list", offsetof(sk_import_draft, list)},
    {"asof", offsetof(sk_import_draft, asof)},
    {"carrier", offsetof(sk_import_draft, carrier)},
    {"lang", offsetof(sk_import_draft, lang)},
    {"reference", offsetof(sk_import_draft, reference)},
    {"prefix", offsetof(sk_import_draft, prefix)},
    {"charset", offsetof(sk_import_draft, charset)},
    {"sheet", offsetof(sk_import_draft, sheet)},
    {"separator", offsetof(sk_import_draft, sep)},
};

static sk_str *option_of(const sk_import_draft *d, const option *o)
{
    return (sk_str *)(void *)((char *)(uintptr_t)d + o->at);
}

static sk_rc check(sk_ctx *cx, const sk_import_draft *d)
{
    sk_edtf date;
    if (d->n_files == 0 || d->n_files > SK_LIM_IMPORT_FILES)
        return sk_fail(cx, SK_E_FORMAT, "an import has 1 to %d files, this %zu",
                       SK_LIM_IMPORT_FILES, d->n_files);
    if (d->list.n)
        SK_TRY(sk_key_check(cx, d->list, "list"));
    if (d->asof.n && sk_edtf_parse(cx, d->asof, &date))
        return sk_while(cx, "as-of");
    if (d->n_claimant > SK_LIM_CHAIN)
        return sk_fail(cx, SK_E_LIMIT, "%zu claimants in one chain, the most is %d", d->n_claimant,
                       SK_LIM_CHAIN);
    return SK_OK;
}

sk_rc sk_record_import(sk_ctx *cx, const sk_import_draft *d, sk_hash *ret_id)
{
    lines l = {.arena = &cx->arena};
    SK_TRY(check(cx, d));
    add(&l, "format",
        sk_fmt(&cx->arena, "%.*s/%llu", SK_P(d->format), (unsigned long long)d->version));
    for (size_t i = 0; i < d->n_files; i++) {
        sk_str name;
        SK_TRY(sk_utf8_enter(cx, d->files[i].name, "file name", &name));
        add(&l, "file",
            sk_fmt(&cx->arena, "%02zu %.*s %.*s", i + 1,
                   SK_P(sk_hash_hex(&cx->arena, &d->files[i].hash)), SK_P(name)));
    }
    if (d->has_mapping)
        add(&l, "mapping", sk_hash_hex(&cx->arena, &d->mapping));
    for (size_t i = 0; i < SK_COUNT(options); i++) {
        sk_str value;
        SK_TRY(sk_utf8_enter(cx, *option_of(d, &options[i]), options[i].key, &value));
        add(&l, options[i].key, value);
    }
    for (size_t i = 0; i < d->n_claimant; i++) {
        sk_str member;
        SK_TRY(sk_utf8_enter(cx, d->claimant[i], "claimant", &member));
        add(&l, "claimant", sk_fmt(&cx->arena, "%02zu %.*s", i + 1, SK_P(member)));
    }
    add_number(&l, "rows", d->rows);
    add_number(&l, "claims", d->claims);
    add_number(&l, "left", d->left);
    add(&l, "tool", SK_S("sillok/" SK_VERSION));
    return sk_archive_append(cx, cx->archive, SK_S("import"), l.v, l.n, ret_id, NULL);
}

/* Values of a numbered key without their numbers: "01 text"; lines of an entry are sorted, so they
 * come in order. */
static size_t numbered(sk_ctx *cx, const sk_entry *e, const char *key, sk_str **ret_values)
{
    sk_str *v = NULL, value;
    size_t n = 0, cap = 0;
    for (size_t at = 0; sk_entry_next(e, key, &at, &value);) {
        SK_GROW(&cx->arena, v, n, cap);
        v[n++] = value.n > 3 && value.p[2] == ' ' ? sk_str_sub(value, 3, value.n) : value;
    }
    *ret_values = v;
    return n;
}

static uint64_t number_of(const sk_entry *e, const char *key)
{
    uint64_t n;
    return sk_str_to_u64(sk_entry_get(e, key), &n) ? n : 0;
}

sk_rc sk_import__from_entry(sk_ctx *cx, const sk_entry *e, sk_import_draft *ret_draft)
{
    sk_import_draft d = {0};
    sk_str *files, *claimant, version = sk_entry_get(e, "format");
    d.n_files = numbered(cx, e, "file", &files);
    d.n_claimant = numbered(cx, e, "claimant", &claimant);
    d.claimant = claimant;
    sk_import_file *list = sk_new_array(&cx->arena, sk_import_file, d.n_files);
    for (size_t i = 0; i < d.n_files; i++) {
        sk_str hex;
        list[i].name = files[i];
        if (!sk_str_cut(&list[i].name, ' ', &hex) || !sk_hash_parse(hex, &list[i].hash))
            return sk_fail(cx, SK_E_FORMAT, "file \"%.*s\" of an import is no hash and name",
                           SK_P(files[i]));
    }
    d.files = list;
    if (!sk_str_cut(&version, '/', &d.format) || !sk_str_to_u64(version, &d.version) || !d.n_files)
        return sk_fail(cx, SK_E_FORMAT, "an import needs a format \"NAME/VERSION\" and a file");
    sk_str mapping = sk_entry_get(e, "mapping");
    d.has_mapping = sk_hash_parse(mapping, &d.mapping);
    for (size_t i = 0; i < SK_COUNT(options); i++)
        *option_of(&d, &options[i]) = sk_entry_get(e, options[i].key);
    d.rows = number_of(e, "rows");
    d.claims = number_of(e, "claims");
    d.left = number_of(e, "left");
    *ret_draft = d;
    return SK_OK;
}

/* ---- rows ---- */

/* What makes two imports one: everything but the counts and the tool. */
static sk_hash identity(sk_ctx *cx, const sk_import_draft *d)
{
    sk_sha256_state *st = sk_sha256_new();
    sk_sha256_add(st, sk_fmt(&cx->arena, "%.*s\n", SK_P(d->format)));
    for (size_t i = 0; i < d->n_files; i++)
        sk_sha256_add(st, sk_hash_hex(&cx->arena, &d->files[i].hash));
    if (d->has_mapping)
        sk_sha256_add(st, sk_hash_hex(&cx->arena, &d->mapping));
    for (size_t i = 0; i < SK_COUNT(options); i++)
        sk_sha256_add(
            st, sk_fmt(&cx->arena, "\n%s %.*s", options[i].key, SK_P(*option_of(d, &options[i]))));
    for (size_t i = 0; i < d->n_claimant; i++)
        sk_sha256_add(st, sk_fmt(&cx->arena, "\nclaimant %.*s", SK_P(d->claimant[i])));
    return sk_sha256_end(st);
}

static sk_rc put_files(sk_ctx *cx, sk_index *ix, int64_t row, const sk_import_draft *d)
{
    for (size_t i = 0; i < d->n_files; i++) {
        int64_t exhibit;
        SK_TRY(sk_index__exhibit(cx, ix, &d->files[i].hash, &exhibit));
        sk_stmt *q;
        SK_TRY(sk_sql(cx, &ix->db,
                      "INSERT INTO import_file(import, ord, exhibit, name) VALUES(?,?,?,?)", &q));
        sk_bind_i64(q, 1, row);
        sk_bind_i64(q, 2, (int64_t)i);
        sk_bind_i64(q, 3, exhibit);
        sk_bind_str(q, 4, d->files[i].name);
        SK_TRY(sk_run(cx, q));
    }
    return SK_OK;
}

sk_rc sk_index__put_import(sk_ctx *cx, sk_index *ix, int64_t row, const sk_entry *e)
{
    sk_import_draft d;
    if (sk_import__from_entry(cx, e, &d)) {
        sk_forgive(cx); /* kept as an entry, shown raw */
        return SK_OK;
    }
    sk_hash same = identity(cx, &d);
    sk_stmt *q;
    SK_TRY(
        sk_sql(cx, &ix->db, "INSERT INTO import(id, same, list, asof, lo) VALUES(?,?,?,?,?)", &q));
    sk_bind_i64(q, 1, row);
    sk_bind_hash(q, 2, &same);
    sk_bind_str(q, 3, d.list);
    sk_bind_str(q, 4, d.asof);
    sk_edtf date;
    if (d.asof.n && sk_edtf_parse(cx, d.asof, &date) == SK_OK)
        sk_bind_i64(q, 5, date.earliest);
    sk_forgive(cx);
    SK_TRY(sk_run(cx, q));
    return put_files(cx, ix, row, &d);
}

/* ---- which imports count ---- */

/* A retracted import does not count, nor one that repeats an earlier one that does. */
static const char wanted_sql[] =
    "DROP TABLE IF EXISTS temp.live;"
    "CREATE TEMP TABLE live AS SELECT i.id, i.same, row_number() OVER (PARTITION BY i.same"
    "  ORDER BY e.at, d.text, e.leaf, e.hash) AS turn FROM import i JOIN entry e ON e.id = i.id"
    "  JOIN word d ON d.id = e.device"
    "  WHERE NOT EXISTS (SELECT 1 FROM retraction r WHERE r.target = e.hash);"
    "UPDATE import SET wanted = id IN (SELECT id FROM live WHERE turn = 1);";

/* Called after the claims of those that are not wanted were taken out. 1, 2: read, failed; 3, 4:
 * undone, duplicate (sk_import_state). */
static const char states_sql[] =
    "UPDATE import SET state = 0, note = NULL WHERE wanted AND state > 2;"
    "UPDATE import SET state = CASE WHEN id IN (SELECT id FROM live) THEN 4 ELSE 3 END, note = NULL"
    " WHERE NOT wanted;";

sk_rc sk_index__settle_imports(sk_ctx *cx, sk_index *ix)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT 1 FROM import LIMIT 1", &q));
    sk_rc rc = sk_step(cx, q);
    if (rc)
        return rc == SK_E_NOTFOUND ? SK_OK : rc;
    sqlite3_reset(q);
    SK_TRY(sk_db_exec(cx, &ix->db, wanted_sql));
    for (;;) {
        SK_TRY(sk_sql(cx, &ix->db,
                      "SELECT id FROM import WHERE NOT wanted AND state IN (1, 2)"
                      " LIMIT 1",
                      &q));
        rc = sk_step(cx, q);
        if (rc)
            break;
        int64_t row = sk_col_i64(q, 0);
        sqlite3_reset(q);
        SK_TRY(sk_index__take_out(cx, ix, row));
    }
    return rc == SK_E_NOTFOUND ? sk_db_exec(cx, &ix->db, states_sql) : rc;
}

/* ---- reading ---- */

#define IMPORT_COLUMNS                                                                         \
    "SELECT i.id, e.hash, e.at, b.text, i.state, i.note, e.segment, e.offset, e.leaf, d.text," \
    " (SELECT count(*) FROM derived d WHERE d.import = i.id)"                                  \
    " FROM import i JOIN entry e ON e.id = i.id JOIN word b ON b.id = e.by"                    \
    " JOIN word d ON d.id = e.device"

static sk_rc take_import(sk_ctx *cx, sk_index *ix, sk_stmt *q, sk_import_info *ret_import)
{
    sk_import_info i = {.row = sk_col_i64(q, 0), .state = (sk_import_state)sk_col_i64(q, 4)};
    sk_assert(sk_col_hash(q, 1, &i.id));
    i.at = sk_col_str(cx, q, 2);
    i.by = sk_col_str(cx, q, 3);
    i.note = sk_col_str(cx, q, 5);
    i.claims = (uint64_t)sk_col_i64(q, 10);
    sk_entry_place place = {(uint32_t)sk_col_i64(q, 6), (uint64_t)sk_col_i64(q, 7),
                            (uint64_t)sk_col_i64(q, 8), sk_col_str(cx, q, 9)};
    sk_entry entry;
    SK_TRY(sk_archive_read(cx, ix->archive, &place, &i.id, &entry));
    SK_TRY(sk_import__from_entry(cx, &entry, &i.what));
    *ret_import = i;
    return SK_OK;
}

/* All rows of a statement; an import whose entry was erased is left out. */
static sk_rc take_imports(sk_ctx *cx, sk_index *ix, sk_stmt *q, sk_import_info **ret_list,
                          size_t *ret_n)
{
    sk_import_info *list = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, list, n, cap);
        rc = take_import(cx, ix, q, &list[n]);
        if (rc == SK_E_NOTFOUND)
            sk_forgive(cx);
        else if (rc)
            return rc;
        n += rc == SK_OK;
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    *ret_list = list;
    *ret_n = n;
    return SK_OK;
}

#define FILES_VISIBLE                                                                    \
    " NOT EXISTS (SELECT 1 FROM import_file f JOIN exhibit x ON x.id = f.exhibit WHERE " \
    "f.import = i.id AND NOT" VISIBLE("x") ") "

sk_rc sk_imports_list(sk_ctx *cx, sk_view *v, sk_str list, sk_import_info **ret_list, size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       IMPORT_COLUMNS " WHERE (?2 = '' OR i.list = ?2) AND" FILES_VISIBLE
                                      "ORDER BY i.lo IS NULL, i.lo, e.at, e.hash",
                       &q));
    sk_bind_str(q, 2, list);
    return take_imports(cx, v->ix, q, ret_list, ret_n);
}

sk_rc sk_features__imports(sk_ctx *cx, sk_index *ix, const sk_import_info **ret_list, size_t *ret_n)
{
    sk_stmt *q;
    sk_import_info *list;
    SK_TRY(sk_sql(
        cx, &ix->db,
        IMPORT_COLUMNS " WHERE i.list IS NOT NULL ORDER BY i.lo IS NULL, i.lo, e.at, e.hash", &q));
    SK_TRY(take_imports(cx, ix, q, &list, ret_n));
    *ret_list = list;
    return SK_OK;
}

static sk_rc pick(sk_ctx *cx, sk_str name, const sk_import_info *list, size_t n,
                  sk_import_info *ret_import)
{
    if (n == 0)
        return sk_fail(cx, SK_E_NOTFOUND, "no import \"%.*s\"; see: sillok import --list",
                       SK_P(name));
    if (n > 1)
        return sk_fail(cx, SK_E_AMBIGUOUS,
                       "\"%.*s\" names %zu imports; give digits of one's id: sillok import --list",
                       SK_P(name), n);
    *ret_import = list[0];
    return SK_OK;
}

static bool has_prefix(const sk_import_info *i, sk_arena *a, sk_str prefix)
{
    return sk_is_hash_prefix(prefix) && sk_str_starts(sk_hash_hex(a, &i->id), prefix);
}

static bool has_file(const sk_import_info *i, sk_str name)
{
    for (size_t k = 0; k < i->what.n_files; k++)
        if (sk_str_eq(i->what.files[k].name, name))
            return true;
    return false;
}

sk_rc sk_imports_find(sk_ctx *cx, sk_view *v, sk_str name, sk_import_info *ret_import)
{
    sk_import_info *all, *found;
    size_t n, n_found = 0;
    SK_TRY(sk_imports_list(cx, v, SK_S(""), &all, &n));
    found = sk_new_array(&cx->arena, sk_import_info, n);
    for (size_t i = 0; i < n; i++)
        if (has_prefix(&all[i], &cx->arena, name))
            found[n_found++] = all[i];
    for (size_t i = 0; !n_found && i < n; i++) /* the newest copy of a list stands last */
        if (name.n && sk_str_eq(all[n - 1 - i].what.list, name) &&
            all[n - 1 - i].state == SK_IMPORT_READ)
            found[n_found++] = all[n - 1 - i];
    bool by_list = n_found > 0;
    for (size_t i = 0; !by_list && i < n; i++)
        if (has_file(&all[i], name) && all[i].state < SK_IMPORT_UNDONE)
            found[n_found++] = all[i];
    return pick(cx, name, found, n_found, ret_import);
}

sk_rc sk_imports_before(sk_ctx *cx, sk_view *v, sk_str list, sk_str asof,
                        sk_import_info *ret_import)
{
    sk_import_info *all;
    size_t n;
    sk_edtf date;
    int64_t limit = INT64_MAX;
    if (!list.n)
        return SK_E_NOTFOUND;
    if (asof.n && sk_edtf_parse(cx, asof, &date) == SK_OK)
        limit = date.earliest;
    sk_forgive(cx);
    SK_TRY(sk_imports_list(cx, v, list, &all, &n));
    for (size_t i = n; i-- > 0;) {
        bool is_later = all[i].what.asof.n && sk_edtf_parse(cx, all[i].what.asof, &date) == SK_OK &&
                        date.earliest > limit;
        sk_forgive(cx);
        if (all[i].state == SK_IMPORT_READ && !is_later) {
            *ret_import = all[i];
            return SK_OK;
        }
    }
    return SK_E_NOTFOUND;
}

sk_rc sk_imports_same(sk_ctx *cx, sk_view *v, const sk_import_draft *draft,
                      sk_import_info *ret_import)
{
    sk_hash same = identity(cx, draft);
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, v, IMPORT_COLUMNS " WHERE i.same = ?2 AND i.wanted AND" FILES_VISIBLE, &q));
    sk_bind_hash(q, 2, &same);
    sk_import_info *list;
    size_t n;
    SK_TRY(take_imports(cx, v->ix, q, &list, &n));
    if (n == 0)
        return SK_E_NOTFOUND;
    *ret_import = list[0];
    return SK_OK;
}

sk_rc sk_index_next_import(sk_ctx *cx, sk_index *ix, int64_t after, sk_import_info *ret_import)
{
    sk_stmt *q;
    SK_TRY(sk_sql(
        cx, &ix->db,
        IMPORT_COLUMNS " WHERE i.wanted AND i.state = 0 AND i.id > ? ORDER BY i.id LIMIT 1", &q));
    sk_bind_i64(q, 1, after);
    sk_rc rc = sk_step(cx, q);
    if (rc)
        return rc;
    rc = take_import(cx, ix, q, ret_import);
    sqlite3_reset(q);
    return rc;
}

uint64_t sk_index_count_pending_imports(sk_ctx *cx, sk_index *ix)
{
    sk_stmt *q;
    if (sk_sql(cx, &ix->db, "SELECT count(*) FROM import WHERE wanted AND state = 0", &q) ||
        sk_step(cx, q))
        return 0;
    uint64_t n = (uint64_t)sk_col_i64(q, 0);
    sqlite3_reset(q);
    return n;
}

sk_rc sk_index_import_done(sk_ctx *cx, sk_index *ix, const sk_import_info *import, sk_rc how,
                           sk_str note)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "UPDATE import SET state = ?, note = ? WHERE id = ?", &q));
    sk_bind_i64(q, 1, how ? SK_IMPORT_FAILED : SK_IMPORT_READ);
    sk_bind_opt(q, 2, note);
    sk_bind_i64(q, 3, import->row);
    ix->claims_came = true;
    return sk_run(cx, q);
}
