/* See archive/sign.h. */
#include "archive/sign.h"

#include "base/sha256.h"
#include "base/utf8.h"

#include <sodium.h>
#include <utf8proc.h>

enum { TYPE_ED25519 = 0x01 };

static void ready(void)
{
    sk_assert(sodium_init() >= 0); /* idempotent and thread-safe */
}

static bool is_hex(sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return true;
}

bool sk_key_name_is_ours(sk_str name)
{
    sk_str prefix, role, tag;
    if (!sk_str_cut(&name, '/', &prefix) || !sk_str_cut(&name, '/', &role) ||
        !sk_str_cut(&name, '/', &tag) || name.p)
        return false;
    if (prefix.n != 8 || tag.n != 8 || role.n == 0 || role.n > 16)
        return false;
    for (size_t i = 0; i < role.n; i++)
        if (role.p[i] < 'a' || role.p[i] > 'z')
            return false;
    return is_hex(prefix) && is_hex(tag);
}

bool sk_key_name_is_valid(sk_str name)
{
    if (name.n == 0 || sk_utf8_find_bad(name) != SIZE_MAX)
        return false;
    for (size_t at = 0; at < name.n;) {
        uint32_t c = sk_utf8_next(name, &at);
        utf8proc_category_t cat = utf8proc_category((utf8proc_int32_t)c);
        bool is_space = cat == UTF8PROC_CATEGORY_ZS || cat == UTF8PROC_CATEGORY_ZL ||
                        cat == UTF8PROC_CATEGORY_ZP || c == 0x85;
        if (c < 0x21 || c == 0x7F || c == '+' || is_space)
            return false;
    }
    return true;
}

void sk_key_tag(const unsigned char public_key[32], char out[9])
{
    sk_hash h = sk_sha256((sk_str){(const char *)public_key, 32});
    for (size_t i = 0; i < 4; i++)
        snprintf(out + 2 * i, 3, "%02x", h.b[i]);
}

static void set_key_id(sk_pubkey *key)
{
    sk_sha256_state *st = sk_sha256_new();
    static const char type[] = {'\n', TYPE_ED25519};
    sk_sha256_add(st, key->name);
    sk_sha256_add(st, (sk_str){type, sizeof type});
    sk_sha256_add(st, (sk_str){(const char *)key->bytes, sizeof key->bytes});
    sk_hash h = sk_sha256_end(st);
    memcpy(key->id, h.b, sizeof key->id);
}

sk_rc sk_pubkey_make(sk_ctx *cx, sk_str name, const unsigned char bytes[32], sk_pubkey *ret_key)
{
    ready();
    if (!sk_key_name_is_valid(name))
        return sk_fail(cx, SK_E_FORMAT,
                       "key name \"%.*s\" is empty or has a space or '+'; use a name like "
                       "4f1c0a9e/author/7f3a2b10",
                       SK_P(name));
    if (crypto_core_ed25519_is_valid_point(bytes) != 1)
        return sk_fail(cx, SK_E_FORMAT,
                       "public key of \"%.*s\" is weak (not canonical, of small order, or outside "
                       "the prime-order group); make another key",
                       SK_P(name));
    *ret_key = (sk_pubkey){.name = name};
    memcpy(ret_key->bytes, bytes, 32);
    set_key_id(ret_key);
    return SK_OK;
}

sk_rc sk_key_from_seed(sk_ctx *cx, sk_str name, const unsigned char seed[32], sk_seckey *ret_key)
{
    ready();
    unsigned char pk[32];
    sk_seckey key;
    sk_assert(crypto_sign_seed_keypair(pk, key.bytes, seed) == 0);
    sk_rc rc = sk_pubkey_make(cx, name, pk, &key.pub);
    if (!rc)
        *ret_key = key;
    sk_seckey_wipe(&key);
    return rc;
}

sk_rc sk_key_new(sk_ctx *cx, sk_str prefix, const char *role, sk_seckey *ret_key)
{
    ready();
    unsigned char pk[32], sk[64];
    char tag[9];
    sk_assert(crypto_sign_keypair(pk, sk) == 0);
    sk_key_tag(pk, tag);
    sk_str name = sk_fmt(&cx->arena, "%.*s/%s/%s", SK_P(prefix), role, tag);
    sk_rc rc = sk_key_from_seed(cx, name, sk, ret_key); /* the seed is the first half */
    sodium_memzero(sk, sizeof sk);
    return rc;
}

void sk_seckey_wipe(sk_seckey *key)
{
    sodium_memzero(key->bytes, sizeof key->bytes);
}

sk_str sk_vkey_print(sk_arena *a, const sk_pubkey *key)
{
    unsigned char typed[33] = {TYPE_ED25519};
    memcpy(typed + 1, key->bytes, 32);
    sk_str id = sk_hex(a, key->id, 4), b64 = sk_base64(a, typed, sizeof typed);
    return sk_fmt(a, "%.*s+%.*s+%.*s", SK_P(key->name), SK_P(id), SK_P(b64));
}

sk_rc sk_vkey_parse(sk_ctx *cx, sk_str vkey, sk_pubkey *ret_key)
{
    /* Only the first two '+' separate: base64 may hold more of them. */
    sk_str rest = vkey, name, hex;
    unsigned char id[4], typed[33];
    size_t n;
    if (!sk_str_cut(&rest, '+', &name) || !sk_str_cut(&rest, '+', &hex) || !rest.p ||
        !sk_unhex(hex, id, sizeof id) || !sk_unbase64(rest, typed, sizeof typed, &n) ||
        n != sizeof typed)
        return sk_fail(cx, SK_E_FORMAT,
                       "\"%.*s\" is not a public key; write name+8 hex digits+base64", SK_P(vkey));
    if (typed[0] != TYPE_ED25519)
        return sk_fail(cx, SK_E_UNSUPPORTED,
                       "key \"%.*s\" is of type %u; only Ed25519 (1) is known", SK_P(name),
                       typed[0]);
    sk_pubkey key;
    SK_TRY(sk_pubkey_make(cx, name, typed + 1, &key));
    if (memcmp(key.id, id, sizeof id) != 0)
        return sk_fail(cx, SK_E_FORMAT,
                       "key \"%.*s\": its id %.*s does not belong to its name and bytes; copy it "
                       "again from its source",
                       SK_P(name), SK_P(hex));
    *ret_key = key;
    return SK_OK;
}

