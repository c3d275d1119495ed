/* A file system in memory that forgets: for testing what archive/ promises about crashes.
 *
 * Every change goes to the live state at once and is remembered as pending until a sync covers it.
 * sim_crash makes the durable state live again after keeping some of the pending changes, losing
 * some and tearing some, independently of their order, as the seed says. What sync promised is never
 * lost. Directories are modelled as harshly: a name, a removal or a rename that was not followed by
 * a sync of its directory may be there or not; a rename is never half there.
 *
 * Faults: the n-th changing call (create, write, truncate, sync, rename, mkdir, unlink, rmdir) can
 * be made to fail, once or from then on. A write that fails has written part of its bytes. A file
 * sync that fails leaves its pages clean but not on disk: they stay visible and no later sync makes
 * them durable, unless they are written again (what Linux does; PostgreSQL learnt it in 2018).
 *
 * Threads: calls may come from several; each holds one lock. */
#ifndef SIMFS_H
#define SIMFS_H

#include "archive/fs.h"

typedef struct simfs simfs;

simfs *sim_new(void);
void sim_free(simfs *s);
const sk_fs *sim_fs(simfs *s);

/* Changing calls so far. */
unsigned sim_calls(const simfs *s);

/* The call with that number (from 1) fails with err; later ones too when is_lasting. 0: none. */
void sim_fail_at(simfs *s, unsigned call, int err, bool is_lasting);

/* From the call after that one on nothing has any effect and everything fails: the machine is off.
 * The call itself is done but, like all that was not synced, may be lost by sim_crash. 0: never. */
void sim_die_after(simfs *s, unsigned call);

/* So many bytes fit in all files together; writes beyond fail with ENOSPC. 0: no limit. */
void sim_limit(simfs *s, uint64_t bytes);

/* Power is back. seed 0: everything pending is lost; 1: everything is kept; else: drawn by lot.
 * All open files must have been closed. Faults and limits are cleared. */
void sim_crash(simfs *s, uint64_t seed);

/* Kinds of calls made so far, for tests that want to know they covered them. */
typedef struct sim_counts {
    unsigned create, write, truncate, sync, rename, mkdir, unlink, sync_dir, sync_all;
} sim_counts;
sim_counts sim_count(const simfs *s);

/* Bytes of a file as it is live; p NULL when it is not there. Borrowed until the next change. */
sk_str sim_read(simfs *s, const char *path);

#endif
