#include "exchange/write/write_csv.h"

#include "base/csv.h"
#include "base/utf8.h"
#include "exchange/write/write_hxl.h"

typedef struct csv_out {
    sk_ctx *cx;
    const sk_table *t;
    const sk_write_csv_options *o;
    sk_write_csv_summary *sum;
    sk_buf *out;
    sk_buf row; /* of UTF-8, until it is whole */
    sk_csv_writer w;
    uint64_t n_rows; /* begun, as a spreadsheet counts */
} csv_out;

/* One more character replaced. Tables that lack many kinds are rare: a short list is walked. */
static void count_replaced(csv_out *c, uint32_t ch, sk_str by)
{
    sk_write_csv_summary *sum = c->sum;
    sum->n++;
    for (size_t i = 0; i < sum->n_replaced; i++)
        if (sum->replaced[i].c == ch) {
            sum->replaced[i].n++;
            return;
        }
    SK_GROW(&c->cx->arena, sum->replaced, sum->n_replaced, sum->cap_replaced);
    sum->replaced[sum->n_replaced++] = (sk_replaced){ch, 1, sk_str_copy(&c->cx->arena, by)};
}

static sk_rc lacks(csv_out *c, sk_str text, size_t at, size_t column)
{
    size_t next = at;
    uint32_t ch = sk_utf8_next(text, &next);
    sk_str key = sk_table_key(c->t, column);
    return sk_fail(c->cx, SK_E_FORMAT,
                   "row %llu, column %.*s: %s lacks the character \"%.*s\" (U+%04X); write "
                   "--charset utf-8-bom, or allow stand-ins with --charset-replace",
                   (unsigned long long)c->n_rows, SK_P(key), sk_encoder_name(c->o->encoder),
                   SK_P(sk_str_sub(text, at, next - at)), (unsigned)ch);
}

/* The cell with stand-ins for what the charset lacks. Only then may it be judged whether it starts
 * a formula: a dash in front becomes a hyphen. */
static sk_rc fit(csv_out *c, sk_arena *a, sk_str *cell, size_t column)
{
    sk_encoder *e = c->o->encoder;
    size_t bad = e ? sk_encoder_find_lacking(e, *cell) : SIZE_MAX;
    if (bad == SIZE_MAX)
        return SK_OK;
    if (!c->o->replace)
        return lacks(c, *cell, bad, column);
    sk_buf b;
    sk_buf_init(&b, SK_LIM_CSV_ROW_BYTES);
    sk_str rest = *cell;
    for (; bad != SIZE_MAX; bad = sk_encoder_find_lacking(e, rest)) {
        size_t next = bad;
        uint32_t ch = sk_utf8_next(rest, &next);
        sk_str by = sk_encoder_stand_in(e, a, ch);
        sk_buf_add(&b, sk_str_sub(rest, 0, bad));
        sk_buf_add(&b, by);
        count_replaced(c, ch, by);
        rest = sk_str_sub(rest, next, rest.n);
    }
    sk_buf_add(&b, rest);
    *cell = sk_str_copy(a, sk_buf_str(&b));
    sk_buf_done(&b);
    return SK_OK;
}

/* The row is whole: convert it and begin the next. */
static sk_rc end_row(csv_out *c)
{
    sk_csv_end_row(&c->w);
    if (c->row.overflow)
        return sk_fail(c->cx, SK_E_LIMIT, "row %llu is longer than %zu bytes",
                       (unsigned long long)c->n_rows, c->row.ceiling);
    if (c->o->encoder)
        sk_encoder_put(c->o->encoder, sk_buf_str(&c->row), c->out);
    else
        sk_buf_add(c->out, sk_buf_str(&c->row));
    sk_buf_reset(&c->row);
    return SK_OK;
}

static sk_rc write_heading(csv_out *c, sk_str (*of)(sk_str key))
{
    c->n_rows++;
    for (size_t i = 0; i < sk_table_width(c->t); i++) {
        sk_str key = sk_table_key(c->t, i);
        sk_csv_cell(&c->w, of ? of(key) : key);
    }
    return end_row(c);
}

static sk_rc write_rows(csv_out *c)
{
    sk_arena scratch = SK_ARENA_INIT;
    sk_arena_mark start = sk_arena_here(&scratch);
    sk_rc rc = write_heading(c, NULL);
    if (!rc && c->o->has_tags)
        rc = write_heading(c, sk_hxl_tag);
    for (sk_table_walk w = sk_table_begin(c->t); !rc && sk_table_next(&w);) {
        c->n_rows++;
        for (size_t i = 0; !rc && i < sk_table_width(c->t); i++) {
            sk_str cell = sk_table_get(&w, i).text;
            rc = fit(c, &scratch, &cell, i);
            sk_csv_cell(&c->w, cell);
        }
        if (!rc)
            rc = end_row(c);
        sk_arena_back_to(&scratch, start);
    }
    sk_arena_done(&scratch);
    return rc;
}

sk_rc sk_write_csv(sk_ctx *cx, const sk_table *t, const sk_write_csv_options *options, sk_buf *out,
                   sk_write_csv_summary *sum)
{
    sk_write_csv_summary mine = {0};
    csv_out c = {.cx = cx, .t = t, .o = options, .sum = sum ? sum : &mine, .out = out};
    if (options->encoder && out->n == 0)
        sk_buf_add(out, sk_encoder_mark(options->encoder));
    sk_buf_init(&c.row, SK_LIM_CSV_ROW_BYTES);
    sk_csv_writer_init(&c.w, &c.row, ',', true);
    sk_rc rc = write_rows(&c);
    sk_buf_done(&c.row);
    return rc;
}
