/* Runs of readings of Han characters, cheapest first. */
#include "name/latent_private.h"

/* Readings of the first character with the commonest surname among them in front: 金 is 김. */
static const sk_reading *surname_first(const sk_reading *r, unsigned n, sk_reading *copy,
                                       unsigned room)
{
    unsigned best = 0, best_cost = 255;

    n = n < room ? n : room;
    for (unsigned i = 0; i < n; i++) {
        const sk_ko_syllable *s = sk_tab_find_ko_syllable(r[i].id);
        if (s && s->surname < best_cost) {
            best_cost = s->surname;
            best = i;
        }
    }
    copy[0] = r[best];
    for (unsigned i = 0, k = 1; i < n; i++)
        if (i != best)
            copy[k++] = r[i];
    copy[0].cost = r[0].cost;
    return copy;
}

/* Runs of n characters from `from` on. */
bool sk_runs_open(sk_runs *r, const sk_latent *s, sk_latent_lang lang, unsigned from, unsigned n)
{
    static const sk_reading KANA = {0xFFFF, 0};

    r->native = sk_lat_native(s) + from;
    r->n = n;
    r->n_heap = 0;
    r->heap[0] = (sk_choice){0};
    for (unsigned i = 0; i < r->n; i++) {
        unsigned c = r->native[i];
        r->reading[i] = sk_tab_readings((unsigned)lang, c, &r->n_reading[i]);
        if (sk_is_kana_code(c) && lang == SK_LATENT_JA) {
            r->reading[i] = &KANA;
            r->n_reading[i] = 1;
        }
        if (!r->n_reading[i])
            return false;
        if (i == 0 && lang == SK_LATENT_KO) {
            r->reading[0] = surname_first(r->reading[0], r->n_reading[0], r->first, 4);
            r->n_reading[0] = r->n_reading[0] < 4 ? r->n_reading[0] : 4;
        }
        r->heap[0].cost = (uint16_t)(r->heap[0].cost + r->reading[i][0].cost);
    }
    r->n_heap = 1;
    return r->n > 0;
}

/* Take the cheapest run; false when there is none left. Each run is made once: a pick grows only
 * from the last character that grew. */
bool sk_runs_next(sk_runs *r, sk_choice *ret_run)
{
    unsigned best = 0;

    if (!r->n_heap)
        return false;
    for (unsigned i = 1; i < r->n_heap; i++)
        if (r->heap[i].cost < r->heap[best].cost)
            best = i;
    *ret_run = r->heap[best];
    r->heap[best] = r->heap[--r->n_heap];
    for (unsigned i = ret_run->from; i < r->n && r->n_heap < SK_RUNS_HEAP; i++) {
        unsigned pick = ret_run->pick[i];
        if (pick + 1 >= r->n_reading[i])
            continue;
        sk_choice c = *ret_run;
        c.pick[i]++;
        c.from = (uint8_t)i;
        c.cost = (uint16_t)(c.cost + r->reading[i][pick + 1].cost - r->reading[i][pick].cost);
        r->heap[r->n_heap++] = c;
    }
    return true;
}

unsigned sk_runs_letters(const sk_runs *r, const sk_choice *c, uint8_t *out, unsigned room)
{
    unsigned n = 0;

    for (unsigned i = 0; i < r->n; i++) {
        const sk_reading *k = &r->reading[i][c->pick[i]];
        uint8_t l[8];
        unsigned m;
        if (k->id == 0xFFFF) {
            m = sk_kana_letters(r->native[i], l);
        } else {
            m = sk_tab_ja_reading[k->id].n;
            memcpy(l, &sk_tab_ja_reading[k->id].letters, 8);
        }
        if (n + m > room)
            break;
        memcpy(out + n, l, m);
        n += m;
    }
    return n;
}
