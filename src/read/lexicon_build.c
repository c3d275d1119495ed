/* Lists into a block: see lexicon.h for what it is and lexicon_private.h for its bytes.
 *
 * A line is  KIND | ID | ATTRS | PHRASES | LANG: PHRASES ...   phrases apart by semicolons.
 * Every phrase may carry marks in front:  v: verb, all forms   n: noun, both numbers
 *   d: demonym   m: metonym   a: acronym   l: alias   = this spelling only   ^ large first letter
 * A line whose attributes hold "plain" makes its words known by class only. */
#include "read/lexicon_private.h"

#include "base/sha256.h"
#include "base/strmap.h"

#include <stdlib.h>

typedef struct sense_link sense_link;
struct sense_link {
    sk_lex_sense sense;
    sense_link *next;
};

typedef struct node node;
struct node {
    uint32_t word, index;
    node *child, *sibling; /* siblings by rising word */
    sense_link *first, **last;
};

typedef struct word_item {
    sk_str text;
    uint32_t id, pos;
} word_item;

typedef struct builder {
    sk_ctx *cx;
    sk_arena *a;
    const char *list;
    size_t line;
    sk_strmap words, irregular, strings;
    word_item **items;
    size_t n_items, cap_items;
    sk_lex_entry *entries;
    size_t n_entries, cap_entries;
    sk_buf text; /* the strings */
    node root;
    uint32_t n_nodes, n_edges, n_senses;
} builder;

static const char *const kind_names[] = {
#define X(upper, lower) #lower,
    SK_LEX_KINDS(X)
#undef X
};
static const char *const attr_names[] = {
#define X(upper, lower) #lower,
    SK_LEX_ATTRS(X)
#undef X
};
static const char *const pos_names[] = {
#define X(upper, lower) #lower,
    SK_POS(X)
#undef X
};
static const char *const lang_names[] = {"en", "ko", "zh", "ja", "ru", "any"};
_Static_assert(SK_N_ATTRS <= 64, "attributes are bits of one number");

static sk_rc complain(builder *b, const char *what, sk_str value)
{
    return sk_fail(b->cx, SK_E_FORMAT, "word list %s, line %zu: %s \"%.*s\"", b->list, b->line,
                   what, SK_P(value));
}

static size_t index_of(const char *const *names, size_t n, sk_str name)
{
    for (size_t i = 0; i < n; i++)
        if (sk_str_is(name, names[i]))
            return i;
    return SIZE_MAX;
}

static uint32_t put_string(builder *b, sk_str s)
{
    const uint32_t *known = sk_strmap_get(&b->strings, s);
    if (known)
        return *known;
    uint32_t *at = sk_new(b->a, uint32_t);
    *at = (uint32_t)b->text.n;
    sk_buf_add(&b->text, s);
    sk_buf_addc(&b->text, '\0');
    sk_strmap_put(&b->strings, b->a, sk_str_copy(b->a, s), at);
    return *at;
}

static word_item *put_word(builder *b, sk_str folded)
{
    word_item *w = (word_item *)(uintptr_t)sk_strmap_get(&b->words, folded);
    if (w)
        return w;
    w = sk_new(b->a, word_item);
    w->text = sk_str_copy(b->a, folded);
    w->id = (uint32_t)b->n_items + 1;
    SK_GROW(b->a, b->items, b->n_items, b->cap_items);
    b->items[b->n_items++] = w;
    sk_strmap_put(&b->words, b->a, w->text, w);
    return w;
}

static node *step(builder *b, node *from, uint32_t word)
{
    node **at = &from->child;
    while (*at && (*at)->word < word)
        at = &(*at)->sibling;
    node *found = *at;
    if (found && found->word == word)
        return found;
    node *fresh = sk_new(b->a, node);
    fresh->word = word;
    fresh->last = &fresh->first;
    fresh->sibling = *at;
    *at = fresh;
    b->n_nodes++;
    b->n_edges++;
    return fresh;
}

