#include "confine/reply.h"

#include "base/edtf.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "confine/wire.h"

typedef struct reply {
    sk_ctx *cx;
    sk_str rest;
    uint64_t exhibit_bytes;
    sk_document doc;
    sk_block *blocks;
    size_t n_blocks, cap_blocks;
    sk_stated_date *dates;
    size_t cap_dates;
    sk_str *links;
    size_t cap_links;
} reply;

static uint64_t number_at(const char *p, size_t bytes)
{
    uint64_t v = 0;
    while (bytes--)
        v = v << 8 | (unsigned char)p[bytes];
    return v;
}

static sk_rc refuse(reply *r, const char *what)
{
    return sk_fail(r->cx, SK_E_FORMAT, "the extractor's reply is not sound: %s", what);
}

/* The tag of the next record, or 0 when there is none. */
static char next_tag(const reply *r)
{
    return r->rest.n ? r->rest.p[0] : '\0';
}

static sk_rc take(reply *r, char tag, size_t max, sk_str *ret_payload)
{
    if (r->rest.n < 5 || r->rest.p[0] != tag)
        return sk_fail(r->cx, SK_E_FORMAT,
                       "the extractor's reply is not sound: no record '%c' where it must be", tag);
    size_t n = (size_t)number_at(r->rest.p + 1, 4);
    if (n > max)
        return sk_fail(r->cx, SK_E_LIMIT,
                       "the extractor's reply is not sound: record '%c' of %zu bytes, at most %zu",
                       tag, n, max);
    if (n > r->rest.n - 5)
        return refuse(r, "a record is cut off");
    *ret_payload = sk_str_sub(r->rest, 5, n);
    r->rest = sk_str_sub(r->rest, 5 + n, r->rest.n);
    return SK_OK;
}

bool sk_reply_is_clean(sk_str s, bool is_text)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 && !(is_text && (c == '\t' || c == '\n')))
            return false;
        if (c == 0x7F)
            return false;
    }
    return sk_utf8_find_bad(s) == SIZE_MAX && sk_nfc_check(s);
}

static sk_rc take_line(reply *r, char tag, size_t max, sk_str *ret_line)
{
    sk_str s;
    SK_TRY(take(r, tag, max, &s));
    if (!sk_reply_is_clean(s, false))
        return refuse(r, "a line is not clean text");
    *ret_line = s;
    return SK_OK;
}

/* Lower-case ASCII names such as "text/html", "windows-1252", "ko". */
static sk_rc take_name(reply *r, char tag, sk_str *ret_name)
{
    sk_str s;
    SK_TRY(take(r, tag, 100, &s));
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] >= 0x7F)
            return refuse(r, "a name has other characters than it may");
    *ret_name = s;
    return SK_OK;
}

static sk_rc take_outcome(reply *r)
{
    sk_str s;
    SK_TRY(take(r, SK_WIRE_OUTCOME, 1, &s));
    if (s.n != 1 || (unsigned char)s.p[0] >= SK_OUTCOMES)
        return refuse(r, "an outcome that does not exist");
    r->doc.outcome = (sk_outcome)s.p[0];
    return SK_OK;
}

static sk_rc take_date(reply *r)
{
    sk_stated_date d;
    sk_edtf e;
    sk_str s;
    SK_TRY(take(r, SK_WIRE_DATE, SK_LIM_EXTRACT_FIELD_BYTES, &s));
    if (r->doc.n_dates >= SK_LIM_EXTRACT_DATES)
        return refuse(r, "too many dates");
    if (!sk_str_cut(&s, '\0', &d.edtf) || !sk_str_cut(&s, '\0', &d.words) || !s.p)
        return refuse(r, "a date without its three parts");
    d.where = s;
    if (!sk_reply_is_clean(d.edtf, false) || !sk_reply_is_clean(d.words, false) ||
        !sk_reply_is_clean(d.where, false))
        return refuse(r, "a date is not clean text");
    if (d.edtf.n && sk_edtf_parse(r->cx, d.edtf, &e))
        return sk_while(r->cx, "the extractor's reply is not sound");
    SK_GROW(&r->cx->arena, r->dates, r->doc.n_dates, r->cap_dates);
    r->dates[r->doc.n_dates++] = d;
    return SK_OK;
}

static sk_rc take_link(reply *r)
{
    sk_str s;
    SK_TRY(take_line(r, SK_WIRE_LINK, SK_LIM_EXTRACT_LINK_BYTES * 2, &s));
    if (r->doc.n_links >= SK_LIM_EXTRACT_LINKS || !s.n)
        return refuse(r, "too many links, or an empty one");
    SK_GROW(&r->cx->arena, r->links, r->doc.n_links, r->cap_links);
    r->links[r->doc.n_links++] = s;
    return SK_OK;
}

/* Between blocks only blanks may stand: no text may hide from those who look at blocks. */
static bool is_gap(sk_str text, size_t from, size_t to)
{
    for (; from < to; from++)
        if (text.p[from] != ' ' && text.p[from] != '\t' && text.p[from] != '\n')
            return false;
    return true;
}

static bool is_border(sk_str text, size_t at)
{
    return at == text.n || ((unsigned char)text.p[at] & 0xC0) != 0x80;
}

