/* The indented lines of a mapping: what an entity is made of, and lists of values. */
#include "exchange/mapping/mapping_priv.h"

typedef struct option {
    const char *word;
    sk_rc (*parse)(mapping_parser *ps, sk_mapping_prop *p);
} option;

static sk_mapping_entity *entity_of(mapping_parser *ps)
{
    return &ps->m->entities[ps->m->n_entities - 1];
}

/* ---- options behind a property ---- */

static sk_rc opt_split(mapping_parser *ps, sk_mapping_prop *p)
{
    return sk_mapping__word(ps, "the sign between values", &p->split);
}

static sk_rc opt_part(mapping_parser *ps, sk_mapping_prop *p)
{
    sk_str number;
    uint64_t n;
    SK_TRY(sk_mapping__word(ps, "the number of the part", &number));
    SK_TRY(sk_mapping__word(ps, "the sign between parts", &p->part_sep));
    if (!sk_str_to_u64(number, &n) || n < 1 || n > 99)
        return odd(ps, "part \"%.*s\" is no number from 1 to 99", SK_P(number));
    p->part = (size_t)n;
    return p->part_sep.n ? SK_OK : odd(ps, "the sign between parts is empty");
}

static sk_rc opt_values(mapping_parser *ps, sk_mapping_prop *p)
{
    sk_str name;
    SK_TRY(sk_mapping__word(ps, "the name of the list of values", &name));
    return sk_mapping__values_of(ps, name, &p->values);
}

static sk_rc opt_dates(mapping_parser *ps, sk_mapping_prop *p)
{
    sk_str word;
    SK_TRY(sk_mapping__word(ps, "the order of dates", &word));
    return sk_date_order_parse(word, &p->dates)
               ? SK_OK
               : odd(ps, "dates \"%.*s\" is not dmy, mdy or ymd", SK_P(word));
}

static sk_rc opt_default(mapping_parser *ps, sk_mapping_prop *p)
{
    p->has_default = true;
    return sk_mapping__word(ps, "the value of an empty cell", &p->deflt);
}

static sk_rc opt_lang(mapping_parser *ps, sk_mapping_prop *p)
{
    return sk_mapping__word(ps, "the language", &p->lang);
}

static sk_rc opt_scheme(mapping_parser *ps, sk_mapping_prop *p)
{
    return sk_mapping__word(ps, "the scheme of the number", &p->scheme);
}

static sk_rc opt_measure(mapping_parser *ps, sk_mapping_prop *p)
{
    return sk_mapping__word(ps, "what is counted", &p->measure);
}

static sk_rc opt_unit(mapping_parser *ps, sk_mapping_prop *p)
{
    return sk_mapping__word(ps, "the unit", &p->unit);
}

static sk_rc opt_position(mapping_parser *ps, sk_mapping_prop *p)
{
    sk_str word;
    SK_TRY(sk_mapping__word(ps, "the position", &word));
    return sk_position_find(word, &p->position)
               ? SK_OK
               : odd(ps, "position \"%.*s\" is not asserts, denies, predicts, doubts or retracts",
                     SK_P(word));
}

static sk_rc opt_valid(mapping_parser *ps, sk_mapping_prop *p)
{
    return sk_mapping__column(ps, &p->valid);
}

static sk_rc opt_asof(mapping_parser *ps, sk_mapping_prop *p)
{
    return sk_mapping__column(ps, &p->asof);
}

static sk_rc opt_falsely(mapping_parser *ps, sk_mapping_prop *p)
{
    (void)ps;
    p->used_falsely = true;
    return SK_OK;
}

static sk_rc opt_claimant(mapping_parser *ps, sk_mapping_prop *p)
{
    sk_str text;
    SK_TRY(sk_mapping__word(ps, "who says it", &text));
    return sk_mapping__chain(ps->cx, text, &p->chain, &p->n_chain)
               ? sk_while(ps->cx, "mapping line %zu", ps->line)
               : SK_OK;
}

static sk_rc opt_restrict(mapping_parser *ps, sk_mapping_prop *p)
{
    sk_str *labels = sk_new_array(&ps->cx->arena, sk_str, p->n_labels + 1);
    for (size_t i = 0; i < p->n_labels; i++)
        labels[i] = p->labels[i];
    SK_TRY(sk_mapping__word(ps, "the label", &labels[p->n_labels]));
    p->labels = labels;
    return sk_label_check(ps->cx, labels[p->n_labels++])
               ? sk_while(ps->cx, "mapping line %zu", ps->line)
               : SK_OK;
}

static sk_rc opt_key(mapping_parser *ps, sk_mapping_prop *p)
{
    p->has_key = true;
    return sk_mapping__template(ps, p->column, &p->join);
}

