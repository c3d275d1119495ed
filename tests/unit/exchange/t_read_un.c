/* The UN's lists become claims: every record accounted for, keys that hold from copy to copy. */
#include "list_test.h"

#include "base/csv.h"

/* ---- the retyped sample: every kind of element ---- */

static list_run *run_un(const char *path)
{
    return run_files(&sk_reader_un_consolidated, &path, 1);
}

static void a_record_is_known_by_its_trimmed_reference_number(void **state)
{
    list_run *r = run_un(SAMPLE("un-older.xml"));
    assert_ran(r);
    assert_int_equal(r->keyed_rows, 11);
    assert_int_equal(r->rows[0], 12); /* the head too */
    assert_claim(r, "un-KPi.002", "name", "RI JE-SON");
    assert_claim(r, "un-KPe.051", "name",
                 "CENTRAL MILITARY COMMISSION OF THE WORKERS’ PARTY OF KOREA (CMC)");
    assert_claim(r, "un-KPe.051-sanction", "unscId", "KPe.051");
    assert_claim(r, "un-KPe.051-sanction", "entity", "un-KPe.051");
    assert_claim(r, "un-KPe.051-sanction", "authority", "United Nations Security Council");
    assert_claim(r, "un-KPe.051-sanction", "program", "DPRK");
    assert_claim(r, "un-KPe.051-sanction", "listingDate", "2017-09-11");
    assert_claim(r, "un-KPe.051-sanction", "recordId", "6908627");
    end_run(r);
}

static void a_copy_says_of_what_day_it_is_and_who_speaks(void **state)
{
    list_run *r = run_un(SAMPLE("un-older.xml"));
    const list_claim *c = need_claim(r, "un-KPe.056", "name", NULL);
    assert_text(c->asof, "2018-10-29");
    assert_text(c->claimant, "United Nations Security Council");
    assert_text(r->sum.list, "un-sc");
    assert_text(r->sum.asof, "2018-10-29");
    end_run(r);
}

static void line_breaks_in_a_name_are_kept_in_the_words(void **state)
{
    list_run *r = run_un(SAMPLE("un-older.xml"));
    const list_claim *c = need_claim(r, "un-XXi.901", "name", "INVENTED PERSON ONE BIN NOBODY");
    assert_true(sk_str_find(c->words, SK_S("PERSON\n")) != SIZE_MAX);
    assert_text(need_claim(r, "un-KPi.002", "name", "RI JE-SON")->words, "");
    end_run(r);
}

static void the_quality_of_an_alias_decides_its_property(void **state)
{
    list_run *r = run_un(SAMPLE("un-newer.xml"));
    assert_claim(r, "un-XXi.901", "alias", "Invented Good");
    assert_claim(r, "un-XXi.901", "weakAlias", "Invented Low");
    assert_claim(r, "un-KPe.029", "previousName", "NADA");
    assert_claim(r, "un-KPe.029", "alias", "NATA");
    for (size_t i = 0; i < r->n_claims; i++) /* empty placeholders are no names */
        assert_true(r->claims[i].value.n || r->claims[i].absent);
    end_run(r);
}

static void the_remark_of_an_alias_stays_with_it(void **state)
{
    list_run *r = run_un(SAMPLE("un-older.xml"));
    assert_text(need_claim(r, "un-XXi.901", "alias", "Invented Good")->note,
                "previously listed as. In Arabic: مخترع");
    assert_claim(r, "un-XXi.901", "alias", "مخترع");
    assert_claim(r, "un-XXi.901", "alias", "شخص مخترع"); /* NAME_ORIGINAL_SCRIPT */
    assert_true(need_claim(r, "un-XXi.901", "weakAlias", "Invented Low")->used_falsely);
    assert_false(need_claim(r, "un-XXi.901", "alias", "Invented Good")->used_falsely);
    assert_text(need_claim(r, "un-XXi.901", "birthDate", "1980-08-08")->note,
                "under the name \"Invented Good\"");
    assert_claim(r, "un-XXi.901", "birthPlace", "Naples, Italy");
    end_run(r);
}

