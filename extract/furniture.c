#include "furniture.h"

#include "base/utf8.h"
#include "embed.h"
#include "phrases.h"

SK_EMBED(sk_furniture_txt, "furniture.txt");

enum { LINE, BEGINS, HOLDS, CREDIT, SECTION, MENU, BRAND, ELEMENT, ROLE, CLASS, KINDS };
static const char *const kind_names[KINDS] = {"line", "begins", "holds",   "credit", "section",
                                              "menu", "brand",  "element", "role",   "class"};

enum {
    BEGINS_BYTES = 240,     /* the longest line that a `begins` phrase may mark        */
    LINE_BYTES = 320,       /* the longest line that anything but a credit is sought in */
    TAIL_BYTES = 300,       /* where in a longer paragraph a credit is sought           */
    CREDIT_BYTES = 160,     /* the longest credit behind a sentence                     */
    CREDIT_LINE_BYTES = 80, /* the longest line that is a credit alone             */
    SECTION_LINES = 12,     /* how many lines under "Related articles" belong to it     */
    SECTION_BYTES = 200,    /* the longest of those                                   */
    TOP_BLOCKS = 8,         /* tags run together are sought in the first so many blocks */
};

/* The table, read once and then only looked at; the extractor has one thread. */
static const sk_phrases *phrases(void)
{
    static sk_phrases set;
    static sk_arena arena;
    if (!set.first)
        sk_phrases_read(&set, &arena, sk_str_range(sk_furniture_txt, sk_furniture_txt_end),
                        kind_names, KINDS);
    return &set;
}

void sk_furniture_warm_up(void)
{
    phrases();
}

static bool is_name(unsigned kind, sk_str s)
{
    char folded[64];
    if (s.n < 2 || s.n > sizeof folded)
        return false;
    return sk_phrases_has(phrases(), kind, (sk_str){folded, sk_phrases_fold(s, folded, NULL)});
}

bool sk_furniture_is_element(sk_str name)
{
    return is_name(ELEMENT, name);
}

bool sk_furniture_is_role(sk_str role)
{
    return is_name(ROLE, role);
}

bool sk_furniture_is_class(sk_str token)
{
    return is_name(CLASS, token);
}

/* Punctuation, arrows, bullets and blanks: what may stand around a phrase. */
static bool is_dressing(uint32_t c)
{
    if (c < 0x80)
        return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    return (c >= 0xA0 && c <= 0xBF) || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x245F) ||
           (c >= 0x2500 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x3030) ||
           (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF01 && c <= 0xFF0F) || c == 0xFFFD;
}

/* The character before s.p[at]. */
static uint32_t char_before(sk_str s, size_t at, size_t *ret_at)
{
    size_t i = at - 1;
    while (i && ((unsigned char)s.p[i] & 0xC0) == 0x80)
        i--;
    *ret_at = i;
    return sk_utf8_next(s, &i);
}

static sk_str undress(sk_str s)
{
    size_t at = 0, from = 0, before;
    while (at < s.n && is_dressing(sk_utf8_next(s, &at)))
        from = at;
    s = sk_str_sub(s, from, s.n);
    while (s.n && is_dressing(char_before(s, s.n, &before)))
        s.n = before;
    return s;
}

/* Without a count behind it: "comments (3)" is undressed to "comments (3", then to "comments". */
static sk_str uncount(sk_str s)
{
    size_t n = s.n;
    while (n && s.p[n - 1] >= '0' && s.p[n - 1] <= '9')
        n--;
    return n && n < s.n ? undress((sk_str){s.p, n}) : s;
}

bool sk_ends_sentence(sk_str s)
{
    s = sk_str_trim(s);
    for (int quotes = 0; s.n && quotes < 3; quotes++) {
        size_t before;
        uint32_t c = char_before(s, s.n, &before);
        if (c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF0E || c == 0xFF01 ||
            c == 0xFF1F || c == 0x2026 || c == 0x061F || c == 0x0964)
            return true;
        bool closes = c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D ||
                      c == 0xBB || c == 0x300D || c == 0x300F || c == 0xFF09;
        if (!closes)
            return false;
        s.n = before;
    }
    return false;
}

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Does the phrase at that place stand for itself, and not inside a longer word? Only scripts that
 * part words by blanks can tell; ASCII is enough for our phrases. */
