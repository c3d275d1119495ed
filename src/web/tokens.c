#include "web/tokens.h"

#include "archive/fs.h"
#include "base/buf.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "record/claim.h"
#include "web/route.h"

#include <errno.h>
#include <sodium.h>
#include <sys/stat.h>
#include <time.h>

enum { FILE_BYTES = 1 << 20, ID_DIGITS = 16 };

static const char *const scope_names[SK_SCOPES] = {
    [SK_SCOPE_READ] = "read",
    [SK_SCOPE_MATCH] = "match",
    [SK_SCOPE_RECONCILE] = "reconcile",
    [SK_SCOPE_EXPORT] = "export",
};

const char *sk_scope_name(sk_scope scope)
{
    return scope_names[scope];
}

sk_rc sk_scopes_parse(sk_ctx *cx, sk_str text, unsigned *ret_scopes)
{
    unsigned scopes = 0;
    sk_str name;
    while (text.n && sk_str_cut(&text, ',', &name)) {
        int i = 0;
        while (i < SK_SCOPES && !sk_str_is(name, scope_names[i]))
            i++;
        if (i == SK_SCOPES)
            return sk_fail(cx, SK_E_FORMAT,
                           "\"%.*s\" is no scope; write read, match, reconcile, export, apart by "
                           "commas",
                           SK_P(name));
        scopes |= SK_SCOPE_BIT(i);
    }
    if (!scopes)
        return sk_fail(cx, SK_E_FORMAT,
                       "a token without a scope may do nothing; write read, match, reconcile, "
                       "export, apart by commas");
    *ret_scopes = scopes;
    return SK_OK;
}

sk_str sk_scopes_text(sk_arena *a, unsigned scopes)
{
    sk_str s = SK_NONE;
    for (int i = 0; i < SK_SCOPES; i++)
        if (scopes & SK_SCOPE_BIT(i))
            s = sk_fmt(a, "%.*s%s%s", SK_P(s), s.n ? "," : "", scope_names[i]);
    return s;
}

/* ---- the table ---- */

/* Of the roles of people a token has reading, and taking tables away where its scope says so; what
 * else it may do its scopes say, route by route. */
static unsigned roles_of(unsigned scopes)
{
    return 1u << SK_ROLE_READ | (scopes & SK_SCOPE_BIT(SK_SCOPE_EXPORT) ? 1u << SK_ROLE_EXPORT : 0);
}

static sk_session *session_of(const sk_token *t)
{
    sk_session *s = sk_xmalloc(sizeof *s);
    *s = (sk_session){.token = t->hash, .roles = roles_of(t->scopes), .scopes = t->scopes};
    memcpy(s->handle, t->id, sizeof s->handle);
    if (t->user.n)
        memcpy(s->user, t->user.p, t->user.n);
    sk_rng_bytes(s->link_key, sizeof s->link_key);
    return s;
}

void sk_tokens_done(sk_tokens *all)
{
    for (size_t i = 0; i < all->n; i++)
        free(all->v[i].session);
    sk_arena_done(&all->arena);
    *all = (sk_tokens){.path = all->path};
}

static bool take_time(sk_str text, char out[SK_TIME_BYTES])
{
    if (!sk_clock_is_time(text))
        return false;
    memcpy(out, text.p, text.n);
    out[text.n] = '\0';
    return true;
}

static sk_rc parse_line(sk_ctx *cx, sk_tokens *all, sk_str line, sk_token *ret_token)
{
    sk_str id, user, scopes, made, until, hash;
    sk_token t = {.session = NULL};
    unsigned char bytes[ID_DIGITS / 2];
    SK_TRY(sk_utf8_enter(cx, line, "the token", &line));
    if (!sk_str_cut(&line, ' ', &id) || !sk_str_cut(&line, ' ', &user) ||
        !sk_str_cut(&line, ' ', &scopes) || !sk_str_cut(&line, ' ', &made) ||
        !sk_str_cut(&line, ' ', &until) || !sk_str_cut(&line, ' ', &hash) || id.n != ID_DIGITS ||
        !sk_unhex(id, bytes, sizeof bytes) || !sk_unhex(hash, t.hash.b, sizeof t.hash.b) ||
        !take_time(made, t.made) || !take_time(until, t.until))
        return sk_fail(cx, SK_E_FORMAT, "is not \"id user scopes made until hash what-for\"");
    memcpy(t.id, id.p, ID_DIGITS);
    SK_TRY(sk_scopes_parse(cx, scopes, &t.scopes));
    if (!sk_str_is(user, "-")) {
        SK_TRY(sk_key_check(cx, user, "user"));
        t.user = sk_str_copy(&all->arena, user);
    }
    t.what_for = sk_str_copy(&all->arena, line);
    *ret_token = t;
    return SK_OK;
}

