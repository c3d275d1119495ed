/* Data files of model/ inside the program, so that the sandboxed child opens nothing.
 * The file becomes the bytes from symbol to symbol_end; the build lists it in extract_stamp. */
#ifndef SK_EXTRACT_EMBED_H
#define SK_EXTRACT_EMBED_H

#define SK_EMBED(symbol, file)                                          \
    __asm__(".section .rodata\n" #symbol ":\n"                          \
            ".incbin \"" SK_MODEL_DIR "/" file "\"\n" #symbol "_end:\n" \
            ".byte 0\n"                                                 \
            ".previous\n");                                             \
    extern const char symbol[], symbol##_end[]

#endif
