/* Entries, checkpoints, proofs and frames as bytes: one form per meaning, and nothing else. */
#include "archive_test.h"

#include "archive/checkpoint.h"
#include "archive/segment.h"

static const char archive_id[] = "4f1c0a9e00112233445566778899aabb";
static const char nonce[] = "9b0e0000111122223333444455556666";
static const char at[] = "2026-11-24T08:46:07Z";

static sk_seckey author;

static int set_up(void **state)
{
    sk_ctx *cx = calloc(1, sizeof *cx);
    sk_ctx_init(cx);
    assert_ok(cx, sk_key_new(cx, SK_S("4f1c0a9e"), "author", &author));
    *state = cx;
    return 0;
}

static int tear_down(void **state)
{
    sk_ctx_done(*state);
    free(*state);
    return 0;
}

static sk_rc build(sk_ctx *cx, const sk_line *lines, size_t n, sk_str *ret_note)
{
    sk_str text;
    SK_TRY(sk_entry_build(cx, SK_S("claim"), sk_str_of(archive_id), sk_str_of(nonce), sk_str_of(at),
                          author.pub.name, lines, n, &text));
    sk_str sig = sk_sig_line(&cx->arena, &author, text);
    *ret_note = sk_fmt(&cx->arena, "%.*s\n%.*s", SK_P(text), SK_P(sig));
    return SK_OK;
}

/* Text of an entry with other lines, signed well: only its grammar can be at fault. */
static sk_str signed_text(sk_ctx *cx, const char *text)
{
    sk_str sig = sk_sig_line(&cx->arena, &author, sk_str_of(text));
    return sk_fmt(&cx->arena, "%s\n%.*s", text, SK_P(sig));
}

static void an_entry_reads_back_as_it_was_said(void **state)
{
    sk_ctx *cx = *state;
    sk_line lines[] = {{SK_S("quote"), SK_S("He said:\nno\\yes\tmaybe")},
                       {SK_S("claimant"), SK_S("2 Human Rights Watch")},
                       {SK_S("claimant"), SK_S("1 수용소")},
                       {SK_S("empty"), SK_S("")},
                       {SK_S("claimant"), SK_S("1 수용소")}};
    sk_str note;
    sk_entry e;
    assert_ok(cx, build(cx, lines, 5, &note));
    assert_ok(cx, sk_entry_parse(cx, note, &e));
    assert_int_equal(e.n_lines, 4); /* the exact duplicate is said once */
    assert_true(sk_str_is(e.kind, "claim") && sk_str_is(e.archive, archive_id));
    assert_true(sk_str_is(e.nonce, nonce) && sk_str_is(e.at, at));
    assert_true(sk_str_eq(e.by, author.pub.name) && sk_str_eq(e.sig_name, e.by));
    assert_true(sk_str_eq(sk_entry_get(&e, "quote"), lines[0].value));
    sk_str empty = sk_entry_get(&e, "empty");
    assert_true(empty.p && empty.n == 0);
    assert_null(sk_entry_get(&e, "absent").p);
    sk_str v;
    size_t i = 0;
    assert_true(sk_entry_next(&e, "claimant", &i, &v) && sk_str_is(v, "1 수용소"));
    assert_true(sk_entry_next(&e, "claimant", &i, &v) && sk_str_is(v, "2 Human Rights Watch"));
    assert_false(sk_entry_next(&e, "claimant", &i, &v));
    assert_true(sk_sig_is_good(author.pub.bytes, e.text, e.sig));
    sk_hash id = sk_sha256(note);
    assert_true(sk_hash_eq(&id, &e.id));
    assert_true(sk_str_find(note, SK_S("\nquote He said:\\nno\\\\yes\\tmaybe\n")) != SIZE_MAX);
}

/* Whatever the order in which lines are given, the bytes are the same. */
static void the_order_of_lines_does_not_matter(void **state)
{
    sk_ctx *cx = *state;
    sk_line a[] = {{SK_S("b"), SK_S("1")}, {SK_S("a-b"), SK_S("2")}, {SK_S("a"), SK_S("3")}};
    sk_line b[] = {{SK_S("a"), SK_S("3")}, {SK_S("b"), SK_S("1")}, {SK_S("a-b"), SK_S("2")}};
    sk_str x, y;
    assert_ok(cx, build(cx, a, 3, &x));
    assert_ok(cx, build(cx, b, 3, &y));
    assert_true(sk_str_eq(x, y));
}

