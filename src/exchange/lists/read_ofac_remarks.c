/* Remarks of an OFAC entry: parts with a label in front, apart by semicolons.
 *
 *   DOB 10 Dec 1948; alt. DOB circa 1951; POB Egypt; nationality Egypt; Gender Male;
 *   Passport 1084010 (Egypt) issued 19 Jun 1987 expires 18 Jun 1992; a.k.a. 'ABU'; Linked To: X.
 *
 * Each label stands in the table below with what becomes of its value. Names in quotes behind
 * "a.k.a." are those that the Treasury calls weak; names proper stand in alt.csv. */
#include "exchange/lists/read_ofac.h"

#include "exchange/lists/mine_text.h"
#include "record/identifier.h"

static const sk_str column = {"remarks", 7};

typedef struct part {
    const sk_list_entry *e;
    const sk_ofac_map *map;
    sk_str prefix;
    const struct label *label;
    sk_str whole; /* "alt. DOB 10 Dec 1948"  */
    sk_str value; /* "10 Dec 1948"           */
} part;

typedef sk_rc take_fn(const part *p);

static sk_rc take_text(const part *p), take_date(const part *p), take_country(const part *p),
    take_gender(const part *p), take_quoted(const part *p), take_number(const part *p),
    take_imo(const part *p), take_link(const part *p), take_named(const part *p),
    take_measure(const part *p);

