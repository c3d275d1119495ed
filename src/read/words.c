/* The class of each word where it stands: by the classes the lexicon gives it, by its ending, and by
 * its neighbours. From left to right, looking one word ahead. */
#include "read/reading_private.h"

static bool ends(sk_str s, const char *tail)
{
    sk_str t = sk_str_of(tail);
    return s.n > t.n + 1 && sk_str_ends(s, t);
}

/* Words no list has. */
static uint32_t guess(const sk_reader *x, const sk_item *i)
{
    sk_str s = sk_item_text(x, i);
    if (i->t.shape == SK_SHAPE_NUMBER)
        return SK_POS_NUM;
    if (!sk_token_is_word(&i->t))
        return 0;
    if (ends(s, "ly"))
        return SK_POS_ADV;
    if (ends(s, "ing") && s.n > 5)
        return SK_POS_VBG | SK_POS_NOUN;
    if (ends(s, "ed") && s.n > 4)
        return SK_POS_VBD | SK_POS_VBN;
    static const char *const adjectives[] = {"ous", "ive",  "able", "ible", "ful", "less",
                                             "ic",  "ical", "ary",  "ese",  "ish"};
    for (size_t k = 0; k < SK_COUNT(adjectives); k++)
        if (ends(s, adjectives[k]))
            return SK_POS_ADJ;
    if (ends(s, "al") || ends(s, "ant") || ends(s, "ent") || ends(s, "an"))
        return SK_POS_ADJ | SK_POS_NOUN;
    if (ends(s, "s") && !ends(s, "ss") && !ends(s, "us") && !ends(s, "is"))
        return SK_POS_NOUN | SK_POS_NOUNS;
    return SK_POS_NOUN;
}

static uint32_t classes(const sk_reader *x, const sk_item *i)
{
    uint32_t pos = i->pos;
    enum {
        OPEN = SK_POS_VERB | SK_POS_NOUN | SK_POS_ADJ | SK_POS_ADV | SK_POS_DET | SK_POS_PRON |
               SK_POS_PREP | SK_POS_CONJ | SK_POS_SUB | SK_POS_WH | SK_POS_BE | SK_POS_HAVE |
               SK_POS_DO | SK_POS_MODAL | SK_POS_NEG | SK_POS_TO | SK_POS_POSS | SK_POS_NUM |
               SK_POS_POSSPRON
    };
    if (!(pos & OPEN))
        pos |= guess(x, i);
    else if ((pos & SK_POS_VBG) && !(pos & SK_POS_NOUN))
        pos |= SK_POS_NOUN;
    return pos;
}

static bool is_noun_tag(unsigned tag)
{
    return tag == SK_TAG_NOUN || tag == SK_TAG_NAME;
}

static bool opens_noun_group(unsigned tag)
{
    return tag == SK_TAG_DET || tag == SK_TAG_ADJ || tag == SK_TAG_POSSPRON || tag == SK_TAG_POSS ||
           tag == SK_TAG_NUM;
}

/* May the word at i begin a noun group, as far as its classes say? */
static bool may_open(const sk_reader *x, int64_t i)
{
    const sk_item *item = sk_item_at(x, i);
    uint32_t c = classes(x, item);
    return (c & (SK_POS_DET | SK_POS_PRON | SK_POS_POSSPRON | SK_POS_NUM)) ||
           item->m[SK_LAYER_NAME] >= 0 || item->t.shape == SK_SHAPE_CAPITAL ||
           item->t.shape == SK_SHAPE_UPPER;
}

/* The tag before i, adverbs and negations passed over. */
static unsigned tag_before(const sk_reader *x, int64_t i, int64_t *ret_at)
{
    int64_t k = i - 1;
    while (k >= x->range.first &&
           (sk_item_at(x, k)->tag == SK_TAG_ADV || sk_item_at(x, k)->tag == SK_TAG_NEG))
        k--;
    *ret_at = k;
    return k >= x->range.first ? sk_item_at(x, k)->tag : SK_TAG_SIGN;
}

