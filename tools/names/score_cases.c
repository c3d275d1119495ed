/* score-cases [-v] FILE...: how well the comparer of entities judges labelled pairs of names.
 * score-cases --treasury [-v] FILE...: how near sk_treasury_score comes to the scores that the search
 * tool of the US Treasury shows.
 *
 * A file has the columns case_group, schema, name1, name2, is_match (true or false) in any order, as
 * CSV. Each pair is compared as two entities of one name. Printed for each half of the pairs (split by
 * a hash of both names, so that rules can be tried on one half and checked on the other) and for all:
 * precision, recall and F1 at the score of .70. With -v the pairs judged wrongly are listed.
 *
 * For --treasury the columns are query_name, result_name and ofac_score; -1 is an entry that the tool
 * did not show for the query. Rows with a score and rows of -1 are counted apart: an imitation that
 * shows everything would do well on the former alone. */
#include "base/csv.h"
#include "match/match.h"
#include "name/treasury.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define THRESHOLD 0.70

typedef struct counts {
    unsigned hit, alarm, miss, pairs;
} counts;

typedef struct columns {
    size_t schema, name1, name2, is_match;
} columns;

static sk_name_kind kind_of(sk_str schema)
{
    if (sk_str_is(schema, "Person"))
        return SK_NAME_PERSON;
    if (sk_str_is(schema, "Company") || sk_str_is(schema, "Organization"))
        return SK_NAME_ORGANIZATION;
    return sk_str_is(schema, "Vessel") ? SK_NAME_VESSEL : SK_NAME_ANY;
}

static double score(sk_ctx *cx, sk_name_kind kind, sk_str a, sk_str b)
{
    sk_match_name x = {.name = sk_name_prepare(&cx->arena, a, kind)};
    sk_match_name y = {.name = sk_name_prepare(&cx->arena, b, kind)};
    sk_match_entity ex = {.kind = kind, .names = &x, .n_names = 1};
    sk_match_entity ey = {.kind = kind, .names = &y, .n_names = 1};
    sk_match_result r;

    sk_match_entity_compare(&ex, &ey, NULL, &r);
    return r.score;
}

static unsigned half_of(sk_str a, sk_str b)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < a.n; i++)
        h = (h ^ (unsigned char)a.p[i]) * 16777619u;
    for (size_t i = 0; i < b.n; i++)
        h = (h ^ (unsigned char)b.p[i]) * 16777619u;
    return h >> 16 & 1;
}

static void count(counts *c, bool says, bool is)
{
    c->pairs++;
    c->hit += says && is;
    c->alarm += says && !is;
    c->miss += !says && is;
}

static void print_counts(const char *what, const counts *c)
{
    double p = c->hit + c->alarm ? (double)c->hit / (c->hit + c->alarm) : 0;
    double r = c->hit + c->miss ? (double)c->hit / (c->hit + c->miss) : 0;

    printf("%-6s %5u pairs  precision %.3f  recall %.3f  F1 %.3f\n", what, c->pairs, p, r,
           p + r > 0 ? 2 * p * r / (p + r) : 0);
}

static bool find_columns(const sk_csv_row *row, columns *ret)
{
    columns c = {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};

    for (size_t i = 0; i < row->n; i++) {
        if (sk_str_is(row->cells[i], "schema"))
            c.schema = i;
        else if (sk_str_is(row->cells[i], "name1"))
            c.name1 = i;
        else if (sk_str_is(row->cells[i], "name2"))
            c.name2 = i;
        else if (sk_str_is(row->cells[i], "is_match"))
            c.is_match = i;
    }
    *ret = c;
    return c.schema < row->n && c.name1 < row->n && c.name2 < row->n && c.is_match < row->n;
}

static sk_rc score_rows(sk_ctx *cx, sk_csv *csv, bool verbose, counts total[3])
{
    sk_csv_row row;
    columns c;

    SK_TRY(sk_csv_next(cx, csv, &row));
    if (!find_columns(&row, &c))
        return sk_fail(cx, SK_E_FORMAT, "no columns schema, name1, name2 and is_match");
    for (;;) {
        SK_TRY(sk_csv_next(cx, csv, &row));
        if (!row.n)
            return SK_OK;
        if (c.is_match >= row.n || c.name2 >= row.n || c.name1 >= row.n || c.schema >= row.n)
            continue;
        sk_str a = row.cells[c.name1], b = row.cells[c.name2];
        bool is = sk_str_is(row.cells[c.is_match], "true");
        double s = score(cx, kind_of(row.cells[c.schema]), a, b);
        bool says = s >= THRESHOLD;
        count(&total[half_of(a, b)], says, is);
        count(&total[2], says, is);
        if (verbose && says != is)
            printf("%.3f %s  %.*s | %.*s\n", s, is ? "same " : "other", SK_P(a), SK_P(b));
    }
}

