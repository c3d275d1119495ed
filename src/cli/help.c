#include "cli/help.h"

#include "record/model.h"

void sk_help_overview(sk_app *app)
{
    sk_app_printf(
        app, "sillok keeps the record of human-rights abuses: who did what to whom, says whom.\n"
             "\n"
             "usage: sillok [-C ARCHIVE] COMMAND ...\n\n");
    for (size_t i = 0; i < sk_n_commands; i++)
        sk_app_printf(app, "  %-10s %s\n", sk_commands[i].name, sk_commands[i].summary);
    sk_app_printf(app,
                  "\n"
                  "start with:   sillok init my-archive\n"
                  "              sillok -C my-archive add page.html\n"
                  "more:         sillok help COMMAND, sillok help model, sillok help acts,\n"
                  "              sillok help exit-codes\n"
                  "tables:       --csv, --xlsx FILE or --json with any command that prints one\n");
}

static void print_option(sk_app *app, const sk_option *o)
{
    sk_str name = sk_fmt(&app->cx.arena, "%s%c%s--%s%s%s", o->short_name ? "-" : "",
                         o->short_name ? o->short_name : ' ', o->short_name ? ", " : "", o->name,
                         o->arg ? " " : "", o->arg ? o->arg : "");
    sk_app_printf(app, "  %-22.*s %s\n", SK_P(name), o->help);
}

void sk_help_command(sk_app *app, const sk_command *c)
{
    sk_app_printf(app, "%s\n\nusage: %s\n\n%s\n", c->summary, c->usage, c->body);
    if (c->n_options)
        sk_app_printf(app, "\noptions\n");
    for (size_t i = 0; i < c->n_options; i++)
        print_option(app, &c->options[i]);
    sk_app_printf(app, "\noptions of every command\n");
    for (size_t i = 0; i < sk_n_common_options; i++)
        print_option(app, &sk_common_options[i]);
}

void sk_help_model(sk_app *app)
{
    const sk_model *m = sk_model_get();
    for (size_t i = 0; i < m->n_types; i++) {
        const sk_type *t = &m->types[i];
        sk_app_printf(app, "%.*s  %.*s, %.*s", SK_P(t->name), SK_P(t->label), SK_P(t->label_ko));
        for (size_t k = 0; k < t->n_parents; k++)
            sk_app_printf(app, "%s%.*s", k ? ", " : "  - a kind of ", SK_P(t->parents[k]->name));
        sk_app_printf(app, "\n");
        for (size_t k = 0; k < t->n_props; k++) {
            const sk_prop *p = &t->props[k];
            sk_app_printf(app, "    %-18.*s %-10s %-14.*s %.*s, %.*s\n", SK_P(p->name),
                          sk_value_type_name(p->type), SK_P(p->target), SK_P(p->label),
                          SK_P(p->label_ko));
        }
    }
}

void sk_help_acts(sk_app *app)
{
    static const sk_column columns[] = {
        {.key = "term", .title = "Term"},
        {.key = "english", .title = "English"},
        {.key = "korean", .title = "Korean"},
        {.key = "definition", .title = "Definition", .most = 70},
    };
    const sk_model *m = sk_model_get();
    sk_table *t = sk_table_new(&app->cx.arena, columns, SK_COUNT(columns));
    for (size_t i = 0; i < m->n_acts; i++) {
        sk_table_cell(t, m->acts[i].id);
        sk_table_cell(t, m->acts[i].label);
        sk_table_cell(t, m->acts[i].label_ko);
        sk_table_cell(t, m->acts[i].definition);
    }
    sk_app_table(app, t);
}

void sk_help_exit_codes(sk_app *app)
{
    sk_app_printf(app, "   0  ok\n   1  verify found damage\n");
    for (int i = 1; i < SK_RC_COUNT; i++)
        sk_app_printf(app, "  %2d  %s\n", sk_rc_get_info((sk_rc)i)->exit_code,
                      sk_rc_get_info((sk_rc)i)->name);
}

/* ---- completion ---- */

static void complete_options(sk_app *app, const sk_option *options, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sk_app_printf(app, " --%s", options[i].name);
}

void sk_help_completion(sk_app *app)
{
    sk_app_printf(app, "# bash completion for sillok; use:  source <(sillok help completion)\n"
                       "_sillok() {\n"
                       "    local cur=${COMP_WORDS[COMP_CWORD]} cmd= w\n"
                       "    for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                       "        case $w in -*) ;; *) cmd=$w; break ;; esac\n"
                       "    done\n"
                       "    case $cmd in\n"
                       "    '') COMPREPLY=($(compgen -W \"");
    for (size_t i = 0; i < sk_n_commands; i++)
        sk_app_printf(app, "%s%s", i ? " " : "", sk_commands[i].name);
    sk_app_printf(app, "\" -- \"$cur\")); return ;;\n");
    for (size_t i = 0; i < sk_n_commands; i++) {
        sk_app_printf(app, "    %s) w=\"", sk_commands[i].name);
        complete_options(app, sk_commands[i].options, sk_commands[i].n_options);
        complete_options(app, sk_common_options, sk_n_common_options);
        sk_app_printf(app, "\" ;;\n");
    }
    sk_app_printf(app, "    esac\n"
                       "    case $cur in\n"
                       "    -*) COMPREPLY=($(compgen -W \"$w\" -- \"$cur\")) ;;\n"
                       "    *) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
                       "    esac\n"
                       "}\n"
                       "complete -o filenames -F _sillok sillok\n");
}

