/* Which charset are these bytes in: each candidate decodes the first 64 KiB, and the text that
 * comes out is weighed by how likely its characters are in the language such a charset is for.
 *
 * All candidates account for the same bytes, so their sums of log probabilities (in nats) compare
 * directly; a lead of UNSURE_NATS is odds of about 150 to 1 under the model. ASCII costs the same
 * everywhere. The model is crude on purpose: frequent characters by rank (model/charsets.txt), the
 * rest by the row of the charset they stand in, and for the single-byte charsets also by the
 * letter before. Checked in tests/unit/read/t_charset.c. */
#include "charset_private.h"

#include "base/utf8.h"

#include <math.h>

enum {
    SAMPLE_BYTES = 64 << 10,
    FEW_SEQUENCES = 3,  /* so few two-byte sequences may be valid UTF-8 by chance */
    BAD_PER_10000 = 30, /* more malformed places than this rule a charset out     */
};

#define UNSURE_NATS  5.0  /* a smaller lead is said to be ambiguous          */
#define SURE_NATS    14.0 /* a smaller lead is "likely", a larger one "sure" */
#define BAD_NATS     20.0 /* what a malformed place costs                    */
#define LATIN_NATS   6.0  /* Latin words in text of a Cyrillic charset       */
#define STRANGE_NATS 9.2  /* dearer on average: no text of that charset      */
#define NO_NUL_NATS  12.0 /* UTF-16 without one blank or line end            */
#define LEGACY_NATS  4.0  /* before looking: what is not UTF-8 is rarer      */

typedef struct weight {
    double nats;
    size_t n_cyrillic;
    size_t n_bad, n_wide, n_latin; /* malformed places; beyond ASCII; ASCII letters */
    double wide_nats;              /* of those beyond ASCII                          */
} weight;

typedef struct candidate {
    const sk_charset *charset;
    sk_charset_language language;
    weight w;
} candidate;

/* Weigh one of the candidates that iconv decodes, character by character.
 * is_cut: s is a sample, so that half a character at its end says nothing. */
static void weigh_iconv(candidate *k, sk_str s, bool is_cut)
{
    iconv_t it = sk_charset_converter(k->charset);
    sk_charset_id id = k->charset->id;
    const unsigned char *p = (const unsigned char *)s.p;
    uint32_t before = ' ';
    k->w.nats = LEGACY_NATS;
    for (size_t at = 0; at < s.n;) {
        size_t n = sk_charset_char_bytes(id, p + at, s.n - at);
        uint32_t c = p[at];
        if (n > s.n - at && is_cut)
            return;
        if (n > s.n - at)
            n = s.n - at; /* iconv will refuse it */
        if (c >= 0x80) {
            char utf8[8], *q = utf8, *in = (char *)(uintptr_t)(s.p + at);
            size_t room = sizeof utf8, left = n, from = 0;
            if (iconv(it, &in, &left, &q, &room) == (size_t)-1 || left) {
                iconv(it, NULL, NULL, NULL, NULL);
                k->w.n_bad++;
                k->w.nats += BAD_NATS;
                at++;
                continue;
            }
            c = sk_utf8_next((sk_str){utf8, sizeof utf8 - room}, &from);
            double row = n > 1 ? sk_charset_row_cost(id, p[at], p[at + 1]) : 0;
            k->w.nats += row;
            k->w.wide_nats += row + sk_charset_char_cost(k->language, before, c);
            k->w.n_wide++;
        }
        k->w.n_latin += sk_charset_is_latin(c);
        k->w.n_cyrillic += sk_charset_is_cyrillic(c);
        k->w.nats += sk_charset_char_cost(k->language, before, c);
        before = c;
        at += n;
    }
    if (k->language ==
        SK_CHARSET_RU) /* text with Latin words is rather in a charset for Latin letters */
        k->w.nats += k->w.n_cyrillic ? fmin(LATIN_NATS, LATIN_NATS / 20 * (double)k->w.n_latin)
                                     : 2 * LATIN_NATS;
}