static void what_cannot_be_read_back_cannot_be_built(void **state)
{
    sk_ctx *cx = *state;
    static const struct {
        const char *key, *value, *says;
    } bad[] = {
        {"Key", "v", "is not 1 to 32 of"},
        {"", "v", "is not 1 to 32 of"},
        {"a b", "v", "is not 1 to 32 of"},
        {"abcdefghijklmnopqrstuvwxyz0123456", "v", "is not 1 to 32 of"},
        {"archive", "v", "one of the four"},
        {"by", "v", "one of the four"},
        {"k", "\x01", "control character 0x01"},
        {"k", "a\rb", "control character 0x0d"},
        {"k", "\xff", "is not UTF-8"},
        {"k", "e\xcc\x81", "is not in Unicode NFC"},
        {"k", "\xe1\x84\x80\xe1\x85\xa1", "is not in Unicode NFC"},
    };
    sk_str note;
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        sk_line line = {sk_str_of(bad[i].key), sk_str_of(bad[i].value)};
        assert_fails(cx, SK_E_FORMAT, bad[i].says, build(cx, &line, 1, &note));
    }
    char *big = calloc(1, SK_LIM_NOTE_LINE_BYTES + 1);
    memset(big, 'x', SK_LIM_NOTE_LINE_BYTES);
    sk_line line = {SK_S("k"), {big, SK_LIM_NOTE_LINE_BYTES - 2}};
    assert_ok(cx, build(cx, &line, 1, &note)); /* "k " and the rest: just fits */
    sk_entry e;
    assert_ok(cx, sk_entry_parse(cx, note, &e));
    line.value.n++;
    assert_fails(cx, SK_E_LIMIT, "more than 65536", build(cx, &line, 1, &note));
    sk_line many[17];
    for (size_t i = 0; i < 17; i++)
        many[i] = (sk_line){sk_fmt(&cx->arena, "k%zu", i), {big, SK_LIM_NOTE_LINE_BYTES - 100}};
    assert_fails(cx, SK_E_LIMIT, "entry: longer than", build(cx, many, 17, &note));
    assert_fails(cx, SK_E_FORMAT, "is not a time",
                 sk_entry_build(cx, SK_S("claim"), sk_str_of(archive_id), sk_str_of(nonce),
                                SK_S("yesterday"), author.pub.name, NULL, 0, &note));
    free(big);
}

#define HEAD                                                     \
    "sillok/1 claim\narchive 4f1c0a9e00112233445566778899aabb\n" \
    "nonce 9b0e0000111122223333444455556666\nat 2026-11-24T08:46:07Z\nby "

static void only_what_can_be_built_is_read(void **state)
{
    sk_ctx *cx = *state;
    static const struct {
        const char *lines, *says;
    } bad[] = {
        {"b 1\na 2\n", "line 7 \"a 2\" is out of order"},
        {"a 1\na 1\n", "out of order or repeated"},
        {"novalue\n", "is not \"key value\""},
        {"\n", "is not \"key value\""},
        {"A 1\n", "is not \"key value\""},
        {"at 2026-11-24T08:46:07Z\n", "only once, on top"},
        {"k a\\qb\n", "a backslash that is not"},
        {"k a\\\n", "a backslash that is not"},
        {"k e\xcc\x81\n", "is not in Unicode NFC"},
        {"k \x7f\n", "control character 0x7f"},
        {"k a\tb\n", "control character 0x09"},
        {"k a\rb\n", "control character 0x0d"},
    };
    sk_entry e;
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        char text[1024];
        snprintf(text, sizeof text, HEAD "%.*s\n%s", SK_P(author.pub.name), bad[i].lines);
        assert_fails(cx, SK_E_FORMAT, bad[i].says, sk_entry_parse(cx, signed_text(cx, text), &e));
    }
    char good[1024];
    snprintf(good, sizeof good, HEAD "%.*s\nk \\n\xcc\x81\n", SK_P(author.pub.name));
    assert_ok(cx, sk_entry_parse(cx, signed_text(cx, good), &e)); /* a mark behind a line feed */
    snprintf(good, sizeof good, HEAD "%.*s\n", SK_P(author.pub.name));
    sk_str note = signed_text(cx, good);
    assert_ok(cx, sk_entry_parse(cx, note, &e));
    assert_int_equal(e.n_lines, 0);
    sk_str twice =
        sk_fmt(&cx->arena, "%.*s%.*s", SK_P(note), SK_P(sk_sig_line(&cx->arena, &author, e.text)));
    assert_fails(cx, SK_E_FORMAT, "exactly one", sk_entry_parse(cx, twice, &e));
    sk_seckey other;
    assert_ok(cx, sk_key_new(cx, SK_S("4f1c0a9e"), "author", &other));
    sk_str foreign = sk_fmt(&cx->arena, "%s\n%.*s", good,
                            SK_P(sk_sig_line(&cx->arena, &other, sk_str_of(good))));
    assert_fails(cx, SK_E_FORMAT, "but signed by", sk_entry_parse(cx, foreign, &e));
}

