/* Korean personal names in five scripts, and the same with one syllable changed.
 *
 * Sources: Revised Romanization, McCune-Reischauer without its marks, North Korean and newspaper
 * spellings; Kontsevich; the usual kana and Arabic renderings. The names are invented: a common
 * surname and two common syllables. */
#include "generate.h"

#include "base/buf.h"

#define PAIRS_A_KIND 90 /* true pairs of each two scripts; twice as many false ones */

enum { ONSETS = 19, NUCLEI = 21, CODAS = 28 };

static const char *const SURNAME[] = {
    "김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권",
    "황", "안", "송", "류", "홍", "전", "고", "문", "손", "양", "배", "백", "허", "남", "심",
    "노", "하", "곽", "성", "차", "주", "우", "구", "민", "리", "로", "태", "현", "변", "길"};
static const char *const GIVEN[] = {
    "정", "은", "남", "일", "성", "철", "영", "용", "호", "수", "민", "경", "희", "숙", "현",
    "진", "선", "미", "옥", "순", "자", "동", "석", "재", "광", "명", "국", "학", "혁", "훈",
    "길", "봉", "상", "태", "덕", "창", "준", "근", "원", "승", "기", "대", "해", "여", "설",
    "주", "화", "연", "향", "란", "춘", "금", "복", "만", "평", "규", "웅", "환", "구", "택",
    "식", "훈", "림", "렬", "률", "강", "하", "지", "혜", "송", "운", "복", "삼", "칠", "백"};

typedef enum script { HANGUL, LATIN, CYRILLIC, KANA, ARABIC, HANJA, SCRIPTS } script;

typedef struct syllable {
    unsigned onset, nucleus, coda;
} syllable;

static syllable syllable_of(const char *hangul)
{
    const unsigned char *p = (const unsigned char *)hangul;
    unsigned c = ((p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u)) - 0xAC00;

    return (syllable){c / 588, c % 588 / 28, c % 28};
}

/* ---- Latin ---- */

enum { REVISED, MCCUNE, NORTH, PRESS, CONVENTIONS };

static const char *const LATIN_ONSET[CONVENTIONS][ONSETS] = {
    {"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
     "h"},
    {"k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t",
     "p", "h"},
    {"k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "kh", "th",
     "ph", "h"},
    {"k", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
     "h"},
};
static const char *const LATIN_NUCLEUS[CONVENTIONS][NUCLEI] = {
    {"a",  "ae", "ya", "yae", "eo", "e",  "yeo", "ye", "o",  "wa", "wae",
     "oe", "yo", "u",  "wo",  "we", "wi", "yu",  "eu", "ui", "i"},
    {"a",  "ae", "ya", "yae", "o",  "e",  "yo", "ye", "o",  "wa", "wae",
     "oe", "yo", "u",  "wo",  "we", "wi", "yu", "u",  "ui", "i"},
    {"a",  "ae", "ya", "yae", "o",  "e",  "yo", "ye", "o",  "wa", "wae",
     "oe", "yo", "u",  "wo",  "we", "wi", "yu", "u",  "ui", "i"},
    {"a",  "ae", "ya", "yae", "u",  "e",  "yu", "ye", "o",  "wa", "wae",
     "oi", "yo", "oo", "wo",  "we", "wi", "yu", "eu", "ee", "i"},
};
static const char *const LATIN_CODA[CODAS] = {"",  "k",  "k", "k", "n", "n", "n", "t", "l", "k",
                                              "m", "l",  "l", "l", "p", "l", "m", "p", "p", "t",
                                              "t", "ng", "t", "t", "k", "t", "p", "t"};
/* Surnames that are not spelled by syllable, by convention. */
static const char *const LATIN_SURNAME[][1 + CONVENTIONS] = {
    {"이", "Lee", "Yi", "Ri", "Lee"},
    {"리", "Lee", "Yi", "Ri", "Lee"},
    {"박", "Park", "Pak", "Pak", "Park"},
    {"최", "Choi", "Choe", "Choe", "Choi"},
    {"정", "Jeong", "Chong", "Jong", "Chung"},
    {"조", "Jo", "Cho", "Jo", "Cho"},
    {"김", "Kim", "Kim", "Kim", "Kim"},
    {"오", "Oh", "O", "O", "Oh"},
    {"우", "Woo", "U", "U", "Woo"},
    {"노", "Roh", "No", "Ro", "Roh"},
    {"로", "Roh", "No", "Ro", "Noh"},
    {"류", "Ryu", "Yu", "Ryu", "Yoo"},
    {"임", "Im", "Im", "Rim", "Lim"},
    {"강", "Kang", "Kang", "Kang", "Kang"},
    {"신", "Shin", "Sin", "Sin", "Shin"},
    {"서", "Seo", "So", "So", "Suh"},
};

