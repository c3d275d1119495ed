/* GUM's news: sentence ends (F1) and dates (precision, recall, values), from its CoNLL-U files. */
#include "b_read.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 20000 };

typedef struct gold_date {
    sk_span span;
    sk_str value;
} gold_date;

typedef struct document {
    sk_buf text;
    uint32_t *ends; /* where sentences end */
    size_t n_ends;
    gold_date *dates;
    size_t n_dates;
    int open; /* a date being read, or -1 */
} document;

typedef struct totals {
    size_t ends_right, ends_said, ends_wanted, dates_right, dates_said, dates_extra, dates_wanted,
        values_right, values;
} totals;

static sk_str field(sk_str line, int n)
{
    sk_str piece = SK_NONE;
    for (int i = 0; i <= n; i++)
        if (!sk_str_cut(&line, '\t', &piece))
            return SK_NONE;
    return piece;
}

static sk_str between(sk_str s, const char *from, const char *to)
{
    size_t at = sk_str_find(s, sk_str_of(from));
    if (at == SIZE_MAX)
        return SK_NONE;
    s = sk_str_sub(s, at + strlen(from), s.n);
    return sk_str_sub(s, 0, sk_str_find(s, sk_str_of(to)));
}

/* One token line: its word, whether a blank follows, and the date tags around it. */
static void take_token(document *d, sk_str line)
{
    sk_str id = field(line, 0), word = field(line, 1), misc = field(line, 9);
    if (sk_str_find(id, SK_S("-")) != SIZE_MAX || sk_str_find(id, SK_S(".")) != SIZE_MAX)
        return;
    sk_str xml = between(misc, "XML=", "|");
    uint32_t from = (uint32_t)d->text.n;
    sk_buf_add(&d->text, word);
    bool opens = sk_str_find(xml, SK_S("<date")) != SIZE_MAX;
    if (opens && d->n_dates < MOST) {
        sk_str value = between(xml, "when:::\"", "\"");
        d->open = (int)d->n_dates;
        d->dates[d->n_dates++] = (gold_date){{from, 0}, value};
    }
    if (d->open >= 0)
        d->dates[d->open].span.to = (uint32_t)d->text.n;
    if (sk_str_find(xml, SK_S("</date>")) != SIZE_MAX)
        d->open = -1;
    if (sk_str_find(misc, SK_S("SpaceAfter=No")) == SIZE_MAX)
        sk_buf_addc(&d->text, ' ');
}

static void trim_end(document *d)
{
    while (d->text.n && d->text.p[d->text.n - 1] == ' ')
        d->text.n--;
}

/* Sentences one behind another with a blank between; paragraphs with a line end. */
static void read_conllu(sk_str file, document *d)
{
    sk_str line;
    bool in_sentence = false, new_paragraph = false;
    while (sk_str_cut(&file, '\n', &line)) {
        if (sk_str_starts(line, SK_S("# newpar"))) {
            new_paragraph = true;
        } else if (line.n && line.p[0] != '#') {
            if (!in_sentence && d->text.n) {
                sk_buf_addc(&d->text, new_paragraph ? '\n' : ' ');
            }
            new_paragraph = false;
            in_sentence = true;
            take_token(d, line);
        } else if (!line.n && in_sentence) {
            trim_end(d);
            if (d->n_ends < MOST)
                d->ends[d->n_ends++] = (uint32_t)d->text.n;
            in_sentence = false;
        }
    }
}

static void score_ends(const document *d, const sk_reading *r, totals *t)
{
    for (size_t i = 0; i < r->n_sentences; i++) {
        bool hit = false;
        for (size_t k = 0; k < d->n_ends && !hit; k++)
            hit = d->ends[k] == r->sentences[i].span.to;
        t->ends_right += hit;
        t->ends_said++;
        if (!hit)
            sk_bench_case("sentence end too many",
                          sk_str_sub(r->text, r->sentences[i].span.from,
                                     r->sentences[i].span.to - r->sentences[i].span.from),
                          SK_NONE, SK_NONE);
    }
    for (size_t k = 0; k < d->n_ends; k++) {
        bool hit = false;
        for (size_t i = 0; i < r->n_sentences && !hit; i++)
            hit = d->ends[k] == r->sentences[i].span.to;
        if (!hit)
            sk_bench_case("sentence end missed",
                          sk_str_sub(r->text, d->ends[k] > 40 ? d->ends[k] - 40 : 0, 80), SK_NONE,
                          SK_NONE);
    }
    t->ends_wanted += d->n_ends;
}

