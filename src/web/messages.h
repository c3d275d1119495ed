/* What the interface says, in each of its languages: ui/messages/en.txt, ko.txt and ja.txt.
 *
 *     search.title = Search
 *     search.hits.one = $1 match
 *     search.hits.other = $1 matches
 *
 * A file is lines of "key = text"; blank lines and lines that begin with # are passed over. $1, $2
 * stand for arguments, in whatever order the language wants. A message that counts has a form for
 * each plural of its language: English one and other, Korean other alone.
 *
 * English and Korean are complete. Japanese is prepared: its frame and main labels stand in its file, what
 * it lacks is said in English, and so are values, until base/lang.h has the language too.
 *
 * The files are embedded and read at first use; a test finds keys that one language lacks, keys that
 * no page uses, and words in pages that are not in the catalogue (tests/web/catalogue.py).
 *
 * Threads: read-only after sk_messages_load. Tested by tests/unit/web/t_html.c. */
#ifndef SK_WEB_MESSAGES_H
#define SK_WEB_MESSAGES_H

#include "base/ctx.h"
#include "base/lang.h"
#include "base/strmap.h"

/* A language of the interface: those of base/lang.h, and behind them those that are prepared. */
typedef unsigned sk_ui_lang;
enum { SK_UI_JA = SK_LANGS, SK_UI_LANGS };

/* The language that values are told in: English for those that are prepared. */
sk_lang sk_lang_of(sk_ui_lang lang);

typedef struct sk_catalogue {
    sk_arena arena;
    sk_strmap by_key; /* to const sk_str */
    size_t n;
} sk_catalogue;

/* Read a catalogue. Errors: SK_E_FORMAT with the line; SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_catalogue_parse(sk_ctx *cx, sk_str text, sk_catalogue *ret_catalogue);

/* The embedded ones, read at first use. Never fails: a test reads them on every build. */
const sk_catalogue *sk_messages_load(sk_ui_lang lang);

/* The message, else the English one, else the key itself. */
sk_str sk_message(sk_ui_lang lang, sk_str key);

/* The form for a count: key.one or key.other. */
sk_str sk_message_n(sk_ui_lang lang, sk_str key, uint64_t count);

/* "ko" and "en", for lang attributes and cookies; and back. */
const char *sk_lang_code(sk_ui_lang lang);
bool sk_lang_find(sk_str code, sk_ui_lang *ret_lang);

/* "한국어": the language in its own words. */
const char *sk_lang_name(sk_ui_lang lang);

/* The first language of an Accept-Language header that we speak; English else. */
sk_ui_lang sk_lang_choose(sk_str accept_language);

#endif