/* The auxiliary that governs a participle at i: looks back over adverbs and "and"-ed participles. */
static int64_t auxiliary_before(const sk_reader *x, int64_t i)
{
    int64_t k;
    unsigned tag = tag_before(x, i, &k);
    if (tag == SK_TAG_CONJ && k > 0) {
        int64_t j = k - 1;
        unsigned t = sk_item_at(x, j)->tag;
        if (t == SK_TAG_VBN || t == SK_TAG_VBG)
            return auxiliary_before(x, j);
    }
    /* questions: "was he beaten" */
    return tag == SK_TAG_AUX || sk_item_at(x, k)->pos & SK_POS_BE ? k : SK_READ_NONE;
}

/* "The army, which has denied abuses, killed": the comma before i ends a relative clause. */
static bool closes_relative(const sk_reader *x, int64_t i)
{
    for (int64_t k = i - 2; k >= x->range.first; k--) {
        const sk_item *item = sk_item_at(x, k);
        if (item->t.shape == SK_SHAPE_SIGN && sk_item_is(x, k, ","))
            return sk_item_at(x, k + 1)->tag == SK_TAG_WH;
    }
    return false;
}

static unsigned tag_past(const sk_reader *x, int64_t i, uint32_t c)
{
    int64_t before;
    unsigned prev = tag_before(x, i, &before);
    const sk_item *next = sk_item_at(x, i + 1);
    uint32_t ahead = classes(x, next);
    bool noun_ahead = (ahead & (SK_POS_NOUN | SK_POS_ADJ)) &&
                      !(ahead & (SK_POS_PREP | SK_POS_ADV)) && !next->t.glued;
    if (auxiliary_before(x, i) >= 0)
        return SK_TAG_VBN;
    if (opens_noun_group(prev) && noun_ahead)
        return SK_TAG_ADJ;
    if (sk_item_at(x, i - 1)->t.shape == SK_SHAPE_SIGN && sk_item_at(x, i)->t.glued &&
        sk_item_is(x, i - 1, "-"))
        return SK_TAG_ADJ; /* regime-sanctioned */
    bool says =
        (sk_item_at(x, i)->m[SK_LAYER_CUE] >= 0 || closes_relative(x, i)) && prev == SK_TAG_SIGN;
    if ((prev == SK_TAG_PREP || prev == SK_TAG_CONJ || prev == SK_TAG_VB || prev == SK_TAG_SIGN) &&
        noun_ahead && !says &&
        !(c & SK_POS_VBD && prev != SK_TAG_PREP && sk_item_at(x, i + 1)->m[0] >= 0))
        return prev == SK_TAG_CONJ && i - 1 > x->range.first &&
                       sk_item_at(x, before - 1)->tag != SK_TAG_ADJ && (c & SK_POS_VBD)
                   ? SK_TAG_VBD
                   : SK_TAG_ADJ;
    if (sk_item_is(x, i + 1, "by") && (c & SK_POS_VBN) && prev != SK_TAG_PRON)
        return SK_TAG_VBN;
    return c & SK_POS_VBD ? SK_TAG_VBD : SK_TAG_VBN;
}

static unsigned tag_ing(const sk_reader *x, int64_t i, uint32_t c)
{
    int64_t before;
    unsigned prev = tag_before(x, i, &before);
    if (auxiliary_before(x, i) >= 0)
        return SK_TAG_VBG;
    uint32_t ahead = classes(x, sk_item_at(x, i + 1));
    bool noun_ahead = (ahead & (SK_POS_NOUN | SK_POS_ADJ)) && !(ahead & (SK_POS_PREP | SK_POS_DET));
    if (opens_noun_group(prev))
        return noun_ahead && !(c & SK_POS_NOUNS) ? SK_TAG_ADJ : SK_TAG_NOUN;
    if (sk_item_is(x, i + 1, "of"))
        return SK_TAG_NOUN;
    if (is_noun_tag(prev) && sk_item_at(x, i)->m[SK_LAYER_ROLE] >= 0)
        return SK_TAG_NOUN; /* "the Council meeting" */
    return SK_TAG_VBG;
}

/* Is a finite verb already behind the last break of the sentence? */
static bool has_finite(const sk_reader *x, int64_t i)
{
    for (int64_t k = i - 1; k >= x->range.first; k--) {
        unsigned t = sk_item_at(x, k)->tag;
        if (t == SK_TAG_SUB || t == SK_TAG_WH || t == SK_TAG_CONJ || t == SK_TAG_SIGN)
            return false;
        if (t == SK_TAG_VBD || t == SK_TAG_VBS || t == SK_TAG_MODAL || t == SK_TAG_AUX)
            return true;
    }
    return false;
}

