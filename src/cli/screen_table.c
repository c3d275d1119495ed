/* The table that is screened: rows of CSV, spreadsheets and JSON lines, their columns found by what
 * their headings say. */
#include "base/json_read.h"
#include "base/lines.h"
#include "base/utf8.h"
#include "cli/screen.h"
#include "exchange/cells.h"
#include "exchange/import_job.h"
#include "exchange/mapping/mapping_headings.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef enum role {
    ROLE_NONE,
    ROLE_NAME,
    ROLE_ALIAS,
    ROLE_FIRST,
    ROLE_MIDDLE,
    ROLE_LAST,
    ROLE_BORN,
    ROLE_COUNTRY,
    ROLE_GENDER,
    ROLE_ID,
    ROLE_TYPE,
    ROLE_ROW_ID,
    ROLES
} role;

/* Of JSON lines: a member that --column names. */
typedef struct told_member {
    sk_str name;
    role role;
    bool was_met;
} told_member;

struct sk_screen_table {
    sk_app *app;
    sk_str name;
    int fd;
    sk_hash hash;
    sk_cells *cells;
    sk_lines *lines;
    sk_json_doc doc;
    told_member *told;
    size_t n_told;
    sk_str columns[SK_LIM_SCREEN_COLUMNS]; /* names of columns: "A", "B" */
    uint8_t roles[SK_LIM_SCREEN_COLUMNS];
    size_t n_columns;
    bool has_heading;
    bool has_pending; /* the first row is data, not headings */
    sk_cells_row pending;
};

/* ---- what a column is ---- */

static const struct {
    const char *word;
    role role;
} WORDS[] = {
    {"name", ROLE_NAME}, {"alias", ROLE_ALIAS}, {"first", ROLE_FIRST},     {"middle", ROLE_MIDDLE},
    {"last", ROLE_LAST}, {"born", ROLE_BORN},   {"country", ROLE_COUNTRY}, {"gender", ROLE_GENDER},
    {"id", ROLE_ID},     {"type", ROLE_TYPE},   {"row", ROLE_ROW_ID},
};

static role role_of_word(sk_str word)
{
    for (size_t i = 0; i < SK_COUNT(WORDS); i++)
        if (sk_str_is(word, WORDS[i].word))
            return WORDS[i].role;
    return ROLE_NONE;
}

static role role_of_prop(const sk_prop *p)
{
    static const struct {
        const char *prop;
        role role;
    } PROPS[] = {
        {"name", ROLE_NAME},           {"alias", ROLE_ALIAS},     {"weakAlias", ROLE_ALIAS},
        {"previousName", ROLE_ALIAS},  {"firstName", ROLE_FIRST}, {"middleName", ROLE_MIDDLE},
        {"lastName", ROLE_LAST},       {"birthDate", ROLE_BORN},  {"nationality", ROLE_COUNTRY},
        {"citizenship", ROLE_COUNTRY}, {"country", ROLE_COUNTRY}, {"gender", ROLE_GENDER},
        {"flag", ROLE_COUNTRY},
    };
    for (size_t i = 0; i < SK_COUNT(PROPS); i++)
        if (sk_str_is(p->name, PROPS[i].prop))
            return PROPS[i].role;
    return p->type == SK_VALUE_IDENTIFIER ? ROLE_ID : ROLE_NONE;
}

static role role_of_heading(sk_ctx *cx, sk_str heading)
{
    sk_heading h;
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    role r = ROLE_NONE;
    if (sk_str_eq_nocase(heading, SK_S("type")) || sk_str_eq_nocase(heading, SK_S("schema")))
        r = ROLE_TYPE;
    else if (sk_str_eq_nocase(heading, SK_S("ids")))
        r = ROLE_ID;
    else if (sk_heading_find(&cx->arena, heading, &h))
        r = h.role == SK_HEADING_ID         ? ROLE_ROW_ID
            : h.role == SK_HEADING_PROPERTY ? role_of_prop(h.prop)
                                            : ROLE_NONE;
    sk_arena_back_to(&cx->arena, mark);
    return r;
}

