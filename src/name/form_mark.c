/* What single tokens say about themselves: patronymics by their endings. */
#include "name/form_private.h"

#include "base/utf8.h"
#include "name/words.h"

/* Endings of Russian, Ukrainian and Belarusian patronymics, and the Turkic words behind a father's
 * name. A surname ends so too (Abramovich), hence only names of three tokens and more have one, and
 * never in the first place. */
static const char *const PATRONYMIC[] = {
    "ович", "евич", "ьич",   "овна",  "евна",   "ична", "инична", "івна",  "оўна", "аўна",
    "оглы", "кызы", "ovich", "evich", "yevich", "ovna", "evna",   "ichna", "oglu", "ogly",
};

static bool ends_with(const sk_form *f, const sk_form_token *t, sk_str ending)
{
    uint32_t want[16];
    unsigned n = 0;

    for (size_t at = 0; at < ending.n && n < 16;)
        want[n++] = sk_utf8_next(ending, &at);
    return t->n > n && memcmp(f->cp + t->at + t->n - n, want, n * sizeof(want[0])) == 0;
}

static bool is_patronymic(const sk_form *f, const sk_form_token *t)
{
    if (t->script != SK_SCRIPT_CYRL && t->script != SK_SCRIPT_LATN)
        return false;
    for (unsigned i = 0; i < sizeof(PATRONYMIC) / sizeof(PATRONYMIC[0]); i++)
        if (ends_with(f, t, sk_str_of(PATRONYMIC[i])))
            return true;
    return false;
}

void sk_form_mark(sk_form *f)
{
    for (unsigned i = 1; f->n_token >= 3 && i < f->n_token; i++)
        if (is_patronymic(f, &f->token[i]))
            f->token[i].flags |= SK_TOKEN_PATRONYMIC;
    sk_words_mark(f);
}
