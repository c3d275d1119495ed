#include "gate/gate.h"

#include "record/claim.h"

sk_rc sk_gate_open(sk_ctx *cx, sk_view **ret_view)
{
    SK_TRY(sk_label_check(cx, cx->purpose));
    sk_rights rights = {0};
    if (cx->user.n == 0 && sk_str_is(cx->purpose, "work")) {
        rights.sees_all = true;
    } else {
        sk_str user = cx->user.n ? cx->user : SK_S("owner");
        SK_TRY(sk_key_check(cx, user, "user"));
        SK_TRY(
            sk_permits__find(cx, cx->index, user, cx->purpose, &rights.labels, &rights.n_labels));
    }
    return sk_view__open(cx, cx->index, &rights, ret_view);
}
