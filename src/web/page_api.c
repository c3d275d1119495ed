/* The description of the interface for programs, made from the table of routes. */
#include "web/page.h"
#include "web/tokens.h"

static void parameter_json(sk_json *j, const sk_route *r, const sk_route_param *p)
{
    char in_path[80];
    snprintf(in_path, sizeof in_path, "{%s}", p->name);
    bool is_path = strstr(r->pattern, in_path) != NULL;
    sk_json_object(j);
    sk_json_put_str(j, "name", sk_str_of(p->name));
    sk_json_put_str(j, "in", is_path ? SK_S("path") : SK_S("query"));
    sk_json_put_bool(j, "required", is_path);
    sk_json_put_str(j, "description", sk_str_of(p->text));
    sk_json_key(j, SK_S("schema"));
    sk_json_object(j);
    sk_json_put_str(j, "type", SK_S("string"));
    sk_json_end(j);
    sk_json_end(j);
}

static void response_json(sk_json *j, const char *status, const char *text)
{
    sk_json_key(j, sk_str_of(status));
    sk_json_object(j);
    sk_json_put_str(j, "description", sk_str_of(text));
    sk_json_key(j, SK_S("content"));
    sk_json_object(j);
    sk_json_key(j, SK_S("application/json"));
    sk_json_object(j);
    sk_json_end(j);
    sk_json_end(j);
    sk_json_end(j);
}

static void body_json(sk_json *j, const sk_route *r)
{
    static const struct {
        unsigned body;
        const char *media;
    } kinds[] = {{SK_BODY_FORM, "application/x-www-form-urlencoded"},
                 {SK_BODY_JSON, "application/json"}};
    sk_json_key(j, SK_S("requestBody"));
    sk_json_object(j);
    sk_json_put_bool(j, "required", true);
    sk_json_key(j, SK_S("content"));
    sk_json_object(j);
    for (size_t i = 0; i < SK_COUNT(kinds); i++)
        if (r->bodies & kinds[i].body) {
            sk_json_key(j, sk_str_of(kinds[i].media));
            sk_json_object(j);
            sk_json_end(j);
        }
    sk_json_end(j);
    sk_json_end(j);
}

/* Which tokens of programs may ask: each scope is enough by itself. */
static void security_json(sk_json *j, const sk_route *r)
{
    sk_json_key(j, SK_S("security"));
    sk_json_array(j);
    for (int i = 0; i < SK_SCOPES; i++)
        if (r->scopes & SK_SCOPE_BIT(i)) {
            sk_json_object(j);
            sk_json_key(j, SK_S("token"));
            sk_json_array(j);
            sk_json_str(j, sk_str_of(sk_scope_name((sk_scope)i)));
            sk_json_end(j);
            sk_json_end(j);
        }
    sk_json_end(j);
}

static void operation_json(sk_json *j, const sk_route *r)
{
    sk_json_key(j, strcmp(r->method, "GET") == 0 ? SK_S("get") : SK_S("post"));
    sk_json_object(j);
    sk_json_put_str(j, "summary", sk_str_of(r->summary));
    sk_json_put_str(j, "x-role", sk_str_of(sk_role_name(r->role)));
    sk_json_key(j, SK_S("parameters"));
    sk_json_array(j);
    for (size_t i = 0; i < r->n_params; i++)
        parameter_json(j, r, &r->params[i]);
    sk_json_end(j);
    if (r->bodies)
        body_json(j, r);
    security_json(j, r);
    sk_json_key(j, SK_S("responses"));
    sk_json_object(j);
    response_json(j, "200", "the answer");
    response_json(j, "default", "an object with error and message");
    sk_json_end(j);
    sk_json_end(j);
}

/* Of the shapes of other programs, whose addresses stand at the root. */
static bool is_bare(const sk_route *r)
{
    return (r->formats & SK_FORMATS_BARE) != 0;
}

static bool is_described(const sk_route *r)
{
    return is_bare(r) || ((r->formats & SK_FORMATS_JSON) && strcmp(r->method, "GET") == 0 &&
                          strncmp(r->pattern, "/api/", 5) != 0);
}