static void add_latin(sk_buf *b, syllable s, unsigned convention)
{
    sk_buf_addf(b, "%s%s%s", LATIN_ONSET[convention][s.onset], LATIN_NUCLEUS[convention][s.nucleus],
                LATIN_CODA[s.coda]);
}

static void capitalise(sk_buf *b, size_t at)
{
    if (at < b->n && b->p[at] >= 'a' && b->p[at] <= 'z')
        b->p[at] = (char)(b->p[at] - 32);
}

static void latin(sk_buf *b, const char *const name[3], dice *d)
{
    unsigned convention = throw_dice(d, CONVENTIONS), join = throw_dice(d, 3);
    const char *surname = NULL;

    for (size_t i = 0; i < sizeof(LATIN_SURNAME) / sizeof(LATIN_SURNAME[0]); i++)
        if (strcmp(LATIN_SURNAME[i][0], name[0]) == 0)
            surname = LATIN_SURNAME[i][1 + convention];
    if (surname)
        sk_buf_add(b, sk_str_of(surname));
    else
        add_latin(b, syllable_of(name[0]), convention);
    capitalise(b, 0);
    sk_buf_addc(b, ' ');
    size_t at = b->n;
    if (throw_dice(d, 5) < 2) /* people mix conventions */
        convention = throw_dice(d, CONVENTIONS);
    add_latin(b, syllable_of(name[1]), convention);
    capitalise(b, at);
    if (join < 2)
        sk_buf_addc(b, join ? '-' : ' ');
    at = b->n;
    add_latin(b, syllable_of(name[2]), convention);
    if (join == 0)
        capitalise(b, at);
}

/* ---- Cyrillic ---- */

static const char *const CYRILLIC_ONSET[2][ONSETS] = {
    {"к", "кк", "н", "т", "тт", "р", "м", "п", "пп", "с", "сс", "", "ч", "чч", "чх", "кх", "тх",
     "пх", "х"},
    {"г", "кк", "н", "д", "тт", "р", "м", "б", "пп", "с", "сс", "", "чж", "чч", "чх", "кх", "тх",
     "пх", "х"},
};
static const char *const CYRILLIC_NUCLEUS[NUCLEI] = {"а",  "э",  "я",  "йя", "о",  "е",  "ё",
                                                     "е",  "о",  "ва", "вэ", "ве", "ё",  "у",
                                                     "во", "ве", "ви", "ю",  "ы",  "ый", "и"};
static const char *const CYRILLIC_CODA[CODAS] = {
    "",  "к",  "к", "к", "н", "н", "н", "т", "ль", "к", "м", "ль", "ль", "ль",
    "п", "ль", "м", "п", "п", "т", "т", "н", "т",  "т", "к", "т",  "п",  "т"};

static bool is_voiced_after(syllable before)
{
    static const char *const CODA = "00001000000000001000010000000"; /* after n, m, ng */
    return before.coda == 0 || CODA[before.coda] == '1';
}

static void add_cyrillic(sk_buf *b, syllable s, bool is_voiced, dice *d)
{
    const char *nucleus = CYRILLIC_NUCLEUS[s.nucleus];
    static const char *const HIGH[] = {"К", "Н", "Т", "Р", "М", "П", "С", "Ч", "Х",
                                       "А", "Э", "Я", "О", "Е", "Ё", "У", "В", "Ю",
                                       "Ы", "И", "Г", "Д", "Б", "Ц", "Л", "Й"};
    static const char *const LOW[] = {"к", "н", "т", "р", "м", "п", "с", "ч", "х",
                                      "а", "э", "я", "о", "е", "ё", "у", "в", "ю",
                                      "ы", "и", "г", "д", "б", "ц", "л", "й"};
    size_t at = b->n;

    if (s.nucleus == 4 && s.onset == 12 && throw_dice(d, 2))
        nucleus = "е"; /* Чен */
    sk_buf_addf(b, "%s%s%s", CYRILLIC_ONSET[is_voiced][s.onset], nucleus, CYRILLIC_CODA[s.coda]);
    for (size_t i = 0; i < sizeof(LOW) / sizeof(LOW[0]); i++) {
        if (memcmp(b->p + at, LOW[i], 2) == 0) {
            memcpy(b->p + at, HIGH[i], 2);
            break;
        }
    }
}

