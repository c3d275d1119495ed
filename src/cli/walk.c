#include "cli/walk.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { DEEPEST_FOLDER = 64 };

typedef struct walking {
    sk_ctx *cx;
    sk_found_file *v;
    size_t n, cap, left_out;
} walking;

static int by_name(const void *p, const void *q)
{
    return sk_str_cmp(*(const sk_str *)p, *(const sk_str *)q);
}

static void found(walking *w, sk_str path, sk_str name)
{
    SK_GROW(&w->cx->arena, w->v, w->n, w->cap);
    w->v[w->n++] = (sk_found_file){path, name};
}

static sk_rc list_folder(walking *w, sk_str path, sk_str **ret_names, size_t *ret_n)
{
    DIR *d = opendir(sk_str_c(&w->cx->arena, path));
    if (!d)
        return sk_fail_errno(w->cx, "folder \"%.*s\"", SK_P(path));
    sk_str *names = NULL;
    size_t n = 0, cap = 0;
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.') {
            w->left_out += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
            continue;
        }
        SK_GROW(&w->cx->arena, names, n, cap);
        names[n++] = sk_str_copy(&w->cx->arena, sk_str_of(e->d_name));
    }
    closedir(d);
    if (n)
        qsort(names, n, sizeof *names, by_name);
    *ret_names = names;
    *ret_n = n;
    return SK_OK;
}

static sk_rc walk_folder(walking *w, sk_str path, sk_str below, unsigned depth)
{
    sk_str *names = NULL;
    size_t n = 0;
    if (depth > DEEPEST_FOLDER)
        return sk_fail(w->cx, SK_E_LIMIT, "folder \"%.*s\" is nested deeper than %d", SK_P(path),
                       DEEPEST_FOLDER);
    SK_TRY(list_folder(w, path, &names, &n));
    for (size_t i = 0; i < n; i++) {
        sk_arena *a = &w->cx->arena;
        sk_str full = sk_fmt(a, "%.*s/%.*s", SK_P(path), SK_P(names[i]));
        sk_str name = below.n ? sk_fmt(a, "%.*s/%.*s", SK_P(below), SK_P(names[i])) : names[i];
        struct stat st;
        if (lstat(full.p, &st))
            return sk_fail_errno(w->cx, "\"%.*s\"", SK_P(full));
        if (S_ISDIR(st.st_mode))
            SK_TRY(walk_folder(w, full, name, depth + 1));
        else if (S_ISREG(st.st_mode))
            found(w, full, name);
        else
            w->left_out++;
    }
    return SK_OK;
}

static sk_str last_part(sk_str path)
{
    size_t i = path.n;
    while (i && path.p[i - 1] != '/')
        i--;
    return sk_str_sub(path, i, path.n);
}

sk_rc sk_walk(sk_app *app, const sk_str *operands, size_t n, sk_found_file **ret_files,
              size_t *ret_n, size_t *ret_left_out)
{
    walking w = {.cx = &app->cx};
    for (size_t i = 0; i < n; i++) {
        struct stat st;
        if (sk_str_is(operands[i], "-")) {
            found(&w, operands[i], SK_S("standard-input"));
            continue;
        }
        if (stat(sk_str_c(&app->cx.arena, operands[i]), &st))
            return sk_fail_errno(&app->cx, "\"%.*s\"", SK_P(operands[i]));
        if (S_ISDIR(st.st_mode))
            SK_TRY(walk_folder(&w, operands[i], SK_NONE, 0));
        else
            found(&w, operands[i], last_part(operands[i]));
    }
    *ret_files = w.v;
    *ret_n = w.n;
    *ret_left_out = w.left_out;
    return SK_OK;
}
