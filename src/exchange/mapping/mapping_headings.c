#include "exchange/mapping/mapping_headings.h"

#include "base/utf8.h"
#include "headings_stamp.h" /* built again when headings.txt changes */

#include <pthread.h>

__asm__(".section .rodata\n"
        "sk_headings_txt:\n"
        ".incbin \"" SK_MODEL_DIR "/headings.txt\"\n"
        "sk_headings_txt_end:\n"
        ".byte 0\n"
        ".previous\n");
extern const char sk_headings_txt[], sk_headings_txt_end[];

typedef enum word_kind {
    WORD_COLUMN,
    WORD_TAG,
    WORD_VALUE,
    WORD_ABSENT,
    WORD_LANG,
    WORD_TYPE
} word_kind;

typedef struct word {
    sk_str text; /* compared form; of a tag as it is */
    word_kind kind;
    sk_heading heading; /* of columns and tags; type also of types */
    sk_str list, target;
    sk_absent absent;
} word;

typedef struct words {
    word *items;
    size_t n, cap;
} words;

static const char *const role_names[SK_HEADING_ROLES] = {
    [SK_HEADING_PROPERTY] = "",         [SK_HEADING_ID] = "id",
    [SK_HEADING_SERIAL] = "serial",     [SK_HEADING_CLAIMANT] = "claimant",
    [SK_HEADING_ASOF] = "as-of",        [SK_HEADING_REFERENCE] = "reference",
    [SK_HEADING_RESTRICT] = "restrict", [SK_HEADING_KEEPING] = "keeping",
};

/* ---- comparing ---- */

static bool is_sign(char c)
{
    return (unsigned char)c <= ' ' || (c && strchr("_-./:*!,;\"'#()[]{}&", c));
}

/* Folded, with runs of blanks and signs made one blank. Text of signs alone stays as it is. */
static sk_str bare(sk_arena *a, sk_str s)
{
    sk_str folded = sk_utf8_fold(a, s);
    char *out = sk_alloc(a, folded.n + 1);
    size_t n = 0;
    bool is_due = false;
    for (size_t i = 0; i < folded.n; i++) {
        if (is_sign(folded.p[i])) {
            is_due = n > 0;
            continue;
        }
        if (is_due)
            out[n++] = ' ';
        is_due = false;
        out[n++] = folded.p[i];
    }
    return n ? (sk_str){out, n} : sk_str_trim(folded);
}

/* ---- parsing ---- */

typedef struct headings_parser {
    sk_ctx *cx;
    words *w;
    size_t line;
} headings_parser;

static sk_str next_word(sk_str *rest)
{
    *rest = sk_str_trim(*rest);
    size_t at = sk_str_find(*rest, SK_S(" "));
    sk_str w = sk_str_sub(*rest, 0, at);
    *rest = at == SIZE_MAX ? SK_NONE : sk_str_sub(*rest, at, rest->n);
    return w;
}

static sk_rc parse_heading(headings_parser *ps, sk_str *head, word *w)
{
    sk_str type = next_word(head), prop = next_word(head);
    if (sk_str_is(type, "-")) {
        for (size_t i = 1; i < SK_HEADING_ROLES; i++)
            if (sk_str_is(prop, role_names[i]))
                w->heading.role = (sk_heading_role)i;
        return w->heading.role ? SK_OK
                               : sk_fail(ps->cx, SK_E_FORMAT, "headings line %zu: no role \"%.*s\"",
                                         ps->line, SK_P(prop));
    }
    w->heading.type = sk_model_find_type(sk_model_get(), type);
    w->heading.prop = w->heading.type ? sk_type_find_prop(w->heading.type, prop) : NULL;
    return w->heading.prop ? SK_OK
                           : sk_fail(ps->cx, SK_E_FORMAT, "headings line %zu: no \"%.*s %.*s\"",
                                     ps->line, SK_P(type), SK_P(prop));
}

