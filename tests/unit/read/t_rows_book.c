/* Rows of workbooks, XLSX and ODS, through the confined program; and of those that are damaged or
 * mean harm. */
#include "rows_helper.h"
#include "zip_maker.h"

#define PART(name, text) \
    {                    \
        name, SK_S(text) \
    }
#define BOOK                                                                                       \
    PART("xl/workbook.xml",                                                                        \
         "<workbook xmlns:r=\"r\"><sheets><sheet name=\"People\" sheetId=\"1\" r:id=\"rId1\"/>"    \
         "<sheet name=\"My list\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/></sheets>"         \
         "</workbook>"),                                                                           \
        PART("xl/_rels/workbook.xml.rels",                                                         \
             "<Relationships><Relationship Id=\"rId2\" Target=\"worksheets/other.xml\"/>"          \
             "<Relationship Id=\"rId1\" Target=\"/xl/worksheets/sheet1.xml\"/></Relationships>"),  \
        PART("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"     \
                              "</cellXfs></styleSheet>"),                                          \
        PART("xl/sharedStrings.xml",                                                               \
             "<sst><si><t>이름</t></si><si><r><t xml:space=\"preserve\"> Kim </t></r><r><t>"     \
             "Invented</t></r><rPh><t>キム</t></rPh></si><si><t>a_x000D_\nb_x0041_c_x_</t></si>" \
             "</sst>")
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static sk_str book_of(const char *sheet)
{
    const zip_part parts[] = {BOOK, {"xl/worksheets/sheet1.xml", sk_str_of(sheet)}};
    return make_zip(parts, SK_COUNT(parts), 1);
}

static void a_workbook_gives_cells_by_column_with_dates_and_remarks(void **state)
{
    sk_str book = ZIP(
        BOOK,
        PART(
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"AB2\" "
            "t=\"s\"><v>2</v></c></row><row r=\"3\"/><row r=\"5\"><c r=\"B5\" s=\"1\"><v>45208</v>"
            "</c><c r=\"C5\"><f>1+1</f><v>2</v></c><c r=\"D5\"><f>X()</f></c><c r=\"E5\" t=\"e\">"
            "<v>#REF!</v></c><c r=\"F5\" t=\"inlineStr\"><is><t>x\ty</t></is></c></row></sheetData>"
            "<mergeCells count=\"1\"><mergeCell ref=\"A2:B2\"/></mergeCells></worksheet>"),
        PART("xl/worksheets/other.xml",
             SHEET("<row><c t=\"s\"><v>1</v></c></row><row><c><v>0.1</v></c></row>")));
    sk_rows *r = open_bytes(book, "list.xlsx", NULL);
    sk_row row;
    next_row(r, &row);
    assert_cells(&row, "A=이름|AB=a\nbAc_x_");
    assert_str(row.place, "People!A2");
    assert_str(row.sheet, "People");
    assert_int_equal(row.row, 2);
    next_row(r, &row);
    assert_cells(&row, "B=2023-10-09|C=2|E=#REF!|F=x\ty");
    assert_str(row.place, "People!A5");
    next_row(r, &row);
    assert_cells(&row, "A= Kim Invented");
    assert_str(row.place, "'My list'!A1");
    next_row(r, &row);
    assert_cells(&row, "A=0.1");
    assert_end(r);
    assert_str(sk_rows_note(r),
               "1 cells hold formulas, read as their stored results (first People!C5); 1 formulas "
               "have no stored result: open the workbook in a spreadsheet program and save it "
               "(first People!D5); 1 cells hold error values such as #REF! (first People!E5); 1 "
               "areas of merged cells: only their first cell has the text; 1 of the sheets that "
               "were read are hidden");
    sk_rows_close(r);
}

static void a_sheet_is_chosen_by_name_or_number(void **state)
{
    sk_str book = ZIP(BOOK, PART("xl/worksheets/sheet1.xml", SHEET("<row><c><v>1</v></c></row>")),
                      PART("xl/worksheets/other.xml", SHEET("<row><c><v>2</v></c></row>")));
    static const char *const wanted[] = {"My list", "2"};
    for (size_t i = 0; i < 2; i++) {
        sk_rows *r = open_bytes(book, "b.xlsx", &(sk_rows_opts){.sheet = sk_str_of(wanted[i])});
        sk_row row;
        next_row(r, &row);
        assert_cells(&row, "A=2");
        assert_end(r);
        sk_rows_close(r);
    }
    assert_refused(book, "b.xlsx", &(sk_rows_opts){.sheet = SK_S("3")}, SK_E_FORMAT,
                   "b.xlsx: there is no sheet \"3\"; there are: \"People\", \"My list\"");
}

