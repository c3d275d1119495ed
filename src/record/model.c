#include "record/model.h"

#include "embed_stamp.h" /* built again when the embedded files change */

#include <pthread.h>

/* The two files, embedded by the assembler: no generated arrays, no start-up cost. */
#define EMBED(symbol, file)                                             \
    __asm__(".section .rodata\n"                                        \
            ".balign 16\n" #symbol ":\n"                                \
            ".incbin \"" SK_MODEL_DIR "/" file "\"\n" #symbol "_end:\n" \
            ".byte 0\n"                                                 \
            ".previous\n");                                             \
    extern const char symbol[], symbol##_end[]
EMBED(sk_schema_txt, "schema.txt");
EMBED(sk_acts_txt, "acts.txt");

static const char *const value_type_names[SK_VALUE_TYPES] = {
    [SK_VALUE_TEXT] = "text",       [SK_VALUE_NAME] = "name",
    [SK_VALUE_DATE] = "date",       [SK_VALUE_QUANTITY] = "quantity",
    [SK_VALUE_COUNTRY] = "country", [SK_VALUE_IDENTIFIER] = "identifier",
    [SK_VALUE_TERM] = "term",       [SK_VALUE_MONEY] = "money",
    [SK_VALUE_URL] = "url",         [SK_VALUE_ENTITY] = "entity",
};

const char *sk_value_type_name(sk_value_type t)
{
    sk_assert((unsigned)t < SK_VALUE_TYPES);
    return value_type_names[t];
}

/* While parsing, types and properties grow in the arena; the model keeps the last copies. */
typedef struct parser {
    sk_ctx *cx;
    size_t line;
    sk_type *types;
    size_t n_types;
    sk_prop *props; /* of the type being read */
    size_t n_props, cap_props;
} parser;

static const sk_type *find_type(const sk_type *types, size_t n, sk_str name)
{
    for (size_t i = 0; i < n; i++)
        if (sk_str_eq(types[i].name, name))
            return &types[i];
    return NULL;
}

/* Split "a | b | c" into trimmed fields; returns how many were there. */
static size_t split_bars(sk_str line, sk_str *fields, size_t cap)
{
    size_t n = 0;
    sk_str piece;
    while (sk_str_cut(&line, '|', &piece)) {
        if (n < cap)
            fields[n] = sk_str_trim(piece);
        n++;
    }
    return n;
}

/* The next blank-separated word of *rest, or an empty one at its end. */
static sk_str next_word(sk_str *rest)
{
    *rest = sk_str_trim(*rest);
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
        n++;
    sk_str word = sk_str_sub(*rest, 0, n);
    *rest = sk_str_sub(*rest, n, rest->n);
    return word;
}

/* Own properties first, then each parent's with all of its parents': the first of a name counts. */
static void put_props(sk_arena *a, sk_strmap *all, const sk_type *t)
{
    for (size_t i = 0; i < t->n_props; i++)
        sk_strmap_put(all, a, t->props[i].name, &t->props[i]);
    for (size_t i = 0; i < t->n_parents; i++)
        put_props(a, all, t->parents[i]);
}

static void close_type(parser *ps)
{
    if (ps->n_types == 0)
        return;
    sk_type *t = &ps->types[ps->n_types - 1];
    t->props = ps->props;
    t->n_props = ps->n_props;
    put_props(&ps->cx->arena, &t->all_props, t);
    ps->props = NULL;
    ps->n_props = ps->cap_props = 0;
}

