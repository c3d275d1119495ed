/* A search over the index gives what reading every text gives: the same documents, the same blocks,
 * in the promised order, and nothing that the view hides.
 *
 * The record is invented: exhibits of 1 to 700 blocks and thousands of claims, with words that are
 * in nearly every document, in some, in a few and in one; blocks of furniture, hidden rows, a hidden
 * exhibit, hidden claims. The judge keeps the texts itself, reads them with query_match.c, and knows
 * neither FTS5 nor unit numbers. Queries are trees drawn by a fixed seed. */
#include "fixture.h"

#include "base/buf.h"
#include "record/search.h"

enum { MAX_UNITS = 8000, MAX_DOCS = 6000, MAX_EXHIBITS = 64, NO_EXHIBIT = 64, SHOWN = 150 };

static const struct {
    const char *word;
    unsigned per_thousand; /* of the blocks that may hold it */
} vocabulary[] = {{"alpha", 970},  {"beta", 900}, {"guard", 400},
                  {"guards", 300}, {"coal", 100}, {"수용소에서", 500},
                  {"보위부", 60},  {"rare", 8},   {"once", 1}};

/* What queries are made of: as typed, one leaf each. */
static const char *const forms[] = {
    "alpha",  "beta", "guard",  "guards", "guard*", "gu*",     "coal",           "수용",
    "용소에", "소",   "보위부", "rare",   "once",   "nowhere", "\"alpha beta\"", "al*"};

enum { ALPHA = 0, BETA = 1, GUARDS = 4, COAL = 6, CAMP = 7, RARE = 11, ONCE = 12, NOWHERE = 13 };

typedef struct unit {
    size_t doc;
    sk_str text;
    bool is_furniture, is_hidden;
    bool holds[SK_COUNT(forms)]; /* by reading */
} unit;

typedef struct doc {
    bool is_claim;
    size_t first, n;
    size_t exhibit; /* that it is, or that the claim rests on */
} doc;

typedef struct exhibit {
    sk_hash hash;
    sk_str text;
    size_t doc; /* once it was read */
} exhibit;

typedef struct world {
    fixture f;
    exhibit exhibits[MAX_EXHIBITS];
    size_t n_exhibits;
    unit units[MAX_UNITS];
    doc docs[MAX_DOCS];
    size_t n_units, n_docs;
} world;

static uint32_t seed;

