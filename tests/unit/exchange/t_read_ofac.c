/* The Treasury's list becomes claims: four files, every row accounted for, remarks taken apart. */
#include "list_test.h"

#include "base/csv.h"

static const char *const sample[] = {SAMPLE("ofac-sdn.csv"), SAMPLE("ofac-alt.csv"),
                                     SAMPLE("ofac-add.csv"), SAMPLE("ofac-sdn_comments.csv")};

static list_run *run_sample(void)
{
    return run_files(&sk_reader_ofac_sdn, sample, 4);
}

/* ---- the retyped sample ---- */

static void every_row_of_every_file_is_announced(void **state)
{
    list_run *r = run_sample();
    assert_ran(r);
    assert_int_equal(r->rows[0], 10); /* the byte 1A at the end is no row */
    assert_int_equal(r->rows[1], 6);
    assert_int_equal(r->rows[2], 4);
    assert_int_equal(r->rows[3], 1);
    assert_int_equal(r->sum.rows, 21);
    need_finding(r, SK_IMPORT_SKIPPED, NULL, "sdn.csv has no entry 99999");
    end_run(r);
}

static void an_entry_is_known_by_its_number(void **state)
{
    list_run *r = run_sample();
    assert_claim(r, "ofac-36", "name", "AEROCARIBBEAN AIRLINES");
    assert_claim(r, "ofac-36-sanction", "entity", "ofac-36");
    assert_claim(r, "ofac-36-sanction", "authorityId", "36");
    assert_claim(r, "ofac-36-sanction", "program", "CUBA");
    assert_claim(r, "ofac-2676-sanction", "program", "SDGT");
    assert_claim(r, "ofac-2676-sanction", "program", "SYRIA");
    assert_text(need_claim(r, "ofac-36", "name", NULL)->claimant,
                "US Treasury, Office of Foreign Assets Control");
    assert_text(r->sum.list, "ofac-sdn");
    assert_text(r->sum.asof, "");
    end_run(r);
}

static void minus_zero_minus_is_nothing(void **state)
{
    list_run *r = run_sample();
    for (size_t i = 0; i < r->n_claims; i++)
        assert_true(sk_str_find(r->claims[i].value, SK_S("-0-")) == SIZE_MAX);
    assert_no_claim(r, "ofac-36", "callSign", NULL);
    assert_no_claim(r, "ofac-36", "notes", NULL);
    end_run(r);
}

static void the_type_of_an_entry_decides_its_properties(void **state)
{
    list_run *r = run_sample();
    assert_text(need_claim(r, "ofac-36", "name", NULL)->type, "Organization");
    assert_text(need_claim(r, "ofac-2676", "name", NULL)->type, "Person");
    assert_text(need_claim(r, "ofac-15036", "name", NULL)->type, "Vessel");
    assert_text(need_claim(r, "ofac-20540", "name", NULL)->type, "Airplane");
    assert_claim(r, "ofac-2676", "lastName", "INVENTED");
    assert_claim(r, "ofac-2676", "firstName", "Dr. Person");
    assert_claim(r, "ofac-2676", "position", "Invented Leader");
    assert_claim(r, "ofac-2676", "position", "Invented Minister");
    end_run(r);
}

static void a_ship_has_its_columns_and_its_remarks(void **state)
{
    list_run *r = run_sample();
    assert_claim(r, "ofac-15036", "callSign", "T2EU4");
    assert_claim(r, "ofac-15036", "type", "Crude/Oil Products Tanker");
    assert_claim(r, "ofac-15036", "flag", "ir");
    const list_claim *t = need_claim(r, "ofac-15036", "tonnage", NULL);
    assert_int_equal(t->quantity.low.mantissa, 99144);
    assert_text(t->words, "99,144");
    t = need_claim(r, "ofac-15036", "grossRegisteredTonnage", NULL);
    assert_int_equal(t->quantity.high.mantissa, 56068);
    assert_claim(r, "ofac-15036", "imoNumber", "imo:9187629");
    assert_claim(r, "ofac-15036", "mmsi", "mmsi:572469210");
    assert_claim(r, "ofac-15036", "pastFlags", "mt");
    assert_int_equal(need_claim(r, "ofac-15036", "pastFlags", "")->absent, SK_UNKNOWN);
    assert_claim(r, "ofac-15036", "previousName", "ALPHA");
    assert_claim(r, "ofac-15036", "previousName", "ABADAN"); /* of alt.csv */
    end_run(r);
}

