#include "cli/args.h"

const sk_option sk_common_options[] = {
    {"archive", 'C', "DIR",
     "use the archive at DIR; else SILLOK_ARCHIVE, else the nearest upwards"},
    {"json", 0, NULL, "print JSON, for programs"},
    {"csv", 0, NULL, "print CSV, for spreadsheets and programs"},
    {"xlsx", 0, "FILE", "write the tables as a workbook for Excel or LibreOffice"},
    {"charset", 0, "NAME", "of --csv: utf-8, utf-8-bom or cp949 (Korean Excel)"},
    {"charset-replace", 0, NULL, "characters that the charset lacks get a stand-in, else an error"},
    {"hxl", 0, NULL, "a row of HXL tags under the heading of --csv or --xlsx"},
    {"force", 0, NULL, "replace FILE when it is there already"},
    {"as", 0, "USER", "see the record as USER may; the owner sees everything"},
    {"purpose", 0, "WORD", "what it is for: work, export, publish; restrictions depend on it"},
    {"color", 0, "WHEN", "auto, always or never"},
    {"quiet", 'q', NULL, "no progress and no remarks on standard error"},
    {"help", 'h', NULL, "explain the command"},
};
const size_t sk_n_common_options = SK_COUNT(sk_common_options);

const sk_command *sk_command_find(sk_str name)
{
    for (size_t i = 0; i < sk_n_commands; i++)
        if (sk_str_is(name, sk_commands[i].name))
            return &sk_commands[i];
    return NULL;
}

static const sk_option *find_in(const sk_option *options, size_t n, sk_str name, char short_name)
{
    for (size_t i = 0; i < n; i++)
        if (short_name ? options[i].short_name == short_name : sk_str_is(name, options[i].name))
            return &options[i];
    return NULL;
}

static const sk_option *find_option(const sk_command *c, sk_str name, char short_name)
{
    const sk_option *o = c ? find_in(c->options, c->n_options, name, short_name) : NULL;
    return o ? o : find_in(sk_common_options, sk_n_common_options, name, short_name);
}

bool sk_args_takes_next(sk_str word)
{
    bool is_long = sk_str_starts(word, SK_S("--"));
    sk_str name = sk_str_sub(word, is_long ? 2 : 1, word.n);
    const sk_option *o = is_long       ? find_option(NULL, name, 0)
                         : name.n == 1 ? find_option(NULL, SK_NONE, name.p[0])
                                       : NULL;
    return o && o->arg;
}

typedef struct parsing {
    sk_ctx *cx;
    const sk_command *command;
    int argc, i;
    char **argv;
    sk_given *given;
    size_t n_given, cap_given;
} parsing;

/* One option at argv[i]; moves i past its argument. */
static sk_rc take_option(parsing *ps, sk_str word)
{
    sk_ctx *cx = ps->cx;
    bool is_long = sk_str_starts(word, SK_S("--"));
    sk_str name = sk_str_sub(word, is_long ? 2 : 1, word.n), value = SK_NONE;
    size_t eq = is_long ? sk_str_find(name, SK_S("=")) : SIZE_MAX;
    if (eq != SIZE_MAX) {
        value = sk_str_sub(name, eq + 1, name.n);
        name = sk_str_sub(name, 0, eq);
    }
    const sk_option *o = is_long       ? find_option(ps->command, name, 0)
                         : name.n == 1 ? find_option(ps->command, SK_NONE, name.p[0])
                                       : NULL;
    if (!o)
        return sk_fail(cx, SK_E_FORMAT, "unknown option \"%.*s\"; see: sillok help %s", SK_P(word),
                       ps->command ? ps->command->name : "");
    if (!o->arg && eq != SIZE_MAX)
        return sk_fail(cx, SK_E_FORMAT, "--%s takes no argument", o->name);
    if (o->arg && eq == SIZE_MAX) {
        if (ps->i + 1 >= ps->argc)
            return sk_fail(cx, SK_E_FORMAT, "--%s needs %s", o->name, o->arg);
        value = sk_str_of(ps->argv[++ps->i]);
    }
    SK_GROW(&cx->arena, ps->given, ps->n_given, ps->cap_given);
    ps->given[ps->n_given++] = (sk_given){o, value};
    return SK_OK;
}

sk_rc sk_args_parse(sk_ctx *cx, const sk_command *command, int argc, char **argv, sk_args *ret_args)
{
    parsing ps = {.cx = cx, .command = command, .argc = argc, .argv = argv};
    sk_str *operands = sk_new_array(&cx->arena, sk_str, (size_t)argc + 1);
    size_t n = 0;
    bool only_operands = false;
    for (; ps.i < argc; ps.i++) {
        sk_str word = sk_str_of(argv[ps.i]);
        if (only_operands || word.n < 2 || word.p[0] != '-')
            operands[n++] = word; /* a lone "-" is standard input */
        else if (sk_str_is(word, "--"))
            only_operands = true;
        else
            SK_TRY(take_option(&ps, word));
    }
    *ret_args = (sk_args){command, ps.given, ps.n_given, operands, n};
    return SK_OK;
}

static const sk_option *common(const char *name)
{
    const sk_option *o = find_in(sk_common_options, sk_n_common_options, sk_str_of(name), 0);
    sk_assert(o);
    return o;
}

static const sk_option *declared(const sk_args *args, const char *name)
{
    const sk_option *o = find_option(args->command, sk_str_of(name), 0);
    sk_assert(o); /* the command's comment must declare what its code asks for */
    return o;
}

static const sk_given *last_given(const sk_args *args, const sk_option *o)
{
    for (size_t i = args->n_given; i-- > 0;)
        if (args->given[i].option == o)
            return &args->given[i];
    return NULL;
}

sk_str sk_arg(const sk_args *args, const char *name)
{
    const sk_given *g = last_given(args, declared(args, name));
    return g ? g->value : SK_NONE;
}

sk_str sk_arg_common(const sk_args *args, const char *name)
{
    const sk_given *g = last_given(args, common(name));
    return g ? g->value : SK_NONE;
}

const sk_str *sk_arg_all(sk_ctx *cx, const sk_args *args, const char *name, size_t *ret_n)
{
    const sk_option *o = declared(args, name);
    sk_str *values = sk_new_array(&cx->arena, sk_str, args->n_given);
    *ret_n = 0;
    for (size_t i = 0; i < args->n_given; i++)
        if (args->given[i].option == o)
            values[(*ret_n)++] = args->given[i].value;
    return values;
}

bool sk_flag(const sk_args *args, const char *name)
{
    return last_given(args, declared(args, name)) != NULL;
}

bool sk_flag_common(const sk_args *args, const char *name)
{
    return last_given(args, common(name)) != NULL;
}

sk_rc sk_arg_number(sk_ctx *cx, const sk_args *args, const char *name, uint64_t fallback,
                    uint64_t *ret_value)
{
    sk_str s = sk_arg(args, name);
    if (!s.p) {
        *ret_value = fallback;
        return SK_OK;
    }
    if (!sk_str_to_u64(s, ret_value))
        return sk_fail(cx, SK_E_FORMAT, "--%s \"%.*s\" is not a whole number", name, SK_P(s));
    return SK_OK;
}

sk_rc sk_need_operands(sk_ctx *cx, const sk_args *args, size_t least, size_t most)
{
    if (args->n_operands >= least && args->n_operands <= most)
        return SK_OK;
    return sk_fail(cx, SK_E_FORMAT, "usage: %s", args->command->usage);
}
