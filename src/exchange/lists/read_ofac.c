/* The SDN list of the US Treasury's Office of Foreign Assets Control: CSV files without a heading.
 *
 *   sdn.csv           number, name, type, programmes, title, call sign, ship type, tonnage, gross
 *                     tonnage, flag, owner, remarks
 *   alt.csv           number, alternate number, "aka" "fka" "nka", name, remarks
 *   add.csv           number, address number, street, town and code, country, remarks
 *   sdn_comments.csv  number, what remarks of more than 1,000 characters go on with
 *
 * Nothing is written "-0- "; the last line of a file is the byte 1A (exchange/cells.c passes over
 * it). Which file is which is told by the number of cells, not by names. sdn.csv is read twice: once
 * for the map of read_ofac.h, then for its claims; the others follow, each row announced once.
 * An entry's key is its number: "ofac-36". docs/formats/import-lists.md.
 *
 * Memory: the map, 32 bytes an entry, and remarks that go on. Threads: as its context.
 * Tested in tests/unit/exchange/t_read_ofac.c and by tests/fuzz/f_read_ofac.c. */
#include "exchange/lists/read_ofac.h"

#include "exchange/readers.h"

static const struct role {
    const char *name;
    size_t n_cells;
} roles[SK_OFAC_ROLES] = {{"sdn.csv", 12}, {"alt.csv", 5}, {"add.csv", 6}, {"sdn_comments.csv", 2}};

/* ---- cells ---- */

static sk_rc bad_row(sk_ofac *o, const sk_cells_row *row, const char *why)
{
    const sk_source_file *f = &o->src->files[o->file[o->role]];
    return sk_fail(o->cx, SK_E_FORMAT,
                   "%.*s, row %llu: %zu cells where %s has %zu%s; the file is cut short, or not of "
                   "this list",
                   SK_P(f->name), (unsigned long long)row->row, row->n, roles[o->role].name,
                   roles[o->role].n_cells, why);
}

/* The layout writes "-0-" for nothing, so that a row which ends in less was cut. */
static sk_rc check_row(sk_ofac *o, const sk_cells_row *row)
{
    if (row->n != roles[o->role].n_cells)
        return bad_row(o, row, "");
    sk_str last = sk_str_trim(row->cells[row->n - 1]);
    if (!last.n || sk_str_is(last, "-"))
        return bad_row(o, row, ", and the last of them breaks off");
    return SK_OK;
}

/* Every row of a file through fn; blank ones too. */
static sk_rc each_row(sk_ofac *o, int role, sk_ofac_row_fn *fn)
{
    const sk_import_options *opt = &o->src->options;
    sk_cells_opts opts = {
        .sep = opt->sep ? opt->sep : ',', .charset = opt->charset, .extractor = o->src->extractor};
    sk_cells *cells;
    o->role = role;
    o->rows = 0;
    if (o->file[role] == SIZE_MAX)
        return SK_OK;
    SK_TRY(sk_cells_open(o->cx, &o->src->files[o->file[role]], &opts, &cells));
    sk_rc rc = SK_OK;
    for (sk_cells_row row; !rc && !(rc = sk_cells_next(o->cx, cells, &row)) && row.n;) {
        sk_import_place at = {.file = o->file[role],
                              .row = row.row,
                              .from = row.from,
                              .to = row.to,
                              .place = row.place,
                              .cells = row.cells,
                              .n_cells = row.n};
        o->rows++;
        if (!row.is_blank)
            rc = check_row(o, &row);
        if (!rc)
            rc = fn(o, &row, &at);
    }
    sk_cells_close(cells);
    return rc;
}

/* ---- which file is which ---- */

static sk_rc tell_role(sk_ofac *o, size_t file)
{
    const sk_source_file *f = &o->src->files[file];
    sk_cells_opts opts = {.sep = o->src->options.sep ? o->src->options.sep : ',',
                          .charset = o->src->options.charset,
                          .extractor = o->src->extractor};
    sk_cells *cells;
    sk_cells_row row = {0};
    SK_TRY(sk_cells_open(o->cx, f, &opts, &cells));
    sk_rc rc;
    while (!(rc = sk_cells_next(o->cx, cells, &row)) && row.n && row.is_blank)
        continue;
    size_t n = row.n;
    sk_cells_close(cells);
    if (rc)
        return rc;
    for (int r = 0; r < SK_OFAC_ROLES; r++) {
        if (roles[r].n_cells != n)
            continue;
        if (o->file[r] != SIZE_MAX)
            return sk_fail(
                o->cx, SK_E_FORMAT,
                "%.*s: a second file with %zu cells a row; give each of sdn.csv, alt.csv, "
                "add.csv and sdn_comments.csv once",
                SK_P(f->name), n);
        o->file[r] = file;
        return SK_OK;
    }
    return sk_fail(o->cx, SK_E_FORMAT,
                   "%.*s: %zu cells in the first row; sdn.csv has 12, alt.csv 5, add.csv 6, "
                   "sdn_comments.csv 2",
                   SK_P(f->name), n);
}

