/* Deciding: claims, rejections, and taking either back. Everything is checked before anything is
 * appended, so that a decision is whole or not there. */
#include "record/suggest_private.h"
#include "record/write.h"

/* A name for each new entity that a claim speaks of, once; asserted, whatever is said of the act. */
static sk_rc add_names(sk_ctx *cx, sk_draft *d, bool subject_is_named)
{
    size_t n = d->n;
    for (size_t i = 0; i <= n; i++) {
        sk_party p = i < n ? d->targets[i] : d->subject;
        if (!p.is_new || !p.name.n || (i == n && subject_is_named))
            continue;
        bool seen = false;
        for (size_t k = 0; k < i; k++)
            seen |= d->targets[k].is_new && sk_str_eq(d->targets[k].key, p.key);
        if (seen)
            continue;
        SK_GROW(&cx->arena, d->claims, d->n, d->cap);
        sk_claim *c = &d->claims[d->n++];
        *c = d->common;
        c->position = SK_CLAIM_ASSERTS;
        c->entity = p.key;
        c->type = p.type;
        c->prop = SK_S("name");
        c->value = p.name;
    }
    return SK_OK;
}

/* Check all, then append all. */
static sk_rc append_claims(sk_ctx *cx, sk_draft *d, sk_decision *ret_decision)
{
    sk_hash *ids = sk_new_array(&cx->arena, sk_hash, d->n);
    for (size_t i = 0; i < d->n; i++)
        if (sk_claim_check(cx, &d->claims[i], NULL, NULL))
            return sk_while(cx, "%.*s", SK_P(d->claims[i].prop));
    for (size_t i = 0; i < d->n; i++)
        SK_TRY(sk_record_claim(cx, &d->claims[i], NULL, NULL, &ids[i]));
    ret_decision->entries = ids;
    ret_decision->n_entries = d->n;
    return SK_OK;
}

/* As it is now, still waiting. */
static sk_rc reload(sk_ctx *cx, sk_review *rv, const sk_hash *id, sk_suggestion *ret_suggestion)
{
    SK_TRY(sk_review_get(cx, rv, id, ret_suggestion));
    if (ret_suggestion->state != SK_SUGGEST_WAITS)
        return sk_fail(cx, SK_E_CONFLICT, "suggestion \"%.12s\" is %s already; undo that first",
                       sk_hash_hex(&cx->arena, id).p, sk_suggest_state_name(ret_suggestion->state));
    return SK_OK;
}

sk_rc sk_review_confirm(sk_ctx *cx, sk_review *rv, const sk_suggestion *given, const sk_edit *edits,
                        size_t n_edits, sk_decision *ret_decision)
{
    sk_suggestion s;
    sk_draft d;
    SK_TRY(reload(cx, rv, &given->id, &s));
    SK_TRY(sk_draft__from_suggestion(cx, rv->view, &s, edits, n_edits, &d));
    bool subject_is_named = sk_str_is(d.claims[0].prop, "name") && s.kind == SK_SUGGEST_NAME;
    SK_TRY(add_names(cx, &d, subject_is_named));
    sk_decision done = {.suggestion = s.id};
    SK_TRY(append_claims(cx, &d, &done));
    *ret_decision = done;
    return SK_OK;
}

/* ---- rejecting ---- */

static sk_rc check_rejected(sk_ctx *cx, sk_review *rv, const sk_suggestion *list, size_t n)
{
    if (n == 0 || n > SK_LIM_REJECTED)
        return sk_fail(cx, SK_E_LIMIT, "%zu suggestions to reject at a time; 1 to %d", n,
                       SK_LIM_REJECTED);
    for (size_t i = 0; i < n; i++) {
        sk_suggestion now;
        if (!sk_hash_eq(&list[i].exhibit, &list[0].exhibit))
            return sk_fail(cx, SK_E_FORMAT,
                           "suggestions of several exhibits are rejected one "
                           "exhibit at a time");
        SK_TRY(reload(cx, rv, &list[i].id, &now));
    }
    return SK_OK;
}

