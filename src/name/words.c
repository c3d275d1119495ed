/* Sections of words: from a form to flat bytes, and the face of the comparers. */
#include "name/words.h"

#include "base/utf8.h"
#include "name/org.h"
#include "name/place.h"
#include "name/spelling.h"
#include "name/words_private.h"

#include <string.h>

/* ---- marks on tokens of a form ---- */

static uint64_t token_key(const sk_form *f, const sk_form_token *t)
{
    uint8_t letter[SK_WORD_LETTERS];
    unsigned n = sk_letters_read(f->cp + t->at, t->n, letter, SK_WORD_LETTERS);
    return n ? sk_letters_key((sk_script)t->script, letter, n) : 0;
}

void sk_words_mark(sk_form *f)
{
    unsigned honorifics = 0;

    for (unsigned i = 0; i < f->n_token; i++) {
        sk_form_token *t = &f->token[i];
        uint64_t key = token_key(f, t);
        bool is_edge = i == honorifics || i + 1 == f->n_token || t->before == SK_BREAK_COMMA;
        bool is_east = t->script == SK_SCRIPT_HANG || t->script == SK_SCRIPT_HANI ||
                       t->script == SK_SCRIPT_KANA;
        if (f->n_token > 1 && is_edge && (i + 1 < f->n_token || is_east) &&
            honorifics + 1 < f->n_token && sk_wordbook_find(key, SK_BOOK_HONORIFIC)) {
            t->flags |= SK_TOKEN_HONORIFIC;
            honorifics++;
        }
        if (f->n_token > 1 && sk_wordbook_find(key, SK_BOOK_PARTICLE))
            t->flags |= SK_TOKEN_PARTICLE;
        if (f->n_token > 2 && i > 1 && sk_wordbook_find(key, SK_BOOK_SUFFIX))
            t->flags |= SK_TOKEN_SUFFIX;
    }
}

/* ---- rarity ---- */

#define IDF_UNKNOWN 9.2f /* a word that stands in no table */
#define IDF_INITIAL 1.5f
#define IDF_LIGHT   0.3f
#define IDF_FATHER  1.2f

static float idf_of_count(unsigned count)
{
    float v = logf((float)SK_WORDBOOK_NAMES / (float)count);
    return v < IDF_UNKNOWN ? v : IDF_UNKNOWN;
}

static float book_idf(uint64_t key)
{
    const sk_wordbook_entry *e = sk_wordbook_find(key, SK_BOOK_FAMILY_COUNT);
    if (!e)
        e = sk_wordbook_find(key, SK_BOOK_COUNT);
    return e ? idf_of_count(e->value) : IDF_UNKNOWN;
}

/* Short unknown words are less telling than long ones: others are a letter away. */
static float own_idf(uint64_t key, unsigned letters, sk_script script)
{
    float v = book_idf(key), cap = 3.0f + 1.2f * (float)letters;

    if (script == SK_SCRIPT_HANI || script == SK_SCRIPT_HANG || script == SK_SCRIPT_KANA)
        cap = 3.0f + 1.5f * (float)letters;
    return v < cap ? v : cap;
}

float draft_idf(const draft_word *w)
{
    return own_idf(sk_letters_key((sk_script)w->script, w->letter, w->n), w->n,
                   (sk_script)w->script);
}

double sk_word_idf(const uint32_t *cp, unsigned n)
{
    uint8_t letter[SK_WORD_LETTERS];
    sk_script script = SK_SCRIPT_NONE;

    for (unsigned i = 0; i < n && script == SK_SCRIPT_NONE; i++)
        script = sk_letter_script(cp[i]);
    unsigned k = sk_letters_read(cp, n, letter, SK_WORD_LETTERS);
    return k ? (double)own_idf(sk_letters_key(script, letter, k), k, script) : 0;
}