static void births_say_no_more_than_the_list_does(void **state)
{
    list_run *r = run_un(SAMPLE("un-older.xml"));
    assert_claim(r, "un-XXi.901", "birthDate", "1960-01-01"); /* the time zone is the list's */
    assert_claim(r, "un-XXi.901", "birthDate", "1960~");
    assert_claim(r, "un-XXi.901", "birthDate", "1960/1962");
    assert_claim(r, "un-XXi.901", "birthDate", "1970~/1973~");
    assert_text(need_claim(r, "un-XXi.901", "birthDate", "1958-09")->words, "Sep. 1958");
    assert_text(need_claim(r, "un-XXi.901", "birthDate", "1973-11")->words, "Nov. 1973");
    assert_true(need_claim(r, "un-XXi.901", "birthDate", "1979-03-03")->used_falsely);
    assert_claim(r, "un-XXi.901", "notes", "date of birth: 24/06/1402 (Hijri Calendar)");
    need_finding(r, SK_IMPORT_REMARK, "24/06/1402 (Hijri Calendar)", "kept as a note");
    assert_no_claim(r, "un-KPi.002", "birthDate", NULL); /* an empty TYPE_OF_DATE is nothing */
    assert_claim(r, "un-XXi.901", "birthPlace", "Invented Village, Paktika Province, Afghanistan");
    assert_claim(r, "un-XXi.901", "birthCountry", "af");
    end_run(r);
}

static void documents_keep_number_words_and_term(void **state)
{
    list_run *r = run_un(SAMPLE("un-older.xml"));
    const list_claim *c = need_claim(r, "un-XXi.901", "passportNumber", "passport:000000014");
    assert_text(c->valid, "2009-08-31/2014-08-30");
    assert_text(c->note, "Passport; issued by Kuwait, on 2009-08-31, in Baghdad, Iraq; "
                         "expired on 30 Aug. 2014");
    c = need_claim(r, "un-XXi.901", "passportNumber", "passport:D0000000");
    assert_text(c->words, "CAR diplomatic passport no. D0000000");
    c = need_claim(r, "un-XXi.901", "passportNumber", "passport:L 000609"); /* of the NOTE alone */
    assert_text(c->valid, "/2001-02-27");
    assert_claim(r, "un-XXi.901", "idNumber", "national-id:000023"); /* of TYPE_OF_DOCUMENT2 */
    assert_true(need_claim(r, "un-XXi.901", "idNumber", "national-id:0000312277")->used_falsely);
    assert_claim(r, "un-XXi.901", "notes",
                 "Passport; issued by Egypt; issued in 1993, under another name");
    end_run(r);
}

static void countries_become_codes_and_keep_their_words(void **state)
{
    list_run *r = run_un(SAMPLE("un-older.xml"));
    const list_claim *c = need_claim(r, "un-KPi.002", "nationality", "kp");
    assert_text(c->words, "Democratic People's Republic of Korea");
    c = need_claim(r, "un-XXi.901", "nationality", "bh");
    assert_text(c->note, "(citizenship revoked in Jan. 2015)");
    assert_int_equal(need_claim(r, "un-XXi.901", "nationality", "")->absent, SK_UNKNOWN);
    assert_claim(r, "un-XXi.901", "nationality", "Atlantis");
    need_finding(r, SK_IMPORT_REMARK, "Atlantis", "");
    assert_claim(r, "un-XXi.901", "country", "sd");
    assert_claim(r, "un-XXi.901", "country", "ss");
    assert_claim(r, "un-KPe.017", "country", "hk");
    end_run(r);
}

static void posts_titles_addresses_and_dates_of_the_listing_are_taken(void **state)
{
    list_run *r = run_un(SAMPLE("un-older.xml"));
    assert_claim(r, "un-XXi.901", "position", "Invented Minister");
    assert_claim(r, "un-XXi.901", "position", "Invented Governor");
    assert_claim(r, "un-XXi.901", "title", "Haji");
    assert_text(need_claim(r, "un-XXi.901", "address",
                           "1 Invented Street, Kabul, Kabul Province, 0578, Afghanistan")
                    ->note,
                "as of 2012");
    assert_claim(r, "un-XXi.901", "address", "Believed to be in hiding");
    assert_claim(r, "un-XXi.901-sanction", "modifiedAt", "2003-09-03");
    assert_claim(r, "un-XXi.901-sanction", "modifiedAt", "2012-07-25");
    assert_claim(r, "un-XXi.901-sanction", "notes", "submitted by Germany");
    assert_claim(r, "un-XXi.901-sanction", "date", "2001-01-20");
    end_run(r);
}

