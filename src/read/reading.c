/* The cascade: blocks, sentences, passes. See reading.h. */
#include "read/reading_private.h"

#include "base/utf8.h"
#include "base/paragraph.h"

/* The other languages are read by sk_pass_foreign; a block in Latin script by the English passes. */
static void read_sentence(sk_reader *x, sk_sentence_range range)
{
    sk_reading *r = x->r;
    x->range = range;
    x->first_date = r->n_dates;
    x->first_quantity = r->n_quantities;
    x->first_attribution = r->n_attributions;
    x->first_event = r->n_events;
    x->first_mention = r->n_mentions;
    SK_GROW(x->a, r->sentences, r->n_sentences, x->cap_sentences);
    r->sentences[r->n_sentences] =
        (sk_read_sentence){.span = sk_span_of(x, range.first, range.end), .lang = (uint8_t)x->lang};
    x->sentence = &r->sentences[r->n_sentences++];
    sk_arena_mark here = sk_arena_here(&x->scratch);
    if (x->lang == SK_READ_EN || x->lang == SK_READ_ANY) {
        sk_pass_words(x);
        sk_pass_times(x);
        sk_pass_chunks(x);
        sk_pass_names(x);
        sk_pass_quantities(x);
        sk_pass_clauses(x);
        sk_pass_attribution(x);
        sk_names_first_person(x);
        sk_pass_acts(x);
    } else {
        sk_pass_foreign(x);
    }
    sk_arena_back_to(&x->scratch, here);
    x->chunks = NULL;
    x->n_chunks = 0;
}

static sk_read_lang lang_named(sk_str name)
{
    for (unsigned l = 0; l < SK_READ_ANY; l++)
        if (sk_str_is(name, sk_read_lang_name((sk_read_lang)l)))
            return (sk_read_lang)l;
    return SK_READ_LANGS;
}

/* A heading: short, and no sentence. */
static bool is_heading(const sk_reader *x, size_t from, size_t to)
{
    sk_str s = sk_str_trim(sk_str_sub(x->text, from, to - from));
    if (!s.n || s.n > 200)
        return false;
    char last = s.p[s.n - 1];
    return last != '.' && last != '!' && last != '?' && last != '"' && (unsigned char)last < 0x80;
}

/* Adding stops at the ceilings; here that becomes an error, so that nothing is dropped in silence. */
static sk_rc check_ceilings(const sk_reader *x)
{
    const sk_reading *r = x->r;
    const struct {
        const char *what;
        size_t n, most;
    } all[] = {{"sentences", r->n_sentences, SK_LIM_READ_EVENTS},
               {"entities", r->n_entities, SK_LIM_READ_ENTITIES},
               {"mentions", r->n_mentions, SK_LIM_READ_EVENTS},
               {"dates", r->n_dates, SK_LIM_READ_EVENTS},
               {"quantities", r->n_quantities, SK_LIM_READ_EVENTS},
               {"statements", r->n_attributions, SK_LIM_READ_EVENTS},
               {"acts", r->n_events, SK_LIM_READ_EVENTS},
               {"traps", r->n_traps, SK_LIM_READ_EVENTS},
               {"relations", r->n_relations, SK_LIM_READ_EVENTS}};
    for (size_t i = 0; i < SK_COUNT(all); i++)
        if (all[i].n >= all[i].most)
            return sk_fail(x->cx, SK_E_LIMIT, "a text of %zu %s or more; read it in parts",
                           all[i].most, all[i].what);
    return SK_OK;
}

static sk_rc read_block(sk_reader *x, size_t from, size_t to)
{
    sk_read_lang forced = lang_named(x->options.lang);
    x->lang = forced != SK_READ_LANGS ? forced : sk_pass_language(x, from, to);
    x->is_heading = is_heading(x, from, to);
    x->speaker = (sk_speaker){.attribution = SK_READ_NONE};
    x->block_end = to;
    sk_pass_tokens(x, from, to);
    sk_pass_match(x);
    uint32_t at = 0;
    sk_sentence_range range;
    while (sk_pass_sentence(x, &at, &range)) {
        if (x->cx->cancelled && x->cx->cancelled(x->cx->cancelled_arg))
            return sk_fail(x->cx, SK_E_CANCELLED, "reading was stopped");
        read_sentence(x, range);
        SK_TRY(check_ceilings(x));
    }
    sk_arena_done(&x->scratch);
    return SK_OK;
}

