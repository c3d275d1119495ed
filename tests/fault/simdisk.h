/* The simulated disk behind simfs.c: files and names, live and durable, and what is pending between
 * them. Only simfs.c and simdisk.c include this. */
#ifndef SIMDISK_H
#define SIMDISK_H

#include "simfs.h"

#include <pthread.h>

typedef struct node node;

typedef struct name {
    char *name;
    node *target;
} name;

typedef struct names {
    name *items;
    size_t n, cap;
} names;

typedef struct content {
    char *p;
    size_t n, cap;
} content;

struct node {
    node *next; /* of all ever made */
    bool is_dir;
    unsigned mode;
    names live_names, durable_names;
    content live, durable;
    sk_file *locked_by;
};

typedef enum change_kind { CHANGE_WRITE, CHANGE_SIZE, CHANGE_NAME } change_kind;

/* Something a sync has not covered yet. */
typedef struct change {
    change_kind kind;
    node *on;        /* the file, or the directory the name is in   */
    uint64_t offset; /* of a write; the new size of a CHANGE_SIZE   */
    char *data;
    size_t n;
    char *name; /* what the name now means: target, or nothing */
    node *target;
    node *from_dir; /* a rename also takes from_name from here     */
    char *from_name;
} change;

struct simfs {
    sk_fs fs;
    node *nodes, *root;
    change *pending;
    size_t n_pending, cap_pending;
    unsigned calls, fail_at, die_after;
    int fail_err;
    bool is_lasting;
    uint64_t limit;
    sim_counts counts;
    pthread_mutex_t lock;
};

node *disk_new_node(simfs *s, bool is_dir, unsigned mode);
void disk_resize(content *b, size_t n);
void disk_put(content *b, uint64_t offset, const char *p, size_t n);

/* The target of a name, or NULL. */
node *disk_find(const names *l, const char *nm, size_t len);

/* Make nm mean target; NULL removes it. */
void disk_set(names *l, const char *nm, node *target);

node *disk_resolve(simfs *s, const char *path);

/* The directory a path is in; *ret_name is its last part. */
node *disk_dir(simfs *s, const char *path, const char **ret_name);

/* Remember a change that no sync covers yet; takes what it points to. */
void disk_add(simfs *s, change c);

/* Take the pending changes of n (NULL: all) out of the list, making them durable or not. */
void disk_settle(simfs *s, const node *n, bool is_applied);

bool disk_is_dead(const simfs *s);

/* Count a changing call; the errno it has to fail with, or 0. */
int disk_begin(simfs *s, unsigned *counter);

#endif
