/* FollowTheMoney's schema and properties as an entity of the comparer.
 *
 * Whatever property is not known is told, and so is each value that cannot be used. Names without a
 * whole name are put together from their parts. */
#include "screen/builder_private.h"
#include "screen/yente_private.h"

#include "base/utf8.h"
#include "record/country.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- warnings ---- */

void yente_warn(sk_ctx *cx, yente_warnings *w, const char *fmt, ...)
{
    char text[512];
    va_list ap;

    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1;
    while (len && sk_utf8_find_bad((sk_str){text, len}) != SIZE_MAX)
        len--; /* cut in the middle of a character */
    SK_GROW(&cx->arena, w->list, w->n, w->cap);
    w->list[w->n++] = sk_str_copy(&cx->arena, (sk_str){text, len});
}

sk_str yente_text(const json_t *string)
{
    return (sk_str){json_string_value(string), json_string_length(string)};
}

/* ---- values ---- */

/* An entity being filled; lists grow in cx's arena. */
typedef struct filler {
    sk_ctx *cx;
    sk_match_entity *e;
    sk_match_row row;
    yente_warnings *w;
    sk_match_name *names;
    sk_match_date *births, *deaths;
    sk_match_country *countries;
    sk_match_place *places;
    sk_match_id *ids;
    size_t n_names, cap_names, n_births, cap_births, n_deaths, cap_deaths;
    size_t n_countries, cap_countries, n_places, cap_places, n_ids, cap_ids;
} filler;

static void add_name(filler *f, sk_str value, bool is_weak)
{
    SK_GROW(&f->cx->arena, f->names, f->n_names, f->cap_names);
    f->names[f->n_names++] = (sk_match_name){
        .name = sk_name_prepare(&f->cx->arena, value, f->e->kind),
        .is_weak = is_weak,
        .row = f->row,
    };
}

/* "1984-2-1" as EDTF wants it; a day or month that there is not is left off. */
static sk_str tidy_date(sk_arena *a, sk_str s)
{
    sk_str year, month = SK_NONE, day;
    uint64_t m = 0, d = 0;

    sk_str_cut(&s, '-', &year);
    sk_str_cut(&s, '-', &month);
    day = s;
    while (month.n > 1 && month.p[0] == '0')
        month = sk_str_sub(month, 1, month.n);
    while (day.n > 1 && day.p[0] == '0')
        day = sk_str_sub(day, 1, day.n);
    if (!sk_str_to_u64(month, &m) || m < 1 || m > 12)
        return year;
    if (!sk_str_to_u64(day, &d) || d < 1 || d > 31)
        return sk_fmt(a, "%.*s-%02u", SK_P(year), (unsigned)m);
    return sk_fmt(a, "%.*s-%02u-%02u", SK_P(year), (unsigned)m, (unsigned)d);
}

static bool read_date(filler *f, const char *prop, sk_str value, sk_match_date *ret)
{
    if (sk_match_date_read(f->cx, value, f->row, ret) == SK_OK)
        return true;
    sk_forgive(f->cx);
    if (sk_match_date_read(f->cx, tidy_date(&f->cx->arena, value), f->row, ret) == SK_OK) {
        yente_warn(f->cx, f->w, "%s \"%.*s\" is no date as ISO 8601 has it; taken for %.*s", prop,
                   SK_P(value), SK_P(ret->text));
        return true;
    }
    sk_forgive(f->cx);
    yente_warn(f->cx, f->w, "%s \"%.*s\" is no date and was passed over", prop, SK_P(value));
    return false;
}

static void add_birth(filler *f, const char *prop, sk_str value)
{
    sk_match_date d;
    if (!read_date(f, prop, value, &d))
        return;
    SK_GROW(&f->cx->arena, f->births, f->n_births, f->cap_births);
    f->births[f->n_births++] = d;
}

static void add_death(filler *f, const char *prop, sk_str value)
{
    sk_match_date d;
    if (!read_date(f, prop, value, &d))
        return;
    SK_GROW(&f->cx->arena, f->deaths, f->n_deaths, f->cap_deaths);
    f->deaths[f->n_deaths++] = d;
}

