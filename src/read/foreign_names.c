/* Names and groups of the other languages, with the particle or sign that says what each one does. */
#include "read/foreign.h"

static bool follows(const sk_reader *x, uint32_t i, const char *const *words, size_t n)
{
    if (i >= x->range.end || (x->lang == SK_READ_KO && !x->items[i].t.glued))
        return false;
    for (size_t k = 0; k < n; k++)
        if (sk_foreign_at(x, i, words[k]))
            return true;
    return false;
}

/* Past what counts the group: "탈북 여성 최소 17명을", "日本人17人を". */
static uint32_t behind_count(const sk_reader *x, uint32_t i)
{
    static const char *const counters[] = {"명", "여", "인", "人", "名", "余", "ら", "들", "たち"};
    uint32_t from = i;
    while (i < x->range.end && i < from + 8) {
        bool counts =
            x->items[i].t.shape == SK_SHAPE_NUMBER || x->items[i].m[SK_LAYER_QUALIFY] >= 0;
        for (size_t k = 0; k < SK_COUNT(counters); k++)
            counts |= sk_foreign_at(x, i, counters[k]);
        if (!counts)
            break;
        i++;
    }
    return i;
}

static sk_case korean_case(const sk_reader *x, uint32_t i)
{
    i = behind_count(x, i);
    static const char *const agent[] = {"에게", "한테", "에 의해", "으로부터", "로부터"};
    static const char *const place[] = {"에서", "내에서", "으로", "로"};
    static const char *const owner[] = {"의"};
    static const char *const object[] = {"을", "를", "들을"};
    static const char *const subject[] = {"이", "가", "은", "는", "께서", "들이", "들은", "들에게"};
    if (follows(x, i, agent, SK_COUNT(agent)))
        return SK_CASE_AGENT;
    if (follows(x, i, place, SK_COUNT(place)))
        return SK_CASE_PLACE;
    if (follows(x, i, owner, SK_COUNT(owner)))
        return SK_CASE_OWNER;
    if (follows(x, i, object, SK_COUNT(object)))
        return SK_CASE_OBJECT;
    return follows(x, i, subject, SK_COUNT(subject)) ? SK_CASE_SUBJECT : SK_CASE_NONE;
}

static sk_case japanese_case(const sk_reader *x, uint32_t i)
{
    static const struct {
        const char *words;
        sk_case is;
    } particles[] = {
        {"によって", SK_CASE_AGENT}, {"により", SK_CASE_AGENT}, {"では", SK_CASE_PLACE},
        {"から", SK_CASE_AGENT},     {"に", SK_CASE_AGENT},     {"で", SK_CASE_PLACE},
        {"を", SK_CASE_OBJECT},      {"らを", SK_CASE_OBJECT},  {"は", SK_CASE_SUBJECT},
        {"が", SK_CASE_SUBJECT},     {"らが", SK_CASE_SUBJECT}, {"も", SK_CASE_SUBJECT},
        {"の", SK_CASE_OWNER}};
    i = behind_count(x, i);
    for (size_t k = 0; k < SK_COUNT(particles); k++)
        if (sk_foreign_at(x, i, particles[k].words))
            return particles[k].is;
    return SK_CASE_NONE;
}

/* Chinese says it in front: 被 X, 把 X, 在 X; the rest is word order. */
static sk_case chinese_case(const sk_reader *x, uint32_t first, uint32_t end)
{
    if (first > x->range.first) {
        static const struct {
            const char *words;
            sk_case is;
        } signs[] = {{"被", SK_CASE_AGENT},  {"遭", SK_CASE_AGENT},  {"由", SK_CASE_AGENT},
                     {"把", SK_CASE_OBJECT}, {"将", SK_CASE_OBJECT}, {"对", SK_CASE_OBJECT},
                     {"在", SK_CASE_PLACE}};
        for (size_t k = 0; k < SK_COUNT(signs); k++)
            if (sk_foreign_at(x, first - 1, signs[k].words))
                return signs[k].is;
    }
    return sk_foreign_at(x, end, "的") ? SK_CASE_OWNER : SK_CASE_NONE;
}

static sk_case russian_case(const sk_reader *x, uint32_t first)
{
    bool in = first > x->range.first &&
              (sk_item_is(x, (int64_t)first - 1, "в") || sk_item_is(x, (int64_t)first - 1, "на") ||
               sk_item_is(x, (int64_t)first - 1, "во"));
    return in ? SK_CASE_PLACE : SK_CASE_NONE;
}

static sk_case case_of(const sk_reader *x, uint32_t first, uint32_t end)
{
    switch (x->lang) {
    case SK_READ_KO:
        return korean_case(x, end);
    case SK_READ_JA:
        return japanese_case(x, end);
    case SK_READ_ZH:
        return chinese_case(x, first, end);
    default:
        return russian_case(x, first);
    }
}

static void add(sk_foreign *f, uint32_t first, uint32_t end, int32_t entity, sk_level level,
                sk_rule_id rule)
{
    sk_reader *x = f->x;
    if (entity < 0 || f->n >= SK_MOST_PARTIES)
        return;
    sk_mention_add(x, sk_span_of(x, first, end), entity, level, sk_rule_get(rule));
    f->parties[f->n++] =
        (sk_party){first, end, entity, x->r->entities[entity].attrs, case_of(x, first, end)};
}