static uint32_t pos_of_form(sk_form form)
{
    static const uint32_t bits[] = {[SK_FORM_VB] = SK_POS_VB,
                                    [SK_FORM_VBS] = SK_POS_VBS,
                                    [SK_FORM_VBD] = SK_POS_VBD,
                                    [SK_FORM_VBN] = SK_POS_VBN,
                                    [SK_FORM_ED] = SK_POS_VBD | SK_POS_VBN,
                                    [SK_FORM_VBG] = SK_POS_VBG,
                                    [SK_FORM_SINGULAR] = SK_POS_NOUN,
                                    [SK_FORM_PLURAL] = SK_POS_NOUN | SK_POS_NOUNS};
    return bits[form];
}

/* Put one spelled-out phrase: its words into the vocabulary, its sense into the tree. */
static sk_rc put_phrase(builder *b, sk_str phrase, sk_lex_sense sense, uint32_t pos, bool in_tree)
{
    enum { MOST_TOKENS = 48 };
    size_t at = 0, n = 0;
    sk_token t;
    node *here = &b->root;
    word_item *only = NULL;
    size_t verb_at = sk_verb_split(phrase).lead.n;
    while (sk_token_next(phrase, &at, &t)) {
        char folded[SK_TOKEN_FOLD_BYTES];
        size_t bytes = sk_token_fold(phrase, &t, folded);
        if (!bytes || ++n > MOST_TOKENS)
            return complain(b, "this phrase is too long:", phrase);
        only = put_word(b, (sk_str){folded, bytes});
        if (t.from == verb_at && sense.form >= SK_FORM_VB && sense.form <= SK_FORM_VBG)
            only->pos |= pos_of_form((sk_form)sense.form);
        if (in_tree)
            here = step(b, here, only->id);
    }
    if (!n)
        return complain(b, "an empty phrase in", phrase);
    if (n == 1)
        only->pos |= pos | pos_of_form((sk_form)sense.form);
    if (!in_tree)
        return SK_OK;
    sense_link *link = sk_new(b->a, sense_link);
    link->sense = sense;
    *here->last = link;
    here->last = &link->next;
    b->n_senses++;
    return SK_OK;
}

static sk_str irregular_of(builder *b, sk_str phrase)
{
    const sk_str *line = sk_strmap_get(&b->irregular, sk_verb_split(phrase).verb);
    return line ? *line : SK_NONE;
}

static bool take_mark(sk_str *phrase, const char *mark)
{
    if (!sk_str_starts(*phrase, sk_str_of(mark)))
        return false;
    *phrase = sk_str_trim(sk_str_sub(*phrase, strlen(mark), phrase->n));
    return true;
}

static sk_rc put_forms(builder *b, const sk_inflected *forms, size_t n, sk_lex_sense sense,
                       uint32_t pos, bool in_tree)
{
    for (size_t i = 0; i < n; i++) {
        sense.form = (uint8_t)forms[i].form;
        SK_TRY(put_phrase(b, forms[i].text, sense, pos, in_tree));
    }
    return SK_OK;
}

static sk_rc put_verb(builder *b, sk_str phrase, sk_lex_sense sense, bool in_tree)
{
    sk_inflected forms[SK_MOST_INFLECTED];
    sk_str irregular = irregular_of(b, phrase), verb = sk_verb_split(phrase).verb;
    if (!irregular.n && sk_str_find(verb, SK_S("/")) == SIZE_MAX && sk_verb_may_double(verb))
        return complain(b,
                        "give the past form (visit/visited, acquit/acquitted/acquitted/"
                        "acquitting) of the verb",
                        verb);
    return put_forms(b, forms, sk_inflect_verb(b->a, phrase, irregular, forms), sense, 0, in_tree);
}

/* A demonym also stands with an s for its people, unless it ends as one: Japanese, French. */
static sk_rc put_demonym(builder *b, sk_str phrase, sk_lex_sense sense)
{
    sense.spelling = SK_SPELL_CAPITAL;
    SK_TRY(put_phrase(b, phrase, sense, SK_POS_ADJ | SK_POS_NOUN, true));
    if (sense.lang != SK_READ_EN || sk_str_ends(phrase, SK_S("ese")) ||
        sk_str_ends(phrase, SK_S("sh")) || sk_str_ends(phrase, SK_S("ch")) ||
        sk_str_ends(phrase, SK_S("s")))
        return SK_OK;
    sense.form = SK_FORM_PLURAL;
    return put_phrase(b, sk_fmt(b->a, "%.*ss", SK_P(phrase)), sense, 0, true);
}

