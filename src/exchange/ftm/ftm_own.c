#include "exchange/ftm/ftm_own.h"

#include "exchange/claims/claims_text.h"

static const sk_str names[SK_FTM_OWNS] = {
    [SK_FTM_OWN_PROPERTY] = SK_S("property"),
    [SK_FTM_OWN_EDTF] = SK_S("edtf"),
    [SK_FTM_OWN_POSITION] = SK_S("position"),
    [SK_FTM_OWN_CLAIMANT] = SK_S("claimant"),
    [SK_FTM_OWN_CARRIER] = SK_S("carrier"),
    [SK_FTM_OWN_SAID] = SK_S("said"),
    [SK_FTM_OWN_ASOF] = SK_S("asof"),
    [SK_FTM_OWN_VALID] = SK_S("valid"),
    [SK_FTM_OWN_EXHIBIT] = SK_S("exhibit"),
    [SK_FTM_OWN_PASSAGE] = SK_S("passage"),
    [SK_FTM_OWN_QUOTE] = SK_S("quote"),
    [SK_FTM_OWN_WORDS] = SK_S("words"),
    [SK_FTM_OWN_LOW] = SK_S("low"),
    [SK_FTM_OWN_HIGH] = SK_S("high"),
    [SK_FTM_OWN_QUALIFIER] = SK_S("qualifier"),
    [SK_FTM_OWN_BOUNDS] = SK_S("bounds"),
    [SK_FTM_OWN_UNIT] = SK_S("unit"),
    [SK_FTM_OWN_MEASURE] = SK_S("measure"),
    [SK_FTM_OWN_LANGUAGE] = SK_S("language"),
    [SK_FTM_OWN_REFERENCE] = SK_S("reference"),
    [SK_FTM_OWN_NOTE] = SK_S("note"),
    [SK_FTM_OWN_CLAIM] = SK_S("claim"),
};

sk_str sk_ftm_own_name(sk_ftm_own own)
{
    sk_assert((unsigned)own < SK_FTM_OWNS);
    return names[own];
}

sk_ftm_own sk_ftm_own_find(sk_str name)
{
    unsigned i = 0;
    while (i < SK_FTM_OWNS && !sk_str_eq(names[i], name))
        i++;
    return (sk_ftm_own)i;
}

static const sk_str position_marks[SK_POSITIONS] = {
    [SK_CLAIM_ASSERTS] = SK_S(""),
    [SK_CLAIM_DENIES] = SK_S("denied:"),
    [SK_CLAIM_PREDICTS] = SK_S("predicted:"),
    [SK_CLAIM_DOUBTS] = SK_S("doubted:"),
    [SK_CLAIM_RETRACTS] = SK_S("retracted:"),
};
static const sk_str ours = SK_S("sillok:"), falsely = SK_S("used-falsely:"),
                    absent = SK_S("absent:");

static bool is_quantity(const sk_claim *c)
{
    return c->absent == SK_PRESENT && (c->kind == SK_VALUE_QUANTITY || c->kind == SK_VALUE_MONEY);
}

/* ---- writing ---- */

static sk_str joined(sk_arena *a, const sk_str *pieces, size_t n)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += pieces[i].n;
    char *p = sk_alloc(a, total + 1), *to = p;
    for (size_t i = 0; i < n; i++)
        if (pieces[i].n) {
            memcpy(to, pieces[i].p, pieces[i].n);
            to += pieces[i].n;
        }
    return (sk_str){p, total};
}

sk_str sk_ftm_own_prop(sk_arena *a, const sk_claim *c)
{
    sk_str pieces[] = {ours, position_marks[c->position], c->used_falsely ? falsely : SK_NONE,
                       c->absent != SK_PRESENT ? absent : SK_NONE, c->prop};
    return joined(a, pieces, SK_COUNT(pieces));
}

sk_str sk_ftm_own_value(sk_arena *a, const sk_claim *c)
{
    if (c->absent != SK_PRESENT)
        return sk_absent_name(c->absent);
    return is_quantity(c) ? sk_quantity_format(a, &c->quantity, SK_LANG_EN) : c->value;
}

