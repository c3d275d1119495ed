/* The alignment told: which part of one name met which part of the other, in which unit. */
#include "name/latent.h"

#include "name/latent_private.h"

#include "base/utf8.h"

#include <utf8proc.h>

/* A side as it can be quoted: its form, its run, its letters and where they stand. */
typedef struct side {
    const sk_form *f;
    const sk_latent *s;
    sk_run run;
    sk_spelling spelling;              /* in the order that was laid against the other */
    uint16_t native_cp[SK_LAT_NATIVE]; /* code point of each native character     */
    uint32_t raw_at[SK_FORM_CPS + 1];  /* byte of each code point, UINT32_MAX: not found */
} side;

/* Find each folded code point in the raw bytes, in order: case apart, most are there as they
 * are. */
static void find_raw(side *d)
{
    size_t at = 0, begin;
    unsigned i = 0;

    for (unsigned k = 0; k <= SK_FORM_CPS; k++)
        d->raw_at[k] = UINT32_MAX;
    while (at < d->f->raw.n && i < d->f->n_cp) {
        begin = at;
        uint32_t c = sk_utf8_next(d->f->raw, &at);
        if ((uint32_t)utf8proc_tolower((utf8proc_int32_t)c) == d->f->cp[i] || c == d->f->cp[i])
            d->raw_at[i++] = (uint32_t)begin;
    }
    d->raw_at[i] = (uint32_t)at;
}

static void open_side(side *d, const sk_form *f, const sk_latent *s, sk_latent_lang lang)
{
    unsigned n = 0;

    d->f = f;
    d->s = s;
    sk_run_find(f, &d->run);
    sk_spelling letters = {0}, romaji = {0};
    if (s->script != SK_SCRIPT_HANI) {
        sk_spell(&d->run, &letters);
        sk_spell_japanese(&d->run, &letters, &romaji);
    }
    d->spelling = lang == SK_LATENT_JA ? romaji : letters;
    for (unsigned i = 0; i < d->run.n; i++) {
        const sk_form_token *t = &f->token[d->run.token[i]];
        for (unsigned k = t->at; k < (unsigned)t->at + t->n && n < SK_LAT_NATIVE; k++)
            if (s->script != SK_SCRIPT_HANG || (f->cp[k] >= 0xAC00 && f->cp[k] <= 0xD7A3))
                d->native_cp[n++] = (uint16_t)k;
    }
    find_raw(d);
}

/* Code points from..to as written, or folded where the writing was not found. */
static sk_str quote(sk_arena *arena, const side *d, unsigned from, unsigned to)
{
    if (to <= from)
        return SK_NONE;
    uint32_t a = d->raw_at[from], b = d->raw_at[to - 1];
    if (a != UINT32_MAX && b < d->f->raw.n && b >= a) {
        size_t end = b;
        sk_utf8_next(d->f->raw, &end);
        return sk_str_copy(arena, sk_str_sub(d->f->raw, a, end - a));
    }
    char *p = sk_alloc(arena, 4u * (to - from));
    size_t n = 0;
    for (unsigned i = from; i < to; i++)
        n += sk_utf8_put(d->f->cp[i], p + n);
    return (sk_str){p, n};
}

static sk_str quote_letters(sk_arena *arena, const side *d, unsigned from, unsigned to)
{
    if (to <= from)
        return SK_NONE;
    unsigned a = d->spelling.from[from], b = d->spelling.from[to - 1];

    /* The syllables of kana and Hangul letters share a character: the range still holds them. */
    return b < a ? SK_NONE : quote(arena, d, a, b + 1);
}

static sk_str quote_native(sk_arena *arena, const side *d, unsigned i)
{
    return quote(arena, d, d->native_cp[i], d->native_cp[i] + 1u);
}

static sk_str chunk_text(sk_arena *arena, const sk_chunk *c)
{
    char *p = sk_alloc(arena, 33);
    size_t n = 0;

    for (unsigned i = 0; i < c->n; i++)
        n += sk_utf8_put(sk_tab_letter_cp((unsigned)(c->letters >> (8 * i) & 255)), p + n);
    return (sk_str){p, n};
}

