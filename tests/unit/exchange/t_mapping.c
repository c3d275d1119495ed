/* Tables become claims by a mapping that a person wrote: every cell is taken or accounted for. */
#include "reader_test.h"

#include <stdio.h>

#define HEAD "sillok-mapping 1\nclaimant \"Families' association\"\n"

/* ---- rows and columns ---- */

static void a_row_becomes_claims_of_an_entity(void **state)
{
    said s;
    run_table(&s, "No.,Name,Born\n7,Kim Invented,1978-06\n",
              HEAD "entity person Person\n  key \"fam-{No.}\"\n  name Name\n  birthDate Born\n");
    assert_ok(&s);
    assert_says(&s, "fam-7 Person:name = Kim Invented by Families' association at row 2");
    assert_says(&s, "fam-7 Person:birthDate = 1978-06 by");
    assert_int_equal(s.sum.rows, 2);
    assert_int_equal(s.sum.claims, 2);
    assert_finds(&s, "skipped : the heading (row 1)");
    forget(&s);
}

static void every_row_is_announced_also_blank_ones_and_those_above_the_heading(void **state)
{
    said s;
    run_table(&s, "List of June,,\nID,Name,\n1,A,\n,,\n2,B,\n",
              HEAD "heading 2\nentity p Person\n key \"p-{ID}\"\n name Name\n");
    assert_ok(&s);
    assert_int_equal(s.sum.rows, 5);
    assert_int_equal(count_lines(&s.rows), 5);
    assert_finds(&s, "skipped : above the heading (row 1)");
    assert_finds(&s, "skipped : blank (row 4)");
    assert_int_equal(s.sum.claims, 2);
    forget(&s);
}

static void a_column_that_the_mapping_does_not_name_is_told_once(void **state)
{
    said s;
    run_table(&s, "ID,Name,Phone,Room,\n1,A,5,6,x\n2,B,5,6,y\n3,C,,,,z\n",
              HEAD "entity p Person\n key \"p-{ID}\"\n name Name\nignore Room Attic\n");
    assert_ok(&s);
    assert_finds(&s, "left [Phone] : the mapping does not name this column; map it, or add: ignore "
                     "\"Phone\" (row 1)");
    assert_finds(&s, "left [E] x: this column has no heading");
    assert_finds(&s, "left z: the row has more cells than the heading");
    assert_int_equal(s.sum.values_left, 3);
    forget(&s);
}

static void headings_match_whatever_their_case_and_blanks(void **state)
{
    said s;
    run_table(&s, " id ,\"Full\nname\"\n1,A\n",
              HEAD "entity p Person\n key \"p-{ID}\"\n name \"full NAME\"\n");
    assert_ok(&s);
    assert_says(&s, "p-1 Person:name = A");
    forget(&s);
}

static void a_column_can_be_named_by_its_letter(void **state)
{
    said s;
    run_table(&s, "ID,Name,Name\n1,A,B\n",
              HEAD "entity p Person\n key \"p-{[A]}\"\n name [B]\n alias [C]\n");
    assert_ok(&s);
    assert_says(&s, "p-1 Person:alias = B");
    forget(&s);
    run_table(&s, "ID,Name,Name\n1,A,B\n", HEAD "entity p Person\n key \"p-{ID}\"\n name Name\n");
    assert_fails(&s, SK_E_AMBIGUOUS,
                 "mapping line 5: two columns are headed \"Name\"; write [B] or");
    forget(&s);
    run_table(&s, "1,A\n2,B\n", HEAD "heading none\nentity p Person\n key \"p-{A}\"\n name B\n");
    assert_ok(&s);
    assert_int_equal(s.sum.rows, 2);
    assert_says(&s, "p-1 Person:name = A by Families' association at row 1");
    forget(&s);
}

static void a_column_that_is_not_there_is_an_error_that_lists_those_that_are(void **state)
{
    said s;
    run_table(&s, "ID,Name\n1,A\n", HEAD "entity p Person\n key \"p-{ID}\"\n name Nom\n");
    assert_fails(&s, SK_E_NOTFOUND,
                 "mapping line 5: there is no column \"Nom\"; the columns are \"ID\", \"Name\"");
    forget(&s);
}

