/* Documents that are zips of XML, made here; and zips and XML that mean harm. */
#include "zip_maker.h"

#include "xlsx.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define PART(name, xml)                                                \
    {                                                                  \
        name, SK_S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" xml) \
    }

static const char core[] =
    "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\" xmlns:dcterms=\"t\"><dc:title>An invented "
    "report</dc:title><dc:language>ko-KR</dc:language><dcterms:created>2023-10-09T12:00:00Z"
    "</dcterms:created><dcterms:modified>2023-10-10T00:00:00Z</dcterms:modified>"
    "</cp:coreProperties>";

static sk_document read_docx(const char *body)
{
    sk_str xml = sk_fmt(&cx.arena,
                        "<w:document " W " xmlns:mc=\"m\"><w:body>%s</w:body></w:document>", body);
    zip_part parts[] = {{"word/document.xml", xml}};
    return read_bytes(make_zip(parts, 1, 1), "a.docx");
}

static void a_docx_gives_paragraphs_headings_tables_and_properties(void **state)
{
    static const char body[] =
        "<w:p><w:pPr><w:pStyle w:val=\"1\"/></w:pPr><w:r><w:t>Head</w:t></w:r><w:r><w:t>ing</w:t>"
        "</w:r></w:p><w:p><w:r><w:t xml:space=\"preserve\">One </w:t><w:tab/><w:t>two</w:t><w:br/>"
        "<w:t>three</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc><w:tc><w:p>"
        "<w:r><w:t>c</w:t></w:r></w:p><w:p><w:r><w:t>c2</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>After.</w:t></w:r></w:p>";
    sk_str xml = sk_fmt(&cx.arena, "<w:document " W "><w:body>%s</w:body></w:document>", body);
    zip_part parts[] = {
        {"word/document.xml", xml},
        PART("word/styles.xml",
             "<w:styles " W "><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\""
             "/></w:style></w:styles>"),
        PART("word/footnotes.xml",
             "<w:footnotes " W "><w:footnote><w:p><w:r><w:t>A note.</w:t></w:r>"
             "</w:p></w:footnote></w:footnotes>"),
        PART("word/header1.xml",
             "<w:hdr " W "><w:p><w:r><w:t>Running head</w:t></w:r></w:p></w:hdr>"),
        PART(
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Type=\"http://x/hyperlink\" Target=\"https://example.org/"
            "?a=1&amp;b=2\" TargetMode=\"External\"/></Relationships>"),
        {"docProps/core.xml", SK_S("")},
    };
    parts[5].bytes = sk_str_of(core);
    sk_document d = read_bytes(make_zip(parts, SK_COUNT(parts), 1), "a.docx");
    assert_int_equal(d.outcome, SK_OUTCOME_OK);
    assert_str(d.reader, "docx/1");
    assert_str(d.title, "An invented report");
    assert_str(d.lang, "ko");
    assert_int_equal(d.n_dates, 2);
    assert_str(d.dates[0].edtf, "2023-10-09T12:00:00Z");
    assert_str(d.dates[0].where, "property created");
    assert_block(&d, 0, SK_BLOCK_HEADING, "Heading");
    assert_block(&d, 1, SK_BLOCK_TEXT, "One  two\nthree");
    assert_block(&d, 2, SK_BLOCK_ROW, "a\t\tc c2");
    assert_str(d.blocks[2].place, "table 1, row 1");
    assert_block(&d, 3, SK_BLOCK_TEXT, "After.");
    assert_block(&d, 4, SK_BLOCK_TEXT, "A note.");
    assert_str(d.blocks[4].place, "footnote");
    assert_block(&d, 5, SK_BLOCK_FURNITURE, "Running head");
    assert_str(d.links[0], "https://example.org/?a=1&b=2");
}

static void what_change_tracking_deleted_is_left_out_and_said(void **state)
{
    sk_document d =
        read_docx("<w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText>"
                  "</w:r></w:del><w:ins><w:r><w:t>added</w:t></w:r></w:ins></w:p>");
    assert_block(&d, 0, SK_BLOCK_TEXT, "Kept added");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "1 pieces of text deleted"));
}

