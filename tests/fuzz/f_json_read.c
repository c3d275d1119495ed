/* The JSON reader: its list nests and stays inside the text, whatever the bytes. */
#include "base/json_read.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const sk_json_value *walk(const sk_json_value *v, const sk_json_value *end)
{
    sk_assert(v < end && v->span >= 1 && v + v->span <= end);
    const sk_json_value *after = v + v->span, *at = v + 1;
    bool is_object = v->kind == SK_JSON_IS_OBJECT;
    if (!is_object && v->kind != SK_JSON_IS_ARRAY)
        sk_assert(v->span == 1);
    while (at < after) {
        if (is_object) {
            sk_assert(at->kind == SK_JSON_IS_STRING && at->span == 1);
            at++;
        }
        at = walk(at, after);
    }
    sk_assert(at == after);
    return after;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_json_doc doc;
    sk_ctx_init(&cx);
    sk_json_doc_init(&doc);
    char *copy = malloc(size ? size : 1); /* its own block, so that running past the end is seen */
    if (!copy)
        abort();
    if (size)
        memcpy(copy, data, size);
    if (sk_json_read(&cx, copy, size, &doc) == SK_OK) {
        sk_assert(walk(doc.values, doc.values + doc.n) == doc.values + doc.n);
        for (size_t i = 0; i < doc.n; i++)
            sk_assert(!doc.values[i].text.n ||
                      (doc.values[i].text.p >= copy &&
                       doc.values[i].text.p + doc.values[i].text.n <= copy + size));
    } else {
        sk_assert(cx.message[0]);
    }
    free(copy);
    sk_json_doc_done(&doc);
    sk_ctx_done(&cx);
    return 0;
}
