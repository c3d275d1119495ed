/* Lines of JSON, or of one name each. */
#include "exchange/asked/asked_private.h"

sk_rc asked_lines_open(sk_ctx *cx, sk_asked_table *t, const sk_asked_options *options)
{
    size_t n = options->n_columns;
    if (options->no_heading && !t->is_plain)
        return sk_fail(cx, SK_E_FORMAT,
                       "\"%.*s\" is of JSON lines, which have no heading: leave --no-heading out",
                       SK_P(t->name));
    t->told = sk_new_array(&cx->arena, told_member, n);
    for (size_t i = 0; i < n; i++)
        SK_TRY(asked_read_told(cx, options->columns[i], &t->told[i].role, &t->told[i].name));
    t->n_told = n;
    return sk_lines_open(cx, t->fd, sk_str_c(&cx->arena, t->name), SK_LIM_JSON_LINE_BYTES,
                         &t->lines);
}

static void add_json(row_words *w, role r, sk_str key, const sk_json_value *v)
{
    if (v->kind == SK_JSON_IS_STRING || v->kind == SK_JSON_IS_NUMBER) {
        asked_row_cell(w, r, v->text);
    } else if (v->kind == SK_JSON_IS_ARRAY) {
        SK_JSON_EACH(item, v)
        if (item->kind != SK_JSON_IS_ARRAY)
            add_json(w, r, key, item);
        else
            asked_row_warn(
                w, sk_fmt(&w->cx->arena, "a list in the list \"%.*s\" is passed over", SK_P(key)));
    } else if (v->kind != SK_JSON_IS_NULL) {
        asked_row_warn(w, sk_fmt(&w->cx->arena,
                                 "\"%.*s\" has a value that is no text; it is passed over",
                                 SK_P(key)));
    }
}

/* What --column says of a member; else what its name says, unless --column names another for that. */
static role role_of_member(sk_ctx *cx, sk_asked_table *t, sk_str key)
{
    for (size_t i = 0; i < t->n_told; i++)
        if (sk_str_eq(t->told[i].name, key)) {
            t->told[i].was_met = true;
            return t->told[i].role;
        }
    role r = sk_str_is(key, "names") ? ROLE_NAME : asked_role_of_heading(cx, key);
    for (size_t i = 0; i < t->n_told; i++)
        if (t->told[i].role == r)
            return ROLE_NONE;
    return r;
}

static void add_members(row_words *w, sk_asked_table *t, const sk_json_value *object)
{
    SK_JSON_EACH_MEMBER(key, object)
    {
        role r = role_of_member(w->cx, t, key->text);
        if (r != ROLE_NONE)
            add_json(w, r, key->text, key + 1);
    }
}

/* An error of the row is the row's: the run goes on behind it. */
static sk_rc read_line(sk_ctx *cx, sk_asked_table *t, const sk_line_of *line, sk_str *ret_error)
{
    sk_rc rc = sk_json_read(cx, line->p, line->n, &t->doc);
    if (!rc && t->doc.values->kind != SK_JSON_IS_OBJECT)
        rc = sk_fail(cx, SK_E_FORMAT, "the line is no JSON object");
    if (rc != SK_E_FORMAT && rc != SK_E_LIMIT)
        return rc;
    *ret_error = sk_fmt(&cx->arena, "%s", cx->message);
    sk_forgive(cx);
    return SK_OK;
}

static sk_rc take_json(sk_ctx *cx, sk_asked_table *t, const sk_line_of *line, sk_asked_row *row)
{
    SK_TRY(read_line(cx, t, line, &row->error));
    if (row->error.n)
        return SK_OK;
    row_words *w = asked_row_begin(cx);
    add_members(w, t, t->doc.values);
    const sk_json_value *properties = sk_json_find(t->doc.values, SK_S("properties"));
    if (properties && properties->kind == SK_JSON_IS_OBJECT)
        add_members(w, t, properties);
    asked_row_end(w, row);
    return SK_OK;
}

sk_rc asked_lines_next(sk_ctx *cx, sk_asked_table *t, sk_asked_row *ret_row)
{
    sk_line_of line;
    SK_TRY(sk_lines_next(cx, t->lines, &line));
    *ret_row = (sk_asked_row){.row = line.p ? line.row : 0};
    if (!line.p)
        return SK_OK;
    sk_str text = sk_str_trim((sk_str){line.p, line.n});
    ret_row->is_blank = !text.n;
    if (ret_row->is_blank)
        return SK_OK;
    if (!t->is_plain)
        return take_json(cx, t, &line, ret_row);
    row_words *w = asked_row_begin(cx);
    asked_row_value(w, ROLE_NAME, sk_str_copy(&cx->arena, text));
    asked_row_end(w, ret_row);
    return SK_OK;
}