static void a_text_box_follows_its_paragraph_once(void **state)
{
    sk_document d =
        read_docx("<w:p><w:r><w:t>Body </w:t><mc:AlternateContent><mc:Choice>"
                  "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
                  "</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r>"
                  "</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>text</w:t>"
                  "</w:r></w:p>");
    assert_int_equal(d.n_blocks, 2);
    assert_block(&d, 0, SK_BLOCK_TEXT, "Body text");
    assert_block(&d, 1, SK_BLOCK_TEXT, "boxed");
    assert_str(d.blocks[1].place, "text box");
}

static void an_odt_gives_the_same(void **state)
{
    static const char content[] =
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" "
        "xmlns:xlink=\"l\"><office:body><office:text><text:tracked-changes><text:changed-region>"
        "<text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes><text:h>Heading</text:h><text:p>One<text:s text:c=\"2\"/>two"
        "<text:line-break/>three<text:note><text:note-citation>1</"
        "text:note-citation><text:note-body>"
        "<text:p>A note.</text:p></text:note-body></text:note> end <text:a xlink:href=\"https://"
        "example.org/\">link</text:a></text:p><table:table table:name=\"T1\"><table:table-row>"
        "<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell "
        "table:number-columns-repeated=\"2\"/><table:table-cell><text:p>d</text:p></"
        "table:table-cell>"
        "</table:table-row><table:table-row table:number-rows-repeated=\"1000000\">"
        "<table:table-cell table:number-columns-repeated=\"1000\"><text:p>x</text:p>"
        "</table:table-cell></table:table-row></table:table></office:text></office:body>"
        "</office:document-content>";
    zip_part parts[] = {
        {"mimetype", SK_S("application/vnd.oasis.opendocument.text")},
        {"content.xml", SK_NONE},
        PART("meta.xml",
             "<m xmlns:dc=\"d\" xmlns:meta=\"m\"><dc:title>T</dc:title><meta:creation-date>"
             "2023-10-09T12:00:00.123</meta:creation-date><dc:language>ja</dc:language></m>"),
    };
    parts[1].bytes = sk_str_of(content);
    sk_document d = read_bytes(make_zip(parts, SK_COUNT(parts), 1), "a.odt");
    assert_str(d.media, "application/vnd.oasis.opendocument.text");
    assert_str(d.title, "T");
    assert_str(d.lang, "ja");
    assert_str(d.dates[0].edtf, "2023-10-09T12:00:00");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "1 deletions"));
    assert_block(&d, 0, SK_BLOCK_HEADING, "Heading");
    assert_block(&d, 1, SK_BLOCK_TEXT, "One  two\nthree end link");
    assert_block(&d, 2, SK_BLOCK_TEXT, "A note.");
    assert_str(d.blocks[2].place, "note");
    assert_block(&d, 3, SK_BLOCK_ROW, "a\t\t\td");
    assert_str(d.blocks[3].place, "T1, row 1");
    assert_str(d.blocks[4].place, "T1, rows 2 to 1000001"); /* once, not a million times */
    assert_int_equal(d.n_blocks, 5);
}

static const zip_part workbook[] = {
    PART("xl/workbook.xml",
         "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/>"
         "<sheet name=\"My list\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"),
    PART("xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"rId2\" Target=\"worksheets/other.xml\"/>"
         "<Relationship Id=\"rId1\" Target=\"/xl/worksheets/sheet1.xml\"/></Relationships>"),
    PART("xl/styles.xml",
         "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;년&quot; "
         "m&quot;월&quot;"
         "\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf "
         "numFmtId=\"0\"/>"
         "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"),
    PART("xl/sharedStrings.xml", "<sst><si><t>이름</t></si><si><r><t>Kim "
                                 "</t></r><r><t>Invented</t></r><rPh><t>キム</t></rPh>"
                                 "</si></sst>"),
    PART("xl/worksheets/sheet1.xml",
         "<worksheet><sheetData><row r=\"7\"><c r=\"A7\" t=\"s\"><v>0</v></c><c r=\"C7\" "
         "t=\"inlineStr\"><is><t>inline\ntext</t></is></c></row><row r=\"8\"><c r=\"A8\" t=\"s\">"
         "<v>1</v></c><c r=\"B8\" s=\"1\"><v>45208</v></c><c r=\"C8\" s=\"2\"><v>45208</v></c>"
         "<c r=\"D8\" s=\"3\"><v>45208.5</v></c><c r=\"E8\" t=\"b\"><v>1</v></c><c "
         "r=\"F8\"><f>1+1</f>"
         "<v>2</v></c><c r=\"AZ8\" t=\"str\"><v>far</v></c></row></sheetData></worksheet>"),
    PART("xl/worksheets/other.xml",
         "<worksheet><sheetData><row><c><v>1.5</v></c><c t=\"s\"><v>99</v></c></row></sheetData>"
         "</worksheet>"),
};