/* "span 120-164", "span 120-164, page 3", "row 12"; a place that looks like a span gets ", ". */
static sk_str place_text(sk_arena *a, const sk_passage *p)
{
    bool seems = sk_str_starts(p->place, SK_S("span ")) || sk_str_starts(p->place, SK_S(", "));
    if (!p->has_span)
        return seems ? sk_fmt(a, ", %.*s", SK_P(p->place)) : p->place;
    return sk_fmt(a, "span %zu-%zu%s%.*s", p->start, p->end, p->place.n ? ", " : "",
                  SK_P(p->place));
}

static sk_str part_of(sk_arena *a, const sk_passage *p, sk_ftm_own own)
{
    return own == SK_FTM_OWN_EXHIBIT   ? sk_hash_hex(a, &p->exhibit)
           : own == SK_FTM_OWN_PASSAGE ? place_text(a, p)
                                       : p->quote;
}

/* One part of every passage, joined as a list. */
static sk_str passages_text(sk_arena *a, const sk_claim *c, sk_ftm_own own)
{
    if (c->n_passages == 1)
        return sk_list_escape(a, part_of(a, c->passages, own), '|');
    sk_str text = SK_S("");
    for (size_t i = 0; i < c->n_passages; i++)
        text = sk_fmt(a, "%.*s%s%.*s", SK_P(text), i ? " | " : "",
                      SK_P(sk_list_escape(a, part_of(a, &c->passages[i], own), '|')));
    return text;
}

static void write_quantity(sk_arena *a, const sk_claim *c, sk_str *cells)
{
    const sk_quantity *q = &c->quantity;
    if (q->has_low)
        cells[SK_FTM_OWN_LOW] = sk_decimal_text(a, q->low, false);
    if (q->has_high)
        cells[SK_FTM_OWN_HIGH] = sk_decimal_text(a, q->high, false);
    cells[SK_FTM_OWN_QUALIFIER] = sk_qualifier_name(q->qualifier);
    if (q->is_approximate || q->is_open_above || q->is_strict)
        cells[SK_FTM_OWN_BOUNDS] = sk_str_trim(
            sk_fmt(a, "%s%s%s", q->is_approximate ? "approximate " : "",
                   q->is_open_above ? "open-above " : "", q->is_strict ? "strict" : ""));
    cells[SK_FTM_OWN_UNIT] = q->unit;
}

void sk_ftm_own_write(sk_arena *a, const sk_claim *c, sk_str ret_cells[SK_FTM_OWNS])
{
    sk_str *cells = ret_cells;
    memset(cells, 0, SK_FTM_OWNS * sizeof *cells);
    cells[SK_FTM_OWN_PROPERTY] = joined(a, (sk_str[]){c->type, SK_S(":"), c->prop}, 3);
    if (c->kind == SK_VALUE_DATE)
        cells[SK_FTM_OWN_EDTF] = c->value;
    cells[SK_FTM_OWN_POSITION] = sk_str_of(sk_position_name(c->position));
    cells[SK_FTM_OWN_CLAIMANT] = sk_chain_format(a, c->chain, c->n_chain);
    cells[SK_FTM_OWN_CARRIER] = c->carrier;
    cells[SK_FTM_OWN_SAID] = c->said;
    cells[SK_FTM_OWN_ASOF] = c->asof;
    cells[SK_FTM_OWN_VALID] = c->valid;
    cells[SK_FTM_OWN_EXHIBIT] = passages_text(a, c, SK_FTM_OWN_EXHIBIT);
    cells[SK_FTM_OWN_PASSAGE] = passages_text(a, c, SK_FTM_OWN_PASSAGE);
    cells[SK_FTM_OWN_QUOTE] = passages_text(a, c, SK_FTM_OWN_QUOTE);
    cells[SK_FTM_OWN_WORDS] = c->words;
    if (is_quantity(c))
        write_quantity(a, c, cells);
    cells[SK_FTM_OWN_MEASURE] = c->measure;
    cells[SK_FTM_OWN_LANGUAGE] = c->lang;
    cells[SK_FTM_OWN_REFERENCE] = c->reference;
    cells[SK_FTM_OWN_NOTE] = c->note;
    cells[SK_FTM_OWN_CLAIM] = sk_hash_hex(a, &c->id);
}

