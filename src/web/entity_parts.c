#include "web/entity_parts.h"

#include "base/utf8.h"
#include "tell/tell.h"
#include "web/graph.h"
#include "web/judgements.h"
#include "web/page.h"

#include <stdlib.h>

/* ---- names ---- */

enum { NAMES = 60, SMALL_NETWORK = 40, SMALL_READS = 120 };

typedef struct name_said {
    sk_str text, lang;
    size_t n;
    bool is_false, is_denied;
} name_said;

/* Parts of a name (family, given, father's) are no name by themselves; they stand among the claims. */
static bool is_whole_name(const sk_claim *c)
{
    static const char *const props[] = {"name", "alias", "weakAlias", "previousName",
                                        "abbreviation"};
    if (c->kind != SK_VALUE_NAME || c->absent != SK_PRESENT)
        return false;
    for (size_t i = 0; i < SK_COUNT(props); i++)
        if (sk_str_is(c->prop, props[i]))
            return true;
    return false;
}

/* Blocks of letters, so that names of one script stand together. */
static unsigned script_of(sk_str name)
{
    size_t at = 0;
    uint32_t c = name.n ? sk_utf8_next(name, &at) : 0;
    return c < 0x250                   ? 0  /* Latin    */
           : c >= 0x400 && c < 0x530   ? 1  /* Cyrillic */
           : c >= 0xAC00 && c < 0xD7B0 ? 2  /* Hangul   */
           : c >= 0x3040 && c < 0x3100 ? 3  /* kana     */
           : c >= 0x3400 && c < 0xA000 ? 4  /* Han      */
                                       : 5; /* others   */
}

static bool is_family_name(const sk_claim *c)
{
    return sk_str_is(c->prop, "lastName") && c->absent == SK_PRESENT && c->value.n;
}

/* Where in a name the family name stands that a claim of the same entity gives: at its begin or end,
 * as a word of its own or, in Hangul, kana and Han, as its first letters. False when nowhere. */
static bool find_family(sk_str name, sk_str family, size_t *ret_from)
{
    unsigned script = script_of(name);
    bool is_dense = script >= 2 && script <= 4;
    size_t rest = name.n - family.n;
    if (name.n <= family.n)
        return false;
    if (sk_str_starts(name, family) &&
        (is_dense || name.p[family.n] == ' ' || name.p[family.n] == ',')) {
        *ret_from = 0;
        return true;
    }
    *ret_from = rest;
    return sk_str_ends(name, family) && name.p[rest - 1] == ' ';
}

static void put_name(sk_request *rq, const name_said *m, const sk_claim_row *rows, size_t n)
{
    sk_html *h = &rq->html;
    size_t from = 0;
    for (size_t i = 0; i < n; i++) {
        sk_str family = rows[i].claim.value;
        if (!is_family_name(&rows[i].claim) || !find_family(m->text, family, &from))
            continue;
        SK_PUT(h, "<bdi lang=\"$\">$<b class=\"family\" title=\"{entity.family}\">$</b>$</bdi>",
               m->lang, sk_str_sub(m->text, 0, from), family,
               sk_str_sub(m->text, from + family.n, m->text.n));
        return;
    }
    SK_PUT(h, "<bdi lang=\"$\">$</bdi>", m->lang, m->text);
}

static int by_script(const void *p, const void *q)
{
    const name_said *a = p, *b = q;
    unsigned s = script_of(a->text), t = script_of(b->text);
    if (s != t)
        return s < t ? -1 : 1;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    return sk_str_cmp(a->text, b->text);
}

static void count_name(name_said *names, size_t *n, const sk_claim *c)
{
    bool is_denied = c->position != SK_CLAIM_ASSERTS;
    for (size_t i = 0; i < *n; i++)
        if (sk_str_eq(names[i].text, c->value) && names[i].is_false == c->used_falsely &&
            names[i].is_denied == is_denied) {
            names[i].n++;
            return;
        }
    if (*n < NAMES)
        names[(*n)++] = (name_said){c->value, c->lang, 1, c->used_falsely, is_denied};
}

void sk_put_names(sk_request *rq, const sk_claim_row *rows, size_t n)
{
    sk_html *h = &rq->html;
    name_said *names = sk_new_array(&rq->cx.arena, name_said, NAMES);
    size_t n_names = 0;
    for (size_t i = 0; i < n; i++)
        if (is_whole_name(&rows[i].claim))
            count_name(names, &n_names, &rows[i].claim);
    if (n_names < 2)
        return;
    qsort(names, n_names, sizeof *names, by_script);
    SK_PUT(h, "<ul class=\"names\" aria-label=\"{entity.names}\">");
    for (size_t i = 0; i < n_names; i++) {
        const name_said *m = &names[i];
        SK_PUT(h, "<li class=\"$\">", m->is_false || m->is_denied ? SK_S("doubt") : SK_S(""));
        put_name(rq, m, rows, n);
        if (m->n > 1)
            SK_PUT(h, " <span class=\"quiet\">×$</span>", sk_number_text(rq, m->n));
        if (m->is_false)
            SK_PUT(h, " <span class=\"quiet\">{state.falsely}</span>");
        SK_PUT(h, "</li>");
    }
    SK_PUT(h, "</ul>");
}

/* ---- what it is tied to ---- */

sk_rc sk_put_small_network(sk_request *rq, const sk_entity *e)
{
    sk_html *h = &rq->html;
    sk_network net;
    sk_network_opts opts = {.hops = 1, .most_nodes = SMALL_NETWORK, .most_reads = SMALL_READS};
    SK_TRY(sk_network_build(&rq->cx, rq->view, e, &opts, &net));
    if (!net.n_ties)
        return SK_OK;
    SK_PUT(h, "<section aria-labelledby=\"network\"><h2 id=\"network\">{network.title}</h2>");
    if (net.is_cut)
        SK_PUT(h, "<p>{network.many}</p>");
    else
        sk_put_graph(rq, &net, sk_say1(rq, "network.of", e->caption));
    SK_PUT(h, "<p class=\"actions\"><a href=\"$/network\">{network.open}</a></p></section>",
           sk_href_entity(rq, e->key));
    return SK_OK;
}

/* ---- judged to be one ---- */

sk_rc sk_put_cluster(sk_request *rq, const sk_entity *e)
{
    sk_html *h = &rq->html;
    sk_entity *members;
    sk_judgement *list;
    size_t n, n_list;
    SK_TRY(sk_entity_members(&rq->cx, rq->view, e, &members, &n));
    SK_TRY(sk_judgements_list(&rq->cx, rq->view, e, &list, &n_list));
    if (n < 2 && !n_list)
        return SK_OK;
    SK_PUT(h, "<section aria-labelledby=\"cluster\"><h2 id=\"cluster\">{entity.cluster}</h2>");
    if (n > 1) {
        SK_PUT(h, "<p>{entity.members}</p><ul>");
        for (size_t i = 0; i < n; i++)
            SK_PUT(h, "<li><a href=\"$\" dir=\"auto\">$</a> <code>@$</code></li>",
                   sk_href_entity(rq, members[i].key), members[i].caption, members[i].key);
        SK_PUT(h, "</ul>");
    }
    sk_put_judgements(rq, list, n_list);
    SK_PUT(h, "</section>");
    return SK_OK;
}