static const option options[] = {
    {"split", opt_split},       {"part", opt_part},         {"values", opt_values},
    {"dates", opt_dates},       {"default", opt_default},   {"lang", opt_lang},
    {"scheme", opt_scheme},     {"measure", opt_measure},   {"unit", opt_unit},
    {"position", opt_position}, {"valid", opt_valid},       {"as-of", opt_asof},
    {"falsely", opt_falsely},   {"claimant", opt_claimant}, {"restrict", opt_restrict},
    {"key", opt_key},
};

static sk_rc parse_options(mapping_parser *ps, sk_mapping_prop *p)
{
    while (sk_mapping__has_more(ps)) {
        size_t i = 0;
        while (i < SK_COUNT(options) && !sk_mapping__take(ps, options[i].word))
            i++;
        if (i == SK_COUNT(options))
            return odd(ps, "\"%.*s\" is no option of a property", SK_P(ps->words[ps->at].text));
        SK_TRY(options[i].parse(ps, p));
    }
    return SK_OK;
}

/* ---- where a property comes from ---- */

static const char *const bound_names[SK_BOUNDS] = {
    [SK_BOUND_LOW] = "low",   [SK_BOUND_HIGH] = "high",   [SK_BOUND_QUALIFIER] = "qualifier",
    [SK_BOUND_UNIT] = "unit", [SK_BOUND_WORDS] = "words",
};

/* low "A" high "B" qualifier "C" unit "D" words "E", each once; false at the first other word. */
static sk_rc take_bounds(mapping_parser *ps, sk_mapping_prop *p)
{
    for (;;) {
        size_t i = 0;
        while (i < SK_BOUNDS && !sk_mapping__is_next(ps, bound_names[i]))
            i++;
        if (i == SK_BOUNDS || (i == SK_BOUND_UNIT && p->bounds[i] != SK_MAPPING_NONE))
            return SK_OK;
        ps->at++;
        if (p->bounds[i] != SK_MAPPING_NONE)
            return odd(ps, "%s stands twice", bound_names[i]);
        SK_TRY(sk_mapping__column(ps, &p->bounds[i]));
    }
}

static bool begins_bounds(const mapping_parser *ps)
{
    return sk_mapping__is_next(ps, "low") || sk_mapping__is_next(ps, "high") ||
           sk_mapping__is_next(ps, "words");
}

static sk_rc parse_source(mapping_parser *ps, sk_mapping_prop *p)
{
    if (sk_mapping__take(ps, "=")) {
        p->source = SK_FROM_CONSTANT;
        return sk_mapping__word(ps, "the value", &p->constant);
    }
    if (sk_mapping__take(ps, "join")) {
        p->source = SK_FROM_JOIN;
        return sk_mapping__template(ps, SK_MAPPING_NONE, &p->join);
    }
    if (begins_bounds(ps)) {
        p->source = SK_FROM_BOUNDS;
        return take_bounds(ps, p);
    }
    const mapping_word *w = ps->at < ps->n ? &ps->words[ps->at] : NULL;
    if (w && !w->is_quoted && sk_str_starts(w->text, SK_S("@"))) {
        p->source = SK_FROM_ENTITY;
        p->constant = sk_str_sub(w->text, 1, w->text.n); /* its name, until it is looked up */
        ps->at++;
        return SK_OK;
    }
    sk_mapping__take(ps, "column");
    p->source = SK_FROM_COLUMN;
    return sk_mapping__column(ps, &p->column);
}

static sk_rc parse_prop(mapping_parser *ps)
{
    sk_mapping_prop p = {.line = ps->line,
                         .column = SK_MAPPING_NONE,
                         .values = SK_MAPPING_NONE,
                         .valid = SK_MAPPING_NONE,
                         .asof = SK_MAPPING_NONE,
                         .position = SK_CLAIM_ASSERTS};
    for (size_t i = 0; i < SK_BOUNDS; i++)
        p.bounds[i] = SK_MAPPING_NONE;
    SK_TRY(sk_mapping__word(ps, "the property", &p.prop));
    size_t colon = sk_str_find(p.prop, SK_S(":"));
    if (colon != SIZE_MAX) {
        p.type = sk_str_sub(p.prop, 0, colon);
        p.prop = sk_str_sub(p.prop, colon + 1, p.prop.n);
    }
    SK_TRY(parse_source(ps, &p));
    SK_TRY(parse_options(ps, &p));
    sk_mapping_entity *e = entity_of(ps);
    e->has_own_columns |= p.source != SK_FROM_CONSTANT && p.source != SK_FROM_ENTITY;
    if (e->n_props == SK_LIM_CSV_COLUMNS)
        return sk_fail(ps->cx, SK_E_LIMIT, "mapping line %zu: more than %d properties", ps->line,
                       SK_LIM_CSV_COLUMNS);
    SK_GROW(&ps->cx->arena, e->props, e->n_props, e->cap_props);
    e->props[e->n_props++] = p;
    return SK_OK;
}

/* ---- type, key, when ---- */

