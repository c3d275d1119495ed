#include "web/ask_form.h"

#include "web/page.h"

const char *const sk_ask_filters[SK_ASK_FILTERS] = {"act", "by", "to", "place", "when"};

void sk_put_field(sk_request *rq, const char *name, const char *key, bool is_required)
{
    sk_html *h = &rq->html;
    if (is_required)
        SK_PUT(h, "<label>$<input name=\"$\" value=\"$\" dir=\"auto\" required></label>",
               sk_say(rq, key), sk_str_of(name), sk_rq_get(rq, name));
    else
        SK_PUT(h, "<label>$<input name=\"$\" value=\"$\" dir=\"auto\"></label>", sk_say(rq, key),
               sk_str_of(name), sk_rq_get(rq, name));
}

/* What the term means, in the language of the page. */
static sk_str act_definition(const sk_request *rq, const sk_act_term *t)
{
    return rq->lang == SK_LANG_KO ? t->definition_ko : t->definition;
}

static void put_act_field(sk_request *rq)
{
    sk_html *h = &rq->html;
    const sk_model *m = sk_model_get();
    sk_str chosen = sk_rq_get(rq, "act");
    SK_PUT(h, "<label>{ask.act}<select name=\"act\"><option value=\"\">{entities.any}</option>");
    for (size_t i = 0; i < m->n_acts; i++) {
        const sk_act_term *t = &m->acts[i];
        if (sk_str_eq(t->id, chosen))
            SK_PUT(h, "<option value=\"$\" title=\"$\" selected>$</option>", t->id,
                   act_definition(rq, t), sk_act_text(rq, t->id));
        else
            SK_PUT(h, "<option value=\"$\" title=\"$\">$</option>", t->id, act_definition(rq, t),
                   sk_act_text(rq, t->id));
    }
    SK_PUT(h, "</select></label>");
}

void sk_put_ask_filters(sk_request *rq)
{
    put_act_field(rq);
    sk_put_field(rq, "by", "ask.by", false);
    sk_put_field(rq, "to", "ask.to", false);
    sk_put_field(rq, "place", "ask.place", false);
    sk_put_field(rq, "when", "ask.when", false);
}

sk_rc sk_ask_filter(sk_request *rq, sk_act_filter *ret_filter)
{
    sk_act_filter f = {.act = sk_rq_get(rq, "act"),
                       .perpetrator = sk_str_trim(sk_rq_get(rq, "by")),
                       .victim = sk_str_trim(sk_rq_get(rq, "to")),
                       .place = sk_str_trim(sk_rq_get(rq, "place"))};
    SK_TRY(sk_rq_date(rq, "when", &f.when));
    *ret_filter = f;
    return SK_OK;
}

sk_str sk_ask_command(sk_request *rq, sk_str command)
{
    for (size_t i = 0; i < SK_ASK_FILTERS; i++) {
        sk_str value = sk_str_trim(sk_rq_get(rq, sk_ask_filters[i]));
        if (value.n)
            command = sk_fmt(&rq->cx.arena, "%.*s --%s %.*s", SK_P(command), sk_ask_filters[i],
                             SK_P(sk_shell_word(rq, value)));
    }
    return command;
}