static void the_remarks_are_kept_and_searched(void **state)
{
    list_run *r = run_un(SAMPLE("un-newer.xml"));
    assert_claim(r, "un-XXi.901", "gender", "male");
    assert_int_equal(need_claim(r, "un-XXi.901", "gender", "")->absent, SK_UNKNOWN);
    assert_claim(r, "un-XXi.901", "fatherName", "Invented Father");
    assert_claim(r, "un-XXi.901", "motherName", "Invented Mother");
    assert_claim(r, "un-XXi.901", "fate", "died");
    assert_claim(r, "un-XXi.901", "deathDate", "[..2013-04]");
    assert_text(need_claim(r, "un-KPi.050", "deathDate", "2022-07-27")->words,
                "Died on 27 July 2022");
    assert_claim(r, "un-KPe.023", "swiftBic", "bic:DCBKKPPY");
    assert_claim(r, "un-KPe.017", "registrationNumber", "1177053");
    assert_claim(r, "un-KPe.017", "notes",
                 "Facilitates shipments on behalf of KOMID. Hong Kong company registration number "
                 "1177053.");
    end_run(r);
}

static void a_body_has_a_company_number_and_no_ship_number(void **state)
{
    list_run *r = run_un(SAMPLE("un-newer.xml"));
    assert_claim(r, "un-KPe.056", "imoCompanyNumber", "imo-company:5571322");
    const list_claim *omm = need_claim(r, "un-KPe.020", "imoCompanyNumber", "imo-company:1790183");
    assert_true(sk_str_find(omm->note, SK_S("rule for ships")) != SIZE_MAX);
    assert_int_equal(count_claims(r, NULL, "imoNumber"), 0);
    end_run(r);
}

static void an_element_of_a_later_layout_is_told_not_swallowed(void **state)
{
    list_run *r = run_un(SAMPLE("un-older.xml"));
    assert_text(need_finding(r, SK_IMPORT_LEFT, "a value of a later layout", "")->column,
                "SOMETHING_NEW");
    end_run(r);
}

static void a_body_stays_itself_when_the_inner_id_changes(void **state)
{
    list_run *a = run_un(SAMPLE("un-older.xml")), *b = run_un(SAMPLE("un-newer.xml"));
    assert_claim(a, "un-KPe.068-sanction", "recordId", "6908682");
    assert_claim(b, "un-KPe.068-sanction", "recordId", "6908967");
    assert_claim(a, "un-KPe.068", "name", "MYOHYANG SHIPPING CO");
    assert_claim(b, "un-KPe.068", "name", "MYOHYANG SHIPPING CO");
    end_run(a);
    end_run(b);
}

static void banks_of_like_names_stay_two(void **state)
{
    list_run *r = run_un(SAMPLE("un-newer.xml"));
    assert_claim(r, "un-KPe.023", "name", "DAEDONG CREDIT BANK (DCB)");
    assert_claim(r, "un-KPe.035", "name", "KOREA DAESONG BANK");
    for (size_t i = 0; i < r->n_claims; i++)
        assert_false(sk_str_is(r->claims[i].entity, "un-KPe.023") &&
                     sk_str_find(r->claims[i].value, SK_S("aesong")) != SIZE_MAX);
    end_run(r);
}

static void the_same_file_says_the_same_twice(void **state)
{
    list_run *a = run_un(SAMPLE("un-older.xml")), *b = run_un(SAMPLE("un-older.xml"));
    for (size_t i = 0; i < a->n_claims; i++)
        assert_int_equal(compare_claims(&a->claims[i], &b->claims[i]), 0);
    assert_int_equal(a->n_claims, b->n_claims);
    end_run(a);
    end_run(b);
}

