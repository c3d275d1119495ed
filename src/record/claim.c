/* Entry lines of a claim, both ways. Checking drafts is in claim_check.c.
 *
 * Lines of one entry are sorted bytewise, so numbered things carry two digits: "claimant 01 ...". */
#include "record/claim.h"

#include "base/buf.h"

static const char *const position_names[SK_POSITIONS] = {
    [SK_CLAIM_ASSERTS] = "asserts",   [SK_CLAIM_DENIES] = "denies",
    [SK_CLAIM_PREDICTS] = "predicts", [SK_CLAIM_DOUBTS] = "doubts",
    [SK_CLAIM_RETRACTS] = "retracts",
};

const char *sk_position_name(sk_position p)
{
    sk_assert((unsigned)p < SK_POSITIONS);
    return position_names[p];
}

bool sk_position_find(sk_str name, sk_position *ret_position)
{
    for (int i = 0; i < SK_POSITIONS; i++)
        if (sk_str_is(name, position_names[i])) {
            *ret_position = (sk_position)i;
            return true;
        }
    return false;
}

/* ---- writing ---- */

typedef struct line_list {
    sk_arena *arena;
    sk_line *v;
    size_t n, cap;
} line_list;

static void add(line_list *l, const char *key, sk_str value)
{
    SK_GROW(l->arena, l->v, l->n, l->cap);
    l->v[l->n++] = (sk_line){sk_str_of(key), value};
}

static void add_given(line_list *l, const char *key, sk_str value)
{
    if (value.n)
        add(l, key, value);
}

static void add_quantity(line_list *l, const sk_claim *c)
{
    const sk_quantity *q = &c->quantity;
    add(l, "qualifier", sk_qualifier_name(q->qualifier));
    if (q->has_low)
        add(l, "low", sk_decimal_text(l->arena, q->low, false));
    if (q->has_high)
        add(l, "high", sk_decimal_text(l->arena, q->high, false));
    if (q->is_approximate || q->is_open_above || q->is_strict)
        add(l, "bounds",
            sk_str_trim(sk_fmt(l->arena, "%s %s %s", q->is_approximate ? "approximate" : "",
                               q->is_open_above ? "open-above" : "",
                               q->is_strict ? "strict" : "")));
    add_given(l, "unit", q->unit);
    add_given(l, "measure", c->measure);
}

static void add_passages(line_list *l, const sk_claim *c)
{
    for (size_t i = 0; i < c->n_passages; i++) {
        const sk_passage *p = &c->passages[i];
        sk_str hex = sk_hash_hex(l->arena, &p->exhibit);
        if (p->has_span)
            add(l, "passage",
                sk_fmt(l->arena, "%02zu %.*s span %zu-%zu", i + 1, SK_P(hex), p->start, p->end));
        else if (p->place.n)
            add(l, "passage",
                sk_fmt(l->arena, "%02zu %.*s place %.*s", i + 1, SK_P(hex), SK_P(p->place)));
        else
            add(l, "passage", sk_fmt(l->arena, "%02zu %.*s whole", i + 1, SK_P(hex)));
        if (p->has_span && p->place.n)
            add(l, "place", sk_fmt(l->arena, "%02zu %.*s", i + 1, SK_P(p->place)));
        if (p->quote.n)
            add(l, "quote", sk_fmt(l->arena, "%02zu %.*s", i + 1, SK_P(p->quote)));
    }
}

static void add_suggestion(line_list *l, const sk_claim *c)
{
    if (c->has_suggestion) {
        add(l, "suggestion", sk_hash_hex(l->arena, &c->suggestion));
        add_given(l, "rule", c->rule);
        add_given(l, "lexicon", c->lexicon);
        if (c->is_edited)
            add(l, "edited", SK_S("yes"));
    }
    add_given(l, "reviewer", c->reviewer);
}

