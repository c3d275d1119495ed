/* Sections of romanised tokens, and aligning two of them by learned weights. */
#include "name/edit.h"

#include "name/compound.h"
#include "name/edit_private.h"
#include "name/roman.h"

/* ---- sections ---- */

/* What consonants share in the skeleton: voice, breath and the like fall away, vowels and h, w, y
 * are none. By letter, nothing first. */
static const uint8_t SKELETON[SK_EDIT_A] = {
    0, 0, 1, 2, 3, 0, 1, 2, 0, 0, 4, 2, 5, 6, 7, 0, 1, 2, 8, 4, 3, 0, 1, 0, 4, 0, 4,
};

uint8_t sk_edit_consonant(uint8_t letter)
{
    return SKELETON[letter];
}

static void add_skeleton(sk_edit *e, const uint8_t *letter)
{
    for (unsigned i = 0; i < e->n_letter; i++) {
        uint8_t c = SKELETON[letter[i]];
        bool is_twice = e->n_skeleton && e->skeleton[e->n_skeleton - 1] == c;
        if (c && !is_twice && e->n_skeleton < EDIT_SKELETON)
            e->skeleton[e->n_skeleton++] = c;
    }
}

/* letter has room for one more than is kept, which shows that there was more. */
static void add_token(sk_edit *e, uint8_t letter[SK_EDIT_LETTERS + 1], const sk_form *f, unsigned i)
{
    const sk_form_token *t = &f->token[i];
    unsigned room = SK_EDIT_LETTERS - e->n_letter;
    unsigned n = sk_roman_token(f, t, letter + e->n_letter, room + 1);
    bool is_over = n > room || (n && e->n_token == SK_EDIT_TOKENS);

    e->is_cut |= is_over;
    n = n > room ? room : n;
    if (n == 0 || e->n_token == SK_EDIT_TOKENS)
        return;
    e->token[e->n_token++] = (edit_token){
        .at = e->n_letter, .n = (uint8_t)n, .form_token = (uint8_t)i, .flags = (uint8_t)0};
    if (t->flags & SK_TOKEN_INITIAL)
        e->token[e->n_token - 1].flags |= EDIT_INITIAL;
    if (t->flags & (SK_TOKEN_PARTICLE | SK_TOKEN_PATRONYMIC | SK_TOKEN_SUFFIX))
        e->token[e->n_token - 1].flags |= EDIT_MINOR;
    e->n_letter = (uint8_t)(e->n_letter + n);
}

/* The script of most code points among letters. */
static sk_script main_script(const sk_form *f)
{
    unsigned count[SK_SCRIPT_COUNT] = {0}, best = SK_SCRIPT_NONE;

    for (unsigned i = 0; i < f->n_token; i++)
        count[f->token[i].script] += f->token[i].n;
    for (unsigned s = SK_SCRIPT_NONE + 1; s < SK_SCRIPT_COUNT; s++)
        if (count[s] && (best == SK_SCRIPT_NONE || count[s] > count[best]))
            best = s;
    return (sk_script)best;
}

void sk_edit_prepare(const sk_form *f, sk_buf *out)
{
    sk_edit e = {.script = (uint8_t)main_script(f)};
    uint8_t letter[SK_EDIT_LETTERS + 1];
    uint32_t hyphen = 0;
    bool all = true;

    for (unsigned i = 0; i < f->n_token; i++)
        all = all && (f->token[i].flags & (SK_TOKEN_HONORIFIC | SK_TOKEN_DIGITS));
    for (unsigned i = 0; i < f->n_token; i++) {
        unsigned n = e.n_token;
        if (all || !(f->token[i].flags & SK_TOKEN_HONORIFIC))
            add_token(&e, letter, f, i);
        if (e.n_token > n && f->token[i].before == SK_BREAK_HYPHEN)
            hyphen |= 1u << n;
    }
    sk_compound_join(&e, hyphen, letter);
    add_skeleton(&e, letter);
    size_t n = (sizeof(e) + e.n_letter + 7) / 8 * 8;
    e.size8 = (uint8_t)(n / 8);
    char *p = sk_buf_room(out, n);
    if (!p)
        return;
    memset(p, 0, n);
    memcpy(p, &e, sizeof(e));
    memcpy(p + sizeof(e), letter, e.n_letter);
    sk_buf_grew(out, n);
}