static void a_list_cut_anywhere_is_an_error(void **state)
{
    sk_arena arena = SK_ARENA_INIT;
    sk_str whole = sk_str_trim(file_text(&arena, SAMPLE("un-newer.xml")));
    const char *name = "cut.xml";
    for (size_t n = 1; n < whole.n; n += 211) {
        sk_str part = sk_str_sub(whole, 0, n);
        list_run *r = run_texts(&sk_reader_un_consolidated, &name, &part, 1);
        if (r->rc == SK_OK)
            fail_msg("cut at %zu of %zu bytes and nobody noticed", n, whole.n);
        assert_true(r->cx.message[0]);
        end_run(r);
    }
    sk_arena_done(&arena);
}

static void what_is_not_the_list_is_refused_with_words(void **state)
{
    static const sk_str texts[] = {
        {"<html><body>moved</body></html>", 31},
        {"<CONSOLIDATED_LIST dateGenerated=\"x\"></CONSOLIDATED_LIST>", 57},
    };
    const char *name = "list.xml";
    for (size_t i = 0; i < SK_COUNT(texts); i++) {
        list_run *r = run_texts(&sk_reader_un_consolidated, &name, &texts[i], 1);
        assert_int_equal(r->rc, SK_E_FORMAT);
        end_run(r);
    }
}

static void what_stands_outside_the_records_is_told(void **state)
{
    const char *name = "list.xml";
    sk_str text = SK_S("<CONSOLIDATED_LIST dateGenerated=\"today\"><VESSELS><VESSEL>A</VESSEL>"
                       "</VESSELS><ENTITIES><ENTITY><DATAID>7</DATAID></ENTITY></ENTITIES>"
                       "</CONSOLIDATED_LIST>");
    list_run *r = run_texts(&sk_reader_un_consolidated, &name, &text, 1);
    assert_ran(r);
    need_finding(r, SK_IMPORT_LEFT, "A", "no record that the reader knows");
    need_finding(r, SK_IMPORT_LEFT, "today", "--asof");
    need_finding(r, SK_IMPORT_REMARK, NULL, "no name");
    assert_text(r->sum.list, "un-sc");
    assert_text(r->sum.asof, "");
    end_run(r);
}

static void records_without_any_number_are_skipped_and_told(void **state)
{
    const char *name = "list.xml";
    sk_str text = SK_S("<CONSOLIDATED_LIST><ENTITIES><ENTITY><FIRST_NAME>A</FIRST_NAME></ENTITY>"
                       "<ENTITY><DATAID>7</DATAID><FIRST_NAME>B</FIRST_NAME></ENTITY></ENTITIES>"
                       "</CONSOLIDATED_LIST>");
    list_run *r = run_texts(&sk_reader_un_consolidated, &name, &text, 1);
    assert_ran(r);
    need_finding(r, SK_IMPORT_SKIPPED, NULL, "no REFERENCE_NUMBER");
    assert_claim(r, "un-dataid-7", "name", "B");
    end_run(r);
}

/* ---- ships ---- */

static list_run *run_vessels(void)
{
    const char *path = SAMPLE("un-vessels.csv");
    return run_files(&sk_reader_un_vessels, &path, 1);
}

static void a_ship_is_known_by_its_number(void **state)
{
    list_run *r = run_vessels();
    assert_ran(r);
    assert_int_equal(r->rows[0], 7);
    assert_int_equal(r->keyed_rows, 5);
    assert_claim(r, "un-vessel-9562233", "name", "PETREL 8");
    assert_claim(r, "un-vessel-9562233", "imoNumber", "imo:9562233");
    assert_claim(r, "un-vessel-9562233", "flag", "km");
    assert_claim(r, "un-vessel-8628597", "mmsi", "mmsi:341985000");
    assert_claim(r, "un-vessel-9562233-sanction", "listingDate", "2017-10-03");
    assert_claim(r, "un-vessel-9562233-sanction", "program", "DPRK");
    assert_text(r->sum.list, "un-sc-vessels");
    need_finding(r, SK_IMPORT_SKIPPED, NULL, "blank");
    end_run(r);
}

