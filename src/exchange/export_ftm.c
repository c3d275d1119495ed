/* FollowTheMoney statements. Entities are in export_ftm_entities.c. */
#include "exchange/export_ftm.h"

#include "base/csv.h"
#include "exchange/claims_text.h"
#include "exchange/ftm_walk.h"

#include <openssl/evp.h>
#include <stdlib.h>

/* Theirs first, in their order; readers select by name, so that ours harm nobody. */
static const char *const columns[] = {
    "canonical_id", "entity_id", "prop",     "prop_type",      "schema",   "value",
    "dataset",      "origin",    "lang",     "original_value", "external", "first_seen",
    "last_seen",    "id",        "property", "edtf",           "position", "claimant",
    "carrier",      "said",      "asof",     "valid",          "exhibit",  "passage",
    "quote",        "words",     "claim",
};

typedef struct statements {
    const sk_sink *plain_sink, *rest_sink; /* rest may be NULL */
    sk_buf plain, rest;
    sk_csv_writer plain_writer, rest_writer;
} statements;

typedef struct statement {
    sk_str prop, kind, value, lang, original;
    bool is_external;
    sk_str id;
} statement;

static sk_str sha1_hex(sk_arena *a, sk_str bytes)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    sk_assert(EVP_Digest(bytes.p, bytes.n, digest, &n, EVP_sha1(), NULL) == 1 && n == 20);
    return sk_hex(a, digest, n);
}

/* dataset.entity.prop.value, then @lang and .ext where they are. */
static sk_str statement_id(const ftm_walk *w, const ftm_member *m, const statement *s)
{
    sk_arena *a = &w->cx->arena;
    sk_str key = sk_fmt(a, "%.*s.%.*s.%.*s.%.*s", SK_P(w->dataset), SK_P(m->entity.key),
                        SK_P(s->prop), SK_P(s->value));
    if (s->lang.n)
        key = sk_fmt(a, "%.*s@%.*s", SK_P(key), SK_P(s->lang));
    if (s->is_external)
        key = sk_fmt(a, "%.*s.ext", SK_P(key));
    return sha1_hex(a, key);
}

static statement statement_of(const ftm_walk *w, const ftm_member *m, const ftm_item *item)
{
    const sk_ftm_value *v = &item->value;
    statement s = {.prop = v->rest_prop,
                   .value = v->rest_value,
                   .is_external = true,
                   .kind = sk_str_of(sk_value_type_name(item->claim->kind))};
    if (v->is_plain) {
        s = (statement){.prop = v->prop->theirs,
                        .value = v->value,
                        .lang = v->lang,
                        .kind = sk_str_of(sk_ftm_kind_name(v->prop->kind))};
        if (!sk_str_eq(v->value, item->claim->value))
            s.original = item->claim->value;
    }
    s.id = statement_id(w, m, &s);
    return s;
}

/* ---- what theirs has no column for ---- */

static sk_str chain_text(sk_arena *a, const sk_claim *c)
{
    sk_str text = SK_S("");
    for (size_t i = 0; i < c->n_chain; i++)
        text = sk_fmt(a, "%.*s%s%.*s", SK_P(text), i ? " > " : "",
                      SK_P(sk_list_escape(a, c->chain[i], '>')));
    return text;
}

static sk_str place_text(sk_arena *a, const sk_passage *p)
{
    if (!p->has_span)
        return p->place;
    return sk_fmt(a, "span %zu-%zu%s%.*s", p->start, p->end, p->place.n ? ", " : "",
                  SK_P(p->place));
}

/* One part of every passage, joined as a list. */
enum part { PART_EXHIBIT, PART_PLACE, PART_QUOTE };

static sk_str passages_text(sk_arena *a, const sk_claim *c, enum part part)
{
    sk_str text = SK_S("");
    for (size_t i = 0; i < c->n_passages; i++) {
        const sk_passage *p = &c->passages[i];
        sk_str s = part == PART_EXHIBIT ? sk_hash_hex(a, &p->exhibit)
                   : part == PART_PLACE ? place_text(a, p)
                                        : p->quote;
        text = sk_fmt(a, "%.*s%s%.*s", SK_P(text), i ? " | " : "", SK_P(sk_list_escape(a, s, '|')));
    }
    return text;
}

static void write_ours(const ftm_walk *w, sk_csv_writer *to, const sk_claim *c)
{
    sk_arena *a = &w->cx->arena;
    sk_csv_cell(to, sk_fmt(a, "%.*s:%.*s", SK_P(c->type), SK_P(c->prop)));
    sk_csv_cell(to, c->kind == SK_VALUE_DATE ? c->value : SK_NONE);
    sk_csv_cell(to, sk_str_of(sk_position_name(c->position)));
    sk_csv_cell(to, chain_text(a, c));
    sk_csv_cell(to, c->carrier);
    sk_csv_cell(to, c->said);
    sk_csv_cell(to, c->asof);
    sk_csv_cell(to, c->valid);
    sk_csv_cell(to, passages_text(a, c, PART_EXHIBIT));
    sk_csv_cell(to, passages_text(a, c, PART_PLACE));
    sk_csv_cell(to, passages_text(a, c, PART_QUOTE));
    sk_csv_cell(to, c->words);
    sk_csv_cell(to, sk_hash_hex(a, &c->id));
}

