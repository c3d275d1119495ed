/* The lexicon inside the program: the block that the build made, and the lists it was made from. */
#include "read/lexicon_private.h"

#include "lexicon_stamp.h" /* built again when the block changes */

#define EMBED(symbol, file)                                                                        \
    __asm__(".section .rodata\n.balign 16\n" #symbol ":\n.incbin \"" file "\"\n" #symbol "_end:\n" \
            ".byte 0\n.previous\n");                                                               \
    extern const char symbol[], symbol##_end[]
EMBED(sk_lexicon_block, SK_LEXICON_DIR "/lexicon.bin");
EMBED(sk_lexicon_lists, SK_LEXICON_DIR "/lexicon.txt");

sk_rc sk_lexicon_builtin(sk_ctx *cx, const sk_lexicon **ret_lexicon)
{
    return sk_lexicon_open(cx, sk_str_range(sk_lexicon_block, sk_lexicon_block_end), ret_lexicon);
}

sk_rc sk_lexicon_with(sk_ctx *cx, sk_str words, const sk_lexicon **ret_lexicon)
{
    sk_lex_source sources[] = {{"built in", sk_str_range(sk_lexicon_lists, sk_lexicon_lists_end)},
                               {"of the archive", words}};
    sk_buf out;
    sk_buf_init(&out, SK_LIM_LEXICON_BYTES);
    sk_rc rc = sk_lexicon_compile(cx, sources, SK_COUNT(sources), &out);
    if (!rc) {
        sk_str block = sk_str_copy(&cx->arena, sk_buf_str(&out));
        rc = sk_lexicon_open(cx, block, ret_lexicon);
    }
    sk_buf_done(&out);
    return rc;
}