/* The array of types has its full size from the start, so that parents can be pointers into it. */
static sk_rc parse_type(parser *ps, sk_str head, sk_str label, sk_str label_ko)
{
    close_type(ps);
    sk_arena *a = &ps->cx->arena;
    sk_type t = {.label = label, .label_ko = label_ko};
    t.name = next_word(&head);
    if (t.name.n == 0 || find_type(ps->types, ps->n_types, t.name))
        return sk_fail(ps->cx, SK_E_FORMAT,
                       "model line %zu: type \"%.*s\" has no name or stands twice", ps->line,
                       SK_P(t.name));
    sk_str colon = next_word(&head);
    if (colon.n && !sk_str_is(colon, ":"))
        return sk_fail(ps->cx, SK_E_FORMAT, "model line %zu: expected \":\" after type \"%.*s\"",
                       ps->line, SK_P(t.name));
    const sk_type **parents = sk_new_array(a, const sk_type *, 8);
    for (sk_str p = next_word(&head); p.n; p = next_word(&head)) {
        const sk_type *parent = find_type(ps->types, ps->n_types, p);
        if (!parent || t.n_parents == 8)
            return sk_fail(ps->cx, SK_E_FORMAT, "model line %zu: parent \"%.*s\" is not above it",
                           ps->line, SK_P(p));
        parents[t.n_parents++] = parent;
        if (parent->depth + 1 > t.depth)
            t.depth = parent->depth + 1;
    }
    t.parents = parents;
    if (ps->n_types == SK_LIM_TYPES)
        return sk_fail(ps->cx, SK_E_LIMIT, "model line %zu: more than %d types", ps->line,
                       SK_LIM_TYPES);
    ps->types[ps->n_types++] = t;
    return SK_OK;
}

static sk_rc parse_prop(parser *ps, sk_str head, sk_str label, sk_str label_ko)
{
    sk_prop p = {.label = label, .label_ko = label_ko};
    p.name = next_word(&head);
    sk_str type = next_word(&head);
    p.target = next_word(&head);
    size_t t = 0;
    while (t < SK_VALUE_TYPES && !sk_str_is(type, value_type_names[t]))
        t++;
    if (ps->n_types == 0 || t == SK_VALUE_TYPES || (t == SK_VALUE_ENTITY) != (p.target.n > 0))
        return sk_fail(ps->cx, SK_E_FORMAT,
                       "model line %zu: property \"%.*s\" has no known value type", ps->line,
                       SK_P(p.name));
    p.type = (sk_value_type)t;
    SK_GROW(&ps->cx->arena, ps->props, ps->n_props, ps->cap_props);
    ps->props[ps->n_props++] = p;
    return SK_OK;
}

/* A comment starts at '#'; labels do not contain one. */
static sk_str without_comment(sk_str line)
{
    const char *at = line.n ? memchr(line.p, '#', line.n) : NULL;
    return at ? sk_str_range(line.p, at) : line;
}

static sk_rc parse_schema(sk_ctx *cx, sk_str text, sk_model *m)
{
    parser ps = {.cx = cx, .types = sk_new_array(&cx->arena, sk_type, SK_LIM_TYPES)};
    sk_str line;
    while (sk_str_cut(&text, '\n', &line)) {
        ps.line++;
        line = without_comment(line);
        if (sk_str_trim(line).n == 0)
            continue;
        sk_str f[3];
        if (split_bars(line, f, SK_COUNT(f)) != SK_COUNT(f))
            return sk_fail(cx, SK_E_FORMAT, "model line %zu: expected two \"|\"", ps.line);
        if (sk_str_starts(line, SK_S("type ")))
            SK_TRY(parse_type(&ps, sk_str_sub(f[0], 5, f[0].n), f[1], f[2]));
        else
            SK_TRY(parse_prop(&ps, f[0], f[1], f[2]));
    }
    close_type(&ps);
    m->types = ps.types;
    m->n_types = ps.n_types;
    for (size_t i = 0; i < m->n_types; i++)
        sk_strmap_put(&m->types_by_name, &cx->arena, m->types[i].name, &m->types[i]);
    return SK_OK;
}

/* Twelve digits, as the codes of the lists are written; an empty column is no code. */
static bool is_huridocs_code(sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == 12;
}

