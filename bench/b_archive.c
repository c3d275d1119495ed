/* How fast archive/ is, each figure beside its yardstick from the same run.
 *
 *   b_archive FOLDER append N BATCH      entries a second, beside fdatasync a second
 *   b_archive FOLDER open                time to open for reading and for writing
 *   b_archive FOLDER add FILE...         files into blobs, one commit
 *   b_archive FOLDER walk | verify | prove
 *
 * FOLDER is an archive; append makes it when it is not there. Times are of the monotonic clock. */
#include "archive/archive.h"
#include "archive/verify.h"
#include "base/clock.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(sk_ctx *cx, sk_rc rc)
{
    if (rc) {
        fprintf(stderr, "b_archive: %s\n", cx->message);
        exit(1);
    }
}

static sk_archive *open_it(sk_ctx *cx, const char *path, sk_archive_mode mode)
{
    sk_archive *ar;
    sk_rc rc = sk_archive_open(cx, sk_fs_posix(), sk_str_of(path), mode, &ar);
    if (rc == SK_E_NOTFOUND) {
        sk_forgive(cx);
        must(cx, sk_archive_init(cx, sk_fs_posix(), sk_str_of(path), SK_NONE));
        rc = sk_archive_open(cx, sk_fs_posix(), sk_str_of(path), mode, &ar);
    }
    must(cx, rc);
    return ar;
}

static double syncs_a_second(const char *path)
{
    char file[4096], bytes[512] = {1};
    snprintf(file, sizeof file, "%s/derived/sync-test", path);
    int fd = open(file, O_RDWR | O_CREAT | O_TRUNC, 0600), n = 0;
    double t = now();
    while (now() - t < 1) {
        if (write(fd, bytes, sizeof bytes) != sizeof bytes || fdatasync(fd))
            exit(1);
        n++;
    }
    double per = n / (now() - t);
    close(fd);
    unlink(file);
    return per;
}

static void append(sk_ctx *cx, const char *path, int n, int batch)
{
    sk_archive *ar = open_it(cx, path, SK_ARCHIVE_WRITE);
    double syncs = syncs_a_second(path), t = now();
    for (int i = 0; i < n; i++) {
        char text[64];
        snprintf(text, sizeof text, "statement number %d", i);
        sk_line lines[] = {{SK_S("claimant"), SK_S("1 Human Rights Watch")},
                           {SK_S("entity"), SK_S("person/kim-jong-wook")},
                           {SK_S("property"), SK_S("detainedAt")},
                           {SK_S("quote"), sk_str_of(text)},
                           {SK_S("value"), SK_S("2013-10-08")}};
        must(cx, sk_archive_append(cx, ar, SK_S("claim"), lines, 5, NULL, NULL));
        if ((i + 1) % batch == 0 || i + 1 == n)
            must(cx, sk_archive_commit(cx, ar));
    }
    double took = now() - t;
    printf("append: %d entries in batches of %d: %.0f a second (%.2f s); fdatasync %.0f a second\n",
           n, batch, n / took, took, syncs);
    t = now();
    sk_archive_close(ar);
    printf("close: %.1f ms\n", (now() - t) * 1000);
}

static void open_times(sk_ctx *cx, const char *path)
{
    for (int i = 0; i < 3; i++) {
        double t = now();
        sk_archive *ar = open_it(cx, path, SK_ARCHIVE_READ);
        double r = now() - t;
        uint64_t n = sk_archive_count(ar);
        sk_archive_close(ar);
        t = now();
        ar = open_it(cx, path, SK_ARCHIVE_WRITE);
        double w = now() - t;
        sk_archive_close(ar);
        printf("open at %llu entries: %.2f ms to read, %.2f ms to write\n", (unsigned long long)n,
               r * 1000, w * 1000);
    }
}

