/* The life of an archive: made, written, read, proven, recovered. */
#include "archive_test.h"

#include "archive/archive_priv.h"
#include "archive/checkpoint.h"

#include <errno.h>

typedef struct fixture {
    char *folder, path[600];
    sk_ctx cx;
    const sk_fs *fs;
} fixture;

static int set_up(void **state)
{
    fixture *x = calloc(1, sizeof *x);
    x->folder = make_folder();
    snprintf(x->path, sizeof x->path, "%s/archive", x->folder);
    sk_ctx_init(&x->cx);
    x->fs = sk_fs_posix();
    if (sk_archive_init(&x->cx, x->fs, sk_str_of(x->path), SK_S("Test Author")))
        return -1;
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    fixture *x = *state;
    sk_ctx_done(&x->cx);
    remove_all(x->folder);
    free(x->folder);
    free(x);
    return 0;
}

static sk_archive *open_it(fixture *x, sk_archive_mode mode)
{
    sk_archive *ar;
    assert_ok(&x->cx, sk_archive_open(&x->cx, x->fs, sk_str_of(x->path), mode, &ar));
    return ar;
}

static sk_hash append_note(fixture *x, sk_archive *ar, int i, sk_entry_place *place)
{
    char text[64];
    snprintf(text, sizeof text, "number %d\nof many", i);
    sk_line line = {SK_S("text"), sk_str_of(text)};
    sk_hash id;
    assert_ok(&x->cx, sk_archive_append(&x->cx, ar, SK_S("note"), &line, 1, &id, place));
    return id;
}

static void append_many(fixture *x, sk_archive *ar, int n)
{
    for (int i = 0; i < n; i++)
        append_note(x, ar, i, NULL);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
}

static void assert_sound(fixture *x)
{
    static findings f;
    sk_verify_report r = verify_path(&x->cx, x->fs, x->path, &f);
    if (r.damage || r.notices)
        fail_msg("%s", f.text);
}

/* ---- */

static void a_new_archive_is_sound_and_introduces_its_keys(void **state)
{
    fixture *x = *state;
    assert_sound(x);
    sk_archive *ar = open_it(x, SK_ARCHIVE_READ);
    assert_int_equal(sk_archive_count(ar), 2);
    assert_int_equal(sk_archive_get_id(ar).n, 32);
    assert_int_equal(sk_archive_get_device(ar).n, 8);
    assert_true(sk_key_name_is_ours(sk_archive_get_author(ar)));
    sk_str vkeys;
    assert_ok(&x->cx, sk_archive_read_vkeys(&x->cx, ar, &vkeys));
    assert_true(sk_str_find(vkeys, sk_archive_get_author(ar)) != SIZE_MAX);
    sk_archive_close(ar);
}

static void init_refuses_a_folder_in_use(void **state)
{
    fixture *x = *state;
    assert_fails(&x->cx, SK_E_CONFLICT, "is an archive already",
                 sk_archive_init(&x->cx, x->fs, sk_str_of(x->path), SK_NONE));
    assert_fails(&x->cx, SK_E_CONFLICT, "is not empty",
                 sk_archive_init(&x->cx, x->fs, sk_str_of(x->folder), SK_NONE));
    assert_fails(&x->cx, SK_E_NOTFOUND, "cannot make directory",
                 sk_archive_init(&x->cx, x->fs, SK_S("/nowhere/at/all"), SK_NONE));
}

static void init_goes_on_where_an_earlier_one_broke_off(void **state)
{
    fixture *x = *state;
    char from[700], to[700];
    snprintf(from, sizeof from, "%s/SILLOK", x->path);
    snprintf(to, sizeof to, "%s/SILLOK.init", x->path);
    assert_int_equal(rename(from, to), 0);
    sk_archive *ar;
    assert_fails(&x->cx, SK_E_NOTFOUND, "never finished",
                 sk_archive_open(&x->cx, x->fs, sk_str_of(x->path), SK_ARCHIVE_READ, &ar));
    assert_ok(&x->cx, sk_archive_init(&x->cx, x->fs, sk_str_of(x->path), SK_NONE));
    assert_sound(x);
}

static void secret_keys_are_private(void **state)
{
    fixture *x = *state;
    static const char *const names[] = {"keys/device.secret", "keys/author.secret"};
    for (size_t i = 0; i < SK_COUNT(names); i++) {
        char path[700];
        struct stat st;
        snprintf(path, sizeof path, "%s/%s", x->path, names[i]);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
    }
}

