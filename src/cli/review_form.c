/* Slots that a person changes or fills: edit a suggestion before confirming it, add a claim of one's
 * own. Both are the same form: a row a slot, filled by words of the text, from a list, or typed. */
#include "cli/review.h"

typedef struct form {
    sk_reviewing *r;
    sk_str title, type;
    sk_row *rows;
    size_t n, at;
    bool is_adding;
    size_t start, end; /* adding: what the claims rest on */
    sk_edit *edits;
    size_t n_edits;
    sk_hash entries[SK_ADDED_MOST]; /* added */
    size_t n_entries;
} form;

/* ---- drawing ---- */

static void draw(form *f)
{
    sk_reviewing *r = f->r;
    sk_arena *a = &r->app->cx.arena;
    sk_arena_mark here = sk_arena_here(a);
    sk_panel_begin(r);
    sk_panel_line(r, "1", f->title);
    for (size_t i = 0; i < f->n; i++) {
        const sk_row *row = &f->rows[i];
        sk_str remark = row->is_dropped   ? SK_S("left out")
                        : row->is_changed ? SK_S("changed")
                                          : row->remark;
        sk_str text = row->is_dropped ? SK_S("") : row->is_changed ? row->value : row->shown;
        if (row->is_candidate && row->is_changed && !row->value.n)
            text = row->shown;
        sk_panel_row(r, sk_fmt(a, "%zu %.*s", i + 1, SK_P(row->label)), row->role, text, remark,
                     i == f->at);
    }
    sk_screen_draw_panel(r, f->at + 1, SIZE_MAX, 0,
                         "1-9 words of the text  Enter type  d leave out  c confirm  Esc back");
    sk_arena_back_to(a, here);
}

/* ---- one row ---- */

static void set_value(sk_row *row, sk_str value)
{
    row->is_dropped = false;
    row->is_changed = row->is_candidate || !sk_str_eq(value, row->typed);
    row->value = value;
}

static bool is_listed(const sk_row *row)
{
    return row->what == SK_ROW_POSITION || row->kind == SK_VALUE_TERM;
}

/* From a list where there is one, else on one line. */
static void type_value(form *f)
{
    sk_reviewing *r = f->r;
    sk_row *row = &f->rows[f->at];
    sk_arena *a = &r->app->cx.arena;
    sk_str value, given = row->is_changed ? row->value : row->typed;
    sk_str question = sk_fmt(a, "%.*s:", SK_P(row->label));
    sk_act_guess guess = {.words = sk_pane_text(&r->pane, a, f->start, f->end), .only_acts = true};
    bool is_given;
    if (row->what == SK_ROW_POSITION)
        is_given = sk_ask_choice(r, question, SK_S(""), sk_choices_positions, NULL, false, &value);
    else if (row->kind == SK_VALUE_TERM)
        is_given = sk_ask_choice(r, question, SK_S(""), sk_choices_acts, &guess, false, &value);
    else if (row->kind == SK_VALUE_ENTITY)
        is_given = sk_ask_choice(r, question, given, sk_choices_entities, NULL, true, &value);
    else
        is_given = sk_ask_line(r, question, given, "Enter takes it    Esc gives up", &value);
    if (is_given)
        set_value(row, value);
}

/* Words of the text: those that the row has, else beginning at the act word or what was chosen. */
static void choose_words(form *f)
{
    sk_reviewing *r = f->r;
    sk_row *row = &f->rows[f->at];
    sk_arena *a = &r->app->cx.arena;
    size_t start = row->start, end = row->end;
    if (start >= end)
        start = end = f->is_adding ? f->start : r->s.start;
    if (!sk_ask_words(r, sk_fmt(a, "%.*s: which words of the text?", SK_P(row->label)), &start,
                      &end))
        return;
    row->start = start;
    row->end = end;
    set_value(row, sk_str_trim(sk_pane_text(&r->pane, a, start, end)));
}

static void leave_out(sk_row *row)
{
    bool was = row->is_dropped;
    row->is_changed = false;
    row->is_dropped = !was && row->what == SK_ROW_PROPOSAL && !row->is_candidate;
}

/* ---- what is written ---- */

