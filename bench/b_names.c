/* Measures comparing names: names prepared, compared and explained a second on one core, beside the
 * yardstick of a plain edit distance over the same bytes.
 *
 *     b_names [ROUNDS]     default 40 */
#include "measure.h"
#include "name/name.h"

/* Invented or public names in the scripts that meet in practice. */
static const char *const NAME[] = {
    "Kim Jong Un",
    "김정은",
    "金正恩",
    "Ким Чен Ын",
    "キム・ジョンウン",
    "KIM, Yo Jong",
    "김여정",
    "Vladimir Vladimirovich Putin",
    "Владимир Путин",
    "Mahmoud Abbas",
    "محمود عباس",
    "毛泽东",
    "Mao Tse-tung",
    "Мао Цзэдун",
    "安倍晋三",
    "Abe Shinzo",
    "あべ しんぞう",
    "Angela Merkel",
    "アンゲラ・メルケル",
    "앙겔라 메르켈",
    "KOREA DAESONG BANK",
    "대성은행",
    "Foreign Trade Bank",
    "무역은행",
    "Daedong Credit Bank Ltd.",
    "MV Wise Honest",
    "Son Heung-min",
    "손흥민",
    "Ban Ki-moon",
    "Пан Ги Мун",
    "潘基文",
    "Lee Myung-bak",
};
enum { NAMES = sizeof(NAME) / sizeof(NAME[0]) };

/* Levenshtein over bytes: what a comparer costs that knows nothing. */
static unsigned distance(const char *a, const char *b)
{
    unsigned row[256], n = (unsigned)strlen(b);

    for (unsigned j = 0; j <= n; j++)
        row[j] = j;
    for (unsigned i = 1; *a; a++, i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= n; j++) {
            unsigned best = diagonal + (*a != b[j - 1]);
            diagonal = row[j];
            best = row[j] + 1 < best ? row[j] + 1 : best;
            row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
        }
    }
    return row[n];
}

static double prepare_all(sk_arena *a, unsigned rounds, const sk_name *name[NAMES])
{
    double from = cpu_seconds();

    for (unsigned r = 0; r < rounds; r++)
        for (unsigned i = 0; i < NAMES; i++)
            name[i] = sk_name_prepare(a, sk_str_of(NAME[i]), SK_NAME_ANY);
    return rounds * NAMES / (cpu_seconds() - from);
}

int main(int argc, char **argv)
{
    unsigned rounds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 40;
    const sk_name *name[NAMES];
    double sum = 0;

    sk_ctx_init(&cx);
    double prepared = prepare_all(&cx.arena, rounds, name);
    double from = cpu_seconds(), pairs = (double)rounds * NAMES * NAMES;
    for (unsigned r = 0; r < rounds; r++) {
        for (unsigned i = 0; i < NAMES * NAMES; i++) {
            sk_name_score s;
            sk_name_compare(name[i / NAMES], name[i % NAMES], NULL, &s);
            sum += s.p;
        }
    }
    double compared = pairs / (cpu_seconds() - from);
    from = cpu_seconds();
    for (unsigned i = 0; i < NAMES * NAMES; i++) {
        sk_arena_mark mark = sk_arena_here(&cx.arena);
        sk_name_explanation why;
        sk_name_explain(&cx.arena, name[i / NAMES], name[i % NAMES], NULL, &why);
        sum += why.score.p;
        sk_arena_back_to(&cx.arena, mark);
    }
    double explained = NAMES * NAMES / (cpu_seconds() - from);
    from = cpu_seconds();
    for (unsigned r = 0; r < rounds; r++)
        for (unsigned i = 0; i < NAMES * NAMES; i++)
            sum += distance(NAME[i / NAMES], NAME[i % NAMES]);
    double plain = pairs / (cpu_seconds() - from);
    printf("names prepared:   %9.0f a second\n", prepared);
    printf("names compared:   %9.0f a second; byte edit distance %.0f, ratio %.2f\n", compared,
           plain, compared / plain);
    printf("fully explained:  %9.0f a second (checksum %.0f)\n", explained, sum);
    sk_ctx_done(&cx);
    return 0;
}