static const struct label {
    const char *text;
    take_fn *take;
    const char *prop, *more; /* more: the scheme of a number, or the note of a value */
} labels[] = {
    {"DOB", take_date, "birthDate", NULL},
    {"POB", take_text, "birthPlace", NULL},
    {"nationality", take_country, "nationality", NULL},
    {"citizen", take_country, "citizenship", NULL},
    {"Gender", take_gender, "gender", NULL},
    {"a.k.a.", take_quoted, "weakAlias", NULL},
    {"f.k.a.", take_quoted, "previousName", NULL},
    {"n.k.a.", take_quoted, "alias", "now known as"},
    {"Linked To", take_link, NULL, NULL},
    {"Website", take_text, "website", NULL},
    {"Email Address", take_text, "email", NULL},
    {"Phone Number", take_text, "phone", NULL},
    {"Telephone No.", take_text, "phone", NULL},
    {"Telephone", take_text, "phone", NULL},
    {"Phone No.", take_text, "phone", NULL},
    {"Fax No.", take_text, "phone", "fax"},
    {"Fax", take_text, "phone", "fax"},
    {"ethnicity", take_text, "ethnicity", NULL},
    {"Organization Established Date", take_date, "incorporationDate", NULL},
    {"Organization Type", take_text, "classification", NULL},
    {"Target Type", take_text, "classification", NULL},
    {"Nationality of Registration", take_country, "country", NULL},
    {"SWIFT/BIC", take_number, "swiftBic", "bic"},
    {"D-U-N-S Number", take_number, "dunsCode", "duns"},
    {"BIK (RU)", take_number, "registrationNumber", "bik"},
    /* what the listing means for others: said of the Sanction */
    {"Secondary sanctions risk", take_measure, NULL, NULL},
    {"Additional Sanctions Information", take_measure, NULL, NULL},
    {"Transactions Prohibited", take_measure, NULL, NULL},
    {"Executive Order", take_measure, NULL, NULL},
    {"CAATSA Section", take_measure, NULL, NULL},
    {"IFCA Determination", take_measure, NULL, NULL},
    /* ships */
    {"Vessel Registration Identification IMO", take_imo, NULL, NULL},
    {"Vessel Registration Identification", take_imo, NULL, NULL},
    {"Identification Number IMO", take_imo, NULL, NULL},
    {"Company Number IMO", take_imo, NULL, NULL},
    {"MMSI", take_text, "mmsi", NULL},
    {"Former Vessel Flag", take_country, "pastFlags", NULL},
    {"Other Vessel Flag", take_country, "flag", "another flag"},
    {"Vessel Flag", take_country, "flag", NULL},
    {"Other Vessel Call Sign", take_text, "callSign", "another call sign"},
    {"Vessel Call Sign", take_text, "callSign", NULL},
    {"Other Vessel Type", take_text, "type", "another type"},
    {"Vessel Type", take_text, "type", NULL},
    {"Vessel Year of Build", take_date, "buildDate", NULL},
    {"Vessel Owner", take_named, "owner", NULL},
    {"Vessel Operator", take_named, "operator", NULL},
    /* aircraft */
    {"Aircraft Construction Number (also called L/N or S/N or F/N)", take_text, "serialNumber",
     "construction number"},
    {"Aircraft Manufacturer's Serial Number (MSN)", take_text, "serialNumber",
     "manufacturer's serial number"},
    {"Aircraft Serial Identification", take_text, "serialNumber", NULL},
    {"Aircraft Tail Number", take_text, "registrationNumber", "tail number"},
    {"Previous Aircraft Tail Number", take_text, "registrationNumber", "previous tail number"},
    {"Aircraft Mode S Transponder Code", take_text, "icaoCode", "transponder code"},
    {"Aircraft Model", take_text, "model", NULL},
    {"Aircraft Manufacture Date", take_date, "buildDate", NULL},
    {"Aircraft Operator", take_named, "operator", NULL},
    /* papers of people */
    {"Diplomatic Passport", take_number, "passportNumber", "passport"},
    {"British National Overseas Passport", take_number, "passportNumber", "passport"},
    {"Stateless Person Passport", take_number, "passportNumber", "passport"},
    {"Passport Booklet", take_number, "passportNumber", "passport"},
    {"Passport #", take_number, "passportNumber", "passport"},
    {"Passport", take_number, "passportNumber", "passport"},
    {"SSN", take_number, "socialSecurityNumber", "ssn"},
    {"Travel Document Number", take_number, "idNumber", "travel-document"},
    {"National ID No.", take_number, "idNumber", "national-id"},
    {"National Foreign ID Number", take_number, "idNumber", "foreigner-id"},
    {"Personal ID Card", take_number, "idNumber", "id-card"},
    {"Moroccan Personal ID No.", take_number, "idNumber", "national-id"},
    {"Kenyan ID No.", take_number, "idNumber", "national-id"},
    {"Tazkira National ID Card", take_number, "idNumber", "national-id"},
    {"Identification Number", take_number, "idNumber", "id"},
    {"Turkish Identification Number", take_number, "idNumber", "national-id"},
    {"Citizen's Card Number", take_number, "idNumber", "national-id"},
    {"Numero de Identidad", take_number, "idNumber", "national-id"},
    {"Residency Number", take_number, "idNumber", "residency"},
    {"Birth Certificate Number", take_number, "idNumber", "birth-certificate"},
    {"Driver's License No.", take_number, "idNumber", "drivers-licence"},
    {"Electoral Registry No.", take_number, "idNumber", "electoral-registry"},
    {"Credencial electoral", take_number, "idNumber", "electoral-registry"},
    {"Cartilla de Servicio Militar Nacional", take_number, "idNumber", "military-service"},
    {"Chinese Commercial Code", take_number, "idNumber", "chinese-commercial-code"},
    {"VisaNumberID", take_number, "idNumber", "visa"},
    {"Cedula No.", take_number, "idNumber", "cedula"},
    {"C.U.R.P.", take_number, "idNumber", "curp"},
    {"C.U.I.P.", take_number, "idNumber", "cuip"},
    {"C.U.I.", take_number, "idNumber", "cui"},
    {"D.N.I.", take_number, "idNumber", "dni"},
    {"I.F.E.", take_number, "idNumber", "ife"},
    {"LE Number", take_number, "idNumber", "le"},
    /* numbers of bodies, and of people who trade */
    {"Italian Fiscal Code", take_number, "taxNumber", "italian-fiscal-code"},
    {"Tax ID No.", take_number, "taxNumber", "tax-id"},
    {"US FEIN", take_number, "taxNumber", "fein"},
    {"R.F.C. #", take_number, "taxNumber", "rfc"},
    {"R.F.C.", take_number, "taxNumber", "rfc"},
    {"RFC", take_number, "taxNumber", "rfc"},
    {"NIT #", take_number, "taxNumber", "nit"},
    {"RUC #", take_number, "taxNumber", "ruc"},
    {"RIF #", take_number, "taxNumber", "rif"},
    {"RTN", take_number, "taxNumber", "rtn"},
    {"C.U.I.T.", take_number, "taxNumber", "cuit"},
    {"C.I.F.", take_number, "taxNumber", "cif"},
    {"V.A.T. Number", take_number, "vatCode", "vat"},
    {"Unified Social Credit Code (USCC)", take_number, "uscCode", "uscc"},
    {"United Social Credit Code Certificate (USCCC)", take_number, "uscCode", "uscc"},
    {"License", take_number, "licenseNumber", "licence"},
    {"Trade License No.", take_number, "licenseNumber", "trade-licence"},
    {"Registration Number", take_number, "registrationNumber", "registration"},
    {"Registration ID", take_number, "registrationNumber", "registration"},
    {"Public Registration Number", take_number, "registrationNumber", "registration"},
    {"Company Number", take_number, "registrationNumber", "company"},
    {"UK Company Number", take_number, "registrationNumber", "company"},
    {"Business Registration Number", take_number, "registrationNumber", "business"},
    {"Business Registration Document #", take_number, "registrationNumber", "business"},
    {"Business Number", take_number, "registrationNumber", "business"},
    {"Enterprise Number", take_number, "registrationNumber", "enterprise"},
    {"Legal Entity Number", take_number, "registrationNumber", "legal-entity"},
    {"Branch Unit Number", take_number, "registrationNumber", "branch-unit"},
    {"Commercial Registry Number", take_number, "registrationNumber", "commercial-registry"},
    {"Chamber of Commerce Number", take_number, "registrationNumber", "chamber-of-commerce"},
    {"Certificate of Incorporation Number", take_number, "registrationNumber", "incorporation"},
    {"Government Gazette Number", take_number, "registrationNumber", "government-gazette"},
    {"Folio Mercantil No.", take_number, "registrationNumber", "folio-mercantil"},
    {"Matricula Mercantil No", take_number, "registrationNumber", "matricula-mercantil"},
    {"C.R. No.", take_number, "registrationNumber", "commercial-registry"},
    {"File Number", take_number, "registrationNumber", "file"},
    {"Registered Charity No.", take_number, "registrationNumber", "charity"},
};