static sk_rc read_attrs(builder *b, sk_str attrs, sk_lex_entry *e, uint32_t *ret_pos,
                        bool *ret_plain);

/* Behind the words of an act may stand needs of its own: "v:hit object=person". Then the sense gets
 * an entry of its own. */
static sk_rc split_needs(builder *b, sk_str *phrase, sk_lex_sense *sense)
{
    size_t at = sk_str_find(*phrase, SK_S(" object="));
    if (at == SIZE_MAX && sk_str_ends(*phrase, SK_S(" weak")))
        at = phrase->n - 5;
    if (at == SIZE_MAX || b->entries[sense->entry].kind != SK_LEX_ACT)
        return SK_OK;
    uint32_t pos = 0;
    bool plain = false;
    SK_GROW(b->a, b->entries, b->n_entries, b->cap_entries);
    sk_lex_entry *e = &b->entries[b->n_entries++];
    *e = b->entries[sense->entry];
    sense->entry = (uint32_t)b->n_entries - 1;
    if (sk_str_find(*phrase, SK_S(" object=")) != SIZE_MAX)
        e->object = 0;
    sk_str needs = sk_str_sub(*phrase, at + 1, phrase->n);
    *phrase = sk_str_sub(*phrase, 0, at);
    return read_attrs(b, needs, e, &pos, &plain);
}

static sk_rc put_marked(builder *b, sk_str phrase, sk_lex_sense sense, uint32_t pos, bool in_tree)
{
    sk_inflected forms[SK_MOST_INFLECTED];
    sk_lex_kind kind = (sk_lex_kind)b->entries[sense.entry].kind;
    sk_lex_kind named = kind;
    if (sense.lang == SK_READ_EN && (named == SK_LEX_STATE || named == SK_LEX_PLACE ||
                                     named == SK_LEX_ORG || named == SK_LEX_EVENT))
        sense.spelling = SK_SPELL_CAPITAL;
    SK_TRY(split_needs(b, &phrase, &sense));
    if (named == SK_LEX_OFFICE && phrase.n && phrase.p[0] >= 'A' && phrase.p[0] <= 'Z')
        sense.spelling = SK_SPELL_CAPITAL;
    if (take_mark(&phrase, "v:"))
        return put_verb(b, phrase, sense, in_tree);
    if (take_mark(&phrase, "n:"))
        return put_forms(b, forms, sk_inflect_noun(b->a, phrase, forms), sense, pos, in_tree);
    if (take_mark(&phrase, "d:")) {
        sense.level = SK_LEVEL_DEMONYM;
        return put_demonym(b, phrase, sense);
    }
    if (take_mark(&phrase, "m:"))
        sense.level = SK_LEVEL_METONYM;
    else if (take_mark(&phrase, "l:"))
        sense.level = SK_LEVEL_ALIAS;
    else if (take_mark(&phrase, "a:"))
        sense.level = SK_LEVEL_ACRONYM;
    if (sense.level == SK_LEVEL_ACRONYM || take_mark(&phrase, "=")) {
        sense.spelling = SK_SPELL_EXACT;
        sense.exact = put_string(b, phrase);
    } else if (take_mark(&phrase, "^")) {
        sense.spelling = SK_SPELL_CAPITAL;
    }
    return put_phrase(b, phrase, sense, pos, in_tree);
}

/* "drive from POSS home" stands for six phrases. */
static sk_rc put_possessives(builder *b, sk_str phrase, sk_lex_sense sense, uint32_t pos,
                             bool in_tree)
{
    static const char *const words[] = {"my", "your", "his", "her", "their", "our"};
    size_t at = sk_str_find(phrase, SK_S("POSS"));
    if (at == SIZE_MAX)
        return put_marked(b, phrase, sense, pos, in_tree);
    for (size_t i = 0; i < SK_COUNT(words); i++)
        SK_TRY(put_marked(b,
                          sk_fmt(b->a, "%.*s%s%.*s", (int)at, phrase.p, words[i],
                                 SK_P(sk_str_sub(phrase, at + 4, phrase.n))),
                          sense, pos, in_tree));
    return SK_OK;
}