static void what_was_committed_can_be_read_back(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_entry_place place[10];
    sk_hash id[10];
    for (int i = 0; i < 10; i++)
        id[i] = append_note(x, ar, i, &place[i]);
    assert_int_equal(sk_archive_count(ar), 2); /* nothing counts before the commit */
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    assert_int_equal(sk_archive_count(ar), 12);
    sk_archive *reader = open_it(x, SK_ARCHIVE_READ);
    for (int i = 0; i < 10; i++) {
        sk_entry e;
        char want[64];
        snprintf(want, sizeof want, "number %d\nof many", i);
        assert_ok(&x->cx, sk_archive_read(&x->cx, reader, &place[i], &id[i], &e));
        assert_true(sk_str_is(sk_entry_get(&e, "text"), want));
        assert_true(sk_str_eq(e.archive, sk_archive_get_id(ar)));
        assert_int_equal(place[i].leaf, 2 + i);
    }
    sk_entry e;
    assert_fails(&x->cx, SK_E_NOTFOUND, "another entry begins",
                 sk_archive_read(&x->cx, reader, &place[0], &id[1], &e));
    place[0].offset++;
    assert_fails(&x->cx, SK_E_NOTFOUND, "no entry begins",
                 sk_archive_read(&x->cx, reader, &place[0], &id[0], &e));
    sk_archive_close(reader);
    sk_archive_close(ar);
    assert_sound(x);
}

static void dropped_entries_leave_no_trace(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    append_note(x, ar, 1, NULL);
    sk_archive_drop(ar);
    append_many(x, ar, 1);
    append_note(x, ar, 2, NULL);
    sk_archive_close(ar); /* drops what was not committed */
    ar = open_it(x, SK_ARCHIVE_READ);
    assert_int_equal(sk_archive_count(ar), 3);
    sk_archive_close(ar);
    assert_sound(x);
}

static void a_reader_cannot_write_and_two_writers_cannot_meet(void **state)
{
    fixture *x = *state;
    sk_archive *reader = open_it(x, SK_ARCHIVE_READ), *writer = open_it(x, SK_ARCHIVE_WRITE), *two;
    assert_fails(&x->cx, SK_E_DENIED, "for reading only",
                 sk_archive_append(&x->cx, reader, SK_S("note"), NULL, 0, NULL, NULL));
    assert_fails(&x->cx, SK_E_CONFLICT, "another sillok is writing",
                 sk_archive_open(&x->cx, x->fs, sk_str_of(x->path), SK_ARCHIVE_WRITE, &two));
    append_many(x, writer, 3); /* readers never wait, and see it when they look again */
    assert_int_equal(sk_archive_count(reader), 5);
    sk_archive_close(writer);
    writer = open_it(x, SK_ARCHIVE_WRITE);
    sk_archive_close(writer);
    sk_archive_close(reader);
}

static void an_archive_that_is_not_there_says_so(void **state)
{
    fixture *x = *state;
    sk_archive *ar;
    assert_fails(&x->cx, SK_E_NOTFOUND, "there is no archive at",
                 sk_archive_open(&x->cx, x->fs, sk_str_of(x->folder), SK_ARCHIVE_READ, &ar));
}

typedef struct seen {
    int n;
    uint64_t next_leaf;
    int stop_at;
} seen;

static sk_rc see(sk_ctx *cx, const sk_entry *e, const sk_entry_place *place, void *arg)
{
    seen *s = arg;
    assert_int_equal(place->leaf, s->next_leaf++);
    assert_true(e->kind.n > 0);
    if (++s->n == s->stop_at)
        return sk_fail(cx, SK_E_CANCELLED, "enough");
    return SK_OK;
}

static void a_walk_goes_on_where_the_last_one_ended(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE), *reader = open_it(x, SK_ARCHIVE_READ);
    sk_archive_limit_segments(ar, 4000); /* so that several segments are walked */
    uint32_t segment = 1;
    uint64_t offset = 0;
    seen s = {0};
    for (int round = 0; round < 30; round++) {
        append_many(x, ar, round % 4);
        assert_ok(&x->cx, sk_archive_each(&x->cx, reader, segment, offset, see, &s, &segment,
                                          &offset));
        assert_int_equal(s.n, sk_archive_count(ar));
    }
    assert_true(segment > 3);
    s = (seen){.stop_at = 5};
    assert_fails(&x->cx, SK_E_CANCELLED, "enough",
                 sk_archive_each(&x->cx, reader, 1, 0, see, &s, NULL, NULL));
    sk_archive_close(ar);
    s = (seen){0};
    ar = open_it(x, SK_ARCHIVE_WRITE); /* reopening in a later segment finds the tail */
    append_many(x, ar, 2);
    assert_ok(&x->cx, sk_archive_each(&x->cx, ar, 1, 0, see, &s, NULL, NULL));
    assert_int_equal(s.n, sk_archive_count(ar));
    sk_archive_close(ar);
    sk_archive_close(reader);
    assert_sound(x);
}