static void a_ship_number_is_found_without_the_letters_imo(void **state)
{
    list_run *r = run_sample();
    assert_claim(r, "ofac-17104", "imoNumber", "imo:8606173");
    end_run(r);
}

static void former_names_stand_in_remarks_alone(void **state)
{
    list_run *r = run_sample();
    assert_claim(r, "ofac-28716", "previousName", "SAM 5");
    assert_claim(r, "ofac-28716", "previousName", "THINH CUONG");
    end_run(r);
}

static void a_body_has_a_company_number_and_no_ship_number(void **state)
{
    list_run *r = run_sample();
    assert_claim(r, "ofac-23510", "imoCompanyNumber", "imo-company:5571322");
    assert_no_claim(r, "ofac-23510", "imoNumber", NULL);
    end_run(r);
}

static void an_aircraft_has_its_number_model_and_operator(void **state)
{
    list_run *r = run_sample();
    assert_claim(r, "ofac-20540", "serialNumber", "7612");
    assert_claim(r, "ofac-20540", "buildDate", "1976");
    assert_claim(r, "ofac-20540", "model", "An-24RV");
    assert_claim(r, "ofac-20540", "operator", "ofac-20540-operator");
    assert_claim(r, "ofac-20540-operator", "name", "Air Koryo");
    assert_claim(r, "ofac-4243", "owner", "ofac-4243-owner");
    assert_claim(r, "ofac-4243-owner", "name", "Sand & Swan Navigation Co. Ltd.");
    end_run(r);
}

static void the_remarks_of_a_person_are_taken_apart(void **state)
{
    list_run *r = run_sample();
    assert_text(need_claim(r, "ofac-2676", "birthDate", "1951-06-19")->words, "DOB 19 Jun 1951");
    assert_claim(r, "ofac-2676", "birthDate", "1952~");
    assert_claim(r, "ofac-2676", "birthDate", "1951/1953");
    assert_claim(r, "ofac-2676", "birthPlace", "Giza, Egypt");
    assert_claim(r, "ofac-2676", "nationality", "eg");
    assert_claim(r, "ofac-2676", "citizenship", "sd");
    assert_claim(r, "ofac-2676", "gender", "male");
    assert_text(need_claim(r, "ofac-2676", "passportNumber", "passport:0000010")->valid,
                "1987-06-19/1992-06-18");
    assert_claim(r, "ofac-2676", "passportNumber", "passport:00000015");
    assert_claim(r, "ofac-2676", "idNumber", "national-id:000064100083");
    assert_claim(r, "ofac-2676", "weakAlias", "INVENTED NICK");
    const list_claim *notes = need_claim(r, "ofac-2676", "notes", NULL);
    assert_true(sk_str_find(notes->value, SK_S("something that no label announces")) != SIZE_MAX);
    end_run(r);
}

static void a_date_that_is_none_is_told(void **state)
{
    list_run *r = run_sample();
    need_finding(r, SK_IMPORT_LEFT, "alt. DOB 31/02/1960", "");
    end_run(r);
}

static void links_by_name_lead_to_entries(void **state)
{
    list_run *r = run_sample();
    assert_claim(r, "ofac-2676-link-9345", "subject", "ofac-2676");
    assert_claim(r, "ofac-2676-link-9345", "object", "ofac-9345");
    assert_claim(r, "ofac-15036-link-36", "object", "ofac-36");
    end_run(r);
}

static void measures_are_said_of_the_listing(void **state)
{
    list_run *r = run_sample();
    assert_claim(
        r, "ofac-9345-sanction", "provisions",
        "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and "
        "510.210");
    end_run(r);
}

static void other_names_are_of_three_kinds_and_weak_ones(void **state)
{
    list_run *r = run_sample();
    assert_claim(r, "ofac-36", "alias", "AERO-CARIBBEAN");
    assert_text(need_claim(r, "ofac-9345", "alias", "INVENTED NEW NAME")->note, "now known as");
    assert_claim(r, "ofac-9345", "weakAlias", "INVENTED WEAK");
    end_run(r);
}

static void addresses_keep_town_and_country(void **state)
{
    list_run *r = run_sample();
    assert_claim(r, "ofac-9345", "address", "Central District, Pyongyang, Korea, North");
    assert_claim(r, "ofac-9345", "country", "kp");
    assert_claim(r, "ofac-36", "address", "Havana, Cuba");
    assert_int_equal(need_claim(r, "ofac-2676", "country", "")->absent, SK_UNKNOWN);
    assert_claim(r, "ofac-23510", "address", "Region: Gaza");
    assert_no_claim(r, "ofac-23510", "country", NULL);
    end_run(r);
}

