/* The search tokenizer beside the two that FTS5 brings: speed, size, recall, latency.
 *
 *     b_search_tokenizer [documents]        100,000 unless said
 *
 * The documents are synthetic: invented Korean stems with real particles, a quarter English, always
 * the same for the same number. Queries are pieces of one, two and three syllables drawn from
 * them; what a query should find is counted by memmem. Times are processor time of this thread, so
 * that a busy machine disturbs them less; ratios are against sillok's tokenizer. */
#include "base/buf.h"
#include "base/utf8.h"
#include "record/query.h"
#include "record/tokenizer.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define STEMS   6000
#define QUERIES 60 /* of each length */

static uint64_t seed = 20171124;

static size_t below(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((seed >> 33) % n);
}

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Documents. */

typedef struct corpus {
    sk_str *docs;
    size_t n, bytes;
    sk_str stems[STEMS], words[STEMS];
    sk_arena arena;
} corpus;

static const char *const particles[] = {"은",   "는",   "이",     "가",     "을",   "를", "에",
                                        "에서", "으로", "의",     "과",     "도",   "만", "부터",
                                        "까지", "에게", "하였다", "되었다", "라고", ""};

static void make_vocabulary(corpus *c)
{
    for (size_t i = 0; i < STEMS; i++) {
        sk_buf b;
        sk_buf_init(&b, 256);
        for (size_t k = 2 + below(3); k; k--) {
            char bytes[4]; /* 700 syllables, as few as running Korean has */
            sk_buf_add(&b,
                       (sk_str){bytes, sk_utf8_put((uint32_t)(0xAC00 + below(700) * 15), bytes)});
        }
        c->stems[i] = sk_str_copy(&c->arena, sk_buf_str(&b));
        sk_buf_reset(&b);
        for (size_t k = 2 + below(7); k; k--)
            sk_buf_addc(&b, (char)('a' + below(26)));
        c->words[i] = sk_str_copy(&c->arena, sk_buf_str(&b));
        sk_buf_done(&b);
    }
}

/* Words are as uneven as in life: rank r turns up about 1/r times. */
static size_t draw_rank(void)
{
    double u = (double)below(1u << 24) / (1u << 24);
    size_t rank = (size_t)exp(u * log(STEMS));
    return rank < STEMS ? rank : STEMS - 1;
}

static void make_documents(corpus *c, size_t n)
{
    *c = (corpus){.n = n};
    make_vocabulary(c);
    c->docs = sk_new_array(&c->arena, sk_str, n);
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    for (size_t i = 0; i < n; i++) {
        sk_buf_reset(&b);
        bool is_english = i % 4 == 3;
        for (size_t k = 60 + below(80); k; k--) {
            sk_buf_add(&b, is_english ? c->words[draw_rank()] : c->stems[draw_rank()]);
            if (!is_english)
                sk_buf_add(&b, sk_str_of(particles[below(SK_COUNT(particles))]));
            sk_buf_addc(&b, below(12) ? ' ' : '\n');
        }
        c->docs[i] = sk_str_copy(&c->arena, sk_buf_str(&b));
        c->bytes += b.n;
    }
    sk_buf_done(&b);
}

/* Bare tokenizers, without an index. */

static bool count_token(void *arg, const sk_token *t)
{
    (*(size_t *)arg)++;
    return true;
}

static int count_fts5_token(void *arg, int flags, const char *token, int n, int start, int end)
{
    (*(size_t *)arg)++;
    return SQLITE_OK;
}

typedef struct bare {
    fts5_tokenizer api;
    Fts5Tokenizer *object;
} bare;

static bare find_bare(sqlite3 *db, const char *name)
{
    fts5_api *api = NULL;
    sqlite3_stmt *q;
    sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &q, NULL);
    sqlite3_bind_pointer(q, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(q);
    sqlite3_finalize(q);
    bare b = {0};
    void *context = NULL;
    sk_assert(api->xFindTokenizer(api, name, &context, &b.api) == SQLITE_OK);
    sk_assert(b.api.xCreate(context, NULL, 0, &b.object) == SQLITE_OK);
    return b;
}

/* MB/s over about 8 MB of text; `b` NULL: sillok's, called directly. */
static double speed(const bare *b, sk_str text)
{
    size_t rounds = SK_MIB(8) / text.n + 1, tokens = 0;
    double from = cpu_ms();
    for (size_t i = 0; i < rounds; i++)
        if (b)
            b->api.xTokenize(b->object, &tokens, FTS5_TOKENIZE_DOCUMENT, text.p, (int)text.n,
                             count_fts5_token);
        else
            sk_tokenize(text, SK_TOKENIZE_TEXT, count_token, &tokens);
    return (double)(rounds * text.n) / 1e3 / (cpu_ms() - from);
}

