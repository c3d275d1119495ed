/* Measures reading and writing FollowTheMoney: a file of 119,958 entities whose values make 1,018,857
 * statements, made here the same on every machine, of people, companies, addresses and sanctions as
 * lists have them.
 *
 *     b_exchange [ENTITIES [DIR [STEP]]]   default 119958; files are kept in DIR, if it is given
 *                                          STEP: parse, jansson, read, convert or whole alone
 *
 * The yardstick is the Python tools' cost for a file of that shape, on a machine of this kind: about
 * 9 s of processor time from entities to statements, about 9 s to validate the entities, 90 MB held.
 * Parsers are compared in the same run: jansson (a tree a line), and ours (base/json_read.h). */
#include "measure.h"

#include "base/json_read.h"
#include "base/lines.h"
#include "exchange/ftm/ftm_statements.h"
#include "exchange/import.h"
#include "exchange/readers.h"

#include <fcntl.h>
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ENTITIES = 119958,
    VALUES = 1018857 - ENTITIES
}; /* each entity has one statement of its own */

/* ---- the file ---- */

static unsigned long long seed = 88172645463325252ULL;

static unsigned rnd(unsigned below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed % below);
}

#define ONE_OF(list) (list)[rnd(SK_COUNT(list))]

static const char *const given[] = {"Yong",   "Chol",   "Mariya", "Ivan",  "Ahmad",
                                    "Fatima", "Jin",    "Paul",   "Anna",  "Sergei",
                                    "Hassan", "Min-su", "Olga",   "Carlos"};
static const char *const family[] = {"Kim",    "Ri",     "Pak",     "Petrov", "Ivanova", "al-Masri",
                                     "Nguyen", "Santos", "Schmidt", "Choe",   "Rahimi",  "Okafor"};
static const char *const original[] = {"김용철",    "리영호",   "박진수",        "Мария Иванова",
                                       "محمد أحمد", "山田太郎", "Сергей Петров", "최민수"};
static const char *const countries[] = {"kp", "ru", "cn", "sy", "ir", "by", "mm", "us", "gb", "ua"};
static const char *const words[] = {"General",  "Trading", "Marine",  "Global",  "Industrial",
                                    "Shipping", "Energy",  "Finance", "Holding", "Machinery"};
static const char *const topics[] = {"sanction", "role.pep", "debarment", "poi", "crime.fin"};
static const char *const streets[] = {"Pushkinskaya St", "Sungri Street", "Main Road",
                                      "Nanjing Lu"};

typedef struct maker {
    FILE *f;
    unsigned left; /* values that the entity shall still have */
    const char *open;
} maker;

static void put(maker *m, const char *prop, const char *value)
{
    if (!m->left)
        return;
    m->left--;
    if (m->open && strcmp(m->open, prop) == 0)
        fprintf(m->f, ",\"%s\"", value);
    else
        fprintf(m->f, "%s\"%s\":[\"%s\"", m->open ? "]," : "", prop, value);
    m->open = prop;
}

#define PUT(m, prop, ...)                           \
    do {                                            \
        char text_[256];                            \
        snprintf(text_, sizeof text_, __VA_ARGS__); \
        put(m, prop, text_);                        \
    } while (0)

static void make_person(maker *m)
{
    const char *a = ONE_OF(given), *b = ONE_OF(family), *c = ONE_OF(given);
    PUT(m, "name", "%s %s %s", a, c, b);
    if (rnd(4) == 0)
        PUT(m, "alias", "%s", ONE_OF(original));
    PUT(m, "birthDate", "%u-%02u-%02u", 1930 + rnd(75), 1 + rnd(12), 1 + rnd(28));
    PUT(m, "country", "%s", ONE_OF(countries));
    PUT(m, "firstName", "%s", a);
    PUT(m, "lastName", "%s", b);
    PUT(m, "topics", "%s", ONE_OF(topics));
    PUT(m, "nationality", "%s", ONE_OF(countries));
    PUT(m, "passportNumber", "PS%07u", rnd(9999999));
    PUT(m, "position", "Deputy head of %s %s", ONE_OF(words), ONE_OF(words));
    PUT(m, "gender", rnd(3) ? "male" : "female");
}

