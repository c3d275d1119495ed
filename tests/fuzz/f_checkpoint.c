/* Checkpoints, tlog-proofs and vkeys: what parses is built again and must be the same bytes. */
#include "archive/checkpoint.h"
#include "archive/keys.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void try_checkpoint(sk_ctx *cx, sk_str bytes)
{
    sk_checkpoint cp;
    if (sk_checkpoint_parse(cx, bytes, &cp))
        return;
    sk_str b64 = sk_base64(&cx->arena, cp.root.b, sizeof cp.root.b);
    sk_str text = sk_fmt(&cx->arena, "%.*s\n%llu\n%.*s\n", SK_P(cp.origin),
                         (unsigned long long)cp.size, SK_P(b64));
    check(sk_str_eq(text, cp.note.text));
    check(cp.note.n_sigs >= 1 && cp.note.n_sigs <= SK_LIM_NOTE_SIGS);
}

static void try_proof(sk_ctx *cx, sk_str bytes)
{
    sk_tlog_proof p;
    sk_hash id = {{0}};
    sk_pubkey key = {.name = SK_S("nobody")};
    if (sk_tlog_proof_parse(cx, bytes, &p))
        return;
    if (!p.extra.p)
        check(sk_str_eq(sk_tlog_proof_build(&cx->arena, p.index, &p.path, p.checkpoint.bytes),
                        bytes));
    check(sk_tlog_proof_check(cx, &p, &id, &key) == SK_E_INTEGRITY);
}

static void try_vkey(sk_ctx *cx, sk_str bytes)
{
    sk_pubkey key;
    if (sk_vkey_parse(cx, bytes, &key) == SK_OK)
        check(sk_str_eq(sk_vkey_print(&cx->arena, &key), bytes));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_str bytes = {(const char *)data, size};
    sk_ctx_init(&cx);
    try_checkpoint(&cx, bytes);
    sk_forgive(&cx);
    try_proof(&cx, bytes);
    sk_forgive(&cx);
    try_vkey(&cx, bytes);
    sk_ctx_done(&cx);
    return 0;
}
