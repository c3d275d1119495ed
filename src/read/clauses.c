/* Who is subject and object of each verb group: links between groups, found by walking from the verb.
 *
 * Leftwards for the subject: over adverbs, inserts between commas, dashes or brackets, relative
 * clauses and what prepositions bring in; a participle or infinitive takes it from the verb that
 * governs it. Rightwards for the object: the next noun group, nothing else in between. */
#include "read/reading_private.h"
#include "read/clauses.h"

static const sk_chunk none = {
    .kind = SK_CHUNK_OTHER, .entity = -1, .subject = -1, .object = -1, .list = -1, .poss = -1};

const sk_chunk *sk_chunk_at(const sk_reader *x, int32_t k)
{
    return k >= 0 && (size_t)k < x->n_chunks ? &x->chunks[k] : &none;
}

static unsigned kind_at(const sk_reader *x, int32_t k)
{
    return sk_chunk_at(x, k)->kind;
}

static bool is_conj(const sk_reader *x, int32_t k)
{
    return kind_at(x, k) == SK_CHUNK_CONJ;
}

static bool word_is(const sk_reader *x, int32_t k, const char *word)
{
    const sk_chunk *c = sk_chunk_at(x, k);
    return c->end > c->first && sk_item_is(x, c->first, word);
}

bool sk_chunk_is(const sk_reader *x, int32_t k, const char *word)
{
    return word_is(x, k, word);
}

/* The chunk before k, adverbs and time groups passed over. */
int32_t sk_chunk_before(const sk_reader *x, int32_t k)
{
    do
        k--;
    while (k >= 0 && (kind_at(x, k) == SK_CHUNK_ADV ||
                      (kind_at(x, k) == SK_CHUNK_NP && sk_chunk_at(x, k)->is_time &&
                       kind_at(x, k - 1) != SK_CHUNK_PREP)));
    return k;
}

int32_t sk_chunk_behind(const sk_reader *x, int32_t k)
{
    do
        k++;
    while ((size_t)k < x->n_chunks && kind_at(x, k) == SK_CHUNK_ADV);
    return k;
}

/* Is the noun group at k brought in by a preposition (other groups of a list passed over)? */
static bool in_prepositional(const sk_reader *x, int32_t k)
{
    while (k >= 2 && (kind_at(x, k - 1) == SK_CHUNK_COMMA || is_conj(x, k - 1)) &&
           kind_at(x, k - 2) == SK_CHUNK_NP)
        k -= 2;
    return kind_at(x, k - 1) == SK_CHUNK_PREP;
}

bool sk_chunk_in_pp(const sk_reader *x, int32_t k)
{
    return kind_at(x, k - 1) == SK_CHUNK_PREP;
}

/* From a closing sign at k back to the one that opened it; k when none did. */
static int32_t skip_back(const sk_reader *x, int32_t k, unsigned opening)
{
    for (int32_t i = k - 1; i >= 0; i--)
        if (kind_at(x, i) == opening)
            return i;
    return k;
}

static bool is_finite_verb(const sk_reader *x, int32_t k)
{
    return kind_at(x, k) == SK_CHUNK_VG && sk_chunk_at(x, k)->is_finite;
}

/* From a comma at k back to the comma that opens the insert behind a noun group, or -1: an insert
 * holds no finite verb of its own, except in a relative clause. */
static int32_t insert_before(const sk_reader *x, int32_t k)
{
    bool verb = false;
    for (int32_t i = k - 1; i >= 1; i--) {
        unsigned kind = kind_at(x, i);
        if (kind == SK_CHUNK_SEMICOLON || kind == SK_CHUNK_OPEN || kind == SK_CHUNK_CLOSE)
            return -1;
        if (is_finite_verb(x, i))
            verb = true;
        if (kind == SK_CHUNK_WH && kind_at(x, i - 1) == SK_CHUNK_COMMA)
            verb = false;
        if (kind != SK_CHUNK_COMMA || kind_at(x, i - 1) != SK_CHUNK_NP)
            continue;
        if (verb)
            return -1;
        /* a comma inside the insert's own list goes on to the left */
        bool list =
            kind_at(x, i + 1) == SK_CHUNK_NP && i >= 2 && kind_at(x, i - 2) == SK_CHUNK_PREP;
        if (!list)
            return i;
    }
    return -1;
}

