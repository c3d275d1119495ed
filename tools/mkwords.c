/* Lays out the word tables of model/name/ as one constant hash table in C.
 *
 *     mkwords OUT.c common-words.txt nicknames.txt ...
 *
 * A table is known by its file name; the forms of the tables are told in their own heads. Words are
 * folded by the same letters.c that reads names, so that both agree. The output depends on the tables
 * alone. A fault in a table ends the build with file and line. */
#include "name/key.h"
#include "name/letters.h"
#include "name/wordbook.h"
#include "name/place.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct maker {
    sk_arena arena;
    const char *file;
    unsigned line;
    sk_wordbook_entry *entry;
    size_t n, cap;
    uint16_t families; /* of nicknames.txt                   */
    uint16_t concepts; /* of org-words.txt                   */
} maker;

SK_NORETURN static void fault(const maker *m, const char *what, sk_str s)
{
    fprintf(stderr, "%s:%u: %s \"%.*s\"\n", m->file, m->line, what, SK_P(s));
    exit(1);
}

/* ---- words ---- */

/* Code points of a word without blanks, dots, slashes and the like; lower case is the table's duty. */
static unsigned code_points(const maker *m, sk_str word, uint32_t *cp, unsigned cap)
{
    unsigned n = 0;

    for (size_t at = 0; at < word.n;) {
        uint32_t c = sk_utf8_next(word, &at);
        if (c >= 'A' && c <= 'Z')
            fault(m, "a capital in", word);
        bool skip = c == ' ' || c == '_' || c == '.' || c == '/' || c == '-' || c == '(' ||
                    c == ')' || c == '\'' || c == '"';
        if (skip)
            continue;
        if (n == cap)
            fault(m, "too long:", word);
        cp[n++] = c;
    }
    return n;
}

static void add(maker *m, sk_str word, sk_wordbook_kind kind, unsigned value, unsigned extra)
{
    uint32_t cp[SK_WORD_LETTERS * 2];
    uint8_t letter[SK_WORD_LETTERS * 2];
    unsigned words = 1, n = code_points(m, word, cp, SK_WORD_LETTERS * 2);
    unsigned k = sk_letters_read(cp, n, letter, sizeof(letter));

    if (!k)
        fault(m, "no letters in", word);
    for (size_t i = 0; i < word.n; i++)
        words += word.p[i] == ' ' || word.p[i] == '_';
    sk_script script = SK_SCRIPT_NONE;
    for (unsigned i = 0; i < n && script == SK_SCRIPT_NONE; i++)
        script = sk_letter_script(cp[i]);
    sk_wordbook_entry e = {.key = sk_letters_key(script, letter, k),
                           .kind = (uint16_t)kind,
                           .value = (uint16_t)value,
                           .extra = (uint16_t)extra,
                           .words = (uint16_t)words};
    for (size_t i = 0; i < m->n; i++) {
        const sk_wordbook_entry *o = &m->entry[i];
        bool same_family = kind == SK_BOOK_SAME || kind == SK_BOOK_SHORT || kind == SK_BOOK_COUSIN;
        if (o->key == e.key && o->kind == e.kind && (!same_family || o->value == e.value))
            return; /* the first line that names a word holds */
    }
    SK_GROW(&m->arena, m->entry, m->n, m->cap);
    m->entry[m->n++] = e;
}

static void add_all(maker *m, sk_str words, sk_wordbook_kind kind, unsigned value, unsigned extra)
{
    sk_str word;

    while (sk_str_cut(&words, ' ', &word))
        if (word.n)
            add(m, word, kind, value, extra);
}

/* ---- tables ---- */

/* "head: rest"; the head is trimmed. */
static sk_str cut_head(const maker *m, sk_str *line)
{
    sk_str head;
    size_t colon = sk_str_find(*line, SK_S(":"));

    if (colon == SIZE_MAX)
        fault(m, "no colon in", *line);
    head = sk_str_trim(sk_str_sub(*line, 0, colon));
    *line = sk_str_trim(sk_str_sub(*line, colon + 1, line->n));
    return head;
}

static unsigned number(const maker *m, sk_str s)
{
    uint64_t n;

    if (!sk_str_to_u64(s, &n) || n > 60000)
        fault(m, "no number:", s);
    return (unsigned)n;
}

static void read_common(maker *m, sk_str line)
{
    sk_str head = cut_head(m, &line);
    add_all(m, line, SK_BOOK_COUNT, number(m, head), 0);
}

