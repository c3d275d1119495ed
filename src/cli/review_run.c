/* The loop over keys: each does one thing with the suggestion in hand. */
#include "cli/review.h"

#include "record/write.h"

static const char help_text[] =
    "c       confirm: the claim is signed and written, resting on the sentence\n"
    "e       edit a slot, then confirm\n"
    "r       reject                R   reject, and say why\n"
    "s       skip: it comes again\n"
    "u       undo: the decision on the one shown, else your last one\n"
    "n p     the next, the one before, decided ones too\n"
    "a       add a claim from words of the text\n"
    "Tab     the next sentence that holds a word for an act and of which nothing is proposed\n"
    "A       accept the sure names of this document, after showing them\n"
    "g       go to words of the text, to an exhibit by its name, or to a suggestion by its id\n"
    "arrows  scroll the text; Page Up, Page Down; Home: back to the suggestion\n"
    "q       quit; what was decided stays, the rest waits      Ctrl-C quits too\n"
    "\n"
    "In the margin of the text\n"
    ">   the sentence of this suggestion\n"
    "?   a sentence with a word for an act, nothing proposed\n"
    "-   a suggestion that waits\n"
    "+   one that is decided\n"
    "~   furniture of the page: not read\n"
    "\n"
    "Choosing words\n"
    "Left Right Up Down move; with Shift, or after Space, they make the span longer or shorter.\n"
    ", and . take one character off its end or put one on; < and > do so at its start.\n"
    "\n"
    "Filling a form\n"
    "The number of a row chooses words of the text for it, Enter types it, d leaves it out, t "
    "takes a\n"
    "guess as it is, c writes the claims, Esc goes back without writing.\n"
    "\n"
    "What a line says\n"
    "who, to whom, when, where, how many   what the text gives; - where it gives nothing\n"
    "says    who says it, first the origin, then those who passed it on\n"
    "claim   asserts, denies or predicts: what confirming would write\n"
    "as      how the text holds it; a risk, plan or threat is never written as an act that "
    "happened\n"
    "tier    1 sure, 2 sound, 3 weak; rules that people mostly reject are hidden (tier 4)\n";

/* ---- deciding ---- */

static sk_rc do_confirm(sk_reviewing *r, sk_decision *d, void *arg)
{
    (void)arg;
    return sk_review_confirm(&r->app->cx, r->rv, &r->s, NULL, 0, d);
}

static sk_rc do_reject(sk_reviewing *r, sk_decision *d, void *arg)
{
    const sk_str *reason = arg;
    return sk_review_reject(&r->app->cx, r->rv, &r->s, 1, *reason, d);
}

static sk_rc do_undo(sk_reviewing *r, sk_decision *d, void *arg)
{
    return sk_review_undo(&r->app->cx, r->rv, arg, d);
}

/* What was added from a selection has no suggestion: its entries are taken back themselves. */
static sk_rc do_undo_added(sk_reviewing *r, sk_decision *d, void *arg)
{
    (void)arg;
    sk_hash id;
    for (size_t i = 0; i < r->n_added; i++)
        SK_TRY(sk_record_retract(&r->app->cx, &r->added[i], SK_S("undone in review"), &id));
    d->n_entries = r->n_added;
    return SK_OK;
}

static sk_rc do_accept_all(sk_reviewing *r, sk_decision *d, void *arg)
{
    size_t *n = arg;
    SK_TRY(sk_review_accept_all(&r->app->cx, r->rv, &r->x.hash, n));
    d->n_entries = *n;
    return SK_OK;
}

