#include "exchange/ftm/ftm_statements.h"

#include "base/csv.h"
#include "base/sha1.h"
#include "exchange/ftm/ftm_own.h"

#include <stdlib.h>

/* Theirs, in their order; ours (ftm_own.h) stand behind them. Readers select by name, so that ours
 * harm nobody. */
static const char *const columns[] = {
    "canonical_id", "entity_id",  "prop",      "prop_type", "schema",
    "value",        "dataset",    "origin",    "lang",      "original_value",
    "external",     "first_seen", "last_seen", "id",
};

struct ftm_statements {
    sk_str dataset;
    unsigned n_own;                        /* columns of ours: all or none */
    const sk_sink *plain_sink, *rest_sink; /* rest may be NULL */
    sk_buf plain, rest;
    sk_csv_writer plain_writer, rest_writer;
    sk_buf key; /* what an id is the hash of */
    sk_sha1_state *sha1;
};

typedef struct statement {
    sk_str prop, kind, value, lang, original;
    bool is_external;
    sk_sha1_hex id;
} statement;

/* dataset.entity.prop.value, then @lang and .ext where they are. */
static void set_id(ftm_statements *st, const ftm_member *m, statement *s)
{
    sk_buf *b = &st->key;
    sk_buf_reset(b);
    sk_buf_add(b, st->dataset);
    sk_buf_addc(b, '.');
    sk_buf_add(b, m->entity.key);
    sk_buf_addc(b, '.');
    sk_buf_add(b, s->prop);
    sk_buf_addc(b, '.');
    sk_buf_add(b, s->value);
    if (s->lang.n) {
        sk_buf_addc(b, '@');
        sk_buf_add(b, s->lang);
    }
    if (s->is_external)
        sk_buf_add(b, SK_S(".ext"));
    s->id = sk_sha1(st->sha1, sk_buf_str(b));
}

static void set_statement(ftm_statements *st, const ftm_member *m, const ftm_item *item,
                          statement *s)
{
    const sk_ftm_value *v = &item->value;
    *s = (statement){.prop = v->rest_prop,
                     .value = v->rest_value,
                     .is_external = true,
                     .kind = sk_str_of(sk_value_type_name(item->claim->kind))};
    if (v->is_plain) {
        *s = (statement){.prop = v->prop->theirs,
                         .value = v->value,
                         .lang = v->lang,
                         .kind = sk_str_of(sk_ftm_kind_name(v->prop->kind))};
        if (item->claim->value.n && !sk_str_eq(v->value, item->claim->value))
            s->original = item->claim->value;
    }
    set_id(st, m, s);
}

/* ---- rows ---- */

/* claim   NULL for the statement `id`, which nobody claims */
static void write_row(sk_arena *a, const ftm_statements *st, sk_csv_writer *to, const ftm_member *m,
                      const statement *s, sk_str first, sk_str last, const sk_claim *claim)
{
    const sk_str theirs[] = {
        m->canonical,
        m->entity.key,
        s->prop,
        s->kind,
        m->schema->name,
        s->value,
        st->dataset,
        SK_S("sillok"),
        s->lang,
        s->original,
        s->is_external ? SK_S("t") : SK_S("f"),
        first,
        last,
        {s->id.digits, sizeof s->id.digits},
    };
    _Static_assert(SK_COUNT(theirs) == SK_COUNT(columns), "a cell for each of their columns");
    for (size_t i = 0; i < SK_COUNT(theirs); i++)
        sk_csv_cell(to, theirs[i]);
    sk_str own[SK_FTM_OWNS] = {0};
    if (claim && st->n_own)
        sk_ftm_own_write(a, claim, own);
    for (size_t i = 0; i < st->n_own; i++)
        sk_csv_cell(to, own[i]);
    sk_csv_end_row(to);
}

static int by_id(const void *p, const void *q)
{
    const sk_sha1_hex *a = p, *b = q;
    return memcmp(a->digits, b->digits, sizeof a->digits);
}