static void add_country(filler *f, const char *prop, sk_str value, sk_match_tie tie)
{
    const sk_country *c = sk_country_find(value);
    sk_match_country one = {.tie = (uint8_t)tie, .row = f->row};

    if (!c || c->code.n >= sizeof(one.code)) {
        yente_warn(f->cx, f->w, "%s \"%.*s\" is no country and was passed over", prop, SK_P(value));
        return;
    }
    memcpy(one.code, c->code.p, c->code.n);
    SK_GROW(&f->cx->arena, f->countries, f->n_countries, f->cap_countries);
    f->countries[f->n_countries++] = one;
}

static void add_place(filler *f, sk_str value, bool is_birth)
{
    SK_GROW(&f->cx->arena, f->places, f->n_places, f->cap_places);
    f->places[f->n_places++] = (sk_match_place){
        .name = sk_name_prepare(&f->cx->arena, value, SK_NAME_PLACE),
        .is_birth = is_birth,
        .row = f->row,
    };
}

static void put_id(filler *f, sk_str value, const char *scheme)
{
    SK_GROW(&f->cx->arena, f->ids, f->n_ids, f->cap_ids);
    f->ids[f->n_ids++] = (sk_match_id){.scheme = sk_str_of(scheme), .value = value, .row = f->row};
}

/* As it stands, and without the name of a scheme in front: lists hold the one or the other. */
static void add_id(filler *f, sk_str value, const char *scheme)
{
    sk_str compact = sk_screen_compact_id(&f->cx->arena, value);
    sk_str bare = sk_screen__bare_id(&f->cx->arena, compact);
    put_id(f, compact, scheme);
    if (bare.n)
        put_id(f, bare, scheme);
}

static void set_gender(filler *f, sk_str value)
{
    f->e->gender_row = f->row;
    if (sk_str_eq_nocase(value, SK_S("male")) || sk_str_eq_nocase(value, SK_S("m")))
        f->e->gender = SK_GENDER_MALE;
    else if (sk_str_eq_nocase(value, SK_S("female")) || sk_str_eq_nocase(value, SK_S("f")))
        f->e->gender = SK_GENDER_FEMALE;
    else if (sk_str_eq_nocase(value, SK_S("other")))
        f->e->gender = SK_GENDER_OTHER;
    else
        yente_warn(f->cx, f->w, "gender \"%.*s\" is not known and was passed over", SK_P(value));
}

static void take_value(filler *f, const yente_prop *p, sk_str value)
{
    switch (p->kind) {
    case PROP_NAME:
    case PROP_WEAK_NAME:
        add_name(f, value, p->kind == PROP_WEAK_NAME);
        break;
    case PROP_BIRTH:
        add_birth(f, p->name, value);
        break;
    case PROP_DEATH:
        add_death(f, p->name, value);
        break;
    case PROP_NATIONALITY:
        add_country(f, p->name, value, SK_TIE_NATIONALITY);
        break;
    case PROP_COUNTRY:
        add_country(f, p->name, value, SK_TIE_COUNTRY);
        break;
    case PROP_FLAG:
        add_country(f, p->name, value, SK_TIE_FLAG);
        break;
    case PROP_BIRTHPLACE:
    case PROP_PLACE:
        add_place(f, value, p->kind == PROP_BIRTHPLACE);
        break;
    case PROP_ID:
        add_id(f, value, p->scheme);
        break;
    case PROP_GENDER:
        set_gender(f, value);
        break;
    case PROP_PART:
    case PROP_PASSED_OVER:
        break;
    }
}

static sk_rc take_text(filler *f, const yente_prop *p, const json_t *value)
{
    sk_str raw = yente_text(value), text;
    sk_rc rc = sk_utf8_enter(f->cx, raw, p->name, &text);

    if (rc)
        return rc;
    text = sk_str_trim(text);
    if (text.n)
        take_value(f, p, text);
    return SK_OK;
}