static void numbered_values_of_a_cell_are_several(void **state)
{
    list_run *r = run_vessels();
    assert_text(need_claim(r, "un-vessel-9020003", "name", "HUA FU")->words,
                "1: HUA FU 2: INVENTED NAME");
    assert_claim(r, "un-vessel-9020003", "alias", "INVENTED NAME");
    assert_claim(r, "un-vessel-9020003", "flag", "pa");
    assert_int_equal(need_claim(r, "un-vessel-9020003", "flag", "")->absent, SK_UNKNOWN);
    assert_claim(r, "un-vessel-9020003-sanction", "listingDate", "2018-03-30");
    assert_claim(r, "un-vessel-9020003-sanction", "listingDate", "2018-10-16");
    end_run(r);
}

static void measures_are_the_headings_of_marked_columns(void **state)
{
    list_run *r = run_vessels();
    assert_claim(r, "un-vessel-9562233-sanction", "provisions", "port entry ban");
    assert_no_claim(r, "un-vessel-9562233-sanction", "provisions", "asset freeze");
    assert_no_claim(r, "un-vessel-8628597-sanction", "provisions", "asset freeze"); /* "No" */
    assert_text(need_claim(r, "un-vessel-9020003-sanction", "provisions", "de-flag")->note,
                "paragraph 12");
    end_run(r);
}

static void an_owner_on_the_other_list_is_that_entry(void **state)
{
    list_run *r = run_vessels();
    assert_claim(r, "un-vessel-7937317", "owner", "un-KPe.020");
    assert_claim(r, "un-vessel-1234568", "owner", "un-vessel-1234568-owner");
    assert_claim(r, "un-vessel-1234568-owner", "name", "Invented Owner Ltd");
    need_finding(r, SK_IMPORT_REMARK, "1234568", "the last digit would be 7");
    end_run(r);
}

static void a_list_of_ships_without_its_heading_is_refused(void **state)
{
    const char *name = "ships.csv";
    sk_str text = SK_S("PETREL 8,9562233\n");
    list_run *r = run_texts(&sk_reader_un_vessels, &name, &text, 1);
    assert_int_equal(r->rc, SK_E_FORMAT);
    assert_non_null(strstr(r->cx.message, "vessel_name"));
    end_run(r);
}

/* ---- the public copies ---- */

static const char *const copies[] = {"lists/un-2018/consolidated.xml",
                                     "lists/un-2026/consolidated.xml"};

/* Names of aliases, once for each record, quality and remark. */
static const char unique_aliases[] =
    "xmllint --noent \"$FILE\" | tr '\\n\\t' '  ' | sed 's/<INDIVIDUAL>/\\n/g; s/<ENTITY>/\\n/g' | "
    "awk '{ rec++; n = split($0, part, /<(INDIVIDUAL|ENTITY)_ALIAS>/); for (i = 2; i <= n; i++) {"
    " q = part[i]; if (q !~ /<QUALITY>/) q = \"\"; else { sub(/.*<QUALITY>/, \"\", q);"
    " sub(/<.*/, \"\", q) } a = part[i]; if (a !~ /<ALIAS_NAME>/) continue;"
    " sub(/.*<ALIAS_NAME>/, \"\", a); sub(/<\\/ALIAS_NAME>.*/, \"\", a); gsub(/ +/, \" \", a);"
    " sub(/^ /, \"\", a); sub(/ $/, \"\", a); note = part[i]; if (!sub(/.*<NOTE>/, \"\", note))"
    " note = \"\"; sub(/<.*/, \"\", note); if (a != \"\" && !((rec, q, a, note) in seen)) {"
    " seen[rec, q, a, note] = 1; k++ } } } END { print k }'";

static long taken_aliases(const list_run *r)
{
    long n = 0;
    for (size_t i = 0; i < r->n_claims; i++) {
        const list_claim *c = &r->claims[i];
        bool is_name = sk_str_is(c->prop, "alias") || sk_str_is(c->prop, "weakAlias") ||
                       sk_str_is(c->prop, "previousName");
        n += is_name && sk_str_find(c->column, SK_S("_ALIAS")) != SIZE_MAX &&
             !sk_str_ends(c->column, SK_S("/NOTE"));
    }
    return n;
}

