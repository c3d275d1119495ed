/* Rows of the four files of an OFAC list, as claims. See read_ofac.h. */
#include "exchange/lists/read_ofac.h"

#include "base/utf8.h"

const char sk_ofac_authority[] = "US Treasury, Office of Foreign Assets Control";

enum { REMARKS_CHARACTERS = 1000 };

/* "-0- " is nothing. A file whose last byte was lost ends in "-0". */
sk_str sk_ofac_cell(const sk_cells_row *row, size_t i)
{
    sk_str s = i < row->n ? sk_str_trim(row->cells[i]) : SK_NONE;
    return sk_str_is(s, "-0-") || (i + 1 == row->n && sk_str_is(s, "-0")) ? SK_NONE : s;
}

/* ---- entries ---- */

/* Announce the row and make its entry; false when the row makes no claims, which is told then. */
static bool begin(sk_ofac *o, const sk_cells_row *row, const sk_import_place *at,
                  sk_list_entry *ret_e, sk_ofac_entry **ret_entry)
{
    uint64_t number;
    sk_ctx *rcx = sk_import_scratch(o->im);
    sk_str written = sk_ofac_cell(row, 0), prefix = o->src->options.prefix;
    bool is_number = sk_str_to_u64(written, &number);
    sk_ofac_entry *entry = is_number ? sk_ofac_map_find(&o->map, number) : NULL;
    sk_import_row(o->im, at, is_number ? sk_list_key(rcx, prefix, "ofac-", written) : SK_NONE);
    if (row->is_blank)
        sk_import_skip(o->im, "blank");
    else if (!is_number)
        sk_import_skip(o->im, "the first cell \"%.*s\" is not the number of an entry",
                       SK_P(written));
    else if (!entry)
        sk_import_skip(
            o->im,
            "sdn.csv has no entry %.*s; the files are of different days, or parts of one "
            "are missing",
            SK_P(written));
    if (row->is_blank || !entry)
        return false;
    *ret_e = (sk_list_entry){.im = o->im, .rcx = rcx, .type = sk_ofac_type(entry->kind)};
    ret_e->key =
        sk_list_key(rcx, prefix, "ofac-", written); /* the row took the first one's memory */
    ret_e->sanction = sk_fmt(&rcx->arena, "%.*s-sanction", SK_P(ret_e->key));
    *ret_entry = entry;
    return true;
}

/* ---- sdn.csv ---- */

/* "LAST, First Middle" of a person: the name as it stands, and its two parts. */
static sk_rc say_name(const sk_list_entry *e, sk_str name)
{
    size_t comma = sk_str_find(name, SK_S(", "));
    if (!name.n)
        sk_import_remark(e->im, SK_S("name"), SK_NONE, "the entry has no name");
    SK_TRY(sk_list_text(e, SK_S("name"), "name", name));
    if (strcmp(e->type, "Person") != 0 || comma == SIZE_MAX)
        return SK_OK;
    SK_TRY(sk_list_text(e, SK_S("name"), "lastName", sk_str_sub(name, 0, comma)));
    return sk_list_text(e, SK_S("name"), "firstName", sk_str_sub(name, comma + 2, name.n));
}

/* "SDGT] [SYRIA" */
static sk_rc say_programmes(const sk_list_entry *e, sk_str programmes)
{
    sk_str rest = programmes, piece;
    while (programmes.n && sk_str_cut(&rest, ']', &piece)) {
        piece = sk_str_trim(piece);
        if (sk_str_starts(piece, SK_S("[")))
            piece = sk_str_sub(piece, 1, piece.n);
        SK_TRY(sk_list_sanction(e, SK_S("programme"), "program", piece));
    }
    return SK_OK;
}

/* Several posts are apart by semicolons. */
static sk_rc say_titles(const sk_list_entry *e, sk_str titles)
{
    sk_str rest = titles, piece;
    const char *prop = strcmp(e->type, "Person") == 0 ? "position" : "description";
    while (titles.n && sk_str_cut(&rest, ';', &piece))
        SK_TRY(
            sk_list_say(e, SK_S("title"), prop, &(sk_list_value){.value = piece, .words = titles}));
    return SK_OK;
}