static void cyrillic(sk_buf *b, const char *const name[3], dice *d)
{
    syllable s[3];

    for (unsigned i = 0; i < 3; i++)
        s[i] = syllable_of(name[i]);
    if (strcmp(name[0], "이") == 0 || strcmp(name[0], "리") == 0)
        sk_buf_add(b, SK_S("Ли"));
    else if (strcmp(name[0], "최") == 0 && throw_dice(d, 2))
        sk_buf_add(b, SK_S("Цой"));
    else
        add_cyrillic(b, s[0], false, d);
    for (unsigned i = 1; i < 3; i++) {
        sk_buf_addc(b, ' ');
        add_cyrillic(b, s[i], i == 2 && is_voiced_after(s[1]), d);
    }
}

/* ---- kana ---- */

static const char *const KANA_ROW[][5] = {
    {"ア", "イ", "ウ", "エ", "オ"},         {"カ", "キ", "ク", "ケ", "コ"},
    {"ガ", "ギ", "グ", "ゲ", "ゴ"},         {"ナ", "ニ", "ヌ", "ネ", "ノ"},
    {"タ", "ティ", "トゥ", "テ", "ト"},     {"ダ", "ディ", "ドゥ", "デ", "ド"},
    {"ラ", "リ", "ル", "レ", "ロ"},         {"マ", "ミ", "ム", "メ", "モ"},
    {"パ", "ピ", "プ", "ペ", "ポ"},         {"バ", "ビ", "ブ", "ベ", "ボ"},
    {"サ", "シ", "ス", "セ", "ソ"},         {"チャ", "チ", "チュ", "チェ", "チョ"},
    {"ジャ", "ジ", "ジュ", "ジェ", "ジョ"}, {"ハ", "ヒ", "フ", "ヘ", "ホ"},
};
/* Row of each onset, plain and voiced. */
static const uint8_t KANA_ONSET[2][ONSETS] = {
    {1, 1, 3, 4, 4, 6, 7, 8, 8, 10, 10, 0, 11, 11, 11, 1, 4, 8, 13},
    {2, 1, 3, 5, 4, 6, 7, 9, 8, 10, 10, 0, 12, 11, 11, 1, 4, 8, 13},
};
/* Column of each nucleus and what follows: small kana behind the i or u column. */
static const struct {
    uint8_t column;
    const char *small, *alone; /* alone: without an onset */
} KANA_NUCLEUS[NUCLEI] = {
    {0, "", NULL},     {3, "", NULL},     {1, "ャ", "ヤ"},   {1, "ェ", "イェ"}, {4, "", NULL},
    {3, "", NULL},     {1, "ョ", "ヨ"},   {1, "ェ", "イェ"}, {4, "", NULL},     {2, "ァ", "ワ"},
    {2, "ェ", "ウェ"}, {2, "ェ", "ウェ"}, {1, "ョ", "ヨ"},   {2, "", NULL},     {2, "ォ", "ウォ"},
    {2, "ェ", "ウェ"}, {2, "ィ", "ウィ"}, {1, "ュ", "ユ"},   {2, "", NULL},     {1, "", "ウィ"},
    {1, "", NULL},
};
static const char *const KANA_CODA[CODAS] = {
    "",   "ク", "ク", "ク", "ン", "ン", "ン", "ッ", "ル", "ク", "ム", "ル", "ル", "ル",
    "プ", "ル", "ム", "プ", "プ", "ッ", "ッ", "ン", "ッ", "ッ", "ク", "ッ", "プ", "ッ"};

static void add_kana(sk_buf *b, syllable s, bool is_voiced)
{
    unsigned row = KANA_ONSET[is_voiced][s.onset];

    if (row == 0 && KANA_NUCLEUS[s.nucleus].alone) {
        sk_buf_add(b, sk_str_of(KANA_NUCLEUS[s.nucleus].alone));
    } else {
        sk_buf_add(b, sk_str_of(KANA_ROW[row][KANA_NUCLEUS[s.nucleus].column]));
        if (row != 11 && row != 12) /* cha, ja have theirs already */
            sk_buf_add(b, sk_str_of(KANA_NUCLEUS[s.nucleus].small));
        else if (KANA_NUCLEUS[s.nucleus].small[0])
            sk_buf_add(b, sk_str_of(KANA_NUCLEUS[s.nucleus].small));
    }
    sk_buf_add(b, sk_str_of(KANA_CODA[s.coda]));
}

