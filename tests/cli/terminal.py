"""A terminal small enough to read, with a program in it: presses keys, keeps the screen as text.

    t = Terminal([sillok, 'review'], columns=90, rows=30)
    t.wait('c confirm')          until the screen says so, or fail with the screen
    t.press('c')
    print(t.text())
    t.close()

It understands what base/term.c and cli/review_tty.c send: moving the cursor, clearing, colours (kept
apart, as attributes), the second screen. Anything else is an error: a document must not reach it.
"""
import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
import unicodedata

WAIT = float(os.environ.get('SILLOK_TEST_WAIT', '60'))


def width(c):
    if unicodedata.category(c) in ('Mn', 'Me', 'Cf'):
        return 0
    return 2 if unicodedata.east_asian_width(c) in 'WF' else 1


class Terminal:
    def __init__(self, argv, columns=100, rows=30, env=None):
        self.columns, self.rows = columns, rows
        self.raw = b''          # all that came
        self.unread = ''
        self.second, self.shown, self.pasting = False, True, False
        self.tail = b''
        self.clear()
        self.status = None
        self.fd, self.slave = os.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        e = dict(os.environ, TERM='xterm')
        e.update(env or {})
        for name in ('COLUMNS', 'LINES'):
            e.pop(name, None)
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self.fd)
            os.login_tty(self.slave)
            os.execvpe(argv[0], argv, e)

    # ---- the screen ----
    def clear(self):
        self.grid = [[' '] * self.columns for _ in range(self.rows)]
        self.style = [[''] * self.columns for _ in range(self.rows)]
        self.x = self.y = 0
        self.now = ''

    def text(self):
        return '\n'.join(''.join(row).rstrip() for row in self.grid)

    def marked(self, style):
        """The text drawn in a style, run by run."""
        runs, run = [], ''
        for row, styles in zip(self.grid, self.style):
            for c, s in zip(row, styles):
                if s == style:
                    run += c
                elif run:
                    runs.append(run)
                    run = ''
        return runs + ([run] if run else [])

    def put(self, c):
        w = width(c)
        if w == 0:
            if self.x:
                self.grid[self.y][self.x - 1] += c
            return
        assert self.x + w <= self.columns, 'a line is wider than the screen: %r' % ''.join(self.grid[self.y])
        self.grid[self.y][self.x] = c
        self.style[self.y][self.x] = self.now
        if w == 2:
            self.grid[self.y][self.x + 1] = ''
            self.style[self.y][self.x + 1] = self.now
        self.x += w

    def sequence(self, args, last):
        if last == 'H':
            row, column = (args.split(';') + ['1'])[:2] if args else ('1', '1')
            self.y, self.x = min(int(row), self.rows) - 1, min(int(column), self.columns) - 1
        elif last == 'K':
            for i in range(self.x, self.columns):
                self.grid[self.y][i], self.style[self.y][i] = ' ', ''
        elif last == 'J':
            x, y, now = self.x, self.y, self.now
            if args == '2':
                self.clear()
            else:
                for i in range(y, self.rows):
                    for k in range(x if i == y else 0, self.columns):
                        self.grid[i][k], self.style[i][k] = ' ', ''
            self.x, self.y, self.now = x, y, now
        elif last == 'm':
            self.now = re.sub(r'^0;?', '', args)
        elif args.startswith('?') and last in 'hl':
            if args == '?1049':
                self.second = last == 'h'
            elif args == '?25':
                self.shown = last == 'h'
            else:
                assert args == '?2004', 'unknown mode %s%s' % (args, last)
                self.pasting = last == 'h'
        else:
            raise AssertionError('unknown sequence %s%s' % (args, last))

    def take(self, text):
        self.unread += text
        while self.unread:
            m = re.match(r'\x1b\[([?0-9;]*)([A-Za-z])', self.unread)
            if m:
                self.sequence(*m.groups())
                self.unread = self.unread[m.end():]
                continue
            c = self.unread[0]
            if c == '\x1b':
                if len(self.unread) < 16:
                    return          # the rest is still to come
                raise AssertionError('unknown sequence %r' % self.unread[:16])
            self.unread = self.unread[1:]
            if c == '\r':
                self.x = 0
            elif c == '\n':
                self.y = min(self.y + 1, self.rows - 1)
            else:
                assert ord(c) >= 0x20 and not 0x7f <= ord(c) < 0xa0, 'control character %r' % c
                if self.second:
                    self.put(c)
                elif self.x < self.columns:
                    self.put(c)

    # ---- the program ----
    def read(self, seconds):
        """What comes within so long; False when nothing did or the program is gone."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        self.tail += data
        try:
            text, self.tail = self.tail.decode(), b''
        except UnicodeDecodeError as e:
            text, self.tail = self.tail[:e.start].decode(), self.tail[e.start:]
        self.take(text)
        return bool(data)

    def wait(self, *words, gone=()):
        """Until all words stand on the screen and none of `gone` does."""
        end = time.monotonic() + WAIT
        while True:
            text = self.text()
            if all(w in text for w in words) and not any(w in text for w in gone):
                return text
            if time.monotonic() > end or (not self.read(0.2) and self.ended()):
                raise AssertionError('waited for %r without %r; the screen is\n%s' % (words, gone, text))

    def settle(self):
        """Until nothing more comes for a moment."""
        while self.read(0.3):
            pass
        return self.text()

    def press(self, keys):
        os.write(self.fd, keys.encode())

    def resize(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.clear()
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))

    def signal(self, number):
        os.kill(self.pid, number)

    def ended(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = status
        return self.status is not None

    def end(self):
        """Wait for the program to end; its exit code, or minus the signal."""
        limit = time.monotonic() + WAIT
        while not self.ended():
            self.read(0.1)
            assert time.monotonic() < limit, 'the program does not end; the screen is\n' + self.text()
        while self.read(0.1):
            pass
        return os.waitstatus_to_exitcode(self.status)

    def is_restored(self):
        """The modes of before, the first screen, the cursor shown, pastes not marked."""
        return (not self.second and self.shown and not self.pasting
                and termios.tcgetattr(self.slave) == self.before)

    def close(self):
        if not self.ended():
            self.signal(signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)
        os.close(self.slave)


KEYS = {'up': '\x1b[A', 'down': '\x1b[B', 'right': '\x1b[C', 'left': '\x1b[D', 'shift-right': '\x1b[1;2C',
        'shift-left': '\x1b[1;2D', 'page-down': '\x1b[6~', 'page-up': '\x1b[5~', 'home': '\x1b[H',
        'enter': '\r', 'escape': '\x1b', 'tab': '\t', 'backspace': '\x7f', 'ctrl-c': '\x03',
        'ctrl-u': '\x15', 'ctrl-z': '\x1a', 'delete': '\x1b[3~'}
