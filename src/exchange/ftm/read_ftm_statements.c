/* Reads FollowTheMoney statements: one value of one entity a row.
 *
 *   CSV          a heading with their 13 or 14 columns, and ours behind them where export_ftm.c wrote it
 *   pack         the same with the property as Schema:prop and no column schema; without any heading
 *                in the form of before, which had ten columns
 *   JSON lines   the same names as keys
 *
 * A statement says which dataset holds a value: that is its claimant here. Statements of ours carry
 * the claim whole in columns of their own. A statement marked external is a suggestion that nobody
 * accepted there; it is reported, not taken.
 * Normative: docs/formats/import-ftm.md. Memory: one row. */
#include "base/csv.h"
#include "base/json_read.h"
#include "base/lines.h"
#include "exchange/ftm/read_ftm.h"
#include "exchange/readers.h"

#include <sys/stat.h>
#include <unistd.h>

typedef enum field {
    F_CANONICAL_ID,
    F_ENTITY_ID,
    F_PROP,
    F_PROP_TYPE,
    F_SCHEMA,
    F_VALUE,
    F_DATASET,
    F_ORIGIN,
    F_LANG,
    F_ORIGINAL,
    F_EXTERNAL,
    F_FIRST_SEEN,
    F_LAST_SEEN,
    F_ID,
    F_TARGET,
    F_THEIRS,
    F_OWN = F_THEIRS, /* from here: columns of ours, in the order of sk_ftm_own */
    FIELDS = F_OWN + SK_FTM_OWNS
} field;

static const char *const field_names[F_THEIRS] = {
    [F_CANONICAL_ID] = "canonical_id",
    [F_ENTITY_ID] = "entity_id",
    [F_PROP] = "prop",
    [F_PROP_TYPE] = "prop_type",
    [F_SCHEMA] = "schema",
    [F_VALUE] = "value",
    [F_DATASET] = "dataset",
    [F_ORIGIN] = "origin",
    [F_LANG] = "lang",
    [F_ORIGINAL] = "original_value",
    [F_EXTERNAL] = "external",
    [F_FIRST_SEEN] = "first_seen",
    [F_LAST_SEEN] = "last_seen",
    [F_ID] = "id",
    [F_TARGET] = "target",
};

/* The headerless pack of before. */
static const field legacy[] = {F_ENTITY_ID, F_PROP,   F_VALUE,    F_DATASET,    F_LANG,
                               F_ORIGINAL,  F_TARGET, F_EXTERNAL, F_FIRST_SEEN, F_LAST_SEEN};

typedef struct statements {
    ftm_reading rd;
    const char *file;
    field columns[SK_LIM_CSV_COLUMNS]; /* of a CSV: what each holds; FIELDS: nothing we know */
    size_t n_columns;
    bool is_pack;   /* prop is Schema:prop */
    sk_buf entity;  /* whose statements these are: "id schema" of the row before */
    bool is_merged; /* its canonical id was told */
} statements;

static field find_field(sk_str name)
{
    for (unsigned f = 0; f < F_THEIRS; f++)
        if (sk_str_is(name, field_names[f]))
            return (field)f;
    sk_ftm_own own = sk_ftm_own_find(name);
    return own < SK_FTM_OWNS ? (field)(F_OWN + own) : FIELDS;
}

/* ---- one statement ---- */

static bool is_true(sk_str s)
{
    return sk_str_is(s, "t") || sk_str_is(s, "true") || sk_str_is(s, "True") || sk_str_is(s, "1");
}

/* Their clusters are told, once an entity while its statements stand together. */
static void tell_merged(statements *st, const sk_str *f)
{
    sk_str canonical = f[F_CANONICAL_ID];
    if (st->is_merged || !canonical.n || sk_str_eq(canonical, f[F_ENTITY_ID]))
        return;
    st->is_merged = true;
    sk_import_remark(st->rd.im, SK_S("canonical_id"), canonical,
                     "merged there with others under this id; judge them the same here if you "
                     "agree");
}