static void hxl_tags_under_the_heading_name_columns_too(void **state)
{
    said s;
    run_table(&s, "Nr,Wer\n#meta+id,#affected+name\n1,A\n",
              HEAD "entity p Person\n key \"p-{#meta+id}\"\n name \"#affected+name\"\n");
    assert_ok(&s);
    assert_says(&s, "p-1 Person:name = A by Families' association at row 3");
    assert_finds(&s, "skipped : HXL tags (row 2)");
    forget(&s);
}

/* ---- keys ---- */

static void a_key_of_a_hash_follows_its_columns_and_not_the_row(void **state)
{
    static const char mapping[] =
        HEAD "list fam\nentity person Person\n key hash Name Born\n name Name\n birthDate Born\n";
    said a, b;
    run_table(&a, "Name,Born\nKim  Invented,1978\nLee Invented,1980\n", mapping);
    run_table(&b, "Name,Born\nLee Invented,1980\nkim invented,1978\n", mapping);
    assert_ok(&a);
    assert_true(has_line(&a.claims, "fam-person-"));
    sk_str key = sk_str_sub(sk_buf_str(&a.claims), 0, 31);
    char *head = sk_str_c(&a.cx.arena, sk_fmt(&a.cx.arena, "%.*s Person:name = kim", SK_P(key)));
    assert_says(&b, head);
    forget(&a);
    forget(&b);
}

static void two_rows_of_one_hash_are_remarked_on(void **state)
{
    said s;
    run_table(&s, "Name\nKim Invented\nKim Invented\n",
              HEAD "entity person Person\n key hash Name\n name Name\n");
    assert_ok(&s);
    assert_finds(&s, "remark [Name] person-");
    assert_int_equal(s.sum.remarks, 1);
    forget(&s);
}

static void an_id_that_comes_twice_is_told_once(void **state)
{
    said s;
    run_table(&s, "ID,Name\n7,A\n7,B\n7,C\n",
              HEAD "entity person Person\n key \"p-{ID}\"\n name Name\n");
    assert_ok(&s);
    assert_finds(&s, "remark [ID] p-7: an earlier row has the same key");
    assert_int_equal(s.sum.remarks, 1);
    assert_int_equal(s.sum.claims, 3);
    forget(&s);
}

static void keys_of_row_numbers_must_be_asked_for_and_are_warned_of(void **state)
{
    said s;
    run_table(&s, "Name\nA\n", HEAD "entity p Person\n key row\n name Name\n");
    assert_fails(&s, SK_E_FORMAT, "keys of row numbers need the name of the list");
    forget(&s);
    run_table(&s, "Name\nA\nB\n", HEAD "list l\nentity p Person\n key row\n name Name\n");
    assert_ok(&s);
    assert_says(&s, "l-p-row-2 Person:name = A");
    assert_finds(&s, "remark l-p-row-2: keys are made from row numbers");
    assert_int_equal(s.sum.remarks, 1);
    forget(&s);
}

static void ids_of_the_source_are_made_fit_for_keys(void **state)
{
    said s;
    char csv[400], long_id[260];
    memset(long_id, 'x', sizeof long_id - 1);
    long_id[sizeof long_id - 1] = '\0';
    snprintf(csv, sizeof csv, "ID,Name\n a b\xC2\xA0 c ,A\n%s,B\n,C\n", long_id);
    run_table(&s, csv, HEAD "entity p Person\n key \"p-{ID}\"\n name Name\n");
    assert_ok(&s);
    assert_says(&s, "p-a-b-c Person:name = A");
    assert_says(&s, "p-xxxxxxxx");
    assert_finds(&s, "left [ID] : p has no key in this row, for this cell is empty");
    assert_finds(&s, "skipped : nothing in it has a key and a type (row 4)");
    forget(&s);
}

static void bare_ids_bear_the_prefix_that_the_user_gave(void **state)
{
    said s;
    sk_source src = {.mapping = SK_S(HEAD "entity p Person\n key \"{ID}\"\n name Name\n"),
                     .options.prefix = SK_S("lst-")};
    run_reader(&s, &sk_reader_table, "x.csv", SK_S("ID,Name\n9,A\n"), &src);
    assert_ok(&s);
    assert_says(&s, "lst-9 Person:name = A");
    forget(&s);
}

