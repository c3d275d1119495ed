/* The readers of Bayanat's CSV exports: actors and bulletins, one a row, with what hangs on them in
 * numbered columns ("related_actors.actor-2": "17-A name").
 *
 * Keys are Bayanat's own numbers: bayanat-actor-17. Normative: docs/formats/import-tables.md.
 * Memory: one row. Tested in tests/unit/exchange/t_read_bayanat.c. */
#include "exchange/mapping/mapping_put.h"
#include "exchange/mapping/mapping_sheet.h"
#include "exchange/readers.h"

typedef enum record_kind { ACTOR, BULLETIN, RECORD_KINDS } record_kind;

/* What is done with a cell. */
typedef enum deed {
    DO_VALUE,  /* the property                                     */
    DO_NOTE,   /* notes under the heading                          */
    DO_NUMBER, /* the property when it is a number, else a note    */
    DO_TITLE,  /* "12-title": the property gets the title          */
    DO_LINK,   /* "12-title": another record, and a link to or from it */
    DO_NOTHING /* read elsewhere, or not taken                     */
} deed;

typedef struct layout_column {
    const char *heading; /* of numbered columns the part before ".": "related_actors" */
    deed deed;
    const char *prop;
    const char *type, *head; /* of DO_LINK: the other record's type, its key's head */
    bool from_other;         /* the link is a property of the other record           */
} layout_column;

static const layout_column actor_columns[] = {
    {"id", DO_NOTHING, NULL, NULL, NULL, false},
    {"type", DO_NOTHING, NULL, NULL, NULL, false},
    {"name", DO_VALUE, "name", NULL, NULL, false},
    {"nickname", DO_VALUE, "alias", NULL, NULL, false},
    {"first_name", DO_VALUE, "firstName", NULL, NULL, false},
    {"middle_name", DO_VALUE, "middleName", NULL, NULL, false},
    {"last_name", DO_VALUE, "lastName", NULL, NULL, false},
    {"father_name", DO_VALUE, "fatherName", NULL, NULL, false},
    {"mother_name", DO_VALUE, "motherName", NULL, NULL, false},
    {"sex", DO_VALUE, "gender", NULL, NULL, false},
    {"age", DO_NUMBER, "age", NULL, NULL, false},
    {"civilian", DO_NOTE, NULL, NULL, NULL, false},
    {"occupation", DO_VALUE, "profession", NULL, NULL, false},
    {"position", DO_VALUE, "position", NULL, NULL, false},
    {"family_status", DO_NOTE, NULL, NULL, NULL, false},
    {"no_children", DO_NOTE, NULL, NULL, NULL, false},
    {"nationalities", DO_TITLE, "nationality", NULL, NULL, false},
    {"ethnographies", DO_TITLE, "ethnicity", NULL, NULL, false},
    {"dialects", DO_TITLE, "spokenLanguage", NULL, NULL, false},
    {"origin_place", DO_NOTE, NULL, NULL, NULL, false},
    {"id_number", DO_VALUE, "idNumber", NULL, NULL, false},
    {"national_id_card", DO_VALUE, "idNumber", NULL, NULL, false},
    {"tags", DO_VALUE, "keywords", NULL, NULL, false},
    {"media", DO_NOTE, NULL, NULL, NULL, false},
    {"events", DO_LINK, "involved", "Event", "event", true},
    {"related_bulletins", DO_LINK, "proof", "Document", "bulletin", false},
    {"related_actors", DO_LINK, NULL, "Thing", "actor", false},
    {"related_incidents", DO_LINK, "involved", "Event", "incident", true},
};

static const layout_column bulletin_columns[] = {
    {"id", DO_NOTHING, NULL, NULL, NULL, false},
    {"title", DO_VALUE, "name", NULL, NULL, false},
    {"sjac_title", DO_VALUE, "alias", NULL, NULL, false},
    {"origin_id", DO_NOTE, NULL, NULL, NULL, false},
    {"source_link", DO_VALUE, "sourceUrl", NULL, NULL, false},
    {"description", DO_VALUE, "description", NULL, NULL, false},
    {"publish_date", DO_VALUE, "publishedAt", NULL, NULL, false},
    {"documentation_date", DO_NOTE, NULL, NULL, NULL, false},
    {"labels", DO_TITLE, "topics", NULL, NULL, false},
    {"verified_labels", DO_TITLE, "topics", NULL, NULL, false},
    {"sources", DO_TITLE, "publisher", NULL, NULL, false},
    {"locations", DO_NOTE, NULL, NULL, NULL, false},
    {"geo_locations", DO_NOTE, NULL, NULL, NULL, false},
    {"tags", DO_VALUE, "keywords", NULL, NULL, false},
    {"media", DO_NOTE, NULL, NULL, NULL, false},
    {"events", DO_NOTE, NULL, NULL, NULL, false},
    {"related_bulletins", DO_LINK, NULL, "Document", "bulletin", false},
    {"related_actors", DO_LINK, "proof", "Thing", "actor", true},
    {"related_incidents", DO_LINK, "proof", "Event", "incident", true},
};