static void remarks_of_a_thousand_characters_go_on_in_the_other_file(void **state)
{
    list_run *r = run_sample();
    const list_claim *link = need_claim(r, "ofac-30000-link-36", "object", "ofac-36");
    assert_int_equal(link->file, 3);
    assert_int_equal(link->n_passages, 2); /* the name stands in both */
    assert_claim(r, "ofac-30000", "weakAlias", "INVENTED 01");
    assert_claim(r, "ofac-30000", "weakAlias", "INVENTED END");
    const list_claim *notes = need_claim(r, "ofac-30000", "notes", NULL);
    assert_true(sk_str_find(notes->value, SK_S("Linked To: AEROCARIBBEAN AIRLINES;")) != SIZE_MAX);
    assert_int_equal(notes->n_passages, 2);
    end_run(r);
}

static void remarks_that_break_off_are_told_when_the_other_file_is_missing(void **state)
{
    list_run *r = run_files(&sk_reader_ofac_sdn, sample, 1);
    assert_ran(r);
    need_finding(r, SK_IMPORT_LEFT, "Linked To: AEROCARI", "sdn_comments.csv");
    need_finding(r, SK_IMPORT_REMARK, NULL, "sdn.csv alone");
    assert_claim(r, "ofac-30000", "notes", NULL);
    assert_no_claim(r, "ofac-30000-link-36", "object", NULL);
    end_run(r);
}

/* ---- files in any order, shuffled, cut, odd ---- */

static void the_order_of_the_files_does_not_matter(void **state)
{
    const char *const turned[] = {sample[3], sample[1], sample[0], sample[2]};
    list_run *a = run_sample(), *b = run_files(&sk_reader_ofac_sdn, turned, 4);
    assert_same_claims(a, b);
    end_run(a);
    end_run(b);
}

/* The lines of text in another order. */
static sk_str shuffled(sk_arena *a, sk_str text, uint32_t seed)
{
    uint32_t state = seed;
    sk_str lines[64], rest = text, out = SK_NONE;
    size_t n = 0;
    while (n < 64 && rest.n && sk_str_cut(&rest, '\n', &lines[n]))
        if (lines[n].n > 1)
            n++;
    for (size_t i = n; i > 1; i--) {
        state = state * 1664525u + 1013904223u;
        size_t j = (state >> 8) % i;
        sk_str x = lines[i - 1];
        lines[i - 1] = lines[j];
        lines[j] = x;
    }
    for (size_t i = 0; i < n; i++)
        out = sk_fmt(a, "%.*s%.*s\n", SK_P(out), SK_P(lines[i]));
    return out;
}

static void the_order_of_the_rows_does_not_matter(void **state)
{
    sk_arena arena = SK_ARENA_INIT;
    static const char *const names[] = {"sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"};
    list_run *a = run_sample();
    for (uint32_t seed = 1; seed < 8; seed++) {
        sk_str texts[4];
        for (size_t i = 0; i < 4; i++)
            texts[i] = shuffled(&arena, file_text(&arena, sample[i]), seed);
        list_run *b = run_texts(&sk_reader_ofac_sdn, names, texts, 4);
        assert_ran(b);
        assert_same_claims(a, b);
        end_run(b);
    }
    end_run(a);
    sk_arena_done(&arena);
}

/* Row ends and the inside of a last "-0- " are the only places where a cut leaves whole rows. */
static bool may_pass(sk_str whole, size_t n)
{
    sk_str head = sk_str_trim(sk_str_sub(whole, 0, n));
    sk_str next = sk_str_trim(sk_str_sub(whole, n, 2));
    bool at_end = !next.n || whole.p[n] == '\r' || whole.p[n] == '\n' || whole.p[n - 1] == '\n' ||
                  whole.p[n] == 0x1A;
    return at_end || sk_str_ends(head, SK_S(",-0")) || sk_str_ends(head, SK_S(",-0-"));
}