static sk_rc parse_lines(sk_ctx *cx, sk_str text, sk_tokens *all)
{
    size_t number = 0;
    sk_str line;
    while (text.n && sk_str_cut(&text, '\n', &line)) {
        number++;
        line = sk_str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        if (all->n == SK_LIM_TOKENS)
            return sk_fail(cx, SK_E_LIMIT, "more than %d tokens", SK_LIM_TOKENS);
        SK_GROW(&all->arena, all->v, all->n, all->cap);
        if (parse_line(cx, all, line, &all->v[all->n]))
            return sk_while(cx, "line %zu", number);
        all->v[all->n].session = session_of(&all->v[all->n]);
        all->n++;
    }
    return SK_OK;
}

sk_rc sk_tokens_parse(sk_ctx *cx, sk_str text, sk_tokens *ret_tokens)
{
    sk_tokens all = {.n = 0};
    sk_rc rc = parse_lines(cx, text, &all);
    if (rc)
        sk_tokens_done(&all);
    else
        *ret_tokens = all;
    return rc;
}

sk_str sk_tokens_text(sk_arena *a, const sk_tokens *all)
{
    sk_str text = SK_S("# sillok tokens: id, user, scopes, made, until, hash, what for\n");
    for (size_t i = 0; i < all->n; i++) {
        const sk_token *t = &all->v[i];
        text = sk_fmt(a, "%.*s%s %.*s %.*s %s %s %.*s %.*s\n", SK_P(text), t->id,
                      SK_P(t->user.n ? t->user : SK_S("-")), SK_P(sk_scopes_text(a, t->scopes)),
                      t->made, t->until, SK_P(sk_hash_hex(a, &t->hash)), SK_P(t->what_for));
    }
    return text;
}

/* ---- the file ---- */

static bool look(sk_ctx *cx, sk_str path, int64_t seen[4])
{
    struct stat st;
    if (stat(sk_str_c(&cx->arena, path), &st))
        return false;
    seen[0] = (int64_t)st.st_ino;
    seen[1] = st.st_size;
    seen[2] = st.st_mtim.tv_sec;
    seen[3] = st.st_mtim.tv_nsec;
    return true;
}

/* The file as it is now, in the place of what was read before. */
static sk_rc read_again(sk_ctx *cx, sk_tokens *all)
{
    sk_tokens fresh = {.n = 0};
    sk_str text = SK_S("");
    int64_t seen[4] = {0};
    bool is_there = look(cx, all->path, seen);
    if (is_there)
        SK_TRY(
            sk_fs_read_file(cx, sk_fs_posix(), sk_str_c(&cx->arena, all->path), FILE_BYTES, &text));
    SK_TRY(sk_tokens_parse(cx, text, &fresh));
    sk_tokens_done(all);
    fresh.path = all->path;
    memcpy(fresh.seen, seen, sizeof seen);
    *all = fresh;
    return SK_OK;
}

sk_rc sk_tokens_refresh(sk_ctx *cx, sk_tokens *all)
{
    int64_t seen[4] = {0};
    if (!all->path.n)
        return SK_OK;
    (void)look(cx, all->path, seen);
    if (!memcmp(seen, all->seen, sizeof seen))
        return SK_OK;
    if (read_again(cx, all))
        return sk_while(cx, "tokens \"%.*s\"", SK_P(all->path));
    return SK_OK;
}

static sk_rc write_file(sk_ctx *cx, sk_tokens *all)
{
    sk_str path = all->path;
    size_t slash = path.n;
    if (!path.n)
        return SK_OK;
    while (slash && path.p[slash - 1] != '/')
        slash--;
    sk_str folder = slash ? sk_str_sub(path, 0, slash) : SK_S(".");
    SK_TRY(sk_fs_replace(cx, sk_fs_posix(), folder,
                         sk_str_c(&cx->arena, sk_str_sub(path, slash, path.n)), 0600,
                         sk_tokens_text(&cx->arena, all), true));
    (void)look(cx, path, all->seen);
    return SK_OK;
}

/* ---- making and ending ---- */

static sk_rc after_days(sk_ctx *cx, const char *now, uint64_t days, char out[SK_TIME_BYTES])
{
    struct tm tm = {0};
    char *end = strptime(now, "%Y-%m-%dT%H:%M:%SZ", &tm);
    time_t t = end ? timegm(&tm) + (time_t)(days * 86400) : 0;
    if (!end || !gmtime_r(&t, &tm) || strftime(out, SK_TIME_BYTES, "%Y-%m-%dT%H:%M:%SZ", &tm) != 20)
        return sk_fail(cx, SK_E_FORMAT, "the clock says \"%s\", which is no time to count from",
                       now);
    return SK_OK;
}

