/* A row under a mapping: which entities it speaks of, and who says so. See mapping.h. */
#include "exchange/mapping/mapping_run.h"

#include <stdlib.h>

enum { KEY_HASH_DIGITS = 20 };

/* ---- opening ---- */

static sk_str list_of(const sk_mapping_run *run)
{
    return run->m->list.n ? run->m->list : run->src->options.list;
}

static sk_rc check_said(sk_ctx *cx, const sk_mapping *m, const sk_source *src)
{
    if (!src->options.n_claimant && !m->n_chain && m->claimant.column == SK_MAPPING_NONE)
        return sk_fail(cx, SK_E_FORMAT,
                       "name who says it: a line claimant \"...\" in the mapping, or --claimant");
    for (size_t i = 0; i < m->n_entities; i++)
        if (m->entities[i].key_kind == SK_KEY_ROW && !m->list.n && !src->options.list.n)
            return sk_fail(cx, SK_E_FORMAT,
                           "mapping line %zu: keys of row numbers need the name of the list; add a "
                           "line: list NAME",
                           m->entities[i].line);
    return SK_OK;
}

sk_rc sk_mapping_run_open(sk_ctx *cx, const sk_mapping *m, const sk_source *src, sk_import *im,
                          sk_mapping_run **ret_run)
{
    SK_TRY(check_said(cx, m, src));
    sk_mapping_run *run = sk_xmalloc(sizeof *run);
    *run = (sk_mapping_run){.cx = cx, .m = m, .src = src, .im = im};
    run->here = sk_new_array(&cx->arena, mapping_here, m->n_entities);
    (void)sk_alloc(&run->keys, 1); /* the first chunk stays from row to row */
    run->start = sk_arena_here(&run->keys);
    sk_import_says(im, m->list, m->asof.column == SK_MAPPING_NONE ? m->asof.text : SK_NONE);
    *ret_run = run;
    return SK_OK;
}

void sk_mapping_run_close(sk_mapping_run *run)
{
    if (!run)
        return;
    sk_keyset_done(&run->seen);
    sk_arena_done(&run->keys);
    free(run);
}

void sk_mapping_run_bind(sk_mapping_run *run, const size_t *where)
{
    run->where = where;
}

/* ---- cells ---- */

sk_str sk_mapping__cell(const sk_mapping_run *run, size_t column)
{
    size_t i = column == SK_MAPPING_NONE ? SK_MAPPING_NONE : run->where[column];
    return i < run->at->n_cells ? sk_str_trim(run->at->cells[i]) : SK_NONE;
}

sk_str sk_mapping__column_name(const sk_mapping_run *run, size_t column)
{
    return column == SK_MAPPING_NONE ? SK_NONE : run->m->columns[column].name;
}

bool sk_mapping__fill(const sk_mapping_run *run, sk_arena *a, const sk_mapping_template *t,
                      size_t own_column, sk_str own, bool is_key, sk_str *ret_text,
                      size_t *ret_missing)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_CSV_ROW_BYTES);
    size_t missing = SK_MAPPING_NONE;
    for (size_t i = 0; i < t->n && missing == SK_MAPPING_NONE; i++) {
        const sk_mapping_piece *piece = &t->pieces[i];
        sk_absent absent;
        if (piece->column == SK_MAPPING_NONE) {
            sk_buf_add(&b, piece->literal);
            continue;
        }
        sk_str cell = piece->column == own_column ? own : sk_mapping__cell(run, piece->column);
        if (!cell.n || sk_mapping__absent(a, run->m, cell, &absent))
            missing = piece->column;
        else
            sk_buf_add(&b, is_key ? sk_mapping__key_part(a, cell) : cell);
    }
    if (missing == SK_MAPPING_NONE)
        *ret_text = sk_str_copy(a, sk_buf_str(&b));
    else if (ret_missing)
        *ret_missing = missing;
    sk_buf_done(&b);
    return missing == SK_MAPPING_NONE;
}

/* ---- keys ---- */

/* Bare ids of the source get the prefix that the user gave; others bear their own. */
static sk_str with_prefix(const sk_mapping_run *run, sk_arena *a, const sk_mapping_entity *e,
                          sk_str key)
{
    bool is_bare = e->key.n == 1 && e->key.pieces[0].column != SK_MAPPING_NONE;
    sk_str prefix = run->src->options.prefix;
    return is_bare && prefix.n ? sk_fmt(a, "%.*s%.*s", SK_P(prefix), SK_P(key)) : key;
}

static sk_str made_key(const sk_mapping_run *run, sk_arena *a, const sk_mapping_entity *e,
                       sk_str end)
{
    sk_str list = list_of(run);
    return list.n ? sk_fmt(a, "%.*s-%.*s-%.*s", SK_P(list), SK_P(e->name), SK_P(end))
                  : sk_fmt(a, "%.*s-%.*s", SK_P(e->name), SK_P(end));
}