static void kana(sk_buf *b, const char *const name[3], dice *d)
{
    syllable first = syllable_of(name[1]);

    add_kana(b, syllable_of(name[0]), false);
    sk_buf_add(b, SK_S("・"));
    add_kana(b, first, false);
    add_kana(b, syllable_of(name[2]), is_voiced_after(first) || first.coda == 8);
}

/* ---- Arabic ---- */

static const char *const ARABIC_ONSET[ONSETS] = {"غ", "ك", "ن", "د", "ت",  "ر", "م", "ب", "ب", "س",
                                                 "س", "",  "ج", "ج", "تش", "ك", "ت", "ب", "ه"};
static const char *const ARABIC_NUCLEUS[NUCLEI] = {"ا",  "اي", "يا", "يا", "و",  "ي",  "يو",
                                                   "ي",  "و",  "وا", "وي", "وي", "يو", "و",
                                                   "وو", "وي", "وي", "يو", "و",  "وي", "ي"};
static const char *const ARABIC_CODA[CODAS] = {"",  "ك",  "ك", "ك", "ن", "ن", "ن", "ت", "ل", "ك",
                                               "م", "ل",  "ل", "ل", "ب", "ل", "م", "ب", "ب", "ت",
                                               "ت", "نغ", "ت", "ت", "ك", "ت", "ب", "ت"};

/* Vowels that lean on an alif when nothing stands before them. */
static bool leans(unsigned nucleus)
{
    return nucleus == 4 || nucleus == 5 || nucleus == 8 || nucleus == 13 || nucleus == 18 ||
           nucleus == 20;
}

static void arabic(sk_buf *b, const char *const name[3], dice *d)
{
    for (unsigned i = 0; i < 3; i++) {
        syllable s = syllable_of(name[i]);
        const char *onset = i == 0 && s.onset == 0 ? "ك" : ARABIC_ONSET[s.onset];
        if (s.onset == 11 && leans(s.nucleus))
            onset = "ا";
        sk_buf_addf(b, "%s%s%s%s", i ? " " : "", onset, ARABIC_NUCLEUS[s.nucleus],
                    ARABIC_CODA[s.coda]);
    }
}

/* ---- Hanja ---- */

/* A syllable and one character that is read so: in given names, and the surname. */
static const char *const GIVEN_HANJA[] = {
    "정正", "은恩", "남南", "일日", "성成", "철哲", "영永", "용龍", "호浩", "수洙", "민敏",
    "경京", "희熙", "숙淑", "현賢", "진鎭", "선善", "미美", "옥玉", "순順", "자子", "동東",
    "석錫", "재在", "광光", "명明", "국國", "학學", "혁赫", "훈勳", "길吉", "봉鳳", "상相",
    "태泰", "덕德", "창昌", "준俊", "근根", "원元", "승承", "기基", "대大", "해海", "여汝",
    "설雪", "주珠", "화花", "연蓮", "향香", "란蘭", "춘春", "금金", "복福", "만萬", "평平",
    "규圭", "웅雄", "환煥", "구九", "택澤", "식植", "림林", "렬烈", "률律", "강江", "하河",
    "지智", "혜惠", "송松", "운雲", "삼三", "칠七", "백白"};
static const char *const SURNAME_HANJA[] = {
    "김金", "이李", "박朴", "최崔", "정鄭", "강姜", "조趙", "윤尹", "장張", "임林", "한韓", "오吳",
    "서徐", "신申", "권權", "황黃", "안安", "송宋", "류柳", "홍洪", "전全", "고高", "문文", "손孫",
    "양梁", "배裵", "백白", "허許", "남南", "심沈", "노盧", "하河", "곽郭", "성成", "차車", "주朱",
    "우禹", "구具", "민閔", "리李", "로盧", "태太", "현玄", "변卞", "길吉"};

static void add_hanja(sk_buf *b, const char *sound, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (memcmp(list[i], sound, 3) == 0) {
            sk_buf_add(b, sk_str_of(list[i] + 3));
            return;
        }
    }
}

