/* What each kind of entry means to the rows of the index: one function a kind, one table at the
 * end. A kind that this version does not know keeps its entry row, so that it is stored, counted,
 * verified and shown, and nothing else.
 *
 * Nothing here looks at another entry: what several entries mean together is settled afterwards
 * (settle.c), so that the order in which entries arrive makes no difference. */
#include "record/index_private.h"
#include "record/claim.h"
#include "record/suggestion.h"

typedef struct applying {
    sk_index *ix;
    const sk_entry *entry;
    int64_t row; /* of the entry */
} applying;

static sk_rc put_entry(sk_ctx *cx, applying *ap, const sk_entry_place *place)
{
    const sk_entry *e = ap->entry;
    int64_t kind, by, device;
    SK_TRY(sk_index__word(cx, ap->ix, e->kind, &kind));
    SK_TRY(sk_index__word(cx, ap->ix, e->by, &by));
    SK_TRY(sk_index__word(cx, ap->ix, place->device, &device));
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ap->ix->db,
                  "INSERT INTO entry(hash, kind, at, by, device, segment, offset, leaf)"
                  " VALUES(?,?,?,?,?,?,?,?)",
                  &q));
    sk_bind_hash(q, 1, &e->id);
    sk_bind_i64(q, 2, kind);
    sk_bind_str(q, 3, e->at);
    sk_bind_i64(q, 4, by);
    sk_bind_i64(q, 5, device);
    sk_bind_i64(q, 6, place->segment);
    sk_bind_i64(q, 7, (int64_t)place->offset);
    sk_bind_i64(q, 8, (int64_t)place->leaf);
    SK_TRY(sk_run(cx, q));
    ap->row = sqlite3_last_insert_rowid(ap->ix->db.handle);
    return SK_OK;
}

/* Labels an entry puts on a thing: target is a hash (exhibit, claim) or a key (entity). */
static sk_rc put_restriction(sk_ctx *cx, applying *ap, const char *kind, const sk_hash *hash,
                             sk_str key, sk_str label)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ap->ix->db,
                  "INSERT OR IGNORE INTO restriction(id, kind, target, label) VALUES(?,?,?,?)",
                  &q));
    sk_bind_i64(q, 1, ap->row);
    sk_bind_str(q, 2, sk_str_of(kind));
    if (hash)
        sk_bind_hash(q, 3, hash);
    else
        sk_bind_str(q, 3, key);
    sk_bind_str(q, 4, label);
    return sk_run(cx, q);
}

static sk_rc put_labels(sk_ctx *cx, applying *ap, const char *kind, const sk_hash *hash)
{
    sk_str label;
    for (size_t at = 0; sk_entry_next(ap->entry, "restrict", &at, &label);)
        SK_TRY(put_restriction(cx, ap, kind, hash, SK_NONE, label));
    return SK_OK;
}

static sk_rc apply_capture(sk_ctx *cx, applying *ap)
{
    const sk_entry *e = ap->entry;
    sk_hash sha256;
    uint64_t size;
    sk_str rest = sk_entry_get(e, "blob"), hex; /* "<64 hex digits> <size>" */
    if (!sk_str_cut(&rest, ' ', &hex) || !sk_hash_parse(hex, &sha256) ||
        !sk_str_to_u64(rest, &size))
        return SK_OK; /* not a capture that we can use; its entry row stays */
    int64_t exhibit;
    SK_TRY(sk_index__exhibit(cx, ap->ix, &sha256, &exhibit));
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ap->ix->db,
                  "UPDATE exhibit SET size = ?, as_text = as_text OR ? WHERE id = ?", &q));
    sk_bind_i64(q, 1, (int64_t)size);
    sk_bind_i64(q, 2, !sk_str_is(sk_entry_get(e, "method"), "import"));
    sk_bind_i64(q, 3, exhibit);
    SK_TRY(sk_run(cx, q));
    static const char *const keys[] = {"name",        "media",  "url",   "captured",
                                       "captured-by", "rights", "method"};
    SK_TRY(sk_sql(cx, &ap->ix->db,
                  "INSERT INTO capture(id, exhibit, name, media, url, captured, captured_by,"
                  " rights, method) VALUES(?,?,?,?,?,?,?,?,?)",
                  &q));
    sk_bind_i64(q, 1, ap->row);
    sk_bind_i64(q, 2, exhibit);
    for (size_t i = 0; i < SK_COUNT(keys); i++)
        sk_bind_opt(q, 3 + (int)i, sk_entry_get(e, keys[i]));
    SK_TRY(sk_run(cx, q));
    return put_labels(cx, ap, "exhibit", &sha256);
}