static sk_edit_what edit_of(const sk_row *row)
{
    switch (row->what) {
    case SK_ROW_SUBJECT:
        return SK_EDIT_SUBJECT;
    case SK_ROW_ADD:
        return SK_EDIT_ADD;
    case SK_ROW_CLAIMANT:
        return SK_EDIT_CLAIMANT;
    case SK_ROW_POSITION:
        return SK_EDIT_POSITION;
    case SK_ROW_SAID:
        return SK_EDIT_SAID;
    case SK_ROW_NOTE:
        return SK_EDIT_NOTE;
    default:
        return row->is_dropped ? SK_EDIT_DROP : row->is_candidate ? SK_EDIT_TAKE : SK_EDIT_VALUE;
    }
}

static void collect(form *f)
{
    f->edits = sk_new_array(&f->r->app->cx.arena, sk_edit, f->n);
    f->n_edits = 0;
    for (size_t i = 0; i < f->n; i++) {
        const sk_row *row = &f->rows[i];
        if (!row->is_dropped && !row->is_changed)
            continue;
        if (row->what == SK_ROW_ADD && !row->value.n)
            continue;
        f->edits[f->n_edits++] = (sk_edit){edit_of(row), row->i, row->prop, row->value};
    }
}

static sk_str value_of(const form *f, sk_row_what what)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->rows[i].what == what && f->rows[i].is_changed)
            return f->rows[i].value;
    return SK_NONE;
}

static sk_rc decide(sk_reviewing *r, sk_decision *d, void *arg)
{
    form *f = arg;
    collect(f);
    if (!f->is_adding)
        return sk_review_confirm(&r->app->cx, r->rv, &r->s, f->edits, f->n_edits, d);
    sk_selection sel = {.exhibit = &r->x.hash,
                        .start = f->start,
                        .end = f->end,
                        .type = f->type,
                        .subject = value_of(f, SK_ROW_SUBJECT),
                        .claimant = value_of(f, SK_ROW_CLAIMANT),
                        .position = value_of(f, SK_ROW_POSITION),
                        .said = value_of(f, SK_ROW_SAID),
                        .note = value_of(f, SK_ROW_NOTE)};
    sk_edit *fields = sk_new_array(&r->app->cx.arena, sk_edit, f->n);
    for (size_t i = 0; i < f->n_edits; i++)
        if (f->edits[i].what == SK_EDIT_ADD)
            fields[sel.n_fields++] = f->edits[i];
    sel.fields = fields;
    SK_TRY(sk_review_add(&r->app->cx, r->rv, &sel, d));
    f->n_entries = d->n_entries < SK_ADDED_MOST ? d->n_entries : SK_ADDED_MOST;
    memcpy(f->entries, d->entries, f->n_entries * sizeof *d->entries);
    return SK_OK;
}

/* ---- the loop ---- */

/* True when the key was one of the form's. */
static bool form_key(form *f, sk_key k)
{
    if (k.kind == SK_KEY_UP || k.kind == SK_KEY_BACK_TAB) {
        f->at -= f->at > 0;
    } else if (k.kind == SK_KEY_DOWN || k.kind == SK_KEY_TAB) {
        f->at += f->at + 1 < f->n;
    } else if (k.kind == SK_KEY_ENTER) {
        type_value(f);
    } else if (k.kind == SK_KEY_DELETE || (k.kind == SK_KEY_CHAR && k.c == 'd')) {
        leave_out(&f->rows[f->at]);
    } else if (k.kind == SK_KEY_CHAR && k.c == 't' && f->rows[f->at].is_candidate) {
        set_value(&f->rows[f->at], SK_S(""));
    } else if (k.kind == SK_KEY_CHAR && ((k.c >= '1' && k.c <= '9') || k.c == ' ')) {
        if (k.c != ' ' && k.c - '1' < f->n)
            f->at = k.c - '1';
        if (is_listed(&f->rows[f->at]))
            type_value(f);
        else
            choose_words(f);
    } else {
        return k.kind != SK_KEY_CHAR && k.kind != SK_KEY_ESCAPE;
    }
    return true;
}

/* Until it is confirmed or given up. *ret_done: it is written, and nothing of before is valid. */
static sk_rc run(form *f, bool *ret_done)
{
    sk_reviewing *r = f->r;
    *ret_done = false;
    while (!r->is_over) {
        draw(f);
        sk_key k = sk_tty_key(r->tty);
        r->message[0] = 0;
        if (sk_ask_gives_up(r, k))
            return SK_OK;
        if (k.is_pasted || form_key(f, k))
            continue;
        if (k.kind != SK_KEY_CHAR || k.c != 'c')
            continue;
        sk_decision d;
        if (sk_session_decide(r, decide, f, &d) == SK_OK) {
            *ret_done = true;
            return SK_OK;
        }
        if (!r->rv || !sk_session_tell(r))
            return r->app->cx.rc;
    }
    return SK_OK;
}

