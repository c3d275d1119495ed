#include "language.h"

#include "base/utf8.h"
#include "embed.h"
#include "phrases.h"

SK_EMBED(sk_languages_txt, "languages.txt");

enum {
    LOOK_BYTES = 64 << 10,
    WORD_BYTES = 32, /* longer words are in no list */
    MAX_LANGUAGES = 64,
    LEAST_HITS = 3,     /* words of a list that must have been met                       */
    LEAST_PERCENT = 12, /* of all words that must be among the language's list           */
    LEAD_PERCENT = 125, /* how far ahead of the next language the first must be          */
};

typedef enum script {
    LATIN,
    CYRILLIC,
    ARABIC,
    HANGUL,
    KANA,
    HAN,
    THAI,
    LAO,
    KHMER,
    BURMESE,
    GREEK,
    HEBREW,
    DEVANAGARI,
    GEORGIAN,
    ARMENIAN,
    ETHIOPIC,
    TIBETAN,
    OTHER,
    SCRIPTS
} script;

/* The one language of a script that has one. */
static const char *const language_of_script[SCRIPTS] = {
    [THAI] = "th",     [LAO] = "lo",        [KHMER] = "km",    [BURMESE] = "my",
    [GREEK] = "el",    [HEBREW] = "he",     [GEORGIAN] = "ka", [ARMENIAN] = "hy",
    [ETHIOPIC] = "am", [DEVANAGARI] = "hi", [TIBETAN] = "bo",
};

static const struct {
    uint32_t first, last;
    script script;
} ranges[] = {
    {'A', 'Z', LATIN},          {'a', 'z', LATIN},          {0xC0, 0x24F, LATIN},
    {0x370, 0x3FF, GREEK},      {0x400, 0x52F, CYRILLIC},   {0x531, 0x587, ARMENIAN},
    {0x5D0, 0x5EA, HEBREW},     {0x620, 0x6FF, ARABIC},     {0x904, 0x97F, DEVANAGARI},
    {0xE01, 0xE5B, THAI},       {0xE81, 0xEDF, LAO},        {0xF40, 0xFBC, TIBETAN},
    {0x1000, 0x109F, BURMESE},  {0x10D0, 0x10FF, GEORGIAN}, {0x1100, 0x11FF, HANGUL},
    {0x1200, 0x139F, ETHIOPIC}, {0x1780, 0x17DD, KHMER},    {0x1E00, 0x1EFF, LATIN},
    {0x3041, 0x30FF, KANA},     {0x3131, 0x318E, HANGUL},   {0x3400, 0x9FFF, HAN},
    {0xAC00, 0xD7A3, HANGUL},   {0xF900, 0xFAFF, HAN},      {0x20000, 0x3FFFF, HAN},
};

static script script_of(uint32_t c)
{
    for (size_t i = 0; i < SK_COUNT(ranges); i++)
        if (c <= ranges[i].last)
            return c >= ranges[i].first ? ranges[i].script : OTHER;
    return OTHER;
}

/* The lists, read once: each word with the number of its language; the letters of each. */
typedef struct word_lists {
    sk_phrases words;
    const char *languages[MAX_LANGUAGES];
    sk_str letters[MAX_LANGUAGES];
    size_t n;
} word_lists;

/* Make the table phrases.h reads: a bar between all words. */
static void read_list(sk_arena *a, sk_buf *table, sk_str line, word_lists *lists)
{
    sk_str language, word;
    sk_assert(sk_str_cut(&line, '|', &language) && lists->n < MAX_LANGUAGES);
    lists->languages[lists->n++] = sk_str_c(a, sk_str_trim(language));
    sk_buf_add(table, language);
    line = sk_str_trim(line);
    while (sk_str_cut(&line, ' ', &word))
        if (word.n)
            sk_buf_addf(table, "|%.*s", SK_P(word));
    sk_buf_addc(table, '\n');
}

/* "LANGUAGE + letters": kept as they stand in the program. */
static void read_letters(sk_str line, word_lists *lists)
{
    sk_str language;
    size_t i = 0;
    sk_assert(sk_str_cut(&line, '+', &language));
    while (i < lists->n && !sk_str_is(sk_str_trim(language), lists->languages[i]))
        i++;
    sk_assert(i < lists->n);
    lists->letters[i] = line;
}

static const word_lists *lists(void)
{
    static word_lists all;
    static sk_arena arena;
    if (all.n)
        return &all;
    sk_str text = sk_str_range(sk_languages_txt, sk_languages_txt_end), line;
    sk_buf table;
    sk_buf_init(&table, SK_MIB(1));
    while (sk_str_cut(&text, '\n', &line))
        if (line.n && line.p[0] != '#') {
            if (memchr(line.p, '|', line.n))
                read_list(&arena, &table, line, &all);
            else
                read_letters(line, &all);
        }
    sk_phrases_read(&all.words, &arena, sk_buf_str(&table), all.languages, all.n);
    sk_buf_done(&table);
    return &all;
}

