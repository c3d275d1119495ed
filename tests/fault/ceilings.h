/* Ceilings that are met on request: what t_fault_limits builds the sources that compare with one
 * against, by forcing this header into them after base/limits.h.
 *
 * Each time such a source looks at a ceiling, ceiling() counts; at the chosen moment it answers with
 * a ceiling so low that what is there passes it. Each time a buffer is about to grow by an append,
 * ceiling_buf() counts and at the chosen moment has it overflow. Production builds know nothing of
 * this. Left as they are: ceilings that size an array (SK_LIM_PROOF_HASHES, SK_LIM_NOTE_SIGS,
 * SK_LIM_BLOB_GROUP, SK_LIM_QUERY_TERMS, SK_LIM_TYPES, SK_LIM_EDTF_SET), those of the model, which
 * is part of the program, and the two by which stored bytes are told from foreign or damaged ones
 * and then passed over as such: SK_LIM_FRAME_BYTES and, of a date in the index, SK_LIM_EDTF_BYTES. */
#ifndef CEILINGS_H
#define CEILINGS_H

#include "base/arena.h"
#include "base/limits.h"

typedef enum ceiling_kind { CEILING_CHECKS, CEILING_BUFFERS } ceiling_kind;

/* From now on count, and have the n-th (from 1; 0: none) of that kind met. */
void ceiling_arm(ceiling_kind kind, unsigned n);

/* Stop; returns how many were counted. *ret_was_met tells whether the n-th was among them. */
unsigned ceiling_disarm(bool *ret_was_met);

/* What the n-th was: the name of a ceiling, or "buffer". */
const char *ceiling_name(void);

size_t ceiling(const char *name, size_t real, size_t low);
bool ceiling_buf(void);

/* Assertions state what is true of real ceilings: they neither count nor fail. */
void ceiling_pause(bool is_paused);

#define SK_BUF_FAULT() ceiling_buf()

#undef sk_assert
#define sk_assert(expr)                                                                   \
    (ceiling_pause(true), (expr) ? (void)0 : sk_assert_failed(#expr, __FILE__, __LINE__), \
     ceiling_pause(false))

/* The values of base/limits.h, under other names; a note must have room for its last lines. */
static const size_t real_note_bytes SK_UNUSED = SK_LIM_NOTE_BYTES;
static const size_t real_note_line_bytes SK_UNUSED = SK_LIM_NOTE_LINE_BYTES;
static const size_t real_frame_bytes SK_UNUSED = SK_LIM_FRAME_BYTES;
static const size_t real_checkpoint_bytes SK_UNUSED = SK_LIM_CHECKPOINT_BYTES;
static const size_t real_segment_bytes SK_UNUSED = SK_LIM_SEGMENT_BYTES;
static const size_t real_devices SK_UNUSED = SK_LIM_DEVICES;
static const unsigned real_leaves SK_UNUSED = SK_LIM_LEAVES;
static const size_t real_group_bytes SK_UNUSED = SK_LIM_GROUP_BYTES;
static const size_t real_unsigned_leaves SK_UNUSED = SK_LIM_UNSIGNED_LEAVES;
static const int real_segments SK_UNUSED = SK_LIM_SEGMENTS;
static const size_t real_keys_bytes SK_UNUSED = SK_LIM_KEYS_BYTES;
static const size_t real_names SK_UNUSED = SK_LIM_NAMES;
static const int real_key_bytes SK_UNUSED = SK_LIM_KEY_BYTES;
static const size_t real_value_bytes SK_UNUSED = SK_LIM_VALUE_BYTES;
static const int real_chain SK_UNUSED = SK_LIM_CHAIN;
static const size_t real_query_bytes SK_UNUSED = SK_LIM_QUERY_BYTES;
static const int real_query_depth SK_UNUSED = SK_LIM_QUERY_DEPTH;
static const size_t real_text_bytes SK_UNUSED = SK_LIM_TEXT_BYTES;

#undef SK_LIM_NOTE_BYTES
#undef SK_LIM_NOTE_LINE_BYTES
#undef SK_LIM_FRAME_BYTES
#undef SK_LIM_CHECKPOINT_BYTES
#undef SK_LIM_SEGMENT_BYTES
#undef SK_LIM_DEVICES
#undef SK_LIM_LEAVES
#undef SK_LIM_GROUP_BYTES
#undef SK_LIM_UNSIGNED_LEAVES
#undef SK_LIM_SEGMENTS
#undef SK_LIM_KEYS_BYTES
#undef SK_LIM_NAMES
#undef SK_LIM_KEY_BYTES
#undef SK_LIM_VALUE_BYTES
#undef SK_LIM_CHAIN
#undef SK_LIM_QUERY_BYTES
#undef SK_LIM_QUERY_DEPTH
#undef SK_LIM_TEXT_BYTES

#define SK_LIM_NOTE_BYTES       ceiling("SK_LIM_NOTE_BYTES", real_note_bytes, 256)
#define SK_LIM_NOTE_LINE_BYTES  ceiling("SK_LIM_NOTE_LINE_BYTES", real_note_line_bytes, 1)
#define SK_LIM_FRAME_BYTES      real_frame_bytes
#define SK_LIM_CHECKPOINT_BYTES ceiling("SK_LIM_CHECKPOINT_BYTES", real_checkpoint_bytes, 1)
#define SK_LIM_SEGMENT_BYTES    ceiling("SK_LIM_SEGMENT_BYTES", real_segment_bytes, 1)
#define SK_LIM_DEVICES          ceiling("SK_LIM_DEVICES", real_devices, 0)
#define SK_LIM_LEAVES           ((unsigned)ceiling("SK_LIM_LEAVES", real_leaves, 1))
#define SK_LIM_GROUP_BYTES      ceiling("SK_LIM_GROUP_BYTES", real_group_bytes, 1000)
#define SK_LIM_UNSIGNED_LEAVES  ceiling("SK_LIM_UNSIGNED_LEAVES", real_unsigned_leaves, 1)
#define SK_LIM_SEGMENTS         ((int)ceiling("SK_LIM_SEGMENTS", (size_t)real_segments, 0))
#define SK_LIM_KEYS_BYTES       ceiling("SK_LIM_KEYS_BYTES", real_keys_bytes, 1)
#define SK_LIM_NAMES            ceiling("SK_LIM_NAMES", real_names, 0)
#define SK_LIM_KEY_BYTES        ((int)ceiling("SK_LIM_KEY_BYTES", (size_t)real_key_bytes, 1))
#define SK_LIM_VALUE_BYTES      ceiling("SK_LIM_VALUE_BYTES", real_value_bytes, 1)
#define SK_LIM_CHAIN            ((int)ceiling("SK_LIM_CHAIN", (size_t)real_chain, 0))
#define SK_LIM_QUERY_BYTES      ceiling("SK_LIM_QUERY_BYTES", real_query_bytes, 1)
#define SK_LIM_QUERY_DEPTH      ((int)ceiling("SK_LIM_QUERY_DEPTH", (size_t)real_query_depth, 0))
#define SK_LIM_TEXT_BYTES       ceiling("SK_LIM_TEXT_BYTES", real_text_bytes, 8)

#endif
