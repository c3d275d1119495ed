/* Reviewing suggestions on a terminal: what the files review_*.c share.
 *
 *     cmd_review.c      the options; which of these runs
 *     review_list.c     without a terminal: list, statistics, decisions by id
 *     review_run.c      with one: the loop over keys
 *     review_session.c  the suggestion in hand, moving on, writing a decision
 *     review_screen.c   what is on the screen
 *     review_form.c     slots that a person changes or fills
 *     review_ask.c      one line, words of the text, one of a list; review_line.c is the line
 *     review_choices.c  the lists that are offered: acts, entities, positions
 *     review_rows.c     a suggestion in plain words, for list, screen and form
 *     review_pane.c     the text with its marks; review_tty.c the terminal
 *
 * A session holds the archive for reading. Each decision opens it for writing, commits and closes it,
 * as the browser's do: nobody is kept from writing while a person thinks.
 *
 * Memory: what a suggestion needs lies in the context's arena behind a mark and goes when the next one
 * is shown; the text of the exhibit has an arena of its own. So a session of a day stays small. */
#ifndef SK_CLI_REVIEW_H
#define SK_CLI_REVIEW_H

#include "cli/app.h"
#include "cli/review_line.h"
#include "cli/review_pane.h"
#include "cli/review_tty.h"
#include "record/review.h"

/* ---- a suggestion in plain words ---- */

typedef enum sk_row_what {
    SK_ROW_SUBJECT,
    SK_ROW_PROPOSAL, /* proposals[i]                            */
    SK_ROW_ADD,      /* a slot that nothing is proposed for     */
    SK_ROW_CLAIMANT,
    SK_ROW_POSITION,
    SK_ROW_SAID,
    SK_ROW_NOTE
} sk_row_what;

/* One slot: "to whom   twelve workers   (words for people, new)". */
typedef struct sk_row {
    sk_row_what what;
    size_t i;
    sk_str prop;
    sk_value_type kind;
    sk_mark_role role;
    sk_str label;  /* "to whom"                                             */
    sk_str shown;  /* for people; empty: open                               */
    sk_str remark; /* "new group", "three bear this name"; may be empty     */
    sk_str typed;  /* what stands in the line when it is edited             */
    size_t start, end;
    bool is_candidate;
    /* in a form */
    sk_str value; /* as changed */
    bool is_changed, is_dropped;
} sk_row;

/* The rows of a suggestion; with_open: those, too, that are empty, which a form shows. In the arena. */
void sk_review_rows(sk_app *app, const sk_suggestion *s, bool with_open, sk_row **ret_rows,
                    size_t *ret_n);

/* The rows for a claim of one's own about a new subject of that type. */
void sk_review_open_rows(sk_app *app, sk_str type, sk_row **ret_rows, size_t *ret_n);

/* "killing: soldiers > 12 civilians, March 2014" */
sk_str sk_review_sentence(sk_app *app, const sk_suggestion *s);

/* "killing", "name of a person", "figure" */
sk_str sk_review_title(sk_app *app, const sk_suggestion *s);

/* "witnesses > article.html" */
sk_str sk_review_chain(sk_app *app, const sk_suggestion *s);

/* "reported: somebody in the text says it happened" */
sk_str sk_review_modality(sk_app *app, const sk_suggestion *s);

/* "82 % of 34 kept", or "not judged yet" */
sk_str sk_review_rate(sk_app *app, sk_review *rv, sk_str rule);

/* ---- the session ---- */

enum { SK_ADDED_MOST = 32 }; /* claims of one form */

typedef struct sk_reviewing {
    sk_app *app;
    sk_tty *tty;
    sk_review *rv;
    sk_review_filter filter;
    sk_hash only;             /* filter.exhibit points here                       */
    sk_arena_mark base, seat; /* the arena before view and review; before what is in hand */
    sk_arena text_arena;
    sk_exhibit x; /* on the screen */
    bool has_exhibit;
    sk_pane pane;
    sk_silence *silences;
    size_t n_silences;
    sk_suggestion s; /* in hand */
    bool has_suggestion;
    bool is_silent; /* at a sentence of which nothing is proposed */
    sk_silence silence;
    sk_review_counts here, all;
    sk_mark *marks;
    sk_gutter *gutters;
    size_t n_marks, n_gutters;
    size_t n_decided;             /* in this session */
    sk_hash added[SK_ADDED_MOST]; /* claims that the last decision added from a selection */
    size_t n_added;
    size_t columns, rows;
    sk_buf frame, panel;
    char message[1024]; /* in the last line until the next key */
    bool is_over;
} sk_reviewing;

/* View, review and counts anew; what is in hand is forgotten. */
SK_MUST_USE sk_rc sk_session_refresh(sk_reviewing *r);

/* Take a suggestion in hand. Errors: SK_E_NOTFOUND it is not proposed (any more), nothing is in hand. */
SK_MUST_USE sk_rc sk_session_show(sk_reviewing *r, const sk_hash *id);
SK_MUST_USE sk_rc sk_session_show_silence(sk_reviewing *r, sk_silence s);

/* The next that waits behind `after`, else from the beginning. NULL: the first. */
SK_MUST_USE sk_rc sk_session_next_waiting(sk_reviewing *r, const sk_hash *after);

/* The one before or behind the one in hand, decided or not. */
SK_MUST_USE sk_rc sk_session_step(sk_reviewing *r, bool back);

