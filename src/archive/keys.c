/* See archive/keys.h. */
#include "archive/keys.h"

#include "base/buf.h"

static const char secret_head[] = "sillok-secret/1";

const sk_pubkey *sk_keyring_find(const sk_keyring *ring, sk_str name)
{
    for (size_t i = 0; i < ring->n; i++)
        if (sk_str_eq(ring->items[i].name, name))
            return &ring->items[i];
    return NULL;
}

sk_rc sk_keyring_add(sk_ctx *cx, sk_arena *a, sk_keyring *ring, const sk_pubkey *key)
{
    const sk_pubkey *same = sk_keyring_find(ring, key->name);
    if (same && memcmp(same->bytes, key->bytes, sizeof key->bytes) != 0)
        return sk_fail(cx, SK_E_CONFLICT, "two different keys are called \"%.*s\"",
                       SK_P(key->name));
    if (same)
        return SK_OK;
    SK_GROW(a, ring->items, ring->n, ring->cap);
    ring->items[ring->n] = *key;
    ring->items[ring->n++].name = sk_str_copy(a, key->name);
    return SK_OK;
}

sk_rc sk_own_vkey_parse(sk_ctx *cx, sk_str vkey, sk_pubkey *ret_key)
{
    sk_pubkey key;
    SK_TRY(sk_vkey_parse(cx, vkey, &key));
    char tag[9];
    sk_key_tag(key.bytes, tag);
    if (!sk_key_name_is_ours(key.name) || !sk_str_ends(key.name, sk_str_of(tag)))
        return sk_fail(cx, SK_E_FORMAT,
                       "key name \"%.*s\" is not of the form archive/role/%s, whose end is the tag "
                       "of its key",
                       SK_P(key.name), tag);
    *ret_key = key;
    return SK_OK;
}

static const char *secret_path(sk_ctx *cx, sk_str root, const char *role)
{
    return sk_fmt(&cx->arena, "%.*s/keys/%s.secret", SK_P(root), role).p;
}

/* Take a line "<head> <rest>" and give the rest. */
static bool cut_line(sk_str *text, const char *head, sk_str *ret_rest)
{
    sk_str line, word;
    return sk_str_cut(text, '\n', &line) && sk_str_cut(&line, ' ', &word) &&
           sk_str_is(word, head) && line.p && (*ret_rest = line, true);
}

sk_rc sk_secret_read(sk_ctx *cx, const sk_fs *fs, sk_str root, const char *role, sk_seckey *ret_key)
{
    const char *path = secret_path(cx, root, role);
    sk_str text, vkey, b64, line, name_role;
    SK_TRY(sk_fs_read_file(cx, fs, path, SK_KIB(4), &text));
    unsigned char seed[32];
    size_t n = 0;
    if (!sk_str_cut(&text, '\n', &line) || !sk_str_is(line, secret_head) ||
        !cut_line(&text, "vkey", &vkey) || !cut_line(&text, "seed", &b64) || !text.p || text.n ||
        !sk_unbase64(b64, seed, sizeof seed, &n) || n != sizeof seed)
        return sk_fail(cx, SK_E_FORMAT, "\"%s\" is not a secret key file; put back a copy", path);
    sk_pubkey pub;
    sk_seckey key;
    if (sk_own_vkey_parse(cx, vkey, &pub))
        return sk_while(cx, "\"%s\"", path);
    sk_rc rc = sk_key_from_seed(cx, pub.name, seed, &key);
    explicit_bzero(seed, sizeof seed);
    if (rc)
        return sk_while(cx, "\"%s\"", path);
    sk_str rest = pub.name;
    (void)(sk_str_cut(&rest, '/', &line) && sk_str_cut(&rest, '/', &name_role));
    if (memcmp(key.pub.bytes, pub.bytes, sizeof pub.bytes) != 0)
        rc = sk_fail(cx, SK_E_INTEGRITY, "\"%s\": its seed does not make its public key", path);
    else if (!sk_str_is(name_role, role))
        rc = sk_fail(cx, SK_E_INTEGRITY, "\"%s\" holds the key \"%.*s\"; its role is not %s", path,
                     SK_P(pub.name), role);
    else
        *ret_key = key;
    sk_seckey_wipe(&key);
    return rc;
}

sk_rc sk_secret_write(sk_ctx *cx, const sk_fs *fs, sk_str root, const char *role,
                      const sk_seckey *key)
{
    sk_str vkey = sk_vkey_print(&cx->arena, &key->pub);
    sk_str seed = sk_base64(&cx->arena, key->bytes, 32);
    sk_str text =
        sk_fmt(&cx->arena, "%s\nvkey %.*s\nseed %.*s\n", secret_head, SK_P(vkey), SK_P(seed));
    sk_str dir = sk_fmt(&cx->arena, "%.*s/keys", SK_P(root));
    const char *name = sk_fmt(&cx->arena, "%s.secret", role).p;
    return sk_fs_replace(cx, fs, dir, name, 0600, text, true);
}

sk_rc sk_known_read(sk_ctx *cx, const sk_fs *fs, sk_str root, sk_keyring *ret_ring)
{
    const char *path = sk_path(&cx->arena, root, "keys/known");
    sk_str text, line, before = SK_NONE;
    SK_TRY(sk_fs_read_file(cx, fs, path, SK_LIM_KEYS_BYTES, &text));
    sk_keyring ring = {0};
    for (size_t no = 1; text.n; no++) {
        sk_pubkey key;
        if (!memchr(text.p, '\n', text.n))
            return sk_fail(cx, SK_E_FORMAT, "\"%s\": line %zu has no line feed", path, no);
        sk_str_cut(&text, '\n', &line);
        if (before.p && sk_str_cmp(before, line) >= 0)
            return sk_fail(cx, SK_E_FORMAT, "\"%s\": line %zu is out of order", path, no);
        if (sk_own_vkey_parse(cx, line, &key) || sk_keyring_add(cx, &cx->arena, &ring, &key))
            return sk_while(cx, "\"%s\": line %zu", path, no);
        before = line;
    }
    *ret_ring = ring;
    return SK_OK;
}

static int by_bytes(const void *a, const void *b)
{
    return sk_str_cmp(*(const sk_str *)a, *(const sk_str *)b);
}

sk_rc sk_known_write(sk_ctx *cx, const sk_fs *fs, sk_str root, const sk_keyring *ring)
{
    sk_str *lines = sk_new_array(&cx->arena, sk_str, ring->n);
    for (size_t i = 0; i < ring->n; i++)
        lines[i] = sk_vkey_print(&cx->arena, &ring->items[i]);
    if (ring->n)
        qsort(lines, ring->n, sizeof *lines, by_bytes);
    sk_buf b;
    sk_buf_init(&b, SK_LIM_KEYS_BYTES);
    for (size_t i = 0; i < ring->n; i++) {
        sk_buf_add(&b, lines[i]);
        sk_buf_addc(&b, '\n');
    }
    sk_rc rc = b.overflow ? sk_fail(cx, SK_E_LIMIT, "more keys than keys/known may hold")
                          : sk_fs_replace(cx, fs, sk_fmt(&cx->arena, "%.*s/keys", SK_P(root)),
                                          "known", 0644, sk_buf_str(&b), true);
    sk_buf_done(&b);
    return rc;
}
