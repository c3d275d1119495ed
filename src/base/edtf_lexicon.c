/* The words of dates in English, Korean, Japanese and Chinese, as folded by sk_utf8_fold. */
#include "base/edtf_words.h"
#include "base/utf8.h"

enum { MOST_WORDS = 160 };

typedef struct entry {
    const char *text;
    sk_word_kind kind;
    int value;
} entry;

/* Where two entries begin alike the longer one wins, so the order here is free. */
/* clang-format off */
static const entry lexicon[] = {
    {"january", SK_W_MONTH_NAME, 1}, {"jan", SK_W_MONTH_NAME, 1},
    {"february", SK_W_MONTH_NAME, 2}, {"feb", SK_W_MONTH_NAME, 2}, {"march", SK_W_MONTH_NAME, 3},
    {"mar", SK_W_MONTH_NAME, 3}, {"april", SK_W_MONTH_NAME, 4}, {"apr", SK_W_MONTH_NAME, 4},
    {"may", SK_W_MONTH_NAME, 5}, {"june", SK_W_MONTH_NAME, 6}, {"jun", SK_W_MONTH_NAME, 6},
    {"july", SK_W_MONTH_NAME, 7}, {"jul", SK_W_MONTH_NAME, 7}, {"august", SK_W_MONTH_NAME, 8},
    {"aug", SK_W_MONTH_NAME, 8}, {"september", SK_W_MONTH_NAME, 9}, {"sept", SK_W_MONTH_NAME, 9},
    {"sep", SK_W_MONTH_NAME, 9}, {"october", SK_W_MONTH_NAME, 10}, {"oct", SK_W_MONTH_NAME, 10},
    {"november", SK_W_MONTH_NAME, 11}, {"nov", SK_W_MONTH_NAME, 11},
    {"december", SK_W_MONTH_NAME, 12}, {"dec", SK_W_MONTH_NAME, 12},

    {"monday", SK_W_WEEKDAY, 1}, {"mon", SK_W_WEEKDAY, 1}, {"tuesday", SK_W_WEEKDAY, 2},
    {"tues", SK_W_WEEKDAY, 2}, {"tue", SK_W_WEEKDAY, 2}, {"wednesday", SK_W_WEEKDAY, 3},
    {"wed", SK_W_WEEKDAY, 3}, {"thursday", SK_W_WEEKDAY, 4}, {"thurs", SK_W_WEEKDAY, 4},
    {"thur", SK_W_WEEKDAY, 4}, {"thu", SK_W_WEEKDAY, 4}, {"friday", SK_W_WEEKDAY, 5},
    {"fri", SK_W_WEEKDAY, 5}, {"saturday", SK_W_WEEKDAY, 6}, {"sat", SK_W_WEEKDAY, 6},
    {"sunday", SK_W_WEEKDAY, 7}, {"sun", SK_W_WEEKDAY, 7}, {"월요일", SK_W_WEEKDAY, 1},
    {"화요일", SK_W_WEEKDAY, 2}, {"수요일", SK_W_WEEKDAY, 3}, {"목요일", SK_W_WEEKDAY, 4},
    {"금요일", SK_W_WEEKDAY, 5}, {"토요일", SK_W_WEEKDAY, 6}, {"일요일", SK_W_WEEKDAY, 7},
    {"月曜日", SK_W_WEEKDAY, 1}, {"月曜", SK_W_WEEKDAY, 1}, {"火曜日", SK_W_WEEKDAY, 2},
    {"火曜", SK_W_WEEKDAY, 2}, {"水曜日", SK_W_WEEKDAY, 3}, {"水曜", SK_W_WEEKDAY, 3},
    {"木曜日", SK_W_WEEKDAY, 4}, {"木曜", SK_W_WEEKDAY, 4}, {"金曜日", SK_W_WEEKDAY, 5},
    {"金曜", SK_W_WEEKDAY, 5}, {"土曜日", SK_W_WEEKDAY, 6}, {"土曜", SK_W_WEEKDAY, 6},
    {"日曜日", SK_W_WEEKDAY, 7}, {"日曜", SK_W_WEEKDAY, 7}, {"星期一", SK_W_WEEKDAY, 1},
    {"星期二", SK_W_WEEKDAY, 2}, {"星期三", SK_W_WEEKDAY, 3}, {"星期四", SK_W_WEEKDAY, 4},
    {"星期五", SK_W_WEEKDAY, 5}, {"星期六", SK_W_WEEKDAY, 6}, {"星期日", SK_W_WEEKDAY, 7},
    {"星期天", SK_W_WEEKDAY, 7}, {"周一", SK_W_WEEKDAY, 1}, {"周二", SK_W_WEEKDAY, 2},
    {"周三", SK_W_WEEKDAY, 3}, {"周四", SK_W_WEEKDAY, 4}, {"周五", SK_W_WEEKDAY, 5},
    {"周六", SK_W_WEEKDAY, 6}, {"周日", SK_W_WEEKDAY, 7}, {"週一", SK_W_WEEKDAY, 1},
    {"週二", SK_W_WEEKDAY, 2}, {"週三", SK_W_WEEKDAY, 3}, {"週四", SK_W_WEEKDAY, 4},
    {"週五", SK_W_WEEKDAY, 5}, {"週六", SK_W_WEEKDAY, 6}, {"週日", SK_W_WEEKDAY, 7},
    {"화", SK_W_WEEKDAY_SIGN, 2}, {"수", SK_W_WEEKDAY_SIGN, 3}, {"목", SK_W_WEEKDAY_SIGN, 4},
    {"금", SK_W_WEEKDAY_SIGN, 5}, {"토", SK_W_WEEKDAY_SIGN, 6}, {"火", SK_W_WEEKDAY_SIGN, 2},
    {"水", SK_W_WEEKDAY_SIGN, 3}, {"木", SK_W_WEEKDAY_SIGN, 4}, {"金", SK_W_WEEKDAY_SIGN, 5},
    {"土", SK_W_WEEKDAY_SIGN, 6},

    {"년", SK_W_YEAR_MARK, 0}, {"년도", SK_W_YEAR_MARK, 0}, {"年", SK_W_YEAR_MARK, 0},
    {"월", SK_W_MONTH_MARK, 0}, {"月", SK_W_MONTH_MARK, 0}, {"月份", SK_W_MONTH_MARK, 0},
    {"일", SK_W_DAY_MARK, 0}, {"일자", SK_W_DAY_MARK, 0}, {"日", SK_W_DAY_MARK, 0}, {"号", SK_W_DAY_MARK, 0},
    {"號", SK_W_DAY_MARK, 0},
    {"년대", SK_W_DECADE_MARK, 0}, {"年代", SK_W_DECADE_MARK, 0},
    {"s", SK_W_DECADE_S, 0},
    {"century", SK_W_CENTURY, 0}, {"세기", SK_W_CENTURY, 0}, {"世紀", SK_W_CENTURY, 0},
    {"世纪", SK_W_CENTURY, 0},
    {"st", SK_W_ORDINAL, 0}, {"nd", SK_W_ORDINAL, 0}, {"rd", SK_W_ORDINAL, 0},
    {"th", SK_W_ORDINAL, 0},
    {"first", SK_W_NTH, 1}, {"second", SK_W_NTH, 2}, {"third", SK_W_NTH, 3},
    {"fourth", SK_W_NTH, 4},

    {"spring", SK_W_SEASON, 21}, {"summer", SK_W_SEASON, 22}, {"autumn", SK_W_SEASON, 23},
    {"fall", SK_W_SEASON, 23}, {"winter", SK_W_SEASON, 24}, {"봄", SK_W_SEASON, 21},
    {"여름", SK_W_SEASON, 22}, {"가을", SK_W_SEASON, 23}, {"겨울", SK_W_SEASON, 24},
    {"春", SK_W_SEASON, 21}, {"夏", SK_W_SEASON, 22}, {"秋", SK_W_SEASON, 23},
    {"冬", SK_W_SEASON, 24}, {"春季", SK_W_SEASON, 21}, {"夏季", SK_W_SEASON, 22},
    {"秋季", SK_W_SEASON, 23}, {"冬季", SK_W_SEASON, 24}, {"春天", SK_W_SEASON, 21},
    {"夏天", SK_W_SEASON, 22}, {"秋天", SK_W_SEASON, 23}, {"冬天", SK_W_SEASON, 24},
    {"quarter", SK_W_QUARTER, 0}, {"q", SK_W_QUARTER, 0}, {"분기", SK_W_QUARTER, 0},
    {"季度", SK_W_QUARTER, 0},
    {"第一四半期", SK_W_QUARTER_NAME, 1}, {"第二四半期", SK_W_QUARTER_NAME, 2},
    {"第三四半期", SK_W_QUARTER_NAME, 3}, {"第四四半期", SK_W_QUARTER_NAME, 4},
    {"四半期", SK_W_QUARTER, 0},
    {"half", SK_W_HALF, 0},
    {"상반기", SK_W_HALF_NAME, 1}, {"하반기", SK_W_HALF_NAME, 2}, {"上半期", SK_W_HALF_NAME, 1},
    {"下半期", SK_W_HALF_NAME, 2}, {"上半年", SK_W_HALF_NAME, 1}, {"下半年", SK_W_HALF_NAME, 2},

    {"early", SK_W_VAGUE, SK_VAGUE_EARLY}, {"mid", SK_W_VAGUE, SK_VAGUE_MID},
    {"middle", SK_W_VAGUE, SK_VAGUE_MID}, {"late", SK_W_VAGUE, SK_VAGUE_LATE},
    {"beginning", SK_W_VAGUE, SK_VAGUE_BEGIN}, {"end", SK_W_VAGUE, SK_VAGUE_FINISH},
    {"초순", SK_W_VAGUE, SK_VAGUE_EARLY}, {"상순", SK_W_VAGUE, SK_VAGUE_EARLY},
    {"중순", SK_W_VAGUE, SK_VAGUE_MID}, {"하순", SK_W_VAGUE, SK_VAGUE_LATE},
    {"초반", SK_W_VAGUE, SK_VAGUE_EARLY}, {"중반", SK_W_VAGUE, SK_VAGUE_MID},
    {"후반", SK_W_VAGUE, SK_VAGUE_LATE}, {"연초", SK_W_VAGUE, SK_VAGUE_BEGIN},
    {"연말", SK_W_VAGUE, SK_VAGUE_FINISH}, {"초", SK_W_VAGUE, SK_VAGUE_BEGIN},
    {"말", SK_W_VAGUE, SK_VAGUE_FINISH}, {"上旬", SK_W_VAGUE, SK_VAGUE_EARLY},
    {"初旬", SK_W_VAGUE, SK_VAGUE_EARLY}, {"中旬", SK_W_VAGUE, SK_VAGUE_MID},
    {"下旬", SK_W_VAGUE, SK_VAGUE_LATE}, {"前半", SK_W_VAGUE, SK_VAGUE_EARLY},
    {"半ば", SK_W_VAGUE, SK_VAGUE_MID}, {"中期", SK_W_VAGUE, SK_VAGUE_MID},
    {"中頃", SK_W_VAGUE, SK_VAGUE_MID}, {"後半", SK_W_VAGUE, SK_VAGUE_LATE},
    {"初頭", SK_W_VAGUE, SK_VAGUE_BEGIN}, {"初め", SK_W_VAGUE, SK_VAGUE_BEGIN},
    {"初", SK_W_VAGUE, SK_VAGUE_BEGIN}, {"末", SK_W_VAGUE, SK_VAGUE_FINISH},
    {"底", SK_W_VAGUE, SK_VAGUE_FINISH},

    {"about", SK_W_ABOUT, 0}, {"around", SK_W_ABOUT, 0}, {"approximately", SK_W_ABOUT, 0},
    {"approx", SK_W_ABOUT, 0}, {"roughly", SK_W_ABOUT, 0}, {"circa", SK_W_ABOUT, 0},
    {"c", SK_W_ABOUT, 0}, {"ca", SK_W_ABOUT, 0}, {"on or about", SK_W_ABOUT, 0},
    {"on or around", SK_W_ABOUT, 0}, {"some time around", SK_W_ABOUT, 0},
    {"sometime around", SK_W_ABOUT, 0}, {"약", SK_W_ABOUT, 0}, {"대략", SK_W_ABOUT, 0},
    {"約", SK_W_ABOUT, 0}, {"约", SK_W_ABOUT, 0}, {"大约", SK_W_ABOUT, 0},
    {"大約", SK_W_ABOUT, 0}, {"およそ", SK_W_ABOUT, 0},
    {"경", SK_W_ABOUT_AFTER, 0}, {"께", SK_W_ABOUT_AFTER, 0}, {"쯤", SK_W_ABOUT_AFTER, 0},
    {"무렵", SK_W_ABOUT_AFTER, 0}, {"즈음", SK_W_ABOUT_AFTER, 0}, {"頃", SK_W_ABOUT_AFTER, 0},
    {"ごろ", SK_W_ABOUT_AFTER, 0}, {"ころ", SK_W_ABOUT_AFTER, 0}, {"左右", SK_W_ABOUT_AFTER, 0},
    {"前后", SK_W_ABOUT_AFTER, 0}, {"前後", SK_W_ABOUT_AFTER, 0},
    {"possibly", SK_W_MAYBE, 0}, {"perhaps", SK_W_MAYBE, 0}, {"maybe", SK_W_MAYBE, 0},
    {"probably", SK_W_MAYBE, 0}, {"uncertain", SK_W_MAYBE, 0}, {"불확실", SK_W_MAYBE, 0},
    {"추정", SK_W_MAYBE, 0}, {"推定", SK_W_MAYBE, 0}, {"可能", SK_W_MAYBE, 0},

    {"before", SK_W_BEFORE, 0}, {"prior to", SK_W_BEFORE, 0}, {"earlier than", SK_W_BEFORE, 0},
    {"after", SK_W_AFTER, 0}, {"later than", SK_W_AFTER, 0},
    {"by", SK_W_BY, 0}, {"no later than", SK_W_BY, 0}, {"not later than", SK_W_BY, 0},
    {"on or before", SK_W_BY, 0},
    {"since", SK_W_SINCE, 0},
    {"until", SK_W_UNTIL, 0}, {"till", SK_W_UNTIL, 0}, {"up to", SK_W_UNTIL, 0},
    {"from", SK_W_FROM, 0},
    {"to", SK_W_TO, 0}, {"through", SK_W_TO, 0}, {"至", SK_W_TO, 0}, {"到", SK_W_TO, 0},
    {"between", SK_W_BETWEEN, 0},
    {"some time", SK_W_SOMETIME, 0}, {"sometime", SK_W_SOMETIME, 0},
    {"어느 때", SK_W_SOMETIME, 0},
    {"and", SK_W_AND, 0}, {"및", SK_W_AND, 0}, {"와", SK_W_AND, 0}, {"과", SK_W_AND, 0},
    {"と", SK_W_AND, 0}, {"和", SK_W_AND, 0},
    {"or", SK_W_OR, 0}, {"또는", SK_W_OR, 0}, {"혹은", SK_W_OR, 0}, {"または", SK_W_OR, 0},
    {"又は", SK_W_OR, 0}, {"或", SK_W_OR, 0},
    {"earlier", SK_W_EARLIER, 0}, {"before that", SK_W_EARLIER, 0}, {"그 이전", SK_W_EARLIER, 0},
    {"later", SK_W_LATER, 0}, {"after that", SK_W_LATER, 0}, {"그 이후", SK_W_LATER, 0},
    {"이전", SK_W_UPTO_AFTER, 0}, {"以前", SK_W_UPTO_AFTER, 0},
    {"on or after", SK_W_FROM_AFTER, 0}, {"no earlier than", SK_W_FROM_AFTER, 0},
    {"이후", SK_W_FROM_AFTER, 0}, {"以降", SK_W_FROM_AFTER, 0}, {"以后", SK_W_FROM_AFTER, 0},
    {"以後", SK_W_FROM_AFTER, 0},
    {"전", SK_W_BEFORE_AFTER, 0}, {"之前", SK_W_BEFORE_AFTER, 0}, {"前", SK_W_BEFORE_AFTER, 0},
    {"より前", SK_W_BEFORE_AFTER, 0},
    {"후", SK_W_AFTER_AFTER, 0}, {"之后", SK_W_AFTER_AFTER, 0}, {"之後", SK_W_AFTER_AFTER, 0},
    {"より後", SK_W_AFTER_AFTER, 0},
    {"까지", SK_W_UNTIL_AFTER, 0}, {"まで", SK_W_UNTIL_AFTER, 0}, {"为止", SK_W_UNTIL_AFTER, 0},
    {"為止", SK_W_UNTIL_AFTER, 0},
    {"부터", SK_W_SINCE_AFTER, 0}, {"이래", SK_W_SINCE_AFTER, 0}, {"から", SK_W_SINCE_AFTER, 0},
    {"以来", SK_W_SINCE_AFTER, 0}, {"以來", SK_W_SINCE_AFTER, 0}, {"起", SK_W_SINCE_AFTER, 0},
    {"사이", SK_W_BETWEEN_AFTER, 0}, {"の間", SK_W_BETWEEN_AFTER, 0},
    {"之间", SK_W_BETWEEN_AFTER, 0}, {"之間", SK_W_BETWEEN_AFTER, 0},
    {"从", SK_W_FROM, 0}, {"從", SK_W_FROM, 0}, {"自", SK_W_FROM, 0},
    {"모두", SK_W_ALL_AFTER, 0},

    {"open", SK_W_OPEN, 0}, {"ongoing", SK_W_OPEN, 0}, {"present", SK_W_OPEN, 0},
    {"now", SK_W_OPEN, 0}, {"onwards", SK_W_OPEN, 0}, {"계속", SK_W_OPEN, 0},
    {"현재", SK_W_OPEN, 0}, {"한정 없음", SK_W_OPEN, 0}, {"現在", SK_W_OPEN, 0},
    {"现在", SK_W_OPEN, 0}, {"今", SK_W_OPEN, 0},
    {"unknown", SK_W_UNKNOWN, 0}, {"undated", SK_W_UNKNOWN, 0}, {"not known", SK_W_UNKNOWN, 0},
    {"not stated", SK_W_UNKNOWN, 0}, {"미상", SK_W_UNKNOWN, 0}, {"모름", SK_W_UNKNOWN, 0},
    {"불명", SK_W_UNKNOWN, 0}, {"不明", SK_W_UNKNOWN, 0}, {"不詳", SK_W_UNKNOWN, 0},
    {"不详", SK_W_UNKNOWN, 0},
    {"date", SK_W_DATE, 0}, {"날짜", SK_W_DATE, 0}, {"시기", SK_W_DATE, 0},
    {"日付", SK_W_DATE, 0}, {"日期", SK_W_DATE, 0},
    {"day", SK_W_DAY, 0},
    {"month", SK_W_MONTH, 0},
    {"month and day", SK_W_MONTH_AND_DAY, 0}, {"월일", SK_W_MONTH_AND_DAY, 0},
    {"years", SK_W_YEARS, 0},
    {"start", SK_W_START, 0}, {"시작", SK_W_START, 0},
    {"끝", SK_W_VAGUE, SK_VAGUE_FINISH},
    {"all", SK_W_ALL, 0},

    {"bc", SK_W_BC, 0}, {"bce", SK_W_BC, 0},
    {"ad", SK_W_AD, 0}, {"ce", SK_W_AD, 0}, {"서기", SK_W_AD, 0}, {"公元", SK_W_AD, 0},
    {"西暦", SK_W_AD, 0},
    {"기원전", SK_W_BC_BEFORE, 0}, {"公元前", SK_W_BC_BEFORE, 0}, {"紀元前", SK_W_BC_BEFORE, 0},
    {"明治", SK_W_ERA, 1867}, {"大正", SK_W_ERA, 1911}, {"昭和", SK_W_ERA, 1925},
    {"平成", SK_W_ERA, 1988}, {"令和", SK_W_ERA, 2018}, {"주체", SK_W_ERA, 1911},
    {"juche", SK_W_ERA, 1911}, {"民国", SK_W_ERA, 1911}, {"民國", SK_W_ERA, 1911},
    {"元", SK_W_NUMBER, 1},

    {"am", SK_W_AM_PM, 0}, {"pm", SK_W_AM_PM, 12},
    {"utc", SK_W_ZONE, 0}, {"gmt", SK_W_ZONE, 0}, {"kst", SK_W_ZONE, 540},
    {"jst", SK_W_ZONE, 540},

    {",", SK_W_COMMA, 0}, {"、", SK_W_COMMA, 0},
    {"-", SK_W_DASH, 0}, {"‐", SK_W_DASH, 0}, {"–", SK_W_DASH, 0}, {"—", SK_W_DASH, 0},
    {"~", SK_W_TILDE, 0}, {"〜", SK_W_TILDE, 0},
    {".", SK_W_DOT, 0},
    {"/", SK_W_SLASH, 0},
    {"(", SK_W_OPENING, 0},
    {")", SK_W_CLOSING, 0},
    {":", SK_W_COLON, 0},
    {"+", SK_W_PLUS, 0},
    {"'", SK_W_APOSTROPHE, 0}, {"’", SK_W_APOSTROPHE, 0},

    {"morning", SK_W_DAY_PART, 0}, {"afternoon", SK_W_DAY_PART, 0},
    {"evening", SK_W_DAY_PART, 0}, {"night", SK_W_DAY_PART, 0}, {"dawn", SK_W_DAY_PART, 0},
    {"새벽", SK_W_DAY_PART, 0}, {"아침", SK_W_DAY_PART, 0}, {"오전", SK_W_DAY_PART, 0},
    {"낮", SK_W_DAY_PART, 0}, {"오후", SK_W_DAY_PART, 0}, {"저녁", SK_W_DAY_PART, 0},
    {"밤", SK_W_DAY_PART, 0}, {"未明", SK_W_DAY_PART, 0}, {"朝", SK_W_DAY_PART, 0},
    {"午前", SK_W_DAY_PART, 0}, {"午後", SK_W_DAY_PART, 0}, {"夕方", SK_W_DAY_PART, 0},
    {"夜", SK_W_DAY_PART, 0}, {"晩", SK_W_DAY_PART, 0}, {"凌晨", SK_W_DAY_PART, 0},
    {"上午", SK_W_DAY_PART, 0}, {"下午", SK_W_DAY_PART, 0}, {"晚", SK_W_DAY_PART, 0},
    {"晚上", SK_W_DAY_PART, 0},

    {"중", SK_W_NOISE, 0}, {"the", SK_W_NOISE, 0}, {"in", SK_W_NOISE, 0}, {"on", SK_W_NOISE, 0}, {"at", SK_W_NOISE, 0},
    {"of", SK_W_NOISE, 0}, {"during", SK_W_NOISE, 0}, {"dated", SK_W_NOISE, 0},
    {"year", SK_W_NOISE, 0}, {"에", SK_W_NOISE, 0}, {"의", SK_W_NOISE, 0}, {"の", SK_W_NOISE, 0},
    {"に", SK_W_NOISE, 0}, {"第", SK_W_NOISE, 0}, {"제", SK_W_NOISE, 0}, {"在", SK_W_NOISE, 0},
    {"于", SK_W_NOISE, 0}, {"的", SK_W_NOISE, 0},

    {"today", SK_W_RELATIVE, 0}, {"yesterday", SK_W_RELATIVE, 0}, {"tomorrow", SK_W_RELATIVE, 0},
    {"last", SK_W_RELATIVE, 0}, {"next", SK_W_RELATIVE, 0}, {"this", SK_W_RELATIVE, 0},
    {"ago", SK_W_RELATIVE, 0}, {"recently", SK_W_RELATIVE, 0}, {"오늘", SK_W_RELATIVE, 0},
    {"어제", SK_W_RELATIVE, 0}, {"지난", SK_W_RELATIVE, 0}, {"작년", SK_W_RELATIVE, 0},
    {"올해", SK_W_RELATIVE, 0}, {"昨日", SK_W_RELATIVE, 0}, {"昨年", SK_W_RELATIVE, 0},
    {"去年", SK_W_RELATIVE, 0}, {"今年", SK_W_RELATIVE, 0}, {"今天", SK_W_RELATIVE, 0},
};
/* clang-format on */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The longest entry that stands at the place; an English word must end there too. */
static const entry *find_entry(sk_str rest)
{
    const entry *best = NULL;
    size_t best_n = 0;
    for (size_t i = 0; i < SK_COUNT(lexicon); i++) {
        sk_str text = sk_str_of(lexicon[i].text);
        if (text.n <= best_n || !sk_str_starts(rest, text))
            continue;
        if (is_letter(text.p[text.n - 1]) && rest.n > text.n && is_letter(rest.p[text.n]))
            continue;
        best = &lexicon[i];
        best_n = text.n;
    }
    return best;
}

