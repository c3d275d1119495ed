#include "worker.h"

#include "base/clock.h"
#include "extract.h"
#include "rows.h"
#include "sandbox.h"
#include "wire.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef SK_EXTRACT_MISBEHAVE
#include "misbehave.h"
#endif

enum { TEXT_FILES = 1000 }; /* so many, then a fresh worker for plain text */

/* Let what was read so far be told: stop reading at four fifths of the time. */
static int64_t deadline_of(const sk_request *req)
{
    return sk_clock_ms() + req->limit_ms / 5 * 4;
}

static SK_NORETURN void need_charsets(void)
{
    _exit(SK_WORKER_NEEDS_CHARSETS);
}

static void lock(const sk_request *req)
{
    sk_sandbox_limit((unsigned)(req->limit_ms / 1000) + 1);
    sk_charset_seal(need_charsets);
    if (!sk_sandbox_worker() && !req->may_run_unsandboxed)
        _exit(SK_WORKER_NO_SANDBOX);
}

/* The exhibit as memory; what is not a regular file is read later. */
static sk_str map_exhibit(int fd, bool *ret_cut)
{
    struct stat st;
    *ret_cut = false;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0)
        return SK_NONE;
    size_t n = (size_t)st.st_size;
    if (n > SK_LIM_EXTRACT_BYTES) {
        n = SK_LIM_EXTRACT_BYTES;
        *ret_cut = true;
    }
    void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
    return p == MAP_FAILED ? SK_NONE : (sk_str){p, n};
}

/* Everything that fd gives, up to ceiling. */
static sk_str read_all(int fd, size_t ceiling, bool *ret_cut)
{
    sk_buf b;
    sk_buf_init(&b, ceiling);
    *ret_cut = false;
    for (;;) {
        char *room = sk_buf_room(&b, 65536);
        ssize_t n = room ? read(fd, room, 65536) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        *ret_cut = !room;
        if (n <= 0)
            return sk_buf_str(&b); /* never freed: the process ends */
        sk_buf_grew(&b, (size_t)n);
    }
}

static SK_NORETURN void reply(const sk_document *doc)
{
    _exit(sk_wire_write(1, doc) ? SK_WORKER_DONE : SK_WORKER_FAULT);
}

void sk_worker_run(const sk_request *req)
{
    sk_ctx cx;
    sk_document doc;
    sk_source src = {.fd = 0, .name = req->name, .charset = req->charset};
    const char *media, *what;
    sk_ctx_init(&cx);
    src.bytes = map_exhibit(0, &src.is_cut);
    lock(req);
#ifdef SK_EXTRACT_MISBEHAVE
    sk_misbehave(req->name, 1);
#endif
    if (!src.bytes.n) {
        src.bytes = read_all(0, SK_LIM_EXTRACT_BYTES, &src.is_cut);
        src.fd = -1;
    }
    if (req->wants_rows) {
        sk_rows_wish wish = {.sheet = req->sheet, .records = req->records, .sep = req->sep};
        _exit(sk_rows_send(&cx, &src, &wish, 1) ? SK_WORKER_DONE : SK_WORKER_FAULT);
    }
    if (sk_extract_format(src.bytes, src.name, &media, &what) == SK_FORMAT_PDF)
        _exit(SK_WORKER_NEEDS_PDFTOTEXT);
    sk_extract_document(&cx, &src, deadline_of(req), &doc);
    reply(&doc);
}

/* One request of the worker for plain text. */
static unsigned char serve_one(sk_ctx *cx, const sk_request *req)
{
    sk_document doc;
    sk_source src = {.fd = -1, .name = req->name, .charset = req->charset};
    const char *media, *what;
    src.bytes = map_exhibit(req->exhibit, &src.is_cut);
    if (!src.bytes.n)
        return SK_WORKER_NOT_TEXT;
    sk_format f = sk_extract_format(src.bytes, src.name, &media, &what);
    unsigned char answer = SK_WORKER_NOT_TEXT;
    if (f == SK_FORMAT_TEXT || f == SK_FORMAT_TABLE) {
        sk_extract_document(cx, &src, deadline_of(req), &doc);
        answer = sk_wire_write(req->out, &doc) ? SK_WORKER_DONE : SK_WORKER_FAULT;
    }
    munmap((void *)(uintptr_t)src.bytes.p, src.bytes.n);
    return answer;
}

