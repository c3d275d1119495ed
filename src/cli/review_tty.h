/* A terminal in raw mode: its size, whole frames onto it, keys from it, and its old state given back.
 *
 *     sk_tty *t;
 *     SK_TRY(sk_tty_open(cx, &app->out, &t));
 *     sk_tty_show(t, &frame);
 *     sk_key k = sk_tty_key(t);
 *     sk_tty_close(t);
 *
 * However the program ends but by SIGKILL, the terminal is as it was: sk_tty_close does it, a handler
 * does it for a failed assertion and the other signals of a program that is wrong, and SIGINT,
 * SIGTERM, SIGHUP and SIGQUIT are told as a key (SK_KEY_END), so that the caller ends in order. Ctrl-Z
 * stops the program and it comes back with SK_KEY_REDRAW, as it does when the window has another size.
 * What is pasted is marked as pasted, so that a text in the clipboard presses no keys.
 *
 * The terminal is spoken to in the sequences that all of them of the last thirty years understand
 * (ECMA-48, xterm's second screen and bracketed paste); nothing is asked of it.
 * Invariant: one at a time, for signals know no other place than a global one.
 * Threads: the main thread. Tested by tests/cli/t_review_terminal.py. */
#ifndef SK_CLI_REVIEW_TTY_H
#define SK_CLI_REVIEW_TTY_H

#include "base/buf.h"
#include "base/ctx.h"
#include "base/term.h"

typedef enum sk_key_kind {
    SK_KEY_CHAR, /* c, a printable character */
    SK_KEY_ENTER,
    SK_KEY_ESCAPE,
    SK_KEY_TAB,
    SK_KEY_BACK_TAB,
    SK_KEY_BACKSPACE,
    SK_KEY_DELETE,
    SK_KEY_LEFT,
    SK_KEY_RIGHT,
    SK_KEY_UP,
    SK_KEY_DOWN,
    SK_KEY_SHIFT_LEFT,
    SK_KEY_SHIFT_RIGHT,
    SK_KEY_HOME,
    SK_KEY_FINISH, /* the key named End */
    SK_KEY_PAGE_UP,
    SK_KEY_PAGE_DOWN,
    SK_KEY_CONTROL, /* c, the letter held with Ctrl: 'u' */
    SK_KEY_REDRAW,  /* the size changed, or the program goes on after a stop */
    SK_KEY_END,     /* a signal asked to end, or the terminal is gone        */
    SK_KEY_OTHER    /* a key we give no meaning                              */
} sk_key_kind;

typedef struct sk_key {
    sk_key_kind kind;
    uint32_t c;
    bool is_pasted;
} sk_key;

typedef struct sk_tty sk_tty;

/* Whether sk_tty_open can work. Errors: SK_E_UNSUPPORTED either is no terminal, or one that cannot
 * move its cursor. */
SK_MUST_USE sk_rc sk_tty_check(sk_ctx *cx, const sk_term *look);

/* Standard input and output as a raw terminal with a screen of its own.
 * look   what is known of standard output: colour, UTF-8
 * Ownership: close it. Errors: SK_E_UNSUPPORTED either is no terminal, or one that cannot move its
 * cursor; SK_E_IO. */
SK_MUST_USE sk_rc sk_tty_open(sk_ctx *cx, const sk_term *look, sk_tty **ret_tty);
void sk_tty_close(sk_tty *t);

/* At least 1 and 1; 80 and 24 where the terminal does not say. */
void sk_tty_size(const sk_tty *t, size_t *ret_columns, size_t *ret_rows);

/* Put a frame on the screen: lines apart by LF, each at most as wide as the screen, with no control
 * characters but SGR colours. cursor_row, cursor_column show the cursor there; SIZE_MAX hides it. */
void sk_tty_show(sk_tty *t, sk_str frame, size_t cursor_row, size_t cursor_column);

/* Wait for a key. */
sk_key sk_tty_key(sk_tty *t);

/* Throw away what was typed and not read: a key must not decide on what was not yet shown. */
void sk_tty_forget_typed(sk_tty *t);

/* The signal that asked to end, or 0. */
int sk_tty_signal(const sk_tty *t);

#endif
