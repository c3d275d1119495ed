#include "cli/review_tty.h"

#include "base/utf8.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* Second screen, cursor off, paste marked; and the way back. */
#define ENTER_SCREEN "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[2J"
#define LEAVE_SCREEN "\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l"

enum { ESCAPE_WAIT_MS = 50, SEQUENCE_MOST = 32 };

struct sk_tty {
    int in, out;
    sk_buf frame;
    bool is_pasting, is_gone;
    unsigned char got[256]; /* read, not yet a key */
    size_t n_got, at;
};

/* Handlers get no argument, so what they need is here, and only here. */
static struct {
    struct termios saved;
    int in, out;
    volatile sig_atomic_t is_raw, end, stop, redraw;
} now;

static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
static const int wrongs[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};

/* ---- in and out of raw mode ---- */

/* write until all is out; for handlers too. */
static void put_raw(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno != EINTR && errno != EAGAIN)
            return;
        if (w > 0) {
            p += w;
            n -= (size_t)w;
        }
    }
}

static void leave_raw(void)
{
    if (!now.is_raw)
        return;
    now.is_raw = 0;
    put_raw(now.out, LEAVE_SCREEN, sizeof LEAVE_SCREEN - 1);
    tcsetattr(now.in, TCSADRAIN, &now.saved);
}

static bool enter_raw(void)
{
    struct termios raw = now.saved;
    raw.c_iflag &= (tcflag_t) ~(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON);
    raw.c_lflag &= (tcflag_t) ~(ECHO | ICANON | IEXTEN | ISIG);
    raw.c_cflag |= CS8;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(now.in, TCSADRAIN, &raw) != 0)
        return false;
    now.is_raw = 1;
    put_raw(now.out, ENTER_SCREEN, sizeof ENTER_SCREEN - 1);
    return true;
}

/* ---- signals ---- */

static void on_end(int sig)
{
    now.end = sig;
}

static void on_stop(int sig)
{
    now.stop = sig;
}

static void on_redraw(int sig)
{
    now.redraw = sig;
}

/* Our own code is wrong: the terminal first, then the default. */
static void on_wrong(int sig)
{
    leave_raw();
    signal(sig, SIG_DFL);
    raise(sig);
}

static void handle(int sig, void (*handler)(int), bool restart)
{
    struct sigaction a = {.sa_handler = handler, .sa_flags = restart ? SA_RESTART : 0};
    sigemptyset(&a.sa_mask);
    sigaction(sig, &a, NULL);
}

/* Archive and index are written between keys: their calls go on after a signal of ours. */
static void take_signals(void)
{
    for (size_t i = 0; i < SK_COUNT(ends); i++)
        handle(ends[i], on_end, true);
    for (size_t i = 0; i < SK_COUNT(wrongs); i++)
        handle(wrongs[i], on_wrong, false);
    handle(SIGTSTP, on_stop, true);
    handle(SIGCONT, on_redraw, true);
    handle(SIGWINCH, on_redraw, true);
}

static void give_back_signals(void)
{
    static const int others[] = {SIGTSTP, SIGCONT, SIGWINCH};
    for (size_t i = 0; i < SK_COUNT(ends); i++)
        handle(ends[i], SIG_DFL, false);
    for (size_t i = 0; i < SK_COUNT(wrongs); i++)
        handle(wrongs[i], SIG_DFL, false);
    for (size_t i = 0; i < SK_COUNT(others); i++)
        handle(others[i], SIG_DFL, false);
}

/* Stop as the shell expects it of a program, and come back. */
static void stop_here(void)
{
    now.stop = 0;
    leave_raw();
    handle(SIGTSTP, SIG_DFL, false);
    raise(SIGTSTP);
    handle(SIGTSTP, on_stop, true);
    enter_raw();
    now.redraw = 1;
}

/* ---- open and close ---- */

sk_rc sk_tty_check(sk_ctx *cx, const sk_term *look)
{
    const char *term = getenv("TERM");
    if (!isatty(STDIN_FILENO) || !look->is_terminal)
        return sk_fail(cx, SK_E_UNSUPPORTED,
                       "reviewing asks for keys and needs a terminal, which standard %s is not; "
                       "without one: sillok review --list, then --confirm ID or --reject ID",
                       isatty(STDIN_FILENO) ? "output" : "input");
    if (!term || !term[0] || strcmp(term, "dumb") == 0)
        return sk_fail(cx, SK_E_UNSUPPORTED,
                       "this terminal cannot move its cursor (TERM is \"%s\"); set TERM, or use: "
                       "sillok review --list, then --confirm ID or --reject ID",
                       term ? term : "");
    return SK_OK;
}

