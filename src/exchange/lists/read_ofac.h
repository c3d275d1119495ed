/* Private to read_ofac*.c: the SDN list of the US Treasury's OFAC, as a set of CSV files.
 *
 * The entries of sdn.csv are held as a map, 32 bytes each, since rows of the other files speak of
 * them by number, and remarks speak of them by name ("Linked To: IRAN AIR"). */
#ifndef SK_EXCHANGE_READ_OFAC_H
#define SK_EXCHANGE_READ_OFAC_H

#include "exchange/lists/list_claims.h"

typedef enum sk_ofac_kind {
    SK_OFAC_BODY,
    SK_OFAC_PERSON,
    SK_OFAC_VESSEL,
    SK_OFAC_AIRCRAFT,
    SK_OFAC_OTHER, /* a type that the layout does not know */
    SK_OFAC_KINDS
} sk_ofac_kind;

/* "Organization", "Person", "Vessel", "Airplane", "LegalEntity" */
const char *sk_ofac_type(sk_ofac_kind kind);

/* Remarks of sdn.csv that go on in sdn_comments.csv. */
typedef struct sk_ofac_cut {
    uint64_t row;   /* of sdn.csv           */
    sk_str remarks; /* as far as they stand there */
} sk_ofac_cut;

typedef struct sk_ofac_entry {
    uint64_t number, name; /* name: a hash of the name in small letters */
    sk_ofac_cut *cut;      /* NULL: the remarks are whole               */
    uint8_t kind;
    bool is_twice, goes_on; /* goes_on: sdn_comments.csv has a row for it */
} sk_ofac_entry;

typedef struct sk_ofac_map {
    sk_arena memory; /* freed by sk_ofac_map_done */
    sk_ofac_entry *entries;
    size_t n, cap;
    uint32_t *by_number, *by_name; /* open addressing; index + 1, 0: free */
    size_t n_slots;
    size_t kept_bytes; /* of cut remarks */
} sk_ofac_map;

/* Add an entry; a number that is there already gets is_twice. Errors: SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_ofac_map_add(sk_ctx *cx, sk_ofac_map *m, uint64_t number, sk_str name,
                                  sk_ofac_kind kind);

/* Build the index; afterwards nothing may be added. */
void sk_ofac_map_index(sk_ofac_map *m);

sk_ofac_entry *sk_ofac_map_find(sk_ofac_map *m, uint64_t number); /* NULL: not there */

/* By a name that one entry alone has; NULL: none, or several. */
const sk_ofac_entry *sk_ofac_map_named(const sk_ofac_map *m, sk_str name);

/* Keep the remarks of an entry. Errors: SK_E_LIMIT. */
SK_MUST_USE sk_rc sk_ofac_map_keep(sk_ctx *cx, sk_ofac_map *m, sk_ofac_entry *entry, uint64_t row,
                                   sk_str remarks);
void sk_ofac_map_done(sk_ofac_map *m);

/* The files by what they hold; their order is that of reading. */
enum { SK_OFAC_SDN, SK_OFAC_ALT, SK_OFAC_ADD, SK_OFAC_COMMENTS, SK_OFAC_ROLES };

extern const char sk_ofac_authority[];

/* One reading of a set of files. */
typedef struct sk_ofac {
    sk_ctx *cx;
    const sk_source *src;
    sk_import *im;
    sk_ofac_map map;
    size_t file[SK_OFAC_ROLES]; /* index into the source's files; SIZE_MAX: not given */
    int role;                   /* of the file in hand                                */
    uint64_t rows;              /* of that file, so far                               */
} sk_ofac;

/* Cell i without the blanks around it; "-0- " is nothing, and so is "-0" at the end of a file that
 * lost its last bytes. */
sk_str sk_ofac_cell(const sk_cells_row *row, size_t i);

/* Announce a row of each file and make its claims. */
typedef sk_rc sk_ofac_row_fn(sk_ofac *o, const sk_cells_row *row, const sk_import_place *at);
sk_ofac_row_fn sk_ofac_take_sdn, sk_ofac_take_alt, sk_ofac_take_add, sk_ofac_take_comments;

/* What the remarks say, part by part ("DOB 10 Dec 1948; POB Egypt"). A part that is none of the
 * known wordings makes no claim: the whole text is kept as notes by the caller.
 * from        byte where to begin; parts before it are passed over
 * is_cut      the text breaks off: the last part is not looked at and given back in ret_rest
 * ret_rest    byte where the last part begins; may be NULL
 * prefix      of keys */
SK_MUST_USE sk_rc sk_ofac_remarks(const sk_list_entry *e, const sk_ofac_map *m, sk_str prefix,
                                  sk_str text, size_t from, bool is_cut, size_t *ret_rest);

/* A body or person named beside an entry, with no entry of its own: "ofac-4243-owner", linked from
 * the entry's property. */
SK_MUST_USE sk_rc sk_ofac_named(const sk_list_entry *e, const sk_ofac_map *m, sk_str prefix,
                                sk_str column, const char *prop, sk_str name);

#endif
