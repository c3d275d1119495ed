/* Parsing the text of the map. What follows from it and our model: ftm_map_index.c. */
#include "exchange/ftm/ftm_map.h"

/* As written in the map; the name of the type is the same but for two identifiers. */
static const char *const kind_names[SK_FTM_KINDS] = {
    [SK_FTM_NAME] = "name",
    [SK_FTM_TEXT] = "text",
    [SK_FTM_STRING] = "string",
    [SK_FTM_ADDRESS] = "address",
    [SK_FTM_COUNTRY] = "country",
    [SK_FTM_DATE] = "date",
    [SK_FTM_IDENTIFIER] = "identifier",
    [SK_FTM_IMO] = "imo",
    [SK_FTM_WIKIDATA] = "wikidata",
    [SK_FTM_PHONE] = "phone",
    [SK_FTM_EMAIL] = "email",
    [SK_FTM_URL] = "url",
    [SK_FTM_ENTITY] = "entity",
    [SK_FTM_GENDER] = "gender",
    [SK_FTM_TOPIC] = "topic",
    [SK_FTM_LANGUAGE] = "language",
    [SK_FTM_NUMBER] = "number",
    [SK_FTM_MIMETYPE] = "mimetype",
    [SK_FTM_CHECKSUM] = "checksum",
};

const char *sk_ftm_kind_name(sk_ftm_kind kind)
{
    sk_assert((unsigned)kind < SK_FTM_KINDS);
    bool checked = kind == SK_FTM_IMO || kind == SK_FTM_WIKIDATA;
    return checked ? "identifier" : kind_names[kind];
}

/* ---- parsing ---- */

enum { WORDS = 64 };

typedef struct map_parser {
    sk_ctx *cx;
    sk_ftm_map *m;
    size_t line;
    sk_ftm_prop *props; /* of the type being read */
    size_t n_props, cap_props;
    sk_str words[WORDS];
    size_t n;
} map_parser;

static sk_rc odd_line(map_parser *ps, const char *why)
{
    return sk_fail(ps->cx, SK_E_FORMAT, "ftm.map line %zu: %s", ps->line, why);
}

static const sk_ftm_schema *find_schema(const sk_ftm_map *m, sk_str name)
{
    return sk_strmap_get(&m->schemas_by_name, name);
}

static sk_rc parse_schema(map_parser *ps)
{
    sk_ftm_map *m = ps->m;
    sk_ftm_schema s = {.name = ps->words[1]};
    bool has_parents = ps->n > 2;
    if (ps->n < 2 || (has_parents && (!sk_str_is(ps->words[2], ":") || ps->n < 4)) || ps->n > 7)
        return odd_line(ps, "expected: schema NAME [: PARENT ...]");
    for (size_t i = 3; i < ps->n; i++) {
        s.parents[s.n_parents] = find_schema(m, ps->words[i]);
        if (!s.parents[s.n_parents++])
            return odd_line(ps, "the parent is not above it");
    }
    /* they may not move once one is pointed to */
    if (m->n_schemas == m->cap_schemas ||
        !sk_strmap_put(&m->schemas_by_name, &ps->cx->arena, s.name, &m->schemas[m->n_schemas]))
        return odd_line(ps, "the schema stands twice, or there are too many");
    m->schemas[m->n_schemas++] = s;
    return SK_OK;
}

static void close_type(map_parser *ps)
{
    if (ps->m->n_types == 0)
        return;
    ps->m->types[ps->m->n_types - 1].props = ps->props;
    ps->m->types[ps->m->n_types - 1].n_props = ps->n_props;
    ps->props = NULL;
    ps->n_props = ps->cap_props = 0;
}

static sk_rc parse_type(map_parser *ps)
{
    sk_ftm_map *m = ps->m;
    if (ps->n != 4 || !sk_str_is(ps->words[2], "->"))
        return odd_line(ps, "expected: type OURS -> SCHEMA");
    close_type(ps);
    sk_ftm_type t = {.ours = ps->words[1], .schema = find_schema(m, ps->words[3])};
    if (!t.schema || m->n_types == m->cap_types ||
        !sk_strmap_put(&m->types_by_name, &ps->cx->arena, t.ours, &m->types[m->n_types]))
        return odd_line(ps, "the schema is not above it, or the type stands twice");
    m->types[m->n_types++] = t;
    return SK_OK;
}

static void add_prop(map_parser *ps, sk_ftm_prop p)
{
    SK_GROW(&ps->cx->arena, ps->props, ps->n_props, ps->cap_props);
    ps->props[ps->n_props++] = p;
}

/* The kind at word *at, and the range behind that of an entity; moves *at behind them.
 * form   what the line should have been, for the message */
static sk_rc parse_kind(map_parser *ps, const char *form, size_t *at, sk_ftm_prop *p)
{
    size_t kind = 0;
    while (*at < ps->n && kind < SK_FTM_KINDS && !sk_str_is(ps->words[*at], kind_names[kind]))
        kind++;
    if (*at >= ps->n || kind == SK_FTM_KINDS)
        return odd_line(ps, form);
    p->kind = (sk_ftm_kind)kind;
    ++*at;
    if (p->kind != SK_FTM_ENTITY)
        return SK_OK;
    if (*at == ps->n)
        return odd_line(ps, form);
    p->range = find_schema(ps->m, ps->words[(*at)++]);
    return p->range ? SK_OK : odd_line(ps, "the range is no schema above it");
}

