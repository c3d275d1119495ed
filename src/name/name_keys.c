/* What an index needs of a prepared name: keys and romanised lines. */
#include "name/name.h"

#include "name/edit_private.h"
#include "name/key.h"
#include "name/name_private.h"

#define KEY_SKELETON 7 /* consonants of the skeleton in a key */

static void add_key(uint64_t keys[SK_NAME_KEYS], unsigned *n, uint64_t key)
{
    for (unsigned i = 0; i < *n; i++)
        if (keys[i] == key)
            return;
    if (*n < SK_NAME_KEYS)
        keys[(*n)++] = key;
}

/* Letters of the tokens in turn, beginning at one and going round; returns how many. */
static unsigned letters_from(const sk_edit *e, unsigned first, uint8_t *out)
{
    unsigned n = 0;

    for (unsigned i = 0; i < e->n_token; i++) {
        const edit_token *t = &e->token[(first + i) % e->n_token];
        memcpy(out + n, edit_letter(e) + t->at, t->n);
        n += t->n;
    }
    return n;
}

/* The first consonant classes in one order of the tokens; false when there are too few to tell
 * names apart. */
static bool skeleton_key(const sk_edit *e, unsigned first, uint64_t *ret_key)
{
    uint8_t letter[SK_EDIT_LETTERS], last = 0;
    unsigned n = letters_from(e, first, letter), found = 0;
    uint64_t h = sk_key_mix(0, 'G');

    for (unsigned i = 0; i < n && found < KEY_SKELETON; i++) {
        uint8_t c = sk_edit_consonant(letter[i]);
        if (c && c != last) {
            h = sk_key_mix(h, c);
            found++;
        }
        last = c ? c : last;
    }
    *ret_key = h;
    return found >= 3;
}

unsigned sk_name_keys(const sk_name *n, uint64_t keys[SK_NAME_KEYS])
{
    const sk_edit *e = sk_name_edit(n);
    uint64_t key;
    unsigned k = sk_latent_keys(sk_name_latent(n), keys, SK_NAME_KEYS - 4);

    if (e->n_token && skeleton_key(e, 0, &key))
        add_key(keys, &k, key);
    if (e->n_token > 1 && skeleton_key(e, e->n_token - 1u, &key))
        add_key(keys, &k, key);
    if (e->n_token > 2 && skeleton_key(e, 1, &key))
        add_key(keys, &k, key);
    return k + sk_words_concept_keys(sk_name_words(n), keys + k, SK_NAME_KEYS - k);
}

static void line_from(const sk_edit *e, unsigned first, sk_roman *ret_line)
{
    sk_roman r = {.script = e->script};

    for (unsigned i = 0; i < e->n_token; i++) {
        const edit_token *t = &e->token[(first + i) % e->n_token];
        if (r.n && r.n < SK_ROMAN_LETTERS)
            r.letter[r.n++] = 0;
        for (unsigned j = 0; j < t->n && r.n < SK_ROMAN_LETTERS; j++)
            r.letter[r.n++] = edit_letter(e)[t->at + j];
    }
    *ret_line = r;
}

unsigned sk_name_roman(const sk_name *n, sk_roman ret_line[2])
{
    const sk_edit *e = sk_name_edit(n);

    line_from(e, 0, &ret_line[0]);
    if (e->n_token < 2)
        return 1;
    line_from(e, e->n_token - 1u, &ret_line[1]);
    return 2;
}
