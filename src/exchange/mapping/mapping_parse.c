/* The lines of a mapping: one function a statement, found by the line's first word. */
#include "exchange/mapping/mapping_priv.h"

#include "base/utf8.h"

typedef struct statement {
    const char *word;
    sk_rc (*parse)(mapping_parser *ps);
} statement;

/* ---- statements about the whole table ---- */

static sk_rc parse_head(mapping_parser *ps)
{
    sk_str version;
    SK_TRY(sk_mapping__word(ps, "the version", &version));
    if (!sk_str_is(version, "1"))
        return odd(ps, "version \"%.*s\" is not known here; this program reads version 1",
                   SK_P(version));
    ps->has_head = true;
    return SK_OK;
}

static sk_rc parse_list(mapping_parser *ps)
{
    SK_TRY(sk_mapping__word(ps, "the list's name", &ps->m->list));
    return sk_key_check(ps->cx, ps->m->list, "list")
               ? sk_while(ps->cx, "mapping line %zu", ps->line)
               : SK_OK;
}

static sk_rc parse_asof(mapping_parser *ps)
{
    SK_TRY(sk_mapping__setting(ps, "the date", &ps->m->asof));
    if (ps->m->asof.column != SK_MAPPING_NONE)
        return SK_OK;
    if (sk_mapping_date(ps->cx, ps->m->asof.text, SK_DATES_UNSAID, &ps->m->asof.text))
        return sk_while(ps->cx, "mapping line %zu", ps->line);
    return SK_OK;
}

static sk_rc parse_claimant(mapping_parser *ps)
{
    sk_mapping *m = ps->m;
    SK_TRY(sk_mapping__setting(ps, "who says it", &m->claimant));
    sk_str fixed = m->claimant.column == SK_MAPPING_NONE ? m->claimant.text : m->claimant.deflt;
    if (fixed.n && sk_mapping__chain(ps->cx, fixed, &m->chain, &m->n_chain))
        return sk_while(ps->cx, "mapping line %zu", ps->line);
    return SK_OK;
}

static sk_rc parse_carrier(mapping_parser *ps)
{
    return sk_mapping__setting(ps, "the carrier", &ps->m->carrier);
}

static sk_rc parse_said(mapping_parser *ps)
{
    SK_TRY(sk_mapping__setting(ps, "the date", &ps->m->said));
    if (ps->m->said.column == SK_MAPPING_NONE &&
        sk_mapping_date(ps->cx, ps->m->said.text, SK_DATES_UNSAID, &ps->m->said.text))
        return sk_while(ps->cx, "mapping line %zu", ps->line);
    return SK_OK;
}

static sk_rc parse_reference(mapping_parser *ps)
{
    return sk_mapping__setting(ps, "where the source can be found", &ps->m->reference);
}

static sk_rc parse_lang(mapping_parser *ps)
{
    return sk_mapping__word(ps, "the language", &ps->m->lang);
}

static sk_rc parse_heading(mapping_parser *ps)
{
    sk_str word;
    uint64_t row;
    SK_TRY(sk_mapping__word(ps, "the row of the headings, or none", &word));
    ps->m->no_heading = sk_str_is(word, "none");
    if (ps->m->no_heading)
        return SK_OK;
    if (!sk_str_to_u64(word, &row) || row < 1 || row > UINT32_MAX)
        return odd(ps, "heading \"%.*s\" is no number of a row; write 1 for the first, or none",
                   SK_P(word));
    ps->m->heading = (size_t)row;
    return SK_OK;
}

static sk_rc parse_sheet(mapping_parser *ps)
{
    return sk_mapping__word(ps, "the sheet's name", &ps->m->sheet);
}

static sk_rc parse_charset(mapping_parser *ps)
{
    return sk_mapping__word(ps, "the charset", &ps->m->charset);
}

static sk_rc parse_separator(mapping_parser *ps)
{
    static const struct {
        const char *word;
        char sep;
    } known[] = {{"tab", '\t'}, {"comma", ','}, {"semicolon", ';'}, {"bar", '|'}};
    sk_str word;
    SK_TRY(sk_mapping__word(ps, "the separator", &word));
    for (size_t i = 0; i < SK_COUNT(known); i++)
        if (sk_str_is(word, known[i].word) || sk_str_eq(word, (sk_str){&known[i].sep, 1}))
            ps->m->sep = known[i].sep;
    return ps->m->sep
               ? SK_OK
               : odd(ps, "separator \"%.*s\" is not comma, semicolon, tab or bar", SK_P(word));
}