static bool has_role(const sk_screen_table *t, role r)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (t->roles[i] == r)
            return true;
    return false;
}

/* ---- headings ---- */

static sk_rc no_name(sk_ctx *cx, const sk_screen_table *t, const sk_cells_row *row)
{
    sk_str all = SK_S("");
    for (size_t i = 0; i < row->n && i < 20; i++)
        all = sk_fmt(&cx->arena, "%.*s%s\"%.*s\"", SK_P(all), i ? ", " : "", SK_P(row->cells[i]));
    return sk_fail(cx, SK_E_FORMAT,
                   "\"%.*s\": no column of names among %.*s; name it: --column name=HEADING, or "
                   "name=1 for the first column (with --no-heading when there are no headings)",
                   SK_P(t->name), SK_P(all));
}

/* The column that text means: a heading, a letter as spreadsheets have them, or a number from 1. */
static bool find_column(const sk_screen_table *t, const sk_cells_row *row, bool has_heading,
                        sk_str text, size_t *ret_column)
{
    uint64_t number;
    for (size_t i = 0; has_heading && i < row->n && i < t->n_columns; i++)
        if (sk_str_eq_nocase(sk_str_trim(row->cells[i]), text)) {
            *ret_column = i;
            return true;
        }
    for (size_t i = 0; i < t->n_columns; i++)
        if (sk_str_eq(t->columns[i], text)) {
            *ret_column = i;
            return true;
        }
    if (!sk_str_to_u64(text, &number) || number < 1 || number > t->n_columns)
        return false;
    *ret_column = (size_t)number - 1;
    return true;
}

/* "born=Geburtstag" */
static sk_rc read_told(sk_ctx *cx, sk_str column, role *ret_role, sk_str *ret_heading)
{
    sk_str rest = column, word;
    role r = sk_str_cut(&rest, '=', &word) ? role_of_word(word) : ROLE_NONE;
    if (r == ROLE_NONE || !rest.n)
        return sk_fail(cx, SK_E_FORMAT,
                       "--column \"%.*s\" is not WHAT=HEADING; WHAT is name, alias, first, middle, "
                       "last, born, country, gender, id, type or row",
                       SK_P(column));
    *ret_role = r;
    *ret_heading = rest;
    return SK_OK;
}

static sk_rc take_columns(sk_ctx *cx, sk_screen_table *t, const sk_cells_row *row, bool has_heading,
                          const sk_str *columns, size_t n)
{
    bool told[ROLES] = {false};
    for (size_t i = 0; i < n; i++) {
        sk_str heading;
        size_t at;
        role r;
        SK_TRY(read_told(cx, columns[i], &r, &heading));
        if (!find_column(t, row, has_heading, heading, &at))
            return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" has no column \"%.*s\"", SK_P(t->name),
                           SK_P(heading));
        for (size_t k = 0; !told[r] && k < t->n_columns; k++) /* instead of what headings say */
            if (t->roles[k] == r)
                t->roles[k] = ROLE_NONE;
        told[r] = true;
        t->roles[at] = (uint8_t)r;
    }
    return SK_OK;
}

static sk_rc read_heading(sk_ctx *cx, sk_screen_table *t, const sk_str *columns, size_t n,
                          bool has_heading)
{
    sk_cells_row row;
    do
        SK_TRY(sk_cells_next(cx, t->cells, &row));
    while (row.n && row.is_blank);
    if (!row.n)
        return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" has no rows", SK_P(t->name));
    if (row.n > SK_LIM_SCREEN_COLUMNS)
        return sk_fail(cx, SK_E_LIMIT, "\"%.*s\" has %zu columns, the most is %d", SK_P(t->name),
                       row.n, SK_LIM_SCREEN_COLUMNS);
    t->n_columns = row.n;
    for (size_t i = 0; i < row.n; i++) {
        t->columns[i] = sk_str_copy(&cx->arena, row.names[i]);
        if (has_heading)
            t->roles[i] = (uint8_t)role_of_heading(cx, sk_str_trim(row.cells[i]));
    }
    SK_TRY(take_columns(cx, t, &row, has_heading, columns, n));
    if (!has_role(t, ROLE_NAME) && !has_role(t, ROLE_LAST) && !has_role(t, ROLE_ID))
        return no_name(cx, t, &row);
    t->pending = row;
    t->has_heading = has_heading;
    t->has_pending = !has_heading;
    return SK_OK;
}

