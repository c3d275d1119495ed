/* Parts of the latent models that only their own files share: the section's layout, spellings as
 * letters, the alignment program, the decoder. */
#ifndef SK_NAME_LATENT_PRIVATE_H
#define SK_NAME_LATENT_PRIVATE_H

#include "name/latent.h"
#include "name/letters.h"
#include "name/tables.h"

#define SK_LAT_NATIVE  12 /* characters of the own script kept             */
#define SK_LAT_LETTERS 32 /* letters of a spelling kept: one bit each      */
#define SK_LAT_UNITS   4  /* units of a decoded run                        */
#define SK_LAT_KO      16 /* decoded runs kept a language                  */
#define SK_LAT_ZH      8
#define SK_LAT_YUE     4
#define SK_LAT_DECODED SK_LAT_KO

/* A native character: index in sk_tab_han, or kana, or Hangul - U+AC00 by the section's script. */
#define SK_LAT_KANA 0xF000 /* + katakana - U+30A0 */

/* Kana, and not a character that no table has (SK_NO_HAN lies above the kana). */
static inline bool sk_is_kana_code(unsigned code)
{
    return code >= SK_LAT_KANA && code != SK_NO_HAN;
}

/* Flags of a section. */
enum {
    SK_LAT_KOREAN = 1 << 0, /* can be a Korean personal name              */
    SK_LAT_WHOLE = 1 << 1,  /* every letter is of the main script         */
    SK_LAT_COMMA = 1 << 2,  /* "SURNAME, Given"                           */
    SK_LAT_LAST = 1 << 3,   /* marks of a surname written last            */
    SK_LAT_FIRST = 1 << 4,  /* marks of a surname written first           */
    SK_LAT_CUT = 1 << 5,    /* longer than the ceilings                   */
    SK_LAT_MARKED = 1 << 6, /* the letters have ŏ or ŭ                    */
    SK_LAT_RR = 1 << 7,     /* the letters have eo or eu                  */
};

/* A run of units a spelling can stand for: unit + 1 in 16 bits each, first lowest. */
typedef struct sk_decoded {
    uint64_t units;
    uint16_t channel; /* cost of the spelling, 1/16 nat                    */
    uint8_t above;    /* above the best once the units' frequency counts   */
    uint8_t is_moved; /* read with the last word first                     */
    uint32_t reserved;
} sk_decoded;

struct sk_latent {
    uint16_t size_bytes;
    uint8_t script; /* sk_script of the run the section is about */
    uint8_t flags;
    uint8_t n_native, n_letters, n_romaji;
    uint8_t n_decoded[3];   /* ko, zh, yue */
    uint16_t native_starts; /* bit i: a word begins at character i */
    uint32_t letter_starts, romaji_starts;
    uint32_t reserved; /* zero: what follows begins at a multiple of 8 */
    /* then sk_decoded of ko, zh, yue; uint16_t native[]; letters; romaji; zero padding */
};

_Static_assert(sizeof(sk_latent) % 8 == 0, "decoded runs follow the head");

/* Letters of one spelling, zero behind the last, with the words they stand in. */
typedef struct sk_spelling {
    uint8_t letter[SK_LAT_LETTERS + 8];
    uint16_t from[SK_LAT_LETTERS + 8]; /* code point of the form each letter came from */
    uint8_t n;
    uint32_t starts;
    bool is_cut;
} sk_spelling;

/* The run of a form that the section is about: its tokens, and what script they are of. */
typedef struct sk_run {
    const sk_form *f;
    uint8_t token[SK_FORM_TOKENS];
    unsigned n;
    sk_script script; /* HANI also for Han mixed with kana */
    bool is_mixed, is_whole;
} sk_run;
void sk_run_find(const sk_form *f, sk_run *ret_run);

/* Letters of a run, for every language but Japanese. */
void sk_spell(const sk_run *r, sk_spelling *ret_letters);
/* Folded Japanese letters of a run; n = 0 when it cannot be Japanese. */
void sk_spell_japanese(const sk_run *r, const sk_spelling *letters, sk_spelling *ret_romaji);

