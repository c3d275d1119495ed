/* What a column of a table of people is, by its heading or as told. */
#include "exchange/asked/asked_private.h"
#include "exchange/mapping/mapping_headings.h"

static const struct {
    const char *word;
    role role;
} WORDS[] = {
    {"name", ROLE_NAME}, {"alias", ROLE_ALIAS}, {"first", ROLE_FIRST},     {"middle", ROLE_MIDDLE},
    {"last", ROLE_LAST}, {"born", ROLE_BORN},   {"country", ROLE_COUNTRY}, {"gender", ROLE_GENDER},
    {"id", ROLE_ID},     {"type", ROLE_TYPE},   {"row", ROLE_ROW_ID},
};

static role role_of_word(sk_str word)
{
    for (size_t i = 0; i < SK_COUNT(WORDS); i++)
        if (sk_str_is(word, WORDS[i].word))
            return WORDS[i].role;
    return ROLE_NONE;
}

static role role_of_prop(const sk_prop *p)
{
    static const struct {
        const char *prop;
        role role;
    } PROPS[] = {
        {"name", ROLE_NAME},           {"alias", ROLE_ALIAS},     {"weakAlias", ROLE_ALIAS},
        {"previousName", ROLE_ALIAS},  {"firstName", ROLE_FIRST}, {"middleName", ROLE_MIDDLE},
        {"lastName", ROLE_LAST},       {"birthDate", ROLE_BORN},  {"nationality", ROLE_COUNTRY},
        {"citizenship", ROLE_COUNTRY}, {"country", ROLE_COUNTRY}, {"gender", ROLE_GENDER},
        {"flag", ROLE_COUNTRY},
    };
    for (size_t i = 0; i < SK_COUNT(PROPS); i++)
        if (sk_str_is(p->name, PROPS[i].prop))
            return PROPS[i].role;
    return p->type == SK_VALUE_IDENTIFIER ? ROLE_ID : ROLE_NONE;
}

role asked_role_of_heading(sk_ctx *cx, sk_str heading)
{
    sk_heading h;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    role r = ROLE_NONE;
    if (sk_str_eq_nocase(heading, SK_S("type")) || sk_str_eq_nocase(heading, SK_S("schema")))
        r = ROLE_TYPE;
    else if (sk_str_eq_nocase(heading, SK_S("ids")))
        r = ROLE_ID;
    else if (sk_heading_find(&cx->arena, heading, &h))
        r = h.role == SK_HEADING_ID         ? ROLE_ROW_ID
            : h.role == SK_HEADING_PROPERTY ? role_of_prop(h.prop)
                                            : ROLE_NONE;
    sk_arena_back_to(&cx->arena, mark);
    return r;
}

/* "born=Geburtstag" */
sk_rc asked_read_told(sk_ctx *cx, sk_str column, role *ret_role, sk_str *ret_heading)
{
    sk_str rest = column, word;
    role r = sk_str_cut(&rest, '=', &word) ? role_of_word(word) : ROLE_NONE;
    if (r == ROLE_NONE || !rest.n)
        return sk_fail(cx, SK_E_FORMAT,
                       "--column \"%.*s\" is not WHAT=HEADING; WHAT is name, alias, first, middle, "
                       "last, born, country, gender, id, type or row",
                       SK_P(column));
    *ret_role = r;
    *ret_heading = rest;
    return SK_OK;
}

const char *asked_word_of_role(role r)
{
    for (size_t i = 0; i < SK_COUNT(WORDS); i++)
        if (WORDS[i].role == r)
            return WORDS[i].word;
    return "";
}