static void the_fixed_lines_are_fixed(void **state)
{
    sk_ctx *cx = *state;
    static const struct {
        const char *find, *put, *says;
        sk_rc rc;
    } bad[] = {
        {"sillok/1", "sillok/2", "of another version", SK_E_UNSUPPORTED},
        {"sillok/1", "tillok/1", "does not begin", SK_E_FORMAT},
        {"claim", "Claim", "kind \"Claim\"", SK_E_FORMAT},
        {"archive 4", "archive F", "not 32 hex digits", SK_E_FORMAT},
        {"archive ", "Archive ", "line 2 is not \"archive", SK_E_FORMAT},
        {"nonce 9b", "nonce 9", "nonce", SK_E_FORMAT},
        {"2026-11", "2026-13", "is not a time", SK_E_FORMAT},
        {"by 4f1c0a9e/", "by 4f1c0a9e//", "is not a key name", SK_E_FORMAT},
    };
    for (size_t i = 0; i < SK_COUNT(bad); i++) {
        char text[1024], changed[1100];
        snprintf(text, sizeof text, HEAD "%.*s\n", SK_P(author.pub.name));
        char *p = strstr(text, bad[i].find);
        snprintf(changed, sizeof changed, "%.*s%s%s", (int)(p - text), text, bad[i].put,
                 p + strlen(bad[i].find));
        sk_entry e;
        assert_fails(cx, bad[i].rc, bad[i].says, sk_entry_parse(cx, signed_text(cx, changed), &e));
    }
}

/* No flipped bit leaves an entry that both parses and is signed. */
static void a_flipped_bit_never_passes(void **state)
{
    sk_ctx *cx = *state;
    sk_line lines[] = {{SK_S("quote"), SK_S("He said:\nno\\")}, {SK_S("k"), SK_S("수")}};
    sk_str note;
    assert_ok(cx, build(cx, lines, 2, &note));
    char *copy = sk_str_c(&cx->arena, note);
    for (size_t bit = 0; bit < note.n * 8; bit++) {
        sk_arena_mark mark = sk_arena_here(&cx->arena);
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        sk_entry e;
        bool passes = sk_entry_parse(cx, (sk_str){copy, note.n}, &e) == SK_OK &&
                      memcmp(e.sig_id, author.pub.id, 4) == 0 &&
                      sk_sig_is_good(author.pub.bytes, e.text, e.sig);
        assert_false(passes);
        sk_forgive(cx);
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        sk_arena_back_to(&cx->arena, mark);
    }
}

/* ---- checkpoints and proofs ---- */

static void a_checkpoint_reads_back_and_no_flipped_bit_passes(void **state)
{
    sk_ctx *cx = *state;
    sk_seckey device;
    assert_ok(cx, sk_key_new(cx, SK_S("4f1c0a9e"), "device", &device));
    sk_hash root = sk_sha256(SK_S("root"));
    sk_str note = sk_checkpoint_build(&cx->arena, &device, 1042, &root);
    sk_checkpoint cp;
    assert_ok(cx, sk_checkpoint_parse(cx, note, &cp));
    assert_ok(cx, sk_checkpoint_check(cx, &cp, &device.pub));
    assert_true(cp.size == 1042 && sk_hash_eq(&cp.root, &root));
    assert_true(sk_str_eq(cp.origin, device.pub.name));
    char *copy = sk_str_c(&cx->arena, note);
    for (size_t bit = 0; bit < note.n * 8; bit++) {
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        assert_false(sk_checkpoint_parse(cx, (sk_str){copy, note.n}, &cp) == SK_OK &&
                     sk_checkpoint_check(cx, &cp, &device.pub) == SK_OK);
        sk_forgive(cx);
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
    }
}

