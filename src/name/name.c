/* Preparing names and comparing them: the public face of the parts. */
#include "name/name.h"

#include "name/key.h"
#include "name/name_private.h"

#define SECTIONS_MAX SK_KIB(64)

/* A part's section of a form, put behind what is in out; *ret_at is where it begins. */
typedef void (*section_maker)(const sk_form *f, sk_buf *out);

static void put_section(sk_buf *out, const sk_form *f, section_maker make, uint32_t *ret_at)
{
    *ret_at = (uint32_t)out->n;
    make(f, out);
}

const sk_form *sk_name_spelled(const sk_form *f, sk_name_kind kind, sk_form *room)
{
    sk_buf section;
    bool is_person = kind == SK_NAME_PERSON;

    if (kind == SK_NAME_ANY && f->n_token <= 2) { /* 배재정 is no government */
        sk_buf_init(&section, SECTIONS_MAX);
        sk_latent_prepare(f, &section);
        is_person = (f->scripts & ~(1u << SK_SCRIPT_HANG | 1u << SK_SCRIPT_HANI)) == 0 &&
                    sk_latent_can_be_korean((const sk_latent *)(const void *)section.p);
        sk_buf_done(&section);
    }
    return !is_person && sk_words_rest(f, kind, room) ? room : f;
}

const sk_name *sk_name_prepare(sk_arena *a, sk_str raw, sk_name_kind kind)
{
    sk_form form, rest;
    sk_buf out;
    sk_name head = {.kind = (uint8_t)kind};

    sk_form_read(raw, &form);
    bool is_cut = form.is_cut || raw.n > SK_LIM_NAME_BYTES;
    if (raw.n > SK_LIM_NAME_BYTES)
        raw.n = SK_LIM_NAME_BYTES;
    sk_buf_init(&out, SECTIONS_MAX);
    memset(sk_buf_room(&out, sizeof(head)), 0, sizeof(head));
    sk_buf_grew(&out, sizeof(head));
    const sk_form *spelled = sk_name_spelled(&form, kind, &rest);
    put_section(&out, spelled, sk_edit_prepare, &head.edit_at);
    put_section(&out, spelled, sk_latent_prepare, &head.latent_at);
    head.words_at = (uint32_t)out.n;
    sk_words_prepare(&form, kind, &out);
    head.raw_at = (uint32_t)out.n;
    sk_buf_add(&out, raw);
    do
        sk_buf_addc(&out, '\0');
    while (out.n % 8);
    sk_assert(!out.overflow);
    head.size_bytes = (uint32_t)out.n;
    head.raw_bytes = (uint32_t)raw.n;
    head.scripts = form.scripts;
    head.n_token = (uint8_t)form.n_token;
    if (kind == SK_NAME_ANY || kind == SK_NAME_PLACE)
        sk_gazetteer_find(&form, head.place);
    memcpy(out.p, &head, sizeof(head));
    sk_name *n = sk_alloc(a, out.n);
    memcpy(n, out.p, out.n);
    sk_buf_done(&out);
    n->main_script = (uint8_t)sk_edit_script(sk_name_edit(n));
    if (is_cut || sk_edit_is_cut(sk_name_edit(n)) || sk_words_is_cut(sk_name_words(n)))
        n->is_cut |= SK_CUT_END;
    if (sk_latent_is_cut(sk_name_latent(n)))
        n->is_cut |= SK_CUT_UNITS;
    return n;
}

size_t sk_name_size_bytes(const sk_name *n)
{
    return n->size_bytes;
}

sk_str sk_name_raw(const sk_name *n)
{
    return (sk_str){sk_name_at(n, n->raw_at), n->raw_bytes};
}

sk_name_kind sk_name_kind_of(const sk_name *n)
{
    return (sk_name_kind)n->kind;
}

bool sk_name_is_cut(const sk_name *n)
{
    return n->is_cut;
}

uint64_t sk_name_tables_id(void)
{
    const uint64_t id[] = {sk_latent_tables_id(), sk_words_tables_id(), sk_edit_tables_id(),
                           SK_GAZETTEER_ID,       sizeof(sk_name),      SK_NAME_LAYOUT};
    uint64_t h = 0;

    for (unsigned i = 0; i < SK_COUNT(id); i++)
        h = sk_key_mix(h, id[i]);
    return h;
}

bool sk_name_stands_second(const sk_name *a, const sk_name *b)
{
    if (a->main_script != b->main_script)
        return a->main_script > b->main_script;
    return sk_str_cmp(sk_name_raw(a), sk_name_raw(b)) > 0;
}

void sk_name_compare(const sk_name *a, const sk_name *b, const sk_rarity *rarity,
                     sk_name_score *ret_score)
{
    sk_parts parts;
    sk_evidence evidence;
    bool swapped = sk_name_stands_second(a, b);

    sk_parts_find(sk_edit_shipped(), swapped ? b : a, swapped ? a : b, rarity, &parts);
    sk_combine(sk_combine_shipped(), &parts, ret_score, &evidence);
    ret_score->strict = sk_strict_evidence(&parts, swapped ? b : a, swapped ? a : b, ret_score);
}