/* True when the row is about another entity, or as another schema, than the row before. */
static bool is_next_entity(statements *st, sk_str id, sk_str schema)
{
    sk_str name = sk_fmt(&st->rd.rcx->arena, "%.*s %.*s", SK_P(id), SK_P(schema));
    if (sk_str_eq(name, sk_buf_str(&st->entity)))
        return false;
    sk_buf_reset(&st->entity);
    sk_buf_add(&st->entity, name);
    st->is_merged = false;
    return true;
}

/* Schema and bare property: of their own columns, or cut out of Schema:prop. */
static bool schema_of(const statements *st, const sk_str *f, sk_str *ret_schema, sk_str *ret_prop)
{
    *ret_schema = f[F_SCHEMA];
    *ret_prop = f[F_PROP];
    if (!st->is_pack)
        return ret_schema->n && ret_prop->n;
    sk_str rest = f[F_PROP];
    bool is_cut = sk_str_cut(&rest, ':', ret_schema) && ret_schema->n && rest.n;
    *ret_prop = rest;
    return is_cut;
}

static sk_rc take_own(statements *st, const sk_str *f, const ftm_said *said,
                      const sk_ftm_type *type, sk_str key, sk_str prop)
{
    sk_claim draft;
    sk_str value = f[F_ORIGINAL].n ? f[F_ORIGINAL] : f[F_VALUE];
    if (!sk_ftm__own_draft(&st->rd, said, type, key, prop, value, f + F_OWN, &draft))
        return SK_OK;
    return sk_import_claim(st->rd.im, f[F_PROP], &draft);
}

static sk_rc take_statement(statements *st, const sk_str *f)
{
    ftm_reading *rd = &st->rd;
    sk_str schema, prop;
    ftm_said said;
    if (!f[F_ENTITY_ID].n || !schema_of(st, f, &schema, &prop)) {
        sk_import_skip(rd->im, f[F_ENTITY_ID].n ? "no schema or property" : "no entity_id");
        return SK_OK;
    }
    sk_str key = sk_ftm__key(rd, f[F_ENTITY_ID]);
    if (sk_str_is(prop, "id")) {
        sk_import_skip(rd->im, "a checksum: it says that the entity is there, and nothing of it");
        return SK_OK;
    }
    bool is_next = is_next_entity(st, f[F_ENTITY_ID], schema);
    tell_merged(st, f);
    sk_ftm__said_by(rd, &f[F_DATASET], f[F_DATASET].n > 0, f[F_LAST_SEEN], &said);
    said.lang = f[F_LANG];
    const sk_ftm_type *type = sk_ftm__type_of(rd, schema);
    if (is_next)
        SK_TRY(sk_ftm__take_schema(rd, &said, type, schema, key));
    if (f[F_OWN + SK_FTM_OWN_PROPERTY].n || sk_str_starts(prop, SK_S("sillok:")))
        return take_own(st, f, &said, type, key, prop);
    if (is_true(f[F_EXTERNAL])) {
        sk_import_left(rd->im, prop, f[F_VALUE],
                       "external: suggested there and accepted by nobody; accept it there first");
        return SK_OK;
    }
    said.original = f[F_ORIGINAL];
    return sk_ftm__take(rd, &said, type, schema, key, prop, sk_ftm_in_find(type, prop), f[F_VALUE]);
}

/* ---- CSV and pack ---- */

static bool set_columns(statements *st, const sk_csv_row *row)
{
    bool has[FIELDS + 1] = {false};
    st->n_columns = row->n;
    for (size_t i = 0; i < row->n; i++) {
        st->columns[i] = find_field(sk_str_trim(row->cells[i]));
        has[st->columns[i]] = true;
    }
    st->is_pack = !has[F_SCHEMA];
    return has[F_ENTITY_ID] && has[F_PROP] && has[F_VALUE];
}

/* The first row: a heading, or of a pack of before, which has none.
 * ret_is_data   it is a statement already */
