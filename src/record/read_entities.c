#include "base/buf.h"
#include "base/utf8.h"
#include "record/query.h"
#include "record/read.h"
#include "record/view_private.h"

static sk_rc load_caption(sk_ctx *cx, sk_view *v, sk_entity *e)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       "SELECT c.value FROM claim c JOIN word p ON p.id = c.prop"
                       " JOIN entry n ON n.id = c.id WHERE c.entity = ?2 AND c.state = 0"
                       " AND c.position = 0 AND c.value IS NOT NULL"
                       " AND p.text IN ('name', 'alias', 'previousName', 'weakAlias') AND" VISIBLE(
                           "c") "ORDER BY p.text <> 'name', p.text, n.at, n.leaf, n.hash LIMIT 1",
                       &q));
    sk_bind_i64(q, 2, e->row);
    sk_rc rc = sk_step(cx, q);
    if (rc == SK_OK) {
        e->caption = sk_col_str(cx, q, 0);
        sqlite3_reset(q);
    } else {
        e->caption = e->key;
    }
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc load_type(sk_ctx *cx, sk_view *v, sk_entity *e)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       "SELECT DISTINCT t.text FROM claim c JOIN word t ON t.id = c.type"
                       " WHERE c.entity = ?2 AND" VISIBLE("c"),
                       &q));
    sk_bind_i64(q, 2, e->row);
    e->type = SK_S("");
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK)
        if (sk_index__says_more(v->ix->model, sk_col_peek(q, 0), e->type))
            e->type = sk_col_str(cx, q, 0);
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc complete(sk_ctx *cx, sk_view *v, sk_entity *e)
{
    SK_TRY(load_caption(cx, v, e));
    return load_type(cx, v, e);
}

static void take_entity(sk_ctx *cx, sk_stmt *q, sk_entity *e)
{
    *e = (sk_entity){
        .row = sk_col_i64(q, 0), .key = sk_col_str(cx, q, 1), .cluster = sk_col_i64(q, 2)};
}

/* Rows of id, key, cluster; completed after the statement is done, for completing asks more. */
static sk_rc take_all(sk_ctx *cx, sk_view *v, sk_stmt *q, sk_entity **ret_list, size_t *ret_n)
{
    sk_entity *list = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, list, n, cap);
        take_entity(cx, q, &list[n++]);
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    for (size_t i = 0; i < n; i++)
        SK_TRY(complete(cx, v, &list[i]));
    *ret_list = list;
    *ret_n = n;
    return SK_OK;
}

static sk_rc by_key(sk_ctx *cx, sk_view *v, sk_str key, sk_entity **ret_list, size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        "SELECT e.id, e.key, e.cluster FROM entity e WHERE e.key = ?2 AND" ENTITY_VISIBLE("e"),
        &q));
    sk_bind_str(q, 2, key);
    return take_all(cx, v, q, ret_list, ret_n);
}

sk_rc sk_view__phrase(sk_ctx *cx, sk_str words, sk_str *ret_expression)
{
    sk_buf quoted; /* as one phrase, whatever it contains */
    sk_buf_init(&quoted, SK_LIM_QUERY_BYTES);
    sk_buf_addc(&quoted, '"');
    for (size_t i = 0; i < words.n; i++)
        if (words.p[i] != '"')
            sk_buf_addc(&quoted, words.p[i]);
    sk_buf_addc(&quoted, '"');
    const sk_query *query;
    sk_rc rc = quoted.overflow
                   ? sk_fail(cx, SK_E_LIMIT, "\"%.*s...\" is longer than %zu bytes",
                             SK_P(sk_str_sub(words, 0, 40)), quoted.ceiling)
                   : sk_query_parse(cx, sk_str_copy(&cx->arena, sk_buf_str(&quoted)), &query);
    sk_buf_done(&quoted);
    if (rc && rc != SK_E_FORMAT)
        return rc;
    *ret_expression = SK_S("");
    if (rc)
        sk_forgive(cx); /* nothing in it that a text could hold */
    else
        *ret_expression = sk_query_leaf_fts5(cx, &query->leaves[0]);
    return SK_OK;
}

