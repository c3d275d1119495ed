/* All readers, one file each; the table is in formats.c. */
#ifndef SK_EXCHANGE_READERS_H
#define SK_EXCHANGE_READERS_H

#include "exchange/reader.h"

extern const sk_reader sk_reader_un_consolidated; /* read_un.c             */
extern const sk_reader sk_reader_un_vessels;      /* read_un_vessels.c     */
extern const sk_reader sk_reader_ofac_sdn;        /* read_ofac.c           */
extern const sk_reader sk_reader_ftm_entities;    /* read_ftm_entities.c   */
extern const sk_reader sk_reader_ftm_statements;  /* read_ftm_statements.c */
extern const sk_reader sk_reader_table;           /* read_mapping.c        */
extern const sk_reader sk_reader_uwazi;           /* read_uwazi.c          */
extern const sk_reader sk_reader_bayanat;         /* read_bayanat.c        */
extern const sk_reader sk_reader_openevsys;       /* read_openevsys.c      */
extern const sk_reader sk_reader_geojson;         /* read_geojson.c        */
extern const sk_reader sk_reader_hxl;             /* read_hxl.c            */

#endif
