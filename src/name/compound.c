/* The shapes of Arabic and Persian compounds, in romanised letters. */
#include "name/compound.h"

#include "name/letters.h"

#include <string.h>

/* A word while it is worked on. */
typedef struct part {
    uint8_t letter[SK_EDIT_LETTERS];
    unsigned n;
    edit_token token; /* flags, and where it stood in the form */
    bool is_arabic;   /* letters of Arabic script, one a letter: no short vowels */
    bool hyphen;      /* in front of it */
    bool is_whole;    /* a compound already */
} part;

static bool begins(const part *p, unsigned at, const char *text)
{
    unsigned n = (unsigned)strlen(text);

    if (p->n < at + n)
        return false;
    for (unsigned i = 0; i < n; i++)
        if (p->letter[at + i] != text[i] - 'a' + 1)
            return false;
    return true;
}

static bool is_word(const part *p, const char *text)
{
    return p->n == strlen(text) && begins(p, 0, text);
}

static bool is_one_of(const part *p, const char *const *word)
{
    for (; *word; word++)
        if (is_word(p, *word))
            return true;
    return false;
}

/* The length of the longest ending of the list that leaves at least three letters; 0: none. */
static unsigned ending(const part *p, const char *const *end)
{
    unsigned best = 0;

    for (; *end; end++) {
        unsigned n = (unsigned)strlen(*end);
        if (p->n >= n + 3 && n > best && begins(p, p->n - n, *end))
            best = n;
    }
    return best;
}

static void drop(part *p, unsigned at, unsigned n)
{
    memmove(p->letter + at, p->letter + at + n, p->n - at - n);
    p->n -= n;
}

static void add_text(part *p, const char *text)
{
    for (; *text && p->n < SK_EDIT_LETTERS; text++)
        p->letter[p->n++] = (uint8_t)(*text - 'a' + 1);
}

/* Put the letters of next behind those of p and take note that it stands for its token too. */
static void absorb(part *p, const part *next)
{
    unsigned n = p->n + next->n > SK_EDIT_LETTERS ? SK_EDIT_LETTERS - p->n : next->n;
    unsigned more = EDIT_MORE_OF(p->token.flags) + 1u + EDIT_MORE_OF(next->token.flags);

    memcpy(p->letter + p->n, next->letter, n);
    p->n += n;
    p->token.flags = (uint8_t)(next->token.flags & EDIT_MINOR ? p->token.flags & EDIT_MINOR : 0);
    p->token.flags |= (uint8_t)((more > EDIT_MORE_MAX ? EDIT_MORE_MAX : more) * EDIT_MORE);
}

/* ---- what the parts look like ---- */

static const char *const SERVANT[] = {"abd",   "abdu",  "abdul",  "abdal", "abdel",
                                      "abdol", "abdil", "abdoul", "abdur", "abdar",
                                      "abder", "abdor", "abdus",  "abdud", NULL};
static const char *const DIN[] = {"din", "deen", "dine", "dien", NULL};
static const char *const DIN_END[] = {"ouddine", "uddine", "uddeen", "eddine", "eddeen", "addine",
                                      "oddine",  "uddin",  "eddin",  "addin",  "oddin",  "iddin",
                                      "aldin",   "eldin",  "uldin",  "aldeen", "eldeen", "udin",
                                      "edin",    "udine",  "odin",   NULL};
static const char *const LAH[] = {"allah", "ullah", "ollah", "llah", "lah", "alla", "ulla", NULL};
static const char *const LAH_END[] = {"oullah", "ullah", "allah", "ollah", "ellah",
                                      "ulla",   "alla",  "olla",  NULL};
static const char *const MERCIFUL[] = {"rahman", "rehman", "rahmaan", "rahmon", "rakhman", NULL};
static const char *const MERCIFUL_END[] = {"ulrahman", "urrahman", "urrehman",  "alrahman",
                                           "urahman",  "urehman",  "irrahman",  "orrahman",
                                           "errahman", "arrahman", "urrakhman", NULL};
static const char *const TRUTH[] = {"haq", "haqq", "haque", "hak", "hakk", NULL};
static const char *const TRUTH_END[] = {"ulhaq", "ulhaqq", "ulhaque", "alhaq", "elhaq", NULL};
static const char *const LINK[] = {"ul", "ur", "ud", "uz", "us",   "un", "el", "al", "or",
                                   "ol", "ar", "er", "ed", "eddi", "ad", "il", NULL};

