#include "exchange/claims/claims_view.h"

/* The exhibit's text, read now unless it was read lately. */
static sk_rc text_of(sk_ctx *cx, sk_claims_view *asked, const sk_exhibit *x,
                     const sk_quote_text **ret_text)
{
    size_t n = asked->n_read < SK_CLAIMS_VIEW_TEXTS ? asked->n_read : SK_CLAIMS_VIEW_TEXTS;
    for (size_t i = 0; i < n; i++)
        if (sk_hash_eq(&asked->texts[i].exhibit, &x->hash)) {
            *ret_text = &asked->texts[i];
            return SK_OK;
        }
    sk_quote_text text;
    SK_TRY(sk_quote_text_open(cx, asked->view, x, &text));
    sk_quote_text *place = &asked->texts[asked->n_read++ % SK_CLAIMS_VIEW_TEXTS];
    sk_quote_text_done(place);
    *place = text;
    *ret_text = place;
    return SK_OK;
}

static sk_rc find_passage(sk_ctx *cx, const sk_claims_rest *rest, sk_passage *ret_passage,
                          const char **ret_column, void *arg)
{
    sk_claims_view *asked = arg;
    const sk_quote_text *text;
    sk_exhibit x;
    SK_TRY(sk_exhibit_find(cx, asked->view, rest->exhibit, &x));
    ret_passage->exhibit = x.hash;
    if (!rest->quote.n || rest->has_span)
        return SK_OK;
    *ret_column = "quote";
    SK_TRY(text_of(cx, asked, &x, &text));
    SK_TRY(sk_quote_text_find(cx, text, rest->quote, &ret_passage->start, &ret_passage->end));
    ret_passage->has_span = true;
    return SK_OK;
}

static sk_rc find_claim(sk_ctx *cx, sk_str prefix, sk_hash *ret_id, void *arg)
{
    const sk_claims_view *asked = arg;
    sk_claim_row row;
    SK_TRY(sk_claim_find(cx, asked->view, prefix, &row));
    *ret_id = row.claim.id;
    return SK_OK;
}

sk_claims_resolver sk_claims_file_resolve_view(sk_claims_view *asked)
{
    return (sk_claims_resolver){.passage = find_passage, .claim = find_claim, .arg = asked};
}

void sk_claims_view_done(sk_claims_view *asked)
{
    for (size_t i = 0; i < SK_CLAIMS_VIEW_TEXTS; i++)
        sk_quote_text_done(&asked->texts[i]);
    asked->n_read = 0;
}