/* ---- the manual page ---- */

/* mdoc reads a leading dot or apostrophe as a request and a backslash as an escape. */
static void mdoc_line(sk_app *app, sk_str line)
{
    if (line.n && (line.p[0] == '.' || line.p[0] == '\''))
        sk_app_printf(app, "\\&");
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '\\')
            sk_app_printf(app, "\\e");
        else if (line.p[i] == '-')
            sk_app_printf(app, "\\-");
        else
            sk_buf_addc(&app->text, line.p[i]);
    }
    sk_app_printf(app, "\n");
}

/* Prose: mdoc wants each sentence to begin a line, so that it can set the space between them. */
static void mdoc_prose(sk_app *app, sk_str text)
{
    size_t from = 0;
    for (size_t i = 0; i + 2 < text.n; i++) {
        bool ends = strchr(".?!", text.p[i]) != NULL;
        size_t next = i + 1 + (text.p[i + 1] == ')' || text.p[i + 1] == '"');
        if (!ends || next + 1 >= text.n || text.p[next] != ' ')
            continue;
        mdoc_line(app, sk_str_sub(text, from, next - from));
        from = next + 1;
    }
    mdoc_line(app, sk_str_sub(text, from, text.n));
}

static void mdoc_text(sk_app *app, const char *text)
{
    sk_str rest = sk_str_of(text), line;
    bool verbatim = false, is_gap = true; /* an empty line was seen */
    while (sk_str_cut(&rest, '\n', &line)) {
        bool indented = sk_str_starts(line, SK_S("  "));
        if (line.n == 0) {
            is_gap = true;
            continue;
        }
        if (indented != verbatim)
            sk_app_printf(app, "%s\n", indented ? ".Bd -literal -offset indent" : ".Ed");
        else if (is_gap)
            sk_app_printf(app, verbatim ? "\n" : ".Pp\n");
        if (indented)
            mdoc_line(app, sk_str_sub(line, 2, line.n));
        else
            mdoc_prose(app, line);
        verbatim = indented;
        is_gap = false;
    }
    if (verbatim)
        sk_app_printf(app, ".Ed\n");
}

static void mdoc_options(sk_app *app, const sk_option *options, size_t n)
{
    if (n == 0)
        return;
    sk_app_printf(app, ".Bl -tag -width Ds\n");
    for (size_t i = 0; i < n; i++) {
        const sk_option *o = &options[i];
        sk_app_printf(app, ".It");
        if (o->short_name)
            sk_app_printf(app, " Fl %c ,", o->short_name);
        sk_app_printf(app, " Fl Fl %s", o->name);
        if (o->arg)
            sk_app_printf(app, " Ar %s", o->arg);
        sk_app_printf(app, "\n");
        mdoc_prose(app, sk_str_of(o->help));
    }
    sk_app_printf(app, ".El\n");
}

void sk_help_manual(sk_app *app)
{
    sk_app_printf(
        app, ".Dd November 24, 2026\n.Dt SILLOK 1\n.Os\n.Sh NAME\n.Nm sillok\n"
             ".Nd keep the record of who did what to whom, says whom\n"
             ".Sh SYNOPSIS\n.Nm\n.Op Fl C Ar archive\n.Ar command\n.Op Ar ...\n"
             ".Sh DESCRIPTION\n"
             "An archive is a directory that holds preserved files, a signed append\\-only log\n"
             "of what was entered, and a cache for asking.\n"
             "Claims, not facts, are kept: who asserts or denies what of whom, and on which\n"
             "passage it rests.\n"
             ".Sh OPTIONS\nThese may be given with every command:\n");
    mdoc_options(app, sk_common_options, sk_n_common_options);
    sk_app_printf(app, ".Sh COMMANDS\n");
    for (size_t i = 0; i < sk_n_commands; i++) {
        const sk_command *c = &sk_commands[i];
        sk_app_printf(app, ".Ss %s\n", c->name);
        mdoc_line(app, sk_str_of(c->summary));
        sk_app_printf(app, ".Bd -literal -offset indent\n");
        mdoc_line(app, sk_str_of(c->usage));
        sk_app_printf(app, ".Ed\n");
        mdoc_text(app, c->body);
        mdoc_options(app, c->options, c->n_options);
    }
    sk_app_printf(app, ".Sh ENVIRONMENT\n.Bl -tag -width SILLOK_ARCHIVE\n"
                       ".It Ev SILLOK_ARCHIVE\nthe archive to use when\n.Fl C\nis not given\n"
                       ".It Ev SILLOK_USER\nwho is acting when\n.Fl Fl as\nis not given\n"
                       ".It Ev SILLOK_NOW\npins the clock, for tests\n"
                       ".It Ev NO_COLOR\nno colours\n.El\n"
                       ".Sh FILES\n.Bl -tag -width Ds\n"
                       ".It Pa ARCHIVE/keys\nsecret keys; keep a copy in a safe place\n"
                       ".It Pa ARCHIVE/derived\ncaches; may be deleted\n.El\n"
                       ".Sh EXIT STATUS\n.Bl -tag -width Ds\n.It 0\nok\n.It 1\n"
                       "verify found damage\n");
    for (int i = 1; i < SK_RC_COUNT; i++)
        sk_app_printf(app, ".It %d\n%s\n", sk_rc_get_info((sk_rc)i)->exit_code,
                      sk_rc_get_info((sk_rc)i)->name);
    sk_app_printf(app, ".El\n");
}
