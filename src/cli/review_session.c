/* The suggestion in hand: taking the next one, its exhibit and marks, and writing a decision. */
#include "cli/review.h"

#include "archive/fs.h"
#include "record/write.h"

#include <stdarg.h>
#include <unistd.h>

enum {
    NEIGHBOURS = 60, /* suggestions before and behind the one in hand that the gutter shows */
    LOCK_TRIES = 20, /* another program writes: wait up to two seconds */
    LOCK_WAIT_US = 100000
};

/* ---- telling ---- */

void sk_session_say(sk_reviewing *r, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(r->message, sizeof r->message, fmt, ap);
    va_end(ap);
}

bool sk_session_tell(sk_reviewing *r)
{
    sk_ctx *cx = &r->app->cx;
    if (cx->rc == SK_E_IO || cx->rc == SK_E_INTEGRITY || cx->rc == SK_E_CANCELLED)
        return false;
    sk_session_say(r, "%s", cx->message);
    sk_forgive(cx);
    return true;
}

/* ---- opening anew ---- */

static void forget_hand(sk_reviewing *r)
{
    r->has_suggestion = false;
    r->is_silent = false;
    r->marks = NULL;
    r->gutters = NULL;
    r->n_marks = r->n_gutters = 0;
    r->pane.n_marks = r->pane.n_gutters = 0;
}

/* The exhibit's text, in its own arena: the context's is swapped for it while it is read. */
static sk_rc load_exhibit(sk_reviewing *r, const sk_hash *hash)
{
    sk_ctx *cx = &r->app->cx;
    if (r->has_exhibit && sk_hash_eq(&r->x.hash, hash))
        return SK_OK;
    sk_pane_done(&r->pane);
    sk_arena_done(&r->text_arena);
    r->has_exhibit = false;
    sk_arena keep = cx->arena;
    cx->arena = r->text_arena;
    sk_text_block *blocks = NULL;
    size_t n = 0;
    sk_rc rc = sk_exhibit_get(cx, r->app->view, hash, &r->x);
    if (!rc)
        rc = sk_exhibit_text(cx, r->app->view, &r->x, &blocks, &n);
    r->text_arena = cx->arena;
    cx->arena = keep;
    size_t columns = r->pane.columns, rows = r->pane.rows;
    sk_pane_init(&r->pane, blocks, n);
    if (columns)
        sk_pane_fit(&r->pane, columns, rows, &r->app->out);
    r->has_exhibit = !rc;
    return rc;
}

static sk_rc load_counts(sk_reviewing *r)
{
    sk_ctx *cx = &r->app->cx;
    SK_TRY(sk_review_count(cx, r->rv, NULL, &r->all));
    r->n_silences = 0;
    r->here = (sk_review_counts){.all = 0};
    if (!r->has_exhibit)
        return SK_OK;
    SK_TRY(sk_review_count(cx, r->rv, &r->x.hash, &r->here));
    return sk_review_silences(cx, r->rv, &r->x, &r->silences, &r->n_silences);
}

sk_rc sk_session_refresh(sk_reviewing *r)
{
    sk_ctx *cx = &r->app->cx;
    forget_hand(r);
    sk_view_close(r->app->view);
    r->app->view = NULL;
    r->rv = NULL;
    sk_arena_back_to(&cx->arena, r->base);
    SK_TRY(sk_index_catch_up(cx, cx->index));
    SK_TRY(sk_gate_open(cx, &r->app->view));
    SK_TRY(sk_review_open(cx, r->app->view, &r->rv));
    r->seat = sk_arena_here(&cx->arena);
    return load_counts(r);
}

/* ---- marks ---- */

typedef struct marking {
    sk_reviewing *r;
    size_t cap_marks, cap_gutters;
} marking;

static void add_mark(marking *m, size_t start, size_t end, sk_mark_role role)
{
    sk_reviewing *r = m->r;
    if (start >= end)
        return;
    for (size_t i = 0; i < r->n_marks; i++)
        if (r->marks[i].start == start && r->marks[i].end == end &&
            r->marks[i].role != SK_MARK_SENTENCE)
            return; /* one pair of brackets for one span */
    SK_GROW(&r->app->cx.arena, r->marks, r->n_marks, m->cap_marks);
    r->marks[r->n_marks++] = (sk_mark){start, end, role};
}

static void add_gutter(marking *m, size_t start, size_t end, char sign)
{
    sk_reviewing *r = m->r;
    SK_GROW(&r->app->cx.arena, r->gutters, r->n_gutters, m->cap_gutters);
    r->gutters[r->n_gutters++] = (sk_gutter){start, end, sign};
}

