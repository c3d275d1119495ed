/* What the record says that entities are compared by: names, dates, countries, numbers.
 *
 * For the screening index alone (screen/archive.h): it reads past the gate, as the index itself does,
 * and says of every value under which labels it stands, so that who asks the screening index sees of
 * it what their view would show. Nothing else may include it; tools/check-layers sees to that.
 *
 * Only current claims that are asserted, with a value; a denied name is no name. Threads: as its
 * index. Tested by tests/cli/t_screen.sh. */
#ifndef SK_RECORD_FEATURE_H
#define SK_RECORD_FEATURE_H

#include "record/import.h"
#include "record/model.h"
#include "record/view.h"

typedef struct sk_feature {
    sk_str entity; /* key                                                     */
    sk_str type, prop, value;
    sk_str labels;  /* restriction set, joined by LF; empty: open to all       */
    int64_t import; /* row of sk_import_info; 0: a claim of its own            */
    sk_str place;   /* of its first passage: "row 12"; may be empty            */
    bool used_falsely;
} sk_feature;

/* Called for each value, by key of the entity; everything lives until the call returns. */
typedef sk_rc sk_feature_fn(sk_ctx *cx, const sk_feature *f, void *arg);

/* Those of which wants(property, its type in the model) says yes.
 * Cost: a few microseconds a value; memory does not grow. */
SK_MUST_USE sk_rc sk_features__each(sk_ctx *cx, sk_index *ix,
                                    bool (*wants)(sk_str prop, sk_value_type type),
                                    sk_feature_fn *fn, void *arg);

/* All imports, whoever may see them: what sk_feature.import is a row of. In cx's arena. */
SK_MUST_USE sk_rc sk_features__imports(sk_ctx *cx, sk_index *ix, const sk_import_info **ret_list,
                                       size_t *ret_n);

/* Changes whenever what sk_features__each gives may have changed: 32 bytes.
 * Cost: the claims are counted, 0.1 ms for 139,000 of them that are in memory. */
SK_MUST_USE sk_rc sk_features__stamp(sk_ctx *cx, sk_index *ix, sk_hash *ret_stamp);

/* Does the view show rows under these labels (joined by LF)? A set that no row has is not shown. */
SK_MUST_USE sk_rc sk_view_shows_labels(sk_ctx *cx, sk_view *v, sk_str labels, bool *ret_shows);

#endif