/* "North Korean ㅓ = o": the dearest unit of a syllable and how it was written. */
static sk_str how_text(sk_arena *arena, sk_latent_lang lang, const sk_align_step *step)
{
    static const uint16_t ONSET[19] = {0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141,
                                       0x3142, 0x3143, 0x3145, 0x3146, 0x3147, 0x3148, 0x3149,
                                       0x314A, 0x314B, 0x314C, 0x314D, 0x314E};
    static const uint16_t CODA[11] = {0,      0x3131, 0x3134, 0x3137, 0x3139, 0x3141,
                                      0x3142, 0x3145, 0x3147, 0x314A, 0x314D};
    unsigned u = step->unit;

    if (step->chunk == SK_NO_CHUNK)
        return u == SK_UNIT_NONE ? SK_S("as expected") : SK_S("no known spelling");
    const sk_chunk *c = &sk_tab_chunk[step->chunk];
    const char *how = sk_tab_how(c->how);
    sk_str text = chunk_text(arena, c);
    if (u == SK_UNIT_WHOLE)
        return sk_fmt(arena, "surname%s%s", *how ? ", " : "", how);
    if (lang != SK_LATENT_KO || u == SK_KO_UNIT_CODA)
        return *how ? sk_fmt(arena, "%s %.*s", how, SK_P(text)) : sk_fmt(arena, "%.*s", SK_P(text));
    char name[4];
    uint32_t cp = u < SK_KO_UNIT_VOWEL  ? ONSET[u]
                  : u < SK_KO_UNIT_CODA ? 0x314Fu + u - SK_KO_UNIT_VOWEL
                                        : CODA[u - SK_KO_UNIT_CODA];
    size_t n = sk_utf8_put(cp, name);
    return sk_fmt(arena, "%s%s%.*s = %.*s", how, *how ? " " : "", (int)n, name,
                  SK_P(c->n ? text : SK_S("(none)")));
}

static sk_str syllable_text(sk_arena *arena, sk_latent_lang lang, unsigned syllable)
{
    uint16_t unit = (uint16_t)syllable;

    return sk_units_text(arena, lang, &unit, 1);
}

/* ---- the kinds of meeting ---- */

typedef struct telling {
    sk_arena *arena;
    sk_latent_lang lang;
    side a, b;
    sk_name_step *step;
    size_t n;
} telling;

static void tell(telling *t, sk_str a, sk_str b, sk_str unit, sk_str how, double cost)
{
    t->step[t->n++] = (sk_name_step){.a = a, .b = b, .unit = unit, .how = how, .cost = cost};
}

/* Lay a run against a side's letters in both word orders; the side keeps the order that won. */
static unsigned trace(sk_align_in *in, side *d, sk_align_step *steps, unsigned *ret_moved,
                      sk_align_out *ret_out)
{
    sk_align_out written, moved;
    sk_spelling other;
    sk_align_step second[SK_LAT_NATIVE];

    in->letters = d->spelling.letter;
    in->n_letters = d->spelling.n;
    in->starts = d->spelling.starts;
    unsigned n = sk_align_trace(in, &written, steps, SK_LAT_NATIVE);
    *ret_moved = 0;
    *ret_out = written;
    if (!(d->spelling.starts & (d->spelling.starts - 1)))
        return n;
    sk_spelling_move(&d->spelling, &other);
    in->letters = other.letter;
    in->starts = other.starts;
    unsigned m = sk_align_trace(in, &moved, second, SK_LAT_NATIVE);
    in->letters = d->spelling.letter; /* other ends here */
    in->starts = d->spelling.starts;
    if (!m || moved.cost + (int)sk_moved_cost(d->s) >= written.cost)
        return n;
    memcpy(steps, second, sizeof(second));
    d->spelling = other;
    *ret_out = moved;
    *ret_moved = sk_moved_cost(d->s);
    return m;
}

static void tell_moved(telling *t, unsigned moved)
{
    if (moved)
        tell(t, SK_NONE, SK_NONE, SK_NONE, SK_S("surname last"), moved / 16.0);
}

/* Letters no unit took, between the steps or behind them, and what they cost together. */
static void tell_skipped(telling *t, const side *d, const sk_align_step *steps, unsigned n,
                         bool is_a, int total)
{
    unsigned from = 0, to;
    int rest = total;

    for (unsigned i = 0; i < n; i++)
        rest -= steps[i].cost;
    if (rest <= 0)
        return;
    for (unsigned i = 0; i <= n; i++) {
        to = i < n ? steps[i].from : d->spelling.n;
        if (to > from)
            break;
        from = i < n ? steps[i].to : from;
    }
    sk_str text = quote_letters(t->arena, d, from, to);
    tell(t, is_a ? text : SK_NONE, is_a ? SK_NONE : text, SK_NONE, SK_S("left out"), rest / 16.0);
}

