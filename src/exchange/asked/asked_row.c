/* The words of one row gathered: values of several, values of one, what is passed over. */
#include "base/utf8.h"
#include "exchange/asked/asked_private.h"
#include "exchange/mapping/mapping_headings.h"

row_words *asked_row_begin(sk_ctx *cx)
{
    row_words *w = sk_new(&cx->arena, row_words);
    w->cx = cx;
    return w;
}

void asked_row_warn(row_words *w, sk_str text)
{
    SK_GROW(&w->cx->arena, w->warnings, w->n_warnings, w->cap);
    w->warnings[w->n_warnings++] = text;
}

static void add(asked_values *to, sk_str text)
{
    if (to->n < SK_COUNT(to->v))
        to->v[to->n++] = text;
    else
        to->over++;
}

/* The first value counts; another one is no part of the row. */
static void set_one(row_words *w, role r, sk_str text)
{
    if (w->one[r].n && !sk_str_eq(w->one[r], text))
        asked_row_warn(w, sk_fmt(&w->cx->arena,
                                 "%s \"%.*s\" is passed over: the row has \"%.*s\" already",
                                 asked_word_of_role(r), SK_P(text), SK_P(w->one[r])));
    else
        w->one[r] = text;
}

void asked_row_value(row_words *w, role r, sk_str text)
{
    sk_str gender = text;
    switch (r) {
    case ROLE_NAME:
        add(&w->names, text);
        break;
    case ROLE_ALIAS:
        add(&w->aliases, text);
        break;
    case ROLE_BORN:
        add(&w->births, text);
        break;
    case ROLE_COUNTRY:
        add(&w->countries, text);
        break;
    case ROLE_ID:
        add(&w->ids, text);
        break;
    case ROLE_GENDER:
        (void)sk_heading_value(&w->cx->arena, "gender", text, &gender);
        set_one(w, r, gender);
        break;
    default:
        set_one(w, r, text);
        break;
    }
}

void asked_row_cell(row_words *w, role r, sk_str cell)
{
    sk_arena *a = &w->cx->arena;
    sk_absent absent;
    sk_str rest = sk_str_copy(a, sk_str_trim(cell)), piece;
    if (r == ROLE_NONE || !rest.n)
        return;
    if (r != ROLE_NAME && r != ROLE_ROW_ID && sk_heading_absent(a, rest, &absent))
        return;
    if (r == ROLE_FIRST || r == ROLE_MIDDLE || r == ROLE_LAST || r == ROLE_ROW_ID) {
        asked_row_value(w, r, rest);
        return;
    }
    while (sk_str_cut(&rest, ';', &piece))
        if (sk_str_trim(piece).n)
            asked_row_value(w, r, sk_str_trim(piece));
}

static sk_str *keep(row_words *w, const asked_values *from, const char *what)
{
    sk_str *list = sk_new_array(&w->cx->arena, sk_str, from->n);
    if (from->n)
        memcpy(list, from->v, from->n * sizeof *list);
    if (from->over)
        asked_row_warn(w,
                       sk_fmt(&w->cx->arena, "%zu %s are passed over: the most of one row is %zu",
                              from->over, what, SK_COUNT(from->v)));
    return list;
}

/* A name in parts is one name, the surname first and marked so. It stands for the whole name where a
 * row has none, and so before the aliases. */
static void join_parts(row_words *w)
{
    sk_str first = w->one[ROLE_FIRST], middle = w->one[ROLE_MIDDLE], last = w->one[ROLE_LAST];
    if (w->names.n || !(first.n || last.n))
        return;
    sk_str given = sk_fmt(&w->cx->arena, "%.*s%s%.*s", SK_P(first), first.n && middle.n ? " " : "",
                          SK_P(middle));
    add(&w->names, !last.n   ? given
                   : given.n ? sk_fmt(&w->cx->arena, "%.*s, %.*s", SK_P(last), SK_P(given))
                             : last);
}

void asked_row_end(row_words *w, sk_asked_row *row)
{
    join_parts(w);
    w->names.over += w->aliases.over;
    for (size_t i = 0; i < w->aliases.n; i++)
        add(&w->names, w->aliases.v[i]);
    row->id = w->one[ROLE_ROW_ID];
    row->words = (sk_asked){
        .names = keep(w, &w->names, "names"),
        .n_names = w->names.n,
        .births = keep(w, &w->births, "dates of birth"),
        .n_births = w->births.n,
        .countries = keep(w, &w->countries, "countries"),
        .n_countries = w->countries.n,
        .ids = keep(w, &w->ids, "numbers"),
        .n_ids = w->ids.n,
        .gender = w->one[ROLE_GENDER],
        .type = w->one[ROLE_TYPE],
    };
    row->warnings = w->warnings;
    row->n_warnings = w->n_warnings;
}
