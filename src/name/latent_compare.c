/* Comparing two sections, language by language. */
#include "name/latent.h"

#include "name/latent_private.h"

enum {
    BOUND_UNIT = 36, /* mean cost a unit above which two spellings do not meet, 1/16 nat */
    BOUND_BASE = 16,
    GOOD_UNIT = 10, /* mean cost at which the other word order need not be tried */
    COST_MOVED = 3, /* 0.15 nat and more when the writing says otherwise         */
    COST_AGAINST = 24,
    COST_SOUND = 8,
    COST_NO_READING = 112,
    DIRECT = 3, /* decoded runs that are laid against the other spelling */
};

static bool is_native(const sk_latent *s, sk_latent_lang lang)
{
    if (s->n_native < 2 && !(lang == SK_LATENT_JA && s->n_native))
        return false;
    if (s->flags & SK_LAT_CUT)
        return false;
    if (s->script == SK_SCRIPT_HANG)
        return lang == SK_LATENT_KO;
    return s->script == SK_SCRIPT_HANI;
}

/* Mixed with kana: Japanese only. */
static bool has_kana(const sk_latent *s)
{
    const uint16_t *c = sk_lat_native(s);

    for (unsigned i = 0; i < s->n_native; i++)
        if (sk_is_kana_code(c[i]))
            return true;
    return false;
}

bool sk_find_orth(sk_latent_lang lang, const sk_latent *s, sk_orth *ret_orth)
{
    bool ko = lang == SK_LATENT_KO;

    if (s->n_letters < 2)
        return false;
    switch (s->script) {
    case SK_SCRIPT_LATN:
        *ret_orth = !ko                        ? (lang == SK_LATENT_ZH ? SK_ZH_LATN : SK_YUE_LATN)
                    : s->flags & SK_LAT_MARKED ? SK_KO_LATN_MARKED
                    : s->flags & SK_LAT_RR     ? SK_KO_LATN_RR
                                               : SK_KO_LATN;
        return true;
    case SK_SCRIPT_CYRL:
        *ret_orth = ko ? SK_KO_CYRL : SK_ZH_CYRL;
        return lang != SK_LATENT_YUE;
    case SK_SCRIPT_KANA:
        *ret_orth = ko ? SK_KO_KANA : SK_ZH_KANA;
        return lang != SK_LATENT_YUE;
    case SK_SCRIPT_ARAB:
        *ret_orth = ko ? SK_KO_ARAB : SK_ZH_ARAB;
        return lang != SK_LATENT_YUE;
    case SK_SCRIPT_HANG:
        *ret_orth = SK_ZH_HANG;
        return lang == SK_LATENT_ZH;
    default:
        return false;
    }
}

unsigned sk_rivals(const sk_latent *s, sk_latent_lang lang)
{
    unsigned n = 0;
    const sk_decoded *d = sk_lat_decoded(s, (unsigned)lang);

    for (unsigned i = 0; i < s->n_decoded[lang]; i++)
        n += d[i].above <= 16;
    return n;
}

void sk_section_spelling(const sk_latent *s, sk_latent_lang lang, sk_spelling *out)
{
    bool ja = lang == SK_LATENT_JA;
    const uint8_t *p = ja ? sk_lat_romaji(s) : sk_lat_letters(s);

    memset(out->letter, 0, sizeof(out->letter));
    out->n = ja ? s->n_romaji : s->n_letters;
    out->starts = ja ? s->romaji_starts : s->letter_starts;
    out->is_cut = false;
    memcpy(out->letter, p, out->n);
    if (lang == SK_LATENT_ZH || lang == SK_LATENT_YUE) {
        for (unsigned j = 0; j < out->n; j++)
            out->letter[j] = out->letter[j] == SK_L_OBREVE   ? 'o' - 'a' + 1
                             : out->letter[j] == SK_L_UBREVE ? 'u' - 'a' + 1
                                                             : out->letter[j];
    }
}

/* What the moved order costs, given what the writing says of the spelling. */
unsigned sk_moved_cost(const sk_latent *s)
{
    return COST_MOVED + (s->flags & SK_LAT_COMMA ? COST_AGAINST : 0u);
}