/* Values that people would search for by word become units of the full-text index. */
static sk_rc index_words(sk_ctx *cx, sk_index *ix, int64_t row, const sk_claim *c)
{
    bool is_number = c->kind == SK_VALUE_IDENTIFIER; /* found in its canonical form */
    sk_str text = c->words.n && !is_number ? c->words : c->value;
    if ((c->kind != SK_VALUE_NAME && c->kind != SK_VALUE_TEXT && !is_number) || text.n == 0)
        return SK_OK;
    sk_stmt *q;
    int64_t unit;
    SK_TRY(sk_index__next_unit(cx, ix, &unit));
    SK_TRY(sk_sql(
        cx, &ix->db,
        "INSERT INTO unit(kind, owner, text, id, first, last) VALUES(4, ?1, ?2, ?3, ?3, ?3)", &q));
    sk_bind_i64(q, 1, row);
    sk_bind_str(q, 2, text);
    sk_bind_i64(q, 3, unit);
    SK_TRY(sk_run(cx, q));
    SK_TRY(sk_sql(cx, &ix->db, "INSERT INTO fts(rowid, text) VALUES(?, ?)", &q));
    sk_bind_i64(q, 1, unit);
    sk_bind_str(q, 2, text);
    return sk_run(cx, q);
}

static sk_rc put_passages(sk_ctx *cx, sk_index *ix, int64_t row, const sk_claim *c)
{
    for (size_t i = 0; i < c->n_passages; i++) {
        const sk_passage *p = &c->passages[i];
        int64_t exhibit;
        SK_TRY(sk_index__exhibit(cx, ix, &p->exhibit, &exhibit));
        sk_stmt *q;
        SK_TRY(sk_sql(cx, &ix->db,
                      "INSERT INTO passage(claim, ord, exhibit, start, \"end\", place)"
                      " VALUES(?,?,?,?,?,?)",
                      &q));
        sk_bind_i64(q, 1, row);
        sk_bind_i64(q, 2, (int64_t)i);
        sk_bind_i64(q, 3, exhibit);
        if (p->has_span) {
            sk_bind_i64(q, 4, (int64_t)p->start);
            sk_bind_i64(q, 5, (int64_t)p->end);
        }
        sk_bind_opt(q, 6, p->place);
        SK_TRY(sk_run(cx, q));
    }
    return SK_OK;
}

static sk_rc put_coding(sk_ctx *cx, applying *ap, const sk_claim *c)
{
    int64_t exhibit;
    if (!c->is_coded)
        return SK_OK;
    SK_TRY(sk_index__exhibit(cx, ap->ix, &c->coded_in, &exhibit));
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ap->ix->db, "INSERT INTO coding(claim, exhibit, place) VALUES(?,?,?)", &q));
    sk_bind_i64(q, 1, ap->row);
    sk_bind_i64(q, 2, exhibit);
    sk_bind_str(q, 3, c->coded_place);
    return sk_run(cx, q);
}

/* Bind first and last day of an EDTF text, or leave NULL when there is none. */
static void bind_days(sk_ctx *cx, sk_stmt *q, int first, sk_str text)
{
    sk_edtf date;
    if (text.n == 0)
        return;
    if (sk_edtf_parse(cx, text, &date)) {
        sk_forgive(cx); /* a foreign entry; its words still stand in the entry */
        return;
    }
    sk_bind_i64(q, first, date.earliest);
    sk_bind_i64(q, first + 1, date.latest);
}

static sk_rc put_claim(sk_ctx *cx, sk_index *ix, int64_t row, const sk_claim *c)
{
    int64_t entity, type, prop, chain, target = 0;
    SK_TRY(sk_index__entity(cx, ix, c->entity, c->type, &entity));
    SK_TRY(sk_index__word(cx, ix, c->type, &type));
    SK_TRY(sk_index__word(cx, ix, c->prop, &prop));
    SK_TRY(sk_index__chain(cx, ix, c->chain, c->n_chain, &chain));
    bool is_link = c->kind == SK_VALUE_ENTITY && c->value.n;
    if (is_link)
        SK_TRY(sk_index__entity(cx, ix, c->value, SK_NONE, &target));
    sk_stmt *q;
    SK_TRY(
        sk_sql(cx, &ix->db,
               "INSERT INTO claim(id, entity, type, prop, value, target, lo, hi, position, chain,"
               " valid_lo, valid_hi) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
               &q));
    sk_bind_i64(q, 1, row);
    sk_bind_i64(q, 2, entity);
    sk_bind_i64(q, 3, type);
    sk_bind_i64(q, 4, prop);
    if (is_link)
        sk_bind_i64(q, 6, target);
    else
        sk_bind_opt(q, 5, c->value);
    if (c->kind == SK_VALUE_DATE)
        bind_days(cx, q, 7, c->value);
    sk_bind_i64(q, 9, c->position);
    sk_bind_i64(q, 10, chain);
    bind_days(cx, q, 11, c->valid);
    return sk_run(cx, q);
}