/* Code points of a word again, from its letters. */
static unsigned word_code_points(const sk_words *w, const sk_word *word, uint32_t *cp)
{
    const uint8_t *letter = word_letters(w, word);
    uint32_t base = word->script == SK_SCRIPT_CYRL   ? 0x42F
                    : word->script == SK_SCRIPT_ARAB ? 0x626
                                                     : 'a' - SK_LETTER_A;
    for (unsigned i = 0; i < word->n; i++) {
        bool is_digit = letter[i] >= SK_LETTER_0 && letter[i] <= SK_LETTER_0 + 9 &&
                        (word->flags & WORD_NUMBER || word->script == SK_SCRIPT_LATN);
        cp[i] = is_digit ? (uint32_t)('0' + letter[i] - SK_LETTER_0) : base + letter[i];
    }
    return word->n;
}

float word_rarity(const sk_words *w, const sk_word *word, const sk_rarity *rarity)
{
    float own = (float)word->idf / WORD_IDF_UNIT;
    uint32_t cp[SK_WORD_LETTERS];
    bool asks = rarity && rarity->idf && !(word->flags & (WORD_LIGHT | WORD_INITIAL)) &&
                (word->script == SK_SCRIPT_LATN || word->script == SK_SCRIPT_CYRL ||
                 word->script == SK_SCRIPT_ARAB);
    if (!asks)
        return own;
    /* A small list knows too little to call a word rare; it may call one common. */
    float list = (float)rarity->idf(rarity->arg, cp, word_code_points(w, word, cp));
    return list < own ? list : own;
}

float sk_words_information(const sk_words *w, const sk_rarity *rarity)
{
    float sum = 0;

    for (unsigned i = 0; i < w->n_word; i++)
        if (!(words_of(w)[i].flags & WORD_LIGHT))
            sum += word_rarity(w, &words_of(w)[i], rarity);
    return sum;
}

/* ---- storing ---- */

typedef struct store {
    sk_word word[SK_WORDS_MAX];
    uint16_t family[SK_WORDS_MAX * 6];
    uint8_t letter[SK_WORDS_MAX * SK_WORD_LETTERS * 2];
    unsigned n_word, n_family, n_letter;
} store;

static void store_families(store *s, uint64_t key, sk_word *w)
{
    static const struct {
        sk_wordbook_kind kind;
        unsigned as;
    } KIND[] = {{SK_BOOK_SAME, FAMILY_SAME},
                {SK_BOOK_SHORT, FAMILY_SHORT},
                {SK_BOOK_COUSIN, FAMILY_COUSIN}};
    w->family_at = (uint8_t)s->n_family;
    for (unsigned k = 0; k < 3; k++) {
        uint32_t at = 0;
        const sk_wordbook_entry *e;
        while (w->n_family < 6 && s->n_family < 255 &&
               (e = sk_wordbook_next(key, KIND[k].kind, &at))) {
            s->family[s->n_family++] = FAMILY(e->value, KIND[k].as, e->extra);
            w->n_family++;
        }
    }
}

static float stored_idf(const draft_word *d, uint64_t key)
{
    if (d->flags & WORD_LIGHT)
        return IDF_LIGHT;
    if (d->flags & WORD_INITIAL)
        return IDF_INITIAL;
    if (d->flags & WORD_FATHER)
        return IDF_FATHER;
    float v = d->idf > 0 ? d->idf : own_idf(key, d->n, (sk_script)d->script);
    if (d->flags & WORD_GENERIC)
        return v < 1.2f ? v : 1.2f;
    if (d->flags & WORD_PLACE)
        return v < 2.5f ? v : 2.5f;
    if (d->flags & WORD_SECTOR)
        return v < 3.0f ? v : 3.0f;
    return v;
}