static void make_company(maker *m)
{
    PUT(m, "name", "%s %s %s Co. Ltd", ONE_OF(words), ONE_OF(words), ONE_OF(family));
    PUT(m, "alias", "%s %s", ONE_OF(words), ONE_OF(words));
    PUT(m, "jurisdiction", "%s", ONE_OF(countries));
    PUT(m, "registrationNumber", "%010u", rnd(999999999));
    PUT(m, "incorporationDate", "%u-%02u", 1990 + rnd(33), 1 + rnd(12));
    PUT(m, "address", "%u %s, %u", 1 + rnd(300), ONE_OF(streets), 10000 + rnd(89999));
    PUT(m, "topics", "sanction");
    PUT(m, "innCode", "%010u", rnd(999999999));
    PUT(m, "country", "%s", ONE_OF(countries));
}

static void make_sanction(maker *m, unsigned i)
{
    PUT(m, "entity", "x-%07u", rnd(i + 1));
    PUT(m, "authority", "Office of %s %s", ONE_OF(words), ONE_OF(words));
    PUT(m, "program", "%s%u", ONE_OF(words), rnd(90));
    PUT(m, "startDate", "%u-%02u-%02u", 2000 + rnd(25), 1 + rnd(12), 1 + rnd(28));
    PUT(m, "country", "%s", ONE_OF(countries));
    PUT(m, "reason", "Acting for %s %s in %s matters", ONE_OF(words), ONE_OF(family),
        ONE_OF(words));
    PUT(m, "authorityId", "%u", rnd(99999));
    PUT(m, "sourceUrl", "https://sanctions.example/%u", rnd(999999));
}

static void make_address(maker *m)
{
    unsigned n = 1 + rnd(300);
    PUT(m, "full", "%u %s, %u", n, ONE_OF(streets), 10000 + rnd(89999));
    PUT(m, "city", "%s", ONE_OF(words));
    PUT(m, "country", "%s", ONE_OF(countries));
    PUT(m, "street", "%u %s", n, ONE_OF(streets));
    PUT(m, "postalCode", "%u", 10000 + rnd(89999));
    PUT(m, "region", "%s", ONE_OF(words));
    PUT(m, "remarks", "near %s", ONE_OF(words));
    PUT(m, "name", "%s", ONE_OF(words));
}

static void make_entity(FILE *f, unsigned i, unsigned n_values)
{
    static const char *const schemas[] = {"Person", "Company", "Sanction", "Address"};
    unsigned kind = i % 10 < 7 ? 0 : i % 10 - 6;
    maker m = {.f = f, .left = n_values};
    fprintf(f, "{\"id\":\"x-%07u\",\"schema\":\"%s\",\"properties\":{", i, schemas[kind]);
    if (kind == 0)
        make_person(&m);
    else if (kind == 1)
        make_company(&m);
    else if (kind == 2)
        make_sanction(&m, i);
    else
        make_address(&m);
    while (m.left)
        PUT(&m, "notes", "Note %u", m.left);
    fprintf(f, "]},\"datasets\":[\"bench\"],\"last_seen\":\"2024-05-%02uT10:00:00\"}\n",
            1 + rnd(28));
}

static void make_file(const char *path, unsigned n)
{
    FILE *f = fopen(path, "w");
    if (!f) {
        perror(path);
        exit(1);
    }
    unsigned long long sum = 0;
    for (unsigned i = 0; i < n; i++) {
        unsigned long long to = (unsigned long long)(i + 1) * VALUES / ENTITIES;
        make_entity(f, i, (unsigned)(to - sum));
        sum = to;
    }
    fclose(f);
}

/* ---- measuring ---- */

static double size_mb(const char *path)
{
    struct stat st;
    return stat(path, &st) ? 0 : (double)st.st_size / 1e6;
}

static int open_file(const char *path)
{
    int fd = open(path, O_RDONLY);
    if (fd < 0) {
        perror(path);
        exit(1);
    }
    return fd;
}

static void figure(const char *what, double s, double mb, double items, const char *unit)
{
    printf("%-46s %7.3f s  %7.1f MB/s  %9.0f %s/s  (%.0f MB held)\n", what, s, mb / s, items / s,
           unit, resident_mb());
}