/* A word that is noun or verb: reports, attack, trade. */
static unsigned noun_or_verb(const sk_reader *x, int64_t i, uint32_t c)
{
    int64_t before;
    unsigned prev = tag_before(x, i, &before);
    const sk_item *p = sk_item_at(x, before);
    uint32_t ahead = classes(x, sk_item_at(x, i + 1));
    if (prev == SK_TAG_TO || prev == SK_TAG_MODAL)
        return SK_TAG_VB;
    if (p->pos & SK_POS_DO && prev == SK_TAG_AUX)
        return SK_TAG_VB;
    if (prev == SK_TAG_WH)
        return c & SK_POS_VBS && !(c & SK_POS_VB) ? SK_TAG_VBS : SK_TAG_VB;
    bool opens_object =
        ahead & (SK_POS_DET | SK_POS_POSSPRON) || sk_item_at(x, i + 1)->m[SK_LAYER_NAME] >= 0;
    bool first = i == x->range.first || sk_item_is(x, i - 1, "please");
    if (first && c & SK_POS_VB && opens_object && !x->is_heading)
        return SK_TAG_VB; /* "Arrest those men" */
    if (opens_noun_group(prev) || prev == SK_TAG_PREP || prev == SK_TAG_AUX || prev == SK_TAG_SIGN)
        return SK_TAG_NOUN;
    if (prev == SK_TAG_PRON && !(p->pos & SK_POS_QUANT))
        return c & SK_POS_VBS && !(c & SK_POS_VB) ? SK_TAG_VBS : SK_TAG_VB;
    bool opens = may_open(x, i + 1) || (ahead & (SK_POS_SUB | SK_POS_WH));
    if (is_noun_tag(prev) && !has_finite(x, i)) {
        bool plural = p->pos & SK_POS_NOUNS && !(p->m[SK_LAYER_NAME] >= 0);
        if (c & SK_POS_VBS && !plural && opens)
            return SK_TAG_VBS;
        if (c & SK_POS_VB && ahead & SK_POS_TO && classes(x, sk_item_at(x, i + 2)) & SK_POS_VB)
            return SK_TAG_VB; /* "lawmakers in Canada plan to" */
        if (c & SK_POS_VB && plural && (opens || ahead & SK_POS_TO || ahead & SK_POS_ADV))
            return SK_TAG_VB;
    }
    if (prev == SK_TAG_CONJ && before > x->range.first) {
        unsigned t = sk_item_at(x, before - 1)->tag;
        if ((t == SK_TAG_VB || t == SK_TAG_VBS) && opens)
            return t;
    }
    return SK_TAG_NOUN;
}

static unsigned tag_verb(const sk_reader *x, int64_t i, uint32_t c)
{
    bool noun = c & SK_POS_NOUN;
    unsigned left = i > x->range.first ? sk_item_at(x, i - 1)->tag : SK_TAG_SIGN;
    if (c & SK_POS_ADV && left >= SK_TAG_VB && left <= SK_TAG_VBG)
        return SK_TAG_ADV; /* "sent back 40 refugees" */
    if (c & (SK_POS_VBD | SK_POS_VBN) && !(c & SK_POS_VB && noun)) {
        if (c & SK_POS_ADJ && !(auxiliary_before(x, i) >= 0) &&
            opens_noun_group(sk_item_at(x, i - 1)->tag))
            return SK_TAG_ADJ;
        return tag_past(x, i, c);
    }
    if (c & SK_POS_VBG)
        return tag_ing(x, i, c);
    if (noun)
        return noun_or_verb(x, i, c);
    int64_t before;
    unsigned prev = tag_before(x, i, &before);
    if (c & SK_POS_ADJ && (opens_noun_group(prev) || prev == SK_TAG_PREP || prev == SK_TAG_AUX))
        return SK_TAG_ADJ;
    if (opens_noun_group(prev) && prev != SK_TAG_NUM)
        return SK_TAG_NOUN;
    return c & SK_POS_VBS && !(c & SK_POS_VB) ? SK_TAG_VBS : SK_TAG_VB;
}