/* ---- reading ---- */

static bool take(sk_str *rest, sk_str head)
{
    if (!head.n || !sk_str_starts(*rest, head))
        return false;
    *rest = sk_str_sub(*rest, head.n, rest->n);
    return true;
}

bool sk_ftm_own_marks(sk_str prop, sk_claim *c, bool *ret_is_absent, sk_str *ret_name)
{
    if (!take(&prop, ours))
        return false;
    for (unsigned p = 0; p < SK_POSITIONS; p++)
        if (take(&prop, position_marks[p])) {
            c->position = (sk_position)p;
            break;
        }
    c->used_falsely = take(&prop, falsely);
    *ret_is_absent = take(&prop, absent);
    *ret_name = prop;
    return true;
}

static sk_rc odd_cell(sk_ctx *cx, sk_ftm_own own, sk_str value, const char *how)
{
    return sk_fail(cx, SK_E_FORMAT, "%s \"%.*s\": %s", names[own].p, SK_P(value), how);
}

static bool read_span(sk_str *rest, sk_passage *p)
{
    sk_str span, first;
    uint64_t start, end;
    if (!take(rest, SK_S("span ")) || !sk_str_cut(rest, ',', &span) ||
        !sk_str_cut(&span, '-', &first) || !sk_str_to_u64(first, &start) ||
        !sk_str_to_u64(span, &end) || end < start)
        return false;
    take(rest, SK_S(" "));
    *p = (sk_passage){.has_span = true, .start = start, .end = end};
    return true;
}

static sk_rc read_passages(sk_ctx *cx, const sk_str *cells, sk_claim *c)
{
    static const sk_ftm_own parts[] = {SK_FTM_OWN_EXHIBIT, SK_FTM_OWN_PASSAGE, SK_FTM_OWN_QUOTE};
    const sk_str *items[3];
    size_t n[3];
    if (!cells[SK_FTM_OWN_EXHIBIT].n)
        return SK_OK;
    for (int k = 0; k < 3; k++)
        sk_list_split_exact(&cx->arena, cells[parts[k]], '|', &items[k], &n[k]);
    if (n[0] > SK_LIM_CLAIM_PASSAGES)
        return sk_fail(cx, SK_E_LIMIT, "%zu passages, the most is %d", n[0], SK_LIM_CLAIM_PASSAGES);
    sk_passage *list = sk_new_array(&cx->arena, sk_passage, n[0]);
    for (int k = 1; k < 3; k++)
        if (n[k] != n[0] && cells[parts[k]].n)
            return odd_cell(cx, parts[k], cells[parts[k]], "not as many as there are exhibits");
    for (size_t i = 0; i < n[0]; i++) {
        sk_str place = n[1] == n[0] ? items[1][i] : SK_NONE;
        if (sk_str_starts(place, SK_S("span ")) && !read_span(&place, &list[i]))
            return odd_cell(cx, SK_FTM_OWN_PASSAGE, place, "a span is written: span 120-164");
        if (!list[i].has_span)
            take(&place, SK_S(", "));
        list[i].place = place;
        list[i].quote = n[2] == n[0] ? items[2][i] : SK_NONE;
        if (!sk_hash_parse(items[0][i], &list[i].exhibit))
            return odd_cell(cx, SK_FTM_OWN_EXHIBIT, items[0][i], "a SHA-256 has 64 digits");
    }
    c->passages = list;
    c->n_passages = n[0];
    return SK_OK;
}

