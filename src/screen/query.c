/* A query in words, made ready: dates read, countries and genders found, names prepared. */
#include "base/edtf.h"
#include "base/utf8.h"
#include "record/country.h"
#include "screen/builder_private.h"
#include "screen/screen.h"

typedef struct reading {
    const sk_asked *words;
    bool is_row;
    sk_screen_query q;
    sk_str *warnings;
    size_t cap;
} reading;

static void add_warning(sk_ctx *cx, reading *r, sk_str text)
{
    SK_GROW(&cx->arena, r->warnings, r->q.n_warnings, r->cap);
    r->warnings[r->q.n_warnings++] = text;
}

/* What was not understood: of a row a warning, else the error that is recorded. */
static sk_rc not_understood(sk_ctx *cx, reading *r, sk_rc rc)
{
    if (!r->is_row || (rc != SK_E_FORMAT && rc != SK_E_LIMIT))
        return rc;
    add_warning(cx, r, sk_fmt(&cx->arena, "%s", cx->message));
    sk_forgive(cx);
    return SK_OK;
}

/* More values of one kind than are compared. */
static sk_rc check_many(sk_ctx *cx, reading *r, const char *what, size_t n, size_t most)
{
    if (n <= most)
        return SK_OK;
    return not_understood(cx, r,
                          sk_fail(cx, SK_E_LIMIT,
                                  "%zu %s, the most that are compared is %d; screen the others by "
                                  "themselves",
                                  n, what, (int)most));
}

static sk_rc read_birth(sk_ctx *cx, sk_str text, sk_match_date *ret_date)
{
    sk_edtf when;
    sk_rc rc = sk_edtf_from_words(cx, text, &when);
    if (!rc)
        rc = sk_match_date_read(cx, when.text, 0, ret_date);
    return rc ? sk_while(cx, "date of birth") : SK_OK;
}

static sk_rc read_births(sk_ctx *cx, reading *r)
{
    const sk_asked *w = r->words;
    sk_match_date *v = sk_new_array(&cx->arena, sk_match_date, w->n_births);
    sk_match_entity *e = &r->q.entity;
    SK_TRY(check_many(cx, r, "dates of birth", w->n_births, SK_MATCH_VALUES));
    for (size_t i = 0; i < w->n_births && e->n_births < SK_MATCH_VALUES; i++) {
        sk_str text = sk_str_trim(w->births[i]);
        if (!text.n)
            continue;
        sk_rc rc = read_birth(cx, text, &v[e->n_births]);
        if (rc)
            SK_TRY(not_understood(cx, r, rc));
        else
            e->n_births++;
    }
    e->births = v;
    return SK_OK;
}

static sk_rc unknown_country(sk_ctx *cx, sk_str text)
{
    return sk_fail(cx, SK_E_FORMAT,
                   "country \"%.*s\" is not known; write its code (kp) or its English name",
                   SK_P(text));
}

static sk_rc read_countries(sk_ctx *cx, reading *r)
{
    const sk_asked *w = r->words;
    sk_match_country *v = sk_new_array(&cx->arena, sk_match_country, w->n_countries);
    sk_match_entity *e = &r->q.entity;
    SK_TRY(check_many(cx, r, "countries", w->n_countries, SK_MATCH_VALUES));
    for (size_t i = 0; i < w->n_countries && e->n_countries < SK_MATCH_VALUES; i++) {
        sk_str text = sk_str_trim(w->countries[i]);
        const sk_country *c = text.n ? sk_country_find(text) : NULL;
        if (text.n && (!c || c->code.n >= sizeof v->code)) {
            SK_TRY(not_understood(cx, r, unknown_country(cx, text)));
            continue;
        }
        if (!c)
            continue;
        memcpy(v[e->n_countries].code, c->code.p, c->code.n);
        v[e->n_countries++].tie = e->kind == SK_NAME_VESSEL ? SK_TIE_FLAG : SK_TIE_NATIONALITY;
    }
    e->countries = v;
    return SK_OK;
}

static sk_rc read_gender(sk_ctx *cx, reading *r)
{
    static const struct {
        const char *word;
        sk_match_gender gender;
    } WORDS[] = {
        {"male", SK_GENDER_MALE},     {"m", SK_GENDER_MALE},    {"man", SK_GENDER_MALE},
        {"남", SK_GENDER_MALE},       {"男", SK_GENDER_MALE},   {"남성", SK_GENDER_MALE},
        {"female", SK_GENDER_FEMALE}, {"f", SK_GENDER_FEMALE},  {"woman", SK_GENDER_FEMALE},
        {"여", SK_GENDER_FEMALE},     {"女", SK_GENDER_FEMALE}, {"여성", SK_GENDER_FEMALE},
        {"other", SK_GENDER_OTHER},   {"x", SK_GENDER_OTHER},
    };
    sk_str text = sk_str_trim(r->words->gender);
    if (!text.n)
        return SK_OK;
    for (size_t i = 0; i < SK_COUNT(WORDS); i++)
        if (sk_str_eq_nocase(text, sk_str_of(WORDS[i].word))) {
            r->q.entity.gender = (uint8_t)WORDS[i].gender;
            return SK_OK;
        }
    return not_understood(cx, r,
                          sk_fail(cx, SK_E_FORMAT,
                                  "gender \"%.*s\" is not understood; write male, female or other",
                                  SK_P(text)));
}

