/* COMMAND: review
 * Decide what of the machine's suggestions becomes a claim.
 *
 * USAGE: sillok review [OPTIONS] [EXHIBIT]
 *        sillok review --list [--json] [EXHIBIT]
 *        sillok review --stats [--json]
 *        sillok review --confirm ID ...
 *        sillok review --reject ID ... [--reason TEXT]
 *        sillok review --undo [ID]
 *
 * Reading proposes, a person decides. On a terminal, review shows the text around one suggestion after
 * the other with its slots marked, and what it would become: who did what to whom, when, where, how
 * many, says whom; by which rule, and how often people kept what that rule proposes. One key decides:
 *   c confirm    e edit    r reject    R reject with a reason    s skip    u undo
 *   n next    p the one before    a add a claim from words of the text    A accept sure names, dates
 *   Tab the next sentence with a word for an act and nothing proposed    g go to    ? help    q quit
 * Confirming signs and writes claims that rest on the sentence and name the rule. What is decided does
 * not come again; review goes on behind your last decision, and what was skipped comes at the end.
 * Everything can be taken back. A risk, a plan, a threat or a denied act is never written as one that
 * happened.
 *
 * In the margin > is the sentence of the suggestion, ? a sentence with a word for an act of which
 * nothing is proposed, - one that waits, + one that is decided. Without colours the slots stand in
 * brackets.
 *
 * A adds nothing by itself: it shows the names of the document that are sure (tier 1), and
 * confirms them when you agree. Acts and figures are decided one by one.
 *
 * Tiers: 1 sure, 2 sound, 3 weak, 4 hidden. A rule of which people keep less than 70 % after 20
 * decisions goes to tier 4. While you think, others can write; each decision opens the archive for
 * itself. Without a terminal use --list, --confirm, --reject and --undo.
 *
 * OPTIONS
 *   --list          what awaits, a line each
 *   --stats         for each rule: offered, confirmed, edited, rejected, and the rate with its bounds
 *   --tier N        suggestions up to this tier (default 3; 4 shows hidden ones)
 *   --kind KIND     only acts, names, quantities or statements: act, name ...
 *   --confirm       confirm the suggestions named, as they are
 *   --reject        reject the suggestions named
 *   --reason TEXT   why; may be left out
 *   --undo          take back the decision on a suggestion, else your last one
 *   -n, --dry-run   of --confirm, --reject and --undo: print what would happen, change nothing
 *
 * EXAMPLES
 *   sillok review article.html
 *   sillok review --list --kind name --tier 1
 *   sillok review --reject 3f9a2b7c11d0 --reason "a headline"
 */
#include "cli/review.h"

static sk_rc read_filter(sk_app *app, sk_review_filter *f)
{
    sk_ctx *cx = &app->cx;
    uint64_t tier;
    size_t n;
    const sk_str *kinds = sk_arg_all(cx, &app->args, "kind", &n);
    SK_TRY(sk_arg_number(cx, &app->args, "tier", 3, &tier));
    if (tier < 1 || tier > 4)
        return sk_fail(cx, SK_E_FORMAT, "--tier %llu is no tier; tiers are 1 (sure) to 4 (hidden)",
                       (unsigned long long)tier);
    *f = (sk_review_filter){.tier_most = (unsigned)tier};
    for (size_t i = 0; i < n; i++) {
        sk_suggest_kind kind;
        if (!sk_suggest_kind_find(kinds[i], &kind))
            return sk_fail(cx, SK_E_FORMAT,
                           "--kind \"%.*s\" is none of act, name, quantity, statement",
                           SK_P(kinds[i]));
        f->kinds |= 1u << kind;
    }
    return SK_OK;
}

/* Options that do not go together are told before the archive is opened. */
static sk_rc check_modes(sk_app *app, const char **ret_mode)
{
    static const char *const modes[] = {"list", "stats", "confirm", "reject", "undo"};
    *ret_mode = NULL;
    for (size_t i = 0; i < SK_COUNT(modes); i++) {
        if (!sk_flag(&app->args, modes[i]))
            continue;
        if (*ret_mode)
            return sk_fail(&app->cx, SK_E_FORMAT, "--%s and --%s do not go together", *ret_mode,
                           modes[i]);
        *ret_mode = modes[i];
    }
    if (sk_arg(&app->args, "reason").p && !sk_flag(&app->args, "reject"))
        return sk_fail(&app->cx, SK_E_FORMAT, "--reason belongs to --reject");
    bool decides = *ret_mode && strcmp(*ret_mode, "list") != 0 && strcmp(*ret_mode, "stats") != 0;
    if (sk_flag(&app->args, "dry-run") && !decides)
        return sk_fail(&app->cx, SK_E_FORMAT,
                       "--dry-run belongs to --confirm, --reject and --undo");
    return SK_OK;
}

static sk_rc open_for(sk_app *app, sk_review_filter *f, sk_exhibit *x)
{
    SK_TRY(sk_need_operands(&app->cx, &app->args, 0, 1));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
    if (!app->args.n_operands)
        return SK_OK;
    SK_TRY(sk_exhibit_find(&app->cx, app->view, app->args.operands[0], x));
    f->exhibit = &x->hash;
    return SK_OK;
}

sk_rc cmd_review(sk_app *app)
{
    sk_review_filter filter;
    sk_exhibit x;
    const char *mode;
    SK_TRY(check_modes(app, &mode));
    SK_TRY(read_filter(app, &filter));
    if (mode && mode[0] != 'l' && mode[0] != 's')
        return sk_review_decide_command(app);
    if (mode && mode[0] == 's') {
        SK_TRY(sk_need_operands(&app->cx, &app->args, 0, 0));
        SK_TRY(sk_app_open(app, SK_ARCHIVE_READ));
        return sk_review_stats_command(app);
    }
    if (!mode)
        SK_TRY(sk_tty_check(&app->cx, &app->out)); /* before an archive is looked for */
    SK_TRY(open_for(app, &filter, &x));
    return mode ? sk_review_list_command(app, &filter) : sk_review_run(app, &filter);
}
