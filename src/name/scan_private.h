/* What the files of the scan share: one kernel a kind of processor. */
#ifndef SK_NAME_SCAN_PRIVATE_H
#define SK_NAME_SCAN_PRIVATE_H

#include "name/scan.h"

#if defined(__x86_64__)
void sk_scan__block_ssse3(const sk_scan_costs *costs, const uint8_t *letter, unsigned n,
                          const uint8_t *block, unsigned columns, uint8_t *ret_cost);
void sk_scan__block_avx2(const sk_scan_costs *costs, const uint8_t *letter, unsigned n,
                         const uint8_t *block, unsigned columns, uint8_t *ret_cost);
void sk_scan__distances_avx2(const sk_scan_sign *one, const sk_scan_sign *many, size_t n,
                             uint8_t *ret_distance);
#endif

#endif