/* ---- values ---- */

static sk_rc say(const part *p, sk_str value)
{
    sk_list_value v = {.value = value, .words = p->whole, .note = sk_str_of(p->label->more)};
    return sk_list_say(p->e, column, p->label->prop, &v);
}

static sk_rc take_text(const part *p)
{
    return say(p, p->value);
}

static sk_rc take_country(const part *p)
{
    sk_list_value v = {.value = p->value, .note = sk_str_of(p->label->more)};
    return sk_list_country(p->e, column, p->label->prop, &v);
}

static sk_rc take_gender(const part *p)
{
    bool is_known =
        sk_str_eq_nocase(p->value, SK_S("Male")) || sk_str_eq_nocase(p->value, SK_S("Female"));
    sk_str term = sk_str_eq_nocase(p->value, SK_S("Male")) ? SK_S("male") : SK_S("female");
    return say(p, is_known ? term : p->value);
}

static sk_rc take_date(const part *p)
{
    sk_edtf date;
    if (sk_edtf_from_words(p->e->rcx, p->value, &date)) {
        sk_import_left(p->e->im, column, p->whole, "%s", p->e->rcx->message);
        sk_forgive(p->e->rcx);
        return SK_OK;
    }
    return say(p, date.text);
}

/* 'NAME' without its quotes; a stray one at the end goes too. */
static sk_rc take_quoted(const part *p)
{
    sk_str s = p->value;
    if (s.n < 2 || s.p[0] != '\'')
        return SK_OK;
    s = sk_str_sub(s, 1, s.n);
    while (s.n && s.p[s.n - 1] == '\'')
        s.n--;
    return say(p, s);
}

