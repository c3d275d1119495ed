/* The words around numbers in English, Korean, Japanese and Chinese, and how numbers are written. */
#include "base/quantity_words.h"
#include "base/utf8.h"

typedef struct entry {
    const char *text; /* a blank stands for any run of blanks */
    sk_count_kind kind;
    int64_t value; /* qualifier, or number */
} entry;

/* Where two entries begin alike the longer one wins, so the order here is free. */
/* clang-format off */
static const entry lexicon[] = {
    {"at least", SK_C_BEFORE, SK_Q_AT_LEAST}, {"no fewer than", SK_C_BEFORE, SK_Q_AT_LEAST},
    {"no less than", SK_C_BEFORE, SK_Q_AT_LEAST}, {"not less than", SK_C_BEFORE, SK_Q_AT_LEAST},
    {"a minimum of", SK_C_BEFORE, SK_Q_AT_LEAST}, {"minimum", SK_C_BEFORE, SK_Q_AT_LEAST},
    {"최소", SK_C_BEFORE, SK_Q_AT_LEAST}, {"최소한", SK_C_BEFORE, SK_Q_AT_LEAST},
    {"적어도", SK_C_BEFORE, SK_Q_AT_LEAST}, {"少なくとも", SK_C_BEFORE, SK_Q_AT_LEAST},
    {"最低", SK_C_BEFORE, SK_Q_AT_LEAST}, {"至少", SK_C_BEFORE, SK_Q_AT_LEAST},
    {"不少于", SK_C_BEFORE, SK_Q_AT_LEAST}, {"不少於", SK_C_BEFORE, SK_Q_AT_LEAST},
    {"or more", SK_C_BEHIND, SK_Q_AT_LEAST}, {"at the least", SK_C_BEHIND, SK_Q_AT_LEAST},
    {"+", SK_C_BEHIND, SK_Q_AT_LEAST}, {"이상", SK_C_BEHIND, SK_Q_AT_LEAST},
    {"또는 그 이상", SK_C_BEHIND, SK_Q_AT_LEAST}, {"以上", SK_C_BEHIND, SK_Q_AT_LEAST},

    {"more than", SK_C_BEFORE, SK_Q_MORE_THAN}, {"over", SK_C_BEFORE, SK_Q_MORE_THAN},
    {"above", SK_C_BEFORE, SK_Q_MORE_THAN}, {"exceeding", SK_C_BEFORE, SK_Q_MORE_THAN},
    {"in excess of", SK_C_BEFORE, SK_Q_MORE_THAN}, {"upwards of", SK_C_BEFORE, SK_Q_MORE_THAN},
    {"greater than", SK_C_BEFORE, SK_Q_MORE_THAN}, {"超过", SK_C_BEFORE, SK_Q_MORE_THAN},
    {"超過", SK_C_BEFORE, SK_Q_MORE_THAN}, {"逾", SK_C_BEFORE, SK_Q_MORE_THAN},
    {"多于", SK_C_BEFORE, SK_Q_MORE_THAN}, {"多於", SK_C_BEFORE, SK_Q_MORE_THAN},
    {"초과", SK_C_BEHIND, SK_Q_MORE_THAN}, {"을 넘는", SK_C_BEHIND, SK_Q_MORE_THAN},
    {"이 넘는", SK_C_BEHIND, SK_Q_MORE_THAN}, {"을 넘게", SK_C_BEHIND, SK_Q_MORE_THAN},
    {"넘는", SK_C_BEHIND, SK_Q_MORE_THAN}, {"넘게", SK_C_BEHIND, SK_Q_MORE_THAN},
    {"여", SK_C_BEHIND, SK_Q_MORE_THAN}, {"を超える", SK_C_BEHIND, SK_Q_MORE_THAN},
    {"超", SK_C_BEHIND, SK_Q_MORE_THAN}, {"余り", SK_C_BEHIND, SK_Q_MORE_THAN},
    {"余", SK_C_BEHIND, SK_Q_MORE_THAN}, {"餘", SK_C_BEHIND, SK_Q_MORE_THAN},
    {"多", SK_C_BEHIND, SK_Q_MORE_THAN},

    {"at most", SK_C_BEFORE, SK_Q_AT_MOST}, {"no more than", SK_C_BEFORE, SK_Q_AT_MOST},
    {"not more than", SK_C_BEFORE, SK_Q_AT_MOST}, {"a maximum of", SK_C_BEFORE, SK_Q_AT_MOST},
    {"maximum", SK_C_BEFORE, SK_Q_AT_MOST}, {"不超过", SK_C_BEFORE, SK_Q_AT_MOST},
    {"不超過", SK_C_BEFORE, SK_Q_AT_MOST}, {"or fewer", SK_C_BEHIND, SK_Q_AT_MOST},
    {"or less", SK_C_BEHIND, SK_Q_AT_MOST}, {"at the most", SK_C_BEHIND, SK_Q_AT_MOST},
    {"이하", SK_C_BEHIND, SK_Q_AT_MOST}, {"이내", SK_C_BEHIND, SK_Q_AT_MOST},
    {"以下", SK_C_BEHIND, SK_Q_AT_MOST}, {"以内", SK_C_BEHIND, SK_Q_AT_MOST},

    {"up to", SK_C_BEFORE, SK_Q_UP_TO}, {"as many as", SK_C_BEFORE, SK_Q_UP_TO},
    {"as much as", SK_C_BEFORE, SK_Q_UP_TO}, {"as high as", SK_C_BEFORE, SK_Q_UP_TO},
    {"최대", SK_C_BEFORE, SK_Q_UP_TO}, {"많게는", SK_C_BEFORE, SK_Q_UP_TO},
    {"最大", SK_C_BEFORE, SK_Q_UP_TO}, {"最多", SK_C_BEFORE, SK_Q_UP_TO},
    {"多达", SK_C_BEFORE, SK_Q_UP_TO}, {"多達", SK_C_BEFORE, SK_Q_UP_TO},

    {"fewer than", SK_C_BEFORE, SK_Q_FEWER_THAN}, {"less than", SK_C_BEFORE, SK_Q_FEWER_THAN},
    {"under", SK_C_BEFORE, SK_Q_FEWER_THAN}, {"below", SK_C_BEFORE, SK_Q_FEWER_THAN},
    {"不到", SK_C_BEFORE, SK_Q_FEWER_THAN}, {"不足", SK_C_BEFORE, SK_Q_FEWER_THAN},
    {"少于", SK_C_BEFORE, SK_Q_FEWER_THAN}, {"少於", SK_C_BEFORE, SK_Q_FEWER_THAN},
    {"미만", SK_C_BEHIND, SK_Q_FEWER_THAN}, {"未満", SK_C_BEHIND, SK_Q_FEWER_THAN},

    {"about", SK_C_BEFORE, SK_Q_ABOUT}, {"around", SK_C_BEFORE, SK_Q_ABOUT},
    {"approximately", SK_C_BEFORE, SK_Q_ABOUT}, {"approx.", SK_C_BEFORE, SK_Q_ABOUT},
    {"some", SK_C_BEFORE, SK_Q_ABOUT}, {"roughly", SK_C_BEFORE, SK_Q_ABOUT},
    {"nearly", SK_C_BEFORE, SK_Q_ABOUT}, {"almost", SK_C_BEFORE, SK_Q_ABOUT},
    {"close to", SK_C_BEFORE, SK_Q_ABOUT}, {"an estimated", SK_C_BEFORE, SK_Q_ABOUT},
    {"estimated", SK_C_BEFORE, SK_Q_ABOUT}, {"circa", SK_C_BEFORE, SK_Q_ABOUT},
    {"약", SK_C_BEFORE, SK_Q_ABOUT}, {"대략", SK_C_BEFORE, SK_Q_ABOUT},
    {"거의", SK_C_BEFORE, SK_Q_ABOUT}, {"約", SK_C_BEFORE, SK_Q_ABOUT},
    {"およそ", SK_C_BEFORE, SK_Q_ABOUT}, {"约", SK_C_BEFORE, SK_Q_ABOUT},
    {"大约", SK_C_BEFORE, SK_Q_ABOUT}, {"大約", SK_C_BEFORE, SK_Q_ABOUT},
    {"近", SK_C_BEFORE, SK_Q_ABOUT}, {"가량", SK_C_BEHIND, SK_Q_ABOUT},
    {"정도", SK_C_BEHIND, SK_Q_ABOUT}, {"안팎", SK_C_BEHIND, SK_Q_ABOUT},
    {"쯤", SK_C_BEHIND, SK_Q_ABOUT}, {"ほど", SK_C_BEHIND, SK_Q_ABOUT},
    {"程度", SK_C_BEHIND, SK_Q_ABOUT}, {"前後", SK_C_BEHIND, SK_Q_ABOUT},
    {"左右", SK_C_BEHIND, SK_Q_ABOUT}, {"上下", SK_C_BEHIND, SK_Q_ABOUT},
    {"or so", SK_C_BEHIND, SK_Q_ABOUT},

    {"could exceed", SK_C_BEFORE, SK_Q_COULD_EXCEED},
    {"may exceed", SK_C_BEFORE, SK_Q_COULD_EXCEED},
    {"might exceed", SK_C_BEFORE, SK_Q_COULD_EXCEED},
    {"could surpass", SK_C_BEFORE, SK_Q_COULD_EXCEED},
    {"could be more than", SK_C_BEFORE, SK_Q_COULD_EXCEED},
    {"may be more than", SK_C_BEFORE, SK_Q_COULD_EXCEED},
    {"可能超过", SK_C_BEFORE, SK_Q_COULD_EXCEED}, {"可能超過", SK_C_BEFORE, SK_Q_COULD_EXCEED},
    {"或超过", SK_C_BEFORE, SK_Q_COULD_EXCEED}, {"을 넘을 수", SK_C_BEHIND, SK_Q_COULD_EXCEED},
    {"를 넘을 수", SK_C_BEHIND, SK_Q_COULD_EXCEED}, {"이 넘을 수", SK_C_BEHIND, SK_Q_COULD_EXCEED},
    {"넘을 수", SK_C_BEHIND, SK_Q_COULD_EXCEED},
    {"を超える可能性", SK_C_BEHIND, SK_Q_COULD_EXCEED},

    {"between", SK_C_BETWEEN, 0}, {"from", SK_C_FROM, 0}, {"从", SK_C_FROM, 0},
    {"從", SK_C_FROM, 0}, {"to", SK_C_RANGE, 0}, {"-", SK_C_RANGE, 0}, {"–", SK_C_RANGE, 0},
    {"—", SK_C_RANGE, 0}, {"~", SK_C_RANGE, 0}, {"〜", SK_C_RANGE, 0}, {"～", SK_C_RANGE, 0},
    {"에서", SK_C_RANGE, 0}, {"내지", SK_C_RANGE, 0}, {"から", SK_C_RANGE, 0},
    {"至", SK_C_RANGE, 0}, {"到", SK_C_RANGE, 0}, {"→", SK_C_ARROW, 0}, {"and", SK_C_AND, 0},
    {"&", SK_C_AND, 0}, {"or", SK_C_OR, 0}, {"또는", SK_C_OR, 0}, {"または", SK_C_OR, 0},
    {"或", SK_C_OR, 0},
    {"fell", SK_C_CHANGE, 0}, {"dropped", SK_C_CHANGE, 0}, {"declined", SK_C_CHANGE, 0},
    {"decreased", SK_C_CHANGE, 0}, {"reduced", SK_C_CHANGE, 0}, {"shrank", SK_C_CHANGE, 0},
    {"went down", SK_C_CHANGE, 0}, {"down", SK_C_CHANGE, 0}, {"rose", SK_C_CHANGE, 0},
    {"grew", SK_C_CHANGE, 0}, {"increased", SK_C_CHANGE, 0}, {"climbed", SK_C_CHANGE, 0},
    {"went up", SK_C_CHANGE, 0}, {"감소", SK_C_CHANGE, 0}, {"증가", SK_C_CHANGE, 0},
    {"줄", SK_C_CHANGE, 0}, {"늘", SK_C_CHANGE, 0}, {"減少", SK_C_CHANGE, 0},
    {"増加", SK_C_CHANGE, 0}, {"减少", SK_C_CHANGE, 0}, {"增加", SK_C_CHANGE, 0},
    {"减少到", SK_C_RANGE, 1}, {"降至", SK_C_RANGE, 1}, {"增至", SK_C_RANGE, 1},
    {"減至", SK_C_RANGE, 1}, {"减至", SK_C_RANGE, 1},

    {"in the tens", SK_C_ORDER, 10}, {"tens", SK_C_ORDER, 10}, {"in the dozens", SK_C_ORDER, 12},
    {"dozens", SK_C_ORDER, 12}, {"several dozen", SK_C_ORDER, 12}, {"scores", SK_C_ORDER, 20},
    {"in the hundreds", SK_C_ORDER, 100}, {"hundreds", SK_C_ORDER, 100},
    {"several hundred", SK_C_ORDER, 100}, {"a few hundred", SK_C_ORDER, 100},
    {"in the thousands", SK_C_ORDER, 1000}, {"thousands", SK_C_ORDER, 1000},
    {"several thousand", SK_C_ORDER, 1000}, {"a few thousand", SK_C_ORDER, 1000},
    {"in the tens of thousands", SK_C_ORDER, 10000}, {"tens of thousands", SK_C_ORDER, 10000},
    {"in the hundreds of thousands", SK_C_ORDER, 100000},
    {"hundreds of thousands", SK_C_ORDER, 100000}, {"in the millions", SK_C_ORDER, 1000000},
    {"millions", SK_C_ORDER, 1000000},
    {"수십", SK_C_ORDER, 10}, {"십수", SK_C_ORDER, 12}, {"수백", SK_C_ORDER, 100},
    {"수천", SK_C_ORDER, 1000}, {"수만", SK_C_ORDER, 10000}, {"수십만", SK_C_ORDER, 100000},
    {"수백만", SK_C_ORDER, 1000000}, {"数十", SK_C_ORDER, 10}, {"数百", SK_C_ORDER, 100},
    {"数千", SK_C_ORDER, 1000}, {"数万", SK_C_ORDER, 10000}, {"数十万", SK_C_ORDER, 100000},
    {"数百万", SK_C_ORDER, 1000000}, {"數十", SK_C_ORDER, 10}, {"數百", SK_C_ORDER, 100},
    {"數千", SK_C_ORDER, 1000}, {"數萬", SK_C_ORDER, 10000}, {"几十", SK_C_ORDER, 10},
    {"几百", SK_C_ORDER, 100}, {"几千", SK_C_ORDER, 1000}, {"几万", SK_C_ORDER, 10000},
    {"上百", SK_C_ORDER, 100}, {"上千", SK_C_ORDER, 1000}, {"成千上万", SK_C_ORDER, 1000},

    {"half", SK_C_FRACTION, 500}, {"most", SK_C_FRACTION, -500},
    {"a majority", SK_C_FRACTION, -500}, {"the majority", SK_C_FRACTION, -500},
    {"majority", SK_C_FRACTION, -500}, {"a third", SK_C_FRACTION, 333},
    {"one third", SK_C_FRACTION, 333}, {"one-third", SK_C_FRACTION, 333},
    {"two thirds", SK_C_FRACTION, 667}, {"two-thirds", SK_C_FRACTION, 667},
    {"three quarters", SK_C_FRACTION, 750}, {"three-quarters", SK_C_FRACTION, 750},
    {"절반", SK_C_FRACTION, 500}, {"반수", SK_C_FRACTION, 500}, {"과반", SK_C_FRACTION, -500},
    {"과반수", SK_C_FRACTION, -500}, {"대부분", SK_C_FRACTION, -500},
    {"대다수", SK_C_FRACTION, -500}, {"半数", SK_C_FRACTION, 500}, {"半數", SK_C_FRACTION, 500},
    {"一半", SK_C_FRACTION, 500}, {"過半数", SK_C_FRACTION, -500}, {"过半", SK_C_FRACTION, -500},
    {"大半", SK_C_FRACTION, -500}, {"大部分", SK_C_FRACTION, -500},
    {"%", SK_C_PERCENT, 0}, {"％", SK_C_PERCENT, 0}, {"percent", SK_C_PERCENT, 0},
    {"per cent", SK_C_PERCENT, 0}, {"퍼센트", SK_C_PERCENT, 0},
    {"hundred", SK_C_SCALE, 100}, {"thousand", SK_C_SCALE, 1000},
    {"million", SK_C_SCALE, 1000000}, {"mn", SK_C_SCALE, 1000000},
    {"billion", SK_C_SCALE, 1000000000}, {"bn", SK_C_SCALE, 1000000000},
    {"usd", SK_C_CURRENCY, 0}, {"us$", SK_C_CURRENCY, 0}, {"$", SK_C_CURRENCY, 0},
    {"eur", SK_C_CURRENCY, 0}, {"€", SK_C_CURRENCY, 0}, {"krw", SK_C_CURRENCY, 0},
    {"₩", SK_C_CURRENCY, 0}, {"jpy", SK_C_CURRENCY, 0}, {"¥", SK_C_CURRENCY, 0},
    {"rmb", SK_C_CURRENCY, 0}, {"£", SK_C_CURRENCY, 0},

    {"january", SK_C_MONTH, 0}, {"february", SK_C_MONTH, 0}, {"march", SK_C_MONTH, 0},
    {"april", SK_C_MONTH, 0}, {"may", SK_C_STOP, 0}, {"june", SK_C_MONTH, 0},
    {"july", SK_C_MONTH, 0}, {"august", SK_C_MONTH, 0}, {"september", SK_C_MONTH, 0},
    {"october", SK_C_MONTH, 0}, {"november", SK_C_MONTH, 0}, {"december", SK_C_MONTH, 0},
    {"jan", SK_C_MONTH, 0}, {"feb", SK_C_MONTH, 0}, {"mar", SK_C_MONTH, 0},
    {"apr", SK_C_MONTH, 0}, {"jun", SK_C_MONTH, 0}, {"jul", SK_C_MONTH, 0},
    {"aug", SK_C_MONTH, 0}, {"sep", SK_C_MONTH, 0}, {"sept", SK_C_MONTH, 0},
    {"oct", SK_C_MONTH, 0}, {"nov", SK_C_MONTH, 0}, {"dec", SK_C_MONTH, 0},
    {"년", SK_C_DATE_MARK, 0}, {"월", SK_C_DATE_MARK, 0}, {"일", SK_C_DATE_MARK, 0},
    {"시", SK_C_DATE_MARK, 0}, {"年", SK_C_DATE_MARK, 0}, {"月", SK_C_DATE_MARK, 0},
    {"日", SK_C_DATE_MARK, 0}, {"号", SK_C_DATE_MARK, 0}, {"號", SK_C_DATE_MARK, 0},
    {"時", SK_C_DATE_MARK, 0}, {"세", SK_C_DATE_MARK, 0}, {"歳", SK_C_DATE_MARK, 0},
    {"岁", SK_C_DATE_MARK, 0},

    {"people", SK_C_PEOPLE, 0}, {"persons", SK_C_PEOPLE, 0}, {"person", SK_C_PEOPLE, 0},
    {"명", SK_C_PEOPLE, 0}, {"사람", SK_C_PEOPLE, 0}, {"인", SK_C_PEOPLE, 0},
    {"人", SK_C_PEOPLE, 0}, {"名", SK_C_PEOPLE, 0},
    {"척", SK_C_COUNTER, 0}, {"건", SK_C_COUNTER, 0}, {"곳", SK_C_COUNTER, 0},
    {"가구", SK_C_COUNTER, 0}, {"隻", SK_C_COUNTER, 0}, {"艘", SK_C_COUNTER, 0},
    {"件", SK_C_COUNTER, 0}, {"社", SK_C_COUNTER, 0}, {"家", SK_C_COUNTER, 0},
    {"か所", SK_C_COUNTER, 0}, {"カ所", SK_C_COUNTER, 0}, {"起", SK_C_COUNTER, 0},

    {"resolution", SK_C_LABEL, 0}, {"no.", SK_C_LABEL, 0}, {"article", SK_C_LABEL, 0},
    {"paragraph", SK_C_LABEL, 0}, {"para", SK_C_LABEL, 0}, {"section", SK_C_LABEL, 0},
    {"chapter", SK_C_LABEL, 0}, {"annex", SK_C_LABEL, 0}, {"page", SK_C_LABEL, 0},
    {"p.", SK_C_LABEL, 0}, {"camp", SK_C_LABEL, 0}, {"case", SK_C_LABEL, 0},
    {"room", SK_C_LABEL, 0}, {"bureau", SK_C_LABEL, 0}, {"office", SK_C_LABEL, 0},
    {"第", SK_C_LABEL, 0}, {"제", SK_C_LABEL, 0},
    {"중", SK_C_AMONG, 0}, {"가운데", SK_C_AMONG, 0}, {"のうち", SK_C_AMONG, 0},
    {"の中", SK_C_AMONG, 0},

    {"in", SK_C_PREPOSITION, 0}, {"on", SK_C_PREPOSITION, 0}, {"within", SK_C_PREPOSITION, 0},
    {"per", SK_C_PREPOSITION, 0}, {"after", SK_C_PREPOSITION, 0}, {"since", SK_C_PREPOSITION, 0},
    {"before", SK_C_PREPOSITION, 0}, {"until", SK_C_PREPOSITION, 0},
    {"during", SK_C_PREPOSITION, 0}, {"among", SK_C_PREPOSITION, 0},
    {"by", SK_C_PREPOSITION, 0}, {"at", SK_C_PREPOSITION, 0}, {"with", SK_C_PREPOSITION, 0},
    {"aged", SK_C_PREPOSITION, 0}, {"age", SK_C_PREPOSITION, 0}, {"of", SK_C_OF, 0},
    {"them", SK_C_THEM, 0}, {"whom", SK_C_THEM, 0}, {"which", SK_C_THEM, 0},
    {"including", SK_C_INCLUDING, 0}, {"incl.", SK_C_INCLUDING, 0}, {"incl", SK_C_INCLUDING, 0},
    {"그중", SK_C_INCLUDING, 0}, {"그 중", SK_C_INCLUDING, 0}, {"이 중", SK_C_INCLUDING, 0},
    {"うち", SK_C_INCLUDING, 0}, {"其中", SK_C_INCLUDING, 0},
    {"is", SK_C_STOP, 0}, {"are", SK_C_STOP, 0}, {"was", SK_C_STOP, 0}, {"were", SK_C_STOP, 0},
    {"be", SK_C_STOP, 0}, {"been", SK_C_STOP, 0}, {"has", SK_C_STOP, 0}, {"have", SK_C_STOP, 0},
    {"had", SK_C_STOP, 0}, {"could", SK_C_STOP, 0}, {"can", SK_C_STOP, 0},
    {"might", SK_C_STOP, 0}, {"will", SK_C_STOP, 0}, {"would", SK_C_STOP, 0},
    {"who", SK_C_STOP, 0}, {"that", SK_C_STOP, 0}, {"but", SK_C_STOP, 0}, {"as", SK_C_STOP, 0},
    {"the", SK_C_ARTICLE, 0}, {"a", SK_C_ARTICLE, 0}, {"than", SK_C_STOP, 0}, {"for", SK_C_STOP, 0},
    {"no", SK_C_STOP, 0}, {"not", SK_C_STOP, 0}, {"said", SK_C_STOP, 0}, {"says", SK_C_STOP, 0},
    {"while", SK_C_STOP, 0}, {"when", SK_C_STOP, 0}, {"where", SK_C_STOP, 0},

    {":", SK_C_COLON, 0}, {"：", SK_C_COLON, 0}, {";", SK_C_SEMICOLON, 0},
    {"；", SK_C_SEMICOLON, 0}, {".", SK_C_SEMICOLON, 0}, {"。", SK_C_SEMICOLON, 0},
    {",", SK_C_COMMA, 0}, {"，", SK_C_COMMA, 0}, {"、", SK_C_COMMA, 0}, {"/", SK_C_SLASH, 0},
    {"(", SK_C_OPENING, 0}, {"（", SK_C_OPENING, 0}, {"[", SK_C_OPENING, 0},
    {")", SK_C_CLOSING, 0}, {"）", SK_C_CLOSING, 0}, {"]", SK_C_CLOSING, 0},

    {"one", SK_C_NUMBER, 1}, {"two", SK_C_NUMBER, 2}, {"three", SK_C_NUMBER, 3},
    {"four", SK_C_NUMBER, 4}, {"five", SK_C_NUMBER, 5}, {"six", SK_C_NUMBER, 6},
    {"seven", SK_C_NUMBER, 7}, {"eight", SK_C_NUMBER, 8}, {"nine", SK_C_NUMBER, 9},
    {"ten", SK_C_NUMBER, 10}, {"eleven", SK_C_NUMBER, 11}, {"twelve", SK_C_NUMBER, 12},
    {"a dozen", SK_C_NUMBER, 12}, {"a hundred", SK_C_NUMBER, 100},
    {"a thousand", SK_C_NUMBER, 1000}, {"a million", SK_C_NUMBER, 1000000},
    {"half a million", SK_C_NUMBER, 500000},
};