/* Digits in Han: 〇 and 零 are 0, 一 to 九 1 to 9; 十 and 百 and 千 come back as 10, 100, 1000. */
static int han_value(uint32_t c)
{
    static const struct {
        const char *han;
        int value;
    } table[] = {{"〇", 0}, {"零", 0}, {"一", 1}, {"二", 2}, {"三", 3},  {"四", 4},   {"五", 5},
                 {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}, {"十", 10}, {"百", 100}, {"千", 1000}};
    for (size_t i = 0; i < SK_COUNT(table); i++) {
        size_t at = 0;
        if (sk_utf8_next(sk_str_of(table[i].han), &at) == c)
            return table[i].value;
    }
    return -1;
}

/* A number in Han digits: by place (二〇二三) or with units (五十三). */
static size_t cut_han_number(sk_str rest, sk_word *w)
{
    int64_t by_place = 0, sum = 0, digit = -1;
    bool has_units = false;
    size_t at = 0, end = 0;
    while (at < rest.n && w->digits < 8) {
        int v = han_value(sk_utf8_next(rest, &at));
        if (v < 0)
            break;
        end = at;
        w->digits++;
        if (v < 10) {
            by_place = by_place * 10 + v;
            digit = v;
        } else {
            has_units = true;
            sum += (digit < 0 ? 1 : digit) * v;
            digit = -1;
        }
    }
    if (has_units) {
        w->value = sum + (digit < 0 ? 0 : digit);
        w->digits = w->value > 999 ? 4 : w->value > 9 ? 2 : 1;
    } else {
        w->value = by_place;
    }
    return end;
}