static sk_rc parse_last_row(mapping_parser *ps)
{
    if (!sk_mapping__take(ps, "whole"))
        return odd(ps, "behind last-row stands the word whole");
    ps->m->last_row_whole = true;
    return SK_OK;
}

static sk_rc parse_dates(mapping_parser *ps)
{
    sk_str word;
    SK_TRY(sk_mapping__word(ps, "the order of dates", &word));
    if (!sk_date_order_parse(word, &ps->m->dates))
        return odd(ps, "dates \"%.*s\" is not dmy, mdy or ymd", SK_P(word));
    return SK_OK;
}

static sk_rc parse_absent(mapping_parser *ps)
{
    sk_str word;
    sk_absent absent;
    SK_TRY(sk_mapping__word(ps, "unknown, not-asked, withheld or not-applicable", &word));
    if (!sk_absent_parse(word, &absent))
        return odd(ps, "absent \"%.*s\" is not unknown, not-asked, withheld or not-applicable",
                   SK_P(word));
    const sk_str *words;
    size_t n;
    SK_TRY(sk_mapping__rest(ps, "the word that stands for it", &words, &n));
    for (size_t i = 0; i < n; i++)
        SK_TRY(sk_mapping__add_value(ps, &ps->m->absent, words[i],
                                     (sk_mapping_value){.absent = absent}));
    return SK_OK;
}

static sk_rc parse_restrict(mapping_parser *ps)
{
    if (sk_mapping__is_next(ps, "column")) {
        sk_str name;
        SK_TRY(sk_mapping__setting(ps, "the label", &ps->m->restrict_label));
        if (!sk_mapping__take(ps, "values"))
            return SK_OK;
        SK_TRY(sk_mapping__word(ps, "the name of the list of values", &name));
        return sk_mapping__values_of(ps, name, &ps->m->restrict_values);
    }
    SK_TRY(sk_mapping__rest(ps, "the label", &ps->m->labels, &ps->m->n_labels));
    for (size_t i = 0; i < ps->m->n_labels; i++)
        if (sk_label_check(ps->cx, ps->m->labels[i]))
            return sk_while(ps->cx, "mapping line %zu", ps->line);
    return SK_OK;
}

static sk_rc parse_passage(mapping_parser *ps)
{
    sk_mapping__take(ps, "column");
    return sk_mapping__column(ps, &ps->m->quote);
}

static sk_rc parse_ignore(mapping_parser *ps)
{
    const sk_str *names;
    size_t n;
    SK_TRY(sk_mapping__rest(ps, "the column", &names, &n));
    for (size_t i = 0; i < n; i++) {
        size_t column;
        SK_TRY(sk_mapping__column_of(ps, names[i], &column));
        ps->m->columns[column].is_ignored = true;
    }
    return SK_OK;
}

/* ---- statements that begin a block ---- */

sk_rc sk_mapping__values_of(mapping_parser *ps, sk_str name, size_t *ret_values)
{
    sk_mapping *m = ps->m;
    for (size_t i = 0; i < m->n_values; i++)
        if (sk_str_eq(m->values[i].name, name)) {
            *ret_values = i;
            return SK_OK;
        }
    if (m->n_values == SK_LIM_MAPPING_PARTS)
        return sk_fail(ps->cx, SK_E_LIMIT, "mapping line %zu: more than %d lists of values",
                       ps->line, SK_LIM_MAPPING_PARTS);
    SK_GROW(&ps->cx->arena, m->values, m->n_values, m->cap_values);
    m->values[m->n_values] = (sk_mapping_values){.name = name};
    *ret_values = m->n_values++;
    return SK_OK;
}

static sk_rc parse_values(mapping_parser *ps)
{
    sk_str name;
    size_t i;
    SK_TRY(sk_mapping__word(ps, "the name of the list of values", &name));
    SK_TRY(sk_mapping__values_of(ps, name, &i));
    if (ps->m->values[i].line)
        return odd(ps, "values \"%.*s\" stands already in line %zu", SK_P(name),
                   ps->m->values[i].line);
    ps->m->values[i].line = ps->line;
    ps->block = IN_VALUES;
    ps->values = i;
    return SK_OK;
}