static sk_rc parse_type(mapping_parser *ps)
{
    sk_mapping_entity *e = entity_of(ps);
    if (e->type.text.n || e->type.column != SK_MAPPING_NONE)
        return odd(ps, "entity \"%.*s\" has a type already", SK_P(e->name));
    SK_TRY(sk_mapping__setting(ps, "the type", &e->type));
    if (sk_mapping__take(ps, "values")) {
        sk_str name;
        SK_TRY(sk_mapping__word(ps, "the name of the list of values", &name));
        SK_TRY(sk_mapping__values_of(ps, name, &e->type_values));
    }
    if (e->type.column != SK_MAPPING_NONE && sk_mapping__take(ps, "default"))
        SK_TRY(sk_mapping__word(ps, "the type where the cell is empty", &e->type.deflt));
    return SK_OK;
}

static sk_rc parse_key(mapping_parser *ps)
{
    sk_mapping_entity *e = entity_of(ps);
    if (e->key_kind)
        return odd(ps, "entity \"%.*s\" has a key already", SK_P(e->name));
    if (sk_mapping__take(ps, "row")) {
        e->key_kind = SK_KEY_ROW;
        return SK_OK;
    }
    if (!sk_mapping__take(ps, "hash")) {
        e->key_kind = SK_KEY_TEMPLATE;
        return sk_mapping__template(ps, SK_MAPPING_NONE, &e->key);
    }
    e->key_kind = SK_KEY_HASH;
    size_t *columns = sk_new_array(&ps->cx->arena, size_t, ps->n), n = 0;
    do
        SK_TRY(sk_mapping__column(ps, &columns[n++]));
    while (sk_mapping__has_more(ps));
    e->hashed = columns;
    e->n_hashed = n;
    return SK_OK;
}

static sk_rc parse_when(mapping_parser *ps)
{
    sk_mapping_entity *e = entity_of(ps);
    if (e->when != SK_MAPPING_NONE)
        return odd(ps, "entity \"%.*s\" has a when already", SK_P(e->name));
    sk_mapping__take(ps, "column");
    SK_TRY(sk_mapping__column(ps, &e->when));
    return sk_mapping__has_more(ps)
               ? sk_mapping__rest(ps, "the value", &e->when_words, &e->n_when_words)
               : SK_OK;
}

sk_rc sk_mapping__entity_line(mapping_parser *ps)
{
    if (sk_mapping__take(ps, "type"))
        return parse_type(ps);
    if (sk_mapping__take(ps, "key"))
        return parse_key(ps);
    if (sk_mapping__take(ps, "when"))
        return parse_when(ps);
    return parse_prop(ps);
}

/* ---- lists of values ---- */

static sk_rc parse_others(mapping_parser *ps, sk_mapping_values *list)
{
    if (sk_mapping__take(ps, "keep")) {
        list->others = SK_OTHERS_KEEP;
        return SK_OK;
    }
    sk_str target;
    SK_TRY(sk_mapping__word(ps, "keep, or the value of all others", &target));
    list->others = SK_OTHERS_TARGET;
    sk_mapping__target(target, &list->other);
    return SK_OK;
}

sk_rc sk_mapping__add_value(mapping_parser *ps, sk_mapping_values *list, sk_str word,
                            sk_mapping_value v)
{
    if (sk_mapping__find_value(&ps->cx->arena, list, word))
        return odd(ps, "\"%.*s\" stands twice among the words of this list", SK_P(word));
    if (list->n == SK_LIM_MAPPING_VALUES || word.n > MAPPING_WORD_BYTES)
        return sk_fail(
            ps->cx, SK_E_LIMIT,
            "mapping line %zu: more than %d words in a list, or one of more than %d bytes",
            ps->line, SK_LIM_MAPPING_VALUES, MAPPING_WORD_BYTES);
    v.written = sk_mapping__fold(&ps->cx->arena, word);
    SK_GROW(&ps->cx->arena, list->items, list->n, list->cap);
    list->items[list->n++] = v;
    return SK_OK;
}

/* `male = "M" man "남"` */
sk_rc sk_mapping__values_line(mapping_parser *ps)
{
    sk_mapping_values *list = &ps->m->values[ps->values];
    sk_mapping_value v;
    sk_str target;
    const sk_str *words;
    size_t n;
    if (sk_mapping__take(ps, "others"))
        return parse_others(ps, list);
    SK_TRY(sk_mapping__word(ps, "the value", &target));
    if (!sk_mapping__take(ps, "="))
        return odd(ps, "behind \"%.*s\" stands = and what the table writes for it", SK_P(target));
    SK_TRY(sk_mapping__rest(ps, "what the table writes", &words, &n));
    sk_mapping__target(target, &v);
    for (size_t i = 0; i < n; i++)
        SK_TRY(sk_mapping__add_value(ps, list, words[i], v));
    return SK_OK;
}
