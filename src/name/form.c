/* Taking a name apart: one pass over the bytes, a state of one open token.
 *
 * Most letters of names (ASCII, Hangul syllables, Han, kana) fold without a table. The rest goes
 * through utf8proc one code point at a time: compatibility and case folding here, composing when
 * the token closes. A letter carries at most MARKS_A_LETTER marks, so that a heap of marks costs
 * nothing but the reading of its bytes. */
#include "name/form.h"

#include "base/utf8.h"
#include "name/form_private.h"

#include <utf8proc.h>

#define MARKS_A_LETTER 4

/* The token being read and what stood in front of it. */
typedef struct reader {
    sk_form *f;
    unsigned at;       /* its first code point                                */
    unsigned letters;  /* letters seen, marks not counted                     */
    unsigned capitals; /* of these                                            */
    unsigned marks;    /* on the last letter                                  */
    unsigned commas, brackets;
    size_t byte, next_byte; /* of raw: the character being read and the next one   */
    size_t raw_at, raw_end; /* of raw: the open token                              */
    uint16_t flags;
    uint8_t script, before;
    bool is_open, has_marks;
    bool is_quoted; /* an apostrophe stood in front: one behind is its pair */
} reader;

/* ---- code points ---- */

typedef struct script_range {
    uint32_t from, to;
    sk_script script;
} script_range;

/* Letters and marks after folding, by block; what is missing here is OTHER. Sorted.
 * Source: Unicode Scripts.txt, blocks of the scripts named in sk_script. */
static const script_range SCRIPT_RANGE[] = {
    {0x0041, 0x02AF, SK_SCRIPT_LATN},   {0x0370, 0x03FF, SK_SCRIPT_GREK},
    {0x0400, 0x052F, SK_SCRIPT_CYRL},   {0x0530, 0x058F, SK_SCRIPT_ARMN},
    {0x0590, 0x05FF, SK_SCRIPT_HEBR},   {0x0600, 0x06FF, SK_SCRIPT_ARAB},
    {0x0750, 0x077F, SK_SCRIPT_ARAB},   {0x0870, 0x08FF, SK_SCRIPT_ARAB},
    {0x0900, 0x097F, SK_SCRIPT_DEVA},   {0x0E00, 0x0E7F, SK_SCRIPT_THAI},
    {0x10A0, 0x10FF, SK_SCRIPT_GEOR},   {0x1100, 0x11FF, SK_SCRIPT_HANG},
    {0x1C80, 0x1C8F, SK_SCRIPT_CYRL},   {0x1C90, 0x1CBF, SK_SCRIPT_GEOR},
    {0x1D00, 0x1DBF, SK_SCRIPT_LATN},   {0x1E00, 0x1EFF, SK_SCRIPT_LATN},
    {0x1F00, 0x1FFF, SK_SCRIPT_GREK},   {0x2C60, 0x2C7F, SK_SCRIPT_LATN},
    {0x2D00, 0x2D2F, SK_SCRIPT_GEOR},   {0x2DE0, 0x2DFF, SK_SCRIPT_CYRL},
    {0x2E80, 0x2FDF, SK_SCRIPT_HANI},   {0x3005, 0x3007, SK_SCRIPT_HANI},
    {0x3021, 0x3029, SK_SCRIPT_HANI},   {0x3031, 0x3035, SK_SCRIPT_KANA},
    {0x3038, 0x303B, SK_SCRIPT_HANI},   {0x3041, 0x30FF, SK_SCRIPT_KANA},
    {0x3131, 0x318E, SK_SCRIPT_HANG},   {0x31F0, 0x31FF, SK_SCRIPT_KANA},
    {0x3400, 0x4DBF, SK_SCRIPT_HANI},   {0x4E00, 0x9FFF, SK_SCRIPT_HANI},
    {0xA640, 0xA69F, SK_SCRIPT_CYRL},   {0xA720, 0xA7FF, SK_SCRIPT_LATN},
    {0xA8E0, 0xA8FF, SK_SCRIPT_DEVA},   {0xA960, 0xA97F, SK_SCRIPT_HANG},
    {0xAB30, 0xAB6F, SK_SCRIPT_LATN},   {0xAC00, 0xD7FF, SK_SCRIPT_HANG},
    {0xF900, 0xFAFF, SK_SCRIPT_HANI},   {0xFB50, 0xFDFF, SK_SCRIPT_ARAB},
    {0xFE70, 0xFEFF, SK_SCRIPT_ARAB},   {0x1B000, 0x1B16F, SK_SCRIPT_KANA},
    {0x20000, 0x3FFFF, SK_SCRIPT_HANI},
};

