/* Reading: speed, and how right it is on what others have annotated.
 *
 *     b_read [SHARED]       SHARED: the folder of shared data, ../shared unless said
 *
 * Speed is processor time of this thread over GUM's news texts, put together until there are some
 * megabytes. Accuracy is measured on
 *   text/recognizers  numbers in four languages; English dates and periods (spans)
 *   text/gum-news     sentence ends and dates
 *   text/petrarch     who did what to whom, from the bare sentence
 * and cases that fail are counted by kind; with SILLOK_BENCH_CASES set they are printed. */
#include "b_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

double sk_bench_cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

bool sk_bench_file(sk_ctx *cx, const char *path, sk_str *ret_text)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    sk_buf b;
    sk_buf_init(&b, SK_MIB(64));
    char part[65536];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        sk_buf_add(&b, (sk_str){part, n});
    fclose(f);
    *ret_text = sk_str_copy(&cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return true;
}

void sk_bench_case(const char *kind, sk_str input, sk_str wanted, sk_str got)
{
    if (getenv("SILLOK_BENCH_CASES"))
        printf("    %s: \"%.*s\" wanted [%.*s] got [%.*s]\n", kind, SK_P(input), SK_P(wanted),
               SK_P(got));
}

/* Speed of the whole cascade and of its first two passes over some megabytes of news. */
static void measure_speed(const sk_lexicon *lex, sk_str text)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_buf b;
    sk_buf_init(&b, SK_MIB(64));
    while (b.n < SK_MIB(4))
        sk_buf_add(&b, text);
    sk_reading *r;
    double before = sk_bench_cpu_ms();
    if (sk_reading_from_text(&cx, lex, sk_buf_str(&b), NULL, &r)) {
        printf("reading failed: %s\n", cx.message);
        return;
    }
    double ms = sk_bench_cpu_ms() - before;
    printf("end to end      %6.1f MB/s  %8.0f sentences/s  (%.1f MB, %zu sentences, %zu events)\n",
           (double)b.n / 1e3 / ms, (double)r->n_sentences / ms * 1e3, (double)b.n / 1e6,
           r->n_sentences, r->n_events);
    size_t tokens = 0, at = 0, known = 0;
    sk_token t;
    before = sk_bench_cpu_ms();
    while (sk_token_next(sk_buf_str(&b), &at, &t)) {
        char folded[SK_TOKEN_FOLD_BYTES];
        size_t n = sk_token_fold(sk_buf_str(&b), &t, folded);
        uint32_t word = n ? sk_lexicon_word(lex, (sk_str){folded, n}) : 0;
        known += word && sk_lexicon_step(lex, 0, word);
        tokens++;
    }
    ms = sk_bench_cpu_ms() - before;
    printf("tokens and trie %6.1f MB/s  %8.1f million tokens/s\n", (double)b.n / 1e3 / ms,
           (double)tokens / ms / 1e3);
    (void)known;
    sk_buf_done(&b);
    sk_ctx_done(&cx);
}

int main(int argc, char **argv)
{
    const char *shared = argc > 1 ? argv[1] : getenv("SILLOK_SHARED");
    sk_ctx cx;
    const sk_lexicon *lex;
    sk_str news = SK_NONE;
    sk_ctx_init(&cx);
    double before = sk_bench_cpu_ms();
    if (sk_lexicon_builtin(&cx, &lex)) {
        fprintf(stderr, "b_read: %s\n", cx.message);
        return 1;
    }
    sk_str version = sk_lexicon_version(lex);
    printf("lexicon %.*s opened in %.2f ms\n", SK_P(version), sk_bench_cpu_ms() - before);
    char folder[1024];
    snprintf(folder, sizeof folder, "%s/data/text", shared ? shared : "../shared");
    sk_bench_gum(&cx, lex, folder, &news);
    if (!news.n) {
        printf("SKIP: no texts in %s\n", folder);
        return 0;
    }
    measure_speed(lex, news);
    sk_bench_recognizers(&cx, lex, folder);
    sk_bench_petrarch(folder);
    sk_ctx_done(&cx);
    return 0;
}