static bool is_whole(sk_str line, sk_str phrase, size_t at)
{
    size_t end = at + phrase.n;
    bool before = at == 0 || (unsigned char)phrase.p[0] >= 0x80 || !is_word_byte(line.p[at - 1]);
    bool after = end == line.n || (unsigned char)phrase.p[phrase.n - 1] >= 0x80 ||
                 !is_word_byte(phrase.p[phrase.n - 1]) || !is_word_byte(line.p[end]);
    return before && after;
}

typedef struct line_search {
    sk_str line, bare;
    bool found;
} line_search;

static bool holds_or_begins(const sk_phrase *p, size_t at, void *arg)
{
    const line_search *s = arg;
    size_t lead = (size_t)(s->bare.p - s->line.p); /* "* copyright" begins with it too */
    if (p->kind == BEGINS)
        return (at == 0 || at == lead) && s->line.n <= BEGINS_BYTES;
    return p->kind == HOLDS && is_whole(s->line, p->text, at);
}

/* How many menu words the line is, parted by | > / and the like; 0 when it holds anything else. */
static size_t count_menu_words(sk_str line)
{
    size_t n_words = 0;
    while (line.n) {
        size_t end = 0, at = 0;
        while (at < line.n) {
            uint32_t c = (unsigned char)line.p[at];
            c = c < 0x80 ? (at++, c) : sk_utf8_next(line, &at);
            if (c == '|' || c == '>' || c == '/' || c == 0xB7 || c == 0xBB || c == 0x203A ||
                c == 0x2022 || c == 0x30FB)
                break;
            end = at;
        }
        sk_str word = undress(sk_str_sub(line, 0, end));
        if (word.n && !sk_phrases_has(phrases(), MENU, word))
            return 0;
        n_words += word.n > 0;
        line = sk_str_sub(line, at, line.n);
    }
    return n_words;
}

typedef enum verdict { CONTENT, IS_FURNITURE, IS_SECTION, IS_MENU_WORD } verdict;

