/* Features, logistics and the rules for names of one East Asian script. */
#include "name/combine.h"

#include "name/name_private.h"

#include <math.h>

#define EVIDENCE_MAX 9.0f /* nats: p stays within 1e-4 of 0 and 1 */
/* Bodies have aliases of quite another wording, from which the weights learn that words that differ
 * say little; a match must still rest on words. */
#define BODY_SLACK  1.5f
#define SAME_PLACE  4.5f /* one entry of the gazetteer          */
#define OTHER_PLACE -2.5f
#define READINGS    0.2f  /* two readings of one character: as likely as not  */
#define SURNAME     0.4f  /* a surname, and a given name that says nothing of the other */
#define OTHER_GIVEN -1.0f /* at most, of two given names beside one surname */
#define OWN_MAX     6.0f  /* what one account may say             */

/* ---- classes ---- */

static const uint8_t CLASS[SK_PAIR_CLASSES][2] = {
    {SK_SCRIPT_NONE, SK_SCRIPT_NONE}, {SK_SCRIPT_LATN, SK_SCRIPT_LATN},
    {SK_SCRIPT_LATN, SK_SCRIPT_HANI}, {SK_SCRIPT_LATN, SK_SCRIPT_HANG},
    {SK_SCRIPT_LATN, SK_SCRIPT_KANA}, {SK_SCRIPT_LATN, SK_SCRIPT_ARAB},
    {SK_SCRIPT_LATN, SK_SCRIPT_CYRL}, {SK_SCRIPT_HANI, SK_SCRIPT_KANA},
    {SK_SCRIPT_HANG, SK_SCRIPT_HANI}, {SK_SCRIPT_CYRL, SK_SCRIPT_HANI},
    {SK_SCRIPT_ARAB, SK_SCRIPT_HANI}, {SK_SCRIPT_CYRL, SK_SCRIPT_HANG},
    {SK_SCRIPT_CYRL, SK_SCRIPT_ARAB}, {SK_SCRIPT_ARAB, SK_SCRIPT_HANG},
    {SK_SCRIPT_HANG, SK_SCRIPT_KANA}, {SK_SCRIPT_CYRL, SK_SCRIPT_KANA},
    {SK_SCRIPT_ARAB, SK_SCRIPT_KANA}, {SK_SCRIPT_CYRL, SK_SCRIPT_CYRL},
    {SK_SCRIPT_ARAB, SK_SCRIPT_ARAB},
};

static unsigned pair_class(sk_script a, sk_script b)
{
    uint8_t lo = (uint8_t)(a < b ? a : b), hi = (uint8_t)(a < b ? b : a);

    for (unsigned i = 1; i < SK_PAIR_CLASSES && CLASS[i][0]; i++)
        if (CLASS[i][0] == lo && CLASS[i][1] == hi)
            return i;
    return 0;
}

const char *sk_pair_class_name(unsigned class)
{
    static const char *const NAME[SK_PAIR_CLASSES] = {
        "any",       "Latn-Latn", "Latn-Hani", "Latn-Hang", "Latn-Kana", "Latn-Arab", "Latn-Cyrl",
        "Hani-Kana", "Hang-Hani", "Cyrl-Hani", "Arab-Hani", "Cyrl-Hang", "Cyrl-Arab", "Arab-Hang",
        "Hang-Kana", "Cyrl-Kana", "Arab-Kana", "Cyrl-Cyrl", "Arab-Arab",
    };

    return class < SK_PAIR_CLASSES && NAME[class] ? NAME[class] : "free";
}

const char *sk_account_name(sk_account account)
{
    static const char *const NAME[SK_ACCOUNTS] = {"ko", "zh", "yue", "ja", "edit", "words"};

    return (unsigned)account < SK_ACCOUNTS ? NAME[account] : "none";
}

const char *sk_regime_name(sk_regime regime)
{
    static const char *const NAME[SK_REGIMES] = {"general", "korean", "body"};

    return (unsigned)regime < SK_REGIMES ? NAME[regime] : "none";
}