/* Rows with a claim of the property (NULL: any) from a column that begins so. */
static long rows_with(const list_run *r, const char *prop, const char *column)
{
    long n = 0;
    uint64_t last = 0;
    for (size_t i = 0; i < r->n_claims; i++) {
        const list_claim *c = &r->claims[i];
        if ((prop && !sk_str_is(c->prop, prop)) || c->row == last ||
            !sk_str_starts(c->column, sk_str_of(column)) || !sk_str_is(c->type, "Person"))
            continue;
        n++;
        last = c->row;
    }
    return n;
}

static void every_record_of_the_public_copies_is_accounted_for(void **state)
{
    char path[4096];
    if (!has_tool("xmllint") || !has_tool("awk"))
        skip();
    for (size_t i = 0; i < SK_COUNT(copies); i++) {
        if (!shared_path(path, copies[i]))
            skip();
        long persons = number_from("xmllint --xpath 'count(//INDIVIDUAL)' \"$FILE\"", path);
        long bodies = number_from("xmllint --xpath 'count(//ENTITY)' \"$FILE\"", path);
        long in_posts = number_from(
            "xmllint --xpath 'count(//INDIVIDUAL[DESIGNATION/VALUE[normalize-space(.) != \"\"]])' "
            "\"$FILE\"",
            path);
        long born = number_from("xmllint --xpath 'count(//INDIVIDUAL[INDIVIDUAL_DATE_OF_BIRTH[DATE "
                                "or YEAR or FROM_YEAR or NOTE]])' \"$FILE\"",
                                path);
        list_run *r = run_un(path);
        assert_ran(r);
        assert_int_equal(r->keyed_rows, persons + bodies);
        assert_int_equal(count_claims(r, "Person", "name"), persons);
        assert_int_equal(count_claims(r, "Organization", "name"), bodies);
        assert_int_equal(count_claims(r, "Sanction", "listingDate"), persons + bodies);
        assert_int_equal(taken_aliases(r), number_from(unique_aliases, path));
        assert_int_equal(rows_with(r, "position", "DESIGNATION"), in_posts);
        assert_int_equal(rows_with(r, NULL, "INDIVIDUAL_DATE_OF_BIRTH"), born);
        assert_int_equal(r->sum.values_left, 0);
        end_run(r);
    }
}

/* ---- two copies of the DPRK regime ---- */

/* The keys of a regime, in the order of the list. */
static size_t keys_of(list_run *r, const char *program, sk_str *keys, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_claims; i++)
        if (sk_str_is(r->claims[i].prop, "program") && sk_str_is(r->claims[i].value, program) &&
            n < cap)
            keys[n++] =
                sk_str_sub(r->claims[i].entity, 0, r->claims[i].entity.n - strlen("-sanction"));
    return n;
}

static bool is_in(const sk_str *keys, size_t n, sk_str key)
{
    for (size_t i = 0; i < n; i++)
        if (sk_str_eq(keys[i], key))
            return true;
    return false;
}

static bool is_name_prop(sk_str prop)
{
    static const char *const props[] = {"alias", "weakAlias", "previousName"};
    for (size_t i = 0; i < SK_COUNT(props); i++)
        if (sk_str_is(prop, props[i]))
            return true;
    return false;
}

/* Does the copy know the claim's value? Other names count whatever their kind. */
static bool says(const list_run *r, const list_claim *c)
{
    for (size_t i = 0; i < r->n_claims; i++) {
        const list_claim *x = &r->claims[i];
        bool same_prop =
            sk_str_eq(x->prop, c->prop) || (is_name_prop(c->prop) && is_name_prop(x->prop));
        if (same_prop && sk_str_eq(x->entity, c->entity) && sk_str_eq_nocase(x->value, c->value))
            return true;
    }
    return false;
}

typedef struct changes {
    long names, other_names, posts, deaths, ids;
} changes;

/* New in b: each other name, each name, each death, each id; posts once for each person. */
static changes changes_between(const list_run *a, const list_run *b, const sk_str *keys, size_t n)
{
    changes ch = {0};
    sk_str last_post = SK_NONE;
    for (size_t i = 0; i < b->n_claims; i++) {
        const list_claim *c = &b->claims[i];
        sk_str key = sk_str_ends(c->entity, SK_S("-sanction"))
                         ? sk_str_sub(c->entity, 0, c->entity.n - strlen("-sanction"))
                         : c->entity;
        if (!is_in(keys, n, key) || says(a, c))
            continue;
        ch.names += sk_str_is(c->prop, "name");
        ch.other_names += is_name_prop(c->prop);
        ch.deaths += sk_str_is(c->prop, "deathDate");
        ch.ids += sk_str_is(c->prop, "recordId");
        if (sk_str_is(c->prop, "position") && !sk_str_eq(c->entity, last_post)) {
            ch.posts++;
            last_post = c->entity;
        }
    }
    return ch;
}

