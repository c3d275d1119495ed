/* The layout of an edit section: head, then the letters of all tokens without blanks. */
#ifndef SK_NAME_EDIT_PRIVATE_H
#define SK_NAME_EDIT_PRIVATE_H

#include "name/edit.h"

#define EDIT_SKELETON 31

enum {
    EDIT_INITIAL = 1 << 0, /* one letter that stands for a word              */
    EDIT_MINOR = 1 << 1,   /* particle, patronymic, suffix: may well be left out */
    EDIT_MORE = 1 << 4,    /* times n: so many more tokens of the form stand in this one */
};
#define EDIT_MORE_MAX       15u
#define EDIT_MORE_OF(flags) ((unsigned)(flags) / EDIT_MORE)

typedef struct edit_token {
    uint8_t at, n, flags, form_token;
} edit_token;

struct sk_edit {
    uint8_t size8; /* length of the section in units of 8 bytes */
    uint8_t script, n_token, n_letter;
    edit_token token[SK_EDIT_TOKENS];
    uint8_t is_cut, n_skeleton;
    uint8_t skeleton[EDIT_SKELETON]; /* consonant classes 1..8 */
};

static inline const uint8_t *edit_letter(const sk_edit *e)
{
    return (const uint8_t *)(e + 1);
}

/* The consonant class of a letter, 1..8; 0 for vowels, h, w and y. */
uint8_t sk_edit_consonant(uint8_t letter);

/* The letters of b with its tokens in the order of those of a that they meet: for the trainer.
 * Returns how many. */
unsigned sk_edit_in_order(const sk_edit_pair *w, const sk_edit *a, const sk_edit *b,
                          uint8_t letter[SK_EDIT_LETTERS]);

#endif