static sk_rc take_property(filler *f, const char *key, const json_t *values)
{
    const yente_prop *p = yente_find_prop(sk_str_of(key));

    if (!p) {
        yente_warn(f->cx, f->w, "property \"%s\" is not compared", key);
        return SK_OK;
    }
    if (json_is_string(values))
        return take_text(f, p, values);
    if (!json_is_array(values))
        return sk_fail(f->cx, SK_E_FORMAT, "property \"%s\" must be an array of texts", key);
    if (json_array_size(values) > SK_LIM_YENTE_VALUES)
        return sk_fail(f->cx, SK_E_LIMIT, "property \"%s\" has %zu values; at most %d are taken",
                       key, json_array_size(values), SK_LIM_YENTE_VALUES);
    for (size_t i = 0; i < json_array_size(values); i++) {
        const json_t *v = json_array_get(values, i);
        if (json_is_object(v) || json_is_null(v)) {
            yente_warn(f->cx, f->w, "value %zu of \"%s\" is no text and was passed over", i + 1,
                       key);
            continue;
        }
        if (!json_is_string(v))
            return sk_fail(f->cx, SK_E_FORMAT, "value %zu of property \"%s\" must be a text", i + 1,
                           key);
        SK_TRY(take_text(f, p, v));
    }
    return SK_OK;
}

/* ---- names in parts ---- */

static sk_str first_text(const json_t *properties, const char *key)
{
    const json_t *v = json_object_get(properties, key);

    if (json_is_array(v))
        v = json_array_get(v, 0);
    return json_is_string(v) ? sk_str_trim(yente_text(v)) : SK_NONE;
}

static void join_parts(filler *f, const json_t *properties)
{
    static const char *const PART[] = {"firstName", "secondName", "middleName", "fatherName",
                                       "lastName"};
    sk_str whole = SK_NONE;

    if (f->n_names)
        return;
    for (size_t i = 0; i < sizeof(PART) / sizeof(PART[0]); i++) {
        sk_str word = first_text(properties, PART[i]);
        if (word.n > SK_LIM_NAME_BYTES)
            word.n = SK_LIM_NAME_BYTES;
        if (word.n && whole.n < SK_LIM_NAME_BYTES)
            whole = whole.n ? sk_fmt(&f->cx->arena, "%.*s %.*s", SK_P(whole), SK_P(word)) : word;
    }
    if (whole.n)
        add_name(f, whole, false);
}

static void put_lists(filler *f)
{
    sk_match_entity *e = f->e;

    e->names = f->names;
    e->births = f->births;
    e->deaths = f->deaths;
    e->countries = f->countries;
    e->places = f->places;
    e->ids = f->ids;
    e->n_names = (uint16_t)f->n_names;
    e->n_births = (uint16_t)f->n_births;
    e->n_deaths = (uint16_t)f->n_deaths;
    e->n_countries = (uint16_t)f->n_countries;
    e->n_places = (uint16_t)f->n_places;
    e->n_ids = (uint16_t)f->n_ids;
}

sk_rc sk_yente_entity(sk_ctx *cx, sk_str schema, const json_t *properties, sk_match_row row,
                      sk_match_entity *ret_entity, const sk_str **ret_warnings,
                      size_t *ret_n_warnings)
{
    sk_match_entity e = {.kind = SK_NAME_ANY};
    yente_warnings w = {.n = 0};
    filler f = {.cx = cx, .e = &e, .row = row, .w = &w};
    const char *key;
    json_t *values;

    SK_TRY(yente_find_kind(cx, schema, &e.kind));
    if (properties && !json_is_object(properties))
        return sk_fail(cx, SK_E_FORMAT, "\"properties\" must be an object");
    /* jansson's loop takes what it will not change as changeable */
    void *iter = json_object_iter((json_t *)(uintptr_t)properties);
    for (; iter; iter = json_object_iter_next((json_t *)(uintptr_t)properties, iter)) {
        key = json_object_iter_key(iter);
        values = json_object_iter_value(iter);
        SK_TRY(take_property(&f, key, values));
    }
    join_parts(&f, properties);
    put_lists(&f);
    *ret_entity = e;
    *ret_warnings = w.list;
    *ret_n_warnings = w.n;
    return SK_OK;
}