/* A UTF-16 or UTF-8 candidate may be in any of the languages: the best of them counts. */
static void weigh_unicode(sk_ctx *cx, candidate *k, sk_str s)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_decoded d = sk_decode(cx, s, k->charset, SK_MIB(1));
    double best = INFINITY;
    for (sk_charset_language l = 0; l < SK_CHARSET_LANGUAGES; l++) {
        double nats = 0;
        uint32_t before = ' ';
        for (size_t at = 0; at < d.text.n;) {
            uint32_t c = sk_utf8_next(d.text, &at);
            nats += sk_charset_char_cost(l, before, c);
            before = c;
        }
        if (nats < best) {
            best = nats;
            k->language = l;
        }
    }
    k->w.n_bad = d.n_bad;
    k->w.nats = best + BAD_NATS * (double)(d.n_bad + d.n_controls);
    if (k->charset->id != SK_CS_UTF8)
        k->w.nats += LEGACY_NATS + NO_NUL_NATS; /* with NULs, another function decides */
    sk_arena_back_to(&cx->arena, mark);
}

static sk_str sample_of(sk_str bytes)
{
    if (bytes.n <= SAMPLE_BYTES)
        return bytes;
    sk_str s = sk_str_sub(bytes, 0, SAMPLE_BYTES);
    const char *lf = memrchr(s.p, '\n', s.n);
    if (lf && lf - s.p > SAMPLE_BYTES / 2)
        s.n = (size_t)(lf - s.p) + 1;
    return s;
}

static bool is_possible(const candidate *k, size_t n_bytes)
{
    return k->w.n_bad * 10000 <= n_bytes * BAD_PER_10000;
}

enum { MOST_CANDIDATES = 11 };

/* Weigh all candidates; those that are possible stand first, the best of them first of all. */
static size_t weigh_all(sk_ctx *cx, sk_str s, bool is_cut, bool with_utf8,
                        candidate k[MOST_CANDIDATES])
{
    static const struct {
        sk_charset_id id;
        sk_charset_language language;
    } legacy[] = {{SK_CS_CP949, SK_CHARSET_KO},  {SK_CS_GB18030, SK_CHARSET_ZH},
                  {SK_CS_BIG5, SK_CHARSET_ZHT},  {SK_CS_SHIFT_JIS, SK_CHARSET_JA},
                  {SK_CS_EUC_JP, SK_CHARSET_JA}, {SK_CS_1251, SK_CHARSET_RU},
                  {SK_CS_KOI8R, SK_CHARSET_RU},  {SK_CS_1252, SK_CHARSET_LATIN}};
    size_t n = 0;
    for (size_t i = 0; i < SK_COUNT(legacy); i++) {
        k[n] = (candidate){sk_charset_get(legacy[i].id), legacy[i].language, {0}};
        weigh_iconv(&k[n], s, is_cut);
        n += is_possible(&k[n], s.n);
    }
    for (sk_charset_id id = with_utf8 ? SK_CS_UTF8 : SK_CS_UTF16LE; id <= SK_CS_UTF16BE; id++) {
        if (id != SK_CS_UTF8 && s.n % 2)
            continue;
        k[n] = (candidate){sk_charset_get(id), SK_CHARSET_KO, {0}};
        weigh_unicode(cx, &k[n], s);
        n += is_possible(&k[n], s.n);
    }
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j && k[j].w.nats < k[j - 1].w.nats; j--) {
            candidate t = k[j];
            k[j] = k[j - 1];
            k[j - 1] = t;
        }
    return n;
}

static sk_charset_found found_as(const sk_charset *cs, sk_str how)
{
    return (sk_charset_found){.charset = cs, .name = cs->name, .how = how};
}

/* EUC-KR is CP949 without the further syllables; say which of the two was needed. */
static void name_korean(sk_charset_found *f, sk_str bytes)
{
    if (f->charset->id != SK_CS_CP949)
        return;
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t at = 0;
    while (at + 1 < bytes.n && (p[at] < 0x80 || (p[at] >= 0xA1 && p[at + 1] >= 0xA1)))
        at += p[at] < 0x80 ? 1 : 2;
    bool is_within = at >= bytes.n || (at + 1 == bytes.n && p[at] < 0x80);
    f->name = is_within ? "euc-kr" : "cp949";
}

/* Do both give the same text? Quotation marks stand at the same places in several charsets. */
static bool read_alike(sk_ctx *cx, sk_str bytes, const sk_charset *x, const sk_charset *y)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_decoded a = sk_decode(cx, bytes, x, SK_LIM_TEXT_BYTES);
    sk_decoded b = sk_decode(cx, bytes, y, SK_LIM_TEXT_BYTES);
    bool alike = sk_str_eq(a.text, b.text);
    sk_arena_back_to(&cx->arena, mark);
    return alike;
}