static sk_rc read_quantity(sk_ctx *cx, const sk_str *cells, sk_claim *c)
{
    sk_quantity *q = &c->quantity;
    sk_str bounds = cells[SK_FTM_OWN_BOUNDS], mark;
    if (!sk_qualifier_parse(cells[SK_FTM_OWN_QUALIFIER], &q->qualifier))
        return odd_cell(cx, SK_FTM_OWN_QUALIFIER, cells[SK_FTM_OWN_QUALIFIER], "no qualifier");
    q->has_low = cells[SK_FTM_OWN_LOW].n > 0;
    q->has_high = cells[SK_FTM_OWN_HIGH].n > 0;
    if (q->has_low && !sk_decimal_parse(cells[SK_FTM_OWN_LOW], &q->low))
        return odd_cell(cx, SK_FTM_OWN_LOW, cells[SK_FTM_OWN_LOW], "not a number");
    if (q->has_high && !sk_decimal_parse(cells[SK_FTM_OWN_HIGH], &q->high))
        return odd_cell(cx, SK_FTM_OWN_HIGH, cells[SK_FTM_OWN_HIGH], "not a number");
    while (bounds.n && sk_str_cut(&bounds, ' ', &mark)) {
        q->is_approximate |= sk_str_is(mark, "approximate");
        q->is_open_above |= sk_str_is(mark, "open-above");
        q->is_strict |= sk_str_is(mark, "strict");
    }
    q->unit = cells[SK_FTM_OWN_UNIT];
    return SK_OK;
}

static sk_rc read_value(sk_ctx *cx, bool is_absent, sk_str value, const sk_str *cells, sk_claim *c)
{
    if (is_absent && !sk_absent_parse(value, &c->absent))
        return sk_fail(cx, SK_E_FORMAT,
                       "value \"%.*s\": what is absent is unknown, not-asked, withheld or "
                       "not-applicable",
                       SK_P(value));
    if (is_absent)
        return SK_OK;
    if (cells[SK_FTM_OWN_QUALIFIER].n)
        return read_quantity(cx, cells, c);
    c->value = cells[SK_FTM_OWN_EDTF].n ? cells[SK_FTM_OWN_EDTF] : value;
    return SK_OK;
}

sk_rc sk_ftm_own_read(sk_ctx *cx, sk_str prop, sk_str value, const sk_str cells[SK_FTM_OWNS],
                      sk_claim *ret_claim)
{
    sk_claim c = {.words = cells[SK_FTM_OWN_WORDS],
                  .measure = cells[SK_FTM_OWN_MEASURE],
                  .carrier = cells[SK_FTM_OWN_CARRIER],
                  .said = cells[SK_FTM_OWN_SAID],
                  .asof = cells[SK_FTM_OWN_ASOF],
                  .valid = cells[SK_FTM_OWN_VALID],
                  .lang = cells[SK_FTM_OWN_LANGUAGE],
                  .reference = cells[SK_FTM_OWN_REFERENCE],
                  .note = cells[SK_FTM_OWN_NOTE]};
    bool is_absent = false;
    sk_str type_prop = cells[SK_FTM_OWN_PROPERTY], position = cells[SK_FTM_OWN_POSITION];
    sk_ftm_own_marks(prop, &c, &is_absent, &c.prop);
    if (type_prop.n && (!sk_str_cut(&type_prop, ':', &c.type) || !type_prop.n))
        return odd_cell(cx, SK_FTM_OWN_PROPERTY, cells[SK_FTM_OWN_PROPERTY],
                        "expected a type and a property: Person:name");
    if (type_prop.n)
        c.prop = type_prop;
    if (position.n && !sk_position_find(position, &c.position))
        return odd_cell(cx, SK_FTM_OWN_POSITION, position,
                        "a position is asserts, denies, predicts, doubts or retracts");
    if (cells[SK_FTM_OWN_CLAIMANT].n)
        sk_list_split(&cx->arena, cells[SK_FTM_OWN_CLAIMANT], '>', &c.chain, &c.n_chain);
    SK_TRY(read_passages(cx, cells, &c));
    SK_TRY(read_value(cx, is_absent, value, cells, &c));
    *ret_claim = c;
    return SK_OK;
}
