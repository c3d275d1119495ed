/* See archive/checkpoint.h. */
#include "archive/checkpoint.h"

sk_str sk_checkpoint_build(sk_arena *a, const sk_seckey *device, uint64_t size, const sk_hash *root)
{
    sk_str b64 = sk_base64(a, root->b, sizeof root->b);
    sk_str text = sk_fmt(a, "%.*s\n%llu\n%.*s\n", SK_P(device->pub.name), (unsigned long long)size,
                         SK_P(b64));
    sk_str line = sk_sig_line(a, device, text);
    return sk_fmt(a, "%.*s\n%.*s", SK_P(text), SK_P(line));
}

static bool parse_hash(sk_str b64, sk_hash *ret_hash)
{
    size_t n;
    sk_hash h;
    if (!sk_unbase64(b64, h.b, sizeof h.b, &n) || n != sizeof h.b)
        return false;
    *ret_hash = h;
    return true;
}

sk_rc sk_checkpoint_parse(sk_ctx *cx, sk_str bytes, sk_checkpoint *ret_checkpoint)
{
    if (bytes.n > SK_LIM_CHECKPOINT_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "checkpoint: %zu bytes, more than the %zu it may have",
                       bytes.n, SK_LIM_CHECKPOINT_BYTES);
    sk_checkpoint cp = {.bytes = bytes};
    SK_TRY(sk_signed_parse(cx, bytes, "checkpoint", &cp.note));
    sk_str rest = cp.note.text, size, root;
    if (!sk_str_cut(&rest, '\n', &cp.origin) || !sk_key_name_is_valid(cp.origin))
        return sk_fail(cx, SK_E_FORMAT, "checkpoint: line 1 \"%.*s\" is not an origin",
                       SK_P(cp.origin));
    if (!sk_str_cut(&rest, '\n', &size) || !sk_str_to_u64(size, &cp.size))
        return sk_fail(cx, SK_E_FORMAT, "checkpoint: line 2 is not a number of leaves");
    if (!sk_str_cut(&rest, '\n', &root) || !parse_hash(root, &cp.root))
        return sk_fail(cx, SK_E_FORMAT, "checkpoint: line 3 is not the base64 of a 32-byte root");
    if (rest.n)
        return sk_fail(cx, SK_E_FORMAT, "checkpoint: a fourth line \"%.*s\"; only three are known",
                       SK_P(rest));
    *ret_checkpoint = cp;
    return SK_OK;
}

sk_rc sk_checkpoint_check(sk_ctx *cx, const sk_checkpoint *cp, const sk_pubkey *device)
{
    if (!sk_str_eq(cp->origin, device->name))
        return sk_fail(cx, SK_E_INTEGRITY, "checkpoint: of log \"%.*s\", not \"%.*s\"",
                       SK_P(cp->origin), SK_P(device->name));
    return sk_signed_check(cx, &cp->note, "checkpoint", device);
}

#define PROOF_HEAD "c2sp.org/tlog-proof@v1"

sk_str sk_proof_lines(sk_arena *a, const sk_proof *proof)
{
    enum { LINE = 45 }; /* the base64 of 32 bytes, and a line feed */
    char *to = sk_alloc(a, LINE * proof->n);
    for (size_t i = 0; i < proof->n; i++) {
        sk_str b64 = sk_base64(a, proof->hashes[i].b, 32);
        sk_assert(b64.n == LINE - 1);
        memcpy(to + LINE * i, b64.p, b64.n);
        to[LINE * i + LINE - 1] = '\n';
    }
    return (sk_str){to, LINE * proof->n};
}

sk_str sk_tlog_proof_build(sk_arena *a, uint64_t index, const sk_proof *path, sk_str checkpoint)
{
    return sk_fmt(a, PROOF_HEAD "\nindex %llu\n%.*s\n%.*s", (unsigned long long)index,
                  SK_P(sk_proof_lines(a, path)), SK_P(checkpoint));
}

/* The optional "extra" line: take it from *rest if it is there. */
static bool parse_extra(sk_ctx *cx, sk_str *rest, sk_str *ret_extra)
{
    if (!sk_str_starts(*rest, SK_S("extra ")))
        return true;
    sk_str line;
    sk_str_cut(rest, '\n', &line);
    sk_str b64 = sk_str_sub(line, 6, line.n);
    unsigned char *out = sk_alloc(&cx->arena, b64.n + 1);
    size_t n;
    if (b64.n == 0 || !sk_unbase64(b64, out, b64.n, &n))
        return false;
    *ret_extra = (sk_str){(const char *)out, n};
    return true;
}

sk_rc sk_tlog_proof_parse(sk_ctx *cx, sk_str bytes, sk_tlog_proof *ret_proof)
{
    if (bytes.n > SK_LIM_CHECKPOINT_BYTES + SK_KIB(8))
        return sk_fail(cx, SK_E_LIMIT, "proof: %zu bytes are more than any proof has", bytes.n);
    sk_tlog_proof p = {.index = 0};
    sk_str rest = bytes, line;
    if (!sk_str_cut(&rest, '\n', &line) || !sk_str_is(line, PROOF_HEAD))
        return sk_fail(cx, SK_E_FORMAT, "proof: the first line is not \"" PROOF_HEAD "\"");
    if (!parse_extra(cx, &rest, &p.extra))
        return sk_fail(cx, SK_E_FORMAT, "proof: the extra line is not base64");
    if (!sk_str_cut(&rest, '\n', &line) || !sk_str_starts(line, SK_S("index ")) ||
        !sk_str_to_u64(sk_str_sub(line, 6, line.n), &p.index))
        return sk_fail(cx, SK_E_FORMAT, "proof: no line \"index <number>\" where it belongs");
    while (sk_str_cut(&rest, '\n', &line) && line.n) {
        if (p.path.n == SK_LIM_PROOF_HASHES)
            return sk_fail(cx, SK_E_LIMIT, "proof: more than %d hashes", SK_LIM_PROOF_HASHES);
        if (!parse_hash(line, &p.path.hashes[p.path.n]))
            return sk_fail(cx, SK_E_FORMAT, "proof: \"%.*s\" is not the base64 of a 32-byte hash",
                           SK_P(line));
        p.path.n++;
    }
    if (!rest.p)
        return sk_fail(cx, SK_E_FORMAT, "proof: no empty line and checkpoint behind the hashes");
    SK_TRY(sk_checkpoint_parse(cx, rest, &p.checkpoint));
    *ret_proof = p;
    return SK_OK;
}

sk_rc sk_tlog_proof_check(sk_ctx *cx, const sk_tlog_proof *proof, const sk_hash *id,
                          const sk_pubkey *device)
{
    SK_TRY(sk_checkpoint_check(cx, &proof->checkpoint, device));
    sk_hash leaf = sk_merkle_leaf((sk_str){(const char *)id->b, sizeof id->b});
    if (!sk_merkle_is_included(&leaf, proof->index, proof->checkpoint.size, proof->path.hashes,
                               proof->path.n, &proof->checkpoint.root))
        return sk_fail(cx, SK_E_INTEGRITY,
                       "proof: entry %.*s does not stand at index %llu of the signed tree",
                       SK_P(sk_hash_hex(&cx->arena, id)), (unsigned long long)proof->index);
    return SK_OK;
}
