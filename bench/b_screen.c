/* Screening: the scan, building the index, candidates, whole queries, memory.
 *
 *   b_screen [SHARED] [MOST]     SHARED: folder with data/lists, ../shared by default; MOST: entities of
 *                                the large index, 1,000,000 by default
 *
 * Names are made by joining given and family names of a public list, in all combinations a seed picks.
 * Yardsticks: PostgreSQL's pg_trgm by bench/pg_trgm.sh; figures of peers stand in
 * docs/methods/screening.md. */
#include "screen_index.h"

#include "base/csv.h"

#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SMALL = 110000, QUERIES = 2000 };

typedef struct pool {
    sk_str *v;
    size_t n, cap;
} pool;

static pool first, last;
static uint64_t seed = 42;

static size_t pick(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

static void add(pool *p, sk_str s)
{
    s = sk_str_trim(s);
    if (s.n < 2 || s.n > 40)
        return;
    SK_GROW(&cx.arena, p->v, p->n, p->cap);
    p->v[p->n++] = sk_str_copy(&cx.arena, s);
}

/* "AL-TIKRITI, Hassan" of people: a family name and given names. */
static bool read_names(const char *shared)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/data/lists/ofac-2021/sdn.csv", shared);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    sk_csv *r;
    sk_csv_row row;
    check(sk_csv_open_fd(&cx, fd, "sdn.csv", ',', &r), "sdn.csv");
    for (;;) {
        check(sk_csv_next(&cx, r, &row), "sdn.csv");
        if (!row.n)
            break;
        sk_str name = row.n > 3 ? row.cells[1] : SK_S(""), family;
        if (row.n < 4 || sk_str_find(row.cells[2], SK_S("individual")) == SIZE_MAX ||
            !sk_str_cut(&name, ',', &family))
            continue;
        add(&last, family);
        add(&first, name);
    }
    sk_csv_close(r);
    close(fd);
    return first.n > 100 && last.n > 100;
}

static sk_str invent(sk_arena *a)
{
    sk_str f = first.v[pick(first.n)], l = last.v[pick(last.n)];
    return pick(3) ? sk_fmt(a, "%.*s %.*s", SK_P(f), SK_P(l))
                   : sk_fmt(a, "%.*s, %.*s", SK_P(l), SK_P(f));
}

/* ---- the scan ---- */

static void bench_scan(void)
{
    enum { BLOCKS = 4096 };
    static uint8_t rows[SK_SCAN_LANES][SK_SCAN_ROW];
    uint8_t *blocks = malloc((size_t)BLOCKS * SK_SCAN_ROW * SK_SCAN_LANES), query[SK_SCAN_ROW];
    unsigned columns[BLOCKS], n_query = 0, letters = 0;
    sk_scan_costs costs;
    sk_scan_weights w;
    for (int a = 0; a < SK_SCAN_LETTERS; a++)
        for (int b = 0; b < SK_SCAN_LETTERS; b++)
            w[a][b] = (int8_t)(a == b ? 6 : !a || !b ? -4 : -6);
    sk_scan_costs_set(&costs, w);
    for (size_t b = 0; b < BLOCKS; b++) {
        const uint8_t *at[SK_SCAN_LANES];
        columns[b] = 0;
        for (unsigned i = 0; i < SK_SCAN_LANES; i++) {
            sk_arena_mark mark = sk_arena_here(&cx.arena);
            sk_roman line[2] = {0};
            sk_str s = invent(&cx.arena);
            for (size_t k = 0; k < s.n && line[0].n < SK_ROMAN_LETTERS; k++)
                line[0].letter[line[0].n++] = (s.p[k] | 32) >= 'a' && (s.p[k] | 32) <= 'z'
                                                  ? (uint8_t)((s.p[k] | 32) - 96)
                                                  : 0;
            unsigned n = sk_scan_row(&line[0], rows[i]);
            letters += n;
            columns[b] = n > columns[b] ? n : columns[b];
            if (n == 18 && !n_query) {
                memcpy(query, rows[i], sizeof query);
                n_query = n;
            }
            at[i] = rows[i];
            sk_arena_back_to(&cx.arena, mark);
        }
        sk_scan_transpose(at, SK_SCAN_LANES, columns[b], blocks + b * SK_SCAN_ROW * SK_SCAN_LANES);
    }
    printf("scan, names of mean length %.1f in blocks as they come, query of %u letters:\n",
           letters / (double)(BLOCKS * SK_SCAN_LANES), n_query);
    for (int p = 0; p < SK_SCAN_PATHS; p++) {
        uint8_t cost[SK_SCAN_LANES];
        unsigned sum = 0;
        if (!sk_scan_has_path((sk_scan_path)p))
            continue;
        double from = cpu_seconds();
        int rounds = p == SK_SCAN_PORTABLE ? 2 : 20;
        for (int r = 0; r < rounds; r++)
            for (size_t b = 0; b < BLOCKS; b++) {
                sk_scan_block((sk_scan_path)p, &costs, query, n_query,
                              blocks + b * SK_SCAN_ROW * SK_SCAN_LANES, columns[b], cost);
                sum += cost[0];
            }
        double s = cpu_seconds() - from;
        printf("  %-9s %6.1f M pairs/s  (check %u)\n", sk_scan_path_name((sk_scan_path)p),
               rounds * BLOCKS * 32.0 / s / 1e6, sum);
    }
    free(blocks);
}