static void score_dates(const document *d, const sk_reading *r, totals *t)
{
    for (size_t k = 0; k < d->n_dates; k++) {
        const gold_date *g = &d->dates[k];
        sk_str words = sk_str_sub(r->text, g->span.from, g->span.to - g->span.from);
        const sk_found_date *found = NULL;
        for (size_t i = 0; i < r->n_dates && !found; i++)
            if (r->dates[i].span.from < g->span.to && g->span.from < r->dates[i].span.to)
                found = &r->dates[i];
        t->dates_right += found != NULL;
        if (!found)
            sk_bench_case("date missed", words, g->value, SK_NONE);
        if (found && g->value.n && found->value.n) {
            bool same = sk_str_eq(found->value, g->value);
            t->values++;
            t->values_right += same;
            if (!same)
                sk_bench_case("date value", words, g->value, found->value);
        }
    }
    t->dates_wanted += d->n_dates;
    for (size_t i = 0; i < r->n_dates; i++) {
        bool hit = false;
        if (!strcmp(r->dates[i].precision, "duration") ||
            !strcmp(r->dates[i].precision, "duration-vague"))
            continue; /* GUM marks points and stretches, few durations */
        for (size_t k = 0; k < d->n_dates && !hit; k++)
            hit = r->dates[i].span.from < d->dates[k].span.to &&
                  d->dates[k].span.from < r->dates[i].span.to;
        t->dates_said++;
        t->dates_extra += !hit;
        if (!hit)
            sk_bench_case("date too many",
                          sk_str_sub(r->text, r->dates[i].span.from,
                                     r->dates[i].span.to - r->dates[i].span.from),
                          SK_NONE, SK_NONE);
    }
}

static sk_str written_of(sk_str file)
{
    return between(file, "dateCreated = ", "\n");
}

static void score_file(sk_ctx *cx, const sk_lexicon *lex, sk_str file, totals *t, sk_buf *news)
{
    document d = {.ends = sk_new_array(&cx->arena, uint32_t, MOST),
                  .dates = sk_new_array(&cx->arena, gold_date, MOST),
                  .open = -1};
    sk_reading *r;
    sk_buf_init(&d.text, SK_MIB(16));
    read_conllu(file, &d);
    sk_str text = sk_str_copy(&cx->arena, sk_buf_str(&d.text));
    sk_read_options options = {.written = written_of(file)};
    if (!sk_reading_from_text(cx, lex, text, &options, &r)) {
        score_ends(&d, r, t);
        score_dates(&d, r, t);
    }
    sk_buf_add(news, text);
    sk_buf_addc(news, '\n');
    sk_buf_done(&d.text);
}

static double ratio(size_t a, size_t b)
{
    return b ? (double)a / (double)b : 0;
}

void sk_bench_gum(sk_ctx *cx, const sk_lexicon *lex, const char *folder, sk_str *ret_news)
{
    char path[2048];
    totals t = {0};
    sk_buf news;
    sk_buf_init(&news, SK_MIB(64));
    snprintf(path, sizeof path, "%s/gum-news", folder);
    struct dirent **names;
    int n = scandir(path, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        sk_str file;
        snprintf(path, sizeof path, "%s/gum-news/%s", folder, names[i]->d_name);
        if (sk_str_ends(sk_str_of(path), SK_S(".conllu")) && sk_bench_file(cx, path, &file))
            score_file(cx, lex, file, &t, &news);
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    *ret_news = sk_str_copy(&cx->arena, sk_buf_str(&news));
    sk_buf_done(&news);
    if (!t.ends_wanted)
        return;
    double p = ratio(t.ends_right, t.ends_said), r = ratio(t.ends_right, t.ends_wanted);
    printf("GUM news sentences  F1 %.3f  (P %.3f R %.3f, %zu)\n", 2 * p * r / (p + r), p, r,
           t.ends_wanted);
    printf("GUM news dates      P %.3f R %.3f  value %.3f of %zu compared  (%zu)\n",
           1 - ratio(t.dates_extra, t.dates_said), ratio(t.dates_right, t.dates_wanted),
           ratio(t.values_right, t.values), t.values, t.dates_wanted);
}