static sk_str unmarked(sk_str phrase)
{
    if (phrase.n > 2 && phrase.p[1] == ':')
        phrase = sk_str_sub(phrase, 2, phrase.n);
    return phrase.n && (phrase.p[0] == '=' || phrase.p[0] == '^') ? sk_str_sub(phrase, 1, phrase.n)
                                                                  : phrase;
}

/* A verb line: "v:hold/held/held" also teaches the irregular forms to later lists. */
static void learn_irregular(builder *b, sk_str phrase)
{
    size_t slash = sk_str_find(phrase, SK_S("/"));
    if (slash == SIZE_MAX)
        return;
    sk_str *line = sk_new(b->a, sk_str);
    *line = sk_str_copy(b->a, phrase);
    sk_strmap_put(&b->irregular, b->a, sk_str_sub(*line, 0, slash), line);
}

static sk_rc read_phrases(builder *b, sk_str phrases, sk_lex_sense sense, uint32_t pos,
                          bool in_tree)
{
    sk_str piece;
    phrases = sk_str_trim(phrases);
    size_t colon = sk_str_find(phrases, SK_S(":"));
    if (colon != SIZE_MAX) {
        size_t lang = index_of(lang_names, SK_COUNT(lang_names), sk_str_sub(phrases, 0, colon));
        if (lang != SIZE_MAX) {
            sense.lang = (uint8_t)lang;
            phrases = sk_str_sub(phrases, colon + 1, phrases.n);
        }
    }
    while (sk_str_cut(&phrases, ';', &piece)) {
        piece = sk_str_trim(piece);
        if (!piece.n)
            continue;
        sk_lex_entry *e = &b->entries[sense.entry];
        if (e->kind == SK_LEX_VERB) {
            learn_irregular(b, piece);
            piece = sk_fmt(b->a, "v:%.*s", SK_P(piece));
        }
        if (!e->name && e->kind != SK_LEX_VERB)
            e->name = put_string(b, unmarked(piece));
        SK_TRY(put_possessives(b, piece, sense, pos, in_tree));
    }
    return SK_OK;
}

static sk_rc read_bits(builder *b, sk_str names, uint64_t *ret_bits)
{
    sk_str name;
    while (sk_str_cut(&names, ',', &name)) {
        size_t i = index_of(attr_names, SK_COUNT(attr_names), name);
        if (i == SIZE_MAX)
            return complain(b, "no attribute is called", name);
        *ret_bits |= (uint64_t)1 << i;
    }
    return SK_OK;
}

/* Attributes of an entry, and the classes of its words. */
static sk_rc read_attrs(builder *b, sk_str attrs, sk_lex_entry *e, uint32_t *ret_pos,
                        bool *ret_plain)
{
    sk_str word;
    while (sk_str_cut(&attrs, ' ', &word)) {
        size_t equals = sk_str_find(word, SK_S("=")), pos;
        sk_str value = sk_str_sub(word, equals + 1, word.n);
        if (!word.n || sk_str_is(word, "-"))
            continue;
        if (equals != SIZE_MAX) {
            sk_str key = sk_str_sub(word, 0, equals);
            uint64_t *bits = sk_str_is(key, "object")    ? &e->object
                             : sk_str_is(key, "near")    ? &e->near
                             : sk_str_is(key, "subject") ? &e->subject
                                                         : NULL;
            if (!bits)
                return complain(b, "object=, near= and subject= are known, not", word);
            SK_TRY(read_bits(b, value, bits));
        } else if (sk_str_is(word, "plain")) {
            *ret_plain = true;
        } else if (e->kind == SK_LEX_WORD) {
            if ((pos = index_of(pos_names, SK_COUNT(pos_names), word)) == SIZE_MAX)
                return complain(b, "no class of words is called", word);
            *ret_pos |= 1u << pos;
        } else {
            SK_TRY(read_bits(b, word, &e->attrs));
        }
    }
    return SK_OK;
}