static void store_word(store *s, const draft_word *d)
{
    sk_word *w = &s->word[s->n_word++];
    uint64_t key = sk_letters_key((sk_script)d->script, d->letter, d->n);

    *w = (sk_word){
        .hash = (uint32_t)(key ^ key >> 32),
        .flags = d->flags,
        .concept = d->concept,
        .number = d->number,
        .letter_at_lo = (uint8_t)s->n_letter,
        .letter_at_hi = (uint8_t)(s->n_letter >> 8),
        .n = d->n,
        .script = d->script,
        .token = d->token,
    };
    memcpy(s->letter + s->n_letter, d->letter, d->n);
    s->n_letter += d->n;
    uint8_t *sound = s->letter + s->n_letter;
    if (d->script == SK_SCRIPT_LATN)
        w->n_sound = (uint8_t)sk_letters_sound(d->letter, d->n, sound);
    s->n_letter += w->n_sound;
    w->mask = w->n_sound ? sk_spelling_mask(sound, w->n_sound) : sk_spelling_mask(d->letter, d->n);
    w->idf = (uint16_t)(stored_idf(d, key) * WORD_IDF_UNIT);
    store_families(s, key, w);
}

/* A name all of whose words are light has nothing else: then they count. */
static void restore_weight(draft *d)
{
    for (unsigned i = 0; i < d->n; i++)
        if (!(d->word[i].flags & WORD_LIGHT))
            return;
    for (unsigned i = 0; i < d->n; i++)
        d->word[i].flags &= (uint16_t) ~(WORD_PARTICLE | WORD_SUFFIX | WORD_HONORIFIC | WORD_STOP);
}

/* Does a Latin name begin or end with one of the usual spellings of common Korean surnames? */
static bool has_korean_surname(const draft *d)
{
    static const char *const SURNAME[] = {
        "kim",  "gim",   "lee",   "ri",    "yi",    "rhee",  "rhie", "park", "pak",  "bak",  "choe",
        "choi", "jong",  "jung",  "jeong", "chung", "chong", "kang", "gang", "jo",   "cho",  "yun",
        "yoon", "jang",  "chang", "im",    "lim",   "rim",   "han",  "o",    "oh",   "so",   "seo",
        "suh",  "sin",   "shin",  "kwon",  "gwon",  "hwang", "an",   "ahn",  "song", "ryu",  "yu",
        "yoo",  "hong",  "jon",   "jeon",  "jun",   "chon",  "chun", "ko",   "go",   "koh",  "mun",
        "moon", "son",   "sohn",  "yang",  "paek",  "baek",  "paik", "ho",   "heo",  "hur",  "nam",
        "sim",  "shim",  "ro",    "no",    "roh",   "noh",   "ha",   "kwak", "gwak", "song", "cha",
        "ju",   "joo",   "chu",   "u",     "woo",   "ku",    "gu",   "koo",  "min",  "na",   "ra",
        "chin", "jin",   "ji",    "chi",   "om",    "um",    "chae", "won",  "pang", "bang", "kong",
        "hyon", "hyun",  "ham",   "pyon",  "yom",   "yeom",  "yeo",  "to",   "do",   "sok",  "sol",
        "ma",   "kil",   "wi",    "pyo",   "myong", "ki",    "pan",  "wang", "kum",  "ok",   "yuk",
        "in",   "maeng", "che",   "tak",   "kuk",   "ryo",   "tae"};
    const unsigned place[2] = {0, d->n ? d->n - 1 : 0};

    if (d->n < 2 || d->n > 4)
        return false;
    for (unsigned k = 0; k < 2; k++) {
        const draft_word *w = &d->word[place[k]];
        for (unsigned i = 0; i < sizeof(SURNAME) / sizeof(SURNAME[0]); i++)
            if (w->script == SK_SCRIPT_LATN && draft_word_is(w, SURNAME[i]))
                return true;
    }
    return false;
}

static void put_section(sk_buf *out, const store *s, sk_words head)
{
    size_t words = s->n_word * sizeof(sk_word), families = s->n_family * sizeof(uint16_t);
    size_t n = (sizeof(head) + words + families + s->n_letter + 7) / 8 * 8;
    char *p = sk_buf_room(out, n);

    if (!p)
        return;
    memset(p, 0, n);
    head.size_bytes = (uint32_t)n;
    head.n_word = (uint8_t)s->n_word;
    head.n_family = (uint8_t)s->n_family;
    head.n_letter = (uint16_t)s->n_letter;
    memcpy(p, &head, sizeof(head));
    memcpy(p + sizeof(head), s->word, words);
    memcpy(p + sizeof(head) + words, s->family, families);
    memcpy(p + sizeof(head) + words + families, s->letter, s->n_letter);
    sk_buf_grew(out, n);
}

