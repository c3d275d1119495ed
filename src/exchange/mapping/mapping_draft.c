/* A first mapping for a table that has none: a text for a person to read, correct and sign off.
 * What it may get wrong stands beside the line as a comment. See mapping.h. */
#include "exchange/mapping/mapping_plan.h"
#include "exchange/mapping/mapping_priv.h"

#include "base/buf.h"

enum { HASH_MOST = 6 };

/* ---- writing ---- */

static void write_head(sk_plan *p, sk_buf *b)
{
    const sk_import_options *o = &p->src->options;
    sk_buf_addf(b,
                "sillok-mapping 1\n# Drafted from the first %llu rows of the table: look at every "
                "line, it decides what is said of whom.\n# How lines are written: "
                "docs/formats/mapping.md\n\n",
                (unsigned long long)p->look->rows);
    sk_buf_addf(b, "list      %.*s   # keep it the same for later copies of this table\n",
                SK_P(p->list));
    size_t claimant = sk_plan_find_role(p->look, SK_HEADING_CLAIMANT);
    if (claimant != SK_MAPPING_NONE)
        sk_buf_addf(b, "claimant  column %.*s default \"unnamed\"\n",
                    SK_P(p->look->columns[claimant].ref));
    else if (o->n_claimant)
        sk_buf_addf(b, "claimant  %.*s\n", SK_P(sk_mapping_quoted(&p->cx->arena, o->claimant[0])));
    else
        sk_buf_add(b, SK_S("claimant  \"unnamed\"   # WRITE HERE who says what this table says\n"));
    size_t asof = sk_plan_find_role(p->look, SK_HEADING_ASOF);
    if (asof != SK_MAPPING_NONE)
        sk_buf_addf(b, "as-of     column %.*s\n", SK_P(p->look->columns[asof].ref));
    else
        sk_buf_add(b, SK_S("# as-of   2024-06-30   the date of this copy of the table\n"));
    size_t reference = sk_plan_find_role(p->look, SK_HEADING_REFERENCE);
    if (reference != SK_MAPPING_NONE)
        sk_buf_addf(b, "reference column %.*s\n", SK_P(p->look->columns[reference].ref));
    size_t label = sk_plan_find_role(p->look, SK_HEADING_RESTRICT);
    if (label != SK_MAPPING_NONE)
        sk_buf_addf(b,
                    "restrict  column %.*s   # rows whose label is not of a-z, 0-9 and - are "
                    "left out: write restrict column ... values LIST\n",
                    SK_P(p->look->columns[label].ref));
    if (p->look->heading)
        sk_buf_addf(b, "heading   %zu\n", p->look->heading);
    if (!p->look->has_end)
        sk_buf_add(b, SK_S("last-row  whole   # the file's last line has no end: see that nothing "
                           "is missing\n"));
}

static void write_absent(sk_plan *p, sk_buf *b)
{
    for (int kind = SK_UNKNOWN; kind < SK_ABSENTS; kind++) {
        sk_str name = sk_absent_name((sk_absent)kind);
        bool has_any = false;
        for (size_t i = 0; i < p->look->n_absent; i++) {
            if (!sk_str_eq(p->look->absent[i].target, name))
                continue;
            if (!has_any)
                sk_buf_addf(b, "absent    %.*s", SK_P(name));
            has_any = true;
            sk_buf_addf(b, " %.*s",
                        SK_P(sk_mapping_quoted(&p->cx->arena, p->look->absent[i].word)));
        }
        if (has_any)
            sk_buf_addc(b, '\n');
    }
}

/* A list of values for a column whose words are known terms, named after its letter. */
static void write_values(sk_plan *p, sk_buf *b)
{
    for (size_t i = 0; i < p->look->n_columns; i++) {
        const sk_survey_column *c = &p->look->columns[i];
        if (!c->n_words || !(p->columns[i].in_main || p->columns[i].in_second))
            continue;
        sk_buf_addf(b, "\nvalues %.*s-%.*s\n", SK_P(c->heading.prop->name), SK_P(c->column.letter));
        for (size_t k = 0; k < c->n_words; k++)
            sk_buf_addf(b, "  %.*s = %.*s\n", SK_P(c->words[k].target),
                        SK_P(sk_mapping_quoted(&p->cx->arena, c->words[k].word)));
        if (!sk_str_is(c->heading.prop->name, "act"))
            sk_buf_add(b, SK_S("  others keep\n"));
    }
}

static bool may_be_several(const sk_prop *prop)
{
    return prop->type == SK_VALUE_NAME || prop->type == SK_VALUE_COUNTRY ||
           prop->type == SK_VALUE_TERM || prop->type == SK_VALUE_IDENTIFIER;
}

static void write_prop(sk_buf *b, const sk_survey_column *c)
{
    if (!sk_survey_prop(c)) {
        sk_buf_addf(b, "  notes %.*s   # %s\n", SK_P(c->ref), sk_plan_kind_of(c));
        return;
    }
    const sk_prop *prop = c->heading.prop;
    bool needs_type = sk_str_is(prop->name, "type");
    sk_buf_addf(b, "  %s%.*s %.*s", needs_type ? "Vehicle:" : "", SK_P(prop->name), SK_P(c->ref));
    if (c->heading.lang.n)
        sk_buf_addf(b, " lang %.*s", SK_P(c->heading.lang));
    if (c->n_words)
        sk_buf_addf(b, " values %.*s-%.*s", SK_P(prop->name), SK_P(c->column.letter));
    if (may_be_several(prop) && c->semicolons * 5 > c->filled)
        sk_buf_add(b, SK_S(" split \";\""));
    else if (may_be_several(prop) && c->bars * 5 > c->filled)
        sk_buf_add(b, SK_S(" split \"|\""));
    bool is_date = prop->type == SK_VALUE_DATE;
    if (is_date && c->dmy && !c->mdy)
        sk_buf_add(b, SK_S(" dates dmy"));
    else if (is_date && c->mdy && !c->dmy)
        sk_buf_add(b, SK_S(" dates mdy"));
    else if (is_date && (c->either || (c->dmy && c->mdy)))
        sk_buf_addf(b, "   # dates that can be read in two ways: %zu; add dates dmy or dates mdy",
                    c->either);
    sk_buf_addc(b, '\n');
}