static sk_str row_key(const sk_mapping_run *run, sk_arena *a, const sk_mapping_entity *e)
{
    sk_str place = run->at->place; /* "row 12" or "'Sheet 1'!A12" */
    const char *bang = place.n ? memrchr(place.p, '!', place.n) : NULL;
    sk_str sheet = bang ? sk_str_range(place.p, bang) : SK_NONE;
    if (sheet.n > 2 && sheet.p[0] == '\'')
        sheet = sk_str_sub(sheet, 1, sheet.n - 2);
    sk_str row = sk_fmt(a, "row-%llu", (unsigned long long)run->at->row);
    if (sheet.n)
        row = sk_fmt(a, "%.*s-%.*s", SK_P(sk_mapping__key_part(a, sheet)), SK_P(row));
    return made_key(run, a, e, row);
}

/* Blanks and letter case do not make another key; an empty column among others is one more sign. */
static sk_str hash_key(const sk_mapping_run *run, sk_arena *a, const sk_mapping_entity *e)
{
    sk_sha256_state *st = sk_sha256_new();
    bool has_any = false;
    for (size_t i = 0; i < e->n_hashed; i++) {
        sk_absent absent;
        sk_str cell = sk_mapping__cell(run, e->hashed[i]);
        has_any |= cell.n && !sk_mapping__absent(a, run->m, cell, &absent);
        sk_sha256_add(st, sk_mapping__fold(a, cell));
        sk_sha256_add(st, SK_S("\x1f"));
    }
    sk_hash h = sk_sha256_end(st);
    if (!has_any)
        return SK_NONE;
    return made_key(run, a, e, sk_str_sub(sk_hash_hex(a, &h), 0, KEY_HASH_DIGITS));
}

static sk_str key_of(const sk_mapping_run *run, sk_arena *a, const sk_mapping_entity *e)
{
    sk_str key = SK_NONE;
    if (e->key_kind == SK_KEY_ROW)
        key = row_key(run, a, e);
    else if (e->key_kind == SK_KEY_HASH)
        key = hash_key(run, a, e);
    else if (sk_mapping__fill(run, a, &e->key, SK_MAPPING_NONE, SK_NONE, true, &key, NULL))
        key = with_prefix(run, a, e, key);
    return sk_mapping__key_fit(a, sk_mapping__key_part(a, key));
}

/* ---- which entities the row has ---- */

static bool is_when(const sk_mapping_run *run, sk_arena *a, const sk_mapping_entity *e)
{
    sk_str cell = sk_mapping__cell(run, e->when);
    if (e->when == SK_MAPPING_NONE || !e->n_when_words)
        return e->when == SK_MAPPING_NONE || cell.n;
    sk_str folded = sk_mapping__fold(a, cell);
    for (size_t i = 0; i < e->n_when_words; i++)
        if (sk_str_eq(folded, sk_mapping__fold(a, e->when_words[i])))
            return true;
    return false;
}

/* Does the row say anything of the entity itself? */
static bool has_own_text(const sk_mapping_run *run, const sk_mapping_entity *e)
{
    for (size_t i = 0; i < e->n_props; i++) {
        const sk_mapping_prop *p = &e->props[i];
        if (p->source == SK_FROM_COLUMN && sk_mapping__cell(run, p->column).n)
            return true;
        for (size_t k = 0; p->source == SK_FROM_BOUNDS && k < SK_BOUNDS; k++)
            if (sk_mapping__cell(run, p->bounds[k]).n)
                return true;
        for (size_t k = 0; p->source == SK_FROM_JOIN && k < p->join.n; k++)
            if (sk_mapping__cell(run, p->join.pieces[k].column).n)
                return true;
    }
    return false;
}

/* Type by fixed name, or by what the column says; NULL when it says nothing that is known. */
static const sk_type *type_of(const sk_mapping_run *run, sk_arena *a, const sk_mapping_entity *e)
{
    sk_str name = e->type.text;
    if (e->type.column != SK_MAPPING_NONE) {
        name = sk_mapping__cell(run, e->type.column);
        if (!name.n) {
            name = e->type.deflt;
        } else if (e->type_values != SK_MAPPING_NONE) {
            const sk_mapping_values *list = &run->m->values[e->type_values];
            const sk_mapping_value *v = sk_mapping__find_value(a, list, name);
            if (v)
                name = v->target;
            else if (list->others == SK_OTHERS_TARGET)
                name = list->other.target;
            else if (list->others == SK_OTHERS_LEFT)
                name = SK_NONE;
        }
    }
    return sk_model_find_type(sk_model_get(), name);
}