static sk_rc read_names(sk_ctx *cx, reading *r)
{
    const sk_asked *w = r->words;
    size_t n = w->n_names < SK_MATCH_VALUES ? w->n_names : SK_MATCH_VALUES;
    sk_match_name *v = sk_new_array(&cx->arena, sk_match_name, n);
    const sk_name **names = sk_new_array(&cx->arena, const sk_name *, n);
    SK_TRY(check_many(cx, r, "names", w->n_names, SK_MATCH_VALUES));
    for (size_t i = 0; i < n; i++) {
        sk_str text = sk_str_trim(w->names[i]);
        if (!text.n)
            continue;
        if (text.n > SK_LIM_NAME_BYTES)
            return sk_fail(cx, SK_E_LIMIT, "a name of %zu bytes, the most is %zu", text.n,
                           SK_LIM_NAME_BYTES);
        SK_TRY(sk_utf8_enter(cx, text, "name", &text));
        names[r->q.n_names] = sk_name_prepare(&cx->arena, text, r->q.entity.kind);
        if (sk_name_is_cut(names[r->q.n_names]))
            add_warning(cx, r,
                        sk_fmt(&cx->arena,
                               "name \"%.*s\" is longer than what is compared; "
                               "its end says nothing",
                               SK_P(text)));
        v[r->q.n_names].name = names[r->q.n_names];
        r->q.n_names++;
    }
    r->q.entity.names = v;
    r->q.entity.n_names = (uint16_t)r->q.n_names;
    r->q.names = names;
    return SK_OK;
}

static sk_rc too_short(sk_ctx *cx, sk_str id)
{
    return sk_fail(cx, SK_E_FORMAT,
                   "number \"%.*s\" has fewer than %d letters and digits and is not compared; give "
                   "the whole number",
                   SK_P(id), SK_SCREEN_ID_LEAST);
}

static void add_id(reading *r, sk_match_id *v, sk_str *ids, sk_str value)
{
    ids[r->q.n_ids] = value;
    v[r->q.n_ids++] = (sk_match_id){.scheme = SK_S(""), .value = value};
}

/* "IMO 8126082" is asked for as it stands, and as the number alone that registers hold. */
static sk_rc read_ids(sk_ctx *cx, reading *r)
{
    const sk_asked *w = r->words;
    size_t n = w->n_ids < SK_MATCH_VALUES / 2 ? w->n_ids : SK_MATCH_VALUES / 2;
    sk_match_id *v = sk_new_array(&cx->arena, sk_match_id, 2 * n);
    sk_str *ids = sk_new_array(&cx->arena, sk_str, 2 * n);
    SK_TRY(check_many(cx, r, "numbers", w->n_ids, SK_MATCH_VALUES / 2));
    for (size_t i = 0; i < n; i++) {
        sk_str compact = sk_screen_compact_id(&cx->arena, w->ids[i]);
        sk_str bare = sk_screen__bare_id(&cx->arena, compact);
        if (compact.n < SK_SCREEN_ID_LEAST) {
            if (sk_str_trim(w->ids[i]).n)
                SK_TRY(not_understood(cx, r, too_short(cx, sk_str_trim(w->ids[i]))));
            continue;
        }
        add_id(r, v, ids, compact);
        if (bare.n)
            add_id(r, v, ids, bare);
    }
    r->q.entity.ids = v;
    r->q.entity.n_ids = (uint16_t)r->q.n_ids;
    r->q.ids = ids;
    return SK_OK;
}

/* "name Kim Jong-wook\nborn 1963\n...": what the log holds the hash of. */
static void add_words(sk_ctx *cx, sk_str *all, const char *key, const sk_str *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sk_str_trim(v[i]).n)
            *all = sk_fmt(&cx->arena, "%.*s%s%s %.*s", SK_P(*all), all->n ? "\n" : "", key,
                          SK_P(sk_str_trim(v[i])));
}

static sk_rc canonical(sk_ctx *cx, reading *r)
{
    const sk_asked *w = r->words;
    sk_str all = SK_S("");
    add_words(cx, &all, "name", w->names, w->n_names);
    add_words(cx, &all, "born", w->births, w->n_births);
    add_words(cx, &all, "country", w->countries, w->n_countries);
    add_words(cx, &all, "id", w->ids, w->n_ids);
    add_words(cx, &all, "gender", &w->gender, 1);
    add_words(cx, &all, "type", &w->type, 1);
    return sk_utf8_enter(cx, all, "query", &r->q.canonical);
}

sk_rc sk_screen_query_read(sk_ctx *cx, const sk_asked *words, bool is_row,
                           sk_screen_query *ret_query)
{
    reading r = {.words = words, .is_row = is_row};
    const sk_model *m = sk_model_get();
    sk_str type = sk_str_trim(words->type);
    if (type.n && !sk_model_find_type(m, type))
        SK_TRY(not_understood(
            cx, &r,
            sk_fail(cx, SK_E_FORMAT,
                    "type \"%.*s\" is not known; write Person, Organization or Vessel",
                    SK_P(type))));
    r.q.entity.kind = type.n ? sk_screen_name_kind(m, type) : SK_NAME_ANY;
    if (!type.n && (words->n_births || sk_str_trim(words->gender).n))
        r.q.entity.kind = SK_NAME_PERSON; /* bodies and ships have neither */
    SK_TRY(read_names(cx, &r));
    SK_TRY(read_ids(cx, &r));
    if (!r.q.n_names && !r.q.n_ids)
        return sk_fail(cx, SK_E_FORMAT, "no name and no number to screen");
    SK_TRY(read_births(cx, &r));
    SK_TRY(read_countries(cx, &r));
    SK_TRY(read_gender(cx, &r));
    SK_TRY(canonical(cx, &r));
    r.q.warnings = r.warnings;
    *ret_query = r.q;
    return SK_OK;
}