size_t sk_edit_size_bytes(const sk_edit *e)
{
    return (size_t)e->size8 * 8;
}

sk_script sk_edit_script(const sk_edit *e)
{
    return (sk_script)e->script;
}

bool sk_edit_is_cut(const sk_edit *e)
{
    return e->is_cut;
}

uint64_t sk_edit_tables_id(void)
{
    return (uint64_t)SK_ROMAN_VERSION << 16 ^ sizeof(sk_edit);
}

/* ---- weights ---- */

const sk_edit_pair *sk_edit_find(const sk_edit_weights *w, sk_script a, sk_script b,
                                 bool *ret_swapped)
{
    *ret_swapped = a > b;
    uint8_t lo = (uint8_t)(a < b ? a : b), hi = (uint8_t)(a < b ? b : a);
    for (unsigned i = 1; i < w->n_pair; i++)
        if (w->script_a[i] == lo && w->script_b[i] == hi)
            return &w->pair[i];
    return &w->pair[0];
}

void sk_edit_scan_matrix(sk_script a, sk_script b, int8_t out[SK_EDIT_A][SK_EDIT_A])
{
    bool swapped;
    const sk_edit_pair *pair = sk_edit_find(sk_edit_shipped(), a, b, &swapped);

    for (unsigned x = 0; x < SK_EDIT_A; x++) {
        for (unsigned y = 0; y < SK_EDIT_A; y++) {
            int v = swapped ? pair->both[y][x] : pair->both[x][y];
            int half = (2 * v + (v < 0 ? -SK_EDIT_NAT / 2 : SK_EDIT_NAT / 2)) / SK_EDIT_NAT;
            out[x][y] = (int8_t)(half < -16 ? -16 : half > 15 ? 15 : half);
        }
    }
}

/* ---- alignment ---- */

static inline int max_of(int a, int b)
{
    return a > b ? a : b;
}

/* The best sum of weights over all alignments of two runs of letters. */
static int align(const sk_edit_pair *w, const uint8_t *a, unsigned n, const uint8_t *b, unsigned m)
{
    int row[SK_EDIT_LETTERS + 1], gap_b[SK_EDIT_LETTERS];

    row[0] = 0;
    for (unsigned j = 0; j < m; j++) {
        gap_b[j] = w->right[j ? b[j - 1] : 0][b[j]];
        row[j + 1] = row[j] + gap_b[j];
    }
    for (unsigned i = 0; i < n; i++) {
        const int16_t *both = w->both[a[i]];
        int gap_a = w->left[i ? a[i - 1] : 0][a[i]];
        int diagonal = row[0];
        int here = row[0] = row[0] + gap_a;
        for (unsigned j = 0; j < m; j++) {
            int best = max_of(diagonal + both[b[j]], row[j + 1] + gap_a);
            diagonal = row[j + 1];
            here = max_of(best, here + gap_b[j]);
            row[j + 1] = here;
        }
    }
    return row[m];
}

/* ---- tokens ---- */

#define JOIN_GAIN (SK_EDIT_NAT / 2) /* below, a token is no part of its neighbour */

typedef struct match {
    int8_t of_a[SK_EDIT_TOKENS], of_b[SK_EDIT_TOKENS]; /* -1: alone */
    int score[SK_EDIT_TOKENS];                         /* of the pair of token i of a */
    bool is_initial[SK_EDIT_TOKENS];
    bool joined_a[SK_EDIT_TOKENS]; /* written together with its neighbour on the other side */
    int joined_b;                  /* what joining tokens of b brought                      */
} match;

