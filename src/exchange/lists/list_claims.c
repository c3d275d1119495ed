#include "exchange/lists/list_claims.h"

#include "exchange/lists/mine_text.h"
#include "record/country.h"
#include "record/identifier.h"

sk_str sk_list_key(sk_ctx *rcx, sk_str prefix, const char *head, sk_str id)
{
    sk_str line = sk_mine_one_line(&rcx->arena, id);
    sk_str key = sk_fmt(&rcx->arena, "%.*s%s%.*s", SK_P(prefix), head, SK_P(line));
    char *text = sk_str_c(&rcx->arena, key);
    for (size_t i = 0; i < key.n; i++)
        if ((unsigned char)text[i] <= ' ' || text[i] == 0x7F)
            text[i] = '-';
    return (sk_str){text, key.n};
}

sk_rc sk_list_say_of(const sk_list_entry *e, sk_str column, sk_str entity, const char *type,
                     const char *prop, const sk_list_value *v)
{
    sk_str raw = sk_str_trim(v->value);
    sk_str value = v->is_text ? sk_mine_paragraphs(&e->rcx->arena, raw)
                              : sk_mine_one_line(&e->rcx->arena, raw);
    if (!value.n)
        return SK_OK;
    sk_str words = v->words.n ? v->words : v->is_text || sk_str_eq(value, raw) ? SK_NONE : raw;
    sk_claim draft = {
        .entity = entity,
        .type = sk_str_of(type),
        .prop = sk_str_of(prop),
        .value = v->is_unknown ? SK_NONE : value,
        .absent = v->is_unknown ? SK_UNKNOWN : SK_PRESENT,
        .words = v->is_unknown             ? value
                 : sk_str_eq(words, value) ? SK_NONE
                                           : words,
        .note = sk_mine_one_line(&e->rcx->arena, v->note),
        .valid = v->valid,
        .used_falsely = v->used_falsely,
        .passages = e->passages,
        .n_passages = e->n_passages,
    };
    return sk_import_claim(e->im, column, &draft);
}

sk_rc sk_list_say(const sk_list_entry *e, sk_str column, const char *prop, const sk_list_value *v)
{
    return sk_list_say_of(e, column, e->key, e->type, prop, v);
}

sk_rc sk_list_text(const sk_list_entry *e, sk_str column, const char *prop, sk_str value)
{
    return sk_list_say(e, column, prop, &(sk_list_value){.value = value});
}

sk_rc sk_list_sanction(const sk_list_entry *e, sk_str column, const char *prop, sk_str value)
{
    return sk_list_say_of(e, column, e->sanction, "Sanction", prop,
                          &(sk_list_value){.value = value});
}

/* ---- countries ---- */

/* Wordings of the lists that are no names of countries, or names that another source uses for more
 * than one. "Congo" is the UN's short name of the one whose capital is Brazzaville. */
static sk_str code_of_wording(sk_str text)
{
    static const struct {
        const char *text, *code;
    } known[] = {
        {"Congo", "cg"},
        {"Palestinian", "ps"},
        {"West Bank", "ps"},
        {"Yemeni", "ye"},
        {"Afghan", "af"},
        {"Algerian", "dz"},
        {"Somali", "so"},
        {"Eritrean", "er"},
        {"Saudi Arabian", "sa"},
        {"Cote d Ivoire", "ci"},
        {"former Soviet Union", "suhh"},
        {"China, Hong Kong Special Administrative Region", "hk"},
    };
    for (size_t i = 0; i < SK_COUNT(known); i++)
        if (sk_str_eq_nocase(text, sk_str_of(known[i].text)))
            return sk_str_of(known[i].code);
    return SK_NONE;
}

static bool means_unknown(sk_str text)
{
    static const char *const words[] = {"na",      "n/a",         "none", "none identified",
                                        "unknown", "undetermined"};
    for (size_t i = 0; i < SK_COUNT(words); i++)
        if (sk_str_eq_nocase(text, sk_str_of(words[i])))
            return true;
    return false;
}

static sk_str code_of(sk_str text)
{
    const sk_country *c = sk_country_find(text);
    return c ? c->code : code_of_wording(text);
}

/* The country at the head of a longer wording, and what is said of it behind. */
static sk_str code_and_more(sk_str text, sk_str *ret_more)
{
    static const char *const ends[] = {" (", ". ", "; "};
    for (size_t i = 0; i < SK_COUNT(ends); i++) {
        size_t at = sk_str_find(text, sk_str_of(ends[i]));
        sk_str code = at == SIZE_MAX ? SK_NONE : code_of(sk_str_sub(text, 0, at));
        if (code.n) {
            *ret_more = sk_str_trim(sk_str_sub(text, at + 1, text.n));
            return code;
        }
    }
    return SK_NONE;
}

