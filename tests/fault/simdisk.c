/* See simdisk.h and simfs.h. */
#include "simdisk.h"

#include <errno.h>
#include <stdlib.h>

enum { SECTOR = 512 }; /* what a crash tears a write into */

/* ---- small parts ---- */

node *disk_new_node(simfs *s, bool is_dir, unsigned mode)
{
    node *n = sk_xmalloc(sizeof *n);
    *n = (node){.next = s->nodes, .is_dir = is_dir, .mode = mode};
    s->nodes = n;
    return n;
}

void disk_resize(content *b, size_t n)
{
    if (n > b->cap) {
        b->cap = n + n / 2 + 64;
        b->p = sk_xrealloc(b->p, b->cap);
    }
    if (n > b->n)
        memset(b->p + b->n, 0, n - b->n);
    b->n = n;
}

void disk_put(content *b, uint64_t offset, const char *p, size_t n)
{
    if (offset + n > b->n)
        disk_resize(b, (size_t)(offset + n));
    if (n)
        memcpy(b->p + offset, p, n);
}

node *disk_find(const names *l, const char *nm, size_t len)
{
    for (size_t i = 0; i < l->n; i++)
        if (strlen(l->items[i].name) == len && memcmp(l->items[i].name, nm, len) == 0)
            return l->items[i].target;
    return NULL;
}

void disk_set(names *l, const char *nm, node *target)
{
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->items[i].name, nm) == 0) {
            if (target) {
                l->items[i].target = target;
            } else {
                free(l->items[i].name);
                l->items[i] = l->items[--l->n];
            }
            return;
        }
    if (!target)
        return;
    if (l->n == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 8;
        l->items = sk_xrealloc(l->items, l->cap * sizeof *l->items);
    }
    l->items[l->n++] = (name){strdup(nm), target};
}

static void disk_free_names(names *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->items[i].name);
    free(l->items);
    *l = (names){0};
}

node *disk_resolve(simfs *s, const char *path)
{
    node *at = s->root;
    while (at && *path) {
        while (*path == '/')
            path++;
        size_t len = strcspn(path, "/");
        if (len)
            at = at->is_dir ? disk_find(&at->live_names, path, len) : NULL;
        path += len;
    }
    return at;
}

node *disk_dir(simfs *s, const char *path, const char **ret_name)
{
    const char *slash = strrchr(path, '/');
    sk_assert(slash); /* tests use absolute paths */
    char dir[1024];
    size_t n = (size_t)(slash - path);
    sk_assert(n < sizeof dir);
    memcpy(dir, path, n);
    dir[n] = '\0';
    *ret_name = slash + 1;
    node *d = disk_resolve(s, dir);
    return d && d->is_dir ? d : NULL;
}

void disk_add(simfs *s, change c)
{
    if (s->n_pending == s->cap_pending) {
        s->cap_pending = s->cap_pending ? 2 * s->cap_pending : 64;
        s->pending = sk_xrealloc(s->pending, s->cap_pending * sizeof *s->pending);
    }
    s->pending[s->n_pending++] = c;
}

static void free_change(change *c)
{
    free(c->data);
    free(c->name);
    free(c->from_name);
}

bool disk_is_dead(const simfs *s)
{
    return s->die_after && s->calls >= s->die_after;
}

int disk_begin(simfs *s, unsigned *counter)
{
    if (disk_is_dead(s))
        return EIO;
    s->calls++;
    ++*counter;
    bool fails = s->fail_at && (s->calls == s->fail_at || (s->is_lasting && s->calls > s->fail_at));
    return fails ? s->fail_err : 0;
}

/* ---- becoming durable ---- */

/* Put one change into the durable state; of a write, all of it or, when lots are drawn, some. */
static void apply(const change *c, uint64_t (*lot)(void *), void *arg)
{
    if (c->kind == CHANGE_SIZE) {
        disk_resize(&c->on->durable, (size_t)c->offset);
    } else if (c->kind == CHANGE_NAME) {
        disk_set(&c->on->durable_names, c->name, c->target);
        if (c->from_dir)
            disk_set(&c->from_dir->durable_names, c->from_name, NULL);
    } else {
        for (size_t at = 0; at < c->n; at += SECTOR) {
            size_t n = c->n - at < SECTOR ? c->n - at : SECTOR;
            bool is_torn = lot && lot(arg) % 3 == 0;
            if (is_torn && lot(arg) % 2)
                n = (size_t)(lot(arg) % n); /* even within a sector */
            else if (is_torn)
                continue;
            disk_put(&c->on->durable, c->offset + at, c->data + at, n);
        }
        if (lot && lot(arg) % 2 && c->offset + c->n > c->on->durable.n)
            disk_resize(&c->on->durable,
                        (size_t)(c->offset + c->n)); /* the size came, the bytes not */
    }
}

void disk_settle(simfs *s, const node *n, bool is_applied)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->n_pending; i++) {
        change *c = &s->pending[i];
        if (n && c->on != n && c->from_dir != n) {
            s->pending[kept++] = *c;
            continue;
        }
        if (is_applied)
            apply(c, NULL, NULL);
        free_change(c);
    }
    s->n_pending = kept;
}

/* ---- crashing ---- */

static uint64_t draw(void *arg) /* xorshift64* */
{
    uint64_t *x = arg;
    *x ^= *x >> 12;
    *x ^= *x << 25;
    *x ^= *x >> 27;
    return *x * 2685821657736338717u >> 16;
}

/* The live state of a node becomes a copy of its durable one. */
static void revive(node *n)
{
    disk_resize(&n->live, 0);
    disk_put(&n->live, 0, n->durable.p, n->durable.n);
    disk_free_names(&n->live_names);
    for (size_t i = 0; i < n->durable_names.n; i++)
        disk_set(&n->live_names, n->durable_names.items[i].name, n->durable_names.items[i].target);
}

void sim_crash(simfs *s, uint64_t seed)
{
    uint64_t x = seed * 0x9e3779b97f4a7c15u + 1;
    for (int i = 0; i < 8; i++)
        draw(&x);
    for (size_t i = 0; i < s->n_pending; i++) {
        uint64_t fate = draw(&x) % 4;
        if (seed == 1 || (seed > 1 && fate < 2))
            apply(&s->pending[i], NULL, NULL);
        else if (seed > 1 && fate == 2)
            apply(&s->pending[i], draw, &x);
        free_change(&s->pending[i]);
    }
    s->n_pending = 0;
    for (node *n = s->nodes; n; n = n->next)
        revive(n);
    sim_fail_at(s, 0, 0, false);
    sim_die_after(s, 0);
    sim_limit(s, 0);
}

void sim_free(simfs *s)
{
    disk_settle(s, NULL, false);
    for (node *n = s->nodes, *next; n; n = next) {
        next = n->next;
        disk_free_names(&n->live_names);
        disk_free_names(&n->durable_names);
        free(n->live.p);
        free(n->durable.p);
        free(n);
    }
    free(s->pending);
    free(s);
}
