/* Who in the archive bears a name, however it is spelled: for search, show and ask about.
 *
 * The name is compared with all names the view shows, of the newest copy of each list and of the
 * archive's own people, by the machinery of `sillok screen`; consonants alone (ㄱㅈㅇ) are compared
 * with the first consonants of Korean names. It only finds: whether two are one is for a judgement. */
#ifndef SK_CLI_BY_NAME_H
#define SK_CLI_BY_NAME_H

#include "cli/app.h"

typedef struct sk_bearer_found {
    sk_str key, type, caption;
    sk_str reason; /* `"Kim Jeong-wook" and "김정욱" are one Korean name ...` */
    double score;  /* 0..1; of initials 0: they are no evidence               */
} sk_bearer_found;

/* Best first, of initials by key; at most limit. Owner: cx's arena. Errors: as sk_screen_archive_open. */
SK_MUST_USE sk_rc sk_by_name(sk_app *app, sk_str name, size_t limit, sk_bearer_found **ret_found,
                             size_t *ret_n);

/* An entity by key, by name as written, or by another spelling of its name when one alone fits; then
 * it is said on standard error how it was found. So is that spellings could not be looked up.
 * Errors: SK_E_NOTFOUND; SK_E_AMBIGUOUS, the message lists those that fit. */
SK_MUST_USE sk_rc sk_by_name_entity(sk_app *app, sk_str name, sk_entity *ret_entity);

#endif
