/* Measures the record at the size a laptop must carry: claims entered in bulk, the index made again,
 * search and questions answered, memory held. Yardsticks of the same run stand beside each figure.
 *
 *     b_record [CLAIMS [BLOCKS [DIR]]]  default 1,000,000 and 100,000
 *
 * With DIR the archive is made there and kept; when it is there already, only asking is measured. */
#include "measure.h"

#include "archive/fs.h"
#include "base/buf.h"
#include "gate/gate.h"
#include "record/search.h"
#include "record/write.h"

#include <sodium.h>
#include <unistd.h>

static unsigned long long seed = 88172645463325252ULL;

static unsigned rnd(unsigned below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed % below);
}

static const char *const syllables[] = {"가", "나", "다", "라", "마", "바", "사", "아", "자", "차",
                                        "카", "타", "파", "하", "수", "용", "소", "강", "제", "송",
                                        "환", "보", "위", "부", "체", "포", "김", "영", "호", "박"};
static const char *const words[] = {"the",   "camp",   "guards", "were",  "said",   "returned",
                                    "river", "border", "women",  "years", "worked", "coal",
                                    "wages", "ship",   "night",  "taken", "family", "letters"};

static void sentence(sk_buf *b, size_t chars)
{
    sk_buf_reset(b);
    bool korean = rnd(2);
    while (b->n < chars) {
        if (korean) {
            for (unsigned i = 0, n = 2 + rnd(4); i < n; i++)
                sk_buf_addf(b, "%s", syllables[rnd(SK_COUNT(syllables))]);
            sk_buf_addf(b, " ");
        } else {
            sk_buf_addf(b, "%s ", words[rnd(SK_COUNT(words))]);
        }
    }
    if (rnd(1000) == 0)
        sk_buf_addf(b, "수용소에서 ");
}

/* ---- entering ---- */

static sk_claim one_claim(unsigned i, unsigned n_entities, sk_buf *text)
{
    static const char *const claimants[] = {
        "Human Rights Watch", "TJWG", "unnamed: analysts", "@hrw", "a witness", "Ministry"};
    static sk_str chain;
    static sk_passage passage;
    chain = sk_str_of(claimants[rnd(SK_COUNT(claimants))]);
    unsigned e = rnd(n_entities);
    memset(&passage, 0, sizeof passage);
    passage.exhibit.b[0] = (unsigned char)(i % 100);
    passage.place = sk_fmt(&cx.arena, "row %u", i + 2);
    sk_claim c = {.entity = sk_fmt(&cx.arena, "entity-%06u", e),
                  .chain = &chain,
                  .n_chain = 1,
                  .passages = &passage,
                  .n_passages = 1};
    switch (i % 5) {
    case 0:
        c.type = SK_S("Person"), c.prop = SK_S("name");
        sentence(text, 12);
        c.value = sk_str_copy(&cx.arena, sk_str_trim(sk_buf_str(text)));
        break;
    case 1:
        c.type = SK_S("Act"), c.prop = SK_S("date");
        c.value = sk_fmt(&cx.arena, "%u-%02u-%02u", 1950 + rnd(70), 1 + rnd(12), 1 + rnd(28));
        break;
    case 2:
        c.type = SK_S("Act"), c.prop = SK_S("victim");
        c.value = sk_fmt(&cx.arena, "entity-%06u", rnd(n_entities));
        break;
    case 3:
        c.type = SK_S("Act"), c.prop = SK_S("act"), c.value = SK_S("liberty.detention");
        break;
    default:
        c.type = SK_S("Population"), c.prop = SK_S("count");
        c.quantity = sk_quantity_exact(rnd(5000), SK_S("people"));
    }
    return c;
}

static void enter(unsigned n)
{
    sk_buf text;
    sk_buf_init(&text, SK_MIB(1));
    double t = wall_seconds();
    for (unsigned i = 0; i < n; i++) {
        sk_arena_mark m = sk_arena_here(&cx.arena);
        sk_claim c = one_claim(i, n / 10 + 1, &text);
        sk_hash id;
        check(sk_record_claim(&cx, &c, NULL, NULL, &id), "claim");
        sk_arena_back_to(&cx.arena, m);
        if ((i + 1) % 10000 == 0)
            check(sk_archive_commit(&cx, cx.archive), "commit");
    }
    check(sk_archive_commit(&cx, cx.archive), "commit");
    t = wall_seconds() - t;
    unsigned char pk[32], sk[64], sig[64], msg[500] = {1};
    crypto_sign_keypair(pk, sk);
    double s = wall_seconds();
    for (int i = 0; i < 20000; i++)
        crypto_sign_detached(sig, NULL, msg, sizeof msg, sk);
    s = (wall_seconds() - s) / 20000;
    printf("claims entered          %9.0f /s   yardstick: signing alone %9.0f /s   ratio %.2f\n",
           n / t, 1 / s, n / t * s);
    sk_buf_done(&text);
}