static void a_workbook_gives_rows_with_the_cells_they_stand_in(void **state)
{
    sk_document d = read_bytes(make_zip(workbook, SK_COUNT(workbook), 1), "a.xlsx");
    assert_int_equal(d.outcome, SK_OUTCOME_OK);
    assert_int_equal(d.n_blocks, 4);
    assert_block(&d, 0, SK_BLOCK_ROW, "이름\t\tinline text");
    assert_str(d.blocks[0].place, "Sheet1!A7:C7");
    assert_block(&d, 1, SK_BLOCK_ROW,
                 "Kim Invented\t2023-10-09\t2023-10-09\t2023-10-09T12:00:00\tTRUE\t2");
    assert_str(d.blocks[1].place, "Sheet1!A8:F8");
    assert_block(&d, 2, SK_BLOCK_ROW, "far");
    assert_str(d.blocks[2].place, "Sheet1!AZ8");
    assert_block(&d, 3, SK_BLOCK_ROW, "1.5");
    assert_str(d.blocks[3].place, "'My list'!A1");
    assert_int_equal(d.blocks[3].page, 2);
}

static void day_numbers_become_dates_by_the_rules_of_workbooks(void **state)
{
    static const struct {
        const char *number;
        sk_cell_form form;
        bool is_1904;
        const char *date;
    } cells[] = {
        {"45208", SK_CELL_DATE, false, "2023-10-09"},
        {"43746", SK_CELL_DATE, true, "2023-10-09"},
        {"1", SK_CELL_DATE, false, "1900-01-01"},
        {"59", SK_CELL_DATE, false, "1900-02-28"},
        {"60", SK_CELL_DATE, false, ""}, /* 29 February 1900 never was */
        {"61", SK_CELL_DATE, false, "1900-03-01"},
        {"0.5", SK_CELL_TIME, false, "12:00:00"},
        {"45208.999994", SK_CELL_DATE_TIME, false, "2023-10-09T23:59:59"},
        {"45208.999999", SK_CELL_DATE_TIME, false, "2023-10-10T00:00:00"},
        {"-1", SK_CELL_DATE, false, ""},
        {"1e300", SK_CELL_DATE, false, ""},
        {"nan", SK_CELL_DATE, false, ""},
    };
    static const struct {
        const char *code;
        sk_cell_form form;
    } codes[] = {
        {"General", SK_CELL_PLAIN},
        {"0.00", SK_CELL_PLAIN},
        {"yyyy-mm-dd", SK_CELL_DATE},
        {"m/d/yy h:mm", SK_CELL_DATE_TIME},
        {"[$-ko-KR]yyyy\"년\" m\"월\" d\"일\"", SK_CELL_DATE},
        {"mm:ss", SK_CELL_TIME},
        {"[h]:mm", SK_CELL_PLAIN},
        {"#,##0 \"days\"", SK_CELL_PLAIN},
        {"\"day \"0", SK_CELL_PLAIN},
        {"mmm yyyy", SK_CELL_DATE},
        {"[Red]0;[Blue]-0", SK_CELL_PLAIN},
    };
    for (size_t i = 0; i < SK_COUNT(cells); i++)
        assert_str(
            sk_cell_date(&cx.arena, sk_str_of(cells[i].number), cells[i].form, cells[i].is_1904),
            cells[i].date);
    for (size_t i = 0; i < SK_COUNT(codes); i++)
        if (sk_cell_form_of_code(sk_str_of(codes[i].code)) != codes[i].form)
            fail_msg("%s", codes[i].code);
}