static const struct {
    const layout_column *columns;
    size_t n;
    const char *head, *type;
} records[RECORD_KINDS] = {
    [ACTOR] = {actor_columns, SK_COUNT(actor_columns), "actor", "Person"},
    [BULLETIN] = {bulletin_columns, SK_COUNT(bulletin_columns), "bulletin", "Document"},
};

/* A column of the file. */
typedef struct column {
    const layout_column *as; /* NULL: not known, kept as a note */
    sk_str name, lang;
} column;

typedef struct bayanat {
    sk_ctx *cx;
    const sk_source *src;
    sk_import *im;
    sk_sheet *sheet;
    record_kind kind;
    column *columns;
    size_t n_columns, id, type, name;
    bool counts_rows; /* the first column has no heading: it does nothing else */
    sk_str head;      /* of all keys: "bayanat-" */
    sk_arena scratch; /* for keys: the sink may keep things in cx's arena */
} bayanat;

/* ---- columns ---- */

static const layout_column *find_column(record_kind kind, sk_str heading)
{
    for (size_t i = 0; i < records[kind].n; i++)
        if (sk_str_eq_nocase(heading, sk_str_of(records[kind].columns[i].heading)))
            return &records[kind].columns[i];
    return NULL;
}

/* "name_ar" is "name" in Arabic; "related_actors.actor-2" is one of "related_actors". */
static column column_of(record_kind kind, sk_str name)
{
    column c = {.name = name};
    size_t dot = sk_str_find(name, SK_S("."));
    c.as = find_column(kind, sk_str_sub(name, 0, dot));
    if (!c.as && (sk_str_ends(name, SK_S("_ar")) || sk_str_ends(name, SK_S("_tr")))) {
        c.lang = sk_str_sub(name, name.n - 2, 2);
        c.as = find_column(kind, sk_str_sub(name, 0, name.n - 3));
    }
    return c;
}

static size_t find_name(const bayanat *b, const char *name)
{
    for (size_t i = 0; i < b->n_columns; i++)
        if (sk_str_eq_nocase(b->columns[i].name, sk_str_of(name)))
            return i;
    return SIZE_MAX;
}

static sk_rc take_heading(bayanat *b)
{
    size_t n;
    const sk_sheet_column *columns = sk_sheet_columns(b->sheet, &n);
    b->columns = sk_new_array(&b->cx->arena, column, n);
    b->n_columns = n;
    for (size_t i = 0; i < n; i++)
        b->columns[i].name =
            sk_str_copy(&b->cx->arena, columns[i].name.n ? columns[i].name : columns[i].letter);
    b->counts_rows = n && !columns[0].name.n;
    b->kind = find_name(b, "title") != SIZE_MAX ? BULLETIN : ACTOR;
    b->id = find_name(b, "id");
    b->type = find_name(b, "type");
    b->name = find_name(b, b->kind == ACTOR ? "name" : "title");
    if (b->id == SIZE_MAX || b->name == SIZE_MAX)
        return sk_fail(b->cx, SK_E_FORMAT,
                       "there are no columns \"id\" and \"name\" or \"title\": no actors or "
                       "bulletins as Bayanat exports them");
    for (size_t i = 0; i < n; i++)
        b->columns[i] = column_of(b->kind, b->columns[i].name);
    return SK_OK;
}

/* ---- rows ---- */

/* "12-A title" into 12 and the title; false when it does not begin with a number. */
static bool split_id(sk_str cell, sk_str *ret_id, sk_str *ret_title)
{
    size_t n = 0;
    while (n < cell.n && cell.p[n] >= '0' && cell.p[n] <= '9')
        n++;
    if (!n || n >= cell.n || cell.p[n] != '-')
        return false;
    *ret_id = sk_str_sub(cell, 0, n);
    *ret_title = sk_str_trim(sk_str_sub(cell, n + 1, cell.n));
    return true;
}

static sk_str key_of(const bayanat *b, const char *head, sk_str id)
{
    sk_arena *a = &sk_import_scratch(b->im)->arena;
    return sk_put_key(b->im, sk_fmt(a, "%.*s%s-", SK_P(b->head), head), id);
}

/* The other record by its number and title, and a link between the two. */
static sk_rc put_link(const bayanat *b, const sk_put *p, const layout_column *as, sk_str cell)
{
    sk_str id, title;
    if (!split_id(cell, &id, &title)) {
        sk_import_left(b->im, p->column, cell, "no \"number-title\" of another record");
        return SK_OK;
    }
    sk_put other = *p;
    other.key = key_of(b, as->head, id);
    other.type = sk_model_find_type(sk_model_get(), sk_str_of(as->type));
    SK_TRY(sk_put_value(&other, "name", title));
    if (as->prop)
        return as->from_other ? sk_put_value(&other, as->prop, p->key)
                              : sk_put_value(p, as->prop, other.key);
    /* how the two are related is not exported: a link without a kind, the same from both sides */
    bool first = sk_str_cmp(p->key, other.key) < 0;
    sk_put link = *p;
    link.type = sk_model_find_type(sk_model_get(), SK_S("UnknownLink"));
    link.key =
        sk_put_key(b->im, SK_NONE,
                   sk_fmt(&sk_import_scratch(b->im)->arena, "%.*s-%.*s",
                          SK_P(first ? p->key : other.key), SK_P(first ? other.key : p->key)));
    SK_TRY(sk_put_value(&link, "subject", first ? p->key : other.key));
    return sk_put_value(&link, "object", first ? other.key : p->key);
}