/* Two tokens; an initial meets a word by its first letter alone. */
static int token_score(const sk_edit_pair *w, const sk_edit *a, unsigned i, const sk_edit *b,
                       unsigned j, bool *ret_initial)
{
    const edit_token *s = &a->token[i], *t = &b->token[j];
    const uint8_t *x = edit_letter(a) + s->at, *y = edit_letter(b) + t->at;

    *ret_initial = ((s->flags & EDIT_INITIAL) && s->n == 1 && t->n > 2) ||
                   ((t->flags & EDIT_INITIAL) && t->n == 1 && s->n > 2);
    return *ret_initial ? w->both[x[0]][y[0]] / 2 : align(w, x, s->n, y, t->n);
}

/* What a token brings when it is read together with a neighbour that met a token of the other side;
 * 0 when it is better left alone. */
static int join_gain(const sk_edit_pair *w, const sk_edit *a, unsigned i, unsigned neighbour,
                     const sk_edit *b, unsigned j, bool swapped)
{
    unsigned first = i < neighbour ? i : neighbour;
    const uint8_t *x = edit_letter(a) + a->token[first].at, *y = edit_letter(b) + b->token[j].at;
    unsigned n = a->token[i].n + a->token[neighbour].n, m = b->token[j].n;
    bool ignored;
    int alone = swapped ? token_score(w, b, j, a, neighbour, &ignored)
                        : token_score(w, a, neighbour, b, j, &ignored);
    int both = swapped ? align(w, y, m, x, n) : align(w, x, n, y, m);

    return both > alone + JOIN_GAIN ? both - alone : 0;
}

/* Abd al Rahman and Abdalrahman: tokens that met nothing and belong to their neighbour. */
static void join_tokens(const sk_edit_pair *w, const sk_edit *a, const sk_edit *b, match *m)
{
    for (unsigned i = 0; i < 2u * a->n_token; i++) {
        unsigned k = i / 2, next = i % 2 ? k + 1 : k - 1;
        if (m->of_a[k] >= 0 || next >= a->n_token || m->of_a[next] < 0 || m->is_initial[next])
            continue;
        int gain = join_gain(w, a, k, next, b, (unsigned)m->of_a[next], false);
        if (gain == 0)
            continue;
        m->of_a[k] = m->of_a[next];
        m->score[k] = gain;
        m->joined_a[k] = true;
    }
    for (unsigned j = 0; j < 2u * b->n_token; j++) {
        unsigned k = j / 2, next = j % 2 ? k + 1 : k - 1;
        if (m->of_b[k] >= 0 || next >= b->n_token || m->of_b[next] < 0 ||
            m->is_initial[m->of_b[next]])
            continue;
        int gain = join_gain(w, b, k, next, a, (unsigned)m->of_b[next], true);
        if (gain == 0)
            continue;
        m->of_b[k] = m->of_b[next];
        m->joined_b += gain;
    }
}

/* Pair tokens, the best pair first, while pairs are likelier than chance. */
static void match_tokens(const sk_edit_pair *w, const sk_edit *a, const sk_edit *b, match *m)
{
    int score[SK_EDIT_TOKENS][SK_EDIT_TOKENS];
    bool initial[SK_EDIT_TOKENS][SK_EDIT_TOKENS];

    memset(m->of_a, -1, sizeof(m->of_a));
    memset(m->of_b, -1, sizeof(m->of_b));
    for (unsigned i = 0; i < a->n_token; i++)
        for (unsigned j = 0; j < b->n_token; j++)
            score[i][j] = token_score(w, a, i, b, j, &initial[i][j]);
    for (;;) {
        int best = 0;
        unsigned at_i = 0, at_j = 0;
        for (unsigned i = 0; i < a->n_token; i++) {
            for (unsigned j = 0; m->of_a[i] < 0 && j < b->n_token; j++) {
                if (m->of_b[j] < 0 && score[i][j] > best) {
                    best = score[i][j];
                    at_i = i;
                    at_j = j;
                }
            }
        }
        if (best == 0)
            break;
        m->of_a[at_i] = (int8_t)at_j;
        m->of_b[at_j] = (int8_t)at_i;
        m->score[at_i] = best;
        m->is_initial[at_i] = initial[at_i][at_j];
    }
    join_tokens(w, a, b, m);
}

