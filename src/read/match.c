/* Tokens of a block, and the phrases of the lexicon in them: one walk down the tree a token. */
#include "read/reading_private.h"

/* "ill-" at the end of a wrapped line: what follows belongs to it. */
static bool is_broken_hyphen(const sk_reader *x, const sk_token *t)
{
    const sk_token *before = &x->items[x->n_items - 1].t;
    return x->n_items > 1 && before->glued && before->to + 1 == t->from &&
           before->shape == SK_SHAPE_SIGN && x->text.p[before->from] == '-' &&
           (sk_token_is_word(t) || t->shape == SK_SHAPE_NUMBER);
}

void sk_pass_tokens(sk_reader *x, size_t from, size_t to)
{
    sk_str text = sk_str_sub(x->text, 0, to);
    size_t at = from;
    sk_token t;
    x->n_items = 0;
    x->items = NULL;
    x->cap_items = 0;
    while (sk_token_next(text, &at, &t)) {
        char folded[SK_TOKEN_FOLD_BYTES];
        size_t n = sk_token_fold(text, &t, folded);
        if (t.from == from)
            t.glued = false;
        else if (t.breaks && is_broken_hyphen(x, &t))
            t.glued = true;
        t.word = n ? sk_lexicon_word(x->lex, (sk_str){folded, n}) : 0;
        SK_GROW(&x->scratch, x->items, x->n_items, x->cap_items);
        x->items[x->n_items++] = (sk_item){
            .t = t, .pos = sk_lexicon_pos(x->lex, t.word), .m = {-1, -1, -1, -1, -1, -1, -1, -1}};
    }
}

static sk_layer layer_of(unsigned kind)
{
    switch (kind) {
    case SK_LEX_STATE:
    case SK_LEX_PLACE:
    case SK_LEX_ORG:
    case SK_LEX_EVENT:
        return SK_LAYER_NAME;
    case SK_LEX_ROLE:
    case SK_LEX_OFFICE:
        return SK_LAYER_ROLE;
    case SK_LEX_ACT:
        return SK_LAYER_ACT;
    case SK_LEX_CUE:
        return SK_LAYER_CUE;
    case SK_LEX_MARK:
        return SK_LAYER_MARK;
    case SK_LEX_QUALIFY:
        return SK_LAYER_QUALIFY;
    case SK_LEX_TIME:
        return SK_LAYER_TIME;
    default:
        return SK_LAYER_WORD;
    }
}

static bool is_large(const sk_item *i)
{
    return i->t.shape == SK_SHAPE_CAPITAL || i->t.shape == SK_SHAPE_UPPER;
}

/* Does the text at first .. end spell the phrase as the sense asks? */
static bool spells(const sk_reader *x, const sk_lex_sense *s, size_t first, size_t end)
{
    const sk_item *i = &x->items[first];
    if (s->spelling == SK_SPELL_EXACT) {
        sk_span span = sk_span_of(x, (uint32_t)first, (uint32_t)end);
        return sk_str_is(sk_span_text(x, span), sk_lexicon_string(x->lex, s->exact));
    }
    if (s->spelling != SK_SPELL_CAPITAL || i->t.is_cyrillic || sk_token_is_cjk(&i->t))
        return true;
    return is_large(i) || (end - first > 1 && is_large(i + 1));
}

static bool speaks(const sk_reader *x, const sk_lex_sense *s)
{
    return s->lang == SK_READ_EN || s->lang == SK_READ_ANY || s->lang == x->lang;
}

/* Hangul words are written with blanks: names and short words begin where a word does. */
static bool may_begin(const sk_reader *x, size_t i, sk_layer layer, size_t n)
{
    const sk_item *here = &x->items[i];
    if (here->t.shape != SK_SHAPE_HANGUL || !here->t.glued || i == 0 ||
        x->items[i - 1].t.shape != SK_SHAPE_HANGUL)
        return true;
    if (layer == SK_LAYER_MARK || layer == SK_LAYER_CUE || layer == SK_LAYER_QUALIFY)
        return true;
    return (layer == SK_LAYER_ACT && n >= 2) || (layer == SK_LAYER_ROLE && n >= 2) ||
           x->items[i - 1].m[SK_LAYER_NAME] >= 0;
}

typedef struct longest {
    size_t n;
    const sk_lex_sense *senses;
    size_t n_senses;
} longest;