sk_script sk_script_of(uint32_t c)
{
    unsigned lo = 0, hi = sizeof(SCRIPT_RANGE) / sizeof(SCRIPT_RANGE[0]);

    while (lo < hi) {
        unsigned mid = (lo + hi) / 2;
        if (c > SCRIPT_RANGE[mid].to)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < sizeof(SCRIPT_RANGE) / sizeof(SCRIPT_RANGE[0]) && c >= SCRIPT_RANGE[lo].from)
        return SCRIPT_RANGE[lo].script;
    return SK_SCRIPT_OTHER;
}

/* Scripts that write vowels as marks: theirs stay when they do not compose. */
static bool keeps_marks(uint8_t script)
{
    return script == SK_SCRIPT_DEVA || script == SK_SCRIPT_THAI || script == SK_SCRIPT_OTHER;
}

static bool is_apostrophe(uint32_t c)
{
    switch (c) {
    case '\'':
    case '`':
    case 0x00B4:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
    case 0x2035:
    case 0x05F3:
    case 0x05F4:
    case 0x1FBD:
        return true;
    default:
        return c >= 0x02B9 && c <= 0x02BF;
    }
}

/* What a character that is no letter, mark, digit or apostrophe does between two tokens. */
static sk_break break_of(uint32_t c)
{
    switch (c) {
    case '-':
    case 0x058A:
    case 0x05BE:
    case 0x2212:
    case 0x301C:
    case 0x30A0:
        return SK_BREAK_HYPHEN;
    case '.':
    case 0x00B7:
    case 0x0387:
    case 0x2022:
    case 0x2027:
    case 0x22C5:
    case 0x30FB:
    case 0x3002:
        return SK_BREAK_DOT;
    case '/':
    case '\\':
    case '|':
    case 0x2044:
        return SK_BREAK_SLASH;
    case ',':
    case ';':
    case 0x055D:
    case 0x060C:
    case 0x061B:
    case 0x3001:
        return SK_BREAK_COMMA;
    default:
        break;
    }
    if (c >= 0x2010 && c <= 0x2015)
        return SK_BREAK_HYPHEN;
    if (c == '"' || c == '<' || c == '>')
        return SK_BREAK_BRACKET;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
        return SK_BREAK_BRACKET;
    default:
        return SK_BREAK_SPACE;
    }
}

/* The value of a decimal digit of any script, or -1. */
static int digit_of(uint32_t c)
{
    static const uint32_t ZERO[] = {'0', 0x0660, 0x06F0, 0x0966, 0x0E50};

    for (unsigned i = 0; i < sizeof(ZERO) / sizeof(ZERO[0]); i++)
        if (c >= ZERO[i] && c <= ZERO[i] + 9)
            return (int)(c - ZERO[i]);
    return -1;
}

static unsigned mark_class(uint32_t c)
{
    return (unsigned)utf8proc_get_property((utf8proc_int32_t)c)->combining_class;
}

static bool is_mark(utf8proc_category_t cat)
{
    return cat == UTF8PROC_CATEGORY_MN || cat == UTF8PROC_CATEGORY_MC ||
           cat == UTF8PROC_CATEGORY_ME;
}

/* ---- tokens ---- */

/* Compose the open token in place and drop the marks that found no letter to join. */
static void compose(reader *r)
{
    sk_form *f = r->f;
    utf8proc_ssize_t n = utf8proc_normalize_utf32(
        (utf8proc_int32_t *)f->cp + r->at, (utf8proc_ssize_t)(f->n_cp - r->at),
        (utf8proc_option_t)(UTF8PROC_COMPOSE | UTF8PROC_STABLE));

    sk_assert(n >= 0 && (unsigned)n <= f->n_cp - r->at);
    unsigned to = r->at;
    for (unsigned i = r->at; i < r->at + (unsigned)n; i++) {
        bool drop =
            !keeps_marks(r->script) && is_mark(utf8proc_category((utf8proc_int32_t)f->cp[i]));
        if (!drop)
            f->cp[to++] = f->cp[i];
    }
    f->n_cp = to;
}