static void put(sk_latent_result *r, int cost, int worst, unsigned units)
{
    float most = SK_LATENT_MAX;

    r->units = (uint8_t)units;
    r->mean = cost >= SK_ALIGN_NONE ? most : (float)cost / (16.0f * (float)units);
    r->worst = cost >= SK_ALIGN_NONE ? most : (float)worst / 16.0f;
    if (r->mean > most)
        r->mean = most;
    if (r->worst > most)
        r->worst = most;
}

/* Lay a native side (or a decoded run) against the letters in both word orders. */
static sk_align_out align_orders(sk_align_in *in, const sk_spelling *s, unsigned moved_cost,
                                 bool *ret_moved)
{
    sk_align_out written, moved;
    sk_spelling other;

    in->letters = s->letter;
    in->n_letters = s->n;
    in->starts = s->starts;
    sk_align(in, &written);
    *ret_moved = false;
    if (!(s->starts & (s->starts - 1)) || written.cost <= GOOD_UNIT * (int)in->n_native)
        return written;
    sk_spelling_move(s, &other);
    in->letters = other.letter;
    in->starts = other.starts;
    if (written.cost < in->bound)
        in->bound = written.cost;
    sk_align(in, &moved);
    moved.cost += (int)moved_cost;
    in->letters = s->letter; /* other ends here */
    in->starts = s->starts;
    if (moved.cost < written.cost) {
        *ret_moved = true;
        return moved;
    }
    return written;
}

static int bound_of(unsigned units)
{
    return BOUND_UNIT * (int)units + BOUND_BASE;
}

/* The letters cannot be so few or so many for the characters. */
static bool is_hopeless(const sk_latent *native, unsigned letters)
{
    return letters + 1 < native->n_native || letters > 8u * native->n_native + 8;
}

static void native_foreign(const sk_latent *native, const sk_latent *foreign, sk_latent_lang lang,
                           sk_orth orth, sk_latent_result *r)
{
    sk_spelling s;
    sk_align_in in = {
        .lang = lang,
        .orth = orth,
        .native = sk_lat_native(native),
        .n_native = native->n_native,
        .script = (sk_script)native->script,
        .bound = bound_of(native->n_native),
    };
    bool moved = false;
    sk_align_out out = {.cost = SK_ALIGN_NONE};

    if (!is_hopeless(native, foreign->n_letters)) {
        sk_section_spelling(foreign, lang, &s);
        out = align_orders(&in, &s, sk_moved_cost(foreign), &moved);
    }
    put(r, out.cost, out.worst, native->n_native);
    r->order_changed = moved;
    r->skipped = (uint8_t)out.skipped;
    r->rivals = (uint8_t)sk_rivals(foreign, lang);
}

/* ---- Hangul against Han ---- */

int sk_hangul_han_cost(unsigned hangul, unsigned han)
{
    unsigned n;
    const sk_reading *r = sk_tab_readings(SK_LATENT_KO, han, &n);
    uint16_t other[2];
    int best = COST_NO_READING;

    for (unsigned i = 0; i < n; i++) {
        int cost = r[i].cost;
        if (r[i].id != hangul) {
            unsigned k = sk_initial_sound(r[i].id, other);
            if (!(k > 0 && other[0] == hangul) && !(k > 1 && other[1] == hangul))
                continue;
            cost += COST_SOUND;
        }
        best = cost < best ? cost : best;
    }
    return best;
}

static void hangul_han(const sk_latent *hangul, const sk_latent *han, sk_latent_result *r)
{
    int cost = 0, worst = 0;

    if (hangul->n_native != han->n_native) {
        put(r, SK_ALIGN_NONE, SK_ALIGN_NONE, han->n_native);
        return;
    }
    for (unsigned i = 0; i < han->n_native; i++) {
        int c = sk_hangul_han_cost(sk_lat_native(hangul)[i], sk_lat_native(han)[i]);
        cost += c;
        worst = c > worst ? c : worst;
    }
    put(r, cost, worst, han->n_native);
}