/* Korean numbers that are words; read only in front of a counter. */
static const entry korean_numbers[] = {
    {"한", SK_C_NUMBER, 1}, {"두", SK_C_NUMBER, 2}, {"세", SK_C_NUMBER, 3}, {"네", SK_C_NUMBER, 4},
    {"다섯", SK_C_NUMBER, 5}, {"여섯", SK_C_NUMBER, 6}, {"일곱", SK_C_NUMBER, 7},
    {"여덟", SK_C_NUMBER, 8}, {"아홉", SK_C_NUMBER, 9}, {"열", SK_C_NUMBER, 10},
    {"열한", SK_C_NUMBER, 11}, {"열두", SK_C_NUMBER, 12},
};
/* clang-format on */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* How many bytes of the text the entry matches at the place; 0 for no match. An English word must
 * end where the entry ends. */
static size_t match(sk_str text, size_t at, const char *entry_text)
{
    size_t start = at;
    for (const char *e = entry_text; *e; e++) {
        if (*e == ' ') {
            if (at >= text.n || !is_blank(text.p[at]))
                return 0;
            while (at < text.n && is_blank(text.p[at]))
                at++;
        } else if (at < text.n && lower(text.p[at]) == *e) {
            at++;
        } else {
            return 0;
        }
    }
    if (is_letter(text.p[at - 1]) && at < text.n && (is_letter(text.p[at]) || is_digit(text.p[at])))
        return 0;
    return at - start;
}

