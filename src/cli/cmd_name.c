/* COMMAND: name
 * Compare two spellings of a name, or show what a spelling can stand for - and why.
 *
 * USAGE: sillok name compare A B
 *        sillok name compare --tsv FILE
 *        sillok name decode NAME
 *
 * No archive is needed. `compare` says how likely it is that both spellings write one name, at even
 * odds before looking, and shows the alignment: which part met which, in which spelling convention,
 * at what cost, and which other account of the two lost. A name is not a person: many people share
 * one.
 *
 * With --tsv, FILE (or - for standard input) has a heading and tab-separated columns; name_a and
 * name_b are found by the heading, else they are the first and the third. Every row is printed as it
 * stands with two columns more: p (0 to 1) and the account that won. Nothing is reordered.
 *
 * `decode` lists what a spelling can stand for in Korean, Mandarin, Cantonese and Japanese, cheapest
 * first; cost is in nats (0.7 doubles the odds against). A North Korean spelling without marks fits
 * about six Hangul names.
 *
 * OPTIONS
 *   --kind KIND   person, organization, vessel or place; guessed when not given
 *   --tsv FILE    compare the names of each row
 *
 * EXAMPLES
 *   sillok name compare 김정욱 "Kim Jong-wook"
 *   sillok name compare 金正恩 "Ким Чен Ын" --json
 *   sillok name decode "Kim Jong Sik"
 */
#include <fcntl.h>
#include <math.h>
#include <unistd.h>

#include "base/lines.h"
#include "base/utf8.h"
#include "cli/app.h"
#include "cli/print.h"
#include "name/name.h"

static sk_rc kind_of(sk_app *app, sk_name_kind *ret_kind)
{
    static const char *const kinds[] = {
        [SK_NAME_PERSON] = "person",
        [SK_NAME_ORGANIZATION] = "organization",
        [SK_NAME_VESSEL] = "vessel",
        [SK_NAME_PLACE] = "place",
    };
    sk_str given = sk_arg(&app->args, "kind");

    *ret_kind = SK_NAME_ANY;
    if (!given.p)
        return SK_OK;
    for (size_t i = SK_NAME_PERSON; i < SK_COUNT(kinds); i++)
        if (sk_str_is(given, kinds[i])) {
            *ret_kind = (sk_name_kind)i;
            return SK_OK;
        }
    return sk_fail(&app->cx, SK_E_FORMAT,
                   "--kind \"%.*s\" is not person, organization, vessel or place", SK_P(given));
}

/* ---- one pair ---- */

/* "about 40 to 1 for" or "about 200 to 1 against". */
static sk_str odds_of(sk_arena *a, double evidence)
{
    double odds = exp(fabs(evidence));
    const char *side = evidence >= 0 ? "for" : "against";

    if (odds >= 1e6)
        return sk_fmt(a, "more than a million to 1 %s", side);
    return sk_fmt(a, odds < 10 ? "about %.1f to 1 %s" : "about %.0f to 1 %s", odds, side);
}

static void print_steps(sk_app *app, const sk_name_explanation *why)
{
    static const sk_column columns[] = {
        {.key = "a", .title = "First"},
        {.key = "b", .title = "Second"},
        {.key = "unit", .title = "Stands for"},
        {.key = "how", .title = "How", .most = 60},
        {.key = "cost", .title = "Cost", .align = SK_ALIGN_RIGHT},
    };
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));

    for (size_t i = 0; i < why->n_step; i++) {
        const sk_name_step *s = &why->step[i];
        sk_table_cell(t, s->a);
        sk_table_cell(t, s->b);
        sk_table_cell(t, s->unit);
        sk_table_cell(t, s->how);
        sk_table_cellf(t, "%.1f", s->cost);
    }
    sk_app_table(app, t);
}