sk_rc sk_tty_open(sk_ctx *cx, const sk_term *look, sk_tty **ret_tty)
{
    sk_assert(!now.is_raw);
    SK_TRY(sk_tty_check(cx, look));
    now.in = STDIN_FILENO;
    now.out = STDOUT_FILENO;
    now.end = now.stop = now.redraw = 0;
    if (tcgetattr(now.in, &now.saved) != 0)
        return sk_fail_errno(cx, "asking the terminal for its state");
    take_signals();
    if (!enter_raw()) {
        sk_rc rc = sk_fail_errno(cx, "setting the terminal to single keys");
        give_back_signals();
        return rc;
    }
    sk_tty *t = sk_xmalloc(sizeof *t);
    *t = (sk_tty){.in = now.in, .out = now.out};
    sk_buf_init(&t->frame, SK_LIM_FRAME_TEXT);
    *ret_tty = t;
    return SK_OK;
}

void sk_tty_close(sk_tty *t)
{
    if (!t)
        return;
    leave_raw();
    give_back_signals();
    sk_buf_done(&t->frame);
    free(t);
}

int sk_tty_signal(const sk_tty *t)
{
    (void)t;
    return now.end;
}

/* ---- out ---- */

void sk_tty_size(const sk_tty *t, size_t *ret_columns, size_t *ret_rows)
{
    struct winsize w;
    bool known = ioctl(t->out, TIOCGWINSZ, &w) == 0 && w.ws_col && w.ws_row;
    *ret_columns = known ? w.ws_col : 80;
    *ret_rows = known ? w.ws_row : 24;
}

/* Line by line from the top, each cleared to its end: no flicker, and nothing of the old frame. */
void sk_tty_show(sk_tty *t, sk_str frame, size_t cursor_row, size_t cursor_column)
{
    size_t columns, rows, row = 0;
    sk_str line;
    sk_tty_size(t, &columns, &rows);
    sk_buf_reset(&t->frame);
    sk_buf_add(&t->frame, SK_S("\x1b[?25l"));
    while (row < rows && sk_str_cut(&frame, '\n', &line)) {
        sk_buf_addf(&t->frame, "\x1b[%zu;1H", ++row);
        sk_buf_add(&t->frame, line);
        sk_buf_add(&t->frame, SK_S("\x1b[0m\x1b[K"));
    }
    if (row < rows)
        sk_buf_addf(&t->frame, "\x1b[%zu;1H\x1b[J", row + 1);
    if (cursor_row != SIZE_MAX)
        sk_buf_addf(&t->frame, "\x1b[%zu;%zuH\x1b[?25h", cursor_row + 1, cursor_column + 1);
    put_raw(t->out, t->frame.p, t->frame.n);
}

/* ---- in ---- */

/* Wait for input or a signal. A signal that comes between the look at its flag and the wait must not
 * be slept over, so all of ours are blocked but inside ppoll. False: nothing came in time. */