static sk_rc say_ship(sk_ofac *o, const sk_list_entry *e, const sk_cells_row *row)
{
    sk_str flag = sk_ofac_cell(row, 9), owner = sk_ofac_cell(row, 10);
    SK_TRY(sk_list_text(e, SK_S("call sign"), "callSign", sk_ofac_cell(row, 5)));
    SK_TRY(sk_list_text(e, SK_S("ship type"), "type", sk_ofac_cell(row, 6)));
    SK_TRY(sk_list_number(e, SK_S("tonnage"), "tonnage", sk_ofac_cell(row, 7), ""));
    SK_TRY(sk_list_number(e, SK_S("gross tonnage"), "grossRegisteredTonnage", sk_ofac_cell(row, 8),
                          ""));
    SK_TRY(sk_list_country(e, SK_S("flag"), "flag", &(sk_list_value){.value = flag}));
    return owner.n
               ? sk_ofac_named(e, &o->map, o->src->options.prefix, SK_S("owner"), "owner", owner)
               : SK_OK;
}

/* Remarks that fill their cell go on in sdn_comments.csv; there they are read as one. */
static sk_rc say_remarks(sk_ofac *o, const sk_list_entry *e, sk_ofac_entry *entry, uint64_t row,
                         sk_str remarks)
{
    size_t rest;
    bool is_full = sk_utf8_count(remarks) >= REMARKS_CHARACTERS;
    if (!remarks.n)
        return SK_OK;
    if (is_full && entry->goes_on && !entry->cut)
        SK_TRY(sk_ofac_map_keep(o->cx, &o->map, entry, row, remarks));
    else
        SK_TRY(sk_list_text(e, SK_S("remarks"), "notes", remarks));
    SK_TRY(sk_ofac_remarks(e, &o->map, o->src->options.prefix, remarks, 0, is_full, &rest));
    if (is_full && !entry->goes_on)
        sk_import_left(o->im, SK_S("remarks"), sk_str_trim(sk_str_sub(remarks, rest, remarks.n)),
                       "the remarks break off after %d characters, and no row of sdn_comments.csv "
                       "goes on with them; import that file with the others",
                       REMARKS_CHARACTERS);
    return SK_OK;
}

sk_rc sk_ofac_take_sdn(sk_ofac *o, const sk_cells_row *row, const sk_import_place *at)
{
    sk_list_entry e;
    sk_ofac_entry *entry;
    if (!begin(o, row, at, &e, &entry))
        return SK_OK;
    if (o->rows == 1 && o->src->n_files == 1)
        sk_import_remark(o->im, SK_NONE, SK_NONE,
                         "sdn.csv alone: other names, addresses and long remarks stand in alt.csv, "
                         "add.csv and sdn_comments.csv");
    if (entry->is_twice)
        sk_import_remark(o->im, SK_S("number"), sk_ofac_cell(row, 0),
                         "this number stands twice in sdn.csv");
    if (entry->kind == SK_OFAC_OTHER)
        sk_import_remark(o->im, SK_S("type"), sk_ofac_cell(row, 2),
                         "no known type; taken as a person or body");
    if (sk_str_is(sk_str_trim(row->cells[row->n - 1]), "-0"))
        sk_import_remark(o->im, SK_S("remarks"), SK_S("-0"), "\"-0-\" cut short; taken as nothing");
    SK_TRY(say_name(&e, sk_ofac_cell(row, 1)));
    SK_TRY(sk_list_sanction(&e, SK_S("number"), "entity", e.key));
    SK_TRY(sk_list_sanction(&e, SK_S("number"), "authority", sk_str_of(sk_ofac_authority)));
    SK_TRY(sk_list_sanction(&e, SK_S("number"), "authorityId", sk_ofac_cell(row, 0)));
    SK_TRY(say_programmes(&e, sk_ofac_cell(row, 3)));
    SK_TRY(say_titles(&e, sk_ofac_cell(row, 4)));
    SK_TRY(say_ship(o, &e, row));
    return say_remarks(o, &e, entry, row->row, sk_ofac_cell(row, 11));
}

/* ---- alt.csv, add.csv, sdn_comments.csv ---- */