static void skip_furniture(sk_reader *x, size_t from, size_t to)
{
    SK_GROW(x->a, x->r->furniture, x->r->n_furniture, x->cap_furniture);
    x->r->furniture[x->r->n_furniture++] = (sk_span){(uint32_t)from, (uint32_t)to};
    sk_trap_add(x, "boilerplate", "no statement", (sk_span){(uint32_t)from, (uint32_t)to});
}

static sk_rc read_blocks(sk_reader *x)
{
    for (size_t i = 0; i < x->options.n_blocks; i++) {
        const sk_block *b = &x->options.blocks[i];
        if (b->end > x->text.n || b->start >= b->end)
            continue;
        if (b->kind == SK_BLOCK_FURNITURE)
            skip_furniture(x, b->start, b->end);
        else
            SK_TRY(read_block(x, b->start, b->end));
    }
    return SK_OK;
}

/* The line of text that begins at byte from, without its end. */
static sk_str line_at(sk_str text, size_t from)
{
    const char *lf = memchr(text.p + from, '\n', text.n - from);
    return sk_str_range(text.p + from, lf ? lf : text.p + text.n);
}

/* A text without blocks: every line is one, or every paragraph where its lines are wrapped. */
static sk_rc read_lines(sk_reader *x)
{
    sk_wrap wrap = sk_paragraph_wrap(x->text);
    size_t from = 0, at = 0;
    while (at < x->text.n) {
        sk_str line = line_at(x->text, at), next = SK_NONE;
        size_t to = at + line.n;
        at = to + 1;
        if (at < x->text.n)
            next = line_at(x->text, at);
        if (sk_paragraph_goes_on(wrap, line, next))
            continue;
        if (to > from)
            SK_TRY(read_block(x, from, to));
        from = at;
    }
    return SK_OK;
}

static void begin(sk_reader *x)
{
    x->r->text = x->text;
    x->r->lexicon_version = sk_lexicon_version(x->lex);
    size_t n = sk_lexicon_count(x->lex);
    x->by_entry = sk_new_array(x->a, int32_t, n);
    for (size_t i = 0; i < n; i++)
        x->by_entry[i] = SK_READ_NONE;
    x->last_he = x->last_she = x->narrator = x->last_group = x->last_person = x->last_org =
        SK_READ_NONE;
    x->regime = x->last_meeting = SK_READ_NONE;
    SK_GROW(x->a, x->r->attributions, x->r->n_attributions, x->cap_attributions);
    x->r->attributions[x->r->n_attributions++] =
        (sk_attribution){.source = SK_READ_NONE,
                         .manner = SK_MANNER_AUTHOR,
                         .date = SK_READ_NONE,
                         .via = SK_READ_NONE,
                         .rule = sk_rule_get(SK_RULE_SAYS_FRONT)};
    x->author = 0;
}

/* Most of the sentences decide. */
static sk_read_lang language_of_all(const sk_reading *r)
{
    size_t n[SK_READ_LANGS] = {0}, best = SK_READ_ANY;
    for (size_t i = 0; i < r->n_sentences; i++)
        n[r->sentences[i].lang] += r->sentences[i].span.to - r->sentences[i].span.from;
    for (size_t i = 0; i < SK_READ_LANGS; i++)
        if (n[i] > n[best])
            best = i;
    return (sk_read_lang)best;
}

sk_rc sk_reading_from_text(sk_ctx *cx, const sk_lexicon *lex, sk_str text,
                           const sk_read_options *options, sk_reading **ret_reading)
{
    if (text.n > SK_LIM_TEXT_BYTES)
        return sk_fail(cx, SK_E_LIMIT, "a text of %zu bytes; at most %zu are read", text.n,
                       (size_t)SK_LIM_TEXT_BYTES);
    sk_reader x = {
        .cx = cx, .a = &cx->arena, .lex = lex, .text = text, .r = sk_new(&cx->arena, sk_reading)};
    if (options)
        x.options = *options;
    x.slots = &x.scratch;
    begin(&x);
    sk_rc rc = x.options.blocks ? read_blocks(&x) : read_lines(&x);
    sk_arena_done(&x.scratch);
    if (rc)
        return rc;
    x.r->lang = language_of_all(x.r);
    *ret_reading = x.r;
    return SK_OK;
}
