/* A name taken apart: what was written, folded letter by letter, in tokens, with what stood
 * between.
 *
 * The form is where every comparer begins. It decides nothing about language and loses nothing that
 * carries meaning: apostrophes and hyphens (McCune-Reischauer), the comma of "SURNAME, Given", a
 * dot behind an initial, capitals. The raw bytes stay beside it.
 *
 * Invariants: cp[] holds folded code points (compatibility forms resolved, lower case, NFC; marks
 * kept as precomposed letters); tokens are non-empty runs of cp[] of one script, in written order
 * and never overlapping. A longer name than the ceilings is cut and says so (is_cut).
 * Threads: pure functions. */
#ifndef SK_NAME_FORM_H
#define SK_NAME_FORM_H

#include "base/ctx.h"

#define SK_FORM_CPS    256 /* code points kept of one name            */
#define SK_FORM_TOKENS 32  /* tokens kept of one name                 */

typedef enum sk_script {
    SK_SCRIPT_NONE, /* digits, signs                           */
    SK_SCRIPT_LATN,
    SK_SCRIPT_CYRL,
    SK_SCRIPT_GREK,
    SK_SCRIPT_ARMN,
    SK_SCRIPT_GEOR,
    SK_SCRIPT_ARAB,
    SK_SCRIPT_HEBR,
    SK_SCRIPT_HANG,
    SK_SCRIPT_HANI,
    SK_SCRIPT_KANA, /* hiragana and katakana, told apart by flags */
    SK_SCRIPT_DEVA,
    SK_SCRIPT_THAI,
    SK_SCRIPT_OTHER,
    SK_SCRIPT_COUNT
} sk_script;

/* What stood in front of a token. The strongest wins: ", " is a comma. */
typedef enum sk_break {
    SK_BREAK_NONE, /* script or digits changed              */
    SK_BREAK_HYPHEN,
    SK_BREAK_DOT, /* "J.", the middle dot of kana names    */
    SK_BREAK_SPACE,
    SK_BREAK_SLASH,
    SK_BREAK_COMMA,
    SK_BREAK_BRACKET, /* opened or closed                      */
} sk_break;

enum {
    SK_TOKEN_CAPITALS = 1 << 0, /* all letters were capitals, two or more */
    SK_TOKEN_TITLE = 1 << 1,    /* first letter was a capital             */
    SK_TOKEN_INITIAL = 1 << 2,  /* one letter, dotted or capital          */
    SK_TOKEN_DIGITS = 1 << 3,
    SK_TOKEN_BRACKETED = 1 << 4,  /* stood in brackets                    */
    SK_TOKEN_HONORIFIC = 1 << 5,  /* Mr, 씨, さん, Sheikh, 同志: no part of the name */
    SK_TOKEN_PARTICLE = 1 << 6,   /* al, bin, von, de: counts little      */
    SK_TOKEN_PATRONYMIC = 1 << 7, /* -ovich, -ovna, bin X                 */
    SK_TOKEN_HIRAGANA = 1 << 8,
    SK_TOKEN_KATAKANA = 1 << 9,
    SK_TOKEN_SUFFIX = 1 << 10, /* jr, iii, filho                          */
};

typedef struct sk_form_token {
    uint16_t at, n;         /* code points in cp[]     */
    uint16_t raw_at, raw_n; /* bytes of raw            */
    uint16_t flags;
    uint8_t script; /* sk_script               */
    uint8_t before; /* sk_break in front of it */
} sk_form_token;

typedef struct sk_form {
    sk_str raw; /* as written, borrowed    */
    uint32_t cp[SK_FORM_CPS];
    sk_form_token token[SK_FORM_TOKENS];
    unsigned n_cp, n_token;
    uint32_t scripts; /* mask of 1u << sk_script of the letters */
    bool has_comma;   /* "SURNAME, Given" in written order      */
    bool is_cut;      /* longer than the ceilings               */
} sk_form;

/* Take a name apart. raw may be any bytes: malformed UTF-8 counts as a break.
 * Cost: one pass, at most the ceilings; no allocation. */
void sk_form_read(sk_str raw, sk_form *ret_form);

/* The script's short name as in ISO 15924: "Latn"; "Zyyy" for NONE. */
const char *sk_script_name(sk_script s);

#endif