/* ---- the Treasury's ruler ---- */

#define TREASURY_NEAR 5 /* points */

typedef struct treasury_counts {
    unsigned shown, near, missed;     /* rows with a score; of these within 5; of these -1 here */
    unsigned hidden, hidden_foretold; /* rows of -1; of these -1 here too                      */
} treasury_counts;

static size_t column(const sk_csv_row *row, const char *name)
{
    size_t i = 0;

    while (i < row->n && !sk_str_is(row->cells[i], name))
        i++;
    return i;
}

static void count_treasury(sk_str query, sk_str listed, int want, bool verbose, treasury_counts *c)
{
    int got = sk_treasury_score(query, listed);
    bool good = want < 0 ? got < 0 : got >= 0 && abs(got - want) <= TREASURY_NEAR;

    if (want < 0) {
        c->hidden++;
        c->hidden_foretold += good;
    } else {
        c->shown++;
        c->near += good;
        c->missed += got < 0;
    }
    if (verbose && !good)
        printf("%4d, the tool %4d  %.*s | %.*s\n", got, want, SK_P(query), SK_P(listed));
}

static sk_rc treasury_rows(sk_ctx *cx, sk_csv *csv, bool verbose, treasury_counts *c)
{
    sk_csv_row row;

    SK_TRY(sk_csv_next(cx, csv, &row));
    size_t query = column(&row, "query_name"), listed = column(&row, "result_name");
    size_t score = column(&row, "ofac_score");
    if (query >= row.n || listed >= row.n || score >= row.n)
        return sk_fail(cx, SK_E_FORMAT, "no columns query_name, result_name and ofac_score");
    for (size_t n = 2;; n++) {
        uint64_t want = 0;
        SK_TRY(sk_csv_next(cx, csv, &row));
        if (!row.n)
            return SK_OK;
        if (query >= row.n || listed >= row.n || score >= row.n)
            return sk_fail(cx, SK_E_FORMAT,
                           "row %zu has %zu columns; query_name, result_name and "
                           "ofac_score are needed",
                           n, row.n);
        bool is_hidden = sk_str_is(row.cells[score], "-1");
        if (!is_hidden && (!sk_str_to_u64(row.cells[score], &want) || want > 100))
            return sk_fail(cx, SK_E_FORMAT, "row %zu: score \"%.*s\" is neither -1 nor 0 to 100", n,
                           SK_P(row.cells[score]));
        count_treasury(row.cells[query], row.cells[listed], is_hidden ? -1 : (int)want, verbose, c);
    }
}

static void print_treasury(const treasury_counts *c)
{
    printf("shown rows   %3u: within %d points %u, not shown here %u\n", c->shown, TREASURY_NEAR,
           c->near, c->missed);
    printf("rows of -1   %3u: not shown here either %u\n", c->hidden, c->hidden_foretold);
}

/* ---- files ---- */

/* treasury: NULL for labelled pairs */
static sk_rc score_file(sk_ctx *cx, const char *path, bool verbose, counts total[3],
                        treasury_counts *treasury)
{
    sk_csv *csv;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return sk_fail_errno(cx, "cannot read \"%s\"", path);
    sk_rc rc = sk_csv_open_fd(cx, fd, path, ',', &csv);
    if (rc == SK_OK) {
        rc = treasury ? treasury_rows(cx, csv, verbose, treasury)
                      : score_rows(cx, csv, verbose, total);
        sk_csv_close(csv);
    }
    close(fd);
    return rc;
}

int main(int argc, char **argv)
{
    static const char *const WHAT[3] = {"half 0", "half 1", "all"};
    counts total[3] = {{0}};
    treasury_counts treasury = {.shown = 0};
    bool is_treasury = argc > 1 && sk_str_is(sk_str_of(argv[1]), "--treasury");
    int at = 1 + is_treasury;
    bool verbose = argc > at && sk_str_is(sk_str_of(argv[at]), "-v");
    sk_ctx cx;
    sk_rc rc = SK_OK;

    sk_ctx_init(&cx);
    for (int i = at + verbose; i < argc && rc == SK_OK; i++)
        rc = score_file(&cx, argv[i], verbose, total, is_treasury ? &treasury : NULL);
    if (rc)
        fprintf(stderr, "score-cases: %s\n", cx.message);
    if (is_treasury && rc == SK_OK)
        print_treasury(&treasury);
    for (int i = 0; i < 3 && rc == SK_OK && !is_treasury; i++)
        print_counts(WHAT[i], &total[i]);
    sk_ctx_done(&cx);
    return rc ? 1 : 0;
}