static int32_t named(sk_reader *x, const char *type, sk_str name, uint64_t attrs)
{
    const void *known = sk_strmap_get(&x->names, name);
    if (known)
        return (int32_t)(intptr_t)known - 1;
    int32_t entity = sk_entity_new(x, type, name, SK_NONE, attrs);
    if (entity >= 0)
        sk_strmap_put(&x->names, x->a, name, (const void *)(intptr_t)(entity + 1));
    return entity;
}

static bool is_particle(const sk_reader *x, uint32_t i)
{
    static const char *const words[] = {"は", "が", "を", "に", "の", "と", "で", "も", "へ", "た"};
    for (size_t k = 0; k < SK_COUNT(words); k++)
        if (sk_foreign_at(x, i, words[k]))
            return true;
    return false;
}

/* A person by the title behind the name: 윤석열 대통령, 岸田首相, 王毅外长. */
static void name_before_title(sk_foreign *f, const sk_match *m)
{
    sk_reader *x = f->x;
    uint32_t first = m->first;
    enum { MOST_NAME = 6 };
    while (first > x->range.first && m->first - first < MOST_NAME) {
        const sk_item *i = &x->items[first - 1];
        bool fits = x->lang == SK_READ_KO
                        ? i->t.shape == SK_SHAPE_HANGUL
                        : i->t.shape == SK_SHAPE_HAN ||
                              (x->lang == SK_READ_JA && i->t.shape == SK_SHAPE_KANA &&
                               !is_particle(x, first - 1));
        if (!fits || i->m[SK_LAYER_NAME] >= 0 || i->m[SK_LAYER_ROLE] >= 0 ||
            i->m[SK_LAYER_CUE] >= 0 || i->m[SK_LAYER_ACT] >= 0)
            break;
        first--;
        if (x->lang == SK_READ_KO && !x->items[first].t.glued)
            break;
    }
    uint32_t n = m->first - first;
    if (n < 2 || n > (x->lang == SK_READ_JA ? 6 : 4) ||
        (x->lang == SK_READ_KO && x->items[first].t.glued))
        return;
    sk_span span = sk_span_of(x, first, m->first);
    add(f, first, m->first,
        named(x, "person", sk_span_text(x, span), SK_ATTR(PERSON) | SK_ATTR(SOURCE)), SK_LEVEL_NAME,
        SK_RULE_NAME_FULL);
    if (f->n)
        f->parties[f->n - 1].is = case_of(x, m->first, m->first + m->n);
}

/* Two or three Russian words with large letters, which no list has. */
static uint32_t russian_name(sk_foreign *f, uint32_t i)
{
    sk_reader *x = f->x;
    uint32_t end = i;
    while (end < x->range.end && end - i < 3 && x->items[end].t.shape == SK_SHAPE_CAPITAL &&
           x->items[end].t.is_cyrillic && x->items[end].m[SK_LAYER_NAME] < 0 &&
           x->items[end].m[SK_LAYER_ROLE] < 0 && !(end > i && x->items[end].t.breaks))
        end++;
    if (end - i < 2 || (i == x->range.first && x->items[i].m[SK_LAYER_CUE] >= 0))
        return i;
    sk_str name = sk_span_text(x, sk_span_of(x, i, end));
    add(f, i, end, named(x, "person", name, SK_ATTR(PERSON) | SK_ATTR(SOURCE)), SK_LEVEL_NAME,
        SK_RULE_NAME_FULL);
    return end;
}

static const char *group_type(uint64_t attrs)
{
    return attrs & SK_ATTR(GOVT)     ? "government"
           : attrs & SK_ATTR(VICTIM) ? "victim_group"
           : attrs & SK_ATTR(FORCES) ? "armed_group"
           : attrs & SK_ATTR(SOURCE) ? "source_group"
                                     : "group";
}

void sk_foreign_names(sk_foreign *f)
{
    sk_reader *x = f->x;
    const uint64_t wanted = SK_ATTR(PERSON) | SK_ATTR(GROUP) | SK_ATTR(GOVT) | SK_ATTR(VICTIM) |
                            SK_ATTR(ORGN) | SK_ATTR(SOURCE);
    for (uint32_t i = x->range.first; i < x->range.end;) {
        const sk_match *m = sk_match_at(x, SK_LAYER_NAME, i);
        uint32_t end = i + 1;
        if (m && m->first == i) {
            end = m->first + m->n;
            if (m->senses[0].level != SK_LEVEL_ALIAS || x->by_entry[m->senses[0].entry] >= 0)
                add(f, i, end, sk_entity_listed(x, m->senses[0].entry),
                    (sk_level)m->senses[0].level, SK_RULE_NAME_LISTED);
        } else if ((m = sk_match_at(x, SK_LAYER_ROLE, i)) && m->first == i) {
            const sk_lex_entry *e = sk_match_entry(x, m);
            end = m->first + m->n;
            if (!strcmp(sk_entry_id(x, e), "narrator"))
                add(f, i, end - 1,
                    x->narrator >= 0
                        ? x->narrator
                        : (x->narrator = named(x, "person", SK_S("the narrator"), e->attrs)),
                    SK_LEVEL_PRONOUN, SK_RULE_NAME_PRONOUN);
            else if (e->kind == SK_LEX_OFFICE)
                name_before_title(f, m);
            else if (e->attrs & wanted)
                add(f, i, end,
                    named(x, group_type(e->attrs), sk_span_text(x, sk_span_of(x, i, end)),
                          e->attrs),
                    SK_LEVEL_NOMINAL, SK_RULE_NAME_NOMINAL);
        } else if (x->lang == SK_READ_RU) {
            uint32_t behind = russian_name(f, i);
            end = behind > i ? behind : end;
        }
        i = end;
    }
}