static size_t cut_digits(sk_str rest, sk_word *w)
{
    size_t n = 0;
    for (; n < rest.n && is_digit(rest.p[n]); n++)
        if (n < 18)
            w->value = w->value * 10 + (rest.p[n] - '0');
    w->digits = (unsigned)(n < 100 ? n : 100);
    return n;
}

/* The run of bytes to name in a message: a whole English word, or one character. */
static sk_str unknown_word(sk_str rest)
{
    size_t at = 0;
    if (is_letter(rest.p[0]))
        while (at < rest.n && is_letter(rest.p[at]))
            at++;
    else
        sk_utf8_next(rest, &at);
    return sk_str_sub(rest, 0, at);
}

/* 2023年年底: the second 年 belongs to "end of the year" and says nothing new. */
static bool is_doubled_year(sk_str rest)
{
    return sk_str_starts(rest, SK_S("年初")) || sk_str_starts(rest, SK_S("年底")) ||
           sk_str_starts(rest, SK_S("年末"));
}

sk_rc sk_words_cut(sk_ctx *cx, sk_arena *arena, sk_str folded, sk_word **ret_words)
{
    sk_word *words = sk_new_array(arena, sk_word, MOST_WORDS + 1);
    size_t n = 0, at = 0;
    while (at < folded.n) {
        sk_str rest = sk_str_sub(folded, at, folded.n);
        if (rest.p[0] == ' ' || rest.p[0] == '\t' || rest.p[0] == '\n') {
            at++;
            continue;
        }
        if (n && words[n - 1].kind == SK_W_YEAR_MARK && is_doubled_year(rest)) {
            at += strlen("年");
            continue;
        }
        sk_word w = {.kind = SK_W_NUMBER, .start = at};
        const entry *e = find_entry(rest);
        size_t taken = is_digit(rest.p[0]) ? cut_digits(rest, &w) : 0;
        if (e) {
            taken = strlen(e->text);
            w.kind = e->kind;
            w.value = e->value;
            w.digits = e->kind == SK_W_NUMBER;
        } else if (!taken) {
            taken = cut_han_number(rest, &w);
        }
        if (!taken)
            return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" is not understood as part of a date",
                           SK_P(unknown_word(rest)));
        if (n == MOST_WORDS)
            return sk_fail(cx, SK_E_LIMIT, "a date has at most %d words", MOST_WORDS);
        at += taken;
        w.end = at;
        if (w.kind != SK_W_NOISE)
            words[n++] = w;
    }
    words[n] = (sk_word){.kind = SK_W_END, .start = at, .end = at};
    *ret_words = words;
    return SK_OK;
}

