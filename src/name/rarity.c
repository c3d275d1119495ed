/* How much a name can tell at all. */
#include "name/name_private.h"

double sk_name_information(const sk_name *n, const sk_rarity *rarity)
{
    return (double)sk_words_information(sk_name_words(n), rarity);
}