static sk_rc take_imo(const part *p)
{
    return sk_list_imo(p->e, column, p->value, p->whole);
}

static sk_rc take_measure(const part *p)
{
    return sk_list_sanction(p->e, column, "provisions", p->whole);
}

/* ---- papers: number (country) issued DAY expires DAY ---- */

/* Cut " issued ..." and the like off *text; the day behind it, in EDTF. */
static sk_str cut_day(const part *p, sk_str *text, const char *word)
{
    sk_edtf date;
    sk_ctx *rcx = p->e->rcx;
    size_t at = sk_str_find(*text, sk_str_of(word));
    if (at == SIZE_MAX)
        return SK_NONE;
    sk_str day = sk_str_trim(sk_str_sub(*text, at + strlen(word), text->n));
    *text = sk_str_sub(*text, 0, at);
    if (sk_edtf_from_words(rcx, day, &date)) {
        sk_forgive(rcx);
        return SK_NONE;
    }
    return date.text;
}

/* From the day of issue to the day it ends; "issued 25 Jan 2011 to 24 Jan 2016" says both. */
static sk_str validity(const part *p, sk_str issued, sk_str expires)
{
    size_t slash = sk_str_find(expires, SK_S("/"));
    if (!issued.n && !expires.n)
        return SK_NONE;
    if (sk_str_find(issued, SK_S("/")) != SIZE_MAX)
        return issued;
    if (slash != SIZE_MAX)
        expires = sk_str_sub(expires, slash + 1, expires.n);
    return sk_fmt(&p->e->rcx->arena, "%.*s/%.*s", SK_P(issued), SK_P(expires));
}

static sk_rc take_number(const part *p)
{
    sk_str text = p->value;
    sk_str expires = cut_day(p, &text, " expires "), issued = cut_day(p, &text, " issued ");
    size_t bracket = sk_str_find(text, SK_S(" ("));
    text = sk_str_trim(sk_str_sub(text, 0, bracket == SIZE_MAX ? text.n : bracket));
    sk_str number = sk_mine_number(text);
    bool is_code = !strcmp(p->label->more, "bic");
    if (!number.n && !is_code)
        return SK_OK;
    sk_list_value v = {
        .value =
            is_code ? text : sk_fmt(&p->e->rcx->arena, "%s:%.*s", p->label->more, SK_P(number)),
        .words = p->whole,
        .valid = validity(p, issued, expires),
        .used_falsely = sk_mine_says_false(p->whole),
    };
    return sk_list_say(p->e, column, p->label->prop, &v);
}

/* ---- others ---- */

/* The entry whose name is text, or text without the full stop that ends all remarks. */
static const sk_ofac_entry *named(sk_arena *a, const sk_ofac_map *map, sk_str text)
{
    const sk_ofac_entry *found = sk_ofac_map_named(map, text);
    return found ? found : sk_ofac_map_named(map, sk_fmt(a, "%.*s.", SK_P(text)));
}

