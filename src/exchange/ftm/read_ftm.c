#include "exchange/ftm/read_ftm.h"

#include "base/sha256.h"
#include "base/utf8.h"

#include <unistd.h>

/* ---- beginning and rows ---- */

/* "list.ftm.json" is the list: the name up to its first dot. */
static sk_str stem(sk_str name)
{
    size_t dot = sk_str_find(name, SK_S("."));
    return dot == SIZE_MAX || dot == 0 ? name : sk_str_sub(name, 0, dot);
}

sk_rc sk_ftm__begin(sk_ctx *cx, ftm_reading *rd, const sk_source *source, sk_import *im)
{
    *rd = (ftm_reading){
        .im = im, .rcx = sk_import_scratch(im), .source = source, .map = sk_ftm_map_get()};
    sk_str list = source->options.list.n ? source->options.list : stem(source->files[0].name);
    sk_import_says_claimant(im, list.n ? list : SK_S("unnamed"));
    if (lseek(source->files[0].fd, 0, SEEK_SET) != 0)
        return sk_fail_errno(cx, "cannot go to the beginning of \"%.*s\"",
                             SK_P(source->files[0].name));
    return SK_OK;
}

void sk_ftm__end(ftm_reading *rd)
{
    sk_arena_done(&rd->keep);
}

void sk_ftm__row(ftm_reading *rd, uint64_t row, uint64_t from, uint64_t to, sk_str id,
                 const sk_str *cells, size_t n_cells)
{
    rd->row = row;
    sk_str key = id.n ? sk_ftm__key(rd, id) : SK_NONE;
    sk_import_row(
        rd->im,
        &(sk_import_place){.row = row, .from = from, .to = to, .cells = cells, .n_cells = n_cells},
        key);
}

bool sk_ftm__is_new(ftm_reading *rd, const char *kind, sk_str text)
{
    sk_str name = sk_fmt(&rd->rcx->arena, "%s %.*s", kind, SK_P(text));
    if (rd->told.n >= SK_LIM_FTM_NAMES || sk_strmap_get(&rd->told, name))
        return false;
    name = sk_str_copy(&rd->keep, name);
    return sk_strmap_put(&rd->told, &rd->keep, name, name.p);
}

/* ---- keys ---- */

static bool is_key(sk_str s)
{
    if (s.n == 0 || s.n > SK_LIM_KEY_BYTES || s.p[0] == '@')
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F)
            return false;
    return true;
}

sk_str sk_ftm__key(ftm_reading *rd, sk_str id)
{
    enum { HASH_BYTES = 8, KEPT = SK_LIM_KEY_BYTES - 2 * HASH_BYTES - 1 };
    sk_str prefix = rd->source->options.prefix;
    if (!prefix.n && is_key(id))
        return id;
    sk_arena *a = &rd->rcx->arena;
    sk_str s = sk_fmt(a, "%.*s%.*s", SK_P(prefix), SK_P(id));
    char *p = sk_str_c(a, s);
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)p[i] <= ' ' || p[i] == 0x7F || (i == 0 && p[i] == '@'))
            p[i] = '-';
    if (s.n <= SK_LIM_KEY_BYTES)
        return (sk_str){p, s.n};
    sk_hash h = sk_sha256(s);
    size_t n = KEPT;
    while (n && ((unsigned char)p[n] & 0xC0) == 0x80) /* not inside a character */
        n--;
    return sk_fmt(a, "%.*s-%.*s", (int)n, p, SK_P(sk_hex(a, h.b, HASH_BYTES)));
}

/* "@key" as somebody who says or relays: under the same prefix as the keys. */
static sk_str who(ftm_reading *rd, sk_str name)
{
    if (!sk_str_starts(name, SK_S("@")) || name.n < 2 || !rd->source->options.prefix.n)
        return name;
    return sk_fmt(&rd->rcx->arena, "@%.*s", SK_P(sk_ftm__key(rd, sk_str_sub(name, 1, name.n))));
}

/* ---- who says it, and of when ---- */

