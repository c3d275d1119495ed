/* The flat layout of a prepared name: a head and one section a part, then the raw bytes.
 *
 *     head | edit section | latent section | words section | raw bytes, NUL, padding
 *
 * Every section begins at a multiple of 8 and knows its own length; there are no pointers, so the
 * bytes can be stored, mapped and compared where they lie. Explanations read the raw name again. */
#ifndef SK_NAME_PRIVATE_H
#define SK_NAME_PRIVATE_H

#include "name/combine.h"
#include "name/edit.h"
#include "name/gazetteer.h"
#include "name/latent.h"
#include "name/name.h"
#include "name/words.h"

/* To be raised when stored names or keys of an older build mean something else. */
#define SK_NAME_LAYOUT 3

struct sk_name {
    uint32_t size_bytes;
    uint32_t raw_bytes;
    uint32_t edit_at, latent_at, words_at, raw_at; /* from the start of the head */
    uint32_t scripts;                              /* of the form                */
    uint8_t kind;                                  /* sk_name_kind as asked for  */
    uint8_t main_script;                           /* sk_script of most letters  */
    uint8_t is_cut;                                /* sk_name_cut */
    uint8_t n_token;
    uint16_t place[SK_PLACE_IDS]; /* that the name says, for names that are no person's */
};

/* What of a name was left out. */
typedef enum sk_name_cut {
    SK_CUT_END = 1 << 0,   /* its end, in bytes, letters or words                    */
    SK_CUT_UNITS = 1 << 1, /* it is too long to be read in syllables or characters   */
} sk_name_cut;

/* The order in which compare looks at two names: by script, then by bytes. */
bool sk_name_stands_second(const sk_name *a, const sk_name *b);

/* The form that is spelled out and transcribed: all of a person's name, of a body's what is left
 * when translatable words are taken off; it is f or stands in room. */
const sk_form *sk_name_spelled(const sk_form *f, sk_name_kind kind, sk_form *room);

static inline const void *sk_name_at(const sk_name *n, uint32_t at)
{
    return (const char *)n + at;
}

static inline const sk_edit *sk_name_edit(const sk_name *n)
{
    return (const sk_edit *)sk_name_at(n, n->edit_at);
}

static inline const sk_latent *sk_name_latent(const sk_name *n)
{
    return (const sk_latent *)sk_name_at(n, n->latent_at);
}

static inline const sk_words *sk_name_words(const sk_name *n)
{
    return (const sk_words *)sk_name_at(n, n->words_at);
}

/* Evidence for screening (strict.c); s holds what all accounts said together. */
float sk_strict_evidence(const sk_parts *p, const sk_name *a, const sk_name *b,
                         const sk_name_score *s);

#endif
