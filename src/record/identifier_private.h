/* Between identifier.c and identifier_forms.c.
 *
 * Compact text: small letters, plain digits, and nothing else. */
#ifndef SK_RECORD_IDENTIFIER_PRIVATE_H
#define SK_RECORD_IDENTIFIER_PRIVATE_H

#include "record/identifier.h"

/* Fill verdict, canonical, reason and country of v, whose scheme is set. */
typedef void sk_id_look_fn(sk_arena *a, sk_str compact, sk_id_verdict *v);

sk_id_look_fn sk_id__look_imo, sk_id__look_imo_company, sk_id__look_mmsi, sk_id__look_bic,
    sk_id__look_lei, sk_id__look_wikidata;

#endif