/* "that": with a noun behind it a determiner; behind a noun and before a verb a relative. */
static unsigned tag_that(const sk_reader *x, int64_t i)
{
    unsigned prev = i > x->range.first ? sk_item_at(x, i - 1)->tag : SK_TAG_SIGN;
    uint32_t ahead = classes(x, sk_item_at(x, i + 1));
    bool verb_ahead =
        (ahead & (SK_POS_VERB | SK_POS_MODAL | SK_POS_BE | SK_POS_HAVE | SK_POS_DO)) &&
        !(ahead & (SK_POS_NOUN | SK_POS_DET));
    if (is_noun_tag(prev) && verb_ahead)
        return SK_TAG_WH;
    if ((prev == SK_TAG_PREP || prev == SK_TAG_CONJ || prev == SK_TAG_SIGN) && verb_ahead)
        return prev == SK_TAG_PREP || prev == SK_TAG_SIGN ? SK_TAG_PRON : SK_TAG_SUB;
    if (prev == SK_TAG_PREP)
        return ahead & SK_POS_NOUN ? SK_TAG_DET : SK_TAG_PRON;
    return SK_TAG_SUB;
}

static unsigned tag_small_word(const sk_reader *x, int64_t i, uint32_t c)
{
    unsigned prev = i > x->range.first ? sk_item_at(x, i - 1)->tag : SK_TAG_SIGN;
    uint32_t ahead = classes(x, sk_item_at(x, i + 1));
    if (sk_item_is(x, i, "that"))
        return tag_that(x, i);
    if (sk_item_is(x, i, "her"))
        return ahead & (SK_POS_NOUN | SK_POS_ADJ) && !(ahead & (SK_POS_PREP | SK_POS_CONJ))
                   ? SK_TAG_POSSPRON
                   : SK_TAG_PRON;
    if (c & SK_POS_NEG)
        return SK_TAG_NEG;
    if (c & SK_POS_MODAL)
        return SK_TAG_MODAL;
    if (c & (SK_POS_BE | SK_POS_HAVE | SK_POS_DO))
        return SK_TAG_AUX;
    if (c & SK_POS_TO)
        return ahead & SK_POS_VB && !(ahead & (SK_POS_DET | SK_POS_POSSPRON)) &&
                       !(ahead & SK_POS_NOUN && prev == SK_TAG_VBG)
                   ? SK_TAG_TO
               : ahead & SK_POS_ADV && classes(x, sk_item_at(x, i + 2)) & SK_POS_VB ? SK_TAG_TO
                                                                                    : SK_TAG_PREP;
    if (c & SK_POS_POSSPRON)
        return SK_TAG_POSSPRON;
    if (c & SK_POS_DET && c & SK_POS_PRON)
        return ahead & (SK_POS_NOUN | SK_POS_ADJ | SK_POS_NUM | SK_POS_VBN | SK_POS_VBG) &&
                       !(ahead & (SK_POS_PREP | SK_POS_ADV | SK_POS_VBD)) &&
                       !sk_item_at(x, i + 1)->t.glued
                   ? SK_TAG_DET
                   : SK_TAG_PRON;
    if (c & SK_POS_DET)
        return SK_TAG_DET;
    if (c & SK_POS_PRON)
        return SK_TAG_PRON;
    if (c & SK_POS_CONJ)
        return SK_TAG_CONJ;
    if (c & SK_POS_WH)
        return SK_TAG_WH;
    if (c & SK_POS_PREP && c & SK_POS_SUB) { /* after, before, since, as, until */
        for (int64_t k = i + 1; k < i + 7; k++) {
            uint32_t n = sk_item_at(x, k)->pos;
            if (n & (SK_POS_MODAL | SK_POS_BE | SK_POS_HAVE))
                return SK_TAG_SUB;
            if (n & (SK_POS_PREP | SK_POS_CONJ) || sk_item_at(x, k)->t.shape == SK_SHAPE_SIGN)
                break;
            if (n & SK_POS_VBD && !(n & (SK_POS_NOUN | SK_POS_ADJ)) && k > i + 1)
                return SK_TAG_SUB;
        }
        return SK_TAG_PREP;
    }
    if (c & SK_POS_SUB)
        return SK_TAG_SUB;
    return c & SK_POS_PREP ? SK_TAG_PREP : SK_TAG_ADV;
}

/* Inside a listed name or a noun of several words, everything is a noun; in a preposition of
 * several words, everything is that preposition. */
