#include "base/sha1.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>

struct sk_sha1_state {
    EVP_MD_CTX *md;
};

static OSSL_LIB_CTX *library;
static EVP_MD *algorithm;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* As in sha256.c: looked up once, in a library context of our own. */
static void fetch(void)
{
    library = OSSL_LIB_CTX_new();
    algorithm = library ? EVP_MD_fetch(library, "SHA1", NULL) : NULL;
    if (!algorithm)
        sk_out_of_memory(0);
}

sk_sha1_state *sk_sha1_new(void)
{
    sk_assert(pthread_once(&once, fetch) == 0);
    sk_sha1_state *st = sk_xmalloc(sizeof *st);
    st->md = EVP_MD_CTX_new();
    if (!st->md || EVP_DigestInit_ex2(st->md, algorithm, NULL) != 1)
        sk_out_of_memory(0);
    return st;
}

void sk_sha1_free(sk_sha1_state *st)
{
    if (!st)
        return;
    EVP_MD_CTX_free(st->md);
    free(st);
}

sk_sha1_hex sk_sha1(sk_sha1_state *st, sk_str bytes)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[20];
    sk_sha1_hex hex;
    if (EVP_DigestInit_ex2(st->md, NULL, NULL) != 1 ||
        EVP_DigestUpdate(st->md, bytes.p ? bytes.p : "", bytes.n) != 1 ||
        EVP_DigestFinal_ex(st->md, digest, NULL) != 1)
        sk_out_of_memory(0); /* the one way in which hashing can fail */
    for (size_t i = 0; i < sizeof digest; i++) {
        hex.digits[2 * i] = digits[digest[i] >> 4];
        hex.digits[2 * i + 1] = digits[digest[i] & 15];
    }
    return hex;
}
