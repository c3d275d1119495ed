#include "read/reading_private.h"

static const sk_rule rules[] = {
#define X(id, name, tier) {name, tier},
#include "read/rules.inc"
#undef X
};

const sk_rule *sk_rule_get(sk_rule_id id)
{
    return &rules[id];
}

const char *sk_modality_name(sk_modality m)
{
    static const char *const names[] = {"asserted", "reported", "alleged", "possible", "risk",
                                        "threat",   "call",     "planned", "negated"};
    return names[m];
}

const char *sk_manner_name(sk_manner m)
{
    static const char *const names[] = {"direct", "direct-continued", "indirect",
                                        "mixed",  "according-to",     "headline-colon",
                                        "denial", "accusation",       "author"};
    return names[m];
}

const char *sk_level_name(sk_level l)
{
    static const char *const names[] = {"name",  "acronym", "demonym", "metonym",
                                        "alias", "short",   "nominal", "pronoun"};
    return names[l];
}

const char *sk_read_lang_name(sk_read_lang l)
{
    static const char *const names[] = {"en", "ko", "zh", "ja", "ru", ""};
    return names[l];
}