static inline uint64_t sk_load8(const uint8_t *p)
{
    uint64_t v;
    memcpy(&v, p, 8);
    return v;
}

static inline uint64_t sk_mask8(unsigned n)
{
    return n >= 8 ? ~(uint64_t)0 : ((uint64_t)1 << (8 * n)) - 1;
}

static inline const sk_decoded *sk_lat_decoded(const sk_latent *s, unsigned lang)
{
    const sk_decoded *d = (const sk_decoded *)(const void *)(s + 1);
    for (unsigned i = 0; i < lang; i++)
        d += s->n_decoded[i];
    return d;
}

static inline const uint16_t *sk_lat_native(const sk_latent *s)
{
    return (const uint16_t *)(const void *)(sk_lat_decoded(s, 3));
}

static inline const uint8_t *sk_lat_letters(const sk_latent *s)
{
    return (const uint8_t *)(sk_lat_native(s) + s->n_native);
}

static inline const uint8_t *sk_lat_romaji(const sk_latent *s)
{
    return sk_lat_letters(s) + s->n_letters;
}

/* ---- decoding ---- */

/* The likeliest unit runs of a spelling.
 * lang     SK_LATENT_KO, _ZH or _YUE
 * script   of the letters
 * flags    of the section: order hints and the Latin variant
 * returns how many of room, likeliest first; 0 when it is none of the language */
unsigned sk_decode(sk_latent_lang lang, sk_script script, const sk_spelling *s, unsigned flags,
                   sk_decoded *ret_decoded, unsigned room);

/* The other order of words: the last one first. */
void sk_spelling_move(const sk_spelling *in, sk_spelling *out);

/* ---- alignment ---- */

#define SK_NO_CHUNK   0xFFFF
#define SK_UNIT_WHOLE 254    /* a surname spelled as a whole                 */
#define SK_UNIT_NONE  255    /* every unit was written as expected           */
#define SK_ALIGN_NONE 0x3FFF /* no way through, 1/16 nat */

/* One native side: characters with readings, as runs of units. */
typedef struct sk_align_in {
    sk_latent_lang lang;
    sk_orth orth;
    const uint16_t *unit_run; /* syllables of the native side, one reading each, or NULL */
    const uint16_t *native;   /* else characters of `script`                              */
    unsigned n_native;
    sk_script script;
    const uint8_t *letters; /* zero-padded by 8 */
    unsigned n_letters;
    uint32_t starts;
    int bound;     /* give up above this total, 1/16 nat             */
    bool is_whole; /* do not give up early: for explanations          */
} sk_align_in;

/* What one unit or character met, for the explanation. */
typedef struct sk_align_step {
    uint8_t native;    /* index of the character              */
    uint8_t from, to;  /* letters                             */
    uint16_t syllable; /* reading chosen                      */
    uint16_t cost;     /* 1/16 nat                            */
    uint16_t chunk;    /* in sk_tab_chunk: of its dearest unit, or SK_NO_CHUNK */
    uint8_t unit;      /* that unit, SK_UNIT_WHOLE or SK_UNIT_NONE             */
} sk_align_step;

typedef struct sk_align_out {
    int cost, worst; /* 1/16 nat; cost SK_ALIGN_NONE: none   */
    unsigned skipped;
} sk_align_out;

void sk_align(const sk_align_in *in, sk_align_out *ret_out);
/* The same with its steps. Returns how many of room. */
unsigned sk_align_trace(const sk_align_in *in, sk_align_out *ret_out, sk_align_step *ret_steps,
                        unsigned room);

/* Kanji and kana against folded letters. is_devoiced: the letters come from Hangul. */
typedef struct sk_align_ja_in {
    const uint16_t *native;
    unsigned n_native;
    const uint8_t *letters;
    unsigned n_letters;
    uint32_t starts;
    bool is_devoiced;
    int bound;
} sk_align_ja_in;
void sk_align_ja(const sk_align_ja_in *in, sk_align_out *ret_out);
unsigned sk_align_ja_trace(const sk_align_ja_in *in, sk_align_out *ret_out,
                           sk_align_step *ret_steps, unsigned room);