/* Entities with a visible name that the words match, through the full-text index. */
static sk_rc by_words(sk_ctx *cx, sk_view *v, sk_str words, sk_entity **ret_list, size_t *ret_n)
{
    sk_str expression;
    SK_TRY(sk_view__phrase(cx, words, &expression));
    *ret_list = NULL;
    *ret_n = 0;
    if (!expression.n)
        return SK_OK;
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        "SELECT DISTINCT e.id, e.key, e.cluster FROM fts JOIN unit u ON u.id = fts.rowid"
        " JOIN claim c ON c.id = u.owner JOIN word p ON p.id = c.prop"
        " JOIN entity e ON e.id = c.entity WHERE fts MATCH ?2 AND u.kind = 4"
        " AND c.state = 0 AND p.text IN ('name','alias','weakAlias','previousName')"
        " AND" VISIBLE("u") "AND" VISIBLE("c") "AND" VISIBLE("e") "ORDER BY e.key",
        &q));
    sk_bind_str(q, 2, expression);
    return take_all(cx, v, q, ret_list, ret_n);
}

/* Keep those one of whose names is exactly the words when folded. */
static sk_rc has_name(sk_ctx *cx, sk_view *v, const sk_entity *e, sk_str folded, bool *ret_has)
{
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, v,
                    "SELECT c.value FROM claim c JOIN word p ON p.id = c.prop WHERE c.entity = ?2"
                    " AND c.value IS NOT NULL AND c.state = 0"
                    " AND p.text IN ('name','alias','weakAlias','previousName') AND" VISIBLE("c"),
                    &q));
    sk_bind_i64(q, 2, e->row);
    *ret_has = false;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK)
        if (sk_str_eq(sk_utf8_fold(&cx->arena, sk_col_peek(q, 0)), folded))
            *ret_has = true;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

static sk_rc pick(sk_ctx *cx, sk_str name, sk_entity *list, size_t n, sk_entity *ret_entity)
{
    if (n == 0)
        return sk_fail(cx, SK_E_NOTFOUND, "no entity \"%.*s\"; try: sillok search \"%.*s\"",
                       SK_P(name), SK_P(name));
    for (size_t i = 1; i < n; i++)
        if (list[i].cluster != list[0].cluster) {
            sk_str names = SK_NONE;
            for (size_t k = 0; k < n && k < 9; k++)
                names =
                    sk_fmt(&cx->arena, "%.*s%s%.*s", SK_P(names), k ? ", " : "", SK_P(list[k].key));
            return sk_fail(cx, SK_E_AMBIGUOUS, "\"%.*s\" names several entities: %.*s", SK_P(name),
                           SK_P(names));
        }
    *ret_entity = list[0];
    return SK_OK;
}

static sk_rc by_name(sk_ctx *cx, sk_view *v, sk_str name, sk_entity **ret_list, size_t *ret_n)
{
    sk_entity *list;
    size_t n, kept = 0;
    SK_TRY(by_words(cx, v, name, &list, &n));
    sk_str folded = sk_utf8_fold(&cx->arena, name);
    for (size_t i = 0; i < n; i++) {
        bool has;
        SK_TRY(has_name(cx, v, &list[i], folded, &has));
        if (has)
            list[kept++] = list[i];
    }
    *ret_list = list;
    *ret_n = kept;
    return SK_OK;
}

sk_rc sk_entities_named(sk_ctx *cx, sk_view *v, sk_str name, sk_entity **ret_list, size_t *ret_n)
{
    sk_entity *list;
    size_t n, kept = 0;
    SK_TRY(by_name(cx, v, name, &list, &n));
    for (size_t i = 0; i < n; i++) {
        bool seen = false;
        for (size_t k = 0; k < kept; k++)
            seen |= list[k].cluster == list[i].cluster;
        if (!seen)
            list[kept++] = list[i];
    }
    *ret_list = list;
    *ret_n = kept;
    return SK_OK;
}

