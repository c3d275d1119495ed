#include "exchange/mapping/mapping_look.h"

#include "exchange/mapping/mapping_priv.h"

enum { HEAD_ROWS = 30, LONG_TEXT = 80 };

/* ---- which row is the heading ---- */

static size_t count_filled(const sk_sheet_row *row)
{
    size_t n = 0;
    for (size_t i = 0; i < row->n; i++)
        n += sk_str_trim(row->cells[i]).n > 0;
    return n;
}

/* A title above the heading has one cell, or few; the heading is the first row that is about as wide
 * as the widest. 0 when that is the first row with anything in it. */
static sk_rc find_heading(sk_ctx *cx, const sk_source *src, size_t *ret_row)
{
    sk_sheet_opts opts = sk_sheet_opts_of(src);
    opts.no_heading = opts.last_row_whole = true;
    sk_sheet *s;
    SK_TRY(sk_sheet_open(cx, &src->files[0], &opts, &s));
    size_t filled[HEAD_ROWS], rows[HEAD_ROWS], n = 0, widest = 0;
    sk_rc rc = SK_OK;
    sk_str sheet = SK_NONE;
    while (n < HEAD_ROWS) {
        sk_sheet_row row;
        if ((rc = sk_sheet_next(cx, s, &row)) || row.kind == SK_SHEET_END)
            break;
        if (row.kind != SK_SHEET_ROW || !count_filled(&row))
            continue;
        if (n && !sk_str_eq(row.sheet, sheet))
            break;
        sheet = sk_str_copy(&cx->arena, row.sheet);
        filled[n] = count_filled(&row);
        widest = filled[n] > widest ? filled[n] : widest;
        rows[n++] = (size_t)row.row;
    }
    sk_sheet_close(s);
    if (rc)
        return rc;
    if (!n)
        return sk_fail(cx, SK_E_FORMAT, "every row of \"%.*s\" is blank", SK_P(src->files[0].name));
    size_t i = 0;
    while (i < n && filled[i] * 2 < widest)
        i++;
    *ret_row = i == 0 || i == n ? 0 : rows[i];
    return SK_OK;
}

/* ---- what the columns hold ---- */

/* A table being looked at: what is kept, and scratch that goes with each row. */
typedef struct looking {
    sk_ctx *cx;
    sk_arena scratch;
    sk_survey *look;
} looking;

static void note_word(looking *l, sk_survey_word *words, size_t *n, sk_str cell, sk_str target)
{
    sk_str folded = sk_mapping__fold(&l->scratch, cell);
    for (size_t i = 0; i < *n; i++)
        if (sk_str_eq(sk_mapping__fold(&l->scratch, words[i].word), folded))
            return;
    if (*n < LOOK_WORDS)
        words[(*n)++] = (sk_survey_word){sk_str_copy(&l->cx->arena, cell), target};
}

/* The act whose label, in either language, the cell is. */
static bool find_act(sk_arena *a, sk_str cell, sk_str *ret_id)
{
    const sk_model *m = sk_model_get();
    sk_str folded = sk_mapping__fold(a, cell);
    for (size_t i = 0; i < m->n_acts; i++)
        if (sk_str_eq(m->acts[i].id, cell) ||
            sk_str_eq(sk_mapping__fold(a, m->acts[i].label), folded) ||
            sk_str_eq(sk_mapping__fold(a, m->acts[i].label_ko), folded)) {
            *ret_id = m->acts[i].id;
            return true;
        }
    return false;
}

/* Words that stand for a term, in columns of a property that has a list of them. */
static void look_for_term(looking *l, sk_survey_column *c, sk_str cell)
{
    sk_arena *a = &l->scratch;
    sk_str target;
    if (!c->is_known || !c->heading.prop || cell.n > LONG_TEXT)
        return;
    sk_str prop = c->heading.prop->name;
    bool found = sk_str_is(prop, "act") ? find_act(a, cell, &target)
                                        : sk_heading_has_values(prop) &&
                                              sk_heading_value(a, sk_str_c(a, prop), cell, &target);
    if (found)
        note_word(l, c->words, &c->n_words, cell, target);
}