static unsigned below(unsigned n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* ---- making the record ---- */

/* Words in a row; a document leaves out some words everywhere. */
static sk_str make_text(world *w, unsigned left_out)
{
    sk_buf b;
    sk_buf_init(&b, SK_KIB(1));
    for (size_t i = 0; i < SK_COUNT(vocabulary); i++)
        if (below(1000) < vocabulary[i].per_thousand && !(left_out >> i & 1))
            sk_buf_addf(&b, "%s ", vocabulary[i].word);
    sk_buf_add(&b, SK_S("end"));
    sk_str s = sk_str_copy(&w->f.cx.arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return s;
}

static unsigned draw_left_out(void)
{
    unsigned left_out = 0;
    for (size_t i = 0; i < SK_COUNT(vocabulary); i++)
        left_out |= (below(8) == 0 ? 1u : 0u) << i;
    return left_out;
}

static void add_doc(world *w, bool is_claim, size_t on)
{
    assert_true(w->n_docs < MAX_DOCS);
    w->docs[w->n_docs++] = (doc){.is_claim = is_claim, .first = w->n_units, .exhibit = on};
}

static unit *add_unit(world *w, sk_str text)
{
    assert_true(w->n_units < MAX_UNITS);
    unit *u = &w->units[w->n_units++];
    *u = (unit){.doc = w->n_docs - 1, .text = text};
    w->docs[u->doc].n++;
    return u;
}

static size_t capture_exhibit(world *w)
{
    assert_true(w->n_exhibits < MAX_EXHIBITS);
    size_t number = w->n_exhibits++;
    sk_ctx *cx = &w->f.cx;
    sk_hash id;
    sk_capture_draft c = {.name = sk_fmt(&cx->arena, "x-%zu", number), .method = SK_S("file")};
    OK(&w->f, sk_blob_write_bytes(cx, cx->archive, c.name, &c.blob));
    OK(&w->f, sk_record_capture(cx, &c, &id));
    w->exhibits[number] = (exhibit){.hash = c.blob.hash, .doc = MAX_DOCS};
    return number;
}

/* Its text comes in, perhaps after claims that rest on it. */
static void read_exhibit(world *w, size_t number, unsigned n_blocks)
{
    sk_ctx *cx = &w->f.cx;
    unsigned left_out = draw_left_out();
    sk_block *blocks = sk_new_array(&cx->arena, sk_block, n_blocks);
    sk_document text = {.outcome = SK_OUTCOME_OK, .reader = SK_S("test/1"), .blocks = blocks};
    OK(&w->f, sk_record_commit(cx));
    w->exhibits[number].doc = w->n_docs;
    add_doc(w, false, number);
    sk_buf b;
    sk_buf_init(&b, SK_MIB(1));
    for (; text.n_blocks < n_blocks; text.n_blocks++) {
        sk_block *block = &blocks[text.n_blocks];
        unit *u = add_unit(w, make_text(w, left_out));
        u->is_furniture = below(10) == 0;
        block->kind = u->is_furniture ? SK_BLOCK_FURNITURE : SK_BLOCK_TEXT;
        block->place = sk_fmt(&cx->arena, "row %zu", text.n_blocks + 1);
        block->start = b.n;
        sk_buf_add(&b, u->text);
        block->end = b.n;
        sk_buf_addc(&b, '\n');
    }
    text.text = sk_buf_str(&b);
    OK(&w->f, sk_index_begin(cx, cx->index));
    OK(&w->f, sk_index_put_document(cx, cx->index, &w->exhibits[number].hash, &text));
    OK(&w->f, sk_index_end(cx, cx->index));
    sk_buf_done(&b);
}

static size_t put_exhibit(world *w, unsigned n_blocks)
{
    size_t number = capture_exhibit(w);
    read_exhibit(w, number, n_blocks);
    return number;
}

/* A claim that may be hidden, and may rest on a row of an exhibit, which is hidden with it. */
static void put_claim(world *w, size_t on)
{
    const doc *x = NULL;
    if (on < NO_EXHIBIT && w->exhibits[on].doc < MAX_DOCS)
        x = &w->docs[w->exhibits[on].doc];
    add_doc(w, true, on);
    unit *u = add_unit(w, make_text(w, draw_left_out()));
    sk_str entity = sk_fmt(&w->f.cx.arena, "entity-%zu", w->n_docs - 1), label = SK_S("identity");
    sk_claim c = draft(&w->f, entity.p, "Person:name", u->text.p, "desk");
    sk_passage p = {0};
    u->is_hidden = below(7) == 0 && (x || on == NO_EXHIBIT);
    c.restrict_labels = &label;
    c.n_restrict = u->is_hidden;
    if (on < NO_EXHIBIT) {
        size_t row = x ? below((unsigned)x->n) : 0;
        p.exhibit = w->exhibits[on].hash;
        p.place = sk_fmt(&w->f.cx.arena, "row %zu", row + 1);
        c.passages = &p;
        c.n_passages = 1;
        if (u->is_hidden)
            w->units[x->first + row].is_hidden = true;
    }
    fixture_log(&w->f, c);
}

static void read_everything(world *w)
{
    sk_str all = SK_NONE;
    const sk_query *q;
    for (size_t i = 0; i < SK_COUNT(forms); i++)
        all = sk_fmt(&w->f.cx.arena, "%.*s %s", SK_P(all), forms[i]);
    OK(&w->f, sk_query_parse(&w->f.cx, all, &q));
    assert_int_equal(q->n_leaves, SK_COUNT(forms));
    for (size_t u = 0; u < w->n_units; u++)
        for (size_t i = 0; i < SK_COUNT(forms); i++) {
            sk_arena_mark mark = sk_arena_here(&w->f.cx.arena);
            w->units[u].holds[i] = sk_query_leaf_matches_text(&w->f.cx, q, i, w->units[u].text);
            sk_arena_back_to(&w->f.cx.arena, mark);
        }
}

/* Exhibits that filters ask for: one with many claims, one with a few, one that was read long after
 * its few claims. */
enum { MUCH_USED = 0, LITTLE_USED = 1, READ_LATE = 2 };

static void hide(world *w, size_t number)
{
    sk_hash id;
    sk_str hex = sk_hash_hex(&w->f.cx.arena, &w->exhibits[number].hash);
    OK(&w->f, sk_record_restrict(&w->f.cx, sk_fmt(&w->f.cx.arena, "exhibit %.*s", SK_P(hex)),
                                 SK_S("sealed"), SK_S("x"), &id));
    const doc *d = &w->docs[w->exhibits[number].doc];
    for (size_t i = 0; i < d->n; i++)
        w->units[d->first + i].is_hidden = true;
}

/* Claims and exhibits in turn; the newest are large exhibits, so that words of every document stand
 * between a search and its answers. */
static void world_make(world *w)
{
    fixture_init(&w->f);
    seed = 1987;
    put_exhibit(w, 40);
    put_exhibit(w, 12);
    size_t late = capture_exhibit(w);
    for (size_t i = 0; i < 1500; i++)
        put_claim(w, i % 5 == 0    ? MUCH_USED
                     : i % 31 == 0 ? LITTLE_USED
                     : i % 41 == 0 ? READ_LATE
                                   : NO_EXHIBIT);
    for (int i = 0; i < 40; i++) {
        put_exhibit(w, 1 + below(30));
        for (int k = 0; k < 20; k++)
            put_claim(w, below(4) ? NO_EXHIBIT : below(2));
    }
    read_exhibit(w, late, 700);
    put_exhibit(w, 3);
    size_t hidden = put_exhibit(w, 600);
    put_exhibit(w, 500);
    hide(w, hidden);
    fixture_commit(&w->f);
    read_everything(w);
}

/* ---- the judge ---- */

typedef struct asked {
    sk_str text;
    size_t form_of[SK_LIM_QUERY_TERMS];
    size_t n_leaves;
    bool as_guest, with_furniture;
    enum { ALL_KINDS, EXHIBITS, CLAIMS } kind;
    size_t exhibit; /* only this and the claims that rest on it, or NO_EXHIBIT */
} asked;

typedef struct found {
    size_t unit;
    unsigned leaves;
} found;

static bool may_show(const asked *a, const unit *u)
{
    return !(a->as_guest && u->is_hidden) && (a->with_furniture || !u->is_furniture);
}

static bool passes(const world *w, const asked *a, size_t d)
{
    if (a->kind != ALL_KINDS && w->docs[d].is_claim != (a->kind == CLAIMS))
        return false;
    return a->exhibit == NO_EXHIBIT || w->docs[d].exhibit == a->exhibit;
}

/* Add what is shown of one document; most + 1 tell that there is more. */
static void judge_doc(const world *w, const asked *a, const sk_query *q, const doc *d, found *list,
                      size_t *n)
{
    bool has[SK_LIM_QUERY_TERMS] = {0};
    size_t first = MAX_UNITS, before = *n;
    for (size_t u = d->first; u < d->first + d->n; u++) {
        if (!may_show(a, &w->units[u]))
            continue;
        first = first < u ? first : u;
        for (size_t i = 0; i < a->n_leaves; i++)
            has[i] |= w->units[u].holds[a->form_of[i]];
    }
    if (first == MAX_UNITS || !sk_query_eval(q, has))
        return;
    for (size_t u = d->first; u < d->first + d->n && *n <= SK_SEARCH_DOCUMENTS; u++) {
        unsigned leaves = 0;
        for (size_t i = 0; may_show(a, &w->units[u]) && i < a->n_leaves; i++)
            leaves += w->units[u].holds[a->form_of[i]] && !q->leaves[i].negated;
        if (leaves)
            list[(*n)++] = (found){u, leaves};
    }
    if (*n == before)
        list[(*n)++] = (found){first, 0};
}

static int by_leaves(const void *p, const void *q)
{
    const found *a = p, *b = q;
    if (a->leaves != b->leaves)
        return a->leaves > b->leaves ? -1 : 1;
    return (a->unit > b->unit) - (a->unit < b->unit);
}

static size_t judge(const world *w, const asked *a, const sk_query *q, found *list)
{
    size_t n = 0;
    for (size_t d = w->n_docs; d-- > 0 && n <= SK_SEARCH_DOCUMENTS;)
        if (passes(w, a, d))
            judge_doc(w, a, q, &w->docs[d], list, &n);
    if (n <= SK_SEARCH_DOCUMENTS)
        qsort(list, n, sizeof *list, by_leaves);
    return n;
}

static size_t unit_of(const world *w, const sk_hit *hit)
{
    size_t number = 0, row = 1;
    if (hit->is_claim)
        assert_int_equal(sscanf(hit->claim.claim.entity.p, "entity-%zu", &number), 1);
    else
        assert_int_equal(sscanf(hit->exhibit.name.p, "x-%zu", &number), 1);
    if (!hit->is_claim) {
        number = w->exhibits[number].doc;
        assert_int_equal(sscanf(hit->block.place.p, "row %zu", &row), 1);
    }
    return w->docs[number].first + row - 1;
}

/* Ask the index and the judge; returns how many were found. */
static size_t check(world *w, const asked *a)
{
    static found expected[SK_SEARCH_DOCUMENTS + 2];
    sk_ctx *cx = &w->f.cx;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    const sk_query *q;
    sk_search_result r;
    sk_str text =
        sk_fmt(&cx->arena, "(%.*s)%s%s", SK_P(a->text), a->with_furniture ? " furniture:yes" : "",
               a->kind == EXHIBITS ? " kind:exhibit"
               : a->kind == CLAIMS ? " kind:claim"
                                   : "");
    if (a->exhibit < NO_EXHIBIT)
        text = sk_fmt(&cx->arena, "%.*s exhibit:x-%zu", SK_P(text), a->exhibit);
    OK(&w->f, sk_query_parse(cx, text, &q));
    assert_int_equal(q->n_leaves, a->n_leaves);
    OK(&w->f, sk_search(cx, w->f.view, q, 0, SHOWN, &r));
    size_t n = judge(w, a, q, expected);
    size_t total = n <= SK_SEARCH_DOCUMENTS ? n : SK_SEARCH_DOCUMENTS;
    if (r.total != total || r.total_is_floor != (n > total))
        fail_msg("%.*s (guest %d): found %zu%s, by reading %zu%s", SK_P(text), a->as_guest,
                 (size_t)r.total, r.total_is_floor ? "+" : "", total, n > total ? "+" : "");
    assert_int_equal(r.n, total < SHOWN ? total : SHOWN);
    for (size_t i = 0; i < r.n; i++)
        if (unit_of(w, &r.hits[i]) != expected[i].unit)
            fail_msg("%.*s (guest %d): hit %zu is unit %zu, by reading %zu", SK_P(text),
                     a->as_guest, i, unit_of(w, &r.hits[i]), expected[i].unit);
    sk_arena_back_to(&cx->arena, mark);
    return n;
}

/* ---- drawing ---- */

static sk_str draw_leaf(world *w, asked *a)
{
    size_t form = below(SK_COUNT(forms));
    a->form_of[a->n_leaves++] = form;
    return sk_str_of(forms[form]);
}

static sk_str draw_tree(world *w, asked *a, unsigned depth)
{
    sk_arena *arena = &w->f.cx.arena;
    if (depth == 0 || below(5) == 0)
        return draw_leaf(w, a);
    bool is_not = below(4) == 0;
    sk_str x = draw_tree(w, a, depth - 1);
    if (is_not)
        return sk_fmt(arena, "NOT (%.*s)", SK_P(x));
    const char *joined = below(4) == 0 ? "AND NOT" : below(3) ? "AND" : "OR";
    sk_str y = draw_tree(w, a, depth - 1);
    return sk_fmt(arena, "(%.*s %s %.*s)", SK_P(x), joined, SK_P(y));
}

/* A tree that a single match of FTS5 would answer is ranked otherwise: an AND NOT is put to it. */
static asked draw(world *w)
{
    asked a = {.exhibit = NO_EXHIBIT};
    sk_str tree = draw_tree(w, &a, 1 + below(3));
    a.form_of[a.n_leaves++] = NOWHERE;
    a.text = sk_fmt(&w->f.cx.arena, "%.*s NOT nowhere", SK_P(tree));
    a.with_furniture = below(4) == 0;
    switch (below(8)) {
    case 0:
        a.kind = EXHIBITS;
        break;
    case 1:
        a.kind = CLAIMS;
        break;
    case 2:
    case 3:
        a.exhibit = below(3);
        break;
    default:;
    }
    return a;
}

static world *the_world;

static void view_as(bool guest)
{
    fixture_view_as(&the_world->f, guest ? "guest" : "", "work");
}

/* ---- tests ---- */

static void trees_of_words_find_what_reading_finds(void **state)
{
    size_t many = 0, some = 0;
    for (int i = 0; i < 800; i++) {
        sk_arena_mark mark = sk_arena_here(&the_world->f.cx.arena);
        asked a = draw(the_world);
        a.as_guest = i >= 400;
        if (i % 400 == 0)
            view_as(a.as_guest);
        size_t n = check(the_world, &a);
        many += n > SK_SEARCH_DOCUMENTS;
        some += n > 0 && n <= SK_SEARCH_DOCUMENTS;
        if (i % 400)
            sk_arena_back_to(&the_world->f.cx.arena, mark);
    }
    assert_true(many > 100 && some > 100); /* both kinds of answer were judged */
}

static asked ask(const char *text, size_t n, const size_t *leaves)
{
    asked a = {.text = sk_str_of(text), .n_leaves = n, .exhibit = NO_EXHIBIT};
    memcpy(a.form_of, leaves, n * sizeof *leaves);
    return a;
}

/* The shapes that were slow once: words that nearly every document holds. */
static void words_of_every_document_find_what_reading_finds(void **state)
{
    static const struct {
        const char *text;
        size_t n, leaves[3];
    } cases[] = {
        {"alpha NOT beta", 2, {ALPHA, BETA}},
        {"alpha AND beta", 2, {ALPHA, BETA}},
        {"NOT alpha", 1, {ALPHA}},
        {"NOT (alpha OR beta)", 2, {ALPHA, BETA}},
        {"NOT (alpha AND beta)", 2, {ALPHA, BETA}},
        {"NOT alpha AND NOT beta", 2, {ALPHA, BETA}},
        {"NOT NOT alpha", 1, {ALPHA}},
        {"NOT nowhere", 1, {NOWHERE}},
        {"alpha NOT alpha", 2, {ALPHA, ALPHA}},
        {"rare AND alpha", 2, {RARE, ALPHA}},
        {"once AND alpha AND beta", 3, {ONCE, ALPHA, BETA}},
        {"once AND guard* AND alpha", 3, {ONCE, GUARDS, ALPHA}},
        {"once NOT beta", 2, {ONCE, BETA}},
        {"coal OR (alpha AND rare)", 3, {COAL, ALPHA, RARE}},
        {"once OR NOT alpha", 2, {ONCE, ALPHA}},
        {"alpha NOT (beta 수용)", 3, {ALPHA, BETA, CAMP}},
    };
    for (int guest = 0; guest < 2; guest++) {
        view_as(guest);
        for (size_t i = 0; i < SK_COUNT(cases); i++)
            for (int furniture = 0; furniture < 2; furniture++) {
                asked a = ask(cases[i].text, cases[i].n, cases[i].leaves);
                a.as_guest = guest;
                a.with_furniture = furniture;
                check(the_world, &a);
            }
    }
}

static int make_world(void **state)
{
    the_world = calloc(1, sizeof *the_world);
    assert_non_null(the_world);
    world_make(the_world);
    return 0;
}

static int end_world(void **state)
{
    fixture_done(&the_world->f);
    free(the_world);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_every_document_find_what_reading_finds),
        cmocka_unit_test(trees_of_words_find_what_reading_finds),
    };
    return cmocka_run_group_tests(tests, make_world, end_world);
}