/* One term: id, two names, two definitions, a code that may be empty. */
static sk_rc parse_act(sk_ctx *cx, sk_str line, size_t line_number, sk_act_term *ret_act)
{
    enum { COLUMNS = 6 };
    static const char *const columns[] = {"term", "English name", "Korean name",
                                          "English definition", "Korean definition"};
    sk_str f[COLUMNS];
    size_t n = split_bars(line, f, COLUMNS);
    if (n != COLUMNS)
        return sk_fail(cx, SK_E_FORMAT,
                       "acts line %zu: %zu columns where %d are expected: term, names and "
                       "definitions in English and Korean, HURIDOCS code",
                       line_number, n, COLUMNS);
    for (size_t i = 0; i < SK_COUNT(columns); i++)
        if (f[i].n == 0)
            return sk_fail(cx, SK_E_FORMAT, "acts line %zu: term \"%.*s\" has no %s", line_number,
                           SK_P(f[0]), columns[i]);
    if (f[5].n && !is_huridocs_code(f[5]))
        return sk_fail(cx, SK_E_FORMAT,
                       "acts line %zu: HURIDOCS code \"%.*s\" is not of twelve digits; give the "
                       "code alone or nothing",
                       line_number, SK_P(f[5]));
    *ret_act = (sk_act_term){.id = f[0],
                             .label = f[1],
                             .label_ko = f[2],
                             .definition = f[3],
                             .definition_ko = f[4],
                             .huridocs = f[5]};
    return SK_OK;
}

static sk_rc parse_acts(sk_ctx *cx, sk_str text, sk_model *m)
{
    sk_act_term *acts = NULL;
    size_t n = 0, cap = 0, line_number = 0;
    sk_str line;
    while (sk_str_cut(&text, '\n', &line)) {
        line_number++;
        line = without_comment(line);
        if (sk_str_trim(line).n == 0)
            continue;
        SK_GROW(&cx->arena, acts, n, cap);
        SK_TRY(parse_act(cx, line, line_number, &acts[n]));
        n++;
    }
    m->acts = acts;
    m->n_acts = n;
    for (size_t i = 0; i < n; i++) {
        if (sk_strmap_get(&m->acts_by_id, acts[i].id))
            return sk_fail(cx, SK_E_FORMAT, "acts: the term \"%.*s\" stands twice",
                           SK_P(acts[i].id));
        sk_strmap_put(&m->acts_by_id, &cx->arena, acts[i].id, &acts[i]);
    }
    return SK_OK;
}

sk_rc sk_model_parse(sk_ctx *cx, sk_str schema, sk_str acts, sk_model *ret_model)
{
    if (schema.n > SK_LIM_MODEL_BYTES || acts.n > SK_LIM_MODEL_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "the model file is larger than %zu bytes",
                       SK_LIM_MODEL_BYTES);
    sk_model m = {0};
    SK_TRY(parse_schema(cx, schema, &m));
    SK_TRY(parse_acts(cx, acts, &m));
    *ret_model = m;
    return SK_OK;
}

static sk_model the_model;
static sk_ctx the_model_ctx; /* owns the model for the life of the program */

static void parse_embedded(void)
{
    sk_ctx_init(&the_model_ctx);
    sk_rc rc = sk_model_parse(&the_model_ctx, sk_str_range(sk_schema_txt, sk_schema_txt_end),
                              sk_str_range(sk_acts_txt, sk_acts_txt_end), &the_model);
    sk_assert(rc == SK_OK);
}

const sk_model *sk_model_get(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, parse_embedded);
    return &the_model;
}

const sk_type *sk_model_find_type(const sk_model *m, sk_str name)
{
    return sk_strmap_get(&m->types_by_name, name);
}

const sk_prop *sk_type_find_prop(const sk_type *t, sk_str name)
{
    return sk_strmap_get(&t->all_props, name);
}

const sk_act_term *sk_model_find_act(const sk_model *m, sk_str id)
{
    return sk_strmap_get(&m->acts_by_id, id);
}

bool sk_type_is_a(const sk_type *t, sk_str ancestor)
{
    if (sk_str_eq(t->name, ancestor))
        return true;
    for (size_t i = 0; i < t->n_parents; i++)
        if (sk_type_is_a(t->parents[i], ancestor))
            return true;
    return false;
}