static void what_a_sheet_may_not_be_is_an_error_that_names_the_row(void **state)
{
    sk_rows_opts first = {.sheet = SK_S("1")};
    assert_refused(
        book_of(SHEET("<row r='4'><c><v>1</v></c></row><row r='3'><c><v>1</v></c></row>")),
        "b.xlsx", &first, SK_E_FORMAT, "sheet \"People\": row 3 stands behind row 4");
    assert_refused(book_of(SHEET("<row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>")),
                   "b.xlsx", &first, SK_E_FORMAT, "row 1: a cell of column 1 stands behind one of");
    assert_refused(book_of(SHEET("<row r='1'><c t='s'><v>9</v></c></row>")), "b.xlsx", &first,
                   SK_E_FORMAT, "row 1, column 1: the cell names a shared text that is not in the");
    assert_refused(book_of("<worksheet><sheetData><row r='1'><c><v>1</v></c>"), "b.xlsx", &first,
                   SK_E_FORMAT, "the part xl/worksheets/sheet1.xml is not sound XML");
    assert_refused(book_of("<!DOCTYPE w [<!ENTITY a 'b'>]>" SHEET("")), "b.xlsx", &first,
                   SK_E_FORMAT, "declares a document type, which is refused");
    assert_refused(ZIP(BOOK), "b.xlsx", &first, SK_E_FORMAT, "has no part in the file");
}

static void a_sheet_of_more_columns_than_may_be_is_refused(void **state)
{
    sk_buf b;
    sk_buf_init(&b, SK_MIB(32));
    sk_buf_add(&b, SK_S("<worksheet><sheetData><row r='1'>"));
    for (int i = 0; i < 1000000; i++)
        sk_buf_add(&b, SK_S("<c><v>1</v></c>"));
    sk_buf_add(&b, SK_S("</row></sheetData></worksheet>"));
    assert_refused(book_of(b.p), "b.xlsx", &(sk_rows_opts){.sheet = SK_S("1")}, SK_E_LIMIT,
                   "only the first 16384 columns were read");
    sk_buf_done(&b);
}

static void a_workbook_cut_short_is_never_taken_for_a_whole_one(void **state)
{
    sk_str book = ZIP(BOOK,
                      PART("xl/worksheets/sheet1.xml",
                           SHEET("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>")),
                      PART("xl/worksheets/other.xml", SHEET("<row><c><v>3</v></c></row>")));
    sk_extractor *x;
    assert_int_equal(sk_extractor_open(&cx, &x), SK_OK);
    for (size_t n = 4; n < book.n; n += 19) {
        sk_rows *r = NULL;
        uint64_t rows;
        sk_rc rc = try_open(sk_str_sub(book, 0, n), "b.xlsx", &(sk_rows_opts){.extractor = x}, &r);
        if (!rc)
            rc = read_until_error(r, &rows);
        if (rc != SK_E_FORMAT)
            fail_msg("cut to %zu of %zu bytes: %d %s", n, book.n, rc, cx.message);
        sk_forgive(&cx);
        sk_rows_close(r);
    }
    sk_extractor_close(x);
}

