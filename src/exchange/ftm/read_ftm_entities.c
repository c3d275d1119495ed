/* Reads FollowTheMoney entities: one JSON object a line, as their tools, OpenSanctions and OpenAleph
 * write them, and as export_ftm_entities.c does.
 *
 *     {"id": "NK-1", "schema": "Person", "properties": {"name": ["A", "B"], "country": ["kp"]},
 *      "datasets": ["un_sc"], "referents": ["un-1"], "last_seen": "2024-05-01T10:00:00"}
 *
 * In the nested form an entity stands where a link's id would; both sides of links are read so.
 *
 * A line of ours carries its claims whole, under "sillok"; what stands in "properties" besides is
 * what those claims look like to FollowTheMoney. Such a value is passed over where one of the claims
 * explains it, and read like anybody's where none does: somebody added it.
 * Normative: docs/formats/import-ftm.md. Memory: one line. */
#include "base/json_read.h"
#include "base/lines.h"
#include "exchange/ftm/ftm_value.h"
#include "exchange/ftm/read_ftm.h"
#include "exchange/readers.h"

typedef struct entity {
    const sk_json_value *json;
    sk_str key, schema;
    const sk_ftm_type *type;
    ftm_said said;
    sk_strmap explained; /* "prop value" that a claim of ours looks like; in the scratch memory */
    unsigned depth;
} entity;

static sk_rc take_entity(ftm_reading *rd, const sk_json_value *json, const ftm_said *said,
                         unsigned depth, sk_str far_prop, sk_str far_key, sk_str *ret_key);

/* ---- what stands beside the properties ---- */

static sk_str text_of(const sk_json_value *v)
{
    static const char *const words[] = {
        [SK_JSON_IS_NULL] = "", [SK_JSON_IS_FALSE] = "false", [SK_JSON_IS_TRUE] = "true"};
    return v->kind <= SK_JSON_IS_TRUE ? sk_str_of(words[v->kind]) : v->text;
}

/* The strings of a list; a single string is a list of one. */
static const sk_str *texts_of(ftm_reading *rd, const sk_json_value *v, size_t *ret_n)
{
    *ret_n = 0;
    if (!v)
        return NULL;
    sk_str *texts = sk_new_array(&rd->rcx->arena, sk_str, v->span);
    if (v->kind != SK_JSON_IS_ARRAY) {
        texts[0] = text_of(v);
        *ret_n = texts[0].n > 0;
        return texts;
    }
    SK_JSON_EACH(item, v)
    if (text_of(item).n)
        texts[(*ret_n)++] = text_of(item);
    return texts;
}

static ftm_said said_in(ftm_reading *rd, const sk_json_value *json)
{
    ftm_said said;
    size_t n;
    const sk_str *names = texts_of(rd, sk_json_find(json, SK_S("datasets")), &n);
    sk_ftm__said_by(rd, names, n, sk_json_find_str(json, "last_seen"), &said);
    return said;
}

/* Merges that were made elsewhere are told, not made: a person decides here. */
static void tell_referents(ftm_reading *rd, const sk_json_value *json)
{
    const sk_json_value *v = sk_json_find(json, SK_S("referents"));
    sk_str own = sk_json_find_str(json, "id");
    size_t n, others = 0;
    const sk_str *ids = texts_of(rd, v, &n);
    sk_str list = SK_NONE;
    for (size_t i = 0; i < n; i++) {
        if (sk_str_eq(ids[i], own))
            continue;
        list = others++ ? sk_fmt(&rd->rcx->arena, "%.*s, %.*s", SK_P(list), SK_P(ids[i])) : ids[i];
    }
    if (others)
        sk_import_remark(rd->im, SK_S("referents"), list,
                         "merged there from %zu other ids; judge them the same here if you agree",
                         others);
}