static sk_rc check_draft(sk_ctx *cx, const sk_tokens *all, const sk_token_draft *d)
{
    if (all->n >= SK_LIM_TOKENS)
        return sk_fail(cx, SK_E_LIMIT, "there are %d tokens already; end one first", SK_LIM_TOKENS);
    if (!d->scopes || d->scopes & ~(unsigned)SK_SCOPE_ANY)
        return sk_fail(cx, SK_E_FORMAT, "a token without a scope may do nothing; choose one");
    if (d->days < 1 || d->days > SK_TOKEN_DAYS)
        return sk_fail(cx, SK_E_FORMAT, "a token lasts 1 to %d days", SK_TOKEN_DAYS);
    if (d->what_for.n > SK_TOKEN_WHAT_BYTES || sk_str_find(d->what_for, SK_S("\n")) != SIZE_MAX)
        return sk_fail(cx, SK_E_FORMAT, "what a token is for is one line of at most %d bytes",
                       SK_TOKEN_WHAT_BYTES);
    return d->user.n ? sk_key_check(cx, d->user, "user") : SK_OK;
}

sk_rc sk_token_add(sk_ctx *cx, sk_tokens *all, const sk_token_draft *draft, char *ret_text,
                   const sk_token **ret_token)
{
    unsigned char id[ID_DIGITS / 2];
    sk_token t = {.scopes = draft->scopes};
    SK_TRY(sk_tokens_refresh(cx, all));
    SK_TRY(check_draft(cx, all, draft));
    sk_clock_now(t.made);
    SK_TRY(after_days(cx, t.made, draft->days, t.until));
    sk_rng_bytes(id, sizeof id);
    sodium_bin2hex(t.id, sizeof t.id, id, sizeof id);
    sk_token_make(ret_text);
    t.hash = sk_sha256(sk_str_of(ret_text));
    t.user = sk_str_copy(&all->arena, draft->user);
    t.what_for = sk_str_copy(&all->arena, sk_str_trim(draft->what_for));
    SK_GROW(&all->arena, all->v, all->n, all->cap);
    all->v[all->n++] = t;
    sk_rc rc = write_file(cx, all);
    if (rc) { /* one that is not on disk would end with the program, and nobody would know */
        all->n--;
        sodium_memzero(ret_text, SK_TOKEN_CHARS);
        return rc;
    }
    all->v[all->n - 1].session = session_of(&t);
    *ret_token = &all->v[all->n - 1];
    return SK_OK;
}

sk_rc sk_token_end(sk_ctx *cx, sk_tokens *all, sk_str id)
{
    SK_TRY(sk_tokens_refresh(cx, all));
    for (size_t i = 0; i < all->n; i++) {
        if (!sk_str_is(id, all->v[i].id))
            continue;
        free(all->v[i].session);
        all->v[i] = all->v[--all->n];
        return write_file(cx, all);
    }
    return sk_fail(cx, SK_E_NOTFOUND, "no token has the id \"%.*s\"", SK_P(id));
}

/* ---- letting in ---- */

bool sk_token_is_over(const sk_token *t)
{
    char now[SK_TIME_BYTES];
    sk_clock_now(now);
    return strcmp(now, t->until) >= 0; /* both of one form, which sorts as time does */
}

const sk_token *sk_token_find(const sk_tokens *all, sk_str text)
{
    const sk_token *found = NULL;
    if (!sk_token_is_form(text))
        return NULL;
    sk_hash hash = sk_sha256(text);
    for (size_t i = 0; i < all->n; i++)
        if (sk_hash_eq(&all->v[i].hash, &hash))
            found = &all->v[i];
    return found && !sk_token_is_over(found) ? found : NULL;
}

bool sk_token_is_form(sk_str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '-' || c == '_'))
            return false;
    }
    return text.n == SK_TOKEN_CHARS;
}

sk_str sk_authorization_token(sk_str header)
{
    sk_str rest = sk_str_trim(header), scheme;
    if (!sk_str_cut(&rest, ' ', &scheme) ||
        !(sk_str_eq_nocase(scheme, SK_S("Bearer")) || sk_str_eq_nocase(scheme, SK_S("ApiKey"))))
        return SK_NONE;
    rest = sk_str_trim(rest);
    return sk_token_is_form(rest) ? rest : SK_NONE;
}
