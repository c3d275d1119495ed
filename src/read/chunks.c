/* Groups of words: noun groups, verb groups, and the small words and signs between them.
 *
 *   [the PRC's forced repatriation] of [North Korean escapees] [has been condemned] by [Protesters]
 *
 * A noun group holds its possessors; what a preposition adds is a group of its own. */
#include "read/reading_private.h"

static bool is_nominal(unsigned t)
{
    return t == SK_TAG_NOUN || t == SK_TAG_NAME || t == SK_TAG_ADJ || t == SK_TAG_NUM;
}

static bool is_verb(unsigned t)
{
    return t >= SK_TAG_VB && t <= SK_TAG_VBG;
}

static bool in_time(const sk_reader *x, int64_t i)
{
    return sk_item_at(x, i)->in_time;
}

/* A sign inside a noun group: a hyphen between parts, a money sign, percent. */
static bool joins(const sk_reader *x, int64_t i)
{
    const sk_item *item = sk_item_at(x, i);
    if (item->t.shape != SK_SHAPE_SIGN)
        return false;
    sk_str s = sk_item_text(x, item);
    if (sk_str_is(s, "$") || sk_str_is(s, "%") || sk_str_is(s, "\xE2\x82\xAC") ||
        sk_str_is(s, "\xC2\xA3"))
        return true;
    bool hyphen = sk_str_is(s, "-") || sk_str_is(s, "\xE2\x80\x91") ||
                  sk_str_is(s, "\xE2\x80\x93") || sk_str_is(s, "/");
    return hyphen && item->t.glued && sk_item_at(x, i + 1)->t.glued;
}

/* May a noun group that begins at i begin with an adverb? Behind a subject or "and" behind a verb, what
 * follows is a verb: "China forcibly returned", "arrested and forcibly returned". */
static bool adverb_opens(const sk_reader *x)
{
    if (!x->n_chunks)
        return true;
    const sk_chunk *before = &x->chunks[x->n_chunks - 1];
    if (before->kind == SK_CHUNK_CONJ && x->n_chunks > 1)
        return before[-1].kind != SK_CHUNK_VG;
    return before->kind != SK_CHUNK_NP;
}

/* An adverb goes into a noun group only before an adjective or participle: "essentially enslaved". */
static bool adverb_inside(const sk_reader *x, int64_t i)
{
    unsigned next = sk_item_at(x, i + 1)->tag;
    return sk_item_at(x, i)->tag == SK_TAG_ADV &&
           (next == SK_TAG_ADJ ||
            ((next == SK_TAG_VBN || next == SK_TAG_VBD) && is_nominal(sk_item_at(x, i + 2)->tag)));
}

/* A participle inside a noun group: in front of its noun, or joined to it by a hyphen. */
static bool participle_inside(const sk_reader *x, int64_t i, int64_t first)
{
    unsigned t = sk_item_at(x, i)->tag, next = sk_item_at(x, i + 1)->tag;
    if (!is_verb(t))
        return false;
    if (i > first && joins(x, i - 1) && sk_item_at(x, i)->t.glued)
        return true;
    if (joins(x, i + 1) && is_nominal(sk_item_at(x, i + 2)->tag) && t != SK_TAG_VB)
        return true;
    if (t == SK_TAG_VBN && i > first && sk_item_at(x, i - 1)->tag != SK_TAG_NOUN)
        return is_nominal(next) && next != SK_TAG_NUM;
    return false;
}

/* Does a noun stand right behind the date that token i is in? */
static bool before_noun(const sk_reader *x, int64_t i)
{
    while (in_time(x, i))
        i++;
    unsigned t = sk_item_at(x, i)->tag;
    return t == SK_TAG_NOUN || t == SK_TAG_NAME || t == SK_TAG_ADJ;
}