static sk_rc put_cell(const bayanat *b, sk_put *p, const column *c, sk_str cell)
{
    sk_decimal number;
    sk_str id, title;
    p->column = c->name;
    p->lang = c->lang;
    p->words = SK_NONE;
    if (!c->as || c->as->deed == DO_NOTE)
        return sk_put_note(p, c->name, cell);
    switch (c->as->deed) {
    case DO_NUMBER:
        return sk_decimal_parse(cell, &number) ? sk_put_value(p, c->as->prop, cell)
                                               : sk_put_note(p, c->name, cell);
    case DO_TITLE:
        if (split_id(cell, &id, &title)) {
            p->words = cell;
            return sk_put_value(p, c->as->prop, title);
        }
        return sk_put_value(p, c->as->prop, cell);
    case DO_LINK:
        return put_link(b, p, c->as, cell);
    case DO_VALUE:
        return sk_put_value(p, c->as->prop, cell);
    default:
        return SK_OK;
    }
}

static sk_str cell_at(const sk_sheet_row *row, size_t i)
{
    return i < row->n ? sk_str_trim(row->cells[i]) : SK_NONE;
}

static sk_rc take_row(bayanat *b, const sk_sheet_row *row)
{
    sk_import_place at = sk_sheet_place(row, 0);
    sk_str id = cell_at(row, b->id);
    if (sk_str_ends(id, SK_S(".0"))) /* a table tool made numbers of them */
        id.n -= 2;
    sk_str key = sk_put_key_in(
        &b->scratch, sk_fmt(&b->scratch, "%.*s%s-", SK_P(b->head), records[b->kind].head), id);
    sk_import_row(b->im, &at, key);
    sk_arena_done(&b->scratch);
    if (!id.n) {
        sk_import_skip(b->im, "no id");
        return SK_OK;
    }
    bool is_body = b->kind == ACTOR && sk_str_eq_nocase(cell_at(row, b->type), SK_S("entity"));
    sk_put p = {.im = b->im, .key = key_of(b, records[b->kind].head, id)};
    p.type = sk_model_find_type(sk_model_get(),
                                is_body ? SK_S("Organization") : sk_str_of(records[b->kind].type));
    for (size_t i = 0; i < row->n; i++) {
        sk_str cell = cell_at(row, i);
        if (!cell.n || (i == 0 && b->counts_rows))
            continue;
        if (i >= b->n_columns)
            sk_import_left(b->im, SK_NONE, cell, "the row has more cells than the heading");
        else
            SK_TRY(put_cell(b, &p, &b->columns[i], cell));
    }
    return SK_OK;
}

static sk_rc read_rows(bayanat *b)
{
    for (;;) {
        sk_sheet_row row;
        SK_TRY(sk_sheet_next(b->cx, b->sheet, &row));
        if (row.kind == SK_SHEET_END)
            return b->columns ? SK_OK : sk_fail(b->cx, SK_E_FORMAT, "there is no heading");
        if (row.kind == SK_SHEET_ROW) {
            SK_TRY(take_row(b, &row));
            continue;
        }
        sk_import_place at = sk_sheet_place(&row, 0);
        sk_import_row(b->im, &at, SK_NONE);
        sk_import_skip(b->im, row.kind == SK_SHEET_HEADING ? "the heading" : "above the heading");
        if (row.kind == SK_SHEET_HEADING)
            SK_TRY(take_heading(b));
    }
}

static sk_rc read_bayanat(sk_ctx *cx, const sk_source *src, sk_import *im)
{
    bayanat b = {.cx = cx, .src = src, .im = im};
    sk_sheet_opts opts = sk_sheet_opts_of(src);
    SK_TRY(sk_put_check_claimant(cx, &src->options));
    b.head = sk_put_head(&cx->arena, &src->options, "bayanat");
    SK_TRY(sk_sheet_open(cx, &src->files[0], &opts, &b.sheet));
    sk_rc rc = read_rows(&b);
    sk_sheet_close(b.sheet);
    sk_arena_done(&b.scratch);
    return rc;
}

/* Headings that nobody else writes. */
static int sniff(sk_str name, sk_str head)
{
    sk_str line = sk_str_sub(head, 0, sk_str_find(head, SK_S("\n")));
    bool is_actor = sk_str_find(line, SK_S("nickname_ar")) != SIZE_MAX &&
                    sk_str_find(line, SK_S("civilian")) != SIZE_MAX;
    bool is_bulletin = sk_str_find(line, SK_S("sjac_title")) != SIZE_MAX;
    (void)name;
    return is_actor || is_bulletin ? 90 : 0;
}

const sk_reader sk_reader_bayanat = {
    .name = "bayanat",
    .version = 1,
    .title = "Bayanat actors or bulletins, CSV",
    .files = "actors.csv",
    .sniff = sniff,
    .read = read_bayanat,
};
