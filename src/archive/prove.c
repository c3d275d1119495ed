/* What an archive hands to people who verify without it: proofs, checkpoints, public keys. */
#include "archive/archive_priv.h"

static sk_rc find_log(sk_ctx *cx, sk_archive *ar, sk_str device, sk_log **ret_log)
{
    for (size_t i = 0; i < ar->n_logs; i++)
        if (sk_str_eq(ar->logs[i]->device, device)) {
            *ret_log = ar->logs[i];
            return SK_OK;
        }
    return sk_fail(cx, SK_E_NOTFOUND, "there is no log \"%.*s\" in this archive", SK_P(device));
}

static sk_rc own_log(sk_ctx *cx, sk_archive *ar, sk_log **ret_log)
{
    if (!ar->own)
        return sk_fail(cx, SK_E_NOTFOUND, "the archive \"%.*s\" has no log of this device",
                       SK_P(ar->path));
    *ret_log = ar->own;
    return SK_OK;
}

/* Nothing is handed out that its reader would have to refuse. */
static sk_rc not_the_root(sk_ctx *cx, const sk_log *log)
{
    return sk_fail(cx, SK_E_INTEGRITY,
                   "\"%s\": the leaves do not have the root that was signed; run sillok verify",
                   log->path);
}

sk_rc sk_archive_prove(sk_ctx *cx, sk_archive *ar, const sk_entry_place *place, sk_str *ret_proof)
{
    sk_log *log = NULL;
    sk_checkpoint cp;
    sk_hash id;
    sk_proof p;
    SK_TRY(find_log(cx, ar, place->device, &log));
    SK_TRY(sk_log_read_checkpoint(cx, log, &cp));
    if (place->leaf >= cp.size)
        return sk_fail(
            cx, SK_E_NOTFOUND,
            "the newest checkpoint covers %llu entries, not yet number %llu; it is signed "
            "when the writing program closes",
            (unsigned long long)cp.size, (unsigned long long)place->leaf);
    SK_TRY(sk_log_read(cx, log, place->leaf, 1, &id));
    SK_TRY(sk_merkle_prove_inclusion(cx, sk_log_subtree, log, place->leaf, cp.size, &p));
    sk_hash leaf = sk_merkle_leaf((sk_str){(const char *)id.b, sizeof id.b});
    if (!sk_merkle_is_included(&leaf, place->leaf, cp.size, p.hashes, p.n, &cp.root))
        return not_the_root(cx, log);
    *ret_proof = sk_tlog_proof_build(&cx->arena, place->leaf, &p, cp.bytes);
    return SK_OK;
}

sk_rc sk_log_consistency(sk_ctx *cx, sk_archive *ar, uint64_t old_size, sk_str *ret_text)
{
    sk_log *log = NULL;
    sk_checkpoint cp;
    sk_proof p;
    SK_TRY(own_log(cx, ar, &log));
    SK_TRY(sk_log_read_checkpoint(cx, log, &cp));
    if (old_size > cp.size)
        return sk_fail(cx, SK_E_NOTFOUND,
                       "the newest checkpoint covers %llu entries, fewer than %llu",
                       (unsigned long long)cp.size, (unsigned long long)old_size);
    SK_TRY(sk_merkle_prove_consistency(cx, sk_log_subtree, log, old_size, cp.size, &p));
    sk_frontier f = {.size = 0};
    if (old_size) {
        SK_TRY(sk_log_extend(cx, log, &f, old_size));
        sk_hash old_root = sk_frontier_root(&f);
        if (!sk_merkle_is_consistent(old_size, &old_root, cp.size, &cp.root, p.hashes, p.n))
            return not_the_root(cx, log);
    }
    *ret_text = sk_fmt(&cx->arena, "old %llu\n%.*s\n%.*s", (unsigned long long)old_size,
                       SK_P(sk_proof_lines(&cx->arena, &p)), SK_P(cp.bytes));
    return SK_OK;
}

sk_rc sk_archive_read_checkpoint(sk_ctx *cx, sk_archive *ar, sk_str *ret_note)
{
    sk_log *log = NULL;
    sk_checkpoint cp;
    SK_TRY(own_log(cx, ar, &log));
    SK_TRY(sk_log_read_checkpoint(cx, log, &cp));
    *ret_note = cp.bytes;
    return SK_OK;
}

sk_rc sk_archive_read_vkeys(sk_ctx *cx, sk_archive *ar, sk_str *ret_text)
{
    sk_keyring ring;
    SK_TRY(sk_known_read(cx, ar->fs, ar->path, &ring)); /* only if it is what it should be */
    return sk_fs_read_file(cx, ar->fs, sk_archive_path(&cx->arena, ar, "keys/known"),
                           SK_LIM_KEYS_BYTES, ret_text);
}