/* Does a word that bounds a number ("almost", "at least") begin at i, behind a noun or name? */
static bool opens_number(const sk_reader *x, int64_t i, int64_t first)
{
    const sk_match *m = sk_match_at(x, SK_LAYER_QUALIFY, i);
    unsigned before = sk_item_at(x, i - 1)->tag;
    return i > first && m && m->first == (uint32_t)i && sk_item_at(x, i)->tag == SK_TAG_NUM &&
           sk_token_is_word(&sk_item_at(x, i)->t) && !(sk_item_at(x, i)->pos & SK_POS_NUM) &&
           (before == SK_TAG_NAME || before == SK_TAG_NOUN);
}

/* The end of the noun group that begins at i; i when none does. */
static int64_t take_noun_group(const sk_reader *x, int64_t first)
{
    int64_t i = first, last_noun = first - 1;
    if (sk_item_at(x, i)->tag == SK_TAG_PRON)
        return i + 1;
    bool is_date = in_time(x, first);
    for (; i < x->range.end; i++) {
        unsigned t = sk_item_at(x, i)->tag;
        if (in_time(x, i) && !is_date && i > first && before_noun(x, i)) {
            last_noun = i; /* "a 2023 meeting", "the North's post-war abductees" */
            continue;
        }
        if (in_time(x, i) != is_date)
            break;
        if (opens_number(x, i, first)) /* "Japan almost five years ago" */
            break;
        if (is_nominal(t)) {
            last_noun = i;
            continue;
        }
        if (t == SK_TAG_POSS) {
            if (last_noun == i - 1 && is_nominal(sk_item_at(x, i - 1)->tag))
                continue;
            break;
        }
        bool opens = t == SK_TAG_DET || t == SK_TAG_POSSPRON;
        if (opens && (i == first || sk_item_at(x, i - 1)->tag == SK_TAG_POSS ||
                      sk_item_at(x, i - 1)->tag == SK_TAG_DET))
            continue;
        if (joins(x, i) && (i > first || is_nominal(sk_item_at(x, i + 1)->tag)))
            continue;
        if (participle_inside(x, i, first) ||
            (adverb_inside(x, i) && (sk_item_at(x, i + 1)->tag == SK_TAG_ADJ ||
                                     (i > first ? last_noun < i - 1 : adverb_opens(x))))) {
            if (i > first && sk_item_at(x, i - 1)->t.shape == SK_SHAPE_SIGN)
                last_noun = i;
            continue;
        }
        if (is_date && t != SK_TAG_SIGN)
            continue;
        break;
    }
    if (is_date)
        return i > first ? i : first;
    return last_noun >= first ? last_noun + 1 : first;
}

/* The end of the verb group that begins at i; i when none does. Sets *ret_head to its verb. */
static int64_t take_verb_group(const sk_reader *x, int64_t first, int64_t *ret_head)
{
    int64_t i = first, head = SK_READ_NONE;
    for (; i < x->range.end; i++) {
        const sk_item *item = sk_item_at(x, i);
        unsigned t = item->tag;
        if (item->in_time && t != SK_TAG_MODAL)
            break;
        if (t == SK_TAG_TO && i > first)
            break;
        if (t == SK_TAG_AUX || t == SK_TAG_MODAL || t == SK_TAG_TO) {
            if (head >= 0)
                break;
            continue;
        }
        if (t == SK_TAG_NEG || t == SK_TAG_ADV) {
            if (head >= 0)
                break;
            continue;
        }
        if (!is_verb(t))
            break;
        bool carries_on = head < 0 || (t == SK_TAG_VBN && sk_item_at(x, i - 1)->pos & SK_POS_BE);
        if (!carries_on)
            break;
        head = i;
    }
    /* trailing adverbs and negations belong to what follows, unless there is an auxiliary alone */
    if (head < 0) {
        for (int64_t k = i - 1; k >= first; k--)
            if (sk_item_at(x, k)->tag == SK_TAG_AUX || sk_item_at(x, k)->tag == SK_TAG_MODAL) {
                *ret_head = k;
                return k + 1 + (sk_item_at(x, k + 1)->tag == SK_TAG_NEG);
            }
        return first;
    }
    *ret_head = head;
    return head + 1;
}