static void print_speeds(sqlite3 *db)
{
    static const struct {
        const char *name, *text;
    } texts[] = {
        {"English", "The guards beat the prisoner, and denied him sleep for at least 17 nights. "},
        {"Korean", "보위부 요원들이 새벽에 집으로 들어와 어머니를 체포하였다고 증인은 말하였다. "},
        {"Chinese", "目击者说，警察在夜里带走了他的父亲，家属也没有收到任何通知。"},
        {"Japanese", "取り調べは三日間続き、ジョン・スミスは眠ることを許されなかった。"},
        {"Thai", "เจ้าหน้าที่จับกุมเขาในตอนเช้ามืด และครอบครัวไม่ได้รับแจ้งว่าเขาอยู่ที่ไหน "},
        {"Burmese", "စစ်သားများသည် ရွာကို မီးရှို့ခဲ့သည်။ "},
        {"Russian", "Охранники избили заключённого и лишили его сна на шесть месяцев. "},
        {"Arabic", "اعتقلت الشرطة أحمد في الفجر ونُقِلَ السجناء إلى معتقل بعيد عن المدينة. "},
        {"accents", "Les témoins décrivent l'événement près de l'hôtel où l'été s'achève. "},
    };
    bare unicode61 = find_bare(db, "unicode61"), trigram = find_bare(db, "trigram");
    printf("tokenizing alone, MB/s of one core\n%-10s %8s %10s %10s\n", "", "sillok", "unicode61",
           "trigram");
    for (size_t i = 0; i < SK_COUNT(texts); i++) {
        sk_buf b;
        sk_buf_init(&b, SK_MIB(1));
        while (b.n < SK_KIB(64))
            sk_buf_add(&b, sk_str_of(texts[i].text));
        sk_str s = sk_buf_str(&b);
        double own = speed(NULL, s), u = speed(&unicode61, s), t = speed(&trigram, s);
        printf("%-10s %8.0f %5.0f %3.1fx %5.0f %3.1fx\n", texts[i].name, own, u, own / u, t,
               own / t);
        sk_buf_done(&b);
    }
    unicode61.api.xDelete(unicode61.object);
    trigram.api.xDelete(trigram.object);
}

/* Indexes. */

typedef struct contender {
    const char *name, *options;
    sqlite3 *db;
    double build_ms;
    int64_t bytes;
} contender;

static void run(sqlite3 *db, const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, error);
        exit(1);
    }
}

static int64_t read_int(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q;
    sk_assert(sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK);
    sk_assert(sqlite3_step(q) == SQLITE_ROW);
    int64_t v = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return v;
}

/* Contentless, so that the size is the index alone; in a temporary file. */
static void build(sk_ctx *cx, contender *k, const corpus *c)
{
    sk_assert(sqlite3_open("", &k->db) == SQLITE_OK);
    sk_assert(sk_tokenizer_register(cx, k->db) == SK_OK);
    run(k->db, "PRAGMA page_size=4096; PRAGMA cache_size=-65536; PRAGMA synchronous=OFF");
    char sql[200];
    snprintf(sql, sizeof sql, "CREATE VIRTUAL TABLE t USING fts5(body, content='', %s)",
             k->options);
    double from = cpu_ms();
    run(k->db, sql);
    run(k->db, "BEGIN");
    sqlite3_stmt *q;
    sk_assert(sqlite3_prepare_v2(k->db, "INSERT INTO t(rowid, body) VALUES(?, ?)", -1, &q, NULL) ==
              SQLITE_OK);
    for (size_t i = 0; i < c->n; i++) {
        sqlite3_bind_int64(q, 1, (sqlite3_int64)i + 1);
        sqlite3_bind_text(q, 2, c->docs[i].p, (int)c->docs[i].n, SQLITE_STATIC);
        sk_assert(sqlite3_step(q) == SQLITE_DONE);
        sqlite3_reset(q);
    }
    sqlite3_finalize(q);
    run(k->db, "COMMIT");
    run(k->db, "INSERT INTO t(t) VALUES('optimize')");
    k->build_ms = cpu_ms() - from;
    k->bytes = (read_int(k->db, "PRAGMA page_count") - read_int(k->db, "PRAGMA freelist_count")) *
               read_int(k->db, "PRAGMA page_size");
}

/* Queries. */

/* Any `syllables` Hangul characters in a row from a random document: what a person may look for. */
static sk_str draw_query(const corpus *c, size_t syllables)
{
    for (;;) {
        sk_str doc = c->docs[below(c->n)];
        size_t at = below(doc.n);
        while (at < doc.n && ((unsigned char)doc.p[at] & 0xC0) == 0x80)
            at++;
        sk_str part = sk_str_sub(doc, at, 3 * syllables);
        bool all_hangul = part.n == 3 * syllables;
        for (size_t i = 0; all_hangul && i < part.n; i += 3)
            all_hangul = (unsigned char)part.p[i] >= 0xEA;
        if (all_hangul)
            return part;
    }
}

