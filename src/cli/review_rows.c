/* A suggestion in plain words: who did what to whom, when, where, how many, says whom. */
#include "cli/review.h"

#include "cli/print.h"
#include "exchange/claims/claims_text.h"
#include "tell/tell.h"

typedef struct rows {
    sk_app *app;
    const sk_suggestion *s;
    sk_row *list;
    size_t n, cap;
    bool with_open;
} rows;

/* What a slot of an act answers, in the order of the sentence "who did what to whom". */
static const struct {
    const char *prop, *label;
    sk_mark_role role;
    bool is_usual; /* a form offers it when it is open */
} slots[] = {
    {"act", "did", SK_MARK_ACT, true},
    {"perpetrator", "who", SK_MARK_WHO, true},
    {"victim", "to whom", SK_MARK_WHOM, true},
    {"date", "when", SK_MARK_WHEN, true},
    {"location", "where", SK_MARK_WHERE, true},
    {"place", "where", SK_MARK_WHERE, false},
    {"count", "how many", SK_MARK_COUNT, true},
    {"cargo", "of what", SK_MARK_OTHER, false},
    {"method", "how", SK_MARK_OTHER, false},
    {"name", "name", SK_MARK_OTHER, false},
    {"statement", "calls for", SK_MARK_OTHER, false},
};

static sk_str label_of(sk_str type, sk_str prop, sk_mark_role *ret_role)
{
    for (size_t i = 0; i < SK_COUNT(slots); i++)
        if (sk_str_is(prop, slots[i].prop)) {
            *ret_role = slots[i].role;
            return sk_str_of(slots[i].label);
        }
    sk_claim c = {.type = type, .prop = prop};
    *ret_role = SK_MARK_OTHER;
    return sk_tell_property(&c, SK_LANG_EN);
}

static sk_str type_label(sk_str type)
{
    const sk_type *t = sk_model_find_type(sk_model_get(), type);
    return t ? t->label : type;
}

/* ---- values ---- */

/* What entity a name stands for, in one remark. */
static sk_str party_remark(sk_app *app, const sk_party *p)
{
    sk_arena *a = &app->cx.arena;
    if (p->n_bearers > 1)
        return sk_fmt(a, "%zu of the record bear this name: e picks one", p->n_bearers);
    if (p->is_exhibit)
        return SK_S("the document itself");
    if (!p->is_new)
        return p->key.n ? sk_fmt(a, "@%.*s", SK_P(p->key)) : SK_S("");
    if (!p->type.n)
        return SK_S("");
    return sk_fmt(a, "new: %.*s%s", SK_P(type_label(p->type)),
                  p->is_name ? "" : ", words for people");
}

static sk_str party_typed(sk_app *app, const sk_party *p)
{
    bool stands = p->key.n && !p->is_new && !p->is_exhibit;
    return stands ? sk_fmt(&app->cx.arena, "@%.*s", SK_P(p->key)) : p->name;
}

static sk_claim as_claim(const sk_proposal *p)
{
    return (sk_claim){.type = p->type,
                      .prop = p->prop,
                      .kind = p->kind,
                      .value = p->value,
                      .words = sk_str_eq(p->words, p->value) ? SK_NONE : p->words,
                      .quantity = p->quantity,
                      .measure = p->measure};
}

static sk_str value_shown(sk_app *app, const sk_proposal *p)
{
    if (p->kind == SK_VALUE_ENTITY)
        return p->party.name;
    sk_claim c = as_claim(p);
    return sk_tell_value(&app->cx, app->view, &c, SK_LANG_EN);
}

/* Words and value, where they differ: "last autumn", 2023-10. */
static sk_str value_remark(sk_app *app, const sk_proposal *p)
{
    sk_arena *a = &app->cx.arena;
    if (p->kind == SK_VALUE_ENTITY)
        return party_remark(app, &p->party);
    if (p->kind == SK_VALUE_TERM ||
        (p->kind == SK_VALUE_DATE && p->words.n && !sk_str_eq(p->words, p->value)))
        return p->value;
    return p->measure.n ? sk_fmt(a, "counted: %.*s", SK_P(p->measure)) : SK_S("");
}