static sk_rc parse_entity(mapping_parser *ps)
{
    sk_mapping *m = ps->m;
    sk_mapping_entity e = {.line = ps->line,
                           .type.column = SK_MAPPING_NONE,
                           .type_values = SK_MAPPING_NONE,
                           .when = SK_MAPPING_NONE};
    SK_TRY(sk_mapping__word(ps, "the entity's name", &e.name));
    if (sk_mapping__has_more(ps))
        SK_TRY(sk_mapping__word(ps, "the type", &e.type.text));
    for (size_t i = 0; i < m->n_entities; i++)
        if (sk_str_eq(m->entities[i].name, e.name))
            return odd(ps, "entity \"%.*s\" stands already in line %zu", SK_P(e.name),
                       m->entities[i].line);
    if (m->n_entities == SK_LIM_MAPPING_PARTS)
        return sk_fail(ps->cx, SK_E_LIMIT, "mapping line %zu: more than %d entities", ps->line,
                       SK_LIM_MAPPING_PARTS);
    SK_GROW(&ps->cx->arena, m->entities, m->n_entities, m->cap_entities);
    m->entities[m->n_entities++] = e;
    ps->block = IN_ENTITY;
    return SK_OK;
}

static const statement statements[] = {
    {"sillok-mapping", parse_head}, {"list", parse_list},       {"as-of", parse_asof},
    {"claimant", parse_claimant},   {"carrier", parse_carrier}, {"said", parse_said},
    {"reference", parse_reference}, {"lang", parse_lang},       {"heading", parse_heading},
    {"sheet", parse_sheet},         {"charset", parse_charset}, {"separator", parse_separator},
    {"last-row", parse_last_row},   {"dates", parse_dates},     {"absent", parse_absent},
    {"restrict", parse_restrict},   {"passage", parse_passage}, {"ignore", parse_ignore},
    {"values", parse_values},       {"entity", parse_entity},
};

/* ---- lines ---- */

static sk_rc parse_statement(mapping_parser *ps)
{
    for (size_t i = 0; i < SK_COUNT(statements); i++) {
        if (!sk_mapping__take(ps, statements[i].word))
            continue;
        if (i && !ps->has_head)
            return odd(ps, "before anything else stands: sillok-mapping 1");
        ps->block = IN_NOTHING;
        return statements[i].parse(ps);
    }
    return odd(ps, "\"%.*s\" is no statement; lines of an entity begin with a blank",
               SK_P(ps->words[0].text));
}

static sk_rc parse_line(mapping_parser *ps, sk_str line)
{
    bool is_indented = line.n && (line.p[0] == ' ' || line.p[0] == '\t');
    SK_TRY(sk_mapping__split(ps, line));
    if (!ps->n)
        return SK_OK;
    if (!is_indented)
        SK_TRY(parse_statement(ps));
    else if (ps->block == IN_ENTITY)
        SK_TRY(sk_mapping__entity_line(ps));
    else if (ps->block == IN_VALUES)
        SK_TRY(sk_mapping__values_line(ps));
    else
        return odd(ps, "an indented line belongs below entity or values");
    if (sk_mapping__has_more(ps))
        return odd(ps, "\"%.*s\" does not belong there", SK_P(ps->words[ps->at].text));
    return SK_OK;
}

sk_rc sk_mapping_parse(sk_ctx *cx, sk_str text, sk_mapping **ret_mapping)
{
    if (text.n > SK_LIM_MAPPING_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "the mapping has %zu bytes, the most is %zu", text.n,
                       SK_LIM_MAPPING_BYTES);
    if (sk_str_starts(text, SK_S("\xEF\xBB\xBF")))
        text = sk_str_sub(text, 3, text.n);
    sk_mapping *m = sk_new(&cx->arena, sk_mapping);
    sk_mapping_setting nothing = {.column = SK_MAPPING_NONE};
    m->asof = m->claimant = m->carrier = m->said = m->reference = m->restrict_label = nothing;
    m->quote = m->restrict_values = SK_MAPPING_NONE;
    mapping_parser *ps = sk_new(&cx->arena, mapping_parser);
    *ps = (mapping_parser){.cx = cx, .m = m};
    sk_str line;
    while (sk_str_cut(&text, '\n', &line)) {
        ps->line++;
        if (sk_str_ends(line, SK_S("\r")))
            line.n--;
        if (sk_utf8_enter(cx, line, "the line", &line))
            return sk_while(cx, "mapping line %zu", ps->line);
        SK_TRY(parse_line(ps, line));
    }
    SK_TRY(sk_mapping__check(cx, m));
    *ret_mapping = m;
    return SK_OK;
}
