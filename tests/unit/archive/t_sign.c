/* Keys and signatures: what is accepted, and never more than openssl accepts. */
#include "vectors.h"

#include "archive/keys.h"
#include "archive/sign.h"
#include "base/buf.h"

#include <jansson.h>
#include <openssl/evp.h>

static bool openssl_accepts(const unsigned char pk[32], sk_str msg, const unsigned char sig[64])
{
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, pk, 32);
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool ok = key && EVP_DigestVerifyInit(md, NULL, NULL, NULL, key) == 1 &&
              EVP_DigestVerify(md, sig, 64, (const unsigned char *)msg.p, msg.n) == 1;
    EVP_MD_CTX_free(md);
    EVP_PKEY_free(key);
    return ok;
}

static bool key_is_admitted(sk_ctx *cx, const unsigned char pk[32])
{
    sk_pubkey key;
    bool ok = sk_pubkey_make(cx, SK_S("00000000/author/00000000"), pk, &key) == SK_OK;
    sk_forgive(cx);
    return ok;
}

typedef struct tally {
    size_t n, sigs, keys, both, openssl;
} tally;

static void judge(sk_ctx *cx, const unsigned char pk[32], const unsigned char sig[64], sk_str msg,
                  tally *t, bool *ret_key, bool *ret_sig)
{
    *ret_sig = sk_sig_is_good(pk, msg, sig);
    *ret_key = key_is_admitted(cx, pk);
    bool other = openssl_accepts(pk, msg, sig);
    assert_true(other || !*ret_sig); /* never more than openssl */
    t->n++;
    t->sigs += *ret_sig;
    t->keys += *ret_key;
    t->both += *ret_sig && *ret_key;
    t->openssl += other;
}

static void tell(const char *what, const tally *t)
{
    printf(
        "%s: %zu cases; signature accepted %zu, refused %zu; key admitted %zu; both %zu; openssl "
        "accepts %zu\n",
        what, t->n, t->sigs, t->n - t->sigs, t->keys, t->both, t->openssl);
}

static void own_vector(sk_ctx *cx, sk_str *w, size_t n, void *arg)
{
    unsigned char pk[32], sig[64], msg[256];
    bool key, good;
    assert_true(sk_unhex(w[2], pk, 32) && sk_unhex(w[3], sig, 64));
    size_t len = sk_str_is(w[4], "-") ? 0 : w[4].n / 2;
    assert_true(len == 0 || sk_unhex(w[4], msg, len));
    judge(cx, pk, sig, (sk_str){(char *)msg, len}, arg, &key, &good);
    if (key != sk_str_is(w[0], "ok") || good != sk_str_is(w[1], "ok"))
        fail_msg("key %s, signature %s: %.*s %.*s", key ? "ok" : "bad", good ? "ok" : "bad",
                 SK_P(w[5]), SK_P(n > 6 ? w[6] : SK_S("")));
}

static void our_own_vectors_get_their_verdicts(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    tally t = {0};
    each_line(&cx, "ed25519.txt", own_vector, &t);
    tell("own vectors", &t);
    assert_true(t.n > 100 && t.both == 4);
    sk_ctx_done(&cx);
}

enum { PUBLISHED = 914 };

/* Read the stated verdicts: which case numbers are good, of signatures and of keys. */
static void read_verdicts(sk_ctx *cx, bool sigs[PUBLISHED], bool keys[PUBLISHED])
{
    const char *data = getenv("SK_TEST_DATA");
    const char *path = sk_fmt(&cx->arena, "%s/archive/ed25519-verdicts.txt",
                              data ? data : SK_SOURCE_ROOT "/tests/data")
                           .p;
    sk_str text, line, word;
    bool *list = NULL;
    assert_ok(cx, sk_fs_read_file(cx, sk_fs_posix(), path, SK_KIB(64), &text));
    while (sk_str_cut(&text, '\n', &line)) {
        list = sk_str_is(line, "signature") ? sigs : sk_str_is(line, "key") ? keys : list;
        while (line.n && line.p[0] != '#' && sk_str_cut(&line, ' ', &word)) {
            uint64_t n;
            if (sk_str_to_u64(word, &n) && list)
                list[n < PUBLISHED ? n : 0] = true;
        }
    }
}

