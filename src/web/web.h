/* The server as a whole: what lives as long as it runs. Requests get at it through rq->web.
 *
 * Two doors: pages come from one, preserved bytes from the other, which is another origin to a
 * browser. So whatever a preserved file holds, it cannot act as a page of ours (download.h).
 *
 * Threads: one. */
#ifndef SK_WEB_WEB_H
#define SK_WEB_WEB_H

#include "web/accounts.h"
#include "web/http.h"
#include "web/screen_jobs.h"
#include "web/serve.h"
#include "web/session.h"
#include "web/tokens.h"

typedef struct sk_web {
    const sk_serve_opts *opts;
    struct sk_archive *archive; /* open for reading, for as long as we serve */
    struct sk_index *index;
    uint64_t entries_seen;
    sk_str user, purpose; /* of the person at the desk; purpose of everybody */
    sk_http *pages, *exhibits;
    sk_str pages_host, exhibits_host;     /* "127.0.0.1:40123": what Host must say       */
    sk_str exhibits_origin;               /* "http://127.0.0.1:40124"                    */
    sk_str cookie_name;                   /* with our port, for cookies know no ports    */
    char entry_token[SK_TOKEN_CHARS + 1]; /* of the printed address; empty once used */
    sk_sessions sessions;
    sk_accounts accounts;
    sk_tokens tokens; /* of programs */
    sk_screen_jobs screenings;
    sk_bucket logins; /* tries to log in, of everybody together */
    FILE *access_log; /* NULL: none */
} sk_web;

#endif
