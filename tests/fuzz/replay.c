/* Runs a fuzz target over every file of its corpus, and over each cut short at some places, so that
 * what a fuzzer once found stays found without a fuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t replay(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        exit(1);
    }
    uint8_t *data = malloc(1 << 20);
    size_t n = data ? fread(data, 1, 1 << 20, f) : 0, cuts = n < 64 ? n : 16;
    fclose(f);
    LLVMFuzzerTestOneInput(data, n);
    for (size_t i = 0; i < cuts; i++) {
        size_t part = n * i / cuts;
        uint8_t *copy = malloc(part ? part : 1); /* its own allocation, so that overreads show */
        if (!copy)
            exit(1);
        memcpy(copy, data, part);
        LLVMFuzzerTestOneInput(copy, part);
        free(copy);
    }
    free(data);
    return 1;
}

int main(int argc, char **argv)
{
    size_t n = 0;
    for (int i = 1; i < argc; i++) {
        DIR *d = opendir(argv[i]);
        if (!d) {
            perror(argv[i]);
            return 1;
        }
        for (struct dirent *e; (e = readdir(d));) {
            char path[4096];
            if (e->d_name[0] == '.')
                continue;
            snprintf(path, sizeof path, "%s/%s", argv[i], e->d_name);
            n += replay(path);
        }
        closedir(d);
    }
    if (n == 0) {
        fprintf(stderr, "the corpus is empty\n");
        return 1;
    }
    printf("replayed %zu inputs\n", n);
    return 0;
}
