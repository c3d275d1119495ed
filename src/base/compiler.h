/* Compiler attributes and the assertion that stays on in release builds.
 *
 * Everything that differs between compilers is here, so that no other file names one. */
#ifndef SK_BASE_COMPILER_H
#define SK_BASE_COMPILER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SK_PRINTF(fmt_index, first_arg) __attribute__((format(printf, fmt_index, first_arg)))
#define SK_MUST_USE                     __attribute__((warn_unused_result))
#define SK_NORETURN                     __attribute__((noreturn))
#define SK_UNUSED                       __attribute__((unused))
#define SK_CLEANUP(fn)                  __attribute__((cleanup(fn)))

#define SK_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Stop the program because its own code is wrong; never because its input is. */
SK_NORETURN void sk_assert_failed(const char *expr, const char *file, int line);
#define sk_assert(expr) ((expr) ? (void)0 : sk_assert_failed(#expr, __FILE__, __LINE__))

#endif
