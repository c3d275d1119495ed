#include "record/country.h"

#include "base/utf8.h"

#include "countries_stamp.h" /* built again when the embedded file changes */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* The table, embedded by the assembler as record/model.c does. */
__asm__(".section .rodata\n"
        ".balign 16\nsk_countries_txt:\n"
        ".incbin \"" SK_MODEL_DIR "/countries.txt\"\nsk_countries_txt_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const char sk_countries_txt[], sk_countries_txt_end[];

enum { MOST_NAME_BYTES = 400, FIELDS = 5 };

/* Every name and code, folded, in order; what sk_country_find looks in. */
typedef struct name_key {
    sk_str key;
    const sk_country *country;
} name_key;

typedef struct name_index {
    const name_key *keys;
    size_t n;
} name_index;

/* ---- comparing names ---- */

/* A name being written: done words, then the word in hand. */
typedef struct writing {
    char *p;
    size_t n, word; /* bytes in all; where the word in hand begins */
} writing;

/* The word in hand is whole: drop it where names go with or without it, else part it from the rest.
 * Korean, Chinese, Japanese and the like are written with and without blanks. */
static void end_word(writing *w)
{
    sk_str word = {w->p + w->word, w->n - w->word};
    if (sk_str_is(word, "the") || sk_str_is(word, "and"))
        w->n = w->word;
    else if (sk_str_is(word, "st"))
        w->n = w->word + (size_t)snprintf(w->p + w->word, sizeof "saint", "saint");
    if (w->n > w->word && !(w->p[w->n - 1] & 0x80))
        w->p[w->n++] = ' ';
    w->word = w->n;
}

/* Fold a name for comparing: case, accents, dots, apostrophes and small words do not count; every
 * other sign parts words. */
static sk_str normal(sk_arena *a, sk_str name)
{
    sk_str s = sk_utf8_fold(a, name);
    writing w = {.p = sk_alloc(a, s.n * 3 + sizeof "saint")}; /* "st " becomes "saint " */
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        uint32_t c = sk_utf8_next(s, &i);
        if (c == '.' || c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC)
            continue;
        bool is_of_word = c < 0x80 ? (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                                   : c != 0x2010 && c != 0x2013 && c != 0xFFFD;
        if (!is_of_word) {
            end_word(&w);
            continue;
        }
        memcpy(w.p + w.n, s.p + at, i - at);
        w.n += i - at;
    }
    end_word(&w);
    sk_str out = sk_str_trim((sk_str){w.p, w.n});
    return out.n ? out : s; /* "AND" is Andorra */
}

/* "Korea, Republic of" as "Republic of Korea"; "Congo (the Democratic Republic of the)" too.
 * Empty when there is neither comma nor bracket. */
static sk_str turned_round(sk_arena *a, sk_str name)
{
    size_t at = 0;
    while (at < name.n && name.p[at] != ',' && name.p[at] != '(')
        at++;
    if (at == name.n)
        return SK_NONE;
    return sk_fmt(a, "%.*s %.*s", SK_P(sk_str_sub(name, at + 1, name.n)),
                  SK_P(sk_str_sub(name, 0, at)));
}

/* ---- the table ---- */

static size_t split_bars(sk_str line, sk_str *fields, size_t cap)
{
    size_t n = 0;
    sk_str piece;
    while (sk_str_cut(&line, '|', &piece)) {
        if (n < cap)
            fields[n] = sk_str_trim(piece);
        n++;
    }
    return n;
}

static sk_str code_or_none(sk_str word)
{
    return sk_str_is(word, "-") ? SK_NONE : word;
}

static sk_rc parse_line(sk_ctx *cx, sk_str line, size_t number, sk_country *ret_country)
{
    sk_str f[FIELDS] = {{0}}, words[4] = {{0}}, word;
    size_t n = split_bars(line, f, FIELDS), n_words = 0;
    for (sk_str rest = f[0]; n_words < 4 && sk_str_cut(&rest, ' ', &word);)
        words[n_words++] = word;
    if (n < FIELDS - 1 || n > FIELDS || n_words < 3 || !f[1].n || !f[2].n)
        return sk_fail(cx, SK_E_FORMAT,
                       "countries line %zu: expected \"code A2 A3 | English | Korean | others | "
                       "MIDs\"",
                       number);
    *ret_country = (sk_country){.code = words[0],
                                .alpha2 = code_or_none(words[1]),
                                .alpha3 = code_or_none(words[2]),
                                .existed = words[3],
                                .name = f[1],
                                .name_ko = f[2],
                                .others = f[3],
                                .mids = f[4]};
    return SK_OK;
}

sk_rc sk_countries_parse(sk_ctx *cx, sk_str text, sk_countries *ret_countries)
{
    sk_country *list = NULL;
    size_t n = 0, cap = 0, number = 0;
    sk_str line;
    if (text.n > SK_LIM_MODEL_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "the table of countries is larger than %zu bytes",
                       SK_LIM_MODEL_BYTES);
    while (sk_str_cut(&text, '\n', &line)) {
        number++;
        if (!sk_str_trim(line).n || line.p[0] == '#')
            continue;
        SK_GROW(&cx->arena, list, n, cap);
        SK_TRY(parse_line(cx, line, number, &list[n]));
        n++;
    }
    *ret_countries = (sk_countries){list, n};
    return SK_OK;
}

static int by_key(const void *p, const void *q)
{
    const name_key *a = p, *b = q;
    int d = sk_str_cmp(a->key, b->key);
    return d ? d : (a->country > b->country) - (a->country < b->country);
}

typedef struct key_list {
    sk_arena *arena;
    name_key *v;
    size_t n, cap;
} key_list;

static void add_key(key_list *l, sk_str name, const sk_country *c)
{
    sk_str key = normal(l->arena, name);
    if (!key.n)
        return;
    SK_GROW(l->arena, l->v, l->n, l->cap);
    l->v[l->n++] = (name_key){key, c};
}

static name_index index_of(sk_arena *a, const sk_countries *t)
{
    key_list l = {.arena = a};
    for (size_t i = 0; i < t->n; i++) {
        const sk_country *c = &t->list[i];
        const sk_str own[] = {c->code, c->alpha2, c->alpha3, c->name, c->name_ko};
        for (size_t k = 0; k < SK_COUNT(own); k++)
            add_key(&l, own[k], c);
        sk_str rest = c->others, name;
        while (rest.n && sk_str_cut(&rest, ';', &name))
            add_key(&l, sk_str_trim(name), c);
    }
    qsort(l.v, l.n, sizeof *l.v, by_key);
    return (name_index){l.v, l.n};
}

static sk_countries the_table;
static name_index the_index;
static sk_ctx the_ctx; /* owns both for the life of the program */

static void parse_embedded(void)
{
    sk_ctx_init(&the_ctx);
    sk_rc rc = sk_countries_parse(&the_ctx, sk_str_range(sk_countries_txt, sk_countries_txt_end),
                                  &the_table);
    sk_assert(rc == SK_OK); /* a test parses it on every build */
    the_index = index_of(&the_ctx.arena, &the_table);
}

const sk_countries *sk_countries_get(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, parse_embedded);
    return &the_table;
}

