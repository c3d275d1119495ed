/* Blocks of a UN record that have fields: other names, births, documents, addresses, the remarks. */
#include "exchange/lists/read_un.h"

#include "exchange/lists/mine_text.h"

static sk_arena *arena(const sk_un_record *r)
{
    return &r->e.rcx->arena;
}

/* ---- other names ---- */

/* Good and a.k.a. are names; Low is too common to go by; f.k.a. was one. */
static const char *prop_of_quality(sk_str quality)
{
    static const struct {
        const char *quality, *prop;
    } known[] = {
        {"good", "alias"},          {"low", "weakAlias"},
        {"a.k.a.", "alias"},        {"a.k.a", "alias"},
        {"f.k.a.", "previousName"}, {"f.k.a", "previousName"},
        {"n.k.a.", "alias"},        {"", "alias"},
    };
    for (size_t i = 0; i < SK_COUNT(known); i++)
        if (sk_str_eq_nocase(quality, sk_str_of(known[i].quality)))
            return known[i].prop;
    return NULL;
}

/* "original script: X", "In Arabic: X" in the remark of a name: the same name once more. */
static sk_rc say_script(const sk_un_record *r, sk_str block, const char *prop, sk_str note)
{
    static const char *const marks[] = {"original script:", "in arabic script:", "in arabic:"};
    sk_str line = sk_mine_one_line(arena(r), note);
    sk_str column = sk_fmt(arena(r), "%.*s/NOTE", SK_P(block));
    for (size_t k = 0; k < SK_COUNT(marks); k++)
        for (size_t i = 0; i < line.n; i++) {
            size_t n = strlen(marks[k]);
            if (!sk_str_eq_nocase(sk_str_sub(line, i, n), (sk_str){marks[k], n}))
                continue;
            sk_list_value v = {.value = sk_str_sub(line, i + n, line.n), .note = line};
            return sk_list_say(&r->e, column, prop, &v);
        }
    return SK_OK;
}

/* Where and when somebody of this name is said to be born. */
static sk_rc say_birth_under(const sk_un_record *r, const sk_un_block *b, sk_str column,
                             sk_str name)
{
    sk_list_value born = {.value = sk_un_get(b, "DATE_OF_BIRTH")};
    sk_str place[] = {sk_un_get(b, "CITY_OF_BIRTH"), sk_un_get(b, "COUNTRY_OF_BIRTH")};
    sk_str line = sk_mine_one_line(arena(r), name);
    born.note = sk_fmt(arena(r), "under the name \"%.*s\"", SK_P(line));
    sk_list_value at = {.value = sk_list_join(arena(r), place, 2, ", "), .note = born.note};
    SK_TRY(sk_list_say(&r->e, column, "birthDate", &born));
    return sk_list_say(&r->e, column, "birthPlace", &at);
}

sk_rc sk_un_alias(sk_un_record *r, const sk_un_block *b)
{
    sk_str quality = sk_un_get(b, "QUALITY"), name = sk_un_get(b, "ALIAS_NAME");
    sk_str note = sk_un_get(b, "NOTE"), column = sk_un_column(r, b);
    const char *prop = prop_of_quality(quality);
    if (!prop) {
        sk_import_remark(r->e.im, column, quality, "no known quality of a name; taken as alias");
        prop = "alias";
    }
    sk_list_value v = {.value = name, .note = note, .used_falsely = sk_mine_says_false(note)};
    SK_TRY(sk_list_say(&r->e, column, prop, &v));
    if (!name.n && note.n)
        SK_TRY(sk_list_text(&r->e, column, "notes", note));
    SK_TRY(say_script(r, column, prop, note));
    return r->is_person ? say_birth_under(r, b, column, name) : SK_OK;
}

/* ---- births ---- */

/* What the fields say, as EDTF or as words that sk_edtf_from_words may know; empty: nothing.
 * The list's time zone behind a day ("1960-01-01-05:00") is no part of a birth. */
static sk_str birth_of(const sk_un_record *r, const sk_un_block *b, sk_str note)
{
    sk_str kind = sk_un_get(b, "TYPE_OF_DATE");
    sk_str day = sk_str_sub(sk_un_get(b, "DATE"), 0, 10), year = sk_un_get(b, "YEAR");
    sk_str from = sk_un_get(b, "FROM_YEAR"), to = sk_un_get(b, "TO_YEAR");
    bool is_about = sk_str_eq_nocase(kind, SK_S("APPROXIMATELY")) ||
                    sk_str_eq_nocase(note, SK_S("Approximately"));
    const char *about = is_about ? "~" : "";
    if (from.n && to.n)
        return sk_fmt(arena(r), "%.*s%s/%.*s%s", SK_P(from), about, SK_P(to), about);
    if (from.n || to.n)
        return sk_fmt(arena(r), from.n ? "%.*s%s/.." : "../%.*s%s", SK_P(from.n ? from : to),
                      about);
    if (day.n)
        return sk_fmt(arena(r), "%.*s%s", SK_P(day), about);
    if (!year.n)
        return note;
    return sk_fmt(arena(r), "%.*s%s", SK_P(year), about);
}

