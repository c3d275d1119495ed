/* The reader of tables with a row of HXL hashtags: what a tag means needs no mapping.
 *
 * It drafts the mapping that --draft-mapping would write (mapping_draft.c: tags, else the words of
 * headings) and reads by it; whoever wants it otherwise lets it be drafted and changes it. Columns
 * that no property is known for are passed over; the heading's row tells which.
 * Normative: docs/formats/import-tables.md. Tested in tests/unit/exchange/t_read_hxl.c. */
#include "exchange/mapping/mapping_look.h"
#include "exchange/mapping/mapping_priv.h"
#include "exchange/mapping/mapping_put.h"
#include "exchange/mapping/mapping_read.h"
#include "exchange/readers.h"

enum { TAG_LINES = 25 };

static sk_rc check_tags(sk_ctx *cx, const sk_source *src)
{
    sk_survey look;
    SK_TRY(sk_mapping__look(cx, src, &look));
    bool is_hxl = look.is_hxl;
    sk_survey_done(&look);
    return is_hxl
               ? SK_OK
               : sk_fail(cx, SK_E_FORMAT,
                         "no row of hashtags (#name, #date ...) under the heading; import it by a "
                         "mapping");
}

static sk_rc read_hxl(sk_ctx *cx, const sk_source *src, sk_import *im)
{
    sk_str text;
    sk_mapping *m;
    SK_TRY(check_tags(cx, src));
    SK_TRY(sk_mapping_draft(cx, src, &text));
    SK_TRY(sk_mapping_parse(cx, text, &m));
    if (m->claimant.column == SK_MAPPING_NONE)
        SK_TRY(sk_put_check_claimant(cx, &src->options));
    if (m->last_row_whole)
        return sk_fail(
            cx, SK_E_FORMAT,
            "\"%.*s\": the last line has no end, so the file may have been cut short; if it "
            "is whole, add a line end to it",
            SK_P(src->files[0].name));
    for (size_t i = 0; i < m->n_columns; i++)
        m->columns[i].is_told = m->columns[i].is_ignored;
    return sk_mapping_read(cx, src, m, im);
}

static bool is_tag_line(sk_str line)
{
    size_t tags = 0;
    sk_str cell;
    char sep = memchr(line.p, '\t', line.n) ? '\t' : memchr(line.p, ';', line.n) ? ';' : ',';
    while (line.n && sk_str_cut(&line, sep, &cell)) {
        cell = sk_str_trim(cell);
        if (cell.n > 1 && cell.p[0] == '"' && cell.p[cell.n - 1] == '"')
            cell = sk_str_trim(sk_str_sub(cell, 1, cell.n - 2));
        if (!cell.n)
            continue;
        if (!sk_is_hxl_tag(cell))
            return false;
        tags++;
    }
    return tags > 0;
}

static int sniff(sk_str name, sk_str head)
{
    sk_str line;
    (void)name;
    for (int i = 0; i < TAG_LINES && head.n && sk_str_cut(&head, '\n', &line); i++)
        if (line.n && is_tag_line(line))
            return 75;
    return 0;
}

const sk_reader sk_reader_hxl = {
    .name = "hxl",
    .version = 1,
    .title = "tables with HXL hashtags under the heading",
    .files = "data.csv, data.xlsx",
    .sniff = sniff,
    .read = read_hxl,
};