static sk_str joined(sk_arena *a, const sk_str *names, size_t n)
{
    sk_str text = n ? names[0] : SK_NONE;
    for (size_t i = 1; i < n; i++)
        text = sk_fmt(a, "%.*s, %.*s", SK_P(text), SK_P(names[i]));
    return text;
}

/* "2023-04-20T12:30:08" is 2023-04-20; anything else says nothing. */
static sk_str day_of(sk_str time)
{
    sk_str day = sk_str_sub(time, 0, 10);
    bool good = day.n == 10 && day.p[4] == '-' && day.p[7] == '-' && sk_edtf_is_plain(day) &&
                (time.n == 10 || time.p[10] == 'T' || time.p[10] == ' ');
    return good ? day : SK_NONE;
}

void sk_ftm__said_by(ftm_reading *rd, const sk_str *names, size_t n, sk_str last_seen,
                     ftm_said *ret_said)
{
    const sk_import_options *o = &rd->source->options;
    sk_arena *a = &rd->rcx->arena;
    ftm_said said = {.asof = o->asof.n ? SK_NONE : day_of(last_seen)};
    sk_str by = joined(a, names, n);
    if (by.n && o->n_claimant && !o->reference.n) {
        said.reference = sk_fmt(a, "dataset %.*s", SK_P(by));
    } else if (by.n && !o->n_claimant) {
        sk_str *chain = sk_new(a, sk_str);
        *chain = by;
        said.chain = chain;
        said.n_chain = 1;
    }
    *ret_said = said;
}

static void put_said(const ftm_said *said, sk_claim *c)
{
    c->chain = said->chain;
    c->n_chain = said->n_chain;
    c->asof = said->asof;
    c->reference = said->reference;
}

/* ---- values of theirs ---- */

const sk_ftm_type *sk_ftm__type_of(ftm_reading *rd, sk_str schema)
{
    bool is_whole = true;
    const sk_ftm_type *t = sk_ftm_in_type(rd->map, schema, &is_whole);
    if (t && is_whole)
        return t;
    t = t ? t : sk_ftm_find_type(rd->map, SK_S("Thing"));
    if (sk_ftm__is_new(rd, "schema", schema))
        sk_import_remark(rd->im, SK_S("schema"), schema,
                         "the model has no such type; it is read as %.*s, and what that has no "
                         "property for becomes a note",
                         SK_P(t->ours));
    return t;
}

/* Line ends of other systems become LF; a claim holds no other control character. */
static sk_str with_lf(sk_arena *a, sk_str s)
{
    if (!s.n || !memchr(s.p, '\r', s.n))
        return s;
    char *p = sk_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r')
            p[n++] = s.p[i];
        else if (i + 1 == s.n || s.p[i + 1] != '\n')
            p[n++] = '\n';
    return (sk_str){p, n};
}

/* A number of theirs as an exact quantity; what it looked like stays in the words. */
static bool put_number(ftm_reading *rd, const sk_ftm_prop *map, sk_str value, sk_claim *c)
{
    sk_decimal d;
    if (!sk_decimal_parse(value, &d))
        return false;
    c->quantity = (sk_quantity){.qualifier = SK_Q_EXACT,
                                .has_low = true,
                                .has_high = true,
                                .low = d,
                                .high = d,
                                .unit = map->unit};
    if (!sk_str_eq(sk_decimal_text(&rd->rcx->arena, d, false), value))
        c->words = value;
    return true;
}

/* False when the property's type cannot hold the value. */
static bool put_value(ftm_reading *rd, const sk_ftm_in_prop *in, const ftm_said *said, sk_str value,
                      sk_claim *c)
{
    sk_arena *a = &rd->rcx->arena;
    c->prop = in->map->ours;
    switch (in->ours->type) {
    case SK_VALUE_ENTITY:
        /* a link was made canonical there: our key is that of their source */
        c->value = sk_ftm__key(rd, said->original.n ? said->original : value);
        return true;
    case SK_VALUE_QUANTITY:
    case SK_VALUE_MONEY:
        return put_number(rd, in->map, value, c);
    default:
        c->value = with_lf(a, value);
        if (said->original.n && !sk_str_eq(said->original, value))
            c->words = with_lf(a, said->original);
        if (in->ours->type <= SK_VALUE_NAME)
            c->lang = sk_ftm_other_code(&rd->map->languages, said->lang);
        return true;
    }
}

