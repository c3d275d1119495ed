/* What the two files of the builder share, and how names become keys. */
#ifndef SK_SCREEN_BUILDER_PRIVATE_H
#define SK_SCREEN_BUILDER_PRIVATE_H

#include "base/buf.h"
#include "screen/builder.h"
#include "screen/segment_private.h"

/* A line of the scan before the lines are sorted. */
typedef struct scan_line {
    uint8_t letter[SK_SCAN_ROW];
    sk_scan_sign sign;
    uint32_t name;
    uint16_t scope;
    uint8_t script, n;
} scan_line;

typedef struct key_line {
    uint64_t key;
    uint32_t name;
    uint32_t scope;
} key_line;

struct sk_screen_builder {
    int fd;
    uint64_t at;           /* of the segment in the file                 */
    uint64_t prep_written; /* bytes of the segment on file, head included */
    const sk_model *model;
    sk_arena arena, scratch;
    sk_strmap interned, numbers;
    sk_buf part[PARTS];
    sk_buf rows;  /* scan_line */
    sk_buf keys;  /* key_line  */
    sk_buf words; /* uint64_t  */
    uint64_t n_open_names;
    char last[SK_LIM_KEY_BYTES]; /* the key before, which the next one must pass */
    size_t n_last;
};

SK_MUST_USE sk_rc sk_screen_builder__flush(sk_ctx *cx, sk_screen_builder *b);
SK_MUST_USE sk_rc sk_screen_builder__write(sk_ctx *cx, sk_screen_builder *b, const void *p,
                                           size_t n, uint64_t at);

/* Keys of a name: those of name/, and one for each word that is no particle. words gets the latter. */
enum { SCREEN_KEYS = SK_NAME_KEYS + SK_FORM_TOKENS };
unsigned sk_screen__keys(const sk_name *name, uint64_t keys[SCREEN_KEYS], uint64_t *words,
                         unsigned *ret_words);

static inline uint64_t sk_screen__word_hash(const uint32_t *cp, unsigned n)
{
    return sk_str_hash((sk_str){(const char *)cp, n * sizeof *cp}) ^ 0x9d39247e33776d41u;
}

/* An identifier however written: letters and digits, without a scheme in front; 0: too short. */
uint64_t sk_screen__id_hash(sk_str id);

/* The scheme of a property's numbers: "passport" of passportNumber, "" of idNumber. */
sk_str sk_screen__scheme(sk_str prop);
sk_str sk_screen__bare_id(sk_arena *a, sk_str compact);

#endif
