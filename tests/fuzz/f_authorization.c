/* An Authorization header (first line) and a file of tokens (the rest): a token has its form or is none,
 * and a file that is read is written as one that reads the same. */
#include "web/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_str all = {(const char *)data, size}, header = SK_NONE;
    sk_tokens tokens, again;
    if (size > SK_KIB(64))
        return 0;
    sk_ctx_init(&cx);
    sk_str_cut(&all, '\n', &header);
    sk_str token = sk_authorization_token(header);
    sk_assert(!token.n || (token.n == SK_TOKEN_CHARS && sk_token_is_form(token)));
    if (sk_tokens_parse(&cx, all, &tokens) == SK_OK) {
        sk_assert(!token.n || !sk_token_find(&tokens, token) || tokens.n);
        sk_str text = sk_tokens_text(&cx.arena, &tokens);
        sk_assert(sk_tokens_parse(&cx, text, &again) == SK_OK && again.n == tokens.n);
        sk_assert(sk_str_eq(sk_tokens_text(&cx.arena, &again), text));
        sk_tokens_done(&again);
        sk_tokens_done(&tokens);
    }
    sk_ctx_done(&cx);
    return 0;
}
