/* Whom the names of a suggestion stand for in the record, as one view has it.
 *
 * An entity that bears exactly this name, and could be what the text means by its type; else a new one.
 * Never a guess across names. The key of a new one is its name and a piece of a hash over exhibit,
 * type and name: the same party of one exhibit gets the same key, and no key can fall together with
 * that of an entity which the view hides. */
#include "record/suggest_private.h"

#include "base/utf8.h"

enum { SLUG_BYTES = 60, HASH_DIGITS = 8 };

/* Letters, digits and everything beyond ASCII; hyphens for the rest. */
static sk_str slug(sk_arena *a, sk_str name)
{
    sk_str folded = sk_utf8_fold(a, name);
    char *out = sk_new_array(a, char, SLUG_BYTES + 4);
    size_t n = 0;
    for (size_t i = 0; i < folded.n;) {
        size_t from = i;
        uint32_t c = sk_utf8_next(folded, &i);
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      (c > 0xA0 && c < 0x2000) || c >= 0x3041;
        if (n + (i - from) > SLUG_BYTES)
            break;
        if (letter) {
            memcpy(out + n, folded.p + from, i - from);
            n += i - from;
        } else if (n && out[n - 1] != '-') {
            out[n++] = '-';
        }
    }
    while (n && out[n - 1] == '-')
        n--;
    return n ? (sk_str){out, n} : SK_S("x");
}

static sk_str new_key(sk_ctx *cx, const sk_hash *exhibit, sk_str type, sk_str name)
{
    sk_str all = sk_fmt(&cx->arena, "%.*s\n%.*s\n%.*s", SK_P(sk_hash_hex(&cx->arena, exhibit)),
                        SK_P(type), SK_P(sk_utf8_fold(&cx->arena, name)));
    sk_hash h = sk_sha256(all);
    sk_str hex = sk_hash_hex(&cx->arena, &h);
    return sk_fmt(&cx->arena, "%.*s-%.*s", SK_P(slug(&cx->arena, name)), HASH_DIGITS, hex.p);
}

/* Could an entity of one type be what a text means by the other? A name whose type is not known fits
 * everything; a state does not fit a person. */
static bool fits(sk_str a, sk_str b)
{
    const sk_model *m = sk_model_get();
    const sk_type *ta = sk_model_find_type(m, a), *tb = sk_model_find_type(m, b);
    return !ta || !tb || sk_type_is_a(ta, b) || sk_type_is_a(tb, a);
}

/* Several bearers: nobody is picked, all are told. */
static void tell_bearers(sk_ctx *cx, const sk_entity *list, size_t n, sk_party *p)
{
    sk_str *keys = sk_new_array(&cx->arena, sk_str, n);
    for (size_t i = 0; i < n; i++)
        keys[i] = list[i].key;
    p->bearers = keys;
    p->n_bearers = n;
}

static sk_rc look_for_name(sk_ctx *cx, sk_view *v, sk_party *p)
{
    sk_entity *list;
    size_t n, kept = 0;
    SK_TRY(sk_entities_named(cx, v, p->name, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (fits(list[i].type, p->type))
            list[kept++] = list[i];
    if (kept == 1) {
        p->key = list[0].key;
        p->is_new = false;
    } else if (kept > 1) {
        tell_bearers(cx, list, kept, p);
    }
    return SK_OK;
}

static sk_rc has_key(sk_ctx *cx, sk_view *v, sk_str key, bool *ret_has)
{
    sk_entity e;
    sk_rc rc = sk_entity_find(cx, v, sk_fmt(&cx->arena, "@%.*s", SK_P(key)), &e);
    if (rc && rc != SK_E_NOTFOUND)
        return rc;
    if (rc)
        sk_forgive(cx);
    *ret_has = rc == SK_OK;
    return SK_OK;
}

sk_rc sk_party__resolve(sk_ctx *cx, sk_view *v, const sk_hash *exhibit, sk_party *p)
{
    if (p->is_exhibit || !p->type.n || !p->name.n)
        return SK_OK;
    p->key = new_key(cx, exhibit, p->type, p->name);
    bool has;
    SK_TRY(has_key(cx, v, p->key, &has));
    p->is_new = !has;
    return has || !p->is_name ? SK_OK : look_for_name(cx, v, p);
}

sk_rc sk_party__typed(sk_ctx *cx, sk_view *v, const sk_hash *exhibit, sk_str type, sk_str typed,
                      sk_party *ret_party)
{
    sk_str name = sk_str_trim(typed);
    sk_entity e;
    SK_TRY(sk_utf8_enter(cx, name, "name", &name));
    if (!name.n)
        return sk_fail(cx, SK_E_FORMAT, "no name and no @key");
    sk_rc rc = sk_entity_find(cx, v, name, &e);
    if (rc == SK_OK) {
        *ret_party = (sk_party){.type = e.type, .name = e.caption, .is_name = true, .key = e.key};
        return SK_OK;
    }
    if (rc != SK_E_NOTFOUND || sk_str_starts(name, SK_S("@")))
        return rc;
    sk_forgive(cx);
    *ret_party = (sk_party){.type = type, .name = name, .is_name = true, .is_new = true};
    ret_party->key = new_key(cx, exhibit, type, name);
    bool has;
    SK_TRY(has_key(cx, v, ret_party->key, &has));
    ret_party->is_new = !has;
    return SK_OK;
}

sk_str sk_party_claimant(sk_ctx *cx, const sk_party *p)
{
    if (p->type.n && p->key.n && !p->is_new)
        return sk_fmt(&cx->arena, "@%.*s", SK_P(p->key));
    if (p->type.n && !p->is_name && !p->is_exhibit)
        return sk_fmt(&cx->arena, "unnamed: %.*s", SK_P(p->name));
    return p->name;
}