static sk_name_kind kind_of(const sk_form *f, sk_name_kind asked)
{
    if (asked != SK_NAME_ANY)
        return asked;
    return sk_org_is_body(f) ? SK_NAME_ORGANIZATION : SK_NAME_PERSON;
}

static void draft_kind(draft *d, sk_name_kind kind)
{
    switch (kind) {
    case SK_NAME_ORGANIZATION:
        draft_org(d);
        break;
    case SK_NAME_VESSEL:
        draft_vessel(d);
        break;
    case SK_NAME_PLACE:
        draft_place(d);
        break;
    case SK_NAME_ANY:
    case SK_NAME_PERSON:
        draft_person(d);
        break;
    }
}

void sk_words_prepare(const sk_form *f, sk_name_kind kind, sk_buf *out)
{
    draft d;
    store s = {.n_word = 0, .n_family = 0, .n_letter = 0};
    sk_words head = {.kind = (uint8_t)kind_of(f, kind), .has_comma = f->has_comma};

    draft_read(f, &d);
    draft_kind(&d, (sk_name_kind)head.kind);
    restore_weight(&d);
    for (unsigned i = 0; i < d.n && s.n_word < SK_WORDS_MAX; i++)
        store_word(&s, &d.word[i]);
    head.is_cut = d.is_cut || d.n > SK_WORDS_MAX;
    for (unsigned i = 0; i < d.n; i++)
        head.is_cut |= d.word[i].is_cut;
    head.place = d.place;
    head.korean_surname = head.kind == SK_NAME_PERSON && has_korean_surname(&d);
    memcpy(head.legal, d.legal, sizeof(head.legal));
    put_section(out, &s, head);
}

size_t sk_words_size_bytes(const sk_words *w)
{
    return w->size_bytes;
}

bool sk_words_is_cut(const sk_words *w)
{
    return w->is_cut;
}

bool sk_words_has_korean_surname(const sk_words *w)
{
    return w->korean_surname;
}

sk_name_kind sk_words_kind(const sk_words *w)
{
    return (sk_name_kind)w->kind;
}

bool sk_words_rest(const sk_form *f, sk_name_kind kind, sk_form *ret_rest)
{
    draft d;

    kind = kind_of(f, kind);
    if (kind == SK_NAME_PERSON)
        return false;
    draft_read(f, &d);
    draft_kind(&d, kind);
    return draft_rest(&d, ret_rest);
}

uint64_t sk_words_tables_id(void)
{
    return SK_WORDBOOK_ID ^ (sizeof(sk_word) << 8 | sizeof(sk_words)) * 0x9E3779B97F4A7C15u;
}

/* ---- comparing ---- */

static bool is_body(const sk_words *w)
{
    return w->kind == SK_NAME_ORGANIZATION || w->kind == SK_NAME_VESSEL || w->kind == SK_NAME_PLACE;
}

/* Which side is worked through first decides ties; the bytes decide which one that is. */
static bool stands_second(const sk_words *a, const sk_words *b)
{
    if (a->size_bytes != b->size_bytes)
        return a->size_bytes > b->size_bytes;
    return memcmp(a, b, a->size_bytes) > 0;
}

static void swap_sides(sk_words_result *r)
{
    uint8_t u = r->words_a, left = r->n_left_a;
    float weight = r->weight_a, met = r->met_a;

    r->words_a = r->words_b, r->words_b = u;
    r->n_left_a = r->n_left_b, r->n_left_b = left;
    r->weight_a = r->weight_b, r->weight_b = weight;
    r->met_a = r->met_b, r->met_b = met;
}