/* ---- two spellings ---- */

/* Units under the initial-sound rule, so that 리 and 이 are one. */
static uint64_t plain_units(uint64_t units)
{
    uint64_t out = 0;

    for (unsigned i = 0; i < SK_LAT_UNITS && units; i++, units >>= 16) {
        unsigned s = (unsigned)(units & 0xFFFF) - 1;
        uint16_t other[2];
        if ((s / 588 == 5 || s / 588 == 2) && sk_initial_sound(s, other))
            s = other[0] / 588 == 5 ? s : other[0];
        out |= (uint64_t)(s + 1) << (16 * i);
    }
    return out;
}

static unsigned units_count(uint64_t units)
{
    unsigned n = 0;

    for (; units; units >>= 16)
        n++;
    return n;
}

static unsigned unpack(uint64_t units, uint16_t run[SK_LAT_UNITS])
{
    unsigned n = 0;

    for (; units; units >>= 16)
        run[n++] = (uint16_t)((units & 0xFFFF) - 1);
    return n;
}

/* The cheapest run both decodings hold. Returns its cost, the run in *ret_units. */
static int meet(const sk_latent *a, const sk_latent *b, sk_latent_lang lang, uint64_t *ret_units,
                bool *ret_moved)
{
    const sk_decoded *x = sk_lat_decoded(a, (unsigned)lang);
    const sk_decoded *y = sk_lat_decoded(b, (unsigned)lang);
    uint64_t plain[SK_LAT_DECODED];
    int best = SK_ALIGN_NONE;

    for (unsigned j = 0; j < b->n_decoded[lang]; j++)
        plain[j] = lang == SK_LATENT_KO ? plain_units(y[j].units) : y[j].units;
    for (unsigned i = 0; i < a->n_decoded[lang]; i++) {
        uint64_t p = lang == SK_LATENT_KO ? plain_units(x[i].units) : x[i].units;
        for (unsigned j = 0; j < b->n_decoded[lang]; j++) {
            if (p != plain[j])
                continue;
            int cost = x[i].channel + y[j].channel + (x[i].units == y[j].units ? 0 : COST_SOUND) +
                       (x[i].is_moved != y[j].is_moved ? COST_MOVED : 0);
            if (cost < best) {
                best = cost;
                *ret_units = x[i].units;
                *ret_moved = x[i].is_moved != y[j].is_moved;
            }
        }
    }
    return best;
}

typedef struct meeting {
    int cost, worst;
    unsigned units, skipped;
    uint64_t run;
    bool moved, decoded_a; /* the run is one of a's, laid against b */
    bool direct;
} meeting;

/* Lay the likeliest runs of one spelling against the letters of the other. */
static void direct(const sk_latent *from, const sk_latent *to, sk_latent_lang lang, bool from_a,
                   meeting *m)
{
    const sk_decoded *d = sk_lat_decoded(from, (unsigned)lang);
    sk_spelling s;
    sk_orth orth;

    if (!from->n_decoded[lang] || !sk_find_orth(lang, to, &orth))
        return;
    sk_section_spelling(to, lang, &s);
    for (unsigned i = 0; i < from->n_decoded[lang] && i < DIRECT; i++) {
        uint16_t run[SK_LAT_UNITS];
        sk_align_in in = {.lang = lang, .orth = orth, .unit_run = run};
        in.n_native = unpack(d[i].units, run);
        if (s.n > 8 * in.n_native || s.n < in.n_native)
            continue;
        int own = d[i].channel;
        in.bound = m->cost - own;
        if (in.bound > bound_of(in.n_native) - own)
            in.bound = bound_of(in.n_native) - own;
        if (in.bound <= 0)
            continue;
        bool moved;
        sk_align_out out = align_orders(&in, &s, sk_moved_cost(to), &moved);
        if (out.cost + own >= m->cost)
            continue;
        m->cost = out.cost + own;
        m->worst = out.worst + own / (int)in.n_native;
        m->units = in.n_native;
        m->skipped = out.skipped;
        m->run = d[i].units;
        m->moved = moved != (bool)d[i].is_moved;
        m->decoded_a = from_a;
        m->direct = true;
    }
}

