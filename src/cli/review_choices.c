/* The lists that are offered while reviewing: what words can be, who is meant, how it is said. */
#include "cli/review.h"

#include "base/utf8.h"
#include "read/lexicon.h"

enum { ENTITIES_SHOWN = 50 };

/* A list while it is made. */
typedef struct making {
    sk_arena *a;
    sk_choice *list;
    size_t n, cap;
} making;

static void add(making *m, sk_str label, sk_str detail, sk_str value)
{
    for (size_t i = 0; i < m->n; i++)
        if (sk_str_eq(m->list[i].value, value))
            return;
    SK_GROW(m->a, m->list, m->n, m->cap);
    m->list[m->n++] = (sk_choice){label, detail, value};
}

/* Every word typed stands somewhere in the text. */
static bool holds_words(sk_arena *a, sk_str text, sk_str typed)
{
    sk_str folded = sk_utf8_fold(a, text), rest = sk_utf8_fold(a, typed), word;
    while (sk_str_cut(&rest, ' ', &word))
        if (sk_str_find(folded, word) == SIZE_MAX)
            return false;
    return true;
}

/* ---- acts ---- */

static void add_act(making *m, const sk_act_term *t, sk_str typed)
{
    sk_str detail =
        sk_fmt(m->a, "%.*s  %.*s: %.*s", SK_P(t->label_ko), SK_P(t->id), SK_P(t->definition));
    if (!typed.n || holds_words(m->a,
                                sk_fmt(m->a, "%.*s %.*s %.*s", SK_P(t->label), SK_P(detail),
                                       SK_P(t->definition_ko)),
                                typed))
        add(m, t->label, detail, t->id);
}

/* Acts that the lists of reading have for a word or phrase of the text, in the order of the text. */
static void add_read_acts(making *m, const sk_lexicon *lex, sk_str text, sk_str typed)
{
    const sk_model *model = sk_model_get();
    sk_token t;
    for (size_t from = 0; sk_token_next(text, &from, &t);) {
        uint32_t node = 0;
        size_t at = t.from;
        sk_token word;
        while (sk_token_next(text, &at, &word)) {
            char folded[SK_TOKEN_FOLD_BYTES];
            size_t n = sk_token_fold(text, &word, folded), n_senses;
            uint32_t id = n ? sk_lexicon_word(lex, (sk_str){folded, n}) : 0;
            node = id ? sk_lexicon_step(lex, node, id) : 0;
            if (!node)
                break;
            const sk_lex_sense *senses = sk_lexicon_senses(lex, node, &n_senses);
            for (size_t i = 0; i < n_senses; i++) {
                const sk_lex_entry *e = sk_lexicon_entry(lex, senses[i].entry);
                const sk_act_term *act =
                    e->kind == SK_LEX_ACT
                        ? sk_model_find_act(model, sk_str_of(sk_lexicon_string(lex, e->id)))
                        : NULL;
                if (act)
                    add_act(m, act, typed);
            }
        }
    }
}

/* What else words can be than an act. */
static void add_others(making *m, sk_str typed)
{
    static const struct {
        const char *label, *value;
    } others[] = {
        {"name of a person", "name Person"}, {"name of a body", "name Organization"},
        {"name of a place", "name Place"},   {"name of a state", "name State"},
        {"name of a ship", "name Vessel"},   {"figure: so many people", "figure Population"},
    };
    for (size_t i = 0; i < SK_COUNT(others); i++)
        if (!typed.n || holds_words(m->a, sk_str_of(others[i].label), typed))
            add(m, sk_str_of(others[i].label), SK_S(""), sk_str_of(others[i].value));
}

sk_rc sk_choices_acts(sk_reviewing *r, sk_str typed, sk_choice **ret_list, size_t *ret_n, void *arg)
{
    const sk_act_guess *guess = arg;
    sk_ctx *cx = &r->app->cx;
    const sk_model *model = sk_model_get();
    const sk_lexicon *lex;
    making m = {.a = &cx->arena};
    SK_TRY(sk_lexicon_builtin(cx, &lex));
    add_read_acts(&m, lex, guess->words, typed);
    if (!guess->only_acts)
        add_others(&m, typed);
    for (size_t i = 0; i < model->n_acts; i++)
        add_act(&m, &model->acts[i], typed);
    *ret_list = m.list;
    *ret_n = m.n;
    return SK_OK;
}

/* ---- entities ---- */

sk_rc sk_choices_entities(sk_reviewing *r, sk_str typed, sk_choice **ret_list, size_t *ret_n,
                          void *arg)
{
    (void)arg;
    sk_ctx *cx = &r->app->cx;
    making m = {.a = &cx->arena};
    sk_entity *found, one;
    size_t n = 0;
    if (typed.n && typed.p[0] == '@') {
        if (sk_entity_find(cx, r->app->view, typed, &one) == SK_OK) {
            found = &one;
            n = 1;
        } else if (cx->rc == SK_E_NOTFOUND) {
            sk_forgive(cx);
        } else {
            return cx->rc;
        }
    } else if (typed.n) {
        SK_TRY(sk_entities_list(cx, r->app->view, SK_NONE, typed, ENTITIES_SHOWN, &found, &n));
    }
    for (size_t i = 0; i < n; i++)
        add(&m, found[i].caption,
            sk_fmt(m.a, "%.*s @%.*s", SK_P(found[i].type), SK_P(found[i].key)),
            sk_fmt(m.a, "@%.*s", SK_P(found[i].key)));
    *ret_list = m.list;
    *ret_n = m.n;
    return SK_OK;
}

/* ---- positions ---- */

sk_rc sk_choices_positions(sk_reviewing *r, sk_str typed, sk_choice **ret_list, size_t *ret_n,
                           void *arg)
{
    (void)arg;
    static const struct {
        sk_position position;
        const char *means;
    } positions[] = {
        {SK_CLAIM_ASSERTS, "it happened, as whoever says it has it"},
        {SK_CLAIM_DENIES, "it did not happen"},
        {SK_CLAIM_PREDICTS, "expected or feared, not happened"},
        {SK_CLAIM_DOUBTS, "whoever says it doubts it"},
        {SK_CLAIM_RETRACTS, "whoever said it takes it back"},
    };
    making m = {.a = &r->app->cx.arena};
    for (size_t i = 0; i < SK_COUNT(positions); i++) {
        sk_str name = sk_str_of(sk_position_name(positions[i].position));
        if (!typed.n || sk_str_starts(name, typed))
            add(&m, name, sk_str_of(positions[i].means), name);
    }
    *ret_list = m.list;
    *ret_n = m.n;
    return SK_OK;
}