static void swap_pairs(word_pairing *p)
{
    for (unsigned i = 0; i < p->n; i++) {
        word_pair *w = &p->pair[i];
        int8_t a = w->a;
        uint8_t n = w->n_a;
        w->a = w->b, w->b = a;
        w->n_a = w->n_b, w->n_b = n;
    }
}

static void compare(const sk_words *a, const sk_words *b, const sk_rarity *rarity,
                    const sk_rest_asker *rest, sk_words_result *ret, word_pairing *pairing)
{
    bool swapped = stands_second(a, b);
    const sk_words *x = swapped ? b : a, *y = swapped ? a : b;

    *ret = (sk_words_result){.applicable = false};
    if (pairing)
        pairing->n = 0;
    if (!a->n_word || !b->n_word)
        return;
    if (is_body(a) || is_body(b))
        words_compare_body(x, y, rarity, rest, ret, pairing);
    else
        words_compare_person(x, y, rarity, ret, pairing);
    if (swapped) {
        swap_sides(ret);
        if (pairing)
            swap_pairs(pairing);
    }
}

void sk_words_compare(const sk_words *a, const sk_words *b, const sk_rarity *rarity,
                      const sk_rest_asker *rest, sk_words_result *ret_result)
{
    compare(a, b, rarity, rest, ret_result, NULL);
}

/* ---- explaining ---- */

static const char *how_in_words(unsigned how)
{
    static const char *const TEXT[] = {
        [HOW_LEFT] = "nothing met it",
        [HOW_EQUAL] = "the same word",
        [HOW_SAME_NAME] = "spellings of one name",
        [HOW_SPELLED] = "spelled alike",
        [HOW_SHORT] = "short form",
        [HOW_COUSIN] = "the name in another language",
        [HOW_INITIAL] = "initial",
        [HOW_JOINED] = "written together",
        [HOW_CONCEPT] = "translation or form of one word",
        [HOW_ABBREVIATED] = "abbreviation",
        [HOW_ACRONYM] = "first letters",
        [HOW_DIFFERENT] = "different words in one place",
        [HOW_NUMBER] = "numbers differ",
        [HOW_REST] = "proper names",
    };
    return TEXT[how];
}

/* The written text of n words from word number at, as the form folds it. */
static sk_str words_text(sk_arena *arena, const sk_form *f, const sk_words *w, int at, unsigned n)
{
    char *text = sk_alloc(arena, SK_FORM_CPS * 4 + SK_FORM_TOKENS);
    size_t len = 0;

    if (at < 0)
        return SK_NONE;
    unsigned from = words_of(w)[at].token;
    unsigned to = (unsigned)at + n < w->n_word ? words_of(w)[(unsigned)at + n].token : f->n_token;
    if (to <= from)
        to = from + 1;
    for (unsigned t = from; t < to && t < f->n_token; t++) {
        if (t > from && f->token[t].before != SK_BREAK_NONE)
            text[len++] = f->token[t].before == SK_BREAK_HYPHEN ? '-' : ' ';
        for (unsigned i = 0; i < f->token[t].n; i++)
            len += sk_utf8_put(f->cp[f->token[t].at + i], text + len);
    }
    return (sk_str){text, len};
}

size_t sk_words_explain(sk_arena *arena, const sk_form *fa, const sk_form *fb, const sk_words *a,
                        const sk_words *b, const sk_rarity *rarity, const sk_name_step **ret_steps)
{
    sk_words_result r;
    word_pairing p;

    compare(a, b, rarity, NULL, &r, &p);
    if (!r.applicable || !p.n)
        return 0;
    sk_name_step *step = sk_new_array(arena, sk_name_step, p.n);
    for (unsigned i = 0; i < p.n; i++) {
        const word_pair *w = &p.pair[i];
        step[i] = (sk_name_step){
            .a = words_text(arena, fa, a, w->a, w->n_a),
            .b = words_text(arena, fb, b, w->b, w->n_b),
            .how = sk_str_of(how_in_words(w->how)),
            .cost = (double)w->cost,
        };
    }
    *ret_steps = step;
    return p.n;
}
