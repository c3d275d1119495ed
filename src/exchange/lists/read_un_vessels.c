/* The UN list of ships designated under resolution 1718, as CSV with a heading.
 *
 *   vessel_name,imo_number,mmsi,flag,call_sign,type,date_of_designation,designated_owner,
 *   other_information, and one column for each measure
 *
 * A cell may hold several values, numbered: "1: HUA FU 2: FU HUA". The list does not say which of
 * several names is borne now: the first is the name, the others are aliases. A ship's key is its
 * number ("un-vessel-9020003"), for the list gives none of its own. A column that is none of the
 * above is a measure: its heading is what is ordered, for each ship that has a mark there.
 * docs/formats/import-lists.md.
 *
 * Memory: one row. Threads: as its context.
 * Tested in tests/unit/exchange/t_read_un.c and by tests/fuzz/f_read_un_vessels.c. */
#include "exchange/lists/list_claims.h"
#include "exchange/lists/mine_text.h"
#include "exchange/readers.h"

static const char authority[] = "United Nations Security Council";

typedef enum column_kind {
    COLUMN_NAME,
    COLUMN_IMO,
    COLUMN_TEXT,    /* each value to prop                   */
    COLUMN_COUNTRY, /* each value, a country's name, to prop */
    COLUMN_LISTED,
    COLUMN_OWNER,
    COLUMN_NOTES,
    COLUMN_MEASURE,
    COLUMN_PASSED_OVER
} column_kind;

static const struct column {
    const char *heading; /* small letters, "_" for other signs */
    column_kind kind;
    const char *prop;
} columns[] = {
    {"vessel_name", COLUMN_NAME, "name"},
    {"imo_number", COLUMN_IMO, "imoNumber"},
    {"mmsi", COLUMN_TEXT, "mmsi"},
    {"mmsi_number", COLUMN_TEXT, "mmsi"},
    {"flag", COLUMN_COUNTRY, "flag"},
    {"call_sign", COLUMN_TEXT, "callSign"},
    {"type", COLUMN_TEXT, "type"},
    {"vessel_type", COLUMN_TEXT, "type"},
    {"date_of_designation", COLUMN_LISTED, "listingDate"},
    {"designated_owner", COLUMN_OWNER, "owner"},
    {"other_information", COLUMN_NOTES, "notes"},
    {"", COLUMN_PASSED_OVER, NULL},
    {"no", COLUMN_PASSED_OVER, NULL}, /* counts the rows */
};

/* What stands for every column of the file. */
typedef struct heading {
    sk_str text;
    column_kind kind;
    const char *prop;
} heading;

typedef struct headings {
    heading *list;
    size_t n, name, imo; /* n: columns; SIZE_MAX where there is none */
} headings;

/* ---- the heading ---- */

static sk_str folded(sk_arena *a, sk_str text)
{
    sk_str line = sk_mine_one_line(a, text);
    char *out = sk_str_c(a, line);
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i] >= 'A' && line.p[i] <= 'Z' ? (char)(line.p[i] + 32) : line.p[i];
        bool is_sign = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
        if (is_sign || (n && out[n - 1] != '_'))
            out[n++] = is_sign ? c : '_';
    }
    while (n && out[n - 1] == '_')
        n--;
    return (sk_str){out, n};
}

static heading heading_of(sk_ctx *cx, sk_str cell)
{
    sk_str text = sk_str_copy(&cx->arena, sk_mine_one_line(&cx->arena, cell));
    sk_str key = folded(&cx->arena, cell);
    for (size_t i = 0; i < SK_COUNT(columns); i++)
        if (sk_str_is(key, columns[i].heading))
            return (heading){text, columns[i].kind, columns[i].prop};
    return (heading){text, COLUMN_MEASURE, "provisions"};
}

