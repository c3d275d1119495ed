/* The queue: suggestions in the order of exhibits and texts, and how many await. */
#include "record/suggest_private.h"

#define COLUMNS                                                                                   \
    "SELECT s.hash, x.sha256, s.kind, s.tier, w.text, o.text, m.text, s.position, s.start,"       \
    " s.\"end\", s.passage, s.passage_end, s.state, s.body, s.exhibit," HIDDEN                    \
    ", (SELECT substr(CAST(u.text AS BLOB), s.passage - u.start + 1, s.passage_end - s.passage)"  \
    "   FROM unit u WHERE u.owner = s.exhibit AND u.kind < 4 AND u.start <= s.passage"            \
    "   AND u.\"end\" >= s.passage_end AND" VISIBLE(                                              \
        "u") "LIMIT 1)"                                                                           \
             " FROM suggestion s JOIN exhibit x ON x.id = s.exhibit JOIN word w ON w.id = s.rule" \
             " JOIN word o ON o.id = s.origin JOIN word m ON m.id = s.modality WHERE" VISIBLE(    \
                 "s") "AND" VISIBLE("x")

/* ?2 exhibit or NULL, ?3 kinds, ?4 tier, ?5 rule, ?6 origin, ?7 decided too. */
#define FITS                                                                                \
    "AND (?2 IS NULL OR x.sha256 = ?2) AND (1 << s.kind) & ?3 AND s.tier <= ?4"             \
    " AND (?5 = '' OR w.text = ?5) AND (?6 = '' OR o.text = ?6 OR (?6 = 'model' AND o.text" \
    " LIKE 'model:%')) AND (?7 OR s.state = 0) AND (?4 > 3 OR NOT " HIDDEN ") "

static void bind_filter(sk_stmt *q, const sk_review_filter *f)
{
    if (f->exhibit)
        sk_bind_hash(q, 2, f->exhibit);
    sk_bind_i64(q, 3, f->kinds ? f->kinds : (1 << SK_SUGGEST_KINDS) - 1);
    sk_bind_i64(q, 4, f->tier_most ? f->tier_most : 3);
    sk_bind_str(q, 5, f->rule.n ? f->rule : SK_S(""));
    sk_bind_str(q, 6, f->origin.n ? f->origin : SK_S(""));
    sk_bind_i64(q, 7, f->decided);
}

/* ---- from rows ---- */

/* Ids, numbers of lists and places as they can be; the words of the passage are all of it or none. */
static bool is_sound(sk_stmt *q, sk_suggestion *s)
{
    const struct {
        int column;
        int64_t least, most;
    } columns[] = {{2, 0, SK_SUGGEST_KINDS - 1}, {3, 1, 4},
                   {7, 0, SK_POSITIONS - 1},     {8, 0, SK_LIM_TEXT_BYTES},
                   {9, 0, SK_LIM_TEXT_BYTES},    {10, 0, SK_LIM_TEXT_BYTES},
                   {11, 0, SK_LIM_TEXT_BYTES},   {12, 0, SK_SUGGEST_STATES - 1}};
    for (size_t i = 0; i < SK_COUNT(columns); i++) {
        int64_t n = sk_col_i64(q, columns[i].column);
        if (n < columns[i].least || n > columns[i].most)
            return false;
    }
    size_t words = sk_col_peek(q, 16).n;
    int64_t passage = sk_col_i64(q, 11) - sk_col_i64(q, 10);
    return sk_col_hash(q, 0, &s->id) && sk_col_hash(q, 1, &s->exhibit) &&
           sk_col_i64(q, 8) <= sk_col_i64(q, 9) && sk_col_i64(q, 10) <= sk_col_i64(q, 8) &&
           sk_col_i64(q, 9) <= sk_col_i64(q, 11) && (!words || (int64_t)words == passage);
}

static sk_rc take_row(sk_ctx *cx, sk_stmt *q, sk_suggestion *s)
{
    sk_suggestion ids = {0};
    if (!is_sound(q, &ids))
        return sk_fail(cx, SK_E_INTEGRITY,
                       "a suggestion of the index is damaged; run: sillok reindex");
    *s = (sk_suggestion){.id = ids.id,
                         .exhibit = ids.exhibit,
                         .kind = (sk_suggest_kind)sk_col_i64(q, 2),
                         .tier = (unsigned)sk_col_i64(q, 3),
                         .position = (sk_position)sk_col_i64(q, 7)};
    s->rule = sk_col_str(cx, q, 4);
    s->origin = sk_col_str(cx, q, 5);
    s->modality = sk_col_str(cx, q, 6);
    size_t *const places[] = {&s->start, &s->end, &s->passage, &s->passage_end};
    for (size_t i = 0; i < SK_COUNT(places); i++)
        *places[i] = (size_t)sk_col_i64(q, 8 + (int)i);
    s->state = (sk_suggest_state)sk_col_i64(q, 12);
    s->is_hidden = sk_col_i64(q, 15);
    s->text = sk_col_str(cx, q, 16);
    return sk_suggestion__unpack(cx, sk_col_str(cx, q, 13), s);
}