static const entry *find_entry(sk_str text, size_t at, const entry *table, size_t n, size_t *ret_n)
{
    const entry *best = NULL;
    char first = lower(text.p[at]);
    *ret_n = 0;
    for (size_t i = 0; i < n; i++) {
        if (table[i].text[0] != first)
            continue;
        size_t taken = match(text, at, table[i].text);
        if (taken > *ret_n) {
            *ret_n = taken;
            best = &table[i];
        }
    }
    return best;
}

/* --- numbers in their surroundings -------------------------------------------------------------- */

static bool counter_follows(sk_str text, size_t at)
{
    size_t n;
    while (at < text.n && text.p[at] == ' ')
        at++;
    const entry *e = at < text.n ? find_entry(text, at, lexicon, SK_COUNT(lexicon), &n) : NULL;
    return e && (e->kind == SK_C_PEOPLE || e->kind == SK_C_COUNTER ||
                 (e->kind == SK_C_BEHIND && (unsigned char)text.p[at] >= 0x80));
}

/* Does the text before the place end in a character that a number may not be glued to? */
static bool is_glued(sk_str text, size_t at)
{
    if (at == 0)
        return false;
    char before = text.p[at - 1];
    if (is_letter(before) || before == '_' || before == '#')
        return true;
    if (at < 2 || (before != '-' && before != '.'))
        return false;
    return is_letter(text.p[at - 2]) || (before == '.' && is_digit(text.p[at - 2]));
}