/* ---- who says it, when, for whom ---- */

static void without_anybody_who_says_it_nothing_is_read(void **state)
{
    said s;
    run_table(&s, "ID,Name\n1,A\n",
              "sillok-mapping 1\nentity p Person\n key \"p-{ID}\"\n name Name\n");
    assert_fails(&s, SK_E_FORMAT, "name who says it");
    forget(&s);
}

static void the_claimant_may_stand_in_a_column(void **state)
{
    said s;
    run_table(&s, "ID,Name,Source,When\n1,A,two girls > HRW,2023-05\n2,B,,\n",
              "sillok-mapping 1\nclaimant column Source\nas-of column When\n"
              "entity p Person\n key \"p-{ID}\"\n name Name\n");
    assert_ok(&s);
    assert_says(&s, "p-1 Person:name = A {as-of 2023-05} by two girls > HRW at row 2");
    assert_finds(&s, "skipped : nobody says it: column \"Source\" is empty");
    forget(&s);
    run_table(&s, "ID,Name,Source\n2,B,\n",
              "sillok-mapping 1\nclaimant column Source default unnamed\n"
              "entity p Person\n key \"p-{ID}\"\n name Name claimant \"the son\"\n alias Name\n");
    assert_ok(&s);
    assert_says(&s, "p-2 Person:alias = B by unnamed at row 2");
    assert_says(&s, "p-2 Person:name = B by the son at row 2");
    forget(&s);
}

static void the_user_overrides_the_claimant_of_the_mapping(void **state)
{
    static const sk_str chain[] = {{"Origin", 6}, {"Relay", 5}};
    said s;
    sk_source src = {.mapping = SK_S(HEAD "entity p Person\n key \"{ID}\"\n name Name\n"),
                     .options = {.claimant = chain, .n_claimant = 2}};
    run_reader(&s, &sk_reader_table, "x.csv", SK_S("ID,Name\n9,A\n"), &src);
    assert_ok(&s);
    assert_says(&s, "9 Person:name = A by Origin > Relay");
    forget(&s);
}

static void list_and_date_of_the_copy_come_from_the_mapping(void **state)
{
    said s;
    run_table(&s, "ID,Name\n9,A\n",
              HEAD "list fam\nas-of 2024-06\nlang ko\ncarrier \"Carrier\"\nsaid 2024\n"
                   "reference \"box 3\"\nentity p Person\n key \"{ID}\"\n name Name\n");
    assert_ok(&s);
    assert_true(sk_str_is(s.sum.list, "fam") && sk_str_is(s.sum.asof, "2024-06"));
    assert_says(&s, "9 Person:name = A {lang ko} {as-of 2024-06} {said 2024} {carrier Carrier} "
                    "{reference box 3} by");
    forget(&s);
}

static void a_label_restricts_a_column_or_a_row_and_never_silently_not(void **state)
{
    static const char mapping[] = HEAD
        "restrict column Open values open\nvalues open\n family-only = no\n \"\" = yes\n"
        "entity p Person\n key \"p-{ID}\"\n name Name\n phone Tel restrict staff restrict lead\n";
    said s;
    run_table(&s, "ID,Name,Tel,Open\n1,A,5,yes\n2,B,,no\n3,C,,Secret!\n", mapping);
    assert_ok(&s);
    assert_says(&s, "p-1 Person:name = A by");
    assert_says(&s, "p-1 Person:phone = 5 {restrict staff} {restrict lead} by");
    assert_says(&s, "p-2 Person:name = B {restrict family-only} by");
    assert_false(has_line(&s.claims, "p-3"));
    assert_finds(&s, "left [Open] Secret!: restriction label \"Secret!\" must be");
    assert_finds(&s, "skipped : it may be meant for fewer people");
    forget(&s);
}