static void hanja(sk_buf *b, const char *const name[3], dice *d)
{
    add_hanja(b, name[0], SURNAME_HANJA, sizeof(SURNAME_HANJA) / sizeof(SURNAME_HANJA[0]));
    for (unsigned i = 1; i < 3; i++)
        add_hanja(b, name[i], GIVEN_HANJA, sizeof(GIVEN_HANJA) / sizeof(GIVEN_HANJA[0]));
}

/* ---- pairs ---- */

static void hangul(sk_buf *b, const char *const name[3], dice *d)
{
    sk_buf_addf(b, "%s%s%s", name[0], name[1], name[2]);
}

static sk_str spell(sk_arena *a, script s, const char *const name[3], dice *d)
{
    static void (*const SPELL[SCRIPTS])(sk_buf *, const char *const[3],
                                        dice *) = {hangul, latin, cyrillic, kana, arabic, hanja};
    sk_buf b;

    sk_buf_init(&b, 1000);
    SPELL[s](&b, name, d);
    sk_str out = sk_str_copy(a, sk_buf_str(&b));
    sk_buf_done(&b);
    return out;
}

/* Spellings without marks write several syllables alike: those are not told apart here. */
static unsigned heard(const char *hangul)
{
    static const uint8_t ONSET[ONSETS] = {1, 1, 2, 3, 3, 2, 4, 5, 5, 6, 6, 0, 7, 7, 7, 1, 3, 5, 8};
    static const uint8_t NUCLEUS[NUCLEI] = {1, 2, 3, 3, 4, 2, 5, 2, 4, 6, 2,
                                            2, 5, 4, 4, 2, 9, 5, 4, 9, 9};
    syllable s = syllable_of(hangul);

    unsigned coda = s.coda == 21 ? 4 : s.coda; /* ng and n are one in kana and Cyrillic */

    return (ONSET[s.onset] * 16u + NUCLEUS[s.nucleus]) * 32 + coda;
}

/* Another syllable for one of the given ones; like the old one in some part, as hard as can be. */
static const char *other_syllable(const char *old, dice *d)
{
    syllable o = syllable_of(old);

    for (unsigned tries = 0;; tries++) {
        const char *new = GIVEN[throw_dice(d, sizeof(GIVEN) / sizeof(GIVEN[0]))];
        syllable s = syllable_of(new);
        int same = (s.onset == o.onset) + (s.nucleus == o.nucleus) + (s.coda == o.coda);
        if (heard(new) != heard(old) && (same >= 2 || (same >= 1 && tries > 60)))
            return new;
    }
}

static const char *any_of(const char *const *list, size_t n, dice *d)
{
    return list[throw_dice(d, (unsigned)n)];
}

static void add_person(sk_arena *a, pairs *p, script x, script y, dice *d)
{
    const char *name[3] = {any_of(SURNAME, sizeof(SURNAME) / sizeof(SURNAME[0]), d),
                           any_of(GIVEN, sizeof(GIVEN) / sizeof(GIVEN[0]), d),
                           any_of(GIVEN, sizeof(GIVEN) / sizeof(GIVEN[0]), d)};

    sk_str one = spell(a, x, name, d);
    add_pair(a, p, one, spell(a, y, name, d), true);
    for (unsigned i = 1; i <= 2; i++) {
        const char *keep = name[i];
        name[i] = other_syllable(keep, d);
        add_pair(a, p, one, spell(a, y, name, d), false);
        name[i] = keep;
    }
}

void generate_korean(sk_arena *a, pairs *p)
{
    static const uint8_t KIND[][2] = {
        {HANGUL, CYRILLIC}, {HANGUL, KANA},     {HANGUL, ARABIC}, {LATIN, CYRILLIC},
        {LATIN, KANA},      {LATIN, ARABIC},    {CYRILLIC, KANA}, {LATIN, LATIN},
        {ARABIC, KANA},     {CYRILLIC, ARABIC}, {HANJA, KANA},    {HANJA, CYRILLIC},
    };
    dice d = {20};

    for (size_t k = 0; k < sizeof(KIND) / sizeof(KIND[0]); k++)
        for (unsigned i = 0; i < PAIRS_A_KIND; i++)
            add_person(a, p, (script)KIND[k][0], (script)KIND[k][1], &d);
}