static void every_entry_can_be_proven(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_entry_place place[600];
    sk_hash id[600];
    for (int i = 0; i < 600; i++)
        id[i] = append_note(x, ar, i, &place[i]);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_str text;
    assert_fails(&x->cx, SK_E_NOTFOUND, "covers 2 entries",
                 sk_archive_prove(&x->cx, ar, &place[0], &text));
    assert_ok(&x->cx, sk_archive_checkpoint(&x->cx, ar));
    const sk_pubkey *device = &ar->device_key.pub;
    for (int i = 0; i < 600; i++) {
        sk_tlog_proof p;
        assert_ok(&x->cx, sk_archive_prove(&x->cx, ar, &place[i], &text));
        assert_ok(&x->cx, sk_tlog_proof_parse(&x->cx, text, &p));
        assert_ok(&x->cx, sk_tlog_proof_check(&x->cx, &p, &id[i], device));
        assert_fails(&x->cx, SK_E_INTEGRITY, "does not stand at index",
                     sk_tlog_proof_check(&x->cx, &p, &id[(i + 1) % 600], device));
    }
    for (uint64_t old = 0; old <= 602; old++)
        assert_ok(&x->cx, sk_log_consistency(&x->cx, ar, old, &text));
    assert_true(sk_str_starts(text, SK_S("old 602\n\n")));
    assert_fails(&x->cx, SK_E_NOTFOUND, "fewer than 603",
                 sk_log_consistency(&x->cx, ar, 603, &text));
    sk_archive_close(ar);
}

/* ---- recovery ---- */

static void append_bytes(fixture *x, const char *inside, const void *p, size_t n)
{
    char path[700];
    snprintf(path, sizeof path, "%s/%s", x->path, inside);
    int fd = open(path, O_WRONLY | O_APPEND);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, p, n), n);
    close(fd);
}

static char *leaves_path(fixture *x)
{
    sk_archive *ar = open_it(x, SK_ARCHIVE_READ);
    sk_str s = sk_fmt(&x->cx.arena, "logs/%.*s/leaves", SK_P(sk_archive_get_device(ar)));
    sk_archive_close(ar);
    return sk_str_c(&x->cx.arena, s);
}

static void an_unfinished_leaf_is_cut(void **state)
{
    fixture *x = *state;
    append_bytes(x, leaves_path(x), "0123456789", 10);
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_get_recovery(ar)->leaves_cut, 10);
    append_many(x, ar, 2);
    sk_archive_close(ar);
    assert_sound(x);
}

static void a_torn_frame_goes_to_quarantine(void **state)
{
    fixture *x = *state;
    append_bytes(x, "entries/00000001.seg", "\xffSILLOK\n torn", 13);
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_get_recovery(ar)->frames_cut, 1);
    assert_int_equal(sk_archive_get_recovery(ar)->bodies_quarantined, 0);
    append_many(x, ar, 2);
    sk_archive_close(ar);
    static findings f;
    sk_verify_report r = verify_path(&x->cx, x->fs, x->path, &f);
    assert_int_equal(r.damage, 0);
    assert_non_null(strstr(f.text, "n in-quarantine quarantine/00000001-"));
}

/* Three entries are appended, then the log forgets the last two, as if the crash came between. */
static void a_body_without_a_leaf_goes_to_quarantine(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    append_many(x, ar, 3);
    sk_archive_abandon(ar);
    char path[700];
    snprintf(path, sizeof path, "%s/%s", x->path, leaves_path(x));
    assert_int_equal(truncate(path, 3 * 32), 0);
    ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_get_recovery(ar)->bodies_quarantined, 2);
    assert_int_equal(sk_archive_count(ar), 3);
    sk_archive_close(ar);
    static findings f;
    assert_int_equal(verify_path(&x->cx, x->fs, x->path, &f).damage, 0);
}