sk_rc sk_review_reject(sk_ctx *cx, sk_review *rv, const sk_suggestion *list, size_t n,
                       sk_str reason, sk_decision *ret_decision)
{
    SK_TRY(check_rejected(cx, rv, list, n));
    sk_rejection r = {.exhibit = list[0].exhibit, .lexicon = list[0].lexicon, .reason = reason};
    sk_str *lines = sk_new_array(&cx->arena, sk_str, n);
    for (size_t i = 0; i < n; i++)
        lines[i] =
            sk_fmt(&cx->arena, "%.*s %zu-%zu %.*s", SK_P(sk_hash_hex(&cx->arena, &list[i].id)),
                   list[i].passage, list[i].passage_end, SK_P(list[i].rule));
    r.suggestions = lines;
    r.n_suggestions = n;
    sk_hash *id = sk_new(&cx->arena, sk_hash);
    SK_TRY(sk_record_reject(cx, &r, id));
    *ret_decision = (sk_decision){.suggestion = list[0].id, .entries = id, .n_entries = 1};
    return SK_OK;
}

/* ---- taking back ---- */

/* The last decision; of what is still proposed only, or of what a later reading left out, too. */
static sk_rc last_decided(sk_ctx *cx, sk_review *rv, bool gone_too, sk_hash *ret_id)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, rv->view,
                       "SELECT d.suggestion FROM decision d WHERE d.taken = 0 AND d.reviewer = ?2"
                       " AND" VISIBLE("d") "AND (?3 OR EXISTS (SELECT 1 FROM suggestion s WHERE"
                                           " s.hash = d.suggestion AND" VISIBLE(
                                               "s") "))"
                                                    " ORDER BY d.entry DESC, d.id LIMIT 1",
                       &q));
    sk_bind_str(q, 2, cx->user.n ? cx->user : SK_S(""));
    sk_bind_i64(q, 3, gone_too);
    SK_TRY(sk_step(cx, q));
    sk_assert(sk_col_hash(q, 0, ret_id));
    sqlite3_reset(q);
    return SK_OK;
}

sk_rc sk_review_last(sk_ctx *cx, sk_review *rv, sk_hash *ret_id)
{
    return last_decided(cx, rv, false, ret_id);
}

static sk_rc find_last(sk_ctx *cx, sk_review *rv, sk_hash *ret_id)
{
    sk_rc rc = last_decided(cx, rv, true, ret_id);
    return rc == SK_E_NOTFOUND && !cx->rc
               ? sk_fail(cx, SK_E_NOTFOUND, "there is no decision to take back")
               : rc;
}

static sk_rc find_entries(sk_ctx *cx, sk_review *rv, const sk_hash *id, sk_hash **ret_list,
                          size_t *ret_n)
{
    sk_stmt *q;
    SK_TRY(
        sk_view_sql(cx, rv->view,
                    "SELECT e.hash FROM decision d JOIN entry e ON e.id = d.entry"
                    " WHERE d.suggestion = ?2 AND d.taken = 0 AND" VISIBLE("d") "ORDER BY d.entry",
                    &q));
    sk_bind_hash(q, 2, id);
    sk_hash *list = NULL;
    size_t n = 0, cap = 0;
    sk_rc rc;
    while ((rc = sk_step(cx, q)) == SK_OK) {
        SK_GROW(&cx->arena, list, n, cap);
        sk_assert(sk_col_hash(q, 0, &list[n++]));
    }
    *ret_list = list;
    *ret_n = n;
    return rc == SK_E_NOTFOUND ? SK_OK : rc;
}

