/* Shared by the parts of b_read. */
#ifndef SK_BENCH_READ_H
#define SK_BENCH_READ_H

#include "base/buf.h"
#include "read/reading.h"

double sk_bench_cpu_ms(void);
bool sk_bench_file(sk_ctx *cx, const char *path, sk_str *ret_text);
void sk_bench_case(const char *kind, sk_str input, sk_str wanted, sk_str got);

void sk_bench_gum(sk_ctx *cx, const sk_lexicon *lex, const char *folder, sk_str *ret_news);
void sk_bench_recognizers(sk_ctx *cx, const sk_lexicon *lex, const char *folder);
void sk_bench_petrarch(const char *folder);

#endif