static uint32_t pos_of_kind(sk_lex_kind kind)
{
    switch (kind) {
    case SK_LEX_ROLE:
    case SK_LEX_OFFICE:
        return SK_POS_NOUN;
    case SK_LEX_ABBR:
        return SK_POS_ABBREV;
    case SK_LEX_NUMBER:
        return SK_POS_NUM;
    case SK_LEX_GIVEN:
        return SK_POS_GIVENNAME;
    case SK_LEX_TIME:
        return SK_POS_TIMEWORD;
    default:
        return 0;
    }
}

static sk_rc read_line(builder *b, sk_str line)
{
    sk_str kind, id = SK_NONE, attrs = SK_NONE, phrases;
    sk_str_cut(&line, '|', &kind);
    bool whole = sk_str_cut(&line, '|', &id) && sk_str_cut(&line, '|', &attrs);
    kind = sk_str_trim(kind);
    id = sk_str_trim(id);
    size_t k = index_of(kind_names, SK_COUNT(kind_names), kind);
    if (!whole || k == SIZE_MAX)
        return complain(b, "a line is KIND | ID | ATTRS | PHRASES, not", kind);
    SK_GROW(b->a, b->entries, b->n_entries, b->cap_entries);
    sk_lex_entry *e = &b->entries[b->n_entries++];
    *e = (sk_lex_entry){.id = put_string(b, id), .kind = (uint16_t)k};
    uint64_t value;
    if (sk_str_to_u64(id, &value) && value <= INT32_MAX)
        e->number = (int32_t)value;
    uint32_t pos = pos_of_kind((sk_lex_kind)k);
    bool plain = k == SK_LEX_VERB || k == SK_LEX_GIVEN || k == SK_LEX_ABBR;
    SK_TRY(read_attrs(b, sk_str_trim(attrs), e, &pos, &plain));
    sk_lex_sense sense = {.entry = (uint32_t)b->n_entries - 1};
    while (sk_str_cut(&line, '|', &phrases))
        SK_TRY(read_phrases(b, phrases, sense, pos, !plain));
    return SK_OK;
}

static sk_rc read_list(builder *b, const sk_lex_source *source)
{
    sk_str rest = source->text, line;
    b->list = source->name;
    b->line = 0;
    while (sk_str_cut(&rest, '\n', &line)) {
        b->line++;
        line = sk_str_trim(line);
        if (line.n && line.p[0] != '#')
            SK_TRY(read_line(b, line));
    }
    return SK_OK;
}

/* --- the block ----------------------------------------------------------------------------------- */

static uint32_t place(size_t *at, size_t bytes)
{
    size_t here = (*at + 7) & ~(size_t)7;
    *at = here + bytes;
    return (uint32_t)here;
}

typedef struct laid_out {
    sk_lex_node *nodes;
    sk_lex_edge *edges;
    sk_lex_sense *senses;
    size_t n_nodes, n_edges, n_senses;
} laid_out;

/* Breadth first, so that the edges of a node stand together and are sorted. */
static void lay_out(builder *b, laid_out *out)
{
    node **queue = sk_new_array(b->a, node *, b->n_nodes + 1);
    size_t n = 1;
    queue[0] = &b->root;
    for (size_t i = 0; i < n; i++) {
        node *x = queue[i];
        sk_lex_node *o = &out->nodes[i];
        *o = (sk_lex_node){(uint32_t)out->n_edges, (uint32_t)out->n_senses, 0, 0};
        for (node *c = x->child; c; c = c->sibling) {
            out->edges[out->n_edges++] = (sk_lex_edge){c->word, (uint32_t)n};
            queue[n++] = c;
            o->n_edges++;
        }
        for (sense_link *s = x->first; s; s = s->next) {
            out->senses[out->n_senses++] = s->sense;
            o->n_senses++;
        }
    }
    out->n_nodes = n;
}