static void tell_native_foreign(telling *t, side *native, side *foreign, bool native_is_a)
{
    sk_align_step steps[SK_LAT_NATIVE];
    sk_align_out out = {0};
    sk_align_in in = {
        .lang = t->lang,
        .native = sk_lat_native(native->s),
        .n_native = native->s->n_native,
        .script = (sk_script)native->s->script,
        .bound = 0x2000,
        .is_whole = true,
    };
    unsigned moved;

    if (!sk_find_orth(t->lang, foreign->s, &in.orth))
        return;
    unsigned n = trace(&in, foreign, steps, &moved, &out);
    for (unsigned i = 0; i < n; i++) {
        sk_str x = quote_native(t->arena, native, steps[i].native);
        sk_str y = quote_letters(t->arena, foreign, steps[i].from, steps[i].to);
        tell(t, native_is_a ? x : y, native_is_a ? y : x,
             syllable_text(t->arena, t->lang, steps[i].syllable),
             how_text(t->arena, t->lang, &steps[i]), steps[i].cost / 16.0);
    }
    if (n)
        tell_skipped(t, foreign, steps, n, !native_is_a, out.cost);
    tell_moved(t, moved);
}

static void tell_hangul_han(telling *t, side *hangul, side *han, bool hangul_is_a)
{
    unsigned n = hangul->s->n_native < han->s->n_native ? hangul->s->n_native : han->s->n_native;

    for (unsigned i = 0; i < n; i++) {
        unsigned s = sk_lat_native(hangul->s)[i], readings, rank = 0;
        unsigned c = sk_lat_native(han->s)[i];
        const sk_reading *r = sk_tab_readings(SK_LATENT_KO, c, &readings);
        while (rank < readings && r[rank].id != s)
            rank++;
        sk_str x = quote_native(t->arena, hangul, i), y = quote_native(t->arena, han, i);
        int cost = sk_hangul_han_cost(s, c);
        sk_str how = rank < readings ? sk_fmt(t->arena, "reading %u of %u", rank + 1, readings)
                     : cost < 100    ? SK_S("initial-sound rule")
                                     : SK_S("no such reading");
        tell(t, hangul_is_a ? x : y, hangul_is_a ? y : x, syllable_text(t->arena, SK_LATENT_KO, s),
             how, cost / 16.0);
    }
}

/* Both spellings laid against the run in which they meet. */
static void tell_foreign_foreign(telling *t)
{
    uint64_t units = sk_meeting_run(t->a.s, t->b.s, t->lang);
    uint16_t run[SK_LAT_UNITS];
    sk_align_step x[SK_LAT_NATIVE], y[SK_LAT_NATIVE];
    sk_align_out out;
    unsigned n = 0, moved_a, moved_b;

    if (!units)
        return;
    for (uint64_t u = units; u; u >>= 16)
        run[n++] = (uint16_t)((u & 0xFFFF) - 1);
    sk_align_in in = {
        .lang = t->lang, .unit_run = run, .n_native = n, .bound = 0x2000, .is_whole = true};
    if (!sk_find_orth(t->lang, t->a.s, &in.orth) || !trace(&in, &t->a, x, &moved_a, &out))
        return;
    if (!sk_find_orth(t->lang, t->b.s, &in.orth) || !trace(&in, &t->b, y, &moved_b, &out))
        return;
    for (unsigned i = 0; i < n; i++) {
        sk_str how_a = how_text(t->arena, t->lang, &x[i]);
        sk_str how_b = how_text(t->arena, t->lang, &y[i]);
        sk_str how = sk_str_eq(how_a, how_b)
                         ? how_a
                         : sk_fmt(t->arena, "%.*s; %.*s", SK_P(how_a), SK_P(how_b));
        tell(t, quote_letters(t->arena, &t->a, x[i].from, x[i].to),
             quote_letters(t->arena, &t->b, y[i].from, y[i].to),
             syllable_text(t->arena, t->lang, run[i]), how, (x[i].cost + y[i].cost) / 16.0);
    }
    if (!moved_a != !moved_b)
        tell_moved(t, moved_a > moved_b ? moved_a : moved_b);
}