/* Decide on the one in hand and go on. What was typed before the next is shown decides nothing. */
static sk_rc decide_one(sk_reviewing *r, sk_decide_fn *fn, void *arg, const char *news)
{
    sk_decision d;
    sk_hash id = r->s.id;
    if (!r->has_suggestion) {
        sk_session_say(r, "there is no suggestion here; n shows the next");
        return SK_OK;
    }
    if (r->s.state != SK_SUGGEST_WAITS) {
        sk_session_say(r, "it is %s already; u takes that back", sk_suggest_state_name(r->s.state));
        return SK_OK;
    }
    SK_TRY(sk_session_decide(r, fn, arg, &d));
    sk_tty_forget_typed(r->tty);
    sk_session_say(r, "%s", news);
    return sk_session_next_waiting(r, &id);
}

static sk_rc reject_with_reason(sk_reviewing *r)
{
    sk_str reason;
    if (!r->has_suggestion || r->s.state != SK_SUGGEST_WAITS)
        return decide_one(r, do_reject, &SK_S(""), "");
    if (!sk_ask_line(r, SK_S("Reject, because:"), SK_S(""), "Enter rejects    Esc goes back",
                     &reason))
        return SK_OK;
    return decide_one(r, do_reject, &reason, "rejected; u takes it back");
}

static sk_rc undo(sk_reviewing *r)
{
    sk_decision d = {.n_entries = 0};
    size_t was = r->n_decided;
    if (r->n_added) {
        sk_hash id = r->s.id;
        bool had = r->has_suggestion;
        SK_TRY(sk_session_decide(r, do_undo_added, NULL, &d));
        r->n_decided = was ? was - 1 : 0;
        sk_session_say(r, "the claim that was added is taken back");
        return had ? sk_session_show(r, &id) : sk_session_next_waiting(r, NULL);
    }
    bool this_one = r->has_suggestion && r->s.state != SK_SUGGEST_WAITS;
    sk_hash id = r->s.id;
    SK_TRY(sk_session_decide(r, do_undo, this_one ? &id : NULL, &d));
    r->n_decided = was ? was - 1 : 0;
    sk_tty_forget_typed(r->tty);
    sk_session_say(r, "taken back: it waits again");
    sk_rc rc = sk_session_show(r, &d.suggestion);
    if (rc != SK_E_NOTFOUND)
        return rc;
    sk_forgive(&r->app->cx);
    sk_session_say(r, "taken back; it is no longer proposed");
    return sk_session_next_waiting(r, NULL);
}

/* Show which, ask once. */
static sk_rc accept_all(sk_reviewing *r)
{
    sk_ctx *cx = &r->app->cx;
    sk_review_filter f = sk_review_sure(&r->x.hash);
    sk_suggestion *list;
    size_t n, done = 0;
    sk_decision d;
    if (!r->has_exhibit)
        return SK_OK;
    SK_TRY(sk_review_list(cx, r->rv, &f, 0, &list, &n));
    if (!n) {
        sk_session_say(r, "no sure name of this document waits");
        return SK_OK;
    }
    sk_buf b;
    sk_buf_init(&b, SK_LIM_FRAME_TEXT);
    for (size_t i = 0; i < n; i++)
        sk_buf_addf(&b, "%.*s\n", SK_P(sk_review_sentence(r->app, &list[i])));
    sk_key k = sk_screen_page(
        r, sk_fmt(&cx->arena, "Confirm these %zu names of %.*s?", n, SK_P(r->x.name)),
        sk_buf_str(&b), "y confirms all of them    any other key: none");
    sk_buf_done(&b);
    if (k.kind == SK_KEY_END)
        r->is_over = true;
    if (k.kind != SK_KEY_CHAR || k.c != 'y') {
        sk_session_say(r, "none was confirmed");
        return SK_OK;
    }
    sk_hash id = r->s.id;
    bool had = r->has_suggestion;
    SK_TRY(sk_session_decide(r, do_accept_all, &done, &d));
    sk_tty_forget_typed(r->tty);
    r->n_decided += done ? done - 1 : 0;
    sk_session_say(r, "%zu confirmed; n and p show them, u takes back the one shown", done);
    return sk_session_next_waiting(r, had ? &id : NULL);
}

/* ---- moving ---- */