/* What the exhibit is called where it speaks itself. */
static sk_rc exhibit_name(sk_ctx *cx, sk_view *v, const sk_hash *hash, sk_str *ret_name)
{
    sk_exhibit x;
    SK_TRY(sk_exhibit_get(cx, v, hash, &x));
    *ret_name = x.title.n  ? x.title
                : x.name.n ? x.name
                           : sk_fmt(&cx->arena, "exhibit %.12s", sk_hash_hex(&cx->arena, hash).p);
    return SK_OK;
}

/* An act is new until its claims stand; its key comes from the suggestion. */
static sk_rc resolve_subject(sk_ctx *cx, sk_view *v, sk_suggestion *s)
{
    if (s->kind != SK_SUGGEST_ACT)
        return sk_party__resolve(cx, v, &s->exhibit, &s->subject);
    s->subject.key = sk_fmt(&cx->arena, "act-%.12s", sk_hash_hex(&cx->arena, &s->id).p);
    sk_entity e;
    sk_rc rc = sk_entity_find(cx, v, sk_fmt(&cx->arena, "@%.*s", SK_P(s->subject.key)), &e);
    s->subject.is_new = rc == SK_E_NOTFOUND;
    if (rc == SK_E_NOTFOUND)
        sk_forgive(cx);
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

/* A link to a suggestion that the view hides would tell that there is one. */
static sk_rc resolve_same(sk_ctx *cx, sk_view *v, sk_suggestion *s)
{
    if (!s->has_same_as)
        return SK_OK;
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, v, "SELECT 1 FROM suggestion s WHERE s.hash = ?2 AND" VISIBLE("s") "LIMIT 1", &q));
    sk_bind_hash(q, 2, &s->same_as);
    sk_rc rc = sk_step(cx, q);
    sqlite3_reset(q);
    s->has_same_as = rc == SK_OK;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

/* Parties as the view has them. The lists were made by unpacking, in the arena: ours to fill. */
static sk_rc resolve(sk_ctx *cx, sk_review *rv, sk_suggestion *s)
{
    sk_view *v = rv->view;
    SK_TRY(resolve_subject(cx, v, s));
    SK_TRY(resolve_same(cx, v, s));
    sk_proposal *proposals = sk_new_array(&cx->arena, sk_proposal, s->n_proposals);
    for (size_t i = 0; i < s->n_proposals; i++) {
        proposals[i] = s->proposals[i];
        if (proposals[i].kind == SK_VALUE_ENTITY)
            SK_TRY(sk_party__resolve(cx, v, &s->exhibit, &proposals[i].party));
    }
    s->proposals = proposals;
    sk_party *chain = sk_new_array(&cx->arena, sk_party, s->n_chain);
    for (size_t i = 0; i < s->n_chain; i++) {
        chain[i] = s->chain[i];
        if (chain[i].is_exhibit)
            SK_TRY(exhibit_name(cx, v, &s->exhibit, &chain[i].name));
        else
            SK_TRY(sk_party__resolve(cx, v, &s->exhibit, &chain[i]));
    }
    s->chain = chain;
    return SK_OK;
}

/* All rows, resolved once the statement is done, for resolving asks more. */
static sk_rc take_all(sk_ctx *cx, sk_review *rv, sk_stmt *q, sk_suggestion **ret_list,
                      size_t *ret_n)
{
    sk_suggestion *list = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, list, n, cap);
        sk_rc bad = take_row(cx, q, &list[n++]);
        if (bad) {
            sqlite3_reset(q);
            return bad;
        }
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    for (size_t i = 0; i < n; i++)
        SK_TRY(resolve(cx, rv, &list[i]));
    *ret_list = list;
    *ret_n = n;
    return SK_OK;
}

static sk_rc take_first(sk_ctx *cx, sk_review *rv, sk_stmt *q, sk_suggestion *ret_suggestion)
{
    sk_suggestion *list;
    size_t n;
    SK_TRY(take_all(cx, rv, q, &list, &n));
    if (n == 0)
        return SK_E_NOTFOUND;
    *ret_suggestion = list[0];
    return SK_OK;
}

/* ---- by id ---- */

sk_rc sk_review_get(sk_ctx *cx, sk_review *rv, const sk_hash *id, sk_suggestion *ret_suggestion)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view, COLUMNS "AND s.hash = ?2", &q));
    sk_bind_hash(q, 2, id);
    sk_rc rc = take_first(cx, rv, q, ret_suggestion);
    if (rc == SK_E_NOTFOUND)
        return sk_fail(cx, SK_E_NOTFOUND, "no suggestion \"%.12s\"", sk_hash_hex(&cx->arena, id).p);
    return rc;
}

