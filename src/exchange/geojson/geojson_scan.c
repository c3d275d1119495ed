#include "exchange/geojson/geojson_scan.h"

#include "base/buf.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { READ_BYTES = 65536, KEY_BYTES = 4096, MEMBERS_MOST = 64 };

typedef enum scan_at { AT_TOP, IN_FEATURES } scan_at;

struct sk_geo_scan {
    int fd;
    char *name;
    char in[READ_BYTES];
    size_t at, end;
    uint64_t offset; /* of in[0] */
    bool is_all_read;
    scan_at where;
    bool has_object,
        has_features; /* of the object in hand: it has begun; its features were there */
    bool is_first;    /* no member, or no feature, of it was read yet */
    json_t *object;   /* its members but "features" */
    json_t *members;  /* of collections, for whoever asks */
    json_t *feature;
    sk_buf value; /* text of the value in hand */
    uint64_t n_features, object_from;
    size_t object_bytes; /* of the members of the object in hand */
    bool has_any;        /* an object was read                   */
    sk_rc failed;
};

static sk_rc fail_at(sk_ctx *cx, sk_geo_scan *s, sk_rc code, const char *what)
{
    s->failed = code;
    return sk_fail(cx, code, "%s: byte %llu: %s", s->name, (unsigned long long)(s->offset + s->at),
                   what);
}

/* ---- bytes ---- */

/* The next byte without taking it; -1 at the end, -2 when reading failed. */
static int peek(sk_geo_scan *s)
{
    while (s->at == s->end && !s->is_all_read) {
        s->offset += s->end;
        s->at = s->end = 0;
        ssize_t n = pread(s->fd, s->in, sizeof s->in, (off_t)s->offset);
        if (n < 0 && errno != EINTR)
            return -2;
        s->is_all_read = n == 0;
        s->end = n > 0 ? (size_t)n : 0;
    }
    return s->at < s->end ? (unsigned char)s->in[s->at] : -1;
}

static bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int peek_past_blanks(sk_geo_scan *s)
{
    int c = peek(s);
    while (is_blank(c) || (c == 0x1E && s->where == AT_TOP && !s->has_object)) {
        s->at++;
        c = peek(s);
    }
    return c;
}

static sk_rc expect(sk_ctx *cx, sk_geo_scan *s, char want, const char *what)
{
    int c = peek_past_blanks(s);
    if (c == -2)
        return fail_at(cx, s, SK_E_IO, "cannot be read");
    if (c != want)
        return fail_at(cx, s, SK_E_FORMAT, c < 0 ? "the file is cut short" : what);
    s->at++;
    return SK_OK;
}

/* ---- values ---- */

static bool ends_scalar(int c)
{
    return c < 0 || is_blank(c) || c == ',' || c == '}' || c == ']';
}

/* The text of one whole JSON value into s->value. Its grammar is jansson's to check. */
static sk_rc take_value(sk_ctx *cx, sk_geo_scan *s, size_t ceiling)
{
    size_t depth = 0;
    bool in_string = false, is_escaped = false;
    sk_buf_reset(&s->value);
    int c = peek_past_blanks(s);
    bool is_scalar = c != '{' && c != '[' && c != '"';
    for (;; c = peek(s)) {
        if (is_scalar && ends_scalar(c))
            return s->value.n ? SK_OK : fail_at(cx, s, SK_E_FORMAT, "a value is missing");
        if (c == -2)
            return fail_at(cx, s, SK_E_IO, "cannot be read");
        if (c == -1)
            return fail_at(cx, s, SK_E_FORMAT, "the file is cut short");
        if (s->value.n == ceiling)
            return fail_at(cx, s, SK_E_LIMIT, "a feature, or a member of the file, is too large");
        sk_buf_addc(&s->value, (char)c);
        s->at++;
        if (in_string) {
            in_string = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
        }
        if (!is_scalar && !depth && !in_string)
            return SK_OK;
    }
}

static sk_rc decode(sk_ctx *cx, sk_geo_scan *s, json_t **ret_json)
{
    json_error_t error;
    json_t *json =
        json_loadb(s->value.p, s->value.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!json)
        return fail_at(cx, s, SK_E_FORMAT, error.text);
    *ret_json = json;
    return SK_OK;
}

/* ---- opening ---- */

sk_rc sk_geo_scan_open(sk_ctx *cx, int fd, sk_str name, sk_geo_scan **ret_scan)
{
    (void)cx;
    sk_geo_scan *s = sk_xmalloc(sizeof *s);
    *s = (sk_geo_scan){.fd = fd};
    s->name = sk_xmalloc(name.n + 1);
    memcpy(s->name, name.p ? name.p : "", name.n);
    s->name[name.n] = '\0';
    s->members = json_object();
    s->object = json_object();
    sk_buf_init(&s->value, SK_LIM_GEOJSON_FEATURE + 1);
    *ret_scan = s;
    return SK_OK;
}

void sk_geo_scan_close(sk_geo_scan *s)
{
    if (!s)
        return;
    json_decref(s->members);
    json_decref(s->object);
    json_decref(s->feature);
    sk_buf_done(&s->value);
    free(s->name);
    free(s);
}

json_t *sk_geo_scan_members(const sk_geo_scan *s)
{
    return s->members;
}

/* ---- the walk ---- */

