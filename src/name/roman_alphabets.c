/* Alphabets of the romaniser: a table a script, sorted by code point. */
#include "name/roman_private.h"

#include "base/compiler.h"

/* Russian after BGN/PCGN without its apostrophes; Ukrainian, Belarusian, Serbian, Macedonian
 * and the Turkic letters likewise. */
static const sk_roman_letter CYRILLIC[] = {
    {0x0430, "a"},    {0x0431, "b"},  {0x0432, "v"},  {0x0433, "g"},  {0x0434, "d"},
    {0x0435, "e"},    {0x0436, "zh"}, {0x0437, "z"},  {0x0438, "i"},  {0x0439, "y"},
    {0x043A, "k"},    {0x043B, "l"},  {0x043C, "m"},  {0x043D, "n"},  {0x043E, "o"},
    {0x043F, "p"},    {0x0440, "r"},  {0x0441, "s"},  {0x0442, "t"},  {0x0443, "u"},
    {0x0444, "f"},    {0x0445, "kh"}, {0x0446, "ts"}, {0x0447, "ch"}, {0x0448, "sh"},
    {0x0449, "shch"}, {0x044A, ""},   {0x044B, "y"},  {0x044C, ""},   {0x044D, "e"},
    {0x044E, "yu"},   {0x044F, "ya"}, {0x0450, "e"},  {0x0451, "yo"}, {0x0452, "dj"},
    {0x0453, "gj"},   {0x0454, "ye"}, {0x0455, "dz"}, {0x0456, "i"},  {0x0457, "yi"},
    {0x0458, "j"},    {0x0459, "lj"}, {0x045A, "nj"}, {0x045B, "c"},  {0x045C, "kj"},
    {0x045D, "i"},    {0x045E, "w"},  {0x045F, "dz"}, {0x0463, "e"},  {0x0473, "f"},
    {0x0475, "i"},    {0x0491, "g"},  {0x0493, "gh"}, {0x0497, "j"},  {0x0499, "z"},
    {0x049B, "q"},    {0x04A1, "k"},  {0x04A3, "ng"}, {0x04A5, "ng"}, {0x04AB, "s"},
    {0x04AF, "u"},    {0x04B1, "u"},  {0x04B3, "h"},  {0x04B7, "j"},  {0x04BB, "h"},
    {0x04D1, "a"},    {0x04D3, "a"},  {0x04D7, "e"},  {0x04D9, "a"},  {0x04E3, "i"},
    {0x04E7, "o"},    {0x04E9, "o"},  {0x04EF, "u"},  {0x04F1, "u"},
};

/* After ELOT 743, letter by letter. */
static const sk_roman_letter GREEK[] = {
    {0x0390, "i"}, {0x03AC, "a"},  {0x03AD, "e"}, {0x03AE, "i"}, {0x03AF, "i"},  {0x03B0, "y"},
    {0x03B1, "a"}, {0x03B2, "v"},  {0x03B3, "g"}, {0x03B4, "d"}, {0x03B5, "e"},  {0x03B6, "z"},
    {0x03B7, "i"}, {0x03B8, "th"}, {0x03B9, "i"}, {0x03BA, "k"}, {0x03BB, "l"},  {0x03BC, "m"},
    {0x03BD, "n"}, {0x03BE, "x"},  {0x03BF, "o"}, {0x03C0, "p"}, {0x03C1, "r"},  {0x03C2, "s"},
    {0x03C3, "s"}, {0x03C4, "t"},  {0x03C5, "y"}, {0x03C6, "f"}, {0x03C7, "ch"}, {0x03C8, "ps"},
    {0x03C9, "o"}, {0x03CA, "i"},  {0x03CB, "y"}, {0x03CC, "o"}, {0x03CD, "y"},  {0x03CE, "o"},
};

/* After BGN/PCGN without apostrophes. */
static const sk_roman_letter ARMENIAN[] = {
    {0x0561, "a"},  {0x0562, "b"},  {0x0563, "g"},  {0x0564, "d"},  {0x0565, "e"},  {0x0566, "z"},
    {0x0567, "e"},  {0x0568, "y"},  {0x0569, "t"},  {0x056A, "zh"}, {0x056B, "i"},  {0x056C, "l"},
    {0x056D, "kh"}, {0x056E, "ts"}, {0x056F, "k"},  {0x0570, "h"},  {0x0571, "dz"}, {0x0572, "gh"},
    {0x0573, "ch"}, {0x0574, "m"},  {0x0575, "y"},  {0x0576, "n"},  {0x0577, "sh"}, {0x0578, "o"},
    {0x0579, "ch"}, {0x057A, "p"},  {0x057B, "j"},  {0x057C, "r"},  {0x057D, "s"},  {0x057E, "v"},
    {0x057F, "t"},  {0x0580, "r"},  {0x0581, "ts"}, {0x0582, "u"},  {0x0583, "p"},  {0x0584, "k"},
    {0x0585, "o"},  {0x0586, "f"},
};