/* ---- building ---- */

static int build(size_t n, const sk_name *const *prepared, const sk_str *texts, size_t n_texts)
{
    bench_index x = bench_index_begin(SK_S("invented"));
    uint64_t bytes;
    for (size_t i = 0; i < n; i++) {
        sk_arena_mark mark = sk_arena_here(&cx.arena);
        sk_str text = texts ? texts[i % n_texts] : invent(&cx.arena);
        sk_screen_value v[2] = {
            {.kind = SK_SCREEN_NAME,
             .prop = SK_S("name"),
             .type = SK_S("Person"),
             .text = text,
             .prepared = prepared ? prepared[i % n_texts] : NULL},
            {.kind = SK_SCREEN_BIRTH,
             .prop = SK_S("birthDate"),
             .type = SK_S("Person"),
             .text = sk_fmt(&cx.arena, "%zu", 1930 + i % 80)},
        };
        bench_index_add(&x, i, v, 2);
        sk_arena_back_to(&cx.arena, mark);
    }
    int fd = bench_index_end(&x, &bytes);
    printf("    %.0f MB of index\n", (double)bytes / 1e6);
    return fd;
}

static int bench_build_from_memory(void)
{
    size_t n = SMALL, size = 0;
    sk_str *texts = sk_new_array(&cx.arena, sk_str, n);
    const sk_name **names = sk_new_array(&cx.arena, const sk_name *, n);
    for (size_t i = 0; i < n; i++)
        texts[i] = invent(&cx.arena);
    double from = cpu_seconds();
    for (size_t i = 0; i < n; i++) {
        names[i] = sk_name_prepare(&cx.arena, texts[i], SK_NAME_PERSON);
        size += sk_name_size_bytes(names[i]);
    }
    printf("preparing, decoding included:   %.0f names/s, %.0f bytes a name\n",
           (double)n / (cpu_seconds() - from), (double)size / (double)n);
    from = cpu_seconds();
    int fd = build(n, names, texts, n);
    printf("index of %zu from prepared names: %.0f entities/s\n", n,
           (double)n / (cpu_seconds() - from));
    return fd;
}

/* ---- asking ---- */

