#include "wire.h"

#include "base/buf.h"
#include "confine/wire.h"

#include <errno.h>
#include <unistd.h>

enum { BATCH_BYTES = 1 << 20 };

typedef struct out {
    int fd;
    sk_buf buf;
    bool failed;
} out;

static void write_all(out *o, sk_str s)
{
    while (s.n && !o->failed) {
        ssize_t n = write(o->fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            o->failed = true;
        else
            s = sk_str_sub(s, (size_t)n, s.n);
    }
}

static void flush(out *o)
{
    write_all(o, sk_buf_str(&o->buf));
    sk_buf_reset(&o->buf);
}

static void put_number(sk_buf *b, uint64_t v, size_t bytes)
{
    for (; bytes; bytes--, v >>= 8)
        sk_buf_addc(b, (char)(v & 0xFF));
}

static void put_record(out *o, char tag, sk_str s)
{
    sk_buf_addc(&o->buf, tag);
    put_number(&o->buf, s.n, 4);
    if (s.n < BATCH_BYTES) {
        sk_buf_add(&o->buf, s);
    } else {
        flush(o);
        write_all(o, s);
    }
    if (o->buf.n > BATCH_BYTES)
        flush(o);
}

static void put_date(out *o, const sk_stated_date *d)
{
    sk_buf s;
    sk_buf_init(&s, SK_LIM_EXTRACT_FIELD_BYTES);
    sk_buf_add(&s, d->edtf);
    sk_buf_addc(&s, '\0');
    sk_buf_add(&s, d->words);
    sk_buf_addc(&s, '\0');
    sk_buf_add(&s, d->where);
    put_record(o, SK_WIRE_DATE, sk_buf_str(&s));
    sk_buf_done(&s);
}

static void put_block(sk_buf *s, const sk_block *k)
{
    put_number(s, k->start, 8);
    put_number(s, k->end, 8);
    put_number(s, k->orig_start, 8);
    put_number(s, k->orig_end, 8);
    put_number(s, k->page, 4);
    put_number(s, k->kind, 1);
    put_number(s, k->place.n, 2);
    sk_buf_add(s, k->place);
}

static void put_blocks(out *o, const sk_document *doc)
{
    sk_buf s;
    sk_buf_init(&s, 2 * BATCH_BYTES);
    for (size_t i = 0; i < doc->n_blocks; i++) {
        put_block(&s, &doc->blocks[i]);
        if (s.n > BATCH_BYTES / 2 || i + 1 == doc->n_blocks) {
            put_record(o, SK_WIRE_BLOCKS, sk_buf_str(&s));
            sk_buf_reset(&s);
        }
    }
    sk_buf_done(&s);
}

bool sk_wire_write(int fd, const sk_document *doc)
{
    out o = {.fd = fd};
    char outcome = (char)doc->outcome;
    sk_buf_init(&o.buf, 4 * BATCH_BYTES);
    sk_buf_add(&o.buf, SK_S(SK_WIRE_MAGIC));
    put_record(&o, SK_WIRE_OUTCOME, (sk_str){&outcome, 1});
    put_record(&o, SK_WIRE_NOTE, doc->note);
    put_record(&o, SK_WIRE_READER, doc->reader);
    put_record(&o, SK_WIRE_MEDIA, doc->media);
    put_record(&o, SK_WIRE_CHARSET, doc->charset);
    put_record(&o, SK_WIRE_CHARSET_HOW, doc->charset_how);
    put_record(&o, SK_WIRE_TITLE, doc->title);
    put_record(&o, SK_WIRE_LANG, doc->lang);
    for (size_t i = 0; i < doc->n_dates; i++)
        put_date(&o, &doc->dates[i]);
    for (size_t i = 0; i < doc->n_links; i++)
        put_record(&o, SK_WIRE_LINK, doc->links[i]);
    put_record(&o, SK_WIRE_TEXT, doc->text);
    put_blocks(&o, doc);
    sk_buf_addc(&o.buf, SK_WIRE_END);
    put_number(&o.buf, 8, 4);
    put_number(&o.buf, doc->n_blocks, 8);
    flush(&o);
    sk_buf_done(&o.buf);
    return !o.failed;
}