/* A person whose name is in parts only gets a name made of them, in the table's order. */
static void write_joined_name(sk_plan *p, sk_buf *b)
{
    const sk_survey_column *parts[2];
    size_t n = 0;
    for (size_t i = 0; i < p->look->n_columns; i++) {
        const sk_survey_column *c = &p->look->columns[i];
        if (!p->columns[i].in_main || !sk_survey_prop(c))
            continue;
        if (sk_str_is(c->heading.prop->name, "name"))
            return;
        bool is_part = sk_str_is(c->heading.prop->name, "lastName") ||
                       sk_str_is(c->heading.prop->name, "firstName");
        if (is_part && n < 2)
            parts[n++] = c;
    }
    if (n == 2)
        sk_buf_addf(b,
                    "  name join \"{[%.*s]} {[%.*s]}\"   # turn round if the other comes "
                    "first\n",
                    SK_P(parts[0]->column.letter), SK_P(parts[1]->column.letter));
}

static bool tells_apart(const sk_survey_column *c)
{
    static const char *const props[] = {"name",     "lastName",  "firstName", "birthDate",
                                        "idNumber", "imoNumber", "date",      "location",
                                        "latitude", "longitude"};
    for (size_t i = 0; sk_survey_prop(c) && i < SK_COUNT(props); i++)
        if (sk_str_is(c->heading.prop->name, props[i]))
            return true;
    return false;
}

static void write_key(sk_plan *p, sk_buf *b, const char *behind)
{
    if (p->id != SK_MAPPING_NONE) {
        sk_buf_addf(b, "  key \"%.*s-{[%.*s]}%s\"\n", SK_P(p->list),
                    SK_P(p->look->columns[p->id].column.letter), behind);
        return;
    }
    sk_buf_add(b, SK_S("  key hash"));
    size_t n = 0;
    bool has_full = false;
    /* what tells people and places apart; then, so that no row is without, a column that is filled
     * in all; then whatever there is */
    for (int round = 0; round < 3; round++) {
        bool is_none = n == 0;
        for (size_t i = 0; i < p->look->n_columns && n < HASH_MOST; i++) {
            const sk_survey_column *c = &p->look->columns[i];
            bool is_full = c->filled == p->look->rows;
            bool is_due = round == 0   ? tells_apart(c)
                          : round == 1 ? !has_full && is_full && !tells_apart(c)
                                       : is_none;
            if (!p->columns[i].in_main || !is_due)
                continue;
            sk_buf_addf(b, " %.*s", SK_P(c->ref));
            has_full |= is_full;
            n++;
        }
    }
    sk_buf_add(b,
               SK_S("   # no column holds a number of the source's own: these tell rows apart\n"));
}

static void write_entities(sk_plan *p, sk_buf *b)
{
    sk_buf_addf(b, "\nentity this %.*s\n", SK_P(p->main->name));
    write_key(p, b, "");
    write_joined_name(p, b);
    for (size_t i = 0; i < p->look->n_columns; i++)
        if (p->columns[i].in_main)
            write_prop(b, &p->look->columns[i]);
    bool has_second = false;
    for (size_t i = 0; i < p->look->n_columns; i++)
        has_second |= p->columns[i].in_second;
    if (!has_second)
        return;
    bool is_act = sk_type_is_a(p->second, SK_S("Act"));
    sk_buf_addf(b, "\nentity event %.*s\n", SK_P(p->second->name));
    write_key(p, b, "-event");
    sk_buf_addf(b, "  %s @this\n", is_act ? "victim" : "involved");
    for (size_t i = 0; i < p->look->n_columns; i++)
        if (p->columns[i].in_second)
            write_prop(b, &p->look->columns[i]);
}

static void write_ignored(sk_plan *p, sk_buf *b)
{
    bool has_any = false;
    for (size_t i = 0; i < p->look->n_columns; i++) {
        const sk_survey_column *c = &p->look->columns[i];
        if (!p->columns[i].why_not || (!c->column.name.n && !c->filled))
            continue;
        if (!has_any)
            sk_buf_addc(b, '\n');
        has_any = true;
        sk_buf_addf(b, "ignore %.*s   # %s\n", SK_P(c->ref), p->columns[i].why_not);
    }
}

sk_rc sk_mapping_draft(sk_ctx *cx, const sk_source *src, sk_str *ret_text)
{
    sk_survey look;
    SK_TRY(sk_mapping__look(cx, src, &look));
    sk_plan p;
    sk_mapping__plan(cx, src, &look, &p);
    sk_buf b;
    sk_buf_init(&b, SK_LIM_MAPPING_BYTES);
    write_head(&p, &b);
    write_absent(&p, &b);
    write_values(&p, &b);
    write_entities(&p, &b);
    write_ignored(&p, &b);
    sk_str text = sk_str_copy(&cx->arena, sk_buf_str(&b));
    bool overflow = b.overflow;
    sk_buf_done(&b);
    sk_survey_done(&look);
    if (overflow)
        return sk_fail(cx, SK_E_LIMIT, "a mapping for %zu columns is too long to draft",
                       look.n_columns);
    sk_mapping *m;
    SK_TRY(sk_mapping_parse(cx, text, &m)); /* what is drafted can be read */
    *ret_text = text;
    return SK_OK;
}
