/* Preserved bytes, from an origin of their own.
 *
 * The second door serves exhibits as attachments and nothing else. A browser keeps origins apart, so
 * a preserved page or picture cannot act as one of ours, whatever is in it; besides it is never
 * shown in place (attachment), never guessed to be something else (nosniff), and could run nothing
 * (a sandbox without rights).
 *
 *     /<hash>/<name>?s=<handle of the session>&k=<signature of the hash>
 *
 * No cookie counts here: the address itself, made for one session and one exhibit, lets in, as long
 * as that session lasts and has the role "export"; a file counts among its requests. The view is
 * opened anew, after reading what other programs wrote, so that a restriction laid meanwhile is
 * kept, and an exhibit of which the view hides a part is not handed out at all.
 *
 * Threads: as the server. Tested by tests/web/walk.py. */
#ifndef SK_WEB_DOWNLOAD_H
#define SK_WEB_DOWNLOAD_H

#include "web/request.h"

/* The address of an exhibit's bytes for the session of the request. */
sk_str sk_download_href(sk_request *rq, const sk_exhibit *x);

SK_MUST_USE sk_rc sk_download_run(sk_request *rq);
void sk_download_headers(sk_request *rq);

#endif
