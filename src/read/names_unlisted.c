/* Names that no list has: runs of capital words, told apart by what stands in and around them.
 *
 * A run is a person when it begins with a given name, follows a title, or is a surname already met;
 * an organisation or a place when it ends in a word for one. Else its type is not known. */
#include "read/reading_private.h"

/* A family name that the text has given in full: the latest who bears it, and whether others do. */
typedef struct sk_person {
    int32_t entity;
    bool several;
} sk_person;

static bool is_capital(const sk_item *i)
{
    return i->t.shape == SK_SHAPE_CAPITAL || i->t.shape == SK_SHAPE_UPPER;
}

static bool is_free(const sk_reader *x, int64_t i)
{
    const sk_item *item = sk_item_at(x, i);
    return is_capital(item) && item->m[SK_LAYER_NAME] < 0 && !item->in_time;
}

static bool has_title_before(const sk_reader *x, int64_t i)
{
    if (sk_item_is(x, i - 1, "."))
        i--;
    const sk_match *m = sk_match_at(x, SK_LAYER_ROLE, i - 1);
    return m && (sk_match_entry(x, m)->kind == SK_LEX_OFFICE ||
                 (sk_match_entry(x, m)->attrs & SK_ATTR(PERSON) &&
                  m->senses[0].form == SK_FORM_SINGULAR));
}

/* Words with a large letter that belong to no name here: sentence openers, titles, months. */
static bool may_be_name(const sk_reader *x, int64_t i)
{
    const sk_item *item = sk_item_at(x, i);
    if (!is_free(x, i) || item->pos & SK_POS_NOTNAME || item->pos & SK_POS_TIMEWORD)
        return false;
    const sk_match *role = sk_match_at(x, SK_LAYER_ROLE, i);
    if (role && sk_match_entry(x, role)->kind == SK_LEX_OFFICE)
        return false;
    bool opens = i == x->range.first || sk_item_at(x, i - 1)->t.shape == SK_SHAPE_SIGN;
    if (item->pos & SK_POS_GIVENNAME)
        return true;
    if (opens && item->pos)
        return is_free(x, i + 1) && !(item->pos & (SK_POS_ADV | SK_POS_PREP | SK_POS_VERB));
    return !x->is_heading || !item->pos;
}

static bool is_particle(const sk_reader *x, int64_t i)
{
    static const char *const words[] = {"bin", "al", "de",  "van", "von", "der",
                                        "ibn", "da", "del", "la",  "el"};
    for (size_t k = 0; k < SK_COUNT(words); k++)
        if (sk_item_is(x, i, words[k]))
            return is_free(x, i + 1);
    return false;
}

static int64_t end_of_run(const sk_reader *x, int64_t i)
{
    int64_t end = i + 1;
    while (end < x->range.end) {
        bool initial = sk_item_is(x, end, ".") && sk_item_at(x, end)->t.glued &&
                       sk_item_at(x, end - 1)->t.to - sk_item_at(x, end - 1)->t.from == 1 &&
                       is_free(x, end + 1);
        bool hyphen = sk_item_is(x, end, "-") && sk_item_at(x, end)->t.glued &&
                      sk_item_at(x, end + 1)->t.glued &&
                      sk_token_is_word(&sk_item_at(x, end + 1)->t);
        if (initial || hyphen || is_particle(x, end)) {
            end += 2;
            continue;
        }
        if (!is_free(x, end) || sk_item_at(x, end)->pos & SK_POS_NOTNAME ||
            sk_item_at(x, end)->pos & SK_POS_TIMEWORD)
            break;
        end++;
    }
    return end;
}

/* "based" of "Geneva-based" is not part of the name; "ho" of "Min-ho" is: a short word of no class. */
static int64_t without_tail(const sk_reader *x, int64_t first, int64_t end)
{
    enum { SYLLABLE_BYTES = 5 };
    while (end - first > 2 && sk_item_is(x, end - 2, "-") && !is_capital(sk_item_at(x, end - 1))) {
        const sk_item *tail = sk_item_at(x, end - 1);
        bool small = !(tail->pos & ~(uint32_t)SK_POS_GIVENNAME) &&
                     tail->t.to - tail->t.from <= SYLLABLE_BYTES;
        if (small && end - first > 3 && is_capital(sk_item_at(x, end - 3)))
            break;
        end -= 2;
    }
    return end;
}

