/* The languages sillok speaks to people. Data may be in any language; sentences are in these.
 *
 * Text for people that the program makes itself (dates, quantities, messages of pages) exists in
 * each of these; a new language is a new value here and a column wherever the compiler then asks. */
#ifndef SK_BASE_LANG_H
#define SK_BASE_LANG_H

typedef enum sk_lang {
    SK_LANG_EN, /* English */
    SK_LANG_KO, /* Korean  */
    SK_LANGS
} sk_lang;

#endif