static sk_str value_typed(sk_app *app, const sk_proposal *p)
{
    if (p->kind == SK_VALUE_ENTITY)
        return party_typed(app, &p->party);
    if (p->kind == SK_VALUE_QUANTITY || p->kind == SK_VALUE_MONEY)
        return p->words.n ? p->words : value_shown(app, p);
    return p->value.n ? p->value : p->words;
}

/* Who says it as it is entered: the exhibit only where it says it itself, for it stays the carrier. */
static sk_str chain_typed(sk_app *app, const sk_suggestion *s)
{
    sk_str *chain = sk_new_array(&app->cx.arena, sk_str, s->n_chain);
    size_t n = 0;
    for (size_t i = 0; i < s->n_chain; i++)
        if (i == 0 || !s->chain[i].is_exhibit)
            chain[n++] = sk_party_claimant(&app->cx, &s->chain[i]);
    return sk_chain_format(&app->cx.arena, chain, n);
}

/* Who says it, origin first, for people. */
sk_str sk_review_chain(sk_app *app, const sk_suggestion *s)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_VALUE_BYTES);
    for (size_t i = 0; i < s->n_chain; i++) {
        const sk_party *p = &s->chain[i];
        if (i)
            sk_buf_add(&b, SK_S(" > "));
        sk_buf_add(&b, p->is_exhibit ? SK_S("the document") : p->name);
    }
    sk_str chain = sk_str_copy(&app->cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return chain;
}

/* ---- rows ---- */

static sk_row *add(rows *rs, sk_row row)
{
    SK_GROW(&rs->app->cx.arena, rs->list, rs->n, rs->cap);
    rs->list[rs->n] = row;
    return &rs->list[rs->n++];
}

static void add_proposal(rows *rs, size_t i)
{
    const sk_proposal *p = &rs->s->proposals[i];
    sk_row row = {.what = SK_ROW_PROPOSAL,
                  .i = i,
                  .prop = p->prop,
                  .kind = p->kind,
                  .shown = value_shown(rs->app, p),
                  .remark = value_remark(rs->app, p),
                  .typed = value_typed(rs->app, p),
                  .start = p->start,
                  .end = p->end,
                  .is_candidate = p->is_candidate};
    row.label = label_of(p->type, p->prop, &row.role);
    if (p->is_candidate) {
        row.shown = sk_fmt(&rs->app->cx.arena, "perhaps %.*s", SK_P(row.shown));
        row.remark = SK_S("a guess from the text; not claimed unless you take it (e)");
    }
    add(rs, row);
}

static void add_open(rows *rs, sk_str type, const char *prop)
{
    const sk_type *t = sk_model_find_type(sk_model_get(), type);
    const sk_prop *p = t ? sk_type_find_prop(t, sk_str_of(prop)) : NULL;
    if (!p)
        return;
    sk_row row = {.what = SK_ROW_ADD, .prop = p->name, .kind = p->type};
    row.label = label_of(type, p->name, &row.role);
    add(rs, row);
}

/* The slots of an act in the order in which people ask, whatever order they were found in. */
static void add_act(rows *rs)
{
    const sk_suggestion *s = rs->s;
    for (size_t k = 0; k < SK_COUNT(slots); k++) {
        bool found = false;
        for (size_t i = 0; i < s->n_proposals; i++)
            if (sk_str_is(s->proposals[i].prop, slots[k].prop)) {
                add_proposal(rs, i);
                found = true;
            }
        if (!found && rs->with_open && slots[k].is_usual)
            add_open(rs, s->subject.type, slots[k].prop);
    }
    for (size_t i = 0; i < s->n_proposals; i++) {
        bool known = false;
        for (size_t k = 0; k < SK_COUNT(slots); k++)
            known = known || sk_str_is(s->proposals[i].prop, slots[k].prop);
        if (!known)
            add_proposal(rs, i);
    }
}