typedef enum sort { PERSON, ORGANISATION, PLACE, UNKNOWN } sort;

static bool ends_in(const sk_reader *x, int64_t first, int64_t end, const char *const *words,
                    size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sk_item_is(x, end - 1, words[i]) || sk_item_is(x, first, words[i]))
            return true;
    return false;
}

static sort sort_of(const sk_reader *x, int64_t first, int64_t end)
{
    static const char *const bodies[] = {
        "ministry",     "university", "institute",  "center",      "centre",  "commission",
        "committee",    "council",    "foundation", "association", "party",   "army",
        "court",        "group",      "agency",     "company",     "bank",    "organization",
        "organisation", "union",      "bureau",     "department",  "office",  "network",
        "alliance",     "front",      "movement",   "corps",       "brigade", "police",
        "force",        "forces",     "news",       "times",       "post",    "corporation",
        "inc",          "ltd",        "federation", "league",      "fund",    "project",
        "coalition",    "assembly",   "parliament", "academy",     "school",  "hospital",
        "church",       "guard",      "tribunal",   "society",     "program", "programme",
        "watch",        "initiative"};
    static const char *const places[] = {
        "river", "city",      "province", "county",  "island", "islands",  "prison",
        "camp",  "street",    "district", "village", "town",   "mountain", "lake",
        "sea",   "valley",    "region",   "state",   "port",   "airport",  "desert",
        "bay",   "peninsula", "square",   "strait",  "border"};
    if (end - first > 1 && ends_in(x, first, end, bodies, SK_COUNT(bodies)))
        return ORGANISATION;
    if (end - first > 1 && ends_in(x, first, end, places, SK_COUNT(places)))
        return PLACE;
    const sk_item *f = sk_item_at(x, first);
    if (has_title_before(x, first))
        return PERSON;
    if (end - first > 1 && f->pos & SK_POS_GIVENNAME)
        return PERSON;
    if (end - first > 1 && sk_item_at(x, end - 1)->pos & SK_POS_GIVENNAME && end - first <= 3)
        return PERSON;
    static const char *const of_what[] = {"village", "town",  "city",     "province",
                                          "region",  "state", "district", "island"};
    for (size_t i = 0; i < SK_COUNT(of_what); i++)
        if (sk_item_is(x, first - 1, "of") && sk_item_is(x, first - 2, of_what[i]))
            return PLACE;
    if (sk_item_is(x, first - 1, "in") || sk_item_is(x, first - 1, "near") ||
        sk_item_is(x, first - 1, "from"))
        return PLACE;
    return UNKNOWN;
}

/* A Korean or Chinese name has its family name first: Kim Jong Un, Xi Jinping. */
static bool family_first(const sk_reader *x, int64_t first, int64_t end)
{
    static const char *const names[] = {
        "kim",   "lee", "park", "choi", "jung", "kang",  "cho",  "yoon", "jang",
        "lim",   "han", "shin", "seo",  "kwon", "hwang", "ahn",  "song", "hong",
        "moon",  "ri",  "pak",  "paek", "xi",   "mao",   "deng", "li",   "wang",
        "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu",   "hu"};
    for (size_t i = 0; i < SK_COUNT(names) && end - first > 1; i++)
        if (sk_item_is(x, first, names[i]))
            return true;
    return false;
}

static int32_t person_by_family(sk_reader *x, sk_str family, bool *ret_several)
{
    const void *known = sk_strmap_get(&x->families, family);
    const sk_person *p = known ? &x->persons[(intptr_t)known - 1] : NULL;
    *ret_several = p && p->several;
    return p ? p->entity : SK_READ_NONE;
}

static void remember_family(sk_reader *x, int64_t first, int64_t end, int32_t entity)
{
    int64_t at = family_first(x, first, end) ? first : end - 1;
    sk_str family = sk_item_text(x, sk_item_at(x, at));
    const void *known = sk_strmap_get(&x->families, family);
    if (known) {
        sk_person *p = &x->persons[(intptr_t)known - 1];
        p->several |= p->entity != entity;
        p->entity = entity;
        return;
    }
    SK_GROW(x->a, x->persons, x->n_persons, x->cap_persons);
    x->persons[x->n_persons++] = (sk_person){.entity = entity};
    sk_strmap_put(&x->families, x->a, family, (const void *)(intptr_t)x->n_persons);
}