static sk_rc read_headings(sk_ctx *cx, sk_str file, const sk_cells_row *row, headings *ret)
{
    headings h = {.n = row->n, .name = SIZE_MAX, .imo = SIZE_MAX};
    h.list = sk_new_array(&cx->arena, heading, row->n);
    for (size_t i = 0; i < row->n; i++) {
        h.list[i] = heading_of(cx, row->cells[i]);
        if (h.list[i].kind == COLUMN_NAME && h.name == SIZE_MAX)
            h.name = i;
        if (h.list[i].kind == COLUMN_IMO && h.imo == SIZE_MAX)
            h.imo = i;
    }
    if (h.name == SIZE_MAX || h.imo == SIZE_MAX)
        return sk_fail(
            cx, SK_E_FORMAT,
            "%.*s, row %llu: the heading has no column %s; this is not the list of ships, "
            "or its heading was taken off",
            SK_P(file), (unsigned long long)row->row,
            h.name == SIZE_MAX ? "vessel_name" : "imo_number");
    *ret = h;
    return SK_OK;
}

/* ---- cells ---- */

/* Where "number: " stands at the start of s or behind a blank; SIZE_MAX when it does not. */
static size_t find_mark(sk_str s, unsigned number, size_t *ret_to)
{
    for (size_t i = 0; i + 1 < s.n; i++) {
        bool at_start = i == 0 || s.p[i - 1] == ' ' || s.p[i - 1] == '\n';
        if (at_start && s.p[i] == (char)('0' + number) && s.p[i + 1] == ':') {
            *ret_to = i + 2;
            return i;
        }
    }
    return SIZE_MAX;
}

/* The next value of "1: a 2: b" out of *rest; a cell without marks is one value.
 * number   of the value, from 1; 0 ends */
static bool next_value(sk_str *rest, unsigned *number, sk_str *ret_value)
{
    size_t from = 0, behind = 0, to = 0;
    if (*number == 0 || *number > 9)
        return false;
    if (find_mark(*rest, *number, &from) == SIZE_MAX) {
        *ret_value = sk_str_trim(*rest);
        *number = 0;
        return true;
    }
    to = find_mark(*rest, *number + 1, &behind);
    *ret_value = sk_str_trim(sk_str_sub(*rest, from, to == SIZE_MAX ? rest->n : to - from));
    *rest = to == SIZE_MAX ? SK_NONE : sk_str_sub(*rest, to, rest->n);
    *number = to == SIZE_MAX ? 0 : *number + 1;
    return true;
}

static sk_rc take_name(const sk_list_entry *e, const heading *h, sk_str cell)
{
    sk_str name, rest = cell;
    const char *prop = "name";
    for (unsigned k = 1; next_value(&rest, &k, &name); prop = "alias")
        SK_TRY(sk_list_say(e, h->text, prop, &(sk_list_value){.value = name, .words = cell}));
    return SK_OK;
}

static sk_rc take_imo(const sk_list_entry *e, const heading *h, sk_str cell)
{
    sk_str number, rest = cell;
    for (unsigned k = 1; next_value(&rest, &k, &number);)
        if (number.n)
            SK_TRY(sk_list_imo(e, h->text, number, cell));
    return SK_OK;
}

static sk_rc take_values(const sk_list_entry *e, const heading *h, sk_str cell)
{
    sk_str value, rest = cell;
    for (unsigned k = 1; next_value(&rest, &k, &value);) {
        sk_list_value v = {.value = value, .words = sk_str_eq(value, cell) ? SK_NONE : cell};
        SK_TRY(h->kind == COLUMN_COUNTRY ? sk_list_country(e, h->text, h->prop, &v)
               : h->kind == COLUMN_LISTED
                   ? sk_list_say_of(e, h->text, e->sanction, "Sanction", h->prop, &v)
                   : sk_list_say(e, h->text, h->prop, &v));
    }
    return SK_OK;
}

/* The list's own number of a body, "(KPe.020)", leads to its entry in the consolidated list. */
static sk_str reference_in(sk_str text)
{
    size_t at = sk_str_find(text, SK_S("KPe."));
    size_t to = at == SIZE_MAX ? 0 : at + 4;
    while (to < text.n && text.p[to] >= '0' && text.p[to] <= '9')
        to++;
    return at == SIZE_MAX || to == at + 4 ? SK_NONE : sk_str_sub(text, at, to - at);
}