static sk_rc take_heading(sk_ctx *cx, statements *st, const sk_csv_row *row, bool *ret_is_data)
{
    *ret_is_data = false;
    if (set_columns(st, row)) {
        sk_ftm__row(&st->rd, row->row, row->from, row->to, SK_NONE, row->cells, row->n);
        for (size_t i = 0; i < row->n; i++)
            if (st->columns[i] == FIELDS)
                sk_import_left(st->rd.im, row->cells[i], SK_NONE,
                               "no column of a statement; its cells are passed over");
        sk_import_skip(st->rd.im, "the heading");
        return SK_OK;
    }
    sk_str rest = row->n > 1 ? row->cells[1] : SK_NONE, schema;
    bool is_legacy = row->n == SK_COUNT(legacy) && sk_str_cut(&rest, ':', &schema) && rest.n &&
                     sk_ftm_in_type(st->rd.map, schema, NULL);
    if (!is_legacy)
        return sk_fail(cx, SK_E_FORMAT,
                       "%s: row %llu: no heading of statements; it has entity_id, prop, value and "
                       "others (a pack without a heading has ten columns)",
                       st->file, (unsigned long long)row->row);
    st->n_columns = SK_COUNT(legacy);
    memcpy(st->columns, legacy, sizeof legacy);
    st->is_pack = true;
    *ret_is_data = true;
    return SK_OK;
}

static sk_rc take_row(sk_ctx *cx, statements *st, const sk_csv_row *row)
{
    sk_str f[FIELDS + 1] = {0};
    if (row->n != st->n_columns && !row->is_blank)
        return sk_fail(cx, SK_E_FORMAT,
                       "%s: row %llu (line %llu): %zu cells under %zu columns; is the file damaged "
                       "or cut short?",
                       st->file, (unsigned long long)row->row, (unsigned long long)row->line,
                       row->n, st->n_columns);
    for (size_t i = 0; i < row->n; i++)
        f[st->columns[i]] = row->cells[i];
    sk_ftm__row(&st->rd, row->row, row->from, row->to, f[F_ENTITY_ID], row->cells, row->n);
    if (row->is_blank) {
        sk_import_skip(st->rd.im, "blank");
        return SK_OK;
    }
    return take_statement(st, f);
}

/* Their tools and ours end every row; one that is cut off in its last cell looks whole. */
static bool has_end(int fd)
{
    struct stat info;
    char last;
    return fstat(fd, &info) != 0 || info.st_size == 0 ||
           pread(fd, &last, 1, info.st_size - 1) != 1 || last == '\n' || last == '\r';
}

static sk_rc read_csv(sk_ctx *cx, statements *st, int fd)
{
    sk_csv *csv;
    sk_csv_row row;
    bool is_first = true, is_data = true;
    SK_TRY(sk_csv_open_fd(cx, fd, st->file, ',', &csv));
    sk_rc rc;
    while (!(rc = sk_csv_next(cx, csv, &row)) && row.n) {
        if (is_first)
            rc = take_heading(cx, st, &row, &is_data);
        if (!rc && (is_data || !is_first))
            rc = take_row(cx, st, &row);
        if (rc)
            break;
        is_first = false;
    }
    if (!rc && !is_first && !has_end(fd)) /* about the last row, whose cells still stand there */
        sk_import_remark(st->rd.im, SK_NONE, SK_NONE,
                         "the last row has no line end; look whether the file was cut short");
    sk_csv_close(csv);
    return rc;
}

/* ---- JSON lines ---- */

static sk_rc take_object(statements *st, const sk_line_of *line, const sk_json_value *json)
{
    sk_str f[FIELDS + 1] = {0};
    SK_JSON_EACH_MEMBER(key, json)
    {
        const sk_json_value *v = key + 1;
        field at = find_field(key->text);
        f[at] = v->kind == SK_JSON_IS_TRUE ? SK_S("t") : v->text;
        if (at == FIELDS)
            f[at] = key->text;
    }
    sk_ftm__row(&st->rd, line->row, line->from, line->to, f[F_ENTITY_ID], NULL, 0);
    if (f[FIELDS].n && sk_ftm__is_new(&st->rd, "key", f[FIELDS]))
        sk_import_left(st->rd.im, f[FIELDS], SK_NONE,
                       "no key of a statement; here and on later lines it is passed over");
    return take_statement(st, f);
}

