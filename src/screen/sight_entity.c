/* An entity of the index as the comparer wants it: what a sight sees of it, and nothing else. */
#include "screen/index_private.h"

typedef struct lists {
    sk_match_name *names;
    sk_match_date *births, *deaths;
    sk_match_country *countries;
    sk_match_id *ids;
} lists;

static void put_country(const sk_str text, sk_screen_kind kind, sk_match_row row,
                        sk_match_country *ret_country)
{
    *ret_country = (sk_match_country){.row = row,
                                      .tie = kind == SK_SCREEN_NATIONALITY ? SK_TIE_NATIONALITY
                                             : kind == SK_SCREEN_FLAG      ? SK_TIE_FLAG
                                                                           : SK_TIE_COUNTRY};
    memcpy(ret_country->code, text.p, text.n);
}

sk_match_gender sk_screen_gender(sk_str text)
{
    if (sk_str_is(text, "male"))
        return SK_GENDER_MALE;
    if (sk_str_is(text, "female"))
        return SK_GENDER_FEMALE;
    return text.n ? SK_GENDER_OTHER : SK_GENDER_UNSAID;
}

static bool put_date(sk_ctx *cx, sk_str text, sk_match_row row, sk_match_date *ret_date)
{
    if (sk_match_date_read(cx, text, row, ret_date) == SK_OK)
        return true;
    sk_forgive(cx); /* a date that is text only says nothing here */
    return false;
}

/* Is there room for one more value of a kind? What has none is told as cut. */
static bool has_room(sk_match_entity *e, uint16_t n)
{
    e->is_cut = e->is_cut || n >= SK_MATCH_VALUES;
    return n < SK_MATCH_VALUES;
}

static void put_value(sk_ctx *cx, const segment *g, const value_row *v, sk_match_row row, lists *l,
                      sk_match_entity *e)
{
    sk_str text = text_at(g, v->text);
    switch (v->kind) {
    case SK_SCREEN_BIRTH:
        if (has_room(e, e->n_births) && put_date(cx, text, row, &l->births[e->n_births]))
            e->n_births++;
        break;
    case SK_SCREEN_DEATH:
        if (has_room(e, e->n_deaths) && put_date(cx, text, row, &l->deaths[e->n_deaths]))
            e->n_deaths++;
        break;
    case SK_SCREEN_NATIONALITY:
    case SK_SCREEN_COUNTRY:
    case SK_SCREEN_FLAG:
        if (text.n && text.n < sizeof l->countries->code && has_room(e, e->n_countries))
            put_country(text, (sk_screen_kind)v->kind, row, &l->countries[e->n_countries++]);
        break;
    case SK_SCREEN_GENDER:
        e->gender = (uint8_t)sk_screen_gender(text);
        e->gender_row = row;
        break;
    case SK_SCREEN_ID:
        if (has_room(e, e->n_ids))
            l->ids[e->n_ids++] = (sk_match_id){
                .scheme = sk_screen__scheme(text_at(g, v->prop)),
                .value = sk_screen_compact_id(&cx->arena, text),
                .used_falsely = v->flags & VALUE_USED_FALSELY,
                .row = row,
            };
        break;
    default:
        break;
    }
}

static void put_names(const sk_sight *s, sk_screen_ref ref, const doc_row *d, lists *l,
                      sk_match_entity *e)
{
    const segment *g = &s->ix->segments[ref.segment];
    for (uint32_t i = 0; i < d->n_names; i++) {
        const name_row *row = name_at(g, (uint64_t)d->name + i);
        const value_row *v = row ? value_at(g, row->value) : NULL;
        if (!v || !scope_is_seen(s, ref.segment, v->scope) || row->value < d->value)
            continue;
        if (!has_room(e, e->n_names))
            return;
        const sk_name *name = sk_screen__name(g, row);
        if (!name) {
            e->is_cut = true; /* its bytes are damaged */
            continue;
        }
        if (!e->n_names)
            e->kind = sk_name_kind_of(name);
        l->names[e->n_names++] = (sk_match_name){.name = name,
                                                 .is_weak = v->kind == SK_SCREEN_WEAK_NAME,
                                                 .row = (uint64_t)row->value - d->value + 1};
    }
}

bool sk_sight_entity(sk_ctx *cx, const sk_sight *s, sk_screen_ref ref, sk_match_entity *ret_entity)
{
    const segment *g = &s->ix->segments[ref.segment];
    const doc_row *d = doc_at(g, ref.doc);
    size_t n = d->n_values < SK_MATCH_VALUES ? d->n_values : SK_MATCH_VALUES;
    size_t n_names = d->n_names < SK_MATCH_VALUES ? d->n_names : SK_MATCH_VALUES;
    sk_match_entity e = {0};
    lists l = {.names = sk_new_array(&cx->arena, sk_match_name, n_names)};
    put_names(s, ref, d, &l, &e);
    if (!e.n_names)
        return false;
    l.births = sk_new_array(&cx->arena, sk_match_date, n);
    l.deaths = sk_new_array(&cx->arena, sk_match_date, n);
    l.countries = sk_new_array(&cx->arena, sk_match_country, n);
    l.ids = sk_new_array(&cx->arena, sk_match_id, n);
    for (uint32_t i = 0; i < d->n_values; i++) {
        const value_row *v = value_at(g, (uint64_t)d->value + i);
        if (v && v->kind > SK_SCREEN_WEAK_NAME && scope_is_seen(s, ref.segment, v->scope))
            put_value(cx, g, v, i + 1, &l, &e);
    }
    e.names = l.names;
    e.births = l.births;
    e.deaths = l.deaths;
    e.countries = l.countries;
    e.ids = l.ids;
    *ret_entity = e;
    return true;
}
