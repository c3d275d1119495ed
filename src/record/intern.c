/* Row numbers of things that entries name again and again: words, claimant chains, entities,
 * exhibits. Small caches in front of the tables, so that a million claims do not ask SQLite four
 * times each. A cache never outlives a transaction that fails (sk_index__forget). */
#include "record/index_private.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>
#pragma GCC diagnostic ignored "-Wimplicit-fallthrough" /* inside uthash's macros */
#define uthash_malloc(n) sk_xmalloc(n) /* its own way of running out is exit(-1), saying nothing */
#include <uthash.h>

enum { ENTITY_SLOTS = 1 << 15 };

struct sk_intern {
    int64_t id;
    UT_hash_handle hh;
    size_t n;
    char text[];
};

struct sk_entity_slot {
    int64_t id;
    char *key; /* malloc'ed; NULL: the slot is empty */
    size_t n;
    sk_str type; /* of the model, or kept in the index's arena */
};

static struct sk_intern *look_up(struct sk_intern *map, sk_str text)
{
    struct sk_intern *found;
    HASH_FIND(hh, map, text.p, text.n, found);
    return found;
}

static void remember(struct sk_intern **map, sk_str text, int64_t id)
{
    struct sk_intern *it = sk_xmalloc(sizeof *it + text.n);
    it->id = id;
    it->n = text.n;
    memcpy(it->text, text.p, text.n);
    HASH_ADD_KEYPTR(hh, *map, it->text, it->n, it);
}

static void forget_map(struct sk_intern **map)
{
    struct sk_intern *it, *next;
    HASH_ITER(hh, *map, it, next)
    {
        HASH_DEL(*map, it); /* NOLINT(clang-analyzer-unix.Malloc): uthash looks ahead safely */
        free(it);
    }
}

void sk_index__forget(sk_index *ix)
{
    forget_map(&ix->words);
    forget_map(&ix->chains);
    for (size_t i = 0; ix->entities && i < ENTITY_SLOTS; i++)
        free(ix->entities[i].key);
    free(ix->entities);
    ix->entities = NULL;
}

/* Find text with one statement, else insert it with the other. */
static sk_rc find_or_add(sk_ctx *cx, sk_index *ix, const char *find, const char *add, sk_str text,
                         int64_t *ret_id, bool *ret_added)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, find, &q));
    sk_bind_str(q, 1, text);
    sk_rc rc = sk_step(cx, q);
    *ret_added = rc == SK_E_NOTFOUND;
    if (rc == SK_OK) {
        *ret_id = sk_col_i64(q, 0);
        sqlite3_reset(q);
        return SK_OK;
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    SK_TRY(sk_sql(cx, &ix->db, add, &q));
    sk_bind_str(q, 1, text);
    SK_TRY(sk_run(cx, q));
    *ret_id = sqlite3_last_insert_rowid(ix->db.handle);
    return SK_OK;
}

sk_rc sk_index__word(sk_ctx *cx, sk_index *ix, sk_str text, int64_t *ret_id)
{
    struct sk_intern *it = look_up(ix->words, text);
    if (!it) {
        bool added;
        int64_t id;
        SK_TRY(find_or_add(cx, ix, "SELECT id FROM word WHERE text = ?",
                           "INSERT INTO word(text) VALUES(?)", text, &id, &added));
        remember(&ix->words, text, id);
        *ret_id = id;
        return SK_OK;
    }
    *ret_id = it->id;
    return SK_OK;
}

/* Write the members of a new chain; "@key" is a link to an entity. */
static sk_rc add_members(sk_ctx *cx, sk_index *ix, int64_t chain, const sk_str *members, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t entity = 0;
        if (sk_str_starts(members[i], SK_S("@")))
            SK_TRY(sk_index__entity(cx, ix, sk_str_sub(members[i], 1, members[i].n), SK_NONE,
                                    &entity));
        sk_stmt *q;
        SK_TRY(sk_sql(cx, &ix->db,
                      "INSERT INTO chain_member(chain, ord, text, folded, entity)"
                      " VALUES(?,?,?,?,nullif(?,0))",
                      &q));
        sk_bind_i64(q, 1, chain);
        sk_bind_i64(q, 2, (int64_t)i);
        sk_bind_str(q, 3, members[i]);
        sk_bind_str(q, 4, sk_utf8_fold(&cx->arena, members[i]));
        sk_bind_i64(q, 5, entity);
        SK_TRY(sk_run(cx, q));
    }
    return SK_OK;
}