/* ---- parts ---- */

static bool is_east_asian(unsigned script)
{
    return script == SK_SCRIPT_HANG || script == SK_SCRIPT_HANI || script == SK_SCRIPT_KANA;
}

static bool is_body(sk_name_kind kind)
{
    return kind == SK_NAME_ORGANIZATION || kind == SK_NAME_VESSEL || kind == SK_NAME_PLACE;
}

/* What two names are as bodies: ships or places where either is one. */
static sk_name_kind body_kind(sk_name_kind a, sk_name_kind b)
{
    if (a == SK_NAME_VESSEL || b == SK_NAME_VESSEL)
        return SK_NAME_VESSEL;
    return a == SK_NAME_PLACE || b == SK_NAME_PLACE ? SK_NAME_PLACE : SK_NAME_ORGANIZATION;
}

/* What the word comparer of bodies asks about the proper names left in them. */
typedef struct rest_question {
    const sk_parts *parts;
} rest_question;

static double rest_evidence(const void *arg)
{
    const rest_question *q = arg;
    sk_parts p = *q->parts;
    sk_name_score score;
    sk_evidence e;

    p.regime = p.regime == SK_REGIME_BODY ? SK_REGIME_GENERAL : p.regime;
    p.words = (sk_words_result){0};
    sk_combine(sk_combine_shipped(), &p, &score, &e);
    return score.evidence;
}

/* A Korean personal name is two words at least unless it is written in Hangul, Han or kana: one
 * word such as Robin can be read as Korean syllables, and is not meant so. */
static bool looks_korean(const sk_name *n)
{
    bool is_whole = n->n_token > 1 || is_east_asian(n->main_script);

    return is_whole && sk_latent_can_be_korean(sk_name_latent(n));
}

static void find_places(const sk_name *a, const sk_name *b, sk_parts *p)
{
    if (!a->place[0] || !b->place[0])
        return;
    for (unsigned i = 0; i < SK_PLACE_IDS && a->place[i]; i++)
        for (unsigned j = 0; j < SK_PLACE_IDS && b->place[j]; j++)
            p->same_place = p->same_place || a->place[i] == b->place[j];
    p->other_place = !p->same_place;
}

void sk_parts_find(const sk_edit_weights *w, const sk_name *a, const sk_name *b,
                   const sk_rarity *rarity, sk_parts *ret_parts)
{
    sk_parts *p = ret_parts;
    const sk_latent *la = sk_name_latent(a), *lb = sk_name_latent(b);

    *p = (sk_parts){.script_a = a->main_script, .script_b = b->main_script};
    p->is_equal = sk_str_eq(sk_name_raw(a), sk_name_raw(b)) && a->raw_bytes < SK_LIM_NAME_BYTES;
    p->pair_class = (uint8_t)pair_class((sk_script)a->main_script, (sk_script)b->main_script);
    sk_name_kind kind_a = sk_words_kind(sk_name_words(a)), kind_b = sk_words_kind(sk_name_words(b));
    find_places(a, b, p);
    bool said = is_body((sk_name_kind)a->kind) || is_body((sk_name_kind)b->kind);
    if (!said && looks_korean(a) && looks_korean(b))
        p->regime = SK_REGIME_KOREAN; /* whatever word for a body a syllable looks like */
    else if (is_body(kind_a) || is_body(kind_b))
        p->regime = SK_REGIME_BODY;
    p->kind = (uint8_t)body_kind(kind_a, kind_b);
    if (a->main_script == b->main_script && is_east_asian(a->main_script)) {
        sk_latent_same_script(la, lb, &p->same);
        p->by_rule = p->same.applicable && p->regime != SK_REGIME_BODY;
    }
    if (!p->by_rule) {
        sk_edit_compare(w, sk_name_edit(a), sk_name_edit(b), &p->edit);
        bool translated = p->regime == SK_REGIME_BODY && a->main_script == b->main_script;
        if (!translated) /* bodies of one script: their words say it */
            sk_latent_compare(la, lb, p->latent);
    }
    p->is_korean_latin = p->regime == SK_REGIME_KOREAN &&
                         sk_words_has_korean_surname(sk_name_words(a)) &&
                         sk_words_has_korean_surname(sk_name_words(b));
    if (p->by_rule)
        return;
    sk_shared_kanji shared;
    if (p->latent[SK_LATENT_JA].applicable && p->regime != SK_REGIME_BODY)
        p->shares_kanji = sk_latent_shares_kanji(la, lb, &shared);
    bool unread = p->latent[SK_LATENT_ZH].applicable &&
                  p->latent[SK_LATENT_ZH].mean >= SK_LATENT_MAX && p->regime != SK_REGIME_BODY;
    p->shares_surname = unread && sk_latent_shares_surname(la, lb);
    rest_question q = {p};
    sk_rest_asker asker = {rest_evidence, &q};
    sk_words_compare(sk_name_words(a), sk_name_words(b), rarity,
                     p->regime == SK_REGIME_BODY ? &asker : NULL, &p->words);
}