/* Routes stand by pattern: all methods of one are one path. Returns how many it took. */
static size_t path_json(sk_json *j, size_t i)
{
    const sk_route *first = &sk_routes[i];
    size_t n = 0;
    sk_json_key(j, sk_str_of(first->pattern));
    sk_json_object(j);
    if (is_bare(first)) {
        sk_json_key(j, SK_S("servers"));
        sk_json_array(j);
        sk_json_object(j);
        sk_json_put_str(j, "url", SK_S("/"));
        sk_json_end(j);
        sk_json_end(j);
    }
    while (i + n < sk_n_routes && strcmp(sk_routes[i + n].pattern, first->pattern) == 0) {
        if (is_described(&sk_routes[i + n]))
            operation_json(j, &sk_routes[i + n]);
        n++;
    }
    sk_json_end(j);
    return n;
}

static bool has_described(size_t i)
{
    const char *pattern = sk_routes[i].pattern;
    for (; i < sk_n_routes && strcmp(sk_routes[i].pattern, pattern) == 0; i++)
        if (is_described(&sk_routes[i]))
            return true;
    return false;
}

/* ROUTE: GET /api/1/openapi
 * This description, in the form of OpenAPI 3.1.
 *
 * ROLE: read
 * FORMATS: json
 */
sk_rc sk_page_openapi(sk_request *rq)
{
    sk_json *j = sk_rq_json(rq);
    sk_json_object(j);
    sk_json_put_str(j, "openapi", SK_S("3.1.0"));
    sk_json_key(j, SK_S("info"));
    sk_json_object(j);
    sk_json_put_str(j, "title", SK_S("sillok"));
    sk_json_put_str(j, "version", SK_S("1"));
    sk_json_put_str(j, "description",
                    SK_S("The same answers as the pages, as JSON. Every answer is what the user of "
                         "the session may see."));
    sk_json_end(j);
    sk_json_key(j, SK_S("servers"));
    sk_json_array(j);
    sk_json_object(j);
    sk_json_put_str(j, "url", SK_S("/api/1"));
    sk_json_end(j);
    sk_json_end(j);
    sk_json_key(j, SK_S("paths"));
    sk_json_object(j);
    for (size_t i = 0; i < sk_n_routes;)
        i += has_described(i) ? path_json(j, i) : 1;
    sk_json_end(j);
    sk_json_key(j, SK_S("components"));
    sk_json_object(j);
    sk_json_key(j, SK_S("securitySchemes"));
    sk_json_object(j);
    sk_json_key(j, SK_S("token"));
    sk_json_object(j);
    sk_json_put_str(j, "type", SK_S("http"));
    sk_json_put_str(j, "scheme", SK_S("bearer"));
    sk_json_end(j);
    sk_json_end(j);
    sk_json_end(j);
    sk_json_end(j);
    return sk_rq_json_end(rq);
}

/* ROUTE: GET /api/1/routes
 * Every route with its method, role and forms: what a test walks.
 *
 * ROLE: read
 * FORMATS: json
 */
sk_rc sk_page_routes(sk_request *rq)
{
    static const char *const forms[] = {"html", "json", "csv", "bare"};
    sk_json *j = sk_rq_json(rq);
    sk_json_array(j);
    for (size_t i = 0; i < sk_n_routes; i++) {
        const sk_route *r = &sk_routes[i];
        sk_json_object(j);
        sk_json_put_str(j, "method", sk_str_of(r->method));
        sk_json_put_str(j, "pattern", sk_str_of(r->pattern));
        sk_json_put_str(j, "role", sk_str_of(sk_role_name(r->role)));
        sk_json_put_str(j, "summary", sk_str_of(r->summary));
        sk_json_key(j, SK_S("formats"));
        sk_json_array(j);
        for (size_t k = 0; k < SK_COUNT(forms); k++)
            if (r->formats & 1u << k)
                sk_json_str(j, sk_str_of(forms[k]));
        sk_json_end(j);
        sk_json_key(j, SK_S("parameters"));
        sk_json_array(j);
        for (size_t k = 0; k < r->n_params; k++)
            sk_json_str(j, sk_str_of(r->params[k].name));
        sk_json_end(j);
        sk_json_end(j);
    }
    sk_json_end(j);
    return sk_rq_json_end(rq);
}