static sk_rc next_silence(sk_reviewing *r)
{
    size_t from = r->is_silent ? r->silence.end : r->has_suggestion ? r->s.passage : 0;
    sk_ctx *cx = &r->app->cx;
    sk_review_exhibit *list;
    size_t n;
    for (size_t i = 0; i < r->n_silences; i++)
        if (r->silences[i].start >= from)
            return sk_session_show_silence(r, r->silences[i]);
    if (r->n_silences) {
        sk_session_say(r, "from the beginning of this document again");
        return sk_session_show_silence(r, r->silences[0]);
    }
    SK_TRY(sk_review_exhibits(cx, r->rv, &list, &n));
    for (size_t i = 0; i < n && !r->filter.exhibit; i++)
        if (list[i].counts.silences)
            return sk_session_enter(r, &list[i].exhibit);
    sk_session_say(r, "there is no sentence with a word for an act and nothing proposed");
    return SK_OK;
}

/* Where words stand behind the place in hand, capital or small alike; SIZE_MAX when nowhere. */
static size_t find_words(sk_reviewing *r, sk_str words)
{
    size_t from = r->has_suggestion ? r->s.start + 1 : r->pane.top, found;
    found = sk_pane_find(&r->pane, words, from);
    return found == SIZE_MAX ? sk_pane_find(&r->pane, words, 0) : found;
}

static sk_rc go_to(sk_reviewing *r)
{
    sk_ctx *cx = &r->app->cx;
    sk_str where;
    sk_suggestion s;
    sk_exhibit x;
    if (!sk_ask_line(
            r, SK_S("Go to:"), SK_S(""),
            "words of the text, name of an exhibit, or id of a suggestion    Esc goes back",
            &where) ||
        !where.n)
        return SK_OK;
    size_t byte = r->has_exhibit ? find_words(r, where) : SIZE_MAX;
    if (byte != SIZE_MAX) {
        sk_rc rc = sk_session_show_at(r, byte);
        if (rc == SK_E_NOTFOUND && !cx->rc) {
            sk_pane_centre(&r->pane, byte);
            sk_session_say(r, "no suggestion stands behind these words");
            return SK_OK;
        }
        return rc;
    }
    if (sk_review_find(cx, r->rv, where, &s) == SK_OK)
        return sk_session_show(r, &s.id);
    sk_forgive(cx);
    if (sk_exhibit_find(cx, r->app->view, where, &x) == SK_OK)
        return sk_session_enter(r, &x.hash);
    sk_forgive(cx);
    sk_session_say(r, "\"%.*s\" is no word of this text, no exhibit and no suggestion",
                   SK_P(where));
    return SK_OK;
}

static bool scroll(sk_reviewing *r, sk_key_kind kind)
{
    long page = r->pane.rows > 2 ? (long)r->pane.rows - 1 : 1;
    if (kind == SK_KEY_UP || kind == SK_KEY_DOWN)
        sk_pane_scroll(&r->pane, kind == SK_KEY_UP ? -1 : 1);
    else if (kind == SK_KEY_PAGE_UP || kind == SK_KEY_PAGE_DOWN)
        sk_pane_scroll(&r->pane, kind == SK_KEY_PAGE_UP ? -page : page);
    else if (kind == SK_KEY_HOME)
        sk_session_centre(r);
    else
        return false;
    return true;
}

/* ---- the loop ---- */