/* "1958" with the note "Sep." is September 1958. */
static sk_str with_month(const sk_un_record *r, sk_str date, sk_str note, sk_str *ret_words)
{
    sk_edtf both;
    sk_str said = sk_fmt(arena(r), "%.*s %.*s", SK_P(note), SK_P(date));
    if (date.n != 4 || !note.n || sk_edtf_from_words(r->e.rcx, said, &both)) {
        sk_forgive(r->e.rcx);
        return date;
    }
    *ret_words = said;
    return both.text;
}

/* A birth that is no date of our calendar: an age, another calendar. */
static sk_rc say_odd_birth(const sk_un_record *r, sk_str column, sk_str said)
{
    sk_import_remark(r->e.im, column, said,
                     "not a date that can be computed with; kept as a note of the person");
    return sk_list_text(&r->e, column, "notes",
                        sk_fmt(arena(r), "date of birth: %.*s", SK_P(said)));
}

sk_rc sk_un_birth(sk_un_record *r, const sk_un_block *b)
{
    sk_edtf date;
    sk_str note = sk_mine_one_line(arena(r), sk_un_get(b, "NOTE")), column = sk_un_column(r, b);
    sk_str said = birth_of(r, b, note), words = SK_NONE;
    if (!said.n)
        return SK_OK;
    said = with_month(r, said, note, &words);
    if (sk_edtf_parse(r->e.rcx, said, &date)) {
        sk_forgive(r->e.rcx);
        if (sk_edtf_from_words(r->e.rcx, said, &date)) {
            sk_forgive(r->e.rcx);
            return say_odd_birth(r, column, said);
        }
        words = said;
    }
    sk_list_value v = {.value = date.text, .words = words, .note = words.n ? SK_NONE : note};
    v.used_falsely = sk_mine_says_false(note);
    return sk_list_say(&r->e, column, "birthDate", &v);
}

sk_rc sk_un_birth_place(sk_un_record *r, const sk_un_block *b)
{
    sk_str parts[] = {sk_un_get(b, "STREET"), sk_un_get(b, "CITY"), sk_un_get(b, "STATE_PROVINCE"),
                      sk_un_get(b, "COUNTRY")};
    sk_str note = sk_un_get(b, "NOTE"), country = parts[3], column = sk_un_column(r, b);
    sk_str place = sk_list_join(arena(r), parts, SK_COUNT(parts), ", ");
    sk_list_value v = {.value = place.n ? place : note, .note = place.n ? note : SK_NONE};
    SK_TRY(sk_list_say(&r->e, column, "birthPlace", &v));
    return sk_list_country(&r->e, column, "birthCountry", &(sk_list_value){.value = country});
}

/* ---- documents ---- */

static bool names_passport(sk_str kind)
{
    static const char *const words[] = {"Passport", "passport", "passeport", "pasaporte"};
    for (size_t i = 0; i < SK_COUNT(words); i++)
        if (sk_str_find(kind, sk_str_of(words[i])) != SIZE_MAX)
            return true;
    return false;
}

/* The part of a remark before it goes on to other things: "Tunisian passport number L 191609". */
static sk_str before_more(sk_str note)
{
    static const char *const ends[] = {" issued", ", ", " under ", " (", ";"};
    size_t to = sk_str_starts(note, SK_S("issued")) ? 0 : note.n;
    for (size_t i = 0; i < SK_COUNT(ends); i++) {
        size_t at = sk_str_find(note, sk_str_of(ends[i]));
        to = at < to ? at : to;
    }
    return sk_str_sub(note, 0, to);
}

/* From the day of issue to the day it ends, as far as the record says them. */
static sk_str validity(const sk_un_record *r, sk_str issued, sk_str note)
{
    static const char *const ends[] = {
        "expires on",      "expires",        "expired on",         "expired", "valid until",
        "expiration date", "expiry date of", "date of expiration", "exp."};
    sk_str until = sk_mine_date_after(r->e.rcx, note, ends, SK_COUNT(ends));
    issued = sk_str_sub(issued, 0, 10);
    if (!issued.n && !until.n)
        return SK_NONE;
    sk_str valid = sk_fmt(arena(r), "%.*s/%.*s", SK_P(issued), SK_P(until));
    sk_edtf checked;
    if (sk_edtf_parse(r->e.rcx, valid, &checked)) {
        sk_forgive(r->e.rcx);
        return SK_NONE;
    }
    return checked.text;
}