static sk_rc check_block(reply *r, const sk_block *k)
{
    sk_str text = r->doc.text;
    size_t before = r->n_blocks ? r->blocks[r->n_blocks - 1].end : 0;
    if (k->start >= k->end || k->end >= text.n)
        return refuse(r, "a block beyond the text");
    if (k->start < before || (r->n_blocks && k->start == before))
        return refuse(r, "blocks overlap or are out of order");
    if (!is_border(text, k->start) || !is_border(text, k->end))
        return refuse(r, "a block splits a character");
    if (!is_gap(text, before, k->start))
        return refuse(r, "text outside of blocks");
    if ((unsigned)k->kind >= SK_BLOCK_KINDS)
        return refuse(r, "a block of a kind that does not exist");
    if (k->orig_start > k->orig_end || k->orig_end > r->exhibit_bytes)
        return refuse(r, "a range that is not in the exhibit");
    if (!sk_reply_is_clean(k->place, false) || k->place.n > SK_LIM_EXTRACT_PLACE_BYTES)
        return refuse(r, "a place that is not clean text");
    return SK_OK;
}

static sk_rc take_blocks(reply *r)
{
    sk_str s;
    SK_TRY(take(r, SK_WIRE_BLOCKS, SK_MIB(4), &s));
    if (!s.n)
        return refuse(r, "an empty run of blocks");
    while (s.n) {
        if (s.n < SK_WIRE_BLOCK_BYTES || r->n_blocks >= SK_LIM_BLOCKS)
            return refuse(r, "a block is cut off, or there are too many");
        size_t place = (size_t)number_at(s.p + 37, 2);
        sk_block k = {
            .start = (size_t)number_at(s.p, 8),
            .end = (size_t)number_at(s.p + 8, 8),
            .orig_start = number_at(s.p + 16, 8),
            .orig_end = number_at(s.p + 24, 8),
            .page = (uint32_t)number_at(s.p + 32, 4),
            .kind = (sk_block_kind)(unsigned char)s.p[36],
            .place = sk_str_sub(s, SK_WIRE_BLOCK_BYTES, place),
        };
        if (place > s.n - SK_WIRE_BLOCK_BYTES)
            return refuse(r, "a block is cut off");
        SK_TRY(check_block(r, &k));
        SK_GROW(&r->cx->arena, r->blocks, r->n_blocks, r->cap_blocks);
        r->blocks[r->n_blocks++] = k;
        s = sk_str_sub(s, SK_WIRE_BLOCK_BYTES + place, s.n);
    }
    return SK_OK;
}

static sk_rc take_text(reply *r)
{
    SK_TRY(take(r, SK_WIRE_TEXT, SK_LIM_TEXT_BYTES, &r->doc.text));
    if (!sk_reply_is_clean(r->doc.text, true))
        return refuse(r, "the text is not clean");
    if (r->doc.text.n && r->doc.text.p[r->doc.text.n - 1] != '\n')
        return refuse(r, "the text does not end in a line end");
    return SK_OK;
}

static sk_rc take_end(reply *r)
{
    sk_str s;
    SK_TRY(take(r, SK_WIRE_END, 8, &s));
    if (s.n != 8 || number_at(s.p, 8) != r->n_blocks || r->rest.n)
        return refuse(r, "it does not end as it must");
    size_t last = r->n_blocks ? r->blocks[r->n_blocks - 1].end : 0;
    if (!is_gap(r->doc.text, last, r->doc.text.n))
        return refuse(r, "text behind the last block");
    return SK_OK;
}

static sk_rc take_head(reply *r)
{
    sk_document *d = &r->doc;
    size_t max = SK_LIM_EXTRACT_FIELD_BYTES;
    SK_TRY(take_outcome(r));
    SK_TRY(take_line(r, SK_WIRE_NOTE, max, &d->note));
    SK_TRY(take_name(r, SK_WIRE_READER, &d->reader));
    SK_TRY(take_name(r, SK_WIRE_MEDIA, &d->media));
    SK_TRY(take_name(r, SK_WIRE_CHARSET, &d->charset));
    SK_TRY(take_line(r, SK_WIRE_CHARSET_HOW, max, &d->charset_how));
    SK_TRY(take_line(r, SK_WIRE_TITLE, max, &d->title));
    SK_TRY(take_name(r, SK_WIRE_LANG, &d->lang));
    return d->outcome != SK_OUTCOME_OK && !d->note.n ? refuse(r, "no note says why it is not whole")
                                                     : SK_OK;
}

sk_rc sk_reply_read(sk_ctx *cx, sk_str bytes, uint64_t exhibit_bytes, sk_document **ret_doc)
{
    reply r = {.cx = cx, .rest = bytes, .exhibit_bytes = exhibit_bytes};
    sk_str magic = SK_S(SK_WIRE_MAGIC);
    if (bytes.n > SK_LIM_EXTRACT_REPLY || !sk_str_starts(bytes, magic))
        return refuse(&r, "it does not begin as it must");
    r.rest = sk_str_sub(bytes, magic.n, bytes.n);
    SK_TRY(take_head(&r));
    while (next_tag(&r) == SK_WIRE_DATE)
        SK_TRY(take_date(&r));
    while (next_tag(&r) == SK_WIRE_LINK)
        SK_TRY(take_link(&r));
    SK_TRY(take_text(&r));
    while (next_tag(&r) == SK_WIRE_BLOCKS)
        SK_TRY(take_blocks(&r));
    SK_TRY(take_end(&r));
    r.doc.blocks = r.blocks;
    r.doc.n_blocks = r.n_blocks;
    r.doc.dates = r.dates;
    r.doc.links = r.links;
    *ret_doc = sk_new(&cx->arena, sk_document);
    **ret_doc = r.doc;
    return SK_OK;
}