/* "USD 500", "$2": money stands directly in front. */
static bool is_behind_currency(sk_str text, size_t at)
{
    static const char *const money[] = {"$", "€", "£", "usd", "eur"};
    sk_str before = sk_str_trim(sk_str_sub(text, 0, at));
    for (size_t i = 0; i < SK_COUNT(money); i++) {
        size_t n = strlen(money[i]);
        if (before.n >= n && match(before, before.n - n, money[i]) == n)
            return true;
    }
    return false;
}

/* Where the digits here end, as a count, a date or something glued to letters; never 0 bytes. */
static size_t cut_number(sk_str text, size_t at, sk_count_word *w)
{
    size_t date = sk_count_take_date(text, at), end;
    w->kind = SK_C_OTHER;
    if (date > at) {
        w->kind = SK_C_DATE;
        return date;
    }
    end = sk_count_take_digits(text, at, w);
    if (end != SIZE_MAX)
        end = sk_count_take_factors(text, end, w);
    if (end == SIZE_MAX) { /* too long, or commas in the wrong places: not a number we know */
        size_t step;
        for (char c; (c = sk_count_digit_at(text, at, &step)) && (is_digit(c) || c == ',');
             at += step)
            ;
        return at;
    }
    bool is_scaled = end < text.n && is_letter(text.p[end]) &&
                     (match(text, end, "mn") || match(text, end, "bn") ||
                      match(text, end, "million") || match(text, end, "billion"));
    bool is_money = end < text.n && match(text, end, "m") && is_behind_currency(text, at);
    if (is_money && sk_count_multiply(w->number, 1000000, &w->number)) { /* USD 500m */
        w->kind = SK_C_NUMBER;
        return end + 1;
    }
    bool letters = end < text.n && is_letter(text.p[end]) && !is_scaled;
    bool hyphen = end + 1 < text.n && text.p[end] == '-' && is_letter(text.p[end + 1]);
    if (!is_glued(text, at) && !letters && !hyphen)
        w->kind = SK_C_NUMBER;
    return end;
}