static void a_document_type_declaration_is_refused(void **state)
{
    sk_str laughs =
        SK_S("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">"
             "]><w:document " W "><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>"
             "</w:document>");
    zip_part parts[] = {{"word/document.xml", laughs}};
    sk_document d = read_bytes(make_zip(parts, 1, 1), "a.docx");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "declares a document type"));
    assert_false(has_text(&d, "ha"));
}

static void a_zip_bomb_is_cut_at_the_ceiling(void **state)
{
    char *blanks = sk_alloc(&cx.arena, SK_MIB(1));
    memset(blanks, ' ', SK_MIB(1));
    zip_part parts[] = {{"word/document.xml", {blanks, SK_MIB(1)}}};
    memcpy(blanks, "<a>", 3); /* every MiB opens an element: deep as well as large */
    sk_str zip = make_zip(parts, 1, 300);
    assert_true(zip.n < SK_MIB(1));
    sk_document d = read_bytes(zip, "a.docx");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "MiB of the part") || note_says(&d, "not sound XML"));
}

static void a_sheet_of_more_rows_than_may_be_is_cut_at_the_ceiling(void **state)
{
    static const char row[] = "<row><c><v>1</v></c></row>";
    size_t n_rows = SK_LIM_BLOCKS + 1000, row_bytes = sizeof row - 1;
    sk_str open = SK_S("<worksheet><sheetData>"), close = SK_S("</sheetData></worksheet>");
    char *xml = sk_alloc(&cx.arena, open.n + n_rows * row_bytes + close.n);
    memcpy(xml, open.p, open.n);
    for (size_t i = 0; i < n_rows; i++)
        memcpy(xml + open.n + i * row_bytes, row, row_bytes);
    memcpy(xml + open.n + n_rows * row_bytes, close.p, close.n);
    zip_part parts[SK_COUNT(workbook)];
    memcpy(parts, workbook, sizeof parts);
    parts[4].bytes = (sk_str){xml, open.n + n_rows * row_bytes + close.n};
    sk_document d = read_bytes(make_zip(parts, SK_COUNT(parts), 1), "a.xlsx");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "only the first 1000000 blocks"));
    assert_int_equal(d.n_blocks, SK_LIM_BLOCKS);
}

static void damaged_zips_and_xml_end_in_an_outcome(void **state)
{
    sk_str good = make_zip(workbook, SK_COUNT(workbook), 1);
    for (size_t n = 4; n < good.n; n += 97)
        read_bytes(sk_str_sub(good, 0, n), "a.xlsx");
    for (size_t i = 0; i < good.n; i += 13) {
        char *bytes = sk_alloc_copy(&cx.arena, good.p, good.n);
        bytes[i] = (char)(bytes[i] ^ 0x55);
        read_bytes((sk_str){bytes, good.n}, "a.xlsx");
    }
    sk_document d = read_docx("<w:p><w:r><w:t>before</w:t></w:r></w:p><unclosed>");
    assert_int_equal(d.outcome, SK_OUTCOME_PARTIAL);
    assert_true(note_says(&d, "not sound XML"));
    assert_true(has_text(&d, "before"));
}

static void other_zips_say_what_they_are(void **state)
{
    sk_document d = read_bytes(ZIP({"a.txt", SK_S("x")}, {"b.txt", SK_S("y")}), "a.zip");
    assert_int_equal(d.outcome, SK_OUTCOME_NONE);
    assert_true(note_says(&d, "a zip with 2 files"));
    d = read_bytes(ZIP({"ppt/presentation.xml", SK_S("<p/>")}), "a.pptx");
    assert_int_equal(d.outcome, SK_OUTCOME_NONE);
    assert_true(note_says(&d, "save it as PDF"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_docx_gives_paragraphs_headings_tables_and_properties),
        TEST(what_change_tracking_deleted_is_left_out_and_said),
        TEST(a_text_box_follows_its_paragraph_once),
        TEST(an_odt_gives_the_same),
        TEST(a_workbook_gives_rows_with_the_cells_they_stand_in),
        TEST(day_numbers_become_dates_by_the_rules_of_workbooks),
        TEST(a_document_type_declaration_is_refused),
        TEST(a_zip_bomb_is_cut_at_the_ceiling),
        TEST(a_sheet_of_more_rows_than_may_be_is_cut_at_the_ceiling),
        TEST(damaged_zips_and_xml_end_in_an_outcome),
        TEST(other_zips_say_what_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
