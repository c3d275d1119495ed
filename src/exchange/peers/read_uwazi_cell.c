/* Cells of Uwazi tables: lists with "|", "Parent::Child", ranges, points, links. */
#include "exchange/peers/read_uwazi.h"

/* Words in the instance's language stand above the columns of exports. */
static const struct {
    const char *name;
    uwazi_role role;
} known_columns[] = {
    {"title", UWAZI_TITLE},
    {"제목", UWAZI_TITLE},
    {"título", UWAZI_TITLE},
    {"titre", UWAZI_TITLE},
    {"id", UWAZI_ID},
    {"sharedid", UWAZI_ID},
    {"date added", UWAZI_ADDED},
    {"추가한 날짜", UWAZI_ADDED},
    {"template", UWAZI_TEMPLATE},
    {"템플릿", UWAZI_TEMPLATE},
    {"plantilla", UWAZI_TEMPLATE},
    {"modèle", UWAZI_TEMPLATE},
    {"documents", UWAZI_FILES},
    {"문서", UWAZI_FILES},
    {"attachments", UWAZI_FILES},
    {"첨부 파일", UWAZI_FILES},
    {"file", UWAZI_FILES},
    {"published", UWAZI_NOT_TAKEN},
    {"공개 게시물", UWAZI_NOT_TAKEN},
};

void sk_uwazi__column(sk_arena *a, sk_str name, uwazi_column *ret_column)
{
    uwazi_column c = {.name = name};
    size_t at = sk_str_find(name, SK_S("__"));
    if (at != SIZE_MAX && at + 4 == name.n) {
        c.name = sk_str_trim(sk_str_sub(name, 0, at));
        c.lang = sk_str_sub(name, at + 2, 2);
    }
    for (size_t i = 0; i < SK_COUNT(known_columns); i++)
        if (sk_str_eq_nocase(c.name, sk_str_of(known_columns[i].name)))
            c.role = known_columns[i].role;
    c.is_known = sk_heading_find(a, c.name, &c.heading) && c.heading.prop;
    *ret_column = c;
}

static bool is_link(sk_str s)
{
    return sk_str_starts(s, SK_S("http://")) || sk_str_starts(s, SK_S("https://"));
}

/* "37.5|127.0" or "37.5 | 127.0". */
static bool split_point(sk_str cell, sk_str *ret_lat, sk_str *ret_lon)
{
    sk_decimal lat, lon;
    size_t at = sk_str_find(cell, SK_S("|"));
    if (at == SIZE_MAX)
        return false;
    *ret_lat = sk_str_trim(sk_str_sub(cell, 0, at));
    *ret_lon = sk_str_trim(sk_str_sub(cell, at + 1, cell.n));
    return sk_decimal_parse(*ret_lat, &lat) && sk_decimal_parse(*ret_lon, &lon) &&
           sk_decimal_cmp(lat, sk_decimal_of(90)) <= 0 &&
           sk_decimal_cmp(lat, sk_decimal_of(-90)) >= 0 &&
           sk_decimal_cmp(lon, sk_decimal_of(180)) <= 0 &&
           sk_decimal_cmp(lon, sk_decimal_of(-180)) >= 0;
}

/* ---- points ---- */

/* Coordinates belong to a place; what happened there links to it. */
static sk_rc put_point(const sk_put *p, sk_str lat, sk_str lon, sk_str cell)
{
    sk_put place = *p;
    place.words = SK_NONE;
    if (!sk_type_find_prop(p->type, SK_S("latitude"))) {
        if (!sk_type_find_prop(p->type, SK_S("place")))
            return sk_put_note(p, p->column, cell);
        place.key = sk_put_key(
            p->im, SK_NONE, sk_fmt(&sk_import_scratch(p->im)->arena, "%.*s-place", SK_P(p->key)));
        place.type = sk_model_find_type(sk_model_get(), SK_S("Place"));
        SK_TRY(sk_put_value(p, "place", place.key));
    }
    SK_TRY(sk_put_value(&place, "latitude", lat));
    return sk_put_value(&place, "longitude", lon);
}

/* ---- dates ---- */

static bool read_date(sk_import *im, sk_str s, sk_str *ret_edtf)
{
    sk_ctx *rcx = sk_import_scratch(im);
    bool ok = s.n && !sk_mapping_date(rcx, s, SK_DATES_UNSAID, ret_edtf);
    sk_forgive(rcx);
    return ok;
}

/* "from:to" as imports have it, "from~to" as exports write it; either end may be missing. */
static bool split_range(sk_import *im, sk_str cell, sk_str *ret_from, sk_str *ret_to)
{
    static const char signs[] = "~:";
    for (size_t i = 0; signs[i]; i++) {
        const char *sign = cell.n ? memchr(cell.p, signs[i], cell.n) : NULL;
        if (!sign)
            continue;
        sk_str from = sk_str_trim(sk_str_range(cell.p, sign));
        sk_str to = sk_str_trim(sk_str_range(sign + 1, cell.p + cell.n));
        bool from_ok = !from.n || read_date(im, from, ret_from);
        bool to_ok = !to.n || read_date(im, to, ret_to);
        if (from_ok && to_ok && (from.n || to.n)) {
            *ret_from = from.n ? *ret_from : SK_NONE;
            *ret_to = to.n ? *ret_to : SK_NONE;
            return true;
        }
    }
    return false;
}