static sk_rc parse_head(headings_parser *ps, sk_str head, word *w)
{
    static const char *const kinds[] = {"column", "tag", "value", "absent", "lang", "type"};
    sk_str kind = next_word(&head);
    size_t k = 0;
    while (k < SK_COUNT(kinds) && !sk_str_is(kind, kinds[k]))
        k++;
    w->kind = (word_kind)k;
    if (k <= WORD_TAG)
        return parse_heading(ps, &head, w);
    if (k == WORD_VALUE)
        w->list = next_word(&head);
    w->target = next_word(&head);
    bool good = k < SK_COUNT(kinds) && w->target.n;
    if (good && k == WORD_ABSENT)
        good = sk_absent_parse(w->target, &w->absent);
    if (good && k == WORD_TYPE) {
        w->heading.type = sk_model_find_type(sk_model_get(), w->target);
        good = w->heading.type != NULL;
    }
    return good ? SK_OK
                : sk_fail(ps->cx, SK_E_FORMAT, "headings line %zu: \"%.*s\" is not understood",
                          ps->line, SK_P(kind));
}

static sk_rc parse(sk_ctx *cx, sk_str text, words *w)
{
    headings_parser ps = {.cx = cx, .w = w};
    sk_str line, piece;
    while (sk_str_cut(&text, '\n', &line)) {
        ps.line++;
        line = sk_str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        size_t at = sk_str_find(line, SK_S(" = "));
        word one = {0};
        if (at == SIZE_MAX)
            return sk_fail(cx, SK_E_FORMAT, "headings line %zu: no \" = \"", ps.line);
        SK_TRY(parse_head(&ps, sk_str_sub(line, 0, at), &one));
        sk_str rest = sk_str_sub(line, at + 3, line.n);
        while (sk_str_cut(&rest, '|', &piece)) {
            one.text = one.kind == WORD_TAG ? sk_str_trim(piece) : bare(&cx->arena, piece);
            if (!one.text.n)
                return sk_fail(cx, SK_E_FORMAT, "headings line %zu: an empty word", ps.line);
            SK_GROW(&cx->arena, w->items, w->n, w->cap);
            w->items[w->n++] = one;
        }
    }
    return SK_OK;
}

sk_rc sk_headings_check(sk_ctx *cx, sk_str text)
{
    words w = {0};
    return parse(cx, text, &w);
}

static words the_words;
static sk_ctx the_words_ctx; /* owns them for the life of the program */

static void parse_embedded(void)
{
    sk_ctx_init(&the_words_ctx);
    sk_rc rc =
        parse(&the_words_ctx, sk_str_range(sk_headings_txt, sk_headings_txt_end), &the_words);
    sk_assert(rc == SK_OK);
}

static const words *get_words(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, parse_embedded);
    return &the_words;
}

/* ---- looking up ---- */

static const word *find(word_kind kind, sk_str list, sk_str text)
{
    const words *w = get_words();
    for (size_t i = 0; i < w->n; i++)
        if (w->items[i].kind == kind && sk_str_eq(w->items[i].text, text) &&
            (!list.n || sk_str_eq(w->items[i].list, list)))
            return &w->items[i];
    return NULL;
}

/* "name (korean)" to "name" and "korean"; false when there are no brackets at the end. */
static bool split_brackets(sk_str s, sk_str *ret_base, sk_str *ret_inside)
{
    s = sk_str_trim(s);
    size_t open = sk_str_find(s, SK_S("("));
    if (open == SIZE_MAX || open == 0 || !sk_str_ends(s, SK_S(")")))
        return false;
    *ret_base = sk_str_sub(s, 0, open);
    *ret_inside = sk_str_sub(s, open + 1, s.n - open - 2);
    return true;
}

/* "name ko" to "name" and "ko", at the last or at the first blank of the bare form. */
static bool split_word(sk_str s, bool at_end, sk_str *ret_base, sk_str *ret_word)
{
    for (size_t i = 1; i + 1 < s.n; i++) {
        size_t at = at_end ? s.n - 1 - i : i;
        if (s.p[at] != ' ')
            continue;
        *ret_base = at_end ? sk_str_sub(s, 0, at) : sk_str_sub(s, at + 1, s.n);
        *ret_word = at_end ? sk_str_sub(s, at + 1, s.n) : sk_str_sub(s, 0, at);
        return true;
    }
    return false;
}