/* = KIND [RANGE] PROPERTY ... */
static sk_rc parse_alike(map_parser *ps)
{
    static const char form[] = "expected: = KIND [RANGE] PROPERTY ...";
    sk_ftm_prop p = {0};
    size_t at = 1;
    SK_TRY(parse_kind(ps, form, &at, &p));
    if (at == ps->n)
        return odd_line(ps, form);
    for (; at < ps->n; at++) {
        p.ours = p.theirs = ps->words[at];
        add_prop(ps, p);
    }
    return SK_OK;
}

static sk_rc parse_prop(map_parser *ps)
{
    static const char form[] = "expected: PROPERTY THEIRS KIND [RANGE]";
    sk_ftm_prop p = {.ours = ps->words[0]};
    size_t at = 2;
    if (ps->m->n_types == 0)
        return odd_line(ps, "a property before any type");
    if (sk_str_is(p.ours, "="))
        return parse_alike(ps);
    if (sk_str_is(p.ours, "-") && ps->n == 2) {
        add_prop(ps, (sk_ftm_prop){.ours = ps->words[1]});
        return SK_OK;
    }
    SK_TRY(parse_kind(ps, form, &at, &p));
    p.theirs = ps->words[1];
    if (p.kind == SK_FTM_NUMBER && at + 1 == ps->n)
        p.unit = ps->words[at++];
    if (at != ps->n)
        return odd_line(ps, form);
    add_prop(ps, p);
    return SK_OK;
}

/* "kp=prk" or "xk" */
static void parse_codes(map_parser *ps, sk_ftm_codes *codes, bool theirs_first)
{
    for (size_t i = 1; i < ps->n; i++) {
        sk_str second = ps->words[i], first = second;
        sk_ftm_code c = {.theirs = first};
        if (sk_str_find(second, SK_S("=")) != SIZE_MAX) {
            sk_str_cut(&second, '=', &first);
            c = theirs_first ? (sk_ftm_code){first, second} : (sk_ftm_code){second, first};
        }
        SK_GROW(&ps->cx->arena, codes->items, codes->n, codes->cap);
        codes->items[codes->n++] = c;
    }
}

/* The first code of a spelling counts. Items do not move any more. */
static void index_codes(sk_arena *a, sk_ftm_codes *codes)
{
    for (size_t i = 0; i < codes->n; i++) {
        sk_strmap_put(&codes->by_code, a, codes->items[i].theirs, &codes->items[i]);
        sk_strmap_put(&codes->by_code, a, codes->items[i].other, &codes->items[i]);
    }
}

static sk_rc split_words(map_parser *ps, sk_str line)
{
    sk_str word;
    ps->n = 0;
    for (size_t i = 0; i < WORDS; i++)
        ps->words[i] = SK_NONE;
    const char *comment = line.n ? memchr(line.p, '#', line.n) : NULL;
    line = sk_str_trim(comment ? sk_str_range(line.p, comment) : line);
    while (line.n && ps->n < WORDS && sk_str_cut(&line, ' ', &word))
        if (word.n)
            ps->words[ps->n++] = word;
    return line.n ? odd_line(ps, "more words than a line may have") : SK_OK;
}

/* Properties are the lines that begin with a blank. */
static sk_rc parse_line(map_parser *ps, bool is_indented)
{
    sk_str head = ps->words[0];
    if (is_indented)
        return parse_prop(ps);
    if (sk_str_is(head, "schema"))
        return parse_schema(ps);
    if (sk_str_is(head, "type"))
        return parse_type(ps);
    if (sk_str_is(head, "country"))
        parse_codes(ps, &ps->m->countries, true);
    else if (sk_str_is(head, "language"))
        parse_codes(ps, &ps->m->languages, false);
    else if (sk_str_is(head, "topic"))
        parse_codes(ps, &ps->m->topics, true);
    else if (sk_str_is(head, "reverse"))
        parse_codes(ps, &ps->m->reverse, true);
    else
        return odd_line(ps, "expected schema, type, reverse, country, language or topic");
    return SK_OK;
}

sk_rc sk_ftm_map_parse(sk_ctx *cx, sk_str text, sk_ftm_map *ret_map)
{
    if (text.n > SK_LIM_MODEL_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "ftm.map is larger than %zu bytes", SK_LIM_MODEL_BYTES);
    sk_ftm_map m = {.cap_schemas = 256, .cap_types = SK_LIM_TYPES};
    m.schemas = sk_new_array(&cx->arena, sk_ftm_schema, m.cap_schemas);
    m.types = sk_new_array(&cx->arena, sk_ftm_type, m.cap_types);
    map_parser ps = {.cx = cx, .m = &m};
    sk_str line;
    while (sk_str_cut(&text, '\n', &line)) {
        ps.line++;
        SK_TRY(split_words(&ps, line));
        if (ps.n)
            SK_TRY(parse_line(&ps, line.p[0] == ' '));
    }
    close_type(&ps);
    sk_ftm_codes *const codes[] = {&m.countries, &m.languages, &m.topics, &m.reverse};
    for (size_t i = 0; i < SK_COUNT(codes); i++)
        index_codes(&cx->arena, codes[i]);
    *ret_map = m;
    return SK_OK;
}
