/* Shared by f_claims_csv.c and f_claims_json.c: both passes over a claim file, from memory and from a
 * descriptor, must agree. */
#ifndef SK_TESTS_CLAIMS_FUZZ_H
#define SK_TESTS_CLAIMS_FUZZ_H

#include "exchange/claims/claims_file.h"

#include <sys/mman.h>
#include <unistd.h>

typedef struct claims_seen {
    uint64_t n;
    uint64_t last_row;
} claims_seen;

static inline sk_rc count_claim(sk_ctx *cx, sk_claim *draft, const sk_claims_place *place,
                                void *arg)
{
    claims_seen *seen = arg;
    sk_claim copy = *draft;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_assert(place->row >= seen->last_row && place->from <= place->to && place->column.n);
    /* what is handed out passes the door that it is handed to */
    sk_assert(sk_claim_check(cx, &copy, NULL, NULL) == SK_OK);
    const sk_line *lines;
    size_t n_lines;
    sk_assert(sk_claim_to_lines(cx, &copy, &lines, &n_lines) == SK_OK);
    sk_arena_back_to(&cx->arena, mark);
    seen->last_row = place->row;
    seen->n++;
    return SK_OK;
}

/* A resolver that knows one exhibit and one claim. */
static inline sk_rc know_one(sk_ctx *cx, const sk_claims_rest *rest, sk_passage *p,
                             const char **column, void *arg)
{
    if (!sk_str_is(rest->exhibit, "a.txt"))
        return sk_fail(cx, SK_E_NOTFOUND, "no exhibit \"%.*s\"", SK_P(rest->exhibit));
    *column = "quote";
    if (rest->quote.n > 20)
        return sk_fail(cx, SK_E_NOTFOUND, "the quote does not stand there");
    p->has_span = rest->quote.n > 0;
    p->start = 1;
    p->end = 9;
    return SK_OK;
}

static inline void fuzz_claims(const char *name, sk_str bytes)
{
    sk_ctx cx;
    sk_claims_report report, from_fd;
    claims_seen seen = {0};
    sk_claims_source source = {
        .fd = -1, .bytes = bytes, .name = sk_str_of(name), .resolver = {.passage = know_one}};
    sk_ctx_init(&cx);
    sk_assert(sk_claims_file_check(&cx, &source, &report) == SK_OK);
    sk_assert(report.n_faults_kept <= SK_LIM_CLAIM_FAULTS &&
              report.n_faults >= report.n_faults_kept);
    for (size_t i = 0; i < report.n_faults_kept; i++)
        sk_assert(sk_claims_fault_text(&cx.arena, &report.faults[i]).n);
    sk_rc rc = sk_claims_file_each(&cx, &source, count_claim, &seen, NULL);
    sk_assert(rc == (report.n_faults ? SK_E_FORMAT : SK_OK));
    sk_assert(rc || seen.n == report.claims);
    sk_forgive(&cx);

    source.fd = memfd_create("claims", 0);
    sk_assert(source.fd >= 0 && write(source.fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
    sk_assert(sk_claims_file_check(&cx, &source, &from_fd) == SK_OK);
    sk_assert(from_fd.rows == report.rows && from_fd.claims == report.claims &&
              from_fd.n_faults == report.n_faults && from_fd.n_warnings == report.n_warnings);
    close(source.fd);
    sk_ctx_done(&cx);
}

#endif