static void mark_slots(marking *m)
{
    sk_reviewing *r = m->r;
    sk_row *rows;
    size_t n;
    sk_review_rows(r->app, &r->s, false, &rows, &n);
    add_mark(m, r->s.start, r->s.end, r->s.kind == SK_SUGGEST_ACT ? SK_MARK_ACT : SK_MARK_OTHER);
    for (size_t i = 0; i < n; i++)
        add_mark(m, rows[i].start, rows[i].end, rows[i].role);
    for (size_t i = 0; i < r->s.n_chain; i++)
        add_mark(m, r->s.chain[i].start, r->s.chain[i].end, SK_MARK_SAYS);
    add_mark(m, r->s.cue, r->s.cue_end, SK_MARK_CUE);
}

/* The gutter shows what stands around the one in hand: what awaits, what is decided. */
static sk_rc mark_neighbours(marking *m, const sk_hash *from, bool back)
{
    sk_reviewing *r = m->r;
    sk_ctx *cx = &r->app->cx;
    sk_review_filter around = {.exhibit = &r->x.hash, .decided = true};
    sk_hash at = *from;
    for (size_t i = 0; i < NEIGHBOURS; i++) {
        sk_suggestion s;
        sk_rc rc = back ? sk_review_previous(cx, r->rv, &around, &at, &s)
                        : sk_review_next(cx, r->rv, &around, &at, &s);
        if (rc == SK_E_NOTFOUND && !cx->rc)
            return SK_OK;
        SK_TRY(rc);
        add_gutter(m, s.start, s.end, s.state == SK_SUGGEST_WAITS ? '-' : '+');
        at = s.id;
    }
    return SK_OK;
}

static sk_rc mark_all(sk_reviewing *r)
{
    marking m = {.r = r};
    if (r->has_suggestion) {
        add_gutter(&m, r->s.passage, r->s.passage_end, '>');
        mark_slots(&m);
    } else if (r->is_silent) {
        add_gutter(&m, r->silence.start, r->silence.end, '>');
    }
    for (size_t i = 0; i < r->n_silences; i++)
        add_gutter(&m, r->silences[i].start, r->silences[i].end, '?');
    if (r->has_suggestion) {
        SK_TRY(mark_neighbours(&m, &r->s.id, true));
        SK_TRY(mark_neighbours(&m, &r->s.id, false));
    }
    r->pane.marks = r->marks;
    r->pane.n_marks = r->n_marks;
    r->pane.gutters = r->gutters;
    r->pane.n_gutters = r->n_gutters;
    sk_session_centre(r);
    return SK_OK;
}

/* ---- taking in hand ---- */

sk_rc sk_session_show(sk_reviewing *r, const sk_hash *id)
{
    sk_ctx *cx = &r->app->cx;
    sk_hash wanted = *id; /* id may lie in what goes now */
    bool was_here = r->has_exhibit;
    sk_hash was = was_here ? r->x.hash : wanted;
    forget_hand(r);
    sk_arena_back_to(&cx->arena, r->seat);
    SK_TRY(sk_review_get(cx, r->rv, &wanted, &r->s));
    SK_TRY(load_exhibit(r, &r->s.exhibit));
    if (!was_here || !sk_hash_eq(&was, &r->x.hash) || r->n_silences)
        SK_TRY(load_counts(r)); /* the silences went with the arena */
    r->has_suggestion = true;
    return mark_all(r);
}

sk_rc sk_session_show_silence(sk_reviewing *r, sk_silence s)
{
    forget_hand(r);
    r->is_silent = true;
    r->silence = s;
    return mark_all(r);
}

void sk_session_centre(sk_reviewing *r)
{
    if (r->has_suggestion)
        sk_pane_centre(&r->pane, r->s.passage);
    else if (r->is_silent)
        sk_pane_centre(&r->pane, r->silence.start);
}

sk_rc sk_session_enter(sk_reviewing *r, const sk_hash *exhibit)
{
    sk_ctx *cx = &r->app->cx;
    sk_hash wanted = *exhibit;
    sk_review_filter f = r->filter;
    f.exhibit = &wanted;
    sk_suggestion s;
    sk_rc rc = sk_review_next(cx, r->rv, &f, NULL, &s);
    if (rc != SK_E_NOTFOUND || cx->rc)
        return rc ? rc : sk_session_show(r, &s.id);
    forget_hand(r);
    SK_TRY(load_exhibit(r, &wanted));
    SK_TRY(load_counts(r));
    return r->n_silences ? sk_session_show_silence(r, r->silences[0]) : SK_OK;
}

