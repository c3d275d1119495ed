/* Retrieval: is the other spelling of a name found among very many, and how much stands before it?
 *
 *   b_retrieve [SHARED]     SHARED: folder with data/names and data/lists, ../shared by default
 *
 * The pool holds every name of names/dev.tsv, its false pairs included, the names and a.k.a. of the
 * sanctions lists of OFAC, people of many cultures (screen/negatives.csv), and as many given names of
 * OFAC joined with other family names as make POOL of it. Asked for are first names of true pairs, a.k.a.
 * left out, spread evenly over the table; the name itself and others of its entity are passed over: true
 * pairs and names under one number of OFAC are of one entity, and so are names of the same words in any
 * order and case ("RI SU YONG", "RI, Su Yong"), which no comparer of names can tell apart.
 * Candidates of the index are compared by name; a name of the pool that does as well as the right one
 * counts as standing before it. "Held out" are pairs under terms that keep them out of training
 * (ENAMDICT, libgweather, iso-codes). */
#include "screen_index.h"

#include "base/csv.h"
#include "base/strmap.h"
#include "base/utf8.h"
#include "name/form.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { NAMES_MAX = 1 << 18, SLOTS = NAMES_MAX * 2, ASKED = 2000, POOL = 46000 };
#define SURE .88 /* the p of the aim: at most one wrong name a query */

typedef struct pool {
    sk_str text[NAMES_MAX];
    const sk_name *name[NAMES_MAX];
    uint32_t leader[NAMES_MAX]; /* of the names of one entity */
    bool is_person[NAMES_MAX];  /* of OFAC */
    uint32_t slot[SLOTS];       /* number + 1 */
    uint32_t n;
} pool;

typedef struct question {
    uint32_t asked, right;
    bool held_out, korean;
} question;

static pool names;
static question *asked;
static size_t n_asked, cap_asked;

static uint32_t number_of(sk_str text)
{
    uint64_t h = 1469598103934665603u;

    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (uint8_t)text.p[i]) * 1099511628211u;
    for (size_t at = h % SLOTS;; at = (at + 1) % SLOTS) {
        if (!names.slot[at]) {
            sk_assert(names.n < NAMES_MAX);
            names.text[names.n] = sk_str_copy(&cx.arena, text);
            names.leader[names.n] = names.n;
            names.slot[at] = ++names.n;
        }
        if (sk_str_eq(names.text[names.slot[at] - 1], text))
            return names.slot[at] - 1;
    }
}

static uint32_t leader_of(uint32_t i)
{
    while (names.leader[i] != i)
        i = names.leader[i] = names.leader[names.leader[i]];
    return i;
}

static void join(uint32_t a, uint32_t b)
{
    names.leader[leader_of(a)] = leader_of(b);
}

/* Join with the first name that came under this key. */
static void join_by(sk_strmap *first, sk_str key, uint32_t i)
{
    if (!sk_strmap_put(first, &cx.arena, sk_str_copy(&cx.arena, key), &names.leader[i]))
        join(i, (uint32_t)((const uint32_t *)sk_strmap_get(first, key) - names.leader));
}

static int by_bytes(const void *a, const void *b)
{
    return sk_str_cmp(*(const sk_str *)a, *(const sk_str *)b);
}

/* Folded words in UTF-8, in one order. */
static sk_str words_of(const sk_form *form)
{
    sk_str word[SK_FORM_TOKENS], key = SK_S("");
    char text[SK_FORM_CPS * 4];
    size_t n = 0;

    for (unsigned k = 0; k < form->n_token; k++) {
        size_t from = n;
        for (unsigned i = 0; i < form->token[k].n; i++)
            n += sk_utf8_put(form->cp[form->token[k].at + i], text + n);
        word[k] = (sk_str){text + from, n - from};
    }
    qsort(word, form->n_token, sizeof *word, by_bytes);
    for (unsigned k = 0; k < form->n_token; k++)
        key = sk_fmt(&cx.arena, "%.*s%.*s ", SK_P(key), SK_P(word[k]));
    return key;
}