static void add(sk_ctx *cx, const char *path, char **files, int n)
{
    sk_archive *ar = open_it(cx, path, SK_ARCHIVE_WRITE);
    uint64_t bytes = 0;
    int new_ones = 0;
    double t = now();
    for (int i = 0; i < n; i++) {
        sk_blob_info info;
        int fd = open(files[i], O_RDONLY);
        if (fd < 0) {
            perror(files[i]);
            exit(1);
        }
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        must(cx, sk_blob_write(cx, ar, fd, &info));
        sk_arena_back_to(&cx->arena, mark);
        close(fd);
        bytes += info.size_bytes;
        new_ones += info.is_new;
    }
    double written = now() - t;
    must(cx, sk_archive_commit(cx, ar));
    double took = now() - t;
    printf("add: %d files (%d new), %.1f MB: %.2f s, of which %.2f s the final sync; %.0f MB/s\n",
           n, new_ones, (double)bytes / 1e6, took, took - written, (double)bytes / 1e6 / took);
    sk_archive_close(ar);
}

static sk_rc count_one(sk_ctx *cx, const sk_entry *e, const sk_entry_place *place, void *arg)
{
    *(uint64_t *)arg += e->bytes.n;
    return SK_OK;
}

static void walk(sk_ctx *cx, const char *path)
{
    sk_archive *ar = open_it(cx, path, SK_ARCHIVE_READ);
    uint64_t bytes = 0, n = sk_archive_count(ar);
    double t = now();
    must(cx, sk_archive_each(cx, ar, 1, 0, count_one, &bytes, NULL, NULL));
    double took = now() - t;
    printf("walk: %llu entries, %.1f MB in %.2f s: %.0f a second\n", (unsigned long long)n,
           (double)bytes / 1e6, took, (double)n / took);
    sk_archive_close(ar);
}

static void tell(sk_ctx *cx, const sk_finding *f, void *arg)
{
    if (f->is_damage)
        printf("  %.*s %.*s: %.*s\n", SK_P(f->what), SK_P(f->path), SK_P(f->detail));
}

static void verify(sk_ctx *cx, const char *path)
{
    sk_archive *ar = open_it(cx, path, SK_ARCHIVE_INSPECT);
    sk_verify_report r;
    double t = now();
    must(cx, sk_verify(cx, ar, NULL, tell, NULL, &r));
    double took = now() - t;
    printf("verify: %llu entries, %llu signatures, %llu blobs, %.1f MB of blobs in %.2f s: %.0f "
           "signatures a second, %.0f MB/s; damage %llu, notices %llu\n",
           (unsigned long long)r.entries, (unsigned long long)r.signatures,
           (unsigned long long)r.blobs, (double)r.blob_bytes / 1e6, took,
           (double)r.signatures / took, (double)r.blob_bytes / 1e6 / took,
           (unsigned long long)r.damage, (unsigned long long)r.notices);
    sk_archive_close(ar);
}

static void prove(sk_ctx *cx, const char *path)
{
    sk_archive *ar = open_it(cx, path, SK_ARCHIVE_READ);
    sk_entry_place place = {.device = sk_archive_get_device(ar)};
    sk_str text;
    double t = now();
    must(cx, sk_archive_prove(cx, ar, &place, &text));
    double first = now() - t;
    t = now();
    for (uint64_t i = 0; i < 100; i++) {
        place.leaf = i * 7 % sk_archive_count(ar);
        must(cx, sk_archive_prove(cx, ar, &place, &text));
    }
    printf("prove: first %.1f ms, later %.2f ms each\n", first * 1000, (now() - t) * 10);
    sk_archive_close(ar);
}

int main(int argc, char **argv)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    const char *what = argc > 2 ? argv[2] : "";
    if (strcmp(what, "append") == 0 && argc == 5)
        append(&cx, argv[1], (int)strtol(argv[3], NULL, 10), (int)strtol(argv[4], NULL, 10));
    else if (strcmp(what, "open") == 0)
        open_times(&cx, argv[1]);
    else if (strcmp(what, "add") == 0)
        add(&cx, argv[1], argv + 3, argc - 3);
    else if (strcmp(what, "walk") == 0)
        walk(&cx, argv[1]);
    else if (strcmp(what, "verify") == 0)
        verify(&cx, argv[1]);
    else if (strcmp(what, "prove") == 0)
        prove(&cx, argv[1]);
    else
        return fprintf(stderr, "see the head of bench/b_archive.c\n"), 2;
    sk_ctx_done(&cx);
    return 0;
}