static void nobody_joined_or_left_the_regime_and_66_attributes_changed(void **state)
{
    enum { MOST = 512 };
    static sk_str older_keys[MOST], newer_keys[MOST];
    char older[4096], newer[4096];
    if (!shared_path(older, copies[0]) || !shared_path(newer, copies[1]))
        skip();
    list_run *a = run_un(older), *b = run_un(newer);
    size_t n = keys_of(a, "DPRK", older_keys, MOST), m = keys_of(b, "DPRK", newer_keys, MOST);
    assert_int_equal(n, 155);
    assert_int_equal(m, 155);
    for (size_t i = 0; i < n; i++)
        assert_true(is_in(newer_keys, m, older_keys[i]));
    changes ch = changes_between(a, b, older_keys, n);
    assert_int_equal(ch.other_names, 44);
    assert_int_equal(ch.posts, 16);
    assert_int_equal(ch.deaths, 3);
    assert_int_equal(ch.names, 2);
    assert_int_equal(ch.ids, 1);
    assert_int_equal(ch.other_names + ch.posts + ch.deaths + ch.names + ch.ids, 66);
    end_run(a);
    end_run(b);
}

/* The rows of a fact table through fn. */
static void each_fact(const char *name, void (*fn)(const sk_csv_row *row, void *arg), void *arg)
{
    char path[4096];
    sk_ctx cx;
    sk_csv *csv;
    sk_csv_row row;
    if (!shared_path(path, name))
        skip();
    int fd = open(path, O_RDONLY);
    sk_ctx_init(&cx);
    assert_int_equal(sk_csv_open_fd(&cx, fd, name, ',', &csv), SK_OK);
    assert_int_equal(sk_csv_next(&cx, csv, &row), SK_OK);
    while (sk_csv_next(&cx, csv, &row) == SK_OK && row.n)
        fn(&row, arg);
    sk_csv_close(csv);
    sk_ctx_done(&cx);
    close(fd);
}

static void expect_change(const sk_csv_row *row, void *arg)
{
    static const struct {
        const char *change, *prop;
        bool of_sanction;
    } kinds[] = {{"alias-added", NULL, false},
                 {"primary-name", "name", false},
                 {"designation", "position", false},
                 {"death-noted", "deathDate", false},
                 {"internal-id-changed", "recordId", true}};
    const list_run *b = arg;
    char key[64];
    sk_str said = row->cells[3];
    for (size_t k = 0; k < SK_COUNT(kinds); k++) {
        if (!sk_str_is(row->cells[1], kinds[k].change))
            continue;
        snprintf(key, sizeof key, "un-%.*s%s", SK_P(row->cells[0]),
                 kinds[k].of_sanction ? "-sanction" : "");
        list_claim want = {.entity = sk_str_of(key), .value = said};
        want.prop = sk_str_of(kinds[k].prop ? kinds[k].prop : "alias");
        if (k == 2 || k == 3) /* posts are listed side by side, deaths as words */
            assert_non_null(find_claim(b, key, kinds[k].prop, NULL));
        else if (!says(b, &want))
            fail_msg("%s: %.*s \"%.*s\" is not said", key, SK_P(row->cells[1]), SK_P(said));
    }
}

static void each_recorded_change_of_the_regime_is_found(void **state)
{
    char newer[4096];
    if (!shared_path(newer, copies[1]))
        skip();
    list_run *b = run_un(newer);
    each_fact("facts/un1718_list_diff_2018_2026.csv", expect_change, b);
    end_run(b);
}

