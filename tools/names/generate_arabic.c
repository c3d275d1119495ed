/* Names in Arabic script beside Latin spellings of them, from model/name/arabic-names.txt: given names,
 * compounds written in one word or in several, family names with and without the article; and the
 * same with one part exchanged. */
#include "generate.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

#define PAIRS_TRUE 900
#define PARTS_MAX  4
#define LINE       1024
#define WORDS      600
#define SPELLINGS  8

typedef enum kind { GIVEN, OF, DIN, LAH, FAMILY, KINDS } kind;

typedef struct word {
    sk_str arabic, latin[SPELLINGS];
    unsigned n_latin;
} word;

typedef struct table {
    word at[KINDS][WORDS];
    unsigned n[KINDS];
} table;

/* ---- reading ---- */

static void read_line(sk_arena *a, table *t, sk_str line, size_t number)
{
    static const char *const NAME[KINDS] = {"given", "of", "din", "lah", "family"};
    size_t colon = sk_str_find(line, SK_S(":")), is = sk_str_find(line, SK_S("="));

    if (line.n == 0 || line.p[0] == '#')
        return;
    for (unsigned k = 0; k < KINDS && colon < line.n && is < line.n; k++) {
        if (!sk_str_is(sk_str_sub(line, 0, colon), NAME[k]) || t->n[k] == WORDS)
            continue;
        word *w = &t->at[k][t->n[k]++];
        w->arabic = sk_str_trim(sk_str_sub(line, colon + 1, is - colon - 1));
        sk_str rest = sk_str_trim(sk_str_sub(line, is + 1, line.n - is - 1));
        while (rest.n && w->n_latin < SPELLINGS) {
            size_t blank = sk_str_find(rest, SK_S(" "));
            blank = blank == SIZE_MAX ? rest.n : blank;
            w->latin[w->n_latin++] = sk_str_sub(rest, 0, blank);
            rest = sk_str_trim(sk_str_sub(rest, blank, rest.n - blank));
        }
        if (w->n_latin && w->arabic.n) {
            (void)a;
            return;
        }
    }
    fprintf(stderr, "arabic-names.txt:%zu: \"%.*s\" is not \"part: word = spellings\"\n", number,
            SK_P(line));
    exit(1);
}

static void read_table(sk_arena *a, const char *model_dir, table *t)
{
    char text[LINE];
    sk_str path = sk_fmt(a, "%s/arabic-names.txt", model_dir);
    FILE *f = fopen(path.p, "r");

    if (!f) {
        fprintf(stderr, "%s: cannot be read\n", path.p);
        exit(1);
    }
    for (size_t number = 1; fgets(text, sizeof(text), f); number++) {
        sk_str line = sk_str_trim(sk_str_of(text));
        read_line(a, t, (sk_str){sk_alloc_copy(a, line.p, line.n), line.n}, number);
    }
    fclose(f);
}

/* ---- spelling ---- */

/* A part of a name: which word, and how it is put on both sides. */
typedef struct chosen {
    kind k;
    const word *w;
} chosen;

static sk_str capital(sk_arena *a, sk_str s)
{
    char *p = sk_alloc_copy(a, s.p, s.n);

    if (s.n && p[0] >= 'a' && p[0] <= 'z')
        p[0] = (char)(p[0] - 32);
    return (sk_str){p, s.n};
}

static sk_str latin_of(sk_arena *a, const chosen *c, dice *d)
{
    static const char *const SERVANT[] = {"Abdul ", "Abd al-", "Abdul",   "Abdel ", "Abd el-",
                                          "Abdal-", "Abdel",   "Abdoul ", "Abd ",   "Abdu"};
    static const char *const DIN_TAIL[] = {" al-Din", "uddin",   " ud-Din", "eddine", " Eddine",
                                           "eddin",   " ud Din", " el-Din", "addin"};
    static const char *const LAH_TAIL[] = {"ullah", "allah", " Allah", "ollah", "oullah", "ullah"};
    /* the first spelling as often as all others together */
    unsigned which = throw_dice(d, 2) ? 0 : throw_dice(d, c->w->n_latin);
    sk_str s = c->w->latin[which];

    switch (c->k) {
    case OF: {
        if (sk_str_is(s, "allah"))
            return sk_fmt(a, "%s", throw_dice(d, 3) ? "Abdullah" : "Abdallah");
        const char *servant = SERVANT[throw_dice(d, SK_COUNT(SERVANT))];
        bool apart = servant[strlen(servant) - 1] == ' ' || servant[strlen(servant) - 1] == '-';
        s = apart ? capital(a, s) : s;
        return sk_fmt(a, "%s%.*s", servant, SK_P(s));
    }
    case DIN:
        s = capital(a, s);
        return sk_fmt(a, "%.*s%s", SK_P(s), DIN_TAIL[throw_dice(d, SK_COUNT(DIN_TAIL))]);
    case LAH:
        s = capital(a, s);
        return sk_fmt(a, "%.*s%s", SK_P(s), LAH_TAIL[throw_dice(d, SK_COUNT(LAH_TAIL))]);
    case FAMILY:
        s = capital(a, s);
        return sk_fmt(a, "%s%.*s",
                      throw_dice(d, 5) == 0   ? ""
                      : throw_dice(d, 4) == 0 ? "el-"
                                              : "al-",
                      SK_P(s));
    default:
        return capital(a, s);
    }
}