/* ---- features ---- */

static float least(float a, float b)
{
    return a < b ? a : b;
}

static float most(float a, float b)
{
    return a > b ? a : b;
}

static bool latent_features(const sk_latent_result *r, float x[SK_OWN_FEATURES])
{
    if (!r->applicable)
        return false;
    x[1] = r->mean;
    x[2] = least(r->mean, 0.7f);
    x[3] = r->worst;
    x[4] = least(r->worst, 1.5f);
    x[5] = r->order_changed;
    x[6] = r->skipped;
    x[7] = logf((float)(r->rivals ? r->rivals : 1));
    x[8] = r->units <= 1;
    x[9] = least(r->units, 6) / 6.0f;
    return true;
}

static bool edit_features(const sk_edit_result *r, float x[SK_OWN_FEATURES])
{
    if (r->letters_a == 0 || r->letters_b == 0)
        return false;
    unsigned fewer = r->left_a < r->left_b ? r->left_a : r->left_b;
    unsigned more = r->left_a < r->left_b ? r->left_b : r->left_a;
    x[1] = most(-10, least(r->whole, 25)) / 5;
    x[2] = most(-2, r->mean);
    x[3] = least(r->tokens, 25) / 5;
    x[4] = most(0, r->token_mean);
    x[5] = most(-1, r->worst);
    x[6] = r->share;
    x[7] = r->skeleton;
    x[8] = (float)(fewer > 3 ? 3 : fewer);
    x[9] = (float)(more > 4 ? 4 : more);
    x[10] = (float)r->initials;
    x[11] = least((float)(r->letters_a + r->letters_b), 40) / 20;
    return true;
}

static bool words_features(const sk_words_result *r, float x[SK_OWN_FEATURES])
{
    if (!r->applicable)
        return false;
    float all = r->weight_a + r->weight_b;
    x[1] = most(-OWN_MAX, least(r->evidence, OWN_MAX));
    x[2] = r->equal;
    x[3] = all > 0 ? (r->met_a + r->met_b) / all : 0;
    x[4] = (float)r->n_different;
    x[5] = r->worst;
    x[6] = r->numbers_differ;
    return true;
}

bool sk_account_features(const sk_parts *p, sk_account account, float x[SK_OWN_FEATURES])
{
    memset(x, 0, SK_OWN_FEATURES * sizeof(x[0]));
    x[0] = 1;
    switch (account) {
    case SK_ACCOUNT_EDIT:
        return edit_features(&p->edit, x);
    case SK_ACCOUNT_WORDS:
        return words_features(&p->words, x);
    default:
        return latent_features(&p->latent[account], x);
    }
}

int sk_account_sign(sk_account account, unsigned feature)
{
    static const int8_t LATENT[SK_OWN_FEATURES] = {0, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0};
    static const int8_t EDIT[SK_OWN_FEATURES] = {0, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, 0};
    static const int8_t WORDS[SK_OWN_FEATURES] = {0, 1, 1, 1, -1, -1, -1, 0, 0, 0, 0, 0};

    if (account == SK_ACCOUNT_EDIT)
        return EDIT[feature];
    return account == SK_ACCOUNT_WORDS ? WORDS[feature] : LATENT[feature];
}

