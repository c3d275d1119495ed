#include "exchange/claims_view.h"

#include "record/read.h"

static sk_rc find_passage(sk_ctx *cx, const sk_claims_rest *rest, sk_passage *ret_passage,
                          const char **ret_column, void *arg)
{
    sk_view *v = arg;
    sk_exhibit x;
    SK_TRY(sk_exhibit_find(cx, v, rest->exhibit, &x));
    ret_passage->exhibit = x.hash;
    if (!rest->quote.n || rest->has_span)
        return SK_OK;
    *ret_column = "quote";
    SK_TRY(sk_quote_find(cx, v, &x, rest->quote, &ret_passage->start, &ret_passage->end));
    ret_passage->has_span = true;
    return SK_OK;
}

static sk_rc find_claim(sk_ctx *cx, sk_str prefix, sk_hash *ret_id, void *arg)
{
    sk_claim_row row;
    SK_TRY(sk_claim_find(cx, arg, prefix, &row));
    *ret_id = row.claim.id;
    return SK_OK;
}

sk_claims_resolver sk_claims_file_resolve_view(sk_view *v)
{
    return (sk_claims_resolver){.passage = find_passage, .claim = find_claim, .arg = v};
}