/* ---- rows ---- */

/* claim   NULL for the statement `id`, which nobody claims */
static void write_row(const ftm_walk *w, sk_csv_writer *to, const ftm_member *m, const statement *s,
                      sk_str first, sk_str last, const sk_claim *claim)
{
    sk_csv_cell(to, m->canonical);
    sk_csv_cell(to, m->entity.key);
    sk_csv_cell(to, s->prop);
    sk_csv_cell(to, s->kind);
    sk_csv_cell(to, m->schema->name);
    sk_csv_cell(to, s->value);
    sk_csv_cell(to, w->dataset);
    sk_csv_cell(to, SK_S("sillok"));
    sk_csv_cell(to, s->lang);
    sk_csv_cell(to, s->original);
    sk_csv_cell(to, s->is_external ? SK_S("t") : SK_S("f"));
    sk_csv_cell(to, first);
    sk_csv_cell(to, last);
    sk_csv_cell(to, s->id);
    if (claim)
        write_ours(w, to, claim);
    else
        for (size_t i = 14; i < SK_COUNT(columns); i++)
            sk_csv_cell(to, SK_NONE);
    sk_csv_end_row(to);
}

static int by_text(const void *p, const void *q)
{
    return sk_str_cmp(*(const sk_str *)p, *(const sk_str *)q);
}

/* Their checksum of an entity: SHA-1 over the schema's name and the sorted ids of its statements. */
static sk_str checksum(const ftm_walk *w, const ftm_member *m, sk_str *ids, size_t n)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_OUTPUT_BYTES);
    sk_buf_add(&b, m->schema->name);
    qsort(ids, n, sizeof *ids, by_text);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || !sk_str_eq(ids[i], ids[i - 1]))
            sk_buf_add(&b, ids[i]);
    sk_assert(!b.overflow);
    sk_str hex = sha1_hex(&w->cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return hex;
}

/* The statement that makes the entity there, before the others; only when somebody asserts it. */
static void write_id_row(ftm_walk *w, statements *st, const ftm_member *m, const ftm_item *items,
                         const statement *all, size_t n)
{
    sk_str *ids = sk_new_array(&w->cx->arena, sk_str, n), first, last;
    size_t n_ids = 0;
    for (size_t i = 0; i < n; i++)
        if (items[i].value.is_plain)
            ids[n_ids++] = all[i].id;
    statement s = {.prop = SK_S("id"), .kind = SK_S("id"), .value = checksum(w, m, ids, n_ids)};
    s.id = statement_id(w, m, &s);
    sk_ftm__seen_range(items, n, &first, &last);
    write_row(w, &st->plain_writer, m, &s, first, last, NULL);
}

static sk_rc write_entity(ftm_walk *w, const ftm_member *m, const ftm_item *items, size_t n,
                          void *arg)
{
    statements *st = arg;
    statement *all = sk_new_array(&w->cx->arena, statement, n);
    for (size_t i = 0; i < n; i++)
        all[i] = statement_of(w, m, &items[i]);
    if (sk_ftm__is_asserted(items, n))
        write_id_row(w, st, m, items, all, n);
    for (size_t i = 0; i < n; i++) {
        bool plain = items[i].value.is_plain;
        sk_str seen = sk_ftm__seen(items[i].claim);
        if (plain || st->rest_sink)
            write_row(w, plain ? &st->plain_writer : &st->rest_writer, m, &all[i], seen, seen,
                      items[i].claim);
    }
    SK_TRY(sk_sink_flush(w->cx, st->plain_sink, &st->plain, false));
    return st->rest_sink ? sk_sink_flush(w->cx, st->rest_sink, &st->rest, false) : SK_OK;
}

static void begin(sk_buf *b, sk_csv_writer *writer)
{
    sk_buf_init(b, SK_LIM_OUTPUT_BYTES);
    sk_csv_writer_init(writer, b, ',', false); /* exact: ids are hashes of the values */
    for (size_t i = 0; i < SK_COUNT(columns); i++)
        sk_csv_cell(writer, sk_str_of(columns[i]));
    sk_csv_end_row(writer);
}

sk_rc sk_export_ftm_statements(sk_ctx *cx, sk_view *v, const sk_ftm_options *options,
                               const sk_sink *plain, const sk_sink *rest,
                               sk_ftm_summary *ret_summary)
{
    ftm_walk w;
    statements st = {.plain_sink = plain, .rest_sink = rest};
    SK_TRY(sk_ftm__gather(cx, v, options, &w));
    begin(&st.plain, &st.plain_writer);
    begin(&st.rest, &st.rest_writer);
    sk_rc rc = sk_ftm__each(&w, write_entity, &st);
    if (!rc)
        rc = sk_sink_flush(cx, plain, &st.plain, true);
    if (!rc && rest)
        rc = sk_sink_flush(cx, rest, &st.rest, true);
    sk_buf_done(&st.plain);
    sk_buf_done(&st.rest);
    if (!rc && ret_summary)
        *ret_summary = w.sum;
    return rc;
}
