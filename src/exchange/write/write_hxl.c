#include "exchange/write/write_hxl.h"

/* One key means one thing in all our tables, so it has one tag. Left out, because no tag says it:
 * group, start, leaf, bytes, state, reason. */
static const struct {
    const char *key, *tag;
} tags[] = {
    {"act", "#event+act+id"},
    {"at", "#date+entered"},
    {"by", "#meta+author+name"},
    {"caption", "#group+counted+name"},
    {"claim", "#meta+claim+id"},
    {"definition", "#description+definition"},
    {"did", "#event+act+type"},
    {"entry", "#meta+entry+id"},
    {"exhibit", "#meta+exhibit+id"},
    {"figure", "#affected+text"},
    {"high", "#affected+max"},
    {"id", "#meta+id"},
    {"kind", "#meta+type"},
    {"low", "#affected+min"},
    {"measure", "#indicator+name"},
    {"name", "#meta+name"},
    {"passage", "#meta+passage"},
    {"period", "#date+period"},
    {"population", "#group+counted+id"},
    {"position", "#status+position"},
    {"property", "#indicator+property"},
    {"says", "#meta+source+name"},
    {"snippet", "#description"},
    {"use", "#status+use"},
    {"value", "#indicator+value"},
    {"when", "#date"},
    {"where", "#loc+name"},
    {"who", "#group+perpetrator+name"},
    {"whom", "#group+victim+name"},
    {"words", "#description+words"},
};

sk_str sk_hxl_tag(sk_str column_key)
{
    for (size_t i = 0; i < SK_COUNT(tags); i++)
        if (sk_str_is(column_key, tags[i].key))
            return sk_str_of(tags[i].tag);
    return SK_S("");
}
