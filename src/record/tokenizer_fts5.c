/* The tokenizer as FTS5 (interface version 1, SQLite 3.40) wants it: a thin hull, no state. */
#include "record/tokenizer.h"

#include <sqlite3.h>

/* FTS5 wants an object per table; ours has nothing to remember, so all share this one. */
static char the_tokenizer;

static int create(SK_UNUSED void *context, SK_UNUSED const char **args, int n_args,
                  Fts5Tokenizer **ret_tokenizer)
{
    if (n_args > 0)
        return SQLITE_ERROR; /* no options exist: a misspelt one must not be taken for granted */
    *ret_tokenizer = (Fts5Tokenizer *)&the_tokenizer;
    return SQLITE_OK;
}

static void destroy(SK_UNUSED Fts5Tokenizer *tokenizer) {}

typedef int fts5_token_fn(void *context, int flags, const char *token, int n, int start, int end);

typedef struct receiver {
    fts5_token_fn *fn;
    void *context;
    int rc;
} receiver;

static bool pass_on(void *arg, const sk_token *t)
{
    receiver *r = arg;
    r->rc = r->fn(r->context, t->colocated ? FTS5_TOKEN_COLOCATED : 0, t->folded.p,
                  (int)t->folded.n, (int)t->start, (int)t->end);
    return r->rc == SQLITE_OK;
}

static int tokenize(SK_UNUSED Fts5Tokenizer *tokenizer, void *context, int flags, const char *text,
                    int n, fts5_token_fn *fn)
{
    receiver r = {fn, context, SQLITE_OK};
    if (text && n > 0)
        sk_tokenize((sk_str){text, (size_t)n},
                    flags & FTS5_TOKENIZE_QUERY ? SK_TOKENIZE_QUERY : SK_TOKENIZE_TEXT, pass_on,
                    &r);
    return r.rc;
}

/* FTS5 hands out its interface through an SQL function that fills a pointer. */
static fts5_api *find_api(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &q, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(q, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(q);
    }
    sqlite3_finalize(q);
    return api;
}

sk_rc sk_tokenizer_register(sk_ctx *cx, struct sqlite3 *db)
{
    fts5_api *api = find_api(db);
    fts5_tokenizer hull = {create, destroy, tokenize};
    int rc = api ? api->xCreateTokenizer(api, SK_TOKENIZER_NAME, NULL, &hull, NULL)
                 : sqlite3_errcode(db);
    if (rc == SQLITE_NOMEM)
        return sk_fail(cx, SK_E_LIMIT,
                       "not enough memory for the index; close other programs and try again");
    if (!api)
        return sk_fail(cx, SK_E_UNSUPPORTED,
                       "this SQLite (%s) has no FTS5; search needs one that was built with it",
                       sqlite3_libversion());
    if (rc != SQLITE_OK)
        return sk_fail(cx, SK_E_IO, "registering the search tokenizer: %s", sqlite3_errstr(rc));
    return SK_OK;
}
