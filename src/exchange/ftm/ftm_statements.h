/* Writes statements as CSV, entity by entity. Inside exchange/; export_ftm.c walks the record with it.
 *
 *     ftm_statements *st;
 *     sk_ftm__statements_open(cx, SK_S("my_set"), &plain, &rest, &st);
 *     ... SK_TRY(sk_ftm__statements_write(cx, st, &member, items, n));
 *     rc = sk_ftm__statements_close(cx, st, rc);
 *
 * Normative: docs/formats/ftm.md. Memory: the statements of one entity, and one piece of output. */
#ifndef SK_EXCHANGE_FTM_STATEMENTS_H
#define SK_EXCHANGE_FTM_STATEMENTS_H

#include "exchange/ftm/ftm_walk.h"

typedef struct ftm_statements ftm_statements;

/* Writes the headings. rest may be NULL: what is not plain is left out. Everything is borrowed until
 * the close.
 * theirs_alone   without the columns of ours */
void sk_ftm__statements_open(sk_ctx *cx, sk_str dataset, bool theirs_alone, const sk_sink *plain,
                             const sk_sink *rest, ftm_statements **ret_st);

/* The statements of one entity: the one that makes it there (when somebody asserts something of it),
 * then one an item. Cost: about 1 us a statement. Errors: of the sinks. */
SK_MUST_USE sk_rc sk_ftm__statements_write(sk_ctx *cx, ftm_statements *st, const ftm_member *member,
                                           const ftm_item *items, size_t n);

/* Hand over what is left, unless rc says that it failed before; returns the first error. */
SK_MUST_USE sk_rc sk_ftm__statements_close(sk_ctx *cx, ftm_statements *st, sk_rc rc);

#endif
