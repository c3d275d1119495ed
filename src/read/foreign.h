/* Private to the passes for Korean, Chinese, Japanese and Russian.
 *
 * Lists carry these languages: names, groups, acts, words of speech, dates and numbers. Roles are read
 * from particles (Korean, Japanese), from word order and a few signs (Chinese, Russian). */
#ifndef SK_READ_FOREIGN_H
#define SK_READ_FOREIGN_H

#include "read/reading_private.h"

/* A name or group in the sentence, and what the words right behind it make of it. */
typedef enum sk_case {
    SK_CASE_NONE,
    SK_CASE_SUBJECT, /* 이 가 은 는, は が              */
    SK_CASE_OBJECT,  /* 을 를, を, behind 把            */
    SK_CASE_AGENT,   /* 에 의해 에게, によって に, 被 X  */
    SK_CASE_PLACE,   /* 에서, で, 在 X, в X             */
    SK_CASE_OWNER    /* 의, の, 的                      */
} sk_case;

typedef struct sk_party {
    uint32_t first, end; /* tokens                                    */
    int32_t entity;
    uint64_t attrs;
    sk_case is;
} sk_party;

enum { SK_MOST_PARTIES = 64 };

typedef struct sk_foreign {
    sk_reader *x;
    sk_party parties[SK_MOST_PARTIES];
    size_t n;
} sk_foreign;

void sk_foreign_names(sk_foreign *f);
void sk_foreign_times(sk_reader *x);
void sk_foreign_quantities(sk_reader *x);
void sk_foreign_attribution(sk_foreign *f);
void sk_foreign_acts(sk_foreign *f);

/* Do the bytes at token i begin with these words? */
bool sk_foreign_at(const sk_reader *x, uint32_t i, const char *words);

#endif
