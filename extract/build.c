#include "build.h"

#include "base/clock.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "dates.h"
#include "wellformed.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINK_SLOTS = 1 << 16 }; /* well above SK_LIM_EXTRACT_LINKS, so that chains stay short */
_Static_assert(SK_LIM_EXTRACT_LINKS < LINK_SLOTS / 2, "the table of links must have empty slots");

void sk_build_init(sk_build *b, sk_ctx *cx, int64_t deadline_ms)
{
    *b = (sk_build){.cx = cx, .deadline_ms = deadline_ms, .from = SK_NO_ORIG, .to = SK_NO_ORIG};
    sk_buf_init(&b->text, SK_LIM_TEXT_BYTES);
    sk_buf_init(&b->open, SK_LIM_TEXT_BYTES);
    sk_buf_init(&b->note, SK_LIM_EXTRACT_FIELD_BYTES);
}

static bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
}

/* Bytes at the head of s that need no change. */
static size_t clean_run(sk_str s)
{
    for (size_t at = 0; at < s.n;) {
        unsigned char c = (unsigned char)s.p[at];
        if (c < 0x80) {
            if (is_control(c))
                return at;
            at++;
            continue;
        }
        size_t n = sk_utf8_valid_bytes(s.p + at, s.n - at);
        if (!n)
            return at;
        at += n;
    }
    return s.n;
}

size_t sk_build_clean(sk_buf *out, sk_str text)
{
    size_t n_bad = 0;
    while (text.n) {
        size_t run = clean_run(text);
        sk_buf_add(out, sk_str_sub(text, 0, run));
        text = sk_str_sub(text, run, text.n);
        if (!text.n)
            break;
        sk_buf_add(out, is_control((unsigned char)text.p[0]) ? SK_S(" ") : SK_S("\xEF\xBF\xBD"));
        text = sk_str_sub(text, 1, text.n);
        n_bad++;
    }
    return n_bad;
}

sk_str sk_build_line(sk_build *b, sk_str text, size_t max)
{
    sk_buf clean;
    sk_buf_init(&clean, SK_LIM_TEXT_BYTES);
    sk_build_clean(&clean, sk_str_sub(text, 0, max * 4)); /* blanks may go, so look further */
    char *line = sk_alloc(&b->cx->arena, clean.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < clean.n; i++) {
        char c = clean.p[i] == '\n' || clean.p[i] == '\t' ? ' ' : clean.p[i];
        if (c != ' ' || (n && line[n - 1] != ' '))
            line[n++] = c;
    }
    sk_buf_done(&clean);
    sk_str r = sk_nfc(&b->cx->arena, sk_str_trim((sk_str){line, n}));
    if (r.n > max) {
        r.n = max;
        while (r.n && ((unsigned char)r.p[r.n] & 0xC0) == 0x80)
            r.n--;
        r = sk_str_trim(r);
    }
    return r;
}

void sk_build_add(sk_build *b, sk_str text, uint64_t from, uint64_t to)
{
    if (!text.n || b->is_full)
        return;
    if (from == SK_NO_ORIG)
        b->has_lost_range = true;
    if (b->from == SK_NO_ORIG)
        b->from = from;
    b->to = to;
    sk_build_clean(&b->open, text);
}

void sk_build_blank(sk_build *b)
{
    char last = b->open.n ? b->open.p[b->open.n - 1] : ' ';
    if (last != ' ' && last != '\n' && last != '\t')
        sk_buf_addc(&b->open, ' ');
}

void sk_build_tab(sk_build *b)
{
    while (b->open.n && b->open.p[b->open.n - 1] == ' ')
        b->open.n--; /* what parted the cell's last word from a next one that did not come */
    sk_buf_addc(&b->open, '\t');
}

/* Blanks and LFs off both ends; a row keeps its leading tabs, which are empty cells. */
static sk_str trim_block(sk_str s, sk_block_kind kind)
{
    sk_str t = sk_str_trim(s);
    while (kind == SK_BLOCK_ROW && t.n && t.p > s.p && t.p[-1] == '\t')
        t.p--, t.n++;
    return t;
}

