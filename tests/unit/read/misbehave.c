/* The worker of sillok-extract-test does on purpose what a taken-over worker might do, inside its
 * sandbox; which, is told by the name of the file. Never part of the program that is installed. */
#include "misbehave.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REFUSED = 90, ALLOWED = 91 };

static void crash(void)
{
    __builtin_trap();
}

static void loop(void)
{
    for (volatile unsigned i = 0;; i++) {
    }
}

/* Asks for memory until it is refused, then does what sk_xmalloc does. */
static void take_memory(void)
{
    for (;;) {
        volatile char *p = malloc(SK_MIB_64);
        if (!p)
            abort();
        for (size_t i = 0; i < SK_MIB_64; i += 4096)
            p[i] = 1;
    }
}

static void open_socket(void)
{
    _exit(socket(AF_INET, SOCK_STREAM, 0) < 0 ? REFUSED : ALLOWED);
}

static void open_for_writing(void)
{
    _exit(open("/tmp/sillok-extract-was-here", O_WRONLY | O_CREAT, 0600) < 0 ? REFUSED : ALLOWED);
}

static void open_for_reading(void)
{
    _exit(open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? REFUSED : ALLOWED);
}

static void execute(void)
{
    char name[] = "true", *argv[] = {name, NULL}, *envp[] = {NULL};
    execve("/bin/true", argv, envp);
    _exit(REFUSED);
}

static void fork_child(void)
{
    _exit(fork() < 0 ? REFUSED : ALLOWED);
}

static void kill_parent(void)
{
    kill(getppid(), SIGKILL);
    _exit(REFUSED);
}

static void make_code(void)
{
    void *p =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    _exit(p == MAP_FAILED ? REFUSED : ALLOWED);
}

static int reply; /* the pipe */

static void say(const char *text, size_t n)
{
    if (write(reply, text, n) < 0)
        _exit(REFUSED);
}

static void send_garbage(void)
{
    static const char garbage[] = "sillok-extract/1\nO\1\0\0\0\0and then something else";
    say(garbage, sizeof garbage);
    _exit(0);
}

static void send_without_end(void)
{
    static char block[1 << 16];
    for (;;)
        say(block, sizeof block);
}

static void send_nothing(void)
{
    _exit(0);
}

#define ROWS      "sillok-rows/1\nC\0\0\0\0H\0\0\0\0"
#define ZERO_8    "\0\0\0\0\0\0\0\0"
#define ROW(n)    "R\x2B\0\0\0" n "\0\0\0\0\0\0\0" ZERO_8 ZERO_8 "\0\1\0r\0\1\0\0\0\0\0\0\0\1\0\0\0x\0"
#define NO_NOTE   "N\0\0\0\0"
#define END(n)    "E\x08\0\0\0" n "\0\0\0\0\0\0\0"
#define SAY(text) say(text, sizeof(text) - 1)

/* One row, and gone as if that were all. */
static void tear_rows(void)
{
    SAY(ROWS ROW("\1"));
    _exit(0);
}

static void crash_after_a_row(void)
{
    SAY(ROWS ROW("\1"));
    __builtin_trap();
}

static void miscount_rows(void)
{
    SAY(ROWS ROW("\1") NO_NOTE END("\2"));
    _exit(0);
}

static void repeat_a_row(void)
{
    SAY(ROWS ROW("\1") ROW("\1") NO_NOTE END("\2"));
    _exit(0);
}

static void end_rows_and_fail(void)
{
    SAY(ROWS ROW("\1") NO_NOTE END("\1"));
    _exit(REFUSED);
}

static void say_more_than_all_rows(void)
{
    SAY(ROWS ROW("\1") NO_NOTE END("\1") ROW("\2"));
    _exit(0);
}

static void send_rows_well(void)
{
    SAY(ROWS ROW("\1") NO_NOTE END("\1"));
    _exit(0);
}

void sk_misbehave(sk_str name, int out)
{
    static const struct {
        const char *name;
        void (*act)(void);
    } acts[] = {
        {"misbehave:crash", crash},
        {"misbehave:loop", loop},
        {"misbehave:memory", take_memory},
        {"misbehave:socket", open_socket},
        {"misbehave:open-write", open_for_writing},
        {"misbehave:open-read", open_for_reading},
        {"misbehave:exec", execute},
        {"misbehave:fork", fork_child},
        {"misbehave:kill", kill_parent},
        {"misbehave:code", make_code},
        {"misbehave:garbage", send_garbage},
        {"misbehave:endless", send_without_end},
        {"misbehave:silent", send_nothing},
        {"misbehave:rows-torn", tear_rows},
        {"misbehave:rows-crash", crash_after_a_row},
        {"misbehave:rows-miscount", miscount_rows},
        {"misbehave:rows-repeat", repeat_a_row},
        {"misbehave:rows-fail", end_rows_and_fail},
        {"misbehave:rows-more", say_more_than_all_rows},
        {"misbehave:rows-well", send_rows_well},
    };
    reply = out;
    for (size_t i = 0; i < SK_COUNT(acts); i++)
        if (sk_str_is(name, acts[i].name))
            acts[i].act();
}