static void tell_unknown(ftm_reading *rd, const sk_json_value *json)
{
    static const char *const known[] = {"id",          "schema",    "properties", "caption",
                                        "datasets",    "referents", "first_seen", "last_seen",
                                        "last_change", "target",    "origin",     "sillok"};
    SK_JSON_EACH_MEMBER(key, json)
    {
        bool is_known = false;
        for (size_t i = 0; !is_known && i < SK_COUNT(known); i++)
            is_known = sk_str_is(key->text, known[i]);
        if (!is_known && sk_ftm__is_new(rd, "key", key->text))
            sk_import_left(rd->im, key->text, text_of(key + 1),
                           "no key of an entity; here and on later lines it is passed over");
    }
}

/* ---- claims of ours ---- */

static sk_str pair_of(ftm_reading *rd, sk_str prop, sk_str value)
{
    return sk_fmt(&rd->rcx->arena, "%.*s %.*s", SK_P(prop), SK_P(value));
}

static void explain(ftm_reading *rd, entity *e, sk_str prop, sk_str value)
{
    sk_strmap_put(&e->explained, &rd->rcx->arena, pair_of(rd, prop, value), e);
}

/* What the claim looks like among the properties: as theirs where they can hold it, and as ours.
 * Which it was the export decided by the type of the entity, not by that of the claim. */
static void explain_claim(ftm_reading *rd, entity *e, const sk_claim *c)
{
    const sk_type *of_claim = sk_model_find_type(sk_model_get(), c->type),
                  *of_entity = sk_model_find_type(sk_model_get(), e->type->ours);
    const sk_prop *prop = of_claim ? sk_type_find_prop(of_claim, c->prop) : NULL;
    sk_claim copy = *c;
    copy.kind = prop ? prop->type : SK_VALUE_TEXT;
    sk_ftm_value v = sk_ftm_value_of(rd->rcx, rd->map, of_entity, &copy, NULL, NULL);
    if (v.is_plain)
        explain(rd, e, v.prop->theirs, v.value);
    explain(rd, e, sk_ftm_own_prop(&rd->rcx->arena, &copy),
            sk_ftm_own_value(&rd->rcx->arena, &copy));
}

/* A link's value may be a key that was given a prefix here. */
static bool is_explained(ftm_reading *rd, const entity *e, sk_str prop, sk_str value)
{
    return e->explained.n &&
           (sk_strmap_get(&e->explained, pair_of(rd, prop, value)) ||
            sk_strmap_get(&e->explained, pair_of(rd, prop, sk_ftm__key(rd, value))));
}

static sk_rc take_own(ftm_reading *rd, entity *e, sk_str prop, sk_str value, const sk_str *cells)
{
    sk_claim draft;
    if (!sk_ftm__own_draft(rd, &e->said, e->type, e->key, prop, value, cells, &draft))
        return SK_OK;
    explain_claim(rd, e, &draft);
    return sk_import_claim(rd->im, prop.n ? prop : SK_S("sillok"), &draft);
}

/* The members of "sillok": claims whole. */
static sk_rc take_whole(ftm_reading *rd, entity *e)
{
    const sk_json_value *list = sk_json_find(e->json, SK_S("sillok"));
    if (!list || list->kind != SK_JSON_IS_ARRAY)
        return SK_OK;
    SK_JSON_EACH(item, list)
    {
        sk_str cells[SK_FTM_OWNS] = {0};
        if (item->kind != SK_JSON_IS_OBJECT)
            continue;
        SK_JSON_EACH_MEMBER(key, item)
        {
            sk_ftm_own own = sk_ftm_own_find(key->text);
            if (own < SK_FTM_OWNS)
                cells[own] = text_of(key + 1);
        }
        SK_TRY(take_own(rd, e, sk_json_find_str(item, "prop"), sk_json_find_str(item, "value"),
                        cells));
    }
    return SK_OK;
}

/* Properties "sillok:...", in lines from which somebody has taken the claims themselves. */
static sk_rc take_marked(ftm_reading *rd, entity *e, const sk_json_value *properties)
{
    static const sk_str no_cells[SK_FTM_OWNS];
    SK_JSON_EACH_MEMBER(key, properties)
    {
        if (!sk_str_starts(key->text, SK_S("sillok:")) || sk_str_is(key->text, "sillok:type"))
            continue;
        size_t n;
        const sk_str *values = texts_of(rd, key + 1, &n);
        for (size_t i = 0; i < n; i++)
            if (!is_explained(rd, e, key->text, values[i]))
                SK_TRY(take_own(rd, e, key->text, values[i], no_cells));
    }
    return SK_OK;
}

