/* COMMAND: claim
 * Enter claims: by options, from a file, or by answering questions.
 *
 * USAGE: sillok claim --entity KEY --property TYPE:NAME --value V --claimant WHO [OPTIONS]
 *        sillok claim --file FILE [--dry-run]
 *        sillok claim
 *
 * A claim says who asserts (denies, predicts, doubts, retracts) that an entity has a property with a
 * value, and on which passage of an exhibit it rests. Entities come into being by being spoken of;
 * a KEY is a short name without blanks, such as return-2023-10-09.
 *
 * --claimant may repeat: first the origin, then who told it on. "@KEY" names an entity, and
 * "unnamed: analysts" stands where the source names nobody. With --exhibit and --quote the quoted
 * words are looked up in the exhibit's text. A date may be EDTF or words ("around June 1978"); a
 * quantity may be words ("at least 17") or --low and --high.
 *
 * --file takes a table of claims (CSV or JSON lines; docs/formats/claims.md). All rows are checked
 * first and nothing is entered while one is at fault. Without options, on a terminal, the fields are
 * asked for one by one.
 *
 * OPTIONS
 *   --file FILE          a table of claims
 *   --entity KEY         what the claim is about
 *   --property T:P       type and property, such as Event:date; see: sillok help model
 *   --value V            the value
 *   --words TEXT         as the source wrote it
 *   --absent WHY         instead of a value: unknown, not-asked, withheld, not-applicable
 *   --low N              lower bound of a quantity
 *   --high N             upper bound of a quantity
 *   --qualifier Q        at-least, more-than, up-to, about, could-exceed, order, change, ...
 *   --unit U             what is counted
 *   --measure M          which count: returned, held, identified
 *   --position P         asserts (default), denies, predicts, doubts, retracts
 *   --claimant WHO       who says it; may repeat
 *   --carrier WHO        who relayed it to us
 *   --said DATE          when it was said
 *   --asof DATE          the state of things it speaks of
 *   --valid PERIOD       while it holds; for a figure, the period counted
 *   --exhibit NAME       the exhibit it rests on: file name or hash
 *   --quote TEXT         the words in it
 *   --place TEXT         a place in it: page 3, row 12
 *   --reference TEXT     where the source is found, when it is no exhibit
 *   --lang LANG          language of value and quote
 *   --note TEXT          your remark
 *   --used-falsely       a name or number borne without right
 *   --restrict LABEL     restrict it from the start; may repeat
 *   --supersedes CLAIM   the claim that this one replaces
 *   -n, --dry-run        check and print, change nothing
 *
 * EXAMPLES
 *   sillok claim --entity return-1 --property Event:count --value "more than 500" \
 *       --claimant "J.M. Missionary Union" --exhibit article.html --quote "more than 500 people"
 *   sillok claim --file returns.csv --dry-run
 */
#include "cli/claim.h"

#include "record/write.h"

#include <unistd.h>

/* ---- by options ---- */

static sk_rc read_passage(sk_app *app, sk_claim *c)
{
    sk_ctx *cx = &app->cx;
    sk_str name = sk_arg(&app->args, "exhibit");
    if (!name.n) {
        if (sk_arg(&app->args, "quote").n || sk_arg(&app->args, "place").n)
            return sk_fail(cx, SK_E_FORMAT, "--quote and --place need --exhibit");
        return SK_OK;
    }
    return sk_claim_rest_on(app, name, sk_arg(&app->args, "quote"), sk_arg(&app->args, "place"), c);
}

sk_rc sk_claim_rest_on(sk_app *app, sk_str exhibit, sk_str quote, sk_str place, sk_claim *c)
{
    sk_ctx *cx = &app->cx;
    sk_exhibit x;
    sk_passage *p = sk_new(&cx->arena, sk_passage);
    SK_TRY(sk_exhibit_find(cx, app->view, exhibit, &x));
    *p = (sk_passage){.exhibit = x.hash, .quote = quote, .place = place};
    if (quote.n) {
        SK_TRY(sk_quote_find(cx, app->view, &x, quote, &p->start, &p->end));
        p->has_span = true;
    }
    c->passages = p;
    c->n_passages = 1;
    return SK_OK;
}

static sk_rc read_quantity(sk_app *app, sk_claim *c)
{
    const struct {
        const char *name;
        bool *has;
        sk_decimal *value;
    } bounds[] = {{"low", &c->quantity.has_low, &c->quantity.low},
                  {"high", &c->quantity.has_high, &c->quantity.high}};
    for (size_t i = 0; i < SK_COUNT(bounds); i++) {
        sk_str s = sk_arg(&app->args, bounds[i].name);
        if (s.n && !sk_decimal_parse(s, bounds[i].value))
            return sk_fail(&app->cx, SK_E_FORMAT, "--%s \"%.*s\" is not a number", bounds[i].name,
                           SK_P(s));
        *bounds[i].has = s.n > 0;
    }
    sk_str q = sk_arg(&app->args, "qualifier");
    if (q.n && !sk_qualifier_parse(q, &c->quantity.qualifier))
        return sk_fail(&app->cx, SK_E_FORMAT,
                       "--qualifier \"%.*s\" is not known; see: sillok help claim", SK_P(q));
    c->quantity.unit = sk_arg(&app->args, "unit");
    c->measure = sk_arg(&app->args, "measure");
    return SK_OK;
}

