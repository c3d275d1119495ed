/* Looking words up in the table that tools/mkwords.c lays out. */
#include "name/wordbook.h"

const sk_wordbook_entry *sk_wordbook_next(uint64_t key, sk_wordbook_kind kind, uint32_t *at)
{
    uint32_t mask = SK_WORDBOOK_SIZE - 1;

    for (uint32_t i = *at;; i++) {
        const sk_wordbook_entry *e = &SK_WORDBOOK[((uint32_t)(key >> 20) + i) & mask];
        if (e->kind == SK_BOOK_NONE)
            return NULL;
        if (e->key == key && e->kind == kind) {
            *at = i + 1;
            return e;
        }
    }
}