static void join_same_words(void)
{
    static sk_strmap first;
    static sk_form form;

    for (uint32_t i = 0; i < names.n; i++) {
        sk_form_read(names.text[i], &form);
        if (form.n_token && !form.is_cut)
            join_by(&first, words_of(&form), i);
    }
}

/* ---- reading ---- */

static void read_pair(sk_str line)
{
    sk_str cell[6] = {0};

    for (int i = 0; i < 5; i++)
        if (!sk_str_cut(&line, '\t', &cell[i]))
            return;
    cell[5] = line;
    if (!sk_str_is(cell[4], "0") && !sk_str_is(cell[4], "1"))
        return;
    uint32_t a = number_of(cell[0]), b = number_of(cell[2]);
    if (!sk_str_is(cell[4], "1") || a == b)
        return;
    join(a, b);
    if (sk_str_find(cell[5], SK_S("unfiltered")) != SIZE_MAX)
        return;
    SK_GROW(&cx.arena, asked, n_asked, cap_asked);
    asked[n_asked++] =
        (question){a, b,
                   sk_str_find(cell[5], SK_S("GPL")) != SIZE_MAX ||
                       sk_str_find(cell[5], SK_S("CC BY-SA")) != SIZE_MAX,
                   sk_str_starts(cell[1], SK_S("ko/")) && sk_str_starts(cell[3], SK_S("ko/"))};
}

static bool read_pairs(const char *shared)
{
    char path[4096], line[4096];

    snprintf(path, sizeof path, "%s/data/names/dev.tsv", shared);
    FILE *f = fopen(path, "r");
    if (!f)
        return false;
    while (fgets(line, sizeof line, f))
        read_pair(sk_str_trim(sk_str_of(line)));
    fclose(f);
    return n_asked > 0;
}

/* file      below data/
 * column    of the name
 * has_number   the first column is the number of an entity */