static long resident_kb(void)
{
    long pages = 0, shared;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f && fscanf(f, "%ld %ld", &shared, &pages) != 2)
        pages = 0;
    if (f)
        fclose(f);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static int by_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void ask(int fd, const char *what)
{
    static double ms[QUERIES];
    sk_screen_index *ix;
    sk_sight *sight;
    size_t candidates = 0;
    check(sk_screen_index_map(&cx, fd, &ix), "map");
    check(sk_sight_open(&cx, ix, NULL, NULL, &sight), "sight");
    check(sk_sight_choose(&cx, sight, NULL, 0, SK_S("")), "choose");
    sk_searcher *f = sk_searcher_new(sight);
    for (int i = -20; i < QUERIES; i++) {
        sk_arena_mark mark = sk_arena_here(&cx.arena);
        const sk_name *name = sk_name_prepare(&cx.arena, invent(&cx.arena), SK_NAME_PERSON);
        const sk_candidate *list;
        double from = cpu_seconds();
        size_t n = sk_searcher_find(f, &name, 1, NULL, 0, &list);
        if (i >= 0)
            ms[i] = (cpu_seconds() - from) * 1e3;
        candidates += i >= 0 ? n : 0;
        sk_arena_back_to(&cx.arena, mark);
    }
    double sum = 0;
    for (int i = 0; i < QUERIES; i++)
        sum += ms[i];
    qsort(ms, QUERIES, sizeof *ms, by_double);
    printf("candidate query, %s:   mean %.3f ms, p95 %.3f ms, %.0f candidates\n", what,
           sum / QUERIES, ms[QUERIES * 95 / 100], (double)candidates / QUERIES);
    sk_searcher_free(f);
    sk_screen_options options = SK_SCREEN_OPTIONS;
    sk_screener *sc = sk_screener_new(sight, &options);
    double from = cpu_seconds();
    for (int i = 0; i < QUERIES / 4; i++) {
        sk_arena_mark mark = sk_arena_here(&cx.arena);
        sk_str name = invent(&cx.arena);
        sk_asked words = {.names = &name, .n_names = 1, .type = SK_S("Person")};
        sk_screen_query q;
        const sk_screen_hit *hits;
        size_t n;
        check(sk_screen_query_read(&cx, &words, false, &q), "query");
        check(sk_screener_run(&cx, sc, &q, &hits, &n), "run");
        sk_arena_back_to(&cx.arena, mark);
    }
    printf("whole query, %s:       mean %.2f ms\n", what,
           (cpu_seconds() - from) * 1e3 / (QUERIES / 4));
    sk_screener_free(sc);
    sk_screen_index_close(ix);
}

/* In a process of its own, so that what building took is not counted. */
static void bench_memory(int fd)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        long before = resident_kb();
        sk_screen_index *ix;
        sk_sight *sight;
        check(sk_screen_index_map(&cx, fd, &ix), "map");
        check(sk_sight_open(&cx, ix, NULL, NULL, &sight), "sight");
        check(sk_sight_choose(&cx, sight, NULL, 0, SK_S("")), "choose");
        sk_screen_options options = SK_SCREEN_OPTIONS;
        sk_screener *sc = sk_screener_new(sight, &options);
        for (int i = 0; i < 100; i++) {
            sk_str name = invent(&cx.arena);
            sk_asked words = {.names = &name, .n_names = 1, .type = SK_S("Person")};
            sk_screen_query q;
            const sk_screen_hit *hits;
            size_t n;
            check(sk_screen_query_read(&cx, &words, false, &q), "query");
            check(sk_screener_run(&cx, sc, &q, &hits, &n), "run");
        }
        printf("resident for it after 100 queries: %.0f MB\n",
               (double)(resident_kb() - before) / 1e3);
        fflush(stdout);
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
}

int main(int argc, char **argv)
{
    size_t most = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000000;
    sk_ctx_init(&cx);
    if (!read_names(argc > 1 ? argv[1] : "../shared")) {
        printf("SKIP: no data/lists/ofac-2021/sdn.csv in %s\n", argc > 1 ? argv[1] : "../shared");
        return 0;
    }
    bench_scan();
    int fd = bench_build_from_memory();
    ask(fd, "110,000");
    bench_memory(fd);
    close(fd);
    if (most > SMALL) {
        double from = cpu_seconds();
        fd = build(most, NULL, NULL, 0);
        printf("index of %zu, preparing included: %.0f entities/s\n", most,
               (double)most / (cpu_seconds() - from));
        char what[32];
        snprintf(what, sizeof what, "%zu", most);
        ask(fd, what);
        close(fd);
    }
    sk_ctx_done(&cx);
    return 0;
}