static void a_torn_leaf_is_written_again_from_its_body(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    append_many(x, ar, 4);
    sk_archive_abandon(ar);
    char path[700], zeros[40] = {0};
    snprintf(path, sizeof path, "%s/%s", x->path, leaves_path(x));
    int fd = open(path, O_WRONLY);
    assert_int_equal(pwrite(fd, zeros, 40, 3 * 32), 40); /* leaf 3 whole, leaf 4 in part */
    close(fd);
    ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_get_recovery(ar)->leaves_mended, 2);
    assert_int_equal(sk_archive_get_recovery(ar)->bodies_missing, 0);
    sk_archive_close(ar);
    assert_sound(x);
}

static void a_leaf_whose_body_is_gone_is_reported_and_kept(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_entry_place place;
    append_note(x, ar, 0, NULL);
    append_note(x, ar, 1, &place);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_abandon(ar);
    char path[700];
    snprintf(path, sizeof path, "%s/entries/00000001.seg", x->path);
    assert_int_equal(truncate(path, (off_t)place.offset + 7), 0);
    ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_get_recovery(ar)->bodies_missing, 1);
    assert_int_equal(sk_archive_count(ar), 4);
    append_many(x, ar, 2); /* life goes on, in a new segment */
    sk_archive_close(ar);
    static findings f;
    verify_path(&x->cx, x->fs, x->path, &f);
    assert_non_null(strstr(f.text, "d leaf-without-body"));
    assert_non_null(strstr(f.text, "leaf 3 (byte 96)"));
    assert_non_null(strstr(f.text, "d frame-damaged entries/00000001.seg"));
    seen s = {0};
    ar = open_it(x, SK_ARCHIVE_READ);
    assert_int_equal(sk_archive_count(ar), 6);
    sk_archive_close(ar);
    (void)s;
}

static void a_log_shorter_than_its_signed_head_is_not_written_to(void **state)
{
    fixture *x = *state;
    char path[700];
    snprintf(path, sizeof path, "%s/%s", x->path, leaves_path(x));
    assert_int_equal(truncate(path, 32), 0);
    sk_archive *ar;
    assert_fails(&x->cx, SK_E_INTEGRITY, "has 1 leaves but 2 were signed",
                 sk_archive_open(&x->cx, x->fs, sk_str_of(x->path), SK_ARCHIVE_WRITE, &ar));
}

static void a_tail_after_a_kill_is_found_and_signed(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    append_many(x, ar, 5);
    sk_archive_abandon(ar);
    ar = open_it(x, SK_ARCHIVE_WRITE);
    assert_int_equal(sk_archive_count(ar), 7);
    sk_str note;
    assert_ok(&x->cx, sk_archive_read_checkpoint(&x->cx, ar, &note));
    assert_true(sk_str_find(note, SK_S("\n7\n")) != SIZE_MAX);
    sk_archive_close(ar);
    assert_sound(x);
}

static void derived_files_can_be_lost_or_spoilt(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    append_many(x, ar, 300);
    sk_archive_close(ar);
    char path[700];
    snprintf(path, sizeof path, "%s/derived/log-%.*s.state", x->path, 8, leaves_path(x) + 5);
    for (int round = 0; round < 60; round++) {
        FILE *f = fopen(path, "r+");
        assert_non_null(f);
        if (round == 0)
            assert_int_equal(ftruncate(fileno(f), 40), 0);
        fseek(f, round * 7, SEEK_SET);
        fputs(round % 2 ? "0" : "size 5\n", f);
        fclose(f);
        ar = open_it(x, SK_ARCHIVE_WRITE);
        assert_int_equal(sk_archive_count(ar), 302 + round);
        append_many(x, ar, 1);
        sk_archive_close(ar);
    }
    unlink(path);
    ar = open_it(x, SK_ARCHIVE_WRITE);
    append_many(x, ar, 1);
    sk_archive_close(ar);
    assert_sound(x);
}

/* ---- blobs ---- */

static void blobs_are_stored_once_and_named_by_their_hash(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_blob_info a, b;
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("abc"), &a));
    assert_true(a.is_new && a.size_bytes == 3);
    assert_true(sk_str_is(sk_hash_hex(&x->cx.arena, &a.hash),
                          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    int fd;
    uint64_t size;
    char got[4];
    assert_ok(&x->cx, sk_blob_open(&x->cx, ar, &a.hash, &fd, &size)); /* before the commit too */
    assert_true(size == 3 && read(fd, got, 4) == 3 && memcmp(got, "abc", 3) == 0);
    close(fd);
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("abc"), &b));
    assert_false(b.is_new);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("abc"), &b));
    assert_false(b.is_new);
    assert_int_equal(access(sk_blob_path(&x->cx, ar, &a.hash).p, R_OK), 0);
    sk_hash other = sk_sha256(SK_S("other"));
    assert_fails(&x->cx, SK_E_NOTFOUND, "cannot open",
                 sk_blob_open(&x->cx, ar, &other, &fd, &size));
    sk_archive_close(ar);
    static findings f;
    assert_int_equal(verify_path(&x->cx, x->fs, x->path, &f).blobs, 1);
    assert_non_null(strstr(f.text, "n blob-unclaimed"));
}