static sk_rc take_link(const part *p)
{
    sk_arena *a = &p->e->rcx->arena;
    const sk_ofac_entry *to = named(a, p->map, p->value);
    if (!to)
        return SK_OK;
    unsigned long long number = to->number;
    sk_str key = sk_fmt(a, "%.*s-link-%llu", SK_P(p->e->key), number);
    sk_str other = sk_fmt(a, "%.*sofac-%llu", SK_P(p->prefix), number);
    sk_list_value v = {.value = p->e->key};
    SK_TRY(sk_list_say_of(p->e, column, key, "UnknownLink", "subject", &v));
    v = (sk_list_value){.value = other, .words = p->whole};
    SK_TRY(sk_list_say_of(p->e, column, key, "UnknownLink", "object", &v));
    v = (sk_list_value){.value = SK_S("linked to")};
    return sk_list_say_of(p->e, column, key, "UnknownLink", "role", &v);
}

static sk_rc take_named(const part *p)
{
    return sk_ofac_named(p->e, p->map, p->prefix, column, p->label->prop, p->value);
}

sk_rc sk_ofac_named(const sk_list_entry *e, const sk_ofac_map *m, sk_str prefix, sk_str at,
                    const char *prop, sk_str name)
{
    sk_arena *a = &e->rcx->arena;
    const sk_ofac_entry *own = named(a, m, name);
    sk_str key = own ? sk_fmt(a, "%.*sofac-%llu", SK_P(prefix), (unsigned long long)own->number)
                     : sk_fmt(a, "%.*s-%s", SK_P(e->key), prop);
    if (!own)
        SK_TRY(sk_list_say_of(e, at, key, "LegalEntity", "name", &(sk_list_value){.value = name}));
    return sk_list_say(e, at, prop, &(sk_list_value){.value = key, .words = name});
}

/* ---- parts ---- */

static bool is_word_end(sk_str s, size_t i)
{
    char last = i ? s.p[i - 1] : ' ';
    bool is_sign = !((last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z'));
    return i >= s.n || s.p[i] == ' ' || s.p[i] == ':' || is_sign;
}

/* The longest label that text begins with. */
static const struct label *label_of(sk_str text)
{
    const struct label *found = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < SK_COUNT(labels); i++) {
        sk_str l = sk_str_of(labels[i].text);
        if (l.n > longest && sk_str_starts(text, l) && is_word_end(text, l.n)) {
            found = &labels[i];
            longest = l.n;
        }
    }
    return found;
}

static sk_rc take_part(part *p, sk_str text)
{
    p->whole = text;
    if (sk_str_eq_nocase(sk_str_sub(text, 0, 5), SK_S("alt. ")))
        text = sk_str_sub(text, 5, text.n);
    p->label = label_of(text);
    if (!p->label)
        return SK_OK;
    p->value = sk_str_trim(sk_str_sub(text, strlen(p->label->text), text.n));
    if (sk_str_starts(p->value, SK_S(":")))
        p->value = sk_str_trim(sk_str_sub(p->value, 1, p->value.n));
    const sk_type *type = sk_model_find_type(sk_model_get(), sk_str_of(p->e->type));
    bool fits = !p->label->prop || sk_type_find_prop(type, sk_str_of(p->label->prop));
    return fits && p->value.n ? p->label->take(p) : SK_OK;
}

sk_rc sk_ofac_remarks(const sk_list_entry *e, const sk_ofac_map *m, sk_str prefix, sk_str text,
                      size_t from, bool is_cut, size_t *ret_rest)
{
    part p = {.e = e, .map = m, .prefix = prefix};
    size_t at = from;
    for (;;) {
        size_t end = sk_str_find(sk_str_sub(text, at, text.n), SK_S(";"));
        bool is_last = end == SIZE_MAX;
        if (is_last && is_cut)
            break;
        sk_str piece = sk_str_trim(sk_str_sub(text, at, is_last ? text.n : end));
        if (is_last && sk_str_ends(piece, SK_S(".")))
            piece.n--;
        SK_TRY(take_part(&p, piece));
        if (is_last)
            break;
        at += end + 1;
    }
    if (ret_rest)
        *ret_rest = at;
    return SK_OK;
}