static sk_chunk *push(sk_reader *x, sk_chunk_kind kind, int64_t first, int64_t end)
{
    sk_chunk *c = &x->chunks[x->n_chunks++];
    *c = (sk_chunk){.kind = (uint8_t)kind,
                    .first = (uint32_t)first,
                    .end = (uint32_t)end,
                    .head = (uint32_t)end - 1,
                    .entity = SK_READ_NONE,
                    .poss = SK_READ_NONE,
                    .subject = SK_READ_NONE,
                    .object = SK_READ_NONE,
                    .list = SK_READ_NONE};
    return c;
}

/* Behind a comma or "and" an adjective group may go on: "food and medicine shortages" stays apart. */
static void finish_noun_group(sk_reader *x, sk_chunk *c)
{
    const sk_item *head = &x->items[c->head];
    c->is_time = x->items[c->first].in_time;
    c->is_pronoun = c->end - c->first == 1 && head->tag == SK_TAG_PRON;
    for (uint32_t i = c->first; i < c->end; i++) {
        const sk_match *role = sk_match_at(x, SK_LAYER_ROLE, i);
        if (x->items[i].tag == SK_TAG_POSS)
            c->poss = (int32_t)i;
        if (!role)
            continue;
        uint64_t attrs = sk_match_entry(x, role)->attrs;
        c->attrs |= attrs;
        if (role->first + role->n == c->end || role->first + role->n == c->head + 1)
            c->head_attrs |= attrs;
        if (role->senses[0].form == SK_FORM_PLURAL && role->first + role->n == c->end)
            c->is_plural = true;
    }
    if (head->pos & SK_POS_NOUNS || sk_item_is(x, c->head, "they") ||
        sk_item_is(x, c->head, "them") || sk_item_is(x, c->head, "we") ||
        sk_item_is(x, c->head, "us") || head->pos & SK_POS_QUANT)
        c->is_plural = true;
    if (head->tag == SK_TAG_NOUN && !head->pos && sk_str_ends(sk_item_text(x, head), SK_S("s")))
        c->is_plural = true;
}

static void finish_verb_group(sk_reader *x, sk_chunk *c, int64_t head)
{
    c->head = (uint32_t)head;
    const sk_item *h = &x->items[head];
    bool be = false, get = false, other = false;
    for (uint32_t i = c->first; i < (uint32_t)head; i++) {
        const sk_item *item = &x->items[i];
        be |= (item->pos & SK_POS_BE && item->tag == SK_TAG_AUX) != 0;
        other |= (item->pos & (SK_POS_HAVE | SK_POS_DO) && item->tag == SK_TAG_AUX) != 0;
        c->is_negated |= item->tag == SK_TAG_NEG &&
                         !sk_match_is(x, sk_match_at(x, SK_LAYER_MARK, i), "positive");
        c->has_modal |= item->tag == SK_TAG_MODAL;
        c->is_infinitive |= item->tag == SK_TAG_TO;
        get |= sk_item_is(x, i, "get") || sk_item_is(x, i, "got");
        be |= item->tag == SK_TAG_AUX && !(item->pos & (SK_POS_HAVE | SK_POS_DO));
    }
    for (uint32_t i = (uint32_t)head; i < c->end; i++)
        c->is_negated |= x->items[i].tag == SK_TAG_NEG;
    c->is_be = h->tag == SK_TAG_AUX;
    c->is_passive = (be || get) && (h->tag == SK_TAG_VBN);
    bool being = sk_item_is(x, c->first, "being") || sk_item_is(x, c->first, "having");
    c->is_ing = (h->tag == SK_TAG_VBG && !be) ||
                being; /* "at risk of being killed" governs nothing itself */
    c->is_participle = h->tag == SK_TAG_VBN && !be && !get && !other;
    c->is_finite = !c->is_infinitive && !c->is_ing && !c->is_participle;
}