static sk_rc tell_roles(sk_ofac *o)
{
    for (int r = 0; r < SK_OFAC_ROLES; r++)
        o->file[r] = SIZE_MAX;
    for (size_t i = 0; i < o->src->n_files; i++)
        SK_TRY(tell_role(o, i));
    if (o->file[SK_OFAC_SDN] == SIZE_MAX)
        return sk_fail(o->cx, SK_E_FORMAT,
                       "sdn.csv is missing: the other files say nothing without it");
    return SK_OK;
}

/* ---- the map ---- */

static sk_ofac_kind kind_of(sk_str type)
{
    return !type.n                                      ? SK_OFAC_BODY
           : sk_str_eq_nocase(type, SK_S("individual")) ? SK_OFAC_PERSON
           : sk_str_eq_nocase(type, SK_S("vessel"))     ? SK_OFAC_VESSEL
           : sk_str_eq_nocase(type, SK_S("aircraft"))   ? SK_OFAC_AIRCRAFT
                                                        : SK_OFAC_OTHER;
}

static sk_rc map_sdn(sk_ofac *o, const sk_cells_row *row, const sk_import_place *at)
{
    uint64_t number;
    (void)at;
    if (!sk_str_to_u64(sk_ofac_cell(row, 0), &number))
        return SK_OK;
    return sk_ofac_map_add(o->cx, &o->map, number, sk_ofac_cell(row, 1),
                           kind_of(sk_ofac_cell(row, 2)));
}

static sk_rc map_comments(sk_ofac *o, const sk_cells_row *row, const sk_import_place *at)
{
    uint64_t number;
    (void)at;
    sk_ofac_entry *entry =
        sk_str_to_u64(sk_ofac_cell(row, 0), &number) ? sk_ofac_map_find(&o->map, number) : NULL;
    if (entry)
        entry->goes_on = true;
    return SK_OK;
}

/* ---- the reader ---- */

static sk_rc read_all(sk_ofac *o)
{
    SK_TRY(tell_roles(o));
    SK_TRY(each_row(o, SK_OFAC_SDN, map_sdn));
    sk_ofac_map_index(&o->map);
    SK_TRY(each_row(o, SK_OFAC_COMMENTS, map_comments));
    SK_TRY(each_row(o, SK_OFAC_SDN, sk_ofac_take_sdn));
    SK_TRY(each_row(o, SK_OFAC_ALT, sk_ofac_take_alt));
    SK_TRY(each_row(o, SK_OFAC_ADD, sk_ofac_take_add));
    return each_row(o, SK_OFAC_COMMENTS, sk_ofac_take_comments);
}

static sk_rc read_ofac(sk_ctx *cx, const sk_source *src, sk_import *im)
{
    sk_ofac o = {.cx = cx, .src = src, .im = im};
    if (src->options.prefix.n > SK_LIM_KEY_BYTES / 2)
        return sk_fail(cx, SK_E_LIMIT, "a prefix of %zu bytes leaves no room for keys",
                       src->options.prefix.n);
    sk_import_says_claimant(im, sk_str_of(sk_ofac_authority));
    sk_import_says(im, SK_S("ofac-sdn"), SK_NONE);
    sk_rc rc = read_all(&o);
    sk_ofac_map_done(&o.map);
    return rc;
}

/* First row: a number, and twelve cells of which some are "-0- ". */
static int sniff_ofac(sk_str name, sk_str head)
{
    size_t end = sk_str_find(head, SK_S("\n")), commas = 0, i = 0;
    sk_str first = sk_str_sub(head, 0, end == SIZE_MAX ? head.n : end);
    bool is_quoted = false;
    while (i < first.n && first.p[i] >= '0' && first.p[i] <= '9')
        i++;
    if (i == 0 || i == first.n || first.p[i] != ',' || sk_str_find(first, SK_S("-0-")) == SIZE_MAX)
        return 0;
    for (; i < first.n; i++) {
        is_quoted ^= first.p[i] == '"';
        commas += !is_quoted && first.p[i] == ',';
    }
    return commas != 11 ? 0 : sk_str_find(name, SK_S("sdn")) != SIZE_MAX ? 95 : 80;
}

const sk_reader sk_reader_ofac_sdn = {
    .name = "ofac-sdn",
    .version = 1,
    .title = "US Treasury, OFAC, list of specially designated nationals, CSV set",
    .files = "sdn.csv alt.csv add.csv sdn_comments.csv",
    .sniff = sniff_ofac,
    .read = read_ofac,
};