static void a_list_cut_anywhere_is_an_error(void **state)
{
    sk_arena arena = SK_ARENA_INIT;
    sk_str whole = file_text(&arena, sample[0]);
    const char *name = "sdn.csv";
    size_t passed = 0;
    for (size_t n = 1; n < whole.n; n++) {
        sk_str part = sk_str_sub(whole, 0, n);
        list_run *r = run_texts(&sk_reader_ofac_sdn, &name, &part, 1);
        if (r->rc == SK_OK && !may_pass(whole, n))
            fail_msg("cut at %zu and nobody noticed: %.*s", n, 40, part.p + (n > 40 ? n - 40 : 0));
        passed += r->rc == SK_OK;
        end_run(r);
    }
    assert_true(passed < 60);
    sk_arena_done(&arena);
}

static void a_last_cell_that_lost_its_end_is_told(void **state)
{
    static const char *const names[] = {"sdn.csv", "add.csv"};
    const sk_str texts[] = {
        SK_S("36,\"A\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n"),
        SK_S("36,25,-0- ,\"Havana\",\"Cuba\",-0")};
    list_run *r = run_texts(&sk_reader_ofac_sdn, names, texts, 2);
    assert_ran(r);
    need_finding(r, SK_IMPORT_REMARK, "-0", "cut short");
    assert_claim(r, "ofac-36", "address", "Havana, Cuba");
    end_run(r);
}

static void files_that_do_not_belong_are_refused_with_words(void **state)
{
    static const char *const names[] = {"a.csv", "b.csv"};
    const sk_str sdn = SK_S("36,\"A\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n");
    const struct {
        sk_str first, second;
        const char *message;
    } cases[] = {
        {SK_S("36,12,\"aka\",\"B\",-0- \n"), SK_S("36,25,-0- ,-0- ,\"Cuba\",-0- \n"),
         "sdn.csv is missing"},
        {sdn, sdn, "a second file with 12 cells"},
        {sdn, SK_S("1,2,3\n"), "3 cells in the first row"},
    };
    for (size_t i = 0; i < SK_COUNT(cases); i++) {
        sk_str texts[] = {cases[i].first, cases[i].second};
        list_run *r = run_texts(&sk_reader_ofac_sdn, names, texts, 2);
        assert_int_equal(r->rc, SK_E_FORMAT);
        if (!strstr(r->cx.message, cases[i].message))
            fail_msg("\"%s\" is not in \"%s\"", cases[i].message, r->cx.message);
        end_run(r);
    }
}

static void odd_rows_are_told_one_by_one(void **state)
{
    const char *name = "sdn.csv";
    const sk_str text =
        SK_S("36,\"A\",\"robot\",\"X\",-0- ,-0- ,-0- ,\"much\",-0- ,-0- ,-0- ,-0- \n\n"
             "x,\"B\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n"
             "37,\"C\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n"
             "37,\"D\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n");
    list_run *r = run_texts(&sk_reader_ofac_sdn, &name, &text, 1);
    assert_ran(r);
    assert_int_equal(r->rows[0], 5);
    need_finding(r, SK_IMPORT_REMARK, "robot", "no known type");
    need_finding(r, SK_IMPORT_LEFT, "much", "not a number");
    need_finding(r, SK_IMPORT_SKIPPED, NULL, "blank");
    need_finding(r, SK_IMPORT_SKIPPED, NULL, "\"x\" is not the number of an entry");
    need_finding(r, SK_IMPORT_REMARK, "37", "twice");
    assert_claim(r, "ofac-37", "name", "D");
    end_run(r);
}

static void a_prefix_stands_before_every_key(void **state)
{
    const sk_str text = SK_S("36,\"A\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Linked To: "
                             "B.\"\n37,\"B\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n");
    int fd = memfd_create("list", MFD_CLOEXEC);
    assert_int_equal(write(fd, text.p, text.n), (ssize_t)text.n);
    sk_source_file file = {.name = SK_S("sdn.csv"), .fd = fd};
    sk_source src = {.files = &file, .n_files = 1, .options = {.prefix = SK_S("test-")}};
    list_run *r = run_source(&sk_reader_ofac_sdn, &src);
    assert_ran(r);
    for (size_t i = 0; i < r->n_claims; i++)
        assert_true(sk_str_starts(r->claims[i].entity, SK_S("test-ofac-3")));
    assert_claim(r, "test-ofac-36-link-37", "object", "test-ofac-37");
    end_run(r);
    close(fd);
}