static void add_subject(rows *rs)
{
    const sk_suggestion *s = rs->s;
    add(rs, (sk_row){.what = SK_ROW_SUBJECT,
                     .kind = SK_VALUE_ENTITY,
                     .role = SK_MARK_OTHER,
                     .label = s->kind == SK_SUGGEST_NAME ? SK_S("name") : SK_S("of"),
                     .shown = s->subject.name,
                     .remark = party_remark(rs->app, &s->subject),
                     .typed = party_typed(rs->app, &s->subject),
                     .start = s->subject.start,
                     .end = s->subject.end});
}

static sk_str position_text(const rows *rs, sk_position p)
{
    bool is_act = !rs->s || rs->s->kind == SK_SUGGEST_ACT;
    switch (p) {
    case SK_CLAIM_ASSERTS:
        return is_act ? SK_S("asserts: it happened, as whoever says it has it") : SK_S("asserts");
    case SK_CLAIM_DENIES:
        return SK_S("denies: it is not so, as whoever says it has it");
    case SK_CLAIM_PREDICTS:
        return SK_S("predicts: expected or feared, never counted as happened");
    default:
        return sk_str_of(sk_position_name(p));
    }
}

static void add_saying(rows *rs, sk_position position, sk_str said)
{
    const sk_suggestion *s = rs->s;
    add(rs, (sk_row){.what = SK_ROW_CLAIMANT,
                     .role = SK_MARK_SAYS,
                     .label = SK_S("says"),
                     .shown = s ? sk_review_chain(rs->app, s) : SK_S("the document"),
                     .typed = s ? chain_typed(rs->app, s) : SK_S("")});
    add(rs, (sk_row){.what = SK_ROW_POSITION,
                     .role = SK_MARK_SENTENCE,
                     .label = SK_S("claim"),
                     .shown = position_text(rs, position),
                     .typed = sk_str_of(sk_position_name(position))});
    if (said.n || rs->with_open)
        add(rs, (sk_row){.what = SK_ROW_SAID,
                         .kind = SK_VALUE_DATE,
                         .role = SK_MARK_WHEN,
                         .label = SK_S("said on"),
                         .shown = said,
                         .typed = said});
    if (rs->with_open)
        add(rs, (sk_row){.what = SK_ROW_NOTE, .role = SK_MARK_SENTENCE, .label = SK_S("note")});
}

/* A name as its own bearer's. */
static bool names_subject(const sk_suggestion *s, size_t i)
{
    return sk_str_is(s->proposals[i].prop, "name") &&
           sk_str_eq(s->proposals[i].value, s->subject.name);
}

void sk_review_rows(sk_app *app, const sk_suggestion *s, bool with_open, sk_row **ret_rows,
                    size_t *ret_n)
{
    rows rs = {.app = app, .s = s, .with_open = with_open};
    if (s->kind == SK_SUGGEST_ACT) {
        add_act(&rs);
        if (!s->subject.is_new && s->subject.key.n)
            add_subject(&rs);
    } else {
        add_subject(&rs);
        for (size_t i = 0; i < s->n_proposals; i++)
            if (with_open || !names_subject(s, i)) /* once is enough to read */
                add_proposal(&rs, i);
    }
    add_saying(&rs, s->position, s->said);
    *ret_rows = rs.list;
    *ret_n = rs.n;
}

void sk_review_open_rows(sk_app *app, sk_str type, sk_row **ret_rows, size_t *ret_n)
{
    rows rs = {.app = app, .with_open = true};
    if (sk_str_is(type, "Act")) {
        for (size_t k = 0; k < SK_COUNT(slots); k++)
            if (slots[k].is_usual)
                add_open(&rs, type, slots[k].prop);
    } else {
        add(&rs, (sk_row){.what = SK_ROW_SUBJECT,
                          .kind = SK_VALUE_ENTITY,
                          .role = SK_MARK_OTHER,
                          .label = SK_S("of")});
        add_open(&rs, type, sk_str_is(type, "Population") ? "count" : "name");
    }
    add_saying(&rs, SK_CLAIM_ASSERTS, SK_NONE);
    *ret_rows = rs.list;
    *ret_n = rs.n;
}