/* ---- texts ---- */

static void put_texts(unsigned n_blocks)
{
    sk_buf text, line;
    sk_buf_init(&text, SK_MIB(64));
    sk_buf_init(&line, SK_MIB(1));
    unsigned made = 0;
    double t = wall_seconds();
    while (made < n_blocks) {
        sk_arena_mark m = sk_arena_here(&cx.arena);
        sk_block *blocks = sk_new_array(&cx.arena, sk_block, 100);
        sk_document doc = {.outcome = SK_OUTCOME_OK, .reader = SK_S("bench"), .blocks = blocks};
        sk_buf_reset(&text);
        for (; doc.n_blocks < 100 && made < n_blocks; made++) {
            sentence(&line, 600 + rnd(900));
            blocks[doc.n_blocks].start = text.n;
            sk_buf_add(&text, sk_buf_str(&line));
            blocks[doc.n_blocks++].end = text.n;
            sk_buf_addc(&text, '\n');
        }
        doc.text = sk_buf_str(&text);
        sk_capture_draft c = {.name = SK_S("x")};
        sk_hash id;
        check(sk_blob_write_bytes(&cx, cx.archive, doc.text, &c.blob), "blob");
        check(sk_record_capture(&cx, &c, &id), "capture");
        check(sk_record_commit(&cx), "commit");
        check(sk_index_begin(&cx, cx.index), "begin");
        check(sk_index_put_document(&cx, cx.index, &c.blob.hash, &doc), "put");
        check(sk_index_end(&cx, cx.index), "end");
        sk_arena_back_to(&cx.arena, m);
    }
    printf("texts indexed           %9.0f blocks/s\n", n_blocks / (wall_seconds() - t));
    sk_buf_done(&text);
    sk_buf_done(&line);
}

/* ---- asking ---- */

static int by_value(const void *p, const void *q)
{
    double a = *(const double *)p, b = *(const double *)q;
    return (a > b) - (a < b);
}

static void percentiles(const char *what, double *v, size_t n)
{
    qsort(v, n, sizeof *v, by_value);
    printf("%-23s p50 %7.2f ms   p99 %7.2f ms   max %7.2f ms   (%zu runs)\n", what, v[n / 2] * 1e3,
           v[n * 99 / 100] * 1e3, v[n - 1] * 1e3, n);
}

/* Each query in turn, twenty rounds, so that none profits from having just been asked. */
static void search(sk_view *v, const char *what, const char *const *queries, size_t n_queries)
{
    enum { ROUNDS = 20, MOST = 16 };
    double all[MOST * ROUNDS], own[MOST][ROUNDS];
    sk_search_result r[MOST];
    size_t n = 0;
    for (size_t round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < n_queries && i < MOST; i++) {
            sk_arena_mark m = sk_arena_here(&cx.arena);
            const sk_query *q;
            double s = wall_seconds();
            check(sk_query_parse(&cx, sk_str_of(queries[i]), &q), "query");
            check(sk_search(&cx, v, q, 0, 20, &r[i]), "search");
            own[i][round] = all[n++] = wall_seconds() - s;
            sk_arena_back_to(&cx.arena, m);
        }
    for (size_t i = 0; i < n_queries && i < MOST; i++) {
        printf("    %4llu%s first %7.2f ms   ", (unsigned long long)r[i].total,
               r[i].total_is_floor ? "+" : " ", own[i][0] * 1e3);
        percentiles(queries[i], own[i], ROUNDS);
    }
    percentiles(what, all, n);
}