static float dot(const float *w, const float *x, unsigned n)
{
    float sum = 0;

    for (unsigned i = 0; i < n; i++)
        sum += w[i] * x[i];
    return sum;
}

void sk_evidence_find(const sk_combine_weights *w, const sk_parts *p, sk_evidence *ret_evidence)
{
    float x[SK_OWN_FEATURES];
    sk_evidence *e = ret_evidence;

    *e = (sk_evidence){0};
    for (unsigned i = 0; i < SK_ACCOUNTS; i++) {
        e->applies[i] = sk_account_features(p, (sk_account)i, x);
        if (!e->applies[i])
            continue;
        float v = dot(w->own[i][p->pair_class], x, SK_OWN_FEATURES);
        e->own[i] = most(-OWN_MAX, least(v, OWN_MAX));
    }
}

void sk_joint_features(const sk_parts *p, const sk_evidence *e, float x[SK_JOINT_FEATURES])
{
    float latent = -OWN_MAX, best = -OWN_MAX, second = -OWN_MAX;

    memset(x, 0, SK_JOINT_FEATURES * sizeof(x[0]));
    x[0] = 1;
    for (unsigned i = 0; i < SK_ACCOUNTS; i++) {
        if (!e->applies[i])
            continue;
        x[1 + 2 * i] = 1;
        x[2 + 2 * i] = e->own[i];
        if (i < SK_LATENT_LANGS)
            latent = most(latent, e->own[i]);
        second = most(second, least(best, e->own[i]));
        best = most(best, e->own[i]);
    }
    x[13] = latent;
    x[14] = best;
    x[15] = second;
    x[16] = most(0, best);
    x[17] = e->applies[SK_ACCOUNT_EDIT] ? most(0, e->own[SK_ACCOUNT_EDIT]) : 0;
    x[18] = most(0, latent);
    x[19] = p->edit.mean > 0 ? p->edit.mean : 0;
    x[20] = least(e->own[SK_ACCOUNT_EDIT], latent);
}

int sk_joint_sign(unsigned feature)
{
    bool is_flag = feature < 13 && feature % 2 == 1;

    return feature == 0 || is_flag ? 0 : 1;
}

/* ---- one East Asian script ---- */

/* Evidence by counting characters: any that differs decides, unless the name is a long foreign
 * one. */
static float rule_evidence(const sk_latent_same *s)
{
    float n = s->units ? s->units : 1;
    float off = (float)s->different + 0.5f * (float)s->near;

    if (s->different == 0 && s->near == 0)
        return s->variant ? 3.5f + least(n, 4) * 0.25f : 4.5f + least(n, 4) * 0.25f;
    if (n <= 4)
        return s->different == 0 ? -0.6f - (float)s->near : -2.5f - off;
    return most(-EVIDENCE_MAX, 2.5f - 14 * off / n);
}

static sk_hypothesis rule_hypothesis(const sk_latent_same *s)
{
    if (s->different || s->near)
        return SK_HYP_NONE;
    if (s->variant == 0)
        return SK_HYP_SAME;
    return s->script == SK_SCRIPT_HANI ? SK_HYP_HAN : SK_HYP_TOKENS;
}

/* ---- all ---- */

sk_hypothesis sk_account_hypothesis(const sk_parts *p, sk_account account)
{
    static const uint8_t OF[SK_ACCOUNTS] = {SK_HYP_KO, SK_HYP_ZH,   SK_HYP_YUE,
                                            SK_HYP_JA, SK_HYP_EDIT, SK_HYP_TOKENS};

    if (account == SK_ACCOUNT_WORDS && p->regime == SK_REGIME_BODY)
        return p->kind == SK_NAME_VESSEL  ? SK_HYP_VESSEL
               : p->kind == SK_NAME_PLACE ? SK_HYP_PLACE
                                          : SK_HYP_ORGANIZATION;
    return (sk_hypothesis)OF[account];
}

