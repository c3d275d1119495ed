/* Private to edtf_*.c: the words that dates are written with, and the conventional stretches that
 * vague words stand for, shared by reading and writing so that one undoes the other. */
#ifndef SK_BASE_EDTF_WORDS_H
#define SK_BASE_EDTF_WORDS_H

#include "base/edtf.h"

typedef enum sk_word_kind {
    SK_W_END,          /* of the text                                                        */
    SK_W_NUMBER,       /* value; digits says with how many it was written                    */
    SK_W_MONTH_NAME,   /* value 1 to 12                                                      */
    SK_W_SEASON,       /* value 21 to 24                                                     */
    SK_W_WEEKDAY,      /* value 1 to 7; passed over                                          */
    SK_W_WEEKDAY_SIGN, /* 화 火 ...: a weekday only inside brackets                          */
    SK_W_YEAR_MARK,    /* 년 年                                                              */
    SK_W_MONTH_MARK,   /* 월 月                                                              */
    SK_W_DAY_MARK,     /* 일 日 号                                                           */
    SK_W_DECADE_MARK,  /* 년대 年代                                                          */
    SK_W_DECADE_S,     /* the s of 1970s                                                     */
    SK_W_CENTURY,
    SK_W_ORDINAL, /* st nd rd th                                                        */
    SK_W_NTH,     /* first .. fourth: value                                             */
    SK_W_QUARTER,
    SK_W_QUARTER_NAME, /* value 1 to 4                                                       */
    SK_W_HALF,
    SK_W_HALF_NAME,   /* value 1 or 2                                                       */
    SK_W_VAGUE,       /* value: sk_vague                                                    */
    SK_W_ABOUT,       /* before the date                                                    */
    SK_W_ABOUT_AFTER, /* behind it: 경 頃 左右                                              */
    SK_W_MAYBE,
    SK_W_BEFORE,
    SK_W_AFTER,
    SK_W_BY,
    SK_W_SINCE,
    SK_W_UNTIL,
    SK_W_FROM,
    SK_W_TO,
    SK_W_BETWEEN,
    SK_W_SOMETIME,
    SK_W_AND,
    SK_W_OR,
    SK_W_EARLIER,
    SK_W_LATER,
    SK_W_UPTO_AFTER,    /* behind the date, it included: 이전 以前                            */
    SK_W_FROM_AFTER,    /* 이후 以降                                                          */
    SK_W_BEFORE_AFTER,  /* behind the date, it excluded: 전 之前                              */
    SK_W_AFTER_AFTER,   /* 후 之后                                                            */
    SK_W_UNTIL_AFTER,   /* 까지 まで                                                          */
    SK_W_SINCE_AFTER,   /* 부터 から                                                          */
    SK_W_BETWEEN_AFTER, /* 사이 の間                                                         */
    SK_W_ALL_AFTER,     /* 모두                                                               */
    SK_W_OPEN,
    SK_W_UNKNOWN,
    SK_W_DATE,
    SK_W_DAY,
    SK_W_MONTH,
    SK_W_MONTH_AND_DAY,
    SK_W_YEARS,
    SK_W_START,
    SK_W_ALL,
    SK_W_BC,
    SK_W_AD,
    SK_W_BC_BEFORE, /* 기원전 公元前 紀元前                                               */
    SK_W_ERA,       /* value: the year before its first                                   */
    SK_W_AM_PM,     /* value 0 or 12                                                      */
    SK_W_ZONE,      /* value: minutes east of UTC                                         */
    SK_W_COMMA,
    SK_W_DASH,
    SK_W_TILDE,
    SK_W_DOT,
    SK_W_SLASH,
    SK_W_OPENING,
    SK_W_CLOSING,
    SK_W_COLON,
    SK_W_PLUS,
    SK_W_APOSTROPHE,
    SK_W_DAY_PART, /* evening, 밤: goes with a day, changes nothing                      */
    SK_W_NOISE,    /* the, in, of ...: dropped                                           */
    SK_W_RELATIVE  /* yesterday, last week: no date without knowing when it was written  */
} sk_word_kind;

typedef struct sk_word {
    sk_word_kind kind;
    unsigned digits;
    int64_t value;
    size_t start, end; /* bytes of the folded text, for messages */
} sk_word;

typedef enum sk_vague {
    SK_VAGUE_NONE,
    SK_VAGUE_EARLY,
    SK_VAGUE_MID,
    SK_VAGUE_LATE,
    SK_VAGUE_BEGIN,
    SK_VAGUE_FINISH,
    SK_VAGUES
} sk_vague;

/* Does "1970s" alone say that ten years are meant? Not for 1900s, which is as often a century. */
static inline bool sk_is_plain_decade(int64_t year)
{
    return year >= 1000 && (year % 100 != 0 || year == 2000);
}

/* The stretch of a month (days), year (months) or decade (years) that a vague word stands for; the
 * last day of a month is 31 here. precision is MONTH, YEAR or DECADE. */
typedef struct sk_stretch {
    unsigned from, to;
} sk_stretch;

sk_stretch sk_vague_stretch(sk_vague vague, sk_edtf_precision precision);

/* Cut folded words into their kinds; the last one is SK_W_END. ret_words lives in arena.
 * Errors: SK_E_FORMAT naming the first word that is not known, SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_words_cut(sk_ctx *cx, sk_arena *arena, sk_str folded, sk_word **ret_words);

/* A date as spoken: maybe without its year ("12 June" of "12 June to 3 July 1978"), maybe vague. */
typedef struct sk_spoken {
    sk_edtf_point p;
    bool has_year;
    bool is_century; /* p.year and the 99 years behind it */
    sk_vague vague;
} sk_spoken;

/* A walk over the words. hint is the first specific reason found for not understanding. */
typedef struct sk_word_walk {
    const sk_word *words;
    size_t at;
    const char *hint;
} sk_word_walk;

static inline sk_word_kind sk_walk_peek(const sk_word_walk *w, size_t ahead)
{
    for (size_t i = 0; i < ahead; i++)
        if (w->words[w->at + i].kind == SK_W_END)
            return SK_W_END;
    return w->words[w->at + ahead].kind;
}

static inline bool sk_walk_accept(sk_word_walk *w, sk_word_kind kind)
{
    bool here = w->words[w->at].kind == kind;
    w->at += here;
    return here;
}

/* Read one date, with its doubts. False, and the walk where it was, when none stands here. */
bool sk_walk_date(sk_word_walk *w, sk_spoken *ret_date);

/* The weekday (1 to 7) that an English word names, whole or short; 0 for other words. */
unsigned sk_weekday_of_word(sk_str folded_word, bool *ret_is_short);

/* True when the folded ASCII word is the name of a month, whole or short. */
bool sk_is_month_word(sk_str folded_word);

#endif