sk_rc sk_review_find(sk_ctx *cx, sk_review *rv, sk_str prefix, sk_suggestion *ret_suggestion)
{
    sk_hash lo, hi;
    SK_TRY(sk_hash_range(cx, prefix, &lo, &hi));
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view, COLUMNS "AND s.hash BETWEEN ?2 AND ?3 LIMIT 2", &q));
    sk_bind_hash(q, 2, &lo);
    sk_bind_hash(q, 3, &hi);
    sk_suggestion *list;
    size_t n;
    SK_TRY(take_all(cx, rv, q, &list, &n));
    if (n == 0)
        return sk_fail(cx, SK_E_NOTFOUND, "no suggestion begins with \"%.*s\"", SK_P(prefix));
    if (n > 1)
        return sk_fail(cx, SK_E_AMBIGUOUS,
                       "several suggestions begin with \"%.*s\"; give more digits", SK_P(prefix));
    *ret_suggestion = list[0];
    return SK_OK;
}

/* ---- in order ---- */

/* Where a suggestion stands in the order. */
typedef struct place {
    int64_t exhibit, start, end, kind;
    sk_hash hash;
} place;

static sk_rc find_place(sk_ctx *cx, sk_review *rv, const sk_hash *id, int64_t else_exhibit,
                        place *ret_place)
{
    *ret_place = (place){.exhibit = else_exhibit}; /* before all, or behind all */
    if (!id)
        return SK_OK;
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view,
                       "SELECT s.exhibit, s.start, s.\"end\", s.kind FROM suggestion s"
                       " WHERE s.hash = ?2 AND" VISIBLE("s"),
                       &q));
    sk_bind_hash(q, 2, id);
    sk_rc rc = sk_step(cx, q);
    if (rc == SK_E_NOTFOUND)
        return sk_fail(cx, SK_E_NOTFOUND, "no suggestion \"%.12s\"", sk_hash_hex(&cx->arena, id).p);
    SK_TRY(rc);
    *ret_place = (place){.exhibit = sk_col_i64(q, 0),
                         .start = sk_col_i64(q, 1),
                         .end = sk_col_i64(q, 2),
                         .kind = sk_col_i64(q, 3),
                         .hash = *id};
    sqlite3_reset(q);
    return SK_OK;
}

static void bind_place(sk_stmt *q, const place *p)
{
    sk_bind_i64(q, 8, p->exhibit);
    sk_bind_i64(q, 9, p->start);
    sk_bind_i64(q, 10, p->end);
    sk_bind_i64(q, 11, p->kind);
    sk_bind_hash(q, 12, &p->hash);
}

#define ORDER(way) \
    "ORDER BY s.exhibit" way ", s.start" way ", s.\"end\"" way ", s.kind" way ", s.hash" way
#define HERE "(s.exhibit, s.start, s.\"end\", s.kind, s.hash)"

sk_rc sk_review_next(sk_ctx *cx, sk_review *rv, const sk_review_filter *f, const sk_hash *after,
                     sk_suggestion *ret_suggestion)
{
    place p;
    SK_TRY(find_place(cx, rv, after, 0, &p));
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view,
                       COLUMNS FITS "AND " HERE " > (?8, ?9, ?10, ?11, ?12) " ORDER("") " LIMIT 1",
                       &q));
    bind_filter(q, f);
    bind_place(q, &p);
    return take_first(cx, rv, q, ret_suggestion);
}

sk_rc sk_review_previous(sk_ctx *cx, sk_review *rv, const sk_review_filter *f,
                         const sk_hash *before, sk_suggestion *ret_suggestion)
{
    place p;
    SK_TRY(find_place(cx, rv, before, INT64_MAX, &p));
    sk_stmt *q;
    SK_TRY(sk_view_sql(
        cx, rv->view,
        COLUMNS FITS "AND " HERE " < (?8, ?9, ?10, ?11, ?12) " ORDER(" DESC") " LIMIT 1", &q));
    bind_filter(q, f);
    bind_place(q, &p);
    return take_first(cx, rv, q, ret_suggestion);
}

sk_rc sk_review_list(sk_ctx *cx, sk_review *rv, const sk_review_filter *f, uint64_t limit,
                     sk_suggestion **ret_list, size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view, COLUMNS FITS ORDER("") " LIMIT ?8", &q));
    bind_filter(q, f);
    sk_bind_i64(q, 8, limit ? (int64_t)limit : -1);
    return take_all(cx, rv, q, ret_list, ret_n);
}