static void a_zip_bomb_ends_at_the_ceiling_with_memory_bounded(void **state)
{
    static const char filler[] = "<row><c><v></v></c></row><row><c><v></v></c></row>";
    size_t n = sizeof filler - 1, times = SK_MIB(130) / n / 100;
    char *hundred = sk_alloc(&cx.arena, 100 * n);
    for (size_t i = 0; i < 100; i++)
        memcpy(hundred + i * n, filler, n);
    size_t used = 0, cap = SK_MIB(16);
    char *out = sk_alloc(&cx.arena, cap);
    const zip_part parts[] = {BOOK};
    struct archive *a = archive_write_new();
    assert_int_equal(archive_write_set_format_zip(a), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(a, out, cap, &used), ARCHIVE_OK);
    for (size_t i = 0; i < SK_COUNT(parts) + 1; i++) {
        struct archive_entry *e = archive_entry_new();
        bool is_sheet = i == SK_COUNT(parts);
        sk_str bytes = is_sheet ? (sk_str){hundred, 100 * n} : parts[i].bytes;
        archive_entry_set_pathname(e, is_sheet ? "xl/worksheets/sheet1.xml" : parts[i].name);
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_size(e, (la_int64_t)(is_sheet ? 33 + bytes.n * times : bytes.n));
        assert_int_equal(archive_write_header(a, e), ARCHIVE_OK);
        if (is_sheet)
            archive_write_data(a, "<worksheet><sheetData>           ", 33);
        for (size_t k = 0; k < (is_sheet ? times : 1); k++)
            assert_int_equal(archive_write_data(a, bytes.p, bytes.n), (la_ssize_t)bytes.n);
        archive_entry_free(e);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    assert_refused((sk_str){out, used}, "b.xlsx", &(sk_rows_opts){.sheet = SK_S("1")}, SK_E_LIMIT,
                   "of the part xl/worksheets/sheet1.xml were read");
}

#define ODS_MEDIA "application/vnd.oasis.opendocument.spreadsheet"
#define ODS(tables)                                                                                \
    ZIP({"mimetype", SK_S(ODS_MEDIA)},                                                             \
        {"content.xml",                                                                            \
         SK_S(                                                                                     \
             "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:"       \
             "office:1.0' xmlns:table='t' xmlns:text='x'><office:body><office:spreadsheet>" tables \
             "</office:spreadsheet></office:body></office:document-content>")})

static void an_ods_gives_values_and_writes_repeated_rows_as_often_as_they_stand(void **state)
{
    sk_str book = ODS(
        "<table:table table:name='One'><table:table-row><table:table-cell "
        "office:value-type='string'>"
        "<text:p>Kim<text:s text:c='2'/>A</text:p><text:p>b</text:p><office:annotation><text:p>no"
        "</text:p></office:annotation></table:table-cell><table:table-cell "
        "table:number-columns-repeated='2'/><table:table-cell office:value-type='date' "
        "office:date-value='2023-10-09'><text:p>09.10.23</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='2' office:value-type='float' "
        "office:value='1.5'><text:p>2</text:p></table:table-cell><table:table-cell "
        "table:formula='x' office:value-type='boolean' office:boolean-value='true'/>"
        "<table:table-cell table:number-columns-repeated='16370'/></table:table-row>"
        "<table:table-row table:number-rows-repeated='2'><table:table-cell "
        "office:value-type='string'><text:p>again</text:p></table:table-cell></table:table-row>"
        "<table:table-row table:number-rows-repeated='1048000'><table:table-cell/>"
        "</table:table-row></table:table><table:table table:name='Two'><table:table-row>"
        "<table:table-cell office:value-type='string'><text:p>z</text:p></table:table-cell>"
        "</table:table-row></table:table>");
    sk_rows *r = open_bytes(book, "a.ods", NULL);
    sk_row row;
    next_row(r, &row);
    assert_cells(&row, "A=Kim  A\nb|D=2023-10-09|E=1.5|F=1.5|G=TRUE");
    next_row(r, &row);
    assert_cells(&row, "A=again");
    assert_str(row.place, "One!A2");
    next_row(r, &row);
    assert_str(row.place, "One!A3");
    next_row(r, &row);
    assert_cells(&row, "A=z");
    assert_str(row.sheet, "Two");
    assert_int_equal(row.row, 1);
    assert_end(r);
    assert_true(sk_str_starts(sk_rows_note(r), SK_S("1 cells hold formulas")));
    sk_rows_close(r);
    r = open_bytes(book, "a.ods", &(sk_rows_opts){.sheet = SK_S("Two")});
    next_row(r, &row);
    assert_cells(&row, "A=z");
    assert_end(r);
    sk_rows_close(r);
}

static void an_ods_that_multiplies_rows_beyond_a_sheet_is_refused(void **state)
{
    sk_str book = ODS("<table:table table:name='One'><table:table-row "
                      "table:number-rows-repeated='99999999999999999999'><table:table-cell>"
                      "<text:p>x</text:p></table:table-cell></table:table-row><table:table-row "
                      "table:number-rows-repeated='1048577'><table:table-cell><text:p>x</text:p>"
                      "</table:table-cell></table:table-row></table:table>");
    assert_refused(book, "a.ods", NULL, SK_E_LIMIT, "row 2 stands 1048577 times");
    book = ODS("<table:table table:name='One'><table:table-row><table:table-cell "
               "table:number-columns-repeated='16385'><text:p>x</text:p></table:table-cell>"
               "</table:table-row></table:table>");
    assert_refused(book, "a.ods", NULL, SK_E_FORMAT, "there may be 16384 columns");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_workbook_gives_cells_by_column_with_dates_and_remarks),
        TEST(a_sheet_is_chosen_by_name_or_number),
        TEST(what_a_sheet_may_not_be_is_an_error_that_names_the_row),
        TEST(a_sheet_of_more_columns_than_may_be_is_refused),
        TEST(a_workbook_cut_short_is_never_taken_for_a_whole_one),
        TEST(a_zip_bomb_ends_at_the_ceiling_with_memory_bounded),
        TEST(an_ods_gives_values_and_writes_repeated_rows_as_often_as_they_stand),
        TEST(an_ods_that_multiplies_rows_beyond_a_sheet_is_refused),
    };
    setenv("SILLOK_EXTRACT", SK_EXTRACT_PROGRAM, 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
