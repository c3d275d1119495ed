#include "web/route.h"

#include "routes.h" /* made by tools/mkroutes */

static const char *const role_names[SK_ROLES] = {
    [SK_ROLE_NONE] = "none",   [SK_ROLE_READ] = "read",     [SK_ROLE_ENTER] = "enter",
    [SK_ROLE_JUDGE] = "judge", [SK_ROLE_EXPORT] = "export", [SK_ROLE_ADMIN] = "admin",
};

const char *sk_role_name(sk_role role)
{
    return role_names[role];
}

bool sk_role_find(sk_str name, sk_role *ret_role)
{
    for (int i = 0; i < SK_ROLES; i++)
        if (sk_str_is(name, role_names[i])) {
            *ret_role = (sk_role)i;
            return true;
        }
    return false;
}

/* Take ".json" or ".csv" off the end of the undecoded path: a key that ends so is written %2Ejson. */
static sk_format cut_format(sk_str *path)
{
    static const struct {
        const char *ending;
        sk_format format;
    } forms[] = {{".json", SK_FORMAT_JSON}, {".csv", SK_FORMAT_CSV}};
    for (size_t i = 0; i < SK_COUNT(forms); i++) {
        sk_str ending = sk_str_of(forms[i].ending);
        if (path->n > ending.n + 1 && sk_str_ends(*path, ending)) {
            path->n -= ending.n;
            return forms[i].format;
        }
    }
    return SK_FORMAT_HTML;
}

static bool is_variable(sk_str part)
{
    return part.n > 2 && part.p[0] == '{';
}

static bool fits(const char *pattern, const sk_address *path)
{
    sk_str rest = sk_str_of(pattern + 1), part;
    size_t i = 0;
    while (rest.n && sk_str_cut(&rest, '/', &part)) {
        if (i == path->n || (!is_variable(part) && !sk_str_eq(part, path->segments[i])))
            return false;
        i++;
    }
    return i == path->n;
}

static unsigned bit_of(sk_format f)
{
    return 1u << f;
}

static bool has_format(const sk_route *r, sk_format f)
{
    return (r->formats & bit_of(f)) || (f == SK_FORMAT_HTML && (r->formats & SK_FORMATS_BARE));
}

/* "/log/checkpoint" goes before "/log/{id}": of the patterns that fit, one without a variable. */
static bool is_better(const sk_route *a, const sk_route *b)
{
    return !b || (strchr(b->pattern, '{') && !strchr(a->pattern, '{'));
}

sk_rc sk_route_match(sk_ctx *cx, sk_str method, sk_str path, sk_match *ret_match)
{
    static const char api[] = "/api/1/";
    sk_match m = {.format = cut_format(&path)};
    bool is_api = sk_str_starts(path, SK_S("/api/1/"));
    if (sk_str_is(method, "HEAD"))
        method = SK_S("GET");
    SK_TRY(sk_address_parse(cx, path, &m.path));
    sk_address bare = m.path;
    if (is_api) {
        m.format = SK_FORMAT_JSON;
        memmove(bare.segments, bare.segments + 2, (bare.n - 2) * sizeof bare.segments[0]);
        bare.n -= 2;
    }
    for (size_t i = 0; i < sk_n_routes; i++) {
        const sk_route *r = &sk_routes[i];
        bool is_own = strncmp(r->pattern, api, sizeof api - 1) == 0; /* of the interface alone */
        if (!fits(r->pattern, is_api && !is_own ? &bare : &m.path) || !has_format(r, m.format))
            continue;
        if (!sk_str_is(method, r->method))
            m.is_other_method = true;
        else if (is_better(r, m.route))
            m.route = r;
    }
    if (m.route && m.format == SK_FORMAT_HTML && !(m.route->formats & SK_FORMATS_HTML))
        m.format = SK_FORMAT_JSON;
    if (m.route && is_api && strncmp(m.route->pattern, api, sizeof api - 1) != 0)
        m.path = bare;
    *ret_match = m;
    return SK_OK;
}

sk_str sk_route_value(const sk_match *m, const char *name)
{
    sk_str rest = sk_str_of(m->route->pattern + 1), part;
    for (size_t i = 0; rest.n && sk_str_cut(&rest, '/', &part); i++)
        if (is_variable(part) && sk_str_is(sk_str_sub(part, 1, part.n - 2), name))
            return m->path.segments[i];
    return SK_NONE;
}