/* Show what a search for the next one gave, or nothing. */
static sk_rc show_found(sk_reviewing *r, sk_rc rc, const sk_suggestion *found)
{
    SK_TRY(rc);
    return sk_session_show(r, &found->id);
}

sk_rc sk_session_next_waiting(sk_reviewing *r, const sk_hash *after)
{
    sk_ctx *cx = &r->app->cx;
    sk_suggestion s;
    sk_rc rc = sk_review_next(cx, r->rv, &r->filter, after, &s);
    if (rc == SK_E_NOTFOUND && !cx->rc && after) {
        rc = sk_review_next(cx, r->rv, &r->filter, NULL, &s);
        if (!rc && r->has_exhibit)
            sk_session_say(r, "that was the last; from the beginning again, with what was skipped");
    }
    if (rc == SK_E_NOTFOUND && !cx->rc)
        forget_hand(r);
    return show_found(r, rc, &s);
}

sk_rc sk_session_resume(sk_reviewing *r)
{
    sk_ctx *cx = &r->app->cx;
    sk_hash last;
    sk_rc rc = sk_review_last(cx, r->rv, &last);
    if (rc == SK_E_NOTFOUND && !cx->rc)
        return sk_session_next_waiting(r, NULL);
    SK_TRY(rc);
    return sk_session_next_waiting(r, &last);
}

sk_rc sk_session_step(sk_reviewing *r, bool back)
{
    sk_ctx *cx = &r->app->cx;
    sk_suggestion s;
    sk_review_filter f = r->filter;
    f.decided = true;
    if (!r->has_suggestion)
        return r->is_silent ? sk_session_show_at(r, r->silence.start)
                            : sk_session_next_waiting(r, NULL);
    return show_found(r,
                      back ? sk_review_previous(cx, r->rv, &f, &r->s.id, &s)
                           : sk_review_next(cx, r->rv, &f, &r->s.id, &s),
                      &s);
}

sk_rc sk_session_show_at(sk_reviewing *r, size_t byte)
{
    sk_ctx *cx = &r->app->cx;
    sk_review_filter f = r->filter;
    f.exhibit = &r->x.hash;
    f.decided = true;
    sk_suggestion s;
    sk_hash at, *after = NULL;
    for (;;) {
        sk_arena_mark here = sk_arena_here(&cx->arena);
        SK_TRY(sk_review_next(cx, r->rv, &f, after, &s));
        at = s.id;
        after = &at;
        sk_arena_back_to(&cx->arena, here);
        if (s.start >= byte)
            return sk_session_show(r, &at);
    }
}

/* ---- deciding ---- */

/* Open for writing; another program's turn is waited for, a little. */
static sk_rc open_to_write(sk_ctx *cx, sk_str path, sk_archive **ret_archive)
{
    for (int tries = 0;; tries++) {
        sk_rc rc = sk_archive_open(cx, sk_fs_posix(), path, SK_ARCHIVE_WRITE, ret_archive);
        if (rc != SK_E_CONFLICT || tries == LOCK_TRIES)
            return rc;
        sk_forgive(cx);
        usleep(LOCK_WAIT_US);
    }
}

static sk_rc write_decision(sk_reviewing *r, sk_decide_fn *fn, void *arg, sk_decision *d)
{
    sk_ctx *cx = &r->app->cx;
    sk_archive *was_archive = cx->archive, *archive;
    sk_index *was_index = cx->index, *index;
    SK_TRY(open_to_write(cx, sk_archive_get_path(was_archive), &archive));
    sk_rc rc = sk_index_open(cx, archive, &index);
    if (rc) {
        sk_archive_close(archive);
        return rc;
    }
    cx->archive = archive;
    cx->index = index;
    rc = fn(r, d, arg);
    if (!rc)
        rc = sk_record_commit(cx);
    cx->archive = was_archive;
    cx->index = was_index;
    sk_index_close(index);
    sk_archive_close(archive);
    return rc;
}

sk_rc sk_session_decide(sk_reviewing *r, sk_decide_fn *fn, void *arg, sk_decision *ret_decision)
{
    sk_decision d = {.n_entries = 0};
    SK_TRY(write_decision(r, fn, arg, &d));
    r->n_decided++;
    r->n_added = 0;
    ret_decision->suggestion = d.suggestion;
    ret_decision->entries = NULL; /* they went with the arena */
    ret_decision->n_entries = d.n_entries;
    return sk_session_refresh(r);
}