static void tell_kanji(telling *t, side *native, side *foreign, bool native_is_a)
{
    sk_align_step steps[SK_LAT_NATIVE], second[SK_LAT_NATIVE];
    sk_align_out out, moved_out;
    sk_align_ja_in in = {
        .native = sk_lat_native(native->s),
        .n_native = native->s->n_native,
        .letters = foreign->spelling.letter,
        .n_letters = foreign->spelling.n,
        .starts = foreign->spelling.starts,
        .is_devoiced = foreign->s->script == SK_SCRIPT_HANG,
        .bound = 0x2000,
    };
    unsigned n = sk_align_ja_trace(&in, &out, steps, SK_LAT_NATIVE), moved = 0;

    if (in.starts & (in.starts - 1)) {
        sk_spelling other;
        sk_spelling_move(&foreign->spelling, &other);
        in.letters = other.letter;
        in.starts = other.starts;
        unsigned m = sk_align_ja_trace(&in, &moved_out, second, SK_LAT_NATIVE);
        moved = sk_moved_cost(foreign->s);
        if (m && moved_out.cost + (int)moved < out.cost) {
            memcpy(steps, second, sizeof(second));
            n = m;
            foreign->spelling = other;
        } else {
            moved = 0;
        }
    }
    for (unsigned i = 0; i < n; i++) {
        sk_str x = quote_native(t->arena, native, steps[i].native);
        sk_str y = quote_letters(t->arena, foreign, steps[i].from, steps[i].to);
        unsigned id = steps[i].syllable;
        bool kana = sk_is_kana_code(sk_lat_native(native->s)[steps[i].native]);
        sk_str unit =
            id == 0xFFFF ? SK_NONE
                         : sk_romaji_text(t->arena, (const uint8_t *)&sk_tab_ja_reading[id].letters,
                                          sk_tab_ja_reading[id].n);
        sk_str how = kana                 ? SK_S("kana")
                     : id == 0xFFFF       ? SK_S("no known reading")
                     : steps[i].cost <= 8 ? SK_S("common reading")
                                          : SK_S("rarer reading");
        tell(t, native_is_a ? x : y, native_is_a ? y : x, unit, how, steps[i].cost / 16.0);
    }
    tell_moved(t, moved);
}

static void tell_romaji(telling *t)
{
    sk_latent_result r[SK_LATENT_LANGS];

    sk_latent_compare(t->a.s, t->b.s, r);
    const sk_latent_result *ja = &r[SK_LATENT_JA];
    double cost = (double)ja->mean * ja->units;
    sk_str how = cost > 0.2 ? SK_S("letter by letter") : SK_S("same sounds; long vowels as one");
    tell(t, quote(t->arena, &t->a, 0, t->a.f->n_cp), quote(t->arena, &t->b, 0, t->b.f->n_cp),
         sk_romaji_text(t->arena, sk_lat_romaji(t->a.s), t->a.s->n_romaji), how, cost);
    if (ja->order_changed)
        tell(t, SK_NONE, SK_NONE, SK_NONE, SK_S("surname last"), 0);
}

size_t sk_latent_explain(sk_arena *arena, const sk_form *fa, const sk_form *fb, const sk_latent *a,
                         const sk_latent *b, sk_latent_lang lang, const sk_name_step **ret_steps)
{
    telling *t = sk_new(arena, telling);
    sk_latent_result r[SK_LATENT_LANGS];

    t->arena = arena;
    t->lang = lang;
    t->step = sk_new_array(arena, sk_name_step, SK_LAT_NATIVE + 4);
    *ret_steps = t->step;
    sk_latent_compare(a, b, r);
    if (!r[lang].applicable)
        return 0;
    open_side(&t->a, fa, a, lang);
    open_side(&t->b, fb, b, lang);
    bool na = r[lang].side_a == SK_SIDE_NATIVE, nb = r[lang].side_b == SK_SIDE_NATIVE;
    if (lang == SK_LATENT_JA && a->script != SK_SCRIPT_HANI && b->script != SK_SCRIPT_HANI)
        tell_romaji(t);
    else if (lang == SK_LATENT_JA)
        tell_kanji(t, a->script == SK_SCRIPT_HANI ? &t->a : &t->b,
                   a->script == SK_SCRIPT_HANI ? &t->b : &t->a, a->script == SK_SCRIPT_HANI);
    else if (na && nb)
        tell_hangul_han(t, a->script == SK_SCRIPT_HANG ? &t->a : &t->b,
                        a->script == SK_SCRIPT_HANG ? &t->b : &t->a, a->script == SK_SCRIPT_HANG);
    else if (na || nb)
        tell_native_foreign(t, na ? &t->a : &t->b, na ? &t->b : &t->a, na);
    else
        tell_foreign_foreign(t);
    return t->n;
}