static sk_rc do_key(sk_reviewing *r, uint32_t c)
{
    sk_str none = SK_S("");
    switch (c) {
    case 'c':
        return decide_one(r, do_confirm, NULL, "confirmed; u takes it back");
    case 'r':
        return decide_one(r, do_reject, &none, "rejected; u takes it back");
    case 'R':
        return reject_with_reason(r);
    case 'e':
        if (!r->has_suggestion || r->s.state != SK_SUGGEST_WAITS)
            return decide_one(r, do_confirm, NULL, "");
        return sk_form_edit(r);
    case 's':
        return sk_session_next_waiting(r, r->has_suggestion ? &r->s.id : NULL);
    case 'u':
        return undo(r);
    case 'n':
    case 'p':
        return sk_session_step(r, c == 'p');
    case 'a':
        return sk_form_add(r);
    case 'A':
        return accept_all(r);
    case 'g':
        return go_to(r);
    case '?': {
        sk_key k = sk_screen_page(r, SK_S("Keys"), sk_str_of(help_text), "any key goes back");
        r->is_over = k.kind == SK_KEY_END;
        return SK_OK;
    }
    case 'q':
        r->is_over = true;
        return SK_OK;
    default:
        sk_session_say(r, "? explains the keys");
        return SK_OK;
    }
}

static sk_rc take_key(sk_reviewing *r, sk_key k)
{
    if (k.kind == SK_KEY_END || (k.kind == SK_KEY_CONTROL && k.c == 'c')) {
        r->is_over = true;
        return SK_OK;
    }
    if (k.is_pasted || scroll(r, k.kind) || k.kind == SK_KEY_REDRAW)
        return SK_OK;
    if (k.kind == SK_KEY_TAB)
        return next_silence(r);
    return k.kind == SK_KEY_CHAR ? do_key(r, k.c) : SK_OK;
}

/* NOTFOUND that is not recorded: there is no next one, and nothing is wrong. */
static sk_rc loop(sk_reviewing *r)
{
    sk_ctx *cx = &r->app->cx;
    while (!r->is_over) {
        sk_screen_draw(r);
        sk_key k = sk_tty_key(r->tty);
        if (k.kind != SK_KEY_REDRAW)
            r->message[0] = 0;
        sk_rc rc = take_key(r, k);
        if (rc == SK_E_NOTFOUND && !cx->rc)
            sk_session_say(r, "there is none that way");
        else if (rc && (!r->rv || !sk_session_tell(r)))
            return rc;
    }
    return SK_OK;
}

static sk_rc begin(sk_reviewing *r)
{
    sk_ctx *cx = &r->app->cx;
    r->base = sk_arena_here(&cx->arena);
    SK_TRY(sk_session_refresh(r));
    if (r->filter.exhibit)
        SK_TRY(sk_session_enter(r, r->filter.exhibit));
    sk_rc rc = sk_session_resume(r);
    return rc == SK_E_NOTFOUND && !cx->rc ? SK_OK : rc;
}

static void tell_end(sk_reviewing *r)
{
    sk_app_printf(r->app, "%zu decided; %llu %s.\n", r->n_decided, (unsigned long long)r->all.all,
                  r->all.all == 1 ? "suggestion awaits review" : "suggestions await review");
}

sk_rc sk_review_run(sk_app *app, const sk_review_filter *filter)
{
    sk_reviewing *r = sk_new(&app->cx.arena, sk_reviewing);
    *r = (sk_reviewing){.app = app, .filter = *filter};
    if (filter->exhibit) {
        r->only = *filter->exhibit;
        r->filter.exhibit = &r->only;
    }
    SK_TRY(sk_tty_open(&app->cx, &app->out, &r->tty));
    app->quiet = true; /* remarks and progress would fall into the screen */
    app->cx.progress = NULL;
    sk_buf_init(&r->frame, SK_LIM_FRAME_TEXT);
    sk_buf_init(&r->panel, SK_LIM_FRAME_TEXT);
    sk_rc rc = begin(r);
    if (!rc)
        rc = loop(r);
    int signal = sk_tty_signal(r->tty);
    sk_tty_close(r->tty);
    if (!rc && signal)
        rc = sk_fail(&app->cx, SK_E_CANCELLED, "stopped by signal %d; what was decided stands",
                     signal);
    if (!rc)
        tell_end(r);
    sk_pane_done(&r->pane);
    sk_arena_done(&r->text_arena);
    sk_buf_done(&r->frame);
    sk_buf_done(&r->panel);
    return rc;
}