static void fill_words(builder *b, char *base, const sk_lex_header *h)
{
    sk_lex_word *words = (sk_lex_word *)(void *)(base + h->words_at);
    uint32_t *slots = (uint32_t *)(void *)(base + h->slots_at);
    for (size_t i = 0; i < b->n_items; i++) {
        const word_item *w = b->items[i];
        words[i] = (sk_lex_word){put_string(b, w->text), (uint32_t)w->text.n, w->pos};
        uint32_t slot = sk_lex_hash(w->text) & (h->n_slots - 1);
        while (slots[slot])
            slot = (slot + 1) & (h->n_slots - 1);
        slots[slot] = w->id;
    }
}

static sk_lex_header head_of(builder *b, size_t *ret_bytes)
{
    sk_lex_header h = {.magic = SK_LEX_MAGIC,
                       .n_words = (uint32_t)b->n_items,
                       .n_slots = 1024,
                       .n_entries = (uint32_t)b->n_entries,
                       .n_nodes = b->n_nodes + 1,
                       .n_edges = b->n_edges,
                       .n_senses = b->n_senses,
                       .strings_bytes = (uint32_t)b->text.n};
    while (h.n_slots < h.n_words * 3)
        h.n_slots *= 2;
    size_t at = sizeof h;
    h.words_at = place(&at, h.n_words * sizeof(sk_lex_word));
    h.slots_at = place(&at, h.n_slots * sizeof(uint32_t));
    h.entries_at = place(&at, h.n_entries * sizeof(sk_lex_entry));
    h.nodes_at = place(&at, h.n_nodes * sizeof(sk_lex_node));
    h.edges_at = place(&at, h.n_edges * sizeof(sk_lex_edge));
    h.senses_at = place(&at, h.n_senses * sizeof(sk_lex_sense));
    h.strings_at = place(&at, h.strings_bytes);
    h.bytes = (at + 7) & ~(size_t)7;
    *ret_bytes = h.bytes;
    return h;
}

static sk_rc write_block(builder *b, sk_buf *out)
{
    laid_out l = {sk_new_array(b->a, sk_lex_node, b->n_nodes + 1),
                  sk_new_array(b->a, sk_lex_edge, b->n_edges + 1),
                  sk_new_array(b->a, sk_lex_sense, b->n_senses + 1),
                  0,
                  0,
                  0};
    lay_out(b, &l);
    for (size_t i = 0; i < b->n_items; i++)
        put_string(b, b->items[i]->text);
    size_t bytes;
    sk_lex_header h = head_of(b, &bytes);
    if (b->text.overflow || bytes > SK_LIM_LEXICON_BYTES)
        return sk_fail(b->cx, SK_E_LIMIT, "word lists make more than %zu bytes",
                       (size_t)SK_LIM_LEXICON_BYTES);
    char *base = sk_alloc(b->a, bytes);
    memcpy(base, &h, sizeof h);
    fill_words(b, base, &h);
    memcpy(base + h.entries_at, b->entries, h.n_entries * sizeof *b->entries);
    memcpy(base + h.nodes_at, l.nodes, l.n_nodes * sizeof *l.nodes);
    memcpy(base + h.edges_at, l.edges, l.n_edges * sizeof *l.edges);
    memcpy(base + h.senses_at, l.senses, l.n_senses * sizeof *l.senses);
    memcpy(base + h.strings_at, b->text.p, b->text.n);
    sk_hash hash = sk_sha256((sk_str){base, bytes});
    sk_str hex = sk_fmt(b->a, "1-%.*s", 12, sk_hash_hex(b->a, &hash).p);
    memcpy(((sk_lex_header *)(void *)base)->version, hex.p, hex.n);
    sk_buf_add(out, (sk_str){base, bytes});
    return SK_OK;
}

sk_rc sk_lexicon_compile(sk_ctx *cx, const sk_lex_source *sources, size_t n, sk_buf *out)
{
    builder b = {.cx = cx, .a = &cx->arena};
    b.root.last = &b.root.first;
    sk_buf_init(&b.text, SK_LIM_LEXICON_BYTES);
    sk_buf_addc(&b.text, '\0'); /* offset 0: the empty string */
    sk_rc rc = SK_OK;
    for (size_t i = 0; i < n && !rc; i++)
        rc = read_list(&b, &sources[i]);
    if (!rc)
        rc = write_block(&b, out);
    sk_buf_done(&b.text);
    return rc;
}