static sk_rc take_owner(const sk_list_entry *e, const heading *h, sk_str cell, sk_str prefix)
{
    if (!cell.n)
        return SK_OK;
    sk_str ref = reference_in(cell);
    sk_str key = ref.n ? sk_list_key(e->rcx, prefix, "un-", ref)
                       : sk_fmt(&e->rcx->arena, "%.*s-owner", SK_P(e->key));
    if (!ref.n)
        SK_TRY(sk_list_say_of(e, h->text, key, "LegalEntity", "name",
                              &(sk_list_value){.value = cell}));
    return sk_list_say(e, h->text, h->prop, &(sk_list_value){.value = key, .words = cell});
}

static bool is_no(sk_str cell)
{
    static const char *const words[] = {"", "no", "n", "-", "0", "false", "n/a", "none"};
    for (size_t i = 0; i < SK_COUNT(words); i++)
        if (sk_str_eq_nocase(cell, sk_str_of(words[i])))
            return true;
    return false;
}

static bool is_mark(sk_str cell)
{
    static const char *const words[] = {"x", "yes", "y", "1", "true", "✓", "✔"};
    for (size_t i = 0; i < SK_COUNT(words); i++)
        if (sk_str_eq_nocase(cell, sk_str_of(words[i])))
            return true;
    return false;
}

static sk_rc take_measure(const sk_list_entry *e, const heading *h, sk_str cell)
{
    if (is_no(cell))
        return SK_OK;
    sk_list_value v = {.value = h->text, .note = is_mark(cell) ? SK_NONE : cell};
    return sk_list_say_of(e, h->text, e->sanction, "Sanction", h->prop, &v);
}

static sk_rc take_cell(const sk_list_entry *e, const heading *h, sk_str cell, sk_str prefix)
{
    switch (h->kind) {
    case COLUMN_NAME:
        return take_name(e, h, cell);
    case COLUMN_IMO:
        return take_imo(e, h, cell);
    case COLUMN_TEXT:
    case COLUMN_COUNTRY:
    case COLUMN_LISTED:
        return take_values(e, h, cell);
    case COLUMN_OWNER:
        return take_owner(e, h, cell, prefix);
    case COLUMN_NOTES:
        return sk_list_say(e, h->text, h->prop, &(sk_list_value){.value = cell, .is_text = true});
    case COLUMN_MEASURE:
        return take_measure(e, h, cell);
    default:
        if (!h->text.n && cell.n)
            sk_import_left(e->im, h->text, cell, "there is no heading above this cell");
        return SK_OK;
    }
}

/* ---- rows ---- */

/* By its first number; by its name where it has none. Empty: neither. */
static sk_str key_of(sk_ctx *rcx, const headings *h, const sk_cells_row *row, sk_str prefix)
{
    sk_str imo = h->imo < row->n ? sk_str_trim(row->cells[h->imo]) : SK_NONE;
    sk_str name = h->name < row->n ? sk_str_trim(row->cells[h->name]) : SK_NONE;
    size_t from = 0, to;
    while (from < imo.n && !(imo.p[from] >= '0' && imo.p[from] <= '9' &&
                             (from + 1 == imo.n || imo.p[from + 1] != ':')))
        from++;
    for (to = from; to < imo.n && imo.p[to] >= '0' && imo.p[to] <= '9';)
        to++;
    bool has_number = to - from >= 5;
    sk_str key = sk_list_key(rcx, prefix, "un-vessel-",
                             has_number ? sk_str_sub(imo, from, to - from) : name);
    bool fits = (has_number || name.n) && key.n <= SK_LIM_KEY_BYTES - strlen("-sanction");
    return fits ? key : SK_NONE;
}

static bool is_empty(const sk_cells_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (sk_str_trim(row->cells[i]).n)
            return false;
    return true;
}

