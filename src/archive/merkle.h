/* The RFC 6962 Merkle tree over entry ids: growing it, its root, and proofs.
 *
 *   level 2            n20                  leaf  = SHA-256(0x00 || data)
 *   level 1      n10         n11            node  = SHA-256(0x01 || left || right)
 *   level 0    l0   l1     l2   l3   l4     root  = node(n20, l4)
 *
 * A frontier is the list of perfect subtrees of a tree of any size (here n20 and l4): enough to add
 * leaves and to know the root, in 32 bytes a level. Proofs need hashes from inside the tree, which
 * a caller supplies by level and index.
 *
 * Verifiers are strict: index below size, sizes in order, no hash too many or too few, and equal
 * sizes only with an empty proof and equal roots. They decide, they do not explain.
 * Pure functions; no I/O. Source: RFC 6962 section 2.1, RFC 9162 2.1.3.2 and 2.1.4.2.
 * Tests: tests/unit/archive/t_merkle.c (98 + 98 published cases). */
#ifndef SK_ARCHIVE_MERKLE_H
#define SK_ARCHIVE_MERKLE_H

#include "base/ctx.h"
#include "base/sha256.h"

typedef struct sk_frontier {
    uint64_t size; /* leaves                                              */
    sk_hash
        node[64]; /* node[k]: the perfect subtree of 2^k leaves; valid when bit k of size is 1 */
} sk_frontier;

typedef struct sk_proof {
    sk_hash hashes[SK_LIM_PROOF_HASHES];
    size_t n;
} sk_proof;

sk_hash sk_merkle_leaf(sk_str data);
sk_hash sk_merkle_node(const sk_hash *left, const sk_hash *right);

/* Add a leaf hash. Cost: amortised one node hash. */
void sk_frontier_add(sk_frontier *f, const sk_hash *leaf_hash);

/* The root; SHA-256 of nothing for the empty tree. Cost: O(log n). */
sk_hash sk_frontier_root(const sk_frontier *f);

/* Gives the hash of the perfect subtree of 2^level leaves that begins at leaf index << level. */
typedef sk_rc sk_subtree_fn(sk_ctx *cx, void *arg, unsigned level, uint64_t index,
                            sk_hash *ret_hash);

/* Proof that the leaf at index stands in the tree of size leaves. Needs index < size. */
SK_MUST_USE sk_rc sk_merkle_prove_inclusion(sk_ctx *cx, sk_subtree_fn *fn, void *arg,
                                            uint64_t index, uint64_t size, sk_proof *ret_proof);

/* Proof that the tree of old_size leaves is the beginning of the tree of size leaves.
 * Needs old_size <= size; empty for old_size 0 and old_size == size. */
SK_MUST_USE sk_rc sk_merkle_prove_consistency(sk_ctx *cx, sk_subtree_fn *fn, void *arg,
                                              uint64_t old_size, uint64_t size,
                                              sk_proof *ret_proof);

bool sk_merkle_is_included(const sk_hash *leaf_hash, uint64_t index, uint64_t size,
                           const sk_hash *proof, size_t n_proof, const sk_hash *root);

bool sk_merkle_is_consistent(uint64_t old_size, const sk_hash *old_root, uint64_t size,
                             const sk_hash *root, const sk_hash *proof, size_t n_proof);

#endif