sk_rc sk_index__chain(sk_ctx *cx, sk_index *ix, const sk_str *members, size_t n, int64_t *ret_id)
{
    sk_buf joined;
    sk_buf_init(&joined, SK_LIM_NOTE_BYTES);
    for (size_t i = 0; i < n; i++)
        sk_buf_addf(&joined, "%s%.*s", i ? "\n" : "", SK_P(members[i]));
    sk_str text = n ? sk_str_copy(&cx->arena, sk_buf_str(&joined)) : SK_S("");
    bool is_cut = joined.overflow; /* two chains must not become one */
    sk_buf_done(&joined);
    if (is_cut)
        return sk_fail(cx, SK_E_LIMIT, "a chain of claimants is longer than %zu bytes",
                       joined.ceiling);
    struct sk_intern *it = look_up(ix->chains, text);
    if (it) {
        *ret_id = it->id;
        return SK_OK;
    }
    bool added;
    int64_t id;
    SK_TRY(find_or_add(cx, ix, "SELECT id FROM chain WHERE text = ?",
                       "INSERT INTO chain(text) VALUES(?)", text, &id, &added));
    if (added)
        SK_TRY(add_members(cx, ix, id, members, n));
    remember(&ix->chains, text, id);
    *ret_id = id;
    return SK_OK;
}

sk_rc sk_index__next_unit(sk_ctx *cx, sk_index *ix, int64_t *ret_row)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT coalesce(max(id), 0) + 1 FROM unit", &q));
    SK_TRY(sk_step(cx, q));
    *ret_row = sk_col_i64(q, 0);
    sqlite3_reset(q);
    return SK_OK;
}

sk_rc sk_index__exhibit(sk_ctx *cx, sk_index *ix, const sk_hash *sha256, int64_t *ret_id)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT id FROM exhibit WHERE sha256 = ?", &q));
    sk_bind_hash(q, 1, sha256);
    sk_rc rc = sk_step(cx, q);
    if (rc == SK_OK) {
        *ret_id = sk_col_i64(q, 0);
        sqlite3_reset(q);
        return SK_OK;
    }
    if (rc != SK_E_NOTFOUND)
        return rc;
    SK_TRY(sk_sql(cx, &ix->db, "INSERT INTO exhibit(sha256) VALUES(?)", &q));
    sk_bind_hash(q, 1, sha256);
    SK_TRY(sk_run(cx, q));
    *ret_id = sqlite3_last_insert_rowid(ix->db.handle);
    return SK_OK;
}

bool sk_index__says_more(const sk_model *m, sk_str a, sk_str b)
{
    if (a.n == 0 || b.n == 0)
        return a.n > 0;
    const sk_type *ta = sk_model_find_type(m, a), *tb = sk_model_find_type(m, b);
    unsigned da = ta ? ta->depth + 1 : 0, db = tb ? tb->depth + 1 : 0;
    return da != db ? da > db : sk_str_cmp(a, b) < 0;
}

static sk_rc load_entity(sk_ctx *cx, sk_index *ix, sk_str key, struct sk_entity_slot *slot)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "SELECT id, type FROM entity WHERE key = ?", &q));
    sk_bind_str(q, 1, key);
    sk_rc rc = sk_step(cx, q);
    sk_str type = SK_NONE;
    if (rc == SK_OK) {
        slot->id = sk_col_i64(q, 0);
        type = sk_str_copy(&ix->arena, sk_col_peek(q, 1));
        sqlite3_reset(q);
    } else if (rc == SK_E_NOTFOUND) {
        SK_TRY(sk_sql(cx, &ix->db,
                      "INSERT INTO entity(id, key, cluster) SELECT n, ?, n FROM"
                      " (SELECT coalesce(max(id), 0) + 1 AS n FROM entity)",
                      &q));
        sk_bind_str(q, 1, key);
        SK_TRY(sk_run(cx, q));
        slot->id = sqlite3_last_insert_rowid(ix->db.handle);
    } else {
        return rc;
    }
    free(slot->key);
    slot->key = sk_xmalloc(key.n);
    memcpy(slot->key, key.p, key.n);
    slot->n = key.n;
    slot->type = type;
    return SK_OK;
}

static sk_rc raise_type(sk_ctx *cx, sk_index *ix, struct sk_entity_slot *slot, sk_str type)
{
    const sk_type *known = sk_model_find_type(ix->model, type);
    slot->type = known ? known->name : sk_str_copy(&ix->arena, type);
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ix->db, "UPDATE entity SET type = ? WHERE id = ?", &q));
    sk_bind_str(q, 1, slot->type);
    sk_bind_i64(q, 2, slot->id);
    return sk_run(cx, q);
}

sk_rc sk_index__entity(sk_ctx *cx, sk_index *ix, sk_str key, sk_str type, int64_t *ret_id)
{
    if (!ix->entities) {
        ix->entities = sk_xmalloc(ENTITY_SLOTS * sizeof *ix->entities);
        memset(ix->entities, 0, ENTITY_SLOTS * sizeof *ix->entities);
    }
    unsigned hash;
    HASH_JEN(key.p, key.n, hash);
    struct sk_entity_slot *slot = &ix->entities[hash & (ENTITY_SLOTS - 1)];
    if (!slot->key || !sk_str_eq((sk_str){slot->key, slot->n}, key))
        SK_TRY(load_entity(cx, ix, key, slot));
    if (sk_index__says_more(ix->model, type, slot->type))
        SK_TRY(raise_type(cx, ix, slot, type));
    *ret_id = slot->id;
    return SK_OK;
}
