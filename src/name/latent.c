/* Making the section of a name: native characters, letters, decoded runs. */
#include "name/latent.h"

#include "name/latent_private.h"

/* The native characters of a run; letters without one of the tables' are kept as unknown. */
static unsigned read_native(const sk_run *r, uint16_t *native, uint16_t *starts, bool *is_cut)
{
    unsigned n = 0;

    for (unsigned i = 0; i < r->n; i++) {
        const sk_form_token *t = &r->f->token[r->token[i]];
        if (t->before != SK_BREAK_NONE && n < SK_LAT_NATIVE)
            *starts |= (uint16_t)(1u << n);
        for (unsigned k = t->at; k < (unsigned)t->at + t->n; k++) {
            uint32_t c = r->f->cp[k];
            unsigned code = SK_NO_HAN;
            if (n == SK_LAT_NATIVE) {
                *is_cut = true;
                return n;
            }
            if (r->script == SK_SCRIPT_HANG) {
                if (c < 0xAC00 || c > 0xD7A3)
                    continue;
                code = c - 0xAC00;
            } else if (c == 0x3005 && n) { /* 々 */
                code = native[n - 1];
            } else if (c >= 0x3041 && c <= 0x3096) {
                code = SK_LAT_KANA + c + 0x60 - 0x30A0;
            } else if (c >= 0x30A0 && c <= 0x30FF) {
                code = SK_LAT_KANA + c - 0x30A0;
            } else {
                code = sk_tab_find_han(c);
            }
            native[n++] = (uint16_t)code;
        }
    }
    return n;
}

/* What the writing says about the order: a comma, capitals, the hyphen of a given name. */
static unsigned order_flags(const sk_run *r)
{
    const sk_form *f = r->f;
    unsigned flags = f->has_comma ? SK_LAT_COMMA : 0;

    if (r->n < 2)
        return flags;
    const sk_form_token *first = &f->token[r->token[0]], *second = &f->token[r->token[1]];
    const sk_form_token *last = &f->token[r->token[r->n - 1]];
    bool first_caps = first->flags & SK_TOKEN_CAPITALS, last_caps = last->flags & SK_TOKEN_CAPITALS;
    bool second_joined = r->n > 2 && second->before == SK_BREAK_HYPHEN;
    bool last_joined = r->n > 2 && last->before == SK_BREAK_HYPHEN;
    if (first_caps != last_caps) /* KIM Jong Un; Jong Un KIM */
        return flags | (first_caps ? SK_LAT_FIRST : f->has_comma ? 0u : SK_LAT_LAST);
    if (second_joined != last_joined) /* Jong-un Kim; Kim Jong-un */
        flags |= second_joined ? SK_LAT_LAST : SK_LAT_FIRST;
    return flags;
}

static unsigned letter_flags(const sk_spelling *s)
{
    unsigned flags = 0;

    for (unsigned j = 0; j < s->n; j++) {
        if (s->letter[j] == SK_L_OBREVE || s->letter[j] == SK_L_UBREVE)
            flags |= SK_LAT_MARKED;
        if (s->letter[j] == 'e' - 'a' + 1 && j + 1 < s->n &&
            (s->letter[j + 1] == 'o' - 'a' + 1 || s->letter[j + 1] == 'u' - 'a' + 1))
            flags |= SK_LAT_RR;
    }
    return flags;
}

static bool is_surname(unsigned syllable)
{
    const sk_ko_syllable *s = sk_tab_find_ko_syllable(syllable);

    return s && s->surname != 255;
}

static bool is_double_surname(unsigned first, unsigned second)
{
    for (unsigned i = 0; i < sk_tab_ko_doubles; i++)
        if (sk_tab_ko_double[i] == (first << 16 | second))
            return true;
    return false;
}

/* Can the native or decoded side be a Korean personal name? */
static bool can_be_korean(const sk_run *r, const uint16_t *native, unsigned n_native,
                          const sk_decoded *ko, unsigned n_ko)
{
    if (n_native) {
        if (r->is_mixed || n_native < 2 || n_native > 4)
            return false;
        if (r->script == SK_SCRIPT_HANG)
            return is_surname(native[0]) || is_double_surname(native[0], native[1]);
        unsigned n;
        const sk_reading *k = sk_tab_readings(SK_LATENT_KO, native[0], &n);
        for (unsigned i = 0; i < n; i++)
            if (is_surname(k[i].id))
                return true;
        return false;
    }
    for (unsigned i = 0; i < n_ko && i < 4; i++)
        if (is_surname((unsigned)(ko[i].units & 0xFFFF) - 1) && ko[i].above < 48)
            return true;
    return false;
}