sk_rc sk_claim_to_lines(sk_ctx *cx, const sk_claim *c, const sk_line **ret_lines, size_t *ret_n)
{
    line_list l = {.arena = &cx->arena};
    add(&l, "entity", c->entity);
    add(&l, "property", sk_fmt(&cx->arena, "%.*s:%.*s", SK_P(c->type), SK_P(c->prop)));
    add(&l, "position", sk_str_of(sk_position_name(c->position)));
    if (c->absent != SK_PRESENT)
        add(&l, "absent", sk_absent_name(c->absent));
    else if (c->kind == SK_VALUE_QUANTITY || c->kind == SK_VALUE_MONEY)
        add_quantity(&l, c);
    else
        add(&l, "value", c->value);
    add_given(&l, "words", c->words);
    for (size_t i = 0; i < c->n_chain; i++)
        add(&l, "claimant", sk_fmt(&cx->arena, "%02zu %.*s", i + 1, SK_P(c->chain[i])));
    add_given(&l, "carrier", c->carrier);
    add_given(&l, "said", c->said);
    add_given(&l, "asof", c->asof);
    add_given(&l, "valid", c->valid);
    if (c->used_falsely)
        add(&l, "used-falsely", SK_S("yes"));
    add_given(&l, "lang", c->lang);
    add_given(&l, "reference", c->reference);
    add_given(&l, "note", c->note);
    add_passages(&l, c);
    if (c->is_coded)
        add(&l, "coded-in",
            sk_fmt(&cx->arena, "%.*s %.*s", SK_P(sk_hash_hex(&cx->arena, &c->coded_in)),
                   SK_P(c->coded_place)));
    if (c->has_supersedes)
        add(&l, "supersedes", sk_hash_hex(&cx->arena, &c->supersedes));
    add_suggestion(&l, c);
    for (size_t i = 0; i < c->n_restrict; i++)
        add(&l, "restrict", c->restrict_labels[i]);
    *ret_lines = l.v;
    *ret_n = l.n;
    return SK_OK;
}

/* ---- reading ---- */

/* "01 rest" to 0 and "rest"; false when it is not of that form. */
static bool take_number(sk_str value, size_t *ret_i, sk_str *ret_rest)
{
    if (value.n < 3 || value.p[2] != ' ' || value.p[0] < '0' || value.p[0] > '9' ||
        value.p[1] < '0' || value.p[1] > '9')
        return false;
    size_t i = (size_t)(value.p[0] - '0') * 10 + (size_t)(value.p[1] - '0');
    if (i == 0)
        return false;
    *ret_i = i - 1;
    *ret_rest = sk_str_sub(value, 3, value.n);
    return true;
}

static void read_chain(sk_ctx *cx, const sk_entry *e, sk_claim *c)
{
    sk_str value, rest;
    size_t n = 0, i;
    for (size_t at = 0; sk_entry_next(e, "claimant", &at, &value);)
        n++;
    sk_str *chain = sk_new_array(&cx->arena, sk_str, n + 1);
    c->n_chain = 0;
    for (size_t at = 0; sk_entry_next(e, "claimant", &at, &value);)
        chain[c->n_chain++] = take_number(value, &i, &rest) ? rest : value;
    if (c->n_chain == 0) /* a foreign entry; every reader may rely on one member */
        chain[c->n_chain++] = SK_S("unnamed");
    c->chain = chain;
}

static bool read_span(sk_str text, sk_passage *p)
{
    sk_str first;
    uint64_t start, end;
    if (!sk_str_cut(&text, '-', &first) || !sk_str_to_u64(first, &start) ||
        !sk_str_to_u64(text, &end) || end < start)
        return false;
    p->has_span = true;
    p->start = start;
    p->end = end;
    return true;
}

/* "<64 hex> span 10-20", "<64 hex> place row 3", "<64 hex> whole" */
static bool read_passage(sk_str rest, sk_passage *p)
{
    sk_str hex, how;
    if (!sk_str_cut(&rest, ' ', &hex) || !sk_hash_parse(hex, &p->exhibit) ||
        !sk_str_cut(&rest, ' ', &how))
        return false;
    if (sk_str_is(how, "span"))
        return read_span(rest, p);
    if (sk_str_is(how, "place"))
        p->place = rest;
    return true;
}

/* Numbers of passages need not be dense in a foreign entry: they are looked up, not indexed by. */
static void read_passages(sk_ctx *cx, const sk_entry *e, sk_claim *c)
{
    sk_str value, rest;
    size_t n = 0, i;
    for (size_t at = 0; sk_entry_next(e, "passage", &at, &value);)
        n++;
    sk_passage *passages = sk_new_array(&cx->arena, sk_passage, n);
    size_t *numbers = sk_new_array(&cx->arena, size_t, n);
    for (size_t at = 0; sk_entry_next(e, "passage", &at, &value);)
        if (take_number(value, &i, &rest) && read_passage(rest, &passages[c->n_passages]))
            numbers[c->n_passages++] = i;
    static const char *const keys[] = {"quote", "place"};
    for (size_t k = 0; k < SK_COUNT(keys); k++)
        for (size_t at = 0; sk_entry_next(e, keys[k], &at, &value);)
            for (size_t j = 0; j < c->n_passages; j++)
                if (take_number(value, &i, &rest) && numbers[j] == i)
                    *(k == 0 ? &passages[j].quote : &passages[j].place) = rest;
    c->passages = passages;
}

