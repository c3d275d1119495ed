/* See ceilings.h. */
#include "ceilings.h"

static struct {
    bool is_on, is_paused, was_met;
    ceiling_kind kind;
    unsigned n, count;
    const char *name;
} the;

void ceiling_arm(ceiling_kind kind, unsigned n)
{
    the.kind = kind;
    the.n = n;
    the.count = 0;
    the.was_met = the.is_paused = false;
    the.name = "";
    the.is_on = true;
}

unsigned ceiling_disarm(bool *ret_was_met)
{
    the.is_on = false;
    *ret_was_met = the.was_met;
    return the.count;
}

void ceiling_pause(bool is_paused)
{
    the.is_paused = is_paused;
}

static bool is_met(ceiling_kind kind, const char *name)
{
    if (!the.is_on || the.is_paused || the.kind != kind || ++the.count != the.n)
        return false;
    the.name = name;
    return the.was_met = true;
}

const char *ceiling_name(void)
{
    return the.name;
}

size_t ceiling(const char *name, size_t real, size_t low)
{
    return is_met(CEILING_CHECKS, name) ? low : real;
}

bool ceiling_buf(void)
{
    return is_met(CEILING_BUFFERS, "buffer");
}