static bool wait_input(sk_tty *t, int timeout_ms)
{
    sigset_t ours, before;
    sigemptyset(&ours);
    for (size_t i = 0; i < SK_COUNT(ends); i++)
        sigaddset(&ours, ends[i]);
    sigaddset(&ours, SIGTSTP);
    sigaddset(&ours, SIGCONT);
    sigaddset(&ours, SIGWINCH);
    sigprocmask(SIG_BLOCK, &ours, &before);
    struct pollfd p = {.fd = t->in, .events = POLLIN};
    struct timespec wait = {.tv_sec = timeout_ms / 1000,
                            .tv_nsec = (long)(timeout_ms % 1000) * 1000000};
    int n = 0;
    if (!now.end && !now.stop && !now.redraw)
        n = ppoll(&p, 1, timeout_ms < 0 ? NULL : &wait, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return n > 0;
}

/* True when a byte stands at t->at. */
static bool have_byte(sk_tty *t, int timeout_ms)
{
    if (t->at < t->n_got)
        return true;
    if (t->is_gone || !wait_input(t, timeout_ms))
        return false;
    ssize_t n = read(t->in, t->got, sizeof t->got);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return false;
    t->is_gone = n <= 0;
    t->at = 0;
    t->n_got = n > 0 ? (size_t)n : 0;
    return n > 0;
}

static const struct {
    const char *sequence; /* behind ESC */
    sk_key_kind kind;
} sequences[] = {
    {"[A", SK_KEY_UP},
    {"[B", SK_KEY_DOWN},
    {"[C", SK_KEY_RIGHT},
    {"[D", SK_KEY_LEFT},
    {"OA", SK_KEY_UP},
    {"OB", SK_KEY_DOWN},
    {"OC", SK_KEY_RIGHT},
    {"OD", SK_KEY_LEFT},
    {"[H", SK_KEY_HOME},
    {"[F", SK_KEY_FINISH},
    {"OH", SK_KEY_HOME},
    {"OF", SK_KEY_FINISH},
    {"[1~", SK_KEY_HOME},
    {"[4~", SK_KEY_FINISH},
    {"[7~", SK_KEY_HOME},
    {"[8~", SK_KEY_FINISH},
    {"[3~", SK_KEY_DELETE},
    {"[5~", SK_KEY_PAGE_UP},
    {"[6~", SK_KEY_PAGE_DOWN},
    {"[1;2C", SK_KEY_SHIFT_RIGHT},
    {"[1;2D", SK_KEY_SHIFT_LEFT},
    {"[Z", SK_KEY_BACK_TAB},
};

/* What stands behind ESC: nothing (the key itself), or a sequence; an unknown one is taken whole. */
static sk_key take_sequence(sk_tty *t)
{
    char s[SEQUENCE_MOST + 1];
    size_t n = 0;
    if (!have_byte(t, ESCAPE_WAIT_MS))
        return (sk_key){.kind = SK_KEY_ESCAPE};
    if (t->got[t->at] != '[' && t->got[t->at] != 'O')
        return (sk_key){.kind = SK_KEY_ESCAPE};
    s[n++] = (char)t->got[t->at++];
    while (n < SEQUENCE_MOST && have_byte(t, ESCAPE_WAIT_MS)) {
        unsigned char c = t->got[t->at++];
        s[n++] = (char)c;
        if (c >= 0x40 && c <= 0x7E)
            break;
    }
    sk_str given = {s, n};
    if (sk_str_is(given, "[200~") || sk_str_is(given, "[201~"))
        t->is_pasting = given.p[3] == '0';
    for (size_t i = 0; i < SK_COUNT(sequences); i++)
        if (sk_str_is(given, sequences[i].sequence))
            return (sk_key){.kind = sequences[i].kind};
    return (sk_key){.kind = SK_KEY_OTHER};
}

/* The rest of a character of several bytes. */
static sk_key take_character(sk_tty *t, unsigned char first)
{
    char s[4] = {(char)first};
    size_t n = 1, want = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1, at = 0;
    while (n < want && have_byte(t, ESCAPE_WAIT_MS) && (t->got[t->at] & 0xC0) == 0x80)
        s[n++] = (char)t->got[t->at++];
    uint32_t c = sk_utf8_next((sk_str){s, n}, &at);
    bool is_text = at == n && n == want && (want > 1 || first < 0x80) && c >= 0xA0;
    return (sk_key){.kind = is_text ? SK_KEY_CHAR : SK_KEY_OTHER, .c = c};
}

static sk_key decode(sk_tty *t)
{
    unsigned char c = t->got[t->at++];
    if (c == 0x1B)
        return take_sequence(t);
    if (c == '\r' || c == '\n')
        return (sk_key){.kind = SK_KEY_ENTER};
    if (c == '\t')
        return (sk_key){.kind = SK_KEY_TAB};
    if (c == 0x7F || c == 0x08)
        return (sk_key){.kind = SK_KEY_BACKSPACE};
    if (c > 0 && c < 0x20)
        return (sk_key){.kind = SK_KEY_CONTROL, .c = (uint32_t)c + 0x60};
    if (c >= 0x20 && c < 0x7F)
        return (sk_key){.kind = SK_KEY_CHAR, .c = c};
    return c ? take_character(t, c) : (sk_key){.kind = SK_KEY_OTHER};
}

sk_key sk_tty_key(sk_tty *t)
{
    for (;;) {
        if (now.stop)
            stop_here();
        if (now.end || t->is_gone)
            return (sk_key){.kind = SK_KEY_END};
        if (now.redraw) {
            now.redraw = 0;
            if (!now.is_raw || tcgetpgrp(t->in) == getpgrp())
                enter_raw(); /* after SIGSTOP the shell has set the terminal as it likes it */
            return (sk_key){.kind = SK_KEY_REDRAW};
        }
        if (!have_byte(t, -1))
            continue;
        bool was_pasting = t->is_pasting;
        sk_key k = decode(t);
        k.is_pasted = was_pasting && t->is_pasting;
        if (k.kind == SK_KEY_CONTROL && k.c == 'z' && !k.is_pasted) {
            now.stop = SIGTSTP;
            continue;
        }
        return k;
    }
}

void sk_tty_forget_typed(sk_tty *t)
{
    if (t->is_pasting)
        return; /* the mark of its end is still to come */
    t->at = t->n_got = 0;
    tcflush(t->in, TCIFLUSH);
}
