/* The scripted session of the record: claims, an exhibit and its text, judgements, restrictions and
 * retractions written in three groups over two visits, and read back in every way between.
 *
 * It is a row of steps. A step that fails is noted and taken once more; where faults strike only
 * once (told.heals) the second try must succeed. What reading steps say is kept as a hash each, for
 * comparing with a session without faults: a step that succeeds has said all that there was to say.
 *
 * told is plain memory, so that a child process can fill one that its parent shares. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include "../unit/archive/archive_test.h"

enum { SCRIPT_STEPS = 24, SCRIPT_ENTRIES = 32 };

typedef struct told {
    bool heals;                      /* set before: a failed step must succeed when taken again */
    bool is_made;                    /* the archive: acknowledged                               */
    bool is_whole;                   /* every group was acknowledged                            */
    sk_hash entries[SCRIPT_ENTRIES]; /* acknowledged, in order                                  */
    size_t n_entries;
    uint64_t answers[SCRIPT_STEPS]; /* hash of what a reading step said; 0: it failed          */
    unsigned failures, limits;      /* steps that failed; those of them with SK_E_LIMIT        */
    sk_rc rc;                       /* of the first that failed, and what it said              */
    char message[SK_LIM_MESSAGE_BYTES];
    char wrong[1024]; /* what must never be; "" if nothing                       */
} told;

/* Run the script at root, on the file system fs, as far as it goes. Keeps what was set before. */
void script_run(const sk_fs *fs, const char *root, told *t);

/* Open what a script left, without faults, and look for what it was told: entries in log and index,
 * an index equal to one made anew, right answers, room for one more claim, a clean verification.
 * Returns what is wrong, in cx's arena, or NULL. */
const char *script_trouble(sk_ctx *cx, const sk_fs *fs, const char *root, told *t);

#endif