/* ---- properties of theirs ---- */

static sk_rc take_value(ftm_reading *rd, entity *e, sk_str prop, const sk_ftm_in_prop *in,
                        const sk_json_value *v)
{
    sk_str value = text_of(v);
    if (v->kind == SK_JSON_IS_ARRAY) {
        sk_import_left(rd->im, prop, SK_NONE, "a list within a list; write the values one by one");
        return SK_OK;
    }
    if (v->kind == SK_JSON_IS_OBJECT) {
        const sk_ftm_code *far = sk_strmap_get(&rd->map->reverse.by_code, prop);
        bool is_far = !in && far && sk_str_eq(far->theirs, prop);
        SK_TRY(take_entity(rd, v, &e->said, e->depth + 1, is_far ? far->other : SK_NONE, e->key,
                           &value));
        if (is_far)
            return SK_OK;
    }
    if (is_explained(rd, e, prop, value))
        return SK_OK;
    return sk_ftm__take(rd, &e->said, e->type, e->schema, e->key, prop, in, value);
}

static sk_rc take_properties(ftm_reading *rd, entity *e, const sk_json_value *properties)
{
    SK_JSON_EACH_MEMBER(key, properties)
    {
        if (sk_str_starts(key->text, SK_S("sillok:")))
            continue;
        const sk_ftm_in_prop *in = sk_ftm_in_find(e->type, key->text);
        const sk_json_value *values = key + 1;
        if (values->kind != SK_JSON_IS_ARRAY) {
            SK_TRY(take_value(rd, e, key->text, in, values));
            continue;
        }
        SK_JSON_EACH(item, values)
        SK_TRY(take_value(rd, e, key->text, in, item));
    }
    return SK_OK;
}

/* The type that our export named, where the schema says less. */
static const sk_ftm_type *type_of(ftm_reading *rd, const entity *e, const sk_json_value *properties)
{
    size_t n = 0;
    const sk_json_value *v = sk_json_find(properties, SK_S("sillok:type"));
    const sk_str *names = v ? texts_of(rd, v, &n) : NULL;
    const sk_ftm_type *t = n == 1 ? sk_ftm_find_type(rd->map, names[0]) : NULL;
    return t ? t : sk_ftm__type_of(rd, e->schema);
}

/* far_prop   of this entity, points to far_key: it stood on the other side of that link
 * ret_key    their id, for the link on this side */
static sk_rc take_entity(ftm_reading *rd, const sk_json_value *json, const ftm_said *said,
                         unsigned depth, sk_str far_prop, sk_str far_key, sk_str *ret_key)
{
    const sk_json_value *properties = sk_json_find(json, SK_S("properties"));
    sk_str id = sk_json_find_str(json, "id");
    entity e = {.json = json, .schema = sk_json_find_str(json, "schema"), .depth = depth};
    if (!id.n || !e.schema.n || depth > SK_LIM_FTM_DEPTH) {
        sk_import_left(rd->im, SK_S("properties"), id, "%s",
                       depth > SK_LIM_FTM_DEPTH ? "entities nested too deep; give it its own line"
                                                : "a nested entity needs its id and schema");
        *ret_key = id;
        return SK_OK;
    }
    *ret_key = id;
    e.key = sk_ftm__key(rd, id);
    e.type = type_of(rd, &e, properties);
    e.said = said_in(rd, json);
    if (depth && !e.said.n_chain && !e.said.reference.n)
        e.said = *said;
    if (depth)
        tell_referents(rd, json);
    SK_TRY(sk_ftm__take_schema(rd, &e.said, e.type, e.schema, e.key));
    SK_TRY(take_whole(rd, &e));
    if (properties && properties->kind == SK_JSON_IS_OBJECT) {
        SK_TRY(take_marked(rd, &e, properties));
        SK_TRY(take_properties(rd, &e, properties));
    }
    if (!far_prop.n)
        return SK_OK;
    return sk_ftm__take(rd, &e.said, e.type, e.schema, e.key, far_prop,
                        sk_ftm_in_find(e.type, far_prop), far_key);
}