/* The order in which two sections are looked at, so that ties fall the same way both times. */
static bool stands_second(const sk_latent *a, const sk_latent *b)
{
    size_t n = a->size_bytes < b->size_bytes ? a->size_bytes : b->size_bytes;

    return memcmp(a, b, n) > 0;
}

static void find_meeting(const sk_latent *a, const sk_latent *b, sk_latent_lang lang, meeting *m)
{
    bool swap = stands_second(a, b);
    const sk_latent *x = swap ? b : a, *y = swap ? a : b;

    *m = (meeting){.cost = SK_ALIGN_NONE, .units = 3, .decoded_a = true};
    m->cost = meet(x, y, lang, &m->run, &m->moved);
    if (m->run) {
        m->units = units_count(m->run);
        /* Not known syllable by syllable: two thirds of it in one. */
        m->worst = m->units > 1 ? (m->cost * 2 + 2) / 3 : m->cost;
    }
    bool same = a->size_bytes == b->size_bytes && memcmp(a, b, a->size_bytes) == 0;
    if (m->run && (same || m->cost <= GOOD_UNIT * (int)m->units))
        return;
    direct(x, y, lang, !swap, m);
    direct(y, x, lang, swap, m);
}

uint64_t sk_meeting_run(const sk_latent *a, const sk_latent *b, sk_latent_lang lang)
{
    meeting m;

    find_meeting(a, b, lang, &m);
    return m.cost < SK_ALIGN_NONE ? m.run : 0;
}

static void foreign_foreign(const sk_latent *a, const sk_latent *b, sk_latent_lang lang,
                            sk_latent_result *r)
{
    meeting m;

    find_meeting(a, b, lang, &m);
    put(r, m.cost, m.worst, m.units);
    r->order_changed = m.moved;
    r->skipped = (uint8_t)m.skipped;
    unsigned x = sk_rivals(a, lang), y = sk_rivals(b, lang);
    r->rivals = (uint8_t)(x > y ? x : y);
    if (m.direct && m.decoded_a)
        r->side_b = SK_SIDE_FOREIGN;
    else if (m.direct)
        r->side_a = SK_SIDE_FOREIGN;
}

/* ---- Japanese ---- */

static void kanji_romaji(const sk_latent *native, const sk_latent *foreign, sk_latent_result *r)
{
    sk_spelling s, other;
    sk_align_out written = {.cost = SK_ALIGN_NONE}, moved;
    sk_align_ja_in in = {
        .native = sk_lat_native(native),
        .n_native = native->n_native,
        .is_devoiced = foreign->script == SK_SCRIPT_HANG,
        .bound = bound_of(native->n_native),
    };

    if (!is_hopeless(native, foreign->n_romaji)) {
        sk_section_spelling(foreign, SK_LATENT_JA, &s);
        in.letters = s.letter;
        in.n_letters = s.n;
        in.starts = s.starts;
        sk_align_ja(&in, &written);
        if ((s.starts & (s.starts - 1)) && written.cost > GOOD_UNIT * (int)in.n_native) {
            sk_spelling_move(&s, &other);
            in.letters = other.letter;
            in.starts = other.starts;
            in.bound = written.cost < in.bound ? written.cost : in.bound;
            sk_align_ja(&in, &moved);
            moved.cost += (int)sk_moved_cost(foreign);
            if (moved.cost < written.cost) {
                written = moved;
                r->order_changed = true;
            }
        }
    }
    put(r, written.cost, written.worst, native->n_native);
}

static unsigned count_morae(const sk_latent *s)
{
    const uint8_t *p = sk_lat_romaji(s);
    unsigned n = 0;

    for (unsigned j = 0; j < s->n_romaji; j++)
        n += p[j] == 1 || p[j] == 5 || p[j] == 9 || p[j] == 15 || p[j] == 21;
    return n ? n : 1;
}

