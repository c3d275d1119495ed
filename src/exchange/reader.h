/* Readers: from a structured file to claims.
 *
 * A reader knows one layout. It goes through the rows of its file, says which row it is at, and
 * hands over drafts of claims; what it cannot use it reports. Whoever called it decides what
 * becomes of the claims: they are counted (a dry run), compared, or put into the index.
 *
 *     sk_rc sk_read_example(sk_ctx *cx, const sk_source *src, sk_import *im)
 *     {
 *         ... for each row of the file:
 *         sk_import_row(im, &(sk_import_place){.file = 0, .row = 12, .place = SK_S("row 12")}, key);
 *         sk_import_type(im, key, SK_S("Person"));
 *         SK_TRY(sk_import_claim(im, SK_S("NAME"), &draft));
 *         sk_import_left(im, SK_S("DOB"), SK_S("31/02/1960"), "no such day; correct it in the source");
 *     }
 *
 * What every reader keeps:
 * - deterministic: the same bytes, options and reader version give the same claims in the same order;
 * - every row of the source is announced by sk_import_row, also those it skips;
 * - every value is taken, or reported by sk_import_left, or belongs to a column that the reader's
 *   documentation (docs/formats/import.md) names as not taken;
 * - keys come from the source's own stable ids ("un-KPe.068", "ofac-36"), never from row numbers
 *   where the source has ids;
 * - text is kept as the source wrote it: where the value is made canonical (a date, a country), the
 *   words stay in draft.words;
 * - memory does not grow with the file (a map from ids to rows is named in the reader's head);
 * - an error (a file cut short, not of this layout) is returned, never papered over: SK_E_FORMAT
 *   with file, row, column and value.
 *
 * Threads: as its context. */
#ifndef SK_EXCHANGE_READER_H
#define SK_EXCHANGE_READER_H

#include "exchange/cells.h"
#include "record/claim.h"

/* What the user or the list says of the whole import. Everything may be empty. */
typedef struct sk_import_options {
    sk_str list;            /* which list this is a copy of: "un-sc"; keys a difference     */
    sk_str asof;            /* EDTF: the state of things of this copy                        */
    const sk_str *claimant; /* chain, origin first; a reader has a default of its own        */
    size_t n_claimant;
    sk_str carrier, lang, reference;
    sk_str prefix; /* put before keys that are the source's bare ids; may be empty  */
    sk_str charset, sheet;
    char sep;
} sk_import_options;

typedef struct sk_source {
    const sk_source_file *files; /* the first is the main one                                */
    size_t n_files;
    sk_str mapping; /* text of a mapping file; empty: none                      */
    sk_import_options options;
    sk_extractor *extractor; /* for sk_cells_open; may be NULL                           */
} sk_source;

/* ---- what a reader says; implemented by exchange/import.c ---- */

typedef struct sk_import sk_import;

typedef struct sk_import_place {
    size_t file;         /* index into the source's files                            */
    uint64_t row;        /* as a person counts it in that file, from 1               */
    uint64_t from, to;   /* bytes; 0 and 0 if not known                              */
    sk_str place;        /* of the passage: "row 12"; empty: made from row           */
    const sk_str *cells; /* the row's cells for the report; may be NULL              */
    size_t n_cells;
} sk_import_place;

/* The next row begins: scratch memory of the row before is gone.
 * key   of the entity that the row is about; empty: not known (a heading, a row to be skipped) */
void sk_import_row(sk_import *im, const sk_import_place *at, sk_str key);

/* Memory that lives until the next sk_import_row: drafts may borrow from it. */
sk_ctx *sk_import_scratch(sk_import *im);

/* Hand over one claim resting on the row in hand. The draft needs entity, type, prop, and a value
 * (or a quantity, or absent); chain, carrier, asof, lang, reference and the passage are filled in
 * from the options where the draft has none. It is checked like any claim; one that fails is
 * reported as left, with the reason, and reading goes on. Repeated claims of one row are taken once.
 * column   the source's name for where the value stands
 * Errors: only what must end the reading (cancelled, limits). */
SK_MUST_USE sk_rc sk_import_claim(sk_import *im, sk_str column, const sk_claim *draft);

/* Shorthands for the usual: text as it is; words kept when value is canonical. Empty values are
 * passed over. */
SK_MUST_USE sk_rc sk_import_value(sk_import *im, sk_str column, sk_str entity, const char *type,
                                  const char *prop, sk_str value);
SK_MUST_USE sk_rc sk_import_words(sk_import *im, sk_str column, sk_str entity, const char *type,
                                  const char *prop, sk_str value, sk_str words);

/* A value that was not taken: why, and what to do. */
SK_PRINTF(4, 5)
void sk_import_left(sk_import *im, sk_str column, sk_str value, const char *fmt, ...);

/* A value that was taken and should be looked at. */
SK_PRINTF(4, 5)
void sk_import_remark(sk_import *im, sk_str column, sk_str value, const char *fmt, ...);

/* The row in hand makes no claims: why ("a heading", "blank", "no name and no id"). */
SK_PRINTF(2, 3)
void sk_import_skip(sk_import *im, const char *fmt, ...);

/* What the file says of itself, where the user said nothing: the date of the copy (EDTF), its name
 * ("un-sc"). Before the first claim. */
void sk_import_says(sk_import *im, sk_str list, sk_str asof);

/* The claimant of claims that name none, unless the user named one. Before the first claim. */
void sk_import_says_claimant(sk_import *im, sk_str claimant);

/* ---- the table of readers; exchange/formats.c ---- */

typedef struct sk_reader {
    const char *name;  /* "un-consolidated": stands in import entries and after --format   */
    int version;       /* grows when the same bytes give other claims                      */
    const char *title; /* "UN Security Council consolidated list, XML"                     */
    const char *files; /* "consolidated.xml", "sdn.csv alt.csv add.csv ...": for help       */
    bool needs_mapping;
    bool takes_mapping; /* reads by a mapping when one is given, else by itself */
    /* How sure is it that the file is of this layout, 0 (not at all) to 100, by name and first
     * bytes (up to 64 KiB). */
    int (*sniff)(sk_str name, sk_str head);
    sk_rc (*read)(sk_ctx *cx, const sk_source *src, sk_import *im);
} sk_reader;

extern const sk_reader *const sk_readers[];
extern const size_t sk_n_readers;

/* By name; NULL when there is none. */
const sk_reader *sk_reader_find(sk_str name);

/* The reader that is surest; NULL when none is. */
const sk_reader *sk_reader_sniff(sk_str name, sk_str head);

#endif