/* The text of an exhibit, with the first that waits in it in hand, else the first sentence of which
 * nothing is proposed, else nothing. */
SK_MUST_USE sk_rc sk_session_enter(sk_reviewing *r, const sk_hash *exhibit);

/* Scroll the text to what is in hand. */
void sk_session_centre(sk_reviewing *r);

/* The first suggestion of the exhibit at or behind byte. SK_E_NOTFOUND (not recorded): none. */
SK_MUST_USE sk_rc sk_session_show_at(sk_reviewing *r, size_t byte);

/* Where the person who reviews went on to: behind their last decision. */
SK_MUST_USE sk_rc sk_session_resume(sk_reviewing *r);

/* Write one decision: decide is called between opening for writing and the commit. Then refreshes;
 * rv is NULL when that failed, and then nothing can go on. Entries of *ret_decision are gone. */
typedef sk_rc sk_decide_fn(sk_reviewing *r, sk_decision *ret_decision, void *arg);
SK_MUST_USE sk_rc sk_session_decide(sk_reviewing *r, sk_decide_fn *fn, void *arg,
                                    sk_decision *ret_decision);

/* Show what went wrong and go on: for what a person can mend. Returns false for what ends the session
 * (the archive cannot be read or is damaged); the error is then still recorded. */
bool sk_session_tell(sk_reviewing *r);
void sk_session_say(sk_reviewing *r, const char *fmt, ...) SK_PRINTF(2, 3);

/* ---- the screen ---- */

/* Title line, text, panel of the suggestion in hand, keys. */
void sk_screen_draw(sk_reviewing *r);

/* The same with r->panel filled by the caller: lines each ended by LF; line `keep` stays visible.
 * cursor_row within the panel, SIZE_MAX: none. keys: the last line. */
void sk_screen_draw_panel(sk_reviewing *r, size_t keep, size_t cursor_row, size_t cursor_column,
                          const char *keys);

/* An empty panel for the window as it is now. */
void sk_panel_begin(sk_reviewing *r);

/* How many lines of a panel can be shown. */
size_t sk_screen_panel_rows(const sk_reviewing *r);

/* Append one line to the panel: a label in its colour, a text cut to the width, a dim remark. */
void sk_panel_row(sk_reviewing *r, sk_str label, sk_mark_role role, sk_str text, sk_str remark,
                  bool is_chosen);
void sk_panel_line(sk_reviewing *r, const char *sgr, sk_str text);

/* A text over as many lines as it takes, scrolled by keys until another is pressed. */
sk_key sk_screen_page(sk_reviewing *r, sk_str title, sk_str text, const char *keys);

/* ---- asking ---- */

/* True when the key gives up what is asked: Escape, Ctrl-C, or the end of it all (r->is_over). */
bool sk_ask_gives_up(sk_reviewing *r, sk_key k);

/* One line: false when given up. ret_text in the arena. */
bool sk_ask_line(sk_reviewing *r, sk_str question, sk_str given, const char *keys,
                 sk_str *ret_text);

/* Words of the text: false when given up. start, end: what is chosen at first, and the answer. */
bool sk_ask_words(sk_reviewing *r, sk_str question, size_t *start, size_t *end);

/* One of a list, narrowed by typing. */
typedef struct sk_choice {
    sk_str label, detail, value;
} sk_choice;

/* list fills choices for what was typed, best first, in the arena. Returns false when given up.
 * may_type: what was typed can itself be the answer, when nothing in the list is it. */
typedef sk_rc sk_choices_fn(sk_reviewing *r, sk_str typed, sk_choice **ret_list, size_t *ret_n,
                            void *arg);
bool sk_ask_choice(sk_reviewing *r, sk_str question, sk_str given, sk_choices_fn *list, void *arg,
                   bool may_type, sk_str *ret_value);

/* What the words chosen can be: acts that the lists have for them first, then a name, a figure, then
 * every other act. A value is an act's term, or "name Person", "figure Population".
 * arg: const sk_act_guess *; only_acts of it leaves the others out */
typedef struct sk_act_guess {
    sk_str words;
    bool only_acts;
} sk_act_guess;
sk_rc sk_choices_acts(sk_reviewing *r, sk_str typed, sk_choice **ret_list, size_t *ret_n,
                      void *arg);

/* Entities of the record whose name contains what was typed. arg: not used */
sk_rc sk_choices_entities(sk_reviewing *r, sk_str typed, sk_choice **ret_list, size_t *ret_n,
                          void *arg);

/* asserts, denies ... arg: not used */
sk_rc sk_choices_positions(sk_reviewing *r, sk_str typed, sk_choice **ret_list, size_t *ret_n,
                           void *arg);

/* ---- forms ---- */

/* Edit the suggestion in hand, and confirm. */
SK_MUST_USE sk_rc sk_form_edit(sk_reviewing *r);

/* Add a claim from a selection. */
SK_MUST_USE sk_rc sk_form_add(sk_reviewing *r);

/* ---- with and without a terminal ---- */

SK_MUST_USE sk_rc sk_review_run(sk_app *app, const sk_review_filter *filter);
SK_MUST_USE sk_rc sk_review_list_command(sk_app *app, const sk_review_filter *filter);
SK_MUST_USE sk_rc sk_review_stats_command(sk_app *app);
SK_MUST_USE sk_rc sk_review_decide_command(sk_app *app);

#endif