/* The first entity is what the row is about; another is made when the row says something of it. */
static void look_at_entities(sk_mapping_run *run)
{
    for (size_t i = 0; i < run->m->n_entities; i++) {
        const sk_mapping_entity *e = &run->m->entities[i];
        mapping_here *h = &run->here[i];
        h->key = key_of(run, &run->keys, e);
        h->type = type_of(run, &run->keys, e);
        h->is_made =
            h->key.n && h->type && is_when(run, &run->keys, e) &&
            (i == 0 || e->when != SK_MAPPING_NONE || !e->has_own_columns || has_own_text(run, e));
    }
}

static bool is_blank_row(const sk_import_place *at)
{
    for (size_t i = 0; i < at->n_cells; i++)
        if (sk_str_trim(at->cells[i]).n)
            return false;
    return true;
}

/* The first column of an entity's key. */
static size_t key_column(const sk_mapping_entity *e)
{
    for (size_t i = 0; e->key_kind == SK_KEY_TEMPLATE && i < e->key.n; i++)
        if (e->key.pieces[i].column != SK_MAPPING_NONE)
            return e->key.pieces[i].column;
    return e->n_hashed ? e->hashed[0] : SK_MAPPING_NONE;
}

/* What a person should know about the key of the first entity. */
static void remark_on_key(sk_mapping_run *run)
{
    const sk_mapping_entity *e = &run->m->entities[0];
    sk_str key = run->here[0].key;
    if (e->key_kind == SK_KEY_ROW && !run->told_row_keys) {
        run->told_row_keys = true;
        sk_import_remark(run->im, SK_NONE, key,
                         "keys are made from row numbers: a later copy of this table cannot be "
                         "followed row by row; name a column or use key hash");
    }
    if (e->key_kind == SK_KEY_ROW || !run->here[0].is_made || !sk_keyset_add(&run->seen, key))
        return;
    if (e->key_kind == SK_KEY_HASH)
        sk_import_remark(run->im, sk_mapping__column_name(run, e->hashed[0]), key,
                         "an earlier row has the same in the columns of key hash: both rows speak "
                         "of one %.*s; if they are two, add a column that tells them apart",
                         SK_P(e->name));
    else if (!run->told_repeated)
        sk_import_remark(run->im, sk_mapping__column_name(run, key_column(e)), key,
                         "an earlier row has the same key, so both speak of one %.*s (told once)",
                         SK_P(e->name));
    run->told_repeated = true;
}

static size_t missing_column(const sk_mapping_run *run, const sk_mapping_entity *e)
{
    size_t missing = key_column(e);
    sk_str text;
    if (e->key_kind == SK_KEY_TEMPLATE)
        sk_mapping__fill(run, &sk_import_scratch(run->im)->arena, &e->key, SK_MAPPING_NONE, SK_NONE,
                         true, &text, &missing);
    return missing;
}

void sk_mapping__unmade(sk_mapping_run *run, size_t entity)
{
    const sk_mapping_entity *e = &run->m->entities[entity];
    const mapping_here *h = &run->here[entity];
    if (!has_own_text(run, e))
        return;
    if (!is_when(run, &sk_import_scratch(run->im)->arena, e)) {
        sk_import_left(
            run->im, sk_mapping__column_name(run, e->when), sk_mapping__cell(run, e->when),
            "%.*s is not made by that (line %zu of the mapping); what the row says of it "
            "was not taken",
            SK_P(e->name), e->line);
        return;
    }
    if (!h->type) {
        sk_import_left(run->im, sk_mapping__column_name(run, e->type.column),
                       sk_mapping__cell(run, e->type.column),
                       "no type of %.*s is known by that: add it to its values; nothing was taken "
                       "of it",
                       SK_P(e->name));
        return;
    }
    sk_import_left(run->im, sk_mapping__column_name(run, missing_column(run, e)), SK_NONE,
                   "%.*s has no key in this row, for this cell is empty; nothing was taken of it",
                   SK_P(e->name));
}

sk_rc sk_mapping_run_row(sk_mapping_run *run, const sk_import_place *at)
{
    run->at = at;
    sk_arena_back_to(&run->keys, run->start);
    if (is_blank_row(at)) {
        sk_import_row(run->im, at, SK_NONE);
        sk_import_skip(run->im, "blank");
        return SK_OK;
    }
    look_at_entities(run);
    sk_import_row(run->im, at, run->here[0].is_made ? run->here[0].key : SK_NONE);
    if (!sk_mapping__common(run))
        return SK_OK;
    size_t n_made = 0;
    for (size_t i = 0; i < run->m->n_entities; i++)
        n_made += run->here[i].is_made;
    if (!n_made) {
        for (size_t i = 0; i < run->m->n_entities; i++)
            sk_mapping__unmade(run, i);
        sk_import_skip(run->im, "nothing in it has a key and a type");
        return SK_OK;
    }
    remark_on_key(run);
    for (size_t i = 0; i < run->m->n_entities; i++) {
        if (run->here[i].is_made)
            SK_TRY(sk_mapping__claims(run, i));
        else
            sk_mapping__unmade(run, i);
    }
    return SK_OK;
}
