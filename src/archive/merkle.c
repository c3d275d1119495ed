/* See archive/merkle.h. */
#include "archive/merkle.h"

sk_hash sk_merkle_leaf(sk_str data)
{
    char small[33] = {0x00};
    if (data.n < sizeof small) { /* entry ids, always */
        if (data.n)
            memcpy(small + 1, data.p, data.n);
        return sk_sha256((sk_str){small, data.n + 1});
    }
    sk_sha256_state *st = sk_sha256_new();
    sk_sha256_add(st, (sk_str){small, 1});
    sk_sha256_add(st, data);
    return sk_sha256_end(st);
}

sk_hash sk_merkle_node(const sk_hash *left, const sk_hash *right)
{
    unsigned char b[65] = {0x01};
    memcpy(b + 1, left->b, 32);
    memcpy(b + 33, right->b, 32);
    return sk_sha256((sk_str){(const char *)b, sizeof b});
}

void sk_frontier_add(sk_frontier *f, const sk_hash *leaf_hash)
{
    sk_assert(f->size < UINT64_MAX);
    sk_hash h = *leaf_hash;
    unsigned level = 0;
    for (; f->size >> level & 1; level++) /* like a carry in binary addition */
        h = sk_merkle_node(&f->node[level], &h);
    f->node[level] = h;
    f->size++;
}

sk_hash sk_frontier_root(const sk_frontier *f)
{
    if (f->size == 0)
        return sk_sha256(SK_S(""));
    unsigned level = (unsigned)__builtin_ctzll(f->size);
    sk_hash h = f->node[level];
    while (++level < 64)
        if (f->size >> level & 1)
            h = sk_merkle_node(&f->node[level], &h);
    return h;
}

/* The largest power of two below n; n must be 2 or more. */
static uint64_t split(uint64_t n)
{
    return (uint64_t)1 << (63 - __builtin_clzll(n - 1));
}

/* Hash of the leaves [from, from + n), where from is a multiple of the power of two at or above n,
 * as it always is in this tree. Depth: one per level. */
static sk_rc range_hash(sk_ctx *cx, sk_subtree_fn *fn, void *arg, uint64_t from, uint64_t n,
                        sk_hash *ret_hash)
{
    if ((n & (n - 1)) == 0) {
        unsigned level = (unsigned)__builtin_ctzll(n);
        return fn(cx, arg, level, from >> level, ret_hash);
    }
    uint64_t k = split(n);
    sk_hash left, right;
    SK_TRY(range_hash(cx, fn, arg, from, k, &left));
    SK_TRY(range_hash(cx, fn, arg, from + k, n - k, &right));
    *ret_hash = sk_merkle_node(&left, &right);
    return SK_OK;
}

/* Put the hashes that were collected from the root down into proof order, leaf side first. */
static void reverse(sk_proof *p)
{
    for (size_t i = 0; i + i + 1 < p->n; i++) {
        sk_hash h = p->hashes[i];
        p->hashes[i] = p->hashes[p->n - 1 - i];
        p->hashes[p->n - 1 - i] = h;
    }
}

sk_rc sk_merkle_prove_inclusion(sk_ctx *cx, sk_subtree_fn *fn, void *arg, uint64_t index,
                                uint64_t size, sk_proof *ret_proof)
{
    sk_assert(index < size);
    sk_proof p = {.n = 0};
    uint64_t from = 0, n = size;
    while (n > 1) {
        uint64_t k = split(n);
        bool is_left = index - from < k;
        sk_assert(p.n < SK_LIM_PROOF_HASHES);
        SK_TRY(range_hash(cx, fn, arg, is_left ? from + k : from, is_left ? n - k : k,
                          &p.hashes[p.n++]));
        from = is_left ? from : from + k;
        n = is_left ? k : n - k;
    }
    reverse(&p);
    *ret_proof = p;
    return SK_OK;
}

sk_rc sk_merkle_prove_consistency(sk_ctx *cx, sk_subtree_fn *fn, void *arg, uint64_t old_size,
                                  uint64_t size, sk_proof *ret_proof)
{
    sk_assert(old_size <= size);
    sk_proof p = {.n = 0};
    uint64_t from = 0, n = size;
    bool is_whole_old = true; /* the current subtree begins at leaf 0: the verifier has its root */
    if (old_size > 0 && old_size < size) {
        while (old_size - from != n) {
            uint64_t k = split(n);
            bool is_left = old_size - from <= k;
            sk_assert(p.n < SK_LIM_PROOF_HASHES);
            SK_TRY(range_hash(cx, fn, arg, is_left ? from + k : from, is_left ? n - k : k,
                              &p.hashes[p.n++]));
            is_whole_old = is_whole_old && is_left;
            from = is_left ? from : from + k;
            n = is_left ? k : n - k;
        }
        sk_assert(p.n < SK_LIM_PROOF_HASHES);
        if (!is_whole_old)
            SK_TRY(range_hash(cx, fn, arg, from, n, &p.hashes[p.n++]));
        reverse(&p);
    }
    *ret_proof = p;
    return SK_OK;
}

bool sk_merkle_is_included(const sk_hash *leaf_hash, uint64_t index, uint64_t size,
                           const sk_hash *proof, size_t n_proof, const sk_hash *root)
{
    if (index >= size)
        return false;
    uint64_t fn = index, sn = size - 1;
    sk_hash r = *leaf_hash;
    for (size_t i = 0; i < n_proof; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) || fn == sn) {
            r = sk_merkle_node(&proof[i], &r);
            while (!(fn & 1) && fn != 0)
                fn >>= 1, sn >>= 1;
        } else {
            r = sk_merkle_node(&r, &proof[i]);
        }
        fn >>= 1, sn >>= 1;
    }
    return sn == 0 && sk_hash_eq(&r, root);
}

bool sk_merkle_is_consistent(uint64_t old_size, const sk_hash *old_root, uint64_t size,
                             const sk_hash *root, const sk_hash *proof, size_t n_proof)
{
    if (old_size == 0 || old_size > size)
        return false; /* nothing is proven about an empty tree; ask for its root instead */
    if (old_size == size)
        return n_proof == 0 && sk_hash_eq(old_root, root);
    if (n_proof == 0)
        return false;
    bool is_perfect = (old_size & (old_size - 1)) == 0; /* then the old root opens the proof */
    uint64_t fn = old_size - 1, sn = size - 1;
    while (fn & 1)
        fn >>= 1, sn >>= 1;
    sk_hash fr = is_perfect ? *old_root : proof[0], sr = fr;
    for (size_t i = is_perfect ? 0 : 1; i < n_proof; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) || fn == sn) {
            fr = sk_merkle_node(&proof[i], &fr);
            sr = sk_merkle_node(&proof[i], &sr);
            while (!(fn & 1) && fn != 0)
                fn >>= 1, sn >>= 1;
        } else {
            sr = sk_merkle_node(&sr, &proof[i]);
        }
        fn >>= 1, sn >>= 1;
    }
    return sn == 0 && sk_hash_eq(&fr, old_root) && sk_hash_eq(&sr, root);
}