static void of_the_published_edge_cases_none_that_openssl_refuses_is_accepted(void **state)
{
    glob_t g = {0};
    shared_files("ed25519/ed25519vectors.json", &g);
    if (!g.gl_pathc) {
        printf("SKIP: no ../shared/data/vectors/ed25519 (set SILLOK_SHARED)\n");
        skip();
    }
    sk_ctx cx;
    sk_ctx_init(&cx);
    json_t *all = json_load_file(g.gl_pathv[0], 0, NULL), *j;
    static bool sigs[PUBLISHED], keys[PUBLISHED];
    read_verdicts(&cx, sigs, keys);
    size_t i;
    tally t = {0};
    assert_int_equal(json_array_size(all), PUBLISHED);
    json_array_foreach(all, i, j)
    {
        unsigned char pk[32], sig[64];
        bool key, good;
        assert_int_equal(json_integer_value(json_object_get(j, "number")), i);
        assert_true(sk_unhex(sk_str_of(json_string_value(json_object_get(j, "key"))), pk, 32));
        assert_true(sk_unhex(sk_str_of(json_string_value(json_object_get(j, "sig"))), sig, 64));
        judge(&cx, pk, sig, sk_str_of(json_string_value(json_object_get(j, "msg"))), &t, &key,
              &good);
        if (good != sigs[i] || key != keys[i])
            fail_msg("case %zu: signature %s, key %s", i, good ? "accepted" : "refused",
                     key ? "admitted" : "refused");
    }
    tell("published edge cases", &t);
    assert_int_equal(t.sigs, 43); /* libsodium 1.0.18: mixed-order keys, honest equation */
    assert_int_equal(t.openssl, 208);
    assert_int_equal(t.keys, 28); /* all of one honest key; the other keys are weak          */
    assert_int_equal(t.both, 1);  /* so this is what an archive would ever accept of the set */
    json_decref(all);
    globfree(&g);
    sk_ctx_done(&cx);
}

static void a_vkey_reads_back_even_with_plus_in_its_base64(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    size_t with_plus = 0;
    for (int i = 0; i < 60; i++) {
        sk_seckey key;
        sk_pubkey back;
        assert_ok(&cx, sk_key_new(&cx, SK_S("4f1c0a9e"), "author", &key));
        sk_str vkey = sk_vkey_print(&cx.arena, &key.pub);
        assert_ok(&cx, sk_own_vkey_parse(&cx, vkey, &back));
        assert_memory_equal(back.bytes, key.pub.bytes, 32);
        assert_memory_equal(back.id, key.pub.id, 4);
        size_t plus = 0;
        for (size_t k = 0; k < vkey.n; k++)
            plus += vkey.p[k] == '+';
        with_plus += plus > 2;
        for (size_t bit = 0; bit < vkey.n * 8; bit++) { /* any flipped bit is noticed */
            char *copy = sk_str_c(&cx.arena, vkey);
            copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
            if (sk_own_vkey_parse(&cx, (sk_str){copy, vkey.n}, &back) == SK_OK)
                fail_msg("accepted %s", copy);
            sk_forgive(&cx);
        }
        if (i > 2 && with_plus)
            break;
    }
    assert_true(with_plus > 0);
    sk_ctx_done(&cx);
}

static void weak_keys_are_not_admitted(void **state)
{
    static const char *const weak[] = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0200000000000000000000000000000000000000000000000000000000000000", /* off the curve */
    };
    sk_ctx cx;
    sk_ctx_init(&cx);
    for (size_t i = 0; i < SK_COUNT(weak); i++) {
        unsigned char pk[32];
        sk_pubkey key;
        assert_true(sk_unhex(sk_str_of(weak[i]), pk, 32));
        assert_fails(&cx, SK_E_FORMAT, "is weak", sk_pubkey_make(&cx, SK_S("a/b"), pk, &key));
    }
    sk_ctx_done(&cx);
}

static void key_names_have_no_spaces_and_no_plus(void **state)
{
    static const char *const bad[] = {"",
                                      "a b",
                                      "a+b",
                                      "a\tb",
                                      "a\xc2\xa0"
                                      "b",
                                      "a\xe3\x80\x80"
                                      "b",
                                      "a\nb",
                                      "a\xff",
                                      "a\x7f"};
    for (size_t i = 0; i < SK_COUNT(bad); i++)
        assert_false(sk_key_name_is_valid(sk_str_of(bad[i])));
    assert_true(sk_key_name_is_valid(SK_S("witness.example/기록")));
    assert_true(sk_key_name_is_ours(SK_S("4f1c0a9e/device/7f3a2b10")));
    static const char *const foreign[] = {"4f1c0a9e/device/7f3a2b1",   "4f1c0a9e/Device/7f3a2b10",
                                          "4f1c0a9e//7f3a2b10",        "4F1c0a9e/device/7f3a2b10",
                                          "4f1c0a9e/device/7f3a2b10/", "/device/7f3a2b10"};
    for (size_t i = 0; i < SK_COUNT(foreign); i++)
        assert_false(sk_key_name_is_ours(sk_str_of(foreign[i])));
}