sk_rc sk_index__put_claim(sk_ctx *cx, sk_index *ix, int64_t row, const sk_claim *c)
{
    SK_TRY(put_claim(cx, ix, row, c));
    SK_TRY(put_passages(cx, ix, row, c));
    return index_words(cx, ix, row, c);
}

typedef struct deciding {
    sk_hash suggestion;
    sk_suggest_state verdict;
    sk_str rule;
    const sk_hash *exhibit; /* NULL: not known */
    size_t start, end;
} deciding;

/* What a person decided of a suggestion; whether it stands is settled afterwards. */
static sk_rc put_decision(sk_ctx *cx, applying *ap, const deciding *d)
{
    int64_t rule, exhibit = 0;
    SK_TRY(sk_index__word(cx, ap->ix, d->rule, &rule));
    if (d->exhibit)
        SK_TRY(sk_index__exhibit(cx, ap->ix, d->exhibit, &exhibit));
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ap->ix->db,
                  "INSERT INTO decision(entry, suggestion, verdict, rule, reviewer, exhibit, start,"
                  " \"end\") VALUES(?,?,?,?,?,?,?,?)",
                  &q));
    sk_bind_i64(q, 1, ap->row);
    sk_bind_hash(q, 2, &d->suggestion);
    sk_bind_i64(q, 3, d->verdict);
    sk_bind_i64(q, 4, rule);
    sk_str reviewer = sk_entry_get(ap->entry, "reviewer");
    sk_bind_str(q, 5, reviewer.n ? reviewer : SK_S(""));
    if (d->exhibit) {
        sk_bind_i64(q, 6, exhibit);
        sk_bind_i64(q, 7, (int64_t)d->start);
        sk_bind_i64(q, 8, (int64_t)d->end);
    }
    return sk_run(cx, q);
}

/* A claim that was a suggestion. */
static sk_rc put_confirmation(sk_ctx *cx, applying *ap, const sk_claim *c)
{
    if (!c->has_suggestion)
        return SK_OK;
    deciding d = {.suggestion = c->suggestion,
                  .verdict = c->is_edited ? SK_SUGGEST_EDITED : SK_SUGGEST_CONFIRMED,
                  .rule = c->rule};
    if (c->n_passages && c->passages[0].has_span) {
        d.exhibit = &c->passages[0].exhibit;
        d.start = c->passages[0].start;
        d.end = c->passages[0].end;
    }
    return put_decision(cx, ap, &d);
}

/* "suggestion <64 hex> <start>-<end> <rule>", once for each that was rejected of the exhibit. */
static sk_rc apply_reject(sk_ctx *cx, applying *ap)
{
    sk_hash exhibit;
    if (!sk_hash_parse(sk_entry_get(ap->entry, "exhibit"), &exhibit))
        return SK_OK;
    sk_str value, hex, span, start;
    for (size_t at = 0; sk_entry_next(ap->entry, "suggestion", &at, &value);) {
        deciding d = {.verdict = SK_SUGGEST_REJECTED, .exhibit = &exhibit};
        uint64_t from, to;
        if (!sk_str_cut(&value, ' ', &hex) || !sk_hash_parse(hex, &d.suggestion) ||
            !sk_str_cut(&value, ' ', &span) || !sk_str_cut(&span, '-', &start) ||
            !sk_str_to_u64(start, &from) || !sk_str_to_u64(span, &to) || from > to ||
            to > SK_LIM_TEXT_BYTES)
            continue;
        d.start = from;
        d.end = to;
        d.rule = value;
        SK_TRY(put_decision(cx, ap, &d));
    }
    return SK_OK;
}

static sk_rc apply_claim(sk_ctx *cx, applying *ap)
{
    sk_claim c;
    if (sk_claim_from_entry(cx, ap->entry, &c)) {
        sk_forgive(cx); /* kept as an entry, shown raw */
        return SK_OK;
    }
    SK_TRY(sk_index__put_claim(cx, ap->ix, ap->row, &c));
    SK_TRY(put_coding(cx, ap, &c));
    SK_TRY(put_confirmation(cx, ap, &c));
    if (c.has_supersedes) {
        sk_stmt *q;
        SK_TRY(sk_sql(cx, &ap->ix->db, "INSERT INTO supersession(claim, target) VALUES(?,?)", &q));
        sk_bind_i64(q, 1, ap->row);
        sk_bind_hash(q, 2, &c.supersedes);
        SK_TRY(sk_run(cx, q));
    }
    return put_labels(cx, ap, "claim", &ap->entry->id);
}

