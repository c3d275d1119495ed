#include "exchange/ftm_map.h"

#include "ftm_stamp.h" /* built again when ftm.map changes */

#include <pthread.h>

__asm__(".section .rodata\n"
        "sk_ftm_map_txt:\n"
        ".incbin \"" SK_MODEL_DIR "/ftm.map\"\n"
        "sk_ftm_map_txt_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const char sk_ftm_map_txt[], sk_ftm_map_txt_end[];

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

/* Schemata are few and read before the types; they may not move once one is pointed to. */
static const sk_ftm_schema *find_schema(const sk_ftm_map *m, sk_str name)
{
    for (size_t i = 0; i < m->n_schemas; i++)
        if (sk_str_eq(m->schemas[i].name, name))
            return &m->schemas[i];
    return NULL;
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
    if (find_schema(m, s.name) || m->n_schemas == m->cap_schemas)
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
    if (!t.schema || sk_ftm_find_type(m, t.ours))
        return odd_line(ps, "the schema is not above it, or the type stands twice");
    SK_GROW(&ps->cx->arena, m->types, m->n_types, m->cap_types);
    m->types[m->n_types++] = t;
    return SK_OK;
}

static sk_rc parse_prop(map_parser *ps)
{
    sk_ftm_prop p = {.ours = ps->words[0]};
    size_t kind = 0;
    if (sk_str_is(ps->words[0], "-") && ps->n == 2) {
        p.ours = ps->words[1];
    } else {
        while (kind < SK_FTM_KINDS && !sk_str_is(ps->words[2], kind_names[kind]))
            kind++;
        if (ps->n < 3 || kind == SK_FTM_KINDS || ps->n != 3 + (size_t)(kind == SK_FTM_ENTITY))
            return odd_line(ps, "expected: PROPERTY THEIRS KIND [RANGE]");
        p.theirs = ps->words[1];
        p.kind = (sk_ftm_kind)kind;
        p.range = kind == SK_FTM_ENTITY ? find_schema(ps->m, ps->words[3]) : NULL;
        if (kind == SK_FTM_ENTITY && !p.range)
            return odd_line(ps, "the range is no schema above it");
    }
    if (ps->m->n_types == 0)
        return odd_line(ps, "a property before any type");
    SK_GROW(&ps->cx->arena, ps->props, ps->n_props, ps->cap_props);
    ps->props[ps->n_props++] = p;
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
    else
        return odd_line(ps, "expected schema, type, country, language or topic");
    return SK_OK;
}

sk_rc sk_ftm_map_parse(sk_ctx *cx, sk_str text, sk_ftm_map *ret_map)
{
    if (text.n > SK_LIM_MODEL_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "ftm.map is larger than %zu bytes", SK_LIM_MODEL_BYTES);
    sk_ftm_map m = {.cap_schemas = 256};
    m.schemas = sk_new_array(&cx->arena, sk_ftm_schema, m.cap_schemas);
    map_parser ps = {.cx = cx, .m = &m};
    sk_str line;
    while (sk_str_cut(&text, '\n', &line)) {
        ps.line++;
        SK_TRY(split_words(&ps, line));
        if (ps.n)
            SK_TRY(parse_line(&ps, line.p[0] == ' '));
    }
    close_type(&ps);
    *ret_map = m;
    return SK_OK;
}

static sk_ftm_map the_map;
static sk_ctx the_map_ctx; /* owns the map for the life of the program */

static void parse_embedded(void)
{
    sk_ctx_init(&the_map_ctx);
    sk_rc rc =
        sk_ftm_map_parse(&the_map_ctx, sk_str_range(sk_ftm_map_txt, sk_ftm_map_txt_end), &the_map);
    sk_assert(rc == SK_OK);
}

const sk_ftm_map *sk_ftm_map_get(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, parse_embedded);
    return &the_map;
}

/* ---- looking up ---- */

const sk_ftm_type *sk_ftm_find_type(const sk_ftm_map *m, sk_str ours)
{
    for (size_t i = 0; i < m->n_types; i++)
        if (sk_str_eq(m->types[i].ours, ours))
            return &m->types[i];
    return NULL;
}

const sk_ftm_prop *sk_ftm_find_prop(const sk_ftm_map *m, const sk_type *type, sk_str ours)
{
    const sk_ftm_type *t = sk_ftm_find_type(m, type->name);
    for (size_t i = 0; t && i < t->n_props; i++)
        if (sk_str_eq(t->props[i].ours, ours))
            return &t->props[i];
    for (size_t i = 0; i < type->n_parents; i++) {
        const sk_ftm_prop *p = sk_ftm_find_prop(m, type->parents[i], ours);
        if (p)
            return p;
    }
    return NULL;
}

bool sk_ftm_is_a(const sk_ftm_schema *s, const sk_ftm_schema *ancestor)
{
    if (s == ancestor)
        return true;
    for (size_t i = 0; i < s->n_parents; i++)
        if (sk_ftm_is_a(s->parents[i], ancestor))
            return true;
    return false;
}

sk_str sk_ftm_find_code(const sk_ftm_codes *codes, sk_str code)
{
    for (size_t i = 0; code.n && i < codes->n; i++)
        if (sk_str_eq_nocase(codes->items[i].theirs, code) ||
            sk_str_eq_nocase(codes->items[i].other, code))
            return codes->items[i].theirs;
    return SK_NONE;
}