static void blobs_of_every_length_come_back(void **state)
{
    fixture *x = *state;
    static const size_t sizes[] = {0, 1, 4095, (1 << 20) - 1, 1 << 20, (1 << 20) + 1,
                                   (8 << 20), (9 << 20) + 77};
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    for (size_t i = 0; i < SK_COUNT(sizes); i++) {
        char *bytes = malloc(sizes[i] + 1), path[700];
        for (size_t k = 0; k < sizes[i]; k++)
            bytes[k] = (char)(k * 7 + k / 251 + i);
        snprintf(path, sizeof path, "%s/source", x->folder);
        FILE *file = fopen(path, "w");
        fwrite(bytes, 1, sizes[i], file);
        fclose(file);
        sk_blob_info a, b;
        int fd = open(path, O_RDONLY);
        assert_ok(&x->cx, sk_blob_write(&x->cx, ar, fd, &a));
        close(fd);
        sk_hash want = sk_sha256((sk_str){bytes, sizes[i]});
        assert_true(a.is_new && a.size_bytes == sizes[i] && sk_hash_eq(&want, &a.hash));
        assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, (sk_str){bytes, sizes[i]}, &b));
        assert_false(b.is_new);
        free(bytes);
    }
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_close(ar);
    static findings f;
    sk_verify_report r = verify_path(&x->cx, x->fs, x->path, &f);
    assert_true(r.damage == 0 && r.blobs == SK_COUNT(sizes));
}

static void many_small_blobs_are_committed_in_groups(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    for (int i = 0; i < 5000; i++) { /* more than one group holds */
        char text[32];
        sk_blob_info info;
        snprintf(text, sizeof text, "blob %d", i / 2);
        assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, sk_str_of(text), &info));
        assert_int_equal(info.is_new, i % 2 == 0);
    }
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_close(ar);
    static findings f;
    sk_verify_report r = verify_path(&x->cx, x->fs, x->path, &f);
    assert_true(r.damage == 0 && r.blobs == 2500);
}

static void a_damaged_blob_is_replaced_by_fresh_bytes(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_blob_info info;
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("evidence"), &info));
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    const char *path = sk_blob_path(&x->cx, ar, &info.hash).p;
    chmod(path, 0644);
    FILE *f = fopen(path, "r+");
    fputc('X', f);
    fclose(f);
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("evidence"), &info));
    assert_true(info.is_new);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_close(ar);
    static findings found;
    assert_int_equal(verify_path(&x->cx, x->fs, x->path, &found).damage, 0);
    assert_non_null(strstr(found.text, "n in-quarantine"));
}

static void a_claimed_blob_that_is_gone_is_missed(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_blob_info info;
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("evidence"), &info));
    sk_str hex = sk_hash_hex(&x->cx.arena, &info.hash);
    sk_line line = {SK_S("blob"), sk_fmt(&x->cx.arena, "%.*s 8", SK_P(hex))};
    assert_ok(&x->cx, sk_archive_append(&x->cx, ar, SK_S("capture"), &line, 1, NULL, NULL));
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    const char *path = sk_blob_path(&x->cx, ar, &info.hash).p;
    sk_archive_close(ar);
    assert_sound(x);
    unlink(path);
    static findings f;
    assert_int_equal(verify_path(&x->cx, x->fs, x->path, &f).damage, 1);
    assert_non_null(strstr(f.text, "d blob-missing"));
}

static void leftovers_of_a_broken_addition_are_cleared(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_blob_info info;
    assert_ok(&x->cx, sk_blob_write_bytes(&x->cx, ar, SK_S("never committed"), &info));
    sk_archive_abandon(ar);
    static findings f;
    assert_int_equal(verify_path(&x->cx, x->fs, x->path, &f).damage, 0);
    assert_non_null(strstr(f.text, "n blob-unfinished blobs/tmp/0"));
    ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_archive_close(ar);
    assert_sound(x);
}

/* ---- limits and erasure ---- */

