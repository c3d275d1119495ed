/* FollowTheMoney statements of the record. Entities are in export_ftm_entities.c. */
#include "exchange/ftm/export_ftm.h"

#include "exchange/ftm/ftm_statements.h"
#include "exchange/ftm/ftm_walk.h"

static sk_rc write_entity(ftm_walk *w, const ftm_member *m, const ftm_item *items, size_t n,
                          void *arg)
{
    return sk_ftm__statements_write(w->cx, arg, m, items, n);
}

sk_rc sk_export_ftm_statements(sk_ctx *cx, sk_view *v, const sk_ftm_options *options,
                               const sk_sink *plain, const sk_sink *rest,
                               sk_ftm_summary *ret_summary)
{
    ftm_walk w;
    ftm_statements *st;
    SK_TRY(sk_ftm__gather(cx, v, options, &w));
    sk_ftm__statements_open(cx, w.dataset, w.theirs_alone, plain, rest, &st);
    sk_rc rc = sk_ftm__statements_close(cx, st, sk_ftm__each(&w, write_entity, st));
    if (!rc && ret_summary)
        *ret_summary = w.sum;
    return rc;
}
