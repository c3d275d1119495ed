/* The child's side of the pipe protocol: writing a document. See src/confine/wire.h. */
#ifndef SK_EXTRACT_WIRE_H
#define SK_EXTRACT_WIRE_H

#include "record/document.h"

/* Write the reply to fd; false when the pipe broke. */
bool sk_wire_write(int fd, const sk_document *doc);

#endif