/* The head of a chain "X of Y in Z" that ends at k: the noun group no preposition brings in. */
static int32_t head_of_chain(const sk_reader *x, int32_t k)
{
    while (k >= 2) {
        int32_t first = k;
        while (first >= 2 && is_conj(x, first - 1) && kind_at(x, first - 2) == SK_CHUNK_NP &&
               kind_at(x, first - 3) == SK_CHUNK_PREP)
            first -= 2;
        if (kind_at(x, first - 1) != SK_CHUNK_PREP)
            return k;
        if (kind_at(x, first - 2) != SK_CHUNK_NP)
            return kind_at(x, first - 2) == SK_CHUNK_VG ? -1 : -2 - (first - 2);
        k = first - 2;
    }
    return kind_at(x, k - 1) == SK_CHUNK_PREP ? -1 : k;
}

static int32_t governor(const sk_reader *x, int32_t v);

/* "Most are women, who": what is said of women is said of those who are. */
static int32_t predicate_of(const sk_reader *x, int32_t k)
{
    const sk_chunk *v = sk_chunk_at(x, k - 1);
    if (v->kind != SK_CHUNK_VG || !v->is_be || v->subject < 0 || sk_chunk_is(x, v->subject, "it") ||
        sk_chunk_at(x, k)->entity < 0 || sk_chunk_is(x, v->subject, "there"))
        return k;
    return sk_chunk_at(x, v->subject)->entity >= 0 ? v->subject : k;
}

static int32_t subject_left_of(const sk_reader *x, int32_t v)
{
    int32_t k = sk_chunk_before(x, v);
    for (int guard = 0; k >= 0 && guard < 64; guard++) {
        unsigned kind = kind_at(x, k);
        if (kind == SK_CHUNK_NP) {
            if (sk_chunk_at(x, k)->is_time) {
                k = sk_chunk_before(x, k);
                if (kind_at(x, k) == SK_CHUNK_PREP) /* "Soldiers on Thursday killed" */
                    k = sk_chunk_before(x, k);
                continue;
            }
            int32_t head = head_of_chain(x, k);
            if (head >= 0)
                return head;
            if (head == -1)
                return SK_READ_NONE;
            k = -2 -
                head; /* a phrase such as "In addition to abuses" in front: goes on before it */
            continue;
        }
        if (kind == SK_CHUNK_RIGHT) {
            k = skip_back(x, k, SK_CHUNK_LEFT) - 1;
        } else if (kind == SK_CHUNK_DASH) {
            int32_t open = skip_back(x, k, SK_CHUNK_DASH);
            if (open == k)
                return SK_READ_NONE;
            k = open - 1;
        } else if (kind == SK_CHUNK_COMMA) {
            int32_t open = insert_before(x, k);
            if (open <= 0 && is_finite_verb(x, k - 1) && /* "arrested, tortured or killed" */
                !sk_match_at(x, SK_LAYER_CUE, sk_chunk_at(x, k - 1)->head))
                return sk_chunk_at(x, k - 1)->subject;
            k = open > 0 ? open - 1 : -1;
        } else if (kind == SK_CHUNK_WH) {
            k--;
            if (kind_at(x, k) == SK_CHUNK_COMMA)
                k--;
            if (kind_at(x, k) != SK_CHUNK_NP)
                return SK_READ_NONE;
            return predicate_of(x, k);
        } else if (kind == SK_CHUNK_CONJ) {
            int32_t j = sk_chunk_before(x, k);
            while (j >= 0 && kind_at(x, j) != SK_CHUNK_VG && kind_at(x, j) != SK_CHUNK_SEMICOLON)
                j--;
            return kind_at(x, j) == SK_CHUNK_VG ? sk_chunk_at(x, j)->subject : SK_READ_NONE;
        } else if (kind == SK_CHUNK_VG || kind == SK_CHUNK_OPEN || kind == SK_CHUNK_ADJ) {
            if (kind == SK_CHUNK_VG)
                return sk_chunk_at(x, k)->subject;
            k--;
        } else {
            return SK_READ_NONE;
        }
    }
    return SK_READ_NONE;
}

/* Verbs whose object does what the infinitive behind it says: "require the workers to remit". */
static bool controls_object(const sk_reader *x, const sk_chunk *v)
{
    static const char *const verbs[] = {"promise", "promised", "promises",   "vow",
                                        "vowed",   "threaten", "threatened", "use",
                                        "used",    "uses",     "using"};
    for (size_t i = 0; i < SK_COUNT(verbs); i++)
        if (sk_item_is(x, v->head, verbs[i]))
            return false;
    return true;
}

