/* PETRARCH's unit records: who did what to whom, from the bare sentence, with invented names.
 *
 * The records bring their own lists. Their actors become states of a lexicon of our own, their verbs
 * become acts of it that may stand about somebody ("about": the first one named behind the verb is
 * whom it is done to, as the records have it); the acts of the program's own lists are left out. The
 * parses in the file are not looked at. An event is right when
 *   what   the trigger is a verb under whose heading the list has the event's code: by itself or by
 *          one of its patterns (which we do not match)
 *   who, to whom   an actor and a target of the suggestion have the first three letters of the codes;
 *          roles behind them (GOV, MIL) are not compared. Two who do a thing together without a target
 *          do it to each other.
 * A record without events is right when nothing with both an actor and a target was suggested. */
#include "b_read.h"

#include "read/lexicon_private.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_VERBS = 2048, MOST_CODES = 64, MOST_ACTORS = 1024, MOST_FOUND = 512 };

typedef struct codes {
    sk_str code[MOST_CODES];
    bool
        turns[MOST_CODES]; /* behind the colon of a pair: the same with source and target changed */
    size_t n;
} codes;

typedef struct suite {
    sk_ctx *cx;
    codes *verbs, *actors;
    size_t n_verbs, n_actors;
    sk_buf lines; /* of the lexicon */
    const sk_lexicon *lex;
    size_t right, wanted, empty_right, empty, no_act, no_actor, no_target, wrong_code;
} suite;

static sk_str between(sk_str s, const char *from, const char *to)
{
    size_t at = sk_str_find(s, sk_str_of(from));
    if (at == SIZE_MAX)
        return SK_NONE;
    s = sk_str_sub(s, at + strlen(from), s.n);
    size_t end = sk_str_find(s, sk_str_of(to));
    return end == SIZE_MAX ? SK_NONE : sk_str_sub(s, 0, end);
}

/* "[032:033]", "[FRO/BIL <950601]": the codes of a line. */
static void take_codes(codes *c, sk_str line)
{
    sk_str all = between(line, "[", "]"), part, rest = all;
    bool turns = false;
    while (sk_str_cut(&rest, ':', &part)) {
        sk_str one;
        while (sk_str_cut(&part, '/', &one)) {
            one = sk_str_trim(sk_str_sub(one, 0, sk_str_find(one, SK_S(" "))));
            if (one.n && c->n < MOST_CODES) {
                c->turns[c->n] = turns;
                c->code[c->n++] = one;
            }
        }
        turns = true;
    }
}

/* "+THE_HERMIT_KINGDOM  # note" -> "The Hermit Kingdom" */
static sk_str name_of(sk_ctx *cx, sk_str line)
{
    static const char *const ends[] = {"#", "[", "{", "  ", "<!"};
    for (size_t i = 0; i < SK_COUNT(ends); i++)
        line = sk_str_sub(line, 0, sk_str_find(line, sk_str_of(ends[i])));
    line = sk_str_trim(line);
    if (line.n && line.p[0] == '+')
        line = sk_str_sub(line, 1, line.n);
    char *p = sk_alloc(&cx->arena, line.n + 1);
    bool first = true;
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i] == '_' ? ' ' : line.p[i];
        bool letter = c >= 'A' && c <= 'Z';
        p[i] = letter && !first ? (char)(c + 32) : c;
        first = c == ' ' || c == '-' || c == '.' || c == '\'';
    }
    return sk_str_trim((sk_str){p, line.n});
}

static bool is_remark(sk_str line)
{
    return !line.n || line.p[0] == '#' || line.p[0] == '<';
}

/* Names and codes: a name, "+" other names of it, "[CODE]" on the line or on lines of its own. */
static void read_actors(suite *s, sk_str file)
{
    sk_str line;
    while (sk_str_cut(&file, '\n', &line)) {
        bool inner = line.n && (line.p[0] == '\t' || line.p[0] == '+' || line.p[0] == ' ');
        sk_str trimmed = sk_str_trim(line);
        if (is_remark(trimmed) || s->n_actors + 1 >= MOST_ACTORS)
            continue;
        if (!inner)
            s->n_actors++;
        if (!s->n_actors)
            continue;
        take_codes(&s->actors[s->n_actors - 1], trimmed);
        sk_str name = name_of(s->cx, trimmed);
        if (trimmed.p[0] != '[' && name.n)
            sk_buf_addf(&s->lines, "state | P%zu | state | %.*s\n", s->n_actors - 1, SK_P(name));
    }
}

