#include "read/lexicon.h"

#include "read/lexicon_private.h"

struct sk_lexicon {
    const sk_lex_header *head;
    const sk_lex_word *words;
    const uint32_t *slots;
    const sk_lex_entry *entries;
    const sk_lex_node *nodes;
    const sk_lex_edge *edges;
    const sk_lex_sense *senses;
    const char *strings;
    uint32_t *first; /* the child of the root by each word */
};

static bool fits(const sk_lex_header *h, uint32_t at, uint64_t n, size_t size)
{
    return at % 4 == 0 && at <= h->bytes && n * size <= h->bytes - at;
}

/* Every offset inside the block: done once, so that reading needs no checks. */
static bool is_sound(const sk_lexicon *x)
{
    const sk_lex_header *h = x->head;
    for (uint32_t i = 0; i < h->n_words; i++)
        if ((uint64_t)x->words[i].string + x->words[i].n >= h->strings_bytes)
            return false;
    for (uint32_t i = 0; i < h->n_slots; i++)
        if (x->slots[i] > h->n_words)
            return false;
    for (uint32_t i = 0; i < h->n_entries; i++)
        if (x->entries[i].id >= h->strings_bytes || x->entries[i].name >= h->strings_bytes ||
            x->entries[i].kind >= SK_LEX_N_KINDS)
            return false;
    for (uint32_t i = 0; i < h->n_nodes; i++)
        if ((uint64_t)x->nodes[i].edges + x->nodes[i].n_edges > h->n_edges ||
            (uint64_t)x->nodes[i].senses + x->nodes[i].n_senses > h->n_senses)
            return false;
    for (uint32_t i = 0; i < h->n_edges; i++)
        if (x->edges[i].node >= h->n_nodes || x->edges[i].word > h->n_words)
            return false;
    for (uint32_t i = 0; i < h->n_senses; i++)
        if (x->senses[i].entry >= h->n_entries || x->senses[i].exact >= h->strings_bytes)
            return false;
    return h->strings_bytes && !x->strings[h->strings_bytes - 1];
}

sk_rc sk_lexicon_open(sk_ctx *cx, sk_str block, const sk_lexicon **ret_lexicon)
{
    const sk_lex_header *h = (const sk_lex_header *)(const void *)block.p;
    bool ok = block.n >= sizeof *h && !memcmp(h->magic, SK_LEX_MAGIC, sizeof h->magic) &&
              h->bytes <= block.n && h->n_nodes && h->n_slots && !(h->n_slots & (h->n_slots - 1)) &&
              h->n_words < h->n_slots && !memchr(h->version, 0, 1) &&
              memchr(h->version, 0, sizeof h->version) &&
              fits(h, h->words_at, h->n_words, sizeof(sk_lex_word)) &&
              fits(h, h->slots_at, h->n_slots, sizeof(uint32_t)) &&
              fits(h, h->entries_at, h->n_entries, sizeof(sk_lex_entry)) &&
              fits(h, h->nodes_at, h->n_nodes, sizeof(sk_lex_node)) &&
              fits(h, h->edges_at, h->n_edges, sizeof(sk_lex_edge)) &&
              fits(h, h->senses_at, h->n_senses, sizeof(sk_lex_sense)) &&
              fits(h, h->strings_at, h->strings_bytes, 1);
    if (!ok)
        return sk_fail(cx, SK_E_FORMAT, "this is no lexicon, or a damaged one; make it again");
    sk_lexicon *x = sk_new(&cx->arena, sk_lexicon);
    const char *p = block.p;
    *x = (sk_lexicon){h,
                      (const sk_lex_word *)(const void *)(p + h->words_at),
                      (const uint32_t *)(const void *)(p + h->slots_at),
                      (const sk_lex_entry *)(const void *)(p + h->entries_at),
                      (const sk_lex_node *)(const void *)(p + h->nodes_at),
                      (const sk_lex_edge *)(const void *)(p + h->edges_at),
                      (const sk_lex_sense *)(const void *)(p + h->senses_at),
                      p + h->strings_at,
                      sk_new_array(&cx->arena, uint32_t, (size_t)h->n_words + 1)};
    if (!is_sound(x))
        return sk_fail(cx, SK_E_FORMAT, "this lexicon is damaged; make it again");
    for (uint32_t i = 0; i < x->nodes[0].n_edges; i++)
        x->first[x->edges[x->nodes[0].edges + i].word] = x->edges[x->nodes[0].edges + i].node;
    *ret_lexicon = x;
    return SK_OK;
}

sk_str sk_lexicon_version(const sk_lexicon *lex)
{
    return sk_str_of(lex->head->version);
}

uint32_t sk_lexicon_word(const sk_lexicon *lex, sk_str folded)
{
    uint32_t mask = lex->head->n_slots - 1;
    for (uint32_t slot = sk_lex_hash(folded) & mask;; slot = (slot + 1) & mask) {
        uint32_t id = lex->slots[slot];
        if (!id)
            return 0;
        const sk_lex_word *w = &lex->words[id - 1];
        if (w->n == folded.n && !memcmp(lex->strings + w->string, folded.p, folded.n))
            return id;
    }
}

uint32_t sk_lexicon_pos(const sk_lexicon *lex, uint32_t word)
{
    return word ? lex->words[word - 1].pos : 0;
}

uint32_t sk_lexicon_step(const sk_lexicon *lex, uint32_t node, uint32_t word)
{
    if (!node)
        return lex->first[word];
    const sk_lex_node *n = &lex->nodes[node];
    uint32_t low = n->edges, high = n->edges + n->n_edges;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lex->edges[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n->edges + n->n_edges && lex->edges[low].word == word ? lex->edges[low].node : 0;
}

const sk_lex_sense *sk_lexicon_senses(const sk_lexicon *lex, uint32_t node, size_t *ret_n)
{
    *ret_n = lex->nodes[node].n_senses;
    return lex->senses + lex->nodes[node].senses;
}

const sk_lex_entry *sk_lexicon_entry(const sk_lexicon *lex, uint32_t entry)
{
    return &lex->entries[entry];
}

const char *sk_lexicon_string(const sk_lexicon *lex, uint32_t offset)
{
    return lex->strings + offset;
}

size_t sk_lexicon_count(const sk_lexicon *lex)
{
    return lex->head->n_entries;
}
