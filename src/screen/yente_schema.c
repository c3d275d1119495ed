/* What FollowTheMoney's schemata and properties are to the comparer: one table each. */
#include "record/identifier.h"
#include "screen/builder_private.h"
#include "screen/yente_private.h"

/* ---- properties ---- */

static const yente_prop PROP[] = {
    {"name", PROP_NAME, NULL},
    {"alias", PROP_NAME, NULL},
    {"previousName", PROP_NAME, NULL},
    {"weakAlias", PROP_WEAK_NAME, NULL},
    {"abbreviation", PROP_WEAK_NAME, NULL},
    {"firstName", PROP_PART, NULL},
    {"secondName", PROP_PART, NULL},
    {"middleName", PROP_PART, NULL},
    {"fatherName", PROP_PART, NULL},
    {"lastName", PROP_PART, NULL},
    {"birthDate", PROP_BIRTH, NULL},
    {"deathDate", PROP_DEATH, NULL},
    {"nationality", PROP_NATIONALITY, NULL},
    {"citizenship", PROP_NATIONALITY, NULL},
    {"country", PROP_COUNTRY, NULL},
    {"jurisdiction", PROP_COUNTRY, NULL},
    {"mainCountry", PROP_COUNTRY, NULL},
    {"flag", PROP_FLAG, NULL},
    {"birthPlace", PROP_BIRTHPLACE, NULL},
    {"address", PROP_PLACE, NULL},
    {"full", PROP_PLACE, NULL},
    {"gender", PROP_GENDER, NULL},
    {"idNumber", PROP_ID, ""},
    {"registrationNumber", PROP_ID, ""},
    {"taxNumber", PROP_ID, ""},
    {"passportNumber", PROP_ID, "passport"},
    {"socialSecurityNumber", PROP_ID, "ssn"},
    {"innCode", PROP_ID, "inn"},
    {"ogrnCode", PROP_ID, "ogrn"},
    {"kppCode", PROP_ID, "kpp"},
    {"okpoCode", PROP_ID, "okpo"},
    {"leiCode", PROP_ID, "lei"},
    {"imoNumber", PROP_ID, "imo"},
    {"mmsi", PROP_ID, "mmsi"},
    {"callSign", PROP_ID, "callsign"},
    {"swiftBic", PROP_ID, "bic"},
    {"isin", PROP_ID, "isin"},
    {"isinCode", PROP_ID, "isin"},
    {"dunsCode", PROP_ID, "duns"},
    {"npiCode", PROP_ID, "npi"},
    {"uniqueEntityId", PROP_ID, "uei"},
    {"uscCode", PROP_ID, "usc"},
    {"wikidataId", PROP_ID, "wikidata"},
    {"publicKey", PROP_ID, "wallet"},
    {"serialNumber", PROP_ID, "serial"},
    {"sourceUrl", PROP_PASSED_OVER, NULL},
    {"notes", PROP_PASSED_OVER, NULL},
    {"topics", PROP_PASSED_OVER, NULL},
    {"summary", PROP_PASSED_OVER, NULL},
    {"description", PROP_PASSED_OVER, NULL},
    {"title", PROP_PASSED_OVER, NULL},
    {"program", PROP_PASSED_OVER, NULL},
    {"modifiedAt", PROP_PASSED_OVER, NULL},
    {"createdAt", PROP_PASSED_OVER, NULL},
};

const yente_prop *yente_find_prop(sk_str name)
{
    for (size_t i = 0; i < SK_COUNT(PROP); i++)
        if (sk_str_is(name, PROP[i].name))
            return &PROP[i];
    return NULL;
}

/* So that a passport number of the index is of the scheme that a request's is. */
sk_str sk_screen__scheme(sk_str prop)
{
    const yente_prop *p = yente_find_prop(prop);
    return p && p->kind == PROP_ID ? sk_str_of(p->scheme) : prop;
}

/* What remains of a compact number without the name of a scheme in front; empty when it has none. */
sk_str sk_screen__bare_id(sk_arena *a, sk_str compact)
{
    sk_str bare = sk_identifier_compact(a, compact);
    bool is_end = bare.n >= SK_SCREEN_ID_LEAST && bare.n < compact.n &&
                  memcmp(compact.p + compact.n - bare.n, bare.p, bare.n) == 0;
    return is_end ? bare : SK_S("");
}

/* ---- schemata ---- */

static const struct schema {
    const char *name;
    sk_name_kind kind;
} SCHEMA[] = {
    {"Person", SK_NAME_PERSON},
    {"LegalEntity", SK_NAME_ANY},
    {"Organization", SK_NAME_ORGANIZATION},
    {"Company", SK_NAME_ORGANIZATION},
    {"PublicBody", SK_NAME_ORGANIZATION},
    {"Vessel", SK_NAME_VESSEL},
    {"Airplane", SK_NAME_VESSEL},
    {"Address", SK_NAME_PLACE},
    {"Thing", SK_NAME_ANY},
    {"CryptoWallet", SK_NAME_ANY},
    {"Security", SK_NAME_ORGANIZATION},
    {"Position", SK_NAME_ORGANIZATION},
};

sk_rc yente_find_kind(sk_ctx *cx, sk_str schema, sk_name_kind *ret_kind)
{
    for (size_t i = 0; i < sizeof(SCHEMA) / sizeof(SCHEMA[0]); i++)
        if (sk_str_is(schema, SCHEMA[i].name)) {
            *ret_kind = SCHEMA[i].kind;
            return SK_OK;
        }
    return sk_fail(cx, SK_E_FORMAT,
                   "schema \"%.*s\" cannot be matched; use Person, LegalEntity, Organization, "
                   "Company, PublicBody, Vessel, Airplane, Address, Security or Position",
                   SK_P(schema));
}
