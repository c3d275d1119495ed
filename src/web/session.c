#include "web/session.h"

#include "base/rng.h"

#include <sodium.h>

enum { IDLE_MS = 2 * 3600 * 1000, LIFE_MS = 12 * 3600 * 1000 };

bool sk_bucket_take(sk_bucket *b, double most, double per_second, int64_t now_ms)
{
    double filled = b->at_ms ? b->left + per_second * (double)(now_ms - b->at_ms) / 1000 : most;
    b->left = filled > most ? most : filled;
    b->at_ms = now_ms ? now_ms : 1;
    if (b->left < 1)
        return false;
    b->left -= 1;
    return true;
}

static void to_text(const unsigned char bytes[32], char *ret_text)
{
    sodium_bin2base64(ret_text, SK_TOKEN_CHARS + 1, bytes, 32,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void sk_token_make(char *ret_token)
{
    unsigned char bytes[32];
    sk_rng_bytes(bytes, sizeof bytes);
    to_text(bytes, ret_token);
    sodium_memzero(bytes, sizeof bytes);
}

bool sk_token_eq(sk_str a, sk_str b)
{
    sk_hash x = sk_sha256(a), y = sk_sha256(b);
    return sodium_memcmp(x.b, y.b, sizeof x.b) == 0;
}

/* ---- the table ---- */

static bool has_ended(const sk_session *s, int64_t now_ms)
{
    return now_ms - s->used_ms > IDLE_MS || now_ms - s->began_ms > LIFE_MS;
}

void sk_session_close(sk_sessions *all, sk_session *s)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i] == s) {
            all->v[i] = all->v[--all->n];
            sodium_memzero(s, sizeof *s);
            free(s);
            return;
        }
}

static void make_room(sk_sessions *all, int64_t now_ms)
{
    sk_session *oldest = NULL;
    for (size_t i = all->n; i-- > 0;)
        if (has_ended(all->v[i], now_ms))
            sk_session_close(all, all->v[i]);
    if (all->n < SK_LIM_SESSIONS)
        return;
    for (size_t i = 0; i < all->n; i++)
        if (!oldest || all->v[i]->used_ms < oldest->used_ms)
            oldest = all->v[i];
    sk_session_close(all, oldest);
}

sk_session *sk_session_open(sk_sessions *all, sk_str user, unsigned roles, int64_t now_ms,
                            char *ret_token)
{
    unsigned char handle[8];
    make_room(all, now_ms);
    sk_session *s = sk_xmalloc(sizeof *s);
    *s = (sk_session){.roles = roles, .began_ms = now_ms, .used_ms = now_ms};
    sk_assert(user.n <= SK_LIM_KEY_BYTES);
    if (user.n)
        memcpy(s->user, user.p, user.n);
    sk_token_make(ret_token);
    sk_token_make(s->form_token);
    s->token = sk_sha256(sk_str_of(ret_token));
    sk_rng_bytes(s->link_key, sizeof s->link_key);
    sk_rng_bytes(handle, sizeof handle);
    sodium_bin2hex(s->handle, sizeof s->handle, handle, sizeof handle);
    all->v[all->n++] = s;
    return s;
}

static sk_session *alive(sk_sessions *all, sk_session *s, int64_t now_ms)
{
    if (!s)
        return NULL;
    if (has_ended(s, now_ms)) {
        sk_session_close(all, s);
        return NULL;
    }
    s->used_ms = now_ms;
    return s;
}

/* Tokens are looked up by their hash, so that no comparison says how much of one was right. */
sk_session *sk_session_find(sk_sessions *all, sk_str token, int64_t now_ms)
{
    sk_session *found = NULL;
    if (token.n != SK_TOKEN_CHARS)
        return NULL;
    sk_hash hash = sk_sha256(token);
    for (size_t i = 0; i < all->n; i++)
        if (sk_hash_eq(&all->v[i]->token, &hash))
            found = all->v[i];
    return alive(all, found, now_ms);
}

sk_session *sk_session_of_handle(sk_sessions *all, sk_str handle, int64_t now_ms)
{
    sk_session *found = NULL;
    for (size_t i = 0; i < all->n; i++)
        if (sk_str_is(handle, all->v[i]->handle))
            found = all->v[i];
    return alive(all, found, now_ms);
}

void sk_sessions_done(sk_sessions *all)
{
    while (all->n)
        sk_session_close(all, all->v[0]);
}

sk_str sk_session_sign(sk_arena *a, const sk_session *s, sk_str text)
{
    unsigned char mac[crypto_generichash_BYTES];
    char *out = sk_alloc(a, SK_TOKEN_CHARS + 1);
    crypto_generichash(mac, sizeof mac, (const unsigned char *)text.p, text.n, s->link_key,
                       sizeof s->link_key);
    to_text(mac, out);
    return sk_str_of(out);
}

sk_str sk_cookie_get(sk_str header, sk_str name)
{
    sk_str pair, key;
    while (header.n && sk_str_cut(&header, ';', &pair)) {
        sk_str value = sk_str_trim(pair);
        if (sk_str_find(value, SK_S("=")) == SIZE_MAX)
            continue;
        sk_str_cut(&value, '=', &key);
        if (sk_str_eq(key, name))
            return value.p ? value : SK_S("");
    }
    return SK_NONE;
}