static sk_charset_found by_content(sk_ctx *cx, sk_str bytes, bool with_utf8)
{
    candidate k[MOST_CANDIDATES];
    sk_str s = sample_of(bytes);
    size_t n = weigh_all(cx, s, s.n < bytes.n, with_utf8, k);
    if (!n)
        return found_as(sk_charset_utf8(), SK_S("no charset fits: read as utf-8"));
    double lead = n > 1 ? k[1].w.nats - k[0].w.nats : INFINITY;
    const char *sure = lead >= SURE_NATS ? "sure" : lead >= UNSURE_NATS ? "likely" : "unsure";
    sk_charset_found f = found_as(k[0].charset, SK_S("by content: sure (no other charset fits)"));
    name_korean(&f, bytes);
    if (n > 1)
        f.how = sk_fmt(&cx->arena, "by content: %s (next best %s, by a factor of %s%.0f)", sure,
                       k[1].charset->name, lead > 20 ? "over " : "", exp(lead > 20 ? 20 : lead));
    f.is_ambiguous = lead < UNSURE_NATS && !read_alike(cx, bytes, k[0].charset, k[1].charset);
    f.rival = f.is_ambiguous ? k[1].charset : NULL;
    f.is_strange = k[0].w.n_wide >= 3 && k[0].w.wide_nats > STRANGE_NATS * (double)k[0].w.n_wide;
    return f;
}

typedef struct utf8_facts {
    size_t n;                             /* bytes that were looked at           */
    size_t n_bad, n_multi, n_long, n_nul; /* malformed; of 2+ bytes; of 3+ bytes */
} utf8_facts;

static utf8_facts look(sk_str s)
{
    utf8_facts f = {.n = s.n};
    for (size_t at = 0; at < s.n;) {
        if ((unsigned char)s.p[at] < 0x80) {
            f.n_nul += s.p[at] == 0;
            at++;
            continue;
        }
        size_t n = sk_utf8_valid_bytes(s.p + at, s.n - at);
        f.n_bad += n == 0;
        f.n_multi += n > 0;
        f.n_long += n > 2;
        at += n ? n : 1;
    }
    return f;
}

static bool has_escapes(sk_str s)
{
    return sk_str_find(s, SK_S("\x1B$B")) != SIZE_MAX || sk_str_find(s, SK_S("\x1B$@")) != SIZE_MAX;
}

/* Does the whole of the bytes decode under what the document says of itself? */
static bool fits(sk_ctx *cx, sk_str bytes, const sk_charset *cs)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_str s = sample_of(bytes);
    sk_decoded d = sk_decode(cx, s, cs, SK_MIB(1));
    bool ok = d.n_bad * 1000 <= s.n && (s.n < bytes.n ? d.n_bad <= 1 : d.n_bad == 0);
    sk_arena_back_to(&cx->arena, mark);
    return ok;
}

static bool find_mark(sk_str bytes, sk_charset_found *ret_found)
{
    sk_str how = SK_S("byte order mark: certain");
    if (sk_str_starts(bytes, SK_S("\xEF\xBB\xBF")))
        *ret_found = found_as(sk_charset_utf8(), how);
    else if (sk_str_starts(bytes, SK_S("\xFF\xFE")))
        *ret_found = found_as(sk_charset_get(SK_CS_UTF16LE), how);
    else if (sk_str_starts(bytes, SK_S("\xFE\xFF")))
        *ret_found = found_as(sk_charset_get(SK_CS_UTF16BE), how);
    else
        return false;
    return true;
}