/* ---- one line ---- */

static const sk_proposal *find_slot(const sk_suggestion *s, const char *prop)
{
    for (size_t i = 0; i < s->n_proposals; i++)
        if (!s->proposals[i].is_candidate && sk_str_is(s->proposals[i].prop, prop))
            return &s->proposals[i];
    return NULL;
}

sk_str sk_review_title(sk_app *app, const sk_suggestion *s)
{
    sk_arena *a = &app->cx.arena;
    switch (s->kind) {
    case SK_SUGGEST_ACT: {
        const sk_proposal *p = find_slot(s, "act");
        return p ? value_shown(app, p) : SK_S("act");
    }
    case SK_SUGGEST_NAME:
        return sk_fmt(a, "name of a %.*s", SK_P(type_label(s->subject.type)));
    case SK_SUGGEST_QUANTITY:
        return SK_S("figure");
    case SK_SUGGEST_STATEMENT:
        return SK_S("statement");
    default:
        return sk_str_of(sk_suggest_kind_name(s->kind));
    }
}

static void add_slots(sk_app *app, const sk_suggestion *s, const char *prop, const char *before,
                      sk_buf *b)
{
    for (size_t i = 0; i < s->n_proposals; i++) {
        const sk_proposal *p = &s->proposals[i];
        if (p->is_candidate || !sk_str_is(p->prop, prop))
            continue;
        sk_buf_add(b, sk_str_of(before));
        sk_buf_add(b, value_shown(app, p));
        before = ", ";
    }
}

sk_str sk_review_sentence(sk_app *app, const sk_suggestion *s)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_VALUE_BYTES);
    sk_buf_add(&b, sk_review_title(app, s));
    if (s->kind == SK_SUGGEST_ACT) {
        add_slots(app, s, "perpetrator", " by ", &b);
        add_slots(app, s, "victim", " of ", &b);
        add_slots(app, s, "count", ", ", &b);
        add_slots(app, s, "location", ", in ", &b);
        add_slots(app, s, "date", ", ", &b);
    } else {
        sk_buf_addf(&b, ": %.*s", SK_P(s->subject.name));
        for (size_t i = 0; i < s->n_proposals; i++) {
            sk_str value = value_shown(app, &s->proposals[i]);
            if (!sk_str_eq(value, s->subject.name))
                sk_buf_addf(&b, "%s%.*s", i ? ", " : " = ", SK_P(value));
        }
    }
    sk_str line = sk_str_copy(&app->cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return line;
}

sk_str sk_review_modality(sk_app *app, const sk_suggestion *s)
{
    static const struct {
        const char *name, *means;
    } words[] = {
        {"asserted", "the text itself says it"},
        {"reported", "somebody in the text says it"},
        {"alleged", "somebody is accused of it"},
        {"possible", "it may be so"},
        {"risk", "a risk, no act that happened"},
        {"threat", "a threat, no act that happened"},
        {"call", "somebody asks for it"},
        {"planned", "planned or tried"},
        {"negated", "it did not happen, or is denied"},
    };
    for (size_t i = 0; i < SK_COUNT(words); i++)
        if (sk_str_is(s->modality, words[i].name))
            return sk_fmt(&app->cx.arena, "%s: %s", words[i].name, words[i].means);
    return s->modality;
}

sk_str sk_review_rate(sk_app *app, sk_review *rv, sk_str rule)
{
    const sk_rule_stats *list;
    size_t n;
    sk_review_stats(rv, &list, &n);
    for (size_t i = 0; i < n; i++)
        if (sk_str_eq(list[i].rule, rule) && list[i].decided)
            return sk_fmt(&app->cx.arena, "%.0f %% of %llu kept", list[i].rate * 100,
                          (unsigned long long)list[i].decided);
    return SK_S("not judged yet");
}