static void the_words_that_claims_rest_on_may_stand_in_a_column(void **state)
{
    said s;
    run_table(&s, "ID,Name,Text\n1,A,\"she was called A\"\n",
              HEAD "passage Text\nentity p Person\n key \"{ID}\"\n name Name\n");
    assert_ok(&s);
    assert_says(&s, "1 Person:name = A {quote she was called A} by Families' association at row 2");
    forget(&s);
}

/* ---- values ---- */

static void dates_of_unsaid_order_are_reported_and_not_guessed(void **state)
{
    static const char csv[] = "ID,Born\n1,03/01/2022\n2,25/12/2022\n";
    said s;
    run_table(&s, csv, HEAD "entity p Person\n key \"{ID}\"\n birthDate Born\n");
    assert_ok(&s);
    assert_finds(&s, "left [Born] 03/01/2022: date \"03/01/2022\" may be 2022-01-03 or 2022-03-01; "
                     "write \"dates dmy\" or \"dates mdy\" in the mapping (row 2)");
    assert_says(&s, "2 Person:birthDate = 2022-12-25 <25/12/2022>");
    forget(&s);
    run_table(&s, csv, HEAD "dates dmy\nentity p Person\n key \"{ID}\"\n birthDate Born\n");
    assert_says(&s, "1 Person:birthDate = 2022-01-03 <03/01/2022>");
    forget(&s);
    run_table(&s, csv,
              HEAD "dates dmy\nentity p Person\n key \"{ID}\"\n birthDate Born dates mdy\n");
    assert_says(&s, "1 Person:birthDate = 2022-03-01 <03/01/2022>");
    assert_finds(&s, "left [Born] 25/12/2022: date \"25/12/2022\" is no day when read as month");
    forget(&s);
}

static void values_become_terms_and_their_words_are_kept(void **state)
{
    static const char mapping[] =
        HEAD "absent unknown \"-\" ?\n"
             "values sex\n male = M 남 \"man\"\n female = F 여\n (not-asked) = x\n"
             "entity p Person\n key \"{ID}\"\n gender Sex values sex default (unknown)\n";
    said s;
    run_table(&s, "ID,Sex\n1,M\n2,여\n3,X\n4,-\n5,other\n6,\n7,(withheld)\n", mapping);
    assert_ok(&s);
    assert_says(&s, "1 Person:gender = male <M> by");
    assert_says(&s, "2 Person:gender = female <여> by");
    assert_says(&s, "3 Person:gender = (not-asked) <X> by");
    assert_says(&s, "4 Person:gender = (unknown) <-> by");
    assert_finds(&s, "left [Sex] other: not among the values \"sex\" of the mapping");
    assert_says(&s, "6 Person:gender = (unknown) by");
    assert_says(&s, "7 Person:gender = (withheld) by");
    forget(&s);
}

static void other_values_may_be_kept_or_gathered(void **state)
{
    said s;
    run_table(&s, "ID,A,B\n1,x,y\n",
              HEAD "values a\n one = 1\n others keep\nvalues b\n one = 1\n others rest\n"
                   "entity p Person\n key \"{ID}\"\n religion A values a\n gender B values b\n");
    assert_ok(&s);
    assert_says(&s, "1 Person:religion = x by");
    assert_says(&s, "1 Person:gender = rest <y> by");
    forget(&s);
}

static void cells_of_several_values_are_split(void **state)
{
    said s;
    run_table(&s, "ID,Names\n1,\"A; B;; \"\n2,\"Kim, Invented\"\n",
              HEAD "entity p Person\n key \"{ID}\"\n alias Names split \";\"\n"
                   " lastName Names part 1 \",\"\n firstName Names part 2 \",\"\n");
    assert_ok(&s);
    assert_says(&s, "1 Person:alias = A by");
    assert_says(&s, "1 Person:alias = B by");
    assert_says(&s, "2 Person:lastName = Kim <Kim, Invented>");
    assert_says(&s, "2 Person:firstName = Invented <Kim, Invented>");
    forget(&s);
}

