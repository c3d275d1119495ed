/* An index file that somebody else wrote: it is refused, or read without stepping outside. The input is
 * a recipe: bytes to be changed in a good file of a few invented people, four of the input each
 * (three for the place, one for the value); sums that guard heads are set right again on every second
 * input, so that what is behind them is reached too. */
#include "screen/screen.h"
#include "screen/segment_private.h"

#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const NAMES[] = {"Kim Invented-il", "Olga Vydumannaya", "김발명",
                                    "Hassan Invented al-Tahiri"};

static void add_person(sk_ctx *cx, sk_screen_builder *b, unsigned i, uint32_t scope)
{
    uint8_t digest[16] = {0};
    char key[8] = "p-0";
    key[2] = (char)('0' + i);
    sk_screen_value v[] = {
        {.kind = SK_SCREEN_NAME,
         .prop = SK_S("name"),
         .type = SK_S("Person"),
         .scope = scope,
         .text = sk_str_of(NAMES[i])},
        {.kind = SK_SCREEN_BIRTH, .prop = SK_S("birthDate"), .text = SK_S("1950"), .scope = scope},
        {.kind = SK_SCREEN_ID,
         .prop = SK_S("passportNumber"),
         .text = SK_S("PS100200"),
         .scope = scope},
    };
    sk_screen_entity e = {sk_str_of(key), v, SK_COUNT(v)};
    sk_assert(!sk_screen_builder_add(cx, b, &e, digest));
}

static int make_file(sk_ctx *cx, uint64_t *ret_bytes)
{
    sk_screen_builder *b;
    const uint8_t stamp[32] = {0};
    int fd;
    sk_assert(!sk_screen_file_new(cx, SK_S(""), &fd));
    sk_assert(!sk_screen_builder_new(cx, fd, SK_SCREEN_BEGIN, &b));
    sk_screen_copy copy = {.list = SK_S("l"), .asof = SK_S("2026")};
    uint32_t number = sk_screen_builder_copy(b, &copy), open, shut;
    sk_assert(!sk_screen_builder_scope(cx, b, SK_S(""), &number, 1, &open));
    sk_assert(!sk_screen_builder_scope(cx, b, SK_S("label"), &number, 1, &shut));
    for (unsigned i = 0; i < SK_COUNT(NAMES); i++)
        add_person(cx, b, i, i == 2 ? shut : open);
    sk_assert(!sk_screen_builder_end(cx, b, ret_bytes));
    sk_screen_builder_free(b);
    sk_assert(!sk_screen_file_seal(cx, fd, *ret_bytes, stamp));
    return fd;
}

static void mend_sums(int fd)
{
    segment_head head;
    slot s;
    sk_assert(pread(fd, &head, sizeof head, SK_SCREEN_BEGIN) == sizeof head);
    head.sum = sum_of_head(&head);
    sk_assert(pwrite(fd, &head, sizeof head, SK_SCREEN_BEGIN) == sizeof head);
    sk_assert(pread(fd, &s, sizeof s, 0) == sizeof s);
    s.sum = sum_of(&s, offsetof(slot, sum));
    sk_assert(pwrite(fd, &s, sizeof s, 0) == sizeof s);
}

static void ask(sk_ctx *cx, const sk_screen_index *ix)
{
    sk_sight *sight;
    sk_screen_options options = SK_SCREEN_OPTIONS;
    sk_str name = SK_S("Kim Invented-il"), born = SK_S("1950"), id = SK_S("PS100200");
    sk_asked words = {
        .names = &name, .n_names = 1, .births = &born, .n_births = 1, .ids = &id, .n_ids = 1};
    sk_screen_query q;
    const sk_screen_hit *hits;
    size_t n;
    if (sk_sight_open(cx, ix, NULL, NULL, &sight) ||
        sk_sight_choose(cx, sight, NULL, 0, SK_S("")) ||
        sk_screen_query_read(cx, &words, false, &q)) {
        sk_forgive(cx);
        return;
    }
    options.cutoff = 0;
    sk_screener *sc = sk_screener_new(sight, &options);
    sk_assert(!sk_screener_run(cx, sc, &q, &hits, &n));
    for (size_t i = 0; i < n; i++)
        (void)sk_screen_reason(cx, sc, &q, &hits[i]);
    sk_screener_free(sc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    uint64_t bytes;
    int fd = make_file(&cx, &bytes);
    for (size_t i = 0; i + 4 <= size && i < 4096; i += 4) {
        uint64_t at = ((uint64_t)data[i] << 16 | (uint64_t)data[i + 1] << 8 | data[i + 2]) %
                      (SK_SCREEN_BEGIN + bytes);
        sk_assert(pwrite(fd, &data[i + 3], 1, (off_t)at) == 1);
    }
    if (size & 1)
        mend_sums(fd);
    sk_screen_index *ix;
    if (sk_screen_index_map(&cx, fd, &ix)) {
        sk_forgive(&cx);
    } else {
        ask(&cx, ix);
        sk_screen_index_close(ix);
    }
    close(fd);
    sk_ctx_done(&cx);
    return 0;
}