/* ---- opening ---- */

/* JSON lines begin with an object. */
static bool is_json(const sk_screen_table *t)
{
    char head[256];
    ssize_t n = pread(t->fd, head, sizeof head, 0);
    ssize_t i = n >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (i < n && (head[i] == ' ' || head[i] == '\n' || head[i] == '\r' || head[i] == '\t'))
        i++;
    return i < n && head[i] == '{';
}

static sk_rc open_lines(sk_ctx *cx, sk_screen_table *t, const sk_str *columns, size_t n,
                        bool has_heading)
{
    if (!has_heading)
        return sk_fail(cx, SK_E_FORMAT,
                       "\"%.*s\" is of JSON lines, which have no heading: leave --no-heading out",
                       SK_P(t->name));
    t->told = sk_new_array(&cx->arena, told_member, n);
    for (size_t i = 0; i < n; i++)
        SK_TRY(read_told(cx, columns[i], &t->told[i].role, &t->told[i].name));
    t->n_told = n;
    return sk_lines_open(cx, t->fd, sk_str_c(&cx->arena, t->name), SK_LIM_JSON_LINE_BYTES,
                         &t->lines);
}

static sk_rc open_table(sk_ctx *cx, sk_screen_table *t, const sk_str *columns, size_t n,
                        bool has_heading)
{
    struct stat st;
    if (fstat(t->fd, &st))
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(t->name));
    if (!S_ISREG(st.st_mode))
        return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" is no file; save it as one first", SK_P(t->name));
    sk_source_file file = {.name = t->name, .fd = t->fd};
    SK_TRY(sk_source_file_hash(cx, &file));
    t->hash = file.hash;
    if (is_json(t))
        return open_lines(cx, t, columns, n, has_heading);
    sk_cells_opts opts = {0};
    SK_TRY(sk_cells_open(cx, &file, &opts, &t->cells));
    return read_heading(cx, t, columns, n, has_heading);
}

sk_rc sk_screen_table_open(sk_app *app, sk_str path, const sk_str *columns, size_t n,
                           bool has_heading, sk_screen_table **ret_table)
{
    sk_ctx *cx = &app->cx;
    sk_screen_table *t = sk_new(&cx->arena, sk_screen_table);
    t->app = app;
    t->name = path;
    sk_json_doc_init(&t->doc);
    t->fd = open(sk_str_c(&cx->arena, path), O_RDONLY | O_CLOEXEC);
    if (t->fd < 0)
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(path));
    sk_rc rc = open_table(cx, t, columns, n, has_heading);
    if (rc)
        sk_screen_table_close(t);
    else
        *ret_table = t;
    return rc;
}

void sk_screen_table_close(sk_screen_table *t)
{
    if (!t)
        return;
    sk_cells_close(t->cells);
    sk_lines_close(t->lines);
    sk_json_doc_done(&t->doc);
    close(t->fd);
}

const sk_hash *sk_screen_table_hash(const sk_screen_table *t)
{
    return &t->hash;
}

/* A member that was told and that no line had is likely misspelled. */
sk_str sk_screen_table_note(const sk_screen_table *t)
{
    for (size_t i = 0; i < t->n_told; i++)
        if (!t->told[i].was_met)
            return sk_fmt(&t->app->cx.arena, "no line of \"%.*s\" has a member \"%.*s\"",
                          SK_P(t->name), SK_P(t->told[i].name));
    return t->cells ? sk_cells_note(t->cells) : SK_S("");
}