static double p_of(double evidence)
{
    return 1 / (1 + exp(-evidence));
}

/* Syllables that met say more to a person than letters that met, and are no accident: where an
 * account of units is as good as sure, it goes before the letters. */
#define UNITS_ARE_SURE 2.2f
static float standing(const sk_evidence *e, int account)
{
    bool by_units = account < SK_LATENT_LANGS;

    return by_units && e->own[account] >= UNITS_ARE_SURE ? OWN_MAX + e->own[account]
                                                         : e->own[account];
}

int sk_evidence_winner(const sk_evidence *e, int *ret_second)
{
    int best = -1, second = -1;

    for (int i = 0; i < SK_ACCOUNTS; i++) {
        if (!e->applies[i])
            continue;
        if (best < 0 || standing(e, i) > standing(e, best)) {
            second = best;
            best = i;
        } else if (second < 0 || standing(e, i) > standing(e, second)) {
            second = i;
        }
    }
    *ret_second = second;
    return best;
}

static void set_winner(const sk_parts *p, const sk_evidence *e, sk_name_score *score)
{
    int second, best = sk_evidence_winner(e, &second);

    if (best >= 0)
        score->won = sk_account_hypothesis(p, (sk_account)best);
    if (second >= 0) {
        score->second = sk_account_hypothesis(p, (sk_account)second);
        score->second_p = p_of(e->own[second]);
    }
}

/* Sisters, brothers and cousins: in an alphabet of both names the given names met nothing, neither as
 * words (spellings, short forms and initials meet) nor letter by letter nor as syllables. The pairs
 * of lists that weights are learned from hold aliases, which differ so, but hardly any families. */
static bool given_names_contradict(const sk_parts *p, const sk_evidence *e)
{
    if (p->script_a != p->script_b || p->regime != SK_REGIME_GENERAL || !p->words.given_differs)
        return false;
    if (p->edit.left_a == 0 || p->edit.left_b == 0)
        return false;
    for (unsigned i = 0; i < SK_LATENT_LANGS; i++)
        if (e->applies[i] && e->own[i] > 0)
            return false;
    return true;
}

void sk_combine(const sk_combine_weights *w, const sk_parts *p, sk_name_score *ret_score,
                sk_evidence *ret_evidence)
{
    float x[SK_JOINT_FEATURES], v;

    *ret_score = (sk_name_score){0};
    sk_evidence_find(w, p, ret_evidence);
    if (p->by_rule) {
        v = rule_evidence(&p->same);
        ret_score->won = rule_hypothesis(&p->same);
    } else {
        sk_joint_features(p, ret_evidence, x);
        v = dot(w->joint[p->regime][p->pair_class], x, SK_JOINT_FEATURES);
        if (p->regime == SK_REGIME_BODY && p->words.applicable)
            v = least(v, p->words.evidence + BODY_SLACK);
        if (given_names_contradict(p, ret_evidence))
            v = least(v, OTHER_GIVEN);
        set_winner(p, ret_evidence, ret_score);
    }
    if (p->same_place) {
        v = most(v, SAME_PLACE);
        ret_score->won = SK_HYP_PLACE;
    } else if (p->other_place) {
        v = least(v, OTHER_PLACE);
    }
    if (p->shares_surname && v < SURNAME) {
        v = SURNAME;
        ret_score->won = SK_HYP_SURNAME;
    }
    if (p->shares_kanji) { /* whatever the surname alone makes likely */
        v = READINGS;
        ret_score->won = SK_HYP_READINGS;
    }
    v = most(-EVIDENCE_MAX, least(v, EVIDENCE_MAX));
    if (p->is_equal) {
        *ret_score = (sk_name_score){.p = 1, .evidence = 40, .won = SK_HYP_SAME};
        return;
    }
    ret_score->evidence = v;
    ret_score->p = p_of(v);
}