static void searches(sk_view *v)
{
    static const char *const usual[] = {"수용소",
                                        "수용",
                                        "수",
                                        "camp",
                                        "coal wages",
                                        "보위부",
                                        "\"were returned\"",
                                        "camp OR 강제",
                                        "guard*",
                                        "영호",
                                        "camp NOT coal",
                                        "체포",
                                        "letters 환보"};
    static const char *const everywhere[] = {"camp coal river",
                                             "NOT camp",
                                             "NOT (camp OR coal)",
                                             "the NOT (camp 가나)",
                                             "(camp OR 강제) NOT (coal OR wages)",
                                             "수용소 camp",
                                             "camp -수용소",
                                             "수용소 NOT camp",
                                             "수용소 보위부 체포",
                                             "camp guard* -수",
                                             "camp entity:entity-000100"};
    search(v, "search", usual, SK_COUNT(usual));
    search(v, "words that are everywhere", everywhere, SK_COUNT(everywhere));
}

static void entities(sk_view *v, unsigned n_entities)
{
    double t[300];
    for (size_t i = 0; i < SK_COUNT(t); i++) {
        sk_arena_mark m = sk_arena_here(&cx.arena);
        sk_entity e;
        sk_claim_row *rows;
        size_t n;
        sk_str key = sk_fmt(&cx.arena, "entity-%06u", rnd(n_entities));
        double s = wall_seconds();
        if (sk_entity_find(&cx, v, key, &e) == SK_OK)
            check(sk_claims_about(&cx, v, &e, SK_CLAIMS_CURRENT, &rows, &n), "about");
        sk_forgive(&cx);
        t[i] = wall_seconds() - s;
        sk_arena_back_to(&cx.arena, m);
    }
    percentiles("all about one entity", t, SK_COUNT(t));
}

/* Plain SQLite with trigram on the same units: what a peer would use. */
static void trigram(const char *dir)
{
    char command[1024];
    snprintf(
        command, sizeof command,
        "sqlite3 %s/derived/tri.db \"ATTACH '%s/derived/index.db' AS i; CREATE VIRTUAL TABLE t "
        "USING fts5(text, tokenize='trigram'); INSERT INTO t(rowid, text) SELECT id, text FROM "
        "i.unit WHERE kind < 4;\"",
        dir, dir);
    double s = wall_seconds();
    if (system(command) == 0)
        printf("    yardstick: trigram index of the same text built in %.1f s; it finds no word of "
               "two syllables\n",
               wall_seconds() - s);
}

static void make(unsigned n_claims, unsigned n_blocks)
{
    enter(n_claims);
    double t = wall_seconds();
    check(sk_index_open(&cx, cx.archive, &cx.index), "index");
    sk_index_close(cx.index);
    t = wall_seconds();
    check(sk_index_rebuild(&cx, cx.archive), "rebuild");
    printf("reindex of %u claims   %.1f s   %.0f claims/s   resident %.0f MB\n", n_claims,
           wall_seconds() - t, n_claims / (wall_seconds() - t), resident_mb());
    t = wall_seconds();
    check(sk_index_open(&cx, cx.archive, &cx.index), "index");
    printf("index opened in         %.1f ms\n", (wall_seconds() - t) * 1e3);
    put_texts(n_blocks);
}

static void ask(unsigned n_claims)
{
    sk_view *v;
    check(sk_gate_open(&cx, &v), "gate");
    searches(v);
    entities(v, n_claims / 10 + 1);
    printf("resident after all      %.0f MB\n", resident_mb());
    sk_view_close(v);
}

int main(int argc, char **argv)
{
    unsigned n = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 1000000;
    unsigned blocks = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 100000;
    char own[] = "/tmp/sillok-bench-XXXXXX";
    const char *dir = argc > 3 ? argv[3] : mkdtemp(own);
    bool made = argc > 3 && access(dir, F_OK) == 0;
    sk_ctx_init(&cx);
    if (!dir || sodium_init() < 0)
        return 1;
    if (!made)
        check(sk_archive_init(&cx, sk_fs_posix(), sk_str_of(dir), SK_S("bench")), "init");
    check(sk_archive_open(&cx, sk_fs_posix(), sk_str_of(dir), SK_ARCHIVE_WRITE, &cx.archive),
          "open");
    if (made)
        check(sk_index_open(&cx, cx.archive, &cx.index), "index");
    else
        make(n, blocks);
    ask(n);
    if (!made)
        trigram(dir);
    sk_index_close(cx.index);
    sk_archive_close(cx.archive);
    sk_ctx_done(&cx);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", own);
    return argc > 3 ? 0 : system(command) != 0;
}