/* The letters of b with its tokens in the order of those they met in a; the rest where they were
 * before their neighbour. Returns true when that is another order. */
static bool reorder(const sk_edit *b, const match *m, uint8_t *out)
{
    uint8_t order[SK_EDIT_TOKENS];
    unsigned n = b->n_token, at = 0;
    bool changed = false;

    for (unsigned j = 0; j < n; j++) {
        unsigned k = j;
        order[j] = (uint8_t)j;
        while (k > 0 && m->of_b[j] >= 0 && m->of_b[order[k - 1]] > m->of_b[j]) {
            order[k] = order[k - 1];
            order[--k] = (uint8_t)j;
            changed = true;
        }
    }
    for (unsigned j = 0; j < n; j++) {
        const edit_token *t = &b->token[order[j]];
        memcpy(out + at, edit_letter(b) + t->at, t->n);
        at += t->n;
    }
    return changed;
}

/* Length of the longest common subsequence of two skeletons: one machine word holds a row.
 * Source: H. Hyyro, Bit-parallel LCS-length computation revisited, 2004. */
static unsigned common(const sk_edit *a, const sk_edit *b)
{
    uint32_t where[9] = {0}, v = UINT32_MAX;

    for (unsigned i = 0; i < a->n_skeleton; i++)
        where[a->skeleton[i]] |= 1u << i;
    for (unsigned j = 0; j < b->n_skeleton; j++) {
        uint32_t u = v & where[b->skeleton[j]];
        v = (v + u) | (v - u);
    }
    uint32_t mask = (uint32_t)((1ull << a->n_skeleton) - 1);
    return (unsigned)__builtin_popcount(~v & mask);
}

static void count_tokens(const sk_edit *a, const sk_edit *b, const match *m, sk_edit_result *r)
{
    float worst = 10, left = 0, paired = 0;
    int sum = m->joined_b;

    for (unsigned i = 0; i < a->n_token; i++) {
        const edit_token *s = &a->token[i];
        if (m->of_a[i] < 0) {
            r->left_a = (uint8_t)(r->left_a + !(s->flags & EDIT_MINOR));
            left += s->n;
            continue;
        }
        const edit_token *t = &b->token[m->of_a[i]];
        if (m->joined_a[i]) {
            sum += m->score[i];
            paired += s->n;
            continue;
        }
        unsigned longer = s->n > t->n ? s->n : t->n;
        float mean = (float)m->score[i] / (SK_EDIT_NAT * (float)longer);
        r->pairs++;
        r->initials = (uint8_t)(r->initials + m->is_initial[i]);
        sum += m->score[i];
        paired += s->n;
        if (!m->is_initial[i] && mean < worst)
            worst = mean;
    }
    for (unsigned j = 0; j < b->n_token; j++) {
        if (m->of_b[j] >= 0) {
            paired += b->token[j].n;
        } else {
            r->left_b = (uint8_t)(r->left_b + !(b->token[j].flags & EDIT_MINOR));
            left += b->token[j].n;
        }
    }
    r->tokens = (float)sum / SK_EDIT_NAT;
    r->token_mean = r->tokens / (paired / 2 + left > 0 ? paired / 2 + left : 1);
    r->worst = r->pairs ? worst : 0;
    r->share = paired + left > 0 ? paired / (paired + left) : 0;
}

