/* The tree of RFC 6962: roots, proofs, and the strictness of the verifiers. */
#include "vectors.h"

#include "archive/merkle.h"

#include <jansson.h>

static sk_hash hex_hash(const char *hex)
{
    sk_hash h;
    assert_true(sk_hash_parse(sk_str_of(hex), &h));
    return h;
}

static void hashes_are_those_of_the_rfc(void **state)
{
    sk_hash h = sk_merkle_leaf(SK_S(""));
    sk_hash want = hex_hash("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assert_true(sk_hash_eq(&h, &want));
    h = sk_merkle_leaf(SK_S("L123456"));
    want = hex_hash("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
    assert_true(sk_hash_eq(&h, &want));
    char data[100] = "longer than an id";
    sk_hash once = sk_merkle_leaf((sk_str){data, 100});
    char prefixed[101] = {0};
    memcpy(prefixed + 1, data, 100);
    want = sk_sha256((sk_str){prefixed, 101});
    assert_true(sk_hash_eq(&once, &want));
    sk_frontier f = {.size = 0};
    h = sk_frontier_root(&f);
    want = hex_hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_true(sk_hash_eq(&h, &want));
}

/* ---- the tree against its definition ---- */

enum { MOST = 130 };

static sk_hash leaves[MOST];

static sk_hash root_of(size_t from, size_t n)
{
    if (n == 1)
        return leaves[from];
    size_t k = 1;
    while (k * 2 < n)
        k *= 2;
    sk_hash l = root_of(from, k), r = root_of(from + k, n - k);
    return sk_merkle_node(&l, &r);
}

static sk_rc subtree(sk_ctx *cx, void *arg, unsigned level, uint64_t index, sk_hash *ret_hash)
{
    assert_true((index + 1) << level <= *(size_t *)arg); /* never asks beyond the tree */
    *ret_hash = root_of(index << level, (size_t)1 << level);
    return SK_OK;
}

static void fill_leaves(void)
{
    for (size_t i = 0; i < MOST; i++) {
        char s[32];
        snprintf(s, sizeof s, "leaf %zu", i);
        leaves[i] = sk_merkle_leaf(sk_str_of(s));
    }
}

static void a_growing_tree_has_the_root_of_the_definition(void **state)
{
    fill_leaves();
    sk_frontier f = {.size = 0};
    for (size_t n = 1; n <= MOST; n++) {
        sk_frontier_add(&f, &leaves[n - 1]);
        sk_hash got = sk_frontier_root(&f), want = root_of(0, n);
        assert_true(sk_hash_eq(&got, &want));
    }
}

static void every_leaf_of_every_tree_is_proven_and_no_other(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    fill_leaves();
    for (size_t n = 1; n <= MOST; n++) {
        sk_hash root = root_of(0, n);
        for (size_t i = 0; i < n; i++) {
            sk_proof p;
            assert_ok(&cx, sk_merkle_prove_inclusion(&cx, subtree, &n, i, n, &p));
            assert_true(sk_merkle_is_included(&leaves[i], i, n, p.hashes, p.n, &root));
            assert_false(sk_merkle_is_included(&leaves[i], i, n + MOST, p.hashes, p.n, &root));
            for (size_t k = 0; k < n; k++)
                assert_true(k == i ||
                            !sk_merkle_is_included(&leaves[i], k, n, p.hashes, p.n, &root));
        }
    }
    sk_ctx_done(&cx);
}

static void every_older_tree_is_proven_consistent_and_no_other(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    fill_leaves();
    for (size_t n = 1; n <= MOST; n++) {
        sk_hash root = root_of(0, n);
        for (size_t m = 0; m <= n; m++) {
            sk_proof p;
            assert_ok(&cx, sk_merkle_prove_consistency(&cx, subtree, &n, m, n, &p));
            if (m == 0) {
                assert_int_equal(p.n, 0);
                continue;
            }
            sk_hash old = root_of(0, m);
            assert_true(sk_merkle_is_consistent(m, &old, n, &root, p.hashes, p.n));
            assert_true(m == n || !sk_merkle_is_consistent(m, &root, n, &root, p.hashes, p.n));
            for (size_t k = 1; k <= n; k += 7)
                assert_true(k == m || !sk_merkle_is_consistent(k, &old, n, &root, p.hashes, p.n));
        }
    }
    sk_ctx_done(&cx);
}

/* ---- vectors ---- */

typedef struct tally {
    size_t inclusion, consistency, accepted;
} tally;

/* Proof hashes as "hex,hex" or "-"; SIZE_MAX when one of them is no hash. */
static size_t parse_proof(sk_str s, sk_hash *out)
{
    sk_str part;
    size_t n = 0;
    if (sk_str_is(s, "-"))
        return 0;
    while (sk_str_cut(&s, ',', &part))
        assert_true(sk_hash_parse(part, &out[n++]));
    return n;
}

static void own_vector(sk_ctx *cx, sk_str *w, size_t n, void *arg)
{
    tally *t = arg;
    uint64_t a, b;
    sk_hash x, y, proof[SK_LIM_PROOF_HASHES];
    assert_int_equal(n, 8);
    assert_true(sk_str_to_u64(w[2], &a) && sk_str_to_u64(w[3], &b));
    assert_true(sk_hash_parse(w[4], &x) && sk_hash_parse(w[5], &y));
    size_t n_proof = parse_proof(w[6], proof);
    bool is_inclusion = sk_str_is(w[0], "inclusion");
    bool got = is_inclusion ? sk_merkle_is_included(&x, a, b, proof, n_proof, &y)
                            : sk_merkle_is_consistent(a, &x, b, &y, proof, n_proof);
    if (got != sk_str_is(w[1], "ok"))
        fail_msg("%.*s %llu %llu: %.*s", SK_P(w[0]), (unsigned long long)a, (unsigned long long)b,
                 SK_P(w[7]));
    t->inclusion += is_inclusion;
    t->consistency += !is_inclusion;
    t->accepted += got;
}

static void our_own_vectors_get_their_verdicts(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    tally t = {0};
    each_line(&cx, "merkle.txt", own_vector, &t);
    printf("own vectors: %zu inclusion, %zu consistency, %zu accepted\n", t.inclusion,
           t.consistency, t.accepted);
    assert_true(t.inclusion > 250 && t.consistency > 150 && t.accepted > 25);
    sk_ctx_done(&cx);
}

/* A base64 field of a published case; false when it is not 32 bytes, which alone refuses it. With
 * stands_in, whatever stands there is represented by its hash. */
static bool field(const json_t *j, const char *name, bool stands_in, sk_hash *ret)
{
    sk_str s = sk_str_of(json_string_value(json_object_get(j, name)));
    size_t n;
    if (stands_in)
        *ret = sk_sha256(s);
    return s.p && (stands_in || (sk_unbase64(s, ret->b, 32, &n) && n == 32));
}

/* A whole number, also one that the JSON library can hold only as a real. */
static uint64_t number(const json_t *j, const char *name)
{
    const json_t *v = json_object_get(j, name);
    double d = json_number_value(v);
    if (json_is_integer(v))
        return (uint64_t)json_integer_value(v);
    return d >= 18446744073709551615.0 ? UINT64_MAX : (uint64_t)d;
}

static bool accepts(const json_t *j, bool is_inclusion, bool roots_stand_in)
{
    sk_hash a, b, proof[SK_LIM_PROOF_HASHES];
    size_t n_proof = 0, i;
    const json_t *p;
    json_array_foreach(json_object_get(j, "proof"), i, p)
    {
        size_t n;
        if (n_proof == SK_COUNT(proof) ||
            !sk_unbase64(sk_str_of(json_string_value(p)), proof[n_proof++].b, 32, &n) || n != 32)
            return false;
    }
    if (!field(j, is_inclusion ? "leafHash" : "root1", roots_stand_in, &a) ||
        !field(j, is_inclusion ? "root" : "root2", roots_stand_in, &b))
        return false;
    uint64_t x = number(j, is_inclusion ? "leafIdx" : "size1");
    uint64_t y = number(j, is_inclusion ? "treeSize" : "size2");
    return is_inclusion ? sk_merkle_is_included(&a, x, y, proof, n_proof, &b)
                        : sk_merkle_is_consistent(x, &a, y, &b, proof, n_proof);
}

/* Run the cases of a pattern. ret_placeholders: cases to be accepted whose roots are no 32-byte
 * hashes but words; as they stand we refuse them, with stand-ins the verdict must be right. */
static size_t published(const char *pattern, bool is_inclusion, size_t *ret_placeholders)
{
    glob_t g = {0};
    shared_files(pattern, &g);
    size_t n = g.gl_pathc;
    for (size_t i = 0; i < n; i++) {
        json_t *j = json_load_file(g.gl_pathv[i], 0, NULL);
        if (!j) /* a number beyond 2^63 */
            j = json_load_file(g.gl_pathv[i], JSON_DECODE_INT_AS_REAL, NULL);
        assert_non_null(j);
        bool want = !json_is_true(json_object_get(j, "wantErr"));
        bool got = accepts(j, is_inclusion, false);
        sk_hash h;
        if (want && !got && !is_inclusion && !field(j, "root1", false, &h) &&
            !field(j, "root2", false, &h)) {
            got = accepts(j, is_inclusion, true);
            ++*ret_placeholders;
        }
        if (got != want)
            fail_msg("%s: %s", g.gl_pathv[i], want ? "refused" : "accepted");
        json_decref(j);
    }
    globfree(&g);
    return n;
}

static void published_vectors_get_their_verdicts(void **state)
{
    size_t words = 0, inclusion = published("merkle/testdata/inclusion/*/*.json", true, &words);
    inclusion += published("merkle/testdata/inclusion/*/*/*.json", true, &words);
    size_t consistency = published("merkle/testdata/consistency/*/*.json", false, &words);
    if (inclusion + consistency == 0) {
        printf("SKIP: no ../shared/data/vectors/merkle (set SILLOK_SHARED)\n");
        skip();
    }
    printf("published vectors: %zu inclusion, %zu consistency, of which %zu with words for roots\n",
           inclusion, consistency, words);
    assert_int_equal(words, 1); /* equal sizes, equal roots, and 12 bytes "don't care" */
    assert_int_equal(inclusion, 98);
    assert_int_equal(consistency, 98);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_those_of_the_rfc),
        cmocka_unit_test(a_growing_tree_has_the_root_of_the_definition),
        cmocka_unit_test(every_leaf_of_every_tree_is_proven_and_no_other),
        cmocka_unit_test(every_older_tree_is_proven_consistent_and_no_other),
        cmocka_unit_test(our_own_vectors_get_their_verdicts),
        cmocka_unit_test(published_vectors_get_their_verdicts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
