/* Faults of a claim file: collected, counted, put into words. */
#include "exchange/claims/claims_priv.h"

#include <stdarg.h>
#include <stdio.h>

enum { SHOWN_BYTES = 200, MESSAGE_BYTES = 1200 };

/* The beginning of a cell, whole characters, with an ellipsis when it was cut. */
static sk_str shorten(sk_arena *a, sk_str s)
{
    if (s.n <= SHOWN_BYTES)
        return sk_str_copy(a, s);
    size_t n = SHOWN_BYTES;
    while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return sk_fmt(a, "%.*s…", (int)n, s.p);
}

static sk_claims_fault make(claims_reader *rd, const char *column, sk_str value, sk_str message)
{
    sk_claims_fault f = {.place = rd->place};
    f.place.column = column ? sk_str_copy(&rd->keep, sk_str_of(column)) : SK_NONE;
    f.value = shorten(&rd->keep, value);
    f.message = sk_str_copy(&rd->keep, message);
    return f;
}

static void add_fault(claims_reader *rd, const char *column, sk_str value, sk_str message)
{
    if (rd->report.n_faults++ >= SK_LIM_CLAIM_FAULTS)
        return;
    SK_GROW(&rd->keep, rd->faults, rd->report.n_faults_kept, rd->cap_faults);
    rd->faults[rd->report.n_faults_kept++] = make(rd, column, value, message);
}

void sk_claims__fault(claims_reader *rd, const char *column, sk_str value, const char *fmt, ...)
{
    char text[MESSAGE_BYTES];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    add_fault(rd, column, value, sk_str_of(text));
}

void sk_claims__fault_of(claims_reader *rd, const char *column, sk_str value)
{
    add_fault(rd, column, value, sk_str_of(rd->rcx.message));
    sk_forgive(&rd->rcx);
}

void sk_claims__warning(claims_reader *rd, const char *column, sk_str value, const char *fmt, ...)
{
    char text[MESSAGE_BYTES];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (rd->report.n_warnings++ >= SK_LIM_CLAIM_FAULTS)
        return;
    SK_GROW(&rd->keep, rd->warnings, rd->report.n_warnings_kept, rd->cap_warnings);
    rd->warnings[rd->report.n_warnings_kept++] = make(rd, column, value, sk_str_of(text));
}

sk_str sk_claims_fault_text(sk_arena *a, const sk_claims_fault *f)
{
    sk_str text = SK_S("");
    if (f->place.row)
        text = sk_fmt(a, "row %llu", (unsigned long long)f->place.row);
    if (f->place.row && f->place.line != f->place.row)
        text = sk_fmt(a, "%.*s (line %llu)", SK_P(text), (unsigned long long)f->place.line);
    if (f->place.column.n)
        text =
            sk_fmt(a, "%.*s%scolumn %.*s", SK_P(text), text.n ? ", " : "", SK_P(f->place.column));
    if (text.n)
        text = sk_fmt(a, "%.*s: ", SK_P(text));
    /* a message that names the value itself needs no second mention */
    if (f->value.n && sk_str_find(f->message, f->value) == SIZE_MAX)
        text = sk_fmt(a, "%.*s\"%.*s\": ", SK_P(text), SK_P(f->value));
    return sk_fmt(a, "%.*s%.*s", SK_P(text), SK_P(f->message));
}