static void print_why(sk_app *app, const sk_name_explanation *why)
{
    const sk_name_score *s = &why->score;

    if (app->only_tables) {
        print_steps(app, why);
        return;
    }
    sk_app_printf(app, "p %.3f that both write one name (%.*s), %s\n", s->p,
                  SK_P(odds_of(&app->cx.arena, s->evidence)), sk_hypothesis_label(s->won));
    if (why->n_step) {
        sk_app_printf(app, "\n");
        print_steps(app, why);
        sk_app_printf(app, "\n");
    }
    for (size_t i = 0; i < why->n_losing; i++) {
        sk_app_printf(app, "lost: %s, p %.3f: ", sk_hypothesis_label(why->losing[i].hypothesis),
                      why->losing[i].p);
        sk_app_line(app, why->losing[i].why);
    }
    if (why->note.n)
        sk_app_line(app, why->note);
    sk_app_printf(app,
                  "A name is not a person: whether it is one needs a date, a place or a number.\n");
}

static void json_steps(sk_json *j, const sk_name_explanation *why)
{
    sk_json_key(j, SK_S("steps"));
    sk_json_array(j);
    for (size_t i = 0; i < why->n_step; i++) {
        const sk_name_step *s = &why->step[i];
        sk_json_object(j);
        sk_json_put_str(j, "a", s->a);
        sk_json_put_str(j, "b", s->b);
        sk_json_put_given(j, "unit", s->unit);
        sk_json_put_given(j, "how", s->how);
        sk_json_key(j, SK_S("cost"));
        sk_json_real(j, s->cost);
        sk_json_end(j);
    }
    sk_json_end(j);
}

static void json_why(sk_app *app, sk_str a, sk_str b, const sk_name_explanation *why)
{
    sk_json j;

    sk_json_init(&j, &app->text, SK_JSON_PRETTY);
    sk_json_object(&j);
    sk_json_put_str(&j, "a", a);
    sk_json_put_str(&j, "b", b);
    sk_json_key(&j, SK_S("p"));
    sk_json_real(&j, why->score.p);
    sk_json_key(&j, SK_S("evidence"));
    sk_json_real(&j, why->score.evidence);
    sk_json_put_str(&j, "hypothesis", sk_str_of(sk_hypothesis_name(why->score.won)));
    json_steps(&j, why);
    sk_json_key(&j, SK_S("lost"));
    sk_json_array(&j);
    for (size_t i = 0; i < why->n_losing; i++) {
        sk_json_object(&j);
        sk_json_put_str(&j, "hypothesis", sk_str_of(sk_hypothesis_name(why->losing[i].hypothesis)));
        sk_json_key(&j, SK_S("p"));
        sk_json_real(&j, why->losing[i].p);
        sk_json_put_given(&j, "why", why->losing[i].why);
        sk_json_end(&j);
    }
    sk_json_end(&j);
    sk_json_put_given(&j, "note", why->note);
    sk_json_end(&j);
    sk_json_done(&j);
}

static sk_rc compare_pair(sk_app *app, sk_name_kind kind)
{
    sk_arena *a = &app->cx.arena;
    sk_name_explanation why;
    sk_str x, y;

    SK_TRY(sk_need_operands(&app->cx, &app->args, 3, 3));
    SK_TRY(sk_utf8_enter(&app->cx, app->args.operands[1], "first name", &x));
    SK_TRY(sk_utf8_enter(&app->cx, app->args.operands[2], "second name", &y));
    sk_name_explain(a, sk_name_prepare(a, x, kind), sk_name_prepare(a, y, kind), NULL, &why);
    if (app->json)
        json_why(app, x, y, &why);
    else
        print_why(app, &why);
    return SK_OK;
}

/* ---- rows of pairs ---- */

typedef struct pairs {
    sk_app *app;
    sk_name_kind kind;
    size_t a, b; /* columns of the two names */
} pairs;

static sk_str column(sk_str line, size_t at)
{
    sk_str cell = SK_NONE;

    for (size_t i = 0; i <= at; i++)
        if (!sk_str_cut(&line, '\t', &cell))
            return SK_NONE;
    return cell;
}

static void read_heading(pairs *p, sk_str line)
{
    sk_str cell;

    p->a = 0;
    p->b = 2;
    for (size_t i = 0; sk_str_cut(&line, '\t', &cell); i++) {
        if (sk_str_is(cell, "name_a"))
            p->a = i;
        if (sk_str_is(cell, "name_b"))
            p->b = i;
    }
}

