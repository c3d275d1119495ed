/* mklexicon OUT LIST ...: compile word lists into the block that the program carries.
 * Run by the build; see src/read/lexicon.h. */
#include "read/lexicon_private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static bool read_file(sk_ctx *cx, const char *path, sk_str *ret_text)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    sk_buf b;
    sk_buf_init(&b, SK_LIM_LEXICON_BYTES);
    char part[65536];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        sk_buf_add(&b, (sk_str){part, n});
    bool ok = !ferror(f) && !b.overflow;
    fclose(f);
    *ret_text = sk_str_copy(&cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return ok;
}

static bool write_file(const char *path, sk_str bytes)
{
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n;
    return (f && fclose(f) == 0) && ok;
}

int main(int argc, char **argv)
{
    sk_ctx cx;
    sk_buf out;
    if (argc < 3) {
        fprintf(stderr, "usage: mklexicon OUT LIST ...\n");
        return 2;
    }
    sk_ctx_init(&cx);
    sk_buf_init(&out, SK_LIM_LEXICON_BYTES);
    sk_lex_source *sources = sk_new_array(&cx.arena, sk_lex_source, (size_t)argc);
    for (int i = 2; i < argc; i++) {
        const char *slash = strrchr(argv[i], '/');
        sources[i - 2].name = slash ? slash + 1 : argv[i];
        if (!read_file(&cx, argv[i], &sources[i - 2].text)) {
            fprintf(stderr, "mklexicon: %s: %s\n", argv[i], strerror(errno));
            return 1;
        }
    }
    if (sk_lexicon_compile(&cx, sources, (size_t)argc - 2, &out)) {
        fprintf(stderr, "mklexicon: %s\n", cx.message);
        return 1;
    }
    if (!write_file(argv[1], sk_buf_str(&out))) {
        fprintf(stderr, "mklexicon: %s: %s\n", argv[1], strerror(errno));
        return 1;
    }
    sk_buf_done(&out);
    sk_ctx_done(&cx);
    return 0;
}