static bool has_word(sk_str list, const char *word)
{
    sk_str piece;
    while (sk_str_cut(&list, ' ', &piece))
        if (sk_str_is(piece, word))
            return true;
    return false;
}

static void read_quantity(const sk_entry *e, sk_claim *c)
{
    sk_quantity *q = &c->quantity;
    if (!sk_qualifier_parse(sk_entry_get(e, "qualifier"), &q->qualifier))
        q->qualifier = SK_Q_EXACT;
    q->has_low = sk_decimal_parse(sk_entry_get(e, "low"), &q->low);
    q->has_high = sk_decimal_parse(sk_entry_get(e, "high"), &q->high);
    sk_str bounds = sk_entry_get(e, "bounds");
    q->is_approximate = has_word(bounds, "approximate");
    q->is_open_above = has_word(bounds, "open-above");
    q->is_strict = has_word(bounds, "strict");
    q->unit = sk_entry_get(e, "unit");
    c->measure = sk_entry_get(e, "measure");
}

static void read_labels(sk_ctx *cx, const sk_entry *e, sk_claim *c)
{
    sk_str value;
    sk_str *labels = NULL;
    size_t n = 0, cap = 0;
    for (size_t at = 0; sk_entry_next(e, "restrict", &at, &value);) {
        SK_GROW(&cx->arena, labels, n, cap);
        labels[n++] = value;
    }
    c->restrict_labels = labels;
    c->n_restrict = n;
}

sk_rc sk_claim_from_entry(sk_ctx *cx, const sk_entry *e, sk_claim *ret_claim)
{
    sk_claim c = {.id = e->id, .at = e->at, .by = e->by};
    sk_str property = sk_entry_get(e, "property");
    c.entity = sk_entry_get(e, "entity");
    if (!c.entity.n || !sk_str_cut(&property, ':', &c.type) || !c.type.n || !property.n)
        return sk_fail(cx, SK_E_FORMAT, "claim has no entity or no property \"Type:name\"");
    c.prop = property;
    if (!sk_position_find(sk_entry_get(e, "position"), &c.position))
        return sk_fail(cx, SK_E_FORMAT, "claim has no known position, it has \"%.*s\"",
                       SK_P(sk_entry_get(e, "position")));
    const sk_type *type = sk_model_find_type(sk_model_get(), c.type);
    const sk_prop *prop = type ? sk_type_find_prop(type, c.prop) : NULL;
    c.kind = prop ? prop->type : SK_VALUE_TEXT;
    c.value = sk_entry_get(e, "value");
    c.words = sk_entry_get(e, "words");
    if (!sk_absent_parse(sk_entry_get(e, "absent"), &c.absent))
        c.absent = SK_PRESENT;
    if (c.absent == SK_PRESENT && (c.kind == SK_VALUE_QUANTITY || c.kind == SK_VALUE_MONEY))
        read_quantity(e, &c);
    c.measure = sk_entry_get(e, "measure");
    c.carrier = sk_entry_get(e, "carrier");
    c.said = sk_entry_get(e, "said");
    c.asof = sk_entry_get(e, "asof");
    c.valid = sk_entry_get(e, "valid");
    c.used_falsely = sk_str_is(sk_entry_get(e, "used-falsely"), "yes");
    c.lang = sk_entry_get(e, "lang");
    c.reference = sk_entry_get(e, "reference");
    c.note = sk_entry_get(e, "note");
    c.has_supersedes = sk_hash_parse(sk_entry_get(e, "supersedes"), &c.supersedes);
    sk_str coded = sk_entry_get(e, "coded-in"), hex;
    c.is_coded = sk_str_cut(&coded, ' ', &hex) && sk_hash_parse(hex, &c.coded_in) && coded.n;
    c.coded_place = c.is_coded ? coded : SK_NONE;
    c.has_suggestion = sk_hash_parse(sk_entry_get(e, "suggestion"), &c.suggestion);
    c.rule = sk_entry_get(e, "rule");
    c.lexicon = sk_entry_get(e, "lexicon");
    c.reviewer = sk_entry_get(e, "reviewer");
    c.is_edited = sk_str_is(sk_entry_get(e, "edited"), "yes");
    read_chain(cx, e, &c);
    read_passages(cx, e, &c);
    read_labels(cx, e, &c);
    *ret_claim = c;
    return SK_OK;
}

sk_str sk_claim_value_text(sk_arena *a, const sk_claim *c)
{
    if (c->absent != SK_PRESENT)
        return sk_absent_words(c->absent, SK_LANG_EN);
    if (c->kind == SK_VALUE_QUANTITY || c->kind == SK_VALUE_MONEY)
        return sk_quantity_format(a, &c->quantity, SK_LANG_EN);
    return c->words.n ? c->words : c->value;
}