/* The second parts of compounds: how they stand alone, how they end a word of Latin letters, how
 * they are written in Arabic with the article, and what becomes of them. */
static const struct second {
    const char *const *alone, *const *end;
    const char *arabic, *arabic_other;
    const char *latin_to, *arabic_to;
    bool wants_link; /* Latin: only behind an article */
} SECOND[] = {
    {DIN, DIN_END, "aldyn", "aldyen", "din", "dyn", false},
    {LAH, LAH_END, "allh", "allah", "lah", "lh", false},
    {MERCIFUL, MERCIFUL_END, "alrhmn", "alrhman", "rahman", "rhmn", true},
    {TRUTH, TRUTH_END, "alhq", "alhqq", "haq", "hq", true},
};

/* ---- one word ---- */

/* Abdulrahman, abderrahmane, عبدالرحمن: the servant and the name, without what links them. */
static bool cut_servant(part *p)
{
    if (p->is_arabic) {
        if (p->n < 6 || !begins(p, 0, "ebdal"))
            return false;
        drop(p, 3, 2);
        return true;
    }
    if (p->n < 6 || !begins(p, 0, "abd") || !sk_is_vowel(p->letter[3]))
        return false;
    unsigned vowels = sk_is_vowel(p->letter[4]) ? 2 : 1;
    if (p->n < 3 + vowels + 3)
        return false;
    uint8_t link = p->letter[3 + vowels];
    if (link != 12 && link != p->letter[4 + vowels])
        return false;
    drop(p, 3, vowels + 1);
    return true;
}

/* Saifuddin, Sanaullah, Matiurrahman and the like. */
static bool cut_second(part *p)
{
    for (unsigned i = 0; i < SK_COUNT(SECOND); i++) {
        const struct second *s = &SECOND[i];
        const char *const arabic[] = {s->arabic, s->arabic_other, NULL};
        unsigned n = ending(p, p->is_arabic ? arabic : s->end);
        if (n == 0)
            continue;
        p->n -= n;
        add_text(p, p->is_arabic ? s->arabic_to : s->latin_to);
        return true;
    }
    return false;
}

/* ---- several words ---- */

static bool is_article(const part *p)
{
    return !p->is_arabic && (p->token.flags & EDIT_MINOR) && (is_word(p, "al") || is_word(p, "el"));
}

static bool is_link(const part *p)
{
    return !p->is_arabic && p->n <= 4 && is_one_of(p, LINK);
}

/* ash-Shamari, as-Sabah: the article has taken on the first sound of the name. */
static bool is_assimilated(const part *article, const part *name)
{
    bool shape = !article->is_arabic && name->hyphen && article->n >= 2 && article->n <= 3 &&
                 (article->letter[0] == 1 || article->letter[0] == 5) && name->n > 2;

    return shape && memcmp(article->letter + 1, name->letter, article->n - 1) == 0;
}

static void strip_article(part *p)
{
    if (p->is_arabic ? p->n > 3 && begins(p, 0, "al") : is_word(p, "allah"))
        drop(p, 0, 2);
}

static const struct second *second_of(const part *p)
{
    for (unsigned i = 0; i < SK_COUNT(SECOND); i++) {
        const struct second *s = &SECOND[i];
        bool is = p->is_arabic ? is_word(p, s->arabic) || is_word(p, s->arabic_other)
                               : is_one_of(p, s->alone);
        if (is || (!p->is_arabic && s->alone == DIN &&
                   (is_word(p, "uddin") || is_word(p, "eddine") || is_word(p, "eddin"))))
            return s;
    }
    return NULL;
}

typedef struct parts {
    part at[SK_EDIT_TOKENS];
    unsigned n;
} parts;

static void take_out(parts *all, unsigned i, unsigned n)
{
    memmove(&all->at[i], &all->at[i + n], (all->n - i - n) * sizeof(part));
    all->n -= n;
}