/* ---- rows ---- */

/* Values of a kind of which a row may have several; those beyond are counted, and it is said. */
typedef struct values {
    sk_str v[SK_MATCH_VALUES];
    size_t n, over;
} values;

typedef struct row_words {
    sk_ctx *cx;
    values names, aliases, births, countries, ids;
    sk_str one[ROLES]; /* of roles that a row has one value of */
    sk_str *warnings;
    size_t n_warnings, cap;
} row_words;

static void warn(row_words *w, sk_str text)
{
    SK_GROW(&w->cx->arena, w->warnings, w->n_warnings, w->cap);
    w->warnings[w->n_warnings++] = text;
}

static void add(values *to, sk_str text)
{
    if (to->n < SK_COUNT(to->v))
        to->v[to->n++] = text;
    else
        to->over++;
}

static const char *word_of_role(role r)
{
    for (size_t i = 0; i < SK_COUNT(WORDS); i++)
        if (WORDS[i].role == r)
            return WORDS[i].word;
    return "";
}

/* The first value counts; another one is no part of the row. */
static void set_one(row_words *w, role r, sk_str text)
{
    if (w->one[r].n && !sk_str_eq(w->one[r], text))
        warn(w, sk_fmt(&w->cx->arena, "%s \"%.*s\" is passed over: the row has \"%.*s\" already",
                       word_of_role(r), SK_P(text), SK_P(w->one[r])));
    else
        w->one[r] = text;
}

static void add_value(row_words *w, role r, sk_str text)
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

/* A cell may hold several values with ";" between them, or a word that says there is none. */
static void add_cell(row_words *w, role r, sk_str cell)
{
    sk_arena *a = &w->cx->arena;
    sk_absent absent;
    sk_str rest = sk_str_copy(a, sk_str_trim(cell)), piece;
    if (r == ROLE_NONE || !rest.n)
        return;
    if (r != ROLE_NAME && r != ROLE_ROW_ID && sk_heading_absent(a, rest, &absent))
        return;
    if (r == ROLE_FIRST || r == ROLE_MIDDLE || r == ROLE_LAST || r == ROLE_ROW_ID) {
        add_value(w, r, rest);
        return;
    }
    while (sk_str_cut(&rest, ';', &piece))
        if (sk_str_trim(piece).n)
            add_value(w, r, sk_str_trim(piece));
}

