/* derived/verify-state: where an interrupted verification may go on.
 *
 *   sillok-verify/1
 *   archive 4f1c...
 *   at 2026-11-24T08:46:07Z
 *   segment 1 73882          signatures of frames before this place were checked
 *   blob ab12... 17 918273   blobs up to this one were hashed: so many, so many bytes; or "blob -"
 *   finding d blob-altered blobs/ab/ab12... its 81 bytes do not hash to its name
 *
 *   signature line of this device
 *
 * Only work that is dear is skipped, signatures and blob hashes; all else is done again. The
 * signature keeps others from planting a state; age, from an old one counting for ever. */
#include "archive/verify_priv.h"

#include "base/clock.h"

#include <time.h>

enum { SAVE_EACH_MS = 5000 };

static const char inside[] = "derived/verify-state";
static const char head[] = "sillok-verify/1";

/* Hours since the year 0 or so; only differences matter. Months are counted as 31 days, so that a
 * state may look up to three days older than it is, never younger. */
static int64_t hours_of(sk_str at)
{
    int64_t f[6] = {0};
    size_t k = 0;
    for (size_t i = 0; i < at.n && k < 6; i++) {
        if (at.p[i] >= '0' && at.p[i] <= '9')
            f[k] = f[k] * 10 + (at.p[i] - '0');
        else
            k++;
    }
    return ((f[0] * 12 + f[1]) * 31 + f[2]) * 24 + f[3];
}

static bool is_fresh(sk_str at)
{
    char now[SK_TIME_BYTES];
    sk_clock_now(now);
    int64_t age = hours_of(sk_str_of(now)) - hours_of(at);
    return sk_clock_is_time(at) && age >= 0 && age <= 24;
}

static bool device_key(sk_ctx *cx, const sk_archive *ar, sk_seckey *ret_key)
{
    return sk_secret_read(cx, ar->fs, ar->path, "device", ret_key) == SK_OK;
}

/* "blob <hex> <n> <bytes>" or "blob -" */
static bool parse_blob(sk_str line, sk_verify_state *s)
{
    sk_str word;
    if (sk_str_is(line, "blob -"))
        return true;
    s->has_blob = true;
    return sk_str_cut(&line, ' ', &word) && sk_str_is(word, "blob") &&
           sk_str_cut(&line, ' ', &word) && sk_hash_parse(word, &s->blob) &&
           sk_str_cut(&line, ' ', &word) && sk_str_to_u64(word, &s->blobs) &&
           sk_str_to_u64(line, &s->blob_bytes);
}

static bool parse_segment(sk_str line, sk_verify_state *s)
{
    sk_str word;
    uint64_t segment;
    if (!sk_str_cut(&line, ' ', &word) || !sk_str_is(word, "segment") ||
        !sk_str_cut(&line, ' ', &word) || !sk_str_to_u64(word, &segment) ||
        segment > SK_LIM_SEGMENTS || !sk_str_to_u64(line, &s->offset))
        return false;
    s->segment = (uint32_t)segment;
    return true;
}

/* Report again what the interrupted run had found; the rest of the text is finding lines. */
static void replay(sk_verifier *v, sk_str text)
{
    sk_str line, word, sort, what, path;
    while (text.n && sk_str_cut(&text, '\n', &line))
        if (sk_str_cut(&line, ' ', &word) && sk_str_is(word, "finding") &&
            sk_str_cut(&line, ' ', &sort) && sk_str_cut(&line, ' ', &what) &&
            sk_str_cut(&line, ' ', &path))
            sk_verify_find_kept(v, sk_str_is(sort, "d"), sk_str_c(&v->cx->arena, what),
                                sk_str_c(&v->cx->arena, path), "%.*s", SK_P(line));
}

static bool load(sk_verifier *v, sk_verify_state *s, sk_str *ret_findings)
{
    sk_ctx *cx = v->cx;
    sk_str bytes, line = SK_NONE;
    sk_signed note;
    sk_seckey key;
    if (sk_fs_read_file(cx, v->ar->fs, sk_archive_path(&cx->arena, v->ar, inside), SK_MIB(2),
                        &bytes) ||
        sk_signed_parse(cx, bytes, inside, &note) || !device_key(cx, v->ar, &key))
        return false;
    sk_rc rc = sk_signed_check(cx, &note, inside, &key.pub);
    sk_seckey_wipe(&key);
    sk_str rest = note.text;
    sk_str mine = sk_fmt(&cx->arena, "archive %.*s", SK_P(v->ar->id));
    if (rc || !sk_str_cut(&rest, '\n', &line) || !sk_str_is(line, head) ||
        !sk_str_cut(&rest, '\n', &line) || !sk_str_eq(line, mine) ||
        !sk_str_cut(&rest, '\n', &line) || !sk_str_starts(line, SK_S("at ")) ||
        !is_fresh(sk_str_sub(line, 3, line.n)) || !sk_str_cut(&rest, '\n', &line) ||
        !parse_segment(line, s) || !sk_str_cut(&rest, '\n', &line) || !parse_blob(line, s))
        return false;
    *ret_findings = rest;
    return true;
}

void sk_verify_state_load(sk_verifier *v)
{
    sk_verify_state s = {.segment = 0};
    sk_str findings;
    bool is_good = load(v, &s, &findings);
    sk_forgive(v->cx);
    if (!is_good)
        return;
    s.findings = v->state.findings;
    v->state = s;
    replay(v, findings);
}

void sk_verify_state_save(sk_verifier *v, bool is_now)
{
    int64_t ms = sk_clock_ms();
    if (v->state.findings.overflow || (!is_now && ms - v->saved_ms < SAVE_EACH_MS))
        return;
    v->saved_ms = ms;
    sk_ctx cx;
    sk_ctx_init(&cx);
    sk_seckey key;
    char at[SK_TIME_BYTES];
    sk_clock_now(at);
    const sk_verify_state *s = &v->state;
    if (device_key(&cx, v->ar, &key)) {
        sk_str blob =
            s->has_blob
                ? sk_fmt(&cx.arena, "%.*s %llu %llu", SK_P(sk_hash_hex(&cx.arena, &s->blob)),
                         (unsigned long long)s->blobs, (unsigned long long)s->blob_bytes)
                : SK_S("-");
        sk_str text = sk_fmt(&cx.arena, "%s\narchive %.*s\nat %s\nsegment %u %llu\nblob %.*s\n%.*s",
                             head, SK_P(v->ar->id), at, s->segment, (unsigned long long)s->offset,
                             SK_P(blob), SK_P(sk_buf_str(&s->findings)));
        sk_str line = sk_sig_line(&cx.arena, &key, text);
        sk_str note = sk_fmt(&cx.arena, "%.*s\n%.*s", SK_P(text), SK_P(line));
        sk_seckey_wipe(&key);
        sk_str dir = sk_fmt(&cx.arena, "%.*s/derived", SK_P(v->ar->path));
        if (sk_fs_replace(&cx, v->ar->fs, dir, "verify-state", 0600, note, false))
            sk_forgive(&cx); /* then a stop means starting over */
    }
    sk_ctx_done(&cx);
}

void sk_verify_state_remove(sk_verifier *v)
{
    (void)v->ar->fs->unlink(v->ar->fs->self, sk_archive_path(&v->cx->arena, v->ar, inside));
}