sk_rc sk_review_undo(sk_ctx *cx, sk_review *rv, const sk_hash *id, sk_decision *ret_decision)
{
    sk_decision d = {0};
    if (id)
        d.suggestion = *id;
    else
        SK_TRY(find_last(cx, rv, &d.suggestion));
    sk_hash *entries;
    size_t n;
    SK_TRY(find_entries(cx, rv, &d.suggestion, &entries, &n));
    if (n == 0)
        return sk_fail(cx, SK_E_NOTFOUND, "no decision on suggestion \"%.12s\" stands",
                       sk_hash_hex(&cx->arena, &d.suggestion).p);
    sk_str reason = cx->user.n ? sk_fmt(&cx->arena, "undone in review by %.*s", SK_P(cx->user))
                               : SK_S("undone in review");
    sk_hash *undone = sk_new_array(&cx->arena, sk_hash, n);
    for (size_t i = 0; i < n; i++)
        SK_TRY(sk_record_retract(cx, &entries[i], reason, &undone[i]));
    d.entries = undone;
    d.n_entries = n;
    *ret_decision = d;
    return SK_OK;
}

/* ---- many at once ---- */

sk_review_filter sk_review_sure(const sk_hash *exhibit)
{
    return (sk_review_filter){
        .exhibit = exhibit, .kinds = 1u << SK_SUGGEST_NAME, .tier_most = 1, .origin = SK_S("rule")};
}

sk_rc sk_review_accept_all(sk_ctx *cx, sk_review *rv, const sk_hash *exhibit, size_t *ret_n)
{
    sk_review_filter f = sk_review_sure(exhibit);
    sk_suggestion *list;
    size_t n;
    SK_TRY(sk_review_list(cx, rv, &f, 0, &list, &n));
    for (size_t i = 0; i < n; i++) {
        sk_decision d;
        SK_TRY(sk_review_confirm(cx, rv, &list[i], NULL, 0, &d));
    }
    *ret_n = n;
    return SK_OK;
}

/* ---- a selection ---- */

/* Does the view hide a block that the span reaches over? */
static sk_rc hides_part(sk_ctx *cx, sk_view *v, const sk_exhibit *x, size_t start, size_t end,
                        bool *ret_hides)
{
    sk_stmt *q;
    SK_TRY(sk_view_sql(cx, v,
                       "SELECT EXISTS (SELECT 1 FROM unit u WHERE u.owner = ?2 AND u.kind < 4"
                       " AND u.start < ?4 AND u.\"end\" > ?3 AND NOT" VISIBLE("u") ")",
                       &q));
    sk_bind_i64(q, 2, x->row);
    sk_bind_i64(q, 3, start > INT64_MAX ? INT64_MAX : (int64_t)start);
    sk_bind_i64(q, 4, end > INT64_MAX ? INT64_MAX : (int64_t)end);
    SK_TRY(sk_step(cx, q));
    *ret_hides = sk_col_i64(q, 0) != 0;
    sqlite3_reset(q);
    return SK_OK;
}

/* The words of a span, as far as blocks of the view reach; LF between blocks. */
static sk_rc read_span(sk_ctx *cx, sk_view *v, const sk_hash *exhibit, size_t start, size_t end,
                       sk_str *ret_words, sk_str *ret_name)
{
    sk_exhibit x;
    sk_text_block *blocks;
    size_t n;
    bool hides;
    SK_TRY(sk_exhibit_get(cx, v, exhibit, &x));
    SK_TRY(sk_exhibit_text(cx, v, &x, &blocks, &n));
    SK_TRY(hides_part(cx, v, &x, start, end, &hides));
    sk_str words = SK_NONE;
    size_t reached = 0; /* bytes of the span that blocks hold */
    for (size_t i = 0; i < n; i++) {
        size_t from = start > blocks[i].start ? start : blocks[i].start;
        size_t to = end < blocks[i].end ? end : blocks[i].end;
        if (from >= to)
            continue;
        sk_str piece = sk_str_sub(blocks[i].text, from - blocks[i].start, to - from);
        words = words.n ? sk_fmt(&cx->arena, "%.*s\n%.*s", SK_P(words), SK_P(piece)) : piece;
        reached = from == start || reached ? to : 0;
    }
    if (start >= end || reached != end || hides)
        return sk_fail(cx, SK_E_FORMAT, "bytes %zu-%zu are no part of the text of \"%.*s\"", start,
                       end, SK_P(x.name));
    *ret_words = words;
    *ret_name = x.title.n ? x.title : x.name.n ? x.name : SK_S("the exhibit");
    return SK_OK;
}

