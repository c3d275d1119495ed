/* Recognizers-Text: number models of four languages; English dates and periods by their spans. */
#include "b_read.h"

#include "base/json_read.h"
#include "base/utf8.h"
#include "read/numbers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_FOUND = 64 };

static sk_str folded_of(sk_arena *a, sk_str s)
{
    char *p = sk_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t c = sk_utf8_next(s, &at);
        if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFEE0;
        if (c >= 'A' && c <= 'Z')
            c += 32;
        n += sk_utf8_put(c, p + n);
    }
    return (sk_str){p, n};
}

static bool same_value(sk_str wanted, double got)
{
    char text[64];
    if (wanted.n >= sizeof text)
        return false;
    memcpy(text, wanted.p, wanted.n);
    text[wanted.n] = '\0';
    double v = strtod(text, NULL);
    return fabs(v - got) <= 1e-9 * fmax(1, fabs(v));
}

/* A number case passes when exactly the wanted numbers are found, with text and value. */
static bool number_case(sk_ctx *cx, sk_read_lang lang, sk_str input, const sk_json_value *results,
                        sk_str *ret_got)
{
    sk_number found[MOST_FOUND];
    size_t n = sk_numbers_find(input, lang, found, MOST_FOUND), kept = 0, k = 0;
    *ret_got = SK_NONE;
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        if (found[i].kind == SK_NUMBER_ORDINAL || found[i].kind == SK_NUMBER_PERCENT ||
            found[i].is_glued)
            continue;
        found[kept++] = found[i];
        *ret_got =
            sk_fmt(&cx->arena, "%.*s%.*s=%.15g; ", SK_P(*ret_got),
                   (int)(found[i].to - found[i].from), input.p + found[i].from, found[i].value);
    }
    SK_JSON_EACH(result, results)
    {
        sk_str text = sk_json_find_str(result, "Text");
        const sk_json_value *resolution = sk_json_find(result, SK_S("Resolution"));
        sk_str value = resolution ? sk_json_find_str(resolution, "value") : SK_NONE;
        ok &= k < kept && same_value(value, found[k].value) &&
              sk_str_eq(folded_of(&cx->arena,
                                  sk_str_sub(input, found[k].from, found[k].to - found[k].from)),
                        folded_of(&cx->arena, text));
        k++;
    }
    return ok && k == kept;
}

static bool date_case(sk_ctx *cx, const sk_lexicon *lex, sk_str input, const sk_json_value *results,
                      sk_str *ret_got)
{
    sk_reading *r;
    *ret_got = SK_NONE;
    if (sk_reading_from_text(cx, lex, input, NULL, &r))
        return false;
    bool ok = true;
    size_t k = 0;
    for (size_t i = 0; i < r->n_dates; i++)
        *ret_got = sk_fmt(&cx->arena, "%.*s%.*s; ", SK_P(*ret_got),
                          (int)(r->dates[i].span.to - r->dates[i].span.from),
                          input.p + r->dates[i].span.from);
    SK_JSON_EACH(result, results)
    {
        sk_str text = folded_of(&cx->arena, sk_json_find_str(result, "Text"));
        bool hit = false;
        for (size_t i = 0; i < r->n_dates && !hit; i++) {
            sk_str mine =
                folded_of(&cx->arena, sk_str_sub(input, r->dates[i].span.from,
                                                 r->dates[i].span.to - r->dates[i].span.from));
            hit = sk_str_eq(mine, text) ||
                  (mine.n + 4 >= text.n && sk_str_find(text, mine) != SIZE_MAX) ||
                  (text.n + 5 >= mine.n && sk_str_find(mine, text) != SIZE_MAX);
        }
        ok &= hit;
        k++;
    }
    return ok && (k || !r->n_dates);
}

static sk_str wanted_of(sk_ctx *cx, const sk_json_value *results)
{
    sk_str s = SK_NONE;
    SK_JSON_EACH(result, results)
    s = sk_fmt(&cx->arena, "%.*s%.*s; ", SK_P(s), SK_P(sk_json_find_str(result, "Text")));
    return s;
}

static void run_suite(const sk_lexicon *lex, const char *folder, const char *file, const char *name,
                      sk_read_lang lang, bool is_date)
{
    sk_ctx cx;
    char path[2048];
    sk_str text;
    sk_json_doc doc;
    size_t passed = 0, n = 0;
    sk_ctx_init(&cx);
    snprintf(path, sizeof path, "%s/recognizers/%s", folder, file);
    if (!sk_bench_file(&cx, path, &text)) {
        printf("SKIP %s: no %s\n", name, path);
        sk_ctx_done(&cx);
        return;
    }
    if (sk_str_starts(text, SK_S("\xEF\xBB\xBF")))
        text = sk_str_sub(text, 3, text.n);
    char *copy = sk_alloc_copy(&cx.arena, text.p, text.n);
    sk_json_doc_init(&doc);
    if (sk_json_read(&cx, copy, text.n, &doc)) {
        printf("%s: %s\n", name, cx.message);
    } else {
        SK_JSON_EACH(test, doc.values)
        {
            sk_str input = sk_json_find_str(test, "Input"), got;
            const sk_json_value *results = sk_json_find(test, SK_S("Results"));
            if (!results || results->kind != SK_JSON_IS_ARRAY ||
                sk_str_find(sk_json_find_str(test, "NotSupported"), SK_S("c")) == SIZE_MAX - 1)
                continue;
            bool ok = is_date ? date_case(&cx, lex, input, results, &got)
                              : number_case(&cx, lang, input, results, &got);
            n++;
            passed += ok;
            if (!ok)
                sk_bench_case(name, input, wanted_of(&cx, results), got);
        }
        printf("%-34s %5.1f %%  (%zu of %zu)\n", name, n ? 100.0 * (double)passed / (double)n : 0,
               passed, n);
    }
    sk_json_doc_done(&doc);
    sk_ctx_done(&cx);
}

void sk_bench_recognizers(sk_ctx *cx, const sk_lexicon *lex, const char *folder)
{
    (void)cx;
    run_suite(lex, folder, "Number/English/NumberModel.json", "Recognizers numbers English",
              SK_READ_EN, false);
    run_suite(lex, folder, "Number/Korean/NumberModel.json", "Recognizers numbers Korean",
              SK_READ_KO, false);
    run_suite(lex, folder, "Number/Chinese/NumberModel.json", "Recognizers numbers Chinese",
              SK_READ_ZH, false);
    run_suite(lex, folder, "Number/Japanese/NumberModel.json", "Recognizers numbers Japanese",
              SK_READ_JA, false);
    run_suite(lex, folder, "DateTime/English/DateExtractor.json", "Recognizers dates English",
              SK_READ_EN, true);
    run_suite(lex, folder, "DateTime/English/DatePeriodExtractor.json",
              "Recognizers periods English", SK_READ_EN, true);
}