/* ---- looking up ---- */

/* The country that all entries of a key mean; NULL when none does, or they differ. */
static const sk_country *find_key(sk_str key)
{
    size_t lo = 0, hi = the_index.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (sk_str_cmp(the_index.keys[mid].key, key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    const sk_country *found = NULL;
    for (; lo < the_index.n && sk_str_eq(the_index.keys[lo].key, key); lo++) {
        if (found && found != the_index.keys[lo].country)
            return NULL;
        found = the_index.keys[lo].country;
    }
    return found;
}

/* "No", "In", "It": a word with a capital is no code. */
static bool is_word_of_two(sk_str s)
{
    return s.n == 2 && s.p[0] >= 'A' && s.p[0] <= 'Z' && s.p[1] >= 'a' && s.p[1] <= 'z';
}

static const sk_country *find_in(sk_arena *a, sk_str text)
{
    sk_countries_get();
    text = sk_str_trim(text);
    if (!text.n || text.n > MOST_NAME_BYTES || is_word_of_two(text))
        return NULL;
    const sk_country *c = find_key(normal(a, text));
    sk_str turned = c ? SK_NONE : turned_round(a, text);
    return turned.n ? find_key(normal(a, turned)) : c;
}

const sk_country *sk_country_find(sk_str text)
{
    sk_arena a = SK_ARENA_INIT;
    const sk_country *c = find_in(&a, text);
    sk_arena_done(&a);
    return c;
}

const sk_country *sk_country_of_code(sk_str code)
{
    const sk_countries *t = sk_countries_get();
    for (size_t i = 0; i < t->n; i++)
        if (sk_str_eq(t->list[i].code, code))
            return &t->list[i];
    return NULL;
}

const sk_country *sk_country_of_mid(sk_str digits)
{
    const sk_countries *t = sk_countries_get();
    for (size_t i = 0; digits.n == 3 && i < t->n; i++) {
        sk_str rest = t->list[i].mids, mid;
        while (rest.n && sk_str_cut(&rest, ' ', &mid))
            if (sk_str_eq(mid, digits))
                return &t->list[i];
    }
    return NULL;
}

sk_str sk_country_name(sk_str code, sk_lang lang)
{
    const sk_country *c = sk_country_of_code(code);
    if (!c)
        return code;
    return lang == SK_LANG_KO ? c->name_ko : c->name;
}

sk_str sk_country_enter(sk_arena *a, sk_str *value, sk_str *words)
{
    sk_str said = sk_str_trim(*value);
    const sk_country *c = find_in(a, said);
    if (!c)
        return sk_fmt(a,
                      "country \"%.*s\" is none that is known by this name alone; it is kept as "
                      "written",
                      SK_P(said));
    if (!words->n && !sk_str_eq(*value, c->code))
        *words = *value;
    *value = c->code;
    return SK_NONE;
}