/* Their checksum of an entity: SHA-1 over the schema's name and the sorted ids of its statements. */
static sk_sha1_hex checksum(ftm_statements *st, const ftm_member *m, sk_sha1_hex *ids, size_t n)
{
    sk_buf *b = &st->key;
    sk_buf_reset(b);
    sk_buf_add(b, m->schema->name);
    qsort(ids, n, sizeof *ids, by_id);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || by_id(&ids[i], &ids[i - 1]) != 0)
            sk_buf_add(b, (sk_str){ids[i].digits, sizeof ids[i].digits});
    sk_assert(!b->overflow);
    return sk_sha1(st->sha1, sk_buf_str(b));
}

/* The statement that makes the entity there, before the others; only when somebody asserts it. */
static void write_id_row(sk_ctx *cx, ftm_statements *st, const ftm_member *m, const ftm_item *items,
                         const statement *all, size_t n)
{
    sk_sha1_hex *ids = sk_new_array(&cx->arena, sk_sha1_hex, n);
    sk_str first, last;
    size_t n_ids = 0;
    for (size_t i = 0; i < n; i++)
        if (items[i].value.is_plain)
            ids[n_ids++] = all[i].id;
    sk_sha1_hex sum = checksum(st, m, ids, n_ids);
    statement s = {
        .prop = SK_S("id"), .kind = SK_S("id"), .value = {sum.digits, sizeof sum.digits}};
    set_id(st, m, &s);
    sk_ftm__seen_range(items, n, &first, &last);
    write_row(&cx->arena, st, &st->plain_writer, m, &s, first, last, NULL);
}

sk_rc sk_ftm__statements_write(sk_ctx *cx, ftm_statements *st, const ftm_member *m,
                               const ftm_item *items, size_t n)
{
    statement *all = sk_new_array(&cx->arena, statement, n);
    for (size_t i = 0; i < n; i++)
        set_statement(st, m, &items[i], &all[i]);
    if (sk_ftm__is_asserted(items, n))
        write_id_row(cx, st, m, items, all, n);
    for (size_t i = 0; i < n; i++) {
        bool plain = items[i].value.is_plain;
        sk_str seen = sk_ftm__seen(items[i].claim);
        if (plain || st->rest_sink)
            write_row(&cx->arena, st, plain ? &st->plain_writer : &st->rest_writer, m, &all[i],
                      seen, seen, items[i].claim);
    }
    SK_TRY(sk_sink_flush(cx, st->plain_sink, &st->plain, false));
    return st->rest_sink ? sk_sink_flush(cx, st->rest_sink, &st->rest, false) : SK_OK;
}

/* ---- the whole ---- */

static void begin(const ftm_statements *st, sk_buf *b, sk_csv_writer *writer)
{
    sk_buf_init(b, SK_LIM_OUTPUT_BYTES);
    sk_csv_writer_init(writer, b, ',', false); /* exact: ids are hashes of the values */
    for (size_t i = 0; i < SK_COUNT(columns); i++)
        sk_csv_cell(writer, sk_str_of(columns[i]));
    for (unsigned i = 0; i < st->n_own; i++)
        sk_csv_cell(writer, sk_ftm_own_name((sk_ftm_own)i));
    sk_csv_end_row(writer);
}

void sk_ftm__statements_open(sk_ctx *cx, sk_str dataset, bool theirs_alone, const sk_sink *plain,
                             const sk_sink *rest, ftm_statements **ret_st)
{
    ftm_statements *st = sk_new(&cx->arena, ftm_statements);
    st->dataset = dataset;
    st->n_own = theirs_alone ? 0 : SK_FTM_OWNS;
    st->plain_sink = plain;
    st->rest_sink = rest;
    sk_buf_init(&st->key, SK_LIM_OUTPUT_BYTES);
    st->sha1 = sk_sha1_new();
    begin(st, &st->plain, &st->plain_writer);
    begin(st, &st->rest, &st->rest_writer);
    *ret_st = st;
}

sk_rc sk_ftm__statements_close(sk_ctx *cx, ftm_statements *st, sk_rc rc)
{
    if (!rc)
        rc = sk_sink_flush(cx, st->plain_sink, &st->plain, true);
    if (!rc && st->rest_sink)
        rc = sk_sink_flush(cx, st->rest_sink, &st->rest, true);
    sk_buf_done(&st->plain);
    sk_buf_done(&st->rest);
    sk_buf_done(&st->key);
    sk_sha1_free(st->sha1);
    return rc;
}
