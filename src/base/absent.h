/* The four ways in which a value can be missing. They are different answers and never merge.
 *
 *   unknown         asked, and whoever was asked does not know
 *   not-asked       nobody put the question
 *   withheld        known to somebody, and kept back on purpose
 *   not-applicable  the question does not arise (the flag state of a person)
 *
 * An empty cell of an imported table is none of them until its importer says which.
 * Tested in tests/unit/base/t_edtf.c. */
#ifndef SK_BASE_ABSENT_H
#define SK_BASE_ABSENT_H

#include "base/lang.h"
#include "base/str.h"

typedef enum sk_absent {
    SK_PRESENT, /* there is a value */
    SK_UNKNOWN,
    SK_NOT_ASKED,
    SK_WITHHELD,
    SK_NOT_APPLICABLE,
    SK_ABSENTS
} sk_absent;

/* The stable name for files and programs: "unknown", "not-asked" ...; "present" for SK_PRESENT. */
sk_str sk_absent_name(sk_absent absent);

/* The words for people: "not asked", "묻지 않음". */
sk_str sk_absent_words(sk_absent absent, sk_lang lang);

/* Read a stable name or the words of either language, letter case and - _ blank alike.
 * False, and *ret_absent untouched, when s is none of them; "present" is not accepted. */
bool sk_absent_parse(sk_str s, sk_absent *ret_absent);

#endif