static sk_str *keep(row_words *w, const values *from, const char *what)
{
    sk_str *list = sk_new_array(&w->cx->arena, sk_str, from->n);
    if (from->n)
        memcpy(list, from->v, from->n * sizeof *list);
    if (from->over)
        warn(w, sk_fmt(&w->cx->arena, "%zu %s are passed over: the most of one row is %zu",
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

static void give(row_words *w, sk_screen_row *row)
{
    join_parts(w);
    w->names.over += w->aliases.over;
    for (size_t i = 0; i < w->aliases.n; i++)
        add(&w->names, w->aliases.v[i]);
    row->id = w->one[ROLE_ROW_ID];
    row->words = (sk_screen_words){
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

/* The column of a cell, looked for from the one before: a sheet leaves empty cells out. */
static bool column_of(const sk_screen_table *t, sk_str name, size_t *column)
{
    for (size_t i = *column; i < t->n_columns; i++)
        if (sk_str_eq(t->columns[i], name)) {
            *column = i;
            return true;
        }
    return false;
}

static sk_rc next_cells(sk_ctx *cx, sk_screen_table *t, sk_screen_row *ret_row)
{
    sk_cells_row row = t->pending;
    if (!t->has_pending)
        SK_TRY(sk_cells_next(cx, t->cells, &row));
    t->has_pending = false;
    *ret_row = (sk_screen_row){.row = row.n ? row.row : 0};
    row_words *w = sk_new(&cx->arena, row_words);
    w->cx = cx;
    size_t column = 0, filled = 0, beside = 0;
    for (size_t i = 0; i < row.n; i++) {
        bool is_filled = sk_str_trim(row.cells[i]).n > 0;
        filled += is_filled;
        if (column_of(t, row.names[i], &column))
            add_cell(w, (role)t->roles[column], row.cells[i]);
        else
            beside += is_filled;
    }
    if (beside)
        warn(w, sk_fmt(&cx->arena, "%zu cell%s of no column that the %s has %s passed over", beside,
                       beside == 1 ? "" : "s", t->has_heading ? "heading" : "first row",
                       beside == 1 ? "is" : "are"));
    ret_row->is_blank = !filled;
    give(w, ret_row);
    return SK_OK;
}

/* ---- JSON lines ---- */

static void add_json(row_words *w, role r, sk_str key, const sk_json_value *v)
{
    if (v->kind == SK_JSON_IS_STRING || v->kind == SK_JSON_IS_NUMBER) {
        add_cell(w, r, v->text);
    } else if (v->kind == SK_JSON_IS_ARRAY) {
        SK_JSON_EACH(item, v)
        if (item->kind != SK_JSON_IS_ARRAY)
            add_json(w, r, key, item);
        else
            warn(w, sk_fmt(&w->cx->arena, "a list in the list \"%.*s\" is passed over", SK_P(key)));
    } else if (v->kind != SK_JSON_IS_NULL) {
        warn(w, sk_fmt(&w->cx->arena, "\"%.*s\" has a value that is no text; it is passed over",
                       SK_P(key)));
    }
}

/* What --column says of a member; else what its name says, unless --column names another for that. */
static role role_of_member(sk_ctx *cx, sk_screen_table *t, sk_str key)
{
    for (size_t i = 0; i < t->n_told; i++)
        if (sk_str_eq(t->told[i].name, key)) {
            t->told[i].was_met = true;
            return t->told[i].role;
        }
    role r = sk_str_is(key, "names") ? ROLE_NAME : role_of_heading(cx, key);
    for (size_t i = 0; i < t->n_told; i++)
        if (t->told[i].role == r)
            return ROLE_NONE;
    return r;
}

static void add_members(row_words *w, sk_screen_table *t, const sk_json_value *object)
{
    SK_JSON_EACH_MEMBER(key, object)
    {
        role r = role_of_member(w->cx, t, key->text);
        if (r != ROLE_NONE)
            add_json(w, r, key->text, key + 1);
    }
}

/* An error of the row is the row's: the run goes on behind it. */
static sk_rc read_line(sk_ctx *cx, sk_screen_table *t, const sk_line_of *line, sk_str *ret_error)
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

static sk_rc next_json(sk_ctx *cx, sk_screen_table *t, sk_screen_row *ret_row)
{
    sk_line_of line;
    SK_TRY(sk_lines_next(cx, t->lines, &line));
    *ret_row = (sk_screen_row){.row = line.p ? line.row : 0};
    if (!line.p)
        return SK_OK;
    ret_row->is_blank = !sk_str_trim((sk_str){line.p, line.n}).n;
    if (ret_row->is_blank)
        return SK_OK;
    SK_TRY(read_line(cx, t, &line, &ret_row->error));
    if (ret_row->error.n)
        return SK_OK;
    row_words *w = sk_new(&cx->arena, row_words);
    w->cx = cx;
    add_members(w, t, t->doc.values);
    const sk_json_value *properties = sk_json_find(t->doc.values, SK_S("properties"));
    if (properties && properties->kind == SK_JSON_IS_OBJECT)
        add_members(w, t, properties);
    give(w, ret_row);
    return SK_OK;
}

sk_rc sk_screen_table_next(sk_ctx *cx, sk_screen_table *t, sk_screen_row *ret_row)
{
    return t->lines ? next_json(cx, t, ret_row) : next_cells(cx, t, ret_row);
}
