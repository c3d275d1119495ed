/* The texts around a package's payload: bag-info.txt, README.txt, manifests, and verify.sh. */
#include "base/buf.h"
#include "base/clock.h"
#include "publish/package_priv.h"

#include "verify_stamp.h" /* built again when verify.sh changes */

#include <stdlib.h>

__asm__(".section .rodata\n"
        ".globl sk_package__verify\n"
        ".globl sk_package__verify_end\n"
        "sk_package__verify:\n"
        ".incbin \"" SK_PUBLISH_DIR "/verify.sh\"\n"
        "sk_package__verify_end:\n"
        ".byte 0\n"
        ".previous\n");

/* Names come from whoever captured the file: line ends in them must not make new lines here. */
static sk_str one_line(sk_arena *a, sk_str s)
{
    char *p = sk_alloc_copy(a, s.p, s.n);
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)p[i] < ' ')
            p[i] = ' ';
    return (sk_str){p, s.n};
}

/* Does an earlier capture have the same name? */
static bool is_repeated(const sk_exhibit *x, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (sk_str_eq(x->captures[k].name, x->captures[i].name))
            return true;
    return x->captures[i].name.n == 0;
}

sk_str sk_package__bag_info(const package *pk)
{
    sk_arena *a = &pk->cx->arena;
    const sk_exhibit *x = pk->exhibit;
    char now[SK_TIME_BYTES];
    sk_clock_now(now);
    sk_str text =
        sk_fmt(a,
               "Bag-Software-Agent: sillok/" SK_VERSION "\n"
               "Bagging-Date: %.10s\n"
               "External-Description: One exhibit with its captures, claims, keys and proofs\n"
               "External-Identifier: sha256:%s\n"
               "Payload-Oxum: %llu.%llu\n",
               now, sk_hash_hex(a, &x->hash).p, (unsigned long long)pk->sum.payload_bytes,
               (unsigned long long)pk->sum.payload_files);
    for (size_t i = 0; i < x->n_captures; i++)
        if (!is_repeated(x, i))
            text = sk_fmt(a, "%.*sOriginal-Name: %.*s\n", SK_P(text),
                          SK_P(one_line(a, x->captures[i].name)));
    return text;
}

static const char readme_head[] =
    "A package of sillok: one exhibit, and proof of when and by whom it was recorded\n"
    "\n"
    "TO CHECK IT\n"
    "\n"
    "    bash verify.sh              or, with keys that reached you by another way:\n"
    "    bash verify.sh KEYS\n"
    "\n"
    "It needs bash 4.4, GNU coreutils and OpenSSL 3, and nothing of sillok. It prints a line\n"
    "for each thing found right, and names the first thing that is wrong. Whoever forged a\n"
    "package could forge this script as well: read it, or take it from another copy of\n"
    "sillok; its SHA-256 is the same in every package of one version.\n"
    "\n"
    "WHAT A GOOD RESULT SHOWS\n"
    "\n"
    "  - The exhibit's bytes are those whose SHA-256 the capture entry names.\n"
    "  - Each entry is as its author signed it.\n"
    "  - Each entry stood in the log whose head (checkpoint) the device signed; none of this\n"
    "    can be changed later without both keys.\n"
    "  - With KEYS: the signers are those whom you know by these keys.\n"
    "\n"
    "It does not show that what the exhibit says is true, nor that the clock of the device\n"
    "was right. Times in entries are what that clock said. Other entries of the log are not\n"
    "in this package; the proofs contain their hashes, which say nothing about them.\n"
    "\n"
    "BY HAND\n"
    "\n"
    "    sha256sum -c manifest-sha256.txt        every file is as listed\n"
    "    sha256sum data/entries/*.note           each entry's name is its SHA-256\n"
    "    sha256sum data/blobs/*                  so is the exhibit's\n"
    "\n"
    "An entry is text, an empty line, and a signature line: an em dash, the key's name, and\n"
    "base64 of 4 bytes of key id and 64 bytes of Ed25519 signature over the text (C2SP\n"
    "signed-note). A proof is a C2SP tlog-proof: the entry's index, the hashes from its leaf\n"
    "to the root of an RFC 6962 tree, and the signed checkpoint. The leaf is SHA-256(00 ||\n"
    "entry id), a node SHA-256(01 || left || right).\n";