/* ---- lines ---- */

static bool is_blank(const sk_line_of *line)
{
    return sk_str_trim((sk_str){line->p, line->n}).n == 0;
}

static sk_rc take_line(sk_ctx *cx, ftm_reading *rd, const sk_line_of *line, sk_json_doc *doc)
{
    const char *file = sk_str_c(&cx->arena, rd->source->files[0].name);
    if (is_blank(line)) {
        sk_ftm__row(rd, line->row, line->from, line->to, SK_NONE, NULL, 0);
        sk_import_skip(rd->im, "blank");
        return SK_OK;
    }
    if (sk_json_read(cx, line->p, line->n, doc))
        return sk_while(cx, "%s: row %llu", file, (unsigned long long)line->row);
    const sk_json_value *json = doc->values;
    if (json->kind != SK_JSON_IS_OBJECT)
        return sk_fail(cx, SK_E_FORMAT,
                       "%s: row %llu: not an object; every line is one entity, {\"id\": ...}", file,
                       (unsigned long long)line->row);
    sk_str id = sk_json_find_str(json, "id"), schema = sk_json_find_str(json, "schema"), key;
    const sk_str cells[] = {id, schema, sk_json_find_str(json, "caption")};
    sk_ftm__row(rd, line->row, line->from, line->to, id, cells, SK_COUNT(cells));
    if (!id.n || !schema.n) {
        sk_import_skip(rd->im, "no %s: every entity has an id and a schema",
                       id.n ? "schema" : "id");
        return SK_OK;
    }
    if (sk_ftm__key(rd, id).p != id.p && !rd->source->options.prefix.n)
        sk_import_remark(rd->im, SK_S("id"), id,
                         "made to fit as a key: blanks become hyphens, and "
                         "what is over 200 bytes a hash");
    tell_unknown(rd, json);
    tell_referents(rd, json);
    return take_entity(rd, json, NULL, 0, SK_NONE, SK_NONE, &key);
}

static sk_rc read_entities(sk_ctx *cx, const sk_source *source, sk_import *im)
{
    ftm_reading rd;
    sk_lines *lines;
    sk_json_doc doc;
    const char *name = sk_str_c(&cx->arena, source->files[0].name);
    SK_TRY(sk_ftm__begin(cx, &rd, source, im));
    SK_TRY(sk_lines_open(cx, source->files[0].fd, name, SK_LIM_JSON_LINE_BYTES, &lines));
    sk_json_doc_init(&doc);
    sk_rc rc;
    for (;;) {
        sk_line_of line;
        rc = sk_lines_next(cx, lines, &line);
        if (rc || !line.p)
            break;
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        rc = take_line(cx, &rd, &line, &doc);
        if (rc)
            break;
        sk_arena_back_to(&cx->arena, mark);
    }
    sk_ftm__end(&rd);
    sk_json_doc_done(&doc);
    sk_lines_close(lines);
    return rc;
}

/* ---- knowing it ---- */

static bool has(sk_str head, const char *part)
{
    return sk_str_find(head, sk_str_of(part)) != SIZE_MAX;
}

static int sniff(sk_str name, sk_str head)
{
    sk_str s = sk_str_trim(head);
    if (sk_str_starts(s, SK_S("\xEF\xBB\xBF")))
        s = sk_str_sub(s, 3, s.n);
    if (!sk_str_starts(s, SK_S("{")) || !has(s, "\"id\"") || !has(s, "\"schema\"") ||
        !has(s, "\"properties\""))
        return 0;
    bool named = sk_str_ends(name, SK_S(".ftm.json")) || sk_str_ends(name, SK_S(".ijson")) ||
                 sk_str_ends(name, SK_S(".jsonl"));
    return named ? 95 : 85;
}

const sk_reader sk_reader_ftm_entities = {
    .name = "ftm-entities",
    .version = 1,
    .title = "FollowTheMoney entities, JSON lines",
    .files = "entities.ftm.json",
    .sniff = sniff,
    .read = read_entities,
};
