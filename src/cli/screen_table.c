/* The table that is screened: rows of CSV, spreadsheets and JSON lines, their columns found by what
 * their headings say. */
#include "base/json_read.h"
#include "base/lines.h"
#include "base/utf8.h"
#include "cli/screen.h"
#include "exchange/cells.h"
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

struct sk_screen_table {
    sk_app *app;
    sk_str name;
    int fd;
    sk_hash hash;
    sk_cells *cells;
    sk_lines *lines;
    sk_json_doc doc;
    sk_str columns[SK_LIM_SCREEN_COLUMNS]; /* names of columns: "A", "B" */
    uint8_t roles[SK_LIM_SCREEN_COLUMNS];
    size_t n_columns;
    bool has_pending; /* the first row is data, not headings */
    sk_cells_row pending;
};

/* ---- what a column is ---- */

static role role_of_word(sk_str word)
{
    static const struct {
        const char *word;
        role role;
    } WORDS[] = {
        {"name", ROLE_NAME},       {"alias", ROLE_ALIAS},   {"first", ROLE_FIRST},
        {"middle", ROLE_MIDDLE},   {"last", ROLE_LAST},     {"born", ROLE_BORN},
        {"country", ROLE_COUNTRY}, {"gender", ROLE_GENDER}, {"id", ROLE_ID},
        {"type", ROLE_TYPE},       {"row", ROLE_ROW_ID},
    };
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

static sk_rc take_columns(sk_ctx *cx, sk_screen_table *t, const sk_cells_row *row, bool has_heading,
                          const sk_str *columns, size_t n)
{
    bool told[ROLES] = {false};
    for (size_t i = 0; i < n; i++) {
        sk_str rest = columns[i], word;
        size_t at;
        role r = sk_str_cut(&rest, '=', &word) ? role_of_word(word) : ROLE_NONE;
        if (r == ROLE_NONE || !rest.n)
            return sk_fail(cx, SK_E_FORMAT,
                           "--column \"%.*s\" is not WHAT=HEADING; WHAT is name, alias, first, "
                           "middle, last, born, country, gender, id, type or row",
                           SK_P(columns[i]));
        if (!find_column(t, row, has_heading, rest, &at))
            return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" has no column \"%.*s\"", SK_P(t->name),
                           SK_P(rest));
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
    t->has_pending = !has_heading;
    return SK_OK;
}

/* ---- opening ---- */

static sk_rc hash_file(sk_ctx *cx, sk_screen_table *t)
{
    sk_arena_mark mark = sk_arena_here(&cx->arena);
    sk_sha256_state *st = sk_sha256_new();
    char *buf = sk_alloc(&cx->arena, SK_KIB(256));
    off_t at = 0;
    ssize_t n;
    while ((n = pread(t->fd, buf, SK_KIB(256), at)) > 0) {
        sk_sha256_add(st, (sk_str){buf, (size_t)n});
        at += n;
    }
    t->hash = sk_sha256_end(st);
    sk_arena_back_to(&cx->arena, mark);
    return n < 0 ? sk_fail_errno(cx, "\"%.*s\"", SK_P(t->name)) : SK_OK;
}

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

static sk_rc open_table(sk_ctx *cx, sk_screen_table *t, const sk_str *columns, size_t n,
                        bool has_heading)
{
    struct stat st;
    if (fstat(t->fd, &st))
        return sk_fail_errno(cx, "\"%.*s\"", SK_P(t->name));
    if (!S_ISREG(st.st_mode))
        return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" is no file; save it as one first", SK_P(t->name));
    SK_TRY(hash_file(cx, t));
    if (is_json(t))
        return sk_lines_open(cx, t->fd, sk_str_c(&cx->arena, t->name), SK_LIM_JSON_LINE_BYTES,
                             &t->lines);
    sk_source_file file = {.name = t->name, .hash = t->hash, .fd = t->fd};
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

sk_str sk_screen_table_note(const sk_screen_table *t)
{
    return t->cells ? sk_cells_note(t->cells) : SK_S("");
}

/* ---- rows ---- */

typedef struct row_words {
    sk_ctx *cx;
    sk_str names[SK_MATCH_VALUES], births[16], countries[16], ids[32];
    size_t n_names, n_births, n_countries, n_ids;
    sk_str first, middle, last, gender, type, id;
} row_words;

static void add(sk_str *list, size_t *n, size_t most, sk_str text)
{
    if (*n < most)
        list[(*n)++] = text;
}

static void add_value(row_words *w, role r, sk_str text)
{
    switch (r) {
    case ROLE_NAME:
    case ROLE_ALIAS:
        add(w->names, &w->n_names, SK_COUNT(w->names), text);
        break;
    case ROLE_BORN:
        add(w->births, &w->n_births, SK_COUNT(w->births), text);
        break;
    case ROLE_COUNTRY:
        add(w->countries, &w->n_countries, SK_COUNT(w->countries), text);
        break;
    case ROLE_ID:
        add(w->ids, &w->n_ids, SK_COUNT(w->ids), text);
        break;
    case ROLE_FIRST:
        w->first = text;
        break;
    case ROLE_MIDDLE:
        w->middle = text;
        break;
    case ROLE_LAST:
        w->last = text;
        break;
    case ROLE_GENDER:
        if (!sk_heading_value(&w->cx->arena, "gender", text, &w->gender))
            w->gender = text;
        break;
    case ROLE_TYPE:
        w->type = text;
        break;
    case ROLE_ROW_ID:
        w->id = text;
        break;
    default:
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

static sk_str *keep(sk_arena *a, const sk_str *v, size_t n)
{
    sk_str *list = sk_new_array(a, sk_str, n);
    if (n)
        memcpy(list, v, n * sizeof *v);
    return list;
}

/* A name in parts is one name, the surname first and marked so. */
static void give(row_words *w, sk_screen_row *row)
{
    sk_arena *a = &w->cx->arena;
    if (!w->n_names && w->last.n)
        add(w->names, &w->n_names, SK_COUNT(w->names),
            w->first.n ? sk_fmt(a, "%.*s, %.*s%s%.*s", SK_P(w->last), SK_P(w->first),
                                w->middle.n ? " " : "", SK_P(w->middle))
                       : w->last);
    row->id = w->id;
    row->words = (sk_screen_words){
        .names = keep(a, w->names, w->n_names),
        .n_names = w->n_names,
        .births = keep(a, w->births, w->n_births),
        .n_births = w->n_births,
        .countries = keep(a, w->countries, w->n_countries),
        .n_countries = w->n_countries,
        .ids = keep(a, w->ids, w->n_ids),
        .n_ids = w->n_ids,
        .gender = w->gender,
        .type = w->type,
    };
}

static sk_rc next_cells(sk_ctx *cx, sk_screen_table *t, sk_screen_row *ret_row)
{
    sk_cells_row row = t->pending;
    if (!t->has_pending)
        SK_TRY(sk_cells_next(cx, t->cells, &row));
    t->has_pending = false;
    *ret_row = (sk_screen_row){.row = row.n ? row.row : 0, .is_blank = row.is_blank};
    row_words *w = sk_new(&cx->arena, row_words);
    w->cx = cx;
    bool is_empty = true;
    for (size_t i = 0, column = 0; i < row.n; i++) {
        is_empty = is_empty && !sk_str_trim(row.cells[i]).n;
        while (column < t->n_columns && !sk_str_eq(t->columns[column], row.names[i]))
            column++; /* a sheet leaves empty cells out */
        if (column < t->n_columns)
            add_cell(w, (role)t->roles[column], row.cells[i]);
    }
    ret_row->is_blank = is_empty;
    give(w, ret_row);
    return SK_OK;
}

/* ---- JSON lines ---- */

static void add_json(row_words *w, role r, const sk_json_value *v)
{
    if (v->kind == SK_JSON_IS_STRING || v->kind == SK_JSON_IS_NUMBER) {
        add_cell(w, r, v->text);
    } else if (v->kind == SK_JSON_IS_ARRAY) {
        SK_JSON_EACH(item, v)
        if (item->kind == SK_JSON_IS_STRING || item->kind == SK_JSON_IS_NUMBER)
            add_cell(w, r, item->text);
    }
}

static void add_members(row_words *w, const sk_json_value *object)
{
    SK_JSON_EACH_MEMBER(key, object)
    {
        role r = sk_str_is(key->text, "names") ? ROLE_NAME : role_of_heading(w->cx, key->text);
        add_json(w, r, key + 1);
    }
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
    if (sk_json_read(cx, line.p, line.n, &t->doc))
        return sk_while(cx, "\"%.*s\" line %llu", SK_P(t->name), (unsigned long long)line.row);
    const sk_json_value *top = t->doc.values;
    if (top->kind != SK_JSON_IS_OBJECT)
        return sk_fail(cx, SK_E_FORMAT, "\"%.*s\" line %llu is no JSON object", SK_P(t->name),
                       (unsigned long long)line.row);
    row_words *w = sk_new(&cx->arena, row_words);
    w->cx = cx;
    add_members(w, top);
    const sk_json_value *properties = sk_json_find(top, SK_S("properties"));
    if (properties && properties->kind == SK_JSON_IS_OBJECT)
        add_members(w, properties);
    give(w, ret_row);
    return SK_OK;
}

sk_rc sk_screen_table_next(sk_ctx *cx, sk_screen_table *t, sk_screen_row *ret_row)
{
    return t->lines ? next_json(cx, t, ret_row) : next_cells(cx, t, ret_row);
}