static void the_layout_is_told_by_its_first_row(void **state)
{
    sk_str sdn = SK_S("36,\"A, B\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n");
    assert_int_equal(sk_reader_ofac_sdn.sniff(SK_S("sdn.csv"), sdn), 95);
    assert_int_equal(sk_reader_ofac_sdn.sniff(SK_S("x.csv"), sdn), 80);
    assert_int_equal(sk_reader_ofac_sdn.sniff(SK_S("sdn.csv"), SK_S("a,b\n")), 0);
    assert_int_equal(sk_reader_ofac_sdn.sniff(SK_S("sdn.csv"), SK_NONE), 0);
}

/* ---- the public copies ---- */

static const char *const folders[] = {"lists/ofac-2019", "lists/ofac-2021"};

/* The four files of a copy; false after SKIP. */
static bool copy_paths(const char *folder, char buf[4][4096], const char *paths[4])
{
    static const char *const names[] = {"sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"};
    for (size_t i = 0; i < 4; i++) {
        char name[256];
        snprintf(name, sizeof name, "%s/%s", folder, names[i]);
        if (!shared_path(buf[i], name))
            return false;
        paths[i] = buf[i];
    }
    return true;
}

static long count_types(const list_run *r, const char *type)
{
    long n = 0;
    for (size_t i = 0; i < r->n_claims; i++)
        n += sk_str_is(r->claims[i].type, type) && sk_str_is(r->claims[i].prop, "name") &&
             r->claims[i].file == 0 && sk_str_is(r->claims[i].column, "name");
    return n;
}

static long count_in_file(const list_run *r, size_t file, const char *prop)
{
    long n = 0;
    for (size_t i = 0; i < r->n_claims; i++)
        n += r->claims[i].file == file && sk_str_is(r->claims[i].prop, prop);
    return n;
}

static void check_copy(const char *paths[4])
{
    list_run *r = run_files(&sk_reader_ofac_sdn, paths, 4);
    assert_ran(r);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(r->rows[i], number_from("grep -c '^[0-9][0-9]*,' \"$FILE\"", paths[i]));
    assert_int_equal(
        count_types(r, "Person"),
        number_from("grep -c '^[0-9]*,\"[^\"]*\",\"individual\",' \"$FILE\"", paths[0]));
    assert_int_equal(count_types(r, "Vessel"),
                     number_from("grep -c '^[0-9]*,\"[^\"]*\",\"vessel\",' \"$FILE\"", paths[0]));
    assert_int_equal(count_types(r, "Airplane"),
                     number_from("grep -c '^[0-9]*,\"[^\"]*\",\"aircraft\",' \"$FILE\"", paths[0]));
    assert_int_equal(count_types(r, "Organization"),
                     number_from("awk -F'\",' '$2 ~ /^-0-/ && $1 ~ /^[0-9]+,\"/ { n++ } "
                                 "END { print n }' \"$FILE\"",
                                 paths[0]));
    assert_int_equal(count_in_file(r, 1, "alias"),
                     number_from("awk -F'\"' '$2 == \"aka\" || $2 == \"nka\" { n++ } "
                                 "END { print n }' \"$FILE\"",
                                 paths[1]));
    assert_int_equal(count_in_file(r, 1, "previousName"),
                     number_from("grep -c ',\"fka\",' \"$FILE\"", paths[1]));
    assert_int_equal(count_in_file(r, 2, "address"),
                     number_from("awk '/^[0-9]+,/ && !/^[0-9]+,[0-9]+,-0- ,-0- ,-0- ,/ { n++ } "
                                 "END { print n }' \"$FILE\"",
                                 paths[2]));
    assert_int_equal(count_claims(r, "Vessel", "imoNumber"),
                     number_from("grep '^[0-9]*,\"[^\"]*\",\"vessel\",' \"$FILE\" | grep -c "
                                 "'Vessel Registration Identification \\(IMO \\)*[0-9]\\{7\\}'",
                                 paths[0]));
    end_run(r);
}

static void every_row_of_the_public_copies_is_accounted_for(void **state)
{
    char buf[4][4096];
    const char *paths[4];
    if (!has_tool("awk"))
        skip();
    for (size_t i = 0; i < SK_COUNT(folders); i++) {
        if (!copy_paths(folders[i], buf, paths))
            skip();
        check_copy(paths);
    }
}