static void a_checkpoint_is_strict(void **state)
{
    sk_ctx *cx = *state;
    static const struct {
        const char *text, *says;
    } bad[] = {
        {"a b\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "is not an origin"},
        {"log\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "not a number of leaves"},
        {"log\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "not a number of leaves"},
        {"log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n", "32-byte root"},
        {"log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n", "32-byte root"},
        {"log\n1\n", "32-byte root"},
        {"log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nmore\n", "a fourth line"},
    };
    sk_checkpoint cp;
    for (size_t i = 0; i < SK_COUNT(bad); i++)
        assert_fails(cx, SK_E_FORMAT, bad[i].says,
                     sk_checkpoint_parse(cx, signed_text(cx, bad[i].text), &cp));
}

static void a_proof_reads_back_and_is_strict(void **state)
{
    sk_ctx *cx = *state;
    sk_seckey device;
    assert_ok(cx, sk_key_new(cx, SK_S("4f1c0a9e"), "device", &device));
    sk_hash id = sk_sha256(SK_S("entry")), other = sk_sha256(SK_S("other"));
    sk_hash a = sk_merkle_leaf((sk_str){(char *)id.b, 32});
    sk_hash b = sk_merkle_leaf((sk_str){(char *)other.b, 32}), root = sk_merkle_node(&b, &a);
    sk_proof path = {.hashes = {b}, .n = 1};
    sk_str text = sk_tlog_proof_build(&cx->arena, 1, &path,
                                      sk_checkpoint_build(&cx->arena, &device, 2, &root));
    sk_tlog_proof p;
    assert_ok(cx, sk_tlog_proof_parse(cx, text, &p));
    assert_ok(cx, sk_tlog_proof_check(cx, &p, &id, &device.pub));
    assert_fails(cx, SK_E_INTEGRITY, "does not stand at index 1",
                 sk_tlog_proof_check(cx, &p, &other, &device.pub));
    char *copy = sk_str_c(&cx->arena, text);
    for (size_t bit = 0; bit < text.n * 8; bit++) {
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        assert_false(sk_tlog_proof_parse(cx, (sk_str){copy, text.n}, &p) == SK_OK &&
                     sk_tlog_proof_check(cx, &p, &id, &device.pub) == SK_OK);
        sk_forgive(cx);
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t n = 0; n < text.n; n++) {
        assert_true(sk_tlog_proof_parse(cx, sk_str_sub(text, 0, n), &p) != SK_OK);
        sk_forgive(cx);
    }
    sk_str rest = sk_str_sub(text, sizeof "c2sp.org/tlog-proof@v1", text.n);
    sk_str with = sk_fmt(&cx->arena, "c2sp.org/tlog-proof@v1\nextra QUJD\n%.*s", SK_P(rest));
    assert_ok(cx, sk_tlog_proof_parse(cx, with, &p));
    assert_true(sk_str_is(p.extra, "ABC"));
    sk_str wrong = sk_fmt(&cx->arena, "c2sp.org/tlog-proof@v1\nextra \n%.*s", SK_P(rest));
    assert_fails(cx, SK_E_FORMAT, "extra line", sk_tlog_proof_parse(cx, wrong, &p));
}

/* The values that docs/formats/archive.md gives a second implementation to test against. */
static void the_values_of_the_format_description_hold(void **state)
{
    static const char note[] = "sillok/1 note\n"
                               "archive 4f1c0a9e00112233445566778899aabb\n"
                               "nonce 9b0e0000111122223333444455556666\n"
                               "at 2026-11-24T08:46:07Z\n"
                               "by 4f1c0a9e/author/2c4e4d1d\n"
                               "text He said:\\nno\n"
                               "\n"
                               "\xe2\x80\x94 4f1c0a9e/author/2c4e4d1d "
                               "7UV1YUfR0wnhMMya7i5uxSWHqPf2f956cFdHtaFbdOVyA+"
                               "PKa0fhqVWHyiANbcq3Hsv5uhoFQ3frJdUxo0NUHQ+axgU=\n";
    static const char head_hex[] =
        "ff53494c4c4f4b0a000000000000011f02223cae6fb26acd8155e30099524f8f"
        "1d5fe65c5d5b88e32584e557cdc3473b7681525bfe74e3c7";
    static const char checkpoint[] =
        "4f1c0a9e/device/664e05be\n"
        "1\n"
        "OCZSx5bL3rtRL4XlLZmYUsIzqfkQYeVQ6IyNT24JtX0=\n"
        "\n"
        "\xe2\x80\x94 4f1c0a9e/device/664e05be "
        "f1c2RhtRBNoXbdBrzBkeAfW/"
        "1e8c43aU3FaYJPjFanWYkrJgKnXNV9LXoziyZYjxW7soes1cPdnjbUonwAC92qCelwc=\n";
    sk_ctx *cx = *state;
    sk_seckey a, d;
    sk_hash seed_a = sk_sha256(SK_S("a")), seed_d = sk_sha256(SK_S("d"));
    assert_ok(cx, sk_key_from_seed(cx, SK_S("4f1c0a9e/author/2c4e4d1d"), seed_a.b, &a));
    assert_ok(cx, sk_key_from_seed(cx, SK_S("4f1c0a9e/device/664e05be"), seed_d.b, &d));
    assert_true(sk_str_is(sk_vkey_print(&cx->arena, &a.pub),
                          "4f1c0a9e/author/2c4e4d1d+ed457561+"
                          "AerhyHk7VZfEs/SQ52rDEXLEOWkPjuFBQruFGmH5pJ8O"));
    assert_true(sk_str_is(sk_vkey_print(&cx->arena, &d.pub),
                          "4f1c0a9e/device/664e05be+7f573646+"
                          "ATfyJ62D1ijM5KYGyzScbZRKtXSo+YA1sM+qp359o2G/"));
    sk_line line = {SK_S("text"), SK_S("He said:\nno")};
    sk_str text;
    assert_ok(cx, sk_entry_build(cx, SK_S("note"), sk_str_of(archive_id), sk_str_of(nonce),
                                 sk_str_of(at), a.pub.name, &line, 1, &text));
    sk_str built =
        sk_fmt(&cx->arena, "%.*s\n%.*s", SK_P(text), SK_P(sk_sig_line(&cx->arena, &a, text)));
    assert_true(sk_str_is(built, note) && built.n == 287);
    sk_entry e;
    assert_ok(cx, sk_entry_parse(cx, built, &e));
    assert_true(sk_str_is(sk_hash_hex(&cx->arena, &e.id),
                          "02223cae6fb26acd8155e30099524f8f1d5fe65c5d5b88e32584e557cdc3473b"));
    unsigned char head[SK_FRAME_HEAD_BYTES];
    sk_frame f = {SK_FRAME_PLAIN, 287, e.id};
    sk_frame_put_head(&f, head);
    assert_true(sk_str_is(sk_hex(&cx->arena, head, sizeof head), head_hex));
    sk_hash leaf = sk_merkle_leaf((sk_str){(char *)e.id.b, 32});
    assert_true(sk_str_is(sk_hash_hex(&cx->arena, &leaf),
                          "382652c796cbdebb512f85e52d999852c233a9f91061e550e88c8d4f6e09b57d"));
    assert_true(sk_str_is(sk_checkpoint_build(&cx->arena, &d, 1, &leaf), checkpoint));
}

/* ---- frames ---- */

static sk_str frame_of(sk_ctx *cx, sk_str body)
{
    sk_frame f = {SK_FRAME_PLAIN, (uint32_t)body.n, sk_sha256(body)};
    unsigned char head[SK_FRAME_HEAD_BYTES];
    sk_frame_put_head(&f, head);
    char *p = sk_alloc(&cx->arena, sizeof head + body.n);
    memcpy(p, head, sizeof head);
    memcpy(p + sizeof head, body.p, body.n);
    return (sk_str){p, sizeof head + body.n};
}

static void any_flipped_bit_of_a_frame_is_noticed(void **state)
{
    sk_ctx *cx = *state;
    sk_str frame = frame_of(cx, SK_S("a body\nof two lines\n"));
    char *copy = sk_str_c(&cx->arena, frame);
    sk_frame f;
    assert_true(sk_frame_parse_head(frame, &f));
    for (size_t bit = 0; bit < frame.n * 8; bit++) {
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
        sk_str s = {copy, frame.n};
        assert_false(sk_frame_parse_head(s, &f) &&
                     sk_frame_body_is_good(&f, sk_str_sub(s, SK_FRAME_HEAD_BYTES, s.n)));
        copy[bit / 8] = (char)(copy[bit / 8] ^ 1 << bit % 8);
    }
}

typedef struct scanned {
    sk_scan_item items[4000];
    size_t n;
} scanned;

/* Scan bytes as a segment file. */
static void scan_bytes(sk_ctx *cx, sk_str bytes, scanned *out)
{
    char *folder = make_folder(), path[600];
    snprintf(path, sizeof path, "%s/x.seg", folder);
    FILE *file = fopen(path, "w");
    fwrite(bytes.p, 1, bytes.n, file);
    fclose(file);
    sk_file *f;
    sk_scan scan;
    const sk_scan_item *items;
    size_t n = 1;
    out->n = 0;
    assert_ok(cx, sk_fs_open(cx, sk_fs_posix(), path, SK_FS_READ, 0, &f));
    assert_ok(cx, sk_scan_begin(cx, &scan, sk_fs_posix(), f, path, 0));
    while (n) {
        assert_ok(cx, sk_scan_next(cx, &scan, &items, &n));
        for (size_t i = 0; i < n; i++)
            out->items[out->n++] = items[i];
    }
    sk_scan_done(&scan);
    sk_fs_posix()->close(f);
    remove_all(folder);
    free(folder);
    uint64_t end = 0; /* items follow each other without gaps, to the last byte */
    for (size_t i = 0; i < out->n; i++) {
        assert_int_equal(out->items[i].offset, end);
        end = out->items[i].end;
    }
    assert_int_equal(end, bytes.n);
}

static void damage_costs_one_frame_and_the_scan_goes_on(void **state)
{
    sk_ctx *cx = *state;
    static scanned out;
    sk_buf b;
    sk_buf_init(&b, SK_MIB(64));
    uint64_t starts[40];
    for (size_t i = 0; i < 40; i++) { /* 12 MB: more than one window */
        char *body = sk_alloc(&cx->arena, 300000 + i * 77);
        memset(body, 'a' + (int)i % 26, 300000 + i * 77);
        starts[i] = b.n;
        sk_buf_add(&b, frame_of(cx, (sk_str){body, 300000 + i * 77}));
    }
    scan_bytes(cx, sk_buf_str(&b), &out);
    assert_int_equal(out.n, 40);
    for (size_t i = 0; i < 40; i++)
        assert_true(out.items[i].is_frame && out.items[i].offset == starts[i]);
    for (size_t hurt = 0; hurt < 40; hurt += 3) { /* a bit of its head */
        b.p[starts[hurt] + hurt] ^= 4;
        scan_bytes(cx, sk_buf_str(&b), &out);
        assert_int_equal(out.n, 40);
        for (size_t i = 0; i < 40; i++)
            assert_true(out.items[i].is_frame == (i != hurt) && out.items[i].offset == starts[i]);
        b.p[starts[hurt] + hurt] ^= 4;
    }
    b.p[starts[7]] ^= 1; /* two neighbours, and the last cut short */
    b.p[starts[8] + 50] ^= 1;
    scan_bytes(cx, (sk_str){b.p, b.n - 1}, &out);
    assert_int_equal(out.n, 39);
    assert_true(!out.items[7].is_frame && out.items[7].end == starts[9]);
    assert_true(!out.items[38].is_frame && out.items[38].end == b.n - 1);
    sk_buf_done(&b);
}

static void rubbish_is_one_piece_of_damage(void **state)
{
    sk_ctx *cx = *state;
    static scanned out;
    char *p = sk_alloc(&cx->arena, 9000000);
    for (size_t i = 0; i < 9000000; i += 8)
        memcpy(p + i, "\xffSILLOK\n", 8); /* nothing but magic */
    scan_bytes(cx, (sk_str){p, 9000000}, &out);
    assert_int_equal(out.n, 1);
    scan_bytes(cx, SK_S("x"), &out);
    assert_int_equal(out.n, 1);
    scan_bytes(cx, SK_S(""), &out);
    assert_int_equal(out.n, 0);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(an_entry_reads_back_as_it_was_said),
        T(the_order_of_lines_does_not_matter),
        T(what_cannot_be_read_back_cannot_be_built),
        T(only_what_can_be_built_is_read),
        T(the_fixed_lines_are_fixed),
        T(a_flipped_bit_never_passes),
        T(a_checkpoint_reads_back_and_no_flipped_bit_passes),
        T(a_checkpoint_is_strict),
        T(a_proof_reads_back_and_is_strict),
        T(the_values_of_the_format_description_hold),
        T(any_flipped_bit_of_a_frame_is_noticed),
        T(damage_costs_one_frame_and_the_scan_goes_on),
        T(rubbish_is_one_piece_of_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