/* The example of the C2SP signed-note specification, whose key the specification gives with it. */
static void a_note_signed_elsewhere_is_accepted(void **state)
{
    static const char note[] =
        "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera."
        "\n\n\xe2\x80\x94 quasimodo.example/salvatore "
        "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtI"
        "c=\n";
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_signed s;
    assert_ok(&cx, sk_signed_parse(&cx, sk_str_of(note), "note", &s));
    assert_int_equal(s.n_sigs, 1);
    assert_true(sk_str_is(s.sigs[0].name, "quasimodo.example/salvatore"));
    assert_true(
        sk_str_ends(s.text, SK_S("\n\ned è subito sera.\n"))); /* empty lines may be inside */
    assert_int_equal(s.sigs[0].bytes.n, 64);
    sk_ctx_done(&cx);
}

static void an_envelope_is_strict(void **state)
{
    static const char *const bad[] = {
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        "text\n\nno signature\n",
        "text\n\n\xe2\x80\x94 name QUJDREVGRw==", /* no last line feed */
        "text\n\n\xe2\x80\x94 name QUJD\n",       /* no signature behind the key id */
        "text\n\n\xe2\x80\x94 name QUJDREVGRw==\nmore\n",
        "text\n\n\xe2\x80\x94 na+me QUJDREVGRw==\n",
        "text\n\n\xe2\x80\x94  QUJDREVGRw==\n",
        "text\n\n- name QUJDREVGRw==\n",
        "te\txt\n\n\xe2\x80\x94 name QUJDREVGRw==\n",
        "te\xffxt\n\n\xe2\x80\x94 name QUJDREVGRw==\n",
        "text\r\n\n\xe2\x80\x94 name QUJDREVGRw==\n",
        "text\n\n\xe2\x80\x94 name QUJDREVGRx==\n", /* stray bits */
    };
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_signed s;
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        if (sk_signed_parse(&cx, sk_str_of(bad[i]), "note", &s) != SK_E_FORMAT)
            fail_msg("accepted: %s", bad[i]);
        sk_forgive(&cx);
    }
    sk_buf b;
    sk_buf_init(&b, SK_KIB(64));
    sk_buf_add(&b, SK_S("text\n\n"));
    for (int i = 0; i < 16; i++)
        sk_buf_addf(&b, "\xe2\x80\x94 name%d QUJDREVGRw==\n", i);
    assert_ok(&cx, sk_signed_parse(&cx, sk_buf_str(&b), "note", &s));
    sk_buf_add(&b, SK_S("\xe2\x80\x94 one.more QUJDREVGRw==\n"));
    assert_fails(&cx, SK_E_LIMIT, "more than 16", sk_signed_parse(&cx, sk_buf_str(&b), "note", &s));
    sk_buf_done(&b);
    sk_ctx_done(&cx);
}

static void unknown_keys_are_ignored_and_a_known_key_must_be_right(void **state)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_seckey a, b;
    assert_ok(&cx, sk_key_new(&cx, SK_S("00000000"), "device", &a));
    assert_ok(&cx, sk_key_new(&cx, SK_S("00000000"), "device", &b));
    sk_str text = SK_S("said\n");
    sk_str la = sk_sig_line(&cx.arena, &a, text), lb = sk_sig_line(&cx.arena, &b, text);
    sk_str wrong = sk_sig_line(&cx.arena, &a, SK_S("not said\n"));
    sk_signed s;
    sk_str both = sk_fmt(&cx.arena, "said\n\n%.*s%.*s", SK_P(lb), SK_P(la));
    assert_ok(&cx, sk_signed_parse(&cx, both, "note", &s));
    assert_ok(&cx, sk_signed_check(&cx, &s, "note", &a.pub));
    sk_str only_b = sk_fmt(&cx.arena, "said\n\n%.*s", SK_P(lb));
    assert_ok(&cx, sk_signed_parse(&cx, only_b, "note", &s));
    assert_fails(&cx, SK_E_INTEGRITY, "not signed by", sk_signed_check(&cx, &s, "note", &a.pub));
    sk_str good_and_bad = sk_fmt(&cx.arena, "said\n\n%.*s%.*s", SK_P(la), SK_P(wrong));
    assert_ok(&cx, sk_signed_parse(&cx, good_and_bad, "note", &s));
    assert_fails(&cx, SK_E_INTEGRITY, "does not fit", sk_signed_check(&cx, &s, "note", &a.pub));
    sk_ctx_done(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_own_vectors_get_their_verdicts),
        cmocka_unit_test(of_the_published_edge_cases_none_that_openssl_refuses_is_accepted),
        cmocka_unit_test(a_vkey_reads_back_even_with_plus_in_its_base64),
        cmocka_unit_test(weak_keys_are_not_admitted),
        cmocka_unit_test(key_names_have_no_spaces_and_no_plus),
        cmocka_unit_test(a_note_signed_elsewhere_is_accepted),
        cmocka_unit_test(an_envelope_is_strict),
        cmocka_unit_test(unknown_keys_are_ignored_and_a_known_key_must_be_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