/* The national system of 2002 without apostrophes. */
static const sk_roman_letter GEORGIAN[] = {
    {0x10D0, "a"},  {0x10D1, "b"},  {0x10D2, "g"},  {0x10D3, "d"},  {0x10D4, "e"},  {0x10D5, "v"},
    {0x10D6, "z"},  {0x10D7, "t"},  {0x10D8, "i"},  {0x10D9, "k"},  {0x10DA, "l"},  {0x10DB, "m"},
    {0x10DC, "n"},  {0x10DD, "o"},  {0x10DE, "p"},  {0x10DF, "zh"}, {0x10E0, "r"},  {0x10E1, "s"},
    {0x10E2, "t"},  {0x10E3, "u"},  {0x10E4, "p"},  {0x10E5, "k"},  {0x10E6, "gh"}, {0x10E7, "q"},
    {0x10E8, "sh"}, {0x10E9, "ch"}, {0x10EA, "ts"}, {0x10EB, "dz"}, {0x10EC, "ts"}, {0x10ED, "ch"},
    {0x10EE, "kh"}, {0x10EF, "j"},  {0x10F0, "h"},
};

/* One letter a letter, so that each keeps its own weights: ayn is e, waw w, ya y, and dad x, which
 * is d in Arabic and z in Persian names. Persian, Urdu,
 * Pashto, Kurdish and Uyghur letters beside the Arabic ones. */
static const sk_roman_letter ARABIC[] = {
    {0x0621, ""},   {0x0622, "a"},  {0x0623, "a"},  {0x0624, "w"},  {0x0625, "i"},  {0x0626, "y"},
    {0x0627, "a"},  {0x0628, "b"},  {0x0629, "a"},  {0x062A, "t"},  {0x062B, "th"}, {0x062C, "j"},
    {0x062D, "h"},  {0x062E, "kh"}, {0x062F, "d"},  {0x0630, "dh"}, {0x0631, "r"},  {0x0632, "z"},
    {0x0633, "s"},  {0x0634, "sh"}, {0x0635, "s"},  {0x0636, "x"},  {0x0637, "t"},  {0x0638, "z"},
    {0x0639, "e"},  {0x063A, "gh"}, {0x0641, "f"},  {0x0642, "q"},  {0x0643, "k"},  {0x0644, "l"},
    {0x0645, "m"},  {0x0646, "n"},  {0x0647, "h"},  {0x0648, "w"},  {0x0649, "a"},  {0x064A, "y"},
    {0x0671, "a"},  {0x0679, "t"},  {0x067C, "t"},  {0x067E, "p"},  {0x0681, "dz"}, {0x0685, "ts"},
    {0x0686, "ch"}, {0x0688, "d"},  {0x0689, "d"},  {0x0691, "r"},  {0x0693, "r"},  {0x0695, "r"},
    {0x0696, "zh"}, {0x0698, "zh"}, {0x069A, "sh"}, {0x06A4, "v"},  {0x06A9, "k"},  {0x06AA, "k"},
    {0x06AB, "g"},  {0x06AD, "ng"}, {0x06AF, "g"},  {0x06B5, "l"},  {0x06BA, "n"},  {0x06BC, "n"},
    {0x06BE, "h"},  {0x06C0, "h"},  {0x06C1, "h"},  {0x06C2, "h"},  {0x06C3, "a"},  {0x06C6, "o"},
    {0x06C7, "u"},  {0x06C8, "u"},  {0x06CB, "v"},  {0x06CC, "y"},  {0x06CD, "y"},  {0x06CE, "e"},
    {0x06D0, "e"},  {0x06D2, "e"},  {0x06D3, "e"},  {0x06D5, "a"},
};

/* One letter a letter, as for Arabic. */
static const sk_roman_letter HEBREW[] = {
    {0x05D0, "a"}, {0x05D1, "b"},  {0x05D2, "g"}, {0x05D3, "d"},  {0x05D4, "h"},  {0x05D5, "w"},
    {0x05D6, "z"}, {0x05D7, "h"},  {0x05D8, "t"}, {0x05D9, "y"},  {0x05DA, "k"},  {0x05DB, "k"},
    {0x05DC, "l"}, {0x05DD, "m"},  {0x05DE, "m"}, {0x05DF, "n"},  {0x05E0, "n"},  {0x05E1, "s"},
    {0x05E2, "e"}, {0x05E3, "p"},  {0x05E4, "p"}, {0x05E5, "ts"}, {0x05E6, "ts"}, {0x05E7, "q"},
    {0x05E8, "r"}, {0x05E9, "sh"}, {0x05EA, "t"},
};