/* Folded letters of both sides, long vowels and voicing forgiven at a cost. */
int sk_align_romaji(const uint8_t *a, unsigned na, const uint8_t *b, unsigned nb, bool is_devoiced,
                    int bound);

/* Alternatives of a Korean syllable under the initial-sound rule (리 / 이); returns how many of 2. */
unsigned sk_initial_sound(unsigned syllable, uint16_t ret_other[2]);

/* Folded letters: long vowels shortened, and the voiceless letter that Hangul writes. */
unsigned sk_devoiced(unsigned letter);
/* out: room for n. Returns the letters left. */
unsigned sk_shorten(const uint8_t *letter, unsigned n, bool is_devoiced, uint8_t *out);

/* ---- comparing ---- */

/* Readings of a spelling within one nat of the likeliest. */
unsigned sk_rivals(const sk_latent *s, sk_latent_lang lang);
/* Letters of a section as the language's tables want them. */
void sk_section_spelling(const sk_latent *s, sk_latent_lang lang, sk_spelling *ret_letters);
/* The emission table of a spelled section in a language; false when there is none. */
bool sk_find_orth(sk_latent_lang lang, const sk_latent *s, sk_orth *ret_orth);
/* Units and folded letters for people. */
sk_str sk_units_text(sk_arena *arena, sk_latent_lang lang, const uint16_t *unit, unsigned n);
sk_str sk_romaji_text(sk_arena *arena, const uint8_t *letters, unsigned n);
/* The i-th characters of two sections of one East Asian script. */
typedef enum sk_same_verdict {
    SK_SAME_EQUAL,
    SK_SAME_VARIANT, /* of Han; Hangul under the initial-sound rule */
    SK_SAME_NEAR,    /* Hangul, one jamo apart                      */
    SK_SAME_DIFFERENT,
} sk_same_verdict;
sk_same_verdict sk_latent_same_at(const sk_latent *a, const sk_latent *b, unsigned i);
/* Two kana spellings whose folded letters agree. */
bool sk_latent_same_sounds(const sk_latent *a, const sk_latent *b);
/* Price of the other word order. */
unsigned sk_moved_cost(const sk_latent *s);
/* Cost of a Hangul syllable as the reading of a Han character, 1/16 nat. */
int sk_hangul_han_cost(unsigned hangul, unsigned han);
/* The unit run in which two spellings meet, 0 for none. */
uint64_t sk_meeting_run(const sk_latent *a, const sk_latent *b, sk_latent_lang lang);

/* ---- runs of readings ---- */

#define SK_RUNS_HEAP 96 /* runs held while enumerating */

/* One run: which reading of each character. */
typedef struct sk_choice {
    uint8_t pick[SK_LAT_NATIVE];
    uint16_t cost;
    uint8_t from; /* the first character whose pick may still grow */
} sk_choice;

typedef struct sk_runs {
    const uint16_t *native;
    const sk_reading *reading[SK_LAT_NATIVE];
    unsigned n_reading[SK_LAT_NATIVE];
    unsigned n;
    sk_choice heap[SK_RUNS_HEAP];
    unsigned n_heap;
    sk_reading first[4]; /* of the first character, surnames in front */
} sk_runs;

/* Runs of n characters from `from` on; false when one has no reading of the language. */
bool sk_runs_open(sk_runs *r, const sk_latent *s, sk_latent_lang lang, unsigned from, unsigned n);
/* Take the cheapest run; false when there is none left. */
bool sk_runs_next(sk_runs *r, sk_choice *ret_run);
/* The folded letters of a Japanese run. Returns how many of room. */
unsigned sk_runs_letters(const sk_runs *r, const sk_choice *c, uint8_t *out, unsigned room);

/* Kana of a section's native code in folded letters: at most 3. */
unsigned sk_kana_letters(unsigned code, uint8_t out[4]);

#endif