/* A new act is keyed by where it stands and what it is said to be. */
static sk_str act_key(sk_ctx *cx, const sk_selection *sel)
{
    sk_str all = sk_fmt(&cx->arena, "%.*s %zu-%zu", SK_P(sk_hash_hex(&cx->arena, sel->exhibit)),
                        sel->start, sel->end);
    for (size_t i = 0; i < sel->n_fields; i++)
        all = sk_fmt(&cx->arena, "%.*s\n%.*s %.*s", SK_P(all), SK_P(sel->fields[i].prop),
                     SK_P(sel->fields[i].value));
    sk_hash h = sk_sha256(all);
    return sk_fmt(&cx->arena, "act-%.12s", sk_hash_hex(&cx->arena, &h).p);
}

static sk_rc selection_common(sk_ctx *cx, sk_view *v, const sk_selection *sel, sk_draft *d)
{
    sk_passage *p = sk_new(&cx->arena, sk_passage);
    *p = (sk_passage){
        .exhibit = *sel->exhibit, .has_span = true, .start = sel->start, .end = sel->end};
    sk_str *name = sk_new(&cx->arena, sk_str);
    SK_TRY(read_span(cx, v, sel->exhibit, sel->start, sel->end, &p->quote, name));
    d->common = (sk_claim){.said = sel->said,
                           .note = sel->note,
                           .passages = p,
                           .n_passages = 1,
                           .chain = name,
                           .n_chain = 1,
                           .reviewer = cx->user};
    if (sel->claimant.n) {
        SK_TRY(sk_draft__chain(cx, sel->claimant, &d->common));
        d->common.carrier = *name;
    }
    if (sel->position.n && !sk_position_find(sel->position, &d->common.position))
        return sk_fail(cx, SK_E_FORMAT,
                       "position \"%.*s\" is not asserts, denies, predicts, doubts or retracts",
                       SK_P(sel->position));
    return SK_OK;
}

sk_rc sk_review_add(sk_ctx *cx, sk_review *rv, const sk_selection *sel, sk_decision *ret_decision)
{
    sk_draft d = {0};
    sk_view *v = rv->view;
    const sk_type *type = sk_model_find_type(sk_model_get(), sel->type);
    if (!type)
        return sk_fail(cx, SK_E_FORMAT, "type \"%.*s\" is not in the model; see: sillok help model",
                       SK_P(sel->type));
    SK_TRY(selection_common(cx, v, sel, &d));
    if (sel->subject.n)
        SK_TRY(sk_party__typed(cx, v, sel->exhibit, sel->type, sel->subject, &d.subject));
    else if (sk_type_is_a(type, SK_S("Act")))
        d.subject = (sk_party){.type = sel->type, .key = act_key(cx, sel), .is_new = true};
    else
        return sk_fail(cx, SK_E_FORMAT, "of whom? write \"@key\" or a name for the %.*s",
                       SK_P(sel->type));
    bool named = false;
    for (size_t i = 0; i < sel->n_fields; i++) {
        const sk_edit *e = &sel->fields[i];
        SK_TRY(sk_draft__add_typed(cx, v, sel->exhibit, &d, sel->type, e->prop, e->value));
        named |= sk_str_is(e->prop, "name");
    }
    SK_TRY(add_names(cx, &d, named));
    if (d.n == 0)
        return sk_fail(cx, SK_E_FORMAT, "nothing to claim; give at least one property");
    sk_decision done = {0};
    SK_TRY(append_claims(cx, &d, &done));
    *ret_decision = done;
    return SK_OK;
}