static unsigned tag_by_match(const sk_reader *x, int64_t i)
{
    const sk_match *name = sk_match_at(x, SK_LAYER_NAME, i);
    if (name && sk_match_entry(x, name)->kind != SK_LEX_WORD)
        return SK_TAG_NAME;
    const sk_match *word = sk_match_at(x, SK_LAYER_WORD, i);
    if (word && word->n > 1)
        return SK_TAG_PREP; /* refined by the vocabulary of its last word */
    const sk_match *role = sk_match_at(x, SK_LAYER_ROLE, i);
    if (role && role->n > 1)
        return SK_TAG_NOUN;
    return SK_TAG_OTHER;
}

enum {
    SMALL = SK_POS_DET | SK_POS_PRON | SK_POS_PREP | SK_POS_CONJ | SK_POS_SUB | SK_POS_WH |
            SK_POS_BE | SK_POS_HAVE | SK_POS_DO | SK_POS_MODAL | SK_POS_NEG | SK_POS_TO |
            SK_POS_POSSPRON
};

static bool is_contraction(const sk_reader *x, const sk_item *i)
{
    return x->text.p[i->t.from] == '\'' || (unsigned char)x->text.p[i->t.from] == 0xE2;
}

/* 's behind a noun: the possessive, or "is" before a participle, a preposition or an adverb. */
static unsigned tag_s(const sk_reader *x, int64_t i)
{
    unsigned prev = i > x->range.first ? sk_item_at(x, i - 1)->tag : SK_TAG_SIGN;
    const sk_item *next = sk_item_at(x, i + 1);
    uint32_t ahead = classes(x, next);
    if (!is_noun_tag(prev))
        return SK_TAG_AUX;
    if (ahead & (SK_POS_DET | SK_POS_PREP | SK_POS_NEG) ||
        (ahead & SK_POS_VBG && !(next->pos & SK_POS_NOUN) && !(ahead & SK_POS_ADJ) &&
         !(classes(x, sk_item_at(x, i + 2)) & (SK_POS_NOUN | SK_POS_PREP))))
        return SK_TAG_AUX;
    return SK_TAG_POSS;
}

static unsigned tag_of(const sk_reader *x, int64_t i)
{
    const sk_item *item = sk_item_at(x, i);
    uint32_t c = classes(x, item);
    unsigned t = tag_by_match(x, i);
    if (t == SK_TAG_PREP) {
        const sk_match *w = sk_match_at(x, SK_LAYER_WORD, i);
        const char *id = sk_entry_id(x, sk_match_entry(x, w));
        return !strcmp(id, "sub")    ? SK_TAG_SUB
               : !strcmp(id, "adv")  ? SK_TAG_ADV
               : !strcmp(id, "pron") ? SK_TAG_PRON
                                     : SK_TAG_PREP;
    }
    if (t != SK_TAG_OTHER)
        return t;
    if (c & SK_POS_POSS && item->t.shape != SK_SHAPE_NUMBER)
        return item->t.to - item->t.from > 1 ? tag_s(x, i) : SK_TAG_POSS;
    if (item->t.shape == SK_SHAPE_SIGN)
        return SK_TAG_SIGN;
    if (is_contraction(x, item) && !(c & SMALL))
        return SK_TAG_POSS;
    bool capital = item->t.shape == SK_SHAPE_CAPITAL || item->t.shape == SK_SHAPE_UPPER;
    bool opens = i == x->range.first || sk_item_at(x, i - 1)->tag == SK_TAG_SIGN;
    if (capital && !opens && !(c & SK_POS_NOTNAME) && !x->is_heading)
        return SK_TAG_NAME;
    if (capital && c & SK_POS_GIVENNAME && sk_item_at(x, i + 1)->t.shape == SK_SHAPE_CAPITAL)
        return SK_TAG_NAME;
    if (c & SMALL)
        return tag_small_word(x, i, c);
    if (c & SK_POS_NUM)
        return SK_TAG_NUM;
    if (c & SK_POS_VERB)
        return tag_verb(x, i, c);
    if (c & SK_POS_ADV)
        return SK_TAG_ADV;
    if (c & SK_POS_ADJ && c & SK_POS_NOUN)
        return classes(x, sk_item_at(x, i + 1)) & SK_POS_NOUN ? SK_TAG_ADJ : SK_TAG_NOUN;
    if (c & SK_POS_ADJ)
        return SK_TAG_ADJ;
    return c & SK_POS_NOUN ? capital && !item->pos ? SK_TAG_NAME : SK_TAG_NOUN : SK_TAG_SIGN;
}

