/* Turns functions that have hurt other C programs into compile errors.
 *
 * Force-included into every file of src/ and extract/ (see meson.build), after the system headers
 * below, so that their own declarations survive. What to use instead stands beside each name. */
#ifndef SK_BASE_BANNED_H
#define SK_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* some C libraries have macros of these names; poisoning one would be a warning */
#undef strcpy
#undef strncpy
#undef stpcpy
#undef strcat
#undef strncat
#undef sprintf
#undef vsprintf
#undef strtok
#pragma GCC poison strcpy strncpy stpcpy          /* sk_str, sk_buf_add */
#pragma GCC poison strcat strncat                 /* sk_buf_add */
#pragma GCC poison sprintf vsprintf               /* sk_buf_addf, sk_fmt */
#pragma GCC poison strtok                         /* sk_str_cut */
#pragma GCC poison atoi atol atoll atof           /* sk_str_to_u64 */
#pragma GCC poison gets scanf sscanf              /* a parser with a ceiling */
#pragma GCC poison localtime gmtime ctime asctime /* base/clock.h */
#pragma GCC poison system popen                   /* base/child.h */
#pragma GCC poison tmpnam mktemp tempnam          /* archive/fs.h */
#undef alloca
#pragma GCC poison alloca /* sk_alloc */

#endif