/* Consonants without their inherent vowel, which the weights of nothing supply. */
static const sk_roman_letter DEVANAGARI[] = {
    {0x0901, "n"},  {0x0902, "n"},  {0x0903, "h"},  {0x0905, "a"},   {0x0906, "a"},  {0x0907, "i"},
    {0x0908, "i"},  {0x0909, "u"},  {0x090A, "u"},  {0x090B, "ri"},  {0x090F, "e"},  {0x0910, "ai"},
    {0x0911, "o"},  {0x0913, "o"},  {0x0914, "au"}, {0x0915, "k"},   {0x0916, "kh"}, {0x0917, "g"},
    {0x0918, "gh"}, {0x0919, "n"},  {0x091A, "ch"}, {0x091B, "chh"}, {0x091C, "j"},  {0x091D, "jh"},
    {0x091E, "n"},  {0x091F, "t"},  {0x0920, "th"}, {0x0921, "d"},   {0x0922, "dh"}, {0x0923, "n"},
    {0x0924, "t"},  {0x0925, "th"}, {0x0926, "d"},  {0x0927, "dh"},  {0x0928, "n"},  {0x0929, "n"},
    {0x092A, "p"},  {0x092B, "ph"}, {0x092C, "b"},  {0x092D, "bh"},  {0x092E, "m"},  {0x092F, "y"},
    {0x0930, "r"},  {0x0931, "r"},  {0x0932, "l"},  {0x0933, "l"},   {0x0935, "v"},  {0x0936, "sh"},
    {0x0937, "sh"}, {0x0938, "s"},  {0x0939, "h"},  {0x093E, "a"},   {0x093F, "i"},  {0x0940, "i"},
    {0x0941, "u"},  {0x0942, "u"},  {0x0943, "ri"}, {0x0945, "e"},   {0x0947, "e"},  {0x0948, "ai"},
    {0x0949, "o"},  {0x094B, "o"},  {0x094C, "au"}, {0x0958, "q"},   {0x0959, "kh"}, {0x095A, "gh"},
    {0x095B, "z"},  {0x095C, "r"},  {0x095D, "rh"}, {0x095E, "f"},   {0x095F, "y"},
};

/* Faithful to the consonants; vowels as they are written, before or behind. */
static const sk_roman_letter THAI[] = {
    {0x0E01, "k"},  {0x0E02, "kh"}, {0x0E03, "kh"}, {0x0E04, "kh"}, {0x0E05, "kh"}, {0x0E06, "kh"},
    {0x0E07, "ng"}, {0x0E08, "ch"}, {0x0E09, "ch"}, {0x0E0A, "ch"}, {0x0E0B, "s"},  {0x0E0C, "ch"},
    {0x0E0D, "y"},  {0x0E0E, "d"},  {0x0E0F, "t"},  {0x0E10, "th"}, {0x0E11, "th"}, {0x0E12, "th"},
    {0x0E13, "n"},  {0x0E14, "d"},  {0x0E15, "t"},  {0x0E16, "th"}, {0x0E17, "th"}, {0x0E18, "th"},
    {0x0E19, "n"},  {0x0E1A, "b"},  {0x0E1B, "p"},  {0x0E1C, "ph"}, {0x0E1D, "f"},  {0x0E1E, "ph"},
    {0x0E1F, "f"},  {0x0E20, "ph"}, {0x0E21, "m"},  {0x0E22, "y"},  {0x0E23, "r"},  {0x0E24, "rue"},
    {0x0E25, "l"},  {0x0E27, "w"},  {0x0E28, "s"},  {0x0E29, "s"},  {0x0E2A, "s"},  {0x0E2B, "h"},
    {0x0E2C, "l"},  {0x0E2D, ""},   {0x0E2E, "h"},  {0x0E30, "a"},  {0x0E31, "a"},  {0x0E32, "a"},
    {0x0E33, "am"}, {0x0E34, "i"},  {0x0E35, "i"},  {0x0E36, "ue"}, {0x0E37, "ue"}, {0x0E38, "u"},
    {0x0E39, "u"},  {0x0E40, "e"},  {0x0E41, "ae"}, {0x0E42, "o"},  {0x0E43, "ai"}, {0x0E44, "ai"},
};

const char *sk_roman_of(uint8_t script, uint32_t c)
{
#define LOOK(table) return sk_roman_find(table, sizeof(table) / sizeof((table)[0]), c)
    switch (script) {
    case SK_SCRIPT_CYRL:
        LOOK(CYRILLIC);
    case SK_SCRIPT_GREK:
        LOOK(GREEK);
    case SK_SCRIPT_ARMN:
        LOOK(ARMENIAN);
    case SK_SCRIPT_GEOR:
        LOOK(GEORGIAN);
    case SK_SCRIPT_ARAB:
        LOOK(ARABIC);
    case SK_SCRIPT_HEBR:
        LOOK(HEBREW);
    case SK_SCRIPT_DEVA:
        LOOK(DEVANAGARI);
    case SK_SCRIPT_THAI:
        LOOK(THAI);
    default:
        return NULL;
    }
#undef LOOK
}
