#include "xml_charset.h"

enum { DECLARATION_BYTES = 256 };

/* What <?xml encoding="..."?> says; empty when it says nothing. */
static sk_str declared_charset(sk_str head)
{
    head = sk_str_sub(head, 0, DECLARATION_BYTES);
    size_t end = sk_str_find(head, SK_S("?>"));
    if (!sk_str_starts(head, SK_S("<?xml")) || end == SIZE_MAX)
        return SK_NONE;
    head.n = end;
    size_t at = sk_str_find(head, SK_S("encoding"));
    if (at == SIZE_MAX)
        return SK_NONE;
    sk_str rest = sk_str_trim(sk_str_sub(head, at + 8, head.n));
    if (!sk_str_starts(rest, SK_S("=")))
        return SK_NONE;
    rest = sk_str_trim(sk_str_sub(rest, 1, rest.n));
    const char *quote = rest.n && (rest.p[0] == '"' || rest.p[0] == '\'')
                            ? memchr(rest.p + 1, rest.p[0], rest.n - 1)
                            : NULL;
    return quote ? sk_str_range(rest.p + 1, quote) : SK_NONE;
}

sk_rc sk_xml_charset(sk_ctx *cx, const sk_source *src, const sk_charset **ret_charset,
                     sk_str *ret_how)
{
    sk_str head = src->bytes, name = src->charset, how = SK_S("named by the caller");
    if (!name.n) {
        how = SK_S("byte order mark: certain");
        if (sk_str_starts(head, SK_S("\xFF\xFE")))
            name = SK_S("utf-16le");
        else if (sk_str_starts(head, SK_S("\xFE\xFF")))
            name = SK_S("utf-16be");
        else if (sk_str_starts(head, SK_S("\xEF\xBB\xBF")))
            name = SK_S("utf-8");
    }
    if (!name.n) {
        how = SK_S("as the file says");
        name = declared_charset(head);
        if (sk_str_starts(head, SK_S("<\0")) || sk_str_starts(head, SK_S("\0<")))
            name = head.p[0] ? SK_S("utf-16le") : SK_S("utf-16be");
        else if (sk_str_starts(name, SK_S("UTF-16")) || sk_str_starts(name, SK_S("utf-16")))
            name = SK_S("utf-8"); /* it is not, or the declaration could not have been read */
    }
    if (!name.n) {
        how = SK_S("the file names none: as XML has it");
        name = SK_S("utf-8");
    }
    *ret_charset = sk_charset_find(name);
    *ret_how = how;
    if (*ret_charset)
        return SK_OK;
    return sk_fail(cx, SK_E_FORMAT, "the charset \"%.*s\" is not known; name another", SK_P(name));
}