static sk_str arabic_of(sk_arena *a, const chosen *c, dice *d)
{
    const char *blank = throw_dice(d, 3) ? " " : "";

    switch (c->k) {
    case OF:
        return sk_fmt(a, "عبد%s%.*s", blank, SK_P(c->w->arabic));
    case DIN:
        return sk_fmt(a, "%.*s%sالدين", SK_P(c->w->arabic), blank);
    case LAH:
        return sk_fmt(a, "%.*s%sالله", SK_P(c->w->arabic), blank);
    default:
        return c->w->arabic;
    }
}

/* Persian and Pashto write another ya and kaf. */
static sk_str as_persian(sk_arena *a, sk_str s)
{
    sk_str out = SK_NONE;

    for (size_t i = 0; i < s.n;) {
        size_t n = (unsigned char)s.p[i] < 0x80 ? 1 : 2;
        sk_str c = sk_str_sub(s, i, n);
        const char *other = sk_str_is(c, "ي") ? "ی" : sk_str_is(c, "ك") ? "ک" : NULL;
        out = other ? sk_fmt(a, "%.*s%s", SK_P(out), other)
                    : sk_fmt(a, "%.*s%.*s", SK_P(out), SK_P(c));
        i += n;
    }
    return out;
}

static chosen throw_part(const table *t, bool last, dice *d)
{
    static const uint8_t OFTEN[] = {GIVEN, GIVEN, GIVEN, GIVEN, OF, DIN, LAH};
    kind k = last && throw_dice(d, 2) ? FAMILY : (kind)OFTEN[throw_dice(d, SK_COUNT(OFTEN))];

    return (chosen){k, &t->at[k][throw_dice(d, t->n[k])]};
}

static sk_str name_of(sk_arena *a, const chosen *c, unsigned n, bool latin, int left_out, dice *d)
{
    sk_str out = SK_NONE;

    for (unsigned i = 0; i < n; i++) {
        if ((int)i == left_out)
            continue;
        sk_str s = latin ? latin_of(a, &c[i], d) : arabic_of(a, &c[i], d);
        out = sk_fmt(a, "%.*s%s%.*s", SK_P(out), out.n ? " " : "", SK_P(s));
    }
    return !latin && throw_dice(d, 3) == 0 ? as_persian(a, out) : out;
}

/* One name in both scripts, and two others that differ in one part. */
static void add_name(sk_arena *a, pairs *p, const table *t, dice *d)
{
    chosen c[PARTS_MAX];
    unsigned n = 1 + throw_dice(d, PARTS_MAX);

    for (unsigned i = 0; i < n; i++)
        c[i] = throw_part(t, i > 0 && i + 1 == n, d);
    bool is_short = n > 2 && throw_dice(d, 4) == 0;
    add_pair(a, p, name_of(a, c, n, true, -1, d), name_of(a, c, n, false, is_short ? 1 : -1, d),
             true);
    for (unsigned k = 0; k < 2; k++) {
        unsigned at = throw_dice(d, n);
        chosen keep = c[at];
        /* brothers: as often another word of the same shape as any other */
        c[at] = throw_dice(d, 2) ? (chosen){keep.k, &t->at[keep.k][throw_dice(d, t->n[keep.k])]}
                                 : throw_part(t, at > 0 && at + 1 == n, d);
        sk_str said = keep.w->latin[0], other = c[at].w->latin[0];
        bool differ = !sk_str_eq(said, other);
        for (unsigned i = 0; i < keep.w->n_latin && differ; i++)
            for (unsigned j = 0; j < c[at].w->n_latin && differ; j++)
                differ = !sk_str_eq(keep.w->latin[i], c[at].w->latin[j]);
        if (differ) {
            sk_str arabic = name_of(a, c, n, false, -1, d);
            c[at] = keep;
            add_pair(a, p, name_of(a, c, n, true, -1, d), arabic, false);
        }
        c[at] = keep;
    }
}

void generate_arabic(sk_arena *a, const char *model_dir, pairs *p)
{
    table *t = sk_new(a, table);
    dice d = {5};

    read_table(a, model_dir, t);
    for (unsigned i = 0; i < PAIRS_TRUE; i++)
        add_name(a, p, t, &d);
}
