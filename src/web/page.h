/* The frame of every page, and what pages have in common: addresses, dates, who says it, pagers.
 *
 *     sk_page_begin(rq, title);
 *     SK_PUT(h, "<p>...");
 *     return sk_page_end(rq, &(sk_made){.command = ..., .method = "search", .formats = true});
 *
 * A page is complete without scripts: links and forms do everything, `details` unfolds, addresses
 * carry all state. Every page ends in "how was this made": the command that gives the same answer,
 * the page that documents the method, the same answer for programs.
 *
 * Threads: as the request. */
#ifndef SK_WEB_PAGE_H
#define SK_WEB_PAGE_H

#include "web/request.h"

/* How a page came about. Fields may be empty. */
typedef struct sk_made {
    sk_str command;     /* "sillok search 수용소"                               */
    const char *method; /* name of a page of docs/methods: "search"             */
    sk_str cap;         /* what was left out by a cap, as a sentence; else empty */
} sk_made;

/* title   of the window and in the page's head: text */
void sk_page_begin(sk_request *rq, sk_str title);
SK_MUST_USE sk_rc sk_page_end(sk_request *rq, const sk_made *made);

/* An error as a page or as JSON. Replaces what was written so far. */
void sk_page_error(sk_request *rq, sk_rc rc);

/* A message without arguments, for titles. */
sk_str sk_say(const sk_request *rq, const char *key);
/* The same with one argument for $1. */
sk_str sk_say1(sk_request *rq, const char *key, sk_str arg);
/* The same in the form for n, which is $1. */
sk_str sk_say_n(sk_request *rq, const char *key, uint64_t n);

/* ---- addresses of ours ---- */
sk_str sk_href_entity(sk_request *rq, sk_str key);
sk_str sk_href_exhibit(sk_request *rq, const sk_hash *hash);
sk_str sk_href_claim(sk_request *rq, const sk_hash *id);
sk_str sk_href_entry(sk_request *rq, const sk_hash *id);
/* The words in their text, highlighted: where a passage stands. */
sk_str sk_href_span(sk_request *rq, const sk_hash *exhibit, size_t start, size_t end);
/* Where a claim's first passage stands, else its own page. */
sk_str sk_href_passage(sk_request *rq, const sk_claim *c);
/* The address of this page with one value of its query changed; value.p NULL takes it out. */
sk_str sk_href_with(sk_request *rq, const char *name, sk_str value);
/* The same with another ending: ".json", ".csv". */
sk_str sk_href_form(sk_request *rq, const char *ending);

/* ---- words for people ---- */
sk_str sk_number_text(sk_request *rq, uint64_t n); /* "12,345" */
sk_str sk_bytes_text(sk_request *rq, uint64_t n);  /* "1.2 MB" */
sk_str sk_date_text(sk_request *rq,
                    sk_str edtf); /* in the language of the page; as it is if none */
sk_str sk_time_text(sk_request *rq, sk_str rfc3339);
sk_str sk_position_text(const sk_request *rq, sk_position p); /* "" for asserts */
sk_str sk_type_text(const sk_request *rq, sk_str type);
sk_str sk_act_text(const sk_request *rq, sk_str term); /* the term itself when the model has none */

/* ---- pieces ---- */

/* Who says a claim, names of the archive's own entities as links. */
void sk_put_says(sk_request *rq, const sk_claim *c);
/* A line of a list of facts, its label a message; nothing for an empty value. */
void sk_put_fact(sk_request *rq, const char *key, sk_str value);
/* One choice of a form's select. */
void sk_put_option(sk_request *rq, sk_str value, sk_str text, bool is_chosen);
/* "<input type=hidden name=token ...>": in every form that posts. */
void sk_put_token(sk_request *rq);
/* A script of the embedded files, run after the page is read; in the order they are put.
 * is_module   an ES module of ours; else a file of a package */
void sk_page_script(sk_request *rq, const char *name, bool is_module);
/* Links to the pages before and after. total may be a floor. */
void sk_put_pager(sk_request *rq, uint64_t offset, uint64_t limit, uint64_t shown, bool has_more);
/* One word of a command line, quoted where a shell would need it. */
sk_str sk_shell_word(sk_request *rq, sk_str word);

#endif
