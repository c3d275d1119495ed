/* Which column of OpenEvSys is which property: the labels of its data dictionary, in English. */
#include "exchange/peers/read_openevsys.h"

#include "exchange/mapping/mapping_priv.h"

const sk_oes_record sk_oes_records[OES_RECORDS] = {
    [OES_EVENT] = {"event record number", "Event", "event"},
    [OES_PERSON] = {"person record number", "Person", "person"},
    [OES_ACT] = {"act record number", "Act", "act"},
    [OES_INVOLVEMENT] = {"involvement record number", "Involvement", "involvement"},
    [OES_INFORMATION] = {"information record number", "Document", "information"},
    [OES_INTERVENTION] = {"intervention record number", "Event", "intervention"},
};

#define ALL OES_RECORDS

/* Labels are compared folded; one that belongs to a single record says so, so that a table whose
 * columns are not in groups is understood as well. */
static const sk_oes_column columns[] = {
    {"event title", OES_EVENT, OES_VALUE, "name"},
    {"geographical term", OES_EVENT, OES_VALUE, "location"},
    {"local geographical area", OES_EVENT, OES_VALUE, "location"},
    {"event description", OES_EVENT, OES_VALUE, "description"},
    {"impact of event", OES_EVENT, OES_VALUE, "outcome"},
    {"violation status", OES_EVENT, OES_NOTE, NULL},
    {"violation index", OES_EVENT, OES_VALUE, "topics"},
    {"rights affected", OES_EVENT, OES_VALUE, "topics"},
    {"huridocs index terms", OES_EVENT, OES_VALUE, "keywords"},
    {"local index", OES_EVENT, OES_VALUE, "keywords"},
    {"other thesaurus", OES_EVENT, OES_VALUE, "topics"},
    {"event location", OES_EVENT, OES_VALUE, "location"},

    {"counting unit", OES_PERSON, OES_NOTHING, NULL}, /* chooses the type */
    {"name", OES_PERSON, OES_VALUE, "name"},
    {"person name", OES_PERSON, OES_VALUE, "name"},
    {"other names", OES_PERSON, OES_VALUE, "alias"},
    {"address", OES_PERSON, OES_VALUE, "address"},
    {"person addresses", OES_PERSON, OES_VALUE, "address"},
    {"date of birth", OES_PERSON, OES_VALUE, "birthDate"},
    {"place of birth", OES_PERSON, OES_VALUE, "birthPlace"},
    {"locality of birth", OES_PERSON, OES_VALUE, "birthPlace"},
    {"sex", OES_PERSON, OES_VALUE, "gender"},
    {"formal education", OES_PERSON, OES_VALUE, "education"},
    {"other training", OES_PERSON, OES_VALUE, "education"},
    {"occupation", OES_PERSON, OES_VALUE, "profession"},
    {"local term for occupation", OES_PERSON, OES_VALUE, "profession"},
    {"physical description", OES_PERSON, OES_VALUE, "appearance"},
    {"date deceased", OES_PERSON, OES_VALUE, "deathDate"},
    {"group description", OES_PERSON, OES_VALUE, "description"},
    {"number of persons in group", OES_PERSON, OES_VALUE, "count"},
    {"religion", OES_PERSON, OES_VALUE, "religion"},
    {"citizenship", OES_PERSON, OES_VALUE, "citizenship"},
    {"ethnic background", OES_PERSON, OES_VALUE, "ethnicity"},
    {"national origin", OES_PERSON, OES_VALUE, "nationality"},
    {"language", OES_PERSON, OES_VALUE, "spokenLanguage"},
    {"local language", OES_PERSON, OES_VALUE, "spokenLanguage"},

    {"type of act", OES_ACT, OES_ACT_TERM, "act"},
    {"exact location", OES_ACT, OES_VALUE, "location"},
    {"method of violence", OES_ACT, OES_VALUE, "method"},
    {"physical consequences", OES_ACT, OES_VALUE, "outcome"},
    {"psychological consequences", OES_ACT, OES_VALUE, "outcome"},
    {"status at end of act", OES_ACT, OES_VALUE, "outcome"},

    {"degree of involvement", OES_INVOLVEMENT, OES_VALUE, "degree"},
    {"type of perpetrator", OES_INVOLVEMENT, OES_VALUE, "role"},
    {"latest status as perpetrator in the act", OES_INVOLVEMENT, OES_VALUE, "status"},

    {"language of source material", OES_INFORMATION, OES_VALUE, "language"},
    {"local language of source material", OES_INFORMATION, OES_VALUE, "language"},
    {"date of source material", OES_INFORMATION, OES_VALUE, "publishedAt"},
    {"type of source material", OES_INFORMATION, OES_VALUE, "topics"},

    {"type of intervention", OES_INTERVENTION, OES_VALUE, "topics"},
    {"date of intervention", OES_INTERVENTION, OES_VALUE, "date"},
    {"response", OES_INTERVENTION, OES_VALUE, "outcome"},
    {"impact on the situation", OES_INTERVENTION, OES_VALUE, "outcome"},

    {"initial date", ALL, OES_VALUE, "startDate"},
    {"final date", ALL, OES_VALUE, "endDate"},
    {"location", ALL, OES_VALUE, "location"},
    {"act location", OES_ACT, OES_VALUE, "location"},
    {"remarks", ALL, OES_VALUE, "notes"},
    {"comments", ALL, OES_VALUE, "notes"},
    {"confidentiality", ALL, OES_NOTHING, NULL}, /* restricts the row */
    {"date of entry", ALL, OES_VALUE, "createdAt"},
    {"date updated", ALL, OES_VALUE, "modifiedAt"},
    {"entered by", ALL, OES_NOTHING, NULL}, /* who keeps the record is not its matter */
    {"updated by", ALL, OES_NOTHING, NULL},
};

const sk_oes_column *sk_oes__find(sk_str folded)
{
    for (size_t i = 0; i < SK_COUNT(columns); i++)
        if (sk_str_is(folded, columns[i].label))
            return &columns[i];
    return NULL;
}
