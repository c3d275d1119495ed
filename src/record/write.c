#include "record/write.h"

#include "base/utf8.h"

/* Lines of an entry under construction; empty values are left out. */
typedef struct draft_lines {
    sk_line v[32];
    size_t n;
} draft_lines;

static void put(draft_lines *d, const char *key, sk_str value)
{
    if (!value.n)
        return;
    sk_assert(d->n < SK_COUNT(d->v));
    d->v[d->n++] = (sk_line){sk_str_of(key), value};
}

/* Text from people, checked at the door. */
static sk_rc put_text(sk_ctx *cx, draft_lines *d, const char *key, sk_str value)
{
    if (value.n > SK_LIM_VALUE_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "%s: %zu bytes, the most is %zu", key, value.n,
                       SK_LIM_VALUE_BYTES);
    sk_str text;
    SK_TRY(sk_utf8_enter(cx, value, key, &text));
    put(d, key, text);
    return SK_OK;
}

static sk_rc append(sk_ctx *cx, const char *kind, const draft_lines *d, sk_hash *ret_id)
{
    return sk_archive_append(cx, cx->archive, sk_str_of(kind), d->v, d->n, ret_id, NULL);
}

static sk_rc need_reason(sk_ctx *cx, sk_str reason)
{
    return sk_str_trim(reason).n ? SK_OK
                                 : sk_fail(cx, SK_E_FORMAT, "no reason; write --reason \"...\"");
}

sk_rc sk_record_capture(sk_ctx *cx, const sk_capture_draft *c, sk_hash *ret_id)
{
    draft_lines d = {0};
    put(&d, "blob",
        sk_fmt(&cx->arena, "%.*s %llu", SK_P(sk_hash_hex(&cx->arena, &c->blob.hash)),
               (unsigned long long)c->blob.size_bytes));
    SK_TRY(put_text(cx, &d, "name", c->name));
    SK_TRY(put_text(cx, &d, "media", c->media));
    SK_TRY(put_text(cx, &d, "url", c->url));
    SK_TRY(put_text(cx, &d, "captured", c->captured));
    SK_TRY(put_text(cx, &d, "captured-by", c->captured_by));
    SK_TRY(put_text(cx, &d, "rights", c->rights));
    SK_TRY(put_text(cx, &d, "method", c->method));
    SK_TRY(put_text(cx, &d, "note", c->note));
    put(&d, "tool", SK_S("sillok/" SK_VERSION));
    if (c->n_restrict > 16)
        return sk_fail(cx, SK_E_LIMIT, "%zu restriction labels, the most is 16", c->n_restrict);
    for (size_t i = 0; i < c->n_restrict; i++) {
        SK_TRY(sk_label_check(cx, c->restrict_labels[i]));
        put(&d, "restrict", c->restrict_labels[i]);
    }
    return append(cx, "capture", &d, ret_id);
}

sk_rc sk_record_claim(sk_ctx *cx, sk_claim *draft, sk_warn_fn *warn, void *warn_arg,
                      sk_hash *ret_id)
{
    SK_TRY(sk_claim_check(cx, draft, warn, warn_arg));
    const sk_line *lines;
    size_t n;
    SK_TRY(sk_claim_to_lines(cx, draft, &lines, &n));
    return sk_archive_append(cx, cx->archive, SK_S("claim"), lines, n, ret_id, NULL);
}

sk_rc sk_record_retract(sk_ctx *cx, const sk_hash *target, sk_str reason, sk_hash *ret_id)
{
    draft_lines d = {0};
    SK_TRY(need_reason(cx, reason));
    put(&d, "target", sk_hash_hex(&cx->arena, target));
    SK_TRY(put_text(cx, &d, "reason", reason));
    return append(cx, "retract", &d, ret_id);
}

sk_rc sk_record_judge(sk_ctx *cx, sk_str a, sk_str b, sk_str verdict, sk_str reason,
                      sk_hash *ret_id)
{
    draft_lines d = {0};
    SK_TRY(sk_key_check(cx, a, "first entity"));
    SK_TRY(sk_key_check(cx, b, "second entity"));
    if (sk_str_eq(a, b))
        return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" cannot be judged against itself", SK_P(a));
    if (!sk_str_is(verdict, "same") && !sk_str_is(verdict, "different") &&
        !sk_str_is(verdict, "unsure"))
        return sk_fail(cx, SK_E_FORMAT, "verdict \"%.*s\" is not same, different or unsure",
                       SK_P(verdict));
    SK_TRY(need_reason(cx, reason));
    put(&d, "a", a);
    put(&d, "b", b);
    put(&d, "verdict", verdict);
    SK_TRY(put_text(cx, &d, "reason", reason));
    return append(cx, "judge", &d, ret_id);
}

sk_rc sk_record_restrict(sk_ctx *cx, sk_str target, sk_str label, sk_str reason, sk_hash *ret_id)
{
    draft_lines d = {0};
    SK_TRY(sk_label_check(cx, label));
    SK_TRY(need_reason(cx, reason));
    SK_TRY(put_text(cx, &d, "target", target));
    put(&d, "label", label);
    SK_TRY(put_text(cx, &d, "reason", reason));
    return append(cx, "restrict", &d, ret_id);
}

sk_rc sk_record_permit(sk_ctx *cx, sk_str user, sk_str label, sk_str purpose, sk_str reason,
                       sk_hash *ret_id)
{
    draft_lines d = {0};
    SK_TRY(sk_key_check(cx, user, "user"));
    SK_TRY(sk_label_check(cx, label));
    SK_TRY(sk_label_check(cx, purpose));
    SK_TRY(need_reason(cx, reason));
    put(&d, "user", user);
    put(&d, "label", label);
    put(&d, "purpose", purpose);
    SK_TRY(put_text(cx, &d, "reason", reason));
    return append(cx, "permit", &d, ret_id);
}

/* Lines of its own: it may have hundreds. */
sk_rc sk_record_reject(sk_ctx *cx, const sk_rejection *r, sk_hash *ret_id)
{
    sk_assert(r->n_suggestions >= 1 && r->n_suggestions <= SK_LIM_REJECTED);
    draft_lines d = {0};
    put(&d, "exhibit", sk_hash_hex(&cx->arena, &r->exhibit));
    put(&d, "lexicon", r->lexicon);
    SK_TRY(put_text(cx, &d, "reason", r->reason));
    SK_TRY(put_text(cx, &d, "reviewer", cx->user));
    sk_line *lines = sk_new_array(&cx->arena, sk_line, d.n + r->n_suggestions);
    memcpy(lines, d.v, d.n * sizeof *lines);
    for (size_t i = 0; i < r->n_suggestions; i++)
        lines[d.n + i] = (sk_line){SK_S("suggestion"), r->suggestions[i]};
    return sk_archive_append(cx, cx->archive, SK_S("reject"), lines, d.n + r->n_suggestions, ret_id,
                             NULL);
}

sk_rc sk_record_commit(sk_ctx *cx)
{
    SK_TRY(sk_archive_commit(cx, cx->archive));
    return sk_index_catch_up(cx, cx->index);
}