/* An export writes the end that is missing as the first day of 1970. */
static sk_rc put_range(sk_put *p, uwazi_column *c, sk_str cell, sk_str from, sk_str to,
                       bool is_export)
{
    sk_arena *a = &sk_import_scratch(p->im)->arena;
    bool no_to = is_export && sk_str_is(to, "1970-01-01") && from.n && sk_str_cmp(from, to) > 0;
    bool maybe_no_from = is_export && sk_str_is(from, "1970-01-01");
    if (no_to)
        to = SK_NONE;
    if (maybe_no_from)
        sk_import_remark(
            p->im, p->column, cell,
            "Uwazi writes 1970-01-01 where a range has no beginning: look whether this "
            "one has");
    p->words = cell;
    return sk_put_value(
        p, sk_str_c(a, c->heading.prop->name),
        sk_fmt(a, "%.*s/%.*s", SK_P(from.n ? from : SK_S("..")), SK_P(to.n ? to : SK_S(".."))));
}

static sk_rc put_date(sk_put *p, uwazi_column *c, sk_str cell, bool is_export)
{
    sk_str from = SK_NONE, to = SK_NONE;
    sk_arena *a = &sk_import_scratch(p->im)->arena;
    if (split_range(p->im, cell, &from, &to))
        return put_range(p, c, cell, from, to, is_export);
    if (is_export && sk_str_ends(cell, SK_S("-01-01")) && !c->told_january) {
        c->told_january = true;
        sk_import_remark(
            p->im, p->column, cell,
            "Uwazi makes 1 January of a bare year: look whether the day is known (told "
            "once for this column)");
    }
    return sk_put_value(p, sk_str_c(a, c->heading.prop->name), cell);
}

/* ---- one value of a list ---- */

/* "Parent::Child" is the narrower term, with both as its words. */
static sk_rc put_item(sk_put *p, uwazi_column *c, sk_str item, bool is_export)
{
    const sk_prop *prop = c->heading.prop;
    size_t at = sk_str_find(item, SK_S("::"));
    p->words = SK_NONE;
    if (prop->type == SK_VALUE_DATE)
        return put_date(p, c, item, is_export);
    if (at != SIZE_MAX && at > 0 && at + 2 < item.n) {
        p->words = item;
        item = sk_str_trim(sk_str_sub(item, at + 2, item.n));
    }
    return sk_put_value(p, sk_str_c(&sk_import_scratch(p->im)->arena, prop->name), item);
}

static sk_rc put_list(sk_put *p, uwazi_column *c, sk_str cell, bool is_export)
{
    sk_str item;
    while (cell.n && sk_str_cut(&cell, '|', &item)) {
        item = sk_str_trim(item);
        if (item.n)
            SK_TRY(put_item(p, c, item, is_export));
    }
    return SK_OK;
}

/* Files of the collection: addresses are links, names of files are kept as notes. */
static sk_rc put_files(sk_put *p, sk_str cell)
{
    sk_str item;
    while (cell.n && sk_str_cut(&cell, '|', &item)) {
        item = sk_str_trim(item);
        SK_TRY(is_link(item) ? sk_put_value(p, "sourceUrl", item)
                             : sk_put_note(p, p->column, item));
    }
    return SK_OK;
}

sk_rc sk_uwazi__cell(sk_put *p, uwazi_column *c, sk_str cell, bool is_export)
{
    sk_str lat, lon;
    p->column = c->name;
    p->lang = c->lang;
    p->words = SK_NONE;
    switch (c->role) {
    case UWAZI_TITLE:
        return sk_put_value(p, "name", cell);
    case UWAZI_ADDED:
        return sk_put_value(p, "createdAt", cell);
    case UWAZI_FILES:
        return put_files(p, cell);
    case UWAZI_ID:
    case UWAZI_TEMPLATE:
    case UWAZI_NOT_TAKEN:
        return SK_OK;
    case UWAZI_PROPERTY:
        break;
    }
    if (split_point(cell, &lat, &lon))
        return put_point(p, lat, lon, cell);
    size_t bar = sk_str_find(cell, SK_S("|"));
    sk_str behind = bar == SIZE_MAX ? SK_NONE : sk_str_trim(sk_str_sub(cell, bar + 1, cell.n));
    if (is_link(behind) && sk_str_find(behind, SK_S("|")) == SIZE_MAX) {
        p->words = cell;
        return sk_put_value(p, "sourceUrl", behind);
    }
    const sk_prop *prop = c->is_known ? sk_type_find_prop(p->type, c->heading.prop->name) : NULL;
    if (!prop || prop->type != c->heading.prop->type)
        return sk_put_note(p, c->name, cell);
    if (prop->type == SK_VALUE_TEXT)
        return sk_put_value(p, sk_str_c(&sk_import_scratch(p->im)->arena, prop->name), cell);
    return put_list(p, c, cell, is_export);
}
