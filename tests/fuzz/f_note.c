/* An entry that parses is built again from its parts: the bytes must be the same, for there is one
 * form per meaning. */
#include "archive/note.h"
#include "archive/sign.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_entry e;
    sk_str text, bytes = {(const char *)data, size};
    sk_ctx_init(&cx);
    if (sk_entry_parse(&cx, bytes, &e) == SK_OK) {
        check(sk_entry_build(&cx, e.kind, e.archive, e.nonce, e.at, e.by, e.lines, e.n_lines,
                             &text) == SK_OK);
        check(sk_str_eq(text, e.text));
        unsigned char blob[4 + SK_SIG_BYTES];
        memcpy(blob, e.sig_id, 4);
        memcpy(blob + 4, e.sig, SK_SIG_BYTES);
        sk_str again = sk_fmt(&cx.arena, "%.*s\n" SK_SIG_DASH "%.*s %.*s\n", SK_P(text),
                              SK_P(e.sig_name), SK_P(sk_base64(&cx.arena, blob, sizeof blob)));
        check(sk_str_eq(again, bytes));
        sk_str value;
        size_t seen = 0;
        for (size_t i = 0; i < e.n_lines; i++)
            for (size_t at = 0;
                 sk_entry_next(&e, sk_str_c(&cx.arena, e.lines[i].key), &at, &value);)
                seen++;
        check(seen >= e.n_lines);
    } else {
        check(cx.rc != SK_OK && cx.message[0]);
    }
    sk_ctx_done(&cx);
    return 0;
}