sk_rc sk_claim_split_property(sk_ctx *cx, sk_str property, sk_claim *c)
{
    sk_str rest = property;
    if (!sk_str_cut(&rest, ':', &c->type) || !c->type.n || !rest.n)
        return sk_fail(
            cx, SK_E_FORMAT,
            "property \"%.*s\" must be TYPE:NAME, such as Event:date; see: sillok help model",
            SK_P(property));
    c->prop = rest;
    return SK_OK;
}

static sk_rc read_odd_fields(sk_app *app, sk_claim *c)
{
    sk_ctx *cx = &app->cx;
    const sk_args *args = &app->args;
    sk_str absent = sk_arg(args, "absent"), position = sk_arg(args, "position");
    if (absent.n && !sk_absent_parse(absent, &c->absent))
        return sk_fail(cx, SK_E_FORMAT,
                       "--absent \"%.*s\" is not unknown, not-asked, withheld or not-applicable",
                       SK_P(absent));
    if (position.n && !sk_position_find(position, &c->position))
        return sk_fail(cx, SK_E_FORMAT,
                       "--position \"%.*s\" is not asserts, denies, predicts, doubts or retracts",
                       SK_P(position));
    if (sk_arg(args, "supersedes").n) {
        sk_claim_row old;
        SK_TRY(sk_claim_find(cx, app->view, sk_arg(args, "supersedes"), &old));
        c->has_supersedes = true;
        c->supersedes = old.claim.id;
    }
    return SK_OK;
}

static sk_rc read_options(sk_app *app, sk_claim *ret_claim)
{
    sk_ctx *cx = &app->cx;
    const sk_args *args = &app->args;
    sk_claim c = {
        .entity = sk_arg(args, "entity"),
        .value = sk_arg(args, "value"),
        .words = sk_arg(args, "words"),
        .carrier = sk_arg(args, "carrier"),
        .said = sk_arg(args, "said"),
        .asof = sk_arg(args, "asof"),
        .valid = sk_arg(args, "valid"),
        .reference = sk_arg(args, "reference"),
        .lang = sk_arg(args, "lang"),
        .note = sk_arg(args, "note"),
        .used_falsely = sk_flag(args, "used-falsely"),
    };
    if (sk_str_starts(c.entity, SK_S("@")))
        c.entity = sk_str_sub(c.entity, 1, c.entity.n);
    SK_TRY(sk_claim_split_property(cx, sk_arg(args, "property"), &c));
    c.chain = sk_arg_all(cx, args, "claimant", &c.n_chain);
    c.restrict_labels = sk_arg_all(cx, args, "restrict", &c.n_restrict);
    SK_TRY(read_odd_fields(app, &c));
    SK_TRY(read_quantity(app, &c));
    SK_TRY(read_passage(app, &c));
    *ret_claim = c;
    return SK_OK;
}

sk_rc sk_claim_enter(sk_app *app, sk_claim *c)
{
    sk_ctx *cx = &app->cx;
    sk_hash id;
    SK_TRY(sk_record_claim(cx, c, sk_app_warn, app, &id));
    if (sk_flag(&app->args, "dry-run")) {
        sk_archive_drop(cx->archive);
        sk_app_printf(app, "the claim is well formed; dry run, nothing was entered\n");
        return SK_OK;
    }
    SK_TRY(sk_record_commit(cx));
    if (app->json)
        sk_app_printf(app, "{\"claim\": \"%.*s\"}\n", SK_P(sk_hash_hex(&cx->arena, &id)));
    else
        sk_app_printf(app, "claim %.*s entered; show it with: sillok show %.*s\n",
                      SK_P(sk_hash_hex(&cx->arena, &id)), SK_P(sk_short(cx, &id)));
    return SK_OK;
}

sk_rc cmd_claim(sk_app *app)
{
    SK_TRY(sk_need_operands(&app->cx, &app->args, 0, 0));
    SK_TRY(sk_app_open(app, SK_ARCHIVE_WRITE));
    if (sk_arg(&app->args, "file").p)
        return sk_claim_from_file(app, sk_arg(&app->args, "file"));
    if (!sk_arg(&app->args, "entity").p && !sk_arg(&app->args, "property").p) {
        if (!isatty(STDIN_FILENO))
            return sk_fail(&app->cx, SK_E_FORMAT,
                           "give --entity, --property, --value and --claimant, or --file; "
                           "see: sillok help claim");
        return sk_claim_by_questions(app);
    }
    sk_claim c;
    SK_TRY(read_options(app, &c));
    return sk_claim_enter(app, &c);
}