/* The longest phrase of each layer that begins at token i. */
static void walk(const sk_reader *x, size_t i, longest best[SK_LAYERS])
{
    uint32_t node = 0;
    for (size_t k = i; k < x->n_items; k++) {
        uint32_t word = x->items[k].t.word;
        if (!word || !(node = sk_lexicon_step(x->lex, node, word)))
            return;
        size_t n;
        const sk_lex_sense *s = sk_lexicon_senses(x->lex, node, &n);
        for (size_t j = 0; j < n; j++) {
            sk_layer layer = layer_of(sk_lexicon_entry(x->lex, s[j].entry)->kind);
            if (best[layer].senses && best[layer].n == k + 1 - i)
                continue;
            if (speaks(x, &s[j]) && spells(x, &s[j], i, k + 1))
                best[layer] = (longest){k + 1 - i, &s[j], n - j};
        }
    }
}

/* Senses that follow the first and belong to another layer are not this match's. */
static uint32_t count_senses(const sk_reader *x, const longest *b, sk_layer layer)
{
    uint32_t n = 0;
    while (n < b->n_senses && layer_of(sk_lexicon_entry(x->lex, b->senses[n].entry)->kind) == layer)
        n++;
    return n;
}

void sk_pass_match(sk_reader *x)
{
    x->n_matches = 0;
    x->matches = NULL;
    x->cap_matches = 0;
    for (size_t i = 0; i < x->n_items; i++) {
        longest best[SK_LAYERS] = {{0}};
        if (!x->items[i].t.word)
            continue;
        walk(x, i, best);
        for (unsigned layer = 0; layer < SK_LAYERS; layer++) {
            if (!best[layer].senses || x->items[i].m[layer] >= 0 ||
                !may_begin(x, i, (sk_layer)layer, best[layer].n))
                continue;
            SK_GROW(&x->scratch, x->matches, x->n_matches, x->cap_matches);
            x->matches[x->n_matches] =
                (sk_match){(uint32_t)i, (uint32_t)best[layer].n, best[layer].senses,
                           count_senses(x, &best[layer], (sk_layer)layer), (uint8_t)layer};
            for (size_t k = i; k < i + best[layer].n; k++)
                x->items[k].m[layer] = (int32_t)x->n_matches;
            x->n_matches++;
        }
    }
}

bool sk_match_is(const sk_reader *x, const sk_match *m, const char *id)
{
    for (uint32_t i = 0; m && i < m->n_senses; i++) {
        const sk_lex_entry *e = sk_lexicon_entry(x->lex, m->senses[i].entry);
        if (!strcmp(sk_lexicon_string(x->lex, e->id), id))
            return true;
    }
    return false;
}

/* Most words differ in their first letter: that is seen without folding the token. */
static bool may_be(const sk_reader *x, const sk_token *t, const char *word)
{
    unsigned char c = (unsigned char)x->text.p[t->from];
    if (c >= 'A' && c <= 'Z')
        c = (unsigned char)(c + 32);
    return c >= 0x80 || c == (unsigned char)*word;
}

bool sk_item_is(const sk_reader *x, int64_t i, const char *word)
{
    const sk_item *item = sk_item_at(x, i);
    if (item->t.to == item->t.from || !may_be(x, &item->t, word))
        return false;
    char folded[SK_TOKEN_FOLD_BYTES];
    sk_str w = sk_str_of(word);
    if (item->t.to - item->t.from > w.n * 3)
        return false;
    size_t n = sk_token_fold(x->text, &item->t, folded);
    return sk_str_eq((sk_str){folded, n}, w);
}

/* --- language ------------------------------------------------------------------------------------ */

/* By script: Kana is Japanese, Hangul Korean, Han alone Chinese, Cyrillic Russian. Latin is English. */
sk_read_lang sk_pass_language(const sk_reader *x, size_t from, size_t to)
{
    enum { LOOK = 4096 };
    size_t n[5] = {0}, at = from, end = to - from > LOOK ? from + LOOK : to;
    sk_str text = sk_str_sub(x->text, 0, end);
    sk_token t;
    while (sk_token_next(text, &at, &t)) {
        if (t.shape == SK_SHAPE_HANGUL)
            n[SK_READ_KO]++;
        else if (t.shape == SK_SHAPE_KANA)
            n[SK_READ_JA] += 2;
        else if (t.shape == SK_SHAPE_HAN)
            n[SK_READ_ZH]++;
        else if (sk_token_is_word(&t))
            n[t.is_cyrillic ? SK_READ_RU : SK_READ_EN] += 3;
    }
    if (n[SK_READ_JA] && n[SK_READ_JA] * 8 > n[SK_READ_ZH] && n[SK_READ_JA] > n[SK_READ_KO]) {
        n[SK_READ_JA] += n[SK_READ_ZH];
        n[SK_READ_ZH] = 0;
    }
    size_t best = 0;
    for (size_t i = 1; i < 5; i++)
        if (n[i] > n[best])
            best = i;
    return n[best] ? (sk_read_lang)best : SK_READ_ANY;
}