/* a and b in the order of the weights. */
static void compare(const sk_edit_pair *w, const sk_edit *a, const sk_edit *b, sk_edit_result *r)
{
    uint8_t letter[SK_EDIT_LETTERS];
    match m = {0};
    unsigned longer = a->n_letter > b->n_letter ? a->n_letter : b->n_letter;

    *r = (sk_edit_result){.letters_a = a->n_letter, .letters_b = b->n_letter};
    match_tokens(w, a, b, &m);
    count_tokens(a, b, &m, r);
    r->order_changed = reorder(b, &m, letter);
    int whole = align(w, edit_letter(a), a->n_letter, letter, b->n_letter);
    r->whole = (float)whole / SK_EDIT_NAT;
    r->mean = longer ? r->whole / (float)longer : 0;
    unsigned both = a->n_skeleton + b->n_skeleton;
    r->skeleton = both ? 2 * (float)common(a, b) / (float)both : 0;
}

/* True when a must stand second: by the order of scripts, else by its bytes, so that ties between
 * tokens are cut alike whichever name comes first. */
static bool stands_second(const sk_edit *a, const sk_edit *b)
{
    if (a->script != b->script)
        return a->script > b->script;
    size_t n = sk_edit_size_bytes(a), m = sk_edit_size_bytes(b);
    int order = memcmp(a, b, n < m ? n : m);
    return order ? order > 0 : n > m;
}

void sk_edit_compare(const sk_edit_weights *w, const sk_edit *a, const sk_edit *b,
                     sk_edit_result *ret_result)
{
    sk_edit_result *r = ret_result;
    bool swapped;
    const sk_edit_pair *pair =
        sk_edit_find(w, (sk_script)a->script, (sk_script)b->script, &swapped);

    if (!stands_second(a, b)) {
        compare(pair, a, b, r);
        return;
    }
    compare(pair, b, a, r);
    uint8_t left = r->left_a, letters = r->letters_a;
    r->left_a = r->left_b;
    r->left_b = left;
    r->letters_a = r->letters_b;
    r->letters_b = letters;
}

unsigned sk_edit_in_order(const sk_edit_pair *w, const sk_edit *a, const sk_edit *b,
                          uint8_t letter[SK_EDIT_LETTERS])
{
    match m = {0};

    match_tokens(w, a, b, &m);
    reorder(b, &m, letter);
    return b->n_letter;
}

unsigned sk_edit_explain(const sk_edit_weights *w, const sk_edit *a, const sk_edit *b,
                         sk_edit_pairing ret_pairing[2 * SK_EDIT_TOKENS])
{
    bool swapped, second = stands_second(a, b);
    const sk_edit_pair *pair =
        sk_edit_find(w, (sk_script)a->script, (sk_script)b->script, &swapped);
    const sk_edit *x = second ? b : a, *y = second ? a : b;
    match m = {0};
    unsigned n = 0;

    match_tokens(pair, x, y, &m);
    const int8_t *of_a = second ? m.of_b : m.of_a, *of_b = second ? m.of_a : m.of_b;
    for (unsigned i = 0; i < a->n_token; i++) {
        sk_edit_pairing p = {.token_a = a->token[i].form_token,
                             .token_b = -1,
                             .more_a = (uint8_t)EDIT_MORE_OF(a->token[i].flags)};
        if (of_a[i] >= 0) {
            const edit_token *t = &b->token[of_a[i]];
            unsigned longer = a->token[i].n > t->n ? a->token[i].n : t->n;
            p.token_b = t->form_token;
            p.more_b = (uint8_t)EDIT_MORE_OF(t->flags);
            p.mean = (float)m.score[second ? of_a[i] : (int)i] / (SK_EDIT_NAT * (float)longer);
        }
        ret_pairing[n++] = p;
    }
    for (unsigned j = 0; j < b->n_token; j++)
        if (of_b[j] < 0)
            ret_pairing[n++] = (sk_edit_pairing){-1, b->token[j].form_token, 0,
                                                 (uint8_t)EDIT_MORE_OF(b->token[j].flags), 0};
    return n;
}