static sk_str lower(sk_ctx *cx, sk_str s)
{
    char *p = sk_alloc_copy(&cx->arena, s.p, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (sk_str){p, s.n};
}

static void add_verb(suite *s, sk_str line)
{
    sk_str name = name_of(s->cx, line);
    if (!name.n)
        return;
    sk_str verb = lower(s->cx, name), forms = between(line, "{", "}"), form, past = SK_NONE;
    sk_verb_parts parts = sk_verb_split(verb);
    while (sk_str_cut(&forms, ' ', &form)) /* "{BANS BANNED}" */
        past = form.n ? lower(s->cx, form) : past;
    if (sk_verb_may_double(parts.verb)) {
        past = past.n ? past : sk_fmt(&s->cx->arena, "%.*sed", SK_P(parts.verb));
        sk_buf_addf(&s->lines, "act | petr.v%zu | about | v:%.*s%.*s/%.*s%.*s\n", s->n_verbs - 1,
                    SK_P(parts.lead), SK_P(parts.verb), SK_P(past), SK_P(parts.rest));
    } else {
        sk_buf_addf(&s->lines, "act | petr.v%zu | about | v:%.*s\n", s->n_verbs - 1, SK_P(verb));
    }
}

/* "--- ABANDON [345] ---", then the verb, "+" others like it, "- * PATTERN [903]". */
static void read_verbs(suite *s, sk_str file)
{
    sk_str line;
    bool in_set = true;
    while (sk_str_cut(&file, '\n', &line)) {
        line = sk_str_trim(line);
        if (line.n && line.p[0] == '&')
            in_set = true; /* a set of synonyms for patterns, up to an empty line */
        if (!line.n && in_set)
            in_set = false;
        if (is_remark(line) || in_set)
            continue;
        if (sk_str_starts(line, SK_S("---"))) {
            if (s->n_verbs >= MOST_VERBS)
                return;
            take_codes(&s->verbs[s->n_verbs++], line);
        } else if (s->n_verbs && line.p[0] == '-') {
            take_codes(&s->verbs[s->n_verbs - 1], line);
        } else if (s->n_verbs) {
            take_codes(&s->verbs[s->n_verbs - 1], line);
            add_verb(s, line);
        }
    }
}

static bool open_lexicon(suite *s)
{
    static const char *const lists[] = {"verbs", "words", "numberwords", "abbr",       "given",
                                        "roles", "cues",  "marks",       "quantities", "time"};
    sk_lex_source sources[SK_COUNT(lists) + 1];
    sk_buf out;
    for (size_t i = 0; i < SK_COUNT(lists); i++) {
        sources[i].name = lists[i];
        const char *path = sk_fmt(&s->cx->arena, "model/lexicon/%s.txt%c", lists[i], 0).p;
        if (!sk_bench_file(s->cx, path, &sources[i].text))
            return false;
    }
    sources[SK_COUNT(lists)] =
        (sk_lex_source){"records", sk_str_copy(&s->cx->arena, sk_buf_str(&s->lines))};
    sk_buf_init(&out, SK_LIM_LEXICON_BYTES);
    bool ok = !sk_lexicon_compile(s->cx, sources, SK_COUNT(sources), &out) &&
              !sk_lexicon_open(s->cx, sk_str_copy(&s->cx->arena, sk_buf_str(&out)), &s->lex);
    sk_buf_done(&out);
    if (!ok)
        printf("PETRARCH records: %s\n", s->cx->message);
    return ok;
}

/* --- records ------------------------------------------------------------------------------------- */

static size_t number_of(const char *key)
{
    return (size_t)strtoul(key, NULL, 10);
}

static bool is_listed(const sk_reading *r, int32_t entity)
{
    return entity >= 0 && r->entities[entity].key.n > 1 && r->entities[entity].key.p[0] == 'P';
}

static bool entity_is(const suite *s, const sk_reading *r, int32_t entity, sk_str head)
{
    if (!is_listed(r, entity))
        return false;
    size_t k = number_of(r->entities[entity].key.p + 1);
    for (size_t i = 0; k < s->n_actors && i < s->actors[k].n; i++)
        if (sk_str_eq(sk_str_sub(s->actors[k].code[i], 0, 3), head))
            return true;
    return false;
}

/* Does the mention belong to the slot: inside it, or behind it after "of", "from", "in", alone or in a
 * list ("lawmakers in Fornost and Gondor")? */
static bool belongs(const sk_reading *r, const sk_slot *slot, sk_span mention)
{
    if (mention.from < slot->span.to)
        return slot->span.from <= mention.from;
    sk_str gap = sk_str_sub(r->text, slot->span.to, mention.from - slot->span.to), word;
    bool first = true;
    while (sk_str_cut(&gap, ' ', &word)) {
        bool small = sk_str_is(word, "of") || sk_str_is(word, "from") || sk_str_is(word, "in");
        bool capital = word.n && word.p[0] >= 'A' && word.p[0] <= 'Z';
        if (!word.n || sk_str_is(word, "the"))
            continue;
        if (first ? !small : !(capital || small || sk_str_is(word, "and")))
            return false;
        first = false;
    }
    return !first;
}

/* Is the slot somebody whose code begins with the same three letters: itself, or a group named with a
 * listed name in it or behind "of", "from", "in" ("soldiers from Gondor")? "---" stands for somebody
 * whom no list has. */
static bool is_code(const suite *s, const sk_reading *r, const sk_slot *slot, sk_str wanted)
{
    sk_str head = sk_str_sub(wanted, 0, 3);
    if (sk_str_eq(head, SK_S("---")) || sk_str_eq(head, SK_S("###")))
        return !is_listed(r, slot->entity);
    if (is_listed(r, slot->entity))
        return entity_is(s, r, slot->entity, head);
    for (size_t i = 0; i < r->n_mentions; i++)
        if (belongs(r, slot, r->mentions[i].span) && entity_is(s, r, r->mentions[i].entity, head))
            return true;
    return false;
}

static bool any_is(const suite *s, const sk_reading *r, const sk_slot *slots, size_t n, sk_str code)
{
    for (size_t i = 0; i < n; i++)
        if (is_code(s, r, &slots[i], code))
            return true;
    return n == 0 && sk_str_starts(code, SK_S("---"));
}

/* Has the verb of the event that code? *ret_turns: with source and target changed. */
static bool has_code(const suite *s, const sk_found_event *e, sk_str code, bool *ret_turns)
{
    if (strncmp(e->act, "petr.v", 6) != 0)
        return false;
    const codes *c = &s->verbs[number_of(e->act + 6)];
    for (size_t i = 0; i < c->n; i++)
        if (sk_str_eq(c->code[i], code)) {
            *ret_turns = c->turns[i];
            return true;
        }
    return false;
}

typedef struct wanted {
    sk_str source, target, code;
} wanted;

static void score_event(suite *s, const sk_reading *r, const wanted *w)
{
    bool act = false, actor = false, target = false, both = false, coded = false;
    for (size_t i = 0; i < r->n_events && !both; i++) {
        const sk_found_event *e = &r->events[i];
        bool turns = false;
        act |= !strncmp(e->act, "petr.v", 6);
        if (!has_code(s, e, w->code, &turns))
            continue;
        coded = true;
        sk_str from = turns ? w->target : w->source, to = turns ? w->source : w->target;
        bool a = any_is(s, r, e->actor, e->n_actor, from);
        bool t = any_is(s, r, e->target, e->n_target, to);
        t |= e->n_target == 0 && e->n_actor > 1 && any_is(s, r, e->actor, e->n_actor, to);
        actor |= a;
        target |= t;
        both = a && t;
    }
    s->wanted++;
    s->right += both;
    if (both)
        return;
    const char *kind = !coded && !act ? "no act"
                       : !coded       ? "another verb"
                       : !actor       ? "no such actor"
                                      : "no such target";
    s->no_act += !coded && !act;
    s->wrong_code += !coded && act;
    s->no_actor += coded && !actor;
    s->no_target += coded && actor;
    sk_str words =
        sk_fmt(&s->cx->arena, "%.*s %.*s %.*s", SK_P(w->source), SK_P(w->target), SK_P(w->code));
    sk_str got = SK_NONE;
    for (size_t i = 0; i < r->n_events; i++) {
        const sk_found_event *e = &r->events[i];
        got = sk_fmt(&s->cx->arena, "%.*s%.*s(%u>%u); ", SK_P(got),
                     (int)(e->trigger.to - e->trigger.from), r->text.p + e->trigger.from,
                     e->n_actor, e->n_target);
    }
    sk_bench_case(sk_fmt(&s->cx->arena, "PETRARCH %s%c", kind, 0).p, r->text, words, got);
}

static void score_empty(suite *s, const sk_reading *r)
{
    bool any = false;
    for (size_t i = 0; i < r->n_events; i++)
        any |= !strncmp(r->events[i].act, "petr.v", 6) && r->events[i].n_actor &&
               r->events[i].n_target;
    s->empty++;
    s->empty_right += !any;
    if (any)
        sk_bench_case("PETRARCH nothing wanted", r->text, SK_NONE, SK_NONE);
}

static void score_record(suite *s, sk_str record)
{
    sk_str text = between(record, "<Text>", "</Text>"), rest = record;
    sk_reading *r;
    char *p = sk_alloc_copy(&s->cx->arena, text.p, text.n);
    for (size_t i = 0; i < text.n; i++)
        if (p[i] == '\n' || p[i] == '_')
            p[i] = ' ';
    text = sk_str_trim((sk_str){p, text.n});
    if (!text.n || sk_reading_from_text(s->cx, s->lex, text, NULL, &r))
        return;
    bool any = false;
    for (size_t at; (at = sk_str_find(rest, SK_S("<EventCoding"))) != SIZE_MAX;) {
        rest = sk_str_sub(rest, at + 12, rest.n);
        sk_str tag = sk_str_sub(rest, 0, sk_str_find(rest, SK_S(">")));
        wanted w = {between(tag, "sourcecode=\"", "\""), between(tag, "targetcode=\"", "\""),
                    between(tag, "eventcode=\"", "\"")};
        any |= w.code.n > 0;
        if (w.code.n)
            score_event(s, r, &w);
    }
    if (!any)
        score_empty(s, r);
}

void sk_bench_petrarch(const char *folder)
{
    sk_ctx cx;
    sk_ctx_init(&cx);
    suite s = {.cx = &cx,
               .verbs = sk_new_array(&cx.arena, codes, MOST_VERBS),
               .actors = sk_new_array(&cx.arena, codes, MOST_ACTORS)};
    sk_str file[3];
    const char *const names[] = {"PETR.Validate.actors.txt", "PETR.Validate.verbs.txt",
                                 "PETR.UnitTest.records.xml"};
    sk_buf_init(&s.lines, SK_MIB(4));
    for (size_t i = 0; i < SK_COUNT(names); i++) {
        const char *path = sk_fmt(&cx.arena, "%s/petrarch/%s%c", folder, names[i], 0).p;
        if (!sk_bench_file(&cx, path, &file[i])) {
            printf("SKIP PETRARCH records: no %s\n", path);
            goto out;
        }
    }
    read_actors(&s, file[0]);
    read_verbs(&s, file[1]);
    if (!open_lexicon(&s)) {
        printf("SKIP PETRARCH records: run from the root of the sources, for model/lexicon\n");
        goto out;
    }
    for (size_t at; (at = sk_str_find(file[2], SK_S("<Sentence "))) != SIZE_MAX;) {
        size_t end = sk_str_find(file[2], SK_S("</Sentence>"));
        if (end == SIZE_MAX)
            break;
        if (end > at)
            score_record(&s, sk_str_sub(file[2], at, end - at));
        file[2] = sk_str_sub(file[2], end + 11, file[2].n);
    }
    printf("PETRARCH records    events right %5.1f %%  (%zu of %zu; no act %zu, another verb %zu, "
           "actor %zu, target %zu), nothing where nothing is %zu of %zu\n",
           s.wanted ? 100.0 * (double)s.right / (double)s.wanted : 0, s.right, s.wanted, s.no_act,
           s.wrong_code, s.no_actor, s.no_target, s.empty_right, s.empty);
out:
    sk_buf_done(&s.lines);
    sk_ctx_done(&cx);
}