/* "yyyy-mm-dd", "dd/mm/yyyy": brackets that say how the column is written, not what it is. */
static bool is_form(sk_str inside)
{
    for (size_t i = 0; i < inside.n; i++)
        if (!strchr("ymd -/.0123456789", inside.p[i]))
            return false;
    return true;
}

bool sk_heading_find(sk_arena *a, sk_str heading, sk_heading *ret_heading)
{
    sk_str folded = sk_utf8_fold(a, heading), all = bare(a, heading), base, name;
    const word *column = find(WORD_COLUMN, SK_NONE, all), *lang = NULL;
    if (!column && split_brackets(folded, &base, &name)) {
        lang = find(WORD_LANG, SK_NONE, bare(a, name));
        if (lang || is_form(name))
            column = find(WORD_COLUMN, SK_NONE, bare(a, base));
    }
    for (int at_end = 1; !column && at_end >= 0; at_end--)
        if (split_word(all, at_end, &base, &name) && (lang = find(WORD_LANG, SK_NONE, name)))
            column = find(WORD_COLUMN, SK_NONE, base);
    if (!column)
        return false;
    *ret_heading = column->heading;
    ret_heading->lang = lang ? lang->target : SK_NONE;
    return true;
}

/* Does the tag have this entry's hashtag and all of its attributes? How many parts matched. */
static size_t tag_fits(sk_str entry, sk_str tag)
{
    sk_str rest = entry, part, base, of_tag = tag;
    size_t n = 0;
    if (!sk_str_cut(&rest, '+', &part) || !sk_str_cut(&of_tag, '+', &base) ||
        !sk_str_eq_nocase(sk_str_trim(part), sk_str_trim(base)))
        return 0;
    for (n = 1; rest.n && sk_str_cut(&rest, '+', &part); n++) {
        sk_str attributes = of_tag, one;
        bool has = false;
        while (attributes.n && sk_str_cut(&attributes, '+', &one))
            has |= sk_str_eq_nocase(sk_str_trim(one), part);
        if (!has)
            return 0;
    }
    return n;
}

bool sk_heading_of_tag(sk_str tag, sk_heading *ret_heading)
{
    const words *w = get_words();
    size_t most = 0;
    for (size_t i = 0; i < w->n; i++) {
        size_t n = w->items[i].kind == WORD_TAG ? tag_fits(w->items[i].text, tag) : 0;
        if (n > most) {
            most = n;
            *ret_heading = w->items[i].heading;
        }
    }
    sk_str rest = tag, part;
    while (most && rest.n && sk_str_cut(&rest, '+', &part)) {
        const word *lang = part.n == 2 ? find(WORD_LANG, SK_NONE, part) : NULL;
        if (lang)
            ret_heading->lang = lang->target;
    }
    return most > 0;
}

bool sk_heading_value(sk_arena *a, const char *list, sk_str cell, sk_str *ret_target)
{
    const word *w = find(WORD_VALUE, sk_str_of(list), bare(a, cell));
    if (w)
        *ret_target = w->target;
    return w != NULL;
}

bool sk_heading_has_values(sk_str list)
{
    const words *w = get_words();
    for (size_t i = 0; i < w->n; i++)
        if (w->items[i].kind == WORD_VALUE && sk_str_eq(w->items[i].list, list))
            return true;
    return false;
}

bool sk_heading_absent(sk_arena *a, sk_str cell, sk_absent *ret_absent)
{
    const word *w = find(WORD_ABSENT, SK_NONE, bare(a, cell));
    if (w)
        *ret_absent = w->absent;
    return w != NULL;
}

const sk_type *sk_heading_type(sk_arena *a, sk_str name)
{
    const word *w = find(WORD_TYPE, SK_NONE, bare(a, name));
    return w ? w->heading.type : NULL;
}