void sk_language_warm_up(void)
{
    lists();
}

typedef struct tally {
    size_t letters[SCRIPTS];
    size_t words; /* of scripts that have lists */
    size_t hits[MAX_LANGUAGES];
} tally;

static void count_word(tally *t, sk_str word)
{
    char folded[WORD_BYTES];
    t->words++;
    if (word.n < 1 || word.n > WORD_BYTES)
        return;
    sk_str s = {folded, sk_phrases_fold(word, folded, NULL)};
    uint64_t kinds = sk_phrases_kinds(&lists()->words, s);
    for (; kinds; kinds &= kinds - 1)
        t->hits[__builtin_ctzll(kinds)]++;
}

/* A letter beyond ASCII that only one of the languages has. */
static void count_letter(tally *t, sk_str letter)
{
    for (size_t i = 0; i < lists()->n; i++)
        t->hits[i] += lists()->letters[i].n && sk_str_find(lists()->letters[i], letter) != SIZE_MAX;
}

static void count(tally *t, sk_str text)
{
    size_t word_at = SIZE_MAX;
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        script s = script_of(sk_utf8_next(text, &at));
        t->letters[s]++;
        bool in_word = s == LATIN || s == CYRILLIC || s == ARABIC;
        if (in_word && at - from > 1)
            count_letter(t, sk_str_sub(text, from, at - from));
        if (in_word && word_at == SIZE_MAX)
            word_at = from;
        if (!in_word && word_at != SIZE_MAX) {
            count_word(t, sk_str_sub(text, word_at, from - word_at));
            word_at = SIZE_MAX;
        }
    }
    if (word_at != SIZE_MAX)
        count_word(t, sk_str_sub(text, word_at, text.n));
}

static sk_str by_words(const tally *t)
{
    size_t first = 0, next = SIZE_MAX;
    for (size_t i = 1; i < lists()->n; i++)
        if (t->hits[i] > t->hits[first])
            first = i;
    for (size_t i = 0; i < lists()->n; i++)
        if (i != first && (next == SIZE_MAX || t->hits[i] > t->hits[next]))
            next = i;
    size_t hits = t->hits[first];
    if (hits < LEAST_HITS || hits * 100 < t->words * LEAST_PERCENT ||
        hits * 100 < t->hits[next] * LEAD_PERCENT)
        return SK_NONE;
    return sk_str_of(lists()->languages[first]);
}

static sk_str decide(const tally *t)
{
    /* A Han character or a syllable says about as much as two or three letters. */
    size_t east = 2 * (t->letters[HANGUL] + t->letters[KANA] + t->letters[HAN]);
    size_t best = LATIN, most = 0;
    for (size_t i = 0; i < OTHER; i++) {
        bool eastern = i == HANGUL || i == KANA || i == HAN;
        if (!eastern && t->letters[i] > most) {
            most = t->letters[i];
            best = i;
        }
    }
    if (east > most) {
        if (t->letters[HANGUL] * 5 >= t->letters[HAN] + t->letters[KANA])
            return SK_S("ko"); /* mixed script: Hanja names and quotations in a Korean text */
        if (t->letters[KANA] * 10 >= t->letters[HAN])
            return SK_S("ja");
        return t->letters[HAN] >= 4 ? SK_S("zh") : SK_NONE;
    }
    if (best == LATIN || best == CYRILLIC || best == ARABIC)
        return by_words(t);
    return most >= 4 ? sk_str_of(language_of_script[best]) : SK_NONE;
}

sk_str sk_language_of(sk_str text)
{
    tally t = {0};
    count(&t, sk_str_sub(text, 0, LOOK_BYTES));
    return decide(&t);
}

void sk_language_set(sk_build *b)
{
    tally t = {0};
    size_t looked = 0;
    if (b->doc.lang.n)
        return;
    for (size_t i = 0; i < b->n_blocks && looked < LOOK_BYTES; i++) {
        const sk_block *k = &b->blocks[i];
        if (k->kind == SK_BLOCK_FURNITURE)
            continue;
        sk_str text = sk_str_sub(sk_buf_str(&b->text), k->start, k->end - k->start);
        count(&t, sk_str_sub(text, 0, LOOK_BYTES - looked));
        looked += text.n;
    }
    b->doc.lang = decide(&t);
}

sk_str sk_language_tag(sk_arena *a, sk_str tag)
{
    tag = sk_str_trim(tag);
    size_t n = 0;
    char lower[3];
    for (; n < tag.n && tag.p[n] != '-' && tag.p[n] != '_'; n++) {
        char c = tag.p[n];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c < 'a' || c > 'z' || n >= sizeof lower)
            return SK_NONE;
        lower[n] = c;
    }
    if (n < 2 || sk_str_is((sk_str){lower, n}, "und"))
        return SK_NONE;
    return sk_str_copy(a, (sk_str){lower, n});
}
