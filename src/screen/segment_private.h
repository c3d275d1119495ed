/* A segment of the index file, byte by byte: what the builder writes and the reader maps.
 *
 *   file     slot 0 (4 KiB) | slot 1 (4 KiB) | segment | segment | ...      each at a multiple of 4 KiB
 *   slot     magic, generation, stamp, places of the segments, sums; the newest good one counts
 *   segment  head | prepared names | the other parts, each at a multiple of 64
 *
 *     DOC    entities by key -> their values and names
 *     VALUE  what is said of them, each with its scope, text, and place in the source
 *     NAME   names among the values -> prepared bytes; BEARER whose they are, in which scope
 *     SCOPE  one combination of restriction labels and list copies -> LABELS text, COPY numbers
 *     KEY    sorted keys of names, with the name of each: posting lists
 *     GROUP  runs of one scope and script in ROW and SIGN, the lines of the scan, and their NAMEs
 *     ID     sorted hashes of identifiers -> values
 *     WORD   sorted hashes of words of unrestricted names -> how many names have it
 *     GONE   keys of entities that stand in earlier segments and no longer count
 *
 * Numbers are those of the machine that wrote it; a file of another kind of machine, version or of
 * other name tables is not read but made again: nothing here is truth. Every place and count is
 * checked against its part before use, and the bytes of a prepared name against their sum.
 * Private to screen/. */
#ifndef SK_SCREEN_SEGMENT_PRIVATE_H
#define SK_SCREEN_SEGMENT_PRIVATE_H

#include "base/sha256.h"
#include "base/strmap.h"
#include "name/name.h"
#include "name/scan.h"

#define SEGMENT_MAGIC "SKSCRSEG"
#define SLOT_MAGIC    "SKSCREEN"
enum {
    SCREEN_VERSION = 1,
    SCREEN_ENDIAN = 0x01020304,
    SCREEN_SEGMENTS = 16, /* more are merged                              */
    SCREEN_PAGE = 4096,
    SCREEN_STOP = 1000, /* a key with more names of one scope finds none */
};

typedef enum part {
    PART_PREP,
    PART_TEXT,
    PART_DOC,
    PART_VALUE,
    PART_NAME,
    PART_BEARER,
    PART_SCOPE,
    PART_SCOPE_COPY,
    PART_COPY,
    PART_KEY,
    PART_KEY_NAME,
    PART_GROUP,
    PART_ROW,
    PART_SIGN,
    PART_ROW_NAME,
    PART_ID,
    PART_WORD,
    PART_GONE,
    PARTS
} part;

typedef struct part_place {
    uint64_t at, n; /* bytes from the start of the segment; items */
} part_place;

typedef struct segment_head {
    char magic[8];
    uint32_t version, endian;
    uint64_t bytes;  /* of the segment, head included                       */
    uint64_t tables; /* sk_name_tables_id of the prepared names             */
    uint64_t words;  /* names that WORD counts                              */
    part_place part[PARTS];
    uint64_t sum; /* of everything above and of the sizes of items; see sum_of_head */
} segment_head;

typedef struct slot {
    char magic[8];
    uint32_t version, endian;
    uint64_t generation, tables, bytes; /* bytes: of the file that count */
    uint8_t stamp[32];
    uint32_t n_segments, unused;
    uint64_t at[SCREEN_SEGMENTS];
    uint64_t sum;
} slot;

/* A text: place of its bytes in TEXT, each with a NUL behind it. */
typedef struct text_place {
    uint32_t at, n;
} text_place;

typedef struct doc_row {
    text_place key;
    uint8_t digest[16]; /* of all it was made from, to know whether it changed */
    uint32_t value, n_values, name, n_names;
} doc_row;

typedef struct value_row {
    text_place text, place;
    text_place prop, type;
    uint32_t doc;
    uint16_t scope;
    uint8_t kind, flags;
} value_row;

enum { VALUE_USED_FALSELY = 1 };

typedef struct name_row {
    uint64_t at;  /* in PREP, a multiple of 16 */
    uint64_t sum; /* of its bytes              */
    uint32_t n;   /* bytes                     */
    uint32_t value;
} name_row;

/* Of a name, what finding it asks first. */
typedef struct bearer_row {
    uint32_t doc;
    uint16_t scope, unused;
} bearer_row;

typedef struct scope_row {
    text_place labels;       /* joined by LF; empty: open to all */
    uint32_t copy, n_copies; /* in SCOPE_COPY                */
} scope_row;

typedef struct copy_row {
    text_place list, asof, id, at; /* of the import: its entry in hex, when it was logged; an
                                      archive's own claims have none of these            */
} copy_row;

typedef struct group_row {
    uint32_t row, n; /* in ROW, SIGN, ROW_NAME */
    uint16_t scope;
    uint8_t script, unused[5];
} group_row;

typedef struct hash_row {
    uint64_t hash;
    uint32_t n; /* ID: the value; WORD: names that have it */
    uint32_t unused;
} hash_row;

static inline size_t part_item_bytes(part p)
{
    static const uint16_t BYTES[PARTS] = {
        [PART_PREP] = 1,
        [PART_TEXT] = 1,
        [PART_DOC] = sizeof(doc_row),
        [PART_VALUE] = sizeof(value_row),
        [PART_NAME] = sizeof(name_row),
        [PART_BEARER] = sizeof(bearer_row),
        [PART_SCOPE] = sizeof(scope_row),
        [PART_SCOPE_COPY] = 4,
        [PART_COPY] = sizeof(copy_row),
        [PART_KEY] = 8,
        [PART_KEY_NAME] = 4,
        [PART_GROUP] = sizeof(group_row),
        [PART_ROW] = SK_SCAN_ROW,
        [PART_SIGN] = sizeof(sk_scan_sign),
        [PART_ROW_NAME] = 4,
        [PART_ID] = sizeof(hash_row),
        [PART_WORD] = sizeof(hash_row),
        [PART_GONE] = sizeof(text_place),
    };
    return BYTES[p];
}

/* A sum of bytes that a torn write or a flipped bit does not keep; no proof against forgery. */
static inline uint64_t sum_of(const void *p, size_t n)
{
    return sk_str_hash((sk_str){(const char *)p, n});
}

/* The sum of a head holds the sizes of the items of every part too: a build that lays them out in
 * another way has other sums, and refuses the file although nobody raised SCREEN_VERSION. */
static inline uint64_t sum_of_head(const segment_head *h)
{
    uint64_t of[1 + PARTS] = {sum_of(h, offsetof(segment_head, sum))};
    for (int p = 0; p < PARTS; p++)
        of[1 + p] = part_item_bytes((part)p);
    return sum_of(of, sizeof of);
}

#endif