sk_rc sk_un_document(sk_un_record *r, const sk_un_block *b)
{
    sk_str kind = sk_un_get(b, "TYPE_OF_DOCUMENT"), kind2 = sk_un_get(b, "TYPE_OF_DOCUMENT2");
    sk_str written = sk_un_get(b, "NUMBER"),
           note = sk_mine_one_line(arena(r), sk_un_get(b, "NOTE"));
    sk_str issuer = sk_un_get(b, "ISSUING_COUNTRY"), country = sk_un_get(b, "COUNTRY_OF_ISSUE");
    sk_str issued = sk_un_get(b, "DATE_OF_ISSUE"), city = sk_un_get(b, "CITY_OF_ISSUE");
    sk_str column = sk_un_column(r, b), number = sk_mine_number(written);
    if (!number.n)
        number = written.n ? written : sk_mine_number(kind2);
    if (!number.n)
        number = sk_mine_number(before_more(note));
    sk_str issue[] = {issuer.n ? sk_fmt(arena(r), "issued by %.*s", SK_P(issuer)) : issuer,
                      issued.n ? sk_fmt(arena(r), "on %.*s", SK_P(issued)) : issued,
                      city.n ? sk_fmt(arena(r), "in %.*s", SK_P(city)) : city, country};
    sk_str about[] = {kind, kind2, sk_list_join(arena(r), issue, SK_COUNT(issue), ", "), note};
    sk_str remark = sk_list_join(arena(r), about, SK_COUNT(about), "; ");
    bool is_passport = names_passport(kind);
    if (!number.n)
        return sk_list_text(&r->e, column, "notes", remark);
    const char *scheme = is_passport ? "passport" : "national-id";
    sk_str line = sk_mine_one_line(arena(r), number);
    sk_list_value v = {
        .value = sk_fmt(arena(r), "%s:%.*s", scheme, SK_P(line)),
        .words = written.n                            ? written
                 : kind2.n && sk_mine_number(kind2).n ? kind2
                                                      : note,
        .note = remark,
        .valid = validity(r, issued, note),
        .used_falsely = sk_mine_says_false(note),
    };
    return sk_list_say(&r->e, column, is_passport ? "passportNumber" : "idNumber", &v);
}

/* ---- addresses ---- */

sk_rc sk_un_address(sk_un_record *r, const sk_un_block *b)
{
    sk_str parts[] = {sk_un_get(b, "STREET"), sk_un_get(b, "CITY"), sk_un_get(b, "STATE_PROVINCE"),
                      sk_un_get(b, "ZIP_CODE"), sk_un_get(b, "COUNTRY")};
    sk_str note = sk_un_get(b, "NOTE"), column = sk_un_column(r, b);
    sk_str address = sk_list_join(arena(r), parts, SK_COUNT(parts), ", ");
    sk_list_value v = {.value = address.n ? address : note, .note = address.n ? note : SK_NONE};
    SK_TRY(sk_list_say(&r->e, column, "address", &v));
    return sk_list_country(&r->e, column, "country", &(sk_list_value){.value = parts[4]});
}

/* ---- the remarks ---- */

static sk_rc say_death(const sk_un_record *r, const sk_mined *m)
{
    sk_list_value fate = {.value = SK_S("died"), .words = m->words};
    sk_list_value day = {.value = m->value, .words = m->words};
    SK_TRY(sk_list_say(&r->e, SK_S("COMMENTS1"), "fate", &fate));
    return sk_list_say(&r->e, SK_S("COMMENTS1"), "deathDate", &day);
}

/* What a person can have, and what a body can. */
static const struct mined_prop {
    sk_mined_kind kind;
    bool of_person, of_body;
    const char *prop;
} mined_props[] = {
    {SK_MINED_REGISTRATION, false, true, "registrationNumber"},
    {SK_MINED_BIC, false, true, "swiftBic"},
    {SK_MINED_SEX, true, false, "gender"},
    {SK_MINED_FATHER, true, false, "fatherName"},
    {SK_MINED_MOTHER, true, false, "motherName"},
    {SK_MINED_FORMER_NAME, true, true, "previousName"},
};

static sk_rc say_mined(const sk_un_record *r, const sk_mined *m)
{
    if (m->kind == SK_MINED_IMO)
        return sk_list_imo(&r->e, SK_S("COMMENTS1"), m->value, m->words);
    if (m->kind == SK_MINED_DEATH)
        return r->is_person ? say_death(r, m) : SK_OK;
    for (size_t i = 0; i < SK_COUNT(mined_props); i++) {
        const struct mined_prop *p = &mined_props[i];
        if (p->kind == m->kind && (r->is_person ? p->of_person : p->of_body))
            return sk_list_say(&r->e, SK_S("COMMENTS1"), p->prop,
                               &(sk_list_value){.value = m->value, .words = m->words});
    }
    return SK_OK;
}

sk_rc sk_un_comments(sk_un_record *r, const sk_un_block *b)
{
    sk_mined *found;
    size_t n;
    sk_str text = sk_un_get(b, "");
    SK_TRY(sk_list_say(&r->e, SK_S("COMMENTS1"), "notes",
                       &(sk_list_value){.value = text, .is_text = true}));
    if (sk_mine_text(r->e.rcx, text, &found, &n)) {
        sk_import_remark(r->e.im, SK_S("COMMENTS1"), SK_NONE, "not searched for numbers: %s",
                         r->e.rcx->message);
        sk_forgive(r->e.rcx);
        return SK_OK;
    }
    for (size_t i = 0; i < n; i++)
        SK_TRY(say_mined(r, &found[i]));
    return SK_OK;
}