static void append(sk_buf *out, const void *p, size_t n)
{
    if (n)
        sk_buf_add(out, (sk_str){p, n});
}

void sk_latent_prepare(const sk_form *f, sk_buf *out)
{
    static const uint8_t ROOM[3] = {SK_LAT_KO, SK_LAT_ZH, SK_LAT_YUE};
    sk_run run;
    sk_spelling letters = {0}, romaji = {0};
    uint16_t native[SK_LAT_NATIVE];
    sk_decoded decoded[3][SK_LAT_DECODED];
    sk_latent head = {0};
    bool is_cut = false;

    sk_run_find(f, &run);
    head.script = (uint8_t)run.script;
    unsigned flags = order_flags(&run) | (run.is_whole ? (unsigned)SK_LAT_WHOLE : 0);
    if (run.script == SK_SCRIPT_HANG || run.script == SK_SCRIPT_HANI ||
        run.script == SK_SCRIPT_KANA)
        head.n_native = (uint8_t)read_native(&run, native, &head.native_starts, &is_cut);
    if (run.script != SK_SCRIPT_HANI) {
        sk_spell(&run, &letters);
        sk_spell_japanese(&run, &letters, &romaji);
    }
    flags |= letter_flags(&letters);
    if (is_cut)
        flags &= ~(unsigned)SK_LAT_WHOLE;
    if (letters.is_cut)
        letters = (sk_spelling){.is_cut = true};
    for (unsigned l = 0; l < 3; l++)
        head.n_decoded[l] =
            (uint8_t)sk_decode((sk_latent_lang)l, run.script, &letters, flags, decoded[l], ROOM[l]);
    if (can_be_korean(&run, native, run.script == SK_SCRIPT_KANA ? 0 : head.n_native, decoded[0],
                      head.n_decoded[0]))
        flags |= SK_LAT_KOREAN;
    head.flags = (uint8_t)(flags | (is_cut || letters.is_cut ? (unsigned)SK_LAT_CUT : 0));
    head.n_letters = letters.n;
    head.n_romaji = romaji.n;
    head.letter_starts = letters.starts;
    head.romaji_starts = romaji.starts;
    size_t n = sizeof(head);
    for (unsigned l = 0; l < 3; l++)
        n += head.n_decoded[l] * sizeof(sk_decoded);
    n += 2u * head.n_native + head.n_letters + head.n_romaji;
    size_t padding = (8 - n % 8) % 8;
    head.size_bytes = (uint16_t)(n + padding);
    append(out, &head, sizeof(head));
    for (unsigned l = 0; l < 3; l++)
        append(out, decoded[l], head.n_decoded[l] * sizeof(sk_decoded));
    append(out, native, 2u * head.n_native);
    append(out, letters.letter, letters.n);
    append(out, romaji.letter, romaji.n);
    append(out, "\0\0\0\0\0\0\0", padding);
}

size_t sk_latent_size_bytes(const sk_latent *s)
{
    return s->size_bytes;
}

bool sk_latent_is_cut(const sk_latent *s)
{
    return s->flags & SK_LAT_CUT;
}

bool sk_latent_can_be_korean(const sk_latent *s)
{
    return s->flags & SK_LAT_KOREAN;
}

const char *sk_han_pinyin(uint32_t han)
{
    unsigned n;
    const sk_reading *r = sk_tab_readings(SK_LATENT_ZH, sk_tab_find_han(han), &n);

    return n ? sk_tab_zh_syllable[r->id].text : NULL;
}

uint32_t sk_han_class(uint32_t han)
{
    unsigned i = sk_tab_find_han(han);

    return i == SK_NO_HAN ? han : sk_tab_han[sk_tab_han_class[i]];
}

uint64_t sk_latent_tables_id(void)
{
    /* The layout's own version is part of it. */
    return sk_tab_id ^ (sizeof(sk_latent) * 131u + sizeof(sk_decoded));
}