static void add_names(const package *pk, sk_buf *b)
{
    sk_arena *a = &pk->cx->arena;
    const sk_exhibit *x = pk->exhibit;
    sk_buf_addf(b, "\nTHE EXHIBIT\n\n    %.*s\n    %llu bytes\n", SK_P(pk->blob_path),
                (unsigned long long)x->size_bytes);
    for (size_t i = 0; i < x->n_captures; i++) {
        const sk_capture *c = &x->captures[i];
        sk_buf_addf(b, "    recorded %.*s as \"%.*s\"", SK_P(c->at), SK_P(one_line(a, c->name)));
        if (c->url.n)
            sk_buf_addf(b, ", from %.*s", SK_P(one_line(a, c->url)));
        if (c->captured.n)
            sk_buf_addf(b, ", captured %.*s", SK_P(one_line(a, c->captured)));
        sk_buf_addc(b, '\n');
    }
}

static void add_entries(const package *pk, sk_buf *b)
{
    sk_arena *a = &pk->cx->arena;
    sk_buf_addf(b, "\nTHE ENTRIES\n\n");
    for (size_t i = 0; i < pk->n_entries; i++) {
        const sk_entry_row *e = &pk->entries[i];
        sk_buf_addf(b, "    %s  %.*s  %.*s\n", sk_hash_hex(a, &e->id).p, SK_P(e->at),
                    SK_P(e->kind));
    }
}

sk_str sk_package__readme(const package *pk, sk_str vkeys)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_OUTPUT_BYTES);
    sk_buf_add(&b, sk_str_of(readme_head));
    add_names(pk, &b);
    add_entries(pk, &b);
    sk_buf_addf(&b, "\nTHE KEYS KNOWN TO THE ARCHIVE\n\n");
    sk_str line;
    while (sk_str_cut(&vkeys, '\n', &line))
        if (line.n)
            sk_buf_addf(&b, "    %.*s\n", SK_P(line));
    sk_str script = sk_str_range(sk_package__verify, sk_package__verify_end);
    sk_hash hash = sk_sha256(script);
    sk_buf_addf(&b, "\nSHA-256 of verify.sh\n\n    %s\n", sk_hash_hex(&pk->cx->arena, &hash).p);
    sk_assert(!b.overflow);
    sk_str text = sk_str_copy(&pk->cx->arena, sk_buf_str(&b));
    sk_buf_done(&b);
    return text;
}

static int by_path(const void *p, const void *q)
{
    return sk_str_cmp(((const package_file *)p)->path, ((const package_file *)q)->path);
}

sk_str sk_package__manifest(sk_arena *a, package_file *files, size_t n)
{
    sk_buf b;
    sk_buf_init(&b, SK_LIM_OUTPUT_BYTES);
    qsort(files, n, sizeof *files, by_path);
    for (size_t i = 0; i < n; i++) {
        sk_buf_add(&b, sk_hash_hex(a, &files[i].hash));
        sk_buf_addf(&b, "  %.*s\n", SK_P(files[i].path));
    }
    sk_assert(!b.overflow);
    sk_str text = sk_str_copy(a, sk_buf_str(&b));
    sk_buf_done(&b);
    return text;
}

sk_str sk_package__extension(sk_arena *a, sk_str name)
{
    size_t dot = name.n;
    while (dot && name.p[dot - 1] != '.' && name.p[dot - 1] != '/')
        dot--;
    sk_str ending = sk_str_sub(name, dot, name.n);
    bool good = dot > 1 && name.p[dot - 1] == '.' && ending.n >= 1 && ending.n <= 8;
    char *p = sk_alloc_copy(a, ending.p, ending.n);
    for (size_t i = 0; i < ending.n; i++) {
        if (p[i] >= 'A' && p[i] <= 'Z')
            p[i] = (char)(p[i] | 0x20);
        good = good && ((p[i] >= 'a' && p[i] <= 'z') || (p[i] >= '0' && p[i] <= '9'));
    }
    return good ? (sk_str){p, ending.n} : SK_S("bin");
}