static bool has_case(uint8_t script)
{
    return script == SK_SCRIPT_LATN || script == SK_SCRIPT_CYRL || script == SK_SCRIPT_GREK ||
           script == SK_SCRIPT_ARMN || script == SK_SCRIPT_GEOR;
}

/* End the open token; c is the character behind it, 0 when its script changed or the name ended. */
static void close_token(reader *r, uint32_t c)
{
    sk_form *f = r->f;

    if (!r->is_open)
        return;
    r->is_open = false;
    if (r->has_marks)
        compose(r);
    if (r->is_quoted && f->n_cp > r->at && f->cp[f->n_cp - 1] == '\'')
        f->n_cp--;
    if (f->n_cp == r->at)
        return;
    if (r->capitals == r->letters && r->letters > 1)
        r->flags |= SK_TOKEN_CAPITALS;
    if (r->letters == 1 && has_case(r->script) && (r->capitals == 1 || c == '.'))
        r->flags |= SK_TOKEN_INITIAL;
    if (r->brackets)
        r->flags |= SK_TOKEN_BRACKETED;
    f->token[f->n_token++] = (sk_form_token){
        .at = (uint16_t)r->at,
        .n = (uint16_t)(f->n_cp - r->at),
        .raw_at = (uint16_t)r->raw_at,
        .raw_n = (uint16_t)(r->raw_end - r->raw_at),
        .flags = r->flags,
        .script = r->script,
        .before = r->before,
    };
    if (!(r->flags & SK_TOKEN_DIGITS))
        f->scripts |= 1u << r->script;
    r->before = SK_BREAK_NONE;
}

/* Open a token of that script; false when there is room for no other. */
static bool open_token(reader *r, uint8_t script, bool is_capital)
{
    sk_form *f = r->f;

    if (f->n_token == SK_FORM_TOKENS) {
        f->is_cut = true;
        return false;
    }
    r->commas += r->before == SK_BREAK_COMMA && f->n_token > 0;
    r->at = f->n_cp;
    r->raw_at = r->byte;
    r->letters = r->capitals = r->marks = 0;
    r->flags = is_capital ? SK_TOKEN_TITLE : 0;
    r->script = script;
    r->is_open = true;
    r->has_marks = false;
    return true;
}

static bool push(reader *r, uint32_t c)
{
    if (r->f->n_cp == SK_FORM_CPS) {
        r->f->is_cut = true;
        return false;
    }
    r->f->cp[r->f->n_cp++] = c;
    r->raw_end = r->next_byte;
    return true;
}

static bool push_letter(reader *r, uint32_t c, uint8_t script, bool is_capital)
{
    if (r->is_open && r->script != script)
        close_token(r, 0);
    if (!r->is_open && !open_token(r, script, is_capital))
        return false;
    r->letters++;
    r->capitals += is_capital;
    r->marks = 0;
    if (script == SK_SCRIPT_HANG && c < 0x1200)
        r->has_marks = true; /* conjoining letters compose like marks */
    if (script == SK_SCRIPT_KANA && c != 0x30FC)
        r->flags |= c >= 0x3041 && c <= 0x309F ? SK_TOKEN_HIRAGANA : SK_TOKEN_KATAKANA;
    return push(r, c);
}

/* A mark joins the open token, in canonical order behind its letter; alone it is nothing. */
static bool push_mark(reader *r, uint32_t c)
{
    sk_form *f = r->f;

    if (!r->is_open || r->marks == MARKS_A_LETTER || (r->flags & SK_TOKEN_DIGITS))
        return true;
    if (!push(r, c))
        return false;
    r->marks++;
    r->has_marks = true;
    unsigned class = mark_class(c);
    for (unsigned i = f->n_cp - 1; class && i > r->at; i--) {
        if (mark_class(f->cp[i - 1]) <= class)
            break;
        f->cp[i] = f->cp[i - 1];
        f->cp[i - 1] = c;
    }
    return true;
}

static bool push_digit(reader *r, int value)
{
    if (r->is_open && !(r->flags & SK_TOKEN_DIGITS))
        close_token(r, 0);
    if (!r->is_open) {
        if (!open_token(r, SK_SCRIPT_NONE, false))
            return false;
        r->flags = SK_TOKEN_DIGITS;
    }
    return push(r, (uint32_t)('0' + value));
}