sk_rc sk_ftm__take_schema(ftm_reading *rd, const ftm_said *said, const sk_ftm_type *type,
                          sk_str schema, sk_str entity)
{
    bool is_whole = false;
    if (sk_ftm_in_type(rd->map, schema, &is_whole) && is_whole)
        return SK_OK;
    sk_claim c = {.entity = entity, .type = type->ours, .prop = SK_S("notes")};
    put_said(said, &c);
    c.value = sk_fmt(&rd->rcx->arena, "schema = %.*s", SK_P(schema));
    return sk_import_claim(rd->im, SK_S("schema"), &c);
}

sk_rc sk_ftm__take(ftm_reading *rd, const ftm_said *said, const sk_ftm_type *type, sk_str schema,
                   sk_str entity, sk_str prop, const sk_ftm_in_prop *in, sk_str value)
{
    if (!value.n)
        return SK_OK;
    sk_claim c = {.entity = entity, .type = type->ours};
    sk_str column = prop.n ? prop : SK_S("properties"); /* a name may be empty in JSON */
    put_said(said, &c);
    if (in && put_value(rd, in, said, value, &c))
        return sk_import_claim(rd->im, column, &c);
    sk_arena *a = &rd->rcx->arena;
    sk_str name = sk_fmt(a, "%.*s:%.*s", SK_P(schema), SK_P(prop));
    if (!in && sk_ftm__is_new(rd, "property", name))
        sk_import_remark(rd->im, column, value,
                         "the model has no such property for %.*s; its values become notes",
                         SK_P(type->ours));
    else if (in)
        sk_import_remark(rd->im, column, value, "no plain number; it becomes a note");
    c.prop = SK_S("notes");
    c.value = sk_fmt(a, "%.*s = %.*s", SK_P(name), SK_P(with_lf(a, value)));
    c.lang = sk_ftm_other_code(&rd->map->languages, said->lang);
    return sk_import_claim(rd->im, column, &c);
}

/* ---- claims of ours ---- */

static void put_prefixes(ftm_reading *rd, sk_claim *c, bool is_link)
{
    if (is_link && c->absent == SK_PRESENT)
        c->value = sk_ftm__key(rd, c->value);
    c->carrier = who(rd, c->carrier);
    sk_str *chain = sk_new_array(&rd->rcx->arena, sk_str, c->n_chain);
    for (size_t i = 0; i < c->n_chain; i++)
        chain[i] = who(rd, c->chain[i]);
    c->chain = chain;
}

bool sk_ftm__own_draft(ftm_reading *rd, const ftm_said *said, const sk_ftm_type *type,
                       sk_str entity, sk_str prop, sk_str value, const sk_str *cells,
                       sk_claim *ret_draft)
{
    sk_claim c;
    if (sk_ftm_own_read(rd->rcx, prop, value, cells, &c)) {
        sk_import_left(rd->im, prop, value, "%s", rd->rcx->message);
        sk_forgive(rd->rcx);
        return false;
    }
    bool is_whole = cells[SK_FTM_OWN_PROPERTY].n > 0;
    c.entity = entity;
    if (!is_whole) {
        c.type = type->ours;
        put_said(said, &c);
    } else if (!c.n_chain) {
        c.chain = said->chain;
        c.n_chain = said->n_chain;
    }
    if (!c.lang.n) /* exports of before had their code alone */
        c.lang = sk_ftm_other_code(&rd->map->languages, said->lang);
    const sk_type *t = sk_model_find_type(sk_model_get(), c.type);
    const sk_prop *p = t ? sk_type_find_prop(t, c.prop) : NULL;
    put_prefixes(rd, &c, p && p->type == SK_VALUE_ENTITY);
    if (is_whole) { /* it rests on what it rested on there; this is where it was taken from */
        c.is_coded = true;
        c.coded_in = rd->source->files[0].hash;
        c.coded_place = sk_fmt(&rd->rcx->arena, "row %llu", (unsigned long long)rd->row);
    }
    *ret_draft = c;
    return true;
}