unsigned sk_weekday_of_word(sk_str folded_word, bool *ret_is_short)
{
    for (size_t i = 0; i < SK_COUNT(lexicon); i++)
        if (lexicon[i].kind == SK_W_WEEKDAY && sk_str_is(folded_word, lexicon[i].text)) {
            *ret_is_short = is_letter(folded_word.p[0]) && folded_word.n < 6;
            return (unsigned)lexicon[i].value;
        }
    return 0;
}

bool sk_is_month_word(sk_str folded_word)
{
    for (size_t i = 0; i < SK_COUNT(lexicon); i++)
        if (lexicon[i].kind == SK_W_MONTH_NAME && sk_str_is(folded_word, lexicon[i].text))
            return true;
    return false;
}

sk_stretch sk_vague_stretch(sk_vague vague, sk_edtf_precision precision)
{
    static const sk_stretch of_month[SK_VAGUES] = {{1, 31},  {1, 10}, {11, 20},
                                                   {21, 31}, {1, 10}, {21, 31}};
    static const sk_stretch of_year[SK_VAGUES] = {{1, 12}, {1, 4}, {5, 8},
                                                  {9, 12}, {1, 2}, {11, 12}};
    static const sk_stretch of_decade[SK_VAGUES] = {{0, 9}, {0, 3}, {4, 6}, {7, 9}, {0, 1}, {8, 9}};
    sk_assert((unsigned)vague < SK_VAGUES);
    return precision == SK_EDTF_MONTH  ? of_month[vague]
           : precision == SK_EDTF_YEAR ? of_year[vague]
                                       : of_decade[vague];
}