static verdict judge(sk_str text)
{
    char folded[LINE_BYTES];
    if (text.n > LINE_BYTES)
        return CONTENT;
    line_search s = {.line = {folded, sk_phrases_fold(text, folded, NULL)}};
    s.bare = undress(s.line);
    sk_str name = uncount(s.bare);
    if (sk_phrases_has(phrases(), LINE, s.bare) || sk_phrases_has(phrases(), LINE, name))
        return IS_FURNITURE;
    if (sk_phrases_has(phrases(), SECTION, s.bare) || sk_phrases_has(phrases(), SECTION, name))
        return IS_SECTION;
    if (sk_phrases_find(phrases(), s.line, holds_or_begins, &s))
        return IS_FURNITURE;
    size_t n_words = count_menu_words(s.line);
    return n_words >= 2 ? IS_FURNITURE : n_words ? IS_MENU_WORD : CONTENT;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Places inside one word where two words were run together: "AsiaWeapons", "FOIPNortheast". */
static size_t count_joints(sk_str word)
{
    size_t n = 0, lower = 0, upper = 0;
    for (size_t i = 0; i < word.n; i++) {
        bool opens = is_upper(word.p[i]) && i + 2 < word.n && is_lower(word.p[i + 1]) &&
                     is_lower(word.p[i + 2]);
        if (opens && (lower >= 3 || upper >= 3))
            n++;
        lower = is_lower(word.p[i]) ? lower + 1 : 0;
        upper = is_upper(word.p[i]) ? upper + 1 : 0;
    }
    return n;
}

static bool is_brand(const sk_phrase *p, size_t at, void *arg)
{
    return p->kind == BRAND;
}

static bool is_run_together(sk_str line)
{
    size_t joints = 0;
    if (line.n > SECTION_BYTES || sk_ends_sentence(line))
        return false;
    for (size_t i = 0, from; i < line.n; i++) {
        for (from = i; i < line.n && (is_upper(line.p[i]) || is_lower(line.p[i])); i++) {
        }
        sk_str word = sk_str_sub(line, from, i - from);
        char folded[SECTION_BYTES];
        size_t n = count_joints(word);
        if (n && !sk_phrases_find(phrases(), (sk_str){folded, sk_phrases_fold(word, folded, NULL)},
                                  is_brand, NULL))
            joints += n;
    }
    return joints >= 2;
}

static sk_str text_of(const sk_build *b, const sk_block *k)
{
    return sk_str_sub(sk_buf_str(&b->text), k->start, k->end - k->start);
}

static bool is_judged(const sk_block *k)
{
    return k->kind == SK_BLOCK_TEXT || k->kind == SK_BLOCK_HEADING;
}

/* Tags run together stand above a headline (which is no sentence), or among furniture. */
static void mark_tags(sk_build *b)
{
    for (size_t i = 0; i < b->n_blocks; i++) {
        sk_block *k = &b->blocks[i];
        bool at_top = i < TOP_BLOCKS && i + 1 < b->n_blocks &&
                      (b->blocks[i + 1].kind == SK_BLOCK_FURNITURE ||
                       (b->blocks[i + 1].end - b->blocks[i + 1].start <= SECTION_BYTES &&
                        !sk_ends_sentence(text_of(b, &b->blocks[i + 1]))));
        bool in_furniture = i > 0 && b->blocks[i - 1].kind == SK_BLOCK_FURNITURE &&
                            (i + 1 == b->n_blocks || b->blocks[i + 1].kind == SK_BLOCK_FURNITURE);
        if (k->kind == SK_BLOCK_TEXT && (at_top || in_furniture) && is_run_together(text_of(b, k)))
            k->kind = SK_BLOCK_FURNITURE;
    }
}

/* Short lines that are no sentences, under a heading such as "Related articles". Not in the first
 * third of the document: at its top such a heading may introduce content. */
static size_t mark_section(sk_build *b, size_t i)
{
    b->blocks[i].kind = SK_BLOCK_FURNITURE;
    if (b->blocks[i].start < b->text.n / 3)
        return i;
    for (int left = SECTION_LINES; left && i + 1 < b->n_blocks; left--) {
        sk_block *k = &b->blocks[i + 1];
        sk_str text = text_of(b, k);
        if (!is_judged(k) || text.n > SECTION_BYTES || sk_ends_sentence(text))
            break;
        k->kind = SK_BLOCK_FURNITURE;
        i++;
    }
    return i;
}

static void mark_lines(sk_build *b)
{
    size_t menu_run = 0;
    for (size_t i = 0; i < b->n_blocks; i++) {
        sk_block *k = &b->blocks[i];
        verdict v = is_judged(k) ? judge(text_of(b, k)) : CONTENT;
        menu_run = v == IS_MENU_WORD ? menu_run + 1 : 0;
        if (v == IS_SECTION)
            i = mark_section(b, i);
        else if (v == IS_FURNITURE)
            k->kind = SK_BLOCK_FURNITURE;
        else if (menu_run >= 2)
            k->kind = k[-1].kind = SK_BLOCK_FURNITURE;
    }
}

typedef struct credit_search {
    sk_str original, line;
    const uint32_t *map; /* folded byte to byte of original */
    bool is_whole_block; /* original is all of the block, not its tail */
    size_t found;        /* byte of original, or SIZE_MAX */
} credit_search;

static bool ends_with_bracket(sk_str s)
{
    return sk_str_ends(s, SK_S(")")) || sk_str_ends(s, SK_S("]")) ||
           sk_str_ends(s, SK_S("\xE3\x80\x91"));
}

static bool is_credit(const sk_phrase *p, size_t at, void *arg)
{
    credit_search *s = arg;
    if (p->kind != CREDIT)
        return false;
    size_t from = s->map[at];
    sk_str head = sk_str_trim(sk_str_sub(s->original, 0, from));
    sk_str rest = sk_str_sub(s->line, at + p->text.n, s->line.n);
    char opens = p->text.p[0], last = p->text.p[p->text.n - 1];
    bool in_bracket = opens == '(' || opens == '[' || sk_str_starts(p->text, SK_S("\xE3\x80\x90"));
    bool is_named = last == ':' || last == '='; /* "photo by" alone needs a sentence end before */
    if (in_bracket && !ends_with_bracket(s->line))
        return false;
    if (!head.n && s->is_whole_block) {
        if (s->line.n > CREDIT_LINE_BYTES || sk_str_find(rest, SK_S(". ")) != SIZE_MAX)
            return false;
    } else {
        bool blank = from && (s->original.p[from - 1] == ' ' || s->original.p[from - 1] == '\n');
        bool capital = (unsigned char)opens >= 0x80 || is_upper(s->original.p[from]);
        if (rest.n > CREDIT_BYTES || !head.n || sk_str_find(rest, SK_S(". ")) != SIZE_MAX)
            return false;
        if (!in_bracket && !sk_ends_sentence(head) && !(blank && capital && is_named))
            return false;
        if (!blank && !in_bracket && (unsigned char)opens < 0x80)
            return false;
    }
    s->found = from;
    return true;
}

/* Quickly: all phrases of credits have a sign of these, or are about a photo or an image. */
static bool may_hold_credit(sk_str s)
{
    static const char signs[] = ":=([/";
    static const sk_str others[] = {SK_S("\xEF\xBC"), SK_S("\xE3\x80\x90"), SK_S("\xE2\x93\x92"),
                                    SK_S("hoto"),     SK_S("HOTO"),         SK_S("mage"),
                                    SK_S("MAGE")};
    for (size_t i = 0; i < sizeof signs - 1; i++)
        if (memchr(s.p, signs[i], s.n))
            return true;
    for (size_t i = 0; i < SK_COUNT(others); i++)
        if (sk_str_find(s, others[i]) != SIZE_MAX)
            return true;
    return false;
}

/* Where in the block a picture's credit begins: 0 for all of it, SIZE_MAX for none. */
static size_t find_credit(sk_str text)
{
    char folded[LINE_BYTES];
    uint32_t map[LINE_BYTES + 1];
    size_t skip = text.n > LINE_BYTES ? text.n - TAIL_BYTES : 0;
    while (skip < text.n && ((unsigned char)text.p[skip] & 0xC0) == 0x80)
        skip++;
    credit_search s = {sk_str_sub(text, skip, text.n), SK_NONE, map, skip == 0, SIZE_MAX};
    if (!may_hold_credit(s.original))
        return SIZE_MAX;
    s.line = (sk_str){folded, sk_phrases_fold(s.original, folded, map)};
    if (!sk_phrases_find(phrases(), s.line, is_credit, &s))
        return SIZE_MAX;
    return skip + s.found;
}

/* The part of the block's range in the exhibit, where bytes there are bytes here. */
static sk_block part_of(const sk_block *k, size_t start, size_t end, sk_block_kind kind)
{
    sk_block part = *k;
    if (k->orig_end - k->orig_start == k->end - k->start) {
        part.orig_start += start - k->start;
        part.orig_end = part.orig_start + (end - start);
    }
    part.start = start;
    part.end = end;
    part.kind = kind;
    return part;
}

/* The blocks so far, before the first one that must be split. */
static sk_block *copy_blocks(sk_build *b, size_t n, size_t *ret_cap)
{
    *ret_cap = b->n_blocks + 16;
    sk_block *blocks = sk_new_array(&b->cx->arena, sk_block, *ret_cap);
    if (n)
        memcpy(blocks, b->blocks, n * sizeof *blocks);
    return blocks;
}

static void split_credits(sk_build *b)
{
    sk_block *blocks = NULL; /* NULL as long as nothing was split */
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < b->n_blocks; i++) {
        sk_block k = b->blocks[i];
        sk_str text = text_of(b, &k);
        size_t at = k.kind == SK_BLOCK_TEXT ? find_credit(text) : SIZE_MAX;
        size_t head = at != SIZE_MAX ? sk_str_trim(sk_str_sub(text, 0, at)).n : 0;
        if (at == 0) {
            k.kind = SK_BLOCK_FURNITURE;
        } else if (at != SIZE_MAX && head < at && b->n_blocks + (n - i) < SK_LIM_BLOCKS) {
            if (!blocks)
                blocks = copy_blocks(b, n, &cap);
            SK_GROW(&b->cx->arena, blocks, n, cap);
            blocks[n++] = part_of(&k, k.start, k.start + head, SK_BLOCK_TEXT);
            k = part_of(&k, k.start + at, k.end, SK_BLOCK_FURNITURE);
        }
        if (blocks)
            SK_GROW(&b->cx->arena, blocks, n, cap);
        (blocks ? blocks : b->blocks)[n++] = k;
    }
    if (!blocks)
        return;
    b->blocks = blocks;
    b->n_blocks = n;
    b->cap_blocks = cap;
}

void sk_furniture_mark(sk_build *b)
{
    mark_lines(b);
    mark_tags(b);
    split_credits(b);
}