static sk_rc two_countries(const sk_list_entry *e, sk_str column, const char *prop,
                           const sk_list_value *v, sk_str text, bool *ret_done)
{
    sk_str a, b = text;
    *ret_done = false;
    if (!sk_str_cut(&b, '/', &a) || !b.n)
        return SK_OK;
    sk_str first = code_of(sk_str_trim(a)), second = code_of(sk_str_trim(b));
    if (!first.n || !second.n)
        return SK_OK;
    *ret_done = true;
    sk_list_value out = {.value = first, .words = text, .note = v->note, .valid = v->valid};
    SK_TRY(sk_list_say(e, column, prop, &out));
    out.value = second;
    return sk_list_say(e, column, prop, &out);
}

sk_rc sk_list_country(const sk_list_entry *e, sk_str column, const char *prop,
                      const sk_list_value *v)
{
    sk_str text = sk_mine_one_line(&e->rcx->arena, v->value), more = SK_NONE;
    if (!text.n)
        return SK_OK;
    sk_list_value out = {.value = text, .note = v->note, .valid = v->valid};
    if (means_unknown(text)) {
        out.is_unknown = true;
        return sk_list_say(e, column, prop, &out);
    }
    if (sk_str_starts(text, SK_S("Region: ")))
        return SK_OK; /* a part of one or several; it stands in the address */
    sk_str code = code_of(text);
    if (!code.n)
        code = code_and_more(text, &more);
    if (code.n) {
        out.value = code;
        out.words = text;
        out.note = out.note.n ? out.note : more;
        return sk_list_say(e, column, prop, &out);
    }
    bool done;
    SK_TRY(two_countries(e, column, prop, v, text, &done));
    if (done)
        return SK_OK;
    return sk_list_say(e, column, prop, &out); /* the check of claims remarks on it */
}

/* ---- numbers ---- */

/* A number of another length than the scheme's is no such number, whatever the source calls it. The
 * check of claims remarks on wrong check digits. */
static sk_rc say_imo(const sk_list_entry *e, sk_str column, const char *prop,
                     const sk_id_verdict *verdict, const sk_list_value *v)
{
    if (verdict->verdict != SK_ID_FORM_WRONG)
        return sk_list_say(e, column, prop, v);
    sk_import_remark(e->im, column, v->value, "taken as a registration number: %.*s",
                     SK_P(verdict->reason));
    return sk_list_say(e, column, "registrationNumber", v);
}

sk_rc sk_list_imo(const sk_list_entry *e, sk_str column, sk_str number, sk_str words)
{
    sk_arena *a = &e->rcx->arena;
    bool is_ship = !strcmp(e->type, "Vessel"), is_body = !strcmp(e->type, "Organization");
    sk_id_verdict ship = sk_identifier_check(a, SK_SCHEME_IMO, number);
    sk_id_verdict company = sk_identifier_check(a, SK_SCHEME_IMO_COMPANY, number);
    sk_list_value v = {.value = number, .words = words};
    if (is_ship) {
        v.value = ship.canonical.n ? ship.canonical : number;
        return say_imo(e, column, "imoNumber", &ship, &v);
    }
    if (!is_body)
        return SK_OK;
    if (company.verdict != SK_ID_VALID && ship.verdict == SK_ID_VALID) {
        sk_import_remark(e->im, column, number,
                         "a ship's number by its digits, in the entry of a body: see the notes");
        return SK_OK;
    }
    v.value = company.canonical.n ? company.canonical : number;
    if (company.verdict == SK_ID_VALID && ship.verdict == SK_ID_VALID)
        v.note = SK_S("the digits fit the rule for ships as well; it stands with a body");
    return say_imo(e, column, "imoCompanyNumber", &company, &v);
}

sk_rc sk_list_number(const sk_list_entry *e, sk_str column, const char *prop, sk_str value,
                     const char *unit)
{
    sk_decimal number;
    sk_str text = sk_str_trim(value);
    if (!text.n)
        return SK_OK;
    if (!sk_decimal_parse(text, &number)) {
        sk_import_left(e->im, column, text, "not a number");
        return SK_OK;
    }
    sk_claim draft = {
        .entity = e->key,
        .type = sk_str_of(e->type),
        .prop = sk_str_of(prop),
        .words = text,
        .quantity = {.has_low = true,
                     .has_high = true,
                     .low = number,
                     .high = number,
                     .unit = sk_str_of(unit)},
        .passages = e->passages,
        .n_passages = e->n_passages,
    };
    return sk_import_claim(e->im, column, &draft);
}

/* ---- small things ---- */

sk_str sk_list_join(sk_arena *a, const sk_str *parts, size_t n, const char *sep)
{
    sk_str all = SK_NONE;
    for (size_t i = 0; i < n; i++)
        if (parts[i].n)
            all = all.n ? sk_fmt(a, "%.*s%s%.*s", SK_P(all), sep, SK_P(parts[i])) : parts[i];
    return all;
}

void sk_list_tell_unused(sk_import *im, const sk_str *names, const sk_str *cells,
                         const bool *is_used, size_t n, const char *why)
{
    for (size_t i = 0; i < n; i++)
        if (!is_used[i] && sk_str_trim(cells[i]).n)
            sk_import_left(im, names[i], sk_str_trim(cells[i]), "%s", why);
}