/* The verb group that governs the group at v: the nearest one to the left in the same clause. */
static int32_t governor(const sk_reader *x, int32_t v)
{
    for (int32_t k = v - 1; k >= 0; k--) {
        unsigned kind = kind_at(x, k);
        if (kind == SK_CHUNK_SEMICOLON || kind == SK_CHUNK_CLOSE || kind == SK_CHUNK_OPEN)
            return SK_READ_NONE;
        if (kind == SK_CHUNK_DASH) {
            int32_t open = skip_back(x, k, SK_CHUNK_DASH);
            if (open < k && !sk_chunk_at(x, v)->is_finite && v - k > 1)
                k = open;
            continue;
        }
        if (kind == SK_CHUNK_VG)
            return k;
    }
    return SK_READ_NONE;
}

int32_t sk_chunk_governor(const sk_reader *x, int32_t v)
{
    return governor(x, v);
}

static int32_t subject_of_infinitive(const sk_reader *x, int32_t v)
{
    int32_t k = sk_chunk_before(x, v);
    int32_t g = governor(x, v);
    if (g < 0)
        return kind_at(x, k) == SK_CHUNK_NP ? k : SK_READ_NONE;
    const sk_chunk *over = sk_chunk_at(x, g);
    /* "called on the authorities to release" */
    if (kind_at(x, k) == SK_CHUNK_NP && k == g + 2 && kind_at(x, g + 1) == SK_CHUNK_PREP &&
        (word_is(x, g + 1, "on") || word_is(x, g + 1, "upon")) && sk_chunk_at(x, k)->entity >= 0)
        return k;
    if (kind_at(x, k) == SK_CHUNK_NP && over->object == k && controls_object(x, over))
        return k;
    if (over->is_passive && kind_at(x, k) == SK_CHUNK_VG)
        return over->subject; /* "was forced to work" */
    /* "urged China and Russia to": the list's last group stands before the infinitive */
    if (kind_at(x, k) == SK_CHUNK_NP && over->object >= 0 && over->object < k &&
        controls_object(x, over) && is_conj(x, k - 1))
        return over->object;
    return over->subject;
}

/* The subject of the verb g; "that means buying" is done by the subject of the clause before. */
static int32_t meant_by(const sk_reader *x, int32_t g)
{
    int32_t subject = sk_chunk_at(x, g)->subject;
    bool that = sk_chunk_is(x, subject, "that") || sk_chunk_is(x, subject, "this") ||
                sk_chunk_is(x, subject, "which");
    bool means = sk_item_is(x, sk_chunk_at(x, g)->head, "means") ||
                 sk_item_is(x, sk_chunk_at(x, g)->head, "meant");
    if (!means || (subject >= 0 && !that))
        return subject;
    for (int32_t v = g - 1; v >= 0; v--) {
        const sk_chunk *c = sk_chunk_at(x, v);
        if (c->kind == SK_CHUNK_VG && c->is_finite && c->subject >= 0 &&
            !sk_match_at(x, SK_LAYER_CUE, c->head) && sk_chunk_at(x, c->subject)->entity >= 0)
            return c->subject;
    }
    return SK_READ_NONE;
}

static int32_t subject_of_ing(const sk_reader *x, int32_t v)
{
    int32_t k = sk_chunk_before(x, v);
    unsigned kind = kind_at(x, k);
    if (kind == SK_CHUNK_NP && !sk_chunk_at(x, k)->is_time && !sk_chunk_at(x, k)->is_pronoun)
        return k;
    int32_t g = governor(x, v);
    if (kind == SK_CHUNK_CONJ && g >= 0)
        return sk_chunk_at(x, g)->subject;
    if (kind == SK_CHUNK_PREP && g >= 0) {
        const sk_chunk *over = sk_chunk_at(x, g);
        int32_t object = over->object;
        if (word_is(x, k, "against")) /* who warns against it does not do it */
            return SK_READ_NONE;
        /* "sanctions on two companies for employing": the nearest that can be meant */
        for (int32_t n = k - 1; word_is(x, k, "for") && n > g; n--)
            if (kind_at(x, n) == SK_CHUNK_NP && sk_chunk_at(x, n)->entity >= 0)
                return n;
        /* "accused China of returning", "prevent X from": the object does it */
        if ((word_is(x, k, "of") || word_is(x, k, "from") || word_is(x, k, "for") ||
             word_is(x, k, "into")) &&
            object >= 0 && object < k)
            return object;
        return over->is_passive && !word_is(x, k, "by") ? over->subject
               : over->is_passive                       ? SK_READ_NONE
                                                        : over->subject;
    }
    return g >= 0 ? meant_by(x, g) : SK_READ_NONE;
}