static void read_list(const char *shared, const char *file, unsigned column, bool has_number)
{
    static sk_strmap first;
    char path[4096];
    sk_csv *r;
    sk_csv_row row;

    snprintf(path, sizeof path, "%s/data/%s", shared, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    check(sk_csv_open_fd(&cx, fd, file, ',', &r), file);
    for (;;) {
        check(sk_csv_next(&cx, r, &row), file);
        if (!row.n)
            break;
        if (row.n <= column)
            continue;
        uint32_t i = number_of(sk_str_trim(row.cells[column]));
        if (has_number)
            join_by(&first, sk_str_trim(row.cells[0]), i);
        if (has_number && row.n > 2 && sk_str_is(sk_str_trim(row.cells[2]), "individual"))
            names.is_person[i] = true;
    }
    sk_csv_close(r);
    close(fd);
}

/* "AL-TIKRITI, Hassan": false for others than people and without a comma between two parts. */
static bool cut_name(uint32_t i, sk_str *ret_family, sk_str *ret_given)
{
    sk_str name = names.text[i];

    if (!names.is_person[i] || !sk_str_cut(&name, ',', ret_family))
        return false;
    *ret_given = sk_str_trim(name);
    return ret_family->n && ret_given->n;
}

/* Two names of that form make a third. */
static void fill(void)
{
    uint32_t n = names.n;
    uint64_t seed = 42;

    for (unsigned tries = 0; names.n < POOL && tries < 100 * POOL; tries++) {
        sk_arena_mark mark = sk_arena_here(&cx.arena);
        sk_str given, family, ignored;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint32_t other = (uint32_t)((seed >> 33) % n);
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        if (!cut_name(other, &family, &ignored) ||
            !cut_name((uint32_t)((seed >> 33) % n), &ignored, &given))
            continue;
        sk_str made = sk_fmt(&cx.arena, "%.*s %.*s", SK_P(given), SK_P(family));
        char text[256];
        if (made.n >= sizeof text)
            continue;
        memcpy(text, made.p, made.n);
        size_t size = made.n;
        sk_arena_back_to(&cx.arena, mark);
        (void)number_of((sk_str){text, size});
    }
}

/* ---- the index ---- */

static int build(void)
{
    bench_index x = bench_index_begin(SK_S("pool"));

    for (uint32_t i = 0; i < names.n; i++) {
        names.name[i] = sk_name_prepare(&cx.arena, names.text[i], SK_NAME_ANY);
        sk_screen_value v = {.kind = SK_SCREEN_NAME,
                             .prop = SK_S("name"),
                             .type = SK_S("Person"),
                             .text = names.text[i],
                             .prepared = names.name[i]};
        bench_index_add(&x, i, &v, 1);
    }
    return bench_index_end(&x, NULL);
}

/* ---- asking ---- */

typedef struct tally {
    unsigned n, found, top[3], wrong; /* among the candidates; first, in five, in twenty */
} tally;

static void ask(sk_searcher *f, const question *q, tally *t)
{
    const sk_candidate *list;
    const sk_name *name = names.name[q->asked];
    size_t n = sk_searcher_find(f, &name, 1, NULL, 0, &list);
    sk_name_score right = {.evidence = -1000}, s;
    unsigned before = 0;
    bool found = false;

    t->n++;
    for (size_t i = 0; i < n; i++)
        found = found || list[i].ref.doc == q->right;
    sk_name_compare(name, names.name[q->right], NULL, &right);
    for (size_t i = 0; i < n; i++) {
        uint32_t other = list[i].ref.doc;
        if (other == q->asked || leader_of(other) == leader_of(q->asked))
            continue;
        sk_name_compare(name, names.name[other], NULL, &s);
        t->wrong += s.p >= SURE;
        before += s.evidence > right.evidence ||
                  (!(s.evidence < right.evidence) && s.strict >= right.strict);
    }
    t->found += found;
    t->top[0] += found && before < 1;
    t->top[1] += found && before < 5;
    t->top[2] += found && before < 20;
}

static void print(const char *what, const tally *t)
{
    double n = t->n ? t->n : 1;

    printf("%-22s %5u asked: first %.3f, in five %.3f, in twenty %.3f, candidate %.3f; "
           "%.2f wrong names a query at p >= .88\n",
           what, t->n, t->top[0] / n, t->top[1] / n, t->top[2] / n, t->found / n, t->wrong / n);
}

static void ask_all(int fd)
{
    sk_screen_index *ix;
    sk_sight *sight;
    tally all = {0}, held_out = {0}, korean = {0};
    size_t step = n_asked > ASKED ? n_asked / ASKED : 1;

    check(sk_screen_index_map(&cx, fd, &ix), "map");
    check(sk_sight_open(&cx, ix, NULL, NULL, &sight), "sight");
    check(sk_sight_choose(&cx, sight, NULL, 0, SK_S("")), "choose");
    sk_searcher *f = sk_searcher_new(sight);
    for (size_t i = 0; i < n_asked; i += step) {
        ask(f, &asked[i], &all);
        if (asked[i].held_out)
            ask(f, &asked[i], &held_out);
        if (asked[i].korean)
            ask(f, &asked[i], &korean);
    }
    printf("retrieval in %u names:\n", names.n);
    print("  all", &all);
    print("  held out of training", &held_out);
    print("  Korean", &korean);
    sk_searcher_free(f);
    sk_screen_index_close(ix);
}

int main(int argc, char **argv)
{
    const char *shared = argc > 1 ? argv[1] : "../shared";

    sk_ctx_init(&cx);
    if (!read_pairs(shared)) {
        printf("SKIP: no data/names/dev.tsv in %s\n", shared);
        return 0;
    }
    read_list(shared, "lists/ofac-2021/sdn.csv", 1, true);
    read_list(shared, "lists/ofac-2021/alt.csv", 3, true);
    read_list(shared, "lists/ofac-2019/sdn.csv", 1, true);
    read_list(shared, "lists/ofac-2019/alt.csv", 3, true);
    read_list(shared, "screen/negatives.csv", 0, false);
    fill();
    join_same_words();
    int fd = build();
    ask_all(fd);
    close(fd);
    sk_ctx_done(&cx);
    return 0;
}