sk_rc sk_entity_find(sk_ctx *cx, sk_view *v, sk_str name, sk_entity *ret_entity)
{
    sk_str key = sk_str_starts(name, SK_S("@")) ? sk_str_sub(name, 1, name.n) : name;
    sk_entity *list;
    size_t n;
    SK_TRY(by_key(cx, v, key, &list, &n));
    if (n || sk_str_starts(name, SK_S("@")))
        return pick(cx, name, list, n, ret_entity);
    SK_TRY(by_name(cx, v, name, &list, &n));
    return pick(cx, name, list, n, ret_entity);
}

static sk_rc by_type(sk_ctx *cx, sk_view *v, sk_str type, uint64_t limit, sk_entity **ret_list,
                     size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        "SELECT e.id, e.key, e.cluster FROM entity e WHERE (?2 = '' OR e.type IN"
        " (SELECT value FROM json_each(?2))) AND" ENTITY_VISIBLE("e") "ORDER BY e.key LIMIT ?3",
        &q));
    const sk_model *m = v->ix->model;
    sk_str names = SK_NONE; /* a JSON array of the type and its descendants */
    for (size_t i = 0; type.n && i < m->n_types; i++)
        if (sk_type_is_a(&m->types[i], type))
            names = sk_fmt(&cx->arena, "%.*s%s\"%.*s\"", SK_P(names), names.n ? "," : "[",
                           SK_P(m->types[i].name));
    if (type.n && !names.n)
        return sk_fail(cx, SK_E_FORMAT, "type \"%.*s\" is not in the model", SK_P(type));
    sk_bind_str(q, 2, type.n ? sk_fmt(&cx->arena, "%.*s]", SK_P(names)) : SK_S(""));
    sk_bind_i64(q, 3, limit ? (int64_t)limit : -1);
    return take_all(cx, v, q, ret_list, ret_n);
}

sk_rc sk_entities_list(sk_ctx *cx, sk_view *v, sk_str type, sk_str words, uint64_t limit,
                       sk_entity **ret_list, size_t *ret_n)
{
    if (!words.n)
        return by_type(cx, v, type, limit, ret_list, ret_n);
    sk_entity *list;
    size_t n, kept = 0;
    SK_TRY(by_words(cx, v, words, &list, &n));
    for (size_t i = 0; i < n && (!limit || kept < limit); i++) {
        const sk_type *t = sk_model_find_type(v->ix->model, list[i].type);
        if (!type.n || (t && sk_type_is_a(t, type)))
            list[kept++] = list[i];
    }
    *ret_list = list;
    *ret_n = kept;
    return SK_OK;
}

sk_rc sk_entity_members(sk_ctx *cx, sk_view *v, const sk_entity *e, sk_entity **ret_list,
                        size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v,
        "SELECT e.id, e.key, e.cluster FROM entity e WHERE e.cluster = ?2 AND" ENTITY_VISIBLE(
            "e") "ORDER BY e.key",
        &q));
    sk_bind_i64(q, 2, e->cluster);
    return take_all(cx, v, q, ret_list, ret_n);
}

sk_str sk_entity_caption(sk_ctx *cx, sk_view *v, sk_str key)
{
    sk_entity *list;
    size_t n;
    return by_key(cx, v, key, &list, &n) == SK_OK && n ? list[0].caption : key;
}

sk_str sk_claimant_text(sk_ctx *cx, sk_view *v, sk_str member)
{
    if (sk_str_starts(member, SK_S("@")))
        return sk_entity_caption(cx, v, sk_str_sub(member, 1, member.n));
    if (sk_str_starts(member, SK_S("unnamed:")))
        return sk_fmt(&cx->arena, "unnamed %.*s",
                      SK_P(sk_str_trim(sk_str_sub(member, 8, member.n))));
    return member;
}