/* ent_num, name, imo of the 106 ships of the DPRK programmes */
static void each_ship_of_the_fact_table_has_its_number(void **state)
{
    char buf[4][4096], facts[4096];
    const char *paths[4];
    sk_ctx cx;
    sk_csv *csv;
    sk_csv_row row;
    if (!copy_paths(folders[1], buf, paths) || !shared_path(facts, "facts/ofac_dprk_vessels.csv"))
        skip();
    list_run *r = run_files(&sk_reader_ofac_sdn, paths, 4);
    int fd = open(facts, O_RDONLY);
    sk_ctx_init(&cx);
    assert_int_equal(sk_csv_open_fd(&cx, fd, facts, ',', &csv), SK_OK);
    assert_int_equal(sk_csv_next(&cx, csv, &row), SK_OK);
    size_t n = 0;
    for (; sk_csv_next(&cx, csv, &row) == SK_OK && row.n; n++) {
        char key[64], imo[64];
        snprintf(key, sizeof key, "ofac-%.*s", SK_P(row.cells[0]));
        snprintf(imo, sizeof imo, "imo:%.*s", SK_P(row.cells[2]));
        assert_claim(r, key, "imoNumber", imo);
        assert_claim(r, key, "name", sk_str_c(&cx.arena, row.cells[1]));
    }
    assert_int_equal(n, 106);
    sk_csv_close(csv);
    sk_ctx_done(&cx);
    close(fd);
    end_run(r);
}

static void in_the_public_copy_5571322_is_a_company_and_banks_stay_two(void **state)
{
    char buf[4][4096];
    const char *paths[4];
    if (!copy_paths(folders[1], buf, paths))
        skip();
    list_run *r = run_files(&sk_reader_ofac_sdn, paths, 4);
    sk_str daedong = SK_NONE, daesong = SK_NONE;
    for (size_t i = 0; i < r->n_claims; i++) {
        const list_claim *c = &r->claims[i];
        assert_false(sk_str_is(c->prop, "imoNumber") && sk_str_is(c->value, "imo:5571322"));
        if (sk_str_is(c->prop, "name") && sk_str_is(c->value, "DAEDONG CREDIT BANK"))
            daedong = c->entity;
        if (sk_str_is(c->prop, "name") && sk_str_is(c->value, "KOREA DAESONG BANK"))
            daesong = c->entity;
    }
    assert_true(daedong.n && daesong.n && !sk_str_eq(daedong, daesong));
    end_run(r);
}

int main(void)
{
    setenv("SILLOK_EXTRACT", SK_EXTRACT_PROGRAM, 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_every_file_is_announced),
        cmocka_unit_test(an_entry_is_known_by_its_number),
        cmocka_unit_test(minus_zero_minus_is_nothing),
        cmocka_unit_test(the_type_of_an_entry_decides_its_properties),
        cmocka_unit_test(a_ship_has_its_columns_and_its_remarks),
        cmocka_unit_test(a_ship_number_is_found_without_the_letters_imo),
        cmocka_unit_test(former_names_stand_in_remarks_alone),
        cmocka_unit_test(a_body_has_a_company_number_and_no_ship_number),
        cmocka_unit_test(an_aircraft_has_its_number_model_and_operator),
        cmocka_unit_test(the_remarks_of_a_person_are_taken_apart),
        cmocka_unit_test(a_date_that_is_none_is_told),
        cmocka_unit_test(links_by_name_lead_to_entries),
        cmocka_unit_test(measures_are_said_of_the_listing),
        cmocka_unit_test(other_names_are_of_three_kinds_and_weak_ones),
        cmocka_unit_test(addresses_keep_town_and_country),
        cmocka_unit_test(remarks_of_a_thousand_characters_go_on_in_the_other_file),
        cmocka_unit_test(remarks_that_break_off_are_told_when_the_other_file_is_missing),
        cmocka_unit_test(the_order_of_the_files_does_not_matter),
        cmocka_unit_test(the_order_of_the_rows_does_not_matter),
        cmocka_unit_test(a_list_cut_anywhere_is_an_error),
        cmocka_unit_test(a_last_cell_that_lost_its_end_is_told),
        cmocka_unit_test(files_that_do_not_belong_are_refused_with_words),
        cmocka_unit_test(odd_rows_are_told_one_by_one),
        cmocka_unit_test(a_prefix_stands_before_every_key),
        cmocka_unit_test(the_layout_is_told_by_its_first_row),
        cmocka_unit_test(every_row_of_the_public_copies_is_accounted_for),
        cmocka_unit_test(each_ship_of_the_fact_table_has_its_number),
        cmocka_unit_test(in_the_public_copy_5571322_is_a_company_and_banks_stay_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