static void quantities_have_bounds_and_words(void **state)
{
    static const char mapping[] =
        HEAD "absent unknown n/a\nentity e Event\n key \"e-{ID}\"\n"
             " count low Low high High qualifier Q unit Unit words Words measure returned\n";
    said s;
    run_table(&s,
              "ID,Low,High,Q,Unit,Words\n1,500,600,,people,\n2,,,,,at least 17\n3,n/a,,,,\n"
              "4,many,,,,\n5,5,,about,,\n6,30,30,sort of,,\n7,,,,,\n",
              mapping);
    assert_ok(&s);
    assert_says(&s, "e-1 Event:count = between low 500 high 600 unit people {measure returned}");
    assert_says(&s, "e-2 Event:count = at-least low 17 <at least 17>");
    assert_says(&s, "e-3 Event:count = (unknown) <n/a>");
    assert_finds(&s, "left [Low] many: no number");
    assert_finds(&s, "left [Low] ");
    assert_finds(&s, "left [Q] sort of: no qualifier");
    forget(&s);
    run_table(&s, "ID,N\n1,\"1,200\"\n2,at least 17\n",
              HEAD "entity e Event\n key \"e-{ID}\"\n count N unit people\n");
    assert_says(&s, "e-1 Event:count = exact low 1200 high 1200 unit people <1,200>");
    assert_says(&s, "e-2 Event:count = at-least low 17 unit people <at least 17>");
    forget(&s);
}

static void a_row_can_hold_several_entities_and_their_links(void **state)
{
    static const char mapping[] =
        HEAD "values kinds\n Company = firm\n PublicBody = office\n"
             "entity person Person\n  key \"p-{ID}\"\n  name Name\n"
             "entity body\n  type column Kind values kinds default Organization\n  key hash Body\n"
             "  name Body\n"
             "entity job Membership\n  key \"m-{ID}\"\n  when Body\n  member @person\n"
             "  organization @body\n  startDate Since\n"
             "entity arrest Detention\n  key \"d-{ID}\"\n  victim @person\n  date Arrested\n"
             "  act = liberty.detention\n";
    said s;
    run_table(&s,
              "ID,Name,Body,Kind,Since,Arrested\n1,A,Acme,firm,1999,2001\n2,B,,,,\n"
              "3,C,Odd,circus,,\n4,D,Plain,,,\n5,E,,,1999,\n",
              mapping);
    assert_ok(&s);
    assert_says(&s, "m-1 Membership:member = p-1 by");
    assert_says(&s, "m-1 Membership:organization = body-");
    assert_says(&s, "body-");
    assert_says(&s, "d-1 Detention:victim = p-1");
    assert_says(&s, "d-1 Detention:act = liberty.detention");
    assert_false(has_line(&s.claims, "d-2"));
    assert_false(has_line(&s.claims, "m-2"));
    assert_finds(&s, "left [Kind] circus: no type of body is known by that");
    assert_true(sk_str_find(sk_buf_str(&s.claims), SK_S(" Organization:name = Plain")) != SIZE_MAX);
    assert_true(sk_str_find(sk_buf_str(&s.claims), SK_S(" Company:name = Acme")) != SIZE_MAX);
    assert_finds(&s, "left [Body] : job is not made by that");
    forget(&s);
}

static void links_to_other_rows_are_made_from_their_ids(void **state)
{
    said s;
    run_table(&s, "ID,Act,Victims\n1,liberty.abduction,7|8 b\n",
              HEAD "entity act Act\n key \"act-{ID}\"\n act Act\n"
                   " victim Victims split \"|\" key \"p-{}\"\n");
    assert_ok(&s);
    assert_says(&s, "act-1 Act:victim = p-7 <7>");
    assert_says(&s, "act-1 Act:victim = p-8-b <8 b>");
    forget(&s);
}

static void texts_are_joined_from_columns_and_schemes_put_before_numbers(void **state)
{
    said s;
    run_table(&s, "ID,Last,First,IMO\n1,Kim,Invented,8126082\n2,,,\n3,Lee,,\n",
              HEAD "entity v Vessel\n key \"v-{ID}\"\n name join \"{Last} {First}\"\n"
                   " imoNumber IMO scheme imo falsely position doubts\n Vehicle:type = tanker\n");
    assert_ok(&s);
    assert_says(&s, "v-1 Vessel:name = Kim Invented by");
    assert_says(&s, "v-3 Vessel:name = Lee by");
    assert_says(&s, "v-1 Vessel:imoNumber = imo:8126082 <8126082> {position doubts} {falsely}");
    assert_says(&s, "v-1 Vessel:type = tanker");
    assert_false(has_line(&s.claims, "v-2 Vessel:name"));
    forget(&s);
}

