#include "core/base/rc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *text;
    int status;
} codes[] = {
#define RC_ROW(name, status, text) {#name, text, status},
    RC_LIST(RC_ROW)
#undef RC_ROW
};

enum { CODES = sizeof codes / sizeof codes[0] };

const char *rc_text(enum rc rc)
{
    return (unsigned)rc < CODES ? _(codes[rc].text) : "no such result";
}

const char *rc_name(enum rc rc)
{
    return (unsigned)rc < CODES ? codes[rc].name : "?";
}

int rc_exit_status(enum rc rc)
{
    return (unsigned)rc < CODES ? codes[rc].status : 3;
}

/* Drops a character that the end of the buffer cut in two. */
static void end_at_character(char *text, size_t length)
{
    size_t lead = length;

    while (lead > 0 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80)
        lead--;
    if (lead == 0)
        return;
    unsigned char first = (unsigned char)text[lead - 1];
    size_t wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    if (length - (lead - 1) < wanted)
        text[lead - 1] = '\0';
}

enum rc fault_set(struct fault *why, enum rc rc, const char *format, ...)
{
    if (!why)
        return rc;
    why->rc = rc;
    va_list values;
    va_start(values, format);
    int wanted = vsnprintf(why->text, sizeof why->text, format, values);
    va_end(values);
    if (wanted < 0)
        why->text[0] = '\0';
    else if ((size_t)wanted >= sizeof why->text)
        end_at_character(why->text, strlen(why->text));
    return rc;
}
