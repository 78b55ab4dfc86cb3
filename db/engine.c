#include "db/engine.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum sql_rc engine_fail(struct engine_error *why, enum sql_rc rc, const char *format, ...)
{
    char text[sizeof why->text];
    va_list arguments;

    va_start(arguments, format);
    if (vsnprintf(text, sizeof text, format, arguments) < 0)
        text[0] = '\0';
    va_end(arguments);
    text[strcspn(text, "\n")] = '\0';
    memcpy(why->text, text, sizeof text);
    return rc;
}

bool sql_is_server(const char *name)
{
    const char *end = name + strspn(name, "abcdefghijklmnopqrstuvwxyz_");

    return strncmp(name, "postgresql://", 13) == 0 || strncmp(name, "postgres://", 11) == 0 ||
           (end > name && end[strspn(end, " ")] == '=');
}