static void a_guarding_apostrophe_is_no_part_of_a_csv_cell(void **state)
{
    said s;
    run_table(&s, "ID,Tel,Name\n1,'+82 2 000,'Uthman\n",
              HEAD "entity p Person\n key \"{ID}\"\n phone Tel\n name Name\n");
    assert_ok(&s);
    assert_says(&s, "1 Person:phone = +82 2 000 by");
    assert_says(&s, "1 Person:name = 'Uthman by");
    forget(&s);
}

/* ---- the mapping itself ---- */

static void faults_of_a_mapping_name_line_and_remedy(void **state)
{
    static const struct {
        const char *mapping, *part;
    } faults[] = {
        {HEAD, "the mapping has no entity"},
        {"list x\n", "mapping line 1: before anything else stands: sillok-mapping 1"},
        {"sillok-mapping 2\n", "version \"2\" is not known"},
        {HEAD "colour red\n", "mapping line 3: \"colour\" is no statement"},
        {HEAD "  name Name\n", "mapping line 3: an indented line belongs below entity"},
        {HEAD "list \"a b\"\n", "has a blank"},
        {HEAD "dates ddmm\n", "dates \"ddmm\" is not dmy, mdy or ymd"},
        {HEAD "as-of yesterday\n", "mapping line 3"},
        {HEAD "absent gone -\n", "absent \"gone\" is not"},
        {HEAD "absent unknown - -\n", "stands twice"},
        {HEAD "heading first\n", "heading \"first\" is no number"},
        {HEAD "restrict A!\n", "restriction label"},
        {HEAD "list\n", "the list's name is missing at the end of the line"},
        {HEAD "list a b\n", "\"b\" does not belong there"},
        {HEAD "list \"a\n", "the quote before \"a\" is not closed"},
        {HEAD "list \"a\"b\n", "there is no blank"},
        {HEAD "entity p\n name N\n key row\n", "entity \"p\" has no type"},
        {HEAD "entity p Persona\n name N\n key row\n", "type \"Persona\" is not in the model"},
        {HEAD "entity p Person\n name N\n", "entity \"p\" has no key; write: key \"p-{ID}\""},
        {HEAD "entity p Person\n key row\n", "entity \"p\" has no properties"},
        {HEAD "entity p Person\n key row\n nom N\n", "line 5: Person has no property \"nom\""},
        {HEAD "entity p Person\n key \"{\"\n", "is not closed by }"},
        {HEAD "entity p Person\n key \"{}\"\n", "a {} names no column"},
        {HEAD "entity p Person\n key row\n name N scheme x\n", "scheme belongs to identifiers"},
        {HEAD "entity p Person\n key row\n name N shout\n", "\"shout\" is no option"},
        {HEAD "entity p Person\n key row\n name N values v\n", "there is no list of values \"v\""},
        {HEAD "entity p Person\n key row\n name N\nignore N\n", "both mapped and ignored"},
        {HEAD "entity p Person\n key row\n name N part 0 ,\n", "part \"0\" is no number"},
        {HEAD "entity p Person\n key row\n age low A low B\n", "low stands twice"},
        {HEAD "entity p Person\n key row\n key row\n", "has a key already"},
        {HEAD "entity p Person\n key row\n parent @x\n", "there is no entity \"x\""},
        {HEAD "entity p Person\n key row\n name @p\n", "name holds no link"},
        {HEAD "entity p Person\n key row\n parent @e\n name N\nentity e Event\n key row\n date D\n",
         "parent links to LegalEntity, and entity \"e\" is Event"},
        {HEAD "entity p Act\n key row\n act = theft\n", "act \"theft\" is not a term"},
        {HEAD "entity p Person\n key row\n birthDate = soon\n", "mapping line 5"},
        {HEAD "entity p Person\nentity p Person\n", "stands already in line 3"},
        {HEAD "values v\n a\n", "behind \"a\" stands ="},
        {HEAD "values v\n a = x\n b = X\n", "\"X\" stands twice"},
        {HEAD "values v\nentity p Person\n key row\n name N values v\n", "has no lines"},
        {HEAD "values v\n Persona = x\nentity p\n type column K values v\n key row\n name N\n",
         "\"Persona\" is no type of the model"},
        {HEAD "entity p Person\n key row\n name N position maybe\n", "position \"maybe\" is not"},
        {HEAD "claimant \"a >  > b\"\n", "has an empty name"},
        {HEAD "\xff\n", "mapping line 3"},
    };
    for (size_t i = 0; i < SK_COUNT(faults); i++) {
        said s;
        run_table(&s, "N\nx\n", faults[i].mapping);
        assert_fails(&s, s.rc ? s.rc : SK_E_FORMAT, faults[i].part);
        forget(&s);
    }
}