static sk_rc read_ship(const sk_source *src, sk_import *im, const headings *h,
                       const sk_cells_row *row, const sk_import_place *at)
{
    sk_str prefix = src->options.prefix;
    sk_list_entry e = {.im = im, .rcx = sk_import_scratch(im), .type = "Vessel"};
    sk_import_row(im, at, key_of(e.rcx, h, row, prefix));
    e.key = key_of(e.rcx, h, row, prefix); /* the row took the first one's memory */
    if (!e.key.n) {
        sk_import_skip(im, is_empty(row)
                               ? "blank"
                               : "neither an imo_number nor a vessel_name that can be a key");
        return SK_OK;
    }
    e.sanction = sk_fmt(&e.rcx->arena, "%.*s-sanction", SK_P(e.key));
    SK_TRY(sk_list_sanction(&e, h->list[h->name].text, "entity", e.key));
    SK_TRY(sk_list_sanction(&e, h->list[h->name].text, "authority", sk_str_of(authority)));
    SK_TRY(sk_list_sanction(&e, h->list[h->name].text, "program", SK_S("DPRK")));
    for (size_t i = 0; i < row->n; i++) {
        sk_str cell = sk_str_trim(row->cells[i]);
        if (i < h->n)
            SK_TRY(take_cell(&e, &h->list[i], cell, prefix));
        else if (cell.n)
            sk_import_left(im, row->names[i], cell, "there is no heading above this cell");
    }
    return SK_OK;
}

static sk_rc read_rows(sk_ctx *cx, const sk_source *src, sk_cells *cells, sk_import *im)
{
    headings h = {0};
    for (;;) {
        sk_cells_row row;
        SK_TRY(sk_cells_next(cx, cells, &row));
        if (!row.n)
            break;
        sk_import_place at = {.row = row.row,
                              .from = row.from,
                              .to = row.to,
                              .place = row.place,
                              .cells = row.cells,
                              .n_cells = row.n};
        if (h.n) {
            SK_TRY(read_ship(src, im, &h, &row, &at));
            continue;
        }
        sk_import_row(im, &at, SK_NONE);
        sk_import_skip(im, is_empty(&row) ? "blank" : "the heading");
        if (!is_empty(&row))
            SK_TRY(read_headings(cx, src->files[0].name, &row, &h));
    }
    return h.n ? SK_OK
               : sk_fail(cx, SK_E_FORMAT, "%.*s: no heading in it", SK_P(src->files[0].name));
}

static sk_rc read_un_vessels(sk_ctx *cx, const sk_source *src, sk_import *im)
{
    const sk_import_options *o = &src->options;
    sk_cells *cells;
    sk_cells_opts opts = {
        .sep = o->sep, .charset = o->charset, .sheet = o->sheet, .extractor = src->extractor};
    sk_import_says_claimant(im, sk_str_of(authority));
    sk_import_says(im, SK_S("un-sc-vessels"), SK_NONE);
    SK_TRY(sk_cells_open(cx, &src->files[0], &opts, &cells));
    sk_rc rc = read_rows(cx, src, cells, im);
    sk_cells_close(cells);
    return rc;
}

static int sniff_un_vessels(sk_str name, sk_str head)
{
    (void)name;
    size_t end = sk_str_find(head, SK_S("\n"));
    sk_str first = sk_str_sub(head, 0, end == SIZE_MAX ? head.n : end);
    bool fits = sk_str_find(first, SK_S("vessel_name")) != SIZE_MAX &&
                sk_str_find(first, SK_S("imo_number")) != SIZE_MAX;
    return fits ? sk_str_find(first, SK_S("date_of_designation")) != SIZE_MAX ? 95 : 60 : 0;
}

const sk_reader sk_reader_un_vessels = {
    .name = "un-vessels",
    .version = 1,
    .title = "UN list of designated ships (resolution 1718), CSV",
    .files = "vessels.csv",
    .sniff = sniff_un_vessels,
    .read = read_un_vessels,
};