static void settle(sk_reader *x, int64_t first, int64_t end, int32_t entity, uint64_t attrs)
{
    int32_t k = sk_chunk_of(x, (uint32_t)first);
    if (k < 0)
        return;
    sk_chunk *c = &x->chunks[k];
    c->attrs |= attrs;
    if (c->end == (uint32_t)end) {
        c->entity = entity;
        c->head_attrs |= attrs;
    }
}

static int32_t known_name(sk_reader *x, sk_str name)
{
    return (int32_t)(intptr_t)sk_strmap_get(&x->names, name) - 1;
}

static int32_t new_name(sk_reader *x, sort kind, sk_str name, uint64_t attrs)
{
    static const char *const types[] = {"person", "organisation", "place", "name"};
    int32_t entity = sk_entity_new(x, types[kind], name, SK_NONE, attrs);
    if (entity >= 0)
        sk_strmap_put(&x->names, x->a, name, (const void *)(intptr_t)(entity + 1));
    return entity;
}

static void take_run(sk_reader *x, int64_t first, int64_t end)
{
    static const uint64_t attrs_of[] = {SK_ATTR(PERSON) | SK_ATTR(SOURCE),
                                        SK_ATTR(ORGN) | SK_ATTR(SOURCE), SK_ATTR(FACILITY),
                                        SK_ATTR(PERSON)};
    sk_span span = sk_span_of(x, (uint32_t)first, (uint32_t)end);
    sk_str name = sk_span_text(x, span);
    int32_t entity = known_name(x, name);
    sk_level level = SK_LEVEL_NAME;
    sk_rule_id rule = SK_RULE_NAME_FULL;
    sort kind = sort_of(x, first, end);
    bool several = false;
    if (entity < 0 && end - first == 1) {
        entity = person_by_family(x, name, &several);
        if (several) {
            sk_trap_add(x, "coreference", "two people of the text have this name", span);
            return;
        }
        level = entity >= 0 ? SK_LEVEL_SHORT : level;
        rule = entity >= 0 ? SK_RULE_NAME_SHORT : SK_RULE_NAME_UNKNOWN;
    }
    if (entity < 0 && x->is_heading && kind != PERSON)
        return; /* headlines write many words large */
    if (entity < 0) {
        entity = new_name(x, kind, name, attrs_of[kind]);
        if (entity >= 0 && kind == PERSON)
            remember_family(x, first, end, entity);
        if (kind != PERSON)
            rule = SK_RULE_NAME_UNKNOWN;
    }
    if (entity < 0)
        return;
    if (sk_str_is(x->r->entities[entity].type, "person"))
        x->last_person = x->last_he = x->last_she = entity;
    if (sk_str_is(x->r->entities[entity].type, "organisation"))
        x->last_org = entity;
    sk_mention_add(x, span, entity, level, sk_rule_get(rule));
    settle(x, first, end, entity, x->r->entities[entity].attrs);
}

/* "Information Minister Yemane Gebremeskel": the name begins behind the title. */
static int64_t behind_office(const sk_reader *x, int64_t first, int64_t end)
{
    for (int64_t i = end - 1; i >= first; i--) {
        const sk_match *m = sk_match_at(x, SK_LAYER_ROLE, i);
        bool surname = i == end - 1 && i > first && sk_item_at(x, first)->pos & SK_POS_GIVENNAME;
        if (m && sk_match_entry(x, m)->kind == SK_LEX_OFFICE &&
            !surname) /* Robert King is no king */
            return i + 1;
    }
    return first;
}

void sk_names_unlisted(sk_reader *x)
{
    for (int64_t i = x->range.first; i < x->range.end;) {
        if (!may_be_name(x, i)) {
            i++;
            continue;
        }
        int64_t end = end_of_run(x, i);
        int64_t cut = without_tail(x, i, end);
        int64_t office = behind_office(x, i, cut);
        if (office == cut) { /* a title alone */
            i = end;
            continue;
        }
        i = office;
        bool in_brackets =
            cut - i == 1 && sk_item_is(x, i - 1, "(") && sk_item_is(x, cut, ")") &&
            sk_item_at(x, i)->t.shape == SK_SHAPE_UPPER; /* introduced as an acronym */
        if (!in_brackets && !(cut - i == 1 && x->items[i].t.to - x->items[i].t.from == 1))
            take_run(x, i, cut);
        i = end;
    }
}