static void comments_and_quotes_stand_where_people_put_them(void **state)
{
    said s;
    run_table(&s, "#1,\"the \"\"name\"\"\"\n7,A\n",
              "\xEF\xBB\xBF# first a comment\r\nsillok-mapping 1 # and here\r\nclaimant X\r\n\r\n"
              "entity p Person   # the person\r\n\tkey \"p-{#1}\"\r\n"
              "\tname \"the \"\"name\"\"\" # quoted\r\n");
    assert_ok(&s);
    assert_says(&s, "p-7 Person:name = A by X");
    forget(&s);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_row_becomes_claims_of_an_entity),
    cmocka_unit_test(every_row_is_announced_also_blank_ones_and_those_above_the_heading),
    cmocka_unit_test(a_column_that_the_mapping_does_not_name_is_told_once),
    cmocka_unit_test(headings_match_whatever_their_case_and_blanks),
    cmocka_unit_test(a_column_can_be_named_by_its_letter),
    cmocka_unit_test(a_column_that_is_not_there_is_an_error_that_lists_those_that_are),
    cmocka_unit_test(hxl_tags_under_the_heading_name_columns_too),
    cmocka_unit_test(a_key_of_a_hash_follows_its_columns_and_not_the_row),
    cmocka_unit_test(two_rows_of_one_hash_are_remarked_on),
    cmocka_unit_test(an_id_that_comes_twice_is_told_once),
    cmocka_unit_test(keys_of_row_numbers_must_be_asked_for_and_are_warned_of),
    cmocka_unit_test(ids_of_the_source_are_made_fit_for_keys),
    cmocka_unit_test(bare_ids_bear_the_prefix_that_the_user_gave),
    cmocka_unit_test(without_anybody_who_says_it_nothing_is_read),
    cmocka_unit_test(the_claimant_may_stand_in_a_column),
    cmocka_unit_test(the_user_overrides_the_claimant_of_the_mapping),
    cmocka_unit_test(list_and_date_of_the_copy_come_from_the_mapping),
    cmocka_unit_test(a_label_restricts_a_column_or_a_row_and_never_silently_not),
    cmocka_unit_test(the_words_that_claims_rest_on_may_stand_in_a_column),
    cmocka_unit_test(dates_of_unsaid_order_are_reported_and_not_guessed),
    cmocka_unit_test(values_become_terms_and_their_words_are_kept),
    cmocka_unit_test(other_values_may_be_kept_or_gathered),
    cmocka_unit_test(cells_of_several_values_are_split),
    cmocka_unit_test(quantities_have_bounds_and_words),
    cmocka_unit_test(a_row_can_hold_several_entities_and_their_links),
    cmocka_unit_test(links_to_other_rows_are_made_from_their_ids),
    cmocka_unit_test(texts_are_joined_from_columns_and_schemes_put_before_numbers),
    cmocka_unit_test(a_guarding_apostrophe_is_no_part_of_a_csv_cell),
    cmocka_unit_test(faults_of_a_mapping_name_line_and_remedy),
    cmocka_unit_test(comments_and_quotes_stand_where_people_put_them),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
