/* Words on their way into a section: tokens, joined, split and looked up. */
#include "name/words_private.h"

#include <string.h>

/* ---- single words ---- */

static uint16_t token_flags(const sk_form_token *t)
{
    uint16_t flags = 0;

    if (t->flags & SK_TOKEN_INITIAL)
        flags |= WORD_INITIAL;
    if (t->flags & SK_TOKEN_PATRONYMIC)
        flags |= WORD_PATRONYMIC;
    if (t->flags & SK_TOKEN_BRACKETED)
        flags |= WORD_BRACKETED;
    if (t->flags & SK_TOKEN_CAPITALS)
        flags |= WORD_CAPITALS;
    if (t->flags & SK_TOKEN_HONORIFIC)
        flags |= WORD_HONORIFIC;
    if (t->flags & SK_TOKEN_SUFFIX)
        flags |= WORD_SUFFIX;
    if (t->flags & SK_TOKEN_PARTICLE)
        flags |= WORD_PARTICLE;
    if (t->before == SK_BREAK_COMMA)
        flags |= WORD_COMMA;
    return flags;
}

static void read_letters(draft *d, draft_word *w)
{
    const uint32_t *cp = d->f->cp + w->at;
    unsigned n = w->n_cp;

    if (n > 3 && cp[n - 2] == '\'' && cp[n - 1] == 's')
        n -= 2;                          /* the bank's */
    uint8_t letter[SK_WORD_LETTERS + 1]; /* one more shows that there was more */
    unsigned k = sk_letters_read(cp, n, letter, sizeof(letter));
    w->is_cut = k > SK_WORD_LETTERS;
    w->n = (uint8_t)(k < SK_WORD_LETTERS ? k : SK_WORD_LETTERS);
    memcpy(w->letter, letter, w->n);
    if (w->n == 1 && w->script != SK_SCRIPT_NONE && w->script != SK_SCRIPT_HANI &&
        w->script != SK_SCRIPT_HANG && w->script != SK_SCRIPT_KANA)
        w->flags |= WORD_INITIAL;
}

void draft_read(const sk_form *f, draft *d)
{
    *d = (draft){.f = f, .is_cut = f->is_cut};
    for (unsigned i = 0; i < f->n_token; i++) {
        const sk_form_token *t = &f->token[i];
        draft_word *w = &d->word[d->n];
        *w = (draft_word){
            .script = t->script,
            .flags = token_flags(t),
            .token = (uint8_t)i,
            .n_token = 1,
            .before = t->before,
            .at = t->at,
            .n_cp = t->n,
        };
        read_letters(d, w);
        d->n += w->n > 0;
    }
}

void draft_remove(draft *d, unsigned at, unsigned n)
{
    memmove(d->word + at, d->word + at + n, (d->n - at - n) * sizeof(d->word[0]));
    d->n -= n;
}

/* Words at .. at + n - 1 become one, with the flags of the first. */
void draft_join(draft *d, unsigned at, unsigned n)
{
    draft_word *w = &d->word[at];

    for (unsigned i = 1; i < n; i++) {
        const draft_word *next = &d->word[at + i];
        w->is_cut |= next->is_cut || w->n + next->n > SK_WORD_LETTERS;
        for (unsigned k = 0; k < next->n && w->n < SK_WORD_LETTERS; k++)
            w->letter[w->n++] = next->letter[k];
        w->n_token = (uint8_t)(w->n_token + next->n_token);
        w->n_cp = (uint16_t)(next->at + next->n_cp - w->at);
        if (w->script == SK_SCRIPT_NONE)
            w->script = next->script;
    }
    if (w->n > 1)
        w->flags &= (uint16_t)~WORD_INITIAL;
    draft_remove(d, at + 1, n - 1);
}