static void parse_lines(const char *path, bool with_jansson, unsigned n)
{
    sk_lines *lines;
    sk_json_doc doc;
    sk_line_of line;
    unsigned long long values = 0;
    int fd = open_file(path);
    sk_json_doc_init(&doc);
    double s = cpu_seconds();
    check(sk_lines_open(&cx, fd, path, SK_LIM_JSON_LINE_BYTES, &lines), "open");
    for (;;) {
        check(sk_lines_next(&cx, lines, &line), "read");
        if (!line.p)
            break;
        if (with_jansson) {
            json_t *j = json_loadb(line.p, line.n, 0, NULL);
            values += json_object_size(j);
            json_decref(j);
        } else {
            check(sk_json_read(&cx, line.p, line.n, &doc), "parse");
            values += doc.n;
        }
    }
    s = cpu_seconds() - s;
    figure(with_jansson ? "parse, jansson (yardstick)" : "parse, base/json_read", s, size_mb(path),
           n, "entities");
    if (!values)
        printf("nothing was read\n");
    sk_json_doc_done(&doc);
    sk_lines_close(lines);
    close(fd);
}

static sk_rc count_claim(sk_ctx *c SK_UNUSED, const sk_claim *claim SK_UNUSED,
                         const sk_import_place *at SK_UNUSED, sk_str column SK_UNUSED, void *arg)
{
    ++*(unsigned long long *)arg;
    return SK_OK;
}

static void read_and_check(const char *path, const sk_reader *reader, const char *what)
{
    unsigned long long n = 0;
    sk_import_summary sum;
    sk_source_file file = {.name = SK_S("bench.ftm.json"), .fd = open_file(path)};
    sk_source source = {.files = &file, .n_files = 1};
    sk_import_sink sink = {.claim = count_claim, .arg = &n};
    double s = cpu_seconds();
    check(sk_import_run(&cx, reader, &source, &sink, &sum), what);
    s = cpu_seconds() - s;
    figure(what, s, size_mb(path), (double)n, "claims");
    printf("    %llu rows, %llu claims, %llu repeated, %llu values left, %llu remarks\n",
           (unsigned long long)sum.rows, (unsigned long long)sum.claims,
           (unsigned long long)sum.repeated, (unsigned long long)sum.values_left,
           (unsigned long long)sum.remarks);
    close(file.fd);
}

/* ---- entities to statements ---- */

typedef struct conversion {
    FILE *out;
    ftm_statements *statements;
    sk_claim *claims; /* of the row in hand */
    size_t n, cap;
    sk_arena row;
    sk_arena_mark row_start;
    unsigned long long n_statements;
} conversion;

static sk_rc write_bytes(void *arg, sk_str bytes)
{
    return fwrite(bytes.p, 1, bytes.n, arg) == bytes.n ? SK_OK : SK_E_IO;
}

/* What stands in the line is gone when the row ends. */
static void keep(sk_arena *a, sk_str *s)
{
    if (s->n)
        *s = sk_str_copy(a, *s);
}

static sk_rc keep_claim(sk_ctx *c SK_UNUSED, const sk_claim *claim,
                        const sk_import_place *at SK_UNUSED, sk_str column SK_UNUSED, void *arg)
{
    conversion *cv = arg;
    if (cv->n == cv->cap) {
        cv->cap = cv->cap ? cv->cap * 2 : 64;
        cv->claims = sk_xrealloc(cv->claims, cv->cap * sizeof *cv->claims);
    }
    sk_claim *kept = &cv->claims[cv->n++];
    *kept = *claim;
    keep(&cv->row, &kept->value);
    keep(&cv->row, &kept->words);
    keep(&cv->row, &kept->asof);
    sk_str *chain = sk_new(&cv->row, sk_str);
    *chain = claim->chain[0];
    keep(&cv->row, chain);
    kept->chain = chain;
    return SK_OK;
}