static void read_nickname(maker *m, sk_str line)
{
    char mark = line.p[0];

    line = sk_str_trim(sk_str_sub(line, 1, line.n));
    m->families++;
    switch (mark) {
    case '=':
        add_all(m, line, SK_BOOK_SAME, m->families, 0);
        break;
    case '@':
        add_all(m, line, SK_BOOK_COUSIN, m->families, 0);
        break;
    case '~': {
        sk_str full = cut_head(m, &line);
        add_all(m, full, SK_BOOK_SHORT, m->families, 1);
        add_all(m, line, SK_BOOK_SHORT, m->families, 0);
        break;
    }
    default:
        fault(m, "neither =, ~ nor @:", line);
    }
}

/* The place of a word in a list of names, from 1; ends the build when it is none of them. */
static unsigned place_in(const maker *m, sk_str word, const char *const *names)
{
    for (unsigned i = 0; names[i]; i++)
        if (sk_str_is(word, names[i]))
            return i + 1;
    fault(m, "unknown head", word);
}

static void read_particle(maker *m, sk_str line)
{
    static const char *const NAME[] = {"article", "son", "father", "servant", "of", NULL};
    sk_str head = cut_head(m, &line);
    add_all(m, line, SK_BOOK_PARTICLE, 0, place_in(m, head, NAME));
}

static void read_legal(maker *m, sk_str line)
{
    /* In the order of sk_legal. */
    static const char *const NAME[] = {"limited", "llc",           "jsc",        "inc",
                                       "company", "partnership",   "foundation", "association",
                                       "state",   "noncommercial", "bank",       NULL};
    sk_str head = cut_head(m, &line), form;
    unsigned class = place_in(m, head, NAME);

    while (sk_str_cut(&line, '|', &form)) {
        form = sk_str_trim(form);
        if (form.n)
            add(m, form, SK_BOOK_LEGAL, class, 0);
    }
}

static void read_org(maker *m, sk_str line)
{
    static const char *const NAME[] = {"generic", "sector", "place", "stop", NULL};
    sk_str head = cut_head(m, &line), kind, words;

    sk_str_cut(&head, ' ', &kind);
    m->concepts++;
    while (sk_str_cut(&line, '|', &words))
        add_all(m, words, SK_BOOK_ORG, m->concepts, place_in(m, kind, NAME));
}

static void read_place(maker *m, sk_str line)
{
    static const char *const NAME[] = {"country", "province", "county", "city", "ward",
                                       "village", "water",    "land",   "camp", NULL};
    sk_str head = cut_head(m, &line);
    bool is_ending = sk_str_ends(head, SK_S("-"));

    head.n -= is_ending;
    add_all(m, line, is_ending ? SK_BOOK_PLACE_END : SK_BOOK_PLACE, place_in(m, head, NAME),
            is_ending);
}

static void read_vessel(maker *m, sk_str line)
{
    static const char *const NAME[] = {"words", "endings", NULL};
    sk_str head = cut_head(m, &line);
    add_all(m, line, SK_BOOK_VESSEL, 0, place_in(m, head, NAME) - 1);
}

static void read_number(maker *m, sk_str line)
{
    sk_str head = cut_head(m, &line);
    add_all(m, line, SK_BOOK_NUMBER, number(m, head), 0);
}

static void read_line(maker *m, sk_str line)
{
    sk_str file = sk_str_of(m->file);

    if (sk_str_ends(file, SK_S("common-words.txt")))
        read_common(m, line);
    else if (sk_str_ends(file, SK_S("nicknames.txt")))
        read_nickname(m, line);
    else if (sk_str_ends(file, SK_S("honorifics.txt")))
        add_all(m, line, SK_BOOK_HONORIFIC, 0, 0);
    else if (sk_str_ends(file, SK_S("suffixes.txt")))
        add_all(m, line, SK_BOOK_SUFFIX, 0, 0);
    else if (sk_str_ends(file, SK_S("particles.txt")))
        read_particle(m, line);
    else if (sk_str_ends(file, SK_S("legal-forms.txt")))
        read_legal(m, line);
    else if (sk_str_ends(file, SK_S("org-words.txt")))
        read_org(m, line);
    else if (sk_str_ends(file, SK_S("place-words.txt")))
        read_place(m, line);
    else if (sk_str_ends(file, SK_S("vessel-words.txt")))
        read_vessel(m, line);
    else if (sk_str_ends(file, SK_S("numbers.txt")))
        read_number(m, line);
    else
        fault(m, "no such table:", file);
}

static void read_file(maker *m, const char *path)
{
    char line[8192];
    FILE *f = fopen(path, "rb");

    m->file = path;
    m->line = 0;
    if (!f)
        fault(m, "cannot open", sk_str_of(path));
    while (fgets(line, sizeof(line), f)) {
        m->line++;
        sk_str s = sk_str_copy(&m->arena, sk_str_trim(sk_str_of(line)));
        if (s.n && s.p[0] != '#')
            read_line(m, s);
    }
    fclose(f);
}

/* ---- short forms of every spelling ---- */