static void a_group_has_a_ceiling(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    char *big = malloc(60000);
    memset(big, 'x', 60000);
    sk_line lines[16];
    char keys[16][8];
    for (size_t i = 0; i < 16; i++) {
        snprintf(keys[i], sizeof keys[i], "k%zu", i);
        lines[i] = (sk_line){sk_str_of(keys[i]), {big, 60000}};
    }
    sk_rc rc = SK_OK;
    size_t n = 0;
    while (!rc && n < 400) {
        rc = sk_archive_append(&x->cx, ar, SK_S("note"), lines, 16, NULL, NULL);
        n += !rc;
    }
    assert_true(n > 200);
    assert_fails(&x->cx, SK_E_LIMIT, "commit first", rc);
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_archive_close(ar);
    free(big);
    assert_sound(x);
}

static void an_erased_entry_keeps_its_mark(void **state)
{
    fixture *x = *state;
    sk_archive *ar = open_it(x, SK_ARCHIVE_WRITE);
    sk_entry_place place;
    sk_hash id = append_note(x, ar, 0, &place);
    append_many(x, ar, 1);
    sk_file *f;
    assert_ok(&x->cx, sk_archive_segment(&x->cx, ar, 1, false, &f));
    unsigned char head[SK_FRAME_HEAD_BYTES];
    sk_frame frame;
    size_t got;
    assert_int_equal(x->fs->read_at(f, head, sizeof head, place.offset, &got), 0);
    assert_true(sk_frame_parse_head((sk_str){(char *)head, got}, &frame));
    frame.kind = SK_FRAME_ERASED;
    sk_frame_put_head(&frame, head);
    char *zeros = calloc(1, frame.body_bytes);
    assert_int_equal(x->fs->write_at(f, head, sizeof head, place.offset), 0);
    static findings found;
    verify_path(&x->cx, x->fs, x->path, &found);
    assert_non_null(strstr(found.text, "d erasure-unfinished"));
    assert_non_null(strstr(found.text, "d erased-without-order"));
    assert_int_equal(
        x->fs->write_at(f, zeros, frame.body_bytes, place.offset + SK_FRAME_HEAD_BYTES), 0);
    free(zeros);
    sk_line line = {SK_S("entry"), sk_hash_hex(&x->cx.arena, &id)};
    assert_ok(&x->cx, sk_archive_append(&x->cx, ar, SK_S("expunge"), &line, 1, NULL, NULL));
    assert_ok(&x->cx, sk_archive_commit(&x->cx, ar));
    sk_entry e;
    assert_fails(&x->cx, SK_E_NOTFOUND, "only its mark is left",
                 sk_archive_read(&x->cx, ar, &place, &id, &e));
    assert_ok(&x->cx, sk_archive_checkpoint(&x->cx, ar));
    sk_str proof;
    assert_ok(&x->cx, sk_archive_prove(&x->cx, ar, &place, &proof)); /* its place is still proven */
    sk_archive_close(ar);
    assert_sound(x);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_new_archive_is_sound_and_introduces_its_keys),
        T(init_refuses_a_folder_in_use),
        T(init_goes_on_where_an_earlier_one_broke_off),
        T(secret_keys_are_private),
        T(what_was_committed_can_be_read_back),
        T(dropped_entries_leave_no_trace),
        T(a_reader_cannot_write_and_two_writers_cannot_meet),
        T(an_archive_that_is_not_there_says_so),
        T(a_walk_goes_on_where_the_last_one_ended),
        T(every_entry_can_be_proven),
        T(an_unfinished_leaf_is_cut),
        T(a_torn_frame_goes_to_quarantine),
        T(a_body_without_a_leaf_goes_to_quarantine),
        T(a_torn_leaf_is_written_again_from_its_body),
        T(a_leaf_whose_body_is_gone_is_reported_and_kept),
        T(a_log_shorter_than_its_signed_head_is_not_written_to),
        T(a_tail_after_a_kill_is_found_and_signed),
        T(derived_files_can_be_lost_or_spoilt),
        T(blobs_are_stored_once_and_named_by_their_hash),
        T(blobs_of_every_length_come_back),
        T(many_small_blobs_are_committed_in_groups),
        T(a_damaged_blob_is_replaced_by_fresh_bytes),
        T(a_claimed_blob_that_is_gone_is_missed),
        T(leftovers_of_a_broken_addition_are_cleared),
        T(a_group_has_a_ceiling),
        T(an_erased_entry_keeps_its_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
