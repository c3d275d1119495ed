#include "record/document.h"

static const char *const kind_names[SK_BLOCK_KINDS] = {
    [SK_BLOCK_TEXT] = "text",
    [SK_BLOCK_HEADING] = "heading",
    [SK_BLOCK_ROW] = "row",
    [SK_BLOCK_FURNITURE] = "furniture",
};

static const char *const outcome_names[SK_OUTCOMES] = {
    [SK_OUTCOME_OK] = "ok",
    [SK_OUTCOME_PARTIAL] = "partial",
    [SK_OUTCOME_NONE] = "none",
    [SK_OUTCOME_FAILED] = "failed",
};

const char *sk_block_kind_name(sk_block_kind kind)
{
    sk_assert((unsigned)kind < SK_BLOCK_KINDS);
    return kind_names[kind];
}

const char *sk_outcome_name(sk_outcome outcome)
{
    sk_assert((unsigned)outcome < SK_OUTCOMES);
    return outcome_names[outcome];
}