static sk_rc begin_object(sk_ctx *cx, sk_geo_scan *s)
{
    s->object_from = s->offset + s->at;
    SK_TRY(expect(cx, s, '{', "no GeoJSON: an object ({) should begin here"));
    s->has_any = s->has_object = s->is_first = true;
    s->has_features = false;
    s->object_bytes = 0;
    json_object_clear(s->object);
    return SK_OK;
}

/* A feature handed over; it stays until the next call. */
static sk_rc give(sk_ctx *cx, sk_geo_scan *s, json_t *json, uint64_t from,
                  sk_geo_feature *ret_feature)
{
    s->feature = json;
    if (!json_is_object(json))
        return fail_at(cx, s, SK_E_FORMAT, "a feature is no object");
    *ret_feature = (sk_geo_feature){json, ++s->n_features, from, s->offset + s->at};
    return SK_OK;
}

/* The object in hand has ended: a feature by itself, or a collection whose features are told. */
static sk_rc end_object(sk_ctx *cx, sk_geo_scan *s, sk_geo_feature *ret_feature)
{
    const char *type = json_string_value(json_object_get(s->object, "type"));
    s->has_object = false;
    if (type && !s->has_features && strcmp(type, "Feature") == 0)
        return give(cx, s, json_deep_copy(s->object), s->object_from, ret_feature);
    if (!type || strcmp(type, "FeatureCollection") != 0 || !s->has_features)
        return fail_at(cx, s, SK_E_FORMAT,
                       "no GeoJSON: neither a Feature nor a FeatureCollection with features");
    if (json_object_size(s->members) < MEMBERS_MOST)
        json_object_update(s->members, s->object);
    json_object_del(s->members, "type");
    return SK_OK;
}

/* Between two members, or before the end of the object. */
static sk_rc next_member(sk_ctx *cx, sk_geo_scan *s, sk_geo_feature *ret_feature)
{
    if (peek_past_blanks(s) == '}') {
        s->at++;
        return end_object(cx, s, ret_feature);
    }
    if (!s->is_first)
        SK_TRY(expect(cx, s, ',', "a comma or } should stand here"));
    s->is_first = false;
    if (peek_past_blanks(s) != '"')
        return fail_at(cx, s, SK_E_FORMAT,
                       peek(s) < 0 ? "the file is cut short" : "the name of a member is missing");
    SK_TRY(take_value(cx, s, KEY_BYTES));
    json_t *key;
    SK_TRY(decode(cx, s, &key));
    sk_rc rc = expect(cx, s, ':', "a colon should stand here");
    bool is_features = strcmp(json_string_value(key), "features") == 0;
    if (!rc && is_features) {
        rc = s->has_features ? fail_at(cx, s, SK_E_FORMAT, "\"features\" stands twice")
                             : expect(cx, s, '[', "\"features\" is no list");
        s->where = IN_FEATURES;
        s->has_features = s->is_first = true;
    } else if (!rc && !(rc = take_value(cx, s, SK_LIM_GEOJSON_FEATURE - s->object_bytes))) {
        json_t *value;
        s->object_bytes += s->value.n;
        rc = decode(cx, s, &value);
        if (!rc && json_object_get(s->object, json_string_value(key))) {
            json_decref(value);
            rc = fail_at(cx, s, SK_E_FORMAT, "a member stands twice");
        } else if (!rc && json_object_set_new(s->object, json_string_value(key), value)) {
            rc = fail_at(cx, s, SK_E_FORMAT, "the name of a member is no text");
        }
    }
    json_decref(key);
    return rc;
}

static sk_rc next_in_list(sk_ctx *cx, sk_geo_scan *s, sk_geo_feature *ret_feature)
{
    json_t *json;
    if (peek_past_blanks(s) == ']') {
        s->at++;
        s->where = AT_TOP;
        s->is_first = false;
        return SK_OK;
    }
    if (!s->is_first)
        SK_TRY(expect(cx, s, ',', "a comma or ] should stand between features"));
    s->is_first = false;
    peek_past_blanks(s);
    uint64_t from = s->offset + s->at;
    SK_TRY(take_value(cx, s, SK_LIM_GEOJSON_FEATURE));
    SK_TRY(decode(cx, s, &json));
    return give(cx, s, json, from, ret_feature);
}

sk_rc sk_geo_scan_next(sk_ctx *cx, sk_geo_scan *s, sk_geo_feature *ret_feature)
{
    sk_geo_feature f = {0};
    json_decref(s->feature);
    s->feature = NULL;
    if (s->failed)
        return sk_fail(cx, s->failed, "%s: reading stopped there", s->name);
    if (!s->n_features && !s->has_object && !s->offset && peek(s) == 0xEF && s->end >= 3 &&
        memcmp(s->in, "\xEF\xBB\xBF", 3) == 0 && !s->at)
        s->at = 3;
    while (!f.json) {
        if (s->where == IN_FEATURES) {
            SK_TRY(next_in_list(cx, s, &f));
        } else if (s->has_object) {
            SK_TRY(next_member(cx, s, &f));
        } else {
            int c = peek_past_blanks(s);
            if (c == -2)
                return fail_at(cx, s, SK_E_IO, "cannot be read");
            if (c == -1 && s->has_any)
                break;
            SK_TRY(begin_object(cx, s));
        }
    }
    *ret_feature = f;
    return SK_OK;
}