static int32_t subject_of(const sk_reader *x, int32_t v)
{
    const sk_chunk *c = sk_chunk_at(x, v);
    if (c->is_infinitive)
        return subject_of_infinitive(x, v);
    if (c->is_ing)
        return subject_of_ing(x, v);
    if (c->is_participle) {
        int32_t k = sk_chunk_before(x, v);
        if (kind_at(x, k) == SK_CHUNK_COMMA && kind_at(x, k - 1) == SK_CHUNK_NP)
            k--;
        if (kind_at(x, k) == SK_CHUNK_NP)
            return k;
        if (is_conj(x, k) && kind_at(x, k - 1) == SK_CHUNK_VG)
            return sk_chunk_at(x, k - 1)->subject;
        return SK_READ_NONE;
    }
    return subject_left_of(x, v);
}

static int32_t object_of(const sk_reader *x, int32_t v)
{
    int32_t k = sk_chunk_behind(x, v);
    if (kind_at(x, k) == SK_CHUNK_OPEN)
        k = sk_chunk_behind(x, k);
    if (kind_at(x, k) == SK_CHUNK_ADJ && kind_at(x, k + 1) == SK_CHUNK_NP)
        k++;
    /* "press both China and Russia" */
    if (word_is(x, k, "both") && kind_at(x, k + 1) == SK_CHUNK_NP)
        k++;
    if (kind_at(x, k) != SK_CHUNK_NP || sk_chunk_at(x, k)->is_time)
        return SK_READ_NONE;
    return k;
}

/* ", in remarks published on Monday,": does the phrase between commas that holds the verb at v open
 * with a preposition, and a finite verb follow behind its last comma? */
static bool in_insert(const sk_reader *x, int32_t v)
{
    int32_t k = v - 1, f = v + 1;
    while (kind_at(x, k) == SK_CHUNK_NP || kind_at(x, k) == SK_CHUNK_PREP)
        k--;
    if (k < 1 || kind_at(x, k) != SK_CHUNK_COMMA || kind_at(x, k + 1) != SK_CHUNK_PREP ||
        kind_at(x, k - 1) != SK_CHUNK_NP)
        return false;
    while (kind_at(x, f) == SK_CHUNK_NP || kind_at(x, f) == SK_CHUNK_PREP)
        f++;
    return kind_at(x, f) == SK_CHUNK_COMMA && is_finite_verb(x, sk_chunk_behind(x, f));
}

/* A past form behind a noun group may be a participle: "escapees detained in China." It is one when
 * the noun group is already the object of a verb, or another finite verb follows with no subject of
 * its own. */
static bool is_reduced_relative(const sk_reader *x, int32_t v)
{
    const sk_chunk *c = sk_chunk_at(x, v);
    const sk_item *head = &x->items[c->head];
    if (c->end - c->first != 1 || head->tag != SK_TAG_VBD || !(head->pos & SK_POS_VBN))
        return false;
    int32_t k = sk_chunk_before(x, v);
    if (kind_at(x, k) != SK_CHUNK_NP)
        return false;
    int32_t behind = sk_chunk_behind(x, v); /* "sent back 40 refugees" */
    unsigned next = kind_at(x, behind);
    if (x->is_heading && next != SK_CHUNK_NP && sk_match_at(x, SK_LAYER_ACT, c->head) &&
        sk_chunk_at(x, k)->head_attrs & SK_ATTR(PERSON))
        return true; /* headlines leave "were" out: "Hundreds detained without trial" */
    if (next == SK_CHUNK_NP && !sk_chunk_at(x, behind)->is_time)
        return false;
    if (in_insert(x, v))
        return true;
    for (int32_t g = k - 1; g >= 0; g--) {
        unsigned kind = kind_at(x, g);
        if (kind == SK_CHUNK_VG)
            return sk_chunk_at(x, g)->object == k ||
                   (in_prepositional(x, k) && sk_chunk_at(x, g)->is_finite && g < k);
        if (kind == SK_CHUNK_SUB || kind == SK_CHUNK_WH || kind == SK_CHUNK_SEMICOLON ||
            kind == SK_CHUNK_COMMA || kind == SK_CHUNK_OPEN)
            break;
    }
    /* "Workers sent abroad are ...": a finite verb follows */
    for (int32_t f = v + 1; (size_t)f < x->n_chunks; f++) {
        unsigned kind = kind_at(x, f);
        if (kind == SK_CHUNK_PREP && x->items[sk_chunk_at(x, f)->first].pos & SK_POS_SUB)
            return false; /* "arrived after protests were banned": a clause of its own */
        if (kind == SK_CHUNK_VG && sk_chunk_at(x, f)->is_finite)
            return x->items[sk_chunk_at(x, f)->first].tag != SK_TAG_VBD ||
                   sk_chunk_at(x, f)->is_passive;
        if (kind == SK_CHUNK_COMMA || kind == SK_CHUNK_CONJ || kind == SK_CHUNK_SUB ||
            kind == SK_CHUNK_WH || kind == SK_CHUNK_SEMICOLON || kind == SK_CHUNK_CLOSE)
            return false;
    }
    return false;
}