static void push_break(reader *r, uint32_t c)
{
    sk_break b = break_of(c);

    close_token(r, c);
    r->is_quoted = false;
    if (b > r->before)
        r->before = (uint8_t)b;
    if (b != SK_BREAK_BRACKET || c == '"')
        return;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_PS:
        r->brackets++;
        break;
    case UTF8PROC_CATEGORY_PE:
        r->brackets -= r->brackets > 0;
        break;
    default:
        break;
    }
}

static bool push_apostrophe(reader *r)
{
    if (r->is_open && !(r->flags & SK_TOKEN_DIGITS))
        return r->letters == 0 || r->f->cp[r->f->n_cp - 1] == '\'' || push(r, '\'');
    r->is_quoted = true;
    return true;
}

/* ---- characters ---- */

/* One folded code point; false when the name is full. */
static bool take_folded(reader *r, uint32_t c, bool is_capital)
{
    int digit = digit_of(c);

    if (digit >= 0)
        return push_digit(r, digit);
    if (is_apostrophe(c))
        return push_apostrophe(r);
    utf8proc_category_t cat = utf8proc_category((utf8proc_int32_t)c);
    if (is_mark(cat))
        return push_mark(r, c);
    bool is_letter =
        (cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_LO) || cat == UTF8PROC_CATEGORY_NL;
    if (!is_letter) {
        push_break(r, c);
        return true;
    }
    uint8_t script = (uint8_t)sk_script_of(c);
    bool is_ke = c == 0x30F6 || c == 0x30F5; /* the small ke of 霞ヶ関 stands among Han */
    if (is_ke && r->is_open && r->script == SK_SCRIPT_HANI)
        script = SK_SCRIPT_HANI;
    return push_letter(r, c, script, is_capital);
}

/* Letters that fold to themselves: Hangul syllables, common Han, kana, Korean single letters. */
static bool folds_to_itself(uint32_t c)
{
    return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x3041 && c <= 0x3096) ||
           (c >= 0x30A1 && c <= 0x30F4) || c == 0x30FC || (c >= 0x3131 && c <= 0x318E);
}

static bool take_folding(reader *r, uint32_t c)
{
    utf8proc_int32_t out[32];
    int class = UTF8PROC_BOUNDCLASS_START;
    bool is_capital = utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
    /* Spacing signs that would fold to a blank and a mark are apostrophes as they stand. */
    if (is_apostrophe(c))
        return push_apostrophe(r);
    utf8proc_ssize_t n = utf8proc_decompose_char(
        (utf8proc_int32_t)c, out, 32,
        (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                            UTF8PROC_IGNORE | UTF8PROC_STABLE),
        &class);
    if (n < 0 || n > 32) {
        push_break(r, ' ');
        return true;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        if (!take_folded(r, (uint32_t)out[i], is_capital && i == 0))
            return false;
    }
    return true;
}

static bool take(reader *r, uint32_t c)
{
    if (c == 0x0640) /* tatweel draws a longer line, nothing else */
        return true;
    if (c < 0x80) {
        bool is_upper = c >= 'A' && c <= 'Z';
        if (is_upper || (c >= 'a' && c <= 'z'))
            return push_letter(r, c | 0x20, SK_SCRIPT_LATN, is_upper);
        if (c >= '0' && c <= '9')
            return push_digit(r, (int)(c - '0'));
        if (is_apostrophe(c))
            return push_apostrophe(r);
        push_break(r, c);
        return true;
    }
    if (folds_to_itself(c))
        return push_letter(r, c, (uint8_t)sk_script_of(c), false);
    if (c == 0xFFFD || c == 0) {
        push_break(r, ' ');
        return true;
    }
    return take_folding(r, c);
}

void sk_form_read(sk_str raw, sk_form *ret_form)
{
    sk_form *f = ret_form;
    reader r = {.f = f};
    bool has_room = true;

    f->raw = raw;
    f->n_cp = f->n_token = 0;
    f->scripts = 0;
    f->has_comma = f->is_cut = false;
    if (raw.n > SK_LIM_NAME_BYTES) {
        f->is_cut = true;
        raw.n = SK_LIM_NAME_BYTES;
    }
    while (r.next_byte < raw.n && has_room) {
        r.byte = r.next_byte;
        uint32_t c = sk_utf8_next(raw, &r.next_byte);
        has_room = take(&r, c);
    }
    close_token(&r, 0);
    f->has_comma = r.commas == 1;
    sk_form_mark(f);
}