static void expect_company_number(const sk_csv_row *row, void *arg)
{
    char key[64], number[64];
    snprintf(key, sizeof key, "un-%.*s", SK_P(row->cells[0]));
    snprintf(number, sizeof number, "imo-company:%.*s", SK_P(row->cells[2]));
    assert_claim((list_run *)arg, key, "imoCompanyNumber", number);
}

static void all_sixteen_company_numbers_of_the_newer_copy_are_found(void **state)
{
    char newer[4096];
    if (!shared_path(newer, copies[1]))
        skip();
    list_run *b = run_un(newer);
    each_fact("facts/imo_company_number_checks.csv", expect_company_number, b);
    assert_int_equal(count_claims(b, NULL, "imoCompanyNumber"), 16);
    assert_int_equal(count_claims(b, NULL, "imoNumber"), 0);
    assert_claim(b, "un-KPe.056", "imoCompanyNumber", "imo-company:5571322");
    assert_claim(b, "un-KPe.023", "name", "DAEDONG CREDIT BANK (DCB)");
    assert_claim(b, "un-KPe.035", "name", "KOREA DAESONG BANK");
    end_run(b);
}

/* ---- */

static void each_layout_is_told_by_its_first_bytes(void **state)
{
    sk_str xml = SK_S("<?xml version=\"1.0\"?>\n<CONSOLIDATED_LIST dateGenerated=\"\">");
    sk_str ships = SK_S("vessel_name,imo_number,mmsi,flag,date_of_designation\n");
    assert_int_equal(sk_reader_un_consolidated.sniff(SK_S("x.xml"), xml), 100);
    assert_int_equal(sk_reader_un_consolidated.sniff(SK_S("x.xml"), ships), 0);
    assert_int_equal(sk_reader_un_vessels.sniff(SK_S("x.csv"), ships), 95);
    assert_int_equal(sk_reader_un_vessels.sniff(SK_S("x.csv"), SK_S("name,imo\n")), 0);
}

int main(void)
{
    setenv("SILLOK_EXTRACT", SK_EXTRACT_PROGRAM, 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_known_by_its_trimmed_reference_number),
        cmocka_unit_test(a_copy_says_of_what_day_it_is_and_who_speaks),
        cmocka_unit_test(line_breaks_in_a_name_are_kept_in_the_words),
        cmocka_unit_test(the_quality_of_an_alias_decides_its_property),
        cmocka_unit_test(the_remark_of_an_alias_stays_with_it),
        cmocka_unit_test(births_say_no_more_than_the_list_does),
        cmocka_unit_test(documents_keep_number_words_and_term),
        cmocka_unit_test(countries_become_codes_and_keep_their_words),
        cmocka_unit_test(posts_titles_addresses_and_dates_of_the_listing_are_taken),
        cmocka_unit_test(the_remarks_are_kept_and_searched),
        cmocka_unit_test(a_body_has_a_company_number_and_no_ship_number),
        cmocka_unit_test(an_element_of_a_later_layout_is_told_not_swallowed),
        cmocka_unit_test(a_body_stays_itself_when_the_inner_id_changes),
        cmocka_unit_test(banks_of_like_names_stay_two),
        cmocka_unit_test(the_same_file_says_the_same_twice),
        cmocka_unit_test(a_list_cut_anywhere_is_an_error),
        cmocka_unit_test(what_is_not_the_list_is_refused_with_words),
        cmocka_unit_test(what_stands_outside_the_records_is_told),
        cmocka_unit_test(records_without_any_number_are_skipped_and_told),
        cmocka_unit_test(a_ship_is_known_by_its_number),
        cmocka_unit_test(numbered_values_of_a_cell_are_several),
        cmocka_unit_test(measures_are_the_headings_of_marked_columns),
        cmocka_unit_test(an_owner_on_the_other_list_is_that_entry),
        cmocka_unit_test(a_list_of_ships_without_its_heading_is_refused),
        cmocka_unit_test(every_record_of_the_public_copies_is_accounted_for),
        cmocka_unit_test(nobody_joined_or_left_the_regime_and_66_attributes_changed),
        cmocka_unit_test(each_recorded_change_of_the_regime_is_found),
        cmocka_unit_test(all_sixteen_company_numbers_of_the_newer_copy_are_found),
        cmocka_unit_test(each_layout_is_told_by_its_first_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