void sk_build_end(sk_build *b)
{
    sk_arena_mark mark = sk_arena_here(&b->cx->arena);
    sk_str text = trim_block(sk_buf_str(&b->open), b->kind);
    if (sk_str_trim(text).n && !sk_build_is_full(b)) {
        sk_str nfc = sk_nfc(&b->cx->arena, text);
        if (b->open.overflow || nfc.n + 1 > SK_LIM_TEXT_BYTES - b->text.n) {
            sk_build_note(b, SK_OUTCOME_PARTIAL, "only the first %zu MiB of text were kept",
                          SK_LIM_TEXT_BYTES >> 20);
            b->is_full = true;
        } else {
            size_t start = b->text.n;
            sk_buf_add(&b->text, nfc);
            sk_buf_addc(&b->text, '\n');
            sk_arena_back_to(&b->cx->arena, mark);
            sk_build_mark(b, b->kind, start, start + nfc.n,
                          b->has_lost_range ? SK_NO_ORIG : b->from, b->to);
        }
    }
    sk_buf_reset(&b->open);
    b->from = b->to = SK_NO_ORIG;
    b->has_lost_range = false;
    b->kind = SK_BLOCK_TEXT;
    b->place = SK_NONE;
}

void sk_build_block(sk_build *b, sk_block_kind kind, sk_str text, sk_str place)
{
    sk_build_end(b);
    b->kind = kind;
    b->place = place;
    sk_build_add(b, text, SK_NO_ORIG, SK_NO_ORIG);
    sk_build_end(b);
}

void sk_build_verbatim(sk_build *b, sk_str nfc_text)
{
    sk_buf_add(&b->text, nfc_text);
}

void sk_build_borrow(sk_build *b, sk_str text)
{
    sk_assert(!b->text.n && !b->open.n);
    sk_buf_done(&b->text);
    b->text.p = (char *)(uintptr_t)text.p; /* only read from now on */
    b->text.n = text.n;
    b->is_borrowed = true;
}

void sk_build_mark(sk_build *b, sk_block_kind kind, size_t start, size_t end, uint64_t from,
                   uint64_t to)
{
    SK_GROW(&b->cx->arena, b->blocks, b->n_blocks, b->cap_blocks);
    bool known = from != SK_NO_ORIG && to != SK_NO_ORIG;
    b->blocks[b->n_blocks++] = (sk_block){
        .start = start,
        .end = end,
        .kind = kind,
        .page = b->page,
        .orig_start = known ? from : 0,
        .orig_end = known ? to : 0,
        .place = b->place,
    };
}

bool sk_build_is_full(sk_build *b)
{
    if (b->is_full)
        return true;
    if (b->n_blocks >= SK_LIM_BLOCKS) {
        sk_build_note(b, SK_OUTCOME_PARTIAL, "only the first %d blocks were kept", SK_LIM_BLOCKS);
        b->is_full = true;
    } else if (b->text.overflow || (b->text.n >= SK_LIM_TEXT_BYTES - 1 && !b->is_borrowed)) {
        sk_build_note(b, SK_OUTCOME_PARTIAL, "only the first %zu MiB of text were kept",
                      SK_LIM_TEXT_BYTES >> 20);
        b->is_full = true;
    } else if (b->ticks++ % 64 == 0 && sk_clock_ms() > b->deadline_ms) {
        sk_build_note(b, SK_OUTCOME_PARTIAL, "the time limit was reached before the end");
        b->is_full = true;
    }
    return b->is_full;
}

SK_PRINTF(3, 0)
static void note(sk_build *b, sk_outcome outcome, const char *fmt, va_list ap)
{
    char line[1024];
    int n = vsnprintf(line, sizeof line, fmt, ap);
    sk_assert(n >= 0);
    if (outcome > b->doc.outcome)
        b->doc.outcome = outcome;
    sk_str text = sk_build_line(b, sk_str_of(line), sizeof line);
    if (b->note.n && sk_str_find(sk_buf_str(&b->note), text) != SIZE_MAX)
        return; /* said already */
    if (b->note.n)
        sk_buf_add(&b->note, SK_S("; "));
    sk_buf_add(&b->note, text);
}

