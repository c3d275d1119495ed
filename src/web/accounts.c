#include "web/accounts.h"

#include "archive/fs.h"
#include "base/buf.h"
#include "base/rng.h"
#include "record/claim.h"
#include "web/route.h"
#include "web/serve.h"

#include <sodium.h>

enum { FILE_BYTES = 1 << 20, LEAST_PASSWORD = 10, MOST_PASSWORD = 1024 };

sk_rc sk_roles_parse(sk_ctx *cx, sk_str text, unsigned *ret_roles)
{
    unsigned roles = 1u << SK_ROLE_READ;
    sk_str name;
    while (text.n && sk_str_cut(&text, ',', &name)) {
        sk_role role;
        if (!sk_role_find(name, &role) || role == SK_ROLE_NONE)
            return sk_fail(cx, SK_E_FORMAT,
                           "\"%.*s\" is no role; write read, enter, judge, export, admin, apart "
                           "by commas",
                           SK_P(name));
        roles |= 1u << role;
    }
    *ret_roles = roles;
    return SK_OK;
}

sk_str sk_roles_text(sk_arena *a, unsigned roles)
{
    sk_str s = SK_NONE;
    for (int i = SK_ROLE_READ; i < SK_ROLES; i++)
        if (roles & 1u << i)
            s = sk_fmt(a, "%.*s%s%s", SK_P(s), s.n ? "," : "", sk_role_name((sk_role)i));
    return s;
}

static sk_rc parse_line(sk_ctx *cx, sk_str line, sk_account *ret_account)
{
    sk_str name, roles, hash;
    if (!sk_str_cut(&line, ' ', &name) || !sk_str_cut(&line, ' ', &roles) ||
        !sk_str_cut(&line, ' ', &hash) || !sk_str_starts(hash, SK_S("$argon2id$")))
        return sk_fail(cx, SK_E_FORMAT, "is not \"name roles hash\"");
    SK_TRY(sk_key_check(cx, name, "name"));
    SK_TRY(sk_roles_parse(cx, roles, &ret_account->roles));
    if (hash.n >= crypto_pwhash_STRBYTES)
        return sk_fail(cx, SK_E_FORMAT, "has a hash that is too long");
    ret_account->name = name;
    ret_account->hash = hash;
    return SK_OK;
}

sk_rc sk_accounts_parse(sk_ctx *cx, sk_str text, sk_accounts *ret_accounts)
{
    sk_account *v = NULL;
    size_t n = 0, cap = 0, number = 0;
    sk_str line;
    while (text.n && sk_str_cut(&text, '\n', &line)) {
        number++;
        line = sk_str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        if (n == SK_LIM_ACCOUNTS)
            return sk_fail(cx, SK_E_LIMIT, "more than %d accounts", SK_LIM_ACCOUNTS);
        SK_GROW(&cx->arena, v, n, cap);
        if (parse_line(cx, line, &v[n]))
            return sk_while(cx, "line %zu", number);
        n++;
    }
    *ret_accounts = (sk_accounts){.v = v, .n = n, .is_shared = true};
    return SK_OK;
}

/* ret_text is empty when there is no such file. */
static sk_rc read_text(sk_ctx *cx, sk_str path, sk_str *ret_text)
{
    const sk_fs *fs = sk_fs_posix();
    sk_rc rc = sk_fs_read_file(cx, fs, sk_str_c(&cx->arena, path), FILE_BYTES, ret_text);
    if (rc == SK_E_NOTFOUND) {
        sk_forgive(cx);
        *ret_text = SK_S("");
        return SK_OK;
    }
    return rc;
}

/* ret_hash   crypto_pwhash_STRBYTES */
static sk_rc hash_password(sk_ctx *cx, sk_str password, char *ret_hash)
{
    if (sodium_init() < 0 ||
        crypto_pwhash_str(ret_hash, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE))
        return sk_fail(cx, SK_E_LIMIT, "not enough memory to hash a password");
    return SK_OK;
}

sk_rc sk_accounts_read(sk_ctx *cx, sk_str path, sk_accounts *ret_accounts)
{
    sk_str text;
    SK_TRY(read_text(cx, path, &text));
    if (sk_accounts_parse(cx, text, ret_accounts))
        return sk_while(cx, "accounts \"%.*s\"", SK_P(path));
    unsigned char never[32];
    sk_rng_bytes(never, sizeof never);
    return hash_password(cx, (sk_str){(const char *)never, sizeof never}, ret_accounts->nobody);
}

const sk_account *sk_account_check(sk_ctx *cx, const sk_accounts *all, sk_str name, sk_str password)
{
    const sk_account *found = NULL;
    for (size_t i = 0; i < all->n; i++)
        if (sk_str_eq(all->v[i].name, name))
            found = &all->v[i];
    if (password.n > MOST_PASSWORD)
        return NULL;
    const char *hash = found ? sk_str_c(&cx->arena, found->hash) : all->nobody;
    bool fits = crypto_pwhash_str_verify(hash, password.p ? password.p : "", password.n) == 0;
    return fits ? found : NULL;
}

/* ---- making them ---- */

static sk_str without(sk_ctx *cx, sk_str text, sk_str name)
{
    sk_buf kept;
    sk_str line, all = text;
    sk_buf_init(&kept, FILE_BYTES);
    while (all.n && sk_str_cut(&all, '\n', &line)) {
        sk_str rest = line, first;
        sk_str_cut(&rest, ' ', &first);
        if (!sk_str_eq(first, name))
            sk_buf_addf(&kept, "%.*s\n", SK_P(line));
    }
    text = sk_str_copy(&cx->arena, sk_buf_str(&kept));
    sk_buf_done(&kept);
    return text;
}

sk_rc sk_serve_add_account(sk_ctx *cx, sk_str path, sk_str name, sk_str roles, sk_str password)
{
    char hash[crypto_pwhash_STRBYTES];
    unsigned bits;
    sk_str text;
    SK_TRY(sk_key_check(cx, name, "name"));
    SK_TRY(sk_roles_parse(cx, roles, &bits));
    if (password.n < LEAST_PASSWORD || password.n > MOST_PASSWORD)
        return sk_fail(cx, SK_E_FORMAT, "a password has %d to %d bytes", LEAST_PASSWORD,
                       MOST_PASSWORD);
    SK_TRY(hash_password(cx, password, hash));
    SK_TRY(read_text(cx, path, &text));
    text = text.n ? without(cx, text, name) : SK_S("# sillok accounts: name, roles, hash\n");
    text = sk_fmt(&cx->arena, "%.*s%.*s %.*s %s\n", SK_P(text), SK_P(name),
                  SK_P(sk_roles_text(&cx->arena, bits)), hash);
    size_t slash = path.n;
    while (slash && path.p[slash - 1] != '/')
        slash--;
    sk_str folder = slash ? sk_str_sub(path, 0, slash) : SK_S(".");
    return sk_fs_replace(cx, sk_fs_posix(), folder,
                         sk_str_c(&cx->arena, sk_str_sub(path, slash, path.n)), 0600, text, true);
}