/* --- cutting ------------------------------------------------------------------------------------ */

static void set_from_entry(sk_count_word *w, const entry *e)
{
    w->kind = e->kind;
    if (e->kind == SK_C_BEFORE || e->kind == SK_C_BEHIND)
        w->qualifier = (sk_qualifier)e->value;
    else if (e->kind == SK_C_FRACTION) { /* tenths of a percent; below 0: more than that */
        w->is_strict = e->value < 0;
        sk_decimal tenths = {e->value < 0 ? -e->value : e->value, 1};
        w->is_plain_year = false;
        if (!sk_decimal_add(tenths, (sk_decimal){0, 0}, &w->number))
            w->number = tenths;
    } else {
        w->number = sk_decimal_of(e->value);
    }
    w->is_word = e->kind == SK_C_NUMBER;
}

/* "two-year" is no two, and the plus of 80+40 no "or more". */
static bool is_part_of_compound(sk_str text, size_t at, size_t n, sk_count_kind kind)
{
    size_t end = at + n;
    if (kind == SK_C_NUMBER)
        return end + 1 < text.n && text.p[end] == '-' && is_letter(text.p[end + 1]);
    return text.p[at] == '+' && end < text.n && is_digit(text.p[end]);
}

/* The word at the place into w; returns how many bytes it takes, at least 1. */
static size_t cut_word(sk_str text, size_t at, sk_count_word *w)
{
    size_t n, step;
    bool at_letter = is_letter(text.p[at]);
    bool inside_word = at_letter && at > 0 && is_letter(text.p[at - 1]);
    if (is_digit(sk_count_digit_at(text, at, &step)))
        return cut_number(text, at, w) - at;
    const entry *k = find_entry(text, at, korean_numbers, SK_COUNT(korean_numbers), &n);
    bool hangul_before = at >= 3 && (unsigned char)text.p[at - 1] >= 0x80;
    if (k && !hangul_before && counter_follows(text, at + n)) {
        set_from_entry(w, k);
        return n;
    }
    const entry *e = inside_word ? NULL : find_entry(text, at, lexicon, SK_COUNT(lexicon), &n);
    size_t han = (unsigned char)text.p[at] >= 0x80 ? sk_count_take_han(text, at, w) : 0;
    if (han && (!e || han >= n) && counter_follows(text, at + han)) {
        w->kind = SK_C_NUMBER;
        return han;
    }
    w->number = (sk_decimal){0, 0};
    if (e && !is_part_of_compound(text, at, n, e->kind)) {
        set_from_entry(w, e);
        if (text.p[at] == 'M' && sk_str_is(sk_str_of(e->text), "may"))
            w->kind = SK_C_MONTH; /* "may have" is written small */
        return n + (w->kind == SK_C_MONTH && at + n < text.n && text.p[at + n] == '.');
    }
    w->kind = at_letter ? SK_C_WORD : SK_C_OTHER;
    size_t end = at;
    sk_utf8_next(text, &end);
    while (at_letter && end < text.n &&
           (is_letter(text.p[end]) || is_digit(text.p[end]) ||
            ((text.p[end] == '\'' || text.p[end] == '-') && end + 1 < text.n &&
             is_letter(text.p[end + 1]))))
        end++;
    return end - at;
}

void sk_count_cut(sk_arena *a, sk_str text, sk_count_word **ret_words, size_t *ret_n)
{
    sk_count_word *words = NULL;
    size_t n = 0, cap = 0;
    for (size_t at = 0; at < text.n;) {
        if (is_blank(text.p[at])) {
            at++;
            continue;
        }
        sk_count_word w = {.start = at};
        at += cut_word(text, at, &w);
        w.end = at;
        SK_GROW(a, words, n, cap);
        words[n++] = w;
    }
    SK_GROW(a, words, n, cap);
    words[n] = (sk_count_word){.kind = SK_C_END, .start = text.n, .end = text.n};
    *ret_words = words;
    *ret_n = n;
}