sk_rc sk_ofac_take_alt(sk_ofac *o, const sk_cells_row *row, const sk_import_place *at)
{
    static const struct {
        const char *kind, *prop, *note;
    } kinds[] = {
        {"aka", "alias", NULL}, {"fka", "previousName", NULL}, {"nka", "alias", "now known as"}};
    sk_list_entry e;
    sk_ofac_entry *entry;
    if (!begin(o, row, at, &e, &entry))
        return SK_OK;
    sk_str kind = sk_ofac_cell(row, 2), remarks = sk_ofac_cell(row, 4);
    sk_list_value v = {.value = sk_ofac_cell(row, 3), .note = remarks};
    const char *prop = NULL;
    for (size_t i = 0; i < SK_COUNT(kinds); i++)
        if (sk_str_eq_nocase(kind, sk_str_of(kinds[i].kind))) {
            prop = kinds[i].prop;
            v.note = remarks.n ? remarks : sk_str_of(kinds[i].note);
        }
    if (!prop)
        sk_import_remark(o->im, SK_S("kind"), kind, "no known kind of a name; taken as alias");
    bool is_weak = sk_str_find(remarks, SK_S("weak")) != SIZE_MAX;
    return sk_list_say(&e, SK_S("name"), is_weak ? "weakAlias" : prop ? prop : "alias", &v);
}

sk_rc sk_ofac_take_add(sk_ofac *o, const sk_cells_row *row, const sk_import_place *at)
{
    sk_list_entry e;
    sk_ofac_entry *entry;
    if (!begin(o, row, at, &e, &entry))
        return SK_OK;
    sk_str parts[] = {sk_ofac_cell(row, 2), sk_ofac_cell(row, 3), sk_ofac_cell(row, 4)},
           remarks = sk_ofac_cell(row, 5);
    sk_str address = sk_list_join(&e.rcx->arena, parts, SK_COUNT(parts), ", ");
    sk_list_value v = {.value = address.n ? address : remarks,
                       .note = address.n ? remarks : SK_NONE};
    if (sk_str_is(sk_str_trim(row->cells[5]), "-0"))
        sk_import_remark(o->im, SK_S("remarks"), SK_S("-0"), "\"-0-\" cut short; taken as nothing");
    SK_TRY(sk_list_say(&e, SK_S("address"), "address", &v));
    return sk_list_country(&e, SK_S("country"), "country", &(sk_list_value){.value = parts[2]});
}

/* The remarks as one text, resting on both rows. */
static sk_rc say_whole_remarks(sk_ofac *o, sk_list_entry *e, const sk_ofac_cut *cut, sk_str more,
                               const sk_import_place *at)
{
    sk_arena *a = &e->rcx->arena;
    const sk_source_file *files = o->src->files;
    sk_passage *rows = sk_new_array(a, sk_passage, 2);
    rows[0] = (sk_passage){.exhibit = files[o->file[SK_OFAC_SDN]].hash,
                           .place = sk_fmt(a, "row %llu", (unsigned long long)cut->row)};
    rows[1] = (sk_passage){.exhibit = files[at->file].hash,
                           .place = sk_fmt(a, "row %llu", (unsigned long long)at->row)};
    e->passages = rows;
    e->n_passages = 2;
    sk_str whole = sk_fmt(a, "%.*s%.*s", SK_P(cut->remarks), SK_P(more));
    SK_TRY(sk_list_text(e, SK_S("remarks"), "notes", whole));
    size_t from = cut->remarks.n;
    while (from && cut->remarks.p[from - 1] != ';')
        from--;
    return sk_ofac_remarks(e, &o->map, o->src->options.prefix, whole, from, false, NULL);
}

sk_rc sk_ofac_take_comments(sk_ofac *o, const sk_cells_row *row, const sk_import_place *at)
{
    sk_list_entry e;
    sk_ofac_entry *entry;
    if (!begin(o, row, at, &e, &entry))
        return SK_OK;
    sk_str more = row->cells[1]; /* not trimmed: the text broke off anywhere */
    if (entry->cut) {
        sk_ofac_cut cut = *entry->cut;
        entry->cut = NULL;
        return say_whole_remarks(o, &e, &cut, more, at);
    }
    sk_import_remark(o->im, SK_S("remarks"), sk_str_sub(more, 0, 40),
                     "the remarks of this entry do not break off in sdn.csv; kept as a note");
    return sk_list_text(&e, SK_S("remarks"), "notes", more);
}