void sk_build_note(sk_build *b, sk_outcome outcome, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    note(b, outcome, fmt, ap);
    va_end(ap);
}

void sk_build_limit(sk_build *b, const char *fmt, ...)
{
    va_list ap;
    b->met_limit = true;
    va_start(ap, fmt);
    note(b, SK_OUTCOME_PARTIAL, fmt, ap);
    va_end(ap);
}

void sk_build_date(sk_build *b, sk_str words, const char *where)
{
    words = sk_build_line(b, words, 256);
    if (!words.n || b->n_dates >= SK_LIM_EXTRACT_DATES)
        return;
    sk_str place = sk_build_line(b, sk_str_of(where), 256);
    for (size_t i = 0; i < b->n_dates; i++)
        if (sk_str_eq(b->dates[i].words, words) && sk_str_eq(b->dates[i].where, place))
            return;
    SK_GROW(&b->cx->arena, b->dates, b->n_dates, b->cap_dates);
    b->dates[b->n_dates++] = (sk_stated_date){
        .edtf = sk_date_from_words(b->cx, words),
        .words = words,
        .where = place,
    };
}

static uint32_t hash_of(sk_str s)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h;
}

static bool is_url(sk_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= 0x20 || s.p[i] == 0x7F)
            return false;
    return s.n && s.n <= SK_LIM_EXTRACT_LINK_BYTES && s.p[0] != '#' &&
           !sk_str_starts(s, SK_S("javascript:")) && !sk_str_starts(s, SK_S("data:")) &&
           sk_utf8_find_bad(s) == SIZE_MAX;
}

void sk_build_link(sk_build *b, sk_str url)
{
    url = sk_str_trim(url);
    if (!is_url(url))
        return;
    if (b->n_links >= SK_LIM_EXTRACT_LINKS) {
        sk_build_note(b, SK_OUTCOME_PARTIAL, "only the first %d links were kept",
                      SK_LIM_EXTRACT_LINKS);
        return;
    }
    sk_arena *a = &b->cx->arena;
    if (!b->link_slots)
        b->link_slots = sk_new_array(a, uint32_t, LINK_SLOTS);
    sk_str nfc = sk_nfc(a, url);
    uint32_t slot = hash_of(nfc) % LINK_SLOTS;
    for (; b->link_slots[slot]; slot = (slot + 1) % LINK_SLOTS)
        if (sk_str_eq(b->links[b->link_slots[slot] - 1], nfc))
            return;
    SK_GROW(a, b->links, b->n_links, b->cap_links);
    b->links[b->n_links++] = sk_str_copy(a, nfc);
    b->link_slots[slot] = (uint32_t)b->n_links;
}

void sk_build_finish(sk_build *b, sk_document *ret_doc)
{
    sk_build_end(b);
    sk_arena *a = &b->cx->arena;
    sk_document *d = &b->doc;
    d->note = sk_str_copy(a, sk_buf_str(&b->note));
    d->title = sk_build_line(b, d->title, SK_LIM_EXTRACT_FIELD_BYTES);
    d->charset_how = sk_build_line(b, d->charset_how, SK_LIM_EXTRACT_FIELD_BYTES);
    d->text = b->is_borrowed ? sk_buf_str(&b->text) : sk_str_copy(a, sk_buf_str(&b->text));
    d->blocks = b->blocks;
    d->n_blocks = b->n_blocks;
    d->dates = b->dates;
    d->n_dates = b->n_dates;
    d->links = b->links;
    d->n_links = b->n_links;
    if (!b->is_borrowed)
        sk_buf_done(&b->text);
    sk_buf_done(&b->open);
    sk_buf_done(&b->note);
    *ret_doc = *d;
}