static sk_rc take_line(sk_ctx *cx, statements *st, const sk_line_of *line, sk_json_doc *doc)
{
    if (!sk_str_trim((sk_str){line->p, line->n}).n) {
        sk_ftm__row(&st->rd, line->row, line->from, line->to, SK_NONE, NULL, 0);
        sk_import_skip(st->rd.im, "blank");
        return SK_OK;
    }
    if (sk_json_read(cx, line->p, line->n, doc))
        return sk_while(cx, "%s: row %llu", st->file, (unsigned long long)line->row);
    if (doc->values->kind != SK_JSON_IS_OBJECT)
        return sk_fail(cx, SK_E_FORMAT, "%s: row %llu: not an object; every line is one statement",
                       st->file, (unsigned long long)line->row);
    return take_object(st, line, doc->values);
}

static sk_rc read_json(sk_ctx *cx, statements *st, int fd)
{
    sk_lines *lines;
    sk_json_doc doc;
    SK_TRY(sk_lines_open(cx, fd, st->file, SK_LIM_JSON_LINE_BYTES, &lines));
    sk_json_doc_init(&doc);
    sk_rc rc;
    for (;;) {
        sk_line_of line;
        rc = sk_lines_next(cx, lines, &line);
        if (rc || !line.p)
            break;
        rc = take_line(cx, st, &line, &doc);
        if (rc)
            break;
    }
    sk_json_doc_done(&doc);
    sk_lines_close(lines);
    return rc;
}

/* ---- which of them ---- */

static sk_str past_mark(sk_str head)
{
    if (sk_str_starts(head, SK_S("\xEF\xBB\xBF")))
        head = sk_str_sub(head, 3, head.n);
    return sk_str_trim(head);
}

static sk_rc read_statements(sk_ctx *cx, const sk_source *source, sk_import *im)
{
    char first[64];
    int fd = source->files[0].fd;
    statements *st = sk_new(&cx->arena, statements);
    st->file = sk_str_c(&cx->arena, source->files[0].name);
    ssize_t got = pread(fd, first, sizeof first, 0);
    if (got < 0)
        return sk_fail_errno(cx, "cannot read \"%s\"", st->file);
    SK_TRY(sk_ftm__begin(cx, &st->rd, source, im));
    sk_buf_init(&st->entity, SK_LIM_CSV_ROW_BYTES);
    bool is_json = sk_str_starts(past_mark((sk_str){first, (size_t)got}), SK_S("{"));
    sk_rc rc = is_json ? read_json(cx, st, fd) : read_csv(cx, st, fd);
    sk_ftm__end(&st->rd);
    sk_buf_done(&st->entity);
    return rc;
}

static bool has(sk_str head, const char *part)
{
    return sk_str_find(head, sk_str_of(part)) != SIZE_MAX;
}

/* A row of a pack of before: ten cells, the second of them Schema:prop. */
static bool seems_legacy(sk_str line)
{
    sk_str rest = line, id, prop, schema;
    if (!sk_str_cut(&rest, ',', &id) || !sk_str_cut(&rest, ',', &prop) || !rest.n)
        return false;
    if (prop.n > 2 && prop.p[0] == '"')
        prop = sk_str_sub(prop, 1, prop.n - 2);
    return sk_str_cut(&prop, ':', &schema) && prop.n &&
           sk_ftm_in_type(sk_ftm_map_get(), schema, NULL);
}

static int sniff(sk_str name SK_UNUSED, sk_str head)
{
    sk_str rest = past_mark(head), line = SK_NONE;
    bool is_json = sk_str_starts(rest, SK_S("{"));
    if (!rest.n || !sk_str_cut(&rest, '\n', &line))
        return 0;
    if (has(line, "entity_id") && has(line, "prop") && has(line, "value") && has(line, "dataset"))
        return is_json && !has(line, "\"entity_id\"") ? 0 : 95;
    return !is_json && seems_legacy(line) ? 80 : 0;
}

const sk_reader sk_reader_ftm_statements = {
    .name = "ftm-statements",
    .version = 1,
    .title = "FollowTheMoney statements: CSV, pack or JSON lines",
    .files = "statements.csv",
    .sniff = sniff,
    .read = read_statements,
};