static bool has_worked_enough(unsigned n_files)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return n_files >= TEXT_FILES || used.tv_sec >= SK_LIM_EXTRACT_SECONDS / 2;
}

void sk_worker_serve_text(bool may_run_unsandboxed)
{
    sk_request req;
    sk_sandbox_limit(2 * SK_LIM_EXTRACT_SECONDS);
    sk_charset_forbid(need_charsets);
    if (!sk_sandbox_text_worker() && !may_run_unsandboxed)
        _exit(SK_WORKER_NO_SANDBOX);
    for (unsigned n = 1; sk_request_receive(0, &req); n++) {
        sk_ctx cx;
        sk_ctx_init(&cx);
#ifdef SK_EXTRACT_MISBEHAVE
        sk_misbehave(req.name, req.out);
#endif
        unsigned char answer = serve_one(&cx, &req);
        sk_ctx_done(&cx);
        sk_request_close(&req);
        if (answer == SK_WORKER_DONE && has_worked_enough(n))
            answer = SK_WORKER_RETIRES;
        if (write(0, &answer, 1) != 1 || answer == SK_WORKER_RETIRES)
            break;
    }
    _exit(0);
}

/* What pdftotext's end means in words; empty for a good end. */
static sk_str describe_end(sk_ctx *cx, sk_str end, sk_str said, int64_t limit_ms)
{
    unsigned which = end.n == 2 ? (unsigned char)end.p[1] : 0;
    if (end.n != 2)
        return SK_S("nobody knows how it ended");
    if (end.p[0] == 'X' && which == 0)
        return SK_NONE;
    if (end.p[0] == 'X' && which == SK_WORKER_NO_PROGRAM)
        return SK_S("it is not installed (package poppler-utils)");
    if (end.p[0] == 'S' && (which == SIGXCPU || which == SIGKILL))
        return sk_fmt(&cx->arena, "it was stopped, having used up its %lld seconds",
                      (long long)limit_ms / 1000);
    if (end.p[0] == 'S')
        return sk_fmt(&cx->arena, "it crashed (signal %u)", which);
    const char *lf = said.n ? memchr(said.p, '\n', said.n) : NULL;
    sk_str first = lf ? sk_str_range(said.p, lf) : said;
    return first.n ? first : sk_fmt(&cx->arena, "it ended with status %u", which);
}

void sk_worker_run_pdf(const sk_request *req)
{
    sk_ctx cx;
    sk_document doc;
    bool cut;
    sk_source src = {.fd = -1, .name = req->name};
    sk_ctx_init(&cx);
    lock(req);
    src.bytes = read_all(0, SK_LIM_EXTRACT_BYTES, &src.is_cut);
    close(0); /* should more be coming, pdftotext ends by it */
    sk_str end = read_all(3, SK_MIB(1), &cut), said = SK_NONE;
    sk_buf messages;
    sk_buf_init(&messages, 8192);
    char *room = sk_buf_room(&messages, 4096);
    ssize_t n = read(2, room, 4096); /* what fits in one read is enough for a note */
    if (n > 0)
        said = (sk_str){room, (size_t)n};
    sk_str why = describe_end(&cx, end, said, req->limit_ms);
    sk_extract_pdf_document(&cx, &src, deadline_of(req), why.n ? why : said, !why.n, &doc);
    reply(&doc);
}

void sk_worker_become_pdftotext(const sk_request *req, const char *path)
{
    char words[][12] = {"pdftotext", "-htmlmeta", "-enc", "UTF-8", "-eol", "unix", "-", "-"};
    char locale[] = "LC_ALL=C", *envp[] = {locale, NULL}, *argv[SK_COUNT(words) + 1] = {NULL};
    for (size_t i = 0; i < SK_COUNT(words); i++)
        argv[i] = words[i];
    signal(SIGPIPE, SIG_DFL);
    sk_sandbox_limit((unsigned)(req->limit_ms / 1000) + 1);
    if (!sk_sandbox_pdftotext(path) && !req->may_run_unsandboxed)
        _exit(SK_WORKER_NO_SANDBOX);
    execve(path, argv, envp);
    _exit(SK_WORKER_NO_PROGRAM);
}
