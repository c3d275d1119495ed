/* Any bytes may reach the tokenizer: tokens stay in bounds and in order, and a token cut again is
 * itself, which is what FTS5 relies on when it reads a query's quoted tokens. */
#include "base/utf8.h"
#include "record/tokenizer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct check {
    sk_str text;
    size_t last_start;
    uint32_t next_position;
    sk_str token; /* when cutting a token again: the token */
    size_t n;
} check;

static bool is_itself(void *arg, const sk_token *t)
{
    check *k = arg;
    k->n++;
    sk_assert(sk_str_eq(t->folded, k->token));
    return true;
}

static bool check_token(void *arg, const sk_token *t)
{
    check *k = arg;
    sk_assert(t->start < t->end && t->end <= k->text.n);
    sk_assert(t->start < t->first_end && t->first_end <= t->end);
    sk_assert(t->start >= k->last_start);
    sk_assert(t->position == k->next_position - (t->colocated ? 1 : 0));
    sk_assert(t->folded.n > 0 && t->folded.n <= SK_TOKEN_BYTES);
    sk_assert(sk_utf8_find_bad(t->folded) == SIZE_MAX);
    if (!t->colocated) {
        k->next_position++;
        k->last_start = t->start;
    }
    check again = {.token = t->folded};
    sk_tokenize(t->folded, SK_TOKENIZE_QUERY, is_itself, &again);
    sk_assert(again.n == 1);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_str text = {(const char *)data, size};
    for (int mode = SK_TOKENIZE_TEXT; mode <= SK_TOKENIZE_QUERY; mode++) {
        check k = {.text = text};
        sk_assert(sk_tokenize(text, (sk_tokenize_mode)mode, check_token, &k));
    }
    return 0;
}