#define COST_NEAR (SK_LATENT_MAX / 2) /* one jamo apart: told apart, but only just */

static void tell_character(telling *t, unsigned i)
{
    static const char *const HOW[] = {"same", "variant of the same character", "one letter apart",
                                      "different"};
    static const float COST[] = {0, 0, COST_NEAR, SK_LATENT_MAX};
    sk_same_verdict v = sk_latent_same_at(t->a.s, t->b.s, i);
    bool in_a = i < t->a.s->n_native, in_b = i < t->b.s->n_native;
    sk_str how = sk_str_of(HOW[v]);

    if (!in_a || !in_b)
        how = SK_S("missing");
    else if (v == SK_SAME_VARIANT && t->a.s->script == SK_SCRIPT_HANG)
        how = SK_S("initial-sound rule");
    tell(t, in_a ? quote_native(t->arena, &t->a, i) : SK_NONE,
         in_b ? quote_native(t->arena, &t->b, i) : SK_NONE, SK_NONE, how, (double)COST[v]);
}

size_t sk_latent_explain_same(sk_arena *arena, const sk_form *fa, const sk_form *fb,
                              const sk_latent *a, const sk_latent *b,
                              const sk_name_step **ret_steps)
{
    telling *t = sk_new(arena, telling);
    sk_latent_same same;

    t->arena = arena;
    t->lang = SK_LATENT_JA;
    t->step = sk_new_array(arena, sk_name_step, SK_LAT_NATIVE + 4);
    *ret_steps = t->step;
    sk_latent_same_script(a, b, &same);
    if (!same.applicable)
        return 0;
    open_side(&t->a, fa, a, t->lang);
    open_side(&t->b, fb, b, t->lang);
    if (same.equal < same.units && sk_latent_same_sounds(a, b)) {
        tell(t, quote(arena, &t->a, 0, fa->n_cp), quote(arena, &t->b, 0, fb->n_cp),
             sk_romaji_text(arena, sk_lat_romaji(a), a->n_romaji),
             SK_S("same sounds; long vowels as one"), 0);
        return t->n;
    }
    for (unsigned i = 0; i < same.units; i++)
        tell_character(t, i);
    return t->n;
}

/* The reading of a side in a language, the likeliest one. */
static sk_str best_reading(sk_arena *arena, const sk_latent *s, sk_hypothesis language)
{
    const sk_name_reading *r;
    size_t n = sk_latent_decode(arena, s, &r);

    for (size_t i = 0; i < n; i++)
        if (r[i].language == language)
            return r[i].text;
    return SK_NONE;
}

sk_str sk_latent_losing(sk_arena *arena, const sk_latent *a, const sk_latent *b,
                        sk_latent_lang lang)
{
    static const char *const NAME[] = {"Korean", "Mandarin", "Cantonese", "Japanese"};
    static const sk_hypothesis HYP[] = {SK_HYP_KO, SK_HYP_ZH, SK_HYP_YUE, SK_HYP_JA};
    sk_latent_result r[SK_LATENT_LANGS];

    sk_latent_compare(a, b, r);
    if (!r[lang].applicable)
        return SK_NONE;
    sk_str x = best_reading(arena, r[lang].side_a == SK_SIDE_NATIVE ? a : b, HYP[lang]);
    if (!x.n)
        x = best_reading(arena, a, HYP[lang]);
    if (r[lang].mean >= SK_LATENT_MAX)
        return sk_fmt(arena, "%s \"%.*s\": does not fit", NAME[lang], SK_P(x));
    return sk_fmt(arena, "%s \"%.*s\": %.1f nats a unit", NAME[lang], SK_P(x),
                  (double)r[lang].mean);
}