static bool has_entry(const maker *m, uint64_t key, unsigned kind, unsigned value)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->entry[i].key == key && m->entry[i].kind == kind && m->entry[i].value == value)
            return true;
    return false;
}

/* A full form is meant in every spelling of its name: sasha stands under aleksandr, and so for
 * alexander too. */
static void spell_full_forms(maker *m)
{
    size_t n = m->n;

    for (size_t i = 0; i < n; i++) {
        sk_wordbook_entry full = m->entry[i];
        if (full.kind != SK_BOOK_SHORT || !full.extra)
            continue;
        for (size_t k = 0; k < n; k++) {
            sk_wordbook_entry e = m->entry[k];
            if (e.kind != SK_BOOK_SAME || !has_entry(m, full.key, SK_BOOK_SAME, e.value) ||
                has_entry(m, e.key, SK_BOOK_SHORT, full.value))
                continue;
            e.kind = SK_BOOK_SHORT;
            e.value = full.value;
            e.extra = 1;
            SK_GROW(&m->arena, m->entry, m->n, m->cap);
            m->entry[m->n++] = e;
        }
    }
}

/* ---- counts of families ---- */

static unsigned count_of(const maker *m, uint64_t key)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->entry[i].kind == SK_BOOK_COUNT && m->entry[i].key == key)
            return m->entry[i].value;
    return 0;
}

/* A spelling is as common as all spellings of its name together. */
static void count_families(maker *m)
{
    size_t n = m->n;

    for (size_t i = 0; i < n; i++) {
        sk_wordbook_entry e = m->entry[i];
        if (e.kind != SK_BOOK_SAME)
            continue;
        unsigned sum = 0;
        for (size_t k = 0; k < n; k++)
            if (m->entry[k].kind == SK_BOOK_SAME && m->entry[k].value == e.value)
                sum += count_of(m, m->entry[k].key);
        if (!sum)
            continue;
        SK_GROW(&m->arena, m->entry, m->n, m->cap);
        m->entry[m->n++] = (sk_wordbook_entry){.key = e.key,
                                               .kind = SK_BOOK_FAMILY_COUNT,
                                               .value = (uint16_t)(sum > 60000 ? 60000 : sum),
                                               .words = 1};
    }
}

/* ---- output ---- */

/* Of the table as it is made, so that it changes when this program does as well as its input. */
static uint64_t id_of(const sk_wordbook_entry *slot, uint32_t size)
{
    uint64_t id = size;

    for (uint32_t i = 0; i < size; i++) {
        const sk_wordbook_entry *e = &slot[i];
        const uint64_t part[] = {e->key, e->kind, e->value, e->extra, e->words};
        for (size_t k = 0; k < sizeof(part) / sizeof(part[0]); k++)
            id = sk_key_mix(id, part[k]);
    }
    return id;
}

static void write_table(const maker *m, const char *path)
{
    uint32_t size = 1;

    while (size < m->n * 2)
        size *= 2;
    sk_wordbook_entry *slot = calloc(size, sizeof(*slot));
    FILE *f = fopen(path, "wb");
    if (!f || !slot)
        fault(m, "cannot write", sk_str_of(path));
    for (size_t i = 0; i < m->n; i++) {
        uint32_t at = (uint32_t)(m->entry[i].key >> 20);
        while (slot[at & (size - 1)].kind)
            at++;
        slot[at & (size - 1)] = m->entry[i];
    }
    uint64_t id = id_of(slot, size);
    fprintf(f,
            "/* Made by tools/mkwords.c from model/name/. */\n#include \"name/wordbook.h\"\n"
            "const uint32_t SK_WORDBOOK_SIZE = %u;\n"
            "const uint64_t SK_WORDBOOK_ID = 0x%016llxu;\n"
            "const sk_wordbook_entry SK_WORDBOOK[] = {\n",
            size, (unsigned long long)id);
    for (uint32_t i = 0; i < size; i++) {
        const sk_wordbook_entry *e = &slot[i];
        if (e->kind)
            fprintf(f, "{0x%016llxu, %u, %u, %u, %u},\n", (unsigned long long)e->key, e->kind,
                    e->value, e->extra, e->words);
        else
            fputs("{0},\n", f);
    }
    fputs("};\n", f);
    free(slot);
    if (ferror(f) | fclose(f))
        fault(m, "cannot write", sk_str_of(path));
}

int main(int argc, char **argv)
{
    maker m = {.file = NULL};

    if (argc < 3) {
        fprintf(stderr, "mkwords OUT.c TABLE...\n");
        return 2;
    }
    for (int i = 2; i < argc; i++)
        read_file(&m, argv[i]);
    spell_full_forms(&m);
    count_families(&m);
    write_table(&m, argv[1]);
    sk_arena_done(&m.arena);
    return 0;
}
