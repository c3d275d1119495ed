/* Who saw and did what: one line a request, with ids and never a name, a value or a word searched.
 *
 *     2026-11-24T08:46:07Z 1f0c9a77d3b2e841 mina GET /entity/{key} 9c56cc51b374c3ba 200 14 ms
 *
 * In order: time, handle of the session, user, method, route, ids, status, duration. The ids are what
 * stood for the variables of the route, and what the handler names (sk_rq_log_id): the entities judged
 * and the judgement's entry, the entry and the files of an import, the exhibit whose original was
 * fetched; its door has the route "(original)". Hashes are written as they are (their first 16
 * digits); a key, which may be a name, as the first 16 digits of its SHA-256: whoever knows the key
 * can find its lines.
 *
 * Threads: as the server. Tested by tests/web/walk.py. */
#ifndef SK_WEB_ACCESS_LOG_H
#define SK_WEB_ACCESS_LOG_H

#include "web/request.h"

/* Does nothing when there is no log. */
void sk_access_log_add(const sk_request *rq, int64_t took_ms);

#endif