static void look_at_cell(looking *l, sk_survey_column *c, sk_str cell)
{
    sk_date_orders orders;
    sk_decimal number;
    sk_absent absent;
    c->filled++;
    c->is_unique = c->is_unique && !sk_keyset_add(&c->seen, cell);
    if (cell.n <= LONG_TEXT && sk_heading_absent(&l->scratch, cell, &absent)) {
        note_word(l, l->look->absent, &l->look->n_absent, cell, sk_absent_name(absent));
        return;
    }
    look_for_term(l, c, cell);
    if (sk_mapping_date_orders(cell, &orders)) {
        c->dates++;
        c->dmy += orders.dmy && !orders.mdy;
        c->mdy += orders.mdy && !orders.dmy;
        c->either += orders.dmy && orders.mdy;
    }
    c->numbers += sk_decimal_parse(cell, &number);
    c->links += sk_str_starts(cell, SK_S("http://")) || sk_str_starts(cell, SK_S("https://"));
    c->semicolons += sk_str_find(cell, SK_S(";")) != SIZE_MAX;
    c->bars += sk_str_find(cell, SK_S("|")) != SIZE_MAX;
    c->long_texts += cell.n > LONG_TEXT;
}

/* A heading that stands alone is named by itself; else, or with signs that mappings use, by letter. */
static sk_str ref_of(sk_ctx *cx, const sk_sheet *s, const sk_sheet_column *c)
{
    size_t found;
    bool is_plain = c->name.n && c->name.n <= 200 && sk_str_find(c->name, SK_S("{")) == SIZE_MAX &&
                    sk_str_find(c->name, SK_S("}")) == SIZE_MAX && c->name.p[0] != '[';
    if (is_plain && sk_sheet_find(cx, s, c->name, &found)) {
        sk_forgive(cx);
        is_plain = false;
    }
    return is_plain ? sk_mapping_quoted(&cx->arena, c->name)
                    : sk_fmt(&cx->arena, "[%.*s]", SK_P(c->letter));
}

static void look_at_heading(sk_ctx *cx, const sk_sheet *s, const sk_sheet_row *row, sk_survey *look)
{
    size_t n;
    const sk_sheet_column *columns = sk_sheet_columns(s, &n);
    look->columns = sk_new_array(&cx->arena, sk_survey_column, n);
    look->n_columns = n;
    look->sheet = sk_str_copy(&cx->arena, row->sheet);
    for (size_t i = 0; i < n; i++) {
        sk_survey_column *c = &look->columns[i];
        c->column.name = sk_str_copy(&cx->arena, columns[i].name);
        c->column.tag = sk_str_copy(&cx->arena, columns[i].tag);
        c->column.letter = sk_str_copy(&cx->arena, columns[i].letter);
        c->is_unique = true;
        c->ref = ref_of(cx, s, &columns[i]);
        look->is_hxl |= c->column.tag.n > 0;
        c->is_known = c->column.tag.n && sk_heading_of_tag(c->column.tag, &c->heading);
        if (!c->is_known)
            c->is_known = sk_heading_find(&cx->arena, c->column.name, &c->heading);
    }
}

static void look_at_row(looking *l, const sk_sheet_row *row)
{
    for (size_t i = 0; i < l->look->n_columns; i++) {
        sk_str cell = sk_str_trim(row->cells[i]);
        if (cell.n)
            look_at_cell(l, &l->look->columns[i], cell);
    }
    sk_arena_done(&l->scratch);
    l->look->rows++;
}

static sk_rc look_through(sk_ctx *cx, sk_sheet *s, sk_survey *look)
{
    looking l = {.cx = cx, .look = look};
    while (look->rows < SK_LIM_DRAFT_ROWS) {
        sk_sheet_row row;
        SK_TRY(sk_sheet_next(cx, s, &row));
        if (row.kind == SK_SHEET_END)
            break;
        if (look->columns && !sk_str_eq(row.sheet, look->sheet))
            break;
        if (row.kind == SK_SHEET_HEADING)
            look_at_heading(cx, s, &row, look);
        else if (row.kind == SK_SHEET_ROW && count_filled(&row))
            look_at_row(&l, &row);
    }
    return look->columns ? SK_OK : sk_fail(cx, SK_E_FORMAT, "there is no row with headings");
}

void sk_survey_done(sk_survey *look)
{
    for (size_t i = 0; i < look->n_columns; i++)
        sk_keyset_done(&look->columns[i].seen);
}

sk_rc sk_mapping__look(sk_ctx *cx, const sk_source *src, sk_survey *ret_look)
{
    sk_survey look = {0};
    SK_TRY(find_heading(cx, src, &look.heading));
    sk_sheet_opts opts = sk_sheet_opts_of(src);
    opts.heading = look.heading;
    opts.last_row_whole = true;
    sk_sheet *s;
    SK_TRY(sk_sheet_open(cx, &src->files[0], &opts, &s));
    look.has_end = sk_sheet_has_end(s);
    sk_rc rc = look_through(cx, s, &look);
    sk_sheet_close(s);
    if (rc)
        sk_survey_done(&look);
    else
        *ret_look = look;
    return rc;
}