void sk_pass_clauses(sk_reader *x)
{
    for (int32_t v = 0; (size_t)v < x->n_chunks; v++) {
        sk_chunk *c = &x->chunks[v];
        if (c->kind != SK_CHUNK_VG)
            continue;
        if (is_reduced_relative(x, v)) {
            c->is_participle = true;
            c->is_finite = false;
        }
        c->object = object_of(x, v);
        c->subject = subject_of(x, v);
    }
}

/* --- lists --------------------------------------------------------------------------------------- */

/* May a and b stand in one list: both people or states, or both things? */
static bool alike(const sk_reader *x, int32_t a, int32_t b)
{
    const sk_chunk *p = sk_chunk_at(x, a), *q = sk_chunk_at(x, b);
    if (p->kind != SK_CHUNK_NP || q->kind != SK_CHUNK_NP || p->is_time || q->is_time)
        return false;
    return (p->entity >= 0) == (q->entity >= 0) || (p->head_attrs & q->head_attrs);
}

size_t sk_list_left(const sk_reader *x, int32_t k, int32_t ret_chunks[SK_MOST_SLOTS])
{
    size_t n = 0;
    ret_chunks[n++] = k;
    int32_t first = k;
    bool conj = is_conj(x, first - 1) || (kind_at(x, first - 1) == SK_CHUNK_COMMA);
    bool heading = x->is_heading; /* headlines list with a comma alone: "China, Russia uphold" */
    while (n < SK_MOST_SLOTS && conj) {
        int32_t sign = first - 1;
        if (is_conj(x, sign) && kind_at(x, sign - 1) == SK_CHUNK_COMMA)
            sign--;
        if (kind_at(x, sign) == SK_CHUNK_COMMA && n == 1 && !is_conj(x, first - 1) && !heading)
            break; /* an apposition, no list: lists end in "and" */
        int32_t before = sign - 1;
        if (kind_at(x, before) == SK_CHUNK_RIGHT) /* "the People's Republic of China (PRC) and" */
            before = skip_back(x, before, SK_CHUNK_LEFT) - 1;
        if (!alike(x, before, k) || sk_chunk_in_pp(x, before))
            break;
        ret_chunks[n++] = before;
        first = before;
        conj = kind_at(x, first - 1) == SK_CHUNK_COMMA || is_conj(x, first - 1);
    }
    for (size_t i = 0; i < n / 2; i++) {
        int32_t t = ret_chunks[i];
        ret_chunks[i] = ret_chunks[n - 1 - i];
        ret_chunks[n - 1 - i] = t;
    }
    return n;
}

size_t sk_list_right(const sk_reader *x, int32_t k, int32_t ret_chunks[SK_MOST_SLOTS])
{
    size_t n = 0;
    int32_t at = k;
    ret_chunks[n++] = k;
    while (n < SK_MOST_SLOTS) {
        int32_t sign = at + 1;
        bool comma = kind_at(x, sign) == SK_CHUNK_COMMA;
        if (comma && is_conj(x, sign + 1))
            sign++;
        if (!comma && !is_conj(x, sign))
            break;
        int32_t next = sign + 1;
        if (!alike(x, k, next))
            break;
        /* the subject of what follows is not in the list */
        if (kind_at(x, next + 1) == SK_CHUNK_VG && sk_chunk_at(x, next + 1)->is_finite &&
            sk_chunk_at(x, next + 1)->subject == next)
            break;
        if (comma && !is_conj(x, sign)) { /* a list goes on to its "and" */
            int32_t f = next + 1;
            while (kind_at(x, f) == SK_CHUNK_COMMA && kind_at(x, f + 1) == SK_CHUNK_NP)
                f += 2;
            if (kind_at(x, f) == SK_CHUNK_COMMA)
                f++;
            if (!is_conj(x, f) || kind_at(x, f + 1) != SK_CHUNK_NP)
                break;
        }
        ret_chunks[n++] = next;
        at = next;
    }
    return n;
}
