/* A first look at a table: which row is the heading, and what its columns seem to hold.
 * For drafting a mapping; of nobody else's concern. Memory: the headings, and numbers a column. */
#ifndef SK_EXCHANGE_MAPPING_LOOK_H
#define SK_EXCHANGE_MAPPING_LOOK_H

#include "exchange/mapping/mapping_headings.h"
#include "exchange/mapping/mapping_keys.h"
#include "exchange/mapping/mapping_sheet.h"

enum { LOOK_TARGETS = 8, LOOK_WORDS = 24 };

/* A word of the column's cells that a list knows. */
typedef struct sk_survey_word {
    sk_str word, target;
} sk_survey_word;

typedef struct sk_survey_column {
    sk_sheet_column column;
    sk_str ref; /* how a mapping names it: "Name" in quotes, or [B] */
    bool is_known;
    sk_heading heading;
    size_t filled;                  /* cells that are not empty                       */
    size_t dates, dmy, mdy, either; /* three numbers: only so, only so, both          */
    size_t numbers, links, semicolons, bars, long_texts;
    bool is_unique;
    sk_keyset seen;
    sk_survey_word words[LOOK_WORDS]; /* of the list named as its property */
    size_t n_words;
} sk_survey_column;

/* The property that its heading names; NULL when it names none. */
static inline const sk_prop *sk_survey_prop(const sk_survey_column *c)
{
    return c->is_known ? c->heading.prop : NULL;
}

typedef struct sk_survey {
    sk_survey_column *columns;
    size_t n_columns;
    uint64_t rows;  /* looked at                                     */
    size_t heading; /* its row; 0: the first that is not blank       */
    bool is_hxl, has_end, is_csv;
    sk_str sheet;
    sk_survey_word absent[LOOK_WORDS]; /* words for no value; target is the kind */
    size_t n_absent;
} sk_survey;

/* Errors: as sk_sheet_open; SK_E_FORMAT when every row is blank. In cx's arena; the caller ends it. */
SK_MUST_USE sk_rc sk_mapping__look(sk_ctx *cx, const sk_source *src, sk_survey *ret_look);
void sk_survey_done(sk_survey *look);

#endif