static sk_rc apply_retract(sk_ctx *cx, applying *ap)
{
    sk_hash target;
    if (!sk_hash_parse(sk_entry_get(ap->entry, "target"), &target))
        return SK_OK;
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ap->ix->db, "INSERT INTO retraction(id, target) VALUES(?,?)", &q));
    sk_bind_i64(q, 1, ap->row);
    sk_bind_hash(q, 2, &target);
    return sk_run(cx, q);
}

static sk_rc apply_judge(sk_ctx *cx, applying *ap)
{
    const sk_entry *e = ap->entry;
    sk_str a = sk_entry_get(e, "a"), b = sk_entry_get(e, "b"), verdict = sk_entry_get(e, "verdict");
    if (!a.n || !b.n || sk_str_eq(a, b))
        return SK_OK;
    if (sk_str_cmp(a, b) > 0) {
        sk_str t = a;
        a = b;
        b = t;
    }
    int64_t ea, eb;
    SK_TRY(sk_index__entity(cx, ap->ix, a, SK_NONE, &ea));
    SK_TRY(sk_index__entity(cx, ap->ix, b, SK_NONE, &eb));
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ap->ix->db,
                  "INSERT INTO judgement(id, a, b, verdict, reason) VALUES(?,?,?,?,?)", &q));
    sk_bind_i64(q, 1, ap->row);
    sk_bind_i64(q, 2, ea);
    sk_bind_i64(q, 3, eb);
    sk_bind_str(q, 4, verdict);
    sk_bind_str(q, 5, sk_entry_get(e, "reason"));
    return sk_run(cx, q);
}

/* target is "exhibit HEX", "claim HEX" or "entity KEY". */
static sk_rc apply_restrict(sk_ctx *cx, applying *ap)
{
    sk_str rest = sk_entry_get(ap->entry, "target"), kind;
    sk_str label = sk_entry_get(ap->entry, "label");
    if (!sk_str_cut(&rest, ' ', &kind) || !rest.n || !label.n)
        return SK_OK;
    if (sk_str_is(kind, "entity"))
        return put_restriction(cx, ap, "entity", NULL, rest, label);
    sk_hash hash;
    if (!sk_hash_parse(rest, &hash))
        return SK_OK;
    if (sk_str_is(kind, "exhibit"))
        return put_restriction(cx, ap, "exhibit", &hash, SK_NONE, label);
    if (sk_str_is(kind, "claim"))
        return put_restriction(cx, ap, "claim", &hash, SK_NONE, label);
    return SK_OK;
}

static sk_rc apply_permit(sk_ctx *cx, applying *ap)
{
    sk_stmt *q;
    SK_TRY(sk_sql(cx, &ap->ix->db,
                  "INSERT OR IGNORE INTO permit(id, user, label, purpose) VALUES(?,?,?,?)", &q));
    sk_bind_i64(q, 1, ap->row);
    sk_bind_str(q, 2, sk_entry_get(ap->entry, "user"));
    sk_bind_str(q, 3, sk_entry_get(ap->entry, "label"));
    sk_bind_str(q, 4, sk_entry_get(ap->entry, "purpose"));
    return sk_run(cx, q);
}

static sk_rc apply_import(sk_ctx *cx, applying *ap)
{
    return sk_index__put_import(cx, ap->ix, ap->row, ap->entry);
}

static const struct {
    const char *kind;
    sk_rc (*apply)(sk_ctx *cx, applying *ap);
} kinds[] = {
    {"claim", apply_claim},   {"capture", apply_capture},   {"retract", apply_retract},
    {"judge", apply_judge},   {"restrict", apply_restrict}, {"permit", apply_permit},
    {"import", apply_import}, {"reject", apply_reject},
};

sk_rc sk_index__apply(sk_ctx *cx, const sk_entry *entry, const sk_entry_place *place, void *arg)
{
    applying ap = {.ix = arg, .entry = entry};
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_rc rc = put_entry(cx, &ap, place);
    for (size_t i = 0; rc == SK_OK && i < SK_COUNT(kinds); i++)
        if (sk_str_is(entry->kind, kinds[i].kind)) {
            rc = kinds[i].apply(cx, &ap);
            break;
        }
    sk_arena_back_to(&cx->arena, mark);
    ap.ix->applied++;
    return rc;
}
