#include "exchange/import.h"

#include "base/progress.h"

#include <stdarg.h>
#include <stdio.h>

/* A claim that the row in hand has made, for finding repetitions. */
typedef struct row_claim {
    uint64_t hash;
    const sk_claim *claim;
} row_claim;

enum { FIRST_SLOTS = 64, NOTICE_EACH = 256 };

struct sk_import {
    sk_ctx *cx;
    const sk_source *source;
    const sk_import_sink *sink;
    sk_ctx rcx;          /* scratch of the row in hand */
    sk_arena_mark start; /* to which its arena goes back */
    sk_import_place at;
    sk_str key;
    bool in_row;
    sk_rc rc;         /* the sink's error, until a function that may fail returns it */
    row_claim *slots; /* by hash, open addressing; in rcx */
    size_t n_slots, n_row_claims;
    const sk_str *chain; /* of claims that name none */
    size_t n_chain;
    sk_str list, asof; /* of the options, else of the file; in cx's arena */
    sk_import_summary sum;
};

/* ---- rows ---- */

static void end_row(sk_import *im)
{
    if (im->in_row && !im->rc && im->sink->row_end)
        im->rc = im->sink->row_end(im->cx, &im->at, im->key, im->sink->arg);
    im->in_row = false;
}

/* Up to 511 bytes of s into buf, which survives the scratch memory that s may stand in. */
enum { KEPT_BYTES = 512 };

static sk_str keep(char buf[KEPT_BYTES], sk_str s)
{
    size_t n = s.n < KEPT_BYTES - 1 ? s.n : KEPT_BYTES - 1;
    memcpy(buf, s.n ? s.p : "", n);
    return (sk_str){buf, n};
}

static bool is_cancelled(sk_import *im)
{
    return im->sum.rows % NOTICE_EACH == 0 && im->cx->cancelled &&
           im->cx->cancelled(im->cx->cancelled_arg);
}

