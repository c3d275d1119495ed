/* What read_openevsys.c and read_openevsys_map.c share. */
#ifndef SK_EXCHANGE_READ_OPENEVSYS_H
#define SK_EXCHANGE_READ_OPENEVSYS_H

#include "base/str.h"

typedef enum sk_oes_kind {
    OES_EVENT,
    OES_PERSON,
    OES_ACT,
    OES_INVOLVEMENT,
    OES_INFORMATION,
    OES_INTERVENTION,
    OES_RECORDS
} sk_oes_kind;

typedef struct sk_oes_record {
    const char *number; /* heading of its record number, folded */
    const char *type, *head;
} sk_oes_record;

extern const sk_oes_record sk_oes_records[OES_RECORDS];

typedef enum sk_oes_deed { OES_VALUE, OES_NOTE, OES_ACT_TERM, OES_NOTHING } sk_oes_deed;

typedef struct sk_oes_column {
    const char *label; /* folded */
    sk_oes_kind kind;  /* OES_RECORDS: of whichever record the columns before it are */
    sk_oes_deed deed;
    const char *prop;
} sk_oes_column;

/* NULL when the label is none of them: its values become notes. */
const sk_oes_column *sk_oes__find(sk_str folded);

#endif
