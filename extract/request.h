/* The request for one exhibit, as it travels from the parent to the keeper and on to the worker for
 * plain text: a packet of "key value" lines with two descriptors. See src/confine/wire.h. */
#ifndef SK_EXTRACT_REQUEST_H
#define SK_EXTRACT_REQUEST_H

#include "base/str.h"
#include "confine/wire.h"

typedef struct sk_request {
    char text[SK_WIRE_REQUEST_BYTES];
    size_t n;
    int exhibit, out; /* descriptors: what to read, where the reply goes; owned */
    int64_t limit_ms;
    bool may_run_unsandboxed;
    sk_str charset, name; /* in text */
    bool wants_rows;
    char sep;              /* of a CSV; 0: find out */
    sk_str sheet, records; /* in text */
} sk_request;

/* Wait for a packet; false when the other side is gone or sent something else than a request. */
bool sk_request_receive(int socket, sk_request *ret_req);

/* Hand it on; its descriptors stay open here. False: the other side is gone. */
bool sk_request_send(int socket, const sk_request *req);

/* Close its descriptors. */
void sk_request_close(sk_request *req);

#endif