bool draft_split(draft *d, unsigned at, unsigned n_cp)
{
    if (d->n == sizeof(d->word) / sizeof(d->word[0]) || n_cp == 0 || n_cp >= d->word[at].n_cp)
        return false;
    memmove(d->word + at + 1, d->word + at, (d->n - at) * sizeof(d->word[0]));
    d->n++;
    draft_word *w = &d->word[at], *rest = &d->word[at + 1];
    rest->at = (uint16_t)(w->at + n_cp);
    rest->n_cp = (uint16_t)(w->n_cp - n_cp);
    rest->before = SK_BREAK_NONE;
    rest->flags &= (uint16_t)~WORD_COMMA;
    w->n_cp = (uint16_t)n_cp;
    read_letters(d, w);
    read_letters(d, rest);
    return true;
}

bool draft_word_is(const draft_word *w, const char *latin)
{
    size_t n = strlen(latin);

    if (w->n != n || w->script != SK_SCRIPT_LATN)
        return false;
    for (size_t i = 0; i < n; i++)
        if (w->letter[i] != (uint8_t)(latin[i] - 'a' + SK_LETTER_A))
            return false;
    return true;
}

/* ---- looking up ---- */

uint64_t draft_key(const draft *d, unsigned at, unsigned n)
{
    uint8_t letter[SK_WORD_LETTERS * 4];
    unsigned k = 0;
    uint8_t script = SK_SCRIPT_NONE;

    for (unsigned i = at; i < at + n; i++) {
        const draft_word *w = &d->word[i];
        if (script == SK_SCRIPT_NONE)
            script = w->script;
        if (k + w->n > sizeof(letter))
            return 0;
        memcpy(letter + k, w->letter, w->n);
        k += w->n;
    }
    return sk_letters_key((sk_script)script, letter, k);
}

unsigned draft_longest(const draft *d, unsigned at, sk_wordbook_kind kind,
                       const sk_wordbook_entry **ret_entry)
{
    enum { RUN_MAX = 8 };
    unsigned most = d->n - at < RUN_MAX ? d->n - at : RUN_MAX;

    for (unsigned n = most; n > 0; n--) {
        const sk_wordbook_entry *e = sk_wordbook_find(draft_key(d, at, n), kind);
        if (e) {
            *ret_entry = e;
            return n;
        }
    }
    return 0;
}

/* ---- what is left of a form ---- */

#define NO_NAME \
    (WORD_LEGAL | WORD_GENERIC | WORD_SECTOR | WORD_PLACE | WORD_STOP | WORD_SHIP | WORD_NUMBER)

static void copy_word(const draft *d, const draft_word *w, sk_form *to)
{
    const sk_form *f = d->f;
    unsigned from = w->at, end = w->at + w->n_cp;

    for (unsigned i = w->token; i < f->n_token && f->token[i].at < end; i++) {
        sk_form_token t = f->token[i];
        unsigned at = t.at > from ? t.at : from;
        unsigned stop = t.at + t.n < end ? (unsigned)(t.at + t.n) : end;
        if (stop <= at || to->n_token == SK_FORM_TOKENS)
            continue;
        if (!to->n_token)
            t.before = SK_BREAK_NONE;
        t.n = (uint16_t)(stop - at);
        t.at = (uint16_t)to->n_cp;
        memcpy(to->cp + to->n_cp, f->cp + at, t.n * sizeof(f->cp[0]));
        to->n_cp += t.n;
        to->scripts |= t.script ? 1u << t.script : 0;
        to->token[to->n_token++] = t;
    }
}

bool draft_rest(const draft *d, sk_form *ret_rest)
{
    sk_form *to = ret_rest;
    unsigned taken = 0, names = 0;

    for (unsigned i = 0; i < d->n; i++) {
        taken += (d->word[i].flags & NO_NAME) != 0;
        names += !(d->word[i].flags & NO_NAME);
    }
    if (!taken || !names)
        return false;
    to->raw = d->f->raw;
    to->n_cp = to->n_token = 0;
    to->scripts = 0;
    to->has_comma = false;
    to->is_cut = d->f->is_cut;
    for (unsigned i = 0; i < d->n; i++)
        if (!(d->word[i].flags & NO_NAME))
            copy_word(d, &d->word[i], to);
    return to->n_token > 0;
}