void sk_sign(const sk_seckey *key, sk_str text, unsigned char ret_sig[SK_SIG_BYTES])
{
    ready();
    sk_assert(crypto_sign_detached(ret_sig, NULL, (const unsigned char *)text.p, text.n,
                                   key->bytes) == 0);
}

bool sk_sig_is_good(const unsigned char public_key[32], sk_str text,
                    const unsigned char sig[SK_SIG_BYTES])
{
    ready();
    return crypto_sign_verify_detached(sig, (const unsigned char *)text.p, text.n, public_key) == 0;
}

sk_str sk_sig_line(sk_arena *a, const sk_seckey *key, sk_str text)
{
    unsigned char blob[4 + SK_SIG_BYTES];
    memcpy(blob, key->pub.id, 4);
    sk_sign(key, text, blob + 4);
    sk_str b64 = sk_base64(a, blob, sizeof blob);
    return sk_fmt(a, SK_SIG_DASH "%.*s %.*s\n", SK_P(key->pub.name), SK_P(b64));
}

bool sk_sig_parse(sk_arena *a, sk_str line, sk_sig *ret_sig)
{
    if (!sk_str_starts(line, SK_S(SK_SIG_DASH)))
        return false;
    sk_str rest = sk_str_sub(line, sizeof SK_SIG_DASH - 1, line.n), name;
    if (!sk_str_cut(&rest, ' ', &name) || !rest.p || !sk_key_name_is_valid(name))
        return false;
    unsigned char *blob = sk_alloc(a, rest.n);
    size_t n;
    if (!sk_unbase64(rest, blob, rest.n, &n) || n < 5)
        return false;
    *ret_sig = (sk_sig){.name = name, .bytes = {(const char *)blob + 4, n - 4}};
    memcpy(ret_sig->key_id, blob, 4);
    return true;
}

/* The byte after the last empty line, that is after "\n\n"; 0 when there is none. */
static size_t find_signatures(sk_str s)
{
    for (size_t i = s.n; i >= 2; i--)
        if (s.p[i - 1] == '\n' && s.p[i - 2] == '\n')
            return i;
    return 0;
}

static sk_rc check_bytes(sk_ctx *cx, sk_str bytes, const char *what)
{
    for (size_t i = 0; i < bytes.n; i++)
        if ((unsigned char)bytes.p[i] < 0x20 && bytes.p[i] != '\n')
            return sk_fail(cx, SK_E_FORMAT, "%s: control character 0x%02x at byte %zu", what,
                           (unsigned char)bytes.p[i], i);
    size_t bad = sk_utf8_find_bad(bytes);
    if (bad != SIZE_MAX)
        return sk_fail(cx, SK_E_FORMAT, "%s: byte %zu is not UTF-8", what, bad);
    return SK_OK;
}

sk_rc sk_signed_parse(sk_ctx *cx, sk_str bytes, const char *what, sk_signed *ret_signed)
{
    SK_TRY(check_bytes(cx, bytes, what));
    size_t at = find_signatures(bytes);
    if (at < 3 || at == bytes.n || bytes.p[bytes.n - 1] != '\n')
        return sk_fail(cx, SK_E_FORMAT,
                       "%s: no signature lines behind an empty line at the end of %zu bytes", what,
                       bytes.n);
    sk_signed note = {.text = {bytes.p, at - 1}};
    sk_str rest = {bytes.p + at, bytes.n - at - 1}, line;
    sk_sig *sigs = NULL;
    size_t n = 0, cap = 0;
    while (sk_str_cut(&rest, '\n', &line)) {
        if (n == SK_LIM_NOTE_SIGS)
            return sk_fail(cx, SK_E_LIMIT, "%s: more than %d signature lines", what,
                           SK_LIM_NOTE_SIGS);
        SK_GROW(&cx->arena, sigs, n, cap);
        if (!sk_sig_parse(&cx->arena, line, &sigs[n]))
            return sk_fail(cx, SK_E_FORMAT, "%s: line \"%.*s\" is not a signature line", what,
                           SK_P(line));
        n++;
    }
    note.sigs = sigs;
    note.n_sigs = n;
    *ret_signed = note;
    return SK_OK;
}

sk_rc sk_signed_check(sk_ctx *cx, const sk_signed *note, const char *what, const sk_pubkey *key)
{
    bool is_signed = false;
    for (size_t i = 0; i < note->n_sigs; i++) {
        const sk_sig *s = &note->sigs[i];
        if (!sk_str_eq(s->name, key->name) || memcmp(s->key_id, key->id, 4) != 0)
            continue;
        if (s->bytes.n != SK_SIG_BYTES ||
            !sk_sig_is_good(key->bytes, note->text, (const unsigned char *)s->bytes.p))
            return sk_fail(cx, SK_E_INTEGRITY,
                           "%s: the signature of \"%.*s\" does not fit the text", what,
                           SK_P(key->name));
        is_signed = true;
    }
    if (!is_signed)
        return sk_fail(cx, SK_E_INTEGRITY, "%s: not signed by \"%.*s\"", what, SK_P(key->name));
    return SK_OK;
}