/* Abd, an article or none, and the name. */
static void join_servant(parts *all, unsigned i)
{
    part *p = &all->at[i];
    bool is = p->is_arabic ? is_word(p, "ebd") : is_one_of(p, SERVANT);
    unsigned link = i + 2 < all->n && (is_article(p + 1) || is_assimilated(p + 1, p + 2));

    if (!is || i + 1 + link >= all->n || p[1 + link].n < 3)
        return;
    part *name = &p[1 + link];
    if (name->is_arabic != p->is_arabic)
        return;
    strip_article(name);
    p->n = 3;
    p->token.flags &= (uint8_t)~EDIT_MINOR;
    if (link)
        name->token.flags |= EDIT_MORE; /* the article is told of with it */
    absorb(p, name);
    p->is_whole = true;
    take_out(all, i + 1, 1 + link);
}

/* X al-Din, X Allah, X ur-Rahman. */
static void join_second(parts *all, unsigned i)
{
    const struct second *s = second_of(&all->at[i]);
    unsigned link = i >= 2 && is_link(&all->at[i - 1]);

    if (!s || i < 1 + link)
        return;
    part *first = &all->at[i - 1 - link], *p = &all->at[i];
    bool linked = link || p->is_arabic || !s->wants_link;
    bool ends_in_link = !p->is_arabic && s->wants_link && !link && first->n > 4 &&
                        (begins(first, first->n - 2, "ur") || begins(first, first->n - 2, "ul"));
    if ((!linked && !ends_in_link) || first->is_whole || first->n < 3 ||
        first->is_arabic != p->is_arabic || (first->token.flags & EDIT_MINOR))
        return;
    if (ends_in_link)
        first->n -= 2;
    p->n = 0;
    add_text(p, p->is_arabic ? s->arabic_to : s->latin_to);
    if (link)
        p->token.flags |= EDIT_MORE;
    absorb(first, p);
    first->is_whole = true;
    take_out(all, i - link, 1 + link);
}

static void join_article(parts *all, unsigned i)
{
    part *p = &all->at[i];

    if (i + 1 >= all->n || p->is_arabic || p[1].is_arabic || p->is_whole || p[1].n < 3)
        return;
    if (!is_article(p) && !is_assimilated(p, p + 1))
        return;
    p->n = 0;
    add_text(p, "al");
    p->token.flags &= (uint8_t)~EDIT_MINOR;
    absorb(p, p + 1);
    take_out(all, i + 1, 1);
}

/* ---- all ---- */

static void read_parts(const sk_edit *e, uint32_t hyphen, const uint8_t *letter, parts *all)
{
    for (unsigned i = 0; i < e->n_token; i++) {
        part *p = &all->at[all->n++];
        p->n = e->token[i].n;
        p->token = e->token[i];
        p->is_arabic = e->script == SK_SCRIPT_ARAB;
        p->hyphen = hyphen >> i & 1;
        p->is_whole = false;
        memcpy(p->letter, letter + e->token[i].at, p->n);
    }
}

static void write_parts(sk_edit *e, const parts *all, uint8_t *letter)
{
    e->n_token = 0;
    e->n_letter = 0;
    for (unsigned i = 0; i < all->n; i++) {
        const part *p = &all->at[i];
        edit_token t = p->token;
        t.at = e->n_letter;
        t.n = (uint8_t)p->n;
        memcpy(letter + t.at, p->letter, p->n);
        e->token[e->n_token++] = t;
        e->n_letter = (uint8_t)(e->n_letter + p->n);
    }
}

void sk_compound_join(sk_edit *e, uint32_t hyphen, uint8_t letter[SK_EDIT_LETTERS])
{
    parts all;

    if (e->script != SK_SCRIPT_ARAB && e->script != SK_SCRIPT_LATN && e->script != SK_SCRIPT_CYRL)
        return;
    all.n = 0;
    read_parts(e, hyphen, letter, &all);
    for (unsigned i = 0; i < all.n; i++) {
        all.at[i].is_whole = cut_servant(&all.at[i]);
        if (!all.at[i].is_whole)
            join_servant(&all, i);
    }
    for (unsigned i = all.n; i-- > 1;)
        join_second(&all, i);
    for (unsigned i = 0; i < all.n; i++) {
        if (!all.at[i].is_whole)
            all.at[i].is_whole = cut_second(&all.at[i]);
        if (!all.at[i].is_whole)
            join_article(&all, i);
    }
    write_parts(e, &all, letter);
}
