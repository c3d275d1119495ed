/* Running out of memory on purpose: the n-th allocation returns NULL.
 *
 * Three allocators can be made to fail, each counted by itself:
 *
 *   MEMORY_OURS      malloc, calloc and realloc as called by our own code: these programs are linked
 *                    with --wrap, which redirects the calls of our objects and of no library
 *   MEMORY_OPENSSL   OpenSSL's, by its own hook (memory_hook_openssl, before its first use)
 *   MEMORY_SQLITE    SQLite's, by its own hook (t_fault_record.c, before its first use)
 *
 * Out of memory aborts where our own code runs out, so what is to fail runs in a child process:
 *
 *   outcome o;
 *   memory_run(MEMORY_OURS, n, false, fn, arg, &o);     fn(arg) in a child, its n-th call fails
 *   if (!o.was_reached) ...                             it needed fewer than n
 *
 * The child sees what its parent shares by mmap (memory_share) and the file system. */
#ifndef MEMORY_H
#define MEMORY_H

#include "../unit/archive/archive_test.h"

typedef enum memory_kind { MEMORY_OURS, MEMORY_OPENSSL, MEMORY_SQLITE, MEMORY_KINDS } memory_kind;

void memory_hook_openssl(void);

typedef struct outcome {
    bool was_reached; /* the n-th allocation was asked for                            */
    bool is_aborted;  /* the child aborted for want of memory, as it should           */
    unsigned calls;   /* allocations made until the end                               */
    char said[4096];  /* on stderr                                                    */
} outcome;

/* Run fn(arg) in a child whose n-th allocation of a kind fails (n 0: none), and all later ones when
 * is_lasting. The test fails if the child ends in any way but returning or aborting for want of
 * memory. */
void memory_run(memory_kind kind, unsigned n, bool is_lasting, void (*fn)(void *), void *arg,
                outcome *ret);

/* True when the next allocation of this kind has to fail; counts it. For the hooks. */
bool memory_fails(memory_kind kind);

/* In the child: nothing fails from here on. */
void memory_relent(void);

/* Zeroed memory that a child and its parent share; never freed. */
void *memory_share(size_t n);

#endif