static const sk_str *copy_cells(sk_arena *a, const sk_str *cells, size_t n)
{
    if (!cells)
        return NULL;
    sk_str *copy = sk_new_array(a, sk_str, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = cells[i].n ? sk_str_copy(a, cells[i]) : cells[i];
    return copy;
}

void sk_import_row(sk_import *im, const sk_import_place *at, sk_str key)
{
    end_row(im);
    char place[KEPT_BYTES], kept_key[KEPT_BYTES];
    sk_str p = keep(place, at->place), k = keep(kept_key, key);
    sk_arena_back_to(&im->rcx.arena, im->start);
    im->slots = NULL;
    im->n_slots = im->n_row_claims = 0;
    im->at = *at;
    im->at.place = p.n ? sk_str_copy(&im->rcx.arena, p)
                       : sk_fmt(&im->rcx.arena, "row %llu", (unsigned long long)at->row);
    im->key = sk_str_copy(&im->rcx.arena, k);
    if (im->sink->row_end) /* called when the reader holds the next row already */
        im->at.cells = copy_cells(&im->rcx.arena, at->cells, at->n_cells);
    im->in_row = true;
    im->sum.rows++;
    sk_progress_add(im->cx->progress, 1);
    if (!im->rc && is_cancelled(im))
        im->rc = sk_fail(im->cx, SK_E_CANCELLED, "the import was stopped");
    if (!im->rc && im->sink->row)
        im->rc = im->sink->row(im->cx, &im->at, im->key, im->sink->arg);
}

sk_ctx *sk_import_scratch(sk_import *im)
{
    return &im->rcx;
}

/* ---- findings ---- */

static void tell(sk_import *im, sk_import_finding_kind kind, sk_str column, sk_str value,
                 sk_str message)
{
    sk_import_finding f = {kind, column, value, message};
    if (!im->rc && im->sink->finding)
        im->sink->finding(&f, &im->at, im->sink->arg);
}

SK_PRINTF(2, 0) static sk_str format(sk_import *im, const char *fmt, va_list args)
{
    char text[1024];
    int n = vsnprintf(text, sizeof text, fmt, args);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    return sk_str_copy(&im->rcx.arena, (sk_str){text, len});
}

#define SAY(kind, column, value)                              \
    do {                                                      \
        va_list args;                                         \
        va_start(args, fmt);                                  \
        tell(im, kind, column, value, format(im, fmt, args)); \
        va_end(args);                                         \
    } while (0)

void sk_import_left(sk_import *im, sk_str column, sk_str value, const char *fmt, ...)
{
    im->sum.values_left++;
    SAY(SK_IMPORT_LEFT, column, value);
}

void sk_import_remark(sk_import *im, sk_str column, sk_str value, const char *fmt, ...)
{
    im->sum.remarks++;
    SAY(SK_IMPORT_REMARK, column, value);
}

void sk_import_skip(sk_import *im, const char *fmt, ...)
{
    im->sum.rows_skipped++;
    SAY(SK_IMPORT_SKIPPED, SK_NONE, SK_NONE);
}

/* ---- what holds for the whole import ---- */

void sk_import_says(sk_import *im, sk_str list, sk_str asof)
{
    if (!im->list.n)
        im->list = sk_str_copy(&im->cx->arena, list);
    if (!im->asof.n)
        im->asof = sk_str_copy(&im->cx->arena, asof);
}

void sk_import_says_claimant(sk_import *im, sk_str claimant)
{
    if (im->n_chain || !claimant.n)
        return;
    sk_str *chain = sk_new(&im->cx->arena, sk_str);
    *chain = sk_str_copy(&im->cx->arena, claimant);
    im->chain = chain;
    im->n_chain = 1;
}

/* ---- claims ---- */

static uint64_t mix(uint64_t h, sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
    return (h ^ 0xff) * 0x100000001b3u;
}

static uint64_t hash_of(const sk_claim *c)
{
    uint64_t h = 0xcbf29ce484222325u;
    h = mix(h, c->entity);
    h = mix(h, c->prop);
    h = mix(h, c->value);
    h = mix(h, c->words);
    return h ^ (h >> 29);
}

static bool same_quantity(const sk_quantity *a, const sk_quantity *b)
{
    return a->has_low == b->has_low && a->has_high == b->has_high && a->qualifier == b->qualifier &&
           (!a->has_low || sk_decimal_cmp(a->low, b->low) == 0) &&
           (!a->has_high || sk_decimal_cmp(a->high, b->high) == 0) && sk_str_eq(a->unit, b->unit);
}

static bool says_the_same(const sk_claim *a, const sk_claim *b)
{
    bool same = sk_str_eq(a->entity, b->entity) && sk_str_eq(a->type, b->type) &&
                sk_str_eq(a->prop, b->prop) && sk_str_eq(a->value, b->value) &&
                sk_str_eq(a->words, b->words) && a->absent == b->absent &&
                a->position == b->position && a->used_falsely == b->used_falsely &&
                sk_str_eq(a->valid, b->valid) && sk_str_eq(a->said, b->said) &&
                sk_str_eq(a->asof, b->asof) && sk_str_eq(a->lang, b->lang) &&
                sk_str_eq(a->measure, b->measure) && sk_str_eq(a->note, b->note) &&
                sk_str_eq(a->carrier, b->carrier) && sk_str_eq(a->reference, b->reference) &&
                same_quantity(&a->quantity, &b->quantity) && a->n_chain == b->n_chain &&
                a->n_passages == b->n_passages;
    for (size_t i = 0; same && i < a->n_chain; i++)
        same = sk_str_eq(a->chain[i], b->chain[i]);
    for (size_t i = 0; same && i < a->n_passages; i++)
        same = sk_hash_eq(&a->passages[i].exhibit, &b->passages[i].exhibit) &&
               sk_str_eq(a->passages[i].place, b->passages[i].place) &&
               sk_str_eq(a->passages[i].quote, b->passages[i].quote) &&
               a->passages[i].start == b->passages[i].start &&
               a->passages[i].end == b->passages[i].end;
    return same;
}

static row_claim *slot_of(sk_import *im, uint64_t hash, const sk_claim *claim)
{
    size_t at = (size_t)hash & (im->n_slots - 1);
    while (im->slots[at].claim &&
           !(im->slots[at].hash == hash && says_the_same(im->slots[at].claim, claim)))
        at = (at + 1) & (im->n_slots - 1);
    return &im->slots[at];
}

static void grow_slots(sk_import *im)
{
    row_claim *old = im->slots;
    size_t n = im->n_slots;
    im->n_slots = n ? n * 2 : FIRST_SLOTS;
    im->slots = sk_new_array(&im->rcx.arena, row_claim, im->n_slots);
    for (size_t i = 0; i < n; i++)
        if (old[i].claim)
            *slot_of(im, old[i].hash, old[i].claim) = old[i];
}

/* True when the row has made this very claim before; else it is remembered. */
static bool is_repeated(sk_import *im, const sk_claim *claim)
{
    if (im->n_row_claims * 2 >= im->n_slots)
        grow_slots(im);
    uint64_t hash = hash_of(claim);
    row_claim *slot = slot_of(im, hash, claim);
    if (slot->claim)
        return true;
    *slot = (row_claim){hash, claim};
    im->n_row_claims++;
    return false;
}

static void fill_in(sk_import *im, sk_claim *c)
{
    const sk_import_options *o = &im->source->options;
    if (!c->n_chain) {
        c->chain = im->chain;
        c->n_chain = im->n_chain;
    }
    if (!c->carrier.n)
        c->carrier = o->carrier;
    if (!c->asof.n)
        c->asof = im->asof;
    if (!c->reference.n)
        c->reference = o->reference;
    if (c->n_passages == 0) {
        sk_passage *p = sk_new(&im->rcx.arena, sk_passage);
        *p = (sk_passage){.exhibit = im->source->files[im->at.file].hash, .place = im->at.place};
        c->passages = p;
        c->n_passages = 1;
    } else if (!c->is_coded) { /* it rests elsewhere; the row is where it was found */
        c->is_coded = true;
        c->coded_in = im->source->files[im->at.file].hash;
        c->coded_place = im->at.place;
    }
}

/* Is a language a property of this kind of value? The import's own language says nothing of a date. */
static bool has_language(sk_value_type kind)
{
    return kind == SK_VALUE_NAME || kind == SK_VALUE_TEXT;
}

typedef struct warning {
    sk_import *im;
    sk_str column, value;
} warning;

static void warn(sk_ctx *rcx, sk_str message, void *arg)
{
    warning *w = arg;
    (void)rcx;
    sk_import_remark(w->im, w->column, w->value, "%.*s", SK_P(message));
}

sk_rc sk_import_claim(sk_import *im, sk_str column, const sk_claim *draft)
{
    sk_assert(im->in_row);
    if (im->rc)
        return im->rc;
    sk_claim *c = sk_new(&im->rcx.arena, sk_claim);
    *c = *draft;
    fill_in(im, c);
    bool is_given = c->lang.n != 0;
    if (!is_given)
        c->lang = im->source->options.lang;
    sk_str value = c->words.n ? c->words : c->value;
    warning w = {im, column, value};
    if (sk_claim_check(&im->rcx, c, warn, &w)) {
        sk_import_left(im, column, value, "%s", im->rcx.message);
        sk_forgive(&im->rcx);
        return im->rc;
    }
    if (!is_given && !has_language(c->kind)) /* the check has settled the kind */
        c->lang = SK_NONE;
    if (is_repeated(im, c)) {
        im->sum.repeated++;
        return SK_OK;
    }
    im->sum.claims++;
    if (im->sink->claim)
        im->rc = im->sink->claim(im->cx, c, &im->at, column, im->sink->arg);
    return im->rc;
}

sk_rc sk_import_words(sk_import *im, sk_str column, sk_str entity, const char *type,
                      const char *prop, sk_str value, sk_str words)
{
    if (!value.n)
        return SK_OK;
    sk_claim draft = {.entity = entity,
                      .type = sk_str_of(type),
                      .prop = sk_str_of(prop),
                      .value = value,
                      .words = sk_str_eq(value, words) ? SK_NONE : words};
    return sk_import_claim(im, column, &draft);
}

sk_rc sk_import_value(sk_import *im, sk_str column, sk_str entity, const char *type,
                      const char *prop, sk_str value)
{
    return sk_import_words(im, column, entity, type, prop, value, SK_NONE);
}

/* ---- the run ---- */

sk_rc sk_import_run(sk_ctx *cx, const sk_reader *reader, const sk_source *source,
                    const sk_import_sink *sink, sk_import_summary *ret_summary)
{
    sk_assert(source->n_files > 0);
    sk_import im = {
        .cx = cx,
        .source = source,
        .sink = sink,
        .list = source->options.list,
        .asof = source->options.asof,
        .chain = source->options.claimant,
        .n_chain = source->options.n_claimant,
    };
    sk_ctx_init(&im.rcx);
    (void)sk_alloc(&im.rcx.arena, 1); /* the first chunk stays from row to row */
    im.start = sk_arena_here(&im.rcx.arena);
    sk_rc rc = reader->read(cx, source, &im);
    if (!rc)
        end_row(&im);
    if (!rc)
        rc = im.rc;
    im.sum.list = im.list;
    im.sum.asof = im.asof;
    sk_ctx_done(&im.rcx);
    if (rc)
        return rc;
    if (ret_summary)
        *ret_summary = im.sum;
    return SK_OK;
}