/* NUL bytes: UTF-16 without a mark, text with a few stray ones, or no text at all. */
static bool with_nuls(sk_ctx *cx, sk_str bytes, const utf8_facts *facts,
                      sk_charset_found *ret_found)
{
    candidate k[2];
    sk_str s = sample_of(bytes);
    utf8_facts seen = look(s);
    size_t n_ascii =
        s.n - seen.n_bad - seen.n_nul - 3 * seen.n_long - 2 * (seen.n_multi - seen.n_long);
    double as_bytes = SK_CHARSET_ASCII_NATS * (double)n_ascii + 9.0 * (double)seen.n_multi +
                      BAD_NATS * (double)(seen.n_bad + seen.n_nul);
    s.n -= s.n % 2;
    for (size_t i = 0; i < 2; i++) {
        k[i] = (candidate){sk_charset_get(i ? SK_CS_UTF16BE : SK_CS_UTF16LE), SK_CHARSET_KO, {0}};
        weigh_unicode(cx, &k[i], s);
    }
    const candidate *best = k[0].w.nats <= k[1].w.nats ? &k[0] : &k[1];
    bool is_utf16 = bytes.n % 2 == 0 && best->w.n_bad == 0 && best->w.nats < as_bytes &&
                    best->w.nats < 12.0 * (double)s.n / 2;
    if (!is_utf16 && facts->n_nul <= 1 + facts->n / 1000 && facts->n_bad * 100 <= facts->n)
        return false; /* go on as if there were none */
    *ret_found = is_utf16 ? found_as(best->charset, SK_S("by content: sure (0 bytes as in UTF-16)"))
                          : found_as(sk_charset_utf8(), SK_S("binary"));
    ret_found->is_binary = !is_utf16;
    return true;
}

static bool by_declaration(sk_ctx *cx, sk_str bytes, sk_str declared, const utf8_facts *facts,
                           sk_charset_found *ret_found)
{
    const sk_charset *cs = sk_charset_find(declared);
    if (!cs || (cs->id == SK_CS_UTF8 && facts->n_bad))
        return false;
    bool utf16 = cs->id == SK_CS_UTF16LE || cs->id == SK_CS_UTF16BE; /* it was read as bytes */
    if (utf16 || (cs->id != SK_CS_UTF8 && facts->n_multi && !facts->n_bad && facts->n_long) ||
        !fits(cx, bytes, cs))
        return false;
    *ret_found = found_as(
        cs, sk_fmt(&cx->arena, "as the document says (%.*s): it decodes so", SK_P(declared)));
    name_korean(ret_found, bytes);
    return true;
}

static sk_charset_found detect(sk_ctx *cx, sk_str bytes, sk_str declared)
{
    sk_charset_found f;
    if (find_mark(bytes, &f))
        return f;
    utf8_facts facts = look(sample_of(bytes));
    bool is_hopeless = facts.n_nul > facts.n / 1000 && facts.n_bad * 10 > facts.n;
    if (!is_hopeless) /* a film of gigabytes shows in its first bytes that it is no text */
        facts = look(bytes);
    if (facts.n_nul && with_nuls(cx, bytes, &facts, &f))
        return f;
    if (has_escapes(bytes) && !facts.n_bad)
        return found_as(sk_charset_get(SK_CS_ISO2022JP), SK_S("escape sequences: certain"));
    if (by_declaration(cx, bytes, declared, &facts, &f))
        return f;
    if (!facts.n_multi && !facts.n_bad)
        return found_as(sk_charset_utf8(), SK_S("only ASCII bytes: certain"));
    if (!facts.n_bad && (facts.n_long || facts.n_multi > FEW_SEQUENCES))
        return found_as(sk_charset_utf8(), SK_S("valid UTF-8: certain"));
    if (facts.n_bad && facts.n_multi > 20 * facts.n_bad)
        return found_as(sk_charset_utf8(), SK_S("UTF-8 but for a few bytes: sure"));
    f = by_content(cx, bytes, !facts.n_bad);
    f.is_binary = f.charset == sk_charset_utf8() && facts.n_bad * 10 > bytes.n;
    return f;
}

sk_charset_found sk_charset_find_out(sk_ctx *cx, sk_str bytes, sk_str named, sk_str declared)
{
    const sk_charset *cs = sk_charset_find(named);
    if (cs) {
        sk_charset_found f =
            found_as(cs, sk_fmt(&cx->arena, "named by the caller (%.*s)", SK_P(named)));
        name_korean(&f, bytes);
        return f;
    }
    sk_charset_found f = detect(cx, bytes, declared);
    if (declared.n && sk_charset_find(declared) != f.charset)
        f.how = sk_fmt(&cx->arena, "%.*s; the document says %.*s", SK_P(f.how), SK_P(declared));
    return f;
}
