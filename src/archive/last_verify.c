#include "archive/last_verify.h"

#include "archive/fs.h"
#include "base/clock.h"

#include <inttypes.h>

static sk_str folder_of(sk_ctx *cx, const sk_archive *ar)
{
    return sk_fmt(&cx->arena, "%.*s/derived", SK_P(sk_archive_get_path(ar)));
}

void sk_last_verify_keep(sk_ctx *cx, const sk_archive *ar, const sk_verify_opts *opts,
                         const sk_verify_report *report)
{
    char at[SK_TIME_BYTES];
    sk_ctx own; /* a failure here is nobody's error */
    sk_ctx_init(&own);
    sk_clock_now(at);
    sk_str line = sk_fmt(&own.arena, "%s %s %" PRIu64 " %" PRIu64 "\n", at,
                         opts->skip_blobs ? "log" : "whole", report->entries, report->damage);
    if (sk_fs_replace(&own, sk_fs_posix(), folder_of(&own, ar), "last-verify", 0600, line, false))
        sk_forgive(&own);
    sk_ctx_done(&own);
}

bool sk_last_verify_get(sk_ctx *cx, const sk_archive *ar, sk_last_verify *ret_last)
{
    sk_str text, at, what, entries, rest;
    sk_last_verify last;
    sk_rc before = cx->rc;
    const char *path = sk_path(&cx->arena, folder_of(cx, ar), "last-verify");
    if (sk_fs_read_file(cx, sk_fs_posix(), path, 200, &rest)) {
        if (!before)
            sk_forgive(cx);
        return false;
    }
    if (!sk_str_cut(&rest, '\n', &text) || !rest.p || rest.n)
        return false;
    if (!sk_str_cut(&text, ' ', &at) || !sk_str_cut(&text, ' ', &what) ||
        !sk_str_cut(&text, ' ', &entries) || !sk_clock_is_time(at))
        return false;
    last = (sk_last_verify){.at = at, .has_blobs = sk_str_is(what, "whole")};
    if ((!last.has_blobs && !sk_str_is(what, "log")) || !sk_str_to_u64(entries, &last.entries) ||
        !sk_str_to_u64(text, &last.damage))
        return false;
    *ret_last = last;
    return true;
}