/* "had been ill-treated": what stands before the participle of an act that is written with a hyphen
 * goes with the verb; not in front of a noun, "the ill-treated prisoners". */
static bool leads_participle(const sk_reader *x, int64_t i)
{
    const sk_match *m = sk_match_at(x, SK_LAYER_ACT, i);
    if (!m || m->n < 3 || (int64_t)m->first + m->n - 1 <= i || !sk_item_is(x, m->first + 1, "-") ||
        m->senses[0].form < SK_FORM_VB || m->senses[0].form > SK_FORM_VBG)
        return false;
    unsigned before = sk_item_at(x, (int64_t)m->first - 1)->tag;
    return before == SK_TAG_AUX || before == SK_TAG_NEG || before == SK_TAG_ADV ||
           before == SK_TAG_MODAL || before == SK_TAG_TO;
}

/* "Harbour Watch reported": a name may begin a sentence with a word that is also a plain verb. */
static bool opens_name(const sk_reader *x, int64_t i, uint32_t c)
{
    const sk_item *next = sk_item_at(x, i + 1);
    return i == x->range.first && !x->is_heading && c & SK_POS_VB && !(c & SK_POS_NOTNAME) &&
           sk_item_at(x, i)->t.shape == SK_SHAPE_CAPITAL && next->t.shape == SK_SHAPE_CAPITAL &&
           next->m[SK_LAYER_NAME] < 0 && !(next->pos & SK_POS_NOTNAME) &&
           sk_item_at(x, i + 2)->pos & (SK_POS_VBD | SK_POS_VBS | SK_POS_HAVE | SK_POS_BE);
}

/* "at least", "up to", "more than" before a number go with it. */
static bool bounds_number(const sk_reader *x, int64_t i)
{
    const sk_match *m = sk_match_at(x, SK_LAYER_QUALIFY, i);
    if (!m || sk_match_is(x, m, "between"))
        return false;
    const sk_item *next = sk_item_at(x, (int64_t)m->first + m->n);
    return (next->t.shape == SK_SHAPE_NUMBER || next->pos & SK_POS_NUM) &&
           m->first >= x->range.first && !sk_match_is(x, m, "could-exceed") &&
           !(next->t.to - next->t.from == 4 && m->n == 1 && !sk_match_is(x, m, "about"));
}

static bool is_number(const sk_reader *x, int64_t i)
{
    const sk_item *item = sk_item_at(x, i);
    return (item->t.shape == SK_SHAPE_NUMBER || item->pos & SK_POS_NUM) &&
           item->t.to > item->t.from;
}

/* "10 to 20 villagers", "3 or 4 men", "between 10 and 20": the word between two numbers that count one
 * noun, and the "between" before them, are part of the number. */
static bool is_in_range(const sk_reader *x, int64_t i)
{
    if (sk_item_is(x, i, "between"))
        return is_number(x, i + 1) && sk_item_is(x, i + 2, "and") && is_number(x, i + 3) &&
               is_in_range(x, i + 2);
    bool joins = sk_item_is(x, i, "to") || sk_item_is(x, i, "or") ||
                 (sk_item_is(x, i, "and") && sk_item_is(x, i - 2, "between"));
    const sk_item *noun = sk_item_at(x, i + 2);
    return joins && is_number(x, i - 1) && is_number(x, i + 1) && sk_token_is_word(&noun->t) &&
           noun->t.to > noun->t.from && noun->m[SK_LAYER_TIME] < 0 &&
           !(noun->pos & (SK_POS_PREP | SK_POS_CONJ | SK_POS_SUB | SK_POS_BE | SK_POS_DET));
}

void sk_pass_words(sk_reader *x)
{
    for (uint32_t i = x->range.first; i < x->range.end; i++)
        x->items[i].tag = SK_TAG_OTHER;
    for (uint32_t i = x->range.first; i < x->range.end; i++)
        x->items[i].tag =
            (uint8_t)(bounds_number(x, i) || is_in_range(x, i)         ? SK_TAG_NUM
                      : leads_participle(x, i)                         ? SK_TAG_ADV
                      : opens_name(x, i, classes(x, sk_item_at(x, i))) ? SK_TAG_NAME
                                                                       : tag_of(x, i));
}