static size_t count_by_reading(const corpus *c, sk_str part)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        n += sk_str_find(c->docs[i], part) != SIZE_MAX;
    return n;
}

static size_t count_by_index(sqlite3_stmt *q, sk_str expression, double *ret_ms)
{
    double from = cpu_ms();
    sqlite3_bind_text(q, 1, expression.p, (int)expression.n, SQLITE_STATIC);
    size_t n = 0;
    while (sqlite3_step(q) == SQLITE_ROW)
        n++;
    sqlite3_reset(q);
    *ret_ms = cpu_ms() - from;
    return n;
}

/* What each contender is asked: ours through the query language, theirs quoted, with a star for
 * unicode61, which would find next to nothing without. */
static sk_str expression_for(sk_ctx *cx, const contender *k, sk_str part)
{
    if (strncmp(k->name, "sillok", 6) == 0) {
        const sk_query *q;
        sk_assert(sk_query_parse(cx, part, &q) == SK_OK);
        return sk_query_leaf_fts5(cx, &q->leaves[0]);
    }
    return sk_fmt(&cx->arena, "\"%.*s\"%s", SK_P(part),
                  strcmp(k->name, "unicode61 *") == 0 ? " *" : "");
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void ask(sk_ctx *cx, contender *k, const sk_str *parts, const size_t *truth,
                size_t syllables)
{
    sqlite3_stmt *q;
    sk_assert(sqlite3_prepare_v2(k->db, "SELECT rowid FROM t WHERE t MATCH ?", -1, &q, NULL) ==
              SQLITE_OK);
    double ms[QUERIES];
    size_t found = 0, right = 0;
    for (size_t i = 0; i < QUERIES; i++) {
        sk_str expression = expression_for(cx, k, parts[i]);
        size_t n = count_by_index(q, expression, &ms[i]);
        n = count_by_index(q, expression, &ms[i]); /* the second time, with warm pages */
        found += n < truth[i] ? n : truth[i];
        right += truth[i];
    }
    sqlite3_finalize(q);
    qsort(ms, QUERIES, sizeof ms[0], by_size);
    printf("%-12s %4zu syllable%s  recall %5.3f   p50 %7.3f ms   p99 %7.3f ms\n", k->name,
           syllables, syllables > 1 ? "s" : " ", (double)found / (double)right, ms[QUERIES / 2],
           ms[QUERIES * 99 / 100]);
}

static void print_queries(sk_ctx *cx, contender *k, size_t n, const corpus *c)
{
    for (size_t syllables = 1; syllables <= 3; syllables++) {
        sk_str parts[QUERIES];
        size_t truth[QUERIES];
        double from = cpu_ms();
        for (size_t i = 0; i < QUERIES; i++) {
            parts[i] = draw_query(c, syllables);
            truth[i] = count_by_reading(c, parts[i]);
        }
        printf("\n%-12s %4zu syllable%s                 mean %7.3f ms\n", "reading all", syllables,
               syllables > 1 ? "s" : " ", (cpu_ms() - from) / QUERIES);
        for (size_t i = 0; i < n; i++)
            ask(cx, &k[i], parts, truth, syllables);
    }
}

int main(int argc, char **argv)
{
    uint64_t n = 100000;
    if (argc > 1 && (!sk_str_to_u64(sk_str_of(argv[1]), &n) || n < 100)) {
        fprintf(stderr, "usage: b_search_tokenizer [documents, at least 100]\n");
        return 2;
    }
    sk_ctx cx;
    sk_ctx_init(&cx);
    contender k[] = {
        {.name = "sillok", .options = "tokenize='sillok'"},
        {.name = "sillok p1", .options = "tokenize='sillok', prefix='1'"},
        {.name = "trigram", .options = "tokenize='trigram'"},
        {.name = "unicode61 *", .options = "tokenize='unicode61'"},
    };
    static corpus c;
    make_documents(&c, n);
    for (size_t i = 0; i < SK_COUNT(k); i++)
        build(&cx, &k[i], &c);
    print_speeds(k[0].db);
    printf("\n%zu documents, %.0f MB (a quarter English)\n", c.n, (double)c.bytes / 1e6);
    for (size_t i = 0; i < SK_COUNT(k); i++)
        printf("%-12s build %6.1f s  %4.1fx   index %6.1f MB  %4.2fx\n", k[i].name,
               k[i].build_ms / 1e3, k[i].build_ms / k[0].build_ms, (double)k[i].bytes / 1e6,
               (double)k[i].bytes / (double)k[0].bytes);
    print_queries(&cx, k, SK_COUNT(k), &c);
    for (size_t i = 0; i < SK_COUNT(k); i++)
        sqlite3_close(k[i].db);
    sk_arena_done(&c.arena);
    sk_ctx_done(&cx);
    return 0;
}