static sk_chunk_kind kind_of_sign(const sk_reader *x, int64_t i, bool *in_quote)
{
    const sk_item *item = sk_item_at(x, i);
    sk_str s = sk_item_text(x, item);
    if (sk_str_is(s, ","))
        return SK_CHUNK_COMMA;
    if (sk_str_is(s, ":"))
        return SK_CHUNK_COLON;
    if (sk_str_is(s, ";"))
        return SK_CHUNK_SEMICOLON;
    if (sk_str_is(s, "(") || sk_str_is(s, "["))
        return SK_CHUNK_LEFT;
    if (sk_str_is(s, ")") || sk_str_is(s, "]"))
        return SK_CHUNK_RIGHT;
    if (sk_str_is(s, "\xE2\x80\x9C") || sk_str_is(s, "\xC2\xAB") || sk_str_is(s, "\xE2\x80\x9E")) {
        *in_quote = true;
        return SK_CHUNK_OPEN;
    }
    if (sk_str_is(s, "\xE2\x80\x9D") || sk_str_is(s, "\xC2\xBB")) {
        *in_quote = false;
        return SK_CHUNK_CLOSE;
    }
    if (sk_str_is(s, "\"")) {
        *in_quote = !*in_quote;
        return *in_quote ? SK_CHUNK_OPEN : SK_CHUNK_CLOSE;
    }
    bool dash = sk_str_is(s, "\xE2\x80\x94") || sk_str_is(s, "\xE2\x80\x93") ||
                sk_str_is(s, "\xE2\x80\x95") || (sk_str_is(s, "-") && !item->t.glued);
    return dash ? SK_CHUNK_DASH : SK_CHUNK_OTHER;
}

static int64_t take_small(sk_reader *x, int64_t i, bool *in_quote)
{
    const sk_item *item = sk_item_at(x, i);
    sk_chunk_kind kind;
    int64_t end = i + 1;
    switch (item->tag) {
    case SK_TAG_PREP:
    case SK_TAG_TO:
        kind = SK_CHUNK_PREP;
        break;
    case SK_TAG_CONJ:
        kind = SK_CHUNK_CONJ;
        break;
    case SK_TAG_SUB:
        kind = SK_CHUNK_SUB;
        break;
    case SK_TAG_WH:
        kind = SK_CHUNK_WH;
        break;
    case SK_TAG_ADV:
    case SK_TAG_NEG:
        kind = SK_CHUNK_ADV;
        break;
    case SK_TAG_SIGN:
        kind = kind_of_sign(x, i, in_quote);
        break;
    default:
        kind = SK_CHUNK_OTHER;
    }
    const sk_match *word = sk_match_at(x, SK_LAYER_WORD, i);
    if (word && word->n > 1 && word->first == i && sk_item_at(x, i)->tag != SK_TAG_NAME)
        end = word->first + word->n;
    push(x, kind, i, end);
    return end;
}

void sk_pass_chunks(sk_reader *x)
{
    x->chunks = sk_new_array(&x->scratch, sk_chunk, x->range.end - x->range.first + 1);
    x->n_chunks = 0;
    bool in_quote = x->speaker.in_quote;
    x->opened_in_quote = in_quote;
    for (int64_t i = x->range.first; i < x->range.end;) {
        int64_t head = SK_READ_NONE, end = take_noun_group(x, i);
        if (end > i) {
            sk_chunk *c = push(x, SK_CHUNK_NP, i, end);
            finish_noun_group(x, c);
            if (c->end - c->first == 1 && x->items[i].tag == SK_TAG_ADJ)
                c->kind = SK_CHUNK_ADJ;
            i = end;
            continue;
        }
        end = take_verb_group(x, i, &head);
        if (end > i) {
            finish_verb_group(x, push(x, SK_CHUNK_VG, i, end), head);
            i = end;
            continue;
        }
        i = take_small(x, i, &in_quote);
    }
    x->speaker.in_quote = in_quote;
}