/* One row: as it stands, then p and the account. A row that lacks a name has neither and is said. */
static void compare_row(pairs *p, sk_str line, uint64_t row)
{
    sk_arena *a = &p->app->cx.arena;
    sk_arena_mark mark = sk_arena_here(a);
    sk_str x = column(line, p->a), y = column(line, p->b);
    sk_name_score score;

    sk_buf_add(&p->app->text, line);
    if (!x.n || !y.n) {
        sk_app_remark(p->app, "row %llu has no two names: nothing was compared",
                      (unsigned long long)row);
        sk_buf_add(&p->app->text, SK_S("\t\t\n"));
        return;
    }
    sk_name_compare(sk_name_prepare(a, x, p->kind), sk_name_prepare(a, y, p->kind), NULL, &score);
    sk_buf_addf(&p->app->text, "\t%.6f\t%s\n", score.p, sk_hypothesis_name(score.won));
    sk_arena_back_to(a, mark);
}

static sk_rc compare_rows(pairs *p, int fd, const char *name)
{
    sk_ctx *cx = &p->app->cx;
    sk_lines *lines;
    sk_line_of l;
    sk_rc rc;

    SK_TRY(sk_lines_open(cx, fd, name, SK_LIM_JSON_LINE_BYTES, &lines));
    while (!(rc = sk_lines_next(cx, lines, &l)) && l.p) {
        sk_str line = {l.p, l.n};
        if (l.row > 1) {
            compare_row(p, line, l.row);
            continue;
        }
        read_heading(p, line);
        sk_buf_add(&p->app->text, line);
        sk_buf_add(&p->app->text, SK_S("\tp\thypothesis\n"));
    }
    sk_lines_close(lines);
    return rc;
}

static sk_rc compare_file(sk_app *app, sk_name_kind kind)
{
    sk_str path = sk_arg(&app->args, "tsv");
    pairs p = {.app = app, .kind = kind};

    SK_TRY(sk_need_operands(&app->cx, &app->args, 1, 1));
    if (sk_str_is(path, "-"))
        return compare_rows(&p, STDIN_FILENO, "standard input");
    const char *name = sk_fmt(&app->cx.arena, "%.*s", SK_P(path)).p;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return sk_fail_errno(&app->cx, "\"%s\" cannot be opened", name);
    sk_rc rc = compare_rows(&p, fd, name);
    close(fd);
    return rc;
}

/* ---- readings of one spelling ---- */

static sk_rc decode(sk_app *app, sk_name_kind kind)
{
    static const sk_column columns[] = {
        {.key = "language", .title = "Language"},
        {.key = "reading", .title = "Can stand for"},
        {.key = "cost", .title = "Cost", .align = SK_ALIGN_RIGHT},
    };
    sk_arena *a = &app->cx.arena;
    const sk_name_reading *r;
    size_t n;
    sk_str name;

    SK_TRY(sk_need_operands(&app->cx, &app->args, 2, 2));
    SK_TRY(sk_utf8_enter(&app->cx, app->args.operands[1], "name", &name));
    sk_name_decode(a, sk_name_prepare(a, name, kind), &r, &n);
    sk_table *t = sk_table_new(a, columns, SK_COUNT(columns));
    for (size_t i = 0; i < n; i++) {
        sk_table_cell(t, sk_str_of(sk_hypothesis_name(r[i].language)));
        sk_table_cell(t, r[i].text);
        sk_table_cell_real(t, r[i].cost);
        sk_table_shown(t, sk_fmt(a, "%.2f", r[i].cost));
    }
    if (n || app->json || app->only_tables)
        sk_app_table(app, t);
    else
        sk_app_printf(app, "no Korean, Chinese or Japanese reading\n");
    return SK_OK;
}

sk_rc cmd_name(sk_app *app)
{
    sk_name_kind kind;

    SK_TRY(sk_need_operands(&app->cx, &app->args, 1, 3));
    SK_TRY(kind_of(app, &kind));
    sk_str what = app->args.operands[0];
    if (sk_str_is(what, "compare"))
        return sk_arg(&app->args, "tsv").p ? compare_file(app, kind) : compare_pair(app, kind);
    if (sk_str_is(what, "decode"))
        return decode(app, kind);
    return sk_fail(&app->cx, SK_E_FORMAT, "\"%.*s\" is not compare or decode; usage: %s",
                   SK_P(what), app->args.command->usage);
}
