#include "web/messages.h"

#include "messages_stamp.h" /* built again when the embedded files change */

__asm__(".section .rodata\n"
        ".balign 16\nsk_messages_en:\n"
        ".incbin \"" SK_UI_DIR "/messages/en.txt\"\nsk_messages_en_end:\n.byte 0\n"
        ".balign 16\nsk_messages_ko:\n"
        ".incbin \"" SK_UI_DIR "/messages/ko.txt\"\nsk_messages_ko_end:\n.byte 0\n"
        ".balign 16\nsk_messages_ja:\n"
        ".incbin \"" SK_UI_DIR "/messages/ja.txt\"\nsk_messages_ja_end:\n.byte 0\n"
        ".previous\n");
extern const char sk_messages_en[], sk_messages_en_end[], sk_messages_ko[], sk_messages_ko_end[];
extern const char sk_messages_ja[], sk_messages_ja_end[];

static const struct {
    const char *code, *name;
    const char *text, *end;
    bool counts_one; /* has a form of its own for 1 */
} languages[SK_UI_LANGS] = {
    [SK_LANG_EN] = {"en", "English", sk_messages_en, sk_messages_en_end, true},
    [SK_LANG_KO] = {"ko", "한국어", sk_messages_ko, sk_messages_ko_end, false},
    [SK_UI_JA] = {"ja", "日本語", sk_messages_ja, sk_messages_ja_end, false},
};

sk_rc sk_catalogue_parse(sk_ctx *cx, sk_str text, sk_catalogue *ret_catalogue)
{
    sk_catalogue c = {0};
    sk_str line;
    size_t number = 0;
    sk_rc rc = SK_OK;
    while (!rc && text.n && sk_str_cut(&text, '\n', &line)) {
        sk_str key;
        number++;
        if (!sk_str_trim(line).n || line.p[0] == '#')
            continue;
        if (sk_str_find(line, SK_S(" = ")) == SIZE_MAX)
            rc = sk_fail(cx, SK_E_FORMAT, "line %zu: \"%.*s\" is not \"key = text\"", number,
                         SK_P(line));
        else if (c.n == SK_LIM_UI_MESSAGES)
            rc = sk_fail(cx, SK_E_LIMIT, "more than %d messages", SK_LIM_UI_MESSAGES);
        if (rc)
            break;
        sk_str_cut(&line, '=', &key);
        sk_str *value = sk_new(&c.arena, sk_str);
        *value = sk_str_trim(line);
        if (!sk_strmap_put(&c.by_key, &c.arena, sk_str_trim(key), value))
            rc = sk_fail(cx, SK_E_FORMAT, "line %zu: key \"%.*s\" stands twice", number, SK_P(key));
        c.n++;
    }
    if (rc) {
        sk_arena_done(&c.arena);
        return rc;
    }
    *ret_catalogue = c;
    return SK_OK;
}

const sk_catalogue *sk_messages_load(sk_ui_lang lang)
{
    static sk_catalogue loaded[SK_UI_LANGS];
    sk_catalogue *c = &loaded[lang];
    if (c->n)
        return c;
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_rc rc = sk_catalogue_parse(&cx, sk_str_range(languages[lang].text, languages[lang].end), c);
    sk_assert(rc == SK_OK);
    sk_ctx_done(&cx);
    return c;
}

sk_str sk_message(sk_ui_lang lang, sk_str key)
{
    const sk_str *text = sk_strmap_get(&sk_messages_load(lang)->by_key, key);
    if (!text)
        text = sk_strmap_get(&sk_messages_load(SK_LANG_EN)->by_key, key);
    return text ? *text : key;
}

sk_str sk_message_n(sk_ui_lang lang, sk_str key, uint64_t count)
{
    char full[128];
    const char *form = count == 1 && languages[lang].counts_one ? "one" : "other";
    int n = snprintf(full, sizeof full, "%.*s.%s", SK_P(key), form);
    sk_assert(n > 0 && (size_t)n < sizeof full);
    const sk_str *text = sk_strmap_get(&sk_messages_load(lang)->by_key, (sk_str){full, (size_t)n});
    if (!text && lang != SK_LANG_EN)
        return sk_message_n(SK_LANG_EN, key, count);
    return text ? *text : key;
}

sk_lang sk_lang_of(sk_ui_lang lang)
{
    return lang < SK_LANGS ? (sk_lang)lang : SK_LANG_EN;
}

const char *sk_lang_code(sk_ui_lang lang)
{
    return languages[lang].code;
}

const char *sk_lang_name(sk_ui_lang lang)
{
    return languages[lang].name;
}

bool sk_lang_find(sk_str code, sk_ui_lang *ret_lang)
{
    for (sk_ui_lang i = 0; i < SK_UI_LANGS; i++)
        if (sk_str_is(code, languages[i].code)) {
            *ret_lang = i;
            return true;
        }
    return false;
}

/* Weights are passed over: browsers list what they like most first. */
sk_ui_lang sk_lang_choose(sk_str accept)
{
    sk_str item;
    while (accept.n && sk_str_cut(&accept, ',', &item)) {
        sk_ui_lang lang;
        if (sk_lang_find(sk_str_sub(sk_str_trim(item), 0, 2), &lang))
            return lang;
    }
    return SK_LANG_EN;
}
