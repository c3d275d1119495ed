/* The scan with the byte shuffles of SSSE3 and AVX2: 16 or 32 names at a step.
 *
 * A cell of the alignment looks its cost up in a row of 27 bytes: one shuffle for letters below 16,
 * one for the others, each giving 0 where the other one answers. */
#include "name/scan_private.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2  __attribute__((target("avx2,popcnt")))
#define SSSE3 __attribute__((target("ssse3")))

/* ---- AVX2 ---- */

typedef struct table32 {
    __m256i low, high; /* the row's two halves, each in both lanes */
} table32;

AVX2 static inline table32 row32(const uint8_t *row)
{
    const __m128i *half = (const __m128i *)(const void *)row;
    return (table32){_mm256_broadcastsi128_si256(_mm_load_si128(half)),
                     _mm256_broadcastsi128_si256(_mm_load_si128(half + 1))};
}

typedef struct column32 {
    __m256i low, high; /* letter + 0x70: its top bit is set from 16 on; letter - 16: below 16 */
    __m256i gap;
} column32;

AVX2 static inline __m256i find32(table32 t, __m256i low, __m256i high)
{
    return _mm256_or_si256(_mm256_shuffle_epi8(t.low, low), _mm256_shuffle_epi8(t.high, high));
}

AVX2 static inline column32 column_of(const sk_scan_costs *costs, __m256i letters)
{
    column32 c = {.low = _mm256_add_epi8(letters, _mm256_set1_epi8(0x70)),
                  .high = _mm256_sub_epi8(letters, _mm256_set1_epi8(16))};
    c.gap = find32(row32(costs->of[0]), c.low, c.high);
    return c;
}

AVX2 static inline __m256i cell32(__m256i diagonal, __m256i cost, __m256i left, __m256i gap,
                                  __m256i above, __m256i skip)
{
    __m256i best = _mm256_min_epu8(_mm256_adds_epu8(diagonal, cost), _mm256_adds_epu8(left, gap));
    return _mm256_min_epu8(best, _mm256_adds_epu8(above, skip));
}

/* Two columns at a step share what is looked up for a row. A column of nothing changes nothing: it
 * stands in for the missing one of an odd number. */
AVX2 void sk_scan__block_avx2(const sk_scan_costs *costs, const uint8_t *letter, unsigned n,
                              const uint8_t *block, unsigned columns, uint8_t *ret_cost)
{
    __m256i d[SK_SCAN_ROW + 1], skip[SK_SCAN_ROW];
    table32 table[SK_SCAN_ROW];
    d[0] = _mm256_setzero_si256();
    for (unsigned i = 0; i < n; i++) {
        table[i] = row32(costs->of[letter[i]]);
        skip[i] = _mm256_set1_epi8((char)costs->of[letter[i]][0]);
        d[i + 1] = _mm256_adds_epu8(d[i], skip[i]);
    }
    for (unsigned j = 0; j < columns; j += 2) {
        const __m256i *at = (const __m256i *)(const void *)(block + 32 * (size_t)j);
        column32 x = column_of(costs, _mm256_loadu_si256(at));
        column32 y =
            column_of(costs, j + 1 < columns ? _mm256_loadu_si256(at + 1) : _mm256_setzero_si256());
        __m256i diagonal = d[0], x_above = _mm256_adds_epu8(diagonal, x.gap),
                y_above = _mm256_adds_epu8(x_above, y.gap);
        d[0] = y_above;
        for (unsigned i = 0; i < n; i++) {
            __m256i left = d[i + 1];
            __m256i x_new =
                cell32(diagonal, find32(table[i], x.low, x.high), left, x.gap, x_above, skip[i]);
            y_above =
                cell32(x_above, find32(table[i], y.low, y.high), x_new, y.gap, y_above, skip[i]);
            d[i + 1] = y_above;
            x_above = x_new;
            diagonal = left;
        }
    }
    _mm256_storeu_si256((__m256i *)(void *)ret_cost, d[n]);
}

AVX2 void sk_scan__distances_avx2(const sk_scan_sign *one, const sk_scan_sign *many, size_t n,
                                  uint8_t *ret_distance)
{
    for (size_t i = 0; i < n; i++)
        ret_distance[i] = (uint8_t)(__builtin_popcountll(one->classes ^ many[i].classes) +
                                    __builtin_popcountll(one->neighbours ^ many[i].neighbours));
}

/* ---- SSSE3 ---- */

SSSE3 static inline __m128i find16(const uint8_t *row, __m128i low, __m128i high)
{
    const __m128i *half = (const __m128i *)(const void *)row;
    return _mm_or_si128(_mm_shuffle_epi8(_mm_load_si128(half), low),
                        _mm_shuffle_epi8(_mm_load_si128(half + 1), high));
}

SSSE3 static void half_block(const sk_scan_costs *costs, const uint8_t *letter, unsigned n,
                             const uint8_t *block, unsigned columns, uint8_t *ret_cost)
{
    __m128i d[SK_SCAN_ROW + 1], skip[SK_SCAN_ROW];
    d[0] = _mm_setzero_si128();
    for (unsigned i = 0; i < n; i++) {
        skip[i] = _mm_set1_epi8((char)costs->of[letter[i]][0]);
        d[i + 1] = _mm_adds_epu8(d[i], skip[i]);
    }
    for (unsigned j = 0; j < columns; j++) {
        __m128i c = _mm_loadu_si128((const __m128i *)(const void *)(block + 32 * (size_t)j));
        __m128i low = _mm_add_epi8(c, _mm_set1_epi8(0x70));
        __m128i high = _mm_sub_epi8(c, _mm_set1_epi8(16));
        __m128i gap = find16(costs->of[0], low, high), diagonal = d[0];
        __m128i above = d[0] = _mm_adds_epu8(d[0], gap);
        for (unsigned i = 0; i < n; i++) {
            __m128i cost = find16(costs->of[letter[i]], low, high), left = d[i + 1];
            __m128i best = _mm_min_epu8(_mm_adds_epu8(diagonal, cost), _mm_adds_epu8(left, gap));
            diagonal = left;
            above = d[i + 1] = _mm_min_epu8(best, _mm_adds_epu8(above, skip[i]));
        }
    }
    _mm_storeu_si128((__m128i *)(void *)ret_cost, d[n]);
}

SSSE3 void sk_scan__block_ssse3(const sk_scan_costs *costs, const uint8_t *letter, unsigned n,
                                const uint8_t *block, unsigned columns, uint8_t *ret_cost)
{
    half_block(costs, letter, n, block, columns, ret_cost);
    half_block(costs, letter, n, block + 16, columns, ret_cost + 16);
}

#endif