static void romaji_romaji(const sk_latent *a, const sk_latent *b, sk_latent_result *r)
{
    sk_spelling x, y, other;
    unsigned ma = count_morae(a), mb = count_morae(b), units = ma > mb ? ma : mb;
    bool devoiced = a->script == SK_SCRIPT_HANG || b->script == SK_SCRIPT_HANG;
    int bound = 24 * (int)units;

    sk_section_spelling(a, SK_LATENT_JA, &x);
    sk_section_spelling(b, SK_LATENT_JA, &y);
    int cost = sk_align_romaji(x.letter, x.n, y.letter, y.n, devoiced, bound);
    for (unsigned side = 0; side < 2 && cost > 0; side++) {
        const sk_spelling *s = side ? &y : &x, *t = side ? &x : &y;
        if (!(s->starts & (s->starts - 1)))
            continue;
        sk_spelling_move(s, &other);
        int c = sk_align_romaji(other.letter, other.n, t->letter, t->n, devoiced, bound);
        c += (int)sk_moved_cost(side ? b : a);
        if (c < cost) {
            cost = c;
            r->order_changed = true;
        }
    }
    put(r, cost, cost, units);
}

static void compare_japanese(const sk_latent *a, const sk_latent *b, sk_latent_result *r)
{
    bool na = is_native(a, SK_LATENT_JA) && a->script == SK_SCRIPT_HANI;
    bool nb = is_native(b, SK_LATENT_JA) && b->script == SK_SCRIPT_HANI;

    if (na ? !b->n_romaji || nb : nb ? !a->n_romaji : !a->n_romaji || !b->n_romaji)
        return;
    r->applicable = true;
    r->side_a = na || a->script == SK_SCRIPT_KANA ? SK_SIDE_NATIVE : SK_SIDE_FOREIGN;
    r->side_b = nb || b->script == SK_SCRIPT_KANA ? SK_SIDE_NATIVE : SK_SIDE_FOREIGN;
    r->rivals = 1;
    if (na)
        kanji_romaji(a, b, r);
    else if (nb)
        kanji_romaji(b, a, r);
    else
        romaji_romaji(a, b, r);
}

/* ---- all ---- */

static void compare_syllables(const sk_latent *a, const sk_latent *b, sk_latent_lang lang,
                              sk_latent_result *r)
{
    bool na = is_native(a, lang) && !has_kana(a), nb = is_native(b, lang) && !has_kana(b);
    sk_orth oa, ob;
    bool fa = !na && sk_find_orth(lang, a, &oa), fb = !nb && sk_find_orth(lang, b, &ob);

    if (na && nb) {
        if (a->script == b->script)
            return;
        r->applicable = true;
        r->side_a = r->side_b = SK_SIDE_NATIVE;
        r->rivals = 1;
        if (a->script == SK_SCRIPT_HANG)
            hangul_han(a, b, r);
        else
            hangul_han(b, a, r);
    } else if ((na && fb) || (nb && fa)) {
        r->applicable = true;
        r->side_a = na ? SK_SIDE_NATIVE : SK_SIDE_FOREIGN;
        r->side_b = nb ? SK_SIDE_NATIVE : SK_SIDE_FOREIGN;
        if (na)
            native_foreign(a, b, lang, ob, r);
        else
            native_foreign(b, a, lang, oa, r);
    } else if (fa && fb && (a->n_decoded[lang] || b->n_decoded[lang])) {
        r->applicable = true;
        r->side_a = r->side_b = SK_SIDE_DECODED;
        foreign_foreign(a, b, lang, r);
    }
}

void sk_latent_compare(const sk_latent *a, const sk_latent *b,
                       sk_latent_result ret_result[SK_LATENT_LANGS])
{
    for (unsigned lang = 0; lang < SK_LATENT_LANGS; lang++) {
        ret_result[lang] = (sk_latent_result){0};
        if (lang == SK_LATENT_JA)
            compare_japanese(a, b, &ret_result[lang]);
        else
            compare_syllables(a, b, (sk_latent_lang)lang, &ret_result[lang]);
    }
}