sk_rc sk_form_edit(sk_reviewing *r)
{
    form f = {.r = r, .start = r->s.passage, .end = r->s.passage_end};
    sk_hash id = r->s.id;
    bool done;
    f.title = sk_fmt(&r->app->cx.arena, "Edit: %.*s", SK_P(sk_review_title(r->app, &r->s)));
    sk_review_rows(r->app, &r->s, true, &f.rows, &f.n);
    SK_TRY(run(&f, &done));
    if (!done || r->is_over)
        return SK_OK;
    sk_session_say(r, "confirmed as edited; u takes it back");
    return sk_session_next_waiting(r, &id);
}

/* ---- adding ---- */

/* Where choosing begins: the sentence in hand, else the first word of the window. */
static void first_words(sk_reviewing *r, size_t *start, size_t *end)
{
    *start = r->has_suggestion ? r->s.passage : r->is_silent ? r->silence.start : r->pane.top;
    *end = r->has_suggestion ? r->s.passage_end : r->is_silent ? r->silence.end : r->pane.top;
}

/* A name or figure is the words themselves; an act is what was chosen of the list. */
static void fill_first(form *f, sk_str what)
{
    sk_str words = sk_str_trim(sk_pane_text(&f->r->pane, &f->r->app->cx.arena, f->start, f->end));
    for (size_t i = 0; i < f->n; i++) {
        sk_row *row = &f->rows[i];
        bool adds = row->what == SK_ROW_ADD, is_act = adds && sk_str_is(row->prop, "act");
        bool is_figure =
            f->is_adding && !sk_str_is(f->type, "Act") && row->kind == SK_VALUE_QUANTITY;
        bool is_subject = row->what == SK_ROW_SUBJECT && !sk_str_is(f->type, "Population");
        if (is_act)
            set_value(row, what);
        else if (is_subject || (adds && (row->kind == SK_VALUE_NAME || is_figure)))
            set_value(row, words);
    }
}

/* At whom the next suggestion is looked for when the claim is written. */
static sk_rc go_on(sk_reviewing *r, bool had_suggestion, const sk_hash *id, size_t from)
{
    if (had_suggestion)
        return sk_session_show(r, id);
    for (size_t i = 0; i < r->n_silences; i++)
        if (r->silences[i].start > from)
            return sk_session_show_silence(r, r->silences[i]);
    return sk_session_next_waiting(r, NULL);
}

sk_rc sk_form_add(sk_reviewing *r)
{
    form f = {.r = r, .is_adding = true};
    sk_arena *a = &r->app->cx.arena;
    bool had_suggestion = r->has_suggestion, done;
    sk_hash id = r->s.id;
    sk_str what;
    if (!r->has_exhibit) {
        sk_session_say(r, "there is no text on the screen to add a claim from");
        return SK_OK;
    }
    first_words(r, &f.start, &f.end);
    if (!sk_ask_words(r, SK_S("Add a claim: which words does it rest on?"), &f.start, &f.end))
        return SK_OK;
    sk_act_guess guess = {.words = sk_pane_text(&r->pane, a, f.start, f.end)};
    if (!sk_ask_choice(r, SK_S("What is it?"), SK_S(""), sk_choices_acts, &guess, false, &what))
        return SK_OK;
    size_t blank = sk_str_find(what, SK_S(" "));
    f.type = blank == SIZE_MAX ? SK_S("Act") : sk_str_sub(what, blank + 1, what.n);
    f.title = sk_fmt(a, "Add: %.*s", SK_P(what));
    sk_review_open_rows(r->app, f.type, &f.rows, &f.n);
    fill_first(&f, what);
    SK_TRY(run(&f, &done));
    if (!done || r->is_over)
        return SK_OK;
    memcpy(r->added, f.entries, sizeof r->added);
    r->n_added = f.n_entries;
    sk_session_say(r, "added; u takes it back");
    return go_on(r, had_suggestion, &id, f.start);
}
