/* The reply of a worker: what is sound comes through whole, and every lie is refused. */
#include "helper.h"

#include "confine/reply.h"
#include "confine/wire.h"
#include "wire.h"

#include <sys/mman.h>
#include <unistd.h>

enum { EXHIBIT_BYTES = 100 };

/* What the worker's side writes for the document. */
static sk_str written(const sk_document *d)
{
    int fd = memfd_create("reply", MFD_CLOEXEC);
    assert_true(sk_wire_write(fd, d));
    size_t n = (size_t)lseek(fd, 0, SEEK_END);
    char *bytes = sk_alloc(&cx.arena, n + 1);
    assert_int_equal(pread(fd, bytes, n, 0), n);
    close(fd);
    return (sk_str){bytes, n};
}

static sk_document sample(void)
{
    static const sk_block blocks[] = {
        {.start = 0, .end = 5, .kind = SK_BLOCK_HEADING, .page = 1, .orig_start = 3, .orig_end = 8},
        {.start = 7, .end = 12, .kind = SK_BLOCK_ROW, .place = {"Sheet1!A7", 9}},
    };
    static const sk_stated_date dates[] = {{{"2023-10-09", 10}, {"9 Oct", 5}, {"header Date", 11}},
                                           {{0}, {"soon", 4}, {"time", 4}}};
    static const sk_str links[] = {{"https://example.org/", 20}, {"/x", 2}};
    return (sk_document){
        .outcome = SK_OUTCOME_PARTIAL,
        .note = SK_S("only half"),
        .reader = SK_S("html/1"),
        .media = SK_S("text/html"),
        .charset = SK_S("utf-8"),
        .charset_how = SK_S("valid UTF-8: certain"),
        .title = SK_S("Title 제목"),
        .lang = SK_S("ko"),
        .text = SK_S("Title\n\na\tb c\n\n"),
        .blocks = blocks,
        .n_blocks = 2,
        .dates = dates,
        .n_dates = 2,
        .links = links,
        .n_links = 2,
    };
}

static void a_document_comes_through_unchanged(void **state)
{
    sk_document in = sample(), *out;
    assert_int_equal(sk_reply_read(&cx, written(&in), EXHIBIT_BYTES, &out), SK_OK);
    assert_int_equal(out->outcome, SK_OUTCOME_PARTIAL);
    assert_true(sk_str_eq(out->title, in.title) && sk_str_eq(out->text, in.text));
    assert_str(out->charset_how, "valid UTF-8: certain");
    assert_int_equal(out->n_blocks, 2);
    assert_int_equal(out->blocks[0].orig_start, 3);
    assert_str(out->blocks[1].place, "Sheet1!A7");
    assert_int_equal(out->n_dates, 2);
    assert_str(out->dates[0].edtf, "2023-10-09");
    assert_int_equal(out->dates[1].edtf.n, 0);
    assert_int_equal(out->n_links, 2);
}

static void refuse(const sk_document *d, const char *says)
{
    sk_document *out = NULL;
    assert_int_not_equal(sk_reply_read(&cx, written(d), EXHIBIT_BYTES, &out), SK_OK);
    if (!strstr(cx.message, says))
        fail_msg("\"%s\" does not say \"%s\"", cx.message, says);
    assert_null(out);
    sk_forgive(&cx);
}

static void every_lie_in_a_document_is_refused(void **state)
{
    sk_document d = sample();
    sk_block b[2];
    memcpy(b, d.blocks, sizeof b);
    d.blocks = b;
    b[0].end = 100, refuse(&d, "beyond the text"), b[0].end = 5;
    b[0].end = 0, refuse(&d, "beyond the text"), b[0].end = 5;
    b[1].start = 4, refuse(&d, "overlap"), b[1].start = 7;
    b[1].start = 8, refuse(&d, "text outside of blocks"), b[1].start = 7;
    b[1].end = 9, refuse(&d, "text behind the last block"), b[1].end = 12;
    b[0].kind = 77, refuse(&d, "kind that does not exist"), b[0].kind = 0;
    b[0].orig_start = 9, refuse(&d, "not in the exhibit"), b[0].orig_start = 3;
    b[0].orig_end = 101, refuse(&d, "not in the exhibit"), b[0].orig_end = 8;
    b[1].place = SK_S("a\nb"), refuse(&d, "place"), b[1].place = SK_NONE;
    d.text = SK_S("Title\n\na\tb \xFF\n\n"), refuse(&d, "not clean");
    d.text = SK_S("Title\n\na\tb \x1B\n\n"), refuse(&d, "not clean");
    d.text = SK_S("Title\n\ne\xCC\x81 bc\n\n"), refuse(&d, "not clean"); /* not NFC */
    d.text = SK_S("Title\n\na\tb c\n\nx"), refuse(&d, "does not end in a line end");
    d = sample(), d.note = SK_NONE, refuse(&d, "no note");
    d = sample(), d.lang = SK_S("k o"), refuse(&d, "a name");
    d = sample(), d.title = SK_S("two\nlines"), refuse(&d, "a line");
    d = sample(), d.outcome = 99, refuse(&d, "outcome");
    sk_stated_date bad = {SK_S("2023-02-30"), SK_S("x"), SK_S("y")};
    d = sample(), d.dates = &bad, d.n_dates = 1, refuse(&d, "2023-02-30");
    sk_str empty = SK_NONE;
    d = sample(), d.links = &empty, d.n_links = 1, refuse(&d, "link");
}

static void a_reply_cut_anywhere_is_refused(void **state)
{
    sk_document d = sample(), *out = NULL;
    sk_str whole = written(&d);
    for (size_t n = 0; n < whole.n; n++) {
        assert_int_not_equal(sk_reply_read(&cx, sk_str_sub(whole, 0, n), EXHIBIT_BYTES, &out),
                             SK_OK);
        sk_forgive(&cx);
    }
    sk_str more = sk_fmt(&cx.arena, "%s", "");
    char *longer = sk_alloc(&cx.arena, whole.n + 1);
    memcpy(longer, whole.p, whole.n);
    more = (sk_str){longer, whole.n + 1};
    assert_int_not_equal(sk_reply_read(&cx, more, EXHIBIT_BYTES, &out), SK_OK);
    assert_null(out);
}

static void a_reply_with_any_bit_flipped_is_refused_or_still_sound(void **state)
{
    sk_document d = sample();
    sk_str whole = written(&d);
    for (size_t i = 0; i < whole.n * 8; i++) {
        sk_document *out = NULL;
        char *bytes = sk_alloc_copy(&cx.arena, whole.p, whole.n);
        bytes[i / 8] = (char)(bytes[i / 8] ^ 1 << i % 8);
        if (sk_reply_read(&cx, (sk_str){bytes, whole.n}, EXHIBIT_BYTES, &out))
            sk_forgive(&cx);
        else
            assert_sound(out);
    }
}

static void a_record_that_claims_to_be_huge_is_refused_before_anything_is_taken(void **state)
{
    sk_document *out = NULL;
    sk_str reply = SK_S(SK_WIRE_MAGIC "O\xFF\xFF\xFF\xFF\0");
    assert_int_equal(sk_reply_read(&cx, reply, EXHIBIT_BYTES, &out), SK_E_LIMIT);
    assert_null(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_document_comes_through_unchanged),
        TEST(every_lie_in_a_document_is_refused),
        TEST(a_reply_cut_anywhere_is_refused),
        TEST(a_reply_with_any_bit_flipped_is_refused_or_still_sound),
        TEST(a_record_that_claims_to_be_huge_is_refused_before_anything_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