static sk_rc write_row(sk_ctx *c, const sk_import_place *at SK_UNUSED, sk_str key, void *arg)
{
    conversion *cv = arg;
    if (!cv->n)
        return SK_OK;
    const sk_ftm_map *map = sk_ftm_map_get();
    const sk_type *type = sk_model_find_type(sk_model_get(), cv->claims[0].type);
    ftm_member member = {.entity = {.key = key, .type = type->name},
                         .type = type,
                         .schema = sk_ftm_find_type(map, type->name)->schema,
                         .canonical = key};
    sk_arena_mark mark = sk_arena_here(&c->arena);
    ftm_item *items = sk_new_array(&c->arena, ftm_item, cv->n);
    for (size_t i = 0; i < cv->n; i++) {
        cv->claims[i].at = SK_S("2024-05-01T10:00:00Z");
        items[i].claim = &cv->claims[i];
        items[i].value = sk_ftm_value_of(c, map, type, &cv->claims[i], NULL, NULL);
    }
    sk_rc rc = sk_ftm__statements_write(c, cv->statements, &member, items, cv->n);
    cv->n_statements += cv->n + 1;
    cv->n = 0;
    sk_arena_back_to(&c->arena, mark);
    sk_arena_back_to(&cv->row, cv->row_start);
    return rc;
}

static void convert(const char *from, const char *to, bool theirs_alone, const char *what)
{
    conversion cv = {.out = fopen(to, "w")};
    if (!cv.out) {
        perror(to);
        exit(1);
    }
    (void)sk_alloc(&cv.row, 1); /* the first chunk stays */
    cv.row_start = sk_arena_here(&cv.row);
    sk_sink plain = {write_bytes, cv.out};
    sk_source_file file = {.name = SK_S("bench.ftm.json"), .fd = open_file(from)};
    sk_source source = {.files = &file, .n_files = 1};
    sk_import_sink sink = {.claim = keep_claim, .row_end = write_row, .arg = &cv};
    double s = cpu_seconds();
    sk_ftm__statements_open(&cx, SK_S("bench"), theirs_alone, &plain, NULL, &cv.statements);
    sk_rc rc = sk_import_run(&cx, &sk_reader_ftm_entities, &source, &sink, NULL);
    check(sk_ftm__statements_close(&cx, cv.statements, rc), "converting");
    s = cpu_seconds() - s;
    fclose(cv.out);
    close(file.fd);
    free(cv.claims);
    sk_arena_done(&cv.row);
    figure(what, s, size_mb(to), (double)cv.n_statements, "statements");
    printf("    %llu statements, %.1f MB\n", cv.n_statements, size_mb(to));
}

static bool is_wanted(const char *step, const char *name)
{
    return !step[0] || strcmp(step, name) == 0;
}

int main(int argc, char **argv)
{
    char dir[4096] = "/tmp/sillok-bench-ftm-XXXXXX", in[4200], out[4200];
    unsigned n = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : ENTITIES;
    if (argc > 2)
        snprintf(dir, sizeof dir, "%s", argv[2]);
    else if (!mkdtemp(dir))
        return 1;
    snprintf(in, sizeof in, "%s/entities.ftm.json", dir);
    snprintf(out, sizeof out, "%s/statements.csv", dir);
    sk_ctx_init(&cx);
    if (size_mb(in) == 0)
        make_file(in, n);
    printf("%u entities, %.1f MB\n", n, size_mb(in));
    const char *step = argc > 3 ? argv[3] : "";
    if (is_wanted(step, "parse"))
        parse_lines(in, false, n);
    if (is_wanted(step, "jansson"))
        parse_lines(in, true, n);
    if (is_wanted(step, "read"))
        read_and_check(in, &sk_reader_ftm_entities, "read and check, entities to claims");
    if (is_wanted(step, "convert"))
        convert(in, out, true, "entities to statements, their columns");
    if (is_wanted(step, "convert"))
        read_and_check(out, &sk_reader_ftm_statements, "read and check, their statements");
    if (is_wanted(step, "whole"))
        convert(in, out, false, "entities to statements, with ours");
    if (is_wanted(step, "whole"))
        read_and_check(out, &sk_reader_ftm_statements, "read and check, statements with ours");
    sk_ctx_done(&cx);
    if (argc <= 2) {
        unlink(in);
        unlink(out);
        rmdir(dir);
    }
    return 0;
}
